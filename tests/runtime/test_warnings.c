/* What a service cannot help and goes on in spite of is an entry when it begins and one when it is
 * over: told once, however often the process starts meanwhile. */
#include "tests/check.h"
#include "tests/runtime/ledger.h"
#include "tests/world.h"

#define ACCOUNT "018f0e42-7c1b-7a3e-9d41-0f6a2b8c5d17"
#define OTHER   "018f0e42-7c1b-7a3e-9d41-0f6a2b8c5d18"

static char told[200];

static void remember(struct work *work, const ProtobufCMessage *warning)
{
    const Tremplin__OperatorWarned *warned = (const Tremplin__OperatorWarned *)warning;

    (void)work;
    if (warning->descriptor == &tremplin__operator_warned__descriptor)
        snprintf(told, sizeof told, "%s, %s: %s", warned->service, warned->about, warned->detail);
    else
        snprintf(told, sizeof told, "over");
}

static void open_account(struct world *world, const char *account)
{
    Ledger__OpenAccount asked = LEDGER__OPEN_ACCOUNT__INIT;

    asked.account = (char *)(uintptr_t)account;
    world_call(world, "ledger.OpenAccount", &asked.base, &ledger__open_account_reply__descriptor);
    world_settle(world);
}

static Tremplin__Status accept(struct world *world)
{
    static const uint8_t ledger_accepted[] = { 0x0a, 6, 'l', 'e', 'd', 'g', 'e', 'r' };
    struct answer answer =
        world_call_bytes(world, "beside", "Runtime.AcceptFollow",
                         (struct bytes){ ledger_accepted, sizeof ledger_accepted });

    world_settle(world);
    return answer.status;
}

static void start_again(struct world *world, const char *service)
{
    world_kill(world, service);
    world_revive(world, service);
}

static int begun(struct world *world, const char *service)
{
    return world_count_kind(world, service, TREMPLIN__ENTRY_KIND__ENTRY_KIND_WARNED);
}

static int ended(struct world *world, const char *service)
{
    return world_count_kind(world, service, TREMPLIN__ENTRY_KIND__ENTRY_KIND_WARNING_ENDED);
}

static void test_sources(void)
{
    struct service beside = ledger_beside;
    struct world *world = world_open(1, DATE(2020, 1, 6));

    about("a source that is halted");
    beside.warn = remember;
    world_add(world, &ledger, NULL);
    world_add(world, &beside, NULL);
    open_account(world, ACCOUNT);
    check_number(begun(world, "beside"), 0, "nothing is wrong");
    world_cut(world, "ledger", 1);
    world_settle(world);
    world_pass(world, 10000);
    check_number(begun(world, "beside"), 1, "its last event was cut away: told, once");
    check_text(told, "beside, ledger: what was heard is no longer in the source's journal",
               "the service's hook gets who, of what, and why");
    world_kill(world, "ledger");
    start_again(world, "beside");
    world_pass(world, 10000);
    check_number(begun(world, "beside"), 1, "not again after a start");
    check_number(ended(world, "beside"), 0, "which ends nothing: the source is not reached");
    world_revive(world, "ledger");
    world_pass(world, 10000);
    check_number(begun(world, "beside"), 1, "nor as it halts after that start");
    check_number(accept(world), TREMPLIN__STATUS__STATUS_DONE, "an operator accepts it");
    world_pass(world, 10000);
    check_number(ended(world, "beside"), 1, "it is over, once");
    check_text(told, "over", "which the hook gets too");
    open_account(world, OTHER);
    world_cut(world, "ledger", 1);
    world_settle(world);
    check_number(begun(world, "beside"), 2, "halted anew, it is told anew");
    check(world_check_store(world, "beside") == NULL, "the tables are the journal replayed");
    world_close(world);
}

static void test_sound_again(void)
{
    struct service deaf = ledger_beside;
    struct world *world = world_open(2, DATE(2020, 1, 6));

    about("a source that is sound again after a start");
    deaf.warn = remember;
    world_add(world, &ledger, NULL);
    world_add(world, &deaf, NULL);
    open_account(world, ACCOUNT);
    world_set_aside(world, "beside", "hearing ledger 4");
    open_account(world, OTHER);
    world_pass(world, 10000);
    check_number(begun(world, "beside"), 1, "an event set aside is told as its source, halted");
    check_text(told, "beside, ledger: this input ended the service twice and is set aside", "why");
    world_set_aside(world, "beside", "");
    start_again(world, "beside");
    world_settle(world);
    world_pass(world, 10000);
    check_number(ended(world, "beside"), 1, "a version that can take it hears on: it is over");
    world_close(world);
}

static void test_inputs(void)
{
    struct service lone = ledger;
    struct world *world = world_open(3, DATE(2020, 1, 6));

    about("an input that is set aside");
    lone.warn = remember;
    world_add(world, &lone, NULL);
    world_settle(world);
    world_set_aside(world, "ledger", "command " ACCOUNT);
    world_pass(world, 10000);
    check_number(begun(world, "ledger"), 1, "is told, once");
    check_text(told, "ledger, command " ACCOUNT ": it ended the process twice",
               "by its identifier");
    start_again(world, "ledger");
    world_pass(world, 10000);
    check_number(begun(world, "ledger") + ended(world, "ledger"), 1,
                 "still set aside after a start: nothing is new");
    world_set_aside(world, "ledger", "");
    start_again(world, "ledger");
    world_pass(world, 10000);
    check_number(ended(world, "ledger"), 1, "a version that takes it ends that");
    world_close(world);
}

static void test_clock(void)
{
    struct service lone = ledger;
    struct world *world = world_open(4, DATE(2020, 1, 6));

    about("a clock that leapt");
    lone.warn = remember;
    world_add(world, &lone, NULL);
    world_settle(world);
    world_leap_wall(world, 72 * HOUR_MS);
    world_pass(world, 10000);
    check_text(runtime_state_name(world_runtime(world, "ledger")), "clock held",
               "deadlines are held");
    check_number(begun(world, "ledger"), 1, "which is told meanwhile, once");
    check_text(told, "ledger, : by 4320 minutes", "and by how much");
    world_leap_wall(world, -72 * HOUR_MS);
    world_pass(world, 10000);
    check_number(ended(world, "ledger"), 1, "back again, it is over");
    check_number(world_count(world, "ledger", &ledger__day_counted__descriptor), 1,
                 "and no day was opened for it");
    world_close(world);
}

int main(void)
{
    test_sources();
    test_sound_again();
    test_inputs();
    test_clock();
    return checks_done();
}
