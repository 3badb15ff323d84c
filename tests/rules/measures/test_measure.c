/* A measure lives as the machine 6.2 with C-11 says, and no step is taken before its guards hold.
 */
#include "services/measures/rules/measure.h"
#include "tests/rules/law.h"
#include "tests/rules/machines.h"

#define MONDAY_4_MARCH DATE(2024, 3, 4)

static void test_machine(void)
{
    const struct {
        unsigned from, event;
        enum move move;
        unsigned to;
        const char *sentence;
    } cases[] = {
        { 0, MEASURE_GRANT, MOVE_MADE, MEASURE_GRANTED, "a grant creates it" },
        { MEASURE_GRANTED, MEASURE_ASSIGN, MOVE_MADE, MEASURE_ASSIGNED, "a worker is named" },
        { MEASURE_GRANTED, MEASURE_CANCEL, MOVE_MADE, MEASURE_CANCELLED,
          "C-11: granted, then withdrawn" },
        { MEASURE_ASSIGNED, MEASURE_CANCEL, MOVE_MADE, MEASURE_CANCELLED,
          "C-11: assigned, then deceased" },
        { MEASURE_CONTRACTING, MEASURE_CANCEL, MOVE_MADE, MEASURE_CANCELLED,
          "deceased before signing" },
        { MEASURE_ASSIGNED, MEASURE_HOLD_FIRST_MEETING, MOVE_MADE, MEASURE_CONTRACTING,
          "the first meeting opens the contract" },
        { MEASURE_GRANTED, MEASURE_HOLD_FIRST_MEETING, MOVE_REFUSED, MEASURE_GRANTED,
          "no meeting without a worker" },
        { MEASURE_CONTRACTING, MEASURE_SIGN_CONTRACT, MOVE_MADE, MEASURE_ACTIVE, "signed" },
        { MEASURE_CONTRACTING, MEASURE_REFUSE_ADHESION, MOVE_MADE, MEASURE_CANCELLED,
          "the household refuses" },
        { MEASURE_ACTIVE, MEASURE_CANCEL, MOVE_REFUSED, MEASURE_ACTIVE,
          "an active measure is stopped, not cancelled" },
        { MEASURE_ACTIVE, MEASURE_RECORD_CONTACT, MOVE_MADE, MEASURE_ACTIVE, "a contact" },
        { MEASURE_ACTIVE, MEASURE_SUSPEND, MOVE_MADE, MEASURE_SUSPENDED, "suspended" },
        { MEASURE_SUSPENDED, MEASURE_RESUME, MOVE_MADE, MEASURE_ACTIVE, "resumed" },
        { MEASURE_SUSPENDED, MEASURE_STOP, MOVE_MADE, MEASURE_CLOSING,
          "C-11: stopped while suspended" },
        { MEASURE_SUSPENDED, MEASURE_SUSPEND, MOVE_REFUSED, MEASURE_SUSPENDED, "not twice" },
        { MEASURE_SUSPENDED, MEASURE_REACH_END, MOVE_MADE, MEASURE_CLOSING,
          "ended while suspended" },
        { MEASURE_ACTIVE, MEASURE_ASK_RENEWAL, MOVE_MADE, MEASURE_RENEWAL_PENDING, "asked" },
        { MEASURE_RENEWAL_PENDING, MEASURE_REACH_END, MOVE_MADE, MEASURE_RENEWAL_PENDING,
          "C-11: a pending renewal outlives the end" },
        { MEASURE_RENEWAL_PENDING, MEASURE_GRANT_RENEWAL, MOVE_MADE, MEASURE_ACTIVE, "renewed" },
        { MEASURE_RENEWAL_PENDING, MEASURE_REFUSE_RENEWAL, MOVE_MADE, MEASURE_CLOSING,
          "not renewed" },
        { MEASURE_RENEWAL_PENDING, MEASURE_STOP, MOVE_MADE, MEASURE_CLOSING, "stopped meanwhile" },
        { MEASURE_ACTIVE, MEASURE_REACH_END, MOVE_MADE, MEASURE_CLOSING, "its end is reached" },
        { MEASURE_ACTIVE, MEASURE_STOP, MOVE_MADE, MEASURE_CLOSING, "stopped" },
        { MEASURE_ACTIVE, MEASURE_COMPLETE_EVALUATION, MOVE_REFUSED, MEASURE_ACTIVE,
          "nothing closes without closing" },
        { MEASURE_CLOSING, MEASURE_COMPLETE_EVALUATION, MOVE_MADE, MEASURE_CLOSED, "evaluated" },
        { MEASURE_CLOSING, MEASURE_GRANT_RENEWAL, MOVE_REFUSED, MEASURE_CLOSING,
          "no renewal of what closes" },
        { MEASURE_GRANTED, MEASURE_CHANGE_WORKER, MOVE_REFUSED, MEASURE_GRANTED,
          "no worker to change yet" },
        { MEASURE_CLOSED, MEASURE_RECORD_CONTACT, MOVE_IGNORED, MEASURE_CLOSED,
          "a late contact changes nothing" },
        { MEASURE_CANCELLED, MEASURE_ASSIGN, MOVE_IGNORED, MEASURE_CANCELLED,
          "nor does a late assignment" },
    };

    check_machine(&measure_machine);
    about("6.2, C-11: from state to state");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned next;
        enum move move = machine_move(&measure_machine, cases[i].from, cases[i].event, &next);

        check(move == cases[i].move && next == cases[i].to, "%s: %s", cases[i].sentence,
              measure_machine.states[cases[i].to]);
    }
    for (unsigned state = MEASURE_ASSIGNED; state <= MEASURE_CLOSING; state++) {
        unsigned next;

        check(machine_move(&measure_machine, state, MEASURE_CHANGE_WORKER, &next) == MOVE_MADE &&
                  next == state,
              "C-11: the worker may change in %s", measure_machine.states[state]);
        check(machine_move(&measure_machine, state, MEASURE_RECORD_CONTACT, &next) == MOVE_MADE &&
                  next == state,
              "6.2: a contact is recorded in %s", measure_machine.states[state]);
    }
}

