#include "libcommon/json_number.h"

#include <math.h>
#include <string.h>

/* Optional minus, then digits without a zero before others. */
static enum json_number whole_of_text(const char *text, struct whole_number *number)
{
    number->is_negative = *text == '-';
    text += number->is_negative;
    if (*text == '\0' || (text[0] == '0' && text[1] != '\0'))
        return NUMBER_IS_NOT_WHOLE;
    for (number->magnitude = 0; *text != '\0'; text++) {
        uint64_t digit = (uint64_t)(unsigned char)*text - '0';

        if (digit > 9)
            return NUMBER_IS_NOT_WHOLE;
        if (number->magnitude > (UINT64_MAX - digit) / 10)
            return NUMBER_IS_TOO_LARGE;
        number->magnitude = number->magnitude * 10 + digit;
    }
    return NUMBER_IS_READ;
}

/* 1e2 and 1.0 are whole; from 2^53 on a double may have been rounded, so it is refused. */
static enum json_number whole_of_real(double value, struct whole_number *number)
{
    if (value != floor(value) || fabs(value) >= 0x1p53)
        return NUMBER_IS_NOT_WHOLE;
    number->is_negative = value < 0;
    number->magnitude = (uint64_t)fabs(value);
    return NUMBER_IS_READ;
}

enum json_number json_whole_number(const json_t *json, struct whole_number *number)
{
    json_int_t value = json_integer_value(json);

    switch (json_typeof(json)) {
    case JSON_INTEGER:
        number->is_negative = value < 0;
        number->magnitude = value < 0 ? -(uint64_t)value : (uint64_t)value;
        return NUMBER_IS_READ;
    case JSON_REAL: return whole_of_real(json_real_value(json), number);
    case JSON_STRING: return whole_of_text(json_string_value(json), number);
    default: return NUMBER_IS_NONE;
    }
}

/* A number in quotes, as JSON writes it. */
static bool real_of_text(const char *text, double *value)
{
    size_t length = strlen(text);
    json_t *json;

    if (length == 0 || !strchr("-0123456789", text[0]) || !strchr("0123456789", text[length - 1]))
        return false;
    json = json_loadb(text, length, JSON_DECODE_ANY, NULL);
    *value = json_number_value(json);
    json_decref(json);
    return json != NULL;
}

/* Is it one of the three that JSON has no number for? */
static bool special_of_text(const char *text, double *value)
{
    if (strcmp(text, "NaN") == 0)
        *value = (double)NAN;
    else if (strcmp(text, "Infinity") == 0)
        *value = (double)INFINITY;
    else if (strcmp(text, "-Infinity") == 0)
        *value = -(double)INFINITY;
    else
        return false;
    return true;
}

enum json_number json_real_number(const json_t *json, bool is_float, double *number)
{
    const char *text = json_string_value(json); /* NULL when it is no text */

    *number = json_number_value(json);
    if (text && special_of_text(text, number))
        return NUMBER_IS_READ;
    if (text ? !real_of_text(text, number) : !json_is_number(json))
        return NUMBER_IS_NONE;
    return is_float && isinf((float)*number) ? NUMBER_IS_TOO_LARGE : NUMBER_IS_READ;
}
