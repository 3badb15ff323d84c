/* told.h - services that tell reporting whatever a test wants told, and what it asks
 *
 * Three services bear the names and the contracts of intake, measures and
 * lodging; any of their commands emits the event that the test has put in
 * place, so that a test says events in a line each.
 */
#ifndef TESTS_HANDLERS_REPORTING_TOLD_H
#define TESTS_HANDLERS_REPORTING_TOLD_H

#include "proto/intake.pb-c.h"
#include "proto/lodging.pb-c.h"
#include "proto/measures.pb-c.h"
#include "proto/reporting.pb-c.h"
#include "services/reporting/reporting.h"
#include "tests/check.h"
#include "tests/world.h"

#define DONE    TREMPLIN__STATUS__STATUS_DONE
#define REFUSED TREMPLIN__STATUS__STATUS_REFUSED

/* --- services that tell ----------------------------------------------------------------------- */

static struct {
    const ProtobufCMessage *event;
    const char *subject;
    struct date date;
} put_in_place;

static const struct refusal *on_anything(struct work *work, const void *body)
{
    (void)body;
    work_emit(work, put_in_place.event, put_in_place.subject, put_in_place.date);
    return ACCEPTED;
}

static void apply_nothing(struct tables *tables, const struct entry *entry)
{
    (void)tables;
    (void)entry;
}

enum { ROWS_MOST = 64 };

struct teller {
    struct service service;
    struct method methods[ROWS_MOST];
    struct application applications[ROWS_MOST];
};

static const struct table *const no_tables[] = { NULL };

static void prepare(struct teller *teller, const char *name,
                    const ProtobufCServiceDescriptor *commands,
                    const ProtobufCMessageDescriptor *event)
{
    for (unsigned i = 0; i < commands->n_methods; i++)
        teller->methods[i] =
            (struct method){ commands->methods[i].name, on_anything, ROLE_ANYBODY, "", "" };
    for (unsigned i = 0; i < event->n_fields; i++)
        teller->applications[i] =
            (struct application){ event->fields[i].descriptor, apply_nothing };
    teller->service = (struct service){
        .name = name,
        .tables_version = 1,
        .tables = no_tables,
        .methods = teller->methods,
        .commands = commands,
        .event = event,
        .applications = teller->applications,
    };
}

__attribute__((unused)) static struct world *open_world(struct date day)
{
    static struct teller intake, measures, lodging;
    struct world *world = world_open(7, day);

    prepare(&intake, "intake", &intake__intake_commands__descriptor, &intake__event__descriptor);
    prepare(&measures, "measures", &measures__measures_commands__descriptor,
            &measures__event__descriptor);
    prepare(&lodging, "lodging", &lodging__lodging_commands__descriptor,
            &lodging__event__descriptor);
    world_add(world, &intake.service, NULL);
    world_add(world, &measures.service, NULL);
    world_add(world, &lodging.service, NULL);
    world_add(world, &reporting_service, NULL);
    return world;
}

/* An event, by the service whose contract it is of. */
static void tell(struct world *world, const ProtobufCMessage *event, const char *subject,
                 struct date date)
{
    static const Intake__WithdrawRequest withdraw = INTAKE__WITHDRAW_REQUEST__INIT;
    static const Measures__CancelMeasure cancel = MEASURES__CANCEL_MEASURE__INIT;
    static const Lodging__EndStay end = LODGING__END_STAY__INIT;
    static const struct {
        const char *package;
        const char *method;
        const ProtobufCMessage *asked;
        const ProtobufCMessageDescriptor *reply;
    } tellers[] = {
        { "intake", "intake.WithdrawRequest", &withdraw.base,
          &intake__withdraw_request_reply__descriptor },
        { "measures", "measures.CancelMeasure", &cancel.base,
          &measures__cancel_measure_reply__descriptor },
        { "lodging", "lodging.EndStay", &end.base, &lodging__end_stay_reply__descriptor },
    };
    struct answer answer = { 0 };

    put_in_place.event = event;
    put_in_place.subject = subject;
    put_in_place.date = date;
    for (size_t i = 0; i < sizeof tellers / sizeof tellers[0]; i++)
        if (strcmp(tellers[i].package, event->descriptor->package_name) == 0)
            answer = world_call(world, tellers[i].method, tellers[i].asked, tellers[i].reply);
    holds_or_report(answer.status == DONE, "%s is told", event->descriptor->name);
}

/* --- words ------------------------------------------------------------------------------------ */

/* Identifiers that read as what they are: told_id('a', 3). */
static char *told_id(char kind, unsigned number)
{
    static char texts[64][ID_TEXT_SIZE];
    static unsigned next;
    char *text = texts[next++ % 64];

    snprintf(text, ID_TEXT_SIZE, "018f0e42-7c1b-7a3e-9d%02x-%012x", (unsigned)kind & 0xff, number);
    return text;
}
#define HOUSEHOLD(n) told_id('h', n)
#define MEASURE(n)   told_id('m', n)
#define AGREEMENT    told_id('a', 1)
#define LINE(n)      told_id('l', n)
#define STAY(n)      told_id('s', n)
#define UNIT(n)      told_id('u', n)
#define RESIDENCE(n) told_id('r', n)
#define VACANCY(n)   told_id('v', n)

__attribute__((unused)) static char *text_of(const char *text)
{
    return (char *)(uintptr_t)text;
}

