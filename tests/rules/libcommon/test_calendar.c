/* Dates, periods and time limits are computed as the law says (domain.md 3.0, D-1 to D-9, C-1 to
 * C-4, EV-9), and clocks of Paris are read as they stood. */
#include "libcommon/calendar.h"
#include "tests/check.h"
#include "tests/rules/law.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static const enum holidays FRANCE = HOLIDAYS_OF_FRANCE, ALSACE = HOLIDAYS_OF_ALSACE_MOSELLE;

/* --- a date by itself ------------------------------------------------------------------------- */

static void test_text(void)
{
    const struct {
        const char *text;
        bool is_date;
        struct date date;
    } cases[] = {
        { "2024-02-29", true, DATE(2024, 2, 29) },  { "1900-01-01", true, DATE(1900, 1, 1) },
        { "2199-12-31", true, DATE(2199, 12, 31) }, { "2000-02-29", true, DATE(2000, 2, 29) },
        { "2023-02-29", false, DATE_NONE },         { "1900-02-29", false, DATE_NONE },
        { "2100-02-29", false, DATE_NONE },         { "1899-12-31", false, DATE_NONE },
        { "2200-01-01", false, DATE_NONE },         { "2024-00-10", false, DATE_NONE },
        { "2024-13-10", false, DATE_NONE },         { "2024-04-31", false, DATE_NONE },
        { "2024-04-00", false, DATE_NONE },         { "2024-04-30 ", false, DATE_NONE },
        { "2024-4-30", false, DATE_NONE },          { "30-04-2024", false, DATE_NONE },
        { "2024/04-30", false, DATE_NONE },         { "2024-04/30", false, DATE_NONE },
        { "2o24-04-30", false, DATE_NONE },         { "2024-o4-30", false, DATE_NONE },
        { "2024-04-3o", false, DATE_NONE },         { "2024-04-/0", false, DATE_NONE },
        { "2024-04-:0", false, DATE_NONE },         { "-024-04-30", false, DATE_NONE },
        { "20240430", false, DATE_NONE },           { "", false, DATE_NONE },
    };

    about("dates as text");
    for (size_t i = 0; i < LENGTH(cases); i++) {
        char text[DATE_TEXT_SIZE];
        struct date date = DATE(1999, 9, 9);
        bool read = date_parse(cases[i].text, &date);

        check(read == cases[i].is_date, "\"%s\" is %s", cases[i].text,
              cases[i].is_date ? "a date" : "no date");
        check_date(date, read ? cases[i].date : DATE(1999, 9, 9), "\"%s\" %s", cases[i].text,
                   read ? "is read" : "leaves the value untouched");
        if (read)
            check_text(date_format(date, text), cases[i].text, "%s is written back", cases[i].text);
    }

    char text[DATE_TEXT_SIZE] = "something";
    check_text(date_format(DATE_NONE, text), "", "an absent date is written as nothing");
}

static void test_order(void)
{
    const struct date rising[] = { DATE_NONE,         DATE(1900, 1, 1),  DATE(2023, 12, 31),
                                   DATE(2024, 1, 31), DATE(2024, 2, 1),  DATE(2024, 2, 29),
                                   DATE(2024, 10, 1), DATE(2199, 12, 31) };
    char a[DATE_TEXT_SIZE], b[DATE_TEXT_SIZE];

    about("which date is first");
    for (size_t i = 0; i < LENGTH(rising); i++)
        for (size_t j = 0; j < LENGTH(rising); j++) {
            struct date one = rising[i], other = rising[j];

            check(date_is_before(one, other) == (i < j) && date_is_after(one, other) == (i > j) &&
                      date_is_same(one, other) == (i == j) &&
                      (date_compare(one, other) < 0) == (i < j) &&
                      (date_compare(one, other) > 0) == (i > j) &&
                      date_is_same(date_earlier(one, other), rising[i < j ? i : j]) &&
                      date_is_same(date_later(one, other), rising[i > j ? i : j]) &&
                      (date_to_days(one) < date_to_days(other)) == (i < j),
                  "'%s' is %s '%s'", date_format(one, a),
                  i < j   ? "before"
                  : i > j ? "after"
                          : "the same as",
                  date_format(other, b));
        }
    check(!date_is_set(DATE_NONE) && !date_is_valid(DATE_NONE), "zeros are no date");
    check(date_is_set(DATE(1900, 1, 1)) && date_is_valid(DATE(1900, 1, 1)),
          "1 January 1900 is the first date");
    check(date_is_valid(DATE(2199, 12, 31)) && !date_is_valid(DATE(2200, 1, 1)) &&
              !date_is_valid(DATE(1899, 12, 31)),
          "31 December 2199 is the last");
}

static void test_within(void)
{
    const struct date first = DATE(2026, 1, 15), end = DATE(2026, 7, 15);

    about("C-1: a decided period is half-open");
    check(!date_is_within(DATE(2026, 1, 14), first, end), "C-1: the eve is outside");
    check(date_is_within(first, first, end), "C-1: the first day is inside");
    check(date_is_within(DATE(2026, 7, 14), first, end), "C-1: the day before the end is inside");
    check(!date_is_within(end, first, end), "C-1: the end is outside");
    check(date_is_within(DATE(2199, 12, 31), first, DATE_NONE), "without an end it goes on");
    check(!date_is_within(DATE(2026, 1, 14), first, DATE_NONE), "and still has its first day");
    check(date_is_within(DATE(1900, 1, 1), DATE_NONE, end), "without a first day it always was");
    check(!date_is_within(DATE_NONE, DATE_NONE, end), "an absent day lies in no period");
    check(!date_is_within(first, first, first), "a period that ends where it starts is empty");
}

