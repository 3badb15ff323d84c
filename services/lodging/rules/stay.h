/* stay.h - a household's presence in a place, from its signed title to its exit
 *
 * The contract runs a month and renews itself at the resident's sole will, so a
 * stay's term is a target: reaching it asks for a decision and ends nothing
 * (domain.md RS-1, S0-7, S4-9, Q8).  Only an exit ends a stay; the end of a
 * measure does not (S0-37, Q11).  Stays are half-open: entry <= day < exit.
 */
#ifndef LODGING_RULES_STAY_H
#define LODGING_RULES_STAY_H

#include "libcommon/calendar.h"
#include "libcommon/machine.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"
#include "services/lodging/rules/unit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum stay_state {
    STAY_PREPARED = 1,
    STAY_SIGNED,
    STAY_RUNNING,
    STAY_TERM_DUE,
    STAY_NOTICE,
    STAY_ENDED,
    STAY_CANCELLED,
    STAY_STATES,
};

enum stay_event {
    STAY_EVENT_PREPARE = 1,
    STAY_EVENT_SIGN,
    STAY_EVENT_CANCEL,
    STAY_EVENT_ENTER,
    STAY_EVENT_REACH_TERM,
    STAY_EVENT_EXTEND,
    STAY_EVENT_RESIDENT_GIVES_NOTICE,
    STAY_EVENT_MANAGER_GIVES_NOTICE,
    STAY_EVENT_REGULARISE, /* arrears are paid and the manager agrees */
    STAY_EVENT_WITHDRAW_NOTICE,
    STAY_EVENT_EXIT,
    STAY_EVENTS,
};

extern const struct machine stay_machine;

/* Months, all of them. */
struct stay_law {
    int64_t contract_months;     /* the contract renews itself after as many (RS-1) */
    int64_t shorter_term_months; /* the three terms to choose from (S4-9, F4-5) */
    int64_t usual_term_months;   /* taken where nothing is said (RS-12, FJT-1) */
    int64_t longer_term_months;
    int64_t louez_solidaire_months; /* LS-1 */
    int64_t alt_months;             /* ALT-1 */
    int64_t long_stay_months;       /* S0-33, C-5 */
    int64_t dalo_months;            /* C-21 */
};

extern const struct parameter_field stay_law[];

struct occupancy_title {
    bool has_document;
    bool is_signed_by_resident;
    bool is_signed_by_manager;
    bool has_house_rules; /* annexed and initialled */
    bool is_tied_to_employment;
    struct date signed_on;
};

/* What decides whether a stay has a term, and which. */
struct stay_kind {
    enum unit_kind kind;
    enum unit_programme programme;
    bool is_former_hostel_resident; /* of a migrant-worker hostel since turned into a residence */
};

struct stay_span {
    struct date entry;
    struct date exit; /* the first day without the household; absent while it runs */
};

extern const struct refusal TITLE_WITHOUT_DOCUMENT;
extern const struct refusal TITLE_NOT_SIGNED_BY_BOTH;
extern const struct refusal TITLE_WITHOUT_SIGNATURE_DATE;
extern const struct refusal TITLE_WITHOUT_HOUSE_RULES;
extern const struct refusal TITLE_TIED_TO_EMPLOYMENT;
extern const struct refusal STAY_WITHOUT_ENTRY_DATE;
extern const struct refusal STAY_BEFORE_TITLE;
extern const struct refusal STAY_PLACE_TAKEN;
extern const struct refusal STAY_HAS_NO_TERM;
extern const struct refusal STAY_TERM_NOT_OFFERED;
extern const struct refusal EXTENSION_WITHOUT_LENGTH;
extern const struct refusal EXTENSION_WITHOUT_REASON;
extern const struct refusal EXTENSION_WITHOUT_DECIDER;

/* domain.md S0-8, RS-2, RS-10, 6.7: a scattered unit has no house rules. */
const struct refusal *title_may_be_signed(const struct occupancy_title *title, enum unit_kind kind);
/* domain.md S0-8: no title, no stay; the entry is the day of the signature or later, and the place
 * holds no other stay then or after. */
const struct refusal *stay_may_begin(struct date signed_on, struct date entry,
                                     const struct stay_span others[], size_t count);

/* The target term where nothing is chosen; 0 where a stay has none: a family boarding house (PF-1),
 * a former hostel resident (RS-12). */
int64_t stay_default_term(struct stay_kind kind, const struct stay_law *law);
/* domain.md S4-9, ALT-1: is the chosen term one of those offered?  0 where there is none. */
const struct refusal *stay_term_may_be(struct stay_kind kind, int64_t months,
                                       const struct stay_law *law);
/* The first day past the target term, with all extensions, from the entry (D-2); absent when the
 * stay has no term. */
struct date stay_target_end(struct date entry, int64_t term_months, int64_t extended_months);
/* Does the term come due on the day?  Only of a stay that runs: one under notice ends otherwise. */
bool stay_term_comes_due(enum stay_state state, struct date target_end, struct date on);
/* domain.md 6.7, A-51: an extension has months, a reason and who decided. */
const struct refusal *stay_may_be_extended(int64_t term_months, int64_t months, bool has_reason,
                                           bool has_decider);

/* RS-1: the day the contract next renews itself, after a day of the stay. */
struct date stay_contract_renews_on(struct date entry, struct date day, const struct stay_law *law);

/* Months completed at the start of a day. */
int32_t stay_months(struct date entry, struct date until);
/* domain.md C-5, 2.6: more than so many months, by a day at least; until is the exit or today. */
bool stay_is_longer_than(struct date entry, struct date until, int64_t months);
/* domain.md A-52, Q12: the day 48 months since the entry are complete. */
struct date stay_is_long_from(struct date entry, const struct stay_law *law);
/* domain.md C-21, A-64: the day 18 months of temporary housing are complete and DALO becomes
 * possible; absent for a family boarding house. */
struct date stay_allows_dalo_from(struct date entry, enum unit_kind kind,
                                  const struct stay_law *law);

/* Do two stays share a day? */
bool stays_overlap(struct stay_span a, struct stay_span b);

#endif
