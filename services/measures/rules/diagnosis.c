#include "services/measures/rules/diagnosis.h"

/* --- the machine (6.3) ------------------------------------------------------------------------ */

static const char *const states[] = {
    "", "ORDERED", "SCHEDULED", "IN_PROGRESS", "WRITTEN", "VALIDATED", "DELIVERED", "ABANDONED",
};

static const char *const events[] = {
    "",         "ORDER", "SET_APPOINTMENT", "MISS_APPOINTMENT", "START", "SUBMIT",
    "VALIDATE", "SEND",  "ABANDON",
};

static const struct transition transitions[] = {
    { 0, DIAGNOSIS_ORDER, DIAGNOSIS_ORDERED },
    { DIAGNOSIS_ORDERED, DIAGNOSIS_SET_APPOINTMENT, DIAGNOSIS_SCHEDULED },
    { DIAGNOSIS_ORDERED, DIAGNOSIS_ABANDON, DIAGNOSIS_ABANDONED },
    { DIAGNOSIS_SCHEDULED, DIAGNOSIS_SET_APPOINTMENT, DIAGNOSIS_SCHEDULED },
    { DIAGNOSIS_SCHEDULED, DIAGNOSIS_MISS_APPOINTMENT, DIAGNOSIS_SCHEDULED },
    { DIAGNOSIS_SCHEDULED, DIAGNOSIS_START, DIAGNOSIS_IN_PROGRESS },
    { DIAGNOSIS_SCHEDULED, DIAGNOSIS_ABANDON, DIAGNOSIS_ABANDONED },
    { DIAGNOSIS_IN_PROGRESS, DIAGNOSIS_SUBMIT, DIAGNOSIS_WRITTEN },
    { DIAGNOSIS_IN_PROGRESS, DIAGNOSIS_ABANDON, DIAGNOSIS_ABANDONED },
    { DIAGNOSIS_WRITTEN, DIAGNOSIS_VALIDATE, DIAGNOSIS_VALIDATED },
    { DIAGNOSIS_WRITTEN, DIAGNOSIS_ABANDON, DIAGNOSIS_ABANDONED },
    { DIAGNOSIS_VALIDATED, DIAGNOSIS_SEND, DIAGNOSIS_DELIVERED },
    { DIAGNOSIS_VALIDATED, DIAGNOSIS_ABANDON, DIAGNOSIS_ABANDONED },
};

const struct machine diagnosis_machine = {
    .name = "diagnosis",
    .states = states,
    .state_count = sizeof states / sizeof *states,
    .events = events,
    .event_count = sizeof events / sizeof *events,
    .transitions = transitions,
    .transition_count = sizeof transitions / sizeof *transitions,
    .terminal = UINT64_C(1) << DIAGNOSIS_DELIVERED | UINT64_C(1) << DIAGNOSIS_ABANDONED,
};

/* --- what is due ------------------------------------------------------------------------------ */

const struct parameter_field diagnosis_law[] = {
    { "diagnosis.appointment_period", UNIT_DAYS, offsetof(struct diagnosis_law, appointment_days) },
    { "diagnosis.writing_period", UNIT_DAYS, offsetof(struct diagnosis_law, writing_days) },
    { "diagnosis.delivery_period", UNIT_DAYS, offsetof(struct diagnosis_law, delivery_days) },
    { "diagnosis.missed_appointments", UNIT_COUNT,
      offsetof(struct diagnosis_law, missed_appointments) },
    { "diagnosis.home_visits", UNIT_COUNT, offsetof(struct diagnosis_law, home_visits) },
    { 0 },
};

struct date diagnosis_step_due(const struct diagnosis_law *law, enum diagnosis_state state,
                               const struct diagnosis_dates *dates)
{
    switch (state) {
    case DIAGNOSIS_ORDERED:
    case DIAGNOSIS_SCHEDULED:
        return date_add_days(dates->ordered_on, (int32_t)law->appointment_days);
    case DIAGNOSIS_IN_PROGRESS: return date_add_days(dates->started_on, (int32_t)law->writing_days);
    default: return DATE_NONE;
    }
}

struct date diagnosis_delivery_due(const struct diagnosis_law *law, enum diagnosis_kind kind,
                                   enum diagnosis_state state, const struct diagnosis_dates *dates)
{
    if (kind != DIAGNOSIS_COMPLEMENTARY || machine_is_terminal(&diagnosis_machine, state))
        return DATE_NONE;
    return date_add_days(dates->ordered_on, (int32_t)law->delivery_days);
}

/* --- what it says ----------------------------------------------------------------------------- */

