#include "services/lodging/accounts.h"

#include "services/lodging/rules/fee_calendar.h"

/* The reason of what an exit takes back. */
static const char EXIT_REASON[] = "EXIT";

static struct fee fee_of(const Lodging__Records__Account *row)
{
    return (struct fee){ .rent_cents = cents_of(row->rent),
                         .charges_cents = cents_of(row->charges),
                         .services_cents = cents_of(row->services) };
}

/* Joins a month's fee, or what is taken back of one, to the account. */
static const struct refusal *enter_month(struct lodging_account *account,
                                         const struct lodging_fee_month *month)
{
    const struct account_entry charge = { .kind = ENTRY_CHARGE,
                                          .on = month->due_on,
                                          .term = month->month,
                                          .amount_cents = fee_total_cents(&month->fee),
                                          .services_cents = month->fee.services_cents };
    const struct account_entry correction = { .kind = ENTRY_ADJUSTMENT,
                                              .on = month->due_on,
                                              .term = month->month,
                                              .amount_cents = month->corrected_cents };

    return lodging_account_enter(account, month->corrected_cents != 0 ? &correction : &charge);
}

static void emit_charge(struct work *work, const struct lodging_fees *fees,
                        const struct lodging_fee_month *month, Lodging__AccountStanding *standing)
{
    Lodging__FeeCharged charged = LODGING__FEE_CHARGED__INIT;

    charged.account = lodging_text(fees->account.id);
    charged.stay = fees->account.row->stay;
    charged.household = fees->account.row->household;
    charged.unit = fees->account.row->unit;
    charged.term = date_field(work->arena, month->month);
    charged.due_on = date_field(work->arena, month->due_on);
    charged.rent = money_field(work->arena, month->fee.rent_cents);
    charged.charges = money_field(work->arena, month->fee.charges_cents);
    charged.services = money_field(work->arena, month->fee.services_cents);
    charged.balance = money_field(work->arena, month->balance_cents);
    charged.next_fee_ms = fees->next_ms;
    charged.standing = standing;
    work_emit(work, &charged.base, fees->account.id, month->month);
}

static void emit_correction(struct work *work, const struct lodging_fees *fees,
                            const struct lodging_fee_month *month,
                            Lodging__AccountStanding *standing)
{
    Lodging__AccountAdjusted adjusted = LODGING__ACCOUNT_ADJUSTED__INIT;

    adjusted.account = lodging_text(fees->account.id);
    adjusted.stay = fees->account.row->stay;
    adjusted.household = fees->account.row->household;
    adjusted.amount = money_field(work->arena, month->corrected_cents);
    adjusted.term = date_field(work->arena, month->month);
    adjusted.reason = lodging_text(EXIT_REASON);
    adjusted.balance = money_field(work->arena, month->balance_cents);
    adjusted.adjusted_on = date_field(work->arena, month->due_on);
    adjusted.standing = standing;
    work_emit(work, &adjusted.base, fees->account.id, month->due_on);
}

/* The last of them has the standing; where there is none, a review does. */
void lodging_fees_emit(struct work *work, const struct lodging_fees *fees)
{
    for (size_t i = 0; i < fees->month_count; i++) {
        const struct lodging_fee_month *month = &fees->months[i];
        Lodging__AccountStanding *standing =
            i + 1 == fees->month_count ? fees->account.standing : NULL;

        if (month->corrected_cents != 0)
            emit_correction(work, fees, month, standing);
        else
            emit_charge(work, fees, month, standing);
    }
    if (fees->month_count == 0 && fees->account.first_change)
        lodging_account_emit_reviewed(work, &fees->account);
    lodging_account_emit_facts(work, &fees->account);
}

/* --- planning --------------------------------------------------------------------------------- */

static bool make_room(struct work *work, struct lodging_fees *fees, size_t months)
{
    fees->months = arena_take(work->arena, (months + 1) * sizeof *fees->months);
    return fees->months != NULL;
}

