/* A worker's caseload is warned of at 32, alerted above 35 and stops at 40 (S1-38, Q6). */
#include "services/measures/rules/caseload.h"
#include "tests/rules/law.h"

static void test_levels(void)
{
    const struct {
        int32_t measures;
        enum caseload_level level;
        bool may_take_one;
    } cases[] = {
        { 0, CASELOAD_NORMAL, true },       { 31, CASELOAD_NORMAL, true },
        { 32, CASELOAD_NEAR_TARGET, true }, { 33, CASELOAD_NEAR_TARGET, true },
        { 35, CASELOAD_NEAR_TARGET, true }, { 36, CASELOAD_OVER_TARGET, true },
        { 39, CASELOAD_OVER_TARGET, true }, { 40, CASELOAD_FULL, false },
        { 41, CASELOAD_FULL, false },
    };
    struct caseload_law law;

    law_on(caseload_law, DATE(2024, 1, 1), &law);
    about("Q6, A-19: levels");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_number(caseload_level_of(&law, cases[i].measures), cases[i].level,
                     "%d measures are level %d", (int)cases[i].measures, (int)cases[i].level);
        check(caseload_check(&law, cases[i].measures) ==
                  (cases[i].may_take_one ? ACCEPTED : &CASELOAD_IS_FULL),
              "6.2: with %d a worker %s take one more", (int)cases[i].measures,
              cases[i].may_take_one ? "may" : "may not");
    }
}

static void test_states(void)
{
    static const bool holds[] = { false, false, true, true, true, true, true, false, false, false };

    about("5.23: which measures weigh on a worker");
    for (unsigned state = 0; state <= MEASURE_CANCELLED; state++)
        check(caseload_holds((enum measure_state)state) == holds[state], "%s: %s",
              measure_machine.states[state], holds[state] ? "yes" : "no");
}

static void test_team(void)
{
    const int32_t orne[] = { 30, 30, 31, 30 }, full[] = { 35, 35, 35, 35 }, over[] = { 36, 35 };
    struct caseload_law law;
    struct team_load load;

    law_on(caseload_law, DATE(2024, 1, 1), &law);
    about("S0-35, S1-39: a team");
    load = team_load_of(&law, orne, 4);
    check_number(load.capacity, 140, "S1-39, F1-8: 4 x 35 = 140");
    check_number(load.held, 121, "they hold 121");
    check_number(load.free, 19, "19 are free");
    check_number(load.mean_hundredths, 3025, "30.25 each");
    load = team_load_of(&law, full, 4);
    check_number(load.free, 0, "F1-7: at 35 each none is free");
    check_number(load.mean_hundredths, 3500, "F1-7: 35 each");
    load = team_load_of(&law, over, 2);
    check_number(load.free, 0, "over 35 each none is free");
    check_number(load.held, 71, "71 held by two");
    check_number(team_load_of(&law, over, 1).mean_hundredths, 3600, "36 held by one");
    load = team_load_of(&law, NULL, 0);
    check_number(load.capacity, 0, "nobody holds nothing");
    check_number(load.mean_hundredths, 0, "on average");

    about("S0-34, C-6: what stops set free");
    check_number(freed_capacity_left((struct freed_capacity){ 53, 0 }), 53,
                 "F0-13, F0-14: 53 stops free 53");
    check_number(freed_capacity_left((struct freed_capacity){ 53, 52 }), 1, "one left");
    check_number(freed_capacity_left((struct freed_capacity){ 53, 53 }), 0, "all used again");
    check_number(freed_capacity_left((struct freed_capacity){ 53, 54 }), 0,
                 "and one from elsewhere");
}

int main(void)
{
    test_levels();
    test_states();
    test_team();
    return checks_done();
}
