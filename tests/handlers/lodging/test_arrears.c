/* Each fact about arrears begins and ends on its own, on its day, and one after a clearing is a new
 * one (domain.md C-17, 6.9, ARR-1, ARR-2, ARR-8, RS-5). */
#include "tests/handlers/lodging/estate.h"

#define TERM_UNPAID LODGING__ARREARS_FACT__ARREARS_FACT_TERM_UNPAID
#define OVER_APL    LODGING__ARREARS_FACT__ARREARS_FACT_APL_THRESHOLD
#define TERMINATION LODGING__ARREARS_FACT__ARREARS_FACT_TERMINATION_POSSIBLE
#define OVER_CCAPEX LODGING__ARREARS_FACT__ARREARS_FACT_CCAPEX_THRESHOLD

/* The last time that a fact began and ended, and how often. */
struct seen {
    Lodging__ArrearsFact fact;
    int begun, ended;
    struct date since, ended_on, act_by;
    int64_t debt_cents, threshold_cents;
    char begun_as[40], ended_as[40], first_as[40];
};

static void see(void *context, const Tremplin__Header *header, const ProtobufCMessage *event)
{
    struct seen *seen = context;
    const Lodging__ArrearsBegan *began = (const Lodging__ArrearsBegan *)event;
    const Lodging__ArrearsEnded *ended = (const Lodging__ArrearsEnded *)event;

    (void)header;
    if (event && event->descriptor == &lodging__arrears_began__descriptor &&
        began->fact == seen->fact) {
        seen->since = date_of(began->since);
        seen->act_by = date_of(began->act_by);
        seen->debt_cents = cents_of(began->debt);
        seen->threshold_cents = cents_of(began->threshold);
        snprintf(seen->begun_as, sizeof seen->begun_as, "%s", began->episode);
        if (seen->begun++ == 0)
            snprintf(seen->first_as, sizeof seen->first_as, "%s", began->episode);
    }
    if (event && event->descriptor == &lodging__arrears_ended__descriptor &&
        ended->fact == seen->fact) {
        seen->ended++;
        seen->ended_on = date_of(ended->ended_on);
        snprintf(seen->ended_as, sizeof seen->ended_as, "%s", ended->episode);
    }
}

static struct seen seen_of(struct world *world, Lodging__ArrearsFact fact)
{
    struct seen seen = { .fact = fact };

    world_events(world, "lodging", see, &seen);
    return seen;
}

static struct world *a_debtor(uint64_t seed, struct date start, Lodging__AidPayee payee,
                              struct tenancy *tenancy)
{
    struct world *world = an_estate(seed, start);
    Tremplin__Date *day = ON(start.year, start.month, start.day);
    Lodging__SignTitle asked =
        a_title(commission_unit(world, open_residence(world, "Riquet", A_RESIDENCE), 1), HOUSEHOLD);
    const Lodging__SignTitleReply *reply;

    asked.signed_on = day;
    asked.aid_payee = payee;
    reply = sign(world, &asked).reply;
    enter_stay(world, reply->stay, day);
    tenancy->stay = reply->stay;
    tenancy->account = reply->account;
    return world;
}

