/* An over-indebtedness file follows its stages, its time limits are those of the law, it freezes
 * old debts from admissibility only, and the household is told what to pay (domain.md 3.11, 6.10,
 * C-18). */
#include "services/measures/rules/over_indebtedness.h"
#include "tests/check.h"
#include "tests/rules/law.h"
#include "tests/rules/machines.h"

static struct debt_file_law law_of(struct date on)
{
    struct debt_file_law law;

    law_on(debt_file_law_fields, on, &law);
    return law;
}

static void the_machine(void)
{
    static const struct {
        const char *sentence;
        enum debt_file_state from;
        enum debt_file_event event;
        enum move move;
        enum debt_file_state to;
    } cases[] = {
        { "a file is prepared first", 0, DEBT_FILE_PREPARE, MOVE_MADE, DEBT_FILE_PREPARING },
        { "a file is not deposited before it is prepared", 0, DEBT_FILE_DEPOSIT, MOVE_REFUSED, 0 },
        { "a prepared file is deposited", DEBT_FILE_PREPARING, DEBT_FILE_DEPOSIT, MOVE_MADE,
          DEBT_FILE_DEPOSITED },
        { "a prepared file is not admitted", DEBT_FILE_PREPARING, DEBT_FILE_ADMIT, MOVE_REFUSED,
          DEBT_FILE_PREPARING },
        { "the commission admits it", DEBT_FILE_DEPOSITED, DEBT_FILE_ADMIT, MOVE_MADE,
          DEBT_FILE_ADMISSIBLE },
        { "or rejects it", DEBT_FILE_DEPOSITED, DEBT_FILE_REJECT, MOVE_MADE,
          DEBT_FILE_INADMISSIBLE },
        { "a deposit is not contested", DEBT_FILE_DEPOSITED, DEBT_FILE_CONTEST, MOVE_REFUSED,
          DEBT_FILE_DEPOSITED },
        { "debts that can be repaid orient the file", DEBT_FILE_ADMISSIBLE,
          DEBT_FILE_ORIENT_REPAYABLE, MOVE_MADE, DEBT_FILE_ORIENTED },
        { "debts that cannot lead to personal recovery", DEBT_FILE_ADMISSIBLE,
          DEBT_FILE_ORIENT_IRREMEDIABLE, MOVE_MADE, DEBT_FILE_PERSONAL_RECOVERY },
        { "a plan is signed", DEBT_FILE_ORIENTED, DEBT_FILE_SIGN_PLAN, MOVE_MADE, DEBT_FILE_PLAN },
        { "a plan is not signed before orientation", DEBT_FILE_ADMISSIBLE, DEBT_FILE_SIGN_PLAN,
          MOVE_REFUSED, DEBT_FILE_ADMISSIBLE },
        { "measures are imposed", DEBT_FILE_ORIENTED, DEBT_FILE_NOTIFY_MEASURES, MOVE_MADE,
          DEBT_FILE_IMPOSED_MEASURES },
        { "C-18: a rejection is contested", DEBT_FILE_INADMISSIBLE, DEBT_FILE_CONTEST, MOVE_MADE,
          DEBT_FILE_CONTESTED },
        { "C-18: or the file is closed", DEBT_FILE_INADMISSIBLE, DEBT_FILE_CLOSE, MOVE_MADE,
          DEBT_FILE_CLOSED },
        { "C-18: an admission is contested", DEBT_FILE_ADMISSIBLE, DEBT_FILE_CONTEST, MOVE_MADE,
          DEBT_FILE_CONTESTED },
        { "C-18: imposed measures are", DEBT_FILE_IMPOSED_MEASURES, DEBT_FILE_CONTEST, MOVE_MADE,
          DEBT_FILE_CONTESTED },
        { "C-18: a personal recovery is", DEBT_FILE_PERSONAL_RECOVERY, DEBT_FILE_CONTEST, MOVE_MADE,
          DEBT_FILE_CONTESTED },
        { "a plan that both sides signed is not contested", DEBT_FILE_PLAN, DEBT_FILE_CONTEST,
          MOVE_REFUSED, DEBT_FILE_PLAN },
        { "C-18: the judge finds the file inadmissible", DEBT_FILE_CONTESTED,
          DEBT_FILE_JUDGED_INADMISSIBLE, MOVE_MADE, DEBT_FILE_INADMISSIBLE },
        { "C-18: or admissible", DEBT_FILE_CONTESTED, DEBT_FILE_JUDGED_ADMISSIBLE, MOVE_MADE,
          DEBT_FILE_ADMISSIBLE },
        { "C-18: or sets the measures", DEBT_FILE_CONTESTED, DEBT_FILE_JUDGED_MEASURES, MOVE_MADE,
          DEBT_FILE_IMPOSED_MEASURES },
        { "C-18: or grants the recovery", DEBT_FILE_CONTESTED, DEBT_FILE_JUDGED_RECOVERY, MOVE_MADE,
          DEBT_FILE_PERSONAL_RECOVERY },
        { "a plan carried out closes the file", DEBT_FILE_PLAN, DEBT_FILE_CLOSE, MOVE_MADE,
          DEBT_FILE_CLOSED },
        { "so do measures carried out", DEBT_FILE_IMPOSED_MEASURES, DEBT_FILE_CLOSE, MOVE_MADE,
          DEBT_FILE_CLOSED },
        { "C-18: so does a personal recovery", DEBT_FILE_PERSONAL_RECOVERY, DEBT_FILE_CLOSE,
          MOVE_MADE, DEBT_FILE_CLOSED },
        { "an admitted file is not simply closed", DEBT_FILE_ADMISSIBLE, DEBT_FILE_CLOSE,
          MOVE_REFUSED, DEBT_FILE_ADMISSIBLE },
        { "a late event on a closed file changes nothing", DEBT_FILE_CLOSED, DEBT_FILE_CONTEST,
          MOVE_IGNORED, DEBT_FILE_CLOSED },
        { "nor on an abandoned one", DEBT_FILE_ABANDONED, DEBT_FILE_DEPOSIT, MOVE_IGNORED,
          DEBT_FILE_ABANDONED },
    };
    unsigned next;

    about("6.10 with C-18: the stages");
    check_machine(&debt_file_machine);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        enum move move = machine_move(&debt_file_machine, cases[i].from, cases[i].event, &next);

        check(move == cases[i].move && next == cases[i].to, "%s", cases[i].sentence);
    }
    for (unsigned state = DEBT_FILE_PREPARING; state <= DEBT_FILE_CONTESTED; state++)
        check(machine_move(&debt_file_machine, state, DEBT_FILE_ABANDON, &next) == MOVE_MADE &&
                  next == DEBT_FILE_ABANDONED,
              "C-18: a file that is %s can be abandoned", debt_file_machine.states[state]);
}

