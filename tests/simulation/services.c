/* All five services simulated over a quarter: requests come in and are granted, measures are
 * assigned and signed, units are freed and filled or lost, fees fall due and are paid or not, and
 * staff are warned; while messages are lost, doubled and delayed, services are cut off and die
 * between any two steps.  Afterwards the invariants hold. */
#include "services/alerts/alerts.h"
#include "services/intake/intake.h"
#include "services/lodging/lodging.h"
#include "services/measures/measures.h"
#include "services/reporting/reporting.h"
#include "tests/simulation/post.h"
#include "tests/simulation/simulation.h"

#include "proto/alerts.pb-c.h"
#include "proto/intake.pb-c.h"
#include "proto/lodging.pb-c.h"
#include "proto/measures.pb-c.h"

#include <stdlib.h>

enum { THINGS_MOST = 128, NAME_MOST = ID_TEXT_SIZE };

/* Identifiers of one kind that clients know of. */
struct known {
    char ids[THINGS_MOST][NAME_MOST];
    int count;
};

struct model {
    char vacancy_unit[THINGS_MOST][NAME_MOST];
    char candidature_unit[THINGS_MOST][NAME_MOST];
    char candidature_household[THINGS_MOST][NAME_MOST];
    int retained; /* the last candidature retained; -1: none */
    struct known bodies, sessions, households, requests, measures, workers, units, vacancies,
        candidatures, stays, accounts;
    int64_t paid_cents;
    int payments;
    uint64_t acknowledged; /* commands that wrote, by their positions */
    struct post *post;
};

static const char *const SERVICES[] = {
    "intake", "measures", "lodging", "alerts", "reporting", NULL
};

/* --- what clients know ------------------------------------------------------------------------ */

/* Told again (the same decision under another command is no change), it is known already. */
static void learn(struct known *known, const char *id)
{
    for (int i = 0; id && i < known->count; i++)
        if (strcmp(known->ids[i], id) == 0)
            return;
    if (known->count < THINGS_MOST && id && *id)
        snprintf(known->ids[known->count++], NAME_MOST, "%s", id);
}

static char *any(struct simulation *simulation, struct known *known)
{
    if (known->count == 0)
        return (char *)(uintptr_t) "";
    return known->ids[simulation_choose(simulation, 0, known->count - 1)];
}

/* Identifiers are texts of one size. */
static void keep_id(char to[NAME_MOST], const char *id)
{
    memmove(to, id, strnlen(id, NAME_MOST - 1) + 1);
}

/* The last ones are where things still happen. */
static char *recent(struct simulation *simulation, struct known *known)
{
    int from = known->count > 6 ? known->count - 6 : 0;

    if (known->count == 0)
        return (char *)(uintptr_t) "";
    return known->ids[simulation_choose(simulation, from, known->count - 1)];
}

static Tremplin__Date in_days(struct simulation *simulation, int days)
{
    struct date day = date_add_days(civil_date_at(world_now_ms(simulation->world)), days);
    Tremplin__Date date = TREMPLIN__DATE__INIT;

    date.year = day.year;
    date.month = day.month;
    date.day = day.day;
    return date;
}

static const void *call(struct simulation *simulation, const char *method,
                        const ProtobufCMessage *asked, const ProtobufCMessageDescriptor *reply)
{
    struct answer answer = simulation_call(simulation, method, asked, reply);

    return answer.status == TREMPLIN__STATUS__STATUS_DONE ? answer.reply : NULL;
}

/* --- intake ----------------------------------------------------------------------------------- */

