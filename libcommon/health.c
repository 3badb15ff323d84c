#include "libcommon/health.h"

#include "libcommon/codec.h"
#include "libcommon/http_bounds.h"

#include <event2/buffer.h>
#include <event2/http.h>
#include <event2/http_struct.h>
#include <event2/keyvalq_struct.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/queue.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum {
    ARENA_SIZE = 1024 * 1024,
    HEADERS_MOST = 8 * 1024,
    CONNECTIONS_MOST = 32,
    DEADLINE_MS = 5000
};

struct health {
    struct health_setup setup;
    struct evhttp *server;
    struct http_bounds *bounds;
    struct arena arena;
    int64_t started_s;
};

static const char *const states[] = { "serving", "full", "starting", "clock held", NULL };

static Tremplin__StatusReply status_of(struct runtime *runtime, struct arena *arena)
{
    Tremplin__StatusReply status = TREMPLIN__STATUS_REPLY__INIT;

    arena_reset(arena);
    runtime_status(runtime, arena, &status);
    return status;
}

/* --- metrics ---------------------------------------------------------------------------------- */

static void describe(struct evbuffer *out, const char *name, const char *type, const char *help)
{
    evbuffer_add_printf(out, "# HELP tremplin_%s %s\n# TYPE tremplin_%s %s\n", name, help, name,
                        type);
}

static void add_count(struct evbuffer *out, const char *name, const char *help, uint64_t value)
{
    describe(out, name, "counter", help);
    evbuffer_add_printf(out, "tremplin_%s %llu\n", name, (unsigned long long)value);
}

static void add_gauge(struct evbuffer *out, const char *name, const char *help, int64_t value)
{
    describe(out, name, "gauge", help);
    evbuffer_add_printf(out, "tremplin_%s %lld\n", name, (long long)value);
}

static void add_figures(struct evbuffer *out, const struct runtime_figures *figures)
{
    static const char *const bounds[] = { "0.0005", "0.001", "0.002", "0.005",
                                          "0.01",   "0.05",  "0.1",   "1" };

    add_count(out, "commands_total", "Commands done.", figures->commands);
    add_count(out, "refusals_total", "Commands that a rule refused.", figures->refusals);
    add_count(out, "faults_total", "Inputs that failed on our side.", figures->faults);
    add_count(out, "denied_total", "Requests for a method that is not there or not theirs.",
              figures->denied);
    add_count(out, "queries_total", "Queries answered.", figures->queries);
    add_count(out, "hearings_total", "Events of other services heard.", figures->hearings);
    add_count(out, "batches_total", "Batches of inputs run.", figures->batches);
    add_count(out, "checkpoints_total", "Checkpoints of the tables.", figures->checkpoints);
    add_count(out, "went_back_total", "Times the tables went back to their last checkpoint.",
              figures->went_back);
    describe(out, "commit_seconds", "histogram", "How long commits of the journal took.");
    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++)
        evbuffer_add_printf(out, "tremplin_commit_seconds_bucket{le=\"%s\"} %llu\n", bounds[i],
                            (unsigned long long)(figures->commits - figures->commit_slower[i]));
    evbuffer_add_printf(out,
                        "tremplin_commit_seconds_bucket{le=\"+Inf\"} %llu\n"
                        "tremplin_commit_seconds_sum %.6f\ntremplin_commit_seconds_count %llu\n",
                        (unsigned long long)figures->commits,
                        (double)figures->commit_us_total / 1e6,
                        (unsigned long long)figures->commits);
}

static void add_sources(struct evbuffer *out, const Tremplin__StatusReply *status)
{
    if (status->n_sources == 0)
        return;
    describe(out, "source_lag_entries", "gauge", "Entries of a source not yet heard.");
    for (size_t i = 0; i < status->n_sources; i++) {
        const Tremplin__SourceStatus *source = status->sources[i];
        uint64_t lag = source->head > source->sequence ? source->head - source->sequence : 0;

        evbuffer_add_printf(out, "tremplin_source_lag_entries{source=\"%s\"} %llu\n",
                            source->service, (unsigned long long)lag);
    }
    describe(out, "source_halted", "gauge", "1 when following a source has halted.");
    for (size_t i = 0; i < status->n_sources; i++)
        evbuffer_add_printf(out, "tremplin_source_halted{source=\"%s\"} %d\n",
                            status->sources[i]->service, status->sources[i]->halted);
    describe(out, "source_bad_answers_total", "counter",
             "Answers of a source that were none, or could not be true.");
    for (size_t i = 0; i < status->n_sources; i++)
        evbuffer_add_printf(out, "tremplin_source_bad_answers_total{source=\"%s\"} %llu\n",
                            status->sources[i]->service,
                            (unsigned long long)status->sources[i]->bad_answers);
    describe(out, "source_reached", "gauge", "1 when a source has answered lately.");
    for (size_t i = 0; i < status->n_sources; i++)
        evbuffer_add_printf(out, "tremplin_source_reached{source=\"%s\"} %d\n",
                            status->sources[i]->service, status->sources[i]->reached);
}

