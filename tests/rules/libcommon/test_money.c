/* Money is whole cents: no part is lost, and amounts are read and written as people do. */
#include "libcommon/money.h"
#include "tests/check.h"

#define NARROW "\xE2\x80\xAF"
#define SPACE  "\xC2\xA0"
#define EURO   "\xE2\x82\xAC"

static void test_sizes(void)
{
    about("amounts");
    check(money_is_reasonable(MONEY_LARGEST_CENTS) && money_is_reasonable(-MONEY_LARGEST_CENTS) &&
              money_is_reasonable(0),
          "a billion euros is reasonable, owed or due");
    check(!money_is_reasonable(MONEY_LARGEST_CENTS + 1) &&
              !money_is_reasonable(-MONEY_LARGEST_CENTS - 1),
          "a cent more is not");
    check(money_smaller(-1, 1) == -1 && money_smaller(1, -1) == -1 && money_smaller(2, 2) == 2,
          "the smaller of two amounts");
    check(money_larger(-1, 1) == 1 && money_larger(1, -1) == 1 && money_larger(2, 2) == 2,
          "the larger of two amounts");
}

static void test_division(void)
{
    static const struct {
        int64_t numerator, denominator, half_up, ceiling;
    } cases[] = {
        { 0, 3, 0, 0 },
        { 1, 3, 0, 1 },
        { 2, 3, 1, 1 },
        { 3, 3, 1, 1 },
        { 4, 3, 1, 2 },
        { 5, 3, 2, 2 },
        { 1, 2, 1, 1 },
        { 49, 100, 0, 1 },
        { 50, 100, 1, 1 },
        { 51, 100, 1, 1 },
        { 149, 100, 1, 2 },
        { 150, 100, 2, 2 },
        { -1, 3, 0, 0 },
        { -2, 3, -1, 0 },
        { -3, 3, -1, -1 },
        { -4, 3, -1, -1 },
        { -1, 2, -1, 0 },
        { -49, 100, 0, 0 },
        { -50, 100, -1, 0 },
        { -150, 100, -2, -1 },
        { 7, 1, 7, 7 },
        { -7, 1, -7, -7 },
        { INT64_MAX, 1, INT64_MAX, INT64_MAX },
        { INT64_MIN, 1, INT64_MIN, INT64_MIN },
        { INT64_MAX, INT64_MAX, 1, 1 },
        { INT64_MAX - 1, INT64_MAX, 1, 1 },
        { INT64_MIN, INT64_MAX, -1, -1 },
        { INT64_MAX / 2, INT64_MAX, 0, 1 },
        { INT64_MAX / 2 + 1, INT64_MAX, 1, 1 },
    };

    about("C-2: divisions round half up");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t numerator = cases[i].numerator, denominator = cases[i].denominator;

        check_number(divide_half_up(numerator, denominator), cases[i].half_up,
                     "C-2: %" PRId64 " / %" PRId64 " rounds to %" PRId64, numerator, denominator,
                     cases[i].half_up);
        check_number(divide_ceiling(numerator, denominator), cases[i].ceiling,
                     "%" PRId64 " / %" PRId64 " rounds up to %" PRId64, numerator, denominator,
                     cases[i].ceiling);
    }
}

static void test_shares(void)
{
    about("shares of an amount");
    check_number(money_share(100000, 33, 100), 33000, "33 %% of 1,000 euros");
    check_number(money_share(10001, 1, 2), 5001, "half of an odd cent goes up");
    check_number(money_share(-10001, 1, 2), -5001, "and down when it is owed");
    check_number(money_share(45000, 17, 31), 24677, "17 days of a month of 31 at 450 euros");
    check_number(money_share(45000, 31, 31), 45000, "all the days are the whole");
    check_number(money_share(45000, 0, 31), 0, "no day is nothing");
    check_number(money_share(MONEY_LARGEST_CENTS, 1000000, 1), MONEY_LARGEST_CENTS * 1000000,
                 "a million times the largest amount");
    check_number(money_share(MONEY_LARGEST_CENTS - 1, 1000000, 1000000), MONEY_LARGEST_CENTS - 1,
                 "a million millionths of it");
    check_number(money_share(-MONEY_LARGEST_CENTS, 999999, 1000000), -INT64_C(99999900000),
                 "and all but one, owed");
}