/* Adds a month that costs something. */
static const struct refusal *plan_month(struct lodging_fees *fees, struct lodging_fee_month month)
{
    const struct refusal *refusal;

    if (fee_total_cents(&month.fee) == 0 && month.corrected_cents == 0)
        return ACCEPTED;
    refusal = enter_month(&fees->account, &month);
    if (refusal)
        return refusal;
    month.balance_cents = standing_balance_cents(&fees->account.kept);
    fees->months[fees->month_count++] = month;
    return ACCEPTED;
}

const struct refusal *lodging_fees_plan_entry(struct work *work, const char *account,
                                              struct date entered_on, struct lodging_fees *fees)
{
    struct fee_calendar_law law;
    struct fee fee;
    struct date month = date_first_of_month(entered_on);
    const struct refusal *refusal = work_law(work, fee_calendar_law, entered_on, &law);

    *fees = (struct lodging_fees){ 0 };
    if (!refusal)
        refusal = lodging_account_load(work, account, 1, &fees->account);
    if (refusal)
        return refusal;
    fee = fee_of(fees->account.row);
    if (fee_total_cents(&fee) > 0)
        fees->from = fees_begin_on(entered_on, work->today, &law);
    if (!date_is_same(fees->from, entered_on)) {
        fees->next_ms = start_of_day(fees->from);
        return lodging_account_conclude(work, &fees->account);
    }
    fees->next_ms = start_of_day(date_first_of_next_month(entered_on));
    if (make_room(work, fees, 1))
        refusal = plan_month(fees, (struct lodging_fee_month){
                                       .month = month,
                                       .due_on = fee_due_on(month, entered_on, &law),
                                       .fee = fee_of_month(&fee, month, entered_on, DATE_NONE) });
    return refusal ? refusal : lodging_account_conclude(work, &fees->account);
}

static struct date next_to_charge(const Lodging__Records__Account *row)
{
    if (row->charged_through)
        return date_first_of_next_month(date_of(row->charged_through));
    return date_first_of_month(date_of(row->fees_from));
}

/* What was charged for days that the household was not there any more. */
static const struct refusal *plan_corrections(struct lodging_fees *fees, const struct fee *fee,
                                              struct date left_on)
{
    const Lodging__Records__Account *row = fees->account.row;
    struct date from = date_of(row->fees_from), through = date_of(row->charged_through);
    struct date month = date_later(date_first_of_month(left_on), date_first_of_month(from));
    const struct refusal *refusal = ACCEPTED;

    for (; !refusal && date_is_set(through) && !date_is_after(month, through);
         month = date_first_of_next_month(month)) {
        const struct fee whole = fee_of_month(fee, month, from, DATE_NONE);
        const struct fee part = fee_of_month(fee, month, from, left_on);

        refusal = plan_month(
            fees, (struct lodging_fee_month){ .month = month,
                                              .due_on = left_on,
                                              .corrected_cents = fee_total_cents(&part) -
                                                                 fee_total_cents(&whole) });
    }
    return refusal;
}

/* What was not charged yet of the days that it was: its deadline has not passed. */
static const struct refusal *plan_last_charges(struct lodging_fees *fees, const struct fee *fee,
                                               struct date left_on,
                                               const struct fee_calendar_law *law)
{
    struct date from = date_of(fees->account.row->fees_from);
    struct date month = next_to_charge(fees->account.row);
    const struct refusal *refusal = ACCEPTED;

    for (; !refusal && date_is_set(month) && date_is_before(month, left_on);
         month = date_first_of_next_month(month))
        refusal = plan_month(
            fees, (struct lodging_fee_month){ .month = month,
                                              .due_on = fee_due_on(month, from, law),
                                              .fee = fee_of_month(fee, month, from, left_on) });
    return refusal;
}

/* More months than either loop above visits. */
static size_t months_at_most(const Lodging__Records__Account *row, struct date left_on)
{
    struct date first = date_first_of_month(date_of(row->fees_from));
    struct date last = date_later(date_of(row->charged_through), left_on);
    int32_t months = months_between(first, last);

    return months > 0 ? (size_t)months + 2 : 2;
}

