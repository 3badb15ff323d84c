/* Messages go to JSON and back by the canonical mapping of proto3, strictly; what is wrong is told
 * by its field. tests/codec/compare holds the same against Google's json_format; here stands what
 * the contract relies on. */
#include "libcommon/base64.h"
#include "libcommon/codec.h"
#include "libcommon/fields.h"
#include "libcommon/text.h"
#include "tests/check.h"
#include "tests/codec/refused.pb-c.h"
#include "tests/codec/sample.pb-c.h"

#include <math.h>
#include <stdlib.h>

static const ProtobufCMessageDescriptor *const sample = &sample__sample__descriptor;
static struct arena arena;

static Sample__Sample *read(const char *json, struct message_trouble *trouble)
{
    *trouble = (struct message_trouble){ 0 };
    arena_reset(&arena);
    return (Sample__Sample *)codec_from_json(sample, &arena, json, strlen(json), trouble);
}

static void check_round(void)
{
    /* Each is its own canonical form. */
    static const char *const cases[] = {
        "{}",
        "{\"aDouble\":0.1,\"aFloat\":0.1,\"anInt32\":-1,\"anInt64\":\"-9223372036854775808\"}",
        "{\"aDouble\":0.30000000000000004,\"aFloat\":3.402823466e+38}",
        "{\"aUint32\":4294967295,\"aUint64\":\"18446744073709551615\"}",
        "{\"aDouble\":\"NaN\",\"aFloat\":\"-Infinity\",\"doubles\":[\"Infinity\",0,-0.0,1e+21,4."
        "94065645841247e-324]"
        "}",
        "{\"aBool\":true,\"aString\":\"é \\\"\\\\\\n\\u0001\",\"someBytes\":\"AP8=\",\"aColour\":"
        "\"COLOUR_RED\"}",
        "{\"aColour\":77}",
        "{\"aLeaf\":{\"words\":\"a\",\"start\":{\"year\":2024,\"month\":2,\"day\":29},\"days\":[{},"
        "{"
        "\"day\":1}],\"amountCents\":\"-5\"}}",
        "{\"aLeaf\":{},\"nothing\":{}}",
        "{\"bools\":[true,false],\"strings\":[\"\",\"a\"],\"manyBytes\":[\"\",\"AA==\"],"
        "\"colours\":["
        "\"COLOUR_UNSPECIFIED\",\"COLOUR_BELOW\"]}",
        "{\"chosenNumber\":0}",
        "{\"chosenText\":\"\"}",
        "{\"chosenLeaf\":{}}",
        "{\"chosenColour\":\"COLOUR_UNSPECIFIED\"}",
        "{\"chosenBytes\":\"\"}",
        "{\"chosenBool\":false}",
        "{\"chosenDouble\":0}",
        "{\"chosenUint64\":\"0\",\"otherText\":\"\"}",
        "{\"a1B2C3\":1,\"twoLines\":2,\"ends\":3,\"CapitalName\":4,\"line4you\":5,\"toAZ\":6}",
    };

    about("there and back");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct message_trouble trouble;
        Sample__Sample *message = read(cases[i], &trouble);
        const char *json =
            message ? codec_to_json(&message->base, CODEC_COMPACT, &arena, &trouble) : NULL;

        check_text(json ? json : trouble.english, cases[i], "%s", cases[i]);
    }
}

static void check_values_read(void)
{
    struct message_trouble trouble;
    Sample__Sample *message =
        read(" {\"an_int32\": 1e2, \"anInt64\": \"5\", \"aUint32\": 3.0, \"some_bytes\": \"_-8\","
             " \"aColour\": 70000, \"aString\": null, \"aDouble\": \"-15\", \"uint64s\": "
             "[9007199254740991.0], \"doubles\": [\"2.5\"], \"leaves\": [{\"start\": {\"year\": "
             "2024}}]} ",
             &trouble);

    about("values");
    if (!check(message != NULL, "names of the .proto, numbers in other forms, null: read"))
        return;
    check_number(message->an_int32, 100, "1e2 is 100");
    check_number(message->an_int64, 5, "\"5\" is 5");
    check_number(message->a_uint32, 3, "3.0 is 3");
    check(message->some_bytes.len == 2 && memcmp(message->some_bytes.data, "\xff\xef", 2) == 0,
          "URL-safe base64 without padding is read");
    check_number(message->a_colour, SAMPLE__COLOUR__COLOUR_FAR, "70000 is COLOUR_FAR");
    check(message->a_double == -15 && message->doubles[0] == 2.5,
          "real numbers in quotes are read");
    check_number(message->uint64s[0], (INT64_C(1) << 53) - 1, "2^53 - 1 with a point is read");
    check(message->a_string == (char *)protobuf_c_empty_string, "null is absent");
    check(message->n_leaves == 1 && message->leaves[0]->start->year == 2024,
          "a message in a message in a list");
    check(message->leaves[0]->base.descriptor == &sample__leaf__descriptor,
          "is a message of its type");
}

