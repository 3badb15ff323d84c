#include "libcommon/bus_zeromq.h"

#include "libcommon/curve.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <zmq.h>

enum {
    SOCKETS_MOST = 3 + 2 * 8,
    DRAIN_MOST = 1024, /* messages of one socket before the others have their turn */
    FRAMES_MOST = 16,
    TOPIC_MOST = 128,
    REPLIES_MOST =
        20000, /* that wait for one peer to take them; it asks again for what is dropped */
};

struct zeromq_bus;
struct socket_on_loop;
typedef void drain_fn(struct zeromq_bus *bus, struct socket_on_loop *socket);

struct socket_on_loop {
    struct zeromq_bus *bus;
    void *socket;
    struct event *readable;
    drain_fn *drain; /* takes one message */
    const char *source;
    bool look_again; /* asked for, and not yet done */
    uint8_t *unsent; /* a question that found nobody connected: the newest */
    size_t unsent_length;
};

struct zeromq_bus {
    struct zeromq_setup setup;
    void *context;
    int lock;
    struct curve_pair pair;
    struct peers peers;
    bool has_keys;
    struct socket_on_loop sockets[SOCKETS_MOST];
    size_t count;
    struct socket_on_loop *router;
    struct socket_on_loop *publisher;
    struct zeromq_figures figures;
    enum zeromq_trouble trouble;
    char *sentence;
};

/* Keeps the first trouble only. */
__attribute__((format(printf, 3, 4))) static bool fail(struct zeromq_bus *bus,
                                                       enum zeromq_trouble trouble,
                                                       const char *format, ...)
{
    va_list arguments;

    if (*bus->sentence)
        return false;
    bus->trouble = trouble;
    va_start(arguments, format);
    vsnprintf(bus->sentence, 512, format, arguments);
    va_end(arguments);
    return false;
}

/* --- reading ---------------------------------------------------------------------------------- */

static bool has_input(void *socket)
{
    int events = 0;
    size_t size = sizeof events;

    return zmq_getsockopt(socket, ZMQ_EVENTS, &events, &size) == 0 && (events & ZMQ_POLLIN);
}

/* The sign that was eaten by a call on the socket is given again by hand. */
static void look_again(struct socket_on_loop *socket)
{
    if (socket->look_again || !socket->readable)
        return;
    socket->look_again = true;
    event_active(socket->readable, EV_READ, 0);
}

static struct bytes bytes_of(zmq_msg_t *frame)
{
    return (struct bytes){ zmq_msg_data(frame), zmq_msg_size(frame) };
}

/* One whole message: every frame is taken, FRAMES_MOST are kept.  Returns their number, 0 when
 * there is none. */
static size_t receive(void *socket, zmq_msg_t frames[FRAMES_MOST])
{
    size_t count = 0;
    zmq_msg_t spare;
    bool more = true;

    while (more) {
        zmq_msg_t *frame = count < FRAMES_MOST ? &frames[count] : &spare;

        zmq_msg_init(frame);
        if (zmq_msg_recv(frame, socket, ZMQ_DONTWAIT) < 0) {
            zmq_msg_close(frame);
            break;
        }
        more = zmq_msg_more(frame);
        if (count < FRAMES_MOST)
            count++;
        else
            zmq_msg_close(&spare);
    }
    return count;
}

