/* An alert nobody acknowledges climbs to the next person in time, each rung once, and stops as soon
 * as somebody answers. */
#include "services/alerts/rules/escalation.h"
#include "tests/rules/law.h"

static struct escalation_law law;

static int64_t at(struct date day, int hour)
{
    return instant_of(day, hour, 0);
}

static void ladders(void)
{
    static const struct rung leader[RUNGS_MOST] = { { ROLE_TEAM_LEADER, RUNG_IN_TURN, 1 } };
    static const struct rung both[RUNGS_MOST] = { { ROLE_TEAM_LEADER, RUNG_IN_TURN, 1 },
                                                  { ROLE_FUNDER_CONTACT, RUNG_IN_TURN, 2 } };
    static const struct rung manager[RUNGS_MOST] = { { ROLE_MANAGER, RUNG_IN_TURN, 1 } };
    static const struct rung timed[RUNGS_MOST] = { { ROLE_TEAM_LEADER, RUNG_DAYS, 45 } };
    static const struct rung full[RUNGS_MOST] = { { ROLE_TEAM_LEADER, RUNG_HOURS, 1 },
                                                  { ROLE_MANAGER, RUNG_HOURS, 2 },
                                                  { ROLE_COORDINATOR, RUNG_HOURS, 3 },
                                                  { ROLE_PREFECTURE_CONTACT, RUNG_HOURS, 4 } };
    static const struct rung longer[RUNGS_MOST + 1] = { { ROLE_TEAM_LEADER, RUNG_HOURS, 1 },
                                                        { ROLE_MANAGER, RUNG_HOURS, 2 },
                                                        { ROLE_COORDINATOR, RUNG_HOURS, 3 },
                                                        { ROLE_REGULATOR, RUNG_HOURS, 4 },
                                                        { ROLE_REQUESTER, RUNG_HOURS, 5 } };
    static const struct rung none[RUNGS_MOST] = { { 0 } };
    struct unanswered long_ago = { .raised_at_ms = at(DATE(2026, 11, 2), 9) };
    struct ladder ladder = ladder_of(leader, ROLE_WORKER);

    about("the ladder of a rule (§7: W, then T, then M)");
    check_number(ladder.count, 2, "one rung named: the manager's is added");
    check(ladder.rungs[1].roles == ROLE_MANAGER && ladder.rungs[1].amount == 2, "as the second");
    check_number(ladder_of(leader, ROLE_WORKER | ROLE_MANAGER).count, 1,
                 "not when he was told at first");
    check_number(ladder_of(manager, ROLE_TEAM_LEADER).count, 1, "not when he is named");
    check_number(ladder_of(both, ROLE_WORKER).count, 2, "not when two are named");
    check_number(ladder_of(timed, ROLE_WORKER).count, 1, "not when the rule says its own days");
    check_number(ladder_of(full, ROLE_WORKER).count, 4, "a list may be full");
    check_number(ladder_of(longer, ROLE_WORKER).count, 4, "and has four rungs at most");
    check_number(ladder_of(none, ROLE_WORKER).count, 1, "of no rung, the manager's remains");
    ladder = ladder_of(both, ROLE_WORKER);
    check(rungs_roles(&ladder, 0) == 0, "no rung tells nobody");
    check(rungs_roles(&ladder, 2) == ROLE_FUNDER_CONTACT, "the second tells the second");
    check(rungs_roles(&ladder, 3) == (ROLE_TEAM_LEADER | ROLE_FUNDER_CONTACT), "both tell both");
    ladder.count = 1;
    check_number(rungs_due(&law, &ladder, &long_ago, 0, at(DATE(2026, 12, 24), 0)), 1,
                 "what stands above its last rung is none to climb");
    check(rungs_roles(&ladder, 3) == ROLE_TEAM_LEADER, "and tells nobody");
}

