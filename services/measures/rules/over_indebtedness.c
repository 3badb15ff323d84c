#include "services/measures/rules/over_indebtedness.h"

#define FIELD(member, parameter, unit)                                                             \
    {                                                                                              \
        "measures.over_indebtedness." parameter, unit, offsetof(struct debt_file_law, member)      \
    }

const struct parameter_field debt_file_law_fields[] = {
    FIELD(certificate_hours, "certificate_period", UNIT_HOURS),
    FIELD(draft, "draft_period", UNIT_PERIOD),
    FIELD(decision, "decision_period", UNIT_PERIOD),
    FIELD(suspension, "suspension_period", UNIT_PERIOD),
    FIELD(contest_entry, "contest_of_entry_period", UNIT_PERIOD),
    FIELD(contest_claims, "contest_of_claims_period", UNIT_PERIOD),
    FIELD(contest_debts, "contest_of_debts_period", UNIT_PERIOD),
    FIELD(contest_outcome, "contest_of_outcome_period", UNIT_PERIOD),
    FIELD(plan_most_months, "plan_most", UNIT_MONTHS),
    FIELD(plan_needs_real_estate, "plan_needs_real_estate", UNIT_YES_NO),
    FIELD(missed_payments, "missed_payments", UNIT_COUNT),
    FIELD(formal_notice, "formal_notice_period", UNIT_PERIOD),
    FIELD(clause_stay, "clause_stay_period", UNIT_PERIOD),
    { .name = NULL },
};

/* --- the machine ------------------------------------------------------------------------------ */

static const char *const states[DEBT_FILE_STATES] = {
    [0] = "",
    [DEBT_FILE_PREPARING] = "PREPARING",
    [DEBT_FILE_DEPOSITED] = "DEPOSITED",
    [DEBT_FILE_INADMISSIBLE] = "INADMISSIBLE",
    [DEBT_FILE_ADMISSIBLE] = "ADMISSIBLE",
    [DEBT_FILE_ORIENTED] = "ORIENTED",
    [DEBT_FILE_PLAN] = "PLAN",
    [DEBT_FILE_IMPOSED_MEASURES] = "IMPOSED_MEASURES",
    [DEBT_FILE_PERSONAL_RECOVERY] = "PERSONAL_RECOVERY",
    [DEBT_FILE_CONTESTED] = "CONTESTED",
    [DEBT_FILE_CLOSED] = "CLOSED",
    [DEBT_FILE_ABANDONED] = "ABANDONED",
};

static const char *const events[DEBT_FILE_EVENTS] = {
    [0] = "",
    [DEBT_FILE_PREPARE] = "prepare",
    [DEBT_FILE_DEPOSIT] = "deposit",
    [DEBT_FILE_ADMIT] = "admit",
    [DEBT_FILE_REJECT] = "reject",
    [DEBT_FILE_ORIENT_REPAYABLE] = "orient_repayable",
    [DEBT_FILE_ORIENT_IRREMEDIABLE] = "orient_irremediable",
    [DEBT_FILE_SIGN_PLAN] = "sign_plan",
    [DEBT_FILE_NOTIFY_MEASURES] = "notify_measures",
    [DEBT_FILE_CONTEST] = "contest",
    [DEBT_FILE_JUDGED_INADMISSIBLE] = "judged_inadmissible",
    [DEBT_FILE_JUDGED_ADMISSIBLE] = "judged_admissible",
    [DEBT_FILE_JUDGED_MEASURES] = "judged_measures",
    [DEBT_FILE_JUDGED_RECOVERY] = "judged_recovery",
    [DEBT_FILE_CLOSE] = "close",
    [DEBT_FILE_ABANDON] = "abandon",
};

