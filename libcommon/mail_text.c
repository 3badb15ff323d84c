#include "libcommon/mail_text.h"

#include "libcommon/calendar.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Text being written: counts all, keeps what fits. */
struct writing {
    char *out;
    size_t size;
    size_t length;
};

static void put(struct writing *writing, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++, writing->length++)
        if (writing->length + 1 < writing->size)
            writing->out[writing->length] = text[i];
}

static size_t finish(struct writing *writing)
{
    if (writing->size > 0)
        writing->out[writing->length < writing->size ? writing->length : writing->size - 1] = '\0';
    return writing->length;
}

static size_t put_escaped(struct writing *writing, unsigned char byte)
{
    char escaped[4];

    snprintf(escaped, sizeof escaped, "=%02X", byte);
    put(writing, escaped, 3);
    return 3;
}

/* --- quoted-printable ------------------------------------------------------------------------- */

enum { LINE_MOST = 76 };

static bool is_plain(const char *at)
{
    unsigned char byte = (unsigned char)*at;

    if (byte == ' ' || byte == '\t')
        return at[1] != '\n' && at[1] != '\0';
    return byte > ' ' && byte < 127 && byte != '=';
}

size_t mail_quoted_printable(const char *text, char *out, size_t size)
{
    struct writing writing = { out, size, 0 };
    size_t column = 0;

    for (const char *at = text; *at; at++) {
        size_t width = is_plain(at) ? 1 : 3;

        if (*at == '\n') {
            put(&writing, "\r\n", 2);
            column = 0;
            continue;
        }
        /* One column stays for the mark that the line goes on. */
        if (column + width > LINE_MOST - 1) {
            put(&writing, "=\r\n", 3);
            column = 0;
        }
        if (width == 1)
            put(&writing, at, 1);
        else
            put_escaped(&writing, (unsigned char)*at);
        column += width;
    }
    return finish(&writing);
}

/* --- headers ---------------------------------------------------------------------------------- */

/* Nothing that means something in a header, nor looks like an encoded word. */
static bool is_plain_header(const char *text, size_t column)
{
    size_t length = strlen(text);

    for (size_t i = 0; i < length; i++)
        if (!((text[i] >= 'a' && text[i] <= 'z') || (text[i] >= 'A' && text[i] <= 'Z') ||
              (text[i] >= '0' && text[i] <= '9') || strchr(" -_'/+", text[i])))
            return false;
    return length > 0 && text[0] != ' ' && text[length - 1] != ' ' && column + length <= LINE_MOST;
}

static size_t character_length(const char *at)
{
    size_t length = 1;

    while (((unsigned char)at[length] & 0xC0) == 0x80)
        length++;
    return length;
}

static size_t encoded_length(const char *at, size_t length)
{
    size_t encoded = 0;

    for (size_t i = 0; i < length; i++)
        encoded += (at[i] >= 'a' && at[i] <= 'z') || (at[i] >= 'A' && at[i] <= 'Z') ||
                           (at[i] >= '0' && at[i] <= '9') || at[i] == ' '
                       ? 1
                       : 3;
    return encoded;
}

static void put_encoded(struct writing *writing, const char *at, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (at[i] == ' ')
            put(writing, "_", 1);
        else if (encoded_length(at + i, 1) == 1)
            put(writing, at + i, 1);
        else
            put_escaped(writing, (unsigned char)at[i]);
}

size_t mail_header_text(const char *text, size_t column, char *out, size_t size)
{
    static const char opening[] = "=?UTF-8?Q?", closing[] = "?=";
    struct writing writing = { out, size, 0 };
    bool is_open = false;

    if (is_plain_header(text, column)) {
        put(&writing, text, strlen(text));
        return finish(&writing);
    }
    for (const char *at = text; *at;) {
        size_t length = character_length(at), encoded = encoded_length(at, length);

        if (is_open && column + encoded + strlen(closing) > LINE_MOST - 1) {
            put(&writing, closing, strlen(closing));
            put(&writing, "\r\n ", 3);
            column = 1;
            is_open = false;
        }
        if (!is_open) {
            put(&writing, opening, strlen(opening));
            column += strlen(opening);
            is_open = true;
        }
        put_encoded(&writing, at, length);
        column += encoded;
        at += length;
    }
    if (is_open)
        put(&writing, closing, strlen(closing));
    return finish(&writing);
}

size_t mail_date(int64_t utc_ms, char *out, size_t size)
{
    static const char *const days[] = { "", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    static const char *const months[] = { "",    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    struct civil_time time = civil_time_at(utc_ms);
    int length =
        snprintf(out, size, "%s, %d %s %d %02d:%02d:%02d +%02d%02d", days[date_weekday(time.date)],
                 time.date.day, months[time.date.month], time.date.year, time.hour, time.minute,
                 time.second, time.offset_minutes / 60, time.offset_minutes % 60);

    return length > 0 ? (size_t)length : 0;
}
