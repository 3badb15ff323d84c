/* What every part of the runtime stands on: instants, the first fault, what is at hand. */
#include "libcommon/runtime_parts.h"

#include <string.h>

int64_t now_monotonic(struct runtime *runtime)
{
    return runtime->setup.surroundings.monotonic_ms(runtime->setup.surroundings.self);
}

void failpoint(struct runtime *runtime, const char *name)
{
    if (runtime->setup.failpoint)
        runtime->setup.failpoint(runtime->setup.failpoint_self, name);
}

int64_t runtime_wall_ms(struct runtime *runtime)
{
    return runtime->setup.surroundings.wall_ms(runtime->setup.surroundings.self);
}

int64_t runtime_now_ms(struct runtime *runtime)
{
    return runtime->setup.manual_clock ? runtime->manual_now_ms : runtime_wall_ms(runtime);
}

struct fault *first_fault(struct runtime *runtime)
{
    if (runtime->journal.fault.kind != NO_FAULT)
        return &runtime->journal.fault;
    if (runtime->tables.fault.kind != NO_FAULT)
        return &runtime->tables.fault;
    if (runtime->keys.fault.kind != NO_FAULT)
        return &runtime->keys.fault;
    return &runtime->deciding.fault;
}

void fault_when_exhausted(struct runtime *runtime, struct fault *fault)
{
    if (runtime->input_arena.exhausted)
        fault_set(fault, FAULT_MEMORY, "the input's arena is full");
}

bool ends_process(const struct fault *fault)
{
    return fault->kind == FAULT_DISK || fault->kind == FAULT_DAMAGED;
}

bool is_set_aside(const struct runtime *runtime)
{
    for (size_t i = 0; i < runtime->set_aside_count; i++)
        if (strcmp(runtime->set_aside[i], runtime->at_hand) == 0)
            return true;
    return false;
}

const struct source *source_of(const struct service *service, const char *name)
{
    for (const struct source *source = service->sources; source && source->service; source++)
        if (strcmp(source->service, name) == 0)
            return source;
    return NULL;
}

const struct runtime_figures *runtime_figures(const struct runtime *runtime)
{
    return &runtime->figures;
}

struct tables *runtime_tables(struct runtime *runtime)
{
    return &runtime->tables;
}

struct journal *runtime_journal(struct runtime *runtime)
{
    return &runtime->journal;
}

struct keys *runtime_keys(struct runtime *runtime)
{
    return &runtime->keys;
}

const char *runtime_at_hand(const struct runtime *runtime)
{
    return runtime->at_hand;
}
