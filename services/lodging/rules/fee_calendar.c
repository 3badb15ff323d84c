#include "services/lodging/rules/fee_calendar.h"

const struct parameter_field fee_calendar_law[] = {
    { "lodging.fee.due_day", UNIT_COUNT, offsetof(struct fee_calendar_law, due_day) },
    { "lodging.fee.charged_back", UNIT_MONTHS,
      offsetof(struct fee_calendar_law, charged_back_months) },
    { 0 },
};

struct date fee_due_on(struct date month, struct date from, const struct fee_calendar_law *law)
{
    struct date due_on = date_add_days(date_first_of_month(month), (int32_t)(law->due_day - 1));

    return date_later(date_earlier(due_on, date_last_of_month(month)), from);
}

struct date fees_begin_on(struct date entered_on, struct date recorded_on,
                          const struct fee_calendar_law *law)
{
    struct date oldest =
        date_add_months(date_first_of_month(recorded_on), -(int32_t)law->charged_back_months);

    return date_is_before(entered_on, oldest) ? date_first_of_next_month(recorded_on) : entered_on;
}
