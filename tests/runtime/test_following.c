/* A source is followed from its first entry to its last, each once and in order; what it says is
 * checked, and one that lies or talks nonsense is counted, left alone and at last not followed. */
#include "libcommon/told.h"
#include "tests/check.h"
#include "tests/runtime/ledger.h"
#include "tests/world.h"

#include <sodium.h>
#include <stdlib.h>

#define ACCOUNT   "018f0e42-7c1b-7a3e-9d41-0f6a2b8c5d17"
#define LOG       "018f0e42-7c1b-7a3e-9d41-00000000aaaa"
#define OTHER_LOG "018f0e42-7c1b-7a3e-9d41-00000000bbbb"

/* --- a source whose answers are the test's ---------------------------------------------------- */

enum { STORY_MOST = 20000, AN_ANSWER = 500 };

enum manner {
    HONEST,
    RUBBISH,      /* bytes that are no message */
    HALF,         /* the beginning of a message */
    NAMELESS,     /* names no journal */
    SHORTER,      /* has less than it had */
    BEYOND,       /* tells entries after its last one */
    NOTHING,      /* has more, and does not tell it */
    THE_SAME,     /* tells only what was told */
    OTHER_SOURCE, /* another journal, from its first entry */
};

struct told_once {
    uint8_t header[200], event[120], hash[HASH_SIZE];
    size_t header_length, event_length;
};

struct liar {
    struct world *world;
    struct simulated_node node;
    struct bus bus;
    enum manner manner;
    struct told_once *story;
    uint64_t head;
    uint64_t mistyped; /* what this entry is called is a payment, whatever it is */
    int questions;
    uint64_t last_first; /* what the last question asked for */
};

static const uint8_t private_digest[HASH_SIZE] = { 7 };

static void write_entry(struct liar *liar, uint64_t sequence, int paid_every)
{
    static const uint8_t nothing[HASH_SIZE];
    struct told_once *entry = &liar->story[sequence];
    Tremplin__Header header = TREMPLIN__HEADER__INIT;
    Ledger__Event event = LEDGER__EVENT__INIT;
    Ledger__AccountOpened opened = LEDGER__ACCOUNT_OPENED__INIT;
    Ledger__Paid paid = LEDGER__PAID__INIT;
    Ledger__DayCounted counted = LEDGER__DAY_COUNTED__INIT;
    Tremplin__Money cent = TREMPLIN__MONEY__INIT;
    const ProtobufCMessageDescriptor *type = &ledger__day_counted__descriptor;

    event.what_case = LEDGER__EVENT__WHAT_DAY_COUNTED;
    event.day_counted = &counted;
    counted.day_id = (char *)(uintptr_t)ACCOUNT;
    if (sequence == 1) {
        event.what_case = LEDGER__EVENT__WHAT_ACCOUNT_OPENED;
        event.account_opened = &opened;
        opened.account = (char *)(uintptr_t)ACCOUNT;
        type = &ledger__account_opened__descriptor;
    } else if (sequence % (uint64_t)paid_every == 0) {
        event.what_case = LEDGER__EVENT__WHAT_PAID;
        event.paid = &paid;
        cent.cents = 1;
        paid.account = (char *)(uintptr_t)ACCOUNT;
        paid.amount = &cent;
        type = &ledger__paid__descriptor;
    }
    if (sequence == liar->mistyped)
        type = &ledger__paid__descriptor;
    header.sequence = sequence;
    header.epoch = 1;
    header.kind = TREMPLIN__ENTRY_KIND__ENTRY_KIND_EVENT;
    header.type = (char *)(uintptr_t)type->name;
    header.subject = (char *)(uintptr_t)ACCOUNT;
    entry->header_length = tremplin__header__pack(&header, entry->header);
    entry->event_length = ledger__event__pack(&event, entry->event);
    journal_chain(sequence > 1 ? liar->story[sequence - 1].hash : nothing,
                  (struct bytes){ entry->header, entry->header_length },
                  (struct bytes){ entry->event, entry->event_length }, private_digest, entry->hash);
}

