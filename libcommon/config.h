/* config.h - one INI file an organisation, a section a service
 *
 * The [organisation] section is everybody's; each service reads its own section
 * beside it.  An unknown section (even an empty one) or key, a value that does not
 * fit and a missing one are errors with file and line.
 */
#ifndef LIBCOMMON_CONFIG_H
#define LIBCOMMON_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum setting_kind {
    SETTING_TEXT = 1, /* char[SETTING_TEXT_SIZE] */
    SETTING_PATH,     /* the same; relative paths start at the file's folder */
    SETTING_NUMBER,   /* int64_t, not negative */
    SETTING_YES_NO,   /* bool: yes or no */
};

enum { SETTING_TEXT_SIZE = 256 };

/* One key of a section, bound to a member of a struct. */
struct setting {
    const char *key;
    enum setting_kind kind;
    size_t offset;
    const char *preset; /* what holds when the key is not there; NULL: it must be there */
    const char *help;
};

struct config_error {
    int line; /* 0: none in particular */
    char sentence[512];
};

/* Reads a section into values.  known_sections (ended by NULL) are those that the file may hold;
 * an unknown section or an unknown key of this section is an error. */
bool config_read(const char *path, const char *section, const struct setting settings[],
                 const char *const known_sections[], void *values, struct config_error *error);

/* Says what is wrong with a value that was read, at the line of its key; false. */
__attribute__((format(printf, 5, 6))) bool config_wrong(const char *path, const char *section,
                                                        const char *key, struct config_error *error,
                                                        const char *format, ...);

#endif
