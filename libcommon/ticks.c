#include "libcommon/log.h"
#include "libcommon/runtime_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool day_is_open(struct runtime *runtime)
{
    struct date now = day_at(runtime, runtime_now_ms(runtime));

    if (!date_is_set(runtime->today))
        return false;
    if (!date_is_before(runtime->today, now))
        return true;
    /* A day is opened in this very batch when its inputs come before the commands. */
    for (size_t i = runtime->input_count; i-- > 0;)
        if (runtime->inputs[i].kind == INPUT_DAY)
            return !date_is_before(runtime->inputs[i].day, now);
    return false;
}

/* --- deadlines that could not be decided: they wait, and hold up neither others nor a day ----- */

static int compare_deadlines(const void *left, const void *right)
{
    const struct deadline *a = left, *b = right;
    int subjects = strcmp(a->subject, b->subject);

    if (a->due_ms != b->due_ms)
        return a->due_ms < b->due_ms ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (subjects != 0)
        return subjects;
    return a->step == b->step ? 0 : a->step < b->step ? -1 : 1;
}

/* The one that is held; NULL when it is not. */
static struct held_deadline *held_of(const struct runtime *runtime, const struct deadline *deadline)
{
    return runtime->held_count == 0 ? NULL
                                    : bsearch(deadline, runtime->held, runtime->held_count,
                                              sizeof *runtime->held, compare_deadlines);
}

void ticks_hold(struct runtime *runtime, const struct deadline *deadline)
{
    int64_t retry_ms = now_monotonic(runtime) + DEADLINE_RETRY_MS;
    struct held_deadline *held = held_of(runtime, deadline);
    size_t room = runtime->held_room ? runtime->held_room * 2 : 64;

    if (held) {
        held->retry_ms = retry_ms;
        return;
    }
    if (runtime->held_count == runtime->held_room) {
        held = realloc(runtime->held, room * sizeof *held);
        if (!held) {
            runtime->ticks_retry_ms = now_monotonic(runtime) + TICK_RETRY_MS;
            return;
        }
        runtime->held = held;
        runtime->held_room = room;
    }
    runtime->held[runtime->held_count++] =
        (struct held_deadline){ .deadline = *deadline, .retry_ms = retry_ms };
    qsort(runtime->held, runtime->held_count, sizeof *runtime->held, compare_deadlines);
}

void ticks_let_go(struct runtime *runtime, const struct deadline *deadline)
{
    struct held_deadline *held = held_of(runtime, deadline);

    if (!held)
        return;
    runtime->held_count--;
    memmove(held, held + 1, (size_t)(runtime->held + runtime->held_count - held) * sizeof *held);
}

/* The walk's next that is not held. */
static bool next_deadline(struct runtime *runtime, struct walk *walk, struct deadline *deadline)
{
    while (walk_next(walk)) {
        bool is_read = deadline_read(&walk->key, deadline);
        const struct held_deadline *held = is_read ? held_of(runtime, deadline) : NULL;

        walk_forget(walk);
        if (!held || held->retry_ms <= now_monotonic(runtime))
            return is_read;
    }
    return false;
}

static bool first_deadline(struct runtime *runtime, struct deadline *deadline)
{
    struct walk walk = walk_from(&runtime->tables, &table_deadlines, (struct key){ 0 });

    return next_deadline(runtime, &walk, deadline);
}

bool ticks_next(struct runtime *runtime, int64_t *due_ms)
{
    struct deadline deadline;

    if (!date_is_set(runtime->today)) {
        *due_ms = runtime_now_ms(runtime);
        return true;
    }
    arena_reset(&runtime->input_arena);
    *due_ms = end_of_day(runtime->today);
    if (first_deadline(runtime, &deadline) && deadline.due_ms < *due_ms)
        *due_ms = deadline.due_ms;
    return true;
}

/* A leap that was told and is not over holds them after a restart too: then the clock has nothing
 * to be measured against, and only an operator can say that it is right. */
void ticks_open(struct runtime *runtime)
{
    struct key told = warning_key(TREMPLIN__OPERATOR_TROUBLE__OPERATOR_TROUBLE_CLOCK_HELD, "");

    if (runtime->setup.manual_clock || !table_has(&runtime->tables, &table_warnings, told))
        return;
    runtime->clock_held = true;
    snprintf(runtime->trouble, sizeof runtime->trouble,
             "the clock leapt before this start: deadlines are held until AcceptClock");
}

