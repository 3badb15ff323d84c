#include "services/lodging/accounts.h"

static const struct refusal *check_adjustment(struct work *work,
                                              const Lodging__AdjustAccount *asked,
                                              struct account_entry *entry)
{
    const struct refusal *refusal =
        need_fact_date(work, "adjusted_on", asked->adjusted_on, &entry->on);

    if (!refusal)
        refusal = need_text(work, "reason", asked->reason);
    if (!refusal)
        refusal = need_code(work, "reason", asked->reason);
    if (!refusal && asked->term)
        refusal = need_date(work, "term", asked->term);
    entry->kind = ENTRY_ADJUSTMENT;
    entry->amount_cents = cents_of(asked->amount);
    entry->term = date_first_of_month(date_of(asked->term));
    return refusal;
}

const struct refusal *lodging_on_adjust_account(struct work *work, const void *body)
{
    const Lodging__AdjustAccount *asked = body;
    Lodging__AccountAdjusted adjusted = LODGING__ACCOUNT_ADJUSTED__INIT;
    Lodging__AdjustAccountReply reply = LODGING__ADJUST_ACCOUNT_REPLY__INIT;
    struct account_entry entry = { 0 };
    struct lodging_account account;
    const struct refusal *refusal = check_adjustment(work, asked, &entry);

    if (!refusal)
        refusal = lodging_account_load(work, asked->account, 1, &account);
    if (!refusal)
        refusal = lodging_account_enter(&account, &entry);
    if (!refusal)
        refusal = lodging_account_conclude(work, &account);
    if (refusal)
        return refusal;
    adjusted.account = asked->account;
    adjusted.stay = account.row->stay;
    adjusted.household = account.row->household;
    adjusted.amount = asked->amount;
    adjusted.term = date_field(work->arena, entry.term);
    adjusted.reason = asked->reason;
    adjusted.balance = reply.balance = money_field(work->arena, account.balance_cents);
    adjusted.adjusted_on = date_field(work->arena, entry.on);
    adjusted.standing = account.standing;
    work_emit(work, &adjusted.base, asked->account, entry.on);
    lodging_account_emit_facts(work, &account);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

void lodging_apply_account_adjusted(struct tables *tables, const struct entry *entry)
{
    const Lodging__AccountAdjusted *adjusted = (const Lodging__AccountAdjusted *)entry->event;
    Lodging__Records__Account *row =
        table_get(tables, &lodging_accounts, key_id(adjusted->account));
    Lodging__Records__Line line = LODGING__RECORDS__LINE__INIT;

    if (!row)
        return;
    line.kind = LODGING__RECORDS__LINE_KIND__LINE_KIND_ADJUSTMENT;
    line.on = adjusted->adjusted_on;
    line.term = adjusted->term;
    line.amount = adjusted->amount;
    line.reason = adjusted->reason;
    lodging_account_add_line(tables, adjusted->account, row, &line);
    row->balance = adjusted->balance;
    lodging_account_keep(tables, adjusted->account, row, adjusted->standing);
    table_put(tables, &lodging_accounts, key_id(adjusted->account), &row->base);
}
