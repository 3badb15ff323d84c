/* A published figure says what it counts, is rounded half up by itself, and once published is
 * never changed: what later data give stands beside it. */
#include "services/reporting/rules/figure.h"
#include "tests/rules/law.h"

static struct figure share(const char *id, enum counted unit, int64_t numerator,
                           int64_t denominator, uint8_t decimals)
{
    return (struct figure){ .id = id,
                            .scope = "",
                            .from = DATE(2020, 1, 1),
                            .end = DATE(2021, 1, 1),
                            .form = FORM_SHARE,
                            .counts = unit,
                            .per = unit,
                            .decimals = decimals,
                            .numerator = numerator,
                            .denominator = denominator,
                            .note = "" };
}

static struct figure ratio(const char *id, enum counted counts, enum counted per, int64_t numerator,
                           int64_t denominator, uint8_t decimals)
{
    struct figure figure = share(id, counts, numerator, denominator, decimals);

    figure.form = FORM_RATIO;
    figure.per = per;
    return figure;
}

static struct figure count_of(const char *id, enum counted counts, int64_t numerator)
{
    struct figure figure = share(id, counts, numerator, 0, 0);

    figure.form = FORM_COUNT;
    figure.per = 0;
    return figure;
}

static void prints(struct figure figure, const char *wanted, const char *sentence)
{
    char text[NUMBER_TEXT_SIZE];

    check(figure_check(&figure) == ACCEPTED, "%s (%s) can be published", figure.id, sentence);
    check_text(number_format(figure_value(&figure), '.', text), wanted, "%s: %s is %s", figure.id,
               sentence, wanted);
}

static void published_shares(void)
{
    static const struct {
        const char *id, *what;
        enum counted unit;
        int64_t numerator, denominator;
        uint8_t decimals;
        const char *wanted;
    } cases[] = {
        { "F0-12", "40 of 109 exits by collective agreements", COUNTED_STAYS, 40, 109, 1, "36.7" },
        { "F0-12", "24 of 109 exits through DALO", COUNTED_STAYS, 24, 109, 1, "22.0" },
        { "F0-12", "45 of 109 exits by other channels", COUNTED_STAYS, 45, 109, 1, "41.3" },
        { "F1-13", "202 of 224 households referred by district workers", COUNTED_HOUSEHOLDS, 202,
          224, 0, "90" },
        { "F1-14", "22 of 224 measures asked for by others", COUNTED_MEASURES, 22, 224, 0, "10" },
        { "F1-15", "211 of 224 measures tied to no financial aid", COUNTED_MEASURES, 211, 224, 0,
          "94" },
        { "F1-15", "13 of 224 measures tied to financial aid", COUNTED_MEASURES, 13, 224, 0, "6" },
        { "F1-16", "128 of 224 measures keep the dwelling", COUNTED_MEASURES, 128, 224, 0, "57" },
        { "F1-17", "105 of 224 measures rehouse", COUNTED_MEASURES, 105, 224, 0, "47" },
        { "F1-18", "76 of 224 measures take possession", COUNTED_MEASURES, 76, 224, 0, "34" },
        { "F1-19", "36 of 224 measures give access", COUNTED_MEASURES, 36, 224, 0, "16" },
        { "F1-20", "34 of 224 measures integrate", COUNTED_MEASURES, 34, 224, 0, "15" },
        { "F1-23", "114 of 224 households with minimum benefits", COUNTED_HOUSEHOLDS, 114, 224, 0,
          "51" },
        { "F1-24", "45 of 224 households in work", COUNTED_HOUSEHOLDS, 45, 224, 0, "20" },
        { "F1-25", "63 of 224 households at home or retired", COUNTED_HOUSEHOLDS, 63, 224, 0,
          "28" },
        { "F1-26", "2 of 224 households students", COUNTED_HOUSEHOLDS, 2, 224, 0, "1" },
        { "F1-27", "166 of 224 households at minimum resources", COUNTED_HOUSEHOLDS, 166, 224, 0,
          "74" },
        { "F1-28", "137 of 224 households tenants of public stock", COUNTED_HOUSEHOLDS, 137, 224, 0,
          "61" },
        { "F1-29", "49 of 224 households tenants of private stock", COUNTED_HOUSEHOLDS, 49, 224, 0,
          "22" },
        { "F1-30", "13 of 224 households owners", COUNTED_HOUSEHOLDS, 13, 224, 0, "6" },
        { "F1-31", "25 of 224 households hosted", COUNTED_HOUSEHOLDS, 25, 224, 0, "11" },
        { "F1-32", "103 of 224 households on the outskirts", COUNTED_HOUSEHOLDS, 103, 224, 0,
          "46" },
        { "F2-17", "21 of 34 households rehoused by a solution", COUNTED_HOUSEHOLDS, 21, 34, 1,
          "61.8" },
        { "F2-17", "13 of 34 households left by themselves", COUNTED_HOUSEHOLDS, 13, 34, 1,
          "38.2" },
        { "F4-4", "3,339 of 4,679 places in social residences", COUNTED_PLACES, 3339, 4679, 1,
          "71.4" },
        { "F4-4", "1,340 of 4,679 places elsewhere", COUNTED_PLACES, 1340, 4679, 1, "28.6" },
        { "C-2", "exactly a half of a per cent goes up", COUNTED_PERSONS, 1, 200, 0, "1" },
        { "C-2", "a little less than a half goes down", COUNTED_PERSONS, 999, 200000, 0, "0" },
        { "C-2", "12.5 % goes up to 13", COUNTED_PERSONS, 1, 8, 0, "13" },
        { "C-2", "none of some is 0", COUNTED_PERSONS, 0, 8, 0, "0" },
        { "C-2", "all is 100.000 with three decimals", COUNTED_PERSONS, 8, 8, 3, "100.000" },
        { "C-2", "one of 800 with two decimals", COUNTED_PERSONS, 1, 800, 2, "0.13" },
        { "C-2", "one of 10,000 with two decimals keeps its zero", COUNTED_PERSONS, 1, 10000, 2,
          "0.01" },
    };

    about("shares, each rounded half up by itself (domain.md §2, C-2, golden fixtures §2.7)");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        prints(share(cases[i].id, cases[i].unit, cases[i].numerator, cases[i].denominator,
                     cases[i].decimals),
               cases[i].wanted, cases[i].what);
}