static Tremplin__Entry *told_from(struct liar *liar, uint64_t sequence)
{
    static Tremplin__Entry entries[AN_ANSWER];
    Tremplin__Entry *entry = &entries[sequence % AN_ANSWER];
    struct told_once *told = &liar->story[sequence];

    tremplin__entry__init(entry);
    entry->header = (ProtobufCBinaryData){ told->header_length, told->header };
    entry->event = (ProtobufCBinaryData){ told->event_length, told->event };
    entry->hash = (ProtobufCBinaryData){ HASH_SIZE, told->hash };
    entry->private_digest =
        (ProtobufCBinaryData){ HASH_SIZE, (uint8_t *)(uintptr_t)private_digest };
    return entry;
}

static void fill_read(struct liar *liar, uint64_t first, Tremplin__ReadReply *read)
{
    uint64_t last = liar->head;

    read->log_id = (char *)(uintptr_t)(liar->manner == NAMELESS       ? "mine"
                                       : liar->manner == OTHER_SOURCE ? OTHER_LOG
                                                                      : LOG);
    read->epoch = 1;
    read->head = liar->head;
    switch (liar->manner) {
    case SHORTER: read->head = last = 2; break;
    case BEYOND: read->head = first; break;
    case NOTHING: last = 0; break;
    case THE_SAME: first = 1, last = 1; break;
    default: break;
    }
    for (uint64_t i = first; i <= last && read->n_entries < AN_ANSWER; i++)
        read->entries[read->n_entries++] = told_from(liar, i);
}

static void on_question(void *owner, struct bytes peer, struct bytes message)
{
    static uint8_t body[AN_ANSWER * 512], packed[sizeof body + 1024];
    static Tremplin__Entry *entries[AN_ANSWER];
    struct liar *liar = owner;
    Tremplin__Request *asked = tremplin__request__unpack(NULL, message.length, message.at);
    Tremplin__ReadQuery *query =
        tremplin__read_query__unpack(NULL, asked->body.len, asked->body.data);
    Tremplin__ReadReply read = TREMPLIN__READ_REPLY__INIT;
    Tremplin__Reply reply = TREMPLIN__REPLY__INIT;
    struct bytes answer = { packed, 0 };

    liar->questions++;
    liar->last_first = query->first;
    read.entries = entries;
    fill_read(liar, query->first, &read);
    reply.id = asked->id;
    reply.status = TREMPLIN__STATUS__STATUS_DONE;
    reply.body = (ProtobufCBinaryData){ tremplin__read_reply__pack(&read, body), body };
    answer.length = tremplin__reply__pack(&reply, packed);
    if (liar->manner == RUBBISH)
        memset(packed, 0xff, answer.length);
    if (liar->manner == HALF)
        answer.length /= 2;
    liar->bus.operations->reply(liar->bus.self, peer, answer);
    tremplin__read_query__free_unpacked(query, NULL);
    tremplin__request__free_unpacked(asked, NULL);
}

/* Every so many of its entries are payments of a cent, which are heard; the others are not. */
static struct liar *liar_open(uint64_t head, int paid_every)
{
    struct liar *liar = calloc(1, sizeof *liar);

    liar->world = world_open(head, DATE(2020, 1, 6));
    liar->story = calloc(STORY_MOST + 1, sizeof *liar->story);
    liar->head = head;
    for (uint64_t i = 1; i <= STORY_MOST; i++)
        write_entry(liar, i, paid_every);
    liar->node = (struct simulated_node){
        .name = "ledger",
        .request = on_question,
        .owner = liar,
    };
    liar->bus = simulated_bus_join(world_bus(liar->world), &liar->node);
    world_add(liar->world, &ledger_beside, NULL);
    return liar;
}

static void liar_close(struct liar *liar)
{
    world_close(liar->world);
    free(liar->story);
    free(liar);
}

/* How the follower says it stands; until the next call. */
static const Tremplin__SourceStatus *source_of(struct liar *liar)
{
    static struct arena arena;
    Tremplin__StatusReply status = TREMPLIN__STATUS_REPLY__INIT;

    if (!arena.base)
        arena_open(&arena, 64 * 1024);
    arena_reset(&arena);
    runtime_status(world_runtime(liar->world, "beside"), &arena, &status);
    return status.sources[0];
}

