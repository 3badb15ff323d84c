/* What holds of dates holds on every day from 1 January 1900 to 31 December 2199. */
#include "libcommon/calendar.h"
#include "tests/check.h"

static const struct date FIRST = { 1900, 1, 1 }, LAST = { 2199, 12, 31 };
static const enum holidays REGIONS[] = { HOLIDAYS_OF_FRANCE, HOLIDAYS_OF_ALSACE_MOSELLE };

/* The next day as a wall calendar says it, to walk without the arithmetic under test. */
static struct date day_after(struct date day)
{
    static const uint8_t lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = day.year % 4 == 0 && day.year != 1900 && day.year != 2100;
    int length = lengths[day.month - 1] + (leap && day.month == 2);

    if (day.day < length)
        return DATE(day.year, day.month, (uint8_t)(day.day + 1));
    if (day.month < 12)
        return DATE(day.year, (uint8_t)(day.month + 1), 1);
    return DATE((int16_t)(day.year + 1), 1, 1);
}

static void check_every_day(bool (*holds)(struct date day), const char *sentence)
{
    char text[DATE_TEXT_SIZE];
    int days = 0;

    for (struct date day = FIRST; day.year < 2200; day = day_after(day), days++)
        if (!holds(day)) {
            check(false, "%s: not on %s", sentence, date_format(day, text));
            return;
        }
    check_number(days, 300 * 365 + 73, "%s", sentence);
}

static struct date chance_date(struct chance *chance)
{
    return date_from_days((int32_t)chance_between(chance, date_to_days(FIRST), date_to_days(LAST)));
}

/* --- a date by itself ------------------------------------------------------------------------- */

static bool is_one_more(struct date day)
{
    struct date next = day_after(day);

    return date_is_valid(day) && date_is_same(date_from_days(date_to_days(day)), day) &&
           date_to_days(next) == date_to_days(day) + 1 &&
           (date_is_same(day, LAST) || date_is_same(date_add_days(day, 1), next)) &&
           (date_is_same(day, LAST) || date_is_same(date_add_days(next, -1), day));
}

static bool text_is_read_back(struct date day)
{
    char text[DATE_TEXT_SIZE];
    struct date read;

    return date_parse(date_format(day, text), &read) && date_is_same(read, day);
}

static bool week_follows(struct date day)
{
    struct iso_week week = date_iso_week(day), last_week = date_iso_week(date_add_days(day, -1));
    bool starts = date_weekday(day) == MONDAY;
    bool new_year = starts && week.week == 1;

    if (date_is_same(day, FIRST))
        return starts && week.week == 1 && week.year == 1900;
    if (date_weekday(day) != (date_weekday(date_add_days(day, -1)) % 7) + 1)
        return false;
    if (new_year)
        return week.year == last_week.year + 1 && last_week.week >= 52 && last_week.week <= 53;
    return week.year == last_week.year && week.week == last_week.week + starts;
}

static bool fourth_of_january_is_in_week_1(struct date day)
{
    struct iso_week week = date_iso_week(DATE(day.year, 1, 4));

    return week.year == day.year && week.week == 1;
}

static bool month_has_its_ends(struct date day)
{
    struct date first = date_first_of_month(day), last = date_last_of_month(day);

    return first.day == 1 && first.month == day.month && last.month == day.month &&
           day_after(last).day == 1 &&
           (date_is_same(last, LAST) ||
            date_is_same(date_first_of_next_month(day), day_after(last)));
}

/* --- arithmetic ------------------------------------------------------------------------------- */

static bool days_are_undone(struct date day)
{
    static const int32_t counts[] = { 0, 8, 15, 42, 60, 365, 366, 1461, 36524 };

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct date later = date_add_days(day, counts[i]);

        if (date_is_same(later, LAST))
            continue;
        if (days_between(day, later) != counts[i] ||
            !date_is_same(date_add_days(later, -counts[i]), day))
            return false;
    }
    return true;
}