static const struct transition transitions[] = {
    { 0, DEBT_FILE_PREPARE, DEBT_FILE_PREPARING },
    { DEBT_FILE_PREPARING, DEBT_FILE_DEPOSIT, DEBT_FILE_DEPOSITED },
    { DEBT_FILE_DEPOSITED, DEBT_FILE_ADMIT, DEBT_FILE_ADMISSIBLE },
    { DEBT_FILE_DEPOSITED, DEBT_FILE_REJECT, DEBT_FILE_INADMISSIBLE },
    { DEBT_FILE_ADMISSIBLE, DEBT_FILE_ORIENT_REPAYABLE, DEBT_FILE_ORIENTED },
    { DEBT_FILE_ADMISSIBLE, DEBT_FILE_ORIENT_IRREMEDIABLE, DEBT_FILE_PERSONAL_RECOVERY },
    { DEBT_FILE_ORIENTED, DEBT_FILE_SIGN_PLAN, DEBT_FILE_PLAN },
    { DEBT_FILE_ORIENTED, DEBT_FILE_NOTIFY_MEASURES, DEBT_FILE_IMPOSED_MEASURES },
    { DEBT_FILE_INADMISSIBLE, DEBT_FILE_CONTEST, DEBT_FILE_CONTESTED },
    { DEBT_FILE_ADMISSIBLE, DEBT_FILE_CONTEST, DEBT_FILE_CONTESTED },
    { DEBT_FILE_IMPOSED_MEASURES, DEBT_FILE_CONTEST, DEBT_FILE_CONTESTED },
    { DEBT_FILE_PERSONAL_RECOVERY, DEBT_FILE_CONTEST, DEBT_FILE_CONTESTED },
    { DEBT_FILE_CONTESTED, DEBT_FILE_JUDGED_INADMISSIBLE, DEBT_FILE_INADMISSIBLE },
    { DEBT_FILE_CONTESTED, DEBT_FILE_JUDGED_ADMISSIBLE, DEBT_FILE_ADMISSIBLE },
    { DEBT_FILE_CONTESTED, DEBT_FILE_JUDGED_MEASURES, DEBT_FILE_IMPOSED_MEASURES },
    { DEBT_FILE_CONTESTED, DEBT_FILE_JUDGED_RECOVERY, DEBT_FILE_PERSONAL_RECOVERY },
    { DEBT_FILE_INADMISSIBLE, DEBT_FILE_CLOSE, DEBT_FILE_CLOSED },
    { DEBT_FILE_PLAN, DEBT_FILE_CLOSE, DEBT_FILE_CLOSED },
    { DEBT_FILE_IMPOSED_MEASURES, DEBT_FILE_CLOSE, DEBT_FILE_CLOSED },
    { DEBT_FILE_PERSONAL_RECOVERY, DEBT_FILE_CLOSE, DEBT_FILE_CLOSED },
    { DEBT_FILE_PREPARING, DEBT_FILE_ABANDON, DEBT_FILE_ABANDONED },
    { DEBT_FILE_DEPOSITED, DEBT_FILE_ABANDON, DEBT_FILE_ABANDONED },
    { DEBT_FILE_INADMISSIBLE, DEBT_FILE_ABANDON, DEBT_FILE_ABANDONED },
    { DEBT_FILE_ADMISSIBLE, DEBT_FILE_ABANDON, DEBT_FILE_ABANDONED },
    { DEBT_FILE_ORIENTED, DEBT_FILE_ABANDON, DEBT_FILE_ABANDONED },
    { DEBT_FILE_PLAN, DEBT_FILE_ABANDON, DEBT_FILE_ABANDONED },
    { DEBT_FILE_IMPOSED_MEASURES, DEBT_FILE_ABANDON, DEBT_FILE_ABANDONED },
    { DEBT_FILE_PERSONAL_RECOVERY, DEBT_FILE_ABANDON, DEBT_FILE_ABANDONED },
    { DEBT_FILE_CONTESTED, DEBT_FILE_ABANDON, DEBT_FILE_ABANDONED },
};

const struct machine debt_file_machine = {
    .name = "over_indebtedness_file",
    .states = states,
    .state_count = DEBT_FILE_STATES,
    .events = events,
    .event_count = DEBT_FILE_EVENTS,
    .transitions = transitions,
    .transition_count = sizeof transitions / sizeof *transitions,
    .terminal = UINT64_C(1) << DEBT_FILE_CLOSED | UINT64_C(1) << DEBT_FILE_ABANDONED,
};

/* --- guards ----------------------------------------------------------------------------------- */

