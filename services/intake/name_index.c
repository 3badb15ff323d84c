#include "services/intake/name_index.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

struct indexed_name {
    struct id household;
    char *folded;
};

struct name_index {
    struct indexed_name *names; /* by household */
    size_t count;
    size_t room;
};

struct name_index *name_index_open(void)
{
    return calloc(1, sizeof(struct name_index));
}

static void forget_name(char *folded)
{
    sodium_memzero(folded, strlen(folded));
    free(folded);
}

void name_index_close(struct name_index *index)
{
    for (size_t i = 0; i < index->count; i++)
        forget_name(index->names[i].folded);
    free(index->names);
    free(index);
}

/* Where a household is, or would be. */
static size_t place_of(const struct name_index *index, const struct id *household)
{
    size_t first = 0, end = index->count;

    while (first < end) {
        size_t middle = first + (end - first) / 2;

        if (memcmp(&index->names[middle].household, household, sizeof *household) < 0)
            first = middle + 1;
        else
            end = middle;
    }
    return first;
}

static bool is_at(const struct name_index *index, size_t at, const struct id *household)
{
    return at < index->count &&
           memcmp(&index->names[at].household, household, sizeof *household) == 0;
}

static bool make_room(struct name_index *index)
{
    enum { FIRST_ROOM = 1024 };
    size_t room = index->room > 0 ? index->room * 2 : FIRST_ROOM;
    struct indexed_name *names;

    if (index->count < index->room)
        return true;
    names = realloc(index->names, room * sizeof *names);
    if (!names)
        return false;
    index->names = names;
    index->room = room;
    return true;
}

bool name_index_put(struct name_index *index, struct id household, const char *folded)
{
    size_t at = place_of(index, &household);
    char *name = make_room(index) ? strdup(folded) : NULL;

    if (!name)
        return false;
    if (is_at(index, at, &household)) {
        forget_name(index->names[at].folded);
    } else {
        memmove(&index->names[at + 1], &index->names[at],
                (index->count - at) * sizeof *index->names);
        index->count++;
    }
    index->names[at] = (struct indexed_name){ household, name };
    return true;
}

void name_index_drop(struct name_index *index, struct id household)
{
    size_t at = place_of(index, &household);

    if (!is_at(index, at, &household))
        return;
    forget_name(index->names[at].folded);
    index->count--;
    memmove(&index->names[at], &index->names[at + 1], (index->count - at) * sizeof *index->names);
}

size_t name_index_find(const struct name_index *index, const char *wanted, struct id after,
                       struct id found[], size_t most, bool *more)
{
    size_t at = place_of(index, &after), count = 0;

    *more = false;
    for (at += is_at(index, at, &after); at < index->count; at++) {
        if (!strstr(index->names[at].folded, wanted))
            continue;
        if (count == most) {
            *more = true;
            return count;
        }
        found[count++] = index->names[at].household;
    }
    return count;
}
