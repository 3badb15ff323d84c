/* fault.h - our side failing, as a value
 *
 * A fault is sticky where it happens (a transaction, a journal): the first one
 * stays, later calls do nothing, and the runtime looks once, logs once and goes
 * back.  A refusal is not a fault, and a bug is an assert.
 */
#ifndef LIBCOMMON_FAULT_H
#define LIBCOMMON_FAULT_H

#include <stdbool.h>

enum fault_kind {
    NO_FAULT,
    FAULT_NO_SPACE,   /* the disk is full: refuse commands, recover by oneself */
    FAULT_MAP_FULL,   /* the map must grow: go back and do it again */
    FAULT_DISK,       /* EIO or worse: end the process, never retry */
    FAULT_UNREADABLE, /* a record does not say what was written */
    FAULT_DAMAGED,    /* a store's own structure: end the process, an operator must look */
    FAULT_MEMORY,     /* an arena or the system is out of memory */
    FAULT_BUILD,      /* a message of ours cannot be sealed, packed or stored */
    FAULT_UNDECIDED,  /* the law of a date is not known: tried again, status says so */
};

struct fault {
    enum fault_kind kind;
    const char *part; /* of the store: journal, tables, keys; NULL: of none, or not told */
    char detail[160]; /* for the log: no personal data */
};

/* Keeps the first fault only.  Returns false, for `return fault_set(...)`. */
__attribute__((format(printf, 3, 4))) bool fault_set(struct fault *fault, enum fault_kind kind,
                                                     const char *format, ...);
/* The same for a return code of LMDB or an errno. */
bool fault_set_code(struct fault *fault, int code, const char *doing);
/* The same for what LMDB wrote, with errno set to 0 before it: a write that came short, because the
 * disk filled up in the middle of it, LMDB tells as EIO too, but only the disk's own EIO is errno.
 */
bool fault_set_written(struct fault *fault, int code, const char *doing);
const char *fault_name(enum fault_kind kind);

#endif
