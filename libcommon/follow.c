#include "libcommon/log.h"
#include "libcommon/runtime_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct followed *followed_of(struct runtime *runtime, const char *name)
{
    for (size_t i = 0; i < runtime->followed_count; i++)
        if (strcmp(runtime->followed[i].source->service, name) == 0)
            return &runtime->followed[i];
    return NULL;
}

static void read_offset(struct runtime *runtime, struct followed *followed)
{
    const Tremplin__Offset *offset =
        table_get(&runtime->tables, &table_offsets, key_text(followed->source->service));

    followed->log_id[0] = '\0';
    followed->sequence = 0;
    memset(followed->hash, 0, HASH_SIZE);
    if (!offset || offset->hash.len != HASH_SIZE)
        return;
    snprintf(followed->log_id, sizeof followed->log_id, "%s", offset->log_id);
    followed->sequence = offset->sequence;
    memcpy(followed->hash, offset->hash.data, HASH_SIZE);
}

/* Where each source stands, from the tables: at start, and after going back. */
void follow_open(struct runtime *runtime)
{
    bool first = runtime->followed_count == 0;
    size_t count = 0;

    for (const struct source *source = runtime->service->sources;
         source && source->service && count < SOURCES_MOST; source++) {
        struct followed *followed = &runtime->followed[count++];

        if (first)
            *followed = (struct followed){ .source = source };
        followed->accepted = false;
        read_offset(runtime, followed);
    }
    runtime->followed_count = count;
}

/* An operator accepted a source: once that is committed, from where the tables then say. */
void follow_accept(struct runtime *runtime, const char *service)
{
    struct followed *followed = followed_of(runtime, service);

    if (followed)
        followed->accepted = true;
}

void follow_resume(struct runtime *runtime)
{
    for (size_t i = 0; i < runtime->followed_count; i++) {
        struct followed *followed = &runtime->followed[i];

        if (!followed->accepted)
            continue;
        read_offset(runtime, followed);
        followed->accepted = false;
        followed->halted = false;
        followed->sound = true;
        followed->reason[0] = '\0';
        followed->diverged = false;
        followed->hinted = true;
    }
}

void follow_halt(struct runtime *runtime, struct followed *followed, const char *reason)
{
    (void)runtime;
    followed->halted = true;
    followed->sound = false;
    snprintf(followed->reason, sizeof followed->reason, "%s", reason);
    log_event(LOG_LEVEL_ERROR, "following_halted", "source", followed->source->service, "reason",
              reason, (char *)NULL);
}

/* --- hearing
 * -------------------------------------------------------------------------------------- */

/* The entry follows what was heard, and its chain holds. */
static const char *trouble_with(const Tremplin__Entry *entry, const Tremplin__Header *header,
                                uint64_t last, const uint8_t last_hash[HASH_SIZE])
{
    uint8_t hash[HASH_SIZE];

    if (!header || entry->hash.len != HASH_SIZE || entry->private_digest.len != HASH_SIZE)
        return "an entry cannot be read";
    if (header->sequence != last + 1)
        return "a number is missing in the source's journal";
    journal_chain(last_hash, (struct bytes){ entry->header.data, entry->header.len },
                  (struct bytes){ entry->event.data, entry->event.len }, entry->private_digest.data,
                  hash);
    if (memcmp(hash, entry->hash.data, HASH_SIZE) != 0)
        return "the source's chain does not hold";
    if (header->hops > HOPS_MOST)
        return "events cause one another in a loop";
    return NULL;
}

static const struct hearing *hearing_of(const struct source *source, const Tremplin__Header *header)
{
    if (header->kind != TREMPLIN__ENTRY_KIND__ENTRY_KIND_EVENT && !warning_type(header))
        return NULL;
    for (const struct hearing *row = source->hearings; row->event; row++)
        if (strcmp(row->event->name, header->type) == 0)
            return row;
    return NULL;
}

/* One input for each event of interest, and one at the end when the last is of none. */
static void collect_entries(struct runtime *runtime, struct followed *followed,
                            const Tremplin__ReadReply *reply)
{
    uint64_t last = followed->sequence;
    const uint8_t *last_hash = followed->hash;

    for (size_t i = 0; i < reply->n_entries; i++) {
        const Tremplin__Entry *entry = reply->entries[i];
        const Tremplin__Header *header = tremplin__header__unpack(
            &runtime->batch_arena.unpacker, entry->header.len, entry->header.data);
        const char *trouble;
        const struct hearing *hearing;

        if (runtime->input_count + 1 >= BATCH_MOST || runtime->batch_arena.exhausted)
            return;
        /* What does not fit beside the others is asked for again. */
        if (!header && runtime->batch_arena.exhausted && runtime->input_count > 0)
            return;
        if (header && header->sequence <= followed->sequence)
            continue; /* told twice */
        trouble = trouble_with(entry, header, last, last_hash);
        if (trouble) {
            follow_halt(runtime, followed, trouble);
            return;
        }
        last = header->sequence;
        last_hash = entry->hash.data;
        hearing = hearing_of(followed->source, header);
        if (!hearing && i + 1 < reply->n_entries)
            continue;
        runtime->inputs[runtime->input_count++] = (struct input){
            .kind = INPUT_HEARING,
            .source = followed,
            .heard = entry,
            .heard_header = header,
            .hearing = hearing,
        };
    }
}

