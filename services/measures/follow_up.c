#include "services/measures/parts.h"

#include "services/measures/rules/follow_up.h"

#include <string.h>

enum { ATTEMPTS_MOST = 32 };

static Measures__Records__FollowUp *follow_up_of(struct tables *tables, const char *measure)
{
    return table_get(tables, &measures_follow_ups, key_id(measure));
}

static bool is_open(const Measures__Records__FollowUp *row)
{
    return row && !machine_is_terminal(&follow_up_machine, row->state);
}

static void emit_ended(struct work *work, const Measures__Records__Measure *measure,
                       enum follow_up_state state, struct date on,
                       const Measures__RecordFollowUp *answers)
{
    Measures__FollowUpEnded event = MEASURES__FOLLOW_UP_ENDED__INIT;

    event.measure = measure->measure;
    event.household = measure->household;
    event.state = measures_text(follow_up_machine.states[state]);
    event.ended_on = date_field(work->arena, on);
    if (answers) {
        event.housing = answers->housing;
        event.situation = answers->situation;
        event.needs_new_measure = answers->needs_new_measure;
    }
    work_emit(work, &event.base, measure->measure, on);
}

/* --- planned at the closing ------------------------------------------------------------------- */

struct date measures_plan_follow_up(struct work *work, const Measures__Records__Measure *measure,
                                    struct date ended_on, enum closing_reason reason)
{
    Measures__FollowUpPlanned event = MEASURES__FOLLOW_UP_PLANNED__INIT;
    struct follow_up_facts facts = { .deceased = reason == CLOSING_DEATH,
                                     .erasure_asked = work_is_erased(work, measure->household) };
    struct follow_up_window window;
    struct follow_up_law law = { 0 };

    if (!work_needs_law(work, follow_up_law, ended_on, &law))
        return DATE_NONE;
    window = follow_up_window_of(&law, ended_on);
    event.measure = measure->measure;
    event.household = measure->household;
    event.worker = measure->worker;
    event.district = measure->district;
    event.due_on = date_field(work->arena, window.due);
    event.window_from = date_field(work->arena, window.first);
    event.window_to = date_field(work->arena, window.last);
    event.window_at_ms = measures_instant_of(window.first);
    event.due_at_ms = measures_instant_of(window.due);
    work_emit(work, &event.base, measure->measure, ended_on);
    if (follow_up_dismissal_of(facts) == 0)
        return window.due;
    emit_ended(work, measure, FOLLOW_UP_NOT_APPLICABLE, ended_on, NULL);
    return DATE_NONE;
}

void measures_apply_follow_up_planned(struct tables *tables, const struct entry *entry)
{
    const Measures__FollowUpPlanned *event = (const Measures__FollowUpPlanned *)entry->event;
    Measures__Records__FollowUp row = MEASURES__RECORDS__FOLLOW_UP__INIT;

    row.state = FOLLOW_UP_PLANNED;
    row.due_on = event->due_on;
    row.window_from = event->window_from;
    row.window_to = event->window_to;
    row.window_at_ms = event->window_at_ms;
    row.due_at_ms = event->due_at_ms;
    table_put(tables, &measures_follow_ups, key_id(event->measure), &row.base);
    deadline_set(tables, MEASURES_DEADLINE_FOLLOW_UP_OPENS, row.window_at_ms, event->measure, 1);
    deadline_set(tables, MEASURES_DEADLINE_FOLLOW_UP_DUE, row.due_at_ms, event->measure, 1);
}

/* --- its days --------------------------------------------------------------------------------- */

void measures_pass_follow_up_opens(struct work *work, const struct deadline *deadline)
{
    const Measures__Records__FollowUp *row = follow_up_of(work->tables, deadline->subject);
    const Measures__Records__Measure *measure = measures_get(work->tables, deadline->subject);
    Measures__FollowUpOpened event = MEASURES__FOLLOW_UP_OPENED__INIT;

    if (!row || !measure || row->state != FOLLOW_UP_PLANNED)
        return;
    event.measure = measure->measure;
    event.household = measure->household;
    event.worker = measure->worker;
    event.opened_on = row->window_from;
    work_emit(work, &event.base, measure->measure, date_of(row->window_from));
}

