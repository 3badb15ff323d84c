/* A monthly commission is planned, closes its agenda, sits with its quorum; a request goes to the
 * first session it is in time for. */
#include "services/intake/rules/session.h"
#include "tests/rules/intake/machine_rows.h"
#include "tests/rules/intake/refusals.h"
#include "tests/rules/law.h"
#include "tests/rules/machines.h"

static void test_machine(void)
{
    static const struct machine_row rows[] = {
        { 0, SESSION_PLAN, SESSION_PLANNED, "a session is planned" },
        { SESSION_PLANNED, SESSION_MOVE, SESSION_PLANNED, "moved, it stays planned" },
        { SESSION_PLANNED, SESSION_HOLD, SESSION_HELD, "held, it is over" },
        { SESSION_PLANNED, SESSION_CANCEL, SESSION_CANCELLED, "cancelled, it is over" },
    };

    about("S1-13: the life of a session");
    check_rows(&session_machine, rows, sizeof rows / sizeof *rows,
               1U << SESSION_HELD | 1U << SESSION_CANCELLED);
    check_machine(&session_machine);
}

static void test_planning(void)
{
    static const struct {
        const char *sentence;
        int year, month;
        struct session_rhythm rhythm;
        struct date day;
    } days[] = {
        { "the second Tuesday of November 2026", 2026, 11, { TUESDAY, 2 }, { 2026, 11, 10 } },
        { "the first Tuesday of December 2026, which is its first day",
          2026,
          12,
          { TUESDAY, 1 },
          { 2026, 12, 1 } },
        { "the first Monday of December 2026", 2026, 12, { MONDAY, 1 }, { 2026, 12, 7 } },
        { "the fourth Friday of May 2026, which has five",
          2026,
          5,
          { FRIDAY, 4 },
          { 2026, 5, 22 } },
        { "the last Friday of May 2026, its fifth", 2026, 5, { FRIDAY, 5 }, { 2026, 5, 29 } },
        { "the last Friday of November 2026, its fourth",
          2026,
          11,
          { FRIDAY, 5 },
          { 2026, 11, 27 } },
        { "the last Thursday of February 2027, of 28 days",
          2027,
          2,
          { THURSDAY, 5 },
          { 2027, 2, 25 } },
        { "the last Tuesday of February 2028, of 29 days: the 29th",
          2028,
          2,
          { TUESDAY, 5 },
          { 2028, 2, 29 } },
        { "the last Thursday of December 2026: New Year's Eve",
          2026,
          12,
          { THURSDAY, 5 },
          { 2026, 12, 31 } },
        { "the second Monday of May 2028, 8 May: the next working day",
          2028,
          5,
          { MONDAY, 2 },
          { 2028, 5, 9 } },
        { "the first Friday of January 2027, New Year's Day: Monday 4",
          2027,
          1,
          { FRIDAY, 1 },
          { 2027, 1, 4 } },
    };
    static const struct session planned[] = {
        { SESSION_PLANNED, { 2026, 12, 8 }, { 2026, 12, 1 } },
        { SESSION_CANCELLED, { 2027, 1, 12 }, { 2027, 1, 5 } },
        { SESSION_HELD, { 2026, 11, 10 }, { 2026, 11, 3 } },
    };
    static const struct {
        const char *sentence;
        struct date planned_for, today;
        const char *answer;
    } plans[] = {
        { "today", { 2027, 2, 9 }, { 2027, 2, 9 }, YES_IT_MAY },
        { "yesterday", { 2027, 2, 8 }, { 2027, 2, 9 }, "SESSION_IN_THE_PAST" },
        { "a second one in December", { 2026, 12, 31 }, { 2026, 11, 23 }, "MONTH_HAS_ITS_SESSION" },
        { "one in the December after", { 2027, 12, 8 }, { 2026, 11, 23 }, YES_IT_MAY },
        { "one in January, whose session was cancelled",
          { 2027, 1, 26 },
          { 2026, 11, 23 },
          YES_IT_MAY },
        { "another in November, whose session was held",
          { 2026, 11, 24 },
          { 2026, 11, 23 },
          "MONTH_HAS_ITS_SESSION" },
    };
    struct session_law law;

    law_on(session_law, DATE(2026, 11, 23), &law);
    about("S1-12, S1-13: the rhythm of a monthly commission");
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        check_date(session_day(days[i].year, days[i].month, days[i].rhythm, HOLIDAYS_OF_FRANCE),
                   days[i].day, "%s", days[i].sentence);
    check_date(
        session_day(2027, 3, (struct session_rhythm){ FRIDAY, 5 }, HOLIDAYS_OF_ALSACE_MOSELLE),
        DATE(2027, 3, 30), "Good Friday of 2027 in Alsace: the Tuesday after Easter");
    check_date(session_cut_off(DATE(2026, 12, 8), &law), DATE(2026, 12, 1),
               "the agenda of 8 December closes seven days before, on the 1st");
    check_date(session_cut_off(DATE(2026, 11, 8), &law), DATE(2026, 11, 1),
               "a cut-off on All Saints' Day is not moved (D-6)");
    for (size_t i = 0; i < sizeof plans / sizeof *plans; i++)
        check_answer(session_accept_plan(planned, 3, plans[i].planned_for, plans[i].today),
                     plans[i].answer, "a session planned for %s", plans[i].sentence);
}

