/* duration.h - how long measures may be granted, one engine for every scheme (domain.md SX-2)
 *
 * Durations are whole months, as decisions say them; an end is half-open, the
 * first day after (C-1).  The total of a measure is the sum of what its
 * decisions granted, counted from its first active day (Q19), whatever was
 * realised.  In a law, 0 means "no bound of its own".
 */
#ifndef MEASURES_RULES_DURATION_H
#define MEASURES_RULES_DURATION_H

#include "libcommon/calendar.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"
#include "services/measures/rules/scheme.h"

/* What one scheme allows. */
struct duration_law {
    bool lasts_as_the_stay;     /* may be granted without a duration: residence support (6.2) */
    int64_t least_first_months; /* of the first decision */
    int64_t most_first_months;
    int64_t initial_months;       /* what a first decision is proposed with */
    int64_t least_renewal_months; /* of each renewal */
    int64_t most_renewal_months;
    int64_t step_months;        /* what a renewal is proposed with */
    int64_t cap_months;         /* total of all ordinary decisions */
    int64_t exceptional_months; /* beyond the cap, by exceptional decisions; 0: there are none */
    int64_t cap_warning_days;   /* the cap is near this long before its date */
};

/* The table that fills the law of a scheme.  AVDL's two streams share one, MASP 1 and 2 share one
 * (CASF L271-2); schemes without a rule of their own last as the stay. */
const struct parameter_field *duration_law_of(enum scheme scheme);

enum duration_decision { DURATION_FIRST = 1, DURATION_RENEWAL, DURATION_EXCEPTIONAL };

/* A decision to be taken: months more, on top of what was granted before. */
struct duration_asked {
    enum duration_decision decision;
    int32_t granted_months; /* by all earlier decisions */
    int32_t months;
};

extern const struct refusal DURATION_MISSING;
extern const struct refusal DURATION_TOO_SHORT;
extern const struct refusal DURATION_TOO_LONG;
extern const struct refusal DURATION_OVER_CAP;
extern const struct refusal DURATION_NO_EXCEPTION;
extern const struct refusal DURATION_NOT_EXCEPTIONAL;

/* May the decision be taken?  SX-2, FSL-7, AVDL-6, MASP-2, MASP-4, S3-20, S3-21. */
const struct refusal *duration_check(const struct duration_law *law, struct duration_asked asked);
/* The most months such a decision may still grant; 0 when none, DURATION_UNBOUNDED when nothing
 * limits it. asked.months is not read. */
enum { DURATION_UNBOUNDED = 1200 };
int64_t duration_most(const struct duration_law *law, struct duration_asked asked);
/* What a form proposes: the usual length, or what is left of it under the cap. */
int64_t duration_proposed(const struct duration_law *law, struct duration_asked asked);

/* The first day after the granted time (C-1); absent when nothing limits it. */
struct date duration_end(struct date start, int32_t total_months);
/* The first day beyond the cap, with the exceptional months once these were decided; absent when
 * the scheme has no cap (A-14, Q19). */
struct date duration_cap_date(const struct duration_law *law, struct date start, bool exceptional);
/* From cap_warning_days before the cap date on (A-14, C-25). */
bool duration_cap_is_near(const struct duration_law *law, struct date start, bool exceptional,
                          struct date on);
/* what is only possible in data from elsewhere. */
bool duration_is_over_cap(const struct duration_law *law, int32_t total_months, bool exceptional);

#endif
