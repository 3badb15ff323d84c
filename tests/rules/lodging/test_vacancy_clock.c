/* Candidatures may be sent until 24:00 of the eighth calendar day after the notification, in the
 * time of Paris, unless the agreement says otherwise (domain.md S4-27, C-3, D-9, Q7, DLS-4). */
#include "services/lodging/rules/vacancy_clock.h"

#include "tests/check.h"
#include "tests/rules/law.h"

static struct vacancy_law law;

/* UTC, without help from the calendar under test: days since 1970-01-01 by a table of months. */
static int64_t utc(int year, int month, int day, int hour, int minute)
{
    static const int before[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 };
    int64_t days = (int64_t)(year - 1970) * 365 + (year - 1969) / 4 + before[month - 1] + day - 1;

    if (month > 2 && year % 4 == 0)
        days++;
    return (days * 1440 + (int64_t)hour * 60 + minute) * 60000;
}

static void test_calendar_days(void)
{
    const struct {
        const char *sentence;
        int year, month, day, hour, minute; /* of the notification, UTC */
        struct date last_day;
        int deadline_month, deadline_day, deadline_hour; /* UTC */
    } cases[] = {
        { "notified on Monday 11 May 2026: 24:00 of Tuesday 19 May", 2026, 5, 11, 8, 0,
          DATE(2026, 5, 19), 5, 19, 22 },
        { "C-3: the eighth day is a Sunday (17 May 2026) and does not roll over", 2026, 5, 9, 8, 0,
          DATE(2026, 5, 17), 5, 17, 22 },
        { "C-3: the eighth day is a Saturday and Assumption (15 August 2026) and does not roll",
          2026, 8, 7, 8, 0, DATE(2026, 8, 15), 8, 15, 22 },
        { "notified at 23:59 in Paris on 11 May 2026: 19 May", 2026, 5, 11, 21, 59,
          DATE(2026, 5, 19), 5, 19, 22 },
        { "notified at 00:00 in Paris on 12 May, which is 11 May 22:00 UTC: 20 May", 2026, 5, 11,
          22, 0, DATE(2026, 5, 20), 5, 20, 22 },
        { "notified at 23:59 in Paris on 12 January 2026, winter time: 20 January", 2026, 1, 12, 22,
          59, DATE(2026, 1, 20), 1, 20, 23 },
        { "notified at 00:00 in Paris on 13 January 2026: 21 January", 2026, 1, 12, 23, 0,
          DATE(2026, 1, 21), 1, 21, 23 },
        { "the week before the clocks go forward, 24 March 2026: 1 April, in summer time", 2026, 3,
          24, 8, 0, DATE(2026, 4, 1), 4, 1, 22 },
        { "20 March 2026: the last day, 28 March, is the eve of the change; 24:00 is winter time",
          2026, 3, 20, 8, 0, DATE(2026, 3, 28), 3, 28, 23 },
        { "21 March 2026: the last day, 29 March, is the day of 23 hours; 24:00 is summer time",
          2026, 3, 21, 8, 0, DATE(2026, 3, 29), 3, 29, 22 },
        { "22 March 2026: the last day is the one after the change", 2026, 3, 22, 8, 0,
          DATE(2026, 3, 30), 3, 30, 22 },
        { "notified in the hour before the clocks go forward (29 March 2026, 01:59): 6 April", 2026,
          3, 29, 0, 59, DATE(2026, 4, 6), 4, 6, 22 },
        { "the week before the clocks go back, 20 October 2026: 28 October, in winter time", 2026,
          10, 20, 8, 0, DATE(2026, 10, 28), 10, 28, 23 },
        { "16 October 2026: the last day, 24 October, is the eve of the change; 24:00 is summer "
          "time",
          2026, 10, 16, 8, 0, DATE(2026, 10, 24), 10, 24, 22 },
        { "17 October 2026: the last day, 25 October, is the day of 25 hours; 24:00 is winter time",
          2026, 10, 17, 8, 0, DATE(2026, 10, 25), 10, 25, 23 },
        { "notified in the hour shown twice (25 October 2026, second 02:30): 2 November", 2026, 10,
          25, 1, 30, DATE(2026, 11, 2), 11, 2, 23 },
        { "over New Year: 28 December 2026 gives 5 January 2027", 2026, 12, 28, 8, 0,
          DATE(2027, 1, 5), 1, 5, 23 },
        { "23 December 2026 gives 31 December, 24:00 being the first instant of 2027", 2026, 12, 23,
          8, 0, DATE(2026, 12, 31), 12, 31, 23 },
        { "20 February 2028 gives 28 February", 2028, 2, 20, 8, 0, DATE(2028, 2, 28), 2, 28, 23 },
        { "21 February 2028 gives 29 February", 2028, 2, 21, 8, 0, DATE(2028, 2, 29), 2, 29, 23 },
        { "22 February 2028 gives 1 March in a leap year", 2028, 2, 22, 8, 0, DATE(2028, 3, 1), 3,
          1, 23 },
        { "21 February 2027 gives 1 March in a common year", 2027, 2, 21, 8, 0, DATE(2027, 3, 1), 3,
          1, 23 },
    };

    about("eight calendar days");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t at =
            utc(cases[i].year, cases[i].month, cases[i].day, cases[i].hour, cases[i].minute);
        struct date last_day = vacancy_last_day(at, DATE(2026, 1, 1), &law);

        check_date(last_day, cases[i].last_day, "S4-27: %s", cases[i].sentence);
        check_number(end_of_day(last_day),
                     utc(last_day.year, cases[i].deadline_month, cases[i].deadline_day,
                         cases[i].deadline_hour, 0),
                     "Q7: the instant of that deadline");
    }
}

