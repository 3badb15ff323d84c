#include "services/intake/rules/household.h"

const struct parameter_field youth_law[] = {
    { "household.youth.youngest_age", UNIT_YEARS, offsetof(struct youth_law, youngest_years) },
    { "household.youth.oldest_age", UNIT_YEARS, offsetof(struct youth_law, oldest_years) },
    { 0 },
};

const struct parameter_field age_band_law[] = {
    { "household.age_band.first_from", UNIT_YEARS, offsetof(struct age_band_law, from_years[0]) },
    { "household.age_band.second_from", UNIT_YEARS, offsetof(struct age_band_law, from_years[1]) },
    { "household.age_band.third_from", UNIT_YEARS, offsetof(struct age_band_law, from_years[2]) },
    { "household.age_band.fourth_from", UNIT_YEARS, offsetof(struct age_band_law, from_years[3]) },
    { "household.age_band.fifth_from", UNIT_YEARS, offsetof(struct age_band_law, from_years[4]) },
    { 0 },
};

const struct parameter_field consumption_law[] = {
    { "household.consumption.first_person_tenths", UNIT_COUNT,
      offsetof(struct consumption_law, first_person_tenths) },
    { "household.consumption.other_person_tenths", UNIT_COUNT,
      offsetof(struct consumption_law, other_person_tenths) },
    { "household.consumption.child_tenths", UNIT_COUNT,
      offsetof(struct consumption_law, child_tenths) },
    { "household.consumption.child_below_age", UNIT_YEARS,
      offsetof(struct consumption_law, child_below_years) },
    { 0 },
};

static const struct refusal BIRTH_DATE_NOT_POSSIBLE = {
    .code = "BIRTH_DATE_NOT_POSSIBLE",
    .field = "birth",
    .rule = "C-8",
    .french = "Cette date de naissance n'existe pas, est à venir ou n'est pas écrite « 1985-05-12 "
              "» : corrigez-la.",
    .english = "This birth date does not exist, lies in the future or is not written '1985-05-12': "
               "correct it.",
};

static const struct refusal HOUSEHOLD_TYPE_MISMATCH = {
    .code = "HOUSEHOLD_TYPE_MISMATCH",
    .field = "situation.type",
    .rule = "S3-6",
    .french = "Le type de ménage ne correspond pas au nombre d'adultes et d'enfants : corrigez "
              "l'un ou l'autre.",
    .english = "The household type does not match the numbers of adults and children: correct one "
               "of them.",
};

/* --- ages ------------------------------------------------------------------------------------- */

const struct refusal *birth_date_accept(struct date birth, struct date today)
{
    if (!date_is_valid(birth) || date_is_after(birth, today))
        return &BIRTH_DATE_NOT_POSSIBLE;
    return ACCEPTED;
}

bool person_is_aged_at_least(struct date birth, int64_t years, struct date on)
{
    return date_is_set(birth) && age_on(birth, on) >= years;
}

bool person_is_youth(struct date birth, struct date on, const struct youth_law *law)
{
    return person_is_aged_at_least(birth, law->youngest_years, on) &&
           !person_is_aged_at_least(birth, law->oldest_years + 1, on);
}

int person_age_band(struct date birth, struct date on, const struct age_band_law *law)
{
    int band = AGE_BAND_UNKNOWN;

    while (band < AGE_BANDS && person_is_aged_at_least(birth, law->from_years[band], on))
        band++;
    return band;
}

/* --- composition ------------------------------------------------------------------------------ */

const struct refusal *household_type_accept(enum household_type type, int64_t adults,
                                            int64_t children)
{
    bool fits = false;

    switch (type) {
    case HOUSEHOLD_SINGLE: fits = adults == 1 && children == 0; break;
    case HOUSEHOLD_COUPLE: fits = adults == 2 && children == 0; break;
    case HOUSEHOLD_SINGLE_PARENT: fits = adults == 1 && children > 0; break;
    case HOUSEHOLD_COUPLE_WITH_CHILDREN: fits = adults == 2 && children > 0; break;
    case HOUSEHOLD_OTHER: fits = adults >= 0 && children >= 0 && adults + children > 0; break;
    }
    return fits ? ACCEPTED : &HOUSEHOLD_TYPE_MISMATCH;
}

int64_t household_consumption_tenths(const struct date births[], size_t count, struct date on,
                                     const struct consumption_law *law)
{
    int64_t grown = 0, children = 0;

    for (size_t i = 0; i < count; i++) {
        if (date_is_after(births[i], on))
            continue;
        if (!date_is_set(births[i]) ||
            person_is_aged_at_least(births[i], law->child_below_years, on))
            grown++;
        else
            children++;
    }
    if (grown > 0)
        return law->first_person_tenths + (grown - 1) * law->other_person_tenths +
               children * law->child_tenths;
    if (children > 0)
        return law->first_person_tenths + (children - 1) * law->child_tenths;
    return 0;
}

/* --- work ------------------------------------------------------------------------------------- */

bool person_is_in_work(enum socio_professional_status status)
{
    return status == STATUS_EMPLOYED || status == STATUS_TEMP_WORKER ||
           status == STATUS_SELF_EMPLOYED;
}

enum socio_professional_group person_group(enum socio_professional_status status,
                                           bool receives_minimum_benefits)
{
    switch (status) {
    case STATUS_MINIMUM_BENEFITS: return GROUP_MINIMUM_BENEFITS;
    case STATUS_EMPLOYED:
    case STATUS_TEMP_WORKER:
    case STATUS_SELF_EMPLOYED: return GROUP_IN_WORK;
    case STATUS_AT_HOME_DISABLED_RETIRED: return GROUP_AT_HOME_DISABLED_RETIRED;
    case STATUS_STUDENT_TRAINEE_APPRENTICE: return GROUP_STUDENT_TRAINEE_APPRENTICE;
    case STATUS_JOBSEEKER: return receives_minimum_benefits ? GROUP_MINIMUM_BENEFITS : GROUP_NONE;
    }
    return GROUP_NONE;
}
