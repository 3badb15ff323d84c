/* A settlement plan adds up to its debt, is kept as long as instalment and current term are paid
 * within the tolerance, and is broken for good the day after (domain.md ARR-3, ARR-4, ARR-6, EV-12,
 * 6.9, A-74, A-76, SUR-5). */
#include "services/lodging/rules/settlement_plan.h"

#include "tests/rules/law.h"

static struct settlement_plan_law law;

enum { EXTRA = 5, ENTRIES = 16, TERMS = 12 };

#define PAID(month, day, cents)                                                                    \
    {                                                                                              \
        ENTRY_PAYMENT, { 2024, month, day }, { 0 }, cents, 0                                       \
    }
#define FOR_APRIL(day, cents)                                                                      \
    {                                                                                              \
        ENTRY_PAYMENT, { 2024, 4, day }, { 2024, 4, 1 }, cents, 0                                  \
    }
#define NO_PAYMENT                                                                                 \
    {                                                                                              \
        .kind = 0                                                                                  \
    }
#define NEVER_FROZEN                                                                               \
    {                                                                                              \
        .from = { 0 }                                                                              \
    }

/* --- is it kept? ------------------------------------------------------------------------------ */

/* Terms of 500.00 on the 5th of every month of 2024 from January.  On 20 March 1,500.00 are owed,
 * settled by 500.00 on 5 April, May and June; so by 15 April 1,000.00 are to be paid. */
