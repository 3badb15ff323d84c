/* Measure-months are counted as domain.md 2.8 says, by month, by year and in all, exactly. */
#include "services/measures/rules/measure_month.h"
#include "tests/check.h"

#define SPAN(from_, end_) ((struct span){ .from = (from_), .end = (end_) })

static struct measure_time running(struct date start, struct date end)
{
    return (struct measure_time){ .start = start, .end = end };
}

static void test_methods(void)
{
    const struct {
        struct date start, end;
        int64_t anniversary, touched, day_15, prorata;
        const char *sentence;
    } cases[] = {
        { DATE(2024, 1, 1), DATE(2024, 7, 1), 600, 600, 600, 607,
          "six months from 1 January 2024 (182 days)" },
        { DATE(2023, 1, 1), DATE(2023, 7, 1), 600, 600, 600, 603,
          "six months from 1 January 2023 (181 days)" },
        { DATE(2024, 1, 10), DATE(2024, 7, 10), 600, 700, 600, 607,
          "six months from 10 January touch seven" },
        { DATE(2024, 1, 15), DATE(2024, 7, 15), 600, 700, 600, 607, "six from 15 January" },
        { DATE(2024, 1, 16), DATE(2024, 7, 16), 600, 700, 600, 607, "six from 16 January" },
        { DATE(2024, 1, 31), DATE(2024, 7, 31), 600, 700, 600, 607,
          "six from 31 January: its months begin on 31, 29, 31, 30, 31, 30" },
        { DATE(2023, 8, 31), DATE(2024, 2, 29), 600, 700, 600, 607,
          "six from 31 August 2023 end on 29 February 2024" },
        { DATE(2024, 1, 31), DATE(2024, 3, 1), 200, 200, 100, 100,
          "31 January to 29 February are a second month begun (30 days)" },
        { DATE(2024, 1, 31), DATE(2024, 2, 29), 100, 200, 100, 97,
          "31 January to 28 February are one month (29 days)" },
        { DATE(2023, 1, 31), DATE(2023, 2, 28), 100, 200, 100, 93, "the same in 2023 (28 days)" },
        { DATE(2023, 1, 31), DATE(2023, 3, 1), 200, 200, 100, 97, "a day more begins a second" },
        { DATE(2024, 3, 5), DATE(2024, 4, 4), 100, 200, 100, 100, "30 days from 5 March" },
        { DATE(2024, 3, 5), DATE(2024, 4, 5), 100, 200, 100, 103, "a month from 5 March" },
        { DATE(2024, 3, 5), DATE(2024, 4, 6), 200, 200, 100, 107, "a month and a day" },
        { DATE(2024, 3, 5), DATE(2024, 3, 6), 100, 100, 0, 3, "one day counts as begun" },
        { DATE(2024, 3, 15), DATE(2024, 3, 16), 100, 100, 100, 3, "the 15th alone" },
        { DATE(2024, 3, 14), DATE(2024, 3, 15), 100, 100, 0, 3, "the 14th alone" },
        { DATE(2024, 3, 16), DATE(2024, 3, 17), 100, 100, 0, 3, "the 16th alone" },
        { DATE(2024, 2, 14), DATE(2024, 3, 16), 200, 200, 200, 103, "15 February and 15 March" },
        { DATE(2024, 3, 1), DATE(2024, 4, 1), 100, 100, 100, 103, "the whole of March" },
        { DATE(2024, 3, 31), DATE(2024, 4, 2), 100, 200, 0, 7, "31 March and 1 April" },
        { DATE(2024, 3, 5), DATE(2024, 3, 5), 0, 0, 0, 0, "nothing" },
        { DATE(2024, 3, 20), DATE(2024, 3, 10), 0, 0, 0, 0, "an end before the start" },
        { DATE(2024, 3, 5), DATE_NONE, 0, 0, 0, 0, "no end known yet" },
        { DATE(2008, 3, 1), DATE(2012, 3, 1), 4800, 4800, 4800, 4870, "48 months (1,461 days)" },
    };

    about("2.8, C-1: the four methods; ends are the first day after");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct measure_time time = running(cases[i].start, cases[i].end);

        check_number(measure_months_in_all(COUNT_ANNIVERSARY, &time), cases[i].anniversary,
                     "ANNIVERSARY: %s", cases[i].sentence);
        check_number(measure_months_in_all(COUNT_CALENDAR_TOUCHED, &time), cases[i].touched,
                     "CALENDAR_TOUCHED: %s", cases[i].sentence);
        check_number(measure_months_in_all(COUNT_DAY_15, &time), cases[i].day_15, "DAY_15: %s",
                     cases[i].sentence);
        check_number(measure_months_in_all(COUNT_PRORATA_30, &time), cases[i].prorata,
                     "PRORATA_30: %s", cases[i].sentence);
    }
    check_number(
        measure_months_in_all((enum counting)0, &(struct measure_time){ .start = DATE(2024, 1, 1),
                                                                        .end = DATE(2024, 7, 1) }),
        0, "no method counts nothing");
}