static void open_body(struct simulation *simulation, struct model *model)
{
    Intake__OpenDecisionBody asked = INTAKE__OPEN_DECISION_BODY__INIT;
    const Intake__OpenDecisionBodyReply *reply;

    asked.district = (char *)(uintptr_t) "ALENCON";
    asked.mode = INTAKE__DECISION_MODE__DECISION_MODE_COMMISSION;
    asked.quorum = 3;
    asked.cut_off_days = 2;
    reply = call(simulation, "intake.OpenDecisionBody", &asked.base,
                 &intake__open_decision_body_reply__descriptor);
    if (reply)
        learn(&model->bodies, reply->body);
    /* Elsewhere the district's head decides, without sessions. */
    asked.district = (char *)(uintptr_t) "FLERS";
    asked.mode = INTAKE__DECISION_MODE__DECISION_MODE_HEAD;
    asked.quorum = 0;
    asked.cut_off_days = 0;
    call(simulation, "intake.OpenDecisionBody", &asked.base,
         &intake__open_decision_body_reply__descriptor);
}

static void plan_session(struct simulation *simulation, struct model *model)
{
    Intake__PlanSession asked = INTAKE__PLAN_SESSION__INIT;
    Tremplin__Date held = in_days(simulation, (int)simulation_choose(simulation, 3, 25));
    const Intake__PlanSessionReply *reply;

    asked.body = any(simulation, &model->bodies);
    asked.held_on = &held;
    reply = call(simulation, "intake.PlanSession", &asked.base,
                 &intake__plan_session_reply__descriptor);
    if (reply)
        learn(&model->sessions, reply->session);
}

static void hold_session(struct simulation *simulation, struct model *model)
{
    Intake__HoldSession asked = INTAKE__HOLD_SESSION__INIT;

    asked.session = recent(simulation, &model->sessions);
    asked.members_present = (uint32_t)simulation_choose(simulation, 2, 6);
    call(simulation, "intake.HoldSession", &asked.base, &intake__hold_session_reply__descriptor);
}

static void register_household(struct simulation *simulation, struct model *model)
{
    Intake__RegisterHousehold asked = INTAKE__REGISTER_HOUSEHOLD__INIT;
    Intake__Situation situation = INTAKE__SITUATION__INIT;
    Tremplin__Sealed name = TREMPLIN__SEALED__INIT;
    const Intake__RegisterHouseholdReply *reply;

    name.clear = (char *)(uintptr_t) "VASSEUR Marguerite";
    situation.type = TREMPLIN__HOUSEHOLD_TYPE__HOUSEHOLD_TYPE_SINGLE;
    situation.adults = 1;
    situation.age_band = TREMPLIN__AGE_BAND__AGE_BAND_40_60;
    situation.tenure = TREMPLIN__TENURE__TENURE_PUBLIC_TENANT;
    situation.location_type = TREMPLIN__LOCATION_TYPE__LOCATION_TYPE_TOWN_CENTRE;
    situation.resource_band = TREMPLIN__RESOURCE_BAND__RESOURCE_BAND_AT_MINIMUM_LEVEL;
    situation.socio_professional_status =
        TREMPLIN__SOCIO_PROFESSIONAL_STATUS__SOCIO_PROFESSIONAL_STATUS_EMPLOYED;
    situation.previous_housing = TREMPLIN__PREVIOUS_HOUSING__PREVIOUS_HOUSING_OWN_TENANCY;
    situation.district =
        (char *)(uintptr_t)(simulation_choose(simulation, 0, 2) == 0 ? "ALENCON" : "FLERS");
    asked.name = &name;
    asked.situation = &situation;
    reply = call(simulation, "intake.RegisterHousehold", &asked.base,
                 &intake__register_household_reply__descriptor);
    if (reply)
        learn(&model->households, reply->household);
}

