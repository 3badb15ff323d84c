#include "services/lodging/rules/sliding_lease.h"

const struct parameter_field sliding_lease_law[] = {
    { "lodging.sliding_lease.review_period", UNIT_MONTHS,
      offsetof(struct sliding_lease_law, review_months) },
    { "lodging.sliding_lease.landlord_notice_period", UNIT_MONTHS,
      offsetof(struct sliding_lease_law, landlord_notice_months) },
    { "lodging.sliding_lease.target", UNIT_MONTHS,
      offsetof(struct sliding_lease_law, target_months) },
    { "lodging.sliding_lease.many_renewals", UNIT_COUNT,
      offsetof(struct sliding_lease_law, many_renewals) },
    { "lodging.sliding_lease.paid_months", UNIT_COUNT,
      offsetof(struct sliding_lease_law, paid_months) },
    { 0 },
};

/* --- the machine ------------------------------------------------------------------------------ */

static const char *const states[] = {
    "",
    "PROPOSED",
    "SIGNED",
    "RUNNING",
    "REVIEW_DUE",
    "FAVOURABLE",
    "UNFAVOURABLE",
    "SLID",
    "ENDED_WITHOUT_SLIDE",
};

static const char *const events[] = {
    "",
    "PROPOSE",
    "SIGN",
    "ENTER",
    "REACH_REVIEW",
    "REVIEW_FAVOURABLY",
    "REVIEW_UNFAVOURABLY",
    "SIGN_LEASE",
    "LANDLORD_REFUSES",
    "START_NEW_PERIOD",
    "END",
};

static const struct transition transitions[] = {
    { 0, SLIDING_LEASE_EVENT_PROPOSE, SLIDING_LEASE_PROPOSED },
    { SLIDING_LEASE_PROPOSED, SLIDING_LEASE_EVENT_SIGN, SLIDING_LEASE_SIGNED },
    { SLIDING_LEASE_PROPOSED, SLIDING_LEASE_EVENT_END, SLIDING_LEASE_ENDED_WITHOUT_SLIDE },
    { SLIDING_LEASE_SIGNED, SLIDING_LEASE_EVENT_ENTER, SLIDING_LEASE_RUNNING },
    { SLIDING_LEASE_SIGNED, SLIDING_LEASE_EVENT_END, SLIDING_LEASE_ENDED_WITHOUT_SLIDE },
    { SLIDING_LEASE_RUNNING, SLIDING_LEASE_EVENT_REACH_REVIEW, SLIDING_LEASE_REVIEW_DUE },
    { SLIDING_LEASE_RUNNING, SLIDING_LEASE_EVENT_REVIEW_FAVOURABLY, SLIDING_LEASE_FAVOURABLE },
    { SLIDING_LEASE_RUNNING, SLIDING_LEASE_EVENT_REVIEW_UNFAVOURABLY, SLIDING_LEASE_UNFAVOURABLE },
    { SLIDING_LEASE_RUNNING, SLIDING_LEASE_EVENT_END, SLIDING_LEASE_ENDED_WITHOUT_SLIDE },
    { SLIDING_LEASE_REVIEW_DUE, SLIDING_LEASE_EVENT_REVIEW_FAVOURABLY, SLIDING_LEASE_FAVOURABLE },
    { SLIDING_LEASE_REVIEW_DUE, SLIDING_LEASE_EVENT_REVIEW_UNFAVOURABLY,
      SLIDING_LEASE_UNFAVOURABLE },
    { SLIDING_LEASE_REVIEW_DUE, SLIDING_LEASE_EVENT_END, SLIDING_LEASE_ENDED_WITHOUT_SLIDE },
    { SLIDING_LEASE_FAVOURABLE, SLIDING_LEASE_EVENT_SIGN_LEASE, SLIDING_LEASE_SLID },
    { SLIDING_LEASE_FAVOURABLE, SLIDING_LEASE_EVENT_LANDLORD_REFUSES, SLIDING_LEASE_RUNNING },
    { SLIDING_LEASE_FAVOURABLE, SLIDING_LEASE_EVENT_END, SLIDING_LEASE_ENDED_WITHOUT_SLIDE },
    { SLIDING_LEASE_UNFAVOURABLE, SLIDING_LEASE_EVENT_START_NEW_PERIOD, SLIDING_LEASE_RUNNING },
    { SLIDING_LEASE_UNFAVOURABLE, SLIDING_LEASE_EVENT_END, SLIDING_LEASE_ENDED_WITHOUT_SLIDE },
};

const struct machine sliding_lease_machine = {
    .name = "sliding lease",
    .states = states,
    .state_count = sizeof states / sizeof *states,
    .events = events,
    .event_count = sizeof events / sizeof *events,
    .transitions = transitions,
    .transition_count = sizeof transitions / sizeof *transitions,
    .terminal = UINT64_C(1) << SLIDING_LEASE_SLID | UINT64_C(1)
                                                        << SLIDING_LEASE_ENDED_WITHOUT_SLIDE,
};

/* --- signing ---------------------------------------------------------------------------------- */

