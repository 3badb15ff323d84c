#include "libcommon/files.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static int remove_one(const char *path, const struct stat *stat, int type, struct FTW *ftw)
{
    (void)stat;
    (void)type;
    (void)ftw;
    return remove(path);
}

void files_remove(const char *path)
{
    nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

void files_wipe(const char *path)
{
    static const char nothing[4096];
    int file = open(path, O_WRONLY | O_CLOEXEC);
    struct stat stat;

    if (file < 0)
        return;
    if (fstat(file, &stat) == 0)
        for (off_t at = 0; at < stat.st_size; at += (off_t)sizeof nothing)
            if (pwrite(file, nothing, sizeof nothing, at) < 0)
                break;
    fsync(file);
    close(file);
    unlink(path);
}
