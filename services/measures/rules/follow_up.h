/* follow_up.h - the contact six months after a measure (S1-36, machine 6.13)
 *
 * One for every closed measure, one contact for the household (Q27).  The end
 * is the first day after the measure (C-1).
 */
#ifndef MEASURES_RULES_FOLLOW_UP_H
#define MEASURES_RULES_FOLLOW_UP_H

#include "libcommon/calendar.h"
#include "libcommon/machine.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"
#include "services/measures/rules/evaluation.h"

enum follow_up_state {
    FOLLOW_UP_PLANNED = 1,
    FOLLOW_UP_DUE, /* its window is open */
    FOLLOW_UP_ATTEMPTED,
    FOLLOW_UP_DONE,
    FOLLOW_UP_UNREACHABLE,
    FOLLOW_UP_REFUSED,
    FOLLOW_UP_NOT_APPLICABLE,
};

enum follow_up_event {
    FOLLOW_UP_PLAN = 1,
    FOLLOW_UP_OPEN_WINDOW,
    FOLLOW_UP_ATTEMPT, /* in vain */
    FOLLOW_UP_REACH,
    FOLLOW_UP_GIVE_UP,
    FOLLOW_UP_REFUSE,
    FOLLOW_UP_DISMISS,
};

extern const struct machine follow_up_machine;

struct follow_up_law {
    int64_t months;         /* after the end: 6 */
    int64_t window_days;    /* either side: 15 */
    int64_t least_days;     /* different days tried before giving up: 3 */
    int64_t least_channels; /* different channels: 2 */
};
extern const struct parameter_field follow_up_law[];

/* When to make it: due, from the first to the last day of its window, both included. */
struct follow_up_window {
    struct date first;
    struct date due;
    struct date last;
};
struct follow_up_window follow_up_window_of(const struct follow_up_law *law,
                                            struct date measure_end);

/* --- why there is none ------------------------------------------------------------------------ */

enum follow_up_dismissal { DISMISSED_DECEASED = 1, DISMISSED_NEW_MEASURE, DISMISSED_ERASURE };

struct follow_up_facts {
    bool deceased;
    bool new_measure_runs;
    bool erasure_asked;
};
/* 0 when the contact is to be made. */
enum follow_up_dismissal follow_up_dismissal_of(struct follow_up_facts facts);

/* --- attempts --------------------------------------------------------------------------------- */

enum follow_up_channel {
    CHANNEL_PHONE = 1,
    CHANNEL_LETTER,
    CHANNEL_SMS,
    CHANNEL_EMAIL,
    CHANNEL_HOME_VISIT,
    CHANNEL_OFFICE,
};

struct follow_up_attempt {
    struct date on;
    enum follow_up_channel channel;
};

extern const struct refusal FOLLOW_UP_TOO_EARLY;
extern const struct refusal FOLLOW_UP_CHANNEL_MISSING;
extern const struct refusal FOLLOW_UP_TOO_FEW_DAYS;
extern const struct refusal FOLLOW_UP_TOO_FEW_CHANNELS;

/* Not before the window opens; after it closed still. */
const struct refusal *follow_up_attempt_check(const struct follow_up_window *window,
                                              struct follow_up_attempt attempt);
/* UNREACHABLE after attempts on three different days over at least two channels. */
const struct refusal *follow_up_give_up_check(const struct follow_up_law *law,
                                              const struct follow_up_attempt attempts[],
                                              size_t count);

/* --- answers ---------------------------------------------------------------------------------- */

enum answer { ANSWER_YES = 1, ANSWER_NO };

struct follow_up_answers {
    enum housing_outcome housing;
    int32_t tenure; /* a code of intake's list; 0 when not asked */
    enum answer has_arrears;
    enum resource_band resources;
    int32_t satisfaction; /* 1 to 5 */
    enum answer needs_measure;
};

extern const struct refusal FOLLOW_UP_HOUSING_MISSING;
extern const struct refusal FOLLOW_UP_TENURE_MISSING;
extern const struct refusal FOLLOW_UP_ARREARS_MISSING;
extern const struct refusal FOLLOW_UP_RESOURCES_MISSING;
extern const struct refusal FOLLOW_UP_SATISFACTION_MISSING;
extern const struct refusal FOLLOW_UP_NEED_MISSING;

/* DONE needs every answer (6.13). */
const struct refusal *follow_up_answers_check(const struct follow_up_answers *answers);

#endif
