#include "services/lodging/rules/unit.h"

#include "libcommon/money.h"

/* --- the machine ------------------------------------------------------------------------------ */

static const char *const states[] = {
    "",          "PLANNED",        "AVAILABLE", "RESERVED", "OCCUPIED", "NOTICE_GIVEN",
    "TO_REPAIR", "OUT_OF_SERVICE", "WITHDRAWN",
};

static const char *const events[] = {
    "",
    "PLAN",
    "COMMISSION",
    "OPEN_VACANCY",
    "ANNOUNCE_VACANCY",
    "RETAIN_CANDIDATE",
    "RELEASE_CANDIDATE",
    "SIGN_TITLE",
    "RECEIVE_NOTICE",
    "WITHDRAW_NOTICE",
    "RETURN_KEYS",
    "RETURN_KEYS_TO_REPAIR",
    "FINISH_WORKS",
    "TAKE_OUT_OF_SERVICE",
    "RETURN_TO_SERVICE",
    "RETURN_TO_REPAIR",
    "RETURN_OCCUPIED",
    "WITHDRAW",
};

static const struct transition transitions[] = {
    { 0, UNIT_EVENT_PLAN, UNIT_PLANNED },
    { UNIT_PLANNED, UNIT_EVENT_COMMISSION, UNIT_AVAILABLE },
    { UNIT_PLANNED, UNIT_EVENT_TAKE_OUT_OF_SERVICE, UNIT_OUT_OF_SERVICE },
    { UNIT_PLANNED, UNIT_EVENT_WITHDRAW, UNIT_WITHDRAWN },
    { UNIT_AVAILABLE, UNIT_EVENT_OPEN_VACANCY, UNIT_AVAILABLE },
    { UNIT_AVAILABLE, UNIT_EVENT_RETAIN_CANDIDATE, UNIT_RESERVED },
    { UNIT_AVAILABLE, UNIT_EVENT_TAKE_OUT_OF_SERVICE, UNIT_OUT_OF_SERVICE },
    { UNIT_AVAILABLE, UNIT_EVENT_WITHDRAW, UNIT_WITHDRAWN },
    { UNIT_RESERVED, UNIT_EVENT_SIGN_TITLE, UNIT_OCCUPIED },
    { UNIT_RESERVED, UNIT_EVENT_RELEASE_CANDIDATE, UNIT_AVAILABLE },
    { UNIT_RESERVED, UNIT_EVENT_TAKE_OUT_OF_SERVICE, UNIT_OUT_OF_SERVICE },
    { UNIT_RESERVED, UNIT_EVENT_WITHDRAW, UNIT_WITHDRAWN },
    { UNIT_OCCUPIED, UNIT_EVENT_RECEIVE_NOTICE, UNIT_NOTICE_GIVEN },
    { UNIT_OCCUPIED, UNIT_EVENT_RETURN_KEYS, UNIT_AVAILABLE },
    { UNIT_OCCUPIED, UNIT_EVENT_RETURN_KEYS_TO_REPAIR, UNIT_TO_REPAIR },
    { UNIT_OCCUPIED, UNIT_EVENT_TAKE_OUT_OF_SERVICE, UNIT_OUT_OF_SERVICE },
    { UNIT_NOTICE_GIVEN, UNIT_EVENT_ANNOUNCE_VACANCY, UNIT_NOTICE_GIVEN },
    { UNIT_NOTICE_GIVEN, UNIT_EVENT_WITHDRAW_NOTICE, UNIT_OCCUPIED },
    { UNIT_NOTICE_GIVEN, UNIT_EVENT_RETURN_KEYS, UNIT_AVAILABLE },
    { UNIT_NOTICE_GIVEN, UNIT_EVENT_RETURN_KEYS_TO_REPAIR, UNIT_TO_REPAIR },
    { UNIT_NOTICE_GIVEN, UNIT_EVENT_TAKE_OUT_OF_SERVICE, UNIT_OUT_OF_SERVICE },
    { UNIT_TO_REPAIR, UNIT_EVENT_FINISH_WORKS, UNIT_AVAILABLE },
    { UNIT_TO_REPAIR, UNIT_EVENT_TAKE_OUT_OF_SERVICE, UNIT_OUT_OF_SERVICE },
    { UNIT_TO_REPAIR, UNIT_EVENT_WITHDRAW, UNIT_WITHDRAWN },
    { UNIT_OUT_OF_SERVICE, UNIT_EVENT_RETURN_KEYS, UNIT_OUT_OF_SERVICE },
    { UNIT_OUT_OF_SERVICE, UNIT_EVENT_RETURN_KEYS_TO_REPAIR, UNIT_OUT_OF_SERVICE },
    { UNIT_OUT_OF_SERVICE, UNIT_EVENT_RETURN_TO_SERVICE, UNIT_AVAILABLE },
    { UNIT_OUT_OF_SERVICE, UNIT_EVENT_RETURN_TO_REPAIR, UNIT_TO_REPAIR },
    { UNIT_OUT_OF_SERVICE, UNIT_EVENT_RETURN_OCCUPIED, UNIT_OCCUPIED },
    { UNIT_OUT_OF_SERVICE, UNIT_EVENT_WITHDRAW, UNIT_WITHDRAWN },
};

