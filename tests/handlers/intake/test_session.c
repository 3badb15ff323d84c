/* A commission decides in sessions: a complete request is on the agenda of the first one still
 * open, and waits where there is none. */
#include "tests/handlers/intake/office.h"

static struct world *office(uint64_t seed, struct date start)
{
    struct world *world = world_open(seed, start);

    world_add(world, &intake_service, NULL);
    open_body(world, COMMISSION);
    register_household(world, HOUSEHOLD(1), "Vasseur", "1979-04-12", DATE(2008, 1, 2));
    return world;
}

/* The law closes an agenda seven days before: 14 January for a session of 21 January. */
static void test_planning(void)
{
    struct world *world = office(1, DATE(2020, 1, 6));
    const Intake__SessionPlanned *planned;
    Intake__PlanSession asked = INTAKE__PLAN_SESSION__INIT;
    struct answer answer;

    about("S1-13: sessions are planned, one a month");
    check_done(plan_session(world, SESSION(1), DATE(2020, 1, 21)), "a session of 21 January");
    planned = world_last(world, "intake", &intake__session_planned__descriptor);
    check_date(planned ? date_of(planned->cut_off) : DATE_NONE, DATE(2020, 1, 14),
               "D-6: its agenda closes seven days before");
    check_text(planned ? planned->district : "", "ALENCON", "it is the district's");
    check_done(plan_session(world, SESSION(1), DATE(2020, 1, 21)), "the same again is no change");
    check_refused(plan_session(world, SESSION(1), DATE(2020, 2, 21)), "SESSION_PLANNED_ALREADY",
                  "session", "another under its identifier");
    check_refused(plan_session(world, SESSION(2), DATE(2020, 1, 28)), "MONTH_HAS_ITS_SESSION",
                  "held_on", "S1-12: a second one in January");
    check_done(plan_session(world, SESSION(2), DATE(2020, 2, 1)), "one on the first of February");
    check_refused(plan_session(world, "s", DATE(2020, 3, 1)), "FIELD_NOT_AN_IDENTIFIER", "session",
                  "no identifier");
    check_refused(plan_session(world, SESSION(3), DATE_NONE), "FIELD_MISSING", "held_on", "no day");
    answer = plan_session(world, "", DATE(2020, 4, 21));
    check(answer.reply && strlen(((const Intake__PlanSessionReply *)answer.reply)->session) == 36,
          "without an identifier, intake makes one");
    asked.session = text_of(SESSION(4));
    asked.held_on = on(DATE(2020, 5, 19));
    asked.body = text_of(office_id('b', 9));
    check_refused(world_call(world, "intake.PlanSession", &asked.base,
                             &intake__plan_session_reply__descriptor),
                  "NOT_KNOWN", "body", "of a body that does not exist");
    asked.body = text_of(BODY);
    asked.planned_on = on(DATE(2020, 1, 7));
    check_refused(world_call(world, "intake.PlanSession", &asked.base,
                             &intake__plan_session_reply__descriptor),
                  "DATE_TO_COME", "planned_on", "planned tomorrow");
    asked.planned_on = on(DATE(2020, 1, 6));
    asked.held_on = on(DATE(2020, 1, 5));
    check_refused(world_call(world, "intake.PlanSession", &asked.base,
                             &intake__plan_session_reply__descriptor),
                  "SESSION_IN_THE_PAST", "held_on", "planned after it took place");
    check_store(world);
    world_close(world);
}

static void test_head_has_none(void)
{
    struct world *world = world_open(2, DATE(2020, 1, 6));

    about("S1-12: a head sits in no session");
    world_add(world, &intake_service, NULL);
    open_body(world, HEAD);
    check_refused(plan_session(world, SESSION(1), DATE(2020, 1, 21)), "BODY_HAS_NO_SESSIONS",
                  "body", "a session of a head");
    world_close(world);
}

