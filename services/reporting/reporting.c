#include "services/reporting/reporting.h"

#include "proto/lodging.pb-c.h"
#include "proto/measures.pb-c.h"
#include "services/reporting/parts.h"

static const struct table *const tables[] = {
    &reporting_numbers,
    &reporting_last,
    &reporting_households.table,
    &reporting_grants.table,
    &reporting_courses.table,
    &reporting_months.table,
    &reporting_lines.table,
    &reporting_residences.table,
    &reporting_units.table,
    &reporting_stays.table,
    &reporting_vacancies.table,
    &reporting_frozen,
    NULL,
};

static const struct method methods[] = {
    {
        .name = "FreezeReport",
        .handle = reporting_on_freeze_report,
        .roles = ROLE_STAFF,
        .help_french = "Fige les chiffres publiés d'un rapport et d'une année.",
        .help_english = "Freezes the published figures of a report and a year.",
    },
    {
        .name = "Report",
        .handle = reporting_on_report,
        .roles = ROLE_STAFF | ROLE_OPERATOR,
        .help_french =
            "Calcule un rapport pour une année, les petits effectifs masqués en vue publique.",
        .help_english = "Computes a report for a year, small counts hidden in the public view.",
    },
    {
        .name = "Reports",
        .handle = reporting_on_reports,
        .roles = ROLE_ANYBODY,
        .help_french = "Liste les rapports.",
        .help_english = "Lists the reports.",
    },
    { 0 },
};

static const struct application applications[] = {
    { &reporting__report_frozen__descriptor, reporting_apply_report_frozen },
    { 0 },
};

static const struct hearing intake_hearings[] = {
    { &intake__household_registered__descriptor, reporting_heard_household_registered, NULL },
    { &intake__situation_changed__descriptor, reporting_heard_situation_changed, NULL },
    { &intake__household_erased__descriptor, reporting_heard_household_erased,
      reporting_hear_household_erased },
    { &intake__request_granted__descriptor, reporting_heard_request_granted, NULL },
    { 0 },
};

static const struct hearing measures_hearings[] = {
    { &measures__agreement_opened__descriptor, reporting_heard_agreement_opened, NULL },
    { &measures__agreement_line_changed__descriptor, reporting_heard_agreement_line_changed, NULL },
    { &measures__measure_granted__descriptor, reporting_heard_measure_granted, NULL },
    { &measures__matter_settled__descriptor, reporting_heard_matter_settled, NULL },
    { &measures__measure_assigned__descriptor, reporting_heard_measure_assigned, NULL },
    { &measures__first_meeting_held__descriptor, reporting_heard_first_meeting_held, NULL },
    { &measures__measure_started__descriptor, reporting_heard_measure_started, NULL },
    { &measures__measure_resumed__descriptor, reporting_heard_measure_resumed, NULL },
    { &measures__measure_renewed__descriptor, reporting_heard_measure_renewed, NULL },
    { &measures__measure_closing__descriptor, reporting_heard_measure_closing, NULL },
    { &measures__measure_closed__descriptor, reporting_heard_measure_closed, NULL },
    { &measures__measure_cancelled__descriptor, reporting_heard_measure_cancelled, NULL },
    { &measures__follow_up_ended__descriptor, reporting_heard_follow_up_ended, NULL },
    { &measures__months_counted__descriptor, reporting_heard_months_counted, NULL },
    { &measures__months_taken_back__descriptor, reporting_heard_months_taken_back, NULL },
    { 0 },
};

static const struct hearing lodging_hearings[] = {
    { &lodging__residence_opened__descriptor, reporting_heard_residence_opened, NULL },
    { &lodging__unit_commissioned__descriptor, reporting_heard_unit_commissioned, NULL },
    { &lodging__vacancy_opened__descriptor, reporting_heard_vacancy_opened, NULL },
    { &lodging__vacancy_extended__descriptor, reporting_heard_vacancy_extended, NULL },
    { &lodging__candidature_proposed__descriptor, reporting_heard_candidature_proposed, NULL },
    { &lodging__candidature_refused__descriptor, reporting_heard_candidature_refused, NULL },
    { &lodging__candidature_withdrawn__descriptor, reporting_heard_candidature_withdrawn, NULL },
    { &lodging__candidature_retained__descriptor, reporting_heard_candidature_retained, NULL },
    { &lodging__vacancy_filled__descriptor, reporting_heard_vacancy_filled, NULL },
    { &lodging__vacancy_lost__descriptor, reporting_heard_vacancy_lost, NULL },
    { &lodging__vacancy_returned__descriptor, reporting_heard_vacancy_returned, NULL },
    { &lodging__title_signed__descriptor, reporting_heard_title_signed, NULL },
    { &lodging__stay_started__descriptor, reporting_heard_stay_started, NULL },
    { &lodging__stay_ended__descriptor, reporting_heard_stay_ended, NULL },
    { 0 },
};

static const struct source sources[] = {
    { "intake", &intake__event__descriptor, intake_hearings },
    { "measures", &measures__event__descriptor, measures_hearings },
    { "lodging", &lodging__event__descriptor, lodging_hearings },
    { 0 },
};

static int64_t count_households(struct tables *of)
{
    return reporting_last_number(of, NUMBERED_HOUSEHOLD);
}

static int64_t count_measures(struct tables *of)
{
    return reporting_last_number(of, NUMBERED_MEASURE);
}

static int64_t count_stays(struct tables *of)
{
    return reporting_last_number(of, NUMBERED_STAY);
}

static int64_t count_frozen(struct tables *of)
{
    return (int64_t)table_count(of, &reporting_frozen);
}

static const struct counter counters[] = {
    { "households", "Households heard of, the erased ones among them.", count_households },
    { "measures", "Measures heard of.", count_measures },
    { "stays", "Stays heard of.", count_stays },
    { "frozen_reports", "Reports frozen, each for a year.", count_frozen },
    { 0 },
};

const struct service reporting_service = {
    .name = "reporting",
    .tables_version = 3,
    .tables = tables,
    .methods = methods,
    .commands = &reporting__reporting_commands__descriptor,
    .queries = &reporting__reporting_queries__descriptor,
    .event = &reporting__event__descriptor,
    .applications = applications,
    .sources = sources,
    .counters = counters,
};
