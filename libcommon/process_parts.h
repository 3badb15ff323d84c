/* process_parts.h - what the parts of a service's process share: inside libcommon only
 *
 * process.c has the loop and the order of a start; the parts stand below it.
 */
#ifndef LIBCOMMON_PROCESS_PARTS_H
#define LIBCOMMON_PROCESS_PARTS_H

#include "libcommon/bus_zeromq.h"
#include "libcommon/config.h"
#include "libcommon/crash.h"
#include "libcommon/damage.h"
#include "libcommon/health.h"
#include "libcommon/mail_curl.h"
#include "libcommon/organisation.h"
#include "libcommon/process.h"
#include "libcommon/runtime.h"

#include <event2/event.h>

/* Keys that every service's section has. */
struct own_settings {
    int64_t health;
    char listen[SETTING_TEXT_SIZE];
};

struct process {
    const struct service *service;
    const char *config;
    bool only_check;
    const char *verify; /* the folder of a copied store, to be replayed; NULL: run */
    enum exit_code code;

    struct organisation organisation;
    char *settings; /* the service's own, then own_settings */
    size_t own_offset;
    struct parameters *parameters;
    char directory[512];
    struct crashes crashes;
    char keys_copy[600];
    struct damage_teller damage;
    char crashed[512]; /* the line for a signal that no damaged file explains */
    int lock;

    struct event_base *loop;
    struct zeromq_bus *bus;
    struct mail_curl *mail; /* NULL: no relay */
    struct runtime *runtime;
    struct health *health;
    struct event *turn;
    struct event *signals[3];
    struct event *watchdog;
    int64_t watchdog_ms;
    bool stopping;
};

/* --- process_trouble.c ------------------------------------------------------------------------ */

/* Each is told in one line, is the process's exit code from then on, and false. */
bool process_fail(struct process *process, enum exit_code code, const char *event,
                  const char *detail);
bool process_fail_in_file(struct process *process, const struct config_error *error);
/* With the line of a key, when the section has it. */
bool process_fail_at_key(struct process *process, const char *section, const char *key,
                         const char *sentence);
bool process_fail_in_store(struct process *process, const struct fault *fault, const char *event);
/* A place in the configuration, and what is wrong there. */
void process_tell_place(const struct process *process, const struct config_error *error,
                        char detail[1024]);
/* A signal that a damaged file brings is told as one from here on. */
bool process_watch_for_damage(struct process *process);
/* A teller's describe (damage.h), of the file that a copied one was. */
void process_describe_copy(void *self, const char *file, char *line, size_t size);

/* --- process_configuration.c ------------------------------------------------------------------ */

/* False: the process is to end, with its code. */
bool process_read_arguments(struct process *process, int argc, char **argv);
bool process_read_configuration(struct process *process);
/* What --check-config looks at beside what a start does: the folder keys_copy. */
bool process_check_keys_copy(struct process *process);
/* To whoever asked whether the configuration is right. */
void process_say_correct(const struct process *process);
bool process_is_english(const struct process *process);
/* Of the endpoints, all but what is called when something arrives. */
struct zeromq_setup process_bus_setup(struct process *process);
struct own_settings *process_own_settings(const struct process *process);

/* --- process_store.c -------------------------------------------------------------------------- */

/* The service's folder, for this process alone. */
bool process_prepare_store(struct process *process);
bool process_open_crashes(struct process *process);
bool process_open_runtime(struct process *process);
/* The system's instants and chance. */
struct surroundings process_surroundings(void);

/* --- process_verify.c ------------------------------------------------------------------------- */

/* Replays the copied journal of --verify into an empty store and compares every table; the exit
 * code tells whether they are the same. */
void process_verify_copy(struct process *process);

#endif
