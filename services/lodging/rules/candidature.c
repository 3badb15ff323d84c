#include "services/lodging/rules/candidature.h"

#include <stdlib.h>

const struct parameter_field candidature_law[] = {
    { "lodging.candidature.answer_hours", UNIT_HOURS,
      offsetof(struct candidature_law, answer_hours) },
    { "lodging.candidature.social_housing_answer_period", UNIT_PERIOD,
      offsetof(struct candidature_law, social_housing_answer_period) },
    { "lodging.candidature.contact_period", UNIT_PERIOD,
      offsetof(struct candidature_law, contact_period) },
    { 0 },
};

/* --- the machine ------------------------------------------------------------------------------ */

static const char *const states[] = {
    "",       "PROPOSED", "SENT",      "UNDER_REVIEW", "RETAINED",
    "HOUSED", "REFUSED",  "WITHDRAWN", "NOT_RETAINED", "EXPIRED",
};

static const char *const events[] = {
    "",         "PROPOSE",         "SEND",   "REVIEW",        "RETAIN",     "REFUSE",
    "WITHDRAW", "HOUSE_ELSEWHERE", "EXPIRE", "CLOSE_VACANCY", "SIGN_TITLE",
};

static const struct transition transitions[] = {
    { 0, CANDIDATURE_EVENT_PROPOSE, CANDIDATURE_PROPOSED },
    { CANDIDATURE_PROPOSED, CANDIDATURE_EVENT_SEND, CANDIDATURE_SENT },
    { CANDIDATURE_PROPOSED, CANDIDATURE_EVENT_WITHDRAW, CANDIDATURE_WITHDRAWN },
    { CANDIDATURE_PROPOSED, CANDIDATURE_EVENT_HOUSE_ELSEWHERE, CANDIDATURE_WITHDRAWN },
    { CANDIDATURE_PROPOSED, CANDIDATURE_EVENT_EXPIRE, CANDIDATURE_EXPIRED },
    { CANDIDATURE_PROPOSED, CANDIDATURE_EVENT_CLOSE_VACANCY, CANDIDATURE_NOT_RETAINED },
    { CANDIDATURE_SENT, CANDIDATURE_EVENT_REVIEW, CANDIDATURE_UNDER_REVIEW },
    { CANDIDATURE_SENT, CANDIDATURE_EVENT_RETAIN, CANDIDATURE_RETAINED },
    { CANDIDATURE_SENT, CANDIDATURE_EVENT_REFUSE, CANDIDATURE_REFUSED },
    { CANDIDATURE_SENT, CANDIDATURE_EVENT_WITHDRAW, CANDIDATURE_WITHDRAWN },
    { CANDIDATURE_SENT, CANDIDATURE_EVENT_HOUSE_ELSEWHERE, CANDIDATURE_WITHDRAWN },
    { CANDIDATURE_SENT, CANDIDATURE_EVENT_EXPIRE, CANDIDATURE_EXPIRED },
    { CANDIDATURE_SENT, CANDIDATURE_EVENT_CLOSE_VACANCY, CANDIDATURE_NOT_RETAINED },
    { CANDIDATURE_UNDER_REVIEW, CANDIDATURE_EVENT_RETAIN, CANDIDATURE_RETAINED },
    { CANDIDATURE_UNDER_REVIEW, CANDIDATURE_EVENT_REFUSE, CANDIDATURE_REFUSED },
    { CANDIDATURE_UNDER_REVIEW, CANDIDATURE_EVENT_WITHDRAW, CANDIDATURE_WITHDRAWN },
    { CANDIDATURE_UNDER_REVIEW, CANDIDATURE_EVENT_HOUSE_ELSEWHERE, CANDIDATURE_WITHDRAWN },
    { CANDIDATURE_UNDER_REVIEW, CANDIDATURE_EVENT_EXPIRE, CANDIDATURE_EXPIRED },
    { CANDIDATURE_UNDER_REVIEW, CANDIDATURE_EVENT_CLOSE_VACANCY, CANDIDATURE_NOT_RETAINED },
    { CANDIDATURE_RETAINED, CANDIDATURE_EVENT_SIGN_TITLE, CANDIDATURE_HOUSED },
    { CANDIDATURE_RETAINED, CANDIDATURE_EVENT_REFUSE, CANDIDATURE_REFUSED },
    { CANDIDATURE_RETAINED, CANDIDATURE_EVENT_WITHDRAW, CANDIDATURE_WITHDRAWN },
    { CANDIDATURE_RETAINED, CANDIDATURE_EVENT_HOUSE_ELSEWHERE, CANDIDATURE_WITHDRAWN },
    { CANDIDATURE_RETAINED, CANDIDATURE_EVENT_EXPIRE, CANDIDATURE_EXPIRED },
    { CANDIDATURE_RETAINED, CANDIDATURE_EVENT_CLOSE_VACANCY, CANDIDATURE_NOT_RETAINED },
};

const struct machine candidature_machine = {
    .name = "candidature",
    .states = states,
    .state_count = sizeof states / sizeof *states,
    .events = events,
    .event_count = sizeof events / sizeof *events,
    .transitions = transitions,
    .transition_count = sizeof transitions / sizeof *transitions,
    .terminal = UINT64_C(1) << CANDIDATURE_HOUSED | UINT64_C(1) << CANDIDATURE_REFUSED |
                UINT64_C(1) << CANDIDATURE_WITHDRAWN | UINT64_C(1) << CANDIDATURE_NOT_RETAINED |
                UINT64_C(1) << CANDIDATURE_EXPIRED,
};

