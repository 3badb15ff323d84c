#include "services/intake/requests.h"

#include "services/intake/rules/completeness.h"

#include <string.h>

static const struct refusal REQUEST_SUBMITTED_ALREADY = {
    .code = "REQUEST_SUBMITTED_ALREADY",
    .field = "request",
    .rule = "6.1",
    .french = "Une autre demande est déjà déposée sous cet identifiant.",
    .english = "Another request is already submitted under this identifier.",
};

static const struct refusal DISTRICT_NOT_TOLD = {
    .code = "DISTRICT_NOT_TOLD",
    .field = "household",
    .rule = "S1-11",
    .french = "Indiquez la circonscription du ménage : c'est elle qui décide de cette demande.",
    .english = "Give the household's district: it decides on this request.",
};

static const struct refusal *accept_assessment(struct work *work,
                                               const Intake__SubmitRequest *asked,
                                               struct date received_on)
{
    const struct assessment assessment = {
        .has_author = *asked->assessment_author != '\0',
        .written_on = date_of(asked->assessed_on),
    };
    const bool came = intake_has_text(asked->assessment);
    const struct refusal *refusal =
        came ? need_no_nir(work, "assessment", asked->assessment->clear) : ACCEPTED;

    if (!refusal)
        refusal = need_no_nir(work, "assessment_author", asked->assessment_author);
    if (refusal)
        return refusal;
    /* S3-19: Action Logement's referral is judged on its pre-diagnosis and recommendations. */
    if (asked->scheme == TREMPLIN__SCHEME__SCHEME_ACTION_LOGEMENT)
        return request_accept_referral(
            (enum request_origin)asked->origin, &assessment,
            (intake_items_given(asked->items, asked->n_items) & ITEM(RECOMMENDATIONS)) != 0,
            received_on);
    return came ? assessment_accept(&assessment, received_on) : ACCEPTED;
}

static const struct refusal *accept_fields(struct work *work, const Intake__SubmitRequest *asked,
                                           struct date *received_on, struct date *on)
{
    struct date consented_on = DATE_NONE;
    const struct refusal *refusal =
        need_fact_date(work, "received_on", asked->received_on, received_on);

    if (!refusal && asked->consented_on)
        refusal = need_fact_date(work, "consented_on", asked->consented_on, &consented_on);
    if (!refusal)
        refusal = need_code(work, "prescriber", asked->prescriber);
    for (size_t i = 0; !refusal && i < asked->n_domains; i++)
        refusal = need_choice(work, "domains", (int)asked->domains[i]);
    for (size_t i = 0; !refusal && i < asked->n_items; i++)
        refusal = need_choice(work, "items", (int)asked->items[i]);
    /* It is submitted once it is there and the household agrees, whichever comes last. */
    *on = date_later(*received_on, consented_on);
    return refusal;
}

static const struct refusal *accept_origin(struct work *work, const Intake__SubmitRequest *asked,
                                           struct date on)
{
    const struct consent consent = {
        .given_on = date_of(asked->consented_on),
        .form = asked->consent_form ? (enum consent_form)asked->consent_form : CONSENT_SIGNED,
    };
    const enum scheme scheme = (enum scheme)asked->scheme;
    const enum request_origin origin = (enum request_origin)asked->origin;
    struct prescriber_law law;
    const struct refusal *refusal = request_accept_creation(scheme, origin, true);

    if (!refusal)
        refusal = work_law(work, prescriber_law, on, &law);
    return refusal ? refusal : request_accept_submission(scheme, origin, &consent, on, &law);
}

/* A district that decides must be told; other bodies need none. */
static const struct refusal *accept_district(struct work *work,
                                             const struct orientation *orientation)
{
    const char *body;
    const enum decision_mode mode =
        intake_mode_of(intake_body_of(work->tables, orientation->district, &body));
    const enum decision_body decides =
        request_body(orientation->scheme, orientation->origin, orientation->named, mode);

    return body_is_district(decides) && *orientation->district == '\0' ? &DISTRICT_NOT_TOLD
                                                                       : ACCEPTED;
}

static void emit_submitted(struct work *work, const Intake__SubmitRequest *asked,
                           const struct checked *checked, struct date received_on)
{
    Intake__RequestSubmitted submitted = INTAKE__REQUEST_SUBMITTED__INIT;
    Intake__Records__Assessment assessment = INTAKE__RECORDS__ASSESSMENT__INIT;
    Tremplin__Sealed author = TREMPLIN__SEALED__INIT;

    submitted.request = (char *)(uintptr_t)checked->orientation.request;
    submitted.household = asked->household;
    submitted.scheme = asked->scheme;
    submitted.origin = asked->origin;
    submitted.prescriber = asked->prescriber;
    submitted.district = (char *)(uintptr_t)checked->orientation.district;
    submitted.received_on = date_field(work->arena, received_on);
    submitted.consented_on = asked->consented_on;
    submitted.consent_form = asked->consent_form;
    submitted.n_domains = asked->n_domains;
    submitted.domains = asked->domains;
    submitted.tied_to_financial_aid = asked->tied_to_financial_aid;
    submitted.items = intake_items_of(work, checked->present, &submitted.n_items);
    submitted.decided_by = asked->decided_by;
    submitted.assessed_on = asked->assessed_on;
    author.clear = asked->assessment_author;
    assessment.text = intake_has_text(asked->assessment) ? asked->assessment : NULL;
    assessment.author = intake_has_text(&author) ? &author : NULL;
    if (assessment.text || assessment.author)
        work_emit_sealed(work, &submitted.base, submitted.request, received_on, asked->household,
                         &assessment.base);
    else
        work_emit(work, &submitted.base, submitted.request, received_on);
}

