/* A contract is in force only when signed by all it needs, and says what its kind must say (6.4).
 */
#include "services/measures/rules/contract.h"
#include "services/measures/rules/duration.h"
#include "tests/rules/law.h"
#include "tests/rules/machines.h"

static const struct date d1 = { 2024, 3, 1 }, d2 = { 2024, 3, 8 }, d3 = { 2024, 3, 15 };

static struct contract_law law_of(enum contract_kind kind)
{
    struct contract_law law;

    law_on(contract_law_of(kind), DATE(2024, 1, 1), &law);
    return law;
}

static void test_machine(void)
{
    const struct {
        unsigned from, event;
        enum move move;
        unsigned to;
        const char *sentence;
    } cases[] = {
        { 0, CONTRACT_DRAW_UP, MOVE_MADE, CONTRACT_DRAFT, "drawn up" },
        { CONTRACT_DRAFT, CONTRACT_PROPOSE, MOVE_MADE, CONTRACT_PROPOSED, "proposed" },
        { CONTRACT_DRAFT, CONTRACT_SIGN, MOVE_REFUSED, CONTRACT_DRAFT, "a draft is not signed" },
        { CONTRACT_PROPOSED, CONTRACT_SIGN, MOVE_MADE, CONTRACT_PARTLY_SIGNED, "one signature" },
        { CONTRACT_PROPOSED, CONTRACT_SIGN_LAST, MOVE_MADE, CONTRACT_SIGNED, "the only one" },
        { CONTRACT_PROPOSED, CONTRACT_REFUSE, MOVE_MADE, CONTRACT_REFUSED, "refused" },
        { CONTRACT_PARTLY_SIGNED, CONTRACT_SIGN, MOVE_MADE, CONTRACT_PARTLY_SIGNED, "the second" },
        { CONTRACT_PARTLY_SIGNED, CONTRACT_SIGN_LAST, MOVE_MADE, CONTRACT_SIGNED, "the last" },
        { CONTRACT_PARTLY_SIGNED, CONTRACT_REFUSE, MOVE_MADE, CONTRACT_REFUSED, "refused late" },
        { CONTRACT_PARTLY_SIGNED, CONTRACT_TAKE_EFFECT, MOVE_REFUSED, CONTRACT_PARTLY_SIGNED,
          "S2-22: active only when complete" },
        { CONTRACT_SIGNED, CONTRACT_TAKE_EFFECT, MOVE_MADE, CONTRACT_IN_FORCE, "in force" },
        { CONTRACT_SIGNED, CONTRACT_TERMINATE, MOVE_MADE, CONTRACT_TERMINATED, "given up" },
        { CONTRACT_IN_FORCE, CONTRACT_AMEND, MOVE_MADE, CONTRACT_IN_FORCE, "amended" },
        { CONTRACT_IN_FORCE, CONTRACT_REACH_END, MOVE_MADE, CONTRACT_EXPIRED, "expired" },
        { CONTRACT_IN_FORCE, CONTRACT_TERMINATE, MOVE_MADE, CONTRACT_TERMINATED, "terminated" },
        { CONTRACT_EXPIRED, CONTRACT_AMEND, MOVE_IGNORED, CONTRACT_EXPIRED, "too late" },
        { CONTRACT_TERMINATED, CONTRACT_AMEND, MOVE_IGNORED, CONTRACT_TERMINATED, "too late" },
        { CONTRACT_REFUSED, CONTRACT_SIGN, MOVE_IGNORED, CONTRACT_REFUSED, "too late" },
    };

    check_machine(&contract_machine);
    about("6.4: from state to state");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned next;
        enum move move = machine_move(&contract_machine, cases[i].from, cases[i].event, &next);

        check(move == cases[i].move && next == cases[i].to, "%s: %s", cases[i].sentence,
              contract_machine.states[cases[i].to]);
    }
}