/* A fee of 400 of rent, 60 of charges and 40 of services; in on 6 January: 335.48, 50.32, 33.55. */
static void test_the_story(void)
{
    struct tenancy tenancy;
    struct world *world = a_debtor(1, DATE(2020, 1, 6), 0, &tenancy);
    struct seen seen;
    int late;

    about("a first term unpaid (A-70): five days after it fell due");
    world_move_to(world, DATE(2020, 1, 10), 23, 59);
    check_number(seen_of(world, TERM_UNPAID).begun, 0,
                 "due on the 6th, on the 10th it is not late");
    world_move_to(world, DATE(2020, 1, 11), 0, 0);
    seen = seen_of(world, TERM_UNPAID);
    check_number(seen.begun, 1, "on the 11th it is, at the start of the day");
    check_date(seen.since, DATE(2020, 1, 11), "since the 11th");
    check_number(seen.debt_cents, 41935, "for all that is due");
    check(account_told(world, tenancy.account)->late, "the account says so");
    about("the threshold of the aid (ARR-1): two months of rent and charges, 920 euros");
    world_move_to(world, DATE(2020, 3, 4), 23, 59);
    check_number(seen_of(world, OVER_APL).begun, 0, "January and February are 845.80: below it");
    world_move_to(world, DATE(2020, 3, 5), 0, 0);
    seen = seen_of(world, OVER_APL);
    check_number(seen.begun, 1, "with March it is met");
    check_date(seen.since, DATE(2020, 3, 5), "on the day March falls due");
    check_date(seen.act_by, DATE(2020, 5, 5), "to be referred within two months (ARR-2)");
    check_number(seen.threshold_cents, 92000, "the threshold is 920 euros");
    check_number(seen.debt_cents, 33548 + 5032 + 2 * 46000, "for 1,305.80 of housing debt");
    about("three consecutive months wholly unpaid (RS-5 a)");
    seen = seen_of(world, TERMINATION);
    check_number(seen.begun, 1, "the contract may be ended");
    check_date(seen.since, DATE(2020, 3, 5), "since the third was due");
    about("the threshold of the commission (ARR-8, before July 2023): three months of rent");
    seen = seen_of(world, OVER_CCAPEX);
    check_number(seen.begun, 1, "1,305.80 is more than 1,200");
    check_number(seen.threshold_cents, 120000, "which is the threshold");
    about("a payment clears some facts and not others (C-17)");
    world_move_to(world, DATE(2020, 3, 10), 9, 0);
    pay_cents(world, tenancy.account, 100000);
    check_number(seen_of(world, OVER_APL).ended, 1, "419.35 is below the threshold of the aid");
    check_date(seen_of(world, OVER_APL).ended_on, DATE(2020, 3, 10), "from that day");
    check_number(seen_of(world, TERMINATION).ended, 1, "the contract may not be ended any more");
    check_number(seen_of(world, OVER_CCAPEX).ended, 1, "nor is the commission's threshold met");
    check_number(seen_of(world, TERM_UNPAID).ended, 0, "but March is unpaid");
    world_move_to(world, DATE(2020, 3, 11), 9, 0);
    pay_cents(world, tenancy.account, 41934);
    check_number(seen_of(world, TERM_UNPAID).ended, 0, "one cent is missing");
    pay_cents(world, tenancy.account, 1);
    seen = seen_of(world, TERM_UNPAID);
    check_number(seen.ended, 1, "and then none");
    check_text(seen.ended_as, seen.begun_as, "the fact that ends is the one that began");
    check(!account_told(world, tenancy.account)->late, "the account is not late");
    about("a new one after a clearing is a new one (C-17)");
    world_move_to(world, DATE(2020, 4, 10), 0, 0);
    seen = seen_of(world, TERM_UNPAID);
    check_number(seen.begun, 2, "April unpaid is late again, five days after the 5th");
    check_date(seen.since, DATE(2020, 4, 10), "since its own day");
    check(strcmp(seen.begun_as, seen.first_as) != 0, "under an identifier of its own");
    late = seen.begun;
    world_move_to(world, DATE(2020, 5, 4), 12, 0);
    check_number(seen_of(world, TERM_UNPAID).begun, late, "and is told once");
    close_estate(world);
}

static void test_who_gets_the_aid(void)
{
    struct tenancy tenancy;
    struct world *world =
        a_debtor(2, DATE(2020, 1, 1), LODGING__AID_PAYEE__AID_PAYEE_MANAGER, &tenancy);
    Lodging__RecordPayment aid = a_payment(tenancy.account, CENTS(20000));

    about("aid paid to the manager lowers the threshold (ARR-1): two months net of it");
    aid.method = LODGING__PAYMENT_METHOD__PAYMENT_METHOD_HOUSING_AID;
    aid.term = ON(2020, 1, 1);
    world_move_to(world, DATE(2020, 1, 6), 9, 0);
    pay(world, &aid);
    world_move_to(world, DATE(2020, 2, 6), 9, 0);
    check_number(seen_of(world, OVER_APL).begun, 0, "760 owed: 260 and 460 of housing, below 920");
    aid.term = ON(2020, 2, 1);
    pay(world, &aid);
    check_number(seen_of(world, OVER_APL).begun, 1,
                 "with 200 of aid for February the threshold is 520, which 260 twice reach");
    check_number(seen_of(world, OVER_APL).threshold_cents, 52000, "and that is told");
    close_estate(world);
    world = a_debtor(3, DATE(2020, 1, 1), LODGING__AID_PAYEE__AID_PAYEE_NOBODY, &tenancy);
    about("where nobody receives aid");
    world_move_to(world, DATE(2020, 4, 6), 9, 0);
    check_number(seen_of(world, OVER_APL).begun, 0, "its threshold is no matter");
    check_number(seen_of(world, TERMINATION).begun, 1, "the others are");
    close_estate(world);
    world = a_debtor(4, DATE(2020, 1, 1), LODGING__AID_PAYEE__AID_PAYEE_HOUSEHOLD, &tenancy);
    about("where the household receives it");
    world_move_to(world, DATE(2020, 4, 6), 9, 0);
    check_number(seen_of(world, OVER_APL).begun, 1, "the threshold counts");
    check(!date_is_set(seen_of(world, OVER_APL).act_by),
          "but the manager need not refer it (ARR-2)");
    close_estate(world);
}

