/* A request is complete when its file is, goes to who decides on it, and lapses only when it was
 * left incomplete for sixty days that somebody could have used. */
#include "tests/handlers/intake/office.h"

static struct world *office(uint64_t seed, struct date start, Intake__DecisionMode mode)
{
    struct world *world = world_open(seed, start);

    world_add(world, &intake_service, NULL);
    if (mode != 0)
        open_body(world, mode);
    register_household(world, HOUSEHOLD(1), "Marguerite Vasseur", "1979-04-12", DATE(2008, 1, 2));
    return world;
}

static void test_complete_at_once(void)
{
    struct world *world = office(1, DATE(2020, 1, 6), HEAD);
    const Intake__SubmitRequestReply *reply;
    const Intake__RequestScheduled *scheduled;
    const Intake__RequestCompleted *completed;
    struct answer answer;

    about("6.1: a file that holds all its items is complete at once, and goes to the district's "
          "head");
    answer = submit_complete(world, REQUEST(1), HOUSEHOLD(1), DATE(2020, 1, 6));
    reply = answer.reply;
    check(reply && reply->complete && reply->n_missing == 0, "an ASLL request is complete");
    completed = world_last(world, "intake", &intake__request_completed__descriptor);
    check_date(completed ? date_of(completed->completed_on) : DATE_NONE, DATE(2020, 1, 6),
               "on the day it came");
    check_date(completed ? date_of(completed->decision_due_on) : DATE_NONE, DATE(2020, 3, 6),
               "C-10, A-04: a decision is due 60 days later");
    scheduled = world_last(world, "intake", &intake__request_scheduled__descriptor);
    check(scheduled && *scheduled->session == '\0' && !scheduled->held_on,
          "S1-12: a head sits in no session");
    check_text(request_of(world, REQUEST(1))->state, "SCHEDULED", "it is scheduled");
    check_store(world);
    world_close(world);
}

static bool is_missing(const Intake__SubmitRequestReply *reply, Intake__FileItem item)
{
    for (size_t i = 0; reply && i < reply->n_missing; i++)
        if (reply->missing[i] == item)
            return true;
    return false;
}

/* 60 days after 6 January 2020 is 6 March (a leap year): the last day to act. */
static void test_incomplete(void)
{
    struct world *world = office(2, DATE(2020, 1, 6), HEAD);
    Intake__SubmitRequest asked = asll_request(REQUEST(1), HOUSEHOLD(1), DATE(2020, 1, 6));
    const Intake__RequestFoundIncomplete *found;
    const Intake__RequestLapsed *lapsed;
    struct answer answer;

    about("6.1: a file that lacks something says what");
    answer = ask_submit(world, &asked);
    check_done(answer, "a request without its social evaluation is taken");
    check(answer.reply && !((const Intake__SubmitRequestReply *)answer.reply)->complete &&
              ((const Intake__SubmitRequestReply *)answer.reply)->n_missing == 1 &&
              is_missing(answer.reply, INTAKE__FILE_ITEM__FILE_ITEM_SOCIAL_ASSESSMENT),
          "FSL-6: the social evaluation is what it lacks, and nothing else");
    found = world_last(world, "intake", &intake__request_found_incomplete__descriptor);
    check_date(found ? date_of(found->reminder_on) : DATE_NONE, DATE(2020, 2, 5),
               "A-01: a reminder 30 days later");
    check_date(found ? date_of(found->lapses_on) : DATE_NONE, DATE(2020, 3, 7),
               "it lapses when 60 days have passed");
    check_text(request_of(world, REQUEST(1))->state, "INCOMPLETE", "it is incomplete");
    check_refused(decide(world, REQUEST(1), GRANT, DATE_NONE), "REQUEST_NOT_COMPLETE", "request",
                  "S1-10: nothing is decided on it");

    world_move_to(world, DATE(2020, 3, 6), 23, 59);
    check_text(request_of(world, REQUEST(1))->state, "INCOMPLETE",
               "on the 60th day it can still be completed");
    world_move_to(world, DATE(2020, 3, 7), 0, 1);
    check_text(request_of(world, REQUEST(1))->state, "LAPSED", "on the 61st it has lapsed");
    lapsed = world_last(world, "intake", &intake__request_lapsed__descriptor);
    check_date(lapsed ? date_of(lapsed->lapsed_on) : DATE_NONE, DATE(2020, 3, 7), "as of that day");
    world_move_to(world, DATE(2020, 6, 1), 9, 0);
    check_number(world_count(world, "intake", &intake__request_lapsed__descriptor), 1, "once");
    check_refused(complete_request(world, REQUEST(1), DATE_NONE), "REQUEST_CLOSED", "request",
                  "it is not completed any more");
    check_refused(decide(world, REQUEST(1), GRANT, DATE_NONE), "REQUEST_CLOSED", "request",
                  "nor decided");
    check_refused(withdraw_request(world, REQUEST(1), DATE_NONE), "REQUEST_CLOSED", "request",
                  "nor withdrawn");
    check_store(world);
    world_close(world);
}

