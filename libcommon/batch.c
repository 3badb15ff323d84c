#include "libcommon/log.h"
#include "libcommon/runtime_parts.h"
#include "libcommon/told.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

/* --- one input -------------------------------------------------------------------------------- */

static void fill_header(struct runtime *runtime, const struct emission *emission, uint32_t index,
                        Tremplin__Header *header)
{
    header->recorded_at_ms = runtime->work.now_ms;
    header->kind = emission->kind;
    if (emission->kind == TREMPLIN__ENTRY_KIND__ENTRY_KIND_EPOCH)
        header->epoch = journal_next_epoch(&runtime->journal);
    header->type = (char *)(uintptr_t)emission->type;
    header->subject = (char *)(uintptr_t)emission->subject;
    header->date = date_field(&runtime->input_arena, emission->date);
    header->cause = runtime->deciding.cause;
    header->hops = runtime->deciding.hops;
    header->actor = (char *)(uintptr_t)runtime->work.actor;
    header->index = index;
    header->of = runtime->deciding.count;
}

/* Seals, appends and applies all that an input emitted: never split. */
static bool append_unit(struct runtime *runtime, const struct input *input)
{
    bool is_command = input->kind == INPUT_COMMAND;
    uint32_t index = 0;

    for (const struct emission *emission = runtime->deciding.first; emission;
         emission = emission->next) {
        Tremplin__Header header = TREMPLIN__HEADER__INIT;
        bool first = index++ == 0;
        struct bytes private_part;
        Tremplin__PrivatePart *part;

        fill_header(runtime, emission, index, &header);
        if (!seal_private(runtime, emission,
                          first && is_command ? runtime->deciding.reply : (struct bytes){ 0 },
                          first && is_command ? input->digest : NULL, &private_part))
            return false;
        if (!journal_append(&runtime->journal, &header, emission->event, private_part))
            return false;
        failpoint(runtime, "unit.appended");
        part = tremplin__private_part__unpack(&runtime->input_arena.unpacker, private_part.length,
                                              private_part.at);
        if (!part)
            return fault_set(&runtime->tables.fault, FAULT_MEMORY, "the input's arena is full");
        apply_entry(runtime, &header, emission->event, part);
        memcpy(runtime->applied_hash, runtime->journal.hash, HASH_SIZE);
        if (runtime->tables.fault.kind != NO_FAULT)
            return false;
        failpoint(runtime, "unit.applied");
    }
    return true;
}

/* What nobody sends again is tried again, but not at once: what was done outside is not forgotten.
 */
static void pause_after_fault(struct runtime *runtime, const struct input *input)
{
    int64_t now = now_monotonic(runtime);

    switch (input->kind) {
    case INPUT_DEADLINE: ticks_hold(runtime, &input->deadline); break;
    case INPUT_DAY:
    case INPUT_WARNING:
    case INPUT_EPOCH: runtime->ticks_retry_ms = now + TICK_RETRY_MS; break;
    case INPUT_DESTROYED: runtime->erasures_tried_ms = now; break;
    case INPUT_REPORT:
        input->report->held = true;
        input->report->not_before_ms = now + REPORT_RETRY_MS;
        break;
    default: break;
    }
}

/* What a decision could not read is its own trouble; a disk's is everybody's. */
static bool decide_faulted(struct runtime *runtime, struct input *input)
{
    struct fault *fault = first_fault(runtime);
    struct fault seen = *fault;

    if (ends_process(&seen) || seen.kind == FAULT_MAP_FULL || seen.kind == FAULT_NO_SPACE)
        return false;
    log_event(LOG_LEVEL_ERROR, "fault", "input", runtime->at_hand, "kind", fault_name(seen.kind),
              "detail", seen.detail, (char *)NULL);
    runtime->figures.faults++;
    *fault = (struct fault){ 0 };
    runtime->deciding.fault = (struct fault){ 0 };
    if (input->kind == INPUT_COMMAND)
        dispatch_faulted(runtime, input);
    else if (input->kind == INPUT_HEARING)
        follow_halt(runtime, input->source, seen.detail);
    else
        snprintf(runtime->trouble, sizeof runtime->trouble, "%.95s: %.100s", runtime->at_hand,
                 seen.detail);
    pause_after_fault(runtime, input);
    return true;
}