/* --- guards ----------------------------------------------------------------------------------- */

const struct refusal CANDIDATE_WITHOUT_SIAO_REQUEST = {
    .code = "CANDIDATE_WITHOUT_SIAO_REQUEST",
    .field = "has_siao_request",
    .rule = "S4-26",
    .french = "Le ménage n'a pas de demande active dans le SI SIAO : faites-la créer ou réactiver "
              "avant d'envoyer la candidature.",
    .english = "The household has no active request in SI SIAO: have one made or reactivated "
               "before sending the candidature.",
};

const struct refusal CANDIDATE_FILE_INCOMPLETE = {
    .code = "CANDIDATE_FILE_INCOMPLETE",
    .field = "file_complete",
    .rule = "S4-38",
    .french = "Le dossier du candidat est incomplet : ajoutez les pièces manquantes avant l'envoi.",
    .english = "The candidate's file is incomplete: add what is missing before sending it.",
};

const struct refusal CANDIDATE_FEE_NOT_COMPUTED = {
    .code = "CANDIDATE_FEE_NOT_COMPUTED",
    .field = "income",
    .rule = "C-9, S0-22",
    .french = "Calculez d'abord si les ressources du ménage permettent de payer la redevance.",
    .english = "First compute whether the household's income allows it to pay the fee.",
};

const struct refusal CANDIDATE_NOT_NEXT_IN_RANK = {
    .code = "CANDIDATE_NOT_NEXT_IN_RANK",
    .field = "reason",
    .rule = "6.6, Q23",
    .french =
        "Un ménage mieux classé attend sur la liste : envoyez-le d'abord ou motivez ce choix.",
    .english = "A household ranked higher is waiting: send that one first or give the reason for "
               "this choice.",
};

const struct refusal REFUSAL_WITHOUT_REASON = {
    .code = "REFUSAL_WITHOUT_REASON",
    .field = "reason",
    .rule = "S4-29",
    .french = "Indiquez le motif du refus du gestionnaire.",
    .english = "Give the manager's reason for the refusal.",
};

const struct refusal *candidature_may_be_sent(const struct candidature_file *file)
{
    if (file->is_for_state_contingent && !file->has_active_siao_request)
        return &CANDIDATE_WITHOUT_SIAO_REQUEST;
    if (!file->is_complete)
        return &CANDIDATE_FILE_INCOMPLETE;
    if (!file->is_fee_computed)
        return &CANDIDATE_FEE_NOT_COMPUTED;
    if (file->fee != ACCEPTED)
        return file->fee;
    if (file->is_better_ranked_waiting && !file->has_reason_to_break_order)
        return &CANDIDATE_NOT_NEXT_IN_RANK;
    return ACCEPTED;
}

const struct refusal *candidature_may_be_refused(enum refusal_reason reason)
{
    if (reason < REFUSED_INCOMPLETE_FILE || reason >= REFUSAL_REASONS)
        return &REFUSAL_WITHOUT_REASON;
    return ACCEPTED;
}

/* --- the rank --------------------------------------------------------------------------------- */

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* Whoever the regulator ranked comes before whoever was not. */
static int compare_decided(int32_t a, int32_t b)
{
    if ((a == 0) != (b == 0))
        return a == 0 ? 1 : -1;
    return compare_numbers(a, b);
}

static int compare_ranks(const void *left, const void *right)
{
    const struct candidature_rank *a = left, *b = right;
    int order = compare_decided(a->decided_rank, b->decided_rank);

    if (order == 0)
        order = compare_numbers(b->priority_criteria, a->priority_criteria);
    if (order == 0)
        order = date_compare(a->waiting_since, b->waiting_since);
    return order != 0 ? order : compare_numbers(a->proposed_order, b->proposed_order);
}

void candidatures_rank(struct candidature_rank list[], size_t count)
{
    if (count > 1)
        qsort(list, count, sizeof *list, compare_ranks);
}

size_t candidature_next(const struct candidature_rank list[], size_t count)
{
    size_t best = count;

    for (size_t i = 0; i < count; i++)
        if (list[i].state == CANDIDATURE_PROPOSED &&
            (best == count || compare_ranks(&list[i], &list[best]) < 0))
            best = i;
    return best;
}

bool candidature_is_next(const struct candidature_rank list[], size_t count, size_t index)
{
    return index < count && candidature_next(list, count) == index;
}

enum candidature_event candidature_event_of_housing(bool is_same_household, bool is_same_vacancy)
{
    if (is_same_household)
        return CANDIDATURE_EVENT_HOUSE_ELSEWHERE;
    return is_same_vacancy ? CANDIDATURE_EVENT_CLOSE_VACANCY : 0;
}

/* --- time to answer --------------------------------------------------------------------------- */

int64_t candidature_answer_by(int64_t asked_at_ms, const struct candidature_law *law)
{
    return asked_at_ms + law->answer_hours * HOUR_MS;
}

int64_t candidature_social_housing_answer_by(struct date offered_on,
                                             const struct candidature_law *law)
{
    return end_of_day(date_add_period(offered_on, law->social_housing_answer_period));
}

struct date candidature_contact_by(struct date oriented_on, const struct candidature_law *law)
{
    return date_add_period(oriented_on, law->contact_period);
}
