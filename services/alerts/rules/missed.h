/* missed.h - the session that a request missed
 *
 * A request is in time for the first session, planned or held, whose cut-off is not before the day
 * it was complete; once deferred, for the first one after that day, whatever its cut-off.  On that
 * session's day it has missed it if it is on no agenda.  Later sessions are not missed: it waits
 * since the first.  Intake's rules/session.h has the same rule over its own states.
 */
#ifndef ALERTS_RULES_MISSED_H
#define ALERTS_RULES_MISSED_H

#include "libcommon/calendar.h"

#include <stddef.h>

struct sitting {
    struct date held_on;
    struct date cut_off; /* absent: the day itself */
};

/* A request on no agenda. */
struct unscheduled {
    struct date completed_on;
    struct date deferred_on; /* absent: it was not */
};

/* The day of the session that it was in time for, of those of its district; absent: none. */
struct date missed_day(const struct sitting sittings[], size_t count,
                       const struct unscheduled *request);

#endif
