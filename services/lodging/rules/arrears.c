#include "services/lodging/rules/arrears.h"

#include "libcommon/money.h"

const struct parameter_field arrears_law[] = {
    { "lodging.arrears.late_after", UNIT_DAYS, offsetof(struct arrears_law, late_days) },
    { "lodging.arrears.aid_threshold", UNIT_COUNT,
      offsetof(struct arrears_law, aid_threshold_terms) },
    { "lodging.arrears.aid_report_period", UNIT_MONTHS,
      offsetof(struct arrears_law, aid_report_months) },
    { "lodging.arrears.ccapex_threshold", UNIT_COUNT,
      offsetof(struct arrears_law, ccapex_threshold_terms) },
    { "lodging.arrears.ccapex_duration", UNIT_MONTHS,
      offsetof(struct arrears_law, ccapex_threshold_months) },
    { "lodging.arrears.residence_unpaid_terms", UNIT_COUNT,
      offsetof(struct arrears_law, residence_unpaid_terms) },
    { "lodging.arrears.residence_threshold", UNIT_COUNT,
      offsetof(struct arrears_law, residence_threshold_terms) },
    { "lodging.arrears.half_payment_share", UNIT_PERCENT,
      offsetof(struct arrears_law, half_payment_percent) },
    { "lodging.arrears.aid_is_part_payment", UNIT_YES_NO,
      offsetof(struct arrears_law, aid_is_part_payment) },
    { 0 },
};

/* --- thresholds ------------------------------------------------------------------------------- */

int64_t arrears_aid_threshold_cents(const struct fee_period *fee, int64_t aid_received_cents,
                                    const struct arrears_law *law)
{
    int64_t aid_cents = fee->aid_payee == AID_TO_MANAGER ? aid_received_cents : 0;

    return law->aid_threshold_terms * money_larger(0, fee_housing_cents(&fee->fee) - aid_cents);
}

int64_t arrears_ccapex_threshold_cents(const struct fee *fee, const struct arrears_law *law)
{
    return law->ccapex_threshold_terms * fee->rent_cents;
}

int64_t arrears_residence_threshold_cents(const struct fee *fee, const struct arrears_law *law)
{
    return law->residence_threshold_terms * fee_housing_cents(fee);
}

enum current_cost arrears_current_cost(int64_t paid_cents, int64_t housing_cents, int64_t aid_cents,
                                       const struct arrears_law *law)
{
    int64_t net_cents = housing_cents - aid_cents;

    if (paid_cents >= net_cents)
        return CURRENT_COST_PAID;
    if (paid_cents * 100 >= net_cents * law->half_payment_percent)
        return CURRENT_COST_HALF_PAID;
    return CURRENT_COST_LESS_THAN_HALF;
}

int64_t arrears_paid_for_month_cents(const struct ledger *ledger, struct date month, struct date on)
{
    int64_t paid_cents = 0;

    for (size_t i = 0; i < ledger->count; i++) {
        const struct account_entry *entry = &ledger->entries[i];

        if (entry->kind == ENTRY_PAYMENT && !date_is_after(entry->on, on) &&
            date_is_same(entry_month(entry), date_first_of_month(month)))
            paid_cents += entry->amount_cents;
    }
    return paid_cents;
}

bool arrears_residence_test_is_met(const struct arrears *arrears)
{
    return date_is_set(arrears->unpaid_terms_since) || date_is_set(arrears->part_payment_since);
}

/* --- one day ---------------------------------------------------------------------------------- */

/* What the tests of a day look at. */
struct day {
    struct date date;
    const struct arrears_law *law;
    const struct fee_period *fee; /* NULL: none yet, and no test against a month's cost */
    struct debt debt;
    int64_t aid_received_cents; /* for the latest term */
};

static const struct arrears_law *law_of_day(const struct arrears_question *question,
                                            struct date date)
{
    size_t i = question->law_count - 1;

    while (i > 0 && date_is_before(date, question->laws[i].from))
        i--;
    return &question->laws[i].law;
}

static struct day day_of(const struct arrears_question *question, struct date date,
                         struct rent_term terms[], size_t capacity)
{
    const struct arrears_law *law = law_of_day(question, date);
    const struct debt_view view = { .weighed = question->weighed,
                                    .aid_is_part_payment = law->aid_is_part_payment };
    struct account account = { 0 };

    account_at(question->ledger, date, terms, capacity, &account);
    return (struct day){
        .date = date,
        .law = law,
        .fee = fee_in_force(question->fees, question->fee_count, date),
        .debt = debt_of(terms, account.term_count, ledger_freeze_on(question->ledger, date), &view),
        .aid_received_cents =
            account.term_count > 0 ? terms[account.term_count - 1].aided_cents : 0,
    };
}

static bool is_late(const struct day *day)
{
    struct date late_on = date_add_days(day->debt.oldest_due_on, (int32_t)day->law->late_days);

    return date_is_set(late_on) && !date_is_before(day->date, late_on);
}

static bool is_over_aid_threshold(const struct day *day)
{
    if (!day->fee || day->fee->aid_payee == AID_TO_NOBODY || day->debt.housing_cents == 0)
        return false;
    return day->debt.housing_cents >=
           arrears_aid_threshold_cents(day->fee, day->aid_received_cents, day->law);
}