static const struct {
    const char *sentence;
    struct account_entry extra[EXTRA];
    struct freeze_span freeze;
    struct date on;
    enum plan_state state;
    struct date since;
} cases[] = {
    { "nothing paid, on the day it is due",
      { NO_PAYMENT },
      NEVER_FROZEN,
      { 2024, 4, 5 },
      PLAN_RUNNING,
      { 0 } },
    { "A-74: nothing paid, on the last day of the tolerance",
      { NO_PAYMENT },
      NEVER_FROZEN,
      { 2024, 4, 15 },
      PLAN_RUNNING,
      { 0 } },
    { "A-74: nothing paid, a day after",
      { NO_PAYMENT },
      NEVER_FROZEN,
      { 2024, 4, 16 },
      PLAN_BROKEN,
      { 2024, 4, 16 } },
    { "broken since that day, later on",
      { NO_PAYMENT },
      NEVER_FROZEN,
      { 2024, 6, 30 },
      PLAN_BROKEN,
      { 2024, 4, 16 } },
    { "instalment and term paid on the last day",
      { PAID(4, 15, 100000) },
      NEVER_FROZEN,
      { 2024, 5, 15 },
      PLAN_RUNNING,
      { 0 } },
    { "paid a day too late",
      { PAID(4, 16, 100000) },
      NEVER_FROZEN,
      { 2024, 5, 15 },
      PLAN_BROKEN,
      { 2024, 4, 16 } },
    { "paid but for a cent",
      { PAID(4, 15, 99999) },
      NEVER_FROZEN,
      { 2024, 5, 15 },
      PLAN_BROKEN,
      { 2024, 4, 16 } },
    { "EV-12: the current term paid, not the instalment",
      { FOR_APRIL(6, 50000) },
      NEVER_FROZEN,
      { 2024, 5, 15 },
      PLAN_BROKEN,
      { 2024, 4, 16 } },
    { "EV-12: the instalment paid, not the current term",
      { PAID(4, 6, 50000) },
      NEVER_FROZEN,
      { 2024, 5, 15 },
      PLAN_BROKEN,
      { 2024, 4, 16 } },
    { "paid in two parts, one naming the term",
      { FOR_APRIL(6, 50000), PAID(4, 12, 50000) },
      NEVER_FROZEN,
      { 2024, 5, 15 },
      PLAN_RUNNING,
      { 0 } },
    { "money paid ahead counts: 1,500.00 in April leave 500.00 to pay in May",
      { PAID(4, 10, 150000), PAID(5, 15, 50000) },
      NEVER_FROZEN,
      { 2024, 6, 15 },
      PLAN_RUNNING,
      { 0 } },
    { "and a cent less breaks it in May",
      { PAID(4, 10, 150000), PAID(5, 15, 49999) },
      NEVER_FROZEN,
      { 2024, 6, 15 },
      PLAN_BROKEN,
      { 2024, 5, 16 } },
    { "missed in April, made good in May: broken all the same",
      { PAID(4, 20, 100000), PAID(5, 5, 100000) },
      NEVER_FROZEN,
      { 2024, 6, 15 },
      PLAN_BROKEN,
      { 2024, 4, 16 } },
    { "two months met, the third not over yet",
      { PAID(4, 5, 100000), PAID(5, 5, 100000), PAID(6, 5, 100000) },
      NEVER_FROZEN,
      { 2024, 6, 15 },
      PLAN_RUNNING,
      { 0 } },
    { "three months met: kept",
      { PAID(4, 5, 100000), PAID(5, 5, 100000), PAID(6, 5, 100000) },
      NEVER_FROZEN,
      { 2024, 6, 16 },
      PLAN_KEPT,
      { 2024, 6, 15 } },
    { "the third missed by a cent: broken",
      { PAID(4, 5, 100000), PAID(5, 5, 100000), PAID(6, 5, 99999) },
      NEVER_FROZEN,
      { 2024, 6, 16 },
      PLAN_BROKEN,
      { 2024, 6, 16 } },
    { "kept stays kept, whatever is unpaid after",
      { PAID(4, 5, 100000), PAID(5, 5, 100000), PAID(6, 5, 100000) },
      NEVER_FROZEN,
      { 2024, 9, 30 },
      PLAN_KEPT,
      { 2024, 6, 15 } },
    { "all settled in April: kept from then",
      { PAID(4, 10, 200000) },
      NEVER_FROZEN,
      { 2024, 7, 31 },
      PLAN_KEPT,
      { 2024, 4, 15 } },
    { "all but a cent in April: running still",
      { PAID(4, 10, 199999) },
      NEVER_FROZEN,
      { 2024, 5, 15 },
      PLAN_RUNNING,
      { 0 } },
    { "row 52: aid awaited for April breaks nothing",
      { PAID(4, 10, 80000), { ENTRY_AID_AWAITED, { 2024, 4, 5 }, { 2024, 4, 1 }, 20000, 0 } },
      NEVER_FROZEN,
      { 2024, 5, 15 },
      PLAN_RUNNING,
      { 0 } },
    { "row 52: a cent of their own does",
      { PAID(4, 10, 79999), { ENTRY_AID_AWAITED, { 2024, 4, 5 }, { 2024, 4, 1 }, 20000, 0 } },
      NEVER_FROZEN,
      { 2024, 5, 15 },
      PLAN_BROKEN,
      { 2024, 4, 16 } },
    { "SUR-5: a month whose tolerance ends under a freeze is not judged",
      { NO_PAYMENT },
      { { 2024, 4, 15 }, { 0 } },
      { 2024, 7, 31 },
      PLAN_RUNNING,
      { 0 } },
    { "SUR-5: a month whose tolerance ended on the eve of it is",
      { NO_PAYMENT },
      { { 2024, 4, 16 }, { 0 } },
      { 2024, 7, 31 },
      PLAN_BROKEN,
      { 2024, 4, 16 } },
    { "SUR-5: a plan that slept through all its months is judged by none after them",
      { NO_PAYMENT },
      { { 2024, 4, 15 }, { 2024, 7, 1 } },
      { 2024, 9, 30 },
      PLAN_RUNNING,
      { 0 } },
    { "SUR-5: one that slept through its first months is not kept while its debt is left",
      { PAID(4, 10, 50000), PAID(5, 10, 50000), PAID(6, 10, 100000) },
      { { 2024, 4, 12 }, { 2024, 6, 1 } },
      { 2024, 9, 30 },
      PLAN_RUNNING,
      { 0 } },
    { "C-17: after the freeze its instalments are not asked at once",
      { PAID(4, 10, 50000), PAID(5, 10, 100000) },
      { { 2024, 4, 12 }, { 2024, 5, 1 } },
      { 2024, 5, 31 },
      PLAN_RUNNING,
      { 0 } },
    { "C-17: but that of the month is",
      { PAID(4, 10, 50000), PAID(5, 10, 99999) },
      { { 2024, 4, 12 }, { 2024, 5, 1 } },
      { 2024, 5, 31 },
      PLAN_BROKEN,
      { 2024, 5, 16 } },
};

