/* Keys whose end has come, and the copy of the keys elsewhere. */
#include "libcommon/runtime_parts.h"

#include "libcommon/log.h"

#include <stdio.h>
#include <string.h>

/* The copy elsewhere replaced; what is wrong with it is no trouble of the service's own disk. */
bool keys_copy_replace(struct runtime *runtime)
{
    if (*runtime->setup.keys_copy == '\0')
        return true;
    runtime->keys_copied_ms = now_monotonic(runtime);
    if (keys_copy(&runtime->keys, runtime->setup.keys_copy)) {
        runtime->keys_copied = runtime->keys.count;
        *runtime->keys_copy_failed = '\0';
        return true;
    }
    log_event(LOG_LEVEL_ERROR, "keys_copy_failed", "path", runtime->setup.keys_copy, "detail",
              runtime->keys.fault.detail, (char *)NULL);
    snprintf(runtime->keys_copy_failed, sizeof runtime->keys_copy_failed, "%s: %s",
             runtime->setup.keys_copy, runtime->keys.fault.detail);
    runtime->keys.fault = (struct fault){ 0 };
    return false;
}

/* Destroys the keys of all that are erased; how many erasures are not done with. */
static size_t destroy_all(struct runtime *runtime)
{
    struct walk walk = walk_from(&runtime->tables, &table_erasures, (struct key){ 0 });
    size_t open = 0;

    while (walk_next(&walk)) {
        const Tremplin__Erasure *erasure = walk.value;
        char household[ID_TEXT_SIZE];
        size_t at = 0;

        open += !erasure->destroyed || !erasure->copy_replaced;
        if (key_read_id(&walk.key, &at, household) && !keys_destroy(&runtime->keys, household)) {
            if (runtime->keys.fault.kind == FAULT_DISK)
                runtime->ending = runtime->keys.fault;
            return 0;
        }
        walk_forget(&walk);
    }
    return open;
}

static void report_destroyed(struct runtime *runtime, bool copied)
{
    struct walk walk = walk_from(&runtime->tables, &table_erasures, (struct key){ 0 });

    while (runtime->input_count < BATCH_MOST && walk_next(&walk)) {
        const Tremplin__Erasure *erasure = walk.value;
        struct input input = { .kind = INPUT_DESTROYED, .copy_replaced = copied };
        size_t at = 0;
        bool tells = !erasure->destroyed || (copied && !erasure->copy_replaced);

        if (tells && key_read_id(&walk.key, &at, input.household))
            runtime->inputs[runtime->input_count++] = input;
        walk_forget(&walk);
    }
}

/* After the commit of an erasure, and at every start: the key, then its copy elsewhere, then the
 * report of both.  A copy that cannot be replaced is tried again later. */
void erasures_collect(struct runtime *runtime)
{
    int64_t now = now_monotonic(runtime);
    bool copied;

    if (!runtime->erasures_to_do ||
        (runtime->erasures_tried_ms > 0 && now - runtime->erasures_tried_ms < ERASURE_RETRY_MS))
        return;
    arena_reset(&runtime->input_arena);
    if (destroy_all(runtime) == 0 && first_fault(runtime)->kind == NO_FAULT) {
        runtime->erasures_to_do = false;
        return;
    }
    copied = runtime->keys.fault.kind == NO_FAULT && keys_copy_replace(runtime);
    if (runtime->keys.fault.kind == NO_FAULT)
        report_destroyed(runtime, copied);
    runtime->keys.fault = (struct fault){ 0 };
    runtime->erasures_tried_ms = copied && first_fault(runtime)->kind == NO_FAULT ? 0 : now;
}

/* New keys go to the copy too: without it a lost disk loses what they sealed, whatever backups of
 * the journals there are. */
void keys_copy_when_due(struct runtime *runtime)
{
    if (*runtime->setup.keys_copy == '\0' || runtime->keys.count == runtime->keys_copied ||
        (runtime->keys_copied_ms > 0 &&
         now_monotonic(runtime) - runtime->keys_copied_ms < KEYS_COPY_MS))
        return;
    keys_copy_replace(runtime);
}
