/* A bug in one input cannot keep a service down: what ended the process twice is set aside. */
#include "tests/process/yard.h"

#include <signal.h>

#define COMMAND "018f0e42-7c1b-7a3e-9d41-0000000000aa"

static void send_break(struct yard *yard, const char *id, bool at_follower)
{
    struct client_setup setup = { .endpoints = yard->endpoints, .actor = "tests" };
    Ledger__Crash asked = LEDGER__CRASH__INIT;
    struct client *client = client_open(&setup);
    uint8_t packed[64];

    asked.account = (char *)(uintptr_t)ACCOUNT;
    asked.at_follower = at_follower;
    client_send(client, id, "ledger.Crash",
                (struct bytes){ packed, ledger__crash__pack(&asked, packed) }, NULL, 0);
    client_receive(client, 2000, &yard->arena);
    client_close(client);
}

static void test_command(void)
{
    struct yard *yard = yard_open(NULL, NULL);
    Ledger__Crash asked = LEDGER__CRASH__INIT;
    const Tremplin__Reply *reply;
    struct child *process;

    about("a command that ended the process twice is answered with a fault, and the service serves "
          "on");
    asked.account = (char *)(uintptr_t)ACCOUNT;
    process = yard_start(yard, "ledger", NULL);
    yard_open_account(yard, ACCOUNT, NULL);
    yard_pay(yard, NULL, ACCOUNT, 100);
    for (int i = 0; i < 2; i++) {
        send_break(yard, COMMAND, false);
        check_number(child_wait(process, 10000), 128 + SIGABRT, "the process dies of the bug");
        process = yard_start(yard, "ledger", NULL);
    }
    check(child_said(process, "event=set_aside"), "the third start says what is set aside");
    arena_reset(&yard->arena);
    send_break(yard, COMMAND, false);
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

static void test_hearing(void)
{
    struct yard *yard = yard_open(NULL, NULL);
    const Tremplin__StatusReply *status;
    struct child *beside;

    about("a hearing that ended the process twice halts that source; it is never skipped");
    yard_start(yard, "ledger", NULL);
    yard_open_account(yard, ACCOUNT, NULL);
    beside = yard_start(yard, "beside", NULL);
    yard_pay(yard, NULL, ACCOUNT, 100);
    check(yard_settle(yard), "the follower hears the ledger");
    send_break(yard, COMMAND, true);
    check_number(child_wait(beside, 20000), 128 + SIGABRT, "the follower dies of what it hears");
    beside = yard_start(yard, "beside", NULL);
    check_number(child_wait(beside, 20000), 128 + SIGABRT, "and again when started");
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

int main(void)
{
    test_command();
    test_hearing();
    return checks_done();
}
