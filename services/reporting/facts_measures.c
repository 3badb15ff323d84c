#include "proto/measures.pb-c.h"
#include "services/reporting/facts.h"

#include <string.h>

const struct column_group reporting_grants = {
    .table = { "grants", &reporting__records__block__descriptor },
    .codes = GRANT_CODES,
    .numbers = GRANT_NUMBERS,
};
const struct column_group reporting_courses = {
    .table = { "courses", &reporting__records__block__descriptor },
    .codes = COURSE_CODES,
    .numbers = COURSE_NUMBERS,
};
const struct column_group reporting_months = {
    .table = { "months", &reporting__records__block__descriptor },
    .numbers = MONTHS_OF_YEAR,
};

/* --- as granted ------------------------------------------------------------------------------- */

static int32_t domain_bits(const Tremplin__InterventionDomain domains[], size_t count)
{
    uint32_t bits = 0;

    for (size_t i = 0; i < count; i++)
        if (domains[i] > 0 && domains[i] < 31)
            bits |= UINT32_C(1) << domains[i];
    return (int32_t)bits;
}

/* Once given it stays: an erased household's identifier leads to its row no more. */
static void keep_household(struct tables *tables, struct fact *grant, const char *household)
{
    if (reporting_fact_number(grant, GRANT_HOUSEHOLD) == 0)
        reporting_fact_set_number(grant, GRANT_HOUSEHOLD,
                                  reporting_number_given(tables, NUMBERED_HOUSEHOLD, household));
}

/* The two services that tell of a grant may be heard in either order: what both say, either keeps;
 * the situation is intake's; what it counts on is measures' own. */
void reporting_heard_request_granted(struct tables *tables, const struct entry *heard)
{
    const Intake__RequestGranted *event = (const Intake__RequestGranted *)heard->event;
    uint32_t number = reporting_number_given(tables, NUMBERED_MEASURE, event->measure);
    struct fact grant;

    if (number == 0)
        return;
    grant = reporting_fact_open(tables, &reporting_grants, number);
    keep_household(tables, &grant, event->household);
    reporting_fact_set_code(&grant, GRANT_SCHEME, event->scheme);
    reporting_fact_set_code(&grant, GRANT_ORIGIN, event->origin);
    reporting_fact_set_code(&grant, GRANT_TIED, event->tied_to_financial_aid ? TIED_YES : TIED_NO);
    reporting_fact_set_code(&grant, GRANT_AGED_18_TO_25, event->aged_18_to_25);
    reporting_fact_set_number(&grant, GRANT_DOMAINS, domain_bits(event->domains, event->n_domains));
    reporting_fact_set_number(&grant, GRANT_DISTRICT,
                              reporting_number_given(tables, NUMBERED_DISTRICT, event->district));
    reporting_fact_set_date(&grant, GRANT_DECIDED_ON, event->decided_on);
    if (event->situation) {
        reporting_keep_situation(&grant, GRANT_SITUATION, event->situation);
        reporting_fact_set_code(&grant, GRANT_SITUATION_IS_INTAKES, 1);
    }
    reporting_fact_save(&grant);
}

/* What measures knows of the household's situation, where intake's grant was not heard. */
static void keep_snapshot(struct fact *grant, const Measures__Snapshot *snapshot)
{
    if (!snapshot || reporting_fact_code(grant, GRANT_SITUATION_IS_INTAKES))
        return;
    reporting_fact_set_code(grant, GRANT_SITUATION + SITUATION_TENURE, snapshot->tenure);
    reporting_fact_set_code(grant, GRANT_SITUATION + SITUATION_RESOURCES, snapshot->resource_band);
    reporting_fact_set_code(grant, GRANT_SITUATION + SITUATION_STATUS,
                            snapshot->socio_professional_status);
}

static void keep_what_it_counts_on(struct tables *tables, struct fact *grant, const char *agreement,
                                   const char *line, uint32_t months)
{
    reporting_fact_set_number(grant, GRANT_AGREEMENT,
                              reporting_number_given(tables, NUMBERED_AGREEMENT, agreement));
    reporting_fact_set_number(grant, GRANT_LINE,
                              reporting_number_given(tables, NUMBERED_LINE, line));
    reporting_fact_set_number(grant, GRANT_MONTHS, months);
}

