#include "services/lodging/vacancies.h"

#include "services/lodging/rules/candidature.h"

/* 6.6: the household's candidatures elsewhere are withdrawn. */
void lodging_emit_vacancy_filled(struct work *work, const char *candidature,
                                 const Lodging__Records__Candidature *of,
                                 const Lodging__Records__Vacancy *row, struct date filled_on)
{
    Lodging__VacancyFilled filled = LODGING__VACANCY_FILLED__INIT;
    int32_t days = days_between(date_of(row->notified_on), filled_on);

    filled.vacancy = of->vacancy;
    filled.unit = of->unit;
    filled.household = of->household;
    filled.candidature = lodging_text(candidature);
    filled.filled_on = date_field(work->arena, filled_on);
    filled.days = days > 0 ? (uint32_t)days : 0;
    work_emit(work, &filled.base, filled.vacancy, filled_on);
    lodging_withdraw_elsewhere(work, of->household, of->vacancy, filled_on);
}

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
