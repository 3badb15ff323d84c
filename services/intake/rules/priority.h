/* priority.h - whom the regulator sees first for a place of the State's quota
 *
 * Entries go first to people with great difficulty in finding housing (domain.md
 * S4-16), among them three named publics (S4-17).  There is no total order: the
 * score is the number of criteria and the waiting time (Q23); the regulator
 * decides, and says why when someone with a higher score is passed over.
 */
#ifndef INTAKE_RULES_PRIORITY_H
#define INTAKE_RULES_PRIORITY_H

#include "libcommon/calendar.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"
#include "services/intake/rules/household.h"

struct priority_law {
    int64_t points_per_criterion;
    int64_t waiting_months_per_point; /* 0: waiting gives none */
};
extern const struct parameter_field priority_law[];

enum priority_criterion {
    PRIORITY_HARD_ACCESS = 1,          /* S4-16, S4-8: low wages, no guarantor */
    PRIORITY_MINIMUM_BENEFITS,         /* other than the next */
    PRIORITY_DISABLED_ADULT_ALLOWANCE, /* AAH */
    PRIORITY_YOUNG_PRECARIOUS_WORK,    /* temporary or self-employed, 18 to 25 */
    PRIORITY_COUNT,                    /* with 0 */
};

struct priority_facts {
    bool has_hard_access;
    bool receives_minimum_benefits;
    bool receives_disabled_adult_allowance;
    enum socio_professional_status status;
    struct date birth_date;
    struct date waiting_since;
};

struct priority {
    unsigned criteria; /* bit n: criterion n is met */
    int64_t criteria_met;
    int64_t waiting_months; /* complete ones */
    int64_t score;
    struct date waiting_since;
};

struct priority priority_of(const struct priority_facts *facts, struct date on,
                            const struct priority_law *law, const struct youth_law *youth);
/* Negative when a comes before b: the higher score, then the longer wait (unknown: last); 0 when
 * they are equal. */
int priority_compare(const struct priority *a, const struct priority *b);
/* Q23: passing over someone who comes before needs a reason, which is kept. */
const struct refusal *priority_accept_choice(const struct priority *chosen,
                                             const struct priority *first, bool has_reason);

#endif
