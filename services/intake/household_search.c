#include "services/intake/parts.h"

#include "libcommon/text.h"
#include "services/intake/name_index.h"

#include <sodium.h>
#include <string.h>

enum {
    FOLDED_SIZE = 2048,
    FOUND_PRESET = 20,
    FOUND_MOST = 100,
};

/* --- the names in memory ---------------------------------------------------------------------- */

/* Folded and in clear here alone: on disk they rest sealed, the machine swaps nothing of a service
 * and dumps none (deploy/systemd, process.c), and whoever is erased is dropped before anything else
 * is asked. */

static bool put_name(struct work *work, struct name_index *index, struct id household,
                     const Intake__Records__Name *row)
{
    char *name = (char *)(uintptr_t)work_unseal(work, row->name);
    char folded[FOLDED_SIZE];
    bool put;

    if (!name)
        return true; /* the key is gone */
    text_fold(name, strlen(name), folded, sizeof folded);
    put = name_index_put(index, household, folded);
    sodium_memzero(name, strlen(name));
    sodium_memzero(folded, sizeof folded);
    return put;
}

static void *open_names(void)
{
    return name_index_open();
}

static bool put_row(struct work *work, void *names, const struct key *key, const void *row)
{
    size_t at = 0;
    char id[ID_TEXT_SIZE];
    struct id household;

    return !key_read_id(key, &at, id) || !id_parse(id, &household) ||
           put_name(work, names, household, row);
}

/* Whatever the entry was, the table says what the name is now. */
static bool follow_name(struct work *work, void *names, const Tremplin__Header *header)
{
    const Intake__Records__Name *row;
    struct id household;

    if (!id_parse(header->subject, &household))
        return true;
    row = table_get(work->tables, &intake_names, key_id(header->subject));
    if (row)
        return put_name(work, names, household, row);
    name_index_drop(names, household);
    return true;
}

static void close_names(void *names)
{
    name_index_close(names);
}

const struct memory intake_names_in_memory = {
    .open = open_names,
    .table = &intake_names,
    .put = put_row,
    .follow = follow_name,
    .close = close_names,
};

/* --- search by name --------------------------------------------------------------------------- */

static void reply_found(struct work *work, const struct id found[], size_t count, bool more)
{
    Intake__FindHouseholdsReply reply = INTAKE__FIND_HOUSEHOLDS_REPLY__INIT;
    char id[ID_TEXT_SIZE] = "";

    reply.households = arena_take(work->arena, (count + 1) * sizeof *reply.households);
    for (size_t i = 0; reply.households && i < count; i++) {
        Intake__HouseholdReply *one = intake_describe_household(work, id_format(found[i], id));

        if (one)
            reply.households[reply.n_households++] = one;
    }
    if (more)
        reply.next = id;
    work_reply(work, &reply.base);
}

const struct refusal *intake_on_find_households(struct work *work, const void *body)
{
    const Intake__FindHouseholdsQuery *asked = body;
    const size_t most = asked->most == 0           ? FOUND_PRESET
                        : asked->most < FOUND_MOST ? asked->most
                                                   : FOUND_MOST;
    char wanted[FOLDED_SIZE];
    struct id after = ID_NONE, found[FOUND_MOST];
    const struct refusal *refusal;
    size_t count;
    bool more;

    text_fold(asked->name, strlen(asked->name), wanted, sizeof wanted);
    refusal = need_text(work, "name", wanted);
    if (!refusal && *asked->after != '\0')
        refusal = need_id(work, "after", asked->after);
    if (refusal)
        return refusal;
    if (*asked->after != '\0')
        id_parse(asked->after, &after);
    count = name_index_find(work->memory, wanted, after, found, most, &more);
    reply_found(work, found, count, more);
    return ACCEPTED;
}
