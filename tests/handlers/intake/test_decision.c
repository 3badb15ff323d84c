/* No measure starts without a decision of the entitled body, taken in time and told once. */
#include "tests/handlers/intake/office.h"

static struct world *office(uint64_t seed, struct date start, Intake__DecisionMode mode)
{
    struct world *world = world_open(seed, start);

    world_add(world, &intake_service, NULL);
    open_body(world, mode);
    register_household(world, HOUSEHOLD(1), "Vasseur", "1979-04-12", DATE(2008, 1, 2));
    return world;
}

static const Intake__RequestGranted *last_grant(struct world *world)
{
    static const Intake__RequestGranted nothing = INTAKE__REQUEST_GRANTED__INIT;
    const Intake__RequestGranted *granted =
        world_last(world, "intake", &intake__request_granted__descriptor);

    return granted ? granted : &nothing;
}

static void test_granting(void)
{
    struct world *world = office(1, DATE(2020, 3, 2), HEAD);
    Tremplin__InterventionDomain domains[] = {
        TREMPLIN__INTERVENTION_DOMAIN__INTERVENTION_DOMAIN_HOUSING_DEBT
    };
    Intake__SubmitRequest asked = asll_request(REQUEST(1), HOUSEHOLD(1), DATE(2020, 3, 2));
    Intake__DecideRequest grant = decision_on(REQUEST(1), GRANT, DATE(2020, 3, 2));
    const Intake__RequestGranted *granted;
    struct answer answer;

    about("6.1: a grant tells all that a measure needs, and nothing of who it is for");
    asked.n_items = 1;
    asked.items = social_evaluation;
    asked.n_domains = 1;
    asked.domains = domains;
    asked.tied_to_financial_aid = true;
    ask_submit(world, &asked);
    grant.measure = text_of(MEASURE(1));
    grant.agreement = text_of("018f0e42-7c1b-7000-8000-00000000a001");
    grant.line = text_of("018f0e42-7c1b-7000-8000-00000000a002");
    grant.operator_ = text_of("AOLTJ");
    answer = ask_decide(world, &grant);
    check_done(answer, "granted for six months");
    granted = last_grant(world);
    check_text(granted->measure, MEASURE(1), "the measure's identifier");
    check_text(granted->household, HOUSEHOLD(1), "the household's");
    check(granted->months == 6 && granted->scheme == TREMPLIN__SCHEME__SCHEME_ASLL, "its length");
    check_text(granted->agreement, "018f0e42-7c1b-7000-8000-00000000a001",
               "the agreement it counts on");
    check_text(granted->line, "018f0e42-7c1b-7000-8000-00000000a002", "its line");
    check_text(granted->operator_, "AOLTJ", "who performs it");
    check_text(granted->district, "ALENCON", "the district");
    check(granted->n_domains == 1 && granted->tied_to_financial_aid, "what for");
    check(granted->situation && granted->situation->adults == 1, "the household's situation");
    check_date(date_of(granted->decided_on), DATE(2020, 3, 2), "the day");
    check_text(request_of(world, REQUEST(1))->state, "GRANTED", "the request is closed");
    check_text(request_of(world, REQUEST(1))->measure, MEASURE(1), "and leads to the measure");

    about("a decision is told once");
    answer = ask_decide(world, &grant);
    check(answer.reply &&
              strcmp(((const Intake__DecideRequestReply *)answer.reply)->measure, MEASURE(1)) == 0,
          "the same again is no change, with the same measure");
    grant.months = 7;
    check_refused(ask_decide(world, &grant), "REQUEST_CLOSED", "request", "another length");
    check_refused(decide(world, REQUEST(1), REFUSE, DATE_NONE), "REQUEST_CLOSED", "request",
                  "or a refusal, is too late");
    check_number(world_count(world, "intake", &intake__request_granted__descriptor), 1,
                 "one measure was granted");
    check_store(world);
    world_close(world);
}

