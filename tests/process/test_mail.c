/* A mail handed over reaches the mailbox once, and what the relay says comes back by its code: with
 * a Postfix of our own, on a free port of this machine. */
#include "libcommon/mail_curl.h"
#include "libcommon/mail_text.h"
#include "tests/check.h"
#include "tests/loopback.h"

#include <dirent.h>
#include <event2/event.h>
#include <fcntl.h>
#include <ftw.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define MASTER "/usr/lib/postfix/sbin/master"

/* --- a Postfix of our own --------------------------------------------------------------------- */

struct postfix {
    char folder[64];
    int port;
    pid_t master;
};

static bool make(const struct postfix *postfix, const char *name, const char *owner,
                 const char *group, mode_t mode)
{
    const struct passwd *user = getpwnam(owner);
    const struct group *its = group ? getgrnam(group) : NULL;
    char path[128];

    snprintf(path, sizeof path, "%s/%s", postfix->folder, name);
    return user && (!group || its) && mkdir(path, mode) == 0 && chmod(path, mode) == 0 &&
           chown(path, user->pw_uid, its ? its->gr_gid : (gid_t)-1) == 0;
}

static bool write_file(const struct postfix *postfix, const char *name, const char *content)
{
    char path[128];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", postfix->folder, name);
    file = fopen(path, "w");
    if (!file)
        return false;
    fputs(content, file);
    return fclose(file) == 0;
}

static bool write_configuration(const struct postfix *postfix)
{
    const char *folder = postfix->folder;
    char text[4096];

    snprintf(text, sizeof text,
             "compatibility_level = 3.6\nqueue_directory = %s/queue\ndata_directory = %s/data\n"
             "daemon_directory = /usr/lib/postfix/sbin\nmaillog_file = %s/log\n"
             "maillog_file_prefixes = %s\nmyhostname = mx.good.test\n"
             "inet_interfaces = 127.0.0.1\ninet_protocols = ipv4\nmydestination =\n"
             "mynetworks = 127.0.0.0/8\nalias_maps =\nalias_database =\n"
             "local_recipient_maps =\nvirtual_mailbox_domains = good.test\n"
             "virtual_mailbox_base = %s/boxes\nvirtual_mailbox_maps = static:all/\n"
             "virtual_minimum_uid = 1\nvirtual_uid_maps = static:65534\n"
             "virtual_gid_maps = static:65534\n"
             "smtpd_recipient_restrictions = check_recipient_access "
             "inline:{{nobody@good.test=550 5.1.1 no such user},"
             " {later@good.test=450 4.7.1 later}}, permit_mynetworks, reject\n",
             folder, folder, folder, folder, folder);
    if (!write_file(postfix, "conf/main.cf", text))
        return false;
    snprintf(text, sizeof text,
             "127.0.0.1:%d inet n - n - - smtpd\ncleanup unix n - n - 0 cleanup\n"
             "qmgr unix n - n 300 1 qmgr\nrewrite unix - - n - - trivial-rewrite\n"
             "bounce unix - - n - 0 bounce\ndefer unix - - n - 0 bounce\n"
             "trace unix - - n - 0 bounce\nproxymap unix - - n - - proxymap\n"
             "anvil unix - - n - 1 anvil\nvirtual unix - n n - - virtual\n"
             "error unix - - n - - error\nretry unix - - n - - error\n"
             "postlog unix-dgram n - n - 1 postlogd\n",
             postfix->port);
    return write_file(postfix, "conf/master.cf", text);
}

static bool prepare(struct postfix *postfix)
{
    static const char *const queues[] = { "active",   "bounce", "corrupt", "defer",
                                          "deferred", "flush",  "hold",    "incoming",
                                          "private",  "saved",  "trace" };
    char name[64];
    bool made;

    snprintf(postfix->folder, sizeof postfix->folder, "/tmp/tremplin-mail-XXXXXX");
    if (!mkdtemp(postfix->folder) || chmod(postfix->folder, 0755) != 0)
        return false;
    postfix->port = loopback_free_port();
    made = make(postfix, "conf", "root", NULL, 0755) &&
           make(postfix, "queue", "root", NULL, 0755) &&
           make(postfix, "data", "postfix", NULL, 0755) &&
           make(postfix, "boxes", "nobody", NULL, 0755) &&
           make(postfix, "queue/pid", "root", NULL, 0755) &&
           make(postfix, "queue/public", "postfix", "postdrop", 0710) &&
           make(postfix, "queue/maildrop", "postfix", "postdrop", 0730);
    for (size_t i = 0; made && i < sizeof queues / sizeof *queues; i++) {
        snprintf(name, sizeof name, "queue/%s", queues[i]);
        made = make(postfix, name, "postfix", NULL, 0700);
    }
    return made && write_configuration(postfix);
}

