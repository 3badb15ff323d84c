/* crisis.h - a death, an assault, a fire, a report of unfit housing: what happens by when
 *
 * Hours run on instants (UTC ms), not on clocks: 24 hours are 24 hours when
 * clocks change.  Those affected may be residents or staff; of staff only a
 * number is known and that support was offered (Q45).  A cell on unfit housing
 * is the State's: the organisation records it and its own part (C-20).
 */
#ifndef MEASURES_RULES_CRISIS_H
#define MEASURES_RULES_CRISIS_H

#include "libcommon/calendar.h"
#include "libcommon/machine.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"

struct crisis_law {
    int64_t qualification_hours; /* 6.12 */
    int64_t plan_warning_hours;  /* */
    int64_t plan_hours;          /* 6.12, A-96 */
    int64_t manager_hours;       /* */
    int64_t funder_hours;        /* */
    int64_t clean_reviews;       /* 6.12 */
};

extern const struct parameter_field crisis_law_fields[];

enum crisis_state {
    CRISIS_REPORTED = 1,
    CRISIS_QUALIFIED,
    CRISIS_CELL_OPEN,
    CRISIS_PLAN_RUNNING,
    CRISIS_MONITORED,
    CRISIS_CLOSED,
    CRISIS_UNFOUNDED,
    CRISIS_STATES,
};

enum crisis_event {
    CRISIS_REPORT = 1,
    CRISIS_QUALIFY,
    CRISIS_DISMISS,
    CRISIS_OPEN_CELL, /* or record the State's */
    CRISIS_START_PLAN,
    CRISIS_MONITOR,
    CRISIS_RESUME_PLAN,
    CRISIS_CLOSE,
    CRISIS_EVENTS,
};

extern const struct machine crisis_machine;

enum crisis_type {
    CRISIS_DEATH = 1,
    CRISIS_ASSAULT,
    CRISIS_DOMESTIC_VIOLENCE,
    CRISIS_FIRE_OR_DAMAGE,
    CRISIS_UNFIT_HOUSING_REPORT,
    CRISIS_SELF_HARM,
    CRISIS_OTHER,
};

/* --- reporting (S2-37, A-95, A-97) ------------------------------------------------------------ */

struct crisis_report {
    enum crisis_type type;
    bool has_place;
    int64_t residents_affected;
    int64_t staff_affected;
};

extern const struct refusal CRISIS_WITHOUT_TYPE, CRISIS_WITHOUT_PLACE, CRISIS_PEOPLE_IMPOSSIBLE;
/* Nobody affected yet, or only staff, is a report like any other. */
const struct refusal *crisis_may_be_reported(const struct crisis_report *report);

enum crisis_recipient {
    CRISIS_TO_ON_CALL = 1,
    CRISIS_TO_DISTRICT_LEAD, /* for unfit housing */
    CRISIS_TO_MANAGER,
    CRISIS_TO_FUNDER,
};

/* Who is told at once. */
enum crisis_recipient crisis_first_recipient(enum crisis_type type);

/* --- instants, in UTC ms ---------------------------------------------------------------------- */

int64_t crisis_qualification_due_ms(int64_t reported_at_ms, const struct crisis_law *law);
int64_t crisis_plan_warning_at_ms(int64_t reported_at_ms, const struct crisis_law *law);
int64_t crisis_plan_due_ms(int64_t reported_at_ms, const struct crisis_law *law);
int64_t crisis_manager_told_at_ms(int64_t reported_at_ms, const struct crisis_law *law);
int64_t crisis_funder_told_at_ms(int64_t reported_at_ms, const struct crisis_law *law);

/* Was a thing due at an instant, done at another (0: not yet), late when seen now?  The instant
 * itself is in time. */
bool crisis_is_late(int64_t due_ms, int64_t done_at_ms, int64_t now_ms);

/* who has to be told by now: the first recipient, one hour on the manager, four hours on the
 * funder or prefecture; it stops where the event was qualified (0: not yet). */
enum crisis_recipient crisis_escalation(enum crisis_type type, int64_t reported_at_ms,
                                        int64_t qualified_at_ms, int64_t now_ms,
                                        const struct crisis_law *law);

/* --- the cell (S1-62, C-20) ------------------------------------------------------------------- */

enum cell_opener { CELL_OPENED_BY_ORGANISATION = 1, CELL_OPENED_BY_STATE };

struct crisis_cell {
    enum cell_opener opener;
    struct date reported_to_state_on; /* absent: not reported */
    int64_t participants;             /* called */
};

extern const struct refusal CRISIS_CELL_IS_THE_STATES, CRISIS_NOT_REPORTED_TO_STATE,
    CRISIS_CELL_WITHOUT_PARTICIPANTS;
const struct refusal *crisis_may_have_cell(enum crisis_type type, const struct crisis_cell *cell);

/* --- closing ---------------------------------------------------------------------------------- */

struct crisis_closing {
    int64_t residents_affected;
    int64_t staff_affected;
    bool residents_were_offered_support;
    bool staff_were_offered_support;
    int64_t clean_reviews; /* in a row, watch_clean_reviews() */
    bool lessons_are_written;
};

extern const struct refusal CRISIS_RESIDENTS_WITHOUT_SUPPORT, CRISIS_STAFF_WITHOUT_SUPPORT,
    CRISIS_REVIEWS_MISSING, CRISIS_LESSONS_MISSING;
/* 6.12, S2-34, S2-37. */
const struct refusal *crisis_may_be_closed(const struct crisis_closing *closing,
                                           const struct crisis_law *law);

#endif
