/* review.h - written reviews (bilans): when they are due, and campaigns over a portfolio
 *
 * A mandate is the period that one decision granted, from <= day < end (C-1):
 * its first decision, then each renewal.  A review is due at the latest on the
 * day given here and late from the next day on (FSL-8, A-17).
 */
#ifndef MEASURES_RULES_REVIEW_H
#define MEASURES_RULES_REVIEW_H

#include "libcommon/calendar.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"

struct review_law {
    int64_t every_months;            /* 3 */
    int64_t mid_term_mandate_months; /* mandates of 6 months have a mid-term review */
    int64_t mid_term_months;         /* at month 3 */
};
extern const struct parameter_field review_law[];

enum review_kind { REVIEW_PERIODIC = 1, REVIEW_MID_TERM, REVIEW_FINAL };

struct mandate {
    struct date from;
    struct date end; /* absent: as long as the stay */
    int32_t months;
};

/* What was written in this mandate. */
struct reviews_written {
    struct date last_on; /* of any kind */
    bool mid_term;
    bool final;
};

struct review_due {
    enum review_kind kind; /* 0: none is due any more */
    struct date on;
};

/* The next review: no review for three months, the mid-term of a six-month mandate at month 3, the
 * final one by its last day. */
struct review_due review_next_due(const struct review_law *law, const struct mandate *mandate,
                                  const struct reviews_written *written);
bool review_is_overdue(struct review_due due, struct date on);

enum review_proposal { PROPOSAL_STOP = 1, PROPOSAL_RENEWAL };

extern const struct refusal REVIEW_DATE_MISSING;
extern const struct refusal REVIEW_PROPOSAL_MISSING;

/* A review is dated; a final one proposes to stop or to renew (FSL-8). */
const struct refusal *review_check(enum review_kind kind, struct date written_on,
                                   enum review_proposal proposal);

/* --- a campaign over all households of a portfolio (S0-31) ------------------------------------ */

struct campaign_sheet {
    int32_t work_axes;      /* pursued with the household */
    bool problems_recorded; /* in delivering the measure; "none" is an answer */
};

extern const struct refusal REVIEW_AXES_MISSING;
extern const struct refusal REVIEW_PROBLEMS_MISSING;

const struct refusal *campaign_sheet_check(const struct campaign_sheet *sheet);
/* Complete sheets; the campaign is over when there are as many as households. */
size_t campaign_sheets_complete(const struct campaign_sheet sheets[], size_t households);

#endif
