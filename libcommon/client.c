#include "libcommon/client.h"

#include "libcommon/bus_zeromq.h"
#include "libcommon/clock.h"
#include "libcommon/curve.h"
#include "libcommon/ids.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zmq.h>

enum {
    SERVICES_MOST = 16,
    ANSWER_MS = 2000, /* then the same is sent again */
    AGAIN_MS = 20,    /* before trying again, doubled up to AGAIN_MOST_MS */
    AGAIN_MOST_MS = 500,
    TIMEOUT_MS = 30 * 1000,
};

struct connection {
    char service[64];
    void *asking;   /* DEALER, or NULL */
    void *watching; /* SUB, or NULL */
};

struct client {
    struct client_setup setup;
    char endpoints[256];
    char actor[64];
    void *context;
    bool has_keys;
    struct curve_pair pair;
    char server_key[CURVE_TEXT_SIZE];
    struct connection connections[SERVICES_MOST];
    size_t count;
};

const char *client_new_id(char id[static 37])
{
    uint8_t random[ID_RANDOM_BYTES];

    randombytes_buf(random, sizeof random);
    return id_format(id_make(clock_ms(CLOCK_REALTIME), random), id);
}

/* --- opening ---------------------------------------------------------------------------------- */

static bool read_keys(struct client *client)
{
    const char *name = client->setup.key_name ? client->setup.key_name : "client";
    struct curve_error error;

    client->has_keys = client->setup.keys && *client->setup.keys;
    return !client->has_keys ||
           (curve_pair_read(client->setup.keys, name, &client->pair, &error) &&
            curve_public_read(client->setup.keys, "server", client->server_key, &error));
}

struct client *client_open(const struct client_setup *setup)
{
    struct client *client = calloc(1, sizeof *client);

    if (!client)
        return NULL;
    client->setup = *setup;
    snprintf(client->endpoints, sizeof client->endpoints, "%s", setup->endpoints);
    snprintf(client->actor, sizeof client->actor, "%s", setup->actor ? setup->actor : "");
    if (client->setup.timeout_ms <= 0)
        client->setup.timeout_ms = TIMEOUT_MS;
    client->context = zmq_ctx_new();
    if (sodium_init() < 0 || !client->context || !read_keys(client)) {
        client_close(client);
        return NULL;
    }
    return client;
}

void client_close(struct client *client)
{
    if (!client)
        return;
    for (size_t i = 0; i < client->count; i++) {
        if (client->connections[i].asking)
            zmq_close(client->connections[i].asking);
        if (client->connections[i].watching)
            zmq_close(client->connections[i].watching);
    }
    if (client->context)
        zmq_ctx_term(client->context);
    free(client);
}

static struct connection *connection_of(struct client *client, const char *service, size_t length)
{
    struct connection *connection;

    for (size_t i = 0; i < client->count; i++)
        if (strlen(client->connections[i].service) == length &&
            strncmp(client->connections[i].service, service, length) == 0)
            return &client->connections[i];
    if (client->count == SERVICES_MOST || length >= sizeof connection->service)
        return NULL;
    connection = &client->connections[client->count++];
    *connection = (struct connection){ 0 };
    memcpy(connection->service, service, length);
    return connection;
}

static bool address_of(const struct client *client, const char *service, bool events,
                       char address[512])
{
    const char *colon = strrchr(client->endpoints, ':');
    long port;

    if (strncmp(client->endpoints, "tcp://", 6) != 0) {
        snprintf(address, 512, "ipc://%s/%s%s", client->endpoints, service,
                 events ? ".events" : "");
        return true;
    }
    port = strtol(colon + 1, NULL, 10);
    snprintf(address, 512, "%.*s:%ld", (int)(colon - client->endpoints), client->endpoints,
             port + events);
    return port > 0;
}

