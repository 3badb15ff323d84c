#include "libcommon/process_parts.h"

#include <sodium.h>
#include <stdio.h>
#include <unistd.h>

static const char *is_or_not(const struct process *process, bool same)
{
    if (process_is_english(process))
        return same ? "are" : "ARE NOT";
    return same ? "sont" : "NE SONT PAS";
}

static void tell_damaged_copy(struct process *process, const struct fault *fault)
{
    char file[700], line[1024];

    snprintf(file, sizeof file, "%s/%s/data.mdb", process->verify, fault->part);
    process_describe_copy(process, file, line, sizeof line);
    fprintf(stderr, "%s", line);
}

void process_verify_copy(struct process *process)
{
    struct runtime_setup setup = {
        .service = process->service,
        .organisation = process->organisation.name,
        .directory = process->verify,
        .keys_copy = "",
        .parameters = process->parameters,
        .settings = process->settings,
        .surroundings = process_surroundings(),
        .manual_clock = process->organisation.manual_clock,
        .manual_start_ms = process->organisation.manual_start_ms,
    };
    uint8_t here[HASH_SIZE], replayed[HASH_SIZE];
    struct fault fault = { 0 };
    char scratch[700], digest[2 * HASH_SIZE + 1];
    bool same;

    snprintf(scratch, sizeof scratch, "%s/journal/data.mdb", process->verify);
    if (access(scratch, R_OK) != 0) {
        process_fail(process, EXIT_DATA, "verify", scratch);
        return;
    }
    snprintf(scratch, sizeof scratch, "%s/replayed", process->verify);
    same = runtime_replays_same(&setup, scratch, here, replayed, &fault);
    sodium_bin2hex(digest, sizeof digest, replayed, sizeof replayed);
    if (fault.kind == FAULT_DAMAGED && fault.part)
        tell_damaged_copy(process, &fault);
    else if (fault.kind != NO_FAULT)
        printf("%-10s %s\n", process->service->name, fault.detail);
    else
        printf(process_is_english(process) ? "%-10s the tables %s the journal replayed (%.16s)\n"
                                           : "%-10s les tables %s le journal rejoué (%.16s)\n",
               process->service->name, is_or_not(process, same), digest);
    if (!same)
        process->code = EXIT_DATA;
}
