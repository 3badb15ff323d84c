#include "libcommon/message.h"

#include "libcommon/calendar.h"
#include "libcommon/fields.h"
#include "libcommon/text.h"
#include "libcommon/wire.h"
#include "proto/tremplin.pb-c.h"

#include <stdio.h>
#include <string.h>

const struct message_limits message_limits_of_commands = {
    .packed_bytes = 64 * 1024,
    .text_bytes = 2000,
    .data_bytes = 32 * 1024,
    .list_length = 1000,
};

const struct message_limits message_limits_of_events = {
    .packed_bytes = 1024 * 1024,
    .text_bytes = 2000,
    .data_bytes = 32 * 1024,
    .list_length = 10000,
    .may_be_newer = true,
};

static const struct trouble_kind TOO_LARGE = {
    "MESSAGE_TOO_LARGE",
    "Le message dépasse la taille permise ({} octets) : envoyez-le en plusieurs parties.",
    "The message is larger than allowed ({} bytes): send it in several parts.",
};
static const struct trouble_kind TOO_COSTLY = {
    "MESSAGE_TOO_LARGE",
    "Le message contient trop d'éléments : envoyez-le en plusieurs parties.",
    "The message holds too many elements: send it in several parts.",
};
static const struct trouble_kind MALFORMED = {
    "MESSAGE_MALFORMED",
    "Les octets reçus ne forment pas un message {}.",
    "The bytes received are no message {}.",
};
static const struct trouble_kind TOO_DEEP = {
    "MESSAGE_TOO_DEEP",
    "Le message comporte plus de {} niveaux d'imbrication.",
    "The message nests deeper than {} levels.",
};
static const struct trouble_kind FIELD_UNKNOWN = {
    "FIELD_UNKNOWN",
    "Le champ numéro {} est inconnu de cette version : retirez-le.",
    "Field number {} is unknown to this release: leave it out.",
};
static const struct trouble_kind TEXT_HAS_NUL = {
    "TEXT_NOT_CLEAN",
    "Ce texte contient un caractère nul : retirez-le.",
    "This text holds a null character: remove it.",
};
static const struct trouble_kind TEXT_NOT_UTF8 = {
    "TEXT_NOT_CLEAN",
    "Ce texte n'est pas en UTF-8 valide : corrigez son encodage.",
    "This text is not valid UTF-8: correct its encoding.",
};
static const struct trouble_kind TEXT_NOT_CLEAN = {
    "TEXT_NOT_CLEAN",
    "Ce texte contient un caractère de commande : seuls la tabulation et le saut de ligne sont "
    "permis.",
    "This text holds a control character: only tabs and newlines are allowed.",
};
static const struct trouble_kind TEXT_TOO_LONG = {
    "TEXT_TOO_LONG",
    "Ce texte dépasse {} octets : raccourcissez-le.",
    "This text is longer than {} bytes: shorten it.",
};
static const struct trouble_kind DATA_TOO_LONG = {
    "DATA_TOO_LONG",
    "Ces données dépassent {} octets.",
    "This data is longer than {} bytes.",
};
static const struct trouble_kind LIST_TOO_LONG = {
    "LIST_TOO_LONG",
    "Cette liste dépasse {} éléments : envoyez-la en plusieurs fois.",
    "This list is longer than {} elements: send it in several parts.",
};
static const struct trouble_kind VALUE_UNKNOWN = {
    "VALUE_UNKNOWN",
    "La valeur {} n'est pas prévue pour ce champ.",
    "The value {} is not one this field knows.",
};

static const struct trouble_kind FIELD_NOT_A_DATE = {
    "FIELD_NOT_A_DATE",
    "Le {} n'existe pas, ou n'est pas entre 1900 et 2199 : corrigez la date, ou laissez-la vide.",
    "There is no {}, or it is not between 1900 and 2199: correct the date, or leave it out.",
};

/* --- the wire, before it is unpacked ---------------------------------------------------------- */

static enum wire_type wire_type_of(ProtobufCType type)
{
    switch (type) {
    case PROTOBUF_C_TYPE_FIXED64:
    case PROTOBUF_C_TYPE_SFIXED64:
    case PROTOBUF_C_TYPE_DOUBLE: return WIRE_64;
    case PROTOBUF_C_TYPE_FIXED32:
    case PROTOBUF_C_TYPE_SFIXED32:
    case PROTOBUF_C_TYPE_FLOAT: return WIRE_32;
    case PROTOBUF_C_TYPE_STRING:
    case PROTOBUF_C_TYPE_BYTES:
    case PROTOBUF_C_TYPE_MESSAGE: return WIRE_LENGTH;
    default: return WIRE_VARINT;
    }
}

