/* parts.h - what the files of alerts share, from the lowest up: each calls only those above it here
 *
 *     settings.c   the service's section of the configuration
 *     field.c      fields of an event by their names
 *     recipient.c  who is told
 *     known.c      what was heard and is needed to tell the right people
 *     fired.c      what a matter is, and which of its steps were raised
 *     step.c       when a matter has something to tell
 *     pending.c    what waits for a recipient's next digest
 *     past.c       what is over, by the day it was
 *     alert.c      an alert: told, acknowledged, snoozed, looked at
 *     mail.c       a mail and the queue
 *     digest.c     one mail with all that waited
 *     raise.c      an alert is raised, climbs and resolves
 *     matter.c     what may have to be told, from when it is known until it is closed
 *     history.c    what was over long ago is dropped
 *     message.c    what a mail says
 *     delivery.c   mails are handed over, and what the relay said
 *     requests.c agreements.c measures.c vacancies.c stays.c arrears.c
 *     operation.c  troubles of the services, told to who runs them
 *     wire.c       heard events become matters, by the rows of those files
 *     alerts.c     the description
 */
#ifndef ALERTS_PARTS_H
#define ALERTS_PARTS_H

#include "libcommon/mail.h"
#include "libcommon/service.h"
#include "proto/alerts.pb-c.h"
#include "proto/intake.pb-c.h"
#include "proto/lodging.pb-c.h"
#include "proto/measures.pb-c.h"
#include "services/alerts/records.pb-c.h"
#include "services/alerts/rules/catalogue.h"
#include "services/alerts/rules/digest.h"
#include "services/alerts/rules/history.h"
#include "services/alerts/rules/missed.h"

/* --- settings --------------------------------------------------------------------------------- */

struct alerts_settings {
    char mail_from[SETTING_TEXT_SIZE];
    char mail_domain[SETTING_TEXT_SIZE];
    char relay_host[SETTING_TEXT_SIZE]; /* "": mails are written and stay in the queue */
    int64_t relay_port;
    char relay_tls[SETTING_TEXT_SIZE];     /* none, starttls */
    char relay_ca_file[SETTING_TEXT_SIZE]; /* "": who this machine trusts */
    int64_t relay_timeout;                 /* seconds */
    char relay_user[SETTING_TEXT_SIZE];
    char relay_password_file[SETTING_TEXT_SIZE];
    int64_t digest_hour;
    char holidays[SETTING_TEXT_SIZE]; /* france, alsace-moselle */
    char organisation_label[SETTING_TEXT_SIZE];
};

extern const struct setting alerts_setting_rows[];
const struct alerts_settings *alerts_settings_of(const struct work *work);
enum holidays alerts_holidays(const struct work *work);
const char *alerts_check_settings(const void *settings);
void alerts_relay(const void *settings, struct mail_curl_settings *relay);

/* A message's field, which holds text without const. */
static inline char *alerts_text(const char *text)
{
    return (char *)(uintptr_t)(text ? text : "");
}

/* --- instants --------------------------------------------------------------------------------- */

enum alerts_deadline {
    ALERTS_STEP = 1,   /* of a matter: something may have to be raised */
    ALERTS_UNTIL,      /* of a matter: from here on there is nothing to tell */
    ALERTS_ESCALATION, /* of an alert */
    ALERTS_DIGEST,     /* of a recipient */
    ALERTS_MAIL,       /* of a mail: it may be tried again */
};

/* --- fields of events ------------------------------------------------------------------------- */

/* A text or date field of an event; "" or absent when it has no such field. */
const char *alerts_text_in(const ProtobufCMessage *event, const char *name);
struct date alerts_date_in(const ProtobufCMessage *event, const char *name);

/* --- recipients ------------------------------------------------------------------------------- */

extern const struct table alerts_recipients;

struct chosen {
    char **recipients;
    size_t count;
    Alerts__RecipientRole *missing; /* roles that nobody holds: the operator is told instead */
    size_t missing_count;
};

/* Who holds any of these roles (enum told_role) for the district and worker. */
struct chosen alerts_choose(struct work *work, uint32_t roles, const char *district,
                            const char *worker);
/* Does anybody hold the role of who runs Tremplin? */
bool alerts_has_operator(struct tables *tables);
const struct refusal *alerts_on_register_recipient(struct work *work, const void *body);
void alerts_apply_recipient_registered(struct tables *tables, const struct entry *entry);

