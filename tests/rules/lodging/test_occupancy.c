/* Occupancy counts half-open days without those out of service, exits add up by channel and by
 * direction, lengths have a mean and a median (domain.md 2.6, F0-8 to F0-12, F0-15, F2-18, F4-7,
 * F4-8, S0-26, S0-27, S4-19). */
#include "services/lodging/rules/occupancy.h"

#include "tests/check.h"

static void test_days(void)
{
    const struct day_span june = { DATE(2026, 6, 1), DATE(2026, 7, 1) };
    const struct {
        const char *sentence;
        struct day_span in_stock, stay, out;
        int64_t occupied, available;
    } cases[] = {
        { "in stock and occupied throughout",
          { DATE(2020, 1, 1), DATE_NONE },
          { DATE(2025, 1, 1), DATE_NONE },
          { DATE_NONE, DATE_NONE },
          30,
          30 },
        { "empty throughout",
          { DATE(2020, 1, 1), DATE_NONE },
          { DATE_NONE, DATE_NONE },
          { DATE_NONE, DATE_NONE },
          0,
          30 },
        { "entered on the 10th: that day counts",
          { DATE(2020, 1, 1), DATE_NONE },
          { DATE(2026, 6, 10), DATE_NONE },
          { DATE_NONE, DATE_NONE },
          21,
          30 },
        { "left on the 10th: that day does not",
          { DATE(2020, 1, 1), DATE_NONE },
          { DATE(2025, 1, 1), DATE(2026, 6, 10) },
          { DATE_NONE, DATE_NONE },
          9,
          30 },
        { "entered on the last day",
          { DATE(2020, 1, 1), DATE_NONE },
          { DATE(2026, 6, 30), DATE_NONE },
          { DATE_NONE, DATE_NONE },
          1,
          30 },
        { "left on the first",
          { DATE(2020, 1, 1), DATE_NONE },
          { DATE(2025, 1, 1), DATE(2026, 6, 1) },
          { DATE_NONE, DATE_NONE },
          0,
          30 },
        { "entered the day after",
          { DATE(2020, 1, 1), DATE_NONE },
          { DATE(2026, 7, 1), DATE_NONE },
          { DATE_NONE, DATE_NONE },
          0,
          30 },
        { "out of service for ten days while empty",
          { DATE(2020, 1, 1), DATE_NONE },
          { DATE(2026, 6, 11), DATE_NONE },
          { DATE(2026, 6, 1), DATE(2026, 6, 11) },
          20,
          20 },
        { "out of service for five days of a stay",
          { DATE(2020, 1, 1), DATE_NONE },
          { DATE(2026, 6, 11), DATE_NONE },
          { DATE(2026, 6, 16), DATE(2026, 6, 21) },
          15,
          25 },
        { "out of service throughout",
          { DATE(2020, 1, 1), DATE_NONE },
          { DATE(2025, 1, 1), DATE_NONE },
          { DATE(2026, 1, 1), DATE_NONE },
          0,
          0 },
        { "commissioned on the 21st",
          { DATE(2026, 6, 21), DATE_NONE },
          { DATE(2026, 6, 26), DATE_NONE },
          { DATE_NONE, DATE_NONE },
          5,
          10 },
        { "withdrawn on the 21st",
          { DATE(2020, 1, 1), DATE(2026, 6, 21) },
          { DATE(2025, 1, 1), DATE(2026, 6, 16) },
          { DATE_NONE, DATE_NONE },
          15,
          20 },
        { "never commissioned",
          { DATE_NONE, DATE_NONE },
          { DATE_NONE, DATE_NONE },
          { DATE_NONE, DATE_NONE },
          0,
          0 },
    };

    about("June 2026, one place");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct place_history place = { cases[i].in_stock, &cases[i].stay, 1, &cases[i].out,
                                             1 };
        struct occupancy counted = occupancy_of_place(&place, june);

        check_number(counted.occupied_days, cases[i].occupied, "2.6: %s: occupied",
                     cases[i].sentence);
        check_number(counted.available_days, cases[i].available, "2.6: and available");
    }
}

