/* parts.h - what lodging's files share: tables, small helpers, and what its description names
 *
 * <thing>.c is what a thing is and how it is kept; <thing>_<part>.c a part of it that stands on it.
 * From the top down:
 *
 *     lodging.c               the description
 *     title.c                 SignTitle: opens the stay and its account, fills the vacancy
 *     stay.c                  the entry, the exit
 *     vacancy_filling.c       who was retained is housed, the others are not
 *     vacancy_opening.c       FreeUnit, ReturnVacancy: the clock starts
 *     vacancy_query.c         a vacancy with its candidatures
 *     candidature.c           proposed, refused, withdrawn, retained
 *     vacancy.c               what a vacancy is; its deadline, its loss
 *     fee.c                   what is charged, month by month
 *     payment.c adjustment.c  what else moves an account
 *     account_review.c        a day on which a fact changes though no money moves
 *     account_conclusion.c    what an account comes to once all of an input joined it
 *     account_query.c         what is told of accounts
 *     ledger.c                an account line by line, with its words
 *     arrears.c               the facts about arrears, followed from day to day
 *     account.c               what an account is; its ledger's lines
 *     unit.c residence.c      what is lived in
 *     parts.c                 helpers
 *
 * Residences and units lie by themselves; what belongs to a unit, a vacancy or an account lies
 * under its key, so that what is read together is written together.  The tables ended by _open,
 * _running and _late hold what their names say, for the counters and the short lists.
 */
#ifndef LODGING_PARTS_H
#define LODGING_PARTS_H

#include "libcommon/service.h"
#include "proto/lodging.pb-c.h"
#include "services/lodging/records.pb-c.h"
#include "services/lodging/rules/unit.h"

/* --- tables ----------------------------------------------------------------------------------- */

extern const struct table lodging_residences;                /* residence */
extern const struct table lodging_units;                     /* unit */
extern const struct table lodging_units_of_residence;        /* residence, unit */
extern const struct table lodging_vacancies;                 /* vacancy */
extern const struct table lodging_vacancies_open;            /* vacancy */
extern const struct table lodging_candidatures;              /* candidature */
extern const struct table lodging_candidatures_of_vacancy;   /* vacancy, number */
extern const struct table lodging_candidatures_of_household; /* household, candidature: live ones */
extern const struct table lodging_stays;                     /* stay */
extern const struct table lodging_stays_of_unit;             /* unit, stay */
extern const struct table lodging_stays_running;             /* stay */
extern const struct table lodging_accounts;                  /* account */
extern const struct table lodging_account_lines; /* account, number; or account, 255, digest */
extern const struct table lodging_accounts_late; /* account */

enum lodging_deadline {
    LODGING_DEADLINE_VACANCY = 1, /* the days to send candidatures are over */
    LODGING_DEADLINE_FEE,         /* a month begins: its fee is charged */
    LODGING_DEADLINE_REVIEW,      /* a fact about arrears may change though no money moves */
};

/* --- helpers ---------------------------------------------------------------------------------- */

/* The text of a constant, as a field of a message wants it. */
static inline char *lodging_text(const char *text)
{
    return (char *)(uintptr_t)text;
}

/* An instant of that day: now when it is today. */
int64_t lodging_fact_instant(const struct work *work, struct date date);
/* The identifier for a new row: the given one when it is one and free, else a new one. */
const struct refusal *lodging_new_id(struct work *work, const char *field,
                                     const struct table *table, const char *given, const char **id);
/* The same refusal for a command that names the thing otherwise: field to instead of from. */
const struct refusal *lodging_renamed(struct work *work, const struct refusal *refusal,
                                      const char *from, const char *to);
/* How many rows a query gives: 50 unless it says less, and never more than 200. */
uint32_t lodging_most(uint32_t asked);
/* Where a list goes on: its first row, or the one after an identifier. */
struct walk lodging_walk_after(struct tables *tables, const struct table *table, struct key prefix,
                               const char *after);
/* Puts the Link that a key with nothing more to say has. */
void lodging_link(struct tables *tables, const struct table *table, struct key key);

/* Emits an event with the words that belong to it sealed beside it, under the key of whose they
 * are; without words, as it is.  Of who is erased what happens is recorded still, words no more. */
void lodging_emit_with_words(struct work *work, const ProtobufCMessage *event, const char *subject,
                             struct date date, const char *whose, const char *words);
/* For apply: the words beside an entry; NULL when there are none. */
Tremplin__Sealed *lodging_words(const struct entry *entry);
/* For queries: the words in clear; "" when there are none, or none any more. */
char *lodging_in_clear(struct work *work, const Tremplin__Sealed *words);

