/* The register says who is accredited on a day, until when, and what an association that asked may
 * perform itself. */
#include "services/intake/rules/accreditation.h"
#include "tests/rules/intake/refusals.h"

/* Three years; a gap of one day; one year that follows without a gap; another without end. */
static const struct accreditation entries[] = {
    { { 2025, 1, 2 }, { 2025, 12, 31 }, { 0 } },
    { { 2022, 1, 1 }, { 2024, 12, 31 }, { 0 } },
    { { 2026, 1, 1 }, { 2026, 12, 31 }, { 0 } },
    { { 2028, 1, 1 }, { 0 }, { 0 } },
};
enum { ENTRIES = sizeof entries / sizeof *entries };

static void test_validity(void)
{
    static const struct {
        const char *sentence;
        struct date on;
        bool holds;
        struct date until;
    } cases[] = {
        { "the eve of the first one", { 2021, 12, 31 }, false, { 0 } },
        { "its first day", { 2022, 1, 1 }, true, { 2024, 12, 31 } },
        { "its last day", { 2024, 12, 31 }, true, { 2024, 12, 31 } },
        { "the day of the gap", { 2025, 1, 1 }, false, { 0 } },
        { "after the gap: renewed in time, so covered to the end of the renewal",
          { 2025, 1, 2 },
          true,
          { 2026, 12, 31 } },
        { "the last day before the renewal", { 2025, 12, 31 }, true, { 2026, 12, 31 } },
        { "the first day of the renewal", { 2026, 1, 1 }, true, { 2026, 12, 31 } },
        { "the last day of the renewal", { 2026, 12, 31 }, true, { 2026, 12, 31 } },
        { "not renewed", { 2027, 1, 1 }, false, { 0 } },
        { "the eve of the one without end", { 2027, 12, 31 }, false, { 0 } },
        { "the first day of the one without end", { 2028, 1, 1 }, true, { 0 } },
        { "long after", { 2090, 6, 15 }, true, { 0 } },
    };
    static const struct accreditation withdrawn[] = {
        { { 2026, 1, 1 }, { 2026, 12, 31 }, { 2026, 6, 16 } },
        { { 2020, 1, 1 }, { 0 }, { 2021, 3, 1 } },
        { { 2022, 1, 1 }, { 2022, 6, 30 }, { 2022, 7, 31 } },
    };

    about("S1-7: an accreditation holds from its first to its last day; A-07 counts from the end");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_number(accreditation_holds(entries, ENTRIES, cases[i].on), cases[i].holds, "%s",
                     cases[i].sentence);
        check_date(accreditation_covered_until(entries, ENTRIES, cases[i].on), cases[i].until,
                   "%s: until", cases[i].sentence);
    }
    check(!accreditation_holds(NULL, 0, DATE(2026, 1, 1)), "an empty register accredits nobody");

    about("S1-7: withdrawn, it holds until the eve");
    check(accreditation_holds(withdrawn, 3, DATE(2026, 6, 15)), "the eve of the withdrawal: yes");
    check(!accreditation_holds(withdrawn, 3, DATE(2026, 6, 16)), "the day itself: no");
    check_date(accreditation_covered_until(withdrawn, 3, DATE(2026, 2, 1)), DATE(2026, 6, 15),
               "it is covered until the eve");
    check_date(accreditation_covered_until(withdrawn, 3, DATE(2020, 2, 1)), DATE(2021, 2, 28),
               "one without end, withdrawn on 1 March 2021, too");
    check_date(accreditation_covered_until(withdrawn, 3, DATE(2022, 2, 1)), DATE(2022, 6, 30),
               "a withdrawal after the end changes nothing");
}

