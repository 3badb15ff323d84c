#include "services/lodging/rules/eviction.h"

/* --- the machine ------------------------------------------------------------------------------ */

static const char *const stages[EVICTION_STAGES] = {
    [0] = "",
    [EVICTION_ORDER_SERVED] = "ORDER_SERVED",
    [EVICTION_SUMMONS] = "SUMMONS",
    [EVICTION_HEARING] = "HEARING",
    [EVICTION_JUDGMENT] = "JUDGMENT",
    [EVICTION_TIME_GRANTED] = "TIME_GRANTED",
    [EVICTION_ORDER_TO_LEAVE] = "ORDER_TO_LEAVE",
    [EVICTION_POLICE_ASSISTANCE] = "POLICE_ASSISTANCE",
    [EVICTION_EXECUTED] = "EXECUTED",
    [EVICTION_STOPPED] = "STOPPED",
};

static const char *const events[EVICTION_EVENTS] = {
    [0] = "",
    [EVICTION_SERVE_ORDER] = "SERVE_ORDER",
    [EVICTION_SUMMON] = "SUMMON",
    [EVICTION_HEAR] = "HEAR",
    [EVICTION_ADJOURN] = "ADJOURN",
    [EVICTION_JUDGE] = "JUDGE",
    [EVICTION_GRANT_TIME] = "GRANT_TIME",
    [EVICTION_MISS_INSTALMENT] = "MISS_INSTALMENT",
    [EVICTION_ORDER_LEAVING] = "ORDER_LEAVING",
    [EVICTION_ADD_JUDGE_TIME] = "ADD_JUDGE_TIME",
    [EVICTION_ASK_POLICE] = "ASK_POLICE",
    [EVICTION_REFUSE_POLICE] = "REFUSE_POLICE",
    [EVICTION_EXECUTE] = "EXECUTE",
    [EVICTION_STOP] = "STOP",
};

static const struct transition transitions[] = {
    { 0, EVICTION_SERVE_ORDER, EVICTION_ORDER_SERVED },
    { EVICTION_ORDER_SERVED, EVICTION_SUMMON, EVICTION_SUMMONS },
    { EVICTION_SUMMONS, EVICTION_HEAR, EVICTION_HEARING },
    { EVICTION_HEARING, EVICTION_ADJOURN, EVICTION_SUMMONS },
    { EVICTION_HEARING, EVICTION_JUDGE, EVICTION_JUDGMENT },
    { EVICTION_JUDGMENT, EVICTION_GRANT_TIME, EVICTION_TIME_GRANTED },
    { EVICTION_JUDGMENT, EVICTION_ORDER_LEAVING, EVICTION_ORDER_TO_LEAVE },
    { EVICTION_TIME_GRANTED, EVICTION_MISS_INSTALMENT, EVICTION_ORDER_TO_LEAVE },
    { EVICTION_ORDER_TO_LEAVE, EVICTION_ADD_JUDGE_TIME, EVICTION_ORDER_TO_LEAVE },
    { EVICTION_ORDER_TO_LEAVE, EVICTION_ASK_POLICE, EVICTION_POLICE_ASSISTANCE },
    { EVICTION_POLICE_ASSISTANCE, EVICTION_ADD_JUDGE_TIME, EVICTION_POLICE_ASSISTANCE },
    { EVICTION_POLICE_ASSISTANCE, EVICTION_REFUSE_POLICE, EVICTION_ORDER_TO_LEAVE },
    { EVICTION_POLICE_ASSISTANCE, EVICTION_EXECUTE, EVICTION_EXECUTED },
    /* C-17 */
    { EVICTION_ORDER_SERVED, EVICTION_STOP, EVICTION_STOPPED },
    { EVICTION_SUMMONS, EVICTION_STOP, EVICTION_STOPPED },
    { EVICTION_HEARING, EVICTION_STOP, EVICTION_STOPPED },
    { EVICTION_JUDGMENT, EVICTION_STOP, EVICTION_STOPPED },
    { EVICTION_TIME_GRANTED, EVICTION_STOP, EVICTION_STOPPED },
    { EVICTION_ORDER_TO_LEAVE, EVICTION_STOP, EVICTION_STOPPED },
    { EVICTION_POLICE_ASSISTANCE, EVICTION_STOP, EVICTION_STOPPED },
};

