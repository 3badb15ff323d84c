/* timing.h - which steps of an alert are due today
 *
 * An alert is raised at steps: so many days or months before or after a due
 * date, on a day of the year, hours after an instant, or at once.  Given what
 * was already raised or noted as passed, the rule says what to raise now:
 * every step whose day has come is raised once, none before its day, none after
 * the matter is closed.  A step missed while nobody was running is raised when
 * somebody is.  A matter that opens again has the latest step raised once more.
 *
 * Steps that lay before the day the fact was recorded are noted as passed; of
 * a matter still open the latest of them is raised, unless another step falls
 * on that very day.  So what is raised in the end does not depend on how the
 * clock went, and a matter closed when it is recorded warns nobody.
 *
 * Steps are an argument: the catalogue's, or an organisation's own.
 */
#ifndef ALERTS_RULES_TIMING_H
#define ALERTS_RULES_TIMING_H

#include "libcommon/calendar.h"
#include "libcommon/parameters.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum step_unit {
    STEP_AT_ONCE = 1,  /* the day the fact is recorded */
    STEP_OPENING,      /* the day the matter opens: the first day of a window to act */
    STEP_DAYS,         /* from the due date; negative before */
    STEP_WORKING_DAYS, /* after the due date */
    STEP_MONTHS,       /* from the due date; negative before */
    STEP_DAY_OF_YEAR,  /* month * 100 + day: the last such day on or before the due date */
    STEP_HOURS,        /* after the instant of the fact */
};

/* {0} ends a list of steps. */
struct lead_step {
    uint8_t unit;
    int16_t amount;
};

enum {
    LEAD_STEPS_MOST = 8,
    STEPS_MOST = 64, /* with repetitions: a bit each */
};

struct lead {
    struct lead_step steps[LEAD_STEPS_MOST];
    uint8_t repeat_months; /* after the due date, every so many months again; 0: never */
};

/* When a fact counts as history: told so long after its day that others which close it may be on
 * their way, as in an import. */
struct timing_law {
    int64_t history_days;
};
extern const struct parameter_field timing_law[];

/* What an alert is about. */
struct matter {
    struct date due;
    struct date opens_on; /* where a step says so */
    struct date recorded_on;
    bool is_closed;
    enum holidays holidays;
};

/* Steps by number, bit n for step n; repetitions follow the list.  What is raised or passed joins
 * what is done. */
struct steps_due {
    uint64_t raised;
    uint64_t passed;
};

size_t lead_step_count(const struct lead *lead);
/* Counted in hours rather than in days? */
bool lead_is_in_hours(const struct lead *lead);
/* The day of a step, its repetitions included; absent when the matter has no such day. */
struct date lead_step_date(const struct lead *lead, const struct matter *matter, size_t step);

/* Nothing is due before the day the fact was recorded, nor without a day. */
struct steps_due steps_due_on(const struct lead *lead, const struct matter *matter, uint64_t done,
                              struct date today);
/* A matter that opens again under the due date it had: of the steps done the latest, which stands
 * for them. */
uint64_t steps_latest(const struct lead *lead, const struct matter *matter, uint64_t done);
/* The first day after today on which a step not done will be due; absent when none will. */
struct date steps_next_date(const struct lead *lead, const struct matter *matter, uint64_t done,
                            struct date today);

/* The instant from which a matter is looked at: when its fact was recorded, or for history the
 * start of the next day, so that what closes it can be told first. */
int64_t steps_first_look(const struct timing_law *law, struct date fact_on, int64_t recorded_at_ms);

/* The same for steps in hours (and at once), from the instant of the fact. */
struct steps_due steps_due_at(const struct lead *lead, int64_t fact_at_ms, int64_t recorded_at_ms,
                              bool is_closed, uint64_t done, int64_t now_ms);

/* --- conditions looked at again and again ----------------------------------------------------- */

enum rhythm {
    EVERY_DAY = 1,
    EVERY_WEEK,    /* on Mondays */
    EVERY_MONTH,   /* on the first */
    EVERY_QUARTER, /* on the first of January, April, July and October */
};

bool rhythm_falls_on(enum rhythm rhythm, struct date day);
/* The latest day to look at, after the one looked at last and no later than today: missed ones
 * are caught up by one look.  Absent when there is none; last may be absent. */
struct date rhythm_due(enum rhythm rhythm, struct date last, struct date today);

#endif
