/* Payments recorded by N clients in flight, at the service or at the bare bound: the same requests.
 *
 *     bench-payments ENDPOINTS prepare ACCOUNTS FILE    opens units, titles and accounts; their
 * identifiers to FILE bench-payments ENDPOINTS run NAME FILE CLIENTS COUNT
 */
#include "libcommon/client.h"
#include "libcommon/service.h"
#include "proto/lodging.pb-c.h"
#include "tests/bench/bench.h"

#include <stdbool.h>
#include <string.h>

enum { CLIENTS_MOST = 1024, WAIT_MS = 30000, TABLE = 4096 };

struct load {
    struct client *client;
    struct arena arena;
    char (*accounts)[ID_TEXT_SIZE];
    int account_count;
};

static struct bytes packed(struct load *load, const ProtobufCMessage *message)
{
    size_t length = protobuf_c_message_get_packed_size(message);
    uint8_t *bytes = arena_take(&load->arena, length + 1);

    protobuf_c_message_pack(message, bytes);
    return (struct bytes){ bytes, length };
}

static void send_command(struct load *load, char id[static ID_TEXT_SIZE], const char *method,
                         const ProtobufCMessage *command)
{
    client_new_id(id);
    if (client_send(load->client, id, method, packed(load, command), 0, NULL, 0))
        return;
    fprintf(stderr, "cannot send\n");
    exit(1);
}

static const Tremplin__Reply *receive(struct load *load)
{
    const Tremplin__Reply *reply = client_receive(load->client, WAIT_MS, &load->arena);

    if (reply && reply->status == TREMPLIN__STATUS__STATUS_DONE)
        return reply;
    fprintf(stderr, "%s\n", reply && reply->trouble ? reply->trouble->english : "no answer");
    exit(1);
}

/* --- preparing -------------------------------------------------------------------------------- */

static void commission(struct load *load, int places)
{
    Lodging__CommissionUnit unit = LODGING__COMMISSION_UNIT__INIT;
    Tremplin__Money rent = TREMPLIN__MONEY__INIT, charges = TREMPLIN__MONEY__INIT;
    char id[ID_TEXT_SIZE];

    rent.cents = 38000;
    charges.cents = 6000;
    unit.name = (char *)(uintptr_t) "bench";
    unit.places = (uint32_t)places;
    unit.holder = TREMPLIN__RESERVATION_HOLDER__RESERVATION_HOLDER_STATE;
    unit.manager = (char *)(uintptr_t) "TOIT";
    unit.rent = &rent;
    unit.charges = &charges;
    unit.services = &charges;
    send_command(load, id, "lodging.CommissionUnit", &unit.base);
}

static void sign(struct load *load, const char *unit)
{
    Lodging__SignTitle title = LODGING__SIGN_TITLE__INIT;
    char id[ID_TEXT_SIZE], household[ID_TEXT_SIZE];

    client_new_id(household);
    title.unit = (char *)(uintptr_t)unit;
    title.household = household;
    title.document = (char *)(uintptr_t) "TITRE";
    title.house_rules_annexed = true;
    title.term_months = 24;
    send_command(load, id, "lodging.SignTitle", &title.base);
}

static void prepare(struct load *load, int accounts, const char *path)
{
    enum { AT_ONCE = 256 };
    FILE *file = fopen(path, "w");
    int units_sent = 0, units = 0, titles = 0;

    if (!file)
        exit(1);
    while (titles < accounts) {
        const Tremplin__Reply *reply;
        const Lodging__CommissionUnitReply *unit;
        const Lodging__SignTitleReply *title;

        arena_reset(&load->arena);
        while (units_sent < accounts && units_sent - titles < AT_ONCE) {
            commission(load, 1);
            units_sent++;
        }
        reply = receive(load);
        /* A unit's reply has one field, a title's two. */
        title = lodging__sign_title_reply__unpack(&load->arena.unpacker, reply->body.len,
                                                  reply->body.data);
        if (title && *title->account) {
            fprintf(file, "%s\n", title->account);
            titles++;
            continue;
        }
        unit = lodging__commission_unit_reply__unpack(&load->arena.unpacker, reply->body.len,
                                                      reply->body.data);
        sign(load, unit->unit);
        units++;
    }
    fclose(file);
}

