/* caseload.h - how many measures a worker holds, and what a team can hold
 *
 * 35 is an average to aim for, not a limit: warn from 32, alert above 35, no
 * more than 40 (S1-38, Q6, A-19).
 */
#ifndef MEASURES_RULES_CASELOAD_H
#define MEASURES_RULES_CASELOAD_H

#include "libcommon/parameters.h"
#include "libcommon/refusal.h"
#include "services/measures/rules/measure.h"

struct caseload_law {
    int64_t warning_measures; /* 32 */
    int64_t target_measures;  /* 35 */
    int64_t most_measures;    /* 40 */
};
extern const struct parameter_field caseload_law[];

enum caseload_level {
    CASELOAD_NORMAL = 1,
    CASELOAD_NEAR_TARGET, /* from the warning on */
    CASELOAD_OVER_TARGET, /* above the target */
    CASELOAD_FULL,        /* at the limit: not one more */
};

extern const struct refusal CASELOAD_IS_FULL;

/* Does a measure in this state weigh on its worker?  From the assignment until it closes. */
bool caseload_holds(enum measure_state state);
enum caseload_level caseload_level_of(const struct caseload_law *law, int32_t measures);
/* May a worker who holds so many take one more?  6.2: caseload < hard limit. */
const struct refusal *caseload_check(const struct caseload_law *law, int32_t measures);

/* --- a team (S0-35, S1-39) -------------------------------------------------------------------- */

/* Capacity is what the workers hold at the target: four of them 140. */
struct team_load {
    int32_t capacity;
    int32_t held;
    int32_t free;            /* 0 when more is held than the capacity */
    int64_t mean_hundredths; /* measures a worker; 0 without workers */
};
struct team_load team_load_of(const struct caseload_law *law, const int32_t measures_of_workers[],
                              size_t workers);

/* Capacity that stops set free, and what of it was used again (S0-34, C-6). */
struct freed_capacity {
    int32_t stopped;
    int32_t reused;
};
/* Still to be used; 0 when as many or more began since. */
int32_t freed_capacity_left(struct freed_capacity freed);

#endif
