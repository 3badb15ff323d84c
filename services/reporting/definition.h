/* definition.h - what a report prints: a list of figures over columns that are there
 *
 * A report is one file, report_<name>.c, with one constant, listed in
 * reports.c.  Nothing else has to be written for a new one.
 */
#ifndef SERVICES_REPORTING_DEFINITION_H
#define SERVICES_REPORTING_DEFINITION_H

#include "services/reporting/cube.h"
#include "services/reporting/rules/figure.h"
#include "services/reporting/rules/suppression.h"

#define CODE(code) (UINT64_C(1) << (code))

/* Counts of one base, by the codes of one axis; without codes, all of the base. */
struct tally {
    enum base base;
    enum axis axis;
    uint64_t codes;
};

enum printed {
    PRINTED_AS_COUNT = 1,     /* "224" */
    PRINTED_AS_SHARE,         /* "57 %" */
    PRINTED_AS_RATIO,         /* "6,50" */
    PRINTED_AS_PERCENT,       /* a ratio that may pass 100: "169 %" */
    PRINTED_AS_MOST_FREQUENT, /* the name of the code counted most: "40-60"; its share beside */
};

/* What a reader of the public view could tell of few households (domain.md 4.3). */
enum table_sort {
    TABLE_OF_PARTS = 1, /* exclusive categories: a figure is one of them, or their total */
    TABLE_OF_CHOICES,   /* several answers each: a figure is one of them, or made of all */
};
struct table_definition {
    enum table_sort sort;
    struct tally of; /* base and axis */
    enum data_source source;
};

/* A sentence that depends on the counts; for the internal view alone.  Either may be NULL. */
struct remark {
    const char *french;
    const char *english;
};
typedef struct remark remark_fn(struct work *work, const struct cube *cube);

struct figure_definition {
    const char *id; /* as domain.md §2 numbers it */
    const char *french;
    const char *english;
    const char *scope;
    enum printed printed;
    enum counted counts;
    enum counted per;
    uint8_t decimals;
    bool derived;
    struct tally numerator;
    struct tally denominator;
    uint8_t table;            /* in which it stands, from 1; 0: it tells nothing of a household */
    const char *with;         /* the figure it is hidden with, beside its own table; NULL: none */
    const char *const *names; /* of the codes, for the most frequent one; ended by NULL */
    const char *note_french;
    const char *note_english;
    remark_fn *remark;
};

struct report_definition {
    const char *name;
    const char *title_french;
    const char *title_english;
    uint64_t schemes;                        /* of which it counts measures and agreements */
    const struct figure_definition *figures; /* ended by a row without id */
    const struct table_definition *tables;   /* ended by a row without sort */
};

enum { REPORT_FIGURES_MOST = 64, REPORT_TABLES_MOST = 16 };

extern const struct report_definition reporting_orne_evaluation;
extern const struct report_definition reporting_housing;

/* Ended by NULL. */
extern const struct report_definition *const reporting_reports[];

#endif
