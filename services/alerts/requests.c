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

#define COMPLETED &intake__request_completed__descriptor
#define GRANTED   &intake__request_granted__descriptor
#define REFUSED   &intake__request_refused__descriptor
#define WITHDRAWN &intake__request_withdrawn__descriptor
#define LAPSED    &intake__request_lapsed__descriptor

const struct wire alerts_of_requests[] = {
    /* incomplete, until it is complete, lapses, or is given up. */
    { &intake__request_found_incomplete__descriptor, "A-01", OPENS, .subject = "request",
      .due = "found_on" },
    { COMPLETED, "A-01", CLOSES, .subject = "request" },
    { LAPSED, "A-01", CLOSES, .subject = "request" },
    { WITHDRAWN, "A-01", CLOSES, .subject = "request" },
    { GRANTED, "A-01", CLOSES, .subject = "request" },
    { REFUSED, "A-01", CLOSES, .subject = "request" },
    /* A-02 is opened as the session's day opens: alerts_look_at_sessions(). */
    { &intake__request_scheduled__descriptor, "A-02", CLOSES, .subject = "request" },
    { GRANTED, "A-02", CLOSES, .subject = "request" },
    { REFUSED, "A-02", CLOSES, .subject = "request" },
    { WITHDRAWN, "A-02", CLOSES, .subject = "request" },
    { LAPSED, "A-02", CLOSES, .subject = "request" },
    /* a session to prepare, until it is held or its day is over. */
    { &intake__session_planned__descriptor, "A-03", MOVES, .subject = "session", .due = "held_on",
      .until = "held_on" },
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

/* --- A-02 ----------------------------------------------------------------------------------------
 */

static bool has_missed(const Alerts__Records__WaitingRequest *request,
                       const Alerts__Records__KnownSession *session)
{
    struct date cut_off = date_of(session->cut_off ? session->cut_off : session->held_on);

    return strcmp(request->district, session->district) == 0 &&
           !date_is_after(date_of(request->completed_on), cut_off);
}

static void look_at_session(struct work *work, const Alerts__Records__KnownSession *session)
{
    struct walk walk = walk_from(work->tables, &alerts_waiting, (struct key){ 0 });

    while (walk_next(&walk)) {
        const Alerts__Records__WaitingRequest *request = walk.value;
        char id[ID_TEXT_SIZE];
        size_t at = 0;

        if (!key_read_id(&walk.key, &at, id) || !has_missed(request, session)) {
            walk_forget(&walk);
            continue;
        }
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
}

void alerts_look_at_sessions(struct work *work)
{
    struct walk walk = walk_from(work->tables, &alerts_sessions, (struct key){ 0 });

    while (walk_next(&walk)) {
        const Alerts__Records__KnownSession *session = walk.value;

        if (date_is_same(date_of(session->held_on), work->today))
            look_at_session(work, session);
        else
            walk_forget(&walk);
    }
}
