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

/* Where in the text the two digits of each byte stand, and the hyphens. */
static const uint8_t places[16] = { 0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34 };
static const uint8_t hyphens[] = { 8, 13, 18, 23 };

/* Of each digit its value and one more; 0: no digit, as the end of a text is none. */
static const uint8_t digit_values[256] = {
    ['0'] = 1, ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9, ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
};

bool id_parse(const char *text, struct id *id)
{
    struct id read;
    bool good = true;

    if (strnlen(text, ID_TEXT_SIZE) != ID_TEXT_SIZE - 1)
        return false;
    for (size_t i = 0; i < sizeof hyphens; i++)
        good = good && text[hyphens[i]] == '-';
    for (int i = 0; i < 16; i++) {
        unsigned high = digit_values[(uint8_t)text[places[i]]];
        unsigned low = digit_values[(uint8_t)text[places[i] + 1]];

        good = good && high > 0 && low > 0;
        read.bytes[i] = (uint8_t)((high - 1) << 4 | (low - 1));
    }
    if (!good || !id_is_set(read))
        return false;
    *id = read;
    return true;
}

const char *id_format(struct id id, char text[static ID_TEXT_SIZE])
{
    *text = '\0';
    if (!id_is_set(id))
        return text;
    for (int i = 0; i < 16; i++) {
        text[places[i]] = digits[id.bytes[i] >> 4];
        text[places[i] + 1] = digits[id.bytes[i] & 0x0f];
    }
    for (size_t i = 0; i < sizeof hyphens; i++)
        text[hyphens[i]] = '-';
    text[ID_TEXT_SIZE - 1] = '\0';
    return text;
}
