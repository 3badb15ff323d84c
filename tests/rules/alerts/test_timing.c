/* Every step of an alert is raised once, on its day or when somebody is back, never early and never
 * after the matter is closed, however the clock goes. */
#include "services/alerts/rules/timing.h"
#include "tests/rules/law.h"

/* A measure that ends on 30 September 2026: 60, 30 and 15 days before are 1 August, 31 August and
 * 15 September. */
static const struct lead ending = {
    .steps = { { STEP_DAYS, -60 }, { STEP_DAYS, -30 }, { STEP_DAYS, -15 } }
};

static struct matter due_on(struct date due, struct date recorded)
{
    return (struct matter){ .due = due, .recorded_on = recorded };
}

static void one_step_after_another(void)
{
    struct matter matter = due_on(DATE(2026, 9, 30), DATE(2026, 4, 1));
    static const struct {
        struct date today;
        uint64_t done;
        uint64_t raised, passed;
        const char *what;
    } cases[] = {
        { { 2026, 7, 31 }, 0, 0, 0, "the eve of the first step: nothing" },
        { { 2026, 8, 1 }, 0, 1, 0, "60 days before: the first" },
        { { 2026, 8, 1 }, 1, 0, 0, "again that day: nothing twice" },
        { { 2026, 8, 2 }, 0, 1, 0, "a missed day is caught up the day after" },
        { { 2026, 8, 30 }, 1, 0, 0, "31 days before: nothing new" },
        { { 2026, 8, 31 }, 1, 2, 0, "30 days before: the second" },
        { { 2026, 9, 14 }, 3, 0, 0, "16 days before: nothing new" },
        { { 2026, 9, 15 }, 3, 4, 0, "15 days before: the third" },
        { { 2026, 9, 15 }, 1, 6, 0, "down for weeks: the second and the third" },
        { { 2026, 12, 1 }, 0, 7, 0, "down for months: all three" },
        { { 2026, 12, 1 }, 7, 0, 0, "all done: nothing, for ever" },
        { { 2026, 3, 31 }, 0, 0, 0, "a clock before the day of recording: nothing" },
    };

    about("A-13: a measure that ends on 30 September 2026, recorded on 1 April");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct steps_due due = steps_due_on(&ending, &matter, cases[i].done, cases[i].today);

        check(due.raised == cases[i].raised && due.passed == cases[i].passed, "%s", cases[i].what);
    }
}

static void recorded_late(void)
{
    static const struct lead unsorted = { .steps = { { STEP_DAYS, -15 }, { STEP_DAYS, -60 } } };
    struct matter late;
    struct steps_due steps;
    static const struct {
        struct date recorded, today;
        bool closed;
        uint64_t raised, passed;
        const char *what;
    } cases[] = {
        { { 2026, 8, 1 }, { 2026, 8, 1 }, false, 1, 0, "recorded on the day of the first step" },
        { { 2026, 8, 2 },
          { 2026, 8, 2 },
          false,
          1,
          0,
          "recorded the day after: it stands for all before" },
        { { 2026, 8, 31 },
          { 2026, 8, 31 },
          false,
          2,
          1,
          "recorded on the day of the second: the first is noted as passed" },
        { { 2026, 9, 1 },
          { 2026, 9, 1 },
          false,
          2,
          1,
          "recorded after the second: only the latest is raised" },
        { { 2026, 9, 20 }, { 2026, 9, 20 }, false, 4, 3, "recorded after the third: only it" },
        { { 2026, 9, 20 }, { 2026, 12, 20 }, false, 4, 3, "and heard of months later: the same" },
        { { 2026, 9, 1 },
          { 2026, 9, 15 },
          false,
          6,
          1,
          "recorded after the second, heard of on the third's day: both, the first passed" },
        { { 2026, 11, 1 },
          { 2026, 11, 1 },
          true,
          0,
          7,
          "recorded closed: all are passed, none is raised" },
        { { 2026, 9, 1 },
          { 2026, 9, 1 },
          true,
          0,
          3,
          "closed early: what is to come is not passed yet" },
        { { 2026, 4, 1 },
          { 2026, 8, 1 },
          true,
          0,
          1,
          "closed before a step: it is passed on its day" },
        { { 2026, 11, 1 },
          { 2026, 10, 31 },
          false,
          0,
          0,
          "a clock put back before recording: nothing" },
        { { 0 }, { 2026, 10, 31 }, false, 0, 0, "never recorded: nothing" },
    };

    about("steps that lay before the day of recording; a matter due on 30 September 2026");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct matter matter = due_on(DATE(2026, 9, 30), cases[i].recorded);
        struct steps_due due;

        matter.is_closed = cases[i].closed;
        due = steps_due_on(&ending, &matter, 0, cases[i].today);
        check(due.raised == cases[i].raised && due.passed == cases[i].passed,
              "%s (%d raised, %d passed)", cases[i].what, (int)due.raised, (int)due.passed);
    }

    about("a list in any order");
    late = due_on(DATE(2026, 9, 30), DATE(2026, 9, 20));
    steps = steps_due_on(&unsorted, &late, 0, DATE(2026, 9, 20));
    check(steps.raised == 1 && steps.passed == 2,
          "of steps that passed the latest by its day is raised, wherever it stands in the list");
}

