/* A matter that opens again under the due date it had has its alert again: the latest step that was
 * raised before, once for each opening. */
#include "tests/handlers/alerts/sources.h"

#define MEASURE ID("51")

static const struct recipient nobody[] = { { 0 } };

static void start(struct world *world, struct date end, struct date told)
{
    Measures__MeasureStarted started = MEASURES__MEASURE_STARTED__INIT;

    started.measure = text(MEASURE);
    started.started_on = on(told);
    started.end = on(end);
    tell(world, &started.base, told);
}

static void renew(struct world *world, struct date end, struct date told)
{
    Measures__MeasureRenewed renewed = MEASURES__MEASURE_RENEWED__INIT;

    renewed.measure = text(MEASURE);
    renewed.decided_on = on(told);
    renewed.end = on(end);
    tell(world, &renewed.base, told);
}

static void close_down(struct world *world, struct date ended_on)
{
    Measures__MeasureClosing closing = MEASURES__MEASURE_CLOSING__INIT;

    closing.measure = text(MEASURE);
    closing.ended_on = on(ended_on);
    tell(world, &closing.base, ended_on);
}

static void suspend(struct world *world, struct date suspended_on)
{
    Measures__MeasureSuspended suspended = MEASURES__MEASURE_SUSPENDED__INIT;

    suspended.measure = text(MEASURE);
    suspended.suspended_on = on(suspended_on);
    tell(world, &suspended.base, suspended_on);
}

static void resume(struct world *world, struct date resumed_on, struct date end)
{
    Measures__MeasureResumed resumed = MEASURES__MEASURE_RESUMED__INIT;

    resumed.measure = text(MEASURE);
    resumed.resumed_on = on(resumed_on);
    resumed.end = on(end);
    tell(world, &resumed.base, resumed_on);
}

static void test_all_steps_raised(void)
{
    struct world *world = world_with(1, DATE(2020, 7, 11), nobody);
    struct tally tally;

    about("A-25: all its steps were raised before it closed");
    close_down(world, DATE(2020, 7, 10));
    world_move_to(world, DATE(2020, 7, 30), 12, 0);
    check_text(days_raised(world, "A-25", &tally), "07-17 07-25", "raised 7 and 15 days after");
    suspend(world, DATE(2020, 6, 1));
    check_number(open_of(world, "A-25"), 0, "suspended, told late: it was not over");
    world_move_to(world, DATE(2020, 7, 31), 0, 1);
    close_down(world, DATE(2020, 7, 10));
    world_move_to(world, DATE(2020, 8, 2), 12, 0);
    check_number(open_of(world, "A-25"), 1, "over again since the same day: one alert is open,");
    check_text(days_raised(world, "A-25", &tally), "07-17 07-25 08-01", "raised once,");
    check_text(last_raised(world)->step, "+15 d", "of the latest step");
    close_down(world, DATE(2020, 7, 10));
    world_move_to(world, DATE(2021, 7, 30), 12, 0);
    check_text(days_raised(world, "A-25", &tally), "07-17 07-25 08-01",
               "told again while it is open, and a year later: no other");
    check_number(open_of(world, "A-25"), 1, "nobody wrote the evaluation: it is still open");
    end(world);
}

static void test_steps_to_come(void)
{
    struct world *world = world_with(2, DATE(2020, 5, 4), nobody);
    struct tally tally;

    about("A-13: steps were raised, and others are to come");
    start(world, DATE(2020, 8, 5), DATE(2020, 5, 4));
    world_move_to(world, DATE(2020, 6, 20), 12, 0);
    check_text(days_raised(world, "A-13", &tally), "06-05", "raised 60 days before");
    for (int again = 0; again < 2; again++) {
        close_down(world, DATE(2020, 6, 20));
        suspend(world, DATE(2020, 6, 20));
        check_number(open_of(world, "A-13"), 0, "over: settled");
        resume(world, DATE(2020, 6, 20), DATE(2020, 8, 5));
        check_number(open_of(world, "A-13"), 1, "resumed with the same end: open again");
    }
    check_text(days_raised(world, "A-13", &tally), "06-05 06-20 06-20", "each time once");
    close_down(world, DATE(2020, 6, 20));
    suspend(world, DATE(2020, 6, 20));
    world_move_to(world, DATE(2020, 7, 5), 12, 0);
    resume(world, DATE(2020, 7, 5), DATE(2020, 8, 5));
    world_move_to(world, DATE(2020, 8, 4), 12, 0);
    check_text(days_raised(world, "A-13", &tally), "06-05 06-20 06-20 07-05 07-20",
               "resumed on the day of a step: that one alone, and then the last");
    end(world);
}

