/* Shares are exact to a tenth of a percent, and a pace is behind only below its line (domain.md
 * C-2, Q39, A-37 to A-39, C-25). */
#include "services/lodging/rules/proportion.h"

#include "tests/check.h"

static void test_shares(void)
{
    about("shares");
    check_number(share_per_mille(40, 109), 367, "F0-12: 40 of 109 is 36.7 %%");
    check_number(share_per_mille(24, 109), 220, "F0-12: 24 of 109 is 22.0 %%");
    check_number(share_per_mille(45, 109), 413, "F0-12: 45 of 109 is 41.3 %%");
    check_number(share_per_mille(3339, 4679), 714, "F4-4: 3,339 of 4,679 is 71.4 %%");
    check_number(share_per_mille(1, 2000), 1, "C-2: half a tenth rounds up");
    check_number(share_per_mille(0, 7), 0, "nothing of something is 0");
    check_number(share_per_mille(7, 7), 1000, "all of it is 100 %%");
    check_number(share_per_mille(0, 0), NO_SHARE, "nothing of nothing is no share");
}

/* 100 days, a target of 50: on day 50 exactly 25 are expected. */
static const struct {
    const char *sentence;
    int day;
    int64_t actual;
    bool by_count, by_points; /* allowances: 4, and 10 points, which are 5 */
} paces[] = {
    { "half-way, 21 is 4 fewer, which is allowed", 50, 21, false, false },
    { "half-way, 20 is more than 4 fewer, and 10 points exactly", 50, 20, true, false },
    { "half-way, 19 is behind by either", 50, 19, true, true },
    { "on the first day nothing is expected", 0, 0, false, false },
    { "on day 8 exactly 4 are expected, which is allowed", 8, 0, false, false },
    { "on day 9 none is behind by count", 9, 0, true, false },
    { "on day 10 none is 10 points behind, which is allowed", 10, 0, true, false },
    { "on day 11 none is behind by either", 11, 0, true, true },
    { "at the end 46 is allowed", 100, 46, false, false },
    { "at the end 45 is behind by count only", 100, 45, true, false },
    { "at the end 44 is behind by either", 100, 44, true, true },
    { "long after the end it is as at the end", 900, 46, false, false },
    { "and behind as then", 900, 45, true, false },
    { "long before the start nothing is expected", -30, 0, false, false },
    { "more than the target is never behind", 100, 60, false, false },
};

static void test_paces(void)
{
    struct date from = DATE(2026, 1, 30);

    about("a pace");
    for (size_t i = 0; i < sizeof paces / sizeof *paces; i++) {
        struct pace pace = { from, date_add_days(from, 100), 50, paces[i].actual };
        struct date on = date_add_days(from, paces[i].day);

        check(pace_is_behind_by_count(&pace, on, 4) == paces[i].by_count, "A-37: %s",
              paces[i].sentence);
        check(pace_is_behind_by_points(&pace, on, 10) == paces[i].by_points,
              "A-38, A-39: the same");
    }
}

static void test_expected(void)
{
    struct pace year = { DATE(2026, 1, 1), DATE(2027, 1, 1), 42, 0 };
    struct pace leap = { DATE(2028, 1, 1), DATE(2029, 1, 1), 366, 0 };
    struct pace nothing = { DATE(2026, 1, 1), DATE(2026, 1, 1), 42, 0 };

    about("what is expected by a day");
    check_number(pace_elapsed_days(&year, DATE(2026, 1, 1)), 0, "on 1 January no day is complete");
    check_number(pace_elapsed_days(&year, DATE(2026, 1, 2)), 1, "on the 2nd one is");
    check_number(pace_elapsed_days(&year, DATE(2025, 12, 31)), 0, "the day before none is");
    check_number(pace_elapsed_days(&year, DATE(2026, 12, 31)), 364, "on 31 December 364 are");
    check_number(pace_elapsed_days(&year, DATE(2027, 1, 1)), 365, "on 1 January 365 are");
    check_number(pace_elapsed_days(&year, DATE(2027, 1, 2)), 365, "and no more after");
    check_number(pace_expected(&year, DATE(2026, 10, 1)), 31, "A-37: 42 x 273 / 365 is 31.4");
    check_number(pace_expected(&year, DATE(2027, 5, 1)), 42, "A-37: all of it at the end");
    check_number(pace_expected(&leap, DATE(2028, 3, 1)), 60, "29 February 2028 is a day");
    nothing.end = DATE(2026, 1, 2);
    check_number(pace_expected(&nothing, DATE(2026, 1, 2)), 42, "a period of one day, all of it");
    nothing.end = nothing.from;
    check_number(pace_expected(&nothing, DATE(2026, 1, 1)), 0, "a period without days expects 0");
}

int main(void)
{
    test_shares();
    test_paces();
    test_expected();
    return checks_done();
}
