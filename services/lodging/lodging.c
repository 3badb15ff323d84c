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

/* --- what may be asked --------------------------------------------------------------------------
 */

static const struct method methods[] = {
    { "OpenResidence", lodging_on_open_residence, ROLE_STAFF,
      "Ouvre une résidence avec son type et son gestionnaire.",
      "Opens a residence with its kind and its manager." },
    { "CommissionUnit", lodging_on_commission_unit, ROLE_STAFF,
      "Met un logement en service avec ses places, son réservataire et sa redevance.",
      "Commissions a unit with its places, its reservation holder and its fee." },
    { "FreeUnit", lodging_on_free_unit, ROLE_STAFF,
      "Ouvre la vacance d'une place : les huit jours pour proposer des candidats courent.",
      "Opens a place's vacancy: the eight days to propose candidates run." },
    { "ProposeCandidature", lodging_on_propose_candidature, ROLE_STAFF,
      "Envoie la candidature d'un ménage sur une vacance, si le dossier et les ressources le "
      "permettent.",
      "Sends a household's candidature for a vacancy, if its file and income allow it." },
    { "RefuseCandidature", lodging_on_refuse_candidature, ROLE_STAFF,
      "Enregistre le refus motivé d'une candidature par le gestionnaire.",
      "Records the manager's refusal of a candidature, with its reason." },
    { "WithdrawCandidature", lodging_on_withdraw_candidature, ROLE_STAFF,
      "Enregistre le désistement d'un candidat.", "Records that a candidate withdraws." },
    { "RetainCandidature", lodging_on_retain_candidature, ROLE_STAFF,
      "Retient une candidature et réserve la place.",
      "Retains a candidature and reserves the place." },
    { "ExtendVacancy", lodging_on_extend_vacancy, ROLE_STAFF,
      "Prolonge le délai d'une vacance, avec l'accord et le motif.",
      "Extends a vacancy's deadline, with who agreed and why." },
    { "ReturnVacancy", lodging_on_return_vacancy, ROLE_STAFF,
      "Rouvre une place perdue que le gestionnaire rend, avec un nouveau délai.",
      "Opens a lost place anew that its manager gives back, with a new clock." },
    { "RecordCorrectiveAction", lodging_on_record_corrective_action, ROLE_STAFF,
      "Enregistre ce qui sera fait pour qu'une place ne soit plus perdue.",
      "Records what will be done so that a place is not lost again." },
    { "SignTitle", lodging_on_sign_title, ROLE_STAFF,
      "Enregistre un titre d'occupation signé et ouvre son compte.",
      "Records a signed occupancy title and opens its account." },
    { "StartStay", lodging_on_start_stay, ROLE_STAFF,
      "Enregistre l'entrée d'un ménage dans la place.", "Records that a household moves in." },
    { "EndStay", lodging_on_end_stay, ROLE_STAFF,
      "Enregistre la sortie d'un ménage : filière, direction et destination.",
      "Records that a household leaves: channel, direction and destination." },
    { "RecordPayment", lodging_on_record_payment, ROLE_STAFF,
      "Enregistre un paiement ; la même référence sur un compte est le même paiement.",
      "Records a payment; the same reference on an account is the same payment." },
    { "AdjustAccount", lodging_on_adjust_account, ROLE_STAFF,
      "Régularise un compte, en plus ou en moins, avec un motif.",
      "Adjusts an account, up or down, with a reason." },
    { "Account", lodging_on_account, ROLE_ANYBODY, "Montre un compte et tous ses termes.",
      "Shows an account and all its terms." },
    { "Ledger", lodging_on_ledger, ROLE_STAFF,
      "Montre un compte ligne par ligne, avec les références et les motifs.",
      "Shows an account line by line, with references and reasons." },
    { "Accounts", lodging_on_accounts, ROLE_ANYBODY,
      "Liste les comptes, ou seulement ceux en retard.",
      "Lists accounts, or only those that are late." },
    { "Vacancy", lodging_on_vacancy, ROLE_ANYBODY, "Montre une vacance et ses candidatures.",
      "Shows a vacancy and its candidatures." },
    { "Vacancies", lodging_on_vacancies, ROLE_ANYBODY,
      "Liste les vacances, ou seulement celles qui sont ouvertes.",
      "Lists vacancies, or only those that are open." },
    { "Unit", lodging_on_unit, ROLE_ANYBODY, "Montre un logement.", "Shows a unit." },
    { "Units", lodging_on_units, ROLE_ANYBODY, "Liste les logements, tous ou d'une résidence.",
      "Lists units, all or those of a residence." },
    { "Stay", lodging_on_stay, ROLE_ANYBODY, "Montre un séjour.", "Shows a stay." },
    { "StayInClear", lodging_on_stay_in_clear, ROLE_STAFF,
      "Montre la référence du titre d'un séjour et où le ménage est allé.",
      "Shows the reference of a stay's title and where the household went." },
    { 0 },
};

/* --- what events do -----------------------------------------------------------------------------
 */

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

/* --- what is heard ------------------------------------------------------------------------------
 */

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

/* --- what operators see -------------------------------------------------------------------------
 */

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
    .tables_version = 4,
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
