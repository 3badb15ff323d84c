/* An attached assessment has an author and a date; evaluations are due in 72 hours and 2 months. */
#include "services/intake/rules/assessment.h"
#include "tests/rules/intake/refusals.h"
#include "tests/rules/law.h"

static void test_attached(void)
{
    static const struct {
        const char *sentence;
        struct assessment assessment;
        const char *answer;
    } cases[] = {
        { "written the day before it came", { true, { 2026, 3, 9 } }, YES_IT_MAY },
        { "written the day it came", { true, { 2026, 3, 10 } }, YES_IT_MAY },
        { "written the day after it came",
          { true, { 2026, 3, 11 } },
          "ASSESSMENT_DATE_NOT_POSSIBLE" },
        { "without a date", { true, { 0 } }, "ASSESSMENT_DATE_NOT_POSSIBLE" },
        { "dated 31 February", { true, { 2026, 2, 31 } }, "ASSESSMENT_DATE_NOT_POSSIBLE" },
        { "without an author", { false, { 2026, 3, 9 } }, "ASSESSMENT_WITHOUT_AUTHOR" },
    };

    about("S3-24: an assessment received on 10 March 2026");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_answer(assessment_accept(&cases[i].assessment, DATE(2026, 3, 10)), cases[i].answer,
                     "%s", cases[i].sentence);
}

static void test_due(void)
{
    static const struct {
        const char *sentence;
        struct date entered, due;
    } in_depth[] = {
        { "entered on 10 March: 10 May", { 2026, 3, 10 }, { 2026, 5, 10 } },
        { "entered on 31 December: 28 February", { 2026, 12, 31 }, { 2027, 2, 28 } },
        { "entered on 31 December 2027: 29 February 2028", { 2027, 12, 31 }, { 2028, 2, 29 } },
        { "not entered: no date", { 0 }, { 0 } },
    };
    struct assessment_law law;

    law_on(assessment_law, DATE(2026, 3, 10), &law);
    about("SIAO-2: in-depth evaluation within two months");
    for (size_t i = 0; i < sizeof in_depth / sizeof *in_depth; i++)
        check_date(in_depth_evaluation_due(in_depth[i].entered, &law), in_depth[i].due, "%s",
                   in_depth[i].sentence);

    about("SIAO-2: flash evaluation within 72 hours");
    check_number(flash_evaluation_due_ms(instant_of(DATE(2026, 11, 23), 9, 30), &law),
                 instant_of(DATE(2026, 11, 26), 9, 30),
                 "asked on Monday at 9:30: Thursday at 9:30");
    check_number(flash_evaluation_due_ms(instant_of(DATE(2026, 3, 27), 9, 30), &law),
                 instant_of(DATE(2026, 3, 30), 10, 30),
                 "over the change to summer time clocks show one hour more");
    check_number(flash_evaluation_due_ms(instant_of(DATE(2026, 10, 23), 9, 30), &law),
                 instant_of(DATE(2026, 10, 26), 8, 30),
                 "over the change to winter time, one hour less");
}

int main(void)
{
    test_attached();
    test_due();
    return checks_done();
}
