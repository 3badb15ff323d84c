/* The two ledgers of a sliding lease are independent and both stop at the slide, a day that neither
 * owes (domain.md S2-59, S2-60, BG-6). */
#include "services/lodging/rules/sliding_lease_ledger.h"

#include "tests/check.h"

static void test_spans(void)
{
    const struct {
        const char *sentence;
        struct sliding_lease_course course;
        struct date receivable_until, payable_until;
    } cases[] = {
        { "while it runs neither stops", { .slid_on = DATE_NONE }, DATE_NONE, DATE_NONE },
        { "S2-60: at the slide both stop",
          { .slid_on = DATE(2026, 7, 15) },
          DATE(2026, 7, 15),
          DATE(2026, 7, 15) },
        { "S2-59: the household leaves: the association goes on paying",
          { .left = DATE(2026, 5, 3) },
          DATE(2026, 5, 3),
          DATE_NONE },
        { "S2-59: until it gives the dwelling back",
          { .left = DATE(2026, 5, 3), .lease_until = DATE(2026, 8, 1) },
          DATE(2026, 5, 3),
          DATE(2026, 8, 1) },
        { "S2-60: an exit recorded after the slide changes nothing",
          { .slid_on = DATE(2026, 7, 15),
            .left = DATE(2028, 1, 1),
            .lease_until = DATE(2028, 1, 1) },
          DATE(2026, 7, 15),
          DATE(2026, 7, 15) },
    };

    about("from when to when");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sliding_lease_course course = cases[i].course;

        course.lease_from = DATE(2025, 12, 1);
        course.entry = DATE(2026, 1, 10);
        check_date(sliding_lease_receivable(&course).until, cases[i].receivable_until, "%s",
                   cases[i].sentence);
        check_date(sliding_lease_payable(&course).until, cases[i].payable_until,
                   "and the association's ledger");
        check_date(sliding_lease_receivable(&course).from, DATE(2026, 1, 10),
                   "BG-6: the household owes from its entry");
        check_date(sliding_lease_payable(&course).from, DATE(2025, 12, 1),
                   "BG-6: the association from its lease");
    }
}

static void test_months(void)
{
    const struct {
        const char *sentence;
        struct ledger_span span;
        struct date month;
        int32_t days, of;
        int64_t cents; /* of 620.00 a month */
    } cases[] = {
        { "entered on 10 January: 22 days of 31",
          { DATE(2026, 1, 10), DATE_NONE },
          DATE(2026, 1, 31),
          22,
          31,
          44000 },
        { "the month before: nothing",
          { DATE(2026, 1, 10), DATE_NONE },
          DATE(2025, 12, 31),
          0,
          31,
          0 },
        { "a whole month is due whole",
          { DATE(2026, 1, 10), DATE_NONE },
          DATE(2026, 2, 1),
          28,
          28,
          62000 },
        { "February of a leap year too",
          { DATE(2026, 1, 10), DATE_NONE },
          DATE(2028, 2, 29),
          29,
          29,
          62000 },
        { "slid on 15 July: 14 days, the day of the slide not among them",
          { DATE(2026, 1, 10), DATE(2026, 7, 15) },
          DATE(2026, 7, 1),
          14,
          31,
          28000 },
        { "slid on 1 August: July is whole",
          { DATE(2026, 1, 10), DATE(2026, 8, 1) },
          DATE(2026, 7, 20),
          31,
          31,
          62000 },
        { "and August is not due at all",
          { DATE(2026, 1, 10), DATE(2026, 8, 1) },
          DATE(2026, 8, 31),
          0,
          31,
          0 },
        { "slid on 2 August: one day",
          { DATE(2026, 1, 10), DATE(2026, 8, 2) },
          DATE(2026, 8, 31),
          1,
          31,
          2000 },
        { "entered and left in one month",
          { DATE(2026, 4, 10), DATE(2026, 4, 25) },
          DATE(2026, 4, 15),
          15,
          30,
          31000 },
        { "entered on the last day",
          { DATE(2026, 12, 31), DATE_NONE },
          DATE(2026, 12, 1),
          1,
          31,
          2000 },
        { "slid on the day of the entry: nothing",
          { DATE(2026, 4, 10), DATE(2026, 4, 10) },
          DATE(2026, 4, 10),
          0,
          30,
          0 },
        { "nobody has entered: nothing", { DATE_NONE, DATE_NONE }, DATE(2026, 4, 10), 0, 30, 0 },
        { "months after the end: nothing",
          { DATE(2026, 1, 10), DATE(2026, 4, 10) },
          DATE(2027, 4, 10),
          0,
          30,
          0 },
    };

    about("what part of a month");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct month_due due = ledger_month_due(cases[i].span, cases[i].month);

        check_number(due.days, cases[i].days, "BG-6: %s", cases[i].sentence);
        check_number(due.of, cases[i].of, "of the month's days");
        check_number(ledger_month_cents(62000, due), cases[i].cents, "in cents of 620.00");
    }
    check_number(ledger_month_cents(50000, (struct month_due){ 1, 31 }), 1613,
                 "Q38: a thirty-first of 500.00 is 16.129..., 16.13 half up");
}

