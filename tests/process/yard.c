#include "tests/process/yard.h"

#include "libcommon/runtime.h"
#include "tests/loopback.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <sodium.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

_Noreturn static void give_up(const char *what)
{
    printf("Bail out! %s: %s\n", what, strerror(errno));
    exit(2);
}

/* --- the folder ------------------------------------------------------------------------------- */

const char *yard_path(const struct yard *yard, const char *name)
{
    static char paths[8][PATH_SIZE];
    static size_t next;
    char *path = paths[next++ % 8];

    snprintf(path, PATH_SIZE, "%s/%s", yard->folder, name);
    return path;
}

void yard_configure(struct yard *yard, const char *organisation_lines, const char *sections)
{
    FILE *file = fopen(yard->config, "w");

    if (!file)
        give_up(yard->config);
    fprintf(file,
            "[organisation]\nname = toit\nservices = ledger beside\ndata = data\n"
            "endpoints = run\nparameters = %s/deploy/parameters.csv\n%s\n%s\n",
            TREMPLIN_SOURCE, organisation_lines ? organisation_lines : "",
            sections ? sections : "");
    fclose(file);
}

struct yard *yard_open_in(const char *folder, const char *organisation_lines, const char *sections)
{
    struct yard *yard = calloc(1, sizeof *yard);

    if (!yard || !arena_open(&yard->arena, 4 * 1024 * 1024))
        give_up("a yard");
    setvbuf(stdout, NULL, _IOLBF, 0);
    snprintf(yard->folder, sizeof yard->folder, "%s", folder);
    snprintf(yard->config, sizeof yard->config, "%s", yard_path(yard, "tremplin.ini"));
    snprintf(yard->endpoints, sizeof yard->endpoints, "%s", yard_path(yard, "run"));
    yard_configure(yard, organisation_lines, sections);
    return yard;
}

struct yard *yard_open(const char *organisation_lines, const char *sections)
{
    char folder[64] = "/tmp/tremplin-XXXXXX";

    if (!mkdtemp(folder))
        give_up(folder);
    return yard_open_in(folder, organisation_lines, sections);
}

static int remove_one(const char *path, const struct stat *stat, int kind, struct FTW *place)
{
    (void)stat;
    (void)kind;
    if (place->level > 0 || strncmp(path, "/tmp/tremplin-", 14) == 0)
        remove(path);
    return 0;
}

void yard_close(struct yard *yard)
{
    for (size_t i = 0; i < CHILDREN_MOST; i++) {
        struct child *child = &yard->children[i];

        if (child->pid > 0)
            child_end(child, SIGKILL);
        if (child->notified > 0)
            close(child->notified);
    }
    client_close(yard->client);
    nftw(yard->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    arena_close(&yard->arena);
    free(yard);
}

/* --- processes -------------------------------------------------------------------------------- */

static int open_notified(const struct yard *yard, const char *name, char variable[PATH_SIZE + 16])
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int notified = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    char path[PATH_SIZE];

    snprintf(path, sizeof path, "%s/%s.notify", yard->folder, name);
    unlink(path);
    snprintf(address.sun_path, sizeof address.sun_path, "%.*s", (int)sizeof address.sun_path - 1,
             path);
    if (notified < 0 || bind(notified, (const struct sockaddr *)&address, sizeof address) != 0)
        give_up(path);
    snprintf(variable, PATH_SIZE + 16, "NOTIFY_SOCKET=%s", path);
    return notified;
}

static struct child *child_named(struct yard *yard, const char *name)
{
    for (size_t i = 0; i < CHILDREN_MOST; i++) {
        struct child *child = &yard->children[i];

        if (*child->name && strcmp(child->name, name) != 0)
            continue;
        if (child->pid > 0) {
            /* A second one of that name, while the first goes on. */
            continue;
        }
        snprintf(child->name, sizeof child->name, "%s", name);
        if (child->notified > 0)
            close(child->notified);
        return child;
    }
    give_up("too many processes");
}

/* In the child: it ends with the test, however that ends, and holds none of its pipes. */
_Noreturn static void become(const char *log, const char *const arguments[],
                             const char *const variables[])
{
    int file = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(file, STDOUT_FILENO);
    dup2(file, STDERR_FILENO);
    execvpe(arguments[0], (char **)(uintptr_t)arguments, (char **)(uintptr_t)variables);
    _exit(127);
}

