#include "libcommon/runtime_parts.h"

#include "libcommon/log.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* --- opening and closing ---------------------------------------------------------------------- */

static bool open_tables(struct runtime *runtime)
{
    static const struct table *const own[] = {
        &table_applied,   &table_receipts, &table_receipts_by_day, &table_offsets, &table_today,
        &table_deadlines, &table_erasures, &table_warnings,        NULL,
    };
    const struct runtime_setup *setup = &runtime->setup;
    const struct table *const *const lists[] = { own, runtime->service->tables };
    size_t map_bytes = setup->tables_map_bytes ? setup->tables_map_bytes : setup->map_bytes;

    return tables_open(&runtime->tables, setup->directory, map_bytes, lists, 2,
                       &runtime->input_arena);
}

/* A file of keys that is older than its copy, put back with a disk or a machine, takes from it what
 * it lacks before anything is served: above all, who is erased. */
static bool join_keys_copy(struct runtime *runtime)
{
    size_t before = runtime->keys.count;
    struct keys copy = { 0 };
    bool joined = true;

    if (*runtime->setup.keys_copy == '\0' || runtime->setup.without_keys)
        return true;
    if (keys_open(&copy, runtime->setup.keys_copy, NULL) && keys_are_same(&runtime->keys, &copy))
        joined = keys_join(&runtime->keys, &copy);
    keys_close(&copy);
    if (!joined && runtime->keys.fault.kind == FAULT_BUILD) {
        log_event(LOG_LEVEL_ERROR, "keys_not_joined", "detail", runtime->keys.fault.detail,
                  (char *)NULL);
        runtime->keys.fault = (struct fault){ 0 };
        return true; /* the copy stays as it is: keys_copy() sees to it */
    }
    if (runtime->keys.count != before)
        log_event(LOG_LEVEL_WARNING, "keys_joined", "from", runtime->setup.keys_copy, (char *)NULL);
    return joined;
}

/* A first start has neither keys of households nor tables: a journal that is empty beside them is
 * one that was lost, and nobody may take it for a new organisation. */
static bool journal_is_there(struct runtime *runtime)
{
    if (runtime->journal.committed > 0 || runtime->setup.without_keys ||
        (runtime->keys.count <= 1 && !tables_were_applied(runtime)))
        return true;
    return fault_set(&runtime->journal.fault, FAULT_DAMAGED,
                     "the journal is gone, and what it was about is not: restore a backup");
}

/* What a journal sealed only its own keys open: others are never made in their place. */
static bool open_keys(struct runtime *runtime, const char *path, const uint8_t random[32])
{
    const char *copy = runtime->setup.keys_copy;
    bool may_make = runtime->journal.committed == 0 || runtime->setup.without_keys;

    if (keys_open(&runtime->keys, path, may_make ? random : NULL))
        return join_keys_copy(runtime);
    if (runtime->keys.fault.kind == FAULT_UNREADABLE && runtime->keys.count == 0) {
        runtime->keys.fault = (struct fault){ 0 };
        return fault_set(&runtime->keys.fault, FAULT_UNREADABLE,
                         "the keys are gone: put their copy in their place: %s",
                         *copy ? copy : "none, keys_copy is not set");
    }
    return false;
}

static bool open_store(struct runtime *runtime)
{
    const struct runtime_setup *setup = &runtime->setup;
    char path[512], log_id[ID_TEXT_SIZE];
    uint8_t random[64];

    if (mkdir(setup->directory, 0700) != 0 && errno != EEXIST)
        return fault_set(&runtime->journal.fault, FAULT_DISK, "%s: %s", setup->directory,
                         strerror(errno));
    setup->surroundings.random(setup->surroundings.self, random, sizeof random);
    id_format(id_make(setup->surroundings.wall_ms(setup->surroundings.self), random), log_id);
    snprintf(path, sizeof path, "%s/keys", setup->directory);
    return journal_open(&runtime->journal, setup->directory, setup->map_bytes, log_id) &&
           open_tables(runtime) && open_keys(runtime, path, random + 32) &&
           journal_is_there(runtime);
}

/* What was at hand when the last process ended comes again: the sources' next entries, what is due,
 * and commands, which their clients send until not_after.  A batch held no more than this. */
static void heed_crashes(struct runtime *runtime)
{
    const struct crashes *crashes = runtime->setup.crashes;

    for (size_t i = 0; crashes && i < crashes->count; i++) {
        if (!crashes_is_set_aside(crashes, crashes->list[i].input))
            continue;
        log_event(LOG_LEVEL_ERROR, "set_aside", "input", crashes->list[i].input, (char *)NULL);
        snprintf(runtime->trouble, sizeof runtime->trouble, "set aside: %s",
                 crashes->list[i].input);
    }
    if (!crashes || !crashes->unclean)
        return;
    runtime->careful_left = BATCH_MOST;
    runtime->careful_until_ms = now_monotonic(runtime) + NOT_AFTER_MS;
}

