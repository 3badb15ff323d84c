/* No title, no stay; a place never holds two; a term ends nothing; an exit says how, where to and
 * when (domain.md S0-7, S0-8, RS-1, C-13, 6.5, 6.7). */
#include "tests/handlers/lodging/estate.h"

static void test_a_stay(void)
{
    struct world *world = an_estate(1, DATE(2020, 1, 6));
    const char *unit = commission_unit(world, open_residence(world, "Riquet", A_RESIDENCE), 1);
    struct tenancy tenancy;
    Lodging__EndStay exit;

    about("a household moves in and leaves");
    check_text(unit_state(world, unit), "AVAILABLE", "a unit commissioned is available (6.5)");
    tenancy = move_in(world, unit, HOUSEHOLD, ON(2020, 1, 6));
    check(*tenancy.stay != '\0' && *tenancy.account != '\0',
          "a title is signed without a candidature, and the stay begins");
    check_text(unit_state(world, unit), "OCCUPIED", "the unit is occupied");
    check_text(unit_of(world, unit)->stay, tenancy.stay, "by that stay");
    check_text(stay_of(world, tenancy.stay)->state, "RUNNING", "which runs");
    check_date(date_of(stay_of(world, tenancy.stay)->term_on), DATE(2022, 1, 6),
               "towards the usual term of 24 months (S4-9)");
    world_move_to(world, DATE(2020, 3, 2), 9, 0);
    exit = an_exit(tenancy.stay);
    exit.left_on = ON(2020, 3, 1);
    check(is_done(end(world, &exit)), "the household leaves");
    check_text(stay_of(world, tenancy.stay)->state, "ENDED", "the stay is ended");
    check_text(unit_state(world, unit), "AVAILABLE", "and the unit available");
    close_estate(world);
}

int main(void)
{
    test_a_stay();
    return checks_done();
}
