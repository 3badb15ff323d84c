/* exit.h - how a stay ended: by which channel, in which direction, where to
 *
 * Channel and direction are two fields, and the outcome of a measure is a third
 * that another service keeps (domain.md SX-3): none is derived from another.
 * An exit without them is not recorded (6.7), so counts by channel and by
 * direction each add up to all exits.
 */
#ifndef LODGING_RULES_EXIT_H
#define LODGING_RULES_EXIT_H

#include "libcommon/calendar.h"
#include "libcommon/refusal.h"

#include <stdbool.h>

/* domain.md 5.1, S0-27, S2-44 to S2-46. */
enum exit_channel {
    EXIT_COLLECTIVE_AGREEMENT = 1,
    EXIT_DALO,
    EXIT_ACTION_LOGEMENT,
    EXIT_CITY_DIRECT,
    EXIT_PRIVATE,
    EXIT_QUOTA_LANDLORD,
    EXIT_OWN_STOCK,
    EXIT_OTHER_MANAGER,
    EXIT_SLIDING_LEASE,
    EXIT_SOCIAL_LANDLORD,
    EXIT_VOLUNTARY,
    EXIT_SHELTER,
    EXIT_OTHER,
    EXIT_CHANNELS,
};

/* domain.md 5.1, S4-19. */
enum exit_direction {
    EXIT_UPWARD = 1,
    EXIT_LATERAL,
    EXIT_DOWNWARD_SHELTER,
    EXIT_STREET,
    EXIT_DEATH,
    EXIT_UNKNOWN,
    EXIT_DIRECTIONS,
};

/* domain.md S4-20. */
enum downward_cause {
    DOWNWARD_JOB_LOSS = 1,
    DOWNWARD_RESOURCES_TOO_LOW,
    DOWNWARD_OTHER,
    DOWNWARD_CAUSES,
};

struct stay_exit {
    struct date on; /* the first day without the household: stays are half-open (C-1) */
    enum exit_channel channel;
    enum exit_direction direction;
    enum downward_cause cause; /* of a downward exit */
    bool has_destination;
};

extern const struct refusal EXIT_WITHOUT_DATE;
extern const struct refusal EXIT_BEFORE_ENTRY;
extern const struct refusal EXIT_IN_THE_FUTURE;
extern const struct refusal EXIT_WITHOUT_CHANNEL;
extern const struct refusal EXIT_WITHOUT_DIRECTION;
extern const struct refusal EXIT_WITHOUT_CAUSE;
extern const struct refusal EXIT_WITHOUT_DESTINATION;
extern const struct refusal PLANNED_EXIT_IN_THE_PAST;

/* domain.md 6.7, S4-20: all that must be known of an exit.  A death needs no destination. */
const struct refusal *exit_may_be_recorded(const struct stay_exit *asked, struct date entry,
                                           struct date today);
/* domain.md C-25: what is planned has a date to come, or today's, and a direction. */
const struct refusal *exit_may_be_planned(struct date planned_on, enum exit_direction direction,
                                          struct date today);

/* To a shelter or to the street (S4-19). */
bool exit_is_downward(enum exit_direction direction);
/* domain.md A-58, S4-21: does a planned downward exit still need a shelter? */
bool exit_needs_redirection(enum exit_direction direction, bool is_shelter_confirmed);

#endif
