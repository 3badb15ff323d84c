/* A crisis is told at once, qualified in 24 hours, planned for in 72, whatever the clocks do, and
 * closed with support offered, clean reviews and lessons learned (domain.md 6.12, C-20, A-95 to
 * A-97, S2-37). */
#include "services/measures/rules/crisis.h"
#include "tests/check.h"
#include "tests/rules/law.h"
#include "tests/rules/machines.h"

static void the_machine(void)
{
    static const struct {
        const char *sentence;
        enum crisis_state from;
        enum crisis_event event;
        enum move move;
        enum crisis_state to;
    } cases[] = {
        { "an event is reported", 0, CRISIS_REPORT, MOVE_MADE, CRISIS_REPORTED },
        { "and qualified", CRISIS_REPORTED, CRISIS_QUALIFY, MOVE_MADE, CRISIS_QUALIFIED },
        { "or found to be nothing", CRISIS_REPORTED, CRISIS_DISMISS, MOVE_MADE, CRISIS_UNFOUNDED },
        { "also once qualified", CRISIS_QUALIFIED, CRISIS_DISMISS, MOVE_MADE, CRISIS_UNFOUNDED },
        { "A-97: also by the cell", CRISIS_CELL_OPEN, CRISIS_DISMISS, MOVE_MADE, CRISIS_UNFOUNDED },
        { "not once the plan runs", CRISIS_PLAN_RUNNING, CRISIS_DISMISS, MOVE_REFUSED,
          CRISIS_PLAN_RUNNING },
        { "no cell before it is qualified", CRISIS_REPORTED, CRISIS_OPEN_CELL, MOVE_REFUSED,
          CRISIS_REPORTED },
        { "a cell is opened", CRISIS_QUALIFIED, CRISIS_OPEN_CELL, MOVE_MADE, CRISIS_CELL_OPEN },
        { "a plan starts without a cell", CRISIS_QUALIFIED, CRISIS_START_PLAN, MOVE_MADE,
          CRISIS_PLAN_RUNNING },
        { "or with one", CRISIS_CELL_OPEN, CRISIS_START_PLAN, MOVE_MADE, CRISIS_PLAN_RUNNING },
        { "then it is monitored", CRISIS_PLAN_RUNNING, CRISIS_MONITOR, MOVE_MADE,
          CRISIS_MONITORED },
        { "it may flare up again", CRISIS_MONITORED, CRISIS_RESUME_PLAN, MOVE_MADE,
          CRISIS_PLAN_RUNNING },
        { "it is not closed while the plan runs", CRISIS_PLAN_RUNNING, CRISIS_CLOSE, MOVE_REFUSED,
          CRISIS_PLAN_RUNNING },
        { "monitored, it is closed", CRISIS_MONITORED, CRISIS_CLOSE, MOVE_MADE, CRISIS_CLOSED },
        { "closed, nothing changes it", CRISIS_CLOSED, CRISIS_RESUME_PLAN, MOVE_IGNORED,
          CRISIS_CLOSED },
        { "nor when unfounded", CRISIS_UNFOUNDED, CRISIS_QUALIFY, MOVE_IGNORED, CRISIS_UNFOUNDED },
    };
    unsigned next;

    about("6.12: the stages");
    check_machine(&crisis_machine);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(machine_move(&crisis_machine, cases[i].from, cases[i].event, &next) ==
                      cases[i].move &&
                  next == cases[i].to,
              "%s", cases[i].sentence);
}

static void reports(void)
{
    static const struct {
        const char *sentence;
        struct crisis_report report;
        const struct refusal *refusal;
    } cases[] = {
        { "a death of a resident", { CRISIS_DEATH, true, 1, 0 }, ACCEPTED },
        { "S2-37: an assault on staff only", { CRISIS_ASSAULT, true, 0, 2 }, ACCEPTED },
        { "something else, nobody known to be affected", { CRISIS_OTHER, true, 0, 0 }, ACCEPTED },
        { "without a type", { 0, true, 1, 0 }, &CRISIS_WITHOUT_TYPE },
        { "of an unknown type", { CRISIS_OTHER + 1, true, 1, 0 }, &CRISIS_WITHOUT_TYPE },
        { "without a place", { CRISIS_DEATH, false, 1, 0 }, &CRISIS_WITHOUT_PLACE },
        { "less than no resident", { CRISIS_DEATH, true, -1, 0 }, &CRISIS_PEOPLE_IMPOSSIBLE },
        { "less than no staff", { CRISIS_DEATH, true, 0, -1 }, &CRISIS_PEOPLE_IMPOSSIBLE },
    };

    about("6.12, S2-37: a report");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(crisis_may_be_reported(&cases[i].report) == cases[i].refusal, "%s: %s",
              cases[i].sentence, cases[i].refusal ? cases[i].refusal->code : "accepted");
    for (unsigned type = CRISIS_DEATH; type <= CRISIS_OTHER; type++)
        check(
            crisis_first_recipient(type) ==
                (type == CRISIS_UNFIT_HOUSING_REPORT ? CRISIS_TO_DISTRICT_LEAD : CRISIS_TO_ON_CALL),
            "A-95, A-97: type %u is told at once to the %s", type,
            type == CRISIS_UNFIT_HOUSING_REPORT ? "district lead" : "manager on call");
}

