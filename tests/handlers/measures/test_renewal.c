/* A renewal is asked with a review and the household's consent, and decided under the cap. */
#include "tests/handlers/measures/office.h"

#define D DATE(2020, 1, 15)

static struct world *reviewed(uint64_t seed, struct granted granted, struct agreed agreed)
{
    struct world *world = office(seed, D);

    granted.on = D;
    usual_worker(world);
    if (granted.agreement)
        open_agreement(world, agreed);
    running(world, granted);
    world_move_to(world, DATE(2020, 7, 1), 12, 0);
    write_review(world, MEASURE, DATE(2020, 7, 1), "bilan");
    return world;
}

static void test_renewed(void)
{
    struct world *world = reviewed(1, (struct granted){ .agreement = AGREEMENT },
                                   (struct agreed){ .measures = 10, .months = 60 });
    const Measures__MeasureRenewed *renewed;
    const Measures__DecideRenewalReply *reply;
    struct answer answer;

    about("asked before the end, granted, and counted on the line");
    check_refused(ask_renewal(world, MEASURE, 6, DATE(2020, 7, 1), DATE_NONE),
                  "MEASURE_CONSENT_MISSING", "consented_on", "the household consents (FSL-5)");
    check_refused(ask_renewal(world, MEASURE, 0, DATE(2020, 7, 1), DATE(2020, 7, 1)),
                  "DURATION_MISSING", "months", "a duration is asked for");
    check_refused(ask_renewal(world, MEASURE, 13, DATE(2020, 7, 1), DATE(2020, 7, 1)),
                  "DURATION_OVER_CAP", "months",
                  "6 and 13 pass ASLL's 18, and 19 is no exception"
                  " decided here");
    check_done(ask_renewal(world, MEASURE, 6, DATE(2020, 7, 1), DATE(2020, 7, 1)), "it is asked");
    check_text(measure_of(world, MEASURE)->state, "RENEWAL_PENDING", "and awaits its decision");
    answer = decide_renewal(world, MEASURE, true, 0, false, DATE(2020, 7, 1));
    check_done(answer, "it is granted as asked");
    reply = answer.reply;
    check_date(date_of(reply ? reply->last_day : NULL), DATE(2021, 1, 14), "six months more");
    renewed = world_last(world, "measures", &measures__measure_renewed__descriptor);
    check_number(renewed->total_months, 12, "twelve in all");
    check_number((int64_t)renewed->n_reviews_due, 2, "the new mandate has its own reviews");
    check_date(date_of(renewed->reviews_due[0]), DATE(2020, 10, 15), "at its third month");
    check_number(line_of(world)->reserved_months + line_of(world)->consumed_months, 12,
                 "the line has twelve");
    check_number(line_of(world)->reserved_measures, 1, "for one measure");
    world_move_to(world, DATE(2020, 7, 15), 12, 0);
    check_text(measure_of(world, MEASURE)->state, "ACTIVE", "its first end passes");
    world_move_to(world, DATE(2021, 1, 15), 12, 0);
    check_text(measure_of(world, MEASURE)->state, "CLOSING", "its new end does not");
    check_number(counted_in(world, 2020).hundredths, 1200, "twelve months are told");
    check_number(line_of(world)->consumed_months, 12, "and consumed");
    check_store(world);
    world_close(world);
}

static void test_guards(void)
{
    struct world *world = office(2, D);

    about("what a renewal supposes");
    usual_worker(world);
    running(world, (struct granted){ .on = D });
    world_move_to(world, DATE(2020, 7, 1), 12, 0);
    check_refused(ask_renewal(world, MEASURE, 6, DATE(2020, 7, 1), DATE(2020, 7, 1)),
                  "MEASURE_REVIEW_MISSING", "measure", "a review of the period that ends (FSL-8)");
    check_refused(decide_renewal(world, MEASURE, true, 6, false, DATE(2020, 7, 1)),
                  "MEASURE_STATE_WRONG", "measure", "what was not asked is not decided");
    write_review(world, MEASURE, DATE(2020, 7, 1), "bilan");
    world_move_to(world, DATE(2020, 7, 15), 12, 0);
    check_refused(ask_renewal(world, MEASURE, 6, DATE(2020, 7, 15), DATE(2020, 7, 15)),
                  "MEASURE_STATE_WRONG", "measure", "on its end it is too late");
    check_done(ask_renewal(world, MEASURE, 6, DATE(2020, 7, 14), DATE(2020, 7, 14)),
               "asked the day before and told today, it holds");
    check_text(measure_of(world, MEASURE)->state, "RENEWAL_PENDING", "and the measure goes on");
    check_done(decide_renewal(world, MEASURE, true, 6, false, DATE(2020, 7, 15)), "to be granted");
    check_number(caseload_of(world, WORKER), 1, "it weighs on its worker again");
    check_store(world);
    world_close(world);
}

