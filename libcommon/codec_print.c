#include "libcommon/base64.h"
#include "libcommon/codec.h"
#include "libcommon/fields.h"
#include "libcommon/text.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct trouble_kind NOT_CARRIED = {
    "TYPE_NOT_CARRIED",
    "Le type {} ne peut pas être écrit en JSON par ce service.",
    "The type {} cannot be carried in JSON by this service.",
};
static const struct trouble_kind TOO_DEEP = {
    "MESSAGE_TOO_DEEP",
    "Le message comporte plus de {} niveaux d'imbrication.",
    "The message nests deeper than {} levels.",
};
static const struct trouble_kind NOT_UTF8 = {
    "TEXT_NOT_CLEAN",
    "Ce texte n'est pas en UTF-8 valide.",
    "This text is not valid UTF-8.",
};
static const struct trouble_kind NO_ROOM = {
    "MESSAGE_TOO_LARGE",
    "Le message est trop grand pour être écrit en JSON.",
    "The message is too large to be written as JSON.",
};

/* Written twice: first without text, to know the length. */
struct printer {
    char *text;
    size_t length;
    bool is_indented;
    int level; /* of indentation */
    int depth; /* of messages */
    struct message_trouble *trouble;
};

static void put(struct printer *to, const char *bytes, size_t length)
{
    if (to->text && length > 0)
        memcpy(to->text + to->length, bytes, length);
    to->length += length;
}

static void put_text(struct printer *to, const char *text)
{
    put(to, text, strlen(text));
}

static void put_new_line(struct printer *to)
{
    if (!to->is_indented)
        return;
    put(to, "\n", 1);
    for (int i = 0; i < to->level; i++)
        put(to, "  ", 2);
}

/* After an opening bracket or a comma, and before a closing one. */
static void put_opening(struct printer *to, const char *bracket)
{
    put(to, bracket, 1);
    to->level++;
}

static void put_closing(struct printer *to, const char *bracket, bool holds_something)
{
    to->level--;
    if (holds_something)
        put_new_line(to);
    put(to, bracket, 1);
}

/* --- scalars ---------------------------------------------------------------------------------- */

static void put_escaped(struct printer *to, char byte)
{
    char code[8];

    switch (byte) {
    case '"': put(to, "\\\"", 2); return;
    case '\\': put(to, "\\\\", 2); return;
    case '\b': put(to, "\\b", 2); return;
    case '\f': put(to, "\\f", 2); return;
    case '\n': put(to, "\\n", 2); return;
    case '\r': put(to, "\\r", 2); return;
    case '\t': put(to, "\\t", 2); return;
    default:
        snprintf(code, sizeof code, "\\u%04x", (unsigned)(unsigned char)byte);
        put(to, code, 6);
    }
}

static bool must_be_escaped(char byte)
{
    return byte == '"' || byte == '\\' || (unsigned char)byte < 0x20;
}

static bool put_string(struct printer *to, const char *text, const struct field_path *path)
{
    const char *next = text ? text : "";

    if (!text_is_utf8(next, strlen(next))) {
        trouble_tell(to->trouble, &NOT_UTF8, path, NULL);
        return false;
    }
    put(to, "\"", 1);
    while (*next != '\0') {
        size_t plain = 0;

        while (next[plain] != '\0' && !must_be_escaped(next[plain]))
            plain++;
        put(to, next, plain);
        next += plain;
        if (*next != '\0')
            put_escaped(to, *next++);
    }
    put(to, "\"", 1);
    return true;
}

static void put_data(struct printer *to, const ProtobufCBinaryData *data)
{
    size_t length = base64_length(data->len);

    put(to, "\"", 1);
    if (to->text)
        base64_write(data->data, data->len, to->text + to->length);
    to->length += length;
    put(to, "\"", 1);
}

/* As a float, a text must also not lie above the largest one: strict readers compare before they
 * round. */
static bool reads_back(const char *text, double value, bool is_float)
{
    double read = strtod(text, NULL);

    return is_float ? (float)read == (float)value && fabs(read) <= (double)FLT_MAX : read == value;
}

/* Digits enough to be read back as the same number; is_float when it need only be one. */
static void put_real(struct printer *to, double value, bool is_float)
{
    char text[40];

    if (isnan(value) || isinf(value)) {
        put_text(to, isnan(value) ? "\"NaN\"" : value > 0 ? "\"Infinity\"" : "\"-Infinity\"");
        return;
    }
    for (int digits = is_float ? 6 : 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (reads_back(text, value, is_float))
            break;
    }
    if (strchr(text, ',')) /* a program that took its user's locale */
        *strchr(text, ',') = '.';
    put_text(to, strcmp(text, "-0") == 0 ? "-0.0" : text); /* the integer -0 would lose its sign */
}

static void put_enum(struct printer *to, const ProtobufCEnumDescriptor *type, int32_t number)
{
    const ProtobufCEnumValue *value = protobuf_c_enum_descriptor_get_value(type, number);
    char text[64];

    if (value) {
        put(to, "\"", 1);
        put_text(to, value->name);
        put(to, "\"", 1);
        return;
    }
    snprintf(text, sizeof text, "%" PRId32, number);
    put_text(to, text);
}

