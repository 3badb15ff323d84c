#include "services/intake/rules/assessment.h"

const struct parameter_field assessment_law[] = {
    { "assessment.flash_period", UNIT_HOURS, offsetof(struct assessment_law, flash_hours) },
    { "assessment.in_depth_period", UNIT_PERIOD, offsetof(struct assessment_law, in_depth) },
    { 0 },
};

static const struct refusal ASSESSMENT_WITHOUT_AUTHOR = {
    .code = "ASSESSMENT_WITHOUT_AUTHOR",
    .field = "assessment_author",
    .rule = "S3-24",
    .french = "Indiquez qui a rédigé l'évaluation jointe.",
    .english = "Say who wrote the attached assessment.",
};

static const struct refusal ASSESSMENT_DATE_NOT_POSSIBLE = {
    .code = "ASSESSMENT_DATE_NOT_POSSIBLE",
    .field = "assessed_on",
    .rule = "S3-24",
    .french = "Indiquez la date de l'évaluation jointe, au plus tard le jour de sa réception.",
    .english = "Give the date of the attached assessment, no later than the day it was received.",
};

const struct refusal *assessment_accept(const struct assessment *assessment,
                                        struct date received_on)
{
    if (!assessment->has_author)
        return &ASSESSMENT_WITHOUT_AUTHOR;
    if (!date_is_valid(assessment->written_on) ||
        date_is_after(assessment->written_on, received_on))
        return &ASSESSMENT_DATE_NOT_POSSIBLE;
    return ACCEPTED;
}

int64_t flash_evaluation_due_ms(int64_t asked_at_ms, const struct assessment_law *law)
{
    return asked_at_ms + law->flash_hours * HOUR_MS;
}

struct date in_depth_evaluation_due(struct date entered_on, const struct assessment_law *law)
{
    return date_add_period(entered_on, law->in_depth);
}
