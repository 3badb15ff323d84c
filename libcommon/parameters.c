#include "libcommon/parameters.h"

#include "libcommon/money.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 7, LINE_SIZE = 1024, FILE_SIZE = 1 << 20 };

static const struct {
    const char *name;
    enum parameter_unit unit;
} units[] = {
    { "count", UNIT_COUNT },
    { "cents", UNIT_CENTS },
    { "percent", UNIT_PERCENT },
    { "days", UNIT_DAYS },
    { "working days", UNIT_WORKING_DAYS },
    { "months", UNIT_MONTHS },
    { "years", UNIT_YEARS },
    { "hours", UNIT_HOURS },
    { "months+days", UNIT_PERIOD },
    { "day of year", UNIT_DAY_OF_YEAR },
    { "yes/no", UNIT_YES_NO },
};

const char *parameter_unit_name(enum parameter_unit unit)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (units[i].unit == unit)
            return units[i].name;
    return "";
}

__attribute__((format(printf, 3, 4))) static bool refuse(struct parameters_error *error, int line,
                                                         const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    error->line = line;
    vsnprintf(error->sentence, sizeof error->sentence, format, arguments);
    va_end(arguments);
    return false;
}

/* --- one row ---------------------------------------------------------------------------------- */

/* More than any law counts, in any unit of time; months of it fit a struct period. */
enum { LONGEST_DURATION = 1000000 };

/* A whole number up to most in size, ended by stop; *text is then after it. */
static bool take_whole(const char **text, char stop, int64_t most, int64_t *value)
{
    const char *at = *text + (**text == '-');
    char *end;

    if (*at < '0' || *at > '9')
        return false;
    *value = strtoll(*text, &end, 10);
    if (*end != stop || *value < -most || *value > most)
        return false;
    *text = end + 1;
    return true;
}

static bool read_whole(const char *text, int64_t most, int64_t *value)
{
    return take_whole(&text, '\0', most, value);
}

static bool read_period(const char *text, struct period *period)
{
    int64_t months, days;

    if (!take_whole(&text, '+', LONGEST_DURATION, &months) ||
        !read_whole(text, LONGEST_DURATION, &days))
        return false;
    *period = (struct period){ .months = (int32_t)months, .days = (int32_t)days };
    return true;
}

static bool read_day_of_year(const char *text, struct day_of_year *day)
{
    struct date date;
    char in_leap_year[DATE_TEXT_SIZE];

    if (strlen(text) != 5)
        return false;
    snprintf(in_leap_year, sizeof in_leap_year, "2000-%s", text);
    if (!date_parse(in_leap_year, &date))
        return false;
    *day = (struct day_of_year){ .month = date.month, .day = date.day };
    return true;
}

static bool read_yes_no(const char *text, int64_t *value)
{
    *value = strcmp(text, "yes") == 0;
    return *value != 0 || strcmp(text, "no") == 0;
}

static bool read_value(const char *text, struct parameter *row)
{
    switch (row->unit) {
    case UNIT_PERIOD: return read_period(text, &row->period);
    case UNIT_DAY_OF_YEAR: return read_day_of_year(text, &row->day_of_year);
    case UNIT_YES_NO: return read_yes_no(text, &row->value);
    case UNIT_COUNT:
    case UNIT_CENTS: return read_whole(text, MONEY_LARGEST_CENTS, &row->value);
    default: break;
    }
    if (!read_whole(text, LONGEST_DURATION, &row->value))
        return false;
    if (row->unit == UNIT_DAYS)
        row->period.days = (int32_t)row->value;
    if (row->unit == UNIT_MONTHS)
        row->period.months = (int32_t)row->value;
    return true;
}

static bool read_unit(const char *text, enum parameter_unit *unit)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(units[i].name, text) == 0) {
            *unit = units[i].unit;
            return true;
        }
    return false;
}

static bool read_validity(const char *text, struct date *date)
{
    *date = DATE_NONE;
    return *text == '\0' || date_parse(text, date);
}

static bool copy_text(char *to, size_t size, const char *from)
{
    return (size_t)snprintf(to, size, "%s", from) < size && *from != '\0';
}

static bool cut(char *line, char *columns[static COLUMNS])
{
    size_t count = 0;

    while (line && count < COLUMNS)
        columns[count++] = strsep(&line, ";");
    return count == COLUMNS && !line;
}

