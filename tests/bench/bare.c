/* The bare bound: the same bytes into the same two LMDB environments, in the same batches, over the
 * same ipc sockets, with no service around them.
 *
 *     bench-bare ENDPOINTS FOLDER ACCOUNTS ENTRY ACCOUNT LINE REFERENCE RECEIPT REPLY
 *
 * The last six are sizes of values, in bytes.  Answers as the service "bare" would: each request is
 * one entry appended to the journal, an account's row read and written, a ledger line, the
 * payment's reference, a receipt and its day put into the tables; the journal is committed once a
 * batch with full sync, the tables every 4,000 puts or second. */
#include "libcommon/calendar.h"
#include "proto/tremplin.pb-c.h"
#include "tests/bench/bench.h"

#include <lmdb.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <zmq.h>

enum { BATCH = 512, PEER = 256, CHECKPOINT_PUTS = 4000 };

struct bare {
    void *requests;
    void *events;
    MDB_env *journal, *tables;
    MDB_dbi entries, accounts, lines, receipts, receipts_by_day;
    MDB_txn *open; /* on the tables */
    uint64_t sequence;
    size_t puts;
    int64_t checkpoint_us;
    long account_count;
    size_t entry_bytes, account_bytes, line_bytes, reference_bytes, receipt_bytes, reply_bytes;
};

static void must(int code, const char *what)
{
    if (code == 0)
        return;
    fprintf(stderr, "%s: %s\n", what, mdb_strerror(code));
    exit(1);
}

static MDB_env *open_environment(const char *folder, const char *name)
{
    char path[512];
    MDB_env *env;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    mkdir(folder, 0700);
    mkdir(path, 0700);
    must(mdb_env_create(&env), "env");
    mdb_env_set_maxdbs(env, 8);
    mdb_env_set_mapsize(env, (size_t)64 << 30);
    must(mdb_env_open(env, path, 0, 0600), path);
    return env;
}

