#include "services/measures/rules/measure.h"

/* --- the machine (6.2, C-11) ------------------------------------------------------------------ */

static const char *const states[] = {
    "",          "GRANTED",         "ASSIGNED", "CONTRACTING", "ACTIVE",
    "SUSPENDED", "RENEWAL_PENDING", "CLOSING",  "CLOSED",      "CANCELLED",
};

static const char *const events[] = {
    "",
    "GRANT",
    "ASSIGN",
    "CHANGE_WORKER",
    "HOLD_FIRST_MEETING",
    "SIGN_CONTRACT",
    "REFUSE_ADHESION",
    "CANCEL",
    "RECORD_CONTACT",
    "SUSPEND",
    "RESUME",
    "ASK_RENEWAL",
    "GRANT_RENEWAL",
    "REFUSE_RENEWAL",
    "REACH_END",
    "STOP",
    "COMPLETE_EVALUATION",
};

static const struct transition transitions[] = {
    { 0, MEASURE_GRANT, MEASURE_GRANTED },
    { MEASURE_GRANTED, MEASURE_ASSIGN, MEASURE_ASSIGNED },
    { MEASURE_GRANTED, MEASURE_CANCEL, MEASURE_CANCELLED },
    { MEASURE_ASSIGNED, MEASURE_CHANGE_WORKER, MEASURE_ASSIGNED },
    { MEASURE_ASSIGNED, MEASURE_RECORD_CONTACT, MEASURE_ASSIGNED },
    { MEASURE_ASSIGNED, MEASURE_HOLD_FIRST_MEETING, MEASURE_CONTRACTING },
    { MEASURE_ASSIGNED, MEASURE_CANCEL, MEASURE_CANCELLED },
    { MEASURE_CONTRACTING, MEASURE_CHANGE_WORKER, MEASURE_CONTRACTING },
    { MEASURE_CONTRACTING, MEASURE_RECORD_CONTACT, MEASURE_CONTRACTING },
    { MEASURE_CONTRACTING, MEASURE_SIGN_CONTRACT, MEASURE_ACTIVE },
    { MEASURE_CONTRACTING, MEASURE_REFUSE_ADHESION, MEASURE_CANCELLED },
    { MEASURE_CONTRACTING, MEASURE_CANCEL, MEASURE_CANCELLED },
    { MEASURE_ACTIVE, MEASURE_CHANGE_WORKER, MEASURE_ACTIVE },
    { MEASURE_ACTIVE, MEASURE_RECORD_CONTACT, MEASURE_ACTIVE },
    { MEASURE_ACTIVE, MEASURE_SUSPEND, MEASURE_SUSPENDED },
    { MEASURE_ACTIVE, MEASURE_ASK_RENEWAL, MEASURE_RENEWAL_PENDING },
    { MEASURE_ACTIVE, MEASURE_REACH_END, MEASURE_CLOSING },
    { MEASURE_ACTIVE, MEASURE_STOP, MEASURE_CLOSING },
    { MEASURE_SUSPENDED, MEASURE_CHANGE_WORKER, MEASURE_SUSPENDED },
    { MEASURE_SUSPENDED, MEASURE_RECORD_CONTACT, MEASURE_SUSPENDED },
    { MEASURE_SUSPENDED, MEASURE_RESUME, MEASURE_ACTIVE },
    { MEASURE_SUSPENDED, MEASURE_REACH_END, MEASURE_CLOSING },
    { MEASURE_SUSPENDED, MEASURE_STOP, MEASURE_CLOSING },
    { MEASURE_RENEWAL_PENDING, MEASURE_CHANGE_WORKER, MEASURE_RENEWAL_PENDING },
    { MEASURE_RENEWAL_PENDING, MEASURE_RECORD_CONTACT, MEASURE_RENEWAL_PENDING },
    { MEASURE_RENEWAL_PENDING, MEASURE_GRANT_RENEWAL, MEASURE_ACTIVE },
    { MEASURE_RENEWAL_PENDING, MEASURE_REFUSE_RENEWAL, MEASURE_CLOSING },
    { MEASURE_RENEWAL_PENDING, MEASURE_REACH_END, MEASURE_RENEWAL_PENDING },
    { MEASURE_RENEWAL_PENDING, MEASURE_STOP, MEASURE_CLOSING },
    { MEASURE_CLOSING, MEASURE_CHANGE_WORKER, MEASURE_CLOSING },
    { MEASURE_CLOSING, MEASURE_RECORD_CONTACT, MEASURE_CLOSING },
    { MEASURE_CLOSING, MEASURE_COMPLETE_EVALUATION, MEASURE_CLOSED },
};