static void test_parts(void)
{
    struct chance chance = { .state = UINT64_C(0x5eed0003) };
    bool conserved = true, equal = true, falling = true;

    about("equal parts");
    check(money_part(1000, 3, 0) == 334 && money_part(1000, 3, 1) == 333 &&
              money_part(1000, 3, 2) == 333,
          "10 euros in three: 3.34, 3.33, 3.33");
    check(money_part(1001, 3, 0) == 334 && money_part(1001, 3, 1) == 334 &&
              money_part(1001, 3, 2) == 333,
          "10.01 euros in three: 3.34, 3.34, 3.33");
    check(money_part(-1000, 3, 0) == -334 && money_part(-1000, 3, 1) == -333 &&
              money_part(-1000, 3, 2) == -333,
          "the same below zero");
    check(money_part(2, 3, 1) == 1 && money_part(2, 3, 2) == 0, "2 cents in three leave one out");
    for (int i = 0; i < 20000; i++) {
        int64_t cents = chance_between(&chance, -MONEY_LARGEST_CENTS, MONEY_LARGEST_CENTS);
        int32_t count = (int32_t)chance_between(&chance, 1, 60);
        int64_t sign = cents < 0 ? -1 : 1, sum = 0, before = money_part(cents, count, 0);

        for (int32_t part = 0; part < count; part++) {
            int64_t one = money_part(cents, count, part);

            sum += one;
            equal &= (before - one) * sign <= 1 && (money_part(cents, count, 0) - one) * sign <= 1;
            falling &= (before - one) * sign >= 0;
            before = one;
        }
        conserved &= sum == cents;
    }
    check(conserved, "parts add up to the amount (20,000 amounts, seed 0x5eed0003)");
    check(equal, "parts differ by a cent at most");
    check(falling, "the first parts are the larger");
}

static void test_splits(void)
{
    static const struct {
        const char *sentence;
        int64_t cents;
        int64_t weights[3];
        int64_t parts[3];
    } cases[] = {
        { "1 euro by 1:1:1, the first has the odd cent", 100, { 1, 1, 1 }, { 34, 33, 33 } },
        { "2 cents by 1:1:1 go to the first two", 2, { 1, 1, 1 }, { 1, 1, 0 } },
        { "1 euro by 1:2:3: remainders .67, .33, 0", 100, { 1, 2, 3 }, { 17, 33, 50 } },
        { "1 cent by 1:2:3 goes to the largest", 1, { 1, 2, 3 }, { 0, 0, 1 } },
        { "10 cents by 1:2:4: remainders .43, .86, .71, two cents left",
          10,
          { 1, 2, 4 },
          { 1, 3, 6 } },
        { "a weight of 0 gets nothing", 101, { 0, 1, 1 }, { 0, 51, 50 } },
        { "one weight takes all", 101, { 0, 7, 0 }, { 0, 101, 0 } },
        { "an amount owed is split the same way", -100, { 1, 2, 3 }, { -17, -33, -50 } },
        { "nothing is split in nothings", 0, { 1, 2, 3 }, { 0, 0, 0 } },
        { "weights may be as large as they come",
          101,
          { INT64_MAX, INT64_MAX, INT64_MAX },
          { 34, 34, 33 } },
    };
    struct chance chance = { .state = UINT64_C(0x5eed0004) };
    bool conserved = true, close = true;

    about("splits by weight");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t parts[3];

        money_split(cases[i].cents, cases[i].weights, 3, parts);
        check(memcmp(parts, cases[i].parts, sizeof parts) == 0, "%s", cases[i].sentence);
    }
    for (int i = 0; i < 20000; i++) {
        int64_t cents = chance_between(&chance, -MONEY_LARGEST_CENTS, MONEY_LARGEST_CENTS);
        int64_t weights[12], parts[12], total = 0, sum = 0;
        size_t count = (size_t)chance_between(&chance, 1, 12);

        for (size_t part = 0; part < count; part++) {
            weights[part] = chance_between(&chance, 0, 1000);
            total += weights[part];
        }
        if (total == 0)
            continue;
        money_split(cents, weights, count, parts);
        for (size_t part = 0; part < count; part++) {
            int64_t distance = parts[part] * total - cents * weights[part];

            sum += parts[part];
            close &= distance < total && distance > -total;
        }
        conserved &= sum == cents;
    }
    check(conserved, "parts add up to the amount (20,000 amounts, seed 0x5eed0004)");
    check(close, "each part is less than a cent from its exact share");
}

