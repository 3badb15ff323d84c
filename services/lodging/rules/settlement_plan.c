#include "services/lodging/rules/settlement_plan.h"

#include "libcommon/money.h"

const struct parameter_field settlement_plan_law[] = {
    { "lodging.settlement_plan.longest", UNIT_MONTHS,
      offsetof(struct settlement_plan_law, months_most) },
    { "lodging.settlement_plan.tolerance", UNIT_DAYS,
      offsetof(struct settlement_plan_law, tolerance_days) },
    { "lodging.settlement_plan.check_period", UNIT_MONTHS,
      offsetof(struct settlement_plan_law, check_months) },
    { "lodging.settlement_plan.small_debt", UNIT_CENTS,
      offsetof(struct settlement_plan_law, small_debt_cents) },
    { "lodging.settlement_plan.recall_at_once", UNIT_CENTS,
      offsetof(struct settlement_plan_law, recall_at_once_cents) },
    { "lodging.settlement_plan.landlord_period", UNIT_MONTHS,
      offsetof(struct settlement_plan_law, landlord_months) },
    { "lodging.settlement_plan.fund_period", UNIT_MONTHS,
      offsetof(struct settlement_plan_law, fund_months) },
    { "lodging.settlement_plan.formal_notice_period", UNIT_MONTHS,
      offsetof(struct settlement_plan_law, formal_notice_months) },
    { 0 },
};

/* --- making a plan ---------------------------------------------------------------------------- */

void plan_cut(int64_t debt_cents, int32_t count, int64_t instalments_cents[])
{
    int64_t each_cents = divide_ceiling(debt_cents, count);
    int64_t left_cents = debt_cents;

    for (int32_t i = 0; i < count; i++) {
        instalments_cents[i] = money_smaller(each_cents, left_cents);
        left_cents -= instalments_cents[i];
    }
}

struct settlement_plan plan_of_formal_notice(struct date notified_on, uint8_t due_day,
                                             int64_t debt_cents, int64_t instalments_cents[],
                                             const struct settlement_plan_law *law)
{
    int32_t count = (int32_t)law->formal_notice_months;

    plan_cut(debt_cents, count, instalments_cents);
    return (struct settlement_plan){
        .signed_on = notified_on,
        .first_month = date_first_of_next_month(notified_on),
        .due_day = due_day,
        .debt_cents = debt_cents,
        .instalments_cents = instalments_cents,
        .count = count,
    };
}

const struct refusal PLAN_HAS_NO_DEBT = {
    .code = "PLAN_HAS_NO_DEBT",
    .field = "debt",
    .rule = "EV-12",
    .french = "Indiquez la dette que le plan doit apurer : elle est supérieure à zéro.",
    .english = "Give the debt that the plan is to settle: it is more than zero.",
};

const struct refusal PLAN_HAS_NO_DUE_DAY = {
    .code = "PLAN_HAS_NO_DUE_DAY",
    .field = "due_day",
    .rule = "EV-12",
    .french = "Indiquez le jour du mois où l'échéance est due, de 1 à 31.",
    .english = "Give the day of the month on which the instalment is due, from 1 to 31.",
};

const struct refusal PLAN_HAS_NO_INSTALMENT = {
    .code = "PLAN_HAS_NO_INSTALMENT",
    .field = "instalments",
    .rule = "EV-12",
    .french = "Un plan d'apurement compte au moins une échéance.",
    .english = "A settlement plan has at least one instalment.",
};

const struct refusal PLAN_IS_TOO_LONG = {
    .code = "PLAN_IS_TOO_LONG",
    .field = "instalments",
    .rule = "ARR-6",
    .french = "Un plan d'apurement dure trois ans au plus : augmentez les échéances pour en "
              "réduire le nombre.",
    .english = "A settlement plan lasts three years at most: raise the instalments to have fewer.",
};

const struct refusal PLAN_INSTALMENT_IS_NEGATIVE = {
    .code = "PLAN_INSTALMENT_IS_NEGATIVE",
    .field = "instalments",
    .rule = "EV-12",
    .french = "Chaque échéance du plan est nulle ou positive.",
    .english = "Each instalment of the plan is zero or more.",
};

const struct refusal PLAN_DOES_NOT_ADD_UP = {
    .code = "PLAN_DOES_NOT_ADD_UP",
    .field = "instalments",
    .rule = "EV-12, Q38",
    .french = "La somme des échéances doit être égale à la dette, au centime près.",
    .english = "The instalments must add up to the debt, to the cent.",
};

const struct refusal PLAN_STARTS_BEFORE_SIGNATURE = {
    .code = "PLAN_STARTS_BEFORE_SIGNATURE",
    .field = "first_month",
    .rule = "EV-12",
    .french = "La première échéance ne peut précéder la signature du plan : choisissez un mois "
              "suivant.",
    .english = "The first instalment cannot be due before the plan is signed: choose a later "
               "month.",
};

