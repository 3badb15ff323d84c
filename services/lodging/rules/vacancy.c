#include "services/lodging/rules/vacancy.h"

/* --- the machine ------------------------------------------------------------------------------ */

static const char *const states[] = {
    "",       "ANNOUNCED", "OPEN",     "CANDIDATES_SENT", "RETAINED",
    "FILLED", "LOST",      "RETURNED", "CANCELLED",
};

static const char *const events[] = {
    "",
    "ANNOUNCE",
    "OPEN",
    "ONE_IS_PENDING",
    "ONE_IS_RETAINED",
    "NONE_IS_LEFT",
    "NONE_IS_LEFT_BEFORE_FREE",
    "PASS_DEADLINE",
    "SIGN_TITLE",
    "RETURN",
    "CANCEL",
};

static const struct transition transitions[] = {
    { 0, VACANCY_EVENT_ANNOUNCE, VACANCY_ANNOUNCED },
    { 0, VACANCY_EVENT_OPEN, VACANCY_OPEN },
    { VACANCY_ANNOUNCED, VACANCY_EVENT_OPEN, VACANCY_OPEN },
    { VACANCY_ANNOUNCED, VACANCY_EVENT_ONE_IS_PENDING, VACANCY_CANDIDATES_SENT },
    { VACANCY_ANNOUNCED, VACANCY_EVENT_CANCEL, VACANCY_CANCELLED },
    { VACANCY_OPEN, VACANCY_EVENT_ONE_IS_PENDING, VACANCY_CANDIDATES_SENT },
    { VACANCY_OPEN, VACANCY_EVENT_PASS_DEADLINE, VACANCY_LOST },
    { VACANCY_OPEN, VACANCY_EVENT_CANCEL, VACANCY_CANCELLED },
    { VACANCY_CANDIDATES_SENT, VACANCY_EVENT_ONE_IS_RETAINED, VACANCY_RETAINED },
    { VACANCY_CANDIDATES_SENT, VACANCY_EVENT_NONE_IS_LEFT, VACANCY_OPEN },
    { VACANCY_CANDIDATES_SENT, VACANCY_EVENT_NONE_IS_LEFT_BEFORE_FREE, VACANCY_ANNOUNCED },
    { VACANCY_CANDIDATES_SENT, VACANCY_EVENT_PASS_DEADLINE, VACANCY_LOST },
    { VACANCY_CANDIDATES_SENT, VACANCY_EVENT_CANCEL, VACANCY_CANCELLED },
    { VACANCY_RETAINED, VACANCY_EVENT_ONE_IS_PENDING, VACANCY_CANDIDATES_SENT },
    { VACANCY_RETAINED, VACANCY_EVENT_NONE_IS_LEFT, VACANCY_OPEN },
    { VACANCY_RETAINED, VACANCY_EVENT_NONE_IS_LEFT_BEFORE_FREE, VACANCY_ANNOUNCED },
    { VACANCY_RETAINED, VACANCY_EVENT_PASS_DEADLINE, VACANCY_LOST },
    { VACANCY_RETAINED, VACANCY_EVENT_SIGN_TITLE, VACANCY_FILLED },
    { VACANCY_RETAINED, VACANCY_EVENT_CANCEL, VACANCY_CANCELLED },
    { VACANCY_LOST, VACANCY_EVENT_RETURN, VACANCY_RETURNED },
};

const struct machine vacancy_machine = {
    .name = "vacancy",
    .states = states,
    .state_count = sizeof states / sizeof *states,
    .events = events,
    .event_count = sizeof events / sizeof *events,
    .transitions = transitions,
    .transition_count = sizeof transitions / sizeof *transitions,
    .terminal = UINT64_C(1) << VACANCY_FILLED | UINT64_C(1) << VACANCY_RETURNED |
                UINT64_C(1) << VACANCY_CANCELLED,
};

/* --- refusals --------------------------------------------------------------------------------- */

const struct refusal VACANCY_UNKNOWN = {
    .code = "VACANCY_UNKNOWN",
    .field = "vacancy",
    .rule = "6.6",
    .french = "Cette vacance n'existe pas encore : annoncez d'abord la libération de la place.",
    .english = "There is no such vacancy yet: announce first that the place becomes free.",
};

