#include "libcommon/store.h"

#include "libcommon/damage.h"

#include <assert.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

/* --- keys ------------------------------------------------------------------------------------- */

static void key_add(struct key *key, const void *bytes, size_t length)
{
    if (length > sizeof key->bytes - key->length) {
        key->broken = true;
        return;
    }
    memcpy(key->bytes + key->length, bytes, length);
    key->length = (uint8_t)(key->length + length);
}

void key_add_id(struct key *key, const char *text)
{
    struct id id;

    if (!text || !id_parse(text, &id))
        key->broken = true;
    else
        key_add(key, id.bytes, sizeof id.bytes);
}

void key_add_text(struct key *key, const char *text)
{
    size_t length = strlen(text);

    if (length == 0 || length > 60)
        key->broken = true;
    else
        key_add(key, text, length + 1);
}

void key_add_bytes(struct key *key, const uint8_t *bytes, size_t length)
{
    if (length == 0)
        key->broken = true;
    else
        key_add(key, bytes, length);
}

void key_add_number(struct key *key, uint64_t number)
{
    uint8_t bytes[8];

    for (int i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(number >> (56 - 8 * i));
    key_add(key, bytes, sizeof bytes);
}

void key_add_byte(struct key *key, uint8_t byte)
{
    key_add(key, &byte, 1);
}

/* The sign bit is turned so that what is earlier is smaller. */
void key_add_instant(struct key *key, int64_t utc_ms)
{
    key_add_number(key, (uint64_t)utc_ms ^ (UINT64_C(1) << 63));
}

void key_add_date(struct key *key, struct date date)
{
    key_add_instant(key, date_to_days(date));
}

struct key key_id(const char *id)
{
    struct key key = { 0 };

    key_add_id(&key, id);
    return key;
}

struct key key_ids(const char *first, const char *second)
{
    struct key key = key_id(first);

    key_add_id(&key, second);
    return key;
}

struct key key_text(const char *text)
{
    struct key key = { 0 };

    key_add_text(&key, text);
    return key;
}

struct key key_number(uint64_t number)
{
    struct key key = { 0 };

    key_add_number(&key, number);
    return key;
}

static const uint8_t *key_take(const struct key *key, size_t *at, size_t length)
{
    const uint8_t *part = key->bytes + *at;

    if (length > (size_t)key->length || *at > (size_t)key->length - length)
        return NULL;
    *at += length;
    return part;
}

bool key_read_id(const struct key *key, size_t *at, char text[ID_TEXT_SIZE])
{
    const uint8_t *part = key_take(key, at, 16);
    struct id id;

    if (!part)
        return false;
    memcpy(id.bytes, part, sizeof id.bytes);
    id_format(id, text);
    return true;
}

bool key_read_number(const struct key *key, size_t *at, uint64_t *number)
{
    const uint8_t *part = key_take(key, at, 8);

    if (!part)
        return false;
    *number = 0;
    for (int i = 0; i < 8; i++)
        *number = *number << 8 | part[i];
    return true;
}

bool key_read_byte(const struct key *key, size_t *at, uint8_t *byte)
{
    const uint8_t *part = key_take(key, at, 1);

    if (part)
        *byte = *part;
    return part != NULL;
}

bool key_read_instant(const struct key *key, size_t *at, int64_t *utc_ms)
{
    uint64_t number;

    if (!key_read_number(key, at, &number))
        return false;
    *utc_ms = (int64_t)(number ^ (UINT64_C(1) << 63));
    return true;
}

bool key_read_date(const struct key *key, size_t *at, struct date *date)
{
    int64_t days;

    if (!key_read_instant(key, at, &days))
        return false;
    *date = date_from_days((int32_t)days);
    return true;
}

/* --- opening ---------------------------------------------------------------------------------- */

static bool open_environment(struct tables *tables, const char *directory)
{
    char path[512];
    int stale, code;

    snprintf(path, sizeof path, "%s/tables", directory);
    if (mkdir(path, 0700) != 0 && errno != EEXIST)
        return fault_set(&tables->fault, FAULT_DISK, "%s: %s", path, strerror(errno));
    code = mdb_env_create(&tables->env);
    if (code != 0)
        return fault_set_code(&tables->fault, code, "tables");
    mdb_env_set_maxdbs(tables->env, TABLES_MOST);
    mdb_env_set_mapsize(tables->env, tables->map_bytes);
    code = mdb_env_open(tables->env, path, 0, 0600);
    if (code != 0)
        return fault_set_code(&tables->fault, code, path);
    damage_watch(tables->env);
    mdb_reader_check(tables->env, &stale);
    return true;
}

static bool begin(struct tables *tables)
{
    int code = mdb_txn_begin(tables->env, NULL, 0, &tables->txn);

    memset(tables->cursor, 0, sizeof tables->cursor);
    tables->puts = 0;
    return code == 0 || fault_set_code(&tables->fault, code, "begin");
}

/* In a transaction of their own: aborting the one that opened a table kills its handle. */
static bool open_tables(struct tables *tables)
{
    int code = 0;

    if (!begin(tables))
        return false;
    for (size_t i = 0; i < tables->count && code == 0; i++)
        code = mdb_dbi_open(tables->txn, tables->list[i]->name, MDB_CREATE, &tables->dbi[i]);
    if (code != 0) {
        mdb_txn_abort(tables->txn);
        tables->txn = NULL;
        return fault_set_code(&tables->fault, code, "tables");
    }
    errno = 0;
    code = mdb_txn_commit(tables->txn);
    tables->txn = NULL;
    return code == 0 || fault_set_written(&tables->fault, code, "tables");
}

bool tables_open(struct tables *tables, const char *directory, size_t map_bytes,
                 const struct table *const *const lists[], size_t list_count, struct arena *arena)
{
    *tables = (struct tables){ .map_bytes = map_bytes, .arena = arena };
    for (size_t i = 0; i < list_count; i++)
        for (const struct table *const *table = lists[i]; *table; table++) {
            assert(tables->count < TABLES_MOST);
            tables->list[tables->count++] = *table;
        }
    return open_environment(tables, directory) && open_tables(tables) && begin(tables);
}

void tables_close(struct tables *tables)
{
    if (tables->txn)
        mdb_txn_abort(tables->txn);
    damage_forget(tables->env);
    if (tables->env)
        mdb_env_close(tables->env);
    *tables = (struct tables){ 0 };
}

/* --- rows ------------------------------------------------------------------------------------- */

static size_t index_of(const struct tables *tables, const struct table *table)
{
    for (size_t i = 0; i < tables->count; i++)
        if (tables->list[i] == table)
            return i;
    /* A table that the service did not declare: a bug. */
    abort();
}

static MDB_val as_val(const struct key *key)
{
    return (MDB_val){ .mv_size = key->length, .mv_data = (void *)(uintptr_t)key->bytes };
}

enum { CHECKSUM_SIZE = 4 };

static uint32_t checksum(const MDB_val *key, const uint8_t *packed, size_t length)
{
    uLong crc = crc32(0, key->mv_data, (uInt)key->mv_size);

    return (uint32_t)crc32(crc, packed, (uInt)length);
}

static void *unpack(struct tables *tables, const struct table *table, const MDB_val *key,
                    const MDB_val *stored)
{
    const uint8_t *bytes = stored->mv_data;
    uint32_t wanted;
    void *message = NULL;

    if (stored->mv_size >= CHECKSUM_SIZE) {
        memcpy(&wanted, bytes, CHECKSUM_SIZE);
        bytes += CHECKSUM_SIZE;
        if (wanted == checksum(key, bytes, stored->mv_size - CHECKSUM_SIZE))
            message = protobuf_c_message_unpack(table->value, &tables->arena->unpacker,
                                                stored->mv_size - CHECKSUM_SIZE, bytes);
    }
    if (!message && tables->arena->exhausted)
        fault_set(&tables->fault, FAULT_MEMORY, "the arena is full reading %s", table->name);
    else if (!message)
        fault_set(&tables->fault, FAULT_UNREADABLE, "a row of %s does not match its checksum",
                  table->name);
    return message;
}

void *table_get(struct tables *tables, const struct table *table, struct key key)
{
    MDB_val at = as_val(&key), stored;
    int code;

    if (tables->fault.kind != NO_FAULT || key.broken || key.length == 0)
        return NULL;
    code = mdb_get(tables->txn, tables->dbi[index_of(tables, table)], &at, &stored);
    if (code == MDB_NOTFOUND)
        return NULL;
    if (code != 0) {
        fault_set_code(&tables->fault, code, table->name);
        return NULL;
    }
    return unpack(tables, table, &at, &stored);
}

bool table_has(struct tables *tables, const struct table *table, struct key key)
{
    MDB_val at = as_val(&key), stored;
    int code;

    if (tables->fault.kind != NO_FAULT || key.broken || key.length == 0)
        return false;
    code = mdb_get(tables->txn, tables->dbi[index_of(tables, table)], &at, &stored);
    if (code != 0 && code != MDB_NOTFOUND)
        fault_set_code(&tables->fault, code, table->name);
    return code == 0;
}

void table_put(struct tables *tables, const struct table *table, struct key key,
               const ProtobufCMessage *value)
{
    size_t length = protobuf_c_message_get_packed_size(value);
    MDB_val at = as_val(&key), stored = { .mv_size = length + CHECKSUM_SIZE };
    uint8_t *packed;
    uint32_t crc;
    int code;

    assert(tables->writable && "only apply writes the tables");
    if (tables->fault.kind != NO_FAULT)
        return;
    if (key.broken || key.length == 0 || value->descriptor != table->value) {
        fault_set(&tables->fault, FAULT_BUILD, "a row of %s has no key or is of another type",
                  table->name);
        return;
    }
    /* Reserved in the page itself, so that a value is written once. */
    errno = 0;
    code = mdb_put(tables->txn, tables->dbi[index_of(tables, table)], &at, &stored, MDB_RESERVE);
    if (code != 0) {
        fault_set_written(&tables->fault, code, table->name);
        return;
    }
    packed = (uint8_t *)stored.mv_data + CHECKSUM_SIZE;
    protobuf_c_message_pack(value, packed);
    crc = checksum(&at, packed, length);
    memcpy(stored.mv_data, &crc, CHECKSUM_SIZE);
    tables->puts++;
}

void table_delete(struct tables *tables, const struct table *table, struct key key)
{
    MDB_val at = as_val(&key);
    int code;

    assert(tables->writable && "only apply writes the tables");
    if (tables->fault.kind != NO_FAULT || key.broken || key.length == 0)
        return;
    code = mdb_del(tables->txn, tables->dbi[index_of(tables, table)], &at, NULL);
    if (code != 0 && code != MDB_NOTFOUND)
        fault_set_code(&tables->fault, code, table->name);
    tables->puts++;
}

size_t table_count(struct tables *tables, const struct table *table)
{
    MDB_stat stat = { 0 };

    if (tables->fault.kind == NO_FAULT)
        mdb_stat(tables->txn, tables->dbi[index_of(tables, table)], &stat);
    return stat.ms_entries;
}

/* --- walking ---------------------------------------------------------------------------------- */

struct walk walk_from_key(struct tables *tables, const struct table *table, struct key from,
                          size_t prefix_length)
{
    return (struct walk){
        .tables = tables,
        .table = table,
        .prefix = prefix_length,
        .key = from,
    };
}

struct walk walk_from(struct tables *tables, const struct table *table, struct key prefix)
{
    return walk_from_key(tables, table, prefix, prefix.length);
}

static MDB_cursor *cursor_of(struct tables *tables, size_t index)
{
    int code;

    if (tables->cursor[index])
        return tables->cursor[index];
    code = mdb_cursor_open(tables->txn, tables->dbi[index], &tables->cursor[index]);
    if (code != 0)
        fault_set_code(&tables->fault, code, "cursor");
    return tables->cursor[index];
}

/* The cursor is placed anew at each step, by the last key: rows may have come and gone. */
static int step(MDB_cursor *cursor, const struct walk *walk, MDB_val *key, MDB_val *stored)
{
    MDB_val last = as_val(&walk->key);
    int code;

    *key = last;
    if (walk->key.length == 0)
        return mdb_cursor_get(cursor, key, stored, MDB_FIRST);
    code = mdb_cursor_get(cursor, key, stored, MDB_SET_RANGE);
    if (code == 0 && walk->begun && key->mv_size == last.mv_size &&
        memcmp(key->mv_data, walk->key.bytes, last.mv_size) == 0)
        code = mdb_cursor_get(cursor, key, stored, MDB_NEXT);
    return code;
}

bool walk_next(struct walk *walk)
{
    struct tables *tables = walk->tables;
    MDB_cursor *cursor;
    MDB_val key, stored;
    int code;

    walk->value = NULL;
    if (tables->fault.kind != NO_FAULT || walk->key.broken)
        return false;
    cursor = cursor_of(tables, index_of(tables, walk->table));
    if (!cursor)
        return false;
    code = step(cursor, walk, &key, &stored);
    if (code != 0 && code != MDB_NOTFOUND)
        return fault_set_code(&tables->fault, code, walk->table->name);
    if (code == MDB_NOTFOUND || key.mv_size > KEY_SIZE || key.mv_size < walk->prefix ||
        memcmp(key.mv_data, walk->key.bytes, walk->prefix) != 0)
        return false;
    walk->begun = true;
    walk->mark = tables->arena->used;
    walk->value = unpack(tables, walk->table, &key, &stored);
    walk->key.length = (uint8_t)key.mv_size;
    memcpy(walk->key.bytes, key.mv_data, key.mv_size);
    return walk->value != NULL;
}

void walk_forget(struct walk *walk)
{
    if (walk->value)
        walk->tables->arena->used = walk->mark;
    walk->value = NULL;
}

/* --- the open transaction --------------------------------------------------------------------- */

bool tables_checkpoint(struct tables *tables)
{
    int code;

    if (tables->fault.kind != NO_FAULT)
        return false;
    errno = 0;
    code = mdb_txn_commit(tables->txn);
    tables->txn = NULL;
    if (code != 0)
        return fault_set_written(&tables->fault, code, "checkpoint");
    return begin(tables);
}

bool tables_go_back(struct tables *tables)
{
    bool full = tables->fault.kind == FAULT_MAP_FULL;
    int stale;

    if (tables->txn)
        mdb_txn_abort(tables->txn);
    tables->txn = NULL;
    tables->fault = (struct fault){ 0 };
    mdb_reader_check(tables->env, &stale);
    if (full) {
        /* Only here, with no transaction open: LMDB does not check, it corrupts. */
        tables->map_bytes *= 2;
        int code = mdb_env_set_mapsize(tables->env, tables->map_bytes);
        if (code != 0)
            return fault_set_code(&tables->fault, code, "growing the map");
        damage_watch(tables->env);
    }
    return begin(tables);
}

bool tables_empty(struct tables *tables)
{
    for (size_t i = 0; i < tables->count; i++) {
        int code = mdb_drop(tables->txn, tables->dbi[i], 0);

        if (code != 0)
            return fault_set_code(&tables->fault, code, tables->list[i]->name);
    }
    memset(tables->cursor, 0, sizeof tables->cursor);
    return true;
}

bool tables_digest(struct tables *tables, const struct table *skip, uint8_t digest[32])
{
    crypto_generichash_state state;

    crypto_generichash_init(&state, NULL, 0, 32);
    for (size_t i = 0; i < tables->count; i++) {
        MDB_cursor *cursor = tables->list[i] == skip ? NULL : cursor_of(tables, i);
        MDB_val key, stored;
        int code;

        if (!cursor)
            continue;
        crypto_generichash_update(&state, (const uint8_t *)tables->list[i]->name,
                                  strlen(tables->list[i]->name));
        for (code = mdb_cursor_get(cursor, &key, &stored, MDB_FIRST); code == 0;
             code = mdb_cursor_get(cursor, &key, &stored, MDB_NEXT)) {
            crypto_generichash_update(&state, key.mv_data, key.mv_size);
            crypto_generichash_update(&state, stored.mv_data, stored.mv_size);
        }
        if (code != MDB_NOTFOUND)
            fault_set_code(&tables->fault, code, tables->list[i]->name);
    }
    crypto_generichash_final(&state, digest, 32);
    return tables->fault.kind == NO_FAULT;
}

bool tables_copy(const char *directory, const char *to, struct fault *fault)
{
    char from[512], path[512];
    MDB_env *env = NULL;
    int code = 0;

    snprintf(from, sizeof from, "%s/tables", directory);
    snprintf(path, sizeof path, "%s/tables", to);
    if ((mkdir(to, 0700) != 0 && errno != EEXIST) || (mkdir(path, 0700) != 0 && errno != EEXIST))
        code = errno;
    if (code == 0)
        code = mdb_env_create(&env);
    if (code == 0)
        code = mdb_env_open(env, from, MDB_RDONLY, 0600);
    if (code == 0) {
        damage_watch(env);
        code = mdb_env_copy2(env, path, MDB_CP_COMPACT);
    }
    damage_forget(env);
    if (env)
        mdb_env_close(env);
    fault->part = "tables";
    return code == 0 || fault_set_code(fault, code, "copying the tables");
}
