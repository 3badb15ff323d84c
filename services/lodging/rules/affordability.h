/* affordability.h - can the household pay the monthly fee?
 *
 * Two tests, both kept with what they were made from (domain.md C-9, S0-22):
 * what remains of the fee after aid takes at most a share of the income, and,
 * where the organisation asks for it, what is left to live on reaches a floor
 * for each consumption unit.  Whole cents, no rounding: one cent decides.
 */
#ifndef LODGING_RULES_AFFORDABILITY_H
#define LODGING_RULES_AFFORDABILITY_H

#include "libcommon/calendar.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"

#include <stdbool.h>
#include <stdint.h>

struct affordability_law {
    int64_t largest_effort_percent;
    bool asks_for_floor;
    int64_t floor_cents; /* a month, for one consumption unit */
};

extern const struct parameter_field affordability_law[];

struct affordability_inputs {
    struct date on; /* the day these amounts held */
    int64_t income_cents;
    int64_t fee_cents;
    int64_t aid_cents;
    int64_t consumption_unit_tenths; /* 10 for the first adult, 5 and 3 for others */
};

struct affordability {
    struct affordability_inputs inputs;
    struct affordability_law law;
    int64_t remainder_cents; /* the fee less the aid, never below zero */
    int64_t left_cents;      /* to live on, once it is paid */
    bool is_effort_bearable;
    bool is_floor_reached; /* true where no floor is asked for */
};

extern const struct refusal FEE_NOT_AFFORDABLE;
extern const struct refusal FEE_LEAVES_TOO_LITTLE;
extern const struct refusal AFFORDABILITY_OUT_OF_RANGE;

/* Are the amounts and units such as can be? */
const struct refusal *affordability_may_be_computed(const struct affordability_inputs *inputs);
struct affordability affordability_of(const struct affordability_inputs *inputs,
                                      const struct affordability_law *law);
/* The fee guard: refused by the first test that fails. */
const struct refusal *fee_is_affordable(const struct affordability *affordability);

#endif
