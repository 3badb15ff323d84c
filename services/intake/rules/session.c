#include "services/intake/rules/session.h"

#include "libcommon/money.h"

static const char *const states[] = { "", "planned", "held", "cancelled" };
static const char *const events[] = { "", "plan", "move", "hold", "cancel" };

static const struct transition transitions[] = {
    { 0, SESSION_PLAN, SESSION_PLANNED },
    { SESSION_PLANNED, SESSION_MOVE, SESSION_PLANNED },
    { SESSION_PLANNED, SESSION_HOLD, SESSION_HELD },
    { SESSION_PLANNED, SESSION_CANCEL, SESSION_CANCELLED },
};

const struct machine session_machine = {
    .name = "session",
    .states = states,
    .state_count = sizeof states / sizeof *states,
    .events = events,
    .event_count = sizeof events / sizeof *events,
    .transitions = transitions,
    .transition_count = sizeof transitions / sizeof *transitions,
    .terminal = UINT64_C(1) << SESSION_HELD | UINT64_C(1) << SESSION_CANCELLED,
};

const struct parameter_field session_law[] = {
    { "request.session.cut_off_period", UNIT_PERIOD, offsetof(struct session_law, cut_off) },
    { "request.session.quorum", UNIT_PERCENT, offsetof(struct session_law, quorum_percent) },
    { 0 },
};

static const struct refusal SESSION_IN_THE_PAST = {
    .code = "SESSION_IN_THE_PAST",
    .field = "held_on",
    .rule = "S1-13",
    .french = "Une commission se programme à partir d'aujourd'hui : changez la date.",
    .english = "A session is planned for today or later: change the date.",
};

static const struct refusal MONTH_HAS_ITS_SESSION = {
    .code = "MONTH_HAS_ITS_SESSION",
    .field = "held_on",
    .rule = "S1-12",
    .french = "La commission mensuelle de ce mois est déjà programmée : déplacez-la ou choisissez "
              "un autre mois.",
    .english = "This month's commission is already planned: move it or choose another month.",
};

static const struct refusal SESSION_NOT_PLANNED = {
    .code = "SESSION_NOT_PLANNED",
    .field = "session",
    .rule = "S1-13",
    .french = "Cette séance n'est plus à tenir : elle a déjà eu lieu ou elle est annulée.",
    .english = "This session is no longer to be held: it has taken place or is cancelled.",
};

static const struct refusal SESSION_STILL_TO_COME = {
    .code = "SESSION_STILL_TO_COME",
    .field = "session",
    .rule = "S1-13",
    .french = "Cette séance est à venir : déplacez-la si elle se tient plus tôt.",
    .english = "This session is still to come: move it if it is held earlier.",
};

static const struct refusal QUORUM_NOT_REACHED = {
    .code = "QUORUM_NOT_REACHED",
    .field = "members_present",
    .rule = "6.1",
    .french = "Le quorum n'est pas atteint : reportez la séance, aucune décision ne peut être "
              "prise.",
    .english = "There is no quorum: postpone the session, no decision can be taken.",
};

static const struct refusal NO_SESSION_OPEN = {
    .code = "NO_SESSION_OPEN",
    .field = "session",
    .rule = "S1-13",
    .french = "Aucune séance à l'ordre du jour encore ouvert n'est programmée : programmez la "
              "prochaine commission.",
    .english = "No session with an open agenda is planned: plan the next commission.",
};

/* --- planning --------------------------------------------------------------------------------- */

struct date session_day(int year, int month, struct session_rhythm rhythm, enum holidays holidays)
{
    struct date first = DATE((int16_t)year, (uint8_t)month, 1);
    int32_t to_weekday = ((int32_t)rhythm.weekday - (int32_t)date_weekday(first) + 7) % 7;
    struct date day = date_add_days(first, to_weekday + 7 * (rhythm.rank - 1));

    /* The fifth is the last, which in most months is the fourth. */
    if (day.month != month)
        day = date_add_days(day, -7);
    return working_day_on_or_after(day, holidays);
}