static void test_months_and_weekdays(void)
{
    const struct {
        struct date date;
        enum weekday weekday;
        struct iso_week week;
    } cases[] = {
        { DATE(1900, 1, 1), MONDAY, { 1900, 1 } },
        { DATE(1970, 1, 1), THURSDAY, { 1970, 1 } },
        { DATE(2004, 12, 31), FRIDAY, { 2004, 53 } },
        { DATE(2005, 1, 1), SATURDAY, { 2004, 53 } },
        { DATE(2005, 1, 2), SUNDAY, { 2004, 53 } },
        { DATE(2005, 1, 3), MONDAY, { 2005, 1 } },
        { DATE(2005, 12, 31), SATURDAY, { 2005, 52 } },
        { DATE(2006, 1, 1), SUNDAY, { 2005, 52 } },
        { DATE(2007, 1, 1), MONDAY, { 2007, 1 } },
        { DATE(2008, 12, 28), SUNDAY, { 2008, 52 } },
        { DATE(2008, 12, 29), MONDAY, { 2009, 1 } },
        { DATE(2009, 12, 31), THURSDAY, { 2009, 53 } },
        { DATE(2010, 1, 3), SUNDAY, { 2009, 53 } },
        { DATE(2010, 1, 4), MONDAY, { 2010, 1 } },
        { DATE(2021, 1, 3), SUNDAY, { 2020, 53 } },
        { DATE(2024, 2, 29), THURSDAY, { 2024, 9 } },
        { DATE(2024, 12, 29), SUNDAY, { 2024, 52 } },
        { DATE(2024, 12, 30), MONDAY, { 2025, 1 } },
        { DATE(2026, 11, 23), MONDAY, { 2026, 48 } },
        { DATE(2199, 12, 29), SUNDAY, { 2199, 52 } },
        { DATE(2199, 12, 31), TUESDAY, { 2200, 1 } },
    };
    char text[DATE_TEXT_SIZE];

    about("weekdays, weeks (ISO 8601) and months");
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct iso_week week = date_iso_week(cases[i].date);

        check_number(date_weekday(cases[i].date), cases[i].weekday, "%s is weekday %d",
                     date_format(cases[i].date, text), cases[i].weekday);
        check(week.year == cases[i].week.year && week.week == cases[i].week.week,
              "%s is in week %d of %d", date_format(cases[i].date, text), cases[i].week.week,
              cases[i].week.year);
    }
    check(date_weekday(DATE_NONE) == 0 && date_iso_week(DATE_NONE).week == 0 &&
              date_iso_week(DATE_NONE).year == 0,
          "an absent date has neither weekday nor week");

    check(year_is_leap(2024) && year_is_leap(2000) && !year_is_leap(2023) && !year_is_leap(1900) &&
              !year_is_leap(2100),
          "2000 and 2024 are leap years; 1900, 2023 and 2100 are not");
    check(days_in_month(2024, 2) == 29 && days_in_month(2023, 2) == 28 &&
              days_in_month(2024, 4) == 30 && days_in_month(2024, 12) == 31 &&
              days_in_month(2024, 1) == 31 && days_in_month(2024, 0) == 0 &&
              days_in_month(2024, 13) == 0,
          "a month has 28 to 31 days, and a month 0 or 13 none");
    check_date(date_first_of_month(DATE(2024, 2, 29)), DATE(2024, 2, 1), "the month's first day");
    check_date(date_last_of_month(DATE(2024, 2, 1)), DATE(2024, 2, 29), "the month's last day");
    check_date(date_first_of_next_month(DATE(2024, 1, 31)), DATE(2024, 2, 1),
               "the next month's first day");
    check_date(date_first_of_next_month(DATE(2023, 12, 5)), DATE(2024, 1, 1),
               "the next month may be next year's");
    check_number(date_to_days(DATE(1970, 1, 1)), 0, "days are counted from 1 January 1970");
    check_number(date_to_days(DATE(1969, 12, 31)), -1, "and negative before");
    check_number(date_to_days(DATE(2000, 3, 1)), 11017, "1 March 2000 is day 11,017");
    check_date(date_from_days(19782), DATE(2024, 2, 29), "day 19,782 is 29 February 2024");
    check_date(date_from_days(-25568), DATE(1900, 1, 1), "a day before the first is the first");
    check_date(date_from_days(84006), DATE(2199, 12, 31), "a day after the last is the last");
    check_date(date_from_days(INT32_MIN), DATE(1900, 1, 1), "and any before");
    check_date(date_from_days(INT32_MAX), DATE(2199, 12, 31), "and any after");
}

/* --- arithmetic ------------------------------------------------------------------------------- */

