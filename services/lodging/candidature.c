#include "services/lodging/rules/candidature.h"

#include "services/lodging/rules/affordability.h"
#include "services/lodging/rules/vacancy_clock.h"
#include "services/lodging/vacancies.h"

#include <inttypes.h>
#include <string.h>

const struct table lodging_candidatures = { "candidatures",
                                            &lodging__records__candidature__descriptor };
const struct table lodging_candidatures_of_vacancy = {
    "candidatures_of_vacancy", &lodging__records__candidature_of_vacancy__descriptor
};
const struct table lodging_candidatures_of_household = { "candidatures_of_household",
                                                         &lodging__records__link__descriptor };

/* --- proposing -------------------------------------------------------------------------------- */

/* One household is a candidate for a vacancy once at a time. */
static bool is_candidate_already(struct work *work, const Lodging__ProposeCandidature *asked)
{
    struct walk walk =
        walk_from(work->tables, &lodging_candidatures_of_household, key_id(asked->household));

    while (walk_next(&walk)) {
        char id[ID_TEXT_SIZE];
        size_t at = walk.prefix;
        const Lodging__Records__Candidature *row;

        if (!key_read_id(&walk.key, &at, id))
            break;
        row = table_get(work->tables, &lodging_candidatures, key_id(id));
        if (row && strcmp(row->vacancy, asked->vacancy) == 0)
            return true;
        walk_forget(&walk);
    }
    return false;
}

static uint32_t consumption_unit_tenths(const Lodging__ProposeCandidature *asked)
{
    enum { ONE_ADULT_TENTHS = 10 };

    return asked->consumption_unit_tenths > 0 ? asked->consumption_unit_tenths : ONE_ADULT_TENTHS;
}

/* The fee guard (C-9): what it said of the household and this unit. */
static const struct refusal *ask_fee_guard(struct work *work,
                                           const Lodging__ProposeCandidature *asked,
                                           const Lodging__Records__Unit *unit, struct date on)
{
    const struct affordability_inputs inputs = {
        .on = on,
        .income_cents = cents_of(asked->income),
        .fee_cents = cents_of(unit->rent) + cents_of(unit->charges) + cents_of(unit->services),
        .aid_cents = cents_of(asked->aid),
        .consumption_unit_tenths = consumption_unit_tenths(asked),
    };
    struct affordability_law law;
    struct affordability affordability;
    const struct refusal *refusal = work_law(work, affordability_law, on, &law);

    if (!refusal)
        refusal = affordability_may_be_computed(&inputs);
    if (refusal)
        return refusal;
    affordability = affordability_of(&inputs, &law);
    return fee_is_affordable(&affordability);
}

static const struct refusal *may_be_sent(struct work *work,
                                         const Lodging__ProposeCandidature *asked,
                                         const Lodging__Records__Vacancy *row, struct date on)
{
    const Lodging__Records__Unit *unit = table_get(work->tables, &lodging_units, key_id(row->unit));
    const struct candidature_file file = {
        .is_for_state_contingent =
            row->holder == TREMPLIN__RESERVATION_HOLDER__RESERVATION_HOLDER_STATE,
        .has_active_siao_request = asked->has_siao_request,
        .is_complete = asked->file_complete,
        .is_fee_computed = asked->income != NULL,
        .fee = unit && asked->income ? ask_fee_guard(work, asked, unit, on) : ACCEPTED,
    };

    return candidature_may_be_sent(&file);
}

static const struct refusal *may_be_proposed(struct work *work,
                                             const Lodging__ProposeCandidature *asked,
                                             const Lodging__Records__Vacancy *row, struct date on)
{
    const struct vacancy_fact fact = { .at_ms = lodging_fact_instant(work, on),
                                       .kind = FACT_CANDIDATURE_SENT,
                                       .candidature = __builtin_popcountll(row->sent) };
    const struct vacancy vacancy = lodging_vacancy_of(row);
    const struct refusal *refusal = vacancy_accepts(&vacancy, &fact);

    if (refusal)
        return refusal;
    if (is_candidate_already(work, asked))
        return &VACANCY_CANDIDATURE_ALREADY_SENT;
    return may_be_sent(work, asked, row, on);
}

