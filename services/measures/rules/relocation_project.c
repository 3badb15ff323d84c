#include "services/measures/rules/relocation_project.h"

#define FIELD(member, parameter, unit)                                                             \
    {                                                                                              \
        "measures.relocation." parameter, unit, offsetof(struct relocation_law, member)            \
    }

const struct parameter_field relocation_law_fields[] = {
    FIELD(offer_before_works, "offer_before_works", UNIT_PERIOD),
    FIELD(subsidy_most_percent, "subsidy_most", UNIT_PERCENT),
    { .name = NULL },
};

/* --- the project ------------------------------------------------------------------------------ */

static const char *const states[RELOCATION_STATES] = {
    [0] = "",
    [RELOCATION_PLANNED] = "PLANNED",
    [RELOCATION_CONVENTIONED] = "CONVENTIONED",
    [RELOCATION_DIAGNOSING] = "DIAGNOSING",
    [RELOCATION_RELOCATING] = "RELOCATING",
    [RELOCATION_MONITORING] = "MONITORING",
    [RELOCATION_CLOSED] = "CLOSED",
    [RELOCATION_CANCELLED] = "CANCELLED",
};

static const char *const events[RELOCATION_EVENTS] = {
    [0] = "",
    [RELOCATION_PLAN] = "plan",
    [RELOCATION_SIGN_CONVENTION] = "sign_convention",
    [RELOCATION_START_DIAGNOSES] = "start_diagnoses",
    [RELOCATION_START_RELOCATING] = "start_relocating",
    [RELOCATION_START_MONITORING] = "start_monitoring",
    [RELOCATION_CLOSE] = "close",
    [RELOCATION_CANCEL] = "cancel",
};

static const struct transition transitions[] = {
    { 0, RELOCATION_PLAN, RELOCATION_PLANNED },
    { RELOCATION_PLANNED, RELOCATION_SIGN_CONVENTION, RELOCATION_CONVENTIONED },
    { RELOCATION_CONVENTIONED, RELOCATION_START_DIAGNOSES, RELOCATION_DIAGNOSING },
    { RELOCATION_DIAGNOSING, RELOCATION_START_RELOCATING, RELOCATION_RELOCATING },
    { RELOCATION_RELOCATING, RELOCATION_START_MONITORING, RELOCATION_MONITORING },
    { RELOCATION_MONITORING, RELOCATION_CLOSE, RELOCATION_CLOSED },
    { RELOCATION_PLANNED, RELOCATION_CANCEL, RELOCATION_CANCELLED },
    { RELOCATION_CONVENTIONED, RELOCATION_CANCEL, RELOCATION_CANCELLED },
    { RELOCATION_DIAGNOSING, RELOCATION_CANCEL, RELOCATION_CANCELLED },
    { RELOCATION_RELOCATING, RELOCATION_CANCEL, RELOCATION_CANCELLED },
    { RELOCATION_MONITORING, RELOCATION_CANCEL, RELOCATION_CANCELLED },
};

const struct machine relocation_machine = {
    .name = "relocation_project",
    .states = states,
    .state_count = RELOCATION_STATES,
    .events = events,
    .event_count = RELOCATION_EVENTS,
    .transitions = transitions,
    .transition_count = sizeof transitions / sizeof *transitions,
    .terminal = UINT64_C(1) << RELOCATION_CLOSED | UINT64_C(1) << RELOCATION_CANCELLED,
};

const struct refusal RELOCATION_WITHOUT_OPERATION = {
    "RELOCATION_WITHOUT_OPERATION",
    "operation",
    "S2-25",
    "Indiquez l'opération : réhabilitation, achat de bâti dégradé, démolition ou restructuration.",
    "Name the operation: rehabilitation, purchase of run-down stock, demolition or restructuring.",
};
const struct refusal RELOCATION_CONVENTION_UNSIGNED = {
    "RELOCATION_CONVENTION_UNSIGNED",
    "convention",
    "S2-26",
    "La convention doit être signée par le bailleur et par l'opérateur : indiquez les deux dates.",
    "The convention must be signed by landlord and operator: give both dates.",
};
const struct refusal RELOCATION_SUBSIDY_TOO_HIGH = {
    "RELOCATION_SUBSIDY_TOO_HIGH",
    "subsidy_cents",
    "MOUS-1",
    "La subvention de l'État ne dépasse pas la moitié du coût hors taxes : corrigez l'un des deux "
    "montants.",
    "The State's subsidy does not exceed half the cost before tax: correct one of the amounts.",
};

