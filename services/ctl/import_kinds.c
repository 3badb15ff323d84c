#include "services/ctl/import_kinds.h"

#include "proto/intake.pb-c.h"
#include "proto/lodging.pb-c.h"
#include "proto/measures.pb-c.h"

#include <string.h>

#define COLUMNS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static char *text(struct import_row *row, const char *column)
{
    return (char *)(uintptr_t)field_text(row, column);
}

static char *needed(struct import_row *row, const char *column)
{
    return (char *)(uintptr_t)field_needed(row, column);
}

/* --- intake ----------------------------------------------------------------------------------- */

static Intake__Situation *read_situation(struct import_row *row)
{
    Intake__Situation *situation = arena_take(row->arena, sizeof *situation);

    if (!situation)
        return NULL;
    intake__situation__init(situation);
    situation->type = field_choice(row, "type", &tremplin__household_type__descriptor);
    situation->adults = field_number(row, "adultes");
    situation->children = field_number(row, "enfants");
    situation->tenure = field_choice(row, "statut d'occupation", &tremplin__tenure__descriptor);
    situation->previous_housing =
        field_choice(row, "logement précédent", &tremplin__previous_housing__descriptor);
    situation->location_type =
        field_choice(row, "localisation", &tremplin__location_type__descriptor);
    situation->resource_band =
        field_choice(row, "ressources", &tremplin__resource_band__descriptor);
    situation->socio_professional_status =
        field_choice(row, "situation", &tremplin__socio_professional_status__descriptor);
    situation->district = needed(row, "circonscription");
    return situation;
}

static void read_household(struct import_row *row)
{
    Intake__RegisterHousehold command = INTAKE__REGISTER_HOUSEHOLD__INIT;

    command.household = id_for(row, "ménage", field_needed(row, "ménage"));
    command.name = field_sealed(row, arena_format(row->arena, "%s %s", field_needed(row, "nom"),
                                                  field_text(row, "prénom")));
    command.birth = field_sealed(row, field_day(row, "naissance"));
    command.contact = field_sealed(row, field_text(row, "contact"));
    command.situation = read_situation(row);
    command.opened_on = field_date(row, "ouvert le");
    add_step(row, "intake.RegisterHousehold", &command.base);
}

static void read_body(struct import_row *row)
{
    Intake__OpenDecisionBody command = INTAKE__OPEN_DECISION_BODY__INIT;

    command.district = needed(row, "circonscription");
    command.body = id_for(row, "instance", command.district);
    command.mode = field_choice(row, "mode", &intake__decision_mode__descriptor);
    command.quorum = field_number(row, "quorum");
    command.cut_off_days = field_number(row, "jours avant séance");
    add_step(row, "intake.OpenDecisionBody", &command.base);
}

static void read_session(struct import_row *row)
{
    Intake__PlanSession plan = INTAKE__PLAN_SESSION__INIT;
    Intake__HoldSession hold = INTAKE__HOLD_SESSION__INIT;

    plan.session = id_for(row, "séance", field_needed(row, "séance"));
    plan.body = id_for(row, "instance", field_needed(row, "circonscription"));
    plan.held_on = field_date_needed(row, "tenue le");
    add_step(row, "intake.PlanSession", &plan.base);
    if (*field_text(row, "présents") == '\0')
        return;
    hold.session = plan.session;
    hold.members_present = field_number(row, "présents");
    add_step(row, "intake.HoldSession", &hold.base);
}

static void read_request(struct import_row *row)
{
    Intake__SubmitRequest command = INTAKE__SUBMIT_REQUEST__INIT;
    int *items, *domains;

    command.request = id_for(row, "demande", field_needed(row, "demande"));
    command.household = id_for(row, "ménage", field_needed(row, "ménage"));
    command.scheme = field_choice(row, "dispositif", &tremplin__scheme__descriptor);
    command.origin = field_choice(row, "origine", &tremplin__request_origin__descriptor);
    command.prescriber = text(row, "prescripteur");
    command.received_on = field_date_needed(row, "reçue le");
    command.consented_on = field_date(row, "adhésion le");
    command.n_items = field_choices(row, "pièces", &intake__file_item__descriptor, &items);
    command.items = (Intake__FileItem *)(void *)items;
    command.n_domains =
        field_choices(row, "domaines", &tremplin__intervention_domain__descriptor, &domains);
    command.domains = (Tremplin__InterventionDomain *)(void *)domains;
    command.tied_to_financial_aid = field_yes(row, "liée à une aide");
    add_step(row, "intake.SubmitRequest", &command.base);
}

