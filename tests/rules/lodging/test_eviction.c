/* An eviction case moves through its stages only, stops from each, and every act is held against
 * the law of its date (domain.md 6.9, C-17, C-22, ARR-9, EV-3, EV-5 to EV-10). */
#include "services/lodging/rules/eviction.h"

#include "tests/rules/law.h"
#include "tests/rules/machines.h"

static struct eviction_law law_2008, law_2020, law_2024;

static void machine(void)
{
    static const struct {
        const char *sentence;
        unsigned from, event, to;
        enum move move;
    } moves[] = {
        { "6.9: a case begins with the payment order", 0, EVICTION_SERVE_ORDER,
          EVICTION_ORDER_SERVED, MOVE_MADE },
        { "6.9: then the summons", EVICTION_ORDER_SERVED, EVICTION_SUMMON, EVICTION_SUMMONS,
          MOVE_MADE },
        { "6.9: the hearing", EVICTION_SUMMONS, EVICTION_HEAR, EVICTION_HEARING, MOVE_MADE },
        { "a hearing put off waits for another", EVICTION_HEARING, EVICTION_ADJOURN,
          EVICTION_SUMMONS, MOVE_MADE },
        { "6.9: the judgment", EVICTION_HEARING, EVICTION_JUDGE, EVICTION_JUDGMENT, MOVE_MADE },
        { "EV-5: that grants time", EVICTION_JUDGMENT, EVICTION_GRANT_TIME, EVICTION_TIME_GRANTED,
          MOVE_MADE },
        { "6.9: or leads to an order to leave", EVICTION_JUDGMENT, EVICTION_ORDER_LEAVING,
          EVICTION_ORDER_TO_LEAVE, MOVE_MADE },
        { "C-17, EV-5: time is lost with a missed instalment", EVICTION_TIME_GRANTED,
          EVICTION_MISS_INSTALMENT, EVICTION_ORDER_TO_LEAVE, MOVE_MADE },
        { "EV-7: the enforcement judge's time leaves the stage", EVICTION_ORDER_TO_LEAVE,
          EVICTION_ADD_JUDGE_TIME, EVICTION_ORDER_TO_LEAVE, MOVE_MADE },
        { "6.9: the police are asked", EVICTION_ORDER_TO_LEAVE, EVICTION_ASK_POLICE,
          EVICTION_POLICE_ASSISTANCE, MOVE_MADE },
        { "EV-7: time may still be given", EVICTION_POLICE_ASSISTANCE, EVICTION_ADD_JUDGE_TIME,
          EVICTION_POLICE_ASSISTANCE, MOVE_MADE },
        { "EV-8: a refusal leads back to the order, to be asked anew", EVICTION_POLICE_ASSISTANCE,
          EVICTION_REFUSE_POLICE, EVICTION_ORDER_TO_LEAVE, MOVE_MADE },
        { "6.9: or the eviction", EVICTION_POLICE_ASSISTANCE, EVICTION_EXECUTE, EVICTION_EXECUTED,
          MOVE_MADE },
        { "no summons without an order", 0, EVICTION_SUMMON, 0, MOVE_REFUSED },
        { "no eviction without the police", EVICTION_ORDER_TO_LEAVE, EVICTION_EXECUTE,
          EVICTION_ORDER_TO_LEAVE, MOVE_REFUSED },
        { "no order to leave while time runs and is kept", EVICTION_TIME_GRANTED,
          EVICTION_ORDER_LEAVING, EVICTION_TIME_GRANTED, MOVE_REFUSED },
        { "nothing after the eviction", EVICTION_EXECUTED, EVICTION_STOP, EVICTION_EXECUTED,
          MOVE_IGNORED },
        { "nothing after the stop", EVICTION_STOPPED, EVICTION_SUMMON, EVICTION_STOPPED,
          MOVE_IGNORED },
        { "what has not begun does not stop", 0, EVICTION_STOP, 0, MOVE_REFUSED },
    };

    about("the stages (6.9, C-17)");
    check_machine(&eviction_case_machine);
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
        unsigned next;
        enum move move = machine_move(&eviction_case_machine, moves[i].from, moves[i].event, &next);

        check(move == moves[i].move && next == moves[i].to, "%s", moves[i].sentence);
    }
    for (unsigned stage = EVICTION_ORDER_SERVED; stage < EVICTION_EXECUTED; stage++) {
        unsigned next;

        machine_move(&eviction_case_machine, stage, EVICTION_STOP, &next);
        check_number(next, EVICTION_STOPPED, "C-17: a case stops from %s",
                     eviction_case_machine.states[stage]);
    }
    check(eviction_may_stop(EVICTION_DEBT_PAID) == ACCEPTED, "with the first reason");
    check(eviction_may_stop(EVICTION_HOUSEHOLD_LEFT) == ACCEPTED, "or the last");
    check(eviction_may_stop((enum eviction_stop_reason)0) == &EVICTION_STOP_WITHOUT_REASON,
          "not without one");
    check(eviction_may_stop((enum eviction_stop_reason)(EVICTION_HOUSEHOLD_LEFT + 1)) ==
              &EVICTION_STOP_WITHOUT_REASON,
          "nor with one that is not on the list");
}

