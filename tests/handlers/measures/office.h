/* office.h - what the tests of measures call: an intake that tells what it is told to tell, and the
 * commands in one line each */
#ifndef TESTS_HANDLERS_MEASURES_OFFICE_H
#define TESTS_HANDLERS_MEASURES_OFFICE_H

#include "proto/intake.pb-c.h"
#include "proto/measures.pb-c.h"
#include "services/measures/measures.h"
#include "tests/check.h"
#include "tests/world.h"

#include <stdlib.h>

#define WORKER    "018f0e42-0000-7000-8000-00000000a001"
#define WORKER_2  "018f0e42-0000-7000-8000-00000000a002"
#define AGREEMENT "018f0e42-0000-7000-8000-00000000b001"
#define LINE      "018f0e42-0000-7000-8000-00000000c001"
#define LINE_2    "018f0e42-0000-7000-8000-00000000c002"
#define MEASURE   "018f0e42-0000-7000-8000-00000000d001"
#define MEASURE_2 "018f0e42-0000-7000-8000-00000000d002"
#define MEASURE_3 "018f0e42-0000-7000-8000-00000000d003"
#define HOUSE     "018f0e42-0000-7000-8000-00000000e001"
#define HOUSE_2   "018f0e42-0000-7000-8000-00000000e002"
#define REQUEST   "018f0e42-0000-7000-8000-00000000f001"
#define NOBODY    "018f0e42-0000-7000-8000-0000000000ff"

#define UNUSED __attribute__((unused))

static inline char *text(const char *of)
{
    return (char *)(uintptr_t)of;
}

/* --- an intake that only tells ---------------------------------------------------------------- */

static void apply_nothing(struct tables *tables, const struct entry *entry)
{
    (void)tables;
    (void)entry;
}

static const struct application intake_applications[] = {
    { &intake__household_registered__descriptor, apply_nothing },
    { &intake__situation_changed__descriptor, apply_nothing },
    { &intake__household_erased__descriptor, apply_nothing },
    { &intake__decision_body_opened__descriptor, apply_nothing },
    { &intake__session_planned__descriptor, apply_nothing },
    { &intake__session_held__descriptor, apply_nothing },
    { &intake__request_submitted__descriptor, apply_nothing },
    { &intake__request_found_incomplete__descriptor, apply_nothing },
    { &intake__request_completed__descriptor, apply_nothing },
    { &intake__request_scheduled__descriptor, apply_nothing },
    { &intake__request_deferred__descriptor, apply_nothing },
    { &intake__request_granted__descriptor, apply_nothing },
    { &intake__request_refused__descriptor, apply_nothing },
    { &intake__request_withdrawn__descriptor, apply_nothing },
    { &intake__request_lapsed__descriptor, apply_nothing },
    { &intake__accreditation_changed__descriptor, apply_nothing },
    { 0 },
};
static const struct method no_methods[] = { { 0 } };
static const struct table *const no_tables[] = { NULL };
static const struct service telling_intake = {
    .name = "intake",
    .tables_version = 1,
    .tables = no_tables,
    .methods = no_methods,
    .event = &intake__event__descriptor,
    .applications = intake_applications,
};

static void tell_it(struct work *work, const ProtobufCMessage *event)
{
    work_emit(work, event, NOBODY, DATE_NONE);
}

/* Intake tells an event, and measures has heard it when this returns. */
UNUSED static void tell(struct world *world, const ProtobufCMessage *event)
{
    runtime_report(world_runtime(world, "intake"), tell_it, "test", event);
    if (!world_settle(world)) {
        printf("Bail out! the world does not settle\n");
        exit(1);
    }
}

UNUSED static struct world *office(uint64_t seed, struct date today)
{
    struct world *world = world_open(seed, today);

    world_add(world, &telling_intake, NULL);
    world_add(world, &measures_service, NULL);
    world_settle(world);
    return world;
}

/* --- dates and small messages, valid for a while ---------------------------------------------- */

UNUSED static Tremplin__Date *day(struct date date)
{
    static Tremplin__Date ring[64];
    static unsigned turn;
    Tremplin__Date *field = &ring[turn++ % 64];

    if (!date_is_set(date))
        return NULL;
    tremplin__date__init(field);
    field->year = date.year;
    field->month = date.month;
    field->day = date.day;
    return field;
}