static void the_deposit(const struct debt_file_law *law)
{
    static const struct {
        const char *sentence;
        struct debt_file_deposit deposit;
        const struct refusal *refusal;
    } cases[] = {
        { "a complete paper file", { true, true, true, { 0 }, { 2024, 9, 2 } }, ACCEPTED },
        { "no form", { false, true, true, { 0 }, { 2024, 9, 2 } }, &DEBT_FILE_FORM_MISSING },
        { "no list of debts",
          { true, false, true, { 0 }, { 2024, 9, 2 } },
          &DEBT_FILE_DEBTS_NOT_LISTED },
        { "no documents",
          { true, true, false, { 0 }, { 2024, 9, 2 } },
          &DEBT_FILE_DOCUMENTS_MISSING },
        { "SUR-1: a draft of 31 August 2024 deposited on 27 February 2025",
          { true, true, true, { 2024, 8, 31 }, { 2025, 2, 27 } },
          ACCEPTED },
        { "SUR-1: on 28 February 2025, its last day",
          { true, true, true, { 2024, 8, 31 }, { 2025, 2, 28 } },
          ACCEPTED },
        { "SUR-1: on 1 March 2025, when it is erased",
          { true, true, true, { 2024, 8, 31 }, { 2025, 3, 1 } },
          &DEBT_FILE_DRAFT_EXPIRED },
    };

    about("6.10: what a deposit needs");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(debt_file_may_be_deposited(&cases[i].deposit, law) == cases[i].refusal, "%s: %s",
              cases[i].sentence, cases[i].refusal ? cases[i].refusal->code : "accepted");
}

