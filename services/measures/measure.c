#include "services/measures/parts.h"

#include "services/measures/rules/caseload.h"

#include <assert.h>
#include <string.h>

/* --- to a worker ------------------------------------------------------------------------------ */

/* The one in force on a day; its last valid day is one of its days. */
static struct span accreditation_of(struct work *work, const char *operator, struct date on)
{
    struct walk walk = walk_from(work->tables, &measures_accreditations, key_text(operator));
    struct span found = { .from = DATE_NONE };

    while (*operator&& !date_is_set(found.from) && walk_next(&walk)) {
        const Measures__Records__Accreditation *row = walk.value;
        struct date last_day = date_of(row->valid_to);
        struct span valid = { date_of(row->valid_from),
                              date_is_set(last_day) ? date_add_days(last_day, 1) : DATE_NONE };

        if (date_is_within(on, valid.from, valid.end))
            found = valid;
        walk_forget(&walk);
    }
    return found;
}

static bool is_contracted(struct work *work, const Measures__Records__Measure *measure)
{
    const struct measures_line line = measures_line_of(work->tables, measure);

    return line.agreement &&
           date_is_within(date_of(measure->granted_on), date_of(line.agreement->starts_on),
                          measures_agreement_end(line.agreement));
}

static bool operator_asked(struct work *work, const Measures__Records__Measure *measure)
{
    const Measures__Records__Prescriber *row =
        table_get(work->tables, &measures_prescribers, key_id(measure->request));

    return row && strcmp(row->prescriber, measure->operator_) == 0;
}

/* Whoever is registered as a worker is one of support; what a scheme asks beyond is the rule's. */
static const struct refusal *assignment_check(struct work *work,
                                              const Measures__Records__Measure *measure,
                                              const Measures__Records__Worker *worker,
                                              struct date on)
{
    struct assignment assignment;

    assert(worker);
    assignment = (struct assignment){
        .scheme = (enum scheme)measure->scheme,
        .on = on,
        .is_external = *measure->operator_ != '\0',
        .operator_is_contracted = is_contracted(work, measure),
        .operator_asked_for_it = operator_asked(work, measure),
        .accreditation = accreditation_of(work, measure->operator_, on),
        .worker_is_qualified = true,
        .worker_is_budget_specialist =
            worker->profession == MEASURES__PROFESSION__PROFESSION_FAMILY_ECONOMICS_ADVISER,
    };

    return measure_assignment_check(&assignment);
}

static const struct refusal matter_unsettled = {
    .code = "MATTER_UNSETTLED",
    .field = "measure",
    .rule = "6.2, 6.4",
    .french = "Une question reste à régler sur cette mesure (measures.Measure la dit) : réglez-la "
              "par measures.SettleMatter, ou annulez la mesure.",
    .english =
        "A matter is still to be settled about this measure (measures.Measure tells it): settle "
        "it by measures.SettleMatter, or cancel the measure.",
};

static bool is_settled(struct work *work, const Measures__Records__Measure *measure)
{
    return !table_has(work->tables, &measures_matters, key_id(measure->measure));
}

/* Its time, as far as it is known when it is assigned. */
static bool weighs_when_assigned(struct work *work, const Measures__Records__Measure *measure,
                                 struct date on)
{
    if (date_is_set(date_of(measure->started_on)))
        return measures_is_of_now(work, measures_time_of(work->arena, measure).end) ||
               measure->state == MEASURE_RENEWAL_PENDING;
    return measure->months == 0 ||
           measures_is_of_now(work, date_add_months(on, (int32_t)measure->months));
}

static struct date meet_by(struct work *work, const Measures__Records__Measure *measure,
                           struct date on)
{
    struct measure_law law = { 0 };

    if (measure->state > MEASURE_ASSIGNED || !work_needs_law(work, measure_law, on, &law))
        return DATE_NONE;
    return measure_step_due(&law, MEASURE_ASSIGNED, &(struct measure_dates){ .assigned_on = on },
                            HOLIDAYS_OF_FRANCE);
}

