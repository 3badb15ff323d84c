#include "libcommon/http_bounds.h"

#include "libcommon/clock.h"

#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/listener.h>
#include <stdbool.h>
#include <stdlib.h>

enum { INPUT_MOST = 64 * 1024, SWEEPS_A_DEADLINE = 20 };

struct place {
    struct bufferevent *connection; /* a reference of ours; NULL: free */
    int64_t until_ms;               /* monotonic */
};

struct http_bounds {
    struct evconnlistener *listener;
    struct event *sweep; /* while there are connections */
    struct timeval every;
    int64_t deadline_ms;
    int most;
    int count;
    struct place places[];
};

/* What evhttp is done with has no callbacks any more: freeing takes them away. */
static bool is_over(struct bufferevent *connection)
{
    bufferevent_data_cb read, write;
    bufferevent_event_cb event;
    void *owner;

    bufferevent_getcb(connection, &read, &write, &event, &owner);
    return !read && !write && !event;
}

/* Ends what has lasted long enough as evhttp ends what times out, and lets go of what is over. */
static void look_after(struct http_bounds *bounds)
{
    int64_t now = clock_ms(CLOCK_MONOTONIC);

    for (int i = 0; i < bounds->most; i++) {
        struct place *place = &bounds->places[i];

        if (!place->connection)
            continue;
        if (now >= place->until_ms && !is_over(place->connection))
            bufferevent_trigger_event(place->connection, BEV_EVENT_READING | BEV_EVENT_TIMEOUT, 0);
        if (!is_over(place->connection))
            continue;
        bufferevent_decref(place->connection);
        place->connection = NULL;
        bounds->count--;
    }
}

static void on_sweep(evutil_socket_t descriptor, short what, void *owner)
{
    struct http_bounds *bounds = owner;

    (void)descriptor;
    (void)what;
    look_after(bounds);
    if (bounds->count < bounds->most)
        evconnlistener_enable(bounds->listener);
    if (bounds->count > 0)
        evtimer_add(bounds->sweep, &bounds->every);
}

static void keep(struct http_bounds *bounds, struct bufferevent *connection)
{
    for (int i = 0; i < bounds->most; i++) {
        struct place *place = &bounds->places[i];

        if (place->connection)
            continue;
        bufferevent_incref(connection);
        *place = (struct place){ connection, clock_ms(CLOCK_MONOTONIC) + bounds->deadline_ms };
        bounds->count++;
        return;
    }
}

/* evhttp asks for the bufferevent of each connection that it accepts. */
static struct bufferevent *on_accepted(struct event_base *loop, void *owner)
{
    struct http_bounds *bounds = owner;
    struct bufferevent *connection = bufferevent_socket_new(loop, -1, BEV_OPT_CLOSE_ON_FREE);

    if (!connection)
        return NULL;
    bufferevent_setwatermark(connection, EV_READ, 0, INPUT_MOST);
    look_after(bounds);
    keep(bounds, connection);
    if (bounds->count == bounds->most)
        evconnlistener_disable(bounds->listener);
    if (!evtimer_pending(bounds->sweep, NULL))
        evtimer_add(bounds->sweep, &bounds->every);
    return connection;
}

struct http_bounds *http_bounds_open(struct event_base *loop, struct evhttp *server,
                                     struct evhttp_bound_socket *bound, int most,
                                     int64_t deadline_ms)
{
    struct http_bounds *bounds =
        calloc(1, sizeof *bounds + (size_t)most * sizeof bounds->places[0]);
    int64_t every_ms = deadline_ms / SWEEPS_A_DEADLINE + 1;

    if (!bounds)
        return NULL;
    bounds->listener = evhttp_bound_socket_get_listener(bound);
    bounds->most = most;
    bounds->deadline_ms = deadline_ms;
    bounds->every =
        (struct timeval){ .tv_sec = every_ms / 1000, .tv_usec = every_ms % 1000 * 1000 };
    bounds->sweep = evtimer_new(loop, on_sweep, bounds);
    if (!bounds->sweep) {
        free(bounds);
        return NULL;
    }
    evhttp_set_bevcb(server, on_accepted, bounds);
    return bounds;
}

void http_bounds_close(struct http_bounds *bounds)
{
    if (!bounds)
        return;
    for (int i = 0; i < bounds->most; i++)
        if (bounds->places[i].connection)
            bufferevent_decref(bounds->places[i].connection);
    event_free(bounds->sweep);
    free(bounds);
}
