/* What a configuration says of mails fits, or is told before anything starts; a mail is right in
 * whatever language, label and relay. */
#include "libcommon/mail_curl.h"
#include "libcommon/mail_text.h"
#include "services/alerts/parts.h"
#include "tests/check.h"

#include <stdlib.h>

static const struct alerts_settings sound = {
    .mail_from = "alertes@toit.test",
    .mail_domain = "toit.test",
    .relay_host = "relay.toit.test",
    .relay_port = 587,
    .relay_tls = "starttls",
    .relay_timeout = 120,
    .digest_hour = 7,
    .holidays = "france",
    .organisation_label = "Le Toit à côté",
};

static void set(char *where, const char *what)
{
    snprintf(where, SETTING_TEXT_SIZE, "%s", what);
}

static void check_unfit(const char *key, struct alerts_settings settings)
{
    const char *trouble = alerts_check_settings(&settings);

    check(trouble && strncmp(trouble, key, strlen(key)) == 0, "%s is told", key);
}

static void test_settings(void)
{
    struct alerts_settings bad;
    struct mail_curl_settings relay;

    about("settings");
    check(alerts_check_settings(&sound) == NULL, "those that fit");
    bad = sound, set(bad.mail_from, "toit");
    check_unfit("mail_from", bad);
    bad = sound, set(bad.mail_domain, "toit.test>\r\nBcc: x");
    check_unfit("mail_domain", bad);
    bad = sound, set(bad.relay_tls, "startls");
    check_unfit("relay_tls", bad);
    bad = sound, set(bad.relay_tls, "none");
    check(alerts_check_settings(&bad) == NULL, "a relay on this machine, without signing in");
    set(bad.relay_user, "tremplin");
    check_unfit("relay_user", bad);
    bad = sound, bad.relay_timeout = 0;
    check_unfit("relay_timeout", bad);
    bad = sound, set(bad.holidays, "bretagne");
    check_unfit("holidays", bad);
    bad = sound, bad.digest_hour = 24;
    check_unfit("digest_hour", bad);
    bad.digest_hour = 23;
    check(alerts_check_settings(&bad) == NULL, "23 fits");
    bad = sound, set(bad.organisation_label, "Le Toit\r\nBcc: x");
    check_unfit("organisation_label", bad);
    alerts_relay(&sound, &relay);
    check(relay.starttls && relay.port == 587 && strcmp(relay.from, "alertes@toit.test") == 0,
          "the relay as told");
}

/* Undoes what the headers' form does, to compare. */
static void decode_header(const char *text, char *out)
{
    for (const char *at = text; *at;) {
        if (strncmp(at, "=?UTF-8?Q?", 10) == 0) {
            for (at += 10; strncmp(at, "?=", 2) != 0;)
                if (*at == '=') {
                    char two[3] = { at[1], at[2], 0 };

                    *out++ = (char)strtol(two, NULL, 16);
                    at += 3;
                } else {
                    *out++ = (char)(*at == '_' ? ' ' : *at), at++;
                }
            at += 2;
            if (strncmp(at, "\r\n ", 3) == 0)
                at += 3;
        } else {
            *out++ = *at++;
        }
    }
    *out = '\0';
}

static size_t longest_line(const char *text, size_t column)
{
    size_t longest = 0;

    for (; *text; text++) {
        column = *text == '\n' ? 0 : column + (*text != '\r');
        if (column > longest)
            longest = column;
    }
    return longest;
}

static void test_header_text(void)
{
    static const char *const texts[] = {
        "Tremplin",
        "Le Toit à côté",
        "[Le Toit à côté] A-30 Logement libéré, candidats à envoyer",
        "é",
        "ééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé",
        "a very long text of plain words that would not fit on one line of a mail if left alone",
        "=?UTF-8?Q?not_ours?=",
        " blanks around ",
        "trois € et 😀 quatre octets, encore et encore 😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀",
    };
    char out[2048], decoded[1024];

    about("headers (RFC 2047)");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        size_t length = mail_header_text(texts[i], 9, out, sizeof out);

        decode_header(out, decoded);
        check_text(decoded, texts[i], "comes back as it was");
        holds_or_report(length == strlen(out) && longest_line(out, 9) <= 76,
                        "%s: lines of 76 at most", texts[i]);
        for (const char *at = out; *at; at++)
            holds_or_report((unsigned char)*at < 127, "%s: 7-bit", texts[i]);
    }
    check_number(mail_header_text("Le Toit à côté", 0, out, 5),
                 strlen("=?UTF-8?Q?Le_Toit_=C3=A0_c=C3=B4t=C3=A9?="),
                 "the whole length is told when it does not fit");
    check_text(out, "=?UT", "and what fits is written");
}

static void test_quoted(void)
{
    char out[512];

    about("bodies (RFC 2045)");
    mail_quoted_printable("à = b\n.\n end \n", out, sizeof out);
    check_text(out, "=C3=A0 =3D b\r\n.\r\n end=20\r\n",
               "accents, equal signs, blanks at a line's end");
    mail_quoted_printable("0123456789012345678901234567890123456789012345678901234567890123456789"
                          "01234567890",
                          out, sizeof out);
    check_text(out,
               "012345678901234567890123456789012345678901234567890123456789012345678901234=\r\n"
               "567890",
               "a long line goes on below");
    mail_quoted_printable("tab\t\nend ", out, sizeof out);
    check_text(out, "tab=09\r\nend=20", "a tab, and a blank at the very end");
}

static void test_dates(void)
{
    char out[40];

    about("dates (RFC 5322)");
    mail_date(instant_of(DATE(2026, 11, 23), 7, 0), out, sizeof out);
    check_text(out, "Mon, 23 Nov 2026 07:00:00 +0100", "in winter");
    mail_date(instant_of(DATE(2020, 7, 5), 23, 59), out, sizeof out);
    check_text(out, "Sun, 5 Jul 2020 23:59:00 +0200", "in summer");
}

int main(void)
{
    test_settings();
    test_header_text();
    test_quoted();
    test_dates();
    return checks_done();
}