UNUSED static Tremplin__Sealed *sealed(const char *clear)
{
    static Tremplin__Sealed ring[8];
    static unsigned turn;
    Tremplin__Sealed *field = &ring[turn++ % 8];

    if (!clear)
        return NULL;
    tremplin__sealed__init(field);
    field->clear = text(clear);
    return field;
}

UNUSED static Measures__Snapshot *situation_at_exit(void)
{
    static Measures__Snapshot snapshot;

    measures__snapshot__init(&snapshot);
    snapshot.tenure = TREMPLIN__TENURE__TENURE_PUBLIC_TENANT;
    snapshot.resource_band = TREMPLIN__RESOURCE_BAND__RESOURCE_BAND_ABOVE;
    snapshot.socio_professional_status =
        TREMPLIN__SOCIO_PROFESSIONAL_STATUS__SOCIO_PROFESSIONAL_STATUS_EMPLOYED;
    return &snapshot;
}

/* --- what intake tells ------------------------------------------------------------------------ */

struct granted {
    const char *measure;     /* MEASURE */
    const char *household;   /* HOUSE */
    Tremplin__Scheme scheme; /* ASLL */
    uint32_t months;         /* 6 */
    struct date on;
    const char *agreement; /* none */
    const char *line;
    const char *operator_name;
    bool is_young;
    bool leaves_chrs;
    bool has_no_situation;
    bool as_long_as_the_stay; /* 0 months */
};

UNUSED static void grant(struct world *world, struct granted granted)
{
    Intake__RequestGranted event = INTAKE__REQUEST_GRANTED__INIT;
    Intake__Situation situation = INTAKE__SITUATION__INIT;

    situation.tenure = TREMPLIN__TENURE__TENURE_PRIVATE_TENANT;
    situation.resource_band = TREMPLIN__RESOURCE_BAND__RESOURCE_BAND_AT_MINIMUM_LEVEL;
    situation.socio_professional_status =
        TREMPLIN__SOCIO_PROFESSIONAL_STATUS__SOCIO_PROFESSIONAL_STATUS_MINIMUM_BENEFITS;
    if (granted.leaves_chrs)
        situation.previous_housing = TREMPLIN__PREVIOUS_HOUSING__PREVIOUS_HOUSING_CHRS;
    event.request = text(REQUEST);
    event.household = text(granted.household ? granted.household : HOUSE);
    event.measure = text(granted.measure ? granted.measure : MEASURE);
    event.scheme = granted.scheme ? granted.scheme : TREMPLIN__SCHEME__SCHEME_ASLL;
    event.months = granted.months ? granted.months : granted.as_long_as_the_stay ? 0 : 6;
    event.agreement = text(granted.agreement ? granted.agreement : "");
    event.line = text(granted.line ? granted.line : "");
    event.operator_ = text(granted.operator_name ? granted.operator_name : "");
    event.district = text("ALENCON");
    event.decided_on = day(granted.on);
    event.situation = granted.has_no_situation ? NULL : &situation;
    event.aged_18_to_25 = granted.is_young;
    tell(world, &event.base);
}

/* --- commands --------------------------------------------------------------------------------- */

UNUSED static struct answer register_worker(struct world *world, const char *worker,
                                            const char *code, Measures__Profession profession)
{
    Measures__RegisterWorker asked = MEASURES__REGISTER_WORKER__INIT;

    asked.worker = text(worker);
    asked.code = text(code);
    asked.district = text("ALENCON");
    asked.profession = profession;
    return world_call(world, "measures.RegisterWorker", &asked.base,
                      &measures__register_worker_reply__descriptor);
}

UNUSED static void usual_worker(struct world *world)
{
    register_worker(world, WORKER, "ASLL-ALENCON-1",
                    MEASURES__PROFESSION__PROFESSION_FAMILY_ECONOMICS_ADVISER);
}

struct agreed {
    uint32_t measures; /* of its one line; 0: not counted */
    uint32_t months;
    Measures__CountingMethod counting;
    Measures__EndShift shift;
    Measures__TargetPublic target_public;
    Tremplin__Scheme scheme;
    struct date starts_on; /* 1 January 2020 */
    struct date ends_on;   /* 31 December 2020 */
};

