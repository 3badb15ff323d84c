/* parts.h - what the files of the measures service share
 *
 * Dates of facts, the tables, the handlers and applies that measures.c lists,
 * and the few helpers that more than one thing needs.
 */
#ifndef MEASURES_PARTS_H
#define MEASURES_PARTS_H

#include "libcommon/service.h"
#include "proto/intake.pb-c.h"
#include "proto/measures.pb-c.h"
#include "services/measures/records.pb-c.h"
#include "services/measures/rules/agreement.h"
#include "services/measures/rules/contract.h"
#include "services/measures/rules/measure.h"
#include "services/measures/rules/measure_month.h"

/* --- tables ----------------------------------------------------------------------------------- */

extern const struct table measures_workers;        /* worker */
extern const struct table measures_agreements;     /* agreement */
extern const struct table measures_measures;       /* measure */
extern const struct table measures_by_household;   /* household, measure */
extern const struct table measures_by_worker;      /* worker, measure */
extern const struct table measures_open;           /* measure: neither closed nor cancelled */
extern const struct table measures_matters;        /* measure */
extern const struct table measures_counted;        /* measure, calendar month */
extern const struct table measures_texts;          /* measure, entry, place in it */
extern const struct table measures_follow_ups;     /* measure */
extern const struct table measures_follow_ups_due; /* measure: its window is open */
extern const struct table measures_prescribers;    /* request */
extern const struct table measures_accreditations; /* operator, first day */

/* At one instant months are counted before the end is looked at. */
enum {
    MEASURES_DEADLINE_COUNT = 1,
    MEASURES_DEADLINE_END,
    MEASURES_DEADLINE_FOLLOW_UP_OPENS,
    MEASURES_DEADLINE_FOLLOW_UP_DUE,
};

/* --- helpers (common.c) ----------------------------------------------------------------------- */

/* protobuf-c has no const texts. */
static inline char *measures_text(const char *text)
{
    return (char *)(uintptr_t)text;
}

/* A fact that cannot come before another. */
const struct refusal *measures_order_check(struct work *work, const char *field,
                                           struct date earlier, struct date later);
const struct refusal *measures_need_measure(struct work *work, const char *id,
                                            Measures__Records__Measure **measure);
Measures__Records__Measure *measures_get(struct tables *tables, const char *id);
void measures_put(struct tables *tables, const Measures__Records__Measure *measure);
/* The state a fact of that day is judged in: when the end was reached before an earlier fact was
 * told, the state of then. */
enum measure_state measures_state_on(const Measures__Records__Measure *measure, struct date on);
/* May the event happen to a measure in this state? */
const struct refusal *measures_move_check(struct work *work, enum measure_state state,
                                          enum measure_event event);
const char *measures_state_name(unsigned state);
/* When it ran: suspensions in the arena, ended_on before the planned end. */
struct measure_time measures_time_of(struct arena *arena,
                                     const Measures__Records__Measure *measure);
enum counting measures_counting_of(struct tables *tables,
                                   const Measures__Records__Measure *measure);
enum end_shift measures_shift_of(struct tables *tables, const Measures__Records__Measure *measure);
int64_t measures_instant_of(struct date date); /* 0 for an absent date */
/* When an end is looked at: as its day begins.  Of what ended before it is told, once the day it is
 * told is over, so that an import has that day to tell how it ended. */
int64_t measures_end_instant(const struct work *work, struct date end);
/* Is that end still to come, or not known? */
bool measures_is_of_now(const struct work *work, struct date end);
/* Does the measure run on that day, by its dates? */
bool measures_runs_on(const Measures__Records__Measure *measure, struct date day);
/* A list of dates for a message; absent ones are left out. */
Tremplin__Date **measures_dates(struct arena *arena, const struct date dates[], size_t count,
                                size_t *listed);
/* Emits with what is personal beside it, or plainly when there is none. */
void measures_emit_texts(struct work *work, const ProtobufCMessage *event,
                         const Measures__Records__Measure *measure, struct date date,
                         Tremplin__Sealed *const texts[], size_t count);