static void test_signatures(void)
{
    const struct {
        enum contract_kind kind;
        struct signatures signatures;
        const struct refusal *wanted;
        struct date signed_on;
        const char *sentence;
    } cases[] = {
        { CONTRACT_MASP2, { d1, d2, d3 }, ACCEPTED, d3, "S2-22: MASP 2, all three" },
        { CONTRACT_MASP2, { d3, d1, d2 }, ACCEPTED, d3, "S2-22: MASP 2, the household last" },
        { CONTRACT_MASP2, { d1, d3, d2 }, ACCEPTED, d3, "S2-22: MASP 2, the operator last" },
        { CONTRACT_MASP2,
          { { 0 }, d2, d3 },
          &CONTRACT_UNSIGNED_BY_HOUSEHOLD,
          { 0 },
          "S2-22: MASP 2 without the household" },
        { CONTRACT_MASP2,
          { d1, { 0 }, d3 },
          &CONTRACT_UNSIGNED_BY_OPERATOR,
          { 0 },
          "S2-22: MASP 2 without the operator" },
        { CONTRACT_MASP2,
          { d1, d2, { 0 } },
          &CONTRACT_UNSIGNED_BY_DEPARTMENT,
          { 0 },
          "S2-22: MASP 2 without the department" },
        { CONTRACT_MASP1, { d1, { 0 }, d2 }, ACCEPTED, d2, "MASP-7: MASP 1, the two of the law" },
        { CONTRACT_MASP1,
          { d1, d3, d2 },
          ACCEPTED,
          d2,
          "MASP-7: MASP 1, a signature that is not needed does not count" },
        { CONTRACT_MASP1,
          { d1, d3, { 0 } },
          &CONTRACT_UNSIGNED_BY_DEPARTMENT,
          { 0 },
          "MASP-7: MASP 1 without the department" },
        { CONTRACT_MUTUAL_COMMITMENT, { d2, d1, { 0 } }, ACCEPTED, d2, "S3-17: signed by both" },
        { CONTRACT_MUTUAL_COMMITMENT, { d2, d1, d3 }, ACCEPTED, d2, "S3-17: by no one else" },
        { CONTRACT_MUTUAL_COMMITMENT,
          { { 0 }, d1, d2 },
          &CONTRACT_UNSIGNED_BY_HOUSEHOLD,
          { 0 },
          "S3-17: not by the household" },
        { CONTRACT_MUTUAL_COMMITMENT,
          { d1, { 0 }, d2 },
          &CONTRACT_UNSIGNED_BY_OPERATOR,
          { 0 },
          "S3-17: not by the operator" },
        { CONTRACT_SUPPORT, { d1, d1, { 0 } }, ACCEPTED, d1, "FSL-9: household and operator" },
        { CONTRACT_SUPPORT,
          { { 0 }, d1, { 0 } },
          &CONTRACT_UNSIGNED_BY_HOUSEHOLD,
          { 0 },
          "FSL-5: never without the household" },
        { CONTRACT_RESIDENCE_SUPPORT, { d1, d2, { 0 } }, ACCEPTED, d2, "6.4: residence support" },
        { CONTRACT_RESIDENCE_SUPPORT,
          { d1, { 0 }, d2 },
          &CONTRACT_UNSIGNED_BY_OPERATOR,
          { 0 },
          "6.4: residence support, not by the operator" },
    };
    static const int32_t needed[] = { 0, 2, 2, 3, 2, 2 };

    about("6.4, S2-22, Q18: signatures");
    for (unsigned kind = CONTRACT_SUPPORT; kind <= CONTRACT_RESIDENCE_SUPPORT; kind++) {
        struct contract_law law = law_of((enum contract_kind)kind);

        check_number(contract_signatures_needed(&law), needed[kind], "kind %u needs %d", kind,
                     (int)needed[kind]);
    }
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct contract_law law = law_of(cases[i].kind);
        const struct signatures *signatures = &cases[i].signatures;
        struct date signed_on = cases[i].signed_on;

        check(contract_signatures_check(&law, signatures) == cases[i].wanted, "%s: %s",
              cases[i].sentence, cases[i].wanted ? cases[i].wanted->code : "complete");
        check_date(contract_signed_on(&law, signatures), signed_on, "%s: signed on",
                   cases[i].sentence);
        check_number(contract_event_of(&law, signatures),
                     cases[i].wanted ? CONTRACT_SIGN : CONTRACT_SIGN_LAST, "%s: event",
                     cases[i].sentence);
        if (cases[i].wanted) {
            check(contract_start_check(&law, signatures, DATE(2030, 1, 1)) == cases[i].wanted,
                  "%s: it never starts", cases[i].sentence);
            continue;
        }
        check(contract_start_check(&law, signatures, signed_on) == ACCEPTED,
              "%s: it may start that day", cases[i].sentence);
        check(contract_start_check(&law, signatures, date_add_days(signed_on, -1)) ==
                  &CONTRACT_STARTS_BEFORE_SIGNATURES,
              "%s: not the day before", cases[i].sentence);
    }
}