/* False: the batch must be dropped. */
static bool run_input(struct runtime *runtime, struct input *input)
{
    bool answered;
    const struct refusal *refusal;

    if (input->kind == INPUT_ANSWERED ||
        (input->kind == INPUT_HEARING &&
         (input->source->halted || input->heard_header->sequence <= input->source->sequence)))
        return true;
    refusal = decide_input(runtime, input, &answered);
    failpoint(runtime, "input.decided");
    if (!answered && !refusal)
        fault_when_exhausted(runtime, &runtime->deciding.fault);
    if (first_fault(runtime)->kind != NO_FAULT)
        return decide_faulted(runtime, input);
    if (answered)
        return true;
    if (refusal) {
        dispatch_refused(runtime, input, refusal);
        return true;
    }
    if (!append_unit(runtime, input))
        return false;
    if (input->kind == INPUT_COMMAND)
        dispatch_done(runtime, input, runtime->journal.head);
    if (input->kind == INPUT_DEADLINE)
        ticks_let_go(runtime, &input->deadline);
    if (runtime->deciding.first &&
        runtime->deciding.first->kind == TREMPLIN__ENTRY_KIND__ENTRY_KIND_FOLLOW)
        follow_accept(runtime, runtime->deciding.first->subject);
    else if (input->kind == INPUT_HEARING)
        follow_heard(runtime, input);
    return true;
}

/* --- the batch -------------------------------------------------------------------------------- */

static void publish_from(struct runtime *runtime, uint64_t first)
{
    struct bus *bus = &runtime->setup.bus;
    bool published = false;

    while (first <= runtime->journal.committed) {
        Tremplin__ReadReply told = TREMPLIN__READ_REPLY__INIT;

        arena_reset(&runtime->input_arena);
        if (!journal_tell(&runtime->journal, first, 256, &runtime->input_arena, &told) ||
            told.n_entries == 0) {
            /* Followers come on their timer. */
            runtime->journal.fault = (struct fault){ 0 };
            return;
        }
        for (size_t i = 0; i < told.n_entries; i++) {
            const Tremplin__Entry *entry = told.entries[i];
            struct told_entry read = { .header = { entry->header.data, entry->header.len } };

            if (!told_header(&read) || read.kind != TREMPLIN__ENTRY_KIND__ENTRY_KIND_EVENT)
                continue;
            bus->operations->publish(
                bus->self,
                arena_text(&runtime->input_arena, (const char *)read.type.at, read.type.length),
                pack_into(&runtime->input_arena, &entry->base));
            published = true;
        }
        first += told.n_entries;
    }
    /* Followers must come for what is no event too. */
    if (!published)
        bus->operations->publish(bus->self, ".", (struct bytes){ (const uint8_t *)"", 0 });
}

static void count_commit(struct runtime *runtime, int64_t started_us)
{
    static const int64_t bounds_us[] = { 500, 1000, 2000, 5000, 10000, 50000, 100000, 1000000 };
    int64_t took = now_us(runtime) - started_us;

    runtime->figures.commits++;
    runtime->figures.commit_us_total += took;
    for (size_t i = 0; i < sizeof bounds_us / sizeof *bounds_us; i++)
        runtime->figures.commit_slower[i] += took > bounds_us[i];
}

/* So that a chain that was rewritten later shows. */
static void log_days(struct runtime *runtime, const struct input *inputs, size_t count)
{
    char day[DATE_TEXT_SIZE], head[24], hash[2 * HASH_SIZE + 1];

    for (size_t i = 0; i < count; i++) {
        if (inputs[i].kind != INPUT_DAY || date_is_before(runtime->today, inputs[i].day))
            continue;
        snprintf(head, sizeof head, "%llu", (unsigned long long)runtime->journal.committed);
        sodium_bin2hex(hash, sizeof hash, runtime->journal.committed_hash, HASH_SIZE);
        log_event(LOG_LEVEL_INFO, "day_opened", "day", date_format(inputs[i].day, day), "head",
                  head, "hash", hash, (char *)NULL);
    }
}

