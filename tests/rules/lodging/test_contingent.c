/* Units and places are counted together, each by holder, residence, kind and programme; objectives
 * are compared with the days gone by (domain.md S4-3 to S4-6, S4-36, F0-1 to F0-3, F4-1 to F4-4,
 * RS-13, A-39). */
#include "services/lodging/rules/contingent.h"

#include "tests/check.h"
#include "tests/rules/law.h"

static struct contingent_law law;

enum { STATE = 1, CITY = 2, MOST_UNITS = 5000 };

static struct contingent_unit units[MOST_UNITS];
static size_t unit_count;

static void add(size_t count, struct contingent_unit unit)
{
    for (size_t i = 0; i < count; i++)
        units[unit_count++] = unit;
}

static void test_state_contingent(void)
{
    struct contingent_unit unit = { .holder = STATE,
                                    .residence = 1,
                                    .kind = SOCIAL_RESIDENCE,
                                    .places = 1,
                                    .commissioned_on = DATE(2015, 1, 1) };
    struct contingent_filter filter = { .holder = STATE };
    struct contingent_count all, residences, others;

    about("the State's contingent of Paris, 2021");
    unit_count = 0;
    add(3000, unit);
    unit.places = 3;
    add(113, unit);
    unit.kind = YOUNG_WORKER_HOSTEL;
    unit.places = 1;
    add(700, unit);
    unit.places = 2;
    add(140, unit);
    unit.kind = FAMILY_BOARDING_HOUSE;
    unit.places = 1;
    add(360, unit);
    unit.holder = CITY;
    add(50, unit);

    all = contingent_on(units, unit_count, filter, DATE(2021, 5, 1));
    check_number(all.places, 4679, "F4-1: 4,679 places");
    check_number(all.units, 4313, "S4-36: in 4,313 units");
    filter.kind = SOCIAL_RESIDENCE;
    residences = contingent_on(units, unit_count, filter, DATE(2021, 5, 1));
    check_number(residences.places, 3339, "F4-2: 3,339 of them in social residences");
    check_number(residences.units, 3113, "S4-36: in 3,113 units");
    filter.kind = YOUNG_WORKER_HOSTEL;
    others = contingent_on(units, unit_count, filter, DATE(2021, 5, 1));
    filter.kind = FAMILY_BOARDING_HOUSE;
    others.places += contingent_on(units, unit_count, filter, DATE(2021, 5, 1)).places;
    check_number(others.places, 1340, "F4-3: 1,340 in hostels and boarding houses");
    check_number(share_per_mille(residences.places, all.places), 714, "F4-4: 71.4 %%");
    check_number(share_per_mille(others.places, all.places), 286, "F4-4: 28.6 %%");
    check_number(contingent_on(units, unit_count, (struct contingent_filter){ .holder = CITY },
                               DATE(2021, 5, 1))
                     .units,
                 50, "S4-3: the City's units are counted by themselves");
    check_number(
        contingent_on(units, unit_count, (struct contingent_filter){ 0 }, DATE(2021, 5, 1)).units,
        4363, "S4-3: and all together");
}

static void test_own_stock(void)
{
    struct contingent_unit unit = {
        .holder = CITY, .kind = SOCIAL_RESIDENCE, .places = 1, .commissioned_on = DATE(2015, 1, 1)
    };
    int64_t residences = 0;

    about("the stock of CASP, 2020");
    unit_count = 0;
    for (int32_t residence = 1; residence <= 9; residence++) {
        unit.residence = residence;
        add(25, unit);
    }
    unit.residence = 0;
    unit.kind = SCATTERED_UNIT;
    add(15, unit);
    unit.programme = PROGRAMME_LOUEZ_SOLIDAIRE;
    add(12, unit);
    check_number(
        contingent_on(units, unit_count, (struct contingent_filter){ 0 }, DATE(2020, 12, 31)).units,
        252, "F0-2: 252 units");
    check_number(contingent_on(units, unit_count,
                               (struct contingent_filter){ .programme = PROGRAMME_LOUEZ_SOLIDAIRE },
                               DATE(2020, 12, 31))
                     .units,
                 12, "F0-3: of which 12 Louez solidaire");
    check_number(contingent_on(units, unit_count,
                               (struct contingent_filter){ .kind = SCATTERED_UNIT },
                               DATE(2020, 12, 31))
                     .units,
                 27, "S0-2: scattered units have no residence");
    for (int32_t residence = 1; residence <= 12; residence++)
        residences +=
            contingent_on(units, unit_count, (struct contingent_filter){ .residence = residence },
                          DATE(2020, 12, 31))
                .units == 25;
    check_number(residences, 9, "F0-1: 9 residences");
}

