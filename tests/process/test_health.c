/* What operators' tools ask is answered in their forms, on this machine only, whatever is asked. */
#include "tests/loopback.h"
#include "tests/process/yard.h"

#include <poll.h>
#include <signal.h>
#include <time.h>

/* --- the text format of Prometheus, read strictly --------------------------------------------- */

enum { METRICS_MOST = 128, NAME_MOST = 80 };

struct metric {
    char name[NAME_MOST];
    char type[16];
    bool helped;
    int samples;
};

static struct metric *metric_named(struct metric metrics[METRICS_MOST], const char *name,
                                   size_t length)
{
    for (size_t i = 0; i < METRICS_MOST; i++) {
        if (*metrics[i].name == '\0') {
            snprintf(metrics[i].name, NAME_MOST, "%.*s", (int)length, name);
            return &metrics[i];
        }
        if (strlen(metrics[i].name) == length && strncmp(metrics[i].name, name, length) == 0)
            return &metrics[i];
    }
    return NULL;
}

static bool ends(const char *name, size_t length, const char *end)
{
    return length > strlen(end) && strncmp(name + length - strlen(end), end, strlen(end)) == 0;
}

/* What is wrong with a sample's line; NULL when nothing is. */
static const char *wrong_with_sample(struct metric metrics[METRICS_MOST], const char *line)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
    size_t length = strspn(line, letters), family = length;
    const char *value = line + length;
    struct metric *metric;
    char *end;

    for (const char *const *suffix = (const char *const[]){ "_bucket", "_sum", "_count", NULL };
         *suffix; suffix++)
        if (ends(line, length, *suffix)) {
            metric = metric_named(metrics, line, length - strlen(*suffix));
            if (strcmp(metric->type, "histogram") == 0)
                family = length - strlen(*suffix);
        }
    metric = metric_named(metrics, line, family);
    if (length == 0 || !metric->helped || *metric->type == '\0')
        return "a sample without HELP and TYPE before it";
    if (ends(line, length, "_total") != (strcmp(metric->type, "counter") == 0))
        return "a counter's name ends with _total, no other's does";
    if (*value == '{') {
        value = strchr(value, '}');
        if (!value)
            return "labels that do not end";
        value++;
    }
    if (*value != ' ')
        return "no space before the value";
    strtod(value + 1, &end);
    if (end == value + 1 || (*end != '\n' && *end != '\0'))
        return "a value that is no number";
    metric->samples++;
    return NULL;
}

static const char *wrong_with_line(struct metric metrics[METRICS_MOST], const char *line)
{
    bool help = strncmp(line, "# HELP ", 7) == 0;
    struct metric *metric;
    char type[16] = "";

    if (*line != '#')
        return wrong_with_sample(metrics, line);
    if (!help && strncmp(line, "# TYPE ", 7) != 0)
        return "a comment that is neither HELP nor TYPE";
    metric = metric_named(metrics, line + 7, strcspn(line + 7, " "));
    if (metric->samples > 0 || (help ? metric->helped : *metric->type != '\0'))
        return "told twice, or after a sample";
    if (help)
        metric->helped = true;
    else if (sscanf(line + 7, "%*s %15s", type) != 1)
        return "no type";
    else
        memcpy(metric->type, type, sizeof type);
    return help || strcmp(type, "counter") == 0 || strcmp(type, "gauge") == 0 ||
                   strcmp(type, "histogram") == 0
               ? NULL
               : "an unknown type";
}

static void check_metrics(const char *answer)
{
    static struct metric metrics[METRICS_MOST];
    const char *line = strstr(answer, "\r\n\r\n");
    int samples = 0;

    memset(metrics, 0, sizeof metrics);
    check(strncmp(answer, "HTTP/1.1 200", 12) == 0, "/metrics is answered");
    check(strstr(answer, "Content-Type: text/plain; version=0.0.4") != NULL, "as text 0.0.4");
    check(line && answer[strlen(answer) - 1] == '\n', "the last line ends");
    for (line += 4; *line; line = strchr(line, '\n') + 1) {
        const char *wrong = wrong_with_line(metrics, line);

        if (wrong)
            check(false, "%.*s: %s", (int)strcspn(line, "\n"), line, wrong);
        samples += *line != '#';
    }
    for (size_t i = 0; i < METRICS_MOST && *metrics[i].name; i++)
        if (*metrics[i].type && metrics[i].samples == 0)
            check(false, "%s has no sample", metrics[i].name);
    check(samples > 40, "%d samples, each as its HELP and TYPE say", samples);
}

