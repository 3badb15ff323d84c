/* proportion.h - shares to a tenth of a percent, and whether a target is being kept up with
 *
 * Shares are rounded half up, each alone (domain.md C-2, Q39).  A target over a
 * period is compared with the part of it that the days completed so far stand
 * for; comparisons are exact, nothing is rounded before.
 */
#ifndef LODGING_RULES_PROPORTION_H
#define LODGING_RULES_PROPORTION_H

#include "libcommon/calendar.h"

#include <stdbool.h>
#include <stdint.h>

/* The share of nothing. */
enum { NO_SHARE = -1 };

/* Tenths of a percent: 367 is 36.7 %.  NO_SHARE when the whole is 0; neither is negative. */
int64_t share_per_mille(int64_t part, int64_t whole);

/* What was to be reached from a day to the eve of another, and what was. */
struct pace {
    struct date from;
    struct date end;
    int64_t target;
    int64_t actual;
};

/* Days of the period completed at the start of a day; 0 before it, all of them after it. */
int32_t pace_elapsed_days(const struct pace *pace, struct date on);
/* The part of the target that the elapsed days stand for, rounded half up, to show. */
int64_t pace_expected(const struct pace *pace, struct date on);
/* actual < target x elapsed fraction - allowance (domain.md A-37). */
bool pace_is_behind_by_count(const struct pace *pace, struct date on, int64_t allowance);
/* actual / target < elapsed fraction - points / 100 (domain.md, C-25). */
bool pace_is_behind_by_points(const struct pace *pace, struct date on, int64_t points);

#endif
