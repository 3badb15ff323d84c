#include "services/lodging/rules/standing.h"

#include <string.h>

/* Before all accounts: what a standing has come in is there on every day. */
static const struct date LONG_AGO = { 1900, 1, 1 };

/* --- taking entries --------------------------------------------------------------------------- */

static size_t place_of(const struct standing *standing, struct date month)
{
    size_t place = standing->count;

    while (place > 0 && !date_is_before(standing->terms[place - 1].month, month))
        place--;
    return place;
}

/* The term of a month, made where there is none; NULL when there is no room. */
static struct open_term *term_for(struct standing *standing, struct date month)
{
    size_t place = place_of(standing, month);
    struct open_term *term = &standing->terms[place];

    if (place < standing->count && date_is_same(term->month, month))
        return term;
    if (standing->count == standing->capacity)
        return NULL;
    memmove(term + 1, term, (standing->count - place) * sizeof *term);
    *term = (struct open_term){ .month = month };
    standing->count++;
    return term;
}

static struct date first_of(struct date known, struct date day)
{
    return date_is_set(known) ? date_earlier(known, day) : day;
}

static void take_in_term(struct open_term *term, const struct account_entry *entry)
{
    term->services_cents += entry->services_cents;
    switch (entry->kind) {
    case ENTRY_CHARGE:
        term->charged_cents += entry->amount_cents;
        term->due_on = first_of(term->due_on, entry->on);
        break;
    case ENTRY_AID: term->aided_cents += entry->amount_cents; break;
    case ENTRY_PAYMENT: term->paid_cents += entry->amount_cents; break;
    default:
        term->adjusted_cents += entry->amount_cents;
        if (entry->amount_cents > 0)
            term->adjusted_on = first_of(term->adjusted_on, entry->on);
    }
}

static void take_in_pool(struct standing *standing, const struct account_entry *entry)
{
    if (entry->kind == ENTRY_AID)
        standing->aid_cents += entry->amount_cents;
    else if (entry->kind == ENTRY_PAYMENT)
        standing->payments_cents += entry->amount_cents;
    else
        standing->reductions_cents -= entry->amount_cents;
}

/* Does the entry belong to a term, or to all? */
static bool has_a_term(const struct standing *standing, const struct account_entry *entry)
{
    if (entry_makes_a_term(entry))
        return true;
    return entry_names_a_term(entry) &&
           !date_is_before(entry_month(entry), standing->settled_before);
}

bool standing_take(struct standing *standing, const struct account_entry *entry)
{
    struct open_term *term;

    if (!has_a_term(standing, entry)) {
        take_in_pool(standing, entry);
        return true;
    }
    term = term_for(standing, entry_month(entry));
    if (!term)
        return false;
    take_in_term(term, entry);
    return true;
}

/* --- giving them back ------------------------------------------------------------------------- */

static size_t add(struct account_entry entries[], struct account_entry entry)
{
    entries[0] = entry;
    return entry.amount_cents != 0;
}

/* Of services, what exceeds the charge is of what was to be paid more. */
static size_t add_term(struct account_entry entries[], const struct open_term *term)
{
    int64_t of_charge =
        term->services_cents < term->charged_cents ? term->services_cents : term->charged_cents;
    bool more_is_due = term->adjusted_cents > 0;
    size_t count = add(entries, (struct account_entry){ .kind = ENTRY_CHARGE,
                                                        .on = term->due_on,
                                                        .term = term->month,
                                                        .amount_cents = term->charged_cents,
                                                        .services_cents = of_charge });

    count += add(entries + count,
                 (struct account_entry){ .kind = ENTRY_ADJUSTMENT,
                                         .on = more_is_due ? term->adjusted_on : LONG_AGO,
                                         .term = term->month,
                                         .amount_cents = term->adjusted_cents,
                                         .services_cents =
                                             more_is_due ? term->services_cents - of_charge : 0 });
    count += add(entries + count, (struct account_entry){ .kind = ENTRY_AID,
                                                          .on = LONG_AGO,
                                                          .term = term->month,
                                                          .amount_cents = term->aided_cents });
    return count + add(entries + count, (struct account_entry){ .kind = ENTRY_PAYMENT,
                                                                .on = LONG_AGO,
                                                                .term = term->month,
                                                                .amount_cents = term->paid_cents });
}