static void plans(const struct debt_file_law *law)
{
    static const struct {
        const char *sentence;
        struct debt_plan plan;
        const struct refusal *refusal;
    } cases[] = {
        { "SUR-8: imposed measures of 83 months", { MEASURES_IMPOSED, 83, 0, false, false }, NULL },
        { "SUR-8: of 84 months", { MEASURES_IMPOSED, 84, 0, false, false }, NULL },
        { "SUR-8: of 85 months", { MEASURES_IMPOSED, 85, 0, false, false }, &DEBT_PLAN_TOO_LONG },
        { "SUR-8: of 60 months after a plan of 24",
          { MEASURES_IMPOSED, 60, 24, true, false },
          NULL },
        { "SUR-8: of 60 months after a plan of 25",
          { MEASURES_IMPOSED, 60, 25, true, false },
          &DEBT_PLAN_TOO_LONG },
        { "SUR-8, C-24: of 120 months that keep the main home",
          { MEASURES_IMPOSED, 120, 0, true, true },
          NULL },
        { "of one month", { MEASURES_IMPOSED, 1, 0, false, false }, NULL },
        { "of no month", { MEASURES_IMPOSED, 0, 0, false, false }, &DEBT_PLAN_HAS_NO_LENGTH },
        { "6.10: a plan agreed by an owner", { AGREED_PLAN, 84, 0, true, false }, NULL },
        { "6.10: a plan agreed without real estate",
          { AGREED_PLAN, 24, 0, false, false },
          &DEBT_PLAN_NEEDS_REAL_ESTATE },
    };
    struct debt_plan plan = { MEASURES_IMPOSED, 96, 0, false, false };
    struct debt_plan agreed = { AGREED_PLAN, 60, 0, false, false };
    struct debt_file_law old = law_of(DATE(2008, 6, 1));

    about("SUR-8: how long a plan is");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(debt_plan_is_lawful(&cases[i].plan, law) == cases[i].refusal, "%s: %s",
              cases[i].sentence, cases[i].refusal ? cases[i].refusal->code : "accepted");
    check(debt_plan_is_lawful(&plan, law) == &DEBT_PLAN_TOO_LONG,
          "SUR-8: 96 months are too long under the law of 2024");
    plan.months = 120;
    check(debt_plan_is_lawful(&plan, &old) == ACCEPTED, "SUR-8: 120 months were allowed in 2008");
    plan.months = 121;
    check(debt_plan_is_lawful(&plan, &old) == &DEBT_PLAN_TOO_LONG, "SUR-8: 121 were not");
    check_number(law_of(DATE(2010, 10, 31)).plan_most_months, 120, "SUR-8: to 31 October 2010");
    check_number(law_of(DATE(2010, 11, 1)).plan_most_months, 96, "SUR-8: from 1 November 2010");
    check_number(law_of(DATE(2016, 6, 30)).plan_most_months, 96, "SUR-8: to 30 June 2016");
    check_number(law_of(DATE(2016, 7, 1)).plan_most_months, 84, "SUR-8: from 1 July 2016");
    check_number(law_of(DATE(2020, 6, 1)).plan_most_months, 84, "SUR-8: in 2020");
    check(debt_plan_is_lawful(&agreed, &old) == ACCEPTED,
          "6.10: before 2018 a plan was agreed without real estate too");
    check(!law_of(DATE(2017, 12, 31)).plan_needs_real_estate &&
              law_of(DATE(2018, 1, 1)).plan_needs_real_estate,
          "6.10: real estate is asked for from 1 January 2018");
}

