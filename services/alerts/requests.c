/* requests.c - alerts of intake's facts: requests, sessions, accreditations (domain.md 7.1) */
#include "services/alerts/parts.h"

#include <string.h>

/* twice deferred, or as often as the organisation's rule warns. */
static bool is_deferred_twice(const ProtobufCMessage *event)
{
    const Intake__RequestDeferred *deferred = (const Intake__RequestDeferred *)event;

    return deferred->deferrals >= 2 || deferred->too_often;
}

/* of an operator's accreditations the last end counts; those before it are renewed already,
 * whenever they are told. */
static void ask_accreditation(struct work *work, const struct entry *heard)
{
    const Intake__AccreditationChanged *changed =
        (const Intake__AccreditationChanged *)heard->event;
    struct fact fact = alerts_fact(heard, "A-07", changed->operator_);

    fact.due = alerts_accredited_until(work->tables, changed);
    fact.until = fact.due;
    alerts_move_matter(work, &fact, false);
}

#define PLANNED   &intake__session_planned__descriptor
#define COMPLETED &intake__request_completed__descriptor
#define GRANTED   &intake__request_granted__descriptor
#define REFUSED   &intake__request_refused__descriptor
#define WITHDRAWN &intake__request_withdrawn__descriptor
#define LAPSED    &intake__request_lapsed__descriptor

/* --- A-02 ------------------------------------------------------------------------------------- */

/* The sessions of a district, and the one that is being planned (NULL: none) as it is now. */
static size_t sessions_of(struct work *work, const char *district,
                          const Intake__SessionPlanned *planned, struct sitting **sittings)
{
    struct walk walk = walk_from(work->tables, &alerts_sessions, (struct key){ 0 });
    size_t most = table_count(work->tables, &alerts_sessions) + 1, count = 0;

    *sittings = arena_take(work->arena, most * sizeof **sittings);
    if (!*sittings)
        return 0;
    if (planned && strcmp(planned->district, district) == 0)
        (*sittings)[count++] =
            (struct sitting){ date_of(planned->held_on), date_of(planned->cut_off) };
    while (walk_next(&walk) && count < most) {
        const Alerts__Records__KnownSession *known = walk.value;
        char id[ID_TEXT_SIZE];
        size_t at = 0;

        if (strcmp(known->district, district) == 0 && key_read_id(&walk.key, &at, id) &&
            !(planned && strcmp(planned->session, id) == 0))
            (*sittings)[count++] =
                (struct sitting){ date_of(known->held_on), date_of(known->cut_off) };
        walk_forget(&walk);
    }
    return count;
}

static void open_missed(struct work *work, const char *id,
                        const Alerts__Records__WaitingRequest *request)
{
    alerts_open_matter(work, &(struct fact){
                                 .rule = "A-02",
                                 .subject = arena_text(work->arena, id, strlen(id)),
                                 .aspect = "",
                                 .household = request->household,
                                 .district = request->district,
                                 .worker = "",
                                 .due = work->today,
                                 .fact_on = work->today,
                                 .recorded_ms = start_of_day(work->today),
                             });
}

/* Of a district, the requests that missed a session of today. */
static void look_at_district(struct work *work, const char *district,
                             const Intake__SessionPlanned *planned)
{
    struct walk walk = walk_from(work->tables, &alerts_waiting, (struct key){ 0 });
    struct sitting *sittings;
    size_t count = sessions_of(work, district, planned, &sittings);

    while (walk_next(&walk)) {
        const Alerts__Records__WaitingRequest *request = walk.value;
        const struct unscheduled unscheduled = { date_of(request->completed_on),
                                                 date_of(request->deferred_on) };
        char id[ID_TEXT_SIZE];
        size_t at = 0;

        if (key_read_id(&walk.key, &at, id) && strcmp(request->district, district) == 0 &&
            date_is_same(missed_day(sittings, count, &unscheduled), work->today))
            open_missed(work, id, request);
        else
            walk_forget(&walk);
    }
}

/* Planned on its own day, or moved to it: that day is open already. */
static void ask_session(struct work *work, const struct entry *heard)
{
    const Intake__SessionPlanned *planned = (const Intake__SessionPlanned *)heard->event;

    if (date_is_same(date_of(planned->held_on), work->today))
        look_at_district(work, planned->district, planned);
}

void alerts_look_at_sessions(struct work *work)
{
    struct walk walk = walk_from(work->tables, &alerts_sessions, (struct key){ 0 });

    while (walk_next(&walk)) {
        const Alerts__Records__KnownSession *session = walk.value;

        if (date_is_same(date_of(session->held_on), work->today))
            look_at_district(work, session->district, NULL);
        else
            walk_forget(&walk);
    }
}

const struct wire alerts_of_requests[] = {
    /* incomplete, until it is complete, lapses, or is given up. */
    { &intake__request_found_incomplete__descriptor, "A-01", OPENS, .subject = "request",
      .due = "found_on" },
    { COMPLETED, "A-01", CLOSES, .subject = "request" },
    { LAPSED, "A-01", CLOSES, .subject = "request" },
    { WITHDRAWN, "A-01", CLOSES, .subject = "request" },
    { GRANTED, "A-01", CLOSES, .subject = "request" },
    { REFUSED, "A-01", CLOSES, .subject = "request" },
    /* A-02 is opened as the session's day opens, alerts_look_at_sessions(), or as it is planned. */
    { PLANNED, "A-02", ASKS, .ask = ask_session },
    { &intake__request_scheduled__descriptor, "A-02", CLOSES, .subject = "request" },
    { GRANTED, "A-02", CLOSES, .subject = "request" },
    { REFUSED, "A-02", CLOSES, .subject = "request" },
    { WITHDRAWN, "A-02", CLOSES, .subject = "request" },
    { LAPSED, "A-02", CLOSES, .subject = "request" },
    /* a session to prepare, until it is held or its day is over. */
    { PLANNED, "A-03", MOVES, .subject = "session", .due = "held_on", .until = "held_on" },
    { &intake__session_held__descriptor, "A-03", CLOSES, .subject = "session" },
    /* complete and not decided, whatever its state (C-25). */
    { COMPLETED, "A-04", OPENS, .subject = "request", .due = "completed_on" },
    { GRANTED, "A-04", CLOSES, .subject = "request" },
    { REFUSED, "A-04", CLOSES, .subject = "request" },
    { WITHDRAWN, "A-04", CLOSES, .subject = "request" },
    { LAPSED, "A-04", CLOSES, .subject = "request" },
    /* deferred twice. */
    { &intake__request_deferred__descriptor, "A-05", OPENS, .subject = "request",
      .due = "deferred_on", .only = is_deferred_twice },
    { GRANTED, "A-05", CLOSES, .subject = "request" },
    { REFUSED, "A-05", CLOSES, .subject = "request" },
    { WITHDRAWN, "A-05", CLOSES, .subject = "request" },
    { LAPSED, "A-05", CLOSES, .subject = "request" },
    /* an accreditation, until it is renewed or over. */
    { &intake__accreditation_changed__descriptor, "A-07", ASKS, .ask = ask_accreditation },
    { 0 },
};
