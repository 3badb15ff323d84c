/* diagnosis.h - diagnoses: ordered, made, written, validated, delivered (machine 6.3)
 *
 * A diagnosis is a product of its own, counted when delivered, whether or not
 * a support follows (S3-23, S3-22).
 */
#ifndef MEASURES_RULES_DIAGNOSIS_H
#define MEASURES_RULES_DIAGNOSIS_H

#include "libcommon/calendar.h"
#include "libcommon/machine.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"

enum diagnosis_state {
    DIAGNOSIS_ORDERED = 1,
    DIAGNOSIS_SCHEDULED,
    DIAGNOSIS_IN_PROGRESS,
    DIAGNOSIS_WRITTEN,
    DIAGNOSIS_VALIDATED,
    DIAGNOSIS_DELIVERED,
    DIAGNOSIS_ABANDONED,
};

enum diagnosis_event {
    DIAGNOSIS_ORDER = 1,
    DIAGNOSIS_SET_APPOINTMENT, /* also another one after one that was missed */
    DIAGNOSIS_MISS_APPOINTMENT,
    DIAGNOSIS_START,
    DIAGNOSIS_SUBMIT,
    DIAGNOSIS_VALIDATE,
    DIAGNOSIS_SEND,
    DIAGNOSIS_ABANDON,
};

extern const struct machine diagnosis_machine;

enum diagnosis_kind {
    DIAGNOSIS_PRE = 1,
    DIAGNOSIS_COMPLEMENTARY,
    DIAGNOSIS_SOCIAL_FINANCIAL,
    DIAGNOSIS_AVDL,
    DIAGNOSIS_MOUS,
};

/* --- what is due ------------------------------------------------------------------------------ */

struct diagnosis_law {
    int64_t appointment_days; /* from the order to the first appointment: 15 */
    int64_t writing_days;     /* from the start to the text: 30 */
    int64_t delivery_days;    /* a complementary one, from the order to its delivery: 30 */
    int64_t missed_appointments; /* before it may be abandoned: 2 */
    int64_t home_visits;         /* tried before: 1 */
};
extern const struct parameter_field diagnosis_law[];

struct diagnosis_dates {
    struct date ordered_on;
    struct date started_on;
};

/* The day by which the state's next step is to be done; absent when nothing is due. */
struct date diagnosis_step_due(const struct diagnosis_law *law, enum diagnosis_state state,
                               const struct diagnosis_dates *dates);
/* The day by which a complementary one is to be delivered, in every state before; absent for other
 * kinds and once it is over (A-26, C-25). */
struct date diagnosis_delivery_due(const struct diagnosis_law *law, enum diagnosis_kind kind,
                                   enum diagnosis_state state, const struct diagnosis_dates *dates);

/* --- what it says ----------------------------------------------------------------------------- */

enum diagnosis_section {
    SECTION_SOCIAL = 1,
    SECTION_BUDGET,
    SECTION_HOUSING,
    SECTION_DEBT,
    SECTION_PATH,
    SECTION_NEED,
};

enum diagnosis_conclusion {
    CONCLUSION_SUPPORT = 1,
    CONCLUSION_NO_SUPPORT, /* AVDL-4: it may be that none is needed */
    CONCLUSION_OTHER_ROUTE,
    CONCLUSION_INTENSITY,
};

extern const struct refusal DIAGNOSIS_SOCIAL_MISSING;
extern const struct refusal DIAGNOSIS_BUDGET_MISSING;
extern const struct refusal DIAGNOSIS_HOUSING_MISSING;
extern const struct refusal DIAGNOSIS_DEBT_MISSING;
extern const struct refusal DIAGNOSIS_PATH_MISSING;
extern const struct refusal DIAGNOSIS_NEED_MISSING;
extern const struct refusal DIAGNOSIS_CONCLUSION_MISSING;
extern const struct refusal DIAGNOSIS_RECIPIENT_NOT_ENTITLED;

/* IN_PROGRESS -> WRITTEN: all six sections (bit n set: section n is filled) and a conclusion; names
 * the first that is missing. */
const struct refusal *diagnosis_submission_check(uint32_t sections,
                                                 enum diagnosis_conclusion conclusion);
const struct refusal *diagnosis_delivery_check(bool recipient_is_entitled);
/* Does it count as a product (F3-5)? */
bool diagnosis_counts(enum diagnosis_state state);

/* --- giving it up ----------------------------------------------------------------------------- */

enum abandon_reason { ABANDON_CANNOT_REACH = 1, ABANDON_REFUSED, ABANDON_OTHER };

struct diagnosis_attempts {
    int32_t missed_appointments;
    int32_t home_visits;
};

extern const struct refusal DIAGNOSIS_REASON_MISSING;
extern const struct refusal DIAGNOSIS_APPOINTMENTS_TOO_FEW;
extern const struct refusal DIAGNOSIS_HOME_VISIT_MISSING;

/* Somebody cannot be reached only after two missed appointments and one visit at home (6.3). */
const struct refusal *diagnosis_abandon_check(const struct diagnosis_law *law,
                                              enum abandon_reason reason,
                                              struct diagnosis_attempts attempts);

#endif
