/* Every scheme's durations come from one engine: least, initial, step, cap and exception (SX-2). */
#include "services/measures/rules/duration.h"
#include "tests/rules/law.h"

static const enum scheme schemes[] = {
    SCHEME_ASLL,  SCHEME_AVDL_DALO, SCHEME_AVDL_NON_DALO,         SCHEME_MASP1,
    SCHEME_MASP2, SCHEME_MASP3,     SCHEME_ACTION_LOGEMENT,       SCHEME_RESIDENCE_SUPPORT,
    SCHEME_MOUS,  SCHEME_OTHER,     SCHEME_SLIDING_LEASE_SUPPORT,
};

static struct duration_law law_of(enum scheme scheme)
{
    struct duration_law law;

    law_on(duration_law_of(scheme), DATE(2024, 1, 1), &law);
    return law;
}

static void test_decisions(void)
{
    const struct {
        enum scheme scheme;
        enum duration_decision decision;
        int32_t granted, months;
        const struct refusal *wanted;
        const char *sentence;
    } cases[] = {
        /* S1-21, FSL-7: 6, by 6, up to 18, exceptionally 24 */
        { SCHEME_ASLL, DURATION_FIRST, 0, 6, ACCEPTED, "ASLL: a first decision of 6 months" },
        { SCHEME_ASLL, DURATION_FIRST, 0, 1, ACCEPTED, "ASLL: a first decision of 1 month" },
        { SCHEME_ASLL, DURATION_FIRST, 0, 18, ACCEPTED, "ASLL: a first decision of all 18" },
        { SCHEME_ASLL, DURATION_FIRST, 0, 19, &DURATION_TOO_LONG, "ASLL: 19 at once is no" },
        { SCHEME_ASLL, DURATION_FIRST, 0, 0, &DURATION_MISSING, "ASLL: no duration is no" },
        { SCHEME_ASLL, DURATION_FIRST, 0, -1, &DURATION_MISSING, "ASLL: less than none is no" },
        { SCHEME_ASLL, DURATION_RENEWAL, 6, 6, ACCEPTED, "ASLL: 6 after 6" },
        { SCHEME_ASLL, DURATION_RENEWAL, 12, 6, ACCEPTED, "ASLL: 6 after 12 fill the 18" },
        { SCHEME_ASLL, DURATION_RENEWAL, 12, 7, &DURATION_OVER_CAP, "ASLL: 7 after 12 pass 18" },
        { SCHEME_ASLL, DURATION_RENEWAL, 18, 1, &DURATION_OVER_CAP, "ASLL: 1 after 18 passes 18" },
        { SCHEME_ASLL, DURATION_RENEWAL, 6, 0, &DURATION_MISSING, "ASLL: a renewal of nothing" },
        { SCHEME_ASLL, DURATION_EXCEPTIONAL, 18, 6, ACCEPTED, "ASLL: exceptionally 6 after 18" },
        { SCHEME_ASLL, DURATION_EXCEPTIONAL, 18, 7, &DURATION_TOO_LONG,
          "ASLL: exceptionally 7 after 18 is too much" },
        { SCHEME_ASLL, DURATION_EXCEPTIONAL, 18, 1, ACCEPTED, "ASLL: exceptionally 1 after 18" },
        { SCHEME_ASLL, DURATION_EXCEPTIONAL, 21, 3, ACCEPTED, "ASLL: 3 more after 21 fill 24" },
        { SCHEME_ASLL, DURATION_EXCEPTIONAL, 21, 4, &DURATION_OVER_CAP, "ASLL: 4 more pass 24" },
        { SCHEME_ASLL, DURATION_EXCEPTIONAL, 24, 1, &DURATION_OVER_CAP, "ASLL: 25 is never" },
        { SCHEME_ASLL, DURATION_EXCEPTIONAL, 12, 6, &DURATION_NOT_EXCEPTIONAL,
          "ASLL: 6 after 12 are an ordinary renewal, no exception" },
        { SCHEME_ASLL, DURATION_EXCEPTIONAL, 13, 6, ACCEPTED, "ASLL: 6 after 13 need one" },
        { SCHEME_ASLL, DURATION_EXCEPTIONAL, 18, 0, &DURATION_MISSING, "ASLL: an empty one" },
        /* AVDL-6: 6 within 12, both streams */
        { SCHEME_AVDL_DALO, DURATION_FIRST, 0, 12, ACCEPTED, "AVDL DALO: 12 at once" },
        { SCHEME_AVDL_DALO, DURATION_FIRST, 0, 13, &DURATION_TOO_LONG, "AVDL DALO: 13 at once" },
        { SCHEME_AVDL_NON_DALO, DURATION_RENEWAL, 6, 6, ACCEPTED, "AVDL non-DALO: 6 after 6" },
        { SCHEME_AVDL_NON_DALO, DURATION_RENEWAL, 6, 7, &DURATION_OVER_CAP, "AVDL: 7 after 6" },
        { SCHEME_AVDL_NON_DALO, DURATION_RENEWAL, 0, 13, &DURATION_TOO_LONG, "AVDL: 13 more" },
        { SCHEME_AVDL_DALO, DURATION_EXCEPTIONAL, 12, 1, &DURATION_NO_EXCEPTION,
          "AVDL has no exception" },
        /* MASP-2, S2-23, F2-4, A-12: each contract 6 to 24, total 48 */
        { SCHEME_MASP2, DURATION_FIRST, 0, 5, &DURATION_TOO_SHORT, "F2-4: MASP 2 of 5 months" },
        { SCHEME_MASP2, DURATION_FIRST, 0, 6, ACCEPTED, "F2-4: MASP 2 of 6 months" },
        { SCHEME_MASP2, DURATION_FIRST, 0, 24, ACCEPTED, "F2-4: MASP 2 of 24 months" },
        { SCHEME_MASP2, DURATION_FIRST, 0, 25, &DURATION_TOO_LONG, "F2-4: MASP 2 of 25 months" },
        { SCHEME_MASP1, DURATION_FIRST, 0, 5, &DURATION_TOO_SHORT, "MASP 1 of 5 months" },
        { SCHEME_MASP2, DURATION_RENEWAL, 24, 24, ACCEPTED, "MASP 2: 24 after 24 are 48" },
        { SCHEME_MASP2, DURATION_RENEWAL, 24, 25, &DURATION_TOO_LONG, "MASP 2: 25 after 24" },
        { SCHEME_MASP2, DURATION_RENEWAL, 25, 24, &DURATION_OVER_CAP, "MASP 2: 49 in all" },
        { SCHEME_MASP2, DURATION_RENEWAL, 24, 5, &DURATION_TOO_SHORT, "MASP 2: 5 after 24" },
        { SCHEME_MASP2, DURATION_RENEWAL, 42, 6, ACCEPTED, "MASP 2: 6 after 42 are 48" },
        { SCHEME_MASP2, DURATION_EXCEPTIONAL, 48, 1, &DURATION_NO_EXCEPTION, "MASP 2: no 49th" },
        /* MASP-4: orders of 24 at most, total 48 */
        { SCHEME_MASP3, DURATION_FIRST, 0, 24, ACCEPTED, "MASP 3: an order of 24 months" },
        { SCHEME_MASP3, DURATION_FIRST, 0, 25, &DURATION_TOO_LONG, "MASP 3: an order of 25" },
        { SCHEME_MASP3, DURATION_FIRST, 0, 1, ACCEPTED, "MASP 3: an order of 1 month" },
        { SCHEME_MASP3, DURATION_RENEWAL, 24, 25, &DURATION_TOO_LONG, "MASP 3: 25 more" },
        { SCHEME_MASP3, DURATION_RENEWAL, 25, 24, &DURATION_OVER_CAP, "MASP 3: 49 in all" },
        /* S3-20, S3-21, F3-3, F3-4, A-16 */
        { SCHEME_ACTION_LOGEMENT, DURATION_FIRST, 0, 3, &DURATION_TOO_SHORT, "S3-20: 3 months" },
        { SCHEME_ACTION_LOGEMENT, DURATION_FIRST, 0, 4, ACCEPTED, "S3-20: 4 months" },
        { SCHEME_ACTION_LOGEMENT, DURATION_FIRST, 0, 8, ACCEPTED, "S3-20: 8 months" },
        { SCHEME_ACTION_LOGEMENT, DURATION_FIRST, 0, 9, &DURATION_TOO_LONG, "S3-20: 9 months" },
        { SCHEME_ACTION_LOGEMENT, DURATION_RENEWAL, 8, 16, ACCEPTED, "S3-21: 16 after 8 are 24" },
        { SCHEME_ACTION_LOGEMENT, DURATION_RENEWAL, 8, 17, &DURATION_OVER_CAP, "S3-21: 25" },
        { SCHEME_ACTION_LOGEMENT, DURATION_RENEWAL, 23, 1, ACCEPTED, "S3-21: 1 after 23" },
        { SCHEME_ACTION_LOGEMENT, DURATION_EXCEPTIONAL, 24, 1, &DURATION_NO_EXCEPTION,
          "S3-21: 24 is a hard cap" },
        /* 6.2: residence support = stay */
        { SCHEME_RESIDENCE_SUPPORT, DURATION_FIRST, 0, 0, ACCEPTED, "support lasts as the stay" },
        { SCHEME_RESIDENCE_SUPPORT, DURATION_FIRST, 0, 36, ACCEPTED, "or as long as was decided" },
        { SCHEME_RESIDENCE_SUPPORT, DURATION_FIRST, 0, 1200, ACCEPTED, "without a bound" },
        { SCHEME_RESIDENCE_SUPPORT, DURATION_FIRST, 0, 1201, &DURATION_TOO_LONG, "but a century" },
        { SCHEME_RESIDENCE_SUPPORT, DURATION_FIRST, 0, -1, &DURATION_MISSING, "never below 0" },
        { SCHEME_RESIDENCE_SUPPORT, DURATION_RENEWAL, 36, 0, &DURATION_MISSING,
          "a renewal of a dated one has a duration" },
        { SCHEME_RESIDENCE_SUPPORT, DURATION_RENEWAL, 36, 48, ACCEPTED, "and no cap" },
        { SCHEME_RESIDENCE_SUPPORT, DURATION_RENEWAL, 36, 1165, &DURATION_OVER_CAP, "in reason" },
        { SCHEME_SLIDING_LEASE_SUPPORT, DURATION_FIRST, 0, 0, ACCEPTED, "sliding lease: as long" },
        { SCHEME_MOUS, DURATION_FIRST, 0, 0, ACCEPTED, "MOUS: as long" },
        { SCHEME_OTHER, DURATION_FIRST, 0, 0, ACCEPTED, "others: as long" },
    };

    about("SX-2: what a first decision, a renewal and an exceptional one may grant");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct duration_law law = law_of(cases[i].scheme);
        const struct refusal *got =
            duration_check(&law, (struct duration_asked){ .decision = cases[i].decision,
                                                          .granted_months = cases[i].granted,
                                                          .months = cases[i].months });

        check(got == cases[i].wanted, "%s: %s", cases[i].sentence,
              cases[i].wanted ? cases[i].wanted->code : "accepted");
    }
}

