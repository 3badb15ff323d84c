/* owner_lease.h - until when the organisation holds a dwelling or a building, and when to warn
 *
 * A private owner lets to the organisation for 3 or 6 years (Louez solidaire,
 * domain.md LS-1); a landlord entrusts a building to it for a time (transitional
 * management, S2-28).  Both end on a date, and the units leave the stock then,
 * empty (C-13).  Warnings are due six, three and one months before.
 */
#ifndef LODGING_RULES_OWNER_LEASE_H
#define LODGING_RULES_OWNER_LEASE_H

#include "libcommon/calendar.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"

#include <stdbool.h>
#include <stdint.h>

struct owner_lease_law {
    int64_t shorter_years;
    int64_t longer_years;
    int64_t first_warning_months;
    int64_t second_warning_months;
    int64_t last_warning_months;
};

extern const struct parameter_field owner_lease_law[];

enum owner_lease_kind { LOUEZ_SOLIDAIRE_LEASE = 1, TRANSITIONAL_MANAGEMENT };

struct owner_lease {
    enum owner_lease_kind kind;
    struct date start;
    int64_t years;      /* of a lease */
    struct date end_on; /* of a management: the first day without it */
};

struct owner_lease_dates {
    struct date end; /* the first day without it */
    struct date first_warning;
    struct date second_warning;
    struct date last_warning;
};

extern const struct refusal OWNER_LEASE_WITHOUT_KIND;
extern const struct refusal OWNER_LEASE_WITHOUT_START;
extern const struct refusal OWNER_LEASE_OF_OTHER_LENGTH;
extern const struct refusal TRANSITIONAL_MANAGEMENT_WITHOUT_END;

const struct refusal *owner_lease_may_be_recorded(const struct owner_lease *lease,
                                                  const struct owner_lease_law *law);
/* The end and the warnings; backward from the end, not rolled (D-6). */
struct owner_lease_dates owner_lease_dates(const struct owner_lease *lease,
                                           const struct owner_lease_law *law);
/* Does a stay's target end lie beyond what the organisation holds?  Never of a stay without. */
bool stay_outlives_owner_lease(struct date target_end, struct date lease_end);

#endif