/* --- running ---------------------------------------------------------------------------------- */

static void read_accounts(struct load *load, const char *path)
{
    FILE *file = fopen(path, "r");
    char line[64];

    if (!file)
        exit(1);
    load->accounts = malloc(sizeof *load->accounts * 200000);
    while (fgets(line, sizeof line, file) && load->account_count < 200000)
        snprintf(load->accounts[load->account_count++], ID_TEXT_SIZE, "%.36s", line);
    fclose(file);
}

struct sent {
    char id[ID_TEXT_SIZE];
    int64_t at_us;
};

/* By the last characters of an identifier, which are random. */
static size_t place_of(const struct sent table[TABLE], const char *id)
{
    size_t place = strtoul(id + 28, NULL, 16) % TABLE;

    while (table[place].id[0] != '\0' && strcmp(table[place].id, id) != 0)
        place = (place + 1) % TABLE;
    return place;
}

static void pay(struct load *load, struct sent table[TABLE])
{
    Lodging__RecordPayment payment = LODGING__RECORD_PAYMENT__INIT;
    Tremplin__Money amount = TREMPLIN__MONEY__INIT;
    char id[ID_TEXT_SIZE], reference[40];
    size_t place;

    snprintf(reference, sizeof reference, "VIR-%ld", random());
    amount.cents = 100 + random() % 50000;
    payment.account = load->accounts[random() % load->account_count];
    payment.amount = &amount;
    payment.method = LODGING__PAYMENT_METHOD__PAYMENT_METHOD_TRANSFER;
    payment.reference = reference;
    send_command(load, id, "lodging.RecordPayment", &payment.base);
    place = place_of(table, id);
    memcpy(table[place].id, id, sizeof id);
    table[place].at_us = bench_now_us();
}

static void run(struct load *load, const char *name, int clients, int count)
{
    static struct sent table[TABLE];
    int64_t *took_us = calloc((size_t)count, sizeof *took_us);
    int64_t started = bench_now_us();
    int sent = 0;

    for (; sent < clients && sent < count; sent++)
        pay(load, table);
    for (int done = 0; done < count; done++) {
        const Tremplin__Reply *reply;
        size_t place;

        arena_reset(&load->arena);
        reply = receive(load);
        place = place_of(table, reply->id);
        took_us[done] = bench_now_us() - table[place].at_us;
        table[place].id[0] = '\0';
        /* What lay after it in the table must be found again. */
        for (size_t at = (place + 1) % TABLE; table[at].id[0] != '\0'; at = (at + 1) % TABLE) {
            struct sent moved = table[at];

            table[at].id[0] = '\0';
            table[place_of(table, moved.id)] = moved;
        }
        if (sent++ < count)
            pay(load, table);
    }
    bench_print(name, took_us, count, bench_now_us() - started);
}

int main(int argc, char **argv)
{
    struct load load = { 0 };
    struct client_setup setup = { .actor = "bench" };

    /* Each run pays anew. */
    srandom((unsigned)bench_now_us());
    if (argc < 5 || !arena_open(&load.arena, 8 * 1024 * 1024))
        return 64;
    setup.endpoints = argv[1];
    load.client = client_open(&setup);
    if (!load.client)
        return 1;
    if (strcmp(argv[2], "prepare") == 0) {
        prepare(&load, atoi(argv[3]), argv[4]);
    } else {
        read_accounts(&load, argv[4]);
        run(&load, argv[3], atoi(argv[5]), atoi(argv[6]));
    }
    client_close(load.client);
    return 0;
}
