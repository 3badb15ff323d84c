/* Pressing alerts go out at once and cannot be put off; the others wait for the digest, and may be
 * silent for a week with a reason. */
#include "services/alerts/rules/level.h"
#include "tests/rules/law.h"

int main(void)
{
    static const struct date today = { 2026, 11, 23 };
    struct level_law law;
    int64_t noon = instant_of(today, 12, 0), autumn = instant_of(DATE(2026, 10, 25), 0, 0);

    law_on(level_law, today, &law);
    about("which go at once (§7)");
    check(!level_goes_at_once(LEVEL_INFO), "INFO waits for the digest");
    check(!level_goes_at_once(LEVEL_ATTENTION), "ATTENTION waits for the digest");
    check(level_goes_at_once(LEVEL_URGENT), "URGENT goes at once");
    check(level_goes_at_once(LEVEL_CRITICAL), "CRITICAL goes at once");
    check(!level_goes_at_once(0), "no level goes nowhere");

    about("by when");
    check_number(level_deliver_by(&law, LEVEL_CRITICAL, noon), noon + HOUR_MS,
                 "CRITICAL: one hour");
    check_number(level_deliver_by(&law, LEVEL_URGENT, noon), start_of_day(DATE(2026, 11, 24)),
                 "URGENT: the end of the day");
    check_number(level_deliver_by(&law, LEVEL_URGENT, autumn), autumn + 25 * HOUR_MS,
                 "URGENT on the day clocks go back: 25 hours from midnight");
    check_number(level_deliver_by(&law, LEVEL_ATTENTION, noon), 0, "ATTENTION: with the digest");
    check_number(level_deliver_by(&law, LEVEL_INFO, noon), 0, "INFO: with the digest");

    about("names");
    check_text(level_name(LEVEL_INFO), "INFO", "INFO");
    check_text(level_name(LEVEL_ATTENTION), "ATTENTION", "ATTENTION");
    check_text(level_name(LEVEL_URGENT), "URGENT", "URGENT");
    check_text(level_name(LEVEL_CRITICAL), "CRITICAL", "CRITICAL");
    check_text(level_name(0), "", "none");

    about("snoozing on 23 November 2026 (§7: 7 days at most, with a reason)");
    check(snooze_check(&law, LEVEL_INFO, today, DATE(2026, 11, 24), "on leave") == ACCEPTED,
          "INFO until tomorrow");
    check(snooze_check(&law, LEVEL_ATTENTION, today, DATE(2026, 11, 29), "on leave") == ACCEPTED,
          "ATTENTION for 6 days");
    check(snooze_check(&law, LEVEL_ATTENTION, today, DATE(2026, 11, 30), "on leave") == ACCEPTED,
          "for 7 days");
    check(snooze_check(&law, LEVEL_ATTENTION, today, DATE(2026, 12, 1), "on leave") ==
              &SNOOZE_TOO_LONG,
          "for 8 days: refused");
    check(snooze_check(&law, LEVEL_ATTENTION, today, today, "on leave") == &SNOOZE_NOT_AHEAD,
          "until today: refused");
    check(snooze_check(&law, LEVEL_ATTENTION, today, DATE(2026, 11, 22), "on leave") ==
              &SNOOZE_NOT_AHEAD,
          "until yesterday: refused");
    check(snooze_check(&law, LEVEL_ATTENTION, today, DATE(2026, 11, 25), "") ==
              &SNOOZE_WITHOUT_REASON,
          "without a reason: refused");
    check(snooze_check(&law, LEVEL_URGENT, today, DATE(2026, 11, 24), "on leave") ==
              &SNOOZE_OF_PRESSING_ALERT,
          "URGENT: never");
    check(snooze_check(&law, LEVEL_CRITICAL, today, DATE(2026, 11, 24), "on leave") ==
              &SNOOZE_OF_PRESSING_ALERT,
          "CRITICAL: never");
    check(alert_is_snoozed(DATE(2026, 11, 24), today), "silent the eve of the day given");
    check(!alert_is_snoozed(today, today), "on the day given it speaks again");
    check(!alert_is_snoozed(DATE_NONE, today), "never snoozed, it speaks");
    return checks_done();
}
