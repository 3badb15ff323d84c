#include "services/reporting/definition.h"

const struct report_definition *const reporting_reports[] = {
    &reporting_orne_evaluation,
    &reporting_housing,
    NULL,
};
