/* eviction_timers.h - the days that an eviction procedure sets, from the payment order on
 *
 * Computed from the dates of a case; a day that needs a date not known yet is
 * absent.  The law is that of each act's date, but for the payment order, whose
 * period is that of the lease's (domain.md EV-1): hence two structs.
 */
#ifndef LODGING_RULES_EVICTION_TIMERS_H
#define LODGING_RULES_EVICTION_TIMERS_H

#include "libcommon/parameters.h"

/* Filled for payment_order_law_date(). */
struct payment_order_law {
    struct period delay; /* EV-1 */
};

struct eviction_law {
    struct period guarantor;             /* EV-2 */
    struct period ccapex_before_summons; /* ARR-9 */
    struct period prefect_notice;        /* EV-3 */
    struct period diagnosis;             /* EV-4 */
    int64_t payment_months_most;         /* EV-5 */
    bool payment_needs_rent_resumed;     /* EV-5 */
    int64_t order_to_leave_months;       /* EV-6 */
    int64_t hardship_months_most;        /* EV-6 */
    int64_t judge_months_least;          /* EV-7 */
    int64_t judge_months_most;           /* EV-7 */
    struct period police_silence;        /* EV-8 */
    struct yearly_span winter_truce;     /* EV-9 */
    bool staying_is_punished;            /* EV-10 */
    struct period staying;               /* EV-10 */
    int64_t fine_cents;                  /* EV-10 */
};

extern const struct parameter_field payment_order_law[];
extern const struct parameter_field eviction_law[];

/* Everything that is known of a case; absent what has not happened or is not planned. */
struct eviction_case {
    struct date order_served_on; /* the payment order */
    struct period clause;        /* what the lease says of it; {0}: nothing */
    bool has_guarantor;
    bool is_corporate_landlord;   /* social landlords and other companies but family ones */
    struct date ccapex_seized_on; /* or the aid's payer told, which counts the same (ARR-9) */
    struct date summons_on;       /* planned, or served */
    struct date prefect_told_of_summons_on;
    struct date hearing_on;
    struct date leave_ordered_on; /* the order to leave, served */
    struct date prefect_told_of_order_on;
    int64_t hardship_months;      /* added by the judge (EV-6) */
    struct date judge_time_until; /* last day of the enforcement judge's time (EV-7) */
    struct date police_asked_on;
    bool is_truce_exempt; /* suitably rehoused, or in another's home (EV-9) */
};

struct eviction_timers {
    struct date pay_by; /* last day before the clause works: the day to warn of */
    struct date pay_by_working_day; /* the same, for an act (D-5, Q31) */
    struct date guarantor_by;       /* */
    struct date ccapex_by;          /* */
    struct date summons_from;       /* ARR-9 */
    struct date prefect_by;         /* */
    struct date prefect_aim_for;    /* the working day on or before it (D-6) */
    struct date diagnosis_by;       /* */
    struct date leave_by;           /* */
    struct date police_refused_on;  /* silence until its end is a refusal */
    struct date possible_from;      /* the first day of a possible eviction, the truce minded */
};

/* The date whose law rules the payment order of a lease: made, renewed or tacitly renewed last. */
struct date payment_order_law_date(struct date made_on, struct date renewed_on);

struct eviction_timers eviction_timers_of(const struct eviction_case *about,
                                          const struct payment_order_law *lease_law,
                                          const struct eviction_law *law, enum holidays holidays);

/* The last day of the order to leave: two months and what the judge added, from its service, but
 * not before the prefect is told (EV-6, CPCE L412-1, L412-2, L412-5).  Absent while it does not
 * run. */
struct date eviction_leave_by(const struct eviction_case *about, const struct eviction_law *law);

#endif
