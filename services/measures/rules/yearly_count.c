#include "services/measures/rules/yearly_count.h"

#include "libcommon/money.h"

#include <string.h>

static int compare_households(const struct counted_measure *a, const struct counted_measure *b)
{
    return memcmp(a->household.bytes, b->household.bytes, sizeof a->household.bytes);
}

int counted_measure_compare(const void *a, const void *b)
{
    return compare_households(a, b);
}

static bool is_in_scope(const struct counted_measure *measure, struct count_filter filter)
{
    if (filter.scheme != 0 && measure->scheme != filter.scheme)
        return false;
    switch (filter.scope) {
    case SCOPE_INTERNAL: return !measure->is_external;
    case SCOPE_EXTERNAL: return measure->is_external;
    default: return true;
    }
}

struct yearly_count yearly_count_of(const struct counted_measure measures[], size_t count, int year,
                                    struct count_filter filter)
{
    struct yearly_count total = { .households = 0 };
    const struct counted_measure *last = NULL;

    for (size_t i = 0; i < count; i++) {
        const struct counted_measure *measure = &measures[i];
        int64_t months = measure_months_in_year(measure->counting, &measure->time, year);

        if (months == 0 || !is_in_scope(measure, filter))
            continue;
        total.measures++;
        total.months_hundredths += months;
        if (!last || compare_households(last, measure) != 0)
            total.households++;
        last = measure;
    }
    return total;
}

bool measure_runs_in_year(const struct measure_time *time, int year)
{
    return measure_active_days(time, DATE((int16_t)year, 1, 1), DATE((int16_t)(year + 1), 1, 1)) >
           0;
}

int64_t mean_months_hundredths(struct yearly_count count)
{
    return count.households > 0 ? divide_half_up(count.months_hundredths, count.households) : 0;
}

int64_t mean_active_tenths(struct yearly_count count, int32_t districts)
{
    const int64_t hundredths_in_a_tenth = 10, months = 12;

    return divide_half_up(count.months_hundredths, hundredths_in_a_tenth * months * districts);
}