static void test_periods(void)
{
    const struct {
        const char *sentence;
        struct date start;
        struct period period;
        struct date want;
    } cases[] = {
        { "D-1: an 8-day period from 23 November 2026 ends on 1 December, the first day uncounted",
          DATE(2026, 11, 23),
          { .days = 8 },
          DATE(2026, 12, 1) },
        { "C-3: 8 days that end on a Sunday stay there",
          DATE(2026, 11, 21),
          { .days = 8 },
          DATE(2026, 11, 29) },
        { "D-1: a period of no day ends at once", DATE(2026, 11, 23), { 0 }, DATE(2026, 11, 23) },
        { "D-1: a day after 28 February 2023 is 1 March",
          DATE(2023, 2, 28),
          { .days = 1 },
          DATE(2023, 3, 1) },
        { "D-1: a day after 28 February 2024 is 29 February",
          DATE(2024, 2, 28),
          { .days = 1 },
          DATE(2024, 2, 29) },
        { "D-1: a day before New Year is the old year's",
          DATE(2024, 1, 1),
          { .days = -1 },
          DATE(2023, 12, 31) },
        { "D-2: a month after 31 January 2024 is 29 February",
          DATE(2024, 1, 31),
          { .months = 1 },
          DATE(2024, 2, 29) },
        { "D-2: a month after 31 January 2023 is 28 February",
          DATE(2023, 1, 31),
          { .months = 1 },
          DATE(2023, 2, 28) },
        { "D-2: a month after 30 January 2024 is 29 February",
          DATE(2024, 1, 30),
          { .months = 1 },
          DATE(2024, 2, 29) },
        { "D-2: a month after 29 January 2024 is 29 February",
          DATE(2024, 1, 29),
          { .months = 1 },
          DATE(2024, 2, 29) },
        { "D-2: a month after 28 February 2023 is 28 March, not the month's end",
          DATE(2023, 2, 28),
          { .months = 1 },
          DATE(2023, 3, 28) },
        { "D-2: two months after 31 January are counted from it, so the 31st comes back",
          DATE(2024, 1, 31),
          { .months = 2 },
          DATE(2024, 3, 31) },
        { "D-2: a month after 31 March is 30 April",
          DATE(2024, 3, 31),
          { .months = 1 },
          DATE(2024, 4, 30) },
        { "D-2: a month after 15 December is next year's",
          DATE(2023, 12, 15),
          { .months = 1 },
          DATE(2024, 1, 15) },
        { "D-2: two months after 31 December 2023 end on 29 February 2024",
          DATE(2023, 12, 31),
          { .months = 2 },
          DATE(2024, 2, 29) },
        { "D-2: six months after 31 August 2025 end on 28 February 2026",
          DATE(2025, 8, 31),
          { .months = 6 },
          DATE(2026, 2, 28) },
        { "D-2: a month before 31 March 2023 is 28 February",
          DATE(2023, 3, 31),
          { .months = -1 },
          DATE(2023, 2, 28) },
        { "D-2: a month before 15 January is the old year's",
          DATE(2024, 1, 15),
          { .months = -1 },
          DATE(2023, 12, 15) },
        { "D-3: months first, then days: a month and a day after 30 January 2023 is 1 March",
          DATE(2023, 1, 30),
          { .months = 1, .days = 1 },
          DATE(2023, 3, 1) },
        { "past the last date it stays there",
          DATE(2199, 12, 30),
          { .days = 5 },
          DATE(2199, 12, 31) },
        { "before the first date it stays there",
          DATE(1900, 1, 2),
          { .days = -5 },
          DATE(1900, 1, 1) },
        { "a month past the last date it stays there",
          DATE(2199, 12, 1),
          { .months = 1 },
          DATE(2199, 12, 31) },
        { "a month before the first date it stays there",
          DATE(1900, 1, 20),
          { .months = -1 },
          DATE(1900, 1, 1) },
        { "more days than there are", DATE(2024, 1, 1), { .days = INT32_MAX }, DATE(2199, 12, 31) },
        { "more months than there are",
          DATE(2024, 1, 1),
          { .months = INT32_MAX },
          DATE(2199, 12, 31) },
        { "fewer days than there are", DATE(2024, 1, 1), { .days = INT32_MIN }, DATE(1900, 1, 1) },
        { "fewer months than there are",
          DATE(2024, 1, 1),
          { .months = INT32_MIN },
          DATE(1900, 1, 1) },
        { "a period from no date ends at no date",
          DATE_NONE,
          { .months = 1, .days = 1 },
          DATE_NONE },
    };

    about("periods from a date");
    for (size_t i = 0; i < LENGTH(cases); i++)
        check_date(date_add_period(cases[i].start, cases[i].period), cases[i].want, "%s",
                   cases[i].sentence);
    check_date(date_add_weeks(DATE(2026, 1, 5), 6), DATE(2026, 2, 16),
               "D-4: six weeks are 42 days: 5 January 2026 to 16 February");
    check_date(date_add_weeks(DATE(2026, 2, 16), -6), DATE(2026, 1, 5), "D-4: and back");
    check_date(date_add_weeks(DATE(1900, 1, 1), 15653), DATE(2199, 12, 30),
               "D-4: 15,653 weeks lie between the first and the last Monday");
    check_date(date_add_weeks(DATE(2026, 1, 5), INT32_MAX), DATE(2199, 12, 31),
               "more weeks than there are");
    check_date(date_add_weeks(DATE(2026, 1, 5), INT32_MIN), DATE(1900, 1, 1),
               "fewer weeks than there are");
    check_date(date_add_weeks(DATE_NONE, 1), DATE_NONE, "weeks from no date");
    check_date(date_add_years(DATE(2024, 2, 29), 1), DATE(2025, 2, 28),
               "D-2: a year after 29 February 2024 is 28 February");
    check_date(date_add_years(DATE(2024, 2, 29), 4), DATE(2028, 2, 29),
               "D-2: four years after it is 29 February again");
    check_date(date_add_years(DATE(2024, 1, 1), INT32_MAX), DATE(2199, 12, 31),
               "more years than there are");
    check_date(date_add_years(DATE_NONE, 1), DATE_NONE, "years from no date");
    check(!date_is_set(date_first_of_month(DATE_NONE)) &&
              !date_is_set(date_last_of_month(DATE_NONE)) &&
              !date_is_set(date_first_of_next_month(DATE_NONE)) &&
              !date_is_set(date_add_days(DATE_NONE, 3)) &&
              !date_is_set(date_from_days(date_to_days(DATE_NONE))),
          "what is computed from no date is no date");
}

static void test_distances(void)
{
    const struct {
        struct date from, to;
        int32_t months, days;
    } cases[] = {
        { DATE(2024, 1, 31), DATE(2024, 2, 28), 0, 28 },
        { DATE(2024, 1, 31), DATE(2024, 2, 29), 1, 29 },
        { DATE(2024, 1, 31), DATE(2024, 3, 1), 1, 30 },
        { DATE(2024, 1, 31), DATE(2024, 3, 30), 1, 59 },
        { DATE(2024, 1, 31), DATE(2024, 3, 31), 2, 60 },
        { DATE(2024, 1, 31), DATE(2025, 1, 30), 11, 365 },
        { DATE(2024, 1, 31), DATE(2025, 1, 31), 12, 366 },
        { DATE(2024, 3, 15), DATE(2024, 3, 15), 0, 0 },
        { DATE(2024, 3, 15), DATE(2024, 3, 14), -1, -1 },
        { DATE(2024, 3, 15), DATE(2024, 2, 15), -1, -29 },
        { DATE(2024, 3, 15), DATE(2024, 2, 14), -2, -30 },
        { DATE(2024, 3, 31), DATE(2024, 2, 29), -1, -31 },
        { DATE(2024, 3, 31), DATE(2024, 2, 28), -2, -32 },
        { DATE(1900, 1, 31), DATE(1900, 1, 30), -1, -1 },
        { DATE(1900, 1, 1), DATE(2199, 12, 31), 3599, 109572 },
        { DATE_NONE, DATE(2024, 2, 28), 0, 0 },
        { DATE(2024, 2, 28), DATE_NONE, 0, 0 },
    };
    char from[DATE_TEXT_SIZE], to[DATE_TEXT_SIZE];

    about("distances between dates");
    for (size_t i = 0; i < LENGTH(cases); i++) {
        date_format(cases[i].from, from);
        date_format(cases[i].to, to);
        check_number(months_between(cases[i].from, cases[i].to), cases[i].months,
                     "from '%s' to '%s' there are %d full months", from, to, cases[i].months);
        check_number(days_between(cases[i].from, cases[i].to), cases[i].days,
                     "from '%s' to '%s' there are %d days", from, to, cases[i].days);
    }
}

