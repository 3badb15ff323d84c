/* yearly_count.h - households, measures and measure-months of a year
 *
 * A household counts once in a year, however many measures, schemes or stays
 * it has (S0-4, F1-9, S2-63): when at least one counted measure-month falls in
 * that year.  Households, measures and months are three different units (SX-4);
 * only months add up over years and over schemes.
 */
#ifndef MEASURES_RULES_YEARLY_COUNT_H
#define MEASURES_RULES_YEARLY_COUNT_H

#include "libcommon/calendar.h"
#include "services/measures/rules/measure_month.h"
#include "services/measures/rules/scheme.h"

struct household_key {
    uint8_t bytes[16];
};

/* One measure that ran or runs. */
struct counted_measure {
    struct household_key household;
    enum scheme scheme;
    bool is_external; /* S1-1 */
    enum counting counting;
    struct measure_time time;
};

/* Which measures a figure is about.  The published figures do not say whether external measures are
 * in (Q2): compute both. */
enum count_scope { SCOPE_NOT_SEPARATED = 1, SCOPE_INTERNAL, SCOPE_EXTERNAL };

struct count_filter {
    enum scheme scheme; /* 0: all of them together */
    enum count_scope scope;
};

struct yearly_count {
    int64_t households;
    int64_t measures; /* with a counted month in the year */
    int64_t months_hundredths;
};

/* Orders measures by household, for qsort. */
int counted_measure_compare(const void *a, const void *b);
/* measures must be in that order. */
struct yearly_count yearly_count_of(const struct counted_measure measures[], size_t count, int year,
                                    struct count_filter filter);

/* Has the measure an active day in the year?  What F0-4 asks, beside stays (C-6). */
bool measure_runs_in_year(const struct measure_time *time, int year);

/* Measure-months a household, in hundredths, half up: 1,457 / 224 = 6.50 (S1-47); 0 without
 * households. */
int64_t mean_months_hundredths(struct yearly_count count);
/* Mean number of active measures over the twelve months, shared by so many districts, in tenths,
 * half up: 1,457 / 12 = 121.4, / 4 = 30.4 (S1-47).  districts > 0. */
int64_t mean_active_tenths(struct yearly_count count, int32_t districts);

#endif