static void test_count(void)
{
    struct ledger_span span = { DATE(2025, 11, 30), DATE(2026, 3, 1) };
    struct ledger_span running = { DATE(2025, 11, 30), DATE_NONE };

    about("how many months");
    check_number(ledger_months_due(span, DATE(2025, 10, 31)), 0, "S2-59: none before the entry");
    check_number(ledger_months_due(span, DATE(2025, 11, 1)), 1, "S2-59: the month of the entry");
    check_number(ledger_months_due(span, DATE(2026, 1, 1)), 3, "S2-59: over New Year, three");
    check_number(ledger_months_due(span, DATE(2026, 2, 28)), 4, "S2-60: February is the last");
    check_number(ledger_months_due(span, DATE(2027, 2, 28)), 4,
                 "S2-60: slid on 1 March, March is not due");
    span.until = DATE(2026, 3, 2);
    check_number(ledger_months_due(span, DATE(2027, 2, 28)), 5, "S2-60: slid on the 2nd, it is");
    check_number(ledger_months_due(running, DATE(2026, 12, 31)), 14, "S2-59: running, it goes on");
    span.until = span.from;
    check_number(ledger_months_due(span, DATE(2026, 12, 31)), 0, "S2-60: slid on the entry: none");
    span.until = DATE(2025, 12, 1);
    check_number(ledger_months_due(span, DATE(2026, 12, 31)), 1, "S2-60: slid the day after: one");
    running.from = DATE_NONE;
    check_number(ledger_months_due(running, DATE(2026, 12, 31)), 0, "S2-59: none without an entry");
}

static void test_any_course(void)
{
    const uint64_t seed = UINT64_C(0x5eed1ea5e);
    struct chance chance = { .state = seed };
    bool days_add_up = true, months_add_up = true;

    about("5,000 courses of up to four years, seed %#" PRIx64, seed);
    for (int run = 0; run < 5000; run++) {
        struct date from =
            date_add_days(DATE(2023, 1, 1), (int32_t)chance_between(&chance, 0, 800));
        struct ledger_span span = { from,
                                    date_add_days(from, (int32_t)chance_between(&chance, 0, 700)) };
        int32_t days = 0, months = 0;

        for (struct date month = DATE(2022, 12, 1); date_is_before(month, DATE(2028, 1, 1));
             month = date_first_of_next_month(month)) {
            struct month_due due = ledger_month_due(span, month);

            days += due.days;
            months += due.days > 0;
        }
        days_add_up &= days == days_between(span.from, span.until);
        months_add_up &= months == ledger_months_due(span, DATE(2028, 1, 1));
    }
    check(days_add_up, "BG-6: the days of all months are the days of the lease");
    check(months_add_up, "BG-6: the months counted are those with a day due");
}

int main(void)
{
    test_spans();
    test_months();
    test_count();
    test_any_course();
    return checks_done();
}