static bool is_over_ccapex_threshold(const struct day *day, struct date housing_owing_since)
{
    struct date long_since =
        date_add_months(housing_owing_since, (int32_t)day->law->ccapex_threshold_months);

    if (day->debt.housing_cents == 0)
        return false;
    if (!date_is_before(day->date, long_since))
        return true;
    return day->fee &&
           day->debt.housing_cents >= arrears_ccapex_threshold_cents(&day->fee->fee, day->law);
}

static bool is_over_residence_threshold(const struct day *day)
{
    return day->fee && day->debt.partly_paid &&
           day->debt.weighed_cents >= arrears_residence_threshold_cents(&day->fee->fee, day->law);
}

/* --- day after day ---------------------------------------------------------------------------- */

/* A fact keeps the day it began for as long as it holds. */
static void note(struct date *since, bool holds, struct date day)
{
    if (!holds)
        *since = DATE_NONE;
    else if (!date_is_set(*since))
        *since = day;
}

/* The duty to report arises with the threshold and ends only when all is settled. */
static void note_report(struct arrears *arrears, const struct day *day, bool is_over)
{
    struct date due_on = date_add_months(day->date, (int32_t)day->law->aid_report_months);

    if (day->debt.due_cents + day->debt.frozen_cents == 0)
        arrears->aid_report_due_on = DATE_NONE;
    else if (!date_is_set(arrears->aid_report_due_on) && is_over &&
             day->fee->aid_payee == AID_TO_MANAGER)
        arrears->aid_report_due_on = due_on;
}

static void note_day(struct arrears *arrears, const struct day *day)
{
    bool over_aid_threshold = is_over_aid_threshold(day);

    arrears->debt = day->debt;
    note(&arrears->owing_since, day->debt.weighed_cents > 0, day->date);
    note(&arrears->housing_owing_since, day->debt.housing_cents > 0, day->date);
    note(&arrears->late_since, is_late(day), day->date);
    note(&arrears->aid_threshold_since, over_aid_threshold, day->date);
    note_report(arrears, day, over_aid_threshold);
    note(&arrears->ccapex_threshold_since,
         is_over_ccapex_threshold(day, arrears->housing_owing_since), day->date);
    note(&arrears->unpaid_terms_since,
         day->debt.wholly_unpaid_terms >= day->law->residence_unpaid_terms, day->date);
    note(&arrears->part_payment_since, is_over_residence_threshold(day), day->date);
}

/* Makes *next the day if it lies after `after` and before *next. */
static void bring_forward(struct date *next, struct date after, struct date day)
{
    if (date_is_after(day, after))
        *next = date_earlier(*next, day);
}

/* The next day on which a fact can change by a law or its periods. */
static void bring_forward_by_law(const struct arrears_question *question,
                                 const struct arrears *arrears, struct date after,
                                 struct date *next)
{
    for (size_t i = 0; i < question->law_count; i++) {
        const struct arrears_law *law = &question->laws[i].law;

        bring_forward(next, after, question->laws[i].from);
        bring_forward(next, after,
                      date_add_days(arrears->debt.oldest_due_on, (int32_t)law->late_days));
        bring_forward(
            next, after,
            date_add_months(arrears->housing_owing_since, (int32_t)law->ccapex_threshold_months));
    }
}

/* The next day, not after `on`, on which anything can change. */
static struct date next_day(const struct arrears_question *question, const struct arrears *arrears,
                            struct date after, struct date on)
{
    const struct ledger *ledger = question->ledger;
    struct date next = on;

    for (size_t i = 0; i < ledger->count; i++)
        bring_forward(&next, after, ledger->entries[i].on);
    for (size_t i = 0; i < FREEZES_MOST; i++) {
        bring_forward(&next, after, ledger->freezes[i].from);
        bring_forward(&next, after, ledger->freezes[i].end);
    }
    for (size_t i = 0; i < question->fee_count; i++)
        bring_forward(&next, after, question->fees[i].from);
    bring_forward_by_law(question, arrears, after, &next);
    return next;
}

struct date arrears_next_day(const struct arrears_question *question, const struct arrears *arrears,
                             struct date after)
{
    static const struct date never = { 2199, 12, 31 };
    struct date next = next_day(question, arrears, after, never);

    return date_is_same(next, never) ? DATE_NONE : next;
}

bool arrears_on_day(const struct arrears_question *question, struct date day,
                    struct rent_term terms[], size_t capacity, struct arrears *arrears)
{
    struct day looked_at;

    if (account_term_count(question->ledger, day) > capacity)
        return false;
    looked_at = day_of(question, day, terms, capacity);
    note_day(arrears, &looked_at);
    return true;
}

bool arrears_at(const struct arrears_question *question, struct date on, struct rent_term terms[],
                size_t capacity, struct arrears *arrears)
{
    struct date date = DATE_NONE;

    if (account_term_count(question->ledger, on) > capacity)
        return false;
    *arrears = (struct arrears){ 0 };
    while (date_is_before(date, on)) {
        date = next_day(question, arrears, date, on);
        arrears_on_day(question, date, terms, capacity, arrears);
    }
    return true;
}
