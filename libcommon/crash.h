/* crash.h - what was at hand when the process died of a bug
 *
 * A handler on a stack of its own appends one line to a file and syncs it, then
 * lets the process die as it would have: "<version> <input>".  An input that
 * ended this version twice is set aside at the next start, so that one bad
 * message cannot keep a service down.  A new version tries it again.
 */
#ifndef LIBCOMMON_CRASH_H
#define LIBCOMMON_CRASH_H

#include <stdbool.h>

/* Watches from now on; at_hand is read when the process dies, so it must stay where it is. False
 * when the file cannot be opened. */
bool crash_watch(const char *path, const char *at_hand);
/* The process has no input at hand any more, whatever happens. */
void crash_forget(void);

/* Calls each for every input that ended this version twice or more. */
void crash_each_twice(const char *path, void (*each)(void *owner, const char *input), void *owner);

#endif