static void *open_socket(struct client *client, const char *service, int type)
{
    void *socket = zmq_socket(client->context, type);
    char address[512];
    int most = 100000;

    if (socket && zeromq_socket_set(socket) &&
        zmq_setsockopt(socket, ZMQ_SNDHWM, &most, sizeof most) == 0 &&
        zmq_setsockopt(socket, ZMQ_RCVHWM, &most, sizeof most) == 0 &&
        (!client->has_keys ||
         (zmq_setsockopt(socket, ZMQ_CURVE_SERVERKEY, client->server_key, CURVE_TEXT_SIZE) == 0 &&
          zmq_setsockopt(socket, ZMQ_CURVE_PUBLICKEY, client->pair.public_text, CURVE_TEXT_SIZE) ==
              0 &&
          zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, client->pair.secret_text, CURVE_TEXT_SIZE) ==
              0)) &&
        address_of(client, service, type == ZMQ_SUB, address) && zmq_connect(socket, address) == 0)
        return socket;
    if (socket)
        zmq_close(socket);
    return NULL;
}

/* --- asking ----------------------------------------------------------------------------------- */

static void *asking_of(struct client *client, const char *service, size_t length)
{
    struct connection *connection = connection_of(client, service, length);

    if (!connection)
        return NULL;
    if (!connection->asking)
        connection->asking = open_socket(client, connection->service, ZMQ_DEALER);
    return connection->asking;
}

static bool send_request(struct client *client, void *socket, const char *id, const char *method,
                         struct bytes body, int64_t not_after_ms,
                         const Tremplin__Position *const after[], size_t after_count)
{
    Tremplin__Request request = TREMPLIN__REQUEST__INIT;
    zmq_msg_t message;

    request.id = (char *)(uintptr_t)id;
    request.method = (char *)(uintptr_t)method;
    request.actor = client->actor;
    request.body = (ProtobufCBinaryData){ body.length, (uint8_t *)(uintptr_t)body.at };
    request.not_after_ms = not_after_ms;
    request.after = (Tremplin__Position **)(uintptr_t)after;
    request.n_after = after_count;
    if (zmq_msg_init_size(&message, tremplin__request__get_packed_size(&request)) != 0)
        return false;
    tremplin__request__pack(&request, zmq_msg_data(&message));
    if (zmq_msg_send(&message, socket, ZMQ_DONTWAIT) >= 0)
        return true;
    zmq_msg_close(&message);
    return false;
}

static const Tremplin__Reply *receive_reply(void *socket, struct arena *arena)
{
    const Tremplin__Reply *reply = NULL;
    zmq_msg_t message;

    zmq_msg_init(&message);
    if (zmq_msg_recv(&message, socket, ZMQ_DONTWAIT) >= 0)
        reply = tremplin__reply__unpack(&arena->unpacker, zmq_msg_size(&message),
                                        zmq_msg_data(&message));
    zmq_msg_close(&message);
    return reply;
}

/* The reply to this very request, within the time; earlier ones' late replies are passed over. */
static const Tremplin__Reply *wait_for(void *socket, const char *id, int64_t until_ms,
                                       struct arena *arena)
{
    for (;;) {
        zmq_pollitem_t item = { .socket = socket, .events = ZMQ_POLLIN };
        int64_t left = until_ms - clock_ms(CLOCK_MONOTONIC);
        const Tremplin__Reply *reply;

        if (left < 0 || zmq_poll(&item, 1, (long)left) <= 0)
            return NULL;
        reply = receive_reply(socket, arena);
        if (reply && strcmp(reply->id, id) == 0)
            return reply;
    }
}

static void pause_ms(int64_t ms)
{
    struct timespec pause = { .tv_sec = ms / 1000, .tv_nsec = (ms % 1000) * 1000000 };

    nanosleep(&pause, NULL);
}

static const Tremplin__Reply *call(struct client *client, void *socket, const char *id,
                                   const char *method, struct bytes body,
                                   const Tremplin__Position *const after[], size_t after_count,
                                   struct arena *arena)
{
    int64_t until_ms = clock_ms(CLOCK_MONOTONIC) + client->setup.timeout_ms;
    int64_t not_after_ms = clock_ms(CLOCK_REALTIME) + client->setup.timeout_ms;
    int64_t pause = AGAIN_MS;
    const Tremplin__Reply *last = NULL;

    while (clock_ms(CLOCK_MONOTONIC) < until_ms) {
        int64_t answer_ms = clock_ms(CLOCK_MONOTONIC) + ANSWER_MS + (after_count ? 5000 : 0);
        const Tremplin__Reply *reply;

        send_request(client, socket, id, method, body, not_after_ms, after, after_count);
        reply = wait_for(socket, id, answer_ms < until_ms ? answer_ms : until_ms, arena);
        if (reply && reply->status != TREMPLIN__STATUS__STATUS_TRY_AGAIN)
            return reply;
        if (!reply)
            continue;
        last = reply;
        pause_ms(pause);
        pause = pause * 2 < AGAIN_MOST_MS ? pause * 2 : AGAIN_MOST_MS;
    }
    return last;
}

