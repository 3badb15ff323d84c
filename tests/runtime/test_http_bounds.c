/* Who drips a byte now and then is cut all the same, and who holds connections keeps nobody out for
 * long. */
#include "libcommon/health.h"
#include "tests/check.h"
#include "tests/loopback.h"

#include <errno.h>
#include <event2/event.h>
#include <event2/http.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTIONS_MOST = 4, DEADLINE_MS = 200, PATIENCE_S = 30 };

/* --- a server, and clients on the same loop --------------------------------------------------- */

struct scene {
    struct event_base *loop;
    struct health *health;
    int port;
    time_t until;
};

struct one {
    int socket;
    bool drips;
    size_t sent; /* drops that left while it was open */
    bool over;
    char answer[512];
    size_t length;
};

static bool scene_open(struct scene *scene, int64_t deadline_ms)
{
    static const struct service service = { .name = "anybody" };
    struct health_setup setup = {
        .port = loopback_free_port(),
        .service = &service,
        .organisation = "toit",
        .connections_most = CONNECTIONS_MOST,
        .deadline_ms = deadline_ms,
    };
    char sentence[160];

    *scene = (struct scene){ .loop = event_base_new(),
                             .port = (int)setup.port,
                             .until = time(NULL) + PATIENCE_S };
    setup.loop = scene->loop;
    scene->health = health_open(&setup, sentence);
    return check(scene->health != NULL, "it listens");
}

static void scene_close(struct scene *scene)
{
    health_close(scene->health);
    event_base_free(scene->loop);
}

static struct one ask(const struct scene *scene, const char *request, bool drips)
{
    struct one one = { .socket = loopback_connected(scene->port), .drips = drips };

    if (one.socket < 0 || send(one.socket, request, strlen(request), 0) < 0)
        printf("Bail out! %s\n", strerror(errno));
    fcntl(one.socket, F_SETFL, O_NONBLOCK);
    return one;
}

static void take_part(struct one *one)
{
    ssize_t got;

    if (one->over)
        return;
    if (one->drips && send(one->socket, "x", 1, 0) == 1)
        one->sent++;
    got = recv(one->socket, one->answer + one->length, sizeof one->answer - 1 - one->length, 0);
    if (got > 0)
        one->length += (size_t)got;
    one->over = got == 0 || (got < 0 && errno != EAGAIN);
}

/* Lets all of them go on for a moment; false once nothing is to be hoped for any more. */
static bool moment(struct scene *scene, struct one ones[], size_t count)
{
    event_base_loop(scene->loop, EVLOOP_NONBLOCK);
    for (size_t i = 0; i < count; i++)
        take_part(&ones[i]);
    poll(NULL, 0, 2);
    return time(NULL) < scene->until;
}

static size_t over_of(const struct one ones[], size_t count)
{
    size_t over = 0;

    for (size_t i = 0; i < count; i++)
        over += ones[i].over;
    return over;
}

static void close_all(struct one ones[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        close(ones[i].socket);
}

#define PLAIN   "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"
#define DRIPPED "GET /livez HTTP/1.1\r\nHost: localhost\r\nX: "

/* --- what holds ------------------------------------------------------------------------------- */

static void test_drip(void)
{
    struct scene scene;
    struct one ones[3];

    about("a connection ends at its deadline, whatever it does until then");
    if (!scene_open(&scene, DEADLINE_MS))
        return;
    ones[0] = ask(&scene, DRIPPED, true);
    ones[1] = ask(&scene, "", false);
    while (moment(&scene, ones, 2) && (over_of(ones, 2) < 2))
        ;
    check(ones[0].over, "who drips is cut");
    check(ones[0].sent > 5, "in the midst of dripping (%zu bytes)", ones[0].sent);
    check_number((int64_t)ones[0].length, 0, "without an answer");
    check(ones[1].over, "and so is who says nothing");
    ones[2] = ask(&scene, PLAIN, false);
    while (moment(&scene, ones + 2, 1) && !ones[2].over)
        ;
    check(strstr(ones[2].answer, "200 OK") != NULL, "it serves on");
    close_all(ones, 3);
    scene_close(&scene);
}

static void test_too_many(void)
{
    struct scene scene;
    struct one ones[3 * CONNECTIONS_MOST + 1];
    const size_t last = 3 * CONNECTIONS_MOST;
    size_t cut_before_the_answer = 0;

    about("when there are as many as may be, the next wait until some have ended");
    if (!scene_open(&scene, DEADLINE_MS))
        return;
    for (size_t i = 0; i < last; i++)
        ones[i] = ask(&scene, DRIPPED, true);
    ones[last] = ask(&scene, PLAIN, false);
    while (moment(&scene, ones, last + 1) && !ones[last].over)
        cut_before_the_answer = over_of(ones, last);
    check(strstr(ones[last].answer, "200 OK") != NULL, "who came last is answered");
    check(cut_before_the_answer >= 2 * CONNECTIONS_MOST + 1,
          "once %zu before it were cut: %d have a place at a time", cut_before_the_answer,
          CONNECTIONS_MOST);
    close_all(ones, last + 1);
    scene_close(&scene);
}

/* With a deadline that never comes, only what is over gives its place away. */
static void test_places_given_back(void)
{
    struct scene scene;
    struct one one;
    int answered = 0;

    about("what is answered, refused or gone gives its place back at once");
    if (!scene_open(&scene, 3600 * 1000))
        return;
    for (int i = 0; i < 10 * CONNECTIONS_MOST; i++) {
        static const char *const requests[] = { PLAIN, "nonsense\r\n\r\n", PLAIN, DRIPPED };

        one = ask(&scene, requests[i % 4], false);
        if (i % 4 == 3)
            shutdown(one.socket, SHUT_WR); /* gone before it had asked */
        while (moment(&scene, &one, 1) && !one.over)
            ;
        answered += strstr(one.answer, "200 OK") != NULL;
        close(one.socket);
    }
    check_number(answered, 5 * CONNECTIONS_MOST, "all that asked were answered");
    scene_close(&scene);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    test_drip();
    test_too_many();
    test_places_given_back();
    return checks_done();
}
