#include "services/lodging/vacancies.h"

#include "services/lodging/rules/candidature.h"
#include "services/lodging/rules/vacancy_clock.h"

const struct table lodging_vacancies = { "vacancies", &lodging__records__vacancy__descriptor };
const struct table lodging_vacancies_open = { "vacancies_open",
                                              &lodging__records__link__descriptor };

/* --- a vacancy as the rules see it
 * --------------------------------------------------------------- */

struct vacancy lodging_vacancy_of(const Lodging__Records__Vacancy *row)
{
    return (struct vacancy){
        .state = (enum vacancy_state)row->state,
        .is_place_free = true,
        .sent = row->sent,
        .pending = row->pending,
        .retained = row->retained,
        .last_day = date_of(row->last_day),
        .deadline_ms = row->deadline_ms,
    };
}

struct vacancy lodging_vacancy_after(struct work *work, const Lodging__Records__Vacancy *row,
                                     const struct vacancy_fact *fact)
{
    struct vacancy after = vacancy_with(lodging_vacancy_of(row), fact);

    return work->now_ms >= row->decided_at_ms ? vacancy_until(after, work->now_ms) : after;
}

uint32_t lodging_vacancy_alive(const struct vacancy *vacancy)
{
    return (uint32_t)__builtin_popcountll(vacancy->pending | vacancy->retained);
}

void lodging_emit_vacancy_lost(struct work *work, const char *id,
                               const Lodging__Records__Vacancy *row, struct date failed_on)
{
    Lodging__VacancyLost lost = LODGING__VACANCY_LOST__INIT;
    struct date lost_on = date_later(date_add_days(date_of(row->last_day), 1), failed_on);

    lost.vacancy = lodging_text(id);
    lost.unit = row->unit;
    lost.residence = row->residence;
    lost.holder = row->holder;
    lost.lost_on = date_field(work->arena, lost_on);
    lost.candidatures = (uint32_t)__builtin_popcountll(row->sent);
    work_emit(work, &lost.base, id, lost_on);
}

void lodging_vacancy_settle(Lodging__Records__Vacancy *row)
{
    if (row->retained != 0)
        row->state = VACANCY_RETAINED;
    else
        row->state = row->pending != 0 ? VACANCY_CANDIDATES_SENT : VACANCY_OPEN;
}

void lodging_vacancy_put(struct tables *tables, const char *id,
                         const Lodging__Records__Vacancy *row)
{
    table_put(tables, &lodging_vacancies, key_id(id), &row->base);
}

void lodging_vacancy_move_place(struct tables *tables, const Lodging__Records__Vacancy *row,
                                enum unit_event event)
{
    Lodging__Records__Unit *unit = table_get(tables, &lodging_units, key_id(row->unit));
    Lodging__Records__Place *place = unit ? lodging_place(unit, row->place) : NULL;

    if (!place)
        return;
    lodging_place_move(place, event);
    table_put(tables, &lodging_units, key_id(row->unit), &unit->base);
}

void lodging_vacancy_leave_place(struct tables *tables, const Lodging__Records__Vacancy *row)
{
    Lodging__Records__Unit *unit = table_get(tables, &lodging_units, key_id(row->unit));
    Lodging__Records__Place *place = unit ? lodging_place(unit, row->place) : NULL;

    if (!place)
        return;
    place->vacancy = lodging_text("");
    table_put(tables, &lodging_units, key_id(row->unit), &unit->base);
}

/* --- freeing a place ----------------------------------------------------------------------------
 */

static const struct refusal unit_has_no_free_place = {
    .code = "UNIT_HAS_NO_FREE_PLACE",
    .field = "unit",
    .rule = "6.5, C-13",
    .french = "Aucune place de ce logement n'est libre : enregistrez la sortie du ménage, ou "
              "indiquez le jour où la place sera libre.",
    .english = "No place of this unit is free: record the household's exit, or say on which day "
               "the place will be free.",
};

