/* The entitled body decides, in time and with its quorum; a grant keeps to quotas, ages and
 * accreditations; a refusal has a reason its scheme allows. */
#include "services/intake/rules/decision.h"
#include "tests/rules/intake/refusals.h"
#include "tests/rules/law.h"

#define ON_10_MARCH                                                                                \
    {                                                                                              \
        2026, 3, 10                                                                                \
    }

static const char *const bodies[BODY_COUNT] = {
    [BODY_DISTRICT_HEAD] = "the district head",
    [BODY_DISTRICT_COMMISSION] = "the district commission",
    [BODY_STATE_SERVICES] = "the State",
    [BODY_ACTION_LOGEMENT] = "Action Logement",
    [BODY_RESERVATION_HOLDER] = "a reservation holder",
    [BODY_SIAO] = "the SIAO",
    [BODY_LANDLORD] = "the landlord",
    [BODY_JUDGE] = "a judge",
    [BODY_OPERATOR] = "the operator",
};

/* A ruling that nothing is wrong with but, maybe, the body. */
static struct ruling ruling_of(enum scheme scheme, enum decision_body body)
{
    return (struct ruling){
        .kind = DECISION_GRANT,
        .scheme = scheme,
        .body = body,
        .body_is_of_district = true,
        .district_mode = body == BODY_DISTRICT_COMMISSION ? MODE_COMMISSION : MODE_HEAD,
        .session_date = ON_10_MARCH,
        .seating = { .members = 10, .present = 5 },
        .completed_on = { 2026, 2, 20 },
        .decided_on = ON_10_MARCH,
        .today = ON_10_MARCH,
    };
}

/* SX-6, where several may decide. */
static void test_request_bodies(void)
{
    static const struct {
        const char *sentence;
        enum scheme scheme;
        enum request_origin origin;
        enum decision_body named, where_head, where_commission;
    } cases[] = {
        { "an ASLL request is the district's, whoever it names", SCHEME_ASLL, ORIGIN_FAMILY,
          BODY_LANDLORD, BODY_DISTRICT_HEAD, BODY_DISTRICT_COMMISSION },
        { "an AVDL request is the State's", SCHEME_AVDL_DALO, ORIGIN_SIAO, 0, BODY_STATE_SERVICES,
          BODY_STATE_SERVICES },
        { "a place that the SIAO asks for is the SIAO's", SCHEME_RESIDENCE_SUPPORT, ORIGIN_SIAO, 0,
          BODY_SIAO, BODY_SIAO },
        { "a place that a holder asks for is the holder's", SCHEME_RESIDENCE_SUPPORT,
          ORIGIN_RESERVATION_HOLDER, 0, BODY_RESERVATION_HOLDER, BODY_RESERVATION_HOLDER },
        { "a place that names the SIAO is the SIAO's", SCHEME_RESIDENCE_SUPPORT,
          ORIGIN_RESERVATION_HOLDER, BODY_SIAO, BODY_SIAO, BODY_SIAO },
        { "a place that names the landlord is not the landlord's", SCHEME_RESIDENCE_SUPPORT,
          ORIGIN_SIAO, BODY_LANDLORD, BODY_SIAO, BODY_SIAO },
        { "a mission is ordered by the landlord", SCHEME_MOUS, ORIGIN_LANDLORD, 0, BODY_LANDLORD,
          BODY_LANDLORD },
        { "or by the State", SCHEME_MOUS, ORIGIN_STATE_SERVICES, 0, BODY_STATE_SERVICES,
          BODY_STATE_SERVICES },
        { "a sliding lease is the district's", SCHEME_SLIDING_LEASE_SUPPORT, ORIGIN_FAMILY, 0,
          BODY_DISTRICT_HEAD, BODY_DISTRICT_COMMISSION },
        { "or the landlord's, named so", SCHEME_SLIDING_LEASE_SUPPORT, ORIGIN_FAMILY, BODY_LANDLORD,
          BODY_LANDLORD, BODY_LANDLORD },
        { "the district decides as it is set, however it is named", SCHEME_OTHER, ORIGIN_FAMILY,
          BODY_DISTRICT_HEAD, BODY_DISTRICT_HEAD, BODY_DISTRICT_COMMISSION },
        { "the same for the other mode", SCHEME_OTHER, ORIGIN_FAMILY, BODY_DISTRICT_COMMISSION,
          BODY_DISTRICT_HEAD, BODY_DISTRICT_COMMISSION },
        { "a body that does not exist is as good as none", SCHEME_OTHER, ORIGIN_FAMILY, BODY_COUNT,
          BODY_DISTRICT_HEAD, BODY_DISTRICT_COMMISSION },
        { "a scheme that does not exist is the district's to refuse", SCHEME_COUNT, ORIGIN_FAMILY,
          BODY_JUDGE, BODY_DISTRICT_HEAD, BODY_DISTRICT_COMMISSION },
    };

    about("S1-12, SX-6: who decides on a request");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_number(request_body(cases[i].scheme, cases[i].origin, cases[i].named, MODE_HEAD),
                     cases[i].where_head, "%s, where the head decides", cases[i].sentence);
        check_number(
            request_body(cases[i].scheme, cases[i].origin, cases[i].named, MODE_COMMISSION),
            cases[i].where_commission, "%s, where a commission decides", cases[i].sentence);
    }
}

