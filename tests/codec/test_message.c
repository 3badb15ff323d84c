/* What enters is whole, clean, known and bounded, or is refused by the path of its field in two
 * languages. */
#include "libcommon/fields.h"
#include "libcommon/message.h"
#include "libcommon/text.h"
#include "tests/check.h"
#include "tests/codec/refused.pb-c.h"
#include "tests/codec/sample.pb-c.h"

#include <stdlib.h>

#define BYTES(literal) (const uint8_t *)(literal), sizeof(literal) - 1

static const ProtobufCMessageDescriptor *const sample = &sample__sample__descriptor;
static struct arena arena;

/* A trouble that no caller could show is a trouble of ours. */
static void check_is_told(const struct message_trouble *trouble, const char *what)
{
    bool french = trouble->french[0] != '\0' && !strstr(trouble->french, "{}") &&
                  text_is_line(trouble->french, strlen(trouble->french));
    bool english = trouble->english[0] != '\0' && !strstr(trouble->english, "{}") &&
                   text_is_line(trouble->english, strlen(trouble->english));

    check(french && english, "%s: told in French and English", what);
}

/* --- the wire --------------------------------------------------------------------------------- */

static void check_wire(void)
{
    static const struct {
        const char *what;
        const uint8_t *bytes;
        size_t length;
        const char *code; /* NULL when it is received */
        const char *field;
    } cases[] = {
        { "no bytes: a message of defaults", BYTES(""), NULL, "" },
        { "a text",
          BYTES("\x72\x03"
                "abc"),
          NULL, "" },
        { "an empty text", BYTES("\x72\x00"), NULL, "" },
        { "a text with a NUL within",
          BYTES("\x72\x03"
                "a\0c"),
          "TEXT_NOT_CLEAN", "a_string" },
        { "a text with a NUL at its end",
          BYTES("\x72\x02"
                "a\0"),
          "TEXT_NOT_CLEAN", "a_string" },
        { "a text of one NUL", BYTES("\x72\x01\0"), "TEXT_NOT_CLEAN", "a_string" },
        { "bytes may hold a NUL",
          BYTES("\x7a\x03"
                "a\0c"),
          NULL, "" },
        { "a NUL in the first text of a list",
          BYTES("\x92\x02\x01\0\x92\x02\x01"
                "a"),
          "TEXT_NOT_CLEAN", "strings[0]" },
        { "a NUL in the third text of a list",
          BYTES("\x92\x02\x01"
                "a\x92\x02\x01"
                "b\x92\x02\x01\0"),
          "TEXT_NOT_CLEAN", "strings[2]" },
        { "a NUL in a message", BYTES("\x8a\x01\x03\x0a\x01\0"), "TEXT_NOT_CLEAN", "a_leaf.words" },
        { "a NUL in the second message of a list", BYTES("\xaa\x02\x00\xaa\x02\x03\x0a\x01\0"),
          "TEXT_NOT_CLEAN", "leaves[1].words" },
        { "a NUL in a member of a oneof", BYTES("\xd2\x02\x01\0"), "TEXT_NOT_CLEAN",
          "chosen_text" },
        { "a NUL in the text that a later one replaces",
          BYTES("\x72\x01\0\x72\x01"
                "a"),
          "TEXT_NOT_CLEAN", "a_string" },
        { "a tag that stops in its middle", BYTES("\xf2"), "MESSAGE_MALFORMED", "" },
        { "a length beyond the end",
          BYTES("\x72\x04"
                "abc"),
          "MESSAGE_MALFORMED", "" },
        { "a length of 4 GiB",
          BYTES("\x72\xff\xff\xff\xff\x0f"
                "abc"),
          "MESSAGE_MALFORMED", "" },
        { "a length of 2^64 - 1",
          BYTES("\x72\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"
                "abc"),
          "MESSAGE_MALFORMED", "" },
        { "a number of two bytes, the first 80", BYTES("\x18\x80\x01"), NULL, "" },
        { "unknown bytes", BYTES("\xa2\x06\x01\0"), NULL, "" },
        { "a number that stops in its middle", BYTES("\x18\x80"), "MESSAGE_MALFORMED", "" },
        { "a number of ten bytes", BYTES("\x20\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), NULL,
          "" },
        { "a number of eleven bytes", BYTES("\x20\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01"),
          "MESSAGE_MALFORMED", "" },
        { "four bytes of eight", BYTES("\x09\0\0\0\0"), "MESSAGE_MALFORMED", "" },
        { "eight bytes", BYTES("\x09\0\0\0\0\0\0\0\0"), NULL, "" },
        { "three bytes of four", BYTES("\x15\0\0\0"), "MESSAGE_MALFORMED", "" },
        { "four bytes", BYTES("\x15\0\0\0\0"), NULL, "" },
        { "field number 0", BYTES("\x00\x01"), "MESSAGE_MALFORMED", "" },
        { "field number 0 in a long form",
          BYTES("\x85\x00"
                "abcd"),
          "MESSAGE_MALFORMED", "" },
        { "a tag above 32 bits", BYTES("\x98\x80\x80\x80\x10\x01"), "MESSAGE_MALFORMED", "" },
        { "a group", BYTES("\xa3\x06\xa4\x06"), "MESSAGE_MALFORMED", "" },
        { "wire type 6", BYTES("\x1e"), "MESSAGE_MALFORMED", "" },
        { "a text sent as a number", BYTES("\x70\x01"), "MESSAGE_MALFORMED", "" },
        { "a bool sent as bytes, which protobuf-c would take", BYTES("\x6a\x00"),
          "MESSAGE_MALFORMED", "" },
        { "an int32 sent as four bytes", BYTES("\x1d\0\0\0\0"), "MESSAGE_MALFORMED", "" },
        { "a fixed64 sent as four bytes", BYTES("\x55\0\0\0\0"), "MESSAGE_MALFORMED", "" },
        { "a fixed32 sent as eight bytes", BYTES("\x49\0\0\0\0\0\0\0\0"), "MESSAGE_MALFORMED", "" },
        { "a list of numbers, packed", BYTES("\xba\x01\x02\x01\x02"), NULL, "" },
        { "a list of numbers, one by one", BYTES("\xb8\x01\x01\xb8\x01\x02"), NULL, "" },
        { "a message that is malformed within", BYTES("\x8a\x01\x02\x0a\x04"), "MESSAGE_MALFORMED",
          "a_leaf" },
        { "a message whose packed list is malformed", BYTES("\xba\x01\x01\x80"),
          "MESSAGE_MALFORMED", "" },
    };

    about("bytes that come in");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct message_trouble trouble = { 0 };
        uint8_t *copy = malloc(cases[i].length + 1); /* its own block, for the sanitizer */
        ProtobufCMessage *message;

        if (!copy)
            return;
        copy = realloc(memcpy(copy, cases[i].bytes, cases[i].length),
                       cases[i].length + !cases[i].length);
        arena_reset(&arena);
        message = message_unpack(sample, &arena, copy, cases[i].length, &message_limits_of_commands,
                                 &trouble);
        free(copy);
        check((message != NULL) == (cases[i].code == NULL), "%s: %s", cases[i].what,
              cases[i].code ? "refused" : "received");
        if (!cases[i].code)
            continue;
        check_text(trouble.code ? trouble.code : "", cases[i].code, "as %s", cases[i].code);
        check_text(trouble.field, cases[i].field, "at \"%s\"", cases[i].field);
        check_is_told(&trouble, cases[i].what);
    }
}