const struct refusal *lodging_fees_plan_exit(struct work *work, const char *account,
                                             struct date left_on, struct lodging_fees *fees)
{
    const Lodging__Records__Account *row =
        table_get(work->tables, &lodging_accounts, key_id(account));
    struct fee_calendar_law law;
    struct fee fee;
    size_t months = row ? months_at_most(row, left_on) : 0;
    const struct refusal *refusal = work_law(work, fee_calendar_law, left_on, &law);

    *fees = (struct lodging_fees){ 0 };
    if (!refusal)
        refusal = lodging_account_load(work, account, months, &fees->account);
    if (refusal || !make_room(work, fees, months))
        return refusal;
    fees->account.has_left = true;
    fee = fee_of(fees->account.row);
    refusal = plan_corrections(fees, &fee, left_on);
    if (!refusal)
        refusal = plan_last_charges(fees, &fee, left_on, &law);
    return refusal ? refusal : lodging_account_conclude(work, &fees->account);
}

/* --- a month begins --------------------------------------------------------------------------- */

/* The account at hand, and what the month costs it. */
static const struct refusal *plan_fee(struct work *work, struct lodging_fees *fees,
                                      struct date month)
{
    const struct fee fee = fee_of(fees->account.row);
    struct date from = date_of(fees->account.row->fees_from);
    struct fee_calendar_law law;
    const struct refusal *refusal = work_law(work, fee_calendar_law, month, &law);

    fees->next_ms = start_of_day(date_first_of_next_month(month));
    if (!refusal && make_room(work, fees, 1))
        refusal = plan_month(
            fees, (struct lodging_fee_month){ .month = month,
                                              .due_on = fee_due_on(month, from, &law),
                                              .fee = fee_of_month(&fee, month, from, DATE_NONE) });
    return refusal ? refusal : lodging_account_conclude(work, &fees->account);
}

void lodging_pass_fee(struct work *work, const struct deadline *deadline)
{
    struct date month = date_first_of_month(civil_date_at(deadline->due_ms));
    struct lodging_fees fees = { 0 };
    const struct refusal *refusal;

    if (lodging_account_load(work, deadline->subject, 1, &fees.account) != ACCEPTED ||
        fees.account.row->next_fee_ms != deadline->due_ms)
        return;
    refusal = plan_fee(work, &fees, month);
    if (refusal)
        work_undecided(work, refusal);
    else
        lodging_fees_emit(work, &fees);
}

static void move_deadline(struct tables *tables, const char *id, Lodging__Records__Account *row,
                          int64_t next_ms)
{
    if (row->next_fee_ms == next_ms)
        return;
    if (row->next_fee_ms != 0)
        deadline_clear(tables, LODGING_DEADLINE_FEE, row->next_fee_ms, id, 0);
    if (next_ms != 0)
        deadline_set(tables, LODGING_DEADLINE_FEE, next_ms, id, 0);
    row->next_fee_ms = next_ms;
}

void lodging_apply_fee_charged(struct tables *tables, const struct entry *entry)
{
    const Lodging__FeeCharged *charged = (const Lodging__FeeCharged *)entry->event;
    Lodging__Records__Account *row = table_get(tables, &lodging_accounts, key_id(charged->account));
    Lodging__Records__Line line = LODGING__RECORDS__LINE__INIT;

    if (!row)
        return;
    line.kind = LODGING__RECORDS__LINE_KIND__LINE_KIND_FEE;
    line.on = charged->due_on;
    line.term = charged->term;
    line.amount = money_field(tables->arena, cents_of(charged->rent) + cents_of(charged->charges) +
                                                 cents_of(charged->services));
    line.services = charged->services;
    lodging_account_add_line(tables, charged->account, row, &line);
    row->charged_through = charged->term;
    row->balance = charged->balance;
    move_deadline(tables, charged->account, row, charged->next_fee_ms);
    lodging_account_keep(tables, charged->account, row, charged->standing);
    table_put(tables, &lodging_accounts, key_id(charged->account), &row->base);
}