static void check_indented(void)
{
    struct message_trouble trouble;
    Sample__Sample *message =
        read("{\"anInt32\":1,\"aLeaf\":{\"days\":[{\"day\":1},{}]},\"nothing\":{},"
             "\"int32s\":[1,2]}",
             &trouble);

    about("for people");
    check_text(message ? codec_to_json(&message->base, CODEC_INDENTED, &arena, &trouble) : "",
               "{\n"
               "  \"anInt32\": 1,\n"
               "  \"aLeaf\": {\n"
               "    \"days\": [\n"
               "      {\n"
               "        \"day\": 1\n"
               "      },\n"
               "      {}\n"
               "    ]\n"
               "  },\n"
               "  \"nothing\": {},\n"
               "  \"int32s\": [\n"
               "    1,\n"
               "    2\n"
               "  ]\n"
               "}",
               "two spaces a level");
}

static void check_refusals(void)
{
    static const struct {
        const char *what;
        const char *json;
        const char *code;
        const char *field;
        int line;
    } cases[] = {
        { "nothing", "", "JSON_MALFORMED", "", 1 },
        { "no JSON", "{\n  bonjour\n}", "JSON_MALFORMED", "", 2 },
        { "JSON that stops", "{\n\"aString\": \"a\",\n\"nothing\": {", "JSON_MALFORMED", "", 3 },
        { "a text without its end", "{\"aString\": \"a", "JSON_MALFORMED", "", 1 },
        { "something after the end", "{}\n{}", "JSON_MALFORMED", "", 2 },
        { "a key twice", "{\"anInt32\":1,\n\"anInt32\":2}", "FIELD_TWICE", "", 2 },
        { "an integer of 20 digits", "{\"aUint64\":18446744073709551615}", "NUMBER_OUT_OF_RANGE",
          "", 1 },
        { "a NUL in a text", "{\"aString\":\"a\\u0000\"}", "TEXT_NOT_CLEAN", "", 1 },
        { "a NUL in a key", "{\"a\\u0000\":1}", "TEXT_NOT_CLEAN", "", 1 },
        { "bad UTF-8", "{\"aString\":\"\xff\"}", "TEXT_NOT_CLEAN", "", 1 },
        { "a list", "[]", "TYPE_WRONG", "", 0 },
        { "null", "null", "TYPE_WRONG", "", 0 },
        { "a field there is not", "{\"aLeaf\":{\"word\":1}}", "FIELD_UNKNOWN", "a_leaf.word", 0 },
        { "a field whose name is no line", "{\"a\\nb\":1}", "FIELD_UNKNOWN", "?", 0 },
        { "both names of a field", "{\"anInt32\":1,\"an_int32\":1}", "FIELD_TWICE", "an_int32", 0 },
        { "two members of a oneof", "{\"chosenText\":\"a\",\"chosenBool\":true}", "CHOICE_TWICE",
          "chosen_bool", 0 },
        { "a fraction", "{\"aLeaf\":{\"start\":{\"year\":1.5}}}", "NUMBER_NOT_WHOLE",
          "a_leaf.start.year", 0 },
        { "2^53 with a point, to which 2^53 + 1 would be rounded",
          "{\"anInt64\":9007199254740992.0}", "NUMBER_NOT_WHOLE", "an_int64", 0 },
        { "empty quotes", "{\"anInt32\":\"\"}", "NUMBER_NOT_WHOLE", "an_int32", 0 },
        { "a minus alone", "{\"anInt32\":\"-\"}", "NUMBER_NOT_WHOLE", "an_int32", 0 },
        { "zeros before digits", "{\"anInt32\":\"01\"}", "NUMBER_NOT_WHOLE", "an_int32", 0 },
        { "a colon for a digit", "{\"anInt32\":\"1:\"}", "NUMBER_NOT_WHOLE", "an_int32", 0 },
        { "a slash for a digit", "{\"anInt32\":\"1/\"}", "NUMBER_NOT_WHOLE", "an_int32", 0 },
        { "one more than an int32", "{\"int32s\":[0,2147483648]}", "NUMBER_OUT_OF_RANGE",
          "int32s[1]", 0 },
        { "one less than an int32", "{\"anInt32\":-2147483649}", "NUMBER_OUT_OF_RANGE", "an_int32",
          0 },
        { "minus one unsigned", "{\"aUint32\":-1}", "NUMBER_OUT_OF_RANGE", "a_uint32", 0 },
        { "one more than a uint32", "{\"aFixed32\":4294967296}", "NUMBER_OUT_OF_RANGE", "a_fixed32",
          0 },
        { "one more than an int64", "{\"anInt64\":\"9223372036854775808\"}", "NUMBER_OUT_OF_RANGE",
          "an_int64", 0 },
        { "one less than an int64", "{\"aSint64\":\"-9223372036854775809\"}", "NUMBER_OUT_OF_RANGE",
          "a_sint64", 0 },
        { "one more than a uint64", "{\"aUint64\":\"18446744073709551616\"}", "NUMBER_OUT_OF_RANGE",
          "a_uint64", 0 },
        { "minus one of 64 bits unsigned", "{\"aFixed64\":\"-1\"}", "NUMBER_OUT_OF_RANGE",
          "a_fixed64", 0 },
        { "a float too large", "{\"aFloat\":1e39}", "NUMBER_OUT_OF_RANGE", "a_float", 0 },
        { "a text for a number", "{\"aDouble\":\"abc\"}", "TYPE_WRONG", "a_double", 0 },
        { "empty quotes for a real number", "{\"aDouble\":\"\"}", "TYPE_WRONG", "a_double", 0 },
        { "a space before a real number", "{\"aDouble\":\" 1\"}", "TYPE_WRONG", "a_double", 0 },
        { "a space after a real number", "{\"aDouble\":\"1 \"}", "TYPE_WRONG", "a_double", 0 },
        { "two real numbers", "{\"aDouble\":\"1 2\"}", "TYPE_WRONG", "a_double", 0 },
        { "true for a number", "{\"anInt32\":true}", "TYPE_WRONG", "an_int32", 0 },
        { "true for a real number", "{\"aDouble\":true}", "TYPE_WRONG", "a_double", 0 },
        { "a number for a text", "{\"aString\":1}", "TYPE_WRONG", "a_string", 0 },
        { "a number for bytes", "{\"someBytes\":1}", "TYPE_WRONG", "some_bytes", 0 },
        { "a number for a bool", "{\"aBool\":1}", "TYPE_WRONG", "a_bool", 0 },
        { "one for a list", "{\"strings\":\"a\"}", "TYPE_WRONG", "strings", 0 },
        { "a list for one", "{\"aString\":[\"a\"]}", "TYPE_WRONG", "a_string", 0 },
        { "null in a list", "{\"leaves\":[{},null]}", "TYPE_WRONG", "leaves[1]", 0 },
        { "a number for a message", "{\"aLeaf\":{\"start\":2024}}", "TYPE_WRONG", "a_leaf.start",
          0 },
        { "an enum there is not", "{\"colours\":[\"COLOUR_RED\",\"PINK\"]}", "VALUE_UNKNOWN",
          "colours[1]", 0 },
        { "no base64", "{\"someBytes\":\"A*==\"}", "DATA_NOT_BASE64", "some_bytes", 0 },
    };

    about("what is refused");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct message_trouble trouble;

        check(!read(cases[i].json, &trouble), "%s is refused", cases[i].what);
        check_text(trouble.code ? trouble.code : "", cases[i].code, "as %s", cases[i].code);
        check_text(trouble.field, cases[i].field, "at \"%s\"", cases[i].field);
        check_number(trouble.line, cases[i].line, "in line %d", cases[i].line);
        check(text_is_line(trouble.french, strlen(trouble.french)) && trouble.french[0] != '\0' &&
                  text_is_line(trouble.english, strlen(trouble.english)) &&
                  trouble.english[0] != '\0' && !strstr(trouble.french, "{}") &&
                  !strstr(trouble.english, "{}"),
              "told in French and English: %s", trouble.french);
    }
}

