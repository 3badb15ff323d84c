#include "services/alerts/rules/missed.h"

static bool is_in_time_for(const struct unscheduled *request, const struct sitting *sitting)
{
    struct date cut_off = date_is_set(sitting->cut_off) ? sitting->cut_off : sitting->held_on;

    if (date_is_set(request->deferred_on))
        return date_is_after(sitting->held_on, request->deferred_on);
    return !date_is_after(request->completed_on, cut_off);
}

struct date missed_day(const struct sitting sittings[], size_t count,
                       const struct unscheduled *request)
{
    struct date first = DATE_NONE;

    for (size_t i = 0; i < count; i++)
        if (is_in_time_for(request, &sittings[i]) &&
            (!date_is_set(first) || date_is_before(sittings[i].held_on, first)))
            first = sittings[i].held_on;
    return first;
}
