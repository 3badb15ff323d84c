#include "services/intake/parts.h"

#include <stdio.h>
#include <string.h>

const struct table intake_households = { "households", &intake__records__household__descriptor };
const struct table intake_names = { "names", &intake__records__name__descriptor };

static const struct refusal HOUSEHOLD_REGISTERED_ALREADY = {
    .code = "HOUSEHOLD_REGISTERED_ALREADY",
    .field = "household",
    .rule = "",
    .french = "Un ménage est déjà enregistré sous cet identifiant, avec un autre contenu.",
    .english = "A household is already registered under this identifier, with another content.",
};

static const struct refusal LATER_SITUATION_KNOWN = {
    .code = "LATER_SITUATION_KNOWN",
    .field = "changed_on",
    .rule = "5.1",
    .french = "Une situation plus récente est déjà enregistrée : les changements s'enregistrent "
              "dans l'ordre.",
    .english = "A later situation is already recorded: changes are recorded in their order.",
};

/* --- what a household is ---------------------------------------------------------------------- */

struct date intake_birth_of(struct work *work, const Intake__Records__Household *household)
{
    const char *clear = household->identity ? work_unseal(work, household->identity->birth) : NULL;
    struct date birth = DATE_NONE;

    if (clear && !date_parse(clear, &birth))
        return DATE_NONE;
    return birth;
}

const struct refusal *intake_known_household(struct work *work, const char *id,
                                             const Intake__Records__Household **household)
{
    const struct refusal *refusal = need_id(work, "household", id);

    if (refusal)
        return refusal;
    *household = table_get(work->tables, &intake_households, key_id(id));
    if (!*household)
        return not_known(work, "household", id);
    return (*household)->erased ? &INTAKE_HOUSEHOLD_ERASED : ACCEPTED;
}

/* The situation as it will be told: the age band is the birth date's where it is known (C-8). */
static const struct refusal *read_situation(struct work *work, const Intake__Situation *given,
                                            struct date birth, struct date on,
                                            Intake__Situation *situation)
{
    const struct refusal *refusal;
    struct age_band_law law;

    if (!given)
        return need_choice(work, "situation", 0);
    refusal = need_code(work, "situation.district", given->district);
    if (!refusal && given->type != 0)
        refusal =
            household_type_accept((enum household_type)given->type, given->adults, given->children);
    if (!refusal)
        refusal = work_law(work, age_band_law, on, &law);
    if (refusal)
        return refusal;
    *situation = *given;
    if (date_is_set(birth))
        situation->age_band = (Tremplin__AgeBand)person_age_band(birth, on, &law);
    return ACCEPTED;
}

static const struct refusal *read_identity(struct work *work,
                                           const Intake__RegisterHousehold *asked,
                                           Intake__Records__Identity *identity, struct date *birth)
{
    const struct refusal *refusal = ACCEPTED;

    identity->name = intake_has_text(asked->name) ? asked->name : NULL;
    identity->birth = intake_has_text(asked->birth) ? asked->birth : NULL;
    identity->contact = intake_has_text(asked->contact) ? asked->contact : NULL;
    if (identity->name)
        refusal = need_no_nir(work, "name", identity->name->clear);
    if (!refusal && identity->birth)
        refusal = need_no_nir(work, "birth", identity->birth->clear);
    if (!refusal && identity->contact)
        refusal = need_no_nir(work, "contact", identity->contact->clear);
    if (refusal || !identity->birth)
        return refusal;
    if (!date_parse(identity->birth->clear, birth))
        *birth = DATE_NONE;
    return birth_date_accept(*birth, work->today);
}

/* --- registering ------------------------------------------------------------------------------ */

static bool same_text(struct work *work, const Tremplin__Sealed *kept,
                      const Tremplin__Sealed *given)
{
    const char *clear = work_unseal(work, kept);

    return strcmp(clear ? clear : "", given ? given->clear : "") == 0;
}