/* protobuf-c takes a bool in any form; lists of numbers may be packed. */
static bool has_its_type(const struct wire_field *on_wire, const ProtobufCFieldDescriptor *field)
{
    return on_wire->type == wire_type_of(field->type) ||
           (field_is_repeated(field) && on_wire->type == WIRE_LENGTH);
}

struct scan {
    const ProtobufCMessageDescriptor *whole;
    struct message_trouble *trouble;
};

static bool scan_message(const struct scan *scan, const ProtobufCMessageDescriptor *type,
                         struct wire wire, const struct field_path *path, int depth);

static bool scan_field(const struct scan *scan, const ProtobufCFieldDescriptor *field,
                       const struct wire_field *on_wire, const struct field_path *path, int depth)
{
    const struct wire inner = { on_wire->bytes, on_wire->bytes + on_wire->length, false };

    if (field->type == PROTOBUF_C_TYPE_MESSAGE)
        return scan_message(scan, field->descriptor, inner, path, depth + 1);
    if (field->type != PROTOBUF_C_TYPE_STRING || on_wire->length == 0 ||
        !memchr(on_wire->bytes, '\0', on_wire->length))
        return true;
    trouble_tell(scan->trouble, &TEXT_HAS_NUL, path, NULL);
    return false;
}

/* Finds what cannot be seen, or survived, once unpacked.  Recursion ends at MESSAGE_DEEPEST. */
static bool scan_message(const struct scan *scan, const ProtobufCMessageDescriptor *type,
                         struct wire wire, const struct field_path *path, int depth)
{
    uint32_t last_number = 0;
    int64_t place = 0; /* in a list: encoders write its elements one after the other */

    if (depth > MESSAGE_DEEPEST) {
        trouble_tell_number(scan->trouble, &TOO_DEEP, path, MESSAGE_DEEPEST);
        return false;
    }
    while (wire.next < wire.end) {
        const struct wire_field on_wire = wire_next(&wire);
        const ProtobufCFieldDescriptor *field;
        struct field_path step = { .parent = path };

        field = protobuf_c_message_descriptor_get_field(type, on_wire.number);
        if (wire.is_broken || (field && !has_its_type(&on_wire, field))) {
            trouble_tell(scan->trouble, &MALFORMED, path, scan->whole->name);
            return false;
        }
        place = on_wire.number == last_number ? place + 1 : 0;
        last_number = on_wire.number;
        if (!field || on_wire.type != WIRE_LENGTH)
            continue;
        step.name = field->name;
        step.index = field_is_repeated(field) ? place : WHOLE_FIELD;
        if (!scan_field(scan, field, &on_wire, &step, depth))
            return false;
    }
    return true;
}

ProtobufCMessage *message_unpack(const ProtobufCMessageDescriptor *type, struct arena *arena,
                                 const uint8_t *bytes, size_t length,
                                 const struct message_limits *limits,
                                 struct message_trouble *trouble)
{
    static const uint8_t nothing[1];
    const uint8_t *from = length > 0 ? bytes : nothing;
    const struct scan scan = { type, trouble };
    ProtobufCMessage *message;

    if (length > limits->packed_bytes) {
        trouble_tell_number(trouble, &TOO_LARGE, NULL, limits->packed_bytes);
        return NULL;
    }
    if (!scan_message(&scan, type, (struct wire){ from, from + length, false }, NULL, 1))
        return NULL;
    message = protobuf_c_message_unpack(type, &arena->unpacker, length, from);
    if (!message)
        trouble_tell(trouble, arena->exhausted ? &TOO_COSTLY : &MALFORMED, NULL, type->name);
    return message;
}

/* --- the message, once unpacked --------------------------------------------------------------- */

struct check {
    const struct message_limits *limits;
    struct message_trouble *trouble;
};

static bool check_one_message(const struct check *check, const ProtobufCMessage *message,
                              const struct field_path *path, int depth);

static bool check_text(const struct check *check, const char *text, const struct field_path *path)
{
    size_t length = text ? strlen(text) : 0;

    if (length > check->limits->text_bytes)
        trouble_tell_number(check->trouble, &TEXT_TOO_LONG, path, check->limits->text_bytes);
    else if (length > 0 && !text_is_utf8(text, length))
        trouble_tell(check->trouble, &TEXT_NOT_UTF8, path, NULL);
    else if (length > 0 && !text_is_clean(text, length))
        trouble_tell(check->trouble, &TEXT_NOT_CLEAN, path, NULL);
    else
        return true;
    return false;
}

