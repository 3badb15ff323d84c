#include "libcommon/text.h"

#include <stdint.h>
#include <string.h>

/* --- characters ------------------------------------------------------------------------------- */

/* How many bytes a first byte announces, 0 when it cannot be first. */
static size_t announced_length(uint8_t first)
{
    if (first < 0x80)
        return 1;
    if (first >= 0xc2 && first <= 0xdf)
        return 2;
    if (first >= 0xe0 && first <= 0xef)
        return 3;
    return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

/* Is the code one that this many bytes may say: not shorter otherwise, no surrogate, in range? */
static bool code_fits(uint32_t code, size_t length)
{
    static const uint32_t lowest[] = { 0, 0, 0x80, 0x800, 0x10000 };

    return code >= lowest[length] && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
}

/* Reads one character; returns its length in bytes, 0 when there is no well-formed one. */
static size_t character_at(const char *bytes, size_t length, uint32_t *code)
{
    const uint8_t *at = (const uint8_t *)bytes;
    size_t size = length > 0 ? announced_length(at[0]) : 0;
    uint32_t read;

    if (size == 0 || size > length)
        return 0;
    read = size == 1 ? at[0] : at[0] & (0xffu >> (size + 1));
    for (size_t i = 1; i < size; i++) {
        if ((at[i] & 0xc0) != 0x80)
            return 0;
        read = read << 6 | (at[i] & 0x3f);
    }
    *code = read;
    return code_fits(read, size) ? size : 0;
}

static bool any_code(uint32_t code)
{
    (void)code;
    return true;
}

static bool is_clean_code(uint32_t code)
{
    return code == '\t' || code == '\n' || (code >= 0x20 && !(code >= 0x7f && code <= 0x9f));
}

static bool is_line_code(uint32_t code)
{
    return is_clean_code(code) && code != '\n' && code != 0x2028 && code != 0x2029;
}

static bool every_character(const char *bytes, size_t length, bool (*is_good)(uint32_t code))
{
    while (length > 0) {
        uint32_t code = (uint8_t)*bytes;
        size_t size = code < 0x80 ? 1 : character_at(bytes, length, &code);

        if (size == 0 || !is_good(code))
            return false;
        bytes += size;
        length -= size;
    }
    return true;
}

bool text_is_utf8(const char *bytes, size_t length)
{
    return every_character(bytes, length, any_code);
}

bool text_is_clean(const char *bytes, size_t length)
{
    return every_character(bytes, length, is_clean_code);
}

bool text_is_line(const char *bytes, size_t length)
{
    return every_character(bytes, length, is_line_code);
}

void text_end_whole(char *text)
{
    size_t length = strlen(text);
    size_t start = length;
    uint32_t code;

    while (start > 0 && length - start < 4 && ((uint8_t)text[start - 1] & 0xc0) == 0x80)
        start--;
    if (start > 0 && (uint8_t)text[start - 1] >= 0x80)
        start--;
    if (start < length && character_at(text + start, length - start, &code) != length - start)
        text[start] = '\0';
}

/* --- folding ---------------------------------------------------------------------------------- */

/* The plain letter of each character from U+00C0 and from U+1E00 on; a dot where there is none. */
static const char latin[] = "aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.y"
                            "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkkklllllll"
                            "lllnnnnnnnnnoooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
                            "bb....o..dd....eeff....ikk...n..oo.............uu..yyzz........."
                            ".............aaiioouuuuuuuuuueaaaa....ggkkoooo..j...gg..nnaa...."
                            "aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy......a.....";
static const char more_latin[] = "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
                                 "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
                                 "wwwwwwwwwwxxxxyyzzzzzzhtwya.....aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
                                 "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";

static const struct {
    uint32_t code;
    const char *letters;
} ligatures[] = {
    { 0x00c6, "ae" }, { 0x00e6, "ae" }, { 0x0152, "oe" }, { 0x0153, "oe" }, { 0x00df, "ss" },
    { 0x1e9e, "ss" }, { 0x00de, "th" }, { 0x00fe, "th" }, { 0x0132, "ij" }, { 0x0133, "ij" },
};

/* Spaces, hyphens and apostrophes, which people write in many ways. */
static bool is_separator(uint32_t code)
{
    return code <= ' ' || code == '-' || code == '\'' || code == 0xa0 || code == 0xad ||
           (code >= 0x2000 && code <= 0x2015) || code == 0x2018 || code == 0x2019 ||
           code == 0x02bc || code == 0x2028 || code == 0x2029 || code == 0x202f;
}

static bool is_combining_accent(uint32_t code)
{
    return code >= 0x0300 && code <= 0x036f;
}

/* The plain letter, or '.' when the character has none of its own. */
static char plain_letter(uint32_t code)
{
    if (code >= 'A' && code <= 'Z')
        return (char)(code - 'A' + 'a');
    if (code >= 0xc0 && code < 0xc0 + sizeof latin - 1)
        return latin[code - 0xc0];
    if (code >= 0x1e00 && code < 0x1e00 + sizeof more_latin - 1)
        return more_latin[code - 0x1e00];
    return '.';
}

struct folded {
    char *text;
    size_t size;
    size_t length;
    bool is_separated; /* a separator was read since the last letter */
    bool is_full;
};

static void folded_add(struct folded *folded, const char *bytes, size_t length)
{
    size_t space = folded->is_separated && folded->length > 0 ? 1 : 0;

    if (folded->is_full || space + length >= folded->size - folded->length) {
        folded->is_full = true;
        return;
    }
    if (space)
        folded->text[folded->length++] = ' ';
    memcpy(folded->text + folded->length, bytes, length);
    folded->length += length;
    folded->is_separated = false;
}

static void fold_character(struct folded *folded, uint32_t code, const char *bytes, size_t size)
{
    char letter = plain_letter(code);

    if (is_separator(code)) {
        folded->is_separated = true;
        return;
    }
    if (is_combining_accent(code))
        return;
    if (letter != '.') {
        folded_add(folded, &letter, 1);
        return;
    }
    for (size_t i = 0; i < sizeof ligatures / sizeof ligatures[0]; i++) {
        if (ligatures[i].code == code) {
            folded_add(folded, ligatures[i].letters, 2);
            return;
        }
    }
    folded_add(folded, bytes, size);
}

size_t text_fold(const char *bytes, size_t length, char *folded, size_t size)
{
    struct folded to = { .text = folded, .size = size };

    if (size == 0)
        return 0;
    while (length > 0) {
        uint32_t code = 0;
        size_t read = character_at(bytes, length, &code);

        if (read > 0)
            fold_character(&to, code, bytes, read);
        bytes += read > 0 ? read : 1;
        length -= read > 0 ? read : 1;
    }
    folded[to.length] = '\0';
    return to.length;
}

/* --- mail addresses --------------------------------------------------------------------------- */

enum { LONGEST_ADDRESS = 254, LONGEST_LOCAL_PART = 64, LONGEST_LABEL = 63 };

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter_or_digit(char byte)
{
    return is_digit(byte) || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static bool is_local_byte(char byte)
{
    return is_letter_or_digit(byte) || (byte != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", byte));
}

static bool is_local_part(const char *bytes, size_t length)
{
    if (length == 0 || length > LONGEST_LOCAL_PART || bytes[length - 1] == '.')
        return false;
    for (size_t i = 0; i < length; i++) {
        bool dot_may_be = i > 0 && bytes[i - 1] != '.';

        if (bytes[i] == '.' ? !dot_may_be : !is_local_byte(bytes[i]))
            return false;
    }
    return true;
}

static bool is_label(const char *bytes, size_t length)
{
    if (length == 0 || length > LONGEST_LABEL || bytes[0] == '-' || bytes[length - 1] == '-')
        return false;
    for (size_t i = 0; i < length; i++)
        if (!is_letter_or_digit(bytes[i]) && bytes[i] != '-')
            return false;
    return true;
}

static bool is_number(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!is_digit(bytes[i]))
            return false;
    return true;
}

static bool is_domain(const char *bytes, size_t length)
{
    int labels = 0;

    for (;;) {
        const char *dot = memchr(bytes, '.', length);
        size_t label = dot ? (size_t)(dot - bytes) : length;

        if (!is_label(bytes, label))
            return false;
        labels++;
        if (!dot)
            return labels >= 2 && !is_number(bytes, label);
        bytes += label + 1;
        length -= label + 1;
    }
}

bool text_is_mail_address(const char *bytes, size_t length)
{
    const char *at = length <= LONGEST_ADDRESS ? memchr(bytes, '@', length) : NULL;
    size_t local = at ? (size_t)(at - bytes) : 0;

    return at && is_local_part(bytes, local) && is_domain(at + 1, length - local - 1);
}
