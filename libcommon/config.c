#include "libcommon/config.h"

#include "libcommon/text.h"

#include <errno.h>
#include <ini.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SETTINGS_MOST = 64, SECTION_SIZE = 64 };

struct reading {
    FILE *file;
    int line; /* of what was read last */
    const char *path;
    const char *section;
    const struct setting *settings;
    const char *const *known_sections;
    char *values;
    bool given[SETTINGS_MOST];
    struct config_error *error;
};

/* Keeps the first error only. */
__attribute__((format(printf, 3, 4))) static bool fail(struct reading *reading, int line,
                                                       const char *format, ...)
{
    va_list arguments;

    if (*reading->error->sentence)
        return false;
    reading->error->line = line;
    va_start(arguments, format);
    vsnprintf(reading->error->sentence, sizeof reading->error->sentence, format, arguments);
    va_end(arguments);
    return false;
}

/* --- values ----------------------------------------------------------------------------------- */

static bool store_text(struct reading *reading, const struct setting *setting, const char *text)
{
    char *at = reading->values + setting->offset;

    if (!text_is_line(text, strlen(text)))
        return fail(reading, reading->line, "%s: not a line of clean UTF-8 text", setting->key);
    if (strlen(text) >= SETTING_TEXT_SIZE)
        return fail(reading, reading->line, "%s: longer than %d bytes", setting->key,
                    SETTING_TEXT_SIZE - 1);
    snprintf(at, SETTING_TEXT_SIZE, "%s", text);
    return true;
}

/* Relative to the folder of the file, so that a configuration can be moved as a whole. */
static bool store_path(struct reading *reading, const struct setting *setting, const char *text)
{
    char whole[PATH_MAX];
    const char *slash = strrchr(reading->path, '/');

    if (*text == '/' || *text == '\0' || !slash)
        return store_text(reading, setting, text);
    snprintf(whole, sizeof whole, "%.*s/%s", (int)(slash - reading->path), reading->path, text);
    return store_text(reading, setting, whole);
}

static bool store_number(struct reading *reading, const struct setting *setting, const char *text)
{
    char *end;
    long long number;

    errno = 0;
    number = strtoll(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || errno != 0)
        return fail(reading, reading->line, "%s: \"%.40s\" is not a whole number", setting->key,
                    text);
    memcpy(reading->values + setting->offset, &(int64_t){ number }, sizeof(int64_t));
    return true;
}

static bool store_yes_no(struct reading *reading, const struct setting *setting, const char *text)
{
    bool yes = strcmp(text, "yes") == 0;

    if (!yes && strcmp(text, "no") != 0)
        return fail(reading, reading->line, "%s: \"%.40s\" is neither yes nor no", setting->key,
                    text);
    memcpy(reading->values + setting->offset, &yes, sizeof yes);
    return true;
}

static bool store(struct reading *reading, const struct setting *setting, const char *text)
{
    switch (setting->kind) {
    case SETTING_TEXT: return store_text(reading, setting, text);
    case SETTING_PATH: return store_path(reading, setting, text);
    case SETTING_NUMBER: return store_number(reading, setting, text);
    case SETTING_YES_NO: return store_yes_no(reading, setting, text);
    }
    return fail(reading, reading->line, "%s: of no kind", setting->key);
}

/* --- lines ------------------------------------------------------------------------------------ */

static bool is_known(const char *const *known_sections, const char *section)
{
    for (; *known_sections; known_sections++)
        if (strcmp(*known_sections, section) == 0)
            return true;
    return false;
}

/* inih calls its handler for keys only: a section without any would pass unseen. */
static void check_section(struct reading *reading, const char *line)
{
    const char *at = reading->line == 1 && strncmp(line, "\xEF\xBB\xBF", 3) == 0 ? line + 3 : line;
    char name[SECTION_SIZE];
    size_t length;

    at += strspn(at, " \t");
    if (*at != '[')
        return;
    length = strcspn(++at, "]");
    if (at[length] != ']')
        return;
    snprintf(name, sizeof name, "%.*s", (int)length, at);
    if (!is_known(reading->known_sections, name))
        fail(reading, reading->line, "[%s]: there is no such section", name);
}

