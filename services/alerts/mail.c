#include "services/alerts/parts.h"
#include "services/alerts/rules/delivery.h"

#include "libcommon/runtime.h"

#include <stdio.h>
#include <string.h>

const struct table alerts_mails = { "mails", &alerts__records__mail__descriptor };
const struct table alerts_queue = { "mail_queue", &alerts__records__reference__descriptor };
const struct table alerts_sending = { "mails_sending", &alerts__records__reference__descriptor };
const struct table alerts_held = { "mails_held", &alerts__records__reference__descriptor };
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

static struct key queue_key(int64_t next_attempt_ms, const char *mail)
{
    struct key key = { 0 };

    key_add_instant(&key, next_attempt_ms);
    key_add_id(&key, mail);
    return key;
}

/* --- writing -------------------------------------------------------------------------------------
 */

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

/* Out of the queue and of whatever else says that it is still to leave. */
static void take_out(struct tables *tables, const Alerts__Records__Mail *row)
{
    table_delete(tables, &alerts_queue, queue_key(row->next_attempt_ms, row->mail));
    table_delete(tables, &alerts_sending, key_id(row->mail));
    table_delete(tables, &alerts_held, key_id(row->mail));
    deadline_clear(tables, ALERTS_MAIL, row->next_attempt_ms, row->mail, row->attempts);
}

static void note_told(struct tables *tables, const char *id, const char *recipient)
{
    Alerts__Records__Alert *alert = table_get(tables, &alerts_alerts, key_id(id));
    char **told = alert ? arena_take(tables->arena, (alert->n_told + 1) * sizeof *told) : NULL;

    if (!told)
        return;
    for (size_t i = 0; i < alert->n_told; i++) {
        if (strcmp(alert->told[i], recipient) == 0)
            return;
        told[i] = alert->told[i];
    }
    told[alert->n_told++] = alerts_text(recipient);
    alert->told = told;
    table_put(tables, &alerts_alerts, key_id(id), &alert->base);
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
    put_in_queue(tables, &row, QUEUED, written->not_before_ms);
    for (size_t i = 0; i < written->n_alerts; i++) {
        table_delete(tables, &alerts_pending,
                     alerts_pending_key(written->recipient, written->alerts[i]));
        note_told(tables, written->alerts[i], written->recipient);
    }
    for (size_t i = 0; i < written->n_resolved; i++)
        table_delete(tables, &alerts_pending,
                     alerts_pending_key(written->recipient, written->resolved[i]));
    if (written->next_digest_ms)
        deadline_set(tables, ALERTS_DIGEST, written->next_digest_ms, written->recipient, 0);
}

/* --- handing over --------------------------------------------------------------------------------
 */

/* A promised attempt is written down before the relay hears of it. */
static void decide_sending(struct work *work, const ProtobufCMessage *report)
{
    const Tremplin__MailOutcome *promised = (const Tremplin__MailOutcome *)report;
    const Alerts__Records__Mail *mail =
        table_get(work->tables, &alerts_mails, key_id(promised->mail));
    Alerts__MailSending sending = ALERTS__MAIL_SENDING__INIT;

    if (!mail || mail->attempts + 1 != promised->attempt ||
        !(is_in(mail, QUEUED) || is_in(mail, DEFERRED) || is_in(mail, SENDING)))
        return;
    sending.mail = promised->mail;
    sending.attempt = promised->attempt;
    work_emit(work, &sending.base, promised->mail, DATE_NONE);
}

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

/* Promises an attempt and asks that it be written down; false when the transport has no room. */
static bool promise(struct work *work, const struct mail_transport *transport, const char *mail,
                    uint32_t attempt)
{
    Tremplin__MailOutcome promised = TREMPLIN__MAIL_OUTCOME__INIT;

    if (!transport->is_promised(transport->self, mail, attempt) &&
        (transport->room(transport->self) <= 0 ||
         !transport->promise(transport->self, mail, attempt)))
        return false;
    promised.mail = alerts_text(mail);
    promised.attempt = attempt;
    runtime_report(work->runtime, decide_sending, "mail sending", &promised.base);
    return true;
}