UNUSED static struct answer open_agreement(struct world *world, struct agreed agreed)
{
    Measures__OpenAgreement asked = MEASURES__OPEN_AGREEMENT__INIT;
    Measures__AgreementLine line = MEASURES__AGREEMENT_LINE__INIT;
    Measures__AgreementLine *lines[] = { &line };
    struct date starts_on = date_is_set(agreed.starts_on) ? agreed.starts_on : DATE(2020, 1, 1);

    line.line = text(LINE);
    line.name = text("Tous publics");
    line.target_public = agreed.target_public;
    line.contracted_measures = agreed.measures;
    line.contracted_measure_months = agreed.months;
    asked.agreement = text(AGREEMENT);
    asked.name = text("Convention externe");
    asked.operator_ = text("AOLTJ");
    asked.scheme = agreed.scheme;
    asked.signed_on = day(starts_on);
    asked.starts_on = day(starts_on);
    asked.ends_on = day(date_is_set(agreed.ends_on) ? agreed.ends_on : DATE(2020, 12, 31));
    asked.counting = agreed.counting;
    asked.end_shift = agreed.shift;
    asked.n_lines = 1;
    asked.lines = lines;
    return world_call(world, "measures.OpenAgreement", &asked.base,
                      &measures__open_agreement_reply__descriptor);
}

UNUSED static struct answer assign_to(struct world *world, const char *measure, const char *worker,
                                      struct date on)
{
    Measures__AssignMeasure asked = MEASURES__ASSIGN_MEASURE__INIT;

    asked.measure = text(measure);
    asked.worker = text(worker);
    asked.assigned_on = day(on);
    return world_call(world, "measures.AssignMeasure", &asked.base,
                      &measures__assign_measure_reply__descriptor);
}

UNUSED static struct answer meet(struct world *world, const char *measure, struct date on)
{
    Measures__HoldFirstMeeting asked = MEASURES__HOLD_FIRST_MEETING__INIT;

    asked.measure = text(measure);
    asked.held_on = day(on);
    return world_call(world, "measures.HoldFirstMeeting", &asked.base,
                      &measures__hold_first_meeting_reply__descriptor);
}

struct signed_by {
    const char *measure; /* MEASURE */
    struct date household_on;
    struct date operator_on;
    struct date department_on;
    struct date starts_on;
    const char *objectives;
    const char *obligations;
};

UNUSED static struct answer sign(struct world *world, struct signed_by by)
{
    Measures__SignContract asked = MEASURES__SIGN_CONTRACT__INIT;
    const struct date days[] = { by.household_on, by.operator_on, by.department_on };
    Measures__Signature signatures[3];
    Measures__Signature *list[3];

    for (int i = 0; i < 3; i++) {
        if (!date_is_set(days[i]))
            continue;
        measures__signature__init(&signatures[i]);
        signatures[i].by = (Measures__SignatoryKind)(i + 1);
        signatures[i].signed_on = day(days[i]);
        list[asked.n_signatures++] = &signatures[i];
    }
    asked.measure = text(by.measure ? by.measure : MEASURE);
    asked.signatures = list;
    asked.starts_on = day(by.starts_on);
    asked.objectives = sealed(by.objectives);
    asked.obligations = sealed(by.obligations);
    return world_call(world, "measures.SignContract", &asked.base,
                      &measures__sign_contract_reply__descriptor);
}

/* Household and operator on one day, the measure starting then. */
UNUSED static struct answer sign_both(struct world *world, const char *measure, struct date on)
{
    return sign(world, (struct signed_by){ measure, .household_on = on, .operator_on = on });
}

UNUSED static struct answer stop(struct world *world, const char *measure, struct date on,
                                 Tremplin__ClosingReason reason, struct date joint_decision_on)
{
    Measures__StopMeasure asked = MEASURES__STOP_MEASURE__INIT;

    asked.measure = text(measure);
    asked.stopped_on = day(on);
    asked.reason = reason;
    asked.joint_decision_on = day(joint_decision_on);
    return world_call(world, "measures.StopMeasure", &asked.base,
                      &measures__stop_measure_reply__descriptor);
}

UNUSED static struct answer evaluate_as(struct world *world, const char *measure, struct date on,
                                        Tremplin__InterventionDomain domain,
                                        Tremplin__HousingOutcome outcome, const char *of)
{
    Measures__EvaluateMeasure asked = MEASURES__EVALUATE_MEASURE__INIT;

    asked.measure = text(measure);
    asked.evaluated_on = day(on);
    asked.exit = situation_at_exit();
    asked.n_domains = domain != 0;
    asked.domains = &domain;
    asked.outcome = outcome;
    asked.text = sealed(of);
    return world_call(world, "measures.EvaluateMeasure", &asked.base,
                      &measures__evaluate_measure_reply__descriptor);
}