static void summons(void)
{
    static const struct {
        const char *sentence;
        struct eviction_case about;
        const struct refusal *refusal;
    } cases[] = {
        { "ARR-9: a corporate landlord that never seized the commission",
          { .is_corporate_landlord = true,
            .summons_on = { 2024, 3, 1 },
            .prefect_told_of_summons_on = { 2024, 3, 1 },
            .hearing_on = { 2024, 5, 15 } },
          &SUMMONS_WITHOUT_CCAPEX },
        { "ARR-9: two months less a day after it",
          { .is_corporate_landlord = true,
            .ccapex_seized_on = { 2023, 12, 31 },
            .summons_on = { 2024, 2, 28 },
            .prefect_told_of_summons_on = { 2024, 3, 1 },
            .hearing_on = { 2024, 5, 15 } },
          &SUMMONS_TOO_SOON_AFTER_CCAPEX },
        { "ARR-9: two months after it",
          { .is_corporate_landlord = true,
            .ccapex_seized_on = { 2023, 12, 31 },
            .summons_on = { 2024, 2, 29 },
            .prefect_told_of_summons_on = { 2024, 3, 1 },
            .hearing_on = { 2024, 5, 15 } },
          ACCEPTED },
        { "ARR-8: a private person summons without it",
          { .summons_on = { 2024, 2, 1 },
            .prefect_told_of_summons_on = { 2024, 3, 1 },
            .hearing_on = { 2024, 5, 15 } },
          ACCEPTED },
        { "EV-3: the prefect was never told",
          { .summons_on = { 2024, 2, 1 }, .hearing_on = { 2024, 5, 15 } },
          &SUMMONS_NOT_TOLD_TO_PREFECT },
        { "EV-3: told six weeks before the hearing",
          { .summons_on = { 2024, 2, 1 },
            .prefect_told_of_summons_on = { 2024, 4, 3 },
            .hearing_on = { 2024, 5, 15 } },
          ACCEPTED },
        { "EV-3: told a day later",
          { .summons_on = { 2024, 2, 1 },
            .prefect_told_of_summons_on = { 2024, 4, 4 },
            .hearing_on = { 2024, 5, 15 } },
          &SUMMONS_TOLD_TOO_LATE },
        { "EV-3: told, and no hearing is set yet",
          { .summons_on = { 2024, 2, 1 }, .prefect_told_of_summons_on = { 2024, 4, 4 } },
          ACCEPTED },
    };
    const struct payment_order_law lease_law = { .delay = { .months = 2 } };

    about("the summons");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct eviction_timers timers =
            eviction_timers_of(&cases[i].about, &lease_law, &law_2024, HOLIDAYS_OF_FRANCE);
        const struct refusal *refusal = summons_is_admissible(&cases[i].about, &timers);

        check(refusal == cases[i].refusal, "%s: %s", cases[i].sentence,
              cases[i].refusal ? cases[i].refusal->code : "admissible");
    }
}

