/* field.c - fields of an event by their names, as the rows of wires have them */
#include "services/alerts/parts.h"

static const void *place_of(const ProtobufCMessage *event, const char *name, ProtobufCType type)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(event->descriptor, name);

    if (!field || field->type != type || field->label == PROTOBUF_C_LABEL_REPEATED)
        return NULL;
    return (const char *)event + field->offset;
}

const char *alerts_text_in(const ProtobufCMessage *event, const char *name)
{
    char *const *text = place_of(event, name, PROTOBUF_C_TYPE_STRING);

    return text && *text ? *text : "";
}

struct date alerts_date_in(const ProtobufCMessage *event, const char *name)
{
    Tremplin__Date *const *date = place_of(event, name, PROTOBUF_C_TYPE_MESSAGE);

    return date ? date_of(*date) : DATE_NONE;
}
