#include "libcommon/keys.h"

#include <assert.h>
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SLOT_SECRET = 1, SLOT_KEY = 2, SLOT_ERASED = 3, KEY_BYTES = 32, CHECK_BYTES = 8 };

/* 64 bytes, so that a slot lies in one sector and is written whole or not at all. */
struct key_slot {
    uint8_t kind;
    uint8_t reserved[7];
    uint8_t household[16];
    uint8_t key[KEY_BYTES];
    uint8_t check[CHECK_BYTES]; /* over what comes before */
};

_Static_assert(sizeof(struct key_slot) == 64, "a slot is 64 bytes");

static void slot_check(const struct key_slot *slot, uint8_t check[CHECK_BYTES])
{
    uint8_t digest[16];

    crypto_generichash(digest, sizeof digest, (const uint8_t *)slot,
                       offsetof(struct key_slot, check), NULL, 0);
    memcpy(check, digest, CHECK_BYTES);
}

/* --- the index by household ------------------------------------------------------------------- */

static size_t place_of(const struct keys *keys, const uint8_t household[16])
{
    uint64_t hash;
    size_t place;

    /* The end of a UUIDv7 is random; other systems count there, in the last bytes, which a product
     * carries into the place only from its low end. */
    memcpy(&hash, household + 8, sizeof hash);
    place = (size_t)(be64toh(hash) * UINT64_C(0x9E3779B97F4A7C15)) & (keys->index_room - 1);
    while (keys->index[place] != 0 &&
           memcmp(keys->slots[keys->index[place] - 1].household, household, 16) != 0)
        place = (place + 1) & (keys->index_room - 1);
    return place;
}

static bool index_grow(struct keys *keys, size_t wanted)
{
    size_t room = 1024;

    while (room < wanted * 2)
        room *= 2;
    if (room <= keys->index_room)
        return true;
    free(keys->index);
    keys->index = calloc(room, sizeof *keys->index);
    if (!keys->index)
        return fault_set(&keys->fault, FAULT_MEMORY, "keys");
    keys->index_room = room;
    for (size_t i = 1; i < keys->count; i++)
        keys->index[place_of(keys, keys->slots[i].household)] = (uint32_t)i + 1;
    return true;
}

static struct key_slot *slot_of(const struct keys *keys, const char *household)
{
    struct id id;
    uint32_t found;

    /* Keys that could not be opened have no index. */
    if (!keys->index || !household || !id_parse(household, &id))
        return NULL;
    found = keys->index[place_of(keys, id.bytes)];
    return found ? &keys->slots[found - 1] : NULL;
}

/* --- the file --------------------------------------------------------------------------------- */

static bool room_for(struct keys *keys, size_t count)
{
    size_t room = keys->room ? keys->room : 256;
    struct key_slot *slots;

    while (room < count)
        room *= 2;
    if (room == keys->room)
        return index_grow(keys, count);
    slots = malloc(room * sizeof *slots);
    if (!slots)
        return fault_set(&keys->fault, FAULT_MEMORY, "keys");
    /* Best effort: keys should not reach a swap file. */
    sodium_mlock(slots, room * sizeof *slots);
    if (keys->slots) {
        memcpy(slots, keys->slots, keys->count * sizeof *slots);
        sodium_munlock(keys->slots, keys->room * sizeof *slots);
        free(keys->slots);
    }
    keys->slots = slots;
    keys->room = room;
    return index_grow(keys, count);
}

static bool write_at(struct keys *keys, int file, const void *bytes, size_t length, off_t at)
{
    const char *from = bytes;

    while (length > 0) {
        ssize_t written = pwrite(file, from, length, at);

        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return fault_set_code(&keys->fault, errno ? errno : EIO, "writing keys");
        from += written;
        at += written;
        length -= (size_t)written;
    }
    return true;
}

/* In memory only once it is in the file: a key that is nowhere else must not be used. */
static bool write_slot(struct keys *keys, size_t number, struct key_slot slot)
{
    bool written;

    slot_check(&slot, slot.check);
    keys->unsynced = true;
    written = write_at(keys, keys->file, &slot, sizeof slot, (off_t)(number * sizeof slot));
    if (written)
        keys->slots[number] = slot;
    sodium_memzero(&slot, sizeof slot);
    return written;
}