static bool same_situation(struct work *work, const Intake__Situation *a,
                           const Intake__Situation *b)
{
    size_t length = intake__situation__get_packed_size(a);
    uint8_t *first = arena_take(work->arena, length + 1);
    uint8_t *second = arena_take(work->arena, length + 1);

    if (!first || !second || length != intake__situation__get_packed_size(b))
        return false;
    intake__situation__pack(a, first);
    intake__situation__pack(b, second);
    return memcmp(first, second, length) == 0;
}

/* The same household once more is no change; any other is refused. */
static const struct refusal *answer_registered(struct work *work, const char *id,
                                               const Intake__Records__Household *known,
                                               const Intake__HouseholdRegistered *again,
                                               const Intake__Records__Identity *identity)
{
    static const Intake__Records__Identity nothing = INTAKE__RECORDS__IDENTITY__INIT;
    const Intake__Records__Identity *kept = known->identity ? known->identity : &nothing;
    Intake__RegisterHouseholdReply reply = INTAKE__REGISTER_HOUSEHOLD_REPLY__INIT;

    if (known->erased)
        return &INTAKE_HOUSEHOLD_ERASED;
    if (!intake_same_date(known->opened_on, date_of(again->opened_on)) ||
        !same_situation(work, known->situation, again->situation) ||
        !same_text(work, kept->name, identity->name) ||
        !same_text(work, kept->birth, identity->birth) ||
        !same_text(work, kept->contact, identity->contact))
        return &HOUSEHOLD_REGISTERED_ALREADY;
    reply.household = (char *)(uintptr_t)id;
    reply.reference = known->reference;
    work_reply(work, &reply.base);
    return ACCEPTED;
}

enum { YEAR_TOTAL_SIZE = 24 };

static const char *year_total(int year, char total[static YEAR_TOTAL_SIZE])
{
    snprintf(total, YEAR_TOTAL_SIZE, "references of %d", year);
    return total;
}

static char *next_reference(struct work *work, int year)
{
    char total[YEAR_TOTAL_SIZE];

    return arena_format(work->arena, "M-%d-%05llu", year,
                        (unsigned long long)intake_counted(work->tables, year_total(year, total)) +
                            1);
}

static void emit_registered(struct work *work, Intake__HouseholdRegistered *registered,
                            const Intake__Records__Identity *identity, struct date opened_on)
{
    Intake__RegisterHouseholdReply reply = INTAKE__REGISTER_HOUSEHOLD_REPLY__INIT;

    registered->reference = next_reference(work, opened_on.year);
    if (identity->name || identity->birth || identity->contact)
        work_emit_sealed(work, &registered->base, registered->household, opened_on,
                         registered->household, &identity->base);
    else
        work_emit(work, &registered->base, registered->household, opened_on);
    reply.household = registered->household;
    reply.reference = registered->reference;
    work_reply(work, &reply.base);
}

const struct refusal *intake_on_register_household(struct work *work, const void *body)
{
    const Intake__RegisterHousehold *asked = body;
    Intake__HouseholdRegistered registered = INTAKE__HOUSEHOLD_REGISTERED__INIT;
    Intake__Records__Identity identity = INTAKE__RECORDS__IDENTITY__INIT;
    Intake__Situation situation;
    const Intake__Records__Household *known;
    struct date opened_on, birth = DATE_NONE;
    const char *id;
    const struct refusal *refusal =
        intake_given_or_new_id(work, "household", asked->household, &id);

    if (!refusal)
        refusal = need_fact_date(work, "opened_on", asked->opened_on, &opened_on);
    if (!refusal)
        refusal = read_identity(work, asked, &identity, &birth);
    if (!refusal)
        refusal = read_situation(work, asked->situation, birth, opened_on, &situation);
    if (refusal)
        return refusal;
    registered.household = (char *)(uintptr_t)id;
    registered.situation = &situation;
    registered.opened_on = date_field(work->arena, opened_on);
    known = table_get(work->tables, &intake_households, key_id(id));
    if (known)
        return answer_registered(work, id, known, &registered, &identity);
    emit_registered(work, &registered, &identity, opened_on);
    return ACCEPTED;
}

