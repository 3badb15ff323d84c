/* apart.h - files of stores that may be damaged, read by a child
 *
 * A damaged file may end whoever reads it.  So a child does; what ends it is told, with the file
 * and what to do, and the command that asked for it goes on and tidies up.
 */
#ifndef CTL_APART_H
#define CTL_APART_H

#include "services/ctl/ctl.h"

struct apart {
    struct ctl *ctl;
    const char *file;   /* that is read */
    const char *copies; /* what is read in this folder is a copy ... */
    const char *of;     /* ... of what lies in this one, and told as that */
    bool of_backup;     /* which is a backup's */
};

/* The exit code of the child, which is that of the function, or EXIT_DATA where a signal ended it:
 * in the map of the file, which tells it itself, or in what LMDB made of one of its pages.  The
 * function uses no client. */
int apart_read(const struct apart *apart, int (*read)(void *context), void *context);

/* Within it: tells a fault of reading the file, or of writing its copy; the exit code. */
int apart_tell(const struct apart *apart, const char *service, const struct fault *fault);

#endif