static void emit_assigned(struct work *work, const Measures__Records__Measure *measure,
                          const Measures__Records__Worker *worker, struct date on, bool weighs)
{
    Measures__MeasureAssigned event = MEASURES__MEASURE_ASSIGNED__INIT;

    event.measure = measure->measure;
    event.household = measure->household;
    event.worker = worker->worker;
    event.district = measure->district;
    event.assigned_on = date_field(work->arena, on);
    event.caseload = worker->caseload + weighs;
    event.meet_by = date_field(work->arena, meet_by(work, measure, on));
    event.weighs = weighs;
    event.previous_worker = measure->worker;
    work_emit(work, &event.base, measure->measure, on);
    if (measure->weighs)
        measures_emit_caseload(work, measure->worker, -1, on);
    if (weighs)
        measures_emit_caseload(work, worker->worker, 1, on);
}

static const struct refusal *assign(struct work *work, const Measures__Records__Measure *measure,
                                    const Measures__Records__Worker *worker, struct date on)
{
    Measures__AssignMeasureReply reply = MEASURES__ASSIGN_MEASURE_REPLY__INIT;
    bool is_same = strcmp(measure->worker, worker->worker) == 0;
    bool weighs = measure->state != MEASURE_CLOSING && weighs_when_assigned(work, measure, on);
    struct caseload_law law = { 0 };
    const struct refusal *refusal = work_law(work, caseload_law, work->today, &law);

    if (!refusal && weighs && !is_same)
        refusal = caseload_check(&law, (int32_t)worker->caseload);
    if (refusal)
        return refusal;
    reply.caseload = worker->caseload + (weighs && !is_same);
    reply.over = caseload_level_of(&law, (int32_t)reply.caseload) >= CASELOAD_OVER_TARGET;
    if (!is_same)
        emit_assigned(work, measure, worker, on, weighs);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

const struct refusal *measures_on_assign_measure(struct work *work, const void *body)
{
    const Measures__AssignMeasure *asked = body;
    Measures__Records__Measure *row = NULL;
    const Measures__Records__Worker *worker =
        table_get(work->tables, &measures_workers, key_id(asked->worker));
    struct date on;
    const struct refusal *refusal = measures_need_measure(work, asked->measure, &row);

    if (!refusal && !worker)
        refusal = not_known(work, "worker", asked->worker);
    if (!refusal)
        refusal = need_fact_date(work, "assigned_on", asked->assigned_on, &on);
    if (!refusal)
        refusal = measures_move_check(work, (enum measure_state)row->state,
                                      row->state == MEASURE_GRANTED ? MEASURE_ASSIGN
                                                                    : MEASURE_CHANGE_WORKER);
    if (!refusal && !is_settled(work, row))
        refusal = &matter_unsettled;
    if (!refusal)
        refusal = measures_order_check(work, "assigned_on", date_of(row->granted_on), on);
    if (!refusal)
        refusal = assignment_check(work, row, worker, on);
    return refusal ? refusal : assign(work, row, worker, on);
}

void measures_apply_measure_assigned(struct tables *tables, const struct entry *entry)
{
    const Measures__MeasureAssigned *event = (const Measures__MeasureAssigned *)entry->event;
    Measures__Records__Measure *row = measures_get(tables, event->measure);
    Measures__Records__Mark mark = MEASURES__RECORDS__MARK__INIT;

    if (!row)
        return;
    if (*row->worker)
        table_delete(tables, &measures_by_worker, key_ids(row->worker, row->measure));
    table_put(tables, &measures_by_worker, key_ids(event->worker, row->measure), &mark.base);
    if (row->state == MEASURE_GRANTED) {
        row->state = MEASURE_ASSIGNED;
        row->assigned_on = event->assigned_on;
    }
    row->worker = event->worker;
    row->weighs = event->weighs;
    measures_put(tables, row);
}

/* --- the first meeting ------------------------------------------------------------------------ */

const struct refusal *measures_on_hold_first_meeting(struct work *work, const void *body)
{
    const Measures__HoldFirstMeeting *asked = body;
    Measures__HoldFirstMeetingReply reply = MEASURES__HOLD_FIRST_MEETING_REPLY__INIT;
    Measures__FirstMeetingHeld event = MEASURES__FIRST_MEETING_HELD__INIT;
    Measures__Records__Measure *row = NULL;
    struct measure_law law = { 0 };
    struct date on;
    const struct refusal *refusal = measures_need_measure(work, asked->measure, &row);

    if (!refusal)
        refusal = need_fact_date(work, "held_on", asked->held_on, &on);
    if (!refusal)
        refusal =
            measures_move_check(work, (enum measure_state)row->state, MEASURE_HOLD_FIRST_MEETING);
    if (!refusal)
        refusal = measures_order_check(work, "held_on", date_of(row->assigned_on), on);
    if (!refusal)
        refusal = work_law(work, measure_law, on, &law);
    if (refusal)
        return refusal;
    event.measure = row->measure;
    event.household = row->household;
    event.worker = row->worker;
    event.held_on = date_field(work->arena, on);
    event.sign_by = date_field(
        work->arena, measure_step_due(&law, MEASURE_CONTRACTING,
                                      &(struct measure_dates){ .met_on = on }, HOLIDAYS_OF_FRANCE));
    work_emit(work, &event.base, row->measure, on);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

void measures_apply_first_meeting_held(struct tables *tables, const struct entry *entry)
{
    const Measures__FirstMeetingHeld *event = (const Measures__FirstMeetingHeld *)entry->event;
    Measures__Records__Measure *row = measures_get(tables, event->measure);

    if (!row)
        return;
    row->state = MEASURE_CONTRACTING;
    row->met_on = event->held_on;
    row->last_contact_on = event->held_on;
    measures_put(tables, row);
}

/* --- the end ---------------------------------------------------------------------------------- */

int64_t measures_close_support(struct work *work, const Measures__Records__Measure *measure,
                               struct measures_line *line, struct date ended_on,
                               enum closing_reason reason, struct date joint_decision_on,
                               struct date told_on)
{
    Measures__MeasureClosing event = MEASURES__MEASURE_CLOSING__INIT;
    struct measure_time time = measures_time_of(work->arena, measure);
    struct measure_law law = { 0 };

    time.end = ended_on;
    event.measure = measure->measure;
    event.household = measure->household;
    event.worker = measure->worker;
    event.ended_on = date_field(work->arena, ended_on);
    event.reason = (Tremplin__ClosingReason)reason;
    if (work_needs_law(work, measure_law, ended_on, &law))
        event.evaluate_by = date_field(
            work->arena, measure_step_due(&law, MEASURE_CLOSING,
                                          &(struct measure_dates){ .closing_since = ended_on },
                                          HOLIDAYS_OF_FRANCE));
    event.joint_decision_on = date_field(work->arena, joint_decision_on);
    work_emit(work, &event.base, measure->measure, told_on);
    if (measure->weighs)
        measures_emit_caseload(work, measure->worker, -1, told_on);
    return measures_count(work, measure, &time, measure->months,
                          date_earlier(ended_on, work->today), line, 0);
}

/* At the start of the day `end`.  A renewal still pending keeps the measure going, late (C-11); a
 * suspended one whose end will shift has none yet. */
void measures_pass_end(struct work *work, const struct deadline *deadline)
{
    Measures__Records__Measure *measure = measures_get(work->tables, deadline->subject);
    struct measures_line line;

    if (!measure || measure->state == MEASURE_RENEWAL_PENDING ||
        !measure_end_is_reached((enum measure_state)measure->state, date_of(measure->end),
                                measures_shift_of(work->tables, measure), work->today))
        return;
    line = measures_line_of(work->tables, measure);
    measures_close_support(work, measure, &line, date_of(measure->end), CLOSING_TERM_REACHED,
                           DATE_NONE, date_of(measure->end));
    measures_line_emit(work, &line, measure->measure, work->today);
}

static const struct refusal stop_after_end = {
    .code = "STOP_AFTER_END",
    .field = "stopped_on",
    .rule = "6.2, C-1",
    .french = "L'arrêt est postérieur au terme de la mesure : corrigez la date.",
    .english = "The stop comes after the end of the measure: correct the date.",
};

/* The first day without support: tomorrow, when today is the last one; the start of a measure that
 * is signed and has not begun. */
static const struct refusal *stop_date(struct work *work, const Tremplin__Date *told,
                                       const Measures__Records__Measure *row, struct date *on)
{
    if (told && (date_is_same(date_of(told), date_add_days(work->today, 1)) ||
                 date_is_same(date_of(told), date_of(row->started_on)))) {
        *on = date_of(told);
        return need_date(work, "stopped_on", told);
    }
    return need_fact_date(work, "stopped_on", told, on);
}

static const struct refusal *stop_check(struct work *work, const Measures__StopMeasure *asked,
                                        const Measures__Records__Measure *row, struct date on)
{
    struct joint_decision decision = { .on = date_of(asked->joint_decision_on),
                                       .funder_took_part = true,
                                       .operator_took_part = true };
    enum measure_state state = measures_state_on(row, on);
    const struct refusal *refusal = measures_move_check(work, state, MEASURE_STOP);

    if (!refusal)
        refusal = measure_stop_check((enum closing_reason)asked->reason, on, &decision);
    if (!refusal)
        refusal = measures_order_check(work, "stopped_on", date_of(row->started_on), on);
    if (!refusal && state == MEASURE_ACTIVE && date_is_set(date_of(row->end)) &&
        date_is_after(on, date_of(row->end)))
        refusal = &stop_after_end;
    return refusal;
}

const struct refusal *measures_on_stop_measure(struct work *work, const void *body)
{
    const Measures__StopMeasure *asked = body;
    Measures__StopMeasureReply reply = MEASURES__STOP_MEASURE_REPLY__INIT;
    Measures__Records__Measure *row = NULL;
    struct measures_line line;
    struct date on;
    const struct refusal *refusal = measures_need_measure(work, asked->measure, &row);

    if (!refusal)
        refusal = stop_date(work, asked->stopped_on, row, &on);
    if (!refusal)
        refusal = stop_check(work, asked, row, on);
    if (refusal)
        return refusal;
    line = measures_line_of(work->tables, row);
    measures_close_support(work, row, &line, on, (enum closing_reason)asked->reason,
                           date_of(asked->joint_decision_on), on);
    measures_line_emit(work, &line, row->measure, on);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

void measures_apply_measure_closing(struct tables *tables, const struct entry *entry)
{
    const Measures__MeasureClosing *event = (const Measures__MeasureClosing *)entry->event;
    Measures__Records__Measure *row = measures_get(tables, event->measure);
    bool by_term = event->reason == TREMPLIN__CLOSING_REASON__CLOSING_REASON_TERM_REACHED;

    if (!row)
        return;
    if (!by_term)
        row->state_before = 0;
    else if (row->state != MEASURE_CLOSING)
        row->state_before = row->state;
    row->state = MEASURE_CLOSING;
    row->ended_on = event->ended_on;
    row->reason = event->reason;
    row->weighs = false;
    measures_clear_deadlines(tables, row);
    measures_put(tables, row);
}

void measures_reopen(Measures__Records__Measure *row)
{
    row->ended_on = NULL;
    row->reason = TREMPLIN__CLOSING_REASON__CLOSING_REASON_UNSPECIFIED;
    row->state_before = 0;
}
