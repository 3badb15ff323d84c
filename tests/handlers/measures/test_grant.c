/* A grant that a rule would refuse becomes a matter to settle: never lost, never forced. */
#include "tests/handlers/measures/office.h"

#define ASLL  TREMPLIN__SCHEME__SCHEME_ASLL
#define MASP2 TREMPLIN__SCHEME__SCHEME_MASP2

static struct answer settle(struct world *world, const char *measure, const char *agreement,
                            const char *line, bool outside, uint32_t months)
{
    Measures__SettleMatter asked = MEASURES__SETTLE_MATTER__INIT;

    asked.measure = text(measure);
    asked.agreement = text(agreement);
    asked.line = text(line);
    asked.outside_agreement = outside;
    asked.months = months;
    return world_call(world, "measures.SettleMatter", &asked.base,
                      &measures__settle_matter_reply__descriptor);
}

static size_t unsettled(struct world *world)
{
    Measures__MeasuresQuery asked = MEASURES__MEASURES_QUERY__INIT;
    const Measures__MeasuresReply *reply;

    asked.unsettled_only = true;
    reply =
        world_call(world, "measures.Measures", &asked.base, &measures__measures_reply__descriptor)
            .reply;
    return reply ? reply->n_measures : 99;
}

static void test_reserved(void)
{
    struct world *world = office(1, DATE(2020, 3, 2));
    const Measures__AgreementLineChanged *changed;
    const Measures__MeasureGranted *granted;

    about("a grant reserves on its line, and comes back when the measure is cancelled (6.4, C-12)");
    usual_worker(world);
    open_agreement(world, (struct agreed){ .measures = 10, .months = 60 });
    grant(world, (struct granted){ .on = DATE(2020, 3, 2), .agreement = AGREEMENT });
    granted = world_last(world, "measures", &measures__measure_granted__descriptor);
    check_text(granted->line, LINE, "the only line is meant when none is named");
    check_text(granted->operator_, "AOLTJ", "the agreement's operator performs it");
    check_number(line_of(world)->reserved_measures, 1, "one measure is reserved");
    check_number(line_of(world)->reserved_months, 6, "with its six months");
    check_number(line_of(world)->left_months, 54, "54 are left");
    check_number(line_of(world)->left_measures, 9, "and nine measures");
    changed = world_last(world, "measures", &measures__agreement_line_changed__descriptor);
    check_number(changed->used_percent, 10, "a tenth is used");
    check_text(changed->measure, MEASURE, "by this measure");
    grant(world, (struct granted){ .on = DATE(2020, 3, 2), .agreement = AGREEMENT });
    check_number(line_of(world)->reserved_months, 6, "the same measure twice reserves once");
    check_done(cancel(world, MEASURE, "WITHDRAWN", DATE(2020, 3, 2)), "it is cancelled");
    check_text(measure_of(world, MEASURE)->state, "CANCELLED", "it is over");
    check_number(line_of(world)->left_months, 60, "all months are back");
    check_number(line_of(world)->left_measures, 10, "and the measure");
    check_refused(assign_to(world, MEASURE, WORKER, DATE(2020, 3, 2)), "MEASURE_STATE_WRONG",
                  "measure", "a cancelled measure is not assigned");
    check_store(world);
    world_close(world);
}

