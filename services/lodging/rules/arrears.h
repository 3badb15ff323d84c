/* arrears.h - the facts about arrears, each by itself, each with the day it began
 *
 * An account has no single state (domain.md C-17): it is late, over the
 * threshold of the housing aid, over that of the eviction-prevention commission
 * (CCAPEX), or ends a residence contract's protection, each independently.
 * Clearing one says nothing of the others, and a new arrear after a clearing is
 * a new one, with a new day.  Days are found by following the account from its
 * first entry, under the law and the fee of each day; a date that has not come
 * by then, or does not hold any more, is absent.
 *
 * Tests of housing debt weigh rent and charges only; those of a residence
 * contract weigh services too (section 3.9, RS-5).
 */
#ifndef LODGING_RULES_ARREARS_H
#define LODGING_RULES_ARREARS_H

#include "libcommon/parameters.h"
#include "services/lodging/rules/debt.h"
#include "services/lodging/rules/fee.h"

struct arrears_law {
    int64_t late_days;                 /* after the term, to be late (6.9, A-70) */
    int64_t aid_threshold_terms;       /* months of net housing cost (ARR-1) */
    int64_t aid_report_months;         /* for the manager to report (ARR-2) */
    int64_t ccapex_threshold_terms;    /* months of rent without charges (ARR-8) */
    int64_t ccapex_threshold_months;   /* of debt without interruption (ARR-8) */
    int64_t residence_unpaid_terms;    /* wholly unpaid, consecutive (RS-5 a) */
    int64_t residence_threshold_terms; /* months of housing and charges (RS-5 b) */
    int64_t half_payment_percent;      /* of the current net cost (ARR-5) */
    bool aid_is_part_payment;          /* for RS-5; by default aid lowers the term (RS-16) */
};

extern const struct parameter_field arrears_law[];

/* The law from a day on, until the next one. */
struct arrears_law_period {
    struct date from;
    struct arrears_law law;
};

struct arrears_question {
    const struct ledger *ledger;
    const struct fee_period *fees; /* in order of their days */
    size_t fee_count;
    const struct arrears_law_period
        *laws;        /* in order of their days, the first for all before too */
    size_t law_count; /* at least one */
    enum debt_weighed weighed;
};

struct arrears {
    struct debt debt; /* at the date */
    struct date owing_since;
    struct date housing_owing_since;
    struct date late_since;             /* */
    struct date aid_threshold_since;    /* ARR-1, A-71 */
    struct date aid_report_due_on;      /* ARR-2: the threshold was met, and not all is settled */
    struct date ccapex_threshold_since; /* ARR-8, A-72 */
    struct date unpaid_terms_since;     /* RS-5 a, A-73 */
    struct date part_payment_since;     /* RS-5 b, A-73 */
};

/* The facts at the end of a day.  terms is room for the account (account_term_count() at that day);
 * false when it is too small. */
bool arrears_at(const struct arrears_question *question, struct date on, struct rent_term terms[],
                size_t capacity, struct arrears *arrears);

/* The same, going on from a day already looked at, so that an account need not be followed from its
 * first entry again.  arrears_next_day() says on which day after one a fact may next change, by an
 * entry, a freeze, a fee or the law; absent when on none.  arrears_on_day() brings the facts from
 * the last day looked at to the end of such a day; false when the room for terms is too small. */
struct date arrears_next_day(const struct arrears_question *question, const struct arrears *arrears,
                             struct date after);
bool arrears_on_day(const struct arrears_question *question, struct date day,
                    struct rent_term terms[], size_t capacity, struct arrears *arrears);

/* May the contract of a residence be ended for arrears (RS-5, R633-3 II)? */
bool arrears_residence_test_is_met(const struct arrears *arrears);

/* ARR-1, CCH R824-1: two months of rent and charges, net of the aid where the manager receives it:
 * what it received for that month, not what it should (Q32). */
int64_t arrears_aid_threshold_cents(const struct fee_period *fee, int64_t aid_received_cents,
                                    const struct arrears_law *law);
/* ARR-8: two months of rent without charges. */
int64_t arrears_ccapex_threshold_cents(const struct fee *fee, const struct arrears_law *law);
/* RS-5 b: two months of housing and charges. */
int64_t arrears_residence_threshold_cents(const struct fee *fee, const struct arrears_law *law);

/* How the current cost of a month is met: the aid may go on from one half of it (ARR-5, R824-28).
 */
enum current_cost {
    CURRENT_COST_PAID = 1,
    CURRENT_COST_HALF_PAID,
    CURRENT_COST_LESS_THAN_HALF,
};
enum current_cost arrears_current_cost(int64_t paid_cents, int64_t housing_cents, int64_t aid_cents,
                                       const struct arrears_law *law);
/* What was paid for a month: what names it, and what names none and came in it. */
int64_t arrears_paid_for_month_cents(const struct ledger *ledger, struct date month,
                                     struct date on);

#endif
