#include "libcommon/runtime_parts.h"

#include "libcommon/log.h"

#include <stdio.h>

static struct work looking(struct runtime *runtime)
{
    arena_reset(&runtime->input_arena);
    return (struct work){
        .actor = runtime->service->name,
        .today = runtime->today,
        .tables = &runtime->tables,
        .arena = &runtime->input_arena,
        .parameters = runtime->setup.parameters,
        .settings = runtime->setup.settings,
        .runtime = runtime,
    };
}

/* One row that cannot be read is no reason to serve none of the others. */
static bool leave_out_row(struct runtime *runtime)
{
    struct fault *fault = &runtime->tables.fault;

    if (fault->kind != FAULT_UNREADABLE)
        return false;
    log_event(LOG_LEVEL_ERROR, "left_out_of_memory", "detail", fault->detail, (char *)NULL);
    snprintf(runtime->trouble, sizeof runtime->trouble, "left out of memory: %.160s",
             fault->detail);
    runtime->figures.faults++;
    *fault = (struct fault){ 0 };
    return true;
}

static bool put_rows(struct runtime *runtime)
{
    const struct memory *memory = runtime->service->memory;
    struct work work = looking(runtime);
    struct walk walk = walk_from(&runtime->tables, memory->table, (struct key){ 0 });

    for (;;) {
        bool found = walk_next(&walk);

        if (found && !memory->put(&work, runtime->memory, &walk.key, walk.value))
            return false;
        if (!found && !leave_out_row(runtime))
            return true;
        walk_forget(&walk);
    }
}

bool memory_open(struct runtime *runtime)
{
    const struct memory *memory = runtime->service->memory;

    if (!memory)
        return true;
    runtime->memory = memory->open();
    runtime->remembered = runtime->journal.committed;
    if (!runtime->memory || !put_rows(runtime))
        fault_set(&runtime->tables.fault, FAULT_MEMORY, "no memory for what is kept there");
    return first_fault(runtime)->kind == NO_FAULT;
}

void memory_close(struct runtime *runtime)
{
    if (runtime->memory)
        runtime->service->memory->close(runtime->memory);
    runtime->memory = NULL;
}

static bool remember(struct runtime *runtime, uint64_t sequence)
{
    struct work work = looking(runtime);
    struct stored_entry entry;

    return journal_read(&runtime->journal, sequence, &runtime->input_arena, &entry) &&
           runtime->service->memory->follow(&work, runtime->memory, entry.header) &&
           runtime->tables.fault.kind == NO_FAULT;
}

void memory_follow(struct runtime *runtime)
{
    while (runtime->memory && runtime->remembered < runtime->journal.committed) {
        if (remember(runtime, runtime->remembered + 1)) {
            runtime->remembered++;
            continue;
        }
        /* The tables say it all once more; where they do not, there is nothing to serve from. */
        runtime->journal.fault = (struct fault){ 0 };
        if (!ends_process(&runtime->tables.fault))
            runtime->tables.fault = (struct fault){ 0 };
        memory_close(runtime);
        if (!memory_open(runtime))
            runtime->ending = *first_fault(runtime);
    }
}
