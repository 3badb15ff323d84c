/* mail.c - a mail, from when it is written until the relay has it or it is given up */
#include "services/alerts/parts.h"

#include <string.h>

const struct table alerts_mails = { "mails", &alerts__records__mail__descriptor };
const struct table alerts_queue = { "mail_queue", &alerts__records__reference__descriptor };
const struct table alerts_sending = { "mails_sending", &alerts__records__reference__descriptor };
const struct table alerts_held = { "mails_held", &alerts__records__reference__descriptor };
const struct table alerts_holding = { "mails_are_held", &alerts__records__reference__descriptor };
const struct table alerts_failed = { "mails_failed", &alerts__records__reference__descriptor };

#define QUEUED   "QUEUED"
#define SENDING  "SENDING"
#define SENT     "SENT"
#define DEFERRED "DEFERRED"
#define FAILED   "FAILED"
#define HELD     "HELD"

static bool is_in(const Alerts__Records__Mail *mail, const char *state)
{
    return strcmp(mail->state, state) == 0;
}

bool alerts_is_being_sent(const Alerts__Records__Mail *mail)
{
    return is_in(mail, SENDING);
}

bool alerts_is_held(const Alerts__Records__Mail *mail)
{
    return is_in(mail, HELD);
}

bool alerts_is_heard_of(const Alerts__Records__Mail *mail, uint32_t attempt)
{
    return mail->attempts == attempt &&
           (is_in(mail, SENDING) || is_in(mail, HELD) || is_in(mail, QUEUED));
}

bool alerts_may_be_sent(const Alerts__Records__Mail *mail)
{
    return is_in(mail, QUEUED) || is_in(mail, DEFERRED) || is_in(mail, SENDING);
}

static struct key queue_key(int64_t next_attempt_ms, const char *mail)
{
    struct key key = { 0 };

    key_add_instant(&key, next_attempt_ms);
    key_add_id(&key, mail);
    return key;
}

static struct key only_row(void)
{
    return key_text("the");
}

bool alerts_mails_are_held(struct tables *tables)
{
    return table_has(tables, &alerts_holding, only_row());
}

/* --- writing ---------------------------------------------------------------------------------- */

void alerts_write_mail(struct work *work, const char *recipient, const char *alert)
{
    Alerts__MailWritten written = ALERTS__MAIL_WRITTEN__INIT;
    char *alerts[] = { alerts_text(alert) };

    written.mail = alerts_text(work_new_id(work));
    written.recipient = alerts_text(recipient);
    written.written_on = date_field(work->arena, work->today);
    written.alerts = alerts;
    written.n_alerts = 1;
    written.not_before_ms = work->now_ms;
    written.held = alerts_mails_are_held(work->tables);
    work_emit(work, &written.base, recipient, DATE_NONE);
}

static void put_in_queue(struct tables *tables, Alerts__Records__Mail *row, const char *state,
                         int64_t next_attempt_ms)
{
    Alerts__Records__Reference reference = ALERTS__RECORDS__REFERENCE__INIT;

    row->state = alerts_text(state);
    row->next_attempt_ms = next_attempt_ms;
    reference.id = row->mail;
    table_put(tables, &alerts_mails, key_id(row->mail), &row->base);
    table_put(tables, &alerts_queue, queue_key(next_attempt_ms, row->mail), &reference.base);
}

static void hold(struct tables *tables, Alerts__Records__Mail *row)
{
    Alerts__Records__Reference reference = ALERTS__RECORDS__REFERENCE__INIT;

    row->state = alerts_text(HELD);
    reference.id = row->mail;
    table_put(tables, &alerts_mails, key_id(row->mail), &row->base);
    table_put(tables, &alerts_held, key_id(row->mail), &reference.base);
}

/* Out of the queue and of whatever else says that it is still to leave. */
static void take_out(struct tables *tables, const Alerts__Records__Mail *row)
{
    table_delete(tables, &alerts_queue, queue_key(row->next_attempt_ms, row->mail));
    table_delete(tables, &alerts_sending, key_id(row->mail));
    table_delete(tables, &alerts_held, key_id(row->mail));
    deadline_clear(tables, ALERTS_MAIL, row->next_attempt_ms, row->mail, row->attempts);
}

