#include "services/intake/rules/accreditation.h"

static const struct refusal ACCREDITATION_DATES_NOT_POSSIBLE = {
    .code = "ACCREDITATION_DATES_NOT_POSSIBLE",
    .field = "valid_from",
    .rule = "S1-7",
    .french = "Indiquez le début de l'agrément, et une fin qui ne le précède pas.",
    .english = "Give the first day of the accreditation, and a last day no earlier.",
};

static const struct refusal ACCREDITATION_OVERLAPS = {
    .code = "ACCREDITATION_OVERLAPS",
    .field = "valid_from",
    .rule = "S1-7",
    .french = "Cette période recouvre un agrément déjà inscrit : faites-la commencer le lendemain "
              "de celui-ci.",
    .english = "This period overlaps an accreditation already in the register: start it the day "
               "after that one.",
};

static const struct refusal WITHDRAWAL_NOT_POSSIBLE = {
    .code = "WITHDRAWAL_NOT_POSSIBLE",
    .field = "withdrawn_on",
    .rule = "S1-7",
    .french = "Un agrément se retire une seule fois, à une date où il est valide.",
    .english = "An accreditation is withdrawn once, on a day when it is valid.",
};

static const struct refusal REQUESTER_NOT_ACCREDITED = {
    .code = "REQUESTER_NOT_ACCREDITED",
    .field = "operator",
    .rule = "S1-7",
    .french = "L'association qui a demandé la mesure n'est pas agréée à la date de la décision : "
              "choisissez un autre opérateur.",
    .english = "The association that asked for the measure is not accredited on the day of the "
               "decision: choose another operator.",
};

/* The first day no longer covered; absent when there is no end. */
static struct date end_of(const struct accreditation *entry)
{
    struct date end = date_add_days(entry->until, 1);

    if (!date_is_set(entry->withdrawn_on))
        return end;
    return date_is_set(end) ? date_earlier(end, entry->withdrawn_on) : entry->withdrawn_on;
}

static bool entry_holds(const struct accreditation *entry, struct date on)
{
    return date_is_within(on, entry->from, end_of(entry));
}

const struct refusal *accreditation_accept(const struct accreditation register_of_one[],
                                           size_t count, const struct accreditation *added)
{
    if (!date_is_valid(added->from) ||
        (date_is_set(added->until) && date_is_before(added->until, added->from)))
        return &ACCREDITATION_DATES_NOT_POSSIBLE;
    /* Two spans share a day when the first day of one lies in the other. */
    for (size_t i = 0; i < count; i++)
        if (entry_holds(&register_of_one[i], added->from) ||
            entry_holds(added, register_of_one[i].from))
            return &ACCREDITATION_OVERLAPS;
    return ACCEPTED;
}

const struct refusal *accreditation_accept_withdrawal(const struct accreditation *entry,
                                                      struct date withdrawn_on)
{
    if (date_is_set(entry->withdrawn_on) || !entry_holds(entry, withdrawn_on))
        return &WITHDRAWAL_NOT_POSSIBLE;
    return ACCEPTED;
}

static const struct accreditation *entry_on(const struct accreditation register_of_one[],
                                            size_t count, struct date on)
{
    for (size_t i = 0; i < count; i++)
        if (entry_holds(&register_of_one[i], on))
            return &register_of_one[i];
    return NULL;
}

bool accreditation_holds(const struct accreditation register_of_one[], size_t count, struct date on)
{
    return entry_on(register_of_one, count, on) != NULL;
}

struct date accreditation_covered_until(const struct accreditation register_of_one[], size_t count,
                                        struct date on)
{
    const struct accreditation *entry = entry_on(register_of_one, count, on);
    struct date end = DATE_NONE;

    /* Each step ends later than the one before, so it comes to an end. */
    while (entry != NULL) {
        end = end_of(entry);
        entry = date_is_set(end) ? entry_on(register_of_one, count, end) : NULL;
    }
    return date_add_days(end, -1);
}

enum operator_choice operator_choice_for(enum request_origin origin, bool requester_is_accredited)
{
    if (origin != ORIGIN_INSERTION_ASSOCIATION)
        return ANY_OPERATOR;
    return requester_is_accredited ? REQUESTER_PREFERRED : OTHER_THAN_REQUESTER;
}

const struct refusal *operator_accept(enum operator_choice choice, bool is_requester)
{
    return choice == OTHER_THAN_REQUESTER && is_requester ? &REQUESTER_NOT_ACCREDITED : ACCEPTED;
}
