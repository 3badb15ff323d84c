#include "services/reporting/facts.h"

const struct column_group reporting_households = {
    .table = { "households", &reporting__records__block__descriptor },
    .codes = HOUSEHOLD_CODES,
    .numbers = HOUSEHOLD_NUMBERS,
};

void reporting_keep_situation(struct fact *fact, unsigned first, const Intake__Situation *from)
{
    reporting_fact_set_code(fact, first + SITUATION_TYPE, from->type);
    reporting_fact_set_code(fact, first + SITUATION_ADULTS, from->adults);
    reporting_fact_set_code(fact, first + SITUATION_CHILDREN, from->children);
    reporting_fact_set_code(fact, first + SITUATION_AGE_BAND, from->age_band);
    reporting_fact_set_code(fact, first + SITUATION_TENURE, from->tenure);
    reporting_fact_set_code(fact, first + SITUATION_PREVIOUS_HOUSING, from->previous_housing);
    reporting_fact_set_code(fact, first + SITUATION_LOCATION, from->location_type);
    reporting_fact_set_code(fact, first + SITUATION_RESOURCES, from->resource_band);
    reporting_fact_set_code(fact, first + SITUATION_STATUS, from->socio_professional_status);
}

static void situate(struct tables *tables, struct fact *fact, const Intake__Situation *situation,
                    const Tremplin__Date *since)
{
    if (!situation)
        return;
    reporting_keep_situation(fact, HOUSEHOLD_SITUATION, situation);
    reporting_fact_set_number(
        fact, HOUSEHOLD_DISTRICT,
        reporting_number_given(tables, NUMBERED_DISTRICT, situation->district));
    reporting_fact_set_date(fact, HOUSEHOLD_SITUATED_ON, since);
}

void reporting_heard_household_registered(struct tables *tables, const struct entry *heard)
{
    const Intake__HouseholdRegistered *event = (const Intake__HouseholdRegistered *)heard->event;
    uint32_t number = reporting_number_given(tables, NUMBERED_HOUSEHOLD, event->household);
    struct fact fact;

    if (number == 0)
        return;
    fact = reporting_fact_open(tables, &reporting_households, number);
    reporting_fact_set_date(&fact, HOUSEHOLD_OPENED_ON, event->opened_on);
    situate(tables, &fact, event->situation, event->opened_on);
    reporting_fact_save(&fact);
}

void reporting_heard_situation_changed(struct tables *tables, const struct entry *heard)
{
    const Intake__SituationChanged *event = (const Intake__SituationChanged *)heard->event;
    uint32_t number = reporting_number(tables, NUMBERED_HOUSEHOLD, event->household);
    struct fact fact;

    if (number == 0)
        return;
    fact = reporting_fact_open(tables, &reporting_households, number);
    situate(tables, &fact, event->situation, event->changed_on);
    reporting_fact_save(&fact);
}

/* The row stays, so that counts stay true; nothing leads to it any more. */
void reporting_heard_household_erased(struct tables *tables, const struct entry *heard)
{
    const Intake__HouseholdErased *event = (const Intake__HouseholdErased *)heard->event;
    uint32_t number = reporting_number(tables, NUMBERED_HOUSEHOLD, event->household);
    struct fact fact;

    if (number == 0)
        return;
    fact = reporting_fact_open(tables, &reporting_households, number);
    reporting_fact_set_code(&fact, HOUSEHOLD_ERASED, 1);
    reporting_fact_save(&fact);
    reporting_number_forget(tables, NUMBERED_HOUSEHOLD, event->household);
}

void reporting_hear_household_erased(struct work *work, const struct entry *heard)
{
    const Intake__HouseholdErased *event = (const Intake__HouseholdErased *)heard->event;

    work_destroy_key(work, event->household);
}
