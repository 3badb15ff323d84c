/* A place is let, freed, repaired and withdrawn as domain.md 6.5 and C-13 say, and a unit's state
 * derives from its places. */
#include "services/lodging/rules/unit.h"

#include "libcommon/money.h"
#include "tests/check.h"
#include "tests/rules/lodging/machine_rows.h"
#include "tests/rules/machines.h"

static const struct machine_row rows[] = {
    { 0, UNIT_EVENT_PLAN, UNIT_PLANNED, "6.5: a unit is planned first" },
    { UNIT_PLANNED, UNIT_EVENT_COMMISSION, UNIT_AVAILABLE, "6.5: commissioned, it is available" },
    { UNIT_AVAILABLE, UNIT_EVENT_OPEN_VACANCY, UNIT_AVAILABLE,
      "6.5: an opened vacancy leaves the place available" },
    { UNIT_AVAILABLE, UNIT_EVENT_RETAIN_CANDIDATE, UNIT_RESERVED,
      "6.5: a retained candidate reserves the place" },
    { UNIT_RESERVED, UNIT_EVENT_SIGN_TITLE, UNIT_OCCUPIED, "6.5: the signed title occupies it" },
    { UNIT_RESERVED, UNIT_EVENT_RELEASE_CANDIDATE, UNIT_AVAILABLE,
      "6.5: a withdrawal makes it available again" },
    { UNIT_OCCUPIED, UNIT_EVENT_RECEIVE_NOTICE, UNIT_NOTICE_GIVEN, "6.5: notice is received" },
    { UNIT_NOTICE_GIVEN, UNIT_EVENT_ANNOUNCE_VACANCY, UNIT_NOTICE_GIVEN,
      "C-13: a vacancy may be announced while notice runs" },
    { UNIT_NOTICE_GIVEN, UNIT_EVENT_WITHDRAW_NOTICE, UNIT_OCCUPIED,
      "C-13: a notice withdrawn leaves the place occupied" },
    { UNIT_OCCUPIED, UNIT_EVENT_RETURN_KEYS, UNIT_AVAILABLE,
      "6.5: keys returned without notice, nothing to repair: available" },
    { UNIT_OCCUPIED, UNIT_EVENT_RETURN_KEYS_TO_REPAIR, UNIT_TO_REPAIR,
      "6.5: keys returned without notice, damage: to repair" },
    { UNIT_NOTICE_GIVEN, UNIT_EVENT_RETURN_KEYS, UNIT_AVAILABLE,
      "6.5: keys returned after notice: available" },
    { UNIT_NOTICE_GIVEN, UNIT_EVENT_RETURN_KEYS_TO_REPAIR, UNIT_TO_REPAIR,
      "6.5: keys returned after notice, damage: to repair" },
    { UNIT_TO_REPAIR, UNIT_EVENT_FINISH_WORKS, UNIT_AVAILABLE, "6.5: works done: available" },
    { UNIT_PLANNED, UNIT_EVENT_TAKE_OUT_OF_SERVICE, UNIT_OUT_OF_SERVICE,
      "6.5: a planned unit may be taken out of service" },
    { UNIT_AVAILABLE, UNIT_EVENT_TAKE_OUT_OF_SERVICE, UNIT_OUT_OF_SERVICE,
      "6.5: an available one too" },
    { UNIT_RESERVED, UNIT_EVENT_TAKE_OUT_OF_SERVICE, UNIT_OUT_OF_SERVICE,
      "6.5: a reserved one too" },
    { UNIT_OCCUPIED, UNIT_EVENT_TAKE_OUT_OF_SERVICE, UNIT_OUT_OF_SERVICE,
      "6.5: an occupied one too" },
    { UNIT_NOTICE_GIVEN, UNIT_EVENT_TAKE_OUT_OF_SERVICE, UNIT_OUT_OF_SERVICE,
      "6.5: one with notice given too" },
    { UNIT_TO_REPAIR, UNIT_EVENT_TAKE_OUT_OF_SERVICE, UNIT_OUT_OF_SERVICE,
      "6.5: one under repair too" },
    { UNIT_OUT_OF_SERVICE, UNIT_EVENT_RETURN_KEYS, UNIT_OUT_OF_SERVICE,
      "6.5: keys returned while out of service leave it out of service" },
    { UNIT_OUT_OF_SERVICE, UNIT_EVENT_RETURN_KEYS_TO_REPAIR, UNIT_OUT_OF_SERVICE,
      "6.5: with damage too" },
    { UNIT_OUT_OF_SERVICE, UNIT_EVENT_RETURN_TO_SERVICE, UNIT_AVAILABLE,
      "C-13: returned to service, it is available" },
    { UNIT_OUT_OF_SERVICE, UNIT_EVENT_RETURN_TO_REPAIR, UNIT_TO_REPAIR,
      "C-13: returned with works to do, it is to repair" },
    { UNIT_OUT_OF_SERVICE, UNIT_EVENT_RETURN_OCCUPIED, UNIT_OCCUPIED,
      "C-13: returned with its household inside, it is occupied" },
    { UNIT_PLANNED, UNIT_EVENT_WITHDRAW, UNIT_WITHDRAWN, "C-13: a planned unit may be withdrawn" },
    { UNIT_AVAILABLE, UNIT_EVENT_WITHDRAW, UNIT_WITHDRAWN, "C-13: an available one too" },
    { UNIT_RESERVED, UNIT_EVENT_WITHDRAW, UNIT_WITHDRAWN, "C-13: a reserved one too" },
    { UNIT_TO_REPAIR, UNIT_EVENT_WITHDRAW, UNIT_WITHDRAWN, "C-13: one under repair too" },
    { UNIT_OUT_OF_SERVICE, UNIT_EVENT_WITHDRAW, UNIT_WITHDRAWN, "C-13: one out of service too" },
};