/* Is the place free, or will it be, and is nobody sought for it yet? */
static bool may_be_announced(const Lodging__Records__Place *place, bool is_free_later)
{
    if (*place->vacancy != '\0')
        return false;
    if (place->state == UNIT_AVAILABLE)
        return true;
    return is_free_later && (place->state == UNIT_OCCUPIED || place->state == UNIT_NOTICE_GIVEN);
}

static const struct refusal *choose_place(const Lodging__Records__Unit *unit, bool is_free_later,
                                          uint32_t *number)
{
    bool has_vacancy = false;

    /* What is free now goes before what will be. */
    for (int later = 0; later <= is_free_later; later++)
        for (uint32_t i = 1; i <= unit->n_places; i++) {
            has_vacancy |= *unit->places[i - 1]->vacancy != '\0';
            if (may_be_announced(unit->places[i - 1], later)) {
                *number = i;
                return ACCEPTED;
            }
        }
    return has_vacancy ? &VACANCY_ALREADY_OPEN : &unit_has_no_free_place;
}

struct freeing {
    const char *vacancy;
    const char *unit;
    uint32_t place;
    struct date notified_on;
    struct date free_on;
};

/* Starts the clock and emits the vacancy; returns the last day to send candidatures. */
static struct date open_vacancy(struct work *work, const struct freeing *freeing,
                                const Lodging__Records__Unit *unit, const struct vacancy_law *law)
{
    Lodging__VacancyOpened opened = LODGING__VACANCY_OPENED__INIT;
    struct date last_day =
        vacancy_last_day(start_of_day(freeing->notified_on), freeing->free_on, law);

    opened.vacancy = lodging_text(freeing->vacancy);
    opened.unit = lodging_text(freeing->unit);
    opened.residence = unit->residence;
    opened.holder = unit->holder;
    opened.place = freeing->place;
    opened.notified_on = date_field(work->arena, freeing->notified_on);
    opened.free_on = date_field(work->arena, freeing->free_on);
    opened.last_day = date_field(work->arena, last_day);
    opened.deadline_ms = end_of_day(last_day);
    opened.decided_at_ms =
        opened.deadline_ms > work->now_ms ? opened.deadline_ms : end_of_day(work->today);
    work_emit(work, &opened.base, freeing->vacancy, freeing->notified_on);
    return last_day;
}

static const struct refusal *read_freeing(struct work *work, const Lodging__FreeUnit *asked,
                                          struct freeing *freeing)
{
    const struct refusal *refusal =
        lodging_fact_date(work, "notified_on", asked->notified_on, &freeing->notified_on);

    if (!refusal && asked->free_on)
        refusal = need_date(work, "free_on", asked->free_on);
    freeing->unit = asked->unit;
    freeing->free_on = asked->free_on ? date_of(asked->free_on) : freeing->notified_on;
    return refusal;
}

const struct refusal *lodging_on_free_unit(struct work *work, const void *body)
{
    const Lodging__FreeUnit *asked = body;
    const Lodging__Records__Unit *unit =
        table_get(work->tables, &lodging_units, key_id(asked->unit));
    Lodging__FreeUnitReply reply = LODGING__FREE_UNIT_REPLY__INIT;
    struct freeing freeing = { 0 };
    struct vacancy_law law;
    const struct refusal *refusal = read_freeing(work, asked, &freeing);

    if (refusal)
        return refusal;
    if (!unit)
        return not_known(work, "unit");
    refusal =
        choose_place(unit, date_is_after(freeing.free_on, freeing.notified_on), &freeing.place);
    if (!refusal)
        refusal =
            lodging_new_id(work, "vacancy", &lodging_vacancies, asked->vacancy, &freeing.vacancy);
    if (!refusal)
        refusal = work_law(work, vacancy_law, freeing.notified_on, &law);
    if (refusal)
        return refusal;
    reply.vacancy = lodging_text(freeing.vacancy);
    reply.last_day = date_field(work->arena, open_vacancy(work, &freeing, unit, &law));
    work_reply(work, &reply.base);
    return ACCEPTED;
}

