/* Each scheme is asked for by the origins its rules name, and by no other. */
#include "services/intake/rules/prescriber.h"
#include "tests/rules/intake/refusals.h"
#include "tests/rules/law.h"

static const char *const schemes[SCHEME_COUNT] = {
    [SCHEME_ASLL] = "ASLL",
    [SCHEME_AVDL_DALO] = "AVDL_DALO",
    [SCHEME_AVDL_NON_DALO] = "AVDL_NON_DALO",
    [SCHEME_MASP1] = "MASP1",
    [SCHEME_MASP2] = "MASP2",
    [SCHEME_MASP3] = "MASP3",
    [SCHEME_ACTION_LOGEMENT] = "ACTION_LOGEMENT",
    [SCHEME_RESIDENCE_SUPPORT] = "RESIDENCE_SUPPORT",
    [SCHEME_SLIDING_LEASE_SUPPORT] = "SLIDING_LEASE_SUPPORT",
    [SCHEME_MOUS] = "MOUS",
    [SCHEME_OTHER] = "OTHER",
};

/* A row an origin; a letter a scheme, in the order of the heading: y may ask, - may not. */
static const struct {
    const char *origin;
    enum request_origin code;
    const char *may_ask;
} table[] = {
    /* ASLL, AVDL DALO, AVDL not DALO, MASP 1, 2, 3, Action Logement, residence, sliding, MOUS,
       other */
    { "the family", ORIGIN_FAMILY, "y-------y-y" },
    { "a social worker's assessment", ORIGIN_SOCIAL_WORKER_ASSESSMENT, "y-------y-y" },
    { "a landlord", ORIGIN_LANDLORD, "yyy-----yyy" },
    { "an insertion association", ORIGIN_INSERTION_ASSOCIATION, "y-------y-y" },
    { "the CDAPL of 2008", ORIGIN_CDAPL_LEGACY, "y-------y-y" },
    { "the FSL", ORIGIN_FSL, "y-------y-y" },
    { "a conciliation commission", ORIGIN_CONCILIATION_COMMISSION, "y-------y-y" },
    { "an accommodation centre", ORIGIN_ACCOMMODATION_CENTRE, "yyy-----y-y" },
    { "a specialised social service", ORIGIN_SPECIALISED_SOCIAL_SERVICE, "y-------y-y" },
    { "a CCAS or CIAS", ORIGIN_CCAS_CIAS, "yyy-----y-y" },
    { "Action Logement", ORIGIN_ACTION_LOGEMENT, "yyy---yyy-y" },
    { "a referring social worker", ORIGIN_REFERRING_SOCIAL_WORKER, "y--yy---y-y" },
    { "a reservation holder", ORIGIN_RESERVATION_HOLDER, "y------yy-y" },
    { "the SIAO", ORIGIN_SIAO, "yyy----yy-y" },
    { "another origin", ORIGIN_OTHER, "y-------y-y" },
    { "a district's social worker", ORIGIN_DISTRICT_SOCIAL_WORKER, "yyy-----y-y" },
    { "the mediation commission", ORIGIN_MEDIATION_COMMISSION, "yyy-----y-y" },
    { "the State's services", ORIGIN_STATE_SERVICES, "yyy--y-yyyy" },
    { "a local authority", ORIGIN_LOCAL_AUTHORITY, "yyy--y-yyyy" },
    { "the CCAPEX", ORIGIN_CCAPEX, "y----y--y-y" },
};

int main(void)
{
    struct prescriber_law of_2008, law;
    bool every_origin[ORIGIN_COUNT] = { false };
    int origins = 0;

    law_on(prescriber_law, DATE(2008, 6, 1), &of_2008);
    law_on(prescriber_law, DATE(2026, 11, 23), &law);

    about("S1-3 to S1-8, AVDL-3, S2-14, MASP-4, S3-19, S0-17, C-7: who may ask for what");
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        every_origin[table[i].code] = true;
        for (unsigned scheme = 1; scheme < SCHEME_COUNT; scheme++) {
            bool may = table[i].may_ask[scheme - 1] == 'y';

            check_answer(prescriber_accept(scheme, table[i].code, &of_2008),
                         may ? YES_IT_MAY : "PRESCRIBER_NOT_ALLOWED", "%s %s ask for %s",
                         table[i].origin, may ? "may" : "may not", schemes[scheme]);
        }
    }
    for (unsigned origin = 1; origin < ORIGIN_COUNT; origin++)
        origins += every_origin[origin];
    check_number(origins, ORIGIN_COUNT - 1, "every origin has its row above");

    about("FSL-14, Q22: the CDAPL is an origin of the past");
    law_on(prescriber_law, DATE(2010, 12, 31), &law);
    check_answer(prescriber_accept(SCHEME_ASLL, ORIGIN_CDAPL_LEGACY, &law), YES_IT_MAY,
                 "on 31 December 2010 it still asks");
    law_on(prescriber_law, DATE(2011, 1, 1), &law);
    check_answer(prescriber_accept(SCHEME_ASLL, ORIGIN_CDAPL_LEGACY, &law),
                 "ORIGIN_NO_LONGER_EXISTS", "on 1 January 2011 it is gone");
    check_answer(prescriber_accept(SCHEME_ASLL, ORIGIN_CCAPEX, &law), YES_IT_MAY,
                 "the CCAPEX has taken its place");
    check_answer(prescriber_accept(SCHEME_ASLL, ORIGIN_FAMILY, &law), YES_IT_MAY,
                 "other origins are as before");

    about("6.1: both are coded");
    check_answer(prescriber_accept(0, ORIGIN_FAMILY, &law), "SCHEME_NOT_CODED", "no scheme");
    check_answer(prescriber_accept(SCHEME_COUNT, ORIGIN_FAMILY, &law), "SCHEME_NOT_CODED",
                 "a scheme that does not exist");
    check_answer(prescriber_accept(SCHEME_ASLL, 0, &law), "ORIGIN_NOT_CODED", "no origin");
    check_answer(prescriber_accept(SCHEME_ASLL, ORIGIN_COUNT, &law), "ORIGIN_NOT_CODED",
                 "an origin that does not exist");
    return checks_done();
}
