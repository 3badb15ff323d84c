/* A service's process: the loop around the runtime, and the order in which it starts and ends. */
#include "libcommon/process_parts.h"

#include "libcommon/clock.h"
#include "libcommon/log.h"
#include "libcommon/notify.h"

#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SOURCES_MOST = 8 };

/* --- the loop --------------------------------------------------------------------------------- */

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
    left = runtime_turn(process->runtime) - clock_ms(CLOCK_BOOTTIME);
    if (runtime_must_end(process->runtime, &fault)) {
        process_fail_in_store(process, &fault, "must_end");
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
        process_tell_place(process, &error, detail);
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
            process_fail(process, heard == ZEROMQ_IN_USE ? EXIT_IN_USE : EXIT_CANNOT_CREATE, "bus",
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

/* --- start ------------------------------------------------------------------------------------ */

static bool open_loop(struct process *process)
{
    process->loop = event_base_new();
    if (process->loop)
        process->turn = evtimer_new(process->loop, on_turn, process);
    return process->turn || process_fail(process, EXIT_MEMORY, "memory", "no event loop");
}

static bool open_bus(struct process *process)
{
    const char *sources[SOURCES_MOST + 1] = { 0 };
    struct zeromq_setup setup = process_bus_setup(process);
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
    return process_fail(process,
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
    return process->mail || process_fail(process, EXIT_CONFIGURATION, "mail", trouble);
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
            return process_fail(process, EXIT_MEMORY, "memory", "no event for a signal");
    }
    process->watchdog_ms = notify_watchdog_ms() / 2;
    if (process->watchdog_ms > 0) {
        struct timeval every = { .tv_sec = process->watchdog_ms / 1000,
                                 .tv_usec = (process->watchdog_ms % 1000) * 1000 };

        process->watchdog = event_new(process->loop, -1, EV_PERSIST, on_watchdog, process);
        if (!process->watchdog || event_add(process->watchdog, &every) != 0)
            return process_fail(process, EXIT_MEMORY, "memory", "no event for the watchdog");
    }
    return true;
}

static bool open_health(struct process *process)
{
    const struct health_setup setup = {
        .loop = process->loop,
        .port = process_own_settings(process)->health,
        .service = process->service,
        .organisation = process->organisation.name,
        .runtime = process->runtime,
        .bus = process->bus,
    };
    char sentence[160];

    if (setup.port == 0)
        return true;
    process->health = health_open(&setup, sentence);
    return process->health || process_fail(process, EXIT_IN_USE, "health", sentence);
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
    return process_prepare_store(process) && process_watch_for_damage(process) &&
           open_loop(process) && open_bus(process) && open_mail(process) &&
           process_open_crashes(process) && process_open_runtime(process) && open_health(process) &&
           watch_signals(process);
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
        process_watch_for_damage(process);
        process_verify_copy(process);
    } else if (process->only_check) {
        if (process_check_keys_copy(process))
            process_say_correct(process);
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
    if (!process_read_arguments(&process, argc, argv))
        return (int)process.code;
    if (sodium_init() < 0)
        process_fail(&process, EXIT_MEMORY, "memory", "libsodium does not start");
    else if (process_read_configuration(&process))
        do_as_told(&process);
    finish(&process);
    if (!process.only_check && !process.verify && process.code == EXIT_STOPPED)
        log_event(LOG_LEVEL_INFO, "stopped", (char *)NULL);
    return (int)process.code;
}
