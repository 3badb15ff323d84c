/* The watch list is reviewed once a month, left after two clean reviews in a row, and a file
 * without any entry for more than six months is pointed out (domain.md S2-30 to S2-33, 6.12, C-25).
 */
#include "services/measures/rules/social_watch.h"
#include "tests/check.h"
#include "tests/rules/law.h"

static void meetings(void)
{
    static const struct date held[] = { { 2024, 1, 31 }, { 2024, 2, 1 }, { 2024, 4, 30 } };

    about("S2-32, F2-20, A-98: one meeting a month");
    check_date(watch_meeting_due(DATE(2024, 1, 1)), DATE(2024, 2, 29),
               "held on 1 January 2024, the next by 29 February");
    check_date(watch_meeting_due(DATE(2024, 1, 31)), DATE(2024, 2, 29),
               "held on 31 January 2024, the next by 29 February");
    check_date(watch_meeting_due(DATE(2024, 12, 15)), DATE(2025, 1, 31),
               "held in December 2024, the next by 31 January 2025");
    check_date(watch_meeting_due(DATE_NONE), DATE_NONE, "none held, no date");
    check(watch_month_has_meeting(held, 3, DATE(2024, 1, 5)), "January 2024 has its meeting");
    check(watch_month_has_meeting(held, 3, DATE(2024, 2, 29)), "so has February");
    check(!watch_month_has_meeting(held, 3, DATE(2024, 3, 15)), "March has none");
    check(watch_month_has_meeting(held, 3, DATE(2024, 4, 1)), "April has, on its last day");
    check(!watch_month_has_meeting(held, 3, DATE(2025, 1, 31)), "January 2025 has none");
    check(!watch_month_has_meeting(held, 0, DATE(2024, 1, 31)), "no meeting, none");
}

static void entering(void)
{
    about("S2-30, S2-32: on the list");
    for (unsigned reason = 0; reason <= WATCH_OTHER + 1; reason++) {
        bool known = reason >= WATCH_ISOLATION && reason <= WATCH_OTHER;

        check(watch_may_be_entered(false, reason) == (known ? ACCEPTED : &WATCH_WITHOUT_REASON),
              "reason %u is %s", reason, known ? "one" : "none");
    }
    check(watch_may_be_entered(true, WATCH_ARREARS) == &WATCH_ALREADY_ON_THE_LIST,
          "nobody is put on the list twice");
}

static void reviews(const struct watch_law *law)
{
    static const struct {
        const char *sentence;
        struct watch_review reviews[4];
        size_t count;
        int64_t clean;
    } cases[] = {
        { "none", { { { 0 }, 0 } }, 0, 0 },
        { "one", { { { 2024, 1, 9 }, REVIEW_CLEAN } }, 1, 1 },
        { "two in a row",
          { { { 2024, 1, 9 }, REVIEW_CLEAN }, { { 2024, 2, 6 }, REVIEW_CLEAN } },
          2,
          2 },
        { "two of one meeting count once",
          { { { 2024, 1, 9 }, REVIEW_CLEAN }, { { 2024, 1, 9 }, REVIEW_CLEAN } },
          2,
          1 },
        { "a difficult one breaks the row",
          { { { 2024, 1, 9 }, REVIEW_CLEAN },
            { { 2024, 2, 6 }, REVIEW_DIFFICULT },
            { { 2024, 3, 5 }, REVIEW_CLEAN } },
          3,
          1 },
        { "and ends it",
          { { { 2024, 1, 9 }, REVIEW_CLEAN },
            { { 2024, 2, 6 }, REVIEW_CLEAN },
            { { 2024, 3, 5 }, REVIEW_DIFFICULT } },
          3,
          0 },
        { "difficult then clean at one meeting, the last word counts",
          { { { 2024, 1, 9 }, REVIEW_CLEAN },
            { { 2024, 1, 9 }, REVIEW_DIFFICULT },
            { { 2024, 1, 9 }, REVIEW_CLEAN } },
          3,
          1 },
        { "those before the household was put on the list do not count",
          { { { 2023, 12, 31 }, REVIEW_CLEAN },
            { { 2024, 1, 1 }, REVIEW_CLEAN },
            { { 2024, 2, 6 }, REVIEW_CLEAN } },
          3,
          2 },
    };

    about("6.12: clean reviews since 1 January 2024");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_number(watch_clean_reviews(cases[i].reviews, cases[i].count, DATE(2024, 1, 1)),
                     cases[i].clean, "6.12: %s", cases[i].sentence);
    check_number(watch_clean_reviews(cases[2].reviews, 1, DATE(2024, 1, 1)), 1,
                 "6.12: only as many as are given");
    check(watch_may_be_left(0, law) == &WATCH_REVIEWS_NOT_CLEAN, "6.12: none is too few");
    check(watch_may_be_left(1, law) == &WATCH_REVIEWS_NOT_CLEAN, "6.12: one is too few");
    check(!watch_may_be_left(2, law), "6.12: two will do");
    check(!watch_may_be_left(3, law), "6.12: so will three");
}

static void silence(const struct watch_law *law)
{
    about("C-25, A-99: silence");
    check_date(watch_silent_from(DATE(2023, 8, 31), law), DATE(2024, 3, 1),
               "C-25: last entry on 31 August 2023: silent from 1 March 2024");
    check(!watch_is_silent(DATE(2023, 8, 31), DATE(2024, 2, 28), law), "C-25: not on 28 February");
    check(!watch_is_silent(DATE(2023, 8, 31), DATE(2024, 2, 29), law),
          "C-25: not on 29 February, 6 months to the day");
    check(watch_is_silent(DATE(2023, 8, 31), DATE(2024, 3, 1), law), "C-25: on 1 March");
    check(watch_is_silent(DATE(2023, 8, 31), DATE(2024, 9, 1), law), "C-25: and later");
    check(!watch_is_silent(DATE_NONE, DATE(2024, 3, 1), law), "a file that is not there is not");
}

int main(void)
{
    struct watch_law law;

    law_on(watch_law_fields, DATE(2024, 6, 1), &law);
    meetings();
    entering();
    reviews(&law);
    silence(&law);
    return checks_done();
}
