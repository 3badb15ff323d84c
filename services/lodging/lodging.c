#include "services/lodging/lodging.h"

#include "proto/intake.pb-c.h"
#include "services/lodging/parts.h"

static const struct table *const tables[] = {
    &lodging_residences,
    &lodging_units,
    &lodging_units_of_residence,
    &lodging_vacancies,
    &lodging_vacancies_open,
    &lodging_candidatures,
    &lodging_candidatures_of_vacancy,
    &lodging_candidatures_of_household,
    &lodging_stays,
    &lodging_stays_of_unit,
    &lodging_stays_running,
    &lodging_accounts,
    &lodging_account_lines,
    &lodging_accounts_late,
    NULL,
};

/* --- what may be asked ------------------------------------------------------------------------ */

static const struct method methods[] = {
    {
        .name = "OpenResidence",
        .handle = lodging_on_open_residence,
        .roles = ROLE_STAFF,
        .help_french = "Ouvre une résidence avec son type et son gestionnaire.",
        .help_english = "Opens a residence with its kind and its manager.",
    },
    {
        .name = "CommissionUnit",
        .handle = lodging_on_commission_unit,
        .roles = ROLE_STAFF,
        .help_french =
            "Met un logement en service avec ses places, son réservataire et sa redevance.",
        .help_english = "Commissions a unit with its places, its reservation holder and its fee.",
    },
    {
        .name = "FreeUnit",
        .handle = lodging_on_free_unit,
        .roles = ROLE_STAFF,
        .help_french =
            "Ouvre la vacance d'une place : les huit jours pour proposer des candidats courent.",
        .help_english = "Opens a place's vacancy: the eight days to propose candidates run.",
    },
    {
        .name = "ProposeCandidature",
        .handle = lodging_on_propose_candidature,
        .roles = ROLE_STAFF,
        .help_french =
            "Envoie la candidature d'un ménage sur une vacance, si le dossier et les ressources le "
            "permettent.",
        .help_english =
            "Sends a household's candidature for a vacancy, if its file and income allow it.",
    },
    {
        .name = "RefuseCandidature",
        .handle = lodging_on_refuse_candidature,
        .roles = ROLE_STAFF,
        .help_french = "Enregistre le refus motivé d'une candidature par le gestionnaire.",
        .help_english = "Records the manager's refusal of a candidature, with its reason.",
    },
    {
        .name = "WithdrawCandidature",
        .handle = lodging_on_withdraw_candidature,
        .roles = ROLE_STAFF,
        .help_french = "Enregistre le désistement d'un candidat.",
        .help_english = "Records that a candidate withdraws.",
    },
    {
        .name = "RetainCandidature",
        .handle = lodging_on_retain_candidature,
        .roles = ROLE_STAFF,
        .help_french = "Retient une candidature et réserve la place.",
        .help_english = "Retains a candidature and reserves the place.",
    },
    {
        .name = "ExtendVacancy",
        .handle = lodging_on_extend_vacancy,
        .roles = ROLE_STAFF,
        .help_french = "Prolonge le délai d'une vacance, avec l'accord et le motif.",
        .help_english = "Extends a vacancy's deadline, with who agreed and why.",
    },
    {
        .name = "ReturnVacancy",
        .handle = lodging_on_return_vacancy,
        .roles = ROLE_STAFF,
        .help_french = "Rouvre une place perdue que le gestionnaire rend, avec un nouveau délai.",
        .help_english = "Opens a lost place anew that its manager gives back, with a new clock.",
    },
    {
        .name = "RecordCorrectiveAction",
        .handle = lodging_on_record_corrective_action,
        .roles = ROLE_STAFF,
        .help_french = "Enregistre ce qui sera fait pour qu'une place ne soit plus perdue.",
        .help_english = "Records what will be done so that a place is not lost again.",
    },
    {
        .name = "SignTitle",
        .handle = lodging_on_sign_title,
        .roles = ROLE_STAFF,
        .help_french = "Enregistre un titre d'occupation signé et ouvre son compte.",
        .help_english = "Records a signed occupancy title and opens its account.",
    },
    {
        .name = "StartStay",
        .handle = lodging_on_start_stay,
        .roles = ROLE_STAFF,
        .help_french = "Enregistre l'entrée d'un ménage dans la place.",
        .help_english = "Records that a household moves in.",
    },
    {
        .name = "EndStay",
        .handle = lodging_on_end_stay,
        .roles = ROLE_STAFF,
        .help_french = "Enregistre la sortie d'un ménage : filière, direction et destination.",
        .help_english = "Records that a household leaves: channel, direction and destination.",
    },
    {
        .name = "RecordPayment",
        .handle = lodging_on_record_payment,
        .roles = ROLE_STAFF,
        .help_french =
            "Enregistre un paiement ; la même référence sur un compte est le même paiement.",
        .help_english = "Records a payment; the same reference on an account is the same payment.",
    },
    {
        .name = "AdjustAccount",
        .handle = lodging_on_adjust_account,
        .roles = ROLE_STAFF,
        .help_french = "Régularise un compte, en plus ou en moins, avec un motif.",
        .help_english = "Adjusts an account, up or down, with a reason.",
    },
    {
        .name = "Account",
        .handle = lodging_on_account,
        .roles = ROLE_ANYBODY,
        .help_french = "Montre un compte et tous ses termes.",
        .help_english = "Shows an account and all its terms.",
    },
    {
        .name = "Ledger",
        .handle = lodging_on_ledger,
        .roles = ROLE_STAFF,
        .help_french = "Montre un compte ligne par ligne, avec les références et les motifs.",
        .help_english = "Shows an account line by line, with references and reasons.",
    },
    {
        .name = "Accounts",
        .handle = lodging_on_accounts,
        .roles = ROLE_ANYBODY,
        .help_french = "Liste les comptes, ou seulement ceux en retard.",
        .help_english = "Lists accounts, or only those that are late.",
    },
    {
        .name = "Vacancy",
        .handle = lodging_on_vacancy,
        .roles = ROLE_ANYBODY,
        .help_french = "Montre une vacance et ses candidatures.",
        .help_english = "Shows a vacancy and its candidatures.",
    },
    {
        .name = "Vacancies",
        .handle = lodging_on_vacancies,
        .roles = ROLE_ANYBODY,
        .help_french = "Liste les vacances, ou seulement celles qui sont ouvertes.",
        .help_english = "Lists vacancies, or only those that are open.",
    },
    {
        .name = "Unit",
        .handle = lodging_on_unit,
        .roles = ROLE_ANYBODY,
        .help_french = "Montre un logement.",
        .help_english = "Shows a unit.",
    },
    {
        .name = "Units",
        .handle = lodging_on_units,
        .roles = ROLE_ANYBODY,
        .help_french = "Liste les logements, tous ou d'une résidence.",
        .help_english = "Lists units, all or those of a residence.",
    },
    {
        .name = "Stay",
        .handle = lodging_on_stay,
        .roles = ROLE_ANYBODY,
        .help_french = "Montre un séjour.",
        .help_english = "Shows a stay.",
    },
    {
        .name = "StayInClear",
        .handle = lodging_on_stay_in_clear,
        .roles = ROLE_STAFF,
        .help_french = "Montre la référence du titre d'un séjour et où le ménage est allé.",
        .help_english = "Shows the reference of a stay's title and where the household went.",
    },
    { 0 },
};