static void test_suspensions(void)
{
    const struct {
        struct date start, end;
        struct span suspensions[2];
        size_t count;
        int64_t anniversary, touched, day_15, prorata;
        const char *sentence;
    } cases[] = {
        { DATE(2024, 1, 10),
          DATE(2024, 7, 10),
          { SPAN(DATE(2024, 3, 10), DATE(2024, 4, 10)) },
          1,
          500,
          700,
          500,
          503,
          "exactly the third month is suspended (31 of 182 days)" },
        { DATE(2024, 1, 10),
          DATE(2024, 7, 10),
          { SPAN(DATE(2024, 3, 11), DATE(2024, 4, 10)) },
          1,
          600,
          700,
          500,
          507,
          "all of it but its first day" },
        { DATE(2024, 1, 10),
          DATE(2024, 7, 10),
          { SPAN(DATE(2024, 3, 10), DATE(2024, 4, 9)) },
          1,
          600,
          700,
          500,
          507,
          "all of it but its last day" },
        { DATE(2024, 1, 10),
          DATE(2024, 7, 10),
          { SPAN(DATE(2024, 3, 9), DATE(2024, 4, 11)) },
          1,
          500,
          700,
          500,
          497,
          "and a day on either side" },
        { DATE(2024, 1, 10),
          DATE(2024, 7, 10),
          { SPAN(DATE(2024, 3, 10), DATE(2024, 3, 25)),
            SPAN(DATE(2024, 3, 25), DATE(2024, 4, 10)) },
          2,
          500,
          700,
          500,
          503,
          "two suspensions, one after the other, leave no day of it" },
        { DATE(2024, 1, 10),
          DATE(2024, 7, 10),
          { SPAN(DATE(2024, 3, 10), DATE(2024, 3, 25)),
            SPAN(DATE(2024, 3, 26), DATE(2024, 4, 10)) },
          2,
          600,
          700,
          500,
          507,
          "a day between them saves it" },
        { DATE(2024, 1, 10),
          DATE(2024, 7, 10),
          { SPAN(DATE(2024, 3, 1), DATE(2024, 4, 1)) },
          1,
          600,
          600,
          500,
          503,
          "the calendar month of March is suspended" },
        { DATE(2024, 1, 10),
          DATE(2024, 7, 10),
          { SPAN(DATE(2024, 3, 15), DATE(2024, 3, 16)) },
          1,
          600,
          700,
          500,
          603,
          "only 15 March is" },
        { DATE(2024, 1, 10),
          DATE(2024, 7, 10),
          { SPAN(DATE(2024, 3, 16), DATE(2024, 4, 15)) },
          1,
          600,
          700,
          600,
          507,
          "16 March to 14 April are" },
        { DATE(2024, 1, 10),
          DATE(2024, 6, 20),
          { SPAN(DATE(2024, 5, 10), DATE_NONE) },
          1,
          400,
          500,
          400,
          403,
          "stopped on 20 June while suspended since 10 May: no month after" },
        { DATE(2024, 1, 10),
          DATE(2024, 6, 20),
          { SPAN(DATE(2024, 5, 11), DATE_NONE) },
          1,
          500,
          500,
          400,
          407,
          "while suspended since 11 May: the month begun on 10 May counts" },
        { DATE(2024, 1, 10),
          DATE(2024, 6, 20),
          { SPAN(DATE(2024, 5, 10), DATE(2024, 6, 20)) },
          1,
          400,
          500,
          400,
          403,
          "the same with the suspension ended by the stop" },
        { DATE(2024, 1, 10),
          DATE(2024, 7, 10),
          { SPAN(DATE(2024, 1, 10), DATE(2024, 7, 10)) },
          1,
          0,
          0,
          0,
          0,
          "suspended throughout" },
        { DATE(2024, 1, 10),
          DATE(2024, 7, 10),
          { SPAN(DATE(2024, 7, 10), DATE(2024, 9, 1)) },
          1,
          600,
          700,
          600,
          607,
          "suspended only after its end" },
        { DATE(2024, 1, 31),
          DATE(2024, 5, 31),
          { SPAN(DATE(2024, 2, 29), DATE(2024, 3, 31)) },
          1,
          300,
          500,
          300,
          300,
          "from 31 January, the month from 29 February to 30 March" },
        { DATE(2024, 1, 31),
          DATE(2024, 5, 31),
          { SPAN(DATE(2024, 2, 29), DATE(2024, 3, 30)) },
          1,
          400,
          500,
          300,
          303,
          "a day less of it" },
    };

    about("2.8: a month counts unless it lies wholly inside suspensions");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct measure_time time = { .start = cases[i].start,
                                     .end = cases[i].end,
                                     .suspensions = cases[i].suspensions,
                                     .suspension_count = cases[i].count };

        check_number(measure_months_in_all(COUNT_ANNIVERSARY, &time), cases[i].anniversary,
                     "ANNIVERSARY: %s", cases[i].sentence);
        check_number(measure_months_in_all(COUNT_CALENDAR_TOUCHED, &time), cases[i].touched,
                     "CALENDAR_TOUCHED: %s", cases[i].sentence);
        check_number(measure_months_in_all(COUNT_DAY_15, &time), cases[i].day_15, "DAY_15: %s",
                     cases[i].sentence);
        check_number(measure_months_in_all(COUNT_PRORATA_30, &time), cases[i].prorata,
                     "PRORATA_30: %s", cases[i].sentence);
    }
}

