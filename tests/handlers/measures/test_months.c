/* Measure-months: each counted once, when it is over; the sum at the closing is what was realised.
 */
#include "tests/handlers/measures/office.h"

#define MOVED TREMPLIN__CLOSING_REASON__CLOSING_REASON_MOVED

static const Measures__MeasureClosed *closed_of(struct world *world)
{
    return world_last(world, "measures", &measures__measure_closed__descriptor);
}

static void test_consumed(void)
{
    struct world *world = office(1, DATE(2020, 1, 15));

    about("a line's months are consumed monthly and released at the closing (6.4)");
    usual_worker(world);
    open_agreement(world, (struct agreed){ .measures = 10, .months = 60 });
    running(world, (struct granted){ .on = DATE(2020, 1, 15), .agreement = AGREEMENT });
    world_move_to(world, DATE(2020, 3, 15), 12, 0);
    check_number(line_of(world)->consumed_months, 2, "two months after two months");
    check_number(line_of(world)->reserved_months, 4, "four are still reserved");
    check_done(stop(world, MEASURE, DATE(2020, 3, 15), MOVED, DATE_NONE), "the household moves");
    check_number(line_of(world)->reserved_months, 4, "until the closing");
    check_done(evaluate(world, MEASURE, DATE(2020, 3, 15)), "it is evaluated");
    check_number(line_of(world)->consumed_months, 2, "two are consumed");
    check_number(line_of(world)->reserved_months, 0, "none reserved any more");
    check_number(line_of(world)->left_months, 58, "58 are left: four came back");
    check_number(line_of(world)->reserved_measures, 1, "the measure itself was one");
    check_number(closed_of(world)->realised_months, 2, "two realised");
    check_number(closed_of(world)->released_months, 4, "four released");
    check_number(counted_in(world, 2020).hundredths, 200, "the months told are those realised");
    check_store(world);
    world_close(world);
}

static void test_started_day(void)
{
    struct world *world = office(2, DATE(2020, 1, 15));

    about("a month begun counts, when the support ends within it (C-1)");
    usual_worker(world);
    running(world, (struct granted){ .on = DATE(2020, 1, 15) });
    world_move_to(world, DATE(2020, 2, 16), 12, 0);
    check_number(counted_in(world, 2020).hundredths, 100, "one month is over");
    stop(world, MEASURE, DATE(2020, 2, 16), MOVED, DATE_NONE);
    check_number(counted_in(world, 2020).hundredths, 200, "the second began and counts");
    check_store(world);
    world_close(world);
}

static void test_stopped_late(void)
{
    struct world *world = office(3, DATE(2020, 1, 15));

    about("a stop told late takes back what was counted after it");
    usual_worker(world);
    open_agreement(world, (struct agreed){ .measures = 10, .months = 60 });
    running(world, (struct granted){ .on = DATE(2020, 1, 15), .agreement = AGREEMENT });
    world_move_to(world, DATE(2020, 5, 20), 12, 0);
    check_number(line_of(world)->consumed_months, 4, "four months were counted");
    check_done(stop(world, MEASURE, DATE(2020, 3, 15), MOVED, DATE_NONE),
               "the household had left on 15 March");
    check_number(counted_in(world, 2020).hundredths, 200, "two months count");
    check_number(world_count(world, "measures", &measures__months_taken_back__descriptor), 2,
                 "two are taken back");
    check_number(line_of(world)->consumed_months, 2, "the line agrees");
    check_number(line_of(world)->reserved_months, 4, "and holds them until the closing");
    evaluate(world, MEASURE, DATE(2020, 5, 20));
    check_number(closed_of(world)->realised_months, 2, "two realised");
    check_number(line_of(world)->left_months, 58, "and the rest is back");
    check_store(world);
    world_close(world);
}