const struct refusal VACANCY_ALREADY_OPEN = {
    .code = "VACANCY_ALREADY_OPEN",
    .field = "unit",
    .rule = "C-14",
    .french = "Une vacance est déjà ouverte pour cette place : poursuivez celle-ci.",
    .english = "A vacancy is already open for this place: go on with that one.",
};

const struct refusal VACANCY_WITHOUT_FREEING_DATE = {
    .code = "VACANCY_WITHOUT_FREEING_DATE",
    .field = "free_on",
    .rule = "Q7",
    .french = "Indiquez le jour où la place est libérée.",
    .english = "Give the day on which the place becomes free.",
};

const struct refusal VACANCY_LAST_DAY_PAST = {
    .code = "VACANCY_LAST_DAY_PAST",
    .field = "notified_on",
    .rule = "S4-27, Q7",
    .french = "Le délai pour envoyer des candidatures serait déjà passé : vérifiez la date de "
              "notification.",
    .english = "The time to send candidatures would already be over: check the notification's "
               "date.",
};

const struct refusal VACANCY_NOT_OPEN = {
    .code = "VACANCY_NOT_OPEN",
    .field = "vacancy",
    .rule = "6.6, C-14",
    .french = "Cette vacance est close ; si la place est perdue, le gestionnaire doit d'abord la "
              "rendre.",
    .english = "This vacancy is closed; if the place is lost, the manager gives it back first.",
};

const struct refusal VACANCY_DEADLINE_PASSED = {
    .code = "VACANCY_DEADLINE_PASSED",
    .field = "vacancy",
    .rule = "S4-27, S4-32",
    .french = "Le délai pour envoyer des candidatures est passé : négociez une prolongation avec "
              "le gestionnaire.",
    .english = "The time to send candidatures has passed: agree an extension with the manager.",
};

const struct refusal VACANCY_HAS_TOO_MANY_CANDIDATURES = {
    .code = "VACANCY_HAS_TOO_MANY_CANDIDATURES",
    .field = "candidature",
    .rule = "6.6",
    .french = "Une vacance reçoit au plus 64 candidatures.",
    .english = "A vacancy takes 64 candidatures at most.",
};

const struct refusal VACANCY_CANDIDATURE_ALREADY_SENT = {
    .code = "VACANCY_CANDIDATURE_ALREADY_SENT",
    .field = "candidature",
    .rule = "6.6",
    .french = "Cette candidature a déjà été envoyée : proposez un autre ménage.",
    .english = "This candidature has already been sent: propose another household.",
};

const struct refusal VACANCY_CANDIDATURE_NOT_PENDING = {
    .code = "VACANCY_CANDIDATURE_NOT_PENDING",
    .field = "candidature",
    .rule = "6.6",
    .french = "Cette candidature n'attend pas de réponse : vérifiez laquelle est concernée.",
    .english = "This candidature awaits no answer: check which one is meant.",
};

const struct refusal VACANCY_ALREADY_RETAINED = {
    .code = "VACANCY_ALREADY_RETAINED",
    .field = "candidature",
    .rule = "C-14",
    .french = "Un candidat est déjà retenu : enregistrez d'abord son désistement ou son refus.",
    .english = "A candidate is already retained: record that withdrawal or refusal first.",
};

const struct refusal VACANCY_CANDIDATURE_NOT_RETAINED = {
    .code = "VACANCY_CANDIDATURE_NOT_RETAINED",
    .field = "candidature",
    .rule = "6.6",
    .french = "Ce ménage n'est pas retenu : le gestionnaire doit d'abord accepter sa candidature.",
    .english = "This household is not retained: the manager accepts its candidature first.",
};

const struct refusal VACANCY_PLACE_NOT_FREE = {
    .code = "VACANCY_PLACE_NOT_FREE",
    .field = "vacancy",
    .rule = "C-14",
    .french = "La place n'est pas encore libre : signez le titre après sa libération.",
    .english = "The place is not free yet: sign the title once it is.",
};

const struct refusal VACANCY_CLOCK_NOT_STARTED = {
    .code = "VACANCY_CLOCK_NOT_STARTED",
    .field = "vacancy",
    .rule = "S4-32, C-14",
    .french = "La place n'est pas encore libre : il n'y a pas encore de délai à prolonger.",
    .english = "The place is not free yet: there is no deadline to extend.",
};

