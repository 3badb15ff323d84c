/* A request is complete when its file is, goes to who decides on it, and lapses only when it was
 * left incomplete for sixty days that somebody could have used. */
#include "tests/handlers/intake/office.h"

static struct world *office(uint64_t seed, struct date start, Intake__DecisionMode mode)
{
    struct world *world = world_open(seed, start);

    world_add(world, &intake_service, NULL);
    if (mode != 0)
        open_body(world, mode);
    register_household(world, HOUSEHOLD(1), "Marguerite Vasseur", "1979-04-12", DATE(2008, 1, 2));
    return world;
}

static void test_complete_at_once(void)
{
    struct world *world = office(1, DATE(2020, 1, 6), HEAD);
    const Intake__SubmitRequestReply *reply;
    const Intake__RequestScheduled *scheduled;
    const Intake__RequestCompleted *completed;
    struct answer answer;

    about("6.1: a file that holds all its items is complete at once, and goes to the district's "
          "head");
    answer = submit_complete(world, REQUEST(1), HOUSEHOLD(1), DATE(2020, 1, 6));
    reply = answer.reply;
    check(reply && reply->complete && reply->n_missing == 0, "an ASLL request is complete");
    completed = world_last(world, "intake", &intake__request_completed__descriptor);
    check_date(completed ? date_of(completed->completed_on) : DATE_NONE, DATE(2020, 1, 6),
               "on the day it came");
    check_date(completed ? date_of(completed->decision_due_on) : DATE_NONE, DATE(2020, 3, 6),
               "C-10, A-04: a decision is due 60 days later");
    scheduled = world_last(world, "intake", &intake__request_scheduled__descriptor);
    check(scheduled && *scheduled->session == '\0' && !scheduled->held_on,
          "S1-12: a head sits in no session");
    check_text(request_of(world, REQUEST(1))->state, "SCHEDULED", "it is scheduled");
    check_store(world);
    world_close(world);
}

int main(void)
{
    test_complete_at_once();
    return checks_done();
}
