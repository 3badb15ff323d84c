/* eligibility.h - the conditions a scheme sets on a household before its request is complete
 *
 * MASP asks three things of a person (domain.md MASP-1); AVDL asks for a prior
 * diagnosis that concludes to support (AVDL-4).  ASLL asks nothing: tenants,
 * owners and seekers alike (FSL-1), whatever their income (S1-9).  The
 * conditions of a place to live in are in admission.h.
 */
#ifndef INTAKE_RULES_ELIGIBILITY_H
#define INTAKE_RULES_ELIGIBILITY_H

#include "libcommon/calendar.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"
#include "services/intake/rules/codes.h"

struct eligibility_law {
    int64_t majority_years;
};
extern const struct parameter_field eligibility_law[];

struct eligibility {
    struct date birth_date;
    bool receives_social_benefits;
    bool health_or_safety_is_threatened; /* by difficulty in managing resources */
    struct date diagnosed_on;
    bool diagnosis_finds_support_needed;
};

const struct refusal *eligibility_accept(enum scheme scheme, const struct eligibility *facts,
                                         struct date on, const struct eligibility_law *law);

#endif
