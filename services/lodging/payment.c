#include "services/lodging/accounts.h"

#include "libcommon/money.h"

#include <string.h>

/* Banks' are shorter. */
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

/* Numbers of lines begin with zeros for ever, so nothing of theirs lies here. */
static struct key reference_key(const char *account, struct bytes digest)
{
    struct key key = key_id(account);

    key_add_byte(&key, 255);
    key_add_bytes(&key, digest.at, digest.length);
    return key;
}

/* What tells one reference of an account from another, and nothing more; empty: there is none. */
static struct bytes digest_of(struct work *work, const Lodging__RecordPayment *asked)
{
    const uint8_t *digest =
        *asked->reference != '\0' ? work_digest(work, asked->account, asked->reference) : NULL;

    return (struct bytes){ digest, digest ? HASH_SIZE : 0 };
}

static const struct refusal *check_payment(struct work *work, const Lodging__RecordPayment *asked,
                                           struct date *paid_on)
{
    const struct refusal *refusal = need_amount(work, "amount", asked->amount);

    if (!refusal)
        refusal = need_fact_date(work, "paid_on", asked->paid_on, paid_on);
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
                                                       struct bytes digest)
{
    const Lodging__Records__Line *found;
    struct key key = key_id(account);

    if (digest.length == 0)
        return NULL;
    found = table_get(work->tables, &lodging_account_lines, reference_key(account, digest));
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
                         struct bytes digest, const struct lodging_account *account,
                         const struct account_entry *entry)
{
    Lodging__PaymentRecorded recorded = LODGING__PAYMENT_RECORDED__INIT;

    recorded.account = asked->account;
    recorded.stay = account->row->stay;
    recorded.household = account->row->household;
    recorded.amount = asked->amount;
    recorded.paid_on = date_field(work->arena, entry->on);
    recorded.method = asked->method;
    recorded.term = date_field(work->arena, entry->term);
    recorded.reference_digest =
        (ProtobufCBinaryData){ digest.length, (uint8_t *)(uintptr_t)digest.at };
    recorded.balance = money_field(work->arena, account->balance_cents);
    recorded.standing = account->standing;
    lodging_emit_with_words(work, &recorded.base, asked->account, entry->on,
                            account->row->household, asked->reference);
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
    struct bytes digest;
    const struct refusal *refusal = check_payment(work, asked, &paid_on);

    if (!refusal)
        refusal = lodging_account_load(work, asked->account, 1, &account);
    if (refusal)
        return refusal;
    digest = digest_of(work, asked);
    same = line_of_reference(work, asked->account, digest);
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
    emit_payment(work, asked, digest, &account, &entry);
    return answer_payment(work, account.balance_cents);
}

static void put_reference(struct tables *tables, const Lodging__PaymentRecorded *recorded,
                          uint32_t line)
{
    Lodging__Records__Line reference = LODGING__RECORDS__LINE__INIT;
    struct bytes digest = { recorded->reference_digest.data, recorded->reference_digest.len };

    if (digest.length == 0)
        return;
    reference.line = line;
    table_put(tables, &lodging_account_lines, reference_key(recorded->account, digest),
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
    line.reference = lodging_words(entry);
    put_reference(tables, recorded, row->lines);
    lodging_account_add_line(tables, recorded->account, row, &line);
    row->balance = recorded->balance;
    lodging_account_keep(tables, recorded->account, row, recorded->standing);
    table_put(tables, &lodging_accounts, key_id(recorded->account), &row->base);
}
