/* What is written about a household is sealed, shown to who may read it, and gone with its key. */
#include "tests/handlers/measures/office.h"

#define PHONE   MEASURES__CONTACT_KIND__CONTACT_KIND_PHONE
#define PARTNER MEASURES__CONTACT_KIND__CONTACT_KIND_PARTNER
#define D       DATE(2020, 1, 15)

static void test_notes(void)
{
    struct world *world = office(1, DATE(2020, 2, 1));
    const Measures__MeasureReply *measure;
    const Measures__ContactNoted *noted;

    about("notes, objectives and reviews in clear");
    usual_worker(world);
    grant(world, (struct granted){ .on = D });
    check_refused(note(world, MEASURE, PHONE, D, "appel"), "MEASURE_STATE_WRONG", "measure",
                  "no contact before a worker has it");
    running(world, (struct granted){ .on = D });
    check_refused(note(world, MEASURE, 0, D, "appel"), "FIELD_MISSING", "kind",
                  "a contact has a kind");
    check_refused(note(world, MEASURE, PHONE, DATE(2020, 2, 2), "appel"), "DATE_TO_COME",
                  "contact_on", "and has happened");
    check_refused(note(world, MEASURE, PHONE, DATE(2020, 1, 14), "appel"), "FACTS_OUT_OF_ORDER",
                  "contact_on", "since the assignment");
    check_done(note(world, MEASURE, PHONE, DATE(2020, 1, 20), "Mme V. a payé"), "a call is noted");
    check_done(note(world, MEASURE, PARTNER, DATE(2020, 1, 25), "le bailleur confirme"),
               "and one with a partner");
    noted = world_last(world, "measures", &measures__contact_noted__descriptor);
    check(!noted->with_household, "which is not with the household");
    measure = measure_of(world, MEASURE);
    check_date(date_of(measure->last_contact_on), DATE(2020, 1, 20),
               "and no contact with it (A-18)");
    check_number((int64_t)measure->n_notes, 4, "objectives, obligations, two notes");
    check_text(measure->n_notes == 4 ? measure->notes[2] : "", "Mme V. a payé", "in clear");
    check_done(note(world, MEASURE, PHONE, DATE(2020, 1, 18), NULL), "a contact needs no text");
    check_date(date_of(measure_of(world, MEASURE)->last_contact_on), DATE(2020, 1, 20),
               "an earlier one told later is not the last");
    check_store(world);
    world_close(world);
}

static void test_erased(void)
{
    struct world *world = office(2, DATE(2020, 2, 1));
    Intake__HouseholdErased erased = INTAKE__HOUSEHOLD_ERASED__INIT;

    about("an erased household is unreadable, and everything still adds up");
    usual_worker(world);
    running(world, (struct granted){ .on = D });
    note(world, MEASURE, PHONE, DATE(2020, 1, 20), "Mme V. a payé");
    stop(world, MEASURE, DATE(2020, 2, 1), TREMPLIN__CLOSING_REASON__CLOSING_REASON_MOVED,
         DATE_NONE);
    evaluate(world, MEASURE, DATE(2020, 2, 1));
    running(world, (struct granted){ MEASURE_2, .on = DATE(2020, 2, 1) });
    erased.household = text(HOUSE);
    tell(world, &erased.base);
    check_number((int64_t)measure_of(world, MEASURE)->n_notes, 0, "its notes are gone");
    check_text(measure_of(world, MEASURE)->follow_up_state, "NOT_APPLICABLE",
               "and the contact is not made (6.13)");
    check_number(counted_in(world, 2020).hundredths, 100, "its month still counts");
    check_refused(note(world, MEASURE_2, PHONE, DATE(2020, 2, 1), "appel"), "HOUSEHOLD_ERASED", "",
                  "nothing personal is kept any more");
    check_done(stop(world, MEASURE_2, DATE(2020, 2, 1),
                    TREMPLIN__CLOSING_REASON__CLOSING_REASON_MOVED, DATE_NONE),
               "what is not personal goes on");
    check_store(world);
    world_close(world);
}

static size_t listed(struct world *world, const char *worker, const char *state, uint32_t most,
                     const char *after, bool *more)
{
    Measures__MeasuresQuery asked = MEASURES__MEASURES_QUERY__INIT;
    const Measures__MeasuresReply *reply;

    asked.worker = text(worker);
    asked.state = text(state);
    asked.most = most;
    asked.after = text(after);
    reply =
        world_call(world, "measures.Measures", &asked.base, &measures__measures_reply__descriptor)
            .reply;
    *more = reply && reply->more;
    return reply ? reply->n_measures : 99;
}

