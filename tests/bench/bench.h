/* bench.h - what the bench programs share: instants, percentiles, one line of JSON as a result */
#ifndef TESTS_BENCH_H
#define TESTS_BENCH_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static inline int64_t bench_now_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static inline int bench_compare(const void *a, const void *b)
{
    int64_t first = *(const int64_t *)a, second = *(const int64_t *)b;

    return (first > second) - (first < second);
}

/* Sorts, and prints how many a second, p50 and p99 in microseconds. */
static inline void bench_print(const char *name, int64_t *took_us, int count, int64_t total_us)
{
    qsort(took_us, (size_t)count, sizeof *took_us, bench_compare);
    printf("{\"name\":\"%s\",\"count\":%d,\"per_second\":%lld,\"p50_us\":%lld,\"p99_us\":%lld}\n",
           name, count, (long long)((int64_t)count * 1000000 / (total_us > 0 ? total_us : 1)),
           (long long)took_us[count / 2], (long long)took_us[(int64_t)count * 99 / 100]);
}

#endif
