/* fee_guard.h - can the household pay the monthly fee: computed exactly, kept with its inputs
 *
 * Domain.md S0-22, C-9.  Two settings: the fee left after housing aid takes no
 * more than a share of income, and what is left each month is no less than a
 * floor for each consumption unit.  Whole cents, compared by multiplying across,
 * so that nothing is rounded.  The result carries the inputs, their date and
 * the settings of that day, and explains itself for ever.  Amounts are a month's.
 */
#ifndef INTAKE_RULES_FEE_GUARD_H
#define INTAKE_RULES_FEE_GUARD_H

#include "libcommon/calendar.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"
#include "services/intake/rules/codes.h"

struct fee_guard_law {
    int64_t max_effort_percent;
    bool asks_for_floor;
    int64_t floor_cents; /* for one consumption unit */
};
/* The settings that lodging judges candidatures by: one organisation, one fee guard. */
extern const struct parameter_field fee_guard_law[];

struct fee_guard_inputs {
    int64_t income_cents;
    int64_t fee_cents;
    int64_t aid_cents;          /* paid to the manager or to the household */
    int64_t consumption_tenths; /* household_consumption_tenths() */
    struct date assessed_on;
};

struct fee_guard {
    struct fee_guard_inputs inputs;
    struct fee_guard_law settings;
    int64_t net_fee_cents; /* fee less aid; below zero when aid exceeds the fee */
    int64_t left_cents;    /* income less net fee */
    bool within_effort;
    bool above_floor; /* yes when no floor is asked for */
};

/* S1-9: support itself has no income condition; only a place to live in has. */
bool scheme_has_fee_guard(enum scheme scheme);
/* Amounts are possible, the day is told, and units are known. */
const struct refusal *fee_guard_inputs_accept(const struct fee_guard_inputs *inputs);
/* The computation; inputs have been accepted. */
struct fee_guard fee_guard_of(const struct fee_guard_inputs *inputs,
                              const struct fee_guard_law *law);
/* Admission guard 2. */
const struct refusal *fee_guard_accept(const struct fee_guard *fee_guard);

#endif
