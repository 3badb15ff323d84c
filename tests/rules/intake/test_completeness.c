/* A file must hold the items of its scheme, and the answer to a missing one is its name. */
#include "services/intake/rules/completeness.h"
#include "tests/rules/intake/refusals.h"

enum { MOST = 12 };

/* Read off domain.md, not off the table of the rule. */
static const struct {
    const char *sentence;
    enum scheme scheme;
    enum item items[MOST];
} requests[] = {
    { "ASLL: consent (FSL-5), evaluation (FSL-6), resources (S1-9), tenure (S1-55)",
      SCHEME_ASLL,
      { ITEM_CONSENT, ITEM_HOUSEHOLD_COMPOSITION, ITEM_RESOURCES, ITEM_TENURE,
        ITEM_SOCIAL_EVALUATION } },
    { "AVDL, DALO: prescriber (AVDL-3), diagnosis (AVDL-4), kind (AVDL-2), recognition (AVDL-7)",
      SCHEME_AVDL_DALO,
      { ITEM_CONSENT, ITEM_HOUSEHOLD_COMPOSITION, ITEM_PRESCRIBER, ITEM_PRIOR_DIAGNOSIS,
        ITEM_SUPPORT_KIND, ITEM_ENFORCEABLE_RIGHT } },
    { "AVDL, not DALO: the same but for the recognition (AVDL-7)",
      SCHEME_AVDL_NON_DALO,
      { ITEM_CONSENT, ITEM_HOUSEHOLD_COMPOSITION, ITEM_PRESCRIBER, ITEM_PRIOR_DIAGNOSIS,
        ITEM_SUPPORT_KIND } },
    { "MASP 1: benefits, threat (MASP-1), the referring worker's proposal (S2-14), consent (S2-15)",
      SCHEME_MASP1,
      { ITEM_CONSENT, ITEM_HOUSEHOLD_COMPOSITION, ITEM_RESOURCES, ITEM_SOCIAL_EVALUATION,
        ITEM_SOCIAL_BENEFITS, ITEM_MANAGEMENT_DIFFICULTY } },
    { "MASP 2: as MASP 1",
      SCHEME_MASP2,
      { ITEM_CONSENT, ITEM_HOUSEHOLD_COMPOSITION, ITEM_RESOURCES, ITEM_SOCIAL_EVALUATION,
        ITEM_SOCIAL_BENEFITS, ITEM_MANAGEMENT_DIFFICULTY } },
    { "MASP 3: as MASP 1 without consent, since a judge orders it (MASP-4)",
      SCHEME_MASP3,
      { ITEM_HOUSEHOLD_COMPOSITION, ITEM_RESOURCES, ITEM_SOCIAL_EVALUATION, ITEM_SOCIAL_BENEFITS,
        ITEM_MANAGEMENT_DIFFICULTY } },
    { "Action Logement: pre-diagnosis and recommendations (S3-19), reason (S3-2), work (S3-5), "
      "type "
      "(S3-6)",
      SCHEME_ACTION_LOGEMENT,
      { ITEM_CONSENT, ITEM_HOUSEHOLD_COMPOSITION, ITEM_PRE_DIAGNOSIS, ITEM_RECOMMENDATIONS,
        ITEM_ENTRY_REASON, ITEM_EMPLOYMENT, ITEM_HOUSEHOLD_TYPE } },
    { "a residence: why (S0-6), from where (S0-16), by whom (S0-17), the three guards (S0-21 to "
      "S0-23)",
      SCHEME_RESIDENCE_SUPPORT,
      { ITEM_CONSENT, ITEM_HOUSEHOLD_COMPOSITION, ITEM_RESOURCES, ITEM_PREVIOUS_HOUSING,
        ITEM_OUT_OF_REACH_REASON, ITEM_RESERVATION_HOLDER, ITEM_RIGHT_OF_STAY, ITEM_FEE_GUARD,
        ITEM_INSERTION_PROJECT } },
    { "a sliding lease: why not a lease of one's own (S2-58), the landlord's agreement (S2-57)",
      SCHEME_SLIDING_LEASE_SUPPORT,
      { ITEM_CONSENT, ITEM_HOUSEHOLD_COMPOSITION, ITEM_RESOURCES, ITEM_OUT_OF_REACH_REASON,
        ITEM_LANDLORD_AGREEMENT } },
    { "MOUS: tenure, and the landlord's agreement (S2-26)",
      SCHEME_MOUS,
      { ITEM_CONSENT, ITEM_HOUSEHOLD_COMPOSITION, ITEM_TENURE, ITEM_LANDLORD_AGREEMENT } },
    { "another scheme: consent (SX-6) and who is in the household",
      SCHEME_OTHER,
      { ITEM_CONSENT, ITEM_HOUSEHOLD_COMPOSITION } },
};

