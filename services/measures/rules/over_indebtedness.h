/* over_indebtedness.h - an over-indebtedness file before the Banque de France
 *
 * Its stages, its time limits, which debts it freezes and what to tell the
 * household at each stage.  Paying an old debt is never refused here: it is
 * something to explain (domain.md Q20, A-88).  Current rent and bills are due at
 * every stage (SUR-5).  Depositing a file freezes nothing (SUR-3, Q21).
 */
#ifndef MEASURES_RULES_OVER_INDEBTEDNESS_H
#define MEASURES_RULES_OVER_INDEBTEDNESS_H

#include "libcommon/calendar.h"
#include "libcommon/machine.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"
#include "services/measures/rules/window.h"

struct debt_file_law {
    int64_t certificate_hours;     /* SUR-1 */
    struct period draft;           /* SUR-1: an online draft is kept */
    struct period decision;        /* SUR-2 */
    struct period suspension;      /* SUR-4 */
    struct period contest_entry;   /* SUR-7: admissible or not */
    struct period contest_claims;  /* SUR-7: claims of creditors */
    struct period contest_debts;   /* SUR-7: statement of debts */
    struct period contest_outcome; /* SUR-7: imposed measures, personal recovery */
    int64_t plan_most_months;      /* SUR-8 */
    bool plan_needs_real_estate;   /* 6.10 */
    int64_t missed_payments;       /* 6.10: how many are an alert */
    struct period formal_notice;   /* to pay after a formal notice, before the plan lapses */
    struct period clause_stay;     /* SUR-9 */
};

extern const struct parameter_field debt_file_law_fields[];

/* --- the machine (6.10, C-18) ----------------------------------------------------------------- */

enum debt_file_state {
    DEBT_FILE_PREPARING = 1,
    DEBT_FILE_DEPOSITED,
    DEBT_FILE_INADMISSIBLE,
    DEBT_FILE_ADMISSIBLE,
    DEBT_FILE_ORIENTED,
    DEBT_FILE_PLAN,
    DEBT_FILE_IMPOSED_MEASURES,
    DEBT_FILE_PERSONAL_RECOVERY,
    DEBT_FILE_CONTESTED,
    DEBT_FILE_CLOSED,
    DEBT_FILE_ABANDONED,
    DEBT_FILE_STATES,
};

enum debt_file_event {
    DEBT_FILE_PREPARE = 1,
    DEBT_FILE_DEPOSIT,
    DEBT_FILE_ADMIT,
    DEBT_FILE_REJECT,
    DEBT_FILE_ORIENT_REPAYABLE,
    DEBT_FILE_ORIENT_IRREMEDIABLE,
    DEBT_FILE_SIGN_PLAN,
    DEBT_FILE_NOTIFY_MEASURES,
    DEBT_FILE_CONTEST,
    DEBT_FILE_JUDGED_INADMISSIBLE,
    DEBT_FILE_JUDGED_ADMISSIBLE, /* or sent back to the commission */
    DEBT_FILE_JUDGED_MEASURES,
    DEBT_FILE_JUDGED_RECOVERY,
    DEBT_FILE_CLOSE,
    DEBT_FILE_ABANDON,
    DEBT_FILE_EVENTS,
};

extern const struct machine debt_file_machine;

/* --- guards ----------------------------------------------------------------------------------- */

struct debt_file_deposit {
    bool form_filled;
    bool debts_listed;
    bool documents_joined;
    struct date draft_since; /* of an online draft; absent on paper */
    struct date on;
};

extern const struct refusal DEBT_FILE_FORM_MISSING, DEBT_FILE_DEBTS_NOT_LISTED,
    DEBT_FILE_DOCUMENTS_MISSING, DEBT_FILE_DRAFT_EXPIRED;
/* 6.10: form, list of debts and documents; SUR-1: a draft not yet erased. */
const struct refusal *debt_file_may_be_deposited(const struct debt_file_deposit *deposit,
                                                 const struct debt_file_law *law);

enum debt_settlement { AGREED_PLAN = 1, MEASURES_IMPOSED };

struct debt_plan {
    enum debt_settlement kind;
    int64_t months;
    int64_t earlier_months; /* of plans and measures before: the length of all counts */
    bool owns_real_estate;
    bool keeps_main_home; /* made so that the main home need not be sold */
};

extern const struct refusal DEBT_PLAN_HAS_NO_LENGTH, DEBT_PLAN_TOO_LONG,
    DEBT_PLAN_NEEDS_REAL_ESTATE;
/* SUR-8, C-24: 84 months in all, more only to keep the main home.  6.10: a plan is agreed only
 * where there is real estate. */
const struct refusal *debt_plan_is_lawful(const struct debt_plan *plan,
                                          const struct debt_file_law *law);

extern const struct refusal DEBT_FILE_CONTEST_TOO_EARLY, DEBT_FILE_CONTEST_TOO_LATE;
/* SUR-7: state is the one contested; a state that cannot be is the machine's to refuse. */
const struct refusal *debt_file_may_be_contested(enum debt_file_state state,
                                                 struct date notified_on, struct date contested_on,
                                                 enum holidays holidays,
                                                 const struct debt_file_law *law);

extern const struct refusal DEBT_FILE_JUDGMENT_UNFIT;
/* C-18: a judge of admissibility decides on admissibility alone; a judge of measures or of a
 * personal recovery may decide anything. */
const struct refusal *debt_file_may_be_judged(enum debt_file_state contested,
                                              enum debt_file_event judgment);

extern const struct refusal DEBT_FILE_CLOSED_TOO_EARLY;
/* A rejected file and a personal recovery stay open until nobody can contest them any more, or the
 * household has said that it will not. */
