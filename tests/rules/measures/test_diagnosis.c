/* A diagnosis is complete before it is sent, counts once sent, and is not given up lightly (6.3).
 */
#include "services/measures/rules/diagnosis.h"
#include "tests/rules/law.h"
#include "tests/rules/machines.h"

enum { ALL_SECTIONS = 0x7e };

static void test_machine(void)
{
    const struct {
        unsigned from, event;
        enum move move;
        unsigned to;
        const char *sentence;
    } cases[] = {
        { 0, DIAGNOSIS_ORDER, MOVE_MADE, DIAGNOSIS_ORDERED, "ordered" },
        { DIAGNOSIS_ORDERED, DIAGNOSIS_SET_APPOINTMENT, MOVE_MADE, DIAGNOSIS_SCHEDULED,
          "an appointment" },
        { DIAGNOSIS_ORDERED, DIAGNOSIS_START, MOVE_REFUSED, DIAGNOSIS_ORDERED, "not without one" },
        { DIAGNOSIS_SCHEDULED, DIAGNOSIS_MISS_APPOINTMENT, MOVE_MADE, DIAGNOSIS_SCHEDULED,
          "missed" },
        { DIAGNOSIS_SCHEDULED, DIAGNOSIS_SET_APPOINTMENT, MOVE_MADE, DIAGNOSIS_SCHEDULED,
          "another one" },
        { DIAGNOSIS_SCHEDULED, DIAGNOSIS_START, MOVE_MADE, DIAGNOSIS_IN_PROGRESS, "kept" },
        { DIAGNOSIS_IN_PROGRESS, DIAGNOSIS_SUBMIT, MOVE_MADE, DIAGNOSIS_WRITTEN, "written" },
        { DIAGNOSIS_IN_PROGRESS, DIAGNOSIS_SEND, MOVE_REFUSED, DIAGNOSIS_IN_PROGRESS,
          "not sent unwritten" },
        { DIAGNOSIS_WRITTEN, DIAGNOSIS_SEND, MOVE_REFUSED, DIAGNOSIS_WRITTEN,
          "not sent unvalidated" },
        { DIAGNOSIS_WRITTEN, DIAGNOSIS_VALIDATE, MOVE_MADE, DIAGNOSIS_VALIDATED, "validated" },
        { DIAGNOSIS_VALIDATED, DIAGNOSIS_SEND, MOVE_MADE, DIAGNOSIS_DELIVERED, "delivered" },
        { DIAGNOSIS_DELIVERED, DIAGNOSIS_ABANDON, MOVE_IGNORED, DIAGNOSIS_DELIVERED, "too late" },
        { DIAGNOSIS_ABANDONED, DIAGNOSIS_START, MOVE_IGNORED, DIAGNOSIS_ABANDONED, "too late" },
    };

    check_machine(&diagnosis_machine);
    about("6.3: from state to state");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned next;
        enum move move = machine_move(&diagnosis_machine, cases[i].from, cases[i].event, &next);

        check(move == cases[i].move && next == cases[i].to, "%s: %s", cases[i].sentence,
              diagnosis_machine.states[cases[i].to]);
    }
    for (unsigned state = DIAGNOSIS_ORDERED; state <= DIAGNOSIS_VALIDATED; state++) {
        unsigned next;

        check(machine_move(&diagnosis_machine, state, DIAGNOSIS_ABANDON, &next) == MOVE_MADE &&
                  next == DIAGNOSIS_ABANDONED,
              "6.3: abandoned from %s", diagnosis_machine.states[state]);
        check(!diagnosis_counts((enum diagnosis_state)state), "F3-5: %s does not count",
              diagnosis_machine.states[state]);
    }
    check(diagnosis_counts(DIAGNOSIS_DELIVERED), "F3-5, S3-23: a delivered one counts");
    check(!diagnosis_counts(DIAGNOSIS_ABANDONED), "F3-5: an abandoned one does not");
}