const struct refusal VACANCY_EXTENSION_NOT_LATER = {
    .code = "VACANCY_EXTENSION_NOT_LATER",
    .field = "last_day",
    .rule = "S4-32",
    .french = "Le nouveau délai doit être postérieur au délai en cours et n'être pas déjà passé.",
    .english = "The new deadline must be later than the present one, and not past already.",
};

const struct refusal VACANCY_EXTENSION_TOO_LONG = {
    .code = "VACANCY_EXTENSION_TOO_LONG",
    .field = "last_day",
    .rule = "S4-32",
    .french =
        "Le nouveau délai dépasse ce qu'une vacance peut être prolongée : donnez un jour plus "
        "proche du premier délai.",
    .english = "The new deadline is further than a vacancy can be extended: give a day nearer to "
               "the first deadline.",
};

const struct refusal VACANCY_EXTENSION_WITHOUT_AUTHOR = {
    .code = "VACANCY_EXTENSION_WITHOUT_AUTHOR",
    .field = "agreed_by",
    .rule = "S4-32",
    .french = "Indiquez qui a accordé la prolongation.",
    .english = "Say who agreed to the extension.",
};

const struct refusal VACANCY_EXTENSION_WITHOUT_REASON = {
    .code = "VACANCY_EXTENSION_WITHOUT_REASON",
    .field = "reason",
    .rule = "S4-32",
    .french = "Indiquez le motif de la prolongation.",
    .english = "Give the reason for the extension.",
};

const struct refusal VACANCY_NOT_LOST = {
    .code = "VACANCY_NOT_LOST",
    .field = "vacancy",
    .rule = "C-14",
    .french = "Seule une place perdue peut être rendue par le gestionnaire.",
    .english = "Only a lost place can be given back by the manager.",
};

const struct refusal VACANCY_CANCELLED_WITHOUT_REASON = {
    .code = "VACANCY_CANCELLED_WITHOUT_REASON",
    .field = "reason",
    .rule = "C-14",
    .french = "Indiquez pourquoi la vacance est annulée : logement retiré, hors service…",
    .english = "Say why the vacancy is cancelled: unit withdrawn, out of service…",
};

/* --- the clock -------------------------------------------------------------------------------- */

static bool is_running(const struct vacancy *vacancy)
{
    return vacancy->state >= VACANCY_ANNOUNCED && vacancy->state <= VACANCY_RETAINED;
}

static bool deadline_has_passed(const struct vacancy *vacancy, int64_t at_ms)
{
    return vacancy->is_place_free && at_ms >= vacancy->deadline_ms;
}

struct vacancy vacancy_until(struct vacancy vacancy, int64_t at_ms)
{
    if (vacancy.state == VACANCY_OPEN && deadline_has_passed(&vacancy, at_ms)) {
        vacancy.state = VACANCY_LOST;
        vacancy.since_ms = vacancy.lost_at_ms = vacancy.deadline_ms;
    }
    return vacancy;
}

/* --- does a fact fit? ------------------------------------------------------------------------- */

/* Only of numbers from 0 to 63. */
static uint64_t bit_of(int32_t candidature)
{
    return UINT64_C(1) << candidature;
}

static bool has_number(const struct vacancy_fact *fact)
{
    return fact->candidature >= 0 && fact->candidature < VACANCY_CANDIDATURES_MOST;
}

/* So is a day that is not there. */
static bool is_over(struct date day, int64_t at_ms)
{
    return !date_is_set(day) || end_of_day(day) <= at_ms;
}

static const struct refusal *accepts_notification(const struct vacancy *vacancy,
                                                  const struct vacancy_fact *fact)
{
    if (vacancy->state != 0 && !is_running(vacancy))
        return &VACANCY_NOT_OPEN;
    if (vacancy->is_place_free)
        return &VACANCY_ALREADY_OPEN;
    if (!date_is_set(fact->freed_on))
        return &VACANCY_WITHOUT_FREEING_DATE;
    return is_over(fact->last_day, fact->at_ms) ? &VACANCY_LAST_DAY_PAST : ACCEPTED;
}

