/* import_kinds.h - a file's rows as the commands that staff would give
 *
 * A kind of file says its columns and makes, of each row, one to a few commands.
 */
#ifndef CTL_IMPORT_KINDS_H
#define CTL_IMPORT_KINDS_H

#include "services/ctl/ctl.h"
#include "services/ctl/import_row.h"

struct import_kind {
    const char *name;           /* "menages" */
    const char *const *columns; /* those it must have, ended by NULL */
    void (*read)(struct import_row *row);
    const char
        *together; /* rows after one another with the same here are one; NULL: each its own */
};

/* The column that a field of a command comes from, for what a service refuses. */
struct import_field {
    const char *field;
    const char *column;
};
extern const struct import_field import_fields[]; /* ended by a row without field */

extern const struct import_kind import_kinds[]; /* ended by a row without name */

/* NULL, with what is known said, when there is none of that name. */
const struct import_kind *import_kind_of(const struct ctl *ctl, const char *name);
bool import_needs(const struct import_kind *kind, const char *column);
/* All columns that the kind reads, those it can do without among them; texts in the arena. */
void import_columns_of(const struct import_kind *kind, struct arena *arena,
                       struct import_columns *columns);

#endif
