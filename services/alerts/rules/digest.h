/* digest.h - when the daily digest goes out
 *
 * One mail a person on each working morning, at the hour Paris clocks show,
 * summer and winter, by the public holidays of the recipient's region.  After
 * a week down one digest goes, not seven.
 */
#ifndef ALERTS_RULES_DIGEST_H
#define ALERTS_RULES_DIGEST_H

#include "libcommon/calendar.h"

#include <stdbool.h>
#include <stdint.h>

struct digest_law {
    int64_t hour; /* of Paris clocks, 0 to 23: the organisation's choice */
};

/* The first digest after an instant; what is raised at that very instant goes with the next one. */
int64_t digest_after(const struct digest_law *law, int64_t instant_ms, enum holidays holidays);
/* The last digest at or before an instant. */
int64_t digest_before(const struct digest_law *law, int64_t instant_ms, enum holidays holidays);
/* Is a digest due, the last having gone out at sent_at_ms? */
bool digest_is_due(const struct digest_law *law, int64_t sent_at_ms, int64_t now_ms,
                   enum holidays holidays);
/* The weekly list (A-54, and what a team has not acknowledged) goes with the first digest of the
 * week. */
bool digest_is_first_of_week(int64_t digest_at_ms, enum holidays holidays);

#endif
