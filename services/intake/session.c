#include "services/intake/parts.h"

#include <string.h>

const struct table intake_sessions = { "sessions", &intake__records__session__descriptor };
const struct table intake_body_sessions = { "body_sessions",
                                            &intake__records__session__descriptor };

static const struct refusal BODY_HAS_NO_SESSIONS = {
    .code = "BODY_HAS_NO_SESSIONS",
    .field = "body",
    .rule = "S1-12",
    .french = "Seule une commission siège : cette circonscription décide autrement.",
    .english = "Only a commission has sessions: this district decides otherwise.",
};

static const struct refusal SESSION_PLANNED_ALREADY = {
    .code = "SESSION_PLANNED_ALREADY",
    .field = "session",
    .rule = "S1-13",
    .french = "Une autre séance est déjà programmée sous cet identifiant.",
    .english = "Another session is already planned under this identifier.",
};

static struct key body_session_key(const char *body, struct date day, const char *session)
{
    struct key key = key_id(body);

    key_add_date(&key, day);
    if (*session != '\0')
        key_add_id(&key, session);
    return key;
}

static struct session session_of(const Intake__Records__Session *row)
{
    return (struct session){
        .state = row->held ? SESSION_HELD : SESSION_PLANNED,
        .date = date_of(row->held_on),
        .cut_off = date_of(row->cut_off),
    };
}

struct session_list intake_sessions_from(struct work *work, const char *body, struct date from)
{
    enum { SESSIONS_MOST = 600 }; /* fifty years of months */
    struct session_list list = {
        .sessions = arena_take(work->arena, SESSIONS_MOST * sizeof *list.sessions),
        .ids = arena_take(work->arena, SESSIONS_MOST * sizeof *list.ids),
    };
    struct walk walk = walk_from_key(work->tables, &intake_body_sessions,
                                     body_session_key(body, from, ""), sizeof(struct id));

    while (list.sessions && list.ids && list.count < SESSIONS_MOST && walk_next(&walk)) {
        size_t at = sizeof(struct id);
        struct date day;
        char id[ID_TEXT_SIZE];

        if (!key_read_date(&walk.key, &at, &day) || !key_read_id(&walk.key, &at, id))
            continue;
        list.sessions[list.count] = session_of(walk.value);
        walk_forget(&walk);
        list.ids[list.count++] = arena_text(work->arena, id, strlen(id));
    }
    return list;
}

static void put_session(struct tables *tables, const char *id, const Intake__Records__Session *row)
{
    table_put(tables, &intake_sessions, key_id(id), &row->base);
    table_put(tables, &intake_body_sessions, body_session_key(row->body, date_of(row->held_on), id),
              &row->base);
}

/* --- planning ----------------------------------------------------------------------------------
 */

/* When it was planned: a session of the past that says nothing, on its own day. */
static const struct refusal *planning_day(struct work *work, const Intake__PlanSession *asked,
                                          struct date *planned_on)
{
    if (asked->planned_on)
        return intake_fact_date(work, "planned_on", asked->planned_on, planned_on);
    *planned_on = date_earlier(work->today, date_of(asked->held_on));
    return ACCEPTED;
}

/* The body's own number of days, or the law's. */
static const struct refusal *find_cut_off(struct work *work, const Intake__Records__Body *body,
                                          struct date held_on, struct date *cut_off)
{
    struct session_law law;
    const struct refusal *refusal = work_law(work, session_law, held_on, &law);

    if (refusal)
        return refusal;
    if (body->cut_off_days > 0)
        law.cut_off = (struct period){ .days = (int32_t)body->cut_off_days };
    *cut_off = session_cut_off(held_on, &law);
    return ACCEPTED;
}

static void emit_planned(struct work *work, Intake__SessionPlanned *planned, struct date planned_on,
                         struct date cut_off)
{
    const struct place place = {
        .session = planned->session,
        .held_on = date_of(planned->held_on),
    };

    work_emit(work, &planned->base, planned->session, planned_on);
    intake_schedule_waiting(work, planned->district, &place, cut_off, planned_on);
}

static const struct refusal *plan(struct work *work, const char *id,
                                  const Intake__Records__Body *body,
                                  const Intake__PlanSession *asked, struct date planned_on)
{
    Intake__SessionPlanned planned = INTAKE__SESSION_PLANNED__INIT;
    const struct date held_on = date_of(asked->held_on);
    const struct session_list list =
        intake_sessions_from(work, asked->body, date_first_of_month(held_on));
    struct date cut_off;
    const struct refusal *refusal =
        session_accept_plan(list.sessions, list.count, held_on, planned_on);

    if (!refusal)
        refusal = find_cut_off(work, body, held_on, &cut_off);
    if (refusal)
        return refusal;
    planned.session = (char *)(uintptr_t)id;
    planned.body = asked->body;
    planned.district = body->district;
    planned.held_on = asked->held_on;
    planned.cut_off = date_field(work->arena, cut_off);
    emit_planned(work, &planned, planned_on, cut_off);
    return ACCEPTED;
}

