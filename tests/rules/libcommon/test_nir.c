/* Social-security numbers are found in any text, refused or masked, and other numbers left alone.
 */
#include "libcommon/nir.h"
#include "tests/rules/intake/refusals.h"

/* Keys were worked out by hand from the definition: 97 less the remainder of the 13 figures by 97.
 * 2 55 08 14 168 025 38 is the example that everybody quotes. */
static void test_finding(void)
{
    static const struct {
        const char *sentence, *text, *masked; /* masked: "" when nothing is found */
    } cases[] = {
        { "15 figures with the right key", "255081416802538", "***************" },
        { "the same, grouped as on the card", "2 55 08 14 168 025 38", "* ** ** ** *** *** **" },
        { "within a sentence", "son n° 255081416802538, à vérifier",
          "son n° ***************, à vérifier" },
        { "with dots", "2.55.08.14.168.025.38", "*.**.**.**.***.***.**" },
        { "with hyphens", "2-55-08-14-168-025-38", "*-**-**-**-***-***-**" },
        { "with no-break spaces",
          "2\xc2\xa0"
          "55\xc2\xa0"
          "08\xc2\xa0"
          "14\xc2\xa0"
          "168\xc2\xa0"
          "025\xc2\xa0"
          "38",
          "*\xc2\xa0**\xc2\xa0**\xc2\xa0**\xc2\xa0***\xc2\xa0***\xc2\xa0**" },
        { "with narrow no-break spaces",
          "2\xe2\x80\xaf"
          "55\xe2\x80\xaf"
          "0814168025",
          "*\xe2\x80\xaf**\xe2\x80\xaf**********" },
        { "13 figures without their key", "2550814168025", "*************" },
        { "13 figures, then a telephone number", "2550814168025 06 12 34 56 78",
          "************* 06 12 34 56 78" },
        { "13 grouped figures and a slash before the key", "2 55 08 14 168 025/38",
          "* ** ** ** *** ***/38" },
        { "13 grouped figures and a wrong key are still 13 figures", "2 55 08 14 168 025 39",
          "* ** ** ** *** *** 39" },
        { "15 figures in one piece with a key one too high: another number", "255081416802539",
          "" },
        { "15 figures in one piece with a key one too low: another number", "255081416802537", "" },
        { "the key 97, of a number that 97 divides", "184127645103897", "***************" },
        { "the key 01", "184127645103701", "***************" },
        { "00 is not the key of a number that 97 divides", "184127645103800", "" },
        { "southern Corsica", "184122A45108933", "***************" },
        { "southern Corsica in small letters", "1 84 12 2a 451 089 33", "* ** ** ** *** *** **" },
        { "northern Corsica", "285072B03302569", "***************" },
        { "northern Corsica in small letters", "285072b033025", "*************" },
        { "northern Corsica with the other's key: another number", "285072B03302539", "" },
        { "1A is no department", "184121A451089", "" },
        { "a letter elsewhere is no figure", "18412A7451089", "" },
        { "C is no department", "184122C451089", "" },
        { "12 figures", "255081416802", "" },
        { "14 figures, as a SIRET has", "25508141680253", "" },
        { "16 figures, as a bank card has", "2550814168025380", "" },
        { "15 right figures run into a letter", "255081416802538A", "" },
        { "13 right figures run into a letter", "2550814168025a", "" },
        { "13 right figures run into the last letter", "2550814168025z", "" },
        { "13 right figures run into a capital", "2550814168025Z", "" },
        { "a square bracket ends it", "2550814168025[", "*************[" },
        { "a brace ends it", "2550814168025{", "*************{" },
        { "an accented letter after it does not hide it", "2550814168025\xc3\xa9",
          "*************\xc3\xa9" },
        { "a bracket ends it", "(2550814168025)", "(*************)" },
        { "a letter before it does not hide it", "NIR2550814168025", "NIR*************" },
        { "a longer number that ends like one", "92550814168025", "" },
        { "two spaces are no separator", "2  55 08 14 168 025", "" },
        { "sex 0", "0550814168025", "" },
        { "sex 1", "1550814168025", "*************" },
        { "sex 3, being registered", "3550814168025", "*************" },
        { "sex 4, being registered", "4550814168025", "*************" },
        { "sex 5", "5550814168025", "" },
        { "sex 6", "6550814168025", "" },
        { "sex 7, provisional", "7550814168025", "*************" },
        { "sex 8, provisional", "8550814168025", "*************" },
        { "sex 9", "9550814168025", "" },
        { "month 00", "2550014168025", "" },
        { "month 01", "2550114168025", "*************" },
        { "month 12", "2551214168025", "*************" },
        { "month 13", "2551314168025", "" },
        { "month 19", "2551914168025", "" },
        { "month 20, not known", "2552014168025", "*************" },
        { "month 42, not known", "2554214168025", "*************" },
        { "month 43", "2554314168025", "" },
        { "month 49", "2554914168025", "" },
        { "month 50, not known", "2555014168025", "*************" },
        { "month 99, not known", "2559914168025", "*************" },
        { "department 00", "2550800168025", "" },
        { "department 01", "2550801168025", "*************" },
        { "born abroad, 99", "2550899168025", "*************" },
        { "commune 000", "2550814000025", "" },
        { "commune 100 and rank 025", "2550814100025", "*************" },
        { "rank 000", "2550814168000", "" },
        { "rank 000 with its right key", "255081416800063", "" },
        { "two of them", "2550814168025;184127645103897", "*************;***************" },
        { "a telephone number", "01 42 34 56 78", "" },
        { "an amount and a date", "1 234,56 EUR le 2026-11-23", "" },
        { "an IBAN", "FR76 3000 6000 0112 3456 7890 189", "" },
        { "no text", "", "" },
    };

    about("P-7, PR-1, Q30: the NIR is nowhere");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t length = strlen(cases[i].text);
        bool found = *cases[i].masked != '\0';
        char text[80];

        memcpy(text, cases[i].text, length + 1);
        check_answer(text_without_nir(text, length), found ? "TEXT_HOLDS_NIR" : YES_IT_MAY, "%s",
                     cases[i].sentence);
        nir_mask(text, length);
        check_text(text, found ? cases[i].masked : cases[i].text, "%s: masked", cases[i].sentence);
    }
}

