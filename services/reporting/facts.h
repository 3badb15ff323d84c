/* facts.h - the facts that reporting keeps, column by column, and what is heard of them
 *
 *     facts_households.c   households and their situation as last heard
 *     facts_measures.c     measures: what was granted, how they went, their months by year
 *     facts_agreements.c   agreements' lines: what was contracted, and what is left
 *     facts_stock.c        residences and units
 *     facts_stays.c        stays, from the title to the exit
 *     facts_vacancies.c    vacancies and their candidatures
 *
 * A column is only ever added, at the end of its sort.  Days are written 20081231, absent ones 0.
 */
#ifndef SERVICES_REPORTING_FACTS_H
#define SERVICES_REPORTING_FACTS_H

#include "proto/intake.pb-c.h"
#include "services/reporting/columns.h"

/* --- households ------------------------------------------------------------------------------- */

/* A situation's codes, the same in every group that has one, from its first column on. */
enum situation_column {
    SITUATION_TYPE,
    SITUATION_ADULTS,
    SITUATION_CHILDREN,
    SITUATION_AGE_BAND,
    SITUATION_TENURE,
    SITUATION_PREVIOUS_HOUSING,
    SITUATION_LOCATION,
    SITUATION_RESOURCES,
    SITUATION_STATUS,
    SITUATION_COLUMNS,
};

extern const struct column_group reporting_households;
enum household_code { HOUSEHOLD_SITUATION, HOUSEHOLD_ERASED = SITUATION_COLUMNS, HOUSEHOLD_CODES };
enum household_number {
    HOUSEHOLD_OPENED_ON,
    HOUSEHOLD_SITUATED_ON,
    HOUSEHOLD_DISTRICT,
    HOUSEHOLD_NUMBERS
};

void reporting_keep_situation(struct fact *fact, unsigned first, const Intake__Situation *from);

void reporting_heard_household_registered(struct tables *tables, const struct entry *heard);
void reporting_heard_situation_changed(struct tables *tables, const struct entry *heard);
void reporting_heard_household_erased(struct tables *tables, const struct entry *heard);
void reporting_hear_household_erased(struct work *work, const struct entry *heard);

/* --- measures --------------------------------------------------------------------------------- */

enum aid_tie { TIED_UNKNOWN, TIED_NO, TIED_YES };

/* As granted. */
extern const struct column_group reporting_grants;
enum grant_code {
    GRANT_SITUATION, /* of the household on the day of the decision */
    GRANT_SITUATION_IS_INTAKES = SITUATION_COLUMNS, /* 1: nothing less is put in its place */
    GRANT_SCHEME,
    GRANT_ORIGIN,
    GRANT_TIED, /* enum aid_tie */
    GRANT_AGED_18_TO_25,
    GRANT_LEAVES_CHRS,
    GRANT_CODES
};
enum grant_number {
    GRANT_HOUSEHOLD,
    GRANT_DISTRICT,
    GRANT_AGREEMENT,
    GRANT_LINE,
    GRANT_OPERATOR,
    GRANT_DOMAINS, /* bit n: domain n */
    GRANT_DECIDED_ON,
    GRANT_MONTHS,
    GRANT_NUMBERS
};

/* As it went. */
extern const struct column_group reporting_courses;
enum course_code {
    COURSE_CLOSING_REASON,
    COURSE_OUTCOME,
    COURSE_EXIT_TENURE,
    COURSE_EXIT_RESOURCES,
    COURSE_EXIT_STATUS,
    COURSE_EVALUATED,
    COURSE_CANCELLED,
    COURSE_RENEWALS,
    COURSE_FOLLOW_UP, /* 1 done, 2 unreachable, 3 refused, 4 not applicable */
    COURSE_FOLLOW_UP_HOUSING,
    COURSE_CODES
};
enum course_number {
    COURSE_WORKER,
    COURSE_ASSIGNED_ON,
    COURSE_MET_ON,
    COURSE_STARTED_ON,
    COURSE_END, /* the first day without support, planned or actual */
    COURSE_ENDED_ON,
    COURSE_JOINT_DECISION_ON,
    COURSE_EVALUATED_ON,
    COURSE_CANCELLED_ON,
    COURSE_DOMAINS, /* those of the evaluation */
    COURSE_FOLLOW_UP_ON,
    COURSE_NUMBERS
};

/* Hundredths of a measure-month counted in each of the twelve months; by year. */
extern const struct column_group reporting_months;
enum { MONTHS_OF_YEAR = 12 };

void reporting_heard_request_granted(struct tables *tables, const struct entry *heard);
void reporting_heard_measure_granted(struct tables *tables, const struct entry *heard);
void reporting_heard_matter_settled(struct tables *tables, const struct entry *heard);
void reporting_heard_measure_assigned(struct tables *tables, const struct entry *heard);
void reporting_heard_first_meeting_held(struct tables *tables, const struct entry *heard);
void reporting_heard_measure_started(struct tables *tables, const struct entry *heard);
void reporting_heard_measure_resumed(struct tables *tables, const struct entry *heard);
void reporting_heard_measure_renewed(struct tables *tables, const struct entry *heard);
void reporting_heard_measure_closing(struct tables *tables, const struct entry *heard);
void reporting_heard_measure_closed(struct tables *tables, const struct entry *heard);
void reporting_heard_measure_cancelled(struct tables *tables, const struct entry *heard);
void reporting_heard_follow_up_ended(struct tables *tables, const struct entry *heard);
void reporting_heard_months_counted(struct tables *tables, const struct entry *heard);
void reporting_heard_months_taken_back(struct tables *tables, const struct entry *heard);

