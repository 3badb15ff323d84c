#include "services/reporting/definition.h"
#include "services/reporting/parts.h"

#include <string.h>

const struct report_definition *const reporting_reports[] = {
    &reporting_orne_evaluation,
    &reporting_housing,
    NULL,
};

static const struct refusal year_is_none = {
    .code = "REPORT_YEAR",
    .field = "year",
    .rule = "§2",
    .french = "Donnez une année entre 1900 et l'année en cours.",
    .english = "Give a year between 1900 and the current one.",
};

static const struct report_definition *find_report(const char *name)
{
    for (size_t i = 0; reporting_reports[i]; i++)
        if (strcmp(reporting_reports[i]->name, name) == 0)
            return reporting_reports[i];
    return NULL;
}

const struct report_definition *reporting_asked_for(struct work *work, const char *report,
                                                    unsigned year, const struct refusal **refusal)
{
    const struct report_definition *definition = find_report(report);

    *refusal = ACCEPTED;
    if (!definition)
        *refusal = not_known(work, "report", report);
    else if (year < 1900 || year > (unsigned)work->today.year)
        *refusal = &year_is_none;
    return definition;
}
