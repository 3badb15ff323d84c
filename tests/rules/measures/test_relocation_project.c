/* A relocation project goes from its convention to its closing, each household from the first visit
 * to a destination, and households by destination are households, sizes are people (domain.md 6.11,
 * C-19, F2-7 to F2-17). */
#include "libcommon/money.h"
#include "services/measures/rules/relocation_project.h"
#include "tests/check.h"
#include "tests/rules/law.h"
#include "tests/rules/machines.h"

struct move_case {
    const char *sentence;
    unsigned from;
    unsigned event;
    enum move move;
    unsigned to;
};

static void check_moves(const struct machine *machine, const struct move_case cases[], size_t count)
{
    unsigned next;

    check_machine(machine);
    for (size_t i = 0; i < count; i++)
        check(machine_move(machine, cases[i].from, cases[i].event, &next) == cases[i].move &&
                  next == cases[i].to,
              "%s", cases[i].sentence);
}

static void machines(void)
{
    static const struct move_case project[] = {
        { "a project is planned", 0, RELOCATION_PLAN, MOVE_MADE, RELOCATION_PLANNED },
        { "its convention is signed", RELOCATION_PLANNED, RELOCATION_SIGN_CONVENTION, MOVE_MADE,
          RELOCATION_CONVENTIONED },
        { "S2-26: no diagnosis before the convention", RELOCATION_PLANNED,
          RELOCATION_START_DIAGNOSES, MOVE_REFUSED, RELOCATION_PLANNED },
        { "diagnoses start", RELOCATION_CONVENTIONED, RELOCATION_START_DIAGNOSES, MOVE_MADE,
          RELOCATION_DIAGNOSING },
        { "relocating starts", RELOCATION_DIAGNOSING, RELOCATION_START_RELOCATING, MOVE_MADE,
          RELOCATION_RELOCATING },
        { "monitoring starts", RELOCATION_RELOCATING, RELOCATION_START_MONITORING, MOVE_MADE,
          RELOCATION_MONITORING },
        { "it is not closed while relocating", RELOCATION_RELOCATING, RELOCATION_CLOSE,
          MOVE_REFUSED, RELOCATION_RELOCATING },
        { "it is closed after monitoring", RELOCATION_MONITORING, RELOCATION_CLOSE, MOVE_MADE,
          RELOCATION_CLOSED },
        { "closed, nothing changes it", RELOCATION_CLOSED, RELOCATION_CANCEL, MOVE_IGNORED,
          RELOCATION_CLOSED },
        { "nor when cancelled", RELOCATION_CANCELLED, RELOCATION_CLOSE, MOVE_IGNORED,
          RELOCATION_CANCELLED },
    };
    static const struct move_case household[] = {
        { "a household is identified", 0, OCCUPANT_IDENTIFY, MOVE_MADE, OCCUPANT_IDENTIFIED },
        { "then diagnosed", OCCUPANT_IDENTIFIED, OCCUPANT_DIAGNOSE, MOVE_MADE, OCCUPANT_DIAGNOSED },
        { "S2-53: no offer before the diagnosis", OCCUPANT_IDENTIFIED, OCCUPANT_OFFER, MOVE_REFUSED,
          OCCUPANT_IDENTIFIED },
        { "then offered a dwelling", OCCUPANT_DIAGNOSED, OCCUPANT_OFFER, MOVE_MADE,
          OCCUPANT_OFFERED },
        { "C-19: a refused offer leaves it offered", OCCUPANT_OFFERED, OCCUPANT_REFUSE_OFFER,
          MOVE_MADE, OCCUPANT_OFFERED },
        { "another offer may follow", OCCUPANT_OFFERED, OCCUPANT_OFFER, MOVE_MADE,
          OCCUPANT_OFFERED },
        { "it accepts", OCCUPANT_OFFERED, OCCUPANT_ACCEPT, MOVE_MADE, OCCUPANT_ACCEPTED },
        { "it is not rehoused without accepting", OCCUPANT_OFFERED, OCCUPANT_REHOUSE, MOVE_REFUSED,
          OCCUPANT_OFFERED },
        { "it is rehoused", OCCUPANT_ACCEPTED, OCCUPANT_REHOUSE, MOVE_MADE, OCCUPANT_REHOUSED },
        { "rehoused, it does not leave", OCCUPANT_REHOUSED, OCCUPANT_LEAVE, MOVE_IGNORED,
          OCCUPANT_REHOUSED },
        { "gone, it gets no offer", OCCUPANT_LEFT_VOLUNTARILY, OCCUPANT_OFFER, MOVE_IGNORED,
          OCCUPANT_LEFT_VOLUNTARILY },
        { "nor in a shelter", OCCUPANT_SHELTERED, OCCUPANT_OFFER, MOVE_IGNORED,
          OCCUPANT_SHELTERED },
        { "nor when contact is lost", OCCUPANT_LOST_CONTACT, OCCUPANT_OFFER, MOVE_IGNORED,
          OCCUPANT_LOST_CONTACT },
    };
    unsigned next;

    about("6.11: the project");
    check_moves(&relocation_machine, project, sizeof project / sizeof *project);
    for (unsigned state = RELOCATION_PLANNED; state <= RELOCATION_MONITORING; state++)
        check(machine_move(&relocation_machine, state, RELOCATION_CANCEL, &next) == MOVE_MADE &&
                  next == RELOCATION_CANCELLED,
              "a project that is %s can be cancelled", relocation_machine.states[state]);
    about("6.11, C-19: each household");
    check_moves(&occupant_machine, household, sizeof household / sizeof *household);
    for (unsigned state = OCCUPANT_IDENTIFIED; state <= OCCUPANT_ACCEPTED; state++) {
        const char *name = occupant_machine.states[state];

        check(machine_move(&occupant_machine, state, OCCUPANT_LEAVE, &next) == MOVE_MADE &&
                  next == OCCUPANT_LEFT_VOLUNTARILY,
              "C-19: %s, it may leave", name);
        check(machine_move(&occupant_machine, state, OCCUPANT_SHELTER, &next) == MOVE_MADE &&
                  next == OCCUPANT_SHELTERED,
              "C-19: %s, it may be sheltered", name);
        check(machine_move(&occupant_machine, state, OCCUPANT_LOSE_CONTACT, &next) == MOVE_MADE &&
                  next == OCCUPANT_LOST_CONTACT,
              "C-19: %s, contact may be lost", name);
    }
}

