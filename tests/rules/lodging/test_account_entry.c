/* An entry joins a rent account only when it says what it must, and takes back no more than stands
 * (domain.md 6.9, Q32, Q38, LHI-1). */
#include "services/lodging/rules/account_entry.h"

#include "libcommon/money.h"
#include "tests/check.h"

static const struct account_entry standing[] = {
    { .kind = ENTRY_CHARGE, .on = { 2024, 1, 5 }, .amount_cents = 50000, .services_cents = 3000 },
    { .kind = ENTRY_ADJUSTMENT, .on = { 2024, 1, 20 }, .amount_cents = 700 },
    { .kind = ENTRY_ADJUSTMENT,
      .on = { 2024, 2, 20 },
      .term = { 2024, 1, 1 },
      .amount_cents = -200 },
    { .kind = ENTRY_ADJUSTMENT, .on = { 2024, 1, 21 }, .amount_cents = -9000 },
    { .kind = ENTRY_TRANSFER, .on = { 2024, 1, 22 }, .amount_cents = 30 },
    { .kind = ENTRY_TRANSFER, .on = { 2024, 1, 22 }, .term = { 2024, 1, 9 }, .amount_cents = -4 },
    { .kind = ENTRY_CHARGE, .on = { 2024, 2, 5 }, .amount_cents = 60000 },
    { .kind = ENTRY_PAYMENT, .on = { 2024, 1, 10 }, .amount_cents = 30000 },
    { .kind = ENTRY_PAYMENT, .on = { 2024, 2, 10 }, .term = { 2024, 2, 5 }, .amount_cents = 20000 },
    { .kind = ENTRY_AID, .on = { 2024, 2, 5 }, .term = { 2024, 1, 1 }, .amount_cents = 10000 },
    { .kind = ENTRY_WAIVER, .on = { 2024, 2, 6 }, .amount_cents = 500 },
    { .kind = ENTRY_PAYMENT, .on = { 2024, 3, 10 }, .amount_cents = -100 },
    { .kind = ENTRY_RENT_STOP, .on = { 2024, 3, 1 }, .term = { 2024, 2, 1 }, .amount_cents = 100 },
};

