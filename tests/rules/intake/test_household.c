/* Ages count by birthdays on a given day, composition by persons there, and only answers leave. */
#include "services/intake/rules/household.h"
#include "tests/rules/intake/refusals.h"
#include "tests/rules/law.h"

#define TODAY DATE(2026, 11, 23)

static void test_birth_dates(void)
{
    static const struct {
        const char *sentence;
        struct date birth;
        const char *answer;
    } cases[] = {
        { "born yesterday", { 2026, 11, 22 }, YES_IT_MAY },
        { "born today", { 2026, 11, 23 }, YES_IT_MAY },
        { "born tomorrow: not possible", { 2026, 11, 24 }, "BIRTH_DATE_NOT_POSSIBLE" },
        { "born on 30 February: not possible", { 1990, 2, 30 }, "BIRTH_DATE_NOT_POSSIBLE" },
        { "no date: not possible", { 0 }, "BIRTH_DATE_NOT_POSSIBLE" },
    };

    about("C-8: persons have a birth date");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_answer(birth_date_accept(cases[i].birth, TODAY), cases[i].answer, "%s",
                     cases[i].sentence);
}

static void test_youth(void)
{
    static const struct {
        const char *sentence;
        struct date birth, on;
        bool youth;
    } cases[] = {
        { "the eve of the 18th birthday: no", { 2008, 11, 24 }, { 2026, 11, 23 }, false },
        { "the 18th birthday: yes", { 2008, 11, 23 }, { 2026, 11, 23 }, true },
        { "the day after the 18th birthday: yes", { 2008, 11, 22 }, { 2026, 11, 23 }, true },
        { "the 25th birthday: yes", { 2001, 11, 23 }, { 2026, 11, 23 }, true },
        { "the eve of the 26th birthday: yes", { 2000, 11, 24 }, { 2026, 11, 23 }, true },
        { "the 26th birthday: no", { 2000, 11, 23 }, { 2026, 11, 23 }, false },
        { "born on 29 February 2008, on 28 February 2026: no",
          { 2008, 2, 29 },
          { 2026, 2, 28 },
          false },
        { "born on 29 February 2008, on 1 March 2026: yes", { 2008, 2, 29 }, { 2026, 3, 1 }, true },
        { "born on 29 February 2000, on 28 February 2026: yes",
          { 2000, 2, 29 },
          { 2026, 2, 28 },
          true },
        { "born on 29 February 2000, on 1 March 2026: no", { 2000, 2, 29 }, { 2026, 3, 1 }, false },
        { "born on 31 December 2008, on 30 December 2026: no",
          { 2008, 12, 31 },
          { 2026, 12, 30 },
          false },
        { "without a birth date: no", { 0 }, { 2026, 11, 23 }, false },
        { "not born yet: no", { 2030, 1, 1 }, { 2026, 11, 23 }, false },
    };
    struct youth_law law;

    about("S1-22, C-8: aged 18 to 25 on a day");
    law_on(youth_law, TODAY, &law);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_number(person_is_youth(cases[i].birth, cases[i].on, &law), cases[i].youth, "%s",
                     cases[i].sentence);
}

