#include "services/measures/measures.h"

#include "services/measures/parts.h"

static const struct table *const tables[] = {
    &measures_workers,        &measures_agreements,
    &measures_measures,       &measures_by_household,
    &measures_by_worker,      &measures_open,
    &measures_matters,        &measures_counted,
    &measures_texts,          &measures_follow_ups,
    &measures_follow_ups_due, &measures_prescribers,
    &measures_accreditations, NULL,
};

static const struct method methods[] = {
    {
        .name = "RegisterWorker",
        .handle = measures_on_register_worker,
        .roles = ROLE_STAFF | ROLE_OPERATOR,
        .help_french = "Enregistre un poste d'intervenant, sans nom de personne.",
        .help_english = "Registers a worker's post, with no person's name.",
    },
    {
        .name = "OpenAgreement",
        .handle = measures_on_open_agreement,
        .roles = ROLE_STAFF,
        .help_french = "Ouvre une convention et ses lignes contractées.",
        .help_english = "Opens an agreement and the lines it contracts.",
    },
    {
        .name = "AssignMeasure",
        .handle = measures_on_assign_measure,
        .roles = ROLE_STAFF,
        .help_french = "Attribue une mesure à un intervenant, ou en change.",
        .help_english = "Assigns a measure to a worker, or to another one.",
    },
    {
        .name = "SettleMatter",
        .handle = measures_on_settle_matter,
        .roles = ROLE_STAFF,
        .help_french = "Règle ce qui faisait obstacle à une mesure accordée.",
        .help_english = "Settles what stood in the way of a granted measure.",
    },
    {
        .name = "CancelMeasure",
        .handle = measures_on_cancel_measure,
        .roles = ROLE_STAFF,
        .help_french = "Annule une mesure qui n'a pas commencé ; sa quantité est rendue.",
        .help_english = "Cancels a measure that has not started; its quantity is given back.",
    },
    {
        .name = "HoldFirstMeeting",
        .handle = measures_on_hold_first_meeting,
        .roles = ROLE_STAFF,
        .help_french = "Note le premier entretien avec le ménage.",
        .help_english = "Notes the first meeting with the household.",
    },
    {
        .name = "SignContract",
        .handle = measures_on_sign_contract,
        .roles = ROLE_STAFF,
        .help_french = "Ajoute des signatures ; la dernière fait commencer la mesure.",
        .help_english = "Adds signatures; the last one starts the measure.",
    },
    {
        .name = "NoteContact",
        .handle = measures_on_note_contact,
        .roles = ROLE_STAFF,
        .help_french = "Note un contact avec le ménage ou à son sujet.",
        .help_english = "Notes a contact with the household or about it.",
    },
    {
        .name = "SuspendMeasure",
        .handle = measures_on_suspend_measure,
        .roles = ROLE_STAFF,
        .help_french = "Suspend une mesure en cours.",
        .help_english = "Suspends a running measure.",
    },
    {
        .name = "ResumeMeasure",
        .handle = measures_on_resume_measure,
        .roles = ROLE_STAFF,
        .help_french = "Reprend une mesure suspendue.",
        .help_english = "Resumes a suspended measure.",
    },
    {
        .name = "WriteReview",
        .handle = measures_on_write_review,
        .roles = ROLE_STAFF,
        .help_french = "Rédige un bilan.",
        .help_english = "Writes a review.",
    },
    {
        .name = "AskRenewal",
        .handle = measures_on_ask_renewal,
        .roles = ROLE_STAFF,
        .help_french = "Demande le renouvellement, avec le bilan et l'accord du ménage.",
        .help_english = "Asks for a renewal, with the review and the household's consent.",
    },
    {
        .name = "DecideRenewal",
        .handle = measures_on_decide_renewal,
        .roles = ROLE_STAFF,
        .help_french = "Accorde ou refuse un renouvellement demandé.",
        .help_english = "Grants or refuses a renewal that was asked for.",
    },
    {
        .name = "StopMeasure",
        .handle = measures_on_stop_measure,
        .roles = ROLE_STAFF,
        .help_french = "Met fin à l'accompagnement avant son terme.",
        .help_english = "Ends the support before its term.",
    },
    {
        .name = "EvaluateMeasure",
        .handle = measures_on_evaluate_measure,
        .roles = ROLE_STAFF,
        .help_french =
            "Évalue et clôt une mesure terminée ; évalue le contrat d'une MASP en cours.",
        .help_english = "Evaluates and closes a measure that is over; evaluates a running MASP's "
                        "contract.",
    },
    {
        .name = "RecordFollowUp",
        .handle = measures_on_record_follow_up,
        .roles = ROLE_STAFF,
        .help_french = "Note une tentative ou le résultat du contact à six mois.",
        .help_english = "Records an attempt at the six-month contact, or its result.",
    },
    {
        .name = "Measure",
        .handle = measures_on_measure,
        .roles = ROLE_STAFF,
        .help_french = "Montre une mesure, avec ses notes en clair.",
        .help_english = "Shows a measure, with its notes in clear.",
    },
    {
        .name = "Measures",
        .handle = measures_on_measures,
        .roles = ROLE_ANYBODY,
        .help_french = "Liste les mesures : d'un intervenant, d'un état, à régler.",
        .help_english = "Lists measures: of a worker, in a state, to settle.",
    },
    {
        .name = "Caseload",
        .handle = measures_on_caseload,
        .roles = ROLE_ANYBODY,
        .help_french =
            "Dit combien de mesures suit un intervenant, et combien il peut encore en prendre.",
        .help_english = "Says how many measures a worker holds, and how many more fit.",
    },
    {
        .name = "Agreement",
        .handle = measures_on_agreement,
        .roles = ROLE_ANYBODY,
        .help_french = "Montre une convention : contracté, réservé, consommé, restant.",
        .help_english = "Shows an agreement: contracted, reserved, consumed, left.",
    },
    { 0 },
};

