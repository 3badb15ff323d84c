#include "services/measures/rules/contract.h"

/* --- the machine (6.4) ------------------------------------------------------------------------ */

static const char *const states[] = {
    "",         "DRAFT",   "PROPOSED",   "PARTLY_SIGNED", "SIGNED",
    "IN_FORCE", "EXPIRED", "TERMINATED", "REFUSED",
};

static const char *const events[] = {
    "",      "DRAW_UP",   "PROPOSE",   "SIGN",   "SIGN_LAST", "TAKE_EFFECT",
    "AMEND", "REACH_END", "TERMINATE", "REFUSE",
};

static const struct transition transitions[] = {
    { 0, CONTRACT_DRAW_UP, CONTRACT_DRAFT },
    { CONTRACT_DRAFT, CONTRACT_PROPOSE, CONTRACT_PROPOSED },
    { CONTRACT_PROPOSED, CONTRACT_SIGN, CONTRACT_PARTLY_SIGNED },
    { CONTRACT_PROPOSED, CONTRACT_SIGN_LAST, CONTRACT_SIGNED },
    { CONTRACT_PROPOSED, CONTRACT_REFUSE, CONTRACT_REFUSED },
    { CONTRACT_PARTLY_SIGNED, CONTRACT_SIGN, CONTRACT_PARTLY_SIGNED },
    { CONTRACT_PARTLY_SIGNED, CONTRACT_SIGN_LAST, CONTRACT_SIGNED },
    { CONTRACT_PARTLY_SIGNED, CONTRACT_REFUSE, CONTRACT_REFUSED },
    { CONTRACT_SIGNED, CONTRACT_TAKE_EFFECT, CONTRACT_IN_FORCE },
    { CONTRACT_SIGNED, CONTRACT_TERMINATE, CONTRACT_TERMINATED },
    { CONTRACT_IN_FORCE, CONTRACT_AMEND, CONTRACT_IN_FORCE },
    { CONTRACT_IN_FORCE, CONTRACT_REACH_END, CONTRACT_EXPIRED },
    { CONTRACT_IN_FORCE, CONTRACT_TERMINATE, CONTRACT_TERMINATED },
};

const struct machine contract_machine = {
    .name = "contract",
    .states = states,
    .state_count = sizeof states / sizeof *states,
    .events = events,
    .event_count = sizeof events / sizeof *events,
    .transitions = transitions,
    .transition_count = sizeof transitions / sizeof *transitions,
    .terminal = UINT64_C(1) << CONTRACT_EXPIRED | UINT64_C(1) << CONTRACT_TERMINATED |
                UINT64_C(1) << CONTRACT_REFUSED,
};

/* --- signatures ------------------------------------------------------------------------------- */

#define CONTRACT_LAW(kind)                                                                         \
    {                                                                                              \
        { "measures.contract." kind ".household_signs", UNIT_YES_NO,                               \
          offsetof(struct contract_law, household_signs) },                                        \
            { "measures.contract." kind ".operator_signs", UNIT_YES_NO,                            \
              offsetof(struct contract_law, operator_signs) },                                     \
            { "measures.contract." kind ".department_signs", UNIT_YES_NO,                          \
              offsetof(struct contract_law, department_signs) },                                   \
            { "measures.contract.evaluation_before_end", UNIT_DAYS,                                \
              offsetof(struct contract_law, evaluation_days) },                                    \
            { 0 },                                                                                 \
    }

static const struct parameter_field law_of_support[] = CONTRACT_LAW("support");
static const struct parameter_field law_of_masp1[] = CONTRACT_LAW("masp1");
static const struct parameter_field law_of_masp2[] = CONTRACT_LAW("masp2");
static const struct parameter_field law_of_commitment[] = CONTRACT_LAW("mutual_commitment");
static const struct parameter_field law_of_residence[] = CONTRACT_LAW("residence_support");

const struct parameter_field *contract_law_of(enum contract_kind kind)
{
    switch (kind) {
    case CONTRACT_MASP1: return law_of_masp1;
    case CONTRACT_MASP2: return law_of_masp2;
    case CONTRACT_MUTUAL_COMMITMENT: return law_of_commitment;
    case CONTRACT_RESIDENCE_SUPPORT: return law_of_residence;
    default: return law_of_support;
    }
}

