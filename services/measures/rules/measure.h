/* measure.h - the life of a measure: its states, and what must be true before each step
 *
 * Machine 6.2 of domain.md with C-11.  Guards say what is missing; the dates at
 * which something is due are computed here and watched by alerts.  Stopping a
 * measure says nothing of the stay: the household may remain (S0-37).
 */
#ifndef MEASURES_RULES_MEASURE_H
#define MEASURES_RULES_MEASURE_H

#include "libcommon/calendar.h"
#include "libcommon/machine.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"
#include "services/measures/rules/measure_month.h"
#include "services/measures/rules/scheme.h"

enum measure_state {
    MEASURE_GRANTED = 1,
    MEASURE_ASSIGNED,
    MEASURE_CONTRACTING,
    MEASURE_ACTIVE,
    MEASURE_SUSPENDED,
    MEASURE_RENEWAL_PENDING,
    MEASURE_CLOSING,
    MEASURE_CLOSED,
    MEASURE_CANCELLED,
};

enum measure_event {
    MEASURE_GRANT = 1,
    MEASURE_ASSIGN,
    MEASURE_CHANGE_WORKER,
    MEASURE_HOLD_FIRST_MEETING,
    MEASURE_SIGN_CONTRACT,
    MEASURE_REFUSE_ADHESION,
    MEASURE_CANCEL, /* withdrawn, refused or deceased before it started */
    MEASURE_RECORD_CONTACT,
    MEASURE_SUSPEND,
    MEASURE_RESUME,
    MEASURE_ASK_RENEWAL,
    MEASURE_GRANT_RENEWAL,
    MEASURE_REFUSE_RENEWAL,
    MEASURE_REACH_END, /* a renewal still pending keeps the measure going, late (C-11) */
    MEASURE_STOP,
    MEASURE_COMPLETE_EVALUATION,
};

extern const struct machine measure_machine;

enum closing_reason {
    CLOSING_GOALS_MET = 1,
    CLOSING_TERM_REACHED,
    CLOSING_OUT_OF_SCOPE,
    CLOSING_NO_ADHERENCE,
    CLOSING_MOVED,
    CLOSING_RELAYED,
    CLOSING_DEATH,
    CLOSING_TRANSFERRED,
    CLOSING_REFUSED_RENEWAL,
};

/* --- who may carry it out --------------------------------------------------------------------- */

struct assignment {
    enum scheme scheme;
    struct date on;
    bool is_external;            /* by a contracted structure, not the council's worker (S1-1) */
    bool operator_is_contracted; /* by an agreement in force; internal measures have none (C-10) */
    bool operator_asked_for_it;  /* the requesting association itself */
    struct span accreditation;   /* of the operator; {0} when it has none */
    bool worker_is_qualified;    /* for the scheme */
    bool worker_is_budget_specialist;
};

extern const struct refusal MEASURE_WORKER_NOT_QUALIFIED;
extern const struct refusal MEASURE_NEEDS_BUDGET_SPECIALIST;
extern const struct refusal MEASURE_REQUESTER_NOT_ACCREDITED;
extern const struct refusal MEASURE_OPERATOR_NOT_ENTITLED;

/* 6.2, S1-7, FSL-2, S2-17.  The caseload is asked of caseload.h. */
const struct refusal *measure_assignment_check(const struct assignment *assignment);

/* --- the start -------------------------------------------------------------------------------- */

/* From which day months are counted; a setting of the agreement. */
enum measure_start_rule { START_AT_DECISION = 1, START_AT_SIGNATURE };

struct measure_start {
    enum scheme scheme;
    enum measure_start_rule rule;
    struct date decided_on;   /* by the decision body; absent when it has not decided */
    struct date effective_on; /* as the decision says; absent: the day of the decision */
    struct date signed_on;    /* the last required signature */
    struct date diagnosed_on; /* a prior diagnosis was delivered */
    bool entry_is_recorded;   /* the situation at entry */
};

/* A measure the same household has. */
struct other_measure {
    enum scheme scheme;
    enum measure_state state;
};

extern const struct refusal MEASURE_NOT_DECIDED;
extern const struct refusal MEASURE_NOT_SIGNED;
extern const struct refusal MEASURE_STARTS_BEFORE_DECISION;
extern const struct refusal MEASURE_STARTS_TOO_FAR_AHEAD;
extern const struct refusal MEASURE_DIAGNOSIS_MISSING;
extern const struct refusal MEASURE_ENTRY_MISSING;
extern const struct refusal MEASURE_SCHEME_ALREADY_ACTIVE;
extern const struct refusal MEASURE_ENTRY_FROZEN;