static void test_assignment(void)
{
    const struct span accredited = { DATE(2024, 1, 1), DATE(2025, 1, 1) };
    const struct span for_ever = { DATE(2024, 1, 1), DATE_NONE };
    const struct {
        struct assignment assignment;
        const struct refusal *wanted;
        const char *sentence;
    } cases[] = {
        { { .scheme = SCHEME_ASLL, .on = MONDAY_4_MARCH, .worker_is_qualified = true },
          ACCEPTED,
          "S1-1, C-10: an internal measure needs a qualified worker and no agreement" },
        { { .scheme = SCHEME_ASLL, .on = MONDAY_4_MARCH },
          &MEASURE_WORKER_NOT_QUALIFIED,
          "6.2: an unqualified one will not do" },
        { { .scheme = SCHEME_MASP2, .on = MONDAY_4_MARCH, .worker_is_qualified = true },
          &MEASURE_NEEDS_BUDGET_SPECIALIST,
          "S2-17: MASP 2 without a budget specialist" },
        { { .scheme = SCHEME_MASP2,
            .on = MONDAY_4_MARCH,
            .worker_is_qualified = true,
            .worker_is_budget_specialist = true },
          ACCEPTED,
          "S2-17: MASP 2 with one" },
        { { .scheme = SCHEME_ASLL,
            .on = MONDAY_4_MARCH,
            .worker_is_qualified = true,
            .is_external = true },
          &MEASURE_OPERATOR_NOT_ENTITLED,
          "FSL-2: an external operator without agreement or accreditation" },
        { { .scheme = SCHEME_ASLL,
            .on = MONDAY_4_MARCH,
            .worker_is_qualified = true,
            .is_external = true,
            .operator_is_contracted = true },
          ACCEPTED,
          "FSL-2: with an agreement" },
        { { .scheme = SCHEME_ASLL,
            .on = MONDAY_4_MARCH,
            .worker_is_qualified = true,
            .is_external = true,
            .accreditation = accredited },
          ACCEPTED,
          "6.2: or accredited" },
        { { .scheme = SCHEME_ASLL,
            .on = MONDAY_4_MARCH,
            .worker_is_qualified = true,
            .is_external = true,
            .operator_is_contracted = true,
            .operator_asked_for_it = true },
          &MEASURE_REQUESTER_NOT_ACCREDITED,
          "S1-7: the association that asked, contracted but not accredited" },
        { { .scheme = SCHEME_ASLL,
            .on = DATE(2024, 12, 31),
            .worker_is_qualified = true,
            .is_external = true,
            .operator_asked_for_it = true,
            .accreditation = accredited },
          ACCEPTED,
          "S1-7: the association that asked, on the last day of its accreditation" },
        { { .scheme = SCHEME_ASLL,
            .on = DATE(2025, 1, 1),
            .worker_is_qualified = true,
            .is_external = true,
            .operator_asked_for_it = true,
            .accreditation = accredited },
          &MEASURE_REQUESTER_NOT_ACCREDITED,
          "S1-7: the day after" },
        { { .scheme = SCHEME_ASLL,
            .on = DATE(2023, 12, 31),
            .worker_is_qualified = true,
            .is_external = true,
            .operator_asked_for_it = true,
            .accreditation = for_ever },
          &MEASURE_REQUESTER_NOT_ACCREDITED,
          "S1-7: the day before it was accredited" },
        { { .scheme = SCHEME_ASLL,
            .on = DATE(2034, 12, 31),
            .worker_is_qualified = true,
            .is_external = true,
            .operator_asked_for_it = true,
            .accreditation = for_ever },
          ACCEPTED,
          "S1-7: accredited without an end" },
        { { .scheme = SCHEME_ASLL,
            .on = MONDAY_4_MARCH,
            .worker_is_qualified = true,
            .operator_asked_for_it = true },
          ACCEPTED,
          "S1-7 is about external operators" },
    };

    about("6.2: who may be given a measure");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(measure_assignment_check(&cases[i].assignment) == cases[i].wanted, "%s: %s",
              cases[i].sentence, cases[i].wanted ? cases[i].wanted->code : "accepted");
}