const struct machine eviction_case_machine = {
    .name = "eviction_case",
    .states = stages,
    .state_count = EVICTION_STAGES,
    .events = events,
    .event_count = EVICTION_EVENTS,
    .transitions = transitions,
    .transition_count = sizeof transitions / sizeof *transitions,
    .terminal = UINT64_C(1) << EVICTION_EXECUTED | UINT64_C(1) << EVICTION_STOPPED,
};

const struct refusal EVICTION_STOP_WITHOUT_REASON = {
    .code = "EVICTION_STOP_WITHOUT_REASON",
    .field = "reason",
    .rule = "6.9, C-17",
    .french = "Indiquez pourquoi la procédure d'expulsion s'arrête.",
    .english = "Say why the eviction procedure stops.",
};

const struct refusal *eviction_may_stop(enum eviction_stop_reason reason)
{
    return reason < EVICTION_DEBT_PAID || reason > EVICTION_HOUSEHOLD_LEFT
               ? &EVICTION_STOP_WITHOUT_REASON
               : ACCEPTED;
}

/* --- the summons (ARR-9, EV-3) ---------------------------------------------------------------- */

const struct refusal SUMMONS_WITHOUT_CCAPEX = {
    .code = "SUMMONS_WITHOUT_CCAPEX",
    .field = "ccapex_seized_on",
    .rule = "ARR-9",
    .french = "Un bailleur personne morale saisit la CCAPEX (ou signale l'impayé à la CAF ou à la "
              "MSA) avant d'assigner : indiquez la date de la saisine.",
    .english = "A corporate landlord seizes the CCAPEX (or tells the CAF or MSA) before the "
               "summons: give the date it did.",
};

const struct refusal SUMMONS_TOO_SOON_AFTER_CCAPEX = {
    .code = "SUMMONS_TOO_SOON_AFTER_CCAPEX",
    .field = "summons_on",
    .rule = "ARR-9",
    .french =
        "L'assignation doit suivre la saisine de la CCAPEX de deux mois au moins : choisissez "
        "une date plus tardive.",
    .english = "The summons must follow the seizure of the CCAPEX by two months at least: choose a "
               "later date.",
};

const struct refusal SUMMONS_NOT_TOLD_TO_PREFECT = {
    .code = "SUMMONS_NOT_TOLD_TO_PREFECT",
    .field = "prefect_told_of_summons_on",
    .rule = "EV-3",
    .french = "L'assignation doit être notifiée au préfet avant l'audience, sous peine "
              "d'irrecevabilité : indiquez la date de la notification.",
    .english = "The prefect must be told of the summons before the hearing, or the claim is not "
               "admitted: give the date.",
};

const struct refusal SUMMONS_TOLD_TOO_LATE = {
    .code = "SUMMONS_TOLD_TOO_LATE",
    .field = "prefect_told_of_summons_on",
    .rule = "EV-3",
    .french = "L'assignation a été notifiée au préfet trop tard avant l'audience : la demande est "
              "irrecevable, faites reporter l'audience.",
    .english = "The prefect was told of the summons too late before the hearing: the claim is not "
               "admissible, have the hearing postponed.",
};

const struct refusal *summons_is_admissible(const struct eviction_case *about,
                                            const struct eviction_timers *timers)
{
    if (about->is_corporate_landlord && !date_is_set(about->ccapex_seized_on))
        return &SUMMONS_WITHOUT_CCAPEX;
    if (date_is_before(about->summons_on, timers->summons_from))
        return &SUMMONS_TOO_SOON_AFTER_CCAPEX;
    if (!date_is_set(about->prefect_told_of_summons_on))
        return &SUMMONS_NOT_TOLD_TO_PREFECT;
    if (date_is_set(about->hearing_on) &&
        date_is_after(about->prefect_told_of_summons_on, timers->prefect_by))
        return &SUMMONS_TOLD_TOO_LATE;
    return ACCEPTED;
}

