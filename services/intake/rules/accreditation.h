/* accreditation.h - the register of accredited associations, and what it allows them
 *
 * An association specialised in insertion that asks for a measure may perform
 * it itself if it is accredited; otherwise another operator must (domain.md
 * S1-7).  The register keeps every accreditation with its validity; a renewal
 * is a new entry, a withdrawal ends one early.  Functions here take the
 * entries of one association, in any order.
 */
#ifndef INTAKE_RULES_ACCREDITATION_H
#define INTAKE_RULES_ACCREDITATION_H

#include "libcommon/calendar.h"
#include "libcommon/refusal.h"
#include "services/intake/rules/codes.h"

#include <stddef.h>

struct accreditation {
    struct date from;
    struct date until;        /* the last day it is valid; absent: no end was set */
    struct date withdrawn_on; /* it holds until the eve; absent: never withdrawn */
};

/* A new entry begins, ends no earlier than it begins, and shares no day with another one. */
const struct refusal *accreditation_accept(const struct accreditation register_of_one[],
                                           size_t count, const struct accreditation *added);
/* An entry is withdrawn from a day of its validity on, once. */
const struct refusal *accreditation_accept_withdrawal(const struct accreditation *entry,
                                                      struct date withdrawn_on);
bool accreditation_holds(const struct accreditation register_of_one[], size_t count,
                         struct date on);
/* The last day covered without a gap from a day on, renewals included: what A-07 counts from.
 * Absent when the day is not covered, or the cover has no end. */
struct date accreditation_covered_until(const struct accreditation register_of_one[], size_t count,
                                        struct date on);

/* Who may perform an external measure, seen from who asked for it. */
enum operator_choice {
    ANY_OPERATOR = 1,
    REQUESTER_PREFERRED, /* 6.1: the accredited association that asked comes first */
    OTHER_THAN_REQUESTER /* S1-7: it asked and is not accredited */
};
enum operator_choice operator_choice_for(enum request_origin origin, bool requester_is_accredited);
/* Refuses the association that asked without being accredited on the day of the decision. */
const struct refusal *operator_accept(enum operator_choice choice, bool is_requester);

#endif
