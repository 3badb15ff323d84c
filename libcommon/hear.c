#include "libcommon/log.h"
#include "libcommon/runtime_parts.h"
#include "libcommon/told.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- what cannot be true ---------------------------------------------------------------------- */

/* It is counted, and the source left alone for a while; one that goes on so is not followed any
 * more. */
static void bad_answer(struct runtime *runtime, struct followed *followed, const char *what)
{
    char reason[160];

    followed->bad_answers++;
    followed->bad_in_a_row++;
    followed->rest_until_ms = now_monotonic(runtime) + POLL_MS;
    followed->hinted = false;
    log_event(LOG_LEVEL_WARNING, "bad_answer", "source", followed->source->service, "detail", what,
              (char *)NULL);
    if (followed->bad_in_a_row < BAD_ANSWERS_MOST)
        return;
    snprintf(reason, sizeof reason, "the source's answers make no sense: %s", what);
    follow_halt(runtime, followed, reason);
}

/* An answer that is being heard; its bytes are in the batch's arena. */
struct answer {
    struct runtime *runtime;
    struct followed *followed;
    struct told told;
    bool current;        /* of the last question, not of an earlier one */
    uint64_t first_read; /* how far the source was read before it */
    uint64_t taken;      /* up to here it is in inputs of the batch, */
    uint8_t taken_hash[HASH_SIZE];
    uint32_t taken_epoch;
    struct told_entry entry; /* the last that was checked */
};

/* What no source says that tells the truth; NULL when there is nothing.  A journal only grows, but
 * for a restore, which raises the epoch.  What answers an earlier question may be old. */
static const char *lie_in(const struct answer *answer)
{
    const struct followed *followed = answer->followed;
    const struct told *told = &answer->told;
    char log_id[ID_TEXT_SIZE];
    struct id id;

    if (told->log_id.length != sizeof log_id - 1)
        return "it names no journal";
    memcpy(log_id, told->log_id.at, sizeof log_id - 1);
    log_id[sizeof log_id - 1] = '\0';
    if (!id_parse(log_id, &id))
        return "it names no journal";
    if (told->diverged || !answer->current || strcmp(log_id, followed->log_id) != 0)
        return NULL;
    if (told->head + 1 < followed->asked_first ||
        (told->head < followed->head && told->epoch <= followed->head_epoch))
        return "its journal became shorter";
    return NULL;
}

/* What was heard is not in its journal any more; up to its cut it is. */
static void note_divergence(const struct answer *answer)
{
    struct followed *followed = answer->followed;
    const struct told *told = &answer->told;

    followed->diverged = told->cut_hash.length == HASH_SIZE;
    followed->cut = told->cut;
    followed->cut_epoch = told->epoch;
    if (followed->diverged)
        memcpy(followed->cut_hash, told->cut_hash.at, HASH_SIZE);
    follow_halt(answer->runtime, followed, "what was heard is no longer in the source's journal");
}

static void note_other_journal(const struct answer *answer)
{
    struct followed *followed = answer->followed;
    char reason[160];

    memcpy(followed->other_log_id, answer->told.log_id.at, answer->told.log_id.length);
    snprintf(reason, sizeof reason, "the source's journal is another one: %s",
             followed->other_log_id);
    follow_halt(answer->runtime, followed, reason);
}

/* False when the answer is not to be heard; what is said to an earlier question halts nothing. */
static bool is_our_source(const struct answer *answer)
{
    struct followed *followed = answer->followed;
    const struct told *told = &answer->told;
    bool same;

    if (followed->log_id[0] == '\0')
        memcpy(followed->log_id, told->log_id.at, told->log_id.length);
    same = told_is(told->log_id, followed->log_id);
    if (answer->current && !same)
        note_other_journal(answer);
    else if (answer->current && told->diverged)
        note_divergence(answer);
    return same && !told->diverged;
}

/* --- entries ---------------------------------------------------------------------------------- */