static void test_ages(void)
{
    const struct {
        const char *sentence;
        struct date birth, on;
        int32_t age;
    } cases[] = {
        { "C-8: 17 on the eve of the 18th birthday", DATE(2008, 11, 23), DATE(2026, 11, 22), 17 },
        { "C-8: 18 on the 18th birthday", DATE(2008, 11, 23), DATE(2026, 11, 23), 18 },
        { "C-8: 25 on the eve of the 26th birthday", DATE(2000, 11, 23), DATE(2026, 11, 22), 25 },
        { "C-8: 26 on the 26th birthday", DATE(2000, 11, 23), DATE(2026, 11, 23), 26 },
        { "a month later in the year, on an earlier day", DATE(2000, 10, 31), DATE(2026, 11, 1),
          26 },
        { "a month earlier in the year, on a later day", DATE(2000, 12, 1), DATE(2026, 11, 30),
          25 },
        { "born on 29 February: not yet on 28 February", DATE(2008, 2, 29), DATE(2026, 2, 28), 17 },
        { "born on 29 February: on 1 March", DATE(2008, 2, 29), DATE(2026, 3, 1), 18 },
        { "born on 29 February: in a leap year on the day", DATE(2008, 2, 29), DATE(2028, 2, 29),
          20 },
        { "0 on the day of birth", DATE(2026, 11, 23), DATE(2026, 11, 23), 0 },
        { "none before birth", DATE(2026, 11, 23), DATE(2026, 11, 22), -1 },
        { "none without a birth date", DATE_NONE, DATE(2026, 11, 22), -1 },
        { "none on no date", DATE(2000, 1, 1), DATE_NONE, -1 },
    };

    about("ages");
    for (size_t i = 0; i < LENGTH(cases); i++)
        check_number(age_on(cases[i].birth, cases[i].on), cases[i].age, "%s", cases[i].sentence);
}

/* --- working days ----------------------------------------------------------------------------- */

static void test_easter(void)
{
    const struct date easters[] = {
        DATE(1900, 4, 15), DATE(1913, 3, 23), DATE(1943, 4, 25), DATE(1954, 4, 18),
        DATE(1981, 4, 19), DATE(2000, 4, 23), DATE(2008, 3, 23), DATE(2011, 4, 24),
        DATE(2016, 3, 27), DATE(2019, 4, 21), DATE(2020, 4, 12), DATE(2021, 4, 4),
        DATE(2022, 4, 17), DATE(2023, 4, 9),  DATE(2024, 3, 31), DATE(2025, 4, 20),
        DATE(2026, 4, 5),  DATE(2027, 3, 28), DATE(2028, 4, 16), DATE(2038, 4, 25),
        DATE(2049, 4, 18), DATE(2076, 4, 19), DATE(2160, 3, 23),
    };

    about("D-7: Easter");
    for (size_t i = 0; i < LENGTH(easters); i++)
        check_date(easter_sunday(easters[i].year), easters[i], "D-7: Easter of %d",
                   easters[i].year);
}

/* Every day of a year is asked, so that nothing else is a holiday. */
static void check_holidays_of_year(int16_t year, enum holidays region, const struct date wanted[],
                                   size_t count, const char *where)
{
    size_t found = 0;
    bool as_wanted = true;

    for (struct date day = DATE(year, 1, 1); day.year == year; day = date_add_days(day, 1))
        if (is_public_holiday(day, region)) {
            as_wanted &= found < count && date_is_same(day, wanted[found]);
            found++;
        }
    check(as_wanted && found == count, "D-7: the %zu public holidays of %d %s, and no other day",
          count, year, where);
}

static void test_holidays(void)
{
    const struct date of_2026[] = { DATE(2026, 1, 1),   DATE(2026, 4, 6),  DATE(2026, 5, 1),
                                    DATE(2026, 5, 8),   DATE(2026, 5, 14), DATE(2026, 5, 25),
                                    DATE(2026, 7, 14),  DATE(2026, 8, 15), DATE(2026, 11, 1),
                                    DATE(2026, 11, 11), DATE(2026, 12, 25) };
    const struct date of_2026_in_alsace[] = {
        DATE(2026, 1, 1),   DATE(2026, 4, 3),  DATE(2026, 4, 6),   DATE(2026, 5, 1),
        DATE(2026, 5, 8),   DATE(2026, 5, 14), DATE(2026, 5, 25),  DATE(2026, 7, 14),
        DATE(2026, 8, 15),  DATE(2026, 11, 1), DATE(2026, 11, 11), DATE(2026, 12, 25),
        DATE(2026, 12, 26),
    };
    /* Ascension fell on 1 May: two holidays, one day. */
    const struct date of_2008[] = { DATE(2008, 1, 1),  DATE(2008, 3, 24), DATE(2008, 5, 1),
                                    DATE(2008, 5, 8),  DATE(2008, 5, 12), DATE(2008, 7, 14),
                                    DATE(2008, 8, 15), DATE(2008, 11, 1), DATE(2008, 11, 11),
                                    DATE(2008, 12, 25) };

    about("D-7: public holidays");
    check_holidays_of_year(2026, FRANCE, of_2026, LENGTH(of_2026), "in France");
    check_holidays_of_year(2026, ALSACE, of_2026_in_alsace, LENGTH(of_2026_in_alsace),
                           "in Alsace-Moselle");
    check_holidays_of_year(2008, FRANCE, of_2008, LENGTH(of_2008),
                           "in France, where Ascension fell on 1 May");
    check(!is_public_holiday(DATE_NONE, FRANCE) && !is_public_holiday(DATE_NONE, ALSACE),
          "no date is no holiday");
}