void measures_keep_texts(struct tables *tables, const char *measure, const struct entry *entry);
void measures_clear_deadlines(struct tables *tables, Measures__Records__Measure *measure);
void measures_set_end(struct tables *tables, Measures__Records__Measure *measure, int64_t at_ms);
void measures_set_count(struct tables *tables, Measures__Records__Measure *measure, int64_t at_ms);

/* --- workers (worker.c) ----------------------------------------------------------------------- */

/* Tells the worker's new caseload, by so many more or fewer; at most once a worker and input.  What
 * changes it is undecided while its law is not known: it would never be counted right again. */
void measures_emit_caseload(struct work *work, const char *worker, int change, struct date on);

const struct refusal *measures_on_register_worker(struct work *work, const void *body);
const struct refusal *measures_on_caseload(struct work *work, const void *body);
void measures_apply_worker_registered(struct tables *tables, const struct entry *entry);
void measures_apply_caseload_changed(struct tables *tables, const struct entry *entry);

/* --- agreements (agreement.c) ----------------------------------------------------------------- */

/* A line during one input: changed in memory by the rules, told once at the end. */
struct measures_line {
    const Measures__Records__Agreement *agreement; /* NULL: counted on none */
    const Measures__Records__Line *row;            /* NULL: the agreement has no such line */
    struct agreement_line measures;
    struct agreement_line months;
    int64_t held; /* by the measure at hand, hundredths */
    bool changed;
};

struct measures_line measures_line_at(struct tables *tables, const char *agreement,
                                      const char *line);
struct measures_line measures_line_of(struct tables *tables,
                                      const Measures__Records__Measure *measure);
/* With one measure more when it is its first decision. */
const struct refusal *measures_line_reserve(struct measures_line *line, uint32_t months,
                                            bool is_first);
void measures_line_consume(struct measures_line *line, int64_t hundredths);
void measures_line_take_back(struct measures_line *line, int64_t hundredths);
/* All that the measure still holds; and the measure itself when it is cancelled. */
void measures_line_release(struct measures_line *line, bool is_cancelled);
void measures_line_emit(struct work *work, const struct measures_line *line, const char *measure,
                        struct date on);
struct date measures_agreement_end(const Measures__Records__Agreement *agreement);

const struct refusal *measures_on_open_agreement(struct work *work, const void *body);
const struct refusal *measures_on_agreement(struct work *work, const void *body);
void measures_apply_agreement_opened(struct tables *tables, const struct entry *entry);
void measures_apply_agreement_line_changed(struct tables *tables, const struct entry *entry);

/* --- what intake tells, and the grant (grant.c, cancellation.c) ------------------------------- */

extern const struct hearing measures_of_intake[];
const struct refusal *measures_on_settle_matter(struct work *work, const void *body);
const struct refusal *measures_on_cancel_measure(struct work *work, const void *body);
void measures_apply_measure_granted(struct tables *tables, const struct entry *entry);
void measures_apply_matter_to_settle(struct tables *tables, const struct entry *entry);
void measures_apply_matter_settled(struct tables *tables, const struct entry *entry);
void measures_apply_measure_cancelled(struct tables *tables, const struct entry *entry);

/* --- from the assignment to the end (measure.c, contract.c, suspension.c) --------------------- */

/* Its support is over: emits MeasureClosing and what goes with it; returns the hundredths counted.
 */
int64_t measures_close_support(struct work *work, const Measures__Records__Measure *measure,
                               struct measures_line *line, struct date ended_on,
                               enum closing_reason reason, struct date joint_decision_on,
                               struct date told_on);
/* A fact from before the end, told after it was reached: the measure is where it was. */
void measures_reopen(Measures__Records__Measure *measure);
void measures_pass_end(struct work *work, const struct deadline *deadline);
/* All reviews that a mandate asks for, one a quarter of the first year where it has no end. */
Tremplin__Date **measures_reviews_due(struct work *work, struct date from, struct date end,
                                      uint32_t months, size_t *listed);
/* Those of its last mandate that are not written, up to an end. */
Tremplin__Date **measures_reviews_left(struct work *work, const Measures__Records__Measure *measure,
                                       struct date end, size_t *listed);

