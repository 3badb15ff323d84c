/* law.h - the shipped parameters, for tests of rules: the values that organisations run with */
#ifndef TESTS_RULES_LAW_H
#define TESTS_RULES_LAW_H

#include "libcommon/parameters.h"
#include "tests/check.h"

#include <stdlib.h>

/* Fills what a rule takes with the law in force on a date, from deploy/parameters.csv.  Ends the
 * test when a value is missing. */
__attribute__((unused)) static void law_on(const struct parameter_field fields[], struct date on,
                                           void *law)
{
    static struct parameters shipped;
    struct parameters_error error = { 0 };

    if ((shipped.count > 0 ||
         parameters_read(&shipped, TREMPLIN_SOURCE "/deploy/parameters.csv", &error)) &&
        parameters_fill(&shipped, fields, on, law, &error))
        return;
    printf("Bail out! parameters.csv:%d: %s\n", error.line, error.sentence);
    exit(1);
}

#endif
