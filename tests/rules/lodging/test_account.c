/* A rent account conserves every cent: what goes in comes out, for each term and in all; payments
 * settle the term that is named, else the oldest (domain.md 6.9, RS-16, SUR-5, BG-6, S2-59, Q38).
 */
#include "services/lodging/rules/account.h"

#include "tests/check.h"

enum { TERMS = 4, ENTRIES = 9 };

struct expected {
    size_t terms;
    int64_t left[TERMS];
    int64_t paid[TERMS];
    int64_t aided[TERMS];
    int64_t waived[TERMS];
    int64_t credit;
};

#define NO_FREEZE                                                                                  \
    {                                                                                              \
        .from = { 0 }                                                                              \
    }
#define NONE                                                                                       \
    {                                                                                              \
        .kind = 0                                                                                  \
    }
#define NOTHING                                                                                    \
    {                                                                                              \
        .terms = 0                                                                                 \
    }
/* Three terms of 500.00, due on 5 January, February and March 2024. */
#define JANUARY                                                                                    \
    {                                                                                              \
        ENTRY_CHARGE, { 2024, 1, 5 }, { 0 }, 50000, 4000                                           \
    }
#define FEBRUARY                                                                                   \
    {                                                                                              \
        ENTRY_CHARGE, { 2024, 2, 5 }, { 0 }, 50000, 4000                                           \
    }
#define MARCH                                                                                      \
    {                                                                                              \
        ENTRY_CHARGE, { 2024, 3, 5 }, { 0 }, 50000, 4000                                           \
    }

