/* A request moves as 6.1 says, enters with consent and an allowed prescriber, and its delays run
 * from the days the domain names. */
#include "services/intake/rules/request.h"
#include "tests/rules/intake/machine_rows.h"
#include "tests/rules/intake/refusals.h"
#include "tests/rules/law.h"
#include "tests/rules/machines.h"

static void test_machine(void)
{
    static const struct machine_row rows[] = {
        { 0, REQUEST_CREATE, REQUEST_DRAFT, "created, it is a draft" },
        { 0, REQUEST_REFER, REQUEST_SUBMITTED,
          "referred by Action Logement, it is submitted (S3-19)" },
        { REQUEST_DRAFT, REQUEST_EDIT, REQUEST_DRAFT, "a draft is worked on" },
        { REQUEST_DRAFT, REQUEST_SUBMIT, REQUEST_SUBMITTED, "a draft is submitted" },
        { REQUEST_DRAFT, REQUEST_LAPSE, REQUEST_LAPSED, "a draft lapses" },
        { REQUEST_DRAFT, REQUEST_WITHDRAW, REQUEST_WITHDRAWN, "a draft is withdrawn" },
        { REQUEST_SUBMITTED, REQUEST_CHECK_FAIL, REQUEST_INCOMPLETE, "the check fails" },
        { REQUEST_SUBMITTED, REQUEST_CHECK_PASS, REQUEST_COMPLETE, "the check passes" },
        { REQUEST_SUBMITTED, REQUEST_WITHDRAW, REQUEST_WITHDRAWN, "submitted, it is withdrawn" },
        { REQUEST_INCOMPLETE, REQUEST_CHECK_FAIL, REQUEST_INCOMPLETE, "it is still incomplete" },
        { REQUEST_INCOMPLETE, REQUEST_CHECK_PASS, REQUEST_COMPLETE, "what was missing has come" },
        { REQUEST_INCOMPLETE, REQUEST_LAPSE, REQUEST_LAPSED, "an incomplete one lapses" },
        { REQUEST_INCOMPLETE, REQUEST_WITHDRAW, REQUEST_WITHDRAWN, "incomplete, withdrawn" },
        { REQUEST_COMPLETE, REQUEST_ROUTE, REQUEST_SCHEDULED, "complete, it is routed" },
        { REQUEST_COMPLETE, REQUEST_WITHDRAW, REQUEST_WITHDRAWN, "complete, withdrawn" },
        { REQUEST_SCHEDULED, REQUEST_RESCHEDULE, REQUEST_SCHEDULED,
          "its session is cancelled: to another one" },
        { REQUEST_SCHEDULED, REQUEST_GRANT, REQUEST_GRANTED, "granted" },
        { REQUEST_SCHEDULED, REQUEST_DEFER, REQUEST_DEFERRED, "deferred" },
        { REQUEST_SCHEDULED, REQUEST_REFUSE, REQUEST_REFUSED, "refused" },
        { REQUEST_SCHEDULED, REQUEST_WITHDRAW, REQUEST_WITHDRAWN, "scheduled, withdrawn" },
        { REQUEST_DEFERRED, REQUEST_RESCHEDULE, REQUEST_SCHEDULED, "deferred, scheduled again" },
        { REQUEST_DEFERRED, REQUEST_WITHDRAW, REQUEST_WITHDRAWN, "deferred, withdrawn" },
    };

    about("6.1: the machine");
    check_rows(&request_machine, rows, sizeof rows / sizeof *rows,
               1U << REQUEST_GRANTED | 1U << REQUEST_REFUSED | 1U << REQUEST_WITHDRAWN |
                   1U << REQUEST_LAPSED);
    check_machine(&request_machine);
}

