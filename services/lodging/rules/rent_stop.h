/* rent_stop.h - rent that is not due under an insalubrity or safety order
 *
 * From the first day of the month after the order's notification was sent until
 * the first day of the month after the release order, rent and any other sum for
 * occupation is not due; the lease's length and the housing aid are suspended
 * (domain.md LHI-1 with C-24, CCH L521-2).  What was charged for those months is
 * taken back from the account, to the cent.
 */
#ifndef LODGING_RULES_RENT_STOP_H
#define LODGING_RULES_RENT_STOP_H

#include "services/lodging/rules/account.h"

struct rent_stop {
    struct date notification_sent_on; /* of the order; or the day it was posted up */
    struct date released_on;          /* the release order, notified; absent: the order holds */
};

/* Both ends are firsts of months; from <= day < end, an absent end is open. */
struct rent_stop_span {
    struct date from;
    struct date end;
};

struct rent_stop_span rent_stop_span_of(const struct rent_stop *stop);
bool rent_stop_holds(const struct rent_stop *stop, struct date day);

/* What must be taken back: for each month of the stop that an account's terms still charge,
 * a RENT_STOP entry dated on.  Writes no more than count entries to reversals; returns how many. */
size_t rent_stop_reversals(const struct rent_stop *stop, const struct rent_term terms[],
                           size_t count, struct date on, struct account_entry reversals[]);

/* The end of a lease whose length the stop suspended; absent while the order holds and the lease
 * had not ended before. */
struct date rent_stop_lease_end(const struct rent_stop *stop, struct date lease_end);

#endif