/* --- what was heard --------------------------------------------------------------------------- */

extern const struct table alerts_households;
extern const struct table alerts_measures;
extern const struct table alerts_workers;
extern const struct table alerts_agreements;
extern const struct table alerts_accreditations; /* operator, first day */
extern const struct table alerts_vacancies;
extern const struct table alerts_units;
extern const struct table alerts_sessions;
extern const struct table alerts_waiting; /* requests that are complete and on no agenda */

void alerts_know_household(struct tables *tables, const struct entry *heard);
void alerts_know_situation(struct tables *tables, const struct entry *heard);
void alerts_know_erased(struct tables *tables, const struct entry *heard);
void alerts_know_session(struct tables *tables, const struct entry *heard);
void alerts_know_waiting(struct tables *tables, const struct entry *heard);
void alerts_know_deferred(struct tables *tables, const struct entry *heard);
void alerts_forget_waiting(struct tables *tables, const struct entry *heard);
void alerts_know_accreditation(struct tables *tables, const struct entry *heard);
void alerts_know_worker(struct tables *tables, const struct entry *heard);
void alerts_know_agreement(struct tables *tables, const struct entry *heard);
void alerts_know_measure(struct tables *tables, const struct entry *heard);
void alerts_know_assigned(struct tables *tables, const struct entry *heard);
void alerts_know_vacancy(struct tables *tables, const struct entry *heard);
void alerts_know_extended(struct tables *tables, const struct entry *heard);
void alerts_know_unit(struct tables *tables, const struct entry *heard);
/* The last end of all accreditations of an operator, the changed one as it is now; absent: one has
 * no end. */
struct date alerts_accredited_until(struct tables *tables,
                                    const Intake__AccreditationChanged *changed);
/* What the organisation calls the unit (of the vacancy), the agreement or the worker that an alert
 * is about: names no person; "": nothing is known.  Lives in the arena. */
const char *alerts_name_of(struct work *work, const char *subject);

/* --- what a matter is ------------------------------------------------------------------------- */

/* What is known of a matter when it is heard.  Its identity is rule, subject, aspect and due. */
struct fact {
    const char *rule;
    const char *subject;
    const char *aspect; /* "" when there is but one of the rule and subject */
    const char *household;
    const char *district;
    const char *worker;
    struct date due;
    struct date until;   /* the last day on which there is something to tell; absent: none */
    struct date fact_on; /* what happened */
    int64_t recorded_ms; /* when it was recorded, by whoever knows */
};

extern const struct table alerts_fired; /* rule, subject, aspect, due, step */

/* The row of a matter, without its aspect when that is NULL: the beginning of several. */
struct key alerts_fact_key(const char *rule, const char *subject, const char *aspect);
struct key alerts_due_key(const char *rule, const char *subject, const char *aspect,
                          struct date due);
/* The row of what was fired. */
struct key alerts_fired_key(const char *rule, const char *subject, const char *aspect,
                            struct date due, uint32_t step);
/* The steps already raised under this very identity, a bit each. */
uint64_t alerts_fired_before(struct work *work, const struct fact *fact);

/* --- steps ------------------------------------------------------------------------------------ */

struct plan {
    uint64_t done;
    uint64_t passed;
    int64_t next_ms; /* 0: none */
    uint32_t next_step;
};

const struct lead *alerts_lead_of(const struct alert_rule *rule);
const char *alerts_step_name(struct arena *arena, const struct alert_rule *rule, uint32_t step);
/* As the fact is recorded. */
struct plan alerts_plan_of(struct work *work, const struct fact *fact);
/* The day after today on which something is due next. */
void alerts_plan_ahead(struct plan *plan, const struct lead *lead, const struct matter *matter,
                       struct date today);

/* --- what waits for a digest ------------------------------------------------------------------ */

extern const struct table alerts_pending;        /* recipient, alert */
extern const struct table alerts_reminders_left; /* recipient */

/* The next digest after an instant. */
int64_t alerts_next_digest(const struct work *work, int64_t after_ms);
struct key alerts_pending_key(const char *recipient, const char *alert);
void alerts_pend(struct tables *tables, const char *recipient, const char *alert, bool resolved,
                 int64_t not_before_ms, int64_t digest_ms);