/* A place that is still lived in is under notice from then on. */
static void announce_place(struct tables *tables, const Lodging__VacancyOpened *opened)
{
    Lodging__Records__Unit *unit = table_get(tables, &lodging_units, key_id(opened->unit));
    Lodging__Records__Place *place = unit ? lodging_place(unit, opened->place) : NULL;

    if (!place)
        return;
    if (place->state == UNIT_OCCUPIED)
        lodging_place_move(place, UNIT_EVENT_RECEIVE_NOTICE);
    lodging_place_move(place, place->state == UNIT_NOTICE_GIVEN ? UNIT_EVENT_ANNOUNCE_VACANCY
                                                                : UNIT_EVENT_OPEN_VACANCY);
    place->vacancy = opened->vacancy;
    table_put(tables, &lodging_units, key_id(opened->unit), &unit->base);
}

void lodging_apply_vacancy_opened(struct tables *tables, const struct entry *entry)
{
    const Lodging__VacancyOpened *opened = (const Lodging__VacancyOpened *)entry->event;
    Lodging__Records__Vacancy row = LODGING__RECORDS__VACANCY__INIT;

    row.unit = opened->unit;
    row.residence = opened->residence;
    row.place = opened->place;
    row.holder = opened->holder;
    row.state = VACANCY_OPEN;
    row.notified_on = opened->notified_on;
    row.last_day = opened->last_day;
    row.deadline_ms = opened->deadline_ms;
    row.decided_at_ms = opened->decided_at_ms;
    lodging_vacancy_put(tables, opened->vacancy, &row);
    lodging_link(tables, &lodging_vacancies_open, key_id(opened->vacancy));
    deadline_set(tables, LODGING_DEADLINE_VACANCY, opened->decided_at_ms, opened->vacancy, 0);
    announce_place(tables, opened);
}

/* --- the deadline -------------------------------------------------------------------------------
 */

void lodging_pass_vacancy_deadline(struct work *work, const struct deadline *deadline)
{
    const Lodging__Records__Vacancy *row =
        table_get(work->tables, &lodging_vacancies, key_id(deadline->subject));
    struct vacancy vacancy;

    if (!row || row->state == VACANCY_LOST)
        return;
    vacancy = vacancy_until(lodging_vacancy_of(row), deadline->due_ms);
    if (vacancy.state == VACANCY_LOST)
        lodging_emit_vacancy_lost(work, deadline->subject, row, DATE_NONE);
}

void lodging_apply_vacancy_lost(struct tables *tables, const struct entry *entry)
{
    const Lodging__VacancyLost *lost = (const Lodging__VacancyLost *)entry->event;
    Lodging__Records__Vacancy *row = table_get(tables, &lodging_vacancies, key_id(lost->vacancy));

    if (!row)
        return;
    row->state = VACANCY_LOST;
    row->lost_on = lost->lost_on;
    lodging_vacancy_put(tables, lost->vacancy, row);
    lodging_vacancy_leave_place(tables, row);
    table_delete(tables, &lodging_vacancies_open, key_id(lost->vacancy));
}

