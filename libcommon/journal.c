#include "libcommon/journal.h"

#include "libcommon/damage.h"
#include "libcommon/wire.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { TELL_BYTES = 768 * 1024, TELL_BYTES_MOST = 960 * 1024, TELL_MOST = 2000 };
/* The numbers of StoredEntry's fields (proto/tremplin.proto); they never change. */
enum {
    STORED_HEADER = 1,
    STORED_EVENT = 2,
    STORED_PRIVATE = 3,
    STORED_HASH = 4,
    STORED_FIELDS = STORED_HASH
};

/* --- the chain -------------------------------------------------------------------------------- */

void journal_digest(struct bytes bytes, uint8_t digest[HASH_SIZE])
{
    crypto_generichash(digest, HASH_SIZE, bytes.at, bytes.length, NULL, 0);
}

void journal_chain(const uint8_t previous[HASH_SIZE], struct bytes header, struct bytes event,
                   const uint8_t private_digest[HASH_SIZE], uint8_t hash[HASH_SIZE])
{
    crypto_generichash_state state;
    uint8_t event_digest[HASH_SIZE];

    journal_digest(event, event_digest);
    crypto_generichash_init(&state, NULL, 0, HASH_SIZE);
    crypto_generichash_update(&state, previous, HASH_SIZE);
    crypto_generichash_update(&state, header.at, header.length);
    crypto_generichash_update(&state, event_digest, HASH_SIZE);
    crypto_generichash_update(&state, private_digest, HASH_SIZE);
    crypto_generichash_final(&state, hash, HASH_SIZE);
}

/* --- keys of the environment: big-endian, so that the last number is the last key ------------- */

