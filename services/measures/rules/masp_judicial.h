/* masp_judicial.h - who may have a MASP, and what a judge may order when it fails
 *
 * Level 3 is a direct payment of benefits to the landlord, ordered by a judge
 * (MASP-4, CASF L271-5); after a failure there is the judicial measure (MASP-5).
 * The length of the contract of levels 1 and 2 is not here.
 */
#ifndef MEASURES_RULES_MASP_JUDICIAL_H
#define MEASURES_RULES_MASP_JUDICIAL_H

#include "libcommon/calendar.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"

struct masp_law {
    int64_t unpaid_terms;          /* MASP-4: wholly unpaid, at least */
    int64_t payment_most_months;   /* MASP-4: one order */
    int64_t payment_total_months;  /* MASP-4: with its renewals */
    int64_t judicial_most_months;  /* MASP-5: one measure */
    int64_t judicial_total_months; /* MASP-5, C-24: with its renewals */
};

extern const struct parameter_field masp_law_fields[];

/* --- who may have a MASP (MASP-1, S2-13) ------------------------------------------------------ */

struct masp_person {
    bool is_adult;
    bool receives_social_benefits;
    bool health_or_safety_is_threatened; /* by difficulty in managing resources */
};

extern const struct refusal MASP_PERSON_NOT_ADULT, MASP_PERSON_WITHOUT_BENEFITS,
    MASP_PERSON_NOT_THREATENED;
const struct refusal *masp_may_be_proposed(const struct masp_person *person);

/* --- level 3: direct payment to the landlord (MASP-4, A-90) ----------------------------------- */

struct rent_term {
    struct date due_on;
    int64_t due_cents;  /* rent and charges less housing aid; 0: nothing to pay that month */
    int64_t paid_cents; /* by the household */
};

/* The latest terms in a row of which nothing was paid, seen on a day; ordered by due date.  A term
 * counts from the day after it is due; one with nothing to pay neither counts nor breaks the row.
 */
int64_t terms_wholly_unpaid(const struct rent_term terms[], size_t count, struct date on);

enum masp_failure { MASP_REFUSED = 1, MASP_BREACHED };
enum payment_requester { REQUESTER_COUNCIL_PRESIDENT = 1, REQUESTER_STATE, REQUESTER_CCAPEX };

/* the condition of level 3. */
bool direct_payment_is_possible(enum masp_failure failure, int64_t unpaid_terms,
                                const struct masp_law *law);

struct direct_payment {
    enum payment_requester requester;
    enum masp_failure failure; /* 0: none */
    int64_t unpaid_terms;
    int64_t months;
    int64_t earlier_months; /* of orders before */
    int64_t monthly_cents;
    int64_t rent_and_charges_cents;
    int64_t income_cents;      /* of the household, monthly */
    int64_t subsistence_cents; /* what the household must keep to live */
};

extern const struct refusal DIRECT_PAYMENT_REQUESTER_UNFIT, DIRECT_PAYMENT_WITHOUT_FAILURE,
    DIRECT_PAYMENT_RENT_STILL_PAID, DIRECT_PAYMENT_WITHOUT_LENGTH, DIRECT_PAYMENT_TOO_LONG,
    DIRECT_PAYMENT_TOTAL_TOO_LONG, DIRECT_PAYMENT_ABOVE_RENT, DIRECT_PAYMENT_DEPRIVES;
/* May it be asked of the judge? */
const struct refusal *direct_payment_may_be_asked(const struct direct_payment *payment,
                                                  const struct masp_law *law);
/* Is an order, or its renewal, within the law? */
const struct refusal *direct_payment_is_lawful(const struct direct_payment *payment,
                                               const struct masp_law *law);

/* --- the judicial measure (MASP-5, C-24) ------------------------------------------------------ */

struct judicial_measure {
    bool masp_has_failed;
    int64_t months;
    int64_t earlier_months; /* of measures before */
};

extern const struct refusal JUDICIAL_MEASURE_WITHOUT_FAILURE, JUDICIAL_MEASURE_WITHOUT_LENGTH,
    JUDICIAL_MEASURE_TOO_LONG, JUDICIAL_MEASURE_TOTAL_TOO_LONG;
const struct refusal *judicial_measure_is_lawful(const struct judicial_measure *measure,
                                                 const struct masp_law *law);

#endif
