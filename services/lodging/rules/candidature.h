/* candidature.h - a household proposed for a vacancy: its life, its guard, its rank
 *
 * A household may be a candidate on several vacancies, a vacancy may have
 * several candidates; each candidature has a state of its own (domain.md 6.6,
 * C-14).  The regulator decides the order; where the regulator has not, it is
 * the number of priority criteria, then the waiting time (Q23).
 */
#ifndef LODGING_RULES_CANDIDATURE_H
#define LODGING_RULES_CANDIDATURE_H

#include "libcommon/calendar.h"
#include "libcommon/machine.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum candidature_state {
    CANDIDATURE_PROPOSED = 1, /* on the reserve list */
    CANDIDATURE_SENT,
    CANDIDATURE_UNDER_REVIEW,
    CANDIDATURE_RETAINED,
    CANDIDATURE_HOUSED,
    CANDIDATURE_REFUSED,
    CANDIDATURE_WITHDRAWN,
    CANDIDATURE_NOT_RETAINED, /* the vacancy closed without it */
    CANDIDATURE_EXPIRED,      /* the candidate did not answer */
    CANDIDATURE_STATES,
};

enum candidature_event {
    CANDIDATURE_EVENT_PROPOSE = 1,
    CANDIDATURE_EVENT_SEND,
    CANDIDATURE_EVENT_REVIEW,
    CANDIDATURE_EVENT_RETAIN,
    CANDIDATURE_EVENT_REFUSE,
    CANDIDATURE_EVENT_WITHDRAW,
    CANDIDATURE_EVENT_HOUSE_ELSEWHERE, /* the household is housed through another one */
    CANDIDATURE_EVENT_EXPIRE,
    CANDIDATURE_EVENT_CLOSE_VACANCY,
    CANDIDATURE_EVENT_SIGN_TITLE,
    CANDIDATURE_EVENTS,
};

extern const struct machine candidature_machine;

/* domain.md 5.1 and C-7. */
enum refusal_reason {
    REFUSED_INCOMPLETE_FILE = 1,
    REFUSED_INCOME_TOO_LOW,
    REFUSED_NOT_IN_TARGET_PUBLIC,
    REFUSED_HOUSEHOLD_SIZE,
    REFUSED_PROJECT_MISMATCH,
    REFUSED_RIGHT_OF_STAY,
    REFUSED_NO_ANSWER,
    REFUSED_OUT_OF_QUOTA,
    REFUSED_OTHER,
    REFUSAL_REASONS,
};

struct candidature_law {
    int64_t answer_hours;
    struct period social_housing_answer_period;
    struct period contact_period;
};

extern const struct parameter_field candidature_law[];

/* What the guard must know before a candidature goes to the manager. */
struct candidature_file {
    bool is_for_state_contingent;
    bool has_active_siao_request;
    bool is_complete;
    bool is_fee_computed;           /* the fee guard has a result */
    const struct refusal *fee;      /* what it said; ACCEPTED or a refusal of affordability.h */
    bool is_better_ranked_waiting;  /* see candidature_is_next() */
    bool has_reason_to_break_order; /* given by the regulator and kept */
};

/* Where a candidature stands on its vacancy's list. */
struct candidature_rank {
    enum candidature_state state;
    int32_t decided_rank; /* by the regulator, from 1; 0 when not decided */
    int32_t priority_criteria;
    struct date waiting_since; /* of the household's request */
    int64_t proposed_order;    /* the order of proposals, all different */
};

extern const struct refusal CANDIDATE_WITHOUT_SIAO_REQUEST;
extern const struct refusal CANDIDATE_FILE_INCOMPLETE;
extern const struct refusal CANDIDATE_FEE_NOT_COMPUTED;
extern const struct refusal CANDIDATE_NOT_NEXT_IN_RANK;
extern const struct refusal REFUSAL_WITHOUT_REASON;

/* domain.md S4-26, S4-38, C-9, 6.6: may the candidature be sent to the manager?  The request in
 * SI SIAO is asked of the State's contingent only. */
const struct refusal *candidature_may_be_sent(const struct candidature_file *file);
/* domain.md S4-29: the manager may refuse for any reason, and gives it. */
const struct refusal *candidature_may_be_refused(enum refusal_reason reason);

/* Sorts best first: the regulator's order, then more criteria, longer wait, earlier proposal.
 * The order is total, so the same list always comes out the same (Q23). */
void candidatures_rank(struct candidature_rank list[], size_t count);
/* Is this candidature the best of those still on the reserve list? */
bool candidature_is_next(const struct candidature_rank list[], size_t count, size_t index);
/* The best of the reserve list, to propose after a refusal (S4-30); count when it is empty. */
size_t candidature_next(const struct candidature_rank list[], size_t count);

/* What happens to another candidature when one is housed (6.6): the household's own others are
 * withdrawn, the vacancy's others are not retained.  0 when neither. */
enum candidature_event candidature_event_of_housing(bool is_same_household, bool is_same_vacancy);

/* The instant by which the candidate answers (C-14, SIAO-6, A-68): hours by the clock's run,
 * whatever the wall shows. */
int64_t candidature_answer_by(int64_t asked_at_ms, const struct candidature_law *law);
/* For an offer of social housing (DLS-3): 24:00 of the last day, counted from the date of the
 * offer. */
int64_t candidature_social_housing_answer_by(struct date offered_on,
                                             const struct candidature_law *law);
/* SIAO-6: the day by which an oriented household contacts the structure. */
struct date candidature_contact_by(struct date oriented_on, const struct candidature_law *law);

#endif