static void test_completing(void)
{
    struct world *world = office(3, DATE(2020, 1, 6), HEAD);
    Intake__SubmitRequest asked = asll_request(REQUEST(1), HOUSEHOLD(1), DATE(2020, 1, 6));
    Intake__FileItem recommendations[] = { INTAKE__FILE_ITEM__FILE_ITEM_RECOMMENDATIONS };
    Intake__CompleteRequest more = INTAKE__COMPLETE_REQUEST__INIT;
    const Intake__RequestCompleted *completed;
    const Intake__RequestReply *request;
    struct answer answer;

    about("6.1: an incomplete file is completed by what comes");
    ask_submit(world, &asked);
    world_move_to(world, DATE(2020, 2, 20), 9, 0);
    more.request = text_of(REQUEST(1));
    more.n_items = 1;
    more.items = recommendations;
    check_done(world_call(world, "intake.CompleteRequest", &more.base,
                          &intake__complete_request_reply__descriptor),
               "something else than what it lacked came");
    request = request_of(world, REQUEST(1));
    check_text(request->state, "INCOMPLETE", "it is still incomplete");
    check_date(date_of(request->lapses_on), DATE(2020, 3, 7),
               "and lapses when it would have: the first check counts");
    check_refused(complete_request(world, REQUEST(1), DATE(2020, 1, 5)), "DATE_TOO_EARLY",
                  "completed_on", "completed before it was received");
    check_refused(complete_request(world, REQUEST(1), DATE(2020, 2, 21)), "DATE_TO_COME",
                  "completed_on", "completed tomorrow");
    check_refused(complete_request(world, REQUEST(2), DATE_NONE), "NOT_KNOWN", "request",
                  "a request nobody submitted");
    answer = complete_request(world, REQUEST(1), DATE(2020, 2, 19));
    check(answer.reply && ((const Intake__CompleteRequestReply *)answer.reply)->complete,
          "its social evaluation came yesterday: it is complete");
    completed = world_last(world, "intake", &intake__request_completed__descriptor);
    check_date(completed ? date_of(completed->completed_on) : DATE_NONE, DATE(2020, 2, 19),
               "since yesterday");
    check_date(completed ? date_of(completed->decision_due_on) : DATE_NONE, DATE(2020, 4, 19),
               "C-25: 60 days from there");
    check(completed && completed->n_items == 7,
          "the event tells all that the file holds: consent, composition, type, tenure, resources, "
          "evaluation, and the recommendations nobody asked for");
    check_done(complete_request(world, REQUEST(1), DATE(2020, 2, 19)), "told again");
    check_number(world_count(world, "intake", &intake__request_completed__descriptor), 1,
                 "is no change");
    world_move_to(world, DATE(2020, 6, 1), 9, 0);
    check_text(request_of(world, REQUEST(1))->state, "SCHEDULED",
               "a complete request does not lapse");
    check_store(world);
    world_close(world);
}

