/* journal.h - what happened: numbered, chained, only ever appended to
 *
 * Entries are numbered from 1 without gaps; each carries the hash of all before
 * it: hash = H(previous | header | H(event) | H(private)), H being BLAKE2b-256.
 * The event is public; the private part stays in this journal.  The journal has
 * an identity (log_id, made once) and an epoch, raised by a restore or a
 * takeover; the epoch in force is the one of the last entry.
 *
 * Appended entries count only once journal_commit() has returned true: with
 * LMDB's full sync they are then on disk.  This header is the only place that
 * knows where an entry goes.
 */
#ifndef LIBCOMMON_JOURNAL_H
#define LIBCOMMON_JOURNAL_H

#include "libcommon/arena.h"
#include "libcommon/fault.h"
#include "libcommon/ids.h"
#include "proto/tremplin.pb-c.h"

#include <lmdb.h>
#include <stdbool.h>
#include <stdint.h>

enum { HASH_SIZE = 32 };

struct bytes {
    const uint8_t *at;
    size_t length;
};

struct journal {
    MDB_env *env;
    MDB_txn *txn; /* open from the first append of a batch to its commit */
    MDB_dbi entries;
    MDB_dbi identity;
    size_t map_bytes;
    char log_id[ID_TEXT_SIZE];
    uint32_t epoch;
    uint64_t head;           /* with what is appended and not committed */
    uint8_t hash[HASH_SIZE]; /* of head; zeros when empty */
    uint64_t committed;
    uint8_t committed_hash[HASH_SIZE];
    uint32_t committed_epoch;
    bool restored;       /* cut by a restore, and its epoch not yet raised: */
    uint32_t epoch_owed; /* to this one */
    struct fault fault;
};

/* An entry as read: everything in the arena. */
struct stored_entry {
    const Tremplin__Header *header;
    struct bytes header_bytes;
    struct bytes event;
    const Tremplin__PrivatePart *private_part;
    struct bytes private_bytes;
    uint8_t hash[HASH_SIZE];
};

/* Opens directory/journal; a new one gets fresh_log_id. */
bool journal_open(struct journal *journal, const char *directory, size_t map_bytes,
                  const char *fresh_log_id);
void journal_close(struct journal *journal);

/* Appends after the head; fills the header's sequence and epoch (unless it is an epoch's entry,
 * which brings its own). Sticky fault. */
bool journal_append(struct journal *journal, Tremplin__Header *header, struct bytes event,
                    struct bytes private_part);
/* On disk once true.  Nothing to commit is true. */
bool journal_commit(struct journal *journal);
/* Forgets what is not committed, and the fault; grows the map first when it was full. */
bool journal_go_back(struct journal *journal);

/* Reads one entry, committed or appended in the open batch; false when there is none or on a fault.
 */
bool journal_read(struct journal *journal, uint64_t sequence, struct arena *arena,
                  struct stored_entry *entry);

/* Fills a reply to a follower from a read-only transaction, so that nothing uncommitted is told:
 * entries from a sequence on, at most `most` and about three quarters of a megabyte, in the arena.
 */
bool journal_tell(struct journal *journal, uint64_t from, uint32_t most, struct arena *arena,
                  Tremplin__ReadReply *reply);
/* The hash of a committed entry; all zeros for sequence 0; false when there is none, or
 * with a sticky fault when it cannot be read. */
bool journal_hash_of(struct journal *journal, uint64_t sequence, uint8_t hash[HASH_SIZE]);

/* The chain: what the hash of an entry must be. */
void journal_chain(const uint8_t previous[HASH_SIZE], struct bytes header, struct bytes event,
                   const uint8_t private_digest[HASH_SIZE], uint8_t hash[HASH_SIZE]);
void journal_digest(struct bytes bytes, uint8_t digest[HASH_SIZE]);

/* A cut by a restore: entries up to last_kept are those of the epoch before, those after it of an
 * epoch of its own.  Kept for ever: followers may come late. */
struct journal_cut {
    uint32_t epoch;  /* raised for it */
    uint32_t before; /* the epoch of the last entry kept */
    uint64_t last_kept;
};
enum { CUTS_MOST = 256 };

/* For a restore, with no service running: drops every entry after a sequence, and owes an epoch.
 * What is known of the journal that is replaced, where there is one, stays known: its cuts, and
 * that its epochs, up to the last, are not to be used again. */
struct journal_past {
    uint32_t epoch;
    size_t count;
    struct journal_cut cuts[CUTS_MOST];
};
bool journal_cut(struct journal *journal, uint64_t last_kept, const struct journal_past *replaced);
/* Of an open journal. */
bool journal_past(struct journal *journal, struct journal_past *past);
/* The last entry that this journal shares with who heard an entry of it, by its cuts: that entry or
 * an earlier one.  An epoch that is not known, 0 or a later one, leads to the lowest of all cuts.
 */
uint64_t journal_shared(const struct journal_past *past, uint32_t epoch, uint64_t sequence);
/* What the next epoch's entry must bring. */
uint32_t journal_next_epoch(const struct journal *journal);

/* A compacting copy of a directory's journal into another directory, made while its service runs.
 * For another process than the service's.  The fault is of the part journal. */
bool journal_copy(const char *directory, const char *to, struct fault *fault);

#endif
