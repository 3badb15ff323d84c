/* text.h - what text may come in, and how names are compared
 *
 * Pure functions over bytes and their length: no allocation, no locale.  Text
 * is UTF-8 everywhere.  What came through text_is_clean() has no NUL, so it may
 * be handled as a C string from there on.
 */
#ifndef LIBCOMMON_TEXT_H
#define LIBCOMMON_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Well-formed UTF-8 (Unicode, table 3-7): no overlong form, no surrogate, nothing above U+10FFFF.
 */
bool text_is_utf8(const char *bytes, size_t length);
/* Well-formed, and without control characters (U+0000-001F, U+007F-009F) but tab and newline. */
bool text_is_clean(const char *bytes, size_t length);
/* Clean, and on one line: no newline, no line or paragraph separator (U+2028, U+2029). */
bool text_is_line(const char *bytes, size_t length);

/* The form under which names are sought: Latin letters lower-case and without accents or ligatures
 * (É e, Œ oe, ß ss, Ł l), combining accents dropped, every run of spaces, hyphens and apostrophes
 * one space, none around; other scripts as they are.  Writes whole characters as far as they fit
 * into size bytes with the NUL, and returns their length.  A byte that is no UTF-8 is dropped. */
size_t text_fold(const char *bytes, size_t length, char *folded, size_t size);

/* A plain mail address that may be put into an SMTP command and a header as it is: ASCII, at most
 * 254 bytes, one @; a local part of at most 64 letters, digits, dots and !#$%&'*+-/=?^_`{|}~, no
 * dot first, last or doubled; a domain of at least two labels of letters, digits and inner hyphens,
 * the last not a number (RFC 5321, 4.1.2, without quoted forms and address literals). */
bool text_is_mail_address(const char *bytes, size_t length);

/* Shortens a C string that was cut anywhere so that it ends with a whole character. */
void text_end_whole(char *text);

#endif
