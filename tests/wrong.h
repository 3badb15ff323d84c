/* wrong.h - messages that may fit a type, and the same wrong in one way, by its descriptor
 *
 * A draft chooses a value for every field of a type, from few identifiers for each kind of thing,
 * so that what one command made is found by another.  A refusal that names a field has that field
 * chosen anew, until the command is done: what is then made wrong is wrong in one way only.
 * Everything comes from a seed.
 */
#ifndef TESTS_WRONG_H
#define TESTS_WRONG_H

#include "libcommon/calendar.h"
#include "libcommon/journal.h"

#include <protobuf-c/protobuf-c.h>

enum leaf_kind {
    LEAF_NUMBER = 1,
    LEAF_BOOL,
    LEAF_CHOICE,
    LEAF_TEXT,
    LEAF_DATA,
    LEAF_DATE,
    LEAF_MONEY,
    LEAF_SEALED,
    LEAF_MESSAGE, /* whether it is there, and how many of it; its own fields follow */
};

/* A field, or a field of a field. */
struct leaf {
    enum leaf_kind kind;
    const ProtobufCFieldDescriptor *field;
    uint32_t drawn; /* what its value comes from */
    char path[120]; /* as the runtime names it: "domains[0].start" */
};

enum { LEAVES_MOST = 256, WRONG_MESSAGE_MOST = 256 * 1024, NO_LEAF = -1 };

struct draft {
    const ProtobufCMessageDescriptor *type;
    struct date today;
    uint64_t chance;
    unsigned generation; /* later ones have other identifiers for what is new */
    int count;
    struct leaf leaves[LEAVES_MOST];
};

/* What a message tells of: identifiers in its fields are given to fields of the same name later. */
void wrong_learn(const ProtobufCMessage *message);

/* The ways of being wrong.  Those from WRONG_LONG to WRONG_LIST_LONG are wrong in form: refused
 * before any handler, with the field. */
enum wrong {
    WRONG_NOT = 0,
    WRONG_ABSENT,
    WRONG_ZERO,
    WRONG_ONE,
    WRONG_MOST,
    WRONG_LEAST,
    WRONG_NEGATIVE,
    WRONG_EMPTY,
    WRONG_LONGEST, /* the longest text that the form allows */
    WRONG_ID,
    WRONG_ID_UNKNOWN,
    WRONG_DATE_LAST,
    WRONG_DATE_FIRST,
    WRONG_DATE_LEAP,
    WRONG_REPEATED, /* a hundred times the same in a list */
    WRONG_LONG,
    WRONG_NOT_UTF8,
    WRONG_NUL,
    WRONG_CONTROL,
    WRONG_CHOICE,
    WRONG_CHOICE_NEGATIVE,
    WRONG_DATE_30_FEBRUARY,
    WRONG_DATE_YEAR_0,
    WRONG_DATE_YEAR_3000,
    WRONG_DATE_MONTH_13,
    WRONG_DATE_NEGATIVE,
    WRONG_DATE_HUGE,
    WRONG_DATE_NOTHING,
    WRONG_LIST_LONG,
    WRONG_END,
};

void draft_open(struct draft *draft, const ProtobufCMessageDescriptor *type, struct date today,
                unsigned generation, uint64_t seed);
/* Chooses anew the field that a refusal names, and sometimes another one. */
void draft_redraw(struct draft *draft, const char *field);
/* Writes the message with one field wrong (NO_LEAF, WRONG_NOT: with none).  room has
 * WRONG_MESSAGE_MOST bytes. */
struct bytes draft_write(const struct draft *draft, int leaf, enum wrong how, uint8_t *room);

bool wrong_applies(const struct leaf *leaf, enum wrong how);
bool wrong_is_of_form(enum wrong how);
/* "over-long", for a sentence. */
const char *wrong_name(enum wrong how);
/* Is this a field of the type, by the name a refusal gives it?  "" is none, and fine. */
bool wrong_field_is_of(const ProtobufCMessageDescriptor *type, const char *field);

#endif