static void test_stopped_after_its_end(void)
{
    struct world *world = office(4, DATE(2020, 1, 15));
    const Measures__MeasureClosing *closing;

    about("a stop before the end, told after the end was reached, holds");
    usual_worker(world);
    running(world, (struct granted){ .on = DATE(2020, 1, 15) });
    world_move_to(world, DATE(2020, 7, 20), 12, 0);
    check_text(measure_of(world, MEASURE)->state, "CLOSING", "its end was reached");
    check_refused(stop(world, MEASURE, DATE(2020, 7, 15), MOVED, DATE_NONE), "MEASURE_STATE_WRONG",
                  "measure", "a stop on or after its end is none");
    check_done(stop(world, MEASURE, DATE(2020, 6, 10), MOVED, DATE_NONE), "one before is");
    closing = world_last(world, "measures", &measures__measure_closing__descriptor);
    check_date(date_of(closing->ended_on), DATE(2020, 6, 10), "it ended then");
    check_number(closing->reason, MOVED, "for that reason");
    check_number(counted_in(world, 2020).hundredths, 500, "five months began before it");
    check_refused(stop(world, MEASURE, DATE(2020, 5, 10), MOVED, DATE_NONE), "MEASURE_STATE_WRONG",
                  "measure", "once told it is told");
    check_store(world);
    world_close(world);
}

static void test_suspended(void)
{
    struct world *world = office(5, DATE(2020, 1, 15));

    about("a month wholly suspended does not count (2.8 no. 2)");
    usual_worker(world);
    running(world, (struct granted){ .on = DATE(2020, 1, 15) });
    world_move_to(world, DATE(2020, 2, 20), 12, 0);
    check_refused(suspend(world, MEASURE, DATE(2020, 1, 14)), "MEASURE_SUSPENSION_OUTSIDE",
                  "suspended_on", "not before it started");
    check_done(suspend(world, MEASURE, DATE(2020, 2, 20)), "it is suspended");
    check_text(measure_of(world, MEASURE)->state, "SUSPENDED", "it rests");
    world_move_to(world, DATE(2020, 4, 20), 12, 0);
    check_number(counted_in(world, 2020).hundredths, 200,
                 "the month in which it was suspended counts, the next does not");
    check_refused(resume(world, MEASURE, DATE(2020, 2, 20)), "MEASURE_RESUMED_TOO_EARLY",
                  "resumed_on", "it resumes after the day it was suspended");
    check_done(resume(world, MEASURE, DATE(2020, 4, 20)), "it resumes");
    world_move_to(world, DATE(2020, 5, 15), 12, 0);
    check_number(counted_in(world, 2020).hundredths, 300, "the month it resumed in counts");
    world_move_to(world, DATE(2020, 7, 15), 12, 0);
    check_text(measure_of(world, MEASURE)->state, "CLOSING", "its end stayed (no agreement)");
    evaluate(world, MEASURE, DATE(2020, 7, 15));
    check_number(closed_of(world)->realised_months, 5, "five of six realised");
    check_number(closed_of(world)->released_months, 1, "one released");
    check_number(counted_in(world, 2020).hundredths, 500, "and five were told");
    check_store(world);
    world_close(world);
}

static void test_suspended_late(void)
{
    struct world *world = office(6, DATE(2020, 1, 15));

    about("a suspension told late takes back the months it covers");
    usual_worker(world);
    running(world, (struct granted){ .on = DATE(2020, 1, 15) });
    world_move_to(world, DATE(2020, 5, 20), 12, 0);
    check_number(counted_in(world, 2020).hundredths, 400, "four months were counted");
    suspend(world, MEASURE, DATE(2020, 2, 15));
    check_done(resume(world, MEASURE, DATE(2020, 4, 15)), "it rested two whole months");
    world_move_to(world, DATE(2020, 6, 15), 12, 0);
    check_number(counted_in(world, 2020).hundredths, 300, "which do not count");
    check_store(world);
    world_close(world);
}

static void test_only_taken_back(void)
{
    struct world *world = office(12, DATE(2020, 1, 10));

    about("a run that only takes back months is followed by the next one");
    usual_worker(world);
    open_agreement(world,
                   (struct agreed){ .months = 60,
                                    .counting = MEASURES__COUNTING_METHOD__COUNTING_METHOD_DAY_15,
                                    .ends_on = DATE(2021, 12, 31) });
    running(world,
            (struct granted){ .on = DATE(2020, 1, 10), .months = 12, .agreement = AGREEMENT });
    world_move_to(world, DATE(2020, 3, 20), 12, 0);
    check_number(counted_in(world, 2020).hundredths, 200, "January and February were counted");
    suspend(world, MEASURE, DATE(2020, 1, 12));
    check_done(resume(world, MEASURE, DATE(2020, 3, 18)), "it had rested from January to March");
    world_move_to(world, DATE(2020, 4, 2), 12, 0);
    check_number(counted_in(world, 2020).hundredths, 0, "over three 15ths, which do not count");
    world_move_to(world, DATE(2020, 5, 2), 12, 0);
    check_number(counted_in(world, 2020).hundredths, 100, "April is counted as it is over");
    world_move_to(world, DATE(2020, 10, 20), 12, 0);
    check_number(counted_in(world, 2020).hundredths, 600, "and so is each month to September");
    check_store(world);
    world_close(world);
}

