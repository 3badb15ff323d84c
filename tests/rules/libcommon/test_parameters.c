/* The law's durations, amounts and thresholds come from rows with validity, or are refused with a
 * sentence that says what to mend. */
#include "libcommon/parameters.h"
#include "tests/check.h"

#include <stdlib.h>
#include <unistd.h>

static struct parameters parameters;
static struct parameters_error error;

static bool parse(const char *text)
{
    return parameters_parse(&parameters, text, strlen(text), &error);
}

static bool parse_anew(const char *text)
{
    parameters.count = 0;
    error = (struct parameters_error){ 0 };
    return parse(text);
}

/* --- one row ---------------------------------------------------------------------------------- */

static void test_units(void)
{
    const struct {
        const char *row;
        enum parameter_unit unit;
        int64_t value;
        struct period period;
        struct day_of_year day_of_year;
    } cases[] = {
        { "a;7;count;;;S;", UNIT_COUNT, 7, { 0 }, { 0 } },
        { "a;-7;count;;;S;", UNIT_COUNT, -7, { 0 }, { 0 } },
        { "a;100000000000;cents;;;S;", UNIT_CENTS, INT64_C(100000000000), { 0 }, { 0 } },
        { "a;33;percent;;;S;", UNIT_PERCENT, 33, { 0 }, { 0 } },
        { "a;8;days;;;S;", UNIT_DAYS, 8, { .days = 8 }, { 0 } },
        { "a;-30;days;;;S;", UNIT_DAYS, -30, { .days = -30 }, { 0 } },
        { "a;1000000;days;;;S;", UNIT_DAYS, 1000000, { .days = 1000000 }, { 0 } },
        { "a;-1000000;days;;;S;", UNIT_DAYS, -1000000, { .days = -1000000 }, { 0 } },
        { "a;5;working days;;;S;", UNIT_WORKING_DAYS, 5, { 0 }, { 0 } },
        { "a;2;months;;;S;", UNIT_MONTHS, 2, { .months = 2 }, { 0 } },
        { "a;3;years;;;S;", UNIT_YEARS, 3, { 0 }, { 0 } },
        { "a;72;hours;;;S;", UNIT_HOURS, 72, { 0 }, { 0 } },
        { "a;1+15;months+days;;;S;", UNIT_PERIOD, 0, { .months = 1, .days = 15 }, { 0 } },
        { "a;0+0;months+days;;;S;", UNIT_PERIOD, 0, { 0 }, { 0 } },
        { "a;11-01;day of year;;;S;", UNIT_DAY_OF_YEAR, 0, { 0 }, { 11, 1 } },
        { "a;02-29;day of year;;;S;", UNIT_DAY_OF_YEAR, 0, { 0 }, { 2, 29 } },
        { "a;yes;yes/no;;;S;", UNIT_YES_NO, 1, { 0 }, { 0 } },
        { "a;no;yes/no;;;S;", UNIT_YES_NO, 0, { 0 }, { 0 } },
    };

    about("units");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct parameter *row = &parameters.rows[0];

        check(parse_anew(cases[i].row) && parameters.count == 1 && row->unit == cases[i].unit &&
                  row->value == cases[i].value && row->period.months == cases[i].period.months &&
                  row->period.days == cases[i].period.days &&
                  row->day_of_year.month == cases[i].day_of_year.month &&
                  row->day_of_year.day == cases[i].day_of_year.day,
              "\"%s\" is read as %s", cases[i].row, parameter_unit_name(cases[i].unit));
    }
    check_text(parameter_unit_name(UNIT_COUNT), "count", "units have their names, the first");
    check_text(parameter_unit_name(UNIT_YES_NO), "yes/no", "and the last");
    check_text(parameter_unit_name(0), "", "what is no unit has no name");
}

