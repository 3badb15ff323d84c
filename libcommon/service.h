/* service.h - what a service is made of, and what its handlers may do
 *
 * A service is a description: tables, methods, events, whom it follows, what a
 * tick does.  Everything that changes anything takes one way:
 *
 *     input -> decide -> entries -> seal -> journal, tables -> commit -> reply, publish
 *
 * A handler decides: it reads the tables as they stood before its input, asks a
 * rule, refuses or emits.  It never reads a clock, a file or the network.  The
 * apply of an entry gets the tables and the entry, and nothing else: it decides
 * nothing and cannot refuse, so that the tables are a function of the journal.
 */
#ifndef LIBCOMMON_SERVICE_H
#define LIBCOMMON_SERVICE_H

#include "libcommon/arena.h"
#include "libcommon/calendar.h"
#include "libcommon/config.h"
#include "libcommon/fault.h"
#include "libcommon/journal.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"
#include "libcommon/store.h"
#include "proto/tremplin.pb-c.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* --- the input at hand ------------------------------------------------------------------------ */

struct runtime;

/* What decide is given; it is a pure function of this. */
struct work {
    const char *actor;
    struct date today; /* the day that is open */
    int64_t now_ms;
    struct tables *tables;
    struct arena *arena;
    const struct parameters *parameters;
    const void *settings;    /* the service's own, as its description says */
    const void *memory;      /* for queries: what the service keeps there; else NULL */
    struct runtime *runtime; /* for the functions below only */
};

/* A new identifier (UUIDv7), from the input's random bytes and instant; in the arena. */
const char *work_new_id(struct work *work);
/* 32 bytes of the input's random, different at each call. */
void work_random(struct work *work, uint8_t random[32]);

/* Fills a rule's law as it stood on a date.  ACCEPTED, or a refusal that names the parameter. */
const struct refusal *work_law(struct work *work, const struct parameter_field fields[],
                               struct date on, void *law);
/* The same where nothing can be refused: false, and work_undecided(), when the parameters do not
 * say it, so that no delay is left out in silence.  A hearing asks work_law(): undecided, it halts.
 */
bool work_needs_law(struct work *work, const struct parameter_field fields[], struct date on,
                    void *law);

/* Emits one of the service's events: event is the message inside the oneof (its type says which),
 * subject the identifier of what it is about, date that of the fact (today when absent).  Packed
 * at once: the message may die. */
void work_emit(struct work *work, const ProtobufCMessage *event, const char *subject,
               struct date date);
/* The same with what is sealed beside it: record is a message inside the oneof of the service's
 * Record, with Sealed fields whose clear text the runtime seals with the household's key. */
void work_emit_sealed(struct work *work, const ProtobufCMessage *event, const char *subject,
                      struct date date, const char *household, const ProtobufCMessage *record);
/* The answer to a command or a query; packed at once. */
void work_reply(struct work *work, const ProtobufCMessage *reply);
/* A refusal whose sentences name what was asked for; lives as long as the input. */
const struct refusal *work_refusal(struct work *work, const char *code, const char *field,
                                   const char *rule, const char *french, const char *english);
/* For queries: the clear text of what is sealed, in the arena; NULL when the household is erased.
 */
const char *work_unseal(struct work *work, const Tremplin__Sealed *sealed);
/* A digest keyed with the service's secret, HASH_SIZE bytes in the arena: the same for the same
 * text, for a look-up by what is sealed; who has not the secret cannot try texts.  NULL when the
 * arena is full. */
const uint8_t *work_digest(struct work *work, const char *about, const char *text);
/* For deadlines, which nobody asked for and nobody is told of, and for what they share with
 * commands: it cannot be decided, for this reason.  Nothing of it is kept and it is tried again;
 * status says so of a deadline, a command's sender is told TRY_AGAIN.  A hearing halts its source:
 * nothing that it tells is heard until the service is started again. */
void work_undecided(struct work *work, const struct refusal *refusal);
/* Is the household erased here? */
bool work_is_erased(struct work *work, const char *household);
/* The runtime destroys the household's key once what was emitted is committed. Idempotent. */
void work_destroy_key(struct work *work, const char *household);

