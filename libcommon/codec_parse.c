#include "libcommon/base64.h"
#include "libcommon/codec.h"
#include "libcommon/fields.h"
#include "libcommon/json_number.h"
#include "libcommon/text.h"

#include <jansson.h>
#include <string.h>

static const struct trouble_kind NOT_JSON = {
    "JSON_MALFORMED",
    "Ce n'est pas du JSON : erreur de syntaxe à la ligne et à la colonne indiquées.",
    "This is no JSON: a syntax error at the line and column told.",
};
static const struct trouble_kind CUT_SHORT = {
    "JSON_MALFORMED",
    "Le JSON s'arrête avant sa fin : il manque un guillemet ou un crochet fermant.",
    "The JSON stops before its end: a closing quote or bracket is missing.",
};
static const struct trouble_kind MORE_FOLLOWS = {
    "JSON_MALFORMED",
    "Du texte suit la fin du JSON : retirez-le.",
    "Text follows the end of the JSON: remove it.",
};
static const struct trouble_kind KEY_TWICE = {
    "FIELD_TWICE",
    "Un même nom figure deux fois dans un objet, à la ligne indiquée : gardez-en un.",
    "A name stands twice in one object, at the line told: keep one.",
};
static const struct trouble_kind NUMBER_TOO_BIG = {
    "NUMBER_OUT_OF_RANGE",
    "Un nombre est trop grand, à la ligne indiquée ; un grand entier s'écrit entre guillemets.",
    "A number is too big, at the line told; a large integer is written in quotes.",
};
static const struct trouble_kind JSON_NOT_UTF8 = {
    "TEXT_NOT_CLEAN",
    "Le JSON n'est pas en UTF-8 valide, à la ligne indiquée : corrigez son encodage.",
    "The JSON is not valid UTF-8, at the line told: correct its encoding.",
};
static const struct trouble_kind JSON_HAS_NUL = {
    "TEXT_NOT_CLEAN",
    "Le JSON contient un caractère nul : retirez-le.",
    "The JSON holds a null character: remove it.",
};
static const struct trouble_kind JSON_TOO_LONG = {
    "MESSAGE_TOO_LARGE",
    "Le JSON dépasse {} octets : envoyez-le en plusieurs parties.",
    "The JSON is longer than {} bytes: send it in several parts.",
};
static const struct trouble_kind NO_ROOM = {
    "MESSAGE_TOO_LARGE",
    "Le message contient trop d'éléments : envoyez-le en plusieurs parties.",
    "The message holds too many elements: send it in several parts.",
};
static const struct trouble_kind TOO_DEEP = {
    "MESSAGE_TOO_DEEP",
    "Le message comporte plus de niveaux d'imbrication que le contrat.",
    "The message nests deeper than the contract does.",
};
static const struct trouble_kind NOT_CARRIED = {
    "TYPE_NOT_CARRIED",
    "Un champ de type {} ne peut pas être lu en JSON par ce service.",
    "A field of the type {} cannot be read from JSON by this service.",
};
static const struct trouble_kind FIELD_UNKNOWN = {
    "FIELD_UNKNOWN",
    "Ce champ n'existe pas dans {} : corrigez son nom ou retirez-le.",
    "There is no such field in {}: correct its name or leave it out.",
};
static const struct trouble_kind FIELD_TWICE = {
    "FIELD_TWICE",
    "Ce champ figure deux fois, sous ses deux noms : gardez-en un.",
    "This field stands there twice, under both its names: keep one.",
};
static const struct trouble_kind CHOICE_TWICE = {
    "CHOICE_TWICE",
    "Ce champ et {} s'excluent : gardez l'un des deux.",
    "This field and {} exclude one another: keep one of them.",
};
static const struct trouble_kind WANTED_NUMBER = {
    "TYPE_WRONG",
    "Ici est attendu : un nombre.",
    "What is expected here is a number.",
};
static const struct trouble_kind WANTED_TEXT = {
    "TYPE_WRONG",
    "Ici est attendu : un texte entre guillemets.",
    "What is expected here is a text in quotes.",
};
static const struct trouble_kind WANTED_BOOL = {
    "TYPE_WRONG",
    "Ici est attendu : true ou false, sans guillemets.",
    "What is expected here is true or false, without quotes.",
};
static const struct trouble_kind WANTED_LIST = {
    "TYPE_WRONG",
    "Ici est attendu : une liste entre crochets.",
    "What is expected here is a list in brackets.",
};
static const struct trouble_kind WANTED_OBJECT = {
    "TYPE_WRONG",
    "Ici est attendu : un objet entre accolades.",
    "What is expected here is an object in braces.",
};
static const struct trouble_kind NULL_IN_LIST = {
    "TYPE_WRONG",
    "Un élément de liste ne peut pas être null : retirez-le.",
    "An element of a list cannot be null: remove it.",
};
static const struct trouble_kind NOT_WHOLE = {
    "NUMBER_NOT_WHOLE",
    "Ce champ attend un nombre entier ; à partir de 2^53, écrivez-le entre guillemets et sans "
    "exposant.",
    "This field takes a whole number; from 2^53 on, write it in quotes and without an exponent.",
};
static const struct trouble_kind OUT_OF_RANGE = {
    "NUMBER_OUT_OF_RANGE",
    "Ce nombre est hors des limites du champ.",
    "This number is outside the range of the field.",
};
static const struct trouble_kind VALUE_UNKNOWN = {
    "VALUE_UNKNOWN",
    "« {} » n'est pas une valeur de ce champ.",
    "'{}' is not a value of this field.",
};
static const struct trouble_kind NOT_BASE64 = {
    "DATA_NOT_BASE64",
    "Ces données ne sont pas en base64.",
    "This data is not base64.",
};