static void test_rhythm_of_a_century(void)
{
    struct chance chance = { .state = 0x5e55 };

    about("S1-12: every month has its session");
    for (int i = 0; i < 2000; i++) {
        int year = (int)chance_between(&chance, 2000, 2099);
        int month = (int)chance_between(&chance, 1, 12);
        struct session_rhythm rhythm = { (enum weekday)chance_between(&chance, MONDAY, FRIDAY),
                                         (int)chance_between(&chance, 1, 5) };
        struct date day = session_day(year, month, rhythm, HOLIDAYS_OF_FRANCE);

        holds_or_report(is_working_day(day, HOLIDAYS_OF_FRANCE),
                        "seed 0x5e55, case %d: on a working day", i);
        if (date_weekday(day) != rhythm.weekday || day.month != month)
            continue; /* moved from a holiday */
        holds_or_report(rhythm.rank == 5 ? day.day + 7 > days_in_month(year, month)
                                         : (day.day - 1) / 7 + 1 == rhythm.rank,
                        "seed 0x5e55, case %d: of its rank", i);
    }
    check(session_day(2026, 6, (struct session_rhythm){ MONDAY, 1 }, HOLIDAYS_OF_FRANCE).day == 1,
          "2,000 months and rhythms drawn from a century hold");
}

static void test_quorum(void)
{
    static const struct {
        const char *sentence;
        struct seating seating;
        int64_t quorum;
        bool reached;
    } cases[] = {
        { "of 10 members, 5: half is enough", { 10, 5, 0 }, 5, true },
        { "of 10 members, 4: no", { 10, 4, 0 }, 5, false },
        { "of 10 members, 6: yes", { 10, 6, 0 }, 5, true },
        { "of 7 members, 4: half, rounded up", { 7, 4, 0 }, 4, true },
        { "of 7 members, 3: no", { 7, 3, 0 }, 4, false },
        { "of one member, one", { 1, 1, 0 }, 1, true },
        { "the body asks for 6 of 10: 5 are not enough", { 10, 5, 6 }, 6, false },
        { "the body asks for 6 of 10: 6 are", { 10, 6, 6 }, 6, true },
        { "the body asks for one: one is enough", { 10, 1, 1 }, 1, true },
        { "of 202 members, 101", { 202, 101, 0 }, 101, true },
        { "nobody came", { 10, 0, 0 }, 5, false },
        { "a body without members decides nothing", { 0, 0, 0 }, 0, false },
    };
    static const struct {
        const char *sentence;
        struct session session;
        struct seating seating;
        struct date today;
        const char *answer;
    } holdings[] = {
        { "on its day",
          { SESSION_PLANNED, { 2026, 12, 8 }, { 0 } },
          { 10, 5, 0 },
          { 2026, 12, 8 },
          YES_IT_MAY },
        { "recorded the day after",
          { SESSION_PLANNED, { 2026, 12, 8 }, { 0 } },
          { 10, 5, 0 },
          { 2026, 12, 9 },
          YES_IT_MAY },
        { "the day before",
          { SESSION_PLANNED, { 2026, 12, 8 }, { 0 } },
          { 10, 5, 0 },
          { 2026, 12, 7 },
          "SESSION_STILL_TO_COME" },
        { "without quorum",
          { SESSION_PLANNED, { 2026, 12, 8 }, { 0 } },
          { 10, 4, 0 },
          { 2026, 12, 8 },
          "QUORUM_NOT_REACHED" },
        { "held already",
          { SESSION_HELD, { 2026, 12, 8 }, { 0 } },
          { 10, 5, 0 },
          { 2026, 12, 8 },
          "SESSION_NOT_PLANNED" },
        { "cancelled",
          { SESSION_CANCELLED, { 2026, 12, 8 }, { 0 } },
          { 10, 5, 0 },
          { 2026, 12, 8 },
          "SESSION_NOT_PLANNED" },
    };
    struct session_law law;

    law_on(session_law, DATE(2026, 11, 23), &law);
    about("6.1: the quorum");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_number(quorum_of(&cases[i].seating, &law), cases[i].quorum, "%s: it is %d",
                     cases[i].sentence, (int)cases[i].quorum);
        check_number(seating_has_quorum(&cases[i].seating, &law), cases[i].reached, "%s",
                     cases[i].sentence);
    }
    about("S1-13: a session of 8 December is held");
    for (size_t i = 0; i < sizeof holdings / sizeof *holdings; i++)
        check_answer(session_accept_holding(&holdings[i].session, &holdings[i].seating,
                                            holdings[i].today, &law),
                     holdings[i].answer, "%s", holdings[i].sentence);
    about("6.1: one without its quorum sat all the same, and decided nothing");
    for (size_t i = 0; i < sizeof holdings / sizeof *holdings; i++) {
        const bool sat = strcmp(holdings[i].answer, "QUORUM_NOT_REACHED") == 0;

        check_answer(session_accept_sitting(&holdings[i].session, holdings[i].today),
                     sat ? YES_IT_MAY : holdings[i].answer, "%s", holdings[i].sentence);
    }
}