const struct refusal SLIDING_LEASE_WITHOUT_LEASE = {
    .code = "SLIDING_LEASE_WITHOUT_LEASE",
    .field = "lease",
    .rule = "6.8, S2-57",
    .french = "Le bail entre le bailleur et l'association doit être signé.",
    .english = "The lease between the landlord and the association is signed first.",
};

const struct refusal SLIDING_LEASE_WITHOUT_SUBLEASE = {
    .code = "SLIDING_LEASE_WITHOUT_SUBLEASE",
    .field = "sublease",
    .rule = "6.8, S2-57",
    .french = "Le contrat de sous-location avec le ménage doit être signé.",
    .english = "The sublease with the household is signed first.",
};

const struct refusal SLIDING_LEASE_WITHOUT_CONVENTION = {
    .code = "SLIDING_LEASE_WITHOUT_CONVENTION",
    .field = "convention",
    .rule = "BG-1, L442-8-3",
    .french = "Pour un logement social, annexez à la sous-location la convention tripartite signée "
              "par le bailleur, l'association et le ménage.",
    .english = "For a social landlord's dwelling, annex to the sublease the convention signed by "
               "landlord, association and household.",
};

const struct refusal *sliding_lease_may_be_signed(const struct sliding_lease_papers *papers)
{
    if (!papers->has_lease)
        return &SLIDING_LEASE_WITHOUT_LEASE;
    if (!papers->has_sublease)
        return &SLIDING_LEASE_WITHOUT_SUBLEASE;
    if (papers->is_social_landlord && !papers->has_convention)
        return &SLIDING_LEASE_WITHOUT_CONVENTION;
    return ACCEPTED;
}

/* --- review dates ----------------------------------------------------------------------------- */

static int32_t months_of_periods(const int64_t periods[], size_t count,
                                 const struct sliding_lease_law *law)
{
    int64_t months = count == 0 ? law->review_months : 0;

    for (size_t i = 0; i < count; i++)
        months += periods[i] > 0 ? periods[i] : law->review_months;
    return (int32_t)months;
}

struct sliding_lease_dates sliding_lease_dates(struct date entry, const int64_t periods[],
                                               size_t count, const struct sliding_lease_law *law,
                                               enum holidays holidays)
{
    const struct period notice = { .months = (int32_t)law->landlord_notice_months };
    struct sliding_lease_dates dates = {
        .review_end = date_add_months(entry, months_of_periods(periods, count, law)),
        .target_slide = date_add_months(entry, (int32_t)law->target_months),
        .renewals = count == 0 ? 0 : (int32_t)count - 1,
    };

    dates.landlord_notice_due = backward_limit(dates.review_end, notice);
    dates.landlord_notice_target = backward_limit_to_aim_for(dates.review_end, notice, holidays);
    dates.has_many_renewals = dates.renewals >= law->many_renewals;
    return dates;
}

bool sliding_lease_review_comes_due(enum sliding_lease_state state, struct date review_end,
                                    struct date on)
{
    return state == SLIDING_LEASE_RUNNING && date_is_set(review_end) &&
           !date_is_before(on, review_end);
}

/* --- a stabilised situation ------------------------------------------------------------------- */

const struct refusal CRITERION_NOT_JUDGED = {
    .code = "CRITERION_NOT_JUDGED",
    .field = "criteria",
    .rule = "6.8",
    .french = "Prononcez-vous sur chaque critère : paiements, assurance, voisinage, bilan.",
    .english = "Judge every criterion: payments, insurance, neighbours, minutes.",
};

const struct refusal CRITERION_WITHOUT_REASON = {
    .code = "CRITERION_WITHOUT_REASON",
    .field = "criteria",
    .rule = "6.8",
    .french = "Motivez chaque critère non rempli, ou jugé autrement que les comptes le proposent.",
    .english = "Give a reason for each criterion not met, or judged otherwise than the accounts "
               "propose.",
};

const struct refusal REVIEW_WITHOUT_SIGNATURES = {
    .code = "REVIEW_WITHOUT_SIGNATURES",
    .field = "signatures",
    .rule = "6.8, BG-2",
    .french =
        "Le bilan contradictoire doit être signé par le bailleur, l'association et le ménage.",
    .english = "The minutes are signed by landlord, association and household.",
};

enum { PARTIES = 3 };

enum judgement criterion_from_payments(int64_t months_paid_in_a_row,
                                       const struct sliding_lease_law *law)
{
    return months_paid_in_a_row >= law->paid_months ? JUDGED_MET : JUDGED_NOT_MET;
}

enum judgement criterion_from_insurance(struct date insured_until, struct date on)
{
    return date_is_set(insured_until) && !date_is_before(insured_until, on) ? JUDGED_MET
                                                                            : JUDGED_NOT_MET;
}

enum judgement criterion_from_incidents(int64_t serious_incidents)
{
    return serious_incidents > 0 ? JUDGED_NOT_MET : JUDGED_MET;
}

static const struct refusal *criterion_may_be(struct judged_criterion judged,
                                              enum judgement proposed)
{
    bool differs = proposed != NOT_JUDGED && judged.judgement != proposed;

