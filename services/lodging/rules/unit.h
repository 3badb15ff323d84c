/* unit.h - a lodging unit and its places: free, taken, under repair, gone
 *
 * A unit has one or more places; stays, vacancies and candidatures are of a
 * place (domain.md C-13).  A unit let as a whole has one place, a shared one as
 * many as households may live in it.  Each place goes through the machine of
 * domain.md 6.5; the unit's own state derives from its places.  What happens to
 * the whole unit (out of service, withdrawn) happens to each of its places.
 */
#ifndef LODGING_RULES_UNIT_H
#define LODGING_RULES_UNIT_H

#include "libcommon/machine.h"
#include "libcommon/refusal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum unit_state {
    UNIT_PLANNED = 1,
    UNIT_AVAILABLE,
    UNIT_RESERVED,
    UNIT_OCCUPIED,
    UNIT_NOTICE_GIVEN,
    UNIT_TO_REPAIR,
    UNIT_OUT_OF_SERVICE,
    UNIT_WITHDRAWN,
    UNIT_STATES, /* how many, with 0 */
};

enum unit_event {
    UNIT_EVENT_PLAN = 1,
    UNIT_EVENT_COMMISSION,
    UNIT_EVENT_OPEN_VACANCY,
    UNIT_EVENT_ANNOUNCE_VACANCY, /* in advance, while notice runs */
    UNIT_EVENT_RETAIN_CANDIDATE,
    UNIT_EVENT_RELEASE_CANDIDATE, /* withdrawal, refusal, no answer */
    UNIT_EVENT_SIGN_TITLE,
    UNIT_EVENT_RECEIVE_NOTICE,
    UNIT_EVENT_WITHDRAW_NOTICE,
    UNIT_EVENT_RETURN_KEYS,           /* the inventory finds nothing to repair */
    UNIT_EVENT_RETURN_KEYS_TO_REPAIR, /* it does */
    UNIT_EVENT_FINISH_WORKS,
    UNIT_EVENT_TAKE_OUT_OF_SERVICE,
    UNIT_EVENT_RETURN_TO_SERVICE,
    UNIT_EVENT_RETURN_TO_REPAIR,
    UNIT_EVENT_RETURN_OCCUPIED, /* the household never left */
    UNIT_EVENT_WITHDRAW,
    UNIT_EVENTS,
};

extern const struct machine unit_machine;

enum unit_kind {
    SOCIAL_RESIDENCE = 1,
    YOUNG_WORKER_HOSTEL,
    FAMILY_BOARDING_HOUSE,
    SCATTERED_UNIT,
    UNIT_KINDS,
};

/* Programmes with rules of their own; other tags are the organisation's (domain.md C-7). */
enum unit_programme { PROGRAMME_OTHER = 1, PROGRAMME_LOUEZ_SOLIDAIRE, PROGRAMME_ALT };

enum out_of_service_reason {
    OUT_OF_SERVICE_WORKS = 1,
    OUT_OF_SERVICE_DAMAGE,
    OUT_OF_SERVICE_UNFIT_HOUSING_ORDER, /* arrete d'insalubrite */
    OUT_OF_SERVICE_SAFETY_ORDER,        /* arrete de peril, mise en securite */
    OUT_OF_SERVICE_OTHER,
    OUT_OF_SERVICE_REASONS,
};

/* What is told when a unit is commissioned. */
struct unit_commissioning {
    bool has_manager;
    bool has_reservation_holder;
    enum unit_kind kind;
    bool is_in_residence;
    int64_t places;
    int64_t rent_cents; /* a month, each of the three */
    int64_t charges_cents;
    int64_t services_cents;
};

extern const struct refusal UNIT_WITHOUT_MANAGER;
extern const struct refusal UNIT_WITHOUT_RESERVATION_HOLDER;
extern const struct refusal UNIT_KIND_UNKNOWN;
extern const struct refusal UNIT_WITHOUT_RESIDENCE;
extern const struct refusal UNIT_WITHOUT_PLACE;
extern const struct refusal UNIT_FEE_OUT_OF_RANGE;
extern const struct refusal UNIT_STILL_OCCUPIED;
extern const struct refusal UNIT_OUT_OF_SERVICE_WITHOUT_REASON;

/* domain.md 6.5, S0-2: manager, holder and fee parts are known; every kind but the scattered unit
 * lies in a residence. */
const struct refusal *unit_may_be_commissioned(const struct unit_commissioning *asked);
/* domain.md C-13: a unit leaves the stock only when no stay runs in any of its places. */
const struct refusal *unit_may_be_withdrawn(int64_t running_stays);
const struct refusal *unit_may_be_taken_out_of_service(enum out_of_service_reason reason);

/* Is no rent due from the household while the unit is out of service for this (LHI-1, C-24)? */
bool out_of_service_stops_rent(enum out_of_service_reason reason);

/* What the return of the keys means for the place: the inventory of fixtures decides. */
enum unit_event unit_event_of_keys(bool has_repairs_to_do);
/* What the return to service means for the place.  A household that stayed through keeps it, so
 * that a place never holds two stays. */
enum unit_event unit_event_of_return(bool has_running_stay, bool has_repairs_to_do);

/* The unit's state: that of the place nearest to a new household.  0 without places. */
enum unit_state unit_state_of_places(const enum unit_state places[], size_t count);

/* domain.md S4-11: temporary housing with a team, not social housing; S4-10 asks for its worker. */
bool unit_kind_is_temporary(enum unit_kind kind);

#endif