static struct measure_start ready(enum scheme scheme)
{
    return (struct measure_start){ .scheme = scheme,
                                   .rule = START_AT_SIGNATURE,
                                   .decided_on = DATE(2024, 3, 4),
                                   .signed_on = DATE(2024, 3, 20),
                                   .diagnosed_on = DATE(2024, 2, 1),
                                   .entry_is_recorded = true };
}

static void test_start(void)
{
    struct measure_start start = ready(SCHEME_ASLL);

    about("6.2: the first active day");
    check_date(measure_start_date(&start), DATE(2024, 3, 20), "at the signature");
    start.rule = START_AT_DECISION;
    check_date(measure_start_date(&start), DATE(2024, 3, 4), "or at the decision");
    start.effective_on = DATE(2024, 4, 1);
    check_date(measure_start_date(&start), DATE(2024, 4, 1), "when it takes effect");
    start.rule = START_AT_SIGNATURE;
    check_date(measure_start_date(&start), DATE(2024, 3, 20), "the setting alone decides");

    about("6.2: what a start needs");
    start = ready(SCHEME_ASLL);
    check(measure_start_check(&start, NULL, 0) == ACCEPTED, "all is there: it starts");
    start.decided_on = DATE_NONE;
    check(measure_start_check(&start, NULL, 0) == &MEASURE_NOT_DECIDED,
          "S1-10: no measure starts without a decision");
    start = ready(SCHEME_ASLL);
    start.signed_on = DATE_NONE;
    check(measure_start_check(&start, NULL, 0) == &MEASURE_NOT_SIGNED, "6.2: nor unsigned");
    start.rule = START_AT_DECISION;
    check(measure_start_check(&start, NULL, 0) == &MEASURE_NOT_SIGNED,
          "6.2: nor unsigned when months count from the decision");
    start = ready(SCHEME_ASLL);
    start.signed_on = DATE(2024, 3, 3);
    check(measure_start_check(&start, NULL, 0) == &MEASURE_STARTS_BEFORE_DECISION,
          "S1-10: nor on the eve of its decision");
    start.signed_on = DATE(2024, 3, 4);
    check(measure_start_check(&start, NULL, 0) == ACCEPTED, "S1-10: but on its very day");
    start = ready(SCHEME_ASLL);
    start.entry_is_recorded = false;
    check(measure_start_check(&start, NULL, 0) == &MEASURE_ENTRY_MISSING,
          "S1-32: nor without the situation at entry");
    for (int dalo = 0; dalo < 2; dalo++) {
        start = ready(dalo ? SCHEME_AVDL_DALO : SCHEME_AVDL_NON_DALO);
        check(measure_start_check(&start, NULL, 0) == ACCEPTED, "AVDL-4: AVDL with a diagnosis");
        start.diagnosed_on = DATE_NONE;
        check(measure_start_check(&start, NULL, 0) == &MEASURE_DIAGNOSIS_MISSING,
              "AVDL-4: never without");
    }
    start.scheme = SCHEME_ASLL;
    check(measure_start_check(&start, NULL, 0) == ACCEPTED, "AVDL-4: ASLL needs none");

    about("6.2: the situation at entry is frozen from the start on");
    for (unsigned state = 0; state <= MEASURE_CANCELLED; state++)
        check(measure_entry_check((enum measure_state)state) ==
                  (state > MEASURE_CONTRACTING ? &MEASURE_ENTRY_FROZEN : ACCEPTED),
              "%s: %s", measure_machine.states[state],
              state > MEASURE_CONTRACTING ? "frozen" : "may be written");
}

