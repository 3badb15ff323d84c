/* Real processes over real sockets: what is asked is answered, whatever else is on the sockets. */
#include "libcommon/ids.h"
#include "tests/loopback.h"
#include "tests/process/yard.h"

#include <signal.h>
#include <time.h>
#include <unistd.h>
#include <zmq.h>

static struct bytes payment(struct arena *arena, int64_t cents)
{
    Ledger__Pay asked = LEDGER__PAY__INIT;
    Tremplin__Money amount = TREMPLIN__MONEY__INIT;
    struct bytes body;
    uint8_t *packed;

    asked.account = (char *)(uintptr_t)ACCOUNT;
    amount.cents = cents;
    asked.amount = &amount;
    body.length = ledger__pay__get_packed_size(&asked);
    packed = arena_take(arena, body.length);
    ledger__pay__pack(&asked, packed);
    body.at = packed;
    return body;
}

/* The n-th command's identifier, the same in every life of the service. */
static const char *nth_id(int n, char id[ID_TEXT_SIZE])
{
    snprintf(id, ID_TEXT_SIZE, "018f0e42-7c1b-7a3e-9d41-%012x", n);
    return id;
}

static int nth_of(const char *id)
{
    return (int)strtol(id + strlen("018f0e42-7c1b-7a3e-9d41-"), NULL, 16);
}

static struct client *new_client(const struct yard *yard)
{
    struct client_setup setup = { .endpoints = yard->endpoints, .actor = "tests" };

    return client_open(&setup);
}

static int64_t balance_of(struct yard *yard, const char *service)
{
    const Ledger__AccountReply *account = yard_account(yard, service, ACCOUNT);

    if (!account)
        return -1;
    return strcmp(service, "ledger") == 0 ? (account->balance ? account->balance->cents : 0)
                                          : (account->heard ? account->heard->cents : 0);
}

static void test_start_and_stop(void)
{
    struct yard *yard = yard_open(NULL, NULL);
    struct child *process = yard_start(yard, "ledger", NULL);

    about("a service starts, answers, stops cleanly and starts again");
    check(process->pid > 0, "it says that it is ready");
    check(is_done(yard_open_account(yard, ACCOUNT, "Marguerite Vasseur")), "a command is done");
    check(is_done(yard_pay(yard, NULL, ACCOUNT, 1250)), "another too");
    check_number(child_end(process, SIGTERM), 0, "SIGTERM stops it with 0");
    check(child_said(process, "event=stopped"), "and it says so");
    check(child_said(process, "event=day_opened"), "the day's opening was logged");
    check(!child_said(process, "Marguerite") && !child_said(process, "Vasseur"),
          "and nobody's name was");
    process = yard_start(yard, "ledger", NULL);
    check_number(balance_of(yard, "ledger"), 1250, "what was done is there after a new start");
    check(strcmp(yard_account(yard, "ledger", ACCOUNT)->holder, "Marguerite Vasseur") == 0,
          "what was sealed too");
    check_number(child_end(process, SIGINT), 0, "SIGINT stops it too");
    yard_close(yard);
}

/* Sends all without waiting, never again, and counts the replies. */
static int send_all(struct client *client, int first, int count, struct arena *arena)
{
    int done = 0;

    for (int i = first; i < first + count; i++) {
        char id[ID_TEXT_SIZE];

        arena_reset(arena);
        client_send(client, nth_id(i, id), "ledger.Pay", payment(arena, 1), 0, NULL, 0);
    }
    for (int i = 0; i < count; i++) {
        arena_reset(arena);
        done += is_done(client_receive(client, 20000, arena));
    }
    return done;
}

static void test_burst(void)
{
    enum { MANY = 5000 };
    struct yard *yard = yard_open(NULL, NULL);
    struct arena arena;
    struct client *client = new_client(yard);

    about("every message of a burst is answered once, sent once");
    arena_open(&arena, 64 * 1024);
    yard_start(yard, "ledger", NULL);
    yard_open_account(yard, ACCOUNT, NULL);
    check_number(send_all(client, 0, MANY, &arena), MANY, "%d at once: as many replies", MANY);
    check_number(balance_of(yard, "ledger"), MANY, "each counts once");
    check_number(send_all(client, 0, MANY, &arena), MANY, "the same again: the same replies");
    check_number(balance_of(yard, "ledger"), MANY, "and none counts twice");
    client_close(client);
    arena_close(&arena);
    yard_close(yard);
}

