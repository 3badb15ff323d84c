/* A source that is not followed any more, an input set aside, a clock that leapt: the service goes
 * on, and cannot help it.  Each is an entry when it begins and one when it is over, so that whoever
 * follows, and whoever is mailed, is told once, however often the process starts meanwhile. */
#include "libcommon/runtime_parts.h"

#include <stdio.h>
#include <string.h>

enum { ABOUT_MOST = 60 }; /* bytes of what a trouble is about: it is part of a key */

/* --- what lasts now --------------------------------------------------------------------------- */

/* A hearing that is set aside shows as its source, which is halted; a warning cannot be told. */
static bool is_told_apart(const char *set_aside)
{
    return strncmp(set_aside, "hearing ", strlen("hearing ")) != 0 &&
           strncmp(set_aside, WARNING_AT_HAND, strlen(WARNING_AT_HAND)) != 0;
}

static const struct followed *followed_of(const struct runtime *runtime, const char *service)
{
    for (size_t i = 0; i < runtime->followed_count; i++)
        if (strcmp(runtime->followed[i].source->service, service) == 0)
            return &runtime->followed[i];
    return NULL;
}

/* Inputs that ended the process and may do so again, each some times. */
static size_t noted(const struct runtime *runtime)
{
    return runtime->setup.crashes ? runtime->setup.crashes->count : 0;
}

/* NULL when the one of this number is not set aside. */
static const char *set_aside_at(const struct runtime *runtime, size_t number)
{
    const struct crashes *crashes = runtime->setup.crashes;
    const char *input = crashes->list[number].input;

    return crashes_is_set_aside(crashes, input) && is_told_apart(input) ? input : NULL;
}

static bool is_still_set_aside(const struct runtime *runtime, const char *about)
{
    for (size_t i = 0; i < noted(runtime); i++) {
        const char *input = set_aside_at(runtime, i);

        if (input && strncmp(input, about, ABOUT_MOST) == 0)
            return true;
    }
    return false;
}

/* A source that has not answered in this life may be as it was when it halted. */
static bool lasts(const struct runtime *runtime, const Tremplin__Warning *told)
{
    const struct followed *followed;

    switch (told->trouble) {
    case TREMPLIN__OPERATOR_TROUBLE__OPERATOR_TROUBLE_SOURCE_HALTED:
        followed = followed_of(runtime, told->about);
        return followed && !followed->sound;
    case TREMPLIN__OPERATOR_TROUBLE__OPERATOR_TROUBLE_INPUT_SET_ASIDE:
        return is_still_set_aside(runtime, told->about);
    case TREMPLIN__OPERATOR_TROUBLE__OPERATOR_TROUBLE_CLOCK_HELD: return runtime->clock_held;
    default: return false;
    }
}

bool warning_is_over(struct runtime *runtime, const struct warning *warning)
{
    const Tremplin__Warning *told =
        table_get(&runtime->tables, &table_warnings, warning_key(warning->trouble, warning->about));

    return told && !lasts(runtime, told);
}

/* --- what is to be told ----------------------------------------------------------------------- */

/* The troubles that began or are over and are not told; with an inputs' list they join it. */
struct looking {
    struct runtime *runtime;
    bool is_collecting;
    bool found;
};

static void find(struct looking *looking, Tremplin__OperatorTrouble trouble, const char *about,
                 const char *detail, const Tremplin__Warning *over)
{
    struct runtime *runtime = looking->runtime;
    struct arena *arena = &runtime->batch_arena;
    struct warning *warning;

    looking->found = true;
    if (!looking->is_collecting || runtime->input_count == BATCH_MOST)
        return;
    warning = arena_take(arena, sizeof *warning);
    if (!warning)
        return; /* at the next turn */
    *warning = (struct warning){
        .trouble = trouble,
        .about = arena_text(arena, about, strlen(about)),
        .detail = arena_text(arena, detail, strlen(detail)),
        .is_over = over != NULL,
        .began_ms = over ? over->began_ms : 0,
    };
    if (!warning->about || !warning->detail)
        return;
    runtime->inputs[runtime->input_count++] =
        (struct input){ .kind = INPUT_WARNING, .warning = warning };
}

static void find_new(struct looking *looking, Tremplin__OperatorTrouble trouble, const char *about,
                     const char *detail)
{
    char bounded[ABOUT_MOST + 1];

    snprintf(bounded, sizeof bounded, "%s", about);
    if (!table_has(&looking->runtime->tables, &table_warnings, warning_key(trouble, bounded)))
        find(looking, trouble, bounded, detail, NULL);
}

static void find_begun(struct looking *looking)
{
    const struct runtime *runtime = looking->runtime;
    char leap[64];

    for (size_t i = 0; i < runtime->followed_count; i++)
        if (runtime->followed[i].halted)
            find_new(looking, TREMPLIN__OPERATOR_TROUBLE__OPERATOR_TROUBLE_SOURCE_HALTED,
                     runtime->followed[i].source->service, runtime->followed[i].reason);
    for (size_t i = 0; i < noted(runtime); i++) {
        const char *input = set_aside_at(runtime, i);

        if (input)
            find_new(looking, TREMPLIN__OPERATOR_TROUBLE__OPERATOR_TROUBLE_INPUT_SET_ASIDE, input,
                     "it ended the process twice");
    }
    snprintf(leap, sizeof leap, "by %lld minutes", (long long)(runtime->clock_leap_ms / MINUTE_MS));
    if (runtime->clock_held)
        find_new(looking, TREMPLIN__OPERATOR_TROUBLE__OPERATOR_TROUBLE_CLOCK_HELD, "", leap);
}

static void find_over(struct looking *looking)
{
    struct walk walk = walk_from(&looking->runtime->tables, &table_warnings, (struct key){ 0 });

    looking->runtime->warnings_told = false;
    while (walk_next(&walk)) {
        const Tremplin__Warning *told = walk.value;

        looking->runtime->warnings_told = true;
        if (!lasts(looking->runtime, told))
            find(looking, told->trouble, told->about, "", told);
        walk_forget(&walk);
    }
}

static bool is_anything_told_or_wrong(const struct runtime *runtime)
{
    bool halted = false;

    for (size_t i = 0; i < runtime->followed_count; i++)
        halted |= runtime->followed[i].halted;
    return halted || runtime->warnings_told || runtime->clock_held || noted(runtime) > 0;
}

static bool look(struct runtime *runtime, bool is_collecting)
{
    struct looking looking = { .runtime = runtime, .is_collecting = is_collecting };

    if (!is_anything_told_or_wrong(runtime))
        return false;
    /* In a day that is open, as everything; but a held clock opens none. */
    if (runtime->state == FULL || !date_is_set(runtime->today) ||
        runtime->ticks_retry_ms > now_monotonic(runtime) ||
        (!runtime->clock_held && !day_is_open(runtime)))
        return false;
    find_begun(&looking);
    if (runtime->warnings_told)
        find_over(&looking);
    return looking.found;
}

void warnings_collect(struct runtime *runtime)
{
    look(runtime, true);
}

bool warnings_wait(struct runtime *runtime)
{
    return look(runtime, false);
}
