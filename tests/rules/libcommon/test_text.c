/* Text that comes in is well-formed and clean, names are found however they are written, and a mail
 * address cannot carry anything else. */
#include "libcommon/text.h"
#include "tests/check.h"

#include <stdlib.h>

/* A literal with its length, so that a NUL may lie in it. */
#define BYTES(literal) (literal), sizeof(literal) - 1

static void check_cleanness(void)
{
    static const struct {
        const char *what;
        const char *bytes;
        size_t length;
        bool is_utf8, is_clean, is_line;
    } cases[] = {
        { "nothing", BYTES(""), true, true, true },
        { "ASCII", BYTES("Bonjour"), true, true, true },
        { "accents, an emoji, Arabic", BYTES("é œ € 🙂 سلام"), true, true, true },
        { "a tab", BYTES("a\tb"), true, true, true },
        { "a newline", BYTES("a\nb"), true, true, false },
        { "a carriage return", BYTES("a\r\nb"), true, false, false },
        { "a NUL", BYTES("a\0b"), true, false, false },
        { "a NUL at the end", BYTES("a\0"), true, false, false },
        { "U+001F", BYTES("a\x1f"), true, false, false },
        { "U+0020", BYTES(" "), true, true, true },
        { "U+007E", BYTES("~"), true, true, true },
        { "U+007F", BYTES("\x7f"), true, false, false },
        { "U+0080", BYTES("\xc2\x80"), true, false, false },
        { "U+009F", BYTES("\xc2\x9f"), true, false, false },
        { "U+00A0", BYTES("\xc2\xa0"), true, true, true },
        { "U+07FF", BYTES("\xdf\xbf"), true, true, true },
        { "U+0800", BYTES("\xe0\xa0\x80"), true, true, true },
        { "U+2027", BYTES("\xe2\x80\xa7"), true, true, true },
        { "the line separator U+2028", BYTES("\xe2\x80\xa8"), true, true, false },
        { "the paragraph separator U+2029", BYTES("\xe2\x80\xa9"), true, true, false },
        { "U+D7FF", BYTES("\xed\x9f\xbf"), true, true, true },
        { "the surrogate U+D800", BYTES("\xed\xa0\x80"), false, false, false },
        { "the surrogate U+DFFF", BYTES("\xed\xbf\xbf"), false, false, false },
        { "U+E000", BYTES("\xee\x80\x80"), true, true, true },
        { "U+FFFF", BYTES("\xef\xbf\xbf"), true, true, true },
        { "U+10000", BYTES("\xf0\x90\x80\x80"), true, true, true },
        { "U+10FFFF", BYTES("\xf4\x8f\xbf\xbf"), true, true, true },
        { "U+110000", BYTES("\xf4\x90\x80\x80"), false, false, false },
        { "a first byte F5", BYTES("\xf5\x80\x80\x80"), false, false, false },
        { "an overlong slash in two bytes", BYTES("\xc0\xaf"), false, false, false },
        { "an overlong DEL in two bytes", BYTES("\xc1\xbf"), false, false, false },
        { "an overlong U+07FF in three bytes", BYTES("\xe0\x9f\xbf"), false, false, false },
        { "an overlong U+FFFF in four bytes", BYTES("\xf0\x8f\xbf\xbf"), false, false, false },
        { "an overlong NUL", BYTES("\xc0\x80"), false, false, false },
        { "a continuation alone", BYTES("a\x80"), false, false, false },
        { "a last continuation alone", BYTES("\xbf"), false, false, false },
        { "two bytes cut after one", BYTES("\xc3"), false, false, false },
        { "three bytes cut after two", BYTES("\xe2\x82"), false, false, false },
        { "four bytes cut after three", BYTES("\xf0\x9f\x99"), false, false, false },
        { "a first byte followed by ASCII", BYTES("\xc3("), false, false, false },
        { "a first byte followed by a first byte", BYTES("\xe2\x82\xc3"), false, false, false },
        { "Latin-1", BYTES("caf\xe9"), false, false, false },
        { "a byte FF", BYTES("\xff"), false, false, false },
    };

    about("clean text");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        /* In a block of its own size, so that the sanitizer sees a byte read beyond it. */
        char *copy = malloc(cases[i].length + 1);

        if (!copy)
            return;
        copy = realloc(memcpy(copy, cases[i].bytes, cases[i].length),
                       cases[i].length + !cases[i].length);
        check(text_is_utf8(copy, cases[i].length) == cases[i].is_utf8, "%s: %s UTF-8",
              cases[i].what, cases[i].is_utf8 ? "is" : "is not");
        check(text_is_clean(copy, cases[i].length) == cases[i].is_clean, "%s: %s clean",
              cases[i].what, cases[i].is_clean ? "is" : "is not");
        check(text_is_line(copy, cases[i].length) == cases[i].is_line, "%s: %s a line",
              cases[i].what, cases[i].is_line ? "is" : "is not");
        free(copy);
    }
}

