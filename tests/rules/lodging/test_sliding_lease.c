/* A sliding lease is reviewed on its dates, judged by people, and slides or ends by their decision
 * (domain.md 6.8, C-16, BG-1 to BG-5, S2-29, S2-57 to S2-60, A-60, A-61). */
#include "services/lodging/rules/sliding_lease.h"

#include "tests/check.h"
#include "tests/rules/law.h"
#include "tests/rules/lodging/machine_rows.h"
#include "tests/rules/machines.h"

static struct sliding_lease_law law;

#define PROPOSED     SLIDING_LEASE_PROPOSED
#define SIGNED       SLIDING_LEASE_SIGNED
#define RUNNING      SLIDING_LEASE_RUNNING
#define REVIEW_DUE   SLIDING_LEASE_REVIEW_DUE
#define FAVOURABLE   SLIDING_LEASE_FAVOURABLE
#define UNFAVOURABLE SLIDING_LEASE_UNFAVOURABLE
#define ENDED        SLIDING_LEASE_ENDED_WITHOUT_SLIDE
#define END          SLIDING_LEASE_EVENT_END
#define GOOD_REVIEW  SLIDING_LEASE_EVENT_REVIEW_FAVOURABLY
#define BAD_REVIEW   SLIDING_LEASE_EVENT_REVIEW_UNFAVOURABLY

static const struct machine_row rows[] = {
    { 0, SLIDING_LEASE_EVENT_PROPOSE, PROPOSED, "6.8: a sliding lease is proposed" },
    { PROPOSED, SLIDING_LEASE_EVENT_SIGN, SIGNED, "6.8: signed" },
    { SIGNED, SLIDING_LEASE_EVENT_ENTER, RUNNING, "6.8: the household enters" },
    { RUNNING, SLIDING_LEASE_EVENT_REACH_REVIEW, REVIEW_DUE, "C-16: the review comes due" },
    { RUNNING, GOOD_REVIEW, FAVOURABLE, "6.8: a review held early, favourable" },
    { RUNNING, BAD_REVIEW, UNFAVOURABLE, "6.8: a review held early, unfavourable" },
    { REVIEW_DUE, GOOD_REVIEW, FAVOURABLE, "6.8: a review held when due, favourable" },
    { REVIEW_DUE, BAD_REVIEW, UNFAVOURABLE, "6.8: a review held when due, unfavourable" },
    { FAVOURABLE, SLIDING_LEASE_EVENT_SIGN_LEASE, SLIDING_LEASE_SLID, "S2-60: the lease slides" },
    { FAVOURABLE, SLIDING_LEASE_EVENT_LANDLORD_REFUSES, RUNNING, "C-16: the landlord refuses" },
    { UNFAVOURABLE, SLIDING_LEASE_EVENT_START_NEW_PERIOD, RUNNING, "C-16: a new period" },
    { UNFAVOURABLE, END, ENDED, "C-16: ended after the review" },
    { RUNNING, END, ENDED, "6.8: ended while running" },
    { REVIEW_DUE, END, ENDED, "6.8: ended while the review is due" },
    { FAVOURABLE, END, ENDED, "BG-5: ended after a refused offer" },
    { PROPOSED, END, ENDED, "6.8: given up before it was signed" },
    { SIGNED, END, ENDED, "6.8: given up before the entry" },
};

static void test_machine(void)
{
    static const unsigned final[] = { SLIDING_LEASE_SLID, ENDED };
    unsigned next;

    about("the machine");
    check_machine(&sliding_lease_machine);
    check_rows(&sliding_lease_machine, rows, sizeof rows / sizeof *rows);
    check_final(&sliding_lease_machine, final, 2);
    check_number(sliding_lease_machine.state_count, SLIDING_LEASE_STATES, "every state has a name");
    check_number(sliding_lease_machine.event_count, SLIDING_LEASE_EVENTS, "every event has a name");
    check_text(sliding_lease_machine.states[ENDED], "ENDED_WITHOUT_SLIDE", "states are named");
    check_text(sliding_lease_machine.events[END], "END", "and so are events");
    check(machine_move(&sliding_lease_machine, UNFAVOURABLE, SLIDING_LEASE_EVENT_SIGN_LEASE,
                       &next) == MOVE_REFUSED,
          "6.8: no slide after an unfavourable review");
}