static struct child *launch(struct yard *yard, const char *name, const char *const before[],
                            const char *const environment[])
{
    struct child *child = child_named(yard, name);
    char program[PATH_SIZE], variable[PATH_SIZE + 16], own[64];
    const char *arguments[40], *variables[200];
    size_t count = 0, set = 0;

    snprintf(program, sizeof program, "%s/%s", TREMPLIN_PROGRAMS, name);
    snprintf(own, sizeof own, "%s.%d", name, (int)(child - yard->children));
    child->notified = open_notified(yard, own, variable);
    strcat(own, ".log");
    memcpy(child->log, yard_path(yard, own), PATH_SIZE);
    for (; before && *before; before++)
        arguments[count++] = *before;
    arguments[count++] = program;
    arguments[count++] = "--config";
    arguments[count++] = yard->config;
    arguments[count] = NULL;
    variables[set++] = variable;
    for (; environment && *environment; environment++)
        variables[set++] = *environment;
    for (char **inherited = environ; *inherited && set < 190; inherited++)
        variables[set++] = *inherited;
    variables[set] = NULL;
    child->pid = fork();
    if (child->pid < 0)
        give_up("fork");
    if (child->pid == 0)
        become(child->log, arguments, variables);
    child->watched = (int)syscall(SYS_pidfd_open, child->pid, 0);
    if (child->watched < 0)
        give_up("pidfd_open");
    return child;
}

static void reap(struct child *child)
{
    int status = 0;

    waitpid(child->pid, &status, 0);
    child->code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    child->pid = 0;
    close(child->watched);
}

bool child_is_ready(struct child *child)
{
    for (;;) {
        struct pollfd watched[] = { { child->notified, POLLIN, 0 }, { child->watched, POLLIN, 0 } };
        char said[256] = "";

        if (poll(watched, 2, 60 * 1000) <= 0)
            give_up("a service is neither ready nor ended");
        if (watched[0].revents & POLLIN) {
            ssize_t length = recv(child->notified, said, sizeof said - 1, 0);

            said[length > 0 ? length : 0] = '\0';
            if (strstr(said, "READY=1"))
                return true;
        } else if (watched[1].revents) {
            reap(child);
            return false;
        }
    }
}

struct child *yard_launch(struct yard *yard, const char *name, const char *const environment[])
{
    return launch(yard, name, NULL, environment);
}

struct child *yard_start(struct yard *yard, const char *name, const char *const environment[])
{
    return yard_start_under(yard, name, NULL, environment);
}

struct child *yard_start_under(struct yard *yard, const char *name, const char *const before[],
                               const char *const environment[])
{
    struct child *child = launch(yard, name, before, environment);

    child_is_ready(child);
    return child;
}

int child_wait(struct child *child, int milliseconds)
{
    struct pollfd watched = { child->watched, POLLIN, 0 };

    if (child->pid > 0 && poll(&watched, 1, milliseconds) == 0)
        return -1;
    if (child->pid > 0)
        reap(child);
    return child->code;
}

int child_end(struct child *child, int signal)
{
    if (child->pid > 0)
        kill(child->pid, signal);
    if (child_wait(child, 60 * 1000) < 0)
        give_up("a service does not end");
    return child->code;
}

bool child_said(const struct child *child, const char *text)
{
    FILE *file = fopen(child->log, "r");
    char line[2048];
    bool said = false;

    while (file && !said && fgets(line, sizeof line, file))
        said = strstr(line, text) != NULL;
    if (file)
        fclose(file);
    return said;
}

/* --- calls ------------------------------------------------------------------------------------ */

const Tremplin__Reply *yard_call(struct yard *yard, const char *service, const char *id,
                                 const char *method, const ProtobufCMessage *asked)
{
    struct client_setup setup = { .endpoints = yard->endpoints, .actor = "tests" };
    struct bytes body;
    uint8_t *packed;

    if (!yard->client)
        yard->client = client_open(&setup);
    if (!yard->client)
        give_up("a client");
    arena_reset(&yard->arena);
    body.length = protobuf_c_message_get_packed_size(asked);
    packed = arena_take(&yard->arena, body.length + 1);
    protobuf_c_message_pack(asked, packed);
    body.at = packed;
    return client_call_at(yard->client, service, id ? id : client_new_id(yard->id), method, body,
                          NULL, 0, &yard->arena);
}

const Tremplin__Reply *yard_open_account(struct yard *yard, const char *account, const char *holder)
{
    Ledger__OpenAccount asked = LEDGER__OPEN_ACCOUNT__INIT;
    Tremplin__Sealed name = TREMPLIN__SEALED__INIT;

    asked.account = (char *)(uintptr_t)account;
    name.clear = (char *)(uintptr_t)holder;
    asked.holder = holder ? &name : NULL;
    return yard_call(yard, "ledger", NULL, "ledger.OpenAccount", &asked.base);
}

