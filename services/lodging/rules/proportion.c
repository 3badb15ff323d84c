#include "services/lodging/rules/proportion.h"

#include "libcommon/money.h"

int64_t share_per_mille(int64_t part, int64_t whole)
{
    return whole == 0 ? NO_SHARE : divide_half_up(part * 1000, whole);
}

int32_t pace_elapsed_days(const struct pace *pace, struct date on)
{
    if (date_is_before(on, pace->from))
        return 0;
    return days_between(pace->from, date_earlier(on, pace->end));
}

int64_t pace_expected(const struct pace *pace, struct date on)
{
    int32_t days = days_between(pace->from, pace->end);

    return days <= 0 ? 0 : divide_half_up(pace->target * pace_elapsed_days(pace, on), days);
}

bool pace_is_behind_by_count(const struct pace *pace, struct date on, int64_t allowance)
{
    int64_t days = days_between(pace->from, pace->end);

    return pace->actual * days < pace->target * pace_elapsed_days(pace, on) - allowance * days;
}

bool pace_is_behind_by_points(const struct pace *pace, struct date on, int64_t points)
{
    int64_t days = days_between(pace->from, pace->end);

    return pace->actual * days * 100 <
           pace->target * (pace_elapsed_days(pace, on) * INT64_C(100) - points * days);
}