static int64_t cents_heard(struct liar *liar)
{
    Ledger__AccountQuery asked = LEDGER__ACCOUNT_QUERY__INIT;
    const Ledger__AccountReply *reply;

    asked.account = (char *)(uintptr_t)ACCOUNT;
    reply =
        world_call(liar->world, "beside.Account", &asked.base, &ledger__account_reply__descriptor)
            .reply;
    return reply ? cents_of(reply->heard) : -1;
}

static struct answer accept(struct liar *liar, const char *log_id)
{
    Tremplin__AcceptFollow asked = TREMPLIN__ACCEPT_FOLLOW__INIT;
    uint8_t packed[200];

    asked.service = (char *)(uintptr_t) "ledger";
    asked.log_id = (char *)(uintptr_t)log_id;
    return world_call_bytes(
        liar->world, "beside", "Runtime.AcceptFollow",
        (struct bytes){ packed, tremplin__accept_follow__pack(&asked, packed) });
}

/* --- what is read in place -------------------------------------------------------------------- */

/* All that is told, or -1 when it is no answer; each byte is in memory of its own size, so that a
 * sanitizer sees who reaches beyond. */
static int64_t read_through(const uint8_t *bytes, size_t length)
{
    uint8_t *own = malloc(length + (length == 0));
    struct told told;
    struct told_entry entry;
    int64_t sum = 0;
    bool readable;

    memcpy(own, bytes, length);
    if (!told_read((struct bytes){ own, length }, &told)) {
        free(own);
        return -1;
    }
    while (told_next(&told, &entry, &readable))
        for (size_t i = 0; readable && i < entry.type.length; i++)
            sum += entry.type.at[i] + (int64_t)entry.sequence;
    free(own);
    return sum;
}

static void test_read_in_place(void)
{
    static uint8_t body[4096], packed[sizeof body + 100];
    struct liar *liar = liar_open(10, 2);
    Tremplin__Entry *entries[10];
    Tremplin__ReadReply read = TREMPLIN__READ_REPLY__INIT;
    Tremplin__Reply reply = TREMPLIN__REPLY__INIT;
    size_t length;
    int64_t whole, wanted = 0;
    int none = 0;

    about("what a source tells is read where it lies, and nothing beyond it");
    read.entries = entries;
    fill_read(liar, 1, &read);
    reply.id = (char *)(uintptr_t)ACCOUNT;
    reply.status = TREMPLIN__STATUS__STATUS_DONE;
    reply.body = (ProtobufCBinaryData){ tremplin__read_reply__pack(&read, body), body };
    length = tremplin__reply__pack(&reply, packed);
    for (size_t i = 0; i < read.n_entries; i++) {
        Tremplin__Header *header =
            tremplin__header__unpack(NULL, entries[i]->header.len, entries[i]->header.data);

        for (const char *letter = header->type; *letter; letter++)
            wanted += (uint8_t)*letter + (int64_t)header->sequence;
        tremplin__header__free_unpacked(header, NULL);
    }
    whole = read_through(packed, length);
    check_number(whole, wanted, "as it is when it is unpacked");
    for (size_t i = 0; i < length; i++)
        none += read_through(packed, i) != whole;
    check_number(none, (int64_t)length, "no beginning of it is the whole");
    for (size_t i = 0; i < length; i++)
        for (int bit = 0; bit < 8; bit++) {
            packed[i] ^= (uint8_t)(1 << bit);
            read_through(packed, length);
            packed[i] ^= (uint8_t)(1 << bit);
        }
    check_number(read_through(packed, length), whole, "and no bit of it turned over harms");
    liar_close(liar);
}

/* --- a new follower --------------------------------------------------------------------------- */

static int commits, commits_with_question;

/* When a batch is about to be committed: is the next question on its way? */
static void look_at_commit(void *context, const char *service, const char *name)
{
    struct liar *liar = context;
    int64_t due_ms;

    (void)service;
    if (strcmp(name, "batch.before_commit") != 0 || liar->questions == 0)
        return;
    commits++;
    commits_with_question += simulated_bus_next(world_bus(liar->world), &due_ms);
}