/* --- fields of messages ----------------------------------------------------------------------- */

/* The date of a field; DATE_NONE when absent or impossible. */
struct date date_of(const Tremplin__Date *date);
/* A message for a field, in the arena; NULL for an absent date. */
Tremplin__Date *date_field(struct arena *arena, struct date date);
int64_t cents_of(const Tremplin__Money *money);
Tremplin__Money *money_field(struct arena *arena, int64_t cents);

/* Guards that every handler needs: ACCEPTED, or a refusal naming the field. */
const struct refusal *need_id(struct work *work, const char *field, const char *value);
const struct refusal *need_text(struct work *work, const char *field, const char *value);
const struct refusal *need_date(struct work *work, const char *field, const Tremplin__Date *value);
/* The day of a fact: the field's, or today when it is absent; a day to come is refused. */
const struct refusal *need_fact_date(struct work *work, const char *field,
                                     const Tremplin__Date *value, struct date *date);
const struct refusal *need_amount(struct work *work, const char *field,
                                  const Tremplin__Money *value);                    /* > 0 */
const struct refusal *need_choice(struct work *work, const char *field, int value); /* not 0 */
/* A code of the organisation's, for what everybody hears: at most 40 capitals, figures, '-', '_'
 * and
 * '.', so that no sentence about a person gets into an event.  Absent is accepted. */
const struct refusal *need_code(struct work *work, const char *field, const char *value);
/* Words, where they may stand: no social-security number is among them (Q30). */
const struct refusal *need_no_nir(struct work *work, const char *field, const char *value);
/* How the organisation calls a thing of its own, a residence or an agreement, for what everybody
 * hears: there, 120 bytes at most, and no social-security number. */
const struct refusal *need_name(struct work *work, const char *field, const char *value);
/* "There is no such ...": for an identifier that leads nowhere; one that was left out is told so.
 */
const struct refusal *not_known(struct work *work, const char *field, const char *value);

/* --- entries ---------------------------------------------------------------------------------- */

/* An entry as apply and a hearing get it.  Unpacked in the arena. */
struct entry {
    const Tremplin__Header *header;
    const ProtobufCMessage *event;  /* the message inside the oneof */
    const ProtobufCMessage *record; /* what is sealed, still sealed; NULL when nothing is */
};

/* --- deadlines: instants at which the service has something to decide ------------------------- */

struct deadline {
    uint8_t kind; /* the service's own number */
    int64_t due_ms;
    char subject[ID_TEXT_SIZE];
    uint32_t step;
};

/* From apply only.  Setting one twice is one; clearing what is not there is nothing.  Once passed
 * and decided on, a deadline is gone by itself. */
void deadline_set(struct tables *tables, uint8_t kind, int64_t due_ms, const char *subject,
                  uint32_t step);
void deadline_clear(struct tables *tables, uint8_t kind, int64_t due_ms, const char *subject,
                    uint32_t step);

/* --- the description -------------------------------------------------------------------------- */

enum role {
    ROLE_STAFF = 1,      /* people and programs of the organisation */
    ROLE_OPERATOR = 2,   /* who runs the service */
    ROLE_INTEGRATOR = 4, /* other systems: may read, not write */
};
#define ROLE_ANYBODY (ROLE_STAFF | ROLE_OPERATOR | ROLE_INTEGRATOR)

/* A row for each rpc of the service's two protobuf services; a row without name ends the table. */
struct method {
    const char *name; /* as in the contract: "RegisterHousehold" */
    const struct refusal *(*handle)(struct work *work, const void *body);
    unsigned roles;
    const char *help_french;
    const char *help_english;
};

/* What an event does to the tables; by the event's type. */
struct application {
    const ProtobufCMessageDescriptor *event;
    void (*apply)(struct tables *tables, const struct entry *entry);
};

