#include "services/lodging/rules/debt.h"

#include "libcommon/money.h"

static int64_t weighed_of(const struct rent_term *term, const struct debt_view *view)
{
    return term->left_cents - (view->weighed == OWN_DEBT ? term->awaited_aid_cents : 0);
}

static int64_t paid_of(const struct rent_term *term, const struct debt_view *view)
{
    return term->paid_cents + (view->aid_is_part_payment ? term->aided_cents : 0);
}

static void weigh(struct debt *debt, const struct rent_term *term, const struct debt_view *view)
{
    int64_t weighed = weighed_of(term, view);

    debt->due_cents += term->left_cents;
    debt->awaited_aid_cents += term->awaited_aid_cents;
    debt->own_cents += term->left_cents - term->awaited_aid_cents;
    if (weighed == 0)
        return;
    debt->weighed_cents += weighed;
    debt->housing_cents += money_larger(0, weighed - term->services_cents);
    debt->partly_paid |= paid_of(term, view) > 0;
    debt->oldest_due_on = date_is_set(debt->oldest_due_on)
                              ? date_earlier(debt->oldest_due_on, term->due_on)
                              : term->due_on;
}

static bool is_wholly_unpaid(const struct rent_term *term, const struct debt_view *view)
{
    return weighed_of(term, view) > 0 && paid_of(term, view) == 0;
}

struct debt debt_of(const struct rent_term terms[], size_t count, const struct freeze_span *freeze,
                    const struct debt_view *view)
{
    struct debt debt = { 0 };
    int32_t run = 0;

    for (size_t i = 0; i < count; i++) {
        if (rent_term_due_cents(&terms[i]) == 0)
            continue;
        if (rent_term_is_frozen(&terms[i], freeze)) {
            debt.frozen_cents += terms[i].left_cents;
            continue;
        }
        weigh(&debt, &terms[i], view);
        run = is_wholly_unpaid(&terms[i], view) ? run + 1 : 0;
        if (run > debt.wholly_unpaid_terms)
            debt.wholly_unpaid_terms = run;
    }
    return debt;
}
