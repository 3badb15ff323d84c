/* parts.h - what reporting's own files share beside its facts: reports asked for, and frozen ones
 *
 *     columns.c        facts in columns: row numbers, blocks, scans
 *     facts_*.c        what is heard, kept in them
 *     cube.c, count_*  the counts of a year
 *     report_*.c       a definition each: what a report prints
 *     figures.c        figures taken from the counts
 *     disclosable.c    which of them the public may see
 *     report.c         reports asked for
 *     freeze.c         reports frozen
 */
#ifndef SERVICES_REPORTING_PARTS_H
#define SERVICES_REPORTING_PARTS_H

#include "proto/reporting.pb-c.h"
#include "services/reporting/figures.h"

extern const struct table reporting_frozen; /* report, year -> ReportFrozen */

struct key reporting_frozen_key(const char *report, unsigned year);
/* The definition of a report; *refusal is set when report or year is none. */
const struct report_definition *reporting_asked_for(struct work *work, const char *report,
                                                    unsigned year, const struct refusal **refusal);

const struct refusal *reporting_on_report(struct work *work, const void *body);
const struct refusal *reporting_on_reports(struct work *work, const void *body);
const struct refusal *reporting_on_freeze_report(struct work *work, const void *body);
void reporting_apply_report_frozen(struct tables *tables, const struct entry *entry);

#endif