static void test_agenda(void)
{
    static const struct {
        struct date complete_on;
        unsigned session;
        const char *sentence;
    } cases[] = {
        { { 2020, 1, 13 }, 1, "complete the day before the cut-off: the session of 21 January" },
        { { 2020, 1, 14 }, 1, "on the cut-off day: the same" },
        { { 2020, 1, 15 }, 2, "a day later: that of 18 February" },
    };
    struct world *world = office(3, DATE(2020, 1, 20));

    about("6.1 route: the first session whose agenda is still open");
    plan_session(world, SESSION(2), DATE(2020, 2, 18));
    plan_session(world, SESSION(1), DATE(2020, 1, 21));
    for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
        submit_complete(world, REQUEST(i), HOUSEHOLD(1), cases[i].complete_on);
        check_text(request_of(world, REQUEST(i))->session, SESSION(cases[i].session), "%s",
                   cases[i].sentence);
    }
    {
        Intake__SubmitRequest asked = asll_request(REQUEST(9), HOUSEHOLD(1), DATE(2020, 1, 14));
        struct answer answer;
        const Intake__CompleteRequestReply *reply;

        ask_submit(world, &asked);
        answer = complete_request(world, REQUEST(9), DATE(2020, 1, 15));
        reply = answer.reply;
        check_text(reply ? reply->session : "", SESSION(2),
                   "received in time and completed a day late: February, which the answer tells");
        check_date(reply ? date_of(reply->decided_on) : DATE_NONE, DATE(2020, 2, 18),
                   "with its date");
    }
    check_store(world);
    world_close(world);
}

static void test_waiting(void)
{
    struct world *world = office(4, DATE(2020, 1, 20));

    about("6.1 route: where no session is open, requests wait, and are scheduled in their order");
    submit_complete(world, REQUEST(2), HOUSEHOLD(1), DATE(2020, 1, 14));
    submit_complete(world, REQUEST(1), HOUSEHOLD(1), DATE(2020, 1, 10));
    submit_complete(world, REQUEST(3), HOUSEHOLD(1), DATE(2020, 1, 15));
    check_text(request_of(world, REQUEST(1))->state, "COMPLETE", "the first waits");
    plan_session(world, SESSION(1), DATE(2020, 1, 21));
    check_text(request_of(world, REQUEST(1))->session, SESSION(1), "then it is on the agenda");
    check_text(request_of(world, REQUEST(2))->session, SESSION(1), "the second, in time, too");
    check_text(request_of(world, REQUEST(3))->session, "", "the third is too late for it");
    check_text(request_of(world, REQUEST(3))->state, "COMPLETE", "and waits on");
    check_text(((const Intake__RequestScheduled *)world_last(
                    world, "intake", &intake__request_scheduled__descriptor))
                   ->request,
               REQUEST(2), "the one complete first came first");
    plan_session(world, SESSION(2), DATE(2020, 2, 18));
    check_text(request_of(world, REQUEST(3))->session, SESSION(2), "until February is planned");
    withdraw_request(world, REQUEST(3), DATE_NONE);
    check_text(request_of(world, REQUEST(3))->session, "", "withdrawn, it leaves the agenda");
    check_store(world);
    world_close(world);
}

static void test_holding(void)
{
    struct world *world = office(5, DATE(2020, 1, 20));
    struct answer answer;
    const Intake__SessionHeld *held;

    about("6.1: a session is held on its day, with its quorum of three");
    plan_session(world, SESSION(1), DATE(2020, 1, 21));
    check_refused(hold_session(world, SESSION(1), 3), "SESSION_STILL_TO_COME", "session",
                  "not on the eve");
    check_refused(hold_session(world, SESSION(9), 3), "NOT_KNOWN", "session",
                  "nor one that nobody planned");
    world_move_to(world, DATE(2020, 1, 21), 18, 0);
    answer = hold_session(world, SESSION(1), 3);
    check(answer.reply && ((const Intake__HoldSessionReply *)answer.reply)->quorate,
          "on the day, with three members");
    held = world_last(world, "intake", &intake__session_held__descriptor);
    check(held && held->quorate && held->members_present == 3, "which everybody is told");
    check_done(hold_session(world, SESSION(1), 3), "the same again is no change");
    check_refused(hold_session(world, SESSION(1), 4), "SESSION_NOT_PLANNED", "session",
                  "with other members, it was held already");
    check_number(world_count(world, "intake", &intake__session_held__descriptor), 1, "once");
    check_store(world);
    world_close(world);
}

