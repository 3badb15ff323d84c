#include "services/measures/parts.h"

#include "services/measures/rules/evaluation.h"

#include <string.h>

/* --- of a MASP that still runs (MASP-2) ------------------------------------------------------- */

static bool is_masp_contract(const Measures__Records__Measure *row)
{
    enum contract_kind kind = measures_contract_of(row->scheme);

    return kind == CONTRACT_MASP1 || kind == CONTRACT_MASP2;
}

static const struct refusal *evaluate_contract(struct work *work,
                                               const Measures__EvaluateMeasure *asked,
                                               const Measures__Records__Measure *row,
                                               struct date on)
{
    Measures__EvaluateMeasureReply reply = MEASURES__EVALUATE_MEASURE_REPLY__INIT;
    Measures__ContractEvaluated event = MEASURES__CONTRACT_EVALUATED__INIT;
    Tremplin__Sealed *const texts[] = { asked->text };

    event.measure = row->measure;
    event.household = row->household;
    event.evaluated_on = date_field(work->arena, on);
    measures_emit_texts(work, &event.base, row, on, texts, 1);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

void measures_apply_contract_evaluated(struct tables *tables, const struct entry *entry)
{
    const Measures__ContractEvaluated *event = (const Measures__ContractEvaluated *)entry->event;
    Measures__Records__Measure *row = measures_get(tables, event->measure);

    measures_keep_texts(tables, event->measure, entry);
    if (!row)
        return;
    row->evaluated_on = event->evaluated_on;
    measures_put(tables, row);
}

/* --- closing ---------------------------------------------------------------------------------- */

static struct situation situation_of(const Measures__Snapshot *snapshot)
{
    if (!snapshot)
        return (struct situation){ 0 };
    return (struct situation){
        .resources = (enum resource_band)snapshot->resource_band,
        .status = (enum socio_professional_status)snapshot->socio_professional_status,
    };
}

static uint32_t domain_bits(const Measures__EvaluateMeasure *asked)
{
    uint32_t bits = 0;

    for (size_t i = 0; i < asked->n_domains; i++)
        bits |= UINT32_C(1) << asked->domains[i];
    return bits;
}

/* How it ended: as was told, or by its term when that is reached and no tick has seen it yet. */
struct ending {
    struct date on;
    enum closing_reason reason;
    bool is_new;
};

static struct ending ending_of(struct work *work, const Measures__Records__Measure *row)
{
    if (row->state == MEASURE_CLOSING)
        return (struct ending){ date_of(row->ended_on), (enum closing_reason)row->reason, false };
    if (row->state != MEASURE_RENEWAL_PENDING &&
        measure_end_is_reached((enum measure_state)row->state, date_of(row->end),
                               measures_shift_of(work->tables, row), work->today))
        return (struct ending){ date_of(row->end), CLOSING_TERM_REACHED, true };
    return (struct ending){ .on = DATE_NONE };
}

static const struct refusal *closing_check(struct work *work,
                                           const Measures__EvaluateMeasure *asked,
                                           const Measures__Records__Measure *row,
                                           const struct ending *ending)
{
    struct evaluation evaluation = {
        .scheme = (enum scheme)row->scheme,
        .entry = situation_of(row->entry),
        .exit = situation_of(asked->exit),
        .domains = domain_bits(asked),
        .outcome = (enum housing_outcome)asked->outcome,
        .reason = ending->reason,
    };

    if (!date_is_set(ending->on))
        return measures_move_check(work, (enum measure_state)row->state,
                                   MEASURE_COMPLETE_EVALUATION);
    return evaluation_check(&evaluation);
}

static int64_t count_all(struct work *work, const Measures__Records__Measure *row,
                         const struct ending *ending, struct measures_line *line)
{
    struct measure_time time = measures_time_of(work->arena, row);

    if (ending->is_new)
        return measures_close_support(work, row, line, ending->on, ending->reason, DATE_NONE,
                                      ending->on);
    return measures_count(work, row, &time, row->months, ending->on, line, 0);
}

static void emit_closed(struct work *work, const Measures__EvaluateMeasure *asked,
                        const Measures__Records__Measure *row, const struct ending *ending,
                        const struct month_quantities *months, struct date on)
{
    Measures__MeasureClosed event = MEASURES__MEASURE_CLOSED__INIT;
    Tremplin__Sealed *const texts[] = { asked->text };

    event.measure = row->measure;
    event.household = row->household;
    event.worker = row->worker;
    event.scheme = row->scheme;
    event.district = row->district;
    event.started_on = row->started_on;
    event.ended_on = date_field(work->arena, ending->on);
    event.reason = (Tremplin__ClosingReason)ending->reason;
    event.outcome = asked->outcome;
    event.entry = row->entry;
    event.exit = asked->exit;
    event.n_domains = asked->n_domains;
    event.domains = asked->domains;
    event.granted_months = row->months;
    event.realised_months = (uint32_t)(months->realised / MONTH_HUNDREDTHS);
    event.released_months = (uint32_t)(months->released / MONTH_HUNDREDTHS);
    event.evaluated_on = date_field(work->arena, on);
    event.realised_hundredths = months->realised;
    event.released_hundredths = months->released;
    measures_emit_texts(work, &event.base, row, on, texts, 1);
}

/* What was granted bounds what is realised; without a duration nothing is released. */
static struct month_quantities quantities_of(const Measures__Records__Measure *row, int64_t counted)
{
    if (row->months == 0)
        return (struct month_quantities){ .realised = counted };
    return measure_months_settled((int32_t)row->months, counted);
}

static const struct refusal *close_measure(struct work *work,
                                           const Measures__EvaluateMeasure *asked,
                                           const Measures__Records__Measure *row, struct date on)
{
    Measures__EvaluateMeasureReply reply = MEASURES__EVALUATE_MEASURE_REPLY__INIT;
    struct measures_line line = measures_line_of(work->tables, row);
    struct ending ending = ending_of(work, row);
    struct month_quantities months;
    const struct refusal *refusal = closing_check(work, asked, row, &ending);

    if (refusal)
        return refusal;
    months = quantities_of(row, count_all(work, row, &ending, &line));
    emit_closed(work, asked, row, &ending, &months, on);
    measures_line_release(&line, false);
    measures_line_emit(work, &line, row->measure, on);
    reply.realised_months = (uint32_t)(months.realised / MONTH_HUNDREDTHS);
    reply.released_months = (uint32_t)(months.released / MONTH_HUNDREDTHS);
    reply.follow_up_on =
        date_field(work->arena, measures_plan_follow_up(work, row, ending.on, ending.reason));
    work_reply(work, &reply.base);
    return ACCEPTED;
}

const struct refusal *measures_on_evaluate_measure(struct work *work, const void *body)
{
    const Measures__EvaluateMeasure *asked = body;
    Measures__Records__Measure *row = NULL;
    struct date on;
    const struct refusal *refusal = measures_need_measure(work, asked->measure, &row);

    if (!refusal)
        refusal = need_fact_date(work, "evaluated_on", asked->evaluated_on, &on);
    if (!refusal && date_is_set(date_of(row->started_on)))
        refusal = measures_order_check(work, "evaluated_on", date_of(row->started_on), on);
    if (refusal)
        return refusal;
    if (is_masp_contract(row) && measure_is_running((enum measure_state)row->state) &&
        !date_is_set(ending_of(work, row).on))
        return evaluate_contract(work, asked, row, on);
    return close_measure(work, asked, row, on);
}

void measures_apply_measure_closed(struct tables *tables, const struct entry *entry)
{
    const Measures__MeasureClosed *event = (const Measures__MeasureClosed *)entry->event;
    Measures__Records__Measure *row = measures_get(tables, event->measure);

    measures_keep_texts(tables, event->measure, entry);
    table_delete(tables, &measures_open, key_id(event->measure));
    if (!row)
        return;
    row->state = MEASURE_CLOSED;
    row->outcome = event->outcome;
    measures_put(tables, row);
}