static void test_bodies(const struct session_law *law)
{
    /* A letter a body: district head, commission, State, Action Logement, reservation holder, SIAO,
     * landlord, judge, operator. */
    static const struct {
        const char *name;
        enum scheme scheme;
        const char *may_decide;
        enum decision_body where_head, where_commission; /* the one that decides; 0: several */
    } table[] = {
        { "ASLL", SCHEME_ASLL, "yy-------", BODY_DISTRICT_HEAD, BODY_DISTRICT_COMMISSION },
        { "AVDL, DALO", SCHEME_AVDL_DALO, "--y------", BODY_STATE_SERVICES, BODY_STATE_SERVICES },
        { "AVDL, not DALO", SCHEME_AVDL_NON_DALO, "--y------", BODY_STATE_SERVICES,
          BODY_STATE_SERVICES },
        { "MASP 1", SCHEME_MASP1, "yy-------", BODY_DISTRICT_HEAD, BODY_DISTRICT_COMMISSION },
        { "MASP 2", SCHEME_MASP2, "yy-------", BODY_DISTRICT_HEAD, BODY_DISTRICT_COMMISSION },
        { "MASP 3 (MASP-4)", SCHEME_MASP3, "-------y-", BODY_JUDGE, BODY_JUDGE },
        { "Action Logement (S3-19)", SCHEME_ACTION_LOGEMENT, "---y-----", BODY_ACTION_LOGEMENT,
          BODY_ACTION_LOGEMENT },
        { "a residence (S0, S4)", SCHEME_RESIDENCE_SUPPORT, "----yy---", 0, 0 },
        { "a sliding lease", SCHEME_SLIDING_LEASE_SUPPORT, "yyy---y--", 0, 0 },
        { "MOUS", SCHEME_MOUS, "--y---y--", 0, 0 },
        { "another scheme", SCHEME_OTHER, "yyyyyyyy-", 0, 0 },
    };
    struct ruling ruling;

    about("S1-10, S1-11, SX-6: who decides");
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        check_number(scheme_body(table[i].scheme, MODE_HEAD), table[i].where_head,
                     "S1-12: %s: whose it is where the head decides", table[i].name);
        check_number(scheme_body(table[i].scheme, MODE_COMMISSION), table[i].where_commission,
                     "S1-12: %s: whose it is where a commission decides", table[i].name);
        for (unsigned body = 1; body < BODY_COUNT; body++) {
            bool may = table[i].may_decide[body - 1] == 'y';

            ruling = ruling_of(table[i].scheme, body);
            check_answer(decision_accept(&ruling, law), may ? YES_IT_MAY : "BODY_NOT_ENTITLED",
                         "%s: %s %s", table[i].name, bodies[body],
                         may ? "decides" : "does not decide");
        }
    }
    ruling = ruling_of(SCHEME_ASLL, 0);
    check_answer(decision_accept(&ruling, law), "BODY_NOT_ENTITLED", "no body decides nothing");
    ruling = ruling_of(SCHEME_OTHER, BODY_COUNT);
    check_answer(decision_accept(&ruling, law), "BODY_NOT_ENTITLED", "nor one that does not exist");
    ruling = ruling_of(SCHEME_COUNT, BODY_JUDGE);
    check_answer(decision_accept(&ruling, law), "BODY_NOT_ENTITLED", "nor a scheme that does not");
    check_number(scheme_body(SCHEME_COUNT, MODE_HEAD), 0, "which is nobody's");
    for (unsigned body = 0; body <= BODY_COUNT; body++)
        check_number(body_is_district(body),
                     body == BODY_DISTRICT_HEAD || body == BODY_DISTRICT_COMMISSION,
                     "S1-11: body %u is %sthe district's", body,
                     body == BODY_DISTRICT_HEAD || body == BODY_DISTRICT_COMMISSION ? "" : "not ");

    about(
        "S3-19: a referral of Action Logement is granted by it, and refused by the operator alone");
    ruling = ruling_of(SCHEME_ACTION_LOGEMENT, BODY_OPERATOR);
    ruling.kind = DECISION_REFUSE;
    check_answer(decision_accept(&ruling, law), YES_IT_MAY, "the operator may refuse it");
    ruling.body = BODY_ACTION_LOGEMENT;
    check_answer(decision_accept(&ruling, law), "BODY_NOT_ENTITLED",
                 "Action Logement withdraws its referral, and does not refuse it");
    ruling = ruling_of(SCHEME_ASLL, BODY_OPERATOR);
    ruling.kind = DECISION_REFUSE;
    check_answer(decision_accept(&ruling, law), "BODY_NOT_ENTITLED",
                 "the operator refuses nothing else");
    ruling = ruling_of(SCHEME_ACTION_LOGEMENT, BODY_OPERATOR);
    ruling.kind = DECISION_DEFER;
    check_answer(decision_accept(&ruling, law), "BODY_NOT_ENTITLED", "nor defers");
}

