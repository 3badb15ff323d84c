#include "libcommon/mail_curl.h"

#include "libcommon/clock.h"
#include "libcommon/ids.h"
#include "libcommon/log.h"
#include "libcommon/notify.h"
#include "libcommon/text.h"

#include <curl/curl.h>
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum {
    PLACES = 8,      /* promised at once */
    AT_ONCE = 2,     /* connections to the relay */
    CONNECT_S = 20,  /* to be connected */
    ANSWER_S = 20,   /* for an answer, while the loop may stand still: less than the watchdog's */
    TRANSFER_S = 120 /* for all of it, unless the settings say otherwise */
};

struct delivery {
    struct mail_curl *mail;
    bool is_promised;
    char id[ID_TEXT_SIZE];
    uint32_t attempt;
    char to[256];
    char *content; /* handed over; NULL before */
    size_t length;
    size_t read;
    bool is_named; /* the relay has heard whom it is for */
    CURL *easy;    /* under way; NULL while it waits for a connection */
    struct curl_slist *recipients;
};

struct mail_curl {
    struct event_base *base;
    CURLM *multi;
    struct event *timer;
    char url[300];
    char ca_file[512];
    bool starttls;
    long timeout_s;
    char user[256];
    char password[256];
    char from[256];
    mail_outcome_fn *outcome;
    void *owner;
    struct mail_transport transport;
    struct delivery deliveries[PLACES];
    bool is_closing;
    int64_t driven_s; /* monotonic: libcurl has the loop since; 0: it has not */
};

/* --- what was promised ------------------------------------------------------------------------ */

static struct delivery *find(struct mail_curl *mail, const char *id, uint32_t attempt)
{
    for (size_t i = 0; i < PLACES; i++) {
        struct delivery *delivery = &mail->deliveries[i];

        if (delivery->is_promised && delivery->attempt == attempt && strcmp(delivery->id, id) == 0)
            return delivery;
    }
    return NULL;
}

static bool promise(void *self, const char *id, uint32_t attempt)
{
    struct mail_curl *mail = self;

    if (find(mail, id, attempt))
        return true;
    for (size_t i = 0; i < PLACES; i++) {
        struct delivery *delivery = &mail->deliveries[i];

        if (delivery->is_promised)
            continue;
        *delivery = (struct delivery){ .mail = mail, .is_promised = true, .attempt = attempt };
        snprintf(delivery->id, sizeof delivery->id, "%s", id);
        return true;
    }
    return false;
}

static bool is_promised(void *self, const char *id, uint32_t attempt)
{
    return find(self, id, attempt) != NULL;
}

/* Without a connection under way there may have been no memory to start it: then it is handed over
 * again. */
static bool is_handed(void *self, const char *id, uint32_t attempt)
{
    struct mail_curl *mail = self;
    const struct delivery *delivery = find(mail, id, attempt);
    bool is_running = false;

    for (size_t i = 0; i < PLACES; i++)
        is_running |= mail->deliveries[i].easy != NULL;
    return delivery && delivery->content && is_running;
}

static int room(void *self)
{
    const struct mail_curl *mail = self;
    int free_places = 0;

    for (size_t i = 0; i < PLACES; i++)
        free_places += !mail->deliveries[i].is_promised;
    return free_places;
}

static bool is_under_way(void *self)
{
    return room(self) < PLACES;
}

/* --- one mail --------------------------------------------------------------------------------- */

static size_t give_content(char *buffer, size_t size, size_t count, void *owner)
{
    struct delivery *delivery = owner;
    size_t left = delivery->length - delivery->read;
    size_t part = size * count < left ? size * count : left;

    memcpy(buffer, delivery->content + delivery->read, part);
    delivery->read += part;
    return part;
}

static int see_command(CURL *easy, curl_infotype what, char *text, size_t length, void *owner)
{
    struct delivery *delivery = owner;

    (void)easy;
    if (what == CURLINFO_HEADER_OUT && length > 5 && strncmp(text, "RCPT ", 5) == 0)
        delivery->is_named = true;
    return 0;
}

/* Back to waiting for a connection, or on the way out. */
static void take_down(struct delivery *delivery)
{
    if (delivery->easy) {
        curl_multi_remove_handle(delivery->mail->multi, delivery->easy);
        curl_easy_cleanup(delivery->easy);
    }
    curl_slist_free_all(delivery->recipients);
    delivery->easy = NULL;
    delivery->recipients = NULL;
}

static void forget(struct delivery *delivery)
{
    take_down(delivery);
    free(delivery->content);
    *delivery = (struct delivery){ 0 };
}

