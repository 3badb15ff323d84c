/* The commission, the prefect and the judge of the enforceable right to housing each have their
 * time, people know until when they may act, and the grounds are those of the law (domain.md 3.7,
 * C-4, C-21, C-23). */
#include "services/measures/rules/enforceable_housing_right.h"
#include "tests/check.h"
#include "tests/rules/law.h"

static void commission(const struct housing_right_law *law)
{
    static const struct {
        const char *sentence;
        enum right_route route;
        enum department_kind department;
        struct date received;
        struct date due;
    } cases[] = {
        { "DALO-1: received on 30 November 2023, decided by 29 February 2024",
          ROUTE_HOUSING,
          DEPARTMENT_ORDINARY,
          { 2023, 11, 30 },
          { 2024, 2, 29 } },
        { "DALO-1: in Paris too the commission has 3 months",
          ROUTE_HOUSING,
          DEPARTMENT_LARGE_AGGLOMERATION,
          { 2024, 1, 31 },
          { 2024, 4, 30 } },
        { "DALO-1, C-23: overseas it has 6",
          ROUTE_HOUSING,
          DEPARTMENT_OVERSEAS,
          { 2024, 8, 31 },
          { 2025, 2, 28 } },
        { "DALO-2: on the shelter route 6 weeks, 42 days over a 29 February",
          ROUTE_SHELTER,
          DEPARTMENT_ORDINARY,
          { 2024, 2, 1 },
          { 2024, 3, 14 } },
        { "DALO-2: overseas as well",
          ROUTE_SHELTER,
          DEPARTMENT_OVERSEAS,
          { 2023, 12, 20 },
          { 2024, 1, 31 } },
    };

    about("DALO-1, DALO-2, A-82: the commission decides in time");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_date(housing_right_commission_due(cases[i].route, cases[i].department,
                                                cases[i].received, law),
                   cases[i].due, "%s", cases[i].sentence);
    check_date(housing_right_commission_due(ROUTE_HOUSING, DEPARTMENT_ORDINARY, DATE_NONE, law),
               DATE_NONE, "an application not received has no date");
}

static void silence(void)
{
    static const struct {
        const char *sentence;
        struct date decided;
        struct date on;
        enum right_answer answer;
    } cases[] = {
        { "on the last day an answer may still come", { 0 }, { 2024, 2, 29 }, RIGHT_AWAITED },
        { "the day after, silence is a refusal", { 0 }, { 2024, 3, 1 }, RIGHT_REFUSED_BY_SILENCE },
        { "on the eve of a decision it is awaited",
          { 2024, 2, 20 },
          { 2024, 2, 19 },
          RIGHT_AWAITED },
        { "on its day it is there", { 2024, 2, 20 }, { 2024, 2, 20 }, RIGHT_ANSWERED },
        { "and it stays", { 2024, 2, 20 }, { 2024, 6, 1 }, RIGHT_ANSWERED },
        { "before a late decision silence refuses",
          { 2024, 4, 2 },
          { 2024, 4, 1 },
          RIGHT_REFUSED_BY_SILENCE },
        { "a late decision replaces silence", { 2024, 4, 2 }, { 2024, 4, 2 }, RIGHT_ANSWERED },
    };

    about("DALO-1: silence, when the commission was due on 29 February 2024");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(housing_right_answer(DATE(2024, 2, 29), cases[i].decided, cases[i].on) ==
                  cases[i].answer,
              "%s", cases[i].sentence);
    for (unsigned granted = GRANTED_HOUSING; granted <= GRANTED_TRANSITIONAL_HOUSING; granted++) {
        check(!housing_right_may_be_granted(ROUTE_HOUSING, granted),
              "a housing application may be granted %u", granted);
        check(housing_right_may_be_granted(ROUTE_SHELTER, granted) ==
                  (granted == GRANTED_HOUSING ? &HOUSING_RIGHT_GRANT_BEYOND_REQUEST : ACCEPTED),
              "a shelter application may%s be granted %u", granted == GRANTED_HOUSING ? " not" : "",
              granted);
    }
}