struct reader {
    struct arena *arena;
    struct message_trouble *trouble;
    int depth;
};

static bool refuse(struct reader *reader, const struct trouble_kind *kind,
                   const struct field_path *path, const char *detail)
{
    trouble_tell(reader->trouble, kind, path, detail);
    return false;
}

/* What was written, when it can be repeated on one line. */
static const char *told(const char *text)
{
    return text_is_line(text, strlen(text)) ? text : "?";
}

/* --- numbers ---------------------------------------------------------------------------------- */

static const struct trouble_kind *trouble_of_number(enum json_number number)
{
    switch (number) {
    case NUMBER_IS_READ: return NULL;
    case NUMBER_IS_NONE: return &WANTED_NUMBER;
    case NUMBER_IS_NOT_WHOLE: return &NOT_WHOLE;
    case NUMBER_IS_TOO_LARGE: break;
    }
    return &OUT_OF_RANGE;
}

/* The largest magnitude a type takes above zero, and whether one more below. */
static uint64_t largest_of(ProtobufCType type, bool *is_signed)
{
    *is_signed = true;
    switch ((int)type) {
    case PROTOBUF_C_TYPE_UINT32:
    case PROTOBUF_C_TYPE_FIXED32: *is_signed = false; return UINT32_MAX;
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_FIXED64: *is_signed = false; return UINT64_MAX;
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_SINT64:
    case PROTOBUF_C_TYPE_SFIXED64: return INT64_MAX;
    default: return INT32_MAX;
    }
}

static bool is_in_range(const struct whole_number *number, ProtobufCType type)
{
    bool is_signed;
    uint64_t largest = largest_of(type, &is_signed);

    if (!number->is_negative)
        return number->magnitude <= largest;
    return number->magnitude <= (is_signed ? largest + 1 : 0);
}

static bool read_integer(struct reader *reader, const ProtobufCFieldDescriptor *field,
                         const json_t *json, void *into, const struct field_path *path)
{
    struct whole_number number = { 0 };
    const struct trouble_kind *wrong = trouble_of_number(json_whole_number(json, &number));
    uint64_t bits;
    uint32_t low_bits;

    if (!wrong && !is_in_range(&number, field->type))
        wrong = &OUT_OF_RANGE;
    if (wrong)
        return refuse(reader, wrong, path, NULL);
    bits = number.is_negative ? -number.magnitude : number.magnitude;
    low_bits = (uint32_t)bits;
    if (field_value_size(field) == sizeof bits)
        memcpy(into, &bits, sizeof bits);
    else
        memcpy(into, &low_bits, sizeof low_bits);
    return true;
}

static bool read_real(struct reader *reader, const ProtobufCFieldDescriptor *field,
                      const json_t *json, void *into, const struct field_path *path)
{
    bool is_float = field->type == PROTOBUF_C_TYPE_FLOAT;
    double value;
    const struct trouble_kind *wrong = trouble_of_number(json_real_number(json, is_float, &value));
    float narrow;

    if (wrong)
        return refuse(reader, wrong, path, NULL);
    narrow = (float)value;
    if (is_float)
        memcpy(into, &narrow, sizeof narrow);
    else
        memcpy(into, &value, sizeof value);
    return true;
}

/* --- other scalars ---------------------------------------------------------------------------- */

static bool read_text(struct reader *reader, const json_t *json, void *into,
                      const struct field_path *path)
{
    char *text;

    if (!json_is_string(json))
        return refuse(reader, &WANTED_TEXT, path, NULL);
    text = arena_text(reader->arena, json_string_value(json), json_string_length(json));
    if (!text)
        return refuse(reader, &NO_ROOM, path, NULL);
    memcpy(into, &text, sizeof text);
    return true;
}