static void test_suspended_after_its_end(void)
{
    struct world *world = office(10, DATE(2020, 1, 15));

    about("a suspension of before the end, told after it, reopens the measure for what follows");
    usual_worker(world);
    running(world, (struct granted){ .on = DATE(2020, 1, 15) });
    world_move_to(world, DATE(2020, 7, 20), 12, 0);
    check_number(counted_in(world, 2020).hundredths, 600, "all six months were counted");
    check_done(suspend(world, MEASURE, DATE(2020, 5, 15)), "it had rested since May");
    check_text(measure_of(world, MEASURE)->state, "SUSPENDED",
               "and is judged in the state of then");
    world_move_to(world, DATE(2020, 7, 21), 0, 1);
    check_text(measure_of(world, MEASURE)->state, "CLOSING",
               "when nothing more is told that day, its end is reached");
    check_number(counted_in(world, 2020).hundredths, 400, "without the two months it rested");
    check_done(evaluate(world, MEASURE, DATE(2020, 7, 21)), "it is closed");
    check_number(closed_of(world)->released_months, 2, "two released");
    check_store(world);
    world_close(world);
}

static void test_shifted(void)
{
    struct world *world = office(7, DATE(2020, 1, 15));

    about("the end shifts where the agreement says so (6.2)");
    usual_worker(world);
    open_agreement(
        world, (struct agreed){ .months = 60, .shift = MEASURES__END_SHIFT__END_SHIFT_BY_MONTHS });
    running(world, (struct granted){ .on = DATE(2020, 1, 15), .agreement = AGREEMENT });
    world_move_to(world, DATE(2020, 6, 20), 12, 0);
    suspend(world, MEASURE, DATE(2020, 6, 15));
    world_move_to(world, DATE(2020, 8, 20), 12, 0);
    check_text(measure_of(world, MEASURE)->state, "SUSPENDED",
               "suspended over its end, it has none yet");
    check_done(resume(world, MEASURE, DATE(2020, 8, 20)), "it resumes");
    check_date(date_of(measure_of(world, MEASURE)->last_day), DATE(2020, 9, 14),
               "two months later than planned");
    world_move_to(world, DATE(2020, 9, 15), 12, 0);
    evaluate(world, MEASURE, DATE(2020, 9, 15));
    check_number(closed_of(world)->realised_months, 6, "what was granted is realised");
    check_number(counted_in(world, 2020).hundredths, 600, "and told");
    check_number(line_of(world)->consumed_months, 6, "and consumed");
    check_store(world);
    world_close(world);
}

static void test_resumed_after_its_end(void)
{
    struct world *world = office(11, DATE(2020, 1, 10));
    const Measures__MeasureResumed *resumed;

    about(
        "a suspension told late reopens a measure whose end shifts; resumed, it says what is due");
    usual_worker(world);
    open_agreement(
        world, (struct agreed){ .months = 60, .shift = MEASURES__END_SHIFT__END_SHIFT_BY_DAYS });
    running(world, (struct granted){ .on = DATE(2020, 1, 10), .agreement = AGREEMENT });
    world_move_to(world, DATE(2020, 4, 8), 12, 0);
    write_review(world, MEASURE, DATE(2020, 4, 8), "à mi-parcours");
    world_move_to(world, DATE(2020, 7, 20), 12, 0);
    check_text(measure_of(world, MEASURE)->state, "CLOSING", "its end of 10 July was reached");
    check_done(suspend(world, MEASURE, DATE(2020, 6, 1)), "it had rested since 1 June");
    check_done(resume(world, MEASURE, DATE(2020, 7, 18)), "and until 18 July");
    check_text(measure_of(world, MEASURE)->state, "ACTIVE", "it runs");
    check_date(date_of(measure_of(world, MEASURE)->last_day), DATE(2020, 8, 25),
               "47 days longer than planned");
    resumed = world_last(world, "measures", &measures__measure_resumed__descriptor);
    check_date(date_of(resumed->cap_on), DATE(2021, 7, 10), "its scheme's total is as it was");
    check_number((int64_t)resumed->n_reviews_due, 2,
                 "the review at mid-term is written, two are left");
    if (resumed->n_reviews_due == 2) {
        check_date(date_of(resumed->reviews_due[0]), DATE(2020, 7, 8),
                   "one three months after the last");
        check_date(date_of(resumed->reviews_due[1]), DATE(2020, 8, 25),
                   "the final one by the new last day");
    }
    check_store(world);
    world_close(world);
}