static void open_window(struct tables *tables, const char *measure)
{
    Measures__Records__Mark mark = MEASURES__RECORDS__MARK__INIT;

    table_put(tables, &measures_follow_ups_due, key_id(measure), &mark.base);
}

void measures_apply_follow_up_opened(struct tables *tables, const struct entry *entry)
{
    const Measures__FollowUpOpened *event = (const Measures__FollowUpOpened *)entry->event;
    Measures__Records__FollowUp *row = follow_up_of(tables, event->measure);

    if (!row)
        return;
    row->state = FOLLOW_UP_DUE;
    table_put(tables, &measures_follow_ups, key_id(event->measure), &row->base);
    open_window(tables, event->measure);
}

/* A measure of the household, its own apart, that runs on the day. */
static bool another_runs(struct work *work, const Measures__Records__Measure *measure,
                         struct date day)
{
    struct walk walk = walk_from(work->tables, &measures_by_household, key_id(measure->household));
    bool found = false;

    while (!found && walk_next(&walk)) {
        size_t at = 16;
        char id[ID_TEXT_SIZE];
        const Measures__Records__Measure *other =
            key_read_id(&walk.key, &at, id) ? measures_get(work->tables, id) : NULL;

        found = other && strcmp(id, measure->measure) != 0 && measures_runs_on(other, day);
        walk_forget(&walk);
    }
    return found;
}

void measures_pass_follow_up_due(struct work *work, const struct deadline *deadline)
{
    const Measures__Records__FollowUp *row = follow_up_of(work->tables, deadline->subject);
    const Measures__Records__Measure *measure = measures_get(work->tables, deadline->subject);
    struct follow_up_facts facts = { 0 };

    if (!is_open(row) || !measure)
        return;
    facts.new_measure_runs = another_runs(work, measure, date_of(row->due_on));
    if (follow_up_dismissal_of(facts) != 0)
        emit_ended(work, measure, FOLLOW_UP_NOT_APPLICABLE, date_of(row->due_on), NULL);
}

/* --- none any more ---------------------------------------------------------------------------- */

/* The open follow-ups of a household's measures, one a turn. */
struct follow_up_at_hand {
    const Measures__Records__Measure *measure;
    const Measures__Records__FollowUp *row;
};

static bool next_open(struct walk *walk, struct follow_up_at_hand *found)
{
    while (walk_next(walk)) {
        size_t at = 16;
        char id[ID_TEXT_SIZE];

        if (!key_read_id(&walk->key, &at, id))
            continue;
        found->row = follow_up_of(walk->tables, id);
        found->measure = measures_get(walk->tables, id);
        if (is_open(found->row) && found->measure)
            return true;
        walk_forget(walk);
    }
    return false;
}

void measures_drop_follow_ups(struct work *work, const char *household)
{
    struct walk walk = walk_from(work->tables, &measures_by_household, key_id(household));
    struct follow_up_at_hand found;

    while (next_open(&walk, &found))
        emit_ended(work, found.measure, FOLLOW_UP_NOT_APPLICABLE, work->today, NULL);
}

/* Those due later are looked at on their day. */
void measures_dismiss_follow_ups(struct work *work, const Measures__Records__Measure *started,
                                 struct date from, struct date end)
{
    struct walk walk = walk_from(work->tables, &measures_by_household, key_id(started->household));
    struct follow_up_at_hand found;

    while (next_open(&walk, &found)) {
        struct date due = date_of(found.row->due_on);

        if (strcmp(found.measure->measure, started->measure) != 0 &&
            date_is_within(due, from, end) && !date_is_after(due, work->today))
            emit_ended(work, found.measure, FOLLOW_UP_NOT_APPLICABLE, due, NULL);
    }
}

/* --- attempts and answers --------------------------------------------------------------------- */

static const struct refusal no_follow_up = {
    .code = "FOLLOW_UP_NOT_PLANNED",
    .field = "measure",
    .rule = "6.13",
    .french = "Le contact à six mois suit la clôture de la mesure : évaluez-la d'abord.",
    .english = "The six-month contact follows the closing of the measure: evaluate it first.",
};
static const struct refusal follow_up_over = {
    .code = "FOLLOW_UP_OVER",
    .field = "measure",
    .rule = "6.13",
    .french = "Le contact à six mois de cette mesure est déjà conclu.",
    .english = "The six-month contact of this measure is already concluded.",
};