/* levels of Itself, each inside the one before; returns the length, the bytes ending at end. */
static size_t nest(uint8_t *end, int levels)
{
    size_t length = 0;

    for (int i = 1; i < levels; i++) {
        uint8_t header[4] = { 0x0a, (uint8_t)(length & 0x7f) | (length > 127 ? 0x80 : 0),
                              (uint8_t)(length >> 7) };
        size_t size = length > 127 ? 3 : 2;

        memcpy(end - length - size, header, size);
        length += size;
    }
    return length;
}

static void check_depth_and_size(void)
{
    static uint8_t bytes[64 * 1024 + 1];
    const uint8_t *end = bytes + sizeof bytes;
    struct message_trouble trouble = { 0 };
    struct arena small;
    size_t length;

    about("depth and size");
    arena_reset(&arena);
    length = nest(bytes + sizeof bytes, 32);
    check(message_unpack(&refused__itself__descriptor, &arena, end - length, length,
                         &message_limits_of_commands, &trouble),
          "32 levels are unpacked");
    length = nest(bytes + sizeof bytes, 33);
    check(!message_unpack(&refused__itself__descriptor, &arena, end - length, length,
                          &message_limits_of_commands, &trouble),
          "33 levels are refused");
    check_text(trouble.code, "MESSAGE_TOO_DEEP", "as MESSAGE_TOO_DEEP");
    check(strncmp(trouble.field, "child.child.child", 17) == 0, "with the way to it");
    check_is_told(&trouble, "too deep");
    length = nest(bytes + sizeof bytes, 4000);
    check(!message_unpack(&refused__itself__descriptor, &arena, end - length, length,
                          &message_limits_of_commands, &trouble),
          "4,000 levels are refused before protobuf-c recurses into them");

    arena_reset(&arena);
    memset(bytes, 0, sizeof bytes);
    memcpy(bytes, "\x7a\xfc\xff\x03", 4); /* bytes of 65,532 */
    check(message_unpack(sample, &arena, bytes, 64 * 1024, &message_limits_of_commands, &trouble),
          "a command of 64 KiB is unpacked");
    memcpy(bytes, "\x7a\xfd\xff\x03", 4);
    check(!message_unpack(sample, &arena, bytes, 64 * 1024 + 1, &message_limits_of_commands,
                          &trouble),
          "a byte more is refused");
    check_text(trouble.code, "MESSAGE_TOO_LARGE", "as MESSAGE_TOO_LARGE");
    check_is_told(&trouble, "too large");
    check_text(
        trouble.french,
        "Le message dépasse la taille permise (65536 octets) : envoyez-le en plusieurs parties.",
        "with the limit in the sentence");
    check(message_unpack(sample, &arena, bytes, 64 * 1024 + 1, &message_limits_of_events, &trouble),
          "an event may be larger");

    for (size_t i = 0; i + 3 <= sizeof bytes; i += 3)
        memcpy(bytes + i, "\xaa\x02\x00", 3); /* empty leaves: 3 bytes of wire, some 60 of memory */
    check(arena_open(&small, 256 * 1024), "an arena of 256 KiB");
    check(!message_unpack(sample, &small, bytes, 63 * 1024, &message_limits_of_commands, &trouble),
          "what would unpack to more than the arena is refused");
    check_text(trouble.code, "MESSAGE_TOO_LARGE", "as MESSAGE_TOO_LARGE");
    check_is_told(&trouble, "too costly");
    arena_reset(&small);
    check(message_unpack(sample, &small,
                         BYTES("\x72\x03"
                               "abc"),
                         &message_limits_of_commands, &trouble),
          "and the arena serves the next");
    arena_close(&small);
}

