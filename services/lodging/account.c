#include "services/lodging/accounts.h"

#include "libcommon/money.h"

#include <string.h>

const struct table lodging_accounts = { "accounts", &lodging__records__account__descriptor };
const struct table lodging_account_lines = { "account_lines", &lodging__records__line__descriptor };

/* --- an account at hand ------------------------------------------------------------------------
 */

static struct open_term open_term_of(const Lodging__OpenTerm *term)
{
    return (struct open_term){
        .month = date_of(term->term),
        .due_on = date_of(term->due_on),
        .charged_cents = term->charged_cents,
        .services_cents = term->services_cents,
        .adjusted_cents = term->adjusted_cents,
        .adjusted_on = date_of(term->adjusted_on),
        .aided_cents = term->aided_cents,
        .paid_cents = term->paid_cents,
    };
}

/* The standing with room for more terms; without any when the arena is full. */
static struct standing standing_of(struct arena *arena, const Lodging__AccountStanding *message,
                                   size_t more)
{
    size_t count = message ? message->n_terms : 0;
    struct standing standing = { .capacity = count + more };

    standing.terms = arena_take(arena, (count + more) * sizeof *standing.terms);
    if (!standing.terms)
        return (struct standing){ 0 };
    for (; standing.count < count; standing.count++)
        standing.terms[standing.count] = open_term_of(message->terms[standing.count]);
    if (message) {
        standing.reductions_cents = message->reductions_cents;
        standing.aid_cents = message->aid_cents;
        standing.payments_cents = message->payments_cents;
        standing.settled_before = date_of(message->settled_before);
    }
    return standing;
}

const struct refusal *lodging_account_load(struct work *work, const char *id, size_t more,
                                           struct lodging_account *account)
{
    *account = (struct lodging_account){ .id = id };
    account->row = table_get(work->tables, &lodging_accounts, key_id(id));
    if (!account->row)
        return not_known(work, "account");
    account->has_left = account->row->left_on != NULL;
    account->kept = standing_of(work->arena, account->row->standing, more);
    account->entry_capacity = account->kept.count * ENTRIES_OF_A_TERM + ENTRIES_OF_THE_POOL + more;
    account->entries = arena_take(work->arena, account->entry_capacity * sizeof *account->entries);
    if (account->entries)
        account->entry_count = standing_entries(&account->kept, account->entries);
    else
        account->entry_capacity = 0;
    return ACCEPTED;
}

const struct refusal *lodging_account_enter(struct lodging_account *account,
                                            const struct account_entry *entry)
{
    const struct ledger ledger = { .entries = account->entries, .count = account->entry_count };
    const struct refusal *refusal = account_may_enter(&ledger, entry);

    if (refusal || account->entry_count == account->entry_capacity)
        return refusal; /* no room: the arena is full, which is a fault that the runtime sees */
    standing_take(&account->kept, entry);
    account->entries[account->entry_count++] = *entry;
    account->first_new =
        date_is_set(account->first_new) ? date_earlier(account->first_new, entry->on) : entry->on;
    return ACCEPTED;
}

static Lodging__OpenTerm *open_term_field(struct arena *arena, const struct open_term *term)
{
    Lodging__OpenTerm *field = arena_take(arena, sizeof *field);

    if (!field)
        return NULL;
    lodging__open_term__init(field);
    field->term = date_field(arena, term->month);
    field->due_on = date_field(arena, term->due_on);
    field->charged_cents = term->charged_cents;
    field->services_cents = term->services_cents;
    field->adjusted_cents = term->adjusted_cents;
    field->adjusted_on = date_field(arena, term->adjusted_on);
    field->aided_cents = term->aided_cents;
    field->paid_cents = term->paid_cents;
    return field;
}

static void tell_standing(struct arena *arena, const struct standing *kept,
                          Lodging__AccountStanding *message)
{
    message->terms = arena_take(arena, (kept->count + 1) * sizeof *message->terms);
    for (size_t i = 0; message->terms && i < kept->count; i++) {
        message->terms[i] = open_term_field(arena, &kept->terms[i]);
        if (!message->terms[i])
            return;
        message->n_terms++;
    }
    message->reductions_cents = kept->reductions_cents;
    message->aid_cents = kept->aid_cents;
    message->payments_cents = kept->payments_cents;
    message->settled_before = date_field(arena, kept->settled_before);
}

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
    tell_standing(work->arena, &account->kept, account->standing);
    account->balance_cents = standing_balance_cents(&account->kept);
    return refusal;
}

/* --- for apply ----------------------------------------------------------------------------------
 */