/* A date message that lives as long as the test needs it; NULL when absent. */
__attribute__((unused)) static Tremplin__Date *on(struct date date)
{
    static Tremplin__Date dates[64];
    static unsigned next;
    Tremplin__Date *message = &dates[next++ % 64];

    tremplin__date__init(message);
    message->year = date.year;
    message->month = date.month;
    message->day = date.day;
    return date_is_set(date) ? message : NULL;
}

/* --- questions -------------------------------------------------------------------------------- */

__attribute__((unused)) static struct answer ask_report(struct world *world, const char *report,
                                                        unsigned year, bool is_public)
{
    Reporting__ReportQuery asked = REPORTING__REPORT_QUERY__INIT;

    asked.report = text_of(report);
    asked.year = year;
    asked.public_ = is_public;
    return world_call(world, "reporting.Report", &asked.base, &reporting__report_reply__descriptor);
}

__attribute__((unused)) static struct answer ask_freeze(struct world *world, const char *report,
                                                        unsigned year, const char *note)
{
    Reporting__FreezeReport asked = REPORTING__FREEZE_REPORT__INIT;

    asked.report = text_of(report);
    asked.year = year;
    asked.note = text_of(note);
    return world_call(world, "reporting.FreezeReport", &asked.base,
                      &reporting__freeze_report_reply__descriptor);
}

/* A figure of a report; one that says nothing when it is not there, and a failed check. */
__attribute__((unused)) static const Reporting__Figure *figure_in(
    const Reporting__ReportReply *report, const char *indicator)
{
    static const Reporting__Figure none = REPORTING__FIGURE__INIT;

    for (size_t i = 0; report && i < report->n_figures; i++)
        if (strcmp(report->figures[i]->indicator, indicator) == 0)
            return report->figures[i];
    check(false, "the report has %s", indicator);
    return &none;
}

__attribute__((unused)) static const Reporting__Figure *figure_of_year(struct world *world,
                                                                       const char *report,
                                                                       unsigned year,
                                                                       const char *indicator)
{
    world_settle(world);
    return figure_in(ask_report(world, report, year, false).reply, indicator);
}

/* --- the commonest events --------------------------------------------------------------------- */

__attribute__((unused)) static Intake__Situation any_situation(void)
{
    Intake__Situation situation = INTAKE__SITUATION__INIT;

    situation.type = TREMPLIN__HOUSEHOLD_TYPE__HOUSEHOLD_TYPE_SINGLE;
    situation.adults = 1;
    situation.age_band = TREMPLIN__AGE_BAND__AGE_BAND_40_60;
    situation.tenure = TREMPLIN__TENURE__TENURE_PUBLIC_TENANT;
    situation.location_type = TREMPLIN__LOCATION_TYPE__LOCATION_TYPE_TOWN_CENTRE;
    situation.resource_band = TREMPLIN__RESOURCE_BAND__RESOURCE_BAND_ABOVE;
    situation.socio_professional_status =
        TREMPLIN__SOCIO_PROFESSIONAL_STATUS__SOCIO_PROFESSIONAL_STATUS_EMPLOYED;
    situation.district = text_of("ALENCON");
    return situation;
}

__attribute__((unused)) static Intake__RequestGranted granted_by_intake(
    unsigned measure, unsigned household, Intake__Situation *situation)
{
    Intake__RequestGranted event = INTAKE__REQUEST_GRANTED__INIT;

    event.measure = MEASURE(measure);
    event.household = HOUSEHOLD(household);
    event.scheme = TREMPLIN__SCHEME__SCHEME_ASLL;
    event.origin = TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_DISTRICT_SOCIAL_WORKER;
    event.situation = situation;
    event.months = 6;
    event.decided_on = on(DATE(2008, 1, 10));
    return event;
}

__attribute__((unused)) static Measures__MeasureGranted granted_by_measures(unsigned measure,
                                                                            unsigned household)
{
    Measures__MeasureGranted event = MEASURES__MEASURE_GRANTED__INIT;

    event.measure = MEASURE(measure);
    event.household = HOUSEHOLD(household);
    event.scheme = TREMPLIN__SCHEME__SCHEME_ASLL;
    event.origin = TREMPLIN__REQUEST_ORIGIN__REQUEST_ORIGIN_DISTRICT_SOCIAL_WORKER;
    event.months = 6;
    event.granted_on = on(DATE(2008, 1, 10));
    return event;
}

__attribute__((unused)) static void tell_month(struct world *world, unsigned measure,
                                               unsigned household, struct date month,
                                               unsigned hundredths)
{
    Measures__MonthsCounted event = MEASURES__MONTHS_COUNTED__INIT;

    event.measure = MEASURE(measure);
    event.household = HOUSEHOLD(household);
    event.scheme = TREMPLIN__SCHEME__SCHEME_ASLL;
    event.month = on(month);
    event.hundredths = hundredths;
    tell(world, &event.base, event.measure, month);
}

/* A measure granted by both services, one month counted. */
__attribute__((unused)) static void tell_measure(struct world *world, unsigned measure,
                                                 unsigned household, Intake__Situation *situation,
                                                 struct date month)
{
    Intake__RequestGranted request = granted_by_intake(measure, household, situation);
    Measures__MeasureGranted granted = granted_by_measures(measure, household);

    tell(world, &request.base, request.measure, DATE(2008, 1, 10));
    tell(world, &granted.base, granted.measure, DATE(2008, 1, 10));
    tell_month(world, measure, household, month, 100);
}

#endif
