#include "services/lodging/rules/notice.h"

const struct parameter_field notice_law[] = {
    { "lodging.notice.by_resident", UNIT_PERIOD, offsetof(struct notice_law, resident_period) },
    { "lodging.notice.for_breach", UNIT_PERIOD, offsetof(struct notice_law, breach_period) },
    { "lodging.notice.for_loss_of_conditions", UNIT_PERIOD,
      offsetof(struct notice_law, loss_of_conditions_period) },
    { "lodging.notice.for_closure", UNIT_PERIOD, offsetof(struct notice_law, closure_period) },
    { 0 },
};

const struct refusal NOTICE_WITHOUT_GIVER = {
    .code = "NOTICE_WITHOUT_GIVER",
    .field = "given_by",
    .rule = "RS-3, RS-8",
    .french = "Indiquez qui donne congé : le résident ou le gestionnaire.",
    .english = "Say who gives notice: the resident or the manager.",
};

const struct refusal NOTICE_WITHOUT_GROUND = {
    .code = "NOTICE_WITHOUT_GROUND",
    .field = "ground",
    .rule = "RS-3, L633-2",
    .french = "Le gestionnaire ne peut résilier que pour manquement, perte des conditions "
              "d'admission ou fermeture : indiquez le motif.",
    .english = "The manager may end the contract only for breach, loss of the admission conditions "
               "or closure: give the ground.",
};

const struct refusal NOTICE_BELOW_ARREARS_TEST = {
    .code = "NOTICE_BELOW_ARREARS_TEST",
    .field = "ground",
    .rule = "RS-5, R633-3",
    .french = "Les impayés n'atteignent pas le seuil de résiliation : trois termes consécutifs "
              "entièrement impayés, ou deux mois de loyer et charges en cas de paiement partiel.",
    .english = "The arrears are below the test: three consecutive terms wholly unpaid or, with "
               "partial payments, two months of rent and charges.",
};

const struct refusal NOTICE_IN_NO_FORM = {
    .code = "NOTICE_IN_NO_FORM",
    .field = "form",
    .rule = "RS-6, R633-3",
    .french = "Signifiez le congé par commissaire de justice, remettez-le contre récépissé ou "
              "envoyez-le en recommandé avec avis de réception.",
    .english = "Have the notice served by an officer, hand it over against a receipt or send it by "
               "registered letter with acknowledgement.",
};

const struct refusal NOTICE_LETTER_NOT_COLLECTED = {
    .code = "NOTICE_LETTER_NOT_COLLECTED",
    .field = "received_on",
    .rule = "RS-6",
    .french = "Une lettre recommandée non retirée ne vaut pas congé : faites-le signifier ou "
              "remettez-le contre récépissé.",
    .english = "A registered letter never collected is no notice: have it served or hand it over "
               "against a receipt.",
};

const struct refusal NOTICE_NOT_RECEIVED = {
    .code = "NOTICE_NOT_RECEIVED",
    .field = "received_on",
    .rule = "C-15, RS-8",
    .french = "Indiquez le jour où le congé a été reçu : le préavis court de cette date.",
    .english = "Give the day on which the notice was received: its period runs from then.",
};

const struct refusal NOTICE_NOT_TO_REGULARISE = {
    .code = "NOTICE_NOT_TO_REGULARISE",
    .field = "notice",
    .rule = "6.7",
    .french = "Seul un congé pour impayés ou manquement se régularise : retirez plutôt ce congé.",
    .english = "Only a notice for arrears or breach is regularised: withdraw this one instead.",
};

const struct refusal NOTICE_ARREARS_REMAIN = {
    .code = "NOTICE_ARREARS_REMAIN",
    .field = "notice",
    .rule = "6.7",
    .french = "Les impayés ne sont pas soldés : enregistrez d'abord les paiements.",
    .english = "Arrears remain: record the payments first.",
};

const struct refusal NOTICE_STANDS_FOR_MANAGER = {
    .code = "NOTICE_STANDS_FOR_MANAGER",
    .field = "manager_agrees",
    .rule = "6.7",
    .french = "Le gestionnaire doit accepter de renoncer au congé.",
    .english = "The manager must agree to give up the notice.",
};

static const struct refusal *manager_may_give(const struct notice *notice)
{
    if (notice->ground < NOTICE_FOR_BREACH || notice->ground >= NOTICE_GROUNDS)
        return &NOTICE_WITHOUT_GROUND;
    if (notice->ground == NOTICE_FOR_ARREARS && !notice->is_arrears_test_met)
        return &NOTICE_BELOW_ARREARS_TEST;
    if (notice->form < NOTICE_SERVED_BY_OFFICER || notice->form >= NOTICE_OTHERWISE)
        return &NOTICE_IN_NO_FORM;
    if (notice->form == NOTICE_BY_REGISTERED_LETTER && !date_is_set(notice->received_on))
        return &NOTICE_LETTER_NOT_COLLECTED;
    return ACCEPTED;
}

const struct refusal *notice_may_be_given(const struct notice *notice)
{
    const struct refusal *refusal = ACCEPTED;

    if (notice->giver != NOTICE_BY_RESIDENT && notice->giver != NOTICE_BY_MANAGER)
        return &NOTICE_WITHOUT_GIVER;
    if (notice->giver == NOTICE_BY_MANAGER)
        refusal = manager_may_give(notice);
    if (refusal == ACCEPTED && !date_is_valid(notice->received_on))
        refusal = &NOTICE_NOT_RECEIVED;
    return refusal;
}

static struct period notice_period(const struct notice *notice, const struct notice_law *law)
{
    if (notice->giver == NOTICE_BY_RESIDENT)
        return law->resident_period;
    switch (notice->ground) {
    case NOTICE_FOR_LOSS_OF_CONDITIONS: return law->loss_of_conditions_period;
    case NOTICE_FOR_CLOSURE: return law->closure_period;
    default: return law->breach_period;
    }
}

struct date notice_last_day(const struct notice *notice, const struct notice_law *law)
{
    return date_add_period(notice->received_on, notice_period(notice, law));
}

bool notice_has_run_out(struct date last_day, struct date day)
{
    return date_is_after(day, last_day);
}

struct date notice_fee_ends(enum notice_giver giver, struct date last_day, struct date exit)
{
    if (!date_is_set(exit) || giver == NOTICE_BY_MANAGER)
        return exit;
    return date_later(exit, date_add_days(last_day, 1));
}

const struct refusal *notice_may_be_regularised(const struct notice *notice, bool are_arrears_paid,
                                                bool does_manager_agree)
{
    if (notice->giver != NOTICE_BY_MANAGER ||
        (notice->ground != NOTICE_FOR_BREACH && notice->ground != NOTICE_FOR_ARREARS))
        return &NOTICE_NOT_TO_REGULARISE;
    if (!are_arrears_paid)
        return &NOTICE_ARREARS_REMAIN;
    return does_manager_agree ? ACCEPTED : &NOTICE_STANDS_FOR_MANAGER;
}
