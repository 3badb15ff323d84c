/* A debt file freezes what was due before its admissibility until it is settled, closed or
 * rejected, two years at most; an erasure stays the clause two years (domain.md SUR-3 to SUR-5,
 * SUR-9, SUR-10, C-17, Q20, Q21, A-88). */
#include "services/lodging/rules/over_indebtedness_freeze.h"

#include "tests/rules/law.h"

static struct freeze_law law;

static void spans(void)
{
    static const struct {
        const char *sentence;
        struct debt_file file;
        struct date from, end;
    } cases[] = {
        { "SUR-3, Q21: a file not admitted freezes nothing",
          { { 0 }, { 0 }, { 0 }, { 2024, 5, 1 } },
          { 0 },
          { 0 } },
        { "SUR-4: nothing ends it: two years, 29 February 2024 the last day",
          { { 2022, 2, 28 }, { 0 }, { 0 }, { 0 } },
          { 2022, 2, 28 },
          { 2024, 2, 29 } },
        { "SUR-4: admitted on 29 February 2024, to 28 February 2026",
          { { 2024, 2, 29 }, { 0 }, { 0 }, { 0 } },
          { 2024, 2, 29 },
          { 2026, 3, 1 } },
        { "C-17: the plan ends it",
          { { 2024, 2, 15 }, { 2024, 9, 1 }, { 0 }, { 0 } },
          { 2024, 2, 15 },
          { 2024, 9, 1 } },
        { "C-17: the closing ends it",
          { { 2024, 2, 15 }, { 0 }, { 2024, 8, 1 }, { 0 } },
          { 2024, 2, 15 },
          { 2024, 8, 1 } },
        { "C-17: the rejection ends it",
          { { 2024, 2, 15 }, { 0 }, { 0 }, { 2024, 7, 1 } },
          { 2024, 2, 15 },
          { 2024, 7, 1 } },
        { "the first of several ends it",
          { { 2024, 2, 15 }, { 2024, 9, 1 }, { 2024, 6, 1 }, { 2024, 7, 1 } },
          { 2024, 2, 15 },
          { 2024, 6, 1 } },
        { "a plan after two years comes too late to hold it",
          { { 2024, 2, 15 }, { 2026, 2, 17 }, { 0 }, { 0 } },
          { 2024, 2, 15 },
          { 2026, 2, 16 } },
    };

    about("from when to when (SUR-4, C-17)");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct freeze_span span = freeze_span_of(&cases[i].file, &law);

        check_date(span.from, cases[i].from, "%s: from", cases[i].sentence);
        check_date(span.end, cases[i].end, "%s: end", cases[i].sentence);
    }
}

static void frozen(void)
{
    static const struct account_entry entries[] = {
        { ENTRY_CHARGE, { 2024, 1, 5 }, { 0 }, 50000, 0 },
        { ENTRY_CHARGE, { 2024, 2, 5 }, { 0 }, 50000, 0 },
        { ENTRY_CHARGE, { 2024, 3, 5 }, { 0 }, 50000, 0 },
        { ENTRY_PAYMENT, { 2024, 1, 6 }, { 0 }, 12345, 0 },
    };
    const struct ledger ledger = { .entries = entries, .count = 4 };
    const struct freeze_span freeze = { .from = { 2024, 3, 5 }, .end = { 2024, 6, 1 } };
    const struct freeze_span never = { .from = { 0 } };
    static const struct {
        const char *sentence;
        struct account_entry entry;
        bool is_on_frozen;
    } payments[] = {
        { "A-88: for January, while frozen",
          { ENTRY_PAYMENT, { 2024, 3, 5 }, { 2024, 1, 31 }, 1, 0 },
          true },
        { "for January, on the eve",
          { ENTRY_PAYMENT, { 2024, 3, 4 }, { 2024, 1, 1 }, 1, 0 },
          false },
        { "for January, on the last day",
          { ENTRY_PAYMENT, { 2024, 5, 31 }, { 2024, 1, 1 }, 1, 0 },
          true },
        { "for January, once it has ended",
          { ENTRY_PAYMENT, { 2024, 6, 1 }, { 2024, 1, 1 }, 1, 0 },
          false },
        { "for March, the current term",
          { ENTRY_PAYMENT, { 2024, 3, 9 }, { 2024, 3, 1 }, 1, 0 },
          false },
        { "naming no term: set against current ones",
          { ENTRY_PAYMENT, { 2024, 3, 9 }, { 0 }, 1, 0 },
          false },
        { "aid for January is not the household's payment",
          { ENTRY_AID, { 2024, 3, 9 }, { 2024, 1, 1 }, 1, 0 },
          false },
        { "for a month that was never charged",
          { ENTRY_PAYMENT, { 2024, 3, 9 }, { 2023, 1, 1 }, 1, 0 },
          false },
    };
    /* The fourth is past the account's terms: an old one. */
    struct rent_term terms[4] = {
        [3] = { .month = { 2023, 1, 1 }, .due_on = { 2023, 1, 5 }, .left_cents = 7 },
    };
    struct account account = { 0 };

    about("what is frozen (SUR-5)");
    account_at(&ledger, DATE(2024, 3, 31), terms, 3, &account);
    check_number(frozen_cents(terms, 3, &freeze, DATE(2024, 3, 4)), 0, "nothing on the eve");
    check_number(frozen_cents(terms, 3, &freeze, DATE(2024, 3, 5)), 87655,
                 "SUR-5: what is left of January and February; March, due that day, runs on");
    check_number(frozen_cents(terms, 3, &freeze, DATE(2024, 5, 31)), 87655, "to the last day");
    check_number(frozen_cents(terms, 3, &freeze, DATE(2024, 6, 1)), 0, "C-17: and no more");
    check_number(frozen_cents(terms, 3, &never, DATE(2024, 4, 1)), 0, "nothing without a freeze");
    for (size_t i = 0; i < sizeof payments / sizeof *payments; i++)
        check(payment_is_on_frozen_term(&payments[i].entry, terms, 3, &freeze) ==
                  payments[i].is_on_frozen,
              "a payment %s: %s", payments[i].sentence,
              payments[i].is_on_frozen ? "to be explained (Q20)" : "nothing to say");
    check(!payment_is_on_frozen_term(&payments[0].entry, terms, 3, &never),
          "without a freeze there is nothing to say");
}