/* Writes a code as UTF-8 by the definition, surrogates too. */
static size_t encode(uint32_t code, char bytes[static 4])
{
    if (code < 0x80) {
        bytes[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        bytes[0] = (char)(0xc0 | code >> 6);
        bytes[1] = (char)(0x80 | (code & 0x3f));
        return 2;
    }
    if (code < 0x10000) {
        bytes[0] = (char)(0xe0 | code >> 12);
        bytes[1] = (char)(0x80 | (code >> 6 & 0x3f));
        bytes[2] = (char)(0x80 | (code & 0x3f));
        return 3;
    }
    bytes[0] = (char)(0xf0 | code >> 18);
    bytes[1] = (char)(0x80 | (code >> 12 & 0x3f));
    bytes[2] = (char)(0x80 | (code >> 6 & 0x3f));
    bytes[3] = (char)(0x80 | (code & 0x3f));
    return 4;
}

static void check_every_code(void)
{
    uint32_t well_formed = 0, clean = 0;

    for (uint32_t code = 0; code < 0x110000; code++) {
        char bytes[4];
        size_t length = encode(code, bytes);

        well_formed += text_is_utf8(bytes, length);
        clean += text_is_clean(bytes, length);
    }
    check_number(well_formed, 0x110000 - 0x800,
                 "every code but the 2,048 surrogates is well-formed");
    check_number(clean, 0x110000 - 0x800 - 63, "63 of the 65 control characters are refused");
}

static void check_folding(void)
{
    static const struct {
        const char *written;
        const char *folded;
    } cases[] = {
        { "Dupont", "dupont" },
        { "ÉLÉONORE", "eleonore" },
        { "éèêë àâä îï ôö ùûü ÿ ç", "eeee aaa ii oo uuu y c" },
        { "ÉÈÊË ÀÂÄ ÎÏ ÔÖ ÙÛÜ Ÿ Ç", "eeee aaa ii oo uuu y c" },
        { "cœur, Œuvre", "coeur, oeuvre" },
        { "Lætitia ÆGIR", "laetitia aegir" },
        { "Strauß STRAUẞ", "strauss strauss" },
        { "Łukasz Ødegård Đorđe Ħamrun", "lukasz odegard dorde hamrun" },
        { "Þór þ IJ Ĳsel ĳ", "thor th ij ijsel ij" },
        { "Nguyễn Thị Ơn", "nguyen thi on" },
        { "Țăran Șerban İbrahim Yıldız", "taran serban ibrahim yildiz" },
        { "e\xcc\x81te\xcc\x81", "ete" },
        { "Jean-Pierre", "jean pierre" },
        { "Jean\xe2\x80\x91Pierre", "jean pierre" },
        { "D'Arc", "d arc" },
        { "D’Arc", "d arc" },
        { "  de   La\tTour\n", "de la tour" },
        { "a\xc2\xa0"
          "b",
          "a b" },
        { "- ' -", "" },
        { "", "" },
        { "Иван 3×4 @[`{", "Иван 3×4 @[`{" },
        { "AZ az 09", "az az 09" },
        { "a\u2000b\u2015c\u2018d\u2019e\u02bcf\u202fg\u2028h\u2029i\u00adj",
          "a b c d e f g h i j" },
        { "a\u1fffb\u2016c\u2017d\u201ae\u02bbf", "a\u1fffb\u2016c\u2017d\u201ae\u02bbf" },
        { "a\u0300b\u036fc", "abc" },
        { "a\u02ffb\u0370c", "a\u02ffb\u0370c" },
        { "\u00bf\u00c0\u0233\u023f\u0240", "\u00bfay\u023f\u0240" },
        { "\u1dff\u1e00\u1ef9\u1eff\u1f00", "\u1dffay\u1eff\u1f00" },
        { "bad\xff"
          "byte\xc3",
          "badbyte" },
    };

    about("names as they are sought");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char folded[80], again[80];
        size_t length =
            text_fold(cases[i].written, strlen(cases[i].written), folded, sizeof folded);

        check_text(folded, cases[i].folded, "\"%s\" is sought as \"%s\"", cases[i].written,
                   cases[i].folded);
        check_number(length, strlen(folded), "and its length is told");
        text_fold(folded, length, again, sizeof again);
        check_text(again, folded, "and folding it again changes nothing");
    }
}