static void test_delay(void)
{
    struct world *world = reviewed(3, (struct granted){ 0 }, (struct agreed){ 0 });
    const Measures__MeasureClosing *closing;

    about("a renewal still pending at the end keeps the measure going, late (C-11)");
    ask_renewal(world, MEASURE, 6, DATE(2020, 7, 1), DATE(2020, 7, 1));
    world_move_to(world, DATE(2020, 9, 1), 12, 0);
    check_text(measure_of(world, MEASURE)->state, "RENEWAL_PENDING", "it closes by decision only");
    check_number(counted_in(world, 2020).hundredths, 600, "the months granted are counted");
    check_number(caseload_of(world, WORKER), 1, "and its worker holds it");
    check_done(decide_renewal(world, MEASURE, true, 6, false, DATE(2020, 9, 1)), "it is granted");
    check_date(date_of(measure_of(world, MEASURE)->last_day), DATE(2021, 1, 14),
               "its new end counts from the old one");
    check_number(counted_in(world, 2020).hundredths, 700, "and the month of the delay counts");
    write_review(world, MEASURE, DATE(2020, 9, 1), "bilan");
    ask_renewal(world, MEASURE, 6, DATE(2020, 9, 1), DATE(2020, 9, 1));
    world_move_to(world, DATE(2021, 2, 1), 12, 0);
    check_done(decide_renewal(world, MEASURE, false, 0, false, DATE(2021, 2, 1)),
               "the next is refused, late");
    closing = world_last(world, "measures", &measures__measure_closing__descriptor);
    check_date(date_of(closing->ended_on), DATE(2021, 2, 1), "it ends with the decision");
    check_number(closing->reason, TREMPLIN__CLOSING_REASON__CLOSING_REASON_REFUSED_RENEWAL,
                 "because the renewal is refused");
    check_number(counted_in(world, 2020).hundredths, 1200, "no more counts than was granted");
    check_done(evaluate(world, MEASURE, DATE(2021, 2, 1)), "it is closed");
    check_store(world);
    world_close(world);
}

static void test_refused_early(void)
{
    struct world *world = reviewed(4, (struct granted){ 0 }, (struct agreed){ 0 });

    about("a renewal refused before the end lets the support run to it");
    ask_renewal(world, MEASURE, 6, DATE(2020, 7, 1), DATE(2020, 7, 1));
    check_done(decide_renewal(world, MEASURE, false, 0, false, DATE(2020, 7, 1)), "it is refused");
    check_date(date_of(measure_of(world, MEASURE)->last_day), DATE(2020, 7, 14), "to its last day");
    check_number(counted_in(world, 2020).hundredths, 500, "five months are over");
    world_move_to(world, DATE(2020, 7, 20), 12, 0);
    evaluate(world, MEASURE, DATE(2020, 7, 20));
    check_number(counted_in(world, 2020).hundredths, 600, "six at the closing");
    check_store(world);
    world_close(world);
}