static void in_turn(void)
{
    static const struct rung leader[RUNGS_MOST] = { { ROLE_TEAM_LEADER, RUNG_IN_TURN, 1 } };
    struct ladder ladder = ladder_of(leader, ROLE_WORKER);
    struct unanswered alert = { .raised_at_ms = at(DATE(2026, 11, 20), 9) };

    about("raised on Friday 20 November 2026: 3 working days are Wednesday 25, 6 are Monday 30");
    check_number(rungs_due(&law, &ladder, &alert, 0, at(DATE(2026, 11, 25), 0) - 1), 0,
                 "Tuesday's last millisecond: nobody yet");
    check_number(rungs_due(&law, &ladder, &alert, 0, at(DATE(2026, 11, 25), 0)), 1,
                 "Wednesday: the team leader");
    check_number(rungs_due(&law, &ladder, &alert, 1, at(DATE(2026, 11, 25), 0)), 0, "once");
    check_number(rungs_due(&law, &ladder, &alert, 1, at(DATE(2026, 11, 30), 0) - 1), 0,
                 "Sunday's last millisecond: not yet the manager");
    check_number(rungs_due(&law, &ladder, &alert, 1, at(DATE(2026, 11, 30), 0)), 2,
                 "Monday: the manager");
    check_number(rungs_due(&law, &ladder, &alert, 0, at(DATE(2026, 12, 24), 0)), 3,
                 "after a month down: both");
    check_number(rungs_due(&law, &ladder, &alert, 3, at(DATE(2026, 12, 24), 0)), 0,
                 "and then no one");
    check_number(rungs_due(&law, &ladder, &alert, 0, alert.raised_at_ms - 1), 0,
                 "a clock put back before it was raised: no one");
    alert.is_acknowledged = true;
    check_number(rungs_due(&law, &ladder, &alert, 0, at(DATE(2026, 12, 24), 0)), 0,
                 "acknowledged, it climbs no further");
    alert.is_acknowledged = false, alert.is_closed = true;
    check_number(rungs_due(&law, &ladder, &alert, 0, at(DATE(2026, 12, 24), 0)), 0, "nor closed");

    about("holidays are those of the region");
    alert = (struct unanswered){ .raised_at_ms = at(DATE(2025, 12, 23), 9) };
    check_number(rung_at(&law, &ladder, 0, &alert), at(DATE(2025, 12, 29), 0),
                 "23 December 2025: the 24th, 26th and 29th are three working days");
    alert.holidays = HOLIDAYS_OF_ALSACE_MOSELLE;
    check_number(rung_at(&law, &ladder, 0, &alert), at(DATE(2025, 12, 30), 0),
                 "in Colmar the 26th is none: the 30th");
}

