#include "services/measures/rules/crisis.h"

#define FIELD(member, parameter, unit)                                                             \
    {                                                                                              \
        "measures.crisis." parameter, unit, offsetof(struct crisis_law, member)                    \
    }

const struct parameter_field crisis_law_fields[] = {
    FIELD(qualification_hours, "qualification_period", UNIT_HOURS),
    FIELD(plan_warning_hours, "plan_warning_after", UNIT_HOURS),
    FIELD(plan_hours, "plan_period", UNIT_HOURS),
    FIELD(manager_hours, "manager_told_after", UNIT_HOURS),
    FIELD(funder_hours, "funder_told_after", UNIT_HOURS),
    FIELD(clean_reviews, "clean_reviews", UNIT_COUNT),
    { .name = NULL },
};

static const char *const states[CRISIS_STATES] = {
    [0] = "",
    [CRISIS_REPORTED] = "REPORTED",
    [CRISIS_QUALIFIED] = "QUALIFIED",
    [CRISIS_CELL_OPEN] = "CELL_OPEN",
    [CRISIS_PLAN_RUNNING] = "PLAN_RUNNING",
    [CRISIS_MONITORED] = "MONITORED",
    [CRISIS_CLOSED] = "CLOSED",
    [CRISIS_UNFOUNDED] = "UNFOUNDED",
};

static const char *const events[CRISIS_EVENTS] = {
    [0] = "",
    [CRISIS_REPORT] = "report",
    [CRISIS_QUALIFY] = "qualify",
    [CRISIS_DISMISS] = "dismiss",
    [CRISIS_OPEN_CELL] = "open_cell",
    [CRISIS_START_PLAN] = "start_plan",
    [CRISIS_MONITOR] = "monitor",
    [CRISIS_RESUME_PLAN] = "resume_plan",
    [CRISIS_CLOSE] = "close",
};

static const struct transition transitions[] = {
    { 0, CRISIS_REPORT, CRISIS_REPORTED },
    { CRISIS_REPORTED, CRISIS_QUALIFY, CRISIS_QUALIFIED },
    { CRISIS_REPORTED, CRISIS_DISMISS, CRISIS_UNFOUNDED },
    { CRISIS_QUALIFIED, CRISIS_DISMISS, CRISIS_UNFOUNDED },
    { CRISIS_CELL_OPEN, CRISIS_DISMISS, CRISIS_UNFOUNDED },
    { CRISIS_QUALIFIED, CRISIS_OPEN_CELL, CRISIS_CELL_OPEN },
    { CRISIS_QUALIFIED, CRISIS_START_PLAN, CRISIS_PLAN_RUNNING },
    { CRISIS_CELL_OPEN, CRISIS_START_PLAN, CRISIS_PLAN_RUNNING },
    { CRISIS_PLAN_RUNNING, CRISIS_MONITOR, CRISIS_MONITORED },
    { CRISIS_MONITORED, CRISIS_RESUME_PLAN, CRISIS_PLAN_RUNNING },
    { CRISIS_MONITORED, CRISIS_CLOSE, CRISIS_CLOSED },
};

const struct machine crisis_machine = {
    .name = "crisis_event",
    .states = states,
    .state_count = CRISIS_STATES,
    .events = events,
    .event_count = CRISIS_EVENTS,
    .transitions = transitions,
    .transition_count = sizeof transitions / sizeof *transitions,
    .terminal = UINT64_C(1) << CRISIS_CLOSED | UINT64_C(1) << CRISIS_UNFOUNDED,
};

/* --- reporting -------------------------------------------------------------------------------- */

const struct refusal CRISIS_WITHOUT_TYPE = {
    "CRISIS_WITHOUT_TYPE",
    "type",
    "6.12",
    "Indiquez ce qui s'est passé : décès, agression, incendie…",
    "Say what happened: death, assault, fire...",
};
const struct refusal CRISIS_WITHOUT_PLACE = {
    "CRISIS_WITHOUT_PLACE",   "place", "6.12", "Indiquez le lieu de l'événement.",
    "Say where it happened.",
};
const struct refusal CRISIS_PEOPLE_IMPOSSIBLE = {
    "CRISIS_PEOPLE_IMPOSSIBLE",
    "people",
    "6.12, S2-37",
    "Le nombre de résidents ou de salariés touchés ne peut pas être négatif : corrigez-le.",
    "The number of residents or staff affected cannot be negative: correct it.",
};

const struct refusal *crisis_may_be_reported(const struct crisis_report *report)
{
    if (report->type < CRISIS_DEATH || report->type > CRISIS_OTHER)
        return &CRISIS_WITHOUT_TYPE;
    if (!report->has_place)
        return &CRISIS_WITHOUT_PLACE;
    if (report->residents_affected < 0 || report->staff_affected < 0)
        return &CRISIS_PEOPLE_IMPOSSIBLE;
    return ACCEPTED;
}

enum crisis_recipient crisis_first_recipient(enum crisis_type type)
{
    return type == CRISIS_UNFIT_HOUSING_REPORT ? CRISIS_TO_DISTRICT_LEAD : CRISIS_TO_ON_CALL;
}

/* --- instants --------------------------------------------------------------------------------- */

int64_t crisis_qualification_due_ms(int64_t reported_at_ms, const struct crisis_law *law)
{
    return reported_at_ms + law->qualification_hours * HOUR_MS;
}

int64_t crisis_plan_warning_at_ms(int64_t reported_at_ms, const struct crisis_law *law)
{
    return reported_at_ms + law->plan_warning_hours * HOUR_MS;
}

