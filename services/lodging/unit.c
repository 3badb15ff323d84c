#include "services/lodging/parts.h"

#include <string.h>

const struct table lodging_units = { "units", &lodging__records__unit__descriptor };
const struct table lodging_units_of_residence = { "units_of_residence",
                                                  &lodging__records__link__descriptor };

/* More places than any dwelling has: what enters beyond it is a slip. */
enum { PLACES_MOST = 100 };

/* --- places ----------------------------------------------------------------------------------- */

Lodging__Records__Place *lodging_place(const Lodging__Records__Unit *unit, uint32_t number)
{
    return number >= 1 && number <= unit->n_places ? unit->places[number - 1] : NULL;
}

void lodging_place_move(Lodging__Records__Place *place, enum unit_event event)
{
    unsigned next;

    machine_move(&unit_machine, place->state, event, &next);
    place->state = next;
}

enum unit_programme lodging_programme(const char *programme)
{
    if (strcmp(programme, "LOUEZ_SOLIDAIRE") == 0)
        return PROGRAMME_LOUEZ_SOLIDAIRE;
    return strcmp(programme, "ALT") == 0 ? PROGRAMME_ALT : PROGRAMME_OTHER;
}

/* --- commissioning ---------------------------------------------------------------------------- */

static const struct refusal unit_has_too_many_places = {
    .code = "UNIT_HAS_TOO_MANY_PLACES",
    .field = "places",
    .rule = "C-13",
    .french = "Un logement compte au plus 100 places : vérifiez le nombre.",
    .english = "A unit has 100 places at most: check the number.",
};

/* What the unit takes from its residence, if it lies in one. */
static void place_in_residence(Lodging__UnitCommissioned *commissioned,
                               const Lodging__CommissionUnit *asked,
                               const Lodging__Records__Residence *residence)
{
    commissioned->residence = asked->residence;
    commissioned->kind =
        residence ? residence->kind : TREMPLIN__RESIDENCE_KIND__RESIDENCE_KIND_SCATTERED;
    commissioned->manager =
        residence && *asked->manager == '\0' ? residence->manager : asked->manager;
    commissioned->own_stock = residence ? residence->own_stock : asked->own_stock;
}

static const struct refusal *may_be_commissioned(const Lodging__CommissionUnit *asked,
                                                 const Lodging__UnitCommissioned *commissioned)
{
    const struct unit_commissioning commissioning = {
        .has_manager = *commissioned->manager != '\0',
        .has_reservation_holder = asked->holder != 0,
        .kind = (enum unit_kind)commissioned->kind,
        .is_in_residence = *asked->residence != '\0',
        .places = asked->places,
        .rent_cents = cents_of(asked->rent),
        .charges_cents = cents_of(asked->charges),
        .services_cents = cents_of(asked->services),
    };

    if (asked->places > PLACES_MOST)
        return &unit_has_too_many_places;
    return unit_may_be_commissioned(&commissioning);
}

static void emit_commissioned(struct work *work, const Lodging__CommissionUnit *asked,
                              Lodging__UnitCommissioned *commissioned, struct date date)
{
    commissioned->name = asked->name;
    commissioned->places = asked->places;
    commissioned->holder = asked->holder;
    commissioned->programme = asked->programme;
    commissioned->furnished = asked->furnished;
    commissioned->rent = money_field(work->arena, cents_of(asked->rent));
    commissioned->charges = money_field(work->arena, cents_of(asked->charges));
    commissioned->services = money_field(work->arena, cents_of(asked->services));
    commissioned->commissioned_on = date_field(work->arena, date);
    work_emit(work, &commissioned->base, commissioned->unit, date);
}

