#include "services/lodging/rules/affordability.h"

#include "libcommon/money.h"

const struct parameter_field affordability_law[] = {
    { "lodging.affordability.largest_effort", UNIT_PERCENT,
      offsetof(struct affordability_law, largest_effort_percent) },
    { "lodging.affordability.asks_for_floor", UNIT_YES_NO,
      offsetof(struct affordability_law, asks_for_floor) },
    { "lodging.affordability.floor_for_one_unit", UNIT_CENTS,
      offsetof(struct affordability_law, floor_cents) },
    { 0 },
};

const struct refusal FEE_NOT_AFFORDABLE = {
    .code = "FEE_NOT_AFFORDABLE",
    .field = "income",
    .rule = "C-9, S0-22",
    .french =
        "Le reste à charge dépasse la part admise des ressources : vérifiez les ressources et "
        "l'aide au logement, ou proposez une place moins chère.",
    .english = "What remains of the fee exceeds the share of income allowed: check income and "
               "housing aid, or propose a cheaper place.",
};

const struct refusal FEE_LEAVES_TOO_LITTLE = {
    .code = "FEE_LEAVES_TOO_LITTLE",
    .field = "income",
    .rule = "C-9, S0-22",
    .french = "Le reste à vivre est inférieur au minimum par unité de consommation : vérifiez les "
              "ressources et la composition du ménage.",
    .english = "What is left to live on is below the floor for each consumption unit: check income "
               "and household.",
};

const struct refusal AFFORDABILITY_OUT_OF_RANGE = {
    .code = "AFFORDABILITY_OUT_OF_RANGE",
    .field = "income",
    .rule = "C-9",
    .french = "Indiquez la date, des montants mensuels positifs et au moins une unité de "
              "consommation.",
    .english = "Give the date, monthly amounts not below zero and at least one consumption unit.",
};

static bool is_amount(int64_t cents)
{
    return cents >= 0 && money_is_reasonable(cents);
}

const struct refusal *affordability_may_be_computed(const struct affordability_inputs *inputs)
{
    if (!date_is_valid(inputs->on) || !is_amount(inputs->income_cents) ||
        !is_amount(inputs->fee_cents) || !is_amount(inputs->aid_cents) ||
        inputs->consumption_unit_tenths < 10 || inputs->consumption_unit_tenths > 1000)
        return &AFFORDABILITY_OUT_OF_RANGE;
    return ACCEPTED;
}

struct affordability affordability_of(const struct affordability_inputs *inputs,
                                      const struct affordability_law *law)
{
    struct affordability result = { .inputs = *inputs, .law = *law };

    result.remainder_cents = money_larger(inputs->fee_cents - inputs->aid_cents, 0);
    result.left_cents = inputs->income_cents - result.remainder_cents;
    result.is_effort_bearable =
        result.remainder_cents * 100 <= law->largest_effort_percent * inputs->income_cents;
    result.is_floor_reached =
        !law->asks_for_floor ||
        result.left_cents * 10 >= law->floor_cents * inputs->consumption_unit_tenths;
    return result;
}

const struct refusal *fee_is_affordable(const struct affordability *affordability)
{
    if (!affordability->is_effort_bearable)
        return &FEE_NOT_AFFORDABLE;
    return affordability->is_floor_reached ? ACCEPTED : &FEE_LEAVES_TOO_LITTLE;
}
