/* notice.h - ending an occupancy contract: by whom, why, in what form, when, and what is paid
 *
 * A resident leaves at will, eight days after the notice is received (domain.md
 * RS-8, C-24).  A manager needs one of three grounds (RS-3), a form that proves
 * delivery (RS-6) and one or three months (RS-4).  Periods run from receipt or
 * service (C-15), end at 24:00 of their last day and do not roll over a weekend:
 * they are no time limit to act.  Social residences: CCH L633-2, R633-3.
 */
#ifndef LODGING_RULES_NOTICE_H
#define LODGING_RULES_NOTICE_H

#include "libcommon/calendar.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"

#include <stdbool.h>

enum notice_giver { NOTICE_BY_RESIDENT = 1, NOTICE_BY_MANAGER };

enum notice_ground {
    NOTICE_FOR_BREACH = 1, /* of the contract, or serious or repeated of the house rules */
    NOTICE_FOR_ARREARS,    /* a breach that RS-5 measures */
    NOTICE_FOR_LOSS_OF_CONDITIONS,
    NOTICE_FOR_CLOSURE,
    NOTICE_GROUNDS,
};

enum notice_form {
    NOTICE_SERVED_BY_OFFICER = 1, /* commissaire de justice */
    NOTICE_HANDED_AGAINST_RECEIPT,
    NOTICE_BY_REGISTERED_LETTER, /* with acknowledgement of receipt */
    NOTICE_OTHERWISE,
};

struct notice_law {
    struct period resident_period;
    struct period breach_period;
    struct period loss_of_conditions_period;
    struct period closure_period;
};

extern const struct parameter_field notice_law[];

struct notice {
    enum notice_giver giver;
    enum notice_ground ground; /* of a manager's notice */
    enum notice_form form;
    struct date received_on;  /* served, handed over or collected; absent while it is not */
    bool is_arrears_test_met; /* RS-5, by the rules of arrears */
};

extern const struct refusal NOTICE_WITHOUT_GIVER;
extern const struct refusal NOTICE_WITHOUT_GROUND;
extern const struct refusal NOTICE_BELOW_ARREARS_TEST;
extern const struct refusal NOTICE_IN_NO_FORM;
extern const struct refusal NOTICE_LETTER_NOT_COLLECTED;
extern const struct refusal NOTICE_NOT_RECEIVED;
extern const struct refusal NOTICE_NOT_TO_REGULARISE;
extern const struct refusal NOTICE_ARREARS_REMAIN;
extern const struct refusal NOTICE_STANDS_FOR_MANAGER;

/* Is it a notice?  RS-3, RS-5, RS-6.  The forms bind the manager; a resident's notice counts from
 * its receipt however it came. */
const struct refusal *notice_may_be_given(const struct notice *notice);
/* domain.md RS-4, RS-8, C-15: the last day of the notice, at 24:00. */
struct date notice_last_day(const struct notice *notice, const struct notice_law *law);
/* Has the notice run out at the start of the day? */
bool notice_has_run_out(struct date last_day, struct date day);
/* domain.md RS-7, C-24: the first day for which no fee is due.  The manager's notice costs actual
 * occupation; the resident's costs the whole notice, and occupation beyond it.  exit is the first
 * day without the household; absent while it stays: then a manager's notice has no such day yet,
 * and a resident's has none before the exit is known. */
struct date notice_fee_ends(enum notice_giver giver, struct date last_day, struct date exit);
/* domain.md 6.7: back to running when the arrears are paid and the manager agrees. */
const struct refusal *notice_may_be_regularised(const struct notice *notice, bool are_arrears_paid,
                                                bool does_manager_agree);

#endif