static void submit_request(struct simulation *simulation, struct model *model)
{
    static Intake__FileItem items[] = {
        INTAKE__FILE_ITEM__FILE_ITEM_IDENTITY,
        INTAKE__FILE_ITEM__FILE_ITEM_CONSENT,
        INTAKE__FILE_ITEM__FILE_ITEM_RESOURCES,
        INTAKE__FILE_ITEM__FILE_ITEM_HOUSING_SITUATION,
        INTAKE__FILE_ITEM__FILE_ITEM_SOCIAL_ASSESSMENT,
    };
    Intake__SubmitRequest asked = INTAKE__SUBMIT_REQUEST__INIT;
    Tremplin__Date today = in_days(simulation, 0);
    const Intake__SubmitRequestReply *reply;

    asked.household = recent(simulation, &model->households);
    asked.scheme = TREMPLIN__SCHEME__SCHEME_ASLL;
    asked.origin = TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_DISTRICT_SOCIAL_WORKER;
    asked.received_on = &today;
    asked.consented_on = &today;
    asked.items = items;
    asked.n_items = (size_t)(simulation_choose(simulation, 0, 3) == 0 ? 3 : 5);
    reply = call(simulation, "intake.SubmitRequest", &asked.base,
                 &intake__submit_request_reply__descriptor);
    if (reply)
        learn(&model->requests, reply->request);
}

static void decide_request(struct simulation *simulation, struct model *model)
{
    Intake__DecideRequest asked = INTAKE__DECIDE_REQUEST__INIT;
    Tremplin__Date today = in_days(simulation, 0);
    const Intake__DecideRequestReply *reply;

    asked.request = recent(simulation, &model->requests);
    asked.decision = simulation_choose(simulation, 0, 4) == 0 ? INTAKE__DECISION__DECISION_DEFER
                                                              : INTAKE__DECISION__DECISION_GRANT;
    asked.decided_on = &today;
    asked.months = 6;
    if (simulation_choose(simulation, 0, 2) == 0)
        asked.session = recent(simulation, &model->sessions);
    asked.reason = asked.decision == INTAKE__DECISION__DECISION_DEFER
                       ? TREMPLIN__REFUSAL_REASON__REFUSAL_REASON_INCOMPLETE_FILE
                       : TREMPLIN__REFUSAL_REASON__REFUSAL_REASON_UNSPECIFIED;
    reply = call(simulation, "intake.DecideRequest", &asked.base,
                 &intake__decide_request_reply__descriptor);
    if (reply)
        learn(&model->measures, reply->measure);
}

/* --- measures --------------------------------------------------------------------------------- */

static void register_worker(struct simulation *simulation, struct model *model)
{
    Measures__RegisterWorker asked = MEASURES__REGISTER_WORKER__INIT;
    const Measures__RegisterWorkerReply *reply;

    asked.code = (char *)(uintptr_t) "ASLL-1";
    asked.district = (char *)(uintptr_t) "ALENCON";
    asked.profession = MEASURES__PROFESSION__PROFESSION_FAMILY_ECONOMICS_ADVISER;
    reply = call(simulation, "measures.RegisterWorker", &asked.base,
                 &measures__register_worker_reply__descriptor);
    if (reply)
        learn(&model->workers, reply->worker);
}

/* One step of a measure's way, whichever it is ready for. */
static void go_on_with_measure(struct simulation *simulation, struct model *model)
{
    Measures__AssignMeasure assign = MEASURES__ASSIGN_MEASURE__INIT;
    Measures__HoldFirstMeeting meet = MEASURES__HOLD_FIRST_MEETING__INIT;
    Measures__SignContract sign = MEASURES__SIGN_CONTRACT__INIT;
    Measures__NoteContact contact = MEASURES__NOTE_CONTACT__INIT;
    Measures__Signature first = MEASURES__SIGNATURE__INIT, second = MEASURES__SIGNATURE__INIT;
    Measures__Signature *signatures[] = { &first, &second };
    Tremplin__Date today = in_days(simulation, 0);
    char *measure = recent(simulation, &model->measures);

    switch (simulation_choose(simulation, 0, 3)) {
    case 0:
        assign.measure = measure;
        assign.worker = any(simulation, &model->workers);
        assign.assigned_on = &today;
        call(simulation, "measures.AssignMeasure", &assign.base,
             &measures__assign_measure_reply__descriptor);
        break;
    case 1:
        meet.measure = measure;
        meet.held_on = &today;
        call(simulation, "measures.HoldFirstMeeting", &meet.base,
             &measures__hold_first_meeting_reply__descriptor);
        break;
    case 2:
        sign.measure = measure;
        sign.starts_on = &today;
        first.by = MEASURES__SIGNATORY_KIND__SIGNATORY_KIND_HOUSEHOLD;
        second.by = MEASURES__SIGNATORY_KIND__SIGNATORY_KIND_OPERATOR;
        first.signed_on = second.signed_on = &today;
        sign.signatures = signatures;
        sign.n_signatures = 2;
        call(simulation, "measures.SignContract", &sign.base,
             &measures__sign_contract_reply__descriptor);
        break;
    default:
        contact.measure = measure;
        contact.kind = MEASURES__CONTACT_KIND__CONTACT_KIND_OFFICE;
        contact.contact_on = &today;
        call(simulation, "measures.NoteContact", &contact.base,
             &measures__note_contact_reply__descriptor);
    }
}

