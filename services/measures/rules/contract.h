/* contract.h - contracts with the household: who signs, what they must say, when MASP may go on
 *
 * Machine 6.4 of domain.md.  The contract of a MASP has three dated signatures
 * where the measure is delegated (S2-22, Q18: a setting), 6 to 24 months and 48
 * in all (duration.h), and is renewed only after an evaluation (MASP-2).  A
 * mutual commitment says objectives and obligations of both sides (S3-17).
 */
#ifndef MEASURES_RULES_CONTRACT_H
#define MEASURES_RULES_CONTRACT_H

#include "libcommon/calendar.h"
#include "libcommon/machine.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"
#include "services/measures/rules/evaluation.h"

enum contract_state {
    CONTRACT_DRAFT = 1,
    CONTRACT_PROPOSED,
    CONTRACT_PARTLY_SIGNED,
    CONTRACT_SIGNED,
    CONTRACT_IN_FORCE,
    CONTRACT_EXPIRED,
    CONTRACT_TERMINATED,
    CONTRACT_REFUSED,
};

enum contract_event {
    CONTRACT_DRAW_UP = 1,
    CONTRACT_PROPOSE,
    CONTRACT_SIGN,      /* one signature, others are missing */
    CONTRACT_SIGN_LAST, /* the one that completes them */
    CONTRACT_TAKE_EFFECT,
    CONTRACT_AMEND,
    CONTRACT_REACH_END,
    CONTRACT_TERMINATE,
    CONTRACT_REFUSE,
};

extern const struct machine contract_machine;

enum contract_kind {
    CONTRACT_SUPPORT = 1, /* ASLL, AVDL (FSL-9) */
    CONTRACT_MASP1,
    CONTRACT_MASP2,
    CONTRACT_MUTUAL_COMMITMENT, /* Action Logement */
    CONTRACT_RESIDENCE_SUPPORT,
};

/* --- signatures ------------------------------------------------------------------------------- */

/* Whose signatures a kind of contract needs. */
struct contract_law {
    bool household_signs;
    bool operator_signs;
    bool department_signs;
    int64_t evaluation_days; /* MASP-6: the evaluation is due so long before the end */
};
const struct parameter_field *contract_law_of(enum contract_kind kind);

/* The day of each signature; absent while it is missing. */
struct signatures {
    struct date household_on;
    struct date operator_on;
    struct date department_on;
};

extern const struct refusal CONTRACT_UNSIGNED_BY_HOUSEHOLD;
extern const struct refusal CONTRACT_UNSIGNED_BY_OPERATOR;
extern const struct refusal CONTRACT_UNSIGNED_BY_DEPARTMENT;
extern const struct refusal CONTRACT_STARTS_BEFORE_SIGNATURES;

int32_t contract_signatures_needed(const struct contract_law *law);
/* Which one is missing? */
const struct refusal *contract_signatures_check(const struct contract_law *law,
                                                const struct signatures *signatures);
/* The event that the signatures there are make of one more: SIGN or SIGN_LAST. */
enum contract_event contract_event_of(const struct contract_law *law,
                                      const struct signatures *signatures);
/* The day of the last required signature; absent while one is missing. */
struct date contract_signed_on(const struct contract_law *law, const struct signatures *signatures);
/* Active only when complete (S2-22). */
const struct refusal *contract_start_check(const struct contract_law *law,
                                           const struct signatures *signatures, struct date start);

/* --- what it says ----------------------------------------------------------------------------- */

/* How many of each the contract names. */
struct contract_terms {
    int32_t household_objectives;
    int32_t household_obligations;
    int32_t operator_objectives;
    int32_t operator_obligations;
    int32_t difficulties;
    int32_t contents; /* what the support consists of */
};

extern const struct refusal CONTRACT_OBJECTIVES_MISSING;
extern const struct refusal CONTRACT_OBLIGATIONS_MISSING;
extern const struct refusal CONTRACT_DIFFICULTIES_MISSING;
extern const struct refusal CONTRACT_CONTENT_MISSING;

/* Before it is proposed: every contract has an objective of the household; a mutual commitment
 * objectives and obligations of both; residence support names difficulties and content instead. */
const struct refusal *contract_terms_check(enum contract_kind kind,
                                           const struct contract_terms *terms);

/* --- MASP ------------------------------------------------------------------------------------- */

struct masp_applicant {
    bool is_adult;
    bool receives_benefits;
    bool health_or_safety_threatened;
};

extern const struct refusal CONTRACT_MASP_NOT_ADULT;
extern const struct refusal CONTRACT_MASP_NO_BENEFITS;
extern const struct refusal CONTRACT_MASP_NO_THREAT;
extern const struct refusal CONTRACT_EVALUATION_MISSING;
extern const struct refusal CONTRACT_AXES_NOT_RANKED;

/* S2-13, MASP-1, CASF L271-1. */
const struct refusal *contract_masp_check(struct masp_applicant applicant);
/* The day by which the evaluation must be done: so long before the first day after the contract. */
struct date contract_evaluation_due(const struct contract_law *law, struct date end);
/* A MASP is renewed only after an evaluation of the contract that ends: made since it started and
 * not after the renewal is decided (MASP-2).  Other kinds are not asked. */
const struct refusal *contract_renewal_check(enum contract_kind kind, struct date start,
                                             struct date evaluated_on, struct date renewed_on);
/* The action plan's axes in order of priority: ranks 1, 2, 3... each once (S2-21). */
const struct refusal *contract_axes_check(const int32_t ranks[], size_t count);

#endif
