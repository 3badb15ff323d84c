/* Every closed measure is followed by a contact six months later, or by why there is none (S1-36).
 */
#include "services/measures/rules/follow_up.h"
#include "tests/rules/law.h"
#include "tests/rules/machines.h"

static void test_machine(void)
{
    const struct {
        unsigned from, event;
        enum move move;
        unsigned to;
        const char *sentence;
    } cases[] = {
        { 0, FOLLOW_UP_PLAN, MOVE_MADE, FOLLOW_UP_PLANNED, "planned at closing" },
        { FOLLOW_UP_PLANNED, FOLLOW_UP_ATTEMPT, MOVE_REFUSED, FOLLOW_UP_PLANNED,
          "not tried early" },
        { FOLLOW_UP_PLANNED, FOLLOW_UP_OPEN_WINDOW, MOVE_MADE, FOLLOW_UP_DUE, "its window opens" },
        { FOLLOW_UP_PLANNED, FOLLOW_UP_DISMISS, MOVE_MADE, FOLLOW_UP_NOT_APPLICABLE, "erased" },
        { FOLLOW_UP_PLANNED, FOLLOW_UP_REFUSE, MOVE_MADE, FOLLOW_UP_REFUSED, "refused in advance" },
        { FOLLOW_UP_DUE, FOLLOW_UP_ATTEMPT, MOVE_MADE, FOLLOW_UP_ATTEMPTED, "tried in vain" },
        { FOLLOW_UP_DUE, FOLLOW_UP_REACH, MOVE_MADE, FOLLOW_UP_DONE, "reached at once" },
        { FOLLOW_UP_DUE, FOLLOW_UP_REFUSE, MOVE_MADE, FOLLOW_UP_REFUSED, "refused" },
        { FOLLOW_UP_DUE, FOLLOW_UP_GIVE_UP, MOVE_REFUSED, FOLLOW_UP_DUE, "not given up untried" },
        { FOLLOW_UP_DUE, FOLLOW_UP_DISMISS, MOVE_MADE, FOLLOW_UP_NOT_APPLICABLE, "deceased" },
        { FOLLOW_UP_ATTEMPTED, FOLLOW_UP_ATTEMPT, MOVE_MADE, FOLLOW_UP_ATTEMPTED, "tried again" },
        { FOLLOW_UP_ATTEMPTED, FOLLOW_UP_REACH, MOVE_MADE, FOLLOW_UP_DONE, "then reached" },
        { FOLLOW_UP_ATTEMPTED, FOLLOW_UP_GIVE_UP, MOVE_MADE, FOLLOW_UP_UNREACHABLE, "given up" },
        { FOLLOW_UP_ATTEMPTED, FOLLOW_UP_REFUSE, MOVE_MADE, FOLLOW_UP_REFUSED, "refused then" },
        { FOLLOW_UP_ATTEMPTED, FOLLOW_UP_DISMISS, MOVE_MADE, FOLLOW_UP_NOT_APPLICABLE,
          "a new measure meanwhile" },
        { FOLLOW_UP_UNREACHABLE, FOLLOW_UP_REACH, MOVE_IGNORED, FOLLOW_UP_UNREACHABLE, "too late" },
        { FOLLOW_UP_DONE, FOLLOW_UP_DISMISS, MOVE_IGNORED, FOLLOW_UP_DONE, "done is done" },
        { FOLLOW_UP_REFUSED, FOLLOW_UP_ATTEMPT, MOVE_IGNORED, FOLLOW_UP_REFUSED, "no is no" },
        { FOLLOW_UP_NOT_APPLICABLE, FOLLOW_UP_REACH, MOVE_IGNORED, FOLLOW_UP_NOT_APPLICABLE,
          "nobody is asked" },
    };

    check_machine(&follow_up_machine);
    about("6.13: from state to state");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned next;
        enum move move = machine_move(&follow_up_machine, cases[i].from, cases[i].event, &next);

        check(move == cases[i].move && next == cases[i].to, "%s: %s", cases[i].sentence,
              follow_up_machine.states[cases[i].to]);
    }
}

static void test_window(void)
{
    struct follow_up_law law;
    struct follow_up_window window;

    law_on(follow_up_law, DATE(2024, 1, 1), &law);
    about("S1-36, F1-33, A-24: six months after, 15 days either side");
    window = follow_up_window_of(&law, DATE(2024, 7, 10));
    check_date(window.due, DATE(2025, 1, 10), "a measure over on 10 July 2024: 10 January 2025");
    check_date(window.first, DATE(2024, 12, 26), "from 26 December");
    check_date(window.last, DATE(2025, 1, 25), "to 25 January");
    window = follow_up_window_of(&law, DATE(2023, 8, 31));
    check_date(window.due, DATE(2024, 2, 29), "over on 31 August 2023: 29 February 2024");
    check_date(window.first, DATE(2024, 2, 14), "from 14 February");
    check_date(window.last, DATE(2024, 3, 15), "to 15 March");
    check_date(follow_up_window_of(&law, DATE(2022, 8, 31)).due, DATE(2023, 2, 28),
               "over on 31 August 2022: 28 February 2023");

    about("6.13: an attempt");
    window = follow_up_window_of(&law, DATE(2024, 7, 10));
    check(follow_up_attempt_check(
              &window, (struct follow_up_attempt){ DATE(2024, 12, 25), CHANNEL_PHONE }) ==
              &FOLLOW_UP_TOO_EARLY,
          "before the window opens");
    check(follow_up_attempt_check(
              &window, (struct follow_up_attempt){ DATE(2024, 12, 26), CHANNEL_PHONE }) == ACCEPTED,
          "on its first day");
    check(follow_up_attempt_check(
              &window, (struct follow_up_attempt){ DATE(2025, 3, 1), CHANNEL_LETTER }) == ACCEPTED,
          "long after it closed");
    check(
        follow_up_attempt_check(
            &window, (struct follow_up_attempt){ DATE(2025, 1, 10), (enum follow_up_channel)0 }) ==
            &FOLLOW_UP_CHANNEL_MISSING,
        "without saying how");

    about("6.13, Q27: all closed measures, but");
    check_number(follow_up_dismissal_of((struct follow_up_facts){ 0 }), 0, "nothing against it");
    check_number(follow_up_dismissal_of((struct follow_up_facts){ .deceased = true }),
                 DISMISSED_DECEASED, "deceased");
    check_number(follow_up_dismissal_of((struct follow_up_facts){ .new_measure_runs = true }),
                 DISMISSED_NEW_MEASURE, "a new measure runs");
    check_number(follow_up_dismissal_of(
                     (struct follow_up_facts){ .erasure_asked = true, .new_measure_runs = true }),
                 DISMISSED_ERASURE, "erasure was asked");
}