const struct machine measure_machine = {
    .name = "measure",
    .states = states,
    .state_count = sizeof states / sizeof *states,
    .events = events,
    .event_count = sizeof events / sizeof *events,
    .transitions = transitions,
    .transition_count = sizeof transitions / sizeof *transitions,
    .terminal = UINT64_C(1) << MEASURE_CLOSED | UINT64_C(1) << MEASURE_CANCELLED,
};

/* --- who may carry it out --------------------------------------------------------------------- */

const struct refusal MEASURE_WORKER_NOT_QUALIFIED = {
    .code = "MEASURE_WORKER_NOT_QUALIFIED",
    .field = "worker",
    .rule = "6.2",
    .french = "Cet intervenant n'est pas habilité pour ce dispositif : choisissez-en un autre.",
    .english = "This worker is not qualified for this scheme: choose another.",
};
const struct refusal MEASURE_NEEDS_BUDGET_SPECIALIST = {
    .code = "MEASURE_NEEDS_BUDGET_SPECIALIST",
    .field = "worker",
    .rule = "S2-17",
    .french = "Une MASP de niveau 2 est confiée à un spécialiste du budget : choisissez-en un.",
    .english = "A MASP of level 2 is given to a budget specialist: choose one.",
};
const struct refusal MEASURE_REQUESTER_NOT_ACCREDITED = {
    .code = "MEASURE_REQUESTER_NOT_ACCREDITED",
    .field = "worker",
    .rule = "S1-7",
    .french = "L'association qui a demandé la mesure n'est pas agréée à cette date : confiez la "
              "mesure à un autre opérateur.",
    .english = "The association that asked for the measure is not accredited on this date: give "
               "the measure to another operator.",
};
const struct refusal MEASURE_OPERATOR_NOT_ENTITLED = {
    .code = "MEASURE_OPERATOR_NOT_ENTITLED",
    .field = "worker",
    .rule = "6.2, FSL-2",
    .french = "Cet opérateur n'a ni convention en cours ni agrément valable à cette date.",
    .english = "This operator has neither an agreement in force nor a valid accreditation on this "
               "date.",
};

static bool is_accredited(const struct assignment *assignment)
{
    return date_is_set(assignment->accreditation.from) &&
           date_is_within(assignment->on, assignment->accreditation.from,
                          assignment->accreditation.end);
}

static const struct refusal *operator_check(const struct assignment *assignment)
{
    if (!assignment->is_external || is_accredited(assignment))
        return ACCEPTED;
    if (assignment->operator_asked_for_it)
        return &MEASURE_REQUESTER_NOT_ACCREDITED;
    return assignment->operator_is_contracted ? ACCEPTED : &MEASURE_OPERATOR_NOT_ENTITLED;
}

const struct refusal *measure_assignment_check(const struct assignment *assignment)
{
    if (!assignment->worker_is_qualified)
        return &MEASURE_WORKER_NOT_QUALIFIED;
    if (assignment->scheme == SCHEME_MASP2 && !assignment->worker_is_budget_specialist)
        return &MEASURE_NEEDS_BUDGET_SPECIALIST;
    return operator_check(assignment);
}

/* --- the start -------------------------------------------------------------------------------- */

