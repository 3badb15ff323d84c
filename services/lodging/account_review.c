#include "services/lodging/accounts.h"

void lodging_account_emit_reviewed(struct work *work, const struct lodging_account *account)
{
    Lodging__AccountReviewed reviewed = LODGING__ACCOUNT_REVIEWED__INIT;

    reviewed.account = lodging_text(account->id);
    reviewed.stay = account->row->stay;
    reviewed.household = account->row->household;
    reviewed.reviewed_on = date_field(work->arena, work->today);
    reviewed.standing = account->standing;
    work_emit(work, &reviewed.base, account->id, work->today);
}

void lodging_pass_review(struct work *work, const struct deadline *deadline)
{
    struct lodging_account account;
    const struct refusal *refusal;

    if (lodging_account_load(work, deadline->subject, 0, &account) != ACCEPTED)
        return;
    refusal = lodging_account_conclude(work, &account);
    if (refusal) {
        work_undecided(work, refusal);
        return;
    }
    lodging_account_emit_reviewed(work, &account);
    lodging_account_emit_facts(work, &account);
}

void lodging_apply_account_reviewed(struct tables *tables, const struct entry *entry)
{
    const Lodging__AccountReviewed *reviewed = (const Lodging__AccountReviewed *)entry->event;
    Lodging__Records__Account *row =
        table_get(tables, &lodging_accounts, key_id(reviewed->account));

    if (!row)
        return;
    lodging_account_keep(tables, reviewed->account, row, reviewed->standing);
    table_put(tables, &lodging_accounts, key_id(reviewed->account), &row->base);
}