static void test_giving_up(void)
{
    const struct date d1 = DATE(2025, 1, 6), d2 = DATE(2025, 1, 7), d3 = DATE(2025, 1, 13);
    const struct {
        struct follow_up_attempt attempts[4];
        size_t count;
        const struct refusal *wanted;
        const char *sentence;
    } cases[] = {
        { { { d1, CHANNEL_PHONE } }, 0, &FOLLOW_UP_TOO_FEW_DAYS, "untried" },
        { { { d1, CHANNEL_PHONE }, { d2, CHANNEL_LETTER } },
          2,
          &FOLLOW_UP_TOO_FEW_DAYS,
          "two days, two channels" },
        { { { d1, CHANNEL_PHONE }, { d2, CHANNEL_LETTER }, { d3, CHANNEL_PHONE } },
          3,
          ACCEPTED,
          "three days, two channels" },
        { { { d1, CHANNEL_PHONE }, { d2, CHANNEL_PHONE }, { d3, CHANNEL_PHONE } },
          3,
          &FOLLOW_UP_TOO_FEW_CHANNELS,
          "three days, one channel" },
        { { { d1, CHANNEL_PHONE }, { d1, CHANNEL_LETTER }, { d2, CHANNEL_SMS } },
          3,
          &FOLLOW_UP_TOO_FEW_DAYS,
          "three attempts on two days" },
        { { { d1, CHANNEL_PHONE }, { d2, CHANNEL_LETTER }, { d1, CHANNEL_SMS } },
          3,
          &FOLLOW_UP_TOO_FEW_DAYS,
          "three attempts on two days, told out of order" },
        { { { d3, CHANNEL_PHONE },
            { d1, CHANNEL_PHONE },
            { d3, CHANNEL_SMS },
            { d2, CHANNEL_PHONE } },
          4,
          ACCEPTED,
          "four attempts on three days, two channels" },
    };
    struct follow_up_law law;

    law_on(follow_up_law, DATE(2024, 1, 1), &law);
    about("6.13: three attempts on three days over two channels");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(follow_up_give_up_check(&law, cases[i].attempts, cases[i].count) == cases[i].wanted,
              "%s: %s", cases[i].sentence, cases[i].wanted ? cases[i].wanted->code : "unreachable");
}

static void test_answers(void)
{
    const struct follow_up_answers complete = { OUTCOME_KEPT_DWELLING,      1, ANSWER_NO,
                                                RESOURCES_AT_MINIMUM_LEVEL, 5, ANSWER_YES };
    struct follow_up_answers answers = complete;

    about("6.13: DONE needs every answer");
    check(follow_up_answers_check(&answers) == ACCEPTED, "all are there");
    answers.housing = (enum housing_outcome)0;
    check(follow_up_answers_check(&answers) == &FOLLOW_UP_HOUSING_MISSING, "housing");
    answers = complete;
    answers.tenure = 0;
    check(follow_up_answers_check(&answers) == &FOLLOW_UP_TENURE_MISSING, "tenure");
    answers = complete;
    answers.has_arrears = (enum answer)0;
    check(follow_up_answers_check(&answers) == &FOLLOW_UP_ARREARS_MISSING, "arrears");
    answers = complete;
    answers.resources = (enum resource_band)0;
    check(follow_up_answers_check(&answers) == &FOLLOW_UP_RESOURCES_MISSING, "resources");
    answers = complete;
    answers.satisfaction = 0;
    check(follow_up_answers_check(&answers) == &FOLLOW_UP_SATISFACTION_MISSING, "satisfaction 0");
    answers.satisfaction = 6;
    check(follow_up_answers_check(&answers) == &FOLLOW_UP_SATISFACTION_MISSING, "satisfaction 6");
    answers.satisfaction = 1;
    check(follow_up_answers_check(&answers) == ACCEPTED, "satisfaction 1 is an answer");
    answers.needs_measure = (enum answer)0;
    check(follow_up_answers_check(&answers) == &FOLLOW_UP_NEED_MISSING, "need of a new measure");
}

int main(void)
{
    test_machine();
    test_window();
    test_giving_up();
    test_answers();
    return checks_done();
}