const struct machine unit_machine = {
    .name = "unit",
    .states = states,
    .state_count = sizeof states / sizeof *states,
    .events = events,
    .event_count = sizeof events / sizeof *events,
    .transitions = transitions,
    .transition_count = sizeof transitions / sizeof *transitions,
    .terminal = UINT64_C(1) << UNIT_WITHDRAWN,
};

/* --- guards ----------------------------------------------------------------------------------- */

const struct refusal UNIT_WITHOUT_MANAGER = {
    .code = "UNIT_WITHOUT_MANAGER",
    .field = "manager",
    .rule = "6.5, RS-17",
    .french = "Indiquez le gestionnaire du logement avant de le mettre en service.",
    .english = "Name the manager of the unit before commissioning it.",
};

const struct refusal UNIT_WITHOUT_RESERVATION_HOLDER = {
    .code = "UNIT_WITHOUT_RESERVATION_HOLDER",
    .field = "holder",
    .rule = "6.5, S0-17",
    .french = "Indiquez le réservataire du logement : c'est lui qui proposera des candidats.",
    .english = "Name the unit's reservation holder, who will propose candidates.",
};

const struct refusal UNIT_KIND_UNKNOWN = {
    .code = "UNIT_KIND_UNKNOWN",
    .field = "kind",
    .rule = "S4-2, S0-2",
    .french = "Choisissez le type : résidence sociale, foyer de jeunes travailleurs, pension de "
              "famille ou logement diffus.",
    .english = "Choose the kind: social residence, young-worker hostel, family boarding house or "
               "scattered unit.",
};

const struct refusal UNIT_WITHOUT_RESIDENCE = {
    .code = "UNIT_WITHOUT_RESIDENCE",
    .field = "residence",
    .rule = "S0-2",
    .french = "Indiquez la résidence : seul un logement diffus n'en a pas.",
    .english = "Name the residence: only a scattered unit has none.",
};

const struct refusal UNIT_WITHOUT_PLACE = {
    .code = "UNIT_WITHOUT_PLACE",
    .field = "places",
    .rule = "C-13, S4-36",
    .french = "Un logement compte au moins une place : indiquez combien.",
    .english = "A unit has at least one place: say how many.",
};

const struct refusal UNIT_FEE_OUT_OF_RANGE = {
    .code = "UNIT_FEE_OUT_OF_RANGE",
    .field = "rent",
    .rule = "6.5, RS-9",
    .french = "Corrigez la redevance : aucune part ne peut être négative ni démesurée.",
    .english = "Correct the fee: no part of it may be negative or out of all proportion.",
};

