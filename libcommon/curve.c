#include "libcommon/curve.h"

#include "libcommon/config.h"
#include "libcommon/service.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zmq.h>

__attribute__((format(printf, 2, 3))) static bool fail(struct curve_error *error,
                                                       const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(error->sentence, sizeof error->sentence, format, arguments);
    va_end(arguments);
    return false;
}

/* --- pairs ------------------------------------------------------------------------------------ */

static bool is_key(const char *text)
{
    uint8_t bytes[CURVE_KEY_BYTES];

    return strlen(text) == CURVE_TEXT_SIZE - 1 && zmq_z85_decode(bytes, text) != NULL;
}

static bool read_key(const char *path, bool secret, char text[CURVE_TEXT_SIZE],
                     struct curve_error *error)
{
    FILE *file = fopen(path, "re");
    struct stat stat;
    bool read;

    if (!file)
        return fail(error, "%s: %s", path, strerror(errno));
    read = fgets(text, CURVE_TEXT_SIZE, file) && is_key(text);
    if (read && secret && (fstat(fileno(file), &stat) != 0 || (stat.st_mode & 077) != 0))
        read = fail(error, "%s: others may read this secret key: chmod 600 it", path);
    else if (!read)
        fail(error, "%s: not a key of 40 characters (Z85)", path);
    fclose(file);
    return read;
}

bool curve_public_read(const char *folder, const char *name, char text[CURVE_TEXT_SIZE],
                       struct curve_error *error)
{
    char path[512];

    snprintf(path, sizeof path, "%s/%s.pub", folder, name);
    return read_key(path, false, text, error);
}

bool curve_pair_read(const char *folder, const char *name, struct curve_pair *pair,
                     struct curve_error *error)
{
    char path[512], derived[CURVE_TEXT_SIZE];

    snprintf(path, sizeof path, "%s/%s.key", folder, name);
    if (!read_key(path, true, pair->secret_text, error) ||
        !curve_public_read(folder, name, pair->public_text, error))
        return false;
    if (zmq_curve_public(derived, pair->secret_text) != 0 ||
        strcmp(derived, pair->public_text) != 0)
        return fail(error, "%s: %s.pub is another pair's", path, name);
    return true;
}

static bool write_key(const char *path, mode_t mode, const char *text, struct curve_error *error)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    bool written = file >= 0 && dprintf(file, "%s\n", text) == CURVE_TEXT_SIZE && fsync(file) == 0;
    int wrong = errno;

    if (!written)
        fail(error, "%s: %s", path, strerror(wrong));
    if (file >= 0)
        close(file);
    /* Half a key would stand in the way of the next. */
    if (!written && file >= 0)
        unlink(path);
    errno = wrong;
    return written;
}

bool curve_pair_make(const char *folder, const char *name, struct curve_error *error)
{
    struct curve_pair pair;
    char path[512], public_path[512];
    int wrong;

    if (zmq_curve_keypair(pair.public_text, pair.secret_text) != 0)
        return fail(error, "no key can be made: %s", zmq_strerror(errno));
    snprintf(path, sizeof path, "%s/%s.key", folder, name);
    if (!write_key(path, 0600, pair.secret_text, error))
        return false;
    snprintf(public_path, sizeof public_path, "%s/%s.pub", folder, name);
    if (write_key(public_path, 0644, pair.public_text, error))
        return true;
    wrong = errno;
    unlink(path);
    errno = wrong;
    return false;
}

/* --- peers ------------------------------------------------------------------------------------ */

struct peer_file {
    char name[SETTING_TEXT_SIZE];
    char key[SETTING_TEXT_SIZE];
    char roles[SETTING_TEXT_SIZE];
    char organisation[SETTING_TEXT_SIZE];
};

static const struct setting peer_settings[] = {
    { "name", SETTING_TEXT, offsetof(struct peer_file, name), NULL, "how it is called in events" },
    { "key", SETTING_TEXT, offsetof(struct peer_file, key), NULL, "its public key" },
    { "roles", SETTING_TEXT, offsetof(struct peer_file, roles), NULL,
      "of staff, operator, integrator" },
    { "organisation", SETTING_TEXT, offsetof(struct peer_file, organisation), "", "whose it is" },
    { 0 },
};