static void test_without_quorum(void)
{
    struct world *world = office(6, DATE(2020, 1, 6));
    struct answer answer;

    about("6.1: without its quorum a session decides nothing, and its agenda goes to the next one");
    plan_session(world, SESSION(1), DATE(2020, 1, 21));
    submit_complete(world, REQUEST(1), HOUSEHOLD(1), DATE(2020, 1, 6));
    submit_complete(world, REQUEST(2), HOUSEHOLD(1), DATE(2020, 1, 6));
    world_move_to(world, DATE(2020, 1, 21), 18, 0);
    answer = hold_session(world, SESSION(1), 2);
    check(answer.reply && !((const Intake__HoldSessionReply *)answer.reply)->quorate,
          "two members of the three needed");
    check_text(request_of(world, REQUEST(1))->session, "", "no other session is planned: it waits");
    check_refused(decide(world, REQUEST(1), GRANT, DATE(2020, 1, 21)), "DECISION_WITHOUT_QUORUM",
                  "session", "what that session decided is refused");
    plan_session(world, SESSION(2), DATE(2020, 2, 4));
    check_text(request_of(world, REQUEST(1))->session, SESSION(2),
               "the commission knows the file: any next session will do");
    check_text(request_of(world, REQUEST(2))->session, SESSION(2), "for both");

    plan_session(world, SESSION(3), DATE(2020, 3, 3));
    world_move_to(world, DATE(2020, 2, 4), 18, 0);
    hold_session(world, SESSION(2), 0);
    check_text(request_of(world, REQUEST(1))->session, SESSION(3),
               "where the next one is planned already, they are on its agenda at once");
    check_text(request_of(world, REQUEST(2))->state, "SCHEDULED", "and stay scheduled");
    check_store(world);
    world_close(world);
}

/* One input emits for five hundred at most; the others follow by themselves. */
enum { MANY = 1010, AT_ONCE = 500, A_WHILE_MS = 1000 };

static void submit_many(struct world *world)
{
    int taken = 0;

    for (unsigned i = 0; i < MANY; i++)
        taken += submit_complete(world, REQUEST(i), HOUSEHOLD(1), DATE(2020, 1, 6)).status == DONE;
    check_number(taken, MANY, "all are taken");
}

static void test_many(void)
{
    struct world *world = office(7, DATE(2020, 1, 6));

    about("a year that no commission was planned for is scheduled in bounded steps, to the last");
    submit_many(world);
    check_done(plan_session(world, SESSION(1), DATE(2020, 1, 21)), "a session is planned");
    check_text(request_of(world, REQUEST(AT_ONCE - 1))->session, SESSION(1), "in their order");
    world_pass(world, A_WHILE_MS);
    check_number(world_count(world, "intake", &intake__request_scheduled__descriptor), MANY,
                 "all of them are on its agenda");
    check_text(request_of(world, REQUEST(MANY - 1))->session, SESSION(1), "to the last one");
    plan_session(world, SESSION(2), DATE(2020, 2, 4));
    world_move_to(world, DATE(2020, 1, 21), 18, 0);
    check_done(hold_session(world, SESSION(1), 1), "January has no quorum");
    world_pass(world, A_WHILE_MS);
    check_number(world_count(world, "intake", &intake__request_scheduled__descriptor), 2 * MANY,
                 "and its whole agenda goes to February");
    check_text(request_of(world, REQUEST(MANY - 1))->session, SESSION(2), "to the last one");
    check_store(world);
    world_close(world);
}

static void test_many_before_a_head(void)
{
    struct world *world = world_open(8, DATE(2020, 1, 6));

    about("all that waited for a district's body go before its head");
    world_add(world, &intake_service, NULL);
    world_settle(world);
    register_household(world, HOUSEHOLD(1), "Vasseur", "1979-04-12", DATE(2008, 1, 2));
    submit_many(world);
    check_text(request_of(world, REQUEST(0))->state, "COMPLETE", "and wait");
    check_done(open_body(world, HEAD), "the district has a head");
    world_pass(world, A_WHILE_MS);
    check_number(world_count(world, "intake", &intake__request_scheduled__descriptor), MANY,
                 "all go before it");
    check_text(request_of(world, REQUEST(MANY - 1))->state, "SCHEDULED", "to the last one");
    check_store(world);
    world_close(world);
}

int main(void)
{
    test_many();
    test_many_before_a_head();
    test_planning();
    test_head_has_none();
    test_agenda();
    test_waiting();
    test_holding();
    test_without_quorum();
    return checks_done();
}