static void test_places(void)
{
    static const char text[] = "x 2550814168025, 1 84 12 76 451 038 97.";
    struct text_span found = { 99, 99 };
    char masked[sizeof text];

    about("Q30: where they stand, and how many");
    check(nir_find(text, strlen(text), 0, &found) && found.start == 2 && found.length == 13,
          "the first begins at byte 2 and has 13 bytes");
    check(nir_find(text, strlen(text), 15, &found) && found.start == 17 && found.length == 21,
          "the next begins at byte 17 and has 21 bytes with its spaces");
    check(!nir_find(text, strlen(text), 18, &found) && found.start == 17,
          "there is no third; what was found before is untouched");
    check(!nir_find(text, 14, 0, &found), "a text is read to its length and no further");
    check(nir_find(text, 15, 0, &found), "to its last byte");
    memcpy(masked, text, sizeof text);
    check_number(nir_mask(masked, strlen(masked)), 2, "two are masked");
    check_number(nir_mask(masked, strlen(masked)), 0, "masking again finds none");
}

static void test_any_text(void)
{
    static const char alphabet[] = "0123456789012345678912 .-AB\xc2\xa0z";
    struct chance chance = { .state = 0x91e };
    size_t masked = 0;

    about("Q30: any text");
    for (int i = 0; i < 200000; i++) {
        char text[24];
        size_t length = (size_t)chance_between(&chance, 0, sizeof text);

        for (size_t j = 0; j < length; j++)
            text[j] = alphabet[chance_between(&chance, 0, (int64_t)sizeof alphabet - 2)];
        masked += nir_mask(text, length);
        holds_or_report(text_without_nir(text, length) == ACCEPTED,
                        "seed 0x91e, case %d: nothing is left after masking", i);
    }
    check(masked > 100,
          "200,000 texts of figures and separators held %zu numbers; once masked, none", masked);
}

int main(void)
{
    test_finding();
    test_places();
    test_any_text();
    return checks_done();
}