/* What is done with another service's event: apply stores what was heard, hear decides. */
struct hearing {
    const ProtobufCMessageDescriptor *event;
    void (*apply)(struct tables *tables, const struct entry *heard); /* may be NULL */
    void (*hear)(struct work *work, const struct entry *heard);      /* may be NULL */
};

struct source {
    const char *service;
    const ProtobufCMessageDescriptor *events; /* its Event message */
    const struct hearing *hearings; /* ended by a row without event; rows are all it hears */
};

struct deadline_kind {
    uint8_t kind;
    const char *name;
    void (*pass)(struct work *work, const struct deadline *deadline);
};

/* What operators see of the service beside the runtime's own figures. */
struct counter {
    const char *name; /* snake_case: also the metric's name */
    const char *help;
    int64_t (*count)(struct tables *tables);
};

/* What a service keeps in memory for its queries: a function of its tables as they are committed,
 * made at the start, told of every entry before the next query, and never seen by decide or apply.
 */
struct memory {
    /* With nothing in it; NULL when there is no room. */
    void *(*open)(void);
    /* What it is made of, and how a row of it is put there; false when there is no room.  A row
     * that cannot be read is left out, and status says so. */
    const struct table *table;
    bool (*put)(struct work *work, void *memory, const struct key *key, const void *row);
    /* An entry was committed, and the tables have it; false when there is no room. */
    bool (*follow)(struct work *work, void *memory, const Tremplin__Header *header);
    void (*close)(void *memory);
};

struct mail_transport;
struct mail_curl_settings;

struct service {
    const char *name;
    uint32_t tables_version;           /* raised with any change to apply or to records.proto */
    const struct table *const *tables; /* ended by NULL */
    const struct method *methods;
    const ProtobufCServiceDescriptor *commands;
    const ProtobufCServiceDescriptor *queries;
    const ProtobufCMessageDescriptor *event;  /* one oneof, all events */
    const ProtobufCMessageDescriptor *record; /* one oneof, all that is sealed; may be NULL */
    const struct application *applications;
    const struct source *sources;          /* ended by a row without service; may be NULL */
    const struct deadline_kind *deadlines; /* ended by kind 0; may be NULL */
    /* Decides what the opening of a day brings; today is that day.  May be NULL. */
    void (*open_day)(struct work *work);
    const struct memory *memory;    /* may be NULL */
    const struct counter *counters; /* ended by a row without name; may be NULL */
    /* What its rules take of the parameters: each must be in force at start.  Ended by NULL; may be
     * NULL. */
    const struct parameter_field *const *laws;
    /* Its section of the configuration, beside the keys health and listen that every service has;
     * may be NULL. */
    const struct setting *settings;
    size_t settings_size;
    /* What does not fit in them, beginning with its key, in English for the operator; NULL when all
     * does.  May be NULL. */
    const char *(*check_settings)(const void *settings);
    /* After each commit: looks at the tables and acts outside, through mail.h, or asks that
     * something be decided first (runtime_report). Emits nothing itself.  May be NULL. */
    void (*act)(struct work *work, const struct mail_transport *mail);
    /* Decides on what came of a mail: gets a tremplin.MailOutcome.  With act only. */
    void (*hear_mail)(struct work *work, const ProtobufCMessage *outcome);
    /* Where its mails go, by its settings; texts are borrowed from them.  With act only. */
    void (*relay)(const void *settings, struct mail_curl_settings *relay);
    /* Decides what a new epoch brings: after a restore nothing may leave by itself.  May be NULL.
     */
    void (*raise_epoch)(struct work *work);
    /* Decides what a trouble of this very service brings, as it begins and as it ends: gets a
     * tremplin.OperatorWarned or OperatorWarningEnded.  Those of its sources are heard, by rows of
     * these types.  May be NULL. */
    void (*warn)(struct work *work, const ProtobufCMessage *warning);
    /* The services that there are, apart by blanks; NULL: Tremplin's. */
    const char *known_services;
};

/* Runs the service named by the arguments' configuration until it is told to stop. */
int service_run(const struct service *service, int argc, char **argv);

#endif