static void dates_of_steps(void)
{
    static const struct {
        struct lead_step step;
        struct date due, wanted;
        const char *what;
    } cases[] = {
        { { STEP_MONTHS, -9 },
          { 2026, 11, 30 },
          { 2026, 2, 28 },
          "A-50: 9 months before 30 November is 28 February" },
        { { STEP_MONTHS, -6 },
          { 2024, 8, 31 },
          { 2024, 2, 29 },
          "6 months before 31 August 2024 is 29 February" },
        { { STEP_MONTHS, 2 },
          { 2026, 12, 31 },
          { 2027, 2, 28 },
          "2 months after 31 December is 28 February" },
        { { STEP_DAYS, 7 }, { 2026, 12, 28 }, { 2027, 1, 4 }, "7 days after 28 December" },
        { { STEP_DAYS, 0 }, { 2026, 12, 28 }, { 2026, 12, 28 }, "the day itself" },
        { { STEP_WORKING_DAYS, 5 },
          { 2026, 12, 23 },
          { 2026, 12, 31 },
          "A-10: 5 working days after 23 December, Christmas left out" },
        { { STEP_DAY_OF_YEAR, 1015 },
          { 2027, 3, 31 },
          { 2026, 10, 15 },
          "A-81: the 15 October before the truce's end" },
        { { STEP_DAY_OF_YEAR, 301 }, { 2027, 3, 31 }, { 2027, 3, 1 }, "A-81: 1 March" },
        { { STEP_DAY_OF_YEAR, 331 }, { 2027, 3, 31 }, { 2027, 3, 31 }, "the due day itself" },
        { { STEP_DAY_OF_YEAR, 401 },
          { 2027, 3, 31 },
          { 2026, 4, 1 },
          "a day later in the year is last year's" },
        { { STEP_DAY_OF_YEAR, 401 }, { 0 }, { 0 }, "nothing of no due date" },
        { { STEP_DAYS, -60 }, { 0 }, { 0 }, "nor days" },
        { { STEP_MONTHS, -2 }, { 0 }, { 0 }, "nor months" },
        { { STEP_AT_ONCE, 0 }, { 2026, 9, 30 }, { 2026, 4, 1 }, "at once: the day of recording" },
        { { STEP_OPENING, 0 }, { 2026, 9, 30 }, { 2026, 5, 2 }, "A-84: the day the window opens" },
        { { STEP_HOURS, 24 }, { 2026, 9, 30 }, { 0 }, "hours have no day" },
    };
    struct lead repeated = { .steps = { { STEP_MONTHS, -6 }, { STEP_DAYS, 0 } },
                             .repeat_months = 6 };
    struct lead full = { .steps = { { STEP_DAYS, 1 },
                                    { STEP_DAYS, 2 },
                                    { STEP_DAYS, 3 },
                                    { STEP_DAYS, 4 },
                                    { STEP_DAYS, 5 },
                                    { STEP_DAYS, 6 },
                                    { STEP_DAYS, 7 },
                                    { STEP_DAYS, 8 } } };
    struct matter matter = due_on(DATE(2024, 8, 31), DATE(2020, 9, 1));
    struct steps_due due;

    about("the day of a step");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct lead lead = { .steps = { cases[i].step } };
        struct matter one = { .due = cases[i].due,
                              .opens_on = DATE(2026, 5, 2),
                              .recorded_on = DATE(2026, 4, 1) };

        check_date(lead_step_date(&lead, &one, 0), cases[i].wanted, "%s", cases[i].what);
        check(!date_is_set(lead_step_date(&lead, &one, 1)), "and there is no second step");
    }

    about("A-52: more than four years in structure, then every six months");
    check_date(lead_step_date(&repeated, &matter, 2), DATE(2025, 2, 28), "6 months after");
    check_date(lead_step_date(&repeated, &matter, 3), DATE(2025, 8, 31),
               "12 months after, from the origin");
    check_date(lead_step_date(&repeated, &matter, 63), DATE(2055, 8, 31),
               "31 years after, the last");
    check(!date_is_set(lead_step_date(&repeated, &matter, 64)), "and no more");
    due = steps_due_on(&repeated, &matter, 3, DATE(2025, 2, 27));
    check(due.raised == 0, "the eve of 6 months after: nothing");
    due = steps_due_on(&repeated, &matter, 3, DATE(2025, 2, 28));
    check(due.raised == 4, "6 months after: the third");
    check_date(steps_next_date(&repeated, &matter, 3, DATE(2025, 1, 1)), DATE(2025, 2, 28), "next");

    about("lists");
    check_number(lead_step_count(&full), 8, "a list may be full");
    check_number(lead_step_count(&ending), 3, "or end before");
    check(!lead_is_in_hours(&full), "days are no hours");
    check(lead_is_in_hours(&(struct lead){ .steps = { { STEP_HOURS, 72 } } }), "A-68: hours are");
    check(
        steps_due_on(&(struct lead){ .steps = { { STEP_DAYS, 0 } }, .repeat_months = 1 },
                     &(struct matter){ .due = DATE(2026, 1, 31), .recorded_on = DATE(2026, 1, 1) },
                     1, DATE(2026, 2, 28))
                .raised == 2,
        "every month is a repetition too");
    due =
        steps_due_on(&(struct lead){ .steps = { { STEP_MONTHS, -1 }, { STEP_DAYS, -31 } } },
                     &(struct matter){ .due = DATE(2026, 7, 31), .recorded_on = DATE(2026, 7, 5) },
                     0, DATE(2026, 7, 5));
    check(due.raised == 2 && due.passed == 1,
          "of two steps on one day before recording, the later in the list stands for both");
    check(lead_is_in_hours(&(struct lead){ .steps = { { STEP_AT_ONCE, 0 }, { STEP_HOURS, 1 } } }),
          "one step in hours makes the list one in hours");
}