static void put_integer(struct printer *to, ProtobufCType type, const void *value)
{
    char text[32];

    switch ((int)type) {
    case PROTOBUF_C_TYPE_UINT32:
    case PROTOBUF_C_TYPE_FIXED32:
        snprintf(text, sizeof text, "%" PRIu32, *(const uint32_t *)value);
        break;
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_SINT64:
    case PROTOBUF_C_TYPE_SFIXED64:
        snprintf(text, sizeof text, "\"%" PRId64 "\"", *(const int64_t *)value);
        break;
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_FIXED64:
        snprintf(text, sizeof text, "\"%" PRIu64 "\"", *(const uint64_t *)value);
        break;
    default: snprintf(text, sizeof text, "%" PRId32, *(const int32_t *)value);
    }
    put_text(to, text);
}

/* --- messages --------------------------------------------------------------------------------- */

static bool put_message(struct printer *to, const ProtobufCMessage *message,
                        const struct field_path *path);

static bool put_value(struct printer *to, const ProtobufCFieldDescriptor *field, const void *value,
                      const struct field_path *path)
{
    switch ((int)field->type) {
    case PROTOBUF_C_TYPE_STRING: return put_string(to, *(char *const *)value, path);
    case PROTOBUF_C_TYPE_MESSAGE: return put_message(to, *(ProtobufCMessage *const *)value, path);
    case PROTOBUF_C_TYPE_BYTES: put_data(to, value); return true;
    case PROTOBUF_C_TYPE_ENUM:
        put_enum(to, field->descriptor, *(const int32_t *)value);
        return true;
    case PROTOBUF_C_TYPE_BOOL:
        put_text(to, *(const protobuf_c_boolean *)value ? "true" : "false");
        return true;
    case PROTOBUF_C_TYPE_DOUBLE: put_real(to, *(const double *)value, false); return true;
    case PROTOBUF_C_TYPE_FLOAT: put_real(to, (double)*(const float *)value, true); return true;
    default: put_integer(to, field->type, value); return true;
    }
}

static bool put_list(struct printer *to, const ProtobufCMessage *message,
                     const ProtobufCFieldDescriptor *field, struct field_path *path)
{
    size_t count = field_count(message, field);

    put_opening(to, "[");
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            put(to, ",", 1);
        put_new_line(to);
        path->index = (int64_t)i;
        if (!put_value(to, field, field_value(message, field, i), path))
            return false;
    }
    put_closing(to, "]", true);
    return true;
}

static bool put_field(struct printer *to, const ProtobufCMessage *message,
                      const ProtobufCFieldDescriptor *field, const struct field_path *parent)
{
    struct field_path path = { parent, field->name, WHOLE_FIELD };
    char name[128];

    if (!field_is_carried(message->descriptor, field)) {
        trouble_tell(to->trouble, &NOT_CARRIED, &path, message->descriptor->name);
        return false;
    }
    field_json_name(field, name, sizeof name);
    put_new_line(to);
    put(to, "\"", 1);
    put_text(to, name);
    put_text(to, to->is_indented ? "\": " : "\":");
    if (field_is_repeated(field))
        return put_list(to, message, field, &path);
    return put_value(to, field, field_value(message, field, 0), &path);
}

/* Recursion ends at MESSAGE_DEEPEST. */
static bool put_message(struct printer *to, const ProtobufCMessage *message,
                        const struct field_path *path)
{
    const ProtobufCMessageDescriptor *type = message->descriptor;
    bool holds_something = false;

    if (to->depth >= MESSAGE_DEEPEST) {
        trouble_tell_number(to->trouble, &TOO_DEEP, path, MESSAGE_DEEPEST);
        return false;
    }
    to->depth++;
    put_opening(to, "{");
    for (unsigned i = 0; i < type->n_fields; i++) {
        if (field_count(message, &type->fields[i]) == 0)
            continue;
        if (holds_something)
            put(to, ",", 1);
        holds_something = true;
        if (!put_field(to, message, &type->fields[i], path))
            return false;
    }
    put_closing(to, "}", holds_something);
    to->depth--;
    return true;
}

const char *codec_to_json(const ProtobufCMessage *message, enum codec_layout layout,
                          struct arena *arena, struct message_trouble *trouble)
{
    struct printer measured = { .is_indented = layout == CODEC_INDENTED, .trouble = trouble };
    struct printer written = measured;

    if (!put_message(&measured, message, NULL))
        return NULL;
    written.text = arena_take(arena, measured.length + 1);
    if (!written.text) {
        trouble_tell(trouble, &NO_ROOM, NULL, NULL);
        return NULL;
    }
    put_message(&written, message, NULL);
    return written.text;
}

/* --- the contract ----------------------------------------------------------------------------- */

static bool carries_fields_of(const ProtobufCMessageDescriptor *type,
                              struct message_trouble *trouble)
{
    for (unsigned i = 0; i < type->n_fields; i++) {
        const struct field_path path = { NULL, type->fields[i].name, WHOLE_FIELD };

        if (!field_is_carried(type, &type->fields[i])) {
            trouble_tell(trouble, &NOT_CARRIED, &path, type->name);
            return false;
        }
    }
    return true;
}

bool codec_carries(const ProtobufCMessageDescriptor *type, struct message_trouble *trouble)
{
    const ProtobufCMessageDescriptor *found[1000];
    const size_t room = sizeof found / sizeof found[0];
    size_t count = message_types_within(type, found, room);

    if (count > room) {
        trouble_tell(trouble, &NOT_CARRIED, NULL, type->name);
        return false;
    }
    for (size_t i = 0; i < count; i++)
        if (!carries_fields_of(found[i], trouble))
            return false;
    return carries_fields_of(type, trouble);
}
