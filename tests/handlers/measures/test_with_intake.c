/* The real intake decides, measures hears: a request's way to a running measure, exactly once,
 * whoever was down meanwhile. */
#include "proto/measures.pb-c.h"
#include "services/measures/measures.h"
#include "tests/handlers/intake/office.h"

#define WORKER "018f0e42-0000-7000-8000-00000000a001"

static struct answer call(struct world *world, const char *method, const ProtobufCMessage *asked,
                          const ProtobufCMessageDescriptor *reply)
{
    return world_call(world, method, asked, reply);
}

static const Measures__MeasureReply *measure_of(struct world *world, const char *measure)
{
    static const Measures__MeasureReply none = MEASURES__MEASURE_REPLY__INIT;
    Measures__MeasureQuery asked = MEASURES__MEASURE_QUERY__INIT;
    const void *reply;

    asked.measure = text_of(measure);
    reply =
        call(world, "measures.Measure", &asked.base, &measures__measure_reply__descriptor).reply;
    return reply ? reply : &none;
}

/* What the request did not need to say, and the start of a measure does (S1-32). */
static void tell_status(struct world *world)
{
    Intake__ChangeSituation asked = INTAKE__CHANGE_SITUATION__INIT;
    Intake__Situation situation = INTAKE__SITUATION__INIT;

    situation.tenure = TREMPLIN__TENURE__TENURE_PRIVATE_TENANT;
    situation.resource_band = TREMPLIN__RESOURCE_BAND__RESOURCE_BAND_ABOVE;
    situation.socio_professional_status =
        TREMPLIN__SOCIO_PROFESSIONAL_STATUS__SOCIO_PROFESSIONAL_STATUS_EMPLOYED;
    situation.adults = 1;
    situation.type = TREMPLIN__HOUSEHOLD_TYPE__HOUSEHOLD_TYPE_SINGLE;
    situation.district = text_of("ALENCON");
    asked.household = text_of(HOUSEHOLD(1));
    asked.situation = &situation;
    check_done(call(world, "intake.ChangeSituation", &asked.base,
                    &intake__change_situation_reply__descriptor),
               "the household's situation is told at intake");
    world_settle(world);
}

static void carry_out(struct world *world, const char *measure)
{
    Measures__RegisterWorker worker = MEASURES__REGISTER_WORKER__INIT;
    Measures__AssignMeasure assign = MEASURES__ASSIGN_MEASURE__INIT;
    Measures__HoldFirstMeeting meet = MEASURES__HOLD_FIRST_MEETING__INIT;
    Measures__SignContract sign = MEASURES__SIGN_CONTRACT__INIT;
    Measures__Signature household = MEASURES__SIGNATURE__INIT;
    Measures__Signature operator_ = MEASURES__SIGNATURE__INIT;
    Measures__Signature *both[] = { &household, &operator_ };

    worker.worker = text_of(WORKER);
    worker.code = text_of("ASLL-1");
    worker.profession = MEASURES__PROFESSION__PROFESSION_SOCIAL_SERVICE_ASSISTANT;
    check_done(call(world, "measures.RegisterWorker", &worker.base,
                    &measures__register_worker_reply__descriptor),
               "a worker is there");
    assign.measure = meet.measure = sign.measure = text_of(measure);
    assign.worker = text_of(WORKER);
    check_done(call(world, "measures.AssignMeasure", &assign.base,
                    &measures__assign_measure_reply__descriptor),
               "the measure is assigned");
    check_done(call(world, "measures.HoldFirstMeeting", &meet.base,
                    &measures__hold_first_meeting_reply__descriptor),
               "the household is met");
    household.by = MEASURES__SIGNATORY_KIND__SIGNATORY_KIND_HOUSEHOLD;
    operator_.by = MEASURES__SIGNATORY_KIND__SIGNATORY_KIND_OPERATOR;
    sign.n_signatures = 2;
    sign.signatures = both;
    check_done(call(world, "measures.SignContract", &sign.base,
                    &measures__sign_contract_reply__descriptor),
               "and both sign");
}

static void test_granted(void)
{
    struct world *world = world_open(1, DATE(2020, 1, 6));
    Intake__DecideRequest asked;

    about("a request granted at intake is a measure here");
    world_add(world, &intake_service, NULL);
    world_add(world, &measures_service, NULL);
    open_body(world, HEAD);
    register_household(world, HOUSEHOLD(1), "Marguerite Vasseur", "1979-04-12", DATE(2020, 1, 2));
    submit_complete(world, REQUEST(1), HOUSEHOLD(1), DATE(2020, 1, 6));
    world_kill(world, "measures");
    asked = decision_on(REQUEST(1), GRANT, DATE(2020, 1, 6));
    asked.measure = text_of(MEASURE(1));
    asked.months = 6;
    check_done(ask_decide(world, &asked), "it is granted while measures is down");
    world_revive(world, "measures");
    world_settle(world);
    check_text(measure_of(world, MEASURE(1))->state, "GRANTED", "back, it has heard it");
    check_number(measure_of(world, MEASURE(1))->granted_months, 6, "for six months");
    world_kill(world, "measures");
    world_revive(world, "measures");
    world_settle(world);
    check_number(world_count(world, "measures", &measures__measure_granted__descriptor), 1, "once");
    tell_status(world);
    carry_out(world, MEASURE(1));
    check_text(measure_of(world, MEASURE(1))->state, "ACTIVE", "it runs");
    erase_household(world, HOUSEHOLD(1));
    world_settle(world);
    check(world_check_store(world, "measures") == NULL,
          "the chain holds and the tables are the journal replayed");
    world_close(world);
}

int main(void)
{
    test_granted();
    return checks_done();
}
