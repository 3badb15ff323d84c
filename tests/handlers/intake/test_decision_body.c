/* A district has one deciding body, and what waited for it is before it at once. */
#include "tests/handlers/intake/office.h"

static struct answer open_one(struct world *world, const char *body, const char *district,
                              Intake__DecisionMode mode, uint32_t cut_off_days)
{
    Intake__OpenDecisionBody asked = INTAKE__OPEN_DECISION_BODY__INIT;

    asked.body = text_of(body);
    asked.district = text_of(district);
    asked.mode = mode;
    asked.cut_off_days = cut_off_days;
    return world_call(world, "intake.OpenDecisionBody", &asked.base,
                      &intake__open_decision_body_reply__descriptor);
}

static void test_one_for_each_district(void)
{
    struct world *world = world_open(1, DATE(2020, 1, 6));
    const Intake__DecisionBodyOpened *opened;
    struct answer answer;

    about("S1-11: one for each district");
    world_add(world, &intake_service, NULL);
    check_done(open_one(world, BODY, "ALENCON", COMMISSION, 10), "Alençon has a commission");
    opened = world_last(world, "intake", &intake__decision_body_opened__descriptor);
    check(opened && opened->mode == COMMISSION && opened->cut_off_days == 10 &&
              strcmp(opened->district, "ALENCON") == 0,
          "the event tells how it decides");
    answer = open_one(world, "", "FLERS", HEAD, 0);
    check(answer.reply && strlen(((const Intake__OpenDecisionBodyReply *)answer.reply)->body) == 36,
          "Flers has a head, under an identifier that intake makes");
    check_refused(open_one(world, office_id('b', 2), "ALENCON", HEAD, 0), "DISTRICT_HAS_ITS_BODY",
                  "district", "a second one for Alençon");
    check_done(open_one(world, BODY, "ALENCON", COMMISSION, 10), "the same again is no change");
    check_refused(open_one(world, BODY, "ALENCON", COMMISSION, 11), "BODY_OPENED_ALREADY", "body",
                  "another under its identifier");
    check_refused(open_one(world, "b1", "ARGENTAN", HEAD, 0), "FIELD_NOT_AN_IDENTIFIER", "body",
                  "no identifier");
    check_refused(open_one(world, "", "", HEAD, 0), "FIELD_MISSING", "district", "no district");
    check_refused(open_one(world, "", "Pays d'Auge", HEAD, 0), "FIELD_NOT_A_CODE", "district",
                  "a district that is no code");
    check_refused(open_one(world, "", "ARGENTAN", 0, 0), "FIELD_MISSING", "mode", "no mode");
    check_done(open_one(world, "", "ARGENTAN", COMMISSION, 31), "an agenda closed a month before");
    check_refused(open_one(world, "", "MORTAGNE", COMMISSION, 32), "CUT_OFF_TOO_LONG",
                  "cut_off_days", "but not longer");
    check_number(world_count(world, "intake", &intake__decision_body_opened__descriptor), 3,
                 "three were opened");
    check_store(world);
    world_close(world);
}

static void test_those_that_wait(void)
{
    struct world *world = world_open(2, DATE(2020, 1, 6));

    about("6.1 route: a complete request waits for its district's body, and is before it at once");
    world_add(world, &intake_service, NULL);
    register_household(world, HOUSEHOLD(1), "Vasseur", NULL, DATE_NONE);
    submit_complete(world, REQUEST(1), HOUSEHOLD(1), DATE(2020, 1, 2));
    submit_complete(world, REQUEST(2), HOUSEHOLD(1), DATE(2020, 1, 3));
    check_text(request_of(world, REQUEST(1))->state, "COMPLETE", "it waits");
    check_refused(decide(world, REQUEST(1), GRANT, DATE_NONE), "DISTRICT_HAS_NO_BODY", "request",
                  "S1-10: nobody can decide on it");
    open_body(world, HEAD);
    check_text(request_of(world, REQUEST(1))->state, "SCHEDULED", "the head has it now");
    check_text(request_of(world, REQUEST(2))->state, "SCHEDULED", "and the other one");
    check_done(decide(world, REQUEST(1), GRANT, DATE_NONE), "and decides");
    check_store(world);
    world_close(world);
}

/* SX-6: whom a scheme leaves the decision to needs no district. */
static void test_other_bodies(void)
{
    struct world *world = world_open(3, DATE(2020, 1, 6));
    Intake__FileItem items[] = { INTAKE__FILE_ITEM__FILE_ITEM_PRIOR_DIAGNOSIS,
                                 INTAKE__FILE_ITEM__FILE_ITEM_SUPPORT_KIND };
    Intake__SubmitRequest asked = asll_request(REQUEST(1), HOUSEHOLD(1), DATE(2020, 1, 6));

    about("SX-6: what the State decides is before it at once, whatever the district");
    world_add(world, &intake_service, NULL);
    register_household(world, HOUSEHOLD(1), "Vasseur", NULL, DATE_NONE);
    asked.scheme = TREMPLIN__SCHEME__SCHEME_AVDL_NON_DALO;
    asked.origin = TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_STATE_SERVICES;
    asked.prescriber = text_of("DDETS61");
    asked.n_items = 2;
    asked.items = items;
    check_done(ask_submit(world, &asked), "an AVDL request");
    check_text(request_of(world, REQUEST(1))->state, "SCHEDULED", "is scheduled");
    check_done(decide(world, REQUEST(1), GRANT, DATE_NONE), "and granted");
    check_store(world);
    world_close(world);
}

int main(void)
{
    test_one_for_each_district();
    test_those_that_wait();
    test_other_bodies();
    return checks_done();
}