bool keys_sync(struct keys *keys)
{
    if (keys->fault.kind != NO_FAULT)
        return false;
    if (!keys->unsynced)
        return true;
    /* After a sync that failed the next may say that all is well of what it never wrote. */
    if (keys->doubtful &&
        !write_at(keys, keys->file, keys->slots, keys->count * sizeof *keys->slots, 0))
        return false;
    keys->doubtful = fdatasync(keys->file) != 0;
    if (keys->doubtful)
        return fault_set_code(&keys->fault, errno, "syncing keys");
    keys->unsynced = false;
    return true;
}

static bool is_hole(const struct key_slot *slot)
{
    return sodium_is_zero((const unsigned char *)slot, sizeof *slot) == 1;
}

/* What a power cut left at the end was never synced, so never used: a slot of zeros, where the file
 * grew before its content, stays a hole; one torn at the very end is dropped. */
static bool read_slots(struct keys *keys, size_t count)
{
    uint8_t check[CHECK_BYTES];

    if (!room_for(keys, count + 1))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct key_slot *slot = &keys->slots[i];
        ssize_t length =
            pread(keys->file, slot, sizeof *slot, (off_t)(i * sizeof(struct key_slot)));

        if (length != (ssize_t)sizeof *slot)
            return fault_set_code(&keys->fault, length < 0 ? errno : EIO, "reading keys");
        if (i > 0 && is_hole(slot)) {
            keys->count = i + 1;
            continue;
        }
        slot_check(slot, check);
        if (memcmp(check, slot->check, CHECK_BYTES) != 0) {
            if (i + 1 == count)
                return true;
            return fault_set(&keys->fault, FAULT_UNREADABLE, "slot %zu of the keys is damaged", i);
        }
        keys->count = i + 1;
        keys->erased += slot->kind == SLOT_ERASED;
        if (i > 0)
            keys->index[place_of(keys, slot->household)] = (uint32_t)i + 1;
    }
    return true;
}

static bool make_secret(struct keys *keys, const uint8_t random[32])
{
    struct key_slot slot = { .kind = SLOT_SECRET };

    memcpy(slot.key, random, KEY_BYTES);
    keys->count = 1;
    return write_slot(keys, 0, slot) && keys_sync(keys);
}

