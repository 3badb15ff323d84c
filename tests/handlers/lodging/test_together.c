/* With intake beside it an erasure is heard, and many accounts are charged as a month begins in as
 * many small inputs (architecture.md: personal data, keys decide the speed). */
#include "tests/handlers/lodging/estate.h"

#include "proto/intake.pb-c.h"
#include "services/intake/intake.h"

static void test_erasure(void)
{
    struct world *world = an_estate(1, DATE(2020, 1, 6));
    Intake__RegisterHousehold asked = INTAKE__REGISTER_HOUSEHOLD__INIT;
    Intake__EraseHousehold erase = INTAKE__ERASE_HOUSEHOLD__INIT;
    Intake__Situation situation = INTAKE__SITUATION__INIT;
    Tremplin__Sealed name = TREMPLIN__SEALED__INIT;
    char erased[ID_TEXT_SIZE] = "";
    struct tenancy tenancy;

    about("a household that is erased at intake");
    world_add(world, &intake_service, NULL);
    name.clear = text("Vasseur");
    asked.household = text(HOUSEHOLD);
    asked.name = &name;
    situation.type = TREMPLIN__HOUSEHOLD_TYPE__HOUSEHOLD_TYPE_SINGLE;
    situation.adults = 1;
    asked.situation = &situation;
    check(is_done(world_call(world, "intake.RegisterHousehold", &asked.base,
                             &intake__register_household_reply__descriptor)),
          "a household is registered");
    tenancy =
        move_in(world, commission_unit(world, open_residence(world, "Riquet", A_RESIDENCE), 1),
                HOUSEHOLD, ON(2020, 1, 6));
    erase.household = text(HOUSEHOLD);
    erase.reason = text("RETENTION_OVER");
    check(is_done(world_call(world, "intake.EraseHousehold", &erase.base,
                             &intake__erase_household_reply__descriptor)),
          "and erased");
    check(world_settle(world), "lodging hears it");
    keys_erased(runtime_keys(world_runtime(world, "lodging")), 0, erased);
    check_text(erased, HOUSEHOLD, "no key is ever made for it here");
    check_number(balance_of(world, tenancy.account), 41935, "and the figures stay true");
    close_estate(world);
}

static void test_many_accounts(void)
{
    enum { PLACES = 100, UNITS = 3 };
    struct world *world = an_estate(2, DATE(2020, 1, 1));
    const char *residence = open_residence(world, "Riquet", A_RESIDENCE);
    char household[40];
    int in = 0;

    about("three hundred accounts as a month begins");
    for (int i = 0; i < PLACES * UNITS; i++) {
        static const char *unit;

        if (i % PLACES == 0)
            unit = commission_unit(world, residence, PLACES);
        snprintf(household, sizeof household, "018f0e42-7c1b-7a3e-9d41-%012x", i + 1);
        in += *move_in(world, unit, household, ON(2020, 1, 1)).stay != '\0';
    }
    check_number(in, PLACES * UNITS, "all moved in");
    world_move_to(world, DATE(2020, 2, 1), 0, 0);
    check_number(world_count(world, "lodging", &HAPPENED(fee_charged)), 2 * PLACES * UNITS,
                 "each is charged, once");
    check_number(world_count(world, "lodging", &HAPPENED(arrears_began)), PLACES * UNITS,
                 "and each was late in January, once");
    close_estate(world);
}

int main(void)
{
    test_erasure();
    test_many_accounts();
    return checks_done();
}