const Tremplin__Reply *yard_pay(struct yard *yard, const char *id, const char *account,
                                int64_t cents)
{
    Ledger__Pay asked = LEDGER__PAY__INIT;
    Tremplin__Money amount = TREMPLIN__MONEY__INIT;

    asked.account = (char *)(uintptr_t)account;
    amount.cents = cents;
    asked.amount = &amount;
    return yard_call(yard, "ledger", id, "ledger.Pay", &asked.base);
}

const char *code_of(const Tremplin__Reply *reply)
{
    return !reply ? "no reply" : reply->trouble ? reply->trouble->code : "";
}

bool is_done(const Tremplin__Reply *reply)
{
    return reply && reply->status == TREMPLIN__STATUS__STATUS_DONE;
}

const Ledger__AccountReply *yard_account(struct yard *yard, const char *service,
                                         const char *account)
{
    Ledger__AccountQuery asked = LEDGER__ACCOUNT_QUERY__INIT;
    const Tremplin__Reply *reply;
    char method[64];

    asked.account = (char *)(uintptr_t)account;
    snprintf(method, sizeof method, "%s.Account", service);
    reply = yard_call(yard, service, NULL, method, &asked.base);
    if (!is_done(reply))
        return NULL;
    return ledger__account_reply__unpack(&yard->arena.unpacker, reply->body.len, reply->body.data);
}

const Tremplin__StatusReply *yard_status(struct yard *yard, const char *service)
{
    Tremplin__StatusQuery asked = TREMPLIN__STATUS_QUERY__INIT;
    const Tremplin__Reply *reply = yard_call(yard, service, NULL, "Runtime.Status", &asked.base);

    if (!is_done(reply))
        return NULL;
    return tremplin__status_reply__unpack(&yard->arena.unpacker, reply->body.len, reply->body.data);
}

bool yard_settle(struct yard *yard)
{
    time_t until = time(NULL) + 30;

    while (time(NULL) < until) {
        const Tremplin__StatusReply *status = yard_status(yard, "ledger");
        uint64_t head = status ? status->head : 0;

        status = yard_status(yard, "beside");
        if (status && status->n_sources == 1 && status->sources[0]->sequence == head)
            return true;
    }
    return false;
}

/* --- http ------------------------------------------------------------------------------------- */

const char *yard_fetch(int port, const char *request)
{
    static char answer[256 * 1024];
    int connection = loopback_connected(port);
    struct timeval limit = { .tv_sec = 30 };
    size_t length = 0;
    ssize_t got;

    if (connection < 0)
        return NULL;
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    send(connection, request, strlen(request), MSG_NOSIGNAL);
    while (length < sizeof answer - 1 &&
           (got = recv(connection, answer + length, sizeof answer - 1 - length, 0)) > 0)
        length += (size_t)got;
    answer[length] = '\0';
    close(connection);
    return answer;
}

const char *yard_get(int port, const char *path)
{
    char request[256];

    snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", path);
    return yard_fetch(port, request);
}

double yard_metric(int port, const char *metric)
{
    const char *answer = yard_get(port, "/metrics");
    size_t length = strlen(metric);

    for (const char *line = answer; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, metric, length) == 0 && line[length] == ' ')
            return strtod(line + length, NULL);
    }
    return -1;
}

/* --- the store of a service that is stopped --------------------------------------------------- */

static int64_t zero_ms(void *self)
{
    (void)self;
    return 0;
}

static void some_random(void *self, uint8_t *bytes, size_t length)
{
    (void)self;
    randombytes_buf(bytes, length);
}

bool yard_replays_same(struct yard *yard, const struct service *service)
{
    static struct parameters parameters;
    char directory[PATH_SIZE], scratch[PATH_SIZE];
    struct runtime_setup setup = {
        .service = service,
        .organisation = "toit",
        .directory = directory,
        .keys_copy = "",
        .parameters = &parameters,
        .surroundings = { .wall_ms = zero_ms, .monotonic_ms = zero_ms, .random = some_random },
    };
    struct fault fault = { 0 };
    uint8_t here[32], replayed[32];
    bool same;

    snprintf(directory, sizeof directory, "%s/data/%s", yard->folder, service->name);
    snprintf(scratch, sizeof scratch, "%s/again-%s", yard->folder, service->name);
    same = runtime_replays_same(&setup, scratch, here, replayed, &fault);
    if (fault.kind != NO_FAULT)
        printf("# %s\n", fault.detail);
    return same;
}