static void test_refused_rows(void)
{
    static const struct {
        const char *row, *sentence;
    } cases[] = {
        { "a;8;days;;;S", "a row has 7 columns, separated by ';'" },
        { "a;8;days;;;S;;", "a row has 7 columns, separated by ';'" },
        { "a", "a row has 7 columns, separated by ';'" },
        { ";8;days;;;S;", "the name is empty or too long" },
        { "a;8;fortnights;;;S;", "a: 'fortnights' is no unit" },
        { "a;8;;;;S;", "a: '' is no unit" },
        { "a;;days;;;S;", "a: '' is no value of unit days" },
        { "a;eight;days;;;S;", "a: 'eight' is no value of unit days" },
        { "a;8 ;days;;;S;", "a: '8 ' is no value of unit days" },
        { "a; 8;days;;;S;", "a: ' 8' is no value of unit days" },
        { "a;+8;days;;;S;", "a: '+8' is no value of unit days" },
        { "a;-;days;;;S;", "a: '-' is no value of unit days" },
        { "a;--8;days;;;S;", "a: '--8' is no value of unit days" },
        { "a;8.5;days;;;S;", "a: '8.5' is no value of unit days" },
        { "a;/;days;;;S;", "a: '/' is no value of unit days" },
        { "a;:;days;;;S;", "a: ':' is no value of unit days" },
        { "a;1000001;days;;;S;", "a: '1000001' is no value of unit days" },
        { "a;-1000001;months;;;S;", "a: '-1000001' is no value of unit months" },
        { "a;100000000001;cents;;;S;", "a: '100000000001' is no value of unit cents" },
        { "a;99999999999999999999;count;;;S;",
          "a: '99999999999999999999' is no value of unit count" },
        { "a;1;months+days;;;S;", "a: '1' is no value of unit months+days" },
        { "a;1+;months+days;;;S;", "a: '1+' is no value of unit months+days" },
        { "a;+1;months+days;;;S;", "a: '+1' is no value of unit months+days" },
        { "a;1+2+3;months+days;;;S;", "a: '1+2+3' is no value of unit months+days" },
        { "a;1000001+1;months+days;;;S;", "a: '1000001+1' is no value of unit months+days" },
        { "a;1+1000001;months+days;;;S;", "a: '1+1000001' is no value of unit months+days" },
        { "a;02-30;day of year;;;S;", "a: '02-30' is no value of unit day of year" },
        { "a;2-28;day of year;;;S;", "a: '2-28' is no value of unit day of year" },
        { "a;2024-02-28;day of year;;;S;", "a: '2024-02-28' is no value of unit day of year" },
        { "a;oui;yes/no;;;S;", "a: 'oui' is no value of unit yes/no" },
        { "a;8;days;2024-02-30;;S;", "a: a validity date is written 2024-02-29" },
        { "a;8;days;;1/2/2024;S;", "a: a validity date is written 2024-02-29" },
        { "a;8;days;2024-02-02;2024-02-01;S;", "a: valid to comes before valid from" },
        { "a;8;days;;;;", "a: the source is missing or too long" },
        { "a;8;days;;;S;perhaps", "a: 'perhaps' is no status" },
    };

    about("rows that are refused");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check(!parse_anew(cases[i].row) && parameters.count == 0 && error.line == 1,
              "\"%s\" is refused", cases[i].row);
        check_text(error.sentence, cases[i].sentence, "because %s", cases[i].sentence);
    }
}

static void test_lengths(void)
{
    char text[2048];
    const int name_most = 63, source_most = 191;

    about("how long things may be");
    snprintf(text, sizeof text, "%0*d;8;days;;;%0*d;", name_most, 1, source_most, 1);
    check(parse_anew(text) && strlen(parameters.rows[0].name) == 63 &&
              strlen(parameters.rows[0].source) == 191,
          "a name of 63 characters and a source of 191 are kept whole");
    snprintf(text, sizeof text, "%0*d;8;days;;;S;", name_most + 1, 1);
    check(!parse_anew(text), "a longer name is refused");
    snprintf(text, sizeof text, "a;8;days;;;%0*d;", source_most + 1, 1);
    check(!parse_anew(text), "a longer source is refused");
    snprintf(text, sizeof text, "#%01022d\na;8;days;;;S;", 1);
    check(parse_anew(text) && parameters.count == 1, "a line of 1,023 characters is read");
    snprintf(text, sizeof text, "a;8;days;;;S;\n#%01023d\n", 1);
    check(!parse_anew(text) && error.line == 2 && parameters.count == 0, "a longer one is refused");
    check_text(error.sentence, "the line is too long or holds a NUL", "and the line is named");
    check(!parameters_parse(&parameters, "a;8\0;days;;;S;", 14, &error),
          "a line with a NUL is refused");
    check_text(error.sentence, "the line is too long or holds a NUL", "as such");
}

/* --- the file --------------------------------------------------------------------------------- */