const struct refusal MEASURE_NOT_DECIDED = {
    .code = "MEASURE_NOT_DECIDED",
    .field = "decided_on",
    .rule = "S1-10",
    .french = "Aucune mesure ne commence sans décision de l'instance : enregistrez-la d'abord.",
    .english = "No measure starts without a decision of the decision body: record it first.",
};
const struct refusal MEASURE_NOT_SIGNED = {
    .code = "MEASURE_NOT_SIGNED",
    .field = "signatures",
    .rule = "6.2, S2-22",
    .french = "Il manque une signature au contrat : la mesure ne peut pas commencer.",
    .english = "A signature of the contract is missing: the measure cannot start.",
};
const struct refusal MEASURE_STARTS_BEFORE_DECISION = {
    .code = "MEASURE_STARTS_BEFORE_DECISION",
    .field = "starts_on",
    .rule = "S1-10",
    .french = "La mesure commencerait avant la décision : corrigez la date d'effet.",
    .english = "The measure would start before its decision: correct the effective date.",
};
const struct refusal MEASURE_STARTS_TOO_FAR_AHEAD = {
    .code = "MEASURE_STARTS_TOO_FAR_AHEAD",
    .field = "starts_on",
    .rule = "6.2",
    .french = "La mesure commencerait plus tard que le règlement ne le prévoit : corrigez la date "
              "d'effet, ou signez plus près du début.",
    .english = "The measure would start further ahead than the rules allow: correct the effective "
               "date, or sign nearer to the start.",
};
const struct refusal MEASURE_DIAGNOSIS_MISSING = {
    .code = "MEASURE_DIAGNOSIS_MISSING",
    .field = "diagnosis",
    .rule = "AVDL-4",
    .french = "L'AVDL suppose un diagnostic préalable : rattachez-le avant de commencer.",
    .english = "AVDL needs a prior diagnosis: attach it before starting.",
};
const struct refusal MEASURE_ENTRY_MISSING = {
    .code = "MEASURE_ENTRY_MISSING",
    .field = "measure",
    .rule = "6.2, S1-32",
    .french = "Renseignez la situation du ménage à l'entrée : elle est figée au démarrage.",
    .english = "Fill in the household's situation at entry: it is frozen at the start.",
};
const struct refusal MEASURE_SCHEME_ALREADY_ACTIVE = {
    .code = "MEASURE_SCHEME_ALREADY_ACTIVE",
    .field = "measure",
    .rule = "6.2, Q13",
    .french = "Le ménage a déjà une mesure en cours dans ce dispositif : terminez-la ou "
              "renouvelez-la.",
    .english = "The household already has a measure running under this scheme: end it or renew it.",
};
const struct refusal MEASURE_ENTRY_FROZEN = {
    .code = "MEASURE_ENTRY_FROZEN",
    .field = "entry_situation",
    .rule = "6.2",
    .french = "La situation à l'entrée est figée depuis le démarrage de la mesure.",
    .english = "The situation at entry has been frozen since the measure started.",
};

struct date measure_start_date(const struct measure_start *start)
{
    if (start->rule == START_AT_SIGNATURE)
        return start->signed_on;
    return date_is_set(start->effective_on) ? start->effective_on : start->decided_on;
}

bool measure_is_running(enum measure_state state)
{
    return state == MEASURE_ACTIVE || state == MEASURE_SUSPENDED ||
           state == MEASURE_RENEWAL_PENDING;
}

