/* The score is the number of criteria and the waiting time; the regulator decides, and says why. */
#include "services/intake/rules/priority.h"
#include "tests/rules/intake/refusals.h"
#include "tests/rules/law.h"

#define TODAY DATE(2026, 11, 23)

enum {
    HARD = 1 << PRIORITY_HARD_ACCESS,
    MINIMUM = 1 << PRIORITY_MINIMUM_BENEFITS,
    ALLOWANCE = 1 << PRIORITY_DISABLED_ADULT_ALLOWANCE,
    YOUNG = 1 << PRIORITY_YOUNG_PRECARIOUS_WORK,
};

static const struct {
    const char *sentence;
    struct priority_facts facts;
    unsigned criteria;
    int64_t met, months, score;
} cases[] = {
    { "nothing", { false, false, false, 0, { 0 }, { 0 } }, 0, 0, 0, 0 },
    { "great difficulty in finding housing (S4-16)",
      { true, false, false, STATUS_EMPLOYED, { 1980, 1, 1 }, { 0 } },
      HARD,
      1,
      0,
      1 },
    { "minimum benefits",
      { false, true, false, STATUS_MINIMUM_BENEFITS, { 1980, 1, 1 }, { 0 } },
      MINIMUM,
      1,
      0,
      1 },
    { "the disabled adult's allowance",
      { false, false, true, STATUS_AT_HOME_DISABLED_RETIRED, { 1980, 1, 1 }, { 0 } },
      ALLOWANCE,
      1,
      0,
      1 },
    { "a temporary worker, 18 today",
      { false, false, false, STATUS_TEMP_WORKER, { 2008, 11, 23 }, { 0 } },
      YOUNG,
      1,
      0,
      1 },
    { "a platform worker, 26 tomorrow",
      { false, false, false, STATUS_SELF_EMPLOYED, { 2000, 11, 24 }, { 0 } },
      YOUNG,
      1,
      0,
      1 },
    { "a platform worker, 26 today: no longer young",
      { false, false, false, STATUS_SELF_EMPLOYED, { 2000, 11, 23 }, { 0 } },
      0,
      0,
      0,
      0 },
    { "young and employed: not precarious",
      { false, false, false, STATUS_EMPLOYED, { 2004, 1, 1 }, { 0 } },
      0,
      0,
      0,
      0 },
    { "all four, and a year of waiting",
      { true, true, true, STATUS_TEMP_WORKER, { 2004, 1, 1 }, { 2025, 11, 23 } },
      HARD | MINIMUM | ALLOWANCE | YOUNG,
      4,
      12,
      6 },
    { "six months of waiting to the day: a point",
      { false, false, false, 0, { 0 }, { 2026, 5, 23 } },
      0,
      0,
      6,
      1 },
    { "one day less: none", { false, false, false, 0, { 0 }, { 2026, 5, 24 } }, 0, 0, 5, 0 },
    { "waiting since today", { false, false, false, 0, { 0 }, { 2026, 11, 23 } }, 0, 0, 0, 0 },
    { "waiting from next year on",
      { false, false, false, 0, { 0 }, { 2027, 11, 23 } },
      0,
      0,
      0,
      0 },
};

static void test_scores(void)
{
    struct priority_law law, other_weights;
    struct youth_law youth;

    law_on(priority_law, TODAY, &law);
    law_on(youth_law, TODAY, &youth);
    about("S4-16, S4-17, Q23: the score on 23 November 2026");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct priority priority = priority_of(&cases[i].facts, TODAY, &law, &youth);

        check_number(priority.criteria, cases[i].criteria, "%s: criteria", cases[i].sentence);
        check_number(priority.criteria_met, cases[i].met, "%s: how many", cases[i].sentence);
        check_number(priority.waiting_months, cases[i].months, "%s: months", cases[i].sentence);
        check_number(priority.score, cases[i].score, "%s: score", cases[i].sentence);
        check_date(priority.waiting_since, cases[i].facts.waiting_since, "%s: since",
                   cases[i].sentence);
    }
    other_weights = (struct priority_law){ .points_per_criterion = 3 };
    check_number(priority_of(&cases[8].facts, TODAY, &other_weights, &youth).score, 12,
                 "an organisation may give three points a criterion and none for waiting");
    other_weights.waiting_months_per_point = 1;
    check_number(priority_of(&cases[8].facts, TODAY, &other_weights, &youth).score, 24,
                 "or one for each month");
}

static void test_choice(void)
{
    static const struct priority two_since_may = { .score = 2, .waiting_since = { 2026, 5, 1 } };
    static const struct priority two_since_june = { .score = 2, .waiting_since = { 2026, 6, 1 } };
    static const struct priority two_since_ever = { .score = 2 };
    static const struct priority three_since_june = { .score = 3, .waiting_since = { 2026, 6, 1 } };

    about("Q23: who comes first");
    check(priority_compare(&three_since_june, &two_since_may) < 0, "the higher score");
    check(priority_compare(&two_since_may, &three_since_june) > 0, "whichever is asked first");
    check(priority_compare(&two_since_may, &two_since_june) < 0, "then who has waited longer");
    check(priority_compare(&two_since_june, &two_since_may) > 0, "whichever is asked first");
    check(priority_compare(&two_since_june, &two_since_ever) < 0,
          "who has waited since a day that is not known, last");
    check(priority_compare(&two_since_ever, &two_since_june) > 0, "whichever is asked first");
    check(priority_compare(&two_since_ever, &two_since_ever) == 0, "two such are equal");
    check(priority_compare(&two_since_may, &two_since_may) == 0, "the same are equal");

    about("S4-17, Q23: the regulator decides");
    check_answer(priority_accept_choice(&three_since_june, &two_since_may, false), YES_IT_MAY,
                 "who comes first needs no reason");
    check_answer(priority_accept_choice(&two_since_may, &two_since_may, false), YES_IT_MAY,
                 "nor who is equal to the first");
    check_answer(priority_accept_choice(&two_since_may, &three_since_june, false),
                 "CHOICE_NOT_EXPLAINED", "passing somebody over does");
    check_answer(priority_accept_choice(&two_since_may, &three_since_june, true), YES_IT_MAY,
                 "and with its reason it is accepted");
}

int main(void)
{
    test_scores();
    test_choice();
    return checks_done();
}