static void test_consent(void)
{
    static const struct {
        const char *sentence;
        enum scheme scheme;
        struct consent consent;
        struct date on;
        const char *answer;
    } cases[] = {
        { "signed the same day",
          SCHEME_ASLL,
          { { 2026, 3, 10 }, { 0 }, CONSENT_SIGNED },
          { 2026, 3, 10 },
          YES_IT_MAY },
        { "signed earlier",
          SCHEME_MASP2,
          { { 2026, 3, 9 }, { 0 }, CONSENT_SPOKEN },
          { 2026, 3, 10 },
          YES_IT_MAY },
        { "to be signed tomorrow",
          SCHEME_ASLL,
          { { 2026, 3, 11 }, { 0 }, CONSENT_SIGNED },
          { 2026, 3, 10 },
          "CONSENT_DOES_NOT_STAND" },
        { "the eve of its withdrawal (PR-11)",
          SCHEME_ASLL,
          { { 2026, 3, 1 }, { 2026, 3, 11 }, CONSENT_SIGNED },
          { 2026, 3, 10 },
          YES_IT_MAY },
        { "withdrawn the same day (PR-11)",
          SCHEME_ASLL,
          { { 2026, 3, 1 }, { 2026, 3, 10 }, CONSENT_SIGNED },
          { 2026, 3, 10 },
          "CONSENT_DOES_NOT_STAND" },
        { "without a date",
          SCHEME_ACTION_LOGEMENT,
          { { 0 }, { 0 }, CONSENT_SIGNED },
          { 2026, 3, 10 },
          "CONSENT_NOT_RECORDED" },
        { "without its form (S2-15)",
          SCHEME_MASP2,
          { { 2026, 3, 1 }, { 0 }, 0 },
          { 2026, 3, 10 },
          "CONSENT_NOT_RECORDED" },
        { "none, but a judge orders MASP 3 (MASP-4)",
          SCHEME_MASP3,
          { { 0 }, { 0 }, 0 },
          { 2026, 3, 10 },
          YES_IT_MAY },
    };

    about("FSL-5, S2-15, SX-6: consent on 10 March 2026");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_answer(consent_accept(cases[i].scheme, &cases[i].consent, cases[i].on),
                     cases[i].answer, "%s", cases[i].sentence);
    for (unsigned scheme = 1; scheme < SCHEME_COUNT; scheme++)
        check_number(scheme_needs_consent(scheme), scheme != SCHEME_MASP3,
                     "scheme %u: consent is %s", scheme,
                     scheme == SCHEME_MASP3 ? "not asked" : "needed");
}

static void test_entry(void)
{
    static const struct consent given = { { 2026, 3, 1 }, { 0 }, CONSENT_SIGNED };
    static const struct consent none = { { 0 }, { 0 }, 0 };
    static const struct assessment pre_diagnosis = { true, { 2026, 3, 2 } };
    static const struct assessment anonymous = { false, { 2026, 3, 2 } };
    const struct date on = DATE(2026, 3, 10);
    struct prescriber_law law;

    law_on(prescriber_law, on, &law);
    about("6.1: create");
    check_answer(request_accept_creation(SCHEME_ASLL, ORIGIN_FAMILY, true), YES_IT_MAY,
                 "scheme and origin coded, household known");
    check_answer(request_accept_creation(SCHEME_ASLL, 0, true), "REQUEST_NOT_CODED",
                 "the origin is not coded");
    check_answer(request_accept_creation(0, ORIGIN_FAMILY, true), "REQUEST_NOT_CODED",
                 "the scheme is not coded");
    check_answer(request_accept_creation(SCHEME_ASLL, ORIGIN_FAMILY, false), "HOUSEHOLD_NOT_KNOWN",
                 "the household is not known");

    about("6.1: submit");
    check_answer(request_accept_submission(SCHEME_ASLL, ORIGIN_FAMILY, &given, on, &law),
                 YES_IT_MAY, "the family asks for ASLL (S1-3)");
    check_answer(request_accept_submission(SCHEME_AVDL_DALO, ORIGIN_FAMILY, &given, on, &law),
                 "PRESCRIBER_NOT_ALLOWED", "nobody asks for AVDL alone (AVDL-3)");
    check_answer(request_accept_submission(SCHEME_ASLL, ORIGIN_FAMILY, &none, on, &law),
                 "CONSENT_NOT_RECORDED", "without consent");
    check_answer(
        request_accept_submission(SCHEME_MASP2, ORIGIN_REFERRING_SOCIAL_WORKER, &given, on, &law),
        YES_IT_MAY, "a referring worker proposes MASP with agreement (S2-14, S2-15)");

    about("S3-19, S3-24: a referral of Action Logement");
    check_answer(request_accept_referral(ORIGIN_ACTION_LOGEMENT, &pre_diagnosis, true, on),
                 YES_IT_MAY, "with its pre-diagnosis and recommendations");
    check_answer(request_accept_referral(ORIGIN_ACTION_LOGEMENT, &pre_diagnosis, false, on),
                 "RECOMMENDATIONS_MISSING", "without recommendations");
    check_answer(request_accept_referral(ORIGIN_ACTION_LOGEMENT, &anonymous, true, on),
                 "ASSESSMENT_WITHOUT_AUTHOR", "with a pre-diagnosis of nobody");
    check_answer(request_accept_referral(ORIGIN_LANDLORD, &pre_diagnosis, true, on),
                 "REFERRAL_NOT_FROM_ACTION_LOGEMENT", "by somebody else");
}

