#include "services/measures/rules/masp_judicial.h"

#define FIELD(member, parameter, unit)                                                             \
    {                                                                                              \
        "measures.masp." parameter, unit, offsetof(struct masp_law, member)                        \
    }

const struct parameter_field masp_law_fields[] = {
    FIELD(unpaid_terms, "direct_payment_unpaid_terms", UNIT_COUNT),
    FIELD(payment_most_months, "direct_payment_most", UNIT_MONTHS),
    FIELD(payment_total_months, "direct_payment_total_most", UNIT_MONTHS),
    FIELD(judicial_most_months, "judicial_measure_most", UNIT_MONTHS),
    FIELD(judicial_total_months, "judicial_measure_total_most", UNIT_MONTHS),
    { .name = NULL },
};

/* --- who may have a MASP ---------------------------------------------------------------------- */

const struct refusal MASP_PERSON_NOT_ADULT = {
    "MASP_PERSON_NOT_ADULT",
    "is_adult",
    "MASP-1, L271-1",
    "Une MASP s'adresse à une personne majeure : orientez vers la protection de l'enfance.",
    "A MASP is for adults: refer to child protection.",
};
const struct refusal MASP_PERSON_WITHOUT_BENEFITS = {
    "MASP_PERSON_WITHOUT_BENEFITS",
    "receives_social_benefits",
    "MASP-1, L271-1",
    "Une MASP suppose des prestations sociales : vérifiez les droits ou proposez une autre mesure.",
    "A MASP supposes social benefits: check entitlements or propose another measure.",
};
const struct refusal MASP_PERSON_NOT_THREATENED = {
    "MASP_PERSON_NOT_THREATENED",
    "health_or_safety_is_threatened",
    "MASP-1, L271-1",
    "Une MASP suppose que la difficulté à gérer les ressources menace la santé ou la sécurité : "
    "précisez-le dans l'évaluation ou proposez une autre mesure.",
    "A MASP supposes that difficulty in managing resources threatens health or safety: say so in "
    "the assessment or propose another measure.",
};

const struct refusal *masp_may_be_proposed(const struct masp_person *person)
{
    if (!person->is_adult)
        return &MASP_PERSON_NOT_ADULT;
    if (!person->receives_social_benefits)
        return &MASP_PERSON_WITHOUT_BENEFITS;
    if (!person->health_or_safety_is_threatened)
        return &MASP_PERSON_NOT_THREATENED;
    return ACCEPTED;
}

/* --- level 3 ---------------------------------------------------------------------------------- */

int64_t terms_wholly_unpaid(const struct rent_term terms[], size_t count, struct date on)
{
    int64_t unpaid = 0;

    for (size_t i = 0; i < count; i++) {
        if (terms[i].due_cents <= 0 || !date_is_after(on, terms[i].due_on))
            continue;
        unpaid = terms[i].paid_cents > 0 ? 0 : unpaid + 1;
    }
    return unpaid;
}

static bool has_failed(enum masp_failure failure)
{
    return failure == MASP_REFUSED || failure == MASP_BREACHED;
}

bool direct_payment_is_possible(enum masp_failure failure, int64_t unpaid_terms,
                                const struct masp_law *law)
{
    return has_failed(failure) && unpaid_terms >= law->unpaid_terms;
}

const struct refusal DIRECT_PAYMENT_REQUESTER_UNFIT = {
    "DIRECT_PAYMENT_REQUESTER_UNFIT",
    "requester",
    "MASP-4, L271-5",
    "Seuls le président du conseil départemental, le préfet ou la CCAPEX peuvent saisir le juge : "
    "transmettez-leur la demande.",
    "Only the president of the departmental council, the prefect or the CCAPEX may seize the "
    "judge: pass the request on to them.",
};
const struct refusal DIRECT_PAYMENT_WITHOUT_FAILURE = {
    "DIRECT_PAYMENT_WITHOUT_FAILURE",
    "failure",
    "MASP-4, L271-5",
    "Le versement direct suppose un refus ou un non-respect de la MASP : enregistrez-le d'abord.",
    "Direct payment supposes that the MASP was refused or breached: record that first.",
};
const struct refusal DIRECT_PAYMENT_RENT_STILL_PAID = {
    "DIRECT_PAYMENT_RENT_STILL_PAID",
    "unpaid_terms",
    "MASP-4, L271-5",
    "Il faut au moins deux mois sans aucun paiement du loyer : continuez l'accompagnement.",
    "At least two months without any payment of rent are needed: go on with the support.",
};

const struct refusal *direct_payment_may_be_asked(const struct direct_payment *payment,
                                                  const struct masp_law *law)
{
    if (payment->requester < REQUESTER_COUNCIL_PRESIDENT || payment->requester > REQUESTER_CCAPEX)
        return &DIRECT_PAYMENT_REQUESTER_UNFIT;
    if (!has_failed(payment->failure))
        return &DIRECT_PAYMENT_WITHOUT_FAILURE;
    if (payment->unpaid_terms < law->unpaid_terms)
        return &DIRECT_PAYMENT_RENT_STILL_PAID;
    return ACCEPTED;
}

