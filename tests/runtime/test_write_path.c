/* Everything that changes anything takes one way, and what was acknowledged is there once. */
#include "tests/check.h"
#include "tests/runtime/ledger.h"
#include "tests/world.h"

#define ACCOUNT "018f0e42-7c1b-7a3e-9d41-0f6a2b8c5d17"
#define OTHER   "018f0e42-7c1b-7a3e-9d41-0f6a2b8c5d18"
#define COMMAND "018f0e42-7c1b-7a3e-9d41-000000000001"

static struct answer open_account(struct world *world, const char *account, const char *holder)
{
    Ledger__OpenAccount asked = LEDGER__OPEN_ACCOUNT__INIT;
    Tremplin__Sealed name = TREMPLIN__SEALED__INIT;

    asked.account = (char *)(uintptr_t)account;
    name.clear = (char *)(uintptr_t)holder;
    asked.holder = holder ? &name : NULL;
    return world_call(world, "ledger.OpenAccount", &asked.base,
                      &ledger__open_account_reply__descriptor);
}

static struct answer pay_as(struct world *world, const char *id, const char *account, int64_t cents)
{
    Ledger__Pay asked = LEDGER__PAY__INIT;
    Tremplin__Money amount = TREMPLIN__MONEY__INIT;

    asked.account = (char *)(uintptr_t)account;
    amount.cents = cents;
    asked.amount = &amount;
    if (id)
        return world_call_as(world, id, "ledger.Pay", &asked.base, &ledger__pay_reply__descriptor);
    return world_call(world, "ledger.Pay", &asked.base, &ledger__pay_reply__descriptor);
}

static const Ledger__AccountReply *account_of(struct world *world, const char *service,
                                              const char *account)
{
    Ledger__AccountQuery asked = LEDGER__ACCOUNT_QUERY__INIT;
    char method[64];

    snprintf(method, sizeof method, "%s.Account", service);
    asked.account = (char *)(uintptr_t)account;
    return world_call(world, method, &asked.base, &ledger__account_reply__descriptor).reply;
}

static int64_t balance_of(struct world *world, const char *account)
{
    const Ledger__AccountReply *reply = account_of(world, "ledger", account);

    return reply ? cents_of(reply->balance) : -1;
}

static void test_once(void)
{
    struct world *world = world_open(1, DATE(2020, 1, 6));
    struct answer first, again;

    about("a command is done once");
    world_add(world, &ledger, NULL);
    check(open_account(world, ACCOUNT, NULL).status == TREMPLIN__STATUS__STATUS_DONE,
          "an account is opened");
    first = pay_as(world, COMMAND, ACCOUNT, 1250);
    check_number(first.status, TREMPLIN__STATUS__STATUS_DONE, "a payment is accepted");
    check_number(balance_of(world, ACCOUNT), 1250, "and counted");
    again = pay_as(world, COMMAND, ACCOUNT, 1250);
    check(again.status == TREMPLIN__STATUS__STATUS_DONE && again.reply &&
              cents_of(((const Ledger__PayReply *)again.reply)->balance) == 1250 &&
              again.position.sequence == first.position.sequence,
          "the same identifier again gets the same reply and position");
    check_number(balance_of(world, ACCOUNT), 1250, "and counts once");
    again = pay_as(world, COMMAND, ACCOUNT, 1251);
    check_text(again.code, "ID_REUSED", "the same identifier with another content is refused");
    world_kill(world, "ledger");
    world_revive(world, "ledger");
    again = pay_as(world, COMMAND, ACCOUNT, 1250);
    check_number(again.status, TREMPLIN__STATUS__STATUS_DONE, "after kill -9 too");
    check_number(balance_of(world, ACCOUNT), 1250, "it counts once");
    check_number(world_count(world, "ledger", &ledger__paid__descriptor), 1,
                 "the journal has it once");
    world_move_to(world, DATE(2020, 2, 5), 12, 0);
    again = pay_as(world, COMMAND, ACCOUNT, 1250);
    check_number(again.status, TREMPLIN__STATUS__STATUS_DONE, "30 days later too");
    check_number(world_count(world, "ledger", &ledger__paid__descriptor), 1, "it is there once");
    check(world_check_store(world, "ledger") == NULL,
          "the chain holds and the tables are the journal replayed");
    world_close(world);
}