/* Days of one request; which of them count depends on its state. */
static const struct request_dates every_date = {
    .last_activity_on = { 2026, 1, 10 },
    .incomplete_since = { 2026, 2, 10 },
    .completed_on = { 2026, 3, 10 },
    .received_on = { 2026, 1, 5 },
};

static void test_delays(void)
{
    static const struct {
        const char *sentence;
        enum request_state state;
        struct date reminder, lapse, decision;
        bool runs;
    } cases[] = {
        { "a draft lapses 90 days after the last activity, on 10 January",
          REQUEST_DRAFT,
          { 0 },
          { 2026, 4, 10 },
          { 2026, 5, 9 },
          true },
        { "submitted: no lapse", REQUEST_SUBMITTED, { 0 }, { 0 }, { 2026, 5, 9 }, true },
        { "incomplete: reminded after 30 days, 12 March, lapses after 60, 11 April",
          REQUEST_INCOMPLETE,
          { 2026, 3, 12 },
          { 2026, 4, 11 },
          { 2026, 5, 9 },
          true },
        { "complete on 10 March: decision due in 60 days, 9 May (FSL-13, C-10)",
          REQUEST_COMPLETE,
          { 0 },
          { 0 },
          { 2026, 5, 9 },
          true },
        { "scheduled: still (C-25)", REQUEST_SCHEDULED, { 0 }, { 0 }, { 2026, 5, 9 }, true },
        { "deferred: still, a deferral is no decision (C-25)",
          REQUEST_DEFERRED,
          { 0 },
          { 0 },
          { 2026, 5, 9 },
          true },
        { "granted: nothing runs", REQUEST_GRANTED, { 0 }, { 0 }, { 0 }, false },
        { "refused: nothing runs", REQUEST_REFUSED, { 0 }, { 0 }, { 0 }, false },
        { "withdrawn: nothing runs", REQUEST_WITHDRAWN, { 0 }, { 0 }, { 0 }, false },
        { "lapsed: nothing runs", REQUEST_LAPSED, { 0 }, { 0 }, { 0 }, false },
    };
    struct request_dates contacted = every_date, nothing = { 0 };
    struct request_delays delays;
    struct request_law law;

    law_on(request_law, DATE(2026, 3, 10), &law);
    about("6.1, C-25, A-01, A-04, A-08: the delays of a request");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        delays = request_delays(cases[i].state, &every_date, &law);
        check_date(delays.reminder_on, cases[i].reminder, "%s: reminder", cases[i].sentence);
        check_date(delays.lapses_after, cases[i].lapse, "%s: lapse", cases[i].sentence);
        check_date(delays.decision_due, cases[i].decision, "%s: decision", cases[i].sentence);
        check_date(delays.untouched_since, cases[i].runs ? every_date.received_on : DATE_NONE,
                   "%s: no contact with the household since its referral", cases[i].sentence);
    }
    contacted.first_contact_on = DATE(2026, 1, 8);
    check_date(request_delays(REQUEST_SUBMITTED, &contacted, &law).untouched_since, DATE_NONE,
               "a first contact ends A-08");
    delays = request_delays(REQUEST_INCOMPLETE, &nothing, &law);
    check(!date_is_set(delays.reminder_on) && !date_is_set(delays.lapses_after) &&
              !date_is_set(delays.decision_due) && !date_is_set(delays.untouched_since),
          "what did not begin does not run");
}

