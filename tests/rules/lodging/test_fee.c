/* A fee is rent, charges and services; a part of a month costs its days of that month exactly, and
 * the parts of a month add up to it, to the cent (domain.md RS-7, RS-9, S0-9). */
#include "services/lodging/rules/fee.h"

#include "libcommon/money.h"
#include "services/lodging/rules/notice.h"
#include "tests/check.h"

static const struct fee studio = {
    .rent_cents = 31000,
    .charges_cents = 9300,
    .services_cents = 3100,
    .optional_services_cents = 620,
};

static void parts_of_a_fee(void)
{
    about("what is in the fee (RS-9)");
    check_number(fee_housing_cents(&studio), 40300,
                 "RS-9: rent 310.00 and charges 93.00 make 403.00, which counts for the aid");
    check_number(fee_compulsory_cents(&studio), 43400,
                 "RS-9: the receipt asks 434.00, compulsory services of 31.00 with them");
    check_number(fee_total_cents(&studio), 44020,
                 "RS-5 a: the whole term is 440.20, optional services of 6.20 too");
}

static void asked(void)
{
    static const struct {
        const char *sentence;
        struct fee fee;
        const struct refusal *refusal;
    } cases[] = {
        { "a fee of nothing at all may be asked", { 0, 0, 0, 0 }, ACCEPTED },
        { "a fee with every part may be asked", { 1, 1, 1, 1 }, ACCEPTED },
        { "a rent of one cent less than nothing", { -1, 9, 9, 9 }, &FEE_IS_NEGATIVE },
        { "charges of one cent less than nothing", { 9, -1, 9, 9 }, &FEE_IS_NEGATIVE },
        { "services of one cent less than nothing", { 9, 9, -1, 9 }, &FEE_IS_NEGATIVE },
        { "optional services of one cent less than nothing", { 9, 9, 9, -1 }, &FEE_IS_NEGATIVE },
        { "the largest amount in every part",
          { MONEY_LARGEST_CENTS, MONEY_LARGEST_CENTS, MONEY_LARGEST_CENTS, MONEY_LARGEST_CENTS },
          ACCEPTED },
        { "a rent one cent beyond", { MONEY_LARGEST_CENTS + 1, 0, 0, 0 }, &FEE_IS_TOO_LARGE },
        { "charges one cent beyond", { 0, MONEY_LARGEST_CENTS + 1, 0, 0 }, &FEE_IS_TOO_LARGE },
        { "services one cent beyond", { 0, 0, MONEY_LARGEST_CENTS + 1, 0 }, &FEE_IS_TOO_LARGE },
        { "optional services one cent beyond",
          { 0, 0, 0, MONEY_LARGEST_CENTS + 1 },
          &FEE_IS_TOO_LARGE },
    };

    about("what may be asked");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(fee_may_be_asked(&cases[i].fee) == cases[i].refusal, "%s: %s", cases[i].sentence,
              cases[i].refusal ? cases[i].refusal->code : "accepted");
}

static void part_months(void)
{
    static const struct {
        const char *sentence;
        struct date month, from, end;
        int64_t rent_cents, charges_cents, services_cents, optional_cents;
    } cases[] = {
        { "S0-9: the whole of January 2024",
          { 2024, 1, 1 },
          { 2023, 5, 1 },
          { 0 },
          31000,
          9300,
          3100,
          620 },
        { "any day names its month",
          { 2024, 1, 31 },
          { 2023, 5, 1 },
          { 0 },
          31000,
          9300,
          3100,
          620 },
        { "entered on the 31st: one day of 31",
          { 2024, 1, 1 },
          { 2024, 1, 31 },
          { 0 },
          1000,
          300,
          100,
          20 },
        { "entered on the 2nd: 30 days of 31",
          { 2024, 1, 1 },
          { 2024, 1, 2 },
          { 0 },
          30000,
          9000,
          3000,
          600 },
        { "entered on the 1st: the whole month",
          { 2024, 1, 1 },
          { 2024, 1, 1 },
          { 0 },
          31000,
          9300,
          3100,
          620 },
        { "ended on the 2nd, so only the 1st is owed",
          { 2024, 1, 1 },
          { 2023, 5, 1 },
          { 2024, 1, 2 },
          1000,
          300,
          100,
          20 },
        { "ended on the 31st: 30 days",
          { 2024, 1, 1 },
          { 2023, 5, 1 },
          { 2024, 1, 31 },
          30000,
          9000,
          3000,
          600 },
        { "ended on 1 February: the whole of January",
          { 2024, 1, 1 },
          { 2023, 5, 1 },
          { 2024, 2, 1 },
          31000,
          9300,
          3100,
          620 },
        { "ended on 1 January: nothing of January",
          { 2024, 1, 1 },
          { 2023, 5, 1 },
          { 2024, 1, 1 },
          0,
          0,
          0,
          0 },
        { "ended the year before: nothing",
          { 2024, 1, 1 },
          { 2022, 5, 1 },
          { 2023, 1, 1 },
          0,
          0,
          0,
          0 },
        { "entered on 1 February: nothing of January",
          { 2024, 1, 1 },
          { 2024, 2, 1 },
          { 0 },
          0,
          0,
          0,
          0 },
        { "entered the year after: nothing", { 2024, 1, 1 }, { 2025, 1, 1 }, { 0 }, 0, 0, 0, 0 },
        { "from the 10th up to the 12th: two days of 31",
          { 2024, 1, 1 },
          { 2024, 1, 10 },
          { 2024, 1, 12 },
          2000,
          600,
          200,
          40 },
        { "14 of the 28 days of February 2023",
          { 2023, 2, 1 },
          { 2023, 2, 15 },
          { 0 },
          15500,
          4650,
          1550,
          310 },
        /* 310.00 less round(310.00 * 14 / 29) = 310.00 - 149.66; 93.00 - 44.90; 31 - 14.97; ... */
        { "15 of the 29 days of February 2024",
          { 2024, 2, 1 },
          { 2024, 2, 15 },
          { 0 },
          16034,
          4810,
          1603,
          321 },
        { "half of April, 15 of 30 days",
          { 2024, 4, 1 },
          { 2024, 4, 16 },
          { 0 },
          15500,
          4650,
          1550,
          310 },
        { "one day across New Year is priced by December's 31",
          { 2023, 12, 1 },
          { 2023, 12, 31 },
          { 2024, 1, 2 },
          1000,
          300,
          100,
          20 },
    };

    about("a part month, by days of that month");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fee part = fee_of_month(&studio, cases[i].month, cases[i].from, cases[i].end);

        check_number(part.rent_cents, cases[i].rent_cents, "%s: rent", cases[i].sentence);
        check_number(part.charges_cents, cases[i].charges_cents, "%s: charges", cases[i].sentence);
        check_number(part.services_cents, cases[i].services_cents, "%s: services",
                     cases[i].sentence);
        check_number(part.optional_services_cents, cases[i].optional_cents, "%s: optional services",
                     cases[i].sentence);
    }
}

