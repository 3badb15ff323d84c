#include "services/ctl/csv.h"

#include <string.h>

void csv_open(struct csv *csv, char *text, size_t length)
{
    const char *header;
    size_t header_length;

    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        length -= 3;
    }
    *csv = (struct csv){ .at = text, .end = text + length, .separator = ';', .next_line = 1 };
    header = text;
    while (header < csv->end && (*header == '\n' || *header == '\r'))
        header++;
    for (header_length = 0; header + header_length < csv->end && header[header_length] != '\n';)
        header_length++;
    if (!memchr(header, ';', header_length))
        csv->separator = ',';
}

static bool at_line_end(const struct csv *csv, const char *at)
{
    return at == csv->end || *at == '\n' || (*at == '\r' && (at + 1 == csv->end || at[1] == '\n'));
}

/* Past the line's end. */
static char *next_line(const struct csv *csv, char *at)
{
    if (at < csv->end && *at == '\r')
        at++;
    return at < csv->end ? at + 1 : at;
}

static bool at_field_end(const struct csv *csv, const char *at)
{
    return at_line_end(csv, at) || *at == csv->separator;
}

/* A field as it stands in the text, which is changed only once it is known to be whole: what comes
 * after a broken one is read as it was. */
struct found {
    char *after; /* what ends it: a separator, the line's end */
    size_t length;
    int lines; /* that end within it */
};

static bool find_quoted(const struct csv *csv, char *at, struct found *found)
{
    for (at++; at < csv->end && *at != '\0'; at++) {
        if (*at == '"' && at + 1 < csv->end && at[1] == '"') {
            at++;
        } else if (*at == '"') {
            found->after = at + 1;
            return at_field_end(csv, at + 1);
        }
        found->lines += *at == '\n';
        found->length++;
    }
    return false;
}

static bool find_plain(const struct csv *csv, char *at, struct found *found)
{
    const char *start = at;

    while (!at_field_end(csv, at) && *at != '\0')
        at++;
    found->after = at;
    found->length = (size_t)(at - start);
    return at_field_end(csv, at);
}

/* Takes the quotes away, in place: it becomes no longer. */
static void unquote(char *field, size_t length)
{
    const char *from = field + 1;

    for (size_t i = 0; i < length; i++) {
        if (*from == '"')
            from++;
        field[i] = *from++;
    }
}

static bool read_field(struct csv *csv, struct csv_row *row, const char *line_start, bool *last)
{
    char *field = csv->at;
    bool quoted = field < csv->end && *field == '"';
    struct found found = { 0 };

    row->columns[row->count < CSV_FIELDS_MOST ? row->count : CSV_FIELDS_MOST - 1] =
        (int)(field - line_start) + 1;
    if (row->count == CSV_FIELDS_MOST || !(quoted ? find_quoted : find_plain)(csv, field, &found) ||
        found.length > CSV_FIELD_MOST)
        return false;
    *last = at_line_end(csv, found.after);
    csv->at = *last ? next_line(csv, found.after) : found.after + 1;
    csv->next_line += found.lines;
    row->raw_length = (size_t)(found.after - row->raw);
    if (quoted)
        unquote(field, found.length);
    field[found.length] = '\0';
    row->fields[row->count++] = field;
    return true;
}

/* A broken row ends with its line; the next line is tried. */
static void skip_line(struct csv *csv, struct csv_row *row)
{
    char *at = csv->at;

    while (!at_line_end(csv, at))
        at++;
    row->raw_length = (size_t)(at - row->raw);
    csv->at = next_line(csv, at);
}

enum csv_result csv_next(struct csv *csv, struct csv_row *row)
{
    const char *line_start;
    bool last = false;

    while (csv->at < csv->end && at_line_end(csv, csv->at)) {
        csv->at = next_line(csv, csv->at);
        csv->next_line++;
    }
    *row = (struct csv_row){ .line = csv->next_line };
    csv->line = csv->next_line;
    if (csv->at >= csv->end)
        return CSV_END;
    row->raw = line_start = csv->at;
    while (!last) {
        if (!read_field(csv, row, line_start, &last)) {
            skip_line(csv, row);
            csv->next_line++;
            return CSV_BROKEN;
        }
    }
    csv->next_line++;
    return CSV_ROW;
}
