#include "proto/lodging.pb-c.h"
#include "services/reporting/facts.h"

const struct column_group reporting_residences = {
    .table = { "residences", &reporting__records__block__descriptor },
    .codes = RESIDENCE_CODES,
    .numbers = RESIDENCE_NUMBERS,
};
const struct column_group reporting_units = {
    .table = { "units", &reporting__records__block__descriptor },
    .codes = UNIT_CODES,
    .numbers = UNIT_NUMBERS,
};

void reporting_heard_residence_opened(struct tables *tables, const struct entry *heard)
{
    const Lodging__ResidenceOpened *event = (const Lodging__ResidenceOpened *)heard->event;
    uint32_t number = reporting_number_given(tables, NUMBERED_RESIDENCE, event->residence);
    struct fact fact;

    if (number == 0)
        return;
    fact = reporting_fact_open(tables, &reporting_residences, number);
    reporting_fact_set_code(&fact, RESIDENCE_KIND, event->kind);
    reporting_fact_set_code(&fact, RESIDENCE_OWN_STOCK, event->own_stock);
    reporting_fact_set_code(&fact, RESIDENCE_HAS_SOCIAL_WORKER, event->has_social_worker);
    reporting_fact_set_number(&fact, RESIDENCE_MANAGER,
                              reporting_number_given(tables, NUMBERED_OPERATOR, event->manager));
    reporting_fact_set_date(&fact, RESIDENCE_OPENED_ON, event->opened_on);
    reporting_fact_save(&fact);
}

void reporting_heard_unit_commissioned(struct tables *tables, const struct entry *heard)
{
    const Lodging__UnitCommissioned *event = (const Lodging__UnitCommissioned *)heard->event;
    uint32_t number = reporting_number_given(tables, NUMBERED_UNIT, event->unit);
    struct fact fact;

    if (number == 0)
        return;
    fact = reporting_fact_open(tables, &reporting_units, number);
    reporting_fact_set_code(&fact, UNIT_KIND, event->kind);
    reporting_fact_set_code(&fact, UNIT_HOLDER, event->holder);
    reporting_fact_set_code(&fact, UNIT_OWN_STOCK, event->own_stock);
    reporting_fact_set_code(&fact, UNIT_FURNISHED, event->furnished);
    reporting_fact_set_code(&fact, UNIT_PLACES, event->places);
    reporting_fact_set_number(&fact, UNIT_RESIDENCE,
                              reporting_number(tables, NUMBERED_RESIDENCE, event->residence));
    reporting_fact_set_number(&fact, UNIT_PROGRAMME,
                              reporting_number_given(tables, NUMBERED_PROGRAMME, event->programme));
    reporting_fact_set_number(&fact, UNIT_MANAGER,
                              reporting_number_given(tables, NUMBERED_OPERATOR, event->manager));
    reporting_fact_set_date(&fact, UNIT_COMMISSIONED_ON, event->commissioned_on);
    reporting_fact_save(&fact);
}
