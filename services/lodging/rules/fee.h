/* fee.h - what a month of occupation costs, and what counts for which rule
 *
 * A fee has a housing part (rent, or what stands for it, and recoverable
 * charges), compulsory services, and optional services (RS-9).  A part of a
 * month is priced by the days of that month, and however a month is cut, its
 * parts add up to the month, to the cent.  Spans of days are half-open
 * (domain.md C-1): from <= day < end; where a notice ends the fee, notice_fee_ends() says when
 * (RS-7).
 */
#ifndef LODGING_RULES_FEE_H
#define LODGING_RULES_FEE_H

#include "libcommon/calendar.h"
#include "libcommon/refusal.h"

/* What a whole month costs (RS-9, R353-165). */
struct fee {
    int64_t rent_cents;
    int64_t charges_cents;
    int64_t services_cents;          /* compulsory */
    int64_t optional_services_cents; /* chosen by the resident; on an invoice of their own */
};

/* Who receives the housing aid: a field, never an assumption (RS-16). */
enum aid_payee { AID_TO_NOBODY = 1, AID_TO_HOUSEHOLD, AID_TO_MANAGER };

/* The fee from a day on, until the next one of the schedule. */
struct fee_period {
    struct date from;
    struct fee fee;
    enum aid_payee aid_payee;
};

/* Every part lies between 0 and MONEY_LARGEST_CENTS. */
const struct refusal *fee_may_be_asked(const struct fee *fee);
extern const struct refusal FEE_IS_NEGATIVE;
extern const struct refusal FEE_IS_TOO_LARGE;

/* Rent and charges: what counts for the housing aid (RS-9, ARR-1, ARR-5) and for the two months of
 * RS-5 b. */
int64_t fee_housing_cents(const struct fee *fee);
/* What the monthly receipt asks: housing and compulsory services (RS-9). */
int64_t fee_compulsory_cents(const struct fee *fee);
/* The whole term, whose three wholly unpaid months RS-5 a counts: optional services too. */
int64_t fee_total_cents(const struct fee *fee);

/* The period of a schedule, in order of its first days, that holds on a day; NULL before the first.
 * Borrowed from the schedule. */
const struct fee_period *fee_in_force(const struct fee_period schedule[], size_t count,
                                      struct date on);

/* What the month of a day costs for the days of it that lie in from <= day < end; an absent end is
 * open.  Days are priced by their place in the month, so that the parts of any cut add up. */
struct fee fee_of_month(const struct fee *fee, struct date month, struct date from,
                        struct date end);

#endif
