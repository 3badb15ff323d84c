/* history.c - what was over long ago is dropped
 *
 * Not what was fired: that is kept for ever.  A fact may be told at any time, of any date (an
 * import, a correction, a follow-up planned again on the day it had), and then opens the very
 * matter that was closed years ago; only its fired rows say which of its steps were raised, so that
 * of those the latest alone is told again.  Such a row is a key of some sixty bytes and tells of
 * identifiers alone.
 */
#include "services/alerts/parts.h"

static bool read_day(const struct walk *walk, struct date *day)
{
    size_t at = 0;

    return key_read_date(&walk->key, &at, day);
}

void alerts_drop_history(struct work *work)
{
    struct walk walk = walk_from(work->tables, &alerts_past, (struct key){ 0 });
    Alerts__HistoryDropped dropped = ALERTS__HISTORY_DROPPED__INIT;
    struct history_law law;
    struct date oldest, before;

    if (!walk_next(&walk) || !read_day(&walk, &oldest) ||
        work_law(work, history_law, work->today, &law) != ACCEPTED)
        return;
    before = history_drops_before(&law, oldest, work->today);
    if (!date_is_set(before))
        return;
    dropped.before = date_field(work->arena, before);
    work_emit(work, &dropped.base, "", DATE_NONE);
}

/* An alert or a mail: identifiers are of one thing. */
static void drop(struct tables *tables, const char *id)
{
    const Alerts__Records__Alert *alert = table_get(tables, &alerts_alerts, key_id(id));

    for (size_t i = 0; alert && i < alert->n_recipients; i++)
        table_delete(tables, &alerts_pending, alerts_pending_key(alert->recipients[i], id));
    table_delete(tables, &alerts_alerts, key_id(id));
    table_delete(tables, &alerts_mails, key_id(id));
    table_delete(tables, &alerts_failed, key_id(id));
}

void alerts_apply_history_dropped(struct tables *tables, const struct entry *entry)
{
    const Alerts__HistoryDropped *dropped = (const Alerts__HistoryDropped *)entry->event;
    struct walk walk = walk_from(tables, &alerts_past, (struct key){ 0 });
    struct date day;

    while (walk_next(&walk)) {
        const Alerts__Records__Reference *reference = walk.value;

        if (!read_day(&walk, &day) || !date_is_before(day, date_of(dropped->before)))
            return;
        drop(tables, reference->id);
        table_delete(tables, &alerts_past, walk.key);
        walk_forget(&walk);
    }
}