static void forget_unless(void *self, mail_wanted_fn *is_wanted, void *owner)
{
    struct mail_curl *mail = self;

    for (size_t i = 0; i < PLACES; i++) {
        struct delivery *delivery = &mail->deliveries[i];

        if (delivery->is_promised && !delivery->content &&
            !is_wanted(owner, delivery->id, delivery->attempt))
            forget(delivery);
    }
}

static void tell(struct delivery *delivery, int code)
{
    struct mail_curl *mail = delivery->mail;
    uint32_t attempt = delivery->attempt;
    char id[ID_TEXT_SIZE];

    memcpy(id, delivery->id, sizeof id);
    forget(delivery);
    mail->outcome(mail->owner, id, attempt, code);
}

/* libcurl waits for the answer to a mail's end without giving the loop back, ANSWER_S at most, and
 * calls this about once a second: the watchdog is told that it is the relay that is slow. */
static int see_waiting(void *owner, curl_off_t down_all, curl_off_t down, curl_off_t up_all,
                       curl_off_t up)
{
    const struct mail_curl *mail = owner;

    (void)down_all;
    (void)down;
    (void)up_all;
    (void)up;
    if (mail->driven_s > 0 && clock_ms(CLOCK_MONOTONIC) / 1000 > mail->driven_s + 1)
        notify("WATCHDOG=1");
    return 0;
}

/* All of it, or none: a mail without its sender or its password is another mail. */
static bool set_options(struct delivery *delivery)
{
    const struct mail_curl *mail = delivery->mail;
    CURL *easy = delivery->easy;
    long connect_s = mail->timeout_s < CONNECT_S ? mail->timeout_s : CONNECT_S;
    long answer_s = mail->timeout_s < ANSWER_S ? mail->timeout_s : ANSWER_S;
    char to[260], from[260];
    int failed = 0;

    snprintf(to, sizeof to, "<%s>", delivery->to);
    snprintf(from, sizeof from, "<%s>", mail->from);
    delivery->recipients = curl_slist_append(NULL, to);
    if (!delivery->recipients)
        return false;
    failed |= curl_easy_setopt(easy, CURLOPT_URL, mail->url);
    failed |= curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp");
    failed |= curl_easy_setopt(easy, CURLOPT_PROXY, "");
    failed |= curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    failed |= curl_easy_setopt(easy, CURLOPT_PRIVATE, delivery);
    failed |= curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, connect_s);
    failed |= curl_easy_setopt(easy, CURLOPT_TIMEOUT, mail->timeout_s);
    failed |= curl_easy_setopt(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, answer_s);
    failed |= curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, see_waiting);
    failed |= curl_easy_setopt(easy, CURLOPT_XFERINFODATA, mail);
    failed |= curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    /* A relay may take but so many mails a connection: each has its own. */
    failed |= curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
    failed |= curl_easy_setopt(easy, CURLOPT_USE_SSL,
                               mail->starttls ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_NONE);
    if (mail->ca_file[0])
        failed |= curl_easy_setopt(easy, CURLOPT_CAINFO, mail->ca_file);
    if (mail->user[0]) {
        failed |= curl_easy_setopt(easy, CURLOPT_USERNAME, mail->user);
        failed |= curl_easy_setopt(easy, CURLOPT_PASSWORD, mail->password);
    }
    failed |= curl_easy_setopt(easy, CURLOPT_MAIL_FROM, from);
    failed |= curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, delivery->recipients);
    failed |= curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
    failed |= curl_easy_setopt(easy, CURLOPT_READFUNCTION, give_content);
    failed |= curl_easy_setopt(easy, CURLOPT_READDATA, delivery);
    /* libcurl's own result does not tell the sender's refusal from the recipient's. */
    failed |= curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, see_command);
    failed |= curl_easy_setopt(easy, CURLOPT_DEBUGDATA, delivery);
    failed |= curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
    delivery->read = 0;
    delivery->is_named = false;
    return !failed;
}

/* As many as there are connections for. */
static void start_waiting(struct mail_curl *mail)
{
    int running = 0;

    for (size_t i = 0; i < PLACES; i++)
        running += mail->deliveries[i].easy != NULL;
    for (size_t i = 0; i < PLACES && running < AT_ONCE; i++) {
        struct delivery *delivery = &mail->deliveries[i];

        if (!delivery->content || delivery->easy)
            continue;
        delivery->easy = curl_easy_init();
        if (!delivery->easy || !set_options(delivery) ||
            curl_multi_add_handle(mail->multi, delivery->easy) != CURLM_OK) {
            take_down(delivery); /* no memory: when it is handed over again, or another ends */
            return;
        }
        running++;
    }
}