static void test_working_days(void)
{
    const struct {
        const char *sentence;
        struct date day;
        enum holidays region;
        struct date before, after;
    } cases[] = {
        { "a Monday is a working day", DATE(2026, 11, 23), HOLIDAYS_OF_FRANCE, DATE(2026, 11, 23),
          DATE(2026, 11, 23) },
        { "a Friday is a working day", DATE(2026, 11, 27), HOLIDAYS_OF_FRANCE, DATE(2026, 11, 27),
          DATE(2026, 11, 27) },
        { "a Saturday is none", DATE(2026, 11, 28), HOLIDAYS_OF_FRANCE, DATE(2026, 11, 27),
          DATE(2026, 11, 30) },
        { "a Sunday is none", DATE(2026, 11, 29), HOLIDAYS_OF_FRANCE, DATE(2026, 11, 27),
          DATE(2026, 11, 30) },
        { "the Saturday of Easter 2026", DATE(2026, 4, 4), HOLIDAYS_OF_FRANCE, DATE(2026, 4, 3),
          DATE(2026, 4, 7) },
        { "the same in Alsace-Moselle, where Good Friday is a holiday", DATE(2026, 4, 4),
          HOLIDAYS_OF_ALSACE_MOSELLE, DATE(2026, 4, 2), DATE(2026, 4, 7) },
        { "Good Friday in France is a working day", DATE(2026, 4, 3), HOLIDAYS_OF_FRANCE,
          DATE(2026, 4, 3), DATE(2026, 4, 3) },
        { "four days of rest: Christmas of 2025 in Alsace-Moselle", DATE(2025, 12, 25),
          HOLIDAYS_OF_ALSACE_MOSELLE, DATE(2025, 12, 24), DATE(2025, 12, 29) },
        { "and from their end", DATE(2025, 12, 28), HOLIDAYS_OF_ALSACE_MOSELLE, DATE(2025, 12, 24),
          DATE(2025, 12, 29) },
        { "New Year of 1900 has no day before it", DATE(1900, 1, 1), HOLIDAYS_OF_FRANCE,
          DATE(1900, 1, 1), DATE(1900, 1, 2) },
        { "no date is no working day", DATE_NONE, HOLIDAYS_OF_FRANCE, DATE_NONE, DATE_NONE },
    };
    const struct {
        const char *sentence;
        struct date start;
        int32_t count;
        enum holidays region;
        struct date want;
    } sums[] = {
        { "five working days after a Monday are the next Monday", DATE(2026, 11, 23), 5,
          HOLIDAYS_OF_FRANCE, DATE(2026, 11, 30) },
        { "one after a Saturday is Monday", DATE(2026, 11, 21), 1, HOLIDAYS_OF_FRANCE,
          DATE(2026, 11, 23) },
        { "one before Whit weekend is Tuesday", DATE(2026, 5, 22), 1, HOLIDAYS_OF_FRANCE,
          DATE(2026, 5, 26) },
        { "two after Christmas Eve of 2025", DATE(2025, 12, 24), 2, HOLIDAYS_OF_FRANCE,
          DATE(2025, 12, 29) },
        { "the same in Alsace-Moselle", DATE(2025, 12, 24), 2, HOLIDAYS_OF_ALSACE_MOSELLE,
          DATE(2025, 12, 30) },
        { "none after a Sunday is that Sunday", DATE(2026, 11, 22), 0, HOLIDAYS_OF_FRANCE,
          DATE(2026, 11, 22) },
        { "fewer than none are none", DATE(2026, 11, 22), -1, HOLIDAYS_OF_FRANCE,
          DATE(2026, 11, 22) },
        { "past the last date it stays there", DATE(2199, 12, 27), INT32_MAX, HOLIDAYS_OF_FRANCE,
          DATE(2199, 12, 31) },
        { "working days after no date", DATE_NONE, 3, HOLIDAYS_OF_FRANCE, DATE_NONE },
    };

    about("D-5: working days");
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct date day = cases[i].day;

        check_date(working_day_on_or_before(day, cases[i].region), cases[i].before,
                   "%s: on or before it", cases[i].sentence);
        check_date(working_day_on_or_after(day, cases[i].region), cases[i].after,
                   "%s: on or after it", cases[i].sentence);
        check(is_working_day(day, cases[i].region) ==
                  (date_is_set(day) && date_is_same(day, cases[i].after)),
              "%s: asked itself", cases[i].sentence);
    }
    for (size_t i = 0; i < LENGTH(sums); i++)
        check_date(date_add_working_days(sums[i].start, sums[i].count, sums[i].region),
                   sums[i].want, "%s", sums[i].sentence);
}

/* --- time limits ------------------------------------------------------------------------------ */

static void test_time_limits(void)
{
    const struct {
        const char *sentence;
        struct date event;
        struct period period;
        struct date in_france, in_alsace;
    } cases[] = {
        { "D-5: a limit that ends on a working day stays",
          DATE(2026, 11, 23),
          { .days = 1 },
          DATE(2026, 11, 24),
          DATE(2026, 11, 24) },
        { "D-5: a month from 31 January 2026 ends on Saturday 28 February: Monday 2 March",
          DATE(2026, 1, 31),
          { .months = 1 },
          DATE(2026, 3, 2),
          DATE(2026, 3, 2) },
        { "D-5: to Sunday 29 November 2026: Monday",
          DATE(2026, 11, 28),
          { .days = 1 },
          DATE(2026, 11, 30),
          DATE(2026, 11, 30) },
        { "D-5: to 1 May 2024, a Wednesday: 2 May",
          DATE(2024, 4, 29),
          { .days = 2 },
          DATE(2024, 5, 2),
          DATE(2024, 5, 2) },
        { "D-5: to 8 May 2024, the eve of Ascension: 10 May",
          DATE(2024, 5, 7),
          { .days = 1 },
          DATE(2024, 5, 10),
          DATE(2024, 5, 10) },
        { "D-5: to the Saturday before Whit Monday 2026: Tuesday 26 May",
          DATE(2026, 5, 22),
          { .days = 1 },
          DATE(2026, 5, 26),
          DATE(2026, 5, 26) },
        { "D-7: to Good Friday 2026: that day, in Alsace-Moselle Tuesday",
          DATE(2026, 4, 2),
          { .days = 1 },
          DATE(2026, 4, 3),
          DATE(2026, 4, 7) },
        { "D-7: to Christmas 2025: the Friday, in Alsace-Moselle the Monday",
          DATE(2025, 12, 24),
          { .days = 1 },
          DATE(2025, 12, 26),
          DATE(2025, 12, 29) },
        { "D-2, D-5: two months from 31 December 2023 end on Thursday 29 February 2024",
          DATE(2023, 12, 31),
          { .months = 2 },
          DATE(2024, 2, 29),
          DATE(2024, 2, 29) },
        { "a limit from no event", DATE_NONE, { .days = 1 }, DATE_NONE, DATE_NONE },
    };

    about("D-5: limits to act roll forward");
    for (size_t i = 0; i < LENGTH(cases); i++) {
        check_date(time_limit(cases[i].event, cases[i].period, FRANCE), cases[i].in_france, "%s",
                   cases[i].sentence);
        check_date(time_limit(cases[i].event, cases[i].period, ALSACE), cases[i].in_alsace,
                   "%s (Alsace-Moselle)", cases[i].sentence);
    }
}

