/* A social-housing request lives twelve months from its last registration, offers leave the time of
 * the law, and whoever meets every condition is signalled with the criteria met (domain.md DLS-1 to
 * DLS-4, A-54, S4-18). */
#include "services/measures/rules/social_housing_request.h"
#include "tests/check.h"
#include "tests/rules/law.h"

static void seniority(const struct social_housing_law *law)
{
    static const struct {
        const char *sentence;
        struct date registrations[4];
        size_t count;
        struct date since;
        struct date last;
    } cases[] = {
        { "none", { { 0 } }, 0, { 0 }, { 0 } },
        { "one", { { 2021, 3, 10 } }, 1, { 2021, 3, 10 }, { 2021, 3, 10 } },
        { "renewed on the last day keeps its seniority",
          { { 2021, 3, 10 }, { 2022, 3, 10 } },
          2,
          { 2021, 3, 10 },
          { 2022, 3, 10 } },
        { "renewed a day late loses it",
          { { 2021, 3, 10 }, { 2022, 3, 11 } },
          2,
          { 2022, 3, 11 },
          { 2022, 3, 11 } },
        { "each renewal counts from the one before",
          { { 2020, 2, 29 }, { 2021, 2, 28 }, { 2022, 2, 20 }, { 2023, 2, 20 } },
          4,
          { 2020, 2, 29 },
          { 2023, 2, 20 } },
        { "lost once, it counts from the new registration",
          { { 2018, 5, 2 }, { 2019, 5, 2 }, { 2021, 1, 4 }, { 2022, 1, 4 } },
          4,
          { 2021, 1, 4 },
          { 2022, 1, 4 } },
    };

    about("DLS-1: seniority");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct social_housing_request request =
            social_housing_request_of(cases[i].registrations, cases[i].count, law);

        check_date(request.since, cases[i].since, "DLS-1: %s: since", cases[i].sentence);
        check_date(request.last_registered_on, cases[i].last, "DLS-1: %s: last", cases[i].sentence);
    }
}

static void validity(const struct social_housing_law *law)
{
    static const struct social_housing_request none = { 0 };
    static const struct social_housing_request request = { { 2020, 2, 29 }, { 2024, 2, 29 } };
    static const struct {
        struct date on;
        unsigned status;
        const struct refusal *renewal;
        const char *sentence;
    } cases[] = {
        { { 2024, 2, 28 }, 0, &SOCIAL_HOUSING_RENEWED_TOO_EARLY, "before its registration" },
        { { 2024, 2, 29 }, SOCIAL_HOUSING_ACTIVE, NULL, "on the day of its registration" },
        { { 2025, 2, 27 }, SOCIAL_HOUSING_ACTIVE, NULL, "on the eve of the last day" },
        { { 2025, 2, 28 }, SOCIAL_HOUSING_ACTIVE, NULL, "on its last day" },
        { { 2025, 3, 1 },
          SOCIAL_HOUSING_STRUCK_OFF,
          &SOCIAL_HOUSING_REQUEST_STRUCK_OFF,
          "the day after" },
    };
    struct date reminders[SOCIAL_HOUSING_REMINDERS + 1] = { 0 };

    about("DLS-1: a request registered on 29 February 2024");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_number(social_housing_request_status(&request, cases[i].on, law), cases[i].status,
                     "DLS-1: %s: its status", cases[i].sentence);
        check(social_housing_request_may_be_renewed(&request, cases[i].on, law) == cases[i].renewal,
              "DLS-1: %s: renewal %s", cases[i].sentence,
              cases[i].renewal ? cases[i].renewal->code : "accepted");
    }
    check_number(social_housing_request_status(&none, DATE(2024, 3, 1), law), 0,
                 "a household without a request has no status");
    check(social_housing_request_may_be_renewed(&none, DATE(2024, 3, 1), law) ==
              &SOCIAL_HOUSING_REQUEST_STRUCK_OFF,
          "and nothing to renew");
    check_date(social_housing_request_last_day(&request, law), DATE(2025, 2, 28),
               "DLS-1: it is valid to 28 February 2025");
    check_date(social_housing_request_legal_reminder(&request, law), DATE(2025, 1, 28),
               "DLS-1: the law wants a reminder by 28 January 2025");
    social_housing_request_reminders(&request, law, reminders);
    check_date(reminders[0], DATE(2024, 12, 30), "A-55: 60 days before, 30 December 2024");
    check_date(reminders[1], DATE(2025, 1, 29), "A-55: 30 days before, 29 January 2025");
    check_date(reminders[2], DATE(2025, 2, 13), "A-55: 15 days before, 13 February 2025");
    check_date(reminders[3], DATE(2025, 2, 25), "A-55: 3 days before, 25 February 2025");
    check_date(reminders[4], DATE_NONE, "A-55: and no fifth");
    check(date_is_before(reminders[0], social_housing_request_legal_reminder(&request, law)),
          "DLS-1: the house's first reminder comes before the one of the law");
    check_date(social_housing_certificate_due(DATE(2024, 1, 31), law), DATE(2024, 2, 29),
               "DLS-2: renewed on 31 January 2024, certified by 29 February");
}