/* A place of a unit, by its number from 1; NULL when there is none. */
Lodging__Records__Place *lodging_place(const Lodging__Records__Unit *unit, uint32_t number);
/* Moves it by the machine of rules/unit.h; what does not fit changes nothing. */
void lodging_place_move(Lodging__Records__Place *place, enum unit_event event);
enum unit_programme lodging_programme(const char *programme);

/* --- accounts, for titles and stays; account.c ------------------------------------------------ */

void lodging_account_open(struct tables *tables, const Lodging__TitleSigned *title);
void lodging_account_start(struct tables *tables, const Lodging__StayStarted *started);
void lodging_account_end(struct tables *tables, const Lodging__StayEnded *ended);

/* --- what the description names --------------------------------------------------------------- */

const struct refusal *lodging_on_open_residence(struct work *work, const void *body);
void lodging_apply_residence_opened(struct tables *tables, const struct entry *entry);

const struct refusal *lodging_on_commission_unit(struct work *work, const void *body);
void lodging_apply_unit_commissioned(struct tables *tables, const struct entry *entry);
const struct refusal *lodging_on_unit(struct work *work, const void *body);
const struct refusal *lodging_on_units(struct work *work, const void *body);

const struct refusal *lodging_on_free_unit(struct work *work, const void *body);
const struct refusal *lodging_on_extend_vacancy(struct work *work, const void *body);
const struct refusal *lodging_on_return_vacancy(struct work *work, const void *body);
const struct refusal *lodging_on_record_corrective_action(struct work *work, const void *body);
void lodging_apply_vacancy_opened(struct tables *tables, const struct entry *entry);
void lodging_apply_vacancy_extended(struct tables *tables, const struct entry *entry);
void lodging_apply_vacancy_filled(struct tables *tables, const struct entry *entry);
void lodging_apply_vacancy_lost(struct tables *tables, const struct entry *entry);
void lodging_apply_vacancy_returned(struct tables *tables, const struct entry *entry);
void lodging_apply_corrective_action_recorded(struct tables *tables, const struct entry *entry);
void lodging_pass_vacancy_deadline(struct work *work, const struct deadline *deadline);
const struct refusal *lodging_on_vacancy(struct work *work, const void *body);
const struct refusal *lodging_on_vacancies(struct work *work, const void *body);

const struct refusal *lodging_on_propose_candidature(struct work *work, const void *body);
const struct refusal *lodging_on_refuse_candidature(struct work *work, const void *body);
const struct refusal *lodging_on_withdraw_candidature(struct work *work, const void *body);
const struct refusal *lodging_on_retain_candidature(struct work *work, const void *body);
void lodging_apply_candidature_proposed(struct tables *tables, const struct entry *entry);
void lodging_apply_candidature_refused(struct tables *tables, const struct entry *entry);
void lodging_apply_candidature_withdrawn(struct tables *tables, const struct entry *entry);
void lodging_apply_candidature_retained(struct tables *tables, const struct entry *entry);

const struct refusal *lodging_on_sign_title(struct work *work, const void *body);
const struct refusal *lodging_on_start_stay(struct work *work, const void *body);
const struct refusal *lodging_on_end_stay(struct work *work, const void *body);
void lodging_apply_title_signed(struct tables *tables, const struct entry *entry);
void lodging_apply_stay_started(struct tables *tables, const struct entry *entry);
void lodging_apply_stay_ended(struct tables *tables, const struct entry *entry);
const struct refusal *lodging_on_stay(struct work *work, const void *body);
const struct refusal *lodging_on_stay_in_clear(struct work *work, const void *body);

const struct refusal *lodging_on_record_payment(struct work *work, const void *body);
const struct refusal *lodging_on_adjust_account(struct work *work, const void *body);
void lodging_apply_fee_charged(struct tables *tables, const struct entry *entry);
void lodging_apply_payment_recorded(struct tables *tables, const struct entry *entry);
void lodging_apply_account_adjusted(struct tables *tables, const struct entry *entry);
void lodging_apply_account_reviewed(struct tables *tables, const struct entry *entry);
void lodging_apply_arrears_began(struct tables *tables, const struct entry *entry);
void lodging_apply_arrears_ended(struct tables *tables, const struct entry *entry);
void lodging_pass_fee(struct work *work, const struct deadline *deadline);
void lodging_pass_review(struct work *work, const struct deadline *deadline);
const struct refusal *lodging_on_account(struct work *work, const void *body);
const struct refusal *lodging_on_accounts(struct work *work, const void *body);
const struct refusal *lodging_on_ledger(struct work *work, const void *body);

#endif
