/* nir.h - finds social-security numbers, which Tremplin never keeps (domain.md P-7, PR-1, Q30)
 *
 * A NIR is 13 figures, or 15 with its key: sex, year and month of birth, place
 * of birth, rank, then 97 minus the remainder of the number by 97.  It is found
 * in any text, written in one piece or with single spaces (of any width), dots
 * or hyphens between its figures.  13 figures of that shape standing by
 * themselves are taken as one; 15 written in one piece only if the key is right,
 * so that other long numbers pass.
 *
 * Pure text, UTF-8; nothing is kept and nothing allocated.
 */
#ifndef LIBCOMMON_NIR_H
#define LIBCOMMON_NIR_H

#include "libcommon/refusal.h"

#include <stdbool.h>
#include <stddef.h>

/* Where a number stands in a text, in bytes. */
struct text_span {
    size_t start;
    size_t length;
};

/* The first NIR at or after from; false, with *found untouched, when there is none. */
bool nir_find(const char *text, size_t length, size_t from, struct text_span *found);
/* Q30: refuses a text that holds a NIR, for what people type. */
const struct refusal *text_without_nir(const char *text, size_t length);
/* Q30: writes '*' over every figure of every NIR and leaves its separators, for files that are
 * imported.  Returns how many numbers were masked. */
size_t nir_mask(char *text, size_t length);

#endif
