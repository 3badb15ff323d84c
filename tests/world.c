#include "tests/world.h"

#include "libcommon/crash.h"
#include "libcommon/log.h"
#include "libcommon/message.h"

#include <ftw.h>
#include <setjmp.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SERVICES_MOST = 8, QUIET_MS = 10 * 60 * 1000, ANSWER_ARENA = 64 * 1024 * 1024 };

struct inhabitant {
    struct world *world;
    const struct service *service;
    const void *settings;
    char directory[256];
    struct runtime *runtime; /* NULL: dead */
    int lives;
    struct simulated_node node;
    struct crashes crashes; /* in memory only */
    int64_t next_ms;
    uint64_t chance[4];
    bool running; /* inside a turn, so that world_die() knows who dies */
};

struct world {
    uint64_t seed;
    int64_t now_ms; /* the simulated monotonic clock; the wall shows wall_zero_ms more */
    int64_t wall_zero_ms;
    char directory[200];
    struct simulated_bus *bus;
    struct simulated_node client;
    struct parameters parameters;
    const struct mail_transport *mail;
    struct inhabitant inhabitants[SERVICES_MOST];
    size_t count;
    struct arena answers;
    char awaited[ID_TEXT_SIZE];
    Tremplin__Reply *arrived;
    uint64_t ids;
    world_failpoint_fn *failpoint;
    void *failpoint_context;
    jmp_buf death;
};

_Noreturn static void give_up(const char *what, const char *detail)
{
    printf("Bail out! %s: %s\n", what, detail);
    exit(1);
}

/* --- surroundings ----------------------------------------------------------------------------- */

static int64_t wall_ms(void *self)
{
    const struct inhabitant *inhabitant = self;

    return inhabitant->world->wall_zero_ms + inhabitant->world->now_ms;
}

static int64_t monotonic_ms(void *self)
{
    const struct inhabitant *inhabitant = self;

    return inhabitant->world->now_ms;
}

/* Chance is a function of the seed, the service and how much was drawn: twice gives the same. */
static void draw(void *self, uint8_t *bytes, size_t length)
{
    struct inhabitant *inhabitant = self;

    inhabitant->chance[3]++;
    while (length > 0) {
        uint8_t block[64];
        size_t part = length < sizeof block ? length : sizeof block;

        crypto_generichash(block, sizeof block, (const uint8_t *)inhabitant->chance,
                           sizeof inhabitant->chance, NULL, 0);
        inhabitant->chance[2]++;
        memcpy(bytes, block, part);
        bytes += part;
        length -= part;
    }
}

/* --- the bus's other ends --------------------------------------------------------------------- */

static void to_request(void *owner, struct bytes peer, struct bytes message)
{
    struct inhabitant *inhabitant = owner;
    struct caller caller = { .roles = ROLE_ANYBODY };

    runtime_request(inhabitant->runtime, peer, caller, message);
    inhabitant->next_ms = inhabitant->world->now_ms;
}

static void to_answer(void *owner, const char *source, struct bytes message)
{
    struct inhabitant *inhabitant = owner;

    runtime_answer(inhabitant->runtime, source, message);
    inhabitant->next_ms = inhabitant->world->now_ms;
}

static void to_event(void *owner, const char *source, const char *topic, struct bytes message)
{
    struct inhabitant *inhabitant = owner;

    (void)topic;
    (void)message;
    runtime_hint(inhabitant->runtime, source);
    inhabitant->next_ms = inhabitant->world->now_ms;
}

static void to_client(void *owner, const char *source, struct bytes message)
{
    struct world *world = owner;
    Tremplin__Reply *reply =
        tremplin__reply__unpack(&world->answers.unpacker, message.length, message.at);

    (void)source;
    if (reply && strcmp(reply->id, world->awaited) == 0)
        world->arrived = reply;
}

/* --- opening ---------------------------------------------------------------------------------- */

static int remove_one(const char *path, const struct stat *stat, int type, struct FTW *ftw)
{
    (void)stat;
    (void)type;
    (void)ftw;
    return remove(path);
}

struct world *world_open(uint64_t seed, struct date start)
{
    struct world *world = calloc(1, sizeof *world);
    struct parameters_error error;

