#include "services/ctl/import_given_back.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Of devices and pipes nothing is lost: a terminal may be both. */
bool given_back_overwrites(const struct given_back *back)
{
    struct stat from, to;

    return stat(back->from, &from) == 0 && stat(back->to, &to) == 0 && S_ISREG(to.st_mode) &&
           from.st_dev == to.st_dev && from.st_ino == to.st_ino;
}

/* Nobody else's to read, before the first byte of a row is in it; NULL, errno set, when that cannot
 * be. */
static FILE *open_private(const char *path)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    struct stat is;
    FILE *opened = NULL;

    if (file < 0)
        return NULL;
    if (fstat(file, &is) == 0 && (!S_ISREG(is.st_mode) || fchmod(file, 0600) == 0))
        opened = fdopen(file, "wb");
    if (!opened)
        close(file);
    return opened;
}

/* The last column of a file that came back says what was wrong: it is written anew. */
static bool came_back(const struct given_back *back)
{
    return back->header->count > 1 &&
           strcmp(back->header->fields[back->header->count - 1], "erreur") == 0;
}

/* How many columns the file had before it came back. */
static size_t columns_of(const struct given_back *back)
{
    return back->header->count - (came_back(back) ? 1 : 0);
}

/* How much of a row stays: all, or what is before the reason that it came back with. *missing: how
 * many columns it is short of; 0 where a quote is not closed, for there they cannot be told. */
static size_t kept_of(const struct given_back *back, const char *text, size_t length,
                      size_t *missing)
{
    size_t separators = 0;
    bool quoted = false;

    *missing = 0;
    for (size_t at = 0; at < length; at++) {
        if (text[at] == '"')
            quoted = !quoted;
        else if (text[at] == back->separator && !quoted && ++separators == columns_of(back) &&
                 came_back(back))
            return at;
    }
    if (!quoted && separators + 1 < columns_of(back))
        *missing = columns_of(back) - 1 - separators;
    return length;
}

/* The header as it was, and a column for what is wrong. */
static bool begin_rejected(struct given_back *back)
{
    const char *header = back->original + (back->header->raw - back->text);
    size_t missing;

    back->file = open_private(back->to);
    if (back->file)
        fprintf(back->file, "%.*s%cerreur\n",
                (int)kept_of(back, header, back->header->raw_length, &missing), header,
                back->separator);
    return back->file != NULL;
}

void give_back(struct given_back *back, int line, int column, const char *raw, size_t length,
               const char *reason)
{
    const char *text = back->original + (raw - back->text);
    size_t missing;

    back->count++;
    while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r'))
        length--;
    fprintf(stderr, "%s:%d:%d: %s\n", back->from, line, column, reason);
    if (!back->file && !begin_rejected(back))
        return;
    fprintf(back->file, "%.*s", (int)kept_of(back, text, length, &missing), text);
    while (missing-- > 0)
        fputc(back->separator, back->file); /* so that the reason stands in its own column */
    fprintf(back->file, "%c\"", back->separator);
    for (const char *at = reason; *at; at++)
        fprintf(back->file, *at == '"' ? "\"\"" : "%c", *at);
    fprintf(back->file, "\"\n");
}

bool given_back_close(struct given_back *back)
{
    bool whole;

    if (back->count == 0)
        return true;
    if (!back->file)
        return false;
    whole = !ferror(back->file);
    return fclose(back->file) == 0 && whole;
}