static void test_part_payments(void)
{
    struct tenancy tenancy;
    struct world *world = a_debtor(5, DATE(2020, 1, 1), 0, &tenancy);

    about("with part payments, two months of housing and charges are due (RS-5 b)");
    world_move_to(world, DATE(2020, 1, 6), 9, 0);
    pay_cents(world, tenancy.account, 8000);
    world_move_to(world, DATE(2020, 2, 5), 9, 0);
    check_number(seen_of(world, TERMINATION).begun, 1, "920 of 920: met to the cent");
    pay_cents(world, tenancy.account, 1);
    check_number(seen_of(world, TERMINATION).ended, 1, "one cent less: not met");
    close_estate(world);
}

static void test_in_time(void)
{
    struct tenancy tenancy;
    struct world *world = a_debtor(6, DATE(2020, 1, 1), 0, &tenancy);

    about("who pays in time is never late");
    for (int month = 1; month <= 12; month++) {
        world_move_to(world, DATE(2020, (uint8_t)month, 3), 9, 0);
        pay_cents(world, tenancy.account, 50000);
    }
    world_move_to(world, DATE(2020, 12, 31), 9, 0);
    check_number(world_count(world, "lodging", &HAPPENED(arrears_began)), 0, "no fact began");
    check_number(world_count(world, "lodging", &HAPPENED(account_reviewed)), 0,
                 "and the account was not even looked at again");
    check_number(balance_of(world, tenancy.account), 0, "all is paid");
    close_estate(world);
}

static void test_late_news(void)
{
    struct tenancy tenancy;
    struct world *world = a_debtor(7, DATE(2020, 1, 1), 0, &tenancy);
    Lodging__RecordPayment asked = a_payment(tenancy.account, CENTS(50000));

    about("a payment told late ends a fact on the day it was made");
    world_move_to(world, DATE(2020, 1, 20), 9, 0);
    asked.paid_on = ON(2020, 1, 17);
    asked.term = ON(2020, 1, 1);
    pay(world, &asked);
    check_date(seen_of(world, TERM_UNPAID).ended_on, DATE(2020, 1, 17),
               "on the 17th, not the 20th");
    about("a debt told late is dated by when it was due");
    check(is_done(adjust(world, tenancy.account, 30000, ON(2019, 10, 1), ON(2019, 10, 5))),
          "300 euros of October come to light");
    check_number(seen_of(world, TERM_UNPAID).begun, 2, "they are late");
    check_date(seen_of(world, TERM_UNPAID).since, DATE(2019, 10, 10), "since 10 October");
    close_estate(world);
}

static void test_exit(void)
{
    struct tenancy tenancy;
    struct world *world = a_debtor(8, DATE(2020, 1, 1), 0, &tenancy);
    Lodging__EndStay exit = an_exit(tenancy.stay);

    about("who leaves with a debt keeps it, but has no contract left to end");
    world_move_to(world, DATE(2020, 4, 1), 9, 0);
    check_number(seen_of(world, TERMINATION).begun, 1, "three months are unpaid");
    exit.left_on = ON(2020, 4, 1);
    check(is_done(end(world, &exit)), "the household leaves on the first of April");
    check_number(balance_of(world, tenancy.account), 150000, "of which nothing is due");
    check_number(seen_of(world, TERMINATION).ended, 1, "no contract is left to end");
    check_number(seen_of(world, TERM_UNPAID).ended, 0, "the debt is still late");
    check_number(seen_of(world, OVER_APL).ended, 0, "and over the threshold");
    pay_cents(world, tenancy.account, 150000);
    check_number(seen_of(world, TERM_UNPAID).ended, 1, "until it is paid");
    close_estate(world);
}

static void test_crash(void)
{
    struct tenancy tenancy;
    struct world *world = a_debtor(9, DATE(2020, 1, 1), 0, &tenancy);

    about("a service that was down for months tells each fact by its day, once");
    world_kill(world, "lodging");
    world_move_to(world, DATE(2020, 4, 20), 9, 0);
    world_revive(world, "lodging");
    world_settle(world);
    check_number(world_count(world, "lodging", &HAPPENED(fee_charged)), 4,
                 "four months are charged");
    check_date(seen_of(world, TERM_UNPAID).since, DATE(2020, 1, 10), "late since 10 January");
    check_date(seen_of(world, TERMINATION).since, DATE(2020, 3, 5), "three months on 5 March");
    check_number(seen_of(world, TERM_UNPAID).begun, 1, "once");
    close_estate(world);
}

int main(void)
{
    test_the_story();
    test_who_gets_the_aid();
    test_part_payments();
    test_in_time();
    test_late_news();
    test_exit();
    test_crash();
    return checks_done();
}