static void test_refusals(void)
{
    struct world *world = world_open(2, DATE(2020, 1, 6));
    Ledger__Touch touch = LEDGER__TOUCH__INIT;
    struct answer answer;
    uint64_t head;

    about("bad input is answered with the field and writes nothing");
    world_add(world, &ledger, NULL);
    open_account(world, ACCOUNT, NULL);
    head = runtime_journal(world_runtime(world, "ledger"))->committed;
    answer = open_account(world, ACCOUNT, NULL);
    check_text(answer.code, "ACCOUNT_EXISTS", "a rule says no");
    check_text(answer.field, "account", "and names the field");
    answer = open_account(world, "no identifier", NULL);
    check_text(answer.code, "FIELD_NOT_AN_IDENTIFIER", "what is no identifier is refused");
    answer = pay_as(world, NULL, ACCOUNT, 0);
    check_text(answer.code, "FIELD_NOT_AN_AMOUNT", "an amount of nothing is refused");
    check(!strstr(answer.french, "centimes") && !strstr(answer.english, "cents"),
          "without a unit: who books may have been asked for euros");
    answer = pay_as(world, NULL, ACCOUNT, -1);
    check_text(answer.code, "FIELD_NOT_AN_AMOUNT", "an amount below zero is refused");
    answer = pay_as(world, NULL, OTHER, 100);
    check_text(answer.code, "NOT_KNOWN", "an account that is not there is refused");
    answer = open_account(world, OTHER, "bad \xC3\x28 utf-8");
    check(answer.status == TREMPLIN__STATUS__STATUS_REFUSED &&
              strcmp(answer.field, "holder.clear") == 0,
          "a text that is not UTF-8 is refused by its path");
    answer = world_call(world, "ledger.Nothing", &touch.base, &ledger__touch_reply__descriptor);
    check_text(answer.code, "METHOD_NOT_KNOWN", "a method that is not there is refused");
    check_number(runtime_journal(world_runtime(world, "ledger"))->committed, head,
                 "nothing was written");
    answer = pay_as(world, COMMAND, ACCOUNT, 0);
    answer = pay_as(world, COMMAND, ACCOUNT, 5);
    check_text(answer.code, "ID_REUSED", "a refused identifier is not used for another content");
    world_close(world);
}

static void test_following(void)
{
    struct world *world = world_open(3, DATE(2020, 1, 6));
    const Ledger__AccountReply *heard;

    about("every event takes effect at a follower once, in order, whoever was down");
    world_add(world, &ledger, NULL);
    world_add(world, &ledger_beside, NULL);
    open_account(world, ACCOUNT, NULL);
    for (int i = 1; i <= 40; i++) {
        if (i == 10)
            world_kill(world, "beside");
        if (i == 20)
            world_revive(world, "beside");
        if (i == 25)
            world_kill(world, "ledger"), world_revive(world, "ledger");
        pay_as(world, NULL, ACCOUNT, i);
    }
    check(world_settle(world), "it settles");
    heard = account_of(world, "beside", ACCOUNT);
    check_number(heard ? cents_of(heard->heard) : -1, 40 * 41 / 2, "the sum heard is the sum paid");
    check(world_check_store(world, "beside") == NULL,
          "the follower's store is its journal replayed");
    simulated_bus_set_faults(world_bus(world), (struct simulated_faults){ .drop_in_1000 = 200,
                                                                          .double_in_1000 = 200,
                                                                          .delay_in_1000 = 300,
                                                                          .delay_most_ms = 3000 });
    for (int i = 0; i < 40; i++)
        pay_as(world, NULL, ACCOUNT, 100);
    simulated_bus_set_faults(world_bus(world), (struct simulated_faults){ 0 });
    check(world_settle(world), "it settles on a bus that drops, doubles and delays");
    check_number(balance_of(world, ACCOUNT), 820 + 4000, "every payment was made once");
    heard = account_of(world, "beside", ACCOUNT);
    check_number(heard ? cents_of(heard->heard) : -1, 820 + 4000, "and heard once");
    world_close(world);
}

