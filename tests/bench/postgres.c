/* The same job in PostgreSQL, in one function: ledger row, balance, outbox row, idempotency key.
 *
 *     bench-postgres HOST ACCOUNTS prepare
 *     bench-postgres HOST ACCOUNTS run CLIENTS COUNT notify|quiet
 *
 * HOST is the folder of the server's socket.  Each client in flight is a connection with one call.
 */
#include "tests/bench/bench.h"

#include <libpq-fe.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>

enum { CLIENTS_MOST = 512 };

static const char *const schema[] = {
    "drop table if exists account, ledger, outbox, receipt cascade",
    "create table account (id bigint primary key, balance bigint not null)",
    "create table ledger (id bigserial primary key, account bigint not null, cents bigint not null,"
    " paid_on date not null, reference text not null)",
    "create index on ledger (account, id)",
    "create table outbox (sequence bigserial primary key, type text not null, body bytea not null)",
    "create table receipt (id uuid primary key, reply bytea not null)",
    "create or replace function pay(command uuid, payer bigint, amount bigint, reference text,"
    " tell boolean) returns bigint language plpgsql as $$"
    "declare now_left bigint; begin"
    " insert into receipt values (command, '\\x00') on conflict do nothing;"
    " if not found then return null; end if;"
    " insert into ledger (account, cents, paid_on, reference) values (payer, amount,"
    "  '2021-01-04', reference);"
    " update account set balance = balance - amount where id = payer returning balance into "
    "now_left;"
    " insert into outbox (type, body) values ('lodging.PaymentRecorded', decode(repeat('ab', 180),"
    "  'hex'));"
    " if tell then perform pg_notify('outbox', ''); end if;"
    " return now_left; end $$",
};

static PGconn *open_connection(const char *host)
{
    char words[400];
    PGconn *connection;

    snprintf(words, sizeof words, "host=%s dbname=postgres user=postgres", host);
    connection = PQconnectdb(words);
    if (PQstatus(connection) == CONNECTION_OK)
        return connection;
    fprintf(stderr, "%s", PQerrorMessage(connection));
    exit(1);
}

static void execute(PGconn *connection, const char *statement)
{
    PGresult *result = PQexec(connection, statement);

    if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK) {
        fprintf(stderr, "%s", PQerrorMessage(connection));
        exit(1);
    }
    PQclear(result);
}

static void prepare(const char *host, long accounts)
{
    PGconn *connection = open_connection(host);
    char statement[200];

    for (size_t i = 0; i < sizeof schema / sizeof *schema; i++)
        execute(connection, schema[i]);
    snprintf(statement, sizeof statement,
             "insert into account select i, 0 from generate_series(1, %ld) i", accounts);
    execute(connection, statement);
    execute(connection, "vacuum analyze");
    PQfinish(connection);
}

static void send_one(PGconn *connection, long accounts, bool notify)
{
    char account[24], command[40], amount[24];
    const char *values[] = { command, account, amount, "VIR-1", notify ? "true" : "false" };

    snprintf(account, sizeof account, "%ld", 1 + random() % accounts);
    snprintf(amount, sizeof amount, "%ld", 100 + random() % 50000);
    snprintf(command, sizeof command, "%08lx-%04lx-7%03lx-8%03lx-%08lx%04lx", random() & 0xffffffff,
             random() & 0xffff, random() & 0xfff, random() & 0xfff, random() & 0xffffffff,
             random() & 0xffff);
    if (!PQsendQueryPrepared(connection, "pay", 5, values, NULL, NULL, 0)) {
        fprintf(stderr, "%s", PQerrorMessage(connection));
        exit(1);
    }
}

static bool is_answered(PGconn *connection)
{
    PGresult *result;

    if (!PQconsumeInput(connection) || PQisBusy(connection))
        return false;
    while ((result = PQgetResult(connection)) != NULL) {
        if (PQresultStatus(result) != PGRES_TUPLES_OK) {
            fprintf(stderr, "%s", PQerrorMessage(connection));
            exit(1);
        }
        PQclear(result);
    }
    return true;
}

static void run(const char *host, long accounts, int clients, int count, bool notify)
{
    static PGconn *connections[CLIENTS_MOST];
    static struct pollfd polled[CLIENTS_MOST];
    static int64_t sent_us[CLIENTS_MOST];
    int64_t *took_us = calloc((size_t)count, sizeof *took_us);
    int64_t started;
    int sent = 0, done = 0;

    for (int i = 0; i < clients; i++) {
        PGresult *result;

        connections[i] = open_connection(host);
        result = PQprepare(connections[i], "pay", "select pay($1, $2, $3, $4, $5)", 5, NULL);
        PQclear(result);
        polled[i] = (struct pollfd){ .fd = PQsocket(connections[i]), .events = POLLIN };
    }
    started = bench_now_us();
    for (; sent < clients && sent < count; sent++) {
        sent_us[sent] = bench_now_us();
        send_one(connections[sent], accounts, notify);
    }
    while (done < count) {
        poll(polled, (nfds_t)clients, 1000);
        for (int i = 0; i < clients; i++) {
            if (!(polled[i].revents & POLLIN) || !is_answered(connections[i]))
                continue;
            if (done < count)
                took_us[done++] = bench_now_us() - sent_us[i];
            if (sent >= count)
                continue;
            sent++;
            sent_us[i] = bench_now_us();
            send_one(connections[i], accounts, notify);
        }
    }
    bench_print(notify ? "PostgreSQL, NOTIFY" : "PostgreSQL", took_us, count,
                bench_now_us() - started);
}

int main(int argc, char **argv)
{
    /* Each run pays anew. */
    srandom((unsigned)bench_now_us());
    if (argc >= 4 && strcmp(argv[3], "prepare") == 0)
        prepare(argv[1], atol(argv[2]));
    else if (argc == 7)
        run(argv[1], atol(argv[2]), atoi(argv[4]), atoi(argv[5]), strcmp(argv[6], "notify") == 0);
    else
        return 64;
    return 0;
}