size_t standing_entries(const struct standing *standing, struct account_entry entries[])
{
    size_t count = 0;

    for (size_t i = 0; i < standing->count; i++)
        count += add_term(entries + count, &standing->terms[i]);
    /* A rent stop that names no month is a reduction of the oldest. */
    count +=
        add(entries + count, (struct account_entry){ .kind = ENTRY_RENT_STOP,
                                                     .on = LONG_AGO,
                                                     .amount_cents = standing->reductions_cents });
    count += add(entries + count, (struct account_entry){ .kind = ENTRY_AID,
                                                          .on = LONG_AGO,
                                                          .amount_cents = standing->aid_cents });
    return count +
           add(entries + count, (struct account_entry){ .kind = ENTRY_PAYMENT,
                                                        .on = LONG_AGO,
                                                        .amount_cents = standing->payments_cents });
}

/* --- forgetting ------------------------------------------------------------------------------- */

/* The month that must stay: the first with something left, else the latest. */
static struct date first_to_keep(const struct rent_term terms[], size_t count)
{
    size_t i = 0;

    while (i + 1 < count && terms[i].left_cents == 0)
        i++;
    return terms[i].month;
}

/* A term of which a part falls due only later says nothing yet. */
static bool is_all_due(const struct open_term *term, struct date on)
{
    return !date_is_after(term->due_on, on) && !date_is_after(term->adjusted_on, on);
}

/* What the pool comes to without a term: it gets what was set against the term by name, and gives
 * what settled it. */
struct pool {
    int64_t reductions_cents;
    int64_t aid_cents;
    int64_t payments_cents;
};

static void pool_takes(struct pool *pool, const struct open_term *term)
{
    pool->reductions_cents -= term->adjusted_cents;
    pool->aid_cents += term->aided_cents;
    pool->payments_cents += term->paid_cents;
}

static void pool_gives(struct pool *pool, const struct rent_term *term)
{
    pool->reductions_cents += term->adjusted_cents;
    pool->aid_cents -= term->aided_cents;
    pool->payments_cents -= term->paid_cents;
}

/* A term that was settled with what a later one has too much of must wait for that one, which may
 * need it yet. */
static bool pool_suffices(const struct pool *pool)
{
    return pool->reductions_cents >= 0 && pool->aid_cents >= 0 && pool->payments_cents >= 0;
}

static void forget_oldest(struct standing *standing, size_t count, const struct pool *pool)
{
    struct date after = date_first_of_next_month(standing->terms[count - 1].month);

    standing->settled_before = date_later(standing->settled_before, after);
    standing->reductions_cents = pool->reductions_cents;
    standing->aid_cents = pool->aid_cents;
    standing->payments_cents = pool->payments_cents;
    standing->count -= count;
    memmove(standing->terms, standing->terms + count, standing->count * sizeof *standing->terms);
}

void standing_forget(struct standing *standing, const struct rent_term terms[], size_t count,
                     struct date on)
{
    struct date keep = count > 0 ? first_to_keep(terms, count) : DATE_NONE;
    struct pool pool = { standing->reductions_cents, standing->aid_cents,
                         standing->payments_cents };
    struct pool kept = pool;
    size_t forgotten = 0, given = 0;

    for (size_t i = 0; i < standing->count; i++) {
        const struct open_term *term = &standing->terms[i];

        if (!date_is_before(term->month, keep) || !is_all_due(term, on))
            break;
        pool_takes(&pool, term);
        while (!date_is_after(terms[given].month, term->month))
            pool_gives(&pool, &terms[given++]);
        if (!pool_suffices(&pool))
            continue;
        forgotten = i + 1;
        kept = pool;
    }
    if (forgotten > 0)
        forget_oldest(standing, forgotten, &kept);
}

int64_t standing_balance_cents(const struct standing *standing)
{
    int64_t balance = -standing->reductions_cents - standing->aid_cents - standing->payments_cents;

    for (size_t i = 0; i < standing->count; i++) {
        const struct open_term *term = &standing->terms[i];

        balance +=
            term->charged_cents + term->adjusted_cents - term->aided_cents - term->paid_cents;
    }
    return balance;
}