static void test_circumstances(const struct session_law *law)
{
    static const struct ruling by_head = {
        .kind = DECISION_GRANT,
        .scheme = SCHEME_ASLL,
        .body = BODY_DISTRICT_HEAD,
        .body_is_of_district = true,
        .district_mode = MODE_HEAD,
        .completed_on = { 2026, 2, 20 },
        .decided_on = ON_10_MARCH,
        .today = ON_10_MARCH,
    };
    struct ruling ruling = by_head;

    about("S1-10: when a decision is taken");
    ruling.today = DATE(2026, 3, 11);
    check_answer(decision_accept(&ruling, law), YES_IT_MAY, "yesterday");
    ruling.today = DATE(2026, 3, 9);
    check_answer(decision_accept(&ruling, law), "DECISION_DATE_NOT_POSSIBLE", "tomorrow");
    ruling = by_head;
    ruling.completed_on = ruling.decided_on;
    check_answer(decision_accept(&ruling, law), YES_IT_MAY, "the day the request is complete");
    ruling.completed_on = DATE(2026, 3, 11);
    check_answer(decision_accept(&ruling, law), "DECISION_DATE_NOT_POSSIBLE", "the day before");
    ruling.completed_on = DATE_NONE;
    check_answer(decision_accept(&ruling, law), "DECISION_DATE_NOT_POSSIBLE",
                 "on a request never complete");

    about("S1-11, S1-12: which body of which district");
    ruling = by_head;
    ruling.body_is_of_district = false;
    check_answer(decision_accept(&ruling, law), "BODY_OF_ANOTHER_DISTRICT",
                 "the head of another district");
    ruling = by_head;
    ruling.district_mode = MODE_COMMISSION;
    check_answer(decision_accept(&ruling, law), "BODY_NOT_OF_DISTRICT_MODE",
                 "the head, where a commission decides");
    ruling = ruling_of(SCHEME_ASLL, BODY_DISTRICT_COMMISSION);
    ruling.district_mode = MODE_HEAD;
    check_answer(decision_accept(&ruling, law), "BODY_NOT_OF_DISTRICT_MODE",
                 "the commission, where the head decides");
    ruling = ruling_of(SCHEME_AVDL_DALO, BODY_STATE_SERVICES);
    ruling.body_is_of_district = false;
    ruling.seating.present = 0;
    check_answer(decision_accept(&ruling, law), YES_IT_MAY,
                 "a body that is no district's has neither district nor quorum");

    about("6.1, S1-13: a commission decides in session, with its quorum");
    ruling = ruling_of(SCHEME_ASLL, BODY_DISTRICT_COMMISSION);
    ruling.session_date = DATE(2026, 3, 9);
    check_answer(decision_accept(&ruling, law), "DECISION_NOT_IN_SESSION", "the day after it");
    ruling.session_date = DATE(2026, 3, 11);
    check_answer(decision_accept(&ruling, law), "DECISION_NOT_IN_SESSION", "the eve of it");
    ruling = ruling_of(SCHEME_ASLL, BODY_DISTRICT_COMMISSION);
    ruling.seating.present = 4;
    check_answer(decision_accept(&ruling, law), "DECISION_WITHOUT_QUORUM",
                 "4 of 10 sat on this request");
}

