/* money.h - whole cents, never floating point
 *
 * An amount is an int64_t of euro cents; its name ends in _cents.  Whatever is
 * divided is divided exactly: the parts of an amount add up to it, to the cent.
 * Pure functions: no allocation, no locale.
 */
#ifndef LIBCOMMON_MONEY_H
#define LIBCOMMON_MONEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* No single amount of the field comes near; what enters beyond it is refused, so that sums of
 * amounts cannot overflow.  One billion euros. */
#define MONEY_LARGEST_CENTS INT64_C(100000000000)

bool money_is_reasonable(int64_t cents);
int64_t money_smaller(int64_t a_cents, int64_t b_cents);
int64_t money_larger(int64_t a_cents, int64_t b_cents);

/* numerator / denominator rounded half up (away from zero below zero); denominator > 0.  Exact for
 * every int64_t numerator. */
int64_t divide_half_up(int64_t numerator, int64_t denominator);
/* numerator / denominator rounded up; denominator > 0. */
int64_t divide_ceiling(int64_t numerator, int64_t denominator);

/* cents * numerator / denominator, rounded half up as above, without overflow in between for
 * reasonable amounts and numerators up to a million; denominator > 0. */
int64_t money_share(int64_t cents, int64_t numerator, int64_t denominator);
/* The part number index (from 0) of an amount cut in count parts as equal as cents allow; the first
 * ones are the larger; the parts add up to the amount. count > 0, index < count. */
int64_t money_part(int64_t cents, int32_t count, int32_t index);
/* Cuts an amount in proportion to weights (>= 0, not all 0) by largest remainder, the earlier
 * first where remainders tie; parts add up to the amount, and a weight of 0 gets nothing.  The
 * amount is a reasonable one. */
void money_split(int64_t cents, const int64_t weights[], size_t count, int64_t parts[]);

/* Reads an amount in euros as people and spreadsheets write it: "1234,56", "1 234,5", "-12",
 * "1234.56", "12,30 EUR" or with the euro sign.  At most two decimals; spaces, ordinary, no-break
 * or narrow, part groups of three digits.  False, with *cents untouched, on anything else or beyond
 * MONEY_LARGEST_CENTS. */
bool money_parse(const char *text, int64_t *cents);
#define MONEY_TEXT_SIZE 48
/* Writes "1 234,56 EUR" with the euro sign and narrow no-break spaces, as French readers expect. */
const char *money_format(int64_t cents, char text[static MONEY_TEXT_SIZE]);
/* Writes "1234.56": for machines. */
const char *money_format_plain(int64_t cents, char text[static MONEY_TEXT_SIZE]);

#endif
