/* session.h - the sessions of a deciding commission, and which of them a request goes to
 *
 * A district decides by its head or by a monthly commission (domain.md S1-11,
 * S1-12).  A commission's sessions are planned ahead; each closes its agenda on
 * its cut-off day, included.  A complete request goes to the first session whose
 * agenda is still open; a deferred one to the session after the one that
 * deferred it, whose commission knows the file already.
 *
 * Sessions are those of one body, in any order.
 */
#ifndef INTAKE_RULES_SESSION_H
#define INTAKE_RULES_SESSION_H

#include "libcommon/calendar.h"
#include "libcommon/machine.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"

enum session_state { SESSION_PLANNED = 1, SESSION_HELD, SESSION_CANCELLED };
enum session_event { SESSION_PLAN = 1, SESSION_MOVE, SESSION_HOLD, SESSION_CANCEL };
extern const struct machine session_machine;

struct session {
    enum session_state state;
    struct date date;
    struct date cut_off; /* the last day a request may join the agenda */
};

struct session_law {
    struct period cut_off;  /* the agenda closes this long before the session */
    int64_t quorum_percent; /* of the voting members, where the body sets no number */
};
extern const struct parameter_field session_law[];

/* --- planning --------------------------------------------------------------------------------- */

/* When a monthly commission sits: the second Tuesday, the last Friday. */
struct session_rhythm {
    enum weekday weekday;
    int rank; /* 1 to 4; 5: the last of the month */
};

/* S1-13: the day of the session of a month; a public holiday gives the next working day. */
struct date session_day(int year, int month, struct session_rhythm rhythm, enum holidays holidays);
/* D-6: the latest day to join the agenda, a backward limit that is never rolled. */
struct date session_cut_off(struct date session, const struct session_law *law);
/* S1-12: a monthly commission is planned once a month, not in the past. */
const struct refusal *session_accept_plan(const struct session sessions[], size_t count,
                                          struct date planned_for, struct date today);

/* --- holding ---------------------------------------------------------------------------------- */

struct seating {
    int64_t members;
    int64_t present;
    int64_t quorum; /* the body's own number; 0: the percentage of the law */
};

int64_t quorum_of(const struct seating *seating, const struct session_law *law);
bool seating_has_quorum(const struct seating *seating, const struct session_law *law);
/* A planned session sat on its day, and is recorded then or later, with its quorum or without. */
const struct refusal *session_accept_sitting(const struct session *session, struct date today);
/* The same, and its quorum was there: it can decide. */
const struct refusal *session_accept_holding(const struct session *session,
                                             const struct seating *seating, struct date today,
                                             const struct session_law *law);

/* --- the agenda ------------------------------------------------------------------------------- */

enum { NO_SESSION = -1 };

/* The first planned session that a complete request can still join on a day; NO_SESSION when none
 * is planned: plan one. */
int session_to_join(const struct session sessions[], size_t count, struct date on);
/* The first planned session after the one that deferred a request, whatever its cut-off. */
int session_after_deferral(const struct session sessions[], size_t count, struct date deferred_on);
/* the first session, planned or held, that a request complete on that day was in time for; it
 * has missed it if it is not on its agenda when the cut-off has passed. */
int session_in_time_for(const struct session sessions[], size_t count, struct date completed_on);
bool session_is_missed(const struct session *in_time_for, bool on_agenda, struct date today);

/* --- routes ----------------------------------------------------------------------------------- */

enum decision_mode { MODE_HEAD = 1, MODE_COMMISSION };

enum route {
    ROUTE_TO_HEAD = 1,
    ROUTE_TO_SESSION,
    ROUTE_TO_BODY,    /* SX-6: decided outside the district, by who funds or holds the place */
    ROUTE_IMPOSSIBLE, /* a commission decides and no session is open: see the refusal */
};

struct routing {
    enum route route;
    int session; /* NO_SESSION unless ROUTE_TO_SESSION */
    const struct refusal *refusal;
};

/* 6.1 route: where a complete request goes on a day; by decision.h, whether its body is the
 * council's district. */
struct routing request_route(bool decided_by_district, enum decision_mode mode,
                             const struct session sessions[], size_t count, struct date on);

#endif
