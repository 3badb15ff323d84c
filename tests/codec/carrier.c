/* Carries sample messages between their two forms, a line at a time, for tests/codec/compare.
 *
 *   print HEX     the bytes of a message  -> json HEX of its JSON
 *   indent HEX    the same, indented
 *   parse HEX     its JSON                -> bytes HEX of the message, packed
 *   receive HEX   the bytes of a command  -> bytes HEX, unpacked, checked and packed again
 *   anything that is refused              -> refused CODE FIELD
 */
#include "libcommon/codec.h"
#include "libcommon/message.h"
#include "tests/codec/sample.pb-c.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const ProtobufCMessageDescriptor *const sample = &sample__sample__descriptor;
static const struct message_limits wide = {
    .packed_bytes = 1 << 20,
    .text_bytes = 1 << 20,
    .data_bytes = 1 << 20,
    .list_length = 1 << 20,
    .may_be_newer = true,
};

/* In place: the bytes of a text of hexadecimal digits. */
static size_t from_hex(char *text)
{
    size_t length = strlen(text) / 2;

    for (size_t i = 0; i < length; i++) {
        char digits[3] = { text[2 * i], text[2 * i + 1], '\0' };

        text[i] = (char)strtoul(digits, NULL, 16);
    }
    return length;
}

static void answer(const char *word, const void *bytes, size_t length)
{
    printf("%s ", word);
    for (size_t i = 0; i < length; i++)
        printf("%02x", ((const unsigned char *)bytes)[i]);
    printf("\n");
}

static void answer_packed(const ProtobufCMessage *message, struct arena *arena)
{
    uint8_t *bytes = arena_take(arena, protobuf_c_message_get_packed_size(message) + 1);

    if (bytes)
        answer("bytes", bytes, protobuf_c_message_pack(message, bytes));
    else
        printf("refused ARENA \n");
}

static void print(const char *bytes, size_t length, enum codec_layout layout, struct arena *arena,
                  struct message_trouble *trouble)
{
    ProtobufCMessage *message =
        message_unpack(sample, arena, (const uint8_t *)bytes, length, &wide, trouble);
    const char *json = message ? codec_to_json(message, layout, arena, trouble) : NULL;

    if (json)
        answer("json", json, strlen(json));
}

static void parse(const char *json, size_t length, struct arena *arena,
                  struct message_trouble *trouble)
{
    ProtobufCMessage *message = codec_from_json(sample, arena, json, length, trouble);

    if (message)
        answer_packed(message, arena);
}

static void receive(const char *bytes, size_t length, struct arena *arena,
                    struct message_trouble *trouble)
{
    const struct message_limits *limits = &message_limits_of_commands;
    ProtobufCMessage *message =
        message_unpack(sample, arena, (const uint8_t *)bytes, length, limits, trouble);

    if (message && message_check(message, limits, trouble))
        answer_packed(message, arena);
}

static void carry(char *line, struct arena *arena)
{
    struct message_trouble trouble = { 0 };
    char *hex = strchr(line, ' ');
    size_t length;

    if (!hex)
        return;
    *hex++ = '\0';
    length = from_hex(hex);
    if (strcmp(line, "print") == 0)
        print(hex, length, CODEC_COMPACT, arena, &trouble);
    else if (strcmp(line, "indent") == 0)
        print(hex, length, CODEC_INDENTED, arena, &trouble);
    else if (strcmp(line, "parse") == 0)
        parse(hex, length, arena, &trouble);
    else if (strcmp(line, "receive") == 0)
        receive(hex, length, arena, &trouble);
    if (trouble.code)
        printf("refused %s %s\n", trouble.code, trouble.field);
}

int main(void)
{
    struct arena arena;
    char *line = NULL;
    size_t size = 0;

    if (!arena_open(&arena, 32 << 20))
        return 1;
    while (getline(&line, &size, stdin) > 0) {
        line[strcspn(line, "\n")] = '\0';
        carry(line, &arena);
        arena_reset(&arena);
        fflush(stdout);
    }
    free(line);
    arena_close(&arena);
    return 0;
}
