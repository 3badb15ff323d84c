#include "tests/loopback.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct sockaddr_in address_of(int port)
{
    return (struct sockaddr_in){ .sin_family = AF_INET,
                                 .sin_port = htons((uint16_t)port),
                                 .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
}

static int new_socket(void)
{
    int made = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (made >= 0)
        return made;
    printf("Bail out! a socket: %s\n", strerror(errno));
    exit(2);
}

int loopback_bound(int *port)
{
    struct sockaddr_in address = address_of(0);
    socklen_t length = sizeof address;
    int bound = new_socket();

    if (bind(bound, (const struct sockaddr *)&address, length) != 0 ||
        getsockname(bound, (struct sockaddr *)&address, &length) != 0) {
        printf("Bail out! a free port: %s\n", strerror(errno));
        exit(2);
    }
    *port = ntohs(address.sin_port);
    return bound;
}

int loopback_free_port(void)
{
    int port;

    close(loopback_bound(&port));
    return port;
}

int loopback_connected(int port)
{
    const struct sockaddr_in address = address_of(port);
    int connected = new_socket();

    if (connect(connected, (const struct sockaddr *)&address, sizeof address) == 0)
        return connected;
    close(connected);
    return -1;
}