void reporting_heard_measure_granted(struct tables *tables, const struct entry *heard)
{
    const Measures__MeasureGranted *event = (const Measures__MeasureGranted *)heard->event;
    uint32_t number = reporting_number_given(tables, NUMBERED_MEASURE, event->measure);
    struct fact grant;

    if (number == 0)
        return;
    grant = reporting_fact_open(tables, &reporting_grants, number);
    keep_household(tables, &grant, event->household);
    reporting_fact_set_code(&grant, GRANT_SCHEME, event->scheme);
    reporting_fact_set_code(&grant, GRANT_ORIGIN, event->origin);
    reporting_fact_set_code(&grant, GRANT_TIED, event->tied_to_financial_aid ? TIED_YES : TIED_NO);
    reporting_fact_set_code(&grant, GRANT_AGED_18_TO_25, event->aged_18_to_25);
    reporting_fact_set_code(&grant, GRANT_LEAVES_CHRS, event->leaves_chrs);
    reporting_fact_set_number(&grant, GRANT_DOMAINS, domain_bits(event->domains, event->n_domains));
    reporting_fact_set_number(&grant, GRANT_DISTRICT,
                              reporting_number_given(tables, NUMBERED_DISTRICT, event->district));
    reporting_fact_set_number(&grant, GRANT_OPERATOR,
                              reporting_number_given(tables, NUMBERED_OPERATOR, event->operator_));
    reporting_fact_set_date(&grant, GRANT_DECIDED_ON, event->granted_on);
    keep_what_it_counts_on(tables, &grant, event->agreement, event->line, event->months);
    keep_snapshot(&grant, event->entry);
    reporting_fact_save(&grant);
}

void reporting_heard_matter_settled(struct tables *tables, const struct entry *heard)
{
    const Measures__MatterSettled *event = (const Measures__MatterSettled *)heard->event;
    uint32_t number = reporting_number_given(tables, NUMBERED_MEASURE, event->measure);
    struct fact grant;

    if (number == 0)
        return;
    grant = reporting_fact_open(tables, &reporting_grants, number);
    keep_what_it_counts_on(tables, &grant, event->agreement, event->line, event->months);
    reporting_fact_save(&grant);
}

/* --- as it went ------------------------------------------------------------------------------- */

/* Row 0 is no measure's: what is written there of an unreadable identifier is never saved. */
static struct fact open_course(struct tables *tables, const char *measure)
{
    uint32_t number = reporting_number_given(tables, NUMBERED_MEASURE, measure);

    if (number == 0)
        return (struct fact){ 0 };
    return reporting_fact_open(tables, &reporting_courses, number);
}

void reporting_heard_measure_assigned(struct tables *tables, const struct entry *heard)
{
    const Measures__MeasureAssigned *event = (const Measures__MeasureAssigned *)heard->event;
    struct fact course = open_course(tables, event->measure);

    reporting_fact_set_number(&course, COURSE_WORKER,
                              reporting_number_given(tables, NUMBERED_WORKER, event->worker));
    if (reporting_fact_number(&course, COURSE_ASSIGNED_ON) == 0)
        reporting_fact_set_date(&course, COURSE_ASSIGNED_ON, event->assigned_on);
    reporting_fact_save(&course);
}

void reporting_heard_first_meeting_held(struct tables *tables, const struct entry *heard)
{
    const Measures__FirstMeetingHeld *event = (const Measures__FirstMeetingHeld *)heard->event;
    struct fact course = open_course(tables, event->measure);

    reporting_fact_set_date(&course, COURSE_MET_ON, event->held_on);
    reporting_fact_save(&course);
}

void reporting_heard_measure_started(struct tables *tables, const struct entry *heard)
{
    const Measures__MeasureStarted *event = (const Measures__MeasureStarted *)heard->event;
    struct fact course = open_course(tables, event->measure), grant;

    reporting_fact_set_date(&course, COURSE_STARTED_ON, event->started_on);
    reporting_fact_set_date(&course, COURSE_END, event->end);
    reporting_fact_save(&course);
    if (!course.block)
        return;
    grant = reporting_fact_open(tables, &reporting_grants,
                                reporting_number(tables, NUMBERED_MEASURE, event->measure));
    keep_snapshot(&grant, event->entry);
    reporting_fact_save(&grant);
}

void reporting_heard_measure_resumed(struct tables *tables, const struct entry *heard)
{
    const Measures__MeasureResumed *event = (const Measures__MeasureResumed *)heard->event;
    struct fact course = open_course(tables, event->measure);

    reporting_fact_set_date(&course, COURSE_END, event->end);
    reporting_fact_save(&course);
}

void reporting_heard_measure_renewed(struct tables *tables, const struct entry *heard)
{
    const Measures__MeasureRenewed *event = (const Measures__MeasureRenewed *)heard->event;
    struct fact course = open_course(tables, event->measure);

    reporting_fact_set_date(&course, COURSE_END, event->end);
    reporting_fact_set_code(&course, COURSE_RENEWALS,
                            reporting_fact_code(&course, COURSE_RENEWALS) + 1);
    reporting_fact_save(&course);
}

void reporting_heard_measure_closing(struct tables *tables, const struct entry *heard)
{
    const Measures__MeasureClosing *event = (const Measures__MeasureClosing *)heard->event;
    struct fact course = open_course(tables, event->measure);

    reporting_fact_set_date(&course, COURSE_END, event->ended_on);
    reporting_fact_set_date(&course, COURSE_ENDED_ON, event->ended_on);
    reporting_fact_set_date(&course, COURSE_JOINT_DECISION_ON, event->joint_decision_on);
    reporting_fact_set_code(&course, COURSE_CLOSING_REASON, event->reason);
    reporting_fact_save(&course);
}

