/* client.h - asking a service, and watching it, from another process
 *
 * For the operators' command, tests and benches; never for a service: services
 * hear one another.  One thread; calls wait.
 */
#ifndef LIBCOMMON_CLIENT_H
#define LIBCOMMON_CLIENT_H

#include "libcommon/arena.h"
#include "libcommon/journal.h"
#include "proto/tremplin.pb-c.h"

#include <stdbool.h>
#include <stdint.h>

struct client;

struct client_setup {
    /* The folder of ipc endpoints (<endpoints>/<service> and .events), or one service's
     * tcp://address:port, whose events are at the next port. */
    const char *endpoints;
    const char *actor;  /* who asks, as claimed */
    int64_t timeout_ms; /* of one call, with its repetitions; 0: 30 seconds */
    /* Where keys are asked for: a folder with client.key and client.pub, and the service's
     * server.pub; NULL or "" without.  key_name: another name than client, or NULL. */
    const char *keys;
    const char *key_name;
};

/* NULL when there is no memory, or no such keys. */
struct client *client_open(const struct client_setup *setup);
void client_close(struct client *client);

/* Asks service.Method ("Runtime.Method" needs a service: see client_call_at) and waits.  Sends
 * again under the same identifier while nothing comes or the service says to try again; a command
 * is never run once the time is over, so that who hears nothing may ask anew.  id: the
 * command's identifier, or NULL to make one.  The reply lives in the arena; NULL when nothing came
 * in time; the last "try again" when that is all that came. */
const Tremplin__Reply *client_call(struct client *client, const char *id, const char *method,
                                   struct bytes body, const Tremplin__Position *const after[],
                                   size_t after_count, struct arena *arena);
/* The same at a service named apart: for Runtime.Status and the like. */
const Tremplin__Reply *client_call_at(struct client *client, const char *service, const char *id,
                                      const char *method, struct bytes body,
                                      const Tremplin__Position *const after[], size_t after_count,
                                      struct arena *arena);

/* Pipelined: sends without waiting; client_receive() gives replies as they come (NULL: none within
 * the milliseconds).  For imports and benches.  not_after_ms: when a command may no longer be run
 * (UTC milliseconds; 0: five minutes after it arrived).  False when it could not be sent. */
bool client_send(struct client *client, const char *id, const char *method, struct bytes body,
                 int64_t not_after_ms, const Tremplin__Position *const after[], size_t after_count);
const Tremplin__Reply *client_receive(struct client *client, int64_t wait_ms, struct arena *arena);

/* Subscribes to what a service publishes ("" topic: all). */
bool client_watch(struct client *client, const char *service, const char *topic);
/* The next published entry: its service, topic and packed Entry, in the arena; false when none came
 * within the milliseconds. */
bool client_heard(struct client *client, int64_t wait_ms, struct arena *arena, const char **service,
                  const char **topic, struct bytes *entry);

/* A new identifier, for a command that is to be sent again under it. */
const char *client_new_id(char id[static 37]);

#endif
