/* An account in short comes to what its whole ledger comes to, and does not grow with it. */
#include "services/lodging/rules/standing.h"

#include "services/lodging/rules/debt.h"
#include "tests/check.h"

enum { ROOM = 64, LEDGER = 600, TERMS = 200 };

static const struct date far_day = { 2199, 12, 31 };

static struct account_entry charge(struct date due_on, int64_t cents, int64_t services_cents)
{
    return (struct account_entry){ ENTRY_CHARGE, due_on, date_first_of_month(due_on), cents,
                                   services_cents };
}

static struct account_entry money(enum entry_kind kind, struct date on, struct date term,
                                  int64_t cents)
{
    return (struct account_entry){ kind, on, term, cents, 0 };
}

/* Forgets what is settled at the end of a day. */
static void forget(struct standing *standing, struct date on)
{
    static struct account_entry entries[ROOM * ENTRIES_OF_A_TERM + ENTRIES_OF_THE_POOL];
    static struct rent_term terms[TERMS];
    struct ledger ledger = { .entries = entries, .count = standing_entries(standing, entries) };
    struct account sums;

    if (account_at(&ledger, on, terms, TERMS, &sums))
        standing_forget(standing, terms, sums.term_count, on);
}

/* --- one by one ------------------------------------------------------------------------------- */

static void test_taking(void)
{
    struct open_term room[2];
    struct standing standing = { .terms = room, .capacity = 2 };
    const struct account_entry march = charge(DATE(2020, 3, 5), 50000, 4000);
    const struct account_entry april = charge(DATE(2020, 4, 5), 50000, 4000);
    const struct account_entry may = charge(DATE(2020, 5, 5), 50000, 4000);
    struct account_entry entry;

    about("what an entry adds to");
    check(standing_take(&standing, &april) && standing_take(&standing, &march),
          "charges make terms, in whatever order");
    check_date(standing.terms[0].month, DATE(2020, 3, 1), "which lie in order");
    check_date(standing.terms[1].due_on, DATE(2020, 4, 5), "with the day they fall due");
    check(!standing_take(&standing, &may), "no room for a third");
    check_number(standing.count, 2, "and nothing is added");
    check_number(standing_balance_cents(&standing), 100000, "the balance is what was charged");
    entry = money(ENTRY_PAYMENT, DATE(2020, 3, 6), DATE(2020, 3, 17), 100);
    check(standing_take(&standing, &entry), "a payment that names a term");
    check_number(standing.terms[0].paid_cents, 100, "is set against it");
    entry = money(ENTRY_AID, DATE(2020, 3, 6), DATE(2020, 4, 1), 200);
    standing_take(&standing, &entry);
    check_number(standing.terms[1].aided_cents, 200, "aid for a month too");
    entry = money(ENTRY_PAYMENT, DATE(2020, 3, 6), DATE_NONE, 300);
    check(standing_take(&standing, &entry), "one that names none");
    check_number(standing.payments_cents, 300, "goes to the pool");
    entry = money(ENTRY_ADJUSTMENT, DATE(2020, 3, 6), DATE_NONE, -400);
    standing_take(&standing, &entry);
    check_number(standing.reductions_cents, 400, "and what is taken off");
    entry = money(ENTRY_AID, DATE(2020, 3, 6), DATE_NONE, 500);
    standing_take(&standing, &entry);
    check_number(standing.aid_cents, 500, "and aid");
    entry = money(ENTRY_ADJUSTMENT, DATE(2020, 3, 9), DATE_NONE, 600);
    standing_take(&standing, &entry);
    check_number(standing.terms[0].adjusted_cents, 600, "more to pay is for the month it comes in");
    check_date(standing.terms[0].adjusted_on, DATE(2020, 3, 9), "and due from its day");
    entry = money(ENTRY_ADJUSTMENT, DATE(2020, 3, 8), DATE(2020, 3, 1), 1);
    standing_take(&standing, &entry);
    check_date(standing.terms[0].adjusted_on, DATE(2020, 3, 8), "the first of them");
    entry = money(ENTRY_ADJUSTMENT, DATE(2020, 3, 7), DATE(2020, 3, 1), -1);
    standing_take(&standing, &entry);
    check_date(standing.terms[0].adjusted_on, DATE(2020, 3, 8), "less to pay has no day");
    check_number(standing_balance_cents(&standing), 100000 - 100 - 200 - 300 - 400 - 500 + 600,
                 "the balance is the sum of all");
}

