/* accounts.h - an account at hand: what joins it in this input, and what it then comes to
 *
 *     refusal = lodging_account_load(work, id, 1, &account);    nothing is emitted yet
 *     refusal = lodging_account_enter(&account, &entry);
 *     refusal = lodging_account_conclude(work, &account);
 *     ... emit what happened, with account.standing and account.balance ...
 *     lodging_account_emit_facts(work, &account);
 *
 * Nothing of it reads the ledger's lines: the row holds the open terms (rules/standing.h), so that
 * a payment costs the same however long the account has run.
 */
#ifndef LODGING_ACCOUNTS_H
#define LODGING_ACCOUNTS_H

#include "services/lodging/parts.h"
#include "services/lodging/rules/arrears.h"
#include "services/lodging/rules/standing.h"

/* A fact that began or ended on a day. */
struct lodging_fact_change {
    Lodging__ArrearsFact fact;
    bool began;
    struct date on;
    struct date act_by;
    int64_t debt_cents;
    int64_t threshold_cents;
    const char *episode;
    struct lodging_fact_change *next;
};

struct lodging_account {
    const char *id;
    const Lodging__Records__Account *row;
    struct standing kept;          /* with what joined it */
    struct account_entry *entries; /* as it was, then what joins it */
    size_t entry_count;
    size_t entry_capacity;
    struct date first_new; /* the earliest day of what joins it */
    bool has_left;         /* the household: no contract is left to end */
    struct rent_term *terms;
    size_t term_capacity;

    /* After the conclusion. */
    Lodging__AccountStanding *standing;
    int64_t balance_cents;
    struct lodging_fact_change *first_change;
    struct lodging_fact_change *last_change;
};

/* --- account.c -------------------------------------------------------------------------------- */

/* Makes room for so many entries more.  Refused when the account is not known. */
const struct refusal *lodging_account_load(struct work *work, const char *id, size_t more,
                                           struct lodging_account *account);
/* Adds an entry, if the rules accept it. */
const struct refusal *lodging_account_enter(struct lodging_account *account,
                                            const struct account_entry *entry);
/* The standing as an event carries it; in the arena. */
void lodging_account_tell_standing(struct arena *arena, const struct standing *kept,
                                   Lodging__AccountStanding *message);

/* For apply: keeps a standing and moves the deadline of the next look. */
void lodging_account_keep(struct tables *tables, const char *id, Lodging__Records__Account *row,
                          Lodging__AccountStanding *standing);
/* For apply: writes the next line of its ledger. */
void lodging_account_add_line(struct tables *tables, const char *id, Lodging__Records__Account *row,
                              const Lodging__Records__Line *line);

/* --- arrears.c -------------------------------------------------------------------------------- */

/* Follows the facts from the last day looked at to today, notes their changes and the next instant
 * to look at. */
const struct refusal *lodging_arrears_follow(struct work *work, struct lodging_account *account);
/* Emits the facts that began and ended. */
void lodging_account_emit_facts(struct work *work, const struct lodging_account *account);

/* --- account_conclusion.c --------------------------------------------------------------------- */

/* Works out the standing, the balance and the facts that change.  Refused only where the parameters
 * do not say the law; the facts then stay as they were. */
const struct refusal *lodging_account_conclude(struct work *work, struct lodging_account *account);

/* --- account_review.c ------------------------------------------------------------------------- */

/* Emits that a day was looked at on which no money moved. */
void lodging_account_emit_reviewed(struct work *work, const struct lodging_account *account);

/* --- fee.c ------------------------------------------------------------------------------------ */

/* What the entry or the exit of a stay does to its account, worked out before anything is emitted.
 */
struct lodging_fees {
    struct lodging_account account;
    struct date from; /* absent: no fee is due */
    int64_t next_ms;  /* 0: never */
    size_t month_count;
    struct lodging_fee_month *months;
};
struct lodging_fee_month {
    struct date month;
    struct date due_on;
    struct fee fee;          /* charged anew */
    int64_t balance_cents;   /* after it */
    int64_t corrected_cents; /* or, of what was charged already, taken back: below zero */
};

const struct refusal *lodging_fees_plan_entry(struct work *work, const char *account,
                                              struct date entered_on, struct lodging_fees *fees);
const struct refusal *lodging_fees_plan_exit(struct work *work, const char *account,
                                             struct date left_on, struct lodging_fees *fees);
void lodging_fees_emit(struct work *work, const struct lodging_fees *fees);

#endif