static void read_decision(struct import_row *row)
{
    Intake__DecideRequest command = INTAKE__DECIDE_REQUEST__INIT;
    const char *request = field_needed(row, "demande");
    const char *agreement = field_text(row, "convention");
    const char *line = field_text(row, "ligne");

    command.request = id_for(row, "demande", request);
    command.decision = field_choice(row, "décision", &intake__decision__descriptor);
    command.decided_on = field_date_needed(row, "décidée le");
    command.months = field_number(row, "mois");
    command.agreement = id_for(row, "convention", agreement);
    command.line = *line ? id_for(row, agreement, line) : (char *)(uintptr_t) "";
    command.operator_ = text(row, "opérateur");
    command.reason = field_choice(row, "motif", &tremplin__refusal_reason__descriptor);
    command.session = id_for(row, "séance", field_text(row, "séance"));
    if (command.decision == INTAKE__DECISION__DECISION_GRANT)
        command.measure = id_for(row, "mesure", request);
    add_step(row, "intake.DecideRequest", &command.base);
}

/* --- measures --------------------------------------------------------------------------------- */

static void read_worker(struct import_row *row)
{
    Measures__RegisterWorker command = MEASURES__REGISTER_WORKER__INIT;

    command.code = needed(row, "travailleur");
    command.worker = id_for(row, "travailleur", command.code);
    command.district = needed(row, "circonscription");
    command.profession = field_choice(row, "profession", &measures__profession__descriptor);
    command.operator_ = text(row, "opérateur");
    add_step(row, "measures.RegisterWorker", &command.base);
}

static Measures__AgreementLine *read_line(struct import_row *row, const char *agreement)
{
    Measures__AgreementLine *line = arena_take(row->arena, sizeof *line);

    if (!line)
        return NULL;
    measures__agreement_line__init(line);
    line->name = needed(row, "ligne");
    line->line = id_for(row, agreement, line->name);
    line->target_public = field_choice(row, "public", &measures__target_public__descriptor);
    line->contracted_measures = field_number(row, "mesures");
    line->contracted_measure_months = field_number(row, "mois-mesures");
    return line;
}

/* A row a line of the agreement, which is opened with all its lines. */
static void read_agreement(struct import_row *row)
{
    Measures__OpenAgreement command = MEASURES__OPEN_AGREEMENT__INIT;
    Measures__AgreementLine *lines[TOGETHER_MOST];
    const char *reference = field_needed(row, "convention");

    command.agreement = id_for(row, "convention", reference);
    command.name = needed(row, "nom");
    command.operator_ = needed(row, "opérateur");
    command.scheme = field_choice(row, "dispositif", &tremplin__scheme__descriptor);
    command.signed_on = field_date_needed(row, "signée le");
    command.starts_on = field_date_needed(row, "début");
    command.ends_on = field_date_needed(row, "dernier jour");
    command.counting = field_choice(row, "comptage", &measures__counting_method__descriptor);
    command.lines = lines;
    for (size_t i = 0; i < row->together_count; i++) {
        row->fields = &row->together[i];
        lines[command.n_lines] = read_line(row, reference);
        if (lines[command.n_lines])
            command.n_lines++;
    }
    add_step(row, "measures.OpenAgreement", &command.base);
}

static void add_renewal(struct import_row *row, char *measure)
{
    Measures__WriteReview review = MEASURES__WRITE_REVIEW__INIT;
    Measures__AskRenewal ask_renewal = MEASURES__ASK_RENEWAL__INIT;
    Measures__DecideRenewal decide = MEASURES__DECIDE_RENEWAL__INIT;
    Tremplin__Date *renewed_on = field_date(row, "renouvelée le");

    if (!renewed_on)
        return;
    review.measure = measure;
    review.written_on = renewed_on;
    add_step(row, "measures.WriteReview", &review.base);
    ask_renewal.measure = measure;
    ask_renewal.months = field_number(row, "mois renouvelés");
    ask_renewal.asked_on = renewed_on;
    ask_renewal.consented_on = renewed_on;
    add_step(row, "measures.AskRenewal", &ask_renewal.base);
    decide.measure = measure;
    decide.granted = true;
    decide.months = ask_renewal.months;
    decide.decided_on = renewed_on;
    add_step(row, "measures.DecideRenewal", &decide.base);
}

