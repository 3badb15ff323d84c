/* name_index.h - names in memory, for a search by a part of one
 *
 * In the order of the households' identifiers, which is that of their registering.  A name is
 * overwritten before its memory is given back.
 */
#ifndef SERVICES_INTAKE_NAME_INDEX_H
#define SERVICES_INTAKE_NAME_INDEX_H

#include "libcommon/ids.h"

#include <stdbool.h>
#include <stddef.h>

struct name_index;

/* NULL when there is no room. */
struct name_index *name_index_open(void);
void name_index_close(struct name_index *index);
/* Names are folded already (text.h).  A household has one: another replaces it.  False when there
 * is no room, and nothing is changed. */
bool name_index_put(struct name_index *index, struct id household, const char *folded);
void name_index_drop(struct name_index *index, struct id household);
/* The households after one (ID_NONE: from the first) whose names contain what is wanted, as many
 * as there is room for; *more: there are others after the last. */
size_t name_index_find(const struct name_index *index, const char *wanted, struct id after,
                       struct id found[], size_t most, bool *more);

#endif