static enum follow_up_channel channel_of(Measures__ContactKind kind)
{
    switch (kind) {
    case MEASURES__CONTACT_KIND__CONTACT_KIND_OFFICE: return CHANNEL_OFFICE;
    case MEASURES__CONTACT_KIND__CONTACT_KIND_HOME_VISIT: return CHANNEL_HOME_VISIT;
    case MEASURES__CONTACT_KIND__CONTACT_KIND_PHONE: return CHANNEL_PHONE;
    case MEASURES__CONTACT_KIND__CONTACT_KIND_LETTER: return CHANNEL_LETTER;
    default: return (enum follow_up_channel)0;
    }
}

/* Yes and no are always said by the command; satisfaction is asked where it was noted. */
static const struct refusal *answers_check(const Measures__RecordFollowUp *asked)
{
    const Measures__Snapshot *situation = asked->situation;
    struct follow_up_answers answers = {
        .housing = (enum housing_outcome)asked->housing,
        .tenure = situation ? (int32_t)situation->tenure : 0,
        .has_arrears = situation && situation->in_arrears ? ANSWER_YES : ANSWER_NO,
        .resources =
            situation ? (enum resource_band)situation->resource_band : (enum resource_band)0,
        .satisfaction = asked->satisfaction == 0 ? 1 : (int32_t)asked->satisfaction,
        .needs_measure = asked->needs_new_measure ? ANSWER_YES : ANSWER_NO,
    };

    return follow_up_answers_check(&answers);
}

static const struct refusal *attempt_check(struct work *work, const Measures__RecordFollowUp *asked,
                                           const Measures__Records__FollowUp *row, struct date on)
{
    struct follow_up_window window = { .first = date_of(row->window_from),
                                       .due = date_of(row->due_on),
                                       .last = date_of(row->window_to) };
    struct follow_up_attempt attempt = { .on = on, .channel = channel_of(asked->channel) };
    const struct refusal *refusal = need_choice(work, "result", (int)asked->result);

    if (!refusal && machine_is_terminal(&follow_up_machine, row->state))
        refusal = &follow_up_over;
    if (!refusal)
        refusal = follow_up_attempt_check(&window, attempt);
    if (!refusal && asked->result == MEASURES__FOLLOW_UP_RESULT__FOLLOW_UP_RESULT_DONE)
        refusal = answers_check(asked);
    return refusal;
}

static bool is_to_be_given_up(struct work *work, const Measures__Records__FollowUp *row,
                              struct follow_up_attempt last)
{
    struct follow_up_attempt attempts[ATTEMPTS_MOST + 1];
    struct follow_up_law law = { 0 };
    size_t count = 0;

    for (; count < row->n_attempts && count < ATTEMPTS_MOST; count++)
        attempts[count] = (struct follow_up_attempt){
            .on = date_of(row->attempts[count]->attempted_on),
            .channel = channel_of(row->attempts[count]->channel),
        };
    attempts[count++] = last;
    return work_law(work, follow_up_law, last.on, &law) == ACCEPTED &&
           follow_up_give_up_check(&law, attempts, count) == ACCEPTED;
}

static enum follow_up_state attempt_in_vain(struct work *work,
                                            const Measures__RecordFollowUp *asked,
                                            const Measures__Records__Measure *measure,
                                            const Measures__Records__FollowUp *row, struct date on)
{
    struct follow_up_attempt last = { .on = on, .channel = channel_of(asked->channel) };
    Measures__FollowUpAttempted event = MEASURES__FOLLOW_UP_ATTEMPTED__INIT;

    event.measure = measure->measure;
    event.household = measure->household;
    event.attempted_on = date_field(work->arena, on);
    event.channel = asked->channel;
    event.attempts = (uint32_t)row->n_attempts + 1;
    work_emit(work, &event.base, measure->measure, on);
    if (!is_to_be_given_up(work, row, last))
        return FOLLOW_UP_ATTEMPTED;
    emit_ended(work, measure, FOLLOW_UP_UNREACHABLE, on, NULL);
    return FOLLOW_UP_UNREACHABLE;
}