/* A clock that leaps holds the deadlines until it is back or an operator accepts it. */
void ticks_watch_clock(struct runtime *runtime)
{
    int64_t offset = runtime_wall_ms(runtime) - now_monotonic(runtime);
    int64_t leap = offset - runtime->clock_offset_ms;
    bool leapt = runtime->clock_seen && (leap > LEAP_MS || leap < -LEAP_MS);
    char minutes[24];

    if (runtime->setup.manual_clock || (runtime->clock_held && !runtime->clock_seen))
        return;
    if (!leapt) {
        if (runtime->clock_held) {
            log_event(LOG_LEVEL_INFO, "clock_back", (char *)NULL);
            runtime->trouble[0] = '\0';
        }
        runtime->clock_held = false;
        runtime->clock_seen = true;
        runtime->clock_offset_ms = offset;
        return;
    }
    if (runtime->clock_held)
        return;
    runtime->clock_held = true;
    runtime->clock_leap_ms = leap;
    snprintf(minutes, sizeof minutes, "%lld", (long long)(leap / MINUTE_MS));
    log_event(LOG_LEVEL_ERROR, "clock_leapt", "minutes", minutes, (char *)NULL);
    snprintf(runtime->trouble, sizeof runtime->trouble,
             "the clock leapt by %s minutes: deadlines are held", minutes);
}

/* --- what is due ------------------------------------------------------------------------------ */

static bool add_day(struct runtime *runtime, struct date day)
{
    runtime->inputs[runtime->input_count++] = (struct input){ .kind = INPUT_DAY, .day = day };
    return true;
}

/* Days and deadlines in the order of their instants; a day before what falls at its start. */
static void add_due(struct runtime *runtime, int64_t now_ms)
{
    enum { TICKS_MOST = 256 };
    struct walk walk = walk_from(&runtime->tables, &table_deadlines, (struct key){ 0 });
    struct date day = runtime->today;
    struct deadline deadline;
    bool has_deadline = next_deadline(runtime, &walk, &deadline);

    for (int i = 0; i < TICKS_MOST && runtime->input_count < BATCH_MOST; i++) {
        int64_t next_day_ms = end_of_day(day);
        bool deadline_due = has_deadline && deadline.due_ms <= now_ms;

        if (next_day_ms <= now_ms && (!deadline_due || next_day_ms <= deadline.due_ms)) {
            if (!date_is_after(date_add_days(day, 1), day))
                return; /* the calendar ends */
            day = date_add_days(day, 1);
            add_day(runtime, day);
            /* What a day's opening brings may be due before tomorrow: look again in a new batch. */
            if (end_of_day(day) <= now_ms)
                return;
        } else if (deadline_due) {
            runtime->inputs[runtime->input_count++] =
                (struct input){ .kind = INPUT_DEADLINE, .deadline = deadline };
            has_deadline = next_deadline(runtime, &walk, &deadline);
        } else {
            return;
        }
    }
}

void ticks_collect(struct runtime *runtime)
{
    int64_t now_ms = runtime_now_ms(runtime);
    int64_t monotonic = now_monotonic(runtime);
    int64_t due_ms;

    if (runtime->clock_held || runtime->state == FULL || runtime->input_count == BATCH_MOST ||
        runtime->ticks_retry_ms > monotonic)
        return;
    if (!date_is_set(runtime->today)) {
        add_day(runtime, civil_date_at(now_ms));
        return;
    }
    if (!ticks_next(runtime, &due_ms) || due_ms > now_ms) {
        runtime->tick_noticed_ms = 0;
        return;
    }
    if (runtime->tick_noticed_ms == 0)
        runtime->tick_noticed_ms = monotonic;
    /* First all that the sources had is heard, so that nobody is warned of what was settled. */
    if (!follow_is_caught_up(runtime, runtime->tick_noticed_ms) &&
        monotonic - runtime->tick_noticed_ms < TICK_WAIT_MS)
        return;
    add_due(runtime, now_ms);
}