static void test_age_bands(void)
{
    static const struct {
        const char *sentence;
        struct date birth;
        int band;
    } cases[] = {
        { "the eve of 16: below the first band", { 2010, 11, 24 }, AGE_BAND_UNKNOWN },
        { "16 today: band 1, 16 and 17", { 2010, 11, 23 }, 1 },
        { "the eve of 18: band 1", { 2008, 11, 24 }, 1 },
        { "18 today: band 2, 18 to 25", { 2008, 11, 23 }, 2 },
        { "the eve of 26: band 2", { 2000, 11, 24 }, 2 },
        { "26 today: band 3, 26 to 39", { 2000, 11, 23 }, 3 },
        { "the eve of 40: band 3", { 1986, 11, 24 }, 3 },
        { "40 today: band 4, 40 to 60", { 1986, 11, 23 }, 4 },
        { "60, the eve of 61: band 4", { 1965, 11, 24 }, 4 },
        { "61 today: band 5, open", { 1965, 11, 23 }, 5 },
        { "106 years: band 5", { 1920, 1, 1 }, 5 },
        { "without a birth date: unknown", { 0 }, AGE_BAND_UNKNOWN },
        { "not born yet: unknown", { 2026, 11, 24 }, AGE_BAND_UNKNOWN },
    };
    struct age_band_law bands;
    struct youth_law youth;
    struct chance chance = { .state = 0xa9e5 };

    about("5.1, S1-52, C-8: age bands start at 16");
    law_on(age_band_law, TODAY, &bands);
    law_on(youth_law, TODAY, &youth);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_number(person_age_band(cases[i].birth, TODAY, &bands), cases[i].band, "%s",
                     cases[i].sentence);
    for (int i = 0; i < 5000; i++) {
        struct date birth =
            date_from_days((int32_t)chance_between(&chance, -20000, date_to_days(TODAY)));

        holds_or_report((person_age_band(birth, TODAY, &bands) == 2) ==
                            person_is_youth(birth, TODAY, &youth),
                        "seed 0xa9e5, case %d: band 2 and the youth quota are the same people", i);
    }
}

static void test_types(void)
{
    static const struct {
        const char *sentence;
        enum household_type type;
        int64_t adults, children;
        const char *answer;
    } cases[] = {
        { "a single person", HOUSEHOLD_SINGLE, 1, 0, YES_IT_MAY },
        { "a single person with a child: mismatch", HOUSEHOLD_SINGLE, 1, 1,
          "HOUSEHOLD_TYPE_MISMATCH" },
        { "two single persons: mismatch", HOUSEHOLD_SINGLE, 2, 0, "HOUSEHOLD_TYPE_MISMATCH" },
        { "a couple", HOUSEHOLD_COUPLE, 2, 0, YES_IT_MAY },
        { "a couple of one: mismatch", HOUSEHOLD_COUPLE, 1, 0, "HOUSEHOLD_TYPE_MISMATCH" },
        { "a couple with a child said childless: mismatch", HOUSEHOLD_COUPLE, 2, 1,
          "HOUSEHOLD_TYPE_MISMATCH" },
        { "a single parent", HOUSEHOLD_SINGLE_PARENT, 1, 1, YES_IT_MAY },
        { "a single parent of five", HOUSEHOLD_SINGLE_PARENT, 1, 5, YES_IT_MAY },
        { "a single parent without child: mismatch", HOUSEHOLD_SINGLE_PARENT, 1, 0,
          "HOUSEHOLD_TYPE_MISMATCH" },
        { "two single parents: mismatch", HOUSEHOLD_SINGLE_PARENT, 2, 1,
          "HOUSEHOLD_TYPE_MISMATCH" },
        { "a couple with a child", HOUSEHOLD_COUPLE_WITH_CHILDREN, 2, 1, YES_IT_MAY },
        { "a couple with children and none: mismatch", HOUSEHOLD_COUPLE_WITH_CHILDREN, 2, 0,
          "HOUSEHOLD_TYPE_MISMATCH" },
        { "a couple with children, alone: mismatch", HOUSEHOLD_COUPLE_WITH_CHILDREN, 1, 1,
          "HOUSEHOLD_TYPE_MISMATCH" },
        { "three adults are another household", HOUSEHOLD_OTHER, 3, 0, YES_IT_MAY },
        { "a minor alone is another household", HOUSEHOLD_OTHER, 0, 1, YES_IT_MAY },
        { "nobody is no household", HOUSEHOLD_OTHER, 0, 0, "HOUSEHOLD_TYPE_MISMATCH" },
        { "fewer adults than none: mismatch", HOUSEHOLD_OTHER, -1, 3, "HOUSEHOLD_TYPE_MISMATCH" },
        { "fewer children than none: mismatch", HOUSEHOLD_OTHER, 3, -1, "HOUSEHOLD_TYPE_MISMATCH" },
        { "no type: mismatch", 0, 1, 0, "HOUSEHOLD_TYPE_MISMATCH" },
    };

    about("S3-6: the type and the numbers agree");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_answer(household_type_accept(cases[i].type, cases[i].adults, cases[i].children),
                     cases[i].answer, "%s", cases[i].sentence);
}

