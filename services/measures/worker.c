#include "services/measures/parts.h"

#include "services/measures/rules/caseload.h"

#include <string.h>

static const char *const level_names[] = { "", "ROOM", "WARN", "OVER", "FULL" };

static const struct refusal worker_exists = {
    .code = "WORKER_EXISTS",
    .field = "worker",
    .rule = "",
    .french = "Cet identifiant désigne déjà un autre intervenant.",
    .english = "This identifier is already another worker's.",
};

static bool is_same_worker(const Measures__Records__Worker *row,
                           const Measures__RegisterWorker *asked)
{
    return strcmp(row->code, asked->code) == 0 && strcmp(row->district, asked->district) == 0 &&
           strcmp(row->operator_, asked->operator_) == 0 && row->profession == asked->profession;
}

const struct refusal *measures_on_register_worker(struct work *work, const void *body)
{
    const Measures__RegisterWorker *asked = body;
    Measures__RegisterWorkerReply reply = MEASURES__REGISTER_WORKER_REPLY__INIT;
    Measures__WorkerRegistered event = MEASURES__WORKER_REGISTERED__INIT;
    bool is_new = *asked->worker == '\0';
    const char *id = is_new ? work_new_id(work) : asked->worker;
    const struct refusal *refusal = need_id(work, "worker", id);
    const Measures__Records__Worker *row = table_get(work->tables, &measures_workers, key_id(id));

    if (!refusal)
        refusal = need_text(work, "code", asked->code);
    if (!refusal)
        refusal = need_code(work, "code", asked->code);
    if (!refusal)
        refusal = need_code(work, "district", asked->district);
    if (!refusal)
        refusal = need_code(work, "operator", asked->operator_);
    if (!refusal)
        refusal = need_choice(work, "profession", asked->profession);
    if (refusal)
        return refusal;
    if (row && !is_same_worker(row, asked))
        return &worker_exists;
    event.worker = measures_text(id);
    event.code = asked->code;
    event.district = asked->district;
    event.profession = asked->profession;
    event.operator_ = asked->operator_;
    if (!row)
        work_emit(work, &event.base, id, DATE_NONE);
    reply.worker = event.worker;
    work_reply(work, &reply.base);
    return ACCEPTED;
}

void measures_apply_worker_registered(struct tables *tables, const struct entry *entry)
{
    const Measures__WorkerRegistered *event = (const Measures__WorkerRegistered *)entry->event;
    Measures__Records__Worker row = MEASURES__RECORDS__WORKER__INIT;

    row.worker = event->worker;
    row.code = event->code;
    row.district = event->district;
    row.profession = event->profession;
    row.operator_ = event->operator_;
    table_put(tables, &measures_workers, key_id(event->worker), &row.base);
}

/* --- the caseload (S1-38, Q6) ----------------------------------------------------------------- */

void measures_emit_caseload(struct work *work, const char *worker, int change, struct date on)
{
    const Measures__Records__Worker *row =
        table_get(work->tables, &measures_workers, key_id(worker));
    Measures__CaseloadChanged event = MEASURES__CASELOAD_CHANGED__INIT;
    struct caseload_law law = { 0 };
    int64_t measures = row ? (int64_t)row->caseload + change : 0;
    const struct refusal *refusal = work_law(work, caseload_law, work->today, &law);

    if (!row || measures < 0)
        return;
    if (refusal) {
        work_undecided(work, refusal);
        return;
    }
    event.worker = measures_text(worker);
    event.measures = (uint32_t)measures;
    event.level = measures_text(level_names[caseload_level_of(&law, (int32_t)measures)]);
    event.changed_on = date_field(work->arena, on);
    work_emit(work, &event.base, worker, on);
}

void measures_apply_caseload_changed(struct tables *tables, const struct entry *entry)
{
    const Measures__CaseloadChanged *event = (const Measures__CaseloadChanged *)entry->event;
    Measures__Records__Worker *row = table_get(tables, &measures_workers, key_id(event->worker));

    if (!row)
        return;
    row->caseload = event->measures;
    table_put(tables, &measures_workers, key_id(event->worker), &row->base);
}

const struct refusal *measures_on_caseload(struct work *work, const void *body)
{
    const Measures__CaseloadQuery *asked = body;
    const Measures__Records__Worker *row =
        table_get(work->tables, &measures_workers, key_id(asked->worker));
    Measures__CaseloadReply reply = MEASURES__CASELOAD_REPLY__INIT;
    struct caseload_law law = { 0 };
    const struct refusal *refusal = work_law(work, caseload_law, work->today, &law);

    if (refusal)
        return refusal;
    if (!row)
        return not_known(work, "worker", asked->worker);
    reply.measures = row->caseload;
    if (row->caseload < law.most_measures)
        reply.left = (uint32_t)(law.most_measures - row->caseload);
    reply.level = measures_text(level_names[caseload_level_of(&law, (int32_t)row->caseload)]);
    work_reply(work, &reply.base);
    return ACCEPTED;
}
