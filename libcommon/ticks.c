#include "libcommon/log.h"
#include "libcommon/runtime_parts.h"

#include <stdio.h>
#include <stdlib.h>

bool day_is_open(struct runtime *runtime)
{
    struct date now = civil_date_at(runtime_now_ms(runtime));

    if (!date_is_set(runtime->today))
        return false;
    /* A day is opened in this very batch when its inputs come before the commands. */
    for (size_t i = runtime->input_count; i-- > 0;)
        if (runtime->inputs[i].kind == INPUT_DAY)
            return !date_is_before(runtime->inputs[i].day, now);
    return !date_is_before(runtime->today, now);
}

static bool first_deadline(struct runtime *runtime, struct deadline *deadline)
{
    struct walk walk = walk_from(&runtime->tables, &table_deadlines, (struct key){ 0 });

    return walk_next(&walk) && deadline_read(&walk.key, deadline);
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

/* --- what is due
 * ------------------------------------------------------------------------------------ */

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
    bool has_deadline = walk_next(&walk) && deadline_read(&walk.key, &deadline);

    for (int i = 0; i < TICKS_MOST && runtime->input_count < BATCH_MOST; i++) {
        int64_t next_day_ms = end_of_day(day);
        bool deadline_due = has_deadline && deadline.due_ms <= now_ms;

        if (next_day_ms <= now_ms && (!deadline_due || next_day_ms <= deadline.due_ms)) {
            day = date_add_days(day, 1);
            add_day(runtime, day);
            /* What a day's opening brings may be due before tomorrow: look again in a new batch. */
            if (end_of_day(day) <= now_ms)
                return;
        } else if (deadline_due) {
            runtime->inputs[runtime->input_count++] =
                (struct input){ .kind = INPUT_DEADLINE, .deadline = deadline };
            walk_forget(&walk);
            has_deadline = walk_next(&walk) && deadline_read(&walk.key, &deadline);
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