static void test_agreements(void)
{
    struct vacancy_law agreed = law;
    int64_t saturday = utc(2026, 5, 9, 8, 0);

    about("what an agreement may say");
    agreed.end_rolls_to_working_day = true;
    check_date(vacancy_last_day(saturday, DATE_NONE, &agreed), DATE(2026, 5, 18),
               "C-3: with rolling agreed, Sunday 17 May 2026 becomes Monday 18 May");
    check_date(vacancy_last_day(utc(2026, 5, 17, 8, 0), DATE_NONE, &agreed), DATE(2026, 5, 26),
               "C-3: Whit Monday 25 May 2026 becomes Tuesday 26 May");
    check_date(vacancy_last_day(utc(2026, 5, 11, 8, 0), DATE_NONE, &agreed), DATE(2026, 5, 19),
               "C-3: a Tuesday stays");
    check_date(vacancy_last_day(utc(2026, 3, 26, 8, 0), DATE_NONE, &agreed), DATE(2026, 4, 3),
               "D-7: Good Friday 3 April 2026 is a working day in Paris");
    agreed.has_alsace_moselle_holidays = true;
    check_date(vacancy_last_day(utc(2026, 3, 26, 8, 0), DATE_NONE, &agreed), DATE(2026, 4, 7),
               "D-7: in Alsace-Moselle Good Friday rolls to the Tuesday after Easter");

    agreed = law;
    agreed.days_are_working_days = true;
    check_date(vacancy_last_day(utc(2026, 6, 1, 8, 0), DATE_NONE, &agreed), DATE(2026, 6, 11),
               "D-9: eight working days from Monday 1 June 2026: Thursday 11 June");
    check_date(vacancy_last_day(utc(2026, 5, 4, 8, 0), DATE_NONE, &agreed), DATE(2026, 5, 18),
               "D-9: from 4 May 2026, 8 May and Ascension (14 May) do not count: 18 May");
    agreed.candidature_period = (struct period){ .months = 1, .days = 2 };
    check_date(vacancy_last_day(utc(2026, 5, 4, 8, 0), DATE_NONE, &agreed), DATE(2026, 6, 8),
               "D-3: a month, then two working days: Thursday 4 June, Monday 8 June 2026");

    agreed = law;
    agreed.starts_when_freed = true;
    check_date(vacancy_last_day(utc(2026, 5, 11, 8, 0), DATE(2026, 5, 20), &agreed),
               DATE(2026, 5, 28), "Q7: from the freeing, told nine days ahead: 28 May");
    check_date(vacancy_last_day(utc(2026, 5, 11, 8, 0), DATE(2026, 5, 1), &agreed),
               DATE(2026, 5, 19), "Q7: freed ten days before the notification: no day is lost");
    check_date(vacancy_last_day(utc(2026, 5, 11, 8, 0), DATE(2026, 5, 20), &law), DATE(2026, 5, 19),
               "Q7: by default the notification counts, not the freeing");

    agreed = vacancy_law_of_social_housing(law);
    check_date(vacancy_last_day(utc(2026, 1, 31, 8, 0), DATE_NONE, &agreed), DATE(2026, 2, 28),
               "DLS-4: one month for social housing, from 31 January 2026: 28 February");
    check_date(vacancy_last_day(utc(2028, 1, 31, 8, 0), DATE_NONE, &agreed), DATE(2028, 2, 29),
               "DLS-4: in 2028: 29 February");
}

static void test_move_in(void)
{
    about("moving in");
    check_date(vacancy_move_in_by(utc(2026, 10, 20, 8, 0), &law), DATE(2026, 10, 30),
               "6.6: retained on 20 October 2026, moved in by 30 October");
    check_date(vacancy_move_in_by(utc(2026, 10, 20, 22, 0), &law), DATE(2026, 10, 31),
               "6.6: retained at 00:00 in Paris on 21 October, by 31 October");
}

int main(void)
{
    law_on(vacancy_law, DATE(2026, 11, 23), &law);
    check_number(law.candidature_period.days, 8, "F4-6: eight days");
    test_calendar_days();
    test_agreements();
    test_move_in();
    return checks_done();
}
