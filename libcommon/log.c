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

struct line {
    char *at;
    size_t size, length;
};

/* Room is kept for the end of the line and of the text. */
static void add_char(struct line *line, char c)
{
    if (line->length + 2 < line->size)
        line->at[line->length++] = c;
}

static void add_plain(struct line *line, const char *text)
{
    for (; *text; text++)
        add_char(line, *text);
}

static void add_value(struct line *line, const char *value)
{
    bool quoted = *value == '\0' || strpbrk(value, " =\"\\") != NULL;

    if (quoted)
        add_char(line, '"');
    for (; *value; value++) {
        if (*value == '"' || *value == '\\')
            add_char(line, '\\');
        add_char(line, (unsigned char)*value < 0x20 ? ' ' : *value);
    }
    if (quoted)
        add_char(line, '"');
}

static void add_all(struct line *line, enum log_level level, const char *event, va_list pairs)
{
    add_char(line, '<');
    add_char(line, (char)('0' + (int)level));
    add_plain(line, ">service=");
    add_value(line, who);
    add_plain(line, " event=");
    add_value(line, event);
    for (const char *key = va_arg(pairs, const char *); key; key = va_arg(pairs, const char *)) {
        const char *value = va_arg(pairs, const char *);

        add_char(line, ' ');
        add_plain(line, key);
        add_char(line, '=');
        add_value(line, value ? value : "");
    }
    line->at[line->length++] = '\n';
    line->at[line->length] = '\0';
}

void log_line(char *text, size_t size, enum log_level level, const char *event, ...)
{
    struct line line = { .at = text, .size = size };
    va_list pairs;

    va_start(pairs, event);
    add_all(&line, level, event, pairs);
    va_end(pairs);
}

void log_event(enum log_level level, const char *event, ...)
{
    char text[LINE_SIZE];
    struct line line = { .at = text, .size = sizeof text };
    va_list pairs;

    if (level > most_detailed)
        return;
    va_start(pairs, event);
    add_all(&line, level, event, pairs);
    va_end(pairs);
    /* One write, so that lines of several processes on one pipe do not mix. */
    if (write(STDERR_FILENO, text, line.length) < 0)
        return;
}