static void next_dates(void)
{
    struct matter matter = due_on(DATE(2026, 9, 30), DATE(2026, 4, 1));

    about("the next day to look at");
    check_date(steps_next_date(&ending, &matter, 0, DATE(2026, 7, 31)), DATE(2026, 8, 1),
               "tomorrow");
    check_date(steps_next_date(&ending, &matter, 0, DATE(2026, 8, 1)), DATE(2026, 8, 31),
               "today is no next day");
    check_date(steps_next_date(&ending, &matter, 3, DATE(2026, 7, 1)), DATE(2026, 9, 15),
               "what is done is left out");
    check(!date_is_set(steps_next_date(&ending, &matter, 7, DATE(2026, 7, 1))), "all done: none");
    check(!date_is_set(steps_next_date(&ending, &matter, 0, DATE(2026, 9, 15))), "all past: none");
    matter.is_closed = true;
    check(!date_is_set(steps_next_date(&ending, &matter, 0, DATE(2026, 7, 1))), "closed: none");
    check_date(steps_next_date(
                   &(struct lead){ .steps = { { STEP_DAYS, 9 }, { STEP_DAYS, 3 } } },
                   &(struct matter){ .due = DATE(2026, 1, 1), .recorded_on = DATE(2026, 1, 1) }, 0,
                   DATE(2026, 1, 1)),
               DATE(2026, 1, 4), "the earliest, whatever the order of the list");
}

