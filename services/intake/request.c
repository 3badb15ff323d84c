#include "services/intake/requests.h"

const struct table intake_requests = { "requests", &intake__records__request__descriptor };
const struct table intake_open_requests = { "open_requests",
                                            &intake__records__reference__descriptor };
const struct table intake_requests_in_state = { "requests_in_state",
                                                &intake__records__reference__descriptor };
const struct table intake_household_requests = { "household_requests",
                                                 &intake__records__reference__descriptor };

Intake__Records__Request *intake_request(struct tables *tables, const char *id)
{
    return table_get(tables, &intake_requests, key_id(id));
}

const struct refusal *intake_find_open_request(struct work *work, const char *id,
                                               Intake__Records__Request **row)
{
    const struct refusal *refusal = need_id(work, "request", id);

    if (refusal)
        return refusal;
    *row = intake_request(work->tables, id);
    if (!*row)
        return not_known(work, "request", id);
    return intake_request_is_open(*row) ? ACCEPTED : &INTAKE_REQUEST_CLOSED;
}

bool intake_request_is_open(const Intake__Records__Request *row)
{
    return !machine_is_terminal(&request_machine, row->state);
}

/* A consent whose form was not told is taken as signed, as the contract says. */
struct consent intake_consent_of(const Intake__Records__Request *row)
{
    return (struct consent){
        .given_on = date_of(row->consented_on),
        .form = row->consent_form ? (enum consent_form)row->consent_form : CONSENT_SIGNED,
    };
}

struct orientation intake_orientation_of(const char *request, const Intake__Records__Request *row)
{
    return (struct orientation){
        .request = request,
        .household = row->household,
        .district = row->district,
        .scheme = (enum scheme)row->scheme,
        .origin = (enum request_origin)row->origin,
        .named = (enum decision_body)row->decided_by,
    };
}

static struct key state_key(unsigned state, const char *id)
{
    struct key key = { 0 };

    key_add_byte(&key, (uint8_t)state);
    key_add_id(&key, id);
    return key;
}

static void set_lapse(struct tables *tables, const char *id, const Intake__Records__Request *row,
                      enum request_state before)
{
    const int64_t due_ms = start_of_day(date_of(row->lapses_on));

    if (row->state == REQUEST_INCOMPLETE)
        deadline_set(tables, INTAKE_DEADLINE_LAPSE, due_ms, id, 1);
    else if (before == REQUEST_INCOMPLETE)
        deadline_clear(tables, INTAKE_DEADLINE_LAPSE, due_ms, id, 1);
}

void intake_put_request(struct tables *tables, const char *id, Intake__Records__Request *row,
                        enum request_state before)
{
    Intake__Records__Reference reference = INTAKE__RECORDS__REFERENCE__INIT;

    table_put(tables, &intake_requests, key_id(id), &row->base);
    set_lapse(tables, id, row, before);
    if (row->state == before)
        return;
    reference.id = (char *)(uintptr_t)id;
    if (before != 0)
        table_delete(tables, &intake_requests_in_state, state_key(before, id));
    table_put(tables, &intake_requests_in_state, state_key(row->state, id), &reference.base);
    if (intake_request_is_open(row))
        table_put(tables, &intake_open_requests, key_id(id), &reference.base);
    else
        table_delete(tables, &intake_open_requests, key_id(id));
}
