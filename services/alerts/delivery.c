/* delivery.c - mails are handed to the relay, and what it said is decided on */
#include "services/alerts/rules/delivery.h"
#include "services/alerts/parts.h"

#include "libcommon/runtime.h"

#include <string.h>

/* --- handing over ----------------------------------------------------------------------------- */

/* A promised attempt is written down before the relay hears of it. */
static void decide_sending(struct work *work, const ProtobufCMessage *report)
{
    const Tremplin__MailOutcome *promised = (const Tremplin__MailOutcome *)report;
    const Alerts__Records__Mail *mail =
        table_get(work->tables, &alerts_mails, key_id(promised->mail));
    Alerts__MailSending sending = ALERTS__MAIL_SENDING__INIT;

    if (!mail || mail->attempts + 1 != promised->attempt || !alerts_may_be_sent(mail))
        return;
    sending.mail = promised->mail;
    sending.attempt = promised->attempt;
    work_emit(work, &sending.base, promised->mail, DATE_NONE);
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
    else if (!work->arena->exhausted) /* nobody to send it to any more */
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

        if (mail && transport->is_promised(transport->self, mail->mail, mail->attempts)) {
            if (!transport->is_handed(transport->self, mail->mail, mail->attempts))
                hand_over(work, transport, mail);
        } else if (mail && !promise(work, transport, mail->mail, mail->attempts + 1))
            return;
        walk_forget(&walk);
    }
}

/* What was held and released while the relay had it waits for the answer: one may be enough. */
static void act_on_queue(struct work *work, const struct mail_transport *transport)
{
    struct walk walk = walk_from(work->tables, &alerts_queue, (struct key){ 0 });

    while (walk_next(&walk)) {
        const Alerts__Records__Reference *reference = walk.value;
        const Alerts__Records__Mail *mail =
            table_get(work->tables, &alerts_mails, key_id(reference->id));

        if (!mail || mail->next_attempt_ms > work->now_ms)
            return;
        if (!transport->is_handed(transport->self, mail->mail, mail->attempts) &&
            !promise(work, transport, mail->mail, mail->attempts + 1))
            return;
        walk_forget(&walk);
    }
}

/* Held, or given up, after its attempt was promised: that is not made. */
static bool is_wanted(void *owner, const char *id, uint32_t attempt)
{
    struct work *work = owner;
    const Alerts__Records__Mail *mail = table_get(work->tables, &alerts_mails, key_id(id));

    return mail && alerts_may_be_sent(mail) &&
           (attempt == mail->attempts + 1 ||
            (attempt == mail->attempts && alerts_is_being_sent(mail)));
}

void alerts_act(struct work *work, const struct mail_transport *transport)
{
    transport->forget_unless(transport->self, is_wanted, work);
    act_on_sending(work, transport);
    act_on_queue(work, transport);
}

/* Its instant has come: what follows is for alerts_act(), after the commit. */
void alerts_pass_mail(struct work *work, const struct deadline *deadline)
{
    (void)work;
    (void)deadline;
}

/* --- the relay's answer ----------------------------------------------------------------------- */

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
    struct delivery_law law;

    if (!work_needs_law(work, delivery_law, work->today, &law))
        return;
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

    if (!mail || !alerts_is_heard_of(mail, outcome->attempt))
        return;
    switch (delivery_by_code(outcome->code)) {
    case DELIVERY_TAKEN:
        sent.mail = outcome->mail;
        sent.attempt = outcome->attempt;
        sent.code = alerts_text(code_text(work, outcome->code));
        work_emit(work, &sent.base, outcome->mail, DATE_NONE);
        break;
    case DELIVERY_LATER:
        if (!alerts_is_held(mail)) /* that is tried again when it is released */
            try_later(work, mail, outcome);
        break;
    case DELIVERY_REFUSED: give_up(work, mail, outcome); break;
    }
}