const struct refusal CONTRACT_UNSIGNED_BY_HOUSEHOLD = {
    .code = "CONTRACT_UNSIGNED_BY_HOUSEHOLD",
    .field = "household_signed_on",
    .rule = "6.4, S2-22, S3-17",
    .french = "Il manque la signature du ménage et sa date.",
    .english = "The household's signature and its date are missing.",
};
const struct refusal CONTRACT_UNSIGNED_BY_OPERATOR = {
    .code = "CONTRACT_UNSIGNED_BY_OPERATOR",
    .field = "operator_signed_on",
    .rule = "6.4, S2-22, S3-17",
    .french = "Il manque la signature de l'opérateur et sa date.",
    .english = "The operator's signature and its date are missing.",
};
const struct refusal CONTRACT_UNSIGNED_BY_DEPARTMENT = {
    .code = "CONTRACT_UNSIGNED_BY_DEPARTMENT",
    .field = "department_signed_on",
    .rule = "6.4, S2-22, MASP-2",
    .french = "Il manque la signature du département et sa date.",
    .english = "The department's signature and its date are missing.",
};
const struct refusal CONTRACT_STARTS_BEFORE_SIGNATURES = {
    .code = "CONTRACT_STARTS_BEFORE_SIGNATURES",
    .field = "starts_on",
    .rule = "S2-22",
    .french = "Le contrat ne prend effet qu'une fois toutes les signatures réunies.",
    .english = "The contract takes effect only once all signatures are there.",
};

int32_t contract_signatures_needed(const struct contract_law *law)
{
    return law->household_signs + law->operator_signs + law->department_signs;
}

const struct refusal *contract_signatures_check(const struct contract_law *law,
                                                const struct signatures *signatures)
{
    if (law->household_signs && !date_is_set(signatures->household_on))
        return &CONTRACT_UNSIGNED_BY_HOUSEHOLD;
    if (law->operator_signs && !date_is_set(signatures->operator_on))
        return &CONTRACT_UNSIGNED_BY_OPERATOR;
    if (law->department_signs && !date_is_set(signatures->department_on))
        return &CONTRACT_UNSIGNED_BY_DEPARTMENT;
    return ACCEPTED;
}

enum contract_event contract_event_of(const struct contract_law *law,
                                      const struct signatures *signatures)
{
    return contract_signatures_check(law, signatures) ? CONTRACT_SIGN : CONTRACT_SIGN_LAST;
}

struct date contract_signed_on(const struct contract_law *law, const struct signatures *signatures)
{
    struct date last = DATE_NONE;

    if (contract_signatures_check(law, signatures))
        return DATE_NONE;
    if (law->household_signs)
        last = date_later(last, signatures->household_on);
    if (law->operator_signs)
        last = date_later(last, signatures->operator_on);
    if (law->department_signs)
        last = date_later(last, signatures->department_on);
    return last;
}

const struct refusal *contract_start_check(const struct contract_law *law,
                                           const struct signatures *signatures, struct date start)
{
    const struct refusal *missing = contract_signatures_check(law, signatures);

    if (missing)
        return missing;
    return date_is_before(start, contract_signed_on(law, signatures))
               ? &CONTRACT_STARTS_BEFORE_SIGNATURES
               : ACCEPTED;
}

/* --- what it says ----------------------------------------------------------------------------- */

const struct refusal CONTRACT_OBJECTIVES_MISSING = {
    .code = "CONTRACT_OBJECTIVES_MISSING",
    .field = "objectives",
    .rule = "6.4, S3-17, FSL-9",
    .french = "Il manque des objectifs : ceux du ménage et, dans une convention d'accompagnement, "
              "ceux de l'opérateur.",
    .english = "Objectives are missing: the household's and, in a mutual commitment, the "
               "operator's.",
};
const struct refusal CONTRACT_OBLIGATIONS_MISSING = {
    .code = "CONTRACT_OBLIGATIONS_MISSING",
    .field = "obligations",
    .rule = "6.4, S3-17",
    .french = "Indiquez les obligations des deux parties, ménage et opérateur.",
    .english = "Give the obligations of both parties, household and operator.",
};
const struct refusal CONTRACT_DIFFICULTIES_MISSING = {
    .code = "CONTRACT_DIFFICULTIES_MISSING",
    .field = "objectives",
    .rule = "6.4",
    .french = "Nommez les difficultés que l'accompagnement doit traiter.",
    .english = "Name the difficulties that the support is to deal with.",
};
const struct refusal CONTRACT_CONTENT_MISSING = {
    .code = "CONTRACT_CONTENT_MISSING",
    .field = "obligations",
    .rule = "6.4",
    .french = "Décrivez le contenu de l'accompagnement.",
    .english = "Describe what the support consists of.",
};

static const struct refusal *commitment_check(const struct contract_terms *terms)
{
    if (terms->household_objectives < 1 || terms->operator_objectives < 1)
        return &CONTRACT_OBJECTIVES_MISSING;
    if (terms->household_obligations < 1 || terms->operator_obligations < 1)
        return &CONTRACT_OBLIGATIONS_MISSING;
    return ACCEPTED;
}