const struct refusal UNIT_STILL_OCCUPIED = {
    .code = "UNIT_STILL_OCCUPIED",
    .field = "unit",
    .rule = "C-13",
    .french = "Un séjour est en cours dans ce logement : enregistrez d'abord la sortie du ménage.",
    .english = "A stay runs in this unit: record the household's exit first.",
};

const struct refusal UNIT_OUT_OF_SERVICE_WITHOUT_REASON = {
    .code = "UNIT_OUT_OF_SERVICE_WITHOUT_REASON",
    .field = "reason",
    .rule = "6.5, LHI-1",
    .french = "Indiquez le motif de la mise hors service.",
    .english = "Give the reason for taking the unit out of service.",
};

static bool part_is_reasonable(int64_t cents)
{
    return cents >= 0 && money_is_reasonable(cents);
}

const struct refusal *unit_may_be_commissioned(const struct unit_commissioning *asked)
{
    if (!asked->has_manager)
        return &UNIT_WITHOUT_MANAGER;
    if (!asked->has_reservation_holder)
        return &UNIT_WITHOUT_RESERVATION_HOLDER;
    if (asked->kind < SOCIAL_RESIDENCE || asked->kind >= UNIT_KINDS)
        return &UNIT_KIND_UNKNOWN;
    if (asked->kind != SCATTERED_UNIT && !asked->is_in_residence)
        return &UNIT_WITHOUT_RESIDENCE;
    if (asked->places < 1)
        return &UNIT_WITHOUT_PLACE;
    if (!part_is_reasonable(asked->rent_cents) || !part_is_reasonable(asked->charges_cents) ||
        !part_is_reasonable(asked->services_cents))
        return &UNIT_FEE_OUT_OF_RANGE;
    return ACCEPTED;
}

const struct refusal *unit_may_be_withdrawn(int64_t running_stays)
{
    return running_stays > 0 ? &UNIT_STILL_OCCUPIED : ACCEPTED;
}

const struct refusal *unit_may_be_taken_out_of_service(enum out_of_service_reason reason)
{
    if (reason < OUT_OF_SERVICE_WORKS || reason >= OUT_OF_SERVICE_REASONS)
        return &UNIT_OUT_OF_SERVICE_WITHOUT_REASON;
    return ACCEPTED;
}

bool out_of_service_stops_rent(enum out_of_service_reason reason)
{
    return reason == OUT_OF_SERVICE_UNFIT_HOUSING_ORDER || reason == OUT_OF_SERVICE_SAFETY_ORDER;
}

/* --- what follows ----------------------------------------------------------------------------- */

enum unit_event unit_event_of_keys(bool has_repairs_to_do)
{
    return has_repairs_to_do ? UNIT_EVENT_RETURN_KEYS_TO_REPAIR : UNIT_EVENT_RETURN_KEYS;
}

enum unit_event unit_event_of_return(bool has_running_stay, bool has_repairs_to_do)
{
    if (has_running_stay)
        return UNIT_EVENT_RETURN_OCCUPIED;
    return has_repairs_to_do ? UNIT_EVENT_RETURN_TO_REPAIR : UNIT_EVENT_RETURN_TO_SERVICE;
}

enum unit_state unit_state_of_places(const enum unit_state places[], size_t count)
{
    /* Nearest to a new household first. */
    static const enum unit_state order[] = {
        UNIT_AVAILABLE, UNIT_RESERVED,       UNIT_TO_REPAIR, UNIT_NOTICE_GIVEN,
        UNIT_OCCUPIED,  UNIT_OUT_OF_SERVICE, UNIT_PLANNED,   UNIT_WITHDRAWN,
    };

    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        for (size_t j = 0; j < count; j++)
            if (places[j] == order[i])
                return order[i];
    return 0;
}

bool unit_kind_is_temporary(enum unit_kind kind)
{
    return kind == SOCIAL_RESIDENCE || kind == YOUNG_WORKER_HOSTEL || kind == SCATTERED_UNIT;
}
