#include "libcommon/mail_text.h"
#include "services/alerts/parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A text being written in the arena's memory: what does not fit is left away. */
struct text {
    char *at;
    size_t size;
    size_t used;
    bool is_french;
};

__attribute__((format(printf, 2, 3))) static void say(struct text *text, const char *format, ...)
{
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(text->at + text->used, text->size - text->used, format, arguments);
    va_end(arguments);
    if (length > 0)
        text->used +=
            (size_t)length < text->size - text->used ? (size_t)length : text->size - text->used - 1;
}

static bool text_open(struct work *work, struct text *text, size_t size, bool is_french)
{
    *text = (struct text){ arena_take(work->arena, size), size, 0, is_french };
    return text->at != NULL;
}

/* --- an alert, without anything personal ------------------------------------------------------ */

static const char *day_text(struct work *work, const Tremplin__Date *field)
{
    struct date day = date_of(field);

    return date_is_set(day)
               ? arena_format(work->arena, "%02d/%02d/%04d", day.day, day.month, day.year)
               : "-";
}

static const char *level_text(Tremplin__AlertLevel level, bool is_french)
{
    static const char *const french[] = { "", "pour information", "attention", "urgente",
                                          "critique" };
    static const char *const english[] = { "", "for information", "attention", "urgent",
                                           "critical" };

    if (level < 1 || level > TREMPLIN__ALERT_LEVEL__ALERT_LEVEL_CRITICAL)
        return "";
    return is_french ? french[level] : english[level];
}

static const char *name_of(const Alerts__Records__Alert *alert, bool is_french)
{
    const struct alert_rule *rule = catalogue_find(alert->rule);

    return is_french ? rule->french : rule->english;
}

/* When it reminds, from the day it counts from: "rappel à +30 jours". */
static const char *step_text(struct work *work, const char *step, bool is_french)
{
    static const struct {
        const char *unit, *french, *english;
    } units[] = {
        { " d", "jours", "days" },
        { " wd", "jours ouvrés", "working days" },
        { " m", "mois", "months" },
        { " h", "heures", "hours" },
    };
    const char *space = strchr(step, ' ');

    for (size_t i = 0; space && i < sizeof units / sizeof *units; i++)
        if (strcmp(space, units[i].unit) == 0 && step[0] != '0')
            return arena_format(work->arena, is_french ? "rappel à %.*s %s" : "reminder at %.*s %s",
                                (int)(space - step), step,
                                is_french ? units[i].french : units[i].english);
    if (strlen(step) == strlen("12-31") && step[2] == '-')
        return arena_format(work->arena, is_french ? "rappel du %s/%.2s" : "reminder of %s/%.2s",
                            step + 3, step);
    return is_french ? "le jour même" : "on the day itself";
}

/* What who runs Tremplin may type about a trouble of a service; NULL for what is none, or over. */
static const char *remedy_of(struct work *work, const Alerts__Records__Alert *alert)
{
    if (date_is_set(date_of(alert->ended_on)))
        return NULL;
    if (strcmp(alert->rule, "S-3") == 0)
        return arena_format(work->arena, "tremplin status; tremplin follow accept %s",
                            alert->subject);
    if (strcmp(alert->rule, "S-4") == 0)
        return "tremplin status";
    if (strcmp(alert->rule, "S-5") == 0)
        return arena_format(work->arena,
                            "tremplin status; tremplin call Runtime.AcceptClock '{}' --service %s",
                            alert->subject);
    return NULL;
}

static void say_alert(struct work *work, struct text *text, const Alerts__Records__Alert *alert)
{
    const Alerts__Records__KnownHousehold *household =
        table_get(work->tables, &alerts_households, key_id(alert->household));
    const char *remedy = remedy_of(work, alert);
    const char *name = alerts_name_of(work, alert->subject);
    bool french = text->is_french;

    say(text, "%s  %s\n", alert->rule, name_of(alert, french));
    say(text, french ? "  Échéance : %s (%s)\n" : "  Due: %s (%s)\n", day_text(work, alert->due_on),
        step_text(work, alert->step, french));
    if (alert->aspect[0] && strlen(alert->aspect) + 1 != ID_TEXT_SIZE)
        say(text, french ? "  Précision : %s\n" : "  Detail: %s\n", alert->aspect);
    if (household && household->reference[0])
        say(text, french ? "  Référence : %s\n" : "  Reference: %s\n", household->reference);
    if (name[0])
        say(text, french ? "  Objet : %s\n" : "  About: %s\n", name);
    else if (!household || !household->reference[0])
        say(text, french ? "  Objet : %s\n" : "  About: %s\n", alert->subject);
    if (remedy)
        say(text, french ? "  À taper : %s\n" : "  To type: %s\n", remedy);
    say(text,
        french ? "  À consulter : tremplin call alerts.Alert '{\"alert\":\"%s\"}'\n\n"
               : "  Look it up: tremplin call alerts.Alert '{\"alert\":\"%s\"}'\n\n",
        alert->alert);
}

static void say_list(struct work *work, struct text *text, const char *heading, char *const *alerts,
                     size_t count)
{
    if (count > 0)
        say(text, "%s (%zu)\n\n", heading, count);
    for (size_t i = 0; i < count; i++) {
        const Alerts__Records__Alert *alert =
            table_get(work->tables, &alerts_alerts, key_id(alerts[i]));

        if (alert)
            say_alert(work, text, alert);
    }
}

