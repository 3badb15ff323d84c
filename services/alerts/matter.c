#include "services/alerts/parts.h"

#include <string.h>

const struct table alerts_matters = { "matters", &alerts__records__matter__descriptor };
const struct table alerts_matters_by_fact = { "matters_by_fact",
                                              &alerts__records__reference__descriptor };

/* --- opening, moving, closing ----------------------------------------------------------------- */

struct fact alerts_fact(const struct entry *heard, const char *rule, const char *subject)
{
    return (struct fact){
        .rule = rule,
        .subject = subject,
        .aspect = "",
        .household = alerts_text_in(heard->event, "household"),
        .district = alerts_text_in(heard->event, "district"),
        .worker = alerts_text_in(heard->event, "worker"),
        .fact_on = date_of(heard->header->date),
        .recorded_ms = heard->header->recorded_at_ms,
    };
}

/* Nothing was left to tell on the day it was recorded. */
static bool is_over(const struct fact *fact)
{
    return !date_is_set(fact->due) ||
           (date_is_set(fact->until) &&
            date_is_before(fact->until, civil_date_at(fact->recorded_ms)));
}

static int64_t until_ms(const struct fact *fact)
{
    return date_is_set(fact->until) ? end_of_day(fact->until) : 0;
}

static void add_passed(struct work *work, const struct fact *fact, uint64_t passed,
                       Alerts__MatterOpened *opened)
{
    const struct alert_rule *rule = catalogue_find(fact->rule);

    opened->steps_passed = arena_take(work->arena, STEPS_MOST * sizeof *opened->steps_passed);
    for (uint32_t step = 0; opened->steps_passed && step < STEPS_MOST; step++)
        if ((passed >> step & 1) != 0)
            opened->steps_passed[opened->n_steps_passed++] =
                alerts_text(alerts_step_name(work->arena, rule, step));
}

static bool is_open_already(struct work *work, const struct fact *fact)
{
    return table_has(work->tables, &alerts_matters_by_fact,
                     alerts_due_key(fact->rule, fact->subject, fact->aspect, fact->due));
}

static void emit_opened(struct work *work, const struct fact *fact, const struct plan *plan,
                        const char *matter)
{
    Alerts__MatterOpened opened = ALERTS__MATTER_OPENED__INIT;

    opened.matter = alerts_text(matter);
    opened.rule = alerts_text(fact->rule);
    opened.subject = alerts_text(fact->subject);
    opened.aspect = alerts_text(fact->aspect);
    opened.household = alerts_text(fact->household);
    opened.district = alerts_text(fact->district);
    opened.worker = alerts_text(fact->worker);
    opened.due_on = date_field(work->arena, fact->due);
    opened.recorded_on = date_field(work->arena, civil_date_at(fact->recorded_ms));
    opened.next_step_ms = plan->next_ms;
    opened.next_step = plan->next_step;
    opened.steps_done = plan->done;
    opened.until_ms = until_ms(fact);
    add_passed(work, fact, plan->passed, &opened);
    work_emit(work, &opened.base, fact->subject, fact->fact_on);
}

void alerts_open_matter(struct work *work, const struct fact *fact)
{
    struct plan plan;

    if (is_over(fact) || is_open_already(work, fact))
        return;
    plan = alerts_plan_of(work, fact);
    emit_opened(work, fact, &plan, work_new_id(work));
}

void alerts_tell_now(struct work *work, const struct fact *fact)
{
    const struct plan told = { .done = 1 };
    Alerts__Records__Matter matter = ALERTS__RECORDS__MATTER__INIT;

    if (is_open_already(work, fact))
        return;
    matter.matter = alerts_text(work_new_id(work));
    matter.rule = alerts_text(fact->rule);
    matter.subject = alerts_text(fact->subject);
    matter.aspect = alerts_text(fact->aspect);
    matter.household = alerts_text(fact->household);
    matter.district = alerts_text(fact->district);
    matter.worker = alerts_text(fact->worker);
    matter.due_on = date_field(work->arena, fact->due);
    emit_opened(work, fact, &told, matter.matter);
    alerts_raise(work, &matter, 0, NULL);
}

void alerts_close_matter(struct work *work, const char *matter, struct date closed_on,
                         const char *reason)
{
    Alerts__MatterClosed closed = ALERTS__MATTER_CLOSED__INIT;
    const char *id = arena_text(work->arena, matter, strlen(matter));

    alerts_resolve_of(work, id, closed_on, reason);
    closed.matter = alerts_text(id);
    closed.closed_on = date_field(work->arena, closed_on);
    work_emit(work, &closed.base, id, closed_on);
}