static void test_attribution(void)
{
    struct measure_time winter = running(DATE(2007, 10, 31), DATE(2008, 4, 30));
    struct measure_time open = running(DATE(2008, 12, 15), DATE_NONE);
    static const int64_t by_month[] = { 100, 100, 100, 100, 100, 100, 0 };

    about("2.8 no. 3: a month belongs to the calendar month of its first day");
    for (int k = 0; k < 7; k++) {
        struct date month = date_add_months(DATE(2007, 10, 1), k);

        check_number(measure_months_in_month(COUNT_ANNIVERSARY, &winter, month.year, month.month),
                     by_month[k], "31 October 2007 to 29 April 2008: month %d of 2007/2008",
                     (int)month.month);
    }
    check_number(measure_months_in_year(COUNT_ANNIVERSARY, &winter, 2007), 300,
                 "three in 2007: October, November, December");
    check_number(measure_months_in_year(COUNT_ANNIVERSARY, &winter, 2008), 300, "three in 2008");
    check_number(measure_months_in_year(COUNT_CALENDAR_TOUCHED, &winter, 2008), 400,
                 "touched in 2008: January to April");
    check_number(measure_months_in_year(COUNT_DAY_15, &winter, 2007), 200,
                 "the 15th: November and December");
    check_number(measure_months_in_year(COUNT_PRORATA_30, &winter, 2007), 207,
                 "days over thirty: 62 of 2007");
    check_number(measure_months_in_month(COUNT_PRORATA_30, &winter, 2007, 10), 3,
                 "days over thirty: one day of October");
    check_number(measure_months_in_year(COUNT_ANNIVERSARY, &winter, 2006), 0, "none in 2006");
    check_number(measure_months_in_year(COUNT_ANNIVERSARY, &winter, 2009), 0, "none in 2009");
    check_number(measure_months_in_month(COUNT_CALENDAR_TOUCHED, &winter, 2007, 9), 0,
                 "none in September 2007");
    about("an open measure without a planned end counts on");
    check_number(measure_months_in_year(COUNT_ANNIVERSARY, &open, 2008), 100, "December 2008");
    check_number(measure_months_in_year(COUNT_ANNIVERSARY, &open, 2010), 1200, "all of 2010");
    check_number(measure_months_in_year(COUNT_DAY_15, &open, 2008), 100, "its first day is a 15th");
    check_number(measure_months_in_year(COUNT_ANNIVERSARY, &open, 2300), 0,
                 "nothing beyond the calendar");
    check_number(measure_months_in_year(COUNT_CALENDAR_TOUCHED, &open, 2300), 0, "nor touched");
    about("2.8 no. 4: realised so far");
    check_number(measure_months_by(COUNT_ANNIVERSARY, &winter, DATE(2007, 10, 30)), 0,
                 "nothing on the eve");
    check_number(measure_months_by(COUNT_ANNIVERSARY, &winter, DATE(2007, 10, 31)), 100,
                 "one month on the first day");
    check_number(measure_months_by(COUNT_ANNIVERSARY, &winter, DATE(2007, 11, 29)), 100,
                 "still one on 29 November");
    check_number(measure_months_by(COUNT_ANNIVERSARY, &winter, DATE(2007, 11, 30)), 200,
                 "two on 30 November");
    check_number(measure_months_by(COUNT_ANNIVERSARY, &winter, DATE(2008, 4, 29)), 600,
                 "six on the last day");
    check_number(measure_months_by(COUNT_ANNIVERSARY, &winter, DATE(2009, 1, 1)), 600,
                 "six ever after");
    check_number(measure_months_by(COUNT_ANNIVERSARY, &open, DATE(2009, 1, 14)), 100,
                 "an open measure on the eve of its second month");
    check_number(measure_months_by(COUNT_ANNIVERSARY, &open, DATE(2009, 1, 15)), 200,
                 "and on the day it begins");
    check_number(measure_months_by(COUNT_PRORATA_30, &open, DATE(2008, 12, 29)), 50,
                 "days over thirty: 15 days are half a month");
}

