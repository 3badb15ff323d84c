#include "services/intake/rules/decision.h"

static const struct refusal BODY_NOT_ENTITLED = {
    .code = "BODY_NOT_ENTITLED",
    .field = "decided_by",
    .rule = "S1-10, S3-19, SX-6",
    .french = "Cette instance ne décide pas pour ce dispositif : faites décider l'instance "
              "compétente.",
    .english = "This body does not decide for this scheme: have the entitled body decide.",
};

static const struct refusal BODY_OF_ANOTHER_DISTRICT = {
    .code = "BODY_OF_ANOTHER_DISTRICT",
    .field = "session",
    .rule = "S1-11",
    .french = "Cette instance est celle d'une autre circonscription que celle de la demande.",
    .english = "This body belongs to another district than the request.",
};

static const struct refusal BODY_NOT_OF_DISTRICT_MODE = {
    .code = "BODY_NOT_OF_DISTRICT_MODE",
    .field = "session",
    .rule = "S1-12",
    .french = "Cette circonscription décide autrement : par son responsable ou par sa commission, "
              "selon son réglage.",
    .english = "This district decides otherwise: by its head or by its commission, as it is set.",
};

static const struct refusal DECISION_DATE_NOT_POSSIBLE = {
    .code = "DECISION_DATE_NOT_POSSIBLE",
    .field = "decided_on",
    .rule = "S1-10, 6.1",
    .french = "Une décision se prend sur une demande complète, au plus tard aujourd'hui : corrigez "
              "la date.",
    .english = "A decision is taken on a complete request, today at the latest: correct the date.",
};

static const struct refusal DECISION_NOT_IN_SESSION = {
    .code = "DECISION_NOT_IN_SESSION",
    .field = "decided_on",
    .rule = "S1-13",
    .french = "La commission décide le jour de la séance où la demande est inscrite.",
    .english = "The commission decides on the day of the session whose agenda holds the request.",
};

static const struct refusal DECISION_WITHOUT_QUORUM = {
    .code = "DECISION_WITHOUT_QUORUM",
    .field = "session",
    .rule = "6.1",
    .french = "Le quorum n'est pas atteint pour cette demande : inscrivez-la à une autre séance.",
    .english = "There is no quorum for this request: put it on another session's agenda.",
};

static const struct refusal MANAGER_HAS_NOT_AGREED = {
    .code = "MANAGER_HAS_NOT_AGREED",
    .field = "manager_agrees",
    .rule = "SX-6",
    .french = "L'accord du gestionnaire de la résidence est nécessaire.",
    .english = "The agreement of the residence's manager is needed.",
};

static const struct refusal DELIVERY_NOT_CODED = {
    .code = "DELIVERY_NOT_CODED",
    .field = "operator",
    .rule = "S1-1",
    .french = "Indiquez si la mesure est interne ou externe.",
    .english = "Say whether the measure is internal or external.",
};

static const struct refusal QUOTA_EXHAUSTED = {
    .code = "QUOTA_EXHAUSTED",
    .field = "line",
    .rule = "6.1, C-10",
    .french =
        "Il ne reste pas assez de mesures ou de mois-mesures sur cette ligne : choisissez une "
        "autre ligne, ou refusez hors quota.",
    .english = "Not enough measures or measure-months are left on this line: choose another line, "
               "or refuse as out of quota.",
};

static const struct refusal NOT_AGED_18_TO_25 = {
    .code = "NOT_AGED_18_TO_25",
    .field = "line",
    .rule = "S1-22, C-8",
    .french = "Cette ligne est réservée aux jeunes de 18 à 25 ans à la date de la décision : "
              "choisissez une autre ligne.",
    .english = "This line is for young people aged 18 to 25 on the date of the decision: choose "
               "another line.",
};

static const struct refusal NOT_LEAVING_THE_CHRS = {
    .code = "NOT_LEAVING_THE_CHRS",
    .field = "line",
    .rule = "S1-24",
    .french = "Cette ligne est réservée aux ménages qui sortent du CHRS : choisissez une autre "
              "ligne.",
    .english = "This line is for households leaving the CHRS: choose another line.",
};

static const struct refusal REASON_NOT_CODED = {
    .code = "REASON_NOT_CODED",
    .field = "reason",
    .rule = "6.1",
    .french = "Indiquez le motif de la décision.",
    .english = "Give the reason of the decision.",
};

static const struct refusal REASON_NOT_EXPLAINED = {
    .code = "REASON_NOT_EXPLAINED",
    .field = "explanation",
    .rule = "6.1",
    .french = "Précisez le motif « autre ».",
    .english = "Explain the reason \"other\".",
};

