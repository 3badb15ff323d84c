/* Residences and units are what titles, vacancies and fees stand on: each has its manager, its
 * holder, its places and its fee (domain.md S0-2, S0-17, RS-9, C-13, 6.5). */
#include "tests/handlers/lodging/estate.h"

static struct answer open_as(struct world *world, const Lodging__OpenResidence *asked)
{
    return world_call(world, "lodging.OpenResidence", &asked->base,
                      &lodging__open_residence_reply__descriptor);
}

static void test_residences(void)
{
    struct world *world = an_estate(1, DATE(2020, 1, 6));
    Lodging__OpenResidence asked = LODGING__OPEN_RESIDENCE__INIT;

    about("a residence has a name, a kind and a manager");
    is_refused(open_as(world, &asked), "FIELD_MISSING", "name", "without a name");
    asked.name = text("Riquet");
    is_refused(open_as(world, &asked), "FIELD_MISSING", "kind", "without a kind");
    asked.kind = TREMPLIN__RESIDENCE_KIND__RESIDENCE_KIND_SCATTERED;
    is_refused(open_as(world, &asked), "RESIDENCE_IS_SCATTERED", "kind",
               "scattered units have none (S0-2)");
    asked.kind = A_RESIDENCE;
    is_refused(open_as(world, &asked), "FIELD_MISSING", "manager", "without a manager");
    asked.manager = text("CASP");
    asked.opened_on = ON(2020, 1, 7);
    is_refused(open_as(world, &asked), "DATE_TO_COME", "opened_on", "opened tomorrow");
    asked.opened_on = NULL;
    asked.residence = text("R1");
    is_refused(open_as(world, &asked), "FIELD_NOT_AN_IDENTIFIER", "residence",
               "with an identifier that is none");
    asked.residence = text(NOTHING);
    check(is_done(open_as(world, &asked)), "a given identifier is kept");
    is_refused(open_as(world, &asked), "ID_TAKEN", "residence", "and taken then");
    close_estate(world);
}

static void test_units(void)
{
    struct world *world = an_estate(2, DATE(2020, 1, 6));
    const char *residence = open_residence(world, "Riquet", A_RESIDENCE);
    Lodging__CommissionUnit asked = a_unit(residence, 1);
    const Lodging__UnitCommissioned *event;

    about("what is told of a unit");
    asked.name = text(" ");
    is_refused(commission(world, &asked), "FIELD_MISSING", "name", "without a name");
    asked = a_unit(NOTHING, 1);
    is_refused(commission(world, &asked), "NOT_KNOWN", "residence", "in no residence");
    asked = a_unit("", 1);
    is_refused(commission(world, &asked), "UNIT_WITHOUT_MANAGER", "manager",
               "scattered, without a manager");
    asked = a_unit(residence, 1);
    asked.holder = 0;
    is_refused(commission(world, &asked), "UNIT_WITHOUT_RESERVATION_HOLDER", "holder",
               "without a reservation holder (S0-17)");
    asked = a_unit(residence, 0);
    is_refused(commission(world, &asked), "UNIT_WITHOUT_PLACE", "places", "without a place");
    asked = a_unit(residence, 101);
    is_refused(commission(world, &asked), "UNIT_HAS_TOO_MANY_PLACES", "places", "with 101");
    asked = a_unit(residence, 1);
    asked.rent = CENTS(-1);
    is_refused(commission(world, &asked), "UNIT_FEE_OUT_OF_RANGE", "rent", "a fee below zero");
    asked = a_unit(residence, 1);
    asked.commissioned_on = ON(2020, 1, 7);
    is_refused(commission(world, &asked), "DATE_TO_COME", "commissioned_on", "tomorrow");
    asked = a_unit("", 100);
    asked.manager = text("CASP");
    asked.own_stock = true;
    check(is_done(commission(world, &asked)), "a scattered unit of 100 places is commissioned");
    event = world_last(world, "lodging", &HAPPENED(unit_commissioned));
    check_number(event->kind, TREMPLIN__RESIDENCE_KIND__RESIDENCE_KIND_SCATTERED, "as such");
    check(event->own_stock, "in the organisation's own stock");
    asked = a_unit(residence, 1);
    asked.unit = text(NOTHING);
    check(is_done(commission(world, &asked)), "a unit of a residence too");
    event = world_last(world, "lodging", &HAPPENED(unit_commissioned));
    check_number(event->kind, A_RESIDENCE, "of the residence's kind");
    check_text(event->manager, "CASP", "and of its manager");
    is_refused(commission(world, &asked), "ID_TAKEN", "unit", "once under its identifier");
    check_number(cents_of(unit_of(world, NOTHING)->rent), 40000, "its rent is told");
    check(unit_of(world, HOUSEHOLD) == NULL, "a unit that is not there is not told");
    close_estate(world);
}

static void test_lists(void)
{
    struct world *world = an_estate(3, DATE(2020, 1, 6));
    const char *first = open_residence(world, "Riquet", A_RESIDENCE);
    const char *second = open_residence(world, "Flandre", A_RESIDENCE);
    Lodging__UnitsQuery asked = LODGING__UNITS_QUERY__INIT;
    const Lodging__UnitsReply *reply;
    Tremplin__StatusQuery status = TREMPLIN__STATUS_QUERY__INIT;
    const Tremplin__StatusReply *told;

    about("units are listed, all or by residence, page by page");
    for (int i = 0; i < 5; i++)
        commission_unit(world, i < 2 ? first : second, 1);
    reply =
        world_call(world, "lodging.Units", &asked.base, &lodging__units_reply__descriptor).reply;
    check(reply->n_units == 5 && !reply->more, "five in all");
    asked.residence = text(second);
    asked.most = 2;
    reply =
        world_call(world, "lodging.Units", &asked.base, &lodging__units_reply__descriptor).reply;
    check(reply->n_units == 2 && reply->more, "two of three in the second");
    asked.after = reply->units[1]->unit;
    reply =
        world_call(world, "lodging.Units", &asked.base, &lodging__units_reply__descriptor).reply;
    check(reply->n_units == 1 && !reply->more, "then the third");
    check_text(reply->units[0]->residence, second, "which is there");
    told = world_call(world, "Runtime.Status", &status.base, &tremplin__status_reply__descriptor)
               .reply;
    check(told == NULL || told->counts[0]->value == 5, "operators see how many there are");
    close_estate(world);
}

int main(void)
{
    test_residences();
    test_units();
    test_lists();
    return checks_done();
}