int64_t crisis_plan_due_ms(int64_t reported_at_ms, const struct crisis_law *law)
{
    return reported_at_ms + law->plan_hours * HOUR_MS;
}

int64_t crisis_manager_told_at_ms(int64_t reported_at_ms, const struct crisis_law *law)
{
    return reported_at_ms + law->manager_hours * HOUR_MS;
}

int64_t crisis_funder_told_at_ms(int64_t reported_at_ms, const struct crisis_law *law)
{
    return reported_at_ms + law->funder_hours * HOUR_MS;
}

/* Until when a thing was open, seen now: 0 is not done yet. */
static int64_t open_until(int64_t done_at_ms, int64_t now_ms)
{
    return done_at_ms != 0 && done_at_ms < now_ms ? done_at_ms : now_ms;
}

bool crisis_is_late(int64_t due_ms, int64_t done_at_ms, int64_t now_ms)
{
    return open_until(done_at_ms, now_ms) > due_ms;
}

enum crisis_recipient crisis_escalation(enum crisis_type type, int64_t reported_at_ms,
                                        int64_t qualified_at_ms, int64_t now_ms,
                                        const struct crisis_law *law)
{
    int64_t open_until_ms = open_until(qualified_at_ms, now_ms);

    if (open_until_ms >= crisis_funder_told_at_ms(reported_at_ms, law))
        return CRISIS_TO_FUNDER;
    if (open_until_ms >= crisis_manager_told_at_ms(reported_at_ms, law))
        return CRISIS_TO_MANAGER;
    return crisis_first_recipient(type);
}

/* --- the cell --------------------------------------------------------------------------------- */

const struct refusal CRISIS_CELL_IS_THE_STATES = {
    "CRISIS_CELL_IS_THE_STATES",
    "opener",
    "C-20, S1-62",
    "La cellule sur l'habitat indigne est ouverte par l'État : enregistrez la sienne et votre "
    "part.",
    "The cell on unfit housing is opened by the State: record the State's and your own part.",
};
const struct refusal CRISIS_NOT_REPORTED_TO_STATE = {
    "CRISIS_NOT_REPORTED_TO_STATE",
    "reported_to_state_on",
    "C-20, S1-62",
    "Indiquez la date du signalement aux services de l'État, qui déclenche la cellule.",
    "Give the date of the report to the State's services, which triggers the cell.",
};
const struct refusal CRISIS_CELL_WITHOUT_PARTICIPANTS = {
    "CRISIS_CELL_WITHOUT_PARTICIPANTS",
    "participants",
    "S1-62",
    "Indiquez qui est convoqué à la cellule.",
    "Say who is called to the cell.",
};

const struct refusal *crisis_may_have_cell(enum crisis_type type, const struct crisis_cell *cell)
{
    bool is_unfit_housing = type == CRISIS_UNFIT_HOUSING_REPORT;

    if (is_unfit_housing && cell->opener != CELL_OPENED_BY_STATE)
        return &CRISIS_CELL_IS_THE_STATES;
    if (is_unfit_housing && !date_is_set(cell->reported_to_state_on))
        return &CRISIS_NOT_REPORTED_TO_STATE;
    if (cell->participants < 1)
        return &CRISIS_CELL_WITHOUT_PARTICIPANTS;
    return ACCEPTED;
}

/* --- closing ---------------------------------------------------------------------------------- */

const struct refusal CRISIS_RESIDENTS_WITHOUT_SUPPORT = {
    "CRISIS_RESIDENTS_WITHOUT_SUPPORT",
    "residents_were_offered_support",
    "6.12, S2-37",
    "Proposez un soutien aux résidents touchés, et notez-le, avant de clore.",
    "Offer support to the residents affected, and note it, before closing.",
};
const struct refusal CRISIS_STAFF_WITHOUT_SUPPORT = {
    "CRISIS_STAFF_WITHOUT_SUPPORT",
    "staff_were_offered_support",
    "6.12, S2-37",
    "Proposez un soutien aux salariés touchés, et notez-le, avant de clore.",
    "Offer support to the staff affected, and note it, before closing.",
};
const struct refusal CRISIS_REVIEWS_MISSING = {
    "CRISIS_REVIEWS_MISSING",
    "",
    "6.12",
    "Il faut deux revues de veille sociale de suite sans difficulté : attendez la prochaine "
    "réunion.",
    "Two social-watch reviews in a row without difficulty are needed: wait for the next meeting.",
};
const struct refusal CRISIS_LESSONS_MISSING = {
    "CRISIS_LESSONS_MISSING",
    "lessons",
    "6.12, S2-34",
    "Écrivez les enseignements tirés avant de clore : ils alimentent les bonnes pratiques.",
    "Write the lessons learned before closing: they feed good practice.",
};

const struct refusal *crisis_may_be_closed(const struct crisis_closing *closing,
                                           const struct crisis_law *law)
{
    if (closing->residents_affected > 0 && !closing->residents_were_offered_support)
        return &CRISIS_RESIDENTS_WITHOUT_SUPPORT;
    if (closing->staff_affected > 0 && !closing->staff_were_offered_support)
        return &CRISIS_STAFF_WITHOUT_SUPPORT;
    if (closing->clean_reviews < law->clean_reviews)
        return &CRISIS_REVIEWS_MISSING;
    if (!closing->lessons_are_written)
        return &CRISIS_LESSONS_MISSING;
    return ACCEPTED;
}