const struct refusal *debt_file_may_be_closed(enum debt_file_state state, struct date notified_on,
                                              bool contest_waived, struct date on,
                                              enum holidays holidays,
                                              const struct debt_file_law *law);

enum debt_file_abandonment {
    ABANDONED_BY_HOUSEHOLD = 1,
    ABANDONED_PLAN_LAPSED,
    ABANDONED_BAD_FAITH,
    ABANDONED_DECEASED,
    ABANDONED_MOVED_AWAY,
};

extern const struct refusal DEBT_FILE_ABANDONED_WITHOUT_REASON;
/* C-18: from any open state, with a reason. */
const struct refusal *debt_file_may_be_abandoned(enum debt_file_abandonment reason);

/* --- time limits ------------------------------------------------------------------------------ */

/* SUR-1: the receipt, in UTC ms, from the instant of a complete deposit. */
int64_t debt_file_certificate_due_ms(int64_t deposited_at_ms, const struct debt_file_law *law);
/* SUR-1: the last day of an online draft. */
struct date debt_file_draft_last_day(struct date draft_since, const struct debt_file_law *law);
/* SUR-2: the commission decides by this day. */
struct date debt_file_decision_due(struct date deposited_on, const struct debt_file_law *law);
/* SUR-4: the last day of the suspension when nothing ends it before. */
struct date debt_file_suspension_last_day(struct date admissible_on,
                                          const struct debt_file_law *law);

enum debt_contest { CONTEST_OF_ENTRY = 1, CONTEST_OF_CLAIMS, CONTEST_OF_DEBTS, CONTEST_OF_OUTCOME };

/* SUR-7, A-86: from the day of notification; the last day rolls to a working day (D-5), the day to
 * warn of does not. */
struct window debt_file_contest_window(enum debt_contest contest, struct date notified_on,
                                       enum holidays holidays, const struct debt_file_law *law);

/* --- what is frozen --------------------------------------------------------------------------- */

struct debt_file_dates {
    struct date admissible_on;
    struct date settled_on; /* plan, measures or recovery in force */
    struct date ended_on;   /* rejected, closed or abandoned */
};

enum debt_nature { DEBT_ORDINARY = 1, DEBT_MAINTENANCE };

struct debt {
    enum debt_nature nature;
    struct date born_on; /* absent: not known, taken as old */
};

/* SUR-4, C-17: enforcement and wage assignments are suspended from admissibility until the file is
 * settled or ends, two years at most. */
bool debt_file_suspends(const struct debt_file_dates *file, struct date on,
                        const struct debt_file_law *law);
/* SUR-5: born before admissibility and not maintenance, while the suspension runs.  A payment on
 * such a debt is warned of, never refused. */
bool debt_is_frozen(const struct debt_file_dates *file, const struct debt *debt, struct date on,
                    const struct debt_file_law *law);

enum old_debts {
    OLD_DEBTS_AS_AGREED = 1,
    OLD_DEBTS_AS_POSSIBLE,
    OLD_DEBTS_NOT_TO_BE_PAID,
    OLD_DEBTS_AS_THE_PLAN_SAYS,
    OLD_DEBTS_ERASED,
};

/* What the worker is shown at a stage. */
struct debt_file_advice {
    enum old_debts old_debts;
    bool new_credit_forbidden;       /* and the disposal of assets */
    bool eviction_stay_may_be_asked; /* SUR-6, C-24: of the judge; it never comes by itself */
    bool housing_aid_restored;       /* SUR-6 */
    const char *french;
    const char *english;
};

/* SUR-3, SUR-5, SUR-6, Q20.  contested is the state a CONTESTED file was in; NULL for no state. */
const struct debt_file_advice *debt_file_advice(enum debt_file_state state,
                                                enum debt_file_state contested);

/* --- a plan that is paid or not --------------------------------------------------------------- */

struct debt_instalment {
    struct date due_on;
    struct date paid_on; /* wholly; absent while it is not */
};

/* Instalments whose day has passed unpaid, seen on a day. */
int64_t debt_plan_missed(const struct debt_instalment instalments[], size_t count, struct date on);
/* 6.10: two missed payments are an alert. */
bool debt_plan_is_in_danger(int64_t missed, const struct debt_file_law *law);
/* The last day to pay after a formal notice; unpaid then, the plan lapses. */
struct date debt_plan_lapse_avoidable_until(struct date formal_notice_on,
                                            const struct debt_file_law *law);

/* --- the lease after a personal recovery ------------------------------------------------------ */

struct lease_after_recovery {
    struct date clause_acquired_on; /* absent: the termination clause never took effect */
    struct date admissible_on;
    struct date rent_resumed_on; /* in full; absent: it was not */
    struct date hearing_on;      /* absent: no judge is seized */
    struct date judged_on;       /* the lease judge's decision; absent before it */
    struct date rent_missed_on;  /* the first current rent missed after the decision */
};

enum lease_clause {
    CLAUSE_NOT_ACQUIRED = 1,
    CLAUSE_STAYS_ACQUIRED, /* SUR-10: erasing the debt does not undo it */
    CLAUSE_CAN_BE_STAYED,  /* the judge will suspend it */
    CLAUSE_STAYED,
    CLAUSE_TAKES_EFFECT_AGAIN,
    CLAUSE_NEVER_RAN,
};

/* SUR-9, SUR-10, C. conso L714-1, seen on a day. */
enum lease_clause lease_clause_after_recovery(const struct lease_after_recovery *lease,
                                              struct date on, const struct debt_file_law *law);
/* SUR-9: the last day of the stay. */
struct date lease_clause_stayed_until(struct date judged_on, const struct debt_file_law *law);

#endif
