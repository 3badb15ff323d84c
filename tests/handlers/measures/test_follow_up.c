/* The contact six months after: its window, attempts, and why there may be none (S1-36, 6.13). */
#include "tests/handlers/measures/office.h"

#define PHONE   MEASURES__CONTACT_KIND__CONTACT_KIND_PHONE
#define LETTER  MEASURES__CONTACT_KIND__CONTACT_KIND_LETTER
#define PARTNER MEASURES__CONTACT_KIND__CONTACT_KIND_PARTNER
#define VAIN    MEASURES__FOLLOW_UP_RESULT__FOLLOW_UP_RESULT_NO_ANSWER
#define DONE    MEASURES__FOLLOW_UP_RESULT__FOLLOW_UP_RESULT_DONE
#define REFUSED MEASURES__FOLLOW_UP_RESULT__FOLLOW_UP_RESULT_REFUSED
#define D       DATE(2020, 1, 15)

/* A measure stopped on 15 February 2020: its contact is due on 15 August. */
static struct world *closed(uint64_t seed, Tremplin__ClosingReason reason)
{
    struct world *world = office(seed, D);

    usual_worker(world);
    running(world, (struct granted){ .on = D });
    world_move_to(world, DATE(2020, 2, 15), 12, 0);
    stop(world, MEASURE, DATE(2020, 2, 15), reason, DATE_NONE);
    evaluate(world, MEASURE, DATE(2020, 2, 15));
    return world;
}

static int64_t follow_ups_due(struct world *world)
{
    for (const struct counter *counter = measures_service.counters; counter->name; counter++)
        if (strcmp(counter->name, "follow_ups_due") == 0)
            return counter->count(runtime_tables(world_runtime(world, "measures")));
    return -1;
}

static void test_unreachable(void)
{
    struct world *world = closed(1, TREMPLIN__CLOSING_REASON__CLOSING_REASON_MOVED);
    struct answer answer;

    about("three attempts on three days by two means: unreachable");
    world_move_to(world, DATE(2020, 7, 30), 23, 0);
    check_number(follow_ups_due(world), 0, "its window is not open");
    world_move_to(world, DATE(2020, 8, 5), 12, 0);
    check_number(follow_ups_due(world), 1, "its window is open");
    check_refused(follow_up(world, MEASURE, DATE(2020, 7, 30), PHONE, VAIN), "FOLLOW_UP_TOO_EARLY",
                  "attempted_on", "an attempt of the eve of the window is too early");
    check_refused(follow_up(world, MEASURE, DATE(2020, 8, 1), PARTNER, VAIN),
                  "FOLLOW_UP_CHANNEL_MISSING", "channel", "a partner is not the household");
    check_refused(follow_up(world, MEASURE, DATE(2020, 8, 1), PHONE, 0), "FIELD_MISSING", "result",
                  "an attempt has a result");
    check_done(follow_up(world, MEASURE, DATE(2020, 7, 31), PHONE, VAIN), "a first attempt");
    check_done(follow_up(world, MEASURE, DATE(2020, 7, 31), LETTER, VAIN), "one more that day");
    check_done(follow_up(world, MEASURE, DATE(2020, 8, 1), PHONE, VAIN), "one the next day");
    check_text(measure_of(world, MEASURE)->follow_up_state, "ATTEMPTED", "three, but on two days");
    answer = follow_up(world, MEASURE, DATE(2020, 8, 2), PHONE, VAIN);
    check_text(answer.reply ? ((const Measures__RecordFollowUpReply *)answer.reply)->state : "",
               "UNREACHABLE", "a third day makes it unreachable");
    check_number(follow_ups_due(world), 0, "nothing is due any more");
    check_refused(follow_up(world, MEASURE, DATE(2020, 8, 3), PHONE, DONE), "FOLLOW_UP_OVER",
                  "measure", "it is concluded");
    check_store(world);
    world_close(world);
}

static void test_one_means(void)
{
    struct world *world = closed(2, TREMPLIN__CLOSING_REASON__CLOSING_REASON_MOVED);

    about("three days by one means are not enough");
    world_move_to(world, DATE(2020, 8, 25), 12, 0);
    follow_up(world, MEASURE, DATE(2020, 8, 1), PHONE, VAIN);
    follow_up(world, MEASURE, DATE(2020, 8, 2), PHONE, VAIN);
    follow_up(world, MEASURE, DATE(2020, 8, 3), PHONE, VAIN);
    check_text(measure_of(world, MEASURE)->follow_up_state, "ATTEMPTED", "still to be tried");
    check_done(follow_up(world, MEASURE, DATE(2020, 8, 24), PHONE, REFUSED),
               "the household declines");
    check_text(measure_of(world, MEASURE)->follow_up_state, "REFUSED", "which ends it");
    check_store(world);
    world_close(world);
}