void lodging_account_keep(struct tables *tables, const char *id, Lodging__Records__Account *row,
                          Lodging__AccountStanding *standing)
{
    int64_t before_ms = row->standing ? row->standing->next_look_ms : 0;

    if (!standing)
        return;
    row->standing = standing;
    if (standing->next_look_ms == before_ms)
        return;
    if (before_ms != 0)
        deadline_clear(tables, LODGING_DEADLINE_REVIEW, before_ms, id, 0);
    if (standing->next_look_ms != 0)
        deadline_set(tables, LODGING_DEADLINE_REVIEW, standing->next_look_ms, id, 0);
}

void lodging_account_add_line(struct tables *tables, const char *id, Lodging__Records__Account *row,
                              const Lodging__Records__Line *line)
{
    struct key key = key_id(id);

    key_add_number(&key, row->lines++);
    table_put(tables, &lodging_account_lines, key, &line->base);
}

/* Numbers of lines begin with zeros for ever, so nothing of theirs lies here. */
static struct key reference_key(const char *account, const char *reference)
{
    struct key key = key_id(account);

    key_add_byte(&key, 255);
    key_add_text(&key, reference);
    return key;
}

void lodging_account_open(struct tables *tables, const Lodging__TitleSigned *title)
{
    Lodging__Records__Account row = LODGING__RECORDS__ACCOUNT__INIT;

    row.stay = title->stay;
    row.household = title->household;
    row.unit = title->unit;
    row.kind = title->kind;
    row.rent = title->rent;
    row.charges = title->charges;
    row.services = title->services;
    row.aid_payee = title->aid_payee;
    table_put(tables, &lodging_accounts, key_id(title->account), &row.base);
}

void lodging_account_start(struct tables *tables, const Lodging__StayStarted *started)
{
    Lodging__Records__Account *row = table_get(tables, &lodging_accounts, key_id(started->account));

    if (!row)
        return;
    row->fees_from = started->fees_from;
    row->next_fee_ms = started->next_fee_ms;
    table_put(tables, &lodging_accounts, key_id(started->account), &row->base);
    if (started->next_fee_ms != 0)
        deadline_set(tables, LODGING_DEADLINE_FEE, started->next_fee_ms, started->account, 0);
}

void lodging_account_end(struct tables *tables, const Lodging__StayEnded *ended)
{
    Lodging__Records__Account *row = table_get(tables, &lodging_accounts, key_id(ended->account));

    if (!row)
        return;
    if (row->next_fee_ms != 0)
        deadline_clear(tables, LODGING_DEADLINE_FEE, row->next_fee_ms, ended->account, 0);
    row->next_fee_ms = 0;
    row->left_on = ended->left_on;
    table_put(tables, &lodging_accounts, key_id(ended->account), &row->base);
}

/* --- payments -----------------------------------------------------------------------------------
 */

/* As long as a key's part may be; banks' are shorter. */
enum { REFERENCE_LONGEST = 60 };

static const struct refusal reference_too_long = {
    .code = "REFERENCE_TOO_LONG",
    .field = "reference",
    .rule = "6.9",
    .french = "La référence du paiement compte au plus 60 octets.",
    .english = "The payment's reference has 60 bytes at most.",
};

static const struct refusal reference_of_another_payment = {
    .code = "REFERENCE_OF_ANOTHER_PAYMENT",
    .field = "reference",
    .rule = "6.9",
    .french = "Un paiement d'un autre montant porte déjà cette référence sur ce compte : vérifiez "
              "la référence et le montant.",
    .english = "A payment of another amount has this reference on this account already: check "
               "reference and amount.",
};

static const struct refusal *check_payment(struct work *work, const Lodging__RecordPayment *asked,
                                           struct date *paid_on)
{
    const struct refusal *refusal = need_amount(work, "amount", asked->amount);

    if (!refusal)
        refusal = lodging_fact_date(work, "paid_on", asked->paid_on, paid_on);
    if (!refusal)
        refusal = need_choice(work, "method", asked->method);
    if (!refusal && asked->term)
        refusal = need_date(work, "term", asked->term);
    if (!refusal && strlen(asked->reference) > REFERENCE_LONGEST)
        refusal = &reference_too_long;
    return refusal;
}

/* The payment recorded under the same reference; NULL: none. */
static const Lodging__Records__Line *line_of_reference(struct work *work, const char *account,
                                                       const char *reference)
{
    const Lodging__Records__Line *found;
    struct key key = key_id(account);

    if (*reference == '\0')
        return NULL;
    found = table_get(work->tables, &lodging_account_lines, reference_key(account, reference));
    if (!found)
        return NULL;
    key_add_number(&key, found->line);
    return table_get(work->tables, &lodging_account_lines, key);
}

/* An aid is always for one month: the one named, else the oldest open, else that of its coming. */
static struct date month_of_aid(const struct standing *standing, struct date paid_on)
{
    for (size_t i = 0; i < standing->count; i++) {
        const struct open_term *term = &standing->terms[i];

        if (term->charged_cents + term->adjusted_cents > term->aided_cents + term->paid_cents)
            return term->month;
    }
    return paid_on;
}

