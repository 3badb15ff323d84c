/* damage.h - a store's file that does not give back what was written
 *
 * LMDB reads its files through memory.  Where one is cut short, or the disk does not give a page
 * back, reading ends the process by SIGBUS; a page that holds something else leads LMDB anywhere in
 * that memory, to SIGSEGV, or to an assert of its own.  For the environments watched here such an
 * end is told: one line, made when the environment was opened, and an exit code.  Nothing is tried
 * again, nothing is written.  A signal from anywhere else is a bug, and goes where it went before:
 * to a sanitizer, or to its default; a few per cent of pages that hold noise look like one too.
 */
#ifndef LIBCOMMON_DAMAGE_H
#define LIBCOMMON_DAMAGE_H

#include <lmdb.h>
#include <stdbool.h>
#include <stddef.h>

struct damage_teller {
    /* Writes the line that tells that a file is damaged, with its end of line. */
    void (*describe)(void *self, const char *file, char *line, size_t size);
    /* The line that tells that a signal came from anywhere else; NULL: none is told. */
    const char *elsewhere;
    /* What is still to be done, in the signal's handler; NULL: nothing. */
    void (*last)(void *self);
    void *self;
    int code; /* to end with */
};

/* From here on environments that are opened are watched, until damage_end(). */
void damage_begin(const struct damage_teller *teller);
void damage_end(void);

/* Of an environment that is open, and again where its map was moved; nothing before damage_begin().
 */
void damage_watch(MDB_env *env);
/* Before it is closed. */
void damage_forget(const MDB_env *env);

/* The file of an environment: the data.mdb in its folder. */
void damage_file(MDB_env *env, char *file, size_t size);

/* What an operator is to do about a file of a store, by the folder it lies in: tables are made
 * again from the journal, a journal is restored. */
const char *damage_remedy(const char *file, bool english);
/* That, as a whole sentence on a line. */
void damage_sentence(const char *file, bool english, char *sentence, size_t size);

#endif