static void contests(const struct debt_file_law *law)
{
    static const struct {
        const char *sentence;
        enum debt_contest contest;
        struct date notified;
        enum holidays holidays;
        struct date warn_of;
        struct date last_day;
    } cases[] = {
        { "SUR-7: admissibility notified on Monday 4 March 2024: 15 days, Tuesday 19",
          CONTEST_OF_ENTRY,
          { 2024, 3, 4 },
          HOLIDAYS_OF_FRANCE,
          { 2024, 3, 19 },
          { 2024, 3, 19 } },
        { "SUR-7, D-5: notified on Friday 1 March 2024: Saturday 16 rolls to Monday 18",
          CONTEST_OF_ENTRY,
          { 2024, 3, 1 },
          HOLIDAYS_OF_FRANCE,
          { 2024, 3, 16 },
          { 2024, 3, 18 } },
        { "SUR-7: claims notified on 1 April 2024: 30 days, 1 May rolls to 2 May",
          CONTEST_OF_CLAIMS,
          { 2024, 4, 1 },
          HOLIDAYS_OF_FRANCE,
          { 2024, 5, 1 },
          { 2024, 5, 2 } },
        { "SUR-7: the statement of debts notified on 10 January 2024: 20 days, 30 January",
          CONTEST_OF_DEBTS,
          { 2024, 1, 10 },
          HOLIDAYS_OF_FRANCE,
          { 2024, 1, 30 },
          { 2024, 1, 30 } },
        { "SUR-7: measures notified on 15 November 2024: 30 days, Sunday 15 December rolls",
          CONTEST_OF_OUTCOME,
          { 2024, 11, 15 },
          HOLIDAYS_OF_FRANCE,
          { 2024, 12, 15 },
          { 2024, 12, 16 } },
        { "SUR-7: measures notified on 26 November 2024: 26 December is a working day",
          CONTEST_OF_OUTCOME,
          { 2024, 11, 26 },
          HOLIDAYS_OF_FRANCE,
          { 2024, 12, 26 },
          { 2024, 12, 26 } },
        { "D-7: but not in Alsace-Moselle",
          CONTEST_OF_OUTCOME,
          { 2024, 11, 26 },
          HOLIDAYS_OF_ALSACE_MOSELLE,
          { 2024, 12, 26 },
          { 2024, 12, 27 } },
    };
    static const struct {
        const char *sentence;
        enum debt_file_state state;
        struct date contested;
        const struct refusal *refusal;
    } sent[] = {
        { "a day before the notification",
          DEBT_FILE_ADMISSIBLE,
          { 2024, 2, 29 },
          &DEBT_FILE_CONTEST_TOO_EARLY },
        { "on the day of the notification", DEBT_FILE_ADMISSIBLE, { 2024, 3, 1 }, NULL },
        { "an admission contested on the rolled day, 18 March",
          DEBT_FILE_ADMISSIBLE,
          { 2024, 3, 18 },
          NULL },
        { "on 19 March", DEBT_FILE_ADMISSIBLE, { 2024, 3, 19 }, &DEBT_FILE_CONTEST_TOO_LATE },
        { "a rejection contested on 18 March", DEBT_FILE_INADMISSIBLE, { 2024, 3, 18 }, NULL },
        { "on 19 March", DEBT_FILE_INADMISSIBLE, { 2024, 3, 19 }, &DEBT_FILE_CONTEST_TOO_LATE },
        { "measures contested on 19 March", DEBT_FILE_IMPOSED_MEASURES, { 2024, 3, 19 }, NULL },
        /* 1 March + 30 days is Sunday 31 March; 1 April 2024 is Easter Monday. */
        { "on Tuesday 2 April, after Easter", DEBT_FILE_IMPOSED_MEASURES, { 2024, 4, 2 }, NULL },
        { "on 3 April", DEBT_FILE_IMPOSED_MEASURES, { 2024, 4, 3 }, &DEBT_FILE_CONTEST_TOO_LATE },
        { "a recovery on 2 April", DEBT_FILE_PERSONAL_RECOVERY, { 2024, 4, 2 }, NULL },
        { "on 3 April", DEBT_FILE_PERSONAL_RECOVERY, { 2024, 4, 3 }, &DEBT_FILE_CONTEST_TOO_LATE },
    };
    static const struct {
        const char *sentence;
        enum debt_file_state state;
        bool waived;
        struct date on;
        const struct refusal *refusal;
    } closings[] = {
        { "a rejected file on the last day to contest",
          DEBT_FILE_INADMISSIBLE,
          false,
          { 2024, 3, 18 },
          &DEBT_FILE_CLOSED_TOO_EARLY },
        { "the day after", DEBT_FILE_INADMISSIBLE, false, { 2024, 3, 19 }, NULL },
        { "before, the household having waived",
          DEBT_FILE_INADMISSIBLE,
          true,
          { 2024, 3, 4 },
          NULL },
        { "a recovery on its last day to contest",
          DEBT_FILE_PERSONAL_RECOVERY,
          false,
          { 2024, 4, 2 },
          &DEBT_FILE_CLOSED_TOO_EARLY },
        { "the day after", DEBT_FILE_PERSONAL_RECOVERY, false, { 2024, 4, 3 }, NULL },
        { "a plan carried out, at any time", DEBT_FILE_PLAN, false, { 2024, 3, 4 }, NULL },
        { "measures carried out, at any time",
          DEBT_FILE_IMPOSED_MEASURES,
          false,
          { 2024, 3, 4 },
          NULL },
    };
    struct window nothing;

    about("SUR-7, A-86: contesting");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct window window =
            debt_file_contest_window(cases[i].contest, cases[i].notified, cases[i].holidays, law);

        check_date(window.last_day, cases[i].last_day, "%s", cases[i].sentence);
        check_date(window.warn_of, cases[i].warn_of, "%s (to warn of)", cases[i].sentence);
        check_date(window.opens, cases[i].notified, "and it opens when notified");
    }
    nothing = debt_file_contest_window(0, DATE(2024, 3, 4), HOLIDAYS_OF_FRANCE, law);
    check_date(nothing.warn_of, DATE(2024, 3, 4), "a contest of nothing known has no time");
    for (size_t i = 0; i < sizeof sent / sizeof *sent; i++)
        check(debt_file_may_be_contested(sent[i].state, DATE(2024, 3, 1), sent[i].contested,
                                         HOLIDAYS_OF_FRANCE, law) == sent[i].refusal,
              "SUR-7: notified on 1 March 2024, %s: %s", sent[i].sentence,
              sent[i].refusal ? sent[i].refusal->code : "accepted");
    for (size_t i = 0; i < sizeof closings / sizeof *closings; i++)
        check(debt_file_may_be_closed(closings[i].state, DATE(2024, 3, 1), closings[i].waived,
                                      closings[i].on, HOLIDAYS_OF_FRANCE,
                                      law) == closings[i].refusal,
              "C-18: closing, notified on 1 March 2024, %s: %s", closings[i].sentence,
              closings[i].refusal ? closings[i].refusal->code : "accepted");
}

