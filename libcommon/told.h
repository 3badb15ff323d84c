/* told.h - what a source tells a follower, read in place
 *
 * An answer to Runtime.Read holds thousands of entries, of which a follower
 * checks every one and keeps few: so they are read where they lie, with nothing
 * copied.  The bytes are a source's and not trusted: nothing reaches beyond
 * them, and what is no such message is said to be none.  Whether it is true is
 * for the follower to check.
 */
#ifndef LIBCOMMON_TOLD_H
#define LIBCOMMON_TOLD_H

#include "libcommon/journal.h"
#include "libcommon/wire.h"

/* All that is pointed to lies in the answer. */
struct told {
    struct bytes id; /* of the question */
    bool done;       /* with status DONE; all below is of the reply's body */
    struct bytes log_id;
    uint32_t epoch;
    uint64_t head;
    bool diverged;
    uint64_t cut;
    struct bytes cut_hash;
    struct wire entries; /* what told_next() goes through */
};

struct told_entry {
    struct bytes header;
    struct bytes event;
    struct bytes private_digest;
    struct bytes hash;
    /* of the header */
    uint64_t sequence;
    uint32_t epoch;
    uint32_t kind; /* a Tremplin__EntryKind, or what this release does not know */
    uint32_t hops;
    struct bytes type;
};

/* Reads an answer; false when it is no Reply, or a done one whose body is no ReadReply. */
bool told_read(struct bytes message, struct told *told);
/* The next entry; false at the end.  readable tells whether it is an Entry with a Header. */
bool told_next(struct told *told, struct told_entry *entry, bool *readable);

/* Reads what there is of the header, which is set; false when it is none. */
bool told_header(struct told_entry *entry);

/* Is it this text? */
bool told_is(struct bytes told, const char *text);

#endif