static void published_ratios(void)
{
    about("ratios, each with its own two units");
    prints(ratio("F1-3", COUNTED_MEASURE_MONTHS, COUNTED_MEASURES, 762, 127, 1), "6.0",
           "762 measure-months for 127 measures");
    prints(ratio("F1-11", COUNTED_MEASURE_MONTHS, COUNTED_HOUSEHOLDS, 1457, 224, 2), "6.50",
           "1,457 measure-months for 224 households");
    prints(ratio("F1-12", COUNTED_MEASURE_MONTHS, COUNTED_MONTHS, 1457, 12, 1), "121.4",
           "1,457 measure-months over 12 months");
    prints(ratio("F1-12", COUNTED_MEASURE_MONTHS, COUNTED_MONTHS, 1457, INT64_C(12) * 4, 1), "30.4",
           "the same for each of 4 districts");
    prints(ratio("F1-21", COUNTED_DOMAINS, COUNTED_MEASURES, 379, 224, 2), "1.69",
           "379 domains for 224 measures");
    prints(ratio("F1-7", COUNTED_MEASURES, COUNTED_WORKERS, 140, 4, 0), "35",
           "140 measures for 4 workers");
    prints(ratio("F2-16", COUNTED_PERSONS, COUNTED_HOUSEHOLDS, 64, 34, 2), "1.88",
           "64 people in 34 households");
    prints(ratio("§2", COUNTED_MEASURE_MONTHS, COUNTED_MONTHS, FIGURE_LARGEST, 1, 3),
           "1000000000000.000", "the largest figure with the most decimals");
    prints(share("§2", COUNTED_PERSONS, FIGURE_LARGEST, FIGURE_LARGEST, 3), "100.000",
           "the largest share with the most decimals");
    prints(count_of("F1-10", COUNTED_MEASURE_MONTHS, INT64_C(111) * 6 + INT64_C(113) * 7), "1457",
           "111 households of 6 and 113 of 7 measure-months");
    prints(count_of("F1-2", COUNTED_MEASURE_MONTHS, INT64_C(127) * 6), "762",
           "127 measures of 6 months");
    prints(count_of("F2-8", COUNTED_PERSONS, 14 + 24 + 18 + 8), "64",
           "people in 14, 12, 6 and 2 households of 1 to 4");
}

