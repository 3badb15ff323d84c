#include "services/intake/parts.h"

#include "services/intake/rules/household.h"

#include <string.h>

const struct table intake_measures = { "measures", &intake__records__reference__descriptor };

static const struct refusal REQUEST_NOT_COMPLETE = {
    .code = "REQUEST_NOT_COMPLETE",
    .field = "request",
    .rule = "S1-10, 6.1",
    .french = "Le dossier est incomplet : complétez-le avant la décision.",
    .english = "The file is incomplete: complete it before the decision.",
};

static const struct refusal DISTRICT_HAS_NO_BODY = {
    .code = "DISTRICT_HAS_NO_BODY",
    .field = "request",
    .rule = "S1-11",
    .french = "La circonscription de cette demande n'a pas d'instance de décision : créez-la.",
    .english = "The district of this request has no deciding body: open it.",
};

static const struct refusal SESSION_NOT_TOLD = {
    .code = "SESSION_NOT_TOLD",
    .field = "session",
    .rule = "S1-13",
    .french = "Cette demande n'est inscrite à aucune séance : indiquez celle où la commission a "
              "décidé.",
    .english = "This request is on no session's agenda: give the one where the commission decided.",
};

static const struct refusal SESSION_NOT_HELD = {
    .code = "SESSION_NOT_HELD",
    .field = "session",
    .rule = "S1-13, 6.1",
    .french = "Enregistrez d'abord que la séance s'est tenue, avec ses membres présents.",
    .english = "Record first that the session was held, with the members present.",
};

static const struct refusal DEFERRED_THAT_DAY = {
    .code = "DEFERRED_THAT_DAY",
    .field = "decided_on",
    .rule = "6.1",
    .french = "Cette demande a été ajournée à cette date ou après : la décision vient plus tard.",
    .english = "This request was deferred on that day or after it: the decision comes later.",
};

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

/* A decision at hand. */
struct decision {
    const Intake__DecideRequest *asked;
    const Intake__Records__Request *row;
    const Intake__Records__Household *household;
    struct orientation orientation;
    const Intake__Records__Body *body; /* of the district; NULL when it has none */
    const char *body_id;
    struct place place; /* the session it was taken in; moved: not the one it was on */
    bool moved;
    struct seating seating;
    bool is_of_district;
    struct date decided_on;
};

static enum decision_kind kind_of(Intake__Decision decision)
{
    switch (decision) {
    case INTAKE__DECISION__DECISION_GRANT: return DECISION_GRANT;
    case INTAKE__DECISION__DECISION_REFUSE: return DECISION_REFUSE;
    default: return DECISION_DEFER;
    }
}

/* --- once more ---------------------------------------------------------------------------------
 */

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

/* --- who decides, where and when ---------------------------------------------------------------
 */

/* The session told, else the commission's on the day told, else the one whose agenda it is on. */
static const char *session_told(struct work *work, const struct decision *decision)
{
    const struct date day = date_of(decision->asked->decided_on);
    struct session_list list = { 0 };

    if (*decision->asked->session != '\0')
        return decision->asked->session;
    if (date_is_set(day))
        list = intake_sessions_from(work, decision->body_id, day);
    if (list.count > 0 && date_is_same(list.sessions[0].date, day))
        return list.ids[0];
    return decision->row->session;
}

static const struct refusal *find_session(struct work *work, struct decision *decision)
{
    const char *id = session_told(work, decision);
    const Intake__Records__Session *session;
    const struct refusal *refusal = *id ? need_id(work, "session", id) : &SESSION_NOT_TOLD;

    if (refusal)
        return refusal;
    session = table_get(work->tables, &intake_sessions, key_id(id));
    if (!session)
        return not_known(work, "session");
    if (!session->held)
        return &SESSION_NOT_HELD;
    decision->place = (struct place){ .session = id, .held_on = date_of(session->held_on) };
    decision->moved = strcmp(id, decision->row->session) != 0;
    decision->is_of_district = strcmp(session->body, decision->body_id) == 0;
    decision->seating = (struct seating){
        .members = decision->body->members,
        .present = session->members_present,
        .quorum = decision->body->quorum,
    };
    return ACCEPTED;
}

static enum decision_body find_body(const struct decision *decision, enum decision_mode mode)
{
    const struct orientation *orientation = &decision->orientation;

    /* S3-19: Action Logement has decided; what the operator may do is refuse. */
    if (orientation->scheme == SCHEME_ACTION_LOGEMENT &&
        decision->asked->decision == INTAKE__DECISION__DECISION_REFUSE)
        return BODY_OPERATOR;
    return request_body(orientation->scheme, orientation->origin, orientation->named, mode);
}

static const struct refusal *find_day(struct work *work, struct decision *decision)
{
    const struct refusal *refusal = ACCEPTED;

    if (!decision->asked->decided_on && date_is_set(decision->place.held_on))
        decision->decided_on = decision->place.held_on;
    else
        refusal = intake_fact_date(work, "decided_on", decision->asked->decided_on,
                                   &decision->decided_on);
    if (!refusal && decision->row->deferrals > 0 &&
        !date_is_after(decision->decided_on, date_of(decision->row->deferred_on)))
        refusal = &DEFERRED_THAT_DAY;
    return refusal;
}

