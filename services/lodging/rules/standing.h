/* standing.h - an account in short: its open terms, and what is set against none by name
 *
 * An account's ledger grows for years; what its rules still need of it does not.
 * A standing keeps the terms from the oldest unsettled one on, and forgets those
 * before, whose last cents go to its pool.  standing_entries() gives it back as
 * entries of which account.h, debt.h and arrears.h find the same balance, the same
 * debt and the same facts as of the whole ledger, so that a payment costs the same
 * after twenty years.
 *
 * A later entry for a month that is forgotten is set against the oldest open term
 * (money), or opens that month again (more to pay).
 */
#ifndef LODGING_RULES_STANDING_H
#define LODGING_RULES_STANDING_H

#include "services/lodging/rules/account.h"

/* A month: what it asks for, and what is set against it by name. */
struct open_term {
    struct date month;  /* its first day */
    struct date due_on; /* of its charge; absent: not charged yet */
    int64_t charged_cents;
    int64_t services_cents; /* of what is asked */
    int64_t adjusted_cents;
    struct date adjusted_on; /* the first day more was to be paid */
    int64_t aided_cents;
    int64_t paid_cents;
};

struct standing {
    struct open_term *terms; /* in order of months; room is the caller's */
    size_t count;
    size_t capacity;
    int64_t reductions_cents; /* the pool: what no kept term is named for */
    int64_t aid_cents;
    int64_t payments_cents;
    struct date settled_before; /* months before are forgotten; absent: none is */
};

enum { ENTRIES_OF_A_TERM = 4, ENTRIES_OF_THE_POOL = 3 };

/* Adds an entry of the kinds charge, aid, payment and adjustment.  False, and nothing is added,
 * when there is no room for its month. */
bool standing_take(struct standing *standing, const struct account_entry *entry);
/* The same account as entries; their money lies in the past.  entries has room for
 * ENTRIES_OF_A_TERM of each term and ENTRIES_OF_THE_POOL.  Returns how many. */
size_t standing_entries(const struct standing *standing, struct account_entry entries[]);
/* Forgets the settled terms before the oldest open one; the latest always stays, for it says what
 * aid came last.  terms is what account_at() made of this standing on the day. */
void standing_forget(struct standing *standing, const struct rent_term terms[], size_t count,
                     struct date on);
/* domain.md 6.9: charges less aid and payments, with adjustments; below zero it is a credit. */
int64_t standing_balance_cents(const struct standing *standing);

#endif
