/* kill -9 between any two steps of the write path, under load: every acknowledged command is there
 * once, and the follower is equal to its source.
 *
 *     process-kills [kills]      200 unless told
 */
#include "libcommon/ids.h"
#include "tests/process/yard.h"

#include <signal.h>
#include <time.h>

enum { COMMANDS_MOST = 4 * 1000 * 1000, WINDOW = 8, SILENT_MS = 1000, PATIENCE_S = 600 };

static const struct {
    const char *name;
    int nth_most; /* how often it is passed, at most, before the process dies there */
} failpoints[] = {
    { "input.decided", 60 },   { "unit.appended", 60 },       { "unit.applied", 60 },
    { "batch.keys", 20 },      { "batch.before_commit", 20 }, { "batch.committed", 20 },
    { "batch.answered", 20 },  { "batch.published", 20 },     { "checkpoint.before", 1 },
    { "checkpoint.after", 1 },
};

enum { FAILPOINTS = sizeof failpoints / sizeof *failpoints };

static bool acknowledged[COMMANDS_MOST];

struct load {
    struct yard *yard;
    struct client *client;
    struct arena arena;
    uint64_t chance;
    int sent; /* commands 0 to sent - 1 exist */
    int in_flight[WINDOW];
    int count;
    int64_t heard_ms;
    int kills[2][FAILPOINTS];
    int deaths;
};

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static uint64_t draw(struct load *load)
{
    load->chance = load->chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return load->chance >> 33;
}

/* --- the load --------------------------------------------------------------------------------- */

static int64_t amount_of(int n)
{
    return n % 97 + 1;
}

static void send_one(struct load *load, int n)
{
    Ledger__Pay asked = LEDGER__PAY__INIT;
    Tremplin__Money amount = TREMPLIN__MONEY__INIT;
    uint8_t packed[128];
    char id[ID_TEXT_SIZE];

    snprintf(id, sizeof id, "018f0e42-7c1b-7a3e-9d41-%012x", n);
    asked.account = (char *)(uintptr_t)ACCOUNT;
    amount.cents = amount_of(n);
    asked.amount = &amount;
    client_send(load->client, id, "ledger.Pay",
                (struct bytes){ packed, ledger__pay__pack(&asked, packed) }, 0, NULL, 0);
}

static void send_again(struct load *load)
{
    for (int i = 0; i < load->count; i++)
        send_one(load, load->in_flight[i]);
    load->heard_ms = now_ms();
}

static void take_reply(struct load *load, int64_t wait_ms)
{
    const Tremplin__Reply *reply;
    int n;

    arena_reset(&load->arena);
    reply = client_receive(load->client, wait_ms, &load->arena);
    if (!reply)
        return;
    load->heard_ms = now_ms();
    n = (int)strtol(reply->id + strlen("018f0e42-7c1b-7a3e-9d41-"), NULL, 16);
    for (int i = 0; i < load->count; i++) {
        if (load->in_flight[i] != n)
            continue;
        if (is_done(reply)) {
            acknowledged[n] = true;
            load->in_flight[i] = load->in_flight[--load->count];
        } else if (reply->status == TREMPLIN__STATUS__STATUS_REFUSED) {
            /* Each is good: the account it pays to, once acknowledged, must be lost. */
            printf("not ok - command %d is refused: %s\n", n, code_of(reply));
            exit(1);
        } else {
            send_one(load, n);
        }
        return;
    }
}

static void keep_going(struct load *load, bool new_ones)
{
    while (new_ones && load->count < WINDOW && load->sent < COMMANDS_MOST) {
        load->in_flight[load->count++] = load->sent;
        send_one(load, load->sent++);
    }
    take_reply(load, 5);
    if (now_ms() - load->heard_ms > SILENT_MS)
        send_again(load);
}

/* --- the killing ------------------------------------------------------------------------------ */

struct victim {
    const char *name;
    int which;
    struct child *child;
    size_t at; /* the failpoint that it will die at */
};

static void start_to_die(struct load *load, struct victim *victim)
{
    char variable[80];
    const char *environment[] = { variable, NULL };
    int rounds = 0, most;

    do {
        victim->at = draw(load) % FAILPOINTS;
        /* The follower runs fewer and larger batches. */
        most = failpoints[victim->at].nth_most / (victim->which == 1 ? 8 : 1);
        snprintf(variable, sizeof variable, "TREMPLIN_FAILPOINT=%s:%d", failpoints[victim->at].name,
                 1 + (int)(draw(load) % (uint64_t)(most > 0 ? most : 1)));
        victim->child = yard_start(load->yard, victim->name, environment);
        if (victim->child->pid > 0)
            return;
        /* It died before it was ready, as it may. */
        load->kills[victim->which][victim->at]++;
        load->deaths++;
    } while (victim->child->code == 128 + SIGKILL && ++rounds < 20);
    printf("Bail out! %s ended with %d\n", victim->name, victim->child->code);
    exit(2);
}

