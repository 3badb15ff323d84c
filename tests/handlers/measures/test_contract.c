/* A measure starts with the last signature its scheme asks for, within the scheme's bounds. */
#include "tests/handlers/measures/office.h"

#define MASP2 TREMPLIN__SCHEME__SCHEME_MASP2
#define AL    TREMPLIN__SCHEME__SCHEME_ACTION_LOGEMENT
#define D     DATE(2020, 3, 2)

static struct world *contracting(uint64_t seed, struct granted granted)
{
    struct world *world = office(seed, DATE(2020, 3, 20));

    granted.on = D;
    usual_worker(world);
    grant(world, granted);
    assign_to(world, MEASURE, WORKER, D);
    meet(world, MEASURE, D);
    return world;
}

static size_t missing_in(struct answer answer)
{
    const Measures__SignContractReply *reply = answer.reply;

    return reply ? reply->n_missing : 99;
}

static void test_masp(void)
{
    struct world *world = contracting(1, (struct granted){ .scheme = MASP2, .months = 24 });
    const Measures__ContractPartlySigned *partly;
    const Measures__MeasureStarted *started;
    struct answer answer;

    about("MASP 2 has three dated signatures and 6 to 24 months (S2-22, S2-23)");
    answer = sign(world, (struct signed_by){ .household_on = D, .operator_on = D });
    check_number((int64_t)missing_in(answer), 1, "the department's is missing");
    partly = world_last(world, "measures", &measures__contract_partly_signed__descriptor);
    check_number((int64_t)partly->n_signatures, 2, "two are kept");
    check_number(partly->missing[0], MEASURES__SIGNATORY_KIND__SIGNATORY_KIND_DEPARTMENT,
                 "and the third is named");
    check_refused(sign(world, (struct signed_by){ .department_on = DATE(2020, 3, 21) }),
                  "DATE_TO_COME", "signatures.signed_on", "nobody signs tomorrow");
    check_refused(sign(world, (struct signed_by){ .department_on = DATE(2020, 3, 10),
                                                  .starts_on = DATE(2020, 3, 9) }),
                  "CONTRACT_STARTS_BEFORE_SIGNATURES", "starts_on",
                  "it takes effect only once all have signed");
    check_done(sign(world, (struct signed_by){ .department_on = DATE(2020, 3, 10) }),
               "the third starts it");
    started = world_last(world, "measures", &measures__measure_started__descriptor);
    check_date(date_of(started->started_on), DATE(2020, 3, 10), "with the last signature");
    check_date(date_of(started->end), DATE(2022, 3, 10), "for 24 months");
    check_date(date_of(started->cap_on), DATE(2024, 3, 10), "48 months in all (MASP-2)");
    check_number((int64_t)started->n_signatures, 3, "the three are told");
    check_number((int64_t)started->n_reviews_due, 8, "seven quarterly reviews and a final one");
    check_refused(sign(world, (struct signed_by){ .household_on = D }), "MEASURE_STATE_WRONG",
                  "measure", "a running measure is signed");
    check_store(world);
    world_close(world);
}

static void test_commitment(void)
{
    struct world *world = contracting(2, (struct granted){ .scheme = AL, .months = 4 });

    about("a mutual commitment: two signatures, objectives and obligations (S3-17, 6.4)");
    check_refused(sign(world, (struct signed_by){ .household_on = D, .operator_on = D }),
                  "CONTRACT_OBJECTIVES_MISSING", "objectives", "objectives are named");
    check_refused(sign(world, (struct signed_by){ .household_on = D,
                                                  .operator_on = D,
                                                  .objectives = "trouver un logement",
                                                  .obligations = "  " }),
                  "CONTRACT_OBLIGATIONS_MISSING", "obligations", "and obligations");
    check_number(
        (int64_t)missing_in(sign(world, (struct signed_by){ .household_on = D,
                                                            .objectives = "trouver un logement",
                                                            .obligations = "venir" })),
        1, "they may come with the first signature");
    check_done(sign(world, (struct signed_by){ .operator_on = D }), "the second starts it");
    check_date(date_of(measure_of(world, MEASURE)->last_day), DATE(2020, 7, 1), "for four months");
    check_number((int64_t)measure_of(world, MEASURE)->n_notes, 2, "both texts are kept");
    check_store(world);
    world_close(world);
}

static void test_support(void)
{
    struct world *world = contracting(3, (struct granted){ 0 });

    about("support may take effect from the decision on (6.2)");
    check_refused(sign(world, (struct signed_by){ .household_on = D,
                                                  .operator_on = D,
                                                  .starts_on = DATE(2020, 3, 1) }),
                  "MEASURE_STARTS_BEFORE_DECISION", "starts_on", "not before it (S1-10)");
    check_done(sign(world, (struct signed_by){ .household_on = DATE(2020, 3, 5),
                                               .operator_on = DATE(2020, 3, 6),
                                               .starts_on = D }),
               "from the decision, though signed later");
    check_date(date_of(measure_of(world, MEASURE)->started_on), D, "it started then");
    check_store(world);
    world_close(world);
}