static void test_machine(void)
{
    static const unsigned final[] = { UNIT_WITHDRAWN };
    unsigned next;

    about("the machine of a place");
    check_machine(&unit_machine);
    check_rows(&unit_machine, rows, sizeof rows / sizeof *rows);
    check_final(&unit_machine, final, 1);
    check_number(unit_machine.state_count, UNIT_STATES, "every state has a name");
    check_number(unit_machine.event_count, UNIT_EVENTS, "every event has a name");
    check_text(unit_machine.states[UNIT_OUT_OF_SERVICE], "OUT_OF_SERVICE", "states are named");
    check_text(unit_machine.events[UNIT_EVENT_RETURN_OCCUPIED], "RETURN_OCCUPIED",
               "and so are events");
    check(machine_move(&unit_machine, UNIT_OCCUPIED, UNIT_EVENT_WITHDRAW, &next) == MOVE_REFUSED,
          "C-13: an occupied place is never withdrawn");
    check(machine_move(&unit_machine, UNIT_NOTICE_GIVEN, UNIT_EVENT_WITHDRAW, &next) ==
              MOVE_REFUSED,
          "C-13: nor one whose household has given notice");
    check(machine_move(&unit_machine, UNIT_OCCUPIED, UNIT_EVENT_SIGN_TITLE, &next) == MOVE_REFUSED,
          "a place never holds two stays");
}

static const struct unit_commissioning studio = {
    .has_manager = true,
    .has_reservation_holder = true,
    .kind = SOCIAL_RESIDENCE,
    .is_in_residence = true,
    .places = 1,
    .rent_cents = 35000,
    .charges_cents = 9000,
    .services_cents = 4000,
};

static void commissioned(struct unit_commissioning asked, const struct refusal *wanted,
                         const char *sentence)
{
    check(unit_may_be_commissioned(&asked) == wanted, "%s", sentence);
}

static void test_commissioning(void)
{
    struct unit_commissioning asked = studio;

    about("commissioning");
    commissioned(asked, ACCEPTED, "6.5: a studio with all it needs is commissioned");
    asked.has_manager = false;
    commissioned(asked, &UNIT_WITHOUT_MANAGER, "6.5: not without a manager");
    asked = studio;
    asked.has_reservation_holder = false;
    commissioned(asked, &UNIT_WITHOUT_RESERVATION_HOLDER, "6.5: not without a reservation holder");
    asked = studio;
    asked.kind = 0;
    commissioned(asked, &UNIT_KIND_UNKNOWN, "S4-2: not without a kind");
    asked.kind = UNIT_KINDS;
    commissioned(asked, &UNIT_KIND_UNKNOWN, "S4-2: not with a kind nobody knows");
    asked = studio;
    asked.is_in_residence = false;
    commissioned(asked, &UNIT_WITHOUT_RESIDENCE, "S0-2: a residence's unit names its residence");
    asked.kind = FAMILY_BOARDING_HOUSE;
    commissioned(asked, &UNIT_WITHOUT_RESIDENCE, "S0-2: a boarding house's too");
    asked.kind = SCATTERED_UNIT;
    commissioned(asked, ACCEPTED, "S0-2: a scattered unit has no residence");
    asked = studio;
    asked.places = 0;
    commissioned(asked, &UNIT_WITHOUT_PLACE, "C-13: not without a place");
    asked = studio;
    asked.rent_cents = -1;
    commissioned(asked, &UNIT_FEE_OUT_OF_RANGE, "not with a rent of minus one cent");
    asked.rent_cents = 0;
    commissioned(asked, ACCEPTED, "a rent of zero is a rent");
    asked = studio;
    asked.charges_cents = -1;
    commissioned(asked, &UNIT_FEE_OUT_OF_RANGE, "not with charges below zero");
    asked = studio;
    asked.services_cents = -1;
    commissioned(asked, &UNIT_FEE_OUT_OF_RANGE, "not with services below zero");
    asked.services_cents = MONEY_LARGEST_CENTS + 1;
    commissioned(asked, &UNIT_FEE_OUT_OF_RANGE, "not with services beyond all amounts");
}

