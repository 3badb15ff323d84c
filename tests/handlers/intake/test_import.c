/* The years before are taken in with their own dates: nothing of 2008 is judged by today, and
 * nothing lapses while it is being told. */
#include "tests/handlers/intake/office.h"

static struct world *office(uint64_t seed, Intake__DecisionMode mode)
{
    struct world *world = world_open(seed, DATE(2020, 3, 2));

    world_add(world, &intake_service, NULL);
    open_body(world, mode);
    register_household(world, HOUSEHOLD(1), "Vasseur", "1985-06-02", DATE(2008, 1, 7));
    return world;
}

static void test_decided_in_2008(void)
{
    struct world *world = office(1, HEAD);
    const Intake__RequestGranted *granted;
    const Intake__RequestCompleted *completed;
    Intake__SubmitRequest asked = asll_request(REQUEST(2), HOUSEHOLD(1), DATE(2008, 2, 4));

    about("a request received and decided in 2008 is told in 2020");
    submit_complete(world, REQUEST(1), HOUSEHOLD(1), DATE(2008, 2, 4));
    check_done(decide(world, REQUEST(1), GRANT, DATE(2008, 3, 10)), "granted on 10 March 2008");
    granted = world_last(world, "intake", &intake__request_granted__descriptor);
    check_date(granted ? date_of(granted->decided_on) : DATE_NONE, DATE(2008, 3, 10),
               "the event has the day of the fact");
    check(granted && granted->aged_18_to_25, "C-8: who was 22 that day was 18 to 25");
    completed = world_last(world, "intake", &intake__request_completed__descriptor);
    check_date(completed ? date_of(completed->completed_on) : DATE_NONE, DATE(2008, 2, 4),
               "complete in 2008");
    check_date(completed ? date_of(completed->decision_due_on) : DATE_NONE, DATE(2008, 4, 4),
               "and due 60 days later (2008 is a leap year)");

    about("FSL-14: the law is that of the day of the fact");
    asked.origin = TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_CDAPL_LEGACY;
    asked.n_items = 1;
    asked.items = social_evaluation;
    check_done(ask_submit(world, &asked), "the CDAPL could ask in 2008");
    asked = asll_request(REQUEST(3), HOUSEHOLD(1), DATE(2011, 1, 1));
    asked.origin = TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_CDAPL_LEGACY;
    check_refused(ask_submit(world, &asked), "ORIGIN_NO_LONGER_EXISTS", "origin",
                  "not on 1 January 2011");
    check_done(decide(world, REQUEST(2), REFUSE, DATE(2008, 3, 10)), "refused in 2008");
    check_date(
        date_of(request_of(world, REQUEST(2))->appeal_until), DATE(2008, 5, 13),
        "D-8: two clear months end on Sunday 11 May 2008; Monday 12 is Whit Monday: the 13th");
    check_store(world);
    world_close(world);
}

static void test_nothing_lapses_meanwhile(void)
{
    struct world *world = office(2, HEAD);
    Intake__SubmitRequest asked = asll_request(REQUEST(1), HOUSEHOLD(1), DATE(2008, 2, 4));
    const Intake__RequestFoundIncomplete *found;

    about("an incomplete request of 2008 lapses no sooner than one that was told today");
    check_done(ask_submit(world, &asked), "received in 2008, incomplete");
    found = world_last(world, "intake", &intake__request_found_incomplete__descriptor);
    check_date(found ? date_of(found->found_on) : DATE_NONE, DATE(2008, 2, 4), "found so in 2008");
    check_date(found ? date_of(found->reminder_on) : DATE_NONE, DATE(2020, 4, 1),
               "its reminder counts from the day it was told");
    check_date(found ? date_of(found->lapses_on) : DATE_NONE, DATE(2020, 5, 2),
               "and its lapse: 60 days after 2 March 2020 is 1 May");
    world_pass(world, 10 * 60 * 1000);
    world_move_to(world, DATE(2020, 3, 4), 9, 0);
    check_text(request_of(world, REQUEST(1))->state, "INCOMPLETE",
               "the import goes on for days: nothing lapses");
    check_done(complete_request(world, REQUEST(1), DATE(2008, 2, 18)), "completed in 2008");
    check_done(decide(world, REQUEST(1), GRANT, DATE(2008, 3, 10)), "decided in 2008");
    world_move_to(world, DATE(2020, 8, 1), 9, 0);
    check_number(world_count(world, "intake", &intake__request_lapsed__descriptor), 0,
                 "and it never lapses");
    check_store(world);
    world_close(world);
}

static void test_sessions_of_2008(void)
{
    struct world *world = office(3, COMMISSION);
    Intake__DecideRequest asked;

    about("sessions of 2008 are planned and held afterwards, in the order of the file");
    check_done(plan_session(world, SESSION(1), DATE(2008, 2, 19)), "planned");
    check_done(hold_session(world, SESSION(1), 4), "held");
    check_done(plan_session(world, SESSION(2), DATE(2008, 3, 18)), "the next one");
    check_done(hold_session(world, SESSION(2), 4), "held too");
    submit_complete(world, REQUEST(1), HOUSEHOLD(1), DATE(2008, 2, 4));
    submit_complete(world, REQUEST(2), HOUSEHOLD(1), DATE(2008, 2, 4));
    submit_complete(world, REQUEST(3), HOUSEHOLD(1), DATE(2008, 2, 4));
    check_text(request_of(world, REQUEST(1))->state, "COMPLETE",
               "no session is open: a request told afterwards waits to be told where it went");
    asked = decision_on(REQUEST(1), GRANT, DATE(2008, 2, 19));
    asked.session = text_of(SESSION(1));
    check_done(ask_decide(world, &asked), "granted in the session told");
    check_done(decide(world, REQUEST(2), REFUSE, DATE(2008, 3, 18)),
               "refused on a day that says which session it was");
    asked = decision_on(REQUEST(3), DEFER, DATE(2008, 2, 19));
    check_done(ask_decide(world, &asked), "deferred in February");
    check_done(decide(world, REQUEST(3), GRANT, DATE(2008, 3, 18)), "and granted in March 2008");
    check_refused(decide(world, REQUEST(3), REFUSE, DATE(2008, 3, 18)), "REQUEST_CLOSED", "request",
                  "once for all");

    about("and in the order of the days");
    plan_session(world, SESSION(3), DATE(2009, 1, 20));
    submit_complete(world, REQUEST(4), HOUSEHOLD(1), DATE(2009, 1, 5));
    check_text(request_of(world, REQUEST(4))->session, SESSION(3), "it is on its agenda");
    hold_session(world, SESSION(3), 3);
    check_done(decide(world, REQUEST(4), GRANT, DATE_NONE), "and decided there");
    check_date(date_of(request_of(world, REQUEST(4))->decided_on), DATE(2009, 1, 20), "on its day");
    check_store(world);
    world_close(world);
}

int main(void)
{
    test_decided_in_2008();
    test_nothing_lapses_meanwhile();
    test_sessions_of_2008();
    return checks_done();
}