static bool months_clamp(struct date day)
{
    for (int months = -37; months <= 37; months++) {
        int number = day.year * 12 + day.month - 1 + months;
        struct date sum = date_add_months(day, months);

        if (number < 1900 * 12 || number >= 2200 * 12)
            continue;
        bool same_day = sum.day == day.day;
        bool clamped = sum.day < day.day && day_after(sum).day == 1;
        if (sum.year != number / 12 || sum.month != number % 12 + 1 || !(same_day || clamped))
            return false;
    }
    return true;
}

static bool months_never_go_back(struct date day)
{
    struct date next = date_add_days(day, 1);

    for (int months = -14; months <= 14; months++)
        if (date_is_after(date_add_months(day, months), date_add_months(next, months)) ||
            date_is_after(date_add_months(day, months), date_add_months(day, months + 1)))
            return false;
    return true;
}

static bool years_are_twelve_months(struct date day)
{
    for (int years = -5; years <= 120; years += 5)
        if (!date_is_same(date_add_years(day, years), date_add_months(day, years * 12)))
            return false;
    return true;
}

static bool months_are_counted_back(struct date day)
{
    for (int months = -30; months <= 30; months++) {
        struct date sum = date_add_months(day, months);

        if (!date_is_same(sum, LAST) && !date_is_same(sum, FIRST) &&
            months_between(day, sum) != months)
            return false;
    }
    return true;
}

static void check_months_between_any_two_dates(void)
{
    struct chance chance = { .state = UINT64_C(0x5eed0002) };
    bool largest = true, ages = true;

    for (int i = 0; i < 200000; i++) {
        struct date from = chance_date(&chance), to = chance_date(&chance);
        int32_t months = months_between(from, to);
        bool is_leap_child = from.month == 2 && from.day == 29;

        largest &= !date_is_after(date_add_months(from, months), to) ||
                   date_is_same(date_add_months(from, months), FIRST);
        largest &= date_is_after(date_add_months(from, months + 1), to) ||
                   date_is_same(date_add_months(from, months + 1), LAST);
        if (!is_leap_child)
            ages &= age_on(from, to) == (months < 0 ? -1 : months / 12);
    }
    check(largest, "months between any two dates (seed 0x5eed0002): one more would be too many");
    check(ages, "an age is twelve months a year (seed 0x5eed0002), but for those of 29 February");
}

/* --- working days ----------------------------------------------------------------------------- */

/* Gauss's own rule, another than the computus of the code; its numbers M and N are those of
 * 1900-2099 and of 2100-2199. */
static bool easter_is_as_gauss_says(struct date day)
{
    int a = day.year % 19, b = day.year % 4, c = day.year % 7;
    int d = (19 * a + 24) % 30;
    int e = (2 * b + 4 * c + 6 * d + (day.year < 2100 ? 5 : 6)) % 7;
    int days = 22 + d + e;

    if (d == 29 && e == 6)
        days -= 7;
    if (d == 28 && e == 6 && a > 10)
        days -= 7;
    return date_is_same(easter_sunday(day.year), date_add_days(DATE(day.year, 3, 1), days - 1)) &&
           date_weekday(easter_sunday(day.year)) == SUNDAY;
}

static void check_holidays_of_every_year(void)
{
    bool as_many = true;

    for (int16_t year = 1900; year <= 2199; year++) {
        struct date ascension = date_add_days(easter_sunday(year), 39);
        bool coincide =
            date_is_same(ascension, DATE(year, 5, 1)) || date_is_same(ascension, DATE(year, 5, 8));
        int in_france = 0, in_alsace = 0, of_france_not_of_alsace = 0;

        for (struct date day = DATE(year, 1, 1); day.year == year; day = day_after(day)) {
            in_france += is_public_holiday(day, HOLIDAYS_OF_FRANCE);
            in_alsace += is_public_holiday(day, HOLIDAYS_OF_ALSACE_MOSELLE);
            of_france_not_of_alsace += is_public_holiday(day, HOLIDAYS_OF_FRANCE) &&
                                       !is_public_holiday(day, HOLIDAYS_OF_ALSACE_MOSELLE);
        }
        as_many &= in_france == 11 - coincide && in_alsace == in_france + 2 &&
                   of_france_not_of_alsace == 0;
    }
    check(as_many, "D-7: every year has eleven holidays, ten where Ascension falls on 1 or 8 May, "
                   "and two more in Alsace-Moselle");
}