/* --- the message ------------------------------------------------------------------------------ */

static const struct message_limits tight = {
    .packed_bytes = 1000,
    .text_bytes = 5,
    .data_bytes = 4,
    .list_length = 2,
};

/* Tells whether the message passes under the tight limits, and what is said when it does not. */
static void check_case(const Sample__Sample *message, const char *what, const char *code,
                       const char *field)
{
    struct message_trouble trouble = { 0 };
    bool passes = message_check(&message->base, &tight, &trouble);

    check(passes == (code == NULL), "%s: %s", what, code ? "refused" : "passes");
    if (!code)
        return;
    check_text(trouble.code ? trouble.code : "", code, "as %s", code);
    check_text(trouble.field, field, "at %s", field);
    check_is_told(&trouble, what);
}

static void check_texts(void)
{
    static const struct {
        const char *what;
        const char *text;
        const char *code;
    } cases[] = {
        { "an empty text", "", NULL },
        { "five bytes", "abcde", NULL },
        { "six bytes", "abcdef", "TEXT_TOO_LONG" },
        { "three letters of two bytes", "ééé", "TEXT_TOO_LONG" },
        { "a tab and a newline", "a\tb\n", NULL },
        { "a carriage return", "a\r", "TEXT_NOT_CLEAN" },
        { "an escape", "\x1b[1m", "TEXT_NOT_CLEAN" },
        { "Latin-1", "\xe9t\xe9", "TEXT_NOT_CLEAN" },
        { "an overlong form", "\xc0\xaf", "TEXT_NOT_CLEAN" },
    };

    about("texts, wherever they stand");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[16], *texts[2] = { text, text };
        Sample__Leaf leaf = SAMPLE__LEAF__INIT, empty = SAMPLE__LEAF__INIT;
        Sample__Leaf *leaves[2] = { &empty, &leaf };
        Sample__Sample alone = SAMPLE__SAMPLE__INIT, listed = alone, inner = alone, chosen = alone;
        char what[80];

        strcpy(text, cases[i].text);
        alone.a_string = text;
        check_case(&alone, cases[i].what, cases[i].code, "a_string");
        texts[0] = (char *)protobuf_c_empty_string;
        listed.strings = texts;
        listed.n_strings = 2;
        snprintf(what, sizeof what, "%s, second of a list", cases[i].what);
        check_case(&listed, what, cases[i].code, "strings[1]");
        leaf.words = text;
        inner.leaves = leaves;
        inner.n_leaves = 2;
        snprintf(what, sizeof what, "%s, in the second message of a list", cases[i].what);
        check_case(&inner, what, cases[i].code, "leaves[1].words");
        chosen.choice_case = SAMPLE__SAMPLE__CHOICE_CHOSEN_TEXT;
        chosen.chosen_text = text;
        snprintf(what, sizeof what, "%s, chosen", cases[i].what);
        check_case(&chosen, what, cases[i].code, "chosen_text");
    }
}

