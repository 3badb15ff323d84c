/* mail_text.h - the forms in which text may stand in a mail
 *
 * Pure functions over bytes.  A mail is 7-bit with CRLF lines of at most 76
 * characters, whatever is said in it (RFC 2045, 2047, 5322).  Each writes as
 * much as fits, always ends with a NUL, and returns the length that all of it
 * has: more than size - 1 means that it was cut.
 */
#ifndef LIBCOMMON_MAIL_TEXT_H
#define LIBCOMMON_MAIL_TEXT_H

#include <stddef.h>
#include <stdint.h>

/* Quoted-printable; newlines become CRLF. */
size_t mail_quoted_printable(const char *text, char *out, size_t size);
/* The value of an unstructured header, or a display name: encoded words of at most 75 characters
 * that hold whole characters, folded; plain where plain ASCII says it.  column is where it begins.
 */
size_t mail_header_text(const char *text, size_t column, char *out, size_t size);
/* "Mon, 23 Nov 2026 07:00:00 +0100", as clocks in Paris show it. */
size_t mail_date(int64_t utc_ms, char *out, size_t size);

#endif