static void test_in_between(void)
{
    enum { ROUNDS = 400 };
    struct yard *yard = yard_open(NULL, NULL);
    struct client *clients[3];
    struct arena arena;
    int sent = 0, answered = 0;

    about(
        "a send between an arrival and its reading hides nothing: no reply is waited for in vain");
    arena_open(&arena, 64 * 1024);
    yard_start(yard, "ledger", NULL);
    yard_start(yard, "beside", NULL);
    yard_open_account(yard, ACCOUNT, NULL);
    for (int i = 0; i < 3; i++)
        clients[i] = new_client(yard);
    for (int round = 0; round < ROUNDS; round++) {
        int window = 1 + round % 7;

        /* One client's replies go out while the others' requests come in. */
        for (int i = 0; i < 3 * window; i++) {
            char id[ID_TEXT_SIZE];

            arena_reset(&arena);
            sent += client_send(clients[i % 3], nth_id(sent, id), "ledger.Pay", payment(&arena, 1),
                                0, NULL, 0);
        }
        for (int i = 0; i < 3 * window; i++) {
            arena_reset(&arena);
            answered += is_done(client_receive(clients[i % 3], 5000, &arena));
        }
    }
    check_number(answered, sent, "every request of %d rounds is answered", ROUNDS);
    check(yard_settle(yard), "the follower hears all");
    check_number(balance_of(yard, "beside"), sent, "each once");
    for (int i = 0; i < 3; i++)
        client_close(clients[i]);
    arena_close(&arena);
    yard_close(yard);
}

static void test_stop_while_sending(void)
{
    enum { MANY = 4000 };
    static bool acknowledged[MANY];
    struct yard *yard = yard_open(NULL, NULL);
    struct child *process = yard_start(yard, "ledger", NULL);
    struct client *client = new_client(yard);
    const Tremplin__Reply *reply;
    struct arena arena;
    int before = 0, after = 0;

    about("a stop in the middle of a burst: what is committed is answered, the rest can be sent "
          "again");
    arena_open(&arena, 64 * 1024);
    yard_open_account(yard, ACCOUNT, NULL);
    for (int i = 0; i < MANY; i++) {
        char id[ID_TEXT_SIZE];

        arena_reset(&arena);
        client_send(client, nth_id(i, id), "ledger.Pay", payment(&arena, 1), 0, NULL, 0);
    }
    for (; before < 300; before++) {
        arena_reset(&arena);
        reply = client_receive(client, 5000, &arena);
        acknowledged[nth_of(reply->id)] = is_done(reply);
    }
    kill(process->pid, SIGTERM);
    check_number(child_wait(process, 30000), 0, "it stops with 0");
    while (arena_reset(&arena), (reply = client_receive(client, 500, &arena)) != NULL)
        if (is_done(reply)) {
            acknowledged[nth_of(reply->id)] = true;
            before++;
        }
    client_close(client);
    yard_start(yard, "ledger", NULL);
    check(before < MANY, "it did stop in the middle");
    check_number(balance_of(yard, "ledger"), before,
                 "%d were done before the stop, and every one of them was answered", before);
    for (int i = 0; i < MANY; i++)
        if (!acknowledged[i]) {
            char id[ID_TEXT_SIZE];

            after += is_done(yard_pay(yard, nth_id(i, id), ACCOUNT, 1));
        }
    check_number(before + after, MANY, "the others are done when sent again");
    check_number(balance_of(yard, "ledger"), MANY, "each once");
    arena_close(&arena);
    yard_close(yard);
}

/* --- what is no request ----------------------------------------------------------------------- */

static uint64_t draw(uint64_t *chance)
{
    *chance = *chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *chance >> 33;
}

/* The two connections are read in turn: what one sent first may be read after what the other sent.
 */
static bool comes_to_more_than(int port, const char *metric, double than)
{
    const struct timespec moment = { .tv_nsec = 20 * 1000 * 1000 };

    for (int i = 0; i < 1000; i++) {
        if (yard_metric(port, metric) > than)
            return true;
        nanosleep(&moment, NULL);
    }
    return false;
}

static void test_rubbish(void)
{
    struct yard *yard;
    char sections[64], address[PATH_SIZE + 16];
    int port = loopback_free_port();
    void *context = zmq_ctx_new(), *dealer = zmq_socket(context, ZMQ_DEALER);
    static uint8_t bytes[2 * 1024 * 1024];
    uint64_t chance = 20261123;
    int no_wait = 0;
    struct child *process;

    about("any bytes at the ROUTER leave the service alive");
    snprintf(sections, sizeof sections, "[ledger]\nhealth = %d\n", port);
    yard = yard_open(NULL, sections);
    process = yard_start(yard, "ledger", NULL);
    snprintf(address, sizeof address, "ipc://%s/ledger", yard->endpoints);
    zmq_setsockopt(dealer, ZMQ_LINGER, &no_wait, sizeof no_wait);
    zmq_connect(dealer, address);
    for (int i = 0; i < 3000; i++) {
        int frames = 1 + (int)draw(&chance) % 4;

        for (int frame = 0; frame < frames; frame++) {
            size_t length = draw(&chance) % 200;

            for (size_t n = 0; n < length; n++)
                bytes[n] = (uint8_t)draw(&chance);
            zmq_send(dealer, bytes, length, frame + 1 < frames ? ZMQ_SNDMORE : 0);
        }
    }
    check(is_done(yard_open_account(yard, ACCOUNT, NULL)), "after 3000 random messages it serves");
    check(comes_to_more_than(port, "tremplin_messages_received_total", 3000), "it read them all");
    check(yard_metric(port, "tremplin_malformed_total") > 1500,
          "those of more than one frame are counted as no requests");
    zmq_send(dealer, bytes, sizeof bytes, 0);
    check(is_done(yard_pay(yard, NULL, ACCOUNT, 1)), "a message of 2 MiB hurts nobody else");
    check(child_wait(process, 0) < 0, "it is the same process");
    zmq_close(dealer);
    zmq_ctx_term(context);
    yard_close(yard);
}

