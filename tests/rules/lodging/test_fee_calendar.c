/* A term falls due on the contract's day, never before the household is there; an entry told late
 * is charged from its day, one told as history from the month after (domain.md 6.9, S0-9). */
#include "services/lodging/rules/fee_calendar.h"

#include "tests/check.h"
#include "tests/rules/law.h"

static void test_due_on(void)
{
    static const struct {
        const char *when;
        struct date month, from;
        int64_t due_day;
        struct date due_on;
    } cases[] = {
        { "by default the 5th", { 2020, 3, 1 }, { 2020, 1, 6 }, 5, { 2020, 3, 5 } },
        { "whichever day of the month is meant",
          { 2020, 3, 31 },
          { 2020, 1, 6 },
          5,
          { 2020, 3, 5 } },
        { "entered the day before it", { 2020, 3, 1 }, { 2020, 3, 4 }, 5, { 2020, 3, 5 } },
        { "entered on it", { 2020, 3, 1 }, { 2020, 3, 5 }, 5, { 2020, 3, 5 } },
        { "entered the day after: on the day of the entry",
          { 2020, 3, 1 },
          { 2020, 3, 6 },
          5,
          { 2020, 3, 6 } },
        { "the 1st", { 2020, 3, 1 }, { 2020, 1, 6 }, 1, { 2020, 3, 1 } },
        { "the 31st of a month of 31 days", { 2020, 3, 1 }, { 2020, 1, 6 }, 31, { 2020, 3, 31 } },
        { "the 31st of a month of 30 days: its last",
          { 2020, 4, 1 },
          { 2020, 1, 6 },
          31,
          { 2020, 4, 30 } },
        { "the 29th of February in a leap year",
          { 2020, 2, 1 },
          { 2020, 1, 6 },
          29,
          { 2020, 2, 29 } },
        { "the 29th of February in another: the 28th",
          { 2021, 2, 1 },
          { 2020, 1, 6 },
          29,
          { 2021, 2, 28 } },
    };

    about("when a term falls due");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fee_calendar_law law = { .due_day = cases[i].due_day };

        check_date(fee_due_on(cases[i].month, cases[i].from, &law), cases[i].due_on, "%s",
                   cases[i].when);
    }
}

static void test_begin_on(void)
{
    static const struct {
        const char *when;
        struct date entered, recorded;
        struct date begin;
    } cases[] = {
        { "told on its day", { 2020, 3, 10 }, { 2020, 3, 10 }, { 2020, 3, 10 } },
        { "told at the end of its month", { 2020, 3, 10 }, { 2020, 3, 31 }, { 2020, 3, 10 } },
        { "told in the month after", { 2020, 3, 10 }, { 2020, 4, 30 }, { 2020, 3, 10 } },
        { "of the 1st, told on the last day of the month after",
          { 2020, 3, 1 },
          { 2020, 4, 30 },
          { 2020, 3, 1 } },
        { "told two months after: history", { 2020, 3, 31 }, { 2020, 5, 1 }, { 2020, 6, 1 } },
        { "of December, told in January", { 2019, 12, 1 }, { 2020, 1, 31 }, { 2019, 12, 1 } },
        { "of November, told in January: history",
          { 2019, 11, 30 },
          { 2020, 1, 31 },
          { 2020, 2, 1 } },
        { "of 2008, told in 2026", { 2008, 2, 29 }, { 2026, 12, 31 }, { 2027, 1, 1 } },
    };
    struct fee_calendar_law law;

    about("from which day a stay is charged");
    law_on(fee_calendar_law, DATE(2020, 3, 10), &law);
    check_number(law.due_day, 5, "the shipped day is the 5th");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_date(fees_begin_on(cases[i].entered, cases[i].recorded, &law), cases[i].begin, "%s",
                   cases[i].when);
    law.charged_back_months = 0;
    check_date(fees_begin_on(DATE(2020, 3, 31), DATE(2020, 4, 1), &law), DATE(2020, 5, 1),
               "where nothing is charged back, the day after is history");
    law.charged_back_months = 1200;
    check_date(fees_begin_on(DATE(2008, 2, 29), DATE(2026, 12, 31), &law), DATE(2008, 2, 29),
               "where all is, 2008 is charged from its day");
}

int main(void)
{
    test_due_on();
    test_begin_on();
    return checks_done();
}
