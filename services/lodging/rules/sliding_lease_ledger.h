/* sliding_lease_ledger.h - which months each of the two ledgers of a sliding lease is due
 *
 * The household owes the association from its entry, the association owes the
 * landlord from its own lease's start.  The two are independent in dates and
 * amounts, whatever the other has paid, and both stop at the slide, a day that
 * neither owes (domain.md S2-59, S2-60, BG-6).  What the household then still
 * owes remains its debt to the association.
 */
#ifndef LODGING_RULES_SLIDING_LEASE_LEDGER_H
#define LODGING_RULES_SLIDING_LEASE_LEDGER_H

#include "libcommon/calendar.h"

#include <stdbool.h>
#include <stdint.h>

/* Each "until" is the first day without; absent dates have not come. */
struct sliding_lease_course {
    struct date lease_from;  /* the association's lease with the landlord */
    struct date lease_until; /* given back to the landlord, when it did not slide */
    struct date entry;       /* of the household */
    struct date left;        /* the household's exit, when it did not slide */
    struct date slid_on;
};

struct ledger_span {
    struct date from;
    struct date until; /* absent: still runs */
};

/* household -> association */
struct ledger_span sliding_lease_receivable(const struct sliding_lease_course *course);
/* association -> landlord */
struct ledger_span sliding_lease_payable(const struct sliding_lease_course *course);

/* The part of a month that a ledger is due, in days out of the month's. */
struct month_due {
    int32_t days;
    int32_t of;
};

/* The month is that of any of its days. */
struct month_due ledger_month_due(struct ledger_span span, struct date month);
/* The amount due for it: the monthly amount by days, rounded half up, whole for a whole month. */
int64_t ledger_month_cents(int64_t monthly_cents, struct month_due due);
/* Months of which at least a day is due, up to and with the month of a day. */
int32_t ledger_months_due(struct ledger_span span, struct date until);

#endif