void alerts_apply_mail_written(struct tables *tables, const struct entry *entry)
{
    const Alerts__MailWritten *written = (const Alerts__MailWritten *)entry->event;
    Alerts__Records__Mail row = ALERTS__RECORDS__MAIL__INIT;

    row.mail = written->mail;
    row.recipient = written->recipient;
    row.digest = written->digest;
    row.written_on = written->written_on;
    row.written_ms = written->not_before_ms;
    row.tried_since_ms = written->not_before_ms;
    row.alerts = written->alerts;
    row.n_alerts = written->n_alerts;
    row.resolved = written->resolved;
    row.n_resolved = written->n_resolved;
    row.reminded = written->reminded;
    row.n_reminded = written->n_reminded;
    if (written->held)
        hold(tables, &row);
    else
        put_in_queue(tables, &row, QUEUED, written->not_before_ms);
    for (size_t i = 0; i < written->n_alerts; i++) {
        table_delete(tables, &alerts_pending,
                     alerts_pending_key(written->recipient, written->alerts[i]));
        alerts_note_told(tables, written->alerts[i], written->recipient);
    }
    for (size_t i = 0; i < written->n_resolved; i++)
        table_delete(tables, &alerts_pending,
                     alerts_pending_key(written->recipient, written->resolved[i]));
    if (written->digest)
        alerts_leave_rest(tables, written);
}

/* --- what came of it -------------------------------------------------------------------------- */

void alerts_apply_mail_sending(struct tables *tables, const struct entry *entry)
{
    const Alerts__MailSending *sending = (const Alerts__MailSending *)entry->event;
    Alerts__Records__Mail *row = table_get(tables, &alerts_mails, key_id(sending->mail));
    Alerts__Records__Reference reference = ALERTS__RECORDS__REFERENCE__INIT;

    if (!row)
        return;
    take_out(tables, row);
    row->state = alerts_text(SENDING);
    row->attempts = sending->attempt;
    reference.id = row->mail;
    table_put(tables, &alerts_sending, key_id(row->mail), &reference.base);
    table_put(tables, &alerts_mails, key_id(row->mail), &row->base);
}

static Alerts__Records__Mail *taken_out(struct tables *tables, const char *mail, const char *code)
{
    Alerts__Records__Mail *row = table_get(tables, &alerts_mails, key_id(mail));

    if (!row)
        return NULL;
    take_out(tables, row);
    row->last_code = alerts_text(code);
    return row;
}

void alerts_apply_mail_sent(struct tables *tables, const struct entry *entry)
{
    const Alerts__MailSent *sent = (const Alerts__MailSent *)entry->event;
    Alerts__Records__Mail *row = taken_out(tables, sent->mail, sent->code);

    if (!row)
        return;
    row->state = alerts_text(SENT);
    table_put(tables, &alerts_mails, key_id(row->mail), &row->base);
    alerts_note_past(tables, entry, row->mail);
}

void alerts_apply_mail_deferred(struct tables *tables, const struct entry *entry)
{
    const Alerts__MailDeferred *deferred = (const Alerts__MailDeferred *)entry->event;
    Alerts__Records__Mail *row = taken_out(tables, deferred->mail, deferred->code);

    if (!row)
        return;
    put_in_queue(tables, row, DEFERRED, deferred->next_attempt_ms);
    deadline_set(tables, ALERTS_MAIL, deferred->next_attempt_ms, row->mail, row->attempts);
}

void alerts_apply_mail_failed(struct tables *tables, const struct entry *entry)
{
    const Alerts__MailFailed *failed = (const Alerts__MailFailed *)entry->event;
    Alerts__Records__Mail *row = taken_out(tables, failed->mail, failed->code);
    Alerts__Records__Reference reference = ALERTS__RECORDS__REFERENCE__INIT;

    if (!row)
        return;
    row->state = alerts_text(FAILED);
    reference.id = row->mail;
    table_put(tables, &alerts_mails, key_id(row->mail), &row->base);
    table_put(tables, &alerts_failed, key_id(row->mail), &reference.base);
    alerts_note_past(tables, entry, row->mail);
}

/* --- held after a restore, and released ------------------------------------------------------- */

/* What was about to leave may have left before the restore, and what is told from here on may have
 * been told before it: people say. */
