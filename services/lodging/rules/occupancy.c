#include "services/lodging/rules/occupancy.h"

#include "libcommon/money.h"
#include "services/lodging/rules/stay.h"

#include <stdlib.h>

/* --- occupancy and turnover ------------------------------------------------------------------- */

static bool span_holds(struct day_span span, struct date day)
{
    return date_is_set(span.from) && date_is_within(day, span.from, span.end);
}

static bool any_span_holds(const struct day_span spans[], size_t count, struct date day)
{
    for (size_t i = 0; i < count; i++)
        if (span_holds(spans[i], day))
            return true;
    return false;
}

struct occupancy occupancy_of_place(const struct place_history *place, struct day_span period)
{
    struct occupancy counted = { 0 };

    for (struct date day = period.from; date_is_before(day, period.end);
         day = date_add_days(day, 1)) {
        if (!span_holds(place->in_stock, day) ||
            any_span_holds(place->out_of_service, place->out_of_service_count, day))
            continue;
        counted.available_days++;
        counted.occupied_days += any_span_holds(place->stays, place->stay_count, day);
    }
    return counted;
}

struct occupancy occupancy_sum(struct occupancy a, struct occupancy b)
{
    return (struct occupancy){ a.occupied_days + b.occupied_days,
                               a.available_days + b.available_days };
}

int64_t occupancy_rate(struct occupancy occupancy)
{
    return share_per_mille(occupancy.occupied_days, occupancy.available_days);
}

int64_t turnover_rate(int64_t exits, int64_t units)
{
    return share_per_mille(exits, units);
}

int32_t vacancy_days(struct date freed_on, struct date next_entry, struct date until)
{
    return stay_days((struct day_span){ freed_on, next_entry }, until);
}

/* --- the length of stays ---------------------------------------------------------------------- */

static struct date end_or(struct date end, struct date until)
{
    return date_is_set(end) ? date_earlier(end, until) : until;
}

int32_t stay_days(struct day_span stay, struct date until)
{
    struct date end = end_or(stay.end, until);

    return date_is_before(stay.from, end) ? days_between(stay.from, end) : 0;
}

static int compare_days(const void *left, const void *right)
{
    const int32_t *a = left, *b = right;

    return (*a > *b) - (*a < *b);
}

struct stay_lengths stay_lengths_of(int32_t days[], size_t count)
{
    struct stay_lengths lengths = { .count = (int64_t)count };
    int64_t sum = 0;

    if (count == 0)
        return lengths;
    qsort(days, count, sizeof *days, compare_days);
    for (size_t i = 0; i < count; i++)
        sum += days[i];
    lengths.mean_days = divide_half_up(sum, lengths.count);
    lengths.median_days = divide_half_up((int64_t)days[(count - 1) / 2] + days[count / 2], 2);
    return lengths;
}

int64_t stays_longer_than(const struct day_span stays[], size_t count, struct date until,
                          int64_t months)
{
    int64_t longer = 0;

    for (size_t i = 0; i < count; i++)
        longer += stay_is_longer_than(stays[i].from, end_or(stays[i].end, until), months);
    return longer;
}

/* --- exits ------------------------------------------------------------------------------------ */

struct exit_counts exits_in(const struct stay_exit exits[], size_t count, struct day_span period)
{
    struct exit_counts counts = { 0 };

    for (size_t i = 0; i < count; i++)
        if (span_holds(period, exits[i].on)) {
            counts.all++;
            counts.by_channel[exits[i].channel]++;
            counts.by_direction[exits[i].direction]++;
        }
    return counts;
}

int64_t exit_channel_share(const struct exit_counts *counts, enum exit_channel channel)
{
    return share_per_mille(counts->by_channel[channel], counts->all);
}

int64_t exit_redirected_share(const struct exit_counts *counts)
{
    int64_t sheltered = counts->by_direction[EXIT_DOWNWARD_SHELTER];

    return share_per_mille(sheltered, sheltered + counts->by_direction[EXIT_STREET]);
}