/* The entry follows what was read, and its chain holds. */
static const char *trouble_with(const struct followed *followed, const struct told_entry *entry)
{
    uint8_t hash[HASH_SIZE];

    if (entry->sequence != followed->read + 1)
        return "a number is missing in the source's journal";
    journal_chain(followed->read_hash, entry->header, entry->event, entry->private_digest.at, hash);
    if (memcmp(hash, entry->hash.at, HASH_SIZE) != 0)
        return "the source's chain does not hold";
    if (entry->hops > HOPS_MOST)
        return "events cause one another in a loop";
    return NULL;
}

static const struct hearing *hearing_of(const struct source *source, const struct told_entry *entry)
{
    const Tremplin__Header header = { .kind = (Tremplin__EntryKind)entry->kind };

    if (header.kind != TREMPLIN__ENTRY_KIND__ENTRY_KIND_EVENT && !warning_type(&header))
        return NULL;
    for (const struct hearing *row = source->hearings; row->event; row++)
        if (told_is(entry->type, row->event->name))
            return row;
    return NULL;
}

static ProtobufCBinaryData as_data(struct bytes bytes)
{
    return (ProtobufCBinaryData){ bytes.length, (uint8_t *)(uintptr_t)bytes.at };
}

/* What does not fit beside the others is asked for again. */
static bool could_not_take(struct answer *answer)
{
    struct followed *followed = answer->followed;

    if (!answer->runtime->batch_arena.exhausted || answer->runtime->input_count == 0)
        follow_halt(answer->runtime, followed, "an entry cannot be read");
    followed->read = answer->taken;
    memcpy(followed->read_hash, answer->taken_hash, HASH_SIZE);
    followed->read_epoch = answer->taken_epoch;
    return false;
}

/* The last entry checked becomes an input of the batch, with its hearing or for its offset. */
static bool take_entry(struct answer *answer, const struct hearing *hearing)
{
    struct runtime *runtime = answer->runtime;
    struct arena *arena = &runtime->batch_arena;
    const struct told_entry *entry = &answer->entry;
    Tremplin__Entry *heard = arena_take(arena, sizeof *heard);
    const Tremplin__Header *header =
        tremplin__header__unpack(&arena->unpacker, entry->header.length, entry->header.at);

    if (!heard || !header)
        return could_not_take(answer);
    tremplin__entry__init(heard);
    heard->header = as_data(entry->header);
    heard->event = as_data(entry->event);
    heard->private_digest = as_data(entry->private_digest);
    heard->hash = as_data(entry->hash);
    runtime->inputs[runtime->input_count++] = (struct input){
        .kind = INPUT_HEARING,
        .source = answer->followed,
        .heard = heard,
        .heard_header = header,
        .hearing = hearing,
    };
    answer->taken = entry->sequence;
    memcpy(answer->taken_hash, entry->hash.at, HASH_SIZE);
    answer->taken_epoch = entry->epoch;
    return true;
}

/* For one more entry and for the offset after it. */
static bool has_room(const struct runtime *runtime)
{
    return runtime->input_count + 1 < BATCH_MOST && !runtime->batch_arena.exhausted;
}

/* Does it begin elsewhere because the question did?  So it is after a batch was dropped. */
static bool begins_elsewhere(const struct answer *answer, const struct told_entry *entry)
{
    const struct followed *followed = answer->followed;

    return followed->read == answer->first_read && entry->sequence > followed->read + 1 &&
           !(answer->current && followed->asked_first == followed->read + 1);
}

/* The next entry checked, and taken when it is of interest; false when no more is to be heard of
 * this answer. */
static bool hear_entry(struct answer *answer)
{
    struct followed *followed = answer->followed;
    struct told_entry entry;
    const struct hearing *hearing;
    const char *trouble;
    bool readable;

    if (!has_room(answer->runtime) || !told_next(&answer->told, &entry, &readable))
        return false;
    if (!readable) {
        follow_halt(answer->runtime, followed, "an entry cannot be read");
        return false;
    }
    if (entry.sequence <= followed->read)
        return true; /* told twice */
    if (entry.sequence > answer->told.head) {
        bad_answer(answer->runtime, followed, "it tells entries after its last one");
        return false;
    }
    if (begins_elsewhere(answer, &entry))
        return false;
    trouble = trouble_with(followed, &entry);
    if (trouble) {
        follow_halt(answer->runtime, followed, trouble);
        return false;
    }
    followed->read = entry.sequence;
    memcpy(followed->read_hash, entry.hash.at, HASH_SIZE);
    followed->read_epoch = entry.epoch;
    answer->entry = entry;
    hearing = hearing_of(followed->source, &entry);
    return !hearing || take_entry(answer, hearing);
}

