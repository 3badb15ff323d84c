#include "services/measures/rules/evaluation.h"

#define DOMAIN_BIT(domain) (UINT32_C(1) << (domain))

/* From the first domain to the last, both included. */
#define DOMAIN_BITS(first, last) (DOMAIN_BIT((last) + 1) - DOMAIN_BIT(first))

const struct refusal EVALUATION_ENTRY_MISSING = {
    .code = "EVALUATION_ENTRY_MISSING",
    .field = "measure",
    .rule = "S1-32, 6.2",
    .french = "La situation à l'entrée est incomplète : ressources et situation "
              "socioprofessionnelle.",
    .english = "The situation at entry is incomplete: resources and socio-professional status.",
};
const struct refusal EVALUATION_EXIT_MISSING = {
    .code = "EVALUATION_EXIT_MISSING",
    .field = "exit",
    .rule = "S1-33, 6.2",
    .french = "La situation à la sortie est incomplète : ressources et situation "
              "socioprofessionnelle.",
    .english = "The situation at exit is incomplete: resources and socio-professional status.",
};
const struct refusal EVALUATION_DOMAINS_MISSING = {
    .code = "EVALUATION_DOMAINS_MISSING",
    .field = "domains",
    .rule = "S1-34, 6.2",
    .french = "Cochez au moins un domaine d'intervention.",
    .english = "Tick at least one domain of intervention.",
};
const struct refusal EVALUATION_DOMAIN_OF_OTHER_SCHEME = {
    .code = "EVALUATION_DOMAIN_OF_OTHER_SCHEME",
    .field = "domains",
    .rule = "S1-51, S2-16",
    .french = "Un domaine coché n'appartient pas à ce dispositif : décochez-le.",
    .english = "A domain ticked does not belong to this scheme: untick it.",
};
const struct refusal EVALUATION_OUTCOME_MISSING = {
    .code = "EVALUATION_OUTCOME_MISSING",
    .field = "outcome",
    .rule = "S1-35, 6.2",
    .french = "Indiquez le résultat au regard du logement.",
    .english = "Give the outcome with regard to housing.",
};
const struct refusal EVALUATION_REASON_MISSING = {
    .code = "EVALUATION_REASON_MISSING",
    .field = "closing_reason",
    .rule = "6.2",
    .french = "Indiquez le motif de fin de la mesure.",
    .english = "Give the reason why the measure ended.",
};

static bool is_masp(enum scheme scheme)
{
    return scheme == SCHEME_MASP1 || scheme == SCHEME_MASP2 || scheme == SCHEME_MASP3;
}

uint32_t evaluation_domains_of(enum scheme scheme)
{
    if (is_masp(scheme))
        return DOMAIN_BITS(DOMAIN_BUDGET, DOMAIN_SOCIAL_INSERTION);
    return DOMAIN_BITS(DOMAIN_TENANCY_KEEPING, DOMAIN_TENANT_RIGHTS_DUTIES);
}

bool situation_is_complete(struct situation situation)
{
    return situation.resources != 0 && situation.status != 0;
}

static const struct refusal *domains_check(const struct evaluation *evaluation)
{
    if (evaluation->domains == 0)
        return &EVALUATION_DOMAINS_MISSING;
    if ((evaluation->domains & ~evaluation_domains_of(evaluation->scheme)) != 0)
        return &EVALUATION_DOMAIN_OF_OTHER_SCHEME;
    return ACCEPTED;
}

const struct refusal *evaluation_check(const struct evaluation *evaluation)
{
    if (!situation_is_complete(evaluation->entry))
        return &EVALUATION_ENTRY_MISSING;
    if (evaluation->reason == 0)
        return &EVALUATION_REASON_MISSING;
    if (evaluation->reason != CLOSING_DEATH && !situation_is_complete(evaluation->exit))
        return &EVALUATION_EXIT_MISSING;
    if (evaluation->outcome == 0)
        return &EVALUATION_OUTCOME_MISSING;
    return domains_check(evaluation);
}
