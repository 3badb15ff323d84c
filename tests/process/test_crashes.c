/* A bug in one input cannot keep a service down: what ended the process twice is set aside. */
#include "tests/process/yard.h"

#include <signal.h>

#define COMMAND "018f0e42-7c1b-7a3e-9d41-0000000000aa"

static void send_break(struct yard *yard, const char *id, bool at_follower, bool killed)
{
    struct client_setup setup = { .endpoints = yard->endpoints, .actor = "tests" };
    Ledger__Crash asked = LEDGER__CRASH__INIT;
    struct client *client = client_open(&setup);
    uint8_t packed[64];

    asked.account = (char *)(uintptr_t)ACCOUNT;
    asked.at_follower = at_follower;
    asked.killed = killed;
    client_send(client, id, "ledger.Crash",
                (struct bytes){ packed, ledger__crash__pack(&asked, packed) }, 0, NULL, 0);
    client_receive(client, 2000, &yard->arena);
    client_close(client);
}

static void test_command(bool killed)
{
    struct yard *yard = yard_open(NULL, NULL);
    int signal = killed ? SIGKILL : SIGABRT;
    Ledger__Crash asked = LEDGER__CRASH__INIT;
    const Tremplin__Reply *reply;
    struct child *process;

    about(
        "a command that ended the process twice, by %s, is answered with a fault, and the service "
        "serves on",
        killed ? "SIGKILL" : "a bug");
    asked.account = (char *)(uintptr_t)ACCOUNT;
    asked.killed = killed;
    process = yard_start(yard, "ledger", NULL);
    yard_open_account(yard, ACCOUNT, NULL);
    yard_pay(yard, NULL, ACCOUNT, 100);
    for (int i = 0; i < 2; i++) {
        send_break(yard, COMMAND, false, killed);
        check_number(child_wait(process, 10000), 128 + signal, "the process dies of it");
        process = yard_start(yard, "ledger", NULL);
    }
    check(child_said(process, "event=set_aside"), "the third start says what is set aside");
    arena_reset(&yard->arena);
    send_break(yard, COMMAND, false, killed);
    check(child_wait(process, 0) < 0, "sent a third time, the process lives");
    struct client_setup setup = { .endpoints = yard->endpoints, .timeout_ms = 500 };
    struct client *client = client_open(&setup);
    uint8_t packed[64];
    reply = client_call(client, COMMAND, "ledger.Crash",
                        (struct bytes){ packed, ledger__crash__pack(&asked, packed) }, NULL, 0,
                        &yard->arena);
    check_text(code_of(reply), "FAULT", "and says that the fault is ours");
    check(reply && reply->status == TREMPLIN__STATUS__STATUS_TRY_AGAIN,
          "as one that may be tried again");
    client_close(client);
    check(is_done(yard_pay(yard, NULL, ACCOUNT, 100)), "other commands are done");
    check_number(yard_account(yard, "ledger", ACCOUNT)->balance->cents, 200,
                 "what was done before and after is there");
    check(strstr(yard_status(yard, "ledger")->trouble, "set aside: command " COMMAND) != NULL,
          "the status says which command it was");
    yard_close(yard);
}

static void test_hearing(bool killed)
{
    struct yard *yard = yard_open(NULL, NULL);
    int signal = killed ? SIGKILL : SIGABRT;
    const Tremplin__StatusReply *status;
    struct child *beside;

    about("a hearing that ended the process twice halts that source; it is never skipped");
    yard_start(yard, "ledger", NULL);
    yard_open_account(yard, ACCOUNT, NULL);
    beside = yard_start(yard, "beside", NULL);
    yard_pay(yard, NULL, ACCOUNT, 100);
    check(yard_settle(yard), "the follower hears the ledger");
    send_break(yard, COMMAND, true, killed);
    check_number(child_wait(beside, 20000), 128 + signal, "the follower dies of what it hears");
    beside = yard_start(yard, "beside", NULL);
    check_number(child_wait(beside, 20000), 128 + signal, "and again when started");
    beside = yard_start(yard, "beside", NULL);
    do
        status = yard_status(yard, "beside");
    while (status && !status->sources[0]->halted && child_wait(beside, 0) < 0);
    check(status && status->sources[0]->halted, "then it halts following that source");
    check(status && strstr(status->sources[0]->reason, "set aside") != NULL, "and says why");
    check_number(yard_account(yard, "beside", ACCOUNT)->heard->cents, 100, "it serves on");
    yard_pay(yard, NULL, ACCOUNT, 50);
    check_number(yard_account(yard, "beside", ACCOUNT)->heard->cents, 100,
                 "what comes after is not heard past it");
    check(child_wait(beside, 0) < 0, "the process lives");
    yard_close(yard);
}

/* How often the file says that this input ended the process. */
static int times_of(const struct yard *yard, const char *input)
{
    FILE *file = fopen(yard_path(yard, "data/ledger/at_hand"), "r");
    char line[256];
    int times = 0;

    while (file && fgets(line, sizeof line, file))
        if (strstr(line, input) && line[0] >= '1' && line[0] <= '9')
            times = (int)strtol(line, NULL, 10);
    if (file)
        fclose(file);
    return times;
}

static void test_passed(void)
{
    static const char *const ids[] = { "018f0e42-7c1b-7a3e-9d41-0000000000b1",
                                       "018f0e42-7c1b-7a3e-9d41-0000000000b2",
                                       "018f0e42-7c1b-7a3e-9d41-0000000000b3" };
    static const char *const variables[] = { "TREMPLIN_FAILPOINT=batch.before_commit:3", NULL };
    struct yard *yard = yard_open(NULL, NULL);
    struct child *process;

    about("what ended the process once and then passes is suspected no more");
    process = yard_start(yard, "ledger", NULL);
    yard_open_account(yard, ACCOUNT, NULL);
    send_break(yard, COMMAND, false, true);
    child_wait(process, 10000);
    process = yard_start(yard, "ledger", NULL);
    check_number(times_of(yard, "command " COMMAND), 1, "a death is noted with what was at hand");
    /* The same identifier with another content, which harms nobody. */
    check(is_done(yard_pay(yard, COMMAND, ACCOUNT, 100)), "the next time it is done");
    check_number(child_end(process, SIGTERM), 0, "the service stops");
    check_number(times_of(yard, "command " COMMAND), 0, "and it is forgotten");

    about("a kill from outside is nobody's doing");
    process = yard_start(yard, "ledger", variables);
    for (int i = 0; i < 3 && process->pid > 0; i++)
        send_break(yard, ids[i], true, false);
    check_number(child_wait(process, 10000), 128 + SIGKILL, "killed between two steps");
    process = yard_start(yard, "ledger", NULL);
    check_number(times_of(yard, "command"), 0, "no command is suspected");
    check(is_done(yard_pay(yard, NULL, ACCOUNT, 100)), "commands are done, one by one");
    yard_close(yard);
}

int main(void)
{
    test_command(false);
    test_command(true);
    test_hearing(false);
    test_hearing(true);
    test_passed();
    return checks_done();
}