static bool scheme_is_taken(enum scheme scheme, const struct other_measure others[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (others[i].scheme == scheme && measure_is_running(others[i].state))
            return true;
    return false;
}

static bool needs_prior_diagnosis(enum scheme scheme)
{
    return scheme == SCHEME_AVDL_DALO || scheme == SCHEME_AVDL_NON_DALO;
}

const struct refusal *measure_start_check(const struct measure_start *start,
                                          const struct other_measure others[], size_t count)
{
    if (!date_is_set(start->decided_on))
        return &MEASURE_NOT_DECIDED;
    if (!date_is_set(start->signed_on))
        return &MEASURE_NOT_SIGNED;
    if (date_is_before(measure_start_date(start), start->decided_on))
        return &MEASURE_STARTS_BEFORE_DECISION;
    if (needs_prior_diagnosis(start->scheme) && !date_is_set(start->diagnosed_on))
        return &MEASURE_DIAGNOSIS_MISSING;
    if (!start->entry_is_recorded)
        return &MEASURE_ENTRY_MISSING;
    if (scheme_is_taken(start->scheme, others, count))
        return &MEASURE_SCHEME_ALREADY_ACTIVE;
    return ACCEPTED;
}

const struct parameter_field measure_start_law[] = {
    { "measures.start_ahead", UNIT_MONTHS, offsetof(struct measure_start_law, ahead_months) },
    { 0 },
};

const struct refusal *measure_start_ahead_check(const struct measure_start_law *law,
                                                struct date start, struct date told_on)
{
    struct date last = date_add_months(told_on, (int32_t)law->ahead_months);

    return date_is_after(start, last) ? &MEASURE_STARTS_TOO_FAR_AHEAD : ACCEPTED;
}

const struct refusal *measure_entry_check(enum measure_state state)
{
    return state >= MEASURE_ACTIVE ? &MEASURE_ENTRY_FROZEN : ACCEPTED;
}

/* --- suspension, renewal, end ----------------------------------------------------------------- */

const struct refusal MEASURE_REASON_MISSING = {
    .code = "MEASURE_REASON_MISSING",
    .field = "reason",
    .rule = "6.2",
    .french = "Indiquez le motif.",
    .english = "Give the reason.",
};
const struct refusal MEASURE_SUSPENSION_OUTSIDE = {
    .code = "MEASURE_SUSPENSION_OUTSIDE",
    .field = "suspended_on",
    .rule = "6.2, 2.8",
    .french = "La suspension doit commencer un jour de la mesure, après les suspensions passées.",
    .english = "The suspension must begin on a day of the measure, after earlier suspensions.",
};
const struct refusal MEASURE_RESUMED_TOO_EARLY = {
    .code = "MEASURE_RESUMED_TOO_EARLY",
    .field = "resumed_on",
    .rule = "6.2, 2.8",
    .french = "La reprise doit être postérieure au début de la suspension.",
    .english = "The measure must resume after the day its suspension began.",
};
const struct refusal MEASURE_RENEWAL_TOO_LATE = {
    .code = "MEASURE_RENEWAL_TOO_LATE",
    .field = "asked_on",
    .rule = "6.2",
    .french = "La mesure est arrivée à son terme : une nouvelle demande est nécessaire.",
    .english = "The measure has reached its end: a new request is needed.",
};
const struct refusal MEASURE_REVIEW_MISSING = {
    .code = "MEASURE_REVIEW_MISSING",
    .field = "measure",
    .rule = "6.2, FSL-8",
    .french = "Rédigez d'abord le bilan de la période qui s'achève.",
    .english = "Write the review of the period that ends first.",
};
const struct refusal MEASURE_CONSENT_MISSING = {
    .code = "MEASURE_CONSENT_MISSING",
    .field = "consented_on",
    .rule = "FSL-5",
    .french = "L'adhésion du ménage est nécessaire à chaque renouvellement : recueillez-la.",
    .english = "The household's agreement is needed at each renewal: obtain it.",
};
const struct refusal MEASURE_JOINT_DECISION_MISSING = {
    .code = "MEASURE_JOINT_DECISION_MISSING",
    .field = "joint_decision_on",
    .rule = "S0-32",
    .french = "Un arrêt « hors ASLL » se décide avec le financeur : enregistrez la décision "
              "commune, sa date et ses parties.",
    .english = "Stopping as out of scope is decided with the funder: record the joint decision, "
               "its date and its parties.",
};
const struct refusal MEASURE_JOINT_DECISION_LATER = {
    .code = "MEASURE_JOINT_DECISION_LATER",
    .field = "stopped_on",
    .rule = "S0-32",
    .french = "L'arrêt ne peut pas précéder la décision commune : corrigez l'une des dates.",
    .english = "The stop cannot come before the joint decision: correct one of the dates.",
};

const struct refusal *measure_suspension_check(const struct measure_time *time, struct date from,
                                               bool has_reason)
{
    size_t count = time->suspension_count;

    if (!has_reason)
        return &MEASURE_REASON_MISSING;
    if (!date_is_within(from, time->start, time->end))
        return &MEASURE_SUSPENSION_OUTSIDE;
    if (count > 0 && date_is_before(from, time->suspensions[count - 1].end))
        return &MEASURE_SUSPENSION_OUTSIDE;
    return ACCEPTED;
}

const struct refusal *measure_resumption_check(struct date suspended_from, struct date resumed_on)
{
    return date_is_after(resumed_on, suspended_from) ? ACCEPTED : &MEASURE_RESUMED_TOO_EARLY;
}

const struct refusal *measure_renewal_check(const struct renewal_asked *asked)
{
    if (date_is_set(asked->end) && !date_is_before(asked->asked_on, asked->end))
        return &MEASURE_RENEWAL_TOO_LATE;
    if (!date_is_set(asked->reviewed_on) || date_is_before(asked->reviewed_on, asked->period_start))
        return &MEASURE_REVIEW_MISSING;
    return asked->household_consents ? ACCEPTED : &MEASURE_CONSENT_MISSING;
}

const struct refusal *measure_stop_check(enum closing_reason reason, struct date stopped_on,
                                         const struct joint_decision *decision)
{
    if (reason == 0)
        return &MEASURE_REASON_MISSING;
    if (reason != CLOSING_OUT_OF_SCOPE)
        return ACCEPTED;
    if (!date_is_set(decision->on) || !decision->funder_took_part || !decision->operator_took_part)
        return &MEASURE_JOINT_DECISION_MISSING;
    if (date_is_before(stopped_on, decision->on))
        return &MEASURE_JOINT_DECISION_LATER;
    return ACCEPTED;
}

bool measure_end_is_reached(enum measure_state state, struct date end, enum end_shift shift,
                            struct date on)
{
    if (!measure_is_running(state) || !date_is_set(end))
        return false;
    if (state == MEASURE_SUSPENDED && shift != END_STAYS)
        return false;
    return !date_is_before(on, end);
}

/* --- phases ----------------------------------------------------------------------------------- */

const struct refusal MEASURE_PHASE_BACKWARDS = {
    .code = "MEASURE_PHASE_BACKWARDS",
    .field = "phase",
    .rule = "S0-13, S0-14, S2-10",
    .french = "Les phases se suivent (installation, préparation, après la sortie) : on ne revient "
              "pas à une phase passée.",
    .english = "Phases follow each other (settling in, preparation, after the exit): none comes "
               "back.",
};
const struct refusal MEASURE_PHASE_DATE_EARLIER = {
    .code = "MEASURE_PHASE_DATE_EARLIER",
    .field = "since",
    .rule = "S0-14",
    .french = "Cette phase commencerait avant la précédente : corrigez la date.",
    .english = "This phase would begin before the one before: correct the date.",
};

const struct refusal *measure_phase_check(struct phase_entry current, struct phase_entry next)
{
    if (next.phase <= current.phase)
        return &MEASURE_PHASE_BACKWARDS;
    return date_is_before(next.since, current.since) ? &MEASURE_PHASE_DATE_EARLIER : ACCEPTED;
}

/* --- what is due ------------------------------------------------------------------------------ */

const struct parameter_field measure_law[] = {
    { "measures.assignment_period", UNIT_WORKING_DAYS,
      offsetof(struct measure_law, assignment_working_days) },
    { "measures.first_meeting_period", UNIT_DAYS,
      offsetof(struct measure_law, first_meeting_days) },
    { "measures.signature_period", UNIT_DAYS, offsetof(struct measure_law, signature_days) },
    { "measures.contact_period", UNIT_DAYS, offsetof(struct measure_law, contact_days) },
    { "measures.closing_period", UNIT_DAYS, offsetof(struct measure_law, closing_days) },
    { 0 },
};

struct date measure_step_due(const struct measure_law *law, enum measure_state state,
                             const struct measure_dates *dates, enum holidays holidays)
{
    switch (state) {
    case MEASURE_GRANTED:
        return date_add_working_days(dates->granted_on, (int32_t)law->assignment_working_days,
                                     holidays);
    case MEASURE_ASSIGNED:
        return date_add_days(dates->assigned_on, (int32_t)law->first_meeting_days);
    case MEASURE_CONTRACTING: return date_add_days(dates->met_on, (int32_t)law->signature_days);
    case MEASURE_ACTIVE:
    case MEASURE_RENEWAL_PENDING:
        return date_add_days(date_later(dates->started_on, dates->last_contact_on),
                             (int32_t)law->contact_days);
    case MEASURE_CLOSING: return date_add_days(dates->closing_since, (int32_t)law->closing_days);
    default: return DATE_NONE;
    }
}
