#include "services/ctl/import_key.h"

#include "services/ctl/copies.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Whole or not at all, and never in the place of another: what another import made meanwhile stays.
 */
static bool make_key(struct ctl *ctl, const char *path)
{
    uint8_t key[IMPORT_KEY_BYTES];
    char *beside = arena_format(&ctl->arena, "%s.XXXXXX", path);
    int file = beside ? mkstemp(beside) : -1;
    bool made;
    int error;

    if (file < 0)
        return false;
    randombytes_buf(key, sizeof key);
    errno = ENOSPC; /* what it means when less was written */
    made = write(file, key, sizeof key) == (ssize_t)sizeof key && fsync(file) == 0 &&
           (link(beside, path) == 0 || errno == EEXIST);
    error = errno;
    sodium_memzero(key, sizeof key);
    close(file);
    unlink(beside);
    errno = error;
    return made;
}

/* At each import: one that was killed may have made the file and not come to this. */
static bool sync_folder(const char *folder)
{
    int file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool synced = file >= 0 && fsync(file) == 0;

    if (file >= 0)
        close(file);
    return synced;
}

static int tell(const char *path, const char *sentence, int code)
{
    fprintf(stderr, "%s: %s\n", path, sentence);
    return code;
}

int import_key_read(struct ctl *ctl, uint8_t key[static IMPORT_KEY_BYTES])
{
    const char *folder = ctl->organisation.data;
    const char *path = path_of(ctl, folder, "import.key");
    uint8_t read_bytes[IMPORT_KEY_BYTES + 1]; /* one more: a longer file is no key */
    ssize_t length;
    int file;

    if (access(path, F_OK) != 0 && errno == ENOENT && !make_key(ctl, path))
        return tell(path, trouble_of(ctl, errno), EXIT_CANNOT_CREATE);
    file = open(path, O_RDONLY | O_CLOEXEC);
    length = file >= 0 ? read(file, read_bytes, sizeof read_bytes) : -1;
    if (length < 0)
        tell(path, trouble_of(ctl, errno), EXIT_DATA);
    if (file >= 0)
        close(file);
    if (length < 0)
        return EXIT_DATA;
    if (length != IMPORT_KEY_BYTES)
        return tell(
            path,
            say(ctl, "ce n'est pas le secret des importations (32 octets) : remettez-en la copie",
                "this is not the secret of imports (32 bytes): put its copy back"),
            EXIT_DATA);
    if (!sync_folder(folder))
        return tell(folder, trouble_of(ctl, errno), EXIT_CANNOT_CREATE);
    memcpy(key, read_bytes, IMPORT_KEY_BYTES);
    sodium_memzero(read_bytes, sizeof read_bytes);
    return CTL_DONE;
}