/* --- lodging ---------------------------------------------------------------------------------- */

static void commission_unit(struct simulation *simulation, struct model *model)
{
    Lodging__CommissionUnit asked = LODGING__COMMISSION_UNIT__INIT;
    Tremplin__Money rent = TREMPLIN__MONEY__INIT, charges = TREMPLIN__MONEY__INIT,
                    services = TREMPLIN__MONEY__INIT;
    Tremplin__Date today = in_days(simulation, 0);
    const Lodging__CommissionUnitReply *reply;

    rent.cents = simulation_choose(simulation, 20000, 50000);
    charges.cents = 5050;
    services.cents = 1200;
    asked.name = (char *)(uintptr_t) "Diffus";
    asked.places = 1;
    asked.holder = TREMPLIN__RESERVATION_HOLDER__RESERVATION_HOLDER_STATE;
    asked.manager = (char *)(uintptr_t) "TOIT";
    asked.furnished = true;
    asked.rent = &rent;
    asked.charges = &charges;
    asked.services = &services;
    asked.commissioned_on = &today;
    reply = call(simulation, "lodging.CommissionUnit", &asked.base,
                 &lodging__commission_unit_reply__descriptor);
    if (reply)
        learn(&model->units, reply->unit);
}

static void free_unit(struct simulation *simulation, struct model *model)
{
    Lodging__FreeUnit asked = LODGING__FREE_UNIT__INIT;
    Tremplin__Date today = in_days(simulation, 0);
    const Lodging__FreeUnitReply *reply;

    asked.unit = any(simulation, &model->units);
    asked.notified_on = &today;
    reply =
        call(simulation, "lodging.FreeUnit", &asked.base, &lodging__free_unit_reply__descriptor);
    if (!reply)
        return;
    keep_id(model->vacancy_unit[model->vacancies.count % THINGS_MOST], asked.unit);
    learn(&model->vacancies, reply->vacancy);
}

static void propose(struct simulation *simulation, struct model *model)
{
    Lodging__ProposeCandidature asked = LODGING__PROPOSE_CANDIDATURE__INIT;
    Tremplin__Money income = TREMPLIN__MONEY__INIT, aid = TREMPLIN__MONEY__INIT;
    Tremplin__Date today = in_days(simulation, 0);
    const Lodging__ProposeCandidatureReply *reply;
    int vacancy = model->vacancies.count - 1, place = model->candidatures.count % THINGS_MOST;

    if (vacancy < 0)
        return;
    income.cents = simulation_choose(simulation, 60000, 200000);
    aid.cents = 20000;
    asked.vacancy = model->vacancies.ids[vacancy];
    asked.household = any(simulation, &model->households);
    asked.rank = (uint32_t)simulation_choose(simulation, 1, 3);
    asked.has_siao_request = true;
    asked.file_complete = true;
    asked.income = &income;
    asked.aid = &aid;
    asked.proposed_on = &today;
    reply = call(simulation, "lodging.ProposeCandidature", &asked.base,
                 &lodging__propose_candidature_reply__descriptor);
    if (!reply)
        return;
    keep_id(model->candidature_unit[place], model->vacancy_unit[vacancy]);
    keep_id(model->candidature_household[place], asked.household);
    learn(&model->candidatures, reply->candidature);
}

