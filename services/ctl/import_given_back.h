/* import_given_back.h - the rows of a file that do not go in
 *
 * Each is told on the error output with its line, its column and a sentence, and
 * written as it was to a file of its own, with the sentence in a last column, so
 * that it can be mended there and imported again.  They name people: that file is
 * its owner's alone to read (0600), also one that was there before.
 */
#ifndef CTL_IMPORT_GIVEN_BACK_H
#define CTL_IMPORT_GIVEN_BACK_H

#include "services/ctl/csv.h"

#include <stdbool.h>
#include <stdio.h>

struct given_back {
    const char *from;     /* the path of the file that is imported */
    const char *to;       /* and of the one that is written, once there is something to write */
    const char *original; /* the file as it is, */
    const char *text;     /* and its copy that rows point into */
    const struct csv_row *header; /* of the file */
    char separator;
    FILE *file;
    int count;
};

/* Would the rows be written over the very file that is imported, by whatever name? */
bool given_back_overwrites(const struct given_back *back);

/* raw is the row's text, inside text; column 0: none in particular. */
void give_back(struct given_back *back, int line, int column, const char *raw, size_t length,
               const char *reason);

/* False, errno set, when what was given back is not all in the file. */
bool given_back_close(struct given_back *back);

#endif
