#include "services/intake/parts.h"

#include "services/intake/rules/completeness.h"

#include <string.h>

const struct table intake_requests = { "requests", &intake__records__request__descriptor };
const struct table intake_open_requests = { "open_requests",
                                            &intake__records__reference__descriptor };
const struct table intake_requests_in_state = { "requests_in_state",
                                                &intake__records__reference__descriptor };
const struct table intake_household_requests = { "household_requests",
                                                 &intake__records__reference__descriptor };

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

/* --- what a request is -------------------------------------------------------------------------
 */

Intake__Records__Request *intake_request(struct tables *tables, const char *id)
{
    return table_get(tables, &intake_requests, key_id(id));
}

bool intake_request_is_open(const Intake__Records__Request *row)
{
    return !machine_is_terminal(&request_machine, row->state);
}

/* A consent whose form was not told is taken as signed, as the contract says. */
struct consent intake_consent_of(const Intake__Records__Request *row)
{
    return (struct consent){
        .given_on = date_of(row->consented_on),
        .form = row->consent_form ? (enum consent_form)row->consent_form : CONSENT_SIGNED,
    };
}

static struct key state_key(unsigned state, const char *id)
{
    struct key key = { 0 };

    key_add_byte(&key, (uint8_t)state);
    key_add_id(&key, id);
    return key;
}

static void set_lapse(struct tables *tables, const char *id, const Intake__Records__Request *row,
                      enum request_state before)
{
    const int64_t due_ms = start_of_day(date_of(row->lapses_on));

    if (row->state == REQUEST_INCOMPLETE)
        deadline_set(tables, INTAKE_DEADLINE_LAPSE, due_ms, id, 1);
    else if (before == REQUEST_INCOMPLETE)
        deadline_clear(tables, INTAKE_DEADLINE_LAPSE, due_ms, id, 1);
}

void intake_put_request(struct tables *tables, const char *id, Intake__Records__Request *row,
                        enum request_state before)
{
    Intake__Records__Reference reference = INTAKE__RECORDS__REFERENCE__INIT;

    table_put(tables, &intake_requests, key_id(id), &row->base);
    set_lapse(tables, id, row, before);
    if (row->state == before)
        return;
    reference.id = (char *)(uintptr_t)id;
    if (before != 0)
        table_delete(tables, &intake_requests_in_state, state_key(before, id));
    table_put(tables, &intake_requests_in_state, state_key(row->state, id), &reference.base);
    if (intake_request_is_open(row))
        table_put(tables, &intake_open_requests, key_id(id), &reference.base);
    else
        table_delete(tables, &intake_open_requests, key_id(id));
}

/* --- checking a file ---------------------------------------------------------------------------
 */

/* What a check of a file finds; judged first, told afterwards. */
struct checked {
    struct orientation orientation;
    struct date on;          /* the day of the fact */
    struct date reminder_on; /* from the first check that failed; later ones leave them (6.1) */
    struct date lapses_on;
    struct date assessed_on;
    uint32_t present;
    uint32_t missing;
    struct date decision_due_on;
    struct place place;
};

/* A request told late lapses no sooner than if it had come on the day it was recorded: an import
 * of past years is decided on before anything lapses. */
static void set_delays(struct checked *checked, const struct request_law *law, struct date today)
{
    const struct request_dates dates = {
        .incomplete_since = date_later(checked->on, today),
        .completed_on = checked->missing == 0 ? checked->on : DATE_NONE,
    };
    const struct request_delays delays =
        request_delays(checked->missing ? REQUEST_INCOMPLETE : REQUEST_COMPLETE, &dates, law);

    checked->decision_due_on = delays.decision_due;
    if (date_is_set(checked->lapses_on))
        return;
    checked->reminder_on = delays.reminder_on;
    checked->lapses_on = date_add_days(delays.lapses_after, 1);
}

static const struct refusal *judge_file(struct work *work,
                                        const Intake__Records__Household *household,
                                        struct checked *checked)
{
    const enum scheme scheme = checked->orientation.scheme;
    struct request_law law;
    const struct refusal *refusal = work_law(work, request_law, checked->on, &law);