static void add_closing(struct import_row *row, char *measure)
{
    Measures__StopMeasure stop = MEASURES__STOP_MEASURE__INIT;
    Measures__EvaluateMeasure evaluate = MEASURES__EVALUATE_MEASURE__INIT;
    Measures__Snapshot snapshot = MEASURES__SNAPSHOT__INIT;
    int *domains;

    stop.stopped_on = field_date(row, "terminée le");
    if (!stop.stopped_on)
        return;
    stop.measure = measure;
    stop.reason = field_choice(row, "motif de fin", &tremplin__closing_reason__descriptor);
    stop.joint_decision_on = field_date(row, "décision conjointe le");
    add_step(row, "measures.StopMeasure", &stop.base);
    evaluate.evaluated_on = field_date(row, "évaluée le");
    if (!evaluate.evaluated_on)
        return;
    evaluate.measure = measure;
    snapshot.tenure = field_choice(row, "statut à la sortie", &tremplin__tenure__descriptor);
    snapshot.resource_band =
        field_choice(row, "ressources à la sortie", &tremplin__resource_band__descriptor);
    snapshot.socio_professional_status = field_choice(
        row, "situation à la sortie", &tremplin__socio_professional_status__descriptor);
    evaluate.exit = &snapshot;
    evaluate.n_domains =
        field_choices(row, "domaines", &tremplin__intervention_domain__descriptor, &domains);
    evaluate.domains = (Tremplin__InterventionDomain *)(void *)domains;
    evaluate.outcome = field_choice(row, "résultat", &tremplin__housing_outcome__descriptor);
    add_step(row, "measures.EvaluateMeasure", &evaluate.base);
}

/* Six months after its end. */
static void add_follow_up(struct import_row *row, char *measure)
{
    Measures__RecordFollowUp follow_up = MEASURES__RECORD_FOLLOW_UP__INIT;
    Measures__Snapshot situation = MEASURES__SNAPSHOT__INIT;

    follow_up.attempted_on = field_date(row, "contact à six mois le");
    if (!follow_up.attempted_on)
        return;
    follow_up.measure = measure;
    follow_up.channel = field_choice(row, "moyen du contact", &measures__contact_kind__descriptor);
    follow_up.result =
        field_choice(row, "résultat du contact", &measures__follow_up_result__descriptor);
    follow_up.housing =
        field_choice(row, "logement au contact", &tremplin__housing_outcome__descriptor);
    situation.tenure = field_choice(row, "statut au contact", &tremplin__tenure__descriptor);
    situation.resource_band =
        field_choice(row, "ressources au contact", &tremplin__resource_band__descriptor);
    follow_up.situation = &situation;
    follow_up.satisfaction = field_number(row, "satisfaction");
    add_step(row, "measures.RecordFollowUp", &follow_up.base);
}

static void read_measure(struct import_row *row)
{
    Measures__AssignMeasure assign = MEASURES__ASSIGN_MEASURE__INIT;
    Measures__HoldFirstMeeting meet = MEASURES__HOLD_FIRST_MEETING__INIT;
    Measures__SignContract sign = MEASURES__SIGN_CONTRACT__INIT;
    Measures__Signature household = MEASURES__SIGNATURE__INIT, operator= MEASURES__SIGNATURE__INIT;
    Measures__Signature *signatures[] = { &household, &operator};
    char *measure = id_for(row, "mesure", field_needed(row, "demande"));

    assign.measure = measure;
    assign.worker = id_for(row, "travailleur", field_needed(row, "travailleur"));
    assign.assigned_on = field_date_needed(row, "affectée le");
    add_step(row, "measures.AssignMeasure", &assign.base);
    meet.measure = measure;
    meet.held_on = field_date(row, "premier rendez-vous le");
    if (!meet.held_on)
        return;
    add_step(row, "measures.HoldFirstMeeting", &meet.base);
    sign.starts_on = field_date(row, "contrat signé le");
    if (!sign.starts_on)
        return;
    sign.measure = measure;
    household.by = MEASURES__SIGNATORY_KIND__SIGNATORY_KIND_HOUSEHOLD;
    household.signed_on = sign.starts_on;
    operator.by = MEASURES__SIGNATORY_KIND__SIGNATORY_KIND_OPERATOR;
    operator.signed_on = sign.starts_on;
    sign.signatures = signatures;
    sign.n_signatures = 2;
    add_step(row, "measures.SignContract", &sign.base);
    add_renewal(row, measure);
    add_closing(row, measure);
    add_follow_up(row, measure);
}

/* --- lodging ---------------------------------------------------------------------------------- */

static void read_residence(struct import_row *row)
{
    Lodging__OpenResidence command = LODGING__OPEN_RESIDENCE__INIT;

    command.residence = id_for(row, "résidence", field_needed(row, "résidence"));
    command.name = needed(row, "nom");
    command.kind = field_choice(row, "type", &tremplin__residence_kind__descriptor);
    command.manager = needed(row, "gestionnaire");
    command.own_stock = field_yes(row, "parc propre");
    command.has_social_worker = field_yes(row, "travailleur social");
    command.opened_on = field_date(row, "ouverte le");
    add_step(row, "lodging.OpenResidence", &command.base);
}

