/* account.h - a rent account: what is due, aided, paid and left of each month's term, at a date
 *
 * The account is an array of entries (account_entry.h), handed in; what it comes to at a date goes
 * into an array of terms that the caller owns.  Whole cents, and every cent is somewhere: of each
 * term
 *
 *     charged + adjusted = aided + waived + paid + left,  and  left >= 0
 *
 * and of the account the same, less its credit.  Nothing that is dated after the date counts.
 *
 * Money is set against the term that its payer names, and what is more than that term, or names
 * none, against the oldest (Code civil 1342-10); what is more than all is a credit, which covers
 * the next term.  Money that names a term not yet charged waits for it.  Inside a term money
 * settles housing before services: the debt that costs the aid, and the home, goes first.  A
 * payment made while a debt file has frozen older terms does not settle those (SUR-5), unless it
 * names them.
 *
 * A sliding lease has two accounts, what the occupant owes and what is owed to the landlord;
 * neither knows of the other (BG-6, S2-59).
 */
#ifndef LODGING_RULES_ACCOUNT_H
#define LODGING_RULES_ACCOUNT_H

#include "services/lodging/rules/account_entry.h"

/* A month's term, at a date. */
struct rent_term {
    struct date month;  /* its first day */
    struct date due_on; /* absent: nothing was charged for that month */
    int64_t charged_cents;
    int64_t adjusted_cents; /* adjustments, transfers and rent stops */
    int64_t aided_cents;
    int64_t waived_cents;
    int64_t paid_cents;
    int64_t left_cents;
    int64_t services_cents;    /* what of the sum due is for services */
    int64_t awaited_aid_cents; /* what of the sum left is aid that has been granted */
};

/* The whole account, at a date: what was entered, what is left, and the credit. */
struct account {
    size_t term_count;
    int64_t charged_cents;
    int64_t adjusted_cents;
    int64_t aided_cents;
    int64_t waived_cents;
    int64_t paid_cents;
    int64_t left_cents;
    int64_t credit_cents;
    int64_t awaited_aid_cents;
};

/* How many terms account_at() fills: every month from the first charged to the last. */
size_t account_term_count(const struct ledger *ledger, struct date on);

/* Fills terms[0..term_count) in order of months and *account.  False, with both untouched, when
 * capacity is below account_term_count().  Entries are as account_may_enter() accepts them; with
 * others cents are still conserved. */
bool account_at(const struct ledger *ledger, struct date on, struct rent_term terms[],
                size_t capacity, struct account *account);

/* What was due for the month: charged and adjusted. */
int64_t rent_term_due_cents(const struct rent_term *term);
/* What is left of its rent and charges, which is what the thresholds on housing debt weigh. */
int64_t rent_term_housing_left_cents(const struct rent_term *term);

/* The freeze that holds on a day; NULL when none does.  Borrowed from the ledger. */
const struct freeze_span *ledger_freeze_on(const struct ledger *ledger, struct date on);
/* Was the term due before the freeze began, and is so frozen by it?  No for no freeze. */
bool rent_term_is_frozen(const struct rent_term *term, const struct freeze_span *freeze);

#endif
