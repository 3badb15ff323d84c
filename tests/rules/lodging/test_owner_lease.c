/* What the organisation holds for a time ends on a date, warned of six, three and one months before
 * (domain.md LS-1, S2-28, A-41, D-6). */
#include "services/lodging/rules/owner_lease.h"

#include "tests/check.h"
#include "tests/rules/law.h"

static struct owner_lease_law law;

static void test_dates(void)
{
    const struct {
        const char *sentence;
        struct owner_lease lease;
        struct owner_lease_dates wanted;
    } cases[] = {
        { "LS-1: three years from 1 September 2024",
          { LOUEZ_SOLIDAIRE_LEASE, DATE(2024, 9, 1), 3, DATE_NONE },
          { DATE(2027, 9, 1), DATE(2027, 3, 1), DATE(2027, 6, 1), DATE(2027, 8, 1) } },
        { "LS-1: six years from 29 February 2024 end on 28 February 2030",
          { LOUEZ_SOLIDAIRE_LEASE, DATE(2024, 2, 29), 6, DATE_NONE },
          { DATE(2030, 2, 28), DATE(2029, 8, 28), DATE(2029, 11, 28), DATE(2030, 1, 28) } },
        { "S2-28: a management until 31 August 2028; February has 29 days",
          { TRANSITIONAL_MANAGEMENT, DATE(2026, 1, 15), 0, DATE(2028, 8, 31) },
          { DATE(2028, 8, 31), DATE(2028, 2, 29), DATE(2028, 5, 31), DATE(2028, 7, 31) } },
        { "S2-28: until 31 May 2027, over New Year and a Sunday, which is not rolled",
          { TRANSITIONAL_MANAGEMENT, DATE(2026, 1, 15), 0, DATE(2027, 5, 31) },
          { DATE(2027, 5, 31), DATE(2026, 11, 30), DATE(2027, 2, 28), DATE(2027, 4, 30) } },
    };

    about("the end and its warnings");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct owner_lease_dates dates = owner_lease_dates(&cases[i].lease, &law);

        check_date(dates.end, cases[i].wanted.end, "%s", cases[i].sentence);
        check_date(dates.first_warning, cases[i].wanted.first_warning, "A-41: six months before");
        check_date(dates.second_warning, cases[i].wanted.second_warning,
                   "A-41: three months before");
        check_date(dates.last_warning, cases[i].wanted.last_warning, "A-41: one month before");
    }
}

static void test_guards(void)
{
    struct owner_lease lease = { LOUEZ_SOLIDAIRE_LEASE, DATE(2024, 9, 1), 3, DATE_NONE };

    about("what may be recorded");
    check(owner_lease_may_be_recorded(&lease, &law) == ACCEPTED, "LS-1: three years");
    lease.years = 6;
    check(owner_lease_may_be_recorded(&lease, &law) == ACCEPTED, "LS-1: six years");
    lease.years = 4;
    check(owner_lease_may_be_recorded(&lease, &law) == &OWNER_LEASE_OF_OTHER_LENGTH,
          "LS-1: not four");
    lease.start = DATE_NONE;
    check(owner_lease_may_be_recorded(&lease, &law) == &OWNER_LEASE_WITHOUT_START, "not unstarted");
    lease.kind = 0;
    check(owner_lease_may_be_recorded(&lease, &law) == &OWNER_LEASE_WITHOUT_KIND, "not of no kind");
    lease =
        (struct owner_lease){ TRANSITIONAL_MANAGEMENT, DATE(2026, 1, 15), 0, DATE(2026, 1, 16) };
    check(owner_lease_may_be_recorded(&lease, &law) == ACCEPTED, "S2-28: for a day");
    lease.end_on = DATE(2026, 1, 15);
    check(owner_lease_may_be_recorded(&lease, &law) == &TRANSITIONAL_MANAGEMENT_WITHOUT_END,
          "S2-28: not for none");
    lease.end_on = DATE_NONE;
    check(owner_lease_may_be_recorded(&lease, &law) == &TRANSITIONAL_MANAGEMENT_WITHOUT_END,
          "S2-28: temporary stock has an end");
    lease.end_on = DATE(2026, 2, 30);
    check(owner_lease_may_be_recorded(&lease, &law) == &TRANSITIONAL_MANAGEMENT_WITHOUT_END,
          "S2-28: that the calendar knows");
}

static void test_stays(void)
{
    about("stays that would outlive it");
    check(stay_outlives_owner_lease(DATE(2027, 9, 2), DATE(2027, 9, 1)), "A-41: by a day");
    check(!stay_outlives_owner_lease(DATE(2027, 9, 1), DATE(2027, 9, 1)), "A-41: to the day, no");
    check(!stay_outlives_owner_lease(DATE_NONE, DATE(2027, 9, 1)), "A-41: without a term, no");
    check(!stay_outlives_owner_lease(DATE(2027, 9, 2), DATE_NONE), "A-41: without an end, no");
}

int main(void)
{
    law_on(owner_lease_law, DATE(2026, 11, 23), &law);
    test_dates();
    test_guards();
    test_stays();
    return checks_done();
}