static bool read_row(char *line, int number, struct parameter *row, struct parameters_error *error)
{
    char *column[COLUMNS];

    *row = (struct parameter){ .line = number };
    if (!cut(line, column))
        return refuse(error, number, "a row has %d columns, separated by ';'", COLUMNS);
    if (!copy_text(row->name, sizeof row->name, column[0]))
        return refuse(error, number, "the name is empty or too long");
    if (!read_unit(column[2], &row->unit))
        return refuse(error, number, "%.60s: '%.40s' is no unit", row->name, column[2]);
    if (!read_value(column[1], row))
        return refuse(error, number, "%.60s: '%.40s' is no value of unit %s", row->name, column[1],
                      column[2]);
    if (!read_validity(column[3], &row->valid_from) || !read_validity(column[4], &row->valid_to))
        return refuse(error, number, "%.60s: a validity date is written 2024-02-29", row->name);
    if (date_is_set(row->valid_to) && date_is_after(row->valid_from, row->valid_to))
        return refuse(error, number, "%.60s: valid to comes before valid from", row->name);
    if (!copy_text(row->source, sizeof row->source, column[5]))
        return refuse(error, number, "%.60s: the source is missing or too long", row->name);
    row->to_be_confirmed = strcmp(column[6], "to be confirmed") == 0;
    if (!row->to_be_confirmed && *column[6] != '\0')
        return refuse(error, number, "%.60s: '%.40s' is no status", row->name, column[6]);
    return true;
}

/* --- the file --------------------------------------------------------------------------------- */

static bool is_header_or_blank(const char *line, int number)
{
    return *line == '\0' || *line == '#' || (number == 1 && strncmp(line, "name;", 5) == 0);
}

/* Copies the line at *text, without its end, and moves *text after it. */
static bool take_line(const char **text, const char *end, char line[static LINE_SIZE])
{
    const char *stop = memchr(*text, '\n', (size_t)(end - *text));
    size_t size = (size_t)((stop ? stop : end) - *text);

    if (size >= LINE_SIZE || memchr(*text, '\0', size))
        return false;
    memcpy(line, *text, size);
    line[size] = '\0';
    if (size > 0 && line[size - 1] == '\r')
        line[size - 1] = '\0';
    *text = stop ? stop + 1 : end;
    return true;
}

static bool add_line(struct parameters *parameters, char *line, int number,
                     struct parameters_error *error)
{
    if (is_header_or_blank(line, number))
        return true;
    if (parameters->count == PARAMETERS_MOST)
        return refuse(error, number, "there are more than %d rows", PARAMETERS_MOST);
    if (!read_row(line, number, &parameters->rows[parameters->count], error))
        return false;
    parameters->count++;
    return true;
}

/* Spreadsheets put a byte order mark (U+FEFF) before the first line. */
static const char *skip_byte_order_mark(const char *text, const char *end)
{
    return end - text >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? text + 3 : text;
}

static size_t chain_of(const char *name)
{
    uint32_t hash = 2166136261u; /* FNV-1a */

    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * 16777619u;
    return hash % PARAMETERS_CHAINS;
}

static void chain_rows(struct parameters *parameters)
{
    memset(parameters->chains, 0, sizeof parameters->chains);
    for (size_t i = 0; i < parameters->count; i++) {
        uint16_t *chain = &parameters->chains[chain_of(parameters->rows[i].name)];

        parameters->before[i] = *chain;
        *chain = (uint16_t)(i + 1);
    }
}

bool parameters_parse(struct parameters *parameters, const char *text, size_t length,
                      struct parameters_error *error)
{
    const char *end = text + length;
    size_t before = parameters->count;
    char line[LINE_SIZE];
    bool sound = true;

    text = skip_byte_order_mark(text, end);
    for (int number = 1; sound && text < end; number++)
        sound = take_line(&text, end, line)
                    ? add_line(parameters, line, number, error)
                    : refuse(error, number, "the line is too long or holds a NUL");
    if (!sound)
        parameters->count = before;
    parameters->edition++;
    chain_rows(parameters);
    return sound;
}