static void test_giving_back(void)
{
    struct standing standing = { .payments_cents = 1 };
    struct account_entry entries[ENTRIES_OF_THE_POOL];

    about("what is given back");
    check_number(standing_entries(&standing, entries), 1, "an entry for a cent");
    check_number(entries[0].amount_cents, 1, "of that cent");
    standing.payments_cents = 0;
    check_number(standing_entries(&standing, entries), 0, "none for nothing");
}

static void test_forgetting(void)
{
    struct open_term room[8];
    struct standing standing = { .terms = room, .capacity = 8 };
    struct account_entry entry;

    about("what is forgotten, and what is not");
    for (int month = 1; month <= 3; month++) {
        entry = charge(DATE(2020, (uint8_t)month, 5), 50000, 4000);
        standing_take(&standing, &entry);
    }
    forget(&standing, DATE(2020, 2, 10));
    check_number(standing.count, 3, "nothing of what is open");
    entry = money(ENTRY_PAYMENT, DATE(2020, 2, 10), DATE(2020, 2, 1), 50000);
    standing_take(&standing, &entry);
    forget(&standing, DATE(2020, 2, 10));
    check_number(standing.count, 3, "nor a settled term after an open one");
    entry = money(ENTRY_PAYMENT, DATE(2020, 2, 10), DATE_NONE, 60000);
    standing_take(&standing, &entry);
    forget(&standing, DATE(2020, 2, 10));
    check_number(standing.count, 2, "January is settled and forgotten");
    check_date(standing.terms[0].month, DATE(2020, 2, 1), "February stays: it is the latest due");
    check_date(standing.settled_before, DATE(2020, 2, 1), "months before it are settled");
    check_number(standing.payments_cents, 10000, "what is left of the payment stays");
    check_number(standing_balance_cents(&standing), 150000 - 110000, "the balance is the same");
    forget(&standing, DATE(2020, 3, 4));
    check_number(standing.count, 2, "March is not due on the 4th");
    forget(&standing, DATE(2020, 3, 5));
    check_number(standing.count, 1, "on the 5th it is the latest, and February goes");
    check_date(standing.terms[0].month, DATE(2020, 3, 1), "March stays");
    check_number(standing.payments_cents, 10000, "with the credit");
    check_number(standing_balance_cents(&standing), 40000, "400 are owed");
    about("an entry for a month that is forgotten");
    entry = money(ENTRY_PAYMENT, DATE(2020, 3, 6), DATE(2020, 2, 1), 5000);
    standing_take(&standing, &entry);
    check_number(standing.count, 1, "makes no term of it when it is money");
    check_number(standing.payments_cents, 15000, "but is set against the oldest");
    entry = money(ENTRY_ADJUSTMENT, DATE(2020, 3, 6), DATE(2020, 1, 1), 7000);
    standing_take(&standing, &entry);
    check_number(standing.count, 2, "opens it again when it is more to pay");
    check_number(standing_balance_cents(&standing), 42000, "and is owed");
    forget(&standing, DATE(2020, 3, 6));
    check_number(standing.count, 1, "until the credit has settled it");
    check_number(standing.payments_cents, 8000, "which is less by it");
    check_date(standing.settled_before, DATE(2020, 3, 1), "what was settled before still is");
    check_number(standing_balance_cents(&standing), 42000, "and the balance the same");
}

static void test_what_waits(void)
{
    struct open_term room[8];
    struct standing standing = { .terms = room, .capacity = 8 };
    struct account_entry entry = charge(DATE(2020, 1, 5), 50000, 0);

    about("money for a month that is not charged yet waits for it");
    standing_take(&standing, &entry);
    entry = money(ENTRY_PAYMENT, DATE(2020, 1, 4), DATE(2020, 2, 1), 50000);
    standing_take(&standing, &entry);
    forget(&standing, DATE(2020, 1, 31));
    check_number(standing.count, 2, "January is open, February waits");
    entry = money(ENTRY_PAYMENT, DATE(2020, 2, 1), DATE_NONE, 50000);
    standing_take(&standing, &entry);
    entry = charge(DATE(2020, 2, 5), 50000, 0);
    standing_take(&standing, &entry);
    forget(&standing, DATE(2020, 2, 5));
    check_number(standing.count, 1, "then both are settled");
    check_number(standing_balance_cents(&standing), 0, "to the cent");
    about("an old month charged late");
    entry = charge(DATE(2020, 4, 5), 50000, 0);
    standing_take(&standing, &entry);
    entry = money(ENTRY_CHARGE, DATE(2020, 5, 20), DATE(2020, 3, 1), 30000);
    standing_take(&standing, &entry);
    entry = money(ENTRY_PAYMENT, DATE(2020, 4, 6), DATE_NONE, 50000);
    standing_take(&standing, &entry);
    forget(&standing, DATE(2020, 4, 6));
    check_number(standing_balance_cents(&standing), 30000, "is not forgotten before it is due");
}