static bool is_our_source(struct runtime *runtime, struct followed *followed,
                          const Tremplin__ReadReply *reply)
{
    struct id id;

    if (!id_parse(reply->log_id, &id))
        return false;
    if (followed->log_id[0] == '\0')
        snprintf(followed->log_id, sizeof followed->log_id, "%s", reply->log_id);
    if (strcmp(followed->log_id, reply->log_id) != 0)
        follow_halt(runtime, followed, "the source's journal is another one");
    else if (reply->diverged) {
        followed->diverged = reply->cut_hash.len == HASH_SIZE;
        followed->cut = reply->cut;
        if (followed->diverged)
            memcpy(followed->cut_hash, reply->cut_hash.data, HASH_SIZE);
        follow_halt(runtime, followed, "what was heard is no longer in the source's journal");
    } else
        return true;
    return false;
}

static void collect_from(struct runtime *runtime, struct followed *followed)
{
    const Tremplin__Reply *answer = tremplin__reply__unpack(
        &runtime->batch_arena.unpacker, followed->answer_length, followed->answer);
    const Tremplin__ReadReply *reply = NULL;

    free(followed->answer);
    followed->answer = NULL;
    if (answer && answer->status == TREMPLIN__STATUS__STATUS_DONE)
        reply = tremplin__read_reply__unpack(&runtime->batch_arena.unpacker, answer->body.len,
                                             answer->body.data);
    if (!reply || !is_our_source(runtime, followed, reply))
        return;
    followed->head = reply->head;
    followed->answered_ms = now_monotonic(runtime);
    followed->sound = true;
    collect_entries(runtime, followed, reply);
    if (followed->sequence < reply->head)
        followed->hinted = true;
    else if (strcmp(answer->id, followed->asked_id) == 0)
        followed->caught_up_ms = followed->asked_ms; /* an earlier question's answer says less */
}

void follow_collect(struct runtime *runtime)
{
    for (size_t i = 0; i < runtime->followed_count; i++) {
        struct followed *followed = &runtime->followed[i];

        if (followed->answer && !followed->halted)
            collect_from(runtime, followed);
    }
}

void follow_heard(struct runtime *runtime, const struct input *input)
{
    struct followed *followed = input->source;

    followed->sequence = input->heard_header->sequence;
    memcpy(followed->hash, input->heard->hash.data, HASH_SIZE);
    if (input->hearing)
        runtime->figures.hearings++;
}

bool follow_has_heard(const struct runtime *runtime, const Tremplin__Position *position)
{
    if (strcmp(position->service, runtime->service->name) == 0)
        return position->sequence <= runtime->journal.committed;
    for (size_t i = 0; i < runtime->followed_count; i++)
        if (strcmp(runtime->followed[i].source->service, position->service) == 0)
            return strcmp(runtime->followed[i].log_id, position->log_id) == 0 &&
                   runtime->followed[i].sequence >= position->sequence;
    /* What this service does not follow it never waits for. */
    return true;
}

bool follow_is_caught_up(const struct runtime *runtime, int64_t since_ms)
{
    for (size_t i = 0; i < runtime->followed_count; i++)
        if (!runtime->followed[i].halted && runtime->followed[i].caught_up_ms < since_ms)
            return false;
    return true;
}

/* --- asking
 * --------------------------------------------------------------------------------------- */

static void ask(struct runtime *runtime, struct followed *followed)
{
    struct bus *bus = &runtime->setup.bus;
    struct arena *arena = &runtime->input_arena;
    Tremplin__ReadQuery query = TREMPLIN__READ_QUERY__INIT;
    Tremplin__Request request = TREMPLIN__REQUEST__INIT;
    uint8_t random[ID_RANDOM_BYTES];
    char id[ID_TEXT_SIZE];
    struct bytes body;

    arena_reset(arena);
    runtime->setup.surroundings.random(runtime->setup.surroundings.self, random, sizeof random);
    id_format(id_make(runtime_wall_ms(runtime), random), id);
    query.first = followed->sequence + 1;
    query.log_id = followed->log_id;
    query.follower = (char *)(uintptr_t)runtime->service->name;
    if (followed->sequence > 0)
        query.previous_hash = (ProtobufCBinaryData){ HASH_SIZE, followed->hash };
    body = pack_into(arena, &query.base);
    request.id = id;
    request.method = (char *)(uintptr_t) "Runtime.Read";
    request.actor = query.follower;
    request.body = (ProtobufCBinaryData){ body.length, (uint8_t *)(uintptr_t)body.at };
    followed->asked = true;
    snprintf(followed->asked_id, sizeof followed->asked_id, "%s", id);
    followed->hinted = false;
    followed->asked_ms = now_monotonic(runtime);
    bus->operations->ask(bus->self, followed->source->service, pack_into(arena, &request.base));
}

void follow_ask(struct runtime *runtime)
{
    int64_t now = now_monotonic(runtime);

    if (runtime->state == FULL)
        return; /* nothing more can be heard */
    for (size_t i = 0; i < runtime->followed_count; i++) {
        struct followed *followed = &runtime->followed[i];
        bool wanted =
            followed->hinted || now - followed->asked_ms >= POLL_MS || followed->asked_ms == 0 ||
            (runtime->tick_noticed_ms > 0 && followed->caught_up_ms < runtime->tick_noticed_ms);

        if (followed->halted || followed->answer)
            continue;
        if (followed->asked && now - followed->asked_ms < ASK_AGAIN_MS)
            continue;
        if (wanted || followed->asked)
            ask(runtime, followed);
    }
}

void runtime_answer(struct runtime *runtime, const char *source, struct bytes message)
{
    struct followed *followed = followed_of(runtime, source);

    /* Late ones are harmless: what was heard is not heard again. */
    if (!followed || followed->halted || followed->answer)
        return;
    followed->answer = malloc(message.length + 1);
    if (!followed->answer)
        return;
    memcpy(followed->answer, message.at, message.length);
    followed->answer_length = message.length;
    followed->asked = false;
}

void runtime_hint(struct runtime *runtime, const char *source)
{
    struct followed *followed = followed_of(runtime, source);

    if (followed)
        followed->hinted = true;
}