static void test_signing(void)
{
    struct sliding_lease_papers papers = { true, true, true, true };

    about("signing");
    check(sliding_lease_may_be_signed(&papers) == ACCEPTED, "BG-1: lease, sublease, convention");
    papers.has_lease = false;
    check(sliding_lease_may_be_signed(&papers) == &SLIDING_LEASE_WITHOUT_LEASE,
          "S2-57: the association is the landlord's tenant first");
    papers = (struct sliding_lease_papers){ true, false, true, true };
    check(sliding_lease_may_be_signed(&papers) == &SLIDING_LEASE_WITHOUT_SUBLEASE,
          "S2-57: and contracts with the family");
    papers = (struct sliding_lease_papers){ true, true, false, true };
    check(sliding_lease_may_be_signed(&papers) == &SLIDING_LEASE_WITHOUT_CONVENTION,
          "BG-1: a social landlord's dwelling needs the convention");
    papers.is_social_landlord = false;
    check(sliding_lease_may_be_signed(&papers) == ACCEPTED, "BG-1: a private one does not");
}

/* --- dates ------------------------------------------------------------------------------------ */

static void test_dates(void)
{
    const struct {
        const char *sentence;
        struct date entry;
        int64_t periods[5];
        size_t count;
        struct date review_end, landlord_notice, target;
        int32_t renewals;
    } cases[] = {
        { "from 31 August 2025, six months by default",
          DATE(2025, 8, 31),
          { 0 },
          0,
          DATE(2026, 2, 28),
          DATE(2025, 12, 28),
          DATE(2025, 12, 26),
          0 },
        { "the same said by an unsaid first period",
          DATE(2025, 8, 31),
          { 0 },
          1,
          DATE(2026, 2, 28),
          DATE(2025, 12, 28),
          DATE(2025, 12, 26),
          0 },
        { "renewed, counted from the entry: 31 August, not 28",
          DATE(2025, 8, 31),
          { 6, 6 },
          2,
          DATE(2026, 8, 31),
          DATE(2026, 6, 30),
          DATE(2026, 6, 30),
          1 },
        { "a convention with 12 months, to 29 February 2028",
          DATE(2027, 2, 28),
          { 12 },
          1,
          DATE(2028, 2, 28),
          DATE(2027, 12, 28),
          DATE(2027, 12, 28),
          0 },
        { "from 31 October 2027: 30 April 2028, two months before which is 29 February",
          DATE(2027, 10, 31),
          { 6 },
          1,
          DATE(2028, 4, 30),
          DATE(2028, 2, 29),
          DATE(2028, 2, 29),
          0 },
        { "a convention with a single month",
          DATE(2026, 1, 31),
          { 1 },
          1,
          DATE(2026, 2, 28),
          DATE(2025, 12, 28),
          DATE(2025, 12, 26),
          0 },
        { "six months, then three, then six unsaid",
          DATE(2025, 1, 15),
          { 6, 3, 0 },
          3,
          DATE(2026, 4, 15),
          DATE(2026, 2, 15),
          DATE(2026, 2, 13),
          2 },
    };

    about("review dates");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sliding_lease_dates dates = sliding_lease_dates(
            cases[i].entry, cases[i].periods, cases[i].count, &law, HOLIDAYS_OF_FRANCE);

        check_date(dates.review_end, cases[i].review_end, "BG-4: %s", cases[i].sentence);
        check_date(dates.landlord_notice_due, cases[i].landlord_notice,
                   "BG-3: two months before, the landlord tells the prefect");
        check_date(dates.landlord_notice_target, cases[i].target, "D-6: on a working day by then");
        check_number(dates.renewals, cases[i].renewals, "C-16: renewals");
        check(!dates.has_many_renewals, "6.8: which are not many");
    }
}