static const struct {
    const char *sentence;
    struct account_entry entries[ENTRIES];
    struct freeze_span freeze;
    struct date on;
    struct expected expected;
} cases[] = {
    { "an account without entries holds nothing", { NONE }, NO_FREEZE, { 2024, 3, 31 }, NOTHING },
    { "money before any term is a credit",
      { { ENTRY_PAYMENT, { 2024, 1, 1 }, { 0 }, 30000, 0 } },
      NO_FREEZE,
      { 2024, 1, 1 },
      { .credit = 30000 } },
    { "money for a named term before any term is a credit",
      { { ENTRY_PAYMENT, { 2024, 1, 1 }, { 2024, 1, 1 }, 30000, 0 } },
      NO_FREEZE,
      { 2024, 1, 1 },
      { .credit = 30000 } },
    { "a term is not due on the eve of its day",
      { JANUARY },
      NO_FREEZE,
      { 2024, 1, 4 },
      { .terms = 0 } },
    { "S0-9: a term is due on its day",
      { JANUARY },
      NO_FREEZE,
      { 2024, 1, 5 },
      { .terms = 1, .left = { 50000 } } },
    { "a payment settles the oldest term",
      { JANUARY, FEBRUARY, { ENTRY_PAYMENT, { 2024, 2, 10 }, { 0 }, 50000, 0 } },
      NO_FREEZE,
      { 2024, 2, 28 },
      { .terms = 2, .left = { 0, 50000 }, .paid = { 50000 } } },
    { "a payment made tomorrow does not count",
      { JANUARY, FEBRUARY, { ENTRY_PAYMENT, { 2024, 2, 29 }, { 0 }, 50000, 0 } },
      NO_FREEZE,
      { 2024, 2, 28 },
      { .terms = 2, .left = { 50000, 50000 } } },
    { "a cent more than the oldest goes to the next",
      { JANUARY, FEBRUARY, { ENTRY_PAYMENT, { 2024, 2, 10 }, { 0 }, 50001, 0 } },
      NO_FREEZE,
      { 2024, 2, 28 },
      { .terms = 2, .left = { 0, 49999 }, .paid = { 50000, 1 } } },
    { "a payment settles the term it names",
      { JANUARY, FEBRUARY, { ENTRY_PAYMENT, { 2024, 2, 10 }, { 2024, 2, 1 }, 50000, 0 } },
      NO_FREEZE,
      { 2024, 2, 28 },
      { .terms = 2, .left = { 50000, 0 }, .paid = { 0, 50000 } } },
    { "what is more than the named term goes to the oldest",
      { JANUARY, FEBRUARY, { ENTRY_PAYMENT, { 2024, 2, 10 }, { 2024, 2, 1 }, 50700, 0 } },
      NO_FREEZE,
      { 2024, 2, 28 },
      { .terms = 2, .left = { 49300, 0 }, .paid = { 700, 50000 } } },
    { "what is more than all is a credit",
      { JANUARY, { ENTRY_PAYMENT, { 2024, 1, 10 }, { 0 }, 60000, 0 } },
      NO_FREEZE,
      { 2024, 2, 4 },
      { .terms = 1, .left = { 0 }, .paid = { 50000 }, .credit = 10000 } },
    { "and the credit covers the next term on its day",
      { JANUARY, { ENTRY_PAYMENT, { 2024, 1, 10 }, { 0 }, 60000, 0 }, FEBRUARY },
      NO_FREEZE,
      { 2024, 2, 5 },
      { .terms = 2, .left = { 0, 40000 }, .paid = { 50000, 10000 } } },
    { "money that names a term to come waits for it, though an older one is unpaid",
      { JANUARY, { ENTRY_PAYMENT, { 2024, 1, 10 }, { 2024, 2, 1 }, 50000, 0 } },
      NO_FREEZE,
      { 2024, 2, 4 },
      { .terms = 1, .left = { 50000 }, .credit = 50000 } },
    { "and settles it on its day",
      { JANUARY, { ENTRY_PAYMENT, { 2024, 1, 10 }, { 2024, 2, 1 }, 50000, 0 }, FEBRUARY },
      NO_FREEZE,
      { 2024, 2, 5 },
      { .terms = 2, .left = { 50000, 0 }, .paid = { 0, 50000 } } },
    { "money that names a month before the first goes to the oldest",
      { JANUARY, { ENTRY_PAYMENT, { 2024, 1, 10 }, { 2023, 12, 1 }, 50000, 0 } },
      NO_FREEZE,
      { 2024, 1, 31 },
      { .terms = 1, .left = { 0 }, .paid = { 50000 } } },
    { "money that names a month in which nothing was charged goes to the oldest",
      { JANUARY, MARCH, { ENTRY_PAYMENT, { 2024, 3, 10 }, { 2024, 2, 1 }, 50000, 0 } },
      NO_FREEZE,
      { 2024, 3, 31 },
      { .terms = 3, .left = { 0, 0, 50000 }, .paid = { 50000 } } },
    { "the order of the entries is of no matter",
      { { ENTRY_PAYMENT, { 2024, 2, 10 }, { 2024, 2, 1 }, 50700, 0 }, FEBRUARY, JANUARY },
      NO_FREEZE,
      { 2024, 2, 28 },
      { .terms = 2, .left = { 49300, 0 }, .paid = { 700, 50000 } } },
    { "RS-16: the aid for February is set against February",
      { JANUARY, FEBRUARY, { ENTRY_AID, { 2024, 3, 5 }, { 2024, 2, 1 }, 21000, 0 } },
      NO_FREEZE,
      { 2024, 3, 5 },
      { .terms = 2, .left = { 50000, 29000 }, .aided = { 0, 21000 } } },
    { "aid comes before payments of the same term: what both exceed it by goes to the next",
      { JANUARY,
        FEBRUARY,
        { ENTRY_PAYMENT, { 2024, 1, 6 }, { 2024, 1, 1 }, 30000, 0 },
        { ENTRY_AID, { 2024, 1, 7 }, { 2024, 1, 1 }, 21000, 0 } },
      NO_FREEZE,
      { 2024, 2, 5 },
      { .terms = 2, .left = { 0, 49000 }, .paid = { 29000, 1000 }, .aided = { 21000 } } },
    { "a bounced payment is as if it had not been",
      { JANUARY,
        FEBRUARY,
        { ENTRY_PAYMENT, { 2024, 2, 10 }, { 0 }, 70000, 0 },
        { ENTRY_PAYMENT, { 2024, 2, 20 }, { 0 }, -70000, 0 } },
      NO_FREEZE,
      { 2024, 2, 20 },
      { .terms = 2, .left = { 50000, 50000 } } },
    { "and stands until its day",
      { JANUARY,
        FEBRUARY,
        { ENTRY_PAYMENT, { 2024, 2, 10 }, { 0 }, 70000, 0 },
        { ENTRY_PAYMENT, { 2024, 2, 20 }, { 0 }, -70000, 0 } },
      NO_FREEZE,
      { 2024, 2, 19 },
      { .terms = 2, .left = { 0, 30000 }, .paid = { 50000, 20000 } } },
    { "more to pay joins the month it names",
      { JANUARY, FEBRUARY, { ENTRY_ADJUSTMENT, { 2024, 2, 10 }, { 2024, 1, 1 }, 1500, 0 } },
      NO_FREEZE,
      { 2024, 2, 28 },
      { .terms = 2, .left = { 51500, 50000 } } },
    { "more to pay that names no month joins that of its day",
      { JANUARY, FEBRUARY, { ENTRY_ADJUSTMENT, { 2024, 2, 10 }, { 0 }, 1500, 0 } },
      NO_FREEZE,
      { 2024, 2, 28 },
      { .terms = 2, .left = { 50000, 51500 } } },
    { "less to pay that names no month lowers the oldest",
      { JANUARY, FEBRUARY, { ENTRY_ADJUSTMENT, { 2024, 2, 10 }, { 0 }, -1500, 0 } },
      NO_FREEZE,
      { 2024, 2, 28 },
      { .terms = 2, .left = { 48500, 50000 } } },
    { "less to pay for one month, more than it was, lowers others too",
      { JANUARY, FEBRUARY, { ENTRY_ADJUSTMENT, { 2024, 2, 10 }, { 2024, 2, 1 }, -51000, 0 } },
      NO_FREEZE,
      { 2024, 2, 28 },
      { .terms = 2, .left = { 49000, 0 } } },
    { "less to pay, more than all: a credit",
      { JANUARY, { ENTRY_ADJUSTMENT, { 2024, 2, 10 }, { 0 }, -51000, 0 } },
      NO_FREEZE,
      { 2024, 2, 28 },
      { .terms = 1, .left = { 0 }, .credit = 1000 } },
    { "a debt transferred in is due in the month of its day",
      { JANUARY, { ENTRY_TRANSFER, { 2024, 2, 10 }, { 0 }, 12345, 0 } },
      NO_FREEZE,
      { 2024, 2, 28 },
      { .terms = 2, .left = { 50000, 12345 } } },
    { "a debt transferred out is owed here no more",
      { JANUARY, FEBRUARY, { ENTRY_TRANSFER, { 2024, 2, 10 }, { 0 }, -60000, 0 } },
      NO_FREEZE,
      { 2024, 2, 28 },
      { .terms = 2, .left = { 0, 40000 } } },
    { "a credit paid out to the resident is a transfer in",
      { JANUARY,
        { ENTRY_PAYMENT, { 2024, 1, 10 }, { 0 }, 60000, 0 },
        { ENTRY_TRANSFER, { 2024, 1, 20 }, { 0 }, 10000, 0 } },
      NO_FREEZE,
      { 2024, 1, 31 },
      { .terms = 1, .left = { 0 }, .paid = { 60000 } } },
    { "a waiver settles the oldest",
      { JANUARY, FEBRUARY, { ENTRY_WAIVER, { 2024, 2, 10 }, { 0 }, 60000, 0 } },
      NO_FREEZE,
      { 2024, 2, 28 },
      { .terms = 2, .left = { 0, 40000 }, .waived = { 50000, 10000 } } },
    { "a waiver settles the term it names",
      { JANUARY, FEBRUARY, { ENTRY_WAIVER, { 2024, 2, 10 }, { 2024, 2, 1 }, 40000, 0 } },
      NO_FREEZE,
      { 2024, 2, 28 },
      { .terms = 2, .left = { 50000, 10000 }, .waived = { 0, 40000 } } },
    { "LHI-1: a rent stop takes a month back, and what was paid for it settles the next",
      { JANUARY,
        FEBRUARY,
        { ENTRY_PAYMENT, { 2024, 1, 10 }, { 2024, 1, 1 }, 50000, 0 },
        { ENTRY_RENT_STOP, { 2024, 2, 10 }, { 2024, 1, 1 }, 50000, 0 } },
      NO_FREEZE,
      { 2024, 2, 28 },
      { .terms = 2, .left = { 0, 0 }, .paid = { 0, 50000 } } },
    { "SUR-5: paid on the eve of admissibility, it settles the oldest",
      { JANUARY, FEBRUARY, MARCH, { ENTRY_PAYMENT, { 2024, 2, 14 }, { 0 }, 50000, 0 } },
      { { 2024, 2, 15 }, { 0 } },
      { 2024, 3, 31 },
      { .terms = 3, .left = { 0, 50000, 50000 }, .paid = { 50000 } } },
    { "SUR-5: paid from admissibility on, it settles no older term",
      { JANUARY, FEBRUARY, MARCH, { ENTRY_PAYMENT, { 2024, 2, 15 }, { 0 }, 60000, 0 } },
      { { 2024, 2, 15 }, { 0 } },
      { 2024, 3, 31 },
      { .terms = 3, .left = { 50000, 50000, 0 }, .paid = { 0, 0, 50000 }, .credit = 10000 } },
    { "SUR-5: a term due on the day of admissibility is not frozen",
      { JANUARY, FEBRUARY, { ENTRY_PAYMENT, { 2024, 2, 15 }, { 0 }, 60000, 0 } },
      { { 2024, 2, 5 }, { 0 } },
      { 2024, 2, 28 },
      { .terms = 2, .left = { 50000, 0 }, .paid = { 0, 50000 }, .credit = 10000 } },
    { "A-88: a payment that names a frozen term is recorded there",
      { JANUARY, FEBRUARY, MARCH, { ENTRY_PAYMENT, { 2024, 3, 15 }, { 2024, 1, 1 }, 60000, 0 } },
      { { 2024, 2, 15 }, { 0 } },
      { 2024, 3, 31 },
      { .terms = 3, .left = { 0, 40000, 50000 }, .paid = { 50000, 10000 } } },
    { "SUR-5: more than the current term that it names settles no frozen one",
      { JANUARY, FEBRUARY, MARCH, { ENTRY_PAYMENT, { 2024, 3, 15 }, { 2024, 3, 1 }, 60000, 0 } },
      { { 2024, 2, 15 }, { 0 } },
      { 2024, 3, 31 },
      { .terms = 3, .left = { 50000, 50000, 0 }, .paid = { 0, 0, 50000 }, .credit = 10000 } },
    { "C-17: paid on the last day of the freeze",
      { JANUARY, FEBRUARY, { ENTRY_PAYMENT, { 2024, 2, 19 }, { 0 }, 60000, 0 } },
      { { 2024, 2, 1 }, { 2024, 2, 20 } },
      { 2024, 2, 28 },
      { .terms = 2, .left = { 50000, 0 }, .paid = { 0, 50000 }, .credit = 10000 } },
    { "C-17: paid once the freeze has ended, it settles the oldest",
      { JANUARY, FEBRUARY, { ENTRY_PAYMENT, { 2024, 2, 20 }, { 0 }, 60000, 0 } },
      { { 2024, 2, 1 }, { 2024, 2, 20 } },
      { 2024, 2, 28 },
      { .terms = 2, .left = { 0, 40000 }, .paid = { 50000, 10000 } } },
    { "SUR-9: an erasure reaches the frozen terms",
      { JANUARY, FEBRUARY, { ENTRY_WAIVER, { 2024, 2, 10 }, { 0 }, 50000, 0 } },
      { { 2024, 2, 1 }, { 0 } },
      { 2024, 2, 28 },
      { .terms = 2, .left = { 0, 50000 }, .waived = { 50000 } } },
    { "a payment under the freeze that bounces leaves nothing",
      { JANUARY,
        FEBRUARY,
        { ENTRY_PAYMENT, { 2024, 2, 10 }, { 0 }, 30000, 0 },
        { ENTRY_PAYMENT, { 2024, 2, 12 }, { 0 }, -30000, 0 } },
      { { 2024, 2, 1 }, { 0 } },
      { 2024, 2, 28 },
      { .terms = 2, .left = { 50000, 50000 } } },
    { "a payment made under the freeze that bounces after it leaves nothing",
      { JANUARY,
        FEBRUARY,
        { ENTRY_PAYMENT, { 2024, 2, 10 }, { 0 }, 30000, 0 },
        { ENTRY_PAYMENT, { 2024, 2, 22 }, { 0 }, -30000, 0 } },
      { { 2024, 2, 1 }, { 2024, 2, 20 } },
      { 2024, 2, 28 },
      { .terms = 2, .left = { 50000, 50000 } } },
    { "of two, one made under it and one after, one that bounces leaves the other's worth",
      { JANUARY,
        FEBRUARY,
        { ENTRY_PAYMENT, { 2024, 2, 10 }, { 0 }, 30000, 0 },
        { ENTRY_PAYMENT, { 2024, 2, 21 }, { 0 }, 10000, 0 },
        { ENTRY_PAYMENT, { 2024, 2, 22 }, { 0 }, -30000, 0 } },
      { { 2024, 2, 1 }, { 2024, 2, 20 } },
      { 2024, 2, 28 },
      { .terms = 2, .left = { 50000, 40000 }, .paid = { 0, 10000 } } },
    { "a payment made before the freeze that bounces under it leaves nothing",
      { JANUARY,
        FEBRUARY,
        { ENTRY_PAYMENT, { 2024, 1, 10 }, { 0 }, 30000, 0 },
        { ENTRY_PAYMENT, { 2024, 2, 12 }, { 0 }, -30000, 0 } },
      { { 2024, 2, 1 }, { 0 } },
      { 2024, 2, 28 },
      { .terms = 2, .left = { 50000, 50000 } } },
};