/* When the recipient's next digests are due, and from which alert on the first of them reminds. */
void alerts_leave_rest(struct tables *tables, const Alerts__MailWritten *digest);
/* The alert after which this digest goes on reminding; "": from the first, if it reminds at all. */
const char *alerts_reminded_upto(struct tables *tables, const struct deadline *digest);

/* --- what is over ----------------------------------------------------------------------------- */

extern const struct table alerts_past; /* day, alert or mail */

/* An alert is resolved, a mail sent or given up, by this entry. */
void alerts_note_past(struct tables *tables, const struct entry *entry, const char *id);

/* --- alerts ----------------------------------------------------------------------------------- */

extern const struct table alerts_alerts;
extern const struct table alerts_open_alerts;
extern const struct table alerts_of_matter; /* the open ones of a matter */

/* Whose turn it is to be silent: resolved, acknowledged, or snoozed until after this day? */
bool alerts_speaks(const Alerts__Records__Alert *alert, struct date today);
/* The alert that a command is about, still open. */
const struct refusal *alerts_need_alert(struct work *work, const char *id,
                                        Alerts__Records__Alert **alert);
/* Is the recipient told of a later step of the matter, which stands for this alert?  told: by a
 * mail that was written; else it is enough that one will be, or that somebody has taken that step
 * on. */
bool alerts_later_tells(struct tables *tables, const Alerts__Records__Alert *alert,
                        const char *recipient, bool told);
/* A mail that tells the recipient of it was written. */
void alerts_note_told(struct tables *tables, const char *alert, const char *recipient);

const struct refusal *alerts_on_acknowledge(struct work *work, const void *body);
const struct refusal *alerts_on_snooze(struct work *work, const void *body);
const struct refusal *alerts_on_alert(struct work *work, const void *body);
const struct refusal *alerts_on_alerts(struct work *work, const void *body);
void alerts_apply_raised(struct tables *tables, const struct entry *entry);
void alerts_apply_acknowledged(struct tables *tables, const struct entry *entry);
void alerts_apply_snoozed(struct tables *tables, const struct entry *entry);
void alerts_apply_escalated(struct tables *tables, const struct entry *entry);
void alerts_apply_superseded(struct tables *tables, const struct entry *entry);
void alerts_apply_resolved(struct tables *tables, const struct entry *entry);

/* --- mails ------------------------------------------------------------------------------------ */

extern const struct table alerts_mails;
extern const struct table alerts_queue;   /* next attempt, mail */
extern const struct table alerts_sending; /* mail */
extern const struct table alerts_held;
extern const struct table alerts_holding; /* one row while mails are held */
extern const struct table alerts_failed;

void alerts_write_mail(struct work *work, const char *recipient, const char *alert);
/* After a restore, until an operator releases them: no mail leaves, also none written since. */
bool alerts_mails_are_held(struct tables *tables);
bool alerts_is_being_sent(const Alerts__Records__Mail *mail);
bool alerts_is_held(const Alerts__Records__Mail *mail);
/* May the relay still answer to this attempt?  Held, or held and released, meanwhile too. */
bool alerts_is_heard_of(const Alerts__Records__Mail *mail, uint32_t attempt);
/* Neither sent nor given up nor held. */
bool alerts_may_be_sent(const Alerts__Records__Mail *mail);

const struct refusal *alerts_on_release_mails(struct work *work, const void *body);
const struct refusal *alerts_on_mails(struct work *work, const void *body);
void alerts_raise_epoch(struct work *work);
void alerts_apply_mail_written(struct tables *tables, const struct entry *entry);
void alerts_apply_mail_sending(struct tables *tables, const struct entry *entry);
void alerts_apply_mail_sent(struct tables *tables, const struct entry *entry);
void alerts_apply_mail_deferred(struct tables *tables, const struct entry *entry);
void alerts_apply_mail_failed(struct tables *tables, const struct entry *entry);
void alerts_apply_mails_held(struct tables *tables, const struct entry *entry);
void alerts_apply_mails_released(struct tables *tables, const struct entry *entry);

void alerts_pass_digest(struct work *work, const struct deadline *deadline);

/* --- history ---------------------------------------------------------------------------------- */

/* As a day opens. */
void alerts_drop_history(struct work *work);
void alerts_apply_history_dropped(struct tables *tables, const struct entry *entry);

/* --- raising ---------------------------------------------------------------------------------- */

/* The alert of the step before is superseded: the open one, or `before`, raised by the same input
 * (NULL: none was).  Returns the new alert. */
