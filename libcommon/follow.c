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

/* What comes next of the source follows what was heard of it. */
static void read_from(struct followed *followed)
{
    followed->read = followed->sequence;
    memcpy(followed->read_hash, followed->hash, HASH_SIZE);
    followed->read_epoch = followed->epoch;
}

static void read_offset(struct runtime *runtime, struct followed *followed)
{
    const Tremplin__Offset *offset =
        table_get(&runtime->tables, &table_offsets, key_text(followed->source->service));

    followed->log_id[0] = '\0';
    followed->sequence = 0;
    memset(followed->hash, 0, HASH_SIZE);
    followed->epoch = 0;
    if (offset && offset->hash.len == HASH_SIZE) {
        snprintf(followed->log_id, sizeof followed->log_id, "%s", offset->log_id);
        followed->sequence = offset->sequence;
        memcpy(followed->hash, offset->hash.data, HASH_SIZE);
        followed->epoch = offset->epoch;
    }
    read_from(followed);
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
        followed->head = followed->sequence; /* what was told before says nothing any more */
        followed->head_epoch = 0;
        followed->diverged = false;
        followed->other_log_id[0] = '\0';
        followed->asked = false;
        followed->bad_in_a_row = 0;
        followed->rest_until_ms = 0;
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

/* --- heard ------------------------------------------------------------------------------------ */

void follow_heard(struct runtime *runtime, const struct input *input)
{
    struct followed *followed = input->source;

    followed->sequence = input->heard_header->sequence;
    memcpy(followed->hash, input->heard->hash.data, HASH_SIZE);
    followed->epoch = input->heard_header->epoch;
    /* After going back a batch is run again, of what was read before: reading goes on behind it. */
    if (followed->read < followed->sequence)
        read_from(followed);
    if (input->hearing)
        runtime->figures.hearings++;
}

bool follow_awaits(const struct runtime *runtime, const Tremplin__Position *position,
                   struct awaited *awaited)
{
    uint64_t sequence = position->sequence;

    if (strcmp(position->service, runtime->service->name) == 0) {
        if (sequence <= runtime->journal.committed)
            return false;
        if (sequence > awaited->own)
            awaited->own = sequence;
        return true;
    }
    for (size_t i = 0; i < runtime->followed_count; i++) {
        const struct followed *followed = &runtime->followed[i];
        bool is_this = strcmp(followed->log_id, position->log_id) == 0;

        if (strcmp(followed->source->service, position->service) != 0)
            continue;
        if (is_this && followed->sequence >= sequence)
            return false;
        if (followed->log_id[0] == '\0')
            awaited->unknown |= 1u << i;
        else if (!is_this)
            sequence = UINT64_MAX; /* of a journal that this source does not have */
        if (sequence > awaited->sequences[i])
            awaited->sequences[i] = sequence;
        return true;
    }
    /* What this service does not follow it never waits for. */
    return false;
}

bool follow_has_heard(const struct runtime *runtime, const struct awaited *awaited)
{
    for (size_t i = 0; i < runtime->followed_count; i++) {
        const struct followed *followed = &runtime->followed[i];

        /* Now that its journal is known, the request must be read again. */
        if (awaited->unknown >> i & 1 && followed->log_id[0] != '\0')
            return true;
        if (followed->sequence < awaited->sequences[i])
            return false;
    }
    return awaited->own <= runtime->journal.committed;
}

bool follow_is_caught_up(const struct runtime *runtime, int64_t since_ms)
{
    for (size_t i = 0; i < runtime->followed_count; i++)
        if (!runtime->followed[i].halted && runtime->followed[i].caught_up_ms < since_ms)
            return false;
    return true;
}

/* --- asking ----------------------------------------------------------------------------------- */

void follow_ask_one(struct runtime *runtime, struct followed *followed)
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
    query.first = followed->read + 1;
    query.log_id = followed->log_id;
    query.epoch = followed->read_epoch;
    query.follower = (char *)(uintptr_t)runtime->service->name;
    if (followed->read > 0)
        query.previous_hash = (ProtobufCBinaryData){ HASH_SIZE, followed->read_hash };
    body = pack_into(arena, &query.base);
    request.id = id;
    request.method = (char *)(uintptr_t) "Runtime.Read";
    request.actor = query.follower;
    request.body = (ProtobufCBinaryData){ body.length, (uint8_t *)(uintptr_t)body.at };
    followed->asked = true;
    followed->asked_first = query.first;
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

        if (followed->halted || followed->answer || now < followed->rest_until_ms)
            continue;
        if (followed->asked && now - followed->asked_ms < ASK_AGAIN_MS)
            continue;
        if (wanted || followed->asked)
            follow_ask_one(runtime, followed);
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
}

void runtime_hint(struct runtime *runtime, const char *source)
{
    struct followed *followed = followed_of(runtime, source);

    if (followed)
        followed->hinted = true;
}