static void hand_over(struct work *work, const struct mail_transport *transport,
                      const Alerts__Records__Mail *mail)
{
    const Alerts__Records__Recipient *recipient =
        table_get(work->tables, &alerts_recipients, key_id(mail->recipient));
    const char *address = recipient ? work_unseal(work, recipient->address) : NULL;
    const char *content = address ? alerts_message(work, mail, recipient, address) : NULL;

    if (content)
        transport->hand_over(transport->self,
                             &(struct mail){ mail->mail, mail->attempts, address, content });
    else /* nobody to send it to any more */
        runtime_mail_outcome(work->runtime, mail->mail, mail->attempts, 550);
}

/* What is being sent: by this life, or left half-way by an earlier one and to be sent again. */
static void act_on_sending(struct work *work, const struct mail_transport *transport)
{
    struct walk walk = walk_from(work->tables, &alerts_sending, (struct key){ 0 });

    while (walk_next(&walk)) {
        const Alerts__Records__Reference *reference = walk.value;
        const Alerts__Records__Mail *mail =
            table_get(work->tables, &alerts_mails, key_id(reference->id));

        if (mail && transport->is_promised(transport->self, mail->mail, mail->attempts))
            hand_over(work, transport, mail);
        else if (mail && !promise(work, transport, mail->mail, mail->attempts + 1))
            return;
        walk_forget(&walk);
    }
}

static void act_on_queue(struct work *work, const struct mail_transport *transport)
{
    struct walk walk = walk_from(work->tables, &alerts_queue, (struct key){ 0 });

    while (walk_next(&walk)) {
        const Alerts__Records__Reference *reference = walk.value;
        const Alerts__Records__Mail *mail =
            table_get(work->tables, &alerts_mails, key_id(reference->id));

        if (!mail || mail->next_attempt_ms > work->now_ms ||
            !promise(work, transport, mail->mail, mail->attempts + 1))
            return;
        walk_forget(&walk);
    }
}

void alerts_act(struct work *work, const struct mail_transport *transport)
{
    act_on_sending(work, transport);
    act_on_queue(work, transport);
}

/* Its instant has come: what follows is for alerts_act(), after the commit. */
void alerts_pass_mail(struct work *work, const struct deadline *deadline)
{
    (void)work;
    (void)deadline;
}

/* --- the relay's answer
 * ----------------------------------------------------------------------------- */

static const char *code_text(struct work *work, int code)
{
    return code > 0 ? arena_format(work->arena, "%d", code) : "";
}

static uint64_t chance(struct work *work)
{
    uint8_t random[32];
    uint64_t number;

    work_random(work, random);
    memcpy(&number, random, sizeof number);
    return number;
}

/* That a mail failed is told to who runs Tremplin; but not that this very news failed. */
static void tell_operator(struct work *work, const Alerts__Records__Mail *mail)
{
    for (size_t i = 0; i < mail->n_alerts; i++) {
        const Alerts__Records__Alert *alert =
            table_get(work->tables, &alerts_alerts, key_id(mail->alerts[i]));

        if (alert && strcmp(alert->rule, "S-2") == 0)
            return;
    }
    alerts_open_matter(work, &(struct fact){
                                 .rule = "S-2",
                                 .subject = mail->mail,
                                 .aspect = "",
                                 .household = "",
                                 .district = "",
                                 .worker = "",
                                 .due = work->today,
                                 .fact_on = work->today,
                                 .recorded_ms = work->now_ms,
                             });
}