static void test_guards(void)
{
    about("leaving the stock and leaving service");
    check(unit_may_be_withdrawn(0) == ACCEPTED, "C-13: an empty unit may be withdrawn");
    check(unit_may_be_withdrawn(1) == &UNIT_STILL_OCCUPIED,
          "C-13: with one stay running it may not");
    check(unit_may_be_taken_out_of_service(0) == &UNIT_OUT_OF_SERVICE_WITHOUT_REASON,
          "6.5: out of service needs a reason");
    check(unit_may_be_taken_out_of_service(OUT_OF_SERVICE_WORKS) == ACCEPTED, "6.5: works are one");
    check(unit_may_be_taken_out_of_service(OUT_OF_SERVICE_OTHER) == ACCEPTED, "6.5: other is one");
    check(unit_may_be_taken_out_of_service(OUT_OF_SERVICE_REASONS) ==
              &UNIT_OUT_OF_SERVICE_WITHOUT_REASON,
          "6.5: an unknown one is none");
    check(out_of_service_stops_rent(OUT_OF_SERVICE_UNFIT_HOUSING_ORDER),
          "LHI-1: an unfit-housing order stops the rent");
    check(out_of_service_stops_rent(OUT_OF_SERVICE_SAFETY_ORDER), "C-24: a safety order too");
    check(!out_of_service_stops_rent(OUT_OF_SERVICE_WORKS), "works do not");
    check(!out_of_service_stops_rent(OUT_OF_SERVICE_DAMAGE), "damage does not");
    check(unit_event_of_keys(false) == UNIT_EVENT_RETURN_KEYS, "a clean inventory frees the place");
    check(unit_event_of_keys(true) == UNIT_EVENT_RETURN_KEYS_TO_REPAIR, "repairs hold it back");
    check(unit_event_of_return(false, false) == UNIT_EVENT_RETURN_TO_SERVICE,
          "C-13: an empty, sound place returns to service");
    check(unit_event_of_return(false, true) == UNIT_EVENT_RETURN_TO_REPAIR,
          "C-13: an empty, damaged one returns to repair");
    check(unit_event_of_return(true, true) == UNIT_EVENT_RETURN_OCCUPIED,
          "C-13: a household that stayed through keeps its place, whatever is to repair");
}

static void test_units(void)
{
    static const struct {
        const char *sentence;
        enum unit_state places[3];
        enum unit_state wanted;
    } cases[] = {
        { "one free place makes the unit available",
          { UNIT_OCCUPIED, UNIT_RESERVED, UNIT_AVAILABLE },
          UNIT_AVAILABLE },
        { "a reserved place shows before one under repair",
          { UNIT_TO_REPAIR, UNIT_RESERVED, UNIT_OCCUPIED },
          UNIT_RESERVED },
        { "one under repair before one with notice given",
          { UNIT_NOTICE_GIVEN, UNIT_TO_REPAIR, UNIT_OCCUPIED },
          UNIT_TO_REPAIR },
        { "notice given before occupied",
          { UNIT_OCCUPIED, UNIT_NOTICE_GIVEN, UNIT_OUT_OF_SERVICE },
          UNIT_NOTICE_GIVEN },
        { "occupied before out of service",
          { UNIT_OUT_OF_SERVICE, UNIT_OCCUPIED, UNIT_WITHDRAWN },
          UNIT_OCCUPIED },
        { "out of service before planned",
          { UNIT_PLANNED, UNIT_OUT_OF_SERVICE, UNIT_WITHDRAWN },
          UNIT_OUT_OF_SERVICE },
        { "planned before withdrawn",
          { UNIT_WITHDRAWN, UNIT_PLANNED, UNIT_WITHDRAWN },
          UNIT_PLANNED },
        { "withdrawn when every place is",
          { UNIT_WITHDRAWN, UNIT_WITHDRAWN, UNIT_WITHDRAWN },
          UNIT_WITHDRAWN },
    };

    about("the unit's state");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_number(unit_state_of_places(cases[i].places, 3), cases[i].wanted, "C-13: %s",
                     cases[i].sentence);
    check_number(unit_state_of_places(cases[0].places, 2), UNIT_RESERVED,
                 "C-13: only the places counted are looked at");
    check_number(unit_state_of_places(&cases[0].places[2], 1), UNIT_AVAILABLE,
                 "C-13: the one place of a unit gives it its state");
    check_number(unit_state_of_places(cases[0].places, 0), 0, "a unit without places has no state");
    check(unit_kind_is_temporary(SOCIAL_RESIDENCE), "S4-11: a social residence is temporary");
    check(unit_kind_is_temporary(YOUNG_WORKER_HOSTEL), "S4-11: a young-worker hostel too");
    check(unit_kind_is_temporary(SCATTERED_UNIT), "S0-2: a scattered unit too");
    check(!unit_kind_is_temporary(FAMILY_BOARDING_HOUSE),
          "PF-1: a family boarding house is not: nothing limits a stay there");
}

int main(void)
{
    test_machine();
    test_commissioning();
    test_guards();
    test_units();
    return checks_done();
}
