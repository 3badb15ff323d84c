#include "services/measures/rules/duration.h"

#define DURATION_LAW(scheme)                                                                       \
    {                                                                                              \
        { "measures.duration." scheme ".lasts_as_the_stay", UNIT_YES_NO,                           \
          offsetof(struct duration_law, lasts_as_the_stay) },                                      \
            { "measures.duration." scheme ".least_first", UNIT_MONTHS,                             \
              offsetof(struct duration_law, least_first_months) },                                 \
            { "measures.duration." scheme ".most_first", UNIT_MONTHS,                              \
              offsetof(struct duration_law, most_first_months) },                                  \
            { "measures.duration." scheme ".initial", UNIT_MONTHS,                                 \
              offsetof(struct duration_law, initial_months) },                                     \
            { "measures.duration." scheme ".least_renewal", UNIT_MONTHS,                           \
              offsetof(struct duration_law, least_renewal_months) },                               \
            { "measures.duration." scheme ".most_renewal", UNIT_MONTHS,                            \
              offsetof(struct duration_law, most_renewal_months) },                                \
            { "measures.duration." scheme ".step", UNIT_MONTHS,                                    \
              offsetof(struct duration_law, step_months) },                                        \
            { "measures.duration." scheme ".cap", UNIT_MONTHS,                                     \
              offsetof(struct duration_law, cap_months) },                                         \
            { "measures.duration." scheme ".exceptional", UNIT_MONTHS,                             \
              offsetof(struct duration_law, exceptional_months) },                                 \
            { "measures.duration.cap_warning", UNIT_DAYS,                                          \
              offsetof(struct duration_law, cap_warning_days) },                                   \
            { 0 },                                                                                 \
    }

static const struct parameter_field law_of_asll[] = DURATION_LAW("asll");
static const struct parameter_field law_of_avdl[] = DURATION_LAW("avdl");
static const struct parameter_field law_of_masp[] = DURATION_LAW("masp");
static const struct parameter_field law_of_masp3[] = DURATION_LAW("masp3");
static const struct parameter_field law_of_action_logement[] = DURATION_LAW("action_logement");
static const struct parameter_field law_of_residence[] = DURATION_LAW("residence_support");

const struct refusal DURATION_MISSING = {
    .code = "DURATION_MISSING",
    .field = "months",
    .rule = "SX-2, 6.2",
    .french = "Indiquez la durée accordée, en mois entiers : elle doit être d'au moins un mois.",
    .english = "Give the duration granted, in whole months: at least one.",
};
const struct refusal DURATION_TOO_SHORT = {
    .code = "DURATION_TOO_SHORT",
    .field = "months",
    .rule = "SX-2, S2-23, S3-20, MASP-2 (CASF L271-2)",
    .french = "La durée est inférieure au minimum du dispositif : allongez-la.",
    .english = "The duration is below the least the scheme allows: make it longer.",
};
const struct refusal DURATION_TOO_LONG = {
    .code = "DURATION_TOO_LONG",
    .field = "months",
    .rule = "SX-2, S2-23, S3-20, MASP-2 (CASF L271-2)",
    .french = "La durée dépasse ce qu'une seule décision peut accorder dans ce dispositif : "
              "raccourcissez-la, un renouvellement reste possible ensuite.",
    .english = "The duration is more than one decision may grant under this scheme: make it "
               "shorter, a renewal stays possible.",
};
const struct refusal DURATION_OVER_CAP = {
    .code = "DURATION_OVER_CAP",
    .field = "months",
    .rule = "SX-2, FSL-7, AVDL-6, MASP-2, S3-21",
    .french = "Avec cette décision, la durée totale dépasserait le plafond du dispositif : "
              "raccourcissez-la ou mettez fin à la mesure à son terme.",
    .english = "With this decision the total would pass the cap of the scheme: make it shorter or "
               "let the measure end at its term.",
};
const struct refusal DURATION_NO_EXCEPTION = {
    .code = "DURATION_NO_EXCEPTION",
    .field = "exceptional",
    .rule = "SX-2, S3-21, MASP-2",
    .french = "Ce dispositif ne permet aucune prolongation exceptionnelle au-delà du plafond.",
    .english = "This scheme allows no exceptional extension beyond its cap.",
};
const struct refusal DURATION_NOT_EXCEPTIONAL = {
    .code = "DURATION_NOT_EXCEPTIONAL",
    .field = "exceptional",
    .rule = "FSL-7",
    .french = "La durée totale reste sous le plafond : demandez un renouvellement ordinaire.",
    .english = "The total stays under the cap: ask for an ordinary renewal.",
};