static void give_up(struct work *work, const Alerts__Records__Mail *mail,
                    const Tremplin__MailOutcome *outcome)
{
    Alerts__MailFailed failed = ALERTS__MAIL_FAILED__INIT;

    failed.mail = outcome->mail;
    failed.attempt = outcome->attempt;
    failed.code = alerts_text(code_text(work, outcome->code));
    work_emit(work, &failed.base, outcome->mail, DATE_NONE);
    tell_operator(work, mail);
}

static void try_later(struct work *work, const Alerts__Records__Mail *mail,
                      const Tremplin__MailOutcome *outcome)
{
    Alerts__MailDeferred deferred = ALERTS__MAIL_DEFERRED__INIT;
    struct delivery_law law = { .longest_hours = 4, .give_up_hours = 48 };

    work_law(work, delivery_law, work->today, &law);
    if (delivery_is_given_up(&law, mail->tried_since_ms, work->now_ms)) {
        give_up(work, mail, outcome);
        return;
    }
    deferred.mail = outcome->mail;
    deferred.attempt = outcome->attempt;
    deferred.code = alerts_text(code_text(work, outcome->code));
    deferred.next_attempt_ms =
        work->now_ms + delivery_wait_ms(&law, outcome->attempt, chance(work));
    work_emit(work, &deferred.base, outcome->mail, DATE_NONE);
}

void alerts_hear_mail(struct work *work, const ProtobufCMessage *report)
{
    const Tremplin__MailOutcome *outcome = (const Tremplin__MailOutcome *)report;
    const Alerts__Records__Mail *mail =
        table_get(work->tables, &alerts_mails, key_id(outcome->mail));
    Alerts__MailSent sent = ALERTS__MAIL_SENT__INIT;

    if (!mail || !is_in(mail, SENDING) || mail->attempts != outcome->attempt)
        return;
    switch (delivery_by_code(outcome->code)) {
    case DELIVERY_TAKEN:
        sent.mail = outcome->mail;
        sent.attempt = outcome->attempt;
        sent.code = alerts_text(code_text(work, outcome->code));
        work_emit(work, &sent.base, outcome->mail, DATE_NONE);
        break;
    case DELIVERY_LATER: try_later(work, mail, outcome); break;
    case DELIVERY_REFUSED: give_up(work, mail, outcome); break;
    }
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
}

/* --- held after a restore, and released
 * ------------------------------------------------------------- */

/* What was about to leave may have left before the restore: people say. */
void alerts_raise_epoch(struct work *work)
{
    Alerts__MailsHeld held = ALERTS__MAILS_HELD__INIT;

    held.mails = (uint32_t)(table_count(work->tables, &alerts_queue) +
                            table_count(work->tables, &alerts_sending));
    if (held.mails > 0)
        work_emit(work, &held.base, "", DATE_NONE);
}

static void hold_all(struct tables *tables, const struct table *table)
{
    struct walk walk = walk_from(tables, table, (struct key){ 0 });

    while (walk_next(&walk)) {
        Alerts__Records__Reference *reference = walk.value;
        Alerts__Records__Mail *row = table_get(tables, &alerts_mails, key_id(reference->id));

        if (row) {
            take_out(tables, row);
            row->state = alerts_text(HELD);
            table_put(tables, &alerts_mails, key_id(row->mail), &row->base);
            table_put(tables, &alerts_held, key_id(row->mail), &reference->base);
        }
        walk_forget(&walk);
    }
}

void alerts_apply_mails_held(struct tables *tables, const struct entry *entry)
{
    (void)entry;
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
    if (released.mails > 0)
        work_emit(work, &released.base, "", DATE_NONE);
    reply.mails = released.mails;
    work_reply(work, &reply.base);
    return ACCEPTED;
}

void alerts_apply_mails_released(struct tables *tables, const struct entry *entry)
{
    const Alerts__MailsReleased *released = (const Alerts__MailsReleased *)entry->event;
    struct walk walk = walk_from(tables, &alerts_held, (struct key){ 0 });

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

/* --- looking -------------------------------------------------------------------------------------
 */

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
