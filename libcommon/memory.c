#include "libcommon/runtime_parts.h"

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

bool memory_open(struct runtime *runtime)
{
    const struct memory *memory = runtime->service->memory;
    struct work work;

    if (!memory)
        return true;
    work = looking(runtime);
    runtime->memory = memory->open(&work);
    runtime->remembered = runtime->journal.committed;
    if (!runtime->memory)
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
           runtime->service->memory->follow(&work, runtime->memory, entry.header);
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
        memory_close(runtime);
        if (!memory_open(runtime))
            runtime->ending = *first_fault(runtime);
    }
}