static const struct refusal *residence_check(const struct contract_terms *terms)
{
    if (terms->difficulties < 1)
        return &CONTRACT_DIFFICULTIES_MISSING;
    return terms->contents < 1 ? &CONTRACT_CONTENT_MISSING : ACCEPTED;
}

const struct refusal *contract_terms_check(enum contract_kind kind,
                                           const struct contract_terms *terms)
{
    switch (kind) {
    case CONTRACT_MUTUAL_COMMITMENT: return commitment_check(terms);
    case CONTRACT_RESIDENCE_SUPPORT: return residence_check(terms);
    default: return terms->household_objectives < 1 ? &CONTRACT_OBJECTIVES_MISSING : ACCEPTED;
    }
}

/* --- MASP ------------------------------------------------------------------------------------- */

const struct refusal CONTRACT_MASP_NOT_ADULT = {
    .code = "CONTRACT_MASP_NOT_ADULT",
    .field = "person",
    .rule = "S2-13, MASP-1, CASF L271-1",
    .french = "La MASP est réservée aux personnes majeures.",
    .english = "A MASP is for adults only.",
};
const struct refusal CONTRACT_MASP_NO_BENEFITS = {
    .code = "CONTRACT_MASP_NO_BENEFITS",
    .field = "benefits",
    .rule = "S2-13, MASP-1, CASF L271-1",
    .french = "La MASP suppose que la personne perçoive des prestations sociales.",
    .english = "A MASP supposes that the person receives social benefits.",
};
const struct refusal CONTRACT_MASP_NO_THREAT = {
    .code = "CONTRACT_MASP_NO_THREAT",
    .field = "difficulties",
    .rule = "S2-13, MASP-1, CASF L271-1",
    .french = "La MASP suppose que la santé ou la sécurité soient menacées par les difficultés à "
              "gérer les ressources : précisez-le.",
    .english = "A MASP supposes that health or safety are threatened by difficulty in managing "
               "resources: state it.",
};
const struct refusal CONTRACT_EVALUATION_MISSING = {
    .code = "CONTRACT_EVALUATION_MISSING",
    .field = "measure",
    .rule = "MASP-2, CASF L271-2, A-23",
    .french = "Le renouvellement d'une MASP suppose l'évaluation préalable du contrat qui "
              "s'achève : réalisez-la d'abord.",
    .english = "Renewing a MASP supposes a prior evaluation of the contract that ends: make it "
               "first.",
};
const struct refusal CONTRACT_AXES_NOT_RANKED = {
    .code = "CONTRACT_AXES_NOT_RANKED",
    .field = "axes",
    .rule = "S2-21",
    .french = "Classez les axes de l'accompagnement par priorité : 1, 2, 3… chacun une fois.",
    .english = "Rank the axes of the support by priority: 1, 2, 3... each once.",
};

const struct refusal *contract_masp_check(struct masp_applicant applicant)
{
    if (!applicant.is_adult)
        return &CONTRACT_MASP_NOT_ADULT;
    if (!applicant.receives_benefits)
        return &CONTRACT_MASP_NO_BENEFITS;
    return applicant.health_or_safety_threatened ? ACCEPTED : &CONTRACT_MASP_NO_THREAT;
}

struct date contract_evaluation_due(const struct contract_law *law, struct date end)
{
    return backward_limit(end, (struct period){ .days = (int32_t)law->evaluation_days });
}

const struct refusal *contract_renewal_check(enum contract_kind kind, struct date start,
                                             struct date evaluated_on, struct date renewed_on)
{
    if (kind != CONTRACT_MASP1 && kind != CONTRACT_MASP2)
        return ACCEPTED;
    if (!date_is_set(evaluated_on) || date_is_before(evaluated_on, start) ||
        date_is_after(evaluated_on, renewed_on))
        return &CONTRACT_EVALUATION_MISSING;
    return ACCEPTED;
}

static bool holds_rank(const int32_t ranks[], size_t count, size_t rank)
{
    for (size_t i = 0; i < count; i++)
        if (ranks[i] == (int64_t)rank)
            return true;
    return false;
}

const struct refusal *contract_axes_check(const int32_t ranks[], size_t count)
{
    if (count == 0)
        return &CONTRACT_AXES_NOT_RANKED;
    for (size_t rank = 1; rank <= count; rank++)
        if (!holds_rank(ranks, count, rank))
            return &CONTRACT_AXES_NOT_RANKED;
    return ACCEPTED;
}
