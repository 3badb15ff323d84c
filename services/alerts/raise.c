/* raise.c - an alert is raised, climbs while nobody answers, and resolves */
#include "services/alerts/parts.h"

/* --- climbing ------------------------------------------------------------------------------------
 */

struct climb {
    const struct alert_rule *rule;
    struct ladder ladder;
    struct escalation_law law;
    struct unanswered alert;
};

static struct climb climb_of(struct work *work, const char *rule, int64_t raised_ms,
                             struct date due)
{
    struct climb climb = { .rule = catalogue_find(rule) };

    climb.ladder = ladder_of(climb.rule->escalation, climb.rule->recipients);
    work_law(work, escalation_law, civil_date_at(raised_ms), &climb.law);
    climb.alert = (struct unanswered){
        .raised_at_ms = raised_ms,
        .counts_from = due,
        .holidays = alerts_holidays(work),
    };
    return climb;
}

/* The first rung not climbed; 0 when there is none. */
static int64_t next_rung(const struct climb *climb, uint32_t climbed)
{
    int64_t next = 0;

    for (size_t rung = 0; rung < climb->ladder.count; rung++) {
        int64_t at = rung_at(&climb->law, &climb->ladder, rung, &climb->alert);

        if ((climbed >> rung & 1) == 0 && at != 0 && (next == 0 || at < next))
            next = at;
    }
    return next;
}

/* --- raising -------------------------------------------------------------------------------------
 */

/* The measure's own worker and district, else those that the matter or the household has. */
static void find_context(struct work *work, const Alerts__Records__Matter *matter,
                         const char **district, const char **worker)
{
    const Alerts__Records__KnownMeasure *measure =
        table_get(work->tables, &alerts_measures, key_id(matter->subject));
    const Alerts__Records__KnownHousehold *household =
        table_get(work->tables, &alerts_households, key_id(matter->household));

    *district = matter->district;
    *worker = measure && measure->worker[0] ? measure->worker : matter->worker;
    if (!**district && measure)
        *district = measure->district;
    if (!**district && household)
        *district = household->district;
    if (!**worker && household)
        *worker = household->worker;
}

void alerts_raise(struct work *work, const Alerts__Records__Matter *matter, uint32_t step)
{
    const struct alert_rule *rule = catalogue_find(matter->rule);
    struct climb climb = climb_of(work, matter->rule, work->now_ms, date_of(matter->due_on));
    Alerts__AlertRaised raised = ALERTS__ALERT_RAISED__INIT;
    bool at_once = level_goes_at_once((enum alert_level)rule->level);
    const char *district, *worker;
    struct chosen chosen;

    find_context(work, matter, &district, &worker);
    chosen = alerts_choose(work, rule->recipients, district, worker);
    raised.alert = alerts_text(work_new_id(work));
    raised.matter = matter->matter;
    raised.rule = matter->rule;
    raised.subject = matter->subject;
    raised.aspect = matter->aspect;
    raised.household = matter->household;
    raised.district = alerts_text(district);
    raised.worker = alerts_text(worker);
    raised.level = (Tremplin__AlertLevel)rule->level;
    raised.due_on = matter->due_on;
    raised.raised_on = date_field(work->arena, work->today);
    raised.raised_ms = work->now_ms;
    raised.step = alerts_text(alerts_step_name(work->arena, rule, step));
    raised.step_number = step;
    raised.recipients = chosen.recipients;
    raised.n_recipients = chosen.count;
    raised.roles_without_recipient = chosen.missing;
    raised.n_roles_without_recipient = chosen.missing_count;
    raised.escalate_ms = next_rung(&climb, 0);
    raised.digest_ms = at_once ? 0 : alerts_next_digest(work, work->now_ms);
    work_emit(work, &raised.base, matter->subject, work->today);
    for (size_t i = 0; at_once && i < chosen.count; i++)
        alerts_write_mail(work, chosen.recipients[i], raised.alert);
}

/* --- resolving ----------------------------------------------------------------------------------
 */

void alerts_resolve(struct work *work, const Alerts__Records__Alert *alert, struct date on,
                    const char *reason)
{
    Alerts__AlertResolved resolved = ALERTS__ALERT_RESOLVED__INIT;

    resolved.alert = alert->alert;
    resolved.matter = alert->matter;
    resolved.rule = alert->rule;
    resolved.subject = alert->subject;
    resolved.household = alert->household;
    resolved.district = alert->district;
    resolved.resolved_on = date_field(work->arena, on);
    resolved.by_itself = reason == NULL;
    resolved.reason = alerts_text(reason);
    resolved.digest_ms = alerts_next_digest(work, work->now_ms);
    work_emit(work, &resolved.base, alert->alert, on);
}

void alerts_resolve_of(struct work *work, const char *matter, struct date on, const char *reason)
{
    struct walk walk = walk_from(work->tables, &alerts_of_matter, key_id(matter));

    while (walk_next(&walk)) {
        const Alerts__Records__Reference *reference = walk.value;
        const Alerts__Records__Alert *alert =
            table_get(work->tables, &alerts_alerts, key_id(reference->id));

        if (alert)
            alerts_resolve(work, alert, on, reason);
    }
}

/* --- escalating ---------------------------------------------------------------------------------
 */

void alerts_pass_escalation(struct work *work, const struct deadline *deadline)
{
    const Alerts__Records__Alert *alert =
        table_get(work->tables, &alerts_alerts, key_id(deadline->subject));
    Alerts__AlertEscalated escalated = ALERTS__ALERT_ESCALATED__INIT;
    struct climb climb;
    struct chosen chosen;
    uint32_t rungs;

    if (!alert || !alerts_speaks(alert, work->today))
        return;
    climb = climb_of(work, alert->rule, alert->raised_ms, date_of(alert->due_on));
    rungs = rungs_due(&climb.law, &climb.ladder, &climb.alert, alert->rungs, work->now_ms);
    chosen = alerts_choose(work, rungs_roles(&climb.ladder, rungs), alert->district, alert->worker);
    escalated.alert = alert->alert;
    escalated.escalation = alert->escalation + 1;
    escalated.rungs = alert->rungs | rungs;
    escalated.recipients = chosen.recipients;
    escalated.n_recipients = chosen.count;
    escalated.roles_without_recipient = chosen.missing;
    escalated.n_roles_without_recipient = chosen.missing_count;
    escalated.escalated_on = date_field(work->arena, work->today);
    escalated.escalate_ms = next_rung(&climb, escalated.rungs);
    escalated.digest_ms = alert->goes_at_once ? 0 : alerts_next_digest(work, work->now_ms);
    work_emit(work, &escalated.base, alert->alert, DATE_NONE);
    for (size_t i = 0; alert->goes_at_once && i < chosen.count; i++)
        alerts_write_mail(work, chosen.recipients[i], alert->alert);
}