static void sequence_key(uint64_t sequence, uint8_t bytes[8])
{
    for (int i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(sequence >> (56 - 8 * i));
}

static uint64_t key_sequence(const MDB_val *key)
{
    const uint8_t *bytes = key->mv_data;
    uint64_t sequence = 0;

    for (size_t i = 0; i < 8 && i < key->mv_size; i++)
        sequence = sequence << 8 | bytes[i];
    return sequence;
}

static struct bytes as_bytes(ProtobufCBinaryData data)
{
    return (struct bytes){ .at = data.data, .length = data.len };
}

static ProtobufCBinaryData as_data(struct bytes bytes)
{
    return (ProtobufCBinaryData){ .len = bytes.length, .data = (uint8_t *)(uintptr_t)bytes.at };
}

/* --- opening ---------------------------------------------------------------------------------- */

static bool open_environment(struct journal *journal, const char *directory, unsigned flags)
{
    char path[512];
    int stale, code;

    snprintf(path, sizeof path, "%s/journal", directory);
    if (!(flags & MDB_RDONLY) && mkdir(path, 0700) != 0 && errno != EEXIST)
        return fault_set(&journal->fault, FAULT_DISK, "%s: %s", path, strerror(errno));
    code = mdb_env_create(&journal->env);
    if (code != 0)
        return fault_set_code(&journal->fault, code, "journal");
    mdb_env_set_maxdbs(journal->env, 2);
    mdb_env_set_mapsize(journal->env, journal->map_bytes);
    code = mdb_env_open(journal->env, path, flags, 0600);
    if (code == EBADF && (flags & MDB_RDONLY))
        code = MDB_INVALID; /* an empty file, which LMDB would begin */
    if (code != 0)
        return fault_set_code(&journal->fault, code, path);
    damage_watch(journal->env);
    mdb_reader_check(journal->env, &stale);
    return true;
}

/* The log_id, made at the first start of all. */
static int identify(struct journal *journal, MDB_txn *txn, const char *fresh_log_id)
{
    MDB_val key = { .mv_size = 6, .mv_data = (void *)(uintptr_t) "log_id" };
    MDB_val value;
    int code = mdb_get(txn, journal->identity, &key, &value);

    if (code == 0 && value.mv_size == ID_TEXT_SIZE - 1) {
        memcpy(journal->log_id, value.mv_data, ID_TEXT_SIZE - 1);
        return 0;
    }
    if (code != MDB_NOTFOUND)
        return code == 0 ? MDB_CORRUPTED : code;
    snprintf(journal->log_id, sizeof journal->log_id, "%s", fresh_log_id);
    value = (MDB_val){ .mv_size = ID_TEXT_SIZE - 1, .mv_data = journal->log_id };
    return mdb_put(txn, journal->identity, &key, &value, 0);
}

static MDB_val text_val(const char *text)
{
    return (MDB_val){ .mv_size = strlen(text), .mv_data = (void *)(uintptr_t)text };
}

/* --- cuts: one row each, in the order of the epochs that they raised -------------------------- */

enum { CUT_KEY = 7, CUT_VALUE = 12, MARK_VALUE = 4 };

static void put_number(uint32_t number, uint8_t bytes[4])
{
    for (int i = 0; i < 4; i++)
        bytes[i] = (uint8_t)(number >> (24 - 8 * i));
}

static uint32_t number_at(const void *at)
{
    const uint8_t *bytes = at;

    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* One that is there already stays as it is. */
static int put_cut(const struct journal *journal, MDB_txn *txn, const struct journal_cut *cut)
{
    uint8_t name[CUT_KEY] = { 'c', 'u', 't' }, bytes[CUT_VALUE];
    MDB_val key = { .mv_size = sizeof name, .mv_data = name };
    MDB_val value = { .mv_size = sizeof bytes, .mv_data = bytes };
    int code;

    put_number(cut->epoch, name + 3);
    sequence_key(cut->last_kept, bytes);
    put_number(cut->before, bytes + 8);
    code = mdb_put(txn, journal->identity, &key, &value, MDB_NOOVERWRITE);
    return code == MDB_KEYEXIST ? 0 : code;
}

static bool read_cut(const MDB_val *key, const MDB_val *value, struct journal_cut *cut)
{
    const MDB_val last_kept = { .mv_size = 8, .mv_data = value->mv_data };

    if (key->mv_size != CUT_KEY || memcmp(key->mv_data, "cut", 3) != 0 ||
        value->mv_size != CUT_VALUE)
        return false;
    *cut = (struct journal_cut){
        .epoch = number_at((const uint8_t *)key->mv_data + 3),
        .before = number_at((const uint8_t *)value->mv_data + 8),
        .last_kept = key_sequence(&last_kept),
    };
    return true;
}

static int read_cuts(const struct journal *journal, MDB_txn *txn, struct journal_past *past)
{
    MDB_cursor *cursor;
    MDB_val key, value;
    int code = mdb_cursor_open(txn, journal->identity, &cursor);

    past->count = 0;
    if (code != 0)
        return code;
    code = mdb_cursor_get(cursor, &key, &value, MDB_FIRST);
    while (code == 0 && past->count < CUTS_MOST) {
        past->count += read_cut(&key, &value, &past->cuts[past->count]);
        code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT);
    }
    mdb_cursor_close(cursor);
    return code == MDB_NOTFOUND ? 0 : code;
}

/* Whether an epoch is owed for a cut, and which. */
static int find_debt(struct journal *journal, MDB_txn *txn)
{
    MDB_val mark = text_val("restored"), value;
    int code = mdb_get(txn, journal->identity, &mark, &value);

    journal->restored = code == 0;
    journal->epoch_owed = code == 0 && value.mv_size == MARK_VALUE ? number_at(value.mv_data) : 0;
    return code == MDB_NOTFOUND ? 0 : code;
}

static int put_debt(const struct journal *journal, MDB_txn *txn, uint32_t epoch)
{
    uint8_t bytes[MARK_VALUE];
    MDB_val mark = text_val("restored"), value = { .mv_size = sizeof bytes, .mv_data = bytes };

    put_number(epoch, bytes);
    return mdb_put(txn, journal->identity, &mark, &value, 0);
}

/* The epoch that a cut owes is there.  The cut itself stays. */
static int settle_debt(const struct journal *journal, MDB_txn *txn)
{
    MDB_val mark = text_val("restored");
    int code = mdb_del(txn, journal->identity, &mark, NULL);

    return code == MDB_NOTFOUND ? 0 : code;
}

uint32_t journal_next_epoch(const struct journal *journal)
{
    return journal->restored && journal->epoch_owed > journal->epoch ? journal->epoch_owed
                                                                     : journal->epoch + 1;
}

static int find_head(struct journal *journal, MDB_txn *txn)
{
    MDB_cursor *cursor;
    MDB_val key, value;
    int code = mdb_cursor_open(txn, journal->entries, &cursor);
    Tremplin__StoredEntry *stored;
    Tremplin__Header *header = NULL;

    if (code != 0)
        return code;
    code = mdb_cursor_get(cursor, &key, &value, MDB_LAST);
    mdb_cursor_close(cursor);
    journal->head = 0;
    journal->epoch = 1;
    memset(journal->hash, 0, HASH_SIZE);
    if (code == MDB_NOTFOUND)
        return 0;
    if (code != 0)
        return code;
    stored = tremplin__stored_entry__unpack(NULL, value.mv_size, value.mv_data);
    if (stored)
        header = tremplin__header__unpack(NULL, stored->header.len, stored->header.data);
    if (header && stored->hash.len == HASH_SIZE && header->sequence == key_sequence(&key)) {
        journal->head = header->sequence;
        journal->epoch = header->epoch;
        memcpy(journal->hash, stored->hash.data, HASH_SIZE);
    } else {
        code = MDB_CORRUPTED;
    }
    tremplin__header__free_unpacked(header, NULL);
    tremplin__stored_entry__free_unpacked(stored, NULL);
    return code;
}

static void remember_committed(struct journal *journal)
{
    journal->committed = journal->head;
    journal->committed_epoch = journal->epoch;
    memcpy(journal->committed_hash, journal->hash, HASH_SIZE);
}

bool journal_open(struct journal *journal, const char *directory, size_t map_bytes,
                  const char *fresh_log_id)
{
    MDB_txn *txn = NULL;
    int code;

    *journal = (struct journal){ .map_bytes = map_bytes };
    if (!open_environment(journal, directory, 0))
        return false;
    code = mdb_txn_begin(journal->env, NULL, 0, &txn);
    if (code == 0)
        code = mdb_dbi_open(txn, "entries", MDB_CREATE, &journal->entries);
    if (code == 0)
        code = mdb_dbi_open(txn, "identity", MDB_CREATE, &journal->identity);
    if (code == 0)
        code = identify(journal, txn, fresh_log_id);
    if (code == 0)
        code = find_head(journal, txn);
    if (code == 0)
        code = find_debt(journal, txn);
    if (code == 0)
        code = mdb_txn_commit(txn);
    else if (txn)
        mdb_txn_abort(txn);
    if (code != 0)
        return fault_set_code(&journal->fault, code, "journal");
    remember_committed(journal);
    return true;
}

void journal_close(struct journal *journal)
{
    if (journal->txn)
        mdb_txn_abort(journal->txn);
    damage_forget(journal->env);
    if (journal->env)
        mdb_env_close(journal->env);
    *journal = (struct journal){ 0 };
}

/* In the open batch's transaction, or in a short one of its own. */
static int begin_reading(struct journal *journal, MDB_txn **txn)
{
    *txn = journal->txn;
    return *txn ? 0 : mdb_txn_begin(journal->env, NULL, MDB_RDONLY, txn);
}

static void end_reading(const struct journal *journal, MDB_txn *txn)
{
    if (txn != journal->txn)
        mdb_txn_abort(txn);
}

/* --- appending -------------------------------------------------------------------------------- */

static bool begin(struct journal *journal)
{
    int code = journal->txn ? 0 : mdb_txn_begin(journal->env, NULL, 0, &journal->txn);

    return code == 0 || fault_set_code(&journal->fault, code, "journal");
}

/* The entry is packed in the page itself: key, one length, and it is written once. */
static int put(struct journal *journal, uint64_t sequence, const Tremplin__StoredEntry *stored)
{
    uint8_t bytes[8];
    MDB_val key = { .mv_size = sizeof bytes, .mv_data = bytes };
    MDB_val value = { .mv_size = tremplin__stored_entry__get_packed_size(stored) };
    int code;

    sequence_key(sequence, bytes);
    code = mdb_put(journal->txn, journal->entries, &key, &value, MDB_APPEND | MDB_RESERVE);
    if (code == 0)
        tremplin__stored_entry__pack(stored, value.mv_data);
    return code;
}

bool journal_append(struct journal *journal, Tremplin__Header *header, struct bytes event,
                    struct bytes private_part)
{
    enum { HEADER_SIZE = 2048 };
    Tremplin__StoredEntry stored = TREMPLIN__STORED_ENTRY__INIT;
    uint8_t packed[HEADER_SIZE], private_digest[HASH_SIZE], hash[HASH_SIZE];
    struct bytes header_bytes = { .at = packed };
    int code;

    if (journal->fault.kind != NO_FAULT || !begin(journal))
        return false;
    header->sequence = journal->head + 1;
    if (header->kind != TREMPLIN__ENTRY_KIND__ENTRY_KIND_EPOCH)
        header->epoch = journal->epoch;
    if (tremplin__header__get_packed_size(header) > sizeof packed)
        return fault_set(&journal->fault, FAULT_BUILD, "a header is too long");
    header_bytes.length = tremplin__header__pack(header, packed);
    journal_digest(private_part, private_digest);
    journal_chain(journal->hash, header_bytes, event, private_digest, hash);
    stored.header = as_data(header_bytes);
    stored.event = as_data(event);
    stored.private_ = as_data(private_part);
    stored.hash = (ProtobufCBinaryData){ .len = HASH_SIZE, .data = hash };
    code = put(journal, header->sequence, &stored);
    if (code == 0 && header->kind == TREMPLIN__ENTRY_KIND__ENTRY_KIND_EPOCH)
        code = settle_debt(journal, journal->txn);
    if (code != 0)
        return fault_set_code(&journal->fault, code, "journal");
    if (header->kind == TREMPLIN__ENTRY_KIND__ENTRY_KIND_EPOCH)
        journal->restored = false;
    journal->head = header->sequence;
    journal->epoch = header->epoch;
    memcpy(journal->hash, hash, HASH_SIZE);
    return true;
}

bool journal_commit(struct journal *journal)
{
    int code = 0;

    if (journal->fault.kind != NO_FAULT)
        return false;
    errno = 0;
    if (journal->txn)
        code = mdb_txn_commit(journal->txn);
    journal->txn = NULL;
    if (code != 0)
        return fault_set_written(&journal->fault, code, "committing the journal");
    remember_committed(journal);
    return true;
}

bool journal_go_back(struct journal *journal)
{
    bool full = journal->fault.kind == FAULT_MAP_FULL;
    MDB_txn *txn;
    int code;

    if (journal->txn)
        mdb_txn_abort(journal->txn);
    journal->txn = NULL;
    journal->fault = (struct fault){ 0 };
    journal->head = journal->committed;
    journal->epoch = journal->committed_epoch;
    memcpy(journal->hash, journal->committed_hash, HASH_SIZE);
    code = begin_reading(journal, &txn);
    if (code == 0) {
        code = find_debt(journal, txn);
        mdb_txn_abort(txn);
    }
    if (code != 0)
        return fault_set_code(&journal->fault, code, "going back");
    if (!full)
        return true;
    journal->map_bytes *= 2;
    code = mdb_env_set_mapsize(journal->env, journal->map_bytes);
    damage_watch(journal->env);
    return code == 0 || fault_set_code(&journal->fault, code, "growing the journal's map");
}

/* --- reading ---------------------------------------------------------------------------------- */

static bool unpack_entry(const MDB_val *value, struct arena *arena, struct stored_entry *entry)
{
    const Tremplin__StoredEntry *stored =
        tremplin__stored_entry__unpack(&arena->unpacker, value->mv_size, value->mv_data);

    if (!stored || stored->hash.len != HASH_SIZE)
        return false;
    entry->header_bytes = as_bytes(stored->header);
    entry->event = as_bytes(stored->event);
    entry->private_bytes = as_bytes(stored->private_);
    memcpy(entry->hash, stored->hash.data, HASH_SIZE);
    entry->header =
        tremplin__header__unpack(&arena->unpacker, stored->header.len, stored->header.data);
    entry->private_part = tremplin__private_part__unpack(&arena->unpacker, stored->private_.len,
                                                         stored->private_.data);
    return entry->header && entry->private_part;
}

bool journal_read(struct journal *journal, uint64_t sequence, struct arena *arena,
                  struct stored_entry *entry)
{
    uint8_t bytes[8];
    MDB_val key = { .mv_size = sizeof bytes, .mv_data = bytes }, value;
    MDB_txn *txn;
    bool whole = false;
    int code = begin_reading(journal, &txn);

    sequence_key(sequence, bytes);
    if (code != 0)
        return fault_set_code(&journal->fault, code, "reading the journal");
    code = mdb_get(txn, journal->entries, &key, &value);
    if (code == 0)
        whole = unpack_entry(&value, arena, entry);
    end_reading(journal, txn);
    if (code == 0 && !whole)
        return fault_set(&journal->fault, arena->exhausted ? FAULT_MEMORY : FAULT_UNREADABLE,
                         "entry %llu cannot be read", (unsigned long long)sequence);
    if (code != 0 && code != MDB_NOTFOUND)
        return fault_set_code(&journal->fault, code, "reading the journal");
    return whole;
}

/* An entry as it rests, read where it lies; false when it is none. */
static bool read_stored(struct bytes value, struct bytes fields[STORED_FIELDS + 1])
{
    struct wire wire = { .next = value.at, .end = value.at + value.length };

    memset(fields, 0, (STORED_FIELDS + 1) * sizeof *fields);
    while (wire.next < wire.end && !wire.is_broken) {
        const struct wire_field field = wire_next(&wire);

        if (field.type != WIRE_LENGTH)
            return false;
        if (field.number <= STORED_FIELDS)
            fields[field.number] = (struct bytes){ field.bytes, field.length };
    }
    return !wire.is_broken && fields[STORED_HASH].length == HASH_SIZE;
}

/* One copy, and what it points to; NULL when the arena is full or the entry is none. */
static Tremplin__Entry *entry_to_tell(const MDB_val *value, struct arena *arena)
{
    struct bytes fields[STORED_FIELDS + 1];
    struct {
        Tremplin__Entry told;
        uint8_t digest[HASH_SIZE];
    } *entry = arena_take(arena, sizeof *entry);
    struct bytes copy = { arena_copy(arena, value->mv_data, value->mv_size), value->mv_size };

    if (!entry || !copy.at || !read_stored(copy, fields))
        return NULL;
    tremplin__entry__init(&entry->told);
    journal_digest(fields[STORED_PRIVATE], entry->digest);
    entry->told.header = as_data(fields[STORED_HEADER]);
    entry->told.event = as_data(fields[STORED_EVENT]);
    entry->told.hash = as_data(fields[STORED_HASH]);
    entry->told.private_digest = (ProtobufCBinaryData){ .len = HASH_SIZE, .data = entry->digest };
    return &entry->told;
}

static int tell_from(MDB_cursor *cursor, uint64_t from, uint32_t most, struct arena *arena,
                     Tremplin__ReadReply *reply)
{
    uint8_t bytes[8];
    MDB_val key = { .mv_size = sizeof bytes, .mv_data = bytes }, value;
    size_t told_bytes = 0;
    int code;

    sequence_key(from, bytes);
    code = mdb_cursor_get(cursor, &key, &value, MDB_SET_RANGE);
    while (code == 0 && reply->n_entries < most && told_bytes < TELL_BYTES) {
        size_t mark = arena->used;
        Tremplin__Entry *told = NULL;

        /* Beside others only what a message holds with them. */
        if (reply->n_entries > 0 && told_bytes + value.mv_size > TELL_BYTES_MOST)
            return 0;
        told = entry_to_tell(&value, arena);
        if (!told && reply->n_entries > 0) {
            arena->used = mark;
            arena->exhausted = false;
            return 0;
        }
        if (!told)
            return ENOMEM;
        reply->entries[reply->n_entries++] = told;
        told_bytes += value.mv_size;
        code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT);
    }
    return code == MDB_NOTFOUND ? 0 : code;
}

