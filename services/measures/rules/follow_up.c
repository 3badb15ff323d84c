#include "services/measures/rules/follow_up.h"

/* --- the machine (6.13) ----------------------------------------------------------------------- */

static const char *const states[] = {
    "", "PLANNED", "DUE", "ATTEMPTED", "DONE", "UNREACHABLE", "REFUSED", "NOT_APPLICABLE",
};

static const char *const events[] = {
    "", "PLAN", "OPEN_WINDOW", "ATTEMPT", "REACH", "GIVE_UP", "REFUSE", "DISMISS",
};

static const struct transition transitions[] = {
    { 0, FOLLOW_UP_PLAN, FOLLOW_UP_PLANNED },
    { FOLLOW_UP_PLANNED, FOLLOW_UP_OPEN_WINDOW, FOLLOW_UP_DUE },
    { FOLLOW_UP_PLANNED, FOLLOW_UP_REFUSE, FOLLOW_UP_REFUSED },
    { FOLLOW_UP_PLANNED, FOLLOW_UP_DISMISS, FOLLOW_UP_NOT_APPLICABLE },
    { FOLLOW_UP_DUE, FOLLOW_UP_ATTEMPT, FOLLOW_UP_ATTEMPTED },
    { FOLLOW_UP_DUE, FOLLOW_UP_REACH, FOLLOW_UP_DONE },
    { FOLLOW_UP_DUE, FOLLOW_UP_REFUSE, FOLLOW_UP_REFUSED },
    { FOLLOW_UP_DUE, FOLLOW_UP_DISMISS, FOLLOW_UP_NOT_APPLICABLE },
    { FOLLOW_UP_ATTEMPTED, FOLLOW_UP_ATTEMPT, FOLLOW_UP_ATTEMPTED },
    { FOLLOW_UP_ATTEMPTED, FOLLOW_UP_REACH, FOLLOW_UP_DONE },
    { FOLLOW_UP_ATTEMPTED, FOLLOW_UP_GIVE_UP, FOLLOW_UP_UNREACHABLE },
    { FOLLOW_UP_ATTEMPTED, FOLLOW_UP_REFUSE, FOLLOW_UP_REFUSED },
    { FOLLOW_UP_ATTEMPTED, FOLLOW_UP_DISMISS, FOLLOW_UP_NOT_APPLICABLE },
};

const struct machine follow_up_machine = {
    .name = "follow_up",
    .states = states,
    .state_count = sizeof states / sizeof *states,
    .events = events,
    .event_count = sizeof events / sizeof *events,
    .transitions = transitions,
    .transition_count = sizeof transitions / sizeof *transitions,
    .terminal = UINT64_C(1) << FOLLOW_UP_DONE | UINT64_C(1) << FOLLOW_UP_UNREACHABLE |
                UINT64_C(1) << FOLLOW_UP_REFUSED | UINT64_C(1) << FOLLOW_UP_NOT_APPLICABLE,
};

/* --- when, and whether ------------------------------------------------------------------------ */

const struct parameter_field follow_up_law[] = {
    { "follow_up.period", UNIT_MONTHS, offsetof(struct follow_up_law, months) },
    { "follow_up.window", UNIT_DAYS, offsetof(struct follow_up_law, window_days) },
    { "follow_up.attempt_days", UNIT_COUNT, offsetof(struct follow_up_law, least_days) },
    { "follow_up.attempt_channels", UNIT_COUNT, offsetof(struct follow_up_law, least_channels) },
    { 0 },
};

struct follow_up_window follow_up_window_of(const struct follow_up_law *law,
                                            struct date measure_end)
{
    struct date due = date_add_months(measure_end, (int32_t)law->months);

    return (struct follow_up_window){ .first = date_add_days(due, -(int32_t)law->window_days),
                                      .due = due,
                                      .last = date_add_days(due, (int32_t)law->window_days) };
}

enum follow_up_dismissal follow_up_dismissal_of(struct follow_up_facts facts)
{
    if (facts.deceased)
        return DISMISSED_DECEASED;
    if (facts.erasure_asked)
        return DISMISSED_ERASURE;
    return facts.new_measure_runs ? DISMISSED_NEW_MEASURE : (enum follow_up_dismissal)0;
}

/* --- attempts --------------------------------------------------------------------------------- */