static void check_folding_is_bounded(void)
{
    char folded[8];

    about("bounded");
    check_number(text_fold("abcdefghij", 10, folded, sizeof folded), 7,
                 "seven letters fit into eight bytes");
    check_text(folded, "abcdefg", "and a NUL follows them");
    check_number(text_fold("abcdefg", 7, folded, sizeof folded), 7, "what fits exactly is whole");
    check_number(text_fold("abcdefœz", 9, folded, sizeof folded), 6,
                 "a ligature is not cut in half");
    check_text(folded, "abcdef", "and nothing follows what did not fit");
    check_number(text_fold("abcdeИz", 8, folded, 7), 5,
                 "a letter of another script is not cut in half");
    check_number(text_fold("abcdef g", 8, folded, sizeof folded), 6, "no space is left at the end");
    check_number(text_fold("abcde g", 7, folded, sizeof folded), 7,
                 "a space and a letter that fit are there");
    memset(folded, 'x', sizeof folded);
    check_number(text_fold("a", 1, folded, 1), 0, "one byte holds only the NUL");
    check(folded[0] == '\0' && folded[1] == 'x', "and no byte more is written");
    check_number(text_fold("a", 1, folded, 0), 0, "no byte holds nothing");
    check_number(text_fold("é", 1, folded, sizeof folded), 0, "no byte beyond the length is read");
}

/* local part of local bytes, then labels of 60 bytes and a last one up to the length. */
static const char *long_address(char text[static 300], size_t local, size_t length)
{
    memset(text, 'a', length);
    text[local] = '@';
    for (size_t dot = local + 61; dot + 1 < length; dot += 61)
        text[dot] = '.';
    text[length] = '\0';
    return text;
}

