/* Workers hold what they can hold, and measures go to those who may carry them out. */
#include "tests/handlers/measures/office.h"

#include <stdio.h>

#define ADVISER  MEASURES__PROFESSION__PROFESSION_FAMILY_ECONOMICS_ADVISER
#define EDUCATOR MEASURES__PROFESSION__PROFESSION_SPECIALISED_EDUCATOR

static const char *numbered(const char *prefix, int number)
{
    static char ring[8][40];
    static unsigned turn;
    char *id = ring[turn++ % 8];

    snprintf(id, sizeof ring[0], "018f0e42-%s-7000-8000-%012d", prefix, number);
    return id;
}

static void test_registering(void)
{
    struct world *world = office(1, DATE(2020, 1, 6));

    about("a post is registered once, and no name with it");
    check_done(register_worker(world, WORKER, "ASLL-1", ADVISER), "a worker is registered");
    check_done(register_worker(world, WORKER, "ASLL-1", ADVISER), "the same again is no change");
    check_number(world_count(world, "measures", &measures__worker_registered__descriptor), 1,
                 "there is one");
    check_refused(register_worker(world, WORKER, "ASLL-2", ADVISER), "WORKER_EXISTS", "worker",
                  "the same identifier for another is refused");
    check_refused(register_worker(world, "", "", ADVISER), "FIELD_MISSING", "code",
                  "a post has a code");
    check_refused(register_worker(world, "", "ASLL-3", 0), "FIELD_MISSING", "profession",
                  "and a profession");
    check_refused(register_worker(world, "one", "ASLL-3", ADVISER), "FIELD_NOT_AN_IDENTIFIER",
                  "worker", "an identifier is one");
    check_refused(register_worker(world, "", "Madame Quatrefages", ADVISER), "FIELD_NOT_A_CODE",
                  "code", "a name is no code");
    check_done(register_worker(world, "", "ASLL-3", ADVISER), "without one, one is made");
    check_store(world);
    world_close(world);
}

/* What everybody hears of a worker, an agreement or a suspension is a code. */
static void test_codes(void)
{
    struct world *world = office(9, DATE(2020, 1, 6));
    Measures__RegisterWorker post = MEASURES__REGISTER_WORKER__INIT;
    Measures__OpenAgreement agreement = MEASURES__OPEN_AGREEMENT__INIT;
    Measures__SuspendMeasure suspension = MEASURES__SUSPEND_MEASURE__INIT;

    about("where a code is told to everybody, a name is refused");
    post.code = text("ASLL-1");
    post.profession = ADVISER;
    post.district = text("chez Quatrefages");
    check_refused(world_call(world, "measures.RegisterWorker", &post.base,
                             &measures__register_worker_reply__descriptor),
                  "FIELD_NOT_A_CODE", "district", "a post's district");
    post.district = text("ALENCON");
    post.operator_ = text("Zéphyrine Quatrefages");
    check_refused(world_call(world, "measures.RegisterWorker", &post.base,
                             &measures__register_worker_reply__descriptor),
                  "FIELD_NOT_A_CODE", "operator", "a post's operator");
    agreement.name = text("Convention externe");
    agreement.operator_ = text("Zéphyrine Quatrefages");
    check_refused(world_call(world, "measures.OpenAgreement", &agreement.base,
                             &measures__open_agreement_reply__descriptor),
                  "FIELD_NOT_A_CODE", "operator", "an agreement's operator");
    usual_worker(world);
    running(world, (struct granted){ .on = DATE(2020, 1, 6) });
    suspension.measure = text(MEASURE);
    suspension.suspended_on = day(DATE(2020, 1, 6));
    suspension.reason = text("Zéphyrine est hospitalisée");
    check_refused(world_call(world, "measures.SuspendMeasure", &suspension.base,
                             &measures__suspend_measure_reply__descriptor),
                  "FIELD_NOT_A_CODE", "reason", "why a measure is suspended");
    world_close(world);
}

/* All pages of a worker's measures, each asked for after where the one before says. */
static int in_pages(struct world *world, uint32_t most)
{
    Measures__MeasuresQuery asked = MEASURES__MEASURES_QUERY__INIT;
    const Measures__MeasuresReply *page;
    int count = 0;

    asked.worker = text(WORKER);
    asked.most = most;
    do {
        page = world_call(world, "measures.Measures", &asked.base,
                          &measures__measures_reply__descriptor)
                   .reply;
        count += page ? (int)page->n_measures : 0;
        asked.after = page ? page->next : text("");
    } while (page && page->more && count < 1000);
    return count;
}