static void test_consumption(void)
{
    enum { MOST = 4 };
    static const struct {
        const char *sentence;
        struct date births[MOST];
        size_t count;
        int64_t tenths;
    } cases[] = {
        { "nobody: 0", { { 0 } }, 0, 0 },
        { "one adult: 1.0", { { 1980, 1, 1 } }, 1, 10 },
        { "two adults: 1.5", { { 1980, 1, 1 }, { 1981, 1, 1 } }, 2, 15 },
        { "an adult and a child of 13, the eve of 14: 1.3",
          { { 1980, 1, 1 }, { 2012, 11, 24 } },
          2,
          13 },
        { "an adult and a child of 14 today: 1.5", { { 1980, 1, 1 }, { 2012, 11, 23 } }, 2, 15 },
        { "a child first, then its parent: the same 1.3",
          { { 2020, 5, 5 }, { 1980, 1, 1 } },
          2,
          13 },
        { "a couple with two small children: 2.1",
          { { 1980, 1, 1 }, { 1981, 1, 1 }, { 2018, 1, 1 }, { 2020, 1, 1 } },
          4,
          21 },
        { "a child born today counts: 1.3", { { 1980, 1, 1 }, { 2026, 11, 23 } }, 2, 13 },
        { "a child not born yet does not: 1.0", { { 1980, 1, 1 }, { 2026, 11, 24 } }, 2, 10 },
        { "an unknown age counts as grown up: 1.5", { { 1980, 1, 1 }, { 0 } }, 2, 15 },
        { "a child recorded alone: 1.0", { { 2018, 1, 1 } }, 1, 10 },
        { "two children recorded alone: the first counts whole, 1.3",
          { { 2018, 1, 1 }, { 2020, 1, 1 } },
          2,
          13 },
        { "three children recorded alone: 1.6",
          { { 2018, 1, 1 }, { 2020, 1, 1 }, { 2021, 1, 1 } },
          3,
          16 },
    };
    struct consumption_law law;

    about("C-9: consumption units, OECD-modified scale, on 23 November 2026");
    law_on(consumption_law, TODAY, &law);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_number(household_consumption_tenths(cases[i].births, cases[i].count, TODAY, &law),
                     cases[i].tenths, "%s", cases[i].sentence);
}

static void test_work(void)
{
    static const struct {
        const char *sentence;
        enum socio_professional_status status;
        bool benefits, in_work;
        enum socio_professional_group group;
    } cases[] = {
        { "minimum benefits", STATUS_MINIMUM_BENEFITS, true, false, GROUP_MINIMUM_BENEFITS },
        { "employed: in work", STATUS_EMPLOYED, false, true, GROUP_IN_WORK },
        { "employed with a minimum benefit: in work", STATUS_EMPLOYED, true, true, GROUP_IN_WORK },
        { "temporary worker: in work", STATUS_TEMP_WORKER, false, true, GROUP_IN_WORK },
        { "self-employed: in work", STATUS_SELF_EMPLOYED, false, true, GROUP_IN_WORK },
        { "retired: not in work", STATUS_AT_HOME_DISABLED_RETIRED, false, false,
          GROUP_AT_HOME_DISABLED_RETIRED },
        { "apprentice: its own group", STATUS_STUDENT_TRAINEE_APPRENTICE, false, false,
          GROUP_STUDENT_TRAINEE_APPRENTICE },
        { "jobseeker on minimum benefits", STATUS_JOBSEEKER, true, false, GROUP_MINIMUM_BENEFITS },
        { "jobseeker without: in no group, to be reported", STATUS_JOBSEEKER, false, false,
          GROUP_NONE },
        { "not said: in no group", 0, true, false, GROUP_NONE },
    };

    about("C-7, S1-53: who is in work, and the four exclusive groups");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_number(person_is_in_work(cases[i].status), cases[i].in_work, "%s", cases[i].sentence);
        check_number(person_group(cases[i].status, cases[i].benefits), cases[i].group, "%s: group",
                     cases[i].sentence);
    }
}

int main(void)
{
    test_birth_dates();
    test_youth();
    test_age_bands();
    test_types();
    test_consumption();
    test_work();
    return checks_done();
}
