/* catalogue.h - every alert of the house: one row each
 *
 * domain.md §7 as corrected by C-21, C-23, C-25 and C-26.  A new alert is a
 * new row here; nothing else changes in the rules.
 *
 * Lead times stay in their row and are no parameters: a list of steps has no
 * fixed length, is read together with who is told and what it counts from, and
 * says nothing of the law (the durations of the law make the due date, and are
 * parameters of the service that knows it).  timing.h takes the list as an
 * argument, so an organisation's own can stand in for it.
 */
#ifndef ALERTS_RULES_CATALOGUE_H
#define ALERTS_RULES_CATALOGUE_H

#include "services/alerts/rules/escalation.h"
#include "services/alerts/rules/level.h"
#include "services/alerts/rules/timing.h"

struct alert_rule {
    const char *id; /* "A-13" */
    const char *french;
    const char *english;
    const char *counts_from; /* the date or instant the steps count from, in domain.md's words */
    const char *resolved_by; /* what closes it by itself; "" when only people do */
    uint8_t level;           /* enum alert_level */
    uint8_t rhythm;          /* enum rhythm, of a condition looked at again and again; else 0 */
    bool has_weekly_list;
    uint32_t recipients; /* enum told_role */
    struct lead lead;    /* without steps for a condition */
    struct rung escalation[RUNGS_MOST];
};

extern const struct alert_rule catalogue[];
extern const size_t catalogue_count;

/* Beside domain.md's: what the house itself has to tell, numbered S-1...; ended by a row without
 * id.
 */
extern const struct alert_rule house_rules[];

/* In both.  NULL when there is no such alert. */
const struct alert_rule *catalogue_find(const char *id);

#endif