static void tables_add_up(void)
{
    static const int64_t tenure[] = { 137, 49, 13, 25 };
    static const int64_t situation[] = { 114, 45, 63, 2 };
    static const int64_t thirds[] = { 1, 1, 1 };
    static const struct {
        const char *what;
        const int64_t *counts;
        size_t count;
        int64_t denominator, wanted;
    } cases[] = {
        { "tenure (F1-28 to F1-31)", tenure, 4, 224, 100 },
        { "socio-professional situation (F1-23 to F1-26)", situation, 4, 224, 100 },
        { "three equal thirds, never pushed to 100", thirds, 3, 3, 99 },
    };

    about("each cell alone: what the printed parts add up to is not corrected (§2)");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t sum = 0;

        for (size_t j = 0; j < cases[i].count; j++) {
            struct figure cell =
                share("", COUNTED_HOUSEHOLDS, cases[i].counts[j], cases[i].denominator, 0);

            sum += figure_value(&cell).scaled;
        }
        check_number(sum, cases[i].wanted, "%s: %d %%", cases[i].what, (int)cases[i].wanted);
    }
}

static void number_texts(void)
{
    char text[NUMBER_TEXT_SIZE];
    struct figure empty = share("F0-12", COUNTED_STAYS, 0, 0, 1);

    about("printing");
    check_text(number_format((struct number){ true, 1, 367 }, ',', text), "36,7",
               "French readers get a comma");
    check_text(number_format((struct number){ true, 2, 5 }, '.', text), "0.05",
               "zeros after the mark are kept");
    check_text(number_format((struct number){ true, 3, 1999 }, '.', text), "1.999",
               "nines are nines");
    check_text(number_format((struct number){ true, 0, 0 }, '.', text), "0", "zero is 0");
    check(!figure_value(&empty).is_known, "a share of nothing is not known, and is no 0");
    check_text(number_format(figure_value(&empty), '.', text), "", "and prints as nothing");
    check_number(figure_value(&empty).decimals, 1, "and keeps its precision");
    empty.denominator = 1;
    check(figure_value(&empty).is_known, "of one, it is known");
}