static void test_in_stock(void)
{
    struct contingent_unit unit = { .holder = STATE,
                                    .kind = SCATTERED_UNIT,
                                    .places = 4,
                                    .commissioned_on = DATE(2026, 2, 28),
                                    .withdrawn_on = DATE(2026, 3, 2) };
    struct contingent_filter any = { 0 };

    about("in the stock");
    check_number(contingent_on(&unit, 1, any, DATE(2026, 2, 27)).units, 0,
                 "F0-2: not the day before");
    check_number(contingent_on(&unit, 1, any, DATE(2026, 2, 28)).places, 4,
                 "F0-2: from its first day");
    check_number(contingent_on(&unit, 1, any, DATE(2026, 3, 1)).places, 4, "F0-2: to its last");
    check_number(contingent_on(&unit, 1, any, DATE(2026, 3, 2)).units, 0,
                 "F0-2: not once withdrawn");
    unit.commissioned_on = DATE_NONE;
    check_number(contingent_on(&unit, 1, any, DATE(2026, 3, 1)).units, 0, "6.5: not while planned");
}

static void test_reference(void)
{
    about("the reference share");
    check(!contingent_is_below_reference(30, 100, &law), "RS-13: 30 of 100 reach 30 %%");
    check(contingent_is_below_reference(29, 100, &law), "RS-13: 29 do not");
    check(contingent_is_below_reference(30, 101, &law), "RS-13: nor 30 of 101");
    check_number(contingent_missing_places(29, 100, &law), 1, "RS-13: one is missing");
    check_number(contingent_missing_places(30, 101, &law), 1, "RS-13: rounded up");
    check_number(contingent_missing_places(31, 101, &law), 0, "RS-13: none");
    check_number(contingent_missing_places(90, 101, &law), 0, "RS-13: never below none");
}

static void test_objectives(void)
{
    struct objective objective = { .kind = OBJECTIVE_ENTRIES,
                                   .manager = 1,
                                   .from = DATE(2026, 1, 1),
                                   .end = DATE(2027, 1, 1),
                                   .target = 100 };
    const struct date entries[] = { DATE(2025, 12, 31), DATE(2026, 1, 1),   DATE(2026, 2, 28),
                                    DATE(2026, 3, 1),   DATE(2026, 12, 31), DATE(2027, 1, 1) };
    struct objective wrong = objective;

    about("objectives");
    check(objective_may_be_set(&objective) == ACCEPTED, "S4-6: a hundred entries in 2026");
    wrong.kind = OBJECTIVE_EXITS;
    check(objective_may_be_set(&wrong) == ACCEPTED, "S4-6: or exits");
    wrong.kind = 0;
    check(objective_may_be_set(&wrong) == &OBJECTIVE_WITHOUT_KIND, "S4-6: not of nothing");
    wrong = objective;
    wrong.end = wrong.from;
    check(objective_may_be_set(&wrong) == &OBJECTIVE_WITHOUT_PERIOD, "F4-9: not for no day");
    wrong.end = DATE(2026, 1, 2);
    check(objective_may_be_set(&wrong) == ACCEPTED, "F4-9: for one day");
    wrong.end = DATE_NONE;
    check(objective_may_be_set(&wrong) == &OBJECTIVE_WITHOUT_PERIOD, "F4-9: not without an end");
    wrong = objective;
    wrong.from = DATE_NONE;
    check(objective_may_be_set(&wrong) == &OBJECTIVE_WITHOUT_PERIOD, "F4-9: nor a start");
    wrong = objective;
    wrong.target = 0;
    check(objective_may_be_set(&wrong) == &OBJECTIVE_WITHOUT_TARGET, "F4-9: not of none");
    wrong.target = 1;
    check(objective_may_be_set(&wrong) == ACCEPTED, "F4-9: of one");
    wrong.target = 1000000;
    check(objective_may_be_set(&wrong) == ACCEPTED, "F4-9: of a million");
    wrong.target = 1000001;
    check(objective_may_be_set(&wrong) == &OBJECTIVE_WITHOUT_TARGET, "F4-9: not of more");

    check_number(objective_actual(&objective, entries, 6, DATE(2027, 6, 1)), 4,
                 "F4-9: what happened from 1 January to 31 December");
    check_number(objective_actual(&objective, entries, 6, DATE(2026, 2, 28)), 2,
                 "F4-9: up to a day, that day with it");
    check_number(objective_actual(&objective, entries, 6, DATE(2026, 2, 27)), 1, "F4-9: the eve");
    check_number(objective_actual(&objective, entries, 4, DATE(2027, 6, 1)), 3,
                 "F4-9: of those that are counted");
    check_number(objective_actual(&objective, entries + 1, 1, DATE(2027, 6, 1)), 1, "F4-9: one");
    check(objective_is_behind(&objective, 39, DATE(2026, 7, 1), &law),
          "A-39: on 1 July 181 of 365 days are gone: 49.6 - 10 = 39.6: 39 is behind");
    check(!objective_is_behind(&objective, 40, DATE(2026, 7, 1), &law), "A-39: 40 is not");
    objective.target = 40;
    check(objective_is_behind(&objective, 15, DATE(2026, 7, 1), &law),
          "C-25: 10 points of the target, not 10 entries: 15.8 of 40: 15 is behind");
    check(!objective_is_behind(&objective, 16, DATE(2026, 7, 1), &law), "C-25: 16 is not");
}

int main(void)
{
    law_on(contingent_law, DATE(2026, 11, 23), &law);
    test_state_contingent();
    test_own_stock();
    test_in_stock();
    test_reference();
    test_objectives();
    return checks_done();
}
