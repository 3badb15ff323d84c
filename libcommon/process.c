/* A service's process: what is around the runtime, in the order in which it starts. */
#include "libcommon/process.h"

#include "libcommon/bus_zeromq.h"
#include "libcommon/clock.h"
#include "libcommon/crash.h"
#include "libcommon/damage.h"
#include "libcommon/files.h"
#include "libcommon/health.h"
#include "libcommon/log.h"
#include "libcommon/mail_curl.h"
#include "libcommon/notify.h"
#include "libcommon/organisation.h"
#include "libcommon/runtime.h"

#include <errno.h>
#include <event2/event.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Keys that every service's section has. */
struct own_settings {
    int64_t health;
    char listen[SETTING_TEXT_SIZE];
};

enum { SETTINGS_MOST = 64, SOURCES_MOST = 8, PORT_MOST = 65535 };

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

/* --- surroundings ------------------------------------------------------------------------------
 */

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

/* --- what goes wrong at start ------------------------------------------------------------------
 */

static bool fail(struct process *process, enum exit_code code, const char *event,
                 const char *detail)
{
    char text[8];

    snprintf(text, sizeof text, "%d", (int)code);
    process->code = code;
    log_event(LOG_LEVEL_ERROR, event, "detail", detail, "exit", text, (char *)NULL);
    return false;
}

static void tell_place(const struct process *process, const struct config_error *error,
                       char detail[1024])
{
    if (error->line > 0)
        snprintf(detail, 1024, "%s:%d: %s", process->config, error->line, error->sentence);
    else
        snprintf(detail, 1024, "%s: %s", process->config, error->sentence);
}

static bool fail_in_file(struct process *process, const struct config_error *error)
{
    char detail[1024];

    tell_place(process, error, detail);
    return fail(process, EXIT_CONFIGURATION, "configuration", detail);
}

/* A key of everybody's section, or of this service's. */
static bool fail_at_key(struct process *process, const char *section, const char *key,
                        const char *sentence)
{
    struct config_error error;

    config_wrong(process->config, section, key, &error, "%s", sentence);
    return fail_in_file(process, &error);
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

/* --- a store that is damaged -------------------------------------------------------------------
 */

static void say_damaged(const char *file, const char *detail, char *line, size_t size)
{
    char code[8];

    snprintf(code, sizeof code, "%d", EXIT_DATA);
    log_line(line, size, LOG_LEVEL_ERROR, "damaged", "file", file, "detail", detail, "remedy",
             damage_remedy(file, true), "exit", code, (char *)NULL);
}

static bool fail_in_store(struct process *process, const struct fault *fault, const char *event)
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
    return fail(process, code_of(fault), event, fault->detail);
}

static void describe_damage(void *self, const char *file, char *line, size_t size)
{
    (void)self;
    say_damaged(file, "cut short, or not what was written", line, size);
}

/* The file of the store of which the one at hand is a copy. */
static void describe_damage_of_copy(void *self, const char *file, char *line, size_t size)
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

