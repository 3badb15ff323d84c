/* settlement_plan.h - a plan to settle arrears (plan d'apurement), and whether it is kept
 *
 * A plan cuts a debt into monthly instalments that add up to it, to the cent,
 * to be paid beside the current term.  It is checked by sums, not by which
 * payment was for what: at the end of each month's tolerance, no more may be
 * left of the terms due by then than the instalments to come.  So money paid
 * ahead counts, and neither aid that is awaited nor a month under an
 * over-indebtedness freeze breaks a plan (SUR-5, C-17).
 */
#ifndef LODGING_RULES_SETTLEMENT_PLAN_H
#define LODGING_RULES_SETTLEMENT_PLAN_H

#include "libcommon/parameters.h"
#include "services/lodging/rules/account.h"

struct settlement_plan_law {
    int64_t months_most;          /* ARR-6 */
    int64_t tolerance_days;       /* for instalment and current term (6.9, A-74) */
    int64_t check_months;         /* ARR-6, EV-12 */
    int64_t small_debt_cents;     /* up to it, who pays the aid proposes the plan (ARR-6) */
    int64_t recall_at_once_cents; /* below it, a recall of aid is paid at once (ARR-6) */
    int64_t landlord_months;      /* for the landlord to produce a plan (ARR-3) */
    int64_t fund_months;          /* for the housing solidarity fund (ARR-3) */
    int64_t formal_notice_months; /* of repayment under a formal notice (ARR-4) */
};

extern const struct parameter_field settlement_plan_law[];

struct settlement_plan {
    struct date signed_on;
    struct date first_month; /* a day of it */
    uint8_t due_day;         /* of the month: 1 to 31, the last day where there is none */
    int64_t debt_cents;
    const int64_t *instalments_cents; /* one a month; borrowed */
    int32_t count;
};

enum plan_state { PLAN_RUNNING = 1, PLAN_BROKEN, PLAN_KEPT };

struct plan_standing {
    enum plan_state state;
    struct date since;      /* broken or kept; absent while running */
    struct date checked_on; /* the last month's end of tolerance looked at; absent: none yet */
    int64_t expected_cents; /* the most that may be left, there */
    int64_t left_cents;     /* what was left, there */
};

/* Cuts a debt in instalments of the debt divided by count, rounded up to the cent (ARR-4); the last
 * ones are smaller, so that they add up to it. */
void plan_cut(int64_t debt_cents, int32_t count, int64_t instalments_cents[]);
/* The plan of a formal notice: from the month after it (ARR-4, R824-12).  instalments_cents is room
 * for law->formal_notice_months. */
struct settlement_plan plan_of_formal_notice(struct date notified_on, uint8_t due_day,
                                             int64_t debt_cents, int64_t instalments_cents[],
                                             const struct settlement_plan_law *law);

/* May the plan be signed? */
const struct refusal *plan_may_be_signed(const struct settlement_plan *plan,
                                         const struct settlement_plan_law *law);
extern const struct refusal PLAN_HAS_NO_DEBT;
extern const struct refusal PLAN_HAS_NO_DUE_DAY;
extern const struct refusal PLAN_HAS_NO_INSTALMENT;
extern const struct refusal PLAN_IS_TOO_LONG;
extern const struct refusal PLAN_INSTALMENT_IS_NEGATIVE;
extern const struct refusal PLAN_DOES_NOT_ADD_UP;
extern const struct refusal PLAN_STARTS_BEFORE_SIGNATURE;

/* When the instalment number index (from 0) is due, and the last day on which it may be paid. */
struct date plan_due_on(const struct settlement_plan *plan, int32_t index);
struct date plan_payable_until(const struct settlement_plan *plan, int32_t index,
                               const struct settlement_plan_law *law);

/* How the plan stands at the end of a day, by the account (6.9, EV-12, A-74).  A plan is broken on
 * the day after the tolerance of the first month not met, for good; it is kept once nothing is left
 * of what was due.  A plan that slept under a freeze runs on until people end it.  terms is room
 * for the account; false when too small. */
bool plan_at(const struct settlement_plan *plan, const struct ledger *ledger, struct date on,
             const struct settlement_plan_law *law, struct rent_term terms[], size_t capacity,
             struct plan_standing *standing);

/* The next half-yearly check, on the day or after it; absent once the last instalment is due. */
struct date plan_next_check_on(const struct settlement_plan *plan, struct date on,
                               const struct settlement_plan_law *law);

/* Who proposes the plan of a debt (ARR-6), and until when (ARR-3, A-76). */
enum plan_proposer { PLAN_BY_LANDLORD = 1, PLAN_BY_AID_PAYER };
enum plan_proposer plan_proposed_by(int64_t debt_cents, const struct settlement_plan_law *law);
struct date plan_due_from_landlord_on(struct date referred_on,
                                      const struct settlement_plan_law *law);
struct date plan_due_from_fund_on(struct date referred_on, const struct settlement_plan_law *law);
/* Is a recall of aid paid at once, rather than half-yearly (ARR-6)? */
bool plan_aid_recall_is_paid_at_once(int64_t recall_cents, const struct settlement_plan_law *law);

#endif
