#include "services/ctl/csv.h"

#include <string.h>

void csv_open(struct csv *csv, char *text, size_t length)
{
    const char *line_end;

    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        length -= 3;
    }
    *csv = (struct csv){ .at = text, .end = text + length, .separator = ';', .next_line = 1 };
    line_end = memchr(text, '\n', length);
    if (!memchr(text, ';', line_end ? (size_t)(line_end - text) : length))
        csv->separator = ',';
}

static bool at_line_end(const struct csv *csv, const char *at)
{
    return at == csv->end || *at == '\n' || (*at == '\r' && at + 1 < csv->end && at[1] == '\n');
}

/* Past the line's end. */
static char *next_line(const struct csv *csv, char *at)
{
    if (at < csv->end && *at == '\r')
        at++;
    return at < csv->end ? at + 1 : at;
}

/* A field in quotes: unquoted in place.  NULL when its quote does not end, or at a NUL. */
static char *read_quoted(struct csv *csv, char *at, char **field)
{
    char *to = at;

    *field = at;
    for (at++; at < csv->end && *at != '\0'; at++) {
        if (*at == '"' && at + 1 < csv->end && at[1] == '"') {
            at++;
        } else if (*at == '"') {
            *to = '\0';
            return at + 1;
        }
        csv->next_line += *at == '\n';
        *to++ = *at;
    }
    return NULL;
}

static char *read_plain(struct csv *csv, char *at, char **field)
{
    *field = at;
    while (!at_line_end(csv, at) && *at != csv->separator) {
        if (*at == '\0')
            return NULL;
        at++;
    }
    return at;
}

static enum csv_result read_fields(struct csv *csv, struct csv_row *row)
{
    const char *line_start = csv->at;
    char *at = csv->at;

    for (;;) {
        bool quoted = at < csv->end && *at == '"';
        char *field, *after;
        bool last;

        if (row->count == CSV_FIELDS_MOST)
            return CSV_BROKEN;
        row->columns[row->count] = (int)(at - line_start) + 1;
        after = quoted ? read_quoted(csv, at, &field) : read_plain(csv, at, &field);
        if (!after || (!at_line_end(csv, after) && *after != csv->separator))
            return CSV_BROKEN;
        last = at_line_end(csv, after);
        csv->at = last ? next_line(csv, after) : after + 1;
        if (!quoted)
            *after = '\0';
        if (strlen(field) > CSV_FIELD_MOST)
            return CSV_BROKEN;
        row->fields[row->count++] = field;
        at = csv->at;
        if (last)
            return CSV_ROW;
    }
}

/* After a broken row, the next line is tried. */
static void skip_line(struct csv *csv)
{
    char *end = memchr(csv->at, '\n', (size_t)(csv->end - csv->at));

    csv->at = end ? end + 1 : csv->end;
}

enum csv_result csv_next(struct csv *csv, struct csv_row *row)
{
    enum csv_result result;

    while (csv->at < csv->end && at_line_end(csv, csv->at)) {
        csv->at = next_line(csv, csv->at);
        csv->next_line++;
    }
    *row = (struct csv_row){ .line = csv->next_line };
    csv->line = csv->next_line;
    if (csv->at >= csv->end)
        return CSV_END;
    row->raw = csv->at;
    result = read_fields(csv, row);
    row->raw_length = (size_t)(csv->at - row->raw);
    csv->next_line++;
    if (result == CSV_BROKEN) {
        if (row->count < CSV_FIELDS_MOST && row->columns[row->count] == 0)
            row->columns[row->count] = 1;
        skip_line(csv);
    }
    return result;
}