static const struct {
    const char *sentence;
    bool state_quota;
    enum item items[MOST];
} candidatures[] = {
    { "a candidature: what a residence asks",
      false,
      { ITEM_CONSENT, ITEM_HOUSEHOLD_COMPOSITION, ITEM_RESOURCES, ITEM_PREVIOUS_HOUSING,
        ITEM_OUT_OF_REACH_REASON, ITEM_RESERVATION_HOLDER, ITEM_RIGHT_OF_STAY, ITEM_FEE_GUARD,
        ITEM_INSERTION_PROJECT } },
    { "a candidature on the State's quota: the SI SIAO request besides (S4-26)",
      true,
      { ITEM_CONSENT, ITEM_HOUSEHOLD_COMPOSITION, ITEM_RESOURCES, ITEM_PREVIOUS_HOUSING,
        ITEM_OUT_OF_REACH_REASON, ITEM_RESERVATION_HOLDER, ITEM_RIGHT_OF_STAY, ITEM_FEE_GUARD,
        ITEM_INSERTION_PROJECT, ITEM_SIAO_REQUEST } },
};

static uint32_t set_of(const enum item items[])
{
    uint32_t set = 0;

    for (size_t i = 0; i < MOST && items[i] != 0; i++)
        set |= UINT32_C(1) << items[i];
    return set;
}

/* Each item alone is missed when it alone is not there. */
static void check_each_item(const char *sentence, uint32_t required)
{
    enum item list[ITEM_COUNT];
    size_t wrong = 0;

    check_answer(completeness_accept(items_missing(required, 0, required)), YES_IT_MAY,
                 "%s: with all of them, complete", sentence);
    for (unsigned item = 1; item < ITEM_COUNT; item++) {
        uint32_t missing = items_missing(required, 0, ~(UINT32_C(1) << item));
        bool is_required = (required >> item & 1) != 0;

        wrong += (completeness_accept(missing) != ACCEPTED) != is_required;
        wrong += items_list(missing, list) != (is_required ? 1 : 0);
        wrong += is_required && list[0] != item;
    }
    check_number(wrong, 0, "%s: each missing one is named, and nothing else", sentence);
}

int main(void)
{
    enum item list[ITEM_COUNT];
    size_t count;

    about("6.1: the items of a request");
    for (size_t i = 0; i < sizeof requests / sizeof *requests; i++) {
        check_number(items_of_request(requests[i].scheme), set_of(requests[i].items), "%s",
                     requests[i].sentence);
        check_each_item(requests[i].sentence, items_of_request(requests[i].scheme));
    }
    check_number(sizeof requests / sizeof *requests, SCHEME_COUNT - 1, "every scheme has its row");
    check_number(items_of_request(0), 0, "no scheme asks for nothing");
    check_number(items_of_request(SCHEME_COUNT), 0, "nor does one that does not exist");

    about("S4-38: the items of a candidature, before it is sent");
    for (size_t i = 0; i < sizeof candidatures / sizeof *candidatures; i++) {
        check_number(items_of_candidature(candidatures[i].state_quota),
                     set_of(candidatures[i].items), "%s", candidatures[i].sentence);
        check_each_item(candidatures[i].sentence,
                        items_of_candidature(candidatures[i].state_quota));
    }

    about("FSL-3: an organisation adds its own items");
    check_number(items_missing(ITEM(CONSENT), ITEM(TENURE), ITEM(CONSENT)), ITEM(TENURE),
                 "one that it adds is missed like the others");
    check_number(items_missing(ITEM(CONSENT), ITEM(TENURE), ITEM(TENURE)), ITEM(CONSENT),
                 "and does not stand for another");
    check_answer(completeness_accept(ITEM(TENURE)), "FILE_INCOMPLETE", "a missing item refuses");

    about("the list of what is missing");
    count = items_list(ITEM(LANDLORD_AGREEMENT) | ITEM(CONSENT) | ITEM(TENURE), list);
    check(count == 3 && list[0] == ITEM_CONSENT && list[1] == ITEM_TENURE &&
              list[2] == ITEM_LANDLORD_AGREEMENT,
          "is in the order of the code list, first to last");
    check_number(items_list(0, list), 0, "is empty when nothing is");
    check_number(items_list(UINT32_MAX, list), ITEM_COUNT - 1, "holds every item once at most");
    return checks_done();
}