    checked->present |= intake_items_of_situation(household->situation);
    checked->missing = items_missing(items_of_request(scheme), 0, checked->present);
    if (!refusal && checked->missing == 0)
        refusal = intake_eligibility(work, scheme, checked->present, household,
                                     checked->assessed_on, checked->on);
    if (refusal)
        return refusal;
    set_delays(checked, &law, work->today);
    if (checked->missing == 0)
        checked->place = intake_place_of(work, &checked->orientation, checked->on);
    return ACCEPTED;
}

static void emit_incomplete(struct work *work, const struct checked *checked)
{
    Intake__RequestFoundIncomplete found = INTAKE__REQUEST_FOUND_INCOMPLETE__INIT;

    found.request = (char *)(uintptr_t)checked->orientation.request;
    found.household = (char *)(uintptr_t)checked->orientation.household;
    found.district = (char *)(uintptr_t)checked->orientation.district;
    found.missing = intake_items_of(work, checked->missing, &found.n_missing);
    found.items = intake_items_of(work, checked->present, &found.n_items);
    found.found_on = date_field(work->arena, checked->on);
    found.reminder_on = date_field(work->arena, checked->reminder_on);
    found.lapses_on = date_field(work->arena, checked->lapses_on);
    work_emit(work, &found.base, checked->orientation.request, checked->on);
}

static void emit_completed(struct work *work, const struct checked *checked)
{
    Intake__RequestCompleted completed = INTAKE__REQUEST_COMPLETED__INIT;

    completed.request = (char *)(uintptr_t)checked->orientation.request;
    completed.household = (char *)(uintptr_t)checked->orientation.household;
    completed.district = (char *)(uintptr_t)checked->orientation.district;
    completed.completed_on = date_field(work->arena, checked->on);
    completed.decision_due_on = date_field(work->arena, checked->decision_due_on);
    completed.items = intake_items_of(work, checked->present, &completed.n_items);
    work_emit(work, &completed.base, checked->orientation.request, checked->on);
    if (!checked->place.waits)
        intake_emit_scheduled(work, &checked->orientation, &checked->place, checked->on);
}

static void emit_checked(struct work *work, const struct checked *checked)
{
    if (checked->missing != 0)
        emit_incomplete(work, checked);
    else
        emit_completed(work, checked);
}

void intake_apply_request_found_incomplete(struct tables *tables, const struct entry *entry)
{
    const Intake__RequestFoundIncomplete *found =
        (const Intake__RequestFoundIncomplete *)entry->event;
    Intake__Records__Request *row = intake_request(tables, found->request);
    enum request_state before;

    if (!row)
        return;
    before = (enum request_state)row->state;
    row->state = REQUEST_INCOMPLETE;
    row->n_missing = found->n_missing;
    row->missing = found->missing;
    row->n_items = found->n_items;
    row->items = found->items;
    row->reminder_on = found->reminder_on;
    row->lapses_on = found->lapses_on;
    intake_put_request(tables, found->request, row, before);
}

void intake_apply_request_completed(struct tables *tables, const struct entry *entry)
{
    const Intake__RequestCompleted *completed = (const Intake__RequestCompleted *)entry->event;
    Intake__Records__Request *row = intake_request(tables, completed->request);
    enum request_state before;

    if (!row)
        return;
    before = (enum request_state)row->state;
    row->state = REQUEST_COMPLETE;
    row->n_missing = 0;
    row->n_items = completed->n_items;
    row->items = completed->items;
    row->completed_on = completed->completed_on;
    row->decision_due_on = completed->decision_due_on;
    intake_wait(tables, completed->request, row, completed->completed_on, NULL);
    intake_put_request(tables, completed->request, row, before);
}

/* --- submitting --------------------------------------------------------------------------------
 */

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
        came ? intake_personal_text(work, "assessment", asked->assessment->clear) : ACCEPTED;

    if (!refusal)
        refusal = intake_personal_text(work, "assessment_author", asked->assessment_author);
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
        intake_fact_date(work, "received_on", asked->received_on, received_on);

    if (!refusal && asked->consented_on)
        refusal = intake_fact_date(work, "consented_on", asked->consented_on, &consented_on);
    if (!refusal)
        refusal = intake_code(work, "prescriber", asked->prescriber);
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
        refusal = judge_file(work, household, &checked);
    if (refusal)
        return refusal;
    emit_submitted(work, asked, &checked, received_on);
    emit_checked(work, &checked);
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

