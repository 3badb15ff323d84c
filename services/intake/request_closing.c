#include "services/intake/requests.h"

const struct refusal *intake_on_withdraw_request(struct work *work, const void *body)
{
    const Intake__WithdrawRequest *asked = body;
    Intake__RequestWithdrawn withdrawn = INTAKE__REQUEST_WITHDRAWN__INIT;
    Intake__WithdrawRequestReply reply = INTAKE__WITHDRAW_REQUEST_REPLY__INIT;
    Intake__Records__Request *row = NULL;
    struct date withdrawn_on;
    const struct refusal *refusal = intake_find_open_request(work, asked->request, &row);

    work_reply(work, &reply.base);
    if (refusal)
        return row && row->state == REQUEST_WITHDRAWN ? ACCEPTED : refusal;
    refusal = need_fact_date(work, "withdrawn_on", asked->withdrawn_on, &withdrawn_on);
    if (!refusal)
        refusal = intake_not_before(work, "withdrawn_on", withdrawn_on, date_of(row->received_on));
    if (refusal)
        return refusal;
    withdrawn.request = asked->request;
    withdrawn.household = row->household;
    withdrawn.withdrawn_on = date_field(work->arena, withdrawn_on);
    work_emit(work, &withdrawn.base, asked->request, withdrawn_on);
    return ACCEPTED;
}

/* The last day to act has passed, as it was told when the file was found incomplete. */
void intake_pass_lapse(struct work *work, const struct deadline *deadline)
{
    const Intake__Records__Request *row = intake_request(work->tables, deadline->subject);
    Intake__RequestLapsed lapsed = INTAKE__REQUEST_LAPSED__INIT;
    const struct date on = civil_date_at(deadline->due_ms);
    unsigned next;

    if (!row || machine_move(&request_machine, row->state, REQUEST_LAPSE, &next) != MOVE_MADE)
        return;
    lapsed.request = (char *)(uintptr_t)deadline->subject;
    lapsed.household = row->household;
    lapsed.lapsed_on = date_field(work->arena, on);
    work_emit(work, &lapsed.base, deadline->subject, on);
}

static void close_request(struct tables *tables, const char *id, enum request_state state)
{
    Intake__Records__Request *row = intake_request(tables, id);
    enum request_state before;

    if (!row)
        return;
    before = (enum request_state)row->state;
    intake_leave_agenda(tables, id, row);
    row->state = state;
    intake_put_request(tables, id, row, before);
}

void intake_apply_request_withdrawn(struct tables *tables, const struct entry *entry)
{
    const Intake__RequestWithdrawn *withdrawn = (const Intake__RequestWithdrawn *)entry->event;

    close_request(tables, withdrawn->request, REQUEST_WITHDRAWN);
}

void intake_apply_request_lapsed(struct tables *tables, const struct entry *entry)
{
    const Intake__RequestLapsed *lapsed = (const Intake__RequestLapsed *)entry->event;

    close_request(tables, lapsed->request, REQUEST_LAPSED);
}
