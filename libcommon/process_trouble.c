#include "libcommon/process_parts.h"

#include "libcommon/log.h"

#include <stdio.h>
#include <string.h>

/* --- what goes wrong -------------------------------------------------------------------------- */

bool process_fail(struct process *process, enum exit_code code, const char *event,
                  const char *detail)
{
    char text[8];

    snprintf(text, sizeof text, "%d", (int)code);
    process->code = code;
    log_event(LOG_LEVEL_ERROR, event, "detail", detail, "exit", text, (char *)NULL);
    return false;
}

void process_tell_place(const struct process *process, const struct config_error *error,
                        char detail[1024])
{
    if (error->line > 0)
        snprintf(detail, 1024, "%s:%d: %s", process->config, error->line, error->sentence);
    else
        snprintf(detail, 1024, "%s: %s", process->config, error->sentence);
}

bool process_fail_in_file(struct process *process, const struct config_error *error)
{
    char detail[1024];

    process_tell_place(process, error, detail);
    return process_fail(process, EXIT_CONFIGURATION, "configuration", detail);
}

/* A key of everybody's section, or of this service's. */
bool process_fail_at_key(struct process *process, const char *section, const char *key,
                         const char *sentence)
{
    struct config_error error;

    config_wrong(process->config, section, key, &error, "%s", sentence);
    return process_fail_in_file(process, &error);
}

static enum exit_code code_of(const struct fault *fault)
{
    switch (fault->kind) {
    case FAULT_NO_SPACE:
    case FAULT_MAP_FULL: return EXIT_CANNOT_CREATE;
    case FAULT_UNREADABLE:
    case FAULT_DAMAGED: return EXIT_DATA;
    case FAULT_BUILD: return EXIT_BUILD;
    case FAULT_MEMORY: return EXIT_MEMORY;
    default: return EXIT_DISK;
    }
}

/* --- a store that is damaged ------------------------------------------------------------------ */

static void say_damaged(const char *file, const char *detail, char *line, size_t size)
{
    char code[8];

    snprintf(code, sizeof code, "%d", EXIT_DATA);
    log_line(line, size, LOG_LEVEL_ERROR, "damaged", "file", file, "detail", detail, "remedy",
             damage_remedy(file, true), "exit", code, (char *)NULL);
}

bool process_fail_in_store(struct process *process, const struct fault *fault, const char *event)
{
    char file[600], line[1024];

    if (fault->kind == FAULT_DAMAGED && fault->part) {
        process->code = EXIT_DATA;
        snprintf(file, sizeof file, "%s/%s/data.mdb", process->directory, fault->part);
        say_damaged(file, fault->detail, line, sizeof line);
        fputs(line, stderr);
        return false;
    }
    if (fault->kind == FAULT_UNREADABLE)
        log_event(LOG_LEVEL_ERROR, "damaged", "store", process->directory, "remedy",
                  "tables: delete the folder tables, they are made again from the journal; keys: "
                  "put keys_copy's file of this service there, named keys; journal: restore a "
                  "backup",
                  (char *)NULL);
    return process_fail(process, code_of(fault), event, fault->detail);
}

static void describe_damage(void *self, const char *file, char *line, size_t size)
{
    (void)self;
    say_damaged(file, "cut short, or not what was written", line, size);
}

/* The file of the store of which the one at hand is a copy. */
void process_describe_copy(void *self, const char *file, char *line, size_t size)
{
    const struct process *process = self;
    char path[700];

    snprintf(path, sizeof path, "%s/%s%s", process->organisation.data, process->service->name,
             file + strlen(process->verify));
    damage_sentence(path, strcmp(process->organisation.language, "en") == 0, line, size);
}

/* As a power cut: no input's doing. */
static void put_down_for_damage(void *self)
{
    struct process *process = self;

    crashes_at_hand(&process->crashes, "", false);
}

bool process_watch_for_damage(struct process *process)
{
    process->damage = (struct damage_teller){
        .describe = process->verify ? process_describe_copy : describe_damage,
        .last = put_down_for_damage,
        .self = process,
        .code = EXIT_DATA,
    };
    log_line(process->crashed, sizeof process->crashed, LOG_LEVEL_ERROR, "crashed", "detail",
             "SIGSEGV or SIGBUS: a bug, or a damaged store", "remedy",
             "if it comes again at each start: move the folder tables away; if that does not help, "
             "restore a backup",
             "store", process->directory, (char *)NULL);
    if (!process->verify)
        process->damage.elsewhere = process->crashed;
    damage_begin(&process->damage);
    return true;
}