static void test_due(void)
{
    const struct diagnosis_dates dates = { DATE(2024, 2, 15), DATE(2024, 3, 4) };
    struct diagnosis_law law;

    law_on(diagnosis_law, DATE(2024, 1, 1), &law);
    about("6.3, A-26: what is due");
    check_date(diagnosis_step_due(&law, DIAGNOSIS_ORDERED, &dates), DATE(2024, 3, 1),
               "6.3: an appointment within 15 days of 15 February 2024");
    check_date(diagnosis_step_due(&law, DIAGNOSIS_SCHEDULED, &dates), DATE(2024, 3, 1),
               "6.3: which is held by then");
    check_date(diagnosis_step_due(&law, DIAGNOSIS_IN_PROGRESS, &dates), DATE(2024, 4, 3),
               "6.3: 30 days to write");
    check_date(diagnosis_step_due(&law, DIAGNOSIS_WRITTEN, &dates), DATE_NONE, "then nothing");
    for (unsigned state = DIAGNOSIS_ORDERED; state <= DIAGNOSIS_VALIDATED; state++)
        check_date(diagnosis_delivery_due(&law, DIAGNOSIS_COMPLEMENTARY,
                                          (enum diagnosis_state)state, &dates),
                   DATE(2024, 3, 16), "A-26, C-25: a complementary one in %s: 16 March",
                   diagnosis_machine.states[state]);
    check_date(diagnosis_delivery_due(&law, DIAGNOSIS_COMPLEMENTARY, DIAGNOSIS_DELIVERED, &dates),
               DATE_NONE, "C-25: no more once delivered");
    check_date(diagnosis_delivery_due(&law, DIAGNOSIS_COMPLEMENTARY, DIAGNOSIS_ABANDONED, &dates),
               DATE_NONE, "nor once abandoned");
    check_date(diagnosis_delivery_due(&law, DIAGNOSIS_AVDL, DIAGNOSIS_ORDERED, &dates), DATE_NONE,
               "A-26 is about complementary ones");
}

static void test_submission(void)
{
    const struct refusal *const missing[] = {
        NULL,
        &DIAGNOSIS_SOCIAL_MISSING,
        &DIAGNOSIS_BUDGET_MISSING,
        &DIAGNOSIS_HOUSING_MISSING,
        &DIAGNOSIS_DEBT_MISSING,
        &DIAGNOSIS_PATH_MISSING,
        &DIAGNOSIS_NEED_MISSING,
    };

    about("6.3: six sections and a conclusion");
    for (unsigned conclusion = CONCLUSION_SUPPORT; conclusion <= CONCLUSION_INTENSITY; conclusion++)
        check(diagnosis_submission_check(ALL_SECTIONS, (enum diagnosis_conclusion)conclusion) ==
                  ACCEPTED,
              "AVDL-4: conclusion %u", conclusion);
    check(diagnosis_submission_check(ALL_SECTIONS, (enum diagnosis_conclusion)0) ==
              &DIAGNOSIS_CONCLUSION_MISSING,
          "no conclusion");
    for (unsigned section = SECTION_SOCIAL; section <= SECTION_NEED; section++)
        check(diagnosis_submission_check(ALL_SECTIONS & ~(UINT32_C(1) << section),
                                         CONCLUSION_SUPPORT) == missing[section],
              "section %u is empty: %s", section, missing[section]->code);
    check(diagnosis_submission_check(0, CONCLUSION_SUPPORT) == &DIAGNOSIS_SOCIAL_MISSING,
          "all are: the first is named");
    check(diagnosis_delivery_check(true) == ACCEPTED, "sent to who may have it");
    check(diagnosis_delivery_check(false) == &DIAGNOSIS_RECIPIENT_NOT_ENTITLED, "to no one else");
}

static void test_abandoning(void)
{
    const struct {
        enum abandon_reason reason;
        struct diagnosis_attempts attempts;
        const struct refusal *wanted;
        const char *sentence;
    } cases[] = {
        { (enum abandon_reason)0, { 5, 5 }, &DIAGNOSIS_REASON_MISSING, "without a reason" },
        { ABANDON_CANNOT_REACH, { 1, 1 }, &DIAGNOSIS_APPOINTMENTS_TOO_FEW, "one was missed" },
        { ABANDON_CANNOT_REACH, { 2, 0 }, &DIAGNOSIS_HOME_VISIT_MISSING, "two, no visit" },
        { ABANDON_CANNOT_REACH, { 2, 1 }, ACCEPTED, "two, and a visit" },
        { ABANDON_CANNOT_REACH, { 3, 2 }, ACCEPTED, "three, and two visits" },
        { ABANDON_REFUSED, { 0, 0 }, ACCEPTED, "the household refuses" },
        { ABANDON_OTHER, { 0, 0 }, ACCEPTED, "another reason" },
    };
    struct diagnosis_law law;

    law_on(diagnosis_law, DATE(2024, 1, 1), &law);
    about("6.3: abandoning");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(diagnosis_abandon_check(&law, cases[i].reason, cases[i].attempts) == cases[i].wanted,
              "%s: %s", cases[i].sentence, cases[i].wanted ? cases[i].wanted->code : "accepted");
}

int main(void)
{
    test_machine();
    test_due();
    test_submission();
    test_abandoning();
    return checks_done();
}