static void test_texts(void)
{
    about("texts of several rows");
    check(parse_anew("name;value;unit;valid from;valid to;source;status\n"
                     "\n# a comment; with a semicolon\na;8;days;;;S;\r\n\r\nb;9;days;;;S;"),
          "a header, blank lines, comments, both line ends and a last line without one");
    check(parameters.count == 2 && parameters.rows[0].line == 4 && parameters.rows[1].line == 6,
          "rows know their line");
    check(
        parse_anew("\xEF\xBB\xBFname;value;unit;valid from;valid to;source;status\na;8;days;;;S;"),
        "a byte order mark before the header is skipped");
    check(parse_anew("\xEF\xBB\xBF") && parameters.count == 0, "even when nothing follows it");
    check(parse_anew("") && parameters.count == 0, "a text may be empty");
    check(parse_anew("a;8;days;;;S;to be confirmed") && parameters.rows[0].to_be_confirmed,
          "what is to be confirmed says so");
    check(parse_anew("a;8;days;;;S;") && !parameters.rows[0].to_be_confirmed, "the rest does not");
    check(!parse_anew("a;8;days;;;S;\nname;value;unit;valid from;valid to;source;status"),
          "a header elsewhere is a bad row");
    check_number(error.line, 2, "with its line");

    check(parse_anew("a;8;days;;;S;") && !parse("b;9;days;;;S;\nc;x;days;;;S;"),
          "a second text with a bad row is refused");
    check(parameters.count == 1 && error.line == 2, "and adds nothing, to the first text's rows");
    check(parse("b;9;days;;;S;") && parameters.count == 2, "a good one adds its rows");

    parameters.count = PARAMETERS_MOST - 1;
    check(parse("b;9;days;;;S;") && parameters.count == PARAMETERS_MOST, "1,024 rows fit");
    check(!parse("b;9;days;;;S;") && parameters.count == PARAMETERS_MOST, "one more does not");
    check_text(error.sentence, "there are more than 1024 rows", "and the error says so");
}

static void test_files(void)
{
    char path[] = "/tmp/tremplin-parameters-XXXXXX";
    int file = mkstemp(path);

    about("files");
    parameters.count = 0;
    check(parameters_read(&parameters, TREMPLIN_SOURCE "/deploy/parameters.csv", &error) &&
              parameters.count > 0,
          "the shipped file is read");
    check(!parameters_read(&parameters, "/nowhere/parameters.csv", &error) && error.line == 0,
          "a file that is not there is refused");
    check_text(error.sentence, "/nowhere/parameters.csv cannot be read, or is larger than 1 MiB",
               "and named");
    parameters.count = 0;
    check(file >= 0 && ftruncate(file, 1 << 20) == 0 &&
              !parameters_read(&parameters, path, &error) && error.line == 0,
          "a file of 1 MiB is refused whole");
    check(ftruncate(file, 0) == 0 && write(file, "a;8;days;;;S;\n", 14) == 14 &&
              parameters_read(&parameters, path, &error) && parameters.count == 1,
          "a small one is read");
    close(file);
    unlink(path);
}

/* --- looking up ------------------------------------------------------------------------------- */

struct law {
    int64_t answer_days;
    struct period order;
    struct day_of_year first_day;
    bool rolls;
    int64_t untouched;
};

static const struct parameter_field law_fields[] = {
    { "answer", UNIT_DAYS, offsetof(struct law, answer_days) },
    { "order", UNIT_PERIOD, offsetof(struct law, order) },
    { "first_day", UNIT_DAY_OF_YEAR, offsetof(struct law, first_day) },
    { "rolls", UNIT_YES_NO, offsetof(struct law, rolls) },
    { 0 },
};

static const char law_text[] = "answer;8;days;;;S;\n"
                               "order;2;months;;2023-07-28;S;\n"
                               "order;42;days;2023-07-29;2025-12-31;S;\n"
                               "order;1+15;months+days;2026-01-01;;S;\n"
                               "first_day;11-01;day of year;;;S;\n"
                               "rolls;no;yes/no;;;S;\n"
                               "answer;10;days;2020-03-01;2020-05-31;S;\n";

static void test_validity(void)
{
    const struct {
        const char *sentence;
        struct date on;
        int64_t answer_days;
        struct period order;
    } cases[] = {
        { "in 2008", DATE(2008, 1, 1), 8, { .months = 2 } },
        { "on the last day before an exception", DATE(2020, 2, 29), 8, { .months = 2 } },
        { "on the first day of an exception", DATE(2020, 3, 1), 10, { .months = 2 } },
        { "on its last day", DATE(2020, 5, 31), 10, { .months = 2 } },
        { "on the day after", DATE(2020, 6, 1), 8, { .months = 2 } },
        { "on the eve of a new law", DATE(2023, 7, 28), 8, { .months = 2 } },
        { "on its first day", DATE(2023, 7, 29), 8, { .days = 42 } },
        { "on the last day of a law", DATE(2025, 12, 31), 8, { .days = 42 } },
        { "on the first day of the next", DATE(2026, 1, 1), 8, { .months = 1, .days = 15 } },
    };

    about("the law of the day");
    check(parse_anew(law_text), "the law is read");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct law law = { .untouched = 77, .rolls = true };

        check(parameters_fill(&parameters, law_fields, cases[i].on, &law, &error) &&
                  law.answer_days == cases[i].answer_days &&
                  law.order.months == cases[i].order.months &&
                  law.order.days == cases[i].order.days,
              "%s", cases[i].sentence);
        check(law.first_day.month == 11 && law.first_day.day == 1 && !law.rolls &&
                  law.untouched == 77,
              "%s: the rest", cases[i].sentence);
    }
    check(parse("answer;12;days;;;our agreement;"), "an organisation adds a row of its own");
    check(parameter_on(&parameters, "answer", DATE(2020, 4, 1))->value == 12,
          "which wins over all before it");
    check(parse("rolls;yes;yes/no;;;our agreement;"), "and another");
    struct law law = { 0 };
    check(parameters_fill(&parameters, law_fields, DATE(2026, 1, 1), &law, &error) && law.rolls,
          "yes is true");
}