const struct refusal DIAGNOSIS_SOCIAL_MISSING = {
    .code = "DIAGNOSIS_SOCIAL_MISSING",
    .field = "social",
    .rule = "6.3",
    .french = "Remplissez la partie sociale du diagnostic.",
    .english = "Fill in the social section of the diagnosis.",
};
const struct refusal DIAGNOSIS_BUDGET_MISSING = {
    .code = "DIAGNOSIS_BUDGET_MISSING",
    .field = "budget",
    .rule = "6.3",
    .french = "Remplissez la partie budget du diagnostic.",
    .english = "Fill in the budget section of the diagnosis.",
};
const struct refusal DIAGNOSIS_HOUSING_MISSING = {
    .code = "DIAGNOSIS_HOUSING_MISSING",
    .field = "housing",
    .rule = "6.3",
    .french = "Remplissez la partie logement du diagnostic.",
    .english = "Fill in the housing section of the diagnosis.",
};
const struct refusal DIAGNOSIS_DEBT_MISSING = {
    .code = "DIAGNOSIS_DEBT_MISSING",
    .field = "debt",
    .rule = "6.3",
    .french = "Remplissez la partie dettes du diagnostic, même s'il n'y en a pas.",
    .english = "Fill in the debt section of the diagnosis, even when there is none.",
};
const struct refusal DIAGNOSIS_PATH_MISSING = {
    .code = "DIAGNOSIS_PATH_MISSING",
    .field = "path",
    .rule = "6.3",
    .french = "Remplissez la partie parcours du diagnostic.",
    .english = "Fill in the housing-history section of the diagnosis.",
};
const struct refusal DIAGNOSIS_NEED_MISSING = {
    .code = "DIAGNOSIS_NEED_MISSING",
    .field = "need",
    .rule = "6.3",
    .french = "Remplissez la partie besoins du diagnostic.",
    .english = "Fill in the needs section of the diagnosis.",
};
const struct refusal DIAGNOSIS_CONCLUSION_MISSING = {
    .code = "DIAGNOSIS_CONCLUSION_MISSING",
    .field = "conclusion",
    .rule = "6.3, AVDL-4",
    .french = "Concluez : accompagnement, pas d'accompagnement, autre orientation ou intensité.",
    .english = "Conclude: support, no support, another route, or how intense.",
};
const struct refusal DIAGNOSIS_RECIPIENT_NOT_ENTITLED = {
    .code = "DIAGNOSIS_RECIPIENT_NOT_ENTITLED",
    .field = "recipient",
    .rule = "6.3",
    .french = "Ce destinataire n'est pas habilité à recevoir le diagnostic.",
    .english = "This recipient is not entitled to receive the diagnosis.",
};

static const struct refusal *const missing_sections[] = {
    [SECTION_SOCIAL] = &DIAGNOSIS_SOCIAL_MISSING,   [SECTION_BUDGET] = &DIAGNOSIS_BUDGET_MISSING,
    [SECTION_HOUSING] = &DIAGNOSIS_HOUSING_MISSING, [SECTION_DEBT] = &DIAGNOSIS_DEBT_MISSING,
    [SECTION_PATH] = &DIAGNOSIS_PATH_MISSING,       [SECTION_NEED] = &DIAGNOSIS_NEED_MISSING,
};

const struct refusal *diagnosis_submission_check(uint32_t sections,
                                                 enum diagnosis_conclusion conclusion)
{
    for (unsigned section = SECTION_SOCIAL; section <= SECTION_NEED; section++)
        if ((sections >> section & 1) == 0)
            return missing_sections[section];
    return conclusion == 0 ? &DIAGNOSIS_CONCLUSION_MISSING : ACCEPTED;
}

const struct refusal *diagnosis_delivery_check(bool recipient_is_entitled)
{
    return recipient_is_entitled ? ACCEPTED : &DIAGNOSIS_RECIPIENT_NOT_ENTITLED;
}

bool diagnosis_counts(enum diagnosis_state state)
{
    return state == DIAGNOSIS_DELIVERED;
}

/* --- giving it up ----------------------------------------------------------------------------- */

const struct refusal DIAGNOSIS_REASON_MISSING = {
    .code = "DIAGNOSIS_REASON_MISSING",
    .field = "reason",
    .rule = "6.3",
    .french = "Indiquez pourquoi le diagnostic est abandonné.",
    .english = "Say why the diagnosis is abandoned.",
};
const struct refusal DIAGNOSIS_APPOINTMENTS_TOO_FEW = {
    .code = "DIAGNOSIS_APPOINTMENTS_TOO_FEW",
    .field = "reason",
    .rule = "6.3",
    .french = "Proposez un second rendez-vous avant de conclure que le ménage est injoignable.",
    .english = "Offer a second appointment before concluding that the household cannot be reached.",
};
const struct refusal DIAGNOSIS_HOME_VISIT_MISSING = {
    .code = "DIAGNOSIS_HOME_VISIT_MISSING",
    .field = "reason",
    .rule = "6.3",
    .french = "Tentez une visite à domicile avant de conclure que le ménage est injoignable.",
    .english = "Try a visit at home before concluding that the household cannot be reached.",
};

const struct refusal *diagnosis_abandon_check(const struct diagnosis_law *law,
                                              enum abandon_reason reason,
                                              struct diagnosis_attempts attempts)
{
    if (reason == 0)
        return &DIAGNOSIS_REASON_MISSING;
    if (reason != ABANDON_CANNOT_REACH)
        return ACCEPTED;
    if (attempts.missed_appointments < law->missed_appointments)
        return &DIAGNOSIS_APPOINTMENTS_TOO_FEW;
    return attempts.home_visits < law->home_visits ? &DIAGNOSIS_HOME_VISIT_MISSING : ACCEPTED;
}