static void test_exhausted(void)
{
    struct world *world = office(2, DATE(2020, 3, 2));

    about("an exhausted line is a matter to settle");
    usual_worker(world);
    open_agreement(world, (struct agreed){ .measures = 10, .months = 9 });
    grant(world, (struct granted){ .on = DATE(2020, 3, 2), .agreement = AGREEMENT });
    grant(world,
          (struct granted){ MEASURE_2, HOUSE_2, .on = DATE(2020, 3, 2), .agreement = AGREEMENT });
    check_text(measure_of(world, MEASURE_2)->unsettled, "AGREEMENT_LINE_TOO_SHORT",
               "three months are left for six");
    check_text(measure_of(world, MEASURE_2)->state, "GRANTED", "the grant is not lost");
    check_number(line_of(world)->reserved_months, 6, "nor forced on the line");
    check_number((int64_t)unsettled(world), 1, "a list says so");
    check_refused(assign_to(world, MEASURE_2, WORKER, DATE(2020, 3, 2)), "MATTER_UNSETTLED",
                  "measure", "it is not assigned before it is settled");
    check(strstr(assign_to(world, MEASURE_2, WORKER, DATE(2020, 3, 2)).french,
                 "measures.SettleMatter") != NULL,
          "the sentence says by what");
    check_refused(settle(world, MEASURE_2, "", "", false, 0), "AGREEMENT_LINE_TOO_SHORT", "months",
                  "settling asks the rules again");
    check_refused(settle(world, MEASURE, "", "", false, 0), "NOTHING_TO_SETTLE", "measure",
                  "what has no matter is not settled");
    check_done(settle(world, MEASURE_2, "", "", false, 3), "a shorter duration fits");
    check_number(line_of(world)->left_months, 0, "and takes what was left");
    check_number(measure_of(world, MEASURE_2)->granted_months, 3, "three months are granted");
    check_done(assign_to(world, MEASURE_2, WORKER, DATE(2020, 3, 2)), "it is assigned");
    grant(world, (struct granted){ MEASURE_3, HOUSE_2, MASP2, 12, DATE(2020, 3, 2),
                                   .agreement = AGREEMENT });
    check_text(measure_of(world, MEASURE_3)->unsettled, "AGREEMENT_LINE_EXHAUSTED",
               "then nothing is left");
    check_done(settle(world, MEASURE_3, "", "", true, 0), "it may be carried out on no agreement");
    check_text(measure_of(world, MEASURE_3)->agreement, "", "and counts on none");
    check_number((int64_t)unsettled(world), 0, "nothing is to settle");
    check_store(world);
    world_close(world);
}

static void matter(struct granted granted, struct agreed agreed, const char *wanted,
                   const char *sentence)
{
    struct world *world = office(3, DATE(2020, 3, 2));

    usual_worker(world);
    open_agreement(world, agreed);
    granted.on = DATE(2020, 3, 2);
    grant(world, granted);
    check_text(measure_of(world, MEASURE)->unsettled, wanted, "%s", sentence);
    check_number(world_count(world, "measures", &measures__matter_to_settle__descriptor),
                 *wanted != '\0', "... and is told as such");
    world_close(world);
}

static void test_matters(void)
{
    const struct agreed usual = { .measures = 10, .months = 60 };
    const struct agreed young = { .measures = 10,
                                  .months = 60,
                                  .target_public =
                                      MEASURES__TARGET_PUBLIC__TARGET_PUBLIC_YOUNG_18_25 };
    const struct agreed follow_on = {
        .measures = 10,
        .months = 60,
        .target_public = MEASURES__TARGET_PUBLIC__TARGET_PUBLIC_CHRS_FOLLOW_ON,
    };
    const struct agreed ended = { .months = 60,
                                  .starts_on = DATE(2019, 1, 1),
                                  .ends_on = DATE(2020, 3, 1) };
    const struct agreed last_day = { .months = 60,
                                     .starts_on = DATE(2019, 1, 1),
                                     .ends_on = DATE(2020, 3, 2) };
    const struct agreed masp = { .months = 60, .scheme = MASP2 };

    about("what a rule would refuse at the grant");
    matter((struct granted){ .agreement = AGREEMENT }, young, "NOT_OF_TARGET_PUBLIC",
           "a household not attested young on a line for 18 to 25 (S1-22)");
    matter((struct granted){ .agreement = AGREEMENT, .is_young = true }, young, "",
           "a young household on it is not a matter");
    matter((struct granted){ .agreement = AGREEMENT }, follow_on, "NOT_OF_TARGET_PUBLIC",
           "a household that leaves no CHRS on a follow-on line (S1-24)");
    matter((struct granted){ .agreement = AGREEMENT, .leaves_chrs = true }, follow_on, "",
           "one that leaves a CHRS is not a matter");
    matter((struct granted){ .agreement = NOBODY }, usual, "AGREEMENT_NOT_KNOWN",
           "an agreement that is not recorded");
    matter((struct granted){ .agreement = AGREEMENT, .line = NOBODY }, usual,
           "AGREEMENT_LINE_NOT_KNOWN", "a line that the agreement has not");
    matter((struct granted){ .agreement = AGREEMENT }, ended, "AGREEMENT_NOT_IN_FORCE",
           "a decision on the day after the agreement's last");
    matter((struct granted){ .agreement = AGREEMENT }, last_day, "",
           "a decision on the agreement's last day is in force");
    matter((struct granted){ .agreement = AGREEMENT }, masp, "AGREEMENT_OF_OTHER_SCHEME",
           "an agreement for another scheme");
    matter((struct granted){ .scheme = MASP2, .months = 5 }, usual, "DURATION_OUT_OF_BOUNDS",
           "a MASP of five months (A-12)");
    matter((struct granted){ .scheme = MASP2, .months = 24 }, usual, "",
           "a MASP of 24 months is within bounds");
    matter((struct granted){ .scheme = TREMPLIN__SCHEME__SCHEME_ACTION_LOGEMENT, .months = 9 },
           usual, "DURATION_OUT_OF_BOUNDS", "an Action Logement measure of nine months (A-16)");
    matter((struct granted){ .scheme = TREMPLIN__SCHEME__SCHEME_RESIDENCE_SUPPORT,
                             .as_long_as_the_stay = true },
           usual, "", "residence support without a duration lasts as the stay");
}

