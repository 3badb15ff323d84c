/* A candidature goes to the manager complete, affordable and in its turn, is ranked in one way
 * only, and ends when another houses the household (domain.md 6.6, C-14, S4-26 to S4-30, Q23). */
#include "services/lodging/rules/candidature.h"

#include "services/lodging/rules/affordability.h"
#include "tests/check.h"
#include "tests/rules/law.h"
#include "tests/rules/lodging/machine_rows.h"
#include "tests/rules/machines.h"

#define PROPOSED     CANDIDATURE_PROPOSED
#define SENT         CANDIDATURE_SENT
#define UNDER_REVIEW CANDIDATURE_UNDER_REVIEW
#define RETAINED     CANDIDATURE_RETAINED
#define WITHDRAWN    CANDIDATURE_WITHDRAWN
#define EXPIRED      CANDIDATURE_EXPIRED
#define NOT_RETAINED CANDIDATURE_NOT_RETAINED
#define ELSEWHERE    CANDIDATURE_EVENT_HOUSE_ELSEWHERE

static const struct machine_row rows[] = {
    { 0, CANDIDATURE_EVENT_PROPOSE, PROPOSED, "6.6: a household is proposed" },
    { PROPOSED, CANDIDATURE_EVENT_SEND, SENT, "6.6: its candidature is sent" },
    { SENT, CANDIDATURE_EVENT_REVIEW, UNDER_REVIEW, "6.6: the manager reviews it" },
    { SENT, CANDIDATURE_EVENT_RETAIN, RETAINED, "6.6: the manager accepts at once" },
    { UNDER_REVIEW, CANDIDATURE_EVENT_RETAIN, RETAINED, "6.6: or after the review" },
    { RETAINED, CANDIDATURE_EVENT_SIGN_TITLE, CANDIDATURE_HOUSED, "6.6: the title is signed" },
    { SENT, CANDIDATURE_EVENT_REFUSE, CANDIDATURE_REFUSED, "S4-29: refused at once" },
    { UNDER_REVIEW, CANDIDATURE_EVENT_REFUSE, CANDIDATURE_REFUSED, "S4-29: refused on review" },
    { RETAINED, CANDIDATURE_EVENT_REFUSE, CANDIDATURE_REFUSED, "6.5: refused once retained" },
    { PROPOSED, CANDIDATURE_EVENT_WITHDRAW, WITHDRAWN, "S4-28: withdrawn from the list" },
    { SENT, CANDIDATURE_EVENT_WITHDRAW, WITHDRAWN, "S4-28: withdrawn once sent" },
    { UNDER_REVIEW, CANDIDATURE_EVENT_WITHDRAW, WITHDRAWN, "S4-28: withdrawn on review" },
    { RETAINED, CANDIDATURE_EVENT_WITHDRAW, WITHDRAWN, "S4-28: withdrawn once retained" },
    { PROPOSED, ELSEWHERE, WITHDRAWN, "6.6: housed elsewhere while proposed" },
    { SENT, ELSEWHERE, WITHDRAWN, "6.6: housed elsewhere once sent" },
    { UNDER_REVIEW, ELSEWHERE, WITHDRAWN, "6.6: housed elsewhere on review" },
    { RETAINED, ELSEWHERE, WITHDRAWN, "6.6: housed elsewhere once retained" },
    { PROPOSED, CANDIDATURE_EVENT_EXPIRE, EXPIRED, "A-68: no answer while proposed" },
    { SENT, CANDIDATURE_EVENT_EXPIRE, EXPIRED, "A-68: no answer once sent" },
    { UNDER_REVIEW, CANDIDATURE_EVENT_EXPIRE, EXPIRED, "A-68: no answer on review" },
    { RETAINED, CANDIDATURE_EVENT_EXPIRE, EXPIRED, "A-68: no answer once retained" },
    { PROPOSED, CANDIDATURE_EVENT_CLOSE_VACANCY, NOT_RETAINED, "6.6: closed while proposed" },
    { SENT, CANDIDATURE_EVENT_CLOSE_VACANCY, NOT_RETAINED, "6.6: closed once sent" },
    { UNDER_REVIEW, CANDIDATURE_EVENT_CLOSE_VACANCY, NOT_RETAINED, "6.6: closed on review" },
    { RETAINED, CANDIDATURE_EVENT_CLOSE_VACANCY, NOT_RETAINED, "6.6: closed once retained" },
};

static void test_machine(void)
{
    static const unsigned final[] = { CANDIDATURE_HOUSED, CANDIDATURE_REFUSED, WITHDRAWN,
                                      NOT_RETAINED, EXPIRED };

    about("the machine");
    check_machine(&candidature_machine);
    check_rows(&candidature_machine, rows, sizeof rows / sizeof *rows);
    check_final(&candidature_machine, final, 5);
    check_number(candidature_machine.state_count, CANDIDATURE_STATES, "every state has a name");
    check_number(candidature_machine.event_count, CANDIDATURE_EVENTS, "every event has a name");
    check_text(candidature_machine.states[EXPIRED], "EXPIRED", "states are named");
    check_text(candidature_machine.events[CANDIDATURE_EVENT_SIGN_TITLE], "SIGN_TITLE",
               "and so are events");
}