static void conventions(const struct relocation_law *law)
{
    static const struct relocation_convention good = {
        .operation = OPERATION_PURCHASE_OF_RUN_DOWN_STOCK,
        .landlord_signed_on = { 2024, 1, 10 },
        .operator_signed_on = { 2024, 1, 12 },
        .is_mous = true,
        .subsidy_cents = 5000000,
        .cost_before_tax_cents = 10000000,
    };
    struct relocation_convention convention = good;

    about("S2-25, S2-26, MOUS-1: the convention");
    check(!relocation_may_be_conventioned(&convention, law), "signed by both, half subsidised");
    convention.subsidy_cents = 5000001;
    check(relocation_may_be_conventioned(&convention, law) == &RELOCATION_SUBSIDY_TOO_HIGH,
          "MOUS-1: one cent above half the cost");
    convention.is_mous = false;
    check(!relocation_may_be_conventioned(&convention, law), "another project has no such limit");
    convention = good;
    convention.subsidy_cents = 0;
    convention.cost_before_tax_cents = 0;
    check(!relocation_may_be_conventioned(&convention, law), "amounts may come later");
    convention = good;
    convention.landlord_signed_on = DATE_NONE;
    check(relocation_may_be_conventioned(&convention, law) == &RELOCATION_CONVENTION_UNSIGNED,
          "S2-26: not signed by the landlord");
    convention = good;
    convention.operator_signed_on = DATE_NONE;
    check(relocation_may_be_conventioned(&convention, law) == &RELOCATION_CONVENTION_UNSIGNED,
          "S2-26: not signed by the operator");
    convention = good;
    for (unsigned i = 0; i <= OPERATION_RESTRUCTURING + 1; i++) {
        bool known = i >= OPERATION_REHABILITATION && i <= OPERATION_RESTRUCTURING;

        convention.operation = i;
        check(relocation_may_be_conventioned(&convention, law) ==
                  (known ? ACCEPTED : &RELOCATION_WITHOUT_OPERATION),
              "S2-25: operation %u is %s", i, known ? "one" : "none");
    }
}

