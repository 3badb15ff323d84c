/* level.h - how pressing an alert is: when it must reach its people, and whether it may wait
 *
 * INFO and ATTENTION wait for the daily digest; URGENT goes the same day and
 * CRITICAL within the hour (domain.md §7).
 */
#ifndef ALERTS_RULES_LEVEL_H
#define ALERTS_RULES_LEVEL_H

#include "libcommon/calendar.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"

#include <stdbool.h>
#include <stdint.h>

enum alert_level { LEVEL_INFO = 1, LEVEL_ATTENTION, LEVEL_URGENT, LEVEL_CRITICAL };

struct level_law {
    int64_t snooze_days;
    int64_t critical_hours;
};
extern const struct parameter_field level_law[];

/* Goes out by itself as soon as it is raised; the others go into the digest. */
bool level_goes_at_once(enum alert_level level);
/* The instant by which it must have reached its people: the end of the day it was raised on for
 * URGENT, an hour later for CRITICAL; 0 for what waits for the digest. */
int64_t level_deliver_by(const struct level_law *law, enum alert_level level, int64_t raised_at_ms);
/* "INFO"..., "" for no level. */
const char *level_name(enum alert_level level);

/* May the alert be silent until the day given?  With a reason, a week at most, never when pressing.
 */
const struct refusal *snooze_check(const struct level_law *law, enum alert_level level,
                                   struct date today, struct date until, const char *reason);
extern const struct refusal SNOOZE_OF_PRESSING_ALERT;
extern const struct refusal SNOOZE_NOT_AHEAD;
extern const struct refusal SNOOZE_TOO_LONG;
extern const struct refusal SNOOZE_WITHOUT_REASON;
/* Silent today?  On the day given it speaks again. */
bool alert_is_snoozed(struct date until, struct date today);

#endif
