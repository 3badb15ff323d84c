/* bus_zeromq.h - bus.h with ZeroMQ sockets on a libevent loop
 *
 *     <endpoints>/<service>          ROUTER: [identity][Request] in, [identity][Reply] out
 *     <endpoints>/<service>.events   PUB: [topic][Entry]
 *
 * and for each followed source a DEALER and a SUB to its two.  With listen =
 * tcp://address:port the ROUTER is there too, and the PUB at the next port; that
 * needs keys.  With keys every socket speaks CURVE, and who is not among the
 * peers is not answered.  Without, only the service's own user reaches the ipc
 * endpoints: their folder is nobody else's.
 *
 * ZeroMQ's descriptor tells of a change, not of a state, and every call on a
 * socket eats the sign.  So each wake-up reads until there is nothing, up to a
 * bound, and every send asks for another look.
 *
 * The folder's length is limited: an ipc path has at most 107 bytes.
 */
#ifndef LIBCOMMON_BUS_ZEROMQ_H
#define LIBCOMMON_BUS_ZEROMQ_H

#include "libcommon/bus.h"
#include "libcommon/runtime.h"

#include <event2/event.h>

struct zeromq_bus;

struct zeromq_setup {
    struct event_base *loop;
    const char *service;
    const char *endpoints;      /* a folder; made 0700 when it is not there */
    const char *listen;         /* "", or tcp://address:port */
    const char *keys;           /* "", or a folder as curve.h says */
    const char *const *sources; /* services followed; ended by NULL */
    void *owner;
    /* What arrived; bytes are borrowed for the call. */
    void (*request)(void *owner, struct bytes peer, struct caller caller, struct bytes message);
    void (*answer)(void *owner, const char *source, struct bytes message);
    void (*hint)(void *owner, const char *source);
    /* After all that had arrived was handed over. */
    void (*arrived)(void *owner);
};

struct zeromq_figures {
    uint64_t received;
    uint64_t replied;
    uint64_t published;
    uint64_t malformed;    /* requests with other frames than two */
    uint64_t unknown_keys; /* handshakes refused, and requests of peers withdrawn since */
    uint64_t replies_lost; /* the peer was gone, or takes too little */
};

enum zeromq_trouble { ZEROMQ_FINE, ZEROMQ_REFUSED, ZEROMQ_IN_USE, ZEROMQ_FAILED };

/* What no bus could be opened with, whatever else runs: the setting (endpoints, listen or keys, the
 * files of keys read) with a sentence, or NULL. */
const char *zeromq_bus_wrong_setting(const struct zeromq_setup *setup, char sentence[512]);
/* NULL with what is wrong and a sentence. */
struct zeromq_bus *zeromq_bus_open(const struct zeromq_setup *setup, enum zeromq_trouble *trouble,
                                   char sentence[512]);
void zeromq_bus_close(struct zeromq_bus *bus);
struct bus zeromq_bus_as_bus(struct zeromq_bus *bus);
/* Reads the peers again.  ZEROMQ_REFUSED, with a sentence and the old ones kept, when that cannot
 * be.  Who is no longer among them, or under another key, is not answered from now on and hears no
 * more: every connection ends, and who is known comes back.  Any other trouble, with a sentence:
 * nothing is listened on any more, and the process has to end. */
enum zeromq_trouble zeromq_bus_reload(struct zeromq_bus *bus, char sentence[512]);
const struct zeromq_figures *zeromq_bus_figures(const struct zeromq_bus *bus);

/* The settings that every socket of ours has, a client's too. */
bool zeromq_socket_set(void *socket);

#endif