static bool read_data(struct reader *reader, const json_t *json, void *into,
                      const struct field_path *path)
{
    ProtobufCBinaryData data = { 0 };
    size_t length = json_string_length(json);

    if (!json_is_string(json))
        return refuse(reader, &WANTED_TEXT, path, NULL);
    data.data = length > 0 ? arena_take(reader->arena, length / 4 * 3 + 3) : NULL;
    if (length > 0 && !data.data)
        return refuse(reader, &NO_ROOM, path, NULL);
    if (!base64_read(json_string_value(json), length, data.data, &data.len))
        return refuse(reader, &NOT_BASE64, path, NULL);
    memcpy(into, &data, sizeof data);
    return true;
}

static bool read_bool(struct reader *reader, const json_t *json, void *into,
                      const struct field_path *path)
{
    protobuf_c_boolean value = json_is_true(json);

    if (!json_is_boolean(json))
        return refuse(reader, &WANTED_BOOL, path, NULL);
    memcpy(into, &value, sizeof value);
    return true;
}

/* A name must be known; a number need not, as proto3's enums are open: message_check() says no. */
static bool read_enum(struct reader *reader, const ProtobufCFieldDescriptor *field,
                      const json_t *json, void *into, const struct field_path *path)
{
    const ProtobufCEnumValue *value;
    int32_t number;

    if (!json_is_string(json))
        return read_integer(reader, field, json, into, path);
    value =
        protobuf_c_enum_descriptor_get_value_by_name(field->descriptor, json_string_value(json));
    if (!value)
        return refuse(reader, &VALUE_UNKNOWN, path, told(json_string_value(json)));
    number = value->value;
    memcpy(into, &number, sizeof number);
    return true;
}

/* --- messages --------------------------------------------------------------------------------- */

static ProtobufCMessage *read_message(struct reader *reader, const ProtobufCMessageDescriptor *type,
                                      const json_t *json, const struct field_path *path);

static bool read_inner_message(struct reader *reader, const ProtobufCFieldDescriptor *field,
                               const json_t *json, void *into, const struct field_path *path)
{
    ProtobufCMessage *message = read_message(reader, field->descriptor, json, path);

    memcpy(into, &message, sizeof message);
    return message != NULL;
}

static bool read_value(struct reader *reader, const ProtobufCFieldDescriptor *field,
                       const json_t *json, void *into, const struct field_path *path)
{
    switch ((int)field->type) {
    case PROTOBUF_C_TYPE_STRING: return read_text(reader, json, into, path);
    case PROTOBUF_C_TYPE_BYTES: return read_data(reader, json, into, path);
    case PROTOBUF_C_TYPE_BOOL: return read_bool(reader, json, into, path);
    case PROTOBUF_C_TYPE_ENUM: return read_enum(reader, field, json, into, path);
    case PROTOBUF_C_TYPE_MESSAGE: return read_inner_message(reader, field, json, into, path);
    case PROTOBUF_C_TYPE_FLOAT:
    case PROTOBUF_C_TYPE_DOUBLE: return read_real(reader, field, json, into, path);
    default: return read_integer(reader, field, json, into, path);
    }
}

static bool read_list(struct reader *reader, ProtobufCMessage *message,
                      const ProtobufCFieldDescriptor *field, const json_t *json,
                      struct field_path *path)
{
    size_t count = json_array_size(json), size = field_value_size(field);
    char *values;

    if (!json_is_array(json))
        return refuse(reader, &WANTED_LIST, path, NULL);
    if (count == 0)
        return true;
    values = arena_take(reader->arena, count * size);
    if (!values)
        return refuse(reader, &NO_ROOM, path, NULL);
    for (size_t i = 0; i < count; i++) {
        const json_t *element = json_array_get(json, i);

        path->index = (int64_t)i;
        if (json_is_null(element))
            return refuse(reader, &NULL_IN_LIST, path, NULL);
        if (!read_value(reader, field, element, values + i * size, path))
            return false;
    }
    memcpy(field_place(message, field), &values, sizeof values);
    *field_length(message, field) = count;
    return true;
}

/* Takes the oneof for this field; refuses when another member has it. */
static bool choose(struct reader *reader, ProtobufCMessage *message,
                   const ProtobufCFieldDescriptor *field, const struct field_path *path)
{
    uint32_t *chosen = field_case(message, field);

    if (*chosen != 0)
        return refuse(reader, &CHOICE_TWICE, path,
                      protobuf_c_message_descriptor_get_field(message->descriptor, *chosen)->name);
    *chosen = field->id;
    return true;
}

