/* codec.h - messages as JSON, and back
 *
 * The canonical JSON of proto3, by descriptors: lowerCamelCase names in the
 * order of the fields' numbers, 64-bit integers as strings, bytes as base64,
 * enums as names, defaults left out.  Read strictly: the names of the .proto
 * are taken too, but an unknown or doubled field, two members of a oneof, a
 * number out of range or with a fraction where there is none are refused.
 *
 * A message that is read lives in the arena, its texts are well-formed UTF-8
 * without NUL; everything else of message_check() is still to be checked.
 * Where this differs from Google's json_format, tests/codec/compare says why.
 */
#ifndef LIBCOMMON_CODEC_H
#define LIBCOMMON_CODEC_H

#include "libcommon/arena.h"
#include "libcommon/trouble.h"

#include <stdbool.h>
#include <stddef.h>

enum codec_layout {
    CODEC_COMPACT = 1, /* no space at all: for programs */
    CODEC_INDENTED,    /* two spaces a level, a newline after each line but the last: for people */
};

enum { CODEC_LONGEST_JSON = 1024 * 1024 };

/* A C string in the arena.  NULL, with the trouble told, when a text is no UTF-8, the type is not
 * carried, or it does not fit.  Unknown fields cannot be told in JSON and are left out. */
const char *codec_to_json(const ProtobufCMessage *message, enum codec_layout layout,
                          struct arena *arena, struct message_trouble *trouble);

/* NULL, with the trouble told: by its field, or by line and column when it is no JSON at all. */
ProtobufCMessage *codec_from_json(const ProtobufCMessageDescriptor *type, struct arena *arena,
                                  const char *json, size_t length, struct message_trouble *trouble);

/* Can messages of this type be carried: no map, no well-known type, no proto2?  For a check of the
 * contract; the two functions above refuse such fields when they meet them. */
bool codec_carries(const ProtobufCMessageDescriptor *type, struct message_trouble *trouble);

#endif