static void test_lists(void)
{
    struct world *world = office(3, DATE(2020, 2, 1));
    bool more;

    about("measures are listed by worker and state, a page at a time, without notes");
    usual_worker(world);
    running(world, (struct granted){ .on = D });
    running(world, (struct granted){ MEASURE_2, HOUSE_2, .on = D });
    grant(world, (struct granted){ MEASURE_3, HOUSE_2, .scheme = TREMPLIN__SCHEME__SCHEME_MASP1,
                                   .months = 6, .on = D });
    stop(world, MEASURE, DATE(2020, 2, 1), TREMPLIN__CLOSING_REASON__CLOSING_REASON_MOVED,
         DATE_NONE);
    evaluate(world, MEASURE, DATE(2020, 2, 1));
    check_number((int64_t)listed(world, "", "", 0, "", &more), 2, "two are not closed");
    check_number((int64_t)listed(world, "", "CLOSED", 0, "", &more), 1, "one is");
    check_number((int64_t)listed(world, "", "GRANTED", 0, "", &more), 1, "one waits for a worker");
    check_number((int64_t)listed(world, WORKER, "", 0, "", &more), 1, "the worker holds one");
    check_number((int64_t)listed(world, WORKER, "CLOSED", 0, "", &more), 1, "and had one");
    check_number((int64_t)listed(world, "", "", 1, "", &more), 1, "one on a page of one");
    check(more, "and there is more");
    check_number((int64_t)listed(world, "", "", 1, MEASURE_2, &more), 1, "the next page");
    check(!more, "is the last");
    check_number((int64_t)listed(world, WORKER_2, "", 0, "", &more), 0, "nobody holds none");
    check_store(world);
    world_close(world);
}

static void test_stopping(void)
{
    struct world *world = office(4, DATE(2020, 2, 1));
    const Measures__MeasureClosing *closing;

    about("a stop has a reason; out of scope is decided with the funder (S0-32)");
    usual_worker(world);
    running(world, (struct granted){ .on = D });
    check_refused(stop(world, MEASURE, DATE(2020, 2, 1), 0, DATE_NONE), "MEASURE_REASON_MISSING",
                  "reason", "a reason is given");
    check_refused(stop(world, MEASURE, DATE(2020, 2, 1),
                       TREMPLIN__CLOSING_REASON__CLOSING_REASON_OUT_OF_SCOPE, DATE_NONE),
                  "MEASURE_JOINT_DECISION_MISSING", "joint_decision_on",
                  "the joint decision is missing");
    check_refused(stop(world, MEASURE, DATE(2020, 1, 30),
                       TREMPLIN__CLOSING_REASON__CLOSING_REASON_OUT_OF_SCOPE, DATE(2020, 1, 31)),
                  "MEASURE_JOINT_DECISION_LATER", "stopped_on", "it comes first");
    check_refused(stop(world, MEASURE, DATE(2020, 1, 14),
                       TREMPLIN__CLOSING_REASON__CLOSING_REASON_MOVED, DATE_NONE),
                  "FACTS_OUT_OF_ORDER", "stopped_on", "not before the start");
    check_refused(stop(world, MEASURE, DATE(2020, 2, 3),
                       TREMPLIN__CLOSING_REASON__CLOSING_REASON_MOVED, DATE_NONE),
                  "DATE_TO_COME", "stopped_on", "the day after tomorrow is not yet decided");
    check_done(stop(world, MEASURE, DATE(2020, 2, 2),
                    TREMPLIN__CLOSING_REASON__CLOSING_REASON_OUT_OF_SCOPE, DATE(2020, 1, 31)),
               "today may be its last day");
    closing = world_last(world, "measures", &measures__measure_closing__descriptor);
    check_date(date_of(closing->joint_decision_on), DATE(2020, 1, 31), "the decision is told");
    check_refused(evaluate_as(world, MEASURE, DATE(2020, 2, 1), 0,
                              TREMPLIN__HOUSING_OUTCOME__HOUSING_OUTCOME_UNCHANGED, NULL),
                  "EVALUATION_DOMAINS_MISSING", "domains", "an evaluation names domains (S1-34)");
    check_refused(evaluate_as(world, MEASURE, DATE(2020, 2, 1),
                              TREMPLIN__INTERVENTION_DOMAIN__INTERVENTION_DOMAIN_BUDGET,
                              TREMPLIN__HOUSING_OUTCOME__HOUSING_OUTCOME_UNCHANGED, NULL),
                  "EVALUATION_DOMAIN_OF_OTHER_SCHEME", "domains", "of its scheme");
    check_refused(evaluate_as(world, MEASURE, DATE(2020, 2, 1),
                              TREMPLIN__INTERVENTION_DOMAIN__INTERVENTION_DOMAIN_REHOUSING, 0,
                              NULL),
                  "EVALUATION_OUTCOME_MISSING", "outcome", "and an outcome (S1-35)");
    check_refused(evaluate(world, MEASURE, DATE(2020, 1, 14)), "FACTS_OUT_OF_ORDER", "evaluated_on",
                  "after its start");
    check_done(evaluate(world, MEASURE, DATE(2020, 2, 1)), "then it closes");
    check_number(counted_in(world, 2020).hundredths, 100, "with the month that began");
    check_store(world);
    world_close(world);
}

int main(void)
{
    test_notes();
    test_erased();
    test_lists();
    test_stopping();
    return checks_done();
}
