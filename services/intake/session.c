#include "services/intake/parts.h"

#include <string.h>

const struct table intake_sessions = { "sessions", &intake__records__session__descriptor };
const struct table intake_body_sessions = { "body_sessions",
                                            &intake__records__session__descriptor };

static struct key body_session_key(const char *body, struct date day, const char *session)
{
    struct key key = key_id(body);

    key_add_date(&key, day);
    if (*session != '\0')
        key_add_id(&key, session);
    return key;
}

struct session intake_session_of(const Intake__Records__Session *row)
{
    return (struct session){
        .state = row->held ? SESSION_HELD : SESSION_PLANNED,
        .date = date_of(row->held_on),
        .cut_off = date_of(row->cut_off),
    };
}

struct session_list intake_sessions_from(struct work *work, const char *body, struct date from)
{
    enum { SESSIONS_MOST = 600 }; /* fifty years of months */
    struct session_list list = {
        .sessions = arena_take(work->arena, SESSIONS_MOST * sizeof *list.sessions),
        .ids = arena_take(work->arena, SESSIONS_MOST * sizeof *list.ids),
    };
    struct walk walk = walk_from_key(work->tables, &intake_body_sessions,
                                     body_session_key(body, from, ""), sizeof(struct id));

    while (list.sessions && list.ids && list.count < SESSIONS_MOST && walk_next(&walk)) {
        size_t at = sizeof(struct id);
        struct date day;
        char id[ID_TEXT_SIZE];

        if (!key_read_date(&walk.key, &at, &day) || !key_read_id(&walk.key, &at, id))
            continue;
        list.sessions[list.count] = intake_session_of(walk.value);
        walk_forget(&walk);
        list.ids[list.count++] = arena_text(work->arena, id, strlen(id));
    }
    return list;
}

void intake_put_session(struct tables *tables, const char *id, const Intake__Records__Session *row)
{
    table_put(tables, &intake_sessions, key_id(id), &row->base);
    table_put(tables, &intake_body_sessions, body_session_key(row->body, date_of(row->held_on), id),
              &row->base);
}
