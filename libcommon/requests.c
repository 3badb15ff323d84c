/* Requests that arrived, and those that wait for what they come after. */
#include "libcommon/runtime_parts.h"

#include "libcommon/message.h"
#include "libcommon/wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void runtime_request(struct runtime *runtime, struct bytes peer, struct caller caller,
                     struct bytes message)
{
    struct waiting *waiting;

    /* More than can wait is dropped unanswered: a client sends again under the same identifier. */
    if (runtime->waiting_count >= WAITING_MOST ||
        runtime->waiting_bytes + message.length > WAITING_BYTES_MOST ||
        message.length > MESSAGE_SIZE_MOST || peer.length > PEER_SIZE_MOST)
        return;
    waiting = malloc(sizeof *waiting + peer.length + message.length);
    if (!waiting)
        return;
    *waiting = (struct waiting){
        .arrived_ms = now_monotonic(runtime),
        .peer_length = peer.length,
        .length = message.length,
        .roles = caller.roles,
    };
    if (caller.name)
        snprintf(waiting->actor, sizeof waiting->actor, "%s", caller.name);
    memcpy(waiting->bytes, peer.at, peer.length);
    if (message.length > 0)
        memcpy(waiting->bytes + peer.length, message.at, message.length);
    *runtime->last_waiting = waiting;
    runtime->last_waiting = &waiting->next;
    runtime->waiting_count++;
    runtime->waiting_bytes += message.length;
}

Tremplin__Request *request_read(const struct waiting *waiting, struct arena *arena,
                                struct message_trouble *trouble)
{
    struct message_limits limits = message_limits_of_commands;
    size_t mark = arena->used;
    ProtobufCMessage *message;

    limits.packed_bytes = MESSAGE_SIZE_MOST;
    limits.data_bytes = MESSAGE_SIZE_MOST;
    message =
        message_unpack(&tremplin__request__descriptor, arena, waiting->bytes + waiting->peer_length,
                       waiting->length, &limits, trouble);
    if (message && message_check(message, &limits, trouble))
        return (Tremplin__Request *)message;
    arena->used = mark;
    arena->exhausted = false;
    return NULL;
}

bool request_read_id(const struct waiting *waiting, char text[static ID_TEXT_SIZE])
{
    struct wire wire = { .next = waiting->bytes + waiting->peer_length,
                         .end = waiting->bytes + waiting->peer_length + waiting->length };
    struct id id;

    while (wire.next < wire.end) {
        struct wire_field field = wire_next(&wire);

        if (wire.is_broken)
            return false;
        if (field.number != 1 || field.type != WIRE_LENGTH || field.length != ID_TEXT_SIZE - 1)
            continue;
        memcpy(text, field.bytes, field.length);
        text[field.length] = '\0';
        return id_parse(text, &id);
    }
    return false;
}

void request_limit(struct runtime *runtime, struct waiting *waiting, Tremplin__Request *request)
{
    int64_t waited_ms = now_monotonic(runtime) - waiting->arrived_ms;
    int64_t latest = runtime_wall_ms(runtime) - waited_ms + NOT_AFTER_MS;

    /* One that is cut short here says nothing of when it was asked. */
    waiting->is_limited = request->not_after_ms > 0 && request->not_after_ms <= latest;
    if (!waiting->is_limited)
        request->not_after_ms = latest;
}

bool waiting_awaits(struct runtime *runtime, struct waiting *waiting,
                    const Tremplin__Request *request, bool needs_day)
{
    bool any = false;

    /* On a full disk no day opens: who waits for it is told of the disk. */
    waiting->awaited = (struct awaited){
        .day = needs_day && runtime->state != FULL && !day_is_open(runtime),
    };
    for (size_t i = 0; i < request->n_after; i++)
        any |= follow_awaits(runtime, request->after[i], &waiting->awaited);
    return any || waiting->awaited.day;
}

static struct waiting *take_out(struct waiting **at, struct waiting ***last)
{
    struct waiting *taken = *at;

    *at = taken->next;
    if (!*at && *last == &taken->next)
        *last = at;
    taken->next = NULL;
    return taken;
}

struct waiting *waiting_take(struct runtime *runtime, struct waiting **at)
{
    struct waiting *taken = take_out(at, &runtime->last_waiting);

    runtime->waiting_count--;
    runtime->waiting_bytes -= taken->length;
    return taken;
}

/* Behind those that arrived before it; nearly always at the end. */
void waiting_park(struct runtime *runtime, struct waiting **at)
{
    struct waiting *parked = take_out(at, &runtime->last_waiting);
    struct waiting **place = runtime->last_parked;

    if (runtime->parked_latest_ms > parked->arrived_ms)
        for (place = &runtime->first_parked; *place && (*place)->arrived_ms <= parked->arrived_ms;)
            place = &(*place)->next;
    else
        runtime->parked_latest_ms = parked->arrived_ms;
    parked->next = *place;
    *place = parked;
    if (!parked->next)
        runtime->last_parked = &parked->next;
}

void waiting_wake(struct runtime *runtime)
{
    int64_t now = now_monotonic(runtime);
    bool moved = runtime->parked_seen != runtime->journal.committed;
    struct waiting *woken = NULL, **last = &woken;

    for (struct waiting **at = &runtime->first_parked; *at;) {
        struct waiting *parked = *at;
        bool is_over = now - parked->arrived_ms >= PARKED_MS;

        if (!moved && !is_over)
            break; /* those behind it have more time left */
        if (!is_over && ((parked->awaited.day && !day_is_open(runtime)) ||
                         !follow_has_heard(runtime, &parked->awaited))) {
            at = &parked->next;
            continue;
        }
        *last = take_out(at, &runtime->last_parked);
        last = &(*last)->next;
    }
    runtime->parked_seen = runtime->journal.committed;
    if (!runtime->first_parked)
        runtime->parked_latest_ms = 0;
    if (!woken)
        return;
    if (!runtime->first_waiting)
        runtime->last_waiting = last;
    *last = runtime->first_waiting;
    runtime->first_waiting = woken;
}