static void test_guards(void)
{
    struct world *world = office(2, DATE(2020, 3, 2), HEAD);
    Intake__DecideRequest asked;

    about("6.1 decide: each guard says no");
    submit_complete(world, REQUEST(1), HOUSEHOLD(1), DATE(2020, 2, 28));
    submit_complete(world, REQUEST(2), HOUSEHOLD(1), DATE(2020, 2, 28));
    check_refused(decide(world, "r", GRANT, DATE_NONE), "FIELD_NOT_AN_IDENTIFIER", "request",
                  "no identifier");
    check_refused(decide(world, REQUEST(9), GRANT, DATE_NONE), "NOT_KNOWN", "request",
                  "a request nobody submitted");
    check_refused(decide(world, REQUEST(1), 0, DATE_NONE), "FIELD_MISSING", "decision",
                  "no decision");
    check_refused(decide(world, REQUEST(1), GRANT, DATE(2020, 2, 27)), "DECISION_DATE_NOT_POSSIBLE",
                  "decided_on", "before it was complete");
    check_refused(decide(world, REQUEST(1), GRANT, DATE(2020, 3, 3)), "DATE_TO_COME", "decided_on",
                  "tomorrow");
    asked = decision_on(REQUEST(1), GRANT, DATE_NONE);
    asked.months = 0;
    check_refused(ask_decide(world, &asked), "MONTHS_NOT_POSSIBLE", "months", "for no month");
    asked.months = 121;
    check_refused(ask_decide(world, &asked), "MONTHS_NOT_POSSIBLE", "months", "or above 120");
    asked.months = 120;
    asked.operator_ = text_of("chez nous");
    check_refused(ask_decide(world, &asked), "FIELD_NOT_A_CODE", "operator",
                  "an operator that is no code");
    asked.operator_ = text_of("");
    asked.measure = text_of("m");
    check_refused(ask_decide(world, &asked), "FIELD_NOT_AN_IDENTIFIER", "measure",
                  "a measure that is no identifier");
    asked.measure = text_of(MEASURE(1));
    check_done(ask_decide(world, &asked), "for 120 months, on the day it is told");
    asked.request = text_of(REQUEST(2));
    check_refused(ask_decide(world, &asked), "MEASURE_GRANTED_ALREADY", "measure",
                  "a measure that another request gave");
    asked.measure = text_of("");
    check_done(ask_decide(world, &asked), "without an identifier, intake makes one");
    check(strlen(last_grant(world)->measure) == 36, "for the measure");
    check_store(world);
    world_close(world);
}

/* S1-22, C-8: from the 18th birthday to the eve of the 26th, on the date of the decision. */
static void test_youth(void)
{
    static const struct {
        const char *birth;
        bool is_youth;
        const char *sentence;
    } cases[] = {
        { "2002-03-03", false, "18 tomorrow: not yet" },
        { "2002-03-02", true, "18 today" },
        { "1994-03-03", true, "26 tomorrow: still" },
        { "1994-03-02", false, "26 today: no more" },
    };
    struct world *world = office(3, DATE(2020, 3, 2), HEAD);
    Intake__RegisterHousehold bare = INTAKE__REGISTER_HOUSEHOLD__INIT;

    about("S1-22, C-8: what others learn of an age is whether it was 18 to 25 that day");
    for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
        register_household(world, HOUSEHOLD(10 + i), "Petit", cases[i].birth, DATE(2020, 3, 2));
        submit_complete(world, REQUEST(10 + i), HOUSEHOLD(10 + i), DATE(2020, 3, 2));
        check_done(decide(world, REQUEST(10 + i), GRANT, DATE(2020, 3, 2)), "%s: granted",
                   cases[i].sentence);
        check_number(last_grant(world)->aged_18_to_25, cases[i].is_youth, "%s", cases[i].sentence);
    }
    bare.household = text_of(HOUSEHOLD(20));
    bare.situation = lone_tenant();
    bare.situation->age_band = TREMPLIN__AGE_BAND__AGE_BAND_18_25;
    ask_register(world, &bare);
    submit_complete(world, REQUEST(20), HOUSEHOLD(20), DATE(2020, 3, 2));
    decide(world, REQUEST(20), GRANT, DATE(2020, 3, 2));
    check(last_grant(world)->aged_18_to_25, "without a birth date, the band 18-25 says yes");
    check_store(world);
    world_close(world);
}