static bool commit_batch(struct runtime *runtime, uint64_t before)
{
    int64_t started = now_us(runtime);

    if (runtime->journal.head > before) {
        failpoint(runtime, "batch.keys");
        if (!keys_sync(&runtime->keys))
            return false;
        failpoint(runtime, "batch.before_commit");
        if (!journal_commit(&runtime->journal))
            return false;
        failpoint(runtime, "batch.committed");
        count_commit(runtime, started);
        follow_resume(runtime);
    }
    send_all(runtime);
    failpoint(runtime, "batch.answered");
    if (runtime->journal.committed > before)
        publish_from(runtime, before + 1);
    failpoint(runtime, "batch.published");
    return true;
}

void refuse_for_space(struct runtime *runtime, struct input *inputs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (inputs[i].kind == INPUT_COMMAND)
            reply_try_again(runtime, inputs[i].waiting, inputs[i].request->id, "DISK_FULL",
                            "Le disque du service est plein : rien n'a été écrit. Réessayez "
                            "quand l'exploitant aura fait de la place.",
                            "The service's disk is full: nothing was written. Try again once "
                            "the operator has made room.");
    send_all(runtime);
}

/* Answers of this batch's inputs; what needed no deciding was answered before, and stays so. */
static void drop_unsent(struct runtime *runtime, struct sending **from)
{
    *from = NULL;
    runtime->last_sending = from;
}

enum outcome { BATCH_DONE, BATCH_AGAIN, BATCH_ONE_BY_ONE, BATCH_OVER };

static enum outcome try_batch(struct runtime *runtime, struct input *inputs, size_t count)
{
    uint64_t before = runtime->journal.committed;
    struct sending **answered = runtime->last_sending;
    struct fault fault;

    for (size_t i = 0; i < count; i++) {
        if (!run_input(runtime, &inputs[i]))
            goto dropped;
        pass_input(runtime);
    }
    /* One alone is at hand until all of it is out: whatever ends the process is its doing. */
    if (!runtime->one_by_one)
        put_down(runtime);
    if (commit_batch(runtime, before)) {
        put_down(runtime);
        passed(runtime, true);
        log_days(runtime, inputs, count);
        for (size_t i = 0; i < count; i++)
            inputs[i].done = !inputs[i].report || !inputs[i].report->held;
        return BATCH_DONE;
    }
dropped:
    fault = *first_fault(runtime);
    drop_unsent(runtime, answered);
    passed(runtime, false);
    log_event(LOG_LEVEL_WARNING, "going_back", "kind", fault_name(fault.kind), "detail",
              fault.detail, (char *)NULL);
    if (ends_process(&fault)) {
        runtime->ending = fault;
        return BATCH_OVER;
    }
    if (fault.kind == FAULT_NO_SPACE)
        enter_full(runtime, fault.detail);
    if (!go_back_or_full(runtime)) {
        runtime->ending = *first_fault(runtime);
        return BATCH_OVER;
    }
    if (runtime->state == FULL) {
        put_down(runtime);
        refuse_for_space(runtime, inputs, count);
        return BATCH_OVER;
    }
    if (fault.kind == FAULT_MAP_FULL)
        return BATCH_AGAIN;
    if (count > 1)
        return BATCH_ONE_BY_ONE;
    /* Alone and still failing in append or apply: this input's trouble. */
    runtime->deciding.fault = fault;
    decide_faulted(runtime, inputs);
    put_down(runtime);
    inputs->done = inputs->kind != INPUT_REPORT;
    send_all(runtime);
    return BATCH_DONE;
}

/* False: neither this one nor any after it can be run now. */
static bool run_alone(struct runtime *runtime, struct input *input)
{
    enum outcome outcome = BATCH_AGAIN;

    runtime->one_by_one = true;
    while (outcome == BATCH_AGAIN)
        outcome = try_batch(runtime, input, 1);
    runtime->one_by_one = false;
    return outcome != BATCH_OVER;
}

void run_batch(struct runtime *runtime, struct input *inputs, size_t count)
{
    enum outcome outcome = is_careful(runtime) ? BATCH_ONE_BY_ONE : BATCH_AGAIN;

    while (outcome == BATCH_AGAIN)
        outcome = try_batch(runtime, inputs, count);
    for (size_t i = 0; i < count && outcome == BATCH_ONE_BY_ONE; i++) {
        if (run_alone(runtime, &inputs[i]))
            continue;
        if (runtime->state == FULL)
            refuse_for_space(runtime, inputs + i + 1, count - i - 1);
        return;
    }
}
