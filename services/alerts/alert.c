#include "services/alerts/parts.h"

#include <string.h>

const struct table alerts_alerts = { "alerts", &alerts__records__alert__descriptor };
const struct table alerts_open_alerts = { "open_alerts", &alerts__records__reference__descriptor };
const struct table alerts_of_matter = { "alerts_of_matter",
                                        &alerts__records__reference__descriptor };

#define OPEN         "OPEN"
#define ACKNOWLEDGED "ACKNOWLEDGED"
#define SNOOZED      "SNOOZED"
#define RESOLVED     "RESOLVED"

static bool is_in(const Alerts__Records__Alert *alert, const char *state)
{
    return strcmp(alert->state, state) == 0;
}

bool alerts_speaks(const Alerts__Records__Alert *alert, struct date today)
{
    if (is_in(alert, SNOOZED))
        return !alert_is_snoozed(date_of(alert->snoozed_until), today);
    return is_in(alert, OPEN);
}

/* --- what it becomes -------------------------------------------------------------------------- */

void alerts_apply_raised(struct tables *tables, const struct entry *entry)
{
    const Alerts__AlertRaised *raised = (const Alerts__AlertRaised *)entry->event;
    Alerts__Records__Alert row = ALERTS__RECORDS__ALERT__INIT;
    Alerts__Records__Reference reference = ALERTS__RECORDS__REFERENCE__INIT;

    row.alert = raised->alert;
    row.matter = raised->matter;
    row.rule = raised->rule;
    row.subject = raised->subject;
    row.aspect = raised->aspect;
    row.household = raised->household;
    row.district = raised->district;
    row.worker = raised->worker;
    row.level = raised->level;
    row.due_on = raised->due_on;
    row.raised_on = raised->raised_on;
    row.raised_ms = raised->raised_ms;
    row.step = raised->step;
    row.recipients = raised->recipients;
    row.n_recipients = raised->n_recipients;
    row.state = alerts_text(OPEN);
    row.escalate_ms = raised->escalate_ms;
    row.goes_at_once = raised->digest_ms == 0;
    row.rungs = raised->rungs;
    row.rungs_anew = raised->rungs_anew;
    row.unanswered_ms = raised->unanswered_ms;
    table_put(tables, &alerts_alerts, key_id(raised->alert), &row.base);
    reference.id = raised->alert;
    table_put(tables, &alerts_open_alerts, key_id(raised->alert), &reference.base);
    table_put(tables, &alerts_of_matter, key_ids(raised->matter, raised->alert), &reference.base);
    table_put(tables, &alerts_fired,
              alerts_fired_key(raised->rule, raised->subject, raised->aspect,
                               date_of(raised->due_on), raised->step_number),
              &reference.base);
    if (raised->escalate_ms)
        deadline_set(tables, ALERTS_ESCALATION, raised->escalate_ms, raised->alert, 0);
    for (size_t i = 0; raised->digest_ms && i < raised->n_recipients; i++)
        alerts_pend(tables, raised->recipients[i], raised->alert, false, 0, raised->digest_ms);
}

/* --- acknowledging, snoozing ------------------------------------------------------------------ */

static const struct refusal alert_over = {
    "ALERT_RESOLVED",
    "alert",
    "§7",
    "Cette alerte est déjà résolue : il n'y a plus rien à en faire.",
    "This alert is resolved already: nothing is left to be done about it.",
};

static const struct refusal alert_taken = {
    "ALERT_ACKNOWLEDGED",
    "alert",
    "§7",
    "Quelqu'un a déjà pris cette alerte en charge : elle ne rappelle plus rien.",
    "Somebody has taken this alert on already: it reminds nobody any more.",
};

/* The alert that a command is about, still open. */
const struct refusal *alerts_need_alert(struct work *work, const char *id,
                                        Alerts__Records__Alert **alert)
{
    const struct refusal *refusal = need_id(work, "alert", id);

    *alert = refusal ? NULL : table_get(work->tables, &alerts_alerts, key_id(id));
    if (refusal)
        return refusal;
    if (!*alert)
        return not_known(work, "alert", id);
    return is_in(*alert, RESOLVED) ? &alert_over : ACCEPTED;
}