struct runtime *runtime_open(const struct runtime_setup *setup, struct fault *fault)
{
    struct runtime *runtime;

    if (!description_fits(setup->service, fault))
        return NULL;
    runtime = calloc(1, sizeof *runtime);
    if (!runtime || sodium_init() < 0) {
        fault_set(fault, FAULT_MEMORY, "no memory to start with");
        free(runtime);
        return NULL;
    }
    runtime->setup = *setup;
    runtime->service = setup->service;
    runtime->own_methods = runtime_methods;
    runtime->needs_no_day = method_needs_no_day;
    if (runtime->setup.map_bytes == 0)
        runtime->setup.map_bytes = (size_t)64 << 30;
    runtime->last_waiting = &runtime->first_waiting;
    runtime->last_parked = &runtime->first_parked;
    runtime->last_report = &runtime->first_report;
    runtime->last_sending = &runtime->first_sending;
    runtime->inputs = calloc(BATCH_MOST, sizeof *runtime->inputs);
    if (!runtime->inputs || !arena_open(&runtime->input_arena, INPUT_ARENA) ||
        !arena_open(&runtime->batch_arena, BATCH_ARENA)) {
        fault_set(fault, FAULT_MEMORY, "no memory to start with");
        runtime_abandon(runtime);
        return NULL;
    }
    if (!open_store(runtime) || (!apply_journal(runtime) && !go_back_or_full(runtime)) ||
        !memory_open(runtime)) {
        *fault = *first_fault(runtime);
        runtime_abandon(runtime);
        return NULL;
    }
    follow_open(runtime);
    heed_crashes(runtime);
    ticks_open(runtime);
    runtime->checkpoint_ms = now_monotonic(runtime);
    return runtime;
}

static void free_requests(struct waiting *first)
{
    while (first) {
        struct waiting *next = first->next;

        free(first);
        first = next;
    }
}

static void free_waiting(struct runtime *runtime)
{
    free_requests(runtime->first_waiting);
    free_requests(runtime->first_parked);
    while (runtime->first_report) {
        struct report *next = runtime->first_report->next;

        free(runtime->first_report);
        runtime->first_report = next;
    }
    /* Of a batch that ended in the middle. */
    for (size_t i = 0; runtime->inputs && i < runtime->input_count; i++) {
        free(runtime->inputs[i].waiting);
        free(runtime->inputs[i].report);
    }
    for (size_t i = 0; i < runtime->followed_count; i++)
        free(runtime->followed[i].answer);
    finals_close(&runtime->finals);
}

void runtime_abandon(struct runtime *runtime)
{
    if (!runtime)
        return;
    free_waiting(runtime);
    memory_close(runtime);
    keys_close(&runtime->keys);
    tables_close(&runtime->tables);
    journal_close(&runtime->journal);
    arena_close(&runtime->input_arena);
    arena_close(&runtime->batch_arena);
    free(runtime->held);
    free(runtime->inputs);
    free(runtime);
}

void runtime_close(struct runtime *runtime)
{
    if (!runtime)
        return;
    if (runtime->state == SERVING && runtime->ending.kind == NO_FAULT)
        take_checkpoint(runtime);
    if (runtime->ending.kind == NO_FAULT && runtime->keys.count != runtime->keys_copied)
        keys_copy_replace(runtime);
    runtime_abandon(runtime);
}

/* --- the turn --------------------------------------------------------------------------------- */

/* What is looked for between inputs is no input's trouble: it is said, and tried again later. */
static void note_fault_between(struct runtime *runtime)
{
    struct fault fault = *first_fault(runtime);

    if (fault.kind == NO_FAULT)
        return;
    log_event(LOG_LEVEL_ERROR, "fault", "input", "what is due", "kind", fault_name(fault.kind),
              "detail", fault.detail, (char *)NULL);
    runtime->figures.faults++;
    if (ends_process(&fault))
        runtime->ending = fault;
    snprintf(runtime->trouble, sizeof runtime->trouble, "what is due: %.120s", fault.detail);
    *first_fault(runtime) = (struct fault){ 0 };
    runtime->ticks_retry_ms = now_monotonic(runtime) + TICK_RETRY_MS;
}

/* While the disk is full only commands are taken, to be told so; all else waits for room. */
static void collect(struct runtime *runtime)
{
    runtime->input_count = 0;
    arena_reset(&runtime->batch_arena);
    if (runtime->state == FULL) {
        dispatch_collect(runtime);
        return;
    }
    if (runtime->journal.restored && runtime->ticks_retry_ms <= now_monotonic(runtime))
        runtime->inputs[runtime->input_count++] = (struct input){ .kind = INPUT_EPOCH };
    erasures_collect(runtime);
    hear_collect(runtime);
    ticks_collect(runtime);
    warnings_collect(runtime);
    note_fault_between(runtime);
    reports_collect(runtime);
    dispatch_collect(runtime);
}

