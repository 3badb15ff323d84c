/* Real processes over real sockets: what is asked is answered, whatever else is on the sockets. */
#include "tests/process/yard.h"

#include <signal.h>

static void test_start_and_stop(void)
{
    struct yard *yard = yard_open(NULL, NULL);
    struct child *ledger = yard_start(yard, "ledger", NULL);

    about("a service starts, answers, stops cleanly and starts again");
    check(ledger->pid > 0, "it says that it is ready");
    check(is_done(yard_open_account(yard, ACCOUNT, "Marguerite Vasseur")), "a command is done");
    check(is_done(yard_pay(yard, NULL, ACCOUNT, 1250)), "another too");
    check_number(child_end(ledger, SIGTERM), 0, "SIGTERM stops it with 0");
    check(child_said(ledger, "event=stopped"), "and it says so");
    ledger = yard_start(yard, "ledger", NULL);
    check_number(yard_account(yard, "ledger", ACCOUNT)->balance->cents, 1250,
                 "what was done is there after a new start");
    check_number(child_end(ledger, SIGINT), 0, "SIGINT stops it too");
    yard_close(yard);
}

int main(void)
{
    test_start_and_stop();
    return checks_done();
}
