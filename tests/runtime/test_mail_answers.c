/* What a relay has against us before it has heard who a mail is for is no refusal of that mail: it
 * is tried later.  A relay of one's own, in a process beside, answers each step as told. */
#include "libcommon/mail_curl.h"
#include "tests/check.h"
#include "tests/loopback.h"

#include <event2/event.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define MAIL "018f0e42-7c1b-7a3e-9d41-0f6a2b8c5d01"

/* --- the relay -------------------------------------------------------------------------------- */

enum step { GREETING, HELLO, SENDER, RECIPIENT, CONTENT, END, STEPS };

static enum step step_of(const char *line)
{
    return strncmp(line, "MAIL", 4) == 0   ? SENDER
           : strncmp(line, "RCPT", 4) == 0 ? RECIPIENT
           : strncmp(line, "DATA", 4) == 0 ? CONTENT
                                           : HELLO;
}

/* One connection; never comes back. */
static void be_relay(int listener, const char *const answers[STEPS])
{
    FILE *peer = fdopen(accept(listener, NULL, NULL), "r+");
    bool is_content = false;
    char line[512];

    if (!peer)
        _exit(1);
    fprintf(peer, "%s\r\n", answers[GREETING]);
    fflush(peer);
    while (fgets(line, sizeof line, peer)) {
        enum step step = is_content ? END : step_of(line);

        if (is_content && strcmp(line, ".\r\n") != 0)
            continue;
        is_content = step == CONTENT && answers[CONTENT][0] == '3';
        fseek(peer, 0, SEEK_CUR);
        fprintf(peer, "%s\r\n", answers[step]);
        fflush(peer);
    }
    _exit(0);
}

static int listen_somewhere(int *port)
{
    int listener = loopback_bound(port);

    listen(listener, 4);
    return listener;
}

/* --- a mail ----------------------------------------------------------------------------------- */

struct post {
    struct event_base *base;
    int told;
};

static void on_outcome(void *owner, const char *id, uint32_t attempt, int code)
{
    struct post *post = owner;

    (void)id;
    (void)attempt;
    post->told = code;
    event_base_loopbreak(post->base);
}

static int told_by(int port)
{
    const struct mail_curl_settings settings = { .host = "127.0.0.1",
                                                 .port = port,
                                                 .timeout_s = 60,
                                                 .user = "",
                                                 .password_file = "",
                                                 .from = "tremplin@good.test" };
    const struct mail mail = { MAIL, 1, "asll@good.test", "Subject: x\r\n\r\nx\r\n" };
    struct post post = { .base = event_base_new(), .told = -1 };
    const struct mail_transport *transport;
    struct mail_curl *curl;
    const char *trouble;

    curl = mail_curl_open(post.base, &settings, on_outcome, &post, &trouble);
    transport = mail_curl_transport(curl);
    transport->promise(transport->self, MAIL, 1);
    transport->hand_over(transport->self, &mail);
    event_base_dispatch(post.base);
    mail_curl_close(curl);
    event_base_free(post.base);
    return post.told;
}

/* What is told of a mail when the relay answers one step in another way than a good one. */
static int told_when(enum step step, const char *answer)
{
    const char *answers[STEPS] = { "220 relay", "250 relay", "250 ok",
                                   "250 ok",    "354 go on", "250 taken" };
    int port, listener = listen_somewhere(&port), told;
    pid_t relay;

    answers[step] = answer;
    relay = fork();
    if (relay == 0)
        be_relay(listener, answers);
    close(listener);
    told = told_by(port);
    waitpid(relay, NULL, 0);
    return told;
}

int main(void)
{
    static const struct {
        enum step step;
        const char *answer;
        int told;
        const char *what;
    } cases[] = {
        { END, "250 taken", 250, "taken" },
        { GREETING, "554 client host blocked", 0, "a greeting that refuses us: no answer to it" },
        { GREETING, "421 too busy", 421, "a greeting that puts us off" },
        { HELLO, "550 who are you", 0, "our name is refused" },
        { SENDER, "550 5.1.8 sender rejected", 0, "our sender's address is refused" },
        { SENDER, "554 5.7.1 not from you", 0, "we are, as we name the sender" },
        { SENDER, "530 5.7.0 sign in first", 530, "signing in is wanted: told as it was said" },
        { SENDER, "451 later", 451, "the sender's domain is looked up later" },
        { RECIPIENT, "550 5.1.1 no such user", 550, "no such mailbox refuses this mail" },
        { RECIPIENT, "450 greylisted", 450, "the mailbox is put off" },
        { CONTENT, "554 no valid recipients", 554, "the content is not wanted" },
        { END, "554 5.7.1 spam", 554, "the content is refused" },
        { END, "452 no space", 452, "the content is put off" },
    };

    about("what a relay's answer says of a mail, step by step");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_number(told_when(cases[i].step, cases[i].answer), cases[i].told, "%s", cases[i].what);
    return checks_done();
}
