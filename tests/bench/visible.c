/* From the reply to a command until its event is visible at a follower: asked for with `after`.
 *
 *     bench-visible ENDPOINTS ACCOUNTS_FILE COUNT
 *
 * A payment is recorded at lodging; reporting is then asked something that it answers only once it
 * has heard the payment's position. */
#include "libcommon/client.h"
#include "libcommon/service.h"
#include "proto/lodging.pb-c.h"
#include "proto/reporting.pb-c.h"
#include "tests/bench/bench.h"

#include <string.h>

static struct bytes packed(struct arena *arena, const ProtobufCMessage *message)
{
    size_t length = protobuf_c_message_get_packed_size(message);
    uint8_t *bytes = arena_take(arena, length + 1);

    protobuf_c_message_pack(message, bytes);
    return (struct bytes){ bytes, length };
}

static const Tremplin__Reply *must_call(struct client *client, const char *method,
                                        struct bytes body, const Tremplin__Position *const after[],
                                        size_t count, struct arena *arena)
{
    const Tremplin__Reply *reply = client_call(client, NULL, method, body, after, count, arena);

    if (reply && reply->status == TREMPLIN__STATUS__STATUS_DONE)
        return reply;
    fprintf(stderr, "%s: %s\n", method, reply && reply->trouble ? reply->trouble->english : "");
    exit(1);
}

int main(int argc, char **argv)
{
    const struct client_setup setup = { .endpoints = argc > 1 ? argv[1] : "", .actor = "bench" };
    Lodging__RecordPayment payment = LODGING__RECORD_PAYMENT__INIT;
    Reporting__ReportsQuery query = REPORTING__REPORTS_QUERY__INIT;
    Tremplin__Money amount = TREMPLIN__MONEY__INIT;
    struct client *client = client_open(&setup);
    char account[64], reference[64];
    struct arena arena;
    int64_t *took_us, total_us = 0;
    int count;
    FILE *file;

    if (argc != 4 || !client || !arena_open(&arena, 8 * 1024 * 1024))
        return 64;
    file = fopen(argv[2], "r");
    if (!file || !fgets(account, sizeof account, file))
        return 1;
    account[strcspn(account, "\n")] = '\0';
    count = atoi(argv[3]);
    took_us = calloc((size_t)count, sizeof *took_us);
    for (int i = 0; i < count; i++) {
        const Tremplin__Reply *reply;
        const Tremplin__Position *position;
        int64_t began;

        arena_reset(&arena);
        snprintf(reference, sizeof reference, "V-%lld-%d", (long long)bench_now_us(), i);
        amount.cents = 100;
        payment.account = account;
        payment.amount = &amount;
        payment.method = LODGING__PAYMENT_METHOD__PAYMENT_METHOD_TRANSFER;
        payment.reference = reference;
        reply = must_call(client, "lodging.RecordPayment", packed(&arena, &payment.base), NULL, 0,
                          &arena);
        began = bench_now_us();
        position = reply->position;
        must_call(client, "reporting.Reports", packed(&arena, &query.base), &position, 1, &arena);
        took_us[i] = bench_now_us() - began;
        total_us += took_us[i];
    }
    bench_print("visible at a follower", took_us, count, total_us);
    return 0;
}
