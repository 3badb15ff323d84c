#include "services/measures/parts.h"

#include "services/measures/rules/contract.h"
#include "services/measures/rules/duration.h"

/* --- asking ----------------------------------------------------------------------------------- */

/* Within the cap; or beyond it, as an exception, where the scheme knows one. */
static const struct refusal *asked_duration_check(struct work *work,
                                                  const Measures__Records__Measure *measure,
                                                  uint32_t months, struct date on)
{
    struct duration_asked asked = { .decision = DURATION_RENEWAL,
                                    .granted_months = (int32_t)measure->months,
                                    .months = (int32_t)months };
    struct duration_asked exception = asked;
    struct duration_law law = { 0 };
    const struct refusal *refusal =
        work_law(work, duration_law_of((enum scheme)measure->scheme), on, &law);

    if (refusal)
        return refusal;
    refusal = duration_check(&law, asked);
    exception.decision = DURATION_EXCEPTIONAL;
    if (refusal == &DURATION_OVER_CAP && duration_check(&law, exception) == ACCEPTED)
        return ACCEPTED;
    return refusal;
}

static const struct refusal renewal_without_end = {
    .code = "RENEWAL_WITHOUT_END",
    .field = "measure",
    .rule = "6.2",
    .french = "Cette mesure dure autant que le séjour : elle n'a pas à être renouvelée.",
    .english = "This measure lasts as long as the stay: it needs no renewal.",
};

static const struct refusal *asking_check(struct work *work, const Measures__AskRenewal *asked,
                                          const Measures__Records__Measure *row, struct date on)
{
    struct renewal_asked renewal = {
        .asked_on = on,
        .period_start = date_of(row->mandate_from),
        .end = date_of(row->end),
        .reviewed_on = date_of(row->last_review_on),
        .household_consents = date_is_set(date_of(asked->consented_on)),
    };
    const struct refusal *refusal =
        measures_move_check(work, measures_state_on(row, on), MEASURE_ASK_RENEWAL);

    if (!refusal && row->months == 0)
        refusal = &renewal_without_end;
    if (!refusal)
        refusal = measure_renewal_check(&renewal);
    return refusal ? refusal : asked_duration_check(work, row, asked->months, on);
}