static void judgments(void)
{
    static const enum debt_file_state entries[] = { DEBT_FILE_INADMISSIBLE, DEBT_FILE_ADMISSIBLE };
    static const enum debt_file_state outcomes[] = { DEBT_FILE_IMPOSED_MEASURES,
                                                     DEBT_FILE_PERSONAL_RECOVERY };

    about("C-18: what a judge may decide");
    for (int i = 0; i < 2; i++) {
        const char *contested = debt_file_machine.states[entries[i]];

        check(!debt_file_may_be_judged(entries[i], DEBT_FILE_JUDGED_INADMISSIBLE),
              "%s contested: inadmissible", contested);
        check(!debt_file_may_be_judged(entries[i], DEBT_FILE_JUDGED_ADMISSIBLE),
              "%s contested: admissible", contested);
        check(debt_file_may_be_judged(entries[i], DEBT_FILE_JUDGED_MEASURES) ==
                  &DEBT_FILE_JUDGMENT_UNFIT,
              "%s contested: no measures yet", contested);
        check(debt_file_may_be_judged(entries[i], DEBT_FILE_JUDGED_RECOVERY) ==
                  &DEBT_FILE_JUDGMENT_UNFIT,
              "%s contested: no recovery yet", contested);
        for (unsigned event = DEBT_FILE_JUDGED_INADMISSIBLE; event <= DEBT_FILE_JUDGED_RECOVERY;
             event++)
            check(!debt_file_may_be_judged(outcomes[i], event), "%s contested: %s",
                  debt_file_machine.states[outcomes[i]], debt_file_machine.events[event]);
    }
    check(debt_file_may_be_abandoned(0) == &DEBT_FILE_ABANDONED_WITHOUT_REASON,
          "C-18: no file is abandoned without a reason");
    check(debt_file_may_be_abandoned(ABANDONED_MOVED_AWAY + 1) ==
              &DEBT_FILE_ABANDONED_WITHOUT_REASON,
          "C-18: nor with an unknown one");
    for (unsigned reason = ABANDONED_BY_HOUSEHOLD; reason <= ABANDONED_MOVED_AWAY; reason++)
        check(!debt_file_may_be_abandoned(reason), "C-18: reason %u will do", reason);
}

static void time_limits(const struct debt_file_law *law)
{
    about("SUR-1, SUR-2, SUR-4: time limits");
    /* In Paris: Saturday 30 March 2024 at 10:00 (UTC+1), then Monday 1 April at 11:00 (UTC+2). */
    check_number(debt_file_certificate_due_ms(instant_of(DATE(2024, 3, 30), 10, 0), law),
                 instant_of(DATE(2024, 4, 1), 11, 0),
                 "SUR-1: 48 hours are 48 hours when clocks go forward");
    check_number(debt_file_certificate_due_ms(instant_of(DATE(2024, 10, 26), 10, 0), law),
                 instant_of(DATE(2024, 10, 28), 9, 0), "SUR-1: and when they go back");
    check_date(debt_file_draft_last_day(DATE(2024, 1, 15), law), DATE(2024, 7, 15),
               "SUR-1: an online draft of 15 January 2024 is kept to 15 July");
    check_date(debt_file_draft_last_day(DATE_NONE, law), DATE_NONE, "SUR-1: no draft, no date");
    check_date(debt_file_decision_due(DATE(2023, 11, 30), law), DATE(2024, 2, 29),
               "SUR-2, A-85: deposited on 30 November 2023, decided by 29 February 2024");
    check_date(debt_file_decision_due(DATE(2024, 12, 31), law), DATE(2025, 3, 31),
               "SUR-2: deposited on 31 December 2024, decided by 31 March 2025");
    check_date(debt_file_suspension_last_day(DATE(2024, 2, 29), law), DATE(2026, 2, 28),
               "SUR-4, A-87: admitted on 29 February 2024, suspended to 28 February 2026");
}