/* C-9 keeps what the guard was asked of, the organisation's own to read: sealed, and always as
 * wide, for what is sealed shows its length. */
static void emit_with_inputs(struct work *work, const Lodging__CandidatureProposed *proposed,
                             const Lodging__ProposeCandidature *asked, struct date on)
{
    Lodging__Records__FeeGuard guard = LODGING__RECORDS__FEE_GUARD__INIT;
    Tremplin__Sealed inputs = TREMPLIN__SEALED__INIT;

    if (work_is_erased(work, asked->household)) {
        work_emit(work, &proposed->base, proposed->candidature, on);
        return;
    }
    inputs.clear =
        arena_format(work->arena, "income %013" PRId64 " aid %013" PRId64 " units %04" PRIu32,
                     cents_of(asked->income), cents_of(asked->aid), consumption_unit_tenths(asked));
    guard.inputs = inputs.clear ? &inputs : NULL;
    work_emit_sealed(work, &proposed->base, proposed->candidature, on, asked->household,
                     &guard.base);
}

static void emit_proposed(struct work *work, const Lodging__ProposeCandidature *asked,
                          const Lodging__Records__Vacancy *row, const char *candidature,
                          struct date on)
{
    Lodging__CandidatureProposed proposed = LODGING__CANDIDATURE_PROPOSED__INIT;

    proposed.candidature = lodging_text(candidature);
    proposed.vacancy = asked->vacancy;
    proposed.unit = row->unit;
    proposed.household = asked->household;
    proposed.rank = asked->rank;
    proposed.proposed_on = date_field(work->arena, on);
    proposed.affordable = true; /* else it was refused */
    proposed.number = (uint32_t)__builtin_popcountll(row->sent);
    emit_with_inputs(work, &proposed, asked, on);
}

