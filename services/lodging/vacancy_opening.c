#include "services/lodging/vacancies.h"

#include "services/lodging/rules/vacancy_clock.h"

static const struct refusal unit_has_no_free_place = {
    .code = "UNIT_HAS_NO_FREE_PLACE",
    .field = "unit",
    .rule = "6.5, C-13",
    .french = "Aucune place de ce logement n'est libre : enregistrez la sortie du ménage, ou "
              "indiquez le jour où la place sera libre.",
    .english = "No place of this unit is free: record the household's exit, or say on which day "
               "the place will be free.",
};

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

/* --- freeing a place -------------------------------------------------------------------------- */

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

static const struct refusal *read_freeing(struct work *work, const Lodging__FreeUnit *asked,
                                          struct freeing *freeing)
{
    const struct refusal *refusal =
        need_fact_date(work, "notified_on", asked->notified_on, &freeing->notified_on);

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
        return not_known(work, "unit", asked->unit);
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
    row.last_day = row.first_last_day = opened->last_day;
    row.deadline_ms = opened->deadline_ms;
    row.decided_at_ms = opened->decided_at_ms;
    lodging_vacancy_put(tables, opened->vacancy, &row);
    lodging_link(tables, &lodging_vacancies_open, key_id(opened->vacancy));
    deadline_set(tables, LODGING_DEADLINE_VACANCY, opened->decided_at_ms, opened->vacancy, 0);
    announce_place(tables, opened);
}

/* --- returning one ---------------------------------------------------------------------------- */

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
    const struct refusal *refusal = need_fact_date(work, "returned_on", asked->returned_on, &date);

    if (refusal)
        return refusal;
    if (!row)
        return not_known(work, "vacancy", asked->vacancy);
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