static const struct application applications[] = {
    { &measures__worker_registered__descriptor, measures_apply_worker_registered },
    { &measures__agreement_opened__descriptor, measures_apply_agreement_opened },
    { &measures__agreement_line_changed__descriptor, measures_apply_agreement_line_changed },
    { &measures__measure_granted__descriptor, measures_apply_measure_granted },
    { &measures__matter_to_settle__descriptor, measures_apply_matter_to_settle },
    { &measures__matter_settled__descriptor, measures_apply_matter_settled },
    { &measures__measure_assigned__descriptor, measures_apply_measure_assigned },
    { &measures__caseload_changed__descriptor, measures_apply_caseload_changed },
    { &measures__first_meeting_held__descriptor, measures_apply_first_meeting_held },
    { &measures__contract_partly_signed__descriptor, measures_apply_contract_partly_signed },
    { &measures__measure_started__descriptor, measures_apply_measure_started },
    { &measures__contact_noted__descriptor, measures_apply_contact_noted },
    { &measures__measure_suspended__descriptor, measures_apply_measure_suspended },
    { &measures__measure_resumed__descriptor, measures_apply_measure_resumed },
    { &measures__review_written__descriptor, measures_apply_review_written },
    { &measures__renewal_asked__descriptor, measures_apply_renewal_asked },
    { &measures__measure_renewed__descriptor, measures_apply_measure_renewed },
    { &measures__contract_evaluated__descriptor, measures_apply_contract_evaluated },
    { &measures__measure_closing__descriptor, measures_apply_measure_closing },
    { &measures__measure_closed__descriptor, measures_apply_measure_closed },
    { &measures__measure_cancelled__descriptor, measures_apply_measure_cancelled },
    { &measures__follow_up_planned__descriptor, measures_apply_follow_up_planned },
    { &measures__follow_up_opened__descriptor, measures_apply_follow_up_opened },
    { &measures__follow_up_attempted__descriptor, measures_apply_follow_up_attempted },
    { &measures__follow_up_ended__descriptor, measures_apply_follow_up_ended },
    { &measures__months_counted__descriptor, measures_apply_months_counted },
    { &measures__months_taken_back__descriptor, measures_apply_months_taken_back },
    { 0 },
};

static const struct source sources[] = {
    { "intake", &intake__event__descriptor, measures_of_intake },
    { 0 },
};

static const struct deadline_kind deadlines[] = {
    { MEASURES_DEADLINE_COUNT, "month_over", measures_pass_count },
    { MEASURES_DEADLINE_END, "end_reached", measures_pass_end },
    { MEASURES_DEADLINE_FOLLOW_UP_OPENS, "follow_up_opens", measures_pass_follow_up_opens },
    { MEASURES_DEADLINE_FOLLOW_UP_DUE, "follow_up_due", measures_pass_follow_up_due },
    { 0 },
};

static int64_t count_open(struct tables *of)
{
    return (int64_t)table_count(of, &measures_open);
}

static int64_t count_matters(struct tables *of)
{
    return (int64_t)table_count(of, &measures_matters);
}

static int64_t count_follow_ups_due(struct tables *of)
{
    return (int64_t)table_count(of, &measures_follow_ups_due);
}

static int64_t count_workers(struct tables *of)
{
    return (int64_t)table_count(of, &measures_workers);
}

static const struct counter counters[] = {
    { "measures_open", "Measures that are neither closed nor cancelled.", count_open },
    { "to_settle", "Grants with a matter to settle.", count_matters },
    { "follow_ups_due", "Six-month contacts whose window is open.", count_follow_ups_due },
    { "workers", "Workers registered.", count_workers },
    { 0 },
};

const struct service measures_service = {
    .name = "measures",
    .tables_version = 4,
    .tables = tables,
    .methods = methods,
    .commands = &measures__measures_commands__descriptor,
    .queries = &measures__measures_queries__descriptor,
    .event = &measures__event__descriptor,
    .record = &measures__records__record__descriptor,
    .applications = applications,
    .sources = sources,
    .deadlines = deadlines,
    .counters = counters,
};
