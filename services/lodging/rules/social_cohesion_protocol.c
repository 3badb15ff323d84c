#include "services/lodging/rules/social_cohesion_protocol.h"

const struct parameter_field protocol_law[] = {
    { "lodging.social_cohesion_protocol.period", UNIT_MONTHS,
      offsetof(struct protocol_law, months) },
    { "lodging.social_cohesion_protocol.extension_most", UNIT_MONTHS,
      offsetof(struct protocol_law, extension_months_most) },
    { "lodging.social_cohesion_protocol.total_most", UNIT_MONTHS,
      offsetof(struct protocol_law, total_months_most) },
    { "lodging.social_cohesion_protocol.new_lease_period", UNIT_MONTHS,
      offsetof(struct protocol_law, new_lease_months) },
    { 0 },
};

/* --- the machine ------------------------------------------------------------------------------ */

static const char *const states[PROTOCOL_STATES] = {
    [0] = "",
    [PROTOCOL_PROPOSED] = "PROPOSED",
    [PROTOCOL_RUNNING] = "RUNNING",
    [PROTOCOL_RESPECTED] = "RESPECTED",
    [PROTOCOL_LEASED] = "LEASED",
    [PROTOCOL_BROKEN] = "BROKEN",
    [PROTOCOL_DROPPED] = "DROPPED",
};

static const char *const events[PROTOCOL_EVENTS] = {
    [0] = "",
    [PROTOCOL_PROPOSE] = "PROPOSE",
    [PROTOCOL_SIGN] = "SIGN",
    [PROTOCOL_EXTEND] = "EXTEND",
    [PROTOCOL_BREAK] = "BREAK",
    [PROTOCOL_REACH_END] = "REACH_END",
    [PROTOCOL_LEASE] = "LEASE",
    [PROTOCOL_DROP] = "DROP",
};

static const struct transition transitions[] = {
    { 0, PROTOCOL_PROPOSE, PROTOCOL_PROPOSED },
    { PROTOCOL_PROPOSED, PROTOCOL_SIGN, PROTOCOL_RUNNING },
    { PROTOCOL_PROPOSED, PROTOCOL_DROP, PROTOCOL_DROPPED },
    { PROTOCOL_RUNNING, PROTOCOL_EXTEND, PROTOCOL_RUNNING },
    { PROTOCOL_RUNNING, PROTOCOL_BREAK, PROTOCOL_BROKEN },
    { PROTOCOL_RUNNING, PROTOCOL_REACH_END, PROTOCOL_RESPECTED },
    { PROTOCOL_RUNNING, PROTOCOL_DROP, PROTOCOL_DROPPED },
    { PROTOCOL_RESPECTED, PROTOCOL_LEASE, PROTOCOL_LEASED },
    { PROTOCOL_RESPECTED, PROTOCOL_DROP, PROTOCOL_DROPPED },
};

const struct machine social_cohesion_protocol_machine = {
    .name = "social_cohesion_protocol",
    .states = states,
    .state_count = PROTOCOL_STATES,
    .events = events,
    .event_count = PROTOCOL_EVENTS,
    .transitions = transitions,
    .transition_count = sizeof transitions / sizeof *transitions,
    .terminal = UINT64_C(1) << PROTOCOL_LEASED | UINT64_C(1) << PROTOCOL_BROKEN |
                UINT64_C(1) << PROTOCOL_DROPPED,
};

/* --- what may be ------------------------------------------------------------------------------ */

const struct refusal PROTOCOL_LANDLORD_NOT_SOCIAL = {
    .code = "PROTOCOL_LANDLORD_NOT_SOCIAL",
    .field = "landlord",
    .rule = "EV-11",
    .french = "Seul un bailleur social peut signer un protocole de cohésion sociale.",
    .english = "Only a social landlord can sign a protocol of social cohesion.",
};

const struct refusal PROTOCOL_LEASE_STILL_RUNS = {
    .code = "PROTOCOL_LEASE_STILL_RUNS",
    .field = "lease_ended_on",
    .rule = "EV-11",
    .french = "Le protocole suit la résiliation du bail, au plus tôt le même jour : indiquez la "
              "date de la résiliation.",
    .english = "The protocol follows the end of the lease, on the same day at the earliest: give "
               "the day the lease ended.",
};

const struct refusal PROTOCOL_WITHOUT_PLAN = {
    .code = "PROTOCOL_WITHOUT_PLAN",
    .field = "settlement_plan",
    .rule = "EV-11",
    .french = "Joignez le plan d'apurement, ou indiquez que la dette est effacée.",
    .english = "Join the settlement plan, or say that the debt is erased.",
};

const struct refusal PROTOCOL_LENGTH_WRONG = {
    .code = "PROTOCOL_LENGTH_WRONG",
    .field = "months",
    .rule = "EV-11",
    .french = "Le protocole dure d'un mois à deux ans ; il peut être prolongé ensuite.",
    .english = "The protocol lasts from one month to two years; it can be extended later.",
};

const struct refusal PROTOCOL_EXTENSION_TOO_LONG = {
    .code = "PROTOCOL_EXTENSION_TOO_LONG",
    .field = "months",
    .rule = "EV-11",
    .french = "Les prolongations ne dépassent pas trois ans, ni le protocole cinq ans en tout.",
    .english = "Extensions last three years at most, and the whole protocol five.",
};

const struct refusal *protocol_may_be_signed(const struct social_cohesion_protocol *protocol,
                                             const struct protocol_grounds *grounds,
                                             const struct protocol_law *law)
{
    if (!grounds->is_social_landlord)
        return &PROTOCOL_LANDLORD_NOT_SOCIAL;
    if (!date_is_set(grounds->lease_ended_on) ||
        date_is_before(protocol->signed_on, grounds->lease_ended_on))
        return &PROTOCOL_LEASE_STILL_RUNS;
    if (!grounds->has_settlement_plan)
        return &PROTOCOL_WITHOUT_PLAN;
    if (protocol->months < 1 || protocol->months > law->months)
        return &PROTOCOL_LENGTH_WRONG;
    return ACCEPTED;
}

const struct refusal *protocol_may_be_extended(const struct social_cohesion_protocol *protocol,
                                               int64_t months, const struct protocol_law *law)
{
    int64_t extended = protocol->extension_months + months;

    if (months < 1 || extended > law->extension_months_most ||
        protocol->months + extended > law->total_months_most)
        return &PROTOCOL_EXTENSION_TOO_LONG;
    return ACCEPTED;
}

struct date protocol_last_day(const struct social_cohesion_protocol *protocol)
{
    return date_add_months(protocol->signed_on,
                           (int32_t)(protocol->months + protocol->extension_months));
}

struct date protocol_new_lease_by(const struct social_cohesion_protocol *protocol,
                                  const struct protocol_law *law)
{
    return date_add_months(protocol_last_day(protocol), (int32_t)law->new_lease_months);
}