static bool answers(const struct postfix *postfix)
{
    int one = loopback_connected(postfix->port);

    if (one >= 0)
        close(one);
    return one >= 0;
}

static bool start(struct postfix *postfix)
{
    char conf[128];

    snprintf(conf, sizeof conf, "%s/conf", postfix->folder);
    postfix->master = fork();
    if (postfix->master == 0) {
        int nowhere = open("/dev/null", O_RDWR);

        setpgid(0, 0);
        dup2(nowhere, 0);
        dup2(nowhere, 1);
        dup2(nowhere, 2);
        execl(MASTER, "master", "-c", conf, "-d", (char *)NULL);
        _exit(127);
    }
    for (int i = 0; i < 600 && !answers(postfix); i++)
        usleep(50 * 1000);
    return answers(postfix);
}

static void stop(struct postfix *postfix)
{
    kill(-postfix->master, SIGTERM);
    waitpid(postfix->master, NULL, 0);
    postfix->master = 0;
}

static int remove_one(const char *path, const struct stat *stat, int type, struct FTW *ftw)
{
    (void)stat;
    (void)type;
    (void)ftw;
    return remove(path);
}

/* How many mails of the boxes hold a text. */
static int delivered(const struct postfix *postfix, const char *text)
{
    static char content[65536];
    char folder[128], path[512];
    int count = 0;
    DIR *box;

    snprintf(folder, sizeof folder, "%s/boxes/all/new", postfix->folder);
    box = opendir(folder);
    for (struct dirent *one; box && (one = readdir(box)) != NULL;) {
        FILE *file;

        snprintf(path, sizeof path, "%s/%s", folder, one->d_name);
        file = one->d_name[0] != '.' ? fopen(path, "r") : NULL;
        if (!file)
            continue;
        content[fread(content, 1, sizeof content - 1, file)] = '\0';
        fclose(file);
        count += strstr(content, text) != NULL;
    }
    if (box)
        closedir(box);
    return count;
}

/* --- handing over ----------------------------------------------------------------------------- */

struct post {
    struct event_base *base;
    struct mail_curl *mail;
    const struct mail_transport *transport;
    int outcomes;
    int codes[64]; /* by attempt */
};

static void on_outcome(void *owner, const char *id, uint32_t attempt, int code)
{
    struct post *post = owner;

    (void)id;
    post->codes[attempt % 64] = code;
    post->outcomes++;
    event_base_loopbreak(post->base);
}

static const char *content_of(const char *id, const char *words)
{
    static char content[4096];
    char body[2048], date[40];

    mail_quoted_printable(words, body, sizeof body);
    mail_date(INT64_C(1795440570000), date, sizeof date);
    snprintf(content, sizeof content,
             "Date: %s\r\nFrom: Tremplin\r\n <tremplin@good.test>\r\nSubject: A-30\r\n"
             "Message-ID: <%s@good.test>\r\nMIME-Version: 1.0\r\n"
             "Content-Type: text/plain; charset=utf-8\r\n"
             "Content-Transfer-Encoding: quoted-printable\r\n\r\n%s",
             date, id, body);
    return content;
}

static bool open_post(struct post *post, const struct postfix *postfix, const char **trouble)
{
    const struct mail_curl_settings settings = {
        .host = "127.0.0.1",
        .port = postfix->port,
        .user = "",
        .password_file = "",
        .from = "tremplin@good.test",
    };

    *post = (struct post){ .base = event_base_new() };
    post->mail = mail_curl_open(post->base, &settings, on_outcome, post, trouble);
    post->transport = mail_curl_transport(post->mail);
    return post->mail != NULL;
}

static void close_post(struct post *post)
{
    mail_curl_close(post->mail);
    event_base_free(post->base);
}

static void wait_for(struct post *post, int outcomes)
{
    struct timeval limit = { .tv_sec = 60 };

    while (post->outcomes < outcomes) {
        event_base_loopexit(post->base, &limit);
        if (event_base_dispatch(post->base) == 1 || event_base_got_exit(post->base))
            return;
    }
}

static void hand(struct post *post, const char *id, uint32_t attempt, const char *to,
                 const char *words)
{
    const struct mail_transport *transport = post->transport;
    struct mail mail = { id, attempt, to, content_of(id, words) };

    transport->promise(transport->self, id, attempt);
    transport->hand_over(transport->self, &mail);
    transport->hand_over(transport->self, &mail); /* twice is once */
}

#define MAIL(n) "018f0e42-7c1b-7a3e-9d41-0f6a2b8c5d" n