const struct refusal DEBT_FILE_FORM_MISSING = {
    "DEBT_FILE_FORM_MISSING",
    "form_filled",
    "6.10",
    "Le formulaire de la Banque de France n'est pas rempli : faites-le remplir et signer avant le "
    "dépôt.",
    "The form of the Banque de France is not filled in: have it filled in and signed before the "
    "deposit.",
};
const struct refusal DEBT_FILE_DEBTS_NOT_LISTED = {
    "DEBT_FILE_DEBTS_NOT_LISTED",
    "debts_listed",
    "6.10",
    "La liste des dettes manque : établissez-la avec le ménage avant le dépôt.",
    "The list of debts is missing: draw it up with the household before the deposit.",
};
const struct refusal DEBT_FILE_DOCUMENTS_MISSING = {
    "DEBT_FILE_DOCUMENTS_MISSING",
    "documents_joined",
    "6.10",
    "Les pièces justificatives manquent : joignez-les avant le dépôt.",
    "The supporting documents are missing: join them before the deposit.",
};
const struct refusal DEBT_FILE_DRAFT_EXPIRED = {
    "DEBT_FILE_DRAFT_EXPIRED",
    "draft_since",
    "SUR-1",
    "Le brouillon en ligne n'est conservé que six mois : recommencez la saisie.",
    "The online draft is kept for six months only: start a new one.",
};

struct date debt_file_draft_last_day(struct date draft_since, const struct debt_file_law *law)
{
    return date_add_period(draft_since, law->draft);
}

const struct refusal *debt_file_may_be_deposited(const struct debt_file_deposit *deposit,
                                                 const struct debt_file_law *law)
{
    struct date last = debt_file_draft_last_day(deposit->draft_since, law);

    if (!deposit->form_filled)
        return &DEBT_FILE_FORM_MISSING;
    if (!deposit->debts_listed)
        return &DEBT_FILE_DEBTS_NOT_LISTED;
    if (!deposit->documents_joined)
        return &DEBT_FILE_DOCUMENTS_MISSING;
    if (date_is_set(last) && date_is_after(deposit->on, last))
        return &DEBT_FILE_DRAFT_EXPIRED;
    return ACCEPTED;
}

const struct refusal DEBT_PLAN_HAS_NO_LENGTH = {
    "DEBT_PLAN_HAS_NO_LENGTH",
    "months",
    "SUR-8",
    "Indiquez la durée du plan ou des mesures, en mois.",
    "Give the length of the plan or of the measures, in months.",
};
const struct refusal DEBT_PLAN_TOO_LONG = {
    "DEBT_PLAN_TOO_LONG",
    "months",
    "SUR-8, C-24",
    "La durée totale dépasse le maximum légal : réduisez-la, ou indiquez que le plan permet de "
    "garder la résidence principale.",
    "The whole length exceeds the legal maximum: shorten it, or say that the plan keeps the main "
    "home.",
};
const struct refusal DEBT_PLAN_NEEDS_REAL_ESTATE = {
    "DEBT_PLAN_NEEDS_REAL_ESTATE",
    "owns_real_estate",
    "6.10",
    "Un plan négocié suppose un bien immobilier : enregistrez plutôt des mesures imposées.",
    "An agreed plan supposes real estate: record imposed measures instead.",
};

const struct refusal *debt_plan_is_lawful(const struct debt_plan *plan,
                                          const struct debt_file_law *law)
{
    if (plan->months < 1)
        return &DEBT_PLAN_HAS_NO_LENGTH;
    if (plan->kind == AGREED_PLAN && law->plan_needs_real_estate && !plan->owns_real_estate)
        return &DEBT_PLAN_NEEDS_REAL_ESTATE;
    if (!plan->keeps_main_home && plan->earlier_months + plan->months > law->plan_most_months)
        return &DEBT_PLAN_TOO_LONG;
    return ACCEPTED;
}