static void big_endian(uint64_t number, uint8_t bytes[8])
{
    for (int i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(number >> (56 - 8 * i));
}

static void put(MDB_txn *txn, MDB_dbi dbi, const void *key, size_t key_size, size_t size,
                unsigned flags)
{
    MDB_val at = { .mv_size = key_size, .mv_data = (void *)(uintptr_t)key };
    MDB_val value = { .mv_size = size };

    must(mdb_put(txn, dbi, &at, &value, flags | MDB_RESERVE), "put");
    memset(value.mv_data, 0x5a, size);
}

static void open_stores(struct bare *bare, const char *folder)
{
    MDB_txn *txn;

    bare->journal = open_environment(folder, "journal");
    bare->tables = open_environment(folder, "tables");
    must(mdb_txn_begin(bare->journal, NULL, 0, &txn), "begin");
    must(mdb_dbi_open(txn, "entries", MDB_CREATE, &bare->entries), "dbi");
    must(mdb_txn_commit(txn), "commit");
    must(mdb_txn_begin(bare->tables, NULL, 0, &txn), "begin");
    must(mdb_dbi_open(txn, "accounts", MDB_CREATE, &bare->accounts), "dbi");
    must(mdb_dbi_open(txn, "lines", MDB_CREATE, &bare->lines), "dbi");
    must(mdb_dbi_open(txn, "receipts", MDB_CREATE, &bare->receipts), "dbi");
    must(mdb_dbi_open(txn, "receipts_by_day", MDB_CREATE, &bare->receipts_by_day), "dbi");
    for (long i = 0; i < bare->account_count; i++) {
        uint8_t key[16] = { 0 };

        big_endian((uint64_t)i, key);
        put(txn, bare->accounts, key, sizeof key, bare->account_bytes, 0);
    }
    must(mdb_txn_commit(txn), "commit");
    must(mdb_txn_begin(bare->tables, NULL, 0, &bare->open), "begin");
}

static void *open_socket(void *context, int type, const char *endpoints, const char *name)
{
    void *socket = zmq_socket(context, type);
    char endpoint[300];
    int linger = 0;

    zmq_setsockopt(socket, ZMQ_LINGER, &linger, sizeof linger);
    snprintf(endpoint, sizeof endpoint, "ipc://%s/%s", endpoints, name);
    if (zmq_bind(socket, endpoint) != 0) {
        fprintf(stderr, "%s: %s\n", endpoint, zmq_strerror(zmq_errno()));
        exit(1);
    }
    return socket;
}

/* What a payment writes: an entry, the account's row, a line and its reference, a receipt and its
 * day. */
static void write_one(struct bare *bare, MDB_txn *journal, const uint8_t command[16])
{
    uint8_t sequence[8], account[16] = { 0 }, line[24], reference[49] = { 0 }, by_day[24] = { 0 };
    MDB_val key = { .mv_size = sizeof account, .mv_data = account }, value;

    big_endian(++bare->sequence, sequence);
    put(journal, bare->entries, sequence, sizeof sequence, bare->entry_bytes, MDB_APPEND);
    big_endian((uint64_t)(random() % bare->account_count), account);
    must(mdb_get(bare->open, bare->accounts, &key, &value), "get");
    put(bare->open, bare->accounts, account, sizeof account, bare->account_bytes, 0);
    memcpy(line, account, sizeof account);
    memcpy(line + 16, sequence, sizeof sequence);
    put(bare->open, bare->lines, line, sizeof line, bare->line_bytes, 0);
    memcpy(reference, account, sizeof account);
    reference[sizeof account] = 255;
    for (size_t i = sizeof account + 1; i < sizeof reference; i++)
        reference[i] = (uint8_t)random();
    put(bare->open, bare->lines, reference, sizeof reference, bare->reference_bytes, 0);
    put(bare->open, bare->receipts, command, 16, bare->receipt_bytes, 0);
    memcpy(by_day + 8, command, 16);
    put(bare->open, bare->receipts_by_day, by_day, sizeof by_day, bare->receipt_bytes, 0);
    bare->puts += 5;
}

static void checkpoint(struct bare *bare)
{
    int64_t now = bench_now_us();

    if (bare->puts < CHECKPOINT_PUTS && now - bare->checkpoint_us < 1000000)
        return;
    must(mdb_txn_commit(bare->open), "checkpoint");
    must(mdb_txn_begin(bare->tables, NULL, 0, &bare->open), "begin");
    bare->puts = 0;
    bare->checkpoint_us = now;
}

static size_t receive_all(struct bare *bare, char peers[][PEER], size_t lengths[],
                          uint8_t commands[][16], char ids[][40])
{
    size_t count = 0;

    for (int flags = 0; count < BATCH; flags = ZMQ_DONTWAIT) {
        int length = zmq_recv(bare->requests, peers[count], PEER, flags);
        uint8_t message[2048];
        int size;
        Tremplin__Request *request;

        if (length < 0)
            break;
        lengths[count] = (size_t)length;
        size = zmq_recv(bare->requests, message, sizeof message, 0);
        request = size > 0 ? tremplin__request__unpack(NULL, (size_t)size, message) : NULL;
        if (!request)
            continue;
        snprintf(ids[count], sizeof ids[count], "%s", request->id);
        for (int i = 0; i < 16; i++)
            commands[count][i] = (uint8_t)random();
        tremplin__request__free_unpacked(request, NULL);
        count++;
    }
    return count;
}

static void serve(struct bare *bare)
{
    static char peers[BATCH][PEER], ids[BATCH][40];
    static size_t lengths[BATCH];
    static uint8_t commands[BATCH][16], body[1024], packed[4096];

    for (;;) {
        size_t count = receive_all(bare, peers, lengths, commands, ids);
        MDB_txn *journal;

        must(mdb_txn_begin(bare->journal, NULL, 0, &journal), "begin");
        for (size_t i = 0; i < count; i++)
            write_one(bare, journal, commands[i]);
        must(mdb_txn_commit(journal), "commit");
        for (size_t i = 0; i < count; i++) {
            Tremplin__Reply reply = TREMPLIN__REPLY__INIT;
            size_t size;

            reply.id = ids[i];
            reply.status = TREMPLIN__STATUS__STATUS_DONE;
            reply.body = (ProtobufCBinaryData){ bare->reply_bytes, body };
            size = tremplin__reply__pack(&reply, packed);
            zmq_send(bare->requests, peers[i], lengths[i], ZMQ_SNDMORE);
            zmq_send(bare->requests, packed, size, 0);
            zmq_send(bare->events, "lodging.PaymentRecorded", 23, ZMQ_SNDMORE);
            zmq_send(bare->events, packed,
                     bare->entry_bytes < sizeof packed ? bare->entry_bytes : 512, 0);
        }
        checkpoint(bare);
    }
}

int main(int argc, char **argv)
{
    struct bare bare = { 0 };
    void *context = zmq_ctx_new();

    if (argc != 10)
        return 64;
    bare.account_count = atol(argv[3]);
    bare.entry_bytes = (size_t)atol(argv[4]);
    bare.account_bytes = (size_t)atol(argv[5]);
    bare.line_bytes = (size_t)atol(argv[6]);
    bare.reference_bytes = (size_t)atol(argv[7]);
    bare.receipt_bytes = (size_t)atol(argv[8]);
    bare.reply_bytes = (size_t)atol(argv[9]);
    open_stores(&bare, argv[2]);
    bare.requests = open_socket(context, ZMQ_ROUTER, argv[1], "lodging");
    bare.events = open_socket(context, ZMQ_PUB, argv[1], "lodging.events");
    printf("ready\n");
    fflush(stdout);
    serve(&bare);
}
