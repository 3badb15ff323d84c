#include "services/measures/parts.h"

#include "services/measures/rules/follow_up.h"

#include <string.h>

enum { NOTES_MOST = 500, PAGE_MOST = 200, PAGE_USUAL = 50, LOOKED_AT_MOST = 5000 };

/* --- one measure ------------------------------------------------------------------------------ */

static void fill_follow_up(struct work *work, const Measures__Records__Measure *row,
                           Measures__MeasureReply *reply)
{
    const Measures__Records__FollowUp *follow_up =
        table_get(work->tables, &measures_follow_ups, key_id(row->measure));
    const Measures__Records__Matter *matter =
        table_get(work->tables, &measures_matters, key_id(row->measure));

    if (matter)
        reply->unsettled = matter->matter;
    if (!follow_up)
        return;
    reply->follow_up_on = follow_up->due_on;
    reply->follow_up_state = measures_text(follow_up_machine.states[follow_up->state]);
}

static void fill_reply(struct work *work, const Measures__Records__Measure *row,
                       Measures__MeasureReply *reply)
{
    struct date ended_on = date_of(row->ended_on);
    struct date end = date_is_set(ended_on) ? ended_on : date_of(row->end);

    reply->measure = row->measure;
    reply->household = row->household;
    reply->request = row->request;
    reply->scheme = row->scheme;
    reply->state = measures_text(measures_state_name(row->state));
    reply->worker = row->worker;
    reply->agreement = row->agreement;
    reply->line = row->line;
    reply->granted_on = row->granted_on;
    reply->started_on = row->started_on;
    if (date_is_set(end))
        reply->last_day = date_field(work->arena, date_add_days(end, -1));
    reply->granted_months = row->months;
    reply->counted_months = (uint32_t)(row->counted / MONTH_HUNDREDTHS);
    reply->last_contact_on = row->last_contact_on;
    reply->outcome = row->outcome;
    fill_follow_up(work, row, reply);
}

static void fill_notes(struct work *work, const char *measure, Measures__MeasureReply *reply)
{
    struct walk walk = walk_from(work->tables, &measures_texts, key_id(measure));

    reply->notes = arena_take(work->arena, NOTES_MOST * sizeof *reply->notes);
    while (reply->notes && reply->n_notes < NOTES_MOST && walk_next(&walk)) {
        const Measures__Records__Text *row = walk.value;
        const char *clear = work_unseal(work, row->text);

        if (clear)
            reply->notes[reply->n_notes++] = measures_text(clear);
    }
}

const struct refusal *measures_on_measure(struct work *work, const void *body)
{
    const Measures__MeasureQuery *asked = body;
    const Measures__Records__Measure *row = measures_get(work->tables, asked->measure);
    Measures__MeasureReply reply = MEASURES__MEASURE_REPLY__INIT;

    if (!row)
        return not_known(work, "measure", asked->measure);
    fill_reply(work, row, &reply);
    fill_notes(work, row->measure, &reply);
    work_reply(work, &reply.base);
    return ACCEPTED;
}

/* --- a list ----------------------------------------------------------------------------------- */

/* Where to look: the shortest list that holds what is asked for. */
static const struct table *list_of(const Measures__MeasuresQuery *asked, struct key *prefix)
{
    *prefix = (struct key){ 0 };
    if (*asked->worker) {
        key_add_id(prefix, asked->worker);
        return &measures_by_worker;
    }
    if (asked->unsettled_only)
        return &measures_matters;
    return *asked->state ? &measures_measures : &measures_open;
}

static bool is_asked(struct work *work, const Measures__MeasuresQuery *asked,
                     const Measures__Records__Measure *row)
{
    if (asked->unsettled_only && !table_has(work->tables, &measures_matters, key_id(row->measure)))
        return false;
    if (*asked->state)
        return strcmp(asked->state, measures_state_name(row->state)) == 0;
    return !machine_is_terminal(&measure_machine, row->state);
}

static Measures__MeasureReply *found(struct work *work, const Measures__Records__Measure *row)
{
    Measures__MeasureReply *reply = arena_take(work->arena, sizeof *reply);

    if (!reply)
        return NULL;
    measures__measure_reply__init(reply);
    fill_reply(work, row, reply);
    return reply;
}

static struct walk walk_after(struct work *work, const Measures__MeasuresQuery *asked)
{
    struct key prefix, from;
    const struct table *table = list_of(asked, &prefix);

    from = prefix;
    if (*asked->after)
        key_add_id(&from, asked->after);
    return walk_from_key(work->tables, table, from, prefix.length);
}

const struct refusal *measures_on_measures(struct work *work, const void *body)
{
    const Measures__MeasuresQuery *asked = body;
    Measures__MeasuresReply reply = MEASURES__MEASURES_REPLY__INIT;
    struct walk walk = walk_after(work, asked);
    size_t most = asked->most > 0 ? asked->most : PAGE_USUAL;
    char *next = arena_take(work->arena, ID_TEXT_SIZE);
    size_t looked_at = 0;

    most = most < PAGE_MOST ? most : PAGE_MOST;
    reply.measures = arena_take(work->arena, most * sizeof *reply.measures);
    while (reply.measures && next && walk_next(&walk)) {
        size_t at = *asked->worker ? 16 : 0;
        char id[ID_TEXT_SIZE] = "";
        const Measures__Records__Measure *row =
            key_read_id(&walk.key, &at, id) ? measures_get(work->tables, id) : NULL;
        bool wanted = row && strcmp(id, asked->after) != 0 && is_asked(work, asked, row);

        if ((wanted && reply.n_measures == most) || looked_at++ == LOOKED_AT_MOST) {
            reply.more = true;
            reply.next = next;
            break;
        }
        memcpy(next, id, ID_TEXT_SIZE);
        if (wanted)
            reply.measures[reply.n_measures++] = found(work, row);
        else
            walk_forget(&walk);
    }
    work_reply(work, &reply.base);
    return ACCEPTED;
}
