#include "services/alerts/parts.h"

#include "libcommon/mail_curl.h"
#include "libcommon/text.h"

#include <stdio.h>
#include <string.h>

#define AT(member) offsetof(struct alerts_settings, member)

const struct setting alerts_setting_rows[] = {
    { "mail_from", SETTING_TEXT, AT(mail_from), "tremplin@localhost.localdomain",
      "the sender of mails" },
    { "mail_domain", SETTING_TEXT, AT(mail_domain), "localhost.localdomain",
      "right of the @ in a mail's Message-ID" },
    { "relay_host", SETTING_TEXT, AT(relay_host), "",
      "the mail relay; empty: mails are written and wait" },
    { "relay_port", SETTING_NUMBER, AT(relay_port), "25", "the relay's port" },
    { "relay_tls", SETTING_TEXT, AT(relay_tls), "starttls", "none or starttls" },
    { "relay_ca_file", SETTING_PATH, AT(relay_ca_file), "",
      "who must have signed the relay's certificate; empty: whom this machine trusts" },
    { "relay_timeout", SETTING_NUMBER, AT(relay_timeout), "120",
      "seconds for a mail, from connecting to the relay's answer" },
    { "relay_user", SETTING_TEXT, AT(relay_user), "", "who signs in at the relay; empty: nobody" },
    { "relay_password_file", SETTING_PATH, AT(relay_password_file), "",
      "a file with the password alone" },
    { "digest_hour", SETTING_NUMBER, AT(digest_hour), "7", "of Paris clocks, on working mornings" },
    { "holidays", SETTING_TEXT, AT(holidays), "france", "france or alsace-moselle" },
    { "organisation_label", SETTING_TEXT, AT(organisation_label), "Tremplin",
      "the organisation's name in mails" },
    { 0 },
};

/* What holds without a configuration: tests. */
static const struct alerts_settings presets = {
    .mail_from = "tremplin@localhost.localdomain",
    .mail_domain = "localhost.localdomain",
    .relay_port = 25,
    .relay_tls = "starttls",
    .relay_timeout = 120,
    .digest_hour = 7,
    .holidays = "france",
    .organisation_label = "Tremplin",
};

static bool is_one_of(const char *text, const char *one, const char *other)
{
    return strcmp(text, one) == 0 || strcmp(text, other) == 0;
}

const char *alerts_check_settings(const void *settings)
{
    const struct alerts_settings *ours = settings;
    char address[SETTING_TEXT_SIZE + 8];

    if (!text_is_mail_address(ours->mail_from, strlen(ours->mail_from)))
        return "mail_from: no mail address";
    snprintf(address, sizeof address, "id@%s", ours->mail_domain);
    if (!text_is_mail_address(address, strlen(address)))
        return "mail_domain: no domain";
    if (!is_one_of(ours->relay_tls, "none", "starttls"))
        return "relay_tls: none or starttls";
    if (ours->relay_user[0] && strcmp(ours->relay_tls, "none") == 0)
        return "relay_user: wants relay_tls = starttls, else the password is sent in clear";
    if (ours->relay_timeout < 1 || ours->relay_timeout > 3600)
        return "relay_timeout: 1 to 3600 seconds";
    if (!is_one_of(ours->holidays, "france", "alsace-moselle"))
        return "holidays: france or alsace-moselle";
    if (ours->digest_hour > 23)
        return "digest_hour: 0 to 23";
    if (!text_is_line(ours->organisation_label, strlen(ours->organisation_label)))
        return "organisation_label: one line of text";
    return NULL;
}

const struct alerts_settings *alerts_settings_of(const struct work *work)
{
    return work->settings ? work->settings : &presets;
}

enum holidays alerts_holidays(const struct work *work)
{
    return strcmp(alerts_settings_of(work)->holidays, "alsace-moselle") == 0
               ? HOLIDAYS_OF_ALSACE_MOSELLE
               : HOLIDAYS_OF_FRANCE;
}

void alerts_relay(const void *settings, struct mail_curl_settings *relay)
{
    const struct alerts_settings *ours = settings;

    *relay = (struct mail_curl_settings){
        .host = ours->relay_host,
        .port = ours->relay_port,
        .starttls = strcmp(ours->relay_tls, "none") != 0,
        .ca_file = ours->relay_ca_file,
        .timeout_s = ours->relay_timeout,
        .user = ours->relay_user,
        .password_file = ours->relay_password_file,
        .from = ours->mail_from,
    };
}