const struct refusal *relocation_may_be_conventioned(const struct relocation_convention *convention,
                                                     const struct relocation_law *law)
{
    if (convention->operation < OPERATION_REHABILITATION ||
        convention->operation > OPERATION_RESTRUCTURING)
        return &RELOCATION_WITHOUT_OPERATION;
    if (!date_is_set(convention->landlord_signed_on) ||
        !date_is_set(convention->operator_signed_on))
        return &RELOCATION_CONVENTION_UNSIGNED;
    if (convention->is_mous && convention->subsidy_cents * 100 >
                                   convention->cost_before_tax_cents * law->subsidy_most_percent)
        return &RELOCATION_SUBSIDY_TOO_HIGH;
    return ACCEPTED;
}

/* --- its households --------------------------------------------------------------------------- */

static const char *const occupant_states[OCCUPANT_STATES] = {
    [0] = "",
    [OCCUPANT_IDENTIFIED] = "IDENTIFIED",
    [OCCUPANT_DIAGNOSED] = "DIAGNOSED",
    [OCCUPANT_OFFERED] = "OFFERED",
    [OCCUPANT_ACCEPTED] = "ACCEPTED",
    [OCCUPANT_REHOUSED] = "REHOUSED",
    [OCCUPANT_LEFT_VOLUNTARILY] = "LEFT_VOLUNTARILY",
    [OCCUPANT_SHELTERED] = "SHELTERED",
    [OCCUPANT_LOST_CONTACT] = "LOST_CONTACT",
};

static const char *const occupant_events[OCCUPANT_EVENTS] = {
    [0] = "",
    [OCCUPANT_IDENTIFY] = "identify",
    [OCCUPANT_DIAGNOSE] = "diagnose",
    [OCCUPANT_OFFER] = "offer",
    [OCCUPANT_REFUSE_OFFER] = "refuse_offer",
    [OCCUPANT_ACCEPT] = "accept",
    [OCCUPANT_REHOUSE] = "rehouse",
    [OCCUPANT_LEAVE] = "leave",
    [OCCUPANT_SHELTER] = "shelter",
    [OCCUPANT_LOSE_CONTACT] = "lose_contact",
};

static const struct transition occupant_transitions[] = {
    { 0, OCCUPANT_IDENTIFY, OCCUPANT_IDENTIFIED },
    { OCCUPANT_IDENTIFIED, OCCUPANT_DIAGNOSE, OCCUPANT_DIAGNOSED },
    { OCCUPANT_DIAGNOSED, OCCUPANT_OFFER, OCCUPANT_OFFERED },
    { OCCUPANT_OFFERED, OCCUPANT_OFFER, OCCUPANT_OFFERED },
    { OCCUPANT_OFFERED, OCCUPANT_REFUSE_OFFER, OCCUPANT_OFFERED },
    { OCCUPANT_OFFERED, OCCUPANT_ACCEPT, OCCUPANT_ACCEPTED },
    { OCCUPANT_ACCEPTED, OCCUPANT_REHOUSE, OCCUPANT_REHOUSED },
    { OCCUPANT_IDENTIFIED, OCCUPANT_LEAVE, OCCUPANT_LEFT_VOLUNTARILY },
    { OCCUPANT_DIAGNOSED, OCCUPANT_LEAVE, OCCUPANT_LEFT_VOLUNTARILY },
    { OCCUPANT_OFFERED, OCCUPANT_LEAVE, OCCUPANT_LEFT_VOLUNTARILY },
    { OCCUPANT_ACCEPTED, OCCUPANT_LEAVE, OCCUPANT_LEFT_VOLUNTARILY },
    { OCCUPANT_IDENTIFIED, OCCUPANT_SHELTER, OCCUPANT_SHELTERED },
    { OCCUPANT_DIAGNOSED, OCCUPANT_SHELTER, OCCUPANT_SHELTERED },
    { OCCUPANT_OFFERED, OCCUPANT_SHELTER, OCCUPANT_SHELTERED },
    { OCCUPANT_ACCEPTED, OCCUPANT_SHELTER, OCCUPANT_SHELTERED },
    { OCCUPANT_IDENTIFIED, OCCUPANT_LOSE_CONTACT, OCCUPANT_LOST_CONTACT },
    { OCCUPANT_DIAGNOSED, OCCUPANT_LOSE_CONTACT, OCCUPANT_LOST_CONTACT },
    { OCCUPANT_OFFERED, OCCUPANT_LOSE_CONTACT, OCCUPANT_LOST_CONTACT },
    { OCCUPANT_ACCEPTED, OCCUPANT_LOSE_CONTACT, OCCUPANT_LOST_CONTACT },
};

