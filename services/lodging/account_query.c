/* What is told of accounts. */
#include "services/lodging/accounts.h"

/* --- an account without its terms ------------------------------------------------------------- */

static bool holds(const Lodging__Records__Account *row, Lodging__ArrearsFact fact)
{
    for (size_t i = 0; i < row->n_episodes; i++)
        if (row->episodes[i]->fact == fact)
            return true;
    return false;
}

/* The debt at the end of today, of the open terms. */
static struct debt debt_today(struct work *work, const char *id)
{
    static const struct debt_view view = { .weighed = WHOLE_DEBT };
    struct lodging_account account;
    struct ledger ledger;
    struct account sums = { 0 };
    struct rent_term *terms;
    size_t capacity;

    if (lodging_account_load(work, id, 0, &account) != ACCEPTED)
        return (struct debt){ 0 };
    ledger = (struct ledger){ .entries = account.entries, .count = account.entry_count };
    capacity = account_term_count(&ledger, work->today);
    terms = arena_take(work->arena, (capacity + 1) * sizeof *terms);
    if (!terms || !account_at(&ledger, work->today, terms, capacity, &sums))
        return (struct debt){ 0 };
    return debt_of(terms, sums.term_count, NULL, &view);
}

static void tell_account(struct work *work, Lodging__AccountReply *reply, const char *id,
                         const Lodging__Records__Account *row)
{
    const struct debt debt = debt_today(work, id);

    lodging__account_reply__init(reply);
    reply->account = lodging_text(id);
    reply->stay = row->stay;
    reply->household = row->household;
    reply->unit = row->unit;
    reply->balance = money_field(work->arena, cents_of(row->balance));
    reply->oldest_due_on = date_field(work->arena, debt.oldest_due_on);
    reply->unpaid_terms = (uint32_t)debt.wholly_unpaid_terms;
    reply->late = holds(row, LODGING__ARREARS_FACT__ARREARS_FACT_TERM_UNPAID);
    reply->over_apl_threshold = holds(row, LODGING__ARREARS_FACT__ARREARS_FACT_APL_THRESHOLD);
    reply->termination_possible =
        holds(row, LODGING__ARREARS_FACT__ARREARS_FACT_TERMINATION_POSSIBLE);
}

/* --- the whole ledger ------------------------------------------------------------------------- */

static enum entry_kind kind_of(const Lodging__Records__Line *line)
{
    switch (line->kind) {
    case LODGING__RECORDS__LINE_KIND__LINE_KIND_FEE: return ENTRY_CHARGE;
    case LODGING__RECORDS__LINE_KIND__LINE_KIND_PAYMENT: return ENTRY_PAYMENT;
    case LODGING__RECORDS__LINE_KIND__LINE_KIND_AID: return ENTRY_AID;
    default: return ENTRY_ADJUSTMENT;
    }
}

static struct account_entry entry_of(const Lodging__Records__Line *line)
{
    enum entry_kind kind = kind_of(line);
    bool is_money = kind == ENTRY_PAYMENT || kind == ENTRY_AID;

    return (struct account_entry){
        .kind = kind,
        .on = date_of(line->on),
        .term = date_of(line->term),
        .amount_cents = is_money ? -cents_of(line->amount) : cents_of(line->amount),
        .services_cents = cents_of(line->services),
    };
}

static size_t read_lines(struct work *work, const char *id, struct account_entry entries[],
                         size_t most)
{
    struct walk walk = walk_from(work->tables, &lodging_account_lines, key_id(id));
    size_t count = 0;

    while (count < most && walk_next(&walk)) {
        entries[count++] = entry_of(walk.value);
        walk_forget(&walk);
    }
    return count;
}

static Lodging__TermStanding *tell_term(struct arena *arena, const struct rent_term *term)
{
    Lodging__TermStanding *standing = arena_take(arena, sizeof *standing);

    if (!standing)
        return NULL;
    lodging__term_standing__init(standing);
    standing->term = date_field(arena, term->month);
    standing->due_on = date_field(arena, term->due_on);
    standing->charged = money_field(arena, rent_term_due_cents(term));
    standing->aided = money_field(arena, term->aided_cents);
    standing->paid = money_field(arena, term->paid_cents);
    standing->left = money_field(arena, term->left_cents);
    return standing;
}

/* Every month ever charged, those not due yet too, by the account's rule over all its lines. */
static void tell_terms(struct work *work, Lodging__AccountReply *reply,
                       const Lodging__Records__Account *row)
{
    static const struct date last_of_all = { 2199, 12, 31 };
    struct account_entry *entries =
        arena_take(work->arena, ((size_t)row->lines + 1) * sizeof *entries);
    struct ledger ledger = { .entries = entries };
    struct rent_term *terms;
    struct account sums;
    size_t capacity;

    if (!entries)
        return;
    ledger.count = read_lines(work, reply->account, entries, row->lines);
    capacity = account_term_count(&ledger, last_of_all);
    terms = arena_take(work->arena, (capacity + 1) * sizeof *terms);
    reply->terms = arena_take(work->arena, (capacity + 1) * sizeof *reply->terms);
    if (!terms || !reply->terms || !account_at(&ledger, last_of_all, terms, capacity, &sums))
        return;
    for (size_t i = 0; i < sums.term_count; i++) {
        reply->terms[i] = tell_term(work->arena, &terms[i]);
        if (!reply->terms[i])
            return;
        reply->n_terms++;
    }
}

const struct refusal *lodging_on_account(struct work *work, const void *body)
{
    const Lodging__AccountQuery *asked = body;
    const Lodging__Records__Account *row =
        table_get(work->tables, &lodging_accounts, key_id(asked->account));
    Lodging__AccountReply reply;

    if (!row)
        return not_known(work, "account", asked->account);
    tell_account(work, &reply, asked->account, row);
    tell_terms(work, &reply, row);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

/* --- lists ------------------------------------------------------------------------------------ */

static bool add_account(struct work *work, Lodging__AccountsReply *reply, const struct walk *walk)
{
    Lodging__AccountReply *account = arena_take(work->arena, sizeof *account);
    char *id = arena_take(work->arena, ID_TEXT_SIZE);
    size_t at = 0;
    const Lodging__Records__Account *row;

    if (!account || !id || !key_read_id(&walk->key, &at, id))
        return false;
    row = table_get(work->tables, &lodging_accounts, key_id(id));
    if (!row)
        return false;
    tell_account(work, account, id, row);
    reply->accounts[reply->n_accounts++] = account;
    return true;
}

const struct refusal *lodging_on_accounts(struct work *work, const void *body)
{
    const Lodging__AccountsQuery *asked = body;
    Lodging__AccountsReply reply = LODGING__ACCOUNTS_REPLY__INIT;
    uint32_t most = lodging_most(asked->most);
    struct walk walk = lodging_walk_after(
        work->tables, asked->late_only ? &lodging_accounts_late : &lodging_accounts,
        (struct key){ 0 }, asked->after);

    reply.accounts = arena_take(work->arena, most * sizeof *reply.accounts);
    while (reply.accounts && walk_next(&walk)) {
        if (reply.n_accounts == most) {
            reply.more = true;
            break;
        }
        if (!add_account(work, &reply, &walk))
            break;
    }
    work_reply(work, &reply.base);
    return ACCEPTED;
}
