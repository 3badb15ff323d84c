/* Measures of 2008 told years later: as true as if they had been told then, and harmless. */
#include "tests/handlers/measures/office.h"

#include <stdio.h>

#define MOVED TREMPLIN__CLOSING_REASON__CLOSING_REASON_MOVED

enum { MEASURES_TOLD = 24 };

static const char *numbered(const char *prefix, int number)
{
    static char ring[8][40];
    static unsigned turn;
    char *id = ring[turn++ % 8];

    snprintf(id, sizeof ring[0], "018f0e42-%s-7000-8000-%012d", prefix, number);
    return id;
}

static struct agreed of_2008(void)
{
    return (struct agreed){
        .measures = 127, .months = 762, .starts_on = DATE(2008, 1, 1), .ends_on = DATE(2008, 12, 31)
    };
}

/* Measure by measure: six months from 1 February 2008, every fourth stopped after two. */
static void tell_one(struct world *world, int number)
{
    const char *measure = numbered("0001", number);
    struct date start = DATE(2008, 2, 1);

    running(world, (struct granted){ measure, numbered("0002", number), .on = start,
                                     .agreement = AGREEMENT });
    if (number % 4 == 0)
        check_done(stop(world, measure, DATE(2008, 4, 1), MOVED, DATE_NONE), "it stopped in 2008");
    check_done(evaluate(world, measure, DATE(2008, 8, 5)), "it was evaluated in 2008");
}

static void test_one_by_one(void)
{
    struct world *world = office(1, DATE(2026, 11, 23));
    const Measures__MeasureReply *measure;

    about("an agreement and its measures of 2008, told in 2026 one by one");
    usual_worker(world);
    open_agreement(world, of_2008());
    for (int i = 1; i <= MEASURES_TOLD; i++)
        tell_one(world, i);
    check_number(counted_in(world, 2008).hundredths, (18 * 6 + 6 * 2) * 100,
                 "18 measures of six months and six of two");
    check_number(counted_in(world, 2008).of_year, (18 * 6 + 6 * 2) * 100, "all of 2008");
    check_number(line_of(world)->consumed_months, 18 * 6 + 6 * 2, "consumed on the line of then");
    check_number(line_of(world)->reserved_months, 0, "nothing is reserved");
    check_number(line_of(world)->left_months, 762 - 120, "the rest is left");
    check_number(caseload_of(world, WORKER), 0, "nobody's caseload changed");
    measure = measure_of(world, numbered("0001", 1));
    check_text(measure->state, "CLOSED", "they are closed");
    check_date(date_of(measure->last_day), DATE(2008, 7, 31), "with their days of then");
    world_move_to(world, DATE(2026, 11, 24), 12, 0);
    check_number(counted_in(world, 2008).hundredths, 12000, "the next tick adds nothing");
    check_number(world_count(world, "measures", &measures__measure_closing__descriptor),
                 MEASURES_TOLD, "and closes nothing twice");
    check_number(world_count(world, "measures", &measures__follow_up_opened__descriptor),
                 MEASURES_TOLD, "their contacts of 2009 are due until they are told");
    check_done(follow_up(world, numbered("0001", 1), DATE(2009, 2, 1),
                         MEASURES__CONTACT_KIND__CONTACT_KIND_PHONE,
                         MEASURES__FOLLOW_UP_RESULT__FOLLOW_UP_RESULT_DONE),
               "as they were made");
    check_store(world);
    world_close(world);
}

