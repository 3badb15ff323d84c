#include "services/intake/requests.h"

static void emit_deferred(struct work *work, const struct decision *decision, bool too_often)
{
    const Intake__DecideRequest *asked = decision->asked;
    Intake__RequestDeferred deferred = INTAKE__REQUEST_DEFERRED__INIT;
    Intake__DecideRequestReply reply = INTAKE__DECIDE_REQUEST_REPLY__INIT;
    const struct place next =
        intake_place_after_deferral(work, &decision->orientation, decision->decided_on);

    deferred.request = asked->request;
    deferred.household = decision->row->household;
    deferred.district = decision->row->district;
    deferred.deferrals = decision->row->deferrals + 1;
    deferred.deferred_on = date_field(work->arena, decision->decided_on);
    deferred.reason = asked->reason;
    deferred.too_often = too_often;
    work_emit(work, &deferred.base, asked->request, decision->decided_on);
    if (!next.waits)
        intake_emit_scheduled(work, &decision->orientation, &next, decision->decided_on);
    work_reply(work, &reply.base);
}

const struct refusal *intake_decide_deferral(struct work *work, const struct decision *decision)
{
    struct request_law law;
    const struct refusal *refusal = deferral_accept(decision->asked->reason != 0);

    if (!refusal)
        refusal = work_law(work, request_law, decision->decided_on, &law);
    if (refusal)
        return refusal;
    intake_emit_taken_up(work, decision);
    emit_deferred(work, decision,
                  request_is_deferred_too_often((int64_t)decision->row->deferrals + 1, &law));
    return ACCEPTED;
}

void intake_apply_request_deferred(struct tables *tables, const struct entry *entry)
{
    const Intake__RequestDeferred *deferred = (const Intake__RequestDeferred *)entry->event;
    Intake__Records__Request *row = intake_request(tables, deferred->request);
    enum request_state before;

    if (!row)
        return;
    before = (enum request_state)row->state;
    intake_leave_agenda(tables, deferred->request, row);
    row->state = REQUEST_DEFERRED;
    row->deferrals = deferred->deferrals;
    row->deferred_on = deferred->deferred_on;
    intake_wait(tables, deferred->request, row, deferred->deferred_on, deferred->deferred_on);
    intake_put_request(tables, deferred->request, row, before);
}