/* --- the mail --------------------------------------------------------------------------------- */

static void say_body(struct work *work, struct text *text, const Alerts__Records__Mail *mail,
                     const Alerts__Records__Alert *alert)
{
    bool french = text->is_french;

    if (!mail->digest) {
        say(text, french ? "Alerte %s\n\n" : "Alert: %s\n\n", level_text(alert->level, french));
        say_alert(work, text, alert);
        say(text,
            french ? "Pour la prendre en charge : tremplin call alerts.AcknowledgeAlert "
                     "'{\"alert\":\"%s\",\"recipient\":\"%s\"}'\n"
                   : "To take it on: tremplin call alerts.AcknowledgeAlert "
                     "'{\"alert\":\"%s\",\"recipient\":\"%s\"}'\n",
            alert->alert, mail->recipient);
    }
    if (mail->digest) {
        say_list(work, text, french ? "Nouvelles alertes" : "New alerts", mail->alerts,
                 mail->n_alerts);
        say_list(work, text, french ? "Résolues depuis" : "Resolved since", mail->resolved,
                 mail->n_resolved);
        say_list(work, text, french ? "Toujours sans réponse" : "Still not acknowledged",
                 mail->reminded, mail->n_reminded);
    }
    say(text, french ? "Ce message est automatique : n'y répondez pas. Il ne contient à dessein "
                       "aucune donnée personnelle.\n"
                     : "This message is automatic: do not reply. On purpose it holds no personal "
                       "data.\n");
}

static const char *subject_of(struct work *work, const Alerts__Records__Mail *mail,
                              const Alerts__Records__Alert *alert, bool is_french)
{
    const struct {
        size_t count;
        const char *french, *french_many, *english;
    } parts[] = {
        { mail->n_alerts, "nouvelle", "nouvelles", "new" },
        { mail->n_reminded, "sans réponse", "sans réponse", "unanswered" },
        { mail->n_resolved, "résolue", "résolues", "resolved" },
    };
    const char *label = alerts_settings_of(work)->organisation_label;
    const char *counts = "";

    if (!mail->digest)
        return arena_format(work->arena, "[%s] %s %s", label, alert->rule,
                            name_of(alert, is_french));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].count > 0)
            counts =
                arena_format(work->arena, "%s%s%zu %s", counts, *counts ? ", " : "", parts[i].count,
                             !is_french            ? parts[i].english
                             : parts[i].count == 1 ? parts[i].french
                                                   : parts[i].french_many);
    return arena_format(work->arena,
                        is_french ? "[%s] Alertes du %s : %s" : "[%s] Alerts of %s: %s", label,
                        day_text(work, mail->written_on), counts);
}

static const char *header_text(struct work *work, const char *value, size_t column)
{
    size_t size = mail_header_text(value, column, NULL, 0) + 1;
    char *text = arena_take(work->arena, size);

    if (!text)
        return "";
    mail_header_text(value, column, text, size);
    return text;
}

static void say_headers(struct work *work, struct text *text, const Alerts__Records__Mail *mail,
                        const char *subject, const char *address)
{
    const struct alerts_settings *settings = alerts_settings_of(work);
    char date[40];

    mail_date(mail->written_ms, date, sizeof date);
    say(text, "Date: %s\r\n", date);
    say(text, "From: %s\r\n <%s>\r\n",
        header_text(work, settings->organisation_label, strlen("From: ")), settings->mail_from);
    say(text, "To: <%s>\r\n", address);
    say(text, "Subject: %s\r\n", header_text(work, subject, strlen("Subject: ")));
    say(text, "Message-ID: <%s@%s>\r\n", mail->mail, settings->mail_domain);
    say(text, "Auto-Submitted: auto-generated\r\n");
    say(text, "X-Auto-Response-Suppress: All\r\n");
    if (mail->digest)
        say(text, "List-Id: <alerts.%s>\r\n", settings->mail_domain);
    say(text, "MIME-Version: 1.0\r\n");
    say(text, "Content-Type: text/plain; charset=utf-8\r\n");
    say(text, "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
}

const char *alerts_message(struct work *work, const Alerts__Records__Mail *mail,
                           const Alerts__Records__Recipient *recipient, const char *address)
{
    enum { HEADERS = 4096, FRAME = 1024, EACH = 1000 };
    size_t listed = mail->n_alerts + mail->n_resolved + mail->n_reminded;
    bool french = recipient->language != ALERTS__LANGUAGE__LANGUAGE_ENGLISH;
    const Alerts__Records__Alert *alert =
        mail->n_alerts > 0 ? table_get(work->tables, &alerts_alerts, key_id(mail->alerts[0]))
                           : NULL;
    struct text body, whole;

    if ((!mail->digest && !alert) || !text_open(work, &body, FRAME + listed * EACH, french))
        return NULL;
    say_body(work, &body, mail, alert);
    if (!text_open(work, &whole, HEADERS + mail_quoted_printable(body.at, NULL, 0) + 1, french))
        return NULL;
    say_headers(work, &whole, mail, subject_of(work, mail, alert, french), address);
    mail_quoted_printable(body.at, whole.at + whole.used, whole.size - whole.used);
    return whole.at;
}
