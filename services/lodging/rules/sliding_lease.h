/* sliding_lease.h - a sublease that becomes the household's own lease
 *
 * The association rents from the landlord and sublets to the household; when
 * the situation is stable the lease slides to the household (domain.md S2-29,
 * S2-57 to S2-60, BG-1 to BG-6, 6.8, C-16).  Reviews have dates; what they find
 * is judged by people, criterion by criterion, and an end for arrears is a
 * decision of people with a reason, never automatic.  Two ledgers, the
 * household's and the association's, are independent and both stop at the
 * slide.
 */
#ifndef LODGING_RULES_SLIDING_LEASE_H
#define LODGING_RULES_SLIDING_LEASE_H

#include "libcommon/calendar.h"
#include "libcommon/machine.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum sliding_lease_state {
    SLIDING_LEASE_PROPOSED = 1,
    SLIDING_LEASE_SIGNED,
    SLIDING_LEASE_RUNNING,
    SLIDING_LEASE_REVIEW_DUE,
    SLIDING_LEASE_FAVOURABLE,
    SLIDING_LEASE_UNFAVOURABLE,
    SLIDING_LEASE_SLID,
    SLIDING_LEASE_ENDED_WITHOUT_SLIDE,
    SLIDING_LEASE_STATES,
};

enum sliding_lease_event {
    SLIDING_LEASE_EVENT_PROPOSE = 1,
    SLIDING_LEASE_EVENT_SIGN,
    SLIDING_LEASE_EVENT_ENTER,
    SLIDING_LEASE_EVENT_REACH_REVIEW,
    SLIDING_LEASE_EVENT_REVIEW_FAVOURABLY,
    SLIDING_LEASE_EVENT_REVIEW_UNFAVOURABLY,
    SLIDING_LEASE_EVENT_SIGN_LEASE, /* the household, with the landlord: the slide */
    SLIDING_LEASE_EVENT_LANDLORD_REFUSES,
    SLIDING_LEASE_EVENT_START_NEW_PERIOD,
    SLIDING_LEASE_EVENT_END,
    SLIDING_LEASE_EVENTS,
};

extern const struct machine sliding_lease_machine;

struct sliding_lease_law {
    int64_t review_months;          /* a review period where the convention says nothing (BG-4) */
    int64_t landlord_notice_months; /* before its end the landlord tells the prefect (BG-3) */
    int64_t target_months;          /* from the entry to the slide (BG-4, A-61) */
    int64_t many_renewals;          /* from this one on, people are warned (6.8) */
    int64_t paid_months;            /* in a row, paid in full: the first criterion */
};

extern const struct parameter_field sliding_lease_law[];

/* --- signing ---------------------------------------------------------------------------------- */

struct sliding_lease_papers {
    bool has_lease;      /* landlord and association */
    bool has_sublease;   /* association and household */
    bool has_convention; /* the three of them, annexed to the sublease */
    bool is_social_landlord;
};

extern const struct refusal SLIDING_LEASE_WITHOUT_LEASE;
extern const struct refusal SLIDING_LEASE_WITHOUT_SUBLEASE;
extern const struct refusal SLIDING_LEASE_WITHOUT_CONVENTION;

/* domain.md BG-1, L442-8-3, 6.8: the convention is compulsory in a social landlord's dwelling. */
const struct refusal *sliding_lease_may_be_signed(const struct sliding_lease_papers *papers);

/* --- review dates ----------------------------------------------------------------------------- */

struct sliding_lease_dates {
    struct date review_end;
    struct date landlord_notice_due;    /* the latest day to tell the prefect (D-6) */
    struct date landlord_notice_target; /* the working day to aim for */
    struct date target_slide;
    int32_t renewals;
    bool has_many_renewals;
};

/* periods[i] is the length in months of the i-th review period, all counted from the entry (D-2);
 * 0 takes the usual length, and no period at all is one of usual length. */
struct sliding_lease_dates sliding_lease_dates(struct date entry, const int64_t periods[],
                                               size_t count, const struct sliding_lease_law *law,
                                               enum holidays holidays);
/* C-16: does the review come due on the day? */
bool sliding_lease_review_comes_due(enum sliding_lease_state state, struct date review_end,
                                    struct date on);

/* --- a stabilised situation ------------------------------------------------------------------- */

enum sliding_lease_criterion {
    CRITERION_PAID_IN_FULL,
    CRITERION_INSURED,
    CRITERION_NO_SERIOUS_INCIDENT,
    CRITERION_FAVOURABLE_MINUTES,
    CRITERIA,
};

enum judgement { NOT_JUDGED, JUDGED_MET, JUDGED_NOT_MET };

struct judged_criterion {
    enum judgement judgement;
    bool has_reason;
};

extern const struct refusal CRITERION_NOT_JUDGED;
extern const struct refusal CRITERION_WITHOUT_REASON;
extern const struct refusal REVIEW_WITHOUT_SIGNATURES;

/* What the accounts and the record propose for the first three; people decide. */
enum judgement criterion_from_payments(int64_t months_paid_in_a_row,
                                       const struct sliding_lease_law *law);
enum judgement criterion_from_insurance(struct date insured_until, struct date on);
enum judgement criterion_from_incidents(int64_t serious_incidents);

/* domain.md 6.8: every criterion is judged, one that is not met, or that differs from what was
 * proposed, has a reason, and the minutes are signed by the three parties. */
const struct refusal *sliding_lease_may_be_reviewed(const struct judged_criterion judged[CRITERIA],
                                                    const enum judgement proposed[CRITERIA],
                                                    int32_t signatures);
/* All four are met. */
bool sliding_lease_is_stabilised(const struct judged_criterion judged[CRITERIA]);

/* --- the slide, and other ends ---------------------------------------------------------------- */

enum sliding_lease_end {
    SLIDING_LEASE_ENDED_BY_REFUSED_OFFER = 1, /* of suitable definitive housing (BG-5) */
    SLIDING_LEASE_ENDED_BY_ARREARS,
    SLIDING_LEASE_ENDED_BY_DEPARTURE,
    SLIDING_LEASE_ENDED_BY_REVIEW,
    SLIDING_LEASE_NEVER_ENTERED,
    SLIDING_LEASE_ENDS,
};

struct sliding_lease_offer {
    bool is_offered;
    bool is_signed;
    bool is_up_to_date;
    bool is_plan_respected;
};

extern const struct refusal SLIDE_WITHOUT_OFFER;
extern const struct refusal SLIDE_WITHOUT_SIGNATURE;
extern const struct refusal SLIDE_WITH_ARREARS;
extern const struct refusal SLIDING_LEASE_END_WITHOUT_CAUSE;
extern const struct refusal SLIDING_LEASE_END_WITHOUT_REASON;
extern const struct refusal SLIDING_LEASE_PERIOD_WITHOUT_REASON;
extern const struct refusal SLIDING_LEASE_REFUSAL_WITHOUT_REASON;

/* domain.md 6.8: offered and signed, and the household up to date or keeping its plan. */
const struct refusal *sliding_lease_may_slide(const struct sliding_lease_offer *offer);
/* domain.md C-16, BG-5: a cause, and a reason that people gave. */
const struct refusal *sliding_lease_may_end(enum sliding_lease_end cause, bool has_reason);
const struct refusal *sliding_lease_may_be_renewed(bool has_reason);
/* domain.md BG-3: a landlord who offers no lease says why. */
const struct refusal *landlord_may_refuse_lease(bool has_reason);

#endif