const struct refusal DEBT_FILE_CONTEST_TOO_EARLY = {
    "DEBT_FILE_CONTEST_TOO_EARLY",
    "contested_on",
    "SUR-7",
    "La contestation est datée d'avant la notification : vérifiez les deux dates.",
    "The contest is dated before the notification: check both dates.",
};
const struct refusal DEBT_FILE_CONTEST_TOO_LATE = {
    "DEBT_FILE_CONTEST_TOO_LATE",
    "contested_on",
    "SUR-7",
    "Le délai de contestation est passé : si le courrier est parti à temps, indiquez sa date "
    "d'envoi.",
    "The time to contest is over: if the letter left in time, give the day it was sent.",
};

static bool is_entry(enum debt_file_state state)
{
    return state == DEBT_FILE_INADMISSIBLE || state == DEBT_FILE_ADMISSIBLE;
}

static struct window window_of_state(enum debt_file_state state, struct date notified_on,
                                     enum holidays holidays, const struct debt_file_law *law)
{
    return debt_file_contest_window(is_entry(state) ? CONTEST_OF_ENTRY : CONTEST_OF_OUTCOME,
                                    notified_on, holidays, law);
}

const struct refusal *debt_file_may_be_contested(enum debt_file_state state,
                                                 struct date notified_on, struct date contested_on,
                                                 enum holidays holidays,
                                                 const struct debt_file_law *law)
{
    struct window window = window_of_state(state, notified_on, holidays, law);

    if (date_is_before(contested_on, window.opens))
        return &DEBT_FILE_CONTEST_TOO_EARLY;
    if (date_is_after(contested_on, window.last_day))
        return &DEBT_FILE_CONTEST_TOO_LATE;
    return ACCEPTED;
}

const struct refusal DEBT_FILE_JUDGMENT_UNFIT = {
    "DEBT_FILE_JUDGMENT_UNFIT",
    "judgment",
    "6.10, C-18",
    "La contestation porte sur la recevabilité : le juge déclare le dossier recevable ou "
    "irrecevable.",
    "The contest is about admissibility: the judge finds the file admissible or not.",
};

const struct refusal *debt_file_may_be_judged(enum debt_file_state contested,
                                              enum debt_file_event judgment)
{
    bool on_entry =
        judgment == DEBT_FILE_JUDGED_INADMISSIBLE || judgment == DEBT_FILE_JUDGED_ADMISSIBLE;

    return is_entry(contested) && !on_entry ? &DEBT_FILE_JUDGMENT_UNFIT : ACCEPTED;
}

const struct refusal DEBT_FILE_CLOSED_TOO_EARLY = {
    "DEBT_FILE_CLOSED_TOO_EARLY",
    "closed_on",
    "SUR-7, C-18",
    "La décision peut encore être contestée : attendez la fin du délai, ou notez que le ménage y "
    "renonce.",
    "The decision may still be contested: wait for the end of the time limit, or note that the "
    "household waives it.",
};

const struct refusal *debt_file_may_be_closed(enum debt_file_state state, struct date notified_on,
                                              bool contest_waived, struct date on,
                                              enum holidays holidays,
                                              const struct debt_file_law *law)
{
    struct window window = window_of_state(state, notified_on, holidays, law);
    bool waits = state == DEBT_FILE_INADMISSIBLE || state == DEBT_FILE_PERSONAL_RECOVERY;

    if (waits && !contest_waived && !date_is_after(on, window.last_day))
        return &DEBT_FILE_CLOSED_TOO_EARLY;
    return ACCEPTED;
}

const struct refusal DEBT_FILE_ABANDONED_WITHOUT_REASON = {
    "DEBT_FILE_ABANDONED_WITHOUT_REASON",
    "reason",
    "C-18",
    "Indiquez pourquoi le dossier est abandonné.",
    "Say why the file is abandoned.",
};

const struct refusal *debt_file_may_be_abandoned(enum debt_file_abandonment reason)
{
    if (reason < ABANDONED_BY_HOUSEHOLD || reason > ABANDONED_MOVED_AWAY)
        return &DEBT_FILE_ABANDONED_WITHOUT_REASON;
    return ACCEPTED;
}

/* --- time limits ------------------------------------------------------------------------------ */

int64_t debt_file_certificate_due_ms(int64_t deposited_at_ms, const struct debt_file_law *law)
{
    return deposited_at_ms + law->certificate_hours * HOUR_MS;
}