static void hours(void)
{
    static const struct lead crisis = { .steps = { { STEP_HOURS, 24 }, { STEP_HOURS, 72 } } };
    static const struct lead at_once = {
        .steps = { { STEP_AT_ONCE, 0 }, { STEP_HOURS, 2 }, { STEP_DAYS, 1 } }
    };
    /* 28 March 2026, 12:00: the night after has 23 hours. */
    int64_t fact = instant_of(DATE(2026, 3, 28), 12, 0);
    struct steps_due due;

    about("A-96: 24 and 72 hours after a crisis, over the change of clocks of 29 March 2026");
    due = steps_due_at(&crisis, fact, fact, false, 0, fact + 24 * HOUR_MS - 1);
    check(due.raised == 0, "a millisecond before 24 hours: nothing");
    due = steps_due_at(&crisis, fact, fact, false, 0, fact + 24 * HOUR_MS);
    check(due.raised == 1 && due.passed == 0, "24 hours on: the first");
    due = steps_due_at(&crisis, fact, fact, false, 0, instant_of(DATE(2026, 3, 29), 13, 0));
    check(due.raised == 1, "which is 13:00 on the clocks of the day after");
    due = steps_due_at(&crisis, fact, fact, false, 0, instant_of(DATE(2026, 3, 29), 12, 59));
    check(due.raised == 0, "and not 12:59");
    due = steps_due_at(&crisis, fact, fact, false, 1, fact + 72 * HOUR_MS);
    check(due.raised == 2, "72 hours on: the second");
    due = steps_due_at(&crisis, fact, fact + 30 * HOUR_MS, false, 0, fact + 30 * HOUR_MS);
    check(due.raised == 1, "recorded after 30 hours: the first at once");
    due = steps_due_at(&crisis, fact, fact + 80 * HOUR_MS, false, 0, fact + 80 * HOUR_MS);
    check(due.raised == 2 && due.passed == 1, "recorded after 80: the second only");
    due = steps_due_at(&crisis, fact, fact, true, 0, fact + 80 * HOUR_MS);
    check(due.raised == 0 && due.passed == 3, "closed: none");
    due = steps_due_at(&at_once, fact, fact + 5, false, 0, fact + 5);
    check(due.raised == 1, "A-95: at once is the instant of recording");
    due = steps_due_at(&at_once, fact, fact + 5, false, 0, fact + 4);
    check(due.raised == 0, "and not before");
    due = steps_due_at(&at_once, fact, fact, false, 1, fact + 100 * HOUR_MS);
    check(due.raised == 2, "a step in days is none in hours");
}

static void rhythms(void)
{
    static const struct {
        enum rhythm rhythm;
        struct date last, today, wanted;
        const char *what;
    } cases[] = {
        { EVERY_DAY, { 2026, 11, 22 }, { 2026, 11, 23 }, { 2026, 11, 23 }, "daily: today" },
        { EVERY_DAY, { 2026, 11, 23 }, { 2026, 11, 23 }, { 0 }, "daily: not twice" },
        { EVERY_DAY,
          { 2026, 11, 24 },
          { 2026, 11, 23 },
          { 0 },
          "daily: not when the clock goes back" },
        { EVERY_DAY,
          { 2026, 11, 1 },
          { 2026, 11, 23 },
          { 2026, 11, 23 },
          "daily: one look after three weeks" },
        { EVERY_WEEK, { 2026, 11, 16 }, { 2026, 11, 22 }, { 0 }, "weekly: not on Sunday" },
        { EVERY_WEEK, { 2026, 11, 16 }, { 2026, 11, 23 }, { 2026, 11, 23 }, "weekly: on Monday" },
        { EVERY_WEEK,
          { 2026, 11, 16 },
          { 2026, 11, 25 },
          { 2026, 11, 23 },
          "weekly: Monday's look on Wednesday" },
        { EVERY_WEEK, { 0 }, { 2026, 11, 25 }, { 2026, 11, 23 }, "weekly: never looked yet" },
        { EVERY_MONTH, { 2026, 9, 1 }, { 2026, 9, 30 }, { 0 }, "monthly: not on the 30th" },
        { EVERY_MONTH, { 2026, 9, 1 }, { 2026, 10, 1 }, { 2026, 10, 1 }, "A-37: on 1 October" },
        { EVERY_MONTH,
          { 2026, 9, 1 },
          { 2026, 12, 31 },
          { 2026, 12, 1 },
          "monthly: the latest of three" },
        { EVERY_QUARTER, { 2026, 7, 1 }, { 2026, 9, 30 }, { 0 }, "A-38: not in September" },
        { EVERY_QUARTER, { 2026, 7, 1 }, { 2026, 10, 1 }, { 2026, 10, 1 }, "A-38: on 1 October" },
        { EVERY_QUARTER,
          { 2026, 10, 1 },
          { 2027, 2, 1 },
          { 2027, 1, 1 },
          "A-38: January's in February" },
        { 0, { 2026, 7, 1 }, { 2026, 9, 30 }, { 0 }, "no rhythm: never" },
    };

    about("conditions looked at again");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_date(rhythm_due(cases[i].rhythm, cases[i].last, cases[i].today), cases[i].wanted,
                   "%s", cases[i].what);
    check(!rhythm_falls_on(0, DATE(2026, 1, 1)), "no rhythm falls on no day");
}