static void time_to_pay(void)
{
    static const struct {
        const char *sentence;
        const struct eviction_law *law;
        struct payment_time time;
        const struct refusal *refusal;
    } cases[] = {
        { "EV-5: 36 months, able, rent resumed the day before the hearing",
          &law_2024,
          { 36, true, { 2024, 5, 14 }, { 2024, 5, 15 } },
          ACCEPTED },
        { "EV-5: one month", &law_2024, { 1, true, { 2024, 5, 1 }, { 2024, 5, 15 } }, ACCEPTED },
        { "EV-5: no month",
          &law_2024,
          { 0, true, { 2024, 5, 1 }, { 2024, 5, 15 } },
          &PAYMENT_TIME_IS_EMPTY },
        { "EV-5: 37 months",
          &law_2024,
          { 37, true, { 2024, 5, 1 }, { 2024, 5, 15 } },
          &PAYMENT_TIME_TOO_LONG },
        { "EV-5: a tenant who cannot pay",
          &law_2024,
          { 36, false, { 2024, 5, 1 }, { 2024, 5, 15 } },
          &PAYMENT_TIME_WITHOUT_MEANS },
        { "EV-5: rent not resumed",
          &law_2024,
          { 36, true, { 0 }, { 2024, 5, 15 } },
          &PAYMENT_TIME_RENT_NOT_RESUMED },
        { "EV-5: rent resumed on the day of the hearing, not before",
          &law_2024,
          { 36, true, { 2024, 5, 15 }, { 2024, 5, 15 } },
          &PAYMENT_TIME_RENT_NOT_RESUMED },
        { "EV-5 in 2020: rent not resumed was no bar",
          &law_2020,
          { 36, true, { 0 }, { 2020, 5, 15 } },
          ACCEPTED },
        { "EV-5 in 2020: 37 months",
          &law_2020,
          { 37, true, { 0 }, { 2020, 5, 15 } },
          &PAYMENT_TIME_TOO_LONG },
        { "EV-5 in 2008: 24 months", &law_2008, { 24, true, { 0 }, { 2008, 5, 15 } }, ACCEPTED },
        { "EV-5 in 2008: 25 months",
          &law_2008,
          { 25, true, { 0 }, { 2008, 5, 15 } },
          &PAYMENT_TIME_TOO_LONG },
    };

    about("time to pay (EV-5)");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(payment_time_may_be_granted(&cases[i].time, cases[i].law) == cases[i].refusal,
              "%s: %s", cases[i].sentence, cases[i].refusal ? cases[i].refusal->code : "accepted");
}

static void time_to_leave(void)
{
    static const struct {
        const char *sentence;
        const struct eviction_law *law;
        struct date granted_on, until;
        const struct refusal *refusal;
    } cases[] = {
        { "EV-7: a month less a day",
          &law_2024,
          { 2024, 1, 31 },
          { 2024, 2, 28 },
          &JUDGE_TIME_TOO_SHORT },
        { "EV-7: a month, to 29 February", &law_2024, { 2024, 1, 31 }, { 2024, 2, 29 }, ACCEPTED },
        { "EV-7: a year", &law_2024, { 2024, 1, 31 }, { 2025, 1, 31 }, ACCEPTED },
        { "EV-7: a year and a day",
          &law_2024,
          { 2024, 1, 31 },
          { 2025, 2, 1 },
          &JUDGE_TIME_TOO_LONG },
        { "EV-7 in 2020: three months less a day",
          &law_2020,
          { 2020, 1, 31 },
          { 2020, 4, 29 },
          &JUDGE_TIME_TOO_SHORT },
        { "EV-7 in 2020: three months", &law_2020, { 2020, 1, 31 }, { 2020, 4, 30 }, ACCEPTED },
        { "EV-7 in 2020: three years", &law_2020, { 2020, 1, 31 }, { 2023, 1, 31 }, ACCEPTED },
        { "EV-7 in 2020: three years and a day",
          &law_2020,
          { 2020, 1, 31 },
          { 2023, 2, 1 },
          &JUDGE_TIME_TOO_LONG },
    };

    about("time to leave (EV-6, EV-7)");
    check(hardship_may_be_added(3, &law_2024) == ACCEPTED, "EV-6: three months for hardship");
    check(hardship_may_be_added(0, &law_2024) == ACCEPTED, "EV-6: or none");
    check(hardship_may_be_added(4, &law_2024) == &HARDSHIP_TOO_LONG, "EV-6: not four");
    check(hardship_may_be_added(-1, &law_2024) == &HARDSHIP_TOO_LONG, "EV-6: nor less than none");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(judge_time_may_be_granted(cases[i].granted_on, cases[i].until, cases[i].law) ==
                  cases[i].refusal,
              "%s: %s", cases[i].sentence, cases[i].refusal ? cases[i].refusal->code : "accepted");
}

