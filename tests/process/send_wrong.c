/* Asks running services everything wrong in one way, by the contract's descriptors: each method,
 * each field, each way of being wrong.  Prints what was not answered as it should; the services'
 * processes are somebody else's to look at. send-wrong ENDPOINTS */
#include "services/ctl/ctl.h"
#include "tests/check.h"
#include "tests/wrong.h"

#include <stdlib.h>

enum { CALL_MS = 20000 };

static uint8_t room[WRONG_MESSAGE_MOST];
static int asked, done;

static void send_one(struct client *client, struct arena *arena, const char *service,
                     const char *method, struct bytes body, const struct leaf *leaf, enum wrong how)
{
    const char *what = leaf ? leaf->path : "the whole";
    const Tremplin__Reply *reply;

    arena_reset(arena);
    reply = client_call_at(client, service, NULL, method, body, NULL, 0, arena);
    asked++;
    if (!reply) {
        check(false, "%s, %s %s: no answer", method, what, wrong_name(how));
        return;
    }
    done += reply->status == TREMPLIN__STATUS__STATUS_DONE;
    if (reply->status == TREMPLIN__STATUS__STATUS_DONE)
        holds_or_report(!wrong_is_of_form(how), "%s, %s %s: is done", method, what,
                        wrong_name(how));
    else
        holds_or_report(
            reply->status == TREMPLIN__STATUS__STATUS_REFUSED && reply->trouble &&
                *reply->trouble->code && *reply->trouble->french && *reply->trouble->english,
            "%s, %s %s: is refused with a code and two sentences", method, what, wrong_name(how));
}

static void send_all(struct client *client, struct arena *arena, const char *service,
                     const struct contract_method *method, struct chance *chance)
{
    static struct draft draft;
    char name[96];

    snprintf(name, sizeof name, "%s.%s", method->service, method->name);
    draft_open(&draft, method->asked, DATE(2020, 1, 6), 0,
               (uint64_t)chance_between(chance, 1, INT32_MAX));
    for (int leaf = 0; leaf < draft.count; leaf++)
        for (enum wrong how = WRONG_NOT; how < WRONG_END; how++)
            if (wrong_applies(&draft.leaves[leaf], how))
                send_one(client, arena, service, name, draft_write(&draft, leaf, how, room),
                         &draft.leaves[leaf], how);
    for (size_t i = 0; i < 64; i++)
        room[i] = (uint8_t)chance_between(chance, 0, 255);
    send_one(client, arena, service, name, (struct bytes){ room, 64 }, NULL, WRONG_NOT);
    memset(room, 'a', 70000);
    send_one(client, arena, service, name, (struct bytes){ room, 70000 }, NULL, WRONG_LONG);
}

int main(int argc, char **argv)
{
    struct client_setup setup = { .actor = "tests", .timeout_ms = CALL_MS };
    struct contract_method method;
    struct chance chance = { 1 };
    struct client *client;
    struct arena arena;

    setup.endpoints = argc == 2 ? argv[1] : "";
    client = client_open(&setup);
    if (argc != 2 || !client || !arena_open(&arena, 4 * 1024 * 1024))
        return 2;
    for (size_t at = 0; contract_next(&at, &method);)
        if (strcmp(method.service, "Runtime") != 0)
            send_all(client, &arena, method.service, &method, &chance);
        else if (strcmp(method.name, "MoveClock") != 0)
            send_all(client, &arena, "alerts", &method, &chance);
    check(asked > 2000, "%d requests were answered, %d of them done", asked, done);
    client_close(client);
    arena_close(&arena);
    return checks_done();
}
