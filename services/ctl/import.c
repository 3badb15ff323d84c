#include "services/ctl/import_run.h"

#include "libcommon/text.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILE_MOST = 64 * 1024 * 1024, ROW_ARENA = 256 * 1024 };

/* --- the file --------------------------------------------------------------------------------- */

static bool read_file(struct import *import)
{
    FILE *file = fopen(import->back.from, "rb");

    if (!file) {
        import->fault = errno;
        return false;
    }
    import->original = calloc(1, FILE_MOST + 2);
    import->text = calloc(1, FILE_MOST + 2);
    if (import->original && import->text) {
        import->length = fread(import->original, 1, FILE_MOST, file);
        memcpy(import->text, import->original, import->length);
        import->back.original = import->original;
        import->back.text = import->text;
    }
    import->fault = ferror(file) ? errno : 0;
    fclose(file);
    return import->fault == 0 && import->length > 0 && import->length < FILE_MOST;
}

static const char *why_unread(const struct import *import)
{
    if (import->fault)
        return trouble_of(import->ctl, import->fault);
    return import->length == 0
               ? say(import->ctl, "le fichier est vide", "the file is empty")
               : say(import->ctl, "le fichier dépasse 64 Mo", "the file is larger than 64 MB");
}

/* A column that nobody reads is most often one that is misspelt. */
static void tell_unread(const struct import *import)
{
    struct import_columns columns;

    import_columns_of(import->kind, &import->ctl->arena, &columns);
    for (size_t i = 0; i < import->header.count; i++) {
        const char *name = import->header.fields[i];
        size_t at = 0;

        while (at < columns.count && strcmp(columns.read[at].name, name) != 0)
            at++;
        if (at == columns.count && *name != '\0' && strcmp(name, "erreur") != 0)
            fprintf(stderr,
                    "%s:%d:%d: la colonne « %s » n'est pas lue : « tremplin help import %s » dit "
                    "lesquelles le sont\n",
                    import->back.from, import->header.line, import->header.columns[i], name,
                    import->kind->name);
    }
}

static bool is_utf8(const struct import *import)
{
    int line = 1;

    for (const char *at = import->text, *end = at + import->length; at < end; line++) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((line_end ? line_end : end) - at);

        if (length > 0 && !text_is_utf8(at, length)) {
            fprintf(stderr, "%s:%d: %s\n", import->back.from, line,
                    say(import->ctl,
                        "le fichier n'est pas en UTF-8 : enregistrez-le en « CSV UTF-8 »",
                        "the file is not UTF-8: save it as \"CSV UTF-8\""));
            return false;
        }
        at += length + 1;
    }
    return true;
}

static bool read_header(struct import *import)
{
    csv_open(&import->csv, import->text, import->length);
    if (!is_utf8(import))
        return false;
    if (csv_next(&import->csv, &import->header) != CSV_ROW) {
        fprintf(stderr, "%s:%d: %s\n", import->back.from, import->header.line,
                say(import->ctl, "l'en-tête ne peut pas être lu", "the header cannot be read"));
        return false;
    }
    import->back.header = &import->header;
    import->back.separator = import->csv.separator;
    for (const char *const *column = import->kind->columns; *column; column++) {
        bool found = false;

        for (size_t i = 0; i < import->header.count; i++)
            found |= strcmp(import->header.fields[i], *column) == 0;
        if (!found) {
            fprintf(stderr, "%s:%d: la colonne « %s » manque\n", import->back.from,
                    import->header.line, *column);
            return false;
        }
    }
    tell_unread(import);
    return true;
}

static void tell_result(const struct import *import)
{
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r");
    if (import->ctl->english)
        printf("%s: %d line%s in, %d given back", import->kind->name, import->good,
               import->good == 1 ? "" : "s", import->back.count);
    else
        printf("%s : %d ligne%s importée%s, %d rendue%s", import->kind->name, import->good,
               import->good > 1 ? "s" : "", import->good > 1 ? "s" : "", import->back.count,
               import->back.count > 1 ? "s" : "");
    if (import->back.count > 0)
        printf(" (%s)", import->back.to);
    printf("\n");
}

int run_import(struct ctl *ctl)
{
    const char *rejected = take_option(ctl, "--rejets");
    const struct import_kind *kind = ctl->argc == 2 ? import_kind_of(ctl, ctl->argv[0]) : NULL;
    struct import *import = kind ? calloc(1, sizeof *import) : NULL;
    int code = CTL_REFUSED;

    if (!kind)
        return ctl->argc == 2 ? EXIT_USAGE : usage_of(ctl, "import");
    if (!import)
        return EXIT_MEMORY;
    import->ctl = ctl;
    import->kind = kind;
    snprintf(import->beside, sizeof import->beside, "%s.rejets.csv", ctl->argv[1]);
    import->back.from = ctl->argv[1];
    import->back.to = rejected ? rejected : import->beside;
    for (size_t i = 0; i < AT_ONCE; i++)
        if (!arena_open(&import->rows[i].arena, ROW_ARENA))
            return EXIT_MEMORY;
    if (given_back_overwrites(&import->back)) {
        fprintf(stderr, "%s: %s\n", import->back.to,
                say(ctl,
                    "c'est le fichier à importer, que les lignes rendues remplaceraient : donnez "
                    "un autre fichier par --rejets",
                    "this is the file to import, which the lines given back would replace: give "
                    "another file by --rejets"));
        code = EXIT_USAGE;
    } else if (!read_file(import)) {
        fprintf(stderr, "%s: %s\n", import->back.from, why_unread(import));
    } else if (read_header(import) && (code = import_key_read(ctl, import->key)) == CTL_DONE) {
        run_rows(import);
        tell_result(import);
        code = import->back.count > 0 ? CTL_REFUSED : CTL_DONE;
    }
    if (!given_back_close(&import->back)) {
        fprintf(stderr, "%s: %s\n", import->back.to,
                say(ctl, "les lignes rendues ne peuvent pas y être écrites",
                    "the lines given back cannot be written there"));
        code = EXIT_CANNOT_CREATE;
    }
    for (size_t i = 0; i < AT_ONCE; i++)
        arena_close(&import->rows[i].arena);
    sodium_memzero(import->key, sizeof import->key);
    free(import->original);
    free(import->text);
    free(import);
    return code;
}