static void read_unit(struct import_row *row)
{
    Lodging__CommissionUnit command = LODGING__COMMISSION_UNIT__INIT;

    command.unit = id_for(row, "logement", field_needed(row, "logement"));
    command.residence = id_for(row, "résidence", field_text(row, "résidence"));
    command.name = needed(row, "nom");
    command.places = field_number(row, "places");
    command.holder = field_choice(row, "réservataire", &tremplin__reservation_holder__descriptor);
    command.programme = text(row, "programme");
    command.furnished = field_yes(row, "meublé");
    command.rent = field_money(row, "loyer");
    command.charges = field_money(row, "charges");
    command.services = field_money(row, "prestations");
    command.manager = text(row, "gestionnaire");
    command.own_stock = field_yes(row, "parc propre");
    command.commissioned_on = field_date(row, "mis en service le");
    add_step(row, "lodging.CommissionUnit", &command.base);
}

/* The account that a stay is paid on: named as the organisation's books name it, else as the stay.
 * A reference that is an identifier is the stay's own: lodging then makes the account's. */
static char *account_of_stay(struct import_row *row, const char *stay)
{
    const char *account = field_text(row, "compte");
    struct id given;

    if (*account == '\0' && !id_parse(stay, &given))
        account = stay;
    return id_for(row, "compte", account);
}

static void read_stay(struct import_row *row)
{
    Lodging__SignTitle sign = LODGING__SIGN_TITLE__INIT;
    Lodging__StartStay start = LODGING__START_STAY__INIT;
    Lodging__EndStay end = LODGING__END_STAY__INIT;
    const char *reference = field_needed(row, "séjour");
    char *stay = id_for(row, "séjour", reference);

    sign.stay = stay;
    sign.account = account_of_stay(row, reference);
    sign.unit = id_for(row, "logement", field_needed(row, "logement"));
    sign.household = id_for(row, "ménage", field_needed(row, "ménage"));
    sign.signed_on = field_date_needed(row, "titre signé le");
    sign.document = arena_format(row->arena, "TITRE-%s", reference);
    sign.house_rules_annexed = true;
    sign.term_months = field_number(row, "durée visée");
    add_step(row, "lodging.SignTitle", &sign.base);
    start.entered_on = field_date(row, "entrée le");
    if (!start.entered_on)
        return;
    start.stay = stay;
    add_step(row, "lodging.StartStay", &start.base);
    end.left_on = field_date(row, "sortie le");
    if (!end.left_on)
        return;
    end.stay = stay;
    end.channel = field_choice(row, "filière", &tremplin__exit_channel__descriptor);
    end.direction = field_choice(row, "direction", &tremplin__exit_direction__descriptor);
    end.destination = text(row, "destination");
    add_step(row, "lodging.EndStay", &end.base);
}

static void read_payment(struct import_row *row)
{
    Lodging__RecordPayment command = LODGING__RECORD_PAYMENT__INIT;

    command.account = id_for(row, "compte", field_needed(row, "compte"));
    command.amount = field_money(row, "montant");
    command.paid_on = field_date_needed(row, "payé le");
    command.method = field_choice(row, "moyen", &lodging__payment_method__descriptor);
    command.term = field_date(row, "mois");
    command.reference = needed(row, "référence");
    add_step(row, "lodging.RecordPayment", &command.base);
}

const struct import_kind import_kinds[] = {
    { "instances", COLUMNS("circonscription", "mode"), read_body, NULL },
    { "seances", COLUMNS("séance", "circonscription", "tenue le"), read_session, NULL },
    { "menages", COLUMNS("ménage", "nom", "circonscription"), read_household, NULL },
    { "demandes", COLUMNS("demande", "ménage", "dispositif", "origine", "reçue le"), read_request,
      NULL },
    { "decisions", COLUMNS("demande", "décision", "décidée le"), read_decision, NULL },
    { "travailleurs", COLUMNS("travailleur", "circonscription"), read_worker, NULL },
    { "conventions", COLUMNS("convention", "nom", "opérateur", "dispositif", "ligne", "public"),
      read_agreement, "convention" },
    { "mesures", COLUMNS("demande", "travailleur", "affectée le"), read_measure, NULL },
    { "residences", COLUMNS("résidence", "nom", "type", "gestionnaire"), read_residence, NULL },
    { "logements", COLUMNS("logement", "nom", "réservataire"), read_unit, NULL },
    { "sejours", COLUMNS("séjour", "logement", "ménage", "titre signé le"), read_stay, NULL },
    { "paiements", COLUMNS("compte", "montant", "payé le", "référence"), read_payment, NULL },
    { 0 },
};

