#include "services/intake/requests.h"

#include <string.h>

static const struct refusal DISTRICT_HAS_ITS_BODY = {
    .code = "DISTRICT_HAS_ITS_BODY",
    .field = "district",
    .rule = "S1-11",
    .french = "Cette circonscription a déjà son instance de décision : il y en a une seule.",
    .english = "This district has its deciding body already: there is only one.",
};

static const struct refusal BODY_OPENED_ALREADY = {
    .code = "BODY_OPENED_ALREADY",
    .field = "body",
    .rule = "S1-11",
    .french = "Une autre instance existe déjà sous cet identifiant.",
    .english = "Another body exists already under this identifier.",
};

static const struct refusal CUT_OFF_TOO_LONG = {
    .code = "CUT_OFF_TOO_LONG",
    .field = "cut_off_days",
    .rule = "S1-13",
    .french = "L'ordre du jour d'une commission mensuelle se ferme au plus 31 jours avant.",
    .english = "The agenda of a monthly commission closes at most 31 days before.",
};

static bool is_same_body(const Intake__Records__Body *known, const Intake__OpenDecisionBody *asked)
{
    return strcmp(known->district, asked->district) == 0 && known->mode == asked->mode &&
           known->quorum == asked->quorum && known->cut_off_days == asked->cut_off_days &&
           known->members == asked->members;
}

static const struct refusal *accept_body(struct work *work, const Intake__OpenDecisionBody *asked)
{
    enum { CUT_OFF_MOST = 31 };
    const struct refusal *refusal = need_text(work, "district", asked->district);

    if (!refusal)
        refusal = need_code(work, "district", asked->district);
    if (!refusal)
        refusal = need_choice(work, "mode", (int)asked->mode);
    if (!refusal && asked->cut_off_days > CUT_OFF_MOST)
        refusal = &CUT_OFF_TOO_LONG;
    return refusal;
}

const struct refusal *intake_on_open_decision_body(struct work *work, const void *body)
{
    const Intake__OpenDecisionBody *asked = body;
    Intake__DecisionBodyOpened opened = INTAKE__DECISION_BODY_OPENED__INIT;
    Intake__OpenDecisionBodyReply reply = INTAKE__OPEN_DECISION_BODY_REPLY__INIT;
    const struct place alone = { .session = "" };
    const Intake__Records__Body *known;
    const char *id, *other;
    const struct refusal *refusal = intake_given_or_new_id(work, "body", asked->body, &id);

    if (!refusal)
        refusal = accept_body(work, asked);
    if (refusal)
        return refusal;
    reply.body = (char *)(uintptr_t)id;
    work_reply(work, &reply.base);
    known = table_get(work->tables, &intake_bodies, key_id(id));
    if (known)
        return is_same_body(known, asked) ? ACCEPTED : &BODY_OPENED_ALREADY;
    if (intake_body_of(work->tables, asked->district, &other))
        return &DISTRICT_HAS_ITS_BODY;
    opened.body = reply.body;
    opened.district = asked->district;
    opened.mode = asked->mode;
    opened.quorum = asked->quorum;
    opened.cut_off_days = asked->cut_off_days;
    opened.members = asked->members;
    work_emit(work, &opened.base, id, DATE_NONE);
    if (asked->mode != INTAKE__DECISION_MODE__DECISION_MODE_COMMISSION)
        intake_schedule_waiting(work, asked->district, &alone, DATE_NONE, work->today);
    return ACCEPTED;
}

void intake_apply_decision_body_opened(struct tables *tables, const struct entry *entry)
{
    const Intake__DecisionBodyOpened *opened = (const Intake__DecisionBodyOpened *)entry->event;
    Intake__Records__Body row = INTAKE__RECORDS__BODY__INIT;
    Intake__Records__Reference reference = INTAKE__RECORDS__REFERENCE__INIT;

    row.district = opened->district;
    row.mode = opened->mode;
    row.quorum = opened->quorum;
    row.cut_off_days = opened->cut_off_days;
    row.members = opened->members;
    table_put(tables, &intake_bodies, key_id(opened->body), &row.base);
    reference.id = opened->body;
    table_put(tables, &intake_district_bodies, key_text(opened->district), &reference.base);
}
