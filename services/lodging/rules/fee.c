#include "services/lodging/rules/fee.h"

#include "libcommon/money.h"

const struct refusal FEE_IS_NEGATIVE = {
    .code = "FEE_IS_NEGATIVE",
    .field = "fee",
    .rule = "RS-9",
    .french = "Chaque part de la redevance (loyer, charges, prestations) doit être nulle ou "
              "positive : une réduction s'écrit comme une régularisation du compte.",
    .english = "Each part of the fee (rent, charges, services) must be zero or more: a reduction "
               "is entered as an adjustment of the account.",
};

const struct refusal FEE_IS_TOO_LARGE = {
    .code = "FEE_IS_TOO_LARGE",
    .field = "fee",
    .rule = "RS-9",
    .french = "Le montant de la redevance dépasse ce qui est possible : vérifiez-le, centimes "
              "compris.",
    .english = "The fee is larger than can be: check it, cents included.",
};

const struct refusal *fee_may_be_asked(const struct fee *fee)
{
    if (fee->rent_cents < 0 || fee->charges_cents < 0 || fee->services_cents < 0 ||
        fee->optional_services_cents < 0)
        return &FEE_IS_NEGATIVE;
    if (!money_is_reasonable(fee->rent_cents) || !money_is_reasonable(fee->charges_cents) ||
        !money_is_reasonable(fee->services_cents) ||
        !money_is_reasonable(fee->optional_services_cents))
        return &FEE_IS_TOO_LARGE;
    return ACCEPTED;
}

int64_t fee_housing_cents(const struct fee *fee)
{
    return fee->rent_cents + fee->charges_cents;
}

int64_t fee_compulsory_cents(const struct fee *fee)
{
    return fee_housing_cents(fee) + fee->services_cents;
}

int64_t fee_total_cents(const struct fee *fee)
{
    return fee_compulsory_cents(fee) + fee->optional_services_cents;
}

const struct fee_period *fee_in_force(const struct fee_period schedule[], size_t count,
                                      struct date on)
{
    for (size_t i = count; i-- > 0;)
        if (!date_is_before(on, schedule[i].from))
            return &schedule[i];
    return NULL;
}

/* The days of one month that a span covers, as places in it: after the first `before` days, up to
 * day `through`. */
struct days_of_month {
    int32_t before;
    int32_t through;
    int32_t all;
};

/* The price of the days up to a place is rounded once; a part is the difference of two places. */
static int64_t cents_of_days(int64_t cents, struct days_of_month days)
{
    return money_share(cents, days.through, days.all) - money_share(cents, days.before, days.all);
}

static struct days_of_month days_covered(struct date month, struct date from, struct date end)
{
    struct date first = date_first_of_month(month);
    struct date after = date_first_of_next_month(month);
    struct date starts = date_later(first, from);
    struct date ends = date_is_set(end) ? date_earlier(after, end) : after;

    return (struct days_of_month){
        .before = days_between(first, starts),
        .through = days_between(first, ends),
        .all = days_between(first, after),
    };
}

struct fee fee_of_month(const struct fee *fee, struct date month, struct date from, struct date end)
{
    struct days_of_month days = days_covered(month, from, end);

    if (days.through <= days.before)
        return (struct fee){ 0 };
    return (struct fee){
        .rent_cents = cents_of_days(fee->rent_cents, days),
        .charges_cents = cents_of_days(fee->charges_cents, days),
        .services_cents = cents_of_days(fee->services_cents, days),
        .optional_services_cents = cents_of_days(fee->optional_services_cents, days),
    };
}