static void free_inputs(struct runtime *runtime)
{
    for (size_t i = runtime->input_count; i-- > 0;) {
        struct input *input = &runtime->inputs[i];

        free(input->waiting);
        if (input->report && !input->done)
            reports_wait_again(runtime, input->report);
        else
            free(input->report);
    }
    runtime->input_count = 0;
    if ((strncmp(runtime->trouble, "report ", strlen("report ")) == 0 &&
         reports_held(runtime) == 0) ||
        (strncmp(runtime->trouble, "deadline ", strlen("deadline ")) == 0 &&
         runtime->held_count == 0))
        runtime->trouble[0] = '\0';
}

/* Ticks: at once when one is due and nothing holds it up. */
static int64_t next_tick(struct runtime *runtime, int64_t now, int64_t next)
{
    enum { HELD_UP_MS = 20 };
    int64_t due_ms, left;

    if (runtime->clock_held || !ticks_next(runtime, &due_ms))
        return next;
    left = due_ms - runtime_now_ms(runtime);
    if (left > 0)
        return !runtime->setup.manual_clock && left < next - now ? now + left : next;
    if (runtime->ticks_retry_ms > now)
        return runtime->ticks_retry_ms < next ? runtime->ticks_retry_ms : next;
    if (runtime->tick_noticed_ms > 0 && !follow_is_caught_up(runtime, runtime->tick_noticed_ms))
        return now + HELD_UP_MS;
    return now;
}

static int64_t next_turn(struct runtime *runtime)
{
    int64_t now = now_monotonic(runtime);
    int64_t next = now + POLL_MS;

    if (runtime->first_waiting ||
        (runtime->first_parked && runtime->parked_seen != runtime->journal.committed))
        return now;
    if (runtime->state == FULL)
        return next;
    for (size_t i = 0; i < runtime->followed_count; i++)
        if (runtime->followed[i].answer && !runtime->followed[i].halted)
            return now;
    if ((runtime->erasures_to_do && runtime->erasures_tried_ms == 0) || warnings_wait(runtime))
        return now;
    for (const struct report *report = runtime->first_report; report; report = report->next)
        if (report->not_before_ms < next)
            next = report->not_before_ms > now ? report->not_before_ms : now;
    if (runtime->tables.puts > 0 && next > now + CHECKPOINT_IDLE_MS)
        next = now + CHECKPOINT_IDLE_MS;
    if (runtime->first_parked && next > runtime->first_parked->arrived_ms + PARKED_MS)
        next = runtime->first_parked->arrived_ms + PARKED_MS;
    return next_tick(runtime, now, next);
}

int64_t runtime_turn(struct runtime *runtime)
{
    ticks_watch_clock(runtime);
    if (runtime->state == FULL)
        probe_space(runtime);
    collect(runtime);
    if (runtime->input_count > 0) {
        if (runtime->ending.kind != NO_FAULT) {
            log_event(LOG_LEVEL_ERROR, "not_run", "detail", runtime->ending.detail, (char *)NULL);
        } else if (runtime->state == FULL) {
            refuse_for_space(runtime, runtime->inputs, runtime->input_count);
        } else {
            runtime->figures.batches++;
            runtime->input_ms = now_monotonic(runtime);
            run_batch(runtime, runtime->inputs, runtime->input_count);
        }
        free_inputs(runtime);
    }
    /* What the tables say now may be in no journal. */
    if (runtime->ending.kind != NO_FAULT)
        return now_monotonic(runtime);
    memory_follow(runtime);
    dispatch_queries(runtime);
    send_all(runtime);
    finals_forget(&runtime->finals, runtime_wall_ms(runtime));
    follow_ask(runtime);
    act_outside(runtime);
    checkpoint_when_due(runtime);
    keys_copy_when_due(runtime);
    return next_turn(runtime);
}

bool runtime_must_end(const struct runtime *runtime, struct fault *fault)
{
    if (runtime->ending.kind == NO_FAULT)
        return false;
    *fault = runtime->ending;
    return true;
}

/* --- verification ----------------------------------------------------------------------------- */

static bool digest_of(const struct runtime_setup *setup, uint8_t digest[32], struct fault *fault)
{
    struct runtime *runtime = runtime_open(setup, fault);
    bool digested = runtime && tables_digest(&runtime->tables, &table_applied, digest);

    if (runtime && !digested)
        *fault = *first_fault(runtime);
    runtime_abandon(runtime);
    return digested;
}

bool runtime_replays_same(const struct runtime_setup *setup, const char *scratch_directory,
                          uint8_t here[32], uint8_t replayed[32], struct fault *fault)
{
    struct runtime_setup copied = *setup;

    copied.without_keys = true;
    if (!digest_of(&copied, here, fault) ||
        !journal_copy(setup->directory, scratch_directory, fault))
        return false;
    copied.directory = scratch_directory;
    return digest_of(&copied, replayed, fault) && memcmp(here, replayed, 32) == 0;
}
