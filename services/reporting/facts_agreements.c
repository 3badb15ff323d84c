#include "proto/measures.pb-c.h"
#include "services/reporting/facts.h"

const struct column_group reporting_lines = {
    .table = { "lines", &reporting__records__block__descriptor },
    .codes = LINE_CODES,
    .numbers = LINE_NUMBERS,
};

static void keep_line(struct tables *tables, const Measures__AgreementOpened *agreement,
                      const Measures__AgreementLine *line)
{
    uint32_t number = reporting_number_given(tables, NUMBERED_LINE, line->line);
    struct fact fact;

    if (number == 0)
        return;
    fact = reporting_fact_open(tables, &reporting_lines, number);
    reporting_fact_set_code(&fact, LINE_SCHEME, agreement->scheme);
    reporting_fact_set_code(&fact, LINE_TARGET_PUBLIC, line->target_public);
    reporting_fact_set_number(
        &fact, LINE_AGREEMENT,
        reporting_number_given(tables, NUMBERED_AGREEMENT, agreement->agreement));
    reporting_fact_set_number(
        &fact, LINE_OPERATOR,
        reporting_number_given(tables, NUMBERED_OPERATOR, agreement->operator_));
    reporting_fact_set_date(&fact, LINE_SIGNED_ON, agreement->signed_on);
    reporting_fact_set_date(&fact, LINE_STARTS_ON, agreement->starts_on);
    reporting_fact_set_date(&fact, LINE_LAST_DAY, agreement->ends_on);
    reporting_fact_set_number(&fact, LINE_MEASURES, line->contracted_measures);
    reporting_fact_set_number(&fact, LINE_MONTHS, line->contracted_measure_months);
    reporting_fact_save(&fact);
}

void reporting_heard_agreement_opened(struct tables *tables, const struct entry *heard)
{
    const Measures__AgreementOpened *event = (const Measures__AgreementOpened *)heard->event;

    for (size_t i = 0; i < event->n_lines; i++)
        keep_line(tables, event, event->lines[i]);
}

void reporting_heard_agreement_line_changed(struct tables *tables, const struct entry *heard)
{
    const Measures__AgreementLineChanged *event =
        (const Measures__AgreementLineChanged *)heard->event;
    const Measures__LineStanding *standing = event->standing;
    uint32_t number = standing ? reporting_number(tables, NUMBERED_LINE, standing->line) : 0;
    struct fact fact;

    if (number == 0)
        return;
    fact = reporting_fact_open(tables, &reporting_lines, number);
    reporting_fact_set_number(&fact, LINE_RESERVED_MEASURES, standing->reserved_measures);
    reporting_fact_set_number(&fact, LINE_LEFT_MEASURES, standing->left_measures);
    reporting_fact_set_number(&fact, LINE_RESERVED_HUNDREDTHS, standing->reserved_hundredths);
    reporting_fact_set_number(&fact, LINE_CONSUMED_HUNDREDTHS, standing->consumed_hundredths);
    reporting_fact_set_number(&fact, LINE_RELEASED_HUNDREDTHS, standing->released_hundredths);
    reporting_fact_save(&fact);
}