static void forget(zmq_msg_t frames[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        zmq_msg_close(&frames[i]);
}

/* Who sent it: by key, or the service's own user. */
static bool caller_of(struct zeromq_bus *bus, zmq_msg_t *frame, struct caller *caller)
{
    const struct peer *peer;
    const char *text;
    uint8_t key[CURVE_KEY_BYTES];

    *caller = (struct caller){ .roles = ROLE_ANYBODY };
    if (!bus->has_keys)
        return true;
    text = zmq_msg_gets(frame, "User-Id");
    peer = text && zmq_z85_decode(key, text) ? peer_by_key(&bus->peers, key) : NULL;
    if (!peer)
        return false;
    *caller = (struct caller){ .name = peer->name, .roles = peer->roles };
    return true;
}

static void drain_router(struct zeromq_bus *bus, struct socket_on_loop *socket)
{
    zmq_msg_t frames[FRAMES_MOST];
    size_t count = receive(socket->socket, frames);
    struct caller caller;

    bus->figures.received++;
    if (count != 2)
        bus->figures.malformed++;
    else if (!caller_of(bus, &frames[1], &caller))
        bus->figures.unknown_keys++;
    else
        bus->setup.request(bus->setup.owner, bytes_of(&frames[0]), caller, bytes_of(&frames[1]));
    forget(frames, count);
}

static void drain_answers(struct zeromq_bus *bus, struct socket_on_loop *socket)
{
    zmq_msg_t frames[FRAMES_MOST];
    size_t count = receive(socket->socket, frames);

    if (count == 1)
        bus->setup.answer(bus->setup.owner, socket->source, bytes_of(&frames[0]));
    forget(frames, count);
}

static void drain_hints(struct zeromq_bus *bus, struct socket_on_loop *socket)
{
    zmq_msg_t frames[FRAMES_MOST];
    size_t count = receive(socket->socket, frames);

    if (count > 0)
        bus->setup.hint(bus->setup.owner, socket->source);
    forget(frames, count);
}

/* --- who may talk (ZAP, RFC 27) --------------------------------------------------------------- */

static void send_text(void *socket, const char *text, int more)
{
    zmq_send(socket, text, strlen(text), ZMQ_DONTWAIT | more);
}

/* Frames: version, request, domain, address, identity, mechanism, key.  The key itself is the
 * connection's user: another key of the same name is somebody else. */
static void drain_handshakes(struct zeromq_bus *bus, struct socket_on_loop *socket)
{
    zmq_msg_t frames[FRAMES_MOST];
    size_t count = receive(socket->socket, frames);
    const struct peer *peer = NULL;
    struct bytes id = { 0 };
    char key[CURVE_TEXT_SIZE] = "";

    if (count > 1)
        id = bytes_of(&frames[1]);
    if (count == 7 && zmq_msg_size(&frames[6]) == CURVE_KEY_BYTES)
        peer = peer_by_key(&bus->peers, zmq_msg_data(&frames[6]));
    bus->figures.unknown_keys += peer == NULL;
    if (peer)
        zmq_z85_encode(key, peer->key, CURVE_KEY_BYTES);
    send_text(socket->socket, "1.0", ZMQ_SNDMORE);
    zmq_send(socket->socket, id.at, id.length, ZMQ_DONTWAIT | ZMQ_SNDMORE);
    send_text(socket->socket, peer ? "200" : "400", ZMQ_SNDMORE);
    send_text(socket->socket, peer ? "" : "unknown key", ZMQ_SNDMORE);
    send_text(socket->socket, key, ZMQ_SNDMORE);
    zmq_send(socket->socket, "", 0, ZMQ_DONTWAIT);
    forget(frames, count);
}

/* --- the loop --------------------------------------------------------------------------------- */

static void send_unsent(struct socket_on_loop *socket)
{
    if (!socket->unsent)
        return;
    if (zmq_send(socket->socket, socket->unsent, socket->unsent_length, ZMQ_DONTWAIT) < 0)
        return;
    free(socket->unsent);
    socket->unsent = NULL;
    look_again(socket);
}

static void on_readable(evutil_socket_t descriptor, short what, void *argument)
{
    struct socket_on_loop *socket = argument;
    struct zeromq_bus *bus = socket->bus;
    int taken = 0;

    (void)descriptor;
    (void)what;
    socket->look_again = false;
    while (taken < DRAIN_MOST && has_input(socket->socket)) {
        socket->drain(bus, socket);
        taken++;
    }
    send_unsent(socket);
    if (taken == DRAIN_MOST)
        look_again(socket);
    if (taken > 0)
        bus->setup.arrived(bus->setup.owner);
    /* What came in while the answers went out gave no sign. */
    if (has_input(socket->socket))
        look_again(socket);
}

/* --- speaking --------------------------------------------------------------------------------- */

static void bus_reply(void *self, struct bytes peer, struct bytes message)
{
    struct zeromq_bus *bus = self;
    void *router;

    if (!bus->router)
        return;
    router = bus->router->socket;
    look_again(bus->router);
    if (zmq_send(router, peer.at, peer.length, ZMQ_DONTWAIT | ZMQ_SNDMORE) < 0 ||
        zmq_send(router, message.at, message.length, ZMQ_DONTWAIT) < 0)
        bus->figures.replies_lost++;
    else
        bus->figures.replied++;
}

static void bus_publish(void *self, const char *topic, struct bytes message)
{
    struct zeromq_bus *bus = self;
    void *publisher;

    if (!bus->publisher)
        return;
    publisher = bus->publisher->socket;
    if (zmq_send(publisher, topic, strlen(topic), ZMQ_DONTWAIT | ZMQ_SNDMORE) >= 0 &&
        zmq_send(publisher, message.at, message.length, ZMQ_DONTWAIT) >= 0)
        bus->figures.published++;
    look_again(bus->publisher);
}

static void bus_ask(void *self, const char *source, struct bytes message)
{
    struct zeromq_bus *bus = self;

    for (size_t i = 0; i < bus->count; i++) {
        struct socket_on_loop *socket = &bus->sockets[i];

        if (socket->drain != drain_answers || strcmp(socket->source, source) != 0)
            continue;
        free(socket->unsent);
        socket->unsent = malloc(message.length + 1);
        if (!socket->unsent)
            return;
        memcpy(socket->unsent, message.at, message.length);
        socket->unsent_length = message.length;
        send_unsent(socket);
        look_again(socket);
    }
}

/* Subscriptions come in on the PUB's descriptor and are taken by ZeroMQ itself. */
static void drain_nothing(struct zeromq_bus *bus, struct socket_on_loop *socket)
{
    (void)bus;
    (void)socket;
}

/* --- opening ---------------------------------------------------------------------------------- */

static bool set_number(void *socket, int option, int value)
{
    return zmq_setsockopt(socket, option, &value, sizeof value) == 0;
}

/* No heartbeats of ZeroMQ's: where a peer dies while our input is stopped at its high-water mark,
 * the next one ends the process (libzmq 4.3.4, #4364 and #3937: "Assertion failed: !_io_error"). On
 * ipc the kernel tells of a peer's end; on tcp the system's own probes do, within half a minute. */
bool zeromq_socket_set(void *socket)
{
    int64_t most = MESSAGE_SIZE_MOST;

    return set_number(socket, ZMQ_LINGER, 200) &&
           zmq_setsockopt(socket, ZMQ_MAXMSGSIZE, &most, sizeof most) == 0 &&
           set_number(socket, ZMQ_HANDSHAKE_IVL, 3000) &&
           set_number(socket, ZMQ_TCP_KEEPALIVE, 1) &&
           set_number(socket, ZMQ_TCP_KEEPALIVE_IDLE, 10) &&
           set_number(socket, ZMQ_TCP_KEEPALIVE_INTVL, 5) &&
           set_number(socket, ZMQ_TCP_KEEPALIVE_CNT, 3) &&
           set_number(socket, ZMQ_RECONNECT_IVL, 20) &&
           set_number(socket, ZMQ_RECONNECT_IVL_MAX, 1000);
}

static bool set_server_keys(struct zeromq_bus *bus, void *socket)
{
    return !bus->has_keys || (set_number(socket, ZMQ_CURVE_SERVER, 1) &&
                              zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, bus->pair.secret_text,
                                             CURVE_TEXT_SIZE) == 0 &&
                              zmq_setsockopt(socket, ZMQ_ZAP_DOMAIN, "tremplin", 8) == 0);
}