static void check_room(void)
{
    struct message_trouble trouble;
    struct arena small;
    Sample__Sample *message;
    char *json = malloc(CODEC_LONGEST_JSON + 2);

    about("room");
    if (!json || !arena_open(&small, 2048))
        return;
    memset(json, ' ', CODEC_LONGEST_JSON + 1);
    memcpy(json, "{}", 2);
    check(codec_from_json(sample, &arena, json, CODEC_LONGEST_JSON, &trouble), "1 MiB is read");
    check(!codec_from_json(sample, &arena, json, CODEC_LONGEST_JSON + 1, &trouble),
          "a byte more is refused");
    check_text(trouble.code, "MESSAGE_TOO_LARGE", "as MESSAGE_TOO_LARGE");
    check(!codec_from_json(sample, &arena, "{\"anInt32\":1\0}", 14, &trouble),
          "a raw NUL is refused");
    check_text(trouble.code, "TEXT_NOT_CLEAN", "as TEXT_NOT_CLEAN");
    for (size_t size = 0; size < 1600; size += 16) {
        static const char whole[] =
            "{\"aString\":\"a\",\"someBytes\":\"AA==\",\"int32s\":[1,2],\"strings\":"
            "[\"a\"],\"leaves\":[{\"words\":\"b\"}]}";
        bool is_read;

        arena_reset(&small);
        small.size = size;
        is_read = codec_from_json(sample, &small, whole, sizeof whole - 1, &trouble) != NULL;
        holds_or_report(is_read || strcmp(trouble.code, "MESSAGE_TOO_LARGE") == 0,
                        "an arena that is full anywhere is told (%zu bytes)", size);
        holds_or_report(is_read == !small.exhausted, "nothing half-read comes out (%zu bytes)",
                        size);
    }
    check(!small.exhausted, "with 1,584 bytes it is read");
    small.size = 2048;
    message =
        (Sample__Sample *)codec_from_json(sample, &small, "{\"aString\":\"abc\"}", 17, &trouble);
    small.size = small.used + 16;
    check(message && codec_to_json(&message->base, CODEC_COMPACT, &small, &trouble) == NULL,
          "JSON that does not fit is refused");
    check_text(trouble.code, "MESSAGE_TOO_LARGE", "as MESSAGE_TOO_LARGE");
    small.size = 2048;
    arena_close(&small);
    free(json);
}