static void test_lapse_and_lateness(void)
{
    static const struct {
        const char *sentence;
        enum request_state state;
        struct date today;
        bool lapses, late;
    } cases[] = {
        { "a draft on its 90th day", REQUEST_DRAFT, { 2026, 4, 10 }, false, false },
        { "a draft on its 91st day", REQUEST_DRAFT, { 2026, 4, 11 }, true, false },
        { "incomplete, on the 60th day", REQUEST_INCOMPLETE, { 2026, 4, 11 }, false, false },
        { "incomplete, on the 61st day", REQUEST_INCOMPLETE, { 2026, 4, 12 }, true, false },
        { "complete, on the 59th day", REQUEST_COMPLETE, { 2026, 5, 8 }, false, false },
        { "complete, on the 60th day", REQUEST_COMPLETE, { 2026, 5, 9 }, false, false },
        { "complete, on the 61st day", REQUEST_COMPLETE, { 2026, 5, 10 }, false, true },
        { "deferred, on the 61st day", REQUEST_DEFERRED, { 2026, 5, 10 }, false, true },
        { "granted, a year after", REQUEST_GRANTED, { 2027, 5, 10 }, false, false },
    };
    struct request_dates nothing = { 0 };
    struct request_law law;

    law_on(request_law, DATE(2026, 3, 10), &law);
    about("6.1, D-1, A-04: what follows from the end of a delay happens the day after");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_number(request_lapses(cases[i].state, &every_date, cases[i].today, &law),
                     cases[i].lapses, "%s: lapses", cases[i].sentence);
        check_number(request_is_late(cases[i].state, &every_date, cases[i].today, &law),
                     cases[i].late, "%s: late", cases[i].sentence);
    }
    check(!request_lapses(REQUEST_DRAFT, &nothing, DATE(2026, 5, 10), &law) &&
              !request_is_late(REQUEST_COMPLETE, &nothing, DATE(2026, 5, 10), &law),
          "without the day it counts from, neither");

    about("6.1, A-05: deferrals");
    check(!request_is_deferred_too_often(0, &law), "not deferred");
    check(!request_is_deferred_too_often(1, &law), "deferred once");
    check(request_is_deferred_too_often(2, &law), "deferred twice: the district head is told");
    check(request_is_deferred_too_often(3, &law), "deferred three times: still");
}

static void test_appeal(void)
{
    static const struct {
        const char *sentence;
        struct date notified, limit, warn;
    } cases[] = {
        { "notified on 10 March: 11 May, a Monday",
          { 2026, 3, 10 },
          { 2026, 5, 11 },
          { 2026, 5, 10 } },
        { "notified on 7 March: 8 May is a holiday, then a weekend: 11 May",
          { 2026, 3, 7 },
          { 2026, 5, 11 },
          { 2026, 5, 7 } },
        { "notified on 31 December: 28 February, and 1 March",
          { 2026, 12, 31 },
          { 2027, 3, 1 },
          { 2027, 2, 28 } },
        { "not notified: no limit", { 0 }, { 0 }, { 0 } },
    };
    struct request_law law;

    law_on(request_law, DATE(2026, 3, 10), &law);
    about("Q34, D-8, C-4: two clear months to appeal against a refusal");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_date(appeal_limit(cases[i].notified, &law, HOLIDAYS_OF_FRANCE), cases[i].limit, "%s",
                   cases[i].sentence);
        check_date(appeal_limit_to_warn_of(cases[i].notified, &law), cases[i].warn,
                   "%s: what to warn of", cases[i].sentence);
    }
}

int main(void)
{
    test_machine();
    test_consent();
    test_entry();
    test_delays();
    test_lapse_and_lateness();
    test_appeal();
    return checks_done();
}