static const struct refusal INCOME_IS_NO_GROUND = {
    .code = "INCOME_IS_NO_GROUND",
    .field = "reason",
    .rule = "S1-9, FSL-4",
    .french = "L'ASLL est sans condition de ressources : les ressources ne peuvent pas motiver un "
              "refus.",
    .english = "ASLL has no income condition: resources cannot be a ground for refusal.",
};

static const struct refusal ACTION_LOGEMENT_HAS_DECIDED = {
    .code = "ACTION_LOGEMENT_HAS_DECIDED",
    .field = "reason",
    .rule = "S3-19",
    .french = "Action Logement décide de ses orientations : seul un conflit de capacité peut leur "
              "être opposé.",
    .english = "Action Logement decides its referrals: only a conflict of capacity may be opposed.",
};

static const struct refusal QUOTA_STILL_LEFT = {
    .code = "QUOTA_STILL_LEFT",
    .field = "reason",
    .rule = "6.1, C-10",
    .french = "Il reste des mesures sur cette ligne, ou la mesure est interne : « hors quota » ne "
              "convient pas.",
    .english = "Measures are left on this line, or the measure is internal: \"out of quota\" does "
               "not fit.",
};

/* --- who decides, and when -------------------------------------------------------------------- */

#define BY(body) (1U << BODY_##body)

#define BY_DISTRICT (BY(DISTRICT_HEAD) | BY(DISTRICT_COMMISSION))

static const unsigned entitled[SCHEME_COUNT] = {
    [SCHEME_ASLL] = BY_DISTRICT,
    [SCHEME_AVDL_DALO] = BY(STATE_SERVICES),
    [SCHEME_AVDL_NON_DALO] = BY(STATE_SERVICES),
    [SCHEME_MASP1] = BY_DISTRICT,
    [SCHEME_MASP2] = BY_DISTRICT,
    [SCHEME_MASP3] = BY(JUDGE),
    [SCHEME_ACTION_LOGEMENT] = BY(ACTION_LOGEMENT),
    [SCHEME_RESIDENCE_SUPPORT] = BY(RESERVATION_HOLDER) | BY(SIAO),
    [SCHEME_SLIDING_LEASE_SUPPORT] = BY_DISTRICT | BY(STATE_SERVICES) | BY(LANDLORD),
    [SCHEME_MOUS] = BY(LANDLORD) | BY(STATE_SERVICES),
    [SCHEME_OTHER] = ((1U << BODY_COUNT) - 2) & ~BY(OPERATOR),
};

static bool is_entitled(const struct ruling *ruling)
{
    if (ruling->scheme == SCHEME_ACTION_LOGEMENT && ruling->kind == DECISION_REFUSE)
        return ruling->body == BODY_OPERATOR;
    return ruling->scheme < SCHEME_COUNT && ruling->body < BODY_COUNT &&
           (entitled[ruling->scheme] >> ruling->body & 1) != 0;
}

static enum decision_body district_body(enum decision_mode mode)
{
    return mode == MODE_HEAD ? BODY_DISTRICT_HEAD : BODY_DISTRICT_COMMISSION;
}

static const struct refusal *district_accept(const struct ruling *ruling,
                                             const struct session_law *law)
{
    enum decision_body body = district_body(ruling->district_mode);

    if (!ruling->body_is_of_district)
        return &BODY_OF_ANOTHER_DISTRICT;
    if (ruling->body != body)
        return &BODY_NOT_OF_DISTRICT_MODE;
    if (body == BODY_DISTRICT_HEAD)
        return ACCEPTED;
    if (!date_is_same(ruling->decided_on, ruling->session_date))
        return &DECISION_NOT_IN_SESSION;
    return seating_has_quorum(&ruling->seating, law) ? ACCEPTED : &DECISION_WITHOUT_QUORUM;
}

enum decision_body scheme_body(enum scheme scheme, enum decision_mode mode)
{
    const unsigned other_mode = mode == MODE_HEAD ? BY(DISTRICT_COMMISSION) : BY(DISTRICT_HEAD);
    const unsigned may = scheme < SCHEME_COUNT ? entitled[scheme] & ~other_mode : 0;

    for (unsigned body = 1; body < BODY_COUNT; body++)
        if (may == 1U << body)
            return (enum decision_body)body;
    return 0;
}

bool body_is_district(enum decision_body body)
{
    return body == BODY_DISTRICT_HEAD || body == BODY_DISTRICT_COMMISSION;
}