static bool watch_for_damage(struct process *process)
{
    process->damage = (struct damage_teller){
        .describe = process->verify ? describe_damage_of_copy : describe_damage,
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

/* --- arguments ---------------------------------------------------------------------------------
 */

static void print_settings(const struct setting *setting)
{
    for (; setting && setting->key; setting++)
        printf("    %-16s %s%s%s%s\n", setting->key, setting->help ? setting->help : "",
               setting->preset ? " (" : "", setting->preset ? setting->preset : "",
               setting->preset ? ")" : " (must be there)");
}

static const struct setting own_settings[] = {
    { "health", SETTING_NUMBER, offsetof(struct own_settings, health), "0",
      "port on 127.0.0.1 of /livez, /readyz, /healthz and /metrics; 0: none" },
    { "listen", SETTING_TEXT, offsetof(struct own_settings, listen), "",
      "tcp://address:port beside ipc, events at the next port; needs keys" },
    { 0 },
};

static void print_help(const struct service *service)
{
    printf("tremplin-%s --config FILE    runs the service in the foreground\n"
           "    --check-config   says whether the configuration and the parameters are right, and "
           "ends\n"
           "    --verify FOLDER  replays a copy of a store (journal/ and tables/) and compares\n"
           "    --version        says which release this is\n"
           "    --help           says this\n\n[organisation]\n",
           service->name);
    print_settings(organisation_settings);
    printf("\n[%s]\n", service->name);
    print_settings(service->settings);
    print_settings(own_settings);
    printf("\nSIGTERM and SIGINT stop it, SIGHUP reads log_level and the peers' keys again.\n"
           "It ends with 0 when told to stop, 64 wrong arguments, 65 damaged store, 69 store,\n"
           "endpoint or port in use, 70 wrongly built, 71 no memory, 73 cannot create, 74 I/O "
           "error of the disk,\n"
           "78 wrong configuration.\n");
}

/* False when there is nothing more to do. */
static bool read_arguments(struct process *process, int argc, char **argv)
{
    static const struct option options[] = {
        { "config", required_argument, NULL, 'c' }, { "check-config", no_argument, NULL, 'k' },
        { "verify", required_argument, NULL, 'y' }, { "help", no_argument, NULL, 'h' },
        { "version", no_argument, NULL, 'v' },      { 0 },
    };
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        switch (option) {
        case 'c': process->config = optarg; break;
        case 'k': process->only_check = true; break;
        case 'y': process->verify = optarg; break;
        case 'h': print_help(process->service); return false;
        case 'v':
            printf("tremplin-%s %s\n", process->service->name, TREMPLIN_VERSION);
            return false;
        default: process->code = EXIT_USAGE; return false;
        }
    }
    if (process->config && optind == argc)
        return true;
    fprintf(stderr, "usage: tremplin-%s --config FILE [--check-config]\n", process->service->name);
    process->code = EXIT_USAGE;
    return false;
}

/* --- configuration -----------------------------------------------------------------------------
 */

static struct own_settings *own_of(const struct process *process)
{
    return (struct own_settings *)(void *)(process->settings + process->own_offset);
}

static bool check_settings(struct process *process)
{
    const struct service *service = process->service;
    struct mail_curl_settings relay = { .host = "" };
    const char *trouble =
        service->check_settings ? service->check_settings(process->settings) : NULL;
    char key[32];

    if (service->relay)
        service->relay(process->settings, &relay);
    if (!trouble && *relay.host)
        trouble = mail_curl_wrong_setting(&relay);
    if (!trouble && own_of(process)->health > PORT_MOST)
        trouble = "health: 0 to 65535";
    if (!trouble)
        return true;
    snprintf(key, sizeof key, "%.*s", (int)strspn(trouble, "abcdefghijklmnopqrstuvwxyz_"), trouble);
    return fail_at_key(process, service->name, key, trouble);
}

/* The service's keys and everybody's, as one section. */
static bool read_section(struct process *process, const char *const sections[])
{
    struct setting settings[SETTINGS_MOST] = { 0 };
    struct config_error error;
    size_t count = 0;

    process->own_offset = (process->service->settings_size + 15) / 16 * 16;
    process->settings = calloc(1, process->own_offset + sizeof(struct own_settings));
    if (!process->settings)
        return fail(process, EXIT_MEMORY, "memory", "no memory to start with");
    for (const struct setting *row = process->service->settings;
         row && row->key && count + 3 < SETTINGS_MOST; row++)
        settings[count++] = *row;
    for (const struct setting *row = own_settings; row->key; row++) {
        settings[count] = *row;
        settings[count++].offset += process->own_offset;
    }
    if (!config_read(process->config, process->service->name, settings, sections, process->settings,
                     &error))
        return fail_in_file(process, &error);
    return check_settings(process);
}

static bool check_laws(struct process *process)
{
    /* Larger than any rule's law. */
    static _Alignas(16) char law[16 * 1024];
    struct date today = civil_date_at(
        process->organisation.manual_clock ? process->organisation.manual_start_ms : wall_ms(NULL));

    for (const struct parameter_field *const *fields = process->service->laws; fields && *fields;
         fields++) {
        struct parameters_error wrong = { 0 };

        if (!parameters_fill(process->parameters, *fields, today, law, &wrong))
            return fail(process, EXIT_CONFIGURATION, "parameters", wrong.sentence);
    }
    return true;
}

static struct zeromq_setup bus_setup(struct process *process)
{
    return (struct zeromq_setup){
        .loop = process->loop,
        .service = process->service->name,
        .endpoints = process->organisation.endpoints,
        .listen = own_of(process)->listen,
        .keys = process->organisation.keys,
        .owner = process,
    };
}

static bool check_bus(struct process *process)
{
    const struct zeromq_setup setup = bus_setup(process);
    char sentence[512];
    const char *key = zeromq_bus_wrong_setting(&setup, sentence);

    if (!key)
        return true;
    return fail_at_key(process,
                       strcmp(key, "listen") == 0 ? process->service->name : "organisation", key,
                       sentence);
}

/* All that can be wrong in the file itself, so that --check-config and a start say the same. */
static bool read_configuration(struct process *process)
{
    struct organisation_names sections;
    struct config_error error;

    process->parameters = calloc(1, sizeof *process->parameters);
    if (!process->parameters)
        return fail(process, EXIT_MEMORY, "memory", "no memory to start with");
    if (!organisation_read(process->config, process->service->known_services,
                           &process->organisation, &error))
        return fail_in_file(process, &error);
    log_begin(process->service->name, process->organisation.least_level);
    organisation_sections(process->service->known_services, &sections);
    if (!read_section(process, sections.names) || !check_bus(process))
        return false;
    if (!organisation_parameters(process->config, &process->organisation, process->parameters,
                                 &error))
        return fail_in_file(process, &error);
    return check_laws(process);
}

/* Both as the system knows them; what is not there lies nowhere. */
static bool lies_within(const char *path, const char *folder)
{
    char inner[PATH_MAX], outer[PATH_MAX];
    size_t length;

    if (!realpath(path, inner) || !realpath(folder, outer))
        return false;
    length = strlen(outer);
    return strncmp(inner, outer, length) == 0 && (inner[length] == '/' || inner[length] == '\0');
}

/* Beside the keys themselves a copy is lost with them.  That it cannot be written is looked at here
 * only: its disk may be mounted later, and no start waits for it. */
static bool check_keys_copy(struct process *process)
{
    const char *copy = process->organisation.keys_copy;
    struct stat found;
    char sentence[700];

    if (*copy == '\0')
        return true;
    if (stat(copy, &found) != 0 || access(copy, R_OK | W_OK | X_OK) != 0)
        snprintf(sentence, sizeof sentence, "keys_copy: %s: %s", copy, strerror(errno));
    else if (!S_ISDIR(found.st_mode))
        snprintf(sentence, sizeof sentence, "keys_copy: %s is no folder", copy);
    else if (lies_within(copy, process->organisation.data))
        snprintf(sentence, sizeof sentence,
                 "keys_copy: %s is lost with the folder data, it lies in it", copy);
    else
        return true;
    return fail_at_key(process, "organisation", "keys_copy", sentence);
}

/* --- the store ---------------------------------------------------------------------------------
 */

static bool make_folder(struct process *process, const char *path)
{
    char detail[700];

    if (mkdir(path, 0700) == 0 || errno == EEXIST)
        return true;
    snprintf(detail, sizeof detail, "%s: %s", path, strerror(errno));
    return fail(process, EXIT_CANNOT_CREATE, "store", detail);
}

/* Two processes never open one store. */
static bool lock_store(struct process *process)
{
    char path[600], detail[700];

    snprintf(path, sizeof path, "%s/lock", process->directory);
    process->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    snprintf(detail, sizeof detail, "%s: %s", path, strerror(errno));
    if (process->lock < 0)
        return fail(process, EXIT_CANNOT_CREATE, "store", detail);
    snprintf(detail, sizeof detail, "%s: another process has this store", process->directory);
    return flock(process->lock, LOCK_EX | LOCK_NB) == 0 ||
           fail(process, EXIT_IN_USE, "store", detail);
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
    return !listed || fail(process, EXIT_DATA, "store", detail);
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

static bool prepare_store(struct process *process)
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

static bool open_crashes(struct process *process)
{
    char path[600];

    snprintf(path, sizeof path, "%s/at_hand", process->directory);
    if (crashes_open(&process->crashes, path))
        return true;
    snprintf(path, sizeof path, "%s/at_hand: %s", process->directory, strerror(errno));
    return fail(process, errno == EIO ? EXIT_DISK : EXIT_CANNOT_CREATE, "store", path);
}

static bool open_runtime(struct process *process)
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
        .surroundings = { .wall_ms = wall_ms,
                          .monotonic_ms = monotonic_ms,
                          .monotonic_us = monotonic_us,
                          .random = random_bytes },
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
        return fail_in_store(process, &fault, fault.kind == FAULT_BUILD ? "description" : "store");
    return true;
}

/* --- the loop ----------------------------------------------------------------------------------
 */

static void stop(struct process *process)
{
    process->stopping = true;
    event_base_loopexit(process->loop, NULL);
}

static void take_turn(struct process *process)
{
    struct timeval wait;
    struct fault fault;
    int64_t left;

    if (process->stopping)
        return;
    left = runtime_turn(process->runtime) - monotonic_ms(NULL);
    if (runtime_must_end(process->runtime, &fault)) {
        fail_in_store(process, &fault, "must_end");
        stop(process);
        return;
    }
    if (left < 0)
        left = 0;
    wait = (struct timeval){ .tv_sec = left / 1000, .tv_usec = (left % 1000) * 1000 };
    evtimer_add(process->turn, &wait);
}

static void on_turn(evutil_socket_t descriptor, short what, void *owner)
{
    (void)descriptor;
    (void)what;
    take_turn(owner);
}

static void on_arrived(void *owner)
{
    take_turn(owner);
}

static void on_request(void *owner, struct bytes peer, struct caller caller, struct bytes message)
{
    struct process *process = owner;

    runtime_request(process->runtime, peer, caller, message);
}

static void on_answer(void *owner, const char *source, struct bytes message)
{
    struct process *process = owner;

    runtime_answer(process->runtime, source, message);
}

static void on_hint(void *owner, const char *source)
{
    struct process *process = owner;

    runtime_hint(process->runtime, source);
}

static void on_stop(evutil_socket_t number, short what, void *owner)
{
    (void)what;
    log_event(LOG_LEVEL_INFO, "stopping", "signal", number == SIGTERM ? "TERM" : "INT",
              (char *)NULL);
    notify("STOPPING=1");
    stop(owner);
}

/* What is decided with stays as it was at start: a change of parameters needs a restart. */
static void on_reload(evutil_socket_t number, short what, void *owner)
{
    struct process *process = owner;
    struct organisation organisation;
    struct config_error error;
    enum zeromq_trouble heard;
    char sentence[512], detail[1024], state[64];

    (void)number;
    (void)what;
    snprintf(state, sizeof state, "RELOADING=1\nMONOTONIC_USEC=%lld",
             (long long)clock_ms(CLOCK_MONOTONIC) * 1000);
    notify(state);
    if (!organisation_read(process->config, process->service->known_services, &organisation,
                           &error)) {
        tell_place(process, &error, detail);
        log_event(LOG_LEVEL_ERROR, "not_reloaded", "detail", detail, (char *)NULL);
    } else {
        process->organisation.least_level = organisation.least_level;
        log_begin(process->service->name, organisation.least_level);
        heard = zeromq_bus_reload(process->bus, sentence);
        if (heard == ZEROMQ_FINE)
            log_event(LOG_LEVEL_INFO, "reloaded", "what", "log_level, peers", "by_restart_only",
                      "everything else, parameters too", (char *)NULL);
        else
            log_event(LOG_LEVEL_ERROR, "not_reloaded", "detail", sentence, (char *)NULL);
        if (heard != ZEROMQ_FINE && heard != ZEROMQ_REFUSED) {
            fail(process, heard == ZEROMQ_IN_USE ? EXIT_IN_USE : EXIT_CANNOT_CREATE, "bus",
                 sentence);
            stop(process);
        }
    }
    notify("READY=1");
}

/* The watchdog hears only of a loop that turns and a store that can be read. */
static void on_watchdog(evutil_socket_t descriptor, short what, void *owner)
{
    struct process *process = owner;
    struct journal *journal = runtime_journal(process->runtime);
    uint8_t hash[HASH_SIZE];
    char state[128];

    (void)descriptor;
    (void)what;
    if (!journal_hash_of(journal, journal->committed, hash)) {
        log_event(LOG_LEVEL_ERROR, "store_unreadable", (char *)NULL);
        return;
    }
    snprintf(state, sizeof state, "WATCHDOG=1\nSTATUS=%s, %llu entries",
             runtime_state_name(process->runtime), (unsigned long long)journal->committed);
    notify(state);
}

/* --- start -------------------------------------------------------------------------------------
 */

static bool open_loop(struct process *process)
{
    process->loop = event_base_new();
    if (process->loop)
        process->turn = evtimer_new(process->loop, on_turn, process);
    return process->turn || fail(process, EXIT_MEMORY, "memory", "no event loop");
}

static bool open_bus(struct process *process)
{
    const char *sources[SOURCES_MOST + 1] = { 0 };
    struct zeromq_setup setup = bus_setup(process);
    enum zeromq_trouble trouble;
    char sentence[512];
    size_t count = 0;

    for (const struct source *source = process->service->sources;
         source && source->service && count < SOURCES_MOST; source++)
        sources[count++] = source->service;
    setup.sources = sources;
    setup.request = on_request;
    setup.answer = on_answer;
    setup.hint = on_hint;
    setup.arrived = on_arrived;
    process->bus = zeromq_bus_open(&setup, &trouble, sentence);
    if (process->bus)
        return true;
    return fail(process,
                trouble == ZEROMQ_REFUSED  ? EXIT_CONFIGURATION
                : trouble == ZEROMQ_IN_USE ? EXIT_IN_USE
                                           : EXIT_CANNOT_CREATE,
                "endpoints", sentence);
}

static void on_mail_outcome(void *owner, const char *id, uint32_t attempt, int code)
{
    static const struct timeval soon = { 0 };
    struct process *process = owner;

    runtime_mail_outcome(process->runtime, id, attempt, code);
    /* Not from here: libcurl is in the middle of its own. */
    evtimer_add(process->turn, &soon);
}

static bool open_mail(struct process *process)
{
    struct mail_curl_settings relay = { .host = "" };
    const char *trouble;

    if (process->service->relay)
        process->service->relay(process->settings, &relay);
    if (relay.host[0] == '\0')
        return true;
    process->mail = mail_curl_open(process->loop, &relay, on_mail_outcome, process, &trouble);
    return process->mail || fail(process, EXIT_CONFIGURATION, "mail", trouble);
}

static bool watch_signals(struct process *process)
{
    static const struct {
        int number;
        event_callback_fn handle;
    } rows[] = { { SIGTERM, on_stop }, { SIGINT, on_stop }, { SIGHUP, on_reload } };

    signal(SIGPIPE, SIG_IGN);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        process->signals[i] = evsignal_new(process->loop, rows[i].number, rows[i].handle, process);
        if (!process->signals[i] || event_add(process->signals[i], NULL) != 0)
            return fail(process, EXIT_MEMORY, "memory", "no event for a signal");
    }
    process->watchdog_ms = notify_watchdog_ms() / 2;
    if (process->watchdog_ms > 0) {
        struct timeval every = { .tv_sec = process->watchdog_ms / 1000,
                                 .tv_usec = (process->watchdog_ms % 1000) * 1000 };

        process->watchdog = event_new(process->loop, -1, EV_PERSIST, on_watchdog, process);
        if (!process->watchdog || event_add(process->watchdog, &every) != 0)
            return fail(process, EXIT_MEMORY, "memory", "no event for the watchdog");
    }
    return true;
}

