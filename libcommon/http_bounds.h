/* http_bounds.h - how many connections an evhttp has, and how long each may last
 *
 * evhttp's own time-out begins again with every byte read: who sends one every
 * two seconds is never cut.  Here a connection ends at an instant set when it
 * was accepted, whatever it does; and when there are as many as may be, the next
 * are accepted once one of them has ended.
 */
#ifndef LIBCOMMON_HTTP_BOUNDS_H
#define LIBCOMMON_HTTP_BOUNDS_H

#include <stdint.h>

struct event_base;
struct evhttp;
struct evhttp_bound_socket;
struct http_bounds;

/* To be opened before the loop turns.  NULL: no memory. */
struct http_bounds *http_bounds_open(struct event_base *loop, struct evhttp *server,
                                     struct evhttp_bound_socket *bound, int most,
                                     int64_t deadline_ms);
/* After evhttp_free().  NULL is fine. */
void http_bounds_close(struct http_bounds *bounds);

#endif