static void test_ticks(void)
{
    struct world *world = world_open(4, DATE(2020, 1, 6));
    Ledger__Remind remind = LEDGER__REMIND__INIT;
    struct answer answer;

    about("deadlines fire in ticks, once, and days are opened in order");
    world_add(world, &ledger, NULL);
    open_account(world, ACCOUNT, NULL);
    remind.account = (char *)(uintptr_t)ACCOUNT;
    remind.at_ms = instant_of(DATE(2020, 3, 29), 3, 0);
    answer = world_call(world, "ledger.Remind", &remind.base, &ledger__remind_reply__descriptor);
    check_number(answer.status, TREMPLIN__STATUS__STATUS_DONE, "a reminder is set");
    world_move_to(world, DATE(2020, 3, 29), 1, 59);
    check_number(account_of(world, "ledger", ACCOUNT)->reminders, 0, "not a minute early");
    world_move_to(world, DATE(2020, 3, 29), 3, 0);
    check_number(account_of(world, "ledger", ACCOUNT)->reminders, 1,
                 "at its instant, across the change to summer time");
    world_kill(world, "ledger");
    world_move_to(world, DATE(2020, 3, 29), 12, 0);
    world_revive(world, "ledger");
    world_move_to(world, DATE(2020, 4, 10), 0, 0);
    check_number(account_of(world, "ledger", ACCOUNT)->reminders, 1, "once");
    check_number(world_count(world, "ledger", &ledger__day_counted__descriptor), 96,
                 "95 days after the first were opened, each once");
    world_close(world);
}

static void test_erasure(void)
{
    struct world *world = world_open(5, DATE(2020, 1, 6));
    Ledger__Erase asked = LEDGER__ERASE__INIT;
    const Ledger__AccountReply *account;
    struct answer answer;

    about("with the key the content is gone, while counts and chains stay true");
    world_add(world, &ledger, NULL);
    world_add(world, &ledger_beside, NULL);
    open_account(world, ACCOUNT, "Marguerite Vasseur");
    account = account_of(world, "ledger", ACCOUNT);
    check_text(account ? account->holder : "", "Marguerite Vasseur",
               "a sealed name is read by who may");
    asked.household = (char *)(uintptr_t)ACCOUNT;
    answer = world_call(world, "ledger.Erase", &asked.base, &ledger__erase_reply__descriptor);
    check_number(answer.status, TREMPLIN__STATUS__STATUS_DONE, "the household is erased");
    check(world_settle(world), "every service hears it");
    account = account_of(world, "ledger", ACCOUNT);
    check_text(account ? account->holder : "-", "", "the name is gone");
    check(keys_state(runtime_keys(world_runtime(world, "ledger")), ACCOUNT) == KEY_ERASED,
          "its key is destroyed");
    check(keys_state(runtime_keys(world_runtime(world, "beside")), ACCOUNT) == KEY_ERASED,
          "at the follower too");
    answer = open_account(world, OTHER, "Someone Else");
    check_number(answer.status, TREMPLIN__STATUS__STATUS_DONE, "others are not touched");
    check(world_check_store(world, "ledger") == NULL, "the chain still holds");
    world_close(world);
}

static void test_growth(void)
{
    struct world *world = world_open(6, DATE(2020, 1, 6));
    Ledger__Fill asked = LEDGER__FILL__INIT;
    struct answer answer = { 0 };

    about("a unit is never split, however large");
    world_add(world, &ledger, NULL);
    asked.account = (char *)(uintptr_t)ACCOUNT;
    asked.times = 500;
    asked.size = 1500;
    answer = world_call(world, "ledger.Fill", &asked.base, &ledger__fill_reply__descriptor);
    check_number(answer.status, TREMPLIN__STATUS__STATUS_DONE, "500 entries of one command");
    check_number(world_count(world, "ledger", &ledger__filled__descriptor), 500, "are all there");
    check(world_check_store(world, "ledger") == NULL, "and replay");
    world_close(world);
}

int main(void)
{
    test_once();
    test_refusals();
    test_following();
    test_ticks();
    test_erasure();
    test_growth();
    return checks_done();
}