static void enforcement(void)
{
    static const struct {
        const char *sentence;
        struct eviction_case about;
        struct date on;
        const struct refusal *refusal;
    } cases[] = {
        { "EV-6: the prefect was not told of the order",
          { .leave_ordered_on = { 2024, 4, 10 } },
          { 2024, 8, 1 },
          &EVICTION_BEFORE_ORDER_RUNS },
        { "EV-6: on the last day of the order",
          { .leave_ordered_on = { 2024, 4, 10 }, .prefect_told_of_order_on = { 2024, 4, 10 } },
          { 2024, 6, 10 },
          &EVICTION_BEFORE_ORDER_ENDS },
        { "EV-6: the day after",
          { .leave_ordered_on = { 2024, 4, 10 }, .prefect_told_of_order_on = { 2024, 4, 10 } },
          { 2024, 6, 11 },
          ACCEPTED },
        { "EV-7: on the last day of the enforcement judge's time",
          { .leave_ordered_on = { 2024, 4, 10 },
            .prefect_told_of_order_on = { 2024, 4, 10 },
            .judge_time_until = { 2024, 9, 1 } },
          { 2024, 9, 1 },
          &EVICTION_IN_JUDGE_TIME },
        { "EV-7: the day after",
          { .leave_ordered_on = { 2024, 4, 10 },
            .prefect_told_of_order_on = { 2024, 4, 10 },
            .judge_time_until = { 2024, 9, 1 } },
          { 2024, 9, 2 },
          ACCEPTED },
        { "EV-9: on 31 October",
          { .leave_ordered_on = { 2024, 4, 10 }, .prefect_told_of_order_on = { 2024, 4, 10 } },
          { 2024, 10, 31 },
          ACCEPTED },
        { "EV-9: on 1 November",
          { .leave_ordered_on = { 2024, 4, 10 }, .prefect_told_of_order_on = { 2024, 4, 10 } },
          { 2024, 11, 1 },
          &EVICTION_IN_TRUCE },
        { "EV-9: on 31 March",
          { .leave_ordered_on = { 2024, 4, 10 }, .prefect_told_of_order_on = { 2024, 4, 10 } },
          { 2025, 3, 31 },
          &EVICTION_IN_TRUCE },
        { "EV-9: on 1 April",
          { .leave_ordered_on = { 2024, 4, 10 }, .prefect_told_of_order_on = { 2024, 4, 10 } },
          { 2025, 4, 1 },
          ACCEPTED },
        { "EV-9: on 1 January, suitably rehoused",
          { .leave_ordered_on = { 2024, 4, 10 },
            .prefect_told_of_order_on = { 2024, 4, 10 },
            .is_truce_exempt = true },
          { 2025, 1, 1 },
          ACCEPTED },
    };

    about("the eviction itself");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(eviction_may_be_enforced(&cases[i].about, &law_2024, cases[i].on) == cases[i].refusal,
              "%s: %s", cases[i].sentence, cases[i].refusal ? cases[i].refusal->code : "may be");
}

