/* A MASP is for adults with benefits and in danger; a judge may order what the law allows when it
 * fails, no longer and no more (domain.md MASP-1, MASP-4, MASP-5, C-24). */
#include "services/measures/rules/masp_judicial.h"
#include "tests/check.h"
#include "tests/rules/law.h"

static void eligibility(void)
{
    static const struct {
        const char *sentence;
        struct masp_person person;
        const struct refusal *refusal;
    } cases[] = {
        { "an adult with benefits and in danger", { true, true, true }, ACCEPTED },
        { "a minor", { false, true, true }, &MASP_PERSON_NOT_ADULT },
        { "without benefits", { true, false, true }, &MASP_PERSON_WITHOUT_BENEFITS },
        { "not in danger", { true, true, false }, &MASP_PERSON_NOT_THREATENED },
    };

    about("MASP-1, S2-13: who may have a MASP");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(masp_may_be_proposed(&cases[i].person) == cases[i].refusal, "MASP-1: %s: %s",
              cases[i].sentence, cases[i].refusal ? cases[i].refusal->code : "accepted");
}

static void unpaid_terms(const struct masp_law *law)
{
    static const struct rent_term terms[] = {
        { { 2024, 1, 5 }, 42000, 42000 }, { { 2024, 2, 5 }, 42000, 0 },
        { { 2024, 3, 5 }, 42000, 1 },     { { 2024, 4, 5 }, 42000, 0 },
        { { 2024, 5, 5 }, 0, 0 },         { { 2024, 6, 5 }, 42000, 0 },
        { { 2024, 7, 5 }, 0, 500 },       { { 2024, 8, 5 }, 42000, 0 },
        { { 2024, 9, 5 }, 1, 0 },
    };
    static const struct {
        struct date on;
        int64_t unpaid;
        const char *sentence;
    } cases[] = {
        { { 2024, 2, 5 }, 0, "February is not unpaid on the day it is due" },
        { { 2024, 2, 6 }, 1, "it is the day after" },
        { { 2024, 3, 6 }, 0, "one cent paid in March breaks the row" },
        { { 2024, 4, 6 }, 1, "April starts it again" },
        { { 2024, 5, 6 }, 1, "in May aid pays all: it does not count" },
        { { 2024, 6, 5 }, 1, "June is not unpaid on its day" },
        { { 2024, 6, 6 }, 2, "and May did not break the row" },
        { { 2024, 7, 6 }, 2, "money paid on a month with nothing due changes nothing" },
        { { 2024, 8, 6 }, 3, "three with August" },
        { { 2024, 9, 6 }, 4, "and September, of which one cent is due" },
    };

    about("MASP-4, A-90: months without any payment");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_number(terms_wholly_unpaid(terms, 9, cases[i].on), cases[i].unpaid, "MASP-4: %s",
                     cases[i].sentence);
    check_number(terms_wholly_unpaid(terms, 2, DATE(2024, 8, 6)), 1,
                 "MASP-4: of the first two terms, one");
    check_number(terms_wholly_unpaid(terms, 0, DATE(2024, 8, 6)), 0, "MASP-4: no term, none");
    check(!direct_payment_is_possible(MASP_REFUSED, 1, law), "A-90: refused, one month unpaid: no");
    check(direct_payment_is_possible(MASP_REFUSED, 2, law), "A-90: refused, two months: yes");
    check(direct_payment_is_possible(MASP_BREACHED, 3, law), "A-90: breached, three months: yes");
    check(!direct_payment_is_possible(0, 5, law), "A-90: neither refused nor breached: no");
}