static void answer_candidature(struct simulation *simulation, struct model *model)
{
    Lodging__RefuseCandidature refuse = LODGING__REFUSE_CANDIDATURE__INIT;
    Lodging__WithdrawCandidature withdraw = LODGING__WITHDRAW_CANDIDATURE__INIT;
    Lodging__RetainCandidature retain = LODGING__RETAIN_CANDIDATURE__INIT;
    Tremplin__Date today = in_days(simulation, 0);
    int place = model->candidatures.count - (int)simulation_choose(simulation, 1, 3);
    char *candidature;

    if (place < 0)
        return;
    candidature = model->candidatures.ids[place];
    switch (simulation_choose(simulation, 0, 4)) {
    case 0:
        refuse.candidature = candidature;
        refuse.reason = TREMPLIN__REFUSAL_REASON__REFUSAL_REASON_INCOMPLETE_FILE;
        refuse.refused_on = &today;
        call(simulation, "lodging.RefuseCandidature", &refuse.base,
             &lodging__refuse_candidature_reply__descriptor);
        break;
    case 1:
        withdraw.candidature = candidature;
        withdraw.withdrawn_on = &today;
        call(simulation, "lodging.WithdrawCandidature", &withdraw.base,
             &lodging__withdraw_candidature_reply__descriptor);
        break;
    default:
        retain.candidature = candidature;
        retain.retained_on = &today;
        if (call(simulation, "lodging.RetainCandidature", &retain.base,
                 &lodging__retain_candidature_reply__descriptor))
            model->retained = place;
    }
}

static void sign_title(struct simulation *simulation, struct model *model)
{
    Lodging__SignTitle asked = LODGING__SIGN_TITLE__INIT;
    Tremplin__Date today = in_days(simulation, 0);
    const Lodging__SignTitleReply *reply;

    asked.unit = any(simulation, &model->units);
    asked.household = any(simulation, &model->households);
    if (model->retained >= 0) {
        asked.candidature = model->candidatures.ids[model->retained];
        asked.unit = model->candidature_unit[model->retained];
        asked.household = model->candidature_household[model->retained];
        model->retained = -1;
    }
    asked.signed_on = &today;
    asked.document = (char *)(uintptr_t) "TITRE-1";
    asked.house_rules_annexed = true;
    asked.term_months = 24;
    reply =
        call(simulation, "lodging.SignTitle", &asked.base, &lodging__sign_title_reply__descriptor);
    if (!reply)
        return;
    learn(&model->stays, reply->stay);
    learn(&model->accounts, reply->account);
}

static void start_or_end_stay(struct simulation *simulation, struct model *model)
{
    Lodging__StartStay start = LODGING__START_STAY__INIT;
    Lodging__EndStay end = LODGING__END_STAY__INIT;
    Tremplin__Date today = in_days(simulation, 0);

    if (simulation_choose(simulation, 0, 3) > 0) {
        start.stay = recent(simulation, &model->stays);
        start.entered_on = &today;
        call(simulation, "lodging.StartStay", &start.base, &lodging__start_stay_reply__descriptor);
        return;
    }
    end.stay = any(simulation, &model->stays);
    end.left_on = &today;
    end.channel = TREMPLIN__EXIT_CHANNEL__EXIT_CHANNEL_DALO;
    end.direction = TREMPLIN__EXIT_DIRECTION__EXIT_DIRECTION_UPWARD;
    end.destination = (char *)(uintptr_t) "HLM";
    call(simulation, "lodging.EndStay", &end.base, &lodging__end_stay_reply__descriptor);
}