static bool has_negative_instalment(const struct settlement_plan *plan)
{
    for (int32_t i = 0; i < plan->count; i++)
        if (plan->instalments_cents[i] < 0)
            return true;
    return false;
}

static int64_t sum_of_instalments(const struct settlement_plan *plan)
{
    int64_t sum_cents = 0;

    for (int32_t i = 0; i < plan->count; i++)
        sum_cents += plan->instalments_cents[i];
    return sum_cents;
}

const struct refusal *plan_may_be_signed(const struct settlement_plan *plan,
                                         const struct settlement_plan_law *law)
{
    if (plan->debt_cents <= 0)
        return &PLAN_HAS_NO_DEBT;
    if (plan->due_day < 1 || plan->due_day > 31)
        return &PLAN_HAS_NO_DUE_DAY;
    if (plan->count < 1)
        return &PLAN_HAS_NO_INSTALMENT;
    if (plan->count > law->months_most)
        return &PLAN_IS_TOO_LONG;
    if (has_negative_instalment(plan))
        return &PLAN_INSTALMENT_IS_NEGATIVE;
    if (sum_of_instalments(plan) != plan->debt_cents)
        return &PLAN_DOES_NOT_ADD_UP;
    if (date_is_before(plan_due_on(plan, 0), plan->signed_on))
        return &PLAN_STARTS_BEFORE_SIGNATURE;
    return ACCEPTED;
}

/* --- its days --------------------------------------------------------------------------------- */

struct date plan_due_on(const struct settlement_plan *plan, int32_t index)
{
    struct date due = date_add_months(date_first_of_month(plan->first_month), index);
    int last = days_in_month(due.year, due.month);

    due.day = plan->due_day < last ? plan->due_day : (uint8_t)last;
    return due;
}

struct date plan_payable_until(const struct settlement_plan *plan, int32_t index,
                               const struct settlement_plan_law *law)
{
    return date_add_days(plan_due_on(plan, index), (int32_t)law->tolerance_days);
}

struct date plan_next_check_on(const struct settlement_plan *plan, struct date on,
                               const struct settlement_plan_law *law)
{
    struct date last = plan_due_on(plan, plan->count - 1);
    struct date check = DATE_NONE;

    for (int32_t k = 1; k <= plan->count && date_is_before(check, on); k++)
        check = date_add_months(plan->signed_on, k * (int32_t)law->check_months);
    return date_is_before(check, on) || date_is_after(check, last) ? DATE_NONE : check;
}

/* --- is it kept? ------------------------------------------------------------------------------ */

/* What the household itself has left of the terms due by a day. */
static int64_t own_left_cents(const struct rent_term terms[], size_t count, struct date due_by)
{
    int64_t left_cents = 0;

    for (size_t i = 0; i < count; i++)
        if (!date_is_after(terms[i].due_on, due_by))
            left_cents += terms[i].left_cents - terms[i].awaited_aid_cents;
    return left_cents;
}

static void judge(struct plan_standing *standing)
{
    if (standing->left_cents > standing->expected_cents) {
        standing->state = PLAN_BROKEN;
        standing->since = date_add_days(standing->checked_on, 1);
    } else if (standing->left_cents == 0) {
        standing->state = PLAN_KEPT;
        standing->since = standing->checked_on;
    }
}

bool plan_at(const struct settlement_plan *plan, const struct ledger *ledger, struct date on,
             const struct settlement_plan_law *law, struct rent_term terms[], size_t capacity,
             struct plan_standing *standing)
{
    if (account_term_count(ledger, on) > capacity)
        return false;
    *standing = (struct plan_standing){ .state = PLAN_RUNNING, .expected_cents = plan->debt_cents };
    for (int32_t i = 0; i < plan->count && standing->state == PLAN_RUNNING; i++) {
        struct date until = plan_payable_until(plan, i, law);
        struct account account = { 0 };

        if (!date_is_after(on, until))
            break;
        if (ledger_freeze_on(ledger, until))
            continue;
        account_at(ledger, until, terms, capacity, &account);
        standing->checked_on = until;
        standing->expected_cents -= plan->instalments_cents[i];
        standing->left_cents = own_left_cents(terms, account.term_count, plan_due_on(plan, i));
        judge(standing);
    }
    return true;
}

/* --- who makes it, and by when ---------------------------------------------------------------- */

enum plan_proposer plan_proposed_by(int64_t debt_cents, const struct settlement_plan_law *law)
{
    return debt_cents <= law->small_debt_cents ? PLAN_BY_AID_PAYER : PLAN_BY_LANDLORD;
}

struct date plan_due_from_landlord_on(struct date referred_on,
                                      const struct settlement_plan_law *law)
{
    return date_add_months(referred_on, (int32_t)law->landlord_months);
}

struct date plan_due_from_fund_on(struct date referred_on, const struct settlement_plan_law *law)
{
    return date_add_months(referred_on, (int32_t)law->fund_months);
}

bool plan_aid_recall_is_paid_at_once(int64_t recall_cents, const struct settlement_plan_law *law)
{
    return recall_cents < law->recall_at_once_cents;
}
