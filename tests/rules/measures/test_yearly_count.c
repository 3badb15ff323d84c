/* A household counts once in a year, when a counted measure-month falls in it (F1-9, S0-4, S2-63).
 */
#include "services/measures/rules/yearly_count.h"
#include "tests/check.h"

#include <stdlib.h>

static const struct count_filter everything = { .scope = SCOPE_NOT_SEPARATED };

static struct counted_measure measure_of(int household, enum scheme scheme, struct date start,
                                         struct date end)
{
    struct counted_measure measure = { .scheme = scheme,
                                       .counting = COUNT_ANNIVERSARY,
                                       .time = { .start = start, .end = end } };

    measure.household.bytes[14] = (uint8_t)(household / 256);
    measure.household.bytes[15] = (uint8_t)household;
    return measure;
}

static void check_count(struct yearly_count got, int64_t households, int64_t measures,
                        int64_t months, const char *sentence)
{
    check_number(got.households, households, "%s: households", sentence);
    check_number(got.measures, measures, "%s: measures", sentence);
    check_number(got.months_hundredths, months, "%s: hundredths of months", sentence);
}

static void test_years(void)
{
    struct counted_measure measures[] = {
        measure_of(1, SCHEME_ASLL, DATE(2007, 10, 15), DATE(2008, 4, 15)),
        measure_of(1, SCHEME_ASLL, DATE(2008, 9, 1), DATE(2009, 3, 1)),
        measure_of(1, SCHEME_AVDL_DALO, DATE(2008, 2, 1), DATE(2008, 5, 1)),
        measure_of(2, SCHEME_AVDL_DALO, DATE(2007, 12, 15), DATE(2008, 1, 15)),
        measure_of(3, SCHEME_MASP2, DATE(2008, 12, 31), DATE(2009, 6, 30)),
        measure_of(300, SCHEME_ASLL, DATE(2008, 3, 1), DATE(2008, 4, 1)),
    };
    const size_t count = sizeof measures / sizeof *measures;

    measures[5].is_external = true;
    qsort(measures, count, sizeof *measures, counted_measure_compare);
    about("F1-9, S0-4: which household counts in which year");
    check_count(yearly_count_of(measures, count, 2007, everything), 2, 2, 400,
                "2007: October to December, and December");
    check_count(yearly_count_of(measures, count, 2008, everything), 3, 5, 1200,
                "2008: household 2 has days in it but its only month began in 2007");
    check_count(yearly_count_of(measures, count, 2009, everything), 2, 2, 700, "2009");
    check_count(yearly_count_of(measures, count, 2006, everything), 0, 0, 0, "2006");
    check_count(yearly_count_of(measures, count, 2010, everything), 0, 0, 0, "2010");
    check_count(yearly_count_of(measures, 0, 2008, everything), 0, 0, 0, "no measures");

    about("S2-63, Q13: schemes apart add up to more households than there are");
    check_count(yearly_count_of(measures, count, 2008, (struct count_filter){ SCHEME_ASLL, 0 }), 2,
                3, 800, "ASLL");
    check_count(
        yearly_count_of(measures, count, 2008, (struct count_filter){ SCHEME_AVDL_DALO, 0 }), 1, 1,
        300, "AVDL");
    check_count(yearly_count_of(measures, count, 2008, (struct count_filter){ SCHEME_MASP2, 0 }), 1,
                1, 100, "MASP 2");
    about("Q2: internal and external");
    check_count(yearly_count_of(measures, count, 2008, (struct count_filter){ 0, SCOPE_INTERNAL }),
                2, 4, 1100, "internal");
    check_count(yearly_count_of(measures, count, 2008, (struct count_filter){ 0, SCOPE_EXTERNAL }),
                1, 1, 100, "external");

    about("C-6: a measure runs in a year when it has an active day in it");
    check(measure_runs_in_year(&measures[3].time, 2008), "the one whose month began in 2007 does");
    check(!measure_runs_in_year(&measures[3].time, 2009), "but not in 2009");
    check(!measure_runs_in_year(
              &(struct measure_time){ .start = DATE(2007, 6, 1), .end = DATE(2008, 1, 1) }, 2008),
          "not one that was over on New Year's Eve");
    check(measure_runs_in_year(
              &(struct measure_time){ .start = DATE(2007, 6, 1), .end = DATE(2008, 1, 2) }, 2008),
          "but one of New Year's Day");
    check(measure_runs_in_year(
              &(struct measure_time){ .start = DATE(2008, 12, 31), .end = DATE(2009, 6, 1) }, 2008),
          "and one of New Year's Eve");
    check(!measure_runs_in_year(
              &(struct measure_time){ .start = DATE(2009, 1, 1), .end = DATE(2009, 6, 1) }, 2008),
          "not one of the year after");
}