static void hand_over(void *self, const struct mail *handed)
{
    struct mail_curl *mail = self;
    struct delivery *delivery = find(mail, handed->id, handed->attempt);

    if (!delivery)
        return;
    if (delivery->content) { /* handed over before, and perhaps without memory to start it */
        start_waiting(mail);
        return;
    }
    snprintf(delivery->to, sizeof delivery->to, "%s", handed->to);
    delivery->length = strlen(handed->content);
    delivery->content = strdup(handed->content);
    /* Checked where it was registered; here it goes into an SMTP command. */
    if (delivery->content && !text_is_mail_address(delivery->to, strlen(delivery->to))) {
        tell(delivery, 553);
        return;
    }
    start_waiting(mail);
}

/* --- what came of it -------------------------------------------------------------------------- */

/* Before it has heard whom the mail is for the relay speaks of us: its greeting, our name, the
 * encryption, who signs in, who sends.  Only what is known to say so (530, 534, 535, 538) may then
 * be told of the mail; any other refusal is no answer to it. */
static int code_to_us(long code)
{
    char text[24];

    if (code >= 500 && code <= 599) {
        snprintf(text, sizeof text, "%ld", code);
        log_event(LOG_LEVEL_ERROR, "relay_refuses_us", "code", text, (char *)NULL);
    }
    return (code >= 400 && code <= 499) || code / 10 == 53 ? (int)code : 0;
}

/* The relay's last answer says it, unless the end is missing: a 250 to the recipient is no 250 to
 * the mail. */
static int code_of(const struct delivery *delivery, CURLcode result)
{
    long code = 0;

    curl_easy_getinfo(delivery->easy, CURLINFO_RESPONSE_CODE, &code);
    if (result == CURLE_OK)
        return code >= 200 && code <= 299 ? (int)code : 250;
    if (!delivery->is_named)
        return code_to_us(code);
    return code >= 400 && code <= 599 ? (int)code : 0;
}

static void look_for_outcomes(struct mail_curl *mail)
{
    CURLMsg *message;
    int left;

    while ((message = curl_multi_info_read(mail->multi, &left)) != NULL) {
        struct delivery *delivery = NULL;

        if (message->msg != CURLMSG_DONE)
            continue;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &delivery);
        tell(delivery, code_of(delivery, message->data.result));
    }
    start_waiting(mail);
}

/* Without memory libcurl may forget a socket or an instant for good: what is under way had no
 * answer, and is tried again later. */
static void give_up_all(struct mail_curl *mail)
{
    for (size_t i = 0; i < PLACES; i++)
        if (mail->deliveries[i].easy)
            tell(&mail->deliveries[i], 0);
}

static void drive(struct mail_curl *mail, curl_socket_t socket, int action)
{
    int running;

    mail->driven_s = clock_ms(CLOCK_MONOTONIC) / 1000;
    if (curl_multi_socket_action(mail->multi, socket, action, &running) != CURLM_OK)
        give_up_all(mail);
    mail->driven_s = 0;
    look_for_outcomes(mail);
}

/* --- on the loop ------------------------------------------------------------------------------ */

static void on_socket_ready(evutil_socket_t socket, short what, void *owner)
{
    struct mail_curl *mail = owner;
    int action = (what & EV_READ ? CURL_CSELECT_IN : 0) | (what & EV_WRITE ? CURL_CSELECT_OUT : 0);

    drive(mail, socket, action);
}

static int watch_socket(CURL *easy, curl_socket_t socket, int wanted, void *owner, void *known)
{
    struct mail_curl *mail = owner;
    struct event *event = known;
    short what = (short)((wanted & CURL_POLL_IN ? EV_READ : 0) |
                         (wanted & CURL_POLL_OUT ? EV_WRITE : 0) | EV_PERSIST);

    (void)easy;
    if (event)
        event_free(event);
    event = NULL;
    if (wanted != CURL_POLL_REMOVE && !mail->is_closing) {
        event = event_new(mail->base, socket, what, on_socket_ready, mail);
        if (event)
            event_add(event, NULL);
    }
    curl_multi_assign(mail->multi, socket, event);
    return 0;
}

static void on_timer(evutil_socket_t socket, short what, void *owner)
{
    (void)socket;
    (void)what;
    drive(owner, CURL_SOCKET_TIMEOUT, 0);
}

