#include "services/lodging/accounts.h"

const struct table lodging_accounts = { "accounts", &lodging__records__account__descriptor };
const struct table lodging_account_lines = { "account_lines", &lodging__records__line__descriptor };

/* --- an account at hand ----------------------------------------------------------------------- */

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
        return not_known(work, "account", id);
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

void lodging_account_tell_standing(struct arena *arena, const struct standing *kept,
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

/* --- for apply -------------------------------------------------------------------------------- */

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

/* --- from title to exit ----------------------------------------------------------------------- */

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