    log_begin("world", getenv("TREMPLIN_TEST_LOG") ? LOG_LEVEL_DEBUG : LOG_LEVEL_ERROR - 1);
    if (!world || sodium_init() < 0 || !arena_open(&world->answers, ANSWER_ARENA))
        give_up("world", "no memory");
    world->seed = seed;
    world->now_ms = 1000;
    world->wall_zero_ms = start_of_day(start);
    world->bus = simulated_bus_open(seed);
    snprintf(world->directory, sizeof world->directory, "%s/tremplin-test-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    if (!mkdtemp(world->directory))
        give_up(world->directory, "cannot be made");
    if (!parameters_read(&world->parameters, TREMPLIN_SOURCE "/deploy/parameters.csv", &error))
        give_up("parameters.csv", error.sentence);
    world->client = (struct simulated_node){
        .name = "client",
        .answer = to_client,
        .owner = world,
    };
    simulated_bus_join(world->bus, &world->client);
    return world;
}

void world_close(struct world *world)
{
    for (size_t i = 0; i < world->count; i++)
        runtime_abandon(world->inhabitants[i].runtime);
    simulated_bus_close(world->bus);
    nftw(world->directory, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    arena_close(&world->answers);
    free(world);
}

static struct inhabitant *inhabitant_of(struct world *world, const char *service)
{
    for (size_t i = 0; i < world->count; i++)
        if (strcmp(world->inhabitants[i].service->name, service) == 0)
            return &world->inhabitants[i];
    give_up(service, "is not in this world");
}

static void on_failpoint(void *self, const char *name)
{
    struct inhabitant *inhabitant = self;
    struct world *world = inhabitant->world;

    if (world->failpoint)
        world->failpoint(world->failpoint_context, inhabitant->service->name, name);
}

static struct runtime_setup setup_of(struct inhabitant *inhabitant)
{
    return (struct runtime_setup){
        .service = inhabitant->service,
        .organisation = "test",
        .directory = inhabitant->directory,
        .keys_copy = "",
        .map_bytes = (size_t)1 << 30,
        .parameters = &inhabitant->world->parameters,
        .settings = inhabitant->settings,
        .surroundings = { .wall_ms = wall_ms,
                          .monotonic_ms = monotonic_ms,
                          .random = draw,
                          .self = inhabitant },
        .mail = inhabitant->world->mail,
        .crashes = &inhabitant->crashes,
        .failpoint = on_failpoint,
        .failpoint_self = inhabitant,
    };
}

void world_revive(struct world *world, const char *service)
{
    struct inhabitant *inhabitant = inhabitant_of(world, service);
    struct runtime_setup setup = setup_of(inhabitant);
    struct fault fault = { 0 };

    if (inhabitant->runtime)
        return;
    inhabitant->lives++;
    inhabitant->node = (struct simulated_node){
        .name = inhabitant->service->name,
        .request = to_request,
        .answer = to_answer,
        .event = to_event,
        .owner = inhabitant,
    };
    setup.bus = simulated_bus_join(world->bus, &inhabitant->node);
    inhabitant->runtime = runtime_open(&setup, &fault);
    if (!inhabitant->runtime)
        give_up(service, fault.detail);
    inhabitant->next_ms = world->now_ms;
}

void world_add(struct world *world, const struct service *service, const void *settings)
{
    struct inhabitant *inhabitant = &world->inhabitants[world->count++];

    *inhabitant = (struct inhabitant){
        .world = world,
        .service = service,
        .settings = settings,
        .chance = { world->seed, world->count },
        .crashes = { .file = -1 },
    };
    snprintf(inhabitant->directory, sizeof inhabitant->directory, "%s/%s", world->directory,
             service->name);
    world_revive(world, service->name);
}

void world_set_mail(struct world *world, const struct mail_transport *mail)
{
    world->mail = mail;
}

void world_mail_outcome(struct world *world, const char *service, const char *id, uint32_t attempt,
                        int code)
{
    struct inhabitant *inhabitant = inhabitant_of(world, service);

    if (!inhabitant->runtime)
        return;
    runtime_mail_outcome(inhabitant->runtime, id, attempt, code);
    inhabitant->next_ms = world->now_ms;
}

void world_kill(struct world *world, const char *service)
{
    struct inhabitant *inhabitant = inhabitant_of(world, service);

    simulated_bus_leave(world->bus, service);
    runtime_abandon(inhabitant->runtime);
    inhabitant->runtime = NULL;
    inhabitant->running = false;
}

void world_set_aside(struct world *world, const char *service, const char *input)
{
    struct crashes *crashes = &inhabitant_of(world, service)->crashes;

    crashes->count = 0;
    if (*input == '\0')
        return;
    snprintf(crashes->list[0].input, sizeof crashes->list[0].input, "%s", input);
    crashes->list[0].times = 2;
    crashes->count = 1;
}

void world_cut(struct world *world, const char *service, uint64_t entries)
{
    static struct journal journal;
    uint64_t head = runtime_journal(world_runtime(world, service))->committed;
    const char *nobody = "018f0e42-7c1b-7a3e-9d41-0f6a2b8c5dff";

    world_kill(world, service);
    if (!journal_open(&journal, world_directory(world, service), (size_t)1 << 30, nobody) ||
        !journal_cut(&journal, head - entries, NULL))
        give_up(service, "its journal cannot be cut");
    journal_close(&journal);
    world_revive(world, service);
}

int world_lives(const struct world *world, const char *service)
{
    for (size_t i = 0; i < world->count; i++)
        if (strcmp(world->inhabitants[i].service->name, service) == 0)
            return world->inhabitants[i].lives;
    return 0;
}

bool world_is_alive(const struct world *world, const char *service)
{
    return inhabitant_of((struct world *)(uintptr_t)world, service)->runtime != NULL;
}

struct runtime *world_runtime(struct world *world, const char *service)
{
    return inhabitant_of(world, service)->runtime;
}

struct simulated_bus *world_bus(struct world *world)
{
    return world->bus;
}

const char *world_directory(const struct world *world, const char *service)
{
    return inhabitant_of((struct world *)(uintptr_t)world, service)->directory;
}

const struct parameters *world_parameters(struct world *world)
{
    return &world->parameters;
}

void world_law_until(struct world *world, const char *name, struct date valid_to)
{
    struct parameters *parameters = &world->parameters;

    for (size_t i = 0; i < parameters->count; i++)
        if (strcmp(parameters->rows[i].name, name) == 0)
            parameters->rows[i].valid_to = valid_to;
    parameters->edition++;
}

const char *world_trouble_of(struct world *world, const char *service)
{
    Tremplin__StatusReply status = TREMPLIN__STATUS_REPLY__INIT;
    struct runtime *runtime = world_runtime(world, service);

    runtime_status(runtime, runtime_tables(runtime)->arena, &status);
    return status.trouble;
}

void world_on_failpoint(struct world *world, world_failpoint_fn *hook, void *context)
{
    world->failpoint = hook;
    world->failpoint_context = context;
}

void world_die(struct world *world)
{
    longjmp(world->death, 1);
}

/* --- time ------------------------------------------------------------------------------------- */

int64_t world_now_ms(const struct world *world)
{
    return world->wall_zero_ms + world->now_ms;
}

static void set_now(struct world *world, int64_t now_ms)
{
    world->now_ms = now_ms;
    simulated_bus_set_time(world->bus, now_ms);
}

/* One turn; the service may die in it. */
static void turn(struct world *world, struct inhabitant *inhabitant)
{
    /* Between setjmp and longjmp nothing local changes that is read afterwards. */
    if (setjmp(world->death) == 0) {
        inhabitant->running = true;
        inhabitant->next_ms = runtime_turn(inhabitant->runtime);
        inhabitant->running = false;
        return;
    }
    for (size_t i = 0; i < world->count; i++)
        if (world->inhabitants[i].running)
            world_kill(world, world->inhabitants[i].service->name);
}

/* Everything due now; true when anything was. */
static bool run_due(struct world *world)
{
    bool any = false;

    while (simulated_bus_deliver(world->bus, world->now_ms))
        any = true;
    for (size_t i = 0; i < world->count; i++)
        if (world->inhabitants[i].runtime && world->inhabitants[i].next_ms <= world->now_ms) {
            turn(world, &world->inhabitants[i]);
            any = true;
        }
    return any;
}

static int64_t next_instant(struct world *world)
{
    int64_t next = INT64_MAX, due_ms;

    if (simulated_bus_next(world->bus, &due_ms))
        next = due_ms;
    for (size_t i = 0; i < world->count; i++)
        if (world->inhabitants[i].runtime && world->inhabitants[i].next_ms < next)
            next = world->inhabitants[i].next_ms;
    return next > world->now_ms ? next : world->now_ms + 1;
}

/* Runs until an instant, or until the answer awaited has come. */
static void run_until(struct world *world, int64_t until_ms, bool for_answer)
{
    for (;;) {
        for (int i = 0; i < 1000 && run_due(world); i++)
            if (for_answer && world->arrived)
                return;
        int64_t next = next_instant(world);
        if (next > until_ms) {
            set_now(world, until_ms);
            return;
        }
        set_now(world, next);
    }
}

void world_pass(struct world *world, int64_t ms)
{
    run_until(world, world->now_ms + ms, false);
}

void world_leap(struct world *world, int days)
{
    struct date today = civil_date_at(world_now_ms(world));
    int64_t target = start_of_day(date_add_days(today, days));

    set_now(world, target - world->wall_zero_ms);
    for (size_t i = 0; i < world->count; i++)
        world->inhabitants[i].next_ms = world->now_ms;
}

void world_leap_wall(struct world *world, int64_t ms)
{
    world->wall_zero_ms += ms;
}

static const Tremplin__StatusReply *status_of(struct world *world, struct inhabitant *inhabitant,
                                              struct arena *arena)
{
    Tremplin__StatusReply *status = arena_take(arena, sizeof *status);

    if (!status)
        give_up("world", "no memory");
    (void)world;
    tremplin__status_reply__init(status);
    runtime_status(inhabitant->runtime, arena, status);
    return status;
}

static bool is_settled(struct world *world)
{
    size_t mark = world->answers.used;
    bool settled = true;
    int64_t due_ms;

    if (simulated_bus_next(world->bus, &due_ms))
        return false;
    for (size_t i = 0; i < world->count; i++) {
        const Tremplin__StatusReply *status;

        if (!world->inhabitants[i].runtime)
            continue;
        status = status_of(world, &world->inhabitants[i], &world->answers);
        settled &= !status->busy;
        for (size_t s = 0; s < status->n_sources; s++)
            for (size_t j = 0; j < world->count; j++)
                if (world->inhabitants[j].runtime && !status->sources[s]->halted &&
                    strcmp(world->inhabitants[j].service->name, status->sources[s]->service) == 0)
                    settled &= status->sources[s]->sequence ==
                               runtime_journal(world->inhabitants[j].runtime)->committed;
    }
    world->answers.used = mark;
    return settled;
}

bool world_settle(struct world *world)
{
    int64_t limit = world->now_ms + QUIET_MS;

    while (world->now_ms < limit) {
        for (int i = 0; i < 10000 && run_due(world); i++)
            ;
        if (is_settled(world))
            return true;
        set_now(world, next_instant(world));
    }
    return false;
}

/* The first instant after now at which any service has something to do. */
static int64_t next_tick(struct world *world)
{
    int64_t next = INT64_MAX;
    size_t mark = world->answers.used;

    for (size_t i = 0; i < world->count; i++)
        if (world->inhabitants[i].runtime) {
            int64_t due = status_of(world, &world->inhabitants[i], &world->answers)->next_tick_ms;

            if (due < next)
                next = due;
        }
    world->answers.used = mark;
    return next;
}

void world_move_to(struct world *world, struct date day, int hour, int minute)
{
    int64_t target = instant_of(day, hour, minute);

    if (!world_settle(world))
        give_up("world", "does not settle");
    while (world_now_ms(world) < target) {
        int64_t next = next_tick(world);

        if (next > target)
            next = target;
        if (next > world_now_ms(world))
            set_now(world, next - world->wall_zero_ms);
        for (size_t i = 0; i < world->count; i++)
            world->inhabitants[i].next_ms = world->now_ms;
        if (!world_settle(world))
            give_up("world", "does not settle");
    }
}

/* --- calling ---------------------------------------------------------------------------------- */

static struct bytes packed(struct world *world, const ProtobufCMessage *message)
{
    size_t length = protobuf_c_message_get_packed_size(message);
    uint8_t *bytes = arena_take(&world->answers, length + 1);

    if (!bytes)
        give_up("world", "the answers' arena is full");
    protobuf_c_message_pack(message, bytes);
    return (struct bytes){ bytes, length };
}

static struct answer answer_of(struct world *world, const ProtobufCMessageDescriptor *reply)
{
    const Tremplin__Reply *arrived = world->arrived;
    struct answer answer = { .code = "", .field = "", .french = "", .english = "" };

    if (!arrived)
        return answer;
    answer.status = arrived->status;
    if (arrived->trouble) {
        answer.code = arrived->trouble->code;
        answer.field = arrived->trouble->field;
        answer.french = arrived->trouble->french;
        answer.english = arrived->trouble->english;
    }
    if (arrived->position)
        answer.position = *arrived->position;
    if (reply && arrived->status == TREMPLIN__STATUS__STATUS_DONE)
        answer.reply = protobuf_c_message_unpack(reply, &world->answers.unpacker, arrived->body.len,
                                                 arrived->body.data);
    return answer;
}

/* Asks until something came; it is in world->arrived. */
static void ask(struct world *world, const char *id, const char *service, const char *method,
                struct bytes body)
{
    enum { TIMES = 20, PATIENCE_MS = 7000 };
    Tremplin__Request request = TREMPLIN__REQUEST__INIT;
    struct bus client = simulated_bus_join(world->bus, &world->client);
    struct bytes message;

    snprintf(world->awaited, sizeof world->awaited, "%s", id);
    request.id = world->awaited;
    request.method = (char *)(uintptr_t)method;
    request.actor = (char *)(uintptr_t) "test";
    request.body = (ProtobufCBinaryData){ body.length, (uint8_t *)(uintptr_t)body.at };
    message = packed(world, &request.base);
    world->arrived = NULL;
    for (int i = 0; i < TIMES && !world->arrived; i++) {
        client.operations->ask(client.self, service, message);
        run_until(world, world->now_ms + PATIENCE_MS, true);
        for (size_t s = 0; s < world->count; s++)
            if (!world->inhabitants[s].runtime)
                world_revive(world, world->inhabitants[s].service->name);
    }
}

static const char *next_id(struct world *world, char id[ID_TEXT_SIZE])
{
    uint8_t random[ID_RANDOM_BYTES] = { 0 };

    world->ids++;
    /* Past the bits that a UUID keeps for itself: each call has an identifier of its own. */
    memcpy(random + 3, &world->ids, ID_RANDOM_BYTES - 3);
    return id_format(id_make(world_now_ms(world), random), id);
}

struct answer world_call_as(struct world *world, const char *id, const char *method,
                            const ProtobufCMessage *asked, const ProtobufCMessageDescriptor *reply)
{
    char service[32];

    snprintf(service, sizeof service, "%.*s", (int)strcspn(method, "."), method);
    ask(world, id, service, method, packed(world, asked));
    return answer_of(world, reply);
}

struct answer world_call(struct world *world, const char *method, const ProtobufCMessage *asked,
                         const ProtobufCMessageDescriptor *reply)
{
    char id[ID_TEXT_SIZE];

    return world_call_as(world, next_id(world, id), method, asked, reply);
}

struct answer world_call_bytes(struct world *world, const char *service, const char *method,
                               struct bytes body)
{
    char id[ID_TEXT_SIZE];

    ask(world, next_id(world, id), service, method, body);
    return answer_of(world, NULL);
}

size_t world_mark(const struct world *world)
{
    return world->answers.used;
}

void world_forget(struct world *world, size_t mark)
{
    world->answers.used = mark;
    world->arrived = NULL;
}

/* --- looking ---------------------------------------------------------------------------------- */

static const ProtobufCMessage *event_in(const struct service *service, struct bytes bytes,
                                        struct arena *arena)
{
    ProtobufCMessage *outer =
        protobuf_c_message_unpack(service->event, &arena->unpacker, bytes.length, bytes.at);

    for (unsigned i = 0; outer && i < service->event->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &service->event->fields[i];
        uint32_t which;
        const ProtobufCMessage *inner;

        memcpy(&which, (const char *)outer + field->quantifier_offset, sizeof which);
        memcpy(&inner, (const char *)outer + field->offset, sizeof inner);
        if (which == field->id)
            return inner;
    }
    return NULL;
}

void world_events(struct world *world, const char *service, world_event_fn *each, void *context)
{
    struct inhabitant *inhabitant = inhabitant_of(world, service);
    struct journal *journal = runtime_journal(inhabitant->runtime);
    struct arena arena;

    if (!arena_open(&arena, (size_t)4 << 20))
        give_up("world", "no memory");
    for (uint64_t sequence = 1; sequence <= journal->committed; sequence++) {
        struct stored_entry entry;

        arena_reset(&arena);
        if (!journal_read(journal, sequence, &arena, &entry))
            give_up(service, "its journal cannot be read");
        if (entry.header->kind == TREMPLIN__ENTRY_KIND__ENTRY_KIND_EVENT)
            each(context, entry.header, event_in(inhabitant->service, entry.event, &arena));
    }
    arena_close(&arena);
}

struct looking {
    struct world *world;
    const ProtobufCMessageDescriptor *type;
    int count;
    struct bytes last;
};

static void look(void *context, const Tremplin__Header *header, const ProtobufCMessage *event)
{
    struct looking *looking = context;

    (void)header;
    if (!event || event->descriptor != looking->type)
        return;
    looking->count++;
    looking->last = packed(looking->world, event);
}

int world_count(struct world *world, const char *service, const ProtobufCMessageDescriptor *event)
{
    struct looking looking = { .world = world, .type = event };
    size_t mark = world->answers.used;

    world_events(world, service, look, &looking);
    world->answers.used = mark;
    return looking.count;
}

int world_count_kind(struct world *world, const char *service, Tremplin__EntryKind kind)
{
    struct journal *journal = runtime_journal(world_runtime(world, service));
    struct arena arena;
    int count = 0;

    if (!arena_open(&arena, (size_t)4 << 20))
        give_up("world", "no memory");
    for (uint64_t sequence = 1; sequence <= journal->committed; sequence++) {
        struct stored_entry entry;

        arena_reset(&arena);
        count += journal_read(journal, sequence, &arena, &entry) && entry.header->kind == kind;
    }
    arena_close(&arena);
    return count;
}

const void *world_last(struct world *world, const char *service,
                       const ProtobufCMessageDescriptor *event)
{
    struct looking looking = { .world = world, .type = event };

    world_events(world, service, look, &looking);
    if (looking.count == 0)
        return NULL;
    return protobuf_c_message_unpack(event, &world->answers.unpacker, looking.last.length,
                                     looking.last.at);
}

static const char *check_chain(struct journal *journal)
{
    uint8_t previous[HASH_SIZE] = { 0 };
    const char *trouble = NULL;
    struct arena arena;

    if (!arena_open(&arena, (size_t)4 << 20))
        give_up("world", "no memory");
    for (uint64_t sequence = 1; sequence <= journal->committed && !trouble; sequence++) {
        struct stored_entry entry;
        uint8_t digest[HASH_SIZE], hash[HASH_SIZE];

        arena_reset(&arena);
        if (!journal_read(journal, sequence, &arena, &entry) ||
            entry.header->sequence != sequence) {
            trouble = "a number is missing in the journal";
            break;
        }
        journal_digest(entry.private_bytes, digest);
        journal_chain(previous, entry.header_bytes, entry.event, digest, hash);
        if (memcmp(hash, entry.hash, HASH_SIZE) != 0)
            trouble = "the chain does not hold";
        memcpy(previous, entry.hash, HASH_SIZE);
    }
    arena_close(&arena);
    return trouble;
}

const char *world_check_store(struct world *world, const char *service)
{
    struct inhabitant *inhabitant = inhabitant_of(world, service);
    struct runtime_setup setup = setup_of(inhabitant);
    const char *trouble = check_chain(runtime_journal(inhabitant->runtime));
    uint8_t here[32], replayed[32];
    char scratch[280];
    struct fault fault = { 0 };

    if (trouble)
        return trouble;
    world_kill(world, service);
    snprintf(scratch, sizeof scratch, "%s/replayed-%s", world->directory, service);
    nftw(scratch, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    if (!runtime_replays_same(&setup, scratch, here, replayed, &fault))
        trouble = fault.kind == NO_FAULT ? "the tables are not the journal replayed"
                                         : "the journal cannot be replayed";
    nftw(scratch, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    world_revive(world, service);
    return trouble;
}