/* What the household's situation and the request say is not asked for again. */
static void test_items(void)
{
    struct world *world = office(4, DATE(2020, 1, 6), HEAD);
    Intake__RegisterHousehold bare = INTAKE__REGISTER_HOUSEHOLD__INIT;
    Intake__Situation nothing = INTAKE__SITUATION__INIT;
    Intake__SubmitRequest asked = asll_request(REQUEST(1), HOUSEHOLD(2), DATE(2020, 1, 6));
    struct answer answer;

    about("S1-55, S1-9, FSL-5: what is known already need not be handed in");
    nothing.district = text_of("ALENCON");
    bare.household = text_of(HOUSEHOLD(2));
    bare.situation = &nothing;
    ask_register(world, &bare);
    answer = ask_submit(world, &asked);
    check(answer.reply && ((const Intake__SubmitRequestReply *)answer.reply)->n_missing == 4 &&
              is_missing(answer.reply, INTAKE__FILE_ITEM__FILE_ITEM_HOUSEHOLD_COMPOSITION) &&
              is_missing(answer.reply, INTAKE__FILE_ITEM__FILE_ITEM_RESOURCES) &&
              is_missing(answer.reply, INTAKE__FILE_ITEM__FILE_ITEM_HOUSING_SITUATION) &&
              is_missing(answer.reply, INTAKE__FILE_ITEM__FILE_ITEM_SOCIAL_ASSESSMENT),
          "of a household nothing is known of, ASLL lacks four items, not the consent");
    asked = asll_request(REQUEST(2), HOUSEHOLD(1), DATE(2020, 1, 6));
    asked.assessment = clear("Un loyer de deux mois est dû.");
    asked.assessment_author = text_of("UTAS");
    asked.assessed_on = on(DATE(2020, 1, 3));
    answer = ask_submit(world, &asked);
    check(answer.reply && ((const Intake__SubmitRequestReply *)answer.reply)->complete,
          "S3-24: an assessment that came along is the social evaluation");
    check_store(world);
    world_close(world);
}

static void test_refusals(void)
{
    struct world *world = office(5, DATE(2020, 1, 6), HEAD);
    Intake__SubmitRequest asked = asll_request(REQUEST(1), HOUSEHOLD(1), DATE(2020, 1, 6));
    Intake__Situation nowhere = INTAKE__SITUATION__INIT;
    Intake__RegisterHousehold bare = INTAKE__REGISTER_HOUSEHOLD__INIT;
    Tremplin__InterventionDomain none[] = { 0 };
    uint64_t head;

    bare.household = text_of(HOUSEHOLD(3));
    bare.situation = &nowhere;
    ask_register(world, &bare);
    submit_complete(world, REQUEST(9), HOUSEHOLD(1), DATE(2020, 1, 6));
    world_settle(world);
    head = journal_head(world);

    about("6.1 submit: each guard says no");
    asked.request = text_of("r1");
    check_refused(ask_submit(world, &asked), "FIELD_NOT_AN_IDENTIFIER", "request", "no identifier");
    asked.request = text_of(REQUEST(1));
    asked.household = text_of(HOUSEHOLD(2));
    check_refused(ask_submit(world, &asked), "NOT_KNOWN", "household",
                  "a household nobody registered");
    asked.household = text_of(HOUSEHOLD(3));
    check_refused(ask_submit(world, &asked), "DISTRICT_NOT_TOLD", "household",
                  "S1-11: of no district, which would decide");
    asked.household = text_of(HOUSEHOLD(1));
    asked.scheme = 0;
    check_refused(ask_submit(world, &asked), "REQUEST_NOT_CODED", "origin", "no scheme");
    asked = asll_request(REQUEST(1), HOUSEHOLD(1), DATE(2020, 1, 6));
    asked.origin = 0;
    check_refused(ask_submit(world, &asked), "REQUEST_NOT_CODED", "origin", "no origin");
    asked.origin = TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_CDAPL_LEGACY;
    check_refused(ask_submit(world, &asked), "ORIGIN_NO_LONGER_EXISTS", "origin",
                  "FSL-14: the CDAPL, gone in 2011");
    asked = asll_request(REQUEST(1), HOUSEHOLD(1), DATE(2020, 1, 6));
    asked.scheme = TREMPLIN__SCHEME__SCHEME_AVDL_DALO;
    check_refused(ask_submit(world, &asked), "PRESCRIBER_NOT_ALLOWED", "origin",
                  "AVDL-3: the family itself asks for AVDL");
    asked = asll_request(REQUEST(1), HOUSEHOLD(1), DATE(2020, 1, 6));
    asked.consented_on = NULL;
    check_refused(ask_submit(world, &asked), "CONSENT_NOT_RECORDED", "consented_on",
                  "FSL-5: without the household's agreement");
    asked.consented_on = on(DATE(2020, 1, 7));
    check_refused(ask_submit(world, &asked), "DATE_TO_COME", "consented_on", "agreed tomorrow");
    asked = asll_request(REQUEST(1), HOUSEHOLD(1), DATE(2020, 1, 7));
    check_refused(ask_submit(world, &asked), "DATE_TO_COME", "received_on", "received tomorrow");
    asked = asll_request(REQUEST(1), HOUSEHOLD(1), DATE(2020, 1, 6));
    asked.prescriber = text_of("Madame Martin, UDAF");
    check_refused(ask_submit(world, &asked), "FIELD_NOT_A_CODE", "prescriber", "a person named");
    asked.prescriber = text_of("UDAF61");
    asked.n_domains = 1;
    asked.domains = none;
    check_refused(ask_submit(world, &asked), "FIELD_MISSING", "domains", "a domain that is none");
    asked.n_domains = 0;

    about("S3-24, Q30: an assessment that comes along");
    asked.assessment = clear("Un loyer de deux mois est dû.");
    check_refused(ask_submit(world, &asked), "ASSESSMENT_WITHOUT_AUTHOR", "assessment_author",
                  "has an author");
    asked.assessment_author = text_of("UTAS");
    check_refused(ask_submit(world, &asked), "ASSESSMENT_DATE_NOT_POSSIBLE", "assessed_on",
                  "and a date");
    asked.assessed_on = on(DATE(2020, 1, 7));
    check_refused(ask_submit(world, &asked), "ASSESSMENT_DATE_NOT_POSSIBLE", "assessed_on",
                  "no later than it came");
    asked.assessed_on = on(DATE(2020, 1, 6));
    asked.assessment = clear("NIR 2 79 04 61 001 234");
    check_refused(ask_submit(world, &asked), "TEXT_HOLDS_NIR", "assessment",
                  "and no social-security number");

    about("an identifier is one request's");
    check_done(submit_complete(world, REQUEST(9), HOUSEHOLD(1), DATE(2020, 1, 6)),
               "the same request again is no change");
    check_refused(submit_complete(world, REQUEST(9), HOUSEHOLD(1), DATE(2020, 1, 5)),
                  "REQUEST_SUBMITTED_ALREADY", "request", "another under its identifier");
    check_number(journal_head(world), head, "nothing of all that was written");
    world_close(world);
}