static bool is_bit(uint64_t bits, size_t step)
{
    return (bits >> step & 1) != 0;
}

/* A clock that goes on, stands, leaps weeks and months, and goes back. */
static struct date wander(struct chance *chance, struct date today)
{
    switch (chance_between(chance, 0, 9)) {
    case 0: return date_add_days(today, -(int32_t)chance_between(chance, 1, 40));
    case 1: return date_add_days(today, (int32_t)chance_between(chance, 2, 60));
    case 2: return date_add_days(today, 7);
    case 3: return today;
    default: return date_add_days(today, 1);
    }
}

static struct lead random_lead(struct chance *chance)
{
    struct lead lead = { 0 };
    size_t count = (size_t)chance_between(chance, 1, LEAD_STEPS_MOST);

    for (size_t i = 0; i < count; i++)
        lead.steps[i] = (struct lead_step){ (uint8_t)chance_between(chance, STEP_DAYS, STEP_MONTHS),
                                            (int16_t)chance_between(chance, -9, 9) };
    for (size_t i = 0; i < count; i++)
        if (lead.steps[i].unit == STEP_WORKING_DAYS && lead.steps[i].amount < 0)
            lead.steps[i] = (struct lead_step){ STEP_AT_ONCE, 0 };
    lead.repeat_months = chance_between(chance, 0, 4) == 0 ? 6 : 0;
    return lead;
}

