#include "services/intake/rules/priority.h"

const struct parameter_field priority_law[] = {
    { "admission.priority.points_per_criterion", UNIT_COUNT,
      offsetof(struct priority_law, points_per_criterion) },
    { "admission.priority.waiting_per_point", UNIT_MONTHS,
      offsetof(struct priority_law, waiting_months_per_point) },
    { 0 },
};

static const struct refusal CHOICE_NOT_EXPLAINED = {
    .code = "CHOICE_NOT_EXPLAINED",
    .field = "reason",
    .rule = "S4-17, Q23",
    .french = "Une autre personne est plus prioritaire : indiquez la raison de ce choix.",
    .english = "Somebody else comes first: give the reason of this choice.",
};

static bool works_precariously(enum socio_professional_status status)
{
    return status == STATUS_TEMP_WORKER || status == STATUS_SELF_EMPLOYED;
}

struct priority priority_of(const struct priority_facts *facts, struct date on,
                            const struct priority_law *law, const struct youth_law *youth)
{
    const bool met[PRIORITY_COUNT] = {
        [PRIORITY_HARD_ACCESS] = facts->has_hard_access,
        [PRIORITY_MINIMUM_BENEFITS] = facts->receives_minimum_benefits,
        [PRIORITY_DISABLED_ADULT_ALLOWANCE] = facts->receives_disabled_adult_allowance,
        [PRIORITY_YOUNG_PRECARIOUS_WORK] =
            works_precariously(facts->status) && person_is_youth(facts->birth_date, on, youth),
    };
    struct priority priority = { .waiting_since = facts->waiting_since };

    for (unsigned criterion = 1; criterion < PRIORITY_COUNT; criterion++)
        if (met[criterion]) {
            priority.criteria |= 1U << criterion;
            priority.criteria_met++;
        }
    if (date_is_set(facts->waiting_since) && !date_is_after(facts->waiting_since, on))
        priority.waiting_months = months_between(facts->waiting_since, on);
    priority.score = priority.criteria_met * law->points_per_criterion;
    if (law->waiting_months_per_point > 0)
        priority.score += priority.waiting_months / law->waiting_months_per_point;
    return priority;
}

int priority_compare(const struct priority *a, const struct priority *b)
{
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    if (!date_is_set(a->waiting_since) || !date_is_set(b->waiting_since))
        return date_is_set(b->waiting_since) - date_is_set(a->waiting_since);
    return date_compare(a->waiting_since, b->waiting_since);
}

const struct refusal *priority_accept_choice(const struct priority *chosen,
                                             const struct priority *first, bool has_reason)
{
    return priority_compare(first, chosen) < 0 && !has_reason ? &CHOICE_NOT_EXPLAINED : ACCEPTED;
}
