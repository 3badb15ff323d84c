/* Sends the commands it reads and writes down each answer: for tests that kill what answers.
 *
 *     asker ENDPOINTS AT_ONCE
 *
 * In:  ID SERVICE.METHOD AFTER {json}        AFTER is - or SERVICE/LOG/SEQUENCE
 * Out: ID INSTANT CODE SEQUENCE {json}       CODE is done or the trouble's; INSTANT is in
 *                                            nanoseconds of CLOCK_MONOTONIC, once the answer is
 * here
 *
 * A command is sent again under its identifier until it has a final answer.  Ends once nothing
 * more comes in and all is answered.
 */
#include "libcommon/codec.h"
#include "services/ctl/ctl.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { AT_ONCE_MOST = 256, LINE_MOST = 16 * 1024, WAIT_MS = 5 };

/* Without an answer, and after an answer that says to try again. */
static const int64_t AGAIN_NS = 300 * 1000 * 1000, SOON_NS = 50 * 1000 * 1000;

struct command {
    char id[40];
    char method[64];
    char log[40];
    char service[24];
    uint64_t sequence; /* to be heard before, where log says of what; or 0 */
    struct bytes body;
    int64_t again_ns; /* when it is sent again */
};

struct asker {
    struct client *client;
    struct arena arena;
    struct command commands[AT_ONCE_MOST];
    int count, most;
    char lines[LINE_MOST];
    size_t filled;
    bool ended;
};

static int64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

_Noreturn static void give_up(const char *what, const char *about)
{
    fprintf(stderr, "asker: %s: %s\n", what, about);
    exit(1);
}

/* --- commands in ------------------------------------------------------------------------------ */

static void send_one(struct asker *asker, struct command *command)
{
    Tremplin__Position position = TREMPLIN__POSITION__INIT;
    const Tremplin__Position *after[] = { &position };

    position.service = (char *)(uintptr_t)command->service;
    position.log_id = (char *)(uintptr_t)command->log;
    position.sequence = command->sequence;
    client_send(asker->client, command->id, command->method, command->body, 0, after,
                command->sequence > 0);
    command->again_ns = now_ns() + AGAIN_NS;
}

static struct bytes packed(struct asker *asker, const char *name, const char *json)
{
    struct message_trouble trouble;
    struct contract_method method;
    const ProtobufCMessage *message;
    size_t length;
    uint8_t *bytes;

    arena_reset(&asker->arena);
    if (!contract_find(name, &method))
        give_up("no such method", name);
    message = codec_from_json(method.asked, &asker->arena, json, strlen(json), &trouble);
    if (!message)
        give_up(trouble.english, json);
    length = protobuf_c_message_get_packed_size(message);
    bytes = malloc(length + 1);
    if (!bytes)
        give_up("no memory", name);
    protobuf_c_message_pack(message, bytes);
    return (struct bytes){ bytes, length };
}

static void take_line(struct asker *asker, const char *line)
{
    struct command *command = &asker->commands[asker->count];
    char after[128];
    int json = 0;

    *command = (struct command){ 0 };
    if (sscanf(line, "%39s %63s %127s %n", command->id, command->method, after, &json) != 3)
        give_up("no command", line);
    if (strcmp(after, "-") != 0 && sscanf(after, "%23[^/]/%39[^/]/%" SCNu64, command->service,
                                          command->log, &command->sequence) != 3)
        give_up("no position", after);
    command->body = packed(asker, command->method, line + json);
    asker->count++;
    send_one(asker, command);
}

static void take_lines(struct asker *asker)
{
    char *end;

    while (asker->count < asker->most) {
        end = memchr(asker->lines, '\n', asker->filled);
        if (!end) {
            ssize_t got = read(STDIN_FILENO, asker->lines + asker->filled,
                               sizeof asker->lines - asker->filled);

            asker->ended = got == 0;
            if (got <= 0)
                return;
            asker->filled += (size_t)got;
            continue;
        }
        *end = '\0';
        take_line(asker, asker->lines);
        asker->filled -= (size_t)(end + 1 - asker->lines);
        memmove(asker->lines, end + 1, asker->filled);
    }
}

/* --- answers out ------------------------------------------------------------------------------ */

static void write_down(struct asker *asker, const struct command *command,
                       const Tremplin__Reply *reply, int64_t at_ns)
{
    struct message_trouble trouble;
    struct contract_method method;
    const ProtobufCMessage *body = NULL;
    const char *json = NULL;

    if (!reply->trouble && contract_find(command->method, &method))
        body = protobuf_c_message_unpack(method.reply, &asker->arena.unpacker, reply->body.len,
                                         reply->body.data);
    if (body)
        json = codec_to_json(body, CODEC_COMPACT, &asker->arena, &trouble);
    printf("%s %" PRId64 " %s %s/%s/%" PRIu64 " %s\n", command->id, at_ns,
           reply->trouble ? reply->trouble->code : "done",
           reply->position ? reply->position->service : "",
           reply->position ? reply->position->log_id : "",
           reply->position ? reply->position->sequence : 0,
           reply->trouble ? reply->trouble->english
           : json         ? json
                          : "{}");
    fflush(stdout);
}

static void take_reply(struct asker *asker)
{
    const Tremplin__Reply *reply;
    int64_t at_ns;

    arena_reset(&asker->arena);
    reply = client_receive(asker->client, WAIT_MS, &asker->arena);
    at_ns = now_ns();
    if (!reply)
        return;
    for (int i = 0; i < asker->count; i++) {
        struct command *command = &asker->commands[i];

        if (strcmp(command->id, reply->id) != 0)
            continue;
        if (reply->status == TREMPLIN__STATUS__STATUS_TRY_AGAIN) {
            command->again_ns = at_ns + SOON_NS;
            return;
        }
        write_down(asker, command, reply, at_ns);
        free((void *)(uintptr_t)command->body.at);
        *command = asker->commands[--asker->count];
        return;
    }
}

static void send_again(struct asker *asker)
{
    int64_t now = now_ns();

    for (int i = 0; i < asker->count; i++)
        if (asker->commands[i].again_ns < now)
            send_one(asker, &asker->commands[i]);
}

int main(int argc, char **argv)
{
    static struct asker asker;
    struct client_setup setup = { .endpoints = argc > 1 ? argv[1] : "", .actor = "tests" };

    if (argc != 3 || !arena_open(&asker.arena, 4 * 1024 * 1024))
        return 64;
    asker.most = atoi(argv[2]) < AT_ONCE_MOST ? atoi(argv[2]) : AT_ONCE_MOST;
    asker.client = client_open(&setup);
    if (!asker.client || fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK) != 0)
        give_up("cannot begin", strerror(errno));
    while (!asker.ended || asker.count > 0) {
        take_lines(&asker);
        take_reply(&asker);
        send_again(&asker);
    }
    client_close(asker.client);
    return 0;
}