const struct refusal *lodging_on_propose_candidature(struct work *work, const void *body)
{
    const Lodging__ProposeCandidature *asked = body;
    const Lodging__Records__Vacancy *row =
        table_get(work->tables, &lodging_vacancies, key_id(asked->vacancy));
    Lodging__ProposeCandidatureReply reply = LODGING__PROPOSE_CANDIDATURE_REPLY__INIT;
    const struct refusal *refusal = need_id(work, "household", asked->household);
    const char *candidature;
    struct date on;

    if (!refusal)
        refusal = need_fact_date(work, "proposed_on", asked->proposed_on, &on);
    if (refusal)
        return refusal;
    if (!row)
        return not_known(work, "vacancy", asked->vacancy);
    refusal = may_be_proposed(work, asked, row, on);
    if (!refusal)
        refusal = lodging_new_id(work, "candidature", &lodging_candidatures, asked->candidature,
                                 &candidature);
    if (refusal)
        return refusal;
    emit_proposed(work, asked, row, candidature, on);
    reply.candidature = lodging_text(candidature);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

static void put_candidature(struct tables *tables, const Lodging__CandidatureProposed *proposed)
{
    Lodging__Records__Candidature row = LODGING__RECORDS__CANDIDATURE__INIT;
    Lodging__Records__CandidatureOfVacancy link = LODGING__RECORDS__CANDIDATURE_OF_VACANCY__INIT;
    struct key key = key_id(proposed->vacancy);

    row.vacancy = proposed->vacancy;
    row.unit = proposed->unit;
    row.household = proposed->household;
    row.number = proposed->number;
    row.rank = proposed->rank;
    row.state = CANDIDATURE_SENT;
    table_put(tables, &lodging_candidatures, key_id(proposed->candidature), &row.base);
    key_add_number(&key, proposed->number);
    link.candidature = proposed->candidature;
    table_put(tables, &lodging_candidatures_of_vacancy, key, &link.base);
    lodging_link(tables, &lodging_candidatures_of_household,
                 key_ids(proposed->household, proposed->candidature));
}

void lodging_apply_candidature_proposed(struct tables *tables, const struct entry *entry)
{
    const Lodging__CandidatureProposed *proposed =
        (const Lodging__CandidatureProposed *)entry->event;
    Lodging__Records__Vacancy *row =
        table_get(tables, &lodging_vacancies, key_id(proposed->vacancy));

    if (!row)
        return;
    put_candidature(tables, proposed);
    row->sent |= UINT64_C(1) << proposed->number;
    row->pending |= UINT64_C(1) << proposed->number;
    lodging_vacancy_settle(row);
    lodging_vacancy_put(tables, proposed->vacancy, row);
}

/* --- one that fails --------------------------------------------------------------------------- */

void lodging_candidature_end(struct tables *tables, const char *candidature, uint32_t state,
                             Tremplin__RefusalReason reason)
{
    Lodging__Records__Candidature *row =
        table_get(tables, &lodging_candidatures, key_id(candidature));

    if (!row)
        return;
    row->state = state;
    row->reason = reason;
    table_put(tables, &lodging_candidatures, key_id(candidature), &row->base);
    table_delete(tables, &lodging_candidatures_of_household, key_ids(row->household, candidature));
}

/* A candidature with its vacancy, and a fact about them that the rules accept. */
struct candidacy {
    const char *id;
    const Lodging__Records__Candidature *candidature;
    const Lodging__Records__Vacancy *vacancy;
    struct vacancy_fact fact;
    struct date on;
};

static const struct refusal *load(struct work *work, const char *id, struct candidacy *candidacy)
{
    candidacy->id = id;
    candidacy->candidature = table_get(work->tables, &lodging_candidatures, key_id(id));
    if (!candidacy->candidature)
        return not_known(work, "candidature", id);
    candidacy->vacancy =
        table_get(work->tables, &lodging_vacancies, key_id(candidacy->candidature->vacancy));
    return candidacy->vacancy ? ACCEPTED : not_known(work, "candidature", id);
}

/* Both machines are asked: the vacancy's, and the candidature's own. */
static const struct refusal *accepts(struct work *work, struct candidacy *candidacy,
                                     enum vacancy_fact_kind kind, enum candidature_event event)
{
    const struct vacancy vacancy = lodging_vacancy_of(candidacy->vacancy);
    const struct refusal *refusal;
    unsigned next;

    candidacy->fact =
        (struct vacancy_fact){ .at_ms = lodging_fact_instant(work, candidacy->on),
                               .kind = kind,
                               .candidature = (int32_t)candidacy->candidature->number };
    refusal = vacancy_accepts(&vacancy, &candidacy->fact);
    if (refusal)
        return lodging_renamed(work, refusal, "vacancy", "candidature");
    return machine_move(&candidature_machine, candidacy->candidature->state, event, &next) ==
                   MOVE_MADE
               ? ACCEPTED
               : &VACANCY_CANDIDATURE_NOT_PENDING;
}

/* C-14: one that fails last, after the deadline, loses the place at that moment. */
static void emit_loss(struct work *work, const struct candidacy *candidacy,
                      const struct vacancy *after)
{
    if (after->state == VACANCY_LOST)
        lodging_emit_vacancy_lost(work, candidacy->candidature->vacancy, candidacy->vacancy,
                                  candidacy->on);
}

const struct refusal *lodging_on_refuse_candidature(struct work *work, const void *body)
{
    const Lodging__RefuseCandidature *asked = body;
    Lodging__CandidatureRefused refused = LODGING__CANDIDATURE_REFUSED__INIT;
    Lodging__RefuseCandidatureReply reply = LODGING__REFUSE_CANDIDATURE_REPLY__INIT;
    struct candidacy candidacy = { 0 };
    struct vacancy after;
    const struct refusal *refusal = load(work, asked->candidature, &candidacy);

    if (!refusal)
        refusal = candidature_may_be_refused((enum refusal_reason)asked->reason);
    if (!refusal)
        refusal = need_fact_date(work, "refused_on", asked->refused_on, &candidacy.on);
    if (!refusal)
        refusal = accepts(work, &candidacy, FACT_CANDIDATURE_REFUSED, CANDIDATURE_EVENT_REFUSE);
    if (refusal)
        return refusal;
    after = lodging_vacancy_after(work, candidacy.vacancy, &candidacy.fact);
    refused.candidature = asked->candidature;
    refused.vacancy = candidacy.candidature->vacancy;
    refused.unit = candidacy.vacancy->unit;
    refused.household = candidacy.candidature->household;
    refused.reason = asked->reason;
    refused.refused_on = date_field(work->arena, candidacy.on);
    refused.pending = lodging_vacancy_alive(&after);
    refused.deadline_ms = candidacy.vacancy->deadline_ms;
    work_emit(work, &refused.base, asked->candidature, candidacy.on);
    emit_loss(work, &candidacy, &after);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

static void emit_withdrawn(struct work *work, const struct candidacy *candidacy,
                           bool housed_elsewhere)
{
    const struct vacancy after = lodging_vacancy_after(work, candidacy->vacancy, &candidacy->fact);
    Lodging__CandidatureWithdrawn withdrawn = LODGING__CANDIDATURE_WITHDRAWN__INIT;

    withdrawn.candidature = lodging_text(candidacy->id);
    withdrawn.vacancy = candidacy->candidature->vacancy;
    withdrawn.unit = candidacy->vacancy->unit;
    withdrawn.household = candidacy->candidature->household;
    withdrawn.withdrawn_on = date_field(work->arena, candidacy->on);
    withdrawn.pending = lodging_vacancy_alive(&after);
    withdrawn.deadline_ms = candidacy->vacancy->deadline_ms;
    withdrawn.housed_elsewhere = housed_elsewhere;
    work_emit(work, &withdrawn.base, candidacy->id, candidacy->on);
    emit_loss(work, candidacy, &after);
}

const struct refusal *lodging_on_withdraw_candidature(struct work *work, const void *body)
{
    const Lodging__WithdrawCandidature *asked = body;
    Lodging__WithdrawCandidatureReply reply = LODGING__WITHDRAW_CANDIDATURE_REPLY__INIT;
    struct candidacy candidacy = { 0 };
    const struct refusal *refusal = load(work, asked->candidature, &candidacy);

    if (!refusal)
        refusal = need_fact_date(work, "withdrawn_on", asked->withdrawn_on, &candidacy.on);
    if (!refusal)
        refusal = accepts(work, &candidacy, FACT_CANDIDATURE_WITHDRAWN, CANDIDATURE_EVENT_WITHDRAW);
    if (refusal)
        return refusal;
    emit_withdrawn(work, &candidacy, false);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

void lodging_withdraw_elsewhere(struct work *work, const char *household, const char *vacancy,
                                struct date date)
{
    struct walk walk =
        walk_from(work->tables, &lodging_candidatures_of_household, key_id(household));

    while (walk_next(&walk)) {
        struct candidacy candidacy = { .on = date };
        char *id = arena_take(work->arena, ID_TEXT_SIZE);
        size_t at = walk.prefix;

        if (!id || !key_read_id(&walk.key, &at, id) || load(work, id, &candidacy) != ACCEPTED)
            return;
        if (strcmp(candidacy.candidature->vacancy, vacancy) != 0 &&
            accepts(work, &candidacy, FACT_CANDIDATURE_WITHDRAWN,
                    candidature_event_of_housing(true, false)) == ACCEPTED)
            emit_withdrawn(work, &candidacy, true);
    }
}

static void drop_from_vacancy(struct tables *tables, const char *vacancy, const char *candidature)
{
    const Lodging__Records__Candidature *gone =
        table_get(tables, &lodging_candidatures, key_id(candidature));
    Lodging__Records__Vacancy *row = table_get(tables, &lodging_vacancies, key_id(vacancy));
    uint64_t bit;

    if (!gone || !row)
        return;
    bit = UINT64_C(1) << gone->number;
    if (row->retained & bit)
        lodging_vacancy_move_place(tables, row, UNIT_EVENT_RELEASE_CANDIDATE);
    row->pending &= ~bit;
    row->retained &= ~bit;
    lodging_vacancy_settle(row);
    lodging_vacancy_put(tables, vacancy, row);
}

void lodging_apply_candidature_refused(struct tables *tables, const struct entry *entry)
{
    const Lodging__CandidatureRefused *refused = (const Lodging__CandidatureRefused *)entry->event;

    drop_from_vacancy(tables, refused->vacancy, refused->candidature);
    lodging_candidature_end(tables, refused->candidature, CANDIDATURE_REFUSED, refused->reason);
}

void lodging_apply_candidature_withdrawn(struct tables *tables, const struct entry *entry)
{
    const Lodging__CandidatureWithdrawn *withdrawn =
        (const Lodging__CandidatureWithdrawn *)entry->event;

    drop_from_vacancy(tables, withdrawn->vacancy, withdrawn->candidature);
    lodging_candidature_end(tables, withdrawn->candidature, CANDIDATURE_WITHDRAWN, 0);
}

/* --- one that is retained --------------------------------------------------------------------- */

static const struct refusal *read_retention(struct work *work,
                                            const Lodging__RetainCandidature *asked,
                                            struct candidacy *candidacy, struct vacancy_law *law)
{
    const struct refusal *refusal = load(work, asked->candidature, candidacy);

    if (!refusal)
        refusal = need_fact_date(work, "retained_on", asked->retained_on, &candidacy->on);
    if (!refusal)
        refusal = accepts(work, candidacy, FACT_CANDIDATURE_RETAINED, CANDIDATURE_EVENT_RETAIN);
    return refusal ? refusal : work_law(work, vacancy_law, candidacy->on, law);
}

const struct refusal *lodging_on_retain_candidature(struct work *work, const void *body)
{
    const Lodging__RetainCandidature *asked = body;
    Lodging__CandidatureRetained retained = LODGING__CANDIDATURE_RETAINED__INIT;
    Lodging__RetainCandidatureReply reply = LODGING__RETAIN_CANDIDATURE_REPLY__INIT;
    struct candidacy candidacy = { 0 };
    struct vacancy_law law;
    const struct refusal *refusal = read_retention(work, asked, &candidacy, &law);

    if (refusal)
        return refusal;
    retained.candidature = asked->candidature;
    retained.vacancy = candidacy.candidature->vacancy;
    retained.unit = candidacy.vacancy->unit;
    retained.household = candidacy.candidature->household;
    retained.retained_on = date_field(work->arena, candidacy.on);
    retained.move_in_by = reply.move_in_by =
        date_field(work->arena, vacancy_move_in_by(candidacy.fact.at_ms, &law));
    work_emit(work, &retained.base, asked->candidature, candidacy.on);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

void lodging_apply_candidature_retained(struct tables *tables, const struct entry *entry)
{
    const Lodging__CandidatureRetained *retained =
        (const Lodging__CandidatureRetained *)entry->event;
    Lodging__Records__Candidature *candidature =
        table_get(tables, &lodging_candidatures, key_id(retained->candidature));
    Lodging__Records__Vacancy *row =
        table_get(tables, &lodging_vacancies, key_id(retained->vacancy));

    if (!candidature || !row)
        return;
    candidature->state = CANDIDATURE_RETAINED;
    table_put(tables, &lodging_candidatures, key_id(retained->candidature), &candidature->base);
    row->pending &= ~(UINT64_C(1) << candidature->number);
    row->retained = UINT64_C(1) << candidature->number;
    lodging_vacancy_settle(row);
    lodging_vacancy_put(tables, retained->vacancy, row);
    lodging_vacancy_move_place(tables, row, UNIT_EVENT_RETAIN_CANDIDATE);
}