static void test_backward_limits(void)
{
    const struct {
        const char *sentence;
        struct date event;
        struct period period;
        struct date latest, to_aim_for, to_aim_for_in_alsace;
    } cases[] = {
        { "EV-3: six weeks before the hearing of 15 June 2026",
          DATE(2026, 6, 15),
          { .days = 42 },
          DATE(2026, 5, 4),
          DATE(2026, 5, 4),
          DATE(2026, 5, 4) },
        { "D-6: six weeks before 12 June 2026 is 1 May: not rolled, aim for the eve",
          DATE(2026, 6, 12),
          { .days = 42 },
          DATE(2026, 5, 1),
          DATE(2026, 4, 30),
          DATE(2026, 4, 30) },
        { "D-6: six weeks before 18 May 2026 is Easter Monday: aim before the feast",
          DATE(2026, 5, 18),
          { .days = 42 },
          DATE(2026, 4, 6),
          DATE(2026, 4, 3),
          DATE(2026, 4, 2) },
        { "D-6: two months before 30 April 2023 is 28 February",
          DATE(2023, 4, 30),
          { .months = 2 },
          DATE(2023, 2, 28),
          DATE(2023, 2, 28),
          DATE(2023, 2, 28) },
        { "D-6: months first, backward too: a month and a day before 31 March 2023",
          DATE(2023, 3, 31),
          { .months = 1, .days = 1 },
          DATE(2023, 2, 27),
          DATE(2023, 2, 27),
          DATE(2023, 2, 27) },
        { "a limit before no event", DATE_NONE, { .days = 1 }, DATE_NONE, DATE_NONE, DATE_NONE },
    };

    about("D-6: backward limits do not roll");
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct date event = cases[i].event;

        check_date(backward_limit(event, cases[i].period), cases[i].latest, "%s",
                   cases[i].sentence);
        check_date(backward_limit_to_aim_for(event, cases[i].period, FRANCE), cases[i].to_aim_for,
                   "%s (to aim for)", cases[i].sentence);
        check_date(backward_limit_to_aim_for(event, cases[i].period, ALSACE),
                   cases[i].to_aim_for_in_alsace, "%s (to aim for in Alsace-Moselle)",
                   cases[i].sentence);
    }
}

static void test_clear_days(void)
{
    const struct {
        const char *sentence;
        struct date event;
        int32_t months;
        struct date legal, to_warn_of;
    } cases[] = {
        { "D-8: two clear months from 31 January 2025 end on Tuesday 1 April", DATE(2025, 1, 31), 2,
          DATE(2025, 4, 1), DATE(2025, 3, 31) },
        { "D-8: from 2 January 2024 they end on Sunday 3 March, so on Monday", DATE(2024, 1, 2), 2,
          DATE(2024, 3, 4), DATE(2024, 3, 2) },
        { "D-8: from 31 December 2023, past 29 February, on Friday 1 March", DATE(2023, 12, 31), 2,
          DATE(2024, 3, 1), DATE(2024, 2, 29) },
        { "C-4: from 14 June 2025 the day after the last is 15 August: Monday the 18th",
          DATE(2025, 6, 14), 2, DATE(2025, 8, 18), DATE(2025, 8, 14) },
        { "C-4: from 9 March 2025 it is a Saturday: Monday 12 May", DATE(2025, 3, 9), 2,
          DATE(2025, 5, 12), DATE(2025, 5, 9) },
        { "C-4: alerts use the bare date even on a Sunday", DATE(2026, 9, 22), 2,
          DATE(2026, 11, 23), DATE(2026, 11, 22) },
        { "a clear period from no event", DATE_NONE, 2, DATE_NONE, DATE_NONE },
    };

    about("D-8, C-4: clear periods of the administrative courts");
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct period period = { .months = cases[i].months };

        check_date(clear_time_limit(cases[i].event, period, FRANCE), cases[i].legal, "%s",
                   cases[i].sentence);
        check_date(clear_time_limit_to_warn_of(cases[i].event, period), cases[i].to_warn_of,
                   "%s: warned of a day or more before", cases[i].sentence);
    }
    check_date(clear_time_limit(DATE(2025, 10, 25), (struct period){ .months = 2 }, ALSACE),
               DATE(2025, 12, 29), "D-7, D-8: from 25 October 2025, in Alsace-Moselle 29 December");
    check_date(clear_time_limit(DATE(2025, 10, 25), (struct period){ .months = 2 }, FRANCE),
               DATE(2025, 12, 26), "D-8: elsewhere 26 December");
}

/* --- the winter truce, and any part of the year ----------------------------------------------- */

static const struct parameter_field winter_truce[] = {
    { "time.winter_truce.first_day", UNIT_DAY_OF_YEAR, offsetof(struct yearly_span, first) },
    { "time.winter_truce.last_day", UNIT_DAY_OF_YEAR, offsetof(struct yearly_span, last) },
    { 0 },
};

