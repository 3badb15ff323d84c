/* relocation_project.h - emptying a building and rehousing who lives there (MOUS)
 *
 * Two machines (6.11, C-19): the project's and each household's.  A project
 * closes when everyone has left and the totals agree: households by destination
 * add up to the households, sizes to the people (F2-15, A-101).
 */
#ifndef MEASURES_RULES_RELOCATION_PROJECT_H
#define MEASURES_RULES_RELOCATION_PROJECT_H

#include "libcommon/calendar.h"
#include "libcommon/machine.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"

struct relocation_law {
    struct period offer_before_works; /* 6.11, A-100 */
    int64_t subsidy_most_percent;     /* MOUS-1: of the cost before tax */
};

extern const struct parameter_field relocation_law_fields[];

/* --- the project ------------------------------------------------------------------------------ */

enum relocation_state {
    RELOCATION_PLANNED = 1,
    RELOCATION_CONVENTIONED,
    RELOCATION_DIAGNOSING,
    RELOCATION_RELOCATING,
    RELOCATION_MONITORING,
    RELOCATION_CLOSED,
    RELOCATION_CANCELLED,
    RELOCATION_STATES,
};

enum relocation_event {
    RELOCATION_PLAN = 1,
    RELOCATION_SIGN_CONVENTION,
    RELOCATION_START_DIAGNOSES,
    RELOCATION_START_RELOCATING,
    RELOCATION_START_MONITORING,
    RELOCATION_CLOSE,
    RELOCATION_CANCEL,
    RELOCATION_EVENTS,
};

extern const struct machine relocation_machine;

/* S2-25, S2-52: what the landlord does with the building. */
enum relocation_operation {
    OPERATION_REHABILITATION = 1,
    OPERATION_PURCHASE_OF_RUN_DOWN_STOCK,
    OPERATION_DEMOLITION,
    OPERATION_RESTRUCTURING,
};

struct relocation_convention {
    enum relocation_operation operation;
    struct date landlord_signed_on;
    struct date operator_signed_on;
    bool is_mous; /* a tool of the departmental plan, subsidised by the State */
    int64_t subsidy_cents;
    int64_t cost_before_tax_cents;
};

extern const struct refusal RELOCATION_WITHOUT_OPERATION, RELOCATION_CONVENTION_UNSIGNED,
    RELOCATION_SUBSIDY_TOO_HIGH;
/* S2-26: signed by landlord and operator.  MOUS-1: a subsidy of half the cost at most. */
const struct refusal *relocation_may_be_conventioned(const struct relocation_convention *convention,
                                                     const struct relocation_law *law);

/* --- its households --------------------------------------------------------------------------- */

enum occupant_state {
    OCCUPANT_IDENTIFIED = 1,
    OCCUPANT_DIAGNOSED,
    OCCUPANT_OFFERED,
    OCCUPANT_ACCEPTED,
    OCCUPANT_REHOUSED,
    OCCUPANT_LEFT_VOLUNTARILY,
    OCCUPANT_SHELTERED,
    OCCUPANT_LOST_CONTACT,
    OCCUPANT_STATES,
};

enum occupant_event {
    OCCUPANT_IDENTIFY = 1,
    OCCUPANT_DIAGNOSE,
    OCCUPANT_OFFER,
    OCCUPANT_REFUSE_OFFER,
    OCCUPANT_ACCEPT,
    OCCUPANT_REHOUSE,
    OCCUPANT_LEAVE,
    OCCUPANT_SHELTER,
    OCCUPANT_LOSE_CONTACT,
    OCCUPANT_EVENTS,
};

extern const struct machine occupant_machine;

/* F2-9 to F2-14, C-19. */
enum relocation_destination {
    DESTINATION_OWN_STOCK = 1,
    DESTINATION_OTHER_MANAGER,
    DESTINATION_PARTNER_LANDLORD,
    DESTINATION_SLIDING_LEASE,
    DESTINATION_SOCIAL_LANDLORD,
    DESTINATION_VOLUNTARY,
    DESTINATION_SHELTER,
    DESTINATION_LOST_CONTACT,
    DESTINATIONS,
};

struct occupant {
    enum occupant_state state;
    enum relocation_destination destination; /* 0 while still there */
    int64_t size;                            /* people */
    bool has_offer;                          /* pending or accepted; a refused one is none */
};

extern const struct refusal OCCUPANT_WITHOUT_PEOPLE, OCCUPANT_ALREADY_IN_SOCIAL_HOUSING;
/* MOUS-1: a MOUS is not for those already housed in social stock. */
const struct refusal *occupant_may_join(int64_t size, bool is_in_social_housing, bool is_mous);

/* Why an offer was refused (6.11). */
enum offer_refusal_reason {
    OFFER_TOO_FAR = 1,
    OFFER_TOO_DEAR,
    OFFER_TOO_SMALL,
    OFFER_IN_BAD_CONDITION,
    OFFER_NEIGHBOURHOOD,
    OFFER_OTHER,
};

extern const struct refusal OFFER_REFUSED_WITHOUT_REASON;
const struct refusal *occupant_may_refuse_offer(enum offer_refusal_reason reason);

extern const struct refusal OCCUPANT_DESTINATION_UNFIT;
/* Each way of leaving has its destinations: rehoused by a solution, left, sheltered, lost. */
const struct refusal *occupant_may_depart(enum occupant_event departure,
                                          enum relocation_destination destination);

/* --- guards over all households --------------------------------------------------------------- */

extern const struct refusal RELOCATION_DIAGNOSES_INCOMPLETE;
/* 6.11: nobody is merely identified any more. */
const struct refusal *relocation_may_start_relocating(const struct occupant occupants[],
                                                      size_t count);

struct relocation_totals {
    int64_t households;
    int64_t people;
    int64_t households_to[DESTINATIONS]; /* [0]: still there */
    int64_t people_to[DESTINATIONS];
    int64_t solved; /* Q17: households rehoused by a solution */
    int64_t left;   /* Q17: households that are there no more */
};

struct relocation_totals relocation_totals(const struct occupant occupants[], size_t count);

extern const struct refusal RELOCATION_OCCUPANTS_REMAIN, RELOCATION_HOUSEHOLDS_DIFFER,
    RELOCATION_PEOPLE_DIFFER;
/* against the totals that the project announces. */
const struct refusal *relocation_totals_agree(const struct relocation_totals *totals,
                                              int64_t announced_households,
                                              int64_t announced_people);
/* 6.11: every household gone, and the totals agree. */
const struct refusal *relocation_may_be_closed(const struct relocation_totals *totals,
                                               int64_t announced_households,
                                               int64_t announced_people);

/* --- before the works ------------------------------------------------------------------------- */

/* by this day every household still there has an offer. */
struct date relocation_offer_due(struct date works_start, const struct relocation_law *law);
/* 6.11: the day the works start is the latest day to leave. */
bool relocation_departure_is_in_time(struct date left_on, struct date works_start);
/* households still there without an offer that is pending or accepted. */
int64_t relocation_without_offer(const struct occupant occupants[], size_t count);

#endif
