#include "services/intake/parts.h"

#include "libcommon/text.h"

#include <string.h>

/* --- search by name ----------------------------------------------------------------------------
 *
 * Names are opened one by one as they are sought: no list of names in clear exists anywhere, not
 * even in memory, and an erased household is found no more with nothing to forget.
 */

enum {
    FOLDED_SIZE = 2048,
    FOUND_PRESET = 20,
    FOUND_MOST = 100,
    LOOKED_AT_MOST = 30000, /* names a query opens, some 40 ms; more takes another query */
};

struct search {
    char wanted[FOLDED_SIZE];
    size_t most;
    size_t looked_at;
    char found[FOUND_MOST][ID_TEXT_SIZE];
    size_t count;
    char last[ID_TEXT_SIZE];
    bool more;
};

static bool name_matches(struct work *work, const Intake__Records__Name *row, const char *wanted)
{
    const char *name = work_unseal(work, row->name);
    char folded[FOLDED_SIZE];

    if (!name)
        return false;
    text_fold(name, strlen(name), folded, sizeof folded);
    return strstr(folded, wanted) != NULL;
}

static void look_through(struct work *work, const char *after, struct search *search)
{
    struct key from = *after ? key_id(after) : (struct key){ 0 };
    struct walk walk = walk_from_key(work->tables, &intake_names, from, 0);

    while (walk_next(&walk)) {
        size_t at = 0;
        char id[ID_TEXT_SIZE];

        if (key_read_id(&walk.key, &at, id) && strcmp(id, after) != 0) {
            if (search->count == search->most || search->looked_at == LOOKED_AT_MOST) {
                search->more = true;
                return;
            }
            search->looked_at++;
            memcpy(search->last, id, sizeof id);
            if (name_matches(work, walk.value, search->wanted))
                memcpy(search->found[search->count++], id, sizeof id);
        }
        walk_forget(&walk);
    }
}

static void reply_found(struct work *work, struct search *search)
{
    Intake__FindHouseholdsReply reply = INTAKE__FIND_HOUSEHOLDS_REPLY__INIT;

    reply.households = arena_take(work->arena, (search->count + 1) * sizeof *reply.households);
    for (size_t i = 0; reply.households && i < search->count; i++) {
        Intake__HouseholdReply *one = intake_describe_household(work, search->found[i]);

        if (one)
            reply.households[reply.n_households++] = one;
    }
    if (search->more)
        reply.next = search->last;
    work_reply(work, &reply.base);
}

const struct refusal *intake_on_find_households(struct work *work, const void *body)
{
    const Intake__FindHouseholdsQuery *asked = body;
    const struct refusal *refusal = ACCEPTED;
    struct search *search = arena_take(work->arena, sizeof *search);

    if (!search)
        return not_known(work, "name");
    text_fold(asked->name, strlen(asked->name), search->wanted, sizeof search->wanted);
    refusal = need_text(work, "name", search->wanted);
    if (!refusal && *asked->after != '\0')
        refusal = need_id(work, "after", asked->after);
    if (refusal)
        return refusal;
    search->most = asked->most == 0           ? FOUND_PRESET
                   : asked->most < FOUND_MOST ? asked->most
                                              : FOUND_MOST;
    look_through(work, asked->after, search);
    reply_found(work, search);
    return ACCEPTED;
}