/* --- time given by judges (EV-5 to EV-7) ------------------------------------------------------ */

const struct refusal PAYMENT_TIME_IS_EMPTY = {
    .code = "PAYMENT_TIME_IS_EMPTY",
    .field = "months",
    .rule = "EV-5",
    .french = "Indiquez le nombre de mois accordés pour payer.",
    .english = "Give the number of months granted to pay.",
};

const struct refusal PAYMENT_TIME_TOO_LONG = {
    .code = "PAYMENT_TIME_TOO_LONG",
    .field = "months",
    .rule = "EV-5",
    .french = "Les délais de paiement dépassent le maximum que la loi permet au juge d'accorder : "
              "vérifiez le jugement.",
    .english = "The time to pay is more than the law lets the judge grant: check the judgment.",
};

const struct refusal PAYMENT_TIME_WITHOUT_MEANS = {
    .code = "PAYMENT_TIME_WITHOUT_MEANS",
    .field = "can_pay",
    .rule = "EV-5",
    .french = "Des délais ne sont accordés qu'au locataire en situation de régler sa dette.",
    .english = "Time is granted only to a tenant who is able to settle the debt.",
};

const struct refusal PAYMENT_TIME_RENT_NOT_RESUMED = {
    .code = "PAYMENT_TIME_RENT_NOT_RESUMED",
    .field = "rent_resumed_on",
    .rule = "EV-5, law 2023-668 art. 10",
    .french = "Des délais ne sont accordés que si le loyer courant est de nouveau payé en entier "
              "avant l'audience : indiquez depuis quand.",
    .english = "Time is granted only if the current rent is paid in full again before the hearing: "
               "say since when.",
};

static bool has_resumed_rent(const struct payment_time *time)
{
    return date_is_set(time->rent_resumed_on) &&
           date_is_before(time->rent_resumed_on, time->hearing_on);
}

const struct refusal *payment_time_may_be_granted(const struct payment_time *time,
                                                  const struct eviction_law *law)
{
    if (time->months < 1)
        return &PAYMENT_TIME_IS_EMPTY;
    if (time->months > law->payment_months_most)
        return &PAYMENT_TIME_TOO_LONG;
    if (!time->can_pay)
        return &PAYMENT_TIME_WITHOUT_MEANS;
    if (law->payment_needs_rent_resumed && !has_resumed_rent(time))
        return &PAYMENT_TIME_RENT_NOT_RESUMED;
    return ACCEPTED;
}

const struct refusal HARDSHIP_TOO_LONG = {
    .code = "HARDSHIP_TOO_LONG",
    .field = "hardship_months",
    .rule = "EV-6, CPCE L412-2",
    .french = "Le juge peut allonger de trois mois au plus le délai du commandement de quitter les "
              "lieux.",
    .english = "The judge can add three months at most to the order to leave.",
};

const struct refusal *hardship_may_be_added(int64_t months, const struct eviction_law *law)
{
    return months < 0 || months > law->hardship_months_most ? &HARDSHIP_TOO_LONG : ACCEPTED;
}

const struct refusal JUDGE_TIME_TOO_SHORT = {
    .code = "JUDGE_TIME_TOO_SHORT",
    .field = "until",
    .rule = "EV-7, CPCE L412-4",
    .french = "Les délais du juge de l'exécution sont plus courts que le minimum légal : vérifiez "
              "la date de fin.",
    .english = "The enforcement judge's time is shorter than the law's least: check its end.",
};

