/* With keys, who is not known by key is not answered, and who may not call a method is denied. */
#include "libcommon/curve.h"
#include "tests/loopback.h"
#include "tests/process/yard.h"

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

/* The peer is called name and known by the key of the pair. */
static void write_peer_of(const struct yard *yard, const char *name, const char *pair,
                          const char *roles)
{
    struct curve_error error = { 0 };
    char key[CURVE_TEXT_SIZE], path[64];
    FILE *file;

    if (!curve_public_read(yard_path(yard, "keys"), pair, key, &error))
        printf("Bail out! %s\n", error.sentence);
    snprintf(path, sizeof path, "keys/peers/%s.pub", name);
    file = fopen(yard_path(yard, path), "w");
    fprintf(file, "[peer]\nname = %s\nkey = %s\nroles = %s\norganisation = Toit pour tous\n", name,
            key, roles);
    fclose(file);
}

static void write_peer(const struct yard *yard, const char *name, const char *roles)
{
    write_peer_of(yard, name, name, roles);
}

static struct yard *yard_with_keys(int health, int port)
{
    static const char *const names[] = {
        "server", "alice", "reader", "stranger", "late", "renewed"
    };
    char sections[256];
    struct curve_error error = { 0 };
    struct yard *yard;

    snprintf(sections, sizeof sections,
             "[ledger]\nhealth = %d\nlisten = tcp://127.0.0.1:%d\n[beside]\n", health, port);
    yard = yard_open("keys = keys", sections);
    mkdir(yard_path(yard, "keys"), 0700);
    mkdir(yard_path(yard, "keys/peers"), 0700);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!curve_pair_make(yard_path(yard, "keys"), names[i], &error))
            printf("Bail out! %s\n", error.sentence);
    write_peer(yard, "alice", "staff");
    write_peer(yard, "reader", "integrator");
    return yard;
}

static struct client *client_of(const struct yard *yard, const char *name, const char *endpoints)
{
    struct client_setup setup = {
        .endpoints = endpoints ? endpoints : yard->endpoints,
        .actor = "mallory",
        .timeout_ms = 1500,
        .keys = name ? yard_path(yard, "keys") : NULL,
        .key_name = name,
    };

    return client_open(&setup);
}

static const Tremplin__Reply *pay(struct yard *yard, struct client *client)
{
    Ledger__Pay asked = LEDGER__PAY__INIT;
    Tremplin__Money amount = TREMPLIN__MONEY__INIT;
    uint8_t packed[128];

    asked.account = (char *)(uintptr_t)ACCOUNT;
    amount.cents = 100;
    asked.amount = &amount;
    arena_reset(&yard->arena);
    return client_call(client, NULL, "ledger.Pay",
                       (struct bytes){ packed, ledger__pay__pack(&asked, packed) }, NULL, 0,
                       &yard->arena);
}

static const Tremplin__Reply *call(struct yard *yard, struct client *client, const char *service,
                                   const char *method, const ProtobufCMessage *asked)
{
    uint8_t packed[256];

    arena_reset(&yard->arena);
    return client_call_at(client, service, NULL, method,
                          (struct bytes){ packed, protobuf_c_message_pack(asked, packed) }, NULL, 0,
                          &yard->arena);
}

/* The actor of the journal's last entry. */
static const char *last_actor(struct yard *yard, struct client *client)
{
    Tremplin__ReadQuery asked = TREMPLIN__READ_QUERY__INIT;
    const Tremplin__Reply *reply = call(yard, client, "ledger", "Runtime.Read", &asked.base);
    const Tremplin__ReadReply *read =
        is_done(reply)
            ? tremplin__read_reply__unpack(&yard->arena.unpacker, reply->body.len, reply->body.data)
            : NULL;
    const Tremplin__Entry *last =
        read && read->n_entries > 0 ? read->entries[read->n_entries - 1] : NULL;
    const Tremplin__Header *header =
        last ? tremplin__header__unpack(&yard->arena.unpacker, last->header.len, last->header.data)
             : NULL;

    return header ? header->actor : "nobody";
}

static bool hears(struct yard *yard, struct client *client)
{
    Ledger__AccountQuery asked = LEDGER__ACCOUNT_QUERY__INIT;

    asked.account = (char *)(uintptr_t)ACCOUNT;
    for (int i = 0; i < 500; i++) {
        const Tremplin__Reply *reply = call(yard, client, "beside", "beside.Account", &asked.base);
        const Ledger__AccountReply *account =
            is_done(reply) ? ledger__account_reply__unpack(&yard->arena.unpacker, reply->body.len,
                                                           reply->body.data)
                           : NULL;

        if (account && account->heard && account->heard->cents == 100)
            return true;
    }
    return false;
}

/* Something that was published. */
static bool hears_one(struct yard *yard, struct client *watcher)
{
    const char *service, *topic;
    struct bytes entry;

    arena_reset(&yard->arena);
    return client_heard(watcher, 100, &yard->arena, &service, &topic, &entry);
}

