/* contingent.h - which units and places a reservation holder has, and the entries and exits agreed
 *
 * The State counts places, managers count units: each unit carries its number
 * of places and both are always counted (domain.md S4-3 to S4-5, S4-36).  A
 * programme's units are part of the stock, never beside it (S0-3).
 */
#ifndef LODGING_RULES_CONTINGENT_H
#define LODGING_RULES_CONTINGENT_H

#include "libcommon/calendar.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"
#include "services/lodging/rules/proportion.h"
#include "services/lodging/rules/unit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct contingent_law {
    int64_t reference_percent; /* the State's share where no convention fixes it (RS-13) */
    int64_t behind_points;     /* of an objective before it counts as behind */
};

extern const struct parameter_field contingent_law[];

struct contingent_unit {
    int32_t holder;    /* the caller's number of the reservation holder, from 1 */
    int32_t residence; /* the same of the residence; 0 for a scattered unit */
    enum unit_kind kind;
    enum unit_programme programme;
    int64_t places;
    struct date commissioned_on;
    struct date withdrawn_on; /* the first day without it; absent while it is there */
};

/* What to count; 0 is any. */
struct contingent_filter {
    int32_t holder;
    int32_t residence;
    enum unit_kind kind;
    enum unit_programme programme;
};

struct contingent_count {
    int64_t units;
    int64_t places;
};

/* Units that are in the stock on the day (F0-2, F4-1). */
struct contingent_count contingent_on(const struct contingent_unit units[], size_t count,
                                      struct contingent_filter filter, struct date on);

/* domain.md RS-13: does the holder have less than the reference share of all places? */
bool contingent_is_below_reference(int64_t held_places, int64_t all_places,
                                   const struct contingent_law *law);
/* Places it lacks to reach it, rounded up; 0 when none. */
int64_t contingent_missing_places(int64_t held_places, int64_t all_places,
                                  const struct contingent_law *law);

enum objective_kind { OBJECTIVE_ENTRIES = 1, OBJECTIVE_EXITS };

/* domain.md S4-6, F4-9: agreed with a manager for a period. */
struct objective {
    enum objective_kind kind;
    int32_t manager;
    struct date from;
    struct date end; /* the first day after the period */
    int64_t target;
};

extern const struct refusal OBJECTIVE_WITHOUT_KIND;
extern const struct refusal OBJECTIVE_WITHOUT_PERIOD;
extern const struct refusal OBJECTIVE_WITHOUT_TARGET;

const struct refusal *objective_may_be_set(const struct objective *objective);
/* Entries or exits, by their dates, that fall in the period up to the end of a day. */
int64_t objective_actual(const struct objective *objective, const struct date happened[],
                         size_t count, struct date on);
/* domain.md A-39, C-25: behind the elapsed part by more than so many points of the target. */
bool objective_is_behind(const struct objective *objective, int64_t actual, struct date on,
                         const struct contingent_law *law);

#endif