static void test_again(void)
{
    static struct parameters_found found; /* nothing yet */
    struct law law, same;
    int wrong = 0;

    about("a law looked for again");
    check(parse_anew(law_text), "the law is read");
    for (int round = 0; round < 3; round++)
        for (int day = 0; day < 800; day += 7) {
            struct date on = date_add_days(DATE(2020, 1, 1), day);

            law = same = (struct law){ 0 };
            wrong += !parameters_fill(&parameters, law_fields, on, &law, &error) ||
                     !parameters_fill_again(&parameters, &found, law_fields, on, &same, &error) ||
                     memcmp(&law, &same, sizeof law) != 0;
        }
    check_number(wrong, 0, "is the law of its day, more days than are kept, three times over");
    law = (struct law){ .answer_days = 77 };
    check(!parameters_fill_again(&parameters, &found, law_fields, DATE_NONE, &law, &error) &&
              !parameters_fill_again(&parameters, &found, law_fields, DATE_NONE, &law, &error) &&
              law.answer_days == 77,
          "what is in force on no date is refused each time, and nothing is filled");
    check(parse("answer;12;days;;;our agreement;") &&
              parameters_fill_again(&parameters, &found, law_fields, DATE(2020, 1, 1), &law,
                                    &error) &&
              law.answer_days == 12,
          "a row that is added counts at once");
}

static void test_missing(void)
{
    static const struct parameter_field missing[] = {
        { "answer", UNIT_DAYS, offsetof(struct law, answer_days) },
        { "other", UNIT_DAYS, offsetof(struct law, untouched) },
        { 0 },
    };
    static const struct parameter_field of_other_unit[] = {
        { "answer", UNIT_DAYS, offsetof(struct law, answer_days) },
        { "order", UNIT_MONTHS, offsetof(struct law, untouched) },
        { 0 },
    };
    static const struct parameter_field no_period[] = {
        { "first_day", UNIT_PERIOD, offsetof(struct law, order) },
        { 0 },
    };
    struct law law = { .answer_days = 77, .untouched = 77 };

    about("what is missing");
    check(parse_anew(law_text), "the law is read");
    check(!parameters_fill(&parameters, missing, DATE(2026, 1, 1), &law, &error) &&
              law.answer_days == 77,
          "a missing value is refused and nothing is filled");
    check_text(error.sentence, "no value of other is in force on 2026-01-01", "by name");
    check_number(error.line, 0, "and no line, as there is none");
    check(!parameters_fill(&parameters, of_other_unit, DATE(2024, 1, 1), &law, &error) &&
              law.answer_days == 77 && law.untouched == 77,
          "a value of another unit is refused and nothing is filled");
    check_text(error.sentence, "order is in days, not in months", "by name");
    check_number(error.line, 3, "with the line of the row");
    check(!parameters_fill(&parameters, no_period, DATE(2024, 1, 1), &law, &error),
          "a day of the year is no period");
    check(!parameters_fill(&parameters, law_fields, DATE_NONE, &law, &error),
          "on no date no law is in force");
    check_text(error.sentence, "no value of answer is in force on no date", "and it is said");
    check(parse_anew("later;8;days;2024-01-01;;S;") &&
              !parameter_on(&parameters, "later", DATE(2023, 12, 31)) &&
              parameter_on(&parameters, "later", DATE(2024, 1, 1)),
          "a row does not hold before its first day");
    check(!parameter_on(&parameters, "late", DATE(2024, 1, 1)), "a part of a name is no name");
}

int main(void)
{
    test_units();
    test_refused_rows();
    test_lengths();
    test_texts();
    test_files();
    test_validity();
    test_again();
    test_missing();
    return checks_done();
}
