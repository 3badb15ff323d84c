/* copies.h - journals read from copies, for backup, restore and verify */
#ifndef CTL_COPIES_H
#define CTL_COPIES_H

#include "services/ctl/ctl.h"

/* What an entry says of itself and of whom it heard. */
struct copied_entry {
    const Tremplin__Header *header;
    struct stored_entry stored;
    const Tremplin__OffsetMoved *heard; /* NULL unless a hearing or an offset */
};

/* Reads every entry of a journal in order; the function returns false to stop. */
typedef bool copied_entry_fn(void *context, const struct copied_entry *entry);
bool copy_read_all(struct journal *journal, copied_entry_fn *each, void *context);

/* The chain from its first entry: NULL when it holds, else what does not, with *sequence where. */
const char *copy_check_chain(struct journal *journal, uint64_t *sequence);

struct apart;
/* A journal's copy is opened and its chain checked; what is wrong is told.  Within apart_read(). */
int copy_check(const struct apart *apart, const char *service, const char *folder);

/* Asks the service for a checkpoint and copies its journal, and its tables where they are wanted,
 * into to/<service>. */
int copy_service(struct ctl *ctl, const char *service, const char *to, bool with_tables);

/* A path below another; both fit. */
const char *path_of(struct ctl *ctl, const char *folder, const char *name);

#endif
