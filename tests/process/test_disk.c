/* A disk that is full, that fails, or that gives back something else than was written: nothing
 * acknowledged is lost, and what is wrong is said. */
#include "tests/loopback.h"
#include "tests/process/yard.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static struct client *impatient(const struct yard *yard, int64_t timeout_ms)
{
    struct client_setup setup = {
        .endpoints = yard->endpoints,
        .actor = "tests",
        .timeout_ms = timeout_ms,
    };

    return client_open(&setup);
}

static const Tremplin__Reply *fill(struct yard *yard, struct client *client, const char *id)
{
    Ledger__Fill asked = LEDGER__FILL__INIT;
    uint8_t packed[128];

    asked.account = (char *)(uintptr_t)ACCOUNT;
    asked.times = 200;
    asked.size = 1500;
    arena_reset(&yard->arena);
    return client_call(client, id, "ledger.Fill",
                       (struct bytes){ packed, ledger__fill__pack(&asked, packed) }, NULL, 0,
                       &yard->arena);
}

/* --- a full disk ------------------------------------------------------------------------------ */

static void fill_up(const char *path)
{
    static const char block[64 * 1024];
    int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    size_t size = sizeof block;

    while (size > 0)
        if (write(file, block, size) <= 0)
            size /= 2;
    close(file);
}

static void give_back(const char *path, off_t bytes)
{
    struct stat stat;

    if (lstat(path, &stat) != 0 || truncate(path, stat.st_size - bytes) != 0)
        printf("Bail out! no room can be given back\n"), exit(2);
}

/* spare: what little room is left, so that a write begins and comes short. */
static void test_full(off_t spare)
{
    int port = loopback_free_port();
    char sections[64], room[PATH_SIZE];
    struct yard *yard;
    struct client *client;
    struct child *process;
    const Tremplin__Reply *reply;
    int done = 0;

    about("a disk with %d bytes left", (int)spare);
    snprintf(sections, sizeof sections, "[ledger]\nhealth = %d\n", port);
    yard = yard_open(NULL, sections);
    mkdir(yard_path(yard, "data"), 0700);
    if (mount("none", yard_path(yard, "data"), "tmpfs", 0, "size=24m,mode=0700") != 0) {
        printf("# skipped: no file system can be mounted here: %s\n", strerror(errno));
        yard_close(yard);
        return;
    }
    snprintf(room, sizeof room, "%s", yard_path(yard, "data/room"));
    client = impatient(yard, 1500);
    process = yard_start(yard, "ledger", NULL);
    yard_open_account(yard, ACCOUNT, "Marguerite Vasseur");
    check(is_done(yard_pay(yard, NULL, ACCOUNT, 100)), "while there is room, commands are done");
    fill_up(room);
    give_back(room, spare);
    for (int i = 0; i < 20; i++) {
        reply = fill(yard, client, NULL);
        if (!is_done(reply))
            break;
        done++;
    }
    check(!is_done(reply), "without room, after %d more, one is not", done);
    check_text(code_of(reply), "DISK_FULL", "it is told that the disk is full");
    check(reply && reply->status == TREMPLIN__STATUS__STATUS_TRY_AGAIN, "and to try again");
    check(yard_account(yard, "ledger", ACCOUNT) != NULL, "queries are answered");
    check_number(yard_account(yard, "ledger", ACCOUNT)->balance->cents, 100,
                 "with what was acknowledged");
    check_text(yard_status(yard, "ledger")->state, "full", "the status says so");
    check(strstr(yard_get(port, "/readyz"), "503 ") != NULL, "it is not ready");
    check(child_wait(process, 0) < 0 && child_said(process, "event=full"),
          "it lives, and logged it");
    unlink(room);
    reply = yard_pay(yard, NULL, ACCOUNT, 200);
    check(is_done(reply), "with room again, the next command is done, by itself");
    check(child_said(process, "event=room_again"), "which it logged");
    check(child_wait(process, 0) < 0, "in the same process");
    check_number(child_end(process, SIGTERM), 0, "it stops cleanly");
    process = yard_start(yard, "ledger", NULL);
    check_number(yard_account(yard, "ledger", ACCOUNT)->balance->cents, 300, "nothing was lost");
    check_text(yard_account(yard, "ledger", ACCOUNT)->holder, "Marguerite Vasseur",
               "what was sealed neither");
    child_end(process, SIGTERM);
    check(yard_replays_same(yard, &ledger), "the tables are the journal replayed");
    client_close(client);
    umount(yard_path(yard, "data"));
    yard_close(yard);
}

/* --- a write that comes short ----------------------------------------------------------------- */

static bool can_inject(void);