static void test_entries(void)
{
    static const struct {
        const char *sentence;
        struct accreditation added;
        const char *answer;
    } cases[] = {
        { "in the gap, one day", { { 2025, 1, 1 }, { 2025, 1, 1 }, { 0 } }, YES_IT_MAY },
        { "from the day after the last one on",
          { { 2027, 1, 1 }, { 2027, 12, 31 }, { 0 } },
          YES_IT_MAY },
        { "from the last day of another",
          { { 2026, 12, 31 }, { 2027, 12, 31 }, { 0 } },
          "ACCREDITATION_OVERLAPS" },
        { "to the first day of another",
          { { 2027, 1, 1 }, { 2028, 1, 1 }, { 0 } },
          "ACCREDITATION_OVERLAPS" },
        { "without end, over another to come",
          { { 2027, 1, 1 }, { 0 }, { 0 } },
          "ACCREDITATION_OVERLAPS" },
        { "around another", { { 2020, 1, 1 }, { 2030, 1, 1 }, { 0 } }, "ACCREDITATION_OVERLAPS" },
        { "inside another", { { 2023, 1, 1 }, { 2023, 6, 1 }, { 0 } }, "ACCREDITATION_OVERLAPS" },
        { "inside the first of the register",
          { { 2025, 3, 1 }, { 2025, 4, 1 }, { 0 } },
          "ACCREDITATION_OVERLAPS" },
        { "inside the one without end",
          { { 2040, 1, 1 }, { 2041, 1, 1 }, { 0 } },
          "ACCREDITATION_OVERLAPS" },
        { "that ends the day before it begins",
          { { 2027, 2, 1 }, { 2027, 1, 31 }, { 0 } },
          "ACCREDITATION_DATES_NOT_POSSIBLE" },
        { "without a beginning",
          { { 0 }, { 2027, 1, 31 }, { 0 } },
          "ACCREDITATION_DATES_NOT_POSSIBLE" },
    };
    static const struct accreditation running = { { 2026, 1, 1 }, { 2026, 12, 31 }, { 0 } };
    static const struct accreditation gone = { { 2026, 1, 1 }, { 2026, 12, 31 }, { 2026, 6, 16 } };

    about("S1-7: what the register takes");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_answer(accreditation_accept(entries, ENTRIES, &cases[i].added), cases[i].answer, "%s",
                     cases[i].sentence);
    check_answer(accreditation_accept(entries, ENTRIES - 1, &entries[ENTRIES - 1]), YES_IT_MAY,
                 "only the entries handed in count");
    check_answer(accreditation_accept_withdrawal(&running, DATE(2026, 1, 1)), YES_IT_MAY,
                 "withdrawn on its first day");
    check_answer(accreditation_accept_withdrawal(&running, DATE(2026, 12, 31)), YES_IT_MAY,
                 "withdrawn on its last day");
    check_answer(accreditation_accept_withdrawal(&running, DATE(2025, 12, 31)),
                 "WITHDRAWAL_NOT_POSSIBLE", "withdrawn before it began");
    check_answer(accreditation_accept_withdrawal(&running, DATE(2027, 1, 1)),
                 "WITHDRAWAL_NOT_POSSIBLE", "withdrawn after its end");
    check_answer(accreditation_accept_withdrawal(&gone, DATE(2026, 3, 1)),
                 "WITHDRAWAL_NOT_POSSIBLE", "withdrawn a second time");
}

static void test_operators(void)
{
    int open_choices = 0;

    about("S1-7, 6.1: who may perform the measure that an association asked for");
    check_number(operator_choice_for(ORIGIN_INSERTION_ASSOCIATION, true), REQUESTER_PREFERRED,
                 "an accredited association that asked comes first");
    check_number(operator_choice_for(ORIGIN_INSERTION_ASSOCIATION, false), OTHER_THAN_REQUESTER,
                 "another operator must, when it is not accredited");
    for (unsigned origin = 1; origin < ORIGIN_COUNT; origin++)
        open_choices += operator_choice_for(origin, false) == ANY_OPERATOR &&
                        operator_choice_for(origin, true) == ANY_OPERATOR;
    check_number(open_choices, ORIGIN_COUNT - 2, "every other origin leaves the choice open");
    check_answer(operator_accept(OTHER_THAN_REQUESTER, true), "REQUESTER_NOT_ACCREDITED",
                 "the association that asked without being accredited is refused as operator");
    check_answer(operator_accept(OTHER_THAN_REQUESTER, false), YES_IT_MAY, "another one is not");
    check_answer(operator_accept(REQUESTER_PREFERRED, true), YES_IT_MAY,
                 "the accredited one that asked performs it");
    check_answer(operator_accept(REQUESTER_PREFERRED, false), YES_IT_MAY,
                 "preferred is not compelled: another may");
    check_answer(operator_accept(ANY_OPERATOR, true), YES_IT_MAY, "any operator may be the asker");
}

int main(void)
{
    test_validity();
    test_entries();
    test_operators();
    return checks_done();
}