/* Out of order, with the November one held and the first of January cancelled. */
static const struct session sessions[] = {
    { SESSION_PLANNED, { 2027, 2, 9 }, { 2027, 2, 2 } },
    { SESSION_PLANNED, { 2026, 12, 8 }, { 2026, 12, 1 } },
    { SESSION_CANCELLED, { 2027, 1, 12 }, { 2027, 1, 5 } },
    { SESSION_HELD, { 2026, 11, 10 }, { 2026, 11, 3 } },
    { SESSION_PLANNED, { 2027, 1, 26 }, { 2027, 1, 19 } },
};
enum { SESSIONS = sizeof sessions / sizeof *sessions };
enum { FEBRUARY = 0, DECEMBER = 1, NOVEMBER = 3, JANUARY = 4 };

static void test_agenda(void)
{
    static const struct {
        const char *sentence;
        struct date on;
        int join, after_deferral, in_time_for;
    } cases[] = {
        { "2 November, before the cut-off of a session since held",
          { 2026, 11, 2 },
          DECEMBER,
          DECEMBER,
          NOVEMBER },
        { "3 November, the day of that cut-off", { 2026, 11, 3 }, DECEMBER, DECEMBER, NOVEMBER },
        { "4 November, the day after it", { 2026, 11, 4 }, DECEMBER, DECEMBER, DECEMBER },
        { "30 November, the eve of December's cut-off",
          { 2026, 11, 30 },
          DECEMBER,
          DECEMBER,
          DECEMBER },
        { "1 December, the day of the cut-off", { 2026, 12, 1 }, DECEMBER, DECEMBER, DECEMBER },
        { "2 December, the cut-off has passed: the following session",
          { 2026, 12, 2 },
          JANUARY,
          DECEMBER,
          JANUARY },
        { "7 December, the eve of the session", { 2026, 12, 7 }, JANUARY, DECEMBER, JANUARY },
        { "8 December, the day of the session: deferred by it, the next one",
          { 2026, 12, 8 },
          JANUARY,
          JANUARY,
          JANUARY },
        { "5 January: the cancelled session takes nothing",
          { 2027, 1, 5 },
          JANUARY,
          JANUARY,
          JANUARY },
        { "26 January, deferred: February, its agenda still open",
          { 2027, 1, 26 },
          FEBRUARY,
          FEBRUARY,
          FEBRUARY },
        { "3 February: no agenda is open, though a session is to come",
          { 2027, 2, 3 },
          NO_SESSION,
          FEBRUARY,
          NO_SESSION },
        { "9 February: nothing is planned after it",
          { 2027, 2, 9 },
          NO_SESSION,
          NO_SESSION,
          NO_SESSION },
    };

    about("6.1, S1-13: where a request goes when it is complete, when it is deferred, and the "
          "session it was in time for (A-02)");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_number(session_to_join(sessions, SESSIONS, cases[i].on), cases[i].join, "%s: to join",
                     cases[i].sentence);
        check_number(session_after_deferral(sessions, SESSIONS, cases[i].on),
                     cases[i].after_deferral, "%s: after a deferral", cases[i].sentence);
        check_number(session_in_time_for(sessions, SESSIONS, cases[i].on), cases[i].in_time_for,
                     "%s: in time for", cases[i].sentence);
    }
    check_number(session_to_join(NULL, 0, DATE(2026, 11, 2)), NO_SESSION,
                 "no session, none to join");

    about("only the sessions handed in count");
    check_number(session_to_join(sessions, JANUARY, DATE(2026, 12, 2)), FEBRUARY,
                 "without the session of January, 2 December joins February's");
    check_number(session_after_deferral(sessions, JANUARY, DATE(2026, 12, 8)), FEBRUARY,
                 "so does a deferral of 8 December");
    check_number(session_in_time_for(sessions, JANUARY, DATE(2026, 12, 2)), FEBRUARY,
                 "which it was in time for");
    check_answer(session_accept_plan(sessions, JANUARY, DATE(2027, 1, 26), DATE(2026, 12, 2)),
                 YES_IT_MAY, "and January is free to plan");

    about("A-02: it missed the session");
    check(!session_is_missed(&sessions[DECEMBER], false, DATE(2026, 12, 1)),
          "not on the agenda on the day of the cut-off: there is time");
    check(session_is_missed(&sessions[DECEMBER], false, DATE(2026, 12, 2)),
          "not on the agenda the day after: missed");
    check(!session_is_missed(&sessions[DECEMBER], true, DATE(2026, 12, 2)),
          "on the agenda: not missed");
}