static void pay(struct simulation *simulation, struct model *model)
{
    Lodging__RecordPayment asked = LODGING__RECORD_PAYMENT__INIT;
    Tremplin__Money amount = TREMPLIN__MONEY__INIT;
    Tremplin__Date today = in_days(simulation, 0);
    char reference[32];

    snprintf(reference, sizeof reference, "P%d", ++model->payments);
    amount.cents = simulation_choose(simulation, 1, 60000);
    asked.account = any(simulation, &model->accounts);
    asked.amount = &amount;
    asked.paid_on = &today;
    asked.method = LODGING__PAYMENT_METHOD__PAYMENT_METHOD_TRANSFER;
    asked.reference = reference;
    if (call(simulation, "lodging.RecordPayment", &asked.base,
             &lodging__record_payment_reply__descriptor))
        model->paid_cents += amount.cents;
}

/* --- alerts ----------------------------------------------------------------------------------- */

static void register_recipient(struct simulation *simulation, Alerts__RecipientRole role)
{
    Alerts__RegisterRecipient asked = ALERTS__REGISTER_RECIPIENT__INIT;

    asked.address = (char *)(uintptr_t) "equipe@asso.test";
    asked.roles = &role;
    asked.n_roles = 1;
    asked.language = ALERTS__LANGUAGE__LANGUAGE_FRENCH;
    call(simulation, "alerts.RegisterRecipient", &asked.base,
         &alerts__register_recipient_reply__descriptor);
}

/* --- the workload ----------------------------------------------------------------------------- */

static void *open_services(struct simulation *simulation)
{
    struct model *model = calloc(1, sizeof *model);

    model->retained = -1;
    model->post = post_open(simulation);
    world_add(simulation->world, &intake_service, NULL);
    world_add(simulation->world, &measures_service, NULL);
    world_add(simulation->world, &lodging_service, NULL);
    world_add(simulation->world, &alerts_service, NULL);
    world_add(simulation->world, &reporting_service, NULL);
    open_body(simulation, model);
    register_worker(simulation, model);
    for (int role = 1; role <= 12; role++)
        register_recipient(simulation, (Alerts__RecipientRole)role);
    for (int i = 0; i < 4; i++)
        commission_unit(simulation, model);
    plan_session(simulation, model);
    return model;
}

static void ask_something(struct simulation *simulation, void *context)
{
    static void (*const things[])(struct simulation * simulation, struct model * model) = {
        register_household,
        register_household,
        submit_request,
        submit_request,
        plan_session,
        hold_session,
        decide_request,
        decide_request,
        go_on_with_measure,
        go_on_with_measure,
        go_on_with_measure,
        commission_unit,
        free_unit,
        propose,
        propose,
        answer_candidature,
        sign_title,
        start_or_end_stay,
        start_or_end_stay,
        pay,
        pay,
        pay,
    };
    enum { THINGS = sizeof things / sizeof *things };
    struct model *model = context;

    post_live(model->post);
    things[simulation_choose(simulation, 0, THINGS - 1)](simulation, context);
}

/* --- what must hold --------------------------------------------------------------------------- */

static void check_heard_in_order(struct simulation *simulation, const char *follower)
{
    struct journal *journal = runtime_journal(world_runtime(simulation->world, follower));
    uint64_t last[5] = { 0 };
    struct arena arena;

    if (!arena_open(&arena, (size_t)4 << 20))
        return;
    for (uint64_t sequence = 1; sequence <= journal->committed; sequence++) {
        struct stored_entry entry;
        const Tremplin__OffsetMoved *moved;

        arena_reset(&arena);
        if (!journal_read(journal, sequence, &arena, &entry) ||
            (entry.header->kind != TREMPLIN__ENTRY_KIND__ENTRY_KIND_HEARING &&
             entry.header->kind != TREMPLIN__ENTRY_KIND__ENTRY_KIND_OFFSET))
            continue;
        moved = tremplin__offset_moved__unpack(&arena.unpacker, entry.event.length, entry.event.at);
        for (int i = 0; moved && SERVICES[i]; i++) {
            if (strcmp(SERVICES[i], moved->upto->service) != 0)
                continue;
            if (moved->upto->sequence <= last[i])
                simulation_fails(simulation, "%s heard %s %llu twice", follower, SERVICES[i],
                                 (unsigned long long)moved->upto->sequence);
            last[i] = moved->upto->sequence;
        }
    }
    arena_close(&arena);
}

