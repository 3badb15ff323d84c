#include "services/lodging/rules/account.h"

#include "libcommon/money.h"

/* Money and reductions that have no term of their own, or more than it takes. */
struct pool {
    int64_t reductions_cents;
    int64_t aid_cents;
    int64_t waivers_cents;
    int64_t payments_cents[FREEZES_MOST + 1]; /* by the freeze they were made under; last: none */
};

/* The months that an account's terms cover; both ends included, both absent when there is none. */
struct months {
    struct date first;
    struct date last;
};

/* --- terms and freezes ------------------------------------------------------------------------ */

int64_t rent_term_due_cents(const struct rent_term *term)
{
    return term->charged_cents + term->adjusted_cents;
}

int64_t rent_term_housing_left_cents(const struct rent_term *term)
{
    return money_larger(0, term->left_cents - term->services_cents);
}

static size_t freeze_index(const struct ledger *ledger, struct date on)
{
    for (size_t i = 0; i < FREEZES_MOST; i++)
        if (date_is_set(ledger->freezes[i].from) &&
            date_is_within(on, ledger->freezes[i].from, ledger->freezes[i].end))
            return i;
    return FREEZES_MOST;
}

const struct freeze_span *ledger_freeze_on(const struct ledger *ledger, struct date on)
{
    size_t index = freeze_index(ledger, on);

    return index < FREEZES_MOST ? &ledger->freezes[index] : NULL;
}

bool rent_term_is_frozen(const struct rent_term *term, const struct freeze_span *freeze)
{
    return freeze && date_is_before(term->due_on, freeze->from);
}

/* --- the months covered ----------------------------------------------------------------------- */

static size_t months_apart(struct date first, struct date last)
{
    return (size_t)((last.year - first.year) * 12 + last.month - first.month);
}

static struct months months_charged(const struct ledger *ledger, struct date on)
{
    struct months months = { 0 };

    for (size_t i = 0; i < ledger->count; i++) {
        const struct account_entry *entry = &ledger->entries[i];
        struct date month = entry_month(entry);

        if (date_is_after(entry->on, on) || !entry_makes_a_term(entry))
            continue;
        months.last = date_later(months.last, month);
        months.first = date_is_set(months.first) ? date_earlier(months.first, month) : month;
    }
    return months;
}

size_t account_term_count(const struct ledger *ledger, struct date on)
{
    struct months months = months_charged(ledger, on);

    return date_is_set(months.first) ? months_apart(months.first, months.last) + 1 : 0;
}

/* --- gathering the entries -------------------------------------------------------------------- */

/* The term an entry is set against first; NULL: it goes to the pool. */
static struct rent_term *term_of(const struct account_entry *entry, struct rent_term terms[],
                                 size_t count)
{
    struct date month = entry_month(entry);

    if (count == 0 || date_is_before(month, terms[0].month) ||
        date_is_after(month, terms[count - 1].month))
        return NULL;
    if (!entry_names_a_term(entry) && !entry_makes_a_term(entry))
        return NULL;
    return &terms[months_apart(terms[0].month, month)];
}

static void charge_term(struct rent_term *term, const struct account_entry *entry)
{
    if (entry_makes_a_term(entry))
        term->due_on =
            date_is_set(term->due_on) ? date_earlier(term->due_on, entry->on) : entry->on;
    term->services_cents += entry->services_cents;
}

static void gather_in_term(struct rent_term *term, const struct account_entry *entry)
{
    switch (entry->kind) {
    case ENTRY_CHARGE:
        term->charged_cents += entry->amount_cents;
        charge_term(term, entry);
        break;
    case ENTRY_ADJUSTMENT:
    case ENTRY_TRANSFER:
        term->adjusted_cents += entry->amount_cents;
        charge_term(term, entry);
        break;
    case ENTRY_RENT_STOP: term->adjusted_cents -= entry->amount_cents; break;
    case ENTRY_AID: term->aided_cents += entry->amount_cents; break;
    case ENTRY_WAIVER: term->waived_cents += entry->amount_cents; break;
    case ENTRY_PAYMENT: term->paid_cents += entry->amount_cents; break;
    case ENTRY_AID_AWAITED: term->awaited_aid_cents += entry->amount_cents; break;
    }
}

static void gather_in_pool(const struct ledger *ledger, struct pool *pool,
                           const struct account_entry *entry)
{
    switch (entry->kind) {
    case ENTRY_ADJUSTMENT:
    case ENTRY_TRANSFER: pool->reductions_cents -= entry->amount_cents; break;
    case ENTRY_RENT_STOP: pool->reductions_cents += entry->amount_cents; break;
    case ENTRY_AID: pool->aid_cents += entry->amount_cents; break;
    case ENTRY_WAIVER: pool->waivers_cents += entry->amount_cents; break;
    case ENTRY_PAYMENT:
        pool->payments_cents[freeze_index(ledger, entry->on)] += entry->amount_cents;
        break;
    case ENTRY_CHARGE: /* has a term always */
    case ENTRY_AID_AWAITED: /* is no money */ break;
    }
}

static void gather_in_account(struct account *account, const struct account_entry *entry)
{
    switch (entry->kind) {
    case ENTRY_CHARGE: account->charged_cents += entry->amount_cents; break;
    case ENTRY_ADJUSTMENT:
    case ENTRY_TRANSFER: account->adjusted_cents += entry->amount_cents; break;
    case ENTRY_RENT_STOP: account->adjusted_cents -= entry->amount_cents; break;
    case ENTRY_AID: account->aided_cents += entry->amount_cents; break;
    case ENTRY_WAIVER: account->waived_cents += entry->amount_cents; break;
    case ENTRY_PAYMENT: account->paid_cents += entry->amount_cents; break;
    case ENTRY_AID_AWAITED: break;
    }
}

