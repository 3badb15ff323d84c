/* vacancy.h - a freed place, the days to send candidatures for it, and its loss
 *
 * A vacancy's state is never set: it derives from its dated facts (domain.md
 * C-14).  vacancy_at() replays them, so the state at any instant, past or
 * future, has one answer, and no later change of a setting moves a deadline:
 * the fact carries the last day decided with it.  The clock starts once and
 * only an extension moves it: a refusal or a withdrawal never does (S4-30).  At
 * its deadline one thing is asked: is a candidature pending or retained?
 *
 * A vacancy given back after its loss ends as RETURNED; the vacancy that follows
 * it starts a new clock.
 */
#ifndef LODGING_RULES_VACANCY_H
#define LODGING_RULES_VACANCY_H

#include "libcommon/calendar.h"
#include "libcommon/machine.h"
#include "libcommon/refusal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum vacancy_state {
    VACANCY_ANNOUNCED = 1, /* known in advance, the place is not free yet */
    VACANCY_OPEN,
    VACANCY_CANDIDATES_SENT,
    VACANCY_RETAINED,
    VACANCY_FILLED,
    VACANCY_LOST,
    VACANCY_RETURNED,
    VACANCY_CANCELLED,
    VACANCY_STATES,
};

/* What moves the state: the facts as they count, and the deadline. */
enum vacancy_event {
    VACANCY_EVENT_ANNOUNCE = 1,
    VACANCY_EVENT_OPEN,
    VACANCY_EVENT_ONE_IS_PENDING,
    VACANCY_EVENT_ONE_IS_RETAINED,
    VACANCY_EVENT_NONE_IS_LEFT, /* in time, or before the clock started */
    VACANCY_EVENT_NONE_IS_LEFT_BEFORE_FREE,
    VACANCY_EVENT_PASS_DEADLINE, /* with none left, then or later */
    VACANCY_EVENT_SIGN_TITLE,
    VACANCY_EVENT_RETURN,
    VACANCY_EVENT_CANCEL,
    VACANCY_EVENTS,
};

/* Every move that vacancy_at() makes is a row of this machine. */
extern const struct machine vacancy_machine;

enum vacancy_fact_kind {
    FACT_PLACE_ANNOUNCED = 1,
    FACT_PLACE_NOTIFIED, /* the reservation holder is told that the place is free */
    FACT_CANDIDATURE_SENT,
    FACT_CANDIDATURE_RETAINED,
    FACT_CANDIDATURE_REFUSED,
    FACT_CANDIDATURE_WITHDRAWN,
    FACT_CANDIDATURE_EXPIRED, /* the candidate did not answer */
    FACT_DEADLINE_EXTENDED,
    FACT_TITLE_SIGNED,
    FACT_PLACE_RETURNED, /* by the manager, after the loss */
    FACT_VACANCY_CANCELLED,
};

/* Candidatures of one vacancy are numbered from 0. */
enum { VACANCY_CANDIDATURES_MOST = 64 };

struct vacancy_fact {
    int64_t at_ms;
    enum vacancy_fact_kind kind;
    int32_t candidature;  /* of the four facts about one, and of the title */
    struct date freed_on; /* FACT_PLACE_NOTIFIED */
    struct date last_day; /* of a notification: vacancy_last_day(); of an extension: as agreed */
    struct date most;     /* FACT_DEADLINE_EXTENDED: vacancy_extension_most() */
    bool has_author;      /* FACT_DEADLINE_EXTENDED */
    bool has_reason;      /* FACT_DEADLINE_EXTENDED, FACT_VACANCY_CANCELLED */
};

struct vacancy {
    enum vacancy_state state; /* 0 before the first fact */
    int64_t since_ms;         /* the instant this state began */
    bool is_place_free;
    uint64_t sent;         /* bit n: candidature n was sent */
    uint64_t pending;      /* bit n: it awaits the manager's answer */
    uint64_t retained;     /* bit n: the manager retained it; one bit at most */
    struct date last_day;  /* to send candidatures; absent while no clock runs */
    int64_t deadline_ms;   /* 24:00 of it */
    int64_t lost_at_ms;    /* 0 when never lost; kept after a return */
    int64_t first_sent_ms; /* 0 when none was */
    int32_t extensions;
    int32_t refusals;
    int32_t withdrawals;
};

extern const struct refusal VACANCY_UNKNOWN;
extern const struct refusal VACANCY_ALREADY_OPEN;
extern const struct refusal VACANCY_WITHOUT_FREEING_DATE;
extern const struct refusal VACANCY_LAST_DAY_PAST;
extern const struct refusal VACANCY_NOT_OPEN;
extern const struct refusal VACANCY_DEADLINE_PASSED;
extern const struct refusal VACANCY_HAS_TOO_MANY_CANDIDATURES;
extern const struct refusal VACANCY_CANDIDATURE_ALREADY_SENT;
extern const struct refusal VACANCY_CANDIDATURE_NOT_PENDING;
extern const struct refusal VACANCY_ALREADY_RETAINED;
extern const struct refusal VACANCY_CANDIDATURE_NOT_RETAINED;
extern const struct refusal VACANCY_PLACE_NOT_FREE;
extern const struct refusal VACANCY_CLOCK_NOT_STARTED;
extern const struct refusal VACANCY_EXTENSION_NOT_LATER;
extern const struct refusal VACANCY_EXTENSION_TOO_LONG;
extern const struct refusal VACANCY_EXTENSION_WITHOUT_AUTHOR;
extern const struct refusal VACANCY_EXTENSION_WITHOUT_REASON;
extern const struct refusal VACANCY_NOT_LOST;
extern const struct refusal VACANCY_CANCELLED_WITHOUT_REASON;

/* Does the fact fit the vacancy as it stands at the fact's instant? */
const struct refusal *vacancy_accepts(const struct vacancy *vacancy,
                                      const struct vacancy_fact *fact);
/* The vacancy after the clock has run until an instant (not earlier than the last one told). */
struct vacancy vacancy_until(struct vacancy vacancy, int64_t at_ms);
/* The vacancy after one more fact; one that does not fit changes nothing. */
struct vacancy vacancy_with(struct vacancy vacancy, const struct vacancy_fact *fact);
/* The vacancy at an instant, by its facts in the order of their instants; those after the instant
 * do not count, those at it do. */
struct vacancy vacancy_at(const struct vacancy_fact facts[], size_t count, int64_t at_ms);

#endif