static void check_broken_messages(void)
{
    Sample__Sample message = SAMPLE__SAMPLE__INIT;
    Refused__Itself levels[33];
    char *texts[2] = { NULL, "\xff" };
    struct message_trouble trouble;

    about("messages built by hand");
    arena_reset(&arena);
    message.strings = texts;
    message.n_strings = 1;
    check_text(codec_to_json(&message.base, CODEC_COMPACT, &arena, &trouble),
               "{\"strings\":[\"\"]}", "a NULL in a list is an empty text");
    message.n_strings = 2;
    check(!codec_to_json(&message.base, CODEC_COMPACT, &arena, &trouble),
          "bad UTF-8 is not printed");
    check_text(trouble.field, "strings[1]", "and told by its field");
    message = (Sample__Sample)SAMPLE__SAMPLE__INIT;
    message.choice_case = SAMPLE__SAMPLE__CHOICE_CHOSEN_LEAF;
    check_text(codec_to_json(&message.base, CODEC_COMPACT, &arena, &trouble), "{}",
               "a chosen message never filled in is not there");
    for (int i = 0; i < 33; i++) {
        levels[i] = (Refused__Itself)REFUSED__ITSELF__INIT;
        levels[i].child = i < 32 ? &levels[i + 1] : NULL;
    }
    check(codec_to_json(&levels[1].base, CODEC_COMPACT, &arena, &trouble), "32 levels are printed");
    check(!codec_to_json(&levels[0].base, CODEC_COMPACT, &arena, &trouble), "33 are refused");
    check_text(trouble.code, "MESSAGE_TOO_DEEP", "as MESSAGE_TOO_DEEP");
}

/* levels of Itself as JSON. */
static bool nested_is_read(int levels, struct message_trouble *trouble)
{
    char json[4096] = "";
    size_t length = 0;

    for (int i = 1; i < levels; i++)
        length += (size_t)snprintf(json + length, sizeof json - length, "{\"child\":");
    length += (size_t)snprintf(json + length, sizeof json - length, "{}");
    memset(json + length, '}', (size_t)levels - 1);
    length += (size_t)levels - 1;
    arena_reset(&arena);
    return codec_from_json(&refused__itself__descriptor, &arena, json, length, trouble) != NULL;
}

