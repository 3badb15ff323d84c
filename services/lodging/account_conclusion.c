#include "services/lodging/accounts.h"

/* Forgets what is settled today. */
static void forget_settled(struct work *work, struct lodging_account *account)
{
    const struct ledger ledger = { .entries = account->entries, .count = account->entry_count };
    struct account sums;

    if (account_at(&ledger, work->today, account->terms, account->term_capacity, &sums))
        standing_forget(&account->kept, account->terms, sums.term_count, work->today);
}

const struct refusal *lodging_account_conclude(struct work *work, struct lodging_account *account)
{
    static const struct date last_of_all = { 2199, 12, 31 };
    const struct ledger ledger = { .entries = account->entries, .count = account->entry_count };
    const struct refusal *refusal;

    account->term_capacity = account_term_count(&ledger, last_of_all) + 1;
    account->terms = arena_take(work->arena, account->term_capacity * sizeof *account->terms);
    account->standing = arena_take(work->arena, sizeof *account->standing);
    if (!account->terms || !account->standing)
        return ACCEPTED; /* the arena is full, which the runtime sees when it is emitted */
    lodging__account_standing__init(account->standing);
    refusal = lodging_arrears_follow(work, account);
    forget_settled(work, account);
    lodging_account_tell_standing(work->arena, &account->kept, account->standing);
    account->balance_cents = standing_balance_cents(&account->kept);
    return refusal;
}
