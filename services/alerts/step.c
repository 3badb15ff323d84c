/* step.c - when a matter has something to tell, by the steps of its rule */
#include "services/alerts/parts.h"

/* A condition that is looked at again and again is told once an episode, as it begins. */
const struct lead *alerts_lead_of(const struct alert_rule *rule)
{
    static const struct lead at_once = { .steps = { { STEP_AT_ONCE, 0 } } };

    return rule->rhythm ? &at_once : &rule->lead;
}

const char *alerts_step_name(struct arena *arena, const struct alert_rule *rule, uint32_t step)
{
    const struct lead *lead = alerts_lead_of(rule);
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

static uint32_t lowest(uint64_t steps)
{
    return steps ? (uint32_t)__builtin_ctzll(steps) : 0;
}

/* The day after today on which something is due next. */
void alerts_plan_ahead(struct plan *plan, const struct lead *lead, const struct matter *matter,
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

struct plan alerts_plan_of(struct work *work, const struct fact *fact)
{
    const struct lead *lead = alerts_lead_of(catalogue_find(fact->rule));
    struct date recorded_on = civil_date_at(fact->recorded_ms);
    struct matter matter = { .due = fact->due,
                             .recorded_on = recorded_on,
                             .holidays = alerts_holidays(work) };
    struct plan plan = { .done = alerts_fired_before(work, fact) };
    struct timing_law law = { 0 };
    struct steps_due due = steps_due_on(lead, &matter, plan.done, recorded_on);

    work_needs_law(work, timing_law, recorded_on, &law);
    plan.passed = due.passed;
    if (!due.raised) { /* opened again: what was raised of it is resolved */
        due.raised = steps_latest(lead, &matter, plan.done);
        plan.done &= ~due.raised;
    }
    alerts_plan_ahead(&plan, lead, &matter, recorded_on);
    if (due.raised) {
        plan.next_ms = falls_on(lead, &matter, due.raised, recorded_on)
                           ? fact->recorded_ms
                           : steps_first_look(&law, fact->fact_on, fact->recorded_ms);
        plan.next_step = lowest(due.raised);
    }
    return plan;
}
