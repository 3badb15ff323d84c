#include "services/lodging/rules/yearly_quota.h"

#include "libcommon/money.h"
#include "services/lodging/rules/proportion.h"

const struct parameter_field yearly_quota_law[] = {
    { "lodging.yearly_quota.dwellings", UNIT_COUNT, offsetof(struct yearly_quota_law, dwellings) },
    { "lodging.yearly_quota.behind", UNIT_COUNT,
      offsetof(struct yearly_quota_law, behind_dwellings) },
    { "lodging.yearly_quota.dalo_behind", UNIT_PERCENT,
      offsetof(struct yearly_quota_law, dalo_behind_points) },
    { 0 },
};

const struct refusal QUOTA_OUT_OF_RANGE = {
    .code = "QUOTA_OUT_OF_RANGE",
    .field = "dwellings",
    .rule = "S2-43, F2-1",
    .french = "Indiquez le nombre de logements réservés par an, entre 1 et 100 000.",
    .english = "Give the number of dwellings reserved a year, from 1 to 100,000.",
};

const struct refusal QUOTA_DALO_TARGET_TOO_LARGE = {
    .code = "QUOTA_DALO_TARGET_TOO_LARGE",
    .field = "dalo_target",
    .rule = "S2-47, Q14",
    .french = "La part réservée aux ménages DALO ne peut être négative ni dépasser le total.",
    .english = "The part for DALO households is not below zero nor above the whole.",
};

enum { MOST_DWELLINGS = 100000 };

static int64_t dwellings_of(const struct quota_terms *terms, const struct yearly_quota_law *law)
{
    return terms->dwellings == 0 ? law->dwellings : terms->dwellings;
}

const struct refusal *quota_may_be_agreed(const struct quota_terms *terms,
                                          const struct yearly_quota_law *law)
{
    int64_t dwellings = dwellings_of(terms, law);

    if (dwellings < 1 || dwellings > MOST_DWELLINGS)
        return &QUOTA_OUT_OF_RANGE;
    if (terms->has_dalo_target && (terms->dalo_target < 0 || terms->dalo_target > dwellings))
        return &QUOTA_DALO_TARGET_TOO_LARGE;
    return ACCEPTED;
}

static bool counts(const struct quota_use *use, const struct quota_terms *terms,
                   const struct quota_year *year, struct date on)
{
    return use->agreement == terms->agreement && date_is_within(use->on, year->from, year->end) &&
           !date_is_after(use->on, on) && (!use->is_sliding_lease || terms->counts_sliding_leases);
}

struct quota_year quota_year_on(const struct quota_use uses[], size_t count,
                                const struct quota_terms *terms, struct date on,
                                const struct yearly_quota_law *law)
{
    struct quota_year year = { .from = DATE(on.year, 1, 1), .dwellings = dwellings_of(terms, law) };

    year.end = date_add_years(year.from, 1);
    for (size_t i = 0; i < count; i++)
        if (counts(&uses[i], terms, &year, on)) {
            year.used++;
            year.dalo_used += uses[i].is_dalo_priority;
        }
    year.left = money_larger(year.dwellings - year.used, 0);
    year.over = money_larger(year.used - year.dwellings, 0);
    if (terms->has_dalo_target)
        year.dalo_left = money_larger(terms->dalo_target - year.dalo_used, 0);
    return year;
}

bool quota_is_behind(const struct quota_year *year, struct date on,
                     const struct yearly_quota_law *law)
{
    const struct pace pace = { year->from, year->end, year->dwellings, year->used };

    return pace_is_behind_by_count(&pace, on, law->behind_dwellings);
}

bool quota_is_behind_for_dalo(const struct quota_year *year, const struct quota_terms *terms,
                              struct date on, const struct yearly_quota_law *law)
{
    const struct pace pace = { year->from, year->end, terms->dalo_target, year->dalo_used };

    return terms->has_dalo_target && pace_is_behind_by_points(&pace, on, law->dalo_behind_points);
}