static void direct_payment(const struct masp_law *law)
{
    static const struct direct_payment good = {
        .requester = REQUESTER_COUNCIL_PRESIDENT,
        .failure = MASP_REFUSED,
        .unpaid_terms = 2,
        .months = 24,
        .monthly_cents = 42000,
        .rent_and_charges_cents = 42000,
        .income_cents = 100000,
        .subsistence_cents = 58000,
    };
    struct direct_payment payment = good;

    about("MASP-4, L271-5: direct payment");
    check(!direct_payment_may_be_asked(&payment, law), "two months unpaid after a refusal");
    payment.unpaid_terms = 1;
    check(direct_payment_may_be_asked(&payment, law) == &DIRECT_PAYMENT_RENT_STILL_PAID,
          "one month unpaid is too few");
    payment.unpaid_terms = 3;
    payment.failure = MASP_BREACHED;
    check(!direct_payment_may_be_asked(&payment, law), "three after a breach");
    payment.failure = 0;
    check(direct_payment_may_be_asked(&payment, law) == &DIRECT_PAYMENT_WITHOUT_FAILURE,
          "neither refusal nor breach");
    payment = good;
    payment.requester = REQUESTER_STATE;
    check(!direct_payment_may_be_asked(&payment, law), "the prefect may ask");
    payment.requester = REQUESTER_CCAPEX;
    check(!direct_payment_may_be_asked(&payment, law), "the CCAPEX may ask");
    payment.requester = REQUESTER_CCAPEX + 1;
    check(direct_payment_may_be_asked(&payment, law) == &DIRECT_PAYMENT_REQUESTER_UNFIT,
          "an operator may not");
    payment.requester = 0;
    check(direct_payment_may_be_asked(&payment, law) == &DIRECT_PAYMENT_REQUESTER_UNFIT,
          "nobody may not");

    payment = good;
    check(!direct_payment_is_lawful(&payment, law),
          "24 months, all the rent, what is left just enough to live");
    payment.months = 25;
    check(direct_payment_is_lawful(&payment, law) == &DIRECT_PAYMENT_TOO_LONG, "25 months");
    payment.months = 1;
    check(!direct_payment_is_lawful(&payment, law), "one month");
    payment.months = 0;
    check(direct_payment_is_lawful(&payment, law) == &DIRECT_PAYMENT_WITHOUT_LENGTH, "no month");
    payment = good;
    payment.earlier_months = 24;
    check(!direct_payment_is_lawful(&payment, law), "24 months after 24");
    payment.earlier_months = 25;
    check(direct_payment_is_lawful(&payment, law) == &DIRECT_PAYMENT_TOTAL_TOO_LONG,
          "24 months after 25");
    payment = good;
    payment.monthly_cents = 42001;
    payment.subsistence_cents = 0;
    check(direct_payment_is_lawful(&payment, law) == &DIRECT_PAYMENT_ABOVE_RENT,
          "one cent above rent and charges");
    payment.monthly_cents = 41999;
    check(!direct_payment_is_lawful(&payment, law), "one cent below");
    payment = good;
    payment.subsistence_cents = 58001;
    check(direct_payment_is_lawful(&payment, law) == &DIRECT_PAYMENT_DEPRIVES,
          "one cent less than what the household lives on");
}

static void judicial_measure(const struct masp_law *law)
{
    static const struct {
        const char *sentence;
        struct judicial_measure measure;
        const struct refusal *refusal;
    } cases[] = {
        { "two years after a failure", { true, 24, 0 }, ACCEPTED },
        { "two years without a failure", { false, 24, 0 }, &JUDICIAL_MEASURE_WITHOUT_FAILURE },
        { "25 months", { true, 25, 0 }, &JUDICIAL_MEASURE_TOO_LONG },
        { "one month", { true, 1, 0 }, ACCEPTED },
        { "no month", { true, 0, 0 }, &JUDICIAL_MEASURE_WITHOUT_LENGTH },
        { "C-24: two years after two years", { true, 24, 24 }, ACCEPTED },
        { "C-24: one month after four years", { true, 1, 48 }, &JUDICIAL_MEASURE_TOTAL_TOO_LONG },
        { "C-24: 18 months after 12 and 18", { true, 18, 30 }, ACCEPTED },
        { "C-24: 19 months after 12 and 18", { true, 19, 30 }, &JUDICIAL_MEASURE_TOTAL_TOO_LONG },
    };

    about("MASP-5, C-24: the judicial measure");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(judicial_measure_is_lawful(&cases[i].measure, law) == cases[i].refusal,
              "MASP-5: %s: %s", cases[i].sentence,
              cases[i].refusal ? cases[i].refusal->code : "accepted");
}

int main(void)
{
    struct masp_law law;

    law_on(masp_law_fields, DATE(2024, 6, 1), &law);
    eligibility();
    unpaid_terms(&law);
    direct_payment(&law);
    judicial_measure(&law);
    return checks_done();
}
