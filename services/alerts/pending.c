/* pending.c - what waits for a recipient's next digest, and when that is */
#include "services/alerts/parts.h"

const struct table alerts_pending = { "pending", &alerts__records__pending__descriptor };
const struct table alerts_reminders_left = { "reminders_left",
                                             &alerts__records__reminders_left__descriptor };

struct key alerts_pending_key(const char *recipient, const char *alert)
{
    return key_ids(recipient, alert);
}

void alerts_pend(struct tables *tables, const char *recipient, const char *alert, bool resolved,
                 int64_t not_before_ms, int64_t digest_ms)
{
    Alerts__Records__Pending row = ALERTS__RECORDS__PENDING__INIT;

    row.resolved = resolved;
    row.not_before_ms = not_before_ms;
    table_put(tables, &alerts_pending, alerts_pending_key(recipient, alert), &row.base);
    deadline_set(tables, ALERTS_DIGEST, digest_ms, recipient, 0);
}

/* --- what a digest leaves to later ones ------------------------------------------------------- */

void alerts_leave_rest(struct tables *tables, const Alerts__MailWritten *digest)
{
    Alerts__Records__RemindersLeft row = ALERTS__RECORDS__REMINDERS_LEFT__INIT;

    if (digest->next_digest_ms)
        deadline_set(tables, ALERTS_DIGEST, digest->next_digest_ms, digest->recipient, 0);
    if (digest->rest_ms)
        deadline_set(tables, ALERTS_DIGEST, digest->rest_ms, digest->recipient, 0);
    row.after = digest->reminded_upto;
    row.due_ms = digest->rest_ms;
    if (row.after[0])
        table_put(tables, &alerts_reminders_left, key_id(digest->recipient), &row.base);
    else
        table_delete(tables, &alerts_reminders_left, key_id(digest->recipient));
}

const char *alerts_reminded_upto(struct tables *tables, const struct deadline *digest)
{
    const Alerts__Records__RemindersLeft *left =
        table_get(tables, &alerts_reminders_left, key_id(digest->subject));

    return left && left->due_ms == digest->due_ms ? left->after : "";
}

/* --- when ------------------------------------------------------------------------------------- */

static struct digest_law digest_law_of(const struct work *work)
{
    return (struct digest_law){ .hour = alerts_settings_of(work)->digest_hour };
}

int64_t alerts_next_digest(const struct work *work, int64_t after_ms)
{
    struct digest_law law = digest_law_of(work);

    return digest_after(&law, after_ms, alerts_holidays(work));
}
