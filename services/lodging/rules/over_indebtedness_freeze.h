/* over_indebtedness_freeze.h - which part of a rent debt a debt file freezes, and what an erasure
 * does
 *
 * A deposit freezes nothing (SUR-3, Q21).  From its admissibility, and for two
 * years at most, what was due before it is frozen: owed, not to be paid, and no
 * part of the current checks; the current term keeps running (SUR-4, SUR-5).
 * The freeze ends with the plan, the closing or the rejection (C-17).
 */
#ifndef LODGING_RULES_OVER_INDEBTEDNESS_FREEZE_H
#define LODGING_RULES_OVER_INDEBTEDNESS_FREEZE_H

#include "libcommon/parameters.h"
#include "services/lodging/rules/account.h"

struct freeze_law {
    struct period suspension;  /* SUR-4 */
    struct period clause_stay; /* SUR-9 */
};

extern const struct parameter_field freeze_law[];

/* What lodging hears of a debt file; absent what has not come. */
struct debt_file {
    struct date admissible_on;
    struct date settled_on;  /* plan or measures in force */
    struct date closed_on;   /* erased by a personal recovery, completed or given up */
    struct date rejected_on; /* by the judge, after admissibility */
};

/* The days on which older terms are frozen, for a ledger; {0} for a file that was never admitted.
 */
struct freeze_span freeze_span_of(const struct debt_file *file, const struct freeze_law *law);

/* What is frozen of an account's terms on a day. */
int64_t frozen_cents(const struct rent_term terms[], size_t count, const struct freeze_span *freeze,
                     struct date on);

/* Does the payment settle a frozen term, by its name?  Warned of, never refused (Q20). */
bool payment_is_on_frozen_term(const struct account_entry *entry, const struct rent_term terms[],
                               size_t count, const struct freeze_span *freeze);

/* A personal recovery erased the rent debt, and the clause of the lease (SUR-9, SUR-10, C. conso
 * L714-1, law of 1989 art. 24). */
struct erasure {
    struct date admissible_on;
    struct date clause_acquired_on; /* absent: it never took effect */
    struct date rent_resumed_on;    /* in full; absent: it was not */
    struct date hearing_on;
    struct date judged_on;      /* the lease judge stays the clause; absent: not yet */
    struct date rent_missed_on; /* the first current rent missed since; absent: none */
};

enum clause_after_erasure {
    CLAUSE_AFTER_ERASURE_NOT_ACQUIRED = 1, /* frozen rent cannot bring it about */
    CLAUSE_AFTER_ERASURE_ACQUIRED,         /* the erasure does not undo it (SUR-10) */
    CLAUSE_AFTER_ERASURE_STAYED,           /* two years, from the judge's decision (SUR-9) */
    CLAUSE_AFTER_ERASURE_WORKS_AGAIN,      /* rent was missed while it was stayed */
    CLAUSE_AFTER_ERASURE_NEVER_RAN,        /* rent was paid throughout */
};

enum clause_after_erasure clause_after_erasure(const struct erasure *erasure, struct date on,
                                               const struct freeze_law *law);
/* The last day of the stay; absent before the judge's decision. */
struct date clause_stayed_until(const struct erasure *erasure, const struct freeze_law *law);

#endif
