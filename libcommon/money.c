#include "libcommon/money.h"

#include <inttypes.h>
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

/* --- as text ---------------------------------------------------------------------------------- */

#define NARROW_NO_BREAK_SPACE "\xE2\x80\xAF" /* U+202F */
#define NO_BREAK_SPACE        "\xC2\xA0"     /* U+00A0 */
#define EURO_SIGN             "\xE2\x82\xAC" /* U+20AC */

/* The length of what the text starts with, when it is one of these; else 0. */
static size_t starts_with_one_of(const char *text, const char *const ones[])
{
    for (size_t i = 0; ones[i]; i++)
        if (strncmp(text, ones[i], strlen(ones[i])) == 0)
            return strlen(ones[i]);
    return 0;
}

static size_t space_length(const char *text)
{
    static const char *const spaces[] = { " ", NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE, NULL };

    return starts_with_one_of(text, spaces);
}

static const char *skip_spaces(const char *text)
{
    while (space_length(text) > 0)
        text += space_length(text);
    return text;
}

static const char *skip_currency(const char *text)
{
    static const char *const currencies[] = { EURO_SIGN, "EUR", NULL };

    text = skip_spaces(text);
    return skip_spaces(text + starts_with_one_of(text, currencies));
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Appends the digits at *at to *number and says how many they were.  A number beyond the largest
 * amount stays so, and far from an overflow. */
static int take_digits(const char **at, int64_t *number)
{
    int count = 0;

    for (; is_digit(**at); ++*at, count++)
        if (*number <= MONEY_LARGEST_CENTS)
            *number = *number * 10 + (**at - '0');
    return count;
}

/* "1234", or "1 234" in groups of three: what has a digit after it is a space between groups. */
static bool take_euros(const char **at, int64_t *euros)
{
    int count = take_digits(at, euros);
    bool may_be_grouped = count <= 3;

    while (is_digit((*at)[space_length(*at)])) {
        *at += space_length(*at);
        if (!may_be_grouped || take_digits(at, euros) != 3)
            return false;
    }
    return count > 0;
}

/* Nothing, or ",5" for fifty cents, or ",50". */
static bool take_cents(const char **at, int64_t *cents)
{
    if (**at != ',' && **at != '.')
        return true;
    ++*at;
    int count = take_digits(at, cents);
    if (count == 1)
        *cents *= 10;
    return count == 1 || count == 2;
}

bool money_parse(const char *text, int64_t *cents)
{
    const char *at = skip_spaces(text);
    int64_t euros = 0, decimals = 0;
    bool negative = *at == '-';

    if (negative)
        at = skip_spaces(at + 1);
    if (!take_euros(&at, &euros) || !take_cents(&at, &decimals) || *skip_currency(at) != '\0')
        return false;

    int64_t amount = euros * 100 + decimals;
    if (!money_is_reasonable(amount))
        return false;
    *cents = negative ? -amount : amount;
    return true;
}

static uint64_t without_sign(int64_t cents)
{
    return cents < 0 ? 0 - (uint64_t)cents : (uint64_t)cents;
}

const char *money_format(int64_t cents, char text[static MONEY_TEXT_SIZE])
{
    char digits[24];
    uint64_t amount = without_sign(cents);
    int length = snprintf(digits, sizeof digits, "%" PRIu64, amount / 100);
    char *to = text;

    if (cents < 0)
        *to++ = '-';
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0) {
            memcpy(to, NARROW_NO_BREAK_SPACE, strlen(NARROW_NO_BREAK_SPACE));
            to += strlen(NARROW_NO_BREAK_SPACE);
        }
        *to++ = digits[i];
    }
    snprintf(to, (size_t)(text + MONEY_TEXT_SIZE - to), ",%02u" NO_BREAK_SPACE EURO_SIGN,
             (unsigned)(amount % 100));
    return text;
}

const char *money_format_plain(int64_t cents, char text[static MONEY_TEXT_SIZE])
{
    uint64_t amount = without_sign(cents);

    snprintf(text, MONEY_TEXT_SIZE, "%s%" PRIu64 ".%02u", cents < 0 ? "-" : "", amount / 100,
             (unsigned)(amount % 100));
    return text;
}