const Tremplin__Reply *client_call_at(struct client *client, const char *service, const char *id,
                                      const char *method, struct bytes body,
                                      const Tremplin__Position *const after[], size_t after_count,
                                      struct arena *arena)
{
    void *socket = asking_of(client, service, strlen(service));
    char made[ID_TEXT_SIZE];

    if (!socket)
        return NULL;
    return call(client, socket, id ? id : client_new_id(made), method, body, after, after_count,
                arena);
}

/* The service is what stands before the dot. */
static size_t service_length(const char *method)
{
    return strcspn(method, ".");
}

const Tremplin__Reply *client_call(struct client *client, const char *id, const char *method,
                                   struct bytes body, const Tremplin__Position *const after[],
                                   size_t after_count, struct arena *arena)
{
    void *socket = asking_of(client, method, service_length(method));
    char made[ID_TEXT_SIZE];

    if (!socket)
        return NULL;
    return call(client, socket, id ? id : client_new_id(made), method, body, after, after_count,
                arena);
}

bool client_send(struct client *client, const char *id, const char *method, struct bytes body,
                 int64_t not_after_ms, const Tremplin__Position *const after[], size_t after_count)
{
    void *socket = asking_of(client, method, service_length(method));

    return socket &&
           send_request(client, socket, id, method, body, not_after_ms, after, after_count);
}

/* Which of the sockets has something within the time; NULL when none has. */
static const struct connection *wait_any(struct client *client, bool watching, int64_t wait_ms)
{
    zmq_pollitem_t items[SERVICES_MOST];
    const struct connection *of[SERVICES_MOST];
    int count = 0;

    for (size_t i = 0; i < client->count; i++) {
        const struct connection *connection = &client->connections[i];
        void *socket = watching ? connection->watching : connection->asking;

        if (!socket)
            continue;
        of[count] = connection;
        items[count++] = (zmq_pollitem_t){ .socket = socket, .events = ZMQ_POLLIN };
    }
    if (count == 0 || zmq_poll(items, count, (long)wait_ms) <= 0)
        return NULL;
    for (int i = 0; i < count; i++)
        if (items[i].revents & ZMQ_POLLIN)
            return of[i];
    return NULL;
}

const Tremplin__Reply *client_receive(struct client *client, int64_t wait_ms, struct arena *arena)
{
    const struct connection *connection = wait_any(client, false, wait_ms);

    return connection ? receive_reply(connection->asking, arena) : NULL;
}

/* --- watching --------------------------------------------------------------------------------- */

bool client_watch(struct client *client, const char *service, const char *topic)
{
    struct connection *connection = connection_of(client, service, strlen(service));

    if (!connection)
        return false;
    if (!connection->watching)
        connection->watching = open_socket(client, service, ZMQ_SUB);
    return connection->watching &&
           zmq_setsockopt(connection->watching, ZMQ_SUBSCRIBE, topic, strlen(topic)) == 0;
}

bool client_heard(struct client *client, int64_t wait_ms, struct arena *arena, const char **service,
                  const char **topic, struct bytes *entry)
{
    const struct connection *connection = wait_any(client, true, wait_ms);
    zmq_msg_t frame;
    bool more;

    if (!connection)
        return false;
    *service = connection->service;
    *topic = NULL;
    *entry = (struct bytes){ 0 };
    do {
        zmq_msg_init(&frame);
        if (zmq_msg_recv(&frame, connection->watching, ZMQ_DONTWAIT) < 0) {
            zmq_msg_close(&frame);
            return false;
        }
        more = zmq_msg_more(&frame);
        if (!*topic)
            *topic = arena_text(arena, zmq_msg_data(&frame), zmq_msg_size(&frame));
        else
            *entry = (struct bytes){ arena_copy(arena, zmq_msg_data(&frame), zmq_msg_size(&frame)),
                                     zmq_msg_size(&frame) };
        zmq_msg_close(&frame);
    } while (more);
    return *topic != NULL;
}
