#include "libcommon/fields.h"

#include <stdio.h>
#include <string.h>

bool field_is_repeated(const ProtobufCFieldDescriptor *field)
{
    return field->label == PROTOBUF_C_LABEL_REPEATED;
}

bool field_is_in_oneof(const ProtobufCFieldDescriptor *field)
{
    return (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0;
}

/* --- what is carried -------------------------------------------------------------------------- */

/* "measure.Plan", "extra_costs" -> "measure.Plan.ExtraCostsEntry", as protoc names a map's type. */
static void write_map_entry_name(const char *message, const char *field, char *name, size_t size)
{
    size_t used = (size_t)snprintf(name, size, "%s.", message);
    bool upper = true;

    for (; *field != '\0' && used + 1 < size; field++) {
        if (*field == '_') {
            upper = true;
            continue;
        }
        name[used++] =
            upper && *field >= 'a' && *field <= 'z' ? (char)(*field - 'a' + 'A') : *field;
        upper = false;
    }
    if (used < size)
        snprintf(name + used, size - used, "Entry");
}

static bool is_map(const ProtobufCMessageDescriptor *type, const ProtobufCFieldDescriptor *field)
{
    const ProtobufCMessageDescriptor *entry = field->descriptor;
    char name[256];

    if (!field_is_repeated(field) || entry->n_fields != 2 ||
        strcmp(entry->fields[0].name, "key") != 0 || strcmp(entry->fields[1].name, "value") != 0)
        return false;
    write_map_entry_name(type->name, field->name, name, sizeof name);
    return strcmp(entry->name, name) == 0;
}

bool field_is_carried(const ProtobufCMessageDescriptor *type, const ProtobufCFieldDescriptor *field)
{
    const ProtobufCMessageDescriptor *inner = field->descriptor;

    if (field->label != PROTOBUF_C_LABEL_NONE && field->label != PROTOBUF_C_LABEL_REPEATED)
        return false;
    if (field->type != PROTOBUF_C_TYPE_MESSAGE)
        return true;
    return strcmp(inner->package_name, "google.protobuf") != 0 && !is_map(type, field);
}

/* --- values ----------------------------------------------------------------------------------- */

void *field_place(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    return (char *)message + field->offset;
}

size_t *field_length(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    return (void *)((char *)message + field->quantifier_offset);
}

uint32_t *field_case(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    return (void *)((char *)message + field->quantifier_offset);
}

size_t field_value_size(const ProtobufCFieldDescriptor *field)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_INT32:
    case PROTOBUF_C_TYPE_SINT32:
    case PROTOBUF_C_TYPE_SFIXED32:
    case PROTOBUF_C_TYPE_UINT32:
    case PROTOBUF_C_TYPE_FIXED32:
    case PROTOBUF_C_TYPE_FLOAT:
    case PROTOBUF_C_TYPE_ENUM: return 4;
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_SINT64:
    case PROTOBUF_C_TYPE_SFIXED64:
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_FIXED64:
    case PROTOBUF_C_TYPE_DOUBLE: return 8;
    case PROTOBUF_C_TYPE_BOOL: return sizeof(protobuf_c_boolean);
    case PROTOBUF_C_TYPE_BYTES: return sizeof(ProtobufCBinaryData);
    case PROTOBUF_C_TYPE_STRING:
    case PROTOBUF_C_TYPE_MESSAGE: break;
    }
    return sizeof(void *);
}

static bool has_a_bit(const void *value, size_t size)
{
    static const char zeros[sizeof(ProtobufCBinaryData)];

    return memcmp(value, zeros, size) != 0;
}

/* Is a value outside lists and oneofs other than its type's default? */
static bool is_set(const ProtobufCFieldDescriptor *field, const void *value)
{
    if (field->type == PROTOBUF_C_TYPE_BYTES)
        return ((const ProtobufCBinaryData *)value)->len > 0;
    if (field->type == PROTOBUF_C_TYPE_STRING) {
        const char *text = *(char *const *)value;

        return text && text[0] != '\0';
    }
    return has_a_bit(value, field_value_size(field));
}

size_t field_count(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    const char *at = (const char *)message;

    if (field_is_repeated(field))
        return *(const size_t *)(const void *)(at + field->quantifier_offset);
    if (!field_is_in_oneof(field))
        return is_set(field, at + field->offset);
    if (*(const uint32_t *)(const void *)(at + field->quantifier_offset) != field->id)
        return 0;
    /* A chosen message that was never filled in is not there. */
    return field->type != PROTOBUF_C_TYPE_MESSAGE || is_set(field, at + field->offset);
}

const void *field_value(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                        size_t index)
{
    const char *at = (const char *)message + field->offset;

    if (field_is_repeated(field))
        return *(const char *const *)(const void *)at + index * field_value_size(field);
    return at;
}

/* --- names and types -------------------------------------------------------------------------- */

void field_json_name(const ProtobufCFieldDescriptor *field, char *name, size_t size)
{
    bool upper = false;
    size_t used = 0;

    for (const char *from = field->name; *from != '\0' && used + 1 < size; from++) {
        if (*from == '_') {
            upper = true;
            continue;
        }
        name[used++] = upper && *from >= 'a' && *from <= 'z' ? (char)(*from - 'a' + 'A') : *from;
        upper = false;
    }
    name[used] = '\0';
}

static bool is_among(const ProtobufCMessageDescriptor *type,
                     const ProtobufCMessageDescriptor *const *types, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (types[i] == type)
            return true;
    return false;
}

/* Adds the types of the message's fields that are not there yet; more than room when they do not
 * fit. */
static size_t add_types(const ProtobufCMessageDescriptor *type,
                        const ProtobufCMessageDescriptor **found, size_t count, size_t room)
{
    for (unsigned i = 0; i < type->n_fields && count <= room; i++) {
        const ProtobufCFieldDescriptor *field = &type->fields[i];

        if (field->type != PROTOBUF_C_TYPE_MESSAGE || is_among(field->descriptor, found, count))
            continue;
        if (count < room)
            found[count] = field->descriptor;
        count++;
    }
    return count;
}

size_t message_types_within(const ProtobufCMessageDescriptor *type,
                            const ProtobufCMessageDescriptor **found, size_t room)
{
    size_t count = add_types(type, found, 0, room);

    for (size_t next = 0; next < count && count <= room; next++)
        count = add_types(found[next], found, count, room);
    return count;
}