static void test_down_then_up(struct postfix *postfix, struct post *post)
{
    about("a relay that is down, then up");
    hand(post, MAIL("01"), 1, "asll@good.test", "Échéance le 12/12\n.\nfin\n");
    wait_for(post, 1);
    check_number(post->codes[1], 0, "nothing listens: no answer");
    check(!post->transport->is_promised(post->transport->self, MAIL("01"), 1),
          "that attempt is over");
    if (!check(start(postfix), "Postfix starts"))
        return;
    hand(post, MAIL("01"), 2, "asll@good.test", "Échéance le 12/12\n.\nfin\n");
    wait_for(post, 2);
    check_number(post->codes[2], 250, "the next attempt is taken");
}

static void test_answers(struct post *post)
{
    int before = post->outcomes;

    about("what it says comes back by its code");
    hand(post, MAIL("02"), 3, "nobody@good.test", "x\n");
    hand(post, MAIL("03"), 4, "later@good.test", "x\n");
    hand(post, MAIL("04"), 5, "asll@good.test>\r\nRCPT TO:<other@good.test", "x\n");
    wait_for(post, before + 3);
    check_number(post->codes[3], 550, "no such mailbox: 550");
    check_number(post->codes[4], 450, "not now: 450");
    check_number(post->codes[5], 553, "an address that would be a command never gets there: 553");
}

static void test_many(struct postfix *postfix, struct post *post)
{
    int before = post->outcomes, taken = 0;
    char id[40], words[40];

    about("eight at a time, two connections, each once");
    for (uint32_t i = 0; i < 8; i++) {
        snprintf(id, sizeof id, MAIL("%02u"), 10 + i);
        snprintf(words, sizeof words, "number %u.\n", i);
        hand(post, id, 10 + i, "asll@good.test", words);
    }
    check_number(post->transport->room(post->transport->self), 0, "there is no room for more");
    check(!post->transport->promise(post->transport->self, MAIL("99"), 1), "nor is more promised");
    wait_for(post, before + 8);
    for (uint32_t i = 0; i < 8; i++)
        taken += post->codes[10 + i] == 250;
    check_number(taken, 8, "all are taken");
    check_number(post->outcomes, before + 8, "one outcome each");
    for (int i = 0; i < 200 && delivered(postfix, "Message-ID") < 9; i++)
        usleep(50 * 1000);
    check_number(delivered(postfix, "Message-ID"), 9, "nine mails lie in the mailbox");
    check_number(delivered(postfix, "<" MAIL("01") "@good.test>"), 1,
                 "the one of two attempts once, under its own Message-ID");
    check_number(delivered(postfix, "=C3=89ch=C3=A9ance le 12/12\n.\nfin\n"), 1,
                 "a line of one dot and accents came through");
}

static void test_settings(void)
{
    struct mail_curl_settings settings = { .host = "127.0.0.1",
                                           .port = 25,
                                           .user = "",
                                           .password_file = "",
                                           .from = "a\r\nDATA@good.test" };
    struct event_base *base = event_base_new();
    const char *trouble = NULL;

    about("settings that do not fit");
    check(!mail_curl_open(base, &settings, on_outcome, NULL, &trouble), "a sender with CRLF");
    check_text(trouble, "mail_from is no mail address", "is told");
    settings.from = "a@good.test";
    settings.host = "relay/../x";
    check(!mail_curl_open(base, &settings, on_outcome, NULL, &trouble), "a host with a path");
    settings.host = "127.0.0.1";
    settings.user = "tremplin";
    settings.password_file = "/nowhere/at/all";
    check(!mail_curl_open(base, &settings, on_outcome, NULL, &trouble), "no password");
    check_text(trouble, "relay_password_file cannot be read", "is told");
    event_base_free(base);
}

int main(void)
{
    struct postfix postfix = { 0 };
    struct post post;
    const char *trouble;

    if (geteuid() != 0 || access(MASTER, X_OK) != 0) {
        printf("skipped: %s\n",
               geteuid() != 0 ? "Postfix is started by root only" : "Postfix is not installed");
        return 77;
    }
    signal(SIGPIPE, SIG_IGN);
    test_settings();
    if (!check(prepare(&postfix), "a Postfix of our own is prepared") ||
        !check(open_post(&post, &postfix, &trouble), "the transport opens"))
        return checks_done();
    test_down_then_up(&postfix, &post);
    if (postfix.master > 0 && answers(&postfix)) {
        test_answers(&post);
        test_many(&postfix, &post);
    }
    close_post(&post);
    if (postfix.master > 0)
        stop(&postfix);
    nftw(postfix.folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    return checks_done();
}
