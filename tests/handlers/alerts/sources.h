/* sources.h - intake, measures and lodging as a test of alerts needs them: they tell any event of
 * theirs on any date; and a relay that remembers what it was given */
#ifndef TESTS_HANDLERS_ALERTS_SOURCES_H
#define TESTS_HANDLERS_ALERTS_SOURCES_H

#include "proto/alerts.pb-c.h"
#include "proto/intake.pb-c.h"
#include "proto/lodging.pb-c.h"
#include "proto/measures.pb-c.h"
#include "services/alerts/alerts.h"
#include "tests/check.h"
#include "tests/world.h"

#include <stdlib.h>

#define UNUSED __attribute__((unused)) static
/* Identifiers that tests give: the same ones are the same thing. */
#define ID(n)  "018f0e42-7c1b-7a3e-9d41-0f6a2b8c5d" n

/* --- sources ---------------------------------------------------------------------------------- */

static void apply_nothing(struct tables *tables, const struct entry *entry)
{
    (void)tables;
    (void)entry;
}

enum { EVENTS_MOST = 64 };
static struct application all_events[3][EVENTS_MOST];
static const struct method no_methods[] = { { 0 } };
static const struct table no_table = { "nothing", &tremplin__today__descriptor };
static const struct table *const no_tables[] = { &no_table, NULL };
static struct service sources[3];
static struct date told_on;

static void decide_telling(struct work *work, const ProtobufCMessage *event)
{
    const ProtobufCFieldDescriptor *first = &event->descriptor->fields[0];
    char *subject;

    memcpy(&subject, (const char *)event + first->offset, sizeof subject);
    work_emit(work, event, first->type == PROTOBUF_C_TYPE_STRING ? subject : "", told_on);
}

static const struct service *source_service(int number, const char *name,
                                            const ProtobufCMessageDescriptor *event)
{
    for (unsigned i = 0; i < event->n_fields && i + 1 < EVENTS_MOST; i++)
        all_events[number][i] = (struct application){ event->fields[i].descriptor, apply_nothing };
    sources[number] = (struct service){
        .name = name,
        .tables_version = 1,
        .tables = no_tables,
        .methods = no_methods,
        .event = event,
        .applications = all_events[number],
    };
    return &sources[number];
}

UNUSED void add_sources(struct world *world)
{
    world_add(world, source_service(0, "intake", &intake__event__descriptor), NULL);
    world_add(world, source_service(1, "measures", &measures__event__descriptor), NULL);
    world_add(world, source_service(2, "lodging", &lodging__event__descriptor), NULL);
}

/* A source tells an event, dated; heard by all before this returns. */
UNUSED void tell(struct world *world, const ProtobufCMessage *event, struct date on)
{
    char service[32];

    snprintf(service, sizeof service, "%.*s", (int)strcspn(event->descriptor->name, "."),
             event->descriptor->name);
    told_on = on;
    runtime_report(world_runtime(world, service), decide_telling, "test", event);
    if (!world_settle(world))
        check(false, "the world settles");
}

/* A date for a field, which lives for some thousand dates more. */
UNUSED Tremplin__Date *on(struct date day)
{
    static Tremplin__Date fields[4096];
    static int used;
    Tremplin__Date *field = &fields[used++ % 4096];

    tremplin__date__init(field);
    field->year = day.year;
    field->month = day.month;
    field->day = day.day;
    return field;
}

UNUSED char *text(const char *words)
{
    return (char *)(uintptr_t)words;
}

/* --- the relay -------------------------------------------------------------------------------- */

enum { MAILS_MOST = 512, PROMISES_MOST = 16 };

struct handed {
    char id[ID_TEXT_SIZE];
    uint32_t attempt;
    char to[256];
    char *content;
};

struct relay {
    struct world *world;
    struct mail_transport transport;
    int code;   /* what it answers at once; < 0: nothing until relay_answer() */
    int places; /* how many at a time */
    int again;  /* how often a mail was handed over that was already */
    int promises;
    struct handed promised[PROMISES_MOST];
    int count;
    struct handed mails[MAILS_MOST]; /* each hand-over of this world, in order */
};

