/* Every day of an eviction procedure is that of the law of its act, and of the lease's for the
 * payment order (domain.md EV-1 to EV-9, ARR-9, D-1 to D-6, Q31). */
#include "services/lodging/rules/eviction_timers.h"

#include "tests/rules/law.h"

static struct payment_order_law lease_law_on(struct date on)
{
    struct payment_order_law law;

    law_on(payment_order_law, on, &law);
    return law;
}

static struct eviction_law law_of(struct date on)
{
    struct eviction_law law;

    law_on(eviction_law, on, &law);
    return law;
}

/* --- the payment order ------------------------------------------------------------------------ */

#define SAYS_NOTHING                                                                               \
    {                                                                                              \
        0, 0                                                                                       \
    }
#define TWO_MONTHS                                                                                 \
    {                                                                                              \
        2, 0                                                                                       \
    }
#define SIX_WEEKS                                                                                  \
    {                                                                                              \
        0, 42                                                                                      \
    }

static const struct {
    const char *sentence;
    struct date made_on, renewed_on;
    struct period clause;
    struct date served_on;
    struct date pay_by, working_day;
} orders[] = {
    { "EV-1: served on 31 December 2023 under a lease of 2022 that says nothing: two months",
      { 2022, 5, 1 },
      { 0 },
      SAYS_NOTHING,
      { 2023, 12, 31 },
      { 2024, 2, 29 },
      { 2024, 2, 29 } },
    { "EV-1: a lease of 2008 that says nothing: two months",
      { 2008, 5, 1 },
      { 0 },
      SAYS_NOTHING,
      { 2008, 9, 15 },
      { 2008, 11, 15 },
      { 2008, 11, 17 } },
    { "EV-1: a lease of 28 July 2023 that says nothing: two months",
      { 2023, 7, 28 },
      { 0 },
      SAYS_NOTHING,
      { 2024, 1, 15 },
      { 2024, 3, 15 },
      { 2024, 3, 15 } },
    { "EV-1: a lease of 29 July 2023 that says nothing: six weeks",
      { 2023, 7, 29 },
      { 0 },
      SAYS_NOTHING,
      { 2024, 1, 15 },
      { 2024, 2, 26 },
      { 2024, 2, 26 } },
    { "EV-1: a lease of 30 July 2023 that says nothing: six weeks",
      { 2023, 7, 30 },
      { 0 },
      SAYS_NOTHING,
      { 2024, 1, 15 },
      { 2024, 2, 26 },
      { 2024, 2, 26 } },
    { "EV-1: a lease of 2010 tacitly renewed on 29 July 2023: six weeks",
      { 2010, 7, 29 },
      { 2023, 7, 29 },
      SAYS_NOTHING,
      { 2024, 1, 15 },
      { 2024, 2, 26 },
      { 2024, 2, 26 } },
    { "EV-1: a lease of 2010 renewed on 28 July 2023: two months",
      { 2010, 7, 28 },
      { 2023, 7, 28 },
      SAYS_NOTHING,
      { 2024, 1, 15 },
      { 2024, 3, 15 },
      { 2024, 3, 15 } },
    { "EV-1, opinion of 13 June 2024: an earlier lease that says two months keeps two months",
      { 2022, 5, 1 },
      { 0 },
      TWO_MONTHS,
      { 2024, 1, 15 },
      { 2024, 3, 15 },
      { 2024, 3, 15 } },
    { "EV-1: a later lease that says two months: the more favourable, two months",
      { 2024, 1, 1 },
      { 0 },
      TWO_MONTHS,
      { 2024, 1, 15 },
      { 2024, 3, 15 },
      { 2024, 3, 15 } },
    { "EV-1: an old lease that says two months, tacitly renewed since: two months",
      { 2010, 9, 1 },
      { 2023, 9, 1 },
      TWO_MONTHS,
      { 2024, 1, 15 },
      { 2024, 3, 15 },
      { 2024, 3, 15 } },
    { "EV-1: a later lease that says six weeks: six weeks",
      { 2024, 1, 1 },
      { 0 },
      SIX_WEEKS,
      { 2024, 1, 15 },
      { 2024, 2, 26 },
      { 2024, 2, 26 } },
    { "EV-1: an earlier lease that says six weeks: the law's two months",
      { 2022, 5, 1 },
      { 0 },
      SIX_WEEKS,
      { 2024, 1, 15 },
      { 2024, 3, 15 },
      { 2024, 3, 15 } },
    { "EV-1: a later lease that says one month: the law's six weeks",
      { 2024, 1, 1 },
      { 0 },
      { 1, 0 },
      { 2024, 1, 15 },
      { 2024, 2, 26 },
      { 2024, 2, 26 } },
    { "EV-1: a lease that says three months: three months",
      { 2024, 1, 1 },
      { 0 },
      { 3, 0 },
      { 2024, 1, 15 },
      { 2024, 4, 15 },
      { 2024, 4, 15 } },
    { "Q31, D-5: two months end on Easter Sunday 2024: for an act, the Tuesday after",
      { 2022, 5, 1 },
      { 0 },
      SAYS_NOTHING,
      { 2024, 1, 31 },
      { 2024, 3, 31 },
      { 2024, 4, 2 } },
    { "Q31, D-5: six weeks end on a Saturday: for an act, the Monday",
      { 2024, 1, 1 },
      { 0 },
      SAYS_NOTHING,
      { 2024, 1, 20 },
      { 2024, 3, 2 },
      { 2024, 3, 4 } },
    { "no order served: no day", { 2024, 1, 1 }, { 0 }, TWO_MONTHS, { 0 }, { 0 }, { 0 } },
};

