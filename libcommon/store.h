/* store.h - what a service knows: typed tables in LMDB, in one transaction kept open
 *
 * The tables say what the journal says and nothing more: they are a function of
 * it.  One write transaction is kept open on them; every batch reads and writes
 * it, and a checkpoint commits it with the place in the journal up to which it
 * is applied.  After a crash or a fault the tables are at their last checkpoint
 * and the journal's entries after it are applied again.
 *
 * A value is a packed message with a checksum before it.  What is read is
 * unpacked into the arena of the input at hand, so it outlives later writes.
 * Faults are sticky: after one, every read finds nothing and every write does
 * nothing, until the runtime goes back.
 *
 * No DUPSORT, no nesting, default sync flags only, one process a store.
 */
#ifndef LIBCOMMON_STORE_H
#define LIBCOMMON_STORE_H

#include "libcommon/arena.h"
#include "libcommon/calendar.h"
#include "libcommon/fault.h"
#include "libcommon/ids.h"

#include <lmdb.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* --- keys: byte order is the order of what they say ------------------------------------------- */

enum { KEY_SIZE = 96 };

struct key {
    uint8_t length;
    bool broken; /* a part was no identifier, or did not fit: nothing is found under it */
    uint8_t bytes[KEY_SIZE];
};

void key_add_id(struct key *key, const char *id);     /* a UUID in text: 16 bytes, time-ordered */
void key_add_text(struct key *key, const char *text); /* ended by a zero byte; 1 to 60 bytes */
void key_add_bytes(struct key *key, const uint8_t *bytes, size_t length); /* at least one */
void key_add_number(struct key *key, uint64_t number);
void key_add_byte(struct key *key, uint8_t byte);
void key_add_date(struct key *key, struct date date);
void key_add_instant(struct key *key, int64_t utc_ms);
/* The commonest keys. */
struct key key_id(const char *id);
struct key key_ids(const char *first, const char *second);
struct key key_text(const char *text);
struct key key_number(uint64_t number);

/* Reads a part back, advancing *at; false when the key is shorter. */
bool key_read_id(const struct key *key, size_t *at, char id[ID_TEXT_SIZE]);
bool key_read_number(const struct key *key, size_t *at, uint64_t *number);
bool key_read_byte(const struct key *key, size_t *at, uint8_t *byte);
bool key_read_instant(const struct key *key, size_t *at, int64_t *utc_ms);
bool key_read_date(const struct key *key, size_t *at, struct date *date);

/* --- tables ----------------------------------------------------------------------------------- */

/* A table of a service: its name on disk and what its values are. */
struct table {
    const char *name;
    const ProtobufCMessageDescriptor *value;
};

enum { TABLES_MOST = 48 };

struct tables {
    MDB_env *env;
    MDB_txn *txn;
    const struct table *list[TABLES_MOST];
    MDB_dbi dbi[TABLES_MOST];
    MDB_cursor *cursor[TABLES_MOST];
    size_t count;
    struct arena *arena; /* where what is read is unpacked */
    bool writable; /* only while an entry is applied, and for the runtime's own checkpoint: to write
                      at any other time is a bug */
    size_t puts;   /* since the last checkpoint */
    size_t map_bytes;
    struct fault fault;
};

/* Opens directory/tables and its tables (lists ended by NULL), creating what is missing.
 * map_bytes is address space, not disk. */
bool tables_open(struct tables *tables, const char *directory, size_t map_bytes,
                 const struct table *const *const lists[], size_t list_count, struct arena *arena);
void tables_close(struct tables *tables);

/* The unpacked value, in the arena; NULL when there is none or on a fault. */
void *table_get(struct tables *tables, const struct table *table, struct key key);
bool table_has(struct tables *tables, const struct table *table, struct key key);
/* Packs and stores; replaces what was there.  These two from apply only: decide, a query, act and
 * a counter read. */
void table_put(struct tables *tables, const struct table *table, struct key key,
               const ProtobufCMessage *value);
void table_delete(struct tables *tables, const struct table *table, struct key key);
size_t table_count(struct tables *tables, const struct table *table);

/* Walks the rows whose key begins with prefix, in order:
 *     struct walk walk = walk_from(tables, &stays, key_id(unit));
 *     while (walk_next(&walk)) { const Lodging__Stay *stay = walk.value; ... }
 * Rows may be written meanwhile.  Nothing needs closing. */
struct walk {
    struct tables *tables;
    const struct table *table;
    size_t prefix;
    bool begun;
    size_t mark;    /* how full the arena was before the row at hand */
    struct key key; /* of the row at hand */
    void *value;    /* in the arena */
};
struct walk walk_from(struct tables *tables, const struct table *table, struct key prefix);
/* The same, beginning at a key that itself begins with the first prefix_length bytes. */
struct walk walk_from_key(struct tables *tables, const struct table *table, struct key from,
                          size_t prefix_length);
bool walk_next(struct walk *walk);
/* The row at hand is not needed any more: gives back its memory and whatever was taken from the
 * arena since, so that a long walk needs no more than one row. */
void walk_forget(struct walk *walk);

/* --- the open transaction: for the runtime only ----------------------------------------------- */

/* Commits what the batches wrote and begins anew. */
bool tables_checkpoint(struct tables *tables);
/* Forgets everything since the last checkpoint, and the fault; grows the map first when it was
 * full.  False when even that fails. */
bool tables_go_back(struct tables *tables);
/* Empties every table, for a rebuild. */
bool tables_empty(struct tables *tables);
/* A compacting copy of a directory's tables as of their last checkpoint into another directory,
 * made while their service runs.  For another process than the service's.  The fault is of the part
 * tables. */
bool tables_copy(const char *directory, const char *to, struct fault *fault);
/* A digest over all rows of all tables but those of skip, to compare two stores. */
bool tables_digest(struct tables *tables, const struct table *skip, uint8_t digest[32]);

#endif
