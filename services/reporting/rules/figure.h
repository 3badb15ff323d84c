/* figure.h - a published figure: what it counts, over what, how it is rounded, and how it is frozen
 *
 * A figure keeps its numerator and its denominator; its value is computed from
 * them, half up, each figure alone (domain.md §2 and C-2), so the parts of a
 * table may add up to 99 or 101 and are never pushed.  Nothing is floating
 * point.  Texts are borrowed.
 */
#ifndef REPORTING_RULES_FIGURE_H
#define REPORTING_RULES_FIGURE_H

#include "libcommon/calendar.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"

#include <stdbool.h>
#include <stdint.h>

/* What is counted (SX-4): every figure states it. */
enum counted {
    COUNTED_HOUSEHOLDS = 1,
    COUNTED_PERSONS,
    COUNTED_MEASURES,
    COUNTED_MEASURE_MONTHS,
    COUNTED_DIAGNOSES,
    COUNTED_RESIDENCES,
    COUNTED_UNITS,
    COUNTED_PLACES,
    COUNTED_STAYS,
    COUNTED_DOMAINS,
    COUNTED_MONTHS,
    COUNTED_DISTRICTS,
    COUNTED_WORKERS,
};

enum figure_form {
    FORM_COUNT = 1, /* the numerator itself; no denominator */
    FORM_SHARE,     /* per cent of a denominator of the same unit, which holds the numerator */
    FORM_RATIO,     /* so many of one unit for each of another */
};

struct figure {
    const char *id;    /* "F1-28" */
    const char *scope; /* "own stock", "" for the whole organisation */
    struct date from;
    struct date end; /* half-open: the first day after */
    enum figure_form form;
    enum counted counts;
    enum counted per; /* unit of the denominator; 0 for a count */
    uint8_t decimals; /* 0 to FIGURE_DECIMALS_MOST (C-2) */
    int64_t numerator;
    int64_t denominator;
    const char *note; /* what a reader must know; "" when nothing */
};

enum { FIGURE_DECIMALS_MOST = 3 };
/* Keeps every product in 64 bits. */
#define FIGURE_LARGEST INT64_C(1000000000000)

/* A decimal number: 36.7 is 367 with 1 decimal.  Not known: nothing to divide by. */
struct number {
    bool is_known;
    uint8_t decimals;
    int64_t scaled;
};

/* Can this be published as it is?  Units, bounds and denominators fit together. */
const struct refusal *figure_check(const struct figure *figure);
extern const struct refusal FIGURE_WITHOUT_UNIT;
extern const struct refusal FIGURE_OUT_OF_BOUNDS;
extern const struct refusal FIGURE_TOO_PRECISE;
extern const struct refusal FIGURE_COUNT_HAS_DENOMINATOR;
extern const struct refusal FIGURE_SHARE_OF_ANOTHER_UNIT;
extern const struct refusal FIGURE_SHARE_ABOVE_WHOLE;

/* The value to print, half up; not known when the denominator is 0. */
struct number figure_value(const struct figure *figure);

#define NUMBER_TEXT_SIZE 28
/* "36.7" with that decimal mark; "" when not known.  Returns text. */
const char *number_format(struct number number, char mark, char text[static NUMBER_TEXT_SIZE]);

/* --- counts made of counts -------------------------------------------------------------------- */

/* Households of two scopes, those in both counted once (F0-7, Q10). */
int64_t count_of_union(int64_t first, int64_t second, int64_t in_both);
/* What a total leaves beside its parts (F0-11, F4-3); -1 when the parts exceed it. */
int64_t count_of_rest(int64_t total, const int64_t parts[], size_t count);

/* --- words instead of numbers (Q42, Q43) ------------------------------------------------------ */

enum wording {
    MORE_THAN_TWO_THIRDS = 1, /* F0-16 */
    ABOUT_HALF,               /* F0-17 */
    ALMOST_NONE,              /* F4-8 */
    NEARLY_ALL,               /* F4-7, Q26 */
};

/* Thresholds in thousandths of the denominator. */
struct wording_law {
    int64_t two_thirds_thousandths;
    int64_t half_from_thousandths;
    int64_t half_to_thousandths;
    int64_t almost_none_thousandths;
    int64_t nearly_all_thousandths;
    int64_t approximate_percent; /* how far "about ten" may be off */
};
extern const struct parameter_field wording_law[];

/* Is the word true of these counts?  Never of an empty denominator. */
bool wording_holds(const struct wording_law *law, enum wording wording, int64_t numerator,
                   int64_t denominator);
/* The words themselves, in French and in English; "" for no wording. */
const char *wording_french(enum wording wording);
const char *wording_english(enum wording wording);
/* Is a count what was published as "about so many"?  "About ten" is 8 to 12 (Q42). */
bool count_is_about(const struct wording_law *law, int64_t count, int64_t about);

/* --- freezing (Q40) --------------------------------------------------------------------------- */

/* What was published stays; what later data give stands beside it. */
struct frozen_figure {
    struct figure published;
    struct date published_on;
    int32_t version; /* recomputations so far */
    struct figure recomputed;
    struct date recomputed_on;
};

enum figure_agreement {
    FIGURE_NOT_RECOMPUTED = 1,
    FIGURE_SAME,         /* the same counts */
    FIGURE_ROUNDS_ALIKE, /* other counts, the same printed value */
    FIGURE_DIFFERS,
};

const struct refusal *figure_freeze(const struct figure *figure, struct date on,
                                    struct frozen_figure *frozen);
/* Puts a later computation of the same figure beside; what was published is never touched. */
const struct refusal *figure_recompute(struct frozen_figure *frozen, const struct figure *again,
                                       struct date on);
enum figure_agreement figure_agreement(const struct frozen_figure *frozen);
extern const struct refusal FIGURE_PERIOD_STILL_OPEN;
extern const struct refusal FIGURE_IS_ANOTHER;
extern const struct refusal FIGURE_RECOMPUTED_BEFORE_PUBLISHED;
extern const struct refusal FIGURE_DIFFERENCE_WITHOUT_NOTE;

#endif