const struct refusal *lodging_on_commission_unit(struct work *work, const void *body)
{
    const Lodging__CommissionUnit *asked = body;
    const Lodging__Records__Residence *residence =
        table_get(work->tables, &lodging_residences, key_id(asked->residence));
    Lodging__UnitCommissioned commissioned = LODGING__UNIT_COMMISSIONED__INIT;
    Lodging__CommissionUnitReply reply = LODGING__COMMISSION_UNIT_REPLY__INIT;
    const struct refusal *refusal = need_name(work, "name", asked->name);
    const char *unit;
    struct date date;

    if (!refusal)
        refusal = need_code(work, "programme", asked->programme);
    if (!refusal)
        refusal = need_code(work, "manager", asked->manager);
    if (refusal)
        return refusal;
    if (*asked->residence != '\0' && !residence)
        return not_known(work, "residence", asked->residence);
    place_in_residence(&commissioned, asked, residence);
    refusal = may_be_commissioned(asked, &commissioned);
    if (!refusal)
        refusal = need_fact_date(work, "commissioned_on", asked->commissioned_on, &date);
    if (!refusal)
        refusal = lodging_new_id(work, "unit", &lodging_units, asked->unit, &unit);
    if (refusal)
        return refusal;
    commissioned.unit = reply.unit = lodging_text(unit);
    emit_commissioned(work, asked, &commissioned, date);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

static void add_places(struct arena *arena, Lodging__Records__Unit *row, uint32_t count)
{
    row->places = arena_take(arena, count * sizeof *row->places);
    for (uint32_t i = 0; row->places && i < count; i++) {
        row->places[i] = arena_take(arena, sizeof *row->places[i]);
        if (!row->places[i])
            return;
        lodging__records__place__init(row->places[i]);
        lodging_place_move(row->places[i], UNIT_EVENT_PLAN);
        lodging_place_move(row->places[i], UNIT_EVENT_COMMISSION);
        row->n_places++;
    }
}

void lodging_apply_unit_commissioned(struct tables *tables, const struct entry *entry)
{
    const Lodging__UnitCommissioned *commissioned = (const Lodging__UnitCommissioned *)entry->event;
    Lodging__Records__Unit row = LODGING__RECORDS__UNIT__INIT;

    row.residence = commissioned->residence;
    row.name = commissioned->name;
    row.kind = commissioned->kind;
    row.holder = commissioned->holder;
    row.programme = commissioned->programme;
    row.furnished = commissioned->furnished;
    row.rent = commissioned->rent;
    row.charges = commissioned->charges;
    row.services = commissioned->services;
    row.manager = commissioned->manager;
    row.own_stock = commissioned->own_stock;
    add_places(tables->arena, &row, commissioned->places);
    table_put(tables, &lodging_units, key_id(commissioned->unit), &row.base);
    if (*commissioned->residence != '\0')
        lodging_link(tables, &lodging_units_of_residence,
                     key_ids(commissioned->residence, commissioned->unit));
}

/* --- queries ---------------------------------------------------------------------------------- */

static const char *state_of(const Lodging__Records__Unit *unit)
{
    enum unit_state places[PLACES_MOST];
    size_t count = 0;

    for (; count < unit->n_places && count < PLACES_MOST; count++)
        places[count] = (enum unit_state)unit->places[count]->state;
    return unit_machine.states[unit_state_of_places(places, count)];
}

static char *first_stay(const Lodging__Records__Unit *unit)
{
    for (size_t i = 0; i < unit->n_places; i++)
        if (*unit->places[i]->stay != '\0')
            return unit->places[i]->stay;
    return lodging_text("");
}

static void tell_unit(Lodging__UnitReply *reply, const char *id, const Lodging__Records__Unit *unit)
{
    lodging__unit_reply__init(reply);
    reply->unit = lodging_text(id);
    reply->residence = unit->residence;
    reply->name = unit->name;
    reply->places = (uint32_t)unit->n_places;
    reply->holder = unit->holder;
    reply->programme = unit->programme;
    reply->state = lodging_text(state_of(unit));
    reply->stay = first_stay(unit);
    reply->rent = unit->rent;
    reply->charges = unit->charges;
    reply->services = unit->services;
}

const struct refusal *lodging_on_unit(struct work *work, const void *body)
{
    const Lodging__UnitQuery *asked = body;
    const Lodging__Records__Unit *unit =
        table_get(work->tables, &lodging_units, key_id(asked->unit));
    Lodging__UnitReply reply;

    if (!unit)
        return not_known(work, "unit", asked->unit);
    tell_unit(&reply, asked->unit, unit);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

/* All units, or by way of the index those of a residence. */
static struct walk walk_units(struct work *work, const Lodging__UnitsQuery *asked)
{
    if (*asked->residence == '\0')
        return lodging_walk_after(work->tables, &lodging_units, (struct key){ 0 }, asked->after);
    return lodging_walk_after(work->tables, &lodging_units_of_residence, key_id(asked->residence),
                              asked->after);
}

static bool add_unit(struct work *work, Lodging__UnitsReply *reply, const struct walk *walk)
{
    Lodging__UnitReply *row = arena_take(work->arena, sizeof *row);
    char *id = arena_take(work->arena, ID_TEXT_SIZE);
    size_t at = walk->prefix;
    const Lodging__Records__Unit *unit;

    if (!row || !id || !key_read_id(&walk->key, &at, id))
        return false;
    unit = table_get(work->tables, &lodging_units, key_id(id));
    if (!unit)
        return false;
    tell_unit(row, id, unit);
    reply->units[reply->n_units++] = row;
    return true;
}

const struct refusal *lodging_on_units(struct work *work, const void *body)
{
    const Lodging__UnitsQuery *asked = body;
    Lodging__UnitsReply reply = LODGING__UNITS_REPLY__INIT;
    uint32_t most = lodging_most(asked->most);
    struct walk walk = walk_units(work, asked);

    reply.units = arena_take(work->arena, most * sizeof *reply.units);
    while (reply.units && walk_next(&walk)) {
        if (reply.n_units == most) {
            reply.more = true;
            break;
        }
        if (!add_unit(work, &reply, &walk))
            break;
    }
    work_reply(work, &reply.base);
    return ACCEPTED;
}
