/* MASP and AVDL have conditions; ASLL and the others have none. */
#include "services/intake/rules/eligibility.h"
#include "tests/rules/intake/refusals.h"
#include "tests/rules/law.h"

static const struct {
    const char *sentence;
    struct eligibility facts;
    const char *masp, *avdl;
} cases[] = {
    { "all conditions of both",
      { { 1990, 1, 1 }, true, true, { 2026, 3, 1 }, true },
      YES_IT_MAY,
      YES_IT_MAY },
    { "18 on the day", { { 2008, 3, 10 }, true, true, { 0 }, false }, YES_IT_MAY, "NOT_DIAGNOSED" },
    { "18 the day before",
      { { 2008, 3, 9 }, true, true, { 2026, 3, 10 }, true },
      YES_IT_MAY,
      YES_IT_MAY },
    { "18 the day after",
      { { 2008, 3, 11 }, true, true, { 2026, 3, 9 }, true },
      "NOT_AN_ADULT",
      YES_IT_MAY },
    { "without a birth date, diagnosed the day after",
      { { 0 }, true, true, { 2026, 3, 11 }, true },
      "NOT_AN_ADULT",
      "NOT_DIAGNOSED" },
    { "without benefits; no support found needed",
      { { 1990, 1, 1 }, false, true, { 2026, 3, 1 }, false },
      "NO_SOCIAL_BENEFITS",
      "DIAGNOSIS_FINDS_NO_NEED" },
    { "neither health nor safety threatened",
      { { 1990, 1, 1 }, true, false, { 2026, 3, 1 }, true },
      "NOTHING_THREATENED",
      YES_IT_MAY },
    { "nothing at all", { { 0 }, false, false, { 0 }, false }, "NOT_AN_ADULT", "NOT_DIAGNOSED" },
};

int main(void)
{
    static const enum scheme masp[] = { SCHEME_MASP1, SCHEME_MASP2, SCHEME_MASP3 };
    static const enum scheme avdl[] = { SCHEME_AVDL_DALO, SCHEME_AVDL_NON_DALO };
    static const enum scheme open_schemes[] = {
        SCHEME_ASLL, SCHEME_ACTION_LOGEMENT, SCHEME_RESIDENCE_SUPPORT, SCHEME_SLIDING_LEASE_SUPPORT,
        SCHEME_MOUS, SCHEME_OTHER,
    };
    const struct date on = DATE(2026, 3, 10);
    struct eligibility_law law;

    law_on(eligibility_law, on, &law);
    about("MASP-1, S2-13, AVDL-4: on 10 March 2026");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t j = 0; j < sizeof masp / sizeof *masp; j++)
            check_answer(eligibility_accept(masp[j], &cases[i].facts, on, &law), cases[i].masp,
                         "%s: MASP %zu", cases[i].sentence, j + 1);
        for (size_t j = 0; j < sizeof avdl / sizeof *avdl; j++)
            check_answer(eligibility_accept(avdl[j], &cases[i].facts, on, &law), cases[i].avdl,
                         "%s: AVDL, %s", cases[i].sentence, j == 0 ? "DALO" : "not DALO");
        for (size_t j = 0; j < sizeof open_schemes / sizeof *open_schemes; j++)
            check_answer(eligibility_accept(open_schemes[j], &cases[i].facts, on, &law), YES_IT_MAY,
                         "S1-9, FSL-1, S3-19: %s: scheme %u asks nothing", cases[i].sentence,
                         open_schemes[j]);
    }
    return checks_done();
}