static void test_new_follower(void)
{
    struct liar *liar = liar_open(10 * AN_ANSWER, 2);
    uint64_t entries;

    about("a new follower hears a source from the first entry to the last, once and in order");
    world_on_failpoint(liar->world, look_at_commit, liar);
    world_pass(liar->world, 5000);
    check_number((int64_t)source_of(liar)->sequence, 10 * AN_ANSWER, "up to the last");
    check_number(cents_heard(liar), 5 * AN_ANSWER, "each payment once");
    check(commits >= 10 && commits_with_question >= 9,
          "what comes next is asked for before what was told is committed: %d of %d",
          commits_with_question, commits);
    check_number((int64_t)source_of(liar)->bad_answers, 0, "no answer of an honest source is bad");
    check(world_check_store(liar->world, "beside") == NULL, "the tables are the journal replayed");
    liar_close(liar);

    about("what holds nothing of interest takes few entries of the follower's journal");
    liar = liar_open(STORY_MOST, STORY_MOST + 1);
    world_pass(liar->world, 5000);
    entries = runtime_journal(world_runtime(liar->world, "beside"))->committed;
    check_number((int64_t)source_of(liar)->sequence, STORY_MOST, "20,000 entries are read");
    check(entries < STORY_MOST / AN_ANSWER / 4, "in %d answers; %d entries are written",
          STORY_MOST / AN_ANSWER, (int)entries);
    world_kill(liar->world, "beside");
    liar->questions = 0;
    world_revive(liar->world, "beside");
    world_pass(liar->world, 10);
    check_number((int64_t)liar->last_first, STORY_MOST + 1, "after a crash it goes on at the end");
    liar_close(liar);
}

/* Dies at one commit, and the next. */
static void die_at_commits(void *context, const char *service, const char *name)
{
    struct liar *liar = context;
    static int seen;

    (void)service;
    if (strcmp(name, "batch.before_commit") == 0 && ++seen % 3 == 0)
        world_die(liar->world);
}

struct dropping {
    struct liar *liar;
    enum fault_kind kind;
    int seen, dropped;
};

/* Every other batch cannot be committed for want of room; one cannot for what is in it, and is run
 * again one by one. */
static void drop_batches(void *context, const char *service, const char *name)
{
    struct dropping *dropping = context;
    struct runtime *runtime = world_runtime(dropping->liar->world, service);

    if (strcmp(name, "batch.before_commit") != 0 || ++dropping->seen % 2 == 0 ||
        (dropping->kind != FAULT_MAP_FULL && dropping->dropped > 0))
        return;
    fault_set(&runtime_journal(runtime)->fault, dropping->kind, "as the test says");
    dropping->dropped++;
}