/* A grant that nothing is wrong with. */
static struct grant grant_of(enum delivery delivery, enum line_public line_public)
{
    return (struct grant){
        .decided_on = ON_10_MARCH,
        .scheme = SCHEME_ASLL,
        .consent = { .given_on = { 2026, 2, 1 }, .form = CONSENT_SIGNED },
        .delivery = delivery,
        .line = { .line_public = line_public, .measures_left = 1, .months_left = 6 },
        .months = 6,
        .birth_date = { 2004, 7, 14 },
        .leaves_the_chrs = true,
        .operator_choice = ANY_OPERATOR,
    };
}

static void test_grant(const struct youth_law *law)
{
    struct grant grant = grant_of(DELIVERY_INTERNAL, 0);

    about("6.1: a grant");
    check_answer(grant_accept(&grant, law), YES_IT_MAY, "an internal measure");
    grant.line = (struct agreement_line){ 0 };
    check_answer(grant_accept(&grant, law), YES_IT_MAY,
                 "an internal measure has no agreement, so no quota (C-10)");
    grant.delivery = 0;
    check_answer(grant_accept(&grant, law), "DELIVERY_NOT_CODED", "neither internal nor external");
    grant = grant_of(DELIVERY_EXTERNAL, LINE_ALL_PUBLICS);
    check_answer(grant_accept(&grant, law), YES_IT_MAY, "the last external measure of a line");
    grant.consent.withdrawn_on = grant.decided_on;
    check_answer(grant_accept(&grant, law), "CONSENT_DOES_NOT_STAND",
                 "consent withdrawn the day of the decision (FSL-5, SX-6)");

    about("6.1, C-10: the quota of an external measure");
    grant = grant_of(DELIVERY_EXTERNAL, LINE_ALL_PUBLICS);
    grant.line.measures_left = 0;
    check_answer(grant_accept(&grant, law), "QUOTA_EXHAUSTED", "no measure is left");
    grant.line.measures_left = 2;
    check_answer(grant_accept(&grant, law), YES_IT_MAY, "two are left");
    grant.line.months_left = 5;
    check_answer(grant_accept(&grant, law), "QUOTA_EXHAUSTED", "five months are left of six");
    grant.line.months_left = 7;
    check_answer(grant_accept(&grant, law), YES_IT_MAY, "seven months are left of six");

    about("S1-22, C-8, A-06: a line for young people, on the date of the decision");
    grant = grant_of(DELIVERY_EXTERNAL, LINE_YOUTH);
    check_answer(grant_accept(&grant, law), YES_IT_MAY, "21 years");
    grant.birth_date = DATE(2008, 3, 10);
    check_answer(grant_accept(&grant, law), YES_IT_MAY, "18 that day");
    grant.birth_date = DATE(2008, 3, 11);
    check_answer(grant_accept(&grant, law), "NOT_AGED_18_TO_25", "18 the day after");
    grant.birth_date = DATE(2000, 3, 11);
    check_answer(grant_accept(&grant, law), YES_IT_MAY, "26 the day after");
    grant.birth_date = DATE(2000, 3, 10);
    check_answer(grant_accept(&grant, law), "NOT_AGED_18_TO_25", "26 that day");
    grant.line.line_public = LINE_ALL_PUBLICS;
    check_answer(grant_accept(&grant, law), YES_IT_MAY, "26, on a line for all publics (S0-25)");
    grant.line.line_public = LINE_CHRS_LEAVERS;
    check_answer(grant_accept(&grant, law), YES_IT_MAY, "26, on a line for those leaving a CHRS");

    about("S1-24: a line for those leaving the CHRS");
    grant.leaves_the_chrs = false;
    check_answer(grant_accept(&grant, law), "NOT_LEAVING_THE_CHRS", "it does not leave it");
    grant = grant_of(DELIVERY_EXTERNAL, LINE_YOUTH);
    grant.leaves_the_chrs = false;
    check_answer(grant_accept(&grant, law), YES_IT_MAY, "nor need it, on another line");

    about("S1-7: the operator");
    grant = grant_of(DELIVERY_EXTERNAL, LINE_ALL_PUBLICS);
    grant.operator_choice = OTHER_THAN_REQUESTER;
    check_answer(grant_accept(&grant, law), YES_IT_MAY, "another operator than who asked");
    grant.operator_is_requester = true;
    check_answer(grant_accept(&grant, law), "REQUESTER_NOT_ACCREDITED",
                 "who asked, without accreditation");
    grant.operator_choice = REQUESTER_PREFERRED;
    check_answer(grant_accept(&grant, law), YES_IT_MAY, "who asked, accredited");

    about("SX-6: a place in a residence has a second voice");
    grant = grant_of(DELIVERY_EXTERNAL, LINE_ALL_PUBLICS);
    grant.scheme = SCHEME_RESIDENCE_SUPPORT;
    check_answer(grant_accept(&grant, law), "MANAGER_HAS_NOT_AGREED", "the manager has not agreed");
    grant.manager_agrees = true;
    check_answer(grant_accept(&grant, law), YES_IT_MAY, "the manager agrees");
}

