/* print_calendar - what libcommon/calendar computes, for tests/checks/check-calendar-against-others
 *
 *     print_calendar days       every day: weekday, ISO week, holidays, next working day
 *     print_calendar sums       dates and periods drawn by lot, and their sums and distances
 *     print_calendar clocks     Paris clocks, 1996 to 2037: each day, and each hour around changes
 */
#include "libcommon/calendar.h"
#include "tests/check.h"

static void print_days(void)
{
    const enum holidays france = HOLIDAYS_OF_FRANCE, alsace = HOLIDAYS_OF_ALSACE_MOSELLE;
    char day_text[DATE_TEXT_SIZE], next_text[DATE_TEXT_SIZE];

    for (int32_t days = date_to_days(DATE(1900, 1, 1)); days <= date_to_days(DATE(2199, 12, 31));
         days++) {
        struct date day = date_from_days(days);
        struct iso_week week = date_iso_week(day);

        printf("%s %d %d %d %d %d %d %s\n", date_format(day, day_text), days, date_weekday(day),
               week.year, week.week, is_public_holiday(day, france), is_public_holiday(day, alsace),
               date_format(working_day_on_or_after(day, france), next_text));
    }
}

static void print_sums(void)
{
    enum { COUNT = 60000, MARGIN = 16000 };
    struct chance chance = { .state = UINT64_C(0x5eed0006) };
    const int32_t first = date_to_days(DATE(1900, 1, 1)), last = date_to_days(DATE(2199, 12, 31));
    char start_text[DATE_TEXT_SIZE], sum_text[DATE_TEXT_SIZE], other_text[DATE_TEXT_SIZE];

    for (int i = 0; i < COUNT; i++) {
        struct date start =
            date_from_days((int32_t)chance_between(&chance, first + MARGIN, last - MARGIN));
        struct date other = date_from_days((int32_t)chance_between(&chance, first, last));
        struct period period = {
            .months = (int32_t)chance_between(&chance, -400, 400),
            .days = (int32_t)chance_between(&chance, -1000, 1000),
        };

        printf("%s %d %d %s %s %d\n", date_format(start, start_text), period.months, period.days,
               date_format(date_add_period(start, period), sum_text),
               date_format(date_later(start, other), other_text),
               months_between(start, date_later(start, other)));
    }
}

static void print_clock(int64_t utc_ms)
{
    struct civil_time shown = civil_time_at(utc_ms);
    char text[DATE_TEXT_SIZE];

    printf("at %" PRId64 " %s %d %d %d %d\n", utc_ms, date_format(shown.date, text), shown.hour,
           shown.minute, shown.second, shown.offset_minutes);
}

static void print_instant(struct date date, int hour, int minute)
{
    char text[DATE_TEXT_SIZE];

    printf("of %s %d %d %" PRId64 "\n", date_format(date, text), hour, minute,
           instant_of(date, hour, minute));
}

static bool is_around_a_change(struct date day)
{
    return (day.month == 3 || day.month == 10) && day.day >= 23;
}

static void print_clocks(void)
{
    for (struct date day = DATE(1996, 1, 1); day.year < 2038; day = date_add_days(day, 1)) {
        print_instant(day, 0, 0);
        print_instant(day, 7, 0);
        print_clock(start_of_day(day));
        for (int half = 0; half < 48 && is_around_a_change(day); half++)
            print_instant(day, half / 2, half % 2 * 30);
        for (int64_t at = start_of_day(day); at < end_of_day(day) && is_around_a_change(day);
             at += HOUR_MS) {
            print_clock(at - 1000);
            print_clock(at);
        }
    }
}

int main(int argc, char **argv)
{
    const char *what = argc == 2 ? argv[1] : "";

    if (strcmp(what, "days") == 0)
        print_days();
    else if (strcmp(what, "sums") == 0)
        print_sums();
    else if (strcmp(what, "clocks") == 0)
        print_clocks();
    else
        return 2;
    return 0;
}