static bool read_roles(char *text, unsigned *roles)
{
    char *rest = NULL;

    *roles = 0;
    for (const char *word = strtok_r(text, ", ", &rest); word; word = strtok_r(NULL, ", ", &rest)) {
        if (strcmp(word, "staff") == 0)
            *roles |= ROLE_STAFF;
        else if (strcmp(word, "operator") == 0)
            *roles |= ROLE_OPERATOR;
        else if (strcmp(word, "integrator") == 0)
            *roles |= ROLE_INTEGRATOR;
        else
            return false;
    }
    return *roles != 0;
}

static bool add_peer(const char *path, struct peers *peers, struct curve_error *error)
{
    static const char *const sections[] = { "peer", NULL };
    struct peer *peer = &peers->list[peers->count];
    struct config_error wrong;
    struct peer_file read;

    if (!config_read(path, "peer", peer_settings, sections, &read, &wrong))
        return fail(error, "%s:%d: %s", path, wrong.line, wrong.sentence);
    if (!is_key(read.key))
        return fail(error, "%s: key is not one of 40 characters (Z85)", path);
    if (*read.name == '\0' || strlen(read.name) >= PEER_NAME_SIZE ||
        strlen(read.organisation) >= PEER_NAME_SIZE)
        return fail(error, "%s: name and organisation have at most %d bytes", path,
                    PEER_NAME_SIZE - 1);
    if (peer_by_name(peers, read.name))
        return fail(error, "%s: another peer is called %s", path, read.name);
    *peer = (struct peer){ 0 };
    if (!read_roles(read.roles, &peer->roles))
        return fail(error, "%s: roles are of staff, operator, integrator", path);
    zmq_z85_decode(peer->key, read.key);
    if (peer_by_key(peers, peer->key))
        return fail(error, "%s: another peer has this key", path);
    memcpy(peer->name, read.name, strlen(read.name) + 1);
    memcpy(peer->organisation, read.organisation, strlen(read.organisation) + 1);
    peers->count++;
    return true;
}

static bool is_peer_file(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);

    return *entry->d_name != '.' && length > 4 && strcmp(entry->d_name + length - 4, ".pub") == 0;
}

static bool read_folder(const char *folder, struct peers *peers, struct curve_error *error)
{
    char path[512];
    DIR *directory;
    bool all = true;

    snprintf(path, sizeof path, "%s/peers", folder);
    directory = opendir(path);
    if (!directory)
        return errno == ENOENT || fail(error, "%s: %s", path, strerror(errno));
    for (const struct dirent *entry = readdir(directory); entry && all;
         entry = readdir(directory)) {
        if (!is_peer_file(entry))
            continue;
        if (peers->count == PEERS_MOST)
            all = fail(error, "%s/peers: more than %d", folder, PEERS_MOST);
        snprintf(path, sizeof path, "%s/peers/%s", folder, entry->d_name);
        all = all && add_peer(path, peers, error);
    }
    closedir(directory);
    return all;
}

bool peers_read(const char *folder, const char *own_name, const struct curve_pair *own,
                struct peers *peers, struct curve_error *error)
{
    struct peers *fresh = calloc(1, sizeof *fresh);
    struct peer *self;
    bool read;

    if (!fresh)
        return fail(error, "%s: no memory", folder);
    self = &fresh->list[fresh->count++];
    snprintf(self->name, sizeof self->name, "%s", own_name);
    snprintf(self->organisation, sizeof self->organisation, "%s", own_name);
    self->roles = ROLE_ANYBODY;
    zmq_z85_decode(self->key, own->public_text);
    read = read_folder(folder, fresh, error);
    if (read)
        *peers = *fresh;
    free(fresh);
    return read;
}

const struct peer *peer_by_key(const struct peers *peers, const uint8_t key[CURVE_KEY_BYTES])
{
    for (size_t i = 0; i < peers->count; i++)
        if (memcmp(peers->list[i].key, key, CURVE_KEY_BYTES) == 0)
            return &peers->list[i];
    return NULL;
}

const struct peer *peer_by_name(const struct peers *peers, const char *name)
{
    for (size_t i = 0; i < peers->count; i++)
        if (strcmp(peers->list[i].name, name) == 0)
            return &peers->list[i];
    return NULL;
}
