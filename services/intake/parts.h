/* parts.h - what all of intake's files share: tables, guards, and what the description names
 *
 * <thing>.c is what a thing is and how it is kept; <thing>_<act>.c what is done with it, which
 * stands on it and on nothing beside it.  From the top down:
 *
 *     intake.c                      the description
 *     request_decision.c            DecideRequest, which is one of
 *       request_grant.c request_refusal.c request_deferral.c
 *       request_ruling.c            who decides, where and when
 *     request_submission.c          SubmitRequest
 *     request_completion.c          CompleteRequest
 *       request_check.c             is the file complete, and what follows
 *     request_closing.c             withdrawn, lapsed
 *     request_query.c               what is asked about them
 *     household_erasure.c           EraseHousehold, which withdraws what is open
 *     household_search.c            FindHouseholds: search by name
 *       name_index.c              the names in memory
 *     decision_body_opening.c       OpenDecisionBody, which takes in those that wait
 *     session_planning.c            PlanSession, likewise
 *     session_holding.c             HoldSession; without quorum its agenda waits again
 *     agenda.c                      where a complete request goes, and those that wait
 *     request_file.c                what a file holds and still lacks
 *     request.c household.c decision_body.c session.c accreditation.c
 *                                   the things: how each is kept and found
 *     parts.c                       guards and totals
 */
#ifndef SERVICES_INTAKE_PARTS_H
#define SERVICES_INTAKE_PARTS_H

#include "libcommon/service.h"
#include "proto/intake.pb-c.h"
#include "services/intake/records.pb-c.h"
#include "services/intake/rules/decision.h"

/* --- tables ----------------------------------------------------------------------------------- */

extern const struct table intake_households;         /* household */
extern const struct table intake_names;              /* household -> its sealed name alone */
extern const struct table intake_totals;             /* name -> how many */
extern const struct table intake_bodies;             /* body */
extern const struct table intake_district_bodies;    /* district -> body */
extern const struct table intake_sessions;           /* session */
extern const struct table intake_body_sessions;      /* body, day, session -> the same */
extern const struct table intake_agendas;            /* session, request */
extern const struct table intake_waiting;            /* district, since, request */
extern const struct table intake_requests;           /* request */
extern const struct table intake_open_requests;      /* request */
extern const struct table intake_requests_in_state;  /* state, request */
extern const struct table intake_household_requests; /* household, request */
extern const struct table intake_measures;           /* measure -> request */
extern const struct table intake_accreditations;     /* operator, first day */

enum intake_deadline { INTAKE_DEADLINE_LAPSE = 1, INTAKE_DEADLINE_AGENDA };

/* How many events one input may emit for those that wait; a commission's agenda is far below.  The
 * rest follows a deadline. */
enum { INTAKE_SCHEDULED_AT_ONCE = 500 };

/* --- guards ----------------------------------------------------------------------------------- */

extern const struct refusal INTAKE_HOUSEHOLD_ERASED;
extern const struct refusal INTAKE_REQUEST_CLOSED;

/* The identifier given, or a new one when it is empty. */
const struct refusal *intake_given_or_new_id(struct work *work, const char *field,
                                             const char *given, const char **id);
/* A fact does not come before another one that it follows from. */
const struct refusal *intake_not_before(struct work *work, const char *field, struct date date,
                                        struct date first);
/* For queries: the clear text; "" when there is none, or none any more. */
char *intake_in_clear(struct work *work, const Tremplin__Sealed *sealed);
bool intake_has_text(const Tremplin__Sealed *sealed);
bool intake_same_date(const Tremplin__Date *a, struct date b);

/* --- totals ----------------------------------------------------------------------------------- */

void intake_count(struct tables *tables, const char *total, int64_t more);
uint64_t intake_counted(struct tables *tables, const char *total);

/* --- households ------------------------------------------------------------------------------- */

