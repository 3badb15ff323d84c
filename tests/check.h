/* check.h - what every test is written with
 *
 * A test prints one line a statement, "ok" or "not ok" and the sentence it
 * proves; a failure adds the file, the line and the values.  main() ends with
 * `return checks_done();`.
 */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H

#include "libcommon/calendar.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static int checks_made;
static int checks_failed;

/* A heading over the statements that follow. */
__attribute__((format(printf, 1, 2), unused)) static void about(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    printf("# ");
    vprintf(format, arguments);
    printf("\n");
    va_end(arguments);
}

__attribute__((format(printf, 5, 6), unused)) static bool check_at(const char *file, int line,
                                                                   bool holds,
                                                                   const char *condition,
                                                                   const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    printf("%s %d - ", holds ? "ok" : "not ok", ++checks_made);
    vprintf(format, arguments);
    printf("\n");
    va_end(arguments);
    if (!holds) {
        checks_failed++;
        printf("#   %s:%d: %s\n", file, line, condition);
        fflush(stdout);
    }
    return holds;
}

/* check(condition, "sentence with %s", ...): true when it holds. */
#define check(condition, ...) check_at(__FILE__, __LINE__, (condition), #condition, __VA_ARGS__)

/* The same for a number and for a date, with both values shown on failure. */
#define check_number(got, wanted, ...)                                                             \
    do {                                                                                           \
        int64_t got_ = (int64_t)(got), wanted_ = (int64_t)(wanted);                                \
        if (!check_at(__FILE__, __LINE__, got_ == wanted_, #got " == " #wanted, __VA_ARGS__))      \
            printf("#   got %" PRId64 ", wanted %" PRId64 "\n", got_, wanted_);                    \
    } while (0)

#define check_date(got, wanted, ...)                                                               \
    do {                                                                                           \
        struct date got_ = (got), wanted_ = (wanted);                                              \
        char got_text_[DATE_TEXT_SIZE], wanted_text_[DATE_TEXT_SIZE];                              \
        if (!check_at(__FILE__, __LINE__, date_is_same(got_, wanted_), #got " is " #wanted,        \
                      __VA_ARGS__))                                                                \
            printf("#   got %s, wanted %s\n", date_format(got_, got_text_),                        \
                   date_format(wanted_, wanted_text_));                                            \
    } while (0)

#define check_text(got, wanted, ...)                                                               \
    do {                                                                                           \
        const char *got_text_ = (got), *wanted_text_ = (wanted);                                   \
        if (!check_at(__FILE__, __LINE__, strcmp(got_text_, wanted_text_) == 0, #got,              \
                      __VA_ARGS__))                                                                \
            printf("#   got \"%s\", wanted \"%s\"\n", got_text_, wanted_text_);                    \
    } while (0)

/* For properties over many generated cases: silent while they hold, one statement at the end. */
#define holds_or_report(condition, ...)                                                            \
    do {                                                                                           \
        if (!(condition))                                                                          \
            check_at(__FILE__, __LINE__, false, #condition, __VA_ARGS__);                          \
    } while (0)

__attribute__((unused)) static int checks_done(void)
{
    printf("1..%d\n", checks_made);
    if (checks_failed > 0)
        printf("# %d of %d failed\n", checks_failed, checks_made);
    return checks_failed > 0 || checks_made == 0;
}

/* A seeded generator for properties (xorshift64*): the same cases at every run. */
struct chance {
    uint64_t state;
};

/* A number from low to high, both included. */
__attribute__((unused)) static int64_t chance_between(struct chance *chance, int64_t low,
                                                      int64_t high)
{
    chance->state ^= chance->state >> 12;
    chance->state ^= chance->state << 25;
    chance->state ^= chance->state >> 27;
    return low + (int64_t)((chance->state * UINT64_C(2685821657736338717)) %
                           ((uint64_t)(high - low) + 1));
}

#endif