/* --- completing --------------------------------------------------------------------------------
 */

static const struct refusal *find_open(struct work *work, const char *id,
                                       Intake__Records__Request **row)
{
    const struct refusal *refusal = need_id(work, "request", id);

    if (refusal)
        return refusal;
    *row = intake_request(work->tables, id);
    if (!*row)
        return not_known(work, "request");
    return intake_request_is_open(*row) ? ACCEPTED : &INTAKE_REQUEST_CLOSED;
}

static void reply_completed(struct work *work, uint32_t missing, const char *session,
                            struct date held_on)
{
    Intake__CompleteRequestReply reply = INTAKE__COMPLETE_REQUEST_REPLY__INIT;

    reply.complete = missing == 0;
    reply.missing = intake_items_of(work, missing, &reply.n_missing);
    reply.session = (char *)(uintptr_t)session;
    reply.decided_on = date_field(work->arena, held_on);
    work_reply(work, &reply.base);
}

/* What came is there already, or the file is complete: nothing changes. */
static const struct refusal *answer_completed(struct work *work,
                                              const Intake__Records__Request *row)
{
    const Intake__Records__Session *session =
        *row->session ? table_get(work->tables, &intake_sessions, key_id(row->session)) : NULL;

    reply_completed(work, intake_items_given(row->missing, row->n_missing), row->session,
                    session ? date_of(session->held_on) : DATE_NONE);
    return ACCEPTED;
}

static const struct refusal *complete(struct work *work, const Intake__CompleteRequest *asked,
                                      const Intake__Records__Request *row,
                                      const Intake__Records__Household *household,
                                      struct date completed_on)
{
    struct checked checked = {
        .orientation = intake_orientation_of(asked->request, row),
        .on = completed_on,
        .reminder_on = date_of(row->reminder_on),
        .lapses_on = date_of(row->lapses_on),
        .assessed_on = date_of(row->assessed_on),
        .present = intake_items_given(row->items, row->n_items) |
                   intake_items_given(asked->items, asked->n_items),
    };
    const struct refusal *refusal = judge_file(work, household, &checked);

    if (refusal)
        return refusal;
    if (checked.present == intake_items_given(row->items, row->n_items))
        return answer_completed(work, row);
    emit_checked(work, &checked);
    reply_completed(work, checked.missing, checked.missing ? "" : checked.place.session,
                    checked.place.held_on);
    return ACCEPTED;
}

const struct refusal *intake_on_complete_request(struct work *work, const void *body)
{
    const Intake__CompleteRequest *asked = body;
    const Intake__Records__Household *household;
    Intake__Records__Request *row;
    struct date completed_on;
    const struct refusal *refusal = find_open(work, asked->request, &row);

    if (!refusal)
        refusal = intake_known_household(work, row->household, &household);
    if (!refusal)
        refusal = intake_fact_date(work, "completed_on", asked->completed_on, &completed_on);
    if (!refusal)
        refusal = intake_not_before(work, "completed_on", completed_on, date_of(row->received_on));
    for (size_t i = 0; !refusal && i < asked->n_items; i++)
        refusal = need_choice(work, "items", (int)asked->items[i]);
    if (refusal)
        return refusal;
    if (row->state != REQUEST_INCOMPLETE)
        return answer_completed(work, row);
    return complete(work, asked, row, household, completed_on);
}

/* --- withdrawing and lapsing -------------------------------------------------------------------
 */

const struct refusal *intake_on_withdraw_request(struct work *work, const void *body)
{
    const Intake__WithdrawRequest *asked = body;
    Intake__RequestWithdrawn withdrawn = INTAKE__REQUEST_WITHDRAWN__INIT;
    Intake__WithdrawRequestReply reply = INTAKE__WITHDRAW_REQUEST_REPLY__INIT;
    Intake__Records__Request *row = NULL;
    struct date withdrawn_on;
    const struct refusal *refusal = find_open(work, asked->request, &row);

    work_reply(work, &reply.base);
    if (refusal)
        return row && row->state == REQUEST_WITHDRAWN ? ACCEPTED : refusal;
    refusal = intake_fact_date(work, "withdrawn_on", asked->withdrawn_on, &withdrawn_on);
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
