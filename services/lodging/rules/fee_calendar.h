/* fee_calendar.h - from which day an entering household is charged, and when a term falls due */
#ifndef LODGING_RULES_FEE_CALENDAR_H
#define LODGING_RULES_FEE_CALENDAR_H

#include "libcommon/calendar.h"
#include "libcommon/parameters.h"

struct fee_calendar_law {
    int64_t due_day; /* of the month, as the contract says (6.9) */
    int64_t
        charged_back_months; /* an entry recorded so late is charged from its day all the same */
};

extern const struct parameter_field fee_calendar_law[];

/* The day of the month on which its term falls due: its last day in a shorter one, and never before
 * the household is there. */
struct date fee_due_on(struct date month, struct date from, const struct fee_calendar_law *law);
/* The first day that is charged of a stay entered on a day and recorded on another: the entry, or
 * of one that is told as history, the first of the month after it is told. */
struct date fees_begin_on(struct date entered_on, struct date recorded_on,
                          const struct fee_calendar_law *law);

#endif