static void test_winter_truce(void)
{
    const struct {
        const char *sentence;
        struct date day;
        struct date next_possible;
    } cases[] = {
        { "EV-9: the eve of the winter of 2026 is outside", DATE(2026, 10, 31),
          DATE(2026, 10, 31) },
        { "EV-9: 1 November is inside, until 1 April", DATE(2026, 11, 1), DATE(2027, 4, 1) },
        { "EV-9: New Year's Eve", DATE(2026, 12, 31), DATE(2027, 4, 1) },
        { "EV-9: New Year", DATE(2027, 1, 1), DATE(2027, 4, 1) },
        { "EV-9: 31 March is inside", DATE(2027, 3, 31), DATE(2027, 4, 1) },
        { "EV-9: 1 April is outside", DATE(2027, 4, 1), DATE(2027, 4, 1) },
        { "EV-9: in 2008 the truce ended on 15 March", DATE(2008, 3, 15), DATE(2008, 3, 16) },
        { "EV-9: 16 March 2008 was outside", DATE(2008, 3, 16), DATE(2008, 3, 16) },
        { "EV-9: in November 2008 it ran to 15 March", DATE(2008, 11, 1), DATE(2009, 3, 16) },
        { "EV-9: 20 March 2014, before the ALUR law, was outside", DATE(2014, 3, 20),
          DATE(2014, 3, 20) },
        { "EV-9: 27 March 2014, with the ALUR law, was inside", DATE(2014, 3, 27),
          DATE(2014, 4, 1) },
        { "EV-9: in March 2020, before the ordinance", DATE(2020, 3, 25), DATE(2020, 4, 1) },
        { "EV-9: after it, until the end of May", DATE(2020, 3, 31), DATE(2020, 6, 1) },
        { "EV-9: after the law of 11 May 2020, until 10 July", DATE(2020, 5, 12),
          DATE(2020, 7, 11) },
        { "EV-9: 10 July 2020 was inside", DATE(2020, 7, 10), DATE(2020, 7, 11) },
        { "EV-9: 11 July 2020 was outside", DATE(2020, 7, 11), DATE(2020, 7, 11) },
        { "EV-9: the winter after is announced to 31 March", DATE(2020, 11, 1), DATE(2021, 4, 1) },
        { "EV-9: and in February 2021 made longer, to 31 May", DATE(2021, 2, 11),
          DATE(2021, 6, 1) },
        { "EV-9: 31 May 2021 was inside", DATE(2021, 5, 31), DATE(2021, 6, 1) },
        { "EV-9: 1 June 2021 was outside", DATE(2021, 6, 1), DATE(2021, 6, 1) },
        { "EV-9: 1 April 2022 was outside again", DATE(2022, 4, 1), DATE(2022, 4, 1) },
    };

    about("EV-9: the winter truce, by the law of the day");
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct yearly_span truce;

        law_on(winter_truce, cases[i].day, &truce);
        check(yearly_span_holds(truce, cases[i].day) !=
                  date_is_same(cases[i].day, cases[i].next_possible),
              "%s", cases[i].sentence);
        check_date(yearly_span_next_day_outside(truce, cases[i].day), cases[i].next_possible,
                   "%s: next possible day", cases[i].sentence);
    }
}

static void test_parts_of_the_year(void)
{
    const struct yearly_span summer = { { 6, 21 }, { 9, 22 } };
    const struct yearly_span february = { { 2, 1 }, { 2, 29 } };
    const struct yearly_span a_day = { { 5, 1 }, { 5, 1 } };
    const struct yearly_span all_year = { { 1, 1 }, { 12, 31 } };
    const struct yearly_span from_spring_on = { { 3, 1 }, { 2, 29 } };
    const struct yearly_span from_leap_day_on = { { 2, 29 }, { 2, 28 } };
    const struct yearly_span none = { 0 };

    about("parts of the year");
    check(!yearly_span_holds(summer, DATE(2026, 6, 20)) &&
              yearly_span_holds(summer, DATE(2026, 6, 21)) &&
              yearly_span_holds(summer, DATE(2026, 9, 22)) &&
              !yearly_span_holds(summer, DATE(2026, 9, 23)),
          "a part within the year includes both its ends");
    check_date(yearly_span_next_day_outside(summer, DATE(2026, 7, 1)), DATE(2026, 9, 23),
               "and is left on the day after");
    check(yearly_span_holds(february, DATE(2024, 2, 29)) &&
              yearly_span_holds(february, DATE(2023, 2, 28)) &&
              !yearly_span_holds(february, DATE(2023, 3, 1)) &&
              !yearly_span_holds(february, DATE(2024, 1, 31)),
          "to 29 February means to February's end, whatever the year");
    check_date(yearly_span_next_day_outside(february, DATE(2023, 2, 10)), DATE(2023, 3, 1),
               "and the next day is 1 March");
    check(yearly_span_holds(a_day, DATE(2026, 5, 1)) &&
              !yearly_span_holds(a_day, DATE(2026, 5, 2)) &&
              !yearly_span_holds(a_day, DATE(2026, 4, 30)),
          "a part may be one day");
    check_date(yearly_span_next_day_outside(all_year, DATE(2026, 5, 1)), DATE_NONE,
               "the whole year has no day outside");
    check_date(yearly_span_next_day_outside(from_spring_on, DATE(2026, 5, 1)), DATE_NONE,
               "nor has the year from March to February's end");
    check(yearly_span_holds(from_leap_day_on, DATE(2026, 8, 1)) &&
              yearly_span_holds(from_leap_day_on, DATE(2024, 8, 1)),
          "from 29 February to the next 28 February is all year, in common years too");
    check(!yearly_span_holds(none, DATE(2026, 5, 1)) && !yearly_span_holds(none, DATE(2026, 1, 1)),
          "a span of zeros holds no day");
    check(!yearly_span_holds(all_year, DATE_NONE) && !yearly_span_holds(from_spring_on, DATE_NONE),
          "no date lies in no part of the year");
    check_date(yearly_span_next_day_outside(from_spring_on, DATE_NONE), DATE_NONE,
               "and has no next day outside");
}

/* --- civil time in Europe/Paris --------------------------------------------------------------- */

static int64_t utc(struct date date, int hour, int minute)
{
    return ((int64_t)days_between(DATE(1970, 1, 1), date) * 24 + hour) * HOUR_MS +
           minute * MINUTE_MS;
}