struct date debt_file_decision_due(struct date deposited_on, const struct debt_file_law *law)
{
    return date_add_period(deposited_on, law->decision);
}

struct date debt_file_suspension_last_day(struct date admissible_on,
                                          const struct debt_file_law *law)
{
    return date_add_period(admissible_on, law->suspension);
}

static struct period contest_period(enum debt_contest contest, const struct debt_file_law *law)
{
    switch (contest) {
    case CONTEST_OF_ENTRY: return law->contest_entry;
    case CONTEST_OF_CLAIMS: return law->contest_claims;
    case CONTEST_OF_DEBTS: return law->contest_debts;
    case CONTEST_OF_OUTCOME: return law->contest_outcome;
    }
    return (struct period){ 0 };
}

struct window debt_file_contest_window(enum debt_contest contest, struct date notified_on,
                                       enum holidays holidays, const struct debt_file_law *law)
{
    struct period period = contest_period(contest, law);

    return (struct window){
        .opens = notified_on,
        .last_day = time_limit(notified_on, period, holidays),
        .warn_of = date_add_period(notified_on, period),
    };
}

/* --- what is frozen --------------------------------------------------------------------------- */

static bool has_come(struct date event, struct date on)
{
    return date_is_set(event) && !date_is_before(on, event);
}

bool debt_file_suspends(const struct debt_file_dates *file, struct date on,
                        const struct debt_file_law *law)
{
    return has_come(file->admissible_on, on) &&
           !date_is_after(on, debt_file_suspension_last_day(file->admissible_on, law)) &&
           !has_come(file->settled_on, on) && !has_come(file->ended_on, on);
}

bool debt_is_frozen(const struct debt_file_dates *file, const struct debt *debt, struct date on,
                    const struct debt_file_law *law)
{
    return debt->nature != DEBT_MAINTENANCE && date_is_before(debt->born_on, file->admissible_on) &&
           debt_file_suspends(file, on, law);
}

static const struct debt_file_advice advice_before = {
    .old_debts = OLD_DEBTS_AS_AGREED,
    .french = "Rien n'est suspendu : le loyer courant et les dettes restent à payer ; rembourser "
              "les premiers crédits est possible.",
    .english = "Nothing is suspended: current rent and debts remain to be paid; repaying the first "
               "credits is possible.",
};
static const struct debt_file_advice advice_deposited = {
    .old_debts = OLD_DEBTS_AS_POSSIBLE,
    .new_credit_forbidden = true,
    .eviction_stay_may_be_asked = true,
    .french = "Le dépôt ne suspend rien : payer le loyer courant et, pour le reste, ce qui est "
              "possible ; ne pas prendre de nouveau crédit.",
    .english = "The deposit suspends nothing: pay current rent and, of the rest, what is possible; "
               "take no new credit.",
};
static const struct debt_file_advice advice_admissible = {
    .old_debts = OLD_DEBTS_NOT_TO_BE_PAID,
    .new_credit_forbidden = true,
    .eviction_stay_may_be_asked = true,
    .housing_aid_restored = true,
    .french = "Ne pas payer les dettes nées avant la recevabilité (anciens loyers et crédits "
              "compris), ne prendre aucun crédit, ne céder aucun bien ; payer le loyer et les "
              "factures courants.",
    .english = "Do not pay debts born before admissibility (old rent and credits included), take "
               "no credit, dispose of no asset; pay current rent and bills.",
};
static const struct debt_file_advice advice_plan = {
    .old_debts = OLD_DEBTS_AS_THE_PLAN_SAYS,
    .new_credit_forbidden = true,
    .housing_aid_restored = true,
    .french = "Payer chaque mois ce que dit le plan, et le loyer et les factures courants ; ne pas "
              "prendre de nouveau crédit sans accord.",
    .english = "Pay each month what the plan says, and current rent and bills; take no new credit "
               "without agreement.",
};
static const struct debt_file_advice advice_recovery = {
    .old_debts = OLD_DEBTS_ERASED,
    .new_credit_forbidden = true,
    .housing_aid_restored = true,
    .french = "Les dettes effacées ne sont plus à payer ; le loyer courant doit l'être chaque "
              "mois, sans quoi le bail reste menacé.",
    .english = "Erased debts are no longer to be paid; current rent must be, every month, or the "
               "lease remains in danger.",
};
static const struct debt_file_advice advice_after = {
    .old_debts = OLD_DEBTS_AS_AGREED,
    .french = "Le dossier ne protège pas ou plus : le loyer courant et les dettes qui restent sont "
              "à payer ; convenir d'échéanciers avec les créanciers.",
    .english = "The file does not protect, or no longer: current rent and the debts that remain "
               "are to be paid; agree instalments with the creditors.",
};