static void test_eligibility(void)
{
    struct world *world = office(6, DATE(2020, 1, 6), HEAD);
    Intake__FileItem all[] = { INTAKE__FILE_ITEM__FILE_ITEM_SOCIAL_ASSESSMENT,
                               INTAKE__FILE_ITEM__FILE_ITEM_BENEFIT_CERTIFICATE,
                               INTAKE__FILE_ITEM__FILE_ITEM_MANAGEMENT_DIFFICULTY };
    Intake__SubmitRequest asked = asll_request(REQUEST(1), HOUSEHOLD(1), DATE(2020, 1, 6));
    Intake__RegisterHousehold young = INTAKE__REGISTER_HOUSEHOLD__INIT;

    about("MASP-1: a complete file whose household is not eligible is refused");
    asked.scheme = TREMPLIN__SCHEME__SCHEME_MASP1;
    asked.origin = TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_REFERRING_SOCIAL_WORKER;
    asked.n_items = 3;
    asked.items = all;
    check_done(ask_submit(world, &asked), "an adult of 1979 may have a MASP");
    register_household(world, HOUSEHOLD(2), "Petit", "2002-01-07", DATE_NONE);
    asked.request = text_of(REQUEST(2));
    asked.household = text_of(HOUSEHOLD(2));
    check_refused(ask_submit(world, &asked), "NOT_AN_ADULT", "household", "who is 18 tomorrow");
    young.household = text_of(HOUSEHOLD(3));
    young.situation = lone_tenant();
    ask_register(world, &young);
    asked.household = text_of(HOUSEHOLD(3));
    check_done(ask_submit(world, &asked), "of whom only the band 40-60 is known, yes");
    young.household = text_of(HOUSEHOLD(4));
    young.situation->age_band = TREMPLIN__AGE_BAND__AGE_BAND_16_17;
    ask_register(world, &young);
    asked.request = text_of(REQUEST(3));
    asked.household = text_of(HOUSEHOLD(4));
    check_refused(ask_submit(world, &asked), "NOT_AN_ADULT", "household", "of the band 16-17, no");
    check_store(world);
    world_close(world);
}