static void test_step_by_step(void)
{
    struct world *world = office(2, DATE(2026, 11, 23));

    about("told step by step, with ticks between: the end is reached before its stop is told");
    usual_worker(world);
    open_agreement(world, of_2008());
    for (int i = 1; i <= MEASURES_TOLD; i++)
        check_done(
            running(world, (struct granted){ numbered("0001", i), numbered("0002", i),
                                             .on = DATE(2008, 2, 1), .agreement = AGREEMENT }),
            "it ran in 2008");
    check_text(measure_of(world, numbered("0001", 4))->state, "ACTIVE",
               "the day it is told is left to tell how it ended");
    world_move_to(world, DATE(2026, 11, 24), 12, 0);
    check_number(counted_in(world, 2008).hundredths, MEASURES_TOLD * 600, "all six months of each");
    check_text(measure_of(world, numbered("0001", 4))->state, "CLOSING", "their end was reached");
    for (int i = 4; i <= MEASURES_TOLD; i += 4)
        check_done(stop(world, numbered("0001", i), DATE(2008, 4, 1), MOVED, DATE_NONE),
                   "a stop of 2008 is told");
    for (int i = 1; i <= MEASURES_TOLD; i++)
        check_done(evaluate(world, numbered("0001", i), DATE(2008, 8, 5)), "and the evaluation");
    check_number(counted_in(world, 2008).hundredths, 12000, "the same as told one by one");
    check_number(line_of(world)->consumed_months, 120, "on the line too");
    check_number(line_of(world)->left_months, 642, "with as much left");
    check_store(world);
    world_close(world);
}

static void test_renewed(void)
{
    struct world *world = office(3, DATE(2026, 11, 23));

    about("a renewal of 2008 told after its measure's end was reached");
    usual_worker(world);
    open_agreement(world, of_2008());
    running(world, (struct granted){ .on = DATE(2008, 2, 1), .agreement = AGREEMENT });
    world_move_to(world, DATE(2026, 11, 24), 12, 0);
    write_review(world, MEASURE, DATE(2008, 7, 15), "bilan");
    check_done(ask_renewal(world, MEASURE, 6, DATE(2008, 7, 20), DATE(2008, 7, 20)),
               "it was asked");
    check_done(decide_renewal(world, MEASURE, true, 6, false, DATE(2008, 7, 25)), "and granted");
    world_move_to(world, DATE(2026, 11, 25), 12, 0);
    check_text(measure_of(world, MEASURE)->state, "CLOSING", "its second end is past too");
    check_done(evaluate(world, MEASURE, DATE(2009, 2, 3)), "it was evaluated in 2009");
    check_number(counted_in(world, 2008).hundredths, 1200, "twelve months");
    check_number(counted_in(world, 2008).of_year, 1100, "eleven of them begun in 2008");
    check_number(line_of(world)->consumed_months, 12, "all on the line of 2008");
    check_number(caseload_of(world, WORKER), 0, "and nobody's caseload");
    check_store(world);
    world_close(world);
}

static void test_successive(void)
{
    struct world *world = office(4, DATE(2026, 11, 23));

    about("two measures of a scheme, one after the other, told step by step");
    usual_worker(world);
    check_done(running(world, (struct granted){ .on = DATE(2008, 2, 1) }), "the first ran");
    check_done(running(world, (struct granted){ MEASURE_2, .on = DATE(2008, 8, 1) }),
               "the second began on its end");
    check_text(measure_of(world, MEASURE_2)->unsettled, "", "which is no matter to settle");
    check_done(evaluate(world, MEASURE, DATE(2008, 8, 1)), "the first is closed");
    world_move_to(world, DATE(2026, 11, 24), 12, 0);
    check_text(measure_of(world, MEASURE)->follow_up_state, "DUE",
               "the second ended on the very day of the first one's contact: it is to be made");
    check_store(world);
    world_close(world);
}

static void test_still_running(void)
{
    struct world *world = office(5, DATE(2020, 5, 20));

    about("a measure told months after it started, and still running");
    usual_worker(world);
    open_agreement(world, (struct agreed){ .measures = 10, .months = 60 });
    check_done(running(world, (struct granted){ .on = DATE(2020, 2, 10), .agreement = AGREEMENT }),
               "it started in February");
    check_number(counted_in(world, 2020).hundredths, 300, "its three months are counted at once");
    check_number(line_of(world)->consumed_months, 3, "and consumed");
    check_number(caseload_of(world, WORKER), 1, "it weighs on its worker");
    world_move_to(world, DATE(2020, 6, 10), 12, 0);
    check_number(counted_in(world, 2020).hundredths, 400, "the next when it is over");
    check_store(world);
    world_close(world);
}

int main(void)
{
    test_one_by_one();
    test_step_by_step();
    test_renewed();
    test_successive();
    test_still_running();
    return checks_done();
}