static bool read_field(struct reader *reader, ProtobufCMessage *message,
                       const ProtobufCFieldDescriptor *field, const json_t *json,
                       struct field_path *path)
{
    if (!field_is_carried(message->descriptor, field))
        return refuse(reader, &NOT_CARRIED, path, message->descriptor->name);
    if (json_is_null(json))
        return true;
    if (field_is_repeated(field))
        return read_list(reader, message, field, json, path);
    if (field_is_in_oneof(field) && !choose(reader, message, field, path))
        return false;
    return read_value(reader, field, json, field_place(message, field), path);
}

/* By its name in JSON or in the .proto; NULL when there is none. */
static const ProtobufCFieldDescriptor *field_of_key(const ProtobufCMessageDescriptor *type,
                                                    const char *key)
{
    for (unsigned i = 0; i < type->n_fields; i++) {
        char name[128];

        field_json_name(&type->fields[i], name, sizeof name);
        if (strcmp(name, key) == 0)
            return &type->fields[i];
    }
    return protobuf_c_message_descriptor_get_field_by_name(type, key);
}

/* Notes that the field was named; false when it was before. */
static bool mark_seen(bool *seen, const ProtobufCMessageDescriptor *type,
                      const ProtobufCFieldDescriptor *field)
{
    bool *place = &seen[field - type->fields];

    if (*place)
        return false;
    *place = true;
    return true;
}

static bool read_members(struct reader *reader, ProtobufCMessage *message, const json_t *json,
                         bool *seen, const struct field_path *parent)
{
    const ProtobufCMessageDescriptor *type = message->descriptor;
    const char *key;
    json_t *value;

    json_object_foreach((json_t *)json, key, value)
    {
        const ProtobufCFieldDescriptor *field = field_of_key(type, key);
        struct field_path path = { parent, field ? field->name : told(key), WHOLE_FIELD };

        if (!field)
            return refuse(reader, &FIELD_UNKNOWN, &path, type->name);
        if (!mark_seen(seen, type, field))
            return refuse(reader, &FIELD_TWICE, &path, NULL);
        if (!read_field(reader, message, field, value, &path))
            return false;
    }
    return true;
}

/* Recursion ends at MESSAGE_DEEPEST. */
static ProtobufCMessage *read_message(struct reader *reader, const ProtobufCMessageDescriptor *type,
                                      const json_t *json, const struct field_path *path)
{
    const struct trouble_kind *wrong = !json_is_object(json)              ? &WANTED_OBJECT
                                       : reader->depth >= MESSAGE_DEEPEST ? &TOO_DEEP
                                                                          : NULL;
    ProtobufCMessage *message = arena_take(reader->arena, type->sizeof_message);
    bool *seen = arena_take(reader->arena, type->n_fields);
    bool is_read;

    if (!wrong && (!message || !seen))
        wrong = &NO_ROOM;
    if (wrong) {
        refuse(reader, wrong, path, NULL);
        return NULL;
    }
    protobuf_c_message_init(type, message);
    reader->depth++;
    is_read = read_members(reader, message, json, seen, path);
    reader->depth--;
    return is_read ? message : NULL;
}

static const struct trouble_kind *trouble_of_syntax(const json_error_t *error)
{
    switch ((int)json_error_code(error)) {
    case json_error_premature_end_of_input: return &CUT_SHORT;
    case json_error_end_of_input_expected: return &MORE_FOLLOWS;
    case json_error_duplicate_key: return &KEY_TWICE;
    case json_error_numeric_overflow: return &NUMBER_TOO_BIG;
    case json_error_invalid_utf8: return &JSON_NOT_UTF8;
    case json_error_null_character:
    case json_error_null_byte_in_key: return &JSON_HAS_NUL;
    case json_error_stack_overflow: return &TOO_DEEP;
    default: return &NOT_JSON;
    }
}

ProtobufCMessage *codec_from_json(const ProtobufCMessageDescriptor *type, struct arena *arena,
                                  const char *json, size_t length, struct message_trouble *trouble)
{
    struct reader reader = { .arena = arena, .trouble = trouble };
    ProtobufCMessage *message;
    json_error_t error;
    json_t *tree;

    if (length > CODEC_LONGEST_JSON) {
        trouble_tell_number(trouble, &JSON_TOO_LONG, NULL, CODEC_LONGEST_JSON);
        return NULL;
    }
    if (length > 0 && memchr(json, '\0', length)) { /* jansson passes over one after a number */
        trouble_tell(trouble, &JSON_HAS_NUL, NULL, NULL);
        return NULL;
    }
    tree = json_loadb(json, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (!tree) {
        trouble_tell(trouble, trouble_of_syntax(&error), NULL, NULL);
        trouble->line = error.line;
        trouble->column = error.column;
        return NULL;
    }
    message = read_message(&reader, type, tree, NULL);
    json_decref(tree);
    return message;
}