/* What holds nothing of interest needs an entry of its own only at the end, and now and then before
 * it: until then it would be read again after a crash, and nothing else. */
static bool owes_offset(const struct answer *answer)
{
    struct followed *followed = answer->followed;
    int64_t now = now_monotonic(answer->runtime);

    if (followed->halted || followed->read <= answer->taken)
        return false;
    if (answer->current && followed->read < answer->told.head &&
        now - followed->offset_ms < OFFSET_MS)
        return false;
    followed->offset_ms = now;
    return true;
}

static void hear_entries(struct answer *answer)
{
    struct followed *followed = answer->followed;
    uint64_t bad = followed->bad_answers;

    while (hear_entry(answer))
        continue;
    if (owes_offset(answer))
        take_entry(answer, NULL);
    if (followed->halted || followed->bad_answers != bad || !answer->current)
        return;
    if (followed->read == answer->first_read && followed->asked_first == followed->read + 1 &&
        answer->told.head > followed->read && has_room(answer->runtime))
        bad_answer(answer->runtime, followed, "it has more than it tells");
    else
        followed->bad_in_a_row = 0;
}

/* What comes next is asked for while the batch runs: its answer is there when that is committed.
 * Only the last question's answer brings the next one, so that no two go on side by side. */
static void go_on(const struct answer *answer)
{
    struct followed *followed = answer->followed;
    bool more = followed->read < answer->told.head;

    if (followed->halted || now_monotonic(answer->runtime) < followed->rest_until_ms)
        return;
    if (answer->current && more && followed->read > answer->first_read)
        follow_ask_one(answer->runtime, followed);
    else if (more || followed->read > answer->first_read)
        followed->hinted = true;
    else if (answer->current)
        followed->caught_up_ms = followed->asked_ms;
}

/* --- answers ---------------------------------------------------------------------------------- */

static void hear_answer(struct answer *answer)
{
    struct runtime *runtime = answer->runtime;
    struct followed *followed = answer->followed;
    const char *lie;

    answer->current = followed->asked && told_is(answer->told.id, followed->asked_id);
    followed->asked &= !answer->current;
    if (!answer->told.done)
        return;
    lie = lie_in(answer);
    if (lie) {
        bad_answer(runtime, followed, lie);
        return;
    }
    if (!is_our_source(answer))
        return;
    if (answer->current || answer->told.head > followed->head) {
        followed->head = answer->told.head;
        followed->head_epoch = answer->told.epoch;
    }
    followed->answered_ms = now_monotonic(runtime);
    followed->sound = true;
    hear_entries(answer);
    go_on(answer);
}

static void collect_from(struct runtime *runtime, struct followed *followed)
{
    struct answer answer = {
        .runtime = runtime,
        .followed = followed,
        .first_read = followed->read,
        .taken = followed->read,
        .taken_epoch = followed->read_epoch,
    };
    struct bytes message = { arena_copy(&runtime->batch_arena, followed->answer,
                                        followed->answer_length),
                             followed->answer_length };

    memcpy(answer.taken_hash, followed->read_hash, HASH_SIZE);
    free(followed->answer);
    followed->answer = NULL;
    if (!message.at) {
        /* Others filled the batch. */
        followed->asked = false;
        followed->hinted = true;
    } else if (told_read(message, &answer.told)) {
        hear_answer(&answer);
    } else {
        bad_answer(runtime, followed, "it cannot be read");
    }
}

void hear_collect(struct runtime *runtime)
{
    for (size_t i = 0; i < runtime->followed_count; i++) {
        struct followed *followed = &runtime->followed[i];

        if (followed->answer && !followed->halted)
            collect_from(runtime, followed);
    }
}