/* The n-th write says that it wrote less than it was given, as when the disk fills up meanwhile. */
static bool is_full_and_recovers(const char *call, int n, int *exits)
{
    char inject[80], trace[40];
    const char *before[] = { "strace", "-D",  "-f", "-qq",  "-o", "/dev/null",
                             "-e",     trace, "-e", inject, NULL };
    struct yard *yard = yard_open(NULL, NULL);
    struct child *process;
    bool recovers = false;

    snprintf(trace, sizeof trace, "trace=%s", call);
    snprintf(inject, sizeof inject, "inject=%s:retval=512:when=%d", call, n);
    process = yard_start_under(yard, "ledger", before, NULL);
    if (process->pid > 0) {
        struct client *client = impatient(yard, 8000);
        bool opened = is_done(yard_open_account(yard, ACCOUNT, "Marguerite Vasseur"));

        for (int i = 0; i < 3 && opened; i++)
            opened = is_done(yard_pay(yard, NULL, ACCOUNT, 100));
        recovers = opened && child_wait(process, 0) < 0 && child_said(process, "event=full") &&
                   child_said(process, "came short");
        client_close(client);
    }
    *exits += child_wait(process, 0) >= 0;
    if (process->pid > 0)
        child_end(process, SIGTERM);
    yard_close(yard);
    return recovers;
}

static void test_short(void)
{
    enum { CALLS = 16 };
    int full = 0, exits = 0;

    about("a write that comes short is a full disk, not a broken one");
    if (!can_inject()) {
        printf("# skipped: strace cannot inject faults here\n");
        return;
    }
    for (int n = 1; n <= CALLS; n++)
        full += is_full_and_recovers("writev", n, &exits);
    check(full > 0,
          "of %d short writes %d lead to state full, and back by themselves (%d ended it)", CALLS,
          full, exits);
}

/* Tables from before most of what the journal has: a start has much to apply. */
static void keep_tables(const struct yard *yard, const char *from, const char *to)
{
    char command[PATH_SIZE * 3];

    snprintf(command, sizeof command, "rm -rf %s && cp -r %s %s", yard_path(yard, to),
             yard_path(yard, from), yard_path(yard, to));
    if (system(command) != 0)
        printf("Bail out! %s\n", command);
}

static void test_full_at_start(void)
{
    struct yard *yard = yard_open(NULL, NULL);
    struct child *process;
    char room[PATH_SIZE];
    int done = 0;

    about("a disk that is full when the service starts");
    mkdir(yard_path(yard, "data"), 0700);
    if (mount("none", yard_path(yard, "data"), "tmpfs", 0, "size=64m,mode=0700") != 0) {
        printf("# skipped: no file system can be mounted here: %s\n", strerror(errno));
        yard_close(yard);
        return;
    }
    snprintf(room, sizeof room, "%s", yard_path(yard, "data/room"));
    process = yard_start(yard, "ledger", NULL);
    yard_open_account(yard, ACCOUNT, "Marguerite Vasseur");
    child_end(process, SIGTERM);
    keep_tables(yard, "data/ledger/tables", "tables");
    process = yard_start(yard, "ledger", NULL);
    for (int i = 0; i < 30; i++)
        done += is_done(fill(yard, yard->client, NULL));
    check_number(done, 30, "thousands of rows are written");
    check(is_done(yard_pay(yard, NULL, ACCOUNT, 100)), "and a payment");
    child_end(process, SIGTERM);
    keep_tables(yard, "tables", "data/ledger/tables");
    fill_up(room);
    process = yard_start(yard, "ledger", NULL);
    check(process->pid > 0, "with no room for a checkpoint on the way it starts all the same");
    check_text(process->pid > 0 ? yard_status(yard, "ledger")->state : "", "full", "in state full");
    check_number(process->pid > 0 ? yard_account(yard, "ledger", ACCOUNT)->balance->cents : 0, 100,
                 "and answers with all that was acknowledged");
    unlink(room);
    check(is_done(yard_pay(yard, NULL, ACCOUNT, 200)), "with room again it goes on by itself");
    child_end(process, SIGTERM);
    umount(yard_path(yard, "data"));
    yard_close(yard);
}

/* --- a failing disk: every call that writes, in turn ------------------------------------------ */

enum { PAYMENTS = 5 };

static bool can_inject(void)
{
    return system("strace -D -qq -e trace=fdatasync -e inject=fdatasync:error=EIO:when=9 true "
                  ">/dev/null 2>&1") == 0;
}

