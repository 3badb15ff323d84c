/* csv.h - rows of fields, as spreadsheets write them
 *
 * UTF-8 with or without a byte order mark, ';' or ',' between fields (found in
 * the header row), fields in double quotes where they hold a separator, a quote
 * (doubled) or a line's end, lines ended by LF or CRLF.  Reads a text in memory
 * in place; takes no memory of its own.
 */
#ifndef CTL_CSV_H
#define CTL_CSV_H

#include <stdbool.h>
#include <stddef.h>

enum { CSV_FIELDS_MOST = 64, CSV_FIELD_MOST = 4096 };

struct csv {
    char *at; /* the text is changed: fields are ended by NULs and unquoted in place */
    char *end;
    char separator;
    int line; /* of the row read last, from 1 */
    int next_line;
};

struct csv_row {
    size_t count;
    char *fields[CSV_FIELDS_MOST];
    int columns[CSV_FIELDS_MOST]; /* where each began on its line, from 1 */
    int line;
    const char *raw; /* the row as it was, without its line's end */
    size_t raw_length;
};

enum csv_result {
    CSV_ROW,
    CSV_END,
    /* A quote that does not end, a NUL, too many or too long fields: raw is the rest of its line,
     * columns[count] (or the last) says where. */
    CSV_BROKEN,
};

/* text must have room for one more byte at its end. */
void csv_open(struct csv *csv, char *text, size_t length);
/* The next row that is not blank.  raw points into a copy that the caller keeps (original). */
enum csv_result csv_next(struct csv *csv, struct csv_row *row);

#endif