static const struct {
    const char *sentence;
    struct account_entry entry;
    const struct refusal *refusal;
} cases[] = {
    { "a charge", { ENTRY_CHARGE, { 2024, 3, 5 }, { 0 }, 50000, 0 }, ACCEPTED },
    { "a charge without a date", { ENTRY_CHARGE, { 0 }, { 0 }, 50000, 0 }, &ENTRY_HAS_NO_DATE },
    { "a charge of zero", { ENTRY_CHARGE, { 2024, 3, 5 }, { 0 }, 0, 0 }, &ENTRY_HAS_NO_AMOUNT },
    { "a charge of one cent", { ENTRY_CHARGE, { 2024, 3, 5 }, { 0 }, 1, 0 }, ACCEPTED },
    { "a charge of one cent below zero",
      { ENTRY_CHARGE, { 2024, 3, 5 }, { 0 }, -1, 0 },
      &ENTRY_IS_NEGATIVE },
    { "Q38: the largest charge",
      { ENTRY_CHARGE, { 2024, 3, 5 }, { 0 }, MONEY_LARGEST_CENTS, 0 },
      ACCEPTED },
    { "Q38: a cent beyond",
      { ENTRY_CHARGE, { 2024, 3, 5 }, { 0 }, MONEY_LARGEST_CENTS + 1, 0 },
      &ENTRY_IS_TOO_LARGE },
    { "RS-9: a charge that is all services",
      { ENTRY_CHARGE, { 2024, 3, 5 }, { 0 }, 100, 100 },
      ACCEPTED },
    { "RS-9: services one cent above the charge",
      { ENTRY_CHARGE, { 2024, 3, 5 }, { 0 }, 100, 101 },
      &ENTRY_SERVICES_EXCEED_AMOUNT },
    { "RS-9: services of one cent", { ENTRY_CHARGE, { 2024, 3, 5 }, { 0 }, 100, 1 }, ACCEPTED },
    { "RS-9: services below zero",
      { ENTRY_CHARGE, { 2024, 3, 5 }, { 0 }, 100, -1 },
      &ENTRY_SERVICES_EXCEED_AMOUNT },
    { "RS-9: a payment with a part for services",
      { ENTRY_PAYMENT, { 2024, 3, 5 }, { 0 }, 100, 1 },
      &ENTRY_SERVICES_EXCEED_AMOUNT },
    { "RS-9: less to pay, with a part for services",
      { ENTRY_ADJUSTMENT, { 2024, 3, 5 }, { 0 }, -100, 1 },
      &ENTRY_SERVICES_EXCEED_AMOUNT },
    { "RS-9: more to pay, with a part for services",
      { ENTRY_ADJUSTMENT, { 2024, 3, 5 }, { 0 }, 100, 1 },
      ACCEPTED },
    { "RS-9: a transfer in, with a part for services",
      { ENTRY_TRANSFER, { 2024, 3, 5 }, { 0 }, 100, 1 },
      ACCEPTED },
    { "less to pay, of any amount",
      { ENTRY_ADJUSTMENT, { 2024, 3, 5 }, { 0 }, -99999999, 0 },
      ACCEPTED },
    { "a transfer out, of any amount",
      { ENTRY_TRANSFER, { 2024, 3, 5 }, { 0 }, -99999999, 0 },
      ACCEPTED },
    { "a payment that names no term", { ENTRY_PAYMENT, { 2024, 3, 5 }, { 0 }, 1, 0 }, ACCEPTED },
    { "a waiver that names no term", { ENTRY_WAIVER, { 2024, 3, 5 }, { 0 }, 1, 0 }, ACCEPTED },
    { "Q32: an aid that names no month",
      { ENTRY_AID, { 2024, 3, 5 }, { 0 }, 1, 0 },
      &ENTRY_NAMES_NO_TERM },
    { "Q32: an aid for a month", { ENTRY_AID, { 2024, 3, 5 }, { 2024, 2, 1 }, 1, 0 }, ACCEPTED },
    { "an awaited aid that names no month",
      { ENTRY_AID_AWAITED, { 2024, 3, 5 }, { 0 }, 1, 0 },
      &ENTRY_NAMES_NO_TERM },
    { "an awaited aid for a month",
      { ENTRY_AID_AWAITED, { 2024, 3, 5 }, { 2024, 2, 1 }, 1, 0 },
      ACCEPTED },
    { "LHI-1: a rent stop that names no month",
      { ENTRY_RENT_STOP, { 2024, 3, 5 }, { 0 }, 1, 0 },
      &ENTRY_NAMES_NO_TERM },
    { "LHI-1: a rent stop below zero",
      { ENTRY_RENT_STOP, { 2024, 3, 5 }, { 2024, 1, 1 }, -1, 0 },
      &ENTRY_IS_NEGATIVE },
    /* 500.00 charged + 7.00 + 0.30 more to pay - 2.00 - 0.04 less for January; the 90.00 that name
     * no month are not January's. */
    { "LHI-1: a rent stop of all that January came to",
      { ENTRY_RENT_STOP, { 2024, 3, 5 }, { 2024, 1, 31 }, 50526, 0 },
      ACCEPTED },
    { "LHI-1: a rent stop one cent above",
      { ENTRY_RENT_STOP, { 2024, 3, 5 }, { 2024, 1, 31 }, 50527, 0 },
      &RENT_STOP_EXCEEDS_TERM },
    { "LHI-1: a rent stop of what another left of February",
      { ENTRY_RENT_STOP, { 2024, 3, 5 }, { 2024, 2, 1 }, 59900, 0 },
      ACCEPTED },
    { "LHI-1: a cent more than it left",
      { ENTRY_RENT_STOP, { 2024, 3, 5 }, { 2024, 2, 1 }, 59901, 0 },
      &RENT_STOP_EXCEEDS_TERM },
    { "LHI-1: a rent stop of a month never charged",
      { ENTRY_RENT_STOP, { 2024, 3, 5 }, { 2024, 3, 1 }, 1, 0 },
      &RENT_STOP_EXCEEDS_TERM },
    { "a bounced payment of January, all of it that is not yet taken back",
      { ENTRY_PAYMENT, { 2024, 1, 15 }, { 0 }, -29900, 0 },
      ACCEPTED },
    { "a cent more: 1.00 was taken back in March",
      { ENTRY_PAYMENT, { 2024, 1, 15 }, { 0 }, -29901, 0 },
      &ENTRY_TAKES_BACK_TOO_MUCH },
    { "a payment taken back on its own day",
      { ENTRY_PAYMENT, { 2024, 1, 10 }, { 0 }, -29900, 0 },
      ACCEPTED },
    { "a payment taken back the day before it came",
      { ENTRY_PAYMENT, { 2024, 1, 9 }, { 0 }, -1, 0 },
      &ENTRY_TAKES_BACK_TOO_MUCH },
    { "a payment for February taken back, the month named by another of its days",
      { ENTRY_PAYMENT, { 2024, 2, 12 }, { 2024, 2, 29 }, -20000, 0 },
      ACCEPTED },
    { "a cent more than stands for February",
      { ENTRY_PAYMENT, { 2024, 2, 12 }, { 2024, 2, 29 }, -20001, 0 },
      &ENTRY_TAKES_BACK_TOO_MUCH },
    { "a payment for February taken back without naming it: the cents standing unnamed differ",
      { ENTRY_PAYMENT, { 2024, 4, 12 }, { 0 }, -29901, 0 },
      &ENTRY_TAKES_BACK_TOO_MUCH },
    { "a payment taken back from a month that got none",
      { ENTRY_PAYMENT, { 2024, 3, 12 }, { 2024, 1, 1 }, -1, 0 },
      &ENTRY_TAKES_BACK_TOO_MUCH },
    { "an aid taken back by its payer",
      { ENTRY_AID, { 2024, 3, 12 }, { 2024, 1, 1 }, -10000, 0 },
      ACCEPTED },
    { "an aid taken back, one cent too much",
      { ENTRY_AID, { 2024, 3, 12 }, { 2024, 1, 1 }, -10001, 0 },
      &ENTRY_TAKES_BACK_TOO_MUCH },
    { "a waiver taken back", { ENTRY_WAIVER, { 2024, 3, 12 }, { 0 }, -500, 0 }, ACCEPTED },
    { "a waiver taken back, one cent too much",
      { ENTRY_WAIVER, { 2024, 3, 12 }, { 0 }, -501, 0 },
      &ENTRY_TAKES_BACK_TOO_MUCH },
};