/* What an organisation may write into its own file. */
static void test_own_law(void)
{
    const struct duration_law law = { .most_first_months = 1, .most_renewal_months = 1 };

    about("SX-2: an organisation's own bounds");
    check(duration_check(&law, (struct duration_asked){ DURATION_FIRST, 0, 1 }) == ACCEPTED,
          "at most one month at first: one is accepted");
    check(duration_check(&law, (struct duration_asked){ DURATION_FIRST, 0, 2 }) ==
              &DURATION_TOO_LONG,
          "at most one month at first: two are not");
    check(duration_check(&law, (struct duration_asked){ DURATION_RENEWAL, 500, 1 }) == ACCEPTED,
          "and one more, without a cap, for ever");
}

static void test_proposals(void)
{
    const struct {
        enum scheme scheme;
        enum duration_decision decision;
        int32_t granted;
        int64_t most, proposed;
        const char *sentence;
    } cases[] = {
        { SCHEME_ASLL, DURATION_FIRST, 0, 18, 6, "FSL-7: ASLL starts with 6 of 18" },
        { SCHEME_ASLL, DURATION_RENEWAL, 6, 12, 6, "FSL-7: goes on by 6 of 12" },
        { SCHEME_ASLL, DURATION_RENEWAL, 15, 3, 3, "FSL-7: with what is left of 18" },
        { SCHEME_ASLL, DURATION_RENEWAL, 17, 1, 1, "FSL-7: to the last month" },
        { SCHEME_ASLL, DURATION_RENEWAL, 18, 0, 0, "FSL-7: and no further" },
        { SCHEME_ASLL, DURATION_RENEWAL, 20, 0, 0, "FSL-7: nor when it is over already" },
        { SCHEME_ASLL, DURATION_EXCEPTIONAL, 18, 6, 6, "FSL-7: but for 6 exceptional ones" },
        { SCHEME_ASLL, DURATION_EXCEPTIONAL, 20, 4, 4, "FSL-7: of which 4 are left after 20" },
        { SCHEME_ASLL, DURATION_EXCEPTIONAL, 12, 0, 0, "FSL-7: not while 18 are not passed" },
        { SCHEME_ASLL, DURATION_EXCEPTIONAL, 13, 6, 6, "FSL-7: as 13 and 6 do" },
        { SCHEME_AVDL_DALO, DURATION_FIRST, 0, 12, 6, "AVDL-6: 6 of 12" },
        { SCHEME_AVDL_DALO, DURATION_RENEWAL, 8, 4, 4, "AVDL-6: 4 after 8" },
        { SCHEME_AVDL_DALO, DURATION_EXCEPTIONAL, 12, 0, 0, "AVDL-6: nothing after 12" },
        { SCHEME_MASP2, DURATION_FIRST, 0, 24, 12, "MASP-2: up to 24, 12 proposed" },
        { SCHEME_MASP2, DURATION_RENEWAL, 24, 24, 12, "MASP-2: 24 more after 24" },
        { SCHEME_MASP2, DURATION_RENEWAL, 42, 6, 6, "MASP-2: 6 after 42" },
        { SCHEME_MASP2, DURATION_RENEWAL, 43, 0, 0, "MASP-2: 5 would be too short" },
        { SCHEME_ACTION_LOGEMENT, DURATION_FIRST, 0, 8, 6, "S3-20: up to 8" },
        { SCHEME_ACTION_LOGEMENT, DURATION_RENEWAL, 8, 16, 6, "S3-21: up to 16 after 8" },
        { SCHEME_RESIDENCE_SUPPORT, DURATION_RENEWAL, 48, DURATION_UNBOUNDED - 48, 6,
          "6.2: residence support goes on" },
    };

    about("SX-2: what may still be granted and what a form proposes");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct duration_law law = law_of(cases[i].scheme);
        struct duration_asked asked = { .decision = cases[i].decision,
                                        .granted_months = cases[i].granted };

        check_number(duration_most(&law, asked), cases[i].most, "%s", cases[i].sentence);
        check_number(duration_proposed(&law, asked), cases[i].proposed, "%s: the form proposes",
                     cases[i].sentence);
    }
}

