#include "services/measures/parts.h"

#include <string.h>

static const struct refusal reason_unknown = {
    .code = "CANCELLATION_REASON_UNKNOWN",
    .field = "reason",
    .rule = "6.2, C-11",
    .french =
        "Le motif est CONSENT_REFUSED (refus d'adhésion), WITHDRAWN (renoncement) ou DECEASED "
        "(décès).",
    .english = "The reason is CONSENT_REFUSED, WITHDRAWN or DECEASED.",
};

static const struct refusal *cancellation_check(struct work *work, const char *reason,
                                                enum measure_state state)
{
    bool is_refusal = strcmp(reason, "CONSENT_REFUSED") == 0;

    if (!is_refusal && strcmp(reason, "WITHDRAWN") != 0 && strcmp(reason, "DECEASED") != 0)
        return &reason_unknown;
    return measures_move_check(work, state,
                               is_refusal && state == MEASURE_CONTRACTING ? MEASURE_REFUSE_ADHESION
                                                                          : MEASURE_CANCEL);
}

const struct refusal *measures_on_cancel_measure(struct work *work, const void *body)
{
    const Measures__CancelMeasure *asked = body;
    Measures__CancelMeasureReply reply = MEASURES__CANCEL_MEASURE_REPLY__INIT;
    Measures__MeasureCancelled event = MEASURES__MEASURE_CANCELLED__INIT;
    Measures__Records__Measure *row = NULL;
    struct measures_line line;
    struct date on;
    const struct refusal *refusal = measures_need_measure(work, asked->measure, &row);

    if (!refusal)
        refusal = need_fact_date(work, "cancelled_on", asked->cancelled_on, &on);
    if (!refusal)
        refusal = cancellation_check(work, asked->reason, (enum measure_state)row->state);
    if (!refusal)
        refusal = measures_order_check(work, "cancelled_on", date_of(row->granted_on), on);
    if (refusal)
        return refusal;
    event.measure = row->measure;
    event.household = row->household;
    event.worker = row->worker;
    event.reason = asked->reason;
    event.cancelled_on = date_field(work->arena, on);
    work_emit(work, &event.base, row->measure, on);
    if (row->weighs)
        measures_emit_caseload(work, row->worker, -1, on);
    if (!table_has(work->tables, &measures_matters, key_id(row->measure))) {
        line = measures_line_of(work->tables, row);
        measures_line_release(&line, true);
        measures_line_emit(work, &line, row->measure, on);
    }
    work_reply(work, &reply.base);
    return ACCEPTED;
}

void measures_apply_measure_cancelled(struct tables *tables, const struct entry *entry)
{
    const Measures__MeasureCancelled *event = (const Measures__MeasureCancelled *)entry->event;
    Measures__Records__Measure *row = measures_get(tables, event->measure);

    table_delete(tables, &measures_open, key_id(event->measure));
    table_delete(tables, &measures_matters, key_id(event->measure));
    if (!row)
        return;
    row->state = MEASURE_CANCELLED;
    row->weighs = false;
    measures_put(tables, row);
}
