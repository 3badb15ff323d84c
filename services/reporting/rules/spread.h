/* spread.h - the mean, the median and the most frequent of a list of values
 *
 * Stay lengths, vacancy durations, age bands (domain.md §2.6, F1-22).  Values
 * are zero or more.  Half up, as every figure.
 */
#ifndef REPORTING_RULES_SPREAD_H
#define REPORTING_RULES_SPREAD_H

#include "services/reporting/rules/figure.h"

/* Not known of no value.  decimals up to FIGURE_DECIMALS_MOST. */
struct number mean_of(const int64_t values[], size_t count, uint8_t decimals);
/* Sorts the caller's values in place.  Of an even count, half-way between the middle two. */
struct number median_of(int64_t values[], size_t count, uint8_t decimals);
/* How many values exceed a limit: stays longer than 48 months (S0-33, C-5). */
int64_t count_above(const int64_t values[], size_t count, int64_t limit);
/* The place of the largest count, the first of several; count when all are 0. */
size_t most_frequent(const int64_t counts[], size_t count);

#endif