static void test_routes(void)
{
    static const struct {
        const char *sentence;
        bool by_district;
        enum decision_mode mode;
        struct date on;
        enum route route;
        int session;
        const char *answer;
    } cases[] = {
        { "the head decides: to the head",
          true,
          MODE_HEAD,
          { 2026, 11, 23 },
          ROUTE_TO_HEAD,
          NO_SESSION,
          YES_IT_MAY },
        { "the head decides, with no session planned: to the head",
          true,
          MODE_HEAD,
          { 2027, 3, 1 },
          ROUTE_TO_HEAD,
          NO_SESSION,
          YES_IT_MAY },
        { "the commission decides: to its next session",
          true,
          MODE_COMMISSION,
          { 2026, 11, 23 },
          ROUTE_TO_SESSION,
          DECEMBER,
          YES_IT_MAY },
        { "the commission decides, past the cut-off: to the following one",
          true,
          MODE_COMMISSION,
          { 2026, 12, 2 },
          ROUTE_TO_SESSION,
          JANUARY,
          YES_IT_MAY },
        { "the commission decides and none is planned: plan one",
          true,
          MODE_COMMISSION,
          { 2027, 3, 1 },
          ROUTE_IMPOSSIBLE,
          NO_SESSION,
          "NO_SESSION_OPEN" },
        { "another body decides (SX-6): to that body",
          false,
          MODE_COMMISSION,
          { 2026, 11, 23 },
          ROUTE_TO_BODY,
          NO_SESSION,
          YES_IT_MAY },
    };

    about("6.1, S1-12: the route of a complete request");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct routing routing =
            request_route(cases[i].by_district, cases[i].mode, sessions, SESSIONS, cases[i].on);

        check(routing.route == cases[i].route && routing.session == cases[i].session, "%s",
              cases[i].sentence);
        check_answer(routing.refusal, cases[i].answer, "%s: and says so", cases[i].sentence);
    }
}

int main(void)
{
    test_machine();
    test_planning();
    test_rhythm_of_a_century();
    test_quorum();
    test_agenda();
    test_routes();
    return checks_done();
}