static size_t count_entries(const struct account_entry entries[ENTRIES])
{
    size_t count = 0;

    while (count < ENTRIES && entries[count].kind != 0)
        count++;
    return count;
}

static bool term_conserves(const struct rent_term *term)
{
    return term->charged_cents + term->adjusted_cents ==
               term->aided_cents + term->waived_cents + term->paid_cents + term->left_cents &&
           term->left_cents >= 0;
}

static void accounts(void)
{
    about("what an account comes to at a date");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ledger ledger = { .entries = cases[i].entries,
                                 .count = count_entries(cases[i].entries) };
        const struct expected *expected = &cases[i].expected;
        struct rent_term terms[TERMS] = { 0 };
        struct account account;
        bool same;

        ledger.freezes[FREEZES_MOST - 1] = cases[i].freeze;
        same = account_at(&ledger, cases[i].on, terms, TERMS, &account) &&
               account.term_count == expected->terms && account.credit_cents == expected->credit;
        for (size_t k = 0; k < TERMS; k++)
            same &= terms[k].left_cents == expected->left[k] &&
                    terms[k].paid_cents == expected->paid[k] &&
                    terms[k].aided_cents == expected->aided[k] &&
                    terms[k].waived_cents == expected->waived[k] && term_conserves(&terms[k]);
        if (!check(same, "%s", cases[i].sentence))
            for (size_t k = 0; k < account.term_count; k++)
                printf("#   left %" PRId64 " paid %" PRId64 " credit %" PRId64 "\n",
                       terms[k].left_cents, terms[k].paid_cents, account.credit_cents);
    }
}

