#include "services/measures/parts.h"

const struct refusal *measures_on_note_contact(struct work *work, const void *body)
{
    const Measures__NoteContact *asked = body;
    Measures__NoteContactReply reply = MEASURES__NOTE_CONTACT_REPLY__INIT;
    Measures__ContactNoted event = MEASURES__CONTACT_NOTED__INIT;
    Tremplin__Sealed *const texts[] = { asked->note };
    Measures__Records__Measure *row = NULL;
    struct date on;
    const struct refusal *refusal = measures_need_measure(work, asked->measure, &row);

    if (!refusal)
        refusal = need_choice(work, "kind", (int)asked->kind);
    if (!refusal)
        refusal = need_fact_date(work, "contact_on", asked->contact_on, &on);
    if (!refusal)
        refusal = measures_move_check(work, (enum measure_state)row->state, MEASURE_RECORD_CONTACT);
    if (!refusal)
        refusal = measures_order_check(work, "contact_on", date_of(row->assigned_on), on);
    if (refusal)
        return refusal;
    event.measure = row->measure;
    event.household = row->household;
    event.worker = row->worker;
    event.kind = asked->kind;
    event.contact_on = date_field(work->arena, on);
    event.with_household = asked->kind != MEASURES__CONTACT_KIND__CONTACT_KIND_PARTNER;
    measures_emit_texts(work, &event.base, row, on, texts, 1);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

void measures_apply_contact_noted(struct tables *tables, const struct entry *entry)
{
    const Measures__ContactNoted *event = (const Measures__ContactNoted *)entry->event;
    Measures__Records__Measure *row = measures_get(tables, event->measure);

    measures_keep_texts(tables, event->measure, entry);
    if (!row || !event->with_household ||
        !date_is_after(date_of(event->contact_on), date_of(row->last_contact_on)))
        return;
    row->last_contact_on = event->contact_on;
    measures_put(tables, row);
}
