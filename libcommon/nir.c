#include "libcommon/nir.h"

#include <string.h>

enum { NIR_FIGURES = 13, NIR_FIGURES_WITH_KEY = 15, NIR_MODULUS = 97 };

static const struct refusal TEXT_HOLDS_NIR = {
    .code = "TEXT_HOLDS_NIR",
    .field = "",
    .rule = "P-7, PR-1, Q30",
    .french = "Ce texte contient un numéro de sécurité sociale, qu'il est interdit d'enregistrer "
              "ici : retirez-le.",
    .english = "This text holds a social-security number, which may not be kept here: remove it.",
};

/* The figures read from a place of a text, without what separates them. */
struct reading {
    char figures[NIR_FIGURES_WITH_KEY];
    size_t ends[NIR_FIGURES_WITH_KEY]; /* where the text goes on after each of them */
    size_t count;
};

static bool is_figure(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_corsican(char c)
{
    return c == 'A' || c == 'B' || c == 'a' || c == 'b';
}

/* The bytes of one separator at a place: space, dot, hyphen, and the no-break spaces U+00A0 and
 * U+202F; 0 when there is none. */
static size_t separator_at(const char *text, size_t length, size_t at)
{
    static const char *const separators[] = { " ", ".", "-", "\xc2\xa0", "\xe2\x80\xaf" };

    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
        size_t size = strlen(separators[i]);

        if (length - at >= size && memcmp(text + at, separators[i], size) == 0)
            return size;
    }
    return 0;
}

/* Figures, and the A or B of a Corsican department, which is the seventh. */
static struct reading figures_from(const char *text, size_t length, size_t at)
{
    struct reading reading = { .count = 0 };

    while (reading.count < NIR_FIGURES_WITH_KEY && at < length) {
        bool fits = is_figure(text[at]) || (reading.count == 6 && is_corsican(text[at]));

        if (!fits)
            break;
        reading.figures[reading.count] = text[at++];
        reading.ends[reading.count++] = at;
        at += separator_at(text, length, at);
    }
    return reading;
}

static bool is_single_number(const char *text, size_t length, size_t end)
{
    return end == length || !(is_figure(text[end]) || is_letter(text[end]));
}

static int two_figures(const char *figures)
{
    return (figures[0] - '0') * 10 + figures[1] - '0';
}

/* 01 to 12; 20 to 42 and 50 to 99 are given where the month is not known. */
static bool is_month_of_birth(int month)
{
    return (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50;
}

/* Sex 1 and 2, 3 and 4 while being registered, 7 and 8 provisional; department 01 to 99, 2A or 2B;
 * no commune and no rank is 000. */
static bool has_shape(const char figures[])
{
    if (strchr("123478", figures[0]) == NULL || !is_month_of_birth(two_figures(figures + 3)))
        return false;
    if (is_corsican(figures[6]) ? figures[5] != '2' : memcmp(figures + 5, "00", 2) == 0)
        return false;
    return memcmp(figures + 7, "000", 3) != 0 && memcmp(figures + 10, "000", 3) != 0;
}

/* The key reads 2A as 19 and 2B as 18. */
static bool has_key(const char figures[])
{
    int remainder = 0;

    for (int i = 0; i < NIR_FIGURES; i++) {
        int figure = figures[i] - '0';

        if (i == 5 && is_corsican(figures[6]))
            figure = 1;
        else if (i == 6 && is_corsican(figures[6]))
            figure = figures[6] == 'A' || figures[6] == 'a' ? 9 : 8;
        remainder = (remainder * 10 + figure) % NIR_MODULUS;
    }
    return two_figures(figures + NIR_FIGURES) == NIR_MODULUS - remainder;
}

/* The bytes of the NIR that starts here; 0 when none does. */
static size_t nir_length_at(const char *text, size_t length, size_t at)
{
    struct reading reading = figures_from(text, length, at);

    if (reading.count < NIR_FIGURES || !has_shape(reading.figures))
        return 0;
    if (reading.count == NIR_FIGURES_WITH_KEY && has_key(reading.figures) &&
        is_single_number(text, length, reading.ends[NIR_FIGURES_WITH_KEY - 1]))
        return reading.ends[NIR_FIGURES_WITH_KEY - 1] - at;
    if (is_single_number(text, length, reading.ends[NIR_FIGURES - 1]))
        return reading.ends[NIR_FIGURES - 1] - at;
    return 0;
}

bool nir_find(const char *text, size_t length, size_t from, struct text_span *found)
{
    for (size_t at = from; at < length; at++) {
        if (at > 0 && is_figure(text[at - 1]))
            continue;

        size_t size = nir_length_at(text, length, at);
        if (size > 0) {
            *found = (struct text_span){ .start = at, .length = size };
            return true;
        }
    }
    return false;
}

const struct refusal *text_without_nir(const char *text, size_t length)
{
    struct text_span found;

    return nir_find(text, length, 0, &found) ? &TEXT_HOLDS_NIR : ACCEPTED;
}

size_t nir_mask(char *text, size_t length)
{
    struct text_span found = { 0 };
    size_t count = 0;

    while (nir_find(text, length, found.start + found.length, &found)) {
        for (size_t at = found.start; at < found.start + found.length; at++)
            if (is_figure(text[at]) || is_corsican(text[at]))
                text[at] = '*';
        count++;
    }
    return count;
}
