#include "libcommon/calendar.h"

#include <stdio.h>
#include <string.h>

enum { FIRST_YEAR = 1900, LAST_YEAR = 2199 };

#define FIRST_DATE DATE(FIRST_YEAR, 1, 1)
#define LAST_DATE  DATE(LAST_YEAR, 12, 31)

/* 1900-01-01 and 2199-12-31 as days since 1970-01-01. */
enum { FIRST_DAYS = -25567, LAST_DAYS = 84005 };

#define DAY_MS (24 * HOUR_MS)

/* --- a date by itself ------------------------------------------------------------------------- */

bool date_is_set(struct date date)
{
    return date.year != 0;
}

bool year_is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int days_in_month(int year, int month)
{
    static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    if (month < 1 || month > 12)
        return 0;
    return month == 2 && year_is_leap(year) ? 29 : days[month - 1];
}

bool date_is_valid(struct date date)
{
    return date.year >= FIRST_YEAR && date.year <= LAST_YEAR && date.day >= 1 &&
           date.day <= days_in_month(date.year, date.month);
}

int date_compare(struct date a, struct date b)
{
    if (a.year != b.year)
        return a.year - b.year;
    if (a.month != b.month)
        return a.month - b.month;
    return a.day - b.day;
}

bool date_is_same(struct date a, struct date b)
{
    return date_compare(a, b) == 0;
}

bool date_is_before(struct date a, struct date b)
{
    return date_compare(a, b) < 0;
}

bool date_is_after(struct date a, struct date b)
{
    return date_compare(a, b) > 0;
}

struct date date_earlier(struct date a, struct date b)
{
    return date_is_before(b, a) ? b : a;
}

struct date date_later(struct date a, struct date b)
{
    return date_is_after(b, a) ? b : a;
}

bool date_is_within(struct date day, struct date from, struct date end)
{
    return date_is_set(day) && !date_is_before(day, from) &&
           (!date_is_set(end) || date_is_before(day, end));
}

/* Years are counted from March so that the leap day comes last; 400 years are 146,097 days. */
int32_t date_to_days(struct date date)
{
    if (!date_is_set(date))
        return DAYS_NONE;

    int32_t year = date.year - (date.month <= 2);
    int32_t era = year / 400;
    int32_t year_of_era = year % 400;
    int32_t month_from_march = (date.month + 9) % 12;
    int32_t day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
    int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * 146097 + day_of_era - 719468;
}

struct date date_from_days(int32_t days)
{
    if (days == DAYS_NONE)
        return DATE_NONE;
    if (days < FIRST_DAYS)
        return FIRST_DATE;
    if (days > LAST_DAYS)
        return LAST_DATE;

    int32_t from_march = days + 719468;
    int32_t era = from_march / 146097;
    int32_t day_of_era = from_march % 146097;
    int32_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int32_t month_from_march = (5 * day_of_year + 2) / 153;
    int32_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    int32_t year = year_of_era + era * 400 + (month <= 2);

    return (struct date){
        .year = (int16_t)year,
        .month = (uint8_t)month,
        .day = (uint8_t)(day_of_year - (153 * month_from_march + 2) / 5 + 1),
    };
}

enum weekday date_weekday(struct date date)
{
    if (!date_is_set(date))
        return 0;
    /* 1900-01-01 was a Monday. */
    return (enum weekday)((date_to_days(date) - FIRST_DAYS) % 7 + 1);
}

struct iso_week date_iso_week(struct date date)
{
    if (!date_is_set(date))
        return (struct iso_week){ 0 };

    /* A week belongs to the year of its Thursday, which may lie past the last date there is. */
    int32_t thursday = date_to_days(date) - (int32_t)date_weekday(date) + THURSDAY;
    int16_t year = date.year;

    if (thursday < date_to_days(DATE(year, 1, 1)))
        year--;
    else if (thursday > date_to_days(DATE(year, 12, 31)))
        year++;
    int32_t day_of_year = thursday - date_to_days(DATE(year, 1, 1));
    return (struct iso_week){ .year = year, .week = (uint8_t)(day_of_year / 7 + 1) };
}

