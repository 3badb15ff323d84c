/* eviction.h - an eviction case: its stages, and what the law asks of each act
 *
 * Stages are domain.md 6.9 with C-17: a case stops from every stage, and time
 * granted is lost with a missed instalment.  The checks say what an act would be
 * faulted for; whether an act that others did is recorded all the same is not
 * theirs to decide.  Dates and limits are those of eviction_timers.h.
 */
#ifndef LODGING_RULES_EVICTION_H
#define LODGING_RULES_EVICTION_H

#include "libcommon/machine.h"
#include "libcommon/refusal.h"
#include "services/lodging/rules/eviction_timers.h"

enum eviction_stage {
    EVICTION_ORDER_SERVED = 1,
    EVICTION_SUMMONS,
    EVICTION_HEARING,
    EVICTION_JUDGMENT,
    EVICTION_TIME_GRANTED,
    EVICTION_ORDER_TO_LEAVE,
    EVICTION_POLICE_ASSISTANCE,
    EVICTION_EXECUTED,
    EVICTION_STOPPED,
    EVICTION_STAGES,
};

enum eviction_event {
    EVICTION_SERVE_ORDER = 1,
    EVICTION_SUMMON,
    EVICTION_HEAR,
    EVICTION_ADJOURN,
    EVICTION_JUDGE,
    EVICTION_GRANT_TIME,
    EVICTION_MISS_INSTALMENT, /* or the current rent (EV-5) */
    EVICTION_ORDER_LEAVING,
    EVICTION_ADD_JUDGE_TIME, /* the enforcement judge (EV-7) */
    EVICTION_ASK_POLICE,
    EVICTION_REFUSE_POLICE, /* or two months of silence (EV-8) */
    EVICTION_EXECUTE,
    EVICTION_STOP,
    EVICTION_EVENTS,
};

extern const struct machine eviction_case_machine;

/* Why a case stops; every stop has its reason. */
enum eviction_stop_reason {
    EVICTION_DEBT_PAID = 1,
    EVICTION_TIME_KEPT, /* all that the judge's time asked was paid */
    EVICTION_CLAIM_DISMISSED,
    EVICTION_LANDLORD_DESISTED,
    EVICTION_PROTOCOL_SIGNED, /* of social cohesion (EV-11) */
    EVICTION_DEBT_ERASED,
    EVICTION_HOUSEHOLD_LEFT,
};
const struct refusal *eviction_may_stop(enum eviction_stop_reason reason);
extern const struct refusal EVICTION_STOP_WITHOUT_REASON;

/* Would the claim be admitted?  A corporate landlord seizes the commission two months before the
 * summons (ARR-9); the prefect is told of every summons six weeks before the hearing (EV-3). */
const struct refusal *summons_is_admissible(const struct eviction_case *about,
                                            const struct eviction_timers *timers);
extern const struct refusal SUMMONS_WITHOUT_CCAPEX;
extern const struct refusal SUMMONS_TOO_SOON_AFTER_CCAPEX;
extern const struct refusal SUMMONS_NOT_TOLD_TO_PREFECT;
extern const struct refusal SUMMONS_TOLD_TOO_LATE;

/* May the judge grant time to pay (EV-5)? */
struct payment_time {
    int64_t months;
    bool can_pay;
    struct date rent_resumed_on; /* in full; absent: it was not */
    struct date hearing_on;
};
const struct refusal *payment_time_may_be_granted(const struct payment_time *time,
                                                  const struct eviction_law *law);
extern const struct refusal PAYMENT_TIME_IS_EMPTY;
extern const struct refusal PAYMENT_TIME_TOO_LONG;
extern const struct refusal PAYMENT_TIME_WITHOUT_MEANS;
extern const struct refusal PAYMENT_TIME_RENT_NOT_RESUMED;

/* May the judge add months to the order to leave, for exceptional hardship (EV-6, L412-2)? */
const struct refusal *hardship_may_be_added(int64_t months, const struct eviction_law *law);
extern const struct refusal HARDSHIP_TOO_LONG;

/* May the enforcement judge grant time until that day (EV-7, L412-4)? */
const struct refusal *judge_time_may_be_granted(struct date granted_on, struct date until,
                                                const struct eviction_law *law);
extern const struct refusal JUDGE_TIME_TOO_SHORT;
extern const struct refusal JUDGE_TIME_TOO_LONG;

/* May the household be evicted on that day (EV-6 to EV-9)? */
const struct refusal *eviction_may_be_enforced(const struct eviction_case *about,
                                               const struct eviction_law *law, struct date on);
extern const struct refusal EVICTION_BEFORE_ORDER_RUNS;
extern const struct refusal EVICTION_BEFORE_ORDER_ENDS;
extern const struct refusal EVICTION_IN_JUDGE_TIME;
extern const struct refusal EVICTION_IN_TRUCE;

/* Is staying on an offence on that day (EV-10 with C-22)?  Only more than two months after an order
 * to leave, under a final judgment, in a dwelling of neither a social landlord nor a public body,
 * outside the truce and while no enforcement judge is seized or has given time. */
struct staying {
    bool judgment_is_final;
    bool is_public_or_social_dwelling;
    bool is_judge_seized;
};
bool staying_is_an_offence(const struct staying *staying, const struct eviction_case *about,
                           const struct eviction_law *law, struct date on);

#endif