static void households(void)
{
    static const enum occupant_event departures[] = { OCCUPANT_REHOUSE, OCCUPANT_LEAVE,
                                                      OCCUPANT_SHELTER, OCCUPANT_LOSE_CONTACT };

    about("MOUS-1, 6.11: joining, refusing, leaving");
    check(!occupant_may_join(1, false, true), "a household of one joins");
    check(occupant_may_join(0, false, true) == &OCCUPANT_WITHOUT_PEOPLE, "one of nobody does not");
    check(occupant_may_join(1, true, true) == &OCCUPANT_ALREADY_IN_SOCIAL_HOUSING,
          "MOUS-1: one housed in social stock does not join a MOUS");
    check(!occupant_may_join(1, true, false), "it may join another project");
    for (unsigned reason = 0; reason <= OFFER_OTHER + 1; reason++) {
        bool known = reason >= OFFER_TOO_FAR && reason <= OFFER_OTHER;

        check(occupant_may_refuse_offer(reason) ==
                  (known ? ACCEPTED : &OFFER_REFUSED_WITHOUT_REASON),
              "reason %u for refusing an offer is %s", reason, known ? "one" : "none");
    }
    for (size_t i = 0; i < sizeof departures / sizeof *departures; i++)
        for (unsigned destination = 0; destination <= DESTINATIONS; destination++) {
            bool fits = (i == 0 && destination >= DESTINATION_OWN_STOCK &&
                         destination <= DESTINATION_SOCIAL_LANDLORD) ||
                        (i == 1 && destination == DESTINATION_VOLUNTARY) ||
                        (i == 2 && destination == DESTINATION_SHELTER) ||
                        (i == 3 && destination == DESTINATION_LOST_CONTACT);

            check(occupant_may_depart(departures[i], destination) ==
                      (fits ? ACCEPTED : &OCCUPANT_DESTINATION_UNFIT),
                  "C-19: %s towards %u %s", occupant_machine.events[departures[i]], destination,
                  fits ? "fits" : "does not");
        }
    check(occupant_may_depart(OCCUPANT_ACCEPT, DESTINATION_OWN_STOCK) ==
              &OCCUPANT_DESTINATION_UNFIT,
          "accepting is no departure");
}

enum { FIXTURE_HOUSEHOLDS = 34 };

/* 2.7: destinations 2/5/3/6/5/13; 14 households of 1, 12 of 2, 6 of 3, 2 of 4. */
static void make_fixture(struct occupant occupants[FIXTURE_HOUSEHOLDS])
{
    static const int destinations[DESTINATIONS] = {
        [DESTINATION_OWN_STOCK] = 2,        [DESTINATION_OTHER_MANAGER] = 5,
        [DESTINATION_PARTNER_LANDLORD] = 3, [DESTINATION_SLIDING_LEASE] = 6,
        [DESTINATION_SOCIAL_LANDLORD] = 5,  [DESTINATION_VOLUNTARY] = 13,
    };
    static const int sizes[] = { 0, 14, 12, 6, 2 };
    int at = 0, size = 1, of_size = 0;

    for (unsigned destination = 1; destination < DESTINATIONS; destination++)
        for (int i = 0; i < destinations[destination]; i++) {
            bool left = destination == DESTINATION_VOLUNTARY;

            if (of_size == sizes[size]) {
                size++;
                of_size = 0;
            }
            of_size++;
            occupants[at++] = (struct occupant){
                .state = left ? OCCUPANT_LEFT_VOLUNTARILY : OCCUPANT_REHOUSED,
                .destination = destination,
                .size = size,
            };
        }
}

