/* simulation.h - services in one process under a seed's faults, and what must hold after
 *
 * A seed decides everything: what clients ask, which messages are lost, doubled,
 * delayed, who is cut off from whom, and between which two steps of the write
 * path a service dies.  A failing seed, run again alone, fails the same way.
 */
#ifndef TESTS_SIMULATION_H
#define TESTS_SIMULATION_H

#include "tests/check.h"
#include "tests/world.h"

struct simulation {
    uint64_t seed;
    struct world *world;
    struct chance chance;
    struct chance deaths; /* of its own, so that asking for more does not change who dies */
    unsigned death_in_10000;
    bool calm; /* no faults any more */
    int killed;
    const char *trouble; /* the first thing that did not hold */
    char trouble_text[256];
};

/* What is simulated: services, what clients do, what must hold. */
struct workload {
    const char *name;
    struct date start;
    int days;
    void *(*open)(struct simulation *simulation);            /* adds the services */
    void (*ask)(struct simulation *simulation, void *model); /* one thing a client does */
    void (*verify)(struct simulation *simulation, void *model);
    void (*close)(void *model);
    const char *const *services; /* ended by NULL */
};

/* Keeps the first trouble. */
__attribute__((format(printf, 2, 3))) void simulation_fails(struct simulation *simulation,
                                                            const char *format, ...);
/* A number from low to high, both included, by the seed. */
int64_t simulation_choose(struct simulation *simulation, int64_t low, int64_t high);
/* Calls as a client does that never gives up: sends again under the same identifier, through deaths
 * and lost messages, until a final answer comes. */
struct answer simulation_call(struct simulation *simulation, const char *method,
                              const ProtobufCMessage *asked,
                              const ProtobufCMessageDescriptor *reply);

/* Runs seeds; prints the failing ones and how to run each alone; the program's exit code. */
int simulation_main(const struct workload *workload, int argc, char **argv);

#endif
