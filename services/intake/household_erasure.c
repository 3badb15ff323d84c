#include "services/intake/requests.h"

#include <assert.h>

/* Nothing may be decided about who is erased: what is open is withdrawn. */
static void withdraw_open_requests(struct work *work, const char *household)
{
    struct walk walk = walk_from(work->tables, &intake_household_requests, key_id(household));

    while (walk_next(&walk)) {
        size_t at = sizeof(struct id);
        char id[ID_TEXT_SIZE];
        const Intake__Records__Request *row;
        Intake__RequestWithdrawn withdrawn = INTAKE__REQUEST_WITHDRAWN__INIT;

        row = key_read_id(&walk.key, &at, id) ? intake_request(work->tables, id) : NULL;
        if (!row || !intake_request_is_open(row))
            continue;
        withdrawn.request = id;
        withdrawn.household = (char *)(uintptr_t)household;
        withdrawn.withdrawn_on = date_field(work->arena, work->today);
        work_emit(work, &withdrawn.base, id, work->today);
    }
}

const struct refusal *intake_on_erase_household(struct work *work, const void *body)
{
    const Intake__EraseHousehold *asked = body;
    Intake__HouseholdErased erased = INTAKE__HOUSEHOLD_ERASED__INIT;
    Intake__EraseHouseholdReply reply = INTAKE__ERASE_HOUSEHOLD_REPLY__INIT;
    const Intake__Records__Household *household = NULL;
    const struct refusal *refusal = intake_known_household(work, asked->household, &household);

    if (refusal && refusal != &INTAKE_HOUSEHOLD_ERASED)
        return refusal;
    assert(household);
    work_reply(work, &reply.base);
    if (household->erased)
        return ACCEPTED;
    refusal = need_text(work, "reason", asked->reason);
    if (!refusal)
        refusal = need_code(work, "reason", asked->reason);
    if (refusal)
        return refusal;
    withdraw_open_requests(work, asked->household);
    erased.household = asked->household;
    erased.reason = asked->reason;
    work_emit(work, &erased.base, asked->household, DATE_NONE);
    work_destroy_key(work, asked->household);
    return ACCEPTED;
}

void intake_apply_household_erased(struct tables *tables, const struct entry *entry)
{
    const Intake__HouseholdErased *erased = (const Intake__HouseholdErased *)entry->event;
    Intake__Records__Household *row =
        table_get(tables, &intake_households, key_id(erased->household));

    if (!row)
        return;
    row->identity = NULL;
    row->erased = true;
    table_put(tables, &intake_households, key_id(erased->household), &row->base);
    table_delete(tables, &intake_names, key_id(erased->household));
    intake_count(tables, "erased", 1);
}