static void prefect(const struct housing_right_law *law)
{
    static const struct {
        const char *sentence;
        enum right_granted granted;
        enum department_kind department;
        struct date decided;
        struct date due;
    } cases[] = {
        { "DALO-3: 3 months in an ordinary department",
          GRANTED_HOUSING,
          DEPARTMENT_ORDINARY,
          { 2023, 11, 30 },
          { 2024, 2, 29 } },
        { "DALO-3: 6 months in Paris",
          GRANTED_HOUSING,
          DEPARTMENT_LARGE_AGGLOMERATION,
          { 2024, 8, 31 },
          { 2025, 2, 28 } },
        { "DALO-3: 6 months overseas",
          GRANTED_HOUSING,
          DEPARTMENT_OVERSEAS,
          { 2024, 1, 15 },
          { 2024, 7, 15 } },
        { "DALO-4, C-23: 6 weeks for a shelter, in Paris too",
          GRANTED_SHELTER,
          DEPARTMENT_LARGE_AGGLOMERATION,
          { 2024, 2, 1 },
          { 2024, 3, 14 } },
        { "DALO-4, C-23: 3 months for transitional housing or a social residence, in Paris too",
          GRANTED_TRANSITIONAL_HOUSING,
          DEPARTMENT_LARGE_AGGLOMERATION,
          { 2024, 1, 31 },
          { 2024, 4, 30 } },
        { "DALO-4: and overseas",
          GRANTED_TRANSITIONAL_HOUSING,
          DEPARTMENT_OVERSEAS,
          { 2024, 1, 31 },
          { 2024, 4, 30 } },
    };

    about("DALO-3, DALO-4, A-83: the prefect's delay");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_date(
            housing_right_prefect_due(cases[i].granted, cases[i].department, cases[i].decided, law),
            cases[i].due, "%s", cases[i].sentence);
}

static void claims(const struct housing_right_law *law)
{
    static const struct {
        const char *sentence;
        struct date event;
        enum holidays holidays;
        struct date warn_of;
        struct date last_day;
    } claims[] = {
        { "DALO-5, C-4: the delay ended on 15 March 2024: Tuesday 16 July is the last day",
          { 2024, 3, 15 },
          HOLIDAYS_OF_FRANCE,
          { 2024, 7, 15 },
          { 2024, 7, 16 } },
        { "DALO-5, C-4: on 31 October 2023: 29 February and a day, 1 March 2024",
          { 2023, 10, 31 },
          HOLIDAYS_OF_FRANCE,
          { 2024, 2, 29 },
          { 2024, 3, 1 } },
        { "DALO-5, D-8: on 15 November 2023: Saturday 16 March rolls to Monday 18",
          { 2023, 11, 15 },
          HOLIDAYS_OF_FRANCE,
          { 2024, 3, 15 },
          { 2024, 3, 18 } },
        { "D-7: on 25 August 2024: 26 December is a working day",
          { 2024, 8, 25 },
          HOLIDAYS_OF_FRANCE,
          { 2024, 12, 25 },
          { 2024, 12, 26 } },
        { "D-7: but not in Alsace-Moselle",
          { 2024, 8, 25 },
          HOLIDAYS_OF_ALSACE_MOSELLE,
          { 2024, 12, 25 },
          { 2024, 12, 27 } },
    };
    struct window window;

    about("DALO-5, A-84: the claim before the administrative court");
    for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
        window = housing_right_claim_window(claims[i].event, true, claims[i].holidays, law);
        check_date(window.last_day, claims[i].last_day, "%s", claims[i].sentence);
        check_date(window.warn_of, claims[i].warn_of, "and one day before to be safe");
        check_date(window.opens, date_add_days(claims[i].event, 1), "open the day after the delay");
    }
    window = housing_right_claim_window(DATE(2024, 3, 15), true, HOLIDAYS_OF_FRANCE, law);
    check(housing_right_may_act(window, DATE(2024, 3, 15)) == &HOUSING_RIGHT_ACT_TOO_EARLY,
          "DALO-5: on the last day of the prefect a claim is too early");
    check(!housing_right_may_act(window, DATE(2024, 3, 16)), "DALO-5: the day after it is not");
    check(!housing_right_may_act(window, DATE(2024, 7, 16)), "DALO-5: on 16 July it is in time");
    check(housing_right_may_act(window, DATE(2024, 7, 17)) == &HOUSING_RIGHT_ACT_TOO_LATE,
          "DALO-5: on 17 July it is too late");
    window = housing_right_claim_window(DATE(2024, 3, 15), false, HOLIDAYS_OF_FRANCE, law);
    check_date(window.last_day, DATE_NONE, "DALO-5: nobody told the person: no last day");
    check_date(window.warn_of, DATE_NONE, "DALO-5: nor anything to warn of");
    check(!housing_right_may_act(window, DATE(2029, 1, 1)), "DALO-5: and no claim is too late");
    check(housing_right_may_act(window, DATE(2024, 3, 15)) == &HOUSING_RIGHT_ACT_TOO_EARLY,
          "DALO-5: but it may be too early");
    check_date(housing_right_judgment_due(DATE(2023, 12, 31), law), DATE(2024, 2, 29),
               "DALO-6: claimed on 31 December 2023, judged by 29 February 2024");
}

