/* yearly_quota.h - dwellings that landlords reserve for a calendar year, such as the 42
 *
 * Counted from 1 January to 31 December (domain.md Q15); what is left does not
 * pass to the next year.  Part of them may be promised to households with DALO
 * priority: without a number that part is followed, not warned of (Q14).  A
 * sliding lease does not count unless the agreement says so (Q16).  Several
 * agreements may run side by side (S2-49); each is counted by itself.
 */
#ifndef LODGING_RULES_YEARLY_QUOTA_H
#define LODGING_RULES_YEARLY_QUOTA_H

#include "libcommon/calendar.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct yearly_quota_law {
    int64_t dwellings;          /* where the agreement says nothing (F2-1) */
    int64_t behind_dwellings;   /* fewer than the pro rata before it counts as behind */
    int64_t dalo_behind_points; /* of the sub-target (A-38, C-25) */
};

extern const struct parameter_field yearly_quota_law[];

struct quota_terms {
    int32_t agreement; /* the caller's number */
    int64_t dwellings; /* a year; 0 takes the organisation's */
    bool has_dalo_target;
    int64_t dalo_target;
    bool counts_sliding_leases;
};

/* A household rehoused under an agreement. */
struct quota_use {
    int32_t agreement;
    struct date on;
    bool is_dalo_priority;
    bool is_sliding_lease;
};

struct quota_year {
    struct date from;
    struct date end; /* 1 January of the next year */
    int64_t dwellings;
    int64_t used;
    int64_t left; /* 0 when used up */
    int64_t over; /* given beyond the agreement */
    int64_t dalo_used;
    int64_t dalo_left; /* of the sub-target; 0 without one */
};

extern const struct refusal QUOTA_OUT_OF_RANGE;
extern const struct refusal QUOTA_DALO_TARGET_TOO_LARGE;

const struct refusal *quota_may_be_agreed(const struct quota_terms *terms,
                                          const struct yearly_quota_law *law);
/* The year of a day, with the uses up to the end of that day. */
struct quota_year quota_year_on(const struct quota_use uses[], size_t count,
                                const struct quota_terms *terms, struct date on,
                                const struct yearly_quota_law *law);
/* domain.md A-37: used < dwellings x elapsed fraction - 4. */
bool quota_is_behind(const struct quota_year *year, struct date on,
                     const struct yearly_quota_law *law);
/* domain.md A-38, C-25: the same of the sub-target, by 10 points of it; never without one (Q14). */
bool quota_is_behind_for_dalo(const struct quota_year *year, const struct quota_terms *terms,
                              struct date on, const struct yearly_quota_law *law);

#endif