    if (judged.judgement != JUDGED_MET && judged.judgement != JUDGED_NOT_MET)
        return &CRITERION_NOT_JUDGED;
    if ((judged.judgement == JUDGED_NOT_MET || differs) && !judged.has_reason)
        return &CRITERION_WITHOUT_REASON;
    return ACCEPTED;
}

const struct refusal *sliding_lease_may_be_reviewed(const struct judged_criterion judged[CRITERIA],
                                                    const enum judgement proposed[CRITERIA],
                                                    int32_t signatures)
{
    for (int i = 0; i < CRITERIA; i++) {
        const struct refusal *refusal = criterion_may_be(judged[i], proposed[i]);

        if (refusal != ACCEPTED)
            return refusal;
    }
    return signatures < PARTIES ? &REVIEW_WITHOUT_SIGNATURES : ACCEPTED;
}

bool sliding_lease_is_stabilised(const struct judged_criterion judged[CRITERIA])
{
    for (int i = 0; i < CRITERIA; i++)
        if (judged[i].judgement != JUDGED_MET)
            return false;
    return true;
}

/* --- the slide, and other ends ---------------------------------------------------------------- */

const struct refusal SLIDE_WITHOUT_OFFER = {
    .code = "SLIDE_WITHOUT_OFFER",
    .field = "lease_offer",
    .rule = "6.8, BG-3",
    .french = "Le bailleur n'a pas encore proposé de bail au ménage.",
    .english = "The landlord has not offered the household a lease yet.",
};

const struct refusal SLIDE_WITHOUT_SIGNATURE = {
    .code = "SLIDE_WITHOUT_SIGNATURE",
    .field = "lease_signed_on",
    .rule = "6.8, S2-60",
    .french = "Le bail glisse le jour où le ménage le signe avec le bailleur : joignez le bail "
              "signé.",
    .english = "The lease slides on the day the household signs it with the landlord: add the "
               "signed lease.",
};

const struct refusal SLIDE_WITH_ARREARS = {
    .code = "SLIDE_WITH_ARREARS",
    .field = "account",
    .rule = "6.8",
    .french = "Le ménage doit être à jour de ses loyers ou respecter son plan d'apurement.",
    .english = "The household is up to date with its rent or keeps its settlement plan first.",
};

const struct refusal SLIDING_LEASE_END_WITHOUT_CAUSE = {
    .code = "SLIDING_LEASE_END_WITHOUT_CAUSE",
    .field = "cause",
    .rule = "6.8, BG-5",
    .french = "Indiquez la cause de la fin : offre refusée, impayés, départ, bilan, ou entrée "
              "jamais faite.",
    .english = "Give the cause of the end: offer refused, arrears, departure, review, or never "
               "entered.",
};

const struct refusal SLIDING_LEASE_END_WITHOUT_REASON = {
    .code = "SLIDING_LEASE_END_WITHOUT_REASON",
    .field = "reason",
    .rule = "C-16",
    .french = "Mettre fin au bail glissant est une décision : indiquez son motif.",
    .english = "Ending a sliding lease is a decision: give its reason.",
};

const struct refusal SLIDING_LEASE_PERIOD_WITHOUT_REASON = {
    .code = "SLIDING_LEASE_PERIOD_WITHOUT_REASON",
    .field = "reason",
    .rule = "6.8, C-16",
    .french = "Indiquez pourquoi une nouvelle période commence.",
    .english = "Say why a new period starts.",
};

const struct refusal SLIDING_LEASE_REFUSAL_WITHOUT_REASON = {
    .code = "SLIDING_LEASE_REFUSAL_WITHOUT_REASON",
    .field = "reason",
    .rule = "BG-3, L442-8-3",
    .french = "Indiquez les motifs du bailleur qui ne propose pas le bail.",
    .english = "Give the reasons of the landlord who offers no lease.",
};

const struct refusal *sliding_lease_may_slide(const struct sliding_lease_offer *offer)
{
    if (!offer->is_offered)
        return &SLIDE_WITHOUT_OFFER;
    if (!offer->is_signed)
        return &SLIDE_WITHOUT_SIGNATURE;
    return offer->is_up_to_date || offer->is_plan_respected ? ACCEPTED : &SLIDE_WITH_ARREARS;
}

const struct refusal *sliding_lease_may_end(enum sliding_lease_end cause, bool has_reason)
{
    if (cause < SLIDING_LEASE_ENDED_BY_REFUSED_OFFER || cause >= SLIDING_LEASE_ENDS)
        return &SLIDING_LEASE_END_WITHOUT_CAUSE;
    return has_reason ? ACCEPTED : &SLIDING_LEASE_END_WITHOUT_REASON;
}

const struct refusal *sliding_lease_may_be_renewed(bool has_reason)
{
    return has_reason ? ACCEPTED : &SLIDING_LEASE_PERIOD_WITHOUT_REASON;
}

const struct refusal *landlord_may_refuse_lease(bool has_reason)
{
    return has_reason ? ACCEPTED : &SLIDING_LEASE_REFUSAL_WITHOUT_REASON;
}