static int set_timer(CURLM *multi, long timeout_ms, void *owner)
{
    struct mail_curl *mail = owner;
    struct timeval wait = { .tv_sec = timeout_ms / 1000, .tv_usec = timeout_ms % 1000 * 1000 };

    (void)multi;
    if (timeout_ms < 0 || mail->is_closing)
        evtimer_del(mail->timer);
    else
        evtimer_add(mail->timer, &wait);
    return 0;
}

/* --- opening and closing ---------------------------------------------------------------------- */

static bool read_password(struct mail_curl *mail, const char *path)
{
    FILE *file;
    bool read;

    if (mail->user[0] == '\0')
        return true;
    file = fopen(path, "re");
    if (!file)
        return false;
    read = fgets(mail->password, sizeof mail->password, file) != NULL;
    fclose(file);
    mail->password[strcspn(mail->password, "\r\n")] = '\0';
    return read && mail->password[0] != '\0';
}

const char *mail_curl_wrong_setting(const struct mail_curl_settings *settings)
{
    size_t host_length = strlen(settings->host);

    if (host_length == 0 || host_length > 253 ||
        strspn(settings->host,
               "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") != host_length)
        return "relay_host is no host's name";
    if (settings->port < 1 || settings->port > 65535)
        return "relay_port is no port";
    if (!text_is_mail_address(settings->from, strlen(settings->from)))
        return "mail_from is no mail address";
    if (settings->ca_file && settings->ca_file[0] && access(settings->ca_file, R_OK) != 0)
        return "relay_ca_file cannot be read";
    return NULL;
}

static const char *take_settings(struct mail_curl *mail, const struct mail_curl_settings *settings)
{
    const char *wrong = mail_curl_wrong_setting(settings);

    if (wrong)
        return wrong;
    snprintf(mail->url, sizeof mail->url, "smtp://%s:%d", settings->host, (int)settings->port);
    snprintf(mail->from, sizeof mail->from, "%s", settings->from);
    snprintf(mail->user, sizeof mail->user, "%s", settings->user);
    mail->starttls = settings->starttls;
    mail->timeout_s = settings->timeout_s > 0 ? (long)settings->timeout_s : TRANSFER_S;
    snprintf(mail->ca_file, sizeof mail->ca_file, "%s", settings->ca_file ? settings->ca_file : "");
    return read_password(mail, settings->password_file) ? NULL
                                                        : "relay_password_file cannot be read";
}

struct mail_curl *mail_curl_open(struct event_base *base, const struct mail_curl_settings *settings,
                                 mail_outcome_fn *outcome, void *owner, const char **trouble)
{
    struct mail_curl *mail = calloc(1, sizeof *mail);

    *trouble = "no memory for mail";
    if (!mail)
        return NULL;
    mail->base = base;
    mail->outcome = outcome;
    mail->owner = owner;
    mail->transport = (struct mail_transport){ .promise = promise,
                                               .is_promised = is_promised,
                                               .is_handed = is_handed,
                                               .forget_unless = forget_unless,
                                               .hand_over = hand_over,
                                               .room = room,
                                               .is_under_way = is_under_way,
                                               .self = mail };
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        free(mail);
        return NULL;
    }
    mail->multi = curl_multi_init();
    mail->timer = evtimer_new(base, on_timer, mail);
    if (mail->multi && mail->timer)
        *trouble = take_settings(mail, settings);
    if (*trouble) {
        mail_curl_close(mail);
        return NULL;
    }
    curl_multi_setopt(mail->multi, CURLMOPT_SOCKETFUNCTION, watch_socket);
    curl_multi_setopt(mail->multi, CURLMOPT_SOCKETDATA, mail);
    curl_multi_setopt(mail->multi, CURLMOPT_TIMERFUNCTION, set_timer);
    curl_multi_setopt(mail->multi, CURLMOPT_TIMERDATA, mail);
    return mail;
}

void mail_curl_close(struct mail_curl *mail)
{
    if (!mail)
        return;
    mail->is_closing = true;
    for (size_t i = 0; i < PLACES; i++)
        if (mail->deliveries[i].is_promised)
            forget(&mail->deliveries[i]);
    if (mail->multi)
        curl_multi_cleanup(mail->multi);
    if (mail->timer)
        event_free(mail->timer);
    explicit_bzero(mail->password, sizeof mail->password);
    curl_global_cleanup();
    free(mail);
}

const struct mail_transport *mail_curl_transport(struct mail_curl *mail)
{
    return mail ? &mail->transport : NULL;
}
