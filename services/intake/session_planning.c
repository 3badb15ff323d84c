#include "services/intake/requests.h"

#include <string.h>

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

/* When it was planned: a session of the past that says nothing, on its own day. */
static const struct refusal *planning_day(struct work *work, const Intake__PlanSession *asked,
                                          struct date *planned_on)
{
    if (asked->planned_on)
        return need_fact_date(work, "planned_on", asked->planned_on, planned_on);
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
        return not_known(work, "body", asked->body);
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
    intake_put_session(tables, planned->session, &row);
}
