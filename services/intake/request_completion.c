#include "services/intake/requests.h"

static void reply_completed(struct work *work, uint32_t missing, const char *session,
                            struct date held_on)
{
    Intake__CompleteRequestReply reply = INTAKE__COMPLETE_REQUEST_REPLY__INIT;

    reply.complete = missing == 0;
    reply.missing = intake_items_of(work, missing, &reply.n_missing);
    reply.session = (char *)(uintptr_t)session;
    reply.decided_on = date_field(work->arena, held_on);
    work_reply(work, &reply.base);
}

/* What came is there already, or the file is complete: nothing changes. */
static const struct refusal *answer_completed(struct work *work,
                                              const Intake__Records__Request *row)
{
    const Intake__Records__Session *session =
        *row->session ? table_get(work->tables, &intake_sessions, key_id(row->session)) : NULL;

    reply_completed(work, intake_items_given(row->missing, row->n_missing), row->session,
                    session ? date_of(session->held_on) : DATE_NONE);
    return ACCEPTED;
}

static const struct refusal *complete(struct work *work, const Intake__CompleteRequest *asked,
                                      const Intake__Records__Request *row,
                                      const Intake__Records__Household *household,
                                      struct date completed_on)
{
    struct checked checked = {
        .orientation = intake_orientation_of(asked->request, row),
        .on = completed_on,
        .reminder_on = date_of(row->reminder_on),
        .lapses_on = date_of(row->lapses_on),
        .assessed_on = date_of(row->assessed_on),
        .present = intake_items_given(row->items, row->n_items) |
                   intake_items_given(asked->items, asked->n_items),
    };
    const struct refusal *refusal = intake_judge_file(work, household, &checked);

    if (refusal)
        return refusal;
    if (checked.present == intake_items_given(row->items, row->n_items))
        return answer_completed(work, row);
    intake_emit_checked(work, &checked);
    reply_completed(work, checked.missing, checked.missing ? "" : checked.place.session,
                    checked.place.held_on);
    return ACCEPTED;
}

const struct refusal *intake_on_complete_request(struct work *work, const void *body)
{
    const Intake__CompleteRequest *asked = body;
    const Intake__Records__Household *household;
    Intake__Records__Request *row;
    struct date completed_on;
    const struct refusal *refusal = intake_find_open_request(work, asked->request, &row);

    if (!refusal)
        refusal = intake_known_household(work, row->household, &household);
    if (!refusal)
        refusal = need_fact_date(work, "completed_on", asked->completed_on, &completed_on);
    if (!refusal)
        refusal = intake_not_before(work, "completed_on", completed_on, date_of(row->received_on));
    for (size_t i = 0; !refusal && i < asked->n_items; i++)
        refusal = need_choice(work, "items", (int)asked->items[i]);
    if (refusal)
        return refusal;
    if (row->state != REQUEST_INCOMPLETE)
        return answer_completed(work, row);
    return complete(work, asked, row, household, completed_on);
}