static void add_state(struct evbuffer *out, const Tremplin__StatusReply *status,
                      const struct counter *counters)
{
    describe(out, "state", "gauge", "1 for the state that the service is in.");
    for (const char *const *state = states; *state; state++)
        evbuffer_add_printf(out, "tremplin_state{state=\"%s\"} %d\n", *state,
                            strcmp(*state, status->state) == 0);
    add_gauge(out, "head_sequence", "The last committed entry of the journal.",
              (int64_t)status->head);
    add_gauge(out, "epoch", "The journal's epoch.", status->epoch);
    add_gauge(out, "busy", "1 while inputs wait or acts outside are under way.", status->busy);
    add_gauge(out, "next_tick_seconds", "The next instant at which something is due; 0: none.",
              status->next_tick_ms / 1000);
    add_gauge(out, "erased_households", "Households erased here.", status->erased_households);
    add_gauge(out, "erasures_open", "Keys, or their copy, not yet destroyed.",
              status->erasures_open);
    add_gauge(out, "keys_copy_failed",
              "1 when the keys' copy elsewhere could not be replaced: this disk alone has them.",
              *status->keys_copy_failed != '\0');
    /* The counts are the service's counters, in their order. */
    for (size_t i = 0; i < status->n_counts; i++)
        add_gauge(out, status->counts[i]->name, counters[i].help, status->counts[i]->value);
}

static int64_t used_bytes(MDB_env *env, int64_t *map_bytes)
{
    MDB_envinfo info;
    MDB_stat stat;

    *map_bytes = 0;
    if (mdb_env_info(env, &info) != 0 || mdb_env_stat(env, &stat) != 0)
        return 0;
    *map_bytes = (int64_t)info.me_mapsize;
    return (int64_t)(info.me_last_pgno + 1) * stat.ms_psize;
}

static void add_stores(struct evbuffer *out, struct runtime *runtime)
{
    int64_t journal_map, tables_map;
    int64_t journal = used_bytes(runtime_journal(runtime)->env, &journal_map);
    int64_t tables = used_bytes(runtime_tables(runtime)->env, &tables_map);

    describe(out, "map_used_bytes", "gauge", "Bytes that a store has ever used of its map.");
    evbuffer_add_printf(out,
                        "tremplin_map_used_bytes{store=\"journal\"} %lld\n"
                        "tremplin_map_used_bytes{store=\"tables\"} %lld\n",
                        (long long)journal, (long long)tables);
    describe(out, "map_bytes", "gauge", "Address space of a store's map.");
    evbuffer_add_printf(out,
                        "tremplin_map_bytes{store=\"journal\"} %lld\n"
                        "tremplin_map_bytes{store=\"tables\"} %lld\n",
                        (long long)journal_map, (long long)tables_map);
}

static void add_bus(struct evbuffer *out, const struct zeromq_figures *figures)
{
    add_count(out, "messages_received_total", "Requests that arrived.", figures->received);
    add_count(out, "replies_sent_total", "Replies sent.", figures->replied);
    add_count(out, "replies_lost_total", "Replies whose asker was gone.", figures->replies_lost);
    add_count(out, "published_total", "Events published.", figures->published);
    add_count(out, "malformed_total", "Messages that were no request.", figures->malformed);
    add_count(out, "unknown_keys_total", "Handshakes and requests of unknown keys.",
              figures->unknown_keys);
}

static int64_t resident_bytes(void)
{
    FILE *file = fopen("/proc/self/statm", "re");
    long pages = 0;

    if (!file)
        return 0;
    if (fscanf(file, "%*s %ld", &pages) != 1)
        pages = 0;
    fclose(file);
    return (int64_t)pages * sysconf(_SC_PAGESIZE);
}

/* These have the names that every program's have. */
static void add_process(struct evbuffer *out, const struct health *health)
{
    struct rusage usage = { 0 };

    getrusage(RUSAGE_SELF, &usage);
    evbuffer_add_printf(
        out,
        "# HELP process_resident_memory_bytes Resident memory.\n"
        "# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes %lld\n"
        "# HELP process_cpu_seconds_total Processor time used.\n"
        "# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total %lld.%06ld\n"
        "# HELP process_start_time_seconds When the process started.\n"
        "# TYPE process_start_time_seconds gauge\nprocess_start_time_seconds %lld\n",
        (long long)resident_bytes(),
        (long long)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec +
                    (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000000),
        (long)((usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) % 1000000),
        (long long)health->started_s);
}

static void write_metrics(struct health *health, struct evbuffer *out)
{
    struct runtime *runtime = health->setup.runtime;
    Tremplin__StatusReply status = status_of(runtime, &health->arena);

    describe(out, "build_info", "gauge", "Which release of which service this is; always 1.");
    evbuffer_add_printf(
        out, "tremplin_build_info{service=\"%s\",organisation=\"%s\",version=\"%s\"} 1\n",
        health->setup.service->name, health->setup.organisation, TREMPLIN_VERSION);
    add_state(out, &status, health->setup.service->counters);
    add_sources(out, &status);
    add_figures(out, runtime_figures(runtime));
    add_stores(out, runtime);
    add_bus(out, zeromq_bus_figures(health->setup.bus));
    add_process(out, health);
}

