/* evaluation.h - what an evaluation must hold before its measure may close
 *
 * The same variables at entry and at exit, so that they can be compared
 * (S1-32, S1-33), the domains worked on (S1-34, several at once: S1-51), the
 * outcome with regard to housing (S1-35), and why the measure ended.  Outcome,
 * exit channel and exit direction are three different things; only the first
 * is here (SX-3).
 */
#ifndef MEASURES_RULES_EVALUATION_H
#define MEASURES_RULES_EVALUATION_H

#include "libcommon/refusal.h"
#include "services/measures/rules/measure.h"
#include "services/measures/rules/scheme.h"

enum resource_band { RESOURCES_AT_MINIMUM_LEVEL = 1, RESOURCES_ABOVE, RESOURCES_UNKNOWN };

enum socio_professional_status {
    STATUS_MINIMUM_BENEFITS = 1,
    STATUS_EMPLOYED,
    STATUS_TEMP_WORKER,
    STATUS_SELF_EMPLOYED,
    STATUS_AT_HOME_DISABLED_RETIRED,
    STATUS_STUDENT_TRAINEE_APPRENTICE,
    STATUS_JOBSEEKER,
};

enum intervention_domain {
    DOMAIN_TENANCY_KEEPING = 1,
    DOMAIN_REHOUSING,
    DOMAIN_DWELLING_APPROPRIATION,
    DOMAIN_HOUSING_ACCESS,
    DOMAIN_DWELLING_NEIGHBOURHOOD_INTEGRATION,
    DOMAIN_ADMIN_BUDGET,
    DOMAIN_HOUSING_DEBT,
    DOMAIN_RENTAL_MEDIATION,
    DOMAIN_TENANT_RIGHTS_DUTIES,
    /* the seven fields of a MASP (S2-16, F2-5) */
    DOMAIN_BUDGET,
    DOMAIN_BENEFIT_MANAGEMENT,
    DOMAIN_RENT_PAYMENT,
    DOMAIN_EVICTION_PREVENTION,
    DOMAIN_RIGHTS,
    DOMAIN_CARE_ACCESS,
    DOMAIN_SOCIAL_INSERTION,
};

enum housing_outcome {
    OUTCOME_KEPT_DWELLING = 1,
    OUTCOME_REHOUSED,
    OUTCOME_ACCESS_OBTAINED,
    OUTCOME_EVICTED,
    OUTCOME_TEMPORARY_HOUSING,
    OUTCOME_UNCHANGED,
    OUTCOME_UNKNOWN,
};

struct situation {
    enum resource_band resources;
    enum socio_professional_status status;
};

struct evaluation {
    enum scheme scheme;
    struct situation entry;
    struct situation exit;
    uint32_t domains; /* bit n set: domain n */
    enum housing_outcome outcome;
    enum closing_reason reason;
};

extern const struct refusal EVALUATION_ENTRY_MISSING;
extern const struct refusal EVALUATION_EXIT_MISSING;
extern const struct refusal EVALUATION_DOMAINS_MISSING;
extern const struct refusal EVALUATION_DOMAIN_OF_OTHER_SCHEME;
extern const struct refusal EVALUATION_OUTCOME_MISSING;
extern const struct refusal EVALUATION_REASON_MISSING;

/* The bits of the domains that a scheme knows. */
uint32_t evaluation_domains_of(enum scheme scheme);
bool situation_is_complete(struct situation situation);
/* CLOSING -> CLOSED.  After a death no situation at exit is asked for. */
const struct refusal *evaluation_check(const struct evaluation *evaluation);

#endif