/* inih does not tell its handler the line; a line that does not fit would reach it in pieces. */
static char *read_line(char *line, int size, void *user)
{
    struct reading *reading = user;

    if (!fgets(line, size, reading->file))
        return NULL;
    reading->line++;
    if (!strchr(line, '\n') && !feof(reading->file)) {
        fail(reading, reading->line, "the line is longer than %d bytes", size - 2);
        return NULL;
    }
    if (reading->known_sections)
        check_section(reading, line);
    return line;
}

static int on_key(void *user, const char *section, const char *key, const char *value)
{
    struct reading *reading = user;

    if (*section == '\0')
        fail(reading, reading->line, "%.60s: stands before any section", key);
    if (strcmp(section, reading->section) != 0)
        return 1;
    for (size_t i = 0; reading->settings[i].key; i++) {
        if (strcmp(reading->settings[i].key, key) != 0)
            continue;
        if (reading->given[i])
            fail(reading, reading->line, "%s: given twice", key);
        reading->given[i] = true;
        store(reading, &reading->settings[i], value);
        return 1;
    }
    fail(reading, reading->line, "%.60s: [%s] has no such key", key, section);
    return 1;
}

static bool fill_presets(struct reading *reading)
{
    reading->line = 0;
    for (size_t i = 0; reading->settings[i].key; i++) {
        const struct setting *setting = &reading->settings[i];

        if (reading->given[i])
            continue;
        if (!setting->preset)
            return fail(reading, 0, "[%s] lacks the key %s (%s)", reading->section, setting->key,
                        setting->help ? setting->help : "");
        if (!store(reading, setting, setting->preset))
            return false;
    }
    return true;
}

bool config_read(const char *path, const char *section, const struct setting settings[],
                 const char *const known_sections[], void *values, struct config_error *error)
{
    struct reading reading = {
        .file = fopen(path, "re"),
        .path = path,
        .section = section,
        .settings = settings,
        .known_sections = known_sections,
        .values = values,
        .error = error,
    };
    int first_wrong;

    *error = (struct config_error){ 0 };
    if (!reading.file)
        return fail(&reading, 0, "%s", strerror(errno));
    first_wrong = ini_parse_stream(read_line, &reading, on_key, &reading);
    if (ferror(reading.file))
        fail(&reading, 0, "it cannot be read");
    fclose(reading.file);
    if (first_wrong > 0 && !*error->sentence)
        fail(&reading, first_wrong, "neither [section] nor key = value");
    return !*error->sentence && fill_presets(&reading);
}

/* --- values that were read, and are wrong ----------------------------------------------------- */

struct finding {
    struct reading reading; /* of lines only */
    const char *key;
    int line;
};

static int on_key_looked_for(void *user, const char *section, const char *key, const char *value)
{
    struct finding *finding = user;

    (void)value;
    if (finding->line == 0 && strcmp(section, finding->reading.section) == 0 &&
        strcmp(key, finding->key) == 0)
        finding->line = finding->reading.line;
    return 1;
}

/* 0 when the file does not say it: then it is what holds without it. */
static int line_of(const char *path, const char *section, const char *key)
{
    struct config_error ignored = { 0 };
    struct finding finding = {
        .reading = { .file = fopen(path, "re"), .section = section, .error = &ignored },
        .key = key,
    };

    if (!finding.reading.file)
        return 0;
    ini_parse_stream(read_line, &finding.reading, on_key_looked_for, &finding);
    fclose(finding.reading.file);
    return finding.line;
}

bool config_wrong(const char *path, const char *section, const char *key,
                  struct config_error *error, const char *format, ...)
{
    va_list arguments;

    *error = (struct config_error){ .line = line_of(path, section, key) };
    va_start(arguments, format);
    vsnprintf(error->sentence, sizeof error->sentence, format, arguments);
    va_end(arguments);
    return false;
}
