#include "services/intake/requests.h"

#include "services/intake/rules/completeness.h"

/* A request told late lapses no sooner than if it had come on the day it was recorded: an import
 * of past years is decided on before anything lapses. */
static void set_delays(struct checked *checked, const struct request_law *law, struct date today)
{
    const struct request_dates dates = {
        .incomplete_since = date_later(checked->on, today),
        .completed_on = checked->missing == 0 ? checked->on : DATE_NONE,
    };
    const struct request_delays delays =
        request_delays(checked->missing ? REQUEST_INCOMPLETE : REQUEST_COMPLETE, &dates, law);

    checked->decision_due_on = delays.decision_due;
    if (date_is_set(checked->lapses_on))
        return;
    checked->reminder_on = delays.reminder_on;
    checked->lapses_on = date_add_days(delays.lapses_after, 1);
}

const struct refusal *intake_judge_file(struct work *work,
                                        const Intake__Records__Household *household,
                                        struct checked *checked)
{
    const enum scheme scheme = checked->orientation.scheme;
    struct request_law law;
    const struct refusal *refusal = work_law(work, request_law, checked->on, &law);

    checked->present |= intake_items_of_situation(household->situation);
    checked->missing = items_missing(items_of_request(scheme), 0, checked->present);
    if (!refusal && checked->missing == 0)
        refusal = intake_eligibility(work, scheme, checked->present, household,
                                     checked->assessed_on, checked->on);
    if (refusal)
        return refusal;
    set_delays(checked, &law, work->today);
    if (checked->missing == 0)
        checked->place = intake_place_of(work, &checked->orientation, checked->on);
    return ACCEPTED;
}

static void emit_incomplete(struct work *work, const struct checked *checked)
{
    Intake__RequestFoundIncomplete found = INTAKE__REQUEST_FOUND_INCOMPLETE__INIT;

    found.request = (char *)(uintptr_t)checked->orientation.request;
    found.household = (char *)(uintptr_t)checked->orientation.household;
    found.district = (char *)(uintptr_t)checked->orientation.district;
    found.missing = intake_items_of(work, checked->missing, &found.n_missing);
    found.items = intake_items_of(work, checked->present, &found.n_items);
    found.found_on = date_field(work->arena, checked->on);
    found.reminder_on = date_field(work->arena, checked->reminder_on);
    found.lapses_on = date_field(work->arena, checked->lapses_on);
    work_emit(work, &found.base, checked->orientation.request, checked->on);
}

static void emit_completed(struct work *work, const struct checked *checked)
{
    Intake__RequestCompleted completed = INTAKE__REQUEST_COMPLETED__INIT;

    completed.request = (char *)(uintptr_t)checked->orientation.request;
    completed.household = (char *)(uintptr_t)checked->orientation.household;
    completed.district = (char *)(uintptr_t)checked->orientation.district;
    completed.completed_on = date_field(work->arena, checked->on);
    completed.decision_due_on = date_field(work->arena, checked->decision_due_on);
    completed.items = intake_items_of(work, checked->present, &completed.n_items);
    work_emit(work, &completed.base, checked->orientation.request, checked->on);
    if (!checked->place.waits)
        intake_emit_scheduled(work, &checked->orientation, &checked->place, checked->on);
}

void intake_emit_checked(struct work *work, const struct checked *checked)
{
    if (checked->missing != 0)
        emit_incomplete(work, checked);
    else
        emit_completed(work, checked);
}

void intake_apply_request_found_incomplete(struct tables *tables, const struct entry *entry)
{
    const Intake__RequestFoundIncomplete *found =
        (const Intake__RequestFoundIncomplete *)entry->event;
    Intake__Records__Request *row = intake_request(tables, found->request);
    enum request_state before;

    if (!row)
        return;
    before = (enum request_state)row->state;
    row->state = REQUEST_INCOMPLETE;
    row->n_missing = found->n_missing;
    row->missing = found->missing;
    row->n_items = found->n_items;
    row->items = found->items;
    row->reminder_on = found->reminder_on;
    row->lapses_on = found->lapses_on;
    intake_put_request(tables, found->request, row, before);
}

void intake_apply_request_completed(struct tables *tables, const struct entry *entry)
{
    const Intake__RequestCompleted *completed = (const Intake__RequestCompleted *)entry->event;
    Intake__Records__Request *row = intake_request(tables, completed->request);
    enum request_state before;

    if (!row)
        return;
    before = (enum request_state)row->state;
    row->state = REQUEST_COMPLETE;
    row->n_missing = 0;
    row->n_items = completed->n_items;
    row->items = completed->items;
    row->completed_on = completed->completed_on;
    row->decision_due_on = completed->decision_due_on;
    intake_wait(tables, completed->request, row, completed->completed_on, NULL);
    intake_put_request(tables, completed->request, row, before);
}
