/* admission.h - who may be admitted to a temporary place, and proposed for one
 *
 * The three guards of a residence (domain.md S0-21 to S0-23): right of stay,
 * income that pays the fee, an insertion project thought about.  Before a
 * candidature is sent, its file must be complete (S4-38) and, for a place of the
 * State's quota, its SI SIAO request active (S4-26).
 */
#ifndef INTAKE_RULES_ADMISSION_H
#define INTAKE_RULES_ADMISSION_H

#include "libcommon/calendar.h"
#include "libcommon/refusal.h"
#include "services/intake/rules/fee_guard.h"

/* P-8: nationality only as French, of the European Union, or other with a permit. */
enum right_of_stay_kind { STAY_FRENCH = 1, STAY_EUROPEAN_UNION, STAY_PERMIT };

struct right_of_stay {
    enum right_of_stay_kind kind;
    struct date until; /* the last day of a permit; a receipt of renewal is a permit too */
};

struct admission {
    struct right_of_stay right_of_stay;
    struct fee_guard fee_guard;
    bool project_is_thought_about;
};

struct candidature_file {
    struct admission admission;
    bool state_quota;
    bool siao_request_is_active;
    uint32_t missing_items; /* completeness.h, items_of_candidature() */
};

/* Guard 1 on a day: recorded and, for a permit, not past its last day. */
const struct refusal *right_of_stay_accept(const struct right_of_stay *right, struct date on);
/* the last day of the right of stay; absent when it does not end. */
struct date right_of_stay_ends(const struct right_of_stay *right);
/* The three guards, in the order of the seed, on the day of admission. */
const struct refusal *admission_accept(const struct admission *admission, struct date on);
/* What must hold before a candidature is sent. */
const struct refusal *candidature_file_accept(const struct candidature_file *file, struct date on);

#endif