static int promise_of(const struct relay *relay, const char *id, uint32_t attempt)
{
    for (int i = 0; i < relay->promises; i++)
        if (strcmp(relay->promised[i].id, id) == 0 && relay->promised[i].attempt == attempt)
            return i;
    return -1;
}

static bool relay_promise(void *self, const char *id, uint32_t attempt)
{
    struct relay *relay = self;
    struct handed *promised = &relay->promised[relay->promises];

    if (promise_of(relay, id, attempt) >= 0)
        return true;
    if (relay->promises >= relay->places)
        return false;
    *promised = (struct handed){ .attempt = attempt };
    snprintf(promised->id, sizeof promised->id, "%s", id);
    relay->promises++;
    return true;
}

static bool relay_is_promised(void *self, const char *id, uint32_t attempt)
{
    return promise_of(self, id, attempt) >= 0;
}

static bool relay_is_handed(void *self, const char *id, uint32_t attempt)
{
    struct relay *relay = self;
    int promise = promise_of(relay, id, attempt);

    return promise >= 0 && relay->promised[promise].content;
}

static void relay_forget_unless(void *self, mail_wanted_fn *is_wanted, void *owner)
{
    struct relay *relay = self;

    for (int i = relay->promises; i-- > 0;) {
        const struct handed *promised = &relay->promised[i];

        if (!promised->content && !is_wanted(owner, promised->id, promised->attempt))
            relay->promised[i] = relay->promised[--relay->promises];
    }
}

static void relay_hand_over(void *self, const struct mail *mail)
{
    struct relay *relay = self;
    int promise = promise_of(relay, mail->id, mail->attempt);
    struct handed *handed = &relay->mails[relay->count];

    relay->again += promise >= 0 && relay->promised[promise].content;
    if (promise < 0 || relay->promised[promise].content || relay->count == MAILS_MOST)
        return;
    *handed = (struct handed){ .attempt = mail->attempt };
    snprintf(handed->id, sizeof handed->id, "%s", mail->id);
    snprintf(handed->to, sizeof handed->to, "%s", mail->to);
    handed->content = strdup(mail->content);
    relay->promised[promise].content = handed->content;
    relay->count++;
    if (relay->code < 0)
        return;
    relay->promised[promise] = relay->promised[--relay->promises];
    world_mail_outcome(relay->world, "alerts", mail->id, mail->attempt, relay->code);
}

static int relay_room(void *self)
{
    const struct relay *relay = self;

    return relay->places - relay->promises;
}

static bool relay_is_under_way(void *self)
{
    return ((const struct relay *)self)->promises > 0;
}

/* Another life of the process knows of no promise. */
UNUSED void relay_forget(struct relay *relay)
{
    relay->promises = 0;
}

UNUSED void relay_open(struct relay *relay, struct world *world)
{
    for (int i = 0; i < relay->count; i++)
        free(relay->mails[i].content);
    *relay = (struct relay){
        .world = world,
        .transport = { .promise = relay_promise,
                       .is_promised = relay_is_promised,
                       .is_handed = relay_is_handed,
                       .forget_unless = relay_forget_unless,
                       .hand_over = relay_hand_over,
                       .room = relay_room,
                       .is_under_way = relay_is_under_way,
                       .self = relay },
        .code = 250,
        .places = 4,
    };
    world_set_mail(world, &relay->transport);
}

UNUSED void relay_close(struct relay *relay)
{
    for (int i = 0; i < relay->count; i++)
        free(relay->mails[i].content);
    relay->count = 0;
}

/* --- what alerts is asked --------------------------------------------------------------------- */