static void own_times(void)
{
    static const struct rung days[RUNGS_MOST] = { { ROLE_COORDINATOR, RUNG_DAYS, 6 },
                                                  { ROLE_MANAGER, RUNG_DAYS, 7 } };
    static const struct rung before[RUNGS_MOST] = { { ROLE_TEAM_LEADER, RUNG_MONTHS, -3 },
                                                    { ROLE_MANAGER, RUNG_DAYS, -15 } };
    static const struct rung hours[RUNGS_MOST] = { { ROLE_MANAGER, RUNG_HOURS, 1 },
                                                   { ROLE_PREFECTURE_CONTACT, RUNG_HOURS, 4 } };
    static const struct rung list[RUNGS_MOST] = { { ROLE_PREFECTURE_CONTACT, RUNG_MONTHLY_LIST,
                                                    0 } };
    static const struct rung instant[RUNGS_MOST] = { { ROLE_ON_CALL, RUNG_HOURS, 0 } };
    struct ladder ladder = ladder_of(days, ROLE_REGULATOR);
    struct unanswered alert = { .raised_at_ms = at(DATE(2026, 11, 3), 0),
                                .counts_from = DATE(2026, 11, 2) };

    about("a rule's own times");
    check_number(rungs_due(&law, &ladder, &alert, 0, at(DATE(2026, 11, 8), 0) - 1), 0,
                 "A-30: not on D+5");
    check_number(rungs_due(&law, &ladder, &alert, 0, at(DATE(2026, 11, 8), 0)), 1,
                 "A-30: the coordinator on D+6, a Sunday");
    check_number(rungs_due(&law, &ladder, &alert, 1, at(DATE(2026, 11, 9), 0)), 2,
                 "A-30: the manager on D+7");
    check_number(rungs_of_matter(&ladder), 3, "A-30: both once a vacancy, whichever step it is");
    alert.counts_from = DATE_NONE;
    check_number(rungs_due(&law, &ladder, &alert, 0, at(DATE(2030, 1, 1), 0)), 0,
                 "without its date: never");
    ladder = ladder_of(before, ROLE_WORKER);
    check_number(rung_at(&law, &ladder, 0, &alert), 0, "nor months");
    alert.counts_from = DATE(2027, 5, 31);
    check_number(rung_at(&law, &ladder, 0, &alert), at(DATE(2027, 2, 28), 0),
                 "A-50: three months before the term of 31 May");
    check_number(rung_at(&law, &ladder, 1, &alert), at(DATE(2027, 5, 16), 0),
                 "A-71: fifteen days before");
    ladder = ladder_of(hours, ROLE_ON_CALL);
    check_number(rungs_of_matter(&ladder), 0, "A-95: each step has its own hours");
    alert.raised_at_ms = at(DATE(2026, 3, 29), 1);
    check_number(rungs_due(&law, &ladder, &alert, 0, alert.raised_at_ms + HOUR_MS - 1), 0,
                 "A-95: not before an hour");
    check_number(rungs_due(&law, &ladder, &alert, 0, at(DATE(2026, 3, 29), 3)), 1,
                 "A-95: an hour on, the manager, at 3:00 of the short night");
    check_number(rungs_due(&law, &ladder, &alert, 0, alert.raised_at_ms + 4 * HOUR_MS), 3,
                 "A-95: four hours on, the prefecture too");
    ladder = ladder_of(list, ROLE_COORDINATOR);
    alert.raised_at_ms = at(DATE(2026, 12, 1), 0);
    check_number(rung_at(&law, &ladder, 0, &alert), at(DATE(2027, 1, 1), 0),
                 "A-32: with the list of the first of next month");
    ladder.rungs[0].timing = 0;
    check_number(rung_at(&law, &ladder, 0, &alert), 0, "no timing: never");
    ladder = ladder_of(instant, ROLE_MANAGER);
    check_number(rungs_due(&law, &ladder, &alert, 0, alert.raised_at_ms), 1,
                 "a rung of no hours is climbed at the very instant it is raised");
}

static void any_clock(void)
{
    static const struct rung leader[RUNGS_MOST] = { { ROLE_TEAM_LEADER, RUNG_IN_TURN, 1 },
                                                    { ROLE_MANAGER, RUNG_HOURS, 30 } };
    struct ladder ladder = ladder_of(leader, ROLE_WORKER);
    struct chance chance = { .state = 36 };
    int early = 0, twice = 0, silent = 0, climbs = 0;

    about("2,000 alerts under wandering clocks (seed 36)");
    for (int round = 0; round < 2000; round++) {
        struct unanswered alert = {
            .raised_at_ms =
                at(date_add_days(DATE(2026, 1, 1), (int32_t)chance_between(&chance, 0, 700)), 0)
        };
        int answered = (int)chance_between(&chance, 0, 60);
        int64_t now = alert.raised_at_ms;
        uint32_t climbed = 0;

        for (int turn = 0; turn < 60; turn++) {
            uint32_t due;

            alert.is_acknowledged = turn >= answered;
            due = rungs_due(&law, &ladder, &alert, climbed, now);
            climbs += due != 0;
            twice += (due & climbed) != 0;
            silent += alert.is_acknowledged && due != 0;
            for (size_t rung = 0; rung < ladder.count; rung++)
                early += (due >> rung & 1) != 0 && rung_at(&law, &ladder, rung, &alert) > now;
            climbed |= due;
            now += chance_between(&chance, -48, 72) * HOUR_MS;
        }
    }
    check(climbs > 1000, "%d climbs", climbs);
    check(early == 0, "none before its time");
    check(twice == 0, "none twice");
    check(silent == 0, "none after an answer");
}

int main(void)
{
    law_on(escalation_law, DATE(2026, 11, 23), &law);
    ladders();
    in_turn();
    own_times();
    any_clock();
    return checks_done();
}
