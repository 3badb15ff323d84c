/* import_row.h - what is read of a row of a file, and the commands made of it
 *
 * Fields are asked for by their column's name.  What is not right is said once,
 * with its column.  Identifiers come from the references in the file, so that the
 * same file again changes nothing.
 */
#ifndef CTL_IMPORT_ROW_H
#define CTL_IMPORT_ROW_H

#include "libcommon/calendar.h"
#include "libcommon/ids.h"
#include "proto/tremplin.pb-c.h"
#include "services/ctl/csv.h"
#include "services/ctl/ctl.h"

enum { STEPS_MOST = 10, TOGETHER_MOST = 32, REASON_SIZE = 400, COLUMNS_MOST = 40 };

struct import_step {
    const char *method;
    struct bytes body;
};

/* The columns that a kind's reader looks for, and what may stand in them. */
struct import_columns {
    struct {
        const char *name;
        const char *values; /* "" for any text */
    } read[COLUMNS_MOST];
    size_t count;
};

/* The row at hand: what is read of it, and the commands made of it. */
struct import_row {
    const char *organisation;
    struct arena *arena;
    const struct csv_row *header;
    const struct csv_row *fields;   /* those that field_...() read */
    const struct csv_row *together; /* the file's rows that this is made of, one or more */
    size_t together_count;
    struct import_step steps[STEPS_MOST];
    size_t step_count;
    struct import_columns *asked; /* no row: only notes what is read of one */
    int column;                   /* where it is not right; 0: nowhere in particular */
    char reason[REASON_SIZE];     /* "" while it is right */
};

/* Says what is wrong with the row, in French, and in which of the line's columns (0: in none): the
 * first word counts. */
__attribute__((format(printf, 3, 4))) void blame(struct import_row *row, int column,
                                                 const char *format, ...);

/* Fields by their column's name; each says what is wrong once. */
const char *field_text(struct import_row *row, const char *column); /* "" when empty */
const char *field_needed(struct import_row *row, const char *column);
Tremplin__Date *field_date(struct import_row *row, const char *column); /* NULL when empty */
Tremplin__Date *field_date_needed(struct import_row *row, const char *column);
const char *field_day(struct import_row *row,
                      const char *column); /* as 2020-12-31; "" when empty */
uint32_t field_number(struct import_row *row, const char *column); /* 0 when empty */
Tremplin__Money *field_money(struct import_row *row, const char *column);
bool field_yes(struct import_row *row, const char *column);
int field_choice(struct import_row *row, const char *column, const ProtobufCEnumDescriptor *list);
/* "a, b": the values of a list, in the arena. */
size_t field_choices(struct import_row *row, const char *column,
                     const ProtobufCEnumDescriptor *list, int **values);
Tremplin__Sealed *field_sealed(struct import_row *row, const char *text);

/* The identifier made of these texts, always the same for the same.  Content may be guessed from it
 * unless there is a key. */
void derive_id(struct bytes key, const char *organisation, const char *kind, const char *reference,
               struct bytes content, char id[ID_TEXT_SIZE]);
/* The identifier that a reference of the organisation's stands for: always the same. "" for "". */
char *id_for(struct import_row *row, const char *kind, const char *reference);
void add_step(struct import_row *row, const char *method, const ProtobufCMessage *command);

#endif