static void test_published(void)
{
    struct measure_time six = running(DATE(2008, 1, 7), DATE(2008, 7, 7));
    struct measure_time seven = running(DATE(2008, 5, 31), DATE(2008, 12, 31));
    int64_t months = 0;

    about("the published figures");
    for (int measure = 0; measure < 127; measure++) {
        struct date start = date_add_days(DATE(2008, 1, 1), measure);
        struct measure_time time = running(start, date_add_months(start, 6));

        months += measure_months_in_all(COUNT_ANNIVERSARY, &time);
    }
    check_number(months, 76200,
                 "F1-2, S1-21: 127 measures of six months are 762, whatever the day "
                 "they start on (with <= it would be 889, C-1)");
    months = 111 * measure_months_in_year(COUNT_ANNIVERSARY, &six, 2008) +
             113 * measure_months_in_year(COUNT_ANNIVERSARY, &seven, 2008);
    check_number(months, 145700, "F1-10: 111 x 6 + 113 x 7 = 1,457 measure-months in 2008");
}

static void test_settlement(void)
{
    const struct {
        int32_t granted;
        int64_t counted;
        struct month_quantities wanted;
        const char *sentence;
    } cases[] = {
        { 6, 600, { 600, 600, 0, 0 }, "six granted, six counted" },
        { 6, 400, { 600, 400, 200, 0 }, "six granted, four counted: two go back" },
        { 6, 599, { 600, 599, 1, 0 }, "a hundredth goes back" },
        { 6, 601, { 600, 600, 0, 1 }, "a hundredth counts beyond" },
        { 6, 700, { 600, 600, 0, 100 }, "seven touched months of six" },
        { 6, 0, { 600, 0, 600, 0 }, "never started: all six go back (6.2)" },
        { 0, 500, { 0, 0, 0, 500 }, "granted without a duration" },
    };

    about("2.8 no. 4: granted = realised + released");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct month_quantities got = measure_months_settled(cases[i].granted, cases[i].counted);

        check_number(got.granted, cases[i].wanted.granted, "%s: granted", cases[i].sentence);
        check_number(got.realised, cases[i].wanted.realised, "%s: realised", cases[i].sentence);
        check_number(got.released, cases[i].wanted.released, "%s: released", cases[i].sentence);
        check_number(got.beyond, cases[i].wanted.beyond, "%s: beyond", cases[i].sentence);
    }
}