static void refused_figures(void)
{
    struct figure good = share("F1-28", COUNTED_HOUSEHOLDS, 137, 224, 0);
    struct figure number = count_of("F1-9", COUNTED_HOUSEHOLDS, 224);
    struct figure months = ratio("F1-3", COUNTED_MEASURE_MONTHS, COUNTED_MEASURES, 762, 127, 1);
    struct figure bad;

    about("what cannot be published as it is");
    bad = good, bad.counts = 0;
    check(figure_check(&bad) == &FIGURE_WITHOUT_UNIT, "SX-4: no unit");
    bad = good, bad.form = 0;
    check(figure_check(&bad) == &FIGURE_WITHOUT_UNIT, "SX-4: neither count, share nor ratio");
    bad = months, bad.per = 0;
    check(figure_check(&bad) == &FIGURE_WITHOUT_UNIT, "SX-4: a ratio to nothing named");
    bad = good, bad.per = 0;
    check(figure_check(&bad) == &FIGURE_WITHOUT_UNIT, "SX-4: a share of nothing named");
    bad = good, bad.per = COUNTED_MEASURES;
    check(figure_check(&bad) == &FIGURE_SHARE_OF_ANOTHER_UNIT,
          "Q3: a share of households over measures");
    bad = good, bad.numerator = 224;
    check(figure_check(&bad) == ACCEPTED, "a share of exactly all");
    bad = good, bad.numerator = 225;
    check(figure_check(&bad) == &FIGURE_SHARE_ABOVE_WHOLE, "a share of one more than all");
    bad = good, bad.numerator = -1;
    check(figure_check(&bad) == &FIGURE_OUT_OF_BOUNDS, "a negative count");
    bad = good, bad.numerator = 0;
    check(figure_check(&bad) == ACCEPTED, "a share of none");
    bad = months, bad.denominator = -1;
    check(figure_check(&bad) == &FIGURE_OUT_OF_BOUNDS, "a negative denominator");
    bad = months, bad.numerator = FIGURE_LARGEST + 1;
    check(figure_check(&bad) == &FIGURE_OUT_OF_BOUNDS, "more than can be multiplied safely");
    bad = months, bad.numerator = 9 * months.denominator;
    check(figure_check(&bad) == ACCEPTED, "a ratio above one is no fault");
    bad = good, bad.decimals = 3;
    check(figure_check(&bad) == ACCEPTED, "three decimals");
    bad = good, bad.decimals = 4;
    check(figure_check(&bad) == &FIGURE_TOO_PRECISE, "four decimals");
    check(figure_check(&number) == ACCEPTED, "a plain count");
    bad = number, bad.denominator = 1;
    check(figure_check(&bad) == &FIGURE_COUNT_HAS_DENOMINATOR, "a count over something");
    bad = number, bad.per = COUNTED_HOUSEHOLDS;
    check(figure_check(&bad) == &FIGURE_COUNT_HAS_DENOMINATOR, "a count for each of something");
    bad = number, bad.decimals = 1;
    check(figure_check(&bad) == &FIGURE_COUNT_HAS_DENOMINATOR, "a count with decimals");
}

static void counts_of_counts(void)
{
    static const int64_t channels[] = { 40, 24 };
    static const int64_t destinations[] = { 2, 5, 3, 6, 5, 13 };
    static const int64_t too_many[] = { 60, 50 };

    about("counts made of counts");
    check_number(count_of_union(281, 394, 0), 675, "F0-7: 281 and 394 with none in both are 675");
    check_number(count_of_union(281, 394, 10), 665, "Q10: ten in both are counted once");
    check_number(count_of_rest(109, channels, 2), 45, "F0-11: 109 exits less 40 and 24 leave 45");
    check_number(count_of_rest(4679, (int64_t[]){ 3339 }, 1), 1340, "F4-3: 4,679 less 3,339");
    check_number(count_of_rest(34, destinations, 6), 0, "F2-15: the six destinations make 34");
    check_number(count_of_rest(109, too_many, 2), -1, "parts of 110 do not fit in 109");
    check_number(count_of_rest(110, too_many, 2), 0, "and fit in 110 exactly");
}