struct date date_first_of_month(struct date date)
{
    return date_is_set(date) ? DATE(date.year, date.month, 1) : DATE_NONE;
}

struct date date_last_of_month(struct date date)
{
    if (!date_is_set(date))
        return DATE_NONE;
    return DATE(date.year, date.month, (uint8_t)days_in_month(date.year, date.month));
}

struct date date_first_of_next_month(struct date date)
{
    return date_add_months(date_first_of_month(date), 1);
}

static bool read_digits(const char *text, int count, int *value)
{
    *value = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        *value = *value * 10 + (text[i] - '0');
    }
    return true;
}

bool date_parse(const char *text, struct date *date)
{
    int year, month, day;

    if (strlen(text) != DATE_TEXT_SIZE - 1 || text[4] != '-' || text[7] != '-')
        return false;
    if (!read_digits(text, 4, &year) || !read_digits(text + 5, 2, &month) ||
        !read_digits(text + 8, 2, &day))
        return false;

    struct date read = DATE((int16_t)year, (uint8_t)month, (uint8_t)day);
    if (!date_is_valid(read))
        return false;
    *date = read;
    return true;
}

const char *date_format(struct date date, char text[static DATE_TEXT_SIZE])
{
    text[0] = '\0';
    if (date_is_set(date))
        snprintf(text, DATE_TEXT_SIZE, "%04u-%02u-%02u", (unsigned)date.year % 10000u,
                 date.month % 100u, date.day % 100u);
    return text;
}

/* --- arithmetic ------------------------------------------------------------------------------- */

/* Months since year 0, so that a year is a division away. */
static struct date from_months(int64_t months, int day)
{
    if (months < FIRST_YEAR * 12)
        return FIRST_DATE;
    if (months > LAST_YEAR * 12 + 11)
        return LAST_DATE;

    int year = (int)(months / 12);
    int month = (int)(months % 12) + 1;
    int last = days_in_month(year, month);

    return DATE((int16_t)year, (uint8_t)month, (uint8_t)(day < last ? day : last));
}

struct date date_add_days(struct date start, int32_t days)
{
    if (!date_is_set(start))
        return DATE_NONE;

    int64_t sum = (int64_t)date_to_days(start) + days;
    if (sum < FIRST_DAYS)
        return FIRST_DATE;
    if (sum > LAST_DAYS)
        return LAST_DATE;
    return date_from_days((int32_t)sum);
}

static int64_t between(int64_t low, int64_t value, int64_t high)
{
    if (value < low)
        return low;
    return value > high ? high : value;
}

struct date date_add_weeks(struct date start, int32_t weeks)
{
    /* More than the three centuries have, and times 7 no overflow. */
    enum { MANY_WEEKS = 20000 };

    return date_add_days(start, (int32_t)between(-MANY_WEEKS, weeks, MANY_WEEKS) * 7);
}

struct date date_add_months(struct date start, int32_t months)
{
    if (!date_is_set(start))
        return DATE_NONE;
    return from_months((int64_t)start.year * 12 + start.month - 1 + months, start.day);
}

struct date date_add_years(struct date start, int32_t years)
{
    if (!date_is_set(start))
        return DATE_NONE;
    return from_months((int64_t)start.year * 12 + start.month - 1 + (int64_t)years * 12, start.day);
}

struct date date_add_period(struct date start, struct period period)
{
    return date_add_days(date_add_months(start, period.months), period.days);
}

int32_t days_between(struct date from, struct date to)
{
    if (!date_is_set(from) || !date_is_set(to))
        return 0;
    return date_to_days(to) - date_to_days(from);
}

int32_t months_between(struct date from, struct date to)
{
    if (!date_is_set(from) || !date_is_set(to))
        return 0;

    int32_t months = (to.year - from.year) * 12 + to.month - from.month;
    return months - date_is_after(date_add_months(from, months), to);
}