static void offers(const struct social_housing_law *law)
{
    struct date offered = DATE(2024, 12, 23);

    about("DLS-3, DLS-4: offers");
    check(social_housing_offer_is_lawful(offered, DATE(2025, 1, 1), law) ==
              &SOCIAL_HOUSING_OFFER_TOO_SHORT,
          "DLS-3: nine days to answer are too few");
    check(!social_housing_offer_is_lawful(offered, DATE(2025, 1, 2), law), "DLS-3: ten will do");
    check(!social_housing_offer_is_lawful(offered, DATE(2025, 1, 3), law), "DLS-3: so will eleven");
    check(!social_housing_offer_is_lawful(offered, DATE_NONE, law), "DLS-3: so will no date");
    check_date(social_housing_offer_answer_due(offered, DATE(2025, 1, 15), law), DATE(2025, 1, 15),
               "A-56, C-25: the date in the offer counts");
    check_date(social_housing_offer_answer_due(offered, DATE_NONE, law), DATE(2025, 1, 2),
               "DLS-3: without one, ten days");
    check_date(social_housing_candidates_due(DATE(2024, 1, 31), law), DATE(2024, 2, 29),
               "DLS-4: told on 31 January 2024, the reservation holder proposes by 29 February");
}

static void ready(const struct ready_rule *rule)
{
    enum { ALL = READY_REQUEST_ACTIVE | READY_RIGHT | READY_IN_WORK | READY_FEW_ARREARS };
    static const struct {
        const char *sentence;
        struct ready_facts facts;
        uint32_t met;
    } cases[] = {
        { "all conditions met", { SOCIAL_HOUSING_ACTIVE, true, 0, true, 0, 45000 }, ALL },
        { "a right that is possible will do",
          { SOCIAL_HOUSING_ACTIVE, false, 1 << 4, true, 0, 45000 },
          ALL },
        { "neither recognised nor possible",
          { SOCIAL_HOUSING_ACTIVE, false, 0, true, 0, 45000 },
          ALL & ~READY_RIGHT },
        { "struck off",
          { SOCIAL_HOUSING_STRUCK_OFF, true, 0, true, 0, 45000 },
          ALL & ~READY_REQUEST_ACTIVE },
        { "no request", { 0, true, 0, true, 0, 45000 }, ALL & ~READY_REQUEST_ACTIVE },
        { "C-7: not in work",
          { SOCIAL_HOUSING_ACTIVE, true, 0, false, 0, 45000 },
          ALL & ~READY_IN_WORK },
        { "one cent less than a term owed",
          { SOCIAL_HOUSING_ACTIVE, true, 0, true, 44999, 45000 },
          ALL },
        { "a term owed",
          { SOCIAL_HOUSING_ACTIVE, true, 0, true, 45000, 45000 },
          ALL & ~READY_FEW_ARREARS },
        { "one cent more",
          { SOCIAL_HOUSING_ACTIVE, true, 0, true, 45001, 45000 },
          ALL & ~READY_FEW_ARREARS },
        { "no term and nothing owed", { SOCIAL_HOUSING_ACTIVE, true, 0, true, 0, 0 }, ALL },
        { "no term and a cent owed",
          { SOCIAL_HOUSING_ACTIVE, true, 0, true, 1, 0 },
          ALL & ~READY_FEW_ARREARS },
        { "paid in advance", { SOCIAL_HOUSING_ACTIVE, true, 0, true, -100, 0 }, ALL },
        { "nothing met", { 0, false, 0, false, 45000, 45000 }, 0 },
    };
    struct ready_rule edited = *rule;
    struct ready_facts facts = cases[0].facts;
    struct ready_signal signal;

    about("A-54, S4-18: profiles that meet all access conditions");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        signal = ready_for_social_housing(&cases[i].facts, rule);
        check_number(signal.met, cases[i].met, "A-54: %s: the criteria met", cases[i].sentence);
        check_number(signal.asked, ALL, "Q25: %s: the criteria asked for", cases[i].sentence);
        check(signal.is_ready == (cases[i].met == ALL), "A-54: %s: %s", cases[i].sentence,
              cases[i].met == ALL ? "ready" : "not ready");
    }
    facts.is_in_work = false;
    edited.asks_work = false;
    signal = ready_for_social_housing(&facts, &edited);
    check(signal.is_ready, "Q25: a rule edited to do without work");
    check_number(signal.asked, ALL & ~READY_IN_WORK, "Q25: and the signal says so");
    edited = (struct ready_rule){ .asks_request = true };
    check_number(ready_for_social_housing(&facts, &edited).asked, READY_REQUEST_ACTIVE,
                 "Q25: a request alone");
    edited = (struct ready_rule){ .asks_right = true };
    check_number(ready_for_social_housing(&facts, &edited).asked, READY_RIGHT, "Q25: a right");
    edited = (struct ready_rule){ .asks_arrears = true, .arrears_terms = 2 };
    check_number(ready_for_social_housing(&facts, &edited).asked, READY_FEW_ARREARS,
                 "Q25: few arrears");
    facts.arrears_cents = 89999;
    check(ready_for_social_housing(&facts, &edited).is_ready, "Q25: below two terms, when edited");
    facts.arrears_cents = 90000;
    check(!ready_for_social_housing(&facts, &edited).is_ready, "Q25: not at two terms");
    edited = (struct ready_rule){ 0 };
    check(!ready_for_social_housing(&cases[0].facts, &edited).is_ready,
          "a rule that asks for nothing finds nobody");
}

int main(void)
{
    struct social_housing_law law;
    struct ready_rule rule;

    law_on(social_housing_law_fields, DATE(2024, 6, 1), &law);
    law_on(ready_rule_fields, DATE(2024, 6, 1), &rule);
    seniority(&law);
    validity(&law);
    offers(&law);
    ready(&rule);
    return checks_done();
}
