/* crash.h - what was at hand when the process ended without being told to
 *
 * A small file in the service's folder says which input is at hand, and which
 * inputs ended this version of the program, and how often.  An input that ended
 * it twice is set aside, so that one bad message cannot keep a service down; a
 * new version tries it again.
 *
 * What is at hand is written before it is run, always: whatever then ends the
 * process (a bug's signal, a stack that ran over, the SIGKILL of a machine out of
 * memory or of a watchdog), what a process wrote outlives it in the page cache.
 * No handler of signals is needed, and as long as all is well no sync: that much
 * is a hint.  After an unclean end, and after a batch that was dropped, inputs
 * are run one by one and the note is synced before each, so that it outlives the
 * machine too, and names the one input that a failing commit belongs to.
 */
#ifndef LIBCOMMON_CRASH_H
#define LIBCOMMON_CRASH_H

#include <stdbool.h>
#include <stddef.h>

enum { CRASH_INPUT_SIZE = 96, CRASHES_MOST = 64 };

struct crash {
    char input[CRASH_INPUT_SIZE];
    int times;
    bool passing; /* run in the batch at hand, which is not yet committed */
};

struct crashes {
    int file; /* -1: closed */
    bool unclean;
    struct crash list[CRASHES_MOST]; /* oldest first */
    size_t count;
};

/* Reads the file or makes it, counts what was at hand if the last process ended without
 * crashes_close(), and says that one runs.  False, errno set, when it cannot be written. */
bool crashes_open(struct crashes *crashes, const char *path);
/* The process ends as it should. */
void crashes_close(struct crashes *crashes);

/* What is run from here on; "": nothing.  What cannot be written is lost, silently: it is no
 * reason not to serve. */
void crashes_at_hand(struct crashes *crashes, const char *input, bool synced);
/* Did it end this version twice? */
bool crashes_is_set_aside(const struct crashes *crashes, const char *input);
/* The input was run and the process lives: once its batch is committed it is under suspicion no
 * more.  What is set aside stays so. */
void crashes_pass(struct crashes *crashes, const char *input);
void crashes_passed(struct crashes *crashes, bool committed);

#endif