const char *alerts_raise(struct work *work, const Alerts__Records__Matter *matter, uint32_t step,
                         const char *before);
void alerts_pass_escalation(struct work *work, const struct deadline *deadline);
/* reason NULL: by itself. */
void alerts_resolve(struct work *work, const Alerts__Records__Alert *alert, struct date on,
                    const char *reason);
/* The same for the open alerts of a matter. */
void alerts_resolve_of(struct work *work, const char *matter, struct date on, const char *reason);

/* --- matters ---------------------------------------------------------------------------------- */

extern const struct table alerts_matters;
extern const struct table alerts_matters_by_fact; /* rule, subject, aspect, due */

/* The household, district, worker, day and recording that an event tells. */
struct fact alerts_fact(const struct entry *heard, const char *rule, const char *subject);
/* Once: a matter that is open is left as it is; what is over when it is recorded is not opened. */
void alerts_open_matter(struct work *work, const struct fact *fact);
/* The same, and its one step is raised there and then: what must be told while deadlines are held.
 */
void alerts_tell_now(struct work *work, const struct fact *fact);
/* To another due date: what was raised by the old one resolves.  Opens it when none is open, unless
 * only later dates are wanted: then one that is open moves later, never back. */
void alerts_move_matter(struct work *work, const struct fact *fact, bool only_later);
/* All of the rule and subject (of the aspect too, when it is not NULL) that fall due before a date,
 * or all when that is absent. */
void alerts_close_matters(struct work *work, const char *rule, const char *subject,
                          const char *aspect, struct date due_before, struct date closed_on);
bool alerts_matter_is_open(struct work *work, const char *rule, const char *subject,
                           const char *aspect);
void alerts_close_matter(struct work *work, const char *matter, struct date closed_on,
                         const char *reason);

const struct refusal *alerts_on_resolve(struct work *work, const void *body);
void alerts_pass_step(struct work *work, const struct deadline *deadline);
void alerts_pass_until(struct work *work, const struct deadline *deadline);
void alerts_apply_matter_opened(struct tables *tables, const struct entry *entry);
void alerts_apply_matter_moved(struct tables *tables, const struct entry *entry);
void alerts_apply_matter_closed(struct tables *tables, const struct entry *entry);

/* --- handing over ----------------------------------------------------------------------------- */

/* Headers and body, CRLF lines, 7-bit; NULL when there is no room. */
const char *alerts_message(struct work *work, const Alerts__Records__Mail *mail,
                           const Alerts__Records__Recipient *recipient, const char *address);

void alerts_act(struct work *work, const struct mail_transport *mail);
void alerts_hear_mail(struct work *work, const ProtobufCMessage *outcome);
void alerts_pass_mail(struct work *work, const struct deadline *deadline);

/* --- operation -------------------------------------------------------------------------------- */

/* A trouble of this service, as it begins and as it is over; and of one that it hears. */
void alerts_warn(struct work *work, const ProtobufCMessage *warning);
void alerts_hear_warning(struct work *work, const struct entry *heard);

/* --- wires ------------------------------------------------------------------------------------ */

enum wire_effect {
    OPENS = 1, /* unless one is open already */
    MOVES,     /* the one that is open, or opens it */
    POSTPONES, /* the one that is open, to a later date only */
    CLOSES,
    ASKS, /* a function */
};

/* One row: what an event does to the matters of a rule.  Ended by a row without event. */
struct wire {
    const ProtobufCMessageDescriptor *event;
    const char *rule;
    enum wire_effect effect;
    const char *subject; /* fields of the event, by name */
    const char *due;     /* a date */
    const char *aspect;  /* may be NULL */
    const char *until;   /* a date, the last one with something to tell; may be NULL */
    int months;          /* added to the due date */
    bool (*only)(const ProtobufCMessage *event);
    void (*ask)(struct work *work, const struct entry *heard); /* what a row cannot say */
};

extern const struct wire alerts_of_requests[];
extern const struct wire alerts_of_agreements[];
extern const struct wire alerts_of_measures[];
extern const struct wire alerts_of_vacancies[];
extern const struct wire alerts_of_stays[];
extern const struct wire alerts_of_arrears[];
extern const struct wire *const alerts_wires[]; /* all of them, ended by NULL */

extern const struct source alerts_sources[];
void alerts_hear(struct work *work, const struct entry *heard);
/* Requests that missed a session of today. */
void alerts_look_at_sessions(struct work *work);

#endif
