#include "services/alerts/parts.h"

#include <string.h>

const struct table alerts_households = { "known_households",
                                         &alerts__records__known_household__descriptor };
const struct table alerts_measures = { "known_measures",
                                       &alerts__records__known_measure__descriptor };
const struct table alerts_workers = { "known_workers", &alerts__records__known_worker__descriptor };
const struct table alerts_agreements = { "known_agreements",
                                         &alerts__records__known_agreement__descriptor };
const struct table alerts_accreditations = { "known_accreditations",
                                             &alerts__records__known_accreditation__descriptor };
const struct table alerts_vacancies = { "known_vacancies",
                                        &alerts__records__known_vacancy__descriptor };
const struct table alerts_units = { "known_units", &alerts__records__known_unit__descriptor };
const struct table alerts_sessions = { "known_sessions",
                                       &alerts__records__known_session__descriptor };
const struct table alerts_waiting = { "waiting_requests",
                                      &alerts__records__waiting_request__descriptor };

/* --- households ------------------------------------------------------------------------------- */

static void put_household(struct tables *tables, const char *household, const char *reference,
                          const char *district, const char *worker)
{
    Alerts__Records__KnownHousehold fresh = ALERTS__RECORDS__KNOWN_HOUSEHOLD__INIT;
    Alerts__Records__KnownHousehold *row = table_get(tables, &alerts_households, key_id(household));

    if (!row)
        row = &fresh;
    if (reference)
        row->reference = alerts_text(reference);
    if (district)
        row->district = alerts_text(district);
    if (worker)
        row->worker = alerts_text(worker);
    table_put(tables, &alerts_households, key_id(household), &row->base);
}

void alerts_know_household(struct tables *tables, const struct entry *heard)
{
    const Intake__HouseholdRegistered *registered =
        (const Intake__HouseholdRegistered *)heard->event;

    put_household(tables, registered->household, registered->reference,
                  registered->situation ? registered->situation->district : NULL, NULL);
}

void alerts_know_situation(struct tables *tables, const struct entry *heard)
{
    const Intake__SituationChanged *changed = (const Intake__SituationChanged *)heard->event;

    if (changed->situation && changed->situation->district[0])
        put_household(tables, changed->household, NULL, changed->situation->district, NULL);
}

void alerts_know_erased(struct tables *tables, const struct entry *heard)
{
    table_delete(tables, &alerts_households,
                 key_id(((const Intake__HouseholdErased *)heard->event)->household));
}

/* --- sessions and requests -------------------------------------------------------------------- */

/* Kept once it is held: a day that is opened late asks for it, and a request that missed it has
 * missed no later one. */
void alerts_know_session(struct tables *tables, const struct entry *heard)
{
    const Intake__SessionPlanned *planned = (const Intake__SessionPlanned *)heard->event;
    Alerts__Records__KnownSession row = ALERTS__RECORDS__KNOWN_SESSION__INIT;

    row.district = planned->district;
    row.held_on = planned->held_on;
    row.cut_off = planned->cut_off;
    table_put(tables, &alerts_sessions, key_id(planned->session), &row.base);
}

void alerts_know_waiting(struct tables *tables, const struct entry *heard)
{
    const Intake__RequestCompleted *completed = (const Intake__RequestCompleted *)heard->event;
    Alerts__Records__WaitingRequest row = ALERTS__RECORDS__WAITING_REQUEST__INIT;

    row.household = completed->household;
    row.district = completed->district;
    row.completed_on = completed->completed_on;
    table_put(tables, &alerts_waiting, key_id(completed->request), &row.base);
}

/* It waits for another session: intake says which, if there is one. */
void alerts_know_deferred(struct tables *tables, const struct entry *heard)
{
    const Intake__RequestDeferred *deferred = (const Intake__RequestDeferred *)heard->event;
    Alerts__Records__WaitingRequest row = ALERTS__RECORDS__WAITING_REQUEST__INIT;

    row.household = deferred->household;
    row.district = deferred->district;
    row.deferred_on = deferred->deferred_on;
    table_put(tables, &alerts_waiting, key_id(deferred->request), &row.base);
}

void alerts_forget_waiting(struct tables *tables, const struct entry *heard)
{
    table_delete(tables, &alerts_waiting, key_id(alerts_text_in(heard->event, "request")));
}

/* --- accreditations --------------------------------------------------------------------------- */

/* The same first day again changes the end of that accreditation. */
static struct key accreditation_key(const Intake__AccreditationChanged *changed)
{
    struct key key = key_text(changed->operator_);

    key_add_date(&key, date_of(changed->valid_from));
    return key;
}

void alerts_know_accreditation(struct tables *tables, const struct entry *heard)
{
    const Intake__AccreditationChanged *changed =
        (const Intake__AccreditationChanged *)heard->event;
    Alerts__Records__KnownAccreditation row = ALERTS__RECORDS__KNOWN_ACCREDITATION__INIT;

    row.valid_to = changed->valid_to;
    table_put(tables, &alerts_accreditations, accreditation_key(changed), &row.base);
}