void alerts_raise_epoch(struct work *work)
{
    Alerts__MailsHeld held = ALERTS__MAILS_HELD__INIT;

    held.mails = (uint32_t)(table_count(work->tables, &alerts_queue) +
                            table_count(work->tables, &alerts_sending));
    work_emit(work, &held.base, "", DATE_NONE);
}

static void hold_all(struct tables *tables, const struct table *table)
{
    struct walk walk = walk_from(tables, table, (struct key){ 0 });

    while (walk_next(&walk)) {
        const Alerts__Records__Reference *reference = walk.value;
        Alerts__Records__Mail *row = table_get(tables, &alerts_mails, key_id(reference->id));

        if (row) {
            take_out(tables, row);
            hold(tables, row);
        }
        walk_forget(&walk);
    }
}

void alerts_apply_mails_held(struct tables *tables, const struct entry *entry)
{
    Alerts__Records__Reference row = ALERTS__RECORDS__REFERENCE__INIT;

    (void)entry;
    table_put(tables, &alerts_holding, only_row(), &row.base);
    hold_all(tables, &alerts_queue);
    hold_all(tables, &alerts_sending);
}

const struct refusal *alerts_on_release_mails(struct work *work, const void *body)
{
    Alerts__MailsReleased released = ALERTS__MAILS_RELEASED__INIT;
    Alerts__ReleaseMailsReply reply = ALERTS__RELEASE_MAILS_REPLY__INIT;

    (void)body;
    released.mails = (uint32_t)table_count(work->tables, &alerts_held);
    released.not_before_ms = work->now_ms;
    if (released.mails > 0 || alerts_mails_are_held(work->tables))
        work_emit(work, &released.base, "", DATE_NONE);
    reply.mails = released.mails;
    work_reply(work, &reply.base);
    return ACCEPTED;
}

void alerts_apply_mails_released(struct tables *tables, const struct entry *entry)
{
    const Alerts__MailsReleased *released = (const Alerts__MailsReleased *)entry->event;
    struct walk walk = walk_from(tables, &alerts_held, (struct key){ 0 });

    table_delete(tables, &alerts_holding, only_row());
    while (walk_next(&walk)) {
        const Alerts__Records__Reference *reference = walk.value;
        Alerts__Records__Mail *row = table_get(tables, &alerts_mails, key_id(reference->id));

        if (row) {
            take_out(tables, row);
            row->tried_since_ms = released->not_before_ms;
            put_in_queue(tables, row, QUEUED, released->not_before_ms);
        }
        walk_forget(&walk);
    }
}

/* --- looking ---------------------------------------------------------------------------------- */

static Alerts__MailReply *reply_of(struct work *work, const Alerts__Records__Mail *mail)
{
    Alerts__MailReply *reply = arena_take(work->arena, sizeof *reply);

    if (!reply)
        return NULL;
    alerts__mail_reply__init(reply);
    reply->mail = mail->mail;
    reply->recipient = mail->recipient;
    reply->state = mail->state;
    reply->digest = mail->digest;
    reply->attempts = mail->attempts;
    reply->last_code = mail->last_code;
    reply->written_on = mail->written_on;
    return reply;
}

const struct refusal *alerts_on_mails(struct work *work, const void *body)
{
    enum { PAGE = 500 };
    const Alerts__MailsQuery *asked = body;
    Alerts__MailsReply reply = ALERTS__MAILS_REPLY__INIT;
    uint32_t most = asked->most > 0 && asked->most < PAGE ? asked->most : PAGE;
    struct walk walk = asked->after[0]
                           ? walk_from_key(work->tables, &alerts_mails, key_id(asked->after), 0)
                           : walk_from(work->tables, &alerts_mails, (struct key){ 0 });

    reply.mails = arena_take(work->arena, PAGE * sizeof *reply.mails);
    while (reply.mails && walk_next(&walk)) {
        const Alerts__Records__Mail *mail = walk.value;

        if (strcmp(mail->mail, asked->after) == 0)
            continue;
        if (reply.n_mails == most) {
            reply.more = true;
            break;
        }
        reply.mails[reply.n_mails] = reply_of(work, mail);
        reply.n_mails += reply.mails[reply.n_mails] != NULL;
    }
    work_reply(work, &reply.base);
    return ACCEPTED;
}