static void challenges(const struct housing_right_law *law)
{
    struct window window;

    about("DALO-7, A-65: challenging a refusal");
    window = housing_right_challenge_window(DATE(2023, 12, 30), HOLIDAYS_OF_FRANCE, law);
    check_date(window.opens, DATE(2023, 12, 30), "DALO-7: from its day");
    check_date(window.warn_of, DATE(2024, 2, 29),
               "C-4: refused on 30 December 2023, warned of 29 February 2024");
    check_date(window.last_day, DATE(2024, 3, 1), "C-4: the last day is 1 March");
    check(!housing_right_may_act(window, DATE(2024, 3, 1)), "DALO-7: on which it is in time");
    check(housing_right_may_act(window, DATE(2024, 3, 2)) == &HOUSING_RIGHT_ACT_TOO_LATE,
          "DALO-7: and not the day after");
    check(!housing_right_may_act(window, DATE(2023, 12, 30)), "DALO-7: at once is in time");
    check(housing_right_may_act(window, DATE(2023, 12, 29)) == &HOUSING_RIGHT_ACT_TOO_EARLY,
          "DALO-7: before the refusal it is not");
    window = housing_right_challenge_window(DATE(2024, 9, 30), HOLIDAYS_OF_FRANCE, law);
    check_date(window.last_day, DATE(2024, 12, 2),
               "D-8: refused on 30 September 2024, Sunday 1 December rolls to Monday 2");
}

static void offers(void)
{
    about("DALO-8: refusing an offer");
    for (int bits = 0; bits < 8; bits++) {
        struct right_offer_refused offer = { bits & 1, bits & 2, bits & 4 };
        bool lost = bits == 5;

        check(housing_right_is_lost(&offer) == lost,
              "%s offer, %s reason, person %s: the right is %s",
              offer.offer_was_suitable ? "a suitable" : "an unsuitable",
              offer.reason_is_compelling ? "a compelling" : "no compelling",
              offer.person_was_told ? "told" : "not told", lost ? "lost" : "kept");
    }
}