static void instants(const struct crisis_law *law)
{
    static const struct {
        const char *sentence;
        struct date reported;
        int hour;
        struct date next_day;
        struct date third_day;
        int then;
    } cases[] = {
        { "in winter", { 2026, 1, 12 }, 10, { 2026, 1, 13 }, { 2026, 1, 15 }, 10 },
        { "over New Year", { 2025, 12, 30 }, 10, { 2025, 12, 31 }, { 2026, 1, 2 }, 10 },
        { "when clocks go forward on 29 March 2026, an hour later on the clock",
          { 2026, 3, 28 },
          10,
          { 2026, 3, 29 },
          { 2026, 3, 31 },
          11 },
        { "when clocks go back on 25 October 2026, an hour earlier on the clock",
          { 2026, 10, 24 },
          10,
          { 2026, 10, 25 },
          { 2026, 10, 27 },
          9 },
    };
    struct civil_time shown;
    int64_t night;

    about("6.12, A-96: 24 and 72 hours");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t reported = instant_of(cases[i].reported, cases[i].hour, 0);

        check_number(crisis_qualification_due_ms(reported, law),
                     instant_of(cases[i].next_day, cases[i].then, 0), "6.12: qualified %s",
                     cases[i].sentence);
        check_number(crisis_plan_warning_at_ms(reported, law),
                     instant_of(cases[i].next_day, cases[i].then, 0), "A-96: first warned %s",
                     cases[i].sentence);
        check_number(crisis_plan_due_ms(reported, law),
                     instant_of(cases[i].third_day, cases[i].then, 0), "6.12: planned for %s",
                     cases[i].sentence);
    }
    about("A-95: one and four hours, in the nights when clocks change");
    night = instant_of(DATE(2026, 3, 29), 1, 30);
    shown = civil_time_at(crisis_manager_told_at_ms(night, law));
    check(shown.hour == 3 && shown.minute == 30, "reported at 01:30, the manager at 03:30");
    shown = civil_time_at(crisis_funder_told_at_ms(night, law));
    check(shown.hour == 6 && shown.minute == 30, "and the funder at 06:30");
    night = instant_of(DATE(2026, 10, 25), 2, 30);
    shown = civil_time_at(crisis_manager_told_at_ms(night, law));
    check(shown.hour == 2 && shown.minute == 30 && shown.offset_minutes == 60,
          "reported at 02:30 in summer time, the manager at 02:30 in winter time");
    shown = civil_time_at(crisis_funder_told_at_ms(night, law));
    check(shown.hour == 5 && shown.minute == 30, "and the funder at 05:30");
}

static void lateness(void)
{
    about("6.12: late or not, due at 1,000");
    check(!crisis_is_late(1000, 0, 999), "not done, a moment before");
    check(!crisis_is_late(1000, 0, 1000), "not done, at the instant");
    check(crisis_is_late(1000, 0, 1001), "not done, a moment after");
    check(!crisis_is_late(1000, 1000, 5000), "done at the instant");
    check(crisis_is_late(1000, 1001, 5000), "done a moment after");
    check(!crisis_is_late(1000, 1001, 1000), "done later, seen at the instant");
    check(!crisis_is_late(1000, 900, 5000), "done before, seen long after");
    check(crisis_is_late(1000, 2000, 2000), "done late, seen when it is done");
    check(crisis_is_late(1000, 3000, 2000), "done later than seen");
}

