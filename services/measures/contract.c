#include "services/measures/parts.h"

#include "services/measures/rules/contract.h"
#include "services/measures/rules/duration.h"
#include "services/measures/rules/evaluation.h"

#include <string.h>

enum { SIGNATORIES = MEASURES__SIGNATORY_KIND__SIGNATORY_KIND_DEPARTMENT, OTHERS_MOST = 64 };

enum contract_kind measures_contract_of(Tremplin__Scheme scheme)
{
    switch (scheme) {
    case TREMPLIN__SCHEME__SCHEME_MASP1: return CONTRACT_MASP1;
    case TREMPLIN__SCHEME__SCHEME_MASP2: return CONTRACT_MASP2;
    case TREMPLIN__SCHEME__SCHEME_ACTION_LOGEMENT: return CONTRACT_MUTUAL_COMMITMENT;
    case TREMPLIN__SCHEME__SCHEME_RESIDENCE_SUPPORT: return CONTRACT_RESIDENCE_SUPPORT;
    default: return CONTRACT_SUPPORT;
    }
}

/* --- signatures ------------------------------------------------------------------------------- */

/* The day of each signatory's signature, by kind: those known, then those told now. */
struct signed_days {
    struct date on[SIGNATORIES + 1];
};

static struct signed_days days_known(const Measures__Records__Measure *measure)
{
    struct signed_days days = { 0 };

    for (size_t i = 0; i < measure->n_signatures; i++)
        if ((int)measure->signatures[i]->by <= SIGNATORIES)
            days.on[measure->signatures[i]->by] = date_of(measure->signatures[i]->signed_on);
    return days;
}

static const struct refusal *add_days_told(struct work *work, const Measures__SignContract *asked,
                                           struct signed_days *days)
{
    for (size_t i = 0; i < asked->n_signatures; i++) {
        const Measures__Signature *told = asked->signatures[i];
        const struct refusal *refusal = need_choice(work, "signatures.by", (int)told->by);
        struct date on;

        if (!refusal)
            refusal = need_fact_date(work, "signatures.signed_on", told->signed_on, &on);
        if (refusal)
            return refusal;
        days->on[told->by] = on;
    }
    return ACCEPTED;
}

static struct signatures signatures_of(const struct signed_days *days)
{
    return (struct signatures){
        .household_on = days->on[MEASURES__SIGNATORY_KIND__SIGNATORY_KIND_HOUSEHOLD],
        .operator_on = days->on[MEASURES__SIGNATORY_KIND__SIGNATORY_KIND_OPERATOR],
        .department_on = days->on[MEASURES__SIGNATORY_KIND__SIGNATORY_KIND_DEPARTMENT],
    };
}

static Measures__Signature **signature_fields(struct arena *arena, const struct signed_days *days,
                                              size_t *count)
{
    Measures__Signature **list = arena_take(arena, (SIGNATORIES + 1) * sizeof *list);

    *count = 0;
    for (unsigned by = 1; list && by <= SIGNATORIES; by++) {
        Measures__Signature *signature = arena_take(arena, sizeof *signature);

        if (!signature || !date_is_set(days->on[by]))
            continue;
        measures__signature__init(signature);
        signature->by = (Measures__SignatoryKind)by;
        signature->signed_on = date_field(arena, days->on[by]);
        list[(*count)++] = signature;
    }
    return list;
}

static Measures__SignatoryKind *missing_of(struct arena *arena, const struct contract_law *law,
                                           const struct signed_days *days, size_t *count)
{
    const bool needed[] = { false, law->household_signs, law->operator_signs,
                            law->department_signs };
    Measures__SignatoryKind *list = arena_take(arena, sizeof needed * sizeof *list);

    *count = 0;
    for (unsigned by = 1; list && by <= SIGNATORIES; by++)
        if (needed[by] && !date_is_set(days->on[by]))
            list[(*count)++] = (Measures__SignatoryKind)by;
    return list;
}

/* --- the start -------------------------------------------------------------------------------- */

/* Everything a signing decides on. */
struct signing {
    const Measures__SignContract *asked;
    const Measures__Records__Measure *measure;
    enum contract_kind kind;
    struct contract_law law;
    struct signed_days days;
    struct signatures signatures;
    struct duration_law duration;
    struct measure_time time;
};

static size_t others_running(struct work *work, const Measures__Records__Measure *measure,
                             struct date start, struct other_measure others[])
{
    struct walk walk = walk_from(work->tables, &measures_by_household, key_id(measure->household));
    size_t count = 0;

    while (count < OTHERS_MOST && walk_next(&walk)) {
        size_t at = 16;
        char id[ID_TEXT_SIZE];
        const Measures__Records__Measure *other =
            key_read_id(&walk.key, &at, id) ? measures_get(work->tables, id) : NULL;

        if (other && strcmp(id, measure->measure) != 0 && measures_runs_on(other, start))
            others[count++] = (struct other_measure){ (enum scheme)other->scheme,
                                                      (enum measure_state)other->state };
        walk_forget(&walk);
    }
    return count;
}

