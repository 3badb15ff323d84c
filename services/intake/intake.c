#include "services/intake/intake.h"

#include "services/intake/parts.h"

static const struct method methods[] = {
    { "RegisterHousehold", intake_on_register_household, ROLE_STAFF,
      "Enregistre un ménage : son identité, scellée, et sa situation en codes.",
      "Registers a household: its identity, sealed, and its situation as codes." },
    { "ChangeSituation", intake_on_change_situation, ROLE_STAFF,
      "Enregistre un changement de situation d'un ménage.",
      "Records a change in a household's situation." },
    { "EraseHousehold", intake_on_erase_household, ROLE_STAFF | ROLE_OPERATOR,
      "Efface un ménage : sa clé est détruite partout, les comptes restent.",
      "Erases a household: its key is destroyed everywhere, the counts stay." },
    { "OpenDecisionBody", intake_on_open_decision_body, ROLE_STAFF,
      "Crée l'instance de décision d'une circonscription.",
      "Opens the deciding body of a district." },
    { "PlanSession", intake_on_plan_session, ROLE_STAFF,
      "Programme une séance de commission ; les demandes en attente y sont inscrites.",
      "Plans a session of a commission; the requests that wait are put on its agenda." },
    { "HoldSession", intake_on_hold_session, ROLE_STAFF,
      "Enregistre qu'une séance s'est tenue, avec ses membres présents.",
      "Records that a session was held, with the members present." },
    { "SubmitRequest", intake_on_submit_request, ROLE_STAFF,
      "Dépose une demande ; complète, elle est aussitôt orientée.",
      "Submits a request; complete, it is routed at once." },
    { "CompleteRequest", intake_on_complete_request, ROLE_STAFF,
      "Ajoute à une demande les pièces arrivées.", "Adds to a request the items that came." },
    { "DecideRequest", intake_on_decide_request, ROLE_STAFF,
      "Enregistre une décision : accord, refus ou ajournement.",
      "Records a decision: granted, refused or deferred." },
    { "WithdrawRequest", intake_on_withdraw_request, ROLE_STAFF, "Retire une demande.",
      "Withdraws a request." },
    { "ChangeAccreditation", intake_on_change_accreditation, ROLE_STAFF,
      "Inscrit l'agrément d'une association, ou en change la fin.",
      "Records the accreditation of an association, or changes its end." },
    { "Household", intake_on_household, ROLE_STAFF, "Montre un ménage.", "Shows a household." },
    { "FindHouseholds", intake_on_find_households, ROLE_STAFF,
      "Cherche des ménages par une partie du nom, quels que soient les accents.",
      "Finds households by a part of the name, whatever its accents." },
    { "Request", intake_on_request, ROLE_STAFF, "Montre une demande.", "Shows a request." },
    { "Requests", intake_on_requests, ROLE_STAFF | ROLE_INTEGRATOR,
      "Liste les demandes en cours, ou celles d'un état.",
      "Lists the open requests, or those in a state." },
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

static const struct deadline_kind deadlines[] = {
    { INTAKE_DEADLINE_LAPSE, "request_lapses", intake_pass_lapse },
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
    .tables_version = 3,
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
