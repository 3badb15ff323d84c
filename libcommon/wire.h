/* wire.h - protobuf's wire format, read in place
 *
 * For what must be looked at before it is unpacked, and for what is not worth
 * unpacking: one field after the other, nothing copied, nothing taken from
 * anywhere.  The bytes are a stranger's: no field ever reaches beyond them.
 */
#ifndef LIBCOMMON_WIRE_H
#define LIBCOMMON_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum wire_type { WIRE_VARINT = 0, WIRE_64 = 1, WIRE_LENGTH = 2, WIRE_32 = 5 };

struct wire {
    const uint8_t *next;
    const uint8_t *end;
    bool is_broken; /* sticky: what was to come is no field, or ends beyond the end */
};

/* One field as it lies on the wire. */
struct wire_field {
    uint32_t number;
    enum wire_type type;
    uint64_t value;       /* of a WIRE_VARINT */
    const uint8_t *bytes; /* of a WIRE_LENGTH, borrowed */
    size_t length;
};

/* The next field; call it while next < end, and look at is_broken after it. */
struct wire_field wire_next(struct wire *wire);

#endif
