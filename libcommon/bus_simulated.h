/* bus_simulated.h - the bus's twin: messages between services in one process, by a seed
 *
 * Every message is delivered at an instant of simulated time; by the seed it may
 * be dropped, doubled or delayed, and so reordered.  Two nodes can be cut off
 * from each other.  With no faults set, messages arrive in order, at once.
 */
#ifndef LIBCOMMON_BUS_SIMULATED_H
#define LIBCOMMON_BUS_SIMULATED_H

#include "libcommon/bus.h"

#include <stdbool.h>
#include <stdint.h>

struct simulated_bus;

struct simulated_faults {
    unsigned drop_in_1000;
    unsigned double_in_1000;
    unsigned delay_in_1000;
    int64_t delay_most_ms;
};

/* What reaches a node.  Those a node does not need may be NULL. */
struct simulated_node {
    const char *name; /* a service's, or a client's */
    void (*request)(void *owner, struct bytes peer, struct bytes message);
    void (*answer)(void *owner, const char *source, struct bytes message);
    void (*event)(void *owner, const char *source, const char *topic, struct bytes message);
    void *owner;
};

struct simulated_bus *simulated_bus_open(uint64_t seed);
void simulated_bus_close(struct simulated_bus *bus);
void simulated_bus_set_faults(struct simulated_bus *bus, struct simulated_faults faults);

/* Joins under the node's name; node is borrowed until it leaves.  What was on its way to a node
 * that leaves is lost. */
struct bus simulated_bus_join(struct simulated_bus *bus, const struct simulated_node *node);
void simulated_bus_leave(struct simulated_bus *bus, const char *name);
/* Nothing passes between the two any more, or again. */
void simulated_bus_cut(struct simulated_bus *bus, const char *a, const char *b, bool cut);

/* Delivers the next message due at or before now; false when none is. */
bool simulated_bus_deliver(struct simulated_bus *bus, int64_t now_ms);
/* When the next one is due; false when nothing is on its way. */
bool simulated_bus_next(const struct simulated_bus *bus, int64_t *due_ms);
/* New messages leave at this instant. */
void simulated_bus_set_time(struct simulated_bus *bus, int64_t now_ms);

#endif
