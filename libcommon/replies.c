/* What is answered, until it leaves with the batch. */
#include "libcommon/runtime_parts.h"

#include <stdio.h>

static Tremplin__Position *position_at(struct runtime *runtime, uint64_t sequence)
{
    Tremplin__Position *position = arena_take(&runtime->batch_arena, sizeof *position);

    if (!position)
        return NULL;
    tremplin__position__init(position);
    position->service = (char *)(uintptr_t)runtime->service->name;
    position->log_id = runtime->journal.log_id;
    position->sequence = sequence;
    return position;
}

static struct sending *reply_send(struct runtime *runtime, const struct waiting *waiting,
                                  const Tremplin__Reply *reply)
{
    struct sending *sending = arena_take(&runtime->batch_arena, sizeof *sending);

    if (!sending)
        return NULL; /* the client asks again under the same identifier */
    *sending = (struct sending){
        .peer = { waiting->bytes, waiting->peer_length },
        .message = pack_into(&runtime->batch_arena, &reply->base),
    };
    if (!sending->message.at)
        return NULL;
    *runtime->last_sending = sending;
    runtime->last_sending = &sending->next;
    return sending;
}

struct sending *reply_trouble(struct runtime *runtime, const struct waiting *waiting,
                              const char *id, Tremplin__Status status, Tremplin__Trouble *trouble)
{
    Tremplin__Reply reply = TREMPLIN__REPLY__INIT;

    reply.id = (char *)(uintptr_t)id;
    reply.status = status;
    reply.trouble = trouble;
    return reply_send(runtime, waiting, &reply);
}

Tremplin__Trouble trouble_of(const struct refusal *refusal)
{
    Tremplin__Trouble trouble = TREMPLIN__TROUBLE__INIT;

    trouble.code = (char *)(uintptr_t)refusal->code;
    trouble.field = (char *)(uintptr_t)refusal->field;
    trouble.rule = (char *)(uintptr_t)refusal->rule;
    trouble.french = (char *)(uintptr_t)(refusal->french ? refusal->french : "");
    trouble.english = (char *)(uintptr_t)(refusal->english ? refusal->english : "");
    return trouble;
}

void reply_try_again(struct runtime *runtime, const struct waiting *waiting, const char *id,
                     const char *code, const char *french, const char *english)
{
    const struct refusal reason = { code, "", "", french, english };
    Tremplin__Trouble trouble = trouble_of(&reason);

    reply_trouble(runtime, waiting, id, TREMPLIN__STATUS__STATUS_TRY_AGAIN, &trouble);
}

/* Says once what is wrong with a request that no handler will see. */
void reply_denied(struct runtime *runtime, const struct waiting *waiting, const char *id,
                  Tremplin__Status status, const char *code, const char *field, const char *french,
                  const char *english)
{
    const struct refusal reason = { code, field, "", french, english };
    Tremplin__Trouble trouble = trouble_of(&reason);

    runtime->figures.denied++;
    reply_trouble(runtime, waiting, id, status, &trouble);
}

struct sending *reply_done(struct runtime *runtime, const struct input *input, struct bytes body,
                           uint64_t sequence)
{
    Tremplin__Reply reply = TREMPLIN__REPLY__INIT;

    reply.id = input->request->id;
    reply.status = TREMPLIN__STATUS__STATUS_DONE;
    reply.body = (ProtobufCBinaryData){ body.length, (uint8_t *)(uintptr_t)body.at };
    reply.position = position_at(runtime, sequence);
    return reply_send(runtime, input->waiting, &reply);
}

void send_all(struct runtime *runtime)
{
    struct bus *bus = &runtime->setup.bus;

    for (const struct sending *sending = runtime->first_sending; sending; sending = sending->next) {
        if (id_is_set(sending->remembered))
            finals_keep(&runtime->finals, sending->remembered, sending->not_after_ms,
                        sending->digest, sending->message);
        bus->operations->reply(bus->self, sending->peer, sending->message);
    }
    runtime->first_sending = NULL;
    runtime->last_sending = &runtime->first_sending;
    runtime->finals_leave = false;
}