static void test_rates(void)
{
    const struct day_span stays[] = { { DATE(2027, 12, 1), DATE(2028, 2, 29) },
                                      { DATE(2028, 2, 29), DATE(2028, 3, 1) },
                                      { DATE(2028, 4, 1), DATE_NONE } };
    const struct place_history place = { { DATE(2020, 1, 1), DATE_NONE }, stays, 3, NULL, 0 };
    struct occupancy first =
        occupancy_of_place(&place, (struct day_span){ DATE(2028, 1, 1), DATE(2028, 4, 1) });
    struct occupancy second =
        occupancy_of_place(&place, (struct day_span){ DATE(2028, 4, 1), DATE(2028, 7, 1) });
    struct occupancy both =
        occupancy_of_place(&place, (struct day_span){ DATE(2028, 1, 1), DATE(2028, 7, 1) });

    about("rates");
    check_number(first.occupied_days, 60,
                 "2.6: stays that follow one another, over 29 February 2028");
    check_number(first.available_days, 91, "2.6: of 91 days");
    check_number(occupancy_rate(first), 659, "2.6: 65.9 %%");
    check_number(occupancy_sum(first, second).occupied_days, both.occupied_days,
                 "2.6: quarters add up, occupied");
    check_number(occupancy_sum(first, second).available_days, both.available_days,
                 "2.6: and available");
    check_number(occupancy_rate(second), 1000, "2.6: a full quarter is 100 %%");
    check_number(occupancy_rate((struct occupancy){ 0 }), NO_SHARE, "2.6: nothing has no rate");
    check_number(turnover_rate(109, 252), 433, "F2-18: 109 exits of 252 units is 43.3 %%");
    check_number(turnover_rate(30, 20), 1500, "F2-18: a place may turn more than once");
    check_number(turnover_rate(0, 0), NO_SHARE, "F2-18: no units, no rate");
}

static void test_any_place(void)
{
    const uint64_t seed = UINT64_C(0x5eed0cc);
    struct chance chance = { .state = seed };
    bool bounded = true, additive = true;

    about("500 places of random histories in 2028, seed %#" PRIx64, seed);
    for (int run = 0; run < 500; run++) {
        struct day_span stays[4], out;
        struct date day = DATE(2027, 10, 1);
        struct place_history place = {
            .stays = stays, .stay_count = 4, .out_of_service = &out, .out_of_service_count = 1
        };
        struct occupancy year, months = { 0 };

        for (int i = 0; i < 4; i++) {
            stays[i].from = day = date_add_days(day, (int32_t)chance_between(&chance, 0, 60));
            stays[i].end = day = date_add_days(day, (int32_t)chance_between(&chance, 0, 120));
        }
        out.from = date_add_days(DATE(2028, 1, 1), (int32_t)chance_between(&chance, 0, 300));
        out.end = date_add_days(out.from, (int32_t)chance_between(&chance, 0, 60));
        place.in_stock.from =
            date_add_days(DATE(2027, 12, 1), (int32_t)chance_between(&chance, 0, 90));
        year = occupancy_of_place(&place, (struct day_span){ DATE(2028, 1, 1), DATE(2029, 1, 1) });
        for (struct date month = DATE(2028, 1, 1); month.year == 2028;
             month = date_first_of_next_month(month))
            months = occupancy_sum(
                months, occupancy_of_place(
                            &place, (struct day_span){ month, date_first_of_next_month(month) }));
        bounded &= year.occupied_days <= year.available_days && year.available_days <= 366;
        additive &= year.occupied_days == months.occupied_days &&
                    year.available_days == months.available_days;
    }
    check(bounded, "2.6: never more occupied than available, nor more than 366 days");
    check(additive, "2.6: the months add up to the year");
}

