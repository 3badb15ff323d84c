#include "services/lodging/rules/account_entry.h"

#include "libcommon/money.h"

bool entry_makes_a_term(const struct account_entry *entry)
{
    return entry->kind == ENTRY_CHARGE ||
           ((entry->kind == ENTRY_ADJUSTMENT || entry->kind == ENTRY_TRANSFER) &&
            entry->amount_cents > 0);
}

bool entry_names_a_term(const struct account_entry *entry)
{
    return date_is_set(entry->term);
}

struct date entry_month(const struct account_entry *entry)
{
    return date_first_of_month(entry_names_a_term(entry) ? entry->term : entry->on);
}

const struct refusal ENTRY_HAS_NO_DATE = {
    .code = "ENTRY_HAS_NO_DATE",
    .field = "on",
    .rule = "6.9",
    .french = "Indiquez la date à laquelle l'écriture prend effet.",
    .english = "Give the date on which the entry takes effect.",
};

const struct refusal ENTRY_HAS_NO_AMOUNT = {
    .code = "ENTRY_HAS_NO_AMOUNT",
    .field = "amount",
    .rule = "6.9, Q38",
    .french = "Une écriture de zéro centime ne change rien : indiquez son montant.",
    .english = "An entry of zero cents changes nothing: give its amount.",
};

const struct refusal ENTRY_IS_TOO_LARGE = {
    .code = "ENTRY_IS_TOO_LARGE",
    .field = "amount",
    .rule = "6.9, Q38",
    .french = "Le montant dépasse ce qui est possible : vérifiez-le, centimes compris.",
    .english = "The amount is larger than can be: check it, cents included.",
};

const struct refusal ENTRY_NAMES_NO_TERM = {
    .code = "ENTRY_NAMES_NO_TERM",
    .field = "term",
    .rule = "6.9, Q32, LHI-1",
    .french =
        "Indiquez le mois concerné : une aide et une suspension de loyer portent toujours sur "
        "un mois précis.",
    .english = "Name the month: an aid and a rent stop are always for one month.",
};

const struct refusal ENTRY_IS_NEGATIVE = {
    .code = "ENTRY_IS_NEGATIVE",
    .field = "amount",
    .rule = "6.9",
    .french = "Un quittancement et une suspension de loyer sont positifs : pour les corriger, "
              "saisissez une régularisation.",
    .english = "A charge and a rent stop are above zero: correct them by an adjustment.",
};

const struct refusal ENTRY_SERVICES_EXCEED_AMOUNT = {
    .code = "ENTRY_SERVICES_EXCEED_AMOUNT",
    .field = "services",
    .rule = "RS-9",
    .french = "La part des prestations est comprise entre zéro et le montant de l'écriture ; seuls "
              "un quittancement, une régularisation à payer ou un transfert reçu en ont une.",
    .english =
        "The part for services lies between zero and the amount of the entry; only a charge, "
        "an adjustment to pay or a transfer received has one.",
};

const struct refusal ENTRY_TAKES_BACK_TOO_MUCH = {
    .code = "ENTRY_TAKES_BACK_TOO_MUCH",
    .field = "amount",
    .rule = "6.9",
    .french =
        "Cette écriture annule plus que ce qui est inscrit pour ce mois : reprenez le montant "
        "et le mois de l'écriture à annuler.",
    .english = "This entry takes back more than stands for that term: repeat the amount and the "
               "term of the entry to take back.",
};

const struct refusal RENT_STOP_EXCEEDS_TERM = {
    .code = "RENT_STOP_EXCEEDS_TERM",
    .field = "amount",
    .rule = "LHI-1, CCH L521-2",
    .french = "La suspension dépasse ce qui a été quittancé pour ce mois : reprenez le montant "
              "quittancé.",
    .english = "The rent stop is more than was charged for that month: repeat the amount charged.",
};

static bool is_for_the_same(const struct account_entry *a, const struct account_entry *b)
{
    if (a->kind != b->kind || entry_names_a_term(a) != entry_names_a_term(b))
        return false;
    return !entry_names_a_term(a) || date_is_same(entry_month(a), entry_month(b));
}