/* --- what events do --------------------------------------------------------------------------- */

static const struct application applications[] = {
    { &lodging__residence_opened__descriptor, lodging_apply_residence_opened },
    { &lodging__unit_commissioned__descriptor, lodging_apply_unit_commissioned },
    { &lodging__vacancy_opened__descriptor, lodging_apply_vacancy_opened },
    { &lodging__vacancy_extended__descriptor, lodging_apply_vacancy_extended },
    { &lodging__candidature_proposed__descriptor, lodging_apply_candidature_proposed },
    { &lodging__candidature_refused__descriptor, lodging_apply_candidature_refused },
    { &lodging__candidature_withdrawn__descriptor, lodging_apply_candidature_withdrawn },
    { &lodging__candidature_retained__descriptor, lodging_apply_candidature_retained },
    { &lodging__vacancy_filled__descriptor, lodging_apply_vacancy_filled },
    { &lodging__vacancy_lost__descriptor, lodging_apply_vacancy_lost },
    { &lodging__vacancy_returned__descriptor, lodging_apply_vacancy_returned },
    { &lodging__corrective_action_recorded__descriptor, lodging_apply_corrective_action_recorded },
    { &lodging__title_signed__descriptor, lodging_apply_title_signed },
    { &lodging__stay_started__descriptor, lodging_apply_stay_started },
    { &lodging__stay_ended__descriptor, lodging_apply_stay_ended },
    { &lodging__fee_charged__descriptor, lodging_apply_fee_charged },
    { &lodging__payment_recorded__descriptor, lodging_apply_payment_recorded },
    { &lodging__account_adjusted__descriptor, lodging_apply_account_adjusted },
    { &lodging__arrears_began__descriptor, lodging_apply_arrears_began },
    { &lodging__arrears_ended__descriptor, lodging_apply_arrears_ended },
    { &lodging__account_reviewed__descriptor, lodging_apply_account_reviewed },
    { 0 },
};