static void test_none(void)
{
    struct world *world = closed(3, TREMPLIN__CLOSING_REASON__CLOSING_REASON_DEATH);

    about("no contact after a death, an erasure, or while a new measure runs");
    check_text(measure_of(world, MEASURE)->follow_up_state, "NOT_APPLICABLE", "after a death");
    world_close(world);

    world = closed(4, TREMPLIN__CLOSING_REASON__CLOSING_REASON_MOVED);
    grant(world, (struct granted){ MEASURE_2, .on = DATE(2020, 2, 15), .months = 7 });
    assign_to(world, MEASURE_2, WORKER, DATE(2020, 2, 15));
    meet(world, MEASURE_2, DATE(2020, 2, 15));
    sign_both(world, MEASURE_2, DATE(2020, 2, 15));
    world_move_to(world, DATE(2020, 8, 14), 12, 0);
    check_text(measure_of(world, MEASURE)->follow_up_state, "DUE", "its window is open");
    world_move_to(world, DATE(2020, 8, 15), 12, 0);
    check_text(measure_of(world, MEASURE)->follow_up_state, "NOT_APPLICABLE",
               "a new measure runs on the day");
    check_store(world);
    world_close(world);

    world = closed(5, TREMPLIN__CLOSING_REASON__CLOSING_REASON_MOVED);
    grant(world, (struct granted){ MEASURE_2, .on = DATE(2020, 2, 15), .months = 6 });
    assign_to(world, MEASURE_2, WORKER, DATE(2020, 2, 15));
    meet(world, MEASURE_2, DATE(2020, 2, 15));
    sign_both(world, MEASURE_2, DATE(2020, 2, 15));
    world_move_to(world, DATE(2020, 8, 15), 12, 0);
    check_text(measure_of(world, MEASURE)->follow_up_state, "DUE",
               "one that ends on that very day does not run on it");
    check_store(world);
    world_close(world);
}

static void test_told_late(void)
{
    struct world *world = closed(6, TREMPLIN__CLOSING_REASON__CLOSING_REASON_MOVED);

    about("a new measure told after the day dismisses the contact too");
    world_move_to(world, DATE(2020, 9, 1), 12, 0);
    check_text(measure_of(world, MEASURE)->follow_up_state, "DUE", "it was not made");
    grant(world, (struct granted){ MEASURE_2, .on = DATE(2020, 8, 15) });
    assign_to(world, MEASURE_2, WORKER, DATE(2020, 8, 15));
    meet(world, MEASURE_2, DATE(2020, 8, 15));
    sign_both(world, MEASURE_2, DATE(2020, 8, 15));
    check_text(measure_of(world, MEASURE)->follow_up_state, "NOT_APPLICABLE",
               "a measure had started on the day");
    check_number(follow_ups_due(world), 0, "nothing is due");
    check_store(world);
    world_close(world);
}

static void test_guards(void)
{
    struct world *world = closed(7, TREMPLIN__CLOSING_REASON__CLOSING_REASON_MOVED);
    Measures__RecordFollowUp asked = MEASURES__RECORD_FOLLOW_UP__INIT;
    struct answer answer;

    about("what was asked is told");
    world_move_to(world, DATE(2020, 8, 15), 12, 0);
    running(world, (struct granted){ MEASURE_2, HOUSE_2, .on = DATE(2020, 8, 1) });
    check_refused(follow_up(world, MEASURE_2, DATE(2020, 8, 15), PHONE, DONE),
                  "FOLLOW_UP_NOT_PLANNED", "measure", "a running measure has none");
    check_refused(follow_up(world, MEASURE, DATE(2020, 8, 16), PHONE, DONE), "DATE_TO_COME",
                  "attempted_on", "nobody was called tomorrow");
    asked.measure = text(MEASURE);
    asked.channel = PHONE;
    asked.result = DONE;
    answer = world_call(world, "measures.RecordFollowUp", &asked.base,
                        &measures__record_follow_up_reply__descriptor);
    check_refused(answer, "FOLLOW_UP_HOUSING_MISSING", "housing", "the housing is asked");
    asked.housing = TREMPLIN__HOUSING_OUTCOME__HOUSING_OUTCOME_REHOUSED;
    answer = world_call(world, "measures.RecordFollowUp", &asked.base,
                        &measures__record_follow_up_reply__descriptor);
    check_refused(answer, "FOLLOW_UP_TENURE_MISSING", "situation.tenure", "and the situation");
    asked.situation = situation_at_exit();
    asked.satisfaction = 6;
    answer = world_call(world, "measures.RecordFollowUp", &asked.base,
                        &measures__record_follow_up_reply__descriptor);
    check_refused(answer, "FOLLOW_UP_SATISFACTION_MISSING", "satisfaction", "of 1 to 5");
    asked.satisfaction = 5;
    check_done(world_call(world, "measures.RecordFollowUp", &asked.base,
                          &measures__record_follow_up_reply__descriptor),
               "all told, it is done");
    check_store(world);
    world_close(world);
}

int main(void)
{
    test_unreachable();
    test_one_means();
    test_none();
    test_told_late();
    test_guards();
    return checks_done();
}
