/* decision.h - who may decide on a request, and what a decision may say
 *
 * No measure starts without a decision (domain.md S1-10).  Who decides differs by
 * scheme (SX-6): the council's district by its head or its commission, Action
 * Logement, a reservation holder and then the manager.  decision_accept() judges
 * who decides and when; the three functions after it, what is decided.
 */
#ifndef INTAKE_RULES_DECISION_H
#define INTAKE_RULES_DECISION_H

#include "libcommon/calendar.h"
#include "libcommon/refusal.h"
#include "services/intake/rules/accreditation.h"
#include "services/intake/rules/codes.h"
#include "services/intake/rules/household.h"
#include "services/intake/rules/request.h"
#include "services/intake/rules/session.h"

enum decision_kind { DECISION_GRANT = 1, DECISION_DEFER, DECISION_REFUSE };

enum decision_body {
    BODY_DISTRICT_HEAD = 1,
    BODY_DISTRICT_COMMISSION,
    BODY_STATE_SERVICES,
    BODY_ACTION_LOGEMENT,
    BODY_RESERVATION_HOLDER,
    BODY_SIAO,
    BODY_LANDLORD,
    BODY_JUDGE,
    BODY_OPERATOR, /* only to refuse a referral of Action Logement for want of capacity */
    BODY_COUNT,    /* with 0 */
};

/* --- who decides, and when -------------------------------------------------------------------- */

struct ruling {
    enum decision_kind kind;
    enum scheme scheme;
    enum decision_body body;
    bool body_is_of_district;         /* S1-11: the body of the request's own district */
    enum decision_mode district_mode; /* S1-12 */
    struct date session_date;         /* of the session whose agenda the request is on */
    struct seating seating;           /* who sat on this request */
    struct date completed_on;
    struct date decided_on;
    struct date today;
};

/* The body that decides on the scheme in a district of that mode; 0 where several may (a sliding
 * lease: landlord, State or district) and the request names one. */
enum decision_body scheme_body(enum scheme scheme, enum decision_mode mode);
/* Who decides on a request: the scheme's one body; where several may, the one it names, else the
 * one of its origin (the SIAO or the reservation holder for a place, the landlord or the State for
 * a mission), else the district's. */
enum decision_body request_body(enum scheme scheme, enum request_origin origin,
                                enum decision_body named, enum decision_mode mode);
/* Is it the council's district, by its head or its commission? */
bool body_is_district(enum decision_body body);
/* 6.1 decide: the body is entitled, of the right district and mode, with its quorum; the decision
 * is taken once the request is complete, by a commission on the day of its session. */
const struct refusal *decision_accept(const struct ruling *ruling, const struct session_law *law);

/* --- grant ------------------------------------------------------------------------------------ */

enum delivery { DELIVERY_INTERNAL = 1, DELIVERY_EXTERNAL };

enum line_public {
    LINE_ALL_PUBLICS = 1, /* S0-25 */
    LINE_YOUTH,           /* S1-22: 18 to 25 on the date of the decision */
    LINE_CHRS_LEAVERS,    /* S1-24: the follow-on service of a CHRS */
};

/* What is left on the line of the agreement that the measure would be counted on. */
struct agreement_line {
    enum line_public line_public;
    int64_t measures_left;
    int64_t months_left;
};

struct grant {
    struct date decided_on;
    enum scheme scheme;
    struct consent consent;
    bool manager_agrees; /* SX-6: the second voice for a place in a residence */
    enum delivery delivery;
    struct agreement_line line; /* of an external measure; an internal one has none (C-10) */
    int64_t months;
    struct date birth_date;
    bool leaves_the_chrs; /* the household leaves the CHRS that would perform the measure */
    enum operator_choice operator_choice; /* on the date of the decision (S1-7) */
    bool operator_is_requester;
};

const struct refusal *grant_accept(const struct grant *grant, const struct youth_law *law);

/* --- refusal and deferral --------------------------------------------------------------------- */

/* Out of quota and out of capacity say nothing of the request itself (6.1). */
bool refusal_is_substantive(enum refusal_reason reason);
/* 6.1: a referral of Action Logement refused raises an alert. */
bool refusal_raises_alert(enum scheme scheme, enum refusal_reason reason);
/* The reason is coded and allowed for the scheme: income never for ASLL (S1-9, FSL-4); only a
 * conflict of capacity for Action Logement (S3-19); out of quota only when the line is exhausted.
 */
const struct refusal *decision_refusal_accept(enum scheme scheme, enum refusal_reason reason,
                                              bool is_explained, enum delivery delivery,
                                              const struct agreement_line *line);
const struct refusal *deferral_accept(bool has_reason);

#endif