struct money {
    int64_t paid;
    int payments;
};

static void add_payment(void *context, const Tremplin__Header *header,
                        const ProtobufCMessage *event)
{
    struct money *money = context;

    (void)header;
    if (event->descriptor != &lodging__payment_recorded__descriptor)
        return;
    money->paid += cents_of(((const Lodging__PaymentRecorded *)event)->amount);
    money->payments++;
}

/* Who lives where: a unit of one place never holds two stays. */
struct occupation {
    struct simulation *simulation;
    struct {
        char unit[NAME_MOST];
        int stays;
    } units[THINGS_MOST];
    int count;
};

static int *stays_of(struct occupation *occupation, const char *unit)
{
    int i = 0;

    while (i < occupation->count && strcmp(occupation->units[i].unit, unit) != 0)
        i++;
    if (i == THINGS_MOST)
        i = 0;
    if (i == occupation->count)
        snprintf(occupation->units[occupation->count++].unit, NAME_MOST, "%s", unit);
    return &occupation->units[i].stays;
}

static void follow_stay(void *context, const Tremplin__Header *header,
                        const ProtobufCMessage *event)
{
    struct occupation *occupation = context;

    (void)header;
    if (event->descriptor == &lodging__title_signed__descriptor) {
        if (++*stays_of(occupation, ((const Lodging__TitleSigned *)event)->unit) > 1)
            simulation_fails(occupation->simulation, "a place holds two stays");
    } else if (event->descriptor == &lodging__stay_ended__descriptor) {
        --*stays_of(occupation, ((const Lodging__StayEnded *)event)->unit);
    }
}

/* Each alert once: by rule, subject, due date and step; none before its matter was known. */
struct alerts {
    struct simulation *simulation;
    struct {
        uint8_t key[32];
    } raised[4096];
    int count;
};

static void note_alert(void *context, const Tremplin__Header *header, const ProtobufCMessage *event)
{
    struct alerts *alerts = context;
    const Alerts__AlertRaised *raised = (const Alerts__AlertRaised *)event;
    char text[256];
    uint8_t key[32];

    (void)header;
    if (event->descriptor != &alerts__alert_raised__descriptor)
        return;
    snprintf(text, sizeof text, "%s|%s|%d-%d-%d|%u|%s", raised->rule, raised->subject,
             raised->due_on ? raised->due_on->year : 0, raised->due_on ? raised->due_on->month : 0,
             raised->due_on ? raised->due_on->day : 0, raised->step_number, raised->matter);
    journal_digest((struct bytes){ (const uint8_t *)text, strlen(text) }, key);
    for (int i = 0; i < alerts->count; i++)
        if (memcmp(alerts->raised[i].key, key, sizeof key) == 0)
            simulation_fails(alerts->simulation, "an alert was raised twice: %s", text);
    if (alerts->count < 4096)
        memcpy(alerts->raised[alerts->count++].key, key, sizeof key);
}

/* A vacancy ends once: filled, lost, or still open. */
struct vacancy_ends {
    struct simulation *simulation;
    struct known ended;
};