/* F1-9 to F1-12: 224 households, 111 with six months of 2008 and 113 with seven. */
static void test_orne(void)
{
    static struct counted_measure measures[224];
    struct yearly_count count;

    for (int i = 0; i < 224; i++) {
        struct date start = date_add_days(DATE(2008, 1, 1), i % 150);

        measures[i] = measure_of(i, SCHEME_ASLL, start, date_add_months(start, i < 111 ? 6 : 7));
    }
    qsort(measures, 224, sizeof *measures, counted_measure_compare);
    count = yearly_count_of(measures, 224, 2008, everything);
    about("S1-46, S1-47: the Orne in 2008");
    check_count(count, 224, 224, 145700, "F1-9, F1-10: 111 x 6 + 113 x 7 = 1,457");
    check_number(mean_months_hundredths(count), 650, "F1-11: 1,457 / 224 = 6.50");
    check_number(mean_active_tenths(count, 1), 1214, "F1-12: 1,457 / 12 = 121.4");
    check_number(mean_active_tenths(count, 4), 304, "F1-12: 30.4 a district");
    check_number(mean_months_hundredths((struct yearly_count){ 0 }), 0, "nobody: no mean");
    check_number(mean_months_hundredths((struct yearly_count){ 1, 1, 700 }), 700, "one: its own");
    check_number(mean_active_tenths((struct yearly_count){ 0 }, 4), 0, "no measure is active");
}

static bool holds(const int *list, int count, int wanted)
{
    for (int i = 0; i < count; i++)
        if (list[i] == wanted)
            return true;
    return false;
}

/* Random portfolios, counted once more without sorting. */
static void test_sums(void)
{
    static const enum scheme schemes[] = { SCHEME_ASLL, SCHEME_AVDL_DALO, SCHEME_MASP2 };
    struct chance chance = { .state = UINT64_C(0xc0047) };

    about("2,000 random portfolios of 20 measures (seed 0xc0047)");
    for (int portfolio = 0; portfolio < 2000; portfolio++) {
        struct counted_measure measures[20];
        int64_t by_year = 0, in_all = 0, months_of_schemes = 0, households_of_schemes = 0;
        int seen[20], distinct = 0;
        struct yearly_count count, inside, outside;

        for (int i = 0; i < 20; i++) {
            struct date start =
                date_add_days(DATE(2007, 6, 1), (int32_t)chance_between(&chance, 0, 700));

            measures[i] = measure_of(
                (int)chance_between(&chance, 0, 300), schemes[chance_between(&chance, 0, 2)], start,
                date_add_days(start, (int32_t)chance_between(&chance, 0, 400)));
            measures[i].counting = (enum counting)chance_between(&chance, 1, 4);
            measures[i].is_external = chance_between(&chance, 0, 1) == 1;
            in_all += measure_months_in_all(measures[i].counting, &measures[i].time);
        }
        for (int i = 0; i < 20; i++) {
            int household = measures[i].household.bytes[14] * 256 + measures[i].household.bytes[15];

            if (measure_months_in_year(measures[i].counting, &measures[i].time, 2008) > 0 &&
                !holds(seen, distinct, household))
                seen[distinct++] = household;
        }
        qsort(measures, 20, sizeof *measures, counted_measure_compare);
        for (int year = 2007; year <= 2011; year++)
            by_year += yearly_count_of(measures, 20, year, everything).months_hundredths;
        count = yearly_count_of(measures, 20, 2008, everything);
        inside = yearly_count_of(measures, 20, 2008, (struct count_filter){ 0, SCOPE_INTERNAL });
        outside = yearly_count_of(measures, 20, 2008, (struct count_filter){ 0, SCOPE_EXTERNAL });
        for (int i = 0; i < 3; i++) {
            struct yearly_count part =
                yearly_count_of(measures, 20, 2008, (struct count_filter){ schemes[i], 0 });

            months_of_schemes += part.months_hundredths;
            households_of_schemes += part.households;
        }
        holds_or_report(by_year == in_all, "2.8: portfolio %d: years add up to all", portfolio);
        holds_or_report(count.households == distinct, "F1-9: portfolio %d: distinct households",
                        portfolio);
        holds_or_report(inside.measures + outside.measures == count.measures &&
                            inside.months_hundredths + outside.months_hundredths ==
                                count.months_hundredths,
                        "Q2: portfolio %d: internal and external add up", portfolio);
        holds_or_report(months_of_schemes == count.months_hundredths &&
                            households_of_schemes >= count.households,
                        "S2-63: portfolio %d: months of schemes add up, households may not",
                        portfolio);
    }
    check(true, "2.8, F1-9, S2-63: years, scopes and schemes add up; households count once");
}

int main(void)
{
    test_years();
    test_orne();
    test_sums();
    return checks_done();
}
