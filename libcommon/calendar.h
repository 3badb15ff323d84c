/* calendar.h - dates, periods, working days and the civil time of Paris
 *
 * All date arithmetic of Tremplin is here and nowhere else.  Every function is
 * pure: no clock, no time zone database, no allocation.  Dates run from
 * 1900-01-01 to 2199-12-31; arithmetic that would leave that span stays at its
 * first or last day.  An absent date is all zeros (DATE_NONE).  Computing from
 * an absent date gives an absent date, a distance of 0, an instant of 0 or no.
 *
 * Rule numbers (D-1...) are those of domain.md, section 3.0.
 */
#ifndef LIBCOMMON_CALENDAR_H
#define LIBCOMMON_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A day of the civil calendar.  {0} is no date at all. */
struct date {
    int16_t year;
    uint8_t month; /* 1 to 12 */
    uint8_t day;   /* 1 to 31 */
};

/* In a table of static storage a date is written { 2024, 2, 29 } instead. */
#define DATE(y, m, d) ((struct date){ .year = (y), .month = (m), .day = (d) })
#define DATE_NONE     ((struct date){ 0 })

/* A length of time as agreements and laws say it; months are added first (D-3). */
struct period {
    int32_t months;
    int32_t days;
};

/* The same day every year, such as 1 November. */
struct day_of_year {
    uint8_t month;
    uint8_t day;
};

/* A part of every year, both ends included; it may run over New Year. */
struct yearly_span {
    struct day_of_year first;
    struct day_of_year last;
};

/* 0 is the weekday of an absent date. */
enum weekday { MONDAY = 1, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };

/* Which public holidays hold (D-7). */
enum holidays { HOLIDAYS_OF_FRANCE, HOLIDAYS_OF_ALSACE_MOSELLE };

struct iso_week {
    int16_t year; /* the year the week belongs to, which may differ from the day's */
    uint8_t week; /* 1 to 53 */
};

/* --- a date by itself ------------------------------------------------------------------------- */

bool date_is_set(struct date date);
/* Exists in the calendar and lies in 1900...2199. */
bool date_is_valid(struct date date);
/* Negative, zero or positive as a is before, the same as or after b; an absent date is first. */
int date_compare(struct date a, struct date b);
bool date_is_same(struct date a, struct date b);
bool date_is_before(struct date a, struct date b);
bool date_is_after(struct date a, struct date b);
/* An absent date is the earlier one here too: ask first where absent means open. */
struct date date_earlier(struct date a, struct date b);
struct date date_later(struct date a, struct date b);
/* Is day in the half-open span from <= day < end?  An absent from or end is open; an absent day
 * lies nowhere (domain.md C-1). */
bool date_is_within(struct date day, struct date from, struct date end);

/* The number of an absent date, before that of every date. */
#define DAYS_NONE INT32_C(-1000000)
/* Days since 1970-01-01, negative before.  For keys and distances. */
int32_t date_to_days(struct date date);
struct date date_from_days(int32_t days);

bool year_is_leap(int year);
/* 0 for a month that does not exist. */
int days_in_month(int year, int month);
enum weekday date_weekday(struct date date);
struct iso_week date_iso_week(struct date date);
struct date date_first_of_month(struct date date);
struct date date_last_of_month(struct date date);
struct date date_first_of_next_month(struct date date);

/* Reads exactly "2024-02-29".  False leaves *date untouched. */
bool date_parse(const char *text, struct date *date);
#define DATE_TEXT_SIZE 11
/* Writes "2024-02-29", or "" for an absent date; returns text. */
const char *date_format(struct date date, char text[static DATE_TEXT_SIZE]);

/* --- arithmetic ------------------------------------------------------------------------------- */

/* D-1: the day of the event is not counted, so the limit is start + days. */
struct date date_add_days(struct date start, int32_t days);
/* D-4: a week is seven days. */
struct date date_add_weeks(struct date start, int32_t weeks);
/* D-2: the same day number, or the last day of the month where there is none.  Add from the
 * origin, never month by month. */