const struct refusal DIRECT_PAYMENT_WITHOUT_LENGTH = {
    "DIRECT_PAYMENT_WITHOUT_LENGTH",
    "months",
    "MASP-4, L271-5",
    "Indiquez la durée ordonnée, en mois.",
    "Give the length ordered, in months.",
};
const struct refusal DIRECT_PAYMENT_TOO_LONG = {
    "DIRECT_PAYMENT_TOO_LONG",
    "months",
    "MASP-4, L271-5",
    "Une ordonnance ne dépasse pas deux ans : vérifiez la durée.",
    "One order does not exceed two years: check the length.",
};
const struct refusal DIRECT_PAYMENT_TOTAL_TOO_LONG = {
    "DIRECT_PAYMENT_TOTAL_TOO_LONG",
    "months",
    "MASP-4, L271-5",
    "Avec les renouvellements, le versement direct ne dépasse pas quatre ans : réduisez la durée.",
    "With its renewals direct payment does not exceed four years: shorten it.",
};
const struct refusal DIRECT_PAYMENT_ABOVE_RENT = {
    "DIRECT_PAYMENT_ABOVE_RENT",
    "monthly_cents",
    "MASP-4, L271-5",
    "Le versement direct ne dépasse pas le loyer et les charges : réduisez le montant.",
    "Direct payment does not exceed rent and charges: reduce the amount.",
};
const struct refusal DIRECT_PAYMENT_DEPRIVES = {
    "DIRECT_PAYMENT_DEPRIVES",
    "monthly_cents",
    "MASP-4, L271-5",
    "Le versement direct ne doit pas priver le ménage de quoi vivre : réduisez le montant.",
    "Direct payment must not deprive the household of what it lives on: reduce the amount.",
};

const struct refusal *direct_payment_is_lawful(const struct direct_payment *payment,
                                               const struct masp_law *law)
{
    if (payment->months < 1)
        return &DIRECT_PAYMENT_WITHOUT_LENGTH;
    if (payment->months > law->payment_most_months)
        return &DIRECT_PAYMENT_TOO_LONG;
    if (payment->earlier_months + payment->months > law->payment_total_months)
        return &DIRECT_PAYMENT_TOTAL_TOO_LONG;
    if (payment->monthly_cents > payment->rent_and_charges_cents)
        return &DIRECT_PAYMENT_ABOVE_RENT;
    if (payment->income_cents - payment->monthly_cents < payment->subsistence_cents)
        return &DIRECT_PAYMENT_DEPRIVES;
    return ACCEPTED;
}

/* --- the judicial measure --------------------------------------------------------------------- */

const struct refusal JUDICIAL_MEASURE_WITHOUT_FAILURE = {
    "JUDICIAL_MEASURE_WITHOUT_FAILURE",
    "masp_has_failed",
    "MASP-5",
    "La mesure judiciaire suppose l'échec d'une MASP : enregistrez d'abord son bilan.",
    "The judicial measure supposes that a MASP has failed: record its review first.",
};
const struct refusal JUDICIAL_MEASURE_WITHOUT_LENGTH = {
    "JUDICIAL_MEASURE_WITHOUT_LENGTH",
    "months",
    "MASP-5",
    "Indiquez la durée de la mesure judiciaire, en mois.",
    "Give the length of the judicial measure, in months.",
};
const struct refusal JUDICIAL_MEASURE_TOO_LONG = {
    "JUDICIAL_MEASURE_TOO_LONG",
    "months",
    "MASP-5, C-24",
    "Une mesure judiciaire ne dépasse pas deux ans : vérifiez la durée.",
    "A judicial measure does not exceed two years: check the length.",
};
const struct refusal JUDICIAL_MEASURE_TOTAL_TOO_LONG = {
    "JUDICIAL_MEASURE_TOTAL_TOO_LONG",
    "months",
    "MASP-5, C-24",
    "Avec les renouvellements, la mesure judiciaire ne dépasse pas quatre ans : réduisez la durée.",
    "With its renewals the judicial measure does not exceed four years: shorten it.",
};

const struct refusal *judicial_measure_is_lawful(const struct judicial_measure *measure,
                                                 const struct masp_law *law)
{
    if (!measure->masp_has_failed)
        return &JUDICIAL_MEASURE_WITHOUT_FAILURE;
    if (measure->months < 1)
        return &JUDICIAL_MEASURE_WITHOUT_LENGTH;
    if (measure->months > law->judicial_most_months)
        return &JUDICIAL_MEASURE_TOO_LONG;
    if (measure->earlier_months + measure->months > law->judicial_total_months)
        return &JUDICIAL_MEASURE_TOTAL_TOO_LONG;
    return ACCEPTED;
}
