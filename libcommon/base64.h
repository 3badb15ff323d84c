/* base64.h - bytes as text (RFC 4648), pure */
#ifndef LIBCOMMON_BASE64_H
#define LIBCOMMON_BASE64_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of the standard form with padding, without a NUL. */
size_t base64_length(size_t length);
/* Writes exactly that many. */
void base64_write(const uint8_t *bytes, size_t length, char *text);

/* Reads the standard or the URL-safe alphabet, padded or not, into at most length / 4 * 3 + 3
 * bytes. False for anything else: another character, padding in excess, bits left over. */
bool base64_read(const char *text, size_t length, uint8_t *bytes, size_t *read);

#endif