/* A new file's name must survive a power cut too. */
static bool sync_directory(struct keys *keys, const char *path)
{
    char directory[512];
    char *slash;
    bool synced;
    int file;

    snprintf(directory, sizeof directory, "%s", path);
    slash = strrchr(directory, '/');
    if (slash)
        *slash = '\0';
    file = open(slash ? directory : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    synced = file >= 0 && fsync(file) == 0;
    if (!synced)
        fault_set_code(&keys->fault, errno, directory);
    if (file >= 0)
        close(file);
    return synced;
}

bool keys_open(struct keys *keys, const char *path, const uint8_t random[32])
{
    int make = random ? O_CREAT : 0;
    struct stat stat;

    *keys = (struct keys){ .file = open(path, O_RDWR | make | O_CLOEXEC, 0600) };
    snprintf(keys->path, sizeof keys->path, "%s", path);
    if (keys->file < 0 && errno == ENOENT && !random)
        return fault_set(&keys->fault, FAULT_UNREADABLE, "%s is not there", path);
    if (keys->file < 0 || fstat(keys->file, &stat) != 0)
        return fault_set_code(&keys->fault, errno, path);
    if (!read_slots(keys, (size_t)stat.st_size / sizeof(struct key_slot)))
        return false;
    if (keys->count > 0)
        return true;
    if (!random)
        return fault_set(&keys->fault, FAULT_UNREADABLE, "%s holds no keys", path);
    if (!make_secret(keys, random))
        return false;
    return sync_directory(keys, path);
}

void keys_close(struct keys *keys)
{
    if (keys->slots) {
        sodium_munlock(keys->slots, keys->room * sizeof *keys->slots);
        free(keys->slots);
    }
    free(keys->index);
    if (keys->file > 0)
        close(keys->file);
    *keys = (struct keys){ .file = -1 };
}

/* --- households ------------------------------------------------------------------------------- */

enum key_state keys_state(const struct keys *keys, const char *household)
{
    const struct key_slot *slot = slot_of(keys, household);

    if (!slot)
        return KEY_UNKNOWN;
    return slot->kind == SLOT_ERASED ? KEY_ERASED : KEY_READY;
}

static bool add_slot(struct keys *keys, const char *household, uint8_t kind,
                     const uint8_t key[KEY_BYTES])
{
    struct key_slot slot = { .kind = kind };
    struct id id;

    if (!id_parse(household, &id) || !room_for(keys, keys->count + 1))
        return fault_set(&keys->fault, FAULT_BUILD, "a household's identifier is none");
    memcpy(slot.household, id.bytes, sizeof slot.household);
    if (key)
        memcpy(slot.key, key, KEY_BYTES);
    if (!write_slot(keys, keys->count, slot))
        return false;
    keys->index[place_of(keys, id.bytes)] = (uint32_t)keys->count + 1;
    keys->count++;
    return true;
}

enum key_state keys_make(struct keys *keys, const char *household, const uint8_t random[32])
{
    enum key_state state = keys_state(keys, household);

    if (state != KEY_UNKNOWN)
        return state;
    if (keys->fault.kind != NO_FAULT || !add_slot(keys, household, SLOT_KEY, random))
        return KEY_FAULT;
    return KEY_READY;
}

bool keys_destroy(struct keys *keys, const char *household)
{
    struct key_slot *slot = slot_of(keys, household);

    struct key_slot erased;

    if (slot && slot->kind == SLOT_ERASED)
        return !keys->unsynced || keys_sync(keys);
    if (slot) {
        erased = *slot;
        erased.kind = SLOT_ERASED;
        sodium_memzero(erased.key, KEY_BYTES);
        if (!write_slot(keys, (size_t)(slot - keys->slots), erased))
            return false;
    } else if (!add_slot(keys, household, SLOT_ERASED, NULL)) {
        return false;
    }
    keys->erased++;
    return keys_sync(keys);
}

size_t keys_erased(const struct keys *keys, size_t from, char household[ID_TEXT_SIZE])
{
    size_t seen = 0;

    for (size_t i = 1; i < keys->count; i++) {
        struct id id;

        if (keys->slots[i].kind != SLOT_ERASED || seen++ != from)
            continue;
        memcpy(id.bytes, keys->slots[i].household, sizeof id.bytes);
        id_format(id, household);
    }
    return keys->erased;
}

/* --- boxes ------------------------------------------------------------------------------------ */

enum { NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES };
enum { TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES };

struct bytes keys_seal(struct keys *keys, const char *household, struct bytes clear,
                       const uint8_t nonce[24], struct arena *arena)
{
    const struct key_slot *slot = slot_of(keys, household);
    uint8_t *box = arena_take(arena, NONCE + clear.length + TAG);
    unsigned long long length;

    if (!slot || slot->kind != SLOT_KEY || !box)
        return (struct bytes){ 0 };
    memcpy(box, nonce, NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(box + NONCE, &length, clear.at, clear.length,
                                               slot->household, sizeof slot->household, NULL, nonce,
                                               slot->key);
    return (struct bytes){ .at = box, .length = NONCE + (size_t)length };
}

const char *keys_open_box(const struct keys *keys, const char *household, struct bytes box,
                          struct arena *arena, size_t *length)
{
    const struct key_slot *slot = slot_of(keys, household);
    unsigned long long opened = 0;
    uint8_t *clear;

    if (!slot || slot->kind != SLOT_KEY || box.length < NONCE + TAG)
        return NULL;
    clear = arena_take(arena, box.length - NONCE - TAG + 1);
    if (!clear || crypto_aead_xchacha20poly1305_ietf_decrypt(
                      clear, &opened, NULL, box.at + NONCE, box.length - NONCE, slot->household,
                      sizeof slot->household, box.at, slot->key) != 0)
        return NULL;
    if (length)
        *length = (size_t)opened;
    return (const char *)clear;
}

void keys_digest(const struct keys *keys, struct bytes bytes, uint8_t digest[HASH_SIZE])
{
    crypto_generichash(digest, HASH_SIZE, bytes.at, bytes.length, keys->slots[0].key, KEY_BYTES);
}

/* --- the copy elsewhere ----------------------------------------------------------------------- */

/* Nothing, or an earlier copy of these keys: their secret tells. */
static bool may_be_replaced(const struct keys *keys, int file)
{
    struct key_slot first = { 0 };
    ssize_t length = pread(file, &first, sizeof first, 0);
    bool same = length == 0 ||
                (length == (ssize_t)sizeof first &&
                 (is_hole(&first) || sodium_memcmp(&first, &keys->slots[0], sizeof first) == 0));

    sodium_memzero(&first, sizeof first);
    return same;
}

/* What an earlier copy had beyond these is no key any more. */
static bool blank_beyond(struct keys *keys, int file)
{
    static const struct key_slot nothing;
    size_t number = keys->count;
    struct stat stat;

    if (fstat(file, &stat) != 0)
        return fault_set_code(&keys->fault, errno, "copying keys");
    for (; (off_t)(number * sizeof nothing) < stat.st_size; number++)
        if (!write_at(keys, file, &nothing, sizeof nothing, (off_t)(number * sizeof nothing)))
            return false;
    return true;
}

static bool has_slot(const struct keys *keys, const struct key_slot *slot)
{
    char household[ID_TEXT_SIZE];
    const struct key_slot *mine;
    struct id id;

    memcpy(id.bytes, slot->household, sizeof id.bytes);
    mine = slot_of(keys, id_format(id, household));
    if (!mine || slot->kind == SLOT_ERASED)
        return mine && mine->kind == SLOT_ERASED;
    return mine->kind == SLOT_ERASED || sodium_memcmp(mine->key, slot->key, KEY_BYTES) == 0;
}

/* An older or shorter file of the same store: what only the copy has, keys and who is erased, would
 * be lost with it. */
static bool lacks_what_copy_has(const struct keys *keys, const char *path)
{
    struct keys copy = { 0 };
    bool lacks = false;

    if (keys_open(&copy, path, NULL) && keys_are_same(keys, &copy))
        for (size_t i = 1; i < copy.count && !lacks; i++)
            lacks = !is_hole(&copy.slots[i]) && !has_slot(keys, &copy.slots[i]);
    keys_close(&copy);
    return lacks;
}

bool keys_copy(struct keys *keys, const char *path)
{
    int file;
    bool copied;

    if (lacks_what_copy_has(keys, path))
        return fault_set(&keys->fault, FAULT_BUILD,
                         "%s has keys, or erasures, that are not here: it is left as it is", path);
    file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return fault_set_code(&keys->fault, errno, "copying keys");
    if (!may_be_replaced(keys, file)) {
        close(file);
        return fault_set(&keys->fault, FAULT_BUILD, "%s is the copy of other keys", path);
    }
    copied = blank_beyond(keys, file) &&
             write_at(keys, file, keys->slots, keys->count * sizeof *keys->slots, 0);
    if (copied && fsync(file) != 0)
        copied = fault_set_code(&keys->fault, errno, "copying keys");
    close(file);
    return copied && sync_directory(keys, path);
}

/* --- two states of one store ------------------------------------------------------------------ */

bool keys_are_same(const struct keys *keys, const struct keys *others)
{
    return keys->count > 0 && others->count > 0 &&
           sodium_memcmp(&keys->slots[0], &others->slots[0], sizeof *keys->slots) == 0;
}

static bool join_slot(struct keys *keys, const struct key_slot *slot)
{
    char household[ID_TEXT_SIZE];
    const struct key_slot *mine;
    struct id id;

    memcpy(id.bytes, slot->household, sizeof id.bytes);
    id_format(id, household);
    mine = slot_of(keys, household);
    if (slot->kind == SLOT_ERASED)
        return keys_destroy(keys, household);
    if (!mine)
        return add_slot(keys, household, SLOT_KEY, slot->key);
    if (mine->kind == SLOT_ERASED || sodium_memcmp(mine->key, slot->key, KEY_BYTES) == 0)
        return true;
    return fault_set(&keys->fault, FAULT_BUILD, "two keys of one household: keep one of the files");
}

bool keys_join(struct keys *keys, const struct keys *from)
{
    for (size_t i = 1; i < from->count; i++)
        if (!is_hole(&from->slots[i]) && !join_slot(keys, &from->slots[i]))
            return false;
    return keys_sync(keys);
}