static void payment_orders(void)
{
    const struct eviction_law law = law_of(DATE(2024, 1, 15));

    about("the payment order (EV-1, A-77)");
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        const struct payment_order_law lease_law =
            lease_law_on(payment_order_law_date(orders[i].made_on, orders[i].renewed_on));
        const struct eviction_case about_it = { .order_served_on = orders[i].served_on,
                                                .clause = orders[i].clause };
        struct eviction_timers timers =
            eviction_timers_of(&about_it, &lease_law, &law, HOLIDAYS_OF_FRANCE);

        check_date(timers.pay_by, orders[i].pay_by, "%s", orders[i].sentence);
        check_date(timers.pay_by_working_day, orders[i].working_day, "%s: for an act",
                   orders[i].sentence);
    }
}

/* --- the other days --------------------------------------------------------------------------- */

enum timer {
    GUARANTOR = 1,
    CCAPEX_BY,
    SUMMONS_FROM,
    PREFECT_BY,
    PREFECT_AIM,
    DIAGNOSIS,
    LEAVE_BY,
    POLICE,
    POSSIBLE,
};

#define ORDERED(y, m, d) .leave_ordered_on = { y, m, d }, .prefect_told_of_order_on = { y, m, d }

static const struct {
    const char *sentence;
    enum timer timer;
    struct date law_on;
    enum holidays holidays;
    struct eviction_case about;
    struct date wanted;
} days[] = {
    { "EV-2, A-69: served on 15 January 2024, on the guarantor by the 30th",
      GUARANTOR,
      { 2024, 1, 15 },
      HOLIDAYS_OF_FRANCE,
      { .order_served_on = { 2024, 1, 15 }, .has_guarantor = true },
      { 2024, 1, 30 } },
    { "EV-2, D-5: the fifteenth day is a Saturday: by the Monday",
      GUARANTOR,
      { 2024, 1, 5 },
      HOLIDAYS_OF_FRANCE,
      { .order_served_on = { 2024, 1, 5 }, .has_guarantor = true },
      { 2024, 1, 22 } },
    { "EV-2: no guarantor, no day",
      GUARANTOR,
      { 2024, 1, 15 },
      HOLIDAYS_OF_FRANCE,
      { .order_served_on = { 2024, 1, 15 } },
      { 0 } },
    { "ARR-9, A-72: a summons planned on 30 April 2024: the commission by 29 February",
      CCAPEX_BY,
      { 2024, 1, 15 },
      HOLIDAYS_OF_FRANCE,
      { .is_corporate_landlord = true, .summons_on = { 2024, 4, 30 } },
      { 2024, 2, 29 } },
    { "ARR-9: a private person need not",
      CCAPEX_BY,
      { 2024, 1, 15 },
      HOLIDAYS_OF_FRANCE,
      { .summons_on = { 2024, 4, 30 } },
      { 0 } },
    { "C-25: no summons planned, no day",
      CCAPEX_BY,
      { 2024, 1, 15 },
      HOLIDAYS_OF_FRANCE,
      { .is_corporate_landlord = true },
      { 0 } },
    { "ARR-9: seized on 31 December 2023, a summons from 29 February 2024",
      SUMMONS_FROM,
      { 2024, 1, 15 },
      HOLIDAYS_OF_FRANCE,
      { .is_corporate_landlord = true, .ccapex_seized_on = { 2023, 12, 31 } },
      { 2024, 2, 29 } },
    { "ARR-9: a private person may summon without it",
      SUMMONS_FROM,
      { 2024, 1, 15 },
      HOLIDAYS_OF_FRANCE,
      { .ccapex_seized_on = { 2023, 12, 31 } },
      { 0 } },
    { "EV-3, A-78: a hearing on 15 May 2024: the prefect six weeks before, 3 April",
      PREFECT_BY,
      { 2024, 3, 1 },
      HOLIDAYS_OF_FRANCE,
      { .hearing_on = { 2024, 5, 15 } },
      { 2024, 4, 3 } },
    { "EV-3 in 2020: two months before, 15 March",
      PREFECT_BY,
      { 2020, 3, 1 },
      HOLIDAYS_OF_FRANCE,
      { .hearing_on = { 2020, 5, 15 } },
      { 2020, 3, 15 } },
    { "EV-3 on 28 July 2023: two months",
      PREFECT_BY,
      { 2023, 7, 28 },
      HOLIDAYS_OF_FRANCE,
      { .hearing_on = { 2023, 12, 15 } },
      { 2023, 10, 15 } },
    { "EV-3 on 29 July 2023: six weeks",
      PREFECT_BY,
      { 2023, 7, 29 },
      HOLIDAYS_OF_FRANCE,
      { .hearing_on = { 2023, 12, 15 } },
      { 2023, 11, 3 } },
    { "EV-3, D-6: Easter Monday 2024 stays the legal day",
      PREFECT_BY,
      { 2024, 3, 1 },
      HOLIDAYS_OF_FRANCE,
      { .hearing_on = { 2024, 5, 13 } },
      { 2024, 4, 1 } },
    { "EV-3, D-6: but Good Friday is the day to aim for",
      PREFECT_AIM,
      { 2024, 3, 1 },
      HOLIDAYS_OF_FRANCE,
      { .hearing_on = { 2024, 5, 13 } },
      { 2024, 3, 29 } },
    { "EV-3, D-7: in Alsace-Moselle, the Thursday before it",
      PREFECT_AIM,
      { 2024, 3, 1 },
      HOLIDAYS_OF_ALSACE_MOSELLE,
      { .hearing_on = { 2024, 5, 13 } },
      { 2024, 3, 28 } },
    { "EV-3: no hearing, no day",
      PREFECT_BY,
      { 2024, 3, 1 },
      HOLIDAYS_OF_FRANCE,
      { .summons_on = { 2024, 3, 3 } },
      { 0 } },
    { "EV-4, A-94: the diagnosis fifteen days before the hearing",
      DIAGNOSIS,
      { 2024, 3, 1 },
      HOLIDAYS_OF_FRANCE,
      { .hearing_on = { 2024, 5, 15 } },
      { 2024, 4, 30 } },
    { "EV-6, A-80: ordered on 31 December 2023: until 29 February 2024",
      LEAVE_BY,
      { 2024, 1, 1 },
      HOLIDAYS_OF_FRANCE,
      { ORDERED(2023, 12, 31) },
      { 2024, 2, 29 } },
    { "EV-6: the prefect told ten days later: two months from then",
      LEAVE_BY,
      { 2024, 1, 1 },
      HOLIDAYS_OF_FRANCE,
      { .leave_ordered_on = { 2023, 12, 31 }, .prefect_told_of_order_on = { 2024, 1, 10 } },
      { 2024, 3, 10 } },
    { "EV-6: the prefect told before it was served: two months from the service",
      LEAVE_BY,
      { 2024, 1, 1 },
      HOLIDAYS_OF_FRANCE,
      { .leave_ordered_on = { 2024, 1, 12 }, .prefect_told_of_order_on = { 2024, 1, 10 } },
      { 2024, 3, 12 } },
    { "EV-6: the prefect not told: it does not run",
      LEAVE_BY,
      { 2024, 1, 1 },
      HOLIDAYS_OF_FRANCE,
      { .leave_ordered_on = { 2023, 12, 31 } },
      { 0 } },
    { "EV-6: told of what was not served: it does not run",
      LEAVE_BY,
      { 2024, 1, 1 },
      HOLIDAYS_OF_FRANCE,
      { .prefect_told_of_order_on = { 2023, 12, 31 } },
      { 0 } },
    { "EV-6: three months added for hardship, from the origin (D-2)",
      LEAVE_BY,
      { 2024, 1, 1 },
      HOLIDAYS_OF_FRANCE,
      { ORDERED(2023, 12, 31), .hardship_months = 3 },
      { 2024, 5, 31 } },
    { "EV-8, A-92: asked on 31 December 2023: refused by silence at the end of 29 February",
      POLICE,
      { 2024, 1, 1 },
      HOLIDAYS_OF_FRANCE,
      { .police_asked_on = { 2023, 12, 31 } },
      { 2024, 2, 29 } },
    { "EV-8: not asked, no day",
      POLICE,
      { 2024, 1, 1 },
      HOLIDAYS_OF_FRANCE,
      { ORDERED(2023, 12, 31) },
      { 0 } },
    { "EV-9: the order ends on 29 February 2024, the truce on 31 March: from 1 April",
      POSSIBLE,
      { 2024, 2, 1 },
      HOLIDAYS_OF_FRANCE,
      { ORDERED(2023, 12, 31) },
      { 2024, 4, 1 } },
    { "EV-9 in 2008, when the truce ended on 15 March: from 16 March",
      POSSIBLE,
      { 2008, 2, 1 },
      HOLIDAYS_OF_FRANCE,
      { ORDERED(2007, 12, 31) },
      { 2008, 3, 16 } },
    { "EV-9 in April 2020: the truce ran to 31 May",
      POSSIBLE,
      { 2020, 4, 1 },
      HOLIDAYS_OF_FRANCE,
      { ORDERED(2020, 1, 31) },
      { 2020, 6, 1 } },
    { "EV-9: suitably rehoused: the day after the order ends",
      POSSIBLE,
      { 2024, 2, 1 },
      HOLIDAYS_OF_FRANCE,
      { ORDERED(2023, 12, 31), .is_truce_exempt = true },
      { 2024, 3, 1 } },
    { "EV-9: the order ends on 30 October: 31 October is possible",
      POSSIBLE,
      { 2024, 9, 1 },
      HOLIDAYS_OF_FRANCE,
      { ORDERED(2024, 8, 30) },
      { 2024, 10, 31 } },
    { "EV-9: it ends on 31 October: from 1 April of the year after",
      POSSIBLE,
      { 2024, 9, 1 },
      HOLIDAYS_OF_FRANCE,
      { ORDERED(2024, 8, 31) },
      { 2025, 4, 1 } },
    { "EV-7: the enforcement judge gave until 30 June: from 1 July",
      POSSIBLE,
      { 2024, 2, 1 },
      HOLIDAYS_OF_FRANCE,
      { ORDERED(2023, 12, 31), .judge_time_until = { 2024, 6, 30 } },
      { 2024, 7, 1 } },
    { "EV-7: time that ends before the order does changes nothing",
      POSSIBLE,
      { 2024, 6, 1 },
      HOLIDAYS_OF_FRANCE,
      { ORDERED(2024, 4, 30), .judge_time_until = { 2024, 5, 30 } },
      { 2024, 7, 1 } },
    { "EV-6: no order that runs, no day",
      POSSIBLE,
      { 2024, 2, 1 },
      HOLIDAYS_OF_FRANCE,
      { .leave_ordered_on = { 2023, 12, 31 }, .judge_time_until = { 2024, 6, 30 } },
      { 0 } },
};

static struct date timer_of(const struct eviction_timers *timers, enum timer timer)
{
    switch (timer) {
    case GUARANTOR: return timers->guarantor_by;
    case CCAPEX_BY: return timers->ccapex_by;
    case SUMMONS_FROM: return timers->summons_from;
    case PREFECT_BY: return timers->prefect_by;
    case PREFECT_AIM: return timers->prefect_aim_for;
    case DIAGNOSIS: return timers->diagnosis_by;
    case LEAVE_BY: return timers->leave_by;
    case POLICE: return timers->police_refused_on;
    case POSSIBLE: return timers->possible_from;
    }
    return DATE_NONE;
}

int main(void)
{
    payment_orders();
    about("the other days of a procedure");
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        const struct payment_order_law lease_law = lease_law_on(days[i].law_on);
        const struct eviction_law law = law_of(days[i].law_on);
        struct eviction_timers timers =
            eviction_timers_of(&days[i].about, &lease_law, &law, days[i].holidays);

        check_date(timer_of(&timers, days[i].timer), days[i].wanted, "%s", days[i].sentence);
    }
    return checks_done();
}