bool parameters_read(struct parameters *parameters, const char *path,
                     struct parameters_error *error)
{
    FILE *file = fopen(path, "rb");
    char *text = malloc(FILE_SIZE);
    size_t length = 0;
    bool whole = false;

    if (file && text) {
        length = fread(text, 1, FILE_SIZE, file);
        whole = !ferror(file) && length < FILE_SIZE;
    }
    if (file)
        fclose(file);
    whole = whole ? parameters_parse(parameters, text, length, error)
                  : refuse(error, 0, "%.200s cannot be read, or is larger than 1 MiB", path);
    free(text);
    return whole;
}

/* --- looking up ------------------------------------------------------------------------------- */

const struct parameter *parameter_on(const struct parameters *parameters, const char *name,
                                     struct date on)
{
    for (size_t at = parameters->chains[chain_of(name)]; at > 0; at = parameters->before[at - 1]) {
        const struct parameter *row = &parameters->rows[at - 1];
        bool over = date_is_set(row->valid_to) && date_is_after(on, row->valid_to);

        if (strcmp(row->name, name) == 0 && date_is_within(on, row->valid_from, DATE_NONE) && !over)
            return row;
    }
    return NULL;
}

static bool fits(const struct parameter *row, enum parameter_unit wanted)
{
    if (wanted == UNIT_PERIOD)
        return row->unit == UNIT_PERIOD || row->unit == UNIT_DAYS || row->unit == UNIT_MONTHS;
    return row->unit == wanted;
}

static void put(const struct parameter *row, const struct parameter_field *field, void *values)
{
    char *to = (char *)values + field->offset;
    bool yes = row->value != 0;

    if (field->unit == UNIT_PERIOD)
        memcpy(to, &row->period, sizeof row->period);
    else if (field->unit == UNIT_DAY_OF_YEAR)
        memcpy(to, &row->day_of_year, sizeof row->day_of_year);
    else if (field->unit == UNIT_YES_NO)
        memcpy(to, &yes, sizeof yes);
    else
        memcpy(to, &row->value, sizeof row->value);
}

static bool find_rows(const struct parameters *parameters, const struct parameter_field fields[],
                      struct date on, const struct parameter *rows[PARAMETER_FIELDS_MOST],
                      struct parameters_error *error)
{
    char day[DATE_TEXT_SIZE];
    size_t count = 0;

    for (const struct parameter_field *field = fields; field->name; field++) {
        const struct parameter *row = parameter_on(parameters, field->name, on);

        assert(count < PARAMETER_FIELDS_MOST);
        if (!row)
            return refuse(error, 0, "no value of %s is in force on %s", field->name,
                          date_is_set(on) ? date_format(on, day) : "no date");
        if (!fits(row, field->unit))
            return refuse(error, row->line, "%s is in %s, not in %s", field->name,
                          parameter_unit_name(row->unit), parameter_unit_name(field->unit));
        rows[count++] = row;
    }
    return true;
}

static void put_all(const struct parameter *const rows[], const struct parameter_field fields[],
                    void *values)
{
    for (size_t i = 0; fields[i].name; i++)
        put(rows[i], &fields[i], values);
}

bool parameters_fill(const struct parameters *parameters, const struct parameter_field fields[],
                     struct date on, void *values, struct parameters_error *error)
{
    const struct parameter *rows[PARAMETER_FIELDS_MOST];

    if (!find_rows(parameters, fields, on, rows, error))
        return false;
    put_all(rows, fields, values);
    return true;
}

bool parameters_fill_again(const struct parameters *parameters, struct parameters_found *found,
                           const struct parameter_field fields[], struct date on, void *values,
                           struct parameters_error *error)
{
    size_t place = ((uintptr_t)fields / sizeof *fields + (size_t)date_to_days(on)) %
                   (sizeof found->kept / sizeof *found->kept);

    if (found->edition != parameters->edition)
        *found = (struct parameters_found){ .edition = parameters->edition };
    if (found->kept[place].fields != fields || !date_is_same(found->kept[place].on, on)) {
        found->kept[place].fields = NULL;
        if (!find_rows(parameters, fields, on, found->kept[place].rows, error))
            return false;
        found->kept[place].fields = fields;
        found->kept[place].on = on;
    }
    put_all(found->kept[place].rows, fields, values);
    return true;
}
