/* import_key.h - the secret that identifiers of imported commands are made with
 *
 * A command's identifier stands in every event that it causes, and the command of
 * a household holds its name: without a secret, whoever has the event of a
 * household since erased could try names until one gives that identifier.
 *
 * The file lies beside the services' data and is in no backup.  Made once: with it,
 * the same row is the same command again.
 */
#ifndef CTL_IMPORT_KEY_H
#define CTL_IMPORT_KEY_H

#include "services/ctl/ctl.h"

#include <stdint.h>

enum { IMPORT_KEY_BYTES = 32 };

/* Reads <data>/import.key, or makes it; it is on disk when this ends with CTL_DONE.  Else the exit
 * code, with the trouble said: EXIT_DATA where it cannot be read or is not one, which is never
 * written over; EXIT_CANNOT_CREATE where none can be made. */
int import_key_read(struct ctl *ctl, uint8_t key[static IMPORT_KEY_BYTES]);

#endif
