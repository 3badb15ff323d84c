/* health.h - what an operator's tools ask, over HTTP on 127.0.0.1 only
 *
 *     /livez     200 while the loop turns
 *     /readyz    200 when commands are taken and every source is followed; else 503
 *     /healthz   the service's status in JSON
 *     /metrics   Prometheus text 0.0.4
 *
 * GET only, no body, headers up to 8 KiB, one Host, 32 connections at a time, five
 * seconds for each from its first byte to its last.  Nothing personal is told.
 */
#ifndef LIBCOMMON_HEALTH_H
#define LIBCOMMON_HEALTH_H

#include "libcommon/bus_zeromq.h"
#include "libcommon/runtime.h"

struct health;

struct health_setup {
    struct event_base *loop;
    int64_t port;
    const struct service *service;
    const char *organisation;
    struct runtime *runtime;
    const struct zeromq_bus *bus;
    int connections_most; /* at a time; 0: 32 */
    int64_t deadline_ms;  /* for all of a connection; 0: 5000 */
};

/* NULL with a sentence when the port cannot be had. */
struct health *health_open(const struct health_setup *setup, char sentence[160]);
void health_close(struct health *health);

#endif