/* The organisation's services share one pair. */
static bool set_client_keys(struct zeromq_bus *bus, void *socket)
{
    return !bus->has_keys || (zmq_setsockopt(socket, ZMQ_CURVE_SERVERKEY, bus->pair.public_text,
                                             CURVE_TEXT_SIZE) == 0 &&
                              zmq_setsockopt(socket, ZMQ_CURVE_PUBLICKEY, bus->pair.public_text,
                                             CURVE_TEXT_SIZE) == 0 &&
                              zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, bus->pair.secret_text,
                                             CURVE_TEXT_SIZE) == 0);
}

static struct socket_on_loop *add_socket(struct zeromq_bus *bus, int type, drain_fn *drain,
                                         const char *source)
{
    struct socket_on_loop *socket = &bus->sockets[bus->count];

    if (bus->count == SOCKETS_MOST)
        return NULL;
    *socket = (struct socket_on_loop){
        .bus = bus,
        .socket = zmq_socket(bus->context, type),
        .drain = drain,
        .source = source,
    };
    if (!socket->socket)
        return NULL;
    bus->count++;
    return zeromq_socket_set(socket->socket) ? socket : NULL;
}

static bool watch(struct zeromq_bus *bus, struct socket_on_loop *socket)
{
    int descriptor;
    size_t size = sizeof descriptor;

    if (zmq_getsockopt(socket->socket, ZMQ_FD, &descriptor, &size) == 0)
        socket->readable =
            event_new(bus->setup.loop, descriptor, EV_READ | EV_PERSIST, on_readable, socket);
    if (!socket->readable || event_add(socket->readable, NULL) != 0)
        return fail(bus, ZEROMQ_FAILED, "no event for a socket");
    look_again(socket);
    return true;
}

