/* social_housing_request.h - the yearly social-housing request, offers, and who is ready to move
 *
 * A request lives from registration to registration: renewed in time it keeps
 * its seniority, not renewed it is struck off and a new one starts from nothing
 * (DLS-1).  Whether someone is in work is said by intake (C-7).
 */
#ifndef MEASURES_RULES_SOCIAL_HOUSING_REQUEST_H
#define MEASURES_RULES_SOCIAL_HOUSING_REQUEST_H

#include "libcommon/calendar.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"

enum { SOCIAL_HOUSING_REMINDERS = 4 };

struct social_housing_law {
    struct period validity;        /* DLS-1 */
    struct period reminder_before; /* DLS-1: the one that the law asks for, at the latest */
    int64_t reminder_days[SOCIAL_HOUSING_REMINDERS]; /* A-55, before the last day */
    struct period certificate;                       /* DLS-2 */
    struct period offer_answer;                      /* DLS-3: the least time to answer */
    struct period candidates;                        /* DLS-4 */
};

extern const struct parameter_field social_housing_law_fields[];

struct social_housing_request {
    struct date since;              /* seniority counts from here */
    struct date last_registered_on; /* absent: no request */
};

/* The request that a list of registrations and renewals makes, ordered by date. */
struct social_housing_request social_housing_request_of(const struct date registrations[],
                                                        size_t count,
                                                        const struct social_housing_law *law);

enum social_housing_status { SOCIAL_HOUSING_ACTIVE = 1, SOCIAL_HOUSING_STRUCK_OFF };

/* DLS-1: 0 before any registration. */
enum social_housing_status social_housing_request_status(
    const struct social_housing_request *request, struct date on,
    const struct social_housing_law *law);
/* DLS-1: the last day to renew. */
struct date social_housing_request_last_day(const struct social_housing_request *request,
                                            const struct social_housing_law *law);
/* DLS-1: the latest day of the reminder that the law asks for. */
struct date social_housing_request_legal_reminder(const struct social_housing_request *request,
                                                  const struct social_housing_law *law);
/* the house's reminders, first to last. */
void social_housing_request_reminders(const struct social_housing_request *request,
                                      const struct social_housing_law *law,
                                      struct date reminders[SOCIAL_HOUSING_REMINDERS]);

extern const struct refusal SOCIAL_HOUSING_REQUEST_STRUCK_OFF, SOCIAL_HOUSING_RENEWED_TOO_EARLY;
const struct refusal *social_housing_request_may_be_renewed(
    const struct social_housing_request *request, struct date renewed_on,
    const struct social_housing_law *law);
/* DLS-2. */
struct date social_housing_certificate_due(struct date renewed_on,
                                           const struct social_housing_law *law);

/* --- offers ----------------------------------------------------------------------------------- */

extern const struct refusal SOCIAL_HOUSING_OFFER_TOO_SHORT;
/* DLS-3, A-56: an offer leaves at least ten days; the date in the offer is the one that counts. */
const struct refusal *social_housing_offer_is_lawful(struct date offered_on, struct date answer_by,
                                                     const struct social_housing_law *law);
/* DLS-3: the date in the offer, or the least that the law gives when it has none. */
struct date social_housing_offer_answer_due(struct date offered_on, struct date answer_by,
                                            const struct social_housing_law *law);
/* DLS-4: a reservation holder told of a vacant dwelling in a tense area proposes by this day. */
struct date social_housing_candidates_due(struct date told_on,
                                          const struct social_housing_law *law);

/* --- ready for social housing (A-54, C-25, Q25, S4-18) ---------------------------------------- */

/* Which criteria are asked for; editable. */
struct ready_rule {
    bool asks_request;
    bool asks_right;
    bool asks_work;
    bool asks_arrears;
    int64_t arrears_terms; /* arrears stay below so many monthly terms */
};

extern const struct parameter_field ready_rule_fields[];

struct ready_facts {
    enum social_housing_status request;
    bool right_is_recognised; /* DALO */
    uint32_t right_grounds;   /* or possible: any ground */
    bool is_in_work;          /* C-7 */
    int64_t arrears_cents;
    int64_t monthly_term_cents;
};

enum ready_criterion {
    READY_REQUEST_ACTIVE = 1 << 0,
    READY_RIGHT = 1 << 1,
    READY_IN_WORK = 1 << 2,
    READY_FEW_ARREARS = 1 << 3,
};

/* Kept with the signal: sums of ready_criterion. */
struct ready_signal {
    bool is_ready;
    uint32_t asked;
    uint32_t met; /* whether asked for or not */
};

/* All that is asked for is met; a rule that asks for nothing finds nobody ready. */
struct ready_signal ready_for_social_housing(const struct ready_facts *facts,
                                             const struct ready_rule *rule);

#endif
