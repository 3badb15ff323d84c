#include "services/alerts/rules/escalation.h"

const struct parameter_field escalation_law[] = {
    { "alerts.escalation.first", UNIT_WORKING_DAYS,
      offsetof(struct escalation_law, first_working_days) },
    { "alerts.escalation.second", UNIT_WORKING_DAYS,
      offsetof(struct escalation_law, second_working_days) },
    { 0 },
};

/* The second rung in turn of the ladder: the default manager's. */
enum { SECOND_IN_TURN = 2 };

struct ladder ladder_of(const struct rung rungs[], uint32_t recipients)
{
    struct ladder ladder = { 0 };
    uint32_t told = recipients;
    bool all_in_turn = true;

    while (ladder.count < RUNGS_MOST && rungs[ladder.count].roles != 0) {
        ladder.rungs[ladder.count] = rungs[ladder.count];
        told |= rungs[ladder.count].roles;
        all_in_turn &= rungs[ladder.count].timing == RUNG_IN_TURN;
        ladder.count++;
    }
    if (all_in_turn && ladder.count < SECOND_IN_TURN && (told & ROLE_MANAGER) == 0)
        ladder.rungs[ladder.count++] = (struct rung){ ROLE_MANAGER, RUNG_IN_TURN, SECOND_IN_TURN };
    return ladder;
}

static int64_t start_of_day_or_none(struct date day)
{
    return date_is_set(day) ? start_of_day(day) : 0;
}

int64_t rung_at(const struct escalation_law *law, const struct ladder *ladder, size_t rung,
                const struct unanswered *alert)
{
    const struct rung *here = &ladder->rungs[rung];
    struct date raised_on = civil_date_at(alert->raised_at_ms);
    int64_t working_days =
        here->amount < SECOND_IN_TURN ? law->first_working_days : law->second_working_days;

    switch ((enum rung_timing)here->timing) {
    case RUNG_IN_TURN:
        return start_of_day(
            date_add_working_days(raised_on, (int32_t)working_days, alert->holidays));
    case RUNG_DAYS: return start_of_day_or_none(date_add_days(alert->counts_from, here->amount));
    case RUNG_MONTHS:
        return start_of_day_or_none(date_add_months(alert->counts_from, here->amount));
    case RUNG_HOURS: return alert->raised_at_ms + here->amount * HOUR_MS;
    case RUNG_MONTHLY_LIST: return start_of_day(date_first_of_next_month(raised_on));
    }
    return 0;
}

uint32_t rungs_due(const struct escalation_law *law, const struct ladder *ladder,
                   const struct unanswered *alert, uint32_t climbed, int64_t now_ms)
{
    uint32_t due = 0;

    if (alert->is_acknowledged || alert->is_closed || now_ms < alert->raised_at_ms)
        return 0;
    for (size_t rung = 0; rung < ladder->count; rung++) {
        int64_t at = rung_at(law, ladder, rung, alert);

        if (at != 0 && at <= now_ms && (climbed >> rung & 1) == 0)
            due |= UINT32_C(1) << rung;
    }
    return due;
}

uint32_t rungs_of_matter(const struct ladder *ladder)
{
    uint32_t rungs = 0;

    for (size_t rung = 0; rung < ladder->count; rung++)
        if (ladder->rungs[rung].timing == RUNG_DAYS || ladder->rungs[rung].timing == RUNG_MONTHS)
            rungs |= UINT32_C(1) << rung;
    return rungs;
}

uint32_t rungs_roles(const struct ladder *ladder, uint32_t rungs)
{
    uint32_t roles = 0;

    for (size_t rung = 0; rung < ladder->count; rung++)
        if ((rungs >> rung & 1) != 0)
            roles |= ladder->rungs[rung].roles;
    return roles;
}