static void check_bounds(void)
{
    Sample__Sample message = SAMPLE__SAMPLE__INIT, empty = message;
    int32_t numbers[3] = { 0 };
    uint8_t data[5] = { 0 };
    ProtobufCBinaryData many[2] = { { 4, data }, { 5, data } };

    about("lists and bytes");
    check_case(&message, "a fresh message", NULL, "");
    message.int32s = numbers;
    message.n_int32s = 2;
    check_case(&message, "a list of two", NULL, "");
    message.n_int32s = 3;
    check_case(&message, "a list of three", "LIST_TOO_LONG", "int32s");
    message = empty;
    message.some_bytes = many[0];
    check_case(&message, "four bytes", NULL, "");
    message.some_bytes = many[1];
    check_case(&message, "five bytes", "DATA_TOO_LONG", "some_bytes");
    message = empty;
    message.many_bytes = many;
    message.n_many_bytes = 2;
    check_case(&message, "five bytes in a list", "DATA_TOO_LONG", "many_bytes[1]");
    message = empty;
    message.a_string = NULL;
    check_case(&message, "a text left NULL by who built the message", NULL, "");
}

static void check_enums(void)
{
    Sample__Sample message = SAMPLE__SAMPLE__INIT, empty = message;
    Sample__Colour colours[2] = { SAMPLE__COLOUR__COLOUR_FAR, (Sample__Colour)77 };

    about("enums");
    message.a_colour = SAMPLE__COLOUR__COLOUR_BELOW;
    check_case(&message, "a declared value below zero", NULL, "");
    message.a_colour = (Sample__Colour)3;
    check_case(&message, "an undeclared value", "VALUE_UNKNOWN", "a_colour");
    message = empty;
    message.colours = colours;
    message.n_colours = 2;
    check_case(&message, "an undeclared value in a list", "VALUE_UNKNOWN", "colours[1]");
    message.n_colours = 1;
    check_case(&message, "a declared one", NULL, "");
    message = empty;
    message.choice_case = SAMPLE__SAMPLE__CHOICE_CHOSEN_COLOUR;
    message.chosen_colour = (Sample__Colour)-1;
    check_case(&message, "an undeclared value in a oneof", "VALUE_UNKNOWN", "chosen_colour");
    message.choice_case = SAMPLE__SAMPLE__CHOICE_CHOSEN_NUMBER;
    check_case(&message, "the same bits in another member", NULL, "");
}

static void check_unknown_fields(void)
{
    static const struct {
        const char *what;
        const uint8_t *bytes;
        size_t length;
        const char *field;
    } cases[] = {
        { "an unknown field", BYTES("\xa0\x06\x01"), "" },
        { "an unknown field in a message", BYTES("\x8a\x01\x03\xa0\x06\x01"), "a_leaf" },
        { "an unknown field two messages down", BYTES("\x8a\x01\x05\x12\x03\xa0\x06\x01"),
          "a_leaf.start" },
        { "an unknown field in a list", BYTES("\xaa\x02\x00\xaa\x02\x03\xa0\x06\x01"),
          "leaves[1]" },
    };

    about("fields this release does not know");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct message_trouble trouble = { 0 };
        ProtobufCMessage *message = message_unpack(sample, &arena, cases[i].bytes, cases[i].length,
                                                   &message_limits_of_commands, &trouble);

        check(message && !message_check(message, &message_limits_of_commands, &trouble),
              "%s is refused in a command", cases[i].what);
        check_text(trouble.code, "FIELD_UNKNOWN", "as FIELD_UNKNOWN");
        check_text(trouble.field, cases[i].field, "at \"%s\"", cases[i].field);
        check(strstr(trouble.english, "100") != NULL, "with its number");
        check(message && message_check(message, &message_limits_of_events, &trouble),
              "%s is let through in an event", cases[i].what);
    }
}

