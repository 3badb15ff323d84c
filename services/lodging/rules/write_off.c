#include "services/lodging/rules/write_off.h"

const struct parameter_field write_off_law[] = {
    { "lodging.rent.lapse_period", UNIT_YEARS, offsetof(struct write_off_law, lapse_years) },
    { "measures.retention.rent_account", UNIT_MONTHS, offsetof(struct write_off_law, kept_months) },
    { 0 },
};

/* --- time ------------------------------------------------------------------------------------- */

struct date rent_claimable_until(struct date due_on, const struct interruptions *interruptions,
                                 const struct write_off_law *law)
{
    struct date until = date_add_years(due_on, (int32_t)law->lapse_years);

    for (size_t i = 0; i < interruptions->count; i++) {
        struct date act = interruptions->dates[i];

        if (date_is_after(act, due_on) && !date_is_after(act, until))
            until = date_add_years(act, (int32_t)law->lapse_years);
    }
    return until;
}

int64_t rent_lapsed_cents(const struct rent_term terms[], size_t count,
                          const struct interruptions *interruptions, struct date on,
                          const struct write_off_law *law)
{
    int64_t lapsed_cents = 0;

    for (size_t i = 0; i < count; i++)
        if (date_is_after(on, rent_claimable_until(terms[i].due_on, interruptions, law)))
            lapsed_cents += terms[i].left_cents;
    return lapsed_cents;
}

struct date account_kept_until(struct date closed_on, const struct write_off_law *law)
{
    return date_add_months(closed_on, (int32_t)law->kept_months);
}

/* --- what may be entered ---------------------------------------------------------------------- */

const struct refusal WRITE_OFF_WITHOUT_GROUND = {
    .code = "WRITE_OFF_WITHOUT_GROUND",
    .field = "ground",
    .rule = "6.9",
    .french = "Indiquez pourquoi la dette est annulée : abandon, effacement ou prescription.",
    .english = "Say why the debt is written off: waived, erased or lapsed.",
};

const struct refusal WRITE_OFF_WITHOUT_DECISION = {
    .code = "WRITE_OFF_WITHOUT_DECISION",
    .field = "decided_on",
    .rule = "6.9",
    .french = "Indiquez la date de la décision qui annule la dette.",
    .english = "Give the date of the decision that writes the debt off.",
};

const struct refusal WRITE_OFF_WITHOUT_AMOUNT = {
    .code = "WRITE_OFF_WITHOUT_AMOUNT",
    .field = "amount",
    .rule = "6.9, Q38",
    .french = "Le montant annulé est supérieur à zéro.",
    .english = "The amount written off is more than zero.",
};

const struct refusal WRITE_OFF_EXCEEDS_DEBT = {
    .code = "WRITE_OFF_EXCEEDS_DEBT",
    .field = "amount",
    .rule = "6.9, SUR-9",
    .french = "Le montant dépasse ce qui reste dû à la date de la décision : réduisez-le.",
    .english = "The amount is more than what is left on the day of the decision: lower it.",
};

const struct refusal WRITE_OFF_NOT_LAPSED = {
    .code = "WRITE_OFF_NOT_LAPSED",
    .field = "amount",
    .rule = "C-24, law of 6 July 1989 art. 7-1",
    .french = "Le montant dépasse les loyers prescrits à la date de la décision : réduisez-le, ou "
              "choisissez un autre motif.",
    .english = "The amount is more than the rent lapsed on the day of the decision: lower it, or "
               "choose another ground.",
};

static int64_t left_cents(const struct rent_term terms[], size_t count)
{
    int64_t cents = 0;

    for (size_t i = 0; i < count; i++)
        cents += terms[i].left_cents;
    return cents;
}

const struct refusal *write_off_may_be_entered(const struct write_off *write_off,
                                               const struct rent_term terms[], size_t count,
                                               const struct interruptions *interruptions,
                                               const struct write_off_law *law)
{
    if (write_off->ground < WRITE_OFF_WAIVED || write_off->ground > WRITE_OFF_LAPSED)
        return &WRITE_OFF_WITHOUT_GROUND;
    if (!date_is_set(write_off->decided_on))
        return &WRITE_OFF_WITHOUT_DECISION;
    if (write_off->amount_cents <= 0)
        return &WRITE_OFF_WITHOUT_AMOUNT;
    if (write_off->amount_cents > left_cents(terms, count))
        return &WRITE_OFF_EXCEEDS_DEBT;
    if (write_off->ground == WRITE_OFF_LAPSED &&
        write_off->amount_cents >
            rent_lapsed_cents(terms, count, interruptions, write_off->decided_on, law))
        return &WRITE_OFF_NOT_LAPSED;
    return ACCEPTED;
}

struct account_entry write_off_entry(const struct write_off *write_off)
{
    return (struct account_entry){
        .kind = ENTRY_WAIVER,
        .on = write_off->decided_on,
        .amount_cents = write_off->amount_cents,
    };
}
