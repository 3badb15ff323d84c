#include "services/measures/parts.h"

#include "services/measures/rules/review.h"

/* Mandates of several years have a review each quarter. */
enum { REVIEWS_MOST = 40, REVIEWS_OF_A_STAY = 4 };

static Tremplin__Date **reviews_due_after(struct work *work, const struct review_law *law,
                                          const struct mandate *mandate,
                                          struct reviews_written written, size_t *listed)
{
    struct date dates[REVIEWS_MOST];
    size_t most = date_is_set(mandate->end) ? REVIEWS_MOST : REVIEWS_OF_A_STAY, count = 0;
    struct review_due due;

    for (due = review_next_due(law, mandate, &written); due.kind != 0 && count < most;
         due = review_next_due(law, mandate, &written)) {
        dates[count++] = due.on;
        written.last_on = due.on;
        written.mid_term = written.mid_term || due.kind == REVIEW_MID_TERM;
        written.final = written.final || due.kind == REVIEW_FINAL;
    }
    return measures_dates(work->arena, dates, count, listed);
}

Tremplin__Date **measures_reviews_due(struct work *work, struct date from, struct date end,
                                      uint32_t months, size_t *listed)
{
    struct mandate mandate = { .from = from, .end = end, .months = (int32_t)months };
    struct review_law law = { 0 };

    *listed = 0;
    if (!work_needs_law(work, review_law, from, &law))
        return NULL;
    return reviews_due_after(work, &law, &mandate, (struct reviews_written){ .last_on = DATE_NONE },
                             listed);
}

/* What one review makes of its mandate: the mid-term one is written from a month before that day
 * on, the final one in the last month. */
static struct reviews_written written_by(const struct review_law *law,
                                         const struct mandate *mandate, struct date on)
{
    struct date mid_term = date_add_months(mandate->from, (int32_t)law->mid_term_months - 1);

    return (struct reviews_written){
        .last_on = on,
        .mid_term = !date_is_before(on, mid_term),
        .final =
            date_is_set(mandate->end) && !date_is_before(on, date_add_months(mandate->end, -1)),
    };
}

Tremplin__Date **measures_reviews_left(struct work *work, const Measures__Records__Measure *measure,
                                       struct date end, size_t *listed)
{
    struct mandate mandate = { .from = date_of(measure->mandate_from),
                               .end = end,
                               .months = (int32_t)measure->mandate_months };
    struct reviews_written written = { .last_on = DATE_NONE };
    struct date last = date_of(measure->last_review_on);
    struct review_law law = { 0 };

    *listed = 0;
    if (!work_needs_law(work, review_law, mandate.from, &law))
        return NULL;
    if (date_is_set(last) && !date_is_before(last, mandate.from))
        written = written_by(&law, &mandate, last);
    return reviews_due_after(work, &law, &mandate, written, listed);
}

static struct date next_review(struct work *work, const Measures__Records__Measure *measure,
                               struct date on)
{
    struct mandate mandate = { .from = date_of(measure->mandate_from),
                               .end = date_of(measure->end),
                               .months = (int32_t)measure->mandate_months };
    struct reviews_written written;
    struct review_law law = { 0 };

    if (!work_needs_law(work, review_law, on, &law))
        return DATE_NONE;
    written = written_by(&law, &mandate, date_later(on, date_of(measure->last_review_on)));
    return review_next_due(&law, &mandate, &written).on;
}

static const struct refusal review_not_running = {
    .code = "REVIEW_OF_NO_MEASURE",
    .field = "measure",
    .rule = "FSL-8",
    .french = "Un bilan porte sur une mesure commencée et non close.",
    .english = "A review is about a measure that has started and is not closed.",
};

static const struct refusal *written_check(struct work *work, const Measures__Records__Measure *row,
                                           struct date on)
{
    enum measure_state state = (enum measure_state)row->state;
    const struct refusal *refusal = review_check(REVIEW_PERIODIC, on, (enum review_proposal)0);

    if (refusal)
        return refusal;
    if (!measure_is_running(state) && state != MEASURE_CLOSING)
        return &review_not_running;
    return measures_order_check(work, "written_on", date_of(row->started_on), on);
}

const struct refusal *measures_on_write_review(struct work *work, const void *body)
{
    const Measures__WriteReview *asked = body;
    Measures__WriteReviewReply reply = MEASURES__WRITE_REVIEW_REPLY__INIT;
    Measures__ReviewWritten event = MEASURES__REVIEW_WRITTEN__INIT;
    Tremplin__Sealed *const texts[] = { asked->text };
    Measures__Records__Measure *row = NULL;
    struct date on;
    const struct refusal *refusal = measures_need_measure(work, asked->measure, &row);

    if (!refusal)
        refusal = need_fact_date(work, "written_on", asked->written_on, &on);
    if (!refusal)
        refusal = written_check(work, row, on);
    if (refusal)
        return refusal;
    event.measure = row->measure;
    event.household = row->household;
    event.written_on = date_field(work->arena, on);
    if (row->state != MEASURE_CLOSING)
        event.next_due_on = date_field(work->arena, next_review(work, row, on));
    measures_emit_texts(work, &event.base, row, on, texts, 1);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

void measures_apply_review_written(struct tables *tables, const struct entry *entry)
{
    const Measures__ReviewWritten *event = (const Measures__ReviewWritten *)entry->event;
    Measures__Records__Measure *row = measures_get(tables, event->measure);

    measures_keep_texts(tables, event->measure, entry);
    if (!row || !date_is_after(date_of(event->written_on), date_of(row->last_review_on)))
        return;
    row->last_review_on = event->written_on;
    measures_put(tables, row);
}
