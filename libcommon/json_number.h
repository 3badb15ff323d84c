/* json_number.h - numbers from JSON, exact or not at all
 *
 * proto3 lets numbers stand in quotes, integers with a point or an exponent,
 * and real numbers by name.  Pure, over a value that jansson read.
 */
#ifndef LIBCOMMON_JSON_NUMBER_H
#define LIBCOMMON_JSON_NUMBER_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

enum json_number { NUMBER_IS_READ, NUMBER_IS_NONE, NUMBER_IS_NOT_WHOLE, NUMBER_IS_TOO_LARGE };

/* Any integer of 64 bits, with its sign apart. */
struct whole_number {
    bool is_negative;
    uint64_t magnitude;
};

/* 5, 5.0, 5e0 or "5".  With a point or an exponent only below 2^53: above, it may be rounded. */
enum json_number json_whole_number(const json_t *json, struct whole_number *number);
/* 0.5, "0.5", "NaN", "Infinity" or "-Infinity"; a number beyond a float is too large for one. */
enum json_number json_real_number(const json_t *json, bool is_float, double *number);

#endif
