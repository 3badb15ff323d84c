#include "services/measures/rules/measure_month.h"

#include "libcommon/money.h"

/* No measure lasts a century; keeps the search for a shifted end finite. */
enum { MONTHS_MOST = 1200 };

/* Where dates stop, and with them the counting of a measure without an end. */
#define CALENDAR_LAST_DAY DATE(2199, 12, 31)

bool suspensions_are_in_order(const struct span suspensions[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct span span = suspensions[i];

        if (!date_is_set(span.from))
            return false;
        if (date_is_set(span.end) && !date_is_before(span.from, span.end))
            return false;
        if (!date_is_set(span.end) && i + 1 < count)
            return false;
        if (i > 0 && date_is_before(span.from, suspensions[i - 1].end))
            return false;
    }
    return true;
}

/* --- days ------------------------------------------------------------------------------------- */

static struct date earlier_end(struct date a, struct date b)
{
    if (!date_is_set(a))
        return b;
    return date_is_set(b) ? date_earlier(a, b) : a;
}

static int64_t days_in_common(struct span a, struct span b)
{
    struct date from = date_later(a.from, b.from);
    struct date end = earlier_end(a.end, b.end);

    return date_is_before(from, end) ? days_between(from, end) : 0;
}

int64_t measure_active_days(const struct measure_time *time, struct date from, struct date end)
{
    struct span asked = { .from = date_later(from, time->start),
                          .end = earlier_end(end, time->end) };
    int64_t days = days_in_common(asked, (struct span){ .from = asked.from });

    for (size_t i = 0; i < time->suspension_count; i++)
        days -= days_in_common(asked, time->suspensions[i]);
    return days;
}

/* --- what is counted before a day, by method -------------------------------------------------- */

static int64_t anniversaries_before(const struct measure_time *time, struct date until)
{
    struct date from = time->start;
    int64_t counted = 0;

    for (int32_t k = 1; date_is_before(from, until); k++) {
        struct date next = date_add_months(time->start, k);

        if (measure_active_days(time, from, next) > 0)
            counted += MONTH_HUNDREDTHS;
        from = next;
    }
    return counted;
}

static int64_t calendar_months_before(const struct measure_time *time, struct date until,
                                      bool only_day_15)
{
    struct date month = date_first_of_month(time->start);
    int64_t counted = 0;

    while (date_is_before(month, until)) {
        struct date next = date_first_of_next_month(month);
        struct date from = only_day_15 ? date_add_days(month, 14) : month;
        struct date end = only_day_15 ? date_add_days(from, 1) : next;

        if (measure_active_days(time, from, end) > 0)
            counted += MONTH_HUNDREDTHS;
        month = next;
    }
    return counted;
}

/* Rounded on the sum since the start: the differences add up to days over thirty of the whole. */
static int64_t thirtieths_before(const struct measure_time *time, struct date until)
{
    return divide_half_up(measure_active_days(time, time->start, until) * MONTH_HUNDREDTHS, 30);
}

/* until is the first of a month, or the measure's end. */
static int64_t counted_before(enum counting counting, const struct measure_time *time,
                              struct date until)
{
    until = date_earlier(earlier_end(until, time->end), CALENDAR_LAST_DAY);
    switch (counting) {
    case COUNT_ANNIVERSARY: return anniversaries_before(time, until);
    case COUNT_CALENDAR_TOUCHED: return calendar_months_before(time, until, false);
    case COUNT_DAY_15: return calendar_months_before(time, until, true);
    case COUNT_PRORATA_30: return thirtieths_before(time, until);
    }
    return 0;
}

int64_t measure_months_in_month(enum counting counting, const struct measure_time *time, int year,
                                int month)
{
    struct date first = DATE((int16_t)year, (uint8_t)month, 1);

    return counted_before(counting, time, date_first_of_next_month(first)) -
           counted_before(counting, time, first);
}

int64_t measure_months_in_year(enum counting counting, const struct measure_time *time, int year)
{
    return counted_before(counting, time, DATE((int16_t)(year + 1), 1, 1)) -
           counted_before(counting, time, DATE((int16_t)year, 1, 1));
}

int64_t measure_months_in_all(enum counting counting, const struct measure_time *time)
{
    return date_is_set(time->end) ? counted_before(counting, time, time->end) : 0;
}

int64_t measure_months_by(enum counting counting, const struct measure_time *time, struct date day)
{
    struct measure_time so_far = *time;

    so_far.end = earlier_end(time->end, date_add_days(day, 1));
    return measure_months_in_all(counting, &so_far);
}

/* --- granted, realised, released -------------------------------------------------------------- */

struct month_quantities measure_months_settled(int32_t granted_months, int64_t counted)
{
    int64_t granted = (int64_t)granted_months * MONTH_HUNDREDTHS;
    int64_t realised = counted < granted ? counted : granted;

    return (struct month_quantities){ .granted = granted,
                                      .realised = realised,
                                      .released = granted - realised,
                                      .beyond = counted - realised };
}

/* --- the end after suspensions ---------------------------------------------------------------- */

static size_t closed_ones(const struct span suspensions[], size_t count)
{
    return count > 0 && !date_is_set(suspensions[count - 1].end) ? count - 1 : count;
}

/* Suspended days push the end on, and may so reach a later suspension: each counts in its turn. */
static struct date end_by_days(struct date start, int32_t granted_months,
                               const struct measure_time *time)
{
    struct date end = date_add_months(start, granted_months);

    for (size_t i = 0; i < time->suspension_count; i++) {
        struct span suspension = time->suspensions[i];

        if (date_is_before(suspension.from, end))
            end = date_add_days(
                end, (int32_t)days_in_common((struct span){ .from = start }, suspension));
    }
    return end;
}

static struct date end_by_months(struct date start, int32_t granted_months,
                                 const struct measure_time *time)
{
    struct date from = start;
    int32_t counted = 0;

    for (int32_t k = 0; counted < granted_months && k < MONTHS_MOST; k++) {
        struct date next = date_add_months(start, k + 1);

        counted += measure_active_days(time, from, next) > 0;
        from = next;
    }
    return from;
}

struct date measure_end(struct date start, int32_t granted_months, enum end_shift shift,
                        const struct span suspensions[], size_t count)
{
    struct measure_time time = { .start = start,
                                 .suspensions = suspensions,
                                 .suspension_count = closed_ones(suspensions, count) };

    if (granted_months <= 0)
        return DATE_NONE;
    switch (shift) {
    case END_SHIFTS_BY_DAYS: return end_by_days(start, granted_months, &time);
    case END_SHIFTS_BY_MONTHS: return end_by_months(start, granted_months, &time);
    default: return date_add_months(start, granted_months);
    }
}
