#include "services/alerts/rules/history.h"

const struct parameter_field history_law[] = {
    { "alerts.history_kept", UNIT_MONTHS, offsetof(struct history_law, kept_months) },
    { 0 },
};

struct date history_drops_before(const struct history_law *law, struct date oldest,
                                 struct date today)
{
    struct date kept_from = date_add_months(today, -(int32_t)law->kept_months);
    struct date month_after = date_add_months(oldest, 1);

    if (!date_is_before(oldest, kept_from))
        return DATE_NONE;
    return date_is_before(month_after, kept_from) ? month_after : kept_from;
}