static void test_crashes(void)
{
    struct liar *liar = liar_open(10 * AN_ANSWER, 3);

    about("a follower that dies while the next answer is on its way hears everything once");
    world_on_failpoint(liar->world, die_at_commits, liar);
    for (int i = 0; i < 40; i++) {
        world_pass(liar->world, 500);
        world_revive(liar->world, "beside");
    }
    world_on_failpoint(liar->world, NULL, NULL);
    world_pass(liar->world, 5000);
    check_number((int64_t)source_of(liar)->sequence, 10 * AN_ANSWER, "up to the last");
    check_number(cents_heard(liar), 10 * AN_ANSWER / 3, "each payment once");
    liar_close(liar);

    about("a follower whose batch is dropped and run again hears everything once");
    for (enum fault_kind kind = FAULT_MAP_FULL; kind != NO_FAULT;
         kind = kind == FAULT_MAP_FULL ? FAULT_UNREADABLE : NO_FAULT) {
        struct dropping dropping = { .kind = kind };

        dropping.liar = liar = liar_open(10 * AN_ANSWER, 3);
        world_on_failpoint(liar->world, drop_batches, &dropping);
        world_pass(liar->world, 20 * 1000);
        world_on_failpoint(liar->world, NULL, NULL);
        world_pass(liar->world, 5000);
        check(dropping.dropped > 0, "%d batches are dropped for %s", dropping.dropped,
              fault_name(kind));
        check_number((int64_t)source_of(liar)->sequence, 10 * AN_ANSWER, "up to the last");
        check_number(cents_heard(liar), 10 * AN_ANSWER / 3, "each payment once");
        check(!source_of(liar)->halted, "and nothing halts");
        check(world_check_store(liar->world, "beside") == NULL,
              "the tables are the journal replayed");
        liar_close(liar);
    }

    about("a source behind a bus that drops, doubles and delays is heard once, in order");
    liar = liar_open(10 * AN_ANSWER, 3);
    simulated_bus_set_faults(world_bus(liar->world),
                             (struct simulated_faults){ .drop_in_1000 = 200,
                                                        .double_in_1000 = 300,
                                                        .delay_in_1000 = 400,
                                                        .delay_most_ms = 5000 });
    world_pass(liar->world, 300 * 1000);
    simulated_bus_set_faults(world_bus(liar->world), (struct simulated_faults){ 0 });
    world_pass(liar->world, 10 * 1000);
    check_number((int64_t)source_of(liar)->sequence, 10 * AN_ANSWER, "up to the last");
    check_number(cents_heard(liar), 10 * AN_ANSWER / 3, "each payment once");
    check_number((int64_t)source_of(liar)->bad_answers, 0, "a late answer is no bad one");
    check(!source_of(liar)->halted, "and nothing halts");
    liar_close(liar);
}

/* --- a source that talks nonsense ------------------------------------------------------------- */