const struct refusal *lodging_on_extend_vacancy(struct work *work, const void *body)
{
    const Lodging__ExtendVacancy *asked = body;
    const Lodging__Records__Vacancy *row =
        table_get(work->tables, &lodging_vacancies, key_id(asked->vacancy));
    Lodging__VacancyExtended extended = LODGING__VACANCY_EXTENDED__INIT;
    Lodging__ExtendVacancyReply reply = LODGING__EXTEND_VACANCY_REPLY__INIT;
    struct vacancy_fact fact = { .at_ms = work->now_ms,
                                 .kind = FACT_DEADLINE_EXTENDED,
                                 .last_day = date_of(asked->last_day),
                                 .has_author = *asked->agreed_by != '\0',
                                 .has_reason = *asked->reason != '\0' };
    struct vacancy vacancy;
    const struct refusal *refusal = need_date(work, "last_day", asked->last_day);

    if (refusal)
        return refusal;
    if (!row)
        return not_known(work, "vacancy");
    vacancy = lodging_vacancy_of(row);
    refusal = vacancy_accepts(&vacancy, &fact);
    if (refusal)
        return refusal;
    extended.vacancy = asked->vacancy;
    extended.unit = row->unit;
    extended.last_day = asked->last_day;
    extended.deadline_ms = end_of_day(fact.last_day);
    extended.agreed_by = asked->agreed_by;
    extended.reason = asked->reason;
    work_emit(work, &extended.base, asked->vacancy, DATE_NONE);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

void lodging_apply_vacancy_extended(struct tables *tables, const struct entry *entry)
{
    const Lodging__VacancyExtended *extended = (const Lodging__VacancyExtended *)entry->event;
    Lodging__Records__Vacancy *row =
        table_get(tables, &lodging_vacancies, key_id(extended->vacancy));

    if (!row)
        return;
    deadline_clear(tables, LODGING_DEADLINE_VACANCY, row->decided_at_ms, extended->vacancy, 0);
    row->last_day = extended->last_day;
    row->deadline_ms = row->decided_at_ms = extended->deadline_ms;
    lodging_vacancy_put(tables, extended->vacancy, row);
    deadline_set(tables, LODGING_DEADLINE_VACANCY, row->decided_at_ms, extended->vacancy, 0);
}

/* --- what becomes of it -------------------------------------------------------------------------
 */

/* Who was not taken when another was. */
static void close_others(struct tables *tables, const char *vacancy,
                         const Lodging__Records__Vacancy *row)
{
    for (uint32_t number = 0; number < VACANCY_CANDIDATURES_MOST; number++) {
        struct key key = key_id(vacancy);
        const Lodging__Records__CandidatureOfVacancy *link;

        if (!(row->pending >> number & 1))
            continue;
        key_add_number(&key, number);
        link = table_get(tables, &lodging_candidatures_of_vacancy, key);
        if (link)
            lodging_candidature_end(tables, link->candidature, CANDIDATURE_NOT_RETAINED, 0);
    }
}

void lodging_apply_vacancy_filled(struct tables *tables, const struct entry *entry)
{
    const Lodging__VacancyFilled *filled = (const Lodging__VacancyFilled *)entry->event;
    Lodging__Records__Vacancy *row = table_get(tables, &lodging_vacancies, key_id(filled->vacancy));

    if (!row)
        return;
    close_others(tables, filled->vacancy, row);
    lodging_candidature_end(tables, filled->candidature, CANDIDATURE_HOUSED, 0);
    row->state = VACANCY_FILLED;
    row->pending = 0;
    lodging_vacancy_put(tables, filled->vacancy, row);
    lodging_vacancy_leave_place(tables, row);
    deadline_clear(tables, LODGING_DEADLINE_VACANCY, row->decided_at_ms, filled->vacancy, 0);
    table_delete(tables, &lodging_vacancies_open, key_id(filled->vacancy));
}

static const struct refusal *may_be_returned(const Lodging__Records__Vacancy *row,
                                             const Lodging__Records__Unit *unit, int64_t at_ms)
{
    const struct vacancy_fact fact = { .at_ms = at_ms, .kind = FACT_PLACE_RETURNED };
    const struct vacancy vacancy = lodging_vacancy_of(row);
    const Lodging__Records__Place *place = unit ? lodging_place(unit, row->place) : NULL;
    const struct refusal *refusal = vacancy_accepts(&vacancy, &fact);

    if (refusal)
        return refusal;
    if (!place || *place->vacancy != '\0')
        return &VACANCY_ALREADY_OPEN;
    return place->state == UNIT_AVAILABLE || place->state == UNIT_NOTICE_GIVEN
               ? ACCEPTED
               : &unit_has_no_free_place;
}

const struct refusal *lodging_on_return_vacancy(struct work *work, const void *body)
{
    const Lodging__ReturnVacancy *asked = body;
    const Lodging__Records__Vacancy *row =
        table_get(work->tables, &lodging_vacancies, key_id(asked->vacancy));
    const Lodging__Records__Unit *unit =
        row ? table_get(work->tables, &lodging_units, key_id(row->unit)) : NULL;
    Lodging__VacancyReturned returned = LODGING__VACANCY_RETURNED__INIT;
    Lodging__ReturnVacancyReply reply = LODGING__RETURN_VACANCY_REPLY__INIT;
    struct freeing freeing;
    struct vacancy_law law;
    struct date date;
    const struct refusal *refusal =
        lodging_fact_date(work, "returned_on", asked->returned_on, &date);

    if (refusal)
        return refusal;
    if (!row)
        return not_known(work, "vacancy");
    refusal = lodging_renamed(work, may_be_returned(row, unit, lodging_fact_instant(work, date)),
                              "unit", "vacancy");
    if (!refusal)
        refusal = work_law(work, vacancy_law, date, &law);
    if (refusal)
        return refusal;
    freeing = (struct freeing){ work_new_id(work), row->unit, row->place, date, date };
    returned.vacancy = asked->vacancy;
    returned.unit = row->unit;
    returned.returned_on = date_field(work->arena, date);
    returned.next_vacancy = reply.vacancy = lodging_text(freeing.vacancy);
    work_emit(work, &returned.base, asked->vacancy, date);
    reply.last_day = date_field(work->arena, open_vacancy(work, &freeing, unit, &law));
    work_reply(work, &reply.base);
    return ACCEPTED;
}

void lodging_apply_vacancy_returned(struct tables *tables, const struct entry *entry)
{
    const Lodging__VacancyReturned *returned = (const Lodging__VacancyReturned *)entry->event;
    Lodging__Records__Vacancy *row =
        table_get(tables, &lodging_vacancies, key_id(returned->vacancy));

    if (!row)
        return;
    row->state = VACANCY_RETURNED;
    row->next_vacancy = returned->next_vacancy;
    lodging_vacancy_put(tables, returned->vacancy, row);
}

const struct refusal *lodging_on_record_corrective_action(struct work *work, const void *body)
{
    const Lodging__RecordCorrectiveAction *asked = body;
    const Lodging__Records__Vacancy *row =
        table_get(work->tables, &lodging_vacancies, key_id(asked->vacancy));
    Lodging__CorrectiveActionRecorded recorded = LODGING__CORRECTIVE_ACTION_RECORDED__INIT;
    Lodging__RecordCorrectiveActionReply reply = LODGING__RECORD_CORRECTIVE_ACTION_REPLY__INIT;
    const struct refusal *refusal = need_text(work, "action", asked->action);

    if (!refusal)
        refusal = need_date(work, "due_on", asked->due_on);
    if (refusal)
        return refusal;
    if (!row)
        return not_known(work, "vacancy");
    if (!row->lost_on)
        return &VACANCY_NOT_LOST;
    recorded.vacancy = asked->vacancy;
    recorded.unit = row->unit;
    recorded.action = asked->action;
    recorded.due_on = asked->due_on;
    recorded.recorded_on = date_field(work->arena, work->today);
    work_emit(work, &recorded.base, asked->vacancy, DATE_NONE);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

void lodging_apply_corrective_action_recorded(struct tables *tables, const struct entry *entry)
{
    const Lodging__CorrectiveActionRecorded *recorded =
        (const Lodging__CorrectiveActionRecorded *)entry->event;
    Lodging__Records__Vacancy *row =
        table_get(tables, &lodging_vacancies, key_id(recorded->vacancy));

    if (!row)
        return;
    row->corrective_action = recorded->action;
    row->corrective_action_due_on = recorded->due_on;
    lodging_vacancy_put(tables, recorded->vacancy, row);
}

/* --- queries ------------------------------------------------------------------------------------
 */

static void tell_vacancy(Lodging__VacancyReply *reply, const char *id,
                         const Lodging__Records__Vacancy *row)
{
    lodging__vacancy_reply__init(reply);
    reply->vacancy = lodging_text(id);
    reply->unit = row->unit;
    reply->state = lodging_text(vacancy_machine.states[row->state]);
    reply->holder = row->holder;
    reply->notified_on = row->notified_on;
    reply->last_day = row->last_day;
    reply->corrective_action = row->corrective_action;
    reply->corrective_action_due_on = row->corrective_action_due_on;
}

static Lodging__CandidatureStanding *tell_candidature(struct work *work, const char *id)
{
    const Lodging__Records__Candidature *row =
        table_get(work->tables, &lodging_candidatures, key_id(id));
    Lodging__CandidatureStanding *standing = row ? arena_take(work->arena, sizeof *standing) : NULL;

    if (!standing)
        return NULL;
    lodging__candidature_standing__init(standing);
    standing->candidature = lodging_text(id);
    standing->household = row->household;
    standing->rank = row->rank;
    standing->state = lodging_text(candidature_machine.states[row->state]);
    standing->reason = row->reason;
    return standing;
}

static void tell_candidatures(struct work *work, Lodging__VacancyReply *reply, const char *vacancy)
{
    struct walk walk = walk_from(work->tables, &lodging_candidatures_of_vacancy, key_id(vacancy));

    reply->candidatures =
        arena_take(work->arena, VACANCY_CANDIDATURES_MOST * sizeof *reply->candidatures);
    while (reply->candidatures && reply->n_candidatures < VACANCY_CANDIDATURES_MOST &&
           walk_next(&walk)) {
        const Lodging__Records__CandidatureOfVacancy *link = walk.value;
        Lodging__CandidatureStanding *standing = tell_candidature(work, link->candidature);

        if (standing)
            reply->candidatures[reply->n_candidatures++] = standing;
    }
}

const struct refusal *lodging_on_vacancy(struct work *work, const void *body)
{
    const Lodging__VacancyQuery *asked = body;
    const Lodging__Records__Vacancy *row =
        table_get(work->tables, &lodging_vacancies, key_id(asked->vacancy));
    Lodging__VacancyReply reply;

    if (!row)
        return not_known(work, "vacancy");
    tell_vacancy(&reply, asked->vacancy, row);
    tell_candidatures(work, &reply, asked->vacancy);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

static bool add_vacancy(struct work *work, Lodging__VacanciesReply *reply, const struct walk *walk)
{
    Lodging__VacancyReply *vacancy = arena_take(work->arena, sizeof *vacancy);
    char *id = arena_take(work->arena, ID_TEXT_SIZE);
    size_t at = 0;
    const Lodging__Records__Vacancy *row;

    if (!vacancy || !id || !key_read_id(&walk->key, &at, id))
        return false;
    row = table_get(work->tables, &lodging_vacancies, key_id(id));
    if (!row)
        return false;
    tell_vacancy(vacancy, id, row);
    tell_candidatures(work, vacancy, id);
    reply->vacancies[reply->n_vacancies++] = vacancy;
    return true;
}

const struct refusal *lodging_on_vacancies(struct work *work, const void *body)
{
    const Lodging__VacanciesQuery *asked = body;
    Lodging__VacanciesReply reply = LODGING__VACANCIES_REPLY__INIT;
    uint32_t most = lodging_most(asked->most);
    struct walk walk = lodging_walk_after(
        work->tables, asked->open_only ? &lodging_vacancies_open : &lodging_vacancies,
        (struct key){ 0 }, asked->after);

    reply.vacancies = arena_take(work->arena, most * sizeof *reply.vacancies);
    while (reply.vacancies && walk_next(&walk)) {
        if (reply.n_vacancies == most) {
            reply.more = true;
            break;
        }
        if (!add_vacancy(work, &reply, &walk))
            break;
    }
    work_reply(work, &reply.base);
    return ACCEPTED;
}