/* The first possible day of the timers is the first that may be enforced, and the eve is not. */
static void possible_day_agrees(void)
{
    struct chance chance = { .state = UINT64_C(0xe71c) };
    const struct payment_order_law lease_law = { .delay = { .months = 2 } };
    bool agree = true;

    for (int i = 0; i < 20000; i++) {
        struct date ordered =
            date_add_days(DATE(2023, 8, 1), (int32_t)chance_between(&chance, 0, 900));
        struct eviction_case about_it = {
            .leave_ordered_on = ordered,
            .prefect_told_of_order_on =
                date_add_days(ordered, (int32_t)chance_between(&chance, 0, 20)),
            .hardship_months = chance_between(&chance, 0, 3),
            .is_truce_exempt = chance_between(&chance, 0, 4) == 0,
        };
        struct date from;

        if (chance_between(&chance, 0, 1) == 1)
            about_it.judge_time_until =
                date_add_days(ordered, (int32_t)chance_between(&chance, 30, 365));
        from =
            eviction_timers_of(&about_it, &lease_law, &law_2024, HOLIDAYS_OF_FRANCE).possible_from;
        agree &=
            eviction_may_be_enforced(&about_it, &law_2024, from) == ACCEPTED &&
            eviction_may_be_enforced(&about_it, &law_2024, date_add_days(from, -1)) != ACCEPTED;
    }
    check(agree, "the first possible day and the check agree, 20,000 times (seed 0xe71c)");
}

static void staying_on(void)
{
    static const struct {
        const char *sentence;
        const struct eviction_law *law;
        struct staying staying;
        struct eviction_case about;
        struct date on;
        bool is_offence;
    } cases[] = {
        { "EV-10: two months after the order",
          &law_2024,
          { true, false, false },
          { .leave_ordered_on = { 2024, 4, 10 } },
          { 2024, 6, 10 },
          false },
        { "EV-10: a day more",
          &law_2024,
          { true, false, false },
          { .leave_ordered_on = { 2024, 4, 10 } },
          { 2024, 6, 11 },
          true },
        { "C-22: the judgment is not final",
          &law_2024,
          { false, false, false },
          { .leave_ordered_on = { 2024, 4, 10 } },
          { 2024, 6, 11 },
          false },
        { "C-22: a social landlord's or public dwelling",
          &law_2024,
          { true, true, false },
          { .leave_ordered_on = { 2024, 4, 10 } },
          { 2024, 6, 11 },
          false },
        { "EV-10: the enforcement judge is seized",
          &law_2024,
          { true, false, true },
          { .leave_ordered_on = { 2024, 4, 10 } },
          { 2024, 6, 11 },
          false },
        { "EV-10: on the last day of the enforcement judge's time",
          &law_2024,
          { true, false, false },
          { .leave_ordered_on = { 2024, 4, 10 }, .judge_time_until = { 2024, 6, 20 } },
          { 2024, 6, 20 },
          false },
        { "EV-10: the day after it",
          &law_2024,
          { true, false, false },
          { .leave_ordered_on = { 2024, 4, 10 }, .judge_time_until = { 2024, 6, 20 } },
          { 2024, 6, 21 },
          true },
        { "EV-10: in the truce",
          &law_2024,
          { true, false, false },
          { .leave_ordered_on = { 2024, 4, 10 } },
          { 2024, 11, 1 },
          false },
        { "EV-10: on its eve",
          &law_2024,
          { true, false, false },
          { .leave_ordered_on = { 2024, 4, 10 } },
          { 2024, 10, 31 },
          true },
        { "EV-10: no order to leave",
          &law_2024,
          { true, false, false },
          { .order_served_on = { 2024, 1, 1 } },
          { 2024, 10, 31 },
          false },
        { "EV-10 in 2020: no such offence",
          &law_2020,
          { true, false, false },
          { .leave_ordered_on = { 2020, 4, 10 } },
          { 2020, 10, 11 },
          false },
    };

    about("the offence of staying on (EV-10 with C-22)");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(staying_is_an_offence(&cases[i].staying, &cases[i].about, cases[i].law,
                                    cases[i].on) == cases[i].is_offence,
              "%s: %s offence", cases[i].sentence, cases[i].is_offence ? "an" : "no");
    check_number(law_2024.fine_cents, 750000, "EV-10: a fine of 7,500.00");
}

int main(void)
{
    law_on(eviction_law, DATE(2008, 5, 15), &law_2008);
    law_on(eviction_law, DATE(2020, 1, 31), &law_2020);
    law_on(eviction_law, DATE(2024, 5, 15), &law_2024);
    machine();
    summons();
    time_to_pay();
    time_to_leave();
    enforcement();
    possible_day_agrees();
    staying_on();
    return checks_done();
}
