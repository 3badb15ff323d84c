/* Under an insalubrity or safety order rent stops with the month after its notification and starts
 * with the month after its release, and what was charged is taken back (domain.md LHI-1, C-24,
 * */
#include "services/lodging/rules/rent_stop.h"

#include "tests/check.h"

static void spans(void)
{
    static const struct {
        const char *sentence;
        struct rent_stop stop;
        struct date from, end;
    } cases[] = {
        { "LHI-1: sent on 10 March, released on 5 June: April, May and June",
          { { 2024, 3, 10 }, { 2024, 6, 5 } },
          { 2024, 4, 1 },
          { 2024, 7, 1 } },
        { "C-24: sent on 1 March: from 1 April all the same",
          { { 2024, 3, 1 }, { 0 } },
          { 2024, 4, 1 },
          { 0 } },
        { "sent on 31 March: from 1 April", { { 2024, 3, 31 }, { 0 } }, { 2024, 4, 1 }, { 0 } },
        { "sent on 31 December: from 1 January",
          { { 2023, 12, 31 }, { 0 } },
          { 2024, 1, 1 },
          { 0 } },
        { "released on 1 June: June is not due yet",
          { { 2024, 3, 10 }, { 2024, 6, 1 } },
          { 2024, 4, 1 },
          { 2024, 7, 1 } },
        { "released in the month of the notification: nothing stops",
          { { 2024, 3, 1 }, { 2024, 3, 31 } },
          { 2024, 4, 1 },
          { 2024, 4, 1 } },
        { "no order: nothing stops", { { 0 }, { 0 } }, { 0 }, { 0 } },
    };

    about("which months are not due (LHI-1 with C-24)");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct rent_stop_span span = rent_stop_span_of(&cases[i].stop);

        check_date(span.from, cases[i].from, "%s: from", cases[i].sentence);
        check_date(span.end, cases[i].end, "%s: end", cases[i].sentence);
    }
}

static void days(void)
{
    static const struct {
        const char *sentence;
        struct rent_stop stop;
        struct date day;
        bool holds;
    } cases[] = {
        { "the last day of March is due",
          { { 2024, 3, 10 }, { 2024, 6, 5 } },
          { 2024, 3, 31 },
          false },
        { "1 April is not", { { 2024, 3, 10 }, { 2024, 6, 5 } }, { 2024, 4, 1 }, true },
        { "nor 30 June", { { 2024, 3, 10 }, { 2024, 6, 5 } }, { 2024, 6, 30 }, true },
        { "1 July is", { { 2024, 3, 10 }, { 2024, 6, 5 } }, { 2024, 7, 1 }, false },
        { "without a release it goes on", { { 2024, 3, 10 }, { 0 } }, { 2030, 1, 1 }, true },
        { "without an order it never began", { { 0 }, { 0 } }, { 2024, 4, 1 }, false },
    };

    about("is a day's rent due?");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(rent_stop_holds(&cases[i].stop, cases[i].day) == cases[i].holds, "%s",
              cases[i].sentence);
}

