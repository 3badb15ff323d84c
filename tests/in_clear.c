#include "tests/in_clear.h"

#include "tests/check.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct looked {
    const char *const *texts;
    size_t count;
    int found;
    int files;
};

static struct looked looking;

static void look_at(const void *bytes, size_t length)
{
    for (size_t i = 0; i < looking.count; i++)
        if (memmem(bytes, length, looking.texts[i], strlen(looking.texts[i])))
            looking.found++;
}

static int look_at_file(const char *path, const struct stat *state, int kind, struct FTW *ftw)
{
    FILE *file;
    char *bytes;
    size_t length;

    (void)ftw;
    if (kind != FTW_F)
        return 0;
    file = fopen(path, "rb");
    bytes = malloc((size_t)state->st_size + 1);
    length = file && bytes ? fread(bytes, 1, (size_t)state->st_size, file) : 0;
    looking.files++;
    look_at(bytes, length);
    free(bytes);
    if (file)
        fclose(file);
    return 0;
}

int in_files(struct world *world, const char *service, const char *const texts[], size_t count)
{
    looking = (struct looked){ .texts = texts, .count = count };
    nftw(world_directory(world, service), look_at_file, 16, FTW_PHYS);
    check(looking.files >= 3, "the journal, the tables and the keys were looked at");
    return looking.found;
}

static struct {
    uint8_t bytes[1 << 20];
    size_t length;
} published;

static void hear(void *owner, const char *source, const char *topic, struct bytes message)
{
    (void)owner;
    (void)source;
    (void)topic;
    if (published.length + message.length <= sizeof published.bytes) {
        memcpy(published.bytes + published.length, message.at, message.length);
        published.length += message.length;
    }
}

const struct simulated_node watcher = { .name = "watcher", .event = hear };

int in_published(const char *const texts[], size_t count)
{
    looking = (struct looked){ .texts = texts, .count = count };
    look_at(published.bytes, published.length);
    return looking.found;
}
