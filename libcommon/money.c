#include "libcommon/money.h"

#include <stdio.h>
#include <string.h>

__extension__ typedef unsigned __int128 uint128;

bool money_is_reasonable(int64_t cents)
{
    return cents >= -MONEY_LARGEST_CENTS && cents <= MONEY_LARGEST_CENTS;
}

int64_t money_smaller(int64_t a_cents, int64_t b_cents)
{
    return a_cents < b_cents ? a_cents : b_cents;
}

int64_t money_larger(int64_t a_cents, int64_t b_cents)
{
    return a_cents > b_cents ? a_cents : b_cents;
}

int64_t divide_half_up(int64_t numerator, int64_t denominator)
{
    int64_t quotient = numerator / denominator;
    int64_t rest = numerator % denominator;
    int64_t distance = rest < 0 ? -rest : rest;

    /* distance * 2 >= denominator, without the doubling */
    if (distance >= denominator - distance)
        quotient += numerator < 0 ? -1 : 1;
    return quotient;
}

int64_t divide_ceiling(int64_t numerator, int64_t denominator)
{
    return numerator / denominator + (numerator % denominator > 0);
}

int64_t money_share(int64_t cents, int64_t numerator, int64_t denominator)
{
    int64_t whole = cents / denominator * numerator;

    return whole + divide_half_up(cents % denominator * numerator, denominator);
}

int64_t money_part(int64_t cents, int32_t count, int32_t index)
{
    int64_t rest = cents % count;
    int64_t one = rest < 0 ? -1 : 1;

    return cents / count + (index < rest * one ? one : 0);
}

void money_split(int64_t cents, const int64_t weights[], size_t count, int64_t parts[])
{
    int64_t sign = cents < 0 ? -1 : 1;
    uint128 total = 0;
    uint64_t amount = (uint64_t)(cents * sign);
    uint64_t given = 0;

    for (size_t i = 0; i < count; i++)
        total += (uint64_t)weights[i];
    for (size_t i = 0; i < count; i++) {
        uint64_t part = (uint64_t)((uint128)amount * (uint64_t)weights[i] / total);

        parts[i] = (int64_t)part * sign;
        given += part;
    }
    /* Fewer cents than parts are left: each goes to the largest remainder not yet served. */
    for (; given < amount; given++) {
        uint128 largest = 0;
        size_t chosen = 0;

        for (size_t i = 0; i < count; i++) {
            uint128 exact = (uint128)amount * (uint64_t)weights[i];
            uint128 have = (uint128)(uint64_t)(parts[i] * sign) * total;

            if (exact > have && exact - have > largest) {
                largest = exact - have;
                chosen = i;
            }
        }
        parts[chosen] += sign;
    }
}

/* U+202F narrow no-break space and U+00A0 no-break space, as French software groups digits. */
static size_t space_length(const char *text)
{
    if (*text == ' ')
        return 1;
    if (strncmp(text, "\xE2\x80\xAF", 3) == 0)
        return 3;
    if (strncmp(text, "\xC2\xA0", 2) == 0)
        return 2;
    return 0;
}

static const char *skip_spaces(const char *text)
{
    for (size_t length = space_length(text); length > 0; length = space_length(text))
        text += length;
    return text;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits, or groups of three after the first; false when there is none or they are too many. */
static bool read_euros(const char **text, int64_t *cents)
{
    const char *at = *text;
    int64_t euros = 0;

    if (!is_digit(*at))
        return false;
    while (is_digit(*at) || (is_digit(skip_spaces(at)[0]) && is_digit(skip_spaces(at)[1]) &&
                             is_digit(skip_spaces(at)[2]) && !is_digit(skip_spaces(at)[3]))) {
        at = skip_spaces(at);
        euros = euros * 10 + (*at++ - '0');
        if (euros > MONEY_LARGEST_CENTS / 100)
            return false;
    }
    *cents = euros * 100;
    *text = at;
    return true;
}

static bool read_decimals(const char **text, int64_t *cents)
{
    const char *at = *text;

    if (*at != ',' && *at != '.')
        return true;
    at++;
    if (!is_digit(*at))
        return false;
    *cents += (*at++ - '0') * 10;
    if (is_digit(*at))
        *cents += *at++ - '0';
    *text = at;
    return true;
}

bool money_parse(const char *text, int64_t *cents)
{
    const char *at = skip_spaces(text);
    bool negative = *at == '-';
    int64_t read = 0;

    if (negative)
        at = skip_spaces(at + 1);
    if (!read_euros(&at, &read) || !read_decimals(&at, &read))
        return false;
    at = skip_spaces(at);
    if (strncmp(at, "\xE2\x82\xAC", 3) == 0 || strncmp(at, "EUR", 3) == 0)
        at = skip_spaces(at + 3);
    if (*at != '\0' || read > MONEY_LARGEST_CENTS)
        return false;
    *cents = negative ? -read : read;
    return true;
}

const char *money_format(int64_t cents, char text[static MONEY_TEXT_SIZE])
{
    char digits[24];
    uint64_t amount = cents < 0 ? 0 - (uint64_t)cents : (uint64_t)cents;
    int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)(amount / 100));
    char *to = text;

    if (cents < 0)
        *to++ = '-';
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            for (const char *space = "\xE2\x80\xAF"; *space; space++)
                *to++ = *space;
        *to++ = digits[i];
    }
    snprintf(to, (size_t)(text + MONEY_TEXT_SIZE - to), ",%02u\xC2\xA0\xE2\x82\xAC",
             (unsigned)(amount % 100));
    return text;
}

const char *money_format_plain(int64_t cents, char text[static MONEY_TEXT_SIZE])
{
    uint64_t amount = cents < 0 ? 0 - (uint64_t)cents : (uint64_t)cents;

    snprintf(text, MONEY_TEXT_SIZE, "%s%llu.%02u", cents < 0 ? "-" : "",
             (unsigned long long)(amount / 100), (unsigned)(amount % 100));
    return text;
}