static void test_start_ahead(void)
{
    const struct date told = DATE(2024, 8, 31);
    struct measure_start_law law;

    about("how far ahead a start may be told");
    law_on(measure_start_law, told, &law);
    check_number(law.ahead_months, 6, "six months");
    check(!measure_start_ahead_check(&law, told, told), "today");
    check(!measure_start_ahead_check(&law, DATE(2025, 2, 28), told), "the last day of six months");
    check(measure_start_ahead_check(&law, DATE(2025, 3, 1), told) == &MEASURE_STARTS_TOO_FAR_AHEAD,
          "not the day after");
}

static void test_one_per_scheme(void)
{
    static const bool runs[] = {
        false, false, false, false, true, true, true, false, false, false
    };
    struct measure_start start = ready(SCHEME_ASLL);

    about("6.2, Q13: one active measure per household per scheme");
    for (unsigned state = 0; state <= MEASURE_CANCELLED; state++) {
        struct other_measure others[] = { { SCHEME_MASP2, MEASURE_ACTIVE },
                                          { SCHEME_ASLL, (enum measure_state)state } };

        check(measure_is_running((enum measure_state)state) == runs[state], "%s %s",
              measure_machine.states[state], runs[state] ? "runs" : "does not run");
        check(measure_start_check(&start, others, 2) ==
                  (runs[state] ? &MEASURE_SCHEME_ALREADY_ACTIVE : ACCEPTED),
              "a second ASLL beside one in %s", measure_machine.states[state]);
        others[0] = others[1];
        check(measure_start_check(&start, others, 1) ==
                  (runs[state] ? &MEASURE_SCHEME_ALREADY_ACTIVE : ACCEPTED),
              "or beside that one alone");
        others[0].scheme = SCHEME_MASP2;
        check(measure_start_check(&start, others, 1) == ACCEPTED, "an ASLL beside a MASP runs");
    }
}