/* Money that names a month later than any charged waits: it stays in the credit. */
static bool waits_for_its_term(const struct account_entry *entry, struct date last_month)
{
    return entry_names_a_term(entry) && date_is_after(entry_month(entry), last_month);
}

static void gather(const struct ledger *ledger, struct date on, struct rent_term terms[],
                   struct pool *pool, struct account *account)
{
    struct date last_month = months_charged(ledger, on).last;

    for (size_t i = 0; i < ledger->count; i++) {
        const struct account_entry *entry = &ledger->entries[i];
        struct rent_term *term = term_of(entry, terms, account->term_count);

        if (date_is_after(entry->on, on))
            continue;
        gather_in_account(account, entry);
        if (term)
            gather_in_term(term, entry);
        else if (!waits_for_its_term(entry, last_month))
            gather_in_pool(ledger, pool, entry);
    }
}

/* --- settling the terms ----------------------------------------------------------------------- */

/* Keeps of what is set against a term no more than is left of it; the rest goes to the pool. */
static void keep(int64_t *set_against_cents, int64_t *left_cents, int64_t *pool_cents)
{
    int64_t kept = money_smaller(*set_against_cents, *left_cents);

    *pool_cents += *set_against_cents - kept;
    *left_cents -= kept;
    *set_against_cents = kept;
}

static void settle_with_its_own(const struct ledger *ledger, struct rent_term *term,
                                struct pool *pool)
{
    struct date owed_on = date_is_set(term->due_on) ? term->due_on : term->month;
    int64_t due = rent_term_due_cents(term);
    int64_t excess = money_larger(0, -due);

    pool->reductions_cents += excess;
    term->adjusted_cents += excess;
    term->left_cents = due + excess;
    keep(&term->aided_cents, &term->left_cents, &pool->aid_cents);
    keep(&term->waived_cents, &term->left_cents, &pool->waivers_cents);
    keep(&term->paid_cents, &term->left_cents,
         &pool->payments_cents[freeze_index(ledger, owed_on)]);
}

/* Pours from a pool what is left of a term; returns what was poured. */
static int64_t pour(int64_t *pool_cents, int64_t *left_cents)
{
    int64_t poured = money_smaller(*pool_cents, *left_cents);

    *pool_cents -= poured;
    *left_cents -= poured;
    return poured;
}

static void settle_from_pool(const struct ledger *ledger, struct rent_term *term, struct pool *pool)
{
    term->adjusted_cents -= pour(&pool->reductions_cents, &term->left_cents);
    term->aided_cents += pour(&pool->aid_cents, &term->left_cents);
    term->waived_cents += pour(&pool->waivers_cents, &term->left_cents);
    for (size_t i = 0; i < FREEZES_MOST; i++)
        if (!rent_term_is_frozen(term, &ledger->freezes[i]))
            term->paid_cents += pour(&pool->payments_cents[i], &term->left_cents);
    term->paid_cents += pour(&pool->payments_cents[FREEZES_MOST], &term->left_cents);
}

/* A payment may bounce after a freeze has begun, or ended: what is taken back in one part of the
 * pool and came in in another is levelled between them. */
static void level_payments(struct pool *pool)
{
    int64_t *unfrozen_cents = &pool->payments_cents[FREEZES_MOST];

    for (size_t i = 0; i < FREEZES_MOST; i++) {
        int64_t short_cents = money_smaller(0, pool->payments_cents[i]);

        pool->payments_cents[i] -= short_cents;
        *unfrozen_cents += short_cents;
    }
    for (size_t i = 0; i < FREEZES_MOST; i++) {
        int64_t lent_cents =
            money_smaller(pool->payments_cents[i], money_larger(0, -*unfrozen_cents));

        pool->payments_cents[i] -= lent_cents;
        *unfrozen_cents += lent_cents;
    }
}

static void finish_term(struct rent_term *term)
{
    int64_t awaited = money_larger(0, term->awaited_aid_cents - term->aided_cents);

    term->services_cents =
        money_larger(0, money_smaller(term->services_cents, rent_term_due_cents(term)));
    term->awaited_aid_cents = money_smaller(awaited, term->left_cents);
}

static void settle(const struct ledger *ledger, struct rent_term terms[], size_t count,
                   struct pool *pool)
{
    for (size_t i = 0; i < count; i++)
        settle_with_its_own(ledger, &terms[i], pool);
    level_payments(pool);
    for (size_t i = 0; i < count; i++) {
        settle_from_pool(ledger, &terms[i], pool);
        finish_term(&terms[i]);
    }
}

bool account_at(const struct ledger *ledger, struct date on, struct rent_term terms[],
                size_t capacity, struct account *account)
{
    struct months months = months_charged(ledger, on);
    struct account sum = { .term_count = account_term_count(ledger, on) };
    struct pool pool = { 0 };

    if (sum.term_count > capacity)
        return false;
    for (size_t i = 0; i < sum.term_count; i++)
        terms[i] = (struct rent_term){ .month = date_add_months(months.first, (int32_t)i) };
    gather(ledger, on, terms, &pool, &sum);
    settle(ledger, terms, sum.term_count, &pool);
    for (size_t i = 0; i < sum.term_count; i++) {
        sum.left_cents += terms[i].left_cents;
        sum.awaited_aid_cents += terms[i].awaited_aid_cents;
    }
    sum.credit_cents = sum.aided_cents + sum.waived_cents + sum.paid_cents + sum.left_cents -
                       sum.charged_cents - sum.adjusted_cents;
    *account = sum;
    return true;
}