void alerts_move_matter(struct work *work, const struct fact *fact, bool only_later)
{
    struct walk walk = walk_from(work->tables, &alerts_matters_by_fact,
                                 alerts_fact_key(fact->rule, fact->subject, fact->aspect));
    const Alerts__Records__Reference *open = walk_next(&walk) ? walk.value : NULL;
    const Alerts__Records__Matter *matter =
        open ? table_get(work->tables, &alerts_matters, key_id(open->id)) : NULL;
    Alerts__MatterMoved moved = ALERTS__MATTER_MOVED__INIT;
    struct plan plan;

    if (!matter) {
        if (!only_later)
            alerts_open_matter(work, fact);
        return;
    }
    if (date_is_same(date_of(matter->due_on), fact->due) ||
        (only_later && !date_is_after(fact->due, date_of(matter->due_on))))
        return;
    if (is_over(fact)) {
        alerts_close_matter(work, matter->matter, fact->fact_on, NULL);
        return;
    }
    alerts_resolve_of(work, matter->matter, fact->fact_on, NULL);
    plan = alerts_plan_of(work, fact);
    moved.matter = matter->matter;
    moved.due_on = date_field(work->arena, fact->due);
    moved.recorded_on = date_field(work->arena, civil_date_at(fact->recorded_ms));
    moved.next_step_ms = plan.next_ms;
    moved.next_step = plan.next_step;
    moved.steps_done = plan.done;
    moved.worker = fact->worker[0] ? alerts_text(fact->worker) : matter->worker;
    moved.until_ms = until_ms(fact);
    work_emit(work, &moved.base, fact->subject, fact->fact_on);
}

void alerts_close_matters(struct work *work, const char *rule, const char *subject,
                          const char *aspect, struct date due_before, struct date closed_on)
{
    struct key prefix = alerts_fact_key(rule, subject, aspect);
    struct walk walk = walk_from(work->tables, &alerts_matters_by_fact, prefix);

    while (walk_next(&walk)) {
        const Alerts__Records__Reference *open = walk.value;
        const Alerts__Records__Matter *matter =
            table_get(work->tables, &alerts_matters, key_id(open->id));

        if (matter &&
            (!date_is_set(due_before) || date_is_before(date_of(matter->due_on), due_before)))
            alerts_close_matter(work, open->id, closed_on, NULL);
    }
}

bool alerts_matter_is_open(struct work *work, const char *rule, const char *subject,
                           const char *aspect)
{
    struct walk walk =
        walk_from(work->tables, &alerts_matters_by_fact, alerts_fact_key(rule, subject, aspect));

    return walk_next(&walk);
}

/* --- what a matter becomes in the tables ------------------------------------------------------ */

static struct key index_key(const Alerts__Records__Matter *matter)
{
    return alerts_due_key(matter->rule, matter->subject, matter->aspect, date_of(matter->due_on));
}

static void put_matter(struct tables *tables, const Alerts__Records__Matter *matter)
{
    Alerts__Records__Reference reference = ALERTS__RECORDS__REFERENCE__INIT;

    reference.id = matter->matter;
    table_put(tables, &alerts_matters, key_id(matter->matter), &matter->base);
    table_put(tables, &alerts_matters_by_fact, index_key(matter), &reference.base);
    if (matter->next_step_ms)
        deadline_set(tables, ALERTS_STEP, matter->next_step_ms, matter->matter, matter->next_step);
    if (matter->until_ms)
        deadline_set(tables, ALERTS_UNTIL, matter->until_ms, matter->matter, 0);
}

static void take_matter(struct tables *tables, const Alerts__Records__Matter *matter)
{
    table_delete(tables, &alerts_matters, key_id(matter->matter));
    table_delete(tables, &alerts_matters_by_fact, index_key(matter));
    if (matter->next_step_ms)
        deadline_clear(tables, ALERTS_STEP, matter->next_step_ms, matter->matter,
                       matter->next_step);
    if (matter->until_ms)
        deadline_clear(tables, ALERTS_UNTIL, matter->until_ms, matter->matter, 0);
}