static bool open_health(struct process *process)
{
    const struct health_setup setup = {
        .loop = process->loop,
        .port = own_of(process)->health,
        .service = process->service,
        .organisation = process->organisation.name,
        .runtime = process->runtime,
        .bus = process->bus,
    };
    char sentence[160];

    if (setup.port == 0)
        return true;
    process->health = health_open(&setup, sentence);
    return process->health || fail(process, EXIT_IN_USE, "health", sentence);
}

static void say_started(struct process *process)
{
    const struct journal *journal = runtime_journal(process->runtime);
    char head[24], hash[2 * HASH_SIZE + 1];

    snprintf(head, sizeof head, "%llu", (unsigned long long)journal->committed);
    sodium_bin2hex(hash, sizeof hash, journal->committed_hash, HASH_SIZE);
    log_event(LOG_LEVEL_INFO, "started", "version", TREMPLIN_VERSION, "organisation",
              process->organisation.name, "log_id", journal->log_id, "head", head, "hash", hash,
              (char *)NULL);
    notify("READY=1\nSTATUS=serving");
}

/* The runtime speaks through the bus, so the bus comes first; nothing of it is read before the
 * loop turns. */
static bool start(struct process *process)
{
    return prepare_store(process) && watch_for_damage(process) && open_loop(process) &&
           open_bus(process) && open_mail(process) && open_crashes(process) &&
           open_runtime(process) && open_health(process) && watch_signals(process);
}