static void check_longest_rest(void)
{
    int longest = 0, rest = 0;

    for (struct date day = FIRST; day.year < 2200; day = day_after(day)) {
        rest = is_working_day(day, HOLIDAYS_OF_ALSACE_MOSELLE) ? 0 : rest + 1;
        longest = rest > longest ? rest : longest;
    }
    check_number(longest, 4, "four days are the longest rest of all years");
    check(is_working_day(LAST, HOLIDAYS_OF_FRANCE), "the last date is a working day");
}

static bool working_day_is_the_nearest(struct date day)
{
    for (size_t i = 0; i < 2; i++) {
        struct date after = working_day_on_or_after(day, REGIONS[i]);
        struct date before = working_day_on_or_before(day, REGIONS[i]);

        if (!is_working_day(after, REGIONS[i]) || date_is_before(after, day))
            return false;
        for (struct date rest = day; date_is_before(rest, after); rest = day_after(rest))
            if (is_working_day(rest, REGIONS[i]))
                return false;
        if (date_is_same(day, FIRST))
            continue;
        if (!is_working_day(before, REGIONS[i]) || date_is_after(before, day))
            return false;
        for (struct date rest = day; date_is_after(rest, before); rest = date_add_days(rest, -1))
            if (is_working_day(rest, REGIONS[i]))
                return false;
    }
    return true;
}

static bool working_days_are_counted(struct date day)
{
    enum { COUNT = 12 };
    struct date end = date_add_working_days(day, COUNT, HOLIDAYS_OF_FRANCE);
    int seen = 0;

    if (date_is_same(end, LAST))
        return true;
    for (struct date at = day; !date_is_same(at, end);) {
        at = day_after(at);
        seen += is_working_day(at, HOLIDAYS_OF_FRANCE);
    }
    return seen == COUNT && is_working_day(end, HOLIDAYS_OF_FRANCE);
}

/* --- time limits ------------------------------------------------------------------------------ */

static bool limits_roll_one_way(struct date day)
{
    const struct period period = { .months = 2, .days = 3 };
    struct date bare = date_add_period(day, period);
    struct date rolled = time_limit(day, period, HOLIDAYS_OF_FRANCE);
    struct date clear = clear_time_limit(day, period, HOLIDAYS_OF_FRANCE);
    struct date latest = backward_limit(day, period);
    struct date aim = backward_limit_to_aim_for(day, period, HOLIDAYS_OF_FRANCE);

    return date_is_same(rolled, working_day_on_or_after(bare, HOLIDAYS_OF_FRANCE)) &&
           !date_is_before(clear, rolled) &&
           (date_is_same(bare, LAST) || date_is_after(clear, bare)) &&
           date_is_same(clear_time_limit_to_warn_of(day, period), bare) &&
           date_is_same(aim, working_day_on_or_before(latest, HOLIDAYS_OF_FRANCE)) &&
           (date_is_same(latest, FIRST) ||
            !date_is_after(date_add_days(date_add_months(latest, 2), 3), date_add_days(day, 3)));
}

static bool truce_is_left_at_its_end(struct date day)
{
    static const struct yearly_span truce = { { 11, 1 }, { 3, 31 } };
    static const struct yearly_span rest = { { 4, 1 }, { 10, 31 } };
    struct date next = yearly_span_next_day_outside(truce, day);

    if (yearly_span_holds(truce, day) == yearly_span_holds(rest, day))
        return false;
    if (yearly_span_holds(truce, day) != (day.month >= 11 || day.month <= 3))
        return false;
    if (yearly_span_holds(rest, day))
        return date_is_same(next, day);
    if (day.year == 2199 && day.month >= 11)
        return !date_is_set(next);
    return date_is_same(next, DATE((int16_t)(day.year + (day.month >= 11)), 4, 1));
}

