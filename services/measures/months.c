#include "services/measures/parts.h"

/* A month is counted once it is over, and the rest of them when the support is: until then a
 * suspension may still take it away.  Each run compares what counts with what was counted and emits
 * the differences, so that a stop or a suspension told late mends itself. */

static struct key counted_key(const char *measure, struct date month)
{
    struct key key = key_id(measure);

    key_add_date(&key, month);
    return key;
}

static int64_t counted_in(struct tables *tables, const char *measure, struct date month)
{
    const Measures__Records__Counted *row =
        table_get(tables, &measures_counted, counted_key(measure, month));

    return row ? row->hundredths : 0;
}

/* The day on which the month that holds a day is over; the method says which months there are. */
static struct date month_end(enum counting counting, struct date start, struct date day)
{
    if (counting != COUNT_ANNIVERSARY)
        return date_first_of_next_month(day);
    return date_add_months(start, months_between(start, day) + 1);
}

/* The last day, up to a given one, at which a month was over. */
static struct date over_by(enum counting counting, const struct measure_time *time, struct date by)
{
    if (date_is_set(time->end) && !date_is_before(by, time->end))
        return time->end;
    if (date_is_before(by, time->start))
        return time->start;
    if (counting != COUNT_ANNIVERSARY)
        return date_later(time->start, date_first_of_month(by));
    return date_add_months(time->start, months_between(time->start, by));
}

struct date measures_next_count(const struct work *work, enum counting counting,
                                const struct measure_time *time)
{
    struct date next = month_end(counting, time->start, date_later(time->start, work->today));

    if (date_is_set(time->end) && date_is_after(next, time->end))
        return DATE_NONE;
    return next;
}

static void emit_counted(struct work *work, const Measures__Records__Measure *measure,
                         struct date month, int64_t hundredths, int64_t next_at_ms)
{
    Measures__MonthsCounted event = MEASURES__MONTHS_COUNTED__INIT;

    event.measure = measure->measure;
    event.agreement = measure->agreement;
    event.line = measure->line;
    event.month = date_field(work->arena, month);
    event.hundredths = (uint32_t)hundredths;
    event.scheme = measure->scheme;
    event.household = measure->household;
    event.district = measure->district;
    event.next_at_ms = next_at_ms;
    work_emit(work, &event.base, measure->measure, month);
}

static void emit_taken_back(struct work *work, const Measures__Records__Measure *measure,
                            struct date month, int64_t hundredths)
{
    Measures__MonthsTakenBack event = MEASURES__MONTHS_TAKEN_BACK__INIT;

    event.measure = measure->measure;
    event.agreement = measure->agreement;
    event.line = measure->line;
    event.month = date_field(work->arena, month);
    event.hundredths = (uint32_t)hundredths;
    event.scheme = measure->scheme;
    event.household = measure->household;
    event.district = measure->district;
    work_emit(work, &event.base, measure->measure, month);
}

/* What was granted bounds what is realised (2.8 no. 4); without a duration nothing does. */
static int64_t bounded(int64_t counted, uint32_t granted_months, int64_t before)
{
    int64_t left = (int64_t)granted_months * MONTH_HUNDREDTHS - before;

    return granted_months > 0 && counted > left ? left : counted;
}

int64_t measures_count(struct work *work, const Measures__Records__Measure *measure,
                       const struct measure_time *time, uint32_t granted_months, struct date by,
                       struct measures_line *line, int64_t next_at_ms)
{
    enum counting counting = measures_counting_of(work->tables, measure);
    struct measure_time over = *time;
    struct date month = date_first_of_month(time->start), last;
    int64_t sum = 0;

    over.end = over_by(counting, time, by);
    last = date_later(over.end, date_of(measure->counted_through));
    for (; !date_is_after(month, last); month = date_first_of_next_month(month)) {
        int64_t counts = bounded(measure_months_in_month(counting, &over, month.year, month.month),
                                 granted_months, sum);
        int64_t more = counts - counted_in(work->tables, measure->measure, month);

        sum += counts;
        if (more > 0) {
            emit_counted(work, measure, month, more, next_at_ms);
            measures_line_consume(line, more);
        } else if (more < 0) {
            emit_taken_back(work, measure, month, -more);
            measures_line_take_back(line, -more);
        }
    }
    return sum;
}

void measures_pass_count(struct work *work, const struct deadline *deadline)
{
    Measures__Records__Measure *measure = measures_get(work->tables, deadline->subject);
    struct measure_time time;
    struct measures_line line;
    int64_t next_at_ms;

    if (!measure || !measure_is_running((enum measure_state)measure->state))
        return;
    time = measures_time_of(work->arena, measure);
    line = measures_line_of(work->tables, measure);
    next_at_ms = measures_instant_of(
        measures_next_count(work, measures_counting_of(work->tables, measure), &time));
    /* Without a gain none of its events says when to look again. */
    if (measures_count(work, measure, &time, measure->months, work->today, &line, next_at_ms) <=
        measure->counted)
        emit_counted(work, measure, date_first_of_month(date_add_days(work->today, -1)), 0,
                     next_at_ms);
    measures_line_emit(work, &line, measure->measure, work->today);
}

static void add_counted(struct tables *tables, const char *id, struct date month, int64_t more)
{
    Measures__Records__Counted row = MEASURES__RECORDS__COUNTED__INIT;

    row.hundredths = counted_in(tables, id, month) + more;
    if (row.hundredths == 0)
        table_delete(tables, &measures_counted, counted_key(id, month));
    else
        table_put(tables, &measures_counted, counted_key(id, month), &row.base);
}

void measures_apply_months_counted(struct tables *tables, const struct entry *entry)
{
    const Measures__MonthsCounted *event = (const Measures__MonthsCounted *)entry->event;
    Measures__Records__Measure *measure = measures_get(tables, event->measure);

    if (!measure)
        return;
    if (event->hundredths > 0)
        add_counted(tables, event->measure, date_of(event->month), event->hundredths);
    measure->counted += event->hundredths;
    if (date_is_after(date_of(event->month), date_of(measure->counted_through)))
        measure->counted_through = event->month;
    if (event->next_at_ms != 0 && measure_is_running((enum measure_state)measure->state))
        measures_set_count(tables, measure, event->next_at_ms);
    measures_put(tables, measure);
}

void measures_apply_months_taken_back(struct tables *tables, const struct entry *entry)
{
    const Measures__MonthsTakenBack *event = (const Measures__MonthsTakenBack *)entry->event;
    Measures__Records__Measure *measure = measures_get(tables, event->measure);

    if (!measure)
        return;
    add_counted(tables, event->measure, date_of(event->month), -(int64_t)event->hundredths);
    measure->counted -= event->hundredths;
    measures_put(tables, measure);
}
