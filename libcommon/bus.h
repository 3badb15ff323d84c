/* bus.h - how a service hears and speaks
 *
 * Three things leave a service: a reply to a peer, what it publishes, and what
 * it asks of a source that it follows.  Three things reach it: a request, the
 * answer of a source, and the sign that a source has more.  bus_zeromq.h does it
 * with sockets on a libevent loop; the simulation has a twin that drops, delays
 * and doubles.
 */
#ifndef LIBCOMMON_BUS_H
#define LIBCOMMON_BUS_H

#include "libcommon/journal.h"

struct bus_operations {
    /* To who asked; a peer that is gone hears nothing. */
    void (*reply)(void *self, struct bytes peer, struct bytes message);
    /* To whoever watches; a lost one costs a follower a moment, never an event. */
    void (*publish)(void *self, const char *topic, struct bytes message);
    /* A request to a source by its service's name. */
    void (*ask)(void *self, const char *source, struct bytes message);
};

struct bus {
    const struct bus_operations *operations;
    void *self;
};

enum { PEER_SIZE_MOST = 255, MESSAGE_SIZE_MOST = 1024 * 1024 };

#endif