static void test_nonsense(void)
{
    static const struct {
        enum manner manner;
        const char *what;
        const char *reason;
    } rows[] = {
        { RUBBISH, "bytes that are no message", "cannot be read" },
        { HALF, "half a message", "cannot be read" },
        { NAMELESS, "a journal without an identity", "names no journal" },
        { SHORTER, "a journal that became shorter in one epoch", "shorter" },
        { BEYOND, "entries after its last one", "after its last one" },
        { NOTHING, "more than it tells", "more than it tells" },
        { THE_SAME, "the same again and again", "more than it tells" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct liar *liar = liar_open(100, 2);
        int asked;

        about("a source that tells %s is counted, left alone, and at last not followed",
              rows[i].what);
        world_pass(liar->world, 2000);
        check_number((int64_t)source_of(liar)->sequence, 100, "it was honest at first");
        liar->head = 200;
        liar->manner = rows[i].manner;
        asked = liar->questions;
        world_pass(liar->world, 3500);
        check(source_of(liar)->bad_answers > 0 && !source_of(liar)->halted,
              "some bad answers are counted and no more");
        liar->manner = HONEST;
        world_pass(liar->world, 5000);
        check_number((int64_t)source_of(liar)->sequence, 200, "once it is honest it is heard");
        check_number(cents_heard(liar), 100, "each payment once");

        liar->head = 300;
        liar->manner = rows[i].manner;
        world_pass(liar->world, 60 * 1000);
        check(source_of(liar)->halted && strstr(source_of(liar)->reason, rows[i].reason),
              "one that goes on so halts, with the reason: %s", source_of(liar)->reason);
        check(liar->questions - asked < 40, "it was not asked without end: %d questions",
              liar->questions - asked);
        asked = liar->questions;
        world_pass(liar->world, 60 * 1000);
        check_number(liar->questions, asked, "nor is it any more");

        liar->manner = HONEST;
        check_number(accept(liar, "").status, TREMPLIN__STATUS__STATUS_DONE,
                     "an operator has it tried again");
        world_pass(liar->world, 5000);
        check_number((int64_t)source_of(liar)->sequence, 300, "and it is heard to its end");
        check_number(cents_heard(liar), 150, "each payment once");
        liar_close(liar);
    }
}

static void test_another_type(void)
{
    enum { HEARD = 100, EVERY = 2 };
    struct liar *liar = liar_open(HEARD, EVERY);

    about("an event that is not what its header calls it is not heard, and following halts");
    world_pass(liar->world, 2000);
    liar->mistyped = HEARD + 1;
    write_entry(liar, HEARD + 1, EVERY);
    liar->head = HEARD + 1;
    world_pass(liar->world, 5000);
    check(source_of(liar)->halted && strstr(source_of(liar)->reason, "EVENT_NOT_OF_ITS_TYPE"),
          "the reason says so: %s", source_of(liar)->reason);
    check_number((int64_t)source_of(liar)->sequence, HEARD, "it is heard up to the one before");
    check_number(cents_heard(liar), HEARD / EVERY, "and nothing of it is kept");
    accept(liar, "");
    world_pass(liar->world, 5000);
    check(source_of(liar)->halted && source_of(liar)->sequence == HEARD,
          "to have it tried again changes nothing");
    liar->mistyped = 0;
    write_entry(liar, HEARD + 1, EVERY);
    accept(liar, "");
    world_pass(liar->world, 5000);
    check(!source_of(liar)->halted && source_of(liar)->sequence == HEARD + 1,
          "until the source calls it what it is");
    check(world_check_store(liar->world, "beside") == NULL, "the tables are the journal replayed");
    liar_close(liar);
}

/* --- a source with another journal ------------------------------------------------------------ */

static void test_other_journal(void)
{
    struct liar *liar = liar_open(100, 2);
    struct answer answer;

    about("a source with another journal is heard again only by its name, from its first entry");
    world_pass(liar->world, 2000);
    check_number((int64_t)source_of(liar)->sequence, 100, "a source is heard");
    check_text(source_of(liar)->log_id, LOG, "by the identity of its journal");
    liar->manner = OTHER_SOURCE;
    liar->head = 50;
    world_pass(liar->world, 5000);
    check(source_of(liar)->halted && strstr(source_of(liar)->reason, OTHER_LOG),
          "when it has another one following halts, and the reason names it: %s",
          source_of(liar)->reason);
    check_text(source_of(liar)->other_log_id, OTHER_LOG, "so does the status");
    answer = accept(liar, "");
    check_text(answer.code, "NOT_THAT_JOURNAL", "to accept it without its name is refused");
    check_text(answer.field, "log_id", "by the field");
    check(strstr(answer.french, OTHER_LOG) && strstr(answer.english, OTHER_LOG),
          "and the sentence names it");
    check_text(accept(liar, LOG).code, "NOT_THAT_JOURNAL", "by the name of the old one too");
    check_number(accept(liar, OTHER_LOG).status, TREMPLIN__STATUS__STATUS_DONE,
                 "by its own it is accepted");
    world_pass(liar->world, 5000);
    check_number((int64_t)source_of(liar)->sequence, 50, "it is heard from its first entry on");
    check_text(source_of(liar)->log_id, OTHER_LOG, "under its identity");
    check_number(cents_heard(liar), 25, "each payment once");
    world_kill(liar->world, "beside");
    world_revive(liar->world, "beside");
    world_pass(liar->world, 5000);
    check(!source_of(liar)->halted && source_of(liar)->sequence == 50, "after a crash it still is");
    check(world_check_store(liar->world, "beside") == NULL, "the tables are the journal replayed");
    check_text(accept(liar, OTHER_LOG).code, "NOT_HALTED", "what is followed needs no accepting");
    liar_close(liar);

    about("a source that halted for another reason is not accepted as what it is not");
    liar = liar_open(100, 2);
    world_pass(liar->world, 2000);
    liar->manner = RUBBISH;
    liar->head = 101;
    world_pass(liar->world, 60 * 1000);
    check(source_of(liar)->halted, "it halted");
    check_text(accept(liar, OTHER_LOG).code, "NOT_THAT_JOURNAL", "another name is refused");
    check_number(accept(liar, LOG).status, TREMPLIN__STATUS__STATUS_DONE, "its own is taken");
    liar_close(liar);
}

int main(void)
{
    if (sodium_init() < 0)
        return 1;
    test_read_in_place();
    test_new_follower();
    test_crashes();
    test_nonsense();
    test_another_type();
    test_other_journal();
    return checks_done();
}