const struct refusal *measures_on_ask_renewal(struct work *work, const void *body)
{
    const Measures__AskRenewal *asked = body;
    Measures__AskRenewalReply reply = MEASURES__ASK_RENEWAL_REPLY__INIT;
    Measures__RenewalAsked event = MEASURES__RENEWAL_ASKED__INIT;
    Measures__Records__Measure *row = NULL;
    struct date on;
    const struct refusal *refusal = measures_need_measure(work, asked->measure, &row);

    if (!refusal)
        refusal = need_fact_date(work, "asked_on", asked->asked_on, &on);
    if (!refusal)
        refusal = asking_check(work, asked, row, on);
    if (refusal)
        return refusal;
    event.measure = row->measure;
    event.household = row->household;
    event.months = asked->months;
    event.asked_on = date_field(work->arena, on);
    event.end = row->end;
    work_emit(work, &event.base, row->measure, on);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

void measures_apply_renewal_asked(struct tables *tables, const struct entry *entry)
{
    const Measures__RenewalAsked *event = (const Measures__RenewalAsked *)entry->event;
    Measures__Records__Measure *row = measures_get(tables, event->measure);

    if (!row)
        return;
    if (row->state == MEASURE_CLOSING)
        measures_reopen(row);
    row->state = MEASURE_RENEWAL_PENDING;
    row->renewal_months = event->months;
    measures_put(tables, row);
}

/* --- deciding --------------------------------------------------------------------------------- */

struct renewal {
    uint32_t months;
    uint32_t total;
    struct date on;
    bool exceptional;
    struct duration_law law;
    struct measure_time time; /* with its new end */
};

static const struct refusal *grant_check(struct work *work, const Measures__Records__Measure *row,
                                         struct renewal *renewal)
{
    struct duration_asked asked = {
        .decision = renewal->exceptional ? DURATION_EXCEPTIONAL : DURATION_RENEWAL,
        .granted_months = (int32_t)row->months,
        .months = (int32_t)renewal->months,
    };
    const struct refusal *refusal =
        work_law(work, duration_law_of((enum scheme)row->scheme), renewal->on, &renewal->law);

    if (!refusal)
        refusal = duration_check(&renewal->law, asked);
    if (!refusal)
        refusal =
            contract_renewal_check(measures_contract_of(row->scheme), date_of(row->mandate_from),
                                   date_of(row->evaluated_on), renewal->on);
    return refusal;
}

static void emit_renewed(struct work *work, const Measures__Records__Measure *row,
                         const struct renewal *renewal, struct date next_count, bool weighs)
{
    Measures__MeasureRenewed event = MEASURES__MEASURE_RENEWED__INIT;
    struct date end = renewal->time.end;

    event.measure = row->measure;
    event.household = row->household;
    event.worker = row->worker;
    event.months = renewal->months;
    event.exceptional = renewal->exceptional;
    event.decided_on = date_field(work->arena, renewal->on);
    event.end = date_field(work->arena, end);
    event.total_months = renewal->total;
    event.end_at_ms = measures_end_instant(work, end);
    event.count_at_ms = measures_instant_of(next_count);
    event.weighs = weighs;
    event.cap_on =
        date_field(work->arena, duration_cap_date(&renewal->law, renewal->time.start,
                                                  renewal->exceptional || row->exceptional));
    event.reviews_due =
        measures_reviews_due(work, date_of(row->end), end, renewal->months, &event.n_reviews_due);
    work_emit(work, &event.base, row->measure, renewal->on);
}

/* Months that went by while the decision was awaited are counted with it. */
static const struct refusal *renew(struct work *work, const Measures__Records__Measure *row,
                                   struct renewal *renewal)
{
    struct measures_line line = measures_line_of(work->tables, row);
    const struct refusal *refusal = grant_check(work, row, renewal);
    struct date next;
    bool weighs;

    if (!refusal)
        refusal = measures_line_reserve(&line, renewal->months, false);
    if (refusal)
        return refusal;
    renewal->time = measures_time_of(work->arena, row);
    renewal->time.end = measure_end(renewal->time.start, (int32_t)renewal->total,
                                    measures_shift_of(work->tables, row), renewal->time.suspensions,
                                    renewal->time.suspension_count);
    next = measures_next_count(work, measures_counting_of(work->tables, row), &renewal->time);
    weighs = measures_is_of_now(work, renewal->time.end);
    emit_renewed(work, row, renewal, next, weighs);
    if (weighs != row->weighs)
        measures_emit_caseload(work, row->worker, weighs ? 1 : -1, renewal->on);
    measures_count(work, row, &renewal->time, renewal->total, work->today, &line,
                   measures_instant_of(next));
    measures_line_emit(work, &line, row->measure, renewal->on);
    return ACCEPTED;
}

/* Refused before its end, the support runs to it; refused in delay, it stops with the decision. */
static struct date end_of_refused(const Measures__Records__Measure *row, struct date on)
{
    return date_later(date_of(row->end), on);
}

static void refuse(struct work *work, const Measures__Records__Measure *row, struct date on)
{
    struct measures_line line = measures_line_of(work->tables, row);

    measures_close_support(work, row, &line, end_of_refused(row, on), CLOSING_REFUSED_RENEWAL,
                           DATE_NONE, on);
    measures_line_emit(work, &line, row->measure, on);
}

static struct renewal renewal_of(const Measures__DecideRenewal *asked,
                                 const Measures__Records__Measure *row, struct date on)
{
    uint32_t months = asked->months ? asked->months : row->renewal_months;

    return (struct renewal){
        .months = months, .total = row->months + months, .on = on, .exceptional = asked->exceptional
    };
}

const struct refusal *measures_on_decide_renewal(struct work *work, const void *body)
{
    const Measures__DecideRenewal *asked = body;
    Measures__DecideRenewalReply reply = MEASURES__DECIDE_RENEWAL_REPLY__INIT;
    Measures__Records__Measure *row = NULL;
    struct renewal renewal;
    struct date on, end;
    const struct refusal *refusal = measures_need_measure(work, asked->measure, &row);

    if (!refusal)
        refusal = need_fact_date(work, "decided_on", asked->decided_on, &on);
    if (!refusal)
        refusal =
            measures_move_check(work, (enum measure_state)row->state,
                                asked->granted ? MEASURE_GRANT_RENEWAL : MEASURE_REFUSE_RENEWAL);
    if (!refusal)
        refusal = measures_order_check(work, "decided_on", date_of(row->started_on), on);
    if (refusal)
        return refusal;
    renewal = renewal_of(asked, row, on);
    if (asked->granted)
        refusal = renew(work, row, &renewal);
    else
        refuse(work, row, on);
    if (refusal)
        return refusal;
    end = asked->granted ? renewal.time.end : end_of_refused(row, on);
    if (date_is_set(end))
        reply.last_day = date_field(work->arena, date_add_days(end, -1));
    work_reply(work, &reply.base);
    return ACCEPTED;
}

void measures_apply_measure_renewed(struct tables *tables, const struct entry *entry)
{
    const Measures__MeasureRenewed *event = (const Measures__MeasureRenewed *)entry->event;
    Measures__Records__Measure *row = measures_get(tables, event->measure);

    if (!row)
        return;
    row->state = MEASURE_ACTIVE;
    row->mandate_from = row->end;
    row->mandate_months = event->months;
    row->months = event->total_months;
    row->end = event->end;
    row->exceptional = row->exceptional || event->exceptional;
    row->renewal_months = 0;
    row->weighs = event->weighs;
    measures_set_end(tables, row, event->end_at_ms);
    measures_set_count(tables, row, event->count_at_ms);
    measures_put(tables, row);
}
