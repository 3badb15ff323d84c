/* A measure lives from the grant that intake tells to the contact six months after its end. */
#include "tests/handlers/measures/office.h"

static void test_to_its_start(void)
{
    struct world *world = office(1, DATE(2020, 1, 6));
    const Measures__MeasureStarted *started;
    const Measures__AssignMeasureReply *reply;
    const Measures__SignContractReply *signing;
    struct answer answer;

    about("granted, assigned, contracting, active (6.2)");
    usual_worker(world);
    grant(world, (struct granted){ .on = DATE(2020, 1, 6) });
    check_date(date_of(((const Measures__MeasureGranted *)world_last(
                            world, "measures", &measures__measure_granted__descriptor))
                           ->assign_by),
               DATE(2020, 1, 16), "granted on 6 January: to be assigned within 8 working days");
    check_text(measure_of(world, MEASURE)->state, "GRANTED", "it waits for a worker");
    answer = assign_to(world, MEASURE, WORKER, DATE(2020, 1, 6));
    check_done(answer, "it is assigned");
    reply = answer.reply;
    check_number(reply ? reply->caseload : 0, 1, "the worker's first");
    check_date(date_of(((const Measures__MeasureAssigned *)world_last(
                            world, "measures", &measures__measure_assigned__descriptor))
                           ->meet_by),
               DATE(2020, 1, 27), "the household is met within 21 days (A-66)");
    world_move_to(world, DATE(2020, 1, 15), 9, 0);
    check_done(meet(world, MEASURE, DATE(2020, 1, 14)), "the household is met");
    check_date(date_of(((const Measures__FirstMeetingHeld *)world_last(
                            world, "measures", &measures__first_meeting_held__descriptor))
                           ->sign_by),
               DATE(2020, 2, 13), "the contract is signed within 30 days (A-11)");
    answer = sign(world, (struct signed_by){ MEASURE, .household_on = DATE(2020, 1, 14) });
    signing = answer.reply;
    check_number(signing ? (int64_t)signing->n_missing : -1, 1, "the operator's is missing");
    check_text(measure_of(world, MEASURE)->state, "CONTRACTING", "it has not started");
    answer = sign(world, (struct signed_by){ MEASURE, .operator_on = DATE(2020, 1, 15),
                                             .objectives = "garder le logement" });
    signing = answer.reply;
    check_done(answer, "the last signature starts it");
    check_date(date_of(signing ? signing->started_on : NULL), DATE(2020, 1, 15),
               "with the last signature");
    check_date(date_of(signing ? signing->last_day : NULL), DATE(2020, 7, 14),
               "for six months, the last day included (C-1)");
    started = world_last(world, "measures", &measures__measure_started__descriptor);
    check_date(date_of(started->end), DATE(2020, 7, 15),
               "its end is the first day without support");
    check_date(date_of(started->cap_on), DATE(2021, 7, 15), "ASLL is capped at 18 months (A-14)");
    check_number((int64_t)started->n_reviews_due, 2, "six months have two reviews (FSL-8)");
    check_date(date_of(started->reviews_due[0]), DATE(2020, 4, 15), "mid-term at month 3 (A-17)");
    check_date(date_of(started->reviews_due[1]), DATE(2020, 7, 14),
               "the final one on the last day");
    check_number(started->entry->socio_professional_status,
                 TREMPLIN__SOCIO_PROFESSIONAL_STATUS__SOCIO_PROFESSIONAL_STATUS_MINIMUM_BENEFITS,
                 "the situation at entry is the one of the grant");
    check_store(world);
    world_close(world);
}

