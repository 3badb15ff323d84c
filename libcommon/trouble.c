#include "libcommon/trouble.h"

#include "libcommon/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { DEEPEST_PATH = 64 };

static void add_text(char *text, size_t size, const char *more, size_t length)
{
    size_t used = strlen(text);
    size_t room = size - used - 1;
    size_t taken = length < room ? length : room;

    memcpy(text + used, more, taken);
    text[used + taken] = '\0';
}

void field_path_write(const struct field_path *path, char *text, size_t size)
{
    const struct field_path *steps[DEEPEST_PATH];
    size_t count = 0;

    for (; path && count < DEEPEST_PATH; path = path->parent)
        steps[count++] = path;
    text[0] = '\0';
    while (count-- > 0) {
        char place[24] = "";

        if (text[0] != '\0')
            add_text(text, size, ".", 1);
        add_text(text, size, steps[count]->name, strlen(steps[count]->name));
        if (steps[count]->index != WHOLE_FIELD)
            snprintf(place, sizeof place, "[%" PRId64 "]", steps[count]->index);
        add_text(text, size, place, strlen(place));
    }
    text_end_whole(text);
}

/* Copies the sentence with the detail in the place of {}. */
static void write_sentence(char *text, size_t size, const char *sentence, const char *detail)
{
    const char *gap = strstr(sentence, "{}");

    text[0] = '\0';
    if (!gap) {
        add_text(text, size, sentence, strlen(sentence));
    } else {
        add_text(text, size, sentence, (size_t)(gap - sentence));
        add_text(text, size, detail, strlen(detail));
        add_text(text, size, gap + 2, strlen(gap + 2));
    }
    text_end_whole(text);
}

void trouble_tell(struct message_trouble *trouble, const struct trouble_kind *kind,
                  const struct field_path *path, const char *detail)
{
    *trouble = (struct message_trouble){ .code = kind->code };
    field_path_write(path, trouble->field, sizeof trouble->field);
    write_sentence(trouble->french, sizeof trouble->french, kind->french, detail ? detail : "");
    write_sentence(trouble->english, sizeof trouble->english, kind->english, detail ? detail : "");
}

void trouble_tell_number(struct message_trouble *trouble, const struct trouble_kind *kind,
                         const struct field_path *path, uint64_t detail)
{
    char text[24];

    snprintf(text, sizeof text, "%" PRIu64, detail);
    trouble_tell(trouble, kind, path, text);
}
