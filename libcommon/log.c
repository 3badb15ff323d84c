#include "libcommon/log.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LINE_SIZE = 1024 };

/* Set once at start by whoever is the process; several services in one program log as one. */
static const char *who = "tremplin";
static enum log_level most_detailed = LOG_LEVEL_INFO;

void log_begin(const char *service, enum log_level least)
{
    who = service;
    most_detailed = least;
}

static void add_char(char line[LINE_SIZE], size_t *length, char c)
{
    if (*length < LINE_SIZE - 2)
        line[(*length)++] = c;
}

static void add_plain(char line[LINE_SIZE], size_t *length, const char *text)
{
    for (; *text; text++)
        add_char(line, length, *text);
}

static void add_value(char line[LINE_SIZE], size_t *length, const char *value)
{
    bool quoted = *value == '\0' || strpbrk(value, " =\"\\") != NULL;

    if (quoted)
        add_char(line, length, '"');
    for (; *value; value++) {
        if (*value == '"' || *value == '\\')
            add_char(line, length, '\\');
        add_char(line, length, (unsigned char)*value < 0x20 ? ' ' : *value);
    }
    if (quoted)
        add_char(line, length, '"');
}

void log_event(enum log_level level, const char *event, ...)
{
    char line[LINE_SIZE];
    size_t length = 0;
    va_list pairs;

    if (level > most_detailed)
        return;
    add_char(line, &length, '<');
    add_char(line, &length, (char)('0' + (int)level));
    add_plain(line, &length, ">service=");
    add_value(line, &length, who);
    add_plain(line, &length, " event=");
    add_value(line, &length, event);
    va_start(pairs, event);
    for (const char *key = va_arg(pairs, const char *); key; key = va_arg(pairs, const char *)) {
        const char *value = va_arg(pairs, const char *);

        add_char(line, &length, ' ');
        add_plain(line, &length, key);
        add_char(line, &length, '=');
        add_value(line, &length, value ? value : "");
    }
    va_end(pairs);
    line[length++] = '\n';
    /* One write, so that lines of several processes on one pipe do not mix. */
    if (write(STDERR_FILENO, line, length) < 0)
        return;
}
