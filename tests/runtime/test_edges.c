/* What clients, sources, clocks and disks do at their worst costs nobody else anything, and nothing
 * acknowledged is lost, done twice or done in part. */
#include "tests/check.h"
#include "tests/runtime/ledger.h"

#include "libcommon/finals.h"
#include "libcommon/log.h"
#include "libcommon/mail.h"
#include "libcommon/runtime.h"

#include <dlfcn.h>
#include <errno.h>
#include <ftw.h>
#include <signal.h>
#include <sodium.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define ACCOUNT       "018f0e42-7c1b-7a3e-9d41-0f6a2b8c5d17"
#define OTHER_ACCOUNT "018f0e42-7c1b-7a3e-9d41-0f6a2b8c5dff"
#define OTHER         "018f0e42-7c1b-7a3e-9d41-0f6a2b8c5d18"

/* --- a runtime alone: its peer, its sources and its clocks are the test ----------------------- */

enum { REPLIES_MOST = 1024 };

struct lone {
    char directory[200];
    char keys_copy[240];
    int64_t monotonic_ms;
    int64_t wall_ms;
    struct runtime_setup setup;
    struct runtime *runtime;
    Tremplin__Reply *replies[REPLIES_MOST];
    size_t count;
    Tremplin__ReadQuery *asked; /* the last question to a source */
    char asked_id[ID_TEXT_SIZE];
};

static struct parameters parameters;
static uint64_t identifiers;

static int64_t wall_ms(void *self)
{
    return ((struct lone *)self)->wall_ms;
}

static int64_t monotonic_ms(void *self)
{
    return ((struct lone *)self)->monotonic_ms;
}

static void draw(void *self, uint8_t *bytes, size_t length)
{
    (void)self;
    randombytes_buf(bytes, length);
}

static void on_reply(void *self, struct bytes peer, struct bytes message)
{
    struct lone *lone = self;

    (void)peer;
    if (lone->count < REPLIES_MOST)
        lone->replies[lone->count++] = tremplin__reply__unpack(NULL, message.length, message.at);
}

static void on_publish(void *self, const char *topic, struct bytes message)
{
    (void)self;
    (void)topic;
    (void)message;
}

static void on_ask(void *self, const char *source, struct bytes message)
{
    struct lone *lone = self;
    Tremplin__Request *request = tremplin__request__unpack(NULL, message.length, message.at);

    (void)source;
    if (lone->asked)
        tremplin__read_query__free_unpacked(lone->asked, NULL);
    lone->asked = tremplin__read_query__unpack(NULL, request->body.len, request->body.data);
    snprintf(lone->asked_id, sizeof lone->asked_id, "%s", request->id);
    tremplin__request__free_unpacked(request, NULL);
}

static const struct mail_transport no_mail;

/* Its directory is there; what is in it, it goes on from. */
static struct runtime *runtime_of(struct lone *lone, const struct service *service,
                                  struct crashes *crashes, struct fault *fault)
{
    static const struct bus_operations operations = { on_reply, on_publish, on_ask };
    struct runtime_setup setup = {
        .service = service,
        .organisation = "test",
        .directory = lone->directory,
        .keys_copy = lone->keys_copy,
        .map_bytes = (size_t)1 << 28,
        .parameters = &parameters,
        .mail = service->act ? &no_mail : NULL,
        .crashes = crashes,
    };

    setup.bus = (struct bus){ &operations, lone };
    setup.surroundings = (struct surroundings){
        .wall_ms = wall_ms, .monotonic_ms = monotonic_ms, .random = draw, .self = lone
    };
    lone->setup = setup;
    return runtime_open(&setup, fault);
}

static struct lone *open_with(const struct service *service, bool with_copy,
                              struct crashes *crashes)
{
    struct lone *lone = calloc(1, sizeof *lone);
    struct fault fault = { 0 };