static void test_exception(void)
{
    struct world *world = office(5, D);
    const Measures__MeasureRenewed *renewed;

    about("beyond 18 months ASLL knows an exception of six (FSL-7)");
    usual_worker(world);
    running(world, (struct granted){ .on = D, .months = 18 });
    world_move_to(world, DATE(2021, 7, 1), 12, 0);
    write_review(world, MEASURE, DATE(2021, 7, 1), "bilan");
    check_refused(ask_renewal(world, MEASURE, 7, DATE(2021, 7, 1), DATE(2021, 7, 1)),
                  "DURATION_OVER_CAP", "months", "seven are too many");
    check_done(ask_renewal(world, MEASURE, 6, DATE(2021, 7, 1), DATE(2021, 7, 1)), "six are asked");
    check_refused(decide_renewal(world, MEASURE, true, 6, false, DATE(2021, 7, 1)),
                  "DURATION_OVER_CAP", "months", "an ordinary decision cannot grant them");
    check_done(decide_renewal(world, MEASURE, true, 6, true, DATE(2021, 7, 1)),
               "an exceptional one can");
    renewed = world_last(world, "measures", &measures__measure_renewed__descriptor);
    check(renewed->exceptional, "it is told as one");
    check_date(date_of(renewed->cap_on), DATE(2022, 1, 15), "the cap is 24 months from then on");
    check_store(world);
    world_close(world);
}

static void test_masp(void)
{
    struct world *world =
        reviewed(6, (struct granted){ .scheme = TREMPLIN__SCHEME__SCHEME_MASP1, .months = 6 },
                 (struct agreed){ 0 });

    about("a MASP is renewed only after an evaluation of the contract that ends (MASP-2)");
    check_done(ask_renewal(world, MEASURE, 12, DATE(2020, 7, 1), DATE(2020, 7, 1)), "it is asked");
    check_refused(decide_renewal(world, MEASURE, true, 12, false, DATE(2020, 7, 1)),
                  "CONTRACT_EVALUATION_MISSING", "measure", "the evaluation is missing");
    check_done(evaluate_as(world, MEASURE, DATE(2020, 7, 1), 0, 0, "évaluation du contrat"),
               "the running contract is evaluated");
    check_text(measure_of(world, MEASURE)->state, "RENEWAL_PENDING", "which closes nothing");
    check_done(decide_renewal(world, MEASURE, true, 12, false, DATE(2020, 7, 1)),
               "then it is granted");
    check_store(world);
    world_close(world);
}

static void test_line_too_short(void)
{
    struct world *world = reviewed(7, (struct granted){ .agreement = AGREEMENT },
                                   (struct agreed){ .measures = 1, .months = 10 });

    about("a renewal takes months of the line, and is refused where they are not left (6.4)");
    ask_renewal(world, MEASURE, 6, DATE(2020, 7, 1), DATE(2020, 7, 1));
    check_refused(decide_renewal(world, MEASURE, true, 6, false, DATE(2020, 7, 1)),
                  "AGREEMENT_LINE_TOO_SHORT", "months", "four are left");
    check_done(decide_renewal(world, MEASURE, true, 4, false, DATE(2020, 7, 1)),
               "four are granted");
    check_number(line_of(world)->left_months, 0, "none is left");
    check_store(world);
    world_close(world);
}

static void test_reviews(void)
{
    struct world *world = office(8, D);
    const Measures__ReviewWritten *written;

    about("a review says when the next is due (FSL-8)");
    usual_worker(world);
    running(world, (struct granted){ .on = D });
    world_move_to(world, DATE(2020, 7, 1), 12, 0);
    check_refused(write_review(world, MEASURE, DATE(2020, 1, 14), "bilan"), "FACTS_OUT_OF_ORDER",
                  "written_on", "not before the start");
    write_review(world, MEASURE, DATE(2020, 2, 1), "bilan");
    written = world_last(world, "measures", &measures__review_written__descriptor);
    check_date(date_of(written->next_due_on), DATE(2020, 4, 15),
               "after an early one the mid-term is due");
    write_review(world, MEASURE, DATE(2020, 4, 10), "bilan à mi-parcours");
    written = world_last(world, "measures", &measures__review_written__descriptor);
    check_date(date_of(written->next_due_on), DATE(2020, 7, 10), "then one for three months");
    write_review(world, MEASURE, DATE(2020, 7, 1), "bilan final");
    written = world_last(world, "measures", &measures__review_written__descriptor);
    check(!written->next_due_on, "one in the last month is the final one: none is due any more");
    check_store(world);
    world_close(world);
}

int main(void)
{
    test_renewed();
    test_guards();
    test_delay();
    test_refused_early();
    test_exception();
    test_masp();
    test_line_too_short();
    test_reviews();
    return checks_done();
}
