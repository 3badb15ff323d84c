/* requests.h - a request as intake's files hand it to one another, from the bottom up */
#ifndef SERVICES_INTAKE_REQUESTS_H
#define SERVICES_INTAKE_REQUESTS_H

#include "services/intake/parts.h"

/* --- request.c -------------------------------------------------------------------------------- */

Intake__Records__Request *intake_request(struct tables *tables, const char *id);
/* One that is neither decided nor closed; *row is set whenever there is such a request. */
const struct refusal *intake_find_open_request(struct work *work, const char *id,
                                               Intake__Records__Request **row);
/* For apply: stores the request in a state, and the lists and the deadline that go with it. */
void intake_put_request(struct tables *tables, const char *id, Intake__Records__Request *row,
                        enum request_state before);
bool intake_request_is_open(const Intake__Records__Request *row);
struct consent intake_consent_of(const Intake__Records__Request *row);

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

/* --- request_file.c --------------------------------------------------------------------------- */

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

/* --- agenda.c --------------------------------------------------------------------------------- */

/* Where it goes: before who decides it alone, to a session, or it waits for one to be planned. */
struct place {
    bool waits;
    const char *session; /* "" when who decides sits in none */
    struct date held_on;
    int64_t rest_at_ms; /* when others that wait follow there; 0: nobody does */
};
/* The place for the last of so many at once: others follow from the next instant on. */
struct place intake_place_with_rest(const struct work *work, const struct place *place, int placed);
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

/* --- request_check.c -------------------------------------------------------------------------- */

/* What a check of a file finds; judged first, told afterwards. */
struct checked {
    struct orientation orientation;
    struct date on;          /* the day of the fact */
    struct date reminder_on; /* from the first check that failed; later ones leave them (6.1) */
    struct date lapses_on;
    struct date assessed_on;
    uint32_t present;
    uint32_t missing;
    struct date decision_due_on;
    struct place place;
};

const struct refusal *intake_judge_file(struct work *work,
                                        const Intake__Records__Household *household,
                                        struct checked *checked);
/* Tells what was found: incomplete; or complete, and where it goes. */
void intake_emit_checked(struct work *work, const struct checked *checked);

/* --- request_ruling.c ------------------------------------------------------------------------- */

/* A decision at hand. */
struct decision {
    const Intake__DecideRequest *asked;
    enum decision_kind kind;
    const Intake__Records__Request *row;
    const Intake__Records__Household *household;
    struct orientation orientation;
    const Intake__Records__Body *body; /* of the district; NULL when it has none */
    const char *body_id;
    struct place place; /* the session it was taken in; moved: not the one it was on */
    bool moved;
    struct seating seating;
    bool is_of_district;
    struct date decided_on;
};

/* Finds the session and the day, and asks whether this body may decide so then. */
const struct refusal *intake_judge_ruling(struct work *work, struct decision *decision);
/* A request that waits, or was on another agenda, was taken up in this session. */
void intake_emit_taken_up(struct work *work, const struct decision *decision);

/* --- request_grant.c, request_refusal.c, request_deferral.c ----------------------------------- */

const struct refusal *intake_decide_grant(struct work *work, const struct decision *decision);
const struct refusal *intake_decide_refusal(struct work *work, const struct decision *decision);
const struct refusal *intake_decide_deferral(struct work *work, const struct decision *decision);

#endif