static bool check_data(const struct check *check, const ProtobufCBinaryData *data,
                       const struct field_path *path)
{
    if (data->len <= check->limits->data_bytes)
        return true;
    trouble_tell_number(check->trouble, &DATA_TOO_LONG, path, check->limits->data_bytes);
    return false;
}

static bool check_enum(const struct check *check, const ProtobufCEnumDescriptor *type,
                       int32_t value, const struct field_path *path)
{
    char text[16];

    if (protobuf_c_enum_descriptor_get_value(type, value))
        return true;
    snprintf(text, sizeof text, "%d", (int)value);
    trouble_tell(check->trouble, &VALUE_UNKNOWN, path, text);
    return false;
}

/* A date that is there is a day: an impossible one is never taken for an absent one. */
static bool check_day(const struct check *check, const ProtobufCMessage *message,
                      const struct field_path *path)
{
    const Tremplin__Date *day = (const Tremplin__Date *)message;
    bool fits = day->year >= 0 && day->year < 10000 && day->month >= 0 && day->month < 100 &&
                day->day >= 0 && day->day < 100;
    char text[48];

    if (fits && date_is_valid(DATE((int16_t)day->year, (uint8_t)day->month, (uint8_t)day->day)))
        return true;
    snprintf(text, sizeof text, "%d-%d-%d", (int)day->year, (int)day->month, (int)day->day);
    trouble_tell(check->trouble, &FIELD_NOT_A_DATE, path, text);
    return false;
}

static bool check_value(const struct check *check, const ProtobufCFieldDescriptor *field,
                        const void *value, const struct field_path *path, int depth)
{
    switch ((int)field->type) {
    case PROTOBUF_C_TYPE_STRING: return check_text(check, *(char *const *)value, path);
    case PROTOBUF_C_TYPE_BYTES: return check_data(check, value, path);
    case PROTOBUF_C_TYPE_ENUM:
        return check_enum(check, field->descriptor, *(const int32_t *)value, path);
    case PROTOBUF_C_TYPE_MESSAGE:
        return check_one_message(check, *(ProtobufCMessage *const *)value, path, depth + 1);
    default: return true;
    }
}

static bool check_field(const struct check *check, const ProtobufCMessage *message,
                        const ProtobufCFieldDescriptor *field, const struct field_path *path,
                        int depth)
{
    size_t count = field_count(message, field);
    struct field_path step = { path, field->name, WHOLE_FIELD };

    if (field_is_repeated(field) && count > check->limits->list_length) {
        trouble_tell_number(check->trouble, &LIST_TOO_LONG, &step, check->limits->list_length);
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        step.index = field_is_repeated(field) ? (int64_t)i : WHOLE_FIELD;
        if (!check_value(check, field, field_value(message, field, i), &step, depth))
            return false;
    }
    return true;
}

/* Recursion ends at MESSAGE_DEEPEST. */
static bool check_one_message(const struct check *check, const ProtobufCMessage *message,
                              const struct field_path *path, int depth)
{
    const ProtobufCMessageDescriptor *type = message->descriptor;

    if (depth > MESSAGE_DEEPEST) {
        trouble_tell_number(check->trouble, &TOO_DEEP, path, MESSAGE_DEEPEST);
        return false;
    }
    if (message->n_unknown_fields > 0 && !check->limits->may_be_newer) {
        trouble_tell_number(check->trouble, &FIELD_UNKNOWN, path, message->unknown_fields[0].tag);
        return false;
    }
    for (unsigned i = 0; i < type->n_fields; i++)
        if (!check_field(check, message, &type->fields[i], path, depth))
            return false;
    return type != &tremplin__date__descriptor || check->limits->may_be_newer ||
           check_day(check, message, path);
}

bool message_check(const ProtobufCMessage *message, const struct message_limits *limits,
                   struct message_trouble *trouble)
{
    const struct check check = { limits, trouble };

    return check_one_message(&check, message, NULL, 1);
}

bool message_contains_itself(const ProtobufCMessageDescriptor *type)
{
    const ProtobufCMessageDescriptor *found[1000];
    const size_t room = sizeof found / sizeof found[0];
    size_t count = message_types_within(type, found, room);

    for (size_t i = 0; i < count && i < room; i++)
        if (found[i] == type)
            return true;
    return count > room;
}