static void escalation(const struct crisis_law *law)
{
    enum { MINUTE = 60000, HOUR = 3600000 };
    static const struct {
        const char *sentence;
        int64_t qualified_after;
        int64_t seen_after;
        enum crisis_recipient recipient;
    } cases[] = {
        { "at once, on call", 0, 0, CRISIS_TO_ON_CALL },
        { "a moment before one hour, on call", 0, HOUR - 1, CRISIS_TO_ON_CALL },
        { "at one hour, the manager", 0, HOUR, CRISIS_TO_MANAGER },
        { "a moment before four hours, the manager", 0, 4 * HOUR - 1, CRISIS_TO_MANAGER },
        { "at four hours, the funder", 0, 4 * HOUR, CRISIS_TO_FUNDER },
        { "days later, the funder", 0, 100 * HOUR, CRISIS_TO_FUNDER },
        { "qualified in half an hour, it stops on call", 30 * MINUTE, 100 * HOUR,
          CRISIS_TO_ON_CALL },
        { "qualified after two hours, it stops with the manager", 2 * HOUR, 100 * HOUR,
          CRISIS_TO_MANAGER },
        { "qualified after five hours, the funder was told", 5 * HOUR, 100 * HOUR,
          CRISIS_TO_FUNDER },
        { "qualified after two hours, seen after half an hour, on call", 2 * HOUR, 30 * MINUTE,
          CRISIS_TO_ON_CALL },
        { "qualified at one hour, seen at one hour", HOUR, HOUR, CRISIS_TO_MANAGER },
    };
    int64_t reported = instant_of(DATE(2026, 3, 29), 1, 30);

    about("A-95: who is told");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t qualified = cases[i].qualified_after ? reported + cases[i].qualified_after : 0;

        check(crisis_escalation(CRISIS_ASSAULT, reported, qualified, reported + cases[i].seen_after,
                                law) == cases[i].recipient,
              "A-95: %s", cases[i].sentence);
    }
    check(crisis_escalation(CRISIS_UNFIT_HOUSING_REPORT, reported, 0, reported, law) ==
              CRISIS_TO_DISTRICT_LEAD,
          "A-97: a report of unfit housing is told to the district lead");
}

static void cells(void)
{
    static const struct {
        const char *sentence;
        enum crisis_type type;
        struct crisis_cell cell;
        const struct refusal *refusal;
    } cases[] = {
        { "a cell of ours on a fire",
          CRISIS_FIRE_OR_DAMAGE,
          { CELL_OPENED_BY_ORGANISATION, { 0 }, 3 },
          ACCEPTED },
        { "with one participant",
          CRISIS_FIRE_OR_DAMAGE,
          { CELL_OPENED_BY_ORGANISATION, { 0 }, 1 },
          ACCEPTED },
        { "with nobody called",
          CRISIS_FIRE_OR_DAMAGE,
          { CELL_OPENED_BY_ORGANISATION, { 0 }, 0 },
          &CRISIS_CELL_WITHOUT_PARTICIPANTS },
        { "C-20: a cell of ours on unfit housing",
          CRISIS_UNFIT_HOUSING_REPORT,
          { CELL_OPENED_BY_ORGANISATION, { 2024, 3, 5 }, 3 },
          &CRISIS_CELL_IS_THE_STATES },
        { "C-20, S1-62: the State's, after the report",
          CRISIS_UNFIT_HOUSING_REPORT,
          { CELL_OPENED_BY_STATE, { 2024, 3, 5 }, 3 },
          ACCEPTED },
        { "C-20: the State's, no report known",
          CRISIS_UNFIT_HOUSING_REPORT,
          { CELL_OPENED_BY_STATE, { 0 }, 3 },
          &CRISIS_NOT_REPORTED_TO_STATE },
        { "S1-62: the State's with nobody called",
          CRISIS_UNFIT_HOUSING_REPORT,
          { CELL_OPENED_BY_STATE, { 2024, 3, 5 }, 0 },
          &CRISIS_CELL_WITHOUT_PARTICIPANTS },
    };

    about("S1-62, C-20: the cell");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(crisis_may_have_cell(cases[i].type, &cases[i].cell) == cases[i].refusal, "%s: %s",
              cases[i].sentence, cases[i].refusal ? cases[i].refusal->code : "accepted");
}

static void closings(const struct crisis_law *law)
{
    static const struct {
        const char *sentence;
        struct crisis_closing closing;
        const struct refusal *refusal;
    } cases[] = {
        { "all is done", { 2, 1, true, true, 2, true }, ACCEPTED },
        { "a third clean review", { 2, 1, true, true, 3, true }, ACCEPTED },
        { "one clean review only", { 2, 1, true, true, 1, true }, &CRISIS_REVIEWS_MISSING },
        { "no lessons", { 2, 1, true, true, 2, false }, &CRISIS_LESSONS_MISSING },
        { "residents without support",
          { 1, 1, false, true, 2, true },
          &CRISIS_RESIDENTS_WITHOUT_SUPPORT },
        { "S2-37: staff without support",
          { 1, 1, true, false, 2, true },
          &CRISIS_STAFF_WITHOUT_SUPPORT },
        { "no staff affected, none offered", { 1, 0, true, false, 2, true }, ACCEPTED },
        { "no resident affected, none offered", { 0, 1, false, true, 2, true }, ACCEPTED },
        { "nobody affected", { 0, 0, false, false, 2, true }, ACCEPTED },
    };

    about("6.12, S2-34, S2-37: closing");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(crisis_may_be_closed(&cases[i].closing, law) == cases[i].refusal, "%s: %s",
              cases[i].sentence, cases[i].refusal ? cases[i].refusal->code : "accepted");
}

int main(void)
{
    struct crisis_law law;

    law_on(crisis_law_fields, DATE(2026, 6, 1), &law);
    the_machine();
    reports();
    instants(&law);
    lateness();
    escalation(&law);
    cells();
    closings(&law);
    return checks_done();
}