static void test_refusal(void)
{
    static const struct agreement_line left = { LINE_ALL_PUBLICS, 1, 1 };
    static const struct agreement_line no_measure = { LINE_ALL_PUBLICS, 0, 6 };
    static const struct agreement_line no_month = { LINE_ALL_PUBLICS, 6, 0 };
    static const struct {
        const char *sentence;
        enum scheme scheme;
        enum refusal_reason reason;
        bool explained;
        enum delivery delivery;
        const struct agreement_line *line;
        const char *answer;
    } cases[] = {
        { "without a reason", SCHEME_ASLL, 0, true, DELIVERY_INTERNAL, &left, "REASON_NOT_CODED" },
        { "for a reason that does not exist", SCHEME_ASLL, REFUSED_COUNT, true, DELIVERY_INTERNAL,
          &left, "REASON_NOT_CODED" },
        { "ASLL for want of income (S1-9, FSL-4)", SCHEME_ASLL, REFUSED_INCOME_TOO_LOW, true,
          DELIVERY_INTERNAL, &left, "INCOME_IS_NO_GROUND" },
        { "external ASLL for want of income (S1-9)", SCHEME_ASLL, REFUSED_INCOME_TOO_LOW, true,
          DELIVERY_EXTERNAL, &no_measure, "INCOME_IS_NO_GROUND" },
        { "a residence for want of income (S0-22)", SCHEME_RESIDENCE_SUPPORT,
          REFUSED_INCOME_TOO_LOW, false, DELIVERY_INTERNAL, &left, YES_IT_MAY },
        { "ASLL, not in the target public", SCHEME_ASLL, REFUSED_NOT_IN_TARGET_PUBLIC, false,
          DELIVERY_INTERNAL, &left, YES_IT_MAY },
        { "ASLL for another reason, explained", SCHEME_ASLL, REFUSED_OTHER, true, DELIVERY_INTERNAL,
          &left, YES_IT_MAY },
        { "ASLL for another reason, not explained", SCHEME_ASLL, REFUSED_OTHER, false,
          DELIVERY_INTERNAL, &left, "REASON_NOT_EXPLAINED" },
        { "out of quota, no measure left", SCHEME_ASLL, REFUSED_OUT_OF_QUOTA, false,
          DELIVERY_EXTERNAL, &no_measure, YES_IT_MAY },
        { "out of quota, no month left", SCHEME_ASLL, REFUSED_OUT_OF_QUOTA, false,
          DELIVERY_EXTERNAL, &no_month, YES_IT_MAY },
        { "out of quota, one of each left", SCHEME_ASLL, REFUSED_OUT_OF_QUOTA, false,
          DELIVERY_EXTERNAL, &left, "QUOTA_STILL_LEFT" },
        { "out of quota, internal (C-10)", SCHEME_ASLL, REFUSED_OUT_OF_QUOTA, false,
          DELIVERY_INTERNAL, &no_measure, "QUOTA_STILL_LEFT" },
        { "Action Logement, conflict of capacity", SCHEME_ACTION_LOGEMENT,
          REFUSED_CAPACITY_CONFLICT, false, DELIVERY_EXTERNAL, &left, YES_IT_MAY },
    };
    struct agreement_line line = { LINE_ALL_PUBLICS, 0, 0 };

    about("6.1: a refusal");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_answer(decision_refusal_accept(cases[i].scheme, cases[i].reason, cases[i].explained,
                                             cases[i].delivery, cases[i].line),
                     cases[i].answer, "%s", cases[i].sentence);

    about("S3-19: Action Logement's referral is refused for no other reason");
    for (unsigned reason = 1; reason < REFUSED_COUNT; reason++) {
        bool capacity = reason == REFUSED_CAPACITY_CONFLICT;

        check_answer(
            decision_refusal_accept(SCHEME_ACTION_LOGEMENT, reason, true, DELIVERY_EXTERNAL, &line),
            capacity ? YES_IT_MAY : "ACTION_LOGEMENT_HAS_DECIDED", "reason %u", reason);
        check_number(refusal_raises_alert(SCHEME_ACTION_LOGEMENT, reason), capacity,
                     "reason %u %s an alert", reason, capacity ? "raises" : "does not raise");
        check(!refusal_raises_alert(SCHEME_ASLL, reason), "reason %u raises none for ASLL", reason);
        check_number(refusal_is_substantive(reason), !capacity && reason != REFUSED_OUT_OF_QUOTA,
                     "6.1: reason %u is %s the request itself", reason,
                     capacity || reason == REFUSED_OUT_OF_QUOTA ? "not about" : "about");
    }

    about("6.1: a deferral");
    check_answer(deferral_accept(true), YES_IT_MAY, "with its reason");
    check_answer(deferral_accept(false), "REASON_NOT_CODED", "without");
}

int main(void)
{
    struct session_law session;
    struct youth_law youth;

    law_on(session_law, DATE(2026, 3, 10), &session);
    law_on(youth_law, DATE(2026, 3, 10), &youth);
    test_request_bodies();
    test_bodies(&session);
    test_circumstances(&session);
    test_grant(&youth);
    test_refusal();
    return checks_done();
}
