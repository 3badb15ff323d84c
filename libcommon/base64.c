#include "libcommon/base64.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

size_t base64_length(size_t length)
{
    return (length + 2) / 3 * 4;
}

void base64_write(const uint8_t *bytes, size_t length, char *text)
{
    for (; length > 0; bytes += 3, text += 4) {
        uint32_t group = (uint32_t)bytes[0] << 16 | (uint32_t)(length > 1 ? bytes[1] : 0) << 8 |
                         (length > 2 ? bytes[2] : 0);

        text[0] = alphabet[group >> 18];
        text[1] = alphabet[group >> 12 & 63];
        text[2] = '=';
        text[3] = '=';
        if (length > 1)
            text[2] = alphabet[group >> 6 & 63];
        if (length > 2)
            text[3] = alphabet[group & 63];
        length -= length < 3 ? length : 3;
        if (length == 0)
            return;
    }
}

/* The six bits of a character, or -1. */
static int bits_of(char letter)
{
    if (letter >= 'A' && letter <= 'Z')
        return letter - 'A';
    if (letter >= 'a' && letter <= 'z')
        return letter - 'a' + 26;
    if (letter >= '0' && letter <= '9')
        return letter - '0' + 52;
    if (letter == '+' || letter == '-')
        return 62;
    return letter == '/' || letter == '_' ? 63 : -1;
}

/* The length without padding; the padding must fill the last group of four. */
static bool strip_padding(const char *text, size_t *length)
{
    size_t padding = 0;

    while (padding < 2 && padding < *length && text[*length - 1 - padding] == '=')
        padding++;
    if (padding > 0 && *length % 4 != 0)
        return false;
    *length -= padding;
    return *length % 4 != 1;
}

bool base64_read(const char *text, size_t length, uint8_t *bytes, size_t *read)
{
    uint32_t held = 0;
    int held_bits = 0;

    *read = 0;
    if (!strip_padding(text, &length))
        return false;
    for (size_t i = 0; i < length; i++) {
        int bits = bits_of(text[i]);

        if (bits < 0)
            return false;
        held = held << 6 | (uint32_t)bits;
        held_bits += 6;
        if (held_bits >= 8) {
            held_bits -= 8;
            bytes[(*read)++] = (uint8_t)(held >> held_bits);
            held &= (1u << held_bits) - 1;
        }
    }
    return held == 0;
}