static void totals(void)
{
    static const struct account_entry entries[] = {
        { ENTRY_CHARGE, { 2024, 1, 5 }, { 0 }, 50000, 4000 },
        { ENTRY_ADJUSTMENT, { 2024, 1, 9 }, { 0 }, 700, 0 },
        { ENTRY_TRANSFER, { 2024, 1, 9 }, { 0 }, 20, 0 },
        { ENTRY_RENT_STOP, { 2024, 1, 9 }, { 2024, 1, 1 }, 3, 0 },
        { ENTRY_AID, { 2024, 1, 9 }, { 2024, 1, 1 }, 20000, 0 },
        { ENTRY_PAYMENT, { 2024, 1, 9 }, { 0 }, 1000, 0 },
        { ENTRY_WAIVER, { 2024, 1, 9 }, { 0 }, 50, 0 },
        { ENTRY_CHARGE, { 2024, 2, 5 }, { 0 }, 99999, 0 },
    };
    const struct ledger ledger = { .entries = entries, .count = sizeof entries / sizeof *entries };
    struct rent_term terms[2];
    struct account account = { .left_cents = -7 };

    about("the totals, and the array that the caller owns");
    check_number(account_term_count(&ledger, DATE(2024, 2, 4)), 1, "one term before 5 February");
    check_number(account_term_count(&ledger, DATE(2024, 2, 5)), 2, "two on it");
    check_number(
        account_term_count(&(struct ledger){ .entries = entries, .count = 7 }, DATE(2024, 2, 5)), 1,
        "one, when the ledger ends before the second");
    check(!account_at(&ledger, DATE(2024, 2, 5), terms, 1, &account) && account.left_cents == -7,
          "an array too small for the terms is refused, and nothing is touched");
    terms[1] = (struct rent_term){ .left_cents = 111, .awaited_aid_cents = 222 };
    check(account_at(&ledger, DATE(2024, 2, 4), terms, 1, &account), "one just large enough does");
    check(terms[1].left_cents == 111 && terms[1].awaited_aid_cents == 222 &&
              account.awaited_aid_cents == 0,
          "and what lies past it is neither read nor written");
    check_number(account.charged_cents, 50000, "charged 500.00");
    check_number(account.adjusted_cents, 717, "adjusted by 7.00 and 0.20, less a stop of 0.03");
    check_number(account.aided_cents, 20000, "aided 200.00");
    check_number(account.paid_cents, 1000, "paid 10.00");
    check_number(account.waived_cents, 50, "waived 0.50");
    check_number(account.left_cents, 29667, "left 296.67");
    check_number(account.credit_cents, 0, "no credit");
    check_date(terms[0].month, DATE(2024, 1, 1), "the term bears its month");
    check_date(terms[0].due_on, DATE(2024, 1, 5), "and the day it fell due, the first of several");
    check_number(rent_term_due_cents(&terms[0]), 50717, "due for it, 507.17");
}

