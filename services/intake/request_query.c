#include "services/intake/requests.h"

#include <ctype.h>
#include <string.h>

static const struct refusal STATE_NOT_KNOWN = {
    .code = "STATE_NOT_KNOWN",
    .field = "state",
    .rule = "6.1",
    .french = "Cet état n'existe pas : SUBMITTED, INCOMPLETE, COMPLETE, SCHEDULED, DEFERRED, "
              "GRANTED, REFUSED, WITHDRAWN, LAPSED, ou rien pour toutes celles en cours.",
    .english = "There is no such state: SUBMITTED, INCOMPLETE, COMPLETE, SCHEDULED, DEFERRED, "
               "GRANTED, REFUSED, WITHDRAWN, LAPSED, or none for all that are open.",
};

/* The machine's name in capitals: "COMPLETE". */
static char *state_name(struct work *work, unsigned state)
{
    const char *name = state < request_machine.state_count ? request_machine.states[state] : "";
    char *upper = arena_text(work->arena, name, strlen(name));

    for (char *at = upper; at && *at; at++)
        *at = (char)toupper((unsigned char)*at);
    return upper;
}

static Intake__Decision decision_of(const Intake__Records__Request *row)
{
    switch (row->state) {
    case REQUEST_GRANTED: return INTAKE__DECISION__DECISION_GRANT;
    case REQUEST_REFUSED: return INTAKE__DECISION__DECISION_REFUSE;
    default:
        return row->deferrals > 0 ? INTAKE__DECISION__DECISION_DEFER
                                  : INTAKE__DECISION__DECISION_UNSPECIFIED;
    }
}

static void describe(struct work *work, const char *id, const Intake__Records__Request *row,
                     Intake__RequestReply *reply)
{
    const bool open = intake_request_is_open(row);

    intake__request_reply__init(reply);
    reply->request = arena_text(work->arena, id, strlen(id));
    reply->household = row->household;
    reply->scheme = row->scheme;
    reply->state = state_name(work, row->state);
    reply->received_on = row->received_on;
    reply->completed_on = row->completed_on;
    reply->decided_on = row->decided_on;
    reply->decision = decision_of(row);
    reply->n_missing = row->n_missing;
    reply->missing = row->missing;
    reply->deferrals = row->deferrals;
    reply->session = row->session;
    reply->measure = row->measure;
    reply->district = row->district;
    reply->lapses_on = row->state == REQUEST_INCOMPLETE ? row->lapses_on : NULL;
    reply->decision_due_on = open ? row->decision_due_on : NULL;
    reply->reason = row->reason;
    reply->appeal_until = row->appeal_until;
    reply->assessed_on = row->assessed_on;
}

const struct refusal *intake_on_request(struct work *work, const void *body)
{
    const Intake__RequestQuery *asked = body;
    const Intake__Records__Request *row;
    Intake__RequestReply reply;
    const struct refusal *refusal = need_id(work, "request", asked->request);

    if (refusal)
        return refusal;
    row = intake_request(work->tables, asked->request);
    if (!row)
        return not_known(work, "request", asked->request);
    describe(work, asked->request, row, &reply);
    if (row->assessment) {
        reply.assessment = intake_in_clear(work, row->assessment->text);
        reply.assessment_author = intake_in_clear(work, row->assessment->author);
    }
    if (row->explanation)
        reply.explanation = intake_in_clear(work, row->explanation->text);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

/* --- lists ------------------------------------------------------------------------------------ */

/* The list of a state, or of all that are open; keys end with the request. */
static const struct refusal *find_list(const char *name, const struct table **table,
                                       struct key *prefix)
{
    *prefix = (struct key){ 0 };
    *table = &intake_open_requests;
    if (*name == '\0')
        return ACCEPTED;
    *table = &intake_requests_in_state;
    for (unsigned state = 1; state < request_machine.state_count; state++)
        if (strcasecmp(name, request_machine.states[state]) == 0) {
            key_add_byte(prefix, (uint8_t)state);
            return ACCEPTED;
        }
    return &STATE_NOT_KNOWN;
}

static void list_requests(struct work *work, const struct table *table, struct key prefix,
                          const char *after, size_t most, Intake__RequestsReply *reply)
{
    struct key from = prefix;
    struct walk walk;

    if (*after != '\0')
        key_add_id(&from, after);
    walk = walk_from_key(work->tables, table, from, prefix.length);
    while (walk_next(&walk)) {
        const Intake__Records__Reference *reference = walk.value;
        const Intake__Records__Request *row;

        if (strcmp(reference->id, after) == 0)
            continue;
        if (reply->n_requests == most) {
            reply->more = true;
            return;
        }
        row = intake_request(work->tables, reference->id);
        reply->requests[reply->n_requests] =
            row ? arena_take(work->arena, sizeof(Intake__RequestReply)) : NULL;
        if (reply->requests[reply->n_requests])
            describe(work, reference->id, row, reply->requests[reply->n_requests++]);
    }
}

const struct refusal *intake_on_requests(struct work *work, const void *body)
{
    enum { LISTED_PRESET = 50, LISTED_MOST = 500 };
    const Intake__RequestsQuery *asked = body;
    Intake__RequestsReply reply = INTAKE__REQUESTS_REPLY__INIT;
    const size_t most = asked->most == 0            ? LISTED_PRESET
                        : asked->most < LISTED_MOST ? asked->most
                                                    : LISTED_MOST;
    const struct table *table;
    struct key prefix;
    const struct refusal *refusal = find_list(asked->state, &table, &prefix);

    if (!refusal && *asked->after != '\0')
        refusal = need_id(work, "after", asked->after);
    if (refusal)
        return refusal;
    reply.requests = arena_take(work->arena, most * sizeof(Intake__RequestReply *));
    if (reply.requests)
        list_requests(work, table, prefix, asked->after, most, &reply);
    work_reply(work, &reply.base);
    return ACCEPTED;
}
