#include "services/reporting/rules/spread.h"

#include <stdlib.h>

/* A figure without a unit is enough to divide and round as figures do. */
static struct number ratio(int64_t numerator, int64_t denominator, uint8_t decimals)
{
    return figure_value(&(struct figure){
        .form = FORM_RATIO,
        .decimals = decimals,
        .numerator = numerator,
        .denominator = denominator,
    });
}

struct number mean_of(const int64_t values[], size_t count, uint8_t decimals)
{
    int64_t sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += values[i];
    return ratio(sum, (int64_t)count, decimals);
}

static int by_size(const void *a, const void *b)
{
    const int64_t *one = a, *other = b;

    return (*one > *other) - (*one < *other);
}

struct number median_of(int64_t values[], size_t count, uint8_t decimals)
{
    if (count == 0)
        return (struct number){ .decimals = decimals };
    qsort(values, count, sizeof values[0], by_size);
    return ratio(values[(count - 1) / 2] + values[count / 2], 2, decimals);
}

int64_t count_above(const int64_t values[], size_t count, int64_t limit)
{
    int64_t above = 0;

    for (size_t i = 0; i < count; i++)
        above += values[i] > limit;
    return above;
}

size_t most_frequent(const int64_t counts[], size_t count)
{
    size_t best = count;

    for (size_t i = 0; i < count; i++)
        if (counts[i] > (best == count ? 0 : counts[best]))
            best = i;
    return best;
}
