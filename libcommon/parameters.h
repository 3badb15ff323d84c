/* parameters.h - durations, amounts and thresholds of the law, with validity dates
 *
 * The file deploy/parameters.csv (and an organisation's own, read after it) has
 * one row a value:
 *
 *     name;value;unit;valid from;valid to;source;status
 *     vacancy.candidature_period;8;days;;;S4-27, F4-6;
 *     eviction.payment_order_period;2;months;;2023-07-28;EV-1, law of 6 July 1989 art. 24;
 *     eviction.payment_order_period;42;days;2023-07-29;;EV-1, law 2023-668 art. 10;
 *
 * Both dates are included in the validity and may be empty.  A later row wins
 * over an earlier one where both hold.  Status "to be confirmed" marks what
 * domain.md says with Low confidence, and Tremplin shows it so.
 *
 * Rules never look parameters up.  A rules file declares a struct of the values
 * it needs and a table that binds each to a name; parameters_fill() makes the
 * struct for one date, and the rule takes it as an argument.
 */
#ifndef LIBCOMMON_PARAMETERS_H
#define LIBCOMMON_PARAMETERS_H

#include "libcommon/calendar.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum parameter_unit {
    UNIT_COUNT = 1,    /* int64_t */
    UNIT_CENTS,        /* int64_t */
    UNIT_PERCENT,      /* int64_t, whole per cent */
    UNIT_DAYS,         /* int64_t */
    UNIT_WORKING_DAYS, /* int64_t */
    UNIT_MONTHS,       /* int64_t */
    UNIT_YEARS,        /* int64_t */
    UNIT_HOURS,        /* int64_t */
    UNIT_PERIOD,       /* struct period; rows of unit days, months or "months+days" fill it */
    UNIT_DAY_OF_YEAR,  /* struct day_of_year, written 11-01 */
    UNIT_YES_NO,       /* bool */
};

/* One value of a struct that a rule takes. */
struct parameter_field {
    const char *name;
    enum parameter_unit unit;
    size_t offset;
};

/* A row of the file; text is copied. */
struct parameter {
    char name[64];
    enum parameter_unit unit;
    int64_t value;        /* every unit but the next two */
    struct period period; /* also filled for days and months */
    struct day_of_year day_of_year;
    struct date valid_from; /* DATE_NONE: always has been */
    struct date valid_to;   /* DATE_NONE: still is */
    char source[192];
    bool to_be_confirmed;
    int line;
};

enum { PARAMETERS_MOST = 1024, PARAMETERS_CHAINS = 2048, PARAMETER_FIELDS_MOST = 128 };

/* Read once at start; a plain value of about 300 kB, owned by whoever declares it. */
struct parameters {
    size_t count;
    unsigned edition; /* another one each time the rows change */
    /* Rows by name: the last one of each chain, and of each row the one before; numbers from 1. */
    uint16_t chains[PARAMETERS_CHAINS];
    uint16_t before[PARAMETERS_MOST];
    struct parameter rows[PARAMETERS_MOST];
};

/* What was wrong, for people: the line (0 when none) and a sentence in English. */
struct parameters_error {
    int line;
    char sentence[256];
};

/* Adds the rows of a file (up to 1 MiB), or of a text of that form.  On an error nothing is added.
 */
bool parameters_read(struct parameters *parameters, const char *path,
                     struct parameters_error *error);
bool parameters_parse(struct parameters *parameters, const char *text, size_t length,
                      struct parameters_error *error);

/* The row in force on a date; NULL when none is, as on an absent date.  Borrowed from parameters.
 */
const struct parameter *parameter_on(const struct parameters *parameters, const char *name,
                                     struct date on);

/* Fills the struct that fields describe (ended by a row without name) with what is in force on a
 * date.  False, with *error naming the parameter, when one is missing or of another unit; the
 * struct is then untouched. */
bool parameters_fill(const struct parameters *parameters, const struct parameter_field fields[],
                     struct date on, void *values, struct parameters_error *error);

/* What was found before, by its fields and its day: the same law is asked for again and again.
 * Begins as zeros and belongs to one struct parameters. */
struct parameters_found {
    unsigned edition; /* that it was found in */
    struct {
        const struct parameter_field *fields;
        struct date on;
        const struct parameter *rows[PARAMETER_FIELDS_MOST];
    } kept[16];
};

/* parameters_fill(), looked for only once. */
bool parameters_fill_again(const struct parameters *parameters, struct parameters_found *found,
                           const struct parameter_field fields[], struct date on, void *values,
                           struct parameters_error *error);

const char *parameter_unit_name(enum parameter_unit unit);

#endif