bool journal_tell(struct journal *journal, uint64_t from, uint32_t most, struct arena *arena,
                  Tremplin__ReadReply *reply)
{
    MDB_txn *txn;
    MDB_cursor *cursor;
    int code;

    if (most == 0 || most > TELL_MOST)
        most = TELL_MOST;
    reply->log_id = journal->log_id;
    reply->epoch = journal->committed_epoch;
    reply->head = journal->committed;
    reply->n_entries = 0;
    if (from > journal->committed)
        return true;
    reply->entries = arena_take(arena, most * sizeof *reply->entries);
    if (!reply->entries)
        return fault_set(&journal->fault, FAULT_MEMORY, "the arena is full");
    code = mdb_txn_begin(journal->env, NULL, MDB_RDONLY, &txn);
    if (code != 0)
        return fault_set_code(&journal->fault, code, "reading the journal");
    code = mdb_cursor_open(txn, journal->entries, &cursor);
    if (code == 0) {
        code = tell_from(cursor, from, most, arena, reply);
        mdb_cursor_close(cursor);
    }
    mdb_txn_abort(txn);
    return code == 0 || fault_set_code(&journal->fault, code, "reading the journal");
}

bool journal_hash_of(struct journal *journal, uint64_t sequence, uint8_t hash[HASH_SIZE])
{
    uint8_t bytes[8];
    MDB_val key = { .mv_size = sizeof bytes, .mv_data = bytes }, value;
    MDB_txn *txn;
    bool found = false;
    int code;

    memset(hash, 0, HASH_SIZE);
    if (sequence == 0)
        return true;
    sequence_key(sequence, bytes);
    code = mdb_txn_begin(journal->env, NULL, MDB_RDONLY, &txn);
    if (code != 0)
        return fault_set_code(&journal->fault, code, "reading the journal");
    code = mdb_get(txn, journal->entries, &key, &value);
    if (code == 0) {
        Tremplin__StoredEntry *stored =
            tremplin__stored_entry__unpack(NULL, value.mv_size, value.mv_data);

        found = stored && stored->hash.len == HASH_SIZE;
        if (found)
            memcpy(hash, stored->hash.data, HASH_SIZE);
        tremplin__stored_entry__free_unpacked(stored, NULL);
    }
    mdb_txn_abort(txn);
    if (code != 0 && code != MDB_NOTFOUND)
        fault_set_code(&journal->fault, code, "reading the journal");
    return found;
}

