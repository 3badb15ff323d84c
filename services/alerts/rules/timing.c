#include "services/alerts/rules/timing.h"

const struct parameter_field timing_law[] = {
    { "alerts.history_after", UNIT_DAYS, offsetof(struct timing_law, history_days) },
    { 0 },
};

/* When each step is, in days or milliseconds alike. */
struct schedule {
    size_t count;
    bool is_set[STEPS_MOST];
    int64_t at[STEPS_MOST];
};

size_t lead_step_count(const struct lead *lead)
{
    size_t count = 0;

    while (count < LEAD_STEPS_MOST && lead->steps[count].unit != 0)
        count++;
    return count;
}

bool lead_is_in_hours(const struct lead *lead)
{
    for (size_t step = 0; step < lead_step_count(lead); step++)
        if (lead->steps[step].unit == STEP_HOURS)
            return true;
    return false;
}

static struct date last_day_of_year_by(int16_t month_and_day, struct date due)
{
    struct date day =
        DATE(due.year, (uint8_t)(month_and_day / 100), (uint8_t)(month_and_day % 100));

    if (date_is_after(day, due))
        day.year--;
    return day;
}

static struct date step_date(struct lead_step step, const struct matter *matter)
{
    switch ((enum step_unit)step.unit) {
    case STEP_AT_ONCE: return matter->recorded_on;
    case STEP_OPENING: return matter->opens_on;
    case STEP_DAYS: return date_add_days(matter->due, step.amount);
    case STEP_WORKING_DAYS:
        return date_add_working_days(matter->due, step.amount, matter->holidays);
    case STEP_MONTHS: return date_add_months(matter->due, step.amount);
    case STEP_DAY_OF_YEAR:
        if (date_is_set(matter->due))
            return last_day_of_year_by(step.amount, matter->due);
        break;
    case STEP_HOURS: break;
    }
    return DATE_NONE;
}

struct date lead_step_date(const struct lead *lead, const struct matter *matter, size_t step)
{
    size_t count = lead_step_count(lead);

    if (step < count)
        return step_date(lead->steps[step], matter);
    if (lead->repeat_months == 0 || step >= STEPS_MOST)
        return DATE_NONE;
    return date_add_months(matter->due, (int32_t)(step - count + 1) * lead->repeat_months);
}

/* --- what is due, on any scale ---------------------------------------------------------------- */

static bool is_done(uint64_t done, size_t step)
{
    return (done >> step & 1) != 0;
}

/* The step that stands for all that lay before the fact was recorded; STEPS_MOST when a step falls
 * on that very moment, or none lay before. */
static size_t latest_before(const struct schedule *schedule, int64_t recorded)
{
    size_t latest = STEPS_MOST;

    for (size_t step = 0; step < schedule->count; step++) {
        if (!schedule->is_set[step])
            continue;
        if (schedule->at[step] == recorded)
            return STEPS_MOST;
        if (schedule->at[step] < recorded &&
            (latest == STEPS_MOST || schedule->at[step] >= schedule->at[latest]))
            latest = step;
    }
    return latest;
}

static struct steps_due due_by(const struct schedule *schedule, int64_t recorded, bool is_closed,
                               uint64_t done, int64_t now)
{
    struct steps_due due = { 0 };
    size_t latest = latest_before(schedule, recorded);

    if (now < recorded)
        return due;
    for (size_t step = 0; step < schedule->count; step++) {
        if (!schedule->is_set[step] || schedule->at[step] > now || is_done(done, step))
            continue;
        if (!is_closed && (schedule->at[step] >= recorded || step == latest))
            due.raised |= UINT64_C(1) << step;
        else
            due.passed |= UINT64_C(1) << step;
    }
    return due;
}

static struct schedule schedule_in_days(const struct lead *lead, const struct matter *matter)
{
    struct schedule schedule = {
        .count = lead->repeat_months > 0 ? STEPS_MOST : lead_step_count(lead),
    };

    for (size_t step = 0; step < schedule.count; step++) {
        struct date date = lead_step_date(lead, matter, step);

        schedule.is_set[step] = date_is_set(date);
        schedule.at[step] = date_to_days(date);
    }
    return schedule;
}

struct steps_due steps_due_on(const struct lead *lead, const struct matter *matter, uint64_t done,
                              struct date today)
{
    struct schedule schedule = schedule_in_days(lead, matter);

    if (!date_is_set(matter->recorded_on))
        return (struct steps_due){ 0 };
    return due_by(&schedule, date_to_days(matter->recorded_on), matter->is_closed, done,
                  date_to_days(today));
}

uint64_t steps_latest(const struct lead *lead, const struct matter *matter, uint64_t done)
{
    struct schedule schedule = schedule_in_days(lead, matter);
    size_t latest = STEPS_MOST;

    for (size_t step = 0; step < schedule.count; step++)
        if (is_done(done, step) && schedule.is_set[step] &&
            (latest == STEPS_MOST || schedule.at[step] > schedule.at[latest]))
            latest = step;
    return latest == STEPS_MOST ? 0 : UINT64_C(1) << latest;
}

struct date steps_next_date(const struct lead *lead, const struct matter *matter, uint64_t done,
                            struct date today)
{
    struct schedule schedule = schedule_in_days(lead, matter);
    struct date next = DATE_NONE;

    if (matter->is_closed)
        return next;
    for (size_t step = 0; step < schedule.count; step++) {
        struct date date = lead_step_date(lead, matter, step);

        if (date_is_after(date, today) && !is_done(done, step) &&
            (!date_is_set(next) || date_is_before(date, next)))
            next = date;
    }
    return next;
}

int64_t steps_first_look(const struct timing_law *law, struct date fact_on, int64_t recorded_at_ms)
{
    struct date recorded_on = civil_date_at(recorded_at_ms);

    if (days_between(fact_on, recorded_on) > law->history_days)
        return end_of_day(recorded_on);
    return recorded_at_ms;
}

struct steps_due steps_due_at(const struct lead *lead, int64_t fact_at_ms, int64_t recorded_at_ms,
                              bool is_closed, uint64_t done, int64_t now_ms)
{
    struct schedule schedule = { .count = lead_step_count(lead) };

    for (size_t step = 0; step < schedule.count; step++) {
        bool is_at_once = lead->steps[step].unit == STEP_AT_ONCE;

        schedule.is_set[step] = is_at_once || lead->steps[step].unit == STEP_HOURS;
        schedule.at[step] =
            is_at_once ? recorded_at_ms : fact_at_ms + lead->steps[step].amount * HOUR_MS;
    }
    return due_by(&schedule, recorded_at_ms, is_closed, done, now_ms);
}

/* --- conditions looked at again and again ----------------------------------------------------- */

bool rhythm_falls_on(enum rhythm rhythm, struct date day)
{
    switch (rhythm) {
    case EVERY_DAY: return true;
    case EVERY_WEEK: return date_weekday(day) == MONDAY;
    case EVERY_MONTH: return day.day == 1;
    case EVERY_QUARTER: return day.day == 1 && day.month % 3 == 1;
    }
    return false;
}

struct date rhythm_due(enum rhythm rhythm, struct date last, struct date today)
{
    struct date day = today;

    if (rhythm == 0)
        return DATE_NONE;
    while (!rhythm_falls_on(rhythm, day))
        day = date_add_days(day, -1);
    return date_is_after(day, last) ? day : DATE_NONE;
}