static void reversals(void)
{
    struct account_entry entries[12] = {
        { ENTRY_CHARGE, { 2024, 3, 5 }, { 0 }, 50000, 2000 },
        { ENTRY_CHARGE, { 2024, 4, 5 }, { 0 }, 50000, 2000 },
        { ENTRY_ADJUSTMENT, { 2024, 4, 9 }, { 0 }, 321, 0 },
        /* May's term falls due before May. */
        { ENTRY_CHARGE, { 2024, 4, 30 }, { 2024, 5, 1 }, 50000, 2000 },
        { ENTRY_RENT_STOP, { 2024, 5, 9 }, { 2024, 5, 1 }, 50000, 0 },
        { ENTRY_CHARGE, { 2024, 6, 5 }, { 0 }, 12345, 0 },
        { ENTRY_CHARGE, { 2024, 7, 5 }, { 0 }, 50000, 2000 },
        { ENTRY_PAYMENT, { 2024, 4, 6 }, { 2024, 4, 1 }, 50321, 0 },
    };
    struct ledger ledger = { .entries = entries, .count = 8 };
    const struct rent_stop stop = { { 2024, 3, 10 }, { 2024, 6, 5 } };
    const struct rent_stop none = { { 0 }, { 0 } };
    /* The sixth is past the account's terms, in a month of the stop. */
    struct rent_term terms[6] = { [5] = { .month = { 2024, 4, 1 }, .charged_cents = 7 } };
    struct account_entry taken_back[1];
    struct account account = { 0 };
    size_t count;

    about("what is taken back (A-89)");
    account_at(&ledger, DATE(2024, 7, 31), terms, 5, &account);
    check_number(rent_stop_reversals(&none, terms, 5, DATE(2024, 7, 31), &entries[8]), 0,
                 "without an order nothing is");
    count = rent_stop_reversals(&stop, terms, 5, DATE(2024, 7, 31), &entries[8]);
    check_number(count, 2, "April and June: May was taken back before, March and July are due");
    check_date(entries[8].term, DATE(2024, 4, 1), "April");
    check_number(entries[8].amount_cents, 50321, "all that it came to, 503.21");
    check_date(entries[9].term, DATE(2024, 6, 1), "June");
    check_number(entries[9].amount_cents, 12345, "123.45");
    check_date(entries[9].on, DATE(2024, 7, 31), "on the day it is done");
    for (size_t i = 0; i < count; i++) {
        check(account_may_enter(&ledger, &entries[8 + i]) == ACCEPTED,
              "each is an entry that may be");
        ledger.count++;
    }
    account_at(&ledger, DATE(2024, 7, 31), terms, 5, &account);
    check_number(account.left_cents, 49679,
                 "what had been paid for April settles March, and 3.21 of July: 496.79 is left");
    check_number(account.credit_cents, 0, "to the cent");
    check_number(rent_stop_reversals(&stop, terms, 5, DATE(2024, 7, 31), &entries[10]), 0,
                 "and nothing is left to take back");
    check_number(rent_stop_reversals(&stop, &terms[5], 1, DATE(2024, 7, 31), taken_back), 1,
                 "the first term of an account is taken back as any other");
    terms[5].charged_cents = 1;
    check_number(rent_stop_reversals(&stop, &terms[5], 1, DATE(2024, 7, 31), taken_back), 1,
                 "to the last cent");
}

static void leases(void)
{
    static const struct {
        const char *sentence;
        struct rent_stop stop;
        struct date lease_end, wanted;
    } cases[] = {
        { "91 days of April, May and June are added",
          { { 2024, 3, 10 }, { 2024, 6, 5 } },
          { 2024, 12, 31 },
          { 2025, 4, 1 } },
        { "to a lease that ends on the first day of the stop too",
          { { 2024, 3, 10 }, { 2024, 6, 5 } },
          { 2024, 4, 1 },
          { 2024, 7, 1 } },
        { "not to one that ended on its eve",
          { { 2024, 3, 10 }, { 2024, 6, 5 } },
          { 2024, 3, 31 },
          { 2024, 3, 31 } },
        { "while the order holds the end is not known",
          { { 2024, 3, 10 }, { 0 } },
          { 2024, 12, 31 },
          { 0 } },
        { "but for a lease that ended before",
          { { 2024, 3, 10 }, { 0 } },
          { 2024, 3, 31 },
          { 2024, 3, 31 } },
        { "no order, no change", { { 0 }, { 0 } }, { 2024, 12, 31 }, { 2024, 12, 31 } },
    };

    about("the lease's length is suspended (LHI-1)");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_date(rent_stop_lease_end(&cases[i].stop, cases[i].lease_end), cases[i].wanted, "%s",
                   cases[i].sentence);
}

int main(void)
{
    spans();
    days();
    reversals();
    leases();
    return checks_done();
}
