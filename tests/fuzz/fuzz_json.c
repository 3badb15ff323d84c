/* Any bytes as the JSON of any command: refused with a code and a place, or read; what is read,
 * written and read again is the same. */
#include "libcommon/codec.h"
#include "libcommon/message.h"
#include "proto/intake.pb-c.h"
#include "proto/lodging.pb-c.h"
#include "proto/measures.pb-c.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const ProtobufCServiceDescriptor *const services[] = {
    &intake__intake_commands__descriptor,
    &measures__measures_commands__descriptor,
    &lodging__lodging_commands__descriptor,
};

static void must(int holds)
{
    if (!holds)
        abort();
}

static void write_and_read(const ProtobufCMessage *message, struct arena *arena)
{
    struct message_trouble trouble;
    const char *json = codec_to_json(message, CODEC_INDENTED, arena, &trouble);
    size_t length = protobuf_c_message_get_packed_size(message);
    const ProtobufCMessage *again;
    uint8_t *first, *second;

    must(json != NULL);
    again = codec_from_json(message->descriptor, arena, json, strlen(json), &trouble);
    must(again && protobuf_c_message_get_packed_size(again) == length);
    first = arena_take(arena, length + 1);
    second = arena_take(arena, length + 1);
    must(first && second);
    protobuf_c_message_pack(message, first);
    protobuf_c_message_pack(again, second);
    must(memcmp(first, second, length) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena arena;
    struct message_trouble trouble = { 0 };
    const ProtobufCServiceDescriptor *service;
    const ProtobufCMessage *message;

    if (size == 0 || (!arena.base && !arena_open(&arena, 16 * 1024 * 1024)))
        return 0;
    arena_reset(&arena);
    service = services[data[0] % 3];
    message = codec_from_json(service->methods[data[0] / 3 % service->n_methods].input, &arena,
                              (const char *)data + 1, size - 1, &trouble);
    if (message)
        write_and_read(message, &arena);
    else
        must(trouble.code && *trouble.french && *trouble.english);
    return 0;
}