static void grounds(const struct housing_right_law *law)
{
    static const struct path_step shelter[] = { { PATH_SHELTER, { 2024, 1, 10 }, { 0 } } };
    static const struct path_step residence[] = {
        { PATH_SOCIAL_RESIDENCE, { 2023, 1, 31 }, { 0 } }
    };
    static const struct path_step transitional[] = {
        { PATH_TRANSITIONAL_HOUSING, { 2023, 1, 31 }, { 0 } },
    };
    static const struct {
        const char *sentence;
        struct right_situation situation;
        struct date on;
        uint32_t grounds;
    } cases[] = {
        { "nothing is no ground", { 0 }, { 2024, 7, 11 }, 0 },
        { "homeless", { .is_homeless = true }, { 2024, 7, 11 }, GROUND_HOMELESS },
        { "an eviction judgment",
          { .eviction_is_judged = true },
          { 2024, 7, 11 },
          GROUND_EVICTION },
        { "unfit premises", { .premises_are_unfit = true }, { 2024, 7, 11 }, GROUND_UNFIT },
        { "overcrowded without a minor", { .is_overcrowded = true }, { 2024, 7, 11 }, 0 },
        { "overcrowded with a minor",
          { .is_overcrowded = true, .lives_with_minor_or_disabled = true },
          { 2024, 7, 11 },
          GROUND_OVERCROWDED_OR_INDECENT },
        { "indecent without a minor", { .is_indecent = true }, { 2024, 7, 11 }, 0 },
        { "indecent with a disabled person",
          { .is_indecent = true, .lives_with_minor_or_disabled = true },
          { 2024, 7, 11 },
          GROUND_OVERCROWDED_OR_INDECENT },
        { "a minor alone is no ground",
          { .lives_with_minor_or_disabled = true },
          { 2024, 7, 11 },
          0 },
        { "C-21: housing unsuited to a disability",
          { .unsuited_to_disability = true },
          { 2024, 7, 11 },
          GROUND_DISABILITY },
        { "6 months of shelter to the day are not more than 6",
          { .path = shelter, .path_count = 1 },
          { 2024, 7, 10 },
          0 },
        { "C-21: 6 months of shelter and a day",
          { .path = shelter, .path_count = 1 },
          { 2024, 7, 11 },
          GROUND_SHELTER },
        { "18 months in a social residence to the day",
          { .path = residence, .path_count = 1 },
          { 2024, 7, 31 },
          0 },
        { "C-21, A-64: 18 months and a day",
          { .path = residence, .path_count = 1 },
          { 2024, 8, 1 },
          GROUND_TRANSITION },
        { "18 months in transitional housing to the day",
          { .path = transitional, .path_count = 1 },
          { 2024, 7, 31 },
          0 },
        { "C-21: and a day",
          { .path = transitional, .path_count = 1 },
          { 2024, 8, 1 },
          GROUND_TRANSITION },
        { "no social-housing request, no abnormal delay",
          { .abnormal_delay = { .months = 72 } },
          { 2024, 7, 11 },
          0 },
        { "a request of 29 February 2020 under a delay of 4 years, on 29 February 2024",
          { .social_housing_requested_on = { 2020, 2, 29 }, .abnormal_delay = { .months = 48 } },
          { 2024, 2, 29 },
          0 },
        { "the day after",
          { .social_housing_requested_on = { 2020, 2, 29 }, .abnormal_delay = { .months = 48 } },
          { 2024, 3, 1 },
          GROUND_ABNORMAL_DELAY },
        { "but not with a suitable offer",
          { .social_housing_requested_on = { 2020, 2, 29 },
            .abnormal_delay = { .months = 48 },
            .had_suitable_offer = true },
          { 2024, 3, 1 },
          0 },
        { "several add up",
          { .is_homeless = true,
            .eviction_is_judged = true,
            .premises_are_unfit = true,
            .is_indecent = true,
            .lives_with_minor_or_disabled = true,
            .unsuited_to_disability = true,
            .path = shelter,
            .path_count = 1 },
          { 2024, 7, 11 },
          GROUND_HOMELESS | GROUND_EVICTION | GROUND_UNFIT | GROUND_OVERCROWDED_OR_INDECENT |
              GROUND_DISABILITY | GROUND_SHELTER },
    };

    about("DALO-9, C-21: the grounds");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_number(housing_right_grounds(&cases[i].situation, cases[i].on, law), cases[i].grounds,
                     "DALO-9: %s", cases[i].sentence);
    check_date(housing_right_from_shelter(DATE(2023, 8, 31), law), DATE(2024, 3, 1),
               "C-21: in shelter since 31 August 2023, a ground from 1 March 2024");
    check_date(housing_right_from_transition(DATE(2022, 8, 31), law), DATE(2024, 3, 1),
               "A-64: in a social residence since 31 August 2022, possible from 1 March 2024");
    check_date(housing_right_from_transition(DATE_NONE, law), DATE_NONE, "A-64: nowhere, never");
}