static void by_method(Measures__CountingMethod counting, struct date stopped_on, int64_t hundredths,
                      int64_t of_2020, const char *sentence)
{
    struct world *world = office(8, DATE(2020, 11, 10));
    int64_t told;

    usual_worker(world);
    open_agreement(world, (struct agreed){ .measures = 10, .months = 60, .counting = counting });
    running(world, (struct granted){ .on = DATE(2020, 11, 10), .agreement = AGREEMENT });
    world_move_to(world, stopped_on, 12, 0);
    stop(world, MEASURE, stopped_on, MOVED, DATE_NONE);
    evaluate(world, MEASURE, stopped_on);
    told = counted_in(world, 2020).hundredths;
    check_number(told, hundredths, "%s", sentence);
    check_number(counted_in(world, 2020).of_year, of_2020, "... so much of it in 2020");
    check_number(closed_of(world)->realised_hundredths, hundredths, "... and realised");
    check_number(line_of(world)->consumed_hundredths, hundredths, "... and consumed");
    check_number(line_of(world)->reserved_hundredths, 0, "... nothing is held");
    check_store(world);
    world_close(world);
}

static void test_methods(void)
{
    about("four ways of counting, a setting of the agreement (2.8)");
    by_method(MEASURES__COUNTING_METHOD__COUNTING_METHOD_ANNIVERSARY, DATE(2021, 1, 12), 300, 200,
              "10 November to 11 January: three anniversary months begun, two in 2020");
    by_method(MEASURES__COUNTING_METHOD__COUNTING_METHOD_CALENDAR_TOUCHED, DATE(2021, 1, 12), 300,
              200, "the same: three calendar months touched");
    by_method(MEASURES__COUNTING_METHOD__COUNTING_METHOD_DAY_15, DATE(2021, 1, 12), 200, 200,
              "the same: active on two 15ths");
    by_method(MEASURES__COUNTING_METHOD__COUNTING_METHOD_PRORATA_30, DATE(2021, 1, 12), 210, 173,
              "the same: 63 days over 30 are 2.10, 52 of them in 2020 1.73");
    by_method(MEASURES__COUNTING_METHOD__COUNTING_METHOD_CALENDAR_TOUCHED, DATE(2021, 5, 10), 600,
              200, "all of it touches seven months: no more than the six granted are told");
}

static void test_downtime(void)
{
    struct world *world = office(9, DATE(2020, 1, 31));

    about("months that passed while the service was down are told once, in order");
    usual_worker(world);
    running(world, (struct granted){ .on = DATE(2020, 1, 31) });
    world_move_to(world, DATE(2020, 2, 28), 12, 0);
    check_number(counted_in(world, 2020).hundredths, 0, "31 January and a month is 29 February");
    world_kill(world, "measures");
    world_move_to(world, DATE(2020, 5, 31), 12, 0);
    world_revive(world, "measures");
    world_settle(world);
    check_number(counted_in(world, 2020).hundredths, 400, "four months by 31 May");
    world_move_to(world, DATE(2020, 7, 31), 0, 1);
    check_number(counted_in(world, 2020).hundredths, 600, "six at the end");
    check_text(measure_of(world, MEASURE)->state, "CLOSING", "which is reached");
    check_store(world);
    world_close(world);
}

int main(void)
{
    test_consumed();
    test_started_day();
    test_stopped_late();
    test_stopped_after_its_end();
    test_suspended();
    test_suspended_late();
    test_only_taken_back();
    test_suspended_after_its_end();
    test_shifted();
    test_resumed_after_its_end();
    test_methods();
    test_downtime();
    return checks_done();
}