static bool entry_is_recorded(const Measures__Snapshot *entry)
{
    return entry && situation_is_complete((struct situation){
                        .resources = (enum resource_band)entry->resource_band,
                        .status = (enum socio_professional_status)entry->socio_professional_status,
                    });
}

/* A support contract may take effect from the decision on (6.2, a setting); the contracts that the
 * law or the funder words take effect once signed (S2-22, S3-17). */
static bool starts_only_signed(enum contract_kind kind)
{
    return kind != CONTRACT_SUPPORT && kind != CONTRACT_RESIDENCE_SUPPORT;
}

/* AVDL-4: intake grants AVDL on a complete file only, and the prior diagnosis is part of it. */
static const struct refusal *start_check(struct work *work, struct signing *signing)
{
    const Measures__Records__Measure *measure = signing->measure;
    struct date told = date_of(signing->asked->starts_on);
    struct other_measure others[OTHERS_MOST];
    struct measure_start start = {
        .scheme = (enum scheme)measure->scheme,
        .rule = date_is_set(told) ? START_AT_DECISION : START_AT_SIGNATURE,
        .decided_on = date_of(measure->granted_on),
        .effective_on = told,
        .signed_on = contract_signed_on(&signing->law, &signing->signatures),
        .diagnosed_on = date_of(measure->granted_on),
        .entry_is_recorded = entry_is_recorded(measure->entry),
    };
    const struct refusal *refusal = ACCEPTED;

    signing->time.start = measure_start_date(&start);
    if (starts_only_signed(signing->kind))
        refusal = contract_start_check(&signing->law, &signing->signatures, signing->time.start);
    if (refusal)
        return refusal;
    return measure_start_check(&start, others,
                               others_running(work, measure, signing->time.start, others));
}

static const struct refusal *duration_of_contract_check(struct work *work, struct signing *signing)
{
    const Measures__Records__Measure *measure = signing->measure;
    const struct refusal *refusal = work_law(work, duration_law_of((enum scheme)measure->scheme),
                                             date_of(measure->granted_on), &signing->duration);

    if (!refusal)
        refusal = duration_check(&signing->duration,
                                 (struct duration_asked){ .decision = DURATION_FIRST,
                                                          .months = (int32_t)measure->months });
    signing->time.end = duration_end(signing->time.start, (int32_t)measure->months);
    return refusal;
}

static bool is_written(const Tremplin__Sealed *text)
{
    return text && text->clear[strspn(text->clear, " \t\n")] != '\0';
}

/* 6.4 asks it of the mutual commitment and of residence support.  What is imported after its time
 * has its text on paper. */
static const struct refusal *terms_check(struct work *work, const struct signing *signing)
{
    bool kept = signing->measure->has_text;
    int32_t first = kept || is_written(signing->asked->objectives);
    int32_t second = kept || is_written(signing->asked->obligations);
    struct contract_terms terms = { .household_objectives = first,
                                    .operator_objectives = first,
                                    .household_obligations = second,
                                    .operator_obligations = second,
                                    .difficulties = first,
                                    .contents = second };

    if (signing->kind != CONTRACT_MUTUAL_COMMITMENT && signing->kind != CONTRACT_RESIDENCE_SUPPORT)
        return ACCEPTED;
    if (!measures_is_of_now(work, signing->time.end))
        return ACCEPTED;
    return contract_terms_check(signing->kind, &terms);
}

/* --- the handler ------------------------------------------------------------------------------ */

static void emit_partly_signed(struct work *work, const struct signing *signing,
                               Measures__SignContractReply *reply)
{
    Measures__ContractPartlySigned event = MEASURES__CONTRACT_PARTLY_SIGNED__INIT;
    Tremplin__Sealed *const texts[] = { signing->asked->objectives, signing->asked->obligations };

    event.measure = signing->measure->measure;
    event.signatures = signature_fields(work->arena, &signing->days, &event.n_signatures);
    event.n_missing = reply->n_missing;
    event.missing = reply->missing;
    measures_emit_texts(work, &event.base, signing->measure, work->today, texts, 2);
}

static void emit_started(struct work *work, const struct signing *signing, struct date next_count,
                         bool weighs)
{
    const Measures__Records__Measure *measure = signing->measure;
    Tremplin__Sealed *const texts[] = { signing->asked->objectives, signing->asked->obligations };
    Measures__MeasureStarted event = MEASURES__MEASURE_STARTED__INIT;
    struct date start = signing->time.start, end = signing->time.end;

    event.measure = measure->measure;
    event.household = measure->household;
    event.worker = measure->worker;
    event.scheme = measure->scheme;
    event.district = measure->district;
    event.started_on = date_field(work->arena, start);
    event.end = date_field(work->arena, end);
    event.months = measure->months;
    event.entry = measure->entry;
    event.cap_on = date_field(work->arena, duration_cap_date(&signing->duration, start, false));
    event.signatures = signature_fields(work->arena, &signing->days, &event.n_signatures);
    event.reviews_due =
        measures_reviews_due(work, start, end, measure->months, &event.n_reviews_due);
    event.end_at_ms = measures_end_instant(work, end);
    event.count_at_ms = measures_instant_of(next_count);
    event.weighs = weighs;
    measures_emit_texts(work, &event.base, measure, start, texts, 2);
}

