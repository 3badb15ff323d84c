#include "services/alerts/alerts.h"

#include "services/alerts/parts.h"
#include "services/alerts/rules/delivery.h"

static const struct table *const tables[] = {
    &alerts_recipients,
    &alerts_matters,
    &alerts_matters_by_fact,
    &alerts_fired,
    &alerts_alerts,
    &alerts_open_alerts,
    &alerts_of_matter,
    &alerts_pending,
    &alerts_mails,
    &alerts_queue,
    &alerts_sending,
    &alerts_held,
    &alerts_failed,
    &alerts_households,
    &alerts_measures,
    &alerts_workers,
    &alerts_agreements,
    &alerts_accreditations,
    &alerts_vacancies,
    &alerts_units,
    &alerts_sessions,
    &alerts_waiting,
    &alerts_past,
    &alerts_reminders_left,
    &alerts_holding,
    NULL,
};

static const struct method methods[] = {
    {
        .name = "RegisterRecipient",
        .handle = alerts_on_register_recipient,
        .roles = ROLE_STAFF | ROLE_OPERATOR,
        .help_french = "Enregistre une boîte aux lettres, ses rôles, son secteur et l'intervenant "
                       "qu'elle suit.",
        .help_english = "Registers a mailbox, its roles, its district and the worker it follows.",
    },
    {
        .name = "AcknowledgeAlert",
        .handle = alerts_on_acknowledge,
        .roles = ROLE_STAFF | ROLE_OPERATOR,
        .help_french =
            "Prend une alerte en charge : elle ne remonte plus et ne rappelle plus rien.",
        .help_english = "Takes an alert on: it climbs no further and reminds nobody.",
    },
    {
        .name = "SnoozeAlert",
        .handle = alerts_on_snooze,
        .roles = ROLE_STAFF | ROLE_OPERATOR,
        .help_french = "Met une alerte en attente, sept jours au plus ; jamais une urgente.",
        .help_english = "Lets an alert wait, seven days at most; never an urgent one.",
    },
    {
        .name = "ResolveAlert",
        .handle = alerts_on_resolve,
        .roles = ROLE_STAFF | ROLE_OPERATOR,
        .help_french = "Dit que ce dont parle une alerte est réglé, et pourquoi.",
        .help_english = "Says that what an alert tells of is settled, and why.",
    },
    {
        .name = "ReleaseMails",
        .handle = alerts_on_release_mails,
        .roles = ROLE_OPERATOR,
        .help_french =
            "Laisse partir les courriels retenus depuis une restauration, et les suivants.",
        .help_english = "Lets go the mails held since a restore, and those to come.",
    },
    {
        .name = "Alert",
        .handle = alerts_on_alert,
        .roles = ROLE_ANYBODY,
        .help_french = "Montre une alerte.",
        .help_english = "Shows an alert.",
    },
    {
        .name = "Alerts",
        .handle = alerts_on_alerts,
        .roles = ROLE_ANYBODY,
        .help_french = "Liste les alertes, ouvertes ou toutes, d'une règle ou d'un destinataire.",
        .help_english = "Lists alerts, open ones or all, of a rule or of a recipient.",
    },
    {
        .name = "Mails",
        .handle = alerts_on_mails,
        .roles = ROLE_STAFF | ROLE_OPERATOR,
        .help_french = "Liste les courriels et où ils en sont.",
        .help_english = "Lists the mails and how they stand.",
    },
    { 0 },
};