static void services_and_awaited_aid(void)
{
    static const struct {
        const char *sentence;
        struct account_entry entries[ENTRIES];
        int64_t housing_left, services, awaited;
    } terms_of[] = {
        { "RS-9: of 500.00 unpaid with 40.00 of services, 460.00 is housing",
          { JANUARY },
          46000,
          4000,
          0 },
        { "paid 459.99: one cent of housing is left",
          { JANUARY, { ENTRY_PAYMENT, { 2024, 1, 9 }, { 0 }, 45999, 0 } },
          1,
          4000,
          0 },
        { "paid 460.00: only services are left",
          { JANUARY, { ENTRY_PAYMENT, { 2024, 1, 9 }, { 0 }, 46000, 0 } },
          0,
          4000,
          0 },
        { "paid 480.00: half of the services is left, no housing",
          { JANUARY, { ENTRY_PAYMENT, { 2024, 1, 9 }, { 0 }, 48000, 0 } },
          0,
          4000,
          0 },
        { "lowered to 30.00: services are never more than what is due",
          { JANUARY, { ENTRY_ADJUSTMENT, { 2024, 1, 9 }, { 2024, 1, 1 }, -47000, 0 } },
          0,
          3000,
          0 },
        { "lowered beyond all: no services are due",
          { JANUARY, { ENTRY_ADJUSTMENT, { 2024, 1, 9 }, { 2024, 1, 1 }, -99000, 0 } },
          0,
          0,
          0 },
        { "more to pay with 5.00 of services",
          { JANUARY, { ENTRY_ADJUSTMENT, { 2024, 1, 9 }, { 0 }, 1000, 500 } },
          46500,
          4500,
          0 },
        { "row 52: 210.00 of aid is awaited",
          { JANUARY, { ENTRY_AID_AWAITED, { 2024, 1, 9 }, { 2024, 1, 1 }, 21000, 0 } },
          46000,
          4000,
          21000 },
        { "row 52: 150.00 of it came, 60.00 is still awaited",
          { JANUARY,
            { ENTRY_AID_AWAITED, { 2024, 1, 9 }, { 2024, 1, 1 }, 21000, 0 },
            { ENTRY_AID, { 2024, 1, 10 }, { 2024, 1, 1 }, 15000, 0 } },
          31000,
          4000,
          6000 },
        { "row 52: more came than was awaited: nothing is",
          { JANUARY,
            { ENTRY_AID_AWAITED, { 2024, 1, 9 }, { 2024, 1, 1 }, 21000, 0 },
            { ENTRY_AID, { 2024, 1, 10 }, { 2024, 1, 1 }, 21001, 0 } },
          24999,
          4000,
          0 },
        { "row 52: no more is awaited than is left",
          { JANUARY,
            { ENTRY_AID_AWAITED, { 2024, 1, 9 }, { 2024, 1, 1 }, 21000, 0 },
            { ENTRY_PAYMENT, { 2024, 1, 10 }, { 0 }, 49000, 0 } },
          0,
          4000,
          1000 },
        { "row 52: an aid that was announced and then refused is awaited no more",
          { JANUARY,
            { ENTRY_AID_AWAITED, { 2024, 1, 9 }, { 2024, 1, 1 }, 21000, 0 },
            { ENTRY_AID_AWAITED, { 2024, 1, 12 }, { 2024, 1, 1 }, -21000, 0 } },
          46000,
          4000,
          0 },
        { "row 52: an aid awaited for a month not charged changes nothing",
          { JANUARY, { ENTRY_AID_AWAITED, { 2024, 1, 9 }, { 2024, 2, 1 }, 21000, 0 } },
          46000,
          4000,
          0 },
    };

    about("services, and aid that is awaited");
    for (size_t i = 0; i < sizeof terms_of / sizeof *terms_of; i++) {
        const struct ledger ledger = { .entries = terms_of[i].entries,
                                       .count = count_entries(terms_of[i].entries) };
        struct rent_term term;
        struct account account = { 0 };

        account_at(&ledger, DATE(2024, 1, 31), &term, 1, &account);
        check_number(rent_term_housing_left_cents(&term), terms_of[i].housing_left, "%s: housing",
                     terms_of[i].sentence);
        check_number(term.services_cents, terms_of[i].services, "%s: services",
                     terms_of[i].sentence);
        check_number(account.awaited_aid_cents, terms_of[i].awaited, "%s: awaited",
                     terms_of[i].sentence);
        check_number(term.awaited_aid_cents, terms_of[i].awaited, "%s: of the term",
                     terms_of[i].sentence);
    }
}