void intake_apply_household_registered(struct tables *tables, const struct entry *entry)
{
    const Intake__HouseholdRegistered *registered =
        (const Intake__HouseholdRegistered *)entry->event;
    Intake__Records__Household row = INTAKE__RECORDS__HOUSEHOLD__INIT;
    Intake__Records__Name name = INTAKE__RECORDS__NAME__INIT;
    char total[YEAR_TOTAL_SIZE];

    row.reference = registered->reference;
    row.situation = registered->situation;
    row.situation_on = registered->opened_on;
    row.opened_on = registered->opened_on;
    row.identity = (Intake__Records__Identity *)(uintptr_t)entry->record;
    table_put(tables, &intake_households, key_id(registered->household), &row.base);
    name.name = row.identity ? row.identity->name : NULL;
    if (name.name)
        table_put(tables, &intake_names, key_id(registered->household), &name.base);
    intake_count(tables, year_total(date_of(registered->opened_on).year, total), 1);
}

/* --- changing --------------------------------------------------------------------------------- */

const struct refusal *intake_on_change_situation(struct work *work, const void *body)
{
    const Intake__ChangeSituation *asked = body;
    Intake__SituationChanged changed = INTAKE__SITUATION_CHANGED__INIT;
    Intake__ChangeSituationReply reply = INTAKE__CHANGE_SITUATION_REPLY__INIT;
    Intake__Situation situation;
    const Intake__Records__Household *household;
    struct date changed_on;
    const struct refusal *refusal = intake_known_household(work, asked->household, &household);

    if (!refusal)
        refusal = need_fact_date(work, "changed_on", asked->changed_on, &changed_on);
    if (!refusal && date_is_before(changed_on, date_of(household->situation_on)))
        refusal = &LATER_SITUATION_KNOWN;
    if (!refusal)
        refusal = read_situation(work, asked->situation, intake_birth_of(work, household),
                                 changed_on, &situation);
    if (refusal)
        return refusal;
    work_reply(work, &reply.base);
    if (same_situation(work, household->situation, &situation))
        return ACCEPTED;
    changed.household = asked->household;
    changed.situation = &situation;
    changed.changed_on = date_field(work->arena, changed_on);
    work_emit(work, &changed.base, asked->household, changed_on);
    return ACCEPTED;
}

void intake_apply_situation_changed(struct tables *tables, const struct entry *entry)
{
    const Intake__SituationChanged *changed = (const Intake__SituationChanged *)entry->event;
    Intake__Records__Household *row =
        table_get(tables, &intake_households, key_id(changed->household));

    if (!row)
        return;
    row->situation = changed->situation;
    row->situation_on = changed->changed_on;
    table_put(tables, &intake_households, key_id(changed->household), &row->base);
}

/* --- showing ---------------------------------------------------------------------------------- */

Intake__HouseholdReply *intake_describe_household(struct work *work, const char *id)
{
    const Intake__Records__Household *row = table_get(work->tables, &intake_households, key_id(id));
    Intake__HouseholdReply *reply = row ? arena_take(work->arena, sizeof *reply) : NULL;

    if (!reply)
        return NULL;
    intake__household_reply__init(reply);
    reply->household = arena_text(work->arena, id, strlen(id));
    reply->reference = row->reference;
    reply->situation = row->situation;
    reply->opened_on = row->opened_on;
    reply->erased = row->erased;
    if (row->identity) {
        reply->name = intake_in_clear(work, row->identity->name);
        reply->birth = intake_in_clear(work, row->identity->birth);
        reply->contact = intake_in_clear(work, row->identity->contact);
    }
    return reply;
}

const struct refusal *intake_on_household(struct work *work, const void *body)
{
    const Intake__HouseholdQuery *asked = body;
    const struct refusal *refusal = need_id(work, "household", asked->household);
    const Intake__HouseholdReply *reply;

    if (refusal)
        return refusal;
    reply = intake_describe_household(work, asked->household);
    if (!reply)
        return not_known(work, "household", asked->household);
    work_reply(work, &reply->base);
    return ACCEPTED;
}
