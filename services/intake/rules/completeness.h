/* completeness.h - what a file must hold, by scheme, and what it still lacks
 *
 * The items a request needs before a body may decide on it are bits of a table,
 * one row a scheme; an organisation adds its own (domain.md FSL-3).  The same
 * check stands before a candidature is sent, because an incomplete file is what
 * managers refuse (S4-38).  An item is there or not: what it says is judged by
 * the rules of eligibility and admission, never here.  Resources are an item for
 * ASLL: recorded, never a ground for refusal (S1-9).
 */
#ifndef INTAKE_RULES_COMPLETENESS_H
#define INTAKE_RULES_COMPLETENESS_H

#include "libcommon/refusal.h"
#include "services/intake/rules/codes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum item {
    ITEM_CONSENT = 1,           /* FSL-5, S2-15 */
    ITEM_HOUSEHOLD_COMPOSITION, /* who lives in the household, S3-6 */
    ITEM_RESOURCES,             /* S1-9, S1-32 */
    ITEM_TENURE,                /* S1-55 */
    ITEM_SOCIAL_EVALUATION,     /* FSL-6 */
    ITEM_PRESCRIBER,            /* AVDL-3: which body asks */
    ITEM_PRIOR_DIAGNOSIS,       /* AVDL-4 */
    ITEM_SUPPORT_KIND,          /* AVDL-2: towards, at, in housing */
    ITEM_ENFORCEABLE_RIGHT,     /* AVDL-7: the recognition that makes it the DALO stream */
    ITEM_SOCIAL_BENEFITS,       /* MASP-1 */
    ITEM_MANAGEMENT_DIFFICULTY, /* MASP-1: health or safety threatened */
    ITEM_PRE_DIAGNOSIS,         /* S3-19 */
    ITEM_RECOMMENDATIONS,       /* S3-19 */
    ITEM_ENTRY_REASON,          /* S3-2, S3-7: unpaid rent, housing and debt */
    ITEM_EMPLOYMENT,            /* S3-5 */
    ITEM_HOUSEHOLD_TYPE,        /* S3-6 */
    ITEM_PREVIOUS_HOUSING,      /* S0-16 */
    ITEM_OUT_OF_REACH_REASON,   /* S0-6, S0-20, S4-8: why ordinary housing is out of reach */
    ITEM_RESERVATION_HOLDER,    /* S0-17 */
    ITEM_RIGHT_OF_STAY,         /* S0-21 */
    ITEM_FEE_GUARD,             /* S0-22 */
    ITEM_INSERTION_PROJECT,     /* S0-23 */
    ITEM_SIAO_REQUEST,          /* S4-26 */
    ITEM_LANDLORD_AGREEMENT,    /* S2-26, S2-57: the convention with the landlord */
    ITEM_COUNT,                 /* with 0 */
};

/* A set of items is a number: bit n is item n. */
#define ITEM(name) (UINT32_C(1) << ITEM_##name)

/* What a request for the scheme must hold; 0 for no scheme. */
uint32_t items_of_request(enum scheme scheme);
/* What a file must hold before it goes to a manager; a place of the State's quota also asks for the
 * SI SIAO request (S4-26). */
uint32_t items_of_candidature(bool state_quota);
/* The items required, and those that the organisation adds, that are not present. */
uint32_t items_missing(uint32_t needed, uint32_t added, uint32_t present);
/* Writes the missing items in the order of the list, at most ITEM_COUNT - 1; returns how many. */
size_t items_list(uint32_t items, enum item list[static ITEM_COUNT]);
/* Nothing is missing. */
const struct refusal *completeness_accept(uint32_t missing);

#endif