const struct machine occupant_machine = {
    .name = "relocation_household",
    .states = occupant_states,
    .state_count = OCCUPANT_STATES,
    .events = occupant_events,
    .event_count = OCCUPANT_EVENTS,
    .transitions = occupant_transitions,
    .transition_count = sizeof occupant_transitions / sizeof *occupant_transitions,
    .terminal = UINT64_C(1) << OCCUPANT_REHOUSED | UINT64_C(1) << OCCUPANT_LEFT_VOLUNTARILY |
                UINT64_C(1) << OCCUPANT_SHELTERED | UINT64_C(1) << OCCUPANT_LOST_CONTACT,
};

const struct refusal OCCUPANT_WITHOUT_PEOPLE = {
    "OCCUPANT_WITHOUT_PEOPLE",
    "size",
    "6.11, S2-54",
    "Indiquez le nombre de personnes du ménage, au moins une.",
    "Give the number of people in the household, at least one.",
};
const struct refusal OCCUPANT_ALREADY_IN_SOCIAL_HOUSING = {
    "OCCUPANT_ALREADY_IN_SOCIAL_HOUSING",
    "is_in_social_housing",
    "MOUS-1",
    "Une MOUS ne s'adresse pas aux ménages déjà logés dans le parc HLM : le bailleur les reloge.",
    "A MOUS is not for households already housed in social stock: their landlord rehouses them.",
};

const struct refusal *occupant_may_join(int64_t size, bool is_in_social_housing, bool is_mous)
{
    if (size < 1)
        return &OCCUPANT_WITHOUT_PEOPLE;
    if (is_mous && is_in_social_housing)
        return &OCCUPANT_ALREADY_IN_SOCIAL_HOUSING;
    return ACCEPTED;
}

const struct refusal OFFER_REFUSED_WITHOUT_REASON = {
    "OFFER_REFUSED_WITHOUT_REASON",
    "reason",
    "6.11",
    "Indiquez pourquoi le ménage refuse la proposition.",
    "Say why the household refuses the offer.",
};

const struct refusal *occupant_may_refuse_offer(enum offer_refusal_reason reason)
{
    if (reason < OFFER_TOO_FAR || reason > OFFER_OTHER)
        return &OFFER_REFUSED_WITHOUT_REASON;
    return ACCEPTED;
}

const struct refusal OCCUPANT_DESTINATION_UNFIT = {
    "OCCUPANT_DESTINATION_UNFIT",
    "destination",
    "6.11, C-19",
    "La destination ne correspond pas à la façon dont le ménage est parti : corrigez l'une des "
    "deux.",
    "The destination does not fit the way the household left: correct one of them.",
};

static bool is_solution(enum relocation_destination destination)
{
    return destination >= DESTINATION_OWN_STOCK && destination <= DESTINATION_SOCIAL_LANDLORD;
}

static bool destination_fits(enum occupant_event departure, enum relocation_destination destination)
{
    switch (departure) {
    case OCCUPANT_REHOUSE: return is_solution(destination);
    case OCCUPANT_LEAVE: return destination == DESTINATION_VOLUNTARY;
    case OCCUPANT_SHELTER: return destination == DESTINATION_SHELTER;
    case OCCUPANT_LOSE_CONTACT: return destination == DESTINATION_LOST_CONTACT;
    default: return false;
    }
}