static void reply_submitted(struct work *work, const char *request, uint32_t missing)
{
    Intake__SubmitRequestReply reply = INTAKE__SUBMIT_REQUEST_REPLY__INIT;

    reply.request = (char *)(uintptr_t)request;
    reply.complete = missing == 0;
    reply.missing = intake_items_of(work, missing, &reply.n_missing);
    work_reply(work, &reply.base);
}

/* The same request once more is no change. */
static const struct refusal *answer_submitted(struct work *work, const char *id,
                                              const Intake__Records__Request *known,
                                              const Intake__SubmitRequest *asked,
                                              struct date received_on)
{
    if (strcmp(known->household, asked->household) != 0 || known->scheme != asked->scheme ||
        known->origin != asked->origin || strcmp(known->prescriber, asked->prescriber) != 0 ||
        !intake_same_date(known->received_on, received_on) ||
        !intake_same_date(known->consented_on, date_of(asked->consented_on)))
        return &REQUEST_SUBMITTED_ALREADY;
    reply_submitted(work, id, intake_items_given(known->missing, known->n_missing));
    return ACCEPTED;
}

static const struct refusal *submit(struct work *work, const Intake__SubmitRequest *asked,
                                    const char *id, const Intake__Records__Household *household,
                                    struct date received_on, struct date on)
{
    struct checked checked = {
        .orientation = {
            .request = id,
            .household = asked->household,
            .district = household->situation ? household->situation->district : "",
            .scheme = (enum scheme)asked->scheme,
            .origin = (enum request_origin)asked->origin,
            .named = (enum decision_body)asked->decided_by,
        },
        .on = on,
        .assessed_on = date_of(asked->assessed_on),
        .present = intake_items_of_request(asked),
    };
    const struct refusal *refusal = accept_district(work, &checked.orientation);

    if (!refusal)
        refusal = intake_judge_file(work, household, &checked);
    if (refusal)
        return refusal;
    emit_submitted(work, asked, &checked, received_on);
    intake_emit_checked(work, &checked);
    reply_submitted(work, id, checked.missing);
    return ACCEPTED;
}

const struct refusal *intake_on_submit_request(struct work *work, const void *body)
{
    const Intake__SubmitRequest *asked = body;
    const Intake__Records__Household *household;
    const Intake__Records__Request *known;
    struct date received_on, on;
    const char *id;
    const struct refusal *refusal = intake_given_or_new_id(work, "request", asked->request, &id);

    if (!refusal)
        refusal = intake_known_household(work, asked->household, &household);
    if (!refusal)
        refusal = accept_fields(work, asked, &received_on, &on);
    if (refusal)
        return refusal;
    known = intake_request(work->tables, id);
    if (known)
        return answer_submitted(work, id, known, asked, received_on);
    refusal = accept_origin(work, asked, on);
    if (!refusal)
        refusal = accept_assessment(work, asked, received_on);
    return refusal ? refusal : submit(work, asked, id, household, received_on, on);
}

void intake_apply_request_submitted(struct tables *tables, const struct entry *entry)
{
    const Intake__RequestSubmitted *submitted = (const Intake__RequestSubmitted *)entry->event;
    Intake__Records__Request row = INTAKE__RECORDS__REQUEST__INIT;
    Intake__Records__Reference reference = INTAKE__RECORDS__REFERENCE__INIT;

    row.household = submitted->household;
    row.scheme = submitted->scheme;
    row.origin = submitted->origin;
    row.prescriber = submitted->prescriber;
    row.district = submitted->district;
    row.received_on = submitted->received_on;
    row.consented_on = submitted->consented_on;
    row.consent_form = submitted->consent_form;
    row.decided_by = submitted->decided_by;
    row.n_domains = submitted->n_domains;
    row.domains = submitted->domains;
    row.tied_to_financial_aid = submitted->tied_to_financial_aid;
    row.assessed_on = submitted->assessed_on;
    row.n_items = submitted->n_items;
    row.items = submitted->items;
    row.assessment = (Intake__Records__Assessment *)(uintptr_t)entry->record;
    row.state = REQUEST_SUBMITTED;
    intake_put_request(tables, submitted->request, &row, 0);
    reference.id = submitted->request;
    table_put(tables, &intake_household_requests, key_ids(submitted->household, submitted->request),
              &reference.base);
}
