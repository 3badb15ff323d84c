/* debt.h - what an account's terms say of its debt at a date
 *
 * The whole debt, or the resident's own: without the aid that has been granted
 * and has not come yet, for most debts of less than three months are late aid.
 * What a debt file has frozen is kept apart from both (SUR-4, C-17): it is owed,
 * and counts for no current test.
 */
#ifndef LODGING_RULES_DEBT_H
#define LODGING_RULES_DEBT_H

#include "services/lodging/rules/account.h"

enum debt_weighed { WHOLE_DEBT = 1, OWN_DEBT };

struct debt_view {
    enum debt_weighed weighed;
    bool aid_is_part_payment; /* is a term wholly unpaid though its aid came? (RS-5 a, RS-16) */
};

struct debt {
    int64_t due_cents;         /* due, unpaid, not frozen */
    int64_t awaited_aid_cents; /* of it */
    int64_t own_cents;         /* the rest of it */
    int64_t frozen_cents;      /* besides */

    /* By the view: of the whole debt, or of the resident's own. */
    int64_t weighed_cents;
    int64_t housing_cents;       /* rent and charges of it; services are settled last */
    struct date oldest_due_on;   /* absent: nothing is weighed */
    int32_t wholly_unpaid_terms; /* the longest run of consecutive ones */
    bool partly_paid;            /* some term left was paid in part */
};

/* freeze is the one that holds at the terms' date, or NULL.  A month for which nothing is due in
 * the end (under a rent stop, say) is no term: it neither counts in a run nor breaks it.  A waiver
 * lowers what is to be paid; it pays nothing. */
struct debt debt_of(const struct rent_term terms[], size_t count, const struct freeze_span *freeze,
                    const struct debt_view *view);

#endif