static void test_action_logement(void)
{
    struct world *world = office(7, DATE(2021, 3, 1), FUNDER);
    Intake__FileItem recommendations[] = { INTAKE__FILE_ITEM__FILE_ITEM_RECOMMENDATIONS,
                                           INTAKE__FILE_ITEM__FILE_ITEM_EMPLOYMENT };
    Tremplin__InterventionDomain debt[] = {
        TREMPLIN__INTERVENTION_DOMAIN__INTERVENTION_DOMAIN_HOUSING_DEBT
    };
    Intake__SubmitRequest asked = asll_request(REQUEST(1), HOUSEHOLD(1), DATE(2021, 3, 1));
    struct answer answer;

    about("S3-19: Action Logement's referral comes with its pre-diagnosis and recommendations");
    asked.scheme = TREMPLIN__SCHEME__SCHEME_ACTION_LOGEMENT;
    asked.origin = TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_ACTION_LOGEMENT;
    asked.n_domains = 1;
    asked.domains = debt;
    check_refused(ask_submit(world, &asked), "RECOMMENDATIONS_MISSING", "items",
                  "without recommendations it is none");
    asked.n_items = 2;
    asked.items = recommendations;
    check_refused(ask_submit(world, &asked), "ASSESSMENT_WITHOUT_AUTHOR", "assessment_author",
                  "nor without pre-diagnosis");
    asked.assessment = clear("Deux mois de loyer sont dus.");
    asked.assessment_author = text_of("Action Logement");
    asked.assessed_on = on(DATE(2021, 2, 26));
    answer = ask_submit(world, &asked);
    check(answer.reply && ((const Intake__SubmitRequestReply *)answer.reply)->complete,
          "with them it is complete");
    check_text(request_of(world, REQUEST(1))->state, "SCHEDULED", "and before the funder at once");

    about("S3-19, 6.1: the operator may refuse it for a conflict of capacity alone");
    check_refused(decide(world, REQUEST(1), REFUSE, DATE_NONE), "ACTION_LOGEMENT_HAS_DECIDED",
                  "reason", "the project does not match: no ground");
    {
        Intake__DecideRequest refusal = decision_on(REQUEST(1), REFUSE, DATE_NONE);

        refusal.reason = TREMPLIN__REFUSAL_REASON__REFUSAL_REASON_CAPACITY_CONFLICT;
        check_done(ask_decide(world, &refusal), "nobody can take it: yes");
    }
    check_text(request_of(world, REQUEST(1))->state, "REFUSED", "it is refused");
    check_store(world);
    world_close(world);
}

static void test_withdrawing(void)
{
    struct world *world = office(8, DATE(2020, 1, 6), HEAD);
    Intake__SubmitRequest incomplete = asll_request(REQUEST(2), HOUSEHOLD(1), DATE(2020, 1, 6));

    about("6.1: any open request may be withdrawn");
    submit_complete(world, REQUEST(1), HOUSEHOLD(1), DATE(2020, 1, 6));
    ask_submit(world, &incomplete);
    check_refused(withdraw_request(world, REQUEST(1), DATE(2020, 1, 5)), "DATE_TOO_EARLY",
                  "withdrawn_on", "not before it was received");
    check_refused(withdraw_request(world, REQUEST(1), DATE(2020, 1, 7)), "DATE_TO_COME",
                  "withdrawn_on", "nor tomorrow");
    check_refused(withdraw_request(world, REQUEST(3), DATE_NONE), "NOT_KNOWN", "request",
                  "nor one that nobody submitted");
    check_done(withdraw_request(world, REQUEST(1), DATE(2020, 1, 6)), "one that was scheduled");
    check_done(withdraw_request(world, REQUEST(2), DATE_NONE), "one that was incomplete");
    check_done(withdraw_request(world, REQUEST(1), DATE_NONE), "once more");
    check_number(world_count(world, "intake", &intake__request_withdrawn__descriptor), 2,
                 "is no change");
    check_refused(decide(world, REQUEST(1), GRANT, DATE_NONE), "REQUEST_CLOSED", "request",
                  "nothing is decided on it any more");
    world_move_to(world, DATE(2020, 6, 1), 9, 0);
    check_number(world_count(world, "intake", &intake__request_lapsed__descriptor), 0,
                 "and what is withdrawn does not lapse");
    check_store(world);
    world_close(world);
}