static void test_commission(void)
{
    struct world *world = office(4, DATE(2020, 1, 6), COMMISSION);
    Intake__DecideRequest asked;
    const Intake__RequestScheduled *scheduled;

    about("S1-13: a commission decides in the session it held, with its quorum");
    plan_session(world, SESSION(1), DATE(2020, 1, 21));
    plan_session(world, SESSION(2), DATE(2020, 2, 18));
    submit_complete(world, REQUEST(1), HOUSEHOLD(1), DATE(2020, 1, 6));
    world_move_to(world, DATE(2020, 1, 22), 9, 0);
    submit_complete(world, REQUEST(2), HOUSEHOLD(1), DATE(2020, 1, 20));
    check_refused(decide(world, REQUEST(1), GRANT, DATE_NONE), "SESSION_NOT_HELD", "session",
                  "not before it is recorded that it was held");
    hold_session(world, SESSION(1), 3);
    check_refused(decide(world, REQUEST(1), GRANT, DATE(2020, 1, 22)), "DECISION_NOT_IN_SESSION",
                  "decided_on", "not on another day");
    check_done(decide(world, REQUEST(1), GRANT, DATE_NONE), "granted, without saying when");
    check_date(date_of(last_grant(world)->decided_on), DATE(2020, 1, 21),
               "is on the session's day");
    asked = decision_on(REQUEST(2), REFUSE, DATE_NONE);
    asked.session = text_of(SESSION(9));
    check_refused(ask_decide(world, &asked), "NOT_KNOWN", "session", "a session nobody planned");
    asked.session = text_of("s");
    check_refused(ask_decide(world, &asked), "FIELD_NOT_AN_IDENTIFIER", "session",
                  "nor an identifier");
    asked.session = text_of(SESSION(1));
    check_done(ask_decide(world, &asked), "one that was for February was taken up in January");
    scheduled = world_last(world, "intake", &intake__request_scheduled__descriptor);
    check_text(scheduled ? scheduled->session : "", SESSION(1), "so it was put on that agenda");
    check_store(world);
    world_close(world);
}

static void test_other_district(void)
{
    struct world *world = office(5, DATE(2020, 1, 21), COMMISSION);
    Intake__OpenDecisionBody flers = INTAKE__OPEN_DECISION_BODY__INIT;
    Intake__PlanSession session = INTAKE__PLAN_SESSION__INIT;
    Intake__DecideRequest asked = decision_on(REQUEST(1), GRANT, DATE_NONE);

    about("S1-11: a district decides on its own requests");
    flers.body = text_of(office_id('b', 2));
    flers.district = text_of("FLERS");
    flers.mode = COMMISSION;
    world_call(world, "intake.OpenDecisionBody", &flers.base,
               &intake__open_decision_body_reply__descriptor);
    session.session = text_of(SESSION(1));
    session.body = text_of(office_id('b', 2));
    session.held_on = on(DATE(2020, 1, 21));
    world_call(world, "intake.PlanSession", &session.base, &intake__plan_session_reply__descriptor);
    hold_session(world, SESSION(1), 9);
    submit_complete(world, REQUEST(1), HOUSEHOLD(1), DATE(2020, 1, 6));
    check_refused(ask_decide(world, &asked), "SESSION_NOT_TOLD", "session",
                  "a request on no agenda does not say where it was decided");
    asked.session = text_of(SESSION(1));
    check_refused(ask_decide(world, &asked), "BODY_OF_ANOTHER_DISTRICT", "session",
                  "the commission of Flers does not decide for Alençon");
    check_store(world);
    world_close(world);
}