static void test_moved_back(void)
{
    struct world *world = world_with(3, DATE(2020, 5, 4), nobody);
    struct tally tally;

    about("A-13: moved to another end, and back");
    start(world, DATE(2020, 8, 5), DATE(2020, 5, 4));
    world_move_to(world, DATE(2020, 6, 20), 12, 0);
    renew(world, DATE(2021, 2, 5), DATE(2020, 6, 20));
    check_number(open_of(world, "A-13"), 0, "renewed: settled");
    renew(world, DATE(2020, 8, 5), DATE(2020, 6, 20));
    check_number(open_of(world, "A-13"), 1, "the end it had: open again");
    world_kill(world, "alerts");
    world_revive(world, "alerts");
    world_move_to(world, DATE(2020, 7, 1), 12, 0);
    check_text(days_raised(world, "A-13", &tally), "06-05 06-20", "once, over a restart too");
    end(world);
}

static void test_watched_again(void)
{
    struct world *world = world_with(4, DATE(2020, 5, 4), nobody);
    Measures__MeasureStarted started = MEASURES__MEASURE_STARTED__INIT;
    Measures__MeasureResumed resumed = MEASURES__MEASURE_RESUMED__INIT;
    Tremplin__Date *left[] = { on(DATE(2020, 7, 1)), on(DATE(2020, 10, 1)) };
    struct tally tally;

    about("A-14 and A-17 of a measure that was over and is resumed");
    started.measure = text(MEASURE);
    started.started_on = on(DATE(2020, 5, 4));
    started.end = on(DATE(2020, 12, 1));
    started.cap_on = on(DATE(2020, 8, 10));
    started.reviews_due = left;
    started.n_reviews_due = 1;
    tell(world, &started.base, DATE(2020, 5, 4));
    world_move_to(world, DATE(2020, 6, 22), 12, 0);
    check_text(days_raised(world, "A-14", &tally), "05-12 06-11", "its cap is near");
    check_text(days_raised(world, "A-17", &tally), "06-21", "a review is due");
    close_down(world, DATE(2020, 6, 22));
    suspend(world, DATE(2020, 6, 22));
    check_number(open_of(world, "A-14") + open_of(world, "A-17"), 0, "over: settled");
    resume(world, DATE(2020, 6, 22), DATE(2020, 12, 1));
    check_number(open_of(world, "A-14") + open_of(world, "A-17"), 0,
                 "resumed by an event of before, which says nothing of them");
    resumed.measure = text(MEASURE);
    resumed.resumed_on = on(DATE(2020, 6, 22));
    resumed.end = on(DATE(2020, 12, 1));
    resumed.cap_on = on(DATE(2020, 8, 10));
    resumed.reviews_due = left;
    resumed.n_reviews_due = 2;
    tell(world, &resumed.base, DATE(2020, 6, 22));
    check_number(open_of(world, "A-14"), 1, "resumed: its cap is near again");
    check_number(open_of(world, "A-17"), 1, "and the review is due again");
    resume(world, DATE(2020, 6, 22), DATE(2020, 12, 1));
    check_number(open_of(world, "A-14"), 1, "an event of before leaves what is open");
    left[1] = on(DATE(2020, 9, 1));
    tell(world, &resumed.base, DATE(2020, 6, 22));
    world_move_to(world, DATE(2020, 10, 1), 12, 0);
    check_text(days_raised(world, "A-14", &tally), "05-12 06-11 06-22 07-11", "to its last step");
    check_text(days_raised(world, "A-17", &tally), "06-21 06-22 07-01 07-11 08-22 09-01 09-11",
               "and the next review by the last end told");
    end(world);
}

int main(void)
{
    test_watched_again();
    test_all_steps_raised();
    test_steps_to_come();
    test_moved_back();
    return checks_done();
}