const struct refusal JUDGE_TIME_TOO_LONG = {
    .code = "JUDGE_TIME_TOO_LONG",
    .field = "until",
    .rule = "EV-7, CPCE L412-4",
    .french = "Les délais du juge de l'exécution dépassent le maximum légal : vérifiez la date de "
              "fin.",
    .english = "The enforcement judge's time is longer than the law's most: check its end.",
};

const struct refusal *judge_time_may_be_granted(struct date granted_on, struct date until,
                                                const struct eviction_law *law)
{
    if (date_is_before(until, date_add_months(granted_on, (int32_t)law->judge_months_least)))
        return &JUDGE_TIME_TOO_SHORT;
    if (date_is_after(until, date_add_months(granted_on, (int32_t)law->judge_months_most)))
        return &JUDGE_TIME_TOO_LONG;
    return ACCEPTED;
}

/* --- the day itself (EV-6 to EV-10) ----------------------------------------------------------- */

const struct refusal EVICTION_BEFORE_ORDER_RUNS = {
    .code = "EVICTION_BEFORE_ORDER_RUNS",
    .field = "prefect_told_of_order_on",
    .rule = "EV-6, CPCE L412-1, L412-5",
    .french = "Le délai ne court pas : le commandement de quitter les lieux doit être signifié et "
              "adressé au préfet.",
    .english =
        "The period does not run: the order to leave must be served and sent to the prefect.",
};

const struct refusal EVICTION_BEFORE_ORDER_ENDS = {
    .code = "EVICTION_BEFORE_ORDER_ENDS",
    .field = "on",
    .rule = "EV-6, CPCE L412-1, L412-2",
    .french = "Le délai du commandement de quitter les lieux n'est pas écoulé : aucune expulsion "
              "avant le lendemain de son dernier jour.",
    .english = "The order to leave has not run out: no eviction before the day after its last.",
};

const struct refusal EVICTION_IN_JUDGE_TIME = {
    .code = "EVICTION_IN_JUDGE_TIME",
    .field = "on",
    .rule = "EV-7, CPCE L412-3, L412-4",
    .french = "Le juge de l'exécution a accordé des délais qui courent encore : aucune expulsion "
              "avant leur fin.",
    .english =
        "The enforcement judge has granted time that still runs: no eviction before its end.",
};

const struct refusal EVICTION_IN_TRUCE = {
    .code = "EVICTION_IN_TRUCE",
    .field = "on",
    .rule = "EV-9, CPCE L412-6",
    .french = "La trêve hivernale interdit l'expulsion à cette date, sauf relogement adapté.",
    .english = "The winter truce forbids an eviction on that day, but for a suitable rehousing.",
};

/* The enforcement judge's time holds through its last day. */
static bool is_in_judge_time(const struct eviction_case *about, struct date on)
{
    return !date_is_after(on, about->judge_time_until);
}

const struct refusal *eviction_may_be_enforced(const struct eviction_case *about,
                                               const struct eviction_law *law, struct date on)
{
    struct date leave_by = eviction_leave_by(about, law);

    if (!date_is_set(leave_by))
        return &EVICTION_BEFORE_ORDER_RUNS;
    if (!date_is_after(on, leave_by))
        return &EVICTION_BEFORE_ORDER_ENDS;
    if (is_in_judge_time(about, on))
        return &EVICTION_IN_JUDGE_TIME;
    if (!about->is_truce_exempt && yearly_span_holds(law->winter_truce, on))
        return &EVICTION_IN_TRUCE;
    return ACCEPTED;
}

bool staying_is_an_offence(const struct staying *staying, const struct eviction_case *about,
                           const struct eviction_law *law, struct date on)
{
    struct date tolerated_until = date_add_period(about->leave_ordered_on, law->staying);

    if (!law->staying_is_punished || !date_is_set(about->leave_ordered_on))
        return false;
    if (!staying->judgment_is_final || staying->is_public_or_social_dwelling)
        return false;
    if (staying->is_judge_seized || is_in_judge_time(about, on))
        return false;
    return date_is_after(on, tolerated_until) && !yearly_span_holds(law->winter_truce, on);
}
