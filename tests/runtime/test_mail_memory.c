/* Without memory a mail waits and nothing leaks: each allocation of libcurl's fails once. */
#include "libcommon/mail_curl.h"
#include "tests/check.h"
#include "tests/loopback.h"

#include <curl/curl.h>
#include <event2/event.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define MAIL "018f0e42-7c1b-7a3e-9d41-0f6a2b8c5d01"

/* --- libcurl's memory ------------------------------------------------------------------------- */

static long taken;   /* and not given back */
static long passed;  /* allocations so far */
static long failing; /* which of them fails; 0: none */

static bool fails(void)
{
    return ++passed == failing;
}

static void *take(size_t size)
{
    void *at = fails() ? NULL : malloc(size);

    taken += at != NULL;
    return at;
}

static void *take_many(size_t count, size_t size)
{
    void *at = fails() ? NULL : calloc(count, size);

    taken += at != NULL;
    return at;
}

static void *take_more(void *at, size_t size)
{
    void *more = fails() ? NULL : realloc(at, size);

    taken += more != NULL && at == NULL;
    return more;
}

static char *take_text(const char *text)
{
    char *copy = fails() ? NULL : strdup(text);

    taken += copy != NULL;
    return copy;
}

static void give_back(void *at)
{
    taken -= at != NULL;
    free(at);
}

/* --- one mail, to a port where nobody listens ------------------------------------------------- */

struct post {
    struct event_base *base;
    int outcomes;
    int code;
};

static void on_outcome(void *owner, const char *id, uint32_t attempt, int code)
{
    struct post *post = owner;

    (void)id;
    (void)attempt;
    post->outcomes++;
    post->code = code;
}

/* The runtime hands over again after each commit what is promised and has no outcome; and where
 * libcurl cannot even watch its socket, the time that a mail may take ends it. */
static void hand_over_until_told(struct post *post, const struct mail_transport *transport)
{
    const struct mail mail = { MAIL, 1, "asll@good.test", "Subject: x\r\n\r\nx\r\n" };
    time_t until = time(NULL) + 30;

    while (post->outcomes == 0 && time(NULL) < until) {
        transport->hand_over(transport->self, &mail);
        event_base_loop(post->base, EVLOOP_NONBLOCK);
        usleep(100);
    }
}

static bool one_mail(int port, long nth)
{
    const struct mail_curl_settings settings = { .host = "127.0.0.1",
                                                 .port = port,
                                                 .timeout_s = 1,
                                                 .user = "",
                                                 .password_file = "",
                                                 .from = "tremplin@good.test" };
    struct post post = { .base = event_base_new() };
    const struct mail_transport *transport;
    struct mail_curl *mail;
    const char *trouble;
    long before = taken;
    bool promised = true;

    passed = 0;
    failing = nth;
    mail = mail_curl_open(post.base, &settings, on_outcome, &post, &trouble);
    transport = mail_curl_transport(mail);
    if (transport) {
        transport->promise(transport->self, MAIL, 1);
        hand_over_until_told(&post, transport);
        promised = transport->is_promised(transport->self, MAIL, 1);
    }
    mail_curl_close(mail);
    event_base_free(post.base);
    failing = 0;
    if (transport && (post.outcomes != 1 || post.code != 0 || promised))
        return check(false, "allocation %ld fails: %d outcomes, %d, promised %d", nth,
                     post.outcomes, post.code, promised);
    return taken == before ||
           check(false, "allocation %ld fails: %ld are not given back", nth, taken - before);
}

int main(void)
{
    int port, refusing = loopback_bound(&port);
    bool holds;
    long nth = 1;

    if (curl_global_init_mem(CURL_GLOBAL_DEFAULT, take, give_back, take_more, take_text,
                             take_many) != CURLE_OK)
        return 77;
    holds = one_mail(port, 0);
    for (long all = passed; nth <= all && holds; nth++)
        holds = one_mail(port, nth);
    check(holds && nth > 20,
          "%ld allocations: whichever fails, the mail has one outcome, and nothing leaks", nth - 1);
    curl_global_cleanup();
    close(refusing);
    return checks_done();
}