static void test_many_renewals(void)
{
    static const int64_t periods[] = { 6, 6, 6, 6, 6 };
    struct sliding_lease_dates dates;

    about("renewals and the target");
    dates = sliding_lease_dates(DATE(2025, 8, 31), periods, 3, &law, HOLIDAYS_OF_FRANCE);
    check_date(dates.target_slide, DATE(2027, 2, 28), "A-61: 18 months from 31 August 2025");
    check_date(dates.review_end, DATE(2027, 2, 28), "BG-4: three periods of six end there");
    check(!dates.has_many_renewals, "6.8: two renewals are no matter");
    dates = sliding_lease_dates(DATE(2025, 8, 31), periods, 4, &law, HOLIDAYS_OF_FRANCE);
    check_number(dates.renewals, 3, "6.8: the fourth period is the third renewal");
    check(dates.has_many_renewals, "6.8: which is warned of");
    check(sliding_lease_dates(DATE(2025, 8, 31), periods, 5, &law, HOLIDAYS_OF_FRANCE)
              .has_many_renewals,
          "6.8: and the next too");
    check_date(sliding_lease_dates(DATE(2025, 8, 31), periods, 1, &law, HOLIDAYS_OF_ALSACE_MOSELLE)
                   .landlord_notice_target,
               DATE(2025, 12, 24), "D-7: in Alsace-Moselle 26 and 25 December are holidays");
}

static void test_review_due(void)
{
    struct date end = DATE(2026, 2, 28);

    about("the review comes due");
    check(!sliding_lease_review_comes_due(RUNNING, end, DATE(2026, 2, 27)),
          "C-16: not the day before");
    check(sliding_lease_review_comes_due(RUNNING, end, end), "C-16: on its date");
    check(sliding_lease_review_comes_due(RUNNING, end, DATE(2026, 3, 1)),
          "C-16: or after downtime");
    check(!sliding_lease_review_comes_due(REVIEW_DUE, end, end), "C-16: once");
    check(!sliding_lease_review_comes_due(FAVOURABLE, end, end), "C-16: not once it was held");
    check(!sliding_lease_review_comes_due(RUNNING, DATE_NONE, end), "C-16: not without a date");
}

/* --- criteria --------------------------------------------------------------------------------- */

static void test_proposals(void)
{
    about("what the accounts propose");
    check(criterion_from_payments(6, &law) == JUDGED_MET, "6.8: six months in a row paid in full");
    check(criterion_from_payments(7, &law) == JUDGED_MET, "6.8: seven too");
    check(criterion_from_payments(5, &law) == JUDGED_NOT_MET, "6.8: five are not enough");
    check(criterion_from_insurance(DATE(2026, 2, 28), DATE(2026, 2, 28)) == JUDGED_MET,
          "6.8: insured until that day");
    check(criterion_from_insurance(DATE(2026, 2, 28), DATE(2026, 2, 27)) == JUDGED_MET,
          "6.8: insured beyond it");
    check(criterion_from_insurance(DATE(2026, 2, 27), DATE(2026, 2, 28)) == JUDGED_NOT_MET,
          "6.8: not insured any more since the day before");
    check(criterion_from_insurance(DATE_NONE, DATE(2026, 2, 28)) == JUDGED_NOT_MET,
          "6.8: nor without insurance");
    check(criterion_from_incidents(0) == JUDGED_MET, "6.8: no serious incident");
    check(criterion_from_incidents(1) == JUDGED_NOT_MET, "6.8: one is too many");
}

