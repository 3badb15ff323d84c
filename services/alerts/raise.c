/* raise.c - an alert is raised, climbs while nobody answers, and resolves */
#include "services/alerts/parts.h"

#include <string.h>

/* --- climbing --------------------------------------------------------------------------------- */

struct climb {
    const struct alert_rule *rule;
    struct ladder ladder;
    struct escalation_law law;
    struct unanswered alert; /* since it was raised, */
    struct unanswered first; /* and since the first step of its matter that nobody answered */
    uint32_t anew;           /* the rungs that count from the former */
};

static struct climb climb_of(struct work *work, const char *rule, int64_t raised_ms,
                             int64_t unanswered_ms, struct date due)
{
    struct climb climb = { .rule = catalogue_find(rule) };

    climb.ladder = ladder_of(climb.rule->escalation, climb.rule->recipients);
    work_needs_law(work, escalation_law, civil_date_at(raised_ms), &climb.law);
    climb.alert = (struct unanswered){
        .raised_at_ms = raised_ms,
        .counts_from = due,
        .holidays = alerts_holidays(work),
    };
    climb.first = climb.alert;
    if (unanswered_ms)
        climb.first.raised_at_ms = unanswered_ms;
    return climb;
}

/* The first rung not climbed; 0 when there is none. */
static int64_t next_rung(const struct climb *climb, uint32_t climbed)
{
    int64_t next = 0;

    for (size_t rung = 0; rung < climb->ladder.count; rung++) {
        bool is_anew = (climb->anew >> rung & 1) != 0;
        int64_t at =
            rung_at(&climb->law, &climb->ladder, rung, is_anew ? &climb->alert : &climb->first);

        if ((climbed >> rung & 1) == 0 && at != 0 && (next == 0 || at < next))
            next = at;
    }
    return next;
}

static uint32_t rungs_to_climb(const struct climb *climb, uint32_t climbed, int64_t now_ms)
{
    return (rungs_due(&climb->law, &climb->ladder, &climb->alert, climbed, now_ms) & climb->anew) |
           (rungs_due(&climb->law, &climb->ladder, &climb->first, climbed, now_ms) & ~climb->anew);
}

/* --- raising ---------------------------------------------------------------------------------- */

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

/* The latest step of the matter before this one, still open; NULL: none. */
static const Alerts__Records__Alert *step_before(struct work *work, const char *matter)
{
    struct walk walk = walk_from(work->tables, &alerts_of_matter, key_id(matter));
    const Alerts__Records__Alert *latest = NULL;

    while (walk_next(&walk)) {
        const Alerts__Records__Reference *reference = walk.value;
        const Alerts__Records__Alert *alert =
            table_get(work->tables, &alerts_alerts, key_id(reference->id));

        if (alert && alert->superseded_by[0] == '\0')
            latest = alert;
    }
    return latest;
}

/* A later step never delays what is climbed for the first time: that counts from the first step
 * that nobody answered.  What was climbed is climbed again, by the rungs that count from a raising.
 */
static void climb_on(struct climb *climb, const Alerts__Records__Alert *before,
                     Alerts__AlertRaised *raised)
{
    uint32_t climbed = before->rungs | before->rungs_anew;
    uint32_t of_matter = rungs_of_matter(&climb->ladder);

    raised->rungs = climbed & of_matter;
    raised->rungs_anew = climbed & ~of_matter;
    if (strcmp(before->state, "ACKNOWLEDGED") != 0)
        raised->unanswered_ms = before->unanswered_ms ? before->unanswered_ms : before->raised_ms;
    climb->anew = raised->rungs_anew;
    if (raised->unanswered_ms)
        climb->first.raised_at_ms = raised->unanswered_ms;
}

static void supersede(struct work *work, const char *alert, const char *by)
{
    Alerts__AlertSuperseded superseded = ALERTS__ALERT_SUPERSEDED__INIT;

    superseded.alert = alerts_text(alert);
    superseded.superseded_by = alerts_text(by);
    superseded.superseded_on = date_field(work->arena, work->today);
    work_emit(work, &superseded.base, alert, DATE_NONE);
}

const char *alerts_raise(struct work *work, const Alerts__Records__Matter *matter, uint32_t step,
                         const char *before)
{
    const struct alert_rule *rule = catalogue_find(matter->rule);
    struct climb climb = climb_of(work, matter->rule, work->now_ms, 0, date_of(matter->due_on));
    Alerts__AlertRaised raised = ALERTS__ALERT_RAISED__INIT;
    const Alerts__Records__Alert *earlier = step_before(work, matter->matter);
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
    if (earlier)
        climb_on(&climb, earlier, &raised);
    raised.escalate_ms = next_rung(&climb, raised.rungs);
    raised.digest_ms = at_once ? 0 : alerts_next_digest(work, work->now_ms);
    work_emit(work, &raised.base, matter->subject, work->today);
    if (before || earlier)
        supersede(work, before ? before : earlier->alert, raised.alert);
    for (size_t i = 0; at_once && i < chosen.count; i++)
        alerts_write_mail(work, chosen.recipients[i], raised.alert);
    return raised.alert;
}

/* --- resolving -------------------------------------------------------------------------------- */

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

/* --- escalating ------------------------------------------------------------------------------- */

/* Who was told of it already, in another role, is not told again. */
static void leave_out_told(struct chosen *chosen, const Alerts__Records__Alert *alert)
{
    size_t count = 0;

    for (size_t i = 0; i < chosen->count; i++) {
        bool is_told = false;

        for (size_t j = 0; j < alert->n_recipients; j++)
            is_told |= strcmp(alert->recipients[j], chosen->recipients[i]) == 0;
        if (!is_told)
            chosen->recipients[count++] = chosen->recipients[i];
    }
    chosen->count = count;
}

void alerts_pass_escalation(struct work *work, const struct deadline *deadline)
{
    const Alerts__Records__Alert *alert =
        table_get(work->tables, &alerts_alerts, key_id(deadline->subject));
    Alerts__AlertEscalated escalated = ALERTS__ALERT_ESCALATED__INIT;
    struct climb climb;
    struct chosen chosen;
    uint32_t rungs;

    if (!alert || alert->superseded_by[0] || !alerts_speaks(alert, work->today))
        return;
    climb =
        climb_of(work, alert->rule, alert->raised_ms, alert->unanswered_ms, date_of(alert->due_on));
    climb.anew = alert->rungs_anew;
    rungs = rungs_to_climb(&climb, alert->rungs, work->now_ms);
    chosen = alerts_choose(work, rungs_roles(&climb.ladder, rungs), alert->district, alert->worker);
    leave_out_told(&chosen, alert);
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
