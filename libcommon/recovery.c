/* The one way back, after a fault: the last checkpoint, then the journal's entries after it; and
 * the full disk, from which it leads out. */
#include "libcommon/runtime_parts.h"

#include "libcommon/log.h"

#include <stdio.h>
#include <sys/statvfs.h>

void enter_full(struct runtime *runtime, const char *detail)
{
    if (runtime->state != FULL)
        log_event(LOG_LEVEL_ERROR, "full", "detail", detail, (char *)NULL);
    runtime->state = FULL;
    runtime->probed_ms = now_monotonic(runtime);
    snprintf(runtime->trouble, sizeof runtime->trouble, "the disk is full: %s", detail);
}

/* The last checkpoint, then the journal's entries after it. */
bool go_back(struct runtime *runtime)
{
    enum { TIMES_MOST = 16 };

    runtime->figures.went_back++;
    for (int i = 0; i < TIMES_MOST; i++) {
        runtime->deciding.fault = (struct fault){ 0 };
        if (runtime->keys.fault.kind != FAULT_DISK)
            runtime->keys.fault = (struct fault){ 0 };
        if (journal_go_back(&runtime->journal) && tables_go_back(&runtime->tables) &&
            apply_journal(runtime)) {
            follow_open(runtime);
            return true;
        }
        if (first_fault(runtime)->kind != FAULT_MAP_FULL)
            return false;
    }
    return false;
}

bool go_back_or_full(struct runtime *runtime)
{
    struct fault fault;

    if (go_back(runtime))
        return true;
    fault = *first_fault(runtime);
    if (fault.kind != FAULT_NO_SPACE || runtime->state == FULL)
        return false;
    enter_full(runtime, fault.detail);
    return go_back(runtime);
}

bool checkpoint_or_back(struct runtime *runtime)
{
    struct fault fault;

    if (take_checkpoint(runtime))
        return true;
    fault = *first_fault(runtime);
    log_event(LOG_LEVEL_WARNING, "going_back", "kind", fault_name(fault.kind), "detail",
              fault.detail, (char *)NULL);
    if (fault.kind == FAULT_NO_SPACE)
        enter_full(runtime, fault.detail);
    if (ends_process(&fault))
        runtime->ending = fault;
    else if (!go_back_or_full(runtime))
        runtime->ending = *first_fault(runtime);
    return false;
}

void checkpoint_when_due(struct runtime *runtime)
{
    int64_t now = now_monotonic(runtime);
    bool idle = now - runtime->input_ms >= CHECKPOINT_IDLE_MS;

    if (runtime->tables.puts == 0 || runtime->state == FULL)
        return;
    if (runtime->tables.puts >= CHECKPOINT_PUTS || idle ||
        now - runtime->checkpoint_ms >= CHECKPOINT_MS)
        checkpoint_or_back(runtime);
}

void probe_space(struct runtime *runtime)
{
    enum { ROOM_WANTED = 4 * 1024 * 1024 };
    struct statvfs disk;

    if (now_monotonic(runtime) - runtime->probed_ms < SPACE_PROBE_MS)
        return;
    runtime->probed_ms = now_monotonic(runtime);
    if (statvfs(runtime->setup.directory, &disk) != 0 ||
        (uint64_t)disk.f_bavail * disk.f_bsize < ROOM_WANTED)
        return;
    if (!go_back(runtime) || !take_checkpoint(runtime)) {
        struct fault fault = *first_fault(runtime);

        if (fault.kind != FAULT_NO_SPACE)
            runtime->ending = fault;
        else if (!go_back(runtime)) /* so that queries see all that is committed */
            runtime->ending = *first_fault(runtime);
        return;
    }
    runtime->state = SERVING;
    runtime->trouble[0] = '\0';
    for (size_t i = 0; i < runtime->followed_count; i++)
        runtime->followed[i].hinted = true;
    log_event(LOG_LEVEL_INFO, "room_again", (char *)NULL);
}
