/* A measure closes only with a complete evaluation: entry, exit, domains, outcome, reason (6.2). */
#include "services/measures/rules/evaluation.h"
#include "tests/check.h"

#define BIT(domain) (UINT32_C(1) << (domain))

static struct evaluation complete(void)
{
    return (struct evaluation){ .scheme = SCHEME_ASLL,
                                .entry = { RESOURCES_AT_MINIMUM_LEVEL, STATUS_MINIMUM_BENEFITS },
                                .exit = { RESOURCES_UNKNOWN, STATUS_EMPLOYED },
                                .domains = BIT(DOMAIN_TENANCY_KEEPING) | BIT(DOMAIN_REHOUSING),
                                .outcome = OUTCOME_KEPT_DWELLING,
                                .reason = CLOSING_GOALS_MET };
}

static void test_completeness(void)
{
    struct evaluation evaluation = complete();

    about("6.2, S1-32 to S1-35: what is missing");
    check(evaluation_check(&evaluation) == ACCEPTED, "all is there");
    evaluation.entry.resources = (enum resource_band)0;
    check(evaluation_check(&evaluation) == &EVALUATION_ENTRY_MISSING, "S1-32: resources at entry");
    evaluation = complete();
    evaluation.entry.status = (enum socio_professional_status)0;
    check(evaluation_check(&evaluation) == &EVALUATION_ENTRY_MISSING, "S1-32: status at entry");
    evaluation = complete();
    evaluation.exit.resources = (enum resource_band)0;
    check(evaluation_check(&evaluation) == &EVALUATION_EXIT_MISSING, "S1-33: resources at exit");
    evaluation = complete();
    evaluation.exit.status = (enum socio_professional_status)0;
    check(evaluation_check(&evaluation) == &EVALUATION_EXIT_MISSING, "S1-33: status at exit");
    evaluation.reason = CLOSING_DEATH;
    check(evaluation_check(&evaluation) == ACCEPTED, "after a death it is not asked for");
    evaluation = complete();
    evaluation.domains = 0;
    check(evaluation_check(&evaluation) == &EVALUATION_DOMAINS_MISSING, "S1-34: no domain");
    evaluation = complete();
    evaluation.outcome = (enum housing_outcome)0;
    check(evaluation_check(&evaluation) == &EVALUATION_OUTCOME_MISSING, "S1-35: no outcome");
    evaluation.outcome = OUTCOME_UNKNOWN;
    check(evaluation_check(&evaluation) == ACCEPTED, "S1-35: unknown is an outcome");
    evaluation.reason = (enum closing_reason)0;
    check(evaluation_check(&evaluation) == &EVALUATION_REASON_MISSING, "6.2: no reason");
}

static void test_domains(void)
{
    struct evaluation evaluation = complete();
    int asll = 0, masp = 0;

    about("S1-51, S2-16: domains are several, and of the scheme");
    for (unsigned domain = DOMAIN_TENANCY_KEEPING; domain <= DOMAIN_SOCIAL_INSERTION; domain++) {
        bool is_of_masp = domain >= DOMAIN_BUDGET;

        evaluation.domains = BIT(domain);
        evaluation.scheme = SCHEME_ASLL;
        check(evaluation_check(&evaluation) ==
                  (is_of_masp ? &EVALUATION_DOMAIN_OF_OTHER_SCHEME : ACCEPTED),
              "domain %u under ASLL", domain);
        asll += evaluation_check(&evaluation) == ACCEPTED;
        for (unsigned scheme = SCHEME_MASP1; scheme <= SCHEME_MASP3; scheme++) {
            evaluation.scheme = (enum scheme)scheme;
            check(evaluation_check(&evaluation) ==
                      (is_of_masp ? ACCEPTED : &EVALUATION_DOMAIN_OF_OTHER_SCHEME),
                  "domain %u under MASP, scheme %u", domain, scheme);
        }
        masp += evaluation_check(&evaluation) == ACCEPTED;
    }
    check_number(masp, 7, "F2-5: a MASP has seven fields");
    check_number(asll, 9, "5.1: other schemes have nine");
    evaluation = complete();
    evaluation.domains |= BIT(DOMAIN_BUDGET);
    check(evaluation_check(&evaluation) == &EVALUATION_DOMAIN_OF_OTHER_SCHEME,
          "one wrong domain among right ones");
    evaluation.domains = BIT(0);
    check(evaluation_check(&evaluation) == &EVALUATION_DOMAIN_OF_OTHER_SCHEME, "no such domain: 0");
    evaluation.domains = BIT(17);
    evaluation.scheme = SCHEME_MASP2;
    check(evaluation_check(&evaluation) == &EVALUATION_DOMAIN_OF_OTHER_SCHEME,
          "no such domain: 17");
    check_number(evaluation_domains_of(SCHEME_ACTION_LOGEMENT), evaluation_domains_of(SCHEME_ASLL),
                 "Action Logement works on the same as ASLL");
}

int main(void)
{
    test_completeness();
    test_domains();
    return checks_done();
}
