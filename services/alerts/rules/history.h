/* history.h - for how long what is over can be looked up: resolved alerts, and mails sent or given
 * up
 *
 * They tell of households by reference, so they are kept no longer than the file they tell of
 * (domain.md 4.2, PR-6).  Each day's opening drops what is older, at most a month's worth, so that
 * a long past is dropped in many days and no day waits for it.
 */
#ifndef ALERTS_RULES_HISTORY_H
#define ALERTS_RULES_HISTORY_H

#include "libcommon/calendar.h"
#include "libcommon/parameters.h"

#include <stdint.h>

struct history_law {
    int64_t kept_months; /* after it was over */
};
extern const struct parameter_field history_law[];

/* What was over before this day is dropped today, the oldest having been over on the day given;
 * absent when nothing is that old. */
struct date history_drops_before(const struct history_law *law, struct date oldest,
                                 struct date today);

#endif