static void freezes(void)
{
    const struct ledger ledger = {
        .freezes = { { .from = { 2024, 2, 15 }, .end = { 2024, 5, 1 } },
                     { .from = { 2025, 1, 1 } } },
    };
    const struct rent_term on_the_eve = { .due_on = { 2024, 2, 14 } };
    const struct rent_term on_the_day = { .due_on = { 2024, 2, 15 } };

    about("what a freeze holds (SUR-5, C-17)");
    check(!ledger_freeze_on(&ledger, DATE(2024, 2, 14)), "none on the eve");
    check(ledger_freeze_on(&ledger, DATE(2024, 2, 15)) == &ledger.freezes[0], "from its first day");
    check(ledger_freeze_on(&ledger, DATE(2024, 4, 30)) == &ledger.freezes[0], "to its last");
    check(!ledger_freeze_on(&ledger, DATE(2024, 5, 1)), "not on its end");
    check(ledger_freeze_on(&ledger, DATE(2025, 1, 1)) == &ledger.freezes[1], "a second file's");
    check(rent_term_is_frozen(&on_the_eve, &ledger.freezes[0]), "a term due on the eve is frozen");
    check(!rent_term_is_frozen(&on_the_day, &ledger.freezes[0]), "one due on the day is not");
    check(!rent_term_is_frozen(&on_the_eve, NULL), "nothing is frozen without a freeze");
}