/* Whatever most says is accepted, one month more is not; no chain of accepted decisions passes
 * the cap. */
static void test_chains(void)
{
    struct chance chance = { .state = UINT64_C(0xd0a7104) };
    int32_t longest[16] = { 0 };

    for (int i = 0; i < 20000; i++) {
        enum scheme scheme = schemes[chance_between(&chance, 0, 6)];
        struct duration_law law = law_of(scheme);
        struct duration_asked asked = { .decision = DURATION_FIRST };

        for (int decisions = 0; decisions < 12; decisions++) {
            int64_t most = duration_most(&law, asked);

            asked.months = (int32_t)most;
            holds_or_report(most == 0 || duration_check(&law, asked) == ACCEPTED,
                            "SX-2: scheme %d, %d granted: the most is accepted", (int)scheme,
                            (int)asked.granted_months);
            asked.months++;
            holds_or_report(duration_check(&law, asked) != ACCEPTED,
                            "SX-2: scheme %d, %d granted: one more is refused", (int)scheme,
                            (int)asked.granted_months);
            asked.months = (int32_t)chance_between(&chance, 1, 30);
            if (duration_check(&law, asked) == ACCEPTED)
                asked.granted_months += asked.months;
            if (asked.granted_months > longest[scheme])
                longest[scheme] = asked.granted_months;
            asked.decision =
                chance_between(&chance, 0, 3) == 0 ? DURATION_EXCEPTIONAL : DURATION_RENEWAL;
        }
    }
    about("SX-2: the longest total that 20,000 chains of decisions reach (seed 0xd0a7104)");
    check_number(longest[SCHEME_ASLL], 24, "ASLL: 18 and 6");
    check_number(longest[SCHEME_AVDL_DALO], 12, "AVDL: 12");
    check_number(longest[SCHEME_MASP2], 48, "MASP: 48");
    check_number(longest[SCHEME_MASP3], 48, "MASP 3: 48");
    check_number(longest[SCHEME_ACTION_LOGEMENT], 24, "Action Logement: 24 (S3-21)");
}