const struct refusal FOLLOW_UP_TOO_EARLY = {
    .code = "FOLLOW_UP_TOO_EARLY",
    .field = "attempted_on",
    .rule = "S1-36, 6.13",
    .french = "La fenêtre du contact à six mois n'est pas encore ouverte à cette date.",
    .english = "The window of the six-month contact is not open yet on this date.",
};
const struct refusal FOLLOW_UP_CHANNEL_MISSING = {
    .code = "FOLLOW_UP_CHANNEL_MISSING",
    .field = "channel",
    .rule = "6.13",
    .french = "Indiquez par quel moyen le contact a été tenté.",
    .english = "Say through which channel the contact was tried.",
};
const struct refusal FOLLOW_UP_TOO_FEW_DAYS = {
    .code = "FOLLOW_UP_TOO_FEW_DAYS",
    .field = "attempts",
    .rule = "6.13",
    .french = "Essayez encore un autre jour avant de conclure que le ménage est injoignable.",
    .english = "Try on another day before concluding that the household cannot be reached.",
};
const struct refusal FOLLOW_UP_TOO_FEW_CHANNELS = {
    .code = "FOLLOW_UP_TOO_FEW_CHANNELS",
    .field = "attempts",
    .rule = "6.13",
    .french = "Essayez par un autre moyen avant de conclure que le ménage est injoignable.",
    .english = "Try another channel before concluding that the household cannot be reached.",
};

const struct refusal *follow_up_attempt_check(const struct follow_up_window *window,
                                              struct follow_up_attempt attempt)
{
    if (date_is_before(attempt.on, window->first))
        return &FOLLOW_UP_TOO_EARLY;
    return attempt.channel != 0 ? ACCEPTED : &FOLLOW_UP_CHANNEL_MISSING;
}

static bool is_first_of_its_day(const struct follow_up_attempt attempts[], size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (date_is_same(attempts[i].on, attempts[index].on))
            return false;
    return true;
}

static bool is_first_of_its_channel(const struct follow_up_attempt attempts[], size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (attempts[i].channel == attempts[index].channel)
            return false;
    return true;
}

const struct refusal *follow_up_give_up_check(const struct follow_up_law *law,
                                              const struct follow_up_attempt attempts[],
                                              size_t count)
{
    int64_t days = 0, channels = 0;

    for (size_t i = 0; i < count; i++) {
        days += is_first_of_its_day(attempts, i);
        channels += is_first_of_its_channel(attempts, i);
    }
    if (days < law->least_days)
        return &FOLLOW_UP_TOO_FEW_DAYS;
    return channels < law->least_channels ? &FOLLOW_UP_TOO_FEW_CHANNELS : ACCEPTED;
}

/* --- answers ---------------------------------------------------------------------------------- */

const struct refusal FOLLOW_UP_HOUSING_MISSING = {
    .code = "FOLLOW_UP_HOUSING_MISSING",
    .field = "housing",
    .rule = "6.13",
    .french = "Indiquez la situation de logement six mois après.",
    .english = "Give the housing situation six months after.",
};
const struct refusal FOLLOW_UP_TENURE_MISSING = {
    .code = "FOLLOW_UP_TENURE_MISSING",
    .field = "situation.tenure",
    .rule = "6.13",
    .french = "Indiquez le statut d'occupation.",
    .english = "Give the tenure.",
};
const struct refusal FOLLOW_UP_ARREARS_MISSING = {
    .code = "FOLLOW_UP_ARREARS_MISSING",
    .field = "situation.in_arrears",
    .rule = "6.13",
    .french = "Indiquez s'il y a un impayé, oui ou non.",
    .english = "Say whether there are arrears, yes or no.",
};
const struct refusal FOLLOW_UP_RESOURCES_MISSING = {
    .code = "FOLLOW_UP_RESOURCES_MISSING",
    .field = "situation.resource_band",
    .rule = "6.13",
    .french = "Indiquez la tranche de ressources.",
    .english = "Give the resource band.",
};
const struct refusal FOLLOW_UP_SATISFACTION_MISSING = {
    .code = "FOLLOW_UP_SATISFACTION_MISSING",
    .field = "satisfaction",
    .rule = "6.13",
    .french = "Indiquez la satisfaction du ménage, de 1 à 5.",
    .english = "Give the household's satisfaction, from 1 to 5.",
};
const struct refusal FOLLOW_UP_NEED_MISSING = {
    .code = "FOLLOW_UP_NEED_MISSING",
    .field = "needs_new_measure",
    .rule = "6.13",
    .french = "Indiquez si une nouvelle mesure est nécessaire, oui ou non.",
    .english = "Say whether a new measure is needed, yes or no.",
};

const struct refusal *follow_up_answers_check(const struct follow_up_answers *answers)
{
    if (answers->housing == 0)
        return &FOLLOW_UP_HOUSING_MISSING;
    if (answers->tenure == 0)
        return &FOLLOW_UP_TENURE_MISSING;
    if (answers->has_arrears == 0)
        return &FOLLOW_UP_ARREARS_MISSING;
    if (answers->resources == 0)
        return &FOLLOW_UP_RESOURCES_MISSING;
    if (answers->satisfaction < 1 || answers->satisfaction > 5)
        return &FOLLOW_UP_SATISFACTION_MISSING;
    return answers->needs_measure != 0 ? ACCEPTED : &FOLLOW_UP_NEED_MISSING;
}