/* --- lists ------------------------------------------------------------------------------------ */

static const Intake__RequestsReply *list(struct world *world, const char *state, const char *after,
                                         uint32_t most)
{
    static const Intake__RequestsReply nothing = INTAKE__REQUESTS_REPLY__INIT;
    Intake__RequestsQuery asked = INTAKE__REQUESTS_QUERY__INIT;
    const Intake__RequestsReply *reply;

    asked.state = text_of(state);
    asked.after = text_of(after);
    asked.most = most;
    reply = world_call(world, "intake.Requests", &asked.base, &intake__requests_reply__descriptor)
                .reply;
    return reply ? reply : &nothing;
}

static void test_lists(void)
{
    struct world *world = office(9, DATE(2020, 1, 6), HEAD);
    Intake__RequestsQuery asked = INTAKE__REQUESTS_QUERY__INIT;
    Intake__RequestQuery one = INTAKE__REQUEST_QUERY__INIT;
    const Intake__RequestsReply *page;

    about("requests are listed by state, in pages");
    for (unsigned i = 1; i <= 5; i++)
        submit_complete(world, REQUEST(i), HOUSEHOLD(1), DATE(2020, 1, 6));
    decide(world, REQUEST(2), GRANT, DATE_NONE);
    decide(world, REQUEST(4), REFUSE, DATE_NONE);
    check_number(list(world, "", "", 0)->n_requests, 3, "three are open");
    check_number(list(world, "SCHEDULED", "", 0)->n_requests, 3, "all of them scheduled");
    check_number(list(world, "granted", "", 0)->n_requests, 1, "one is granted");
    check_number(list(world, "LAPSED", "", 0)->n_requests, 0, "none has lapsed");
    page = list(world, "", "", 2);
    check(page->n_requests == 2 && page->more, "a page of two says that there is more");
    check_text(page->n_requests == 2 ? page->requests[1]->request : "", REQUEST(3),
               "in the order they came");
    page = list(world, "", REQUEST(3), 2);
    check(page->n_requests == 1 && !page->more, "the next page has the last one");
    check_text(page->n_requests == 1 ? page->requests[0]->request : "", REQUEST(5),
               "which is the fifth");
    check_number(list(world, "SCHEDULED", REQUEST(1), 0)->n_requests, 2,
                 "the list of a state goes on in the same way");
    asked.state = text_of("SLEEPING");
    check_refused(
        world_call(world, "intake.Requests", &asked.base, &intake__requests_reply__descriptor),
        "STATE_NOT_KNOWN", "state", "a state that does not exist");
    one.request = text_of(REQUEST(77));
    check_refused(
        world_call(world, "intake.Request", &one.base, &intake__request_reply__descriptor),
        "NOT_KNOWN", "request", "a request nobody submitted");
    world_close(world);
}

/* --- once ------------------------------------------------------------------------------------- */

static void test_once(void)
{
    struct world *world = office(10, DATE(2020, 1, 6), HEAD);
    Intake__SubmitRequest asked = asll_request("", HOUSEHOLD(1), DATE(2020, 1, 6));
    const char *command = office_id('c', 1);
    struct answer first, again;

    about("a request is submitted once under a command's identifier, across kill -9");
    first = world_call_as(world, command, "intake.SubmitRequest", &asked.base,
                          &intake__submit_request_reply__descriptor);
    world_kill(world, "intake");
    world_revive(world, "intake");
    again = world_call_as(world, command, "intake.SubmitRequest", &asked.base,
                          &intake__submit_request_reply__descriptor);
    check(first.reply && again.reply &&
              strcmp(((const Intake__SubmitRequestReply *)first.reply)->request,
                     ((const Intake__SubmitRequestReply *)again.reply)->request) == 0,
          "the same identifier was made");
    check_number(world_count(world, "intake", &intake__request_submitted__descriptor), 1, "once");
    check_store(world);
    world_close(world);
}

int main(void)
{
    test_complete_at_once();
    test_incomplete();
    test_completing();
    test_items();
    test_refusals();
    test_eligibility();
    test_action_logement();
    test_withdrawing();
    test_lists();
    test_once();
    return checks_done();
}