/* The first active day; absent while what sets it is. */
struct date measure_start_date(const struct measure_start *start);
/* S1-10, AVDL-4, 6.2 invariants: one active measure per household per scheme. */
const struct refusal *measure_start_check(const struct measure_start *start,
                                          const struct other_measure others[], size_t count);
/* How far ahead of the day it is told a start may be. */
struct measure_start_law {
    int64_t ahead_months;
};
extern const struct parameter_field measure_start_law[];
const struct refusal *measure_start_ahead_check(const struct measure_start_law *law,
                                                struct date start, struct date told_on);
/* Does it run: active, suspended or waiting for its renewal? */
bool measure_is_running(enum measure_state state);
/* The situation at entry may be written until the measure is active (6.2). */
const struct refusal *measure_entry_check(enum measure_state state);

/* --- suspension, renewal, end ----------------------------------------------------------------- */

struct renewal_asked {
    struct date asked_on;
    struct date period_start; /* first day of the period that the last decision granted */
    struct date end;          /* first day after it */
    struct date reviewed_on;  /* the last review written */
    bool household_consents;
};

/* S0-32: who decided together to stop a measure. */
struct joint_decision {
    struct date on;
    bool funder_took_part;
    bool operator_took_part;
};

extern const struct refusal MEASURE_REASON_MISSING;
extern const struct refusal MEASURE_SUSPENSION_OUTSIDE;
extern const struct refusal MEASURE_RESUMED_TOO_EARLY;
extern const struct refusal MEASURE_RENEWAL_TOO_LATE;
extern const struct refusal MEASURE_REVIEW_MISSING;
extern const struct refusal MEASURE_CONSENT_MISSING;
extern const struct refusal MEASURE_JOINT_DECISION_MISSING;
extern const struct refusal MEASURE_JOINT_DECISION_LATER;

/* From a day of the measure, with a reason, after earlier suspensions. */
const struct refusal *measure_suspension_check(const struct measure_time *time, struct date from,
                                               bool has_reason);
/* The first active day again: after the day the suspension began. */
const struct refusal *measure_resumption_check(struct date suspended_from, struct date resumed_on);
/* 6.2, FSL-5; the months asked are duration.h's, MASP's evaluation is contract.h's. */
const struct refusal *measure_renewal_check(const struct renewal_asked *asked);
/* A stop has a reason; OUT_OF_SCOPE was decided with the funder, on that day or before (S0-32). */
const struct refusal *measure_stop_check(enum closing_reason reason, struct date stopped_on,
                                         const struct joint_decision *decision);
/* Is the end reached on this day?  end is the first day after; a suspended measure whose end is
 * going to shift has none yet. */
bool measure_end_is_reached(enum measure_state state, struct date end, enum end_shift shift,
                            struct date on);

/* --- phases (S0-13, S0-14, S2-10) ------------------------------------------------------------- */

enum measure_phase { PHASE_SETTLING_IN = 1, PHASE_PREPARATION, PHASE_POST_EXIT };

struct phase_entry {
    enum measure_phase phase;
    struct date since;
};

extern const struct refusal MEASURE_PHASE_BACKWARDS;
extern const struct refusal MEASURE_PHASE_DATE_EARLIER;

/* Phases follow each other, one may be left out, none comes back; dates do not go back either. */
const struct refusal *measure_phase_check(struct phase_entry current, struct phase_entry next);

/* --- what is due ------------------------------------------------------------------------------ */

struct measure_law {
    int64_t assignment_working_days; /* */
    int64_t first_meeting_days;      /* */
    int64_t signature_days;          /* */
    int64_t contact_days;            /* */
    int64_t closing_days;            /* */
};
extern const struct parameter_field measure_law[];

struct measure_dates {
    struct date granted_on;
    struct date assigned_on;
    struct date met_on;
    struct date started_on;
    struct date last_contact_on;
    struct date closing_since;
};

/* The day by which the state's next step is to be done, at the end of which it is late: assigning,
 * first meeting, signing, contact with the person, evaluation.  Absent when nothing is due. */
struct date measure_step_due(const struct measure_law *law, enum measure_state state,
                             const struct measure_dates *dates, enum holidays holidays);

#endif