const struct debt_file_advice *debt_file_advice(enum debt_file_state state,
                                                enum debt_file_state contested)
{
    static const struct debt_file_advice *const by_state[DEBT_FILE_STATES] = {
        [DEBT_FILE_PREPARING] = &advice_before,
        [DEBT_FILE_DEPOSITED] = &advice_deposited,
        [DEBT_FILE_INADMISSIBLE] = &advice_after,
        [DEBT_FILE_ADMISSIBLE] = &advice_admissible,
        [DEBT_FILE_ORIENTED] = &advice_admissible,
        [DEBT_FILE_PLAN] = &advice_plan,
        [DEBT_FILE_IMPOSED_MEASURES] = &advice_plan,
        [DEBT_FILE_PERSONAL_RECOVERY] = &advice_recovery,
        /* Contested measures or a contested erasure are not in force: the suspension goes on. */
        [DEBT_FILE_CONTESTED] = &advice_admissible,
        [DEBT_FILE_CLOSED] = &advice_after,
        [DEBT_FILE_ABANDONED] = &advice_after,
    };

    if (state == DEBT_FILE_CONTESTED && contested == DEBT_FILE_INADMISSIBLE)
        return &advice_after;
    return state < DEBT_FILE_STATES ? by_state[state] : NULL;
}

/* --- a plan that is paid or not --------------------------------------------------------------- */

int64_t debt_plan_missed(const struct debt_instalment instalments[], size_t count, struct date on)
{
    int64_t missed = 0;

    for (size_t i = 0; i < count; i++)
        if (date_is_after(on, instalments[i].due_on) && !has_come(instalments[i].paid_on, on))
            missed++;
    return missed;
}

bool debt_plan_is_in_danger(int64_t missed, const struct debt_file_law *law)
{
    return missed >= law->missed_payments;
}

struct date debt_plan_lapse_avoidable_until(struct date formal_notice_on,
                                            const struct debt_file_law *law)
{
    return date_add_period(formal_notice_on, law->formal_notice);
}

/* --- the lease after a personal recovery ------------------------------------------------------ */

struct date lease_clause_stayed_until(struct date judged_on, const struct debt_file_law *law)
{
    return date_add_period(judged_on, law->clause_stay);
}

static bool resumed_by_hearing(const struct lease_after_recovery *lease)
{
    return date_is_set(lease->hearing_on) && has_come(lease->rent_resumed_on, lease->hearing_on);
}

enum lease_clause lease_clause_after_recovery(const struct lease_after_recovery *lease,
                                              struct date on, const struct debt_file_law *law)
{
    struct date last = lease_clause_stayed_until(lease->judged_on, law);

    /* Rent that the law forbids to pay cannot put the clause into effect. */
    if (!date_is_set(lease->clause_acquired_on) ||
        !date_is_before(lease->clause_acquired_on, lease->admissible_on))
        return CLAUSE_NOT_ACQUIRED;
    if (!resumed_by_hearing(lease))
        return CLAUSE_STAYS_ACQUIRED;
    if (!has_come(lease->judged_on, on))
        return CLAUSE_CAN_BE_STAYED;
    if (has_come(lease->rent_missed_on, on) && !date_is_after(lease->rent_missed_on, last))
        return CLAUSE_TAKES_EFFECT_AGAIN;
    return date_is_after(on, last) ? CLAUSE_NEVER_RAN : CLAUSE_STAYED;
}
