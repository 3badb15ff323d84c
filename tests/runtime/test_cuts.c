/* A journal that was restored says from where on it is another story than the one that was heard:
 * whichever of its restores that was, and in whatever order backups were put back. */
#include "tests/check.h"
#include "tests/runtime/ledger.h"
#include "tests/world.h"

#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOG     "018f0e42-7c1b-7a3e-9d41-00000000aaaa"
#define ACCOUNT "018f0e42-7c1b-7a3e-9d41-0f6a2b8c5d17"

/* --- journals by themselves ------------------------------------------------------------------- */

static char folder[200];

static int remove_one(const char *path, const struct stat *stat, int type, struct FTW *ftw)
{
    (void)stat;
    (void)type;
    (void)ftw;
    return remove(path);
}

static const char *folder_of(const char *name)
{
    static char paths[4][260];
    static int turn;
    char *path = paths[turn++ % 4];

    snprintf(path, sizeof *paths, "%s/%s", folder, name);
    return path;
}

static void open_one(struct journal *journal, const char *name)
{
    mkdir(folder_of(name), 0700);
    if (!journal_open(journal, folder_of(name), (size_t)1 << 28, LOG))
        printf("Bail out! %s\n", journal->fault.detail), exit(1);
}

static void append_to(struct journal *journal, Tremplin__EntryKind kind, uint64_t head)
{
    while (journal->head < head) {
        Tremplin__Header header = TREMPLIN__HEADER__INIT;

        header.kind = kind;
        header.epoch = journal_next_epoch(journal);
        if (!journal_append(journal, &header, (struct bytes){ (const uint8_t *)"x", 1 },
                            (struct bytes){ (const uint8_t *)"y", 1 }))
            printf("Bail out! %s\n", journal->fault.detail), exit(1);
    }
    journal_commit(journal);
}

/* What a restore does, and the first start after it; then events up to a head. */
static void restore_to(struct journal *journal, uint64_t last_kept,
                       const struct journal_past *replaced, uint64_t head)
{
    check(journal_cut(journal, last_kept, replaced) && journal->restored,
          "it is cut after entry %llu", (unsigned long long)last_kept);
    append_to(journal, TREMPLIN__ENTRY_KIND__ENTRY_KIND_EPOCH, last_kept + 1);
    check(!journal->restored, "its epoch is raised");
    append_to(journal, TREMPLIN__ENTRY_KIND__ENTRY_KIND_EVENT, head);
}

static int64_t shared_by(struct journal *journal, uint32_t epoch, uint64_t sequence)
{
    struct journal_past past;

    return journal_past(journal, &past) ? (int64_t)journal_shared(&past, epoch, sequence) : -1;
}

static void test_two_restores(void)
{
    struct journal journal;

    about("two restores in a row");
    open_one(&journal, "twice");
    append_to(&journal, TREMPLIN__ENTRY_KIND__ENTRY_KIND_EVENT, 100);
    check_number(shared_by(&journal, 1, 90), 90, "a journal that was never cut shares everything");
    restore_to(&journal, 40, NULL, 80);
    restore_to(&journal, 70, NULL, 120);
    check_number(journal.epoch, 3, "the third epoch is in force");
    check_number(shared_by(&journal, 1, 60), 40, "who is from before the first: its cut");
    check_number(shared_by(&journal, 1, 30), 30, "or all it heard");
    check_number(shared_by(&journal, 2, 75), 70, "who is from between them: the second's");
    check_number(shared_by(&journal, 2, 60), 60, "or all it heard");
    check_number(shared_by(&journal, 3, 110), 110, "who is from after both: all it heard");
    check_number(shared_by(&journal, 0, 75), 40, "who does not know its epoch: the lowest");
    check_number(shared_by(&journal, 4000000000u, 75), 40, "an epoch that never was: too");
    append_to(&journal, TREMPLIN__ENTRY_KIND__ENTRY_KIND_EPOCH, 121);
    check_number(shared_by(&journal, 3, 119), 119, "an epoch raised without a cut loses nothing");
    journal_close(&journal);
    open_one(&journal, "twice");
    check_number(shared_by(&journal, 1, 60), 40, "all this is known after a start too");
    journal_close(&journal);
}

