#include "services/intake/requests.h"

/* Those on the agenda of a session without quorum go to the next one; where none is planned, apply
 * has put them with those that wait. */
static void reschedule_agenda(struct work *work, const char *session,
                              const Intake__Records__Session *held)
{
    const struct date held_on = date_of(held->held_on);
    const struct place next = intake_next_session(work, held->body, held_on);
    struct walk walk = walk_from(work->tables, &intake_agendas, key_id(session));

    for (int placed = 0; !next.waits && placed < INTAKE_SCHEDULED_AT_ONCE && walk_next(&walk);) {
        size_t at = sizeof(struct id);
        char id[ID_TEXT_SIZE];
        const Intake__Records__Request *row =
            key_read_id(&walk.key, &at, id) ? intake_request(work->tables, id) : NULL;
        struct orientation orientation;
        struct place there;

        if (!row)
            continue;
        orientation = intake_orientation_of(id, row);
        there = intake_place_with_rest(work, &next, ++placed);
        intake_emit_scheduled(work, &orientation, &there, held_on);
    }
}

static const struct refusal *judge_sitting(struct work *work, const Intake__Records__Session *row,
                                           uint32_t present, bool *quorate)
{
    const Intake__Records__Body *body = table_get(work->tables, &intake_bodies, key_id(row->body));
    const struct session session = intake_session_of(row);
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
        return not_known(work, "session", asked->session);
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
    intake_put_session(tables, held->session, row);
    if (!held->quorate)
        empty_agenda(tables, held->session, held->held_on);
}
