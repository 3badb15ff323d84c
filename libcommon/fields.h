/* fields.h - what protobuf-c's descriptors say of a message, and the way to its values
 *
 * The one place that knows how a generated struct lies in memory: where a value
 * is, how many there are, which member of a oneof is set.  Only what our
 * contract uses is walked: proto3 without maps, well-known types, or messages
 * that contain themselves.
 */
#ifndef LIBCOMMON_FIELDS_H
#define LIBCOMMON_FIELDS_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* No message of the contract nests deeper; what does is refused, so that recursion is bounded. */
enum { MESSAGE_DEEPEST = 32 };

bool field_is_repeated(const ProtobufCFieldDescriptor *field);
bool field_is_in_oneof(const ProtobufCFieldDescriptor *field);
/* One of proto3's, and neither a map nor a well-known type. */
bool field_is_carried(const ProtobufCMessageDescriptor *type,
                      const ProtobufCFieldDescriptor *field);

/* How many values the field holds: the length of a list, else 1 when it is set.  Without a oneof, a
 * value that is its type's default (0, "", no bit set in a double) counts as not set. */
size_t field_count(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field);
/* One of them: a pointer to an int32_t, a char *, a ProtobufCMessage *, ... */
const void *field_value(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field,
                        size_t index);
/* The size of one value in memory. */
size_t field_value_size(const ProtobufCFieldDescriptor *field);

/* The field's own memory, its list's length and its oneof's case, to fill. */
void *field_place(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field);
size_t *field_length(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field);
uint32_t *field_case(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field);

/* The name in JSON by proto3's rule: no underscores, upper case after each.  Cut when it does not
 * fit, with the NUL, into size bytes. */
void field_json_name(const ProtobufCFieldDescriptor *field, char *name, size_t size);

/* Every message type that fields lead to from this one, itself only when it is reached again.
 * Returns how many; more than room when they do not fit. */
size_t message_types_within(const ProtobufCMessageDescriptor *type,
                            const ProtobufCMessageDescriptor **found, size_t room);

#endif
