/* The 42 dwellings are counted in a calendar year, with their part for DALO households (domain.md
 * S2-43, S2-47, S2-49, F2-1 to F2-3, Q14 to Q16, A-37, A-38, C-25). */
#include "services/lodging/rules/yearly_quota.h"

#include "tests/check.h"
#include "tests/rules/law.h"

static struct yearly_quota_law law;

static const struct quota_terms antin = { .agreement = 1,
                                          .has_dalo_target = true,
                                          .dalo_target = 14 };

static void test_counting(void)
{
    const struct quota_use uses[] = {
        { 1, DATE(2025, 12, 31), true, false }, { 1, DATE(2026, 1, 1), true, false },
        { 1, DATE(2026, 2, 28), false, false }, { 2, DATE(2026, 3, 1), true, false },
        { 1, DATE(2026, 3, 1), false, true },   { 1, DATE(2026, 12, 31), true, false },
        { 1, DATE(2027, 1, 1), false, false },
    };
    struct quota_terms terms = antin;
    struct quota_year year = quota_year_on(uses, 7, &terms, DATE(2026, 12, 31), &law);

    about("a year");
    check_number(year.dwellings, 42, "F2-1: 42 dwellings a year");
    check_date(year.from, DATE(2026, 1, 1), "Q15: from 1 January");
    check_date(year.end, DATE(2027, 1, 1), "Q15: to 31 December");
    check_number(year.used, 3, "S2-49: its own uses; Q16: a sliding lease does not count");
    check_number(year.left, 39, "F2-2: 39 are left");
    check_number(year.over, 0, "none beyond");
    check_number(year.dalo_used, 2, "F2-3: two of them DALO");
    check_number(year.dalo_left, 12, "F2-3: twelve of the fourteen left");
    terms.counts_sliding_leases = true;
    check_number(quota_year_on(uses, 7, &terms, DATE(2026, 12, 31), &law).used, 4,
                 "Q16: unless the agreement says so");
    terms.agreement = 2;
    check_number(quota_year_on(uses, 7, &terms, DATE(2026, 12, 31), &law).used, 1,
                 "S2-49: another agreement is counted by itself");
    check_number(quota_year_on(uses, 7, &antin, DATE(2026, 2, 27), &law).used, 1,
                 "F2-2: up to the end of a day");
    check_number(quota_year_on(uses, 7, &antin, DATE(2026, 2, 28), &law).used, 2, "with that day");
    check_number(quota_year_on(uses, 7, &antin, DATE(2027, 1, 1), &law).used, 1,
                 "Q15: on 1 January it starts again");
    check_number(quota_year_on(uses, 7, &antin, DATE(2027, 1, 1), &law).left, 41,
                 "Q15: and what was left has not passed on");
    terms = antin;
    terms.dwellings = 2;
    terms.has_dalo_target = false;
    year = quota_year_on(uses, 7, &terms, DATE(2026, 12, 31), &law);
    check_number(year.left, 0, "an agreement of two is used up");
    check_number(year.over, 1, "and one was given beyond");
    check_number(year.dalo_used, 2, "Q14: without a sub-target DALO is still followed");
    check_number(year.dalo_left, 0, "Q14: and nothing of it is left");
    terms.dwellings = 3;
    year = quota_year_on(uses, 7, &terms, DATE(2026, 12, 31), &law);
    check(year.left == 0 && year.over == 0, "one of three is just used up");
    terms.has_dalo_target = true;
    terms.dalo_target = 1;
    check_number(quota_year_on(uses, 7, &terms, DATE(2026, 12, 31), &law).dalo_left, 0,
                 "F2-3: a sub-target overfulfilled leaves none");
}

static void test_full_year(void)
{
    struct quota_use uses[84];
    struct date day = DATE(2026, 1, 4);
    int64_t by_month = 0, before = 0;

    about("42 rehoused in 2026, 42 in 2027");
    for (size_t i = 0; i < 84; i++) {
        uses[i] = (struct quota_use){ .agreement = 1, .on = day, .is_dalo_priority = i % 3 == 0 };
        day = i == 41 ? DATE(2027, 1, 4) : date_add_days(day, 8);
    }
    check_number(quota_year_on(uses, 84, &antin, DATE(2026, 12, 31), &law).used, 42, "F2-2: 42");
    check_number(quota_year_on(uses, 84, &antin, DATE(2026, 12, 31), &law).left, 0,
                 "F2-1: none left");
    check_number(quota_year_on(uses, 84, &antin, DATE(2026, 12, 31), &law).dalo_used, 14,
                 "F2-3: 14 of them DALO");
    for (struct date month = DATE(2026, 1, 1); month.year == 2026;
         month = date_first_of_next_month(month)) {
        int64_t used = quota_year_on(uses, 84, &antin, date_last_of_month(month), &law).used;

        by_month += used - before;
        before = used;
    }
    check_number(by_month, 42, "F2-2: the months add up to the year");
    check_number(quota_year_on(uses, 84, &antin, DATE(2027, 12, 31), &law).used, 42,
                 "Q15: 2027 alone");
}