static void test_review(void)
{
    static const enum judgement proposed[CRITERIA] = { JUDGED_MET, JUDGED_NOT_MET, JUDGED_MET,
                                                       NOT_JUDGED };
    struct judged_criterion judged[CRITERIA] = { { JUDGED_MET, false },
                                                 { JUDGED_NOT_MET, true },
                                                 { JUDGED_MET, false },
                                                 { JUDGED_MET, false } };

    about("what people judge");
    check(sliding_lease_may_be_reviewed(judged, proposed, 3) == ACCEPTED,
          "6.8: each criterion judged, the unmet one with its reason");
    check(!sliding_lease_is_stabilised(judged), "6.8: with one unmet the situation is not stable");
    check(sliding_lease_may_be_reviewed(judged, proposed, 2) == &REVIEW_WITHOUT_SIGNATURES,
          "BG-2: not with two signatures of three");
    judged[CRITERION_INSURED].has_reason = false;
    check(sliding_lease_may_be_reviewed(judged, proposed, 3) == &CRITERION_WITHOUT_REASON,
          "6.8: an unmet criterion has a reason");
    judged[CRITERION_INSURED].judgement = JUDGED_MET;
    check(sliding_lease_may_be_reviewed(judged, proposed, 3) == &CRITERION_WITHOUT_REASON,
          "6.8: people may judge otherwise than proposed, and say why");
    judged[CRITERION_INSURED].has_reason = true;
    check(sliding_lease_may_be_reviewed(judged, proposed, 3) == ACCEPTED, "6.8: said, it holds");
    check(sliding_lease_is_stabilised(judged), "6.8: all four met: stable");
    judged[CRITERION_PAID_IN_FULL].judgement = JUDGED_NOT_MET;
    check(!sliding_lease_is_stabilised(judged), "6.8: the payments count as much as the others");
    judged[CRITERION_PAID_IN_FULL].judgement = JUDGED_MET;
    judged[CRITERION_FAVOURABLE_MINUTES].judgement = JUDGED_NOT_MET;
    check(sliding_lease_may_be_reviewed(judged, proposed, 3) == &CRITERION_WITHOUT_REASON,
          "6.8: unfavourable minutes, of which nothing is proposed, have a reason too");
    judged[CRITERION_FAVOURABLE_MINUTES] = (struct judged_criterion){ NOT_JUDGED, true };
    check(sliding_lease_may_be_reviewed(judged, proposed, 3) == &CRITERION_NOT_JUDGED,
          "6.8: the last criterion is judged too");
    check(!sliding_lease_is_stabilised(judged), "6.8: not judged is not met");
    judged[CRITERION_PAID_IN_FULL].judgement = NOT_JUDGED;
    judged[CRITERION_FAVOURABLE_MINUTES].judgement = JUDGED_MET;
    check(sliding_lease_may_be_reviewed(judged, proposed, 3) == &CRITERION_NOT_JUDGED,
          "6.8: and so is the first, whatever is proposed");
}

/* --- ends ------------------------------------------------------------------------------------- */

static void test_ends(void)
{
    struct sliding_lease_offer offer = { .is_offered = true,
                                         .is_signed = true,
                                         .is_up_to_date = true };

    about("the slide and other ends");
    check(sliding_lease_may_slide(&offer) == ACCEPTED, "6.8: offered, signed, up to date");
    offer.is_up_to_date = false;
    check(sliding_lease_may_slide(&offer) == &SLIDE_WITH_ARREARS, "6.8: not with arrears");
    offer.is_plan_respected = true;
    check(sliding_lease_may_slide(&offer) == ACCEPTED, "6.8: unless a plan is kept");
    offer.is_signed = false;
    check(sliding_lease_may_slide(&offer) == &SLIDE_WITHOUT_SIGNATURE, "S2-60: not unsigned");
    offer.is_offered = false;
    check(sliding_lease_may_slide(&offer) == &SLIDE_WITHOUT_OFFER, "BG-3: not without an offer");
    check(sliding_lease_may_end(SLIDING_LEASE_ENDED_BY_REFUSED_OFFER, true) == ACCEPTED,
          "BG-5: ended after a suitable offer refused");
    check(sliding_lease_may_end(SLIDING_LEASE_NEVER_ENTERED, true) == ACCEPTED,
          "6.8: never entered");
    check(sliding_lease_may_end(SLIDING_LEASE_ENDED_BY_ARREARS, false) ==
              &SLIDING_LEASE_END_WITHOUT_REASON,
          "C-16: arrears end nothing by themselves: people decide, with a reason");
    check(sliding_lease_may_end(0, true) == &SLIDING_LEASE_END_WITHOUT_CAUSE, "6.8: not causeless");
    check(sliding_lease_may_end(SLIDING_LEASE_ENDS, true) == &SLIDING_LEASE_END_WITHOUT_CAUSE,
          "6.8: nor for an unknown cause");
    check(sliding_lease_may_be_renewed(true) == ACCEPTED, "C-16: a new period with a reason");
    check(sliding_lease_may_be_renewed(false) == &SLIDING_LEASE_PERIOD_WITHOUT_REASON,
          "C-16: not without");
    check(landlord_may_refuse_lease(true) == ACCEPTED, "BG-3: the landlord gives reasons");
    check(landlord_may_refuse_lease(false) == &SLIDING_LEASE_REFUSAL_WITHOUT_REASON,
          "BG-3: always");
}

int main(void)
{
    law_on(sliding_lease_law, DATE(2026, 11, 23), &law);
    test_machine();
    test_signing();
    test_dates();
    test_many_renewals();
    test_review_due();
    test_proposals();
    test_review();
    test_ends();
    return checks_done();
}
