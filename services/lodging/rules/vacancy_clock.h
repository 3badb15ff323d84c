/* vacancy_clock.h - until when candidatures may be sent for a freed place
 *
 * Eight calendar days from the notification to the reservation holder, unless
 * the agreement says otherwise (domain.md S4-27, C-3, D-9, Q7).  The deadline is
 * 24:00 of the last day in Paris, that is the first instant of the next day,
 * whatever the clocks do in between.
 */
#ifndef LODGING_RULES_VACANCY_CLOCK_H
#define LODGING_RULES_VACANCY_CLOCK_H

#include "libcommon/calendar.h"
#include "libcommon/parameters.h"

#include <stdbool.h>
#include <stdint.h>

/* The agreement's terms: the handler takes the organisation's and sets what the agreement says
 * otherwise (C-3, D-9, Q7, RS-14). */
struct vacancy_law {
    struct period candidature_period;
    struct period social_housing_period; /* DLS-4: for dwellings of social housing */
    struct period extension_most;        /* past the ordinary last day, by all extensions */
    bool days_are_working_days;          /* the period's days, not its months */
    bool end_rolls_to_working_day;
    bool starts_when_freed;           /* and not before the notification */
    bool has_alsace_moselle_holidays; /* two more than the rest of France (D-7) */
    struct period move_in_period;
};

extern const struct parameter_field vacancy_law[];

/* The same terms for a dwelling of social housing in a tense area (DLS-4, L441-1). */
struct vacancy_law vacancy_law_of_social_housing(struct vacancy_law law);

/* The last day to send candidatures for a place notified at an instant and freed on a day (S4-27,
 * F4-6, C-3, Q7).  The deadline is end_of_day() of it. */
struct date vacancy_last_day(int64_t notified_at_ms, struct date freed_on,
                             const struct vacancy_law *law);

/* The latest day to which a vacancy may be extended (S4-32), by the last day that it had first: an
 * agreement moves the loss, and none puts it off for good. */
struct date vacancy_extension_most(struct date first_last_day, const struct vacancy_law *law);

/* domain.md 6.6: the day by which the retained candidate should have moved in. */
struct date vacancy_move_in_by(int64_t retained_at_ms, const struct vacancy_law *law);

#endif