const struct refusal *alerts_on_acknowledge(struct work *work, const void *body)
{
    const Alerts__AcknowledgeAlert *asked = body;
    Alerts__AlertAcknowledged acknowledged = ALERTS__ALERT_ACKNOWLEDGED__INIT;
    Alerts__AcknowledgeAlertReply reply = ALERTS__ACKNOWLEDGE_ALERT_REPLY__INIT;
    Alerts__Records__Alert *alert;
    const struct refusal *refusal = alerts_need_alert(work, asked->alert, &alert);

    if (!refusal)
        refusal = need_id(work, "recipient", asked->recipient);
    if (!refusal && !table_has(work->tables, &alerts_recipients, key_id(asked->recipient)))
        refusal = not_known(work, "recipient", asked->recipient);
    if (refusal)
        return refusal;
    work_reply(work, &reply.base);
    if (is_in(alert, ACKNOWLEDGED))
        return ACCEPTED;
    acknowledged.alert = asked->alert;
    acknowledged.recipient = asked->recipient;
    acknowledged.acknowledged_on = date_field(work->arena, work->today);
    work_emit(work, &acknowledged.base, asked->alert, DATE_NONE);
    return ACCEPTED;
}

static void stop_climbing(struct tables *tables, Alerts__Records__Alert *row)
{
    if (row->escalate_ms)
        deadline_clear(tables, ALERTS_ESCALATION, row->escalate_ms, row->alert, 0);
    row->escalate_ms = 0;
}

static void climb_at(struct tables *tables, Alerts__Records__Alert *row, int64_t escalate_ms)
{
    stop_climbing(tables, row);
    row->escalate_ms = escalate_ms;
    if (escalate_ms)
        deadline_set(tables, ALERTS_ESCALATION, escalate_ms, row->alert, 0);
}

void alerts_apply_acknowledged(struct tables *tables, const struct entry *entry)
{
    const Alerts__AlertAcknowledged *acknowledged = (const Alerts__AlertAcknowledged *)entry->event;
    Alerts__Records__Alert *row = table_get(tables, &alerts_alerts, key_id(acknowledged->alert));

    if (!row)
        return;
    stop_climbing(tables, row);
    row->state = alerts_text(ACKNOWLEDGED);
    for (size_t i = 0; i < row->n_recipients; i++)
        table_delete(tables, &alerts_pending, alerts_pending_key(row->recipients[i], row->alert));
    table_put(tables, &alerts_alerts, key_id(row->alert), &row->base);
}