static void test_shifted_ends(void)
{
    const struct span april[] = { SPAN(DATE(2024, 4, 1), DATE(2024, 5, 1)) };
    const struct span mid_april[] = { SPAN(DATE(2024, 4, 10), DATE(2024, 4, 20)) };
    const struct span open[] = { SPAN(DATE(2024, 4, 1), DATE(2024, 5, 1)),
                                 SPAN(DATE(2024, 6, 1), DATE_NONE) };
    const struct span last_day[] = { SPAN(DATE(2024, 6, 30), DATE(2024, 7, 10)) };
    const struct span after[] = { SPAN(DATE(2024, 7, 1), DATE(2024, 7, 10)) };
    const struct span chain[] = { SPAN(DATE(2024, 6, 20), DATE(2024, 6, 25)),
                                  SPAN(DATE(2024, 7, 5), DATE(2024, 7, 8)) };
    const struct span before[] = { SPAN(DATE(2023, 12, 1), DATE(2024, 1, 11)) };
    const struct span until_start[] = { SPAN(DATE(2023, 12, 1), DATE(2023, 12, 11)) };
    const struct {
        enum end_shift shift;
        const struct span *suspensions;
        size_t count;
        struct date wanted;
        const char *sentence;
    } cases[] = {
        { END_STAYS, april, 1, DATE(2024, 7, 1), "April suspended, the end stays" },
        { END_SHIFTS_BY_DAYS, april, 1, DATE(2024, 7, 31), "30 days suspended, 30 days later" },
        { END_SHIFTS_BY_MONTHS, april, 1, DATE(2024, 8, 1), "a month suspended, a month later" },
        { END_SHIFTS_BY_DAYS, mid_april, 1, DATE(2024, 7, 11), "ten days, ten days later" },
        { END_SHIFTS_BY_MONTHS, mid_april, 1, DATE(2024, 7, 1), "ten days, no month later" },
        { END_SHIFTS_BY_DAYS, open, 2, DATE(2024, 7, 31), "a running suspension does not shift" },
        { END_SHIFTS_BY_MONTHS, open, 2, DATE(2024, 8, 1), "nor by months" },
        { END_SHIFTS_BY_DAYS, last_day, 1, DATE(2024, 7, 11), "from the last day: all of it" },
        { END_SHIFTS_BY_DAYS, after, 1, DATE(2024, 7, 1), "from the end on: nothing" },
        { END_SHIFTS_BY_MONTHS, after, 1, DATE(2024, 7, 1), "from the end on: no month" },
        { END_SHIFTS_BY_DAYS, chain, 2, DATE(2024, 7, 9),
          "the second lies in what the first added" },
        { END_SHIFTS_BY_DAYS, before, 1, DATE(2024, 7, 11), "only days since the start count" },
        { END_SHIFTS_BY_DAYS, until_start, 1, DATE(2024, 7, 1), "none before it do" },
        { END_SHIFTS_BY_DAYS, NULL, 0, DATE(2024, 7, 1), "never suspended" },
        { END_SHIFTS_BY_MONTHS, NULL, 0, DATE(2024, 7, 1), "never suspended, by months" },
    };
    const struct span endless[] = { SPAN(DATE(2024, 2, 1), DATE(2199, 12, 31)) };

    about("6.2: six months from 1 January 2024 end on 1 July, or later if the agreement says so");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_date(
            measure_end(DATE(2024, 1, 1), 6, cases[i].shift, cases[i].suspensions, cases[i].count),
            cases[i].wanted, "%s", cases[i].sentence);
    check_date(measure_end(DATE(2024, 1, 1), 0, END_STAYS, NULL, 0), DATE_NONE,
               "as long as the stay: no end");
    check_date(measure_end(DATE(2024, 1, 1), 1, END_STAYS, NULL, 0), DATE(2024, 2, 1), "one month");
    check_date(measure_end(DATE(2024, 1, 1), 6, END_SHIFTS_BY_MONTHS, endless, 1), DATE(2124, 1, 1),
               "a suspension to the end of the calendar is cut at a century");
}

