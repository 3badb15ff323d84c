/* household.h - ages, composition and consumption units of a household
 *
 * Birth dates stay in intake, sealed; what leaves is an answer: an age band, or
 * "aged 18 to 25 on that day" (domain.md C-8).  An absent birth date is not
 * known; a person born after the day asked about is not there yet.
 */
#ifndef INTAKE_RULES_HOUSEHOLD_H
#define INTAKE_RULES_HOUSEHOLD_H

#include "libcommon/calendar.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"
#include "services/intake/rules/codes.h"

/* --- ages ------------------------------------------------------------------------------------- */

struct youth_law {
    int64_t youngest_years; /* from this birthday */
    int64_t oldest_years;   /* to the eve of the birthday after this one */
};
extern const struct parameter_field youth_law[];

enum { AGE_BAND_UNKNOWN = 0, AGE_BANDS = 5 };

struct age_band_law {
    int64_t from_years[AGE_BANDS]; /* each band runs to the next one; the last is open */
};
extern const struct parameter_field age_band_law[];

/* A birth date exists and is not after today. */
const struct refusal *birth_date_accept(struct date birth, struct date today);
/* Has the person had that birthday on the day?  No when the birth date is absent. */
bool person_is_aged_at_least(struct date birth, int64_t years, struct date on);
/* S1-22, C-8: 18 to 25, from the 18th birthday to the eve of the 26th. */
bool person_is_youth(struct date birth, struct date on, const struct youth_law *law);
/* The number of the band, from 1; AGE_BAND_UNKNOWN below the first band (C-8: 16 years) or without
 * a birth date. */
int person_age_band(struct date birth, struct date on, const struct age_band_law *law);

/* --- composition ------------------------------------------------------------------------------ */

/* S3-6: the type and the numbers of adults and children say the same. */
const struct refusal *household_type_accept(enum household_type type, int64_t adults,
                                            int64_t children);

struct consumption_law {
    int64_t first_person_tenths;
    int64_t other_person_tenths;
    int64_t child_tenths;
    int64_t child_below_years;
};
extern const struct parameter_field consumption_law[];

/* C-9: consumption units in tenths, by the OECD-modified scale: one first person, then others, then
 * children; a person whose age is not known counts as grown up, which asks for more left over. */
int64_t household_consumption_tenths(const struct date births[], size_t count, struct date on,
                                     const struct consumption_law *law);

/* --- work ------------------------------------------------------------------------------------- */

/* C-7: employed, temporary worker or self-employed. */
bool person_is_in_work(enum socio_professional_status status);

/* The exclusive groups of S1-53. */
enum socio_professional_group {
    GROUP_NONE, /* C-7: a jobseeker without minimum benefits is in no group: reported, not dropped
                 */
    GROUP_MINIMUM_BENEFITS,
    GROUP_IN_WORK,
    GROUP_AT_HOME_DISABLED_RETIRED,
    GROUP_STUDENT_TRAINEE_APPRENTICE,
};
enum socio_professional_group person_group(enum socio_professional_status status,
                                           bool receives_minimum_benefits);

#endif
