/* assessment.h - assessments that come with a request, and those that must follow it
 *
 * A request brings what others have written about the household: a social
 * worker's evaluation, a diagnosis, Action Logement's pre-diagnosis with its
 * recommendations.  Their author and date are kept (domain.md S3-24); what they
 * say stays their text.
 */
#ifndef INTAKE_RULES_ASSESSMENT_H
#define INTAKE_RULES_ASSESSMENT_H

#include "libcommon/calendar.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"

struct assessment {
    bool has_author;
    struct date written_on;
};

struct assessment_law {
    int64_t flash_hours;    /* SIAO-2, instruction of 31 March 2022 */
    struct period in_depth; /* the same */
};
extern const struct parameter_field assessment_law[];

/* S3-24: an attached assessment has its author and its date, no later than the day it came. */
const struct refusal *assessment_accept(const struct assessment *assessment,
                                        struct date received_on);
/* SIAO-2: the instant by which the flash evaluation of a household asking now is due; hours pass
 * by the clock, whatever summer time does. */
int64_t flash_evaluation_due_ms(int64_t asked_at_ms, const struct assessment_law *law);
/* SIAO-2: the last day for the in-depth evaluation, by the structure that took the household in. */
struct date in_depth_evaluation_due(struct date entered_on, const struct assessment_law *law);

#endif
