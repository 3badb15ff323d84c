#include "libcommon/bus_simulated.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NODES_MOST = 32, NAME_SIZE = 32 };
enum kind { IS_REQUEST, IS_ANSWER, IS_EVENT };

struct parcel {
    struct parcel *next;
    int64_t due_ms;
    enum kind kind;
    char from[NAME_SIZE];
    char to[NAME_SIZE];
    char topic[96];
    size_t length;
    uint8_t bytes[];
};

struct seat {
    struct simulated_bus *bus;
    char name[NAME_SIZE];
    const struct simulated_node *node; /* NULL: left */
};

struct simulated_bus {
    uint64_t chance;
    int64_t now_ms;
    struct simulated_faults faults;
    struct seat seats[NODES_MOST];
    size_t seat_count;
    bool cut[NODES_MOST][NODES_MOST];
    struct parcel *first; /* by due_ms, then as sent */
};

/* --- chance ----------------------------------------------------------------------------------- */

static uint64_t draw(struct simulated_bus *bus)
{
    bus->chance ^= bus->chance >> 12;
    bus->chance ^= bus->chance << 25;
    bus->chance ^= bus->chance >> 27;
    return bus->chance * UINT64_C(2685821657736338717);
}

static bool happens(struct simulated_bus *bus, unsigned in_1000)
{
    return in_1000 > 0 && (draw(bus) >> 16) % 1000 < in_1000;
}

/* --- nodes ------------------------------------------------------------------------------------ */

struct simulated_bus *simulated_bus_open(uint64_t seed)
{
    struct simulated_bus *bus = calloc(1, sizeof *bus);

    if (bus)
        bus->chance = seed * UINT64_C(0x9E3779B97F4A7C15) + 1;
    return bus;
}

static size_t seat_of(const struct simulated_bus *bus, const char *name)
{
    size_t i = 0;

    while (i < bus->seat_count && strcmp(bus->seats[i].name, name) != 0)
        i++;
    return i;
}

void simulated_bus_leave(struct simulated_bus *bus, const char *name)
{
    size_t seat = seat_of(bus, name);

    if (seat < bus->seat_count)
        bus->seats[seat].node = NULL;
    for (struct parcel **at = &bus->first; *at;) {
        struct parcel *parcel = *at;

        if (strcmp(parcel->to, name) != 0) {
            at = &parcel->next;
            continue;
        }
        *at = parcel->next;
        free(parcel);
    }
}

void simulated_bus_close(struct simulated_bus *bus)
{
    for (struct parcel *parcel = bus->first; parcel;) {
        struct parcel *next = parcel->next;

        free(parcel);
        parcel = next;
    }
    free(bus);
}

void simulated_bus_set_faults(struct simulated_bus *bus, struct simulated_faults faults)
{
    bus->faults = faults;
}

void simulated_bus_set_time(struct simulated_bus *bus, int64_t now_ms)
{
    bus->now_ms = now_ms;
}

void simulated_bus_cut(struct simulated_bus *bus, const char *a, const char *b, bool cut)
{
    size_t first = seat_of(bus, a), second = seat_of(bus, b);

    if (first == bus->seat_count || second == bus->seat_count)
        return;
    bus->cut[first][second] = cut;
    bus->cut[second][first] = cut;
}

/* --- sending ---------------------------------------------------------------------------------- */

static void put_in_order(struct simulated_bus *bus, struct parcel *parcel)
{
    struct parcel **at = &bus->first;

    while (*at && (*at)->due_ms <= parcel->due_ms)
        at = &(*at)->next;
    parcel->next = *at;
    *at = parcel;
}

