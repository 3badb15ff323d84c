#include "services/alerts/rules/level.h"

const struct refusal SNOOZE_OF_PRESSING_ALERT = {
    .code = "SNOOZE_OF_PRESSING_ALERT",
    .field = "alert",
    .rule = "§7",
    .french = "Une alerte urgente ou critique ne se met pas en attente : traitez-la ou accusez-en "
              "réception.",
    .english = "An urgent or critical alert is never snoozed: deal with it or acknowledge it.",
};

const struct refusal SNOOZE_NOT_AHEAD = {
    .code = "SNOOZE_NOT_AHEAD",
    .field = "until",
    .rule = "§7",
    .french = "La date de reprise doit être après aujourd'hui.",
    .english = "The day it comes back must be after today.",
};

const struct refusal SNOOZE_TOO_LONG = {
    .code = "SNOOZE_TOO_LONG",
    .field = "until",
    .rule = "§7",
    .french = "Une alerte se met en attente sept jours au plus : choisissez une date plus proche.",
    .english = "An alert is snoozed for seven days at most: choose an earlier day.",
};

const struct refusal SNOOZE_WITHOUT_REASON = {
    .code = "SNOOZE_WITHOUT_REASON",
    .field = "reason",
    .rule = "§7",
    .french = "Dites pourquoi l'alerte peut attendre.",
    .english = "Say why the alert can wait.",
};

const struct parameter_field level_law[] = {
    { "alerts.snooze_longest", UNIT_DAYS, offsetof(struct level_law, snooze_days) },
    { "alerts.critical_delivery", UNIT_HOURS, offsetof(struct level_law, critical_hours) },
    { 0 },
};

bool level_goes_at_once(enum alert_level level)
{
    return level == LEVEL_URGENT || level == LEVEL_CRITICAL;
}

int64_t level_deliver_by(const struct level_law *law, enum alert_level level, int64_t raised_at_ms)
{
    if (level == LEVEL_CRITICAL)
        return raised_at_ms + law->critical_hours * HOUR_MS;
    if (level == LEVEL_URGENT)
        return end_of_day(civil_date_at(raised_at_ms));
    return 0;
}

const char *level_name(enum alert_level level)
{
    switch (level) {
    case LEVEL_INFO: return "INFO";
    case LEVEL_ATTENTION: return "ATTENTION";
    case LEVEL_URGENT: return "URGENT";
    case LEVEL_CRITICAL: return "CRITICAL";
    }
    return "";
}

const struct refusal *snooze_check(const struct level_law *law, enum alert_level level,
                                   struct date today, struct date until, const char *reason)
{
    if (level_goes_at_once(level))
        return &SNOOZE_OF_PRESSING_ALERT;
    if (!date_is_after(until, today))
        return &SNOOZE_NOT_AHEAD;
    if (days_between(today, until) > law->snooze_days)
        return &SNOOZE_TOO_LONG;
    return reason[0] == '\0' ? &SNOOZE_WITHOUT_REASON : ACCEPTED;
}

bool alert_is_snoozed(struct date until, struct date today)
{
    return date_is_before(today, until);
}
