/* Identifiers are UUIDs of version 7 that sort by the time they were made, and read back what they
 * print. */
#include "libcommon/ids.h"
#include "tests/check.h"

static const uint8_t ones[ID_RANDOM_BYTES] = { 255, 255, 255, 255, 255, 255, 255, 255, 255, 255 };
static const uint8_t zeros[ID_RANDOM_BYTES] = { 0 };

static void check_made(void)
{
    /* RFC 9562, A.6: 22 February 2022, 14:22:22 in New York; rand_a CC3, rand_b 18C4DC0C0C07398F.
     */
    static const uint8_t of_the_rfc[ID_RANDOM_BYTES] = { 0x0c, 0xc3, 0x18, 0xc4, 0xdc,
                                                         0x0c, 0x0c, 0x07, 0x39, 0x8f };
    static const struct {
        const char *when;
        int64_t now_ms;
        const uint8_t *random;
        const char *text;
    } cases[] = {
        { "the example of RFC 9562", 0x017F22E279B0, of_the_rfc,
          "017f22e2-79b0-7cc3-98c4-dc0c0c07398f" },
        { "random bits all ones leave version and variant", 1, ones,
          "00000000-0001-7fff-bfff-ffffffffffff" },
        { "random bits all zeros leave version and variant", 256, zeros,
          "00000000-0100-7000-8000-000000000000" },
        { "an instant before 1970 is taken as 1970", -1, zeros,
          "00000000-0000-7000-8000-000000000000" },
        { "the last instant of 48 bits", 0xffffffffffff, zeros,
          "ffffffff-ffff-7000-8000-000000000000" },
        { "an instant after it is taken as the last", 0x1000000000000, zeros,
          "ffffffff-ffff-7000-8000-000000000000" },
    };

    about("made");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[ID_TEXT_SIZE];

        check_text(id_format(id_make(cases[i].now_ms, cases[i].random), text), cases[i].text, "%s",
                   cases[i].when);
    }
}

static void check_order(void)
{
    struct chance chance = { 7 };
    struct id earlier = id_make(0, ones);

    about("order");
    for (int i = 0; i < 5000; i++) {
        int64_t now_ms = chance_between(&chance, 1, INT64_C(0xffffffffffff));
        struct id before = id_make(now_ms - 1, ones), at = id_make(now_ms, zeros);
        char one[ID_TEXT_SIZE], other[ID_TEXT_SIZE];

        holds_or_report(id_compare(before, at) < 0 && id_compare(at, before) > 0,
                        "made a millisecond later sorts later, whatever the random bits (seed 7)");
        holds_or_report(strcmp(id_format(before, one), id_format(at, other)) < 0,
                        "the text sorts as the bytes (seed 7)");
    }
    check(id_compare(earlier, id_make(1, zeros)) < 0, "a later millisecond sorts later");
    check_number(id_compare(earlier, earlier), 0, "an identifier is level with itself");
    check(id_is_same(earlier, earlier) && !id_is_same(earlier, id_make(0, zeros)),
          "only the same identifier is the same");
}

static void check_text_form(void)
{
    static const struct {
        const char *what;
        const char *text;
        bool reads;
    } cases[] = {
        { "version 7", "018f0e42-7c1b-7a3e-9d41-0f6a2b8c5d17", true },
        { "another system's version 4", "f47ac10b-58cc-4372-a567-0e02b2c3d479", true },
        { "upper case is refused", "018F0E42-7c1b-7a3e-9d41-0f6a2b8c5d17", false },
        { "empty is refused", "", false },
        { "a byte short is refused", "018f0e42-7c1b-7a3e-9d41-0f6a2b8c5d1", false },
        { "a byte long is refused", "018f0e42-7c1b-7a3e-9d41-0f6a2b8c5d17a", false },
        { "a space after is refused", "018f0e42-7c1b-7a3e-9d41-0f6a2b8c5d17 ", false },
        { "a space before is refused", " 018f0e42-7c1b-7a3e-9d41-0f6a2b8c5d17", false },
        { "no hyphens is refused", "018f0e427c1b7a3e9d410f6a2b8c5d17", false },
        { "a hyphen elsewhere is refused", "018f0e427-c1b-7a3e-9d41-0f6a2b8c5d17", false },
        { "a digit for the second hyphen is refused", "018f0e42-7c1b07a3e-9d41-0f6a2b8c5d17",
          false },
        { "a digit for the third hyphen is refused", "018f0e42-7c1b-7a3e09d41-0f6a2b8c5d17",
          false },
        { "a digit for the last hyphen is refused", "018f0e42-7c1b-7a3e-9d4100f6a2b8c5d17", false },
        { "a letter that is no digit is refused", "018f0e42-7c1b-7a3e-9d41-0f6a2b8c5d1g", false },
        { "half a byte is refused", "018f0e42-7c1b-7a3e-9d41-0f6a2b8c5dg7", false },
        { "all zeros is no identifier", "00000000-0000-0000-0000-000000000000", false },
    };

    about("text");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct id id = id_make(5, ones), before = id;
        char text[ID_TEXT_SIZE];

        check(id_parse(cases[i].text, &id) == cases[i].reads, "%s", cases[i].what);
        if (cases[i].reads)
            check_text(id_format(id, text), cases[i].text, "%s prints as it was read",
                       cases[i].what);
        else
            check(id_is_same(id, before), "%s, and nothing is written", cases[i].what);
    }
}

int main(void)
{
    char text[ID_TEXT_SIZE];

    check_made();
    check_order();
    check_text_form();
    about("absent");
    check(!id_is_set(ID_NONE), "all zeros is no identifier");
    check(id_is_set(id_make(0, zeros)), "the earliest identifier is one");
    check_text(id_format(ID_NONE, text), "", "no identifier prints as nothing");
    return checks_done();
}