static void test_vacancy(void)
{
    about("empty days");
    check_number(vacancy_days(DATE(2026, 10, 20), DATE(2026, 11, 1), DATE(2026, 11, 23)), 12,
                 "2.6: freed on 20 October, entered on 1 November: 12 days");
    check_number(vacancy_days(DATE(2026, 10, 20), DATE_NONE, DATE(2026, 11, 19)), 30,
                 "A-40: still empty on 19 November: 30 days");
    check_number(vacancy_days(DATE(2026, 10, 20), DATE(2026, 10, 20), DATE(2026, 11, 23)), 0,
                 "2.6: entered the same day: none");
    check_number(vacancy_days(DATE(2026, 12, 20), DATE_NONE, DATE(2026, 11, 23)), 0,
                 "2.6: to be freed later: none yet");
    check_number(vacancy_days(DATE(2026, 10, 20), DATE(2026, 12, 1), DATE(2026, 11, 20)), 31,
                 "2.6: seen before the next entry: until then");
}

static void test_lengths(void)
{
    int32_t odd[] = { 400, 10, 100 }, even[] = { 7, 1, 4, 3 }, one[] = { 5 };
    int32_t half[] = { 3, 2 }, thirds[] = { 1, 1, 2 };
    struct stay_lengths lengths = stay_lengths_of(odd, 3);
    const struct day_span stays[] = { { DATE(2022, 1, 1), DATE(2026, 1, 1) },
                                      { DATE(2022, 1, 1), DATE(2026, 1, 2) },
                                      { DATE(2022, 11, 23), DATE_NONE },
                                      { DATE(2022, 11, 22), DATE_NONE },
                                      { DATE(2025, 1, 1), DATE(2026, 7, 2) } };

    about("lengths");
    check_number(lengths.count, 3, "2.6: three stays");
    check_number(lengths.mean_days, 170, "2.6: 10, 100 and 400 days: 170 on average");
    check_number(lengths.median_days, 100, "2.6: and 100 in the middle");
    lengths = stay_lengths_of(even, 4);
    check_number(lengths.median_days, 4, "2.6: of 1, 3, 4, 7 the middle is 3.5, half up");
    check_number(lengths.mean_days, 4, "2.6: the mean 3.75 rounds to 4");
    check_number(stay_lengths_of(half, 2).mean_days, 3, "2.6: a mean of 2.5 rounds half up");
    check_number(stay_lengths_of(thirds, 3).mean_days, 1, "2.6: one of 1.33 down");
    check_number(stay_lengths_of(one, 1).median_days, 5, "2.6: one stay is its own middle");
    check_number(stay_lengths_of(NULL, 0).median_days, 0, "2.6: none has none");
    check_number(stay_lengths_of(NULL, 0).count, 0, "2.6: and counts none");
    check_number(
        stay_days((struct day_span){ DATE(2028, 2, 28), DATE(2028, 3, 1) }, DATE(2028, 6, 1)), 2,
        "2.6: 28 February to 1 March 2028 is two days");
    check_number(stays_longer_than(stays, 5, DATE(2026, 11, 23), 48), 2,
                 "F0-15, C-5: more than 48 months by a day, ended or running");
    check_number(stays_longer_than(stays, 5, DATE(2026, 11, 24), 48), 3,
                 "C-5: a day later, one more");
    check_number(stays_longer_than(stays, 5, DATE(2026, 11, 23), 18), 5,
                 "2.6: more than 18 months");
    check_number(stays_longer_than(stays, 4, DATE(2026, 11, 23), 18), 4, "2.6: of those counted");
    check_number(stays_longer_than(&stays[1], 1, DATE(2026, 11, 23), 48), 1, "2.6: of one");
    check_number(stays_longer_than(stays, 5, DATE(2025, 1, 1), 36), 0, "2.6: as seen on a day");
}

/* --- exits ------------------------------------------------------------------------------------ */

static struct stay_exit exits[140];
static size_t exit_count;