static void test_a_law_that_is_missing(void)
{
    static const char law[] = "measures.assignment_period";
    struct world *world = office(11, DATE(2020, 3, 2));
    const Measures__MeasureGranted *granted;

    about(
        "a grant whose law is not known is a matter to settle, and what intake tells is heard on");
    usual_worker(world);
    world_law_until(world, law, DATE(2020, 3, 1));
    grant(world, (struct granted){ .on = DATE(2020, 3, 2) });
    check_text(measure_of(world, MEASURE)->unsettled, "LAW_NOT_KNOWN", "it is kept, to be settled");
    granted = world_last(world, "measures", &measures__measure_granted__descriptor);
    check(granted && !granted->assign_by, "with no day to assign it by");
    check_refused(settle(world, MEASURE, "", "", false, 0), "LAW_NOT_KNOWN", "",
                  "it is not settled before the law is known");
    grant(world, (struct granted){ MEASURE_2, HOUSE_2, .on = DATE(2020, 3, 1) });
    check_text(measure_of(world, MEASURE_2)->state, "GRANTED", "the next one is heard");
    check_text(measure_of(world, MEASURE_2)->unsettled, "", "and its law is known");
    world_law_until(world, law, DATE_NONE);
    check_done(settle(world, MEASURE, "", "", false, 0), "once it is, the first is settled");
    check_done(assign_to(world, MEASURE, WORKER, DATE(2020, 3, 2)), "and assigned");
    check_store(world);
    world_close(world);
}

static void test_second(void)
{
    struct world *world = office(4, DATE(2020, 3, 2));

    about("a second measure of the same scheme waits for the first one's end (6.2, Q13)");
    usual_worker(world);
    running(world, (struct granted){ .on = DATE(2020, 3, 2) });
    grant(world, (struct granted){ MEASURE_2, .on = DATE(2020, 3, 2) });
    check_text(measure_of(world, MEASURE_2)->unsettled, "SECOND_MEASURE_OF_SCHEME",
               "the same scheme twice is a matter");
    grant(world,
          (struct granted){ MEASURE_3, .scheme = MASP2, .months = 12, .on = DATE(2020, 3, 2) });
    check_text(measure_of(world, MEASURE_3)->unsettled, "", "another scheme beside it is not");
    check_refused(settle(world, MEASURE_2, "", "", false, 0), "SECOND_MEASURE_OF_SCHEME", "measure",
                  "it cannot be settled while the first runs");
    check_done(stop(world, MEASURE, DATE(2020, 3, 2),
                    TREMPLIN__CLOSING_REASON__CLOSING_REASON_GOALS_MET, DATE_NONE),
               "the first is stopped");
    check_done(settle(world, MEASURE_2, "", "", false, 0), "then the second is settled");
    check_store(world);
    world_close(world);
}

