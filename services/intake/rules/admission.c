#include "services/intake/rules/admission.h"

#include "services/intake/rules/completeness.h"

static const struct refusal RIGHT_OF_STAY_NOT_RECORDED = {
    .code = "RIGHT_OF_STAY_NOT_RECORDED",
    .field = "right_of_stay",
    .rule = "S0-21",
    .french = "Indiquez le droit au séjour et, pour un titre de séjour, sa date de fin.",
    .english = "Record the right of stay and, for a permit, its last day.",
};

static const struct refusal PERMIT_HAS_EXPIRED = {
    .code = "PERMIT_HAS_EXPIRED",
    .field = "right_of_stay",
    .rule = "S0-21",
    .french = "Le titre de séjour n'est plus valide à cette date : joignez son renouvellement ou "
              "le récépissé.",
    .english = "The permit is no longer valid on this day: attach its renewal or the receipt.",
};

static const struct refusal NO_INSERTION_PROJECT = {
    .code = "NO_INSERTION_PROJECT",
    .field = "insertion_project",
    .rule = "S0-23",
    .french = "Échangez avec la personne sur son projet d'insertion avant l'admission.",
    .english = "Talk the insertion project over with the person before admission.",
};

static const struct refusal NO_ACTIVE_SIAO_REQUEST = {
    .code = "NO_ACTIVE_SIAO_REQUEST",
    .field = "siao_request",
    .rule = "S4-26",
    .french = "Le contingent de l'État demande une demande active dans le SI SIAO : créez-la ou "
              "réactivez-la.",
    .english = "The State's quota asks for an active request in SI SIAO: create or reactivate it.",
};

const struct refusal *right_of_stay_accept(const struct right_of_stay *right, struct date on)
{
    if (right->kind == 0 || (right->kind == STAY_PERMIT && !date_is_set(right->until)))
        return &RIGHT_OF_STAY_NOT_RECORDED;
    if (right->kind == STAY_PERMIT && date_is_after(on, right->until))
        return &PERMIT_HAS_EXPIRED;
    return ACCEPTED;
}

struct date right_of_stay_ends(const struct right_of_stay *right)
{
    return right->kind == STAY_PERMIT ? right->until : DATE_NONE;
}

const struct refusal *admission_accept(const struct admission *admission, struct date on)
{
    const struct refusal *refusal = right_of_stay_accept(&admission->right_of_stay, on);

    if (refusal == ACCEPTED)
        refusal = fee_guard_accept(&admission->fee_guard);
    if (refusal == ACCEPTED && !admission->project_is_thought_about)
        refusal = &NO_INSERTION_PROJECT;
    return refusal;
}

const struct refusal *candidature_file_accept(const struct candidature_file *file, struct date on)
{
    const struct refusal *refusal = completeness_accept(file->missing_items);

    if (refusal == ACCEPTED && file->state_quota && !file->siao_request_is_active)
        refusal = &NO_ACTIVE_SIAO_REQUEST;
    return refusal != ACCEPTED ? refusal : admission_accept(&file->admission, on);
}
