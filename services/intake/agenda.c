#include "services/intake/requests.h"

#include <assert.h>
#include <string.h>

const struct table intake_agendas = { "agendas", &intake__records__reference__descriptor };
const struct table intake_waiting = { "waiting", &intake__records__waiting__descriptor };

/* --- where a request goes --------------------------------------------------------------------- */

static struct place place_in(const struct session_list *list, int session)
{
    if (session == NO_SESSION)
        return (struct place){ .waits = true, .session = "" };
    assert(list->ids && list->sessions);
    return (struct place){
        .session = list->ids[session],
        .held_on = list->sessions[session].date,
    };
}

/* Does the district decide on it, and who is that?  A district that decides and has no body yet
 * lets it wait. */
static bool district_decides(struct work *work, const struct orientation *orientation,
                             enum decision_mode *mode, const char **body)
{
    *mode = intake_mode_of(intake_body_of(work->tables, orientation->district, body));
    return body_is_district(
        request_body(orientation->scheme, orientation->origin, orientation->named, *mode));
}

struct place intake_place_of(struct work *work, const struct orientation *orientation,
                             struct date on)
{
    enum decision_mode mode;
    const char *body;
    const bool by_district = district_decides(work, orientation, &mode, &body);
    struct session_list list = { 0 };
    struct routing routing;

    if (by_district && mode == 0)
        return (struct place){ .waits = true, .session = "" };
    if (by_district && mode == MODE_COMMISSION)
        list = intake_sessions_from(work, body, on);
    routing = request_route(by_district, mode, list.sessions, list.count, on);
    if (routing.route == ROUTE_TO_HEAD || routing.route == ROUTE_TO_BODY)
        return (struct place){ .session = "" };
    return place_in(&list, routing.session);
}

struct place intake_next_session(struct work *work, const char *body, struct date after)
{
    const struct session_list list = intake_sessions_from(work, body, after);

    return place_in(&list, session_after_deferral(list.sessions, list.count, after));
}

struct place intake_place_after_deferral(struct work *work, const struct orientation *orientation,
                                         struct date deferred_on)
{
    enum decision_mode mode;
    const char *body;

    if (!district_decides(work, orientation, &mode, &body) || mode == MODE_HEAD)
        return (struct place){ .session = "" };
    return intake_next_session(work, body, deferred_on);
}

void intake_emit_scheduled(struct work *work, const struct orientation *orientation,
                           const struct place *place, struct date on)
{
    Intake__RequestScheduled scheduled = INTAKE__REQUEST_SCHEDULED__INIT;

    scheduled.request = (char *)(uintptr_t)orientation->request;
    scheduled.household = (char *)(uintptr_t)orientation->household;
    scheduled.district = (char *)(uintptr_t)orientation->district;
    scheduled.session = (char *)(uintptr_t)place->session;
    scheduled.held_on = date_field(work->arena, place->held_on);
    scheduled.scheduled_on = date_field(work->arena, on);
    scheduled.rest_at_ms = place->rest_at_ms;
    work_emit(work, &scheduled.base, orientation->request, on);
}

/* --- those that wait -------------------------------------------------------------------------- */

static struct key waiting_key(const char *district, struct date since, const char *request)
{
    struct key key = key_text(district);

    key_add_date(&key, since);
    key_add_id(&key, request);
    return key;
}

static bool is_place_for(const struct place *place, struct date cut_off,
                         const Intake__Records__Waiting *row)
{
    if (*place->session == '\0')
        return true;
    if (row->after)
        return date_is_after(place->held_on, date_of(row->after));
    return !date_is_after(date_of(row->since), cut_off);
}

struct place intake_place_with_rest(const struct work *work, const struct place *place, int placed)
{
    struct place with_rest = *place;

    if (placed == INTAKE_SCHEDULED_AT_ONCE)
        with_rest.rest_at_ms = work->now_ms + 1;
    return with_rest;
}

void intake_schedule_waiting(struct work *work, const char *district, const struct place *place,
                             struct date cut_off, struct date on)
{
    const struct key line = key_text(district);
    struct walk walk = walk_from(work->tables, &intake_waiting, line);