static void words(void)
{
    struct wording_law law;
    static const struct {
        const char *what;
        enum wording wording;
        int64_t numerator, denominator;
        bool holds;
    } cases[] = {
        { "668 of 1,000 people in work", MORE_THAN_TWO_THIRDS, 668, 1000, true },
        { "667 of 1,000 people in work", MORE_THAN_TWO_THIRDS, 667, 1000, false },
        { "two of three people in work", MORE_THAN_TWO_THIRDS, 2, 3, false },
        { "nobody of nobody in work", MORE_THAN_TWO_THIRDS, 0, 0, false },
        { "nobody of nobody women", ABOUT_HALF, 0, 0, false },
        { "nobody of nobody redirected", NEARLY_ALL, 0, 0, false },
        { "450 women of 1,000", ABOUT_HALF, 450, 1000, true },
        { "449 women of 1,000", ABOUT_HALF, 449, 1000, false },
        { "550 women of 1,000", ABOUT_HALF, 550, 1000, true },
        { "551 women of 1,000", ABOUT_HALF, 551, 1000, false },
        { "49 of 1,000 back to the street", ALMOST_NONE, 49, 1000, true },
        { "50 of 1,000 back to the street", ALMOST_NONE, 50, 1000, false },
        { "none of one back to the street", ALMOST_NONE, 0, 1, true },
        { "none of nobody back to the street", ALMOST_NONE, 0, 0, false },
        { "950 of 1,000 redirected", NEARLY_ALL, 950, 1000, true },
        { "949 of 1,000 redirected", NEARLY_ALL, 949, 1000, false },
        { "no wording at all", 0, 1, 1, false },
    };

    law_on(wording_law, DATE(2026, 11, 23), &law);
    about("words with a threshold (Q43, Q26: F0-16, F0-17, F4-7, F4-8)");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check(wording_holds(&law, cases[i].wording, cases[i].numerator, cases[i].denominator) ==
                  cases[i].holds,
              "%s: \"%s\" is %s", cases[i].what, wording_english(cases[i].wording),
              cases[i].holds ? "true" : "not true");
    check_text(wording_french(MORE_THAN_TWO_THIRDS), "plus des deux tiers", "in French");
    check_text(wording_french(ABOUT_HALF), "environ la moitié", "in French");
    check_text(wording_french(ALMOST_NONE), "presque aucun", "in French");
    check_text(wording_french(NEARLY_ALL), "la quasi-totalité", "in French");
    check_text(wording_french(0), "", "no wording has no words");
    check_text(wording_english(0), "", "in either language");

    about("F3-5, Q42: \"about ten\" is 8 to 12");
    check(!count_is_about(&law, 79, 99), "79 is not about 99: 19.8 off at most");
    check(count_is_about(&law, 80, 99), "80 is");
    for (int64_t n = 6; n <= 14; n++)
        check(count_is_about(&law, n, 10) == (n >= 8 && n <= 12), "%d is %sabout ten", (int)n,
              n >= 8 && n <= 12 ? "" : "not ");
}

