/* retention.h - until when what is known of a household is kept
 *
 * Pure dates (PR-5, PR-6); every period is a setting.  A support file leaves
 * the active base 24 months after the last contact with the person, unless an
 * open matter holds it.  A due date is the first day on which to act.
 */
#ifndef MEASURES_RULES_RETENTION_H
#define MEASURES_RULES_RETENTION_H

#include "libcommon/calendar.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"

/* What is kept, and the day from which its time runs. */
enum record_kind {
    RECORD_SUPPORT_FILE = 1,         /* last contact */
    RECORD_OCCUPANCY_TITLE,          /* its end */
    RECORD_RENT_ACCOUNT,             /* its end */
    RECORD_ACCOUNTING,               /* closing of the accounting year */
    RECORD_OVER_INDEBTEDNESS,        /* end of the procedure */
    RECORD_EVICTION,                 /* end of the procedure */
    RECORD_REQUEST_WITHOUT_MEASURE,  /* last contact */
    RECORD_UNSUCCESSFUL_CANDIDATURE, /* its end */
    RECORD_CRISIS,                   /* its closing */
    RECORD_ACCESS_LOG,               /* the entry */
    RECORD_CONSENT_PROOF,            /* end of the processing */
    RECORD_KINDS,
};

struct retention_law {
    struct period kept[RECORD_KINDS]; /* by kind */
    struct period rent_claim;         /* C-24: a term can be claimed so long */
    int64_t access_log_least_months;  /* PR-4: bounds of the setting */
    int64_t access_log_most_months;
};

extern const struct parameter_field retention_law_fields[];

struct contact {
    struct date on;
    bool with_person; /* coming from the person or held with them; a follow-up contact too (Q28) */
};

/* PR-5: the latest contact with the person; internal edits are no contact. */
struct date last_contact_date(const struct contact contacts[], size_t count);

/* What keeps a file in the active base (PR-5). */
enum file_bond {
    BOND_MEASURE = 1 << 0,
    BOND_STAY = 1 << 1,
    BOND_UNPAID_BALANCE = 1 << 2,
    BOND_CLAIM = 1 << 3,
    BOND_PROCEDURE = 1 << 4,
};

/* PR-5, A-103. */
struct date file_archive_due(struct date last_contact, const struct retention_law *law);

extern const struct refusal FILE_CONTACT_UNKNOWN, FILE_CONTACT_RECENT, FILE_HELD_BY_OPEN_MATTER;
/* PR-5: bonds is a sum of file_bond. */
const struct refusal *file_may_be_archived(struct date last_contact, uint32_t bonds, struct date on,
                                           const struct retention_law *law);

/* PR-6: when a record goes; absent while its time does not run, or for no known kind. */
struct date record_purge_due(enum record_kind kind, struct date from,
                             const struct retention_law *law);

struct retained_record {
    enum record_kind kind;
    struct date from; /* absent: still running */
};

/* PR-7: the day when the last of a household's records goes, and with it who the household is;
 * absent while one is still running, or when there is none. */
struct date identity_purge_due(const struct retained_record records[], size_t count,
                               const struct retention_law *law);

/* C-24, law of 1989 art. 7-1: the last day to claim a term, whatever the account is kept for. */
struct date rent_claim_last_day(struct date term_due_on, const struct retention_law *law);

extern const struct refusal ACCESS_LOG_KEPT_TOO_SHORT, ACCESS_LOG_KEPT_TOO_LONG;
/* PR-4, P-6: a setting of the access log. */
const struct refusal *access_log_period_is_allowed(int64_t months, const struct retention_law *law);

#endif