static void test_caseload(void)
{
    struct world *world = office(2, DATE(2020, 1, 6));
    const Measures__CaseloadChanged *changed;
    const Measures__AssignMeasureReply *reply;
    struct answer answer = { 0 };

    about("a worker's caseload: room, warned at 32, over above 35, full at 40 (S1-38, Q6, A-19)");
    usual_worker(world);
    for (int i = 1; i <= 41; i++) {
        const char *measure = numbered("0001", i);

        grant(world, (struct granted){ measure, numbered("0002", i), .on = DATE(2020, 1, 6) });
        answer = assign_to(world, measure, WORKER, DATE(2020, 1, 6));
        reply = answer.reply;
        changed = world_last(world, "measures", &measures__caseload_changed__descriptor);
        if (i == 31 || i == 32 || i == 35 || i == 36 || i == 39 || i == 40) {
            check_text(changed->level,
                       i == 31   ? "ROOM"
                       : i <= 35 ? "WARN"
                       : i <= 39 ? "OVER"
                                 : "FULL",
                       "the level at %d measures", i);
            check(reply && reply->over == (i > 35), "... told to the team leader above 35");
        }
    }
    check_refused(answer, "CASELOAD_IS_FULL", "worker", "a 41st is refused");
    check_number(caseload_of(world, WORKER), 40, "40 are held");
    check_number(in_pages(world, 7), 40, "and told in pages, each once");
    check_number(in_pages(world, 40), 40, "or all on one");
    register_worker(world, WORKER_2, "ASLL-2", ADVISER);
    check_done(assign_to(world, numbered("0001", 1), WORKER_2, DATE(2020, 1, 6)),
               "one is handed over to another worker (C-11)");
    check_number(caseload_of(world, WORKER), 39, "the first holds one less");
    check_number(caseload_of(world, WORKER_2), 1, "the second one more");
    check_done(assign_to(world, numbered("0001", 41), WORKER, DATE(2020, 1, 6)),
               "then there is room for the 41st");
    check_done(assign_to(world, numbered("0001", 41), WORKER, DATE(2020, 1, 6)),
               "to the same worker again is no change");
    check_number(caseload_of(world, WORKER), 40, "and counts once");
    check_store(world);
    world_close(world);
}

static void test_a_law_that_is_missing(void)
{
    enum { RETRIED_MS = 120000 };
    static const char law[] = "caseload.most";
    struct world *world = office(10, DATE(2020, 1, 15));
    Measures__CancelMeasure cancelling = MEASURES__CANCEL_MEASURE__INIT;

    about("a caseload whose law is not known changes once it is, and is not miscounted");
    usual_worker(world);
    check_done(running(world, (struct granted){ .on = DATE(2020, 1, 15) }), "one runs");
    grant(world, (struct granted){ MEASURE_2, HOUSE_2, .on = DATE(2020, 1, 15) });
    check_done(assign_to(world, MEASURE_2, WORKER, DATE(2020, 1, 15)), "one is assigned");
    check_number(caseload_of(world, WORKER), 2, "the worker holds both");
    world_move_to(world, DATE(2020, 7, 14), 12, 0);
    world_law_until(world, law, DATE(2020, 7, 13));
    cancelling.measure = text(MEASURE_2);
    cancelling.reason = text("WITHDRAWN");
    check_number(world_call(world, "measures.CancelMeasure", &cancelling.base,
                            &measures__cancel_measure_reply__descriptor)
                     .status,
                 TREMPLIN__STATUS__STATUS_TRY_AGAIN, "what would change it is to be tried again");
    check_text(measure_of(world, MEASURE_2)->state, "ASSIGNED", "and nothing of it is kept");
    world_leap(world, 1);
    world_pass(world, RETRIED_MS);
    check_text(measure_of(world, MEASURE)->state, "ACTIVE", "nor is an end that is reached");
    check(strstr(world_trouble_of(world, "measures"), "LAW_NOT_KNOWN") != NULL,
          "and status says so: %s", world_trouble_of(world, "measures"));
    world_law_until(world, law, DATE_NONE);
    world_pass(world, RETRIED_MS);
    check_text(measure_of(world, MEASURE)->state, "CLOSING", "once it is said, the end is reached");
    check_number(caseload_of(world, WORKER), 1, "and the worker holds one less");
    check_done(world_call(world, "measures.CancelMeasure", &cancelling.base,
                          &measures__cancel_measure_reply__descriptor),
               "the other is cancelled");
    check_number(caseload_of(world, WORKER), 0, "and the worker holds none");
    check_store(world);
    world_close(world);
}

static void test_past(void)
{
    struct world *world = office(3, DATE(2020, 1, 6));
    struct answer answer = { 0 };

    about("what was over before it was told weighs on nobody");
    usual_worker(world);
    for (int i = 1; i <= 56; i++) {
        const char *measure = numbered("0001", i);

        grant(world, (struct granted){ measure, numbered("0002", i), .on = DATE(2008, 1, 7) });
        answer = assign_to(world, measure, WORKER, DATE(2008, 1, 8));
    }
    check_done(answer, "the 56th measure of 2008 is assigned to one worker");
    check_number(caseload_of(world, WORKER), 0, "who holds none today");
    check_number(world_count(world, "measures", &measures__caseload_changed__descriptor), 0,
                 "and no caseload changed");
    check_store(world);
    world_close(world);
}