static void what_is_frozen(const struct debt_file_law *law)
{
    static const struct {
        const char *sentence;
        struct debt_file_dates file;
        struct debt debt;
        struct date on;
        bool frozen;
    } cases[] = {
        { "SUR-3, Q21: a file that is only deposited freezes nothing",
          { { 0 }, { 0 }, { 0 } },
          { DEBT_ORDINARY, { 2023, 1, 5 } },
          { 2024, 3, 10 },
          false },
        { "SUR-4: nothing is frozen on the eve of admissibility",
          { { 2024, 3, 10 }, { 0 }, { 0 } },
          { DEBT_ORDINARY, { 2023, 1, 5 } },
          { 2024, 3, 9 },
          false },
        { "SUR-4: it is on the day of admissibility",
          { { 2024, 3, 10 }, { 0 }, { 0 } },
          { DEBT_ORDINARY, { 2023, 1, 5 } },
          { 2024, 3, 10 },
          true },
        { "SUR-5: a debt born on the eve of admissibility is frozen",
          { { 2024, 3, 10 }, { 0 }, { 0 } },
          { DEBT_ORDINARY, { 2024, 3, 9 } },
          { 2024, 4, 1 },
          true },
        { "SUR-5: one born on that day is not: current rent is due",
          { { 2024, 3, 10 }, { 0 }, { 0 } },
          { DEBT_ORDINARY, { 2024, 3, 10 } },
          { 2024, 4, 1 },
          false },
        { "SUR-5: nor one born the day after",
          { { 2024, 3, 10 }, { 0 }, { 0 } },
          { DEBT_ORDINARY, { 2024, 3, 11 } },
          { 2024, 4, 1 },
          false },
        { "SUR-5: a debt of unknown birth is taken as old",
          { { 2024, 3, 10 }, { 0 }, { 0 } },
          { DEBT_ORDINARY, { 0 } },
          { 2024, 4, 1 },
          true },
        { "C. conso L722-5: maintenance is never frozen",
          { { 2024, 3, 10 }, { 0 }, { 0 } },
          { DEBT_MAINTENANCE, { 2023, 1, 5 } },
          { 2024, 4, 1 },
          false },
        { "SUR-4: still frozen two years later to the day",
          { { 2024, 3, 10 }, { 0 }, { 0 } },
          { DEBT_ORDINARY, { 2023, 1, 5 } },
          { 2026, 3, 10 },
          true },
        { "SUR-4: and no longer the day after",
          { { 2024, 3, 10 }, { 0 }, { 0 } },
          { DEBT_ORDINARY, { 2023, 1, 5 } },
          { 2026, 3, 11 },
          false },
        { "C-17: frozen on the eve of the plan",
          { { 2024, 3, 10 }, { 2024, 9, 1 }, { 0 } },
          { DEBT_ORDINARY, { 2023, 1, 5 } },
          { 2024, 8, 31 },
          true },
        { "C-17: the plan ends the freeze on its day",
          { { 2024, 3, 10 }, { 2024, 9, 1 }, { 0 } },
          { DEBT_ORDINARY, { 2023, 1, 5 } },
          { 2024, 9, 1 },
          false },
        { "C-17: frozen on the eve of the rejection by the judge",
          { { 2024, 3, 10 }, { 0 }, { 2024, 6, 3 } },
          { DEBT_ORDINARY, { 2023, 1, 5 } },
          { 2024, 6, 2 },
          true },
        { "C-17: the rejection or the closing ends the freeze on its day",
          { { 2024, 3, 10 }, { 0 }, { 2024, 6, 3 } },
          { DEBT_ORDINARY, { 2023, 1, 5 } },
          { 2024, 6, 3 },
          false },
    };

    about("SUR-4, SUR-5, A-88: which debts are frozen on a day");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(debt_is_frozen(&cases[i].file, &cases[i].debt, cases[i].on, law) == cases[i].frozen,
              "%s", cases[i].sentence);
}

static void advice_by_stage(void)
{
    static const struct {
        enum debt_file_state state;
        enum debt_file_state contested;
        enum old_debts old_debts;
        bool new_credit_forbidden;
        bool eviction_stay;
        bool aid_restored;
    } cases[] = {
        { DEBT_FILE_PREPARING, 0, OLD_DEBTS_AS_AGREED, false, false, false },
        { DEBT_FILE_DEPOSITED, 0, OLD_DEBTS_AS_POSSIBLE, true, true, false },
        { DEBT_FILE_INADMISSIBLE, 0, OLD_DEBTS_AS_AGREED, false, false, false },
        { DEBT_FILE_ADMISSIBLE, 0, OLD_DEBTS_NOT_TO_BE_PAID, true, true, true },
        { DEBT_FILE_ORIENTED, 0, OLD_DEBTS_NOT_TO_BE_PAID, true, true, true },
        { DEBT_FILE_PLAN, 0, OLD_DEBTS_AS_THE_PLAN_SAYS, true, false, true },
        { DEBT_FILE_IMPOSED_MEASURES, 0, OLD_DEBTS_AS_THE_PLAN_SAYS, true, false, true },
        { DEBT_FILE_PERSONAL_RECOVERY, 0, OLD_DEBTS_ERASED, true, false, true },
        { DEBT_FILE_CLOSED, 0, OLD_DEBTS_AS_AGREED, false, false, false },
        { DEBT_FILE_CLOSED, DEBT_FILE_INADMISSIBLE, OLD_DEBTS_AS_AGREED, false, false, false },
        { DEBT_FILE_ADMISSIBLE, DEBT_FILE_INADMISSIBLE, OLD_DEBTS_NOT_TO_BE_PAID, true, true,
          true },
        { DEBT_FILE_ABANDONED, 0, OLD_DEBTS_AS_AGREED, false, false, false },
        { DEBT_FILE_CONTESTED, DEBT_FILE_INADMISSIBLE, OLD_DEBTS_AS_AGREED, false, false, false },
        { DEBT_FILE_CONTESTED, DEBT_FILE_ADMISSIBLE, OLD_DEBTS_NOT_TO_BE_PAID, true, true, true },
        { DEBT_FILE_CONTESTED, DEBT_FILE_IMPOSED_MEASURES, OLD_DEBTS_NOT_TO_BE_PAID, true, true,
          true },
        { DEBT_FILE_CONTESTED, DEBT_FILE_PERSONAL_RECOVERY, OLD_DEBTS_NOT_TO_BE_PAID, true, true,
          true },
    };

    about("SUR-3, SUR-5, SUR-6, Q20: what the worker is shown");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct debt_file_advice *advice =
            debt_file_advice(cases[i].state, cases[i].contested);
        const char *state = debt_file_machine.states[cases[i].state];
        const char *contested = debt_file_machine.states[cases[i].contested];

        check(advice->old_debts == cases[i].old_debts, "%s %s: old debts", state, contested);
        check(advice->new_credit_forbidden == cases[i].new_credit_forbidden,
              "%s %s: new credit is %s", state, contested,
              cases[i].new_credit_forbidden ? "forbidden" : "free");
        check(advice->eviction_stay_may_be_asked == cases[i].eviction_stay,
              "SUR-6, C-24: %s %s: the judge is%s asked to stay an eviction", state, contested,
              cases[i].eviction_stay ? "" : " not");
        check(advice->housing_aid_restored == cases[i].aid_restored, "SUR-6: %s %s: housing aid",
              state, contested);
        check(strstr(advice->french, "loyer") && strstr(advice->english, "rent"),
              "SUR-5: %s %s: the sentence speaks of current rent", state, contested);
    }
    check(!debt_file_advice(0, 0), "there is no advice without a file");
    check(!debt_file_advice(DEBT_FILE_STATES, 0), "nor for an unknown state");
}

