/* Any bytes as a file of rows: every byte is read once, in order, none beyond the end; a row that
 * is written again as it was understood is understood the same. */
#include "services/ctl/csv.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LENGTH_MOST = 1 << 20 };

static void must(int holds)
{
    if (!holds)
        abort();
}

/* Every field in quotes. */
static size_t write_row(const struct csv_row *row, char separator, char *to)
{
    size_t length = 0;

    for (size_t i = 0; i < row->count; i++) {
        if (i > 0)
            to[length++] = separator;
        to[length++] = '"';
        for (const char *at = row->fields[i]; *at; at++) {
            if (*at == '"')
                to[length++] = '"';
            to[length++] = *at;
        }
        to[length++] = '"';
    }
    to[length++] = '\n';
    return length;
}

static void read_again(const struct csv_row *row, char separator)
{
    size_t room = 2;
    char *text;
    struct csv csv;
    struct csv_row again;

    for (size_t i = 0; i < row->count; i++)
        room += 2 * strlen(row->fields[i]) + 3;
    text = malloc(room + 1);
    must(text != NULL);
    csv_open(&csv, text, write_row(row, separator, text));
    csv.separator = separator;
    must(csv_next(&csv, &again) == CSV_ROW);
    must(again.count == row->count);
    for (size_t i = 0; i < row->count; i++)
        must(strcmp(again.fields[i], row->fields[i]) == 0);
    must(csv_next(&csv, &again) == CSV_END);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    const char *reached = text;
    struct csv csv;
    struct csv_row row;
    enum csv_result result;
    int line = 0;

    must(text != NULL && size < LENGTH_MOST);
    memcpy(text, data, size);
    csv_open(&csv, text, size);
    while ((result = csv_next(&csv, &row)) != CSV_END) {
        must(row.raw >= reached && row.raw + row.raw_length <= text + size);
        must(row.raw_length > 0 && row.line > line);
        must(csv.at >= row.raw + row.raw_length);
        /* Nothing lies between rows but ends of lines. */
        for (const char *at = reached; at < row.raw; at++)
            must(data[at - text] == '\n' || data[at - text] == '\r' || at - text < 3);
        reached = row.raw + row.raw_length;
        line = row.line;
        if (result == CSV_ROW)
            read_again(&row, csv.separator);
    }
    free(text);
    return 0;
}
