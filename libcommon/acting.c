/* Acting outside: what the service sees of the transport.
 *
 * A mail whose outcome waits to be written is still promised: it is neither handed over nor
 * promised again, though the transport has done with it. */
#include "libcommon/runtime_parts.h"

#include "libcommon/log.h"
#include "libcommon/mail.h"

static bool promise_mail(void *self, const char *id, uint32_t attempt)
{
    const struct mail_transport *mail = ((struct runtime *)self)->setup.mail;

    return mail->promise(mail->self, id, attempt);
}

static bool mail_is_promised(void *self, const char *id, uint32_t attempt)
{
    const struct runtime *runtime = self;
    const struct mail_transport *mail = runtime->setup.mail;

    return mail_outcome_waits(runtime, id, attempt) || mail->is_promised(mail->self, id, attempt);
}

static bool mail_is_handed(void *self, const char *id, uint32_t attempt)
{
    const struct runtime *runtime = self;
    const struct mail_transport *mail = runtime->setup.mail;

    return mail_outcome_waits(runtime, id, attempt) || mail->is_handed(mail->self, id, attempt);
}

static void forget_mails_unless(void *self, mail_wanted_fn *is_wanted, void *owner)
{
    const struct mail_transport *mail = ((struct runtime *)self)->setup.mail;

    mail->forget_unless(mail->self, is_wanted, owner);
}

static void hand_over_mail(void *self, const struct mail *handed)
{
    const struct runtime *runtime = self;
    const struct mail_transport *mail = runtime->setup.mail;

    if (!mail_outcome_waits(runtime, handed->id, handed->attempt))
        mail->hand_over(mail->self, handed);
}

static int mail_room(void *self)
{
    const struct mail_transport *mail = ((struct runtime *)self)->setup.mail;

    return mail->room(mail->self);
}

/* Only what is committed is acted on: the batch is over. */
void act_outside(struct runtime *runtime)
{
    const struct mail_transport mail = { .promise = promise_mail,
                                         .is_promised = mail_is_promised,
                                         .is_handed = mail_is_handed,
                                         .forget_unless = forget_mails_unless,
                                         .hand_over = hand_over_mail,
                                         .room = mail_room,
                                         .self = runtime };

    if (!runtime->service->act || !runtime->setup.mail || runtime->state == FULL ||
        runtime->ending.kind != NO_FAULT)
        return;
    deciding_begin(runtime, false, runtime->service->name);
    runtime->service->act(&runtime->work, &mail);
    fault_when_exhausted(runtime, &runtime->deciding.fault);
    if (first_fault(runtime)->kind == NO_FAULT)
        return;
    if (ends_process(first_fault(runtime)))
        runtime->ending = *first_fault(runtime);
    /* Nothing was written: what could not be read is seen again at the next turn. */
    log_event(LOG_LEVEL_ERROR, "fault", "input", "acting outside", "detail",
              first_fault(runtime)->detail, (char *)NULL);
    runtime->figures.faults++;
    *first_fault(runtime) = (struct fault){ 0 };
}