static void test_behind(void)
{
    const struct {
        const char *sentence;
        struct date on;
        int64_t used, dalo_used;
        bool behind, dalo_behind;
    } cases[] = {
        { "on 1 October 2026, 42 x 273 / 365 - 4 = 27.4 and 14 x (74.8 - 10) %% = 9.07: 28 and 10",
          DATE(2026, 10, 1), 28, 10, false, false },
        { "27 and 9", DATE(2026, 10, 1), 27, 9, true, true },
        { "on 1 July 2026, 16.8 and 5.5: 17 and 6", DATE(2026, 7, 1), 17, 6, false, false },
        { "16 and 5", DATE(2026, 7, 1), 16, 5, true, true },
        { "on 1 July 2028, a leap year, 182 of 366 days: 16.9 and 5.6: 17 and 6", DATE(2028, 7, 1),
          17, 6, false, false },
        { "16 and 5 in 2028", DATE(2028, 7, 1), 16, 5, true, true },
        { "on 1 January nothing is behind", DATE(2026, 1, 1), 0, 0, false, false },
        { "on 4 February 34 days are gone: 3.9 - 4, none is not behind", DATE(2026, 2, 4), 0, 0,
          false, false },
        { "on 5 February 4.03: none is behind; DALO still not", DATE(2026, 2, 5), 0, 0, true,
          false },
        { "on 7 February 37 days are gone, 10.1 %%: DALO is behind too", DATE(2026, 2, 7), 0, 0,
          true, true },
    };
    struct quota_terms tracked = antin;

    about("behind");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct quota_year year = quota_year_on(NULL, 0, &antin, cases[i].on, &law);

        year.used = cases[i].used;
        year.dalo_used = cases[i].dalo_used;
        check(quota_is_behind(&year, cases[i].on, &law) == cases[i].behind, "A-37: %s",
              cases[i].sentence);
        check(quota_is_behind_for_dalo(&year, &antin, cases[i].on, &law) == cases[i].dalo_behind,
              "A-38: and its DALO part");
        tracked.has_dalo_target = false;
        check(!quota_is_behind_for_dalo(&year, &tracked, cases[i].on, &law),
              "Q14: without a sub-target it is never warned of");
    }
}

static void test_terms(void)
{
    struct quota_terms terms = antin;
    struct yearly_quota_law none = law;

    about("what may be agreed");
    check(quota_may_be_agreed(&terms, &law) == ACCEPTED, "S2-47: 42, of which 14 DALO");
    terms.dalo_target = 42;
    check(quota_may_be_agreed(&terms, &law) == ACCEPTED, "S2-47: all of them DALO");
    terms.dalo_target = 43;
    check(quota_may_be_agreed(&terms, &law) == &QUOTA_DALO_TARGET_TOO_LARGE, "S2-47: no more");
    terms.dalo_target = -1;
    check(quota_may_be_agreed(&terms, &law) == &QUOTA_DALO_TARGET_TOO_LARGE, "S2-47: not below 0");
    terms.dalo_target = 0;
    check(quota_may_be_agreed(&terms, &law) == ACCEPTED, "S2-47: none of them DALO");
    terms.dalo_target = 99;
    terms.has_dalo_target = false;
    check(quota_may_be_agreed(&terms, &law) == ACCEPTED, "Q14: no sub-target");
    terms.dwellings = -1;
    check(quota_may_be_agreed(&terms, &law) == &QUOTA_OUT_OF_RANGE, "S2-43: not below 0");
    terms.dwellings = 1;
    check(quota_may_be_agreed(&terms, &law) == ACCEPTED, "S2-43: one dwelling");
    terms.dwellings = 100000;
    check(quota_may_be_agreed(&terms, &law) == ACCEPTED, "S2-43: a hundred thousand");
    terms.dwellings = 100001;
    check(quota_may_be_agreed(&terms, &law) == &QUOTA_OUT_OF_RANGE, "S2-43: not more");
    none.dwellings = 0;
    terms.dwellings = 0;
    check(quota_may_be_agreed(&terms, &none) == &QUOTA_OUT_OF_RANGE, "S2-43: nothing reserved");
}

int main(void)
{
    law_on(yearly_quota_law, DATE(2026, 11, 23), &law);
    test_counting();
    test_full_year();
    test_behind();
    test_terms();
    return checks_done();
}