static void test_terms(void)
{
    const struct contract_terms both = { 1, 1, 1, 1, 0, 0 }, nothing = { 0 };
    const struct contract_terms named = { .difficulties = 1, .contents = 1 };
    struct contract_terms terms = both;

    about("S3-17, 6.4: what a contract says");
    check(contract_terms_check(CONTRACT_MUTUAL_COMMITMENT, &terms) == ACCEPTED,
          "objectives and obligations of both");
    terms.household_objectives = 0;
    check(contract_terms_check(CONTRACT_MUTUAL_COMMITMENT, &terms) == &CONTRACT_OBJECTIVES_MISSING,
          "without the household's objectives");
    terms = both;
    terms.operator_objectives = 0;
    check(contract_terms_check(CONTRACT_MUTUAL_COMMITMENT, &terms) == &CONTRACT_OBJECTIVES_MISSING,
          "without the operator's objectives");
    terms = both;
    terms.household_obligations = 0;
    check(contract_terms_check(CONTRACT_MUTUAL_COMMITMENT, &terms) == &CONTRACT_OBLIGATIONS_MISSING,
          "without the household's obligations");
    terms = both;
    terms.operator_obligations = 0;
    check(contract_terms_check(CONTRACT_MUTUAL_COMMITMENT, &terms) == &CONTRACT_OBLIGATIONS_MISSING,
          "without the operator's obligations");
    check(contract_terms_check(CONTRACT_RESIDENCE_SUPPORT, &named) == ACCEPTED,
          "residence support names difficulties and content");
    terms = named;
    terms.difficulties = 0;
    check(contract_terms_check(CONTRACT_RESIDENCE_SUPPORT, &terms) ==
              &CONTRACT_DIFFICULTIES_MISSING,
          "no difficulties");
    terms = named;
    terms.contents = 0;
    check(contract_terms_check(CONTRACT_RESIDENCE_SUPPORT, &terms) == &CONTRACT_CONTENT_MISSING,
          "no content");
    check(contract_terms_check(CONTRACT_SUPPORT, &nothing) == &CONTRACT_OBJECTIVES_MISSING,
          "FSL-9: an empty support contract");
    terms = (struct contract_terms){ .household_objectives = 1 };
    check(contract_terms_check(CONTRACT_SUPPORT, &terms) == ACCEPTED, "FSL-9: with an objective");
    check(contract_terms_check(CONTRACT_MASP2, &terms) == ACCEPTED, "MASP 2 with an objective");
    check(contract_terms_check(CONTRACT_MASP2, &nothing) == &CONTRACT_OBJECTIVES_MISSING,
          "an empty MASP 2");
}

