#include "services/intake/requests.h"

/* "Out of quota" is taken at its word for an agreement's line, which only measures can count. */
static const struct refusal *judge_refusal(struct work *work, const struct decision *decision)
{
    const Intake__DecideRequest *asked = decision->asked;
    const struct agreement_line exhausted = { .line_public = LINE_ALL_PUBLICS };
    const bool is_explained = intake_has_text(asked->explanation);
    const struct refusal *refusal =
        is_explained ? need_no_nir(work, "explanation", asked->explanation->clear) : ACCEPTED;

    if (refusal)
        return refusal;
    return decision_refusal_accept(
        decision->orientation.scheme, (enum refusal_reason)asked->reason, is_explained,
        *asked->agreement ? DELIVERY_EXTERNAL : DELIVERY_INTERNAL, &exhausted);
}

static void emit_refused(struct work *work, const struct decision *decision, struct date appeal)
{
    const Intake__DecideRequest *asked = decision->asked;
    Intake__RequestRefused refused = INTAKE__REQUEST_REFUSED__INIT;
    Intake__Records__Explanation explanation = INTAKE__RECORDS__EXPLANATION__INIT;
    Intake__DecideRequestReply reply = INTAKE__DECIDE_REQUEST_REPLY__INIT;

    refused.request = asked->request;
    refused.household = decision->row->household;
    refused.scheme = decision->row->scheme;
    refused.district = decision->row->district;
    refused.reason = asked->reason;
    refused.decided_on = date_field(work->arena, decision->decided_on);
    refused.appeal_until = date_field(work->arena, appeal);
    explanation.text = asked->explanation;
    if (intake_has_text(asked->explanation))
        work_emit_sealed(work, &refused.base, asked->request, decision->decided_on,
                         refused.household, &explanation.base);
    else
        work_emit(work, &refused.base, asked->request, decision->decided_on);
    work_reply(work, &reply.base);
}

const struct refusal *intake_decide_refusal(struct work *work, const struct decision *decision)
{
    struct request_law law;
    const struct refusal *refusal = judge_refusal(work, decision);

    if (!refusal)
        refusal = work_law(work, request_law, decision->decided_on, &law);
    if (refusal)
        return refusal;
    intake_emit_taken_up(work, decision);
    emit_refused(work, decision, appeal_limit(decision->decided_on, &law, HOLIDAYS_OF_FRANCE));
    return ACCEPTED;
}

void intake_apply_request_refused(struct tables *tables, const struct entry *entry)
{
    const Intake__RequestRefused *refused = (const Intake__RequestRefused *)entry->event;
    Intake__Records__Request *row = intake_request(tables, refused->request);
    enum request_state before;

    if (!row)
        return;
    before = (enum request_state)row->state;
    row->state = REQUEST_REFUSED;
    row->reason = refused->reason;
    row->decided_on = refused->decided_on;
    row->appeal_until = refused->appeal_until;
    row->explanation = (Intake__Records__Explanation *)(uintptr_t)entry->record;
    intake_put_request(tables, refused->request, row, before);
}
