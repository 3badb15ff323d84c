/* ids.h - identifiers that sort by the time they were made
 *
 * Every identifier is a UUID of version 7 (RFC 9562, 5.7): 48 bits of the
 * instant in milliseconds, then 74 random bits.  What is made later sorts
 * later, so new records lie at the end of their tables.  Everything here is
 * pure: the instant and the random bytes are arguments.
 */
#ifndef LIBCOMMON_IDS_H
#define LIBCOMMON_IDS_H

#include <stdbool.h>
#include <stdint.h>

/* In the order of its text and of its bytes.  All zeros is no identifier. */
struct id {
    uint8_t bytes[16];
};

#define ID_NONE         ((struct id){ .bytes = { 0 } })
#define ID_RANDOM_BYTES 10
#define ID_TEXT_SIZE    37

/* An instant outside 1970...10889 is taken as the nearest end of that span. */
struct id id_make(int64_t now_ms, const uint8_t random[static ID_RANDOM_BYTES]);

bool id_is_set(struct id id);
/* Negative, zero or positive, as memcmp; among identifiers of one maker, the order of their making.
 */
int id_compare(struct id a, struct id b);
bool id_is_same(struct id a, struct id b);

/* Reads exactly "018f0e42-7c1b-7a3e-9d41-0f6a2b8c5d17": lower case, hyphens, nothing around it. Any
 * version is read, since other systems make identifiers too; all zeros is refused.  False leaves
 * *id untouched. */
bool id_parse(const char *text, struct id *id);
/* Writes the same form, or "" for no identifier; returns text. */
const char *id_format(struct id id, char text[static ID_TEXT_SIZE]);

#endif