static void test_to_its_end(void)
{
    struct world *world = office(2, DATE(2020, 1, 15));
    const Measures__MeasureReply *measure;
    const Measures__MeasureClosing *closing;
    const Measures__MeasureClosed *closed;
    const Measures__FollowUpPlanned *planned;
    const Measures__EvaluateMeasureReply *evaluated;
    struct answer answer;

    about("months are counted when they are over, one at a time");
    usual_worker(world);
    check_done(running(world, (struct granted){ .on = DATE(2020, 1, 15) }), "it runs");
    world_move_to(world, DATE(2020, 2, 14), 23, 59);
    check_number(counted_in(world, 2020).hundredths, 0, "none before the first is over");
    world_move_to(world, DATE(2020, 2, 15), 0, 1);
    check_number(counted_in(world, 2020).hundredths, 100, "one when it is over");
    world_move_to(world, DATE(2020, 7, 14), 23, 59);
    check_number(counted_in(world, 2020).hundredths, 500, "five before the end");
    check_text(measure_of(world, MEASURE)->state, "ACTIVE", "it runs to the last minute");
    check_number(caseload_of(world, WORKER), 1, "and weighs on its worker");
    world_move_to(world, DATE(2020, 7, 15), 0, 1);
    check_number(counted_in(world, 2020).hundredths, 600, "six at the end: what was granted (C-1)");
    check_date(counted_in(world, 2020).last, DATE(2020, 6, 1),
               "a month counts in the calendar month it begins in");
    measure = measure_of(world, MEASURE);
    check_text(measure->state, "CLOSING", "its end closes the support");
    check_number(measure->counted_months, 6, "the query says as much");
    closing = world_last(world, "measures", &measures__measure_closing__descriptor);
    check_date(date_of(closing->ended_on), DATE(2020, 7, 15), "from that day on");
    check_number(closing->reason, TREMPLIN__CLOSING_REASON__CLOSING_REASON_TERM_REACHED,
                 "because its term is reached");
    check_date(date_of(closing->evaluate_by), DATE(2020, 7, 30), "15 days to evaluate (A-25)");
    check_number(caseload_of(world, WORKER), 0, "the worker has room again");

    about("the evaluation completes the closing");
    answer = evaluate(world, MEASURE, DATE(2020, 7, 15));
    check_done(answer, "it is evaluated");
    evaluated = answer.reply;
    check_number(evaluated ? evaluated->realised_months : 0, 6, "six months realised");
    check_number(evaluated ? evaluated->released_months : 9, 0, "none released");
    check_date(date_of(evaluated ? evaluated->follow_up_on : NULL), DATE(2021, 1, 15),
               "the contact is six months after the end");
    closed = world_last(world, "measures", &measures__measure_closed__descriptor);
    check_number(closed->outcome, TREMPLIN__HOUSING_OUTCOME__HOUSING_OUTCOME_KEPT_DWELLING,
                 "the outcome is told");
    check_number(closed->entry->resource_band,
                 TREMPLIN__RESOURCE_BAND__RESOURCE_BAND_AT_MINIMUM_LEVEL, "beside the entry");
    planned = world_last(world, "measures", &measures__follow_up_planned__descriptor);
    check_date(date_of(planned->window_from), DATE(2020, 12, 31), "its window: 15 days before");
    check_date(date_of(planned->window_to), DATE(2021, 1, 30), "to 15 days after");
    check_text(measure_of(world, MEASURE)->state, "CLOSED", "it is closed");
    check_refused(evaluate(world, MEASURE, DATE(2020, 7, 15)), "MEASURE_STATE_WRONG", "measure",
                  "a closed measure is not evaluated again");

    about("the contact six months after");
    check_refused(follow_up(world, MEASURE, DATE(2020, 7, 15),
                            MEASURES__CONTACT_KIND__CONTACT_KIND_PHONE,
                            MEASURES__FOLLOW_UP_RESULT__FOLLOW_UP_RESULT_DONE),
                  "FOLLOW_UP_TOO_EARLY", "attempted_on", "not before its window opens");
    world_move_to(world, DATE(2020, 12, 30), 12, 0);
    check_text(measure_of(world, MEASURE)->follow_up_state, "PLANNED", "planned until then");
    world_move_to(world, DATE(2020, 12, 31), 12, 0);
    check_text(measure_of(world, MEASURE)->follow_up_state, "DUE", "due from then on");
    check_done(follow_up(world, MEASURE, DATE(2020, 12, 31),
                         MEASURES__CONTACT_KIND__CONTACT_KIND_PHONE,
                         MEASURES__FOLLOW_UP_RESULT__FOLLOW_UP_RESULT_DONE),
               "the household answers");
    measure = measure_of(world, MEASURE);
    check_text(measure->follow_up_state, "DONE", "the contact is made");
    check_date(date_of(measure->last_contact_on), DATE(2020, 12, 31),
               "it is the last contact with the household (Q28)");
    check_store(world);
    world_close(world);
}

/* Without its law, and with it again: nothing is done by halves. */
static void lacks(struct world *world, const char *law, struct answer without, const char *state)
{
    check_number(without.status, TREMPLIN__STATUS__STATUS_TRY_AGAIN,
                 "without %s it is to be tried again", law);
    check_text(measure_of(world, MEASURE)->state, state, "nothing of it is kept");
    world_law_until(world, law, DATE_NONE);
}

static void test_a_law_that_is_missing(void)
{
    static const char meeting[] = "measures.first_meeting_period", review[] = "review.every",
                      closing[] = "measures.closing_period", later[] = "follow_up.period";
    const struct date last = DATE(2019, 12, 31);
    struct world *world = office(5, DATE(2020, 1, 6));
    Tremplin__ClosingReason moved = TREMPLIN__CLOSING_REASON__CLOSING_REASON_MOVED;

    about("a date to be kept is never left out because its law is not known");
    usual_worker(world);
    grant(world, (struct granted){ .on = DATE(2020, 1, 6) });
    world_law_until(world, meeting, last);
    lacks(world, meeting, assign_to(world, MEASURE, WORKER, DATE(2020, 1, 6)), "GRANTED");
    check_done(assign_to(world, MEASURE, WORKER, DATE(2020, 1, 6)), "with it, it is assigned");
    check_done(meet(world, MEASURE, DATE(2020, 1, 6)), "met");
    world_law_until(world, review, last);
    lacks(world, review, sign_both(world, MEASURE, DATE(2020, 1, 6)), "CONTRACTING");
    check_done(sign_both(world, MEASURE, DATE(2020, 1, 6)), "with it, it starts");
    world_move_to(world, DATE(2020, 3, 2), 9, 0);
    world_law_until(world, closing, last);
    lacks(world, closing, stop(world, MEASURE, DATE(2020, 3, 2), moved, DATE_NONE), "ACTIVE");
    check_done(stop(world, MEASURE, DATE(2020, 3, 2), moved, DATE_NONE), "with it, it ends");
    world_law_until(world, later, last);
    lacks(world, later, evaluate(world, MEASURE, DATE(2020, 3, 2)), "CLOSING");
    check_done(evaluate(world, MEASURE, DATE(2020, 3, 2)), "with it, it is closed");
    check_store(world);
    world_close(world);
}

int main(void)
{
    test_a_law_that_is_missing();
    test_to_its_start();
    test_to_its_end();
    return checks_done();
}