static enum follow_up_state record(struct work *work, const Measures__RecordFollowUp *asked,
                                   const Measures__Records__Measure *measure,
                                   const Measures__Records__FollowUp *row, struct date on)
{
    bool is_done = asked->result == MEASURES__FOLLOW_UP_RESULT__FOLLOW_UP_RESULT_DONE;
    enum follow_up_state state = is_done ? FOLLOW_UP_DONE : FOLLOW_UP_REFUSED;

    if (asked->result == MEASURES__FOLLOW_UP_RESULT__FOLLOW_UP_RESULT_NO_ANSWER)
        return attempt_in_vain(work, asked, measure, row, on);
    emit_ended(work, measure, state, on, is_done ? asked : NULL);
    return state;
}

const struct refusal *measures_on_record_follow_up(struct work *work, const void *body)
{
    const Measures__RecordFollowUp *asked = body;
    Measures__RecordFollowUpReply reply = MEASURES__RECORD_FOLLOW_UP_REPLY__INIT;
    Measures__Records__Measure *measure = NULL;
    const Measures__Records__FollowUp *row = follow_up_of(work->tables, asked->measure);
    struct date on;
    const struct refusal *refusal = measures_need_measure(work, asked->measure, &measure);

    if (!refusal && !row)
        refusal = &no_follow_up;
    if (!refusal)
        refusal = need_fact_date(work, "attempted_on", asked->attempted_on, &on);
    if (!refusal)
        refusal = attempt_check(work, asked, row, on);
    if (refusal)
        return refusal;
    reply.state = measures_text(follow_up_machine.states[record(work, asked, measure, row, on)]);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

void measures_apply_follow_up_attempted(struct tables *tables, const struct entry *entry)
{
    const Measures__FollowUpAttempted *event = (const Measures__FollowUpAttempted *)entry->event;
    Measures__Records__FollowUp *row = follow_up_of(tables, event->measure);
    Measures__Records__Attempt attempt = MEASURES__RECORDS__ATTEMPT__INIT;
    Measures__Records__Attempt **attempts;

    if (!row)
        return;
    attempts = arena_take(tables->arena, (row->n_attempts + 1) * sizeof *attempts);
    if (!attempts)
        return;
    for (size_t i = 0; i < row->n_attempts; i++)
        attempts[i] = row->attempts[i];
    attempt.attempted_on = event->attempted_on;
    attempt.channel = event->channel;
    attempts[row->n_attempts++] = &attempt;
    row->attempts = attempts;
    row->state = FOLLOW_UP_ATTEMPTED;
    table_put(tables, &measures_follow_ups, key_id(event->measure), &row->base);
    open_window(tables, event->measure);
}

static unsigned state_of_name(const char *name)
{
    for (unsigned state = 1; state < follow_up_machine.state_count; state++)
        if (strcmp(follow_up_machine.states[state], name) == 0)
            return state;
    return FOLLOW_UP_NOT_APPLICABLE;
}

static void move_last_contact(struct tables *tables, const char *id, const Tremplin__Date *on)
{
    Measures__Records__Measure *measure = measures_get(tables, id);

    if (!measure)
        return;
    measure->last_contact_on = (Tremplin__Date *)(uintptr_t)on;
    measures_put(tables, measure);
}

/* Q28: the contact made is one with the household. */
void measures_apply_follow_up_ended(struct tables *tables, const struct entry *entry)
{
    const Measures__FollowUpEnded *event = (const Measures__FollowUpEnded *)entry->event;
    Measures__Records__FollowUp *row = follow_up_of(tables, event->measure);

    table_delete(tables, &measures_follow_ups_due, key_id(event->measure));
    if (!row)
        return;
    deadline_clear(tables, MEASURES_DEADLINE_FOLLOW_UP_OPENS, row->window_at_ms, event->measure, 1);
    deadline_clear(tables, MEASURES_DEADLINE_FOLLOW_UP_DUE, row->due_at_ms, event->measure, 1);
    row->state = state_of_name(event->state);
    table_put(tables, &measures_follow_ups, key_id(event->measure), &row->base);
    if (row->state == FOLLOW_UP_DONE || row->state == FOLLOW_UP_REFUSED)
        move_last_contact(tables, event->measure, event->ended_on);
}