const struct refusal *alerts_on_snooze(struct work *work, const void *body)
{
    const Alerts__SnoozeAlert *asked = body;
    Alerts__AlertSnoozed snoozed = ALERTS__ALERT_SNOOZED__INIT;
    Alerts__SnoozeAlertReply reply = ALERTS__SNOOZE_ALERT_REPLY__INIT;
    Alerts__Records__Alert *alert;
    struct level_law law;
    const struct refusal *refusal = alerts_need_alert(work, asked->alert, &alert);
    struct date until = date_of(asked->until);

    if (!refusal)
        refusal = need_date(work, "until", asked->until);
    if (!refusal)
        refusal = need_code(work, "reason", asked->reason);
    if (!refusal)
        refusal = work_law(work, level_law, work->today, &law);
    if (!refusal)
        refusal =
            snooze_check(&law, (enum alert_level)alert->level, work->today, until, asked->reason);
    if (!refusal && is_in(alert, ACKNOWLEDGED))
        refusal = &alert_taken;
    if (refusal)
        return refusal;
    snoozed.alert = asked->alert;
    snoozed.until = asked->until;
    snoozed.reason = asked->reason;
    snoozed.escalate_ms = alert->escalate_ms;
    if (alert->escalate_ms && alert->escalate_ms < start_of_day(until))
        snoozed.escalate_ms = start_of_day(until);
    snoozed.digest_ms = alerts_next_digest(work, start_of_day(until));
    work_emit(work, &snoozed.base, asked->alert, DATE_NONE);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

void alerts_apply_snoozed(struct tables *tables, const struct entry *entry)
{
    const Alerts__AlertSnoozed *snoozed = (const Alerts__AlertSnoozed *)entry->event;
    Alerts__Records__Alert *row = table_get(tables, &alerts_alerts, key_id(snoozed->alert));

    if (!row)
        return;
    climb_at(tables, row, snoozed->escalate_ms);
    row->state = alerts_text(SNOOZED);
    row->snoozed_until = snoozed->until;
    /* It speaks again with the first digest after it. */
    for (size_t i = 0; !row->superseded_by[0] && i < row->n_recipients; i++)
        alerts_pend(tables, row->recipients[i], row->alert, false, snoozed->digest_ms,
                    snoozed->digest_ms);
    table_put(tables, &alerts_alerts, key_id(row->alert), &row->base);
}

static bool has_been_told(const Alerts__Records__Alert *row, const char *recipient)
{
    for (size_t i = 0; i < row->n_told; i++)
        if (strcmp(row->told[i], recipient) == 0)
            return true;
    return false;
}

static bool is_recipient(const Alerts__Records__Alert *row, const char *recipient)
{
    for (size_t i = 0; i < row->n_recipients; i++)
        if (strcmp(row->recipients[i], recipient) == 0)
            return true;
    return false;
}

bool alerts_later_tells(struct tables *tables, const Alerts__Records__Alert *alert,
                        const char *recipient, bool told)
{
    const Alerts__Records__Alert *later = alert;

    while (later->superseded_by[0]) {
        later = table_get(tables, &alerts_alerts, key_id(later->superseded_by));
        if (!later)
            return false;
        if (has_been_told(later, recipient) ||
            (!told && (is_recipient(later, recipient) || is_in(later, ACKNOWLEDGED))))
            return true;
    }
    return false;
}

void alerts_apply_superseded(struct tables *tables, const struct entry *entry)
{
    const Alerts__AlertSuperseded *superseded = (const Alerts__AlertSuperseded *)entry->event;
    Alerts__Records__Alert *row = table_get(tables, &alerts_alerts, key_id(superseded->alert));
    const Alerts__Records__Alert *by =
        table_get(tables, &alerts_alerts, key_id(superseded->superseded_by));

    if (!row || !by)
        return;
    stop_climbing(tables, row);
    row->superseded_by = superseded->superseded_by;
    /* Who was told, or is now told of the later one, need not be told. */
    for (size_t i = 0; i < row->n_recipients; i++)
        if (has_been_told(row, row->recipients[i]) || is_recipient(by, row->recipients[i]))
            table_delete(tables, &alerts_pending,
                         alerts_pending_key(row->recipients[i], row->alert));
    table_put(tables, &alerts_alerts, key_id(row->alert), &row->base);
}

void alerts_apply_resolved(struct tables *tables, const struct entry *entry)
{
    const Alerts__AlertResolved *resolved = (const Alerts__AlertResolved *)entry->event;
    Alerts__Records__Alert *row = table_get(tables, &alerts_alerts, key_id(resolved->alert));

    if (!row)
        return;
    stop_climbing(tables, row);
    row->state = alerts_text(RESOLVED);
    row->ended_on = resolved->resolved_on;
    row->by_itself = resolved->by_itself;
    for (size_t i = 0; i < row->n_recipients; i++)
        if (has_been_told(row, row->recipients[i]) &&
            !alerts_later_tells(tables, row, row->recipients[i], true))
            alerts_pend(tables, row->recipients[i], row->alert, true, 0, resolved->digest_ms);
        else
            table_delete(tables, &alerts_pending,
                         alerts_pending_key(row->recipients[i], row->alert));
    table_put(tables, &alerts_alerts, key_id(row->alert), &row->base);
    alerts_note_past(tables, entry, row->alert);
    table_delete(tables, &alerts_open_alerts, key_id(row->alert));
    table_delete(tables, &alerts_of_matter, key_ids(row->matter, row->alert));
}

/* Those who climbed up to join those who were told, each once. */
static void join_recipients(struct tables *tables, Alerts__Records__Alert *row,
                            const Alerts__AlertEscalated *escalated)
{
    size_t most = row->n_recipients + escalated->n_recipients;
    char **all = arena_take(tables->arena, (most + 1) * sizeof *all);
    size_t count = 0;

    for (size_t i = 0; all && i < most; i++) {
        char *one = i < row->n_recipients ? row->recipients[i]
                                          : escalated->recipients[i - row->n_recipients];
        bool known = false;

        for (size_t j = 0; j < count; j++)
            known |= strcmp(all[j], one) == 0;
        if (!known)
            all[count++] = one;
    }
    row->recipients = all;
    row->n_recipients = count;
}

void alerts_apply_escalated(struct tables *tables, const struct entry *entry)
{
    const Alerts__AlertEscalated *escalated = (const Alerts__AlertEscalated *)entry->event;
    Alerts__Records__Alert *row = table_get(tables, &alerts_alerts, key_id(escalated->alert));

    if (!row)
        return;
    join_recipients(tables, row, escalated);
    row->rungs = escalated->rungs;
    row->escalation = escalated->escalation;
    climb_at(tables, row, escalated->escalate_ms);
    for (size_t i = 0; escalated->digest_ms && i < escalated->n_recipients; i++)
        alerts_pend(tables, escalated->recipients[i], row->alert, false, 0, escalated->digest_ms);
    table_put(tables, &alerts_alerts, key_id(row->alert), &row->base);
}

void alerts_note_told(struct tables *tables, const char *id, const char *recipient)
{
    Alerts__Records__Alert *alert = table_get(tables, &alerts_alerts, key_id(id));
    char **told = alert ? arena_take(tables->arena, (alert->n_told + 1) * sizeof *told) : NULL;

    if (!told)
        return;
    for (size_t i = 0; i < alert->n_told; i++) {
        if (strcmp(alert->told[i], recipient) == 0)
            return;
        told[i] = alert->told[i];
    }
    told[alert->n_told++] = alerts_text(recipient);
    alert->told = told;
    table_put(tables, &alerts_alerts, key_id(id), &alert->base);
}

/* --- queries ---------------------------------------------------------------------------------- */

static Alerts__AlertReply *reply_of(struct work *work, const Alerts__Records__Alert *alert)
{
    Alerts__AlertReply *reply = arena_take(work->arena, sizeof *reply);
    const Alerts__Records__KnownHousehold *household =
        table_get(work->tables, &alerts_households, key_id(alert->household));
    bool spoke_again = is_in(alert, SNOOZED) && alerts_speaks(alert, work->today);

    if (!reply)
        return NULL;
    alerts__alert_reply__init(reply);
    reply->alert = alert->alert;
    reply->rule = alert->rule;
    reply->name = alerts_text(catalogue_find(alert->rule)->french);
    reply->subject = alert->subject;
    reply->aspect = alert->aspect;
    reply->household = alert->household;
    reply->reference = household ? household->reference : alerts_text("");
    reply->level = alert->level;
    reply->state = spoke_again ? alerts_text(OPEN) : alert->state;
    reply->due_on = alert->due_on;
    reply->raised_on = alert->raised_on;
    reply->ended_on = alert->ended_on;
    reply->escalation = alert->escalation;
    reply->step = alert->step;
    reply->resolved_by_itself = alert->by_itself;
    reply->recipients = alert->recipients;
    reply->n_recipients = alert->n_recipients;
    reply->snoozed_until = is_in(alert, SNOOZED) ? alert->snoozed_until : NULL;
    reply->worker = alert->worker;
    reply->district = alert->district;
    reply->superseded_by = alert->superseded_by;
    return reply;
}

const struct refusal *alerts_on_alert(struct work *work, const void *body)
{
    const Alerts__AlertQuery *asked = body;
    const Alerts__Records__Alert *alert =
        table_get(work->tables, &alerts_alerts, key_id(asked->alert));
    const Alerts__AlertReply *reply = alert ? reply_of(work, alert) : NULL;

    if (!reply)
        return not_known(work, "alert", asked->alert);
    work_reply(work, &reply->base);
    return ACCEPTED;
}

static bool is_wanted(const Alerts__AlertsQuery *asked, const Alerts__Records__Alert *alert)
{
    bool told = asked->recipient[0] == '\0';

    for (size_t i = 0; i < alert->n_recipients; i++)
        told |= strcmp(alert->recipients[i], asked->recipient) == 0;
    return told && (!asked->open_only || !is_in(alert, RESOLVED)) &&
           (asked->rule[0] == '\0' || strcmp(asked->rule, alert->rule) == 0);
}

const struct refusal *alerts_on_alerts(struct work *work, const void *body)
{
    enum { PAGE = 200, LOOKED_AT_MOST = 5000 };
    const Alerts__AlertsQuery *asked = body;
    const struct table *table = asked->open_only ? &alerts_open_alerts : &alerts_alerts;
    Alerts__AlertsReply reply = ALERTS__ALERTS_REPLY__INIT;
    uint32_t most = asked->most > 0 && asked->most < PAGE ? asked->most : PAGE;
    struct walk walk = asked->after[0] ? walk_from_key(work->tables, table, key_id(asked->after), 0)
                                       : walk_from(work->tables, table, (struct key){ 0 });
    char *next = arena_take(work->arena, ID_TEXT_SIZE);
    size_t looked_at = 0;

    reply.alerts = arena_take(work->arena, PAGE * sizeof *reply.alerts);
    while (reply.alerts && next && walk_next(&walk)) {
        char id[ID_TEXT_SIZE];
        size_t at = 0;

        if (reply.n_alerts == most || looked_at++ == LOOKED_AT_MOST) {
            reply.more = true;
            reply.next = next;
            break;
        }
        const Alerts__Records__Alert *alert =
            key_read_id(&walk.key, &at, id) && strcmp(id, asked->after) != 0
                ? table_get(work->tables, &alerts_alerts, key_id(id))
                : NULL;

        if (alert)
            memcpy(next, id, ID_TEXT_SIZE);
        if (!alert || !is_wanted(asked, alert)) {
            walk_forget(&walk);
            continue;
        }
        reply.alerts[reply.n_alerts] = reply_of(work, alert);
        reply.n_alerts += reply.alerts[reply.n_alerts] != NULL;
    }
    work_reply(work, &reply.base);
    return ACCEPTED;
}