static void test_suspension(void)
{
    const struct span past[] = { { DATE(2024, 2, 1), DATE(2024, 2, 15) } };
    struct measure_time time = { DATE(2024, 1, 10), DATE(2024, 7, 10), past, 0 };

    about("6.2: suspensions");
    check(measure_suspension_check(&time, DATE(2024, 1, 10), true) == ACCEPTED, "the first day");
    check(measure_suspension_check(&time, DATE(2024, 1, 9), true) == &MEASURE_SUSPENSION_OUTSIDE,
          "the day before");
    check(measure_suspension_check(&time, DATE(2024, 7, 9), true) == ACCEPTED, "the last day");
    check(measure_suspension_check(&time, DATE(2024, 7, 10), true) == &MEASURE_SUSPENSION_OUTSIDE,
          "the day after");
    check(measure_suspension_check(&time, DATE(2024, 2, 14), true) == ACCEPTED, "never before");
    check(measure_suspension_check(&time, DATE(2024, 3, 1), false) == &MEASURE_REASON_MISSING,
          "without a reason");
    time.suspension_count = 1;
    check(measure_suspension_check(&time, DATE(2024, 2, 14), true) == &MEASURE_SUSPENSION_OUTSIDE,
          "while another one ran");
    check(measure_suspension_check(&time, DATE(2024, 2, 15), true) == ACCEPTED, "right after it");
    check(measure_resumption_check(DATE(2024, 3, 1), DATE(2024, 3, 1)) ==
              &MEASURE_RESUMED_TOO_EARLY,
          "resumed on the day it began");
    check(measure_resumption_check(DATE(2024, 3, 1), DATE(2024, 3, 2)) == ACCEPTED, "or after");
}

static void test_renewal(void)
{
    const struct {
        struct renewal_asked asked;
        const struct refusal *wanted;
        const char *sentence;
    } cases[] = {
        { { DATE(2024, 6, 30), DATE(2024, 1, 1), DATE(2024, 7, 1), DATE(2024, 6, 20), true },
          ACCEPTED,
          "6.2: asked on the last day, reviewed, with consent" },
        { { DATE(2024, 7, 1), DATE(2024, 1, 1), DATE(2024, 7, 1), DATE(2024, 6, 20), true },
          &MEASURE_RENEWAL_TOO_LATE,
          "6.2: asked the day after" },
        { { DATE(2024, 6, 1), DATE(2024, 1, 1), DATE_NONE, DATE(2024, 1, 1), true },
          ACCEPTED,
          "a measure without an end, reviewed on its first day" },
        { { DATE(2024, 6, 1), DATE(2024, 1, 1), DATE(2024, 7, 1), DATE(2023, 12, 31), true },
          &MEASURE_REVIEW_MISSING,
          "FSL-8: only the period before was reviewed" },
        { { DATE(2024, 6, 1), DATE(2024, 1, 1), DATE(2024, 7, 1), DATE_NONE, true },
          &MEASURE_REVIEW_MISSING,
          "FSL-8: never reviewed" },
        { { DATE(2024, 6, 1), DATE_NONE, DATE(2024, 7, 1), DATE_NONE, true },
          &MEASURE_REVIEW_MISSING,
          "FSL-8: never reviewed, whatever the period" },
        { { DATE(2024, 6, 1), DATE(2024, 1, 1), DATE(2024, 7, 1), DATE(2024, 5, 1), false },
          &MEASURE_CONSENT_MISSING,
          "FSL-5: without the household's consent" },
    };

    about("6.2: asking for a renewal");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(measure_renewal_check(&cases[i].asked) == cases[i].wanted, "%s: %s",
              cases[i].sentence, cases[i].wanted ? cases[i].wanted->code : "accepted");
}