int32_t age_on(struct date birth, struct date on)
{
    if (!date_is_set(birth) || date_is_before(on, birth))
        return -1;

    bool had_birthday = on.month > birth.month || (on.month == birth.month && on.day >= birth.day);
    return on.year - birth.year - !had_birthday;
}

/* --- working days ----------------------------------------------------------------------------- */

/* The Gregorian computus of Meeus, Jones and Butcher. */
struct date easter_sunday(int year)
{
    int golden = year % 19;
    int century = year / 100;
    int of_century = year % 100;
    int moon_correction = (century - (century + 8) / 25 + 1) / 3;
    int epact = (19 * golden + century - century / 4 - moon_correction + 15) % 30;
    int weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    int late = (golden + 11 * epact + 22 * weekday) / 451;
    int march_days = epact + weekday - 7 * late + 114;

    return DATE((int16_t)year, (uint8_t)(march_days / 31), (uint8_t)(march_days % 31 + 1));
}

bool is_public_holiday(struct date date, enum holidays holidays)
{
    static const struct day_of_year fixed[] = {
        { 1, 1 }, { 5, 1 }, { 5, 8 }, { 7, 14 }, { 8, 15 }, { 11, 1 }, { 11, 11 }, { 12, 25 },
    };
    enum { GOOD_FRIDAY = -2, EASTER_MONDAY = 1, ASCENSION = 39, WHIT_MONDAY = 50 };
    bool in_alsace_moselle = holidays == HOLIDAYS_OF_ALSACE_MOSELLE;

    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        if (date.month == fixed[i].month && date.day == fixed[i].day)
            return true;
    if (in_alsace_moselle && date.month == 12 && date.day == 26)
        return true;

    int32_t after_easter = days_between(easter_sunday(date.year), date);
    return after_easter == EASTER_MONDAY || after_easter == ASCENSION ||
           after_easter == WHIT_MONDAY || (in_alsace_moselle && after_easter == GOOD_FRIDAY);
}

bool is_working_day(struct date date, enum holidays holidays)
{
    return date_is_set(date) && date_weekday(date) < SATURDAY && !is_public_holiday(date, holidays);
}

static struct date nearest_working_day(struct date date, int step, enum holidays holidays)
{
    /* Four days are the longest rest (25 to 28 December in Alsace-Moselle, say); the bound is for
     * 1900-01-01, a holiday without a day before it. */
    enum { LONGEST_REST = 4 };

    if (!date_is_set(date))
        return DATE_NONE;
    for (int i = 0; i < LONGEST_REST && !is_working_day(date, holidays); i++)
        date = date_add_days(date, step);
    return date;
}

struct date working_day_on_or_after(struct date date, enum holidays holidays)
{
    return nearest_working_day(date, 1, holidays);
}

struct date working_day_on_or_before(struct date date, enum holidays holidays)
{
    return nearest_working_day(date, -1, holidays);
}

struct date date_add_working_days(struct date start, int32_t count, enum holidays holidays)
{
    struct date day = start;

    for (int32_t i = 0; i < count && date_is_before(day, LAST_DATE); i++)
        day = working_day_on_or_after(date_add_days(day, 1), holidays);
    return day;
}

/* --- time limits ------------------------------------------------------------------------------ */

struct date time_limit(struct date event, struct period period, enum holidays holidays)
{
    return working_day_on_or_after(date_add_period(event, period), holidays);
}

struct date backward_limit(struct date event, struct period period)
{
    struct period back = { .months = -period.months, .days = -period.days };

    return date_add_period(event, back);
}

struct date backward_limit_to_aim_for(struct date event, struct period period,
                                      enum holidays holidays)
{
    return working_day_on_or_before(backward_limit(event, period), holidays);
}

struct date clear_time_limit(struct date event, struct period period, enum holidays holidays)
{
    return working_day_on_or_after(date_add_days(date_add_period(event, period), 1), holidays);
}

struct date clear_time_limit_to_warn_of(struct date event, struct period period)
{
    return date_add_period(event, period);
}

/* --- the winter truce, and any part of the year ----------------------------------------------- */

