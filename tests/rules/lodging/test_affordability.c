/* What remains of the fee takes at most a third of the income, to the cent, and the result keeps
 * what it was made from (domain.md C-9, S0-22). */
#include "services/lodging/rules/affordability.h"

#include "libcommon/money.h"
#include "tests/check.h"
#include "tests/rules/law.h"

static struct affordability_law law;

static const struct refusal *asked(int64_t income, int64_t fee, int64_t aid, int64_t tenths)
{
    struct affordability_inputs inputs = { .on = DATE(2026, 11, 23),
                                           .income_cents = income,
                                           .fee_cents = fee,
                                           .aid_cents = aid,
                                           .consumption_unit_tenths = tenths };
    struct affordability result = affordability_of(&inputs, &law);

    return fee_is_affordable(&result);
}

static void test_effort(void)
{
    about("the share of income");
    check_number(law.largest_effort_percent, 33, "C-9: 33 per cent by default");
    check(!law.asks_for_floor, "C-9: no floor by default");
    check(asked(100000, 33000, 0, 10) == ACCEPTED, "C-9: 330.00 of 1,000.00 is bearable");
    check(asked(100000, 33001, 0, 10) == &FEE_NOT_AFFORDABLE, "C-9: one cent more is not");
    check(asked(99999, 33000, 0, 10) == &FEE_NOT_AFFORDABLE,
          "C-9: nor 330.00 of one cent less than 1,000.00");
    check(asked(100000, 53000, 20000, 10) == ACCEPTED, "C-9: the aid comes off the fee first");
    check(asked(100000, 53001, 20000, 10) == &FEE_NOT_AFFORDABLE, "C-9: to the cent");
    check(asked(0, 1, 0, 10) == &FEE_NOT_AFFORDABLE, "C-9: no income bears no cent");
    check(asked(0, 30000, 30000, 10) == ACCEPTED, "C-9: a fee wholly covered is bearable");
    check(asked(0, 30000, 40000, 10) == ACCEPTED, "C-9: aid above the fee leaves nothing to pay");
    check(asked(MONEY_LARGEST_CENTS, MONEY_LARGEST_CENTS, 0, 1000) == &FEE_NOT_AFFORDABLE,
          "C-9: the largest amounts are computed, not overflowed");
}

static void test_floor(void)
{
    about("what is left to live on");
    law.asks_for_floor = true;
    law.floor_cents = 30000;
    check(asked(81000, 21000, 0, 20) == ACCEPTED,
          "C-9: 600.00 left for 2 consumption units of 300.00 is enough");
    check(asked(80999, 21000, 0, 20) == &FEE_LEAVES_TOO_LITTLE, "C-9: 599.99 is not");
    check(asked(80999, 21000, 1, 20) == ACCEPTED, "C-9: one cent of aid mends it");
    check(asked(75000, 21000, 0, 18) == ACCEPTED, "C-9: 540.00 for 1.8 units");
    check(asked(75000, 21001, 0, 18) == &FEE_LEAVES_TOO_LITTLE, "C-9: one cent less is not enough");
    check(asked(30000, 20000, 30000, 10) == ACCEPTED,
          "C-9: aid above the fee is not income: 300.00 are left");
    check(asked(29999, 20000, 30000, 10) == &FEE_LEAVES_TOO_LITTLE, "C-9: and 299.99 are not 300");
    check(asked(30000, 20000, 0, 10) == &FEE_NOT_AFFORDABLE,
          "C-9: where both fail, the effort is told first");
    law.asks_for_floor = false;
    check(asked(29999, 20000, 30000, 10) == ACCEPTED, "C-9: off, the floor asks nothing");
}

static void test_kept(void)
{
    struct affordability_inputs inputs = { .on = DATE(2026, 2, 28),
                                           .income_cents = 120050,
                                           .fee_cents = 48020,
                                           .aid_cents = 21033,
                                           .consumption_unit_tenths = 15 };
    struct affordability kept = affordability_of(&inputs, &law);

    about("kept with its inputs");
    check_date(kept.inputs.on, DATE(2026, 2, 28), "C-9: the date is kept");
    check_number(kept.inputs.income_cents, 120050, "C-9: so is the income");
    check_number(kept.inputs.aid_cents, 21033, "C-9: so is the aid");
    check_number(kept.law.largest_effort_percent, 33, "C-9: so is the setting");
    check_number(kept.remainder_cents, 26987, "C-9: 480.20 less 210.33 is 269.87");
    check_number(kept.left_cents, 93063, "C-9: 1,200.50 less 269.87 is 930.63");
    check(kept.is_effort_bearable && kept.is_floor_reached, "C-9: both tests hold");
}

static void test_range(void)
{
    const struct affordability_inputs sound = { .on = DATE(2026, 2, 28),
                                                .consumption_unit_tenths = 10 };
    struct affordability_inputs inputs = sound;

    about("amounts that can be");
    check(affordability_may_be_computed(&inputs) == ACCEPTED, "zeros are amounts");
    inputs.on = DATE_NONE;
    check(affordability_may_be_computed(&inputs) == &AFFORDABILITY_OUT_OF_RANGE, "no date");
    inputs = sound;
    inputs.income_cents = -1;
    check(affordability_may_be_computed(&inputs) == &AFFORDABILITY_OUT_OF_RANGE, "income below 0");
    inputs = sound;
    inputs.fee_cents = -1;
    check(affordability_may_be_computed(&inputs) == &AFFORDABILITY_OUT_OF_RANGE, "fee below 0");
    inputs = sound;
    inputs.aid_cents = MONEY_LARGEST_CENTS + 1;
    check(affordability_may_be_computed(&inputs) == &AFFORDABILITY_OUT_OF_RANGE, "aid beyond all");
    inputs = sound;
    inputs.consumption_unit_tenths = 9;
    check(affordability_may_be_computed(&inputs) == &AFFORDABILITY_OUT_OF_RANGE, "0.9 unit");
    inputs.consumption_unit_tenths = 1000;
    check(affordability_may_be_computed(&inputs) == ACCEPTED, "100 units");
    inputs.consumption_unit_tenths = 1001;
    check(affordability_may_be_computed(&inputs) == &AFFORDABILITY_OUT_OF_RANGE, "100.1 units");
}

int main(void)
{
    law_on(affordability_law, DATE(2026, 11, 23), &law);
    test_effort();
    test_floor();
    test_kept();
    test_range();
    return checks_done();
}