static const struct refusal *accepts_candidature(const struct vacancy *vacancy,
                                                 const struct vacancy_fact *fact)
{
    if (!has_number(fact))
        return &VACANCY_HAS_TOO_MANY_CANDIDATURES;
    if (deadline_has_passed(vacancy, fact->at_ms))
        return &VACANCY_DEADLINE_PASSED;
    return vacancy->sent & bit_of(fact->candidature) ? &VACANCY_CANDIDATURE_ALREADY_SENT : ACCEPTED;
}

static const struct refusal *accepts_retention(const struct vacancy *vacancy,
                                               const struct vacancy_fact *fact)
{
    if (vacancy->retained != 0)
        return &VACANCY_ALREADY_RETAINED;
    if (!has_number(fact) || !(vacancy->pending & bit_of(fact->candidature)))
        return &VACANCY_CANDIDATURE_NOT_PENDING;
    return ACCEPTED;
}

static const struct refusal *accepts_failure(const struct vacancy *vacancy,
                                             const struct vacancy_fact *fact)
{
    uint64_t alive = vacancy->pending | vacancy->retained;

    return has_number(fact) && alive & bit_of(fact->candidature) ? ACCEPTED
                                                                 : &VACANCY_CANDIDATURE_NOT_PENDING;
}

static const struct refusal *accepts_extension(const struct vacancy *vacancy,
                                               const struct vacancy_fact *fact)
{
    if (!vacancy->is_place_free)
        return &VACANCY_CLOCK_NOT_STARTED;
    if (!fact->has_author)
        return &VACANCY_EXTENSION_WITHOUT_AUTHOR;
    if (!fact->has_reason)
        return &VACANCY_EXTENSION_WITHOUT_REASON;
    if (!date_is_after(fact->last_day, vacancy->last_day) || is_over(fact->last_day, fact->at_ms))
        return &VACANCY_EXTENSION_NOT_LATER;
    return date_is_after(fact->last_day, fact->most) ? &VACANCY_EXTENSION_TOO_LONG : ACCEPTED;
}

static const struct refusal *accepts_title(const struct vacancy *vacancy,
                                           const struct vacancy_fact *fact)
{
    if (!has_number(fact) || !(vacancy->retained & bit_of(fact->candidature)))
        return &VACANCY_CANDIDATURE_NOT_RETAINED;
    return vacancy->is_place_free ? ACCEPTED : &VACANCY_PLACE_NOT_FREE;
}

/* Of the facts that need a running vacancy. */
static const struct refusal *accepts_while_running(const struct vacancy *vacancy,
                                                   const struct vacancy_fact *fact)
{
    switch (fact->kind) {
    case FACT_CANDIDATURE_SENT: return accepts_candidature(vacancy, fact);
    case FACT_CANDIDATURE_RETAINED: return accepts_retention(vacancy, fact);
    case FACT_CANDIDATURE_REFUSED:
    case FACT_CANDIDATURE_WITHDRAWN:
    case FACT_CANDIDATURE_EXPIRED: return accepts_failure(vacancy, fact);
    case FACT_DEADLINE_EXTENDED: return accepts_extension(vacancy, fact);
    case FACT_TITLE_SIGNED: return accepts_title(vacancy, fact);
    case FACT_VACANCY_CANCELLED:
        return fact->has_reason ? ACCEPTED : &VACANCY_CANCELLED_WITHOUT_REASON;
    default: return &VACANCY_NOT_OPEN;
    }
}

const struct refusal *vacancy_accepts(const struct vacancy *vacancy,
                                      const struct vacancy_fact *fact)
{
    struct vacancy now = vacancy_until(*vacancy, fact->at_ms);

    if (fact->kind == FACT_PLACE_ANNOUNCED)
        return now.state == 0 ? ACCEPTED : &VACANCY_ALREADY_OPEN;
    if (fact->kind == FACT_PLACE_NOTIFIED)
        return accepts_notification(&now, fact);
    if (fact->kind == FACT_PLACE_RETURNED)
        return now.state == VACANCY_LOST ? ACCEPTED : &VACANCY_NOT_LOST;
    if (is_running(&now))
        return accepts_while_running(&now, fact);
    return now.state == 0 ? &VACANCY_UNKNOWN : &VACANCY_NOT_OPEN;
}

/* --- the replay ------------------------------------------------------------------------------- */

