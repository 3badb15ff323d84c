#include "services/alerts/parts.h"

#include <stdio.h>
#include <string.h>

const struct table alerts_matters = { "matters", &alerts__records__matter__descriptor };
const struct table alerts_matters_by_fact = { "matters_by_fact",
                                              &alerts__records__reference__descriptor };
const struct table alerts_fired = { "fired", &alerts__records__reference__descriptor };

/* --- keys ----------------------------------------------------------------------------------------
 */

/* Texts that may be long take a bounded place: their beginning and a digest of the whole. */
static void add_short(struct key *key, const char *text)
{
    enum { LONGEST = 36, KEPT = 19 };
    uint64_t digest = UINT64_C(14695981039346656037); /* FNV-1a */
    char cut[KEPT + 17];

    if (text[0] == '\0')
        text = "-";
    if (strlen(text) <= LONGEST) {
        key_add_text(key, text);
        return;
    }
    for (const char *at = text; *at; at++)
        digest = (digest ^ (uint8_t)*at) * UINT64_C(1099511628211);
    snprintf(cut, sizeof cut, "%.*s%016llx", KEPT, text, (unsigned long long)digest);
    key_add_text(key, cut);
}

static struct key key_of(const char *rule, const char *subject, const char *aspect)
{
    struct key key = key_text(rule);

    add_short(&key, subject);
    if (aspect)
        add_short(&key, aspect);
    return key;
}

static struct key key_with_due(const char *rule, const char *subject, const char *aspect,
                               struct date due)
{
    struct key key = key_of(rule, subject, aspect ? aspect : "");

    key_add_date(&key, due);
    return key;
}

struct key alerts_fired_key(const char *rule, const char *subject, const char *aspect,
                            struct date due, uint32_t step)
{
    struct key key = key_with_due(rule, subject, aspect, due);

    key_add_byte(&key, (uint8_t)step);
    return key;
}

/* --- steps ---------------------------------------------------------------------------------------
 */

/* A condition that is looked at again and again is told once an episode, as it begins. */
static const struct lead *lead_of(const struct alert_rule *rule)
{
    static const struct lead at_once = { .steps = { { STEP_AT_ONCE, 0 } } };

    return rule->rhythm ? &at_once : &rule->lead;
}

const char *alerts_step_name(struct arena *arena, const struct alert_rule *rule, uint32_t step)
{
    const struct lead *lead = lead_of(rule);
    size_t count = lead_step_count(lead);
    struct lead_step here;

    if (step >= count)
        return arena_format(arena, "+%u m", (unsigned)(step - count + 1) * lead->repeat_months);
    here = lead->steps[step];
    switch ((enum step_unit)here.unit) {
    case STEP_AT_ONCE:
    case STEP_OPENING: return "0";
    case STEP_DAYS: return arena_format(arena, here.amount ? "%+d d" : "%d d", here.amount);
    case STEP_WORKING_DAYS: return arena_format(arena, "%+d wd", here.amount);
    case STEP_MONTHS: return arena_format(arena, "%+d m", here.amount);
    case STEP_HOURS: return arena_format(arena, "%+d h", here.amount);
    case STEP_DAY_OF_YEAR:
        return arena_format(arena, "%02d-%02d", here.amount / 100, here.amount % 100);
    }
    return "";
}

/* The steps already raised under this very identity: each is raised once. */
static uint64_t fired_before(struct work *work, const struct fact *fact)
{
    struct key key = key_with_due(fact->rule, fact->subject, fact->aspect, fact->due);
    struct walk walk = walk_from(work->tables, &alerts_fired, key);
    uint64_t done = 0;

    while (walk_next(&walk)) {
        size_t at = key.length;
        uint8_t step;

        if (key_read_byte(&walk.key, &at, &step) && step < STEPS_MOST)
            done |= UINT64_C(1) << step;
        walk_forget(&walk);
    }
    return done;
}

struct plan {
    uint64_t done;
    uint64_t passed;
    int64_t next_ms; /* 0: none */
    uint32_t next_step;
};

static uint32_t lowest(uint64_t steps)
{
    return steps ? (uint32_t)__builtin_ctzll(steps) : 0;
}

/* The day after today on which something is due next. */
static void plan_ahead(struct plan *plan, const struct lead *lead, const struct matter *matter,
                       struct date today)
{
    struct date next = steps_next_date(lead, matter, plan->done, today);

