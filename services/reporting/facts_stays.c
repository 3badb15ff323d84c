#include "proto/lodging.pb-c.h"
#include "services/reporting/facts.h"

const struct column_group reporting_stays = {
    .table = { "stays", &reporting__records__block__descriptor },
    .codes = STAY_CODES,
    .numbers = STAY_NUMBERS,
};

/* Once given, unit and household stay: an erased household's identifier leads to its row no more.
 * What is written of an unreadable identifier is never saved. */
static struct fact open_stay(struct tables *tables, const char *stay, const char *unit,
                             const char *household)
{
    uint32_t number = reporting_number_given(tables, NUMBERED_STAY, stay);
    struct fact fact;

    if (number == 0)
        return (struct fact){ 0 };
    fact = reporting_fact_open(tables, &reporting_stays, number);
    if (reporting_fact_number(&fact, STAY_UNIT) == 0)
        reporting_fact_set_number(&fact, STAY_UNIT,
                                  reporting_number_given(tables, NUMBERED_UNIT, unit));
    if (reporting_fact_number(&fact, STAY_HOUSEHOLD) == 0)
        reporting_fact_set_number(&fact, STAY_HOUSEHOLD,
                                  reporting_number_given(tables, NUMBERED_HOUSEHOLD, household));
    return fact;
}

void reporting_heard_title_signed(struct tables *tables, const struct entry *heard)
{
    const Lodging__TitleSigned *event = (const Lodging__TitleSigned *)heard->event;
    struct fact fact = open_stay(tables, event->stay, event->unit, event->household);

    reporting_fact_set_date(&fact, STAY_SIGNED_ON, event->signed_on);
    reporting_fact_set_code(&fact, STAY_TERM_MONTHS, event->term_months);
    reporting_fact_save(&fact);
}

void reporting_heard_stay_started(struct tables *tables, const struct entry *heard)
{
    const Lodging__StayStarted *event = (const Lodging__StayStarted *)heard->event;
    struct fact fact = open_stay(tables, event->stay, event->unit, event->household);

    reporting_fact_set_code(&fact, STAY_KIND, event->kind);
    reporting_fact_set_code(&fact, STAY_HOLDER, event->holder);
    reporting_fact_set_code(&fact, STAY_OWN_STOCK, event->own_stock);
    reporting_fact_set_code(&fact, STAY_TERM_MONTHS, event->term_months);
    reporting_fact_set_number(&fact, STAY_PROGRAMME,
                              reporting_number_given(tables, NUMBERED_PROGRAMME, event->programme));
    reporting_fact_set_date(&fact, STAY_ENTERED_ON, event->entered_on);
    reporting_fact_set_date(&fact, STAY_TERM_ON, event->term_on);
    reporting_fact_save(&fact);
}

void reporting_heard_stay_ended(struct tables *tables, const struct entry *heard)
{
    const Lodging__StayEnded *event = (const Lodging__StayEnded *)heard->event;
    struct fact fact = open_stay(tables, event->stay, event->unit, event->household);

    reporting_fact_set_code(&fact, STAY_OWN_STOCK, event->own_stock);
    reporting_fact_set_code(&fact, STAY_CHANNEL, event->channel);
    reporting_fact_set_code(&fact, STAY_DIRECTION, event->direction);
    reporting_fact_set_date(&fact, STAY_ENTERED_ON, event->entered_on);
    reporting_fact_set_date(&fact, STAY_LEFT_ON, event->left_on);
    reporting_fact_save(&fact);
}