static struct account_entry entry_of_payment(const Lodging__RecordPayment *asked,
                                             const struct standing *standing, struct date paid_on)
{
    struct account_entry entry = {
        .kind = asked->method == LODGING__PAYMENT_METHOD__PAYMENT_METHOD_HOUSING_AID
                    ? ENTRY_AID
                    : ENTRY_PAYMENT,
        .on = paid_on,
        .term = date_of(asked->term),
        .amount_cents = cents_of(asked->amount),
    };

    if (entry.kind == ENTRY_AID && !entry_names_a_term(&entry))
        entry.term = month_of_aid(standing, paid_on);
    if (entry_names_a_term(&entry))
        entry.term = date_first_of_month(entry.term);
    return entry;
}

static void emit_payment(struct work *work, const Lodging__RecordPayment *asked,
                         const struct lodging_account *account, const struct account_entry *entry)
{
    Lodging__PaymentRecorded recorded = LODGING__PAYMENT_RECORDED__INIT;

    recorded.account = asked->account;
    recorded.stay = account->row->stay;
    recorded.household = account->row->household;
    recorded.amount = asked->amount;
    recorded.paid_on = date_field(work->arena, entry->on);
    recorded.method = asked->method;
    recorded.term = date_field(work->arena, entry->term);
    recorded.reference = asked->reference;
    recorded.balance = money_field(work->arena, account->balance_cents);
    recorded.standing = account->standing;
    work_emit(work, &recorded.base, asked->account, entry->on);
    lodging_account_emit_facts(work, account);
}

static const struct refusal *answer_payment(struct work *work, int64_t balance_cents)
{
    Lodging__RecordPaymentReply reply = LODGING__RECORD_PAYMENT_REPLY__INIT;

    reply.balance = money_field(work->arena, balance_cents);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

const struct refusal *lodging_on_record_payment(struct work *work, const void *body)
{
    const Lodging__RecordPayment *asked = body;
    const Lodging__Records__Line *same;
    struct lodging_account account;
    struct account_entry entry;
    struct date paid_on;
    const struct refusal *refusal = check_payment(work, asked, &paid_on);

    if (!refusal)
        refusal = lodging_account_load(work, asked->account, 1, &account);
    if (refusal)
        return refusal;
    same = line_of_reference(work, asked->account, asked->reference);
    if (same)
        return cents_of(same->amount) == -asked->amount->cents
                   ? answer_payment(work, cents_of(account.row->balance))
                   : &reference_of_another_payment;
    entry = entry_of_payment(asked, &account.kept, paid_on);
    refusal = lodging_account_enter(&account, &entry);
    if (!refusal)
        refusal = lodging_account_conclude(work, &account);
    if (refusal)
        return refusal;
    emit_payment(work, asked, &account, &entry);
    return answer_payment(work, account.balance_cents);
}

static void put_reference(struct tables *tables, const Lodging__PaymentRecorded *recorded,
                          uint32_t line)
{
    Lodging__Records__Line reference = LODGING__RECORDS__LINE__INIT;

    if (*recorded->reference == '\0')
        return;
    reference.line = line;
    table_put(tables, &lodging_account_lines, reference_key(recorded->account, recorded->reference),
              &reference.base);
}

void lodging_apply_payment_recorded(struct tables *tables, const struct entry *entry)
{
    const Lodging__PaymentRecorded *recorded = (const Lodging__PaymentRecorded *)entry->event;
    Lodging__Records__Account *row =
        table_get(tables, &lodging_accounts, key_id(recorded->account));
    Lodging__Records__Line line = LODGING__RECORDS__LINE__INIT;

    if (!row)
        return;
    line.kind = recorded->method == LODGING__PAYMENT_METHOD__PAYMENT_METHOD_HOUSING_AID
                    ? LODGING__RECORDS__LINE_KIND__LINE_KIND_AID
                    : LODGING__RECORDS__LINE_KIND__LINE_KIND_PAYMENT;
    line.on = recorded->paid_on;
    line.term = recorded->term;
    line.amount = money_field(tables->arena, -cents_of(recorded->amount));
    line.method = recorded->method;
    line.reference = recorded->reference;
    put_reference(tables, recorded, row->lines);
    lodging_account_add_line(tables, recorded->account, row, &line);
    row->balance = recorded->balance;
    lodging_account_keep(tables, recorded->account, row, recorded->standing);
    table_put(tables, &lodging_accounts, key_id(recorded->account), &row->base);
}

/* --- adjustments --------------------------------------------------------------------------------
 */

static const struct refusal *check_adjustment(struct work *work,
                                              const Lodging__AdjustAccount *asked,
                                              struct account_entry *entry)
{
    const struct refusal *refusal =
        lodging_fact_date(work, "adjusted_on", asked->adjusted_on, &entry->on);

    if (!refusal)
        refusal = need_text(work, "reason", asked->reason);
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