static void test_reading_clocks(void)
{
    const struct {
        const char *sentence;
        int64_t utc_ms;
        struct civil_time shown;
    } cases[] = {
        { "the start of 1970 in Paris is 01:00", 0, { DATE(1970, 1, 1), 1, 0, 0, 0, 60 } },
        { "a millisecond before", -1, { DATE(1970, 1, 1), 0, 59, 59, 999, 60 } },
        { "a billion seconds after",
          INT64_C(1000000000123),
          { DATE(2001, 9, 9), 3, 46, 40, 123, 120 } },
        { "the start of 2024 by UTC",
          INT64_C(1704067200000),
          { DATE(2024, 1, 1), 1, 0, 0, 0, 60 } },
        { "a millisecond before the clocks of spring 2024 change",
          INT64_C(1711846799999),
          { DATE(2024, 3, 31), 1, 59, 59, 999, 60 } },
        { "they change", INT64_C(1711846800000), { DATE(2024, 3, 31), 3, 0, 0, 0, 120 } },
        { "a millisecond before the clocks of autumn 2024 change",
          INT64_C(1729990799999),
          { DATE(2024, 10, 27), 2, 59, 59, 999, 120 } },
        { "they change", INT64_C(1729990800000), { DATE(2024, 10, 27), 2, 0, 0, 0, 60 } },
        { "before the first date clocks stand at its start",
          INT64_MIN,
          { DATE(1900, 1, 1), 0, 0, 0, 0, 60 } },
        { "past the last date clocks stand at its end",
          INT64_MAX,
          { DATE(2199, 12, 31), 23, 59, 59, 999, 60 } },
    };

    about("clocks in Paris");
    for (size_t i = 0; i < LENGTH(cases); i++) {
        struct civil_time got = civil_time_at(cases[i].utc_ms), want = cases[i].shown;

        check(date_is_same(got.date, want.date) && got.hour == want.hour &&
                  got.minute == want.minute && got.second == want.second &&
                  got.millisecond == want.millisecond && got.offset_minutes == want.offset_minutes,
              "%s: %02d:%02d:%02d.%03d", cases[i].sentence, want.hour, want.minute, want.second,
              want.millisecond);
        check_date(civil_date_at(cases[i].utc_ms), want.date, "%s: the date", cases[i].sentence);
        check(is_summer_time(cases[i].utc_ms) == (want.offset_minutes == 120), "%s: %s time",
              cases[i].sentence, want.offset_minutes == 120 ? "summer" : "winter");
    }
}

static void test_setting_clocks(void)
{
    const struct {
        const char *sentence;
        struct date date;
        int hour, minute;
        struct date utc_date;
        int utc_hour, utc_minute;
    } cases[] = {
        { "7:00 in winter", DATE(2026, 11, 23), 7, 0, DATE(2026, 11, 23), 6, 0 },
        { "7:00 in summer", DATE(2026, 7, 14), 7, 0, DATE(2026, 7, 14), 5, 0 },
        { "7:00 on the eve of spring's change", DATE(2026, 3, 28), 7, 0, DATE(2026, 3, 28), 6, 0 },
        { "7:00 on the day of spring's change", DATE(2026, 3, 29), 7, 0, DATE(2026, 3, 29), 5, 0 },
        { "7:00 on the eve of autumn's change", DATE(2026, 10, 24), 7, 0, DATE(2026, 10, 24), 5,
          0 },
        { "7:00 on the day of autumn's change", DATE(2026, 10, 25), 7, 0, DATE(2026, 10, 25), 6,
          0 },
        { "midnight in winter", DATE(2026, 1, 1), 0, 0, DATE(2025, 12, 31), 23, 0 },
        { "midnight in summer", DATE(2026, 7, 1), 0, 0, DATE(2026, 6, 30), 22, 0 },
        { "midnight before spring's change", DATE(2026, 3, 29), 0, 0, DATE(2026, 3, 28), 23, 0 },
        { "midnight after it", DATE(2026, 3, 30), 0, 0, DATE(2026, 3, 29), 22, 0 },
        { "midnight before autumn's change", DATE(2026, 10, 25), 0, 0, DATE(2026, 10, 24), 22, 0 },
        { "midnight after it", DATE(2026, 10, 26), 0, 0, DATE(2026, 10, 25), 23, 0 },
        { "01:59 before the skipped hour", DATE(2026, 3, 29), 1, 59, DATE(2026, 3, 29), 0, 59 },
        { "02:00, skipped, is 03:00", DATE(2026, 3, 29), 2, 0, DATE(2026, 3, 29), 1, 0 },
        { "02:30, skipped, is 03:30", DATE(2026, 3, 29), 2, 30, DATE(2026, 3, 29), 1, 30 },
        { "03:00 after the skipped hour", DATE(2026, 3, 29), 3, 0, DATE(2026, 3, 29), 1, 0 },
        { "01:59 before the hour shown twice", DATE(2026, 10, 25), 1, 59, DATE(2026, 10, 24), 23,
          59 },
        { "02:00, shown twice, is the first", DATE(2026, 10, 25), 2, 0, DATE(2026, 10, 25), 0, 0 },
        { "02:59, shown twice, is the first", DATE(2026, 10, 25), 2, 59, DATE(2026, 10, 25), 0,
          59 },
        { "03:00 after the hour shown twice", DATE(2026, 10, 25), 3, 0, DATE(2026, 10, 25), 2, 0 },
        { "24:00 is the next midnight", DATE(2026, 10, 25), 24, 0, DATE(2026, 10, 25), 23, 0 },
    };

    about("instants of clocks in Paris");
    for (size_t i = 0; i < LENGTH(cases); i++)
        check_number(instant_of(cases[i].date, cases[i].hour, cases[i].minute),
                     utc(cases[i].utc_date, cases[i].utc_hour, cases[i].utc_minute), "%s",
                     cases[i].sentence);
    check_number(end_of_day(DATE(2026, 3, 29)) - start_of_day(DATE(2026, 3, 29)), 23 * HOUR_MS,
                 "the day of spring's change has 23 hours");
    check_number(end_of_day(DATE(2026, 10, 25)) - start_of_day(DATE(2026, 10, 25)), 25 * HOUR_MS,
                 "the day of autumn's change has 25 hours");
    check_number(end_of_day(DATE(2026, 11, 23)) - start_of_day(DATE(2026, 11, 23)), 24 * HOUR_MS,
                 "any other day has 24");
    check_number(end_of_day(date_add_days(DATE(2026, 11, 15), 8)), utc(DATE(2026, 11, 23), 23, 0),
                 "C-3: 8 days from 15 November 2026 end at 24:00 of the 23rd");
    check(instant_of(DATE_NONE, 7, 0) == 0 && start_of_day(DATE_NONE) == 0 &&
              end_of_day(DATE_NONE) == 0,
          "no date has no instant");
}

int main(void)
{
    test_text();
    test_order();
    test_within();
    test_months_and_weekdays();
    test_periods();
    test_distances();
    test_ages();
    test_easter();
    test_holidays();
    test_working_days();
    test_time_limits();
    test_backward_limits();
    test_clear_days();
    test_winter_truce();
    test_parts_of_the_year();
    test_reading_clocks();
    test_setting_clocks();
    return checks_done();
}