static void check_mail_addresses(void)
{
    static const struct {
        const char *address;
        bool is_one;
    } cases[] = {
        { "marie.durand@example.org", true },
        { "m@a.fr", true },
        { "azAZ09@azAZ09.az", true },
        { "a@b.AZ", true },
        { "alerte+lyon@asso.example.fr", true },
        { "o'neil!#$%&*+-/=?^_`{|}~@example.org", true },
        { "UPPER@EXAMPLE.ORG", true },
        { "a@xn--caf-dma.fr", true },
        { "a@1and1.fr", true },
        { "a@b.2c", true },
        { "", false },
        { "@", false },
        { "marie", false },
        { "@example.org", false },
        { "marie@", false },
        { "marie@example", false },
        { "marie@@example.org", false },
        { "a@b@example.org", false },
        { ".marie@example.org", false },
        { "marie.@example.org", false },
        { "ma..rie@example.org", false },
        { "m.a.r.i.e@example.org", true },
        { "marie@.example.org", false },
        { "marie@example..org", false },
        { "marie@example.org.", false },
        { "marie@-example.org", false },
        { "marie@example-.org", false },
        { "marie@ex-ample.org", true },
        { "marie@exam_ple.org", false },
        { "marie@192.0.2.1", false },
        { "marie@[192.0.2.1]", false },
        { "<marie@example.org>", false },
        { "marie@example.org>", false },
        { "marie durand@example.org", false },
        { " marie@example.org", false },
        { "marie@example.org ", false },
        { "\"marie\"@example.org", false },
        { "ma\\rie@example.org", false },
        { "ma(x)rie@example.org", false },
        { "ma,rie@example.org", false },
        { "ma;rie@example.org", false },
        { "ma:rie@example.org", false },
        { "ma[rie@example.org", false },
        { "marie@example.org\r\nRCPT TO:<x@y.fr>", false },
        { "marie\n@example.org", false },
        { "marie\r@example.org", false },
        { "marie@example.org\n", false },
        { "marie@exa\tmple.org", false },
        { "élise@example.org", false },
        { "elise@exämple.org", false },
        { "elise\x7f@example.org", false },
    };
    char text[300];

    about("mail addresses");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check(text_is_mail_address(cases[i].address, strlen(cases[i].address)) == cases[i].is_one,
              "\"%s\" %s a mail address", cases[i].address, cases[i].is_one ? "is" : "is not");
    check(!text_is_mail_address(BYTES("marie@example.org\0")), "a NUL at the end is refused");
    check(!text_is_mail_address(BYTES("ma\0rie@example.org")), "a NUL within is refused");
    check(!text_is_mail_address(BYTES("marie@exa\0mple.org")), "a NUL in the domain is refused");
    check(text_is_mail_address(long_address(text, 64, 200), 200),
          "a local part of 64 bytes is one");
    check(!text_is_mail_address(long_address(text, 65, 200), 200),
          "a local part of 65 bytes is too long");
    check(text_is_mail_address(long_address(text, 60, 254), 254), "254 bytes are an address");
    check(!text_is_mail_address(long_address(text, 60, 255), 255), "255 bytes are too many");
    memset(text, 'a', 70);
    memcpy(text, "a@", 2);
    memcpy(text + 65, ".fr", 4);
    check(text_is_mail_address(text, 68), "a label of 63 bytes is one");
    memset(text + 65, 'a', 1);
    memcpy(text + 66, ".fr", 4);
    check(!text_is_mail_address(text, 69), "a label of 64 bytes is too long");
}

static void check_ends(void)
{
    static const struct {
        const char *cut;
        const char *whole;
    } cases[] = {
        { "", "" },       { "abc", "abc" },         { "é", "é" },
        { "a\xc3", "a" }, { "a\xe2\x82", "a" },     { "a\xe2", "a" },
        { "a€", "a€" },   { "a\xf0\x9f\x99", "a" }, { "a🙂", "a🙂" },
        { "é\xc3", "é" }, { "\xc3", "" },           { "a\x80", "a" },
        { "\x80", "" },   { "aé", "aé" },           { "a\xe2\x82\xac", "a€" },
    };

    about("text cut anywhere");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[16];

        strcpy(text, cases[i].cut);
        text_end_whole(text);
        check_text(text, cases[i].whole, "ends with a whole character: \"%s\"", cases[i].whole);
    }
}

int main(void)
{
    check_cleanness();
    check_every_code();
    check_folding();
    check_folding_is_bounded();
    check_mail_addresses();
    check_ends();
    return checks_done();
}
