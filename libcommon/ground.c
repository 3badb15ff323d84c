/* What every part of the runtime stands on: instants, the first fault, what is at hand. */
#include "libcommon/runtime_parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int64_t now_monotonic(struct runtime *runtime)
{
    return runtime->setup.surroundings.monotonic_ms(runtime->setup.surroundings.self);
}

int64_t now_us(struct runtime *runtime)
{
    const struct surroundings *surroundings = &runtime->setup.surroundings;

    return surroundings->monotonic_us ? surroundings->monotonic_us(surroundings->self)
                                      : now_monotonic(runtime) * 1000;
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

struct date day_at(struct runtime *runtime, int64_t utc_ms)
{
    struct day_span *span = &runtime->day_span;

    if (utc_ms < span->from_ms || utc_ms >= span->until_ms) {
        span->date = civil_date_at(utc_ms);
        span->from_ms = start_of_day(span->date);
        span->until_ms = end_of_day(span->date);
    }
    return span->date;
}

static struct fault *of_part(struct fault *fault, const char *part)
{
    fault->part = part;
    return fault;
}

struct fault *first_fault(struct runtime *runtime)
{
    if (runtime->journal.fault.kind != NO_FAULT)
        return of_part(&runtime->journal.fault, "journal");
    if (runtime->tables.fault.kind != NO_FAULT)
        return of_part(&runtime->tables.fault, "tables");
    if (runtime->keys.fault.kind != NO_FAULT)
        return of_part(&runtime->keys.fault, "keys");
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

bool is_careful(struct runtime *runtime)
{
    return runtime->careful_left > 0 && now_monotonic(runtime) < runtime->careful_until_ms;
}

void take_at_hand(struct runtime *runtime, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(runtime->at_hand, sizeof runtime->at_hand, format, arguments);
    va_end(arguments);
    if (runtime->setup.crashes)
        crashes_at_hand(runtime->setup.crashes, runtime->at_hand, runtime->one_by_one);
}

void put_down(struct runtime *runtime)
{
    if (runtime->at_hand[0] == '\0')
        return;
    runtime->at_hand[0] = '\0';
    if (runtime->setup.crashes)
        crashes_at_hand(runtime->setup.crashes, "", false);
}

void pass_input(struct runtime *runtime)
{
    if (runtime->setup.crashes && runtime->setup.crashes->count > 0)
        crashes_pass(runtime->setup.crashes, runtime->at_hand);
}

void passed(struct runtime *runtime, bool committed)
{
    if (runtime->one_by_one && runtime->careful_left > 0)
        runtime->careful_left--;
    if (runtime->setup.crashes && runtime->setup.crashes->count > 0)
        crashes_passed(runtime->setup.crashes, committed);
}

bool is_set_aside(const struct runtime *runtime)
{
    return runtime->setup.crashes && crashes_is_set_aside(runtime->setup.crashes, runtime->at_hand);
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