static void note_end(void *context, const Tremplin__Header *header, const ProtobufCMessage *event)
{
    struct vacancy_ends *ends = context;
    const char *vacancy = NULL;

    (void)header;
    if (event->descriptor == &lodging__vacancy_filled__descriptor)
        vacancy = ((const Lodging__VacancyFilled *)event)->vacancy;
    else if (event->descriptor == &lodging__vacancy_lost__descriptor)
        vacancy = ((const Lodging__VacancyLost *)event)->vacancy;
    if (!vacancy)
        return;
    for (int i = 0; i < ends->ended.count; i++)
        if (strcmp(ends->ended.ids[i], vacancy) == 0)
            simulation_fails(ends->simulation, "a vacancy ended twice");
    learn(&ends->ended, vacancy);
}

/* What a quarter brought: a simulation in which nothing happens proves nothing. */
static void tell_quarter(struct world *world)
{
    const struct {
        const char *service;
        const ProtobufCMessageDescriptor *event;
    } told[] = {
        { "intake", &intake__request_granted__descriptor },
        { "intake", &intake__request_lapsed__descriptor },
        { "measures", &measures__measure_started__descriptor },
        { "measures", &measures__contact_noted__descriptor },
        { "lodging", &lodging__vacancy_opened__descriptor },
        { "lodging", &lodging__vacancy_lost__descriptor },
        { "lodging", &lodging__vacancy_filled__descriptor },
        { "lodging", &lodging__stay_started__descriptor },
        { "lodging", &lodging__stay_ended__descriptor },
        { "lodging", &lodging__fee_charged__descriptor },
        { "lodging", &lodging__payment_recorded__descriptor },
        { "lodging", &lodging__arrears_began__descriptor },
        { "alerts", &alerts__alert_raised__descriptor },
        { "alerts", &alerts__alert_resolved__descriptor },
        { "alerts", &alerts__mail_written__descriptor },
        { "alerts", &alerts__mail_sent__descriptor },
        { "alerts", &alerts__mail_failed__descriptor },
        { "alerts", &alerts__mails_held__descriptor },
        { "alerts", &alerts__mails_released__descriptor },
    };

    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        printf("# %3d %s\n", world_count(world, told[i].service, told[i].event),
               told[i].event->name);
}

static void verify(struct simulation *simulation, void *context)
{
    struct model *model = context;
    struct world *world = simulation->world;
    struct money money = { 0 };
    struct occupation occupation = { .simulation = simulation };
    struct alerts *alerts = calloc(1, sizeof *alerts);
    struct vacancy_ends ends = { .simulation = simulation };

    post_verify(model->post);
    if (getenv("TREMPLIN_TELL"))
        tell_quarter(world);
    world_events(world, "lodging", add_payment, &money);
    if (money.paid != model->paid_cents)
        simulation_fails(simulation, "%lld cents acknowledged, %lld in the journal",
                         (long long)model->paid_cents, (long long)money.paid);
    world_events(world, "lodging", follow_stay, &occupation);
    world_events(world, "lodging", note_end, &ends);
    if (world_count(world, "intake", &intake__request_granted__descriptor) != model->measures.count)
        simulation_fails(simulation, "%d measures acknowledged, %d granted in the journal",
                         model->measures.count,
                         world_count(world, "intake", &intake__request_granted__descriptor));
    if (world_count(world, "measures", &measures__measure_granted__descriptor) !=
        world_count(world, "intake", &intake__request_granted__descriptor))
        simulation_fails(simulation, "a grant was not heard once");
    if (alerts) {
        alerts->simulation = simulation;
        world_events(world, "alerts", note_alert, alerts);
    }
    for (int i = 1; SERVICES[i]; i++)
        check_heard_in_order(simulation, SERVICES[i]);
    free(alerts);
}

static void close_model(void *context)
{
    struct model *model = context;

    post_close(model->post);
    free(model);
}

int main(int argc, char **argv)
{
    static const struct workload workload = {
        .name = "five services",
        .start = { 2021, 2, 15 },
        .days = 90,
        .open = open_services,
        .ask = ask_something,
        .verify = verify,
        .close = close_model,
        .services = SERVICES,
    };

    return simulation_main(&workload, argc, argv);
}
