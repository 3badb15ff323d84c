/* keys.h - each household's key, and what is sealed with it
 *
 * A service makes a key of its own for each household whose personal content it
 * takes.  With the key destroyed the content is gone from every journal, table,
 * copy and backup, while counts and chains stay true.
 *
 * The file is no database (a deleted value may stay in a database's pages): fixed
 * slots, overwritten in place and synced.  It keeps the erased identifiers, and
 * no key is ever made for one again.  A new key is on disk before the journal
 * commit that uses it: keys_sync() says so.  One slot holds the service's own
 * secret, for digests that tell nothing.
 *
 * Boxes are XChaCha20-Poly1305 (libsodium), bound to the household: a box moved
 * under another household does not open.
 */
#ifndef LIBCOMMON_KEYS_H
#define LIBCOMMON_KEYS_H

#include "libcommon/arena.h"
#include "libcommon/fault.h"
#include "libcommon/ids.h"
#include "libcommon/journal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct key_slot;

struct keys {
    int file;
    char path[512];
    struct key_slot *slots; /* as in the file; locked memory */
    size_t count;
    size_t room;
    uint32_t *index; /* by household, open addressing; slot number + 1 */
    size_t index_room;
    size_t erased;
    bool unsynced;
    bool doubtful; /* a sync failed: what it was to write may be on no disk */
    struct fault fault;
};

/* Opens or makes the file; a new one's secret comes from random.  Where random is NULL it must be
 * there with its secret: FAULT_UNREADABLE, count 0 and nothing made when not. */
bool keys_open(struct keys *keys, const char *path, const uint8_t random[32]);
void keys_close(struct keys *keys);

enum key_state { KEY_UNKNOWN, KEY_READY, KEY_ERASED, KEY_FAULT };
enum key_state keys_state(const struct keys *keys, const char *household);
/* Makes a key when there is none; KEY_ERASED when there must never be one again. */
enum key_state keys_make(struct keys *keys, const char *household, const uint8_t random[32]);
/* What was made is on disk once true. */
bool keys_sync(struct keys *keys);

/* Destroys a household's key, on disk at once, and remembers that it is erased. */
bool keys_destroy(struct keys *keys, const char *household);
/* The number of the erased, and each of them. */
size_t keys_erased(const struct keys *keys, size_t from, char household[ID_TEXT_SIZE]);

/* Seals clear into the arena, with a nonce never used before for this key. An empty box: no key. */
struct bytes keys_seal(struct keys *keys, const char *household, struct bytes clear,
                       const uint8_t nonce[24], struct arena *arena);
/* Opens a box into the arena, ended by a NUL; NULL when the key is gone or the box is another's. */
const char *keys_open_box(const struct keys *keys, const char *household, struct bytes box,
                          struct arena *arena, size_t *length);

/* A digest keyed with the service's secret. */
void keys_digest(const struct keys *keys, struct bytes bytes, uint8_t digest[HASH_SIZE]);

/* The single copy elsewhere: overwritten in place and synced, so that one generation exists.  A
 * copy of another key store is left as it is: it may be all that is left of it; so is one that has
 * keys or erasures that are not here. */
bool keys_copy(struct keys *keys, const char *path);

/* Have both the same secret: are they one store at two instants? */
bool keys_are_same(const struct keys *keys, const struct keys *others);
/* Takes from a copy of the same store what is not there: keys, and whoever is erased, on disk at
 * once.  False where both have a key of one household and the two differ. */
bool keys_join(struct keys *keys, const struct keys *from);

#endif