static void send_one(struct simulated_bus *bus, enum kind kind, const char *from, const char *to,
                     const char *topic, struct bytes message)
{
    struct parcel *parcel = calloc(1, sizeof *parcel + message.length);

    if (!parcel)
        return;
    parcel->kind = kind;
    parcel->due_ms = bus->now_ms;
    parcel->length = message.length;
    snprintf(parcel->from, sizeof parcel->from, "%s", from);
    snprintf(parcel->to, sizeof parcel->to, "%s", to);
    snprintf(parcel->topic, sizeof parcel->topic, "%s", topic);
    if (message.length > 0)
        memcpy(parcel->bytes, message.at, message.length);
    if (happens(bus, bus->faults.delay_in_1000) && bus->faults.delay_most_ms > 0)
        parcel->due_ms += (int64_t)(draw(bus) >> 1) % bus->faults.delay_most_ms;
    put_in_order(bus, parcel);
}

static void send(struct simulated_bus *bus, enum kind kind, const char *from, const char *to,
                 const char *topic, struct bytes message)
{
    size_t a = seat_of(bus, from), b = seat_of(bus, to);

    if (a < bus->seat_count && b < bus->seat_count && bus->cut[a][b])
        return;
    if (happens(bus, bus->faults.drop_in_1000))
        return;
    send_one(bus, kind, from, to, topic, message);
    if (happens(bus, bus->faults.double_in_1000))
        send_one(bus, kind, from, to, topic, message);
}

static void bus_reply(void *self, struct bytes peer, struct bytes message)
{
    const struct seat *seat = self;
    char to[NAME_SIZE];

    snprintf(to, sizeof to, "%.*s", (int)peer.length, (const char *)peer.at);
    send(seat->bus, IS_ANSWER, seat->name, to, "", message);
}

static void bus_publish(void *self, const char *topic, struct bytes message)
{
    struct seat *seat = self;

    for (size_t i = 0; i < seat->bus->seat_count; i++)
        if (&seat->bus->seats[i] != seat && seat->bus->seats[i].node)
            send(seat->bus, IS_EVENT, seat->name, seat->bus->seats[i].name, topic, message);
}

static void bus_ask(void *self, const char *source, struct bytes message)
{
    const struct seat *seat = self;

    send(seat->bus, IS_REQUEST, seat->name, source, "", message);
}

struct bus simulated_bus_join(struct simulated_bus *bus, const struct simulated_node *node)
{
    static const struct bus_operations operations = {
        .reply = bus_reply,
        .publish = bus_publish,
        .ask = bus_ask,
    };
    size_t seat = seat_of(bus, node->name);

    assert(seat < NODES_MOST);
    if (seat == bus->seat_count)
        bus->seat_count++;
    bus->seats[seat] = (struct seat){ .bus = bus, .node = node };
    snprintf(bus->seats[seat].name, NAME_SIZE, "%s", node->name);
    return (struct bus){ .operations = &operations, .self = &bus->seats[seat] };
}

/* --- delivering ------------------------------------------------------------------------------- */

bool simulated_bus_next(const struct simulated_bus *bus, int64_t *due_ms)
{
    if (bus->first)
        *due_ms = bus->first->due_ms;
    return bus->first != NULL;
}

static void hand_over(const struct simulated_node *node, const struct parcel *parcel)
{
    struct bytes message = { .at = parcel->bytes, .length = parcel->length };
    struct bytes peer = { .at = (const uint8_t *)parcel->from, .length = strlen(parcel->from) };

    if (parcel->kind == IS_REQUEST && node->request)
        node->request(node->owner, peer, message);
    else if (parcel->kind == IS_ANSWER && node->answer)
        node->answer(node->owner, parcel->from, message);
    else if (parcel->kind == IS_EVENT && node->event)
        node->event(node->owner, parcel->from, parcel->topic, message);
}

bool simulated_bus_deliver(struct simulated_bus *bus, int64_t now_ms)
{
    struct parcel *parcel = bus->first;
    size_t seat;

    if (!parcel || parcel->due_ms > now_ms)
        return false;
    bus->first = parcel->next;
    seat = seat_of(bus, parcel->to);
    if (seat < bus->seat_count && bus->seats[seat].node)
        hand_over(bus->seats[seat].node, parcel);
    free(parcel);
    return true;
}
