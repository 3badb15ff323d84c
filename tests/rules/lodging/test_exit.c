/* An exit tells its channel, its direction and where the household goes, each by itself (domain.md
 * 6.7, SX-3, S4-19 to S4-21, C-25). */
#include "services/lodging/rules/exit.h"

#include "tests/check.h"

static const struct refusal *recorded(struct stay_exit asked)
{
    return exit_may_be_recorded(&asked, DATE(2024, 2, 29), DATE(2026, 11, 23));
}

static void test_recording(void)
{
    const struct stay_exit sound = { .on = DATE(2026, 11, 23),
                                     .channel = EXIT_DALO,
                                     .direction = EXIT_UPWARD,
                                     .has_destination = true };
    struct stay_exit asked = sound;

    about("what is recorded");
    check(recorded(asked) == ACCEPTED, "6.7: today, through DALO, upward, to a known place");
    asked.on = DATE(2026, 11, 24);
    check(recorded(asked) == &EXIT_IN_THE_FUTURE, "C-25: tomorrow's exit is only planned");
    asked.on = DATE(2024, 2, 29);
    check(recorded(asked) == ACCEPTED, "S0-7: on the day of the entry");
    asked.on = DATE(2024, 2, 28);
    check(recorded(asked) == &EXIT_BEFORE_ENTRY, "S0-7: not the day before it");
    asked.on = DATE_NONE;
    check(recorded(asked) == &EXIT_WITHOUT_DATE, "S0-7: not without a date");
    asked = sound;
    asked.channel = 0;
    check(recorded(asked) == &EXIT_WITHOUT_CHANNEL, "S0-27: not without a channel");
    asked.channel = EXIT_CHANNELS;
    check(recorded(asked) == &EXIT_WITHOUT_CHANNEL, "S0-27: nor with an unknown one");
    asked.channel = EXIT_COLLECTIVE_AGREEMENT;
    check(recorded(asked) == ACCEPTED, "S0-27: by a collective agreement");
    asked.channel = EXIT_OTHER;
    check(recorded(asked) == ACCEPTED, "S2-46: by a tailored solution");
    asked = sound;
    asked.direction = 0;
    check(recorded(asked) == &EXIT_WITHOUT_DIRECTION,
          "SX-3: DALO does not say the direction: not without one");
    asked.direction = EXIT_DIRECTIONS;
    check(recorded(asked) == &EXIT_WITHOUT_DIRECTION, "S4-19: nor with an unknown one");
    asked.direction = EXIT_UNKNOWN;
    check(recorded(asked) == ACCEPTED, "5.1: that it is unknown may be said");
    asked = sound;
    asked.has_destination = false;
    check(recorded(asked) == &EXIT_WITHOUT_DESTINATION, "6.7: not without a destination");
    asked.direction = EXIT_DEATH;
    check(recorded(asked) == ACCEPTED, "6.7: a death has none");
}

static void test_downward(void)
{
    struct stay_exit asked = { .on = DATE(2026, 11, 1),
                               .channel = EXIT_SHELTER,
                               .direction = EXIT_DOWNWARD_SHELTER,
                               .has_destination = true };

    about("downward");
    check(recorded(asked) == &EXIT_WITHOUT_CAUSE, "S4-20: a downward exit has a cause");
    asked.cause = DOWNWARD_JOB_LOSS;
    check(recorded(asked) == ACCEPTED, "S4-20: a lost job");
    asked.cause = DOWNWARD_OTHER;
    check(recorded(asked) == ACCEPTED, "S4-20: another");
    asked.cause = DOWNWARD_CAUSES;
    check(recorded(asked) == &EXIT_WITHOUT_CAUSE, "S4-20: not an unknown one");
    asked.direction = EXIT_STREET;
    check(recorded(asked) == &EXIT_WITHOUT_CAUSE, "S4-20: to the street too");
    asked.direction = EXIT_LATERAL;
    check(recorded(asked) == ACCEPTED, "S4-20: a lateral exit needs none");
    check(exit_is_downward(EXIT_DOWNWARD_SHELTER), "S4-19: to a shelter is downward");
    check(exit_is_downward(EXIT_STREET), "S4-19: to the street is downward");
    check(!exit_is_downward(EXIT_UPWARD) && !exit_is_downward(EXIT_LATERAL) &&
              !exit_is_downward(EXIT_DEATH) && !exit_is_downward(EXIT_UNKNOWN),
          "S4-19: nothing else is");
    check(exit_needs_redirection(EXIT_DOWNWARD_SHELTER, false),
          "A-58: downward without a shelter needs one");
    check(!exit_needs_redirection(EXIT_DOWNWARD_SHELTER, true),
          "S4-21: confirmed, it is redirected");
    check(exit_needs_redirection(EXIT_STREET, false), "A-58: to the street needs one");
    check(!exit_needs_redirection(EXIT_UPWARD, false), "A-58: upward needs none");
}

static void test_planning(void)
{
    struct date today = DATE(2026, 11, 23);

    about("planned");
    check(exit_may_be_planned(today, EXIT_UPWARD, today) == ACCEPTED, "C-25: for today");
    check(exit_may_be_planned(DATE(2027, 2, 28), EXIT_UPWARD, today) == ACCEPTED,
          "C-25: for later");
    check(exit_may_be_planned(DATE(2026, 11, 22), EXIT_UPWARD, today) == &PLANNED_EXIT_IN_THE_PAST,
          "C-25: not for yesterday");
    check(exit_may_be_planned(DATE_NONE, EXIT_UPWARD, today) == &EXIT_WITHOUT_DATE,
          "C-25: not for no day");
    check(exit_may_be_planned(today, 0, today) == &EXIT_WITHOUT_DIRECTION,
          "C-25: not without a direction");
}

int main(void)
{
    test_recording();
    test_downward();
    test_planning();
    return checks_done();
}