const struct refusal *measures_on_assign_measure(struct work *work, const void *body);
const struct refusal *measures_on_hold_first_meeting(struct work *work, const void *body);
const struct refusal *measures_on_sign_contract(struct work *work, const void *body);
const struct refusal *measures_on_suspend_measure(struct work *work, const void *body);
const struct refusal *measures_on_resume_measure(struct work *work, const void *body);
const struct refusal *measures_on_stop_measure(struct work *work, const void *body);
void measures_apply_measure_assigned(struct tables *tables, const struct entry *entry);
void measures_apply_first_meeting_held(struct tables *tables, const struct entry *entry);
void measures_apply_contract_partly_signed(struct tables *tables, const struct entry *entry);
void measures_apply_measure_started(struct tables *tables, const struct entry *entry);
void measures_apply_measure_suspended(struct tables *tables, const struct entry *entry);
void measures_apply_measure_resumed(struct tables *tables, const struct entry *entry);
void measures_apply_measure_closing(struct tables *tables, const struct entry *entry);
/* The kind of contract that a scheme's support is signed in. */
enum contract_kind measures_contract_of(Tremplin__Scheme scheme);

/* --- measure-months (months.c) ---------------------------------------------------------------- */

/* The day after today on which the next of its months is over; absent when its end comes first. */
struct date measures_next_count(const struct work *work, enum counting counting,
                                const struct measure_time *time);
/* Counts every month of the time that is over by a day, and takes back what was counted and does
 * not count: emits the differences to what was counted so far, each for its calendar month. Returns
 * the hundredths counted in all.  next_at_ms is when to look again, 0 for never. */
int64_t measures_count(struct work *work, const Measures__Records__Measure *measure,
                       const struct measure_time *time, uint32_t granted_months, struct date by,
                       struct measures_line *line, int64_t next_at_ms);
void measures_pass_count(struct work *work, const struct deadline *deadline);
void measures_apply_months_counted(struct tables *tables, const struct entry *entry);
void measures_apply_months_taken_back(struct tables *tables, const struct entry *entry);

/* --- contacts, reviews, renewals, evaluations, follow-ups ------------------------------------- */

const struct refusal *measures_on_note_contact(struct work *work, const void *body);
void measures_apply_contact_noted(struct tables *tables, const struct entry *entry);
const struct refusal *measures_on_write_review(struct work *work, const void *body);
void measures_apply_review_written(struct tables *tables, const struct entry *entry);
const struct refusal *measures_on_ask_renewal(struct work *work, const void *body);
const struct refusal *measures_on_decide_renewal(struct work *work, const void *body);
void measures_apply_renewal_asked(struct tables *tables, const struct entry *entry);
void measures_apply_measure_renewed(struct tables *tables, const struct entry *entry);
const struct refusal *measures_on_evaluate_measure(struct work *work, const void *body);
void measures_apply_contract_evaluated(struct tables *tables, const struct entry *entry);
void measures_apply_measure_closed(struct tables *tables, const struct entry *entry);

/* Plans the contact six months after; returns the day. */
struct date measures_plan_follow_up(struct work *work, const Measures__Records__Measure *measure,
                                    struct date ended_on, enum closing_reason reason);
/* A new measure runs from that day on: contacts due while it runs are not made (6.13). */
void measures_dismiss_follow_ups(struct work *work, const Measures__Records__Measure *started,
                                 struct date from, struct date end);
/* The household is erased: none is made any more. */
void measures_drop_follow_ups(struct work *work, const char *household);
void measures_pass_follow_up_opens(struct work *work, const struct deadline *deadline);
void measures_pass_follow_up_due(struct work *work, const struct deadline *deadline);
const struct refusal *measures_on_record_follow_up(struct work *work, const void *body);
void measures_apply_follow_up_planned(struct tables *tables, const struct entry *entry);
void measures_apply_follow_up_opened(struct tables *tables, const struct entry *entry);
void measures_apply_follow_up_attempted(struct tables *tables, const struct entry *entry);
void measures_apply_follow_up_ended(struct tables *tables, const struct entry *entry);

/* --- queries (query.c) ------------------------------------------------------------------------ */

const struct refusal *measures_on_measure(struct work *work, const void *body);
const struct refusal *measures_on_measures(struct work *work, const void *body);

#endif
