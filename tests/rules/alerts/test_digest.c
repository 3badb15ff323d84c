/* The digest goes out once on each working morning at 7:00 on Paris clocks, by the holidays of the
 * recipient's region, and once only after a gap. */
#include "services/alerts/rules/digest.h"
#include "tests/check.h"

int main(void)
{
    struct digest_law law = { .hour = 7 };
    struct chance chance = { .state = 7 };
    int wrong_hour = 0, wrong_day = 0, not_next = 0, not_last = 0, mails = 0, days = 0;
    int64_t now, sent = 0;
    static const struct {
        struct date day;
        int hour, minute;
        enum holidays holidays;
        struct date wanted;
        const char *what;
    } cases[] = {
        { { 2026, 11, 23 },
          6,
          59,
          HOLIDAYS_OF_FRANCE,
          { 2026, 11, 23 },
          "Monday 6:59: the same morning" },
        { { 2026, 11, 23 }, 7, 0, HOLIDAYS_OF_FRANCE, { 2026, 11, 24 }, "Monday 7:00: Tuesday's" },
        { { 2026, 11, 23 },
          0,
          0,
          HOLIDAYS_OF_FRANCE,
          { 2026, 11, 23 },
          "the opening of Monday: the same morning" },
        { { 2026, 11, 20 },
          18,
          0,
          HOLIDAYS_OF_FRANCE,
          { 2026, 11, 23 },
          "Friday evening: Monday's" },
        { { 2026, 11, 21 },
          5,
          0,
          HOLIDAYS_OF_FRANCE,
          { 2026, 11, 23 },
          "Saturday before 7: Monday's" },
        { { 2026, 12, 24 },
          8,
          0,
          HOLIDAYS_OF_FRANCE,
          { 2026, 12, 28 },
          "Christmas Eve: Monday 28" },
        { { 2025, 12, 24 },
          8,
          0,
          HOLIDAYS_OF_FRANCE,
          { 2025, 12, 26 },
          "Christmas Eve 2025: Friday 26" },
        { { 2025, 12, 24 },
          8,
          0,
          HOLIDAYS_OF_ALSACE_MOSELLE,
          { 2025, 12, 29 },
          "in Strasbourg: Monday 29" },
        { { 2026, 4, 2 },
          8,
          0,
          HOLIDAYS_OF_ALSACE_MOSELLE,
          { 2026, 4, 7 },
          "before Good Friday in Metz: Tuesday after Easter" },
        { { 2026, 4, 2 },
          8,
          0,
          HOLIDAYS_OF_FRANCE,
          { 2026, 4, 3 },
          "elsewhere: Good Friday itself" },
    };

    about("the digest after an instant");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_number(digest_after(&law, instant_of(cases[i].day, cases[i].hour, cases[i].minute),
                                  cases[i].holidays),
                     instant_of(cases[i].wanted, 7, 0), "%s", cases[i].what);

    about("both changes of clocks");
    check_number(digest_after(&law, INT64_C(1774594800000), HOLIDAYS_OF_FRANCE),
                 INT64_C(1774846800000), "27 March 2026 7:00 UTC: Monday 30 March, 5:00 UTC");
    check_number(digest_after(&law, INT64_C(1792800000000), HOLIDAYS_OF_FRANCE),
                 INT64_C(1792994400000), "24 October 2026: Monday 26 October, 6:00 UTC");

    about("the digest before an instant");
    check_number(digest_before(&law, instant_of(DATE(2026, 11, 23), 7, 0), HOLIDAYS_OF_FRANCE),
                 instant_of(DATE(2026, 11, 23), 7, 0), "Monday 7:00: that very one");
    check_number(digest_before(&law, instant_of(DATE(2026, 11, 23), 6, 59), HOLIDAYS_OF_FRANCE),
                 instant_of(DATE(2026, 11, 20), 7, 0), "Monday 6:59: Friday's");
    check_number(digest_before(&law, instant_of(DATE(2026, 11, 22), 12, 0), HOLIDAYS_OF_FRANCE),
                 instant_of(DATE(2026, 11, 20), 7, 0), "Sunday: Friday's");

    check_number(digest_before(&law, instant_of(DATE(2026, 11, 24), 6, 59), HOLIDAYS_OF_FRANCE),
                 instant_of(DATE(2026, 11, 23), 7, 0), "Tuesday 6:59: Monday's");

    about("what is due");
    check(digest_is_due(&law, instant_of(DATE(2026, 11, 20), 7, 0),
                        instant_of(DATE(2026, 11, 23), 7, 0), HOLIDAYS_OF_FRANCE),
          "Monday 7:00 after Friday's: due");
    check(!digest_is_due(&law, instant_of(DATE(2026, 11, 20), 7, 0),
                         instant_of(DATE(2026, 11, 23), 6, 59), HOLIDAYS_OF_FRANCE),
          "a minute before: not yet");
    check(!digest_is_due(&law, instant_of(DATE(2026, 11, 23), 7, 0),
                         instant_of(DATE(2026, 11, 23), 9, 0), HOLIDAYS_OF_FRANCE),
          "sent at 7:00: not again at 9:00");
    check(!digest_is_due(&law, instant_of(DATE(2026, 11, 23), 7, 0),
                         instant_of(DATE(2026, 11, 20), 9, 0), HOLIDAYS_OF_FRANCE),
          "nor when the clock is put back");

    about("the weekly list");
    check(digest_is_first_of_week(instant_of(DATE(2026, 11, 23), 7, 0), HOLIDAYS_OF_FRANCE),
          "on Monday");
    check(!digest_is_first_of_week(instant_of(DATE(2026, 11, 24), 7, 0), HOLIDAYS_OF_FRANCE),
          "not on Tuesday");
    check(digest_is_first_of_week(instant_of(DATE(2026, 4, 7), 7, 0), HOLIDAYS_OF_FRANCE),
          "on Tuesday after Easter Monday");
    check(!digest_is_first_of_week(instant_of(DATE(2026, 4, 3), 7, 0), HOLIDAYS_OF_FRANCE),
          "not on Friday");

    about("2,000 instants at random from 2020 to 2031 (seed 7)");
    for (int i = 0; i < 2000; i++) {
        int64_t at = chance_between(&chance, INT64_C(1577836800000), INT64_C(1924991999999));
        int64_t next = digest_after(&law, at, HOLIDAYS_OF_FRANCE);
        struct civil_time clock = civil_time_at(next);

        wrong_hour +=
            clock.hour != 7 || clock.minute != 0 || clock.second != 0 || clock.millisecond != 0;
        wrong_day += !is_working_day(clock.date, HOLIDAYS_OF_FRANCE);
        not_next += next <= at || digest_before(&law, next - 1, HOLIDAYS_OF_FRANCE) > at;
        not_last += digest_before(&law, next, HOLIDAYS_OF_FRANCE) != next;
    }
    check(wrong_hour == 0, "always 7:00 on Paris clocks");
    check(wrong_day == 0, "always a working day");
    check(not_next == 0, "always the next one");
    check(not_last == 0, "and the one before itself is itself");

    about("a year of hours with a week's gap: one digest each working day");
    now = start_of_day(DATE(2026, 1, 1));
    for (int hour = 0; hour < 365 * 24; hour++, now += HOUR_MS) {
        struct date day = civil_date_at(now);

        if (!date_is_before(day, DATE(2026, 6, 1)) && date_is_before(day, DATE(2026, 6, 8)))
            continue;
        if (digest_is_due(&law, sent, now, HOLIDAYS_OF_FRANCE)) {
            sent = digest_before(&law, now, HOLIDAYS_OF_FRANCE);
            mails++;
        }
    }
    for (struct date day = DATE(2026, 1, 1); day.year == 2026; day = date_add_days(day, 1))
        days += is_working_day(day, HOLIDAYS_OF_FRANCE);
    check_number(mails, days - 5 + 2,
                 "%d working days, less the week's five, plus one on coming back and the first",
                 days);
    return checks_done();
}