/* Commands under fixed identifiers; counts those acknowledged. */
static int do_all(struct yard *yard, struct client *client, bool opened[1], bool paid[PAYMENTS])
{
    Ledger__OpenAccount open = LEDGER__OPEN_ACCOUNT__INIT;
    Ledger__Pay pay = LEDGER__PAY__INIT;
    Tremplin__Money amount = TREMPLIN__MONEY__INIT;
    Tremplin__Sealed holder = TREMPLIN__SEALED__INIT;
    uint8_t packed[256];
    char id[40];
    int done = 0;

    open.account = pay.account = (char *)(uintptr_t)ACCOUNT;
    holder.clear = (char *)(uintptr_t) "Marguerite Vasseur";
    open.holder = &holder;
    arena_reset(&yard->arena);
    if (is_done(client_call(client, "018f0e42-7c1b-7a3e-9d41-00000000ffff", "ledger.OpenAccount",
                            (struct bytes){ packed, ledger__open_account__pack(&open, packed) },
                            NULL, 0, &yard->arena)))
        opened[0] = true;
    for (int i = 0; i < PAYMENTS && opened[0]; i++) {
        snprintf(id, sizeof id, "018f0e42-7c1b-7a3e-9d41-%012x", i);
        amount.cents = i + 1;
        pay.amount = &amount;
        if (!is_done(client_call(client, id, "ledger.Pay",
                                 (struct bytes){ packed, ledger__pay__pack(&pay, packed) }, NULL, 0,
                                 &yard->arena)))
            break;
        paid[i] = true;
    }
    done += opened[0];
    for (int i = 0; i < PAYMENTS; i++)
        done += paid[i];
    return done;
}

/* One run with the n-th call of a kind failing; false when it came through untouched. */
static bool run_failing(const char *call, const char *error, int n)
{
    char inject[80], trace[40];
    const char *before[] = { "strace", "-D",  "-f", "-qq",  "-o", "/dev/null",
                             "-e",     trace, "-e", inject, NULL };
    struct yard *yard = yard_open(NULL, NULL);
    struct client *client = impatient(yard, 400);
    struct child *process;
    bool opened[1] = { false }, paid[PAYMENTS] = { false }, again[PAYMENTS] = { false };
    int done = 0, code = 0, sum = 0;
    bool touched, sound;

    snprintf(trace, sizeof trace, "trace=%s", call);
    snprintf(inject, sizeof inject, "inject=%s:error=%s:when=%d", call, error, n);
    process = yard_start_under(yard, "ledger", before, NULL);
    if (process->pid > 0) {
        done = do_all(yard, client, opened, paid);
        code = child_wait(process, 0) < 0 ? child_end(process, SIGTERM) : process->code;
    } else {
        code = process->code;
    }
    touched = code != 0 || done < PAYMENTS + 1;
    if (code != 0 && code != 73 && code != 74)
        check(false, "%s number %d failing with %s: ends with %d", call, n, error, code);
    client_close(client);
    client = impatient(yard, 5000);
    process = yard_start(yard, "ledger", NULL);
    sound = process->pid > 0;
    /* The journal first, as the dead process left it: what was acknowledged is there. */
    if (sound && opened[0]) {
        const Ledger__AccountReply *account = yard_account(yard, "ledger", ACCOUNT);

        for (int i = 0; i < PAYMENTS; i++)
            sum += paid[i] ? i + 1 : 0;
        sound = account && account->balance && (account->balance->cents >= sum || sum == 0) &&
                strcmp(account->holder, "Marguerite Vasseur") == 0;
        if (account && !account->balance)
            sound = sum == 0;
    }
    sound = sound && do_all(yard, client, opened, again) == PAYMENTS + 1 &&
            yard_account(yard, "ledger", ACCOUNT)->balance->cents == PAYMENTS * (PAYMENTS + 1) / 2;
    if (process->pid > 0)
        child_end(process, SIGTERM);
    sound = sound && yard_replays_same(yard, &ledger);
    if (!sound)
        check(false, "%s number %d failing with %s: nothing acknowledged is lost, nothing doubled",
              call, n, error);
    client_close(client);
    yard_close(yard);
    return touched;
}

static void test_failing(void)
{
    static const char *const calls[] = { "fdatasync", "pwrite64", "writev", "fsync" };
    static const char *const errors[] = { "EIO", "ENOSPC" };
    enum { CALLS_MOST = 80, UNTOUCHED_MOST = 4 };

    about("a disk that fails at any one of its calls");
    if (!can_inject()) {
        printf("# skipped: strace cannot inject faults here\n");
        return;
    }
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        for (size_t e = 0; e < sizeof errors / sizeof *errors; e++) {
            int untouched = 0, failed_before = checks_failed, n = 1, touched = 0;

            /* Some calls' failure hurts nobody: the end is where several in a row do not. */
            for (; n <= CALLS_MOST && untouched < UNTOUCHED_MOST; n++) {
                bool hurt = run_failing(calls[i], errors[e], n);

                touched += hurt;
                untouched = hurt ? 0 : untouched + 1;
            }
            check(checks_failed == failed_before,
                  "%s with %s at each of its first %d calls, %d of them felt: nothing "
                  "acknowledged is lost",
                  calls[i], errors[e], n - 1, touched);
        }
}