static void freezing(void)
{
    struct figure exits = share("F0-12", COUNTED_STAYS, 40, 109, 1);
    struct figure again = exits, other;
    struct frozen_figure frozen = { 0 };

    about("Q40: what was published is frozen");
    check(figure_freeze(&exits, DATE(2020, 12, 31), &frozen) == &FIGURE_PERIOD_STILL_OPEN,
          "not on the last day of the period");
    check(frozen.published_on.year == 0, "and then nothing is frozen");
    check(figure_freeze(&exits, DATE(2021, 1, 1), &frozen) == ACCEPTED, "the day after, yes");
    check_date(frozen.published_on, DATE(2021, 1, 1), "with the day of publication");
    check(figure_agreement(&frozen) == FIGURE_NOT_RECOMPUTED, "not recomputed yet");
    other = exits, other.numerator = 110;
    check(figure_freeze(&other, DATE(2021, 1, 1), &frozen) == &FIGURE_SHARE_ABOVE_WHOLE,
          "a figure that cannot be published is not frozen");

    about("Q40: the recomputed value stands beside");
    check(figure_recompute(&frozen, &again, DATE(2020, 12, 31)) ==
              &FIGURE_RECOMPUTED_BEFORE_PUBLISHED,
          "not before publication");
    check(figure_recompute(&frozen, &again, DATE(2021, 1, 1)) == ACCEPTED, "the same day, yes");
    check(figure_agreement(&frozen) == FIGURE_SAME, "40 of 109 again is the same");
    check_number(frozen.version, 1, "version 1");
    again.numerator = 400, again.denominator = 1090;
    check(figure_recompute(&frozen, &again, DATE(2021, 3, 1)) == ACCEPTED,
          "400 of 1,090 needs no note");
    check(figure_agreement(&frozen) == FIGURE_ROUNDS_ALIKE, "for it prints 36.7 too");
    again.numerator = 41, again.denominator = 109;
    check(figure_recompute(&frozen, &again, DATE(2021, 3, 2)) == &FIGURE_DIFFERENCE_WITHOUT_NOTE,
          "41 of 109 without a note is refused");
    check_number(frozen.version, 2, "and changes nothing");
    again.note = "an exit of 2020 recorded in March";
    check(figure_recompute(&frozen, &again, DATE(2021, 2, 28)) ==
              &FIGURE_RECOMPUTED_BEFORE_PUBLISHED,
          "nor may it be earlier than the last computation");
    check(figure_recompute(&frozen, &again, DATE(2021, 3, 2)) == ACCEPTED, "with a note, yes");
    check(figure_agreement(&frozen) == FIGURE_DIFFERS, "it differs");
    check_number(frozen.version, 3, "version 3");
    check_number(frozen.published.numerator, 40, "40 is what was published, for ever");
    check_date(frozen.published_on, DATE(2021, 1, 1), "on its day");
    check_number(frozen.recomputed.numerator, 41, "41 stands beside");
    check_date(frozen.recomputed_on, DATE(2021, 3, 2), "with its day");
    again.numerator = 0, again.denominator = 0;
    check(figure_recompute(&frozen, &again, DATE(2021, 4, 1)) == ACCEPTED &&
              figure_agreement(&frozen) == FIGURE_DIFFERS,
          "a value no longer known differs from a known one");
    again.numerator = 40;
    check(figure_recompute(&frozen, &again, DATE(2021, 4, 1)) == &FIGURE_SHARE_ABOVE_WHOLE,
          "what cannot be published does not stand beside either");
    again = exits, again.denominator = 110, again.note = "one exit more";
    check(figure_recompute(&frozen, &again, DATE(2021, 4, 1)) == ACCEPTED &&
              figure_agreement(&frozen) == FIGURE_DIFFERS,
          "40 of 110 is another share than 40 of 109");

    about("Q40: only the same figure can stand beside");
    other = exits, other.id = "F0-11";
    check(figure_recompute(&frozen, &other, DATE(2021, 4, 1)) == &FIGURE_IS_ANOTHER, "other id");
    other = exits, other.scope = "scattered units";
    check(figure_recompute(&frozen, &other, DATE(2021, 4, 1)) == &FIGURE_IS_ANOTHER, "scope");
    other = exits, other.from = DATE(2020, 1, 2);
    check(figure_recompute(&frozen, &other, DATE(2021, 4, 1)) == &FIGURE_IS_ANOTHER, "first day");
    other = exits, other.end = DATE(2021, 1, 2);
    check(figure_recompute(&frozen, &other, DATE(2021, 4, 1)) == &FIGURE_IS_ANOTHER, "last day");
    other = exits, other.form = FORM_RATIO;
    check(figure_recompute(&frozen, &other, DATE(2021, 4, 1)) == &FIGURE_IS_ANOTHER, "form");
    other = exits, other.counts = other.per = COUNTED_HOUSEHOLDS;
    check(figure_recompute(&frozen, &other, DATE(2021, 4, 1)) == &FIGURE_IS_ANOTHER, "units");
    other = exits, other.decimals = 0;
    check(figure_recompute(&frozen, &other, DATE(2021, 4, 1)) == &FIGURE_IS_ANOTHER, "precision");
    exits = ratio("F2-16", COUNTED_PERSONS, COUNTED_HOUSEHOLDS, 64, 34, 2);
    check(figure_freeze(&exits, DATE(2021, 1, 1), &frozen) == ACCEPTED && frozen.version == 0,
          "another figure is frozen afresh");
    other = exits, other.per = COUNTED_MEASURES;
    check(figure_recompute(&frozen, &other, DATE(2021, 4, 1)) == &FIGURE_IS_ANOTHER,
          "a ratio to another unit is another figure");
    other = exits, other.counts = COUNTED_UNITS;
    check(figure_recompute(&frozen, &other, DATE(2021, 4, 1)) == &FIGURE_IS_ANOTHER,
          "a ratio of another unit too");
}

int main(void)
{
    published_shares();
    published_ratios();
    tables_add_up();
    number_texts();
    refused_figures();
    counts_of_counts();
    words();
    freezing();
    return checks_done();
}
