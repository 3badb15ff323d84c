#include "services/lodging/rules/over_indebtedness_freeze.h"

const struct parameter_field freeze_law[] = {
    { "measures.over_indebtedness.suspension_period", UNIT_PERIOD,
      offsetof(struct freeze_law, suspension) },
    { "measures.over_indebtedness.clause_stay_period", UNIT_PERIOD,
      offsetof(struct freeze_law, clause_stay) },
    { 0 },
};

/* --- the freeze ------------------------------------------------------------------------------- */

/* The earlier of an end and a day that may not have come. */
static struct date ended_by(struct date end, struct date day)
{
    return date_is_set(day) ? date_earlier(end, day) : end;
}

struct freeze_span freeze_span_of(const struct debt_file *file, const struct freeze_law *law)
{
    struct date last = date_add_period(file->admissible_on, law->suspension);
    struct date end = date_add_days(last, 1);

    if (!date_is_set(file->admissible_on))
        return (struct freeze_span){ 0 };
    end = ended_by(end, file->settled_on);
    end = ended_by(end, file->closed_on);
    end = ended_by(end, file->rejected_on);
    return (struct freeze_span){ .from = file->admissible_on, .end = end };
}

static bool holds_on(const struct freeze_span *freeze, struct date on)
{
    return date_is_set(freeze->from) && date_is_within(on, freeze->from, freeze->end);
}

int64_t frozen_cents(const struct rent_term terms[], size_t count, const struct freeze_span *freeze,
                     struct date on)
{
    int64_t cents = 0;

    if (!holds_on(freeze, on))
        return 0;
    for (size_t i = 0; i < count; i++)
        if (rent_term_is_frozen(&terms[i], freeze))
            cents += terms[i].left_cents;
    return cents;
}

bool payment_is_on_frozen_term(const struct account_entry *entry, const struct rent_term terms[],
                               size_t count, const struct freeze_span *freeze)
{
    if (entry->kind != ENTRY_PAYMENT || !entry_names_a_term(entry) || !holds_on(freeze, entry->on))
        return false;
    for (size_t i = 0; i < count; i++)
        if (date_is_same(terms[i].month, entry_month(entry)))
            return rent_term_is_frozen(&terms[i], freeze);
    return false;
}

/* --- the clause after an erasure -------------------------------------------------------------- */

struct date clause_stayed_until(const struct erasure *erasure, const struct freeze_law *law)
{
    return date_add_period(erasure->judged_on, law->clause_stay);
}

static bool was_acquired_before_freeze(const struct erasure *erasure)
{
    return date_is_set(erasure->clause_acquired_on) &&
           date_is_before(erasure->clause_acquired_on, erasure->admissible_on);
}

/* SUR-9: by the hearing, so on its day at the latest. */
static bool has_resumed_rent(const struct erasure *erasure)
{
    return date_is_set(erasure->rent_resumed_on) &&
           !date_is_after(erasure->rent_resumed_on, erasure->hearing_on);
}

static bool has_missed_rent(const struct erasure *erasure, struct date last, struct date on)
{
    return date_is_set(erasure->rent_missed_on) && !date_is_after(erasure->rent_missed_on, last) &&
           !date_is_before(on, erasure->rent_missed_on);
}

enum clause_after_erasure clause_after_erasure(const struct erasure *erasure, struct date on,
                                               const struct freeze_law *law)
{
    struct date last = clause_stayed_until(erasure, law);

    if (!was_acquired_before_freeze(erasure))
        return CLAUSE_AFTER_ERASURE_NOT_ACQUIRED;
    if (!has_resumed_rent(erasure) || !date_is_set(erasure->judged_on) ||
        date_is_before(on, erasure->judged_on))
        return CLAUSE_AFTER_ERASURE_ACQUIRED;
    if (has_missed_rent(erasure, last, on))
        return CLAUSE_AFTER_ERASURE_WORKS_AGAIN;
    return date_is_after(on, last) ? CLAUSE_AFTER_ERASURE_NEVER_RAN : CLAUSE_AFTER_ERASURE_STAYED;
}
