/* social_cohesion_protocol.h - a protocol of social cohesion between a landlord and its former
 * tenant
 *
 * A social landlord signs it once the lease is ended: it is a title to stay,
 * restores the aid, lasts two years and may be prolonged by up to three, five in
 * all.  When it is respected a new lease follows within three months of its
 * end; when it is not, the eviction goes on where it stood (domain.md EV-11).
 */
#ifndef LODGING_RULES_SOCIAL_COHESION_PROTOCOL_H
#define LODGING_RULES_SOCIAL_COHESION_PROTOCOL_H

#include "libcommon/machine.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"

struct protocol_law {
    int64_t months;                /* of the protocol as signed, at most */
    int64_t extension_months_most; /* all extensions together */
    int64_t total_months_most;
    int64_t new_lease_months; /* after its end */
};

extern const struct parameter_field protocol_law[];

enum protocol_state {
    PROTOCOL_PROPOSED = 1,
    PROTOCOL_RUNNING,
    PROTOCOL_RESPECTED, /* its end was reached: a new lease is due */
    PROTOCOL_LEASED,
    PROTOCOL_BROKEN,
    PROTOCOL_DROPPED,
    PROTOCOL_STATES,
};

enum protocol_event {
    PROTOCOL_PROPOSE = 1,
    PROTOCOL_SIGN,
    PROTOCOL_EXTEND,
    PROTOCOL_BREAK, /* the eviction goes on */
    PROTOCOL_REACH_END,
    PROTOCOL_LEASE,
    PROTOCOL_DROP, /* never signed, or the household left */
    PROTOCOL_EVENTS,
};

extern const struct machine social_cohesion_protocol_machine;

struct social_cohesion_protocol {
    struct date signed_on;
    int64_t months;
    int64_t extension_months; /* granted so far */
};

/* What must be so for a protocol to be signed. */
struct protocol_grounds {
    bool is_social_landlord;
    struct date lease_ended_on; /* by the clause or a judge; absent: the lease runs */
    bool has_settlement_plan;   /* or the debt is erased, and there is none to settle */
};

const struct refusal *protocol_may_be_signed(const struct social_cohesion_protocol *protocol,
                                             const struct protocol_grounds *grounds,
                                             const struct protocol_law *law);
extern const struct refusal PROTOCOL_LANDLORD_NOT_SOCIAL;
extern const struct refusal PROTOCOL_LEASE_STILL_RUNS;
extern const struct refusal PROTOCOL_WITHOUT_PLAN;
extern const struct refusal PROTOCOL_LENGTH_WRONG;

const struct refusal *protocol_may_be_extended(const struct social_cohesion_protocol *protocol,
                                               int64_t months, const struct protocol_law *law);
extern const struct refusal PROTOCOL_EXTENSION_TOO_LONG;

/* The last day of the protocol; absent when not signed. */
struct date protocol_last_day(const struct social_cohesion_protocol *protocol);
/* The last day for the new lease. */
struct date protocol_new_lease_by(const struct social_cohesion_protocol *protocol,
                                  const struct protocol_law *law);

#endif
