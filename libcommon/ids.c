#include "libcommon/ids.h"

#include <string.h>

#define LATEST_MS ((INT64_C(1) << 48) - 1)

static const char digits[] = "0123456789abcdef";

struct id id_make(int64_t now_ms, const uint8_t random[static ID_RANDOM_BYTES])
{
    uint64_t instant = (uint64_t)(now_ms < 0 ? 0 : now_ms > LATEST_MS ? LATEST_MS : now_ms);
    struct id id;

    for (int i = 0; i < 6; i++)
        id.bytes[i] = (uint8_t)(instant >> (40 - 8 * i));
    memcpy(id.bytes + 6, random, ID_RANDOM_BYTES);
    id.bytes[6] = 0x70 | (id.bytes[6] & 0x0f); /* version 7 */
    id.bytes[8] = 0x80 | (id.bytes[8] & 0x3f); /* RFC 9562's variant */
    return id;
}

bool id_is_set(struct id id)
{
    return !id_is_same(id, ID_NONE);
}

int id_compare(struct id a, struct id b)
{
    return memcmp(a.bytes, b.bytes, sizeof a.bytes);
}

bool id_is_same(struct id a, struct id b)
{
    return id_compare(a, b) == 0;
}

static bool hyphen_stands_before(int byte)
{
    return byte == 4 || byte == 6 || byte == 8 || byte == 10;
}

/* The value of a digit, or -1; the end of the text is no digit. */
static int digit_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

bool id_parse(const char *text, struct id *id)
{
    struct id read = ID_NONE;

    for (int i = 0; i < 16; i++) {
        int high, low;

        if (hyphen_stands_before(i) && *text++ != '-')
            return false;
        high = digit_value(text[0]);
        low = high < 0 ? -1 : digit_value(text[1]);
        if (low < 0)
            return false;
        read.bytes[i] = (uint8_t)(high << 4 | low);
        text += 2;
    }
    if (*text != '\0' || !id_is_set(read))
        return false;
    *id = read;
    return true;
}

const char *id_format(struct id id, char text[static ID_TEXT_SIZE])
{
    char *next = text;

    for (int i = 0; i < 16 && id_is_set(id); i++) {
        if (hyphen_stands_before(i))
            *next++ = '-';
        *next++ = digits[id.bytes[i] >> 4];
        *next++ = digits[id.bytes[i] & 0x0f];
    }
    *next = '\0';
    return text;
}