static void start(struct work *work, const struct signing *signing)
{
    const Measures__Records__Measure *measure = signing->measure;
    struct measures_line line = measures_line_of(work->tables, measure);
    struct date next =
        measures_next_count(work, measures_counting_of(work->tables, measure), &signing->time);
    bool weighs = measures_is_of_now(work, signing->time.end);

    emit_started(work, signing, next, weighs);
    if (weighs != measure->weighs)
        measures_emit_caseload(work, measure->worker, weighs ? 1 : -1, signing->time.start);
    /* Of what ended before it was told, the end counts all months at once. */
    if (weighs) {
        measures_count(work, measure, &signing->time, measure->months, work->today, &line,
                       measures_instant_of(next));
        measures_line_emit(work, &line, measure->measure, work->today);
    }
    measures_dismiss_follow_ups(work, measure, signing->time.start, signing->time.end);
}

static const struct refusal *start_told_check(struct work *work, const Tremplin__Date *told)
{
    struct measure_start_law law;
    const struct refusal *refusal = need_date(work, "starts_on", told);

    if (refusal || !date_is_after(date_of(told), work->today))
        return refusal;
    refusal = work_law(work, measure_start_law, work->today, &law);
    return refusal ? refusal : measure_start_ahead_check(&law, date_of(told), work->today);
}

static const struct refusal *signing_of(struct work *work, const Measures__SignContract *asked,
                                        struct signing *signing)
{
    Measures__Records__Measure *row = NULL;
    const struct refusal *refusal = measures_need_measure(work, asked->measure, &row);

    if (!refusal)
        refusal = measures_move_check(work, (enum measure_state)row->state, MEASURE_SIGN_CONTRACT);
    if (!refusal && asked->starts_on)
        refusal = start_told_check(work, asked->starts_on);
    if (refusal)
        return refusal;
    *signing = (struct signing){ .asked = asked,
                                 .measure = row,
                                 .kind = measures_contract_of(row->scheme),
                                 .days = days_known(row) };
    refusal = add_days_told(work, asked, &signing->days);
    if (!refusal)
        refusal =
            work_law(work, contract_law_of(signing->kind), date_of(row->met_on), &signing->law);
    signing->signatures = signatures_of(&signing->days);
    return refusal;
}

const struct refusal *measures_on_sign_contract(struct work *work, const void *body)
{
    Measures__SignContractReply reply = MEASURES__SIGN_CONTRACT_REPLY__INIT;
    struct signing signing;
    const struct refusal *refusal = signing_of(work, body, &signing);

    if (refusal)
        return refusal;
    reply.missing = missing_of(work->arena, &signing.law, &signing.days, &reply.n_missing);
    if (reply.n_missing > 0) {
        emit_partly_signed(work, &signing, &reply);
        work_reply(work, &reply.base);
        return ACCEPTED;
    }
    refusal = start_check(work, &signing);
    if (!refusal)
        refusal = duration_of_contract_check(work, &signing);
    if (!refusal)
        refusal = terms_check(work, &signing);
    if (refusal)
        return refusal;
    start(work, &signing);
    reply.started_on = date_field(work->arena, signing.time.start);
    if (date_is_set(signing.time.end))
        reply.last_day = date_field(work->arena, date_add_days(signing.time.end, -1));
    work_reply(work, &reply.base);
    return ACCEPTED;
}

void measures_apply_contract_partly_signed(struct tables *tables, const struct entry *entry)
{
    const Measures__ContractPartlySigned *event =
        (const Measures__ContractPartlySigned *)entry->event;
    const Measures__Records__Texts *record = (const Measures__Records__Texts *)entry->record;
    Measures__Records__Measure *row = measures_get(tables, event->measure);

    measures_keep_texts(tables, event->measure, entry);
    if (!row)
        return;
    row->n_signatures = event->n_signatures;
    row->signatures = event->signatures;
    row->has_text = row->has_text || (record && record->n_texts > 1);
    measures_put(tables, row);
}

void measures_apply_measure_started(struct tables *tables, const struct entry *entry)
{
    const Measures__MeasureStarted *event = (const Measures__MeasureStarted *)entry->event;
    Measures__Records__Measure *row = measures_get(tables, event->measure);

    measures_keep_texts(tables, event->measure, entry);
    if (!row)
        return;
    row->state = MEASURE_ACTIVE;
    row->started_on = event->started_on;
    row->end = event->end;
    row->mandate_from = event->started_on;
    row->mandate_months = event->months;
    row->entry = event->entry;
    row->n_signatures = event->n_signatures;
    row->signatures = event->signatures;
    row->weighs = event->weighs;
    measures_set_end(tables, row, event->end_at_ms);
    measures_set_count(tables, row, event->count_at_ms);
    measures_put(tables, row);
}