static void check_built_too_deep(void)
{
    Refused__Itself levels[33];
    struct message_trouble trouble = { 0 };

    about("built by hand");
    for (int i = 0; i < 33; i++) {
        levels[i] = (Refused__Itself)REFUSED__ITSELF__INIT;
        levels[i].child = i < 32 ? &levels[i + 1] : NULL;
    }
    check(message_check(&levels[1].base, &tight, &trouble), "32 levels pass");
    check(!message_check(&levels[0].base, &tight, &trouble), "33 levels are refused");
    check_text(trouble.code, "MESSAGE_TOO_DEEP", "as MESSAGE_TOO_DEEP");
    check_number(strlen(trouble.field), 127, "a path that does not fit is cut");
}

static void check_types(void)
{
    about("types");
    check(message_contains_itself(&refused__itself__descriptor),
          "a type with a field of its own type");
    check(message_contains_itself(&refused__around__descriptor),
          "a type that comes back by another");
    check(message_contains_itself(&refused__around_back__descriptor), "and the other");
    check(!message_contains_itself(&refused__beside__descriptor),
          "a type that leads to such a type, but not to itself");
    check(!message_contains_itself(sample), "the sample does not contain itself");
    check(!message_contains_itself(&sample__nothing__descriptor), "nor does a type without fields");
}

/* A type made here, with a field for each of so many other types. */
static void check_many_types(void)
{
    static ProtobufCMessageDescriptor types[1001], whole;
    static ProtobufCFieldDescriptor fields[1001];
    const ProtobufCMessageDescriptor *found[1001];

    for (int i = 0; i < 1001; i++)
        fields[i] =
            (ProtobufCFieldDescriptor){ .type = PROTOBUF_C_TYPE_MESSAGE, .descriptor = &types[i] };
    whole = (ProtobufCMessageDescriptor){ .n_fields = 1000, .fields = fields };
    check(!message_contains_itself(&whole), "1,000 types are followed");
    check_number(message_types_within(&whole, found, 1001), 1000, "all of them are found");
    check(found[0] == &types[0] && found[999] == &types[999], "in the order of the fields");
    check(message_types_within(&whole, found, 999) > 999, "a shorter list is told to be too short");
    whole.n_fields = 1001;
    check(message_contains_itself(&whole), "1,001 are taken for too many");
    whole.n_fields = 2;
    types[1] = (ProtobufCMessageDescriptor){ .n_fields = 1, .fields = fields + 2 };
    fields[2].descriptor = &whole;
    check(message_contains_itself(&whole), "the last type found counts");
}

static void check_paths(void)
{
    const struct field_path domains = { NULL, "domains", 2 };
    const struct field_path start = { &domains, "start", WHOLE_FIELD };
    const struct field_path year = { &start, "year", WHOLE_FIELD };
    const struct field_path accented = { NULL, "éé", WHOLE_FIELD };
    char text[128];

    about("paths");
    field_path_write(&year, text, sizeof text);
    check_text(text, "domains[2].start.year", "domains[2].start.year");
    field_path_write(NULL, text, sizeof text);
    check_text(text, "", "nothing for the whole message");
    field_path_write(&year, text, 12);
    check_text(text, "domains[2].", "cut where it does not fit");
    field_path_write(&accented, text, 4);
    check_text(text, "é", "at a whole character");
}

int main(void)
{
    if (!arena_open(&arena, 4 << 20))
        return 1;
    check_wire();
    check_depth_and_size();
    check_texts();
    check_bounds();
    check_enums();
    check_unknown_fields();
    check_built_too_deep();
    check_types();
    check_many_types();
    check_paths();
    arena_close(&arena);
    return checks_done();
}