void alerts_apply_matter_opened(struct tables *tables, const struct entry *entry)
{
    const Alerts__MatterOpened *opened = (const Alerts__MatterOpened *)entry->event;
    Alerts__Records__Matter row = ALERTS__RECORDS__MATTER__INIT;

    row.matter = opened->matter;
    row.rule = opened->rule;
    row.subject = opened->subject;
    row.aspect = opened->aspect;
    row.household = opened->household;
    row.district = opened->district;
    row.worker = opened->worker;
    row.due_on = opened->due_on;
    row.recorded_on = opened->recorded_on;
    row.steps_done = opened->steps_done;
    row.next_step_ms = opened->next_step_ms;
    row.next_step = opened->next_step;
    row.until_ms = opened->until_ms;
    put_matter(tables, &row);
}

void alerts_apply_matter_moved(struct tables *tables, const struct entry *entry)
{
    const Alerts__MatterMoved *moved = (const Alerts__MatterMoved *)entry->event;
    Alerts__Records__Matter *row = table_get(tables, &alerts_matters, key_id(moved->matter));

    if (!row)
        return;
    take_matter(tables, row);
    row->due_on = moved->due_on;
    row->recorded_on = moved->recorded_on;
    row->steps_done = moved->steps_done;
    row->next_step_ms = moved->next_step_ms;
    row->next_step = moved->next_step;
    row->until_ms = moved->until_ms;
    row->worker = moved->worker;
    put_matter(tables, row);
}

void alerts_apply_matter_closed(struct tables *tables, const struct entry *entry)
{
    const Alerts__MatterClosed *closed = (const Alerts__MatterClosed *)entry->event;
    const Alerts__Records__Matter *row = table_get(tables, &alerts_matters, key_id(closed->matter));

    if (row)
        take_matter(tables, row);
}

/* --- its instants ----------------------------------------------------------------------------- */

static void plan_next(struct work *work, const Alerts__Records__Matter *row, struct plan plan)
{
    Alerts__MatterMoved moved = ALERTS__MATTER_MOVED__INIT;

    moved.matter = row->matter;
    moved.due_on = row->due_on;
    moved.recorded_on = row->recorded_on;
    moved.steps_done = plan.done;
    moved.next_step_ms = plan.next_ms;
    moved.next_step = plan.next_step;
    moved.worker = row->worker;
    moved.until_ms = row->until_ms;
    work_emit(work, &moved.base, row->subject, DATE_NONE);
}

void alerts_pass_step(struct work *work, const struct deadline *deadline)
{
    const Alerts__Records__Matter *row =
        table_get(work->tables, &alerts_matters, key_id(deadline->subject));
    const struct alert_rule *rule = row ? catalogue_find(row->rule) : NULL;
    const char *before = NULL;
    struct matter matter;
    struct steps_due due;
    struct plan plan;

    if (!rule)
        return;
    matter = (struct matter){
        .due = date_of(row->due_on),
        .recorded_on = date_of(row->recorded_on),
        .holidays = alerts_holidays(work),
    };
    plan = (struct plan){ .done = row->steps_done };
    due = steps_due_on(alerts_lead_of(rule), &matter, plan.done, work->today);
    for (uint32_t step = 0; step < STEPS_MOST; step++)
        if ((due.raised >> step & 1) != 0)
            before = alerts_raise(work, row, step, before);
    plan.done |= due.raised;
    alerts_plan_ahead(&plan, alerts_lead_of(rule), &matter, work->today);
    plan_next(work, row, plan);
}

void alerts_pass_until(struct work *work, const struct deadline *deadline)
{
    if (table_has(work->tables, &alerts_matters, key_id(deadline->subject)))
        alerts_close_matter(work, deadline->subject, work->today, NULL);
}

/* --- settled by people ------------------------------------------------------------------------ */

const struct refusal *alerts_on_resolve(struct work *work, const void *body)
{
    const Alerts__ResolveAlert *asked = body;
    Alerts__ResolveAlertReply reply = ALERTS__RESOLVE_ALERT_REPLY__INIT;
    Alerts__Records__Alert *alert;
    const struct refusal *refusal = alerts_need_alert(work, asked->alert, &alert);

    if (!refusal)
        refusal = need_text(work, "reason", asked->reason);
    if (!refusal)
        refusal = need_code(work, "reason", asked->reason);
    if (refusal)
        return refusal;
    if (table_has(work->tables, &alerts_matters, key_id(alert->matter)))
        alerts_close_matter(work, alert->matter, work->today, asked->reason);
    else
        alerts_resolve(work, alert, work->today, asked->reason);
    work_reply(work, &reply.base);
    return ACCEPTED;
}