/* The last is past the plan's count. */
static const int64_t three_times_500[] = { 50000, 50000, 50000, 50000 };
static const struct settlement_plan three_months = {
    .signed_on = { 2024, 3, 20 },
    .first_month = { 2024, 4, 17 },
    .due_day = 5,
    .debt_cents = 150000,
    .instalments_cents = three_times_500,
    .count = 3,
};

static size_t charge_terms(struct account_entry entries[], int terms)
{
    for (int i = 0; i < terms; i++)
        entries[i] = (struct account_entry){ .kind = ENTRY_CHARGE,
                                             .on = DATE(2024, (uint8_t)(i + 1), 5),
                                             .amount_cents = 50000 };
    return (size_t)terms;
}

static void standings(void)
{
    about("is the plan kept?");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct account_entry entries[ENTRIES];
        struct ledger ledger = { .entries = entries, .freezes = { cases[i].freeze } };
        struct rent_term terms[TERMS];
        struct plan_standing standing = { .state = 0 };

        ledger.count = charge_terms(entries, 9);
        for (size_t k = 0; k < EXTRA && cases[i].extra[k].kind != 0; k++)
            entries[ledger.count++] = cases[i].extra[k];
        plan_at(&three_months, &ledger, cases[i].on, &law, terms, TERMS, &standing);
        check_number(standing.state, cases[i].state, "%s", cases[i].sentence);
        check_date(standing.since, cases[i].since, "%s: since", cases[i].sentence);
    }
}

static void sums(void)
{
    struct account_entry entries[ENTRIES];
    struct ledger ledger = { .entries = entries, .count = charge_terms(entries, 9) };
    struct rent_term terms[9];
    struct plan_standing standing = { .left_cents = -7 };

    about("expected against actual");
    check(!plan_at(&three_months, &ledger, DATE(2024, 9, 30), &law, terms, 8, &standing) &&
              standing.left_cents == -7,
          "too little room is refused, and nothing is touched");
    check(plan_at(&three_months, &ledger, DATE(2024, 9, 30), &law, terms, 9, &standing),
          "just enough does");
    plan_at(&three_months, &ledger, DATE(2024, 4, 15), &law, terms, 9, &standing);
    check_number(standing.expected_cents, 150000, "before the first check all may be left");
    check_number(standing.left_cents, 0, "and nothing has been looked at");
    check_date(standing.checked_on, DATE_NONE, "on no day");
    entries[ledger.count++] = (struct account_entry){ .kind = ENTRY_PAYMENT,
                                                      .on = { 2024, 4, 8 },
                                                      .amount_cents = 120000 };
    plan_at(&three_months, &ledger, DATE(2024, 4, 16), &law, terms, 9, &standing);
    check_number(standing.expected_cents, 100000, "after April 1,000.00 may be left");
    check_number(standing.left_cents, 80000, "and 800.00 were");
    check_date(standing.checked_on, DATE(2024, 4, 15), "at the end of 15 April");
}

/* --- making one ------------------------------------------------------------------------------- */

