/* request.h - the life of a request, its guards before the decision, and its delays
 *
 * The machine of domain.md 6.1 as data.  Guards of the decision itself are in
 * decision.h, of the agenda in session.h.  Delays are given as days: a period of
 * n days that begins on a day ends at 24:00 of its n-th day after (D-1), so what
 * must happen within it may happen on that day, and what follows from its end
 * happens on the next.  Periods are those of the department (FSL-3).
 */
#ifndef INTAKE_RULES_REQUEST_H
#define INTAKE_RULES_REQUEST_H

#include "libcommon/calendar.h"
#include "libcommon/machine.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"
#include "services/intake/rules/assessment.h"
#include "services/intake/rules/codes.h"
#include "services/intake/rules/prescriber.h"

enum request_state {
    REQUEST_DRAFT = 1,
    REQUEST_SUBMITTED,
    REQUEST_INCOMPLETE,
    REQUEST_COMPLETE,
    REQUEST_SCHEDULED,
    REQUEST_DEFERRED,
    REQUEST_GRANTED,
    REQUEST_REFUSED,
    REQUEST_WITHDRAWN,
    REQUEST_LAPSED,
};

enum request_event {
    REQUEST_CREATE = 1,
    REQUEST_REFER, /* Action Logement's referral enters as submitted (S3-19) */
    REQUEST_EDIT,
    REQUEST_SUBMIT,
    REQUEST_CHECK_FAIL,
    REQUEST_CHECK_PASS,
    REQUEST_ROUTE,
    REQUEST_GRANT,
    REQUEST_DEFER,
    REQUEST_RESCHEDULE, /* also to another session, when one is cancelled or has no quorum */
    REQUEST_REFUSE,
    REQUEST_WITHDRAW,
    REQUEST_LAPSE,
};

extern const struct machine request_machine;

struct request_law {
    struct period draft_lapse;         /* without activity */
    struct period incomplete_reminder; /* from the first failed check */
    struct period incomplete_lapse;    /* the same */
    struct period decision;            /* from completeness: FSL-13, Q34 */
    struct period appeal;              /* from the notification of a refusal: Q34 */
    int64_t deferrals_to_warn;         /* 6.1, A-05 */
};
extern const struct parameter_field request_law[];

/* --- guards ----------------------------------------------------------------------------------- */

enum consent_form { CONSENT_SIGNED = 1, CONSENT_SPOKEN, CONSENT_ELECTRONIC };

/* The household's agreement to support: date and form (S2-15). */
struct consent {
    struct date given_on;
    struct date withdrawn_on; /* absent: it stands */
    enum consent_form form;
};

/* FSL-5, MASP-3, SX-6: support is agreed to by the household, except what a judge orders. */
bool scheme_needs_consent(enum scheme scheme);
/* Consent was given with its form, and stands on the day; withdrawn, it ends that same day. */
const struct refusal *consent_accept(enum scheme scheme, const struct consent *consent,
                                     struct date on);

/* 6.1 create: the scheme and the origin are coded and the household is known. */
const struct refusal *request_accept_creation(enum scheme scheme, enum request_origin origin,
                                              bool household_is_known);
/* 6.1 submit: consent stands, and the origin may ask for the scheme (AVDL-3). */
const struct refusal *request_accept_submission(enum scheme scheme, enum request_origin origin,
                                                const struct consent *consent, struct date on,
                                                const struct prescriber_law *law);
/* S3-19, S3-24: Action Logement's referral brings its pre-diagnosis and its recommendations. */
const struct refusal *request_accept_referral(enum request_origin origin,
                                              const struct assessment *pre_diagnosis,
                                              bool has_recommendations, struct date received_on);

/* --- delays ----------------------------------------------------------------------------------- */

/* What delays count from; absent when it has not happened. */
struct request_dates {
    struct date last_activity_on; /* of a draft */
    struct date incomplete_since; /* the first failed check; later ones do not start it again */
    struct date completed_on;
    struct date received_on;      /* of a referral by Action Logement */
    struct date first_contact_on; /* with the household referred */
};

/* The days that timers and alerts need; absent where nothing runs. */
struct request_delays {
    struct date reminder_on;     /* */
    struct date lapses_after;    /* the last day to act */
    struct date decision_due;    /* A-04, C-25: while no decision exists, whatever the state */
    struct date untouched_since; /* */
};

struct request_delays request_delays(enum request_state state, const struct request_dates *dates,
                                     const struct request_law *law);
/* The request lapses by itself: its last day to act has passed. */
bool request_lapses(enum request_state state, const struct request_dates *dates, struct date today,
                    const struct request_law *law);
/* C-25: the last day for a decision has passed and there is none. */
bool request_is_late(enum request_state state, const struct request_dates *dates, struct date today,
                     const struct request_law *law);
/* 6.1, A-05: the deferral just made is one too many to pass unnoticed. */
bool request_is_deferred_too_often(int64_t deferrals, const struct request_law *law);
/* Q34, D-8: the last day to appeal against a refusal, before an administrative court; and the day
 * to warn of, which is earlier. */
struct date appeal_limit(struct date notified_on, const struct request_law *law,
                         enum holidays holidays);
struct date appeal_limit_to_warn_of(struct date notified_on, const struct request_law *law);

#endif