static void sliding_lease(void)
{
    static const struct account_entry receivable[] = { JANUARY, FEBRUARY };
    static const struct account_entry payable[] = {
        JANUARY,
        FEBRUARY,
        { ENTRY_PAYMENT, { 2024, 1, 5 }, { 0 }, 50000, 0 },
        { ENTRY_PAYMENT, { 2024, 2, 5 }, { 0 }, 50000, 0 },
    };
    const struct ledger occupant = { .entries = receivable, .count = 2 };
    const struct ledger landlord = { .entries = payable, .count = 4 };
    struct rent_term terms[2];
    struct account account = { 0 };

    about("a sliding lease has two accounts (BG-6, S2-59, S2-60)");
    account_at(&occupant, DATE(2024, 2, 28), terms, 2, &account);
    check_number(account.left_cents, 100000, "S2-59: the occupant owes two terms");
    account_at(&landlord, DATE(2024, 2, 28), terms, 2, &account);
    check_number(account.left_cents, 0, "S2-59: the landlord was paid all the same");
    account_at(&occupant, DATE(2026, 2, 28), terms, 2, &account);
    check_number(account.left_cents, 100000,
                 "BG-6: nothing is charged after the slide, and the balance remains a debt");
}

/* --- over random ledgers ---------------------------------------------------------------------- */

enum { RANDOM_ENTRIES = 24, RANDOM_TERMS = 16 };

static struct account_entry any_entry(struct chance *chance)
{
    struct account_entry entry = {
        .kind = (enum entry_kind)chance_between(chance, ENTRY_CHARGE, ENTRY_AID_AWAITED),
        .on = date_add_days(DATE(2023, 11, 1), (int32_t)chance_between(chance, 0, 300)),
        .amount_cents = chance_between(chance, 1, 99999),
    };

    if (chance_between(chance, 0, 2) == 0)
        entry.kind = ENTRY_CHARGE;
    if (chance_between(chance, 0, 1) == 0 || entry.kind == ENTRY_RENT_STOP)
        entry.term = date_add_months(DATE(2023, 10, 28), (int32_t)chance_between(chance, 0, 11));
    if ((entry.kind == ENTRY_ADJUSTMENT || entry.kind == ENTRY_TRANSFER) &&
        chance_between(chance, 0, 1) == 0)
        entry.amount_cents = -entry.amount_cents;
    return entry;
}

/* What is left of each term, by another way than the rule's: what each month needs after its own,
 * and the pool set against the running sum of the needs. */
static void naive_left(const struct account_entry entries[], size_t count, struct date on,
                       struct date first, size_t terms, int64_t left[])
{
    int64_t pool = 0, needs = 0;

    for (size_t t = 0; t < terms; t++)
        left[t] = 0;
    for (size_t i = 0; i < count; i++) {
        const struct account_entry *e = &entries[i];
        bool owes =
            e->kind == ENTRY_CHARGE ||
            ((e->kind == ENTRY_ADJUSTMENT || e->kind == ENTRY_TRANSFER) && e->amount_cents > 0);
        bool unnamed = e->term.year == 0;
        struct date day = unnamed ? e->on : e->term;
        int month = (day.year - first.year) * 12 + day.month - first.month;
        int64_t worth = e->amount_cents < 0 ? -e->amount_cents : e->amount_cents;

        if (date_compare(e->on, on) > 0 || e->kind == ENTRY_AID_AWAITED)
            continue;
        if (owes)
            left[month] += worth;
        else if (unnamed || month < 0)
            pool += worth;
        else if (month < (int)terms)
            left[month] -= worth;
    }
    for (size_t t = 0; t < terms; t++)
        if (left[t] < 0) {
            pool -= left[t];
            left[t] = 0;
        }
    for (size_t t = 0; t < terms; t++) {
        needs += left[t];
        if (needs - pool < left[t])
            left[t] = needs - pool < 0 ? 0 : needs - pool;
    }
}

