#include "services/intake/rules/eligibility.h"

#include "services/intake/rules/household.h"

const struct parameter_field eligibility_law[] = {
    { "household.majority_age", UNIT_YEARS, offsetof(struct eligibility_law, majority_years) },
    { 0 },
};

static const struct refusal NOT_AN_ADULT = {
    .code = "NOT_AN_ADULT",
    .field = "household",
    .rule = "MASP-1, CASF L271-1",
    .french = "La MASP s'adresse à une personne majeure : vérifiez la date de naissance.",
    .english = "MASP is for adults: check the birth date.",
};

static const struct refusal NO_SOCIAL_BENEFITS = {
    .code = "NO_SOCIAL_BENEFITS",
    .field = "items",
    .rule = "MASP-1, CASF L271-1",
    .french = "La MASP suppose que la personne perçoive des prestations sociales.",
    .english = "MASP supposes that the person receives social benefits.",
};

static const struct refusal NOTHING_THREATENED = {
    .code = "NOTHING_THREATENED",
    .field = "items",
    .rule = "MASP-1, CASF L271-1",
    .french = "La MASP suppose que les difficultés de gestion menacent la santé ou la sécurité de "
              "la personne.",
    .english = "MASP supposes that difficulty in managing resources threatens the person's health "
               "or safety.",
};

static const struct refusal NOT_DIAGNOSED = {
    .code = "NOT_DIAGNOSED",
    .field = "assessed_on",
    .rule = "AVDL-4",
    .french = "Un diagnostic préalable est obligatoire pour l'AVDL.",
    .english = "A prior diagnosis is compulsory for AVDL.",
};

static const struct refusal DIAGNOSIS_FINDS_NO_NEED = {
    .code = "DIAGNOSIS_FINDS_NO_NEED",
    .field = "assessment",
    .rule = "AVDL-4",
    .french = "Le diagnostic conclut que l'accompagnement n'est pas nécessaire.",
    .english = "The diagnosis concludes that support is not needed.",
};

static const struct refusal *masp_accept(const struct eligibility *facts, struct date on,
                                         const struct eligibility_law *law)
{
    if (!person_is_aged_at_least(facts->birth_date, law->majority_years, on))
        return &NOT_AN_ADULT;
    if (!facts->receives_social_benefits)
        return &NO_SOCIAL_BENEFITS;
    return facts->health_or_safety_is_threatened ? ACCEPTED : &NOTHING_THREATENED;
}

static const struct refusal *avdl_accept(const struct eligibility *facts, struct date on)
{
    if (!date_is_set(facts->diagnosed_on) || date_is_after(facts->diagnosed_on, on))
        return &NOT_DIAGNOSED;
    return facts->diagnosis_finds_support_needed ? ACCEPTED : &DIAGNOSIS_FINDS_NO_NEED;
}

const struct refusal *eligibility_accept(enum scheme scheme, const struct eligibility *facts,
                                         struct date on, const struct eligibility_law *law)
{
    switch (scheme) {
    case SCHEME_MASP1:
    case SCHEME_MASP2:
    case SCHEME_MASP3: return masp_accept(facts, on, law);
    case SCHEME_AVDL_DALO:
    case SCHEME_AVDL_NON_DALO: return avdl_accept(facts, on);
    default: return ACCEPTED;
    }
}
