/* trouble.h - what is wrong with a message that was handed in, and where in it
 *
 * The form of a message is checked before any rule sees it.  What is wrong is a
 * value, as a refusal is: a code for programs, the path of the field, a French
 * and an English sentence.  Nothing here points into the message.
 */
#ifndef LIBCOMMON_TROUBLE_H
#define LIBCOMMON_TROUBLE_H

#include <stddef.h>
#include <stdint.h>

struct message_trouble {
    const char *code; /* FIELD_UNKNOWN: stable, for programs */
    char field[128];  /* "domains[2].start.year", in the wire's names; "" for the whole message */
    int line;         /* where JSON could not be read, from 1; 0 when the field says where */
    int column;
    char french[200]; /* one sentence a user can act on */
    char english[200];
};

/* A kind of trouble: a constant of the file that finds it.  {} in a sentence is the detail. */
struct trouble_kind {
    const char *code;
    const char *french;
    const char *english;
};

/* The way to a field: each step lies on the stack of who goes deeper, and points up. */
struct field_path {
    const struct field_path *parent;
    const char *name;
    int64_t index; /* the place in a list, from 0; WHOLE_FIELD when the field itself is meant */
};

#define WHOLE_FIELD INT64_C(-1)

/* Writes the path, cut at a whole character when it does not fit. */
void field_path_write(const struct field_path *path, char *text, size_t size);

/* Tells the trouble; path and detail may be NULL. */
void trouble_tell(struct message_trouble *trouble, const struct trouble_kind *kind,
                  const struct field_path *path, const char *detail);
/* The same, with a number as the detail. */
void trouble_tell_number(struct message_trouble *trouble, const struct trouble_kind *kind,
                         const struct field_path *path, uint64_t detail);

#endif