static void clauses(void)
{
    static const struct {
        const char *sentence;
        struct erasure erasure;
        struct date on;
        enum clause_after_erasure clause;
    } cases[] = {
        { "a clause that never took effect",
          { { 2024, 2, 15 }, { 0 }, { 2024, 5, 1 }, { 2024, 9, 10 }, { 2024, 9, 20 }, { 0 } },
          { 2025, 1, 1 },
          CLAUSE_AFTER_ERASURE_NOT_ACQUIRED },
        { "a clause by frozen rent, on the day of admissibility",
          { { 2024, 2, 15 },
            { 2024, 2, 15 },
            { 2024, 5, 1 },
            { 2024, 9, 10 },
            { 2024, 9, 20 },
            { 0 } },
          { 2025, 1, 1 },
          CLAUSE_AFTER_ERASURE_NOT_ACQUIRED },
        { "SUR-10: acquired on the eve of it, and rent not resumed",
          { { 2024, 2, 15 }, { 2024, 2, 14 }, { 0 }, { 2024, 9, 10 }, { 2024, 9, 20 }, { 0 } },
          { 2025, 1, 1 },
          CLAUSE_AFTER_ERASURE_ACQUIRED },
        { "SUR-9: rent resumed on the day of the hearing",
          { { 2024, 2, 15 },
            { 2024, 2, 14 },
            { 2024, 9, 10 },
            { 2024, 9, 10 },
            { 2024, 9, 20 },
            { 0 } },
          { 2024, 9, 20 },
          CLAUSE_AFTER_ERASURE_STAYED },
        { "SUR-9: resumed the day after the hearing",
          { { 2024, 2, 15 },
            { 2024, 2, 14 },
            { 2024, 9, 11 },
            { 2024, 9, 10 },
            { 2024, 9, 20 },
            { 0 } },
          { 2024, 9, 20 },
          CLAUSE_AFTER_ERASURE_ACQUIRED },
        { "SUR-9: not judged yet",
          { { 2024, 2, 15 }, { 2024, 2, 14 }, { 2024, 5, 1 }, { 2024, 9, 10 }, { 0 }, { 0 } },
          { 2024, 9, 20 },
          CLAUSE_AFTER_ERASURE_ACQUIRED },
        { "SUR-9: on the eve of the judgment",
          { { 2024, 2, 15 },
            { 2024, 2, 14 },
            { 2024, 5, 1 },
            { 2024, 9, 10 },
            { 2024, 9, 20 },
            { 0 } },
          { 2024, 9, 19 },
          CLAUSE_AFTER_ERASURE_ACQUIRED },
        { "SUR-9: two years later, on the last day",
          { { 2024, 2, 15 },
            { 2024, 2, 14 },
            { 2024, 5, 1 },
            { 2024, 9, 10 },
            { 2024, 9, 20 },
            { 0 } },
          { 2026, 9, 20 },
          CLAUSE_AFTER_ERASURE_STAYED },
        { "SUR-9: rent paid throughout, it is deemed never to have run",
          { { 2024, 2, 15 },
            { 2024, 2, 14 },
            { 2024, 5, 1 },
            { 2024, 9, 10 },
            { 2024, 9, 20 },
            { 0 } },
          { 2026, 9, 21 },
          CLAUSE_AFTER_ERASURE_NEVER_RAN },
        { "SUR-9: rent missed on the last day, it works again",
          { { 2024, 2, 15 },
            { 2024, 2, 14 },
            { 2024, 5, 1 },
            { 2024, 9, 10 },
            { 2024, 9, 20 },
            { 2026, 9, 20 } },
          { 2026, 9, 20 },
          CLAUSE_AFTER_ERASURE_WORKS_AGAIN },
        { "SUR-9: on the eve of the miss it is stayed still",
          { { 2024, 2, 15 },
            { 2024, 2, 14 },
            { 2024, 5, 1 },
            { 2024, 9, 10 },
            { 2024, 9, 20 },
            { 2026, 9, 20 } },
          { 2026, 9, 19 },
          CLAUSE_AFTER_ERASURE_STAYED },
        { "SUR-9: rent missed after the stay is no matter of it",
          { { 2024, 2, 15 },
            { 2024, 2, 14 },
            { 2024, 5, 1 },
            { 2024, 9, 10 },
            { 2024, 9, 20 },
            { 2026, 9, 21 } },
          { 2026, 9, 21 },
          CLAUSE_AFTER_ERASURE_NEVER_RAN },
    };

    about("the clause after an erasure (SUR-9, SUR-10)");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_number(clause_after_erasure(&cases[i].erasure, cases[i].on, &law), cases[i].clause,
                     "%s", cases[i].sentence);
    check_date(clause_stayed_until(&cases[3].erasure, &law), DATE(2026, 9, 20),
               "SUR-9: stayed for two years from the judgment");
    check_date(clause_stayed_until(&cases[5].erasure, &law), DATE_NONE, "not before it");
}

int main(void)
{
    law_on(freeze_law, DATE(2024, 2, 15), &law);
    spans();
    frozen();
    clauses();
    return checks_done();
}