static void check_types(void)
{
    static const struct {
        const char *what;
        const ProtobufCMessageDescriptor *type;
        const char *json;
        bool is_carried;
    } cases[] = {
        { "a map", &refused__with_map__descriptor, "{\"extraCosts\":[]}", false },
        { "a well-known type", &refused__with_known__descriptor, "{\"stamp\":null}", false },
        { "a map two steps below", &refused__holder__descriptor,
          "{\"between\":{\"maps\":[{\"extraCosts\":{}}]}}", false },
        { "a list that only looks like a map", &refused__with_pairs__descriptor,
          "{\"extraCosts\":[{\"key\":\"a\",\"value\":\"b\"}]}", true },
        { "types only named as a map's", &refused__with_entries__descriptor,
          "{\"otherKey\":[{}],\"otherValue\":[{}],\"threeFields\":[{}],\"one\":{}}", true },
        { "a map of a longer name", &refused__with_map_from_ato_z__descriptor, "{\"fromAToZ\":{}}",
          false },
        { "every kind of field", &sample__sample__descriptor, "{}", true },
    };
    Refused__WithMap with_map = REFUSED__WITH_MAP__INIT;
    Refused__WithMap__ExtraCostsEntry entry = REFUSED__WITH_MAP__EXTRA_COSTS_ENTRY__INIT,
                                      *entries = &entry;
    struct message_trouble trouble = { 0 };

    about("types");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bool is_read = codec_from_json(cases[i].type, &arena, cases[i].json, strlen(cases[i].json),
                                       &trouble) != NULL;

        check(is_read == cases[i].is_carried, "%s %s read", cases[i].what,
              cases[i].is_carried ? "is" : "is not");
        check(codec_carries(cases[i].type, &trouble) == cases[i].is_carried, "%s %s carried",
              cases[i].what, cases[i].is_carried ? "is" : "is not");
        if (!cases[i].is_carried)
            check_text(trouble.code, "TYPE_NOT_CARRIED", "as TYPE_NOT_CARRIED");
    }
    with_map.n_extra_costs = 1;
    with_map.extra_costs = &entries;
    check(!codec_to_json(&with_map.base, CODEC_COMPACT, &arena, &trouble), "a map is not printed");
    check_text(trouble.field, "extra_costs", "and told by its field");
    check(nested_is_read(32, &trouble), "32 levels are read");
    check(!nested_is_read(33, &trouble), "33 are refused");
    check_text(trouble.code, "MESSAGE_TOO_DEEP", "as MESSAGE_TOO_DEEP");
}

static void check_names(void)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(sample, "a1_b2_c3");
    char name[8] = "xxxxxxx";

    about("names in JSON");
    field_json_name(field, name, sizeof name);
    check_text(name, "a1B2C3", "a1_b2_c3 is a1B2C3");
    memset(name, 'x', sizeof name);
    field_json_name(field, name, 7);
    check_text(name, "a1B2C3", "seven bytes hold it with its NUL");
    check(name[7] == 'x', "and no more is written");
    field_json_name(field, name, 6);
    check_text(name, "a1B2C", "six hold a letter less");
}

static void check_base64(void)
{
    /* RFC 4648, section 10, and what is not base64. */
    static const struct {
        const char *bytes;
        const char *text;
    } vectors[] = {
        { "", "" },
        { "f", "Zg==" },
        { "fo", "Zm8=" },
        { "foo", "Zm9v" },
        { "foob", "Zm9vYg==" },
        { "fooba", "Zm9vYmE=" },
        { "foobar", "Zm9vYmFy" },
    };
    static const struct {
        const char *text;
        bool reads;
    } cases[] = {
        { "Zg", true },     { "Zm8", true },   { "Zg=", false },    { "Z", false },
        { "Z===", false },  { "====", false }, { "=", false },      { "Zm9vZ", false },
        { "Zh==", false },  { "Zm9=", false }, { "Z g=", false },   { "Zg==Zg==", false },
        { "Zg===", false }, { "_-+/", true },  { "Zm9v\n", false }, { "Zm@v", false },
        { "Zm[v", false },  { "Zm`v", false }, { "Zm{v", false },   { "Zm:v", false },
        { "AZaz", true },   { "0099", true },
    };
    uint8_t bytes[16];
    size_t length;

    about("base64");
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        char text[16] = "";

        base64_write((const uint8_t *)vectors[i].bytes, strlen(vectors[i].bytes), text);
        check_text(text, vectors[i].text, "\"%s\" is written %s", vectors[i].bytes,
                   vectors[i].text);
        check_number(base64_length(strlen(vectors[i].bytes)), strlen(text), "of that length");
        check(base64_read(text, strlen(text), bytes, &length) &&
                  length == strlen(vectors[i].bytes) &&
                  memcmp(bytes, vectors[i].bytes, length) == 0,
              "and read back");
    }
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check(base64_read(cases[i].text, strlen(cases[i].text), bytes, &length) == cases[i].reads,
              "\"%s\" %s base64", cases[i].text, cases[i].reads ? "is" : "is not");
}

int main(void)
{
    if (!arena_open(&arena, 4 << 20))
        return 1;
    check_round();
    check_values_read();
    check_indented();
    check_refusals();
    check_room();
    check_broken_messages();
    check_types();
    check_names();
    check_base64();
    arena_close(&arena);
    return checks_done();
}