/* --- backup and restore ----------------------------------------------------------------------- */

bool journal_past(struct journal *journal, struct journal_past *past)
{
    MDB_txn *txn;
    int code = begin_reading(journal, &txn);

    if (code == 0) {
        code = read_cuts(journal, txn, past);
        end_reading(journal, txn);
    }
    past->epoch = journal->restored ? journal_next_epoch(journal) : journal->epoch;
    return code == 0 || fault_set_code(&journal->fault, code, "reading the journal's cuts");
}

/* The last cut on the way from an epoch back to an earlier one; NULL when there is none. */
static const struct journal_cut *last_cut(const struct journal_past *past, uint32_t from,
                                          uint32_t to)
{
    const struct journal_cut *last = NULL;

    for (size_t i = 0; i < past->count; i++)
        if (past->cuts[i].epoch <= from && past->cuts[i].epoch > to &&
            (!last || past->cuts[i].epoch > last->epoch))
            last = &past->cuts[i];
    return last;
}

/* Epochs are the branches of a tree, of which cuts are the forks: from both ends back to where they
 * meet. */
uint64_t journal_shared(const struct journal_past *past, uint32_t epoch, uint64_t sequence)
{
    uint32_t later = past->epoch, earlier = epoch <= past->epoch ? epoch : 0;

    while (later > earlier) {
        const struct journal_cut *cut = last_cut(past, later, earlier);

        if (!cut)
            break; /* raised without one: nothing was lost */
        if (cut->last_kept < sequence)
            sequence = cut->last_kept;
        later = cut->before < cut->epoch ? cut->before : cut->epoch - 1;
        if (later < earlier) {
            uint32_t swapped = later;

            later = earlier;
            earlier = swapped;
        }
    }
    return sequence;
}

