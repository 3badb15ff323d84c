/* curve.h - who may talk to us: key pairs, and the peers known by key
 *
 * A keys folder holds server.key (secret, 0600) and server.pub, and in peers/ a
 * file for each peer:
 *
 *     [peer]
 *     name = accounting
 *     key = <40 characters, Z85>
 *     roles = staff integrator
 *     organisation = Toit pour tous
 *
 * Who is in no file is not answered.  The organisation's services share the pair,
 * and so know one another by it.
 */
#ifndef LIBCOMMON_CURVE_H
#define LIBCOMMON_CURVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CURVE_KEY_BYTES = 32, CURVE_TEXT_SIZE = 41, PEERS_MOST = 256, PEER_NAME_SIZE = 64 };

struct curve_pair {
    char public_text[CURVE_TEXT_SIZE]; /* Z85 */
    char secret_text[CURVE_TEXT_SIZE];
};

struct peer {
    char name[PEER_NAME_SIZE];
    char organisation[PEER_NAME_SIZE];
    unsigned roles;
    uint8_t key[CURVE_KEY_BYTES];
};

struct peers {
    size_t count;
    struct peer list[PEERS_MOST];
};

/* What was wrong, in one sentence that names the file. */
struct curve_error {
    char sentence[512];
};

/* Reads <folder>/<name>.key and .pub; the secret may be nobody else's to read. */
bool curve_pair_read(const char *folder, const char *name, struct curve_pair *pair,
                     struct curve_error *error);
/* Reads <folder>/<name>.pub alone. */
bool curve_public_read(const char *folder, const char *name, char text[CURVE_TEXT_SIZE],
                       struct curve_error *error);
/* Makes a pair and both files, or neither with errno set; never over existing ones. */
bool curve_pair_make(const char *folder, const char *name, struct curve_error *error);

/* Reads <folder>/peers, and the pair itself as a peer of that name with every role.  On an error
 * *peers is untouched. */
bool peers_read(const char *folder, const char *own_name, const struct curve_pair *own,
                struct peers *peers, struct curve_error *error);
/* NULL when nobody is known by that key, or that name. */
const struct peer *peer_by_key(const struct peers *peers, const uint8_t key[CURVE_KEY_BYTES]);
const struct peer *peer_by_name(const struct peers *peers, const char *name);

#endif
