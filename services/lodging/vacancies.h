/* vacancies.h - vacancies and candidatures as their files hand them to one another, from the
 * bottom up */
#ifndef LODGING_VACANCIES_H
#define LODGING_VACANCIES_H

#include "services/lodging/parts.h"
#include "services/lodging/rules/vacancy.h"

/* --- vacancy.c -------------------------------------------------------------------------------- */

/* The row as rules/vacancy.h has it. */
struct vacancy lodging_vacancy_of(const Lodging__Records__Vacancy *row);
/* What a fact makes of it; where the deadline has been decided on already, a vacancy left without
 * a candidature is lost at once (C-14). */
struct vacancy lodging_vacancy_after(struct work *work, const Lodging__Records__Vacancy *row,
                                     const struct vacancy_fact *fact);
/* Candidatures that are pending or retained. */
uint32_t lodging_vacancy_alive(const struct vacancy *vacancy);
/* Emits the loss of a vacancy, on the first day after its last or on the day its last candidature
 * failed. */
void lodging_emit_vacancy_lost(struct work *work, const char *id,
                               const Lodging__Records__Vacancy *row, struct date failed_on);

/* For apply: what an event did, without asking a rule again. */
void lodging_vacancy_settle(Lodging__Records__Vacancy *row);
void lodging_vacancy_put(struct tables *tables, const char *id,
                         const Lodging__Records__Vacancy *row);
/* Moves the vacancy's place, and closes the vacancy for it. */
void lodging_vacancy_move_place(struct tables *tables, const Lodging__Records__Vacancy *row,
                                enum unit_event event);
void lodging_vacancy_leave_place(struct tables *tables, const Lodging__Records__Vacancy *row);

/* --- candidature.c ---------------------------------------------------------------------------- */

/* A household is housed through a candidature: withdraws those it has elsewhere. */
void lodging_withdraw_elsewhere(struct work *work, const char *household, const char *vacancy,
                                struct date date);
/* For apply: closes a candidature. */
void lodging_candidature_end(struct tables *tables, const char *candidature, uint32_t state,
                             Tremplin__RefusalReason reason);

/* --- vacancy_filling.c ------------------------------------------------------------------------ */

/* Emits that a title was signed with the candidature that was retained for the vacancy. */
void lodging_emit_vacancy_filled(struct work *work, const char *candidature,
                                 const Lodging__Records__Candidature *of,
                                 const Lodging__Records__Vacancy *row, struct date filled_on);

#endif