    log_begin("edges", getenv("TREMPLIN_TEST_LOG") ? LOG_LEVEL_DEBUG : LOG_LEVEL_ERROR - 1);
    lone->monotonic_ms = 1000;
    lone->wall_ms = instant_of(DATE(2020, 1, 6), 10, 0);
    snprintf(lone->directory, sizeof lone->directory, "%s/tremplin-edges-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    if (!mkdtemp(lone->directory))
        printf("Bail out! no directory\n"), exit(1);
    if (with_copy)
        snprintf(lone->keys_copy, sizeof lone->keys_copy, "%s/copy", lone->directory);
    lone->runtime = runtime_of(lone, service, crashes, &fault);
    if (!lone->runtime)
        printf("Bail out! %s\n", fault.detail), exit(1);
    runtime_turn(lone->runtime);
    return lone;
}

/* As kill -9 and another start; whether that goes. */
static bool lone_restart(struct lone *lone, const struct service *service, struct fault *fault)
{
    runtime_abandon(lone->runtime);
    lone->runtime = runtime_of(lone, service, NULL, fault);
    if (lone->runtime)
        runtime_turn(lone->runtime);
    return lone->runtime != NULL;
}

static struct lone *lone_open(const struct service *service, bool with_copy)
{
    return open_with(service, with_copy, NULL);
}

static struct lone *lone_open_noted(const struct service *service, struct crashes *crashes)
{
    return open_with(service, false, crashes);
}

static void forget_replies(struct lone *lone)
{
    while (lone->count > 0)
        tremplin__reply__free_unpacked(lone->replies[--lone->count], NULL);
}

static int remove_one(const char *path, const struct stat *stat, int type, struct FTW *ftw)
{
    (void)stat;
    (void)type;
    (void)ftw;
    return remove(path);
}

static void lone_close(struct lone *lone)
{
    forget_replies(lone);
    if (lone->asked)
        tremplin__read_query__free_unpacked(lone->asked, NULL);
    runtime_abandon(lone->runtime);
    nftw(lone->directory, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(lone);
}

static const char *fresh_id(void)
{
    static char text[8][ID_TEXT_SIZE];
    static int turn;
    char *id = text[turn++ % 8];

    snprintf(id, ID_TEXT_SIZE, "018f0e42-7c1b-7a3e-8d41-%012llx",
             (unsigned long long)++identifiers);
    return id;
}

/* It waits for the next turn. */
static void send_request(struct lone *lone, const Tremplin__Request *request)
{
    size_t length = tremplin__request__get_packed_size(request);
    uint8_t *packed = malloc(length + 1);
    struct caller anybody = { .roles = ROLE_ANYBODY };

    tremplin__request__pack(request, packed);
    runtime_request(lone->runtime, (struct bytes){ (const uint8_t *)"peer", 4 }, anybody,
                    (struct bytes){ packed, length });
    free(packed);
}

static void send_until(struct lone *lone, const char *id, const char *actor, const char *method,
                       const ProtobufCMessage *asked, int64_t not_after_ms)
{
    Tremplin__Request request = TREMPLIN__REQUEST__INIT;
    uint8_t packed[4096];

    request.id = (char *)(uintptr_t)id;
    request.actor = (char *)(uintptr_t)actor;
    request.method = (char *)(uintptr_t)method;
    request.body = (ProtobufCBinaryData){ protobuf_c_message_pack(asked, packed), packed };
    request.not_after_ms = not_after_ms;
    send_request(lone, &request);
}

static void send_as(struct lone *lone, const char *id, const char *actor, const char *method,
                    const ProtobufCMessage *asked)
{
    send_until(lone, id, actor, method, asked, 0);
}

static void send_open(struct lone *lone, const char *account, const char *holder)
{
    Ledger__OpenAccount asked = LEDGER__OPEN_ACCOUNT__INIT;
    Tremplin__Sealed name = TREMPLIN__SEALED__INIT;

    asked.account = (char *)(uintptr_t)account;
    name.clear = (char *)(uintptr_t)holder;
    asked.holder = holder ? &name : NULL;
    send_as(lone, fresh_id(), "tests", "ledger.OpenAccount", &asked.base);
}

static void send_pay_until(struct lone *lone, const char *id, const char *account, int64_t cents,
                           int64_t not_after_ms)
{
    Ledger__Pay asked = LEDGER__PAY__INIT;
    Tremplin__Money amount = TREMPLIN__MONEY__INIT;

    asked.account = (char *)(uintptr_t)account;
    amount.cents = cents;
    asked.amount = &amount;
    send_until(lone, id, "tests", "ledger.Pay", &asked.base, not_after_ms);
}

static void send_pay(struct lone *lone, const char *id, const char *account, int64_t cents)
{
    send_pay_until(lone, id, account, cents, 0);
}

static void turns(struct lone *lone, int count, int64_t apart_ms)
{
    for (int i = 0; i < count; i++) {
        lone->monotonic_ms += apart_ms;
        lone->wall_ms += apart_ms;
        runtime_turn(lone->runtime);
    }
}

static const char *code_at(const struct lone *lone, size_t i)
{
    if (i >= lone->count || !lone->replies[i])
        return "no answer";
    return lone->replies[i]->trouble ? lone->replies[i]->trouble->code : "done";
}

static const char *last_code(const struct lone *lone)
{
    return lone->count == 0 ? "no answer" : code_at(lone, lone->count - 1);
}

/* --- a source, told by the test --------------------------------------------------------------- */

#define SOURCE_LOG "018f0e42-7c1b-7a3e-9d41-00000000aaaa"

static void answer_read(struct lone *lone, Tremplin__ReadReply *read)
{
    Tremplin__Reply reply = TREMPLIN__REPLY__INIT;
    uint8_t body[8192], packed[10240];

    read->log_id = (char *)(uintptr_t)SOURCE_LOG;
    reply.id = lone->asked_id;
    reply.status = TREMPLIN__STATUS__STATUS_DONE;
    reply.body = (ProtobufCBinaryData){ tremplin__read_reply__pack(read, body), body };
    runtime_answer(lone->runtime, "ledger",
                   (struct bytes){ packed, tremplin__reply__pack(&reply, packed) });
    turns(lone, 2, 10);
}

/* The first entry of its journal: an account is opened. */
static void tell_opened(struct lone *lone, const char *account)
{
    static const uint8_t nothing[HASH_SIZE];
    Tremplin__Header header = TREMPLIN__HEADER__INIT;
    Tremplin__Entry entry = TREMPLIN__ENTRY__INIT, *entries[] = { &entry };
    Tremplin__ReadReply read = TREMPLIN__READ_REPLY__INIT;
    Ledger__Event event = LEDGER__EVENT__INIT;
    Ledger__AccountOpened opened = LEDGER__ACCOUNT_OPENED__INIT;
    uint8_t header_bytes[256], event_bytes[256], digest[HASH_SIZE] = { 1 }, hash[HASH_SIZE];
    struct bytes packed_header = { header_bytes, 0 }, packed_event = { event_bytes, 0 };

    header.sequence = 1;
    header.kind = TREMPLIN__ENTRY_KIND__ENTRY_KIND_EVENT;
    header.type = (char *)(uintptr_t)ledger__account_opened__descriptor.name;
    header.subject = (char *)(uintptr_t)ACCOUNT;
    opened.account = (char *)(uintptr_t)account;
    event.what_case = LEDGER__EVENT__WHAT_ACCOUNT_OPENED;
    event.account_opened = &opened;
    packed_header.length = tremplin__header__pack(&header, header_bytes);
    packed_event.length = ledger__event__pack(&event, event_bytes);
    journal_chain(nothing, packed_header, packed_event, digest, hash);
    entry.header = (ProtobufCBinaryData){ packed_header.length, header_bytes };
    entry.event = (ProtobufCBinaryData){ packed_event.length, event_bytes };
    entry.hash = (ProtobufCBinaryData){ HASH_SIZE, hash };
    entry.private_digest = (ProtobufCBinaryData){ HASH_SIZE, digest };
    read.head = 1;
    read.n_entries = 1;
    read.entries = entries;
    answer_read(lone, &read);
}

static const Tremplin__SourceStatus *source_of_status(struct lone *lone, struct arena *arena)
{
    Tremplin__StatusReply status = TREMPLIN__STATUS_REPLY__INIT;

    arena_reset(arena);
    runtime_status(lone->runtime, arena, &status);
    return status.n_sources == 1 ? status.sources[0] : NULL;
}

static int heard_count, applied_count;
static size_t left_over;

static void hear_opened(struct work *work, const struct entry *heard)
{
    (void)work;
    (void)heard;
    heard_count++;
}

/* Leaves little of the arena for what comes after. */
static void hear_greedily(struct work *work, const struct entry *heard)
{
    hear_opened(work, heard);
    work->arena->used = work->arena->size - left_over;
}

static void apply_opened(struct tables *tables, const struct entry *heard)
{
    (void)tables;
    (void)heard;
    applied_count++;
}

static const struct hearing careful_hearings[] = {
    { &ledger__account_opened__descriptor, apply_opened, hear_opened },
    { 0 },
};
static const struct hearing greedy_hearings[] = {
    { &ledger__account_opened__descriptor, apply_opened, hear_greedily },
    { 0 },
};
static const struct source careful_sources[] = {
    { "ledger", &ledger__event__descriptor, careful_hearings },
    { 0 },
};
static const struct source greedy_sources[] = {
    { "ledger", &ledger__event__descriptor, greedy_hearings },
    { 0 },
};

static void test_sources(void)
{
    struct service careful = ledger_beside, greedy = ledger_beside;
    Tremplin__ReadReply diverged = TREMPLIN__READ_REPLY__INIT;
    Tremplin__AcceptFollow accept = TREMPLIN__ACCEPT_FOLLOW__INIT;
    uint8_t nothing[HASH_SIZE] = { 0 };
    struct arena arena;
    struct lone *lone;
    int whole = 0, tries = 0;

    about("what a source sends is checked where it enters");
    arena_open(&arena, 64 * 1024);
    careful.sources = careful_sources;
    greedy.sources = greedy_sources;
    lone = lone_open(&careful, false);
    tell_opened(lone, "bad \xC3\x28 utf-8");
    check_number(heard_count, 0, "a text that is not UTF-8 reaches no handler");
    check(source_of_status(lone, &arena)->halted, "following halts, and says so");
    lone_close(lone);

    about("what does not fit is left out of nothing");
    for (left_over = 256; left_over < 4096; left_over += 64) {
        const Tremplin__SourceStatus *source;

        applied_count = 0;
        lone = lone_open(&greedy, false);
        tell_opened(lone, ACCOUNT);
        source = source_of_status(lone, &arena);
        whole +=
            applied_count == 1 ? source->sequence == 1 : source->halted && source->sequence == 0;
        tries++;
        lone_close(lone);
    }
    check_number(whole, tries, "a hearing moves the offset when it is applied, and only then");

    about("a source that was cut back to nothing can be followed again");
    lone = lone_open(&careful, false);
    tell_opened(lone, ACCOUNT);
    check_number((int64_t)source_of_status(lone, &arena)->sequence, 1, "an event is heard");
    diverged.diverged = true;
    diverged.cut_hash = (ProtobufCBinaryData){ HASH_SIZE, nothing };
    turns(lone, 3, 1100);
    answer_read(lone, &diverged);
    check(source_of_status(lone, &arena)->halted, "what was heard is no longer there: it halts");
    accept.service = (char *)(uintptr_t) "ledger";
    send_as(lone, fresh_id(), "tests", "Runtime.AcceptFollow", &accept.base);
    turns(lone, 1, 10);
    check_text(last_code(lone), "done", "an operator accepts it");
    check(!source_of_status(lone, &arena)->halted, "it is followed again");
    turns(lone, 3, 1100);
    check_number(lone->asked ? (int64_t)lone->asked->first : -1, 1, "from its first entry on");
    lone_close(lone);

    about("a source that was never cut cannot say what is lost");
    lone = lone_open(&careful, false);
    tell_opened(lone, ACCOUNT);
    diverged.cut_hash.len = 0;
    turns(lone, 3, 1100);
    answer_read(lone, &diverged);
    check(source_of_status(lone, &arena)->halted, "a follower stops following it");
    send_as(lone, fresh_id(), "tests", "Runtime.AcceptFollow", &accept.base);
    turns(lone, 3, 1100);
    check_number(lone->asked ? (int64_t)lone->asked->first : -1, 2,
                 "and hears nothing twice when it is accepted");
    lone_close(lone);
    arena_close(&arena);
}

static void append(struct journal *journal, Tremplin__EntryKind kind)
{
    Tremplin__Header header = TREMPLIN__HEADER__INIT;

    header.kind = kind;
    header.epoch = journal->epoch + 1;
    journal_append(journal, &header, (struct bytes){ (const uint8_t *)"x", 1 },
                   (struct bytes){ (const uint8_t *)"y", 1 });
    journal_commit(journal);
}

static void test_cut(void)
{
    struct lone *lone = lone_open(&ledger, false);
    char directory[260];
    struct journal journal;
    struct journal_past past;

    about("a follower that comes late learns where its source was cut");
    snprintf(directory, sizeof directory, "%s/cut", lone->directory);
    mkdir(directory, 0700);
    check(journal_open(&journal, directory, (size_t)1 << 28, SOURCE_LOG), "a journal");
    for (int i = 0; i < 3; i++)
        append(&journal, TREMPLIN__ENTRY_KIND__ENTRY_KIND_EVENT);
    check(journal_cut(&journal, 1, NULL) && journal.restored, "is cut after its first entry");
    append(&journal, TREMPLIN__ENTRY_KIND__ENTRY_KIND_EPOCH);
    check(!journal.restored, "an epoch settles it");
    append(&journal, TREMPLIN__ENTRY_KIND__ENTRY_KIND_EVENT);
    append(&journal, TREMPLIN__ENTRY_KIND__ENTRY_KIND_EPOCH);
    check(journal_past(&journal, &past) && past.count == 1 && past.cuts[0].last_kept == 1,
          "another epoch, without a cut, moves nothing");
    journal_close(&journal);
    lone_close(lone);
}

/* --- descriptions ----------------------------------------------------------------------------- */

/* What a service says that does not start; "" when it does. */
static const char *start_of(const struct service *service)
{
    static struct fault fault;
    struct lone *lone = lone_open(&ledger, false);
    struct runtime_setup setup = lone->setup;
    char directory[260];
    struct runtime *runtime;

    snprintf(directory, sizeof directory, "%s/other", lone->directory);
    setup.service = service;
    setup.directory = directory;
    fault = (struct fault){ 0 };
    runtime = runtime_open(&setup, &fault);
    runtime_abandon(runtime);
    lone_close(lone);
    return fault.detail;
}

static const struct hearing strange_hearings[] = {
    { &ledger__paid__descriptor, NULL, NULL },
    { &ledger__account__descriptor, NULL, NULL },
    { 0 },
};
static const struct hearing doubled_hearings[] = {
    { &ledger__paid__descriptor, NULL, NULL },
    { &ledger__paid__descriptor, NULL, NULL },
    { 0 },
};
static const struct source strange_sources[] = {
    { "ledger", &ledger__event__descriptor, strange_hearings },
    { 0 },
};
static const struct source doubled_sources[] = {
    { "ledger", &ledger__event__descriptor, doubled_hearings },
    { 0 },
};
static const struct method no_methods[] = { { 0 } };
static const struct application no_applications[] = { { 0 } };

static void test_descriptions(void)
{
    struct service service = ledger_beside;

    about("a service whose description does not fit the contract does not start, and says why");
    check_text(start_of(&service), "", "one that fits starts");
    service.sources = strange_sources;
    check_text(start_of(&service), "beside hears ledger.Account, which is no event of ledger",
               "a heard type that is no event of the source");
    service.sources = doubled_sources;
    check_text(start_of(&service), "beside hears ledger.Paid of ledger in two rows",
               "a heard type in two rows");
    service = ledger;
    service.methods = no_methods;
    check_text(start_of(&service), "ledger declares the method OpenAccount and has no row for it",
               "a method without a row");
    service = ledger;
    service.applications = no_applications;
    check_text(start_of(&service), "ledger emits ledger.AccountOpened and has no apply for it",
               "an event without an apply");
}

/* --- only apply writes ------------------------------------------------------------------------ */

static void write_a_row(struct tables *tables)
{
    Ledger__Account row = LEDGER__ACCOUNT__INIT;

    table_put(tables, ledger.tables[0], key_id(OTHER), &row.base);
}

static void delete_a_row(struct tables *tables)
{
    table_delete(tables, ledger.tables[0], key_id(OTHER));
}

static const struct refusal *touch_and_write(struct work *work, const void *body)
{
    (void)body;
    write_a_row(work->tables);
    return ACCEPTED;
}

static const struct refusal *touch_and_delete(struct work *work, const void *body)
{
    (void)body;
    delete_a_row(work->tables);
    return ACCEPTED;
}

static const struct refusal *touch_only(struct work *work, const void *body)
{
    Ledger__TouchReply reply = LEDGER__TOUCH_REPLY__INIT;

    (void)body;
    work_reply(work, &reply.base);
    return ACCEPTED;
}

static void act_and_write(struct work *work, const struct mail_transport *mail)
{
    (void)mail;
    write_a_row(work->tables);
}

static int64_t count_and_write(struct tables *tables)
{
    write_a_row(tables);
    return 0;
}

static const struct counter writing_counters[] = {
    { "writing", "writes", count_and_write },
    { 0 },
};

/* A ledger with one method's handler replaced. */
static struct service ledger_with(const char *name,
                                  const struct refusal *(*handle)(struct work *, const void *),
                                  struct method rows[16])
{
    struct service service = ledger;
    size_t count = 0;

    for (const struct method *row = ledger.methods; row->name; row++) {
        rows[count] = *row;
        if (strcmp(row->name, name) == 0)
            rows[count].handle = handle;
        count++;
    }
    rows[count] = (struct method){ 0 };
    service.methods = rows;
    return service;
}

/* The signal that a service which is asked this dies of, in a process of its own; 0: it lives. */
static int signal_of(const struct service *service, const char *method)
{
    int status = 0;
    pid_t child;

    fflush(stdout);
    child = fork();

    if (child == 0) {
        Ledger__Touch touch = LEDGER__TOUCH__INIT;
        struct lone *lone;

        if (!freopen("/dev/null", "w", stdout) || !freopen("/dev/null", "w", stderr))
            _exit(1);
        signal(SIGABRT, SIG_DFL);
        lone = lone_open(service, false);
        send_as(lone, fresh_id(), "tests", method, &touch.base);
        turns(lone, 2, 10);
        lone_close(lone);
        _exit(0);
    }
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void test_only_apply_writes(void)
{
    struct method rows[16];
    struct service service;

    about("only apply writes the tables: to write from anywhere else ends the process");
    service = ledger_with("Touch", touch_only, rows);
    check_number(signal_of(&service, "ledger.Touch"), 0, "a command that only reads does not");
    service = ledger_with("Touch", touch_and_write, rows);
    check_number(signal_of(&service, "ledger.Touch"), SIGABRT, "a decision that puts a row does");
    service = ledger_with("Touch", touch_and_delete, rows);
    check_number(signal_of(&service, "ledger.Touch"), SIGABRT, "one that deletes a row");
    service = ledger_with("Account", touch_and_write, rows);
    check_number(signal_of(&service, "ledger.Account"), SIGABRT, "a query that puts a row");
    service = ledger;
    service.act = act_and_write;
    check_number(signal_of(&service, "ledger.Touch"), SIGABRT, "an act that puts a row");
    service = ledger;
    service.counters = writing_counters;
    check_number(signal_of(&service, "Runtime.Status"), SIGABRT, "a counter that puts a row");
}

/* --- clients ---------------------------------------------------------------------------------- */

static void test_once(void)
{
    struct lone *lone = lone_open(&ledger, false);
    const char *id = "018f0e42-7c1b-7a3e-9d41-000000000001";

    Ledger__Pay nothing = LEDGER__PAY__INIT;

    about("a refused identifier keeps its answer");
    send_pay(lone, id, ACCOUNT, 100);
    turns(lone, 1, 10);
    check_text(last_code(lone), "NOT_KNOWN", "a payment to nobody is refused");
    send_pay(lone, id, ACCOUNT, 200);
    turns(lone, 1, 10);
    check_text(last_code(lone), "ID_REUSED", "the identifier with another content too");
    send_pay(lone, id, ACCOUNT, 100);
    turns(lone, 1, 10);
    check_text(last_code(lone), "NOT_KNOWN", "and with its own content as before");

    about("a command that arrives twice is decided once, even in one batch");
    forget_replies(lone);
    id = fresh_id();
    send_pay(lone, id, ACCOUNT, 100);
    send_open(lone, ACCOUNT, NULL);
    send_pay(lone, id, ACCOUNT, 100);
    turns(lone, 1, 10);
    check_text(code_at(lone, 0), "NOT_KNOWN", "refused");
    check_text(code_at(lone, 2), "NOT_KNOWN",
               "it stays refused, though what it lacked has come meanwhile");

    about("a request whose envelope is wrong is told so");
    forget_replies(lone);
    send_as(lone, fresh_id(), "H\xe9l\xe8ne", "ledger.Pay", &nothing.base);
    turns(lone, 1, 10);
    check_number((int64_t)lone->count, 1, "it is answered, under its identifier");
    check(strncmp(last_code(lone), "FIELD_", 6) == 0 || strncmp(last_code(lone), "TEXT_", 5) == 0,
          "a claimed name that is not UTF-8: %s", last_code(lone));
    check_text(lone->count > 0 ? lone->replies[0]->trouble->field : "", "actor",
               "the field is named");

    about("a refused identifier is asked anew with a later limit, and only then");
    forget_replies(lone);
    id = fresh_id();
    int64_t limit = lone->wall_ms + 10000;
    send_pay_until(lone, id, OTHER_ACCOUNT, 100, limit);
    send_open(lone, OTHER_ACCOUNT, NULL);
    send_pay_until(lone, id, OTHER_ACCOUNT, 100, limit);
    turns(lone, 1, 10);
    check_text(code_at(lone, 0), "NOT_KNOWN", "refused");
    check_text(code_at(lone, 2), "NOT_KNOWN", "the same asking, on its way twice, is refused too");
    send_pay_until(lone, id, OTHER_ACCOUNT, 100, limit - 1000);
    turns(lone, 1, 10);
    check_text(last_code(lone), "NOT_KNOWN", "so is one with an earlier limit");
    send_pay_until(lone, id, OTHER_ACCOUNT, 100, limit + 1000);
    turns(lone, 1, 10);
    check_text(last_code(lone), "done", "asked anew it is decided anew");
    send_pay_until(lone, id, OTHER_ACCOUNT, 100, limit + 2000);
    turns(lone, 1, 10);
    check_text(last_code(lone), "done", "and what is accepted is done once");

    about("nothing is sealed for who is erased in the same batch");
    forget_replies(lone);
    Ledger__Erase erase = LEDGER__ERASE__INIT;
    erase.household = (char *)(uintptr_t)OTHER;
    send_as(lone, fresh_id(), "tests", "ledger.Erase", &erase.base);
    send_open(lone, OTHER, "Marguerite Vasseur");
    turns(lone, 1, 10);
    check_text(last_code(lone), "HOUSEHOLD_ERASED", "the command after the erasure is refused");
    lone_close(lone);
}

static struct id id_number(uint64_t number)
{
    struct id id = { { 0x01, 0x8f } };

    for (int i = 0; i < 8; i++)
        id.bytes[15 - i] = (uint8_t)(number >> (8 * i));
    return id;
}

static void test_finals(void)
{
    enum { LARGE = 1024 * 1024 };
    static uint8_t large[LARGE];
    const uint8_t digest[HASH_SIZE] = { 1 };
    struct finals finals = { 0 };
    const struct final_answer *found;

    about("final answers that are in no journal are kept, but not without end");
    check(!finals_find(&finals, id_number(1)), "none is known at first");
    for (uint64_t i = 0; i < 3; i++)
        finals_keep(&finals, id_number(i), 1000 + (int64_t)i, digest,
                    (struct bytes){ (const uint8_t *)&i, sizeof i });
    found = finals_find(&finals, id_number(1));
    check(found && found->length == sizeof(uint64_t) && found->reply[0] == 1, "each has its own");
    finals_keep(&finals, id_number(1), 1001, digest, (struct bytes){ (const uint8_t *)"x", 1 });
    found = finals_find(&finals, id_number(1));
    check(found && found->reply[0] == 'x', "a later one replaces it");
    finals_forget(&finals, 1001);
    check(!finals_find(&finals, id_number(0)), "what may not be run any more is forgotten");
    check(finals_find(&finals, id_number(2)) != NULL, "what may is not");
    for (uint64_t i = 0; i < FINALS_MOST + 10; i++)
        finals_keep(&finals, id_number(100 + i), 5000, digest, (struct bytes){ digest, 32 });
    check_number((int64_t)finals.count, FINALS_MOST, "their number is bounded");
    check(!finals_find(&finals, id_number(109)) && finals_find(&finals, id_number(110)),
          "the oldest go first");
    for (uint64_t i = 0; i < 70; i++)
        finals_keep(&finals, id_number(i), 5000, digest, (struct bytes){ large, LARGE });
    check(finals.bytes <= FINALS_BYTES_MOST && finals.count >= 60, "so are their bytes: %zu of %zu",
          finals.bytes, finals.count);
    finals_close(&finals);
}

static int unpacked;

/* Counts what is read. */
ProtobufCMessage *protobuf_c_message_unpack(const ProtobufCMessageDescriptor *type,
                                            ProtobufCAllocator *allocator, size_t length,
                                            const uint8_t *bytes)
{
    static ProtobufCMessage *(*real)(const ProtobufCMessageDescriptor *, ProtobufCAllocator *,
                                     size_t, const uint8_t *);

    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "protobuf_c_message_unpack");
    unpacked += type == &tremplin__request__descriptor;
    return real(type, allocator, length, bytes);
}

/* A payment or a question that comes after an entry which is not there yet. */
static void send_after(struct lone *lone, const char *method, const ProtobufCMessage *asked,
                       uint64_t sequence)
{
    Tremplin__Request request = TREMPLIN__REQUEST__INIT;
    Tremplin__Position position = TREMPLIN__POSITION__INIT, *after[] = { &position };
    uint8_t packed[256];

    position.service = (char *)(uintptr_t) "ledger";
    position.log_id = runtime_journal(lone->runtime)->log_id;
    position.sequence = sequence;
    request.id = (char *)(uintptr_t)fresh_id();
    request.method = (char *)(uintptr_t)method;
    request.body = (ProtobufCBinaryData){ protobuf_c_message_pack(asked, packed), packed };
    request.after = after;
    request.n_after = 1;
    send_request(lone, &request);
}

static void test_parked(void)
{
    enum { PARKED = 300 };
    struct lone *lone = lone_open(&ledger, false);
    Ledger__Pay pay = LEDGER__PAY__INIT;
    Ledger__AccountQuery account = LEDGER__ACCOUNT_QUERY__INIT;
    Tremplin__Money amount = TREMPLIN__MONEY__INIT;
    int tried = 0;
    uint64_t head;

    about("a request that comes after something waits for it without being read again");
    send_open(lone, ACCOUNT, NULL);
    turns(lone, 1, 10);
    forget_replies(lone);
    head = runtime_journal(lone->runtime)->committed;
    pay.account = account.account = (char *)(uintptr_t)ACCOUNT;
    amount.cents = 1;
    pay.amount = &amount;
    for (int i = 0; i < PARKED; i++)
        send_after(lone, "ledger.Pay", &pay.base, head + 1);
    for (int i = 0; i < PARKED; i++)
        send_after(lone, "ledger.Account", &account.base, head + 1 + PARKED);
    turns(lone, 1, 10);
    unpacked = 0;
    turns(lone, 50, 10);
    check_number(unpacked, 0, "as long as nothing comes none is read again");
    check_number((int64_t)lone->count, 0, "and none is answered");
    check(runtime_turn(lone->runtime) - lone->monotonic_ms > 100,
          "nor is a turn asked for before something is due");
    send_pay(lone, fresh_id(), ACCOUNT, 1);
    check_number(runtime_turn(lone->runtime), lone->monotonic_ms,
                 "when it has come the next turn is at once");
    turns(lone, 4, 0);
    check_number((int64_t)lone->count, 2 * PARKED + 1, "and all are answered");
    check_number(unpacked, 2 * PARKED + 1, "each read once more");
    for (size_t i = 0; i < lone->count; i++)
        tried += strcmp(code_at(lone, i), "done") != 0;
    check_number(tried, 0, "and done");

    forget_replies(lone);
    head = runtime_journal(lone->runtime)->committed;
    send_after(lone, "ledger.Pay", &pay.base, head + 1);
    turns(lone, 1, 10);
    send_after(lone, "ledger.Account", &account.base, head + 2);
    turns(lone, 1, 4900);
    check_number((int64_t)lone->count, 0, "what never comes is waited for");
    lone->monotonic_ms = runtime_turn(lone->runtime);
    turns(lone, 1, 0);
    check_text(last_code(lone), "NOT_HEARD_YET", "for five seconds, then it is told so");
    check_number((int64_t)lone->count, 1, "each in its time");
    lone->monotonic_ms = runtime_turn(lone->runtime);
    turns(lone, 1, 0);
    check_number((int64_t)lone->count, 2, "by itself");
    lone_close(lone);
}

/* A request that is small to send and large to hold. */
static void send_swelling(struct lone *lone)
{
    enum { POSITIONS = 400 * 1000 };
    static uint8_t packed[2 * POSITIONS + 64];
    Tremplin__Request request = TREMPLIN__REQUEST__INIT;
    struct caller anybody = { .roles = ROLE_ANYBODY };
    size_t length;

    request.id = (char *)(uintptr_t)fresh_id();
    length = tremplin__request__pack(&request, packed);
    for (const ProtobufCFieldDescriptor *field = tremplin__request__descriptor.fields;
         field < tremplin__request__descriptor.fields + tremplin__request__descriptor.n_fields;
         field++)
        for (int i = 0; strcmp(field->name, "after") == 0 && i < POSITIONS; i++) {
            packed[length++] = (uint8_t)(field->id << 3 | 2);
            packed[length++] = 0;
        }
    runtime_request(lone->runtime, (struct bytes){ (const uint8_t *)"peer", 4 }, anybody,
                    (struct bytes){ packed, length });
}

static void test_large(void)
{
    enum { LARGE = 300, LARGEST = 100 };
    static uint8_t body[1000 * 1000];
    struct lone *lone = lone_open(&ledger, false);
    Tremplin__Request request = TREMPLIN__REQUEST__INIT;
    Ledger__Touch touch = LEDGER__TOUCH__INIT;
    char actor[1950];

    about("one client's size is no other's trouble");
    send_open(lone, ACCOUNT, NULL);
    turns(lone, 1, 10);
    forget_replies(lone);
    for (int i = 0; i < 3; i++)
        send_swelling(lone);
    send_pay(lone, fresh_id(), ACCOUNT, 100);
    turns(lone, 2, 10);
    check_text(last_code(lone), "done", "a request that swells does not drop the next one");

    forget_replies(lone);
    request.method = (char *)(uintptr_t) "ledger.Pay";
    request.body = (ProtobufCBinaryData){ 100 * 1000, body };
    for (int i = 0; i < LARGE; i++) {
        request.id = (char *)(uintptr_t)fresh_id();
        send_request(lone, &request);
    }
    turns(lone, 5, 10);
    check_number((int64_t)lone->count, LARGE, "each of 300 large requests is answered");

    forget_replies(lone);
    request.body.len = sizeof body;
    for (int i = 0; i < LARGEST; i++) {
        request.id = (char *)(uintptr_t)fresh_id();
        send_request(lone, &request);
    }
    turns(lone, 20, 10);
    check(lone->count >= 60 && lone->count <= 67,
          "what waits is bounded in bytes too: %zu of 100 megabytes were taken", lone->count);

    forget_replies(lone);
    memset(actor, 'a', sizeof actor - 1);
    actor[sizeof actor - 1] = '\0';
    touch.account = (char *)(uintptr_t)ACCOUNT;
    send_as(lone, fresh_id(), actor, "ledger.Touch", &touch.base);
    turns(lone, 1, 10);
    check_text(last_code(lone), "ACTOR_TOO_LONG", "a name no entry can hold is refused");
    check(lone->count == 1 && strcmp(lone->replies[0]->trouble->field, "actor") == 0,
          "by its field");
    lone_close(lone);
}

/* --- clocks ----------------------------------------------------------------------------------- */

/* Does not find the room to open a day. */
static void open_no_day(struct work *work)
{
    if (date_is_before(DATE(2020, 1, 6), work->today))
        while (arena_take(work->arena, 1024))
            ;
}

/* A row that is none, before all others. */
static void spoil_deadlines(struct tables *tables)
{
    MDB_val key = { .mv_size = 1, .mv_data = (char[]){ 0 } };
    MDB_val value = { .mv_size = 8, .mv_data = (char[]){ "nonsense" } };

    for (size_t i = 0; i < tables->count; i++)
        if (strcmp(tables->list[i]->name, "runtime.deadlines") == 0)
            mdb_put(tables->txn, tables->dbi[i], &key, &value, 0);
}

static const char *trouble_of_status(struct lone *lone)
{
    static char trouble[256];
    Tremplin__StatusReply status = TREMPLIN__STATUS_REPLY__INIT;
    struct arena arena;

    arena_open(&arena, 64 * 1024);
    runtime_status(lone->runtime, &arena, &status);
    snprintf(trouble, sizeof trouble, "%s", status.trouble);
    arena_close(&arena);
    return trouble;
}

static void test_days(void)
{
    struct service stuck = ledger;
    struct lone *lone = lone_open(&ledger, false);
    Tremplin__AcceptClock accept = TREMPLIN__ACCEPT_CLOCK__INIT;
    Ledger__Remind remind = LEDGER__REMIND__INIT;
    struct fault fault = { 0 };
    uint64_t head;

    about("a clock that leapt over days can be accepted");
    send_open(lone, ACCOUNT, NULL);
    turns(lone, 1, 10);
    lone->wall_ms += 3 * 24 * INT64_C(3600000);
    turns(lone, 1, 10);
    check_text(runtime_state_name(lone->runtime), "clock held", "three days ahead, it is held");
    send_pay(lone, fresh_id(), ACCOUNT, 100);
    turns(lone, 1, 10);
    turns(lone, 1, 5000);
    check_text(last_code(lone), "DAY_NOT_OPEN", "what waits for the day is told of the day");
    send_as(lone, fresh_id(), "tests", "Runtime.AcceptClock", &accept.base);
    turns(lone, 20, 500);
    check_text(last_code(lone), "done", "an operator accepts it");
    check_text(runtime_state_name(lone->runtime), "serving", "and it goes on");
    send_pay(lone, fresh_id(), ACCOUNT, 100);
    turns(lone, 2, 10);
    check_text(last_code(lone), "done", "on the day that is now");
    lone_close(lone);

    about("a restart does not let a held clock go");
    lone = lone_open(&ledger, false);
    send_open(lone, ACCOUNT, NULL);
    turns(lone, 1, 10);
    lone->wall_ms += 365 * 24 * INT64_C(3600000);
    turns(lone, 2, 10);
    check(lone_restart(lone, &ledger, &fault), "a year ahead, the service is started again");
    lone->monotonic_ms = 5;
    turns(lone, 10, 500);
    check_text(runtime_state_name(lone->runtime), "clock held", "it is held as before");
    check(strstr(trouble_of_status(lone), "AcceptClock") != NULL, "and says what ends that");
    check(lone_restart(lone, &ledger, &fault), "once more");
    send_as(lone, fresh_id(), "tests", "Runtime.AcceptClock", &accept.base);
    turns(lone, 20, 500);
    check_text(runtime_state_name(lone->runtime), "serving", "an operator accepts it");
    turns(lone, 400, 10);
    check(lone_restart(lone, &ledger, &fault), "after that, its days opened");
    check_text(runtime_state_name(lone->runtime), "serving", "a restart finds nothing to hold");
    lone_close(lone);

    about("nothing is decided in a day that is not open");
    stuck.open_day = open_no_day;
    lone = lone_open(&stuck, false);
    send_open(lone, ACCOUNT, NULL);
    remind.account = (char *)(uintptr_t)ACCOUNT;
    remind.at_ms = instant_of(DATE(2020, 1, 7), 0, 0);
    send_as(lone, fresh_id(), "tests", "ledger.Remind", &remind.base);
    turns(lone, 1, 10);
    lone->wall_ms += 14 * INT64_C(3600000) + 1000;
    lone->monotonic_ms += 14 * INT64_C(3600000) + 1000;
    send_pay(lone, fresh_id(), ACCOUNT, 100);
    turns(lone, 1, 10);
    check_text(last_code(lone), "DAY_NOT_OPEN", "a day that could not be opened takes no payment");
    head = runtime_journal(lone->runtime)->committed;
    turns(lone, 40, 500);
    check_number((int64_t)runtime_journal(lone->runtime)->committed, (int64_t)head,
                 "and fires no deadline");
    lone_close(lone);

    about("an unreadable deadline is nobody else's trouble");
    lone = lone_open(&ledger, false);
    send_open(lone, ACCOUNT, NULL);
    turns(lone, 1, 10);
    spoil_deadlines(runtime_tables(lone->runtime));
    send_pay(lone, fresh_id(), ACCOUNT, 100);
    turns(lone, 1, 10);
    check_text(last_code(lone), "done", "a payment goes on as ever");
    check(strstr(trouble_of_status(lone), "runtime.deadlines") != NULL,
          "the status names the table");
    lone_close(lone);
}

/* --- keys ------------------------------------------------------------------------------------- */

static bool loses_next_sync;
static int noted_file = -1, notes_synced;

/* The disk was full: what was to be written is gone, and the next sync knows nothing of it. */
int fdatasync(int file)
{
    static const char nothing[64];

    notes_synced += file == noted_file;
    if (!loses_next_sync)
        return (int)syscall(SYS_fdatasync, file);
    loses_next_sync = false;
    if (pwrite(file, nothing, sizeof nothing, 64) != sizeof nothing)
        printf("# the key could not be lost\n");
    errno = ENOSPC;
    return -1;
}

#define THIRD "018f0e42-7c1b-7a3e-9d41-0f6a2b8c5d19"

/* A copy, from when the one had its first key; both went on. */
static void join_keys(const struct lone *lone)
{
    const uint8_t random[32] = { 7 }, others[32] = { 8 };
    char path[260], copied[260];
    struct keys keys, copy;

    snprintf(path, sizeof path, "%s/joined", lone->directory);
    snprintf(copied, sizeof copied, "%s/joined.copy", lone->directory);
    check(keys_open(&keys, path, random) && keys_make(&keys, ACCOUNT, random) == KEY_READY &&
              keys_sync(&keys) && keys_copy(&keys, copied) && keys_open(&copy, copied, NULL),
          "a key store and its copy");
    check(keys_are_same(&keys, &copy), "are the same");
    keys_destroy(&copy, ACCOUNT);
    keys_make(&copy, OTHER, others);
    check(keys_join(&keys, &copy), "what the copy has more is taken over");
    check_number(keys_state(&keys, ACCOUNT), KEY_ERASED, "whoever is erased in it is erased");
    check_number(keys_state(&keys, OTHER), KEY_READY, "a key made since is there");
    keys_make(&keys, THIRD, random);
    keys_make(&copy, THIRD, others);
    check(!keys_join(&keys, &copy), "of two keys of one household none is thrown away");
    keys_close(&keys);
    keys_close(&copy);
    check(keys_open(&keys, path, NULL) && keys_state(&keys, ACCOUNT) == KEY_ERASED &&
              keys_state(&keys, OTHER) == KEY_READY,
          "and what was joined is on disk");
    keys_close(&keys);
}

/* Of the file now, or of another one. */
static enum key_state state_in(const char *path, const char *household)
{
    struct keys keys;
    enum key_state state = keys_open(&keys, path, NULL) ? keys_state(&keys, household) : KEY_FAULT;

    keys_close(&keys);
    return state;
}

static bool copy_file(const char *from, const char *to)
{
    char bytes[64 * 1024];
    FILE *source = fopen(from, "rb"), *target = fopen(to, "wb");
    size_t length = source ? fread(bytes, 1, sizeof bytes, source) : 0;
    bool copied = target && length > 0 && fwrite(bytes, 1, length, target) == length;

    if (source)
        fclose(source);
    return target && fclose(target) == 0 && copied;
}

/* As after a machine, or a folder, was put back to an earlier day. */
static void test_older_keys(void)
{
    struct lone *lone = lone_open(&ledger, true);
    Ledger__Erase erase = LEDGER__ERASE__INIT;
    struct fault fault = { 0 };
    char path[260], older[260];

    about("keys older than their copy take from it what they lack, before anything is served");
    snprintf(path, sizeof path, "%s/keys", lone->directory);
    snprintf(older, sizeof older, "%s/older", lone->directory);
    send_open(lone, ACCOUNT, "Marguerite Vasseur");
    turns(lone, 1, 10);
    turns(lone, 2, 61000);
    check(copy_file(path, older), "a day");
    send_open(lone, OTHER, "Paul Petit");
    turns(lone, 1, 10);
    erase.household = (char *)(uintptr_t)ACCOUNT;
    send_as(lone, fresh_id(), "tests", "ledger.Erase", &erase.base);
    turns(lone, 2, 61000);
    check_number(state_in(lone->keys_copy, ACCOUNT), KEY_ERASED, "later one is erased");
    check_number(state_in(lone->keys_copy, OTHER), KEY_READY, "and one came");
    check(rename(older, path) == 0 && lone_restart(lone, &ledger, &fault), "the day comes back");
    check_number(state_in(path, ACCOUNT), KEY_ERASED, "who was erased stays erased");
    check_number(state_in(path, OTHER), KEY_READY, "who came keeps the key");
    turns(lone, 3, 61000);
    check_number(state_in(lone->keys_copy, ACCOUNT), KEY_ERASED, "and the copy");
    check_number(state_in(lone->keys_copy, OTHER), KEY_READY, "lost nothing");
    lone_close(lone);
}

static void test_lost_journal(void)
{
    struct lone *lone = lone_open(&ledger, false);
    struct fault fault = { 0 };
    char path[260];

    about("a journal that was lost is no new organisation");
    send_open(lone, ACCOUNT, "Marguerite Vasseur");
    turns(lone, 1, 10);
    runtime_close(lone->runtime);
    lone->runtime = NULL;
    snprintf(path, sizeof path, "%s/journal/data.mdb", lone->directory);
    check(unlink(path) == 0, "its file is gone");
    check(!lone_restart(lone, &ledger, &fault), "the service does not start");
    check_text(fault_name(fault.kind), "damaged", "it is damaged");
    check(strstr(fault.detail, "restore a backup") != NULL, "and says what to do");
    lone_close(lone);
}

static void test_keys(void)
{
    uint8_t random[32] = { 7 };
    struct lone *lone = lone_open(&ledger, true);
    struct fault fault = { 0 };
    char path[260];
    struct keys keys;

    about("a sync that failed is not believed the next time");
    snprintf(path, sizeof path, "%s/tried", lone->directory);
    check(keys_open(&keys, path, random), "a key store");
    check_number(keys_make(&keys, ACCOUNT, random), KEY_READY, "with a key");
    loses_next_sync = true;
    check(!keys_sync(&keys), "a full disk loses it at the sync");
    keys.fault = (struct fault){ 0 };
    check(keys_sync(&keys), "the next sync says all is well");
    keys_close(&keys);
    check(keys_open(&keys, path, random) && keys_state(&keys, ACCOUNT) == KEY_READY,
          "and then it is on disk");
    check(!keys_copy(&keys, lone->keys_copy), "the copy of other keys is not written over");
    keys_close(&keys);

    about("two states of one key store become one");
    join_keys(lone);

    about("a new key does not lie in one place only");
    send_open(lone, ACCOUNT, "Marguerite Vasseur");
    turns(lone, 1, 10);
    turns(lone, 2, 61000);
    check(keys_open(&keys, lone->keys_copy, random) && keys_state(&keys, ACCOUNT) == KEY_READY,
          "a minute later it is in the copy elsewhere");
    keys_close(&keys);

    about("a journal without its keys is not served");
    snprintf(path, sizeof path, "%s/keys", lone->directory);
    unlink(path);
    check(!lone_restart(lone, &ledger, &fault), "keys that are gone are not made anew");
    check_text(fault_name(fault.kind), "unreadable", "it is an operator's to put them back");
    check(strstr(fault.detail, "/copy") != NULL, "from the copy, which is named");
    check(access(path, F_OK) != 0, "and nothing was made in their place");
    fclose(fopen(path, "w"));
    check(!lone_restart(lone, &ledger, &(struct fault){ 0 }), "an empty file is none");
    check(rename(lone->keys_copy, path) == 0 && lone_restart(lone, &ledger, &fault),
          "with the copy put there it starts");
    lone_close(lone);
    test_older_keys();
    test_lost_journal();
}

/* --- a digest --------------------------------------------------------------------------------- */

static int reads_left = -1;

/* LMDB's own, but for one read that fails. */
int mdb_cursor_get(MDB_cursor *cursor, MDB_val *key, MDB_val *value, MDB_cursor_op how)
{
    static int (*real)(MDB_cursor *, MDB_val *, MDB_val *, MDB_cursor_op);
    void *found = real ? NULL : dlsym(RTLD_NEXT, "mdb_cursor_get");

    if (found)
        memcpy(&real, &found, sizeof real);
    if (reads_left >= 0 && reads_left-- == 0)
        return EIO;
    return real(cursor, key, value, how);
}

/* --- who reads a journal ---------------------------------------------------------------------- */

/* What a reader that has an entry of this journal is told. */
static bool is_told_of_divergence(struct lone *lone, const char *log_id)
{
    Tremplin__ReadQuery query = TREMPLIN__READ_QUERY__INIT;
    const Tremplin__Reply *reply;
    Tremplin__ReadReply *read;
    bool diverged;

    query.log_id = (char *)(uintptr_t)log_id;
    query.first = 2;
    send_as(lone, fresh_id(), "tests", "Runtime.Read", &query.base);
    turns(lone, 2, 10);
    reply = lone->replies[lone->count - 1];
    read = tremplin__read_reply__unpack(NULL, reply->body.len, reply->body.data);
    diverged = read && read->diverged && read->n_entries == 0;
    tremplin__read_reply__free_unpacked(read, NULL);
    return diverged;
}

static void test_readers(void)
{
    struct lone *lone = lone_open(&ledger, false);

    about("who follows a journal is told when it is another");
    send_open(lone, ACCOUNT, NULL);
    turns(lone, 1, 10);
    check(!is_told_of_divergence(lone, runtime_journal(lone->runtime)->log_id),
          "who names this one is told what comes next");
    check(is_told_of_divergence(lone, fresh_id()), "who names another, that the two differ");
    check(!is_told_of_divergence(lone, ""), "who names none takes it as it is");
    lone_close(lone);
}

static void test_digest(void)
{
    struct lone *lone = lone_open(&ledger, false);
    struct tables *tables = runtime_tables(lone->runtime);
    uint8_t digest[32];
    bool whole = false;
    int untold = 0;

    about("tables that cannot be read to their end have no digest");
    send_open(lone, ACCOUNT, NULL);
    turns(lone, 1, 10);
    check(tables_digest(tables, NULL, digest), "tables that can be read have one");
    for (int reads = 0; !whole; reads++) {
        bool digested;

        reads_left = reads;
        digested = tables_digest(tables, NULL, digest);
        whole = reads_left >= 0;
        untold += digested && !whole;
        reads_left = -1;
        tables->fault = (struct fault){ 0 };
    }
    check_number(untold, 0, "whichever read fails, it is told");
    lone_close(lone);
}

/* --- what ended the process ------------------------------------------------------------------- */

/* What is at hand is written, and the process is no more. */
static void die_of(const char *path, const char *input)
{
    struct crashes crashes;

    check(crashes_open(&crashes, path), "a process starts, and dies of %s", input);
    crashes_at_hand(&crashes, input, false);
    close(crashes.file);
}

static void test_crashes(void)
{
    struct lone *lone = lone_open(&ledger, false);
    struct crashes crashes;
    char path[260], input[CRASH_INPUT_SIZE];
    FILE *file;

    about("what ended the process twice is set aside");
    snprintf(path, sizeof path, "%s/at_hand", lone->directory);
    check(crashes_open(&crashes, path) && !crashes.unclean, "the first start follows no end");
    crashes_at_hand(&crashes, "command a", false);
    crashes_close(&crashes);
    check(crashes_open(&crashes, path) && !crashes.unclean && crashes.count == 0,
          "an end as it should be is nobody's doing");
    close(crashes.file);
    check(crashes_open(&crashes, path) && crashes.unclean && crashes.count == 0,
          "an end with nothing at hand is unclean, and nobody's doing");
    close(crashes.file);
    die_of(path, "command a");
    die_of(path, "command b");
    check(crashes_open(&crashes, path) && crashes.unclean && crashes.count == 2,
          "two that ended it once each");
    check(!crashes_is_set_aside(&crashes, "command a"), "are not set aside");
    crashes_pass(&crashes, "command b");
    crashes_passed(&crashes, false);
    check_number((int64_t)crashes.count, 2,
                 "one that ran in a batch that was dropped is suspected");
    crashes_pass(&crashes, "command b");
    crashes_passed(&crashes, true);
    check_number((int64_t)crashes.count, 1, "one that ran in a batch that was committed is not");
    close(crashes.file);
    die_of(path, "command a");
    check(crashes_open(&crashes, path) && crashes_is_set_aside(&crashes, "command a"),
          "one that ended it twice is");
    crashes_pass(&crashes, "command a");
    crashes_passed(&crashes, true);
    close(crashes.file);
    for (int i = 0; i < 2 * CRASHES_MOST; i++) {
        crashes_open(&crashes, path);
        snprintf(input, sizeof input, "command %d", i);
        crashes_at_hand(&crashes, input, true);
        close(crashes.file);
    }
    crashes_open(&crashes, path);
    check_number((int64_t)crashes.count, CRASHES_MOST, "the list is bounded");
    check(crashes_is_set_aside(&crashes, "command a"), "what is set aside is forgotten last");
    crashes_close(&crashes);
    file = fopen(path, "r+");
    check(file && fputs("9.9.9 runs ", file) >= 0 && fclose(file) == 0, "another version ran last");
    check(crashes_open(&crashes, path) && crashes.unclean && crashes.count == 0,
          "what ended another version is tried again");
    crashes_close(&crashes);
    lone_close(lone);
}

/* --- what cannot be decided ------------------------------------------------------------------- */

static int outcomes_heard, outcomes_lost;
static bool was_promised;
static int handed_over;

/* Cannot be decided the first times. */
static void hear_outcome(struct work *work, const ProtobufCMessage *report)
{
    const Tremplin__MailOutcome *outcome = (const Tremplin__MailOutcome *)report;
    Ledger__Erased told = LEDGER__ERASED__INIT;

    outcomes_heard++;
    while (outcomes_heard <= outcomes_lost && arena_take(work->arena, 1024))
        ;
    told.household = outcome->mail;
    work_emit(work, &told.base, outcome->mail, DATE_NONE);
}

static void act_on_mail(struct work *work, const struct mail_transport *mail)
{
    (void)work;
    was_promised = mail->is_promised(mail->self, OTHER, 1);
    mail->hand_over(mail->self, &(struct mail){ .id = OTHER, .attempt = 1 });
}

static bool never_promised(void *self, const char *id, uint32_t attempt)
{
    (void)self;
    (void)id;
    (void)attempt;
    return false;
}

static void count_handed(void *self, const struct mail *mail)
{
    (void)self;
    (void)mail;
    handed_over++;
}

static const struct mail_transport no_mail = { .is_promised = never_promised,
                                               .hand_over = count_handed };

static uint32_t held_of_status(struct lone *lone)
{
    Tremplin__StatusReply status = TREMPLIN__STATUS_REPLY__INIT;
    struct arena arena;
    uint32_t held;

    arena_open(&arena, 64 * 1024);
    runtime_status(lone->runtime, &arena, &status);
    held = status.reports_held;
    arena_close(&arena);
    return held;
}

static void test_reports(void)
{
    struct service acting = ledger;
    struct lone *lone;
    uint64_t head;

    about("what came of an act outside is never forgotten");
    acting.act = act_on_mail;
    acting.hear_mail = hear_outcome;
    outcomes_lost = 2;
    lone = lone_open(&acting, false);
    handed_over = 0;
    head = runtime_journal(lone->runtime)->committed;
    runtime_mail_outcome(lone->runtime, OTHER, 1, 250);
    runtime_mail_outcome(lone->runtime, OTHER, 1, 250);
    turns(lone, 1, 10);
    check_number(outcomes_heard, 1, "an outcome told twice is one, and cannot be decided");
    check_number(held_of_status(lone), 1, "the status counts it");
    check(strstr(trouble_of_status(lone), "report mail " OTHER) != NULL, "and says which it is");
    check(was_promised && handed_over == 0, "its mail is not handed over again meanwhile");
    turns(lone, 20, 10);
    check_number(outcomes_heard, 1, "it is not tried at each turn");
    turns(lone, 1, 10 * 1000);
    check_number(outcomes_heard, 2, "but again after a pause,");
    turns(lone, 1, 10 * 1000);
    check_number(outcomes_heard, 3, "and again,");
    check_number((int64_t)(runtime_journal(lone->runtime)->committed - head), 1,
                 "until it is written, once");
    check_number(held_of_status(lone), 0, "then nothing waits");
    check_text(trouble_of_status(lone), "", "and there is no trouble");
    check(!was_promised, "the transport alone says again what is promised");
    lone_close(lone);
}

/* Leaves no room to write down what it decided. */
static const struct refusal *touch_greedily(struct work *work, const void *body)
{
    Ledger__Erased told = LEDGER__ERASED__INIT;

    (void)body;
    told.household = (char *)(uintptr_t)OTHER;
    work_emit(work, &told.base, OTHER, DATE_NONE);
    work->arena->used = work->arena->size - 64;
    return ACCEPTED;
}

static void test_dropped_batch(void)
{
    struct method rows[16];
    struct service service = ledger_with("Touch", touch_greedily, rows);
    struct lone *lone = lone_open(&service, false);
    Ledger__Touch touch = LEDGER__TOUCH__INIT;

    about("a batch that is dropped is run again one by one, and everyone is answered once");
    send_open(lone, ACCOUNT, NULL);
    turns(lone, 1, 10);
    forget_replies(lone);
    send_as(lone, fresh_id(), "tests", "ledger.Nothing", &touch.base);
    send_pay(lone, fresh_id(), ACCOUNT, 100);
    send_as(lone, fresh_id(), "tests", "ledger.Touch", &touch.base);
    send_pay(lone, fresh_id(), ACCOUNT, 100);
    turns(lone, 1, 10);
    check_number((int64_t)runtime_figures(lone->runtime)->went_back, 2,
                 "the batch is dropped, then the one input");
    check_number((int64_t)lone->count, 4, "four requests have four answers");
    check_text(code_at(lone, 0), "METHOD_NOT_KNOWN", "what needed no deciding is told so");
    check_text(code_at(lone, 1), "done", "the one before is done");
    check_text(code_at(lone, 2), "FAULT", "the one that cannot be written is told so");
    check_text(code_at(lone, 3), "done", "the one after is done");
    lone_close(lone);
}

static void test_erasure_pause(void)
{
    char path[64] = "/tmp/tremplin-at-hand-XXXXXX";
    Ledger__Erase erase = LEDGER__ERASE__INIT;
    struct crashes crashes;
    struct lone *lone;

    about("a key's end that cannot be written is tried again after a pause");
    close(mkstemp(path));
    die_of(path, "destroyed " OTHER);
    die_of(path, "destroyed " OTHER);
    crashes_open(&crashes, path);
    lone = lone_open_noted(&ledger, &crashes);
    erase.household = (char *)(uintptr_t)OTHER;
    send_as(lone, fresh_id(), "tests", "ledger.Erase", &erase.base);
    turns(lone, 30, 10);
    check_text(last_code(lone), "done", "a household is erased");
    check_number((int64_t)runtime_figures(lone->runtime)->faults, 1,
                 "what ended the process twice is set aside, once a pause");
    turns(lone, 1, 60 * 1000);
    check_number((int64_t)runtime_figures(lone->runtime)->faults, 2, "of a minute");
    lone_close(lone);
    crashes_close(&crashes);
    unlink(path);
}

/* How often the note is synced for so many payments that arrive together. */
static int synced_for(struct lone *lone, int payments)
{
    notes_synced = 0;
    for (int i = 0; i < payments; i++)
        send_pay(lone, fresh_id(), ACCOUNT, 100);
    turns(lone, 2, 10);
    return notes_synced;
}

static void test_careful(void)
{
    char path[64] = "/tmp/tremplin-at-hand-XXXXXX";
    struct crashes crashes;
    struct lone *lone;
    uint64_t commits;

    about("after an unclean end inputs are run one by one, each noted and synced before");
    close(mkstemp(path));
    crashes_open(&crashes, path);
    noted_file = crashes.file;
    lone = lone_open_noted(&ledger, &crashes);
    send_open(lone, ACCOUNT, NULL);
    turns(lone, 1, 10);
    commits = runtime_figures(lone->runtime)->commits;
    check_number(synced_for(lone, 50), 0, "as long as all is well the note costs no sync");
    check_number((int64_t)(runtime_figures(lone->runtime)->commits - commits), 1,
                 "and fifty payments share one commit");
    lone_close(lone);
    close(crashes.file);

    crashes_open(&crashes, path);
    noted_file = crashes.file;
    check(crashes.unclean, "the process ends in the middle");
    lone = lone_open_noted(&ledger, &crashes);
    send_open(lone, ACCOUNT, NULL);
    turns(lone, 1, 10);
    commits = runtime_figures(lone->runtime)->commits;
    check_number(synced_for(lone, 50), 50, "then each of fifty is noted on disk");
    check_number((int64_t)(runtime_figures(lone->runtime)->commits - commits), 50,
                 "and committed alone");
    turns(lone, 2, 5 * 60 * 1000);
    check_number(synced_for(lone, 50), 0, "until no client sends any more what it sent then");
    lone_close(lone);
    crashes_close(&crashes);
    noted_file = -1;
    unlink(path);
}

int main(void)
{
    if (sodium_init() < 0)
        return 1;
    test_sources();
    test_cut();
    test_descriptions();
    test_only_apply_writes();
    test_once();
    test_finals();
    test_parked();
    test_large();
    test_days();
    test_keys();
    test_digest();
    test_readers();
    test_crashes();
    test_careful();
    test_reports();
    test_dropped_batch();
    test_erasure_pause();
    return checks_done();
}