static void any_clock(void)
{
    struct chance chance = { .state = 730 };
    int early = 0, twice = 0, after_closing = 0, lost = 0, raised = 0, differs = 0, orphan = 0;

    about("600 matters under wandering clocks and restarts (seed 730)");
    for (int round = 0; round < 600; round++) {
        struct date start =
            date_add_days(DATE(2026, 1, 1), (int32_t)chance_between(&chance, 0, 900));
        struct matter matter =
            due_on(date_add_days(start, (int32_t)chance_between(&chance, -200, 400)), start);
        struct lead lead = random_lead(&chance);
        struct date today = date_add_days(start, (int32_t)chance_between(&chance, -30, 90));
        struct date latest = DATE_NONE, horizon = date_add_days(start, 900);
        int closes_at = (int)chance_between(&chance, 0, 150), turn = 0;
        uint64_t done = 0, all_raised = 0;
        struct steps_due steady;
        bool will_close = chance_between(&chance, 0, 2) == 0;

        for (; turn < 100; turn++) {
            struct steps_due due;

            matter.is_closed = will_close && turn >= closes_at;
            due = steps_due_on(&lead, &matter, done, today);
            latest = date_later(latest, today);
            for (size_t step = 0; step < STEPS_MOST; step++)
                if ((due.raised >> step & 1) != 0) {
                    raised++;
                    early += date_is_after(lead_step_date(&lead, &matter, step), today);
                    after_closing += matter.is_closed;
                }
            twice += ((due.raised | due.passed) & done) != 0 || (due.raised & due.passed) != 0;
            /* A restart forgets nothing but what was not committed: now and then, ask again. */
            if (chance_between(&chance, 0, 4) == 0)
                due = steps_due_on(&lead, &matter, done, today);
            done |= due.raised | due.passed;
            all_raised |= due.raised;
            today = wander(&chance, today);
        }
        /* In the end the day is far on, and the steady clock has raised the same. */
        matter.is_closed = will_close && turn >= closes_at;
        latest = date_later(latest, horizon);
        steady = steps_due_on(&lead, &matter, done, latest);
        all_raised |= steady.raised;
        done |= steady.raised | steady.passed;
        for (size_t step = 0; step < STEPS_MOST; step++) {
            struct date date = lead_step_date(&lead, &matter, step);

            lost += date_is_set(date) && !date_is_after(date, latest) && !is_bit(done, step);
            orphan += !date_is_set(date) && is_bit(done, step);
        }
        if (!matter.is_closed)
            differs += steps_due_on(&lead, &matter, 0, latest).raised != all_raised;
        lost += !matter.is_closed && all_raised == 0 &&
                steps_due_on(&lead, &matter, 0, latest).raised != 0;
    }
    check(early == 0, "none of %d steps is raised before its day", raised);
    check(twice == 0, "none is raised or passed twice, or both");
    check(after_closing == 0, "none is raised after closing");
    check(lost == 0, "none is lost: each is raised or noted as passed in the end");
    check(orphan == 0, "nothing that has no day is raised");
    check(differs == 0, "an open matter has raised in the end what it would have raised at one go");
    check(raised > 1000, "%d raised", raised);
}

static void history(void)
{
    struct timing_law law;
    struct date today = DATE(2026, 11, 23);
    int64_t now = instant_of(today, 10, 30);

    about("a fact told long after its day is looked at on the next one");
    law_on(timing_law, today, &law);
    check_number(steps_first_look(&law, today, now), now, "a fact of today: at once");
    check_number(steps_first_look(&law, DATE(2026, 11, 16), now), now,
                 "of seven days ago: at once");
    check_number(steps_first_look(&law, DATE(2026, 11, 15), now), start_of_day(DATE(2026, 11, 24)),
                 "of eight days ago: as tomorrow begins");
    check_number(steps_first_look(&law, DATE(2008, 3, 1), now), start_of_day(DATE(2026, 11, 24)),
                 "of 2008: as tomorrow begins");
    check_number(steps_first_look(&law, DATE(2026, 12, 24), now), now, "of tomorrow: at once");
}

/* Steps in the order of their days, whatever that of their numbers. */
static void opened_again(void)
{
    static const struct lead unsorted = { .steps = { { STEP_DAYS, -15 }, { STEP_DAYS, -60 } } };
    static const struct lead at_once = { .steps = { { STEP_AT_ONCE, 0 }, { STEP_DAYS, 0 } } };
    static const struct lead repeated = { .steps = { { STEP_DAYS, 0 } }, .repeat_months = 6 };
    struct matter matter = due_on(DATE(2026, 9, 30), DATE(2026, 9, 20));
    struct matter late = due_on(DATE(2026, 9, 30), DATE(2026, 10, 5));

    about("a matter that opens again: the latest of the steps raised before stands for them");
    check(steps_latest(&ending, &matter, 0) == 0, "none was raised: none");
    check(steps_latest(&ending, &matter, 1) == 1, "one: that one");
    check(steps_latest(&ending, &matter, 3) == 2, "two: the second");
    check(steps_latest(&ending, &matter, 7) == 4, "all: the third");
    check(steps_latest(&unsorted, &matter, 3) == 1, "by their days, not by their numbers");
    check(steps_latest(&at_once, &late, 3) == 1, "at once is the day it opens again");
    check(steps_latest(&repeated, &matter, 7) == 4, "a repetition too");
}

int main(void)
{
    opened_again();
    history();
    one_step_after_another();
    recorded_late();
    dates_of_steps();
    next_dates();
    hours();
    rhythms();
    any_clock();
    return checks_done();
}
