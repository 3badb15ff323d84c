/* measure_month.h - counting measure-months (mois-mesure), in the four ways of domain.md 2.8
 *
 * Counts are in hundredths of a month: three of the methods give whole months,
 * days over thirty give two decimals.  Every count belongs to one calendar
 * month, so that counts by month add up to counts by year, and these to the
 * whole, exactly.  The method is a setting of the agreement.
 *
 * A span is half-open: from <= day < end; an absent end is open (C-1).
 */
#ifndef MEASURES_RULES_MEASURE_MONTH_H
#define MEASURES_RULES_MEASURE_MONTH_H

#include "libcommon/calendar.h"

enum { MONTH_HUNDREDTHS = 100 };

enum counting {
    COUNT_ANNIVERSARY = 1,  /* months that begin on the day number of the start (Q1) */
    COUNT_CALENDAR_TOUCHED, /* calendar months with at least one active day */
    COUNT_DAY_15,           /* calendar months active on their 15th */
    COUNT_PRORATA_30,       /* active days over thirty, two decimals */
};

struct span {
    struct date from;
    struct date end;
};

/* When a measure ran.  The end is the actual one, or the planned one while it is open.  Suspensions
 * come in order and do not overlap; they are borrowed. */
struct measure_time {
    struct date start;
    struct date end;
    const struct span *suspensions;
    size_t suspension_count;
};

/* In order, each with its first day before its end, none overlapping; only the last may be open. */
bool suspensions_are_in_order(const struct span suspensions[], size_t count);

/* Days of the measure in from <= day < end that lie in no suspension. end must be set. */
int64_t measure_active_days(const struct measure_time *time, struct date from, struct date end);

/* --- counting --------------------------------------------------------------------------------- */

/* Hundredths that fall in a calendar month or year. */
int64_t measure_months_in_month(enum counting counting, const struct measure_time *time, int year,
                                int month);
int64_t measure_months_in_year(enum counting counting, const struct measure_time *time, int year);
/* All of them; 0 while no end is known. */
int64_t measure_months_in_all(enum counting counting, const struct measure_time *time);
/* What is realised when the day is over: a month of the anniversary method is realised from its
 * first day on. */
int64_t measure_months_by(enum counting counting, const struct measure_time *time, struct date day);

/* --- granted, realised, released (2.8 no. 4) -------------------------------------------------- */

/* granted = realised + released, and counted = realised + beyond.  Beyond is what touched months or
 * days count over the decided duration; the agreement owes nothing for it. */
struct month_quantities {
    int64_t granted;
    int64_t realised;
    int64_t released;
    int64_t beyond;
};
struct month_quantities measure_months_settled(int32_t granted_months, int64_t counted);

/* --- the end after suspensions (6.2: "end shifts if the agreement says so") ------------------- */

enum end_shift {
    END_STAYS = 1,
    END_SHIFTS_BY_DAYS,   /* as many days as were suspended */
    END_SHIFTS_BY_MONTHS, /* one month for each anniversary month wholly suspended: what was decided
                             is realised, no more and no less */
};

/* The first day after the granted months.  An open suspension shifts nothing before it ends. */
struct date measure_end(struct date start, int32_t granted_months, enum end_shift shift,
                        const struct span suspensions[], size_t count);

#endif