UNUSED static struct answer evaluate(struct world *world, const char *measure, struct date on)
{
    return evaluate_as(world, measure, on,
                       TREMPLIN__INTERVENTION_DOMAIN__INTERVENTION_DOMAIN_TENANCY_KEEPING,
                       TREMPLIN__HOUSING_OUTCOME__HOUSING_OUTCOME_KEPT_DWELLING, "bilan final");
}

UNUSED static struct answer suspend(struct world *world, const char *measure, struct date on)
{
    Measures__SuspendMeasure asked = MEASURES__SUSPEND_MEASURE__INIT;

    asked.measure = text(measure);
    asked.suspended_on = day(on);
    asked.reason = text("HOSPITAL");
    return world_call(world, "measures.SuspendMeasure", &asked.base,
                      &measures__suspend_measure_reply__descriptor);
}

UNUSED static struct answer resume(struct world *world, const char *measure, struct date on)
{
    Measures__ResumeMeasure asked = MEASURES__RESUME_MEASURE__INIT;

    asked.measure = text(measure);
    asked.resumed_on = day(on);
    return world_call(world, "measures.ResumeMeasure", &asked.base,
                      &measures__resume_measure_reply__descriptor);
}

UNUSED static struct answer write_review(struct world *world, const char *measure, struct date on,
                                         const char *of)
{
    Measures__WriteReview asked = MEASURES__WRITE_REVIEW__INIT;

    asked.measure = text(measure);
    asked.written_on = day(on);
    asked.text = sealed(of);
    return world_call(world, "measures.WriteReview", &asked.base,
                      &measures__write_review_reply__descriptor);
}

UNUSED static struct answer ask_renewal(struct world *world, const char *measure, uint32_t months,
                                        struct date on, struct date consented_on)
{
    Measures__AskRenewal asked = MEASURES__ASK_RENEWAL__INIT;

    asked.measure = text(measure);
    asked.months = months;
    asked.asked_on = day(on);
    asked.consented_on = day(consented_on);
    return world_call(world, "measures.AskRenewal", &asked.base,
                      &measures__ask_renewal_reply__descriptor);
}

UNUSED static struct answer decide_renewal(struct world *world, const char *measure, bool granted,
                                           uint32_t months, bool exceptional, struct date on)
{
    Measures__DecideRenewal asked = MEASURES__DECIDE_RENEWAL__INIT;

    asked.measure = text(measure);
    asked.granted = granted;
    asked.months = months;
    asked.exceptional = exceptional;
    asked.decided_on = day(on);
    return world_call(world, "measures.DecideRenewal", &asked.base,
                      &measures__decide_renewal_reply__descriptor);
}

UNUSED static struct answer note(struct world *world, const char *measure,
                                 Measures__ContactKind kind, struct date on, const char *of)
{
    Measures__NoteContact asked = MEASURES__NOTE_CONTACT__INIT;

    asked.measure = text(measure);
    asked.kind = kind;
    asked.contact_on = day(on);
    asked.note = sealed(of);
    return world_call(world, "measures.NoteContact", &asked.base,
                      &measures__note_contact_reply__descriptor);
}

UNUSED static struct answer follow_up(struct world *world, const char *measure, struct date on,
                                      Measures__ContactKind channel,
                                      Measures__FollowUpResult result)
{
    Measures__RecordFollowUp asked = MEASURES__RECORD_FOLLOW_UP__INIT;

    asked.measure = text(measure);
    asked.attempted_on = day(on);
    asked.channel = channel;
    asked.result = result;
    asked.housing = TREMPLIN__HOUSING_OUTCOME__HOUSING_OUTCOME_KEPT_DWELLING;
    asked.situation = situation_at_exit();
    return world_call(world, "measures.RecordFollowUp", &asked.base,
                      &measures__record_follow_up_reply__descriptor);
}

UNUSED static struct answer cancel(struct world *world, const char *measure, const char *reason,
                                   struct date on)
{
    Measures__CancelMeasure asked = MEASURES__CANCEL_MEASURE__INIT;

