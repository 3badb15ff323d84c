/* label.h - rehousing priorities: the State's recognition (DALO) and collective agreements
 *
 * A label says who granted it and when (S0-29).  The criteria of a collective
 * agreement are data with validity dates (S0-28, AC-1): whoever is assessed is
 * assessed by the version of the day, and the version is kept with the finding.
 */
#ifndef MEASURES_RULES_LABEL_H
#define MEASURES_RULES_LABEL_H

#include "libcommon/calendar.h"
#include "libcommon/machine.h"
#include "libcommon/refusal.h"

/* --- the label (S0-29) ------------------------------------------------------------------------ */

enum label_state {
    LABEL_REQUESTED = 1,
    LABEL_GRANTED,
    LABEL_REFUSED, /* a challenge may still win it */
    LABEL_USED,    /* rehoused with it */
    LABEL_LOST,    /* a suitable offer refused (DALO-8), or withdrawn */
    LABEL_EXPIRED,
    LABEL_STATES,
};

enum label_event {
    LABEL_REQUEST = 1,
    LABEL_GRANT,
    LABEL_REFUSE,
    LABEL_USE,
    LABEL_LOSE,
    LABEL_EXPIRE,
    LABEL_EVENTS,
};

extern const struct machine label_machine;

enum label_kind { LABEL_HOUSING_RIGHT = 1, LABEL_COLLECTIVE_AGREEMENT };
enum label_authority { AUTHORITY_STATE = 1, AUTHORITY_LOCAL };

struct label {
    enum label_kind kind;
    enum label_authority authority;
    struct date granted_on;
    struct date valid_to; /* included; absent: no end */
    struct date ended_on; /* used or lost that day; absent: neither */
};

extern const struct refusal LABEL_WITHOUT_DATE, LABEL_AUTHORITY_UNFIT, LABEL_ENDS_BEFORE_IT_STARTS;
/* S0-28, S0-29: the State recognises the right to housing, a local authority its own priority. */
const struct refusal *label_may_be_granted(const struct label *label);
bool label_is_valid(const struct label *label, struct date on);

/* --- criteria of a collective agreement (S0-28, AC-1) ----------------------------------------- */

enum agreement_situation {
    SITUATION_SOCIAL_DIFFICULTY = 1 << 0,
    SITUATION_FAMILY_DIFFICULTY = 1 << 1,
    SITUATION_WORK_DIFFICULTY = 1 << 2,
    SITUATION_HEALTH_DIFFICULTY = 1 << 3,
    SITUATION_CONSOLIDATES_INSERTION = 1 << 4,
    SITUATION_UNFIT_HOUSING = 1 << 5,
    SITUATION_DISASTER = 1 << 6,
};

/* One version.  Each situation that counts may count only in urgent need, or only under the
 * ceiling. */
struct agreement_criteria {
    struct date valid_from;
    struct date valid_to; /* included; absent: open */
    uint32_t situations;
    uint32_t only_if_urgent;
    uint32_t only_if_low_income;
    int64_t income_ceiling_cents; /* included */
};

extern const struct refusal CRITERIA_UNDATED, CRITERIA_END_BEFORE_THEY_START, CRITERIA_EMPTY,
    CRITERIA_OVERLAP;
/* No day has two versions. */
const struct refusal *agreement_criteria_may_be_added(const struct agreement_criteria versions[],
                                                      size_t count,
                                                      const struct agreement_criteria *added);
/* The version of a day; NULL when there is none.  Borrowed from versions. */
const struct agreement_criteria *agreement_criteria_on(const struct agreement_criteria versions[],
                                                       size_t count, struct date on);

struct agreement_facts {
    uint32_t situations;
    bool need_is_urgent;
    int64_t income_cents; /* counted as the ceiling is */
};

/* The situations by which a household meets the criteria; 0 when it does not. */
uint32_t agreement_criteria_met(const struct agreement_criteria *criteria,
                                const struct agreement_facts *facts);

#endif