static const struct candidature_file sound = {
    .is_for_state_contingent = true,
    .has_active_siao_request = true,
    .is_complete = true,
    .is_fee_computed = true,
};

static void test_sending(void)
{
    struct candidature_file file = sound;

    about("before it is sent");
    check(candidature_may_be_sent(&file) == ACCEPTED, "6.6: a sound candidature is sent");
    file.has_active_siao_request = false;
    check(candidature_may_be_sent(&file) == &CANDIDATE_WITHOUT_SIAO_REQUEST,
          "S4-26: not to the State's contingent without a request in SI SIAO");
    file.is_for_state_contingent = false;
    check(candidature_may_be_sent(&file) == ACCEPTED, "S4-26: another holder asks for none");
    file = sound;
    file.is_complete = false;
    check(candidature_may_be_sent(&file) == &CANDIDATE_FILE_INCOMPLETE, "S4-38: not incomplete");
    file = sound;
    file.is_fee_computed = false;
    check(candidature_may_be_sent(&file) == &CANDIDATE_FEE_NOT_COMPUTED,
          "C-9: not before the fee guard has answered");
    file = sound;
    file.fee = &FEE_NOT_AFFORDABLE;
    check(candidature_may_be_sent(&file) == &FEE_NOT_AFFORDABLE, "C-9: not beyond its means");
    file = sound;
    file.is_better_ranked_waiting = true;
    check(candidature_may_be_sent(&file) == &CANDIDATE_NOT_NEXT_IN_RANK,
          "6.6: not before one ranked higher");
    file.has_reason_to_break_order = true;
    check(candidature_may_be_sent(&file) == ACCEPTED, "Q23: unless the regulator says why");
    check(candidature_may_be_refused(0) == &REFUSAL_WITHOUT_REASON,
          "S4-29: a refusal has a reason");
    check(candidature_may_be_refused(REFUSED_INCOMPLETE_FILE) == ACCEPTED, "S4-29: the first code");
    check(candidature_may_be_refused(REFUSED_OUT_OF_QUOTA) == ACCEPTED, "C-7: out of quota");
    check(candidature_may_be_refused(REFUSED_OTHER) == ACCEPTED, "S4-29: any reason");
    check(candidature_may_be_refused(REFUSAL_REASONS) == &REFUSAL_WITHOUT_REASON,
          "S4-29: but no unknown code");
}

/* --- the rank --------------------------------------------------------------------------------- */

static struct candidature_rank candidate(int32_t decided, int32_t criteria, struct date since,
                                         int64_t order)
{
    return (struct candidature_rank){ .state = CANDIDATURE_PROPOSED,
                                      .decided_rank = decided,
                                      .priority_criteria = criteria,
                                      .waiting_since = since,
                                      .proposed_order = order };
}

static void test_rank(void)
{
    const struct {
        const char *sentence;
        struct candidature_rank better, worse;
    } cases[] = {
        { "the regulator's first before the second", candidate(1, 0, DATE(2026, 5, 2), 9),
          candidate(2, 5, DATE(2020, 1, 1), 1) },
        { "whoever the regulator ranked, before whoever was not",
          candidate(7, 0, DATE(2026, 5, 2), 9), candidate(0, 5, DATE(2020, 1, 1), 1) },
        { "more priority criteria before a longer wait", candidate(0, 2, DATE(2026, 5, 2), 9),
          candidate(0, 1, DATE(2020, 1, 1), 1) },
        { "with as many criteria, the longer wait, by one day",
          candidate(0, 2, DATE(2026, 5, 1), 9), candidate(0, 2, DATE(2026, 5, 2), 1) },
        { "with the same wait, the earlier proposal", candidate(0, 2, DATE(2026, 5, 1), 1),
          candidate(0, 2, DATE(2026, 5, 1), 2) },
        { "of two at the same rank of the regulator, more criteria",
          candidate(3, 2, DATE(2026, 5, 1), 2), candidate(3, 1, DATE(2026, 5, 1), 1) },
    };

    about("the order of the list");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct candidature_rank list[] = { cases[i].worse, cases[i].better };

        check_number(candidature_next(list, 2), 1, "Q23: %s", cases[i].sentence);
        check(candidature_is_next(list, 2, 1) && !candidature_is_next(list, 2, 0),
              "Q23: so it goes first");
        candidatures_rank(list, 2);
        check_number(list[0].proposed_order, cases[i].better.proposed_order,
                     "Q23: and sorts first");
        candidatures_rank(list, 2);
        check_number(list[0].proposed_order, cases[i].better.proposed_order, "Q23: and stays so");
    }
}