/* However a month is cut into stays, its parts add up to it. */
static void parts_add_up(void)
{
    struct chance chance = { .state = UINT64_C(0xfee) };
    bool exact = true;

    for (int i = 0; i < 100000; i++) {
        struct date first = DATE((int16_t)chance_between(&chance, 2008, 2024),
                                 (uint8_t)chance_between(&chance, 1, 12), 1);
        struct fee fee = { .rent_cents = chance_between(&chance, 0, 99999),
                           .charges_cents = chance_between(&chance, 0, 20000),
                           .services_cents = chance_between(&chance, 0, 5000),
                           .optional_services_cents = chance_between(&chance, 0, 999) };
        int64_t rent = 0, total = 0;
        struct date at = first;

        while (date_is_before(at, date_first_of_next_month(first))) {
            struct date next = date_add_days(at, (int32_t)chance_between(&chance, 1, 20));
            struct fee part = fee_of_month(&fee, first, at, next);

            exact &= part.rent_cents >= 0;
            rent += part.rent_cents;
            total += fee_total_cents(&part);
            at = next;
        }
        exact &= rent == fee.rent_cents && total == fee_total_cents(&fee);
    }
    check(exact, "100,000 months cut at random (seed 0xfee): the parts add up to the cent");
}

static void schedules(void)
{
    static const struct fee_period schedule[] = {
        { .from = { 2024, 1, 1 }, .fee = { .rent_cents = 1 }, .aid_payee = AID_TO_HOUSEHOLD },
        { .from = { 2024, 7, 15 }, .fee = { .rent_cents = 2 }, .aid_payee = AID_TO_MANAGER },
    };

    about("the fee in force (RS-16: the aid's payee is a field)");
    check(fee_in_force(schedule, 2, DATE(2023, 12, 31)) == NULL, "none before the first day");
    check(fee_in_force(schedule, 0, DATE(2024, 1, 1)) == NULL, "none in an empty schedule");
    check(fee_in_force(schedule, 2, DATE(2024, 1, 1)) == &schedule[0],
          "the first on its first day");
    check(fee_in_force(schedule, 2, DATE(2024, 7, 14)) == &schedule[0],
          "and on the eve of the next");
    check(fee_in_force(schedule, 2, DATE(2024, 7, 15)) == &schedule[1],
          "the second from 15 July 2024, with its payee");
}

/* The two parts that a fee has of a notice: when it stops, and what that month then costs. */
static void departures(void)
{
    static const struct {
        const char *sentence;
        enum notice_giver giver;
        struct date exit;
        int64_t rent_cents;
    } cases[] = {
        { "the resident's notice runs to 20 March 2024, gone on the 12th: 20 days",
          NOTICE_BY_RESIDENT,
          { 2024, 3, 13 },
          20000 },
        { "gone on the 22nd: 22 days", NOTICE_BY_RESIDENT, { 2024, 3, 23 }, 22000 },
        { "the manager's notice, gone on the 12th: 12 days of actual occupation",
          NOTICE_BY_MANAGER,
          { 2024, 3, 13 },
          12000 },
        { "the manager's notice, still there: the whole month", NOTICE_BY_MANAGER, { 0 }, 31000 },
    };

    about("what is owed during a notice (RS-7, RS-8 with C-24)");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct date end = notice_fee_ends(cases[i].giver, DATE(2024, 3, 20), cases[i].exit);
        struct fee march = fee_of_month(&studio, DATE(2024, 3, 1), DATE(2023, 1, 1), end);

        check_number(march.rent_cents, cases[i].rent_cents, "RS-7: %s", cases[i].sentence);
    }
}

int main(void)
{
    parts_of_a_fee();
    asked();
    part_months();
    parts_add_up();
    schedules();
    departures();
    return checks_done();
}