static void test_stop(void)
{
    const struct joint_decision nobody = { 0 }, both = { DATE(2020, 10, 1), true, true };
    const struct joint_decision undated = { DATE_NONE, true, true };
    const struct joint_decision no_funder = { DATE(2020, 10, 1), false, true };
    const struct joint_decision no_operator = { DATE(2020, 10, 1), true, false };
    const struct date day = DATE(2020, 10, 1);

    about("6.2, S0-32: stopping");
    check(measure_stop_check((enum closing_reason)0, day, &both) == &MEASURE_REASON_MISSING,
          "without a reason");
    check(measure_stop_check(CLOSING_GOALS_MET, day, &nobody) == ACCEPTED, "goals met, alone");
    check(measure_stop_check(CLOSING_NO_ADHERENCE, day, &nobody) == ACCEPTED, "no adherence");
    check(measure_stop_check(CLOSING_OUT_OF_SCOPE, day, &nobody) == &MEASURE_JOINT_DECISION_MISSING,
          "out of scope, alone");
    check(measure_stop_check(CLOSING_OUT_OF_SCOPE, day, &undated) ==
              &MEASURE_JOINT_DECISION_MISSING,
          "out of scope, undated");
    check(measure_stop_check(CLOSING_OUT_OF_SCOPE, day, &no_funder) ==
              &MEASURE_JOINT_DECISION_MISSING,
          "out of scope, without the funder");
    check(measure_stop_check(CLOSING_OUT_OF_SCOPE, day, &no_operator) ==
              &MEASURE_JOINT_DECISION_MISSING,
          "out of scope, without the operator");
    check(measure_stop_check(CLOSING_OUT_OF_SCOPE, day, &both) == ACCEPTED,
          "out of scope, decided together the same day");
    check(measure_stop_check(CLOSING_OUT_OF_SCOPE, DATE(2020, 9, 30), &both) ==
              &MEASURE_JOINT_DECISION_LATER,
          "out of scope, the day before it was decided");
    check(measure_stop_check(CLOSING_OUT_OF_SCOPE, DATE(2020, 10, 2), &both) == ACCEPTED,
          "out of scope, the day after");

    about("6.2, C-1, C-11: the end is reached");
    check(!measure_end_is_reached(MEASURE_ACTIVE, DATE(2024, 7, 1), END_STAYS, DATE(2024, 6, 30)),
          "not on the last day");
    check(measure_end_is_reached(MEASURE_ACTIVE, DATE(2024, 7, 1), END_STAYS, DATE(2024, 7, 1)),
          "on the day after");
    check(measure_end_is_reached(MEASURE_RENEWAL_PENDING, DATE(2024, 7, 1), END_STAYS,
                                 DATE(2024, 8, 1)),
          "also with a renewal pending: it is late");
    check(measure_end_is_reached(MEASURE_SUSPENDED, DATE(2024, 7, 1), END_STAYS, DATE(2024, 7, 1)),
          "also while suspended");
    check(!measure_end_is_reached(MEASURE_SUSPENDED, DATE(2024, 7, 1), END_SHIFTS_BY_DAYS,
                                  DATE(2024, 7, 1)),
          "unless the suspension pushes the end on");
    check(measure_end_is_reached(MEASURE_ACTIVE, DATE(2024, 7, 1), END_SHIFTS_BY_DAYS,
                                 DATE(2024, 7, 1)),
          "which it does no more once resumed");
    check(!measure_end_is_reached(MEASURE_ACTIVE, DATE_NONE, END_STAYS, DATE(2034, 7, 1)),
          "never without an end");
    check(!measure_end_is_reached(MEASURE_CLOSING, DATE(2024, 7, 1), END_STAYS, DATE(2024, 8, 1)),
          "nor once it closes");
}