static void missed_payments(const struct debt_file_law *law)
{
    static const struct debt_instalment instalments[] = {
        { { 2024, 1, 5 }, { 2024, 1, 5 } },
        { { 2024, 2, 5 }, { 2024, 2, 20 } },
        { { 2024, 3, 5 }, { 0 } },
        { { 2024, 4, 5 }, { 0 } },
    };
    static const struct {
        struct date on;
        int64_t missed;
        const char *sentence;
    } cases[] = {
        { { 2024, 1, 6 }, 0, "the first is paid on its day" },
        { { 2024, 2, 5 }, 0, "the second is not late on its day" },
        { { 2024, 2, 6 }, 1, "it is the day after" },
        { { 2024, 2, 19 }, 1, "and to the eve of its payment" },
        { { 2024, 2, 20 }, 0, "paid late is paid" },
        { { 2024, 3, 6 }, 1, "the third is missed" },
        { { 2024, 4, 5 }, 1, "the fourth is not late on its day" },
        { { 2024, 4, 6 }, 2, "two are missed the day after" },
    };

    about("6.10: missed payments");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_number(debt_plan_missed(instalments, 4, cases[i].on), cases[i].missed, "%s",
                     cases[i].sentence);
    check_number(debt_plan_missed(instalments, 3, DATE(2024, 4, 6)), 1,
                 "of the first three, one is missed");
    check_number(debt_plan_missed(&instalments[2], 2, DATE(2024, 4, 6)), 2,
                 "the first of a plan may be missed as any other");
    check_number(debt_plan_missed(instalments, 0, DATE(2024, 4, 6)), 0, "no plan, none missed");
    check(!debt_plan_is_in_danger(1, law), "one missed payment is no alert");
    check(debt_plan_is_in_danger(2, law), "two are");
    check(debt_plan_is_in_danger(3, law), "three are");
    check_date(debt_plan_lapse_avoidable_until(DATE(2024, 2, 20), law), DATE(2024, 3, 6),
               "a formal notice of 20 February 2024 leaves 15 days, to 6 March");
}