/* 100.00 came on 10 January, was taken back on 10 March, and came again on 10 April. */
static void every_day_counts(void)
{
    static const struct account_entry entries[] = {
        { ENTRY_PAYMENT, { 2024, 1, 10 }, { 0 }, 10000, 0 },
        { ENTRY_PAYMENT, { 2024, 3, 10 }, { 0 }, -10000, 0 },
        { ENTRY_PAYMENT, { 2024, 4, 10 }, { 0 }, 10000, 0 },
    };
    const struct ledger ledger = { .entries = entries, .count = 3 };
    const struct account_entry told_late[] = { entries[1], entries[0], entries[2] };
    const struct ledger last_first = { .entries = told_late, .count = 3 };
    const struct account_entry february = { ENTRY_PAYMENT, { 2024, 2, 10 }, { 0 }, -1, 0 };
    const struct account_entry march = { ENTRY_PAYMENT, { 2024, 3, 10 }, { 0 }, -1, 0 };
    const struct account_entry april = { ENTRY_PAYMENT, { 2024, 4, 10 }, { 0 }, -10000, 0 };

    about("nothing stands below zero on any day");
    check(account_may_enter(&ledger, &february) == &ENTRY_TAKES_BACK_TOO_MUCH,
          "a cent taken back in February would lack in March, though not in the end");
    check(account_may_enter(&ledger, &march) == &ENTRY_TAKES_BACK_TOO_MUCH,
          "nor is there a cent on 10 March");
    check(account_may_enter(&ledger, &april) == ACCEPTED, "all of it can be on 10 April");
    check(account_may_enter(&last_first, &february) == &ENTRY_TAKES_BACK_TOO_MUCH,
          "in whatever order they were told");
}