static void test_phases(void)
{
    const struct phase_entry none = { 0 }, first = { PHASE_SETTLING_IN, DATE(2024, 1, 10) };

    about("S0-13, S0-14, S2-10: phases");
    check(measure_phase_check(none, first) == ACCEPTED, "settling in");
    check(measure_phase_check(first, first) == &MEASURE_PHASE_BACKWARDS, "not twice");
    check(measure_phase_check(
              first, (struct phase_entry){ PHASE_PREPARATION, DATE(2024, 1, 10) }) == ACCEPTED,
          "preparation from the same day");
    check(measure_phase_check(first, (struct phase_entry){ PHASE_PREPARATION, DATE(2024, 1, 9) }) ==
              &MEASURE_PHASE_DATE_EARLIER,
          "not from the day before");
    check(measure_phase_check(first, (struct phase_entry){ PHASE_POST_EXIT, DATE(2024, 5, 1) }) ==
              ACCEPTED,
          "straight to after the exit");
    check(measure_phase_check((struct phase_entry){ PHASE_POST_EXIT, DATE(2024, 5, 1) },
                              (struct phase_entry){ PHASE_PREPARATION, DATE(2024, 6, 1) }) ==
              &MEASURE_PHASE_BACKWARDS,
          "and not back");
}

static void test_due(void)
{
    const struct measure_dates dates = { .granted_on = DATE(2024, 4, 26),
                                         .assigned_on = DATE(2024, 5, 3),
                                         .met_on = DATE(2024, 5, 20),
                                         .started_on = DATE(2024, 6, 1),
                                         .last_contact_on = DATE(2024, 7, 1),
                                         .closing_since = DATE(2024, 12, 1) };
    struct measure_dates silent = dates;
    struct measure_law law;

    law_on(measure_law, DATE(2024, 4, 26), &law);
    about("6.2: what is due in each state");
    check_date(measure_step_due(&law, MEASURE_GRANTED, &dates, HOLIDAYS_OF_FRANCE),
               DATE(2024, 5, 13),
               "A-10: 8 working days after Friday 26 April 2024, over 1, 8 and 9 May");
    check_date(measure_step_due(&law, MEASURE_ASSIGNED, &dates, HOLIDAYS_OF_FRANCE),
               DATE(2024, 5, 24), "A-66: the first meeting within 21 days of 3 May");
    check_date(measure_step_due(&law, MEASURE_CONTRACTING, &dates, HOLIDAYS_OF_FRANCE),
               DATE(2024, 6, 19), "A-11: signed within 30 days of 20 May");
    check_date(measure_step_due(&law, MEASURE_ACTIVE, &dates, HOLIDAYS_OF_FRANCE),
               DATE(2024, 8, 30), "A-18: a contact within 60 days of 1 July");
    check_date(measure_step_due(&law, MEASURE_RENEWAL_PENDING, &dates, HOLIDAYS_OF_FRANCE),
               DATE(2024, 8, 30), "A-18: also while its renewal is pending");
    silent.last_contact_on = DATE_NONE;
    check_date(measure_step_due(&law, MEASURE_ACTIVE, &silent, HOLIDAYS_OF_FRANCE),
               DATE(2024, 7, 31), "A-18: without any contact, 60 days from the start");
    check_date(measure_step_due(&law, MEASURE_SUSPENDED, &dates, HOLIDAYS_OF_FRANCE), DATE_NONE,
               "suspended: nothing");
    check_date(measure_step_due(&law, MEASURE_CLOSING, &dates, HOLIDAYS_OF_FRANCE),
               DATE(2024, 12, 16), "A-25: the evaluation within 15 days");
    check_date(measure_step_due(&law, MEASURE_CLOSED, &dates, HOLIDAYS_OF_FRANCE), DATE_NONE,
               "closed: nothing");
}

int main(void)
{
    test_machine();
    test_assignment();
    test_start();
    test_start_ahead();
    test_one_per_scheme();
    test_suspension();
    test_renewal();
    test_stop();
    test_phases();
    test_due();
    return checks_done();
}