static void test_order_of_suspensions(void)
{
    const struct {
        struct span suspensions[2];
        size_t count;
        bool wanted;
        const char *sentence;
    } cases[] = {
        { { { { 0 }, { 0 } } }, 0, true, "none" },
        { { SPAN(DATE(2024, 1, 1), DATE(2024, 1, 2)) }, 1, true, "one day" },
        { { SPAN(DATE(2024, 1, 1), DATE(2024, 1, 1)) }, 1, false, "an empty one" },
        { { SPAN(DATE(2024, 1, 2), DATE(2024, 1, 1)) }, 1, false, "one turned round" },
        { { SPAN(DATE_NONE, DATE(2024, 1, 1)) }, 1, false, "one that never began" },
        { { SPAN(DATE(2024, 1, 1), DATE_NONE) }, 1, true, "one that runs" },
        { { SPAN(DATE(2024, 1, 1), DATE_NONE), SPAN(DATE(2024, 2, 1), DATE(2024, 3, 1)) },
          2,
          false,
          "one after another that runs" },
        { { SPAN(DATE(2024, 1, 1), DATE(2024, 2, 1)), SPAN(DATE(2024, 2, 1), DATE_NONE) },
          2,
          true,
          "one right after the other" },
        { { SPAN(DATE(2024, 1, 1), DATE(2024, 2, 1)), SPAN(DATE(2024, 1, 31), DATE_NONE) },
          2,
          false,
          "one that begins a day before the other ends" },
        { { SPAN(DATE(2024, 3, 1), DATE(2024, 4, 1)), SPAN(DATE(2024, 1, 1), DATE(2024, 2, 1)) },
          2,
          false,
          "the later first" },
    };

    about("suspensions come in order");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(suspensions_are_in_order(cases[i].suspensions, cases[i].count) == cases[i].wanted,
              "%s: %s", cases[i].sentence, cases[i].wanted ? "yes" : "no");
}

/* --- the same counted day by day -------------------------------------------------------------- */

enum { FIRST_YEAR_WALKED = 2006, YEARS_WALKED = 8 };

static bool is_active(const struct measure_time *time, struct date day)
{
    for (size_t i = 0; i < time->suspension_count; i++)
        if (date_is_within(day, time->suspensions[i].from, time->suspensions[i].end))
            return false;
    return true;
}

/* Walks every day of the measure and ticks off what the method looks at. */
static int64_t counted_by_walking(enum counting counting, const struct measure_time *time)
{
    bool anniversaries[128] = { false }, touched[12 * YEARS_WALKED + 1] = { false };
    int64_t days = 0, fifteenths = 0, months = 0;

    for (struct date day = time->start; date_is_before(day, time->end);
         day = date_add_days(day, 1)) {
        if (!is_active(time, day))
            continue;
        days++;
        fifteenths += day.day == 15;
        anniversaries[months_between(time->start, day)] = true;
        touched[(day.year - FIRST_YEAR_WALKED) * 12 + day.month - 1] = true;
    }
    if (counting == COUNT_PRORATA_30)
        return (days * 1000 / 3 + 50) / 100;
    if (counting == COUNT_DAY_15)
        return fifteenths * 100;
    for (size_t k = 0; counting == COUNT_ANNIVERSARY && k < 128; k++)
        months += anniversaries[k];
    for (size_t k = 0; counting == COUNT_CALENDAR_TOUCHED && k < 12 * YEARS_WALKED; k++)
        months += touched[k];
    return months * 100;
}

