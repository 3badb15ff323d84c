#include "services/intake/rules/fee_guard.h"

#include "libcommon/money.h"

const struct parameter_field fee_guard_law[] = {
    { "lodging.affordability.largest_effort", UNIT_PERCENT,
      offsetof(struct fee_guard_law, max_effort_percent) },
    { "lodging.affordability.asks_for_floor", UNIT_YES_NO,
      offsetof(struct fee_guard_law, asks_for_floor) },
    { "lodging.affordability.floor_for_one_unit", UNIT_CENTS,
      offsetof(struct fee_guard_law, floor_cents) },
    { 0 },
};

static const struct refusal AMOUNTS_NOT_POSSIBLE = {
    .code = "AMOUNTS_NOT_POSSIBLE",
    .field = "income",
    .rule = "S0-22, C-9",
    .french = "Indiquez les ressources, la redevance et l'aide du mois, sans montant négatif.",
    .english = "Give the month's income, fee and aid, none of them negative.",
};

static const struct refusal ASSESSMENT_NOT_DATED = {
    .code = "ASSESSMENT_NOT_DATED",
    .field = "assessed_on",
    .rule = "C-9",
    .french = "Indiquez la date à laquelle ces montants ont été relevés.",
    .english = "Give the day these amounts were taken down.",
};

static const struct refusal HOUSEHOLD_IS_EMPTY = {
    .code = "HOUSEHOLD_IS_EMPTY",
    .field = "household",
    .rule = "C-9",
    .french = "Enregistrez les personnes du ménage : le reste à vivre se calcule par unité de "
              "consommation.",
    .english = "Register the persons of the household: what is left to live on is counted by "
               "consumption unit.",
};

static const struct refusal FEE_EXCEEDS_EFFORT = {
    .code = "FEE_EXCEEDS_EFFORT",
    .field = "fee",
    .rule = "S0-22, C-9",
    .french = "La redevance, aide déduite, dépasse la part des ressources admise : cherchez un "
              "logement moins cher ou des droits à ouvrir.",
    .english = "The fee after aid exceeds the share of income allowed: look for a cheaper place or "
               "for rights to open.",
};

static const struct refusal TOO_LITTLE_LEFT = {
    .code = "TOO_LITTLE_LEFT",
    .field = "fee",
    .rule = "S0-22, C-9",
    .french = "Le reste à vivre du ménage serait inférieur au minimum fixé : cherchez un logement "
              "moins cher ou des droits à ouvrir.",
    .english = "The household would be left with less than the floor: look for a cheaper place or "
               "for rights to open.",
};

bool scheme_has_fee_guard(enum scheme scheme)
{
    return scheme == SCHEME_RESIDENCE_SUPPORT;
}

static bool is_possible(int64_t cents)
{
    return cents >= 0 && money_is_reasonable(cents);
}

const struct refusal *fee_guard_inputs_accept(const struct fee_guard_inputs *inputs)
{
    if (!is_possible(inputs->income_cents) || !is_possible(inputs->fee_cents) ||
        !is_possible(inputs->aid_cents))
        return &AMOUNTS_NOT_POSSIBLE;
    if (!date_is_valid(inputs->assessed_on))
        return &ASSESSMENT_NOT_DATED;
    return inputs->consumption_tenths > 0 ? ACCEPTED : &HOUSEHOLD_IS_EMPTY;
}

struct fee_guard fee_guard_of(const struct fee_guard_inputs *inputs,
                              const struct fee_guard_law *law)
{
    int64_t net_fee_cents = inputs->fee_cents - inputs->aid_cents;
    int64_t left_cents = inputs->income_cents - net_fee_cents;

    return (struct fee_guard){
        .inputs = *inputs,
        .settings = *law,
        .net_fee_cents = net_fee_cents,
        .left_cents = left_cents,
        .within_effort = net_fee_cents * 100 <= law->max_effort_percent * inputs->income_cents,
        .above_floor = !law->asks_for_floor ||
                       left_cents * 10 >= law->floor_cents * inputs->consumption_tenths,
    };
}

const struct refusal *fee_guard_accept(const struct fee_guard *fee_guard)
{
    if (!fee_guard->within_effort)
        return &FEE_EXCEEDS_EFFORT;
    return fee_guard->above_floor ? ACCEPTED : &TOO_LITTLE_LEFT;
}