/* A subscription begins when it begins: payments are made until one is heard. */
static bool hears_a_payment(struct yard *yard, struct client *payer, struct client *watcher)
{
    for (int i = 0; i < 100; i++)
        if (is_done(pay(yard, payer)) && hears_one(yard, watcher))
            return true;
    return false;
}

static void hear_all(struct yard *yard, struct client *watcher)
{
    while (hears_one(yard, watcher))
        continue;
}

static void test_keys(void)
{
    int health = loopback_free_port(), port = loopback_free_port();
    struct yard *yard = yard_with_keys(health, port);
    struct child *process = yard_start(yard, "ledger", NULL);
    struct client *alice, *reader, *stranger, *nobody, *late, *renewed, *far;
    Ledger__OpenAccount open = LEDGER__OPEN_ACCOUNT__INIT;
    const Tremplin__Reply *reply;
    char address[64];

    about("keys on ipc and tcp");
    check(process->pid > 0, "with keys it listens on tcp too");
    alice = client_of(yard, "alice", NULL);
    open.account = (char *)(uintptr_t)ACCOUNT;
    check(is_done(call(yard, alice, "ledger", "ledger.OpenAccount", &open.base)),
          "a known key is answered");
    check(is_done(pay(yard, alice)), "and may do what staff may");
    check_text(last_actor(yard, alice), "alice",
               "the actor is the key's name, not the claimed one");
    stranger = client_of(yard, "stranger", NULL);
    check(pay(yard, stranger) == NULL, "an unknown key is not answered");
    check(yard_metric(health, "tremplin_unknown_keys_total") >= 1, "and is counted");
    nobody = client_of(yard, NULL, NULL);
    check(pay(yard, nobody) == NULL, "nor is who has none");
    reader = client_of(yard, "reader", NULL);
    reply = pay(yard, reader);
    check(reply && reply->status == TREMPLIN__STATUS__STATUS_DENIED,
          "an integrator may not pay: denied");
    check_text(code_of(reply), "DENIED", "and told so");
    check(yard_metric(health, "tremplin_denied_total") == 1, "which is counted");
    check_text(last_actor(yard, reader), "alice", "it may read");
    snprintf(address, sizeof address, "tcp://127.0.0.1:%d", port);
    far = client_of(yard, "reader", address);
    check_text(last_actor(yard, far), "alice", "over tcp too");

    about("the organisation's services know one another by their common key");
    yard_start(yard, "beside", NULL);
    check(hears(yard, alice), "the follower hears the ledger");

    about("peers are read again on SIGHUP");
    late = client_of(yard, "late", NULL);
    client_watch(alice, "ledger", "");
    client_watch(reader, "ledger", "");
    check(hears_a_payment(yard, alice, alice) && hears_a_payment(yard, alice, reader),
          "who is known hears what is published");
    hear_all(yard, alice);
    unlink(yard_path(yard, "keys/peers/alice.pub"));
    write_peer(yard, "late", "staff operator");
    kill(process->pid, SIGHUP);
    child_is_ready(process);
    check(pay(yard, alice) == NULL, "a withdrawn peer is not answered, connected or not");
    check(is_done(pay(yard, late)), "a new one is");
    check(hears_a_payment(yard, late, reader), "who is known still hears what is published");
    check(!hears_one(yard, alice), "who is withdrawn hears nothing more");

    about("a key that is replaced under its name is withdrawn");
    renewed = client_of(yard, "renewed", NULL);
    write_peer_of(yard, "late", "renewed", "staff operator");
    kill(process->pid, SIGHUP);
    child_is_ready(process);
    check(pay(yard, late) == NULL, "the old key is not answered, connected or not");
    check(is_done(pay(yard, renewed)), "the new one is");
    check_text(last_actor(yard, renewed), "late", "under the name");

    about("peers that cannot be read");
    write_peer(yard, "alice", "king");
    kill(process->pid, SIGHUP);
    child_is_ready(process);
    check(child_said(process, "roles are of staff, operator, integrator"), "a wrong file is named");
    check(is_done(pay(yard, renewed)), "and the peers stay as they were");
    client_close(alice);
    client_close(reader);
    client_close(stranger);
    client_close(nobody);
    client_close(late);
    client_close(renewed);
    client_close(far);

    about("a secret that others may read is none");
    child_end(process, SIGTERM);
    unlink(yard_path(yard, "keys/peers/alice.pub"));
    chmod(yard_path(yard, "keys/server.key"), 0644);
    process = yard_start(yard, "ledger", NULL);
    check_number(process->code, 78, "it ends with 78");
    check(child_said(process, "others may read this secret key"), "and says why");
    yard_close(yard);
}

int main(void)
{
    test_keys();
    return checks_done();
}
