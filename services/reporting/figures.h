/* figures.h - the figures of a report, taken from the counts of a year, and which of them the
 * public may see
 */
#ifndef SERVICES_REPORTING_FIGURES_H
#define SERVICES_REPORTING_FIGURES_H

#include "services/reporting/definition.h"

/* A report of a year, computed: figures[i] is that of the definition's i-th row. */
struct computed {
    const struct report_definition *definition;
    const struct cube *cube;
    size_t count;
    struct figure figures[REPORT_FIGURES_MOST];
    const char *values[REPORT_FIGURES_MOST]; /* as they are published */
};

/* The first figure's refusal, if one cannot be published; *computed lives in the arena. */
const struct refusal *reporting_compute(struct work *work, const struct report_definition *report,
                                        unsigned year, const struct computed **computed);
/* "% of households", "measure-months per household". */
const char *reporting_unit(struct work *work, const struct figure *figure);

/* What was counted for a figure, now or when it was frozen. */
struct standing {
    bool is_known; /* the report had this figure then */
    int64_t numerator;
    int64_t denominator;
};

/* Which figures may be shown without telling of too few households (domain.md 4.3).  With the
 * frozen ones, which are published beside: neither can be told from the other's difference. */
void reporting_disclosable(const struct report_definition *report,
                           const struct suppression_law *law, const struct standing now[],
                           const struct standing frozen[], bool shown[], bool frozen_shown[]);

#endif