static bool is_english(const struct process *process)
{
    return strcmp(process->organisation.language, "en") == 0;
}

static void say_correct(const struct process *process)
{
    printf(is_english(process) ? "%-10s the configuration is correct: %s\n"
                               : "%-10s configuration correcte : %s\n",
           process->service->name, process->config);
}

static const char *is_or_not(const struct process *process, bool same)
{
    if (is_english(process))
        return same ? "are" : "ARE NOT";
    return same ? "sont" : "NE SONT PAS";
}

static void tell_damaged_copy(struct process *process, const struct fault *fault)
{
    char file[700], line[1024];

    snprintf(file, sizeof file, "%s/%s/data.mdb", process->verify, fault->part);
    describe_damage_of_copy(process, file, line, sizeof line);
    fprintf(stderr, "%s", line);
}

/* Replays the copied journal into an empty store and compares every table. */
static void verify_copy(struct process *process)
{
    struct runtime_setup setup = {
        .service = process->service,
        .organisation = process->organisation.name,
        .directory = process->verify,
        .keys_copy = "",
        .parameters = process->parameters,
        .settings = process->settings,
        .surroundings = { .wall_ms = wall_ms,
                          .monotonic_ms = monotonic_ms,
                          .random = random_bytes },
        .manual_clock = process->organisation.manual_clock,
        .manual_start_ms = process->organisation.manual_start_ms,
    };
    uint8_t here[HASH_SIZE], replayed[HASH_SIZE];
    struct fault fault = { 0 };
    char scratch[700], digest[2 * HASH_SIZE + 1];
    bool same;

    snprintf(scratch, sizeof scratch, "%s/journal/data.mdb", process->verify);
    if (access(scratch, R_OK) != 0) {
        fail(process, EXIT_DATA, "verify", scratch);
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
        printf(is_english(process) ? "%-10s the tables %s the journal replayed (%.16s)\n"
                                   : "%-10s les tables %s le journal rejoué (%.16s)\n",
               process->service->name, is_or_not(process, same), digest);
    if (!same)
        process->code = EXIT_DATA;
}

/* The reverse, and accepts whatever is half-built. */
static void finish(struct process *process)
{
    health_close(process->health);
    if (process->runtime && process->code == EXIT_STOPPED)
        runtime_close(process->runtime);
    else
        runtime_abandon(process->runtime);
    crashes_close(&process->crashes);
    mail_curl_close(process->mail);
    zeromq_bus_close(process->bus);
    for (size_t i = 0; i < sizeof process->signals / sizeof *process->signals; i++)
        if (process->signals[i])
            event_free(process->signals[i]);
    if (process->watchdog)
        event_free(process->watchdog);
    if (process->turn)
        event_free(process->turn);
    if (process->loop)
        event_base_free(process->loop);
    damage_end();
    if (process->lock >= 0)
        close(process->lock);
    free(process->settings);
    free(process->parameters);
}

/* What is in memory, keys and names, is written to no core file, and no other process of this user
 * may read it.  Where a unit forbids setting limits it has set this one. */
static void keep_memory_private(void)
{
    static const struct rlimit none = { 0 };

    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
}

static void do_as_told(struct process *process)
{
    if (process->verify) {
        watch_for_damage(process);
        verify_copy(process);
    } else if (process->only_check) {
        if (check_keys_copy(process))
            say_correct(process);
    } else if (start(process)) {
        say_started(process);
        take_turn(process);
        event_base_dispatch(process->loop);
    }
}

int service_run(const struct service *service, int argc, char **argv)
{
    struct process process = { .service = service, .lock = -1, .crashes = { .file = -1 } };

    umask(077);
    keep_memory_private();
    /* Until it can be heeded, a reload is no reason to end. */
    signal(SIGHUP, SIG_IGN);
    log_begin(service->name, LOG_LEVEL_INFO);
    if (!read_arguments(&process, argc, argv))
        return (int)process.code;
    if (sodium_init() < 0)
        fail(&process, EXIT_MEMORY, "memory", "libsodium does not start");
    else if (read_configuration(&process))
        do_as_told(&process);
    finish(&process);
    if (!process.only_check && !process.verify && process.code == EXIT_STOPPED)
        log_event(LOG_LEVEL_INFO, "stopped", (char *)NULL);
    return (int)process.code;
}
