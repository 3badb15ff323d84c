/* yard.h - services as real processes, for tests: a folder, sockets, signals
 *
 * Every yard has a temporary folder of its own with a configuration in it.  A
 * program that is started is waited for until it says READY=1 or ends; nothing
 * sleeps.  Whatever still runs is killed when the yard is closed.
 */
#ifndef TESTS_PROCESS_YARD_H
#define TESTS_PROCESS_YARD_H

#include "libcommon/client.h"
#include "tests/check.h"
#include "tests/runtime/ledger.h"

#include <stdlib.h>
#include <sys/types.h>

enum { CHILDREN_MOST = 8, PATH_SIZE = 256 };

struct child {
    char name[32];
    pid_t pid;    /* 0: has ended */
    int watched;  /* its pidfd */
    int notified; /* the socket on which it says READY=1 */
    int code;     /* once ended: its exit code, or 128 + the signal */
    char log[PATH_SIZE];
};

struct yard {
    char folder[PATH_SIZE / 2];
    char config[PATH_SIZE];
    char endpoints[PATH_SIZE];
    struct child children[CHILDREN_MOST];
    struct client *client;
    struct arena arena;
    char id[37]; /* of the last call without one given */
};

/* The configuration's [organisation] gets more lines, then come the services' sections. */
struct yard *yard_open(const char *organisation_lines, const char *sections);
/* The same in a folder that is there: a disk of its own, say. */
struct yard *yard_open_in(const char *folder, const char *organisation_lines, const char *sections);
void yard_configure(struct yard *yard, const char *organisation_lines, const char *sections);
void yard_close(struct yard *yard);
/* <folder>/<name>, in one of a few buffers. */
const char *yard_path(const struct yard *yard, const char *name);

/* Starts ledger or beside; environment: NAME=value texts ended by NULL, or NULL.  Returns once it
 * is ready (pid > 0) or has ended (code). */
struct child *yard_start(struct yard *yard, const char *name, const char *const environment[]);
/* The same under another program that runs it: strace and its options, ended by NULL. */
struct child *yard_start_under(struct yard *yard, const char *name, const char *const before[],
                               const char *const environment[]);
/* Starts it without waiting. */
struct child *yard_launch(struct yard *yard, const char *name, const char *const environment[]);
/* Waits until it is ready or has ended: true when ready. */
bool child_is_ready(struct child *child);
/* Sends a signal and waits for the end; the code. */
int child_end(struct child *child, int signal);
/* Waits for the end, at most the milliseconds; -1 when it goes on. */
int child_wait(struct child *child, int milliseconds);
/* Has its log this text? */
bool child_said(const struct child *child, const char *text);

/* Calls to the ledger of the yard; the reply lives until the next one. */
const Tremplin__Reply *yard_call(struct yard *yard, const char *service, const char *id,
                                 const char *method, const ProtobufCMessage *asked);
const Tremplin__Reply *yard_open_account(struct yard *yard, const char *account,
                                         const char *holder);
const Tremplin__Reply *yard_pay(struct yard *yard, const char *id, const char *account,
                                int64_t cents);
/* "" when there is no trouble. */
const char *code_of(const Tremplin__Reply *reply);
bool is_done(const Tremplin__Reply *reply);
/* The reply to ledger.Account or beside.Account; NULL when that is refused. */
const Ledger__AccountReply *yard_account(struct yard *yard, const char *service,
                                         const char *account);
const Tremplin__StatusReply *yard_status(struct yard *yard, const char *service);
/* Asks until the follower has heard all that the ledger has; false after half a minute. */
bool yard_settle(struct yard *yard);

/* Sends a text to a port of this machine and gives what comes back until the other closes, NULL
 * when nobody listens; lives until the next one. */
const char *yard_fetch(int port, const char *request);
/* GET of a path. */
const char *yard_get(int port, const char *path);
/* The value of a metric, with its labels if it has any; -1 when it is not there. */
double yard_metric(int port, const char *metric);

/* With the service stopped: are its tables its journal replayed? */
bool yard_replays_same(struct yard *yard, const struct service *service);

#define ACCOUNT "018f0e42-7c1b-7a3e-9d41-0f6a2b8c5d17"

#endif