const struct refusal *intake_on_plan_session(struct work *work, const void *body)
{
    const Intake__PlanSession *asked = body;
    Intake__PlanSessionReply reply = INTAKE__PLAN_SESSION_REPLY__INIT;
    const Intake__Records__Session *known;
    const Intake__Records__Body *of;
    struct date planned_on;
    const char *id;
    const struct refusal *refusal = intake_given_or_new_id(work, "session", asked->session, &id);

    if (!refusal)
        refusal = need_id(work, "body", asked->body);
    if (!refusal)
        refusal = need_date(work, "held_on", asked->held_on);
    if (!refusal)
        refusal = planning_day(work, asked, &planned_on);
    if (refusal)
        return refusal;
    of = table_get(work->tables, &intake_bodies, key_id(asked->body));
    if (!of)
        return not_known(work, "body");
    if (intake_mode_of(of) != MODE_COMMISSION)
        return &BODY_HAS_NO_SESSIONS;
    reply.session = (char *)(uintptr_t)id;
    work_reply(work, &reply.base);
    known = table_get(work->tables, &intake_sessions, key_id(id));
    if (known)
        return strcmp(known->body, asked->body) == 0 &&
                       intake_same_date(known->held_on, date_of(asked->held_on))
                   ? ACCEPTED
                   : &SESSION_PLANNED_ALREADY;
    return plan(work, id, of, asked, planned_on);
}

void intake_apply_session_planned(struct tables *tables, const struct entry *entry)
{
    const Intake__SessionPlanned *planned = (const Intake__SessionPlanned *)entry->event;
    Intake__Records__Session row = INTAKE__RECORDS__SESSION__INIT;

    row.body = planned->body;
    row.district = planned->district;
    row.held_on = planned->held_on;
    row.cut_off = planned->cut_off;
    put_session(tables, planned->session, &row);
}

/* --- holding -----------------------------------------------------------------------------------
 */

/* Those on the agenda of a session without quorum go to the next one; where none is planned, apply
 * has put them with those that wait. */
static void reschedule_agenda(struct work *work, const char *session,
                              const Intake__Records__Session *held)
{
    const struct date held_on = date_of(held->held_on);
    const struct place next = intake_next_session(work, held->body, held_on);
    struct walk walk = walk_from(work->tables, &intake_agendas, key_id(session));

    for (int i = 0; !next.waits && i < INTAKE_SCHEDULED_AT_ONCE && walk_next(&walk); i++) {
        size_t at = sizeof(struct id);
        char id[ID_TEXT_SIZE];
        const Intake__Records__Request *row =
            key_read_id(&walk.key, &at, id) ? intake_request(work->tables, id) : NULL;
        struct orientation orientation;

        if (!row)
            continue;
        orientation = intake_orientation_of(id, row);
        intake_emit_scheduled(work, &orientation, &next, held_on);
    }
}

static const struct refusal *judge_sitting(struct work *work, const Intake__Records__Session *row,
                                           uint32_t present, bool *quorate)
{
    const Intake__Records__Body *body = table_get(work->tables, &intake_bodies, key_id(row->body));
    const struct session session = session_of(row);
    struct seating seating = { .present = present };
    struct session_law law;
    const struct refusal *refusal = session_accept_sitting(&session, work->today);

    if (!refusal)
        refusal = work_law(work, session_law, session.date, &law);
    if (refusal)
        return refusal;
    seating.members = body ? body->members : 0;
    seating.quorum = body ? body->quorum : 0;
    *quorate = seating_has_quorum(&seating, &law);
    return ACCEPTED;
}

static void emit_held(struct work *work, const char *id, const Intake__Records__Session *row,
                      uint32_t present, bool quorate)
{
    Intake__SessionHeld held = INTAKE__SESSION_HELD__INIT;

    held.session = (char *)(uintptr_t)id;
    held.body = row->body;
    held.district = row->district;
    held.held_on = row->held_on;
    held.members_present = present;
    held.quorate = quorate;
    work_emit(work, &held.base, id, date_of(row->held_on));
    if (!quorate)
        reschedule_agenda(work, id, row);
}

const struct refusal *intake_on_hold_session(struct work *work, const void *body)
{
    const Intake__HoldSession *asked = body;
    Intake__HoldSessionReply reply = INTAKE__HOLD_SESSION_REPLY__INIT;
    const Intake__Records__Session *row;
    bool quorate = false;
    const struct refusal *refusal = need_id(work, "session", asked->session);

    if (refusal)
        return refusal;
    row = table_get(work->tables, &intake_sessions, key_id(asked->session));
    if (!row)
        return not_known(work, "session");
    if (row->held && row->members_present == asked->members_present) {
        reply.quorate = row->quorate;
        work_reply(work, &reply.base);
        return ACCEPTED;
    }
    refusal = judge_sitting(work, row, asked->members_present, &quorate);
    if (refusal)
        return refusal;
    emit_held(work, asked->session, row, asked->members_present, quorate);
    reply.quorate = quorate;
    work_reply(work, &reply.base);
    return ACCEPTED;
}

/* No decision was taken: the agenda waits for another session, whose commission knows the files. */
static void empty_agenda(struct tables *tables, const char *session, Tremplin__Date *held_on)
{
    struct walk walk = walk_from(tables, &intake_agendas, key_id(session));

    while (walk_next(&walk)) {
        size_t at = sizeof(struct id);
        char id[ID_TEXT_SIZE];
        Intake__Records__Request *row =
            key_read_id(&walk.key, &at, id) ? intake_request(tables, id) : NULL;

        if (!row)
            continue;
        intake_leave_agenda(tables, id, row);
        intake_wait(tables, id, row, held_on, held_on);
        intake_put_request(tables, id, row, (enum request_state)row->state);
    }
}

void intake_apply_session_held(struct tables *tables, const struct entry *entry)
{
    const Intake__SessionHeld *held = (const Intake__SessionHeld *)entry->event;
    Intake__Records__Session *row = table_get(tables, &intake_sessions, key_id(held->session));

    if (!row)
        return;
    row->held = true;
    row->quorate = held->quorate;
    row->members_present = held->members_present;
    put_session(tables, held->session, row);
    if (!held->quorate)
        empty_agenda(tables, held->session, held->held_on);
}