/* --- civil time in Europe/Paris --------------------------------------------------------------- */

static bool clocks_read_back(struct date day)
{
    int64_t start = start_of_day(day), end = end_of_day(day);
    int64_t hours = (end - start) / HOUR_MS;
    struct civil_time first = civil_time_at(start), last = civil_time_at(end - 1);

    if (!date_is_same(first.date, day) || first.hour != 0 || first.minute != 0 ||
        first.second != 0 || first.millisecond != 0)
        return false;
    if (!date_is_same(last.date, day) || last.hour != 23 || last.minute != 59 ||
        last.second != 59 || last.millisecond != 999)
        return false;
    for (int hour = 0; hour < 24; hour++) {
        struct civil_time shown = civil_time_at(instant_of(day, hour, 30));
        bool skipped = hours == 23 && hour == 2;

        if (!date_is_same(shown.date, day) || shown.hour != hour + skipped || shown.minute != 30)
            return false;
    }
    return hours == 24 || (hours == 23 && day.month == 3 && day.day > 24) ||
           (hours == 25 && day.month == 10 && day.day > 24);
}

static bool hours_follow(struct date day)
{
    for (int64_t at = start_of_day(day); at < end_of_day(day); at += HOUR_MS) {
        struct civil_time now = civil_time_at(at), before = civil_time_at(at - 1);
        int64_t shown_ms = ((int64_t)date_to_days(now.date) * 24 + now.hour) * HOUR_MS;

        if (shown_ms - now.offset_minutes * MINUTE_MS != at)
            return false;
        if (now.offset_minutes != before.offset_minutes &&
            (date_weekday(day) != SUNDAY || (at - HOUR_MS) % (24 * HOUR_MS) != 0))
            return false;
    }
    return true;
}

static void check_two_changes_a_year(void)
{
    bool two = true;

    for (int16_t year = 1900; year <= 2199; year++) {
        int short_days = 0, long_days = 0;

        for (struct date day = DATE(year, 1, 1); day.year == year; day = day_after(day)) {
            int64_t hours = (end_of_day(day) - start_of_day(day)) / HOUR_MS;

            short_days += hours == 23;
            long_days += hours == 25;
        }
        two &= short_days == 1 && long_days == 1;
    }
    check(two, "every year has one day of 23 hours and one of 25");
}

int main(void)
{
    about("every day from 1900 to 2199");
    check_every_day(is_one_more, "a day is one more than the day before, and back");
    check_every_day(text_is_read_back, "a date is read back from its text");
    check_every_day(week_follows, "weekdays and ISO weeks follow each other");
    check_every_day(fourth_of_january_is_in_week_1, "4 January is in week 1 (ISO 8601)");
    check_every_day(month_has_its_ends, "a month starts on its 1st and ends before the next");

    check_every_day(days_are_undone, "D-1: added days are the distance, and taken away again");
    check_every_day(months_clamp, "D-2: months keep the day number or give the month's last day");
    check_every_day(months_never_go_back, "D-2: a later day or more months never end earlier");
    check_every_day(years_are_twelve_months, "D-2: a year is twelve months");
    check_every_day(months_are_counted_back, "D-2: added months are counted back");
    check_months_between_any_two_dates();

    check_every_day(easter_is_as_gauss_says, "D-7: Easter is as Gauss's rule says");
    check_holidays_of_every_year();
    check_longest_rest();
    check_every_day(working_day_is_the_nearest, "D-5: the nearest working day is the nearest");
    check_every_day(working_days_are_counted, "D-5: twelve working days later are twelve");

    check_every_day(limits_roll_one_way, "D-5, D-6, D-8: limits roll the way they should");
    check_every_day(truce_is_left_at_its_end, "EV-9: the truce is left on 1 April");

    check_every_day(clocks_read_back, "a clock set is a clock read");
    check_every_day(hours_follow, "hours follow each other, and change on Sundays at 01:00 UTC");
    check_two_changes_a_year();
    return checks_done();
}
