#include "services/measures/rules/social_housing_request.h"

#define FIELD(member, parameter, unit)                                                             \
    {                                                                                              \
        "measures.social_housing." parameter, unit, offsetof(struct social_housing_law, member)    \
    }

const struct parameter_field social_housing_law_fields[] = {
    FIELD(validity, "validity", UNIT_PERIOD),
    FIELD(reminder_before, "legal_reminder_before", UNIT_PERIOD),
    FIELD(reminder_days[0], "first_reminder_before", UNIT_DAYS),
    FIELD(reminder_days[1], "second_reminder_before", UNIT_DAYS),
    FIELD(reminder_days[2], "third_reminder_before", UNIT_DAYS),
    FIELD(reminder_days[3], "last_reminder_before", UNIT_DAYS),
    FIELD(certificate, "certificate_period", UNIT_PERIOD),
    FIELD(offer_answer, "offer_answer_period", UNIT_PERIOD),
    FIELD(candidates, "candidates_period", UNIT_PERIOD),
    { .name = NULL },
};

struct date social_housing_request_last_day(const struct social_housing_request *request,
                                            const struct social_housing_law *law)
{
    return date_add_period(request->last_registered_on, law->validity);
}

struct social_housing_request social_housing_request_of(const struct date registrations[],
                                                        size_t count,
                                                        const struct social_housing_law *law)
{
    struct social_housing_request request = { 0 };

    for (size_t i = 0; i < count; i++) {
        if (date_is_after(registrations[i], social_housing_request_last_day(&request, law)))
            request.since = registrations[i];
        request.last_registered_on = registrations[i];
    }
    return request;
}

enum social_housing_status social_housing_request_status(
    const struct social_housing_request *request, struct date on,
    const struct social_housing_law *law)
{
    struct date registered_on = request->last_registered_on;

    if (!date_is_set(registered_on) || date_is_before(on, registered_on))
        return 0;
    return date_is_after(on, social_housing_request_last_day(request, law))
               ? SOCIAL_HOUSING_STRUCK_OFF
               : SOCIAL_HOUSING_ACTIVE;
}

struct date social_housing_request_legal_reminder(const struct social_housing_request *request,
                                                  const struct social_housing_law *law)
{
    return backward_limit(social_housing_request_last_day(request, law), law->reminder_before);
}

void social_housing_request_reminders(const struct social_housing_request *request,
                                      const struct social_housing_law *law,
                                      struct date reminders[SOCIAL_HOUSING_REMINDERS])
{
    struct date last = social_housing_request_last_day(request, law);

    for (size_t i = 0; i < SOCIAL_HOUSING_REMINDERS; i++)
        reminders[i] = date_add_days(last, -(int32_t)law->reminder_days[i]);
}

const struct refusal SOCIAL_HOUSING_REQUEST_STRUCK_OFF = {
    "SOCIAL_HOUSING_REQUEST_STRUCK_OFF",
    "renewed_on",
    "DLS-1",
    "La demande n'a pas été renouvelée à temps, elle est radiée : déposez une nouvelle demande ; "
    "l'ancienneté repart de zéro.",
    "The request was not renewed in time and is struck off: make a new one; seniority starts "
    "again.",
};
const struct refusal SOCIAL_HOUSING_RENEWED_TOO_EARLY = {
    "SOCIAL_HOUSING_RENEWED_TOO_EARLY",
    "renewed_on",
    "DLS-1",
    "Le renouvellement est daté d'avant le dernier enregistrement : vérifiez les deux dates.",
    "The renewal is dated before the last registration: check both dates.",
};

const struct refusal *social_housing_request_may_be_renewed(
    const struct social_housing_request *request, struct date renewed_on,
    const struct social_housing_law *law)
{
    if (date_is_before(renewed_on, request->last_registered_on))
        return &SOCIAL_HOUSING_RENEWED_TOO_EARLY;
    if (social_housing_request_status(request, renewed_on, law) != SOCIAL_HOUSING_ACTIVE)
        return &SOCIAL_HOUSING_REQUEST_STRUCK_OFF;
    return ACCEPTED;
}

struct date social_housing_certificate_due(struct date renewed_on,
                                           const struct social_housing_law *law)
{
    return date_add_period(renewed_on, law->certificate);
}

/* --- offers ----------------------------------------------------------------------------------- */

const struct refusal SOCIAL_HOUSING_OFFER_TOO_SHORT = {
    "SOCIAL_HOUSING_OFFER_TOO_SHORT",
    "answer_by",
    "DLS-3, R441-10",
    "L'offre doit laisser au moins dix jours pour répondre : corrigez la date ou demandez un délai "
    "au bailleur.",
    "The offer must leave at least ten days to answer: correct the date or ask the landlord for "
    "more time.",
};

const struct refusal *social_housing_offer_is_lawful(struct date offered_on, struct date answer_by,
                                                     const struct social_housing_law *law)
{
    if (date_is_set(answer_by) &&
        date_is_before(answer_by, date_add_period(offered_on, law->offer_answer)))
        return &SOCIAL_HOUSING_OFFER_TOO_SHORT;
    return ACCEPTED;
}

struct date social_housing_offer_answer_due(struct date offered_on, struct date answer_by,
                                            const struct social_housing_law *law)
{
    return date_is_set(answer_by) ? answer_by : date_add_period(offered_on, law->offer_answer);
}

struct date social_housing_candidates_due(struct date told_on, const struct social_housing_law *law)
{
    return date_add_period(told_on, law->candidates);
}

/* --- ready for social housing ----------------------------------------------------------------- */

#define RULE(member, parameter, unit)                                                              \
    {                                                                                              \
        "measures.ready_profile." parameter, unit, offsetof(struct ready_rule, member)             \
    }

const struct parameter_field ready_rule_fields[] = {
    RULE(asks_request, "asks_social_housing_request", UNIT_YES_NO),
    RULE(asks_right, "asks_housing_right", UNIT_YES_NO),
    RULE(asks_work, "asks_work", UNIT_YES_NO),
    RULE(asks_arrears, "asks_few_arrears", UNIT_YES_NO),
    RULE(arrears_terms, "arrears_terms", UNIT_COUNT),
    { .name = NULL },
};

static bool owes_little(const struct ready_facts *facts, const struct ready_rule *rule)
{
    return facts->arrears_cents <= 0 ||
           facts->arrears_cents < facts->monthly_term_cents * rule->arrears_terms;
}

static uint32_t criteria(bool request, bool right, bool work, bool arrears)
{
    uint32_t sum = 0;

    if (request)
        sum |= READY_REQUEST_ACTIVE;
    if (right)
        sum |= READY_RIGHT;
    if (work)
        sum |= READY_IN_WORK;
    if (arrears)
        sum |= READY_FEW_ARREARS;
    return sum;
}

struct ready_signal ready_for_social_housing(const struct ready_facts *facts,
                                             const struct ready_rule *rule)
{
    struct ready_signal signal = {
        .asked =
            criteria(rule->asks_request, rule->asks_right, rule->asks_work, rule->asks_arrears),
        .met = criteria(facts->request == SOCIAL_HOUSING_ACTIVE,
                        facts->right_is_recognised || facts->right_grounds != 0, facts->is_in_work,
                        owes_little(facts, rule)),
    };

    signal.is_ready = signal.asked != 0 && (signal.asked & ~signal.met) == 0;
    return signal;
}
