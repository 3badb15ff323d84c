/* write_off.h - rent that is given up, erased or lapsed
 *
 * A write-off is a decision of people with a ground, never automatic; it is a
 * WAIVER of the account and never more than what is left.  A rent claim lapses
 * three years after its term, or after the last act that interrupted the time
 * while it ran (domain.md C-24, law of 6 July 1989 art. 7-1).
 */
#ifndef LODGING_RULES_WRITE_OFF_H
#define LODGING_RULES_WRITE_OFF_H

#include "libcommon/parameters.h"
#include "services/lodging/rules/account.h"

struct write_off_law {
    int64_t lapse_years; /* C-24 */
    int64_t kept_months; /* C-24, PR-6: accounts, after they close */
};

extern const struct parameter_field write_off_law[];

enum write_off_ground {
    WRITE_OFF_WAIVED = 1, /* by the creditor */
    WRITE_OFF_ERASED,     /* by a personal recovery (SUR-9) */
    WRITE_OFF_LAPSED,     /* by time */
};

struct write_off {
    enum write_off_ground ground;
    struct date decided_on;
    int64_t amount_cents;
};

/* What interrupted the time in which rent can be claimed: a debt acknowledged, a plan signed, a
 * summons, a debt file.  In order of their dates; borrowed. */
struct interruptions {
    const struct date *dates;
    size_t count;
};

/* The last day on which what was due on a day can be claimed.  What interrupts a time that has run
 * out changes nothing. */
struct date rent_claimable_until(struct date due_on, const struct interruptions *interruptions,
                                 const struct write_off_law *law);
/* What is left of terms that can no more be claimed on a day. */
int64_t rent_lapsed_cents(const struct rent_term terms[], size_t count,
                          const struct interruptions *interruptions, struct date on,
                          const struct write_off_law *law);

/* May it be entered?  terms are those of the account on the day of the decision. */
const struct refusal *write_off_may_be_entered(const struct write_off *write_off,
                                               const struct rent_term terms[], size_t count,
                                               const struct interruptions *interruptions,
                                               const struct write_off_law *law);
extern const struct refusal WRITE_OFF_WITHOUT_GROUND;
extern const struct refusal WRITE_OFF_WITHOUT_DECISION;
extern const struct refusal WRITE_OFF_WITHOUT_AMOUNT;
extern const struct refusal WRITE_OFF_EXCEEDS_DEBT;
extern const struct refusal WRITE_OFF_NOT_LAPSED;

/* The entry it makes: set against the oldest terms, frozen ones too. */
struct account_entry write_off_entry(const struct write_off *write_off);

/* The last day on which a closed account is kept. */
struct date account_kept_until(struct date closed_on, const struct write_off_law *law);

#endif
