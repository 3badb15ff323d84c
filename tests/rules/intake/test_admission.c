/* A place asks for a right of stay, a fee that can be paid and a project; a candidature for a whole
 * file besides. */
#include "services/intake/rules/admission.h"
#include "services/intake/rules/completeness.h"
#include "tests/rules/intake/refusals.h"

static void test_right_of_stay(void)
{
    static const struct {
        const char *sentence;
        struct right_of_stay right;
        const char *answer;
        struct date ends;
    } cases[] = {
        { "French", { STAY_FRENCH, { 0 } }, YES_IT_MAY, { 0 } },
        { "of the European Union", { STAY_EUROPEAN_UNION, { 0 } }, YES_IT_MAY, { 0 } },
        { "French, with an old date left over",
          { STAY_FRENCH, { 2020, 1, 1 } },
          YES_IT_MAY,
          { 0 } },
        { "a permit until the day after",
          { STAY_PERMIT, { 2026, 3, 11 } },
          YES_IT_MAY,
          { 2026, 3, 11 } },
        { "a permit until that day",
          { STAY_PERMIT, { 2026, 3, 10 } },
          YES_IT_MAY,
          { 2026, 3, 10 } },
        { "a permit until the day before",
          { STAY_PERMIT, { 2026, 3, 9 } },
          "PERMIT_HAS_EXPIRED",
          { 2026, 3, 9 } },
        { "a permit without its last day",
          { STAY_PERMIT, { 0 } },
          "RIGHT_OF_STAY_NOT_RECORDED",
          { 0 } },
        { "not recorded", { 0, { 2027, 1, 1 } }, "RIGHT_OF_STAY_NOT_RECORDED", { 0 } },
    };

    about("S0-21, P-8: the right of stay on 10 March 2026, and its end for A-09");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_answer(right_of_stay_accept(&cases[i].right, DATE(2026, 3, 10)), cases[i].answer,
                     "%s", cases[i].sentence);
        check_date(right_of_stay_ends(&cases[i].right), cases[i].ends, "%s: ends",
                   cases[i].sentence);
    }
}

static void test_guards(void)
{
    static const struct {
        const char *sentence;
        bool within_effort, above_floor, project;
        enum right_of_stay_kind kind;
        bool state_quota, siao_request;
        uint32_t missing;
        const char *admission, *candidature;
    } cases[] = {
        { "everything", true, true, true, STAY_FRENCH, true, true, 0, YES_IT_MAY, YES_IT_MAY },
        { "no right of stay recorded", true, true, true, 0, true, true, 0,
          "RIGHT_OF_STAY_NOT_RECORDED", "RIGHT_OF_STAY_NOT_RECORDED" },
        { "a fee beyond the effort (S0-22)", false, true, true, STAY_FRENCH, true, true, 0,
          "FEE_EXCEEDS_EFFORT", "FEE_EXCEEDS_EFFORT" },
        { "too little left (C-9)", true, false, true, STAY_FRENCH, true, true, 0, "TOO_LITTLE_LEFT",
          "TOO_LITTLE_LEFT" },
        { "no project thought about (S0-23)", true, true, false, STAY_FRENCH, true, true, 0,
          "NO_INSERTION_PROJECT", "NO_INSERTION_PROJECT" },
        { "all three fail: the first guard speaks", false, false, false, 0, true, true, 0,
          "RIGHT_OF_STAY_NOT_RECORDED", "RIGHT_OF_STAY_NOT_RECORDED" },
        { "fee and project fail: the second speaks", false, true, false, STAY_FRENCH, true, true, 0,
          "FEE_EXCEEDS_EFFORT", "FEE_EXCEEDS_EFFORT" },
        { "no active SI SIAO request on the State's quota (S4-26)", true, true, true, STAY_FRENCH,
          true, false, 0, YES_IT_MAY, "NO_ACTIVE_SIAO_REQUEST" },
        { "no SI SIAO request on another quota", true, true, true, STAY_FRENCH, false, false, 0,
          YES_IT_MAY, YES_IT_MAY },
        { "a file with a missing item (S4-38)", true, true, true, STAY_FRENCH, true, true,
          ITEM(CONSENT), YES_IT_MAY, "FILE_INCOMPLETE" },
        { "a missing item and no request: the item first", true, true, true, STAY_FRENCH, true,
          false, ITEM(SIAO_REQUEST), YES_IT_MAY, "FILE_INCOMPLETE" },
        { "no request and no right of stay: the request first", true, true, true, 0, true, false, 0,
          "RIGHT_OF_STAY_NOT_RECORDED", "NO_ACTIVE_SIAO_REQUEST" },
    };

    about("S0-21 to S0-23, S4-26, S4-38: admission, and what goes to a manager");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct candidature_file file = {
            .admission = { .right_of_stay = { .kind = cases[i].kind },
                           .fee_guard = { .within_effort = cases[i].within_effort,
                                          .above_floor = cases[i].above_floor },
                           .project_is_thought_about = cases[i].project },
            .state_quota = cases[i].state_quota,
            .siao_request_is_active = cases[i].siao_request,
            .missing_items = cases[i].missing,
        };

        check_answer(admission_accept(&file.admission, DATE(2026, 3, 10)), cases[i].admission,
                     "%s: admission", cases[i].sentence);
        check_answer(candidature_file_accept(&file, DATE(2026, 3, 10)), cases[i].candidature,
                     "%s: candidature", cases[i].sentence);
    }
}

int main(void)
{
    test_right_of_stay();
    test_guards();
    return checks_done();
}
