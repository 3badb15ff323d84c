/* digest.c - one mail each working morning with all that waited for it */
#include "services/alerts/parts.h"

#include <string.h>

/* After weeks down the days are opened late, in order: what is due next is due after now. */
static int64_t first_of_next_week(const struct work *work)
{
    struct date now = civil_date_at(work->now_ms);
    struct date day = date_is_before(now, work->today) ? work->today : now;
    struct date monday = date_add_days(day, 8 - (int32_t)date_weekday(day));

    return alerts_next_digest(work, start_of_day(monday));
}

enum { LISTED_MOST = 200 }; /* of each kind in one mail; the rest goes with the next digest */

struct lists {
    Alerts__MailWritten mail;
    bool is_cut; /* something waits for the next digest */
};

static bool lists_open(struct work *work, struct lists *lists)
{
    Alerts__MailWritten *mail = &lists->mail;

    *lists = (struct lists){ .mail = ALERTS__MAIL_WRITTEN__INIT };
    mail->alerts = arena_take(work->arena, LISTED_MOST * sizeof *mail->alerts);
    mail->resolved = arena_take(work->arena, LISTED_MOST * sizeof *mail->resolved);
    mail->reminded = arena_take(work->arena, LISTED_MOST * sizeof *mail->reminded);
    return mail->alerts && mail->resolved && mail->reminded;
}

/* False when there is no room in this mail. */
static bool list(struct work *work, struct lists *lists, char **where, size_t *count,
                 const char *alert)
{
    if (*count == LISTED_MOST) {
        lists->is_cut = true;
        return false;
    }
    where[(*count)++] = arena_text(work->arena, alert, strlen(alert));
    return true;
}

static void list_pending(struct work *work, const char *recipient, struct lists *lists)
{
    Alerts__MailWritten *mail = &lists->mail;
    struct walk walk = walk_from(work->tables, &alerts_pending, key_id(recipient));

    while (!lists->is_cut && walk_next(&walk)) {
        const Alerts__Records__Pending *pending = walk.value;
        char holder[ID_TEXT_SIZE], alert[ID_TEXT_SIZE];
        size_t at = 0;

        if (!key_read_id(&walk.key, &at, holder) || !key_read_id(&walk.key, &at, alert) ||
            pending->not_before_ms > work->now_ms)
            continue;
        if (pending->resolved)
            list(work, lists, mail->resolved, &mail->n_resolved, alert);
        else
            list(work, lists, mail->alerts, &mail->n_alerts, alert);
    }
}

static bool is_among(char *const *texts, size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(texts[i], text) == 0)
            return true;
    return false;
}

/* Once a week, over as many digests as it takes: each goes on where the one before was full. */
static bool has_reminders(struct work *work, const struct deadline *digest, const char **after)
{
    *after = alerts_reminded_upto(work->tables, digest);
    return **after || digest_is_first_of_week(digest->due_ms, alerts_holidays(work));
}

/* Told before, and nobody has taken it on. */
static void list_reminded(struct work *work, const char *recipient, const char *after,
                          struct lists *lists)
{
    Alerts__MailWritten *mail = &lists->mail;
    struct walk walk = walk_from_key(work->tables, &alerts_open_alerts,
                                     *after ? key_id(after) : (struct key){ 0 }, 0);
    bool has_room = true;

    while (has_room && walk_next(&walk)) {
        const Alerts__Records__Reference *reference = walk.value;
        const Alerts__Records__Alert *alert =
            table_get(work->tables, &alerts_alerts, key_id(reference->id));
        bool wanted = alert && strcmp(reference->id, after) > 0 &&
                      alerts_speaks(alert, work->today) &&
                      !alerts_later_tells(work->tables, alert, recipient, false) &&
                      is_among(alert->told, alert->n_told, recipient) &&
                      !is_among(mail->alerts, mail->n_alerts, reference->id);
        char id[ID_TEXT_SIZE];

        memcpy(id, reference->id, sizeof id);
        walk_forget(&walk);
        if (wanted)
            has_room = list(work, lists, mail->reminded, &mail->n_reminded, id);
    }
    if (!has_room)
        mail->reminded_upto = mail->reminded[mail->n_reminded - 1];
}

void alerts_pass_digest(struct work *work, const struct deadline *deadline)
{
    const char *recipient = deadline->subject;
    const char *after;
    struct lists lists;
    Alerts__MailWritten *mail = &lists.mail;

    if (!lists_open(work, &lists))
        return;
    list_pending(work, recipient, &lists);
    if (has_reminders(work, deadline, &after))
        list_reminded(work, recipient, after, &lists);
    if (mail->n_alerts + mail->n_resolved + mail->n_reminded == 0)
        return;
    mail->mail = alerts_text(work_new_id(work));
    mail->recipient = alerts_text(recipient);
    mail->digest = true;
    mail->written_on = date_field(work->arena, work->today);
    mail->not_before_ms = work->now_ms;
    mail->held = alerts_mails_are_held(work->tables);
    if (mail->n_alerts + mail->n_reminded > 0)
        mail->next_digest_ms = first_of_next_week(work);
    if (lists.is_cut)
        mail->rest_ms = alerts_next_digest(work, work->now_ms);
    work_emit(work, &mail->base, recipient, DATE_NONE);
}
