/* mail_curl.h - the mail transport of a real process: libcurl's SMTP on the libevent loop
 *
 * One recipient a transaction, two at a time, time-outs on each.  What came of
 * an attempt is told by the code of the relay's answer, not by libcurl's own.
 * A process opens it for a service whose description has relay, when that fills
 * in a host:
 *
 *     struct mail_curl_settings relay;
 *     service->relay(settings, &relay);
 *     if (*relay.host)
 *         mail = mail_curl_open(base, &relay, outcome, owner);
 *     setup.mail = mail_curl_transport(mail);
 *
 * where outcome calls runtime_mail_outcome() and lets the loop turn the runtime.
 */
#ifndef LIBCOMMON_MAIL_CURL_H
#define LIBCOMMON_MAIL_CURL_H

#include "libcommon/mail.h"

#include <stddef.h>

struct event_base;
struct mail_curl;

struct mail_curl_settings {
    const char *host; /* "": none */
    int64_t port;
    bool starttls;       /* wanted, and the relay's certificate checked */
    const char *ca_file; /* who must have signed it; "" or NULL: who this machine trusts */
    int64_t timeout_s;   /* for a mail, from connecting to its answer; 0: 120 */
    const char *user;
    const char *password_file; /* the password alone, one line; read at opening */
    const char *from;          /* the envelope's sender: checked here */
};

/* What no relay could be spoken to with, beginning with its key, in English for the operator; NULL
 * when all fits.  Looks at no password: its file may be there only while the service runs. */
const char *mail_curl_wrong_setting(const struct mail_curl_settings *settings);

/* Copies the settings.  NULL when they do not fit (the sender is no address, the password cannot
 * be read) or there is no memory; *trouble then says why, in English, for the operator. */
struct mail_curl *mail_curl_open(struct event_base *base, const struct mail_curl_settings *settings,
                                 mail_outcome_fn *outcome, void *owner, const char **trouble);
/* What is under way is dropped without an outcome: the next life sends it again. */
void mail_curl_close(struct mail_curl *mail);
/* NULL for NULL; lives as long as mail. */
const struct mail_transport *mail_curl_transport(struct mail_curl *mail);

#endif