struct date session_cut_off(struct date session, const struct session_law *law)
{
    return backward_limit(session, law->cut_off);
}

const struct refusal *session_accept_plan(const struct session sessions[], size_t count,
                                          struct date planned_for, struct date today)
{
    if (date_is_before(planned_for, today))
        return &SESSION_IN_THE_PAST;
    for (size_t i = 0; i < count; i++)
        if (sessions[i].state != SESSION_CANCELLED &&
            date_is_same(date_first_of_month(sessions[i].date), date_first_of_month(planned_for)))
            return &MONTH_HAS_ITS_SESSION;
    return ACCEPTED;
}

/* --- holding ---------------------------------------------------------------------------------- */

int64_t quorum_of(const struct seating *seating, const struct session_law *law)
{
    if (seating->quorum > 0)
        return seating->quorum;
    return divide_ceiling(seating->members * law->quorum_percent, 100);
}

bool seating_has_quorum(const struct seating *seating, const struct session_law *law)
{
    return seating->present > 0 && seating->present >= quorum_of(seating, law);
}

const struct refusal *session_accept_sitting(const struct session *session, struct date today)
{
    if (session->state != SESSION_PLANNED)
        return &SESSION_NOT_PLANNED;
    return date_is_before(today, session->date) ? &SESSION_STILL_TO_COME : ACCEPTED;
}

const struct refusal *session_accept_holding(const struct session *session,
                                             const struct seating *seating, struct date today,
                                             const struct session_law *law)
{
    const struct refusal *refusal = session_accept_sitting(session, today);

    if (refusal != ACCEPTED)
        return refusal;
    return seating_has_quorum(seating, law) ? ACCEPTED : &QUORUM_NOT_REACHED;
}

/* --- the agenda ------------------------------------------------------------------------------- */

/* The earlier of two sessions, by number; NO_SESSION is later than any. */
static int earlier_session(const struct session sessions[], int a, int b)
{
    return a == NO_SESSION || date_is_before(sessions[b].date, sessions[a].date) ? b : a;
}

int session_to_join(const struct session sessions[], size_t count, struct date on)
{
    int first = NO_SESSION;

    for (size_t i = 0; i < count; i++)
        if (sessions[i].state == SESSION_PLANNED && !date_is_after(on, sessions[i].cut_off))
            first = earlier_session(sessions, first, (int)i);
    return first;
}

int session_after_deferral(const struct session sessions[], size_t count, struct date deferred_on)
{
    int first = NO_SESSION;

    for (size_t i = 0; i < count; i++)
        if (sessions[i].state == SESSION_PLANNED && date_is_after(sessions[i].date, deferred_on))
            first = earlier_session(sessions, first, (int)i);
    return first;
}

int session_in_time_for(const struct session sessions[], size_t count, struct date completed_on)
{
    int first = NO_SESSION;

    for (size_t i = 0; i < count; i++)
        if (sessions[i].state != SESSION_CANCELLED &&
            !date_is_after(completed_on, sessions[i].cut_off))
            first = earlier_session(sessions, first, (int)i);
    return first;
}

bool session_is_missed(const struct session *in_time_for, bool on_agenda, struct date today)
{
    return !on_agenda && date_is_after(today, in_time_for->cut_off);
}

/* --- routes ----------------------------------------------------------------------------------- */

struct routing request_route(bool decided_by_district, enum decision_mode mode,
                             const struct session sessions[], size_t count, struct date on)
{
    struct routing routing = { .route = ROUTE_TO_BODY, .session = NO_SESSION };

    if (!decided_by_district)
        return routing;
    if (mode == MODE_HEAD) {
        routing.route = ROUTE_TO_HEAD;
        return routing;
    }
    routing.session = session_to_join(sessions, count, on);
    routing.route = routing.session == NO_SESSION ? ROUTE_IMPOSSIBLE : ROUTE_TO_SESSION;
    routing.refusal = routing.session == NO_SESSION ? &NO_SESSION_OPEN : ACCEPTED;
    return routing;
}