    for (int placed = 0; placed < INTAKE_SCHEDULED_AT_ONCE && walk_next(&walk);) {
        const Intake__Records__Waiting *row = walk.value;
        const Intake__Records__Request *request;
        size_t at = line.length;
        struct date since;
        char id[ID_TEXT_SIZE];
        struct orientation orientation;
        struct place here;

        if (!key_read_date(&walk.key, &at, &since) || !key_read_id(&walk.key, &at, id) ||
            !is_place_for(place, cut_off, row)) {
            walk_forget(&walk);
            continue;
        }
        request = intake_request(work->tables, id);
        if (!request)
            continue;
        orientation = intake_orientation_of(id, request);
        here = intake_place_with_rest(work, place, ++placed);
        intake_emit_scheduled(work, &orientation, &here, date_later(on, since));
    }
}

void intake_pass_agenda(struct work *work, const struct deadline *deadline)
{
    const Intake__Records__Session *session =
        table_get(work->tables, &intake_sessions, key_id(deadline->subject));
    const Intake__Records__Body *body =
        table_get(work->tables, &intake_bodies, key_id(deadline->subject));
    struct place place = { .session = session ? deadline->subject : "" };

    if (session && !session->held) {
        place.held_on = date_of(session->held_on);
        intake_schedule_waiting(work, session->district, &place, date_of(session->cut_off),
                                date_earlier(work->today, place.held_on));
    }
    if (body)
        intake_schedule_waiting(work, body->district, &place, DATE_NONE, work->today);
}

void intake_wait(struct tables *tables, const char *id, Intake__Records__Request *row,
                 Tremplin__Date *since, Tremplin__Date *after)
{
    Intake__Records__Waiting waiting = INTAKE__RECORDS__WAITING__INIT;

    /* Without a district there is no line to stand in: who decides is no district's body. */
    if (*row->district == '\0')
        return;
    waiting.since = since;
    waiting.after = after;
    row->waiting_since = since;
    table_put(tables, &intake_waiting, waiting_key(row->district, date_of(since), id),
              &waiting.base);
}

void intake_leave_agenda(struct tables *tables, const char *id, Intake__Records__Request *row)
{
    if (*row->session != '\0')
        table_delete(tables, &intake_agendas, key_ids(row->session, id));
    if (row->waiting_since)
        table_delete(tables, &intake_waiting,
                     waiting_key(row->district, date_of(row->waiting_since), id));
    row->session = (char *)(uintptr_t)protobuf_c_empty_string;
    row->waiting_since = NULL;
}

/* --- what events do --------------------------------------------------------------------------- */

/* Named by the session, or by the body that sits in none. */
static void set_rest(struct tables *tables, const Intake__RequestScheduled *scheduled)
{
    const char *place = scheduled->session;

    if (scheduled->rest_at_ms == 0 ||
        (*place == '\0' && !intake_body_of(tables, scheduled->district, &place)))
        return;
    deadline_set(tables, INTAKE_DEADLINE_AGENDA, scheduled->rest_at_ms, place, 1);
}

void intake_apply_request_scheduled(struct tables *tables, const struct entry *entry)
{
    const Intake__RequestScheduled *scheduled = (const Intake__RequestScheduled *)entry->event;
    Intake__Records__Request *row = intake_request(tables, scheduled->request);
    Intake__Records__Reference reference = INTAKE__RECORDS__REFERENCE__INIT;
    enum request_state before;

    if (!row)
        return;
    before = (enum request_state)row->state;
    intake_leave_agenda(tables, scheduled->request, row);
    row->state = REQUEST_SCHEDULED;
    row->session = scheduled->session;
    if (*scheduled->session != '\0') {
        reference.id = scheduled->request;
        table_put(tables, &intake_agendas, key_ids(scheduled->session, scheduled->request),
                  &reference.base);
    }
    intake_put_request(tables, scheduled->request, row, before);
    set_rest(tables, scheduled);
}
