/* Any bytes as the organisation's configuration: read, or refused with a sentence. */
#include "libcommon/organisation.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct organisation organisation;
    struct organisation_names services;
    struct config_error error = { 0 };
    char path[64];
    int file = memfd_create("tremplin.ini", MFD_CLOEXEC);

    if (file < 0 || write(file, data, size) != (ssize_t)size)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    if (!organisation_read(path, NULL, &organisation, &error) && *error.sentence == '\0')
        abort();
    organisation_services(&organisation, &services);
    if (memchr(error.sentence, '\0', sizeof error.sentence) == NULL || error.line < 0)
        abort();
    close(file);
    return 0;
}