/* --- a client that is not there any more ------------------------------------------------------ */

static void test_gone(void)
{
    struct yard *yard = yard_open(NULL, NULL);
    struct arena arena;

    about("a client that leaves without its replies costs nothing");
    arena_open(&arena, 64 * 1024);
    yard_start(yard, "ledger", NULL);
    yard_open_account(yard, ACCOUNT, NULL);
    for (int round = 0; round < 20; round++) {
        struct client *client = new_client(yard);
        char id[ID_TEXT_SIZE];

        for (int i = 0; i < 20; i++) {
            arena_reset(&arena);
            client_send(client, nth_id(round * 20 + i, id), "ledger.Pay", payment(&arena, 1), 0,
                        NULL, 0);
        }
        arena_reset(&arena);
        client_receive(client, 5000, &arena);
        client_close(client);
    }
    check(is_done(yard_pay(yard, NULL, ACCOUNT, 1)), "others are answered");
    arena_close(&arena);
    yard_close(yard);
}

static void test_watching(void)
{
    struct yard *yard = yard_open(NULL, NULL);
    struct client *watcher;
    const char *service, *topic;
    struct bytes entry;
    struct arena arena;
    bool heard = false;

    about("what is committed is published with its topic");
    arena_open(&arena, 256 * 1024);
    yard_start(yard, "ledger", NULL);
    yard_open_account(yard, ACCOUNT, NULL);
    watcher = new_client(yard);
    client_watch(watcher, "ledger", "ledger.Paid");
    /* A subscription takes a moment to arrive: what comes before it is not told to this watcher. */
    for (int i = 0; i < 200 && !heard; i++) {
        arena_reset(&arena);
        yard_pay(yard, NULL, ACCOUNT, 1);
        heard = client_heard(watcher, 100, &arena, &service, &topic, &entry);
    }
    check(heard && strcmp(service, "ledger") == 0 && strcmp(topic, "ledger.Paid") == 0,
          "a payment is told to who watches payments");
    const Tremplin__Entry *told =
        heard ? tremplin__entry__unpack(&arena.unpacker, entry.length, entry.at) : NULL;
    const Tremplin__Header *header =
        told ? tremplin__header__unpack(&arena.unpacker, told->header.len, told->header.data)
             : NULL;
    check(header && strcmp(header->type, "ledger.Paid") == 0, "as a whole entry with its header");
    client_close(watcher);
    arena_close(&arena);
    yard_close(yard);
}

static void test_manual_clock(void)
{
    struct yard *yard = yard_open("clock = manual\nmanual_start = 2020-01-06 08:00", NULL);
    Ledger__Remind remind = LEDGER__REMIND__INIT;
    Tremplin__MoveClock move = TREMPLIN__MOVE_CLOCK__INIT;
    const Tremplin__StatusReply *status;

    about("under the manual clock time goes where it is told to, day by day");
    yard_start(yard, "ledger", NULL);
    yard_open_account(yard, ACCOUNT, NULL);
    status = yard_status(yard, "ledger");
    check(status && status->manual_clock && status->today && status->today->year == 2020 &&
              status->today->month == 1 && status->today->day == 6,
          "a new one begins where the configuration says");
    remind.account = (char *)(uintptr_t)ACCOUNT;
    remind.at_ms = instant_of(DATE(2020, 3, 29), 3, 0);
    check(is_done(yard_call(yard, "ledger", NULL, "ledger.Remind", &remind.base)),
          "a reminder is set for March");
    move.to_ms = instant_of(DATE(2020, 4, 10), 9, 0);
    check(is_done(yard_call(yard, "ledger", NULL, "Runtime.MoveClock", &move.base)),
          "the clock is moved to April");
    do
        status = yard_status(yard, "ledger");
    while (status && status->busy);
    check(status && status->today->month == 4 && status->today->day == 10,
          "the days between are opened");
    check_number(yard_account(yard, "ledger", ACCOUNT)->reminders, 1, "it reminded once");
    move.to_ms = instant_of(DATE(2020, 4, 9), 9, 0);
    check_text(code_of(yard_call(yard, "ledger", NULL, "Runtime.MoveClock", &move.base)),
               "CLOCK_GOES_FORWARD", "it does not go back");
    yard_close(yard);
}

int main(void)
{
    test_start_and_stop();
    test_burst();
    test_in_between();
    test_stop_while_sending();
    test_rubbish();
    test_gone();
    test_watching();
    test_manual_clock();
    return checks_done();
}