const struct parameter_field *duration_law_of(enum scheme scheme)
{
    switch (scheme) {
    case SCHEME_ASLL: return law_of_asll;
    case SCHEME_AVDL_DALO:
    case SCHEME_AVDL_NON_DALO: return law_of_avdl;
    case SCHEME_MASP1:
    case SCHEME_MASP2: return law_of_masp;
    case SCHEME_MASP3: return law_of_masp3;
    case SCHEME_ACTION_LOGEMENT: return law_of_action_logement;
    default: return law_of_residence;
    }
}

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t bound_or_none(int64_t months)
{
    return months > 0 ? months : DURATION_UNBOUNDED;
}

/* --- what one decision may grant -------------------------------------------------------------- */

static int64_t least_of(const struct duration_law *law, enum duration_decision decision)
{
    switch (decision) {
    case DURATION_FIRST: return law->least_first_months;
    case DURATION_RENEWAL: return law->least_renewal_months;
    default: return 1;
    }
}

static int64_t most_of(const struct duration_law *law, enum duration_decision decision)
{
    switch (decision) {
    case DURATION_FIRST: return bound_or_none(law->most_first_months);
    case DURATION_RENEWAL: return bound_or_none(law->most_renewal_months);
    default: return law->exceptional_months;
    }
}

static int64_t cap_of(const struct duration_law *law, bool exceptional)
{
    if (law->cap_months == 0)
        return DURATION_UNBOUNDED;
    return law->cap_months + (exceptional ? law->exceptional_months : 0);
}

static int64_t left_under_cap(const struct duration_law *law, struct duration_asked asked)
{
    return cap_of(law, asked.decision == DURATION_EXCEPTIONAL) - asked.granted_months;
}

int64_t duration_most(const struct duration_law *law, struct duration_asked asked)
{
    int64_t most = smaller(most_of(law, asked.decision), left_under_cap(law, asked));

    if (most < least_of(law, asked.decision))
        return 0;
    if (asked.decision == DURATION_EXCEPTIONAL && asked.granted_months + most <= law->cap_months)
        return 0;
    return most;
}

int64_t duration_proposed(const struct duration_law *law, struct duration_asked asked)
{
    int64_t most = duration_most(law, asked);

    switch (asked.decision) {
    case DURATION_FIRST: return smaller(law->initial_months, most);
    case DURATION_RENEWAL: return smaller(law->step_months, most);
    default: return most;
    }
}

static const struct refusal *exception_check(const struct duration_law *law,
                                             struct duration_asked asked)
{
    if (asked.decision != DURATION_EXCEPTIONAL)
        return ACCEPTED;
    if (law->exceptional_months == 0)
        return &DURATION_NO_EXCEPTION;
    if ((int64_t)asked.granted_months + asked.months <= law->cap_months)
        return &DURATION_NOT_EXCEPTIONAL;
    return ACCEPTED;
}

const struct refusal *duration_check(const struct duration_law *law, struct duration_asked asked)
{
    const struct refusal *refusal = exception_check(law, asked);

    if (asked.months == 0 && law->lasts_as_the_stay && asked.decision == DURATION_FIRST)
        return ACCEPTED;
    if (asked.months <= 0)
        return &DURATION_MISSING;
    if (refusal)
        return refusal;
    if (asked.months < least_of(law, asked.decision))
        return &DURATION_TOO_SHORT;
    if (asked.months > most_of(law, asked.decision))
        return &DURATION_TOO_LONG;
    if (asked.months > left_under_cap(law, asked))
        return &DURATION_OVER_CAP;
    return ACCEPTED;
}

/* --- the dates -------------------------------------------------------------------------------- */

struct date duration_end(struct date start, int32_t total_months)
{
    return total_months > 0 ? date_add_months(start, total_months) : DATE_NONE;
}

struct date duration_cap_date(const struct duration_law *law, struct date start, bool exceptional)
{
    if (law->cap_months == 0)
        return DATE_NONE;
    return date_add_months(start, (int32_t)cap_of(law, exceptional));
}

bool duration_cap_is_near(const struct duration_law *law, struct date start, bool exceptional,
                          struct date on)
{
    struct date cap = duration_cap_date(law, start, exceptional);

    return date_is_set(cap) &&
           !date_is_before(on, date_add_days(cap, -(int32_t)law->cap_warning_days));
}

bool duration_is_over_cap(const struct duration_law *law, int32_t total_months, bool exceptional)
{
    return total_months > cap_of(law, exceptional);
}