const struct import_field import_fields[] = {
    { "type", "type" },
    { "adults", "adultes" },
    { "children", "enfants" },
    { "tenure", "statut d'occupation" },
    { "previous_housing", "logement précédent" },
    { "location_type", "localisation" },
    { "resource_band", "ressources" },
    { "socio_professional_status", "situation" },
    { "district", "circonscription" },
    { "household", "ménage" },
    { "opened_on", "ouvert le" },
    { "mode", "mode" },
    { "quorum", "quorum" },
    { "cut_off_days", "jours avant séance" },
    { "session", "séance" },
    { "body", "circonscription" },
    { "held_on", "tenue le" },
    { "members_present", "présents" },
    { "request", "demande" },
    { "scheme", "dispositif" },
    { "origin", "origine" },
    { "prescriber", "prescripteur" },
    { "received_on", "reçue le" },
    { "consented_on", "adhésion le" },
    { "tied_to_financial_aid", "liée à une aide" },
    { "decision", "décision" },
    { "decided_on", "décidée le" },
    { "months", "mois" },
    { "agreement", "convention" },
    { "operator", "opérateur" },
    { "reason", "motif" },
    { "code", "travailleur" },
    { "worker", "travailleur" },
    { "profession", "profession" },
    { "name", "nom" },
    { "signed_on", "signée le" },
    { "starts_on", "début" },
    { "ends_on", "dernier jour" },
    { "counting", "comptage" },
    { "stopped_on", "terminée le" },
    { "reason", "motif de fin" },
    { "joint_decision_on", "décision conjointe le" },
    { "evaluated_on", "évaluée le" },
    { "outcome", "résultat" },
    { "tenure", "statut au contact" },
    { "resource_band", "ressources au contact" },
    { "assigned_on", "affectée le" },
    { "held_on", "premier rendez-vous le" },
    { "starts_on", "contrat signé le" },
    { "residence", "résidence" },
    { "kind", "type" },
    { "manager", "gestionnaire" },
    { "own_stock", "parc propre" },
    { "has_social_worker", "travailleur social" },
    { "opened_on", "ouverte le" },
    { "unit", "logement" },
    { "places", "places" },
    { "holder", "réservataire" },
    { "programme", "programme" },
    { "furnished", "meublé" },
    { "rent", "loyer" },
    { "charges", "charges" },
    { "services", "prestations" },
    { "commissioned_on", "mis en service le" },
    { "signed_on", "titre signé le" },
    { "term_months", "durée visée" },
    { "entered_on", "entrée le" },
    { "left_on", "sortie le" },
    { "channel", "filière" },
    { "direction", "direction" },
    { "destination", "destination" },
    { "account", "compte" },
    { "amount", "montant" },
    { "paid_on", "payé le" },
    { "method", "moyen" },
    { "term", "mois" },
    { "reference", "référence" },
    { "birth", "naissance" },
    { "contact", "contact" },
    { "measure", "demande" },
    { "line", "ligne" },
    { "stay", "séjour" },
    { "items", "pièces" },
    { "domains", "domaines" },
    { 0 },
};

/* --- finding them ----------------------------------------------------------------------------- */

const struct import_kind *import_kind_of(const struct ctl *ctl, const char *name)
{
    for (const struct import_kind *kind = import_kinds; kind->name; kind++)
        if (strcmp(kind->name, name) == 0)
            return kind;
    fprintf(stderr, "%s %s (", say(ctl, "genre de fichier inconnu :", "unknown kind of file:"),
            name);
    for (const struct import_kind *kind = import_kinds; kind->name; kind++)
        fprintf(stderr, "%s%s", kind == import_kinds ? "" : ", ", kind->name);
    fprintf(stderr, ")\n");
    return NULL;
}

bool import_needs(const struct import_kind *kind, const char *column)
{
    for (const char *const *needed = kind->columns; *needed; needed++)
        if (strcmp(*needed, column) == 0)
            return true;
    return false;
}

void import_columns_of(const struct import_kind *kind, struct arena *arena,
                       struct import_columns *columns)
{
    struct csv_row none = { 0 };
    struct import_row row = {
        .organisation = "",
        .arena = arena,
        .header = &none,
        .fields = &none,
        .together = &none,
        .together_count = 1,
        .asked = columns,
    };

    columns->count = 0;
    kind->read(&row);
}