struct date date_add_months(struct date start, int32_t months);
struct date date_add_years(struct date start, int32_t years);
/* D-3: months first, then days. */
struct date date_add_period(struct date start, struct period period);

/* Days from one date to the other, negative when to is earlier. */
int32_t days_between(struct date from, struct date to);
/* The largest n with date_add_months(from, n) <= to; negative when to is before from. */
int32_t months_between(struct date from, struct date to);
/* Full years on a date, by birthday; born on 29 February, the birthday of a common year is 1 March
 * (the day is complete only then).  -1 before birth, and where a date is absent. */
int32_t age_on(struct date birth, struct date on);

/* --- working days ----------------------------------------------------------------------------- */

struct date easter_sunday(int year);
/* D-7, the eleven of today (thirteen in Alsace-Moselle) in every year. */
bool is_public_holiday(struct date date, enum holidays holidays);
/* Monday to Friday, no public holiday. */
bool is_working_day(struct date date, enum holidays holidays);
/* The day itself when it is a working day. */
struct date working_day_on_or_after(struct date date, enum holidays holidays);
struct date working_day_on_or_before(struct date date, enum holidays holidays);
/* The count-th working day after start, not counting start; start itself when count is not above
 * 0. */
struct date date_add_working_days(struct date start, int32_t count, enum holidays holidays);

/* --- time limits ------------------------------------------------------------------------------ */

/* D-1 to D-5, CPC 641-642: a limit to act, rolled forward to a working day. */
struct date time_limit(struct date event, struct period period, enum holidays holidays);
/* D-6: the latest date of what must be done at least period before event; never rolled.  Months
 * clamp to the end of a short month, so a month before 28 February is 28 January. */
struct date backward_limit(struct date event, struct period period);
/* D-6: the day to aim for: the working day on or before the backward limit. */
struct date backward_limit_to_aim_for(struct date event, struct period period,
                                      enum holidays holidays);
/* D-8, C-4: a clear period (délai franc) counts neither its first nor its last day. */
struct date clear_time_limit(struct date event, struct period period, enum holidays holidays);
/* D-8, C-4: the day alerts use, one day before the legal one and not rolled, to be safe. */
struct date clear_time_limit_to_warn_of(struct date event, struct period period);

/* --- the winter truce, and any part of the year ----------------------------------------------- */

/* Does the day lie in the span?  29 February as an end means the last day of February.  A span of
 * zeros holds no day. */
bool yearly_span_holds(struct yearly_span span, struct date day);
/* The day itself outside the span, else the first day after it: the next possible day of an
 * eviction (EV-9, CPCE L412-6).  The span is that of the law on that day, from the parameters
 * time.winter_truce.*, which carry the longer winters of 2020 and 2021.  Absent when the span
 * is the whole year, or runs past the last date. */
struct date yearly_span_next_day_outside(struct yearly_span span, struct date day);

/* --- civil time in Europe/Paris --------------------------------------------------------------- */

/* A wall clock reading in Paris. */
struct civil_time {
    struct date date;
    uint8_t hour;
    uint8_t minute;
    uint8_t second;
    uint16_t millisecond;
    int16_t offset_minutes; /* ahead of UTC: 60 in winter, 120 in summer */
};

#define MINUTE_MS (INT64_C(60) * 1000)
#define HOUR_MS   (60 * MINUTE_MS)

/* The EU's formula since 1996: summer time from the last Sunday of March to the last Sunday of
 * October, 01:00 UTC.  Applied to every year, so that it is pure; only instants since 1996 are
 * promised to be what clocks showed. */
bool is_summer_time(int64_t utc_ms);
/* Instants are UTC milliseconds since 1970-01-01. */
struct civil_time civil_time_at(int64_t utc_ms);
struct date civil_date_at(int64_t utc_ms);
/* The instant when Paris clocks show this; hour is 0 to 24.  A time skipped in spring is taken one
 * hour later (02:30 gives 03:30); one shown twice in autumn is the first. */
int64_t instant_of(struct date date, int hour, int minute);
/* The first instant of the day, and of the next one: a day has 23, 24 or 25 hours. */
int64_t start_of_day(struct date date);
int64_t end_of_day(struct date date);

#endif
