/* The service's folder, and the runtime opened in it. */
#include "libcommon/process_parts.h"

#include "libcommon/clock.h"
#include "libcommon/files.h"
#include "libcommon/log.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* --- surroundings ----------------------------------------------------------------------------- */

static int64_t wall_ms(void *self)
{
    (void)self;
    return clock_ms(CLOCK_REALTIME);
}

/* Counts while the machine sleeps too, so that waking up is no leap of the wall clock. */
static int64_t monotonic_ms(void *self)
{
    (void)self;
    return clock_ms(CLOCK_BOOTTIME);
}

static int64_t monotonic_us(void *self)
{
    struct timespec now;

    (void)self;
    clock_gettime(CLOCK_BOOTTIME, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void random_bytes(void *self, uint8_t *bytes, size_t length)
{
    (void)self;
    randombytes_buf(bytes, length);
}

struct surroundings process_surroundings(void)
{
    return (struct surroundings){
        .wall_ms = wall_ms,
        .monotonic_ms = monotonic_ms,
        .monotonic_us = monotonic_us,
        .random = random_bytes,
    };
}

#ifdef TREMPLIN_FAILPOINTS
/* TREMPLIN_FAILPOINT=name[:nth] ends a test's process at that step of the write path. */
static void failpoint(void *self, const char *name)
{
    static long passed;
    struct process *process = self;
    const char *wanted = getenv("TREMPLIN_FAILPOINT");
    size_t length = wanted ? strcspn(wanted, ":") : 0;

    if (!wanted || strlen(name) != length || strncmp(wanted, name, length) != 0)
        return;
    if (++passed >= (wanted[length] == ':' ? atol(wanted + length + 1) : 1)) {
        /* As a power cut: no input's doing. */
        crashes_at_hand(&process->crashes, "", false);
        raise(SIGKILL);
    }
}
#endif

/* --- the store -------------------------------------------------------------------------------- */

static bool make_folder(struct process *process, const char *path)
{
    char detail[700];

    if (mkdir(path, 0700) == 0 || errno == EEXIST)
        return true;
    snprintf(detail, sizeof detail, "%s: %s", path, strerror(errno));
    return process_fail(process, EXIT_CANNOT_CREATE, "store", detail);
}

/* Two processes never open one store. */
static bool lock_store(struct process *process)
{
    char path[600], detail[700];

    snprintf(path, sizeof path, "%s/lock", process->directory);
    process->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    snprintf(detail, sizeof detail, "%s: %s", path, strerror(errno));
    if (process->lock < 0)
        return process_fail(process, EXIT_CANNOT_CREATE, "store", detail);
    snprintf(detail, sizeof detail, "%s: another process has this store", process->directory);
    return flock(process->lock, LOCK_EX | LOCK_NB) == 0 ||
           process_fail(process, EXIT_IN_USE, "store", detail);
}

/* Some stores are of the backup then and some are not: nothing may be written to any. */
static bool is_restored_whole(struct process *process)
{
    char path[600], line[128], detail[800];
    FILE *file;
    bool listed = false;

    snprintf(path, sizeof path, "%s/" PROCESS_RESTORING, process->organisation.data);
    file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file)) {
        line[strcspn(line, " \n")] = '\0';
        listed |= strcmp(line, process->service->name) == 0;
    }
    if (file)
        fclose(file);
    snprintf(detail, sizeof detail,
             "%s: a restore was interrupted: type the same 'tremplin restore' again", path);
    return !listed || process_fail(process, EXIT_DATA, "store", detail);
}

/* A restore that ended before it replaced anything: its keys would outlive who is erased. */
static void drop_put_back(struct process *process)
{
    char path[600];

    snprintf(path, sizeof path, "%s/" PROCESS_PUT_BACK "/keys", process->directory);
    files_wipe(path);
    snprintf(path, sizeof path, "%s/" PROCESS_PUT_BACK, process->directory);
    files_remove(path);
}

bool process_prepare_store(struct process *process)
{
    const struct organisation *organisation = &process->organisation;

    snprintf(process->directory, sizeof process->directory, "%s/%s", organisation->data,
             process->service->name);
    if (*organisation->keys_copy)
        snprintf(process->keys_copy, sizeof process->keys_copy, "%s/%s.keys",
                 organisation->keys_copy, process->service->name);
    if (!make_folder(process, organisation->data) || !make_folder(process, process->directory) ||
        !lock_store(process) || !is_restored_whole(process))
        return false;
    drop_put_back(process);
    return true;
}

bool process_open_crashes(struct process *process)
{
    char path[600];

    snprintf(path, sizeof path, "%s/at_hand", process->directory);
    if (crashes_open(&process->crashes, path))
        return true;
    snprintf(path, sizeof path, "%s/at_hand: %s", process->directory, strerror(errno));
    return process_fail(process, errno == EIO ? EXIT_DISK : EXIT_CANNOT_CREATE, "store", path);
}

bool process_open_runtime(struct process *process)
{
    const struct runtime_setup setup = {
        .service = process->service,
        .organisation = process->organisation.name,
        .directory = process->directory,
        .keys_copy = process->keys_copy,
        .parameters = process->parameters,
        .settings = process->settings,
        .mail = mail_curl_transport(process->mail),
        .bus = zeromq_bus_as_bus(process->bus),
        .surroundings = process_surroundings(),
        .manual_clock = process->organisation.manual_clock,
        .manual_start_ms = process->organisation.manual_start_ms,
        .crashes = &process->crashes,
#ifdef TREMPLIN_FAILPOINTS
        .failpoint = failpoint,
        .failpoint_self = process,
#endif
    };
    struct fault fault = { 0 };

    process->runtime = runtime_open(&setup, &fault);
    if (!process->runtime)
        return process_fail_in_store(process, &fault,
                                     fault.kind == FAULT_BUILD ? "description" : "store");
    return true;
}