void reporting_heard_measure_closed(struct tables *tables, const struct entry *heard)
{
    const Measures__MeasureClosed *event = (const Measures__MeasureClosed *)heard->event;
    struct fact course = open_course(tables, event->measure);

    reporting_fact_set_date(&course, COURSE_END, event->ended_on);
    reporting_fact_set_date(&course, COURSE_ENDED_ON, event->ended_on);
    reporting_fact_set_date(&course, COURSE_EVALUATED_ON, event->evaluated_on);
    reporting_fact_set_code(&course, COURSE_EVALUATED, 1);
    reporting_fact_set_code(&course, COURSE_CLOSING_REASON, event->reason);
    reporting_fact_set_code(&course, COURSE_OUTCOME, event->outcome);
    reporting_fact_set_number(&course, COURSE_DOMAINS,
                              domain_bits(event->domains, event->n_domains));
    if (event->exit) {
        reporting_fact_set_code(&course, COURSE_EXIT_TENURE, event->exit->tenure);
        reporting_fact_set_code(&course, COURSE_EXIT_RESOURCES, event->exit->resource_band);
        reporting_fact_set_code(&course, COURSE_EXIT_STATUS,
                                event->exit->socio_professional_status);
    }
    reporting_fact_save(&course);
}

void reporting_heard_measure_cancelled(struct tables *tables, const struct entry *heard)
{
    const Measures__MeasureCancelled *event = (const Measures__MeasureCancelled *)heard->event;
    struct fact course = open_course(tables, event->measure);

    reporting_fact_set_code(&course, COURSE_CANCELLED, 1);
    reporting_fact_set_date(&course, COURSE_CANCELLED_ON, event->cancelled_on);
    reporting_fact_save(&course);
}

static unsigned follow_up_code(const char *state)
{
    static const char *const states[] = { "", "DONE", "UNREACHABLE", "REFUSED", "NOT_APPLICABLE" };

    for (unsigned i = 1; i < sizeof states / sizeof states[0]; i++)
        if (strcmp(state, states[i]) == 0)
            return i;
    return 0;
}

void reporting_heard_follow_up_ended(struct tables *tables, const struct entry *heard)
{
    const Measures__FollowUpEnded *event = (const Measures__FollowUpEnded *)heard->event;
    struct fact course = open_course(tables, event->measure);

    reporting_fact_set_code(&course, COURSE_FOLLOW_UP, follow_up_code(event->state));
    reporting_fact_set_code(&course, COURSE_FOLLOW_UP_HOUSING, event->housing);
    reporting_fact_set_date(&course, COURSE_FOLLOW_UP_ON, event->ended_on);
    reporting_fact_save(&course);
}

/* --- its months ------------------------------------------------------------------------------- */

static void add_hundredths(struct tables *tables, const char *measure, const Tremplin__Date *month,
                           int64_t hundredths)
{
    uint32_t number = reporting_number_given(tables, NUMBERED_MEASURE, measure);
    struct date first = date_of(month);
    struct fact months;
    unsigned column;

    if (number == 0 || !date_is_set(first))
        return;
    column = first.month - 1U;
    months = reporting_fact_open_of_year(tables, &reporting_months, (unsigned)first.year, number);
    reporting_fact_set_number(&months, column, reporting_fact_number(&months, column) + hundredths);
    reporting_fact_save(&months);
}

/* Of a measure whose grant was never heard, its months say whose it is. */
static void keep_grant(struct tables *tables, const char *measure, const char *household,
                       Tremplin__Scheme scheme)
{
    uint32_t number = reporting_number_given(tables, NUMBERED_MEASURE, measure);
    struct fact grant;

    if (number == 0)
        return;
    grant = reporting_fact_open(tables, &reporting_grants, number);
    if (reporting_fact_number(&grant, GRANT_HOUSEHOLD) != 0)
        return;
    keep_household(tables, &grant, household);
    reporting_fact_set_code(&grant, GRANT_SCHEME, scheme);
    reporting_fact_save(&grant);
}

void reporting_heard_months_counted(struct tables *tables, const struct entry *heard)
{
    const Measures__MonthsCounted *event = (const Measures__MonthsCounted *)heard->event;

    keep_grant(tables, event->measure, event->household, event->scheme);
    add_hundredths(tables, event->measure, event->month, event->hundredths);
}

void reporting_heard_months_taken_back(struct tables *tables, const struct entry *heard)
{
    const Measures__MonthsTakenBack *event = (const Measures__MonthsTakenBack *)heard->event;

    add_hundredths(tables, event->measure, event->month, -(int64_t)event->hundredths);
}
