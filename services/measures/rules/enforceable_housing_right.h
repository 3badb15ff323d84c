/* enforceable_housing_right.h - DALO and DAHO: grounds, time limits, claims, what loses the right
 *
 * The housing route asks for a dwelling (DALO), the shelter route for a place
 * (DAHO).  Periods before the administrative court are clear (C-4): a window has
 * the legal last day and the bare day that people are warned of.
 */
#ifndef MEASURES_RULES_ENFORCEABLE_HOUSING_RIGHT_H
#define MEASURES_RULES_ENFORCEABLE_HOUSING_RIGHT_H

#include "libcommon/calendar.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"
#include "services/measures/rules/window.h"

struct housing_right_law {
    struct period commission;           /* DALO-1 */
    struct period commission_overseas;  /* DALO-1 */
    struct period commission_shelter;   /* DALO-2 */
    struct period prefect;              /* DALO-3 */
    struct period prefect_longer;       /* DALO-3: overseas and large agglomerations */
    struct period prefect_shelter;      /* DALO-4 */
    struct period prefect_transitional; /* DALO-4 */
    struct period claim;                /* DALO-5 */
    struct period judge;                /* DALO-6 */
    struct period challenge;            /* DALO-7 */
    struct period in_shelter;           /* C-21: longer than this is a ground */
    struct period in_transition;        /* C-21: transitional housing, social residence */
};

extern const struct parameter_field housing_right_law_fields[];

enum right_route { ROUTE_HOUSING = 1, ROUTE_SHELTER };

/* A setting of each department (DALO-3). */
enum department_kind {
    DEPARTMENT_ORDINARY = 1,
    DEPARTMENT_LARGE_AGGLOMERATION,
    DEPARTMENT_OVERSEAS
};

enum right_granted {
    GRANTED_HOUSING = 1,
    GRANTED_SHELTER,
    GRANTED_TRANSITIONAL_HOUSING, /* or hostel-type housing, social residences included */
};

/* --- before the commission -------------------------------------------------------------------- */

/* DALO-1, DALO-2: from the receipt of a complete application. */
struct date housing_right_commission_due(enum right_route route, enum department_kind department,
                                         struct date received_on,
                                         const struct housing_right_law *law);

enum right_answer { RIGHT_AWAITED = 1, RIGHT_ANSWERED, RIGHT_REFUSED_BY_SILENCE };

/* DALO-1: silence past the last day is a refusal, until a late decision replaces it. */
enum right_answer housing_right_answer(struct date commission_due, struct date decided_on,
                                       struct date on);

extern const struct refusal HOUSING_RIGHT_GRANT_BEYOND_REQUEST;
/* A shelter application is not granted a dwelling; a housing one may be granted less. */
const struct refusal *housing_right_may_be_granted(enum right_route route,
                                                   enum right_granted granted);

/* DALO-7, A-65, C-4: against a refusal notified or born of silence that day. */
struct window housing_right_challenge_window(struct date refused_on, enum holidays holidays,
                                             const struct housing_right_law *law);

/* --- after a recognition ---------------------------------------------------------------------- */

/* DALO-3, DALO-4, C-23: an offer is made by this day. */
struct date housing_right_prefect_due(enum right_granted granted, enum department_kind department,
                                      struct date decided_on, const struct housing_right_law *law);

/* DALO-5, C-4, A-84: opens the day after the prefect's delay.  Whoever was not told of the four
 * months has no last day. */
struct window housing_right_claim_window(struct date prefect_due, bool person_was_told,
                                         enum holidays holidays,
                                         const struct housing_right_law *law);

extern const struct refusal HOUSING_RIGHT_ACT_TOO_EARLY, HOUSING_RIGHT_ACT_TOO_LATE;
/* A claim or a challenge on a day. */
const struct refusal *housing_right_may_act(struct window window, struct date on);

/* DALO-6: the judge rules by this day. */
struct date housing_right_judgment_due(struct date claimed_on, const struct housing_right_law *law);

struct right_offer_refused {
    bool offer_was_suitable;
    bool reason_is_compelling;
    bool person_was_told; /* that refusing loses the right */
};

/* DALO-8. */
bool housing_right_is_lost(const struct right_offer_refused *offer);

/* --- grounds ---------------------------------------------------------------------------------- */

enum path_place {
    PATH_SHELTER = 1,
    PATH_TRANSITIONAL_HOUSING,
    PATH_SOCIAL_RESIDENCE,
    PATH_ELSEWHERE
};

/* A step of the dated path (S4-14): from <= day < end, open when end is absent. */
struct path_step {
    enum path_place place;
    struct date from;
    struct date end;
};

/* The path is ordered by from. */
struct right_situation {
    bool is_homeless;
    bool eviction_is_judged;
    bool premises_are_unfit;
    bool is_overcrowded;
    bool is_indecent;
    bool lives_with_minor_or_disabled;
    bool unsuited_to_disability;
    bool had_suitable_offer;
    struct date social_housing_requested_on;
    struct period abnormal_delay; /* set by the department */
    const struct path_step *path;
    size_t path_count;
};

enum right_ground {
    GROUND_ABNORMAL_DELAY = 1 << 0,
    GROUND_HOMELESS = 1 << 1,
    GROUND_EVICTION = 1 << 2,
    GROUND_SHELTER = 1 << 3,
    GROUND_TRANSITION = 1 << 4,
    GROUND_UNFIT = 1 << 5,
    GROUND_OVERCROWDED_OR_INDECENT = 1 << 6,
    GROUND_DISABILITY = 1 << 7,
};

/* DALO-9, C-21: the grounds that hold on a day, as a sum of right_ground; 0 when none does. */
uint32_t housing_right_grounds(const struct right_situation *situation, struct date on,
                               const struct housing_right_law *law);

/* The day since when the household has been without a break in places of a kind (shelter; or
 * transitional housing and social residence together); absent when it is not on that day. */
struct date path_in_shelter_since(const struct path_step path[], size_t count, struct date on);
struct date path_in_transition_since(const struct path_step path[], size_t count, struct date on);

/* The first day when the time in shelter, or in transition, is a ground. */
struct date housing_right_from_shelter(struct date since, const struct housing_right_law *law);
struct date housing_right_from_transition(struct date since, const struct housing_right_law *law);

#endif