    asked.measure = text(measure);
    asked.reason = text(reason);
    asked.cancelled_on = day(on);
    return world_call(world, "measures.CancelMeasure", &asked.base,
                      &measures__cancel_measure_reply__descriptor);
}

/* From the grant to the running measure, all on one day. */
UNUSED static struct answer running(struct world *world, struct granted granted)
{
    const char *measure = granted.measure ? granted.measure : MEASURE;

    grant(world, granted);
    assign_to(world, measure, WORKER, granted.on);
    meet(world, measure, granted.on);
    return sign(world,
                (struct signed_by){ measure, .household_on = granted.on, .operator_on = granted.on,
                                    .department_on = granted.on, .objectives = "payer le loyer",
                                    .obligations = "venir aux rendez-vous" });
}

/* --- queries ---------------------------------------------------------------------------------- */

UNUSED static const Measures__MeasureReply *measure_of(struct world *world, const char *measure)
{
    static const Measures__MeasureReply none = MEASURES__MEASURE_REPLY__INIT;
    Measures__MeasureQuery asked = MEASURES__MEASURE_QUERY__INIT;
    const void *reply;

    asked.measure = text(measure);
    reply = world_call(world, "measures.Measure", &asked.base, &measures__measure_reply__descriptor)
                .reply;
    return reply ? reply : &none;
}

UNUSED static const Measures__LineStanding *line_of(struct world *world)
{
    static const Measures__LineStanding none = MEASURES__LINE_STANDING__INIT;
    Measures__AgreementQuery asked = MEASURES__AGREEMENT_QUERY__INIT;
    const Measures__AgreementReply *reply;

    asked.agreement = text(AGREEMENT);
    reply =
        world_call(world, "measures.Agreement", &asked.base, &measures__agreement_reply__descriptor)
            .reply;
    return reply && reply->n_lines > 0 ? reply->lines[0] : &none;
}

UNUSED static uint32_t caseload_of(struct world *world, const char *worker)
{
    Measures__CaseloadQuery asked = MEASURES__CASELOAD_QUERY__INIT;
    const Measures__CaseloadReply *reply;

    asked.worker = text(worker);
    reply =
        world_call(world, "measures.Caseload", &asked.base, &measures__caseload_reply__descriptor)
            .reply;
    return reply ? reply->measures : UINT32_MAX;
}

/* --- what was counted ------------------------------------------------------------------------- */

struct counted {
    int64_t hundredths; /* counted less taken back */
    int64_t of_year;
    int year;
    struct date last;
};

UNUSED static void add_counted(void *context, const Tremplin__Header *header,
                               const ProtobufCMessage *event)
{
    struct counted *counted = context;
    struct date month = DATE_NONE;
    int64_t hundredths = 0;

    (void)header;
    if (event->descriptor == &measures__months_counted__descriptor) {
        const Measures__MonthsCounted *more = (const Measures__MonthsCounted *)event;

        month = date_of(more->month);
        hundredths = more->hundredths;
    } else if (event->descriptor == &measures__months_taken_back__descriptor) {
        const Measures__MonthsTakenBack *less = (const Measures__MonthsTakenBack *)event;

        month = date_of(less->month);
        hundredths = -(int64_t)less->hundredths;
    }
    counted->hundredths += hundredths;
    counted->of_year += month.year == counted->year ? hundredths : 0;
    if (date_is_after(month, counted->last))
        counted->last = month;
}

UNUSED static struct counted counted_in(struct world *world, int year)
{
    struct counted counted = { .year = year };

    world_events(world, "measures", add_counted, &counted);
    return counted;
}

UNUSED static void check_done(struct answer answer, const char *sentence)
{
    if (!check(answer.status == TREMPLIN__STATUS__STATUS_DONE, "%s", sentence))
        printf("#   %s %s: %s\n", answer.code, answer.field, answer.english);
}

UNUSED static void check_refused(struct answer answer, const char *code, const char *field,
                                 const char *sentence)
{
    check_text(answer.code, code, "%s", sentence);
    check_text(answer.field, field, "... and names the field");
}

UNUSED static void check_store(struct world *world)
{
    const char *trouble = world_check_store(world, "measures");

    if (!check(trouble == NULL, "the chain holds and the tables are the journal replayed"))
        printf("#   %s\n", trouble);
}

#endif