/* --- answers ---------------------------------------------------------------------------------- */

static bool is_ready(const Tremplin__StatusReply *status)
{
    for (size_t i = 0; i < status->n_sources; i++)
        if (status->sources[i]->halted || !status->sources[i]->reached)
            return false;
    return strcmp(status->state, "serving") == 0;
}

/* Exactly one Host, of this machine: no other site's page may ask through a browser. */
static bool is_plain(struct evhttp_request *request)
{
    const struct evkeyvalq *headers = evhttp_request_get_input_headers(request);
    const struct evkeyval *header;
    int hosts = 0;

    TAILQ_FOREACH(header, headers, next)
    {
        size_t name;

        if (strcasecmp(header->key, "Host") != 0)
            continue;
        name = strcspn(header->value, ":");
        hosts++;
        if (!(name == 9 && strncmp(header->value, "127.0.0.1", name) == 0) &&
            !(name == 9 && strncasecmp(header->value, "localhost", name) == 0))
            return false;
    }
    return hosts == 1 && evbuffer_get_length(evhttp_request_get_input_buffer(request)) == 0;
}

static void answer(struct evhttp_request *request, int code, const char *reason, const char *type,
                   struct evbuffer *out)
{
    struct evkeyvalq *headers = evhttp_request_get_output_headers(request);

    evhttp_add_header(headers, "Content-Type", type);
    evhttp_add_header(headers, "Cache-Control", "no-store");
    evhttp_add_header(headers, "Connection", "close");
    evhttp_send_reply(request, code, reason, out);
}

static void answer_status(struct health *health, struct evhttp_request *request,
                          struct evbuffer *out, bool whole)
{
    Tremplin__StatusReply status = status_of(health->setup.runtime, &health->arena);
    bool ready = is_ready(&status);
    struct message_trouble trouble;
    const char *json =
        whole ? codec_to_json(&status.base, CODEC_INDENTED, &health->arena, &trouble) : NULL;

    evbuffer_add_printf(out, "%s\n", json ? json : ready ? "ready" : status.state);
    answer(request, ready || whole ? 200 : 503, ready || whole ? "OK" : "Not ready",
           whole ? "application/json" : "text/plain; charset=utf-8", out);
}

static void on_request(struct evhttp_request *request, void *owner)
{
    struct health *health = owner;
    const char *path = evhttp_uri_get_path(evhttp_request_get_evhttp_uri(request));
    struct evbuffer *out = evbuffer_new();

    if (!out || !path || !is_plain(request)) {
        evhttp_send_error(request, HTTP_BADREQUEST, NULL);
    } else if (strcmp(path, "/livez") == 0) {
        evbuffer_add_printf(out, "alive\n");
        answer(request, 200, "OK", "text/plain; charset=utf-8", out);
    } else if (strcmp(path, "/readyz") == 0) {
        answer_status(health, request, out, false);
    } else if (strcmp(path, "/healthz") == 0) {
        answer_status(health, request, out, true);
    } else if (strcmp(path, "/metrics") == 0) {
        write_metrics(health, out);
        answer(request, 200, "OK", "text/plain; version=0.0.4; charset=utf-8", out);
    } else {
        evhttp_send_error(request, HTTP_NOTFOUND, NULL);
    }
    if (out)
        evbuffer_free(out);
}

/* --- opening ---------------------------------------------------------------------------------- */

static bool listen_at(struct health *health)
{
    const struct health_setup *setup = &health->setup;
    struct evhttp_bound_socket *bound;

    health->server = evhttp_new(setup->loop);
    if (!health->server || setup->port > 65535)
        return false;
    bound = evhttp_bind_socket_with_handle(health->server, "127.0.0.1", (ev_uint16_t)setup->port);
    if (!bound)
        return false;
    health->bounds =
        http_bounds_open(setup->loop, health->server, bound,
                         setup->connections_most ? setup->connections_most : CONNECTIONS_MOST,
                         setup->deadline_ms ? setup->deadline_ms : DEADLINE_MS);
    return health->bounds != NULL;
}

struct health *health_open(const struct health_setup *setup, char sentence[160])
{
    struct health *health = calloc(1, sizeof *health);

    snprintf(sentence, 160, "127.0.0.1:%lld cannot be listened on", (long long)setup->port);
    if (!health)
        return NULL;
    health->setup = *setup;
    health->started_s = (int64_t)time(NULL);
    if (!arena_open(&health->arena, ARENA_SIZE) || !listen_at(health)) {
        health_close(health);
        return NULL;
    }
    evhttp_set_max_headers_size(health->server, HEADERS_MOST);
    evhttp_set_max_body_size(health->server, 0);
    evhttp_set_allowed_methods(health->server, EVHTTP_REQ_GET);
    evhttp_set_gencb(health->server, on_request, health);
    return health;
}

void health_close(struct health *health)
{
    if (!health)
        return;
    if (health->server)
        evhttp_free(health->server);
    http_bounds_close(health->bounds);
    arena_close(&health->arena);
    free(health);
}
