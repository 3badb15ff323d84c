/* loopback.h - TCP on 127.0.0.1, as tests need it; what the system refuses ends the test */
#ifndef TESTS_LOOPBACK_H
#define TESTS_LOOPBACK_H

/* A socket at a port that nobody had; not listened at, so that who connects is refused. */
int loopback_bound(int *port);
/* A port that nobody has just now. */
int loopback_free_port(void);
/* A connection to a port; -1 when nobody listens there. */
int loopback_connected(int port);

#endif