const struct refusal *occupant_may_depart(enum occupant_event departure,
                                          enum relocation_destination destination)
{
    return destination_fits(departure, destination) ? ACCEPTED : &OCCUPANT_DESTINATION_UNFIT;
}

/* --- guards over all households --------------------------------------------------------------- */

const struct refusal RELOCATION_DIAGNOSES_INCOMPLETE = {
    "RELOCATION_DIAGNOSES_INCOMPLETE",
    "",
    "6.11",
    "Des ménages repérés n'ont pas de diagnostic : faites-le, ou notez leur départ ou la perte de "
    "contact.",
    "Some identified households have no diagnosis: make it, or note that they left or that contact "
    "is lost.",
};

const struct refusal *relocation_may_start_relocating(const struct occupant occupants[],
                                                      size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (occupants[i].state == OCCUPANT_IDENTIFIED)
            return &RELOCATION_DIAGNOSES_INCOMPLETE;
    return ACCEPTED;
}

static bool is_gone(const struct occupant *occupant)
{
    return machine_is_terminal(&occupant_machine, occupant->state);
}

struct relocation_totals relocation_totals(const struct occupant occupants[], size_t count)
{
    struct relocation_totals totals = { .households = (int64_t)count };

    for (size_t i = 0; i < count; i++) {
        const struct occupant *occupant = &occupants[i];
        bool known = is_gone(occupant) && occupant->destination < DESTINATIONS;
        enum relocation_destination destination = known ? occupant->destination : 0;

        totals.people += occupant->size;
        totals.households_to[destination]++;
        totals.people_to[destination] += occupant->size;
        totals.solved += is_solution(destination);
        totals.left += is_gone(occupant);
    }
    return totals;
}

const struct refusal RELOCATION_OCCUPANTS_REMAIN = {
    "RELOCATION_OCCUPANTS_REMAIN",
    "",
    "6.11",
    "Des ménages sont encore dans l'immeuble ou sans destination : terminez leur relogement avant "
    "de clore.",
    "Some households are still in the building or have no destination: finish rehousing them "
    "before closing.",
};
const struct refusal RELOCATION_HOUSEHOLDS_DIFFER = {
    "RELOCATION_HOUSEHOLDS_DIFFER",
    "households",
    "6.11, F2-15, A-101",
    "La somme des destinations ne fait pas le nombre de ménages annoncé : cherchez le ménage "
    "manquant ou compté deux fois.",
    "The destinations do not add up to the households announced: look for one missing or counted "
    "twice.",
};
const struct refusal RELOCATION_PEOPLE_DIFFER = {
    "RELOCATION_PEOPLE_DIFFER",
    "people",
    "6.11, F2-8, A-101",
    "La somme des tailles de ménage ne fait pas le nombre de personnes annoncé : vérifiez la "
    "composition des ménages.",
    "The sizes of the households do not add up to the people announced: check who lives in each.",
};

const struct refusal *relocation_totals_agree(const struct relocation_totals *totals,
                                              int64_t announced_households,
                                              int64_t announced_people)
{
    if (totals->households != announced_households)
        return &RELOCATION_HOUSEHOLDS_DIFFER;
    if (totals->people != announced_people)
        return &RELOCATION_PEOPLE_DIFFER;
    return ACCEPTED;
}

const struct refusal *relocation_may_be_closed(const struct relocation_totals *totals,
                                               int64_t announced_households,
                                               int64_t announced_people)
{
    if (totals->households_to[0] > 0)
        return &RELOCATION_OCCUPANTS_REMAIN;
    return relocation_totals_agree(totals, announced_households, announced_people);
}

/* --- before the works ------------------------------------------------------------------------- */

struct date relocation_offer_due(struct date works_start, const struct relocation_law *law)
{
    return backward_limit(works_start, law->offer_before_works);
}

bool relocation_departure_is_in_time(struct date left_on, struct date works_start)
{
    return !date_is_after(left_on, works_start);
}

int64_t relocation_without_offer(const struct occupant occupants[], size_t count)
{
    int64_t without = 0;

    for (size_t i = 0; i < count; i++)
        if (!is_gone(&occupants[i]) && !occupants[i].has_offer)
            without++;
    return without;
}