static void cutting(void)
{
    struct chance chance = { .state = UINT64_C(0x91a5) };
    int64_t parts[37] = { [36] = -7 };
    struct settlement_plan plan;
    bool exact = true;

    about("cutting a debt (ARR-4)");
    plan_cut(100000, 36, parts);
    check_number(parts[0], 2778, "ARR-4: 1,000.00 in 36: 27.78, the 27.777... rounded up");
    check_number(parts[34], 2778, "the last but one the same");
    check_number(parts[35], 2770, "and the last is what remains, 27.70");
    check_number(parts[36], -7, "nothing is written past them");
    plan_cut(10, 36, parts);
    check_number(parts[9], 1, "ten cents are ten instalments of one");
    check_number(parts[10], 0, "and nothing after");
    plan = plan_of_formal_notice(DATE(2024, 1, 31), 31, 72000, parts, &law);
    check_number(plan.count, 36, "ARR-4: 36 months");
    check_number(plan.instalments_cents[35], 2000, "of 20.00 for 720.00");
    check_date(plan_due_on(&plan, 0), DATE(2024, 2, 29), "ARR-4: from the following month");
    check_date(plan_due_on(&plan, 1), DATE(2024, 3, 31), "on the 31st, where there is one");
    check_date(plan_due_on(&plan, 2), DATE(2024, 4, 30), "else on the last day");
    check_date(plan_due_on(&plan, 35), DATE(2027, 1, 31), "to January 2027");
    check_date(plan_payable_until(&plan, 0, &law), DATE(2024, 3, 10), "6.9: payable ten days more");
    check(plan_may_be_signed(&plan, &law) == ACCEPTED, "and it is a plan that may be signed");
    for (int i = 0; i < 100000; i++) {
        int64_t debt = chance_between(&chance, 1, 999999), sum = 0;
        int32_t count = (int32_t)chance_between(&chance, 1, 36);

        plan_cut(debt, count, parts);
        for (int32_t k = 0; k < count; k++) {
            exact &= parts[k] >= 0 && parts[k] <= (debt + count - 1) / count;
            exact &= k == 0 || parts[k] <= parts[k - 1];
            sum += parts[k];
        }
        exact &= sum == debt;
    }
    check(exact, "100,000 debts are cut to the cent (seed 0x91a5)");
}

static void signing(void)
{
    static const int64_t parts[37] = { 3700 - 36, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                                       1,         1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                                       1,         1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };
    static const int64_t negative[] = { 200, -100 };
    static const int64_t negative_first[] = { -100, 200 };
    static const int64_t zero_last[] = { 100, 0 };
    static const struct {
        const char *sentence;
        struct settlement_plan plan;
        const struct refusal *refusal;
    } plans[] = {
        { "a debt of a cent in one instalment",
          { { 2024, 3, 20 }, { 2024, 4, 1 }, 5, 1, &parts[1], 1 },
          ACCEPTED },
        { "no debt", { { 2024, 3, 20 }, { 2024, 4, 1 }, 5, 0, &parts[1], 1 }, &PLAN_HAS_NO_DEBT },
        { "no due day",
          { { 2024, 3, 20 }, { 2024, 4, 1 }, 0, 1, &parts[1], 1 },
          &PLAN_HAS_NO_DUE_DAY },
        { "due on the 1st", { { 2024, 3, 20 }, { 2024, 4, 1 }, 1, 1, &parts[1], 1 }, ACCEPTED },
        { "due on the 31st", { { 2024, 3, 20 }, { 2024, 4, 1 }, 31, 1, &parts[1], 1 }, ACCEPTED },
        { "due on the 32nd",
          { { 2024, 3, 20 }, { 2024, 4, 1 }, 32, 1, &parts[1], 1 },
          &PLAN_HAS_NO_DUE_DAY },
        { "no instalment",
          { { 2024, 3, 20 }, { 2024, 4, 1 }, 5, 1, &parts[1], 0 },
          &PLAN_HAS_NO_INSTALMENT },
        { "ARR-6: 36 months", { { 2024, 3, 20 }, { 2024, 4, 1 }, 5, 36, &parts[1], 36 }, ACCEPTED },
        { "ARR-6: 37 months",
          { { 2024, 3, 20 }, { 2024, 4, 1 }, 5, 3700, parts, 37 },
          &PLAN_IS_TOO_LONG },
        { "an instalment below zero",
          { { 2024, 3, 20 }, { 2024, 4, 1 }, 5, 100, negative, 2 },
          &PLAN_INSTALMENT_IS_NEGATIVE },
        { "the first instalment below zero",
          { { 2024, 3, 20 }, { 2024, 4, 1 }, 5, 100, negative_first, 2 },
          &PLAN_INSTALMENT_IS_NEGATIVE },
        { "an instalment below zero past its count",
          { { 2024, 3, 20 }, { 2024, 4, 1 }, 5, 200, negative, 1 },
          ACCEPTED },
        { "an instalment of zero",
          { { 2024, 3, 20 }, { 2024, 4, 1 }, 5, 100, zero_last, 2 },
          ACCEPTED },
        { "a cent too little",
          { { 2024, 3, 20 }, { 2024, 4, 1 }, 5, 101, zero_last, 2 },
          &PLAN_DOES_NOT_ADD_UP },
        { "a cent too much",
          { { 2024, 3, 20 }, { 2024, 4, 1 }, 5, 99, zero_last, 2 },
          &PLAN_DOES_NOT_ADD_UP },
        { "first due on the day of signature",
          { { 2024, 4, 5 }, { 2024, 4, 1 }, 5, 1, &parts[1], 1 },
          ACCEPTED },
        { "first due on the eve of it",
          { { 2024, 4, 6 }, { 2024, 4, 30 }, 5, 1, &parts[1], 1 },
          &PLAN_STARTS_BEFORE_SIGNATURE },
    };

    about("may it be signed?");
    for (size_t i = 0; i < sizeof plans / sizeof *plans; i++)
        check(plan_may_be_signed(&plans[i].plan, &law) == plans[i].refusal, "%s: %s",
              plans[i].sentence, plans[i].refusal ? plans[i].refusal->code : "accepted");
}