static void test_refusing(void)
{
    struct world *world = office(6, DATE(2020, 3, 2), HEAD);
    const Intake__RequestRefused *refused;
    Intake__DecideRequest asked;

    about("6.1, S1-9: a refusal has a reason its scheme allows, and says until when to appeal");
    for (unsigned i = 1; i <= 3; i++)
        submit_complete(world, REQUEST(i), HOUSEHOLD(1), DATE(2020, 3, 2));
    asked = decision_on(REQUEST(1), REFUSE, DATE(2020, 3, 2));
    asked.reason = 0;
    check_refused(ask_decide(world, &asked), "REASON_NOT_CODED", "reason", "no reason");
    asked.reason = TREMPLIN__REFUSAL_REASON__REFUSAL_REASON_INCOME_TOO_LOW;
    check_refused(ask_decide(world, &asked), "INCOME_IS_NO_GROUND", "reason",
                  "FSL-4: income is no ground for ASLL");
    asked.reason = TREMPLIN__REFUSAL_REASON__REFUSAL_REASON_OTHER;
    check_refused(ask_decide(world, &asked), "REASON_NOT_EXPLAINED", "explanation",
                  "another reason, not explained");
    asked.explanation = clear("NIR 2 79 04 61 001 234");
    check_refused(ask_decide(world, &asked), "TEXT_HOLDS_NIR", "explanation",
                  "Q30: explained with a social-security number");
    asked.explanation = clear("Le ménage a déménagé.");
    check_done(ask_decide(world, &asked), "explained, it holds");
    refused = world_last(world, "intake", &intake__request_refused__descriptor);
    check_date(refused ? date_of(refused->appeal_until) : DATE_NONE, DATE(2020, 5, 4),
               "Q34, D-8: two clear months: 3 May is a Sunday, so Monday 4 May 2020");
    check_done(ask_decide(world, &asked), "told again, it is no change");
    check_number(world_count(world, "intake", &intake__request_refused__descriptor), 1, "once");

    asked = decision_on(REQUEST(2), REFUSE, DATE(2020, 3, 2));
    asked.reason = TREMPLIN__REFUSAL_REASON__REFUSAL_REASON_OUT_OF_QUOTA;
    check_refused(ask_decide(world, &asked), "QUOTA_STILL_LEFT", "reason",
                  "C-10: an internal measure is never out of quota");
    asked.agreement = text_of("018f0e42-7c1b-7000-8000-00000000a001");
    check_done(ask_decide(world, &asked), "one on an agreement's line may be");
    check_store(world);
    world_close(world);
}

