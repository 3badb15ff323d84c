#include "services/intake/requests.h"

#include <string.h>

static const struct refusal REQUEST_NOT_COMPLETE = {
    .code = "REQUEST_NOT_COMPLETE",
    .field = "request",
    .rule = "S1-10, 6.1",
    .french = "Le dossier est incomplet : complétez-le avant la décision.",
    .english = "The file is incomplete: complete it before the decision.",
};

static enum decision_kind kind_of(Intake__Decision decision)
{
    switch (decision) {
    case INTAKE__DECISION__DECISION_GRANT: return DECISION_GRANT;
    case INTAKE__DECISION__DECISION_REFUSE: return DECISION_REFUSE;
    default: return DECISION_DEFER;
    }
}

/* --- once more -------------------------------------------------------------------------------- */

static bool is_same_grant(const Intake__Records__Request *row, const Intake__DecideRequest *asked)
{
    return row->state == REQUEST_GRANTED && asked->decision == INTAKE__DECISION__DECISION_GRANT &&
           row->months == asked->months && strcmp(row->agreement, asked->agreement) == 0 &&
           strcmp(row->line, asked->line) == 0 && strcmp(row->operator_, asked->operator_) == 0 &&
           (*asked->measure == '\0' || strcmp(row->measure, asked->measure) == 0);
}

static bool is_same_refusal(const Intake__Records__Request *row, const Intake__DecideRequest *asked)
{
    return row->state == REQUEST_REFUSED && asked->decision == INTAKE__DECISION__DECISION_REFUSE &&
           row->reason == asked->reason;
}

static bool is_same_deferral(const Intake__Records__Request *row,
                             const Intake__DecideRequest *asked)
{
    return asked->decision == INTAKE__DECISION__DECISION_DEFER && row->deferrals > 0 &&
           asked->decided_on && intake_same_date(row->deferred_on, date_of(asked->decided_on));
}

/* The decision that was taken already, told again. */
static bool is_repeated(const Intake__Records__Request *row, const Intake__DecideRequest *asked)
{
    if (is_same_deferral(row, asked))
        return true;
    return (is_same_grant(row, asked) || is_same_refusal(row, asked)) &&
           (!asked->decided_on || intake_same_date(row->decided_on, date_of(asked->decided_on)));
}

static const struct refusal *answer_repeated(struct work *work, const Intake__Records__Request *row)
{
    Intake__DecideRequestReply reply = INTAKE__DECIDE_REQUEST_REPLY__INIT;

    reply.measure = row->measure;
    work_reply(work, &reply.base);
    return ACCEPTED;
}

/* --- the command ------------------------------------------------------------------------------ */

static const struct refusal *find_decided(struct work *work, struct decision *decision)
{
    const Intake__DecideRequest *asked = decision->asked;
    const struct refusal *refusal = need_id(work, "request", asked->request);

    if (!refusal)
        refusal = need_choice(work, "decision", (int)asked->decision);
    if (refusal)
        return refusal;
    decision->kind = kind_of(asked->decision);
    decision->row = intake_request(work->tables, asked->request);
    if (!decision->row)
        return not_known(work, "request", asked->request);
    decision->orientation = intake_orientation_of(asked->request, decision->row);
    decision->body =
        intake_body_of(work->tables, decision->orientation.district, &decision->body_id);
    return ACCEPTED;
}

const struct refusal *intake_on_decide_request(struct work *work, const void *body)
{
    struct decision decision = { .asked = body, .place = { .session = "" } };
    const struct refusal *refusal = find_decided(work, &decision);

    if (refusal)
        return refusal;
    if (is_repeated(decision.row, decision.asked))
        return answer_repeated(work, decision.row);
    if (!intake_request_is_open(decision.row))
        return &INTAKE_REQUEST_CLOSED;
    if (decision.row->state == REQUEST_INCOMPLETE)
        return &REQUEST_NOT_COMPLETE;
    refusal = intake_known_household(work, decision.row->household, &decision.household);
    if (!refusal)
        refusal = intake_judge_ruling(work, &decision);
    if (refusal)
        return refusal;
    switch (decision.kind) {
    case DECISION_GRANT: return intake_decide_grant(work, &decision);
    case DECISION_REFUSE: return intake_decide_refusal(work, &decision);
    default: return intake_decide_deferral(work, &decision);
    }
}
