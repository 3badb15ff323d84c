#include "services/intake/rules/request.h"

static const char *const states[] = {
    "",         "draft",   "submitted", "incomplete", "complete", "scheduled",
    "deferred", "granted", "refused",   "withdrawn",  "lapsed",
};

static const char *const events[] = {
    "",      "create", "refer", "edit",       "submit", "check_fail", "check_pass",
    "route", "grant",  "defer", "reschedule", "refuse", "withdraw",   "lapse",
};

static const struct transition transitions[] = {
    { 0, REQUEST_CREATE, REQUEST_DRAFT },
    { 0, REQUEST_REFER, REQUEST_SUBMITTED },

    { REQUEST_DRAFT, REQUEST_EDIT, REQUEST_DRAFT },
    { REQUEST_DRAFT, REQUEST_SUBMIT, REQUEST_SUBMITTED },
    { REQUEST_DRAFT, REQUEST_LAPSE, REQUEST_LAPSED },
    { REQUEST_DRAFT, REQUEST_WITHDRAW, REQUEST_WITHDRAWN },

    { REQUEST_SUBMITTED, REQUEST_CHECK_FAIL, REQUEST_INCOMPLETE },
    { REQUEST_SUBMITTED, REQUEST_CHECK_PASS, REQUEST_COMPLETE },
    { REQUEST_SUBMITTED, REQUEST_WITHDRAW, REQUEST_WITHDRAWN },

    { REQUEST_INCOMPLETE, REQUEST_CHECK_FAIL, REQUEST_INCOMPLETE },
    { REQUEST_INCOMPLETE, REQUEST_CHECK_PASS, REQUEST_COMPLETE },
    { REQUEST_INCOMPLETE, REQUEST_LAPSE, REQUEST_LAPSED },
    { REQUEST_INCOMPLETE, REQUEST_WITHDRAW, REQUEST_WITHDRAWN },

    { REQUEST_COMPLETE, REQUEST_ROUTE, REQUEST_SCHEDULED },
    { REQUEST_COMPLETE, REQUEST_WITHDRAW, REQUEST_WITHDRAWN },

    { REQUEST_SCHEDULED, REQUEST_RESCHEDULE, REQUEST_SCHEDULED },
    { REQUEST_SCHEDULED, REQUEST_GRANT, REQUEST_GRANTED },
    { REQUEST_SCHEDULED, REQUEST_DEFER, REQUEST_DEFERRED },
    { REQUEST_SCHEDULED, REQUEST_REFUSE, REQUEST_REFUSED },
    { REQUEST_SCHEDULED, REQUEST_WITHDRAW, REQUEST_WITHDRAWN },

    { REQUEST_DEFERRED, REQUEST_RESCHEDULE, REQUEST_SCHEDULED },
    { REQUEST_DEFERRED, REQUEST_WITHDRAW, REQUEST_WITHDRAWN },
};

const struct machine request_machine = {
    .name = "request",
    .states = states,
    .state_count = sizeof states / sizeof *states,
    .events = events,
    .event_count = sizeof events / sizeof *events,
    .transitions = transitions,
    .transition_count = sizeof transitions / sizeof *transitions,
    .terminal = UINT64_C(1) << REQUEST_GRANTED | UINT64_C(1) << REQUEST_REFUSED |
                UINT64_C(1) << REQUEST_WITHDRAWN | UINT64_C(1) << REQUEST_LAPSED,
};

const struct parameter_field request_law[] = {
    { "request.draft.lapse_period", UNIT_PERIOD, offsetof(struct request_law, draft_lapse) },
    { "request.incomplete.reminder_period", UNIT_PERIOD,
      offsetof(struct request_law, incomplete_reminder) },
    { "request.incomplete.lapse_period", UNIT_PERIOD,
      offsetof(struct request_law, incomplete_lapse) },
    { "request.decision_period", UNIT_PERIOD, offsetof(struct request_law, decision) },
    { "request.appeal_period", UNIT_PERIOD, offsetof(struct request_law, appeal) },
    { "request.deferrals_to_warn", UNIT_COUNT, offsetof(struct request_law, deferrals_to_warn) },
    { 0 },
};

static const struct refusal REQUEST_NOT_CODED = {
    .code = "REQUEST_NOT_CODED",
    .field = "origin",
    .rule = "6.1",
    .french = "Indiquez le dispositif demandé et l'origine de la demande.",
    .english = "Say which scheme is asked for and who the request comes from.",
};

static const struct refusal HOUSEHOLD_NOT_KNOWN = {
    .code = "HOUSEHOLD_NOT_KNOWN",
    .field = "household",
    .rule = "6.1",
    .french = "Enregistrez d'abord le ménage.",
    .english = "Register the household first.",
};

static const struct refusal CONSENT_NOT_RECORDED = {
    .code = "CONSENT_NOT_RECORDED",
    .field = "consented_on",
    .rule = "FSL-5, S2-15, SX-6",
    .french = "Enregistrez l'adhésion du ménage : sa date et sa forme.",
    .english = "Record the household's agreement: its date and its form.",
};

