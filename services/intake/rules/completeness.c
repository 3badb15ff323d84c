#include "services/intake/rules/completeness.h"

static const struct refusal FILE_INCOMPLETE = {
    .code = "FILE_INCOMPLETE",
    .field = "items",
    .rule = "6.1, S4-38",
    .french = "Le dossier est incomplet : ajoutez les pièces et informations manquantes.",
    .english = "The file is incomplete: add the missing documents and information.",
};

#define OF_EVERY_REQUEST (ITEM(CONSENT) | ITEM(HOUSEHOLD_COMPOSITION))
#define OF_MASP                                                                                    \
    (OF_EVERY_REQUEST | ITEM(RESOURCES) | ITEM(SOCIAL_EVALUATION) | ITEM(SOCIAL_BENEFITS) |        \
     ITEM(MANAGEMENT_DIFFICULTY))
#define OF_AVDL (OF_EVERY_REQUEST | ITEM(PRESCRIBER) | ITEM(PRIOR_DIAGNOSIS) | ITEM(SUPPORT_KIND))
#define OF_ADMISSION                                                                               \
    (OF_EVERY_REQUEST | ITEM(RESOURCES) | ITEM(PREVIOUS_HOUSING) | ITEM(OUT_OF_REACH_REASON) |     \
     ITEM(RESERVATION_HOLDER) | ITEM(RIGHT_OF_STAY) | ITEM(FEE_GUARD) | ITEM(INSERTION_PROJECT))

static const uint32_t required[SCHEME_COUNT] = {
    [SCHEME_ASLL] = OF_EVERY_REQUEST | ITEM(RESOURCES) | ITEM(TENURE) | ITEM(SOCIAL_EVALUATION),
    [SCHEME_AVDL_DALO] = OF_AVDL | ITEM(ENFORCEABLE_RIGHT),
    [SCHEME_AVDL_NON_DALO] = OF_AVDL,
    [SCHEME_MASP1] = OF_MASP,
    [SCHEME_MASP2] = OF_MASP,
    /* A judge orders level 3 on a refusal or a breach: no consent (MASP-4). */
    [SCHEME_MASP3] = OF_MASP & ~ITEM(CONSENT),
    [SCHEME_ACTION_LOGEMENT] = OF_EVERY_REQUEST | ITEM(PRE_DIAGNOSIS) | ITEM(RECOMMENDATIONS) |
                               ITEM(ENTRY_REASON) | ITEM(EMPLOYMENT) | ITEM(HOUSEHOLD_TYPE),
    [SCHEME_RESIDENCE_SUPPORT] = OF_ADMISSION,
    [SCHEME_SLIDING_LEASE_SUPPORT] =
        OF_EVERY_REQUEST | ITEM(RESOURCES) | ITEM(OUT_OF_REACH_REASON) | ITEM(LANDLORD_AGREEMENT),
    [SCHEME_MOUS] = OF_EVERY_REQUEST | ITEM(TENURE) | ITEM(LANDLORD_AGREEMENT),
    [SCHEME_OTHER] = OF_EVERY_REQUEST,
};

uint32_t items_of_request(enum scheme scheme)
{
    return scheme < SCHEME_COUNT ? required[scheme] : 0;
}

uint32_t items_of_candidature(bool state_quota)
{
    return OF_ADMISSION | (state_quota ? ITEM(SIAO_REQUEST) : 0);
}

uint32_t items_missing(uint32_t needed, uint32_t added, uint32_t present)
{
    return (needed | added) & ~present;
}

size_t items_list(uint32_t items, enum item list[static ITEM_COUNT])
{
    size_t count = 0;

    for (unsigned item = 1; item < ITEM_COUNT; item++)
        if ((items >> item & 1) != 0)
            list[count++] = (enum item)item;
    return count;
}

const struct refusal *completeness_accept(uint32_t missing)
{
    return missing == 0 ? ACCEPTED : &FILE_INCOMPLETE;
}