static void cents_are_conserved(void)
{
    struct chance chance = { .state = UINT64_C(0xcea5) };
    bool conserved = true, never_negative = true, as_naive = true, any_order = true;
    int64_t settled = 0;

    for (int i = 0; i < 100000; i++) {
        struct account_entry entries[RANDOM_ENTRIES];
        size_t count = (size_t)chance_between(&chance, 0, RANDOM_ENTRIES);
        struct ledger ledger = { .entries = entries, .count = count };
        struct rent_term terms[RANDOM_TERMS] = { 0 }, again[RANDOM_TERMS] = { 0 };
        struct account account = { 0 }, turned = { 0 };
        struct date on = date_add_days(DATE(2023, 11, 1), (int32_t)chance_between(&chance, 0, 320));
        int64_t left[RANDOM_TERMS], in_terms = 0;

        for (size_t k = 0; k < count; k++)
            entries[k] = any_entry(&chance);
        if (i % 2 == 1) {
            ledger.freezes[0].from =
                date_add_days(DATE(2023, 11, 1), (int32_t)chance_between(&chance, 0, 200));
            ledger.freezes[0].end =
                date_add_days(ledger.freezes[0].from, (int32_t)chance_between(&chance, 1, 90));
        }
        conserved &= account_at(&ledger, on, terms, RANDOM_TERMS, &account);
        for (size_t t = 0; t < account.term_count; t++) {
            conserved &= term_conserves(&terms[t]);
            never_negative &= terms[t].left_cents >= 0 && terms[t].paid_cents >= 0 &&
                              terms[t].aided_cents >= 0 && terms[t].waived_cents >= 0 &&
                              rent_term_due_cents(&terms[t]) >= 0;
            in_terms += terms[t].left_cents;
            settled += terms[t].paid_cents;
        }
        conserved &= in_terms == account.left_cents && account.credit_cents >= 0 &&
                     account.charged_cents + account.adjusted_cents ==
                         account.paid_cents + account.aided_cents + account.waived_cents +
                             account.left_cents - account.credit_cents;
        if (i % 2 == 0) {
            naive_left(entries, count, on, terms[0].month, account.term_count, left);
            for (size_t t = 0; t < account.term_count; t++)
                as_naive &= left[t] == terms[t].left_cents;
        }
        for (size_t k = 0; k < count / 2; k++) {
            struct account_entry entry = entries[k];

            entries[k] = entries[count - 1 - k];
            entries[count - 1 - k] = entry;
        }
        account_at(&ledger, on, again, RANDOM_TERMS, &turned);
        any_order &= memcmp(terms, again, sizeof terms) == 0 &&
                     memcmp(&account, &turned, sizeof account) == 0;
    }
    about("over 100,000 random ledgers, half of them with a freeze (seed 0xcea5)");
    check(conserved, "charges + adjustments = paid + aided + waived + left - credit, to the cent");
    check(never_negative, "no term has less than nothing due, left, paid, aided or waived");
    check(as_naive, "what is left of each term is what a recount written otherwise finds");
    check(any_order, "the order of the entries changes nothing");
    check(settled > 0, "and there were payments");
}

/* With everything that may be entered, bounces too, no term ever shows less than nothing. */
static void what_may_be_entered_fits(void)
{
    struct chance chance = { .state = UINT64_C(0xb0ce) };
    bool fits = true;
    int64_t bounced = 0;

    for (int i = 0; i < 20000; i++) {
        struct account_entry entries[RANDOM_ENTRIES];
        struct ledger ledger = { .entries = entries };
        struct rent_term terms[RANDOM_TERMS];
        struct account account = { 0 };

        for (size_t k = 0; k < FREEZES_MOST; k++)
            ledger.freezes[k] = (struct freeze_span){
                .from = date_add_days(DATE(2023, 12, 1), (int32_t)k * 60),
                .end = date_add_days(DATE(2023, 12, 1),
                                     (int32_t)k * 60 + (int32_t)chance_between(&chance, 1, 60)),
            };
        for (size_t k = 0; k < RANDOM_ENTRIES; k++) {
            struct account_entry entry = any_entry(&chance);

            if (ledger.count > 0 && chance_between(&chance, 0, 2) == 0) {
                entry = entries[chance_between(&chance, 0, (int64_t)ledger.count - 1)];
                entry.on = date_add_days(entry.on, (int32_t)chance_between(&chance, 0, 90));
                entry.amount_cents = -entry.amount_cents;
            }
            if (account_may_enter(&ledger, &entry) != ACCEPTED)
                continue;
            bounced += entry.kind == ENTRY_PAYMENT && entry.amount_cents < 0;
            entries[ledger.count++] = entry;
        }
        fits &= account_at(&ledger, DATE(2024, 12, 31), terms, RANDOM_TERMS, &account) &&
                account.credit_cents >= 0;
        for (size_t t = 0; t < account.term_count; t++)
            fits &= term_conserves(&terms[t]) && terms[t].paid_cents >= 0 &&
                    terms[t].aided_cents >= 0 && terms[t].waived_cents >= 0;
    }
    about("over 20,000 random ledgers of entries that may be (seed 0xb0ce)");
    check(fits && bounced > 1000, "bounced payments never leave a term, or the credit, below zero");
}

int main(void)
{
    accounts();
    totals();
    services_and_awaited_aid();
    freezes();
    sliding_lease();
    cents_are_conserved();
    what_may_be_entered_fits();
    return checks_done();
}