/* C-14: the state derives from the candidatures; one that fails last after the deadline loses the
 * place at that moment. */
static enum vacancy_state derived_state(const struct vacancy *vacancy, int64_t at_ms)
{
    if (vacancy->retained != 0)
        return VACANCY_RETAINED;
    if (vacancy->pending != 0)
        return VACANCY_CANDIDATES_SENT;
    if (!vacancy->is_place_free)
        return VACANCY_ANNOUNCED;
    return deadline_has_passed(vacancy, at_ms) ? VACANCY_LOST : VACANCY_OPEN;
}

static void start_clock(struct vacancy *vacancy, struct date last_day)
{
    vacancy->last_day = last_day;
    vacancy->deadline_ms = end_of_day(last_day);
}

static void send_candidature(struct vacancy *vacancy, const struct vacancy_fact *fact)
{
    if (vacancy->sent == 0)
        vacancy->first_sent_ms = fact->at_ms;
    vacancy->sent |= bit_of(fact->candidature);
    vacancy->pending |= bit_of(fact->candidature);
}

static void drop_candidature(struct vacancy *vacancy, const struct vacancy_fact *fact)
{
    vacancy->pending &= ~bit_of(fact->candidature);
    vacancy->retained &= ~bit_of(fact->candidature);
    vacancy->refusals += fact->kind == FACT_CANDIDATURE_REFUSED;
    vacancy->withdrawals += fact->kind == FACT_CANDIDATURE_WITHDRAWN;
}

static void close_vacancy(struct vacancy *vacancy, enum vacancy_state state, int64_t at_ms)
{
    vacancy->state = state;
    vacancy->since_ms = at_ms;
    vacancy->pending = 0;
    if (state != VACANCY_FILLED)
        vacancy->retained = 0;
}

static void derive_state(struct vacancy *vacancy, int64_t at_ms)
{
    enum vacancy_state state = derived_state(vacancy, at_ms);

    if (state == vacancy->state)
        return;
    vacancy->state = state;
    vacancy->since_ms = at_ms;
    if (state == VACANCY_LOST)
        vacancy->lost_at_ms = at_ms;
}

static void take_fact(struct vacancy *vacancy, const struct vacancy_fact *fact)
{
    switch (fact->kind) {
    case FACT_PLACE_NOTIFIED:
        vacancy->is_place_free = true;
        start_clock(vacancy, fact->last_day);
        break;
    case FACT_CANDIDATURE_SENT: send_candidature(vacancy, fact); break;
    case FACT_CANDIDATURE_RETAINED:
        vacancy->pending &= ~bit_of(fact->candidature);
        vacancy->retained = bit_of(fact->candidature);
        break;
    case FACT_CANDIDATURE_REFUSED:
    case FACT_CANDIDATURE_WITHDRAWN:
    case FACT_CANDIDATURE_EXPIRED: drop_candidature(vacancy, fact); break;
    case FACT_DEADLINE_EXTENDED:
        start_clock(vacancy, fact->last_day);
        vacancy->extensions++;
        break;
    default: break;
    }
    derive_state(vacancy, fact->at_ms);
}

struct vacancy vacancy_with(struct vacancy vacancy, const struct vacancy_fact *fact)
{
    vacancy = vacancy_until(vacancy, fact->at_ms);
    if (vacancy_accepts(&vacancy, fact) != ACCEPTED)
        return vacancy;
    switch (fact->kind) {
    case FACT_TITLE_SIGNED: close_vacancy(&vacancy, VACANCY_FILLED, fact->at_ms); break;
    case FACT_PLACE_RETURNED: close_vacancy(&vacancy, VACANCY_RETURNED, fact->at_ms); break;
    case FACT_VACANCY_CANCELLED: close_vacancy(&vacancy, VACANCY_CANCELLED, fact->at_ms); break;
    default: take_fact(&vacancy, fact);
    }
    return vacancy;
}

struct vacancy vacancy_at(const struct vacancy_fact facts[], size_t count, int64_t at_ms)
{
    struct vacancy vacancy = { 0 };

    for (size_t i = 0; i < count && facts[i].at_ms <= at_ms; i++)
        vacancy = vacancy_with(vacancy, &facts[i]);
    return vacancy_until(vacancy, at_ms);
}