static bool address_of(struct zeromq_bus *bus, const char *service, const char *kind,
                       char address[256])
{
    struct sockaddr_un limit;
    int length = snprintf(address, 256, "ipc://%s/%s%s", bus->setup.endpoints, service, kind);

    if (length - (int)strlen("ipc://") >= (int)sizeof limit.sun_path)
        return fail(bus, ZEROMQ_REFUSED, "%s/%s%s: an ipc path has at most %d bytes",
                    bus->setup.endpoints, service, kind, (int)sizeof limit.sun_path - 1);
    return true;
}

static bool bind_at(struct zeromq_bus *bus, void *socket, const char *address)
{
    if (zmq_bind(socket, address) == 0)
        return true;
    return fail(bus, errno == EADDRINUSE ? ZEROMQ_IN_USE : ZEROMQ_FAILED, "%s: %s", address,
                zmq_strerror(errno));
}

/* The port of what is published is the next one. */
static bool next_port(const char *listen, char address[256])
{
    const char *colon = strrchr(listen, ':');
    char *end;
    long port = colon ? strtol(colon + 1, &end, 10) : 0;

    if (!colon || colon == listen + strlen("tcp://") || port <= 0 || port >= 65535 || *end)
        return false;
    snprintf(address, 256, "%.*s:%ld", (int)(colon - listen), listen, port + 1);
    return true;
}

static const char *listen_of(const struct zeromq_bus *bus)
{
    return bus->setup.listen ? bus->setup.listen : "";
}

static bool check_listen(struct zeromq_bus *bus)
{
    const char *listen = listen_of(bus);
    char address[256];

    if (*listen == '\0')
        return true;
    if (strncmp(listen, "tcp://", 6) != 0 || !next_port(listen, address))
        return fail(bus, ZEROMQ_REFUSED, "listen = %s: not tcp://address:port", listen);
    return (bus->setup.keys && *bus->setup.keys) ||
           fail(bus, ZEROMQ_REFUSED, "listen = %s: without keys only ipc is listened on", listen);
}

static bool bind_endpoints(struct zeromq_bus *bus)
{
    const char *listen = listen_of(bus);
    char address[256];

    if (!address_of(bus, bus->setup.service, "", address) ||
        !bind_at(bus, bus->router->socket, address) ||
        !address_of(bus, bus->setup.service, ".events", address) ||
        !bind_at(bus, bus->publisher->socket, address))
        return false;
    if (*listen == '\0')
        return true;
    return bind_at(bus, bus->router->socket, listen) && next_port(listen, address) &&
           bind_at(bus, bus->publisher->socket, address);
}

static bool open_servers(struct zeromq_bus *bus)
{
    struct socket_on_loop *handshakes;

    if (bus->has_keys) {
        handshakes = add_socket(bus, ZMQ_REP, drain_handshakes, NULL);
        if (!handshakes || !bind_at(bus, handshakes->socket, "inproc://zeromq.zap.01") ||
            !watch(bus, handshakes))
            return false;
    }
    bus->router = add_socket(bus, ZMQ_ROUTER, drain_router, NULL);
    if (!bus->router || !set_number(bus->router->socket, ZMQ_ROUTER_MANDATORY, 1) ||
        !set_number(bus->router->socket, ZMQ_ROUTER_HANDOVER, 0) ||
        !set_number(bus->router->socket, ZMQ_SNDHWM, REPLIES_MOST) ||
        !set_number(bus->router->socket, ZMQ_RCVHWM, 20000) ||
        !set_server_keys(bus, bus->router->socket))
        return fail(bus, ZEROMQ_FAILED, "no socket for requests: %s", zmq_strerror(errno));
    bus->publisher = add_socket(bus, ZMQ_PUB, drain_nothing, NULL);
    if (!bus->publisher || !set_number(bus->publisher->socket, ZMQ_SNDHWM, 10000) ||
        !set_server_keys(bus, bus->publisher->socket))
        return fail(bus, ZEROMQ_FAILED, "no socket for events: %s", zmq_strerror(errno));
    return bind_endpoints(bus) && watch(bus, bus->router) && watch(bus, bus->publisher);
}

