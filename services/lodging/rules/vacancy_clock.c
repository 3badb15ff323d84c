#include "services/lodging/rules/vacancy_clock.h"

const struct parameter_field vacancy_law[] = {
    { "lodging.vacancy.candidature_period", UNIT_PERIOD,
      offsetof(struct vacancy_law, candidature_period) },
    { "lodging.vacancy.social_housing_period", UNIT_PERIOD,
      offsetof(struct vacancy_law, social_housing_period) },
    { "lodging.vacancy.extension_most", UNIT_PERIOD, offsetof(struct vacancy_law, extension_most) },
    { "lodging.vacancy.days_are_working_days", UNIT_YES_NO,
      offsetof(struct vacancy_law, days_are_working_days) },
    { "lodging.vacancy.end_rolls_to_working_day", UNIT_YES_NO,
      offsetof(struct vacancy_law, end_rolls_to_working_day) },
    { "lodging.vacancy.starts_when_freed", UNIT_YES_NO,
      offsetof(struct vacancy_law, starts_when_freed) },
    { "lodging.vacancy.has_alsace_moselle_holidays", UNIT_YES_NO,
      offsetof(struct vacancy_law, has_alsace_moselle_holidays) },
    { "lodging.vacancy.move_in_period", UNIT_PERIOD, offsetof(struct vacancy_law, move_in_period) },
    { 0 },
};

struct vacancy_law vacancy_law_of_social_housing(struct vacancy_law law)
{
    law.candidature_period = law.social_housing_period;
    return law;
}

static enum holidays holidays_of(const struct vacancy_law *law)
{
    return law->has_alsace_moselle_holidays ? HOLIDAYS_OF_ALSACE_MOSELLE : HOLIDAYS_OF_FRANCE;
}

struct date vacancy_last_day(int64_t notified_at_ms, struct date freed_on,
                             const struct vacancy_law *law)
{
    struct period period = law->candidature_period;
    struct date start = civil_date_at(notified_at_ms), last_day;

    if (law->starts_when_freed)
        start = date_later(start, freed_on);
    if (law->days_are_working_days)
        last_day = date_add_working_days(date_add_months(start, period.months), period.days,
                                         holidays_of(law));
    else
        last_day = date_add_period(start, period);
    if (law->end_rolls_to_working_day)
        last_day = working_day_on_or_after(last_day, holidays_of(law));
    return last_day;
}

struct date vacancy_extension_most(struct date first_last_day, const struct vacancy_law *law)
{
    return date_add_period(first_last_day, law->extension_most);
}

struct date vacancy_move_in_by(int64_t retained_at_ms, const struct vacancy_law *law)
{
    return date_add_period(civil_date_at(retained_at_ms), law->move_in_period);
}
