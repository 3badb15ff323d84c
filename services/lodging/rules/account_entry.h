/* account_entry.h - an entry of a rent account, the ledger of them, and which may join it
 *
 * An entry says what happened, in whole cents; account.h works out what it
 * comes to.  A ledger borrows its entries, in any order.
 */
#ifndef LODGING_RULES_ACCOUNT_ENTRY_H
#define LODGING_RULES_ACCOUNT_ENTRY_H

#include "libcommon/calendar.h"
#include "libcommon/refusal.h"

/* domain.md 6.9. */
enum entry_kind {
    ENTRY_CHARGE = 1,  /* a term falls due */
    ENTRY_AID,         /* housing aid that came in, for the month it names */
    ENTRY_PAYMENT,     /* from the household, or for it (FSL); below zero: one that bounced */
    ENTRY_ADJUSTMENT,  /* more to pay, or below zero, less */
    ENTRY_WAIVER,      /* given up, erased or lapsed */
    ENTRY_RENT_STOP,   /* takes back what was charged under an order (LHI-1) */
    ENTRY_TRANSFER,    /* a debt that comes from another account, or below zero, goes to one */
    ENTRY_AID_AWAITED, /* no money: aid granted for a month, of which not all has come yet */
};

struct account_entry {
    enum entry_kind kind;
    struct date on;   /* when it takes effect: a charge, the day it falls due */
    struct date term; /* a day of the month it is for; absent: the oldest unpaid, of a charge or
                         more to pay: the month it takes effect */
    int64_t amount_cents;
    int64_t services_cents; /* what of a charge, or of more to pay, is for services (RS-9) */
};

/* Days on which older terms are frozen: from <= day < end, an absent end is open (C-17). */
struct freeze_span {
    struct date from; /* absent: no freeze */
    struct date end;
};

enum { FREEZES_MOST = 4 };

struct ledger {
    const struct account_entry *entries; /* in any order; borrowed */
    size_t count;
    struct freeze_span freezes[FREEZES_MOST]; /* one for each debt file */
};

/* Does it make a term due: a charge, or more to pay? */
bool entry_makes_a_term(const struct account_entry *entry);
bool entry_names_a_term(const struct account_entry *entry);
/* The first day of the month it names, else of the month it takes effect. */
struct date entry_month(const struct account_entry *entry);

/* May the entry join the account?  An amount below zero takes back what stands for the same kind
 * and the same term, and no more. */
const struct refusal *account_may_enter(const struct ledger *ledger,
                                        const struct account_entry *entry);
extern const struct refusal ENTRY_HAS_NO_DATE;
extern const struct refusal ENTRY_HAS_NO_AMOUNT;
extern const struct refusal ENTRY_IS_TOO_LARGE;
extern const struct refusal ENTRY_NAMES_NO_TERM;
extern const struct refusal ENTRY_IS_NEGATIVE;
extern const struct refusal ENTRY_SERVICES_EXCEED_AMOUNT;
extern const struct refusal ENTRY_TAKES_BACK_TOO_MUCH;
extern const struct refusal RENT_STOP_EXCEEDS_TERM;

#endif
