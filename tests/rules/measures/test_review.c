/* Reviews are due every three months, at mid-term of six-month mandates, and at the end (FSL-8). */
#include "services/measures/rules/review.h"
#include "tests/rules/law.h"

static void test_due(void)
{
    const struct mandate six = { DATE(2024, 1, 10), DATE(2024, 7, 10), 6 };
    const struct mandate seven = { DATE(2024, 1, 10), DATE(2024, 8, 10), 7 };
    const struct mandate twelve = { DATE(2024, 1, 31), DATE(2025, 1, 31), 12 };
    const struct mandate three = { DATE(2024, 1, 10), DATE(2024, 4, 10), 3 };
    const struct mandate stay = { DATE(2024, 1, 10), DATE_NONE, 0 };
    const struct {
        const struct mandate *mandate;
        struct reviews_written written;
        enum review_kind kind;
        struct date on;
        const char *sentence;
    } cases[] = {
        { &six, { 0 }, REVIEW_MID_TERM, DATE(2024, 4, 10), "six months: mid-term at month 3" },
        { &six,
          { DATE(2024, 1, 20), false, false },
          REVIEW_MID_TERM,
          DATE(2024, 4, 10),
          "six months: an early review does not move the mid-term" },
        { &six,
          { DATE(2024, 4, 1), true, false },
          REVIEW_PERIODIC,
          DATE(2024, 7, 1),
          "six months: three months after an early mid-term" },
        { &six,
          { DATE(2024, 4, 10), true, false },
          REVIEW_FINAL,
          DATE(2024, 7, 9),
          "six months: after the mid-term, the final review by the last day" },
        { &six,
          { DATE(2024, 4, 9), true, false },
          REVIEW_FINAL,
          DATE(2024, 7, 9),
          "six months: the final review before a periodic one of the same day" },
        { &six,
          { DATE(2024, 6, 30), true, true },
          (enum review_kind)0,
          DATE_NONE,
          "six months: all written" },
        { &six,
          { DATE(2024, 4, 9), true, true },
          REVIEW_PERIODIC,
          DATE(2024, 7, 9),
          "six months: no review for three months on the last day" },
        { &six,
          { DATE(2024, 4, 10), true, true },
          (enum review_kind)0,
          DATE_NONE,
          "six months: not on the day after" },
        { &seven, { 0 }, REVIEW_PERIODIC, DATE(2024, 4, 10), "seven months: after three months" },
        { &seven,
          { DATE(2024, 4, 10), false, false },
          REVIEW_PERIODIC,
          DATE(2024, 7, 10),
          "seven months: again after three" },
        { &seven,
          { DATE(2024, 7, 10), false, false },
          REVIEW_FINAL,
          DATE(2024, 8, 9),
          "seven months: then the final one" },
        { &twelve, { 0 }, REVIEW_PERIODIC, DATE(2024, 4, 30), "from 31 January: 30 April" },
        { &twelve,
          { DATE(2024, 11, 30), false, false },
          REVIEW_FINAL,
          DATE(2025, 1, 30),
          "twelve months: the final one" },
        { &three, { 0 }, REVIEW_FINAL, DATE(2024, 4, 9), "three months: only the final one" },
        { &stay, { 0 }, REVIEW_PERIODIC, DATE(2024, 4, 10), "as long as the stay: every three" },
        { &stay,
          { DATE(2034, 4, 10), false, false },
          REVIEW_PERIODIC,
          DATE(2034, 7, 10),
          "as long as the stay: ten years later still" },
        { &six,
          { DATE(2023, 12, 20), false, false },
          REVIEW_MID_TERM,
          DATE(2024, 4, 10),
          "a review of the mandate before does not count" },
    };
    struct review_law law;

    law_on(review_law, DATE(2024, 1, 1), &law);
    about("FSL-8, A-17: the next review");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct review_due due = review_next_due(&law, cases[i].mandate, &cases[i].written);

        check_number(due.kind, cases[i].kind, "%s: kind", cases[i].sentence);
        check_date(due.on, cases[i].on, "%s", cases[i].sentence);
    }
}

static void test_overdue(void)
{
    const struct review_due due = { REVIEW_MID_TERM, DATE(2024, 4, 10) }, none = { 0 };

    about("A-17: overdue");
    check(!review_is_overdue(due, DATE(2024, 4, 9)), "not the day before");
    check(!review_is_overdue(due, DATE(2024, 4, 10)), "not on the day");
    check(review_is_overdue(due, DATE(2024, 4, 11)), "the day after");
    check(!review_is_overdue(none, DATE(2024, 4, 11)), "never when none is due");
}

static void test_content(void)
{
    const struct date day = DATE(2024, 7, 1);
    const struct campaign_sheet sheets[] = { { 1, true }, { 0, true }, { 2, false }, { 3, true } };

    about("FSL-8: a review");
    check(review_check(REVIEW_PERIODIC, day, (enum review_proposal)0) == ACCEPTED, "dated");
    check(review_check(REVIEW_PERIODIC, DATE_NONE, PROPOSAL_STOP) == &REVIEW_DATE_MISSING,
          "undated");
    check(review_check(REVIEW_FINAL, day, (enum review_proposal)0) == &REVIEW_PROPOSAL_MISSING,
          "a final one that proposes nothing");
    check(review_check(REVIEW_FINAL, day, PROPOSAL_STOP) == ACCEPTED, "proposing to stop");
    check(review_check(REVIEW_FINAL, day, PROPOSAL_RENEWAL) == ACCEPTED, "proposing to renew");
    about("S0-31: a campaign over a portfolio");
    check(campaign_sheet_check(&sheets[0]) == ACCEPTED, "one axis and the problems met");
    check(campaign_sheet_check(&sheets[1]) == &REVIEW_AXES_MISSING, "no axis");
    check(campaign_sheet_check(&sheets[2]) == &REVIEW_PROBLEMS_MISSING, "no word of problems");
    check_number(campaign_sheets_complete(sheets, 4), 2, "two of four households are reviewed");
    check_number(campaign_sheets_complete(sheets, 1), 1, "one of one: the campaign is over");
    check_number(campaign_sheets_complete(sheets, 0), 0, "none of none");
}

int main(void)
{
    test_due();
    test_overdue();
    test_content();
    return checks_done();
}
