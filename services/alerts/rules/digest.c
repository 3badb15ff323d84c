#include "services/alerts/rules/digest.h"

static int64_t digest_of(const struct digest_law *law, struct date day)
{
    return instant_of(day, (int)law->hour, 0);
}

int64_t digest_after(const struct digest_law *law, int64_t instant_ms, enum holidays holidays)
{
    struct date day = working_day_on_or_after(civil_date_at(instant_ms), holidays);

    if (digest_of(law, day) <= instant_ms)
        day = date_add_working_days(day, 1, holidays);
    return digest_of(law, day);
}

int64_t digest_before(const struct digest_law *law, int64_t instant_ms, enum holidays holidays)
{
    struct date day = working_day_on_or_before(civil_date_at(instant_ms), holidays);

    if (digest_of(law, day) > instant_ms)
        day = working_day_on_or_before(date_add_days(day, -1), holidays);
    return digest_of(law, day);
}

bool digest_is_due(const struct digest_law *law, int64_t sent_at_ms, int64_t now_ms,
                   enum holidays holidays)
{
    return digest_before(law, now_ms, holidays) > sent_at_ms;
}

bool digest_is_first_of_week(int64_t digest_at_ms, enum holidays holidays)
{
    struct date day = civil_date_at(digest_at_ms);
    struct date monday = date_add_days(day, MONDAY - (int32_t)date_weekday(day));

    return date_is_same(day, working_day_on_or_after(monday, holidays));
}