static int put_cuts(const struct journal *journal, MDB_txn *txn, const struct journal_past *past)
{
    int code = 0;

    for (size_t i = 0; code == 0 && i < past->count; i++)
        code = put_cut(journal, txn, &past->cuts[i]);
    return code;
}

bool journal_cut(struct journal *journal, uint64_t last_kept, const struct journal_past *replaced)
{
    uint8_t bytes[8];
    MDB_val key = { .mv_size = sizeof bytes, .mv_data = bytes };
    struct journal_cut cut = { .epoch = journal_next_epoch(journal), .last_kept = last_kept };
    MDB_txn *txn;
    int code = mdb_txn_begin(journal->env, NULL, 0, &txn);

    if (replaced && replaced->epoch >= cut.epoch)
        cut.epoch = replaced->epoch + 1;
    for (uint64_t sequence = journal->head; code == 0 && sequence > last_kept; sequence--) {
        sequence_key(sequence, bytes);
        code = mdb_del(txn, journal->entries, &key, NULL);
    }
    if (code == 0)
        code = find_head(journal, txn);
    cut.before = journal->epoch;
    if (code == 0 && replaced)
        code = put_cuts(journal, txn, replaced);
    if (code == 0)
        code = put_cut(journal, txn, &cut);
    if (code == 0)
        code = put_debt(journal, txn, cut.epoch);
    if (code == 0)
        code = find_debt(journal, txn);
    if (code == 0)
        code = mdb_txn_commit(txn);
    else
        mdb_txn_abort(txn);
    if (code != 0)
        return fault_set_code(&journal->fault, code, "cutting the journal");
    remember_committed(journal);
    return true;
}

bool journal_copy(const char *directory, const char *to, struct fault *fault)
{
    struct journal journal = { .map_bytes = (size_t)1 << 30 };
    char path[512];
    int code = 0;

    snprintf(path, sizeof path, "%s/journal", to);
    if (mkdir(to, 0700) != 0 && errno != EEXIST)
        code = errno;
    if (code == 0 && mkdir(path, 0700) != 0 && errno != EEXIST)
        code = errno;
    if (code == 0 && open_environment(&journal, directory, MDB_RDONLY))
        code = mdb_env_copy2(journal.env, path, MDB_CP_COMPACT);
    damage_forget(journal.env);
    if (journal.env)
        mdb_env_close(journal.env);
    if (journal.fault.kind != NO_FAULT)
        *fault = journal.fault;
    fault->part = "journal";
    return journal.fault.kind == NO_FAULT &&
           (code == 0 || fault_set_code(fault, code, "copying the journal"));
}