static void bury(struct load *load, struct victim *victim)
{
    int code = child_wait(victim->child, 0);

    if (code < 0)
        return;
    if (code != 128 + SIGKILL) {
        printf("Bail out! %s ended with %d\n", victim->name, code);
        exit(2);
    }
    load->kills[victim->which][victim->at]++;
    load->deaths++;
    start_to_die(load, victim);
    if (victim->which == 0)
        send_again(load);
}

/* --- what must hold --------------------------------------------------------------------------- */

static int64_t sum_of(int count)
{
    int64_t sum = 0;

    for (int n = 0; n < count; n++)
        sum += amount_of(n);
    return sum;
}

/* How often each command is in the ledger's journal; false when it cannot be read. */
static bool count_in_journal(struct load *load, uint8_t *times)
{
    uint64_t next = 1, head = 1;

    while (next <= head) {
        Tremplin__ReadQuery asked = TREMPLIN__READ_QUERY__INIT;
        const Tremplin__Reply *reply;
        const Tremplin__ReadReply *read;

        asked.first = next;
        reply = yard_call(load->yard, "ledger", NULL, "Runtime.Read", &asked.base);
        if (!is_done(reply))
            return false;
        read = tremplin__read_reply__unpack(&load->yard->arena.unpacker, reply->body.len,
                                            reply->body.data);
        if (!read || (read->n_entries == 0 && next <= read->head))
            return false;
        head = read->head;
        for (size_t i = 0; i < read->n_entries; i++) {
            const Tremplin__Header *header =
                tremplin__header__unpack(&load->yard->arena.unpacker, read->entries[i]->header.len,
                                         read->entries[i]->header.data);

            if (!header || header->sequence != next++)
                return false;
            if (strcmp(header->type, "ledger.Paid") == 0)
                times[strtol(header->cause->command + strlen("018f0e42-7c1b-7a3e-9d41-"), NULL,
                             16)]++;
        }
    }
    return true;
}

static void check_all(struct load *load)
{
    uint8_t *times = calloc((size_t)load->sent, 1);
    int missing = 0, doubled = 0, unasked = 0;

    check(count_in_journal(load, times), "the journal is numbered without gaps");
    for (int n = 0; n < load->sent; n++) {
        missing += acknowledged[n] && times[n] == 0;
        doubled += times[n] > 1;
        unasked += !acknowledged[n];
    }
    free(times);
    check_number(unasked, 0, "every one of %d commands was acknowledged in the end", load->sent);
    check_number(missing, 0, "no acknowledged command is missing");
    check_number(doubled, 0, "none is there twice");
    check_number(yard_account(load->yard, "ledger", ACCOUNT)->balance->cents, sum_of(load->sent),
                 "the balance is the sum of the payments, to the cent");
    check(yard_settle(load->yard), "the follower comes to the end");
    check_number(yard_account(load->yard, "beside", ACCOUNT)->heard->cents, sum_of(load->sent),
                 "and has heard each payment once");
}

int main(int argc, char **argv)
{
    int wanted = argc > 1 ? atoi(argv[1]) : 200;
    struct load load = { .chance = argc > 2 ? strtoull(argv[2], NULL, 10) : 20261123 };
    struct victim victims[] = { { .name = "ledger", .which = 0 },
                                { .name = "beside", .which = 1 } };
    int64_t until_ms = now_ms() + (int64_t)PATIENCE_S * 1000;
    struct client_setup setup;

    load.yard = yard_open(NULL, NULL);
    setup = (struct client_setup){ .endpoints = load.yard->endpoints, .actor = "tests" };
    load.client = client_open(&setup);
    arena_open(&load.arena, 64 * 1024);
    about("%d kills, seed %llu", wanted, (unsigned long long)load.chance);
    victims[0].child = yard_start(load.yard, "ledger", NULL);
    yard_open_account(load.yard, ACCOUNT, NULL);
    child_end(victims[0].child, SIGKILL);
    start_to_die(&load, &victims[0]);
    start_to_die(&load, &victims[1]);
    load.heard_ms = now_ms();
    while (load.deaths < wanted && now_ms() < until_ms) {
        keep_going(&load, true);
        bury(&load, &victims[0]);
        bury(&load, &victims[1]);
    }
    for (int i = 0; i < 2; i++) {
        child_end(victims[i].child, SIGKILL);
        victims[i].child = yard_start(load.yard, victims[i].name, NULL);
    }
    send_again(&load);
    while (load.count > 0 && now_ms() < until_ms)
        keep_going(&load, false);
    check(load.deaths >= wanted, "%d deaths under load", load.deaths);
    for (size_t i = 0; i < FAILPOINTS; i++)
        check(wanted < 100 || load.kills[0][i] + load.kills[1][i] > 0, "%s: %d and %d",
              failpoints[i].name, load.kills[0][i], load.kills[1][i]);
    check_all(&load);
    for (int i = 0; i < 2; i++)
        check_number(child_end(victims[i].child, SIGTERM), 0, "%s stops cleanly", victims[i].name);
    check(yard_replays_same(load.yard, &ledger), "the ledger's tables are its journal replayed");
    check(yard_replays_same(load.yard, &ledger_beside), "the follower's too");
    client_close(load.client);
    arena_close(&load.arena);
    yard_close(load.yard);
    return checks_done();
}