struct date alerts_accredited_until(struct tables *tables,
                                    const Intake__AccreditationChanged *changed)
{
    struct walk walk = walk_from(tables, &alerts_accreditations, key_text(changed->operator_));
    const struct key own = accreditation_key(changed);
    struct date until = date_of(changed->valid_to);

    while (date_is_set(until) && walk_next(&walk)) {
        const Alerts__Records__KnownAccreditation *other = walk.value;
        struct date end = date_of(other->valid_to);

        if (walk.key.length == own.length && memcmp(walk.key.bytes, own.bytes, own.length) == 0)
            continue;
        until = date_is_set(end) ? date_later(until, end) : DATE_NONE;
    }
    return until;
}

/* --- workers, agreements, measures ------------------------------------------------------------ */

void alerts_know_worker(struct tables *tables, const struct entry *heard)
{
    const Measures__WorkerRegistered *registered = (const Measures__WorkerRegistered *)heard->event;
    Alerts__Records__KnownWorker row = ALERTS__RECORDS__KNOWN_WORKER__INIT;

    row.district = registered->district;
    row.code = registered->code;
    table_put(tables, &alerts_workers, key_id(registered->worker), &row.base);
}

void alerts_know_agreement(struct tables *tables, const struct entry *heard)
{
    const Measures__AgreementOpened *opened = (const Measures__AgreementOpened *)heard->event;
    Alerts__Records__KnownAgreement row = ALERTS__RECORDS__KNOWN_AGREEMENT__INIT;

    row.operator_ = opened->operator_;
    row.scheme = (int32_t)opened->scheme;
    row.starts_on = opened->starts_on;
    row.ends_on = opened->ends_on;
    row.name = opened->name;
    table_put(tables, &alerts_agreements, key_id(opened->agreement), &row.base);
}

void alerts_know_measure(struct tables *tables, const struct entry *heard)
{
    const Measures__MeasureGranted *granted = (const Measures__MeasureGranted *)heard->event;
    Alerts__Records__KnownMeasure row = ALERTS__RECORDS__KNOWN_MEASURE__INIT;

    row.household = granted->household;
    row.district = granted->district;
    table_put(tables, &alerts_measures, key_id(granted->measure), &row.base);
}

void alerts_know_assigned(struct tables *tables, const struct entry *heard)
{
    const Measures__MeasureAssigned *assigned = (const Measures__MeasureAssigned *)heard->event;
    Alerts__Records__KnownMeasure row = ALERTS__RECORDS__KNOWN_MEASURE__INIT;

    row.household = assigned->household;
    row.district = assigned->district;
    row.worker = assigned->worker;
    table_put(tables, &alerts_measures, key_id(assigned->measure), &row.base);
    put_household(tables, assigned->household, NULL, NULL, assigned->worker);
}

/* --- vacancies -------------------------------------------------------------------------------- */

void alerts_know_vacancy(struct tables *tables, const struct entry *heard)
{
    const Lodging__VacancyOpened *opened = (const Lodging__VacancyOpened *)heard->event;
    Alerts__Records__KnownVacancy row = ALERTS__RECORDS__KNOWN_VACANCY__INIT;

    row.notified_on = opened->notified_on;
    row.last_day = opened->last_day;
    row.unit = opened->unit;
    table_put(tables, &alerts_vacancies, key_id(opened->vacancy), &row.base);
}

void alerts_know_unit(struct tables *tables, const struct entry *heard)
{
    const Lodging__UnitCommissioned *commissioned = (const Lodging__UnitCommissioned *)heard->event;
    Alerts__Records__KnownUnit row = ALERTS__RECORDS__KNOWN_UNIT__INIT;

    row.name = commissioned->name;
    table_put(tables, &alerts_units, key_id(commissioned->unit), &row.base);
}

/* The clock moves with the last day. */
void alerts_know_extended(struct tables *tables, const struct entry *heard)
{
    const Lodging__VacancyExtended *extended = (const Lodging__VacancyExtended *)heard->event;
    Alerts__Records__KnownVacancy *row =
        table_get(tables, &alerts_vacancies, key_id(extended->vacancy));

    if (!row)
        return;
    row->notified_on = date_field(
        tables->arena,
        date_add_days(date_of(row->notified_on),
                      days_between(date_of(row->last_day), date_of(extended->last_day))));
    row->last_day = extended->last_day;
    table_put(tables, &alerts_vacancies, key_id(extended->vacancy), &row->base);
}

/* --- names ------------------------------------------------------------------------------------ */

const char *alerts_name_of(struct work *work, const char *subject)
{
    const Alerts__Records__KnownVacancy *vacancy =
        table_get(work->tables, &alerts_vacancies, key_id(subject));
    const Alerts__Records__KnownUnit *unit =
        table_get(work->tables, &alerts_units, key_id(vacancy ? vacancy->unit : subject));
    const Alerts__Records__KnownAgreement *agreement =
        table_get(work->tables, &alerts_agreements, key_id(subject));
    const Alerts__Records__KnownWorker *worker =
        table_get(work->tables, &alerts_workers, key_id(subject));

    if (unit)
        return unit->name;
    if (agreement)
        return agreement->name;
    return worker ? worker->code : "";
}
