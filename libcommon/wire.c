#include "libcommon/wire.h"

static uint64_t varint(struct wire *wire)
{
    uint64_t value = 0;

    for (int shift = 0; shift < 70 && wire->next < wire->end; shift += 7) {
        uint8_t byte = *wire->next++;

        value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return value;
    }
    wire->is_broken = true;
    return 0;
}

static void skip(struct wire *wire, uint64_t length)
{
    if (length > (uint64_t)(wire->end - wire->next)) {
        wire->is_broken = true;
        return;
    }
    wire->next += length;
}

struct wire_field wire_next(struct wire *wire)
{
    uint64_t tag = varint(wire);
    struct wire_field field = { .number = (uint32_t)(tag >> 3), .type = tag & 7 };

    if (tag > UINT32_MAX || field.number == 0)
        wire->is_broken = true;
    switch (field.type) {
    case WIRE_VARINT: field.value = varint(wire); return field;
    case WIRE_64: skip(wire, 8); return field;
    case WIRE_32: skip(wire, 4); return field;
    case WIRE_LENGTH:
        field.length = varint(wire);
        field.bytes = wire->next;
        skip(wire, field.length);
        if (wire->is_broken)
            field.length = 0;
        return field;
    }
    wire->is_broken = true;
    return field;
}