static void add(size_t count, struct date on, enum exit_channel channel,
                enum exit_direction direction)
{
    for (size_t i = 0; i < count; i++)
        exits[exit_count++] =
            (struct stay_exit){ .on = on, .channel = channel, .direction = direction };
}

static void test_exits(void)
{
    const struct day_span year = { DATE(2020, 1, 1), DATE(2021, 1, 1) };
    int64_t by_channel = 0, by_direction = 0, others;
    struct exit_counts counts;

    about("the exits of CASP, 2020");
    add(1, DATE(2019, 12, 31), EXIT_DALO, EXIT_UPWARD);
    add(39, DATE(2020, 1, 1), EXIT_COLLECTIVE_AGREEMENT, EXIT_UPWARD);
    add(1, DATE(2020, 12, 31), EXIT_COLLECTIVE_AGREEMENT, EXIT_UPWARD);
    add(24, DATE(2020, 2, 29), EXIT_DALO, EXIT_UPWARD);
    add(20, DATE(2020, 5, 1), EXIT_ACTION_LOGEMENT, EXIT_UPWARD);
    add(15, DATE(2020, 6, 1), EXIT_CITY_DIRECT, EXIT_LATERAL);
    add(9, DATE(2020, 7, 1), EXIT_PRIVATE, EXIT_DOWNWARD_SHELTER);
    add(1, DATE(2020, 8, 1), EXIT_OTHER, EXIT_STREET);
    add(3, DATE(2021, 1, 1), EXIT_COLLECTIVE_AGREEMENT, EXIT_UPWARD);
    counts = exits_in(exits, exit_count, year);
    check_number(counts.all, 109, "F0-8: 109 exits, those of 31 December and 1 January told apart");
    check_number(counts.by_channel[EXIT_COLLECTIVE_AGREEMENT], 40,
                 "F0-9: 40 by collective agreement");
    check_number(counts.by_channel[EXIT_DALO], 24, "F0-10: 24 through DALO");
    others =
        counts.all - counts.by_channel[EXIT_COLLECTIVE_AGREEMENT] - counts.by_channel[EXIT_DALO];
    check_number(others, 45, "F0-11: 45 by other channels");
    check_number(exit_channel_share(&counts, EXIT_COLLECTIVE_AGREEMENT), 367, "F0-12: 36.7 %%");
    check_number(exit_channel_share(&counts, EXIT_DALO), 220, "F0-12: 22.0 %%");
    check_number(share_per_mille(others, counts.all), 413, "F0-12: 41.3 %%");
    for (int channel = 0; channel < EXIT_CHANNELS; channel++)
        by_channel += counts.by_channel[channel];
    for (int direction = 0; direction < EXIT_DIRECTIONS; direction++)
        by_direction += counts.by_direction[direction];
    check_number(by_channel, 109, "SX-3: the channels add up to all exits");
    check_number(by_direction, 109, "SX-3: and so do the directions");
    check_number(counts.by_direction[EXIT_LATERAL], 15, "S4-19: 15 lateral");
    check_number(counts.by_direction[EXIT_STREET], 1, "F4-8: one to the street");
    check_number(exit_redirected_share(&counts), 900, "F4-7: 9 of 10 downward exits redirected");
    check_number(exits_in(exits, 3, year).all, 2, "S0-26: of those that are counted");
    check_number(exits_in(exits, 3, (struct day_span){ DATE(2019, 1, 1), DATE(2020, 1, 1) }).all, 1,
                 "S0-26: one in 2019");
    counts = exits_in(exits, exit_count, (struct day_span){ DATE(2022, 1, 1), DATE(2023, 1, 1) });
    check_number(counts.all, 0, "S0-26: none in 2022");
    check_number(exit_channel_share(&counts, EXIT_DALO), NO_SHARE, "S0-39: so no share");
    check_number(exit_redirected_share(&counts), NO_SHARE, "F4-7: nor here");
}

int main(void)
{
    test_days();
    test_rates();
    test_any_place();
    test_vacancy();
    test_lengths();
    test_exits();
    return checks_done();
}