static bool open_source(struct zeromq_bus *bus, const char *source)
{
    struct socket_on_loop *asking, *hinted;
    char address[256];

    asking = add_socket(bus, ZMQ_DEALER, drain_answers, source);
    if (!asking || !set_number(asking->socket, ZMQ_IMMEDIATE, 1) ||
        !set_number(asking->socket, ZMQ_SNDHWM, 16) ||
        !set_number(asking->socket, ZMQ_RCVHWM, 16) || !set_client_keys(bus, asking->socket) ||
        !address_of(bus, source, "", address) || zmq_connect(asking->socket, address) != 0)
        return fail(bus, ZEROMQ_FAILED, "following %s: %s", source, zmq_strerror(errno));
    /* Only the sign counts: what does not fit was told already. */
    hinted = add_socket(bus, ZMQ_SUB, drain_hints, source);
    if (!hinted || !set_number(hinted->socket, ZMQ_RCVHWM, 16) ||
        !set_client_keys(bus, hinted->socket) ||
        zmq_setsockopt(hinted->socket, ZMQ_SUBSCRIBE, "", 0) != 0 ||
        !address_of(bus, source, ".events", address) || zmq_connect(hinted->socket, address) != 0)
        return fail(bus, ZEROMQ_FAILED, "following %s: %s", source, zmq_strerror(errno));
    return watch(bus, asking) && watch(bus, hinted);
}

/* Whoever can enter the folder can talk to every service, so it is nobody else's. */
static bool make_endpoints(struct zeromq_bus *bus)
{
    const char *folder = bus->setup.endpoints;
    struct stat stat;

    if (mkdir(folder, 0700) != 0 && errno != EEXIST)
        return fail(bus, ZEROMQ_FAILED, "%s: %s", folder, strerror(errno));
    if (lstat(folder, &stat) != 0 || !S_ISDIR(stat.st_mode))
        return fail(bus, ZEROMQ_REFUSED, "%s: not a folder", folder);
    if (stat.st_uid != geteuid())
        return fail(bus, ZEROMQ_REFUSED, "%s: belongs to another user", folder);
    if ((stat.st_mode & 077) != 0)
        return fail(bus, ZEROMQ_REFUSED, "%s: others may enter it: chmod 700 it", folder);
    return true;
}

/* ZeroMQ would take over a socket's path from under who is bound to it. */
static bool lock_endpoint(struct zeromq_bus *bus)
{
    char path[512];

    snprintf(path, sizeof path, "%s/.%s.lock", bus->setup.endpoints, bus->setup.service);
    bus->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (bus->lock < 0)
        return fail(bus, ZEROMQ_FAILED, "%s: %s", path, strerror(errno));
    if (flock(bus->lock, LOCK_EX | LOCK_NB) != 0)
        return fail(bus, ZEROMQ_IN_USE, "%s/%s: another process answers there",
                    bus->setup.endpoints, bus->setup.service);
    return true;
}

static bool read_keys(struct zeromq_bus *bus)
{
    struct curve_error error;

    bus->has_keys = bus->setup.keys && *bus->setup.keys;
    if (!bus->has_keys)
        return true;
    if (!zmq_has("curve"))
        return fail(bus, ZEROMQ_REFUSED, "this ZeroMQ was built without CURVE");
    if (!curve_pair_read(bus->setup.keys, "server", &bus->pair, &error) ||
        !peers_read(bus->setup.keys, "services", &bus->pair, &bus->peers, &error))
        return fail(bus, ZEROMQ_REFUSED, "%s", error.sentence);
    return true;
}

static bool open_sockets(struct zeromq_bus *bus)
{
    bus->context = zmq_ctx_new();
    if (!bus->context)
        return fail(bus, ZEROMQ_FAILED, "no ZeroMQ context: %s", zmq_strerror(errno));
    if (!open_servers(bus))
        return fail(bus, ZEROMQ_FAILED, "no sockets: %s", zmq_strerror(errno));
    for (const char *const *source = bus->setup.sources; source && *source; source++)
        if (!open_source(bus, *source))
            return false;
    return true;
}