/* --- what was written is not what is read ----------------------------------------------------- */

/* Turns a digit of every occurrence of a text in a file; how many there were. */
static int flip(const char *path, const char *text)
{
    int file = open(path, O_RDWR | O_CLOEXEC), flipped = 0;
    struct stat stat;
    char *bytes;

    if (file < 0 || fstat(file, &stat) != 0)
        return 0;
    bytes = malloc((size_t)stat.st_size);
    if (bytes && pread(file, bytes, (size_t)stat.st_size, 0) == stat.st_size)
        for (off_t at = 0; at + (off_t)strlen(text) <= stat.st_size; at++)
            if (memcmp(bytes + at, text, strlen(text)) == 0)
                flipped += pwrite(file, "X", 1, at + 3) == 1;
    free(bytes);
    close(file);
    return flipped;
}

static void remove_tables(const struct yard *yard)
{
    unlink(yard_path(yard, "data/ledger/tables/data.mdb"));
    unlink(yard_path(yard, "data/ledger/tables/lock.mdb"));
}

static void test_damaged(void)
{
    struct yard *yard = yard_open(NULL, NULL);
    struct child *process, *beside;
    const Tremplin__StatusReply *status;
    struct client *client;
    Ledger__AccountQuery asked = LEDGER__ACCOUNT_QUERY__INIT;
    uint8_t packed[64];
    int file;

    about("a damaged store is told, not served");
    process = yard_start(yard, "ledger", NULL);
    yard_open_account(yard, ACCOUNT, "Marguerite Vasseur");
    yard_pay(yard, NULL, ACCOUNT, 100);
    child_end(process, SIGTERM);
    check(flip(yard_path(yard, "data/ledger/tables/data.mdb"), ACCOUNT) > 0,
          "a byte of a row is turned");
    process = yard_start(yard, "ledger", NULL);
    client = impatient(yard, 500);
    asked.account = (char *)(uintptr_t)ACCOUNT;
    check_text(
        code_of(client_call(client, NULL, "ledger.Account",
                            (struct bytes){ packed, ledger__account_query__pack(&asked, packed) },
                            NULL, 0, &yard->arena)),
        "FAULT", "who asks for it hears of a fault, not of a wrong balance");
    check(child_said(process, "a row of accounts does not match its checksum"),
          "the log says which table");
    check(child_wait(process, 0) < 0, "the service serves on");
    child_end(process, SIGTERM);
    remove_tables(yard);
    process = yard_start(yard, "ledger", NULL);
    check_number(yard_account(yard, "ledger", ACCOUNT)->balance->cents, 100,
                 "with its tables deleted it makes them again from the journal");
    child_end(process, SIGTERM);

    file = open(yard_path(yard, "data/ledger/tables/data.mdb"), O_WRONLY | O_CLOEXEC);
    for (int i = 0; i < 16384; i += 8)
        if (pwrite(file, "nonsense", 8, i) != 8)
            printf("Bail out! the tables cannot be written\n");
    close(file);
    process = yard_start(yard, "ledger", NULL);
    check_number(process->code, 65, "a tables file that is none ends with 65");
    check(child_said(process, "remedy="), "and says what to do");
    remove_tables(yard);

    check(flip(yard_path(yard, "data/ledger/journal/data.mdb"), ACCOUNT) > 0,
          "a byte of the journal is turned");
    process = yard_start(yard, "ledger", NULL);
    check_number(process->code, 65, "a journal that does not match its chain ends with 65");
    check(child_said(process, "does not match the chain"), "and says which entry");
    client_close(client);
    yard_close(yard);

    about("a follower notices what its source does not");
    yard = yard_open(NULL, NULL);
    process = yard_start(yard, "ledger", NULL);
    yard_open_account(yard, ACCOUNT, NULL);
    yard_pay(yard, NULL, ACCOUNT, 100);
    child_end(process, SIGTERM);
    flip(yard_path(yard, "data/ledger/journal/data.mdb"), ACCOUNT);
    process = yard_start(yard, "ledger", NULL);
    check(process->pid > 0, "a source whose tables are at its head does not read its old entries");
    beside = yard_start(yard, "beside", NULL);
    do
        status = yard_status(yard, "beside");
    while (status && !status->sources[0]->halted && child_wait(beside, 0) < 0);
    check(status && status->sources[0]->halted, "its follower halts");
    check_text(status ? status->sources[0]->reason : "", "the source's chain does not hold",
               "and says why");
    yard_close(yard);
}

int main(void)
{
    test_full(0);
    test_full(16 * 1024);
    test_full(64 * 1024);
    test_short();
    test_full_at_start();
    test_damaged();
    test_failing();
    return checks_done();
}
