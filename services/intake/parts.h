/* parts.h - what intake's own files share: tables, guards, handlers and what events do
 *
 *     household.c          households, who they are, search by name, erasure
 *     decision_body.c      one for each district
 *     session.c            a commission's sessions
 *     agenda.c             where a complete request goes, and those that wait for a session
 *     request.c            submitted, completed, withdrawn, lapsed
 *     request_file.c       what a file holds and still lacks
 *     request_decision.c   granted, refused, deferred
 *     request_query.c      what is asked about them
 *     accreditation.c      the register of accredited associations
 */
#ifndef SERVICES_INTAKE_PARTS_H
#define SERVICES_INTAKE_PARTS_H

#include "libcommon/service.h"
#include "proto/intake.pb-c.h"
#include "services/intake/records.pb-c.h"
#include "services/intake/rules/decision.h"

/* --- tables ------------------------------------------------------------------------------------
 */

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

enum intake_deadline { INTAKE_DEADLINE_LAPSE = 1 };

/* How many events one command may emit for those that wait; a commission's agenda is far below. */
enum { INTAKE_SCHEDULED_AT_ONCE = 500 };

/* --- guards ------------------------------------------------------------------------------------
 */

extern const struct refusal INTAKE_HOUSEHOLD_ERASED;
extern const struct refusal INTAKE_REQUEST_CLOSED;

/* The day of a fact: the field's, or today when it is absent; a day to come is refused. */
const struct refusal *intake_fact_date(struct work *work, const char *field,
                                       const Tremplin__Date *given, struct date *date);
/* A code of the organisation's, which may be absent: one word of 1 to 40 bytes, so that no sentence
 * about a person gets into an event. */
const struct refusal *intake_code(struct work *work, const char *field, const char *value);
/* The identifier given, or a new one when it is empty. */
const struct refusal *intake_given_or_new_id(struct work *work, const char *field,
                                             const char *given, const char **id);
/* Personal text holds no social-security number (Q30). */
const struct refusal *intake_personal_text(struct work *work, const char *field, const char *text);
/* A fact does not come before another one that it follows from. */
const struct refusal *intake_not_before(struct work *work, const char *field, struct date date,
                                        struct date first);
bool intake_has_text(const Tremplin__Sealed *sealed);
bool intake_same_date(const Tremplin__Date *a, struct date b);

/* --- households --------------------------------------------------------------------------------
 */

/* Absent when it is not known, or gone with the key. */
struct date intake_birth_of(struct work *work, const Intake__Records__Household *household);
/* A household that something may still be recorded about; *household is set when accepted. */
const struct refusal *intake_known_household(struct work *work, const char *id,
                                             const Intake__Records__Household **household);
void intake_count(struct tables *tables, const char *total, int64_t more);
uint64_t intake_counted(struct tables *tables, const char *total);

/* --- bodies and sessions -----------------------------------------------------------------------
 */

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

/* --- the agenda --------------------------------------------------------------------------------
 */

/* What of a request decides where it goes. */
struct orientation {
    const char *request;
    const char *household;
    const char *district;
    enum scheme scheme;
    enum request_origin origin;
    enum decision_body named;
};
struct orientation intake_orientation_of(const char *request, const Intake__Records__Request *row);

/* Where it goes: before who decides it alone, to a session, or it waits for one to be planned. */
struct place {
    bool waits;
    const char *session; /* "" when who decides sits in none */
    struct date held_on;
};
/* A complete request on a day; a deferred one, the day it was deferred. */
struct place intake_place_of(struct work *work, const struct orientation *orientation,
                             struct date on);
struct place intake_place_after_deferral(struct work *work, const struct orientation *orientation,
                                         struct date deferred_on);
/* The first planned session of a body after a day, whose commission knows the files already. */
struct place intake_next_session(struct work *work, const char *body, struct date after);
void intake_emit_scheduled(struct work *work, const struct orientation *orientation,
                           const struct place *place, struct date on);
/* Those of a district that a new place is for, in the order they wait. */
void intake_schedule_waiting(struct work *work, const char *district, const struct place *place,
                             struct date cut_off, struct date on);
/* For apply: into the line of those that wait, and out of it and off any agenda. */
void intake_wait(struct tables *tables, const char *id, Intake__Records__Request *row,
                 Tremplin__Date *since, Tremplin__Date *after);
void intake_leave_agenda(struct tables *tables, const char *id, Intake__Records__Request *row);

/* --- requests ----------------------------------------------------------------------------------
 */

Intake__Records__Request *intake_request(struct tables *tables, const char *id);
/* For apply: stores the request in a state, and the lists and the deadline that go with it. */
void intake_put_request(struct tables *tables, const char *id, Intake__Records__Request *row,
                        enum request_state before);
bool intake_request_is_open(const Intake__Records__Request *row);
struct consent intake_consent_of(const Intake__Records__Request *row);

/* The items of a file as the rules' set, and back in the arena. */
uint32_t intake_items_given(const Intake__FileItem *items, size_t count);
Intake__FileItem *intake_items_of(struct work *work, uint32_t set, size_t *count);
/* What a household's situation says already. */
uint32_t intake_items_of_situation(const Intake__Situation *situation);
/* What a request says already. */
uint32_t intake_items_of_request(const Intake__SubmitRequest *asked);
/* The conditions a scheme sets on the household of a complete file. */
const struct refusal *intake_eligibility(struct work *work, enum scheme scheme, uint32_t items,
                                         const Intake__Records__Household *household,
                                         struct date assessed_on, struct date on);

/* --- what is asked -----------------------------------------------------------------------------
 */

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

/* --- what events do ----------------------------------------------------------------------------
 */

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

/* Is the operator accredited on the day? */
bool intake_is_accredited(struct work *work, const char *operator_code, struct date on);

#endif
