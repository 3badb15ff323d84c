#include "services/lodging/rules/contingent.h"

#include "libcommon/money.h"

const struct parameter_field contingent_law[] = {
    { "lodging.contingent.reference_share", UNIT_PERCENT,
      offsetof(struct contingent_law, reference_percent) },
    { "lodging.contingent.objective_behind", UNIT_PERCENT,
      offsetof(struct contingent_law, behind_points) },
    { 0 },
};

const struct refusal OBJECTIVE_WITHOUT_KIND = {
    .code = "OBJECTIVE_WITHOUT_KIND",
    .field = "kind",
    .rule = "S4-6",
    .french = "Indiquez si l'objectif porte sur les entrées ou sur les sorties.",
    .english = "Say whether the objective is of entries or of exits.",
};

const struct refusal OBJECTIVE_WITHOUT_PERIOD = {
    .code = "OBJECTIVE_WITHOUT_PERIOD",
    .field = "period",
    .rule = "S4-6, F4-9",
    .french = "Indiquez le début et la fin de la période : la fin vient après le début.",
    .english = "Give the period's start and end: the end comes after the start.",
};

const struct refusal OBJECTIVE_WITHOUT_TARGET = {
    .code = "OBJECTIVE_WITHOUT_TARGET",
    .field = "target",
    .rule = "S4-6, F4-9",
    .french = "Indiquez l'objectif, un nombre de ménages d'au moins 1.",
    .english = "Give the target, a number of households of 1 or more.",
};

enum { LARGEST_TARGET = 1000000 };

static bool matches(const struct contingent_unit *unit, struct contingent_filter filter)
{
    return (filter.holder == 0 || unit->holder == filter.holder) &&
           (filter.residence == 0 || unit->residence == filter.residence) &&
           (filter.kind == 0 || unit->kind == filter.kind) &&
           (filter.programme == 0 || unit->programme == filter.programme);
}

static bool is_in_stock(const struct contingent_unit *unit, struct date on)
{
    return date_is_set(unit->commissioned_on) &&
           date_is_within(on, unit->commissioned_on, unit->withdrawn_on);
}

struct contingent_count contingent_on(const struct contingent_unit units[], size_t count,
                                      struct contingent_filter filter, struct date on)
{
    struct contingent_count counted = { 0 };

    for (size_t i = 0; i < count; i++)
        if (matches(&units[i], filter) && is_in_stock(&units[i], on)) {
            counted.units++;
            counted.places += units[i].places;
        }
    return counted;
}

bool contingent_is_below_reference(int64_t held_places, int64_t all_places,
                                   const struct contingent_law *law)
{
    return held_places * 100 < all_places * law->reference_percent;
}

int64_t contingent_missing_places(int64_t held_places, int64_t all_places,
                                  const struct contingent_law *law)
{
    int64_t reference = divide_ceiling(all_places * law->reference_percent, 100);

    return money_larger(reference - held_places, 0);
}

const struct refusal *objective_may_be_set(const struct objective *objective)
{
    if (objective->kind != OBJECTIVE_ENTRIES && objective->kind != OBJECTIVE_EXITS)
        return &OBJECTIVE_WITHOUT_KIND;
    if (!date_is_valid(objective->from) || !date_is_valid(objective->end) ||
        !date_is_before(objective->from, objective->end))
        return &OBJECTIVE_WITHOUT_PERIOD;
    if (objective->target < 1 || objective->target > LARGEST_TARGET)
        return &OBJECTIVE_WITHOUT_TARGET;
    return ACCEPTED;
}

int64_t objective_actual(const struct objective *objective, const struct date happened[],
                         size_t count, struct date on)
{
    int64_t actual = 0;

    for (size_t i = 0; i < count; i++)
        actual += date_is_within(happened[i], objective->from, objective->end) &&
                  !date_is_after(happened[i], on);
    return actual;
}

bool objective_is_behind(const struct objective *objective, int64_t actual, struct date on,
                         const struct contingent_law *law)
{
    const struct pace pace = { .from = objective->from,
                               .end = objective->end,
                               .target = objective->target,
                               .actual = actual };

    return pace_is_behind_by_points(&pace, on, law->behind_points);
}