    plan->next_ms = date_is_set(next) ? start_of_day(next) : 0;
    plan->next_step = 0;
    for (uint32_t step = 0; date_is_set(next) && step < STEPS_MOST; step++)
        if ((plan->done >> step & 1) == 0 && date_is_same(lead_step_date(lead, matter, step), next))
            plan->next_step = step;
}

/* A step that was meant for this very day, not one that stands for what passed. */
static bool falls_on(const struct lead *lead, const struct matter *matter, uint64_t steps,
                     struct date day)
{
    for (uint32_t step = 0; step < STEPS_MOST; step++)
        if ((steps >> step & 1) != 0 && date_is_same(lead_step_date(lead, matter, step), day) &&
            (step >= lead_step_count(lead) || lead->steps[step].unit != STEP_AT_ONCE))
            return true;
    return false;
}

static struct plan plan_of(struct work *work, const struct fact *fact)
{
    const struct lead *lead = lead_of(catalogue_find(fact->rule));
    struct date recorded_on = civil_date_at(fact->recorded_ms);
    struct matter matter = { .due = fact->due,
                             .recorded_on = recorded_on,
                             .holidays = alerts_holidays(work) };
    struct plan plan = { .done = fired_before(work, fact) };
    struct timing_law law = { 0 };
    struct steps_due due = steps_due_on(lead, &matter, plan.done, recorded_on);

    work_law(work, timing_law, recorded_on, &law);
    plan.passed = due.passed;
    plan_ahead(&plan, lead, &matter, recorded_on);
    if (due.raised) {
        plan.next_ms = falls_on(lead, &matter, due.raised, recorded_on)
                           ? fact->recorded_ms
                           : steps_first_look(&law, fact->fact_on, fact->recorded_ms);
        plan.next_step = lowest(due.raised);
    }
    return plan;
}

/* --- opening, moving, closing
 * ----------------------------------------------------------------------- */

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

void alerts_open_matter(struct work *work, const struct fact *fact)
{
    Alerts__MatterOpened opened = ALERTS__MATTER_OPENED__INIT;
    struct plan plan;

    if (is_over(fact) ||
        table_has(work->tables, &alerts_matters_by_fact,
                  key_with_due(fact->rule, fact->subject, fact->aspect, fact->due)))
        return;
    plan = plan_of(work, fact);
    opened.matter = alerts_text(work_new_id(work));
    opened.rule = alerts_text(fact->rule);
    opened.subject = alerts_text(fact->subject);
    opened.aspect = alerts_text(fact->aspect);
    opened.household = alerts_text(fact->household);
    opened.district = alerts_text(fact->district);
    opened.worker = alerts_text(fact->worker);
    opened.due_on = date_field(work->arena, fact->due);
    opened.recorded_on = date_field(work->arena, civil_date_at(fact->recorded_ms));
    opened.next_step_ms = plan.next_ms;
    opened.next_step = plan.next_step;
    opened.steps_done = plan.done;
    opened.until_ms = until_ms(fact);
    add_passed(work, fact, plan.passed, &opened);
    work_emit(work, &opened.base, fact->subject, fact->fact_on);
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
                                 key_of(fact->rule, fact->subject, fact->aspect));
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
    plan = plan_of(work, fact);
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
    struct key prefix = key_of(rule, subject, aspect);
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
        walk_from(work->tables, &alerts_matters_by_fact, key_of(rule, subject, aspect));

    return walk_next(&walk);
}

/* --- what a matter becomes in the tables
 * ------------------------------------------------------------ */

static struct key index_key(const Alerts__Records__Matter *matter)
{
    return key_with_due(matter->rule, matter->subject, matter->aspect, date_of(matter->due_on));
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

/* --- its instants
 * --------------------------------------------------------------------------------- */

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
    due = steps_due_on(lead_of(rule), &matter, plan.done, work->today);
    for (uint32_t step = 0; step < STEPS_MOST; step++)
        if ((due.raised >> step & 1) != 0)
            alerts_raise(work, row, step);
    plan.done |= due.raised;
    plan_ahead(&plan, lead_of(rule), &matter, work->today);
    plan_next(work, row, plan);
}

void alerts_pass_until(struct work *work, const struct deadline *deadline)
{
    if (table_has(work->tables, &alerts_matters, key_id(deadline->subject)))
        alerts_close_matter(work, deadline->subject, work->today, NULL);
}
