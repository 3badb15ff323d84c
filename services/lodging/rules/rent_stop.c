#include "services/lodging/rules/rent_stop.h"

struct rent_stop_span rent_stop_span_of(const struct rent_stop *stop)
{
    return (struct rent_stop_span){
        .from = date_first_of_next_month(stop->notification_sent_on),
        .end = date_first_of_next_month(stop->released_on),
    };
}

bool rent_stop_holds(const struct rent_stop *stop, struct date day)
{
    struct rent_stop_span span = rent_stop_span_of(stop);

    return date_is_set(span.from) && date_is_within(day, span.from, span.end);
}

size_t rent_stop_reversals(const struct rent_stop *stop, const struct rent_term terms[],
                           size_t count, struct date on, struct account_entry reversals[])
{
    size_t written = 0;

    for (size_t i = 0; i < count; i++) {
        int64_t charged_cents = rent_term_due_cents(&terms[i]);

        if (charged_cents > 0 && rent_stop_holds(stop, terms[i].month))
            reversals[written++] = (struct account_entry){ .kind = ENTRY_RENT_STOP,
                                                           .on = on,
                                                           .term = terms[i].month,
                                                           .amount_cents = charged_cents };
    }
    return written;
}

struct date rent_stop_lease_end(const struct rent_stop *stop, struct date lease_end)
{
    struct rent_stop_span span = rent_stop_span_of(stop);

    if (!date_is_set(span.from) || date_is_before(lease_end, span.from))
        return lease_end;
    if (!date_is_set(span.end))
        return DATE_NONE;
    return date_add_days(lease_end, days_between(span.from, span.end));
}