static void published_figures(void)
{
    static const struct {
        const char *sentence;
        enum relocation_destination destination;
        int64_t households;
    } figures[] = {
        { "F2-9: own stock", DESTINATION_OWN_STOCK, 2 },
        { "F2-10: other association managers", DESTINATION_OTHER_MANAGER, 5 },
        { "F2-11: partner landlord", DESTINATION_PARTNER_LANDLORD, 3 },
        { "F2-12: sliding leases", DESTINATION_SLIDING_LEASE, 6 },
        { "F2-13: other social landlords", DESTINATION_SOCIAL_LANDLORD, 5 },
        { "F2-14: voluntary departures", DESTINATION_VOLUNTARY, 13 },
        { "C-19: sheltered", DESTINATION_SHELTER, 0 },
        { "C-19: lost contact", DESTINATION_LOST_CONTACT, 0 },
    };
    struct occupant occupants[FIXTURE_HOUSEHOLDS] = { 0 };
    struct relocation_totals totals;

    make_fixture(occupants);
    totals = relocation_totals(occupants, FIXTURE_HOUSEHOLDS);
    about("2.3, 2.7: the published project");
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        check_number(totals.households_to[figures[i].destination], figures[i].households, "%s",
                     figures[i].sentence);
    check_number(totals.households, 34, "F2-7: 34 households");
    check_number(totals.people, 64, "F2-8: 64 people");
    check_number(divide_half_up(totals.people * 100, totals.households), 188,
                 "F2-16: 1.88 people a household");
    check_number(totals.solved, 21, "Q17: 21 rehoused by a solution");
    check_number(totals.left, 34, "Q17: 34 left in all");
    check_number(divide_half_up(totals.solved * 1000, totals.households), 618, "F2-17: 61.8 %%");
    check_number(
        divide_half_up(totals.households_to[DESTINATION_VOLUNTARY] * 1000, totals.households), 382,
        "F2-17: 38.2 %%");
    check(!relocation_may_be_closed(&totals, 34, 64), "F2-15: the totals agree: it may be closed");
    check(relocation_may_be_closed(&totals, 33, 64) == &RELOCATION_HOUSEHOLDS_DIFFER,
          "A-101: announced with 33 households it may not");
    check(relocation_may_be_closed(&totals, 35, 64) == &RELOCATION_HOUSEHOLDS_DIFFER,
          "A-101: nor with 35");
    check(relocation_may_be_closed(&totals, 34, 63) == &RELOCATION_PEOPLE_DIFFER,
          "A-101: nor with 63 people");
    check(relocation_may_be_closed(&totals, 34, 65) == &RELOCATION_PEOPLE_DIFFER,
          "A-101: nor with 65");
    occupants[0].state = OCCUPANT_ACCEPTED;
    totals = relocation_totals(occupants, FIXTURE_HOUSEHOLDS);
    check(relocation_may_be_closed(&totals, 34, 64) == &RELOCATION_OCCUPANTS_REMAIN,
          "6.11: nor while a household is still there");
    check(!relocation_totals_agree(&totals, 34, 64), "A-101: though its totals agree");
    check_number(totals.left, 33, "Q17: and 33 have left");
    check_number(totals.households_to[0], 1, "one is still there");
    check_number(totals.people_to[0], 1, "of one person");
    occupants[0].state = OCCUPANT_REHOUSED;
    occupants[0].destination = 0;
    totals = relocation_totals(occupants, FIXTURE_HOUSEHOLDS);
    check(relocation_may_be_closed(&totals, 34, 64) == &RELOCATION_OCCUPANTS_REMAIN,
          "6.11: nor while one has no destination");
    occupants[0].destination = DESTINATIONS;
    totals = relocation_totals(occupants, FIXTURE_HOUSEHOLDS);
    check(relocation_may_be_closed(&totals, 34, 64) == &RELOCATION_OCCUPANTS_REMAIN,
          "6.11: nor while one has an unknown destination");
}