/* --- agreements ------------------------------------------------------------------------------- */

extern const struct column_group reporting_lines;
enum line_code { LINE_SCHEME, LINE_TARGET_PUBLIC, LINE_CODES };
enum line_number {
    LINE_AGREEMENT,
    LINE_OPERATOR,
    LINE_SIGNED_ON,
    LINE_STARTS_ON,
    LINE_LAST_DAY,
    LINE_MEASURES, /* contracted */
    LINE_MONTHS,
    LINE_RESERVED_MEASURES, /* as it last stood */
    LINE_LEFT_MEASURES,
    LINE_RESERVED_HUNDREDTHS,
    LINE_CONSUMED_HUNDREDTHS,
    LINE_RELEASED_HUNDREDTHS,
    LINE_NUMBERS
};

void reporting_heard_agreement_opened(struct tables *tables, const struct entry *heard);
void reporting_heard_agreement_line_changed(struct tables *tables, const struct entry *heard);

/* --- residences and units --------------------------------------------------------------------- */

extern const struct column_group reporting_residences;
enum residence_code {
    RESIDENCE_KIND,
    RESIDENCE_OWN_STOCK,
    RESIDENCE_HAS_SOCIAL_WORKER,
    RESIDENCE_CODES
};
enum residence_number { RESIDENCE_MANAGER, RESIDENCE_OPENED_ON, RESIDENCE_NUMBERS };

extern const struct column_group reporting_units;
enum unit_code { UNIT_KIND, UNIT_HOLDER, UNIT_OWN_STOCK, UNIT_FURNISHED, UNIT_PLACES, UNIT_CODES };
enum unit_number {
    UNIT_RESIDENCE,
    UNIT_PROGRAMME,
    UNIT_MANAGER,
    UNIT_COMMISSIONED_ON,
    UNIT_NUMBERS
};

void reporting_heard_residence_opened(struct tables *tables, const struct entry *heard);
void reporting_heard_unit_commissioned(struct tables *tables, const struct entry *heard);

/* --- stays ------------------------------------------------------------------------------------ */

extern const struct column_group reporting_stays;
enum stay_code {
    STAY_KIND,
    STAY_HOLDER,
    STAY_OWN_STOCK,
    STAY_CHANNEL,
    STAY_DIRECTION,
    STAY_TERM_MONTHS,
    STAY_CODES
};
enum stay_number {
    STAY_UNIT,
    STAY_HOUSEHOLD,
    STAY_PROGRAMME,
    STAY_SIGNED_ON,
    STAY_ENTERED_ON,
    STAY_TERM_ON,
    STAY_LEFT_ON, /* the first day without the stay */
    STAY_NUMBERS
};

void reporting_heard_title_signed(struct tables *tables, const struct entry *heard);
void reporting_heard_stay_started(struct tables *tables, const struct entry *heard);
void reporting_heard_stay_ended(struct tables *tables, const struct entry *heard);

/* --- vacancies -------------------------------------------------------------------------------- */

extern const struct column_group reporting_vacancies;
enum vacancy_end { VACANCY_GOES_ON, VACANCY_IS_FILLED, VACANCY_IS_LOST, VACANCY_IS_RETURNED };
enum vacancy_code { VACANCY_HOLDER, VACANCY_ENDING, VACANCY_CODES };
enum vacancy_number {
    VACANCY_UNIT,
    VACANCY_NOTIFIED_ON,
    VACANCY_FREE_ON,
    VACANCY_LAST_DAY,
    VACANCY_FIRST_CANDIDATURE_ON,
    VACANCY_CANDIDATURES,
    VACANCY_REFUSALS,
    VACANCY_WITHDRAWALS,
    VACANCY_RETAINED_ON,
    VACANCY_ENDED_ON,
    VACANCY_DAYS,
    VACANCY_NUMBERS
};

void reporting_heard_vacancy_opened(struct tables *tables, const struct entry *heard);
void reporting_heard_vacancy_extended(struct tables *tables, const struct entry *heard);
void reporting_heard_candidature_proposed(struct tables *tables, const struct entry *heard);
void reporting_heard_candidature_refused(struct tables *tables, const struct entry *heard);
void reporting_heard_candidature_withdrawn(struct tables *tables, const struct entry *heard);
void reporting_heard_candidature_retained(struct tables *tables, const struct entry *heard);
void reporting_heard_vacancy_filled(struct tables *tables, const struct entry *heard);
void reporting_heard_vacancy_lost(struct tables *tables, const struct entry *heard);
void reporting_heard_vacancy_returned(struct tables *tables, const struct entry *heard);

#endif