static void test_dates(void)
{
    struct duration_law asll = law_of(SCHEME_ASLL), residence = law_of(SCHEME_RESIDENCE_SUPPORT);
    struct duration_law action_logement = law_of(SCHEME_ACTION_LOGEMENT);

    about("C-1: ends are the first day after");
    check_date(duration_end(DATE(2024, 1, 15), 6), DATE(2024, 7, 15), "6 months from 15 January");
    check_date(duration_end(DATE(2023, 8, 31), 6), DATE(2024, 2, 29), "6 months from 31 August");
    check_date(duration_end(DATE(2022, 8, 31), 6), DATE(2023, 2, 28), "the same in common years");
    check_date(duration_end(DATE(2024, 1, 15), 1), DATE(2024, 2, 15), "1 month from 15 January");
    check_date(duration_end(DATE(2024, 1, 15), 0), DATE_NONE, "as long as the stay: no end");
    about("A-14, C-25, Q19: the cap");
    check_date(duration_cap_date(&action_logement, DATE(2024, 2, 29), false), DATE(2026, 2, 28),
               "Action Logement: 24 months from the first active day");
    check_date(duration_cap_date(&asll, DATE(2024, 1, 31), false), DATE(2025, 7, 31),
               "ASLL: 18 months");
    check_date(duration_cap_date(&asll, DATE(2024, 1, 31), true), DATE(2026, 1, 31),
               "ASLL with the exception: 24 months");
    check_date(duration_cap_date(&residence, DATE(2024, 1, 31), false), DATE_NONE,
               "residence support has none");
    check(!duration_cap_is_near(&asll, DATE(2024, 1, 31), false, DATE(2025, 5, 1)),
          "91 days before 31 July 2025 the cap is not near");
    check(duration_cap_is_near(&asll, DATE(2024, 1, 31), false, DATE(2025, 5, 2)),
          "90 days before it is");
    check(duration_cap_is_near(&asll, DATE(2024, 1, 31), false, DATE(2025, 5, 3)),
          "89 days before it still is");
    check(!duration_cap_is_near(&asll, DATE(2024, 1, 31), true, DATE(2025, 5, 3)),
          "an exception moves the cap away");
    check(!duration_cap_is_near(&residence, DATE(2014, 1, 31), false, DATE(2025, 5, 2)),
          "where there is no cap it is never near");
    about("A-15: the cap is passed");
    check(!duration_is_over_cap(&asll, 18, false), "ASLL: 18 months are not too many");
    check(duration_is_over_cap(&asll, 19, false), "ASLL: 19 are");
    check(!duration_is_over_cap(&asll, 24, true), "ASLL with the exception: 24 are not");
    check(duration_is_over_cap(&asll, 25, true), "ASLL with the exception: 25 are");
    check(duration_is_over_cap(&action_logement, 25, true), "Action Logement: 25, exception or no");
    check(!duration_is_over_cap(&residence, 120, false), "residence support: never");
}

int main(void)
{
    test_decisions();
    test_own_law();
    test_proposals();
    test_chains();
    test_dates();
    return checks_done();
}