static const struct application applications[] = {
    { &alerts__recipient_registered__descriptor, alerts_apply_recipient_registered },
    { &alerts__matter_opened__descriptor, alerts_apply_matter_opened },
    { &alerts__matter_moved__descriptor, alerts_apply_matter_moved },
    { &alerts__matter_closed__descriptor, alerts_apply_matter_closed },
    { &alerts__alert_raised__descriptor, alerts_apply_raised },
    { &alerts__alert_acknowledged__descriptor, alerts_apply_acknowledged },
    { &alerts__alert_snoozed__descriptor, alerts_apply_snoozed },
    { &alerts__alert_escalated__descriptor, alerts_apply_escalated },
    { &alerts__alert_superseded__descriptor, alerts_apply_superseded },
    { &alerts__alert_resolved__descriptor, alerts_apply_resolved },
    { &alerts__mail_written__descriptor, alerts_apply_mail_written },
    { &alerts__mail_sending__descriptor, alerts_apply_mail_sending },
    { &alerts__mail_sent__descriptor, alerts_apply_mail_sent },
    { &alerts__mail_deferred__descriptor, alerts_apply_mail_deferred },
    { &alerts__mail_failed__descriptor, alerts_apply_mail_failed },
    { &alerts__mails_held__descriptor, alerts_apply_mails_held },
    { &alerts__mails_released__descriptor, alerts_apply_mails_released },
    { &alerts__history_dropped__descriptor, alerts_apply_history_dropped },
    { 0 },
};

static const struct deadline_kind deadlines[] = {
    { ALERTS_STEP, "step", alerts_pass_step },
    { ALERTS_UNTIL, "until", alerts_pass_until },
    { ALERTS_ESCALATION, "escalation", alerts_pass_escalation },
    { ALERTS_DIGEST, "digest", alerts_pass_digest },
    { ALERTS_MAIL, "mail", alerts_pass_mail },
    { 0 },
};

/* --- what operators see ----------------------------------------------------------------------- */

static int64_t count_alerts(struct tables *all)
{
    return (int64_t)table_count(all, &alerts_open_alerts);
}

static int64_t count_matters(struct tables *all)
{
    return (int64_t)table_count(all, &alerts_matters);
}

static int64_t count_queued(struct tables *all)
{
    return (int64_t)(table_count(all, &alerts_queue) + table_count(all, &alerts_sending));
}

static int64_t count_held(struct tables *all)
{
    return (int64_t)table_count(all, &alerts_held);
}

static int64_t count_holding(struct tables *all)
{
    return alerts_mails_are_held(all) ? 1 : 0;
}

static int64_t count_failed(struct tables *all)
{
    return (int64_t)table_count(all, &alerts_failed);
}

static int64_t count_missing_operator(struct tables *all)
{
    return alerts_has_operator(all) ? 0 : 1;
}

static int64_t count_past(struct tables *all)
{
    return (int64_t)table_count(all, &alerts_past);
}

static const struct counter counters[] = {
    { "alerts_open", "alerts raised and not resolved", count_alerts },
    { "matters_open", "what may still have to be told", count_matters },
    { "mails_queued", "mails written and not yet taken by the relay", count_queued },
    { "mails_held", "mails held since a restore, until ReleaseMails", count_held },
    { "mails_are_held", "1: since a restore no mail leaves, until ReleaseMails", count_holding },
    { "mails_failed", "mails given up", count_failed },
    { "history_kept", "alerts resolved and mails sent or given up that can be looked up",
      count_past },
    { "operator_missing", "1: no recipient has the role OPERATOR, troubles are mailed to nobody",
      count_missing_operator },
    { 0 },
};

static const struct parameter_field *const laws[] = {
    timing_law, escalation_law, level_law, delivery_law, history_law, NULL,
};

static void open_day(struct work *work)
{
    alerts_look_at_sessions(work);
    alerts_drop_history(work);
}

const struct service alerts_service = {
    .name = "alerts",
    .tables_version = 10,
    .tables = tables,
    .methods = methods,
    .commands = &alerts__alerts_commands__descriptor,
    .queries = &alerts__alerts_queries__descriptor,
    .event = &alerts__event__descriptor,
    .record = &alerts__records__record__descriptor,
    .applications = applications,
    .sources = alerts_sources,
    .deadlines = deadlines,
    .open_day = open_day,
    .counters = counters,
    .laws = laws,
    .settings = alerts_setting_rows,
    .settings_size = sizeof(struct alerts_settings),
    .check_settings = alerts_check_settings,
    .act = alerts_act,
    .hear_mail = alerts_hear_mail,
    .relay = alerts_relay,
    .raise_epoch = alerts_raise_epoch,
    .warn = alerts_warn,
};