static void close_sockets(struct zeromq_bus *bus)
{
    for (size_t i = 0; i < bus->count; i++) {
        /* Before its descriptor goes away. */
        if (bus->sockets[i].readable)
            event_free(bus->sockets[i].readable);
        zmq_close(bus->sockets[i].socket);
        free(bus->sockets[i].unsent);
    }
    bus->count = 0;
    bus->router = bus->publisher = NULL;
    if (bus->context)
        zmq_ctx_term(bus->context);
    bus->context = NULL;
}

static bool open_all(struct zeromq_bus *bus)
{
    return make_endpoints(bus) && check_listen(bus) && read_keys(bus) && lock_endpoint(bus) &&
           open_sockets(bus);
}

const char *zeromq_bus_wrong_setting(const struct zeromq_setup *setup, char sentence[512])
{
    struct zeromq_bus *bus = calloc(1, sizeof *bus);
    const char *wrong = NULL;
    char address[256];

    snprintf(sentence, 512, "no memory");
    if (!bus)
        return "keys";
    bus->setup = *setup;
    bus->lock = -1;
    bus->sentence = sentence;
    *sentence = '\0';
    if (!address_of(bus, setup->service, ".events", address))
        wrong = "endpoints";
    else if (!check_listen(bus))
        wrong = "listen";
    else if (!read_keys(bus))
        wrong = "keys";
    zeromq_bus_close(bus);
    return wrong;
}

struct zeromq_bus *zeromq_bus_open(const struct zeromq_setup *setup, enum zeromq_trouble *trouble,
                                   char sentence[512])
{
    struct zeromq_bus *bus = calloc(1, sizeof *bus);

    *sentence = '\0';
    *trouble = ZEROMQ_FAILED;
    if (!bus)
        return NULL;
    bus->setup = *setup;
    bus->lock = -1;
    bus->sentence = sentence;
    if (open_all(bus)) {
        *trouble = ZEROMQ_FINE;
        return bus;
    }
    *trouble = bus->trouble;
    zeromq_bus_close(bus);
    return NULL;
}

void zeromq_bus_close(struct zeromq_bus *bus)
{
    if (!bus)
        return;
    close_sockets(bus);
    if (bus->lock >= 0)
        close(bus->lock);
    free(bus);
}

struct bus zeromq_bus_as_bus(struct zeromq_bus *bus)
{
    static const struct bus_operations operations = {
        .reply = bus_reply,
        .publish = bus_publish,
        .ask = bus_ask,
    };

    return (struct bus){ .operations = &operations, .self = bus };
}

static bool is_any_withdrawn(const struct peers *before, const struct peers *now)
{
    for (size_t i = 0; i < before->count; i++)
        if (!peer_by_key(now, before->list[i].key))
            return true;
    return false;
}

/* Who was let in hears what is published until the connection ends: with a key withdrawn all end,
 * and who is still known comes back. */
static enum zeromq_trouble part_with(struct zeromq_bus *bus, char sentence[512])
{
    *sentence = '\0';
    bus->sentence = sentence;
    close_sockets(bus);
    if (open_sockets(bus))
        return ZEROMQ_FINE;
    close_sockets(bus);
    return bus->trouble;
}

enum zeromq_trouble zeromq_bus_reload(struct zeromq_bus *bus, char sentence[512])
{
    struct curve_error error;
    struct peers *before;
    bool withdrawn;

    if (!bus->has_keys)
        return ZEROMQ_FINE;
    before = malloc(sizeof *before);
    if (!before) {
        snprintf(sentence, 512, "no memory");
        return ZEROMQ_REFUSED;
    }
    *before = bus->peers;
    if (!peers_read(bus->setup.keys, "services", &bus->pair, &bus->peers, &error)) {
        free(before);
        snprintf(sentence, 512, "%s", error.sentence);
        return ZEROMQ_REFUSED;
    }
    withdrawn = is_any_withdrawn(before, &bus->peers);
    free(before);
    return withdrawn ? part_with(bus, sentence) : ZEROMQ_FINE;
}

const struct zeromq_figures *zeromq_bus_figures(const struct zeromq_bus *bus)
{
    return &bus->figures;
}
