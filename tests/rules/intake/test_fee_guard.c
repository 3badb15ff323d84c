/* Whether income pays the fee is computed to the cent, by two settings, and kept with its inputs.
 */
#include "services/intake/rules/fee_guard.h"
#include "tests/rules/intake/refusals.h"
#include "tests/rules/law.h"

#define TAKEN_DOWN                                                                                 \
    {                                                                                              \
        2026, 3, 10                                                                                \
    }

static void test_effort(void)
{
    static const struct {
        const char *sentence;
        int64_t income, fee, aid, net, left;
        const char *answer;
    } cases[] = {
        { "1,000.00 of income, 330.00 net: exactly 33 %", 100000, 53000, 20000, 33000, 67000,
          YES_IT_MAY },
        { "one cent more of fee", 100000, 53001, 20000, 33001, 66999, "FEE_EXCEEDS_EFFORT" },
        { "one cent less of fee", 100000, 52999, 20000, 32999, 67001, YES_IT_MAY },
        { "one cent less of aid", 100000, 53000, 19999, 33001, 66999, "FEE_EXCEEDS_EFFORT" },
        { "one cent less of income", 99999, 53000, 20000, 33000, 66999, "FEE_EXCEEDS_EFFORT" },
        { "635.71 of income: 33 % is 209.7843, and 209.78 is within it", 63571, 20978, 0, 20978,
          42593, YES_IT_MAY },
        { "635.71 of income: 209.79 is not", 63571, 20979, 0, 20979, 42592, "FEE_EXCEEDS_EFFORT" },
        { "no income, aid pays the whole fee", 0, 30000, 30000, 0, 0, YES_IT_MAY },
        { "no income, one cent to pay", 0, 30001, 30000, 1, -1, "FEE_EXCEEDS_EFFORT" },
        { "aid above the fee", 50000, 30000, 35000, -5000, 55000, YES_IT_MAY },
        { "no fee", 50000, 0, 0, 0, 50000, YES_IT_MAY },
    };
    struct fee_guard_law law;

    law_on(fee_guard_law, DATE(2026, 3, 10), &law);
    check_number(law.max_effort_percent, 33, "C-9: the effort is 33 %% unless set otherwise");
    check(!law.asks_for_floor, "C-9: no floor is asked for unless set");
    about("S0-22, C-9: (fee - aid) at most 33 %% of income");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fee_guard_inputs inputs = { cases[i].income, cases[i].fee, cases[i].aid, 10,
                                           TAKEN_DOWN };
        struct fee_guard guard = fee_guard_of(&inputs, &law);

        check_answer(fee_guard_accept(&guard), cases[i].answer, "%s", cases[i].sentence);
        check_number(guard.within_effort, *cases[i].answer == '\0', "%s: noted", cases[i].sentence);
        check_number(guard.net_fee_cents, cases[i].net, "%s: what is to pay", cases[i].sentence);
        check_number(guard.left_cents, cases[i].left, "%s: what is left", cases[i].sentence);
        check(guard.above_floor, "%s: no floor is asked for", cases[i].sentence);
    }
}

static void test_floor(void)
{
    static const struct {
        const char *sentence;
        struct fee_guard_inputs inputs;
        const char *answer;
    } cases[] = {
        { "one adult with 600.00 left: exactly the floor",
          { 80000, 40000, 20000, 10, TAKEN_DOWN },
          YES_IT_MAY },
        { "one cent less", { 79999, 40000, 20000, 10, TAKEN_DOWN }, "TOO_LITTLE_LEFT" },
        { "one cent more", { 80001, 40000, 20000, 10, TAKEN_DOWN }, YES_IT_MAY },
        { "a couple, 1.5 units, with 900.00 left",
          { 120000, 50000, 20000, 15, TAKEN_DOWN },
          YES_IT_MAY },
        { "a couple, with 899.99 left",
          { 120000, 50001, 20000, 15, TAKEN_DOWN },
          "TOO_LITTLE_LEFT" },
        { "a parent and a child, 1.3 units, with 780.00 left",
          { 100000, 42000, 20000, 13, TAKEN_DOWN },
          YES_IT_MAY },
        { "a parent and a child, with 779.99 left",
          { 100000, 42001, 20000, 13, TAKEN_DOWN },
          "TOO_LITTLE_LEFT" },
        { "both fail: the effort is told first",
          { 30000, 40000, 20000, 10, TAKEN_DOWN },
          "FEE_EXCEEDS_EFFORT" },
    };
    static const struct fee_guard_law law = { .max_effort_percent = 33,
                                              .asks_for_floor = true,
                                              .floor_cents = 60000 };
    static const struct fee_guard_law one_cent = { .max_effort_percent = 100,
                                                   .asks_for_floor = true,
                                                   .floor_cents = 1 };
    static const struct fee_guard_law not_asked = { .max_effort_percent = 100, .floor_cents = 1 };
    struct fee_guard_inputs nothing_left = { 50000, 50000, 0, 10, TAKEN_DOWN };
    struct fee_guard guard;

    about("C-9: income - (fee - aid) at least 600.00 for each consumption unit, where set");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        guard = fee_guard_of(&cases[i].inputs, &law);
        check_answer(fee_guard_accept(&guard), cases[i].answer, "%s", cases[i].sentence);
    }
    guard = fee_guard_of(&nothing_left, &one_cent);
    check_answer(fee_guard_accept(&guard), "TOO_LITTLE_LEFT", "a floor of one cent is a floor");
    guard = fee_guard_of(&nothing_left, &not_asked);
    check_answer(fee_guard_accept(&guard), YES_IT_MAY, "not where none is asked for");
    nothing_left.fee_cents = 49999;
    guard = fee_guard_of(&nothing_left, &one_cent);
    check_answer(fee_guard_accept(&guard), YES_IT_MAY, "and one cent left reaches it");
}