static void paths(void)
{
    static const struct path_step path[] = {
        { PATH_SHELTER, { 2023, 1, 10 }, { 2023, 3, 1 } },
        { PATH_SHELTER, { 2023, 3, 2 }, { 2023, 5, 1 } },
        { PATH_SHELTER, { 2023, 5, 1 }, { 2023, 9, 1 } },
        { PATH_SHELTER, { 2023, 6, 1 }, { 2023, 7, 1 } },
        { PATH_ELSEWHERE, { 2023, 9, 1 }, { 2023, 10, 1 } },
        { PATH_TRANSITIONAL_HOUSING, { 2023, 10, 1 }, { 2024, 2, 1 } },
        { PATH_SOCIAL_RESIDENCE, { 2024, 2, 1 }, { 0 } },
        { PATH_SOCIAL_RESIDENCE, { 2024, 6, 1 }, { 2024, 7, 1 } },
        { PATH_SHELTER, { 2025, 1, 1 }, { 0 } },
    };
    static const struct {
        const char *sentence;
        struct date on;
        struct date shelter;
        struct date transition;
    } cases[] = {
        { "before the path", { 2023, 1, 9 }, { 0 }, { 0 } },
        { "on its first day", { 2023, 1, 10 }, { 2023, 1, 10 }, { 0 } },
        { "on the last day of the first shelter", { 2023, 2, 28 }, { 2023, 1, 10 }, { 0 } },
        { "in a gap of one day", { 2023, 3, 1 }, { 0 }, { 0 } },
        { "the gap breaks it", { 2023, 3, 2 }, { 2023, 3, 2 }, { 0 } },
        { "a move the same day does not", { 2023, 5, 1 }, { 2023, 3, 2 }, { 0 } },
        { "nor does a step within another", { 2023, 8, 31 }, { 2023, 3, 2 }, { 0 } },
        { "elsewhere", { 2023, 9, 1 }, { 0 }, { 0 } },
        { "transitional housing", { 2023, 10, 1 }, { 0 }, { 2023, 10, 1 } },
        { "then a social residence count together", { 2024, 2, 1 }, { 0 }, { 2023, 10, 1 } },
        { "an open step stays open", { 2024, 12, 31 }, { 0 }, { 2023, 10, 1 } },
        { "each kind by itself", { 2025, 1, 1 }, { 2025, 1, 1 }, { 2023, 10, 1 } },
    };
    size_t count = sizeof path / sizeof *path;

    static const struct path_step reopened[] = {
        { PATH_SHELTER, { 2024, 1, 1 }, { 2024, 2, 1 } },
        { PATH_SHELTER, { 2024, 2, 1 }, { 0 } },
    };

    about("S4-14, C-21: how long without a break");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_date(path_in_shelter_since(path, count, cases[i].on), cases[i].shelter,
                   "%s: in shelter since", cases[i].sentence);
        check_date(path_in_transition_since(path, count, cases[i].on), cases[i].transition,
                   "%s: in transition since", cases[i].sentence);
    }
    check_date(path_in_shelter_since(reopened, 2, DATE(2025, 6, 1)), DATE(2024, 1, 1),
               "a step without an end goes on");
    check_date(path_in_shelter_since(NULL, 0, DATE(2025, 6, 1)), DATE_NONE, "no path, no shelter");
}

int main(void)
{
    struct housing_right_law law;

    law_on(housing_right_law_fields, DATE(2024, 6, 1), &law);
    commission(&law);
    silence();
    prefect(&law);
    claims(&law);
    challenges(&law);
    offers();
    grounds(&law);
    paths();
    return checks_done();
}
