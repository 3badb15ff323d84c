#include "services/intake/rules/prescriber.h"

#include <stddef.h>
#include <stdint.h>

const struct parameter_field prescriber_law[] = {
    { "request.origin.cdapl_exists", UNIT_YES_NO, offsetof(struct prescriber_law, cdapl_exists) },
    { 0 },
};

static const struct refusal ORIGIN_NOT_CODED = {
    .code = "ORIGIN_NOT_CODED",
    .field = "origin",
    .rule = "S1-3 to S1-8, 6.1",
    .french = "Indiquez de qui vient la demande.",
    .english = "Say who the request comes from.",
};

static const struct refusal SCHEME_NOT_CODED = {
    .code = "SCHEME_NOT_CODED",
    .field = "scheme",
    .rule = "6.1",
    .french = "Indiquez le dispositif demandé.",
    .english = "Say which scheme is asked for.",
};

static const struct refusal ORIGIN_NO_LONGER_EXISTS = {
    .code = "ORIGIN_NO_LONGER_EXISTS",
    .field = "origin",
    .rule = "FSL-14, Q22",
    .french = "La CDAPL n'existe plus depuis le 1er janvier 2011 : indiquez la CCAPEX ou une autre "
              "origine.",
    .english = "The CDAPL no longer exists since 1 January 2011: give CCAPEX or another origin.",
};

static const struct refusal PRESCRIBER_NOT_ALLOWED = {
    .code = "PRESCRIBER_NOT_ALLOWED",
    .field = "origin",
    .rule = "AVDL-3, S2-14, MASP-4, S3-19, S0-17",
    .french = "Cette origine ne peut pas demander ce dispositif : faites transmettre la demande "
              "par un prescripteur habilité.",
    .english = "This origin cannot ask for this scheme: have the request sent by an entitled "
               "prescriber.",
};

#define FROM(origin)    (UINT32_C(1) << ORIGIN_##origin)
#define FROM_ANY_ORIGIN ((UINT32_C(1) << ORIGIN_COUNT) - 2)

/* AVDL-3: the mediation commission, the State, Action Logement, local authorities (their social
 * services among them), landlords, shelters, the SIAO. */
#define FROM_AVDL_PRESCRIBERS                                                                      \
    (FROM(MEDIATION_COMMISSION) | FROM(STATE_SERVICES) | FROM(ACTION_LOGEMENT) |                   \
     FROM(LOCAL_AUTHORITY) | FROM(CCAS_CIAS) | FROM(DISTRICT_SOCIAL_WORKER) | FROM(LANDLORD) |     \
     FROM(ACCOMMODATION_CENTRE) | FROM(SIAO))

static const uint32_t prescribers[SCHEME_COUNT] = {
    [SCHEME_ASLL] = FROM_ANY_ORIGIN,
    [SCHEME_AVDL_DALO] = FROM_AVDL_PRESCRIBERS,
    [SCHEME_AVDL_NON_DALO] = FROM_AVDL_PRESCRIBERS,
    [SCHEME_MASP1] = FROM(REFERRING_SOCIAL_WORKER),
    [SCHEME_MASP2] = FROM(REFERRING_SOCIAL_WORKER),
    /* MASP-4: the president of the department, the State's representative, CCAPEX. */
    [SCHEME_MASP3] = FROM(LOCAL_AUTHORITY) | FROM(STATE_SERVICES) | FROM(CCAPEX),
    [SCHEME_ACTION_LOGEMENT] = FROM(ACTION_LOGEMENT),
    /* S0-17: SIAO, City of Paris and others, an open list of reservation holders. */
    [SCHEME_RESIDENCE_SUPPORT] = FROM(RESERVATION_HOLDER) | FROM(SIAO) | FROM(STATE_SERVICES) |
                                 FROM(LOCAL_AUTHORITY) | FROM(ACTION_LOGEMENT),
    [SCHEME_SLIDING_LEASE_SUPPORT] = FROM_ANY_ORIGIN,
    /* S2-24, S2-26: missions are ordered by the landlord, with town hall and prefecture (S2-56). */
    [SCHEME_MOUS] = FROM(LANDLORD) | FROM(LOCAL_AUTHORITY) | FROM(STATE_SERVICES),
    [SCHEME_OTHER] = FROM_ANY_ORIGIN,
};

const struct refusal *prescriber_accept(enum scheme scheme, enum request_origin origin,
                                        const struct prescriber_law *law)
{
    if (scheme == 0 || scheme >= SCHEME_COUNT)
        return &SCHEME_NOT_CODED;
    if (origin == 0 || origin >= ORIGIN_COUNT)
        return &ORIGIN_NOT_CODED;
    if (origin == ORIGIN_CDAPL_LEGACY && !law->cdapl_exists)
        return &ORIGIN_NO_LONGER_EXISTS;
    return (prescribers[scheme] >> origin & 1) != 0 ? ACCEPTED : &PRESCRIBER_NOT_ALLOWED;
}
