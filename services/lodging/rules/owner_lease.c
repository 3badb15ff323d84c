#include "services/lodging/rules/owner_lease.h"

const struct parameter_field owner_lease_law[] = {
    { "lodging.owner_lease.shorter", UNIT_YEARS, offsetof(struct owner_lease_law, shorter_years) },
    { "lodging.owner_lease.longer", UNIT_YEARS, offsetof(struct owner_lease_law, longer_years) },
    { "lodging.owner_lease.first_warning", UNIT_MONTHS,
      offsetof(struct owner_lease_law, first_warning_months) },
    { "lodging.owner_lease.second_warning", UNIT_MONTHS,
      offsetof(struct owner_lease_law, second_warning_months) },
    { "lodging.owner_lease.last_warning", UNIT_MONTHS,
      offsetof(struct owner_lease_law, last_warning_months) },
    { 0 },
};

const struct refusal OWNER_LEASE_WITHOUT_KIND = {
    .code = "OWNER_LEASE_WITHOUT_KIND",
    .field = "kind",
    .rule = "LS-1, S2-28",
    .french = "Indiquez s'il s'agit d'un bail Louez solidaire ou d'une gestion transitoire.",
    .english = "Say whether this is a Louez solidaire lease or a transitional management.",
};

const struct refusal OWNER_LEASE_WITHOUT_START = {
    .code = "OWNER_LEASE_WITHOUT_START",
    .field = "start",
    .rule = "LS-1, S2-28",
    .french = "Indiquez la date de début.",
    .english = "Give the start date.",
};

const struct refusal OWNER_LEASE_OF_OTHER_LENGTH = {
    .code = "OWNER_LEASE_OF_OTHER_LENGTH",
    .field = "years",
    .rule = "LS-1",
    .french = "Le bail avec le propriétaire dure 3 ou 6 ans.",
    .english = "The lease with the owner is for 3 or 6 years.",
};

const struct refusal TRANSITIONAL_MANAGEMENT_WITHOUT_END = {
    .code = "TRANSITIONAL_MANAGEMENT_WITHOUT_END",
    .field = "end",
    .rule = "S2-28",
    .french = "Une gestion transitoire a une date de fin, après son début : indiquez-la.",
    .english = "A transitional management has an end, after its start: give it.",
};

const struct refusal *owner_lease_may_be_recorded(const struct owner_lease *lease,
                                                  const struct owner_lease_law *law)
{
    if (lease->kind != LOUEZ_SOLIDAIRE_LEASE && lease->kind != TRANSITIONAL_MANAGEMENT)
        return &OWNER_LEASE_WITHOUT_KIND;
    if (!date_is_valid(lease->start))
        return &OWNER_LEASE_WITHOUT_START;
    if (lease->kind == LOUEZ_SOLIDAIRE_LEASE)
        return lease->years == law->shorter_years || lease->years == law->longer_years
                   ? ACCEPTED
                   : &OWNER_LEASE_OF_OTHER_LENGTH;
    if (!date_is_valid(lease->end_on) || !date_is_after(lease->end_on, lease->start))
        return &TRANSITIONAL_MANAGEMENT_WITHOUT_END;
    return ACCEPTED;
}

static struct date months_before(struct date end, int64_t months)
{
    return backward_limit(end, (struct period){ .months = (int32_t)months });
}

struct owner_lease_dates owner_lease_dates(const struct owner_lease *lease,
                                           const struct owner_lease_law *law)
{
    struct date end = lease->kind == LOUEZ_SOLIDAIRE_LEASE
                          ? date_add_years(lease->start, (int32_t)lease->years)
                          : lease->end_on;

    return (struct owner_lease_dates){
        .end = end,
        .first_warning = months_before(end, law->first_warning_months),
        .second_warning = months_before(end, law->second_warning_months),
        .last_warning = months_before(end, law->last_warning_months),
    };
}

bool stay_outlives_owner_lease(struct date target_end, struct date lease_end)
{
    return date_is_set(lease_end) && date_is_after(target_end, lease_end);
}