static size_t random_suspensions(struct chance *chance, struct date start, struct span spans[4])
{
    size_t count = (size_t)chance_between(chance, 0, 4);
    struct date from = date_add_days(start, (int32_t)chance_between(chance, 0, 120));

    for (size_t i = 0; i < count; i++) {
        struct date end = date_add_days(from, (int32_t)chance_between(chance, 1, 70));
        bool runs_on = i + 1 == count && chance_between(chance, 0, 4) == 0;

        spans[i] = SPAN(from, runs_on ? DATE_NONE : end);
        from = date_add_days(end, (int32_t)chance_between(chance, 0, 60));
    }
    return count;
}

static void test_sums(void)
{
    struct chance chance = { .state = UINT64_C(0x3015e) };

    about("8,000 measures with up to four suspensions, by all methods (seed 0x3015e)");
    for (int i = 0; i < 8000; i++) {
        enum counting counting = (enum counting)(i % 4 + 1);
        struct span spans[4];
        struct date start =
            date_add_days(DATE(2007, 1, 1), (int32_t)chance_between(&chance, 0, 1000));
        struct date end = date_add_days(start, (int32_t)chance_between(&chance, 0, 900));
        struct measure_time time = { .start = start, .end = end, .suspensions = spans };
        int64_t by_month = 0, by_year = 0, so_far, all;

        time.suspension_count = random_suspensions(&chance, start, spans);
        for (int year = FIRST_YEAR_WALKED; year < FIRST_YEAR_WALKED + YEARS_WALKED; year++) {
            int64_t in_year = measure_months_in_year(counting, &time, year), in_months = 0;

            for (int month = 1; month <= 12; month++) {
                int64_t in_month = measure_months_in_month(counting, &time, year, month);

                holds_or_report(in_month >= 0 && in_month <= 104, "a month counts 0 to 1.04");
                in_months += in_month;
            }
            holds_or_report(in_months == in_year, "the months of %d add up to it", year);
            by_month += in_months;
            by_year += in_year;
        }
        all = measure_months_in_all(counting, &time);
        so_far = measure_months_by(counting, &time, date_add_days(end, -1));
        holds_or_report(all == by_year && all == by_month && all == so_far,
                        "2.8: case %d: months, years, day by day and the whole agree", i);
        holds_or_report(all == counted_by_walking(counting, &time),
                        "2.8: case %d, method %d: as counted by walking every day", i,
                        (int)counting);
        holds_or_report(suspensions_are_in_order(spans, time.suspension_count), "in order");
    }
    check(true, "2.8: by month = by year = in all = walked day by day");
}

/* However it was suspended, what was decided is realised once the end shifts by months. */
static void test_shifts_realise_what_was_granted(void)
{
    struct chance chance = { .state = UINT64_C(0x5b1f7) };

    about("8,000 measures whose end shifts (seed 0x5b1f7)");
    for (int i = 0; i < 8000; i++) {
        struct span spans[4];
        struct date start =
            date_add_days(DATE(2007, 1, 1), (int32_t)chance_between(&chance, 0, 1000));
        size_t count = random_suspensions(&chance, start, spans);
        int32_t granted = (int32_t)chance_between(&chance, 1, 24);
        struct measure_time time = { .start = start, .suspensions = spans };
        struct month_quantities settled;

        time.suspension_count = count > 0 && !date_is_set(spans[count - 1].end) ? count - 1 : count;
        time.end = measure_end(start, granted, END_SHIFTS_BY_MONTHS, spans, count);
        settled = measure_months_settled(granted, measure_months_in_all(COUNT_ANNIVERSARY, &time));
        holds_or_report(settled.released == 0 && settled.beyond == 0,
                        "C-1: case %d: %d months granted are %d realised", i, (int)granted,
                        (int)granted);
        time.end = measure_end(start, granted, END_SHIFTS_BY_DAYS, spans, count);
        holds_or_report(measure_active_days(&time, start, time.end) ==
                            days_between(start, date_add_months(start, granted)),
                        "6.2: case %d: shifted by days, every granted day is an active one", i);
    }
    check(true, "6.2, C-1: shifted ends give exactly what was granted");
}

int main(void)
{
    test_methods();
    test_suspensions();
    test_attribution();
    test_published();
    test_settlement();
    test_shifted_ends();
    test_order_of_suspensions();
    test_sums();
    test_shifts_realise_what_was_granted();
    return checks_done();
}