/* --- what is heard ---------------------------------------------------------------------------- */

/* What was written about it here is sealed with its key, which goes with the household. */
static void hear_household_erased(struct work *work, const struct entry *heard)
{
    const Intake__HouseholdErased *erased = (const Intake__HouseholdErased *)heard->event;

    work_destroy_key(work, erased->household);
}

static const struct hearing hearings[] = {
    { &intake__household_erased__descriptor, NULL, hear_household_erased },
    { 0 },
};

static const struct source sources[] = {
    { "intake", &intake__event__descriptor, hearings },
    { 0 },
};

static const struct deadline_kind deadlines[] = {
    { LODGING_DEADLINE_VACANCY, "vacancy", lodging_pass_vacancy_deadline },
    { LODGING_DEADLINE_FEE, "fee", lodging_pass_fee },
    { LODGING_DEADLINE_REVIEW, "review", lodging_pass_review },
    { 0 },
};

/* --- what operators see ----------------------------------------------------------------------- */

static int64_t count_units(struct tables *of)
{
    return (int64_t)table_count(of, &lodging_units);
}

static int64_t count_occupied(struct tables *of)
{
    return (int64_t)table_count(of, &lodging_stays_running);
}

static int64_t count_vacancies_open(struct tables *of)
{
    return (int64_t)table_count(of, &lodging_vacancies_open);
}

static int64_t count_stays(struct tables *of)
{
    return (int64_t)table_count(of, &lodging_stays);
}

static int64_t count_accounts_late(struct tables *of)
{
    return (int64_t)table_count(of, &lodging_accounts_late);
}

static const struct counter counters[] = {
    { "units", "units commissioned", count_units },
    { "occupied", "places in which a stay runs", count_occupied },
    { "vacancies_open", "vacancies neither filled nor lost", count_vacancies_open },
    { "stays", "stays ever signed", count_stays },
    { "accounts_late", "accounts with a term unpaid five days after it fell due",
      count_accounts_late },
    { 0 },
};

const struct service lodging_service = {
    .name = "lodging",
    .tables_version = 5,
    .tables = tables,
    .methods = methods,
    .commands = &lodging__lodging_commands__descriptor,
    .queries = &lodging__lodging_queries__descriptor,
    .event = &lodging__event__descriptor,
    .record = &lodging__records__record__descriptor,
    .applications = applications,
    .sources = sources,
    .deadlines = deadlines,
    .counters = counters,
};