static void checks(void)
{
    const struct settlement_plan plan = {
        .signed_on = { 2023, 8, 31 }, .first_month = { 2023, 9, 1 }, .due_day = 5, .count = 36
    };
    const struct settlement_plan ends_on_check = {
        .signed_on = { 2024, 1, 5 }, .first_month = { 2024, 2, 1 }, .due_day = 5, .count = 6
    };
    const struct settlement_plan one_month = {
        .signed_on = { 2024, 1, 5 }, .first_month = { 2024, 2, 1 }, .due_day = 5, .count = 1
    };
    struct settlement_plan_law monthly = law;

    about("half-yearly checks (ARR-6, EV-12), and who makes a plan");
    check_date(plan_next_check_on(&plan, DATE(2023, 8, 31), &law), DATE(2024, 2, 29),
               "signed on 31 August 2023: first checked on 29 February 2024");
    check_date(plan_next_check_on(&plan, DATE(2024, 2, 29), &law), DATE(2024, 2, 29), "on the day");
    check_date(plan_next_check_on(&plan, DATE(2024, 3, 1), &law), DATE(2024, 8, 31),
               "then on 31 August, counted from the signature");
    check_date(plan_next_check_on(&plan, DATE(2026, 2, 28), &law), DATE(2026, 2, 28),
               "last on 28 February 2026");
    check_date(plan_next_check_on(&plan, DATE(2026, 3, 1), &law), DATE_NONE,
               "none after: the last instalment is due on 5 August 2026");
    check_date(plan_next_check_on(&plan, DATE(2099, 3, 1), &law), DATE_NONE, "nor ever");
    check_date(plan_next_check_on(&ends_on_check, DATE(2024, 6, 1), &law), DATE(2024, 7, 5),
               "a check on the day of the last instalment is held");
    monthly.check_months = 1;
    check_date(plan_next_check_on(&one_month, DATE(2024, 2, 1), &monthly), DATE(2024, 2, 5),
               "an organisation that checks every month checks a plan of one month");
    monthly.check_months = 0;
    check_date(plan_next_check_on(&one_month, DATE(2024, 2, 1), &monthly), DATE_NONE,
               "one that never checks has no next check");
    check_number(plan_proposed_by(10000, &law), PLAN_BY_AID_PAYER,
                 "ARR-6: up to 100.00 who pays the aid proposes the plan");
    check_number(plan_proposed_by(10001, &law), PLAN_BY_LANDLORD, "a cent more: the landlord");
    check_date(plan_due_from_landlord_on(DATE(2023, 8, 31), &law), DATE(2024, 2, 29),
               "ARR-3, A-76: the landlord has six months from the referral");
    check_date(plan_due_from_fund_on(DATE(2023, 11, 30), &law), DATE(2024, 2, 29),
               "ARR-3, A-76: the fund has three");
    check(plan_aid_recall_is_paid_at_once(44999, &law), "ARR-6: a recall of 449.99 at once");
    check(!plan_aid_recall_is_paid_at_once(45000, &law), "ARR-6: one of 450.00 half-yearly");
}

int main(void)
{
    law_on(settlement_plan_law, DATE(2024, 3, 20), &law);
    cutting();
    signing();
    checks();
    standings();
    sums();
    return checks_done();
}