/* Absent when it is not known, or gone with the key. */
struct date intake_birth_of(struct work *work, const Intake__Records__Household *household);
/* A household that something may still be recorded about; *household is set when accepted. */
const struct refusal *intake_known_household(struct work *work, const char *id,
                                             const Intake__Records__Household **household);
/* All that is known of a household, its identity in clear; NULL when there is no such household. */
Intake__HouseholdReply *intake_describe_household(struct work *work, const char *id);
extern const struct memory intake_names_in_memory;

/* --- bodies and sessions ---------------------------------------------------------------------- */

/* The district's body, and how it decides: 0 when there is none. */
const Intake__Records__Body *intake_body_of(struct tables *tables, const char *district,
                                            const char **id);
enum decision_mode intake_mode_of(const Intake__Records__Body *body);

/* Sessions of one body from a day on, in order, in the arena. */
struct session_list {
    struct session *sessions;
    const char **ids;
    size_t count;
};
struct session_list intake_sessions_from(struct work *work, const char *body, struct date from);
struct session intake_session_of(const Intake__Records__Session *row);
/* For apply: stores the session, and the row that lists it under its body. */
void intake_put_session(struct tables *tables, const char *id, const Intake__Records__Session *row);

/* --- accreditations --------------------------------------------------------------------------- */

/* Is the operator accredited on the day? */
bool intake_is_accredited(struct work *work, const char *operator_code, struct date on);

/* --- what is asked ---------------------------------------------------------------------------- */

const struct refusal *intake_on_register_household(struct work *work, const void *body);
const struct refusal *intake_on_change_situation(struct work *work, const void *body);
const struct refusal *intake_on_erase_household(struct work *work, const void *body);
const struct refusal *intake_on_open_decision_body(struct work *work, const void *body);
const struct refusal *intake_on_plan_session(struct work *work, const void *body);
const struct refusal *intake_on_hold_session(struct work *work, const void *body);
const struct refusal *intake_on_submit_request(struct work *work, const void *body);
const struct refusal *intake_on_complete_request(struct work *work, const void *body);
const struct refusal *intake_on_decide_request(struct work *work, const void *body);
const struct refusal *intake_on_withdraw_request(struct work *work, const void *body);
const struct refusal *intake_on_change_accreditation(struct work *work, const void *body);
const struct refusal *intake_on_household(struct work *work, const void *body);
const struct refusal *intake_on_find_households(struct work *work, const void *body);
const struct refusal *intake_on_request(struct work *work, const void *body);
const struct refusal *intake_on_requests(struct work *work, const void *body);
void intake_pass_lapse(struct work *work, const struct deadline *deadline);
/* Goes on with those that one input was too short for. */
void intake_pass_agenda(struct work *work, const struct deadline *deadline);

/* --- what events do --------------------------------------------------------------------------- */

void intake_apply_household_registered(struct tables *tables, const struct entry *entry);
void intake_apply_situation_changed(struct tables *tables, const struct entry *entry);
void intake_apply_household_erased(struct tables *tables, const struct entry *entry);
void intake_apply_decision_body_opened(struct tables *tables, const struct entry *entry);
void intake_apply_session_planned(struct tables *tables, const struct entry *entry);
void intake_apply_session_held(struct tables *tables, const struct entry *entry);
void intake_apply_request_submitted(struct tables *tables, const struct entry *entry);
void intake_apply_request_found_incomplete(struct tables *tables, const struct entry *entry);
void intake_apply_request_completed(struct tables *tables, const struct entry *entry);
void intake_apply_request_scheduled(struct tables *tables, const struct entry *entry);
void intake_apply_request_deferred(struct tables *tables, const struct entry *entry);
void intake_apply_request_granted(struct tables *tables, const struct entry *entry);
void intake_apply_request_refused(struct tables *tables, const struct entry *entry);
void intake_apply_request_withdrawn(struct tables *tables, const struct entry *entry);
void intake_apply_request_lapsed(struct tables *tables, const struct entry *entry);
void intake_apply_accreditation_changed(struct tables *tables, const struct entry *entry);

#endif