static void test_deferring(void)
{
    struct world *world = office(7, DATE(2020, 1, 6), COMMISSION);
    Intake__DecideRequest asked;
    const Intake__RequestDeferred *deferred;

    about("6.1: a deferred request goes to the next session, whatever its cut-off");
    plan_session(world, SESSION(1), DATE(2020, 1, 21));
    submit_complete(world, REQUEST(1), HOUSEHOLD(1), DATE(2020, 1, 6));
    world_move_to(world, DATE(2020, 1, 21), 18, 0);
    hold_session(world, SESSION(1), 3);
    asked = decision_on(REQUEST(1), DEFER, DATE(2020, 1, 21));
    asked.reason = 0;
    check_refused(ask_decide(world, &asked), "REASON_NOT_CODED", "reason", "it has a reason");
    check_done(decide(world, REQUEST(1), DEFER, DATE(2020, 1, 21)), "deferred in January");
    deferred = world_last(world, "intake", &intake__request_deferred__descriptor);
    check(deferred && deferred->deferrals == 1 && !deferred->too_often, "a first time");
    check_text(request_of(world, REQUEST(1))->state, "DEFERRED", "no session is planned: it waits");
    check_done(decide(world, REQUEST(1), DEFER, DATE(2020, 1, 21)), "told again");
    check_number(world_count(world, "intake", &intake__request_deferred__descriptor), 1,
                 "is no change");
    check_refused(decide(world, REQUEST(1), GRANT, DATE(2020, 1, 21)), "DEFERRED_THAT_DAY",
                  "decided_on", "the session that deferred it does not grant it");
    plan_session(world, SESSION(2), DATE(2020, 2, 4));
    check_text(request_of(world, REQUEST(1))->session, SESSION(2), "the next planned has it");
    check_text(request_of(world, REQUEST(1))->state, "SCHEDULED", "scheduled again");
    plan_session(world, SESSION(3), DATE(2020, 3, 3));
    world_move_to(world, DATE(2020, 2, 4), 18, 0);
    hold_session(world, SESSION(2), 3);
    check_done(decide(world, REQUEST(1), DEFER, DATE_NONE), "deferred in February");
    deferred = world_last(world, "intake", &intake__request_deferred__descriptor);
    check(deferred && deferred->deferrals == 2 && deferred->too_often,
          "A-05: a second time, which is one too many");
    check_text(request_of(world, REQUEST(1))->session, SESSION(3), "March has it at once");
    check_number(request_of(world, REQUEST(1))->deferrals, 2, "the request remembers");
    check_store(world);
    world_close(world);
}

static void test_head_defers(void)
{
    struct world *world = office(8, DATE(2020, 1, 6), HEAD);

    about("6.1: what a head defers stays before the head");
    submit_complete(world, REQUEST(1), HOUSEHOLD(1), DATE(2020, 1, 6));
    check_done(decide(world, REQUEST(1), DEFER, DATE(2020, 1, 6)), "deferred");
    check_text(request_of(world, REQUEST(1))->state, "SCHEDULED", "and scheduled again");
    world_move_to(world, DATE(2020, 1, 7), 9, 0);
    check_done(decide(world, REQUEST(1), GRANT, DATE_NONE), "granted the next day");
    check_store(world);
    world_close(world);
}

static void test_residence(void)
{
    struct world *world = office(9, DATE(2020, 1, 6), HEAD);
    Intake__FileItem items[] = {
        INTAKE__FILE_ITEM__FILE_ITEM_PREVIOUS_HOUSING,
        INTAKE__FILE_ITEM__FILE_ITEM_OUT_OF_REACH_REASON,
        INTAKE__FILE_ITEM__FILE_ITEM_RIGHT_OF_STAY,
        INTAKE__FILE_ITEM__FILE_ITEM_FEE_GUARD,
        INTAKE__FILE_ITEM__FILE_ITEM_PROJECT,
    };
    Intake__SubmitRequest asked = asll_request(REQUEST(1), HOUSEHOLD(1), DATE(2020, 1, 6));
    Intake__DecideRequest grant = decision_on(REQUEST(1), GRANT, DATE_NONE);

    about("SX-6: a place in a residence needs its manager's voice too");
    asked.scheme = TREMPLIN__SCHEME__SCHEME_RESIDENCE_SUPPORT;
    asked.origin = TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_SIAO;
    asked.n_items = 5;
    asked.items = items;
    check_done(ask_submit(world, &asked), "the SIAO asks for a place");
    check_text(request_of(world, REQUEST(1))->state, "SCHEDULED", "with a complete file");
    check_refused(ask_decide(world, &grant), "MANAGER_HAS_NOT_AGREED", "manager_agrees",
                  "without the manager");
    grant.manager_agrees = true;
    check_done(ask_decide(world, &grant), "with the manager");
    check_store(world);
    world_close(world);
}

int main(void)
{
    test_granting();
    test_guards();
    test_youth();
    test_commission();
    test_other_district();
    test_refusing();
    test_deferring();
    test_head_defers();
    test_residence();
    return checks_done();
}
