/* What PUB costs with 1, 10, 100 subscribers that keep up: messages of an event's size through ipc.
 *
 *     bench-publish FOLDER SUBSCRIBERS COUNT
 *
 * The publisher waits for its subscribers every thousand messages, so that none is lost: the figure
 * is what was published and received by all. */
#include "tests/bench/bench.h"

#include <string.h>
#include <zmq.h>

enum { SUBSCRIBERS_MOST = 100, SIZE = 400, TOGETHER = 500 };

static void must(int code, const char *what)
{
    if (code >= 0)
        return;
    fprintf(stderr, "%s: %s\n", what, zmq_strerror(zmq_errno()));
    exit(1);
}

static void receive(void *subscriber, int count)
{
    char message[1024];

    for (int i = 0; i < count; i++) {
        must(zmq_recv(subscriber, message, sizeof message, 0), "receive");
        must(zmq_recv(subscriber, message, sizeof message, 0), "receive");
    }
}

int main(int argc, char **argv)
{
    void *context = zmq_ctx_new(), *publisher = zmq_socket(context, ZMQ_PUB);
    void *subscribers[SUBSCRIBERS_MOST];
    char endpoint[300], body[SIZE] = { 0 };
    int count, asked, linger = 0, unlimited = 0;
    int64_t began;

    if (argc != 4 || atoi(argv[2]) < 1 || atoi(argv[2]) > SUBSCRIBERS_MOST)
        return 64;
    asked = atoi(argv[2]);
    count = atoi(argv[3]) / TOGETHER * TOGETHER;
    snprintf(endpoint, sizeof endpoint, "ipc://%s/publish", argv[1]);
    must(zmq_setsockopt(publisher, ZMQ_LINGER, &linger, sizeof linger), "linger");
    must(zmq_setsockopt(publisher, ZMQ_SNDHWM, &unlimited, sizeof unlimited), "mark");
    must(zmq_bind(publisher, endpoint), endpoint);
    for (int i = 0; i < asked; i++) {
        subscribers[i] = zmq_socket(context, ZMQ_SUB);
        must(zmq_setsockopt(subscribers[i], ZMQ_LINGER, &linger, sizeof linger), "linger");
        must(zmq_setsockopt(subscribers[i], ZMQ_RCVHWM, &unlimited, sizeof unlimited), "mark");
        must(zmq_setsockopt(subscribers[i], ZMQ_SUBSCRIBE, "", 0), "subscribe");
        must(zmq_connect(subscribers[i], endpoint), endpoint);
    }
    /* A subscription takes a moment to arrive: until each has heard something, and what came too
     * often is heard too. */
    for (int i = 0; i < asked; i++) {
        zmq_pollitem_t item = { .socket = subscribers[i], .events = ZMQ_POLLIN };

        do {
            must(zmq_send(publisher, ".", 1, ZMQ_SNDMORE), "send");
            must(zmq_send(publisher, "", 0, 0), "send");
        } while (zmq_poll(&item, 1, 10) == 0);
    }
    for (int i = 0; i < asked; i++) {
        zmq_pollitem_t item = { .socket = subscribers[i], .events = ZMQ_POLLIN };

        while (zmq_poll(&item, 1, 50) > 0)
            receive(subscribers[i], 1);
    }
    began = bench_now_us();
    for (int sent = 0; sent < count; sent += TOGETHER) {
        for (int i = 0; i < TOGETHER; i++) {
            must(zmq_send(publisher, "lodging.PaymentRecorded", 23, ZMQ_SNDMORE), "send");
            must(zmq_send(publisher, body, SIZE, 0), "send");
        }
        for (int i = 0; i < asked; i++)
            receive(subscribers[i], TOGETHER);
    }
    printf("{\"name\":\"PUB to %d\",\"count\":%d,\"per_second\":%lld}\n", asked, count,
           (long long)((int64_t)count * 1000000 / (bench_now_us() - began)));
    return 0;
}
