/* agreement.h - agreements, and the quantities they buy: reserved, consumed, left
 *
 * Machine 6.4 of domain.md with C-12: being exhausted is a property of a line,
 * derived from its quantities, never a state.  Quantities are in hundredths of
 * the line's unit, so that days over thirty fit.  Whatever happens, a line's
 * contracted, reserved, consumed and left are never negative.
 */
#ifndef MEASURES_RULES_AGREEMENT_H
#define MEASURES_RULES_AGREEMENT_H

#include "libcommon/calendar.h"
#include "libcommon/machine.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"
#include "services/measures/rules/measure_month.h"

enum agreement_state {
    AGREEMENT_DRAFT = 1,
    AGREEMENT_SIGNED,
    AGREEMENT_IN_FORCE,
    AGREEMENT_SUSPENDED,
    AGREEMENT_ENDED,
    AGREEMENT_TERMINATED,
};

enum agreement_event {
    AGREEMENT_DRAW_UP = 1,
    AGREEMENT_SIGN,
    AGREEMENT_TAKE_EFFECT,
    AGREEMENT_AMEND,
    AGREEMENT_SUSPEND,
    AGREEMENT_RESUME,
    AGREEMENT_REACH_END,
    AGREEMENT_TERMINATE,
};

extern const struct machine agreement_machine;

extern const struct refusal AGREEMENT_UNSIGNED;
extern const struct refusal AGREEMENT_STARTS_BEFORE_SIGNATURE;
extern const struct refusal AGREEMENT_ENDS_BEFORE_START;

/* start >= signature (6.4, S3-1); an end, when there is one, lies after the start. */
const struct refusal *agreement_dates_check(struct date signed_on, struct date start,
                                            struct date end);

/* --- lines ------------------------------------------------------------------------------------ */

enum line_unit { /* FSL-10, 6.4 */
                 LINE_MEASURES = 1,
                 LINE_MEASURE_MONTHS,
                 LINE_HOURS,
                 LINE_UNITS,
                 LINE_DWELLINGS_A_YEAR,
};

enum target_public {
    PUBLIC_ANY = 1,
    PUBLIC_YOUNG,        /* aged 18 to 25 (S1-22) */
    PUBLIC_CHRS_LEAVERS, /* follow-on service of a CHRS (S1-24) */
};

enum { ONE = 100 }; /* a whole one of any unit, in hundredths */
#define QUANTITY_LARGEST INT64_C(100000000)

struct agreement_line {
    enum line_unit unit;
    enum target_public target_public;
    bool backed_by_alt; /* measures need a dwelling financed by ALT (S1-23) */
    int64_t contracted;
    int64_t reserved; /* granted, neither consumed nor given back yet */
    int64_t consumed;
    int64_t released; /* given back so far: granted = reserved + consumed + released */
};

extern const struct refusal AGREEMENT_QUANTITY_WRONG;
extern const struct refusal AGREEMENT_LINE_EXHAUSTED;
extern const struct refusal AGREEMENT_LINE_TOO_SHORT;
extern const struct refusal AGREEMENT_NOT_RESERVED;
extern const struct refusal AGREEMENT_NOT_CONSUMED;
extern const struct refusal AGREEMENT_BELOW_USED;

int64_t agreement_line_left(const struct agreement_line *line);
/* Derived (C-12): nothing left. */
bool agreement_line_is_exhausted(const struct agreement_line *line);

/* Each changes *line, or refuses and leaves it as it was.  Quantities are above 0 and at most
 * QUANTITY_LARGEST; an amendment may be 0. */
const struct refusal *agreement_reserve(struct agreement_line *line, int64_t quantity);
const struct refusal *agreement_consume(struct agreement_line *line, int64_t quantity);
const struct refusal *agreement_release(struct agreement_line *line, int64_t quantity);
/* What was consumed and turns out not to be, as after a stop told late, is reserved again. */
const struct refusal *agreement_take_back(struct agreement_line *line, int64_t quantity);
/* The contracted quantity becomes this one; never less than what is reserved and consumed. */
const struct refusal *agreement_amend(struct agreement_line *line, int64_t contracted);

/* What a grant takes: one measure, and its months, from every line of that public or of any. */
struct grant {
    enum target_public target_public;
    int32_t months;
};

extern const struct refusal AGREEMENT_NO_LINE;

/* On all lines concerned or, when one has too little left, on none. */
const struct refusal *agreement_reserve_grant(struct agreement_line lines[], size_t count,
                                              struct grant grant);

/* --- the public of a line --------------------------------------------------------------------- */

/* What intake tells of a household, without a birth date (C-8). */
struct applicant {
    struct date aged_18_to_25_on; /* the day for which intake said yes; absent when it did not */
    bool leaves_chrs;             /* of the line's operator */
    bool in_alt_dwelling;
};

extern const struct refusal AGREEMENT_PUBLIC_NOT_YOUNG;
extern const struct refusal AGREEMENT_PUBLIC_NOT_LEAVING_CHRS;
extern const struct refusal AGREEMENT_NEEDS_ALT_DWELLING;

/* S1-22, S1-23, S1-24, C-8: checked on the date of the decision. */
const struct refusal *agreement_public_check(const struct agreement_line *line,
                                             const struct applicant *applicant,
                                             struct date decided_on);

/* --- quotas of a year (S2, Q15) --------------------------------------------------------------- */

enum quota_reset { RESET_ON_1_JANUARY = 1, RESET_ON_ANNIVERSARY };

/* The quota's year that a day lies in, for an agreement that starts then; {0} before it starts.
 * Its first calendar year begins with the agreement. */
struct span agreement_quota_year(enum quota_reset reset, struct date start, struct date day);
/* The same line at the opening of a new year: the whole quantity again; reservations not yet used
 * stay and weigh on the new year. */
struct agreement_line agreement_line_of_new_year(const struct agreement_line *line);

/* --- steps and pace --------------------------------------------------------------------------- */

struct agreement_law {
    int64_t first_step_percent; /* 80, 90, 100 */
    int64_t second_step_percent;
    int64_t last_step_percent;
    int64_t pace_points;       /* 15 points either way */
    int64_t sub_target_points; /* A-38, C-25: 10 points behind */
};
extern const struct parameter_field agreement_law[];

/* The highest step that reserved and consumed reach, in per cent; 0 below the first. */
int64_t agreement_line_step(const struct agreement_law *law, const struct agreement_line *line);

enum pace { PACE_IN_BAND = 1, PACE_AHEAD, PACE_BEHIND };

/* What was used of a quantity against the part of the period that is over.  The day counts
 * as over. */
enum pace agreement_pace(const struct agreement_law *law, int64_t used, int64_t quantity,
                         struct span period, struct date day);
/* DALO within a quota (A-38, Q14): false where no sub-target was agreed (0). */
bool agreement_sub_target_is_behind(const struct agreement_law *law, int64_t used,
                                    int64_t sub_target, struct span period, struct date day);

#endif