static void test_reserve(void)
{
    struct candidature_rank list[] = {
        candidate(1, 0, DATE(2026, 1, 1), 1),
        candidate(2, 0, DATE(2026, 1, 1), 2),
        candidate(3, 0, DATE(2026, 1, 1), 3),
    };

    about("the reserve list");
    list[0].state = CANDIDATURE_REFUSED;
    check_number(candidature_next(list, 3), 1, "S4-30: after a refusal the second is proposed");
    list[1].state = CANDIDATURE_SENT;
    check_number(candidature_next(list, 3), 2, "S4-30: then the third");
    check(!candidature_is_next(list, 3, 1), "S4-30: one already sent is not next");
    list[2].state = CANDIDATURE_WITHDRAWN;
    check_number(candidature_next(list, 3), 3, "S4-30: then the list is empty");
    check(!candidature_is_next(list, 3, 3), "S4-30: and nobody is next");
    check_number(candidature_next(list, 0), 0, "S4-30: as is a list of none");
    candidatures_rank(list, 0);
    candidatures_rank(list, 1);
    check_number(list[0].proposed_order, 1, "a list of one is ranked as it is");
}

static void test_any_order(void)
{
    const uint64_t seed = UINT64_C(0x5eedca2d);
    struct chance chance = { .state = seed };
    bool same = true, sorted = true;

    about("1,000 lists of 12 in any order, seed %#" PRIx64, seed);
    for (int run = 0; run < 1000; run++) {
        struct candidature_rank list[12], shuffled[12];

        for (int i = 0; i < 12; i++)
            shuffled[i] = list[i] = candidate(
                (int32_t)chance_between(&chance, 0, 2), (int32_t)chance_between(&chance, 0, 2),
                DATE(2026, 1, (uint8_t)chance_between(&chance, 1, 3)), i);
        for (int i = 11; i > 0; i--) {
            int j = (int)chance_between(&chance, 0, i);
            struct candidature_rank swap = shuffled[i];

            shuffled[i] = shuffled[j];
            shuffled[j] = swap;
        }
        candidatures_rank(list, 12);
        candidatures_rank(shuffled, 12);
        for (int i = 0; i < 12; i++) {
            same &= list[i].proposed_order == shuffled[i].proposed_order;
            sorted &= candidature_next(list + i, (size_t)(12 - i)) == 0;
        }
    }
    check(same, "Q23: a list comes out the same whatever order it came in");
    check(sorted, "S4-30: and each is the best of those after it");
}

static void test_housing(void)
{
    about("when one is housed");
    check(candidature_event_of_housing(true, false) == CANDIDATURE_EVENT_HOUSE_ELSEWHERE,
          "6.6: the household's candidatures elsewhere are withdrawn");
    check(candidature_event_of_housing(false, true) == CANDIDATURE_EVENT_CLOSE_VACANCY,
          "6.6: the vacancy's other candidates are not retained");
    check(candidature_event_of_housing(true, true) == CANDIDATURE_EVENT_HOUSE_ELSEWHERE,
          "6.6: the household's second one there is withdrawn");
    check(candidature_event_of_housing(false, false) == 0, "6.6: others are not touched");
}

static void test_answers(void)
{
    struct candidature_law law;

    law_on(candidature_law, DATE(2026, 11, 23), &law);
    about("time to answer");
    check_number(candidature_answer_by(instant_of(DATE(2026, 5, 4), 9, 30), &law),
                 instant_of(DATE(2026, 5, 7), 9, 30), "SIAO-6: 72 hours, three days later");
    check_number(candidature_answer_by(instant_of(DATE(2026, 3, 27), 9, 30), &law),
                 instant_of(DATE(2026, 3, 30), 10, 30),
                 "A-68: over the March change 72 hours end an hour later on the wall");
    check_number(candidature_answer_by(instant_of(DATE(2026, 10, 23), 9, 30), &law),
                 instant_of(DATE(2026, 10, 26), 8, 30),
                 "A-68: over the October change an hour earlier");
    check_number(candidature_social_housing_answer_by(DATE(2026, 5, 4), &law),
                 start_of_day(DATE(2026, 5, 15)), "DLS-3: ten days end at 24:00 of 14 May 2026");
    check_number(candidature_social_housing_answer_by(DATE(2026, 10, 20), &law),
                 start_of_day(DATE(2026, 10, 31)), "DLS-3: over the October change, of 30 October");
    check_date(candidature_contact_by(DATE(2026, 11, 30), &law), DATE(2027, 2, 28),
               "SIAO-6: three months to contact the structure, 30 November to 28 February 2027");
}

int main(void)
{
    test_machine();
    test_sending();
    test_rank();
    test_reserve();
    test_any_order();
    test_housing();
    test_answers();
    return checks_done();
}
