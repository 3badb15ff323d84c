#include "services/intake/requests.h"

#include <string.h>

static const struct refusal DISTRICT_HAS_NO_BODY = {
    .code = "DISTRICT_HAS_NO_BODY",
    .field = "request",
    .rule = "S1-11",
    .french = "La circonscription de cette demande n'a pas d'instance de décision : créez-la.",
    .english = "The district of this request has no deciding body: open it.",
};

static const struct refusal SESSION_NOT_TOLD = {
    .code = "SESSION_NOT_TOLD",
    .field = "session",
    .rule = "S1-13",
    .french = "Cette demande n'est inscrite à aucune séance : indiquez celle où la commission a "
              "décidé.",
    .english = "This request is on no session's agenda: give the one where the commission decided.",
};

static const struct refusal SESSION_NOT_HELD = {
    .code = "SESSION_NOT_HELD",
    .field = "session",
    .rule = "S1-13, 6.1",
    .french = "Enregistrez d'abord que la séance s'est tenue, avec ses membres présents.",
    .english = "Record first that the session was held, with the members present.",
};

static const struct refusal DEFERRED_THAT_DAY = {
    .code = "DEFERRED_THAT_DAY",
    .field = "decided_on",
    .rule = "6.1",
    .french = "Cette demande a été ajournée à cette date ou après : la décision vient plus tard.",
    .english = "This request was deferred on that day or after it: the decision comes later.",
};

/* The session told, else the commission's on the day told, else the one whose agenda it is on. */
static const char *session_told(struct work *work, const struct decision *decision)
{
    const struct date day = date_of(decision->asked->decided_on);
    struct session_list list = { 0 };

    if (*decision->asked->session != '\0')
        return decision->asked->session;
    if (date_is_set(day))
        list = intake_sessions_from(work, decision->body_id, day);
    if (list.count > 0 && date_is_same(list.sessions[0].date, day))
        return list.ids[0];
    return decision->row->session;
}

static const struct refusal *find_session(struct work *work, struct decision *decision)
{
    const char *id = session_told(work, decision);
    const Intake__Records__Session *session;
    const struct refusal *refusal = *id ? need_id(work, "session", id) : &SESSION_NOT_TOLD;

    if (refusal)
        return refusal;
    session = table_get(work->tables, &intake_sessions, key_id(id));
    if (!session)
        return not_known(work, "session", id);
    if (!session->held)
        return &SESSION_NOT_HELD;
    decision->place = (struct place){ .session = id, .held_on = date_of(session->held_on) };
    decision->moved = strcmp(id, decision->row->session) != 0;
    decision->is_of_district = strcmp(session->body, decision->body_id) == 0;
    decision->seating = (struct seating){
        .members = decision->body->members,
        .present = session->members_present,
        .quorum = decision->body->quorum,
    };
    return ACCEPTED;
}

static enum decision_body find_body(const struct decision *decision, enum decision_mode mode)
{
    const struct orientation *orientation = &decision->orientation;

    /* S3-19: Action Logement has decided; what the operator may do is refuse. */
    if (orientation->scheme == SCHEME_ACTION_LOGEMENT &&
        decision->asked->decision == INTAKE__DECISION__DECISION_REFUSE)
        return BODY_OPERATOR;
    return request_body(orientation->scheme, orientation->origin, orientation->named, mode);
}

static const struct refusal *find_day(struct work *work, struct decision *decision)
{
    const struct refusal *refusal = ACCEPTED;

    if (!decision->asked->decided_on && date_is_set(decision->place.held_on))
        decision->decided_on = decision->place.held_on;
    else
        refusal =
            need_fact_date(work, "decided_on", decision->asked->decided_on, &decision->decided_on);
    if (!refusal && decision->row->deferrals > 0 &&
        !date_is_after(decision->decided_on, date_of(decision->row->deferred_on)))
        refusal = &DEFERRED_THAT_DAY;
    return refusal;
}

const struct refusal *intake_judge_ruling(struct work *work, struct decision *decision)
{
    const enum decision_mode mode = intake_mode_of(decision->body);
    struct ruling ruling = {
        .kind = decision->kind,
        .scheme = decision->orientation.scheme,
        .body = find_body(decision, mode),
        .district_mode = mode,
        .completed_on = date_of(decision->row->completed_on),
        .today = work->today,
    };
    struct session_law law;
    const struct refusal *refusal = ACCEPTED;

    if (body_is_district(ruling.body) && !decision->body)
        return &DISTRICT_HAS_NO_BODY;
    decision->is_of_district = true;
    decision->moved = decision->row->state != REQUEST_SCHEDULED;
    if (ruling.body == BODY_DISTRICT_COMMISSION)
        refusal = find_session(work, decision);
    if (!refusal)
        refusal = find_day(work, decision);
    if (!refusal)
        refusal = work_law(work, session_law, decision->decided_on, &law);
    if (refusal)
        return refusal;
    ruling.body_is_of_district = decision->is_of_district;
    ruling.session_date = decision->place.held_on;
    ruling.seating = decision->seating;
    ruling.decided_on = decision->decided_on;
    return decision_accept(&ruling, &law);
}

void intake_emit_taken_up(struct work *work, const struct decision *decision)
{
    if (decision->moved)
        intake_emit_scheduled(work, &decision->orientation, &decision->place, decision->decided_on);
}
