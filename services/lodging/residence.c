#include "services/lodging/parts.h"

const struct table lodging_residences = { "residences", &lodging__records__residence__descriptor };

static const struct refusal residence_is_scattered = {
    .code = "RESIDENCE_IS_SCATTERED",
    .field = "kind",
    .rule = "S0-2",
    .french = "Un logement diffus n'a pas de résidence : mettez-le en service directement.",
    .english = "Scattered units have no residence: commission them directly.",
};

static const struct refusal *needs(struct work *work, const Lodging__OpenResidence *asked)
{
    const struct refusal *refusal = need_name(work, "name", asked->name);

    if (!refusal)
        refusal = need_choice(work, "kind", asked->kind);
    if (!refusal && asked->kind == TREMPLIN__RESIDENCE_KIND__RESIDENCE_KIND_SCATTERED)
        refusal = &residence_is_scattered;
    if (!refusal)
        refusal = need_text(work, "manager", asked->manager);
    return refusal ? refusal : need_code(work, "manager", asked->manager);
}

const struct refusal *lodging_on_open_residence(struct work *work, const void *body)
{
    const Lodging__OpenResidence *asked = body;
    Lodging__ResidenceOpened opened = LODGING__RESIDENCE_OPENED__INIT;
    Lodging__OpenResidenceReply reply = LODGING__OPEN_RESIDENCE_REPLY__INIT;
    const struct refusal *refusal = needs(work, asked);
    struct date opened_on;
    const char *residence;

    if (!refusal)
        refusal = need_fact_date(work, "opened_on", asked->opened_on, &opened_on);
    if (!refusal)
        refusal =
            lodging_new_id(work, "residence", &lodging_residences, asked->residence, &residence);
    if (refusal)
        return refusal;
    opened.residence = reply.residence = lodging_text(residence);
    opened.name = asked->name;
    opened.kind = asked->kind;
    opened.manager = asked->manager;
    opened.own_stock = asked->own_stock;
    opened.has_social_worker = asked->has_social_worker;
    opened.opened_on = date_field(work->arena, opened_on);
    work_emit(work, &opened.base, residence, opened_on);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

void lodging_apply_residence_opened(struct tables *tables, const struct entry *entry)
{
    const Lodging__ResidenceOpened *opened = (const Lodging__ResidenceOpened *)entry->event;
    Lodging__Records__Residence row = LODGING__RECORDS__RESIDENCE__INIT;

    row.name = opened->name;
    row.kind = opened->kind;
    row.manager = opened->manager;
    row.own_stock = opened->own_stock;
    row.has_social_worker = opened->has_social_worker;
    row.opened_on = opened->opened_on;
    table_put(tables, &lodging_residences, key_id(opened->residence), &row.base);
}