/* --- the property ----------------------------------------------------------------------------- */

static struct account_entry any_entry(struct chance *chance, struct date day)
{
    struct date term =
        date_first_of_month(date_add_months(day, -(int32_t)chance_between(chance, 0, 2)));
    int64_t cents = chance_between(chance, 1, 80000);

    switch (chance_between(chance, 0, 6)) {
    case 0: return money(ENTRY_AID, day, term, cents / 2);
    case 1: return money(ENTRY_ADJUSTMENT, day, DATE_NONE, cents / 4);
    case 2: return money(ENTRY_ADJUSTMENT, day, DATE_NONE, -cents / 4);
    case 3: return money(ENTRY_PAYMENT, day, term, cents);
    default: return money(ENTRY_PAYMENT, day, DATE_NONE, cents);
    }
}

static bool is_same_debt(const struct standing *standing, const struct ledger *whole,
                         struct date on)
{
    static struct account_entry entries[ROOM * ENTRIES_OF_A_TERM + ENTRIES_OF_THE_POOL];
    static struct rent_term short_terms[TERMS], long_terms[TERMS];
    const struct debt_view view = { .weighed = WHOLE_DEBT };
    struct ledger kept = { .entries = entries, .count = standing_entries(standing, entries) };
    struct account short_sums, long_sums;
    struct debt a, b;

    if (!account_at(&kept, on, short_terms, TERMS, &short_sums) ||
        !account_at(whole, on, long_terms, TERMS, &long_sums))
        return false;
    a = debt_of(short_terms, short_sums.term_count, NULL, &view);
    b = debt_of(long_terms, long_sums.term_count, NULL, &view);
    return a.due_cents == b.due_cents && a.housing_cents == b.housing_cents &&
           a.wholly_unpaid_terms == b.wholly_unpaid_terms && a.partly_paid == b.partly_paid &&
           date_is_same(a.oldest_due_on, b.oldest_due_on) &&
           short_sums.credit_cents == long_sums.credit_cents;
}

static void test_the_same(void)
{
    static struct account_entry entries[LEDGER];
    struct open_term room[ROOM];
    int compared = 0, most = 0;

    about("whatever happens, balance and debt are those of the whole ledger");
    for (uint64_t seed = 1; seed <= 200; seed++) {
        struct chance chance = { .state = seed * 7919 };
        struct standing standing = { .terms = room, .capacity = ROOM };
        struct ledger whole = { .entries = entries };
        struct date month = DATE(2019, 1, 1);

        for (int i = 0; i < 60; i++, month = date_first_of_next_month(month)) {
            struct date day = month;

            entries[whole.count] = charge(date_add_days(month, 4), 50000, 4000);
            standing_take(&standing, &entries[whole.count++]);
            for (int64_t moves = chance_between(&chance, 0, 3); moves > 0; moves--) {
                day = date_add_days(day, (int32_t)chance_between(&chance, 0, 8));
                entries[whole.count] = any_entry(&chance, day);
                standing_take(&standing, &entries[whole.count++]);
                forget(&standing, day);
                holds_or_report(is_same_debt(&standing, &whole, day),
                                "seed %" PRIu64 ": the debt is the same", seed);
                compared++;
            }
        }
        {
            static struct rent_term terms[TERMS];
            struct account sums;

            account_at(&whole, far_day, terms, TERMS, &sums);
            holds_or_report(standing_balance_cents(&standing) ==
                                sums.left_cents - sums.credit_cents,
                            "seed %" PRIu64 ": the balance is the same", seed);
        }
        most = (int)standing.count > most ? (int)standing.count : most;
    }
    check(compared > 10000, "%d times the same, with %d terms kept at most of 60", compared, most);
}

int main(void)
{
    test_taking();
    test_giving_back();
    test_forgetting();
    test_what_waits();
    test_the_same();
    return checks_done();
}