static void test_inputs(void)
{
    static const struct {
        const char *sentence;
        struct fee_guard_inputs inputs;
        const char *answer;
    } cases[] = {
        { "amounts, a day, units", { 80000, 40000, 20000, 10, TAKEN_DOWN }, YES_IT_MAY },
        { "all amounts zero", { 0, 0, 0, 10, TAKEN_DOWN }, YES_IT_MAY },
        { "income below zero", { -1, 40000, 20000, 10, TAKEN_DOWN }, "AMOUNTS_NOT_POSSIBLE" },
        { "a fee below zero", { 80000, -1, 20000, 10, TAKEN_DOWN }, "AMOUNTS_NOT_POSSIBLE" },
        { "aid below zero", { 80000, 40000, -1, 10, TAKEN_DOWN }, "AMOUNTS_NOT_POSSIBLE" },
        { "an income beyond reason",
          { INT64_C(1000000000000), 40000, 20000, 10, TAKEN_DOWN },
          "AMOUNTS_NOT_POSSIBLE" },
        { "no day", { 80000, 40000, 20000, 10, { 0 } }, "ASSESSMENT_NOT_DATED" },
        { "nobody in the household", { 80000, 40000, 20000, 0, TAKEN_DOWN }, "HOUSEHOLD_IS_EMPTY" },
        { "one tenth of a unit", { 80000, 40000, 20000, 1, TAKEN_DOWN }, YES_IT_MAY },
    };
    static const struct fee_guard_inputs inputs = { 80000, 40000, 20000, 13, TAKEN_DOWN };
    static const struct fee_guard_law law = { .max_effort_percent = 30,
                                              .asks_for_floor = true,
                                              .floor_cents = 45000 };
    struct fee_guard kept = fee_guard_of(&inputs, &law);
    int guarded = 0;

    about("C-9: what it is computed from");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_answer(fee_guard_inputs_accept(&cases[i].inputs), cases[i].answer, "%s",
                     cases[i].sentence);
    check(kept.inputs.income_cents == 80000 && kept.inputs.fee_cents == 40000 &&
              kept.inputs.aid_cents == 20000 && kept.inputs.consumption_tenths == 13,
          "S0-22: the inputs are kept with the result");
    check_date(kept.inputs.assessed_on, DATE(2026, 3, 10), "and their day");
    check(kept.settings.max_effort_percent == 30 && kept.settings.asks_for_floor &&
              kept.settings.floor_cents == 45000,
          "C-9: and both settings");

    about("S1-9: income guards a place, never support");
    for (unsigned scheme = 0; scheme <= SCHEME_COUNT; scheme++)
        guarded += scheme_has_fee_guard(scheme);
    check(guarded == 1 && scheme_has_fee_guard(SCHEME_RESIDENCE_SUPPORT),
          "a place in a residence alone has the guard; ASLL has none");
}

static void test_any_amounts(void)
{
    struct chance chance = { .state = 0xfee };
    struct fee_guard_law law = { .asks_for_floor = false };
    int accepted = 0;

    about("C-9: any amounts");
    for (int i = 0; i < 20000; i++) {
        struct fee_guard_inputs inputs = { chance_between(&chance, 0, 300000),
                                           chance_between(&chance, 0, 100000),
                                           chance_between(&chance, 0, 40000), 10, TAKEN_DOWN };
        struct fee_guard guard, with_more_aid, with_more_income;

        law.max_effort_percent = chance_between(&chance, 1, 100);
        guard = fee_guard_of(&inputs, &law);
        accepted += guard.within_effort;
        holds_or_report(guard.left_cents + inputs.fee_cents ==
                            inputs.income_cents + inputs.aid_cents,
                        "seed 0xfee, case %d: what comes in is paid or left, to the cent", i);
        inputs.aid_cents++;
        with_more_aid = fee_guard_of(&inputs, &law);
        inputs.income_cents++;
        with_more_income = fee_guard_of(&inputs, &law);
        holds_or_report(guard.within_effort <= with_more_aid.within_effort &&
                            with_more_aid.within_effort <= with_more_income.within_effort,
                        "seed 0xfee, case %d: more aid or income never turns yes into no", i);
    }
    check(accepted > 1000 && accepted < 19000, "20,000 drawn, %d of them within the effort",
          accepted);
}

int main(void)
{
    test_effort();
    test_floor();
    test_inputs();
    test_any_amounts();
    return checks_done();
}
