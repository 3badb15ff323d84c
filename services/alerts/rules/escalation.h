/* escalation.h - who is told next when nobody acknowledges an alert
 *
 * By default the rule's next person after 3 working days, the second after 6,
 * and the manager after 6 where the rule's own list ends before and does not
 * name him (domain.md §7).  A rule may say its own days: so long after the day
 * it counts from, or hours after it was raised.  Acknowledged or closed, an
 * alert climbs no further.  Each rung is climbed once; a missed one is caught up.
 */
#ifndef ALERTS_RULES_ESCALATION_H
#define ALERTS_RULES_ESCALATION_H

#include "libcommon/calendar.h"
#include "libcommon/parameters.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Sets of roles; who holds one is the organisation's directory to say. */
enum told_role {
    ROLE_WORKER = 1 << 0,              /* W: key worker */
    ROLE_TEAM_LEADER = 1 << 1,         /* T */
    ROLE_MANAGER = 1 << 2,             /* M: service manager, director */
    ROLE_DISTRICT_HEAD = 1 << 3,       /* DH */
    ROLE_SECRETARY = 1 << 4,           /* CS: secretary of the commission */
    ROLE_COMMISSION_MEMBERS = 1 << 5,  /* members */
    ROLE_REGULATOR = 1 << 6,           /* RG */
    ROLE_COORDINATOR = 1 << 7,         /* CO */
    ROLE_RENTAL_MANAGER = 1 << 8,      /* RM */
    ROLE_DATA_PROTECTION = 1 << 9,     /* DPO */
    ROLE_REPORT_OWNER = 1 << 10,       /* RP */
    ROLE_FUNDER_CONTACT = 1 << 11,     /* LL: landlord or funder contact */
    ROLE_PREFECTURE_CONTACT = 1 << 12, /* F: funder or prefecture, where stated */
    ROLE_REQUESTER = 1 << 13,
    ROLE_RESIDENT = 1 << 14,
    ROLE_HOUSING_DESK = 1 << 15, /* social-housing desk */
    ROLE_ON_CALL = 1 << 16,
    ROLE_DISTRICT_LEAD = 1 << 17,
    ROLE_OPERATION = 1 << 18, /* who runs Tremplin */
};

enum rung_timing {
    RUNG_IN_TURN = 1,  /* working days unacknowledged: the law's first, second... */
    RUNG_DAYS,         /* from the date the rule counts from; negative before */
    RUNG_MONTHS,       /* the same in months */
    RUNG_HOURS,        /* after it was raised */
    RUNG_MONTHLY_LIST, /* with the list of the first of the next month */
};

/* {0} ends a list. */
struct rung {
    uint32_t roles;
    uint8_t timing;
    int16_t amount;
};

enum { RUNGS_MOST = 4 };

struct escalation_law {
    int64_t first_working_days;
    int64_t second_working_days;
};
extern const struct parameter_field escalation_law[];

/* The alert that may climb. */
struct unanswered {
    int64_t raised_at_ms;
    struct date counts_from; /* what the rule's days count from */
    bool is_acknowledged;
    bool is_closed;
    enum holidays holidays;
};

/* The rule's ladder as climbed: its own rungs, and the manager's by default.  recipients are those
 * told at first. */
struct ladder {
    size_t count;
    struct rung rungs[RUNGS_MOST + 1];
};
struct ladder ladder_of(const struct rung rungs[], uint32_t recipients);

/* The instant a rung is reached: the start of its day, or the hour; 0 when it has none. */
int64_t rung_at(const struct escalation_law *law, const struct ladder *ladder, size_t rung,
                const struct unanswered *alert);
/* The rungs to climb now, bit n for rung n, of those not climbed. */
uint32_t rungs_due(const struct escalation_law *law, const struct ladder *ladder,
                   const struct unanswered *alert, uint32_t climbed, int64_t now_ms);
/* The rungs with a day of their own, whichever step is unanswered then: climbed once a matter. */
uint32_t rungs_of_matter(const struct ladder *ladder);
/* The roles told by a set of rungs. */
uint32_t rungs_roles(const struct ladder *ladder, uint32_t rungs);

#endif