static void generated_projects(void)
{
    enum { MOST = 60 };
    struct chance chance = { .state = UINT64_C(0x6d6f7573) };
    bool sound = true;

    about("seed 6d6f7573: 5,000 generated projects");
    for (int round = 0; round < 5000; round++) {
        struct occupant occupants[MOST] = { 0 };
        size_t count = (size_t)chance_between(&chance, 0, MOST);
        int64_t people = 0, gone = 0, households_sum = 0, people_sum = 0, solutions = 0;

        for (size_t i = 0; i < count; i++) {
            occupants[i].state = (unsigned)chance_between(&chance, 1, OCCUPANT_STATES - 1);
            occupants[i].destination = (unsigned)chance_between(&chance, 1, DESTINATIONS - 1);
            occupants[i].size = chance_between(&chance, 1, 9);
            people += occupants[i].size;
            gone += occupants[i].state >= OCCUPANT_REHOUSED;
        }

        struct relocation_totals totals = relocation_totals(occupants, count);

        for (size_t i = 0; i < DESTINATIONS; i++) {
            households_sum += totals.households_to[i];
            people_sum += totals.people_to[i];
            if (i >= 1 && i <= 5)
                solutions += totals.households_to[i];
        }
        sound &= households_sum == (int64_t)count && totals.households == (int64_t)count;
        sound &= people_sum == people && totals.people == people;
        sound &= totals.left == gone && totals.households_to[0] == (int64_t)count - gone;
        sound &= totals.solved == solutions;
    }
    check(sound, "F2-15: destinations add up to households, sizes to people, always");
}

static void diagnoses_and_works(const struct relocation_law *law)
{
    static const struct occupant diagnosed[] = {
        { OCCUPANT_DIAGNOSED, 0, 2, false },
        { OCCUPANT_LOST_CONTACT, DESTINATION_LOST_CONTACT, 1, false },
        { OCCUPANT_LEFT_VOLUNTARILY, DESTINATION_VOLUNTARY, 1, false },
        { OCCUPANT_IDENTIFIED, 0, 3, false },
    };
    static const struct occupant building[] = {
        { OCCUPANT_IDENTIFIED, 0, 2, false },
        { OCCUPANT_DIAGNOSED, 0, 2, false },
        { OCCUPANT_OFFERED, 0, 2, true },
        { OCCUPANT_OFFERED, 0, 2, false },
        { OCCUPANT_ACCEPTED, 0, 2, true },
        { OCCUPANT_REHOUSED, DESTINATION_OWN_STOCK, 2, false },
        { OCCUPANT_LEFT_VOLUNTARILY, DESTINATION_VOLUNTARY, 2, false },
    };

    about("6.11: diagnoses and works");
    check(!relocation_may_start_relocating(diagnosed, 3),
          "6.11: everyone diagnosed, gone or out of contact");
    check(relocation_may_start_relocating(diagnosed, 4) == &RELOCATION_DIAGNOSES_INCOMPLETE,
          "6.11: one merely identified");
    check(relocation_may_start_relocating(building, 7) == &RELOCATION_DIAGNOSES_INCOMPLETE,
          "6.11: whichever of them it is");
    check(!relocation_may_start_relocating(diagnosed, 0), "6.11: an empty building");
    check_date(relocation_offer_due(DATE(2024, 3, 1), law), DATE(2024, 1, 1),
               "A-100: works on 1 March 2024, an offer by 1 January");
    check_date(relocation_offer_due(DATE(2025, 3, 1), law), DATE(2024, 12, 31),
               "A-100: works on 1 March 2025, an offer by 31 December 2024");
    check_number(relocation_without_offer(building, 7), 3,
                 "A-100: identified, diagnosed, or with its offer refused: three without");
    check_number(relocation_without_offer(building, 0), 0, "A-100: nobody without");
    check(relocation_departure_is_in_time(DATE(2024, 2, 29), DATE(2024, 3, 1)),
          "6.11: left on the eve of the works");
    check(relocation_departure_is_in_time(DATE(2024, 3, 1), DATE(2024, 3, 1)),
          "6.11: on the day they start, the latest");
    check(!relocation_departure_is_in_time(DATE(2024, 3, 2), DATE(2024, 3, 1)),
          "6.11: the day after is too late");
}

int main(void)
{
    struct relocation_law law;

    law_on(relocation_law_fields, DATE(2024, 6, 1), &law);
    machines();
    conventions(&law);
    households();
    published_figures();
    generated_projects();
    diagnoses_and_works(&law);
    return checks_done();
}