static void test_order(void)
{
    struct world *world = office(4, DATE(2020, 3, 20));

    about("each step comes after the one before");
    usual_worker(world);
    grant(world, (struct granted){ .on = D });
    check_refused(meet(world, MEASURE, D), "MEASURE_STATE_WRONG", "measure",
                  "nobody is met before the assignment");
    check_refused(sign_both(world, MEASURE, D), "MEASURE_STATE_WRONG", "measure", "nothing signed");
    assign_to(world, MEASURE, WORKER, DATE(2020, 3, 5));
    check_refused(meet(world, MEASURE, DATE(2020, 3, 4)), "FACTS_OUT_OF_ORDER", "held_on",
                  "the meeting is not before the assignment");
    check_refused(meet(world, MEASURE, DATE(2020, 3, 21)), "DATE_TO_COME", "held_on",
                  "nor in the future");
    check_done(meet(world, MEASURE, DATE(2020, 3, 5)), "the same day it is");
    check_refused(stop(world, MEASURE, DATE(2020, 3, 5),
                       TREMPLIN__CLOSING_REASON__CLOSING_REASON_MOVED, DATE_NONE),
                  "MEASURE_STATE_WRONG", "measure", "what has not started is not stopped");
    check_refused(suspend(world, MEASURE, DATE(2020, 3, 5)), "MEASURE_STATE_WRONG", "measure",
                  "nor suspended");
    check_refused(write_review(world, MEASURE, DATE(2020, 3, 5), "bilan"), "REVIEW_OF_NO_MEASURE",
                  "measure", "nor reviewed");
    check_store(world);
    world_close(world);
}

static void test_second_running(void)
{
    struct world *world = office(5, DATE(2020, 3, 20));

    about("one measure of a scheme runs at a time (6.2)");
    usual_worker(world);
    grant(world, (struct granted){ .on = D });
    grant(world, (struct granted){ MEASURE_2, .on = D });
    assign_to(world, MEASURE, WORKER, D);
    assign_to(world, MEASURE_2, WORKER, D);
    meet(world, MEASURE, D);
    meet(world, MEASURE_2, D);
    check_done(sign_both(world, MEASURE, D), "the first starts");
    check_refused(sign_both(world, MEASURE_2, D), "MEASURE_SCHEME_ALREADY_ACTIVE", "measure",
                  "the second does not");
    stop(world, MEASURE, DATE(2020, 3, 20), TREMPLIN__CLOSING_REASON__CLOSING_REASON_GOALS_MET,
         DATE_NONE);
    check_done(sign_both(world, MEASURE_2, DATE(2020, 3, 20)), "it does on the first one's end");
    check_store(world);
    world_close(world);
}

static void test_to_begin(void)
{
    struct world *world = contracting(7, (struct granted){ 0 });

    about("a measure signed to begin next month");
    check_refused(sign(world, (struct signed_by){ .household_on = D,
                                                  .operator_on = D,
                                                  .starts_on = DATE(2062, 4, 1) }),
                  "MEASURE_STARTS_TOO_FAR_AHEAD", "starts_on", "is not one of 42 years later");
    check_refused(sign(world, (struct signed_by){ .household_on = D,
                                                  .operator_on = D,
                                                  .starts_on = DATE(2020, 9, 21) }),
                  "MEASURE_STARTS_TOO_FAR_AHEAD", "starts_on", "nor of more than six months");
    check_done(sign(world, (struct signed_by){ .household_on = D,
                                               .operator_on = D,
                                               .starts_on = DATE(2020, 4, 1) }),
               "begins next month");
    check_date(date_of(measure_of(world, MEASURE)->last_day), DATE(2020, 9, 30),
               "and lasts six months from there");
    check_refused(stop(world, MEASURE, DATE(2020, 4, 2),
                       TREMPLIN__CLOSING_REASON__CLOSING_REASON_NO_ADHERENCE, DATE_NONE),
                  "DATE_TO_COME", "stopped_on", "no later day can be told");
    check_done(stop(world, MEASURE, DATE(2020, 4, 1),
                    TREMPLIN__CLOSING_REASON__CLOSING_REASON_NO_ADHERENCE, DATE_NONE),
               "the household steps back before");
    world_move_to(world, DATE(2020, 4, 1), 12, 0);
    check_done(evaluate(world, MEASURE, DATE(2020, 4, 1)), "which is evaluated");
    check_number(counted_in(world, 2020).hundredths, 0, "nothing was realised");
    check_store(world);
    world_close(world);
}

static void test_stay(void)
{
    struct world *world =
        contracting(6, (struct granted){ .scheme = TREMPLIN__SCHEME__SCHEME_RESIDENCE_SUPPORT,
                                         .as_long_as_the_stay = true });
    const Measures__MeasureClosed *closed;

    about("residence support lasts as the stay");
    check_done(sign(world, (struct signed_by){ .household_on = D,
                                               .operator_on = D,
                                               .objectives = "isolement",
                                               .obligations = "visites" }),
               "it starts without an end");
    check(!measure_of(world, MEASURE)->last_day, "none is planned");
    world_move_to(world, DATE(2021, 3, 2), 12, 0);
    check_number(counted_in(world, 2020).hundredths, 1200, "its months are counted all the same");
    check_refused(ask_renewal(world, MEASURE, 6, DATE(2021, 3, 2), DATE(2021, 3, 2)),
                  "RENEWAL_WITHOUT_END", "measure", "there is nothing to renew");
    stop(world, MEASURE, DATE(2021, 3, 2), TREMPLIN__CLOSING_REASON__CLOSING_REASON_MOVED,
         DATE_NONE);
    check_done(evaluate(world, MEASURE, DATE(2021, 3, 2)), "it is closed");
    closed = world_last(world, "measures", &measures__measure_closed__descriptor);
    check_number(closed->realised_months, 12, "twelve months realised");
    check_number(closed->released_months, 0, "nothing to release");
    check_store(world);
    world_close(world);
}

int main(void)
{
    test_masp();
    test_commitment();
    test_support();
    test_order();
    test_second_running();
    test_to_begin();
    test_stay();
    return checks_done();
}