static void test_reading(void)
{
    static const struct {
        const char *text;
        int64_t cents;
    } amounts[] = {
        { "0", 0 },
        { "12", 1200 },
        { "-12", -1200 },
        { "- 12", -1200 },
        { "1234,56", 123456 },
        { "1234.56", 123456 },
        { "1 234,5", 123450 },
        { "1" NARROW "234,56" SPACE EURO, 123456 },
        { "1" SPACE "234" SPACE "567,89" EURO, 123456789 },
        { "12 345 678", 1234567800 },
        { "123 456", 12345600 },
        { "12,30 EUR", 1230 },
        { "12EUR", 1200 },
        { "  12,30  EUR  ", 1230 },
        { "0,05", 5 },
        { "-0,05", -5 },
        { "007", 700 },
        { "0,9", 90 },
        { "1000000000", MONEY_LARGEST_CENTS },
        { "-1 000 000 000,00", -MONEY_LARGEST_CENTS },
        { "00000000000000000000000001", 100 },
    };
    static const char *const others[] = {
        "",
        " ",
        "-",
        "EUR",
        EURO "12",
        "douze",
        "--12",
        "+12",
        "12,345",
        "12,",
        "12.",
        ",50",
        "12,5,5",
        "12,-5",
        "1.234,56",
        "1,234.56",
        "1 23",
        "1 2345",
        "1234 567",
        "1 234 56",
        "1  234",
        "1 234 5,6",
        "12 ,30",
        "12, 30",
        "12:30",
        "12/",
        "12 EURO",
        "12 EUREUR",
        "12 " EURO " EUR",
        "12 USD",
        "12e3",
        "0x12",
        "1000000000,01",
        "-1000000000,01",
        "1000000001",
        "10000000000",
        "99999999999999999999999999999999999999999999",
        "1\xC2 234",
        "1\xE2\x80 234",
    };

    about("amounts as people write them");
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        int64_t cents = 77;

        check(money_parse(amounts[i].text, &cents) && cents == amounts[i].cents,
              "\"%s\" is %" PRId64 " cents", amounts[i].text, amounts[i].cents);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        int64_t cents = 77;

        check(!money_parse(others[i], &cents) && cents == 77,
              "\"%s\" is no amount, and changes nothing", others[i]);
    }
}

static void test_writing(void)
{
    static const struct {
        int64_t cents;
        const char *french, *plain;
    } cases[] = {
        { 0, "0,00" SPACE EURO, "0.00" },
        { 5, "0,05" SPACE EURO, "0.05" },
        { -5, "-0,05" SPACE EURO, "-0.05" },
        { 99999, "999,99" SPACE EURO, "999.99" },
        { 100000, "1" NARROW "000,00" SPACE EURO, "1000.00" },
        { 123456, "1" NARROW "234,56" SPACE EURO, "1234.56" },
        { 12345678, "123" NARROW "456,78" SPACE EURO, "123456.78" },
        { -123456789, "-1" NARROW "234" NARROW "567,89" SPACE EURO, "-1234567.89" },
        { INT64_MIN,
          "-92" NARROW "233" NARROW "720" NARROW "368" NARROW "547" NARROW "758,08" SPACE EURO,
          "-92233720368547758.08" },
    };
    struct chance chance = { .state = UINT64_C(0x5eed0005) };
    char text[MONEY_TEXT_SIZE];
    bool read_back = true;

    about("amounts as written");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_text(money_format(cases[i].cents, text), cases[i].french, "for people: %s",
                   cases[i].french);
        check_text(money_format_plain(cases[i].cents, text), cases[i].plain, "for machines: %s",
                   cases[i].plain);
    }
    for (int i = 0; i < 20000; i++) {
        int64_t size = chance_between(&chance, 1, MONEY_LARGEST_CENTS);
        int64_t cents = chance_between(&chance, -size, size), french = 0, plain = 0;

        read_back &= money_parse(money_format(cents, text), &french) && french == cents;
        read_back &= money_parse(money_format_plain(cents, text), &plain) && plain == cents;
    }
    check(read_back, "what is written is read back (20,000 amounts, seed 0x5eed0005)");
}

int main(void)
{
    test_sizes();
    test_division();
    test_shares();
    test_parts();
    test_splits();
    test_reading();
    test_writing();
    return checks_done();
}