static void test_who(void)
{
    struct world *world = office(4, DATE(2020, 1, 6));
    Intake__AccreditationChanged accredited = INTAKE__ACCREDITATION_CHANGED__INIT;
    Intake__RequestSubmitted submitted = INTAKE__REQUEST_SUBMITTED__INIT;

    about("a measure goes to who may carry it out (6.2, S1-7, S2-17)");
    register_worker(world, WORKER, "ASLL-1", EDUCATOR);
    register_worker(world, WORKER_2, "ASLL-2", ADVISER);
    grant(world, (struct granted){ .scheme = TREMPLIN__SCHEME__SCHEME_MASP2,
                                   .months = 12,
                                   .on = DATE(2020, 1, 6) });
    check_refused(assign_to(world, MEASURE, WORKER, DATE(2020, 1, 6)),
                  "MEASURE_NEEDS_BUDGET_SPECIALIST", "worker", "MASP 2 needs a budget specialist");
    check_done(assign_to(world, MEASURE, WORKER_2, DATE(2020, 1, 6)), "one takes it");
    submitted.request = text(REQUEST);
    submitted.household = text(HOUSE_2);
    submitted.prescriber = text("UDAF61");
    tell(world, &submitted.base);
    grant(world, (struct granted){ MEASURE_2, HOUSE_2, .on = DATE(2020, 1, 6),
                                   .operator_name = "UDAF61" });
    check_refused(assign_to(world, MEASURE_2, WORKER, DATE(2020, 1, 6)),
                  "MEASURE_REQUESTER_NOT_ACCREDITED", "worker",
                  "an association that asked and is not accredited");
    grant(world,
          (struct granted){ MEASURE_3, HOUSE_2, .on = DATE(2020, 1, 6), .operator_name = "OTHER" });
    check_refused(assign_to(world, MEASURE_3, WORKER, DATE(2020, 1, 6)),
                  "MEASURE_OPERATOR_NOT_ENTITLED", "worker",
                  "an operator with neither agreement nor accreditation");
    accredited.operator_ = text("UDAF61");
    accredited.valid_from = day(DATE(2019, 1, 1));
    accredited.valid_to = day(DATE(2020, 1, 5));
    tell(world, &accredited.base);
    check_refused(assign_to(world, MEASURE_2, WORKER, DATE(2020, 1, 6)),
                  "MEASURE_REQUESTER_NOT_ACCREDITED", "worker",
                  "the day after its accreditation's last");
    accredited.valid_to = day(DATE(2020, 1, 6));
    accredited.valid_from = day(DATE(2019, 1, 1));
    tell(world, &accredited.base);
    check_done(assign_to(world, MEASURE_2, WORKER, DATE(2020, 1, 6)), "on its last day it may");
    check_refused(assign_to(world, NOBODY, WORKER, DATE_NONE), "NOT_KNOWN", "measure",
                  "an unknown measure is refused");
    check_refused(assign_to(world, MEASURE_2, NOBODY, DATE_NONE), "NOT_KNOWN", "worker",
                  "and an unknown worker");
    check_refused(assign_to(world, MEASURE_2, WORKER, DATE(2020, 1, 7)), "DATE_TO_COME",
                  "assigned_on", "and a day to come");
    check_refused(assign_to(world, MEASURE_2, WORKER, DATE(2020, 1, 5)), "FACTS_OUT_OF_ORDER",
                  "assigned_on", "and a day before the grant");
    check_store(world);
    world_close(world);
}

static void test_renewed_accreditation(void)
{
    struct world *world = office(11, DATE(2020, 6, 1));
    Intake__AccreditationChanged accredited = INTAKE__ACCREDITATION_CHANGED__INIT;

    about("an accreditation holds to its last day, whatever comes after it is told early");
    register_worker(world, WORKER, "ASLL-1", EDUCATOR);
    accredited.operator_ = text("UDAF61");
    accredited.valid_from = day(DATE(2018, 1, 1));
    accredited.valid_to = day(DATE(2020, 12, 31));
    tell(world, &accredited.base);
    accredited.valid_from = day(DATE(2021, 1, 1));
    accredited.valid_to = day(DATE(2023, 12, 31));
    tell(world, &accredited.base);
    grant(world, (struct granted){ .on = DATE(2020, 6, 1), .operator_name = "UDAF61" });
    check_done(assign_to(world, MEASURE, WORKER, DATE(2020, 6, 1)), "the one in force entitles it");
    world_move_to(world, DATE(2021, 6, 1), 12, 0);
    grant(world, (struct granted){ MEASURE_2, HOUSE_2, .on = DATE(2021, 6, 1),
                                   .operator_name = "UDAF61" });
    check_done(assign_to(world, MEASURE_2, WORKER, DATE(2021, 6, 1)), "and then its renewal");
    check_store(world);
    world_close(world);
}

int main(void)
{
    test_registering();
    test_codes();
    test_caseload();
    test_a_law_that_is_missing();
    test_past();
    test_who();
    test_renewed_accreditation();
    return checks_done();
}
