#include "services/measures/rules/enforceable_housing_right.h"

#define FIELD(member, parameter)                                                                   \
    {                                                                                              \
        "measures.housing_right." parameter, UNIT_PERIOD,                                          \
            offsetof(struct housing_right_law, member)                                             \
    }

const struct parameter_field housing_right_law_fields[] = {
    FIELD(commission, "commission_period"),
    FIELD(commission_overseas, "commission_period_overseas"),
    FIELD(commission_shelter, "commission_period_shelter"),
    FIELD(prefect, "prefect_period"),
    FIELD(prefect_longer, "prefect_period_longer"),
    FIELD(prefect_shelter, "prefect_period_shelter"),
    FIELD(prefect_transitional, "prefect_period_transitional"),
    FIELD(claim, "claim_period"),
    FIELD(judge, "judge_period"),
    FIELD(challenge, "challenge_period"),
    FIELD(in_shelter, "in_shelter_period"),
    FIELD(in_transition, "in_transition_period"),
    { .name = NULL },
};

/* --- before the commission -------------------------------------------------------------------- */

struct date housing_right_commission_due(enum right_route route, enum department_kind department,
                                         struct date received_on,
                                         const struct housing_right_law *law)
{
    if (route == ROUTE_SHELTER)
        return date_add_period(received_on, law->commission_shelter);
    if (department == DEPARTMENT_OVERSEAS)
        return date_add_period(received_on, law->commission_overseas);
    return date_add_period(received_on, law->commission);
}

enum right_answer housing_right_answer(struct date commission_due, struct date decided_on,
                                       struct date on)
{
    if (date_is_set(decided_on) && !date_is_before(on, decided_on))
        return RIGHT_ANSWERED;
    return date_is_after(on, commission_due) ? RIGHT_REFUSED_BY_SILENCE : RIGHT_AWAITED;
}

const struct refusal HOUSING_RIGHT_GRANT_BEYOND_REQUEST = {
    "HOUSING_RIGHT_GRANT_BEYOND_REQUEST",
    "granted",
    "DALO-2, DALO-4",
    "Un recours hébergement n'ouvre pas droit à un logement : vérifiez la voie du recours ou ce "
    "que la commission a reconnu.",
    "A shelter application does not give a right to a dwelling: check its route, or what the "
    "commission recognised.",
};

const struct refusal *housing_right_may_be_granted(enum right_route route,
                                                   enum right_granted granted)
{
    if (route == ROUTE_SHELTER && granted == GRANTED_HOUSING)
        return &HOUSING_RIGHT_GRANT_BEYOND_REQUEST;
    return ACCEPTED;
}

struct window housing_right_challenge_window(struct date refused_on, enum holidays holidays,
                                             const struct housing_right_law *law)
{
    return (struct window){
        .opens = refused_on,
        .last_day = clear_time_limit(refused_on, law->challenge, holidays),
        .warn_of = clear_time_limit_to_warn_of(refused_on, law->challenge),
    };
}

/* --- after a recognition ---------------------------------------------------------------------- */

struct date housing_right_prefect_due(enum right_granted granted, enum department_kind department,
                                      struct date decided_on, const struct housing_right_law *law)
{
    if (granted == GRANTED_SHELTER)
        return date_add_period(decided_on, law->prefect_shelter);
    if (granted == GRANTED_TRANSITIONAL_HOUSING)
        return date_add_period(decided_on, law->prefect_transitional);
    if (department == DEPARTMENT_LARGE_AGGLOMERATION || department == DEPARTMENT_OVERSEAS)
        return date_add_period(decided_on, law->prefect_longer);
    return date_add_period(decided_on, law->prefect);
}

struct window housing_right_claim_window(struct date prefect_due, bool person_was_told,
                                         enum holidays holidays,
                                         const struct housing_right_law *law)
{
    struct window window = { .opens = date_add_days(prefect_due, 1) };

    if (person_was_told) {
        window.last_day = clear_time_limit(prefect_due, law->claim, holidays);
        window.warn_of = clear_time_limit_to_warn_of(prefect_due, law->claim);
    }
    return window;
}

const struct refusal HOUSING_RIGHT_ACT_TOO_EARLY = {
    "HOUSING_RIGHT_ACT_TOO_EARLY",
    "acted_on",
    "DALO-5, DALO-7",
    "Ce recours n'est pas encore ouvert : attendez la décision, ou la fin du délai du préfet.",
    "This claim is not open yet: wait for the decision, or for the end of the prefect's delay.",
};
const struct refusal HOUSING_RIGHT_ACT_TOO_LATE = {
    "HOUSING_RIGHT_ACT_TOO_LATE",
    "acted_on",
    "DALO-5, DALO-7, C-4",
    "Le délai de ce recours est passé : si le ménage n'en avait pas été informé, indiquez-le ; "
    "sinon, déposez une nouvelle demande.",
    "The time for this claim is over: if the household had not been told of it, say so; if it had, "
    "make a new application.",
};

