#include "services/measures/rules/label.h"

/* --- the label -------------------------------------------------------------------------------- */

static const char *const states[LABEL_STATES] = {
    [0] = "",
    [LABEL_REQUESTED] = "REQUESTED",
    [LABEL_GRANTED] = "GRANTED",
    [LABEL_REFUSED] = "REFUSED",
    [LABEL_USED] = "USED",
    [LABEL_LOST] = "LOST",
    [LABEL_EXPIRED] = "EXPIRED",
};

static const char *const events[LABEL_EVENTS] = {
    [0] = "",
    [LABEL_REQUEST] = "request",
    [LABEL_GRANT] = "grant",
    [LABEL_REFUSE] = "refuse",
    [LABEL_USE] = "use",
    [LABEL_LOSE] = "lose",
    [LABEL_EXPIRE] = "expire",
};

static const struct transition transitions[] = {
    { 0, LABEL_REQUEST, LABEL_REQUESTED },
    /* Many are known only once granted. */
    { 0, LABEL_GRANT, LABEL_GRANTED },
    { LABEL_REQUESTED, LABEL_GRANT, LABEL_GRANTED },
    { LABEL_REQUESTED, LABEL_REFUSE, LABEL_REFUSED },
    { LABEL_REFUSED, LABEL_GRANT, LABEL_GRANTED },
    { LABEL_GRANTED, LABEL_USE, LABEL_USED },
    { LABEL_GRANTED, LABEL_LOSE, LABEL_LOST },
    { LABEL_GRANTED, LABEL_EXPIRE, LABEL_EXPIRED },
};

const struct machine label_machine = {
    .name = "label",
    .states = states,
    .state_count = LABEL_STATES,
    .events = events,
    .event_count = LABEL_EVENTS,
    .transitions = transitions,
    .transition_count = sizeof transitions / sizeof *transitions,
    .terminal =
        UINT64_C(1) << LABEL_USED | UINT64_C(1) << LABEL_LOST | UINT64_C(1) << LABEL_EXPIRED,
};

const struct refusal LABEL_WITHOUT_DATE = {
    "LABEL_WITHOUT_DATE",
    "granted_on",
    "S0-29",
    "Indiquez la date à laquelle la priorité a été accordée.",
    "Give the day on which the priority was granted.",
};
const struct refusal LABEL_AUTHORITY_UNFIT = {
    "LABEL_AUTHORITY_UNFIT",
    "authority",
    "S0-28, S0-29",
    "Le DALO est reconnu par l'État, l'accord collectif par la collectivité : corrigez l'autorité "
    "ou le type de priorité.",
    "The State recognises the right to housing, the local authority its collective agreement: "
    "correct the authority or the kind of priority.",
};
const struct refusal LABEL_ENDS_BEFORE_IT_STARTS = {
    "LABEL_ENDS_BEFORE_IT_STARTS",
    "valid_to",
    "S0-29",
    "La fin de validité précède la date d'accord : corrigez l'une des deux.",
    "The end of validity comes before the day it was granted: correct one of them.",
};

static bool authority_fits(const struct label *label)
{
    return (label->kind == LABEL_HOUSING_RIGHT && label->authority == AUTHORITY_STATE) ||
           (label->kind == LABEL_COLLECTIVE_AGREEMENT && label->authority == AUTHORITY_LOCAL);
}

const struct refusal *label_may_be_granted(const struct label *label)
{
    if (!date_is_set(label->granted_on))
        return &LABEL_WITHOUT_DATE;
    if (!authority_fits(label))
        return &LABEL_AUTHORITY_UNFIT;
    if (date_is_set(label->valid_to) && date_is_before(label->valid_to, label->granted_on))
        return &LABEL_ENDS_BEFORE_IT_STARTS;
    return ACCEPTED;
}

bool label_is_valid(const struct label *label, struct date on)
{
    bool over = date_is_set(label->valid_to) && date_is_after(on, label->valid_to);

    return date_is_set(label->granted_on) && !over &&
           date_is_within(on, label->granted_on, label->ended_on);
}

/* --- criteria of a collective agreement ------------------------------------------------------- */

const struct refusal CRITERIA_UNDATED = {
    "CRITERIA_UNDATED",
    "valid_from",
    "S0-28",
    "Indiquez à partir de quand ces critères valent.",
    "Say from when these criteria hold.",
};
const struct refusal CRITERIA_END_BEFORE_THEY_START = {
    "CRITERIA_END_BEFORE_THEY_START",
    "valid_to",
    "S0-28",
    "La fin de validité précède le début : corrigez l'une des deux dates.",
    "The end of validity comes before its start: correct one of the dates.",
};
const struct refusal CRITERIA_EMPTY = {
    "CRITERIA_EMPTY",
    "situations",
    "S0-28, AC-1",
    "Indiquez au moins une situation qui ouvre la priorité.",
    "Name at least one situation that opens the priority.",
};
const struct refusal CRITERIA_OVERLAP = {
    "CRITERIA_OVERLAP",
    "valid_from",
    "S0-28",
    "Une autre version vaut déjà sur une partie de cette période : fermez-la la veille.",
    "Another version already holds over a part of this time: end it on the eve.",
};

static bool starts_by_the_end_of(const struct agreement_criteria *a,
                                 const struct agreement_criteria *b)
{
    return !date_is_set(b->valid_to) || !date_is_after(a->valid_from, b->valid_to);
}

const struct refusal *agreement_criteria_may_be_added(const struct agreement_criteria versions[],
                                                      size_t count,
                                                      const struct agreement_criteria *added)
{
    if (!date_is_set(added->valid_from))
        return &CRITERIA_UNDATED;
    if (!starts_by_the_end_of(added, added))
        return &CRITERIA_END_BEFORE_THEY_START;
    if (added->situations == 0)
        return &CRITERIA_EMPTY;
    for (size_t i = 0; i < count; i++)
        if (starts_by_the_end_of(added, &versions[i]) && starts_by_the_end_of(&versions[i], added))
            return &CRITERIA_OVERLAP;
    return ACCEPTED;
}

const struct agreement_criteria *agreement_criteria_on(const struct agreement_criteria versions[],
                                                       size_t count, struct date on)
{
    for (size_t i = 0; i < count; i++) {
        bool over = date_is_set(versions[i].valid_to) && date_is_after(on, versions[i].valid_to);

        if (!date_is_before(on, versions[i].valid_from) && !over)
            return &versions[i];
    }
    return NULL;
}

uint32_t agreement_criteria_met(const struct agreement_criteria *criteria,
                                const struct agreement_facts *facts)
{
    uint32_t met = facts->situations & criteria->situations;

    if (!facts->need_is_urgent)
        met &= ~criteria->only_if_urgent;
    if (facts->income_cents > criteria->income_ceiling_cents)
        met &= ~criteria->only_if_low_income;
    return met;
}
