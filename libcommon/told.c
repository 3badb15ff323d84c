#include "libcommon/told.h"

#include <string.h>

/* The numbers of the contract's fields (proto/tremplin.proto); they never change. */
enum { REPLY_ID = 1, REPLY_STATUS = 2, REPLY_BODY = 3 };
enum {
    READ_LOG_ID = 1,
    READ_EPOCH = 2,
    READ_HEAD = 3,
    READ_ENTRIES = 4,
    READ_DIVERGED = 5,
    READ_CUT = 6,
    READ_CUT_HASH = 7
};
enum { ENTRY_HEADER = 1, ENTRY_EVENT = 2, ENTRY_PRIVATE_DIGEST = 3, ENTRY_HASH = 4 };
enum { HEADER_SEQUENCE = 1, HEADER_EPOCH = 2, HEADER_KIND = 4, HEADER_TYPE = 5, HEADER_HOPS = 9 };

static struct wire wire_of(struct bytes bytes)
{
    static const uint8_t nothing[1];
    const uint8_t *from = bytes.length > 0 ? bytes.at : nothing;

    return (struct wire){ .next = from, .end = from + bytes.length };
}

/* A field of a kind that it is not breaks the message. */
static struct bytes bytes_in(struct wire *wire, const struct wire_field *field)
{
    wire->is_broken |= field->type != WIRE_LENGTH;
    return (struct bytes){ field->bytes, field->length };
}

static uint64_t number_in(struct wire *wire, const struct wire_field *field)
{
    wire->is_broken |= field->type != WIRE_VARINT;
    return field->value;
}

static bool read_reply(struct bytes message, struct told *told, struct bytes *body)
{
    struct wire wire = wire_of(message);

    while (wire.next < wire.end && !wire.is_broken) {
        const struct wire_field field = wire_next(&wire);

        switch (field.number) {
        case REPLY_ID: told->id = bytes_in(&wire, &field); break;
        case REPLY_STATUS:
            told->done = number_in(&wire, &field) == TREMPLIN__STATUS__STATUS_DONE;
            break;
        case REPLY_BODY: *body = bytes_in(&wire, &field); break;
        default: break;
        }
    }
    return !wire.is_broken;
}

static bool read_body(struct bytes body, struct told *told)
{
    struct wire wire = wire_of(body);

    while (wire.next < wire.end && !wire.is_broken) {
        const struct wire_field field = wire_next(&wire);

        switch (field.number) {
        case READ_LOG_ID: told->log_id = bytes_in(&wire, &field); break;
        case READ_EPOCH: told->epoch = (uint32_t)number_in(&wire, &field); break;
        case READ_HEAD: told->head = number_in(&wire, &field); break;
        case READ_ENTRIES: (void)bytes_in(&wire, &field); break;
        case READ_DIVERGED: told->diverged = number_in(&wire, &field) != 0; break;
        case READ_CUT: told->cut = number_in(&wire, &field); break;
        case READ_CUT_HASH: told->cut_hash = bytes_in(&wire, &field); break;
        default: break;
        }
    }
    return !wire.is_broken;
}

bool told_read(struct bytes message, struct told *told)
{
    struct bytes body = { 0 };

    *told = (struct told){ 0 };
    if (!read_reply(message, told, &body) || (told->done && !read_body(body, told)))
        return false;
    told->entries = wire_of(told->done ? body : (struct bytes){ 0 });
    return true;
}

bool told_header(struct told_entry *entry)
{
    struct wire wire = wire_of(entry->header);

    while (wire.next < wire.end && !wire.is_broken) {
        const struct wire_field field = wire_next(&wire);

        switch (field.number) {
        case HEADER_SEQUENCE: entry->sequence = number_in(&wire, &field); break;
        case HEADER_EPOCH: entry->epoch = (uint32_t)number_in(&wire, &field); break;
        case HEADER_KIND: entry->kind = (uint32_t)number_in(&wire, &field); break;
        case HEADER_TYPE: entry->type = bytes_in(&wire, &field); break;
        case HEADER_HOPS: entry->hops = (uint32_t)number_in(&wire, &field); break;
        default: break;
        }
    }
    return !wire.is_broken;
}

static bool read_entry(struct bytes bytes, struct told_entry *entry)
{
    struct wire wire = wire_of(bytes);

    *entry = (struct told_entry){ 0 };
    while (wire.next < wire.end && !wire.is_broken) {
        const struct wire_field field = wire_next(&wire);

        switch (field.number) {
        case ENTRY_HEADER: entry->header = bytes_in(&wire, &field); break;
        case ENTRY_EVENT: entry->event = bytes_in(&wire, &field); break;
        case ENTRY_PRIVATE_DIGEST: entry->private_digest = bytes_in(&wire, &field); break;
        case ENTRY_HASH: entry->hash = bytes_in(&wire, &field); break;
        default: break;
        }
    }
    return !wire.is_broken && entry->hash.length == HASH_SIZE &&
           entry->private_digest.length == HASH_SIZE && told_header(entry);
}

bool told_next(struct told *told, struct told_entry *entry, bool *readable)
{
    while (told->entries.next < told->entries.end) {
        const struct wire_field field = wire_next(&told->entries);

        if (field.number != READ_ENTRIES)
            continue;
        *readable = read_entry((struct bytes){ field.bytes, field.length }, entry);
        return true;
    }
    return false;
}

bool told_is(struct bytes told, const char *text)
{
    return told.length == strlen(text) &&
           (told.length == 0 || memcmp(told.at, text, told.length) == 0);
}