UNUSED struct answer register_recipient(struct world *world, const char *id, const char *address,
                                        Alerts__RecipientRole role, const char *district,
                                        const char *worker)
{
    Alerts__RegisterRecipient asked = ALERTS__REGISTER_RECIPIENT__INIT;

    asked.recipient = text(id);
    asked.address = text(address);
    asked.roles = &role;
    asked.n_roles = role != 0;
    asked.district = text(district);
    asked.worker = text(worker);
    return world_call(world, "alerts.RegisterRecipient", &asked.base,
                      &alerts__register_recipient_reply__descriptor);
}

/* --- a world of a test's own ------------------------------------------------------------------ */

UNUSED struct relay relay;

#define ROLE(name) ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_##name

struct recipient {
    const char *id;
    const char *address;
    Alerts__RecipientRole role;
    const char *district; /* NULL: of all */
};

/* The sources, alerts, the relay, and who is told: ended by a row without id. */
UNUSED struct world *world_with(uint64_t seed, struct date start,
                                const struct recipient recipients[])
{
    struct world *world = world_open(seed, start);

    relay_open(&relay, world);
    add_sources(world);
    world_add(world, &alerts_service, NULL);
    for (; recipients->id; recipients++)
        register_recipient(world, recipients->id, recipients->address, recipients->role,
                           recipients->district ? recipients->district : "", "");
    return world;
}

UNUSED void end(struct world *world)
{
    check(world_check_store(world, "alerts") == NULL, "the tables are the journal replayed");
    world_close(world);
    relay_close(&relay);
}

UNUSED int raised(struct world *world)
{
    return world_count(world, "alerts", &alerts__alert_raised__descriptor);
}

UNUSED int resolved(struct world *world)
{
    return world_count(world, "alerts", &alerts__alert_resolved__descriptor);
}

/* The alerts of a rule that are open. */
UNUSED int open_of(struct world *world, const char *rule)
{
    Alerts__AlertsQuery asked = ALERTS__ALERTS_QUERY__INIT;
    struct answer answer;

    asked.open_only = true;
    asked.rule = text(rule);
    answer = world_call(world, "alerts.Alerts", &asked.base, &alerts__alerts_reply__descriptor);
    return answer.reply ? (int)((const Alerts__AlertsReply *)answer.reply)->n_alerts : -1;
}

UNUSED const Alerts__AlertRaised *last_raised(struct world *world)
{
    return world_last(world, "alerts", &alerts__alert_raised__descriptor);
}

struct tally {
    const char *rule;
    const char *subject;
    char steps[128];
    int count;
};

static void tally_one(void *context, const Tremplin__Header *header, const ProtobufCMessage *event)
{
    struct tally *tally = context;
    const Alerts__AlertRaised *one = (const Alerts__AlertRaised *)event;
    size_t used = strlen(tally->steps);
    struct date day;

    (void)header;
    if (event->descriptor != &alerts__alert_raised__descriptor ||
        strcmp(one->rule, tally->rule) != 0 ||
        (tally->subject && strcmp(one->subject, tally->subject) != 0))
        return;
    day = date_of(one->raised_on);
    tally->count++;
    snprintf(tally->steps + used, sizeof tally->steps - used, "%s%02d-%02d", used ? " " : "",
             day.month, day.day);
}

/* The days on which a rule was raised, as "05-01 05-04". */
UNUSED const char *days_raised(struct world *world, const char *rule, struct tally *tally)
{
    *tally = (struct tally){ .rule = rule };
    world_events(world, "alerts", tally_one, tally);
    return tally->steps;
}

UNUSED int64_t counted(struct world *world, const char *name)
{
    Tremplin__StatusReply status = TREMPLIN__STATUS_REPLY__INIT;
    struct arena arena;
    int64_t value = -1;

    if (!arena_open(&arena, 1 << 20))
        return -1;
    runtime_status(world_runtime(world, "alerts"), &arena, &status);
    for (size_t i = 0; i < status.n_counts; i++)
        if (strcmp(status.counts[i]->name, name) == 0)
            value = status.counts[i]->value;
    arena_close(&arena);
    return value;
}

#endif