/* What stands on a day of the same kind for the same term. */
static int64_t standing_cents(const struct ledger *ledger, const struct account_entry *entry,
                              struct date day)
{
    int64_t cents = 0;

    for (size_t i = 0; i < ledger->count; i++)
        if (is_for_the_same(&ledger->entries[i], entry) &&
            !date_is_after(ledger->entries[i].on, day))
            cents += ledger->entries[i].amount_cents;
    return cents;
}

/* Would less than nothing stand: on the entry's day, or on any later one? */
static bool takes_back_too_much(const struct ledger *ledger, const struct account_entry *entry)
{
    int64_t least_cents = standing_cents(ledger, entry, entry->on);

    for (size_t i = 0; i < ledger->count; i++)
        if (date_is_after(ledger->entries[i].on, entry->on))
            least_cents =
                money_smaller(least_cents, standing_cents(ledger, entry, ledger->entries[i].on));
    return least_cents + entry->amount_cents < 0;
}

static int64_t charged_for_month_cents(const struct ledger *ledger,
                                       const struct account_entry *entry)
{
    int64_t charged_cents = 0;

    for (size_t i = 0; i < ledger->count; i++) {
        const struct account_entry *other = &ledger->entries[i];

        if (!date_is_same(entry_month(other), entry_month(entry)))
            continue;
        if (entry_makes_a_term(other))
            charged_cents += other->amount_cents;
        else if (other->kind == ENTRY_RENT_STOP)
            charged_cents -= other->amount_cents;
        else if (entry_names_a_term(other) &&
                 (other->kind == ENTRY_ADJUSTMENT || other->kind == ENTRY_TRANSFER))
            charged_cents += other->amount_cents;
    }
    return charged_cents;
}

static bool services_fit(const struct account_entry *entry)
{
    int64_t most_cents = entry_makes_a_term(entry) ? entry->amount_cents : 0;

    return entry->services_cents >= 0 && entry->services_cents <= most_cents;
}

static bool needs_a_term(enum entry_kind kind)
{
    return kind == ENTRY_AID || kind == ENTRY_AID_AWAITED || kind == ENTRY_RENT_STOP;
}

static const struct refusal *may_be_below_zero(const struct ledger *ledger,
                                               const struct account_entry *entry)
{
    if (entry->amount_cents > 0)
        return ACCEPTED;
    switch (entry->kind) {
    case ENTRY_CHARGE:
    case ENTRY_RENT_STOP: return &ENTRY_IS_NEGATIVE;
    case ENTRY_ADJUSTMENT:
    case ENTRY_TRANSFER: return ACCEPTED;
    case ENTRY_AID:
    case ENTRY_PAYMENT:
    case ENTRY_WAIVER:
    case ENTRY_AID_AWAITED: break;
    }
    return takes_back_too_much(ledger, entry) ? &ENTRY_TAKES_BACK_TOO_MUCH : ACCEPTED;
}

const struct refusal *account_may_enter(const struct ledger *ledger,
                                        const struct account_entry *entry)
{
    const struct refusal *refusal;

    if (!date_is_set(entry->on))
        return &ENTRY_HAS_NO_DATE;
    if (entry->amount_cents == 0)
        return &ENTRY_HAS_NO_AMOUNT;
    if (!money_is_reasonable(entry->amount_cents))
        return &ENTRY_IS_TOO_LARGE;
    if (needs_a_term(entry->kind) && !entry_names_a_term(entry))
        return &ENTRY_NAMES_NO_TERM;
    refusal = may_be_below_zero(ledger, entry);
    if (refusal)
        return refusal;
    if (!services_fit(entry))
        return &ENTRY_SERVICES_EXCEED_AMOUNT;
    if (entry->kind == ENTRY_RENT_STOP &&
        entry->amount_cents > charged_for_month_cents(ledger, entry))
        return &RENT_STOP_EXCEEDS_TERM;
    return ACCEPTED;
}
