#include "services/intake/intake.h"

#include "services/intake/parts.h"

static const struct table *const tables[] = {
    &intake_households,
    &intake_names,
    &intake_totals,
    &intake_bodies,
    &intake_district_bodies,
    &intake_sessions,
    &intake_body_sessions,
    &intake_agendas,
    &intake_waiting,
    &intake_requests,
    &intake_open_requests,
    &intake_requests_in_state,
    &intake_household_requests,
    &intake_measures,
    &intake_accreditations,
    NULL,
};

static const struct method methods[] = {
    {
        .name = "RegisterHousehold",
        .handle = intake_on_register_household,
        .roles = ROLE_STAFF,
        .help_french = "Enregistre un ménage : son identité, scellée, et sa situation en codes.",
        .help_english = "Registers a household: its identity, sealed, and its situation as codes.",
    },
    {
        .name = "ChangeSituation",
        .handle = intake_on_change_situation,
        .roles = ROLE_STAFF,
        .help_french = "Enregistre un changement de situation d'un ménage.",
        .help_english = "Records a change in a household's situation.",
    },
    {
        .name = "EraseHousehold",
        .handle = intake_on_erase_household,
        .roles = ROLE_STAFF | ROLE_OPERATOR,
        .help_french = "Efface un ménage : sa clé est détruite partout, les comptes restent.",
        .help_english = "Erases a household: its key is destroyed everywhere, the counts stay.",
    },
    {
        .name = "OpenDecisionBody",
        .handle = intake_on_open_decision_body,
        .roles = ROLE_STAFF,
        .help_french = "Crée l'instance de décision d'une circonscription.",
        .help_english = "Opens the deciding body of a district.",
    },
    {
        .name = "PlanSession",
        .handle = intake_on_plan_session,
        .roles = ROLE_STAFF,
        .help_french =
            "Programme une séance de commission ; les demandes en attente y sont inscrites.",
        .help_english =
            "Plans a session of a commission; the requests that wait are put on its agenda.",
    },
    {
        .name = "HoldSession",
        .handle = intake_on_hold_session,
        .roles = ROLE_STAFF,
        .help_french = "Enregistre qu'une séance s'est tenue, avec ses membres présents.",
        .help_english = "Records that a session was held, with the members present.",
    },
    {
        .name = "SubmitRequest",
        .handle = intake_on_submit_request,
        .roles = ROLE_STAFF,
        .help_french = "Dépose une demande ; complète, elle est aussitôt orientée.",
        .help_english = "Submits a request; complete, it is routed at once.",
    },
    {
        .name = "CompleteRequest",
        .handle = intake_on_complete_request,
        .roles = ROLE_STAFF,
        .help_french = "Ajoute à une demande les pièces arrivées.",
        .help_english = "Adds to a request the items that came.",
    },
    {
        .name = "DecideRequest",
        .handle = intake_on_decide_request,
        .roles = ROLE_STAFF,
        .help_french = "Enregistre une décision : accord, refus ou ajournement.",
        .help_english = "Records a decision: granted, refused or deferred.",
    },
    {
        .name = "WithdrawRequest",
        .handle = intake_on_withdraw_request,
        .roles = ROLE_STAFF,
        .help_french = "Retire une demande.",
        .help_english = "Withdraws a request.",
    },
    {
        .name = "ChangeAccreditation",
        .handle = intake_on_change_accreditation,
        .roles = ROLE_STAFF,
        .help_french = "Inscrit l'agrément d'une association, ou en change la fin.",
        .help_english = "Records the accreditation of an association, or changes its end.",
    },
    {
        .name = "Household",
        .handle = intake_on_household,
        .roles = ROLE_STAFF,
        .help_french = "Montre un ménage.",
        .help_english = "Shows a household.",
    },
    {
        .name = "FindHouseholds",
        .handle = intake_on_find_households,
        .roles = ROLE_STAFF,
        .help_french = "Cherche des ménages par une partie du nom, quels que soient les accents.",
        .help_english = "Finds households by a part of the name, whatever its accents.",
    },
    {
        .name = "Request",
        .handle = intake_on_request,
        .roles = ROLE_STAFF,
        .help_french = "Montre une demande.",
        .help_english = "Shows a request.",
    },
    {
        .name = "Requests",
        .handle = intake_on_requests,
        .roles = ROLE_STAFF | ROLE_INTEGRATOR,
        .help_french = "Liste les demandes en cours, ou celles d'un état.",
        .help_english = "Lists the open requests, or those in a state.",
    },
    { 0 },
};

static const struct application applications[] = {
    { &intake__household_registered__descriptor, intake_apply_household_registered },
    { &intake__situation_changed__descriptor, intake_apply_situation_changed },
    { &intake__household_erased__descriptor, intake_apply_household_erased },
    { &intake__decision_body_opened__descriptor, intake_apply_decision_body_opened },
    { &intake__session_planned__descriptor, intake_apply_session_planned },
    { &intake__session_held__descriptor, intake_apply_session_held },
    { &intake__request_submitted__descriptor, intake_apply_request_submitted },
    { &intake__request_found_incomplete__descriptor, intake_apply_request_found_incomplete },
    { &intake__request_completed__descriptor, intake_apply_request_completed },
    { &intake__request_scheduled__descriptor, intake_apply_request_scheduled },
    { &intake__request_deferred__descriptor, intake_apply_request_deferred },
    { &intake__request_granted__descriptor, intake_apply_request_granted },
    { &intake__request_refused__descriptor, intake_apply_request_refused },
    { &intake__request_withdrawn__descriptor, intake_apply_request_withdrawn },
    { &intake__request_lapsed__descriptor, intake_apply_request_lapsed },
    { &intake__accreditation_changed__descriptor, intake_apply_accreditation_changed },
    { 0 },
};

static const struct deadline_kind deadlines[] = {
    { INTAKE_DEADLINE_LAPSE, "request_lapses", intake_pass_lapse },
    { INTAKE_DEADLINE_AGENDA, "agenda_goes_on", intake_pass_agenda },
    { 0 },
};

static int64_t count_households(struct tables *of)
{
    return (int64_t)table_count(of, &intake_households);
}

static int64_t count_open_requests(struct tables *of)
{
    return (int64_t)table_count(of, &intake_open_requests);
}

static int64_t count_erased(struct tables *of)
{
    return (int64_t)intake_counted(of, "erased");
}

static const struct counter counters[] = {
    { "households", "Households registered, the erased ones among them.", count_households },
    { "requests_open", "Requests neither decided, withdrawn nor lapsed.", count_open_requests },
    { "erased", "Households erased.", count_erased },
    { 0 },
};

const struct service intake_service = {
    .name = "intake",
    .tables_version = 4,
    .tables = tables,
    .methods = methods,
    .commands = &intake__intake_commands__descriptor,
    .queries = &intake__intake_queries__descriptor,
    .event = &intake__event__descriptor,
    .record = &intake__records__record__descriptor,
    .applications = applications,
    .deadlines = deadlines,
    .memory = &intake_names_in_memory,
    .counters = counters,
};