static enum decision_body usual_body(enum scheme scheme, enum request_origin origin,
                                     enum decision_mode mode)
{
    switch (scheme) {
    case SCHEME_RESIDENCE_SUPPORT:
        return origin == ORIGIN_SIAO ? BODY_SIAO : BODY_RESERVATION_HOLDER;
    case SCHEME_MOUS: return origin == ORIGIN_STATE_SERVICES ? BODY_STATE_SERVICES : BODY_LANDLORD;
    default: return district_body(mode);
    }
}

enum decision_body request_body(enum scheme scheme, enum request_origin origin,
                                enum decision_body named, enum decision_mode mode)
{
    const enum decision_body only = scheme_body(scheme, mode);

    if (only != 0)
        return only;
    if (scheme >= SCHEME_COUNT || named >= BODY_COUNT || (entitled[scheme] >> named & 1) == 0)
        return usual_body(scheme, origin, mode);
    return body_is_district(named) ? district_body(mode) : named;
}

const struct refusal *decision_accept(const struct ruling *ruling, const struct session_law *law)
{
    if (!is_entitled(ruling))
        return &BODY_NOT_ENTITLED;
    if (!date_is_set(ruling->completed_on) ||
        date_is_before(ruling->decided_on, ruling->completed_on) ||
        date_is_after(ruling->decided_on, ruling->today))
        return &DECISION_DATE_NOT_POSSIBLE;
    return body_is_district(ruling->body) ? district_accept(ruling, law) : ACCEPTED;
}

/* --- grant ------------------------------------------------------------------------------------ */

static const struct refusal *line_accept(const struct grant *grant, const struct youth_law *law)
{
    const struct agreement_line *line = &grant->line;

    if (line->measures_left < 1 || line->months_left < grant->months)
        return &QUOTA_EXHAUSTED;
    if (line->line_public == LINE_YOUTH &&
        !person_is_youth(grant->birth_date, grant->decided_on, law))
        return &NOT_AGED_18_TO_25;
    if (line->line_public == LINE_CHRS_LEAVERS && !grant->leaves_the_chrs)
        return &NOT_LEAVING_THE_CHRS;
    return ACCEPTED;
}

static const struct refusal *external_accept(const struct grant *grant, const struct youth_law *law)
{
    const struct refusal *refusal = line_accept(grant, law);

    return refusal != ACCEPTED
               ? refusal
               : operator_accept(grant->operator_choice, grant->operator_is_requester);
}

const struct refusal *grant_accept(const struct grant *grant, const struct youth_law *law)
{
    const struct refusal *refusal =
        consent_accept(grant->scheme, &grant->consent, grant->decided_on);

    if (refusal != ACCEPTED)
        return refusal;
    if (grant->scheme == SCHEME_RESIDENCE_SUPPORT && !grant->manager_agrees)
        return &MANAGER_HAS_NOT_AGREED;
    switch (grant->delivery) {
    case DELIVERY_INTERNAL: return ACCEPTED;
    case DELIVERY_EXTERNAL: return external_accept(grant, law);
    }
    return &DELIVERY_NOT_CODED;
}

/* --- refusal and deferral --------------------------------------------------------------------- */

bool refusal_is_substantive(enum refusal_reason reason)
{
    return reason != REFUSED_OUT_OF_QUOTA && reason != REFUSED_CAPACITY_CONFLICT;
}

bool refusal_raises_alert(enum scheme scheme, enum refusal_reason reason)
{
    return scheme == SCHEME_ACTION_LOGEMENT && reason == REFUSED_CAPACITY_CONFLICT;
}

static bool is_out_of_quota(enum delivery delivery, const struct agreement_line *line)
{
    return delivery == DELIVERY_EXTERNAL && (line->measures_left < 1 || line->months_left < 1);
}

const struct refusal *decision_refusal_accept(enum scheme scheme, enum refusal_reason reason,
                                              bool is_explained, enum delivery delivery,
                                              const struct agreement_line *line)
{
    if (reason == 0 || reason >= REFUSED_COUNT)
        return &REASON_NOT_CODED;
    if (scheme == SCHEME_ACTION_LOGEMENT && reason != REFUSED_CAPACITY_CONFLICT)
        return &ACTION_LOGEMENT_HAS_DECIDED;
    if (scheme == SCHEME_ASLL && reason == REFUSED_INCOME_TOO_LOW)
        return &INCOME_IS_NO_GROUND;
    if (reason == REFUSED_OUT_OF_QUOTA && !is_out_of_quota(delivery, line))
        return &QUOTA_STILL_LEFT;
    return reason == REFUSED_OTHER && !is_explained ? &REASON_NOT_EXPLAINED : ACCEPTED;
}

const struct refusal *deferral_accept(bool has_reason)
{
    return has_reason ? ACCEPTED : &REASON_NOT_CODED;
}
