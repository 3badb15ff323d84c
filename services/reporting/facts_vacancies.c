#include "proto/lodging.pb-c.h"
#include "services/reporting/facts.h"

const struct column_group reporting_vacancies = {
    .table = { "vacancies", &reporting__records__block__descriptor },
    .codes = VACANCY_CODES,
    .numbers = VACANCY_NUMBERS,
};

/* What is written of an unreadable identifier is never saved. */
static struct fact open_vacancy(struct tables *tables, const char *vacancy)
{
    uint32_t number = reporting_number_given(tables, NUMBERED_VACANCY, vacancy);

    if (number == 0)
        return (struct fact){ 0 };
    return reporting_fact_open(tables, &reporting_vacancies, number);
}

static void count_one_more(struct fact *fact, unsigned column)
{
    reporting_fact_set_number(fact, column, INT64_C(1) + reporting_fact_number(fact, column));
}

void reporting_heard_vacancy_opened(struct tables *tables, const struct entry *heard)
{
    const Lodging__VacancyOpened *event = (const Lodging__VacancyOpened *)heard->event;
    struct fact fact = open_vacancy(tables, event->vacancy);

    reporting_fact_set_code(&fact, VACANCY_HOLDER, event->holder);
    reporting_fact_set_number(&fact, VACANCY_UNIT,
                              reporting_number_given(tables, NUMBERED_UNIT, event->unit));
    reporting_fact_set_date(&fact, VACANCY_NOTIFIED_ON, event->notified_on);
    reporting_fact_set_date(&fact, VACANCY_FREE_ON, event->free_on);
    reporting_fact_set_date(&fact, VACANCY_LAST_DAY, event->last_day);
    reporting_fact_save(&fact);
}

void reporting_heard_vacancy_extended(struct tables *tables, const struct entry *heard)
{
    const Lodging__VacancyExtended *event = (const Lodging__VacancyExtended *)heard->event;
    struct fact fact = open_vacancy(tables, event->vacancy);

    reporting_fact_set_date(&fact, VACANCY_LAST_DAY, event->last_day);
    reporting_fact_save(&fact);
}

void reporting_heard_candidature_proposed(struct tables *tables, const struct entry *heard)
{
    const Lodging__CandidatureProposed *event = (const Lodging__CandidatureProposed *)heard->event;
    struct fact fact = open_vacancy(tables, event->vacancy);

    count_one_more(&fact, VACANCY_CANDIDATURES);
    if (reporting_fact_number(&fact, VACANCY_FIRST_CANDIDATURE_ON) == 0)
        reporting_fact_set_date(&fact, VACANCY_FIRST_CANDIDATURE_ON, event->proposed_on);
    reporting_fact_save(&fact);
}

void reporting_heard_candidature_refused(struct tables *tables, const struct entry *heard)
{
    const Lodging__CandidatureRefused *event = (const Lodging__CandidatureRefused *)heard->event;
    struct fact fact = open_vacancy(tables, event->vacancy);

    count_one_more(&fact, VACANCY_REFUSALS);
    reporting_fact_save(&fact);
}

void reporting_heard_candidature_withdrawn(struct tables *tables, const struct entry *heard)
{
    const Lodging__CandidatureWithdrawn *event =
        (const Lodging__CandidatureWithdrawn *)heard->event;
    struct fact fact = open_vacancy(tables, event->vacancy);

    count_one_more(&fact, VACANCY_WITHDRAWALS);
    reporting_fact_save(&fact);
}

void reporting_heard_candidature_retained(struct tables *tables, const struct entry *heard)
{
    const Lodging__CandidatureRetained *event = (const Lodging__CandidatureRetained *)heard->event;
    struct fact fact = open_vacancy(tables, event->vacancy);

    reporting_fact_set_date(&fact, VACANCY_RETAINED_ON, event->retained_on);
    reporting_fact_save(&fact);
}

static void end_vacancy(struct tables *tables, const char *vacancy, enum vacancy_end how,
                        const Tremplin__Date *day, uint32_t days)
{
    struct fact fact = open_vacancy(tables, vacancy);

    reporting_fact_set_code(&fact, VACANCY_ENDING, how);
    reporting_fact_set_date(&fact, VACANCY_ENDED_ON, day);
    reporting_fact_set_number(&fact, VACANCY_DAYS, days);
    reporting_fact_save(&fact);
}

void reporting_heard_vacancy_filled(struct tables *tables, const struct entry *heard)
{
    const Lodging__VacancyFilled *event = (const Lodging__VacancyFilled *)heard->event;

    end_vacancy(tables, event->vacancy, VACANCY_IS_FILLED, event->filled_on, event->days);
}

void reporting_heard_vacancy_lost(struct tables *tables, const struct entry *heard)
{
    const Lodging__VacancyLost *event = (const Lodging__VacancyLost *)heard->event;

    end_vacancy(tables, event->vacancy, VACANCY_IS_LOST, event->lost_on, 0);
}

void reporting_heard_vacancy_returned(struct tables *tables, const struct entry *heard)
{
    const Lodging__VacancyReturned *event = (const Lodging__VacancyReturned *)heard->event;

    end_vacancy(tables, event->vacancy, VACANCY_IS_RETURNED, event->returned_on, 0);
}
