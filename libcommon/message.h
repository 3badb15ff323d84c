/* message.h - what is checked once, where messages enter
 *
 * protobuf-c accepts bad UTF-8, embedded NULs, unknown enum values, fields
 * nobody declared, and nesting until the stack ends.  What came through
 * message_unpack() and message_check() has none of that, so handlers and rules
 * need not look again.  What is missing or unfitting is for them to say.
 */
#ifndef LIBCOMMON_MESSAGE_H
#define LIBCOMMON_MESSAGE_H

#include "libcommon/arena.h"
#include "libcommon/trouble.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct message_limits {
    size_t packed_bytes; /* of the whole message */
    size_t text_bytes;   /* of one string */
    size_t data_bytes;   /* of one bytes field */
    size_t list_length;
    bool may_be_newer; /* fields this release does not know are let through */
};

/* A command or query: 64 KiB, texts of 2,000 bytes, lists of 1,000; nothing unknown. */
extern const struct message_limits message_limits_of_commands;
/* An event: 1 MiB, so that tomorrow's service can be heard today; the same texts, lists of 10,000.
 */
extern const struct message_limits message_limits_of_events;

/* Unpacks into the arena, where the message lives.  NULL, with the trouble told, when the bytes are
 * too many, are no such message, hold a text with a NUL (which could not be seen afterwards), nest
 * too deep, or do not fit into the arena. */
ProtobufCMessage *message_unpack(const ProtobufCMessageDescriptor *type, struct arena *arena,
                                 const uint8_t *bytes, size_t length,
                                 const struct message_limits *limits,
                                 struct message_trouble *trouble);

/* Every text clean (text_is_clean) and not too long, every list and bytes field within its limit,
 * every enum a declared value (0 is one: whether it may stay unspecified is the handler's to say),
 * every Date of a command a day that exists, nothing unknown unless the limits let it through.
 * False tells the first trouble in the order of the fields. */
bool message_check(const ProtobufCMessage *message, const struct message_limits *limits,
                   struct message_trouble *trouble);

/* Can a message of this type hold another of its own type?  The contract has none (a check keeps it
 * so).  Also true of a type that leads to more types than the check can follow (1,000). */
bool message_contains_itself(const ProtobufCMessageDescriptor *type);

#endif