static void months(void)
{
    const struct account_entry named = { .kind = ENTRY_PAYMENT,
                                         .on = { 2024, 3, 31 },
                                         .term = { 2024, 2, 29 } };
    const struct account_entry unnamed = { .kind = ENTRY_CHARGE, .on = { 2024, 3, 31 } };
    static const struct {
        const char *sentence;
        struct account_entry entry;
        bool makes;
    } kinds[] = {
        { "a charge", { .kind = ENTRY_CHARGE, .amount_cents = 1 }, true },
        { "more to pay", { .kind = ENTRY_ADJUSTMENT, .amount_cents = 1 }, true },
        { "less to pay", { .kind = ENTRY_ADJUSTMENT, .amount_cents = -1 }, false },
        { "no adjustment at all", { .kind = ENTRY_ADJUSTMENT, .amount_cents = 0 }, false },
        { "a transfer in", { .kind = ENTRY_TRANSFER, .amount_cents = 1 }, true },
        { "a transfer out", { .kind = ENTRY_TRANSFER, .amount_cents = -1 }, false },
        { "an aid", { .kind = ENTRY_AID, .amount_cents = 1 }, false },
        { "an awaited aid", { .kind = ENTRY_AID_AWAITED, .amount_cents = 1 }, false },
        { "a payment", { .kind = ENTRY_PAYMENT, .amount_cents = 1 }, false },
        { "a waiver", { .kind = ENTRY_WAIVER, .amount_cents = 1 }, false },
        { "a rent stop", { .kind = ENTRY_RENT_STOP, .amount_cents = 1 }, false },
    };

    about("which month an entry belongs to, and what makes a term");
    check_date(entry_month(&named), DATE(2024, 2, 1), "the month it names");
    check_date(entry_month(&unnamed), DATE(2024, 3, 1), "else the month it takes effect");
    check(entry_names_a_term(&named) && !entry_names_a_term(&unnamed), "a term is named or not");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        check(entry_makes_a_term(&kinds[i].entry) == kinds[i].makes, "%s %s a term",
              kinds[i].sentence, kinds[i].makes ? "makes" : "makes no");
}

/* An entry just past the count would change the answer if it were read. */
static void count_is_the_end(void)
{
    const struct account_entry payments[] = { { ENTRY_PAYMENT, { 2024, 1, 1 }, { 0 }, 77, 0 } };
    const struct account_entry charges[] = { { ENTRY_CHARGE, { 2024, 1, 1 }, { 0 }, 77, 0 } };
    const struct account_entry back = { ENTRY_PAYMENT, { 2024, 1, 1 }, { 0 }, -77, 0 };
    const struct account_entry stop = { ENTRY_RENT_STOP, { 2024, 1, 1 }, { 2024, 1, 1 }, 77, 0 };
    struct ledger ledger = { .entries = payments, .count = 0 };

    about("a ledger ends with its count");
    check(account_may_enter(&ledger, &back) == &ENTRY_TAKES_BACK_TOO_MUCH,
          "a payment past it cannot be taken back");
    ledger.entries = charges;
    check(account_may_enter(&ledger, &stop) == &RENT_STOP_EXCEEDS_TERM,
          "nor a charge past it stopped");
    ledger.count = 1;
    check(account_may_enter(&ledger, &stop) == ACCEPTED, "within it, it can");
}

int main(void)
{
    const struct ledger ledger = { .entries = standing,
                                   .count = sizeof standing / sizeof *standing };

    about("what may be entered");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(account_may_enter(&ledger, &cases[i].entry) == cases[i].refusal, "%s: %s",
              cases[i].sentence, cases[i].refusal ? cases[i].refusal->code : "accepted");
    months();
    every_day_counts();
    count_is_the_end();
    return checks_done();
}