static void the_lease(const struct debt_file_law *law)
{
    static const struct {
        const char *sentence;
        struct lease_after_recovery lease;
        struct date on;
        enum lease_clause clause;
    } cases[] = {
        { "a clause never acquired",
          { { 0 }, { 2024, 3, 10 }, { 0 }, { 0 }, { 0 }, { 0 } },
          { 2024, 9, 1 },
          CLAUSE_NOT_ACQUIRED },
        { "on the day of admissibility it can no longer be acquired",
          { { 2024, 3, 10 }, { 2024, 3, 10 }, { 0 }, { 0 }, { 0 }, { 0 } },
          { 2024, 9, 1 },
          CLAUSE_NOT_ACQUIRED },
        { "SUR-10: acquired on the eve, erasure does not undo it",
          { { 2024, 3, 9 }, { 2024, 3, 10 }, { 0 }, { 0 }, { 0 }, { 0 } },
          { 2024, 9, 1 },
          CLAUSE_STAYS_ACQUIRED },
        { "SUR-9: rent resumed but no judge seized",
          { { 2024, 1, 9 }, { 2024, 3, 10 }, { 2024, 4, 1 }, { 0 }, { 0 }, { 0 } },
          { 2024, 9, 1 },
          CLAUSE_STAYS_ACQUIRED },
        { "SUR-9: rent not resumed by the hearing",
          { { 2024, 1, 9 }, { 2024, 3, 10 }, { 0 }, { 2024, 9, 10 }, { 0 }, { 0 } },
          { 2024, 9, 10 },
          CLAUSE_STAYS_ACQUIRED },
        { "SUR-9: rent resumed the day after the hearing",
          { { 2024, 1, 9 }, { 2024, 3, 10 }, { 2024, 9, 11 }, { 2024, 9, 10 }, { 0 }, { 0 } },
          { 2024, 9, 11 },
          CLAUSE_STAYS_ACQUIRED },
        { "SUR-9: rent resumed by the hearing, not yet judged",
          { { 2024, 1, 9 }, { 2024, 3, 10 }, { 2024, 9, 10 }, { 2024, 9, 10 }, { 0 }, { 0 } },
          { 2024, 9, 10 },
          CLAUSE_CAN_BE_STAYED },
        { "SUR-9: on the eve of the judgment",
          { { 2024, 1, 9 },
            { 2024, 3, 10 },
            { 2024, 9, 1 },
            { 2024, 9, 10 },
            { 2024, 10, 15 },
            { 0 } },
          { 2024, 10, 14 },
          CLAUSE_CAN_BE_STAYED },
        { "SUR-9: stayed on the day of the judgment",
          { { 2024, 1, 9 },
            { 2024, 3, 10 },
            { 2024, 9, 1 },
            { 2024, 9, 10 },
            { 2024, 10, 15 },
            { 0 } },
          { 2024, 10, 15 },
          CLAUSE_STAYED },
        { "SUR-9: stayed two years later to the day",
          { { 2024, 1, 9 },
            { 2024, 3, 10 },
            { 2024, 9, 1 },
            { 2024, 9, 10 },
            { 2024, 10, 15 },
            { 0 } },
          { 2026, 10, 15 },
          CLAUSE_STAYED },
        { "SUR-9: paid throughout, it never ran",
          { { 2024, 1, 9 },
            { 2024, 3, 10 },
            { 2024, 9, 1 },
            { 2024, 9, 10 },
            { 2024, 10, 15 },
            { 0 } },
          { 2026, 10, 16 },
          CLAUSE_NEVER_RAN },
        { "SUR-9: rent missed on the last day of the stay",
          { { 2024, 1, 9 },
            { 2024, 3, 10 },
            { 2024, 9, 1 },
            { 2024, 9, 10 },
            { 2024, 10, 15 },
            { 2026, 10, 15 } },
          { 2026, 12, 1 },
          CLAUSE_TAKES_EFFECT_AGAIN },
        { "SUR-9: rent missed the day after the stay",
          { { 2024, 1, 9 },
            { 2024, 3, 10 },
            { 2024, 9, 1 },
            { 2024, 9, 10 },
            { 2024, 10, 15 },
            { 2026, 10, 16 } },
          { 2026, 12, 1 },
          CLAUSE_NEVER_RAN },
        { "SUR-9: rent missed in 2025, seen the day before",
          { { 2024, 1, 9 },
            { 2024, 3, 10 },
            { 2024, 9, 1 },
            { 2024, 9, 10 },
            { 2024, 10, 15 },
            { 2025, 5, 6 } },
          { 2025, 5, 5 },
          CLAUSE_STAYED },
        { "SUR-9: seen on that day",
          { { 2024, 1, 9 },
            { 2024, 3, 10 },
            { 2024, 9, 1 },
            { 2024, 9, 10 },
            { 2024, 10, 15 },
            { 2025, 5, 6 } },
          { 2025, 5, 6 },
          CLAUSE_TAKES_EFFECT_AGAIN },
    };

    about("SUR-9, SUR-10: the lease after a personal recovery");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(lease_clause_after_recovery(&cases[i].lease, cases[i].on, law) == cases[i].clause,
              "%s", cases[i].sentence);
    check_date(lease_clause_stayed_until(DATE(2024, 2, 29), law), DATE(2026, 2, 28),
               "SUR-9: judged on 29 February 2024, stayed to 28 February 2026");
}

int main(void)
{
    struct debt_file_law law = law_of(DATE(2024, 6, 1));

    the_machine();
    the_deposit(&law);
    plans(&law);
    contests(&law);
    judgments();
    time_limits(&law);
    what_is_frozen(&law);
    advice_by_stage();
    missed_payments(&law);
    the_lease(&law);
    return checks_done();
}
