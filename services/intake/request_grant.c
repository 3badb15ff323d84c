#include "services/intake/requests.h"

#include "services/intake/rules/household.h"

#include <string.h>

const struct table intake_measures = { "measures", &intake__records__reference__descriptor };

static const struct refusal MONTHS_NOT_POSSIBLE = {
    .code = "MONTHS_NOT_POSSIBLE",
    .field = "months",
    .rule = "6.1, C-1",
    .french = "Une mesure est accordée pour un nombre de mois, de 1 à 120.",
    .english = "A measure is granted for a number of months, from 1 to 120.",
};

static const struct refusal MEASURE_GRANTED_ALREADY = {
    .code = "MEASURE_GRANTED_ALREADY",
    .field = "measure",
    .rule = "",
    .french = "Une autre demande a déjà donné cette mesure : donnez un autre identifiant.",
    .english = "Another request gave this measure already: give another identifier.",
};

/* S1-22, C-8: by the birth date where it is known, else by the age band that was told. */
static bool is_youth(const struct decision *decision, const struct youth_law *law,
                     struct date birth)
{
    const Intake__Situation *situation = decision->household->situation;

    if (date_is_set(birth))
        return person_is_youth(birth, decision->decided_on, law);
    return situation && situation->age_band == TREMPLIN__AGE_BAND__AGE_BAND_18_25;
}

/* What is left on a line is for measures alone to know: it settles one that is exhausted. */
static const struct refusal *judge_grant(struct work *work, const struct decision *decision,
                                         const struct youth_law *law, struct date birth)
{
    const Intake__DecideRequest *asked = decision->asked;
    const Intake__Records__Request *row = decision->row;
    const bool is_external = *asked->operator_ != '\0';
    const struct grant grant = {
        .decided_on = decision->decided_on,
        .scheme = decision->orientation.scheme,
        .consent = intake_consent_of(row),
        .manager_agrees = asked->manager_agrees,
        .delivery = is_external ? DELIVERY_EXTERNAL : DELIVERY_INTERNAL,
        .line = { LINE_ALL_PUBLICS, INT64_MAX, INT64_MAX },
        .months = asked->months,
        .birth_date = birth,
        .operator_choice =
            operator_choice_for(decision->orientation.origin,
                                intake_is_accredited(work, row->prescriber, decision->decided_on)),
        .operator_is_requester = is_external && strcmp(asked->operator_, row->prescriber) == 0,
    };

    return grant_accept(&grant, law);
}

static const struct refusal *accept_grant_fields(struct work *work,
                                                 const Intake__DecideRequest *asked,
                                                 const char **measure)
{
    enum { MONTHS_MOST = 120 };
    const struct refusal *refusal =
        intake_given_or_new_id(work, "measure", asked->measure, measure);

    if (!refusal)
        refusal = need_code(work, "operator", asked->operator_);
    if (!refusal && *asked->agreement != '\0')
        refusal = need_id(work, "agreement", asked->agreement);
    if (!refusal && *asked->line != '\0')
        refusal = need_id(work, "line", asked->line);
    if (refusal)
        return refusal;
    if (asked->months < 1 || asked->months > MONTHS_MOST)
        return &MONTHS_NOT_POSSIBLE;
    return table_has(work->tables, &intake_measures, key_id(*measure)) ? &MEASURE_GRANTED_ALREADY
                                                                       : ACCEPTED;
}

static void emit_granted(struct work *work, const struct decision *decision, const char *measure,
                         bool aged_18_to_25)
{
    const Intake__DecideRequest *asked = decision->asked;
    const Intake__Records__Request *row = decision->row;
    Intake__RequestGranted granted = INTAKE__REQUEST_GRANTED__INIT;
    Intake__DecideRequestReply reply = INTAKE__DECIDE_REQUEST_REPLY__INIT;

    granted.request = asked->request;
    granted.household = row->household;
    granted.measure = (char *)(uintptr_t)measure;
    granted.scheme = row->scheme;
    granted.months = asked->months;
    granted.agreement = asked->agreement;
    granted.line = asked->line;
    granted.operator_ = asked->operator_;
    granted.district = row->district;
    granted.decided_on = date_field(work->arena, decision->decided_on);
    granted.origin = row->origin;
    granted.n_domains = row->n_domains;
    granted.domains = row->domains;
    granted.tied_to_financial_aid = row->tied_to_financial_aid;
    granted.situation = decision->household->situation;
    granted.aged_18_to_25 = aged_18_to_25;
    work_emit(work, &granted.base, asked->request, decision->decided_on);
    reply.measure = granted.measure;
    work_reply(work, &reply.base);
}

const struct refusal *intake_decide_grant(struct work *work, const struct decision *decision)
{
    const struct date birth = intake_birth_of(work, decision->household);
    const char *measure;
    struct youth_law law;
    const struct refusal *refusal = accept_grant_fields(work, decision->asked, &measure);

    if (!refusal)
        refusal = work_law(work, youth_law, decision->decided_on, &law);
    if (!refusal)
        refusal = judge_grant(work, decision, &law, birth);
    if (refusal)
        return refusal;
    intake_emit_taken_up(work, decision);
    emit_granted(work, decision, measure, is_youth(decision, &law, birth));
    return ACCEPTED;
}

void intake_apply_request_granted(struct tables *tables, const struct entry *entry)
{
    const Intake__RequestGranted *granted = (const Intake__RequestGranted *)entry->event;
    Intake__Records__Request *row = intake_request(tables, granted->request);
    Intake__Records__Reference reference = INTAKE__RECORDS__REFERENCE__INIT;
    enum request_state before;

    if (!row)
        return;
    before = (enum request_state)row->state;
    row->state = REQUEST_GRANTED;
    row->measure = granted->measure;
    row->months = granted->months;
    row->agreement = granted->agreement;
    row->line = granted->line;
    row->operator_ = granted->operator_;
    row->decided_on = granted->decided_on;
    intake_put_request(tables, granted->request, row, before);
    reference.id = granted->request;
    table_put(tables, &intake_measures, key_id(granted->measure), &reference.base);
}