static void test_cancelling(void)
{
    struct world *world = office(5, DATE(2020, 3, 2));

    about("a measure that has not started is cancelled, with a reason (C-11)");
    usual_worker(world);
    grant(world, (struct granted){ .on = DATE(2020, 3, 2) });
    check_refused(cancel(world, NOBODY, "WITHDRAWN", DATE(2020, 3, 2)), "NOT_KNOWN", "measure",
                  "an unknown measure is refused");
    check_refused(cancel(world, MEASURE, "BORED", DATE(2020, 3, 2)), "CANCELLATION_REASON_UNKNOWN",
                  "reason", "an unknown reason is refused");
    check_refused(cancel(world, MEASURE, "WITHDRAWN", DATE(2020, 3, 1)), "FACTS_OUT_OF_ORDER",
                  "cancelled_on", "not before the grant");
    check_refused(cancel(world, MEASURE, "WITHDRAWN", DATE(2020, 3, 3)), "DATE_TO_COME",
                  "cancelled_on", "nor in the future");
    assign_to(world, MEASURE, WORKER, DATE(2020, 3, 2));
    meet(world, MEASURE, DATE(2020, 3, 2));
    check_number(caseload_of(world, WORKER), 1, "it weighs on its worker");
    check_done(cancel(world, MEASURE, "CONSENT_REFUSED", DATE(2020, 3, 2)),
               "the household does not adhere");
    check_number(caseload_of(world, WORKER), 0, "the worker is free of it");
    running(world, (struct granted){ MEASURE_2, HOUSE_2, .on = DATE(2020, 3, 2) });
    check_refused(cancel(world, MEASURE_2, "WITHDRAWN", DATE(2020, 3, 2)), "MEASURE_STATE_WRONG",
                  "measure", "a running measure is stopped, not cancelled");
    check_store(world);
    world_close(world);
}

static void test_situation(void)
{
    struct world *world = office(6, DATE(2020, 3, 2));
    Intake__SituationChanged changed = INTAKE__SITUATION_CHANGED__INIT;
    Intake__Situation situation = INTAKE__SITUATION__INIT;
    const Measures__MeasureStarted *started;

    about("the situation at entry is the last one heard before the start, then frozen (6.2)");
    usual_worker(world);
    grant(world, (struct granted){ .on = DATE(2020, 3, 2), .has_no_situation = true });
    assign_to(world, MEASURE, WORKER, DATE(2020, 3, 2));
    meet(world, MEASURE, DATE(2020, 3, 2));
    check_refused(sign_both(world, MEASURE, DATE(2020, 3, 2)), "MEASURE_ENTRY_MISSING", "measure",
                  "without a situation at entry nothing starts (S1-32)");
    situation.resource_band = TREMPLIN__RESOURCE_BAND__RESOURCE_BAND_ABOVE;
    situation.socio_professional_status =
        TREMPLIN__SOCIO_PROFESSIONAL_STATUS__SOCIO_PROFESSIONAL_STATUS_EMPLOYED;
    changed.household = text(HOUSE);
    changed.situation = &situation;
    tell(world, &changed.base);
    check_done(sign_both(world, MEASURE, DATE(2020, 3, 2)), "once told it starts");
    situation.resource_band = TREMPLIN__RESOURCE_BAND__RESOURCE_BAND_UNKNOWN;
    tell(world, &changed.base);
    started = world_last(world, "measures", &measures__measure_started__descriptor);
    check_number(started->entry->resource_band, TREMPLIN__RESOURCE_BAND__RESOURCE_BAND_ABOVE,
                 "with the situation of then");
    stop(world, MEASURE, DATE(2020, 3, 2), TREMPLIN__CLOSING_REASON__CLOSING_REASON_MOVED,
         DATE_NONE);
    evaluate(world, MEASURE, DATE(2020, 3, 2));
    check_number(((const Measures__MeasureClosed *)world_last(
                      world, "measures", &measures__measure_closed__descriptor))
                     ->entry->resource_band,
                 TREMPLIN__RESOURCE_BAND__RESOURCE_BAND_ABOVE, "to its closing");
    check_store(world);
    world_close(world);
}

int main(void)
{
    test_reserved();
    test_exhausted();
    test_matters();
    test_a_law_that_is_missing();
    test_second();
    test_cancelling();
    test_situation();
    return checks_done();
}