static struct date in_year(struct day_of_year day, int year)
{
    int last = days_in_month(year, day.month);

    return DATE((int16_t)year, day.month, (uint8_t)(day.day < last ? day.day : last));
}

static bool runs_over_new_year(struct yearly_span span)
{
    enum { ANY_LEAP_YEAR = 2000 };

    return date_is_before(in_year(span.last, ANY_LEAP_YEAR), in_year(span.first, ANY_LEAP_YEAR));
}

bool yearly_span_holds(struct yearly_span span, struct date day)
{
    bool begun = !date_is_before(day, in_year(span.first, day.year));
    bool not_over = !date_is_after(day, in_year(span.last, day.year));

    if (!date_is_set(day))
        return false;
    return runs_over_new_year(span) ? begun || not_over : begun && not_over;
}

struct date yearly_span_next_day_outside(struct yearly_span span, struct date day)
{
    if (!yearly_span_holds(span, day))
        return day;

    struct date last = in_year(span.last, day.year);
    if (date_is_before(last, day))
        last = in_year(span.last, day.year + 1);
    struct date next = date_add_days(last, 1);
    return yearly_span_holds(span, next) ? DATE_NONE : next;
}

/* --- civil time in Europe/Paris --------------------------------------------------------------- */

static int64_t midnight_utc(struct date date)
{
    return (int64_t)date_to_days(date) * DAY_MS;
}

/* The last Sunday of a month of 31 days, 01:00 UTC. */
static int64_t clock_change(int year, int month)
{
    struct date last = DATE((int16_t)year, (uint8_t)month, 31);
    int back = (int)date_weekday(last) % 7;

    return midnight_utc(date_add_days(last, -back)) + HOUR_MS;
}

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

bool is_summer_time(int64_t utc_ms)
{
    int64_t days = floor_divide(utc_ms, DAY_MS);
    int year = date_from_days((int32_t)between(FIRST_DAYS, days, LAST_DAYS)).year;

    return utc_ms >= clock_change(year, 3) && utc_ms < clock_change(year, 10);
}

/* The first and the last instant of all dates both lie in winter. */
static int64_t within_all_dates(int64_t utc_ms)
{
    int64_t first = midnight_utc(FIRST_DATE) - HOUR_MS;
    int64_t last = midnight_utc(LAST_DATE) + DAY_MS - HOUR_MS - 1;

    return between(first, utc_ms, last);
}

struct civil_time civil_time_at(int64_t utc_ms)
{
    utc_ms = within_all_dates(utc_ms);

    int64_t offset = is_summer_time(utc_ms) ? 2 * HOUR_MS : HOUR_MS;
    int64_t local = utc_ms + offset;
    int64_t days = floor_divide(local, DAY_MS);
    int64_t of_day = local - days * DAY_MS;

    return (struct civil_time){
        .date = date_from_days((int32_t)days),
        .hour = (uint8_t)(of_day / HOUR_MS),
        .minute = (uint8_t)(of_day / MINUTE_MS % 60),
        .second = (uint8_t)(of_day / 1000 % 60),
        .millisecond = (uint16_t)(of_day % 1000),
        .offset_minutes = (int16_t)(offset / MINUTE_MS),
    };
}

struct date civil_date_at(int64_t utc_ms)
{
    return civil_time_at(utc_ms).date;
}

int64_t instant_of(struct date date, int hour, int minute)
{
    if (!date_is_set(date))
        return 0;

    int64_t local = midnight_utc(date) + hour * HOUR_MS + minute * MINUTE_MS;
    int64_t as_summer = local - 2 * HOUR_MS;
    int64_t as_winter = local - HOUR_MS;

    /* In autumn both readings hold and the first, in summer time, is taken.  In spring neither
     * does: read as winter time, the clock shows one hour later. */
    return is_summer_time(as_summer) ? as_summer : as_winter;
}

int64_t start_of_day(struct date date)
{
    return instant_of(date, 0, 0);
}

int64_t end_of_day(struct date date)
{
    return instant_of(date, 24, 0);
}
