#include "libcommon/parameters.h"

#include "libcommon/money.h"

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

/* --- one row --------------------------------------------------------------------------- */

static bool read_whole(const char *text, int64_t *value)
{
    char *end;
    long long read = strtoll(text, &end, 10);

    if (end == text || *end != '\0' || !money_is_reasonable(read))
        return false;
    *value = read;
    return true;
}

static bool read_period(const char *text, struct period *period)
{
    int months, days, length = 0;

    if (sscanf(text, "%d+%d%n", &months, &days, &length) != 2 || text[length] != '\0')
        return false;
    *period = (struct period){ .months = months, .days = days };
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

static bool read_value(const char *text, struct parameter *row)
{
    switch (row->unit) {
    case UNIT_PERIOD: return read_period(text, &row->period);
    case UNIT_DAY_OF_YEAR: return read_day_of_year(text, &row->day_of_year);
    case UNIT_YES_NO:
        row->value = strcmp(text, "yes") == 0;
        return row->value || strcmp(text, "no") == 0;
    default:
        if (!read_whole(text, &row->value))
            return false;
    }
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

static size_t cut(char *line, char *columns[COLUMNS])
{
    size_t count = 0;

    for (char *at = line; at && count < COLUMNS; count++) {
        columns[count] = at;
        at = strchr(at, ';');
        if (at)
            *at++ = '\0';
        else
            return count + 1;
    }
    return COLUMNS + 1;
}

static bool read_row(char *line, int number, struct parameter *row, struct parameters_error *error)
{
    char *column[COLUMNS];

    *row = (struct parameter){ .line = number };
    if (cut(line, column) != COLUMNS)
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

/* --- the file -------------------------------------------------------------------------- */

static bool is_header_or_blank(const char *line, int number)
{
    return *line == '\0' || *line == '#' || (number == 1 && strncmp(line, "name;", 5) == 0);
}

bool parameters_parse(struct parameters *parameters, const char *text, size_t length,
                      struct parameters_error *error)
{
    size_t before = parameters->count;
    const char *end = text + length;
    int number = 0;

    for (const char *at = text; at < end; number++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t size = (size_t)((stop ? stop : end) - at);
        char line[LINE_SIZE];
        bool kept = false;

        if (size >= sizeof line || memchr(at, '\0', size)) {
            parameters->count = before;
            return refuse(error, number + 1, "the line is too long or holds a NUL");
        }
        memcpy(line, at, size);
        if (size > 0 && line[size - 1] == '\r')
            size--;
        line[size] = '\0';
        at = stop ? stop + 1 : end;
        if (is_header_or_blank(line, number + 1))
            continue;
        if (parameters->count == PARAMETERS_MOST)
            refuse(error, number + 1, "there are more than %d rows", PARAMETERS_MOST);
        else
            kept = read_row(line, number + 1, &parameters->rows[parameters->count], error);
        if (!kept) {
            parameters->count = before;
            return false;
        }
        parameters->count++;
    }
    return true;
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
                  : refuse(error, 0, "%.200s cannot be read", path);
    free(text);
    return whole;
}

/* --- looking up ------------------------------------------------------------------------ */

const struct parameter *parameter_on(const struct parameters *parameters, const char *name,
                                     struct date on)
{
    for (size_t i = parameters->count; i-- > 0;) {
        const struct parameter *row = &parameters->rows[i];

        if (strcmp(row->name, name) == 0 && !date_is_before(on, row->valid_from) &&
            (!date_is_set(row->valid_to) || !date_is_after(on, row->valid_to)))
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

bool parameters_fill(const struct parameters *parameters, const struct parameter_field fields[],
                     struct date on, void *values, struct parameters_error *error)
{
    char day[DATE_TEXT_SIZE];

    for (const struct parameter_field *field = fields; field->name; field++) {
        const struct parameter *row = parameter_on(parameters, field->name, on);

        if (!row)
            return refuse(error, 0, "no value of %s is in force on %s", field->name,
                          date_format(on, day));
        if (!fits(row, field->unit))
            return refuse(error, row->line, "%s is in %s, not in %s", field->name,
                          parameter_unit_name(row->unit), parameter_unit_name(field->unit));
    }
    for (const struct parameter_field *field = fields; field->name; field++)
        put(parameter_on(parameters, field->name, on), field, values);
    return true;
}