static const struct refusal CONSENT_DOES_NOT_STAND = {
    .code = "CONSENT_DOES_NOT_STAND",
    .field = "consented_on",
    .rule = "FSL-5, PR-11",
    .french = "À cette date, le ménage n'a pas encore donné son adhésion ou l'a retirée.",
    .english = "On this day the household has not agreed yet, or has withdrawn its agreement.",
};

static const struct refusal REFERRAL_NOT_FROM_ACTION_LOGEMENT = {
    .code = "REFERRAL_NOT_FROM_ACTION_LOGEMENT",
    .field = "origin",
    .rule = "S3-19",
    .french = "Seule Action Logement oriente directement : pour une autre origine, créez une "
              "demande.",
    .english = "Only Action Logement refers directly: for another origin, create a request.",
};

static const struct refusal RECOMMENDATIONS_MISSING = {
    .code = "RECOMMENDATIONS_MISSING",
    .field = "items",
    .rule = "S3-19",
    .french = "Joignez les préconisations d'Action Logement au pré-diagnostic.",
    .english = "Attach Action Logement's recommendations to the pre-diagnosis.",
};

/* --- guards ----------------------------------------------------------------------------------- */

bool scheme_needs_consent(enum scheme scheme)
{
    return scheme != SCHEME_MASP3;
}

const struct refusal *consent_accept(enum scheme scheme, const struct consent *consent,
                                     struct date on)
{
    if (!scheme_needs_consent(scheme))
        return ACCEPTED;
    if (!date_is_set(consent->given_on) || consent->form == 0)
        return &CONSENT_NOT_RECORDED;
    return date_is_within(on, consent->given_on, consent->withdrawn_on) ? ACCEPTED
                                                                        : &CONSENT_DOES_NOT_STAND;
}

const struct refusal *request_accept_creation(enum scheme scheme, enum request_origin origin,
                                              bool household_is_known)
{
    if (scheme == 0 || origin == 0)
        return &REQUEST_NOT_CODED;
    return household_is_known ? ACCEPTED : &HOUSEHOLD_NOT_KNOWN;
}

const struct refusal *request_accept_submission(enum scheme scheme, enum request_origin origin,
                                                const struct consent *consent, struct date on,
                                                const struct prescriber_law *law)
{
    const struct refusal *refusal = prescriber_accept(scheme, origin, law);

    return refusal != ACCEPTED ? refusal : consent_accept(scheme, consent, on);
}

const struct refusal *request_accept_referral(enum request_origin origin,
                                              const struct assessment *pre_diagnosis,
                                              bool has_recommendations, struct date received_on)
{
    if (origin != ORIGIN_ACTION_LOGEMENT)
        return &REFERRAL_NOT_FROM_ACTION_LOGEMENT;
    if (!has_recommendations)
        return &RECOMMENDATIONS_MISSING;
    return assessment_accept(pre_diagnosis, received_on);
}

/* --- delays ----------------------------------------------------------------------------------- */

struct request_delays request_delays(enum request_state state, const struct request_dates *dates,
                                     const struct request_law *law)
{
    struct request_delays delays = { 0 };

    if (machine_is_terminal(&request_machine, state))
        return delays;
    if (state == REQUEST_DRAFT)
        delays.lapses_after = date_add_period(dates->last_activity_on, law->draft_lapse);
    if (state == REQUEST_INCOMPLETE) {
        delays.reminder_on = date_add_period(dates->incomplete_since, law->incomplete_reminder);
        delays.lapses_after = date_add_period(dates->incomplete_since, law->incomplete_lapse);
    }
    delays.decision_due = date_add_period(dates->completed_on, law->decision);
    if (!date_is_set(dates->first_contact_on))
        delays.untouched_since = dates->received_on;
    return delays;
}

bool request_lapses(enum request_state state, const struct request_dates *dates, struct date today,
                    const struct request_law *law)
{
    struct date last_day = request_delays(state, dates, law).lapses_after;

    return date_is_set(last_day) && date_is_after(today, last_day);
}

bool request_is_late(enum request_state state, const struct request_dates *dates, struct date today,
                     const struct request_law *law)
{
    struct date due = request_delays(state, dates, law).decision_due;

    return date_is_set(due) && date_is_after(today, due);
}

bool request_is_deferred_too_often(int64_t deferrals, const struct request_law *law)
{
    return deferrals >= law->deferrals_to_warn;
}

struct date appeal_limit(struct date notified_on, const struct request_law *law,
                         enum holidays holidays)
{
    return clear_time_limit(notified_on, law->appeal, holidays);
}

struct date appeal_limit_to_warn_of(struct date notified_on, const struct request_law *law)
{
    return clear_time_limit_to_warn_of(notified_on, law->appeal);
}