static void test_metrics(void)
{
    int ledger_port = loopback_free_port(), beside_port = loopback_free_port();
    char sections[128];
    struct yard *yard;
    struct child *process;

    snprintf(sections, sizeof sections, "[ledger]\nhealth = %d\n[beside]\nhealth = %d\n",
             ledger_port, beside_port);
    yard = yard_open(NULL, sections);
    about("metrics");
    process = yard_start(yard, "ledger", NULL);
    yard_start(yard, "beside", NULL);
    yard_open_account(yard, ACCOUNT, NULL);
    for (int i = 0; i < 5; i++)
        yard_pay(yard, NULL, ACCOUNT, 1);
    yard_pay(yard, NULL, ACCOUNT, -1);
    yard_settle(yard);
    check_metrics(yard_get(ledger_port, "/metrics"));
    check_metrics(yard_get(beside_port, "/metrics"));
    check_number((int64_t)yard_metric(ledger_port, "tremplin_commands_total"), 6,
                 "six commands were done");
    check_number((int64_t)yard_metric(ledger_port, "tremplin_refusals_total"), 1,
                 "one was refused");
    check_number((int64_t)yard_metric(ledger_port, "tremplin_commit_seconds_bucket{le=\"+Inf\"}"),
                 (int64_t)yard_metric(ledger_port, "tremplin_commit_seconds_count"),
                 "the last bucket holds every commit");
    check(yard_metric(ledger_port, "tremplin_commit_seconds_bucket{le=\"0.001\"}") <=
              yard_metric(ledger_port, "tremplin_commit_seconds_bucket{le=\"1\"}"),
          "buckets grow");
    check_number(
        (int64_t)yard_metric(beside_port, "tremplin_source_lag_entries{source=\"ledger\"}"), 0,
        "the follower has no lag");
    check_number((int64_t)yard_metric(beside_port, "tremplin_hearings_total"), 6, "it heard six");
    check(yard_metric(ledger_port, "process_resident_memory_bytes") > 1e6, "memory is told");

    about("readiness");
    check(strstr(yard_get(beside_port, "/readyz"), "200 OK") != NULL,
          "a follower of a live source");
    child_end(process, SIGTERM);
    for (time_t until = time(NULL) + 30;
         time(NULL) < until && strstr(yard_get(beside_port, "/readyz"), "200 OK");)
        poll(NULL, 0, 20);
    check(strstr(yard_get(beside_port, "/readyz"), "503 ") != NULL,
          "is not ready once the source has not answered for a while");
    check(strstr(yard_get(beside_port, "/livez"), "200 OK") != NULL, "but alive");
    check(strstr(yard_get(beside_port, "/healthz"), "\"service\": \"beside\"") != NULL,
          "/healthz tells the status in JSON");
    yard_close(yard);
}

/* --- what must not be answered ---------------------------------------------------------------- */

static const struct {
    const char *request;
    int code;
    const char *sentence;
} requests[] = {
    { "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n", 200, "a plain request" },
    { "GET /livez HTTP/1.1\r\nHost: localhost:9\r\n\r\n", 200, "a Host with a port" },
    { "GET /livez HTTP/1.1\r\nConnection: close\r\n\r\n", 400, "no Host" },
    { "GET /livez HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", 400, "two Hosts" },
    { "GET /livez HTTP/1.1\r\nHost: example.org\r\n\r\n", 400, "another site's Host" },
    { "POST /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n", 501, "a POST" },
    { "DELETE /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n", 501, "a DELETE" },
    { "GET /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello", 413, "a body" },
    { "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n", 404, "another path" },
    { "GET /../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n", 404, "a path that climbs" },
    { "nonsense\r\n\r\n", 400, "nonsense" },
};

static void test_requests(void)
{
    static char large[64 * 1024];
    int port = loopback_free_port();
    char sections[64];
    struct yard *yard;
    const char *answer;

    about("requests");
    snprintf(sections, sizeof sections, "[ledger]\nhealth = %d\n", port);
    yard = yard_open(NULL, sections);
    yard_start(yard, "ledger", NULL);
    for (size_t i = 0; i < sizeof requests / sizeof *requests; i++) {
        int code = 0;

        answer = yard_fetch(port, requests[i].request);
        if (answer)
            sscanf(answer, "HTTP/1.%*d %d", &code);
        check_number(code, requests[i].code, "%s", requests[i].sentence);
    }
    snprintf(large, sizeof large, "GET /livez HTTP/1.1\r\nHost: localhost\r\nX: ");
    memset(large + strlen(large), 'x', 20000);
    strcat(large, "\r\n\r\n");
    answer = yard_fetch(port, large);
    check(answer && !strstr(answer, "200 OK"), "20 kB of headers are not answered with 200");
    check(strstr(yard_get(port, "/livez"), "200 OK") != NULL, "and it serves on");
    yard_close(yard);
}

/* Only 127.0.0.1: another address of this machine is not listened on. */
static void test_address(void)
{
    int port = loopback_free_port();
    char sections[64], line[256], wanted[32];
    struct yard *yard;
    int listening = 0;
    FILE *file;

    about("where it listens");
    snprintf(sections, sizeof sections, "[ledger]\nhealth = %d\n", port);
    yard = yard_open(NULL, sections);
    yard_start(yard, "ledger", NULL);
    file = fopen("/proc/net/tcp", "r");
    snprintf(wanted, sizeof wanted, ":%04X 00000000:0000 0A", port);
    while (file && fgets(line, sizeof line, file))
        if (strstr(line, wanted)) {
            listening++;
            check(strstr(line, "0100007F:") != NULL, "at 127.0.0.1");
        }
    if (file)
        fclose(file);
    check_number(listening, 1, "and nowhere else");
    yard_start(yard, "beside", NULL);
    yard_configure(yard, NULL, sections);
    yard_close(yard);
}

static void test_port_in_use(void)
{
    int port = loopback_free_port();
    char sections[128];
    struct yard *yard;
    struct child *second;

    about("a port that is taken");
    snprintf(sections, sizeof sections, "[ledger]\nhealth = %d\n[beside]\nhealth = %d\n", port,
             port);
    yard = yard_open(NULL, sections);
    yard_start(yard, "ledger", NULL);
    second = yard_start(yard, "beside", NULL);
    check_number(second->code, 69, "ends the second with 69");
    yard_close(yard);
}

int main(void)
{
    test_metrics();
    test_requests();
    test_address();
    test_port_in_use();
    return checks_done();
}
