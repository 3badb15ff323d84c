#include "services/lodging/vacancies.h"

#include "services/lodging/rules/vacancy_clock.h"

const struct table lodging_vacancies = { "vacancies", &lodging__records__vacancy__descriptor };
const struct table lodging_vacancies_open = { "vacancies_open",
                                              &lodging__records__link__descriptor };

/* --- a vacancy as the rules see it ------------------------------------------------------------ */

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

/* --- for apply -------------------------------------------------------------------------------- */

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

/* --- the deadline ----------------------------------------------------------------------------- */

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

/* By what holds today: that is when it is agreed. */
static const struct refusal *may_be_extended(struct work *work,
                                             const Lodging__Records__Vacancy *row,
                                             const Lodging__ExtendVacancy *asked)
{
    struct vacancy_fact fact = { .at_ms = work->now_ms,
                                 .kind = FACT_DEADLINE_EXTENDED,
                                 .last_day = date_of(asked->last_day),
                                 .has_author = *asked->agreed_by != '\0',
                                 .has_reason = *asked->reason != '\0' };
    const struct vacancy vacancy = lodging_vacancy_of(row);
    struct vacancy_law law;
    const struct refusal *refusal = work_law(work, vacancy_law, work->today, &law);

    if (refusal)
        return refusal;
    fact.most = vacancy_extension_most(date_of(row->first_last_day), &law);
    return vacancy_accepts(&vacancy, &fact);
}

const struct refusal *lodging_on_extend_vacancy(struct work *work, const void *body)
{
    const Lodging__ExtendVacancy *asked = body;
    const Lodging__Records__Vacancy *row =
        table_get(work->tables, &lodging_vacancies, key_id(asked->vacancy));
    Lodging__VacancyExtended extended = LODGING__VACANCY_EXTENDED__INIT;
    Lodging__ExtendVacancyReply reply = LODGING__EXTEND_VACANCY_REPLY__INIT;
    const struct refusal *refusal = need_date(work, "last_day", asked->last_day);

    if (!refusal)
        refusal = need_code(work, "agreed_by", asked->agreed_by);
    if (!refusal)
        refusal = need_code(work, "reason", asked->reason);
    if (refusal)
        return refusal;
    if (!row)
        return not_known(work, "vacancy", asked->vacancy);
    refusal = may_be_extended(work, row, asked);
    if (refusal)
        return refusal;
    extended.vacancy = asked->vacancy;
    extended.unit = row->unit;
    extended.last_day = asked->last_day;
    extended.deadline_ms = end_of_day(date_of(asked->last_day));
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

/* --- a lost place is answered for ------------------------------------------------------------- */

const struct refusal *lodging_on_record_corrective_action(struct work *work, const void *body)
{
    const Lodging__RecordCorrectiveAction *asked = body;
    const Lodging__Records__Vacancy *row =
        table_get(work->tables, &lodging_vacancies, key_id(asked->vacancy));
    Lodging__CorrectiveActionRecorded recorded = LODGING__CORRECTIVE_ACTION_RECORDED__INIT;
    Lodging__RecordCorrectiveActionReply reply = LODGING__RECORD_CORRECTIVE_ACTION_REPLY__INIT;
    const struct refusal *refusal = need_text(work, "action", asked->action);

    if (!refusal)
        refusal = need_no_nir(work, "action", asked->action);
    if (!refusal)
        refusal = need_date(work, "due_on", asked->due_on);
    if (refusal)
        return refusal;
    if (!row)
        return not_known(work, "vacancy", asked->vacancy);
    if (!row->lost_on)
        return &VACANCY_NOT_LOST;
    recorded.vacancy = asked->vacancy;
    recorded.unit = row->unit;
    recorded.due_on = asked->due_on;
    recorded.recorded_on = date_field(work->arena, work->today);
    lodging_emit_with_words(work, &recorded.base, asked->vacancy, DATE_NONE, asked->vacancy,
                            asked->action);
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
    row->corrective_action = lodging_words(entry);
    row->corrective_action_due_on = recorded->due_on;
    lodging_vacancy_put(tables, recorded->vacancy, row);
}