static const struct refusal *judge_ruling(struct work *work, struct decision *decision)
{
    const enum decision_mode mode = intake_mode_of(decision->body);
    struct ruling ruling = {
        .kind = kind_of(decision->asked->decision),
        .scheme = decision->orientation.scheme,
        .body = find_body(decision, mode),
        .district_mode = mode,
        .completed_on = date_of(decision->row->completed_on),
        .today = work->today,
    };
    struct session_law law;
    const struct refusal *refusal = ACCEPTED;

    if (body_is_district(ruling.body) && !decision->body)
        return &DISTRICT_HAS_NO_BODY;
    decision->is_of_district = true;
    decision->moved = decision->row->state != REQUEST_SCHEDULED;
    if (ruling.body == BODY_DISTRICT_COMMISSION)
        refusal = find_session(work, decision);
    if (!refusal)
        refusal = find_day(work, decision);
    if (!refusal)
        refusal = work_law(work, session_law, decision->decided_on, &law);
    if (refusal)
        return refusal;
    ruling.body_is_of_district = decision->is_of_district;
    ruling.session_date = decision->place.held_on;
    ruling.seating = decision->seating;
    ruling.decided_on = decision->decided_on;
    return decision_accept(&ruling, &law);
}

/* A request that waits, or was on another agenda, was taken up in this session. */
static void emit_taken_up(struct work *work, const struct decision *decision)
{
    if (decision->moved)
        intake_emit_scheduled(work, &decision->orientation, &decision->place, decision->decided_on);
}

/* --- granting ----------------------------------------------------------------------------------
 */

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
        refusal = intake_code(work, "operator", asked->operator_);
    if (!refusal)
        refusal = intake_code(work, "agreement", asked->agreement);
    if (!refusal)
        refusal = intake_code(work, "line", asked->line);
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

static const struct refusal *decide_grant(struct work *work, const struct decision *decision)
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
    emit_taken_up(work, decision);
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

/* --- refusing ----------------------------------------------------------------------------------
 */

/* "Out of quota" is taken at its word for an agreement's line, which only measures can count. */
static const struct refusal *judge_refusal(struct work *work, const struct decision *decision)
{
    const Intake__DecideRequest *asked = decision->asked;
    const struct agreement_line exhausted = { .line_public = LINE_ALL_PUBLICS };
    const bool is_explained = intake_has_text(asked->explanation);
    const struct refusal *refusal =
        is_explained ? intake_personal_text(work, "explanation", asked->explanation->clear)
                     : ACCEPTED;

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

static const struct refusal *decide_refusal(struct work *work, const struct decision *decision)
{
    struct request_law law;
    const struct refusal *refusal = judge_refusal(work, decision);

    if (!refusal)
        refusal = work_law(work, request_law, decision->decided_on, &law);
    if (refusal)
        return refusal;
    emit_taken_up(work, decision);
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

/* --- deferring ---------------------------------------------------------------------------------
 */

static void emit_deferred(struct work *work, const struct decision *decision, bool too_often)
{
    const Intake__DecideRequest *asked = decision->asked;
    Intake__RequestDeferred deferred = INTAKE__REQUEST_DEFERRED__INIT;
    Intake__DecideRequestReply reply = INTAKE__DECIDE_REQUEST_REPLY__INIT;
    const struct place next =
        intake_place_after_deferral(work, &decision->orientation, decision->decided_on);

    deferred.request = asked->request;
    deferred.household = decision->row->household;
    deferred.district = decision->row->district;
    deferred.deferrals = decision->row->deferrals + 1;
    deferred.deferred_on = date_field(work->arena, decision->decided_on);
    deferred.reason = asked->reason;
    deferred.too_often = too_often;
    work_emit(work, &deferred.base, asked->request, decision->decided_on);
    if (!next.waits)
        intake_emit_scheduled(work, &decision->orientation, &next, decision->decided_on);
    work_reply(work, &reply.base);
}

static const struct refusal *decide_deferral(struct work *work, const struct decision *decision)
{
    struct request_law law;
    const struct refusal *refusal = deferral_accept(decision->asked->reason != 0);

    if (!refusal)
        refusal = work_law(work, request_law, decision->decided_on, &law);
    if (refusal)
        return refusal;
    emit_taken_up(work, decision);
    emit_deferred(work, decision,
                  request_is_deferred_too_often((int64_t)decision->row->deferrals + 1, &law));
    return ACCEPTED;
}

void intake_apply_request_deferred(struct tables *tables, const struct entry *entry)
{
    const Intake__RequestDeferred *deferred = (const Intake__RequestDeferred *)entry->event;
    Intake__Records__Request *row = intake_request(tables, deferred->request);
    enum request_state before;

    if (!row)
        return;
    before = (enum request_state)row->state;
    intake_leave_agenda(tables, deferred->request, row);
    row->state = REQUEST_DEFERRED;
    row->deferrals = deferred->deferrals;
    row->deferred_on = deferred->deferred_on;
    intake_wait(tables, deferred->request, row, deferred->deferred_on, deferred->deferred_on);
    intake_put_request(tables, deferred->request, row, before);
}

/* --- the command -------------------------------------------------------------------------------
 */

static const struct refusal *find_decided(struct work *work, struct decision *decision)
{
    const Intake__DecideRequest *asked = decision->asked;
    const struct refusal *refusal = need_id(work, "request", asked->request);

    if (!refusal)
        refusal = need_choice(work, "decision", (int)asked->decision);
    if (refusal)
        return refusal;
    decision->row = intake_request(work->tables, asked->request);
    if (!decision->row)
        return not_known(work, "request");
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
        refusal = judge_ruling(work, &decision);
    if (refusal)
        return refusal;
    switch (kind_of(decision.asked->decision)) {
    case DECISION_GRANT: return decide_grant(work, &decision);
    case DECISION_REFUSE: return decide_refusal(work, &decision);
    default: return decide_deferral(work, &decision);
    }
}
