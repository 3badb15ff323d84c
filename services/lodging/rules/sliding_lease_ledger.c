#include "services/lodging/rules/sliding_lease_ledger.h"

#include "libcommon/money.h"

/* The earlier of two dates of which any may be absent. */
static struct date first_to_come(struct date a, struct date b)
{
    if (!date_is_set(a) || !date_is_set(b))
        return date_later(a, b);
    return date_earlier(a, b);
}

struct ledger_span sliding_lease_receivable(const struct sliding_lease_course *course)
{
    return (struct ledger_span){ course->entry, first_to_come(course->left, course->slid_on) };
}

struct ledger_span sliding_lease_payable(const struct sliding_lease_course *course)
{
    return (struct ledger_span){ course->lease_from,
                                 first_to_come(course->lease_until, course->slid_on) };
}

struct month_due ledger_month_due(struct ledger_span span, struct date month)
{
    struct date first = date_first_of_month(month), next = date_first_of_next_month(month);
    struct month_due due = { .of = days_between(first, next) };
    struct date from = date_later(span.from, first);
    struct date until = first_to_come(span.until, next);

    if (date_is_set(span.from) && date_is_before(from, until))
        due.days = days_between(from, until);
    return due;
}

int64_t ledger_month_cents(int64_t monthly_cents, struct month_due due)
{
    return money_share(monthly_cents, due.days, due.of);
}

int32_t ledger_months_due(struct ledger_span span, struct date until)
{
    struct date last = date_last_of_month(until);
    int32_t first_month, last_month;

    if (date_is_set(span.until))
        last = date_earlier(last, date_add_days(span.until, -1));
    if (!date_is_set(span.from) || date_is_before(last, span.from))
        return 0;
    first_month = span.from.year * 12 + span.from.month;
    last_month = last.year * 12 + last.month;
    return last_month - first_month + 1;
}