static void test_wrong_backup(void)
{
    struct journal now, tuesday;
    struct journal_past past;
    struct fault fault = { 0 };

    about("an older backup was put back by mistake, and then the right one");
    open_one(&now, "now");
    append_to(&now, TREMPLIN__ENTRY_KIND__ENTRY_KIND_EVENT, 50);
    check(journal_copy(folder_of("now"), folder_of("tuesday"), &fault), "a backup of 50 entries");
    append_to(&now, TREMPLIN__ENTRY_KIND__ENTRY_KIND_EVENT, 60);
    restore_to(&now, 40, NULL, 80);
    check(journal_past(&now, &past), "what is replaced is looked at");
    open_one(&tuesday, "tuesday");
    restore_to(&tuesday, 50, &past, 90);
    check_number(tuesday.epoch, 3, "no epoch is used for two stories");
    check_number(shared_by(&tuesday, 1, 60), 50,
                 "who heard the first story shares all of the backup");
    check_number(shared_by(&tuesday, 2, 70), 40, "who heard the mistake only what it had of it");
    journal_close(&now);
    journal_close(&tuesday);
}

/* --- a follower that slept through both ------------------------------------------------------- */

static void pay(struct world *world, int64_t cents)
{
    Ledger__Pay asked = LEDGER__PAY__INIT;
    Tremplin__Money amount = TREMPLIN__MONEY__INIT;

    asked.account = (char *)(uintptr_t)ACCOUNT;
    amount.cents = cents;
    asked.amount = &amount;
    world_call(world, "ledger.Pay", &asked.base, &ledger__pay_reply__descriptor);
}

static int64_t heard_at_beside(struct world *world)
{
    Ledger__AccountQuery asked = LEDGER__ACCOUNT_QUERY__INIT;
    const Ledger__AccountReply *reply;

    asked.account = (char *)(uintptr_t)ACCOUNT;
    reply =
        world_call(world, "beside.Account", &asked.base, &ledger__account_reply__descriptor).reply;
    return reply ? cents_of(reply->heard) : -1;
}

static const Tremplin__SourceStatus *source_of(struct world *world)
{
    static struct arena arena;
    Tremplin__StatusReply status = TREMPLIN__STATUS_REPLY__INIT;

    if (!arena.base)
        arena_open(&arena, 64 * 1024);
    arena_reset(&arena);
    runtime_status(world_runtime(world, "beside"), &arena, &status);
    return status.sources[0];
}

static void test_late_follower(void)
{
    struct world *world = world_open(7, DATE(2020, 1, 6));
    Ledger__OpenAccount open = LEDGER__OPEN_ACCOUNT__INIT;
    Tremplin__AcceptFollow accept = TREMPLIN__ACCEPT_FOLLOW__INIT;
    uint8_t packed[64];
    uint64_t first_cut;
    struct answer answer;

    about("a follower from before the first of two restores");
    world_add(world, &ledger, NULL);
    world_add(world, &ledger_beside, NULL);
    open.account = (char *)(uintptr_t)ACCOUNT;
    world_call(world, "ledger.OpenAccount", &open.base, &ledger__open_account_reply__descriptor);
    for (int i = 0; i < 10; i++)
        pay(world, 1);
    check(world_settle(world), "it heard all there was");
    check_number(heard_at_beside(world), 10, "ten payments");
    world_kill(world, "beside");
    first_cut = runtime_journal(world_runtime(world, "ledger"))->committed - 6;
    world_cut(world, "ledger", 6);
    for (int i = 0; i < 20; i++)
        pay(world, 100);
    world_cut(world, "ledger", 5);
    for (int i = 0; i < 3; i++)
        pay(world, 10000);
    world_revive(world, "beside");
    world_pass(world, 5000);
    check(source_of(world)->halted, "it halts: what it heard is no longer there");
    check(source_of(world)->sequence > first_cut, "some of it from after the first cut");
    accept.service = (char *)(uintptr_t) "ledger";
    answer =
        world_call_bytes(world, "beside", "Runtime.AcceptFollow",
                         (struct bytes){ packed, tremplin__accept_follow__pack(&accept, packed) });
    check_number(answer.status, TREMPLIN__STATUS__STATUS_DONE, "an operator accepts it");
    world_pass(world, 5000);
    check(world_settle(world) && !source_of(world)->halted, "it is followed again, to its end");
    check_number(heard_at_beside(world), 10 + 15 * 100 + 3 * 10000,
                 "each payment since the first cut was heard once, and none twice");
    check(world_check_store(world, "beside") == NULL, "the tables are the journal replayed");
    world_close(world);
}

int main(void)
{
    snprintf(folder, sizeof folder, "%s/tremplin-cuts-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    if (!mkdtemp(folder))
        return 1;
    test_two_restores();
    test_wrong_backup();
    test_late_follower();
    nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    return checks_done();
}