const struct refusal *housing_right_may_act(struct window window, struct date on)
{
    if (date_is_before(on, window.opens))
        return &HOUSING_RIGHT_ACT_TOO_EARLY;
    if (date_is_set(window.last_day) && date_is_after(on, window.last_day))
        return &HOUSING_RIGHT_ACT_TOO_LATE;
    return ACCEPTED;
}

struct date housing_right_judgment_due(struct date claimed_on, const struct housing_right_law *law)
{
    return date_add_period(claimed_on, law->judge);
}

bool housing_right_is_lost(const struct right_offer_refused *offer)
{
    return offer->offer_was_suitable && !offer->reason_is_compelling && offer->person_was_told;
}

/* --- grounds ---------------------------------------------------------------------------------- */

static bool is_in_transition(enum path_place place)
{
    return place == PATH_TRANSITIONAL_HOUSING || place == PATH_SOCIAL_RESIDENCE;
}

/* Ends are the first day away, so a step that starts on the end of another continues it. */
static struct date unbroken_since(const struct path_step path[], size_t count, bool transition,
                                  struct date on)
{
    struct date since = DATE_NONE, end = DATE_NONE;

    for (size_t i = 0; i < count; i++) {
        const struct path_step *step = &path[i];
        bool counts = transition ? is_in_transition(step->place) : step->place == PATH_SHELTER;

        if (!counts || !date_is_within(on, step->from, DATE_NONE))
            continue;
        if (!date_is_set(since) || (date_is_set(end) && date_is_after(step->from, end))) {
            since = step->from;
            end = step->end;
        } else if (date_is_set(end)) {
            end = date_is_set(step->end) ? date_later(end, step->end) : DATE_NONE;
        }
    }
    return date_is_set(since) && date_is_within(on, since, end) ? since : DATE_NONE;
}

struct date path_in_shelter_since(const struct path_step path[], size_t count, struct date on)
{
    return unbroken_since(path, count, false, on);
}

struct date path_in_transition_since(const struct path_step path[], size_t count, struct date on)
{
    return unbroken_since(path, count, true, on);
}

/* Longer than a period: from the day after its last. */
static struct date first_day_longer_than(struct date since, struct period period)
{
    return date_add_days(date_add_period(since, period), 1);
}

struct date housing_right_from_shelter(struct date since, const struct housing_right_law *law)
{
    return first_day_longer_than(since, law->in_shelter);
}

struct date housing_right_from_transition(struct date since, const struct housing_right_law *law)
{
    return first_day_longer_than(since, law->in_transition);
}

static bool has_come(struct date day, struct date on)
{
    return date_is_set(day) && !date_is_before(on, day);
}

static bool waits_abnormally(const struct right_situation *situation, struct date on)
{
    struct date from =
        first_day_longer_than(situation->social_housing_requested_on, situation->abnormal_delay);

    return !situation->had_suitable_offer && has_come(from, on);
}

static uint32_t grounds_of_path(const struct right_situation *situation, struct date on,
                                const struct housing_right_law *law)
{
    struct date shelter = path_in_shelter_since(situation->path, situation->path_count, on);
    struct date transition = path_in_transition_since(situation->path, situation->path_count, on);
    uint32_t grounds = 0;

    if (has_come(housing_right_from_shelter(shelter, law), on))
        grounds |= GROUND_SHELTER;
    if (has_come(housing_right_from_transition(transition, law), on))
        grounds |= GROUND_TRANSITION;
    return grounds;
}

uint32_t housing_right_grounds(const struct right_situation *situation, struct date on,
                               const struct housing_right_law *law)
{
    bool bad_dwelling = situation->is_overcrowded || situation->is_indecent;
    uint32_t grounds = grounds_of_path(situation, on, law);

    if (waits_abnormally(situation, on))
        grounds |= GROUND_ABNORMAL_DELAY;
    if (situation->is_homeless)
        grounds |= GROUND_HOMELESS;
    if (situation->eviction_is_judged)
        grounds |= GROUND_EVICTION;
    if (situation->premises_are_unfit)
        grounds |= GROUND_UNFIT;
    if (bad_dwelling && situation->lives_with_minor_or_disabled)
        grounds |= GROUND_OVERCROWDED_OR_INDECENT;
    if (situation->unsuited_to_disability)
        grounds |= GROUND_DISABILITY;
    return grounds;
}
