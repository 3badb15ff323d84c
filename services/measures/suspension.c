#include "services/measures/parts.h"

#include "services/measures/rules/duration.h"

const struct refusal *measures_on_suspend_measure(struct work *work, const void *body)
{
    const Measures__SuspendMeasure *asked = body;
    Measures__SuspendMeasureReply reply = MEASURES__SUSPEND_MEASURE_REPLY__INIT;
    Measures__MeasureSuspended event = MEASURES__MEASURE_SUSPENDED__INIT;
    Measures__Records__Measure *row = NULL;
    struct measure_time time;
    struct date on;
    const struct refusal *refusal = measures_need_measure(work, asked->measure, &row);

    if (!refusal)
        refusal = need_fact_date(work, "suspended_on", asked->suspended_on, &on);
    if (!refusal)
        refusal = measures_move_check(work, measures_state_on(row, on), MEASURE_SUSPEND);
    if (!refusal)
        refusal = need_code(work, "reason", asked->reason);
    if (refusal)
        return refusal;
    time = measures_time_of(work->arena, row);
    refusal = measure_suspension_check(&time, on, *asked->reason != '\0');
    if (refusal)
        return refusal;
    event.measure = row->measure;
    event.household = row->household;
    event.suspended_on = date_field(work->arena, on);
    event.reason = asked->reason;
    if (row->state == MEASURE_CLOSING)
        event.end_at_ms = measures_end_instant(work, date_of(row->end));
    work_emit(work, &event.base, row->measure, on);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

void measures_apply_measure_suspended(struct tables *tables, const struct entry *entry)
{
    const Measures__MeasureSuspended *event = (const Measures__MeasureSuspended *)entry->event;
    Measures__Records__Measure *row = measures_get(tables, event->measure);
    Measures__Records__Span span = MEASURES__RECORDS__SPAN__INIT;
    Measures__Records__Span **spans;

    if (!row)
        return;
    spans = arena_take(tables->arena, (row->n_suspensions + 1) * sizeof *spans);
    if (!spans)
        return;
    for (size_t i = 0; i < row->n_suspensions; i++)
        spans[i] = row->suspensions[i];
    span.from = event->suspended_on;
    spans[row->n_suspensions++] = &span;
    row->suspensions = spans;
    if (row->state == MEASURE_CLOSING)
        measures_reopen(row);
    if (event->end_at_ms != 0)
        measures_set_end(tables, row, event->end_at_ms);
    row->state = MEASURE_SUSPENDED;
    measures_put(tables, row);
}

static struct date end_after(struct work *work, const Measures__Records__Measure *measure,
                             const struct measure_time *time)
{
    return measure_end(time->start, (int32_t)measure->months,
                       measures_shift_of(work->tables, measure), time->suspensions,
                       time->suspension_count);
}

/* The time as it is once its last suspension ends. */
static struct measure_time resumed_time(struct work *work, const Measures__Records__Measure *row,
                                        struct date on)
{
    struct measure_time time = measures_time_of(work->arena, row);
    struct span *spans =
        arena_copy(work->arena, time.suspensions, (time.suspension_count + 1) * sizeof *spans);

    if (spans && time.suspension_count > 0)
        spans[time.suspension_count - 1].end = on;
    time.suspensions = spans;
    time.end = end_after(work, row, &time);
    return time;
}

/* By the law of the decision that granted the mandate at hand. */
static struct date cap_of(struct work *work, const Measures__Records__Measure *row)
{
    struct date start = date_of(row->started_on), from = date_of(row->mandate_from);
    struct date decided_on = date_is_same(from, start) ? date_of(row->granted_on) : from;
    struct duration_law law = { 0 };

    if (!work_needs_law(work, duration_law_of((enum scheme)row->scheme), decided_on, &law))
        return DATE_NONE;
    return duration_cap_date(&law, start, row->exceptional);
}

const struct refusal *measures_on_resume_measure(struct work *work, const void *body)
{
    const Measures__ResumeMeasure *asked = body;
    Measures__ResumeMeasureReply reply = MEASURES__RESUME_MEASURE_REPLY__INIT;
    Measures__MeasureResumed event = MEASURES__MEASURE_RESUMED__INIT;
    Measures__Records__Measure *row = NULL;
    struct measure_time time;
    struct date on;
    const struct refusal *refusal = measures_need_measure(work, asked->measure, &row);

    if (!refusal)
        refusal = need_fact_date(work, "resumed_on", asked->resumed_on, &on);
    if (!refusal)
        refusal = measures_move_check(work, measures_state_on(row, on), MEASURE_RESUME);
    if (!refusal)
        refusal =
            measure_resumption_check(date_of(row->suspensions[row->n_suspensions - 1]->from), on);
    if (refusal)
        return refusal;
    time = resumed_time(work, row, on);
    event.measure = row->measure;
    event.household = row->household;
    event.resumed_on = date_field(work->arena, on);
    event.end = date_field(work->arena, time.end);
    event.end_at_ms = measures_end_instant(work, time.end);
    event.count_at_ms = measures_instant_of(
        measures_next_count(work, measures_counting_of(work->tables, row), &time));
    event.weighs = measures_is_of_now(work, time.end);
    event.cap_on = date_field(work->arena, cap_of(work, row));
    event.reviews_due = measures_reviews_left(work, row, time.end, &event.n_reviews_due);
    work_emit(work, &event.base, row->measure, on);
    if (event.weighs != row->weighs)
        measures_emit_caseload(work, row->worker, event.weighs ? 1 : -1, on);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

void measures_apply_measure_resumed(struct tables *tables, const struct entry *entry)
{
    const Measures__MeasureResumed *event = (const Measures__MeasureResumed *)entry->event;
    Measures__Records__Measure *row = measures_get(tables, event->measure);

    if (!row || row->n_suspensions == 0)
        return;
    row->suspensions[row->n_suspensions - 1]->end = event->resumed_on;
    row->end = event->end;
    if (row->state == MEASURE_CLOSING)
        measures_reopen(row);
    row->state = MEASURE_ACTIVE;
    row->weighs = event->weighs;
    measures_set_end(tables, row, event->end_at_ms);
    measures_set_count(tables, row, event->count_at_ms);
    measures_put(tables, row);
}