static void test_masp(void)
{
    struct contract_law law = law_of(CONTRACT_MASP2);
    struct duration_law duration;
    const struct date start = DATE(2024, 1, 1), end = DATE(2024, 7, 1);
    const int32_t good[] = { 2, 1, 3 }, twice[] = { 1, 2, 2 }, gap[] = { 1, 2, 4 };
    const int32_t zero[] = { 0, 1, 2 }, below[] = { -1, 1, 2 };

    about("S2-13, MASP-1: whom a MASP is for");
    check(contract_masp_check((struct masp_applicant){ true, true, true }) == ACCEPTED,
          "an adult with benefits whose health or safety is threatened");
    check(contract_masp_check((struct masp_applicant){ false, true, true }) ==
              &CONTRACT_MASP_NOT_ADULT,
          "a minor");
    check(contract_masp_check((struct masp_applicant){ true, false, true }) ==
              &CONTRACT_MASP_NO_BENEFITS,
          "without benefits");
    check(contract_masp_check((struct masp_applicant){ true, true, false }) ==
              &CONTRACT_MASP_NO_THREAT,
          "without a threat");

    about("MASP-2, MASP-6, A-23: the evaluation before a renewal");
    check_date(contract_evaluation_due(&law, end), DATE(2024, 5, 2), "60 days before 1 July 2024");
    check_date(contract_evaluation_due(&law, DATE(2024, 3, 1)), DATE(2024, 1, 1),
               "60 days before 1 March 2024, over 29 February");
    for (unsigned kind = CONTRACT_MASP1; kind <= CONTRACT_MASP2; kind++) {
        enum contract_kind masp = (enum contract_kind)kind;

        check(contract_renewal_check(masp, start, DATE(2024, 5, 2), DATE(2024, 6, 1)) == ACCEPTED,
              "MASP %u: evaluated, then renewed", kind - 1);
        check(contract_renewal_check(masp, start, DATE_NONE, DATE(2024, 6, 1)) ==
                  &CONTRACT_EVALUATION_MISSING,
              "MASP %u: not evaluated", kind - 1);
        check(contract_renewal_check(masp, start, start, start) == ACCEPTED,
              "MASP %u: evaluated on the first day, renewed that day", kind - 1);
        check(contract_renewal_check(masp, start, DATE(2023, 12, 31), DATE(2024, 6, 1)) ==
                  &CONTRACT_EVALUATION_MISSING,
              "MASP %u: only the contract before was evaluated", kind - 1);
        check(contract_renewal_check(masp, start, DATE(2024, 6, 2), DATE(2024, 6, 1)) ==
                  &CONTRACT_EVALUATION_MISSING,
              "MASP %u: evaluated the day after", kind - 1);
    }
    check(contract_renewal_check(CONTRACT_MASP2, DATE_NONE, DATE_NONE, DATE(2024, 6, 1)) ==
              &CONTRACT_EVALUATION_MISSING,
          "MASP 2: never started, never evaluated");
    check(contract_renewal_check(CONTRACT_SUPPORT, start, DATE_NONE, DATE(2024, 6, 1)) == ACCEPTED,
          "an ASLL needs its review only");

    about("S2-23, F2-4, A-12: 6 to 24 months");
    law_on(duration_law_of(SCHEME_MASP2), start, &duration);
    for (int32_t months = 5; months <= 25; months++)
        check((duration_check(&duration, (struct duration_asked){ DURATION_FIRST, 0, months }) ==
               ACCEPTED) == (months >= 6 && months <= 24),
              "a contract of %d months", (int)months);

    about("S2-21: axes by priority");
    check(contract_axes_check(good, 3) == ACCEPTED, "2, 1, 3");
    check(contract_axes_check(good, 0) == &CONTRACT_AXES_NOT_RANKED, "none");
    check(contract_axes_check(twice, 3) == &CONTRACT_AXES_NOT_RANKED, "1, 2, 2");
    check(contract_axes_check(gap, 3) == &CONTRACT_AXES_NOT_RANKED, "1, 2, 4");
    check(contract_axes_check(zero, 3) == &CONTRACT_AXES_NOT_RANKED, "0, 1, 2");
    check(contract_axes_check(below, 3) == &CONTRACT_AXES_NOT_RANKED, "-1, 1, 2");
    check(contract_axes_check(twice + 1, 2) == &CONTRACT_AXES_NOT_RANKED, "2, 2");
    check(contract_axes_check(twice, 1) == ACCEPTED, "1 alone");
}

int main(void)
{
    test_machine();
    test_signatures();
    test_terms();
    test_masp();
    return checks_done();
}
