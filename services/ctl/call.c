#include "libcommon/codec.h"
#include "services/ctl/ctl.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { INPUT_MOST = 1024 * 1024 };

static const char *read_input(struct ctl *ctl, size_t *length)
{
    char *text = arena_take(&ctl->arena, INPUT_MOST);

    if (isatty(STDIN_FILENO))
        fprintf(stderr, "%s\n",
                say(ctl, "Écrivez le JSON, puis Ctrl-D ({} : aucun champ).",
                    "Write the JSON, then Ctrl-D ({}: no field)."));
    *length = text ? fread(text, 1, INPUT_MOST - 1, stdin) : 0;
    return text;
}

/* "intake/018f.../42": what an earlier reply printed as its position. */
static const Tremplin__Position *read_position(struct ctl *ctl, const char *text)
{
    Tremplin__Position *position = arena_take(&ctl->arena, sizeof *position);
    const char *first = strchr(text, '/');
    const char *second = first ? strchr(first + 1, '/') : NULL;

    if (!position || !second)
        return NULL;
    tremplin__position__init(position);
    position->service = arena_text(&ctl->arena, text, (size_t)(first - text));
    position->log_id = arena_text(&ctl->arena, first + 1, (size_t)(second - first - 1));
    position->sequence = strtoull(second + 1, NULL, 10);
    return position;
}

static struct bytes packed(struct ctl *ctl, const ProtobufCMessage *message)
{
    size_t length = protobuf_c_message_get_packed_size(message);
    uint8_t *bytes = arena_take(&ctl->arena, length + 1);

    if (!bytes)
        return (struct bytes){ 0 };
    protobuf_c_message_pack(message, bytes);
    return (struct bytes){ bytes, length };
}

static int print_reply(struct ctl *ctl, const char *service, const struct contract_method *method,
                       const Tremplin__Reply *reply)
{
    int code = tell_reply(ctl, service, reply);
    struct message_trouble trouble;
    ProtobufCMessage *body;
    const char *json;

    if (code != CTL_DONE)
        return code;
    body = protobuf_c_message_unpack(method->reply, &ctl->arena.unpacker, reply->body.len,
                                     reply->body.data);
    json = body ? codec_to_json(body, CODEC_INDENTED, &ctl->arena, &trouble) : NULL;
    printf("%s\n", json ? json : "{}");
    if (reply->position && !method->is_query)
        fprintf(stderr, "%s %s/%s/%llu\n", say(ctl, "position :", "position:"),
                reply->position->service, reply->position->log_id,
                (unsigned long long)reply->position->sequence);
    return CTL_DONE;
}

/* JSON that is no JSON says its place; else the field is named. */
static void tell_json_trouble(const struct ctl *ctl, const struct message_trouble *trouble)
{
    if (trouble->line > 0)
        fprintf(stderr, "%s (%d:%d)\n", trouble->code, trouble->line, trouble->column);
    else
        fprintf(stderr, "%s (%s)\n", trouble->code, trouble->field);
    fprintf(stderr, "%s\n", say(ctl, trouble->french, trouble->english));
}

int run_call(struct ctl *ctl)
{
    const char *id = take_option(ctl, "--id");
    const char *after = take_option(ctl, "--after");
    const char *at = take_option(ctl, "--service");
    const Tremplin__Position *position = after ? read_position(ctl, after) : NULL;
    struct contract_method method;
    struct message_trouble trouble;
    const ProtobufCMessage *asked;
    const Tremplin__Reply *reply;
    const char *json;
    size_t length;

    if (ctl->argc < 1 || ctl->argc > 2 || (after && !position))
        return usage_of(ctl, "call");
    if (!contract_find(ctl->argv[0], &method)) {
        fprintf(stderr, "%s %s (%s)\n", say(ctl, "méthode inconnue :", "unknown method:"),
                ctl->argv[0],
                say(ctl, "« tremplin help » les dit toutes", "'tremplin help' tells them all"));
        return EXIT_USAGE;
    }
    if (at && !is_service(ctl, at))
        return EXIT_USAGE;
    if (!at && strcmp(method.service, "Runtime") == 0) {
        fprintf(stderr, "%s\n",
                say(ctl, "Chaque service a cette méthode ; dites à quel service : --service intake",
                    "Every service has this method; say at which one: --service intake"));
        return EXIT_USAGE;
    }
    if (ctl->argc == 2) {
        json = ctl->argv[1];
        length = strlen(json);
    } else {
        json = read_input(ctl, &length);
    }
    asked = json ? codec_from_json(method.asked, &ctl->arena, json, length, &trouble) : NULL;
    if (!asked) {
        if (json)
            tell_json_trouble(ctl, &trouble);
        return json ? CTL_REFUSED : EXIT_MEMORY;
    }
    reply = client_call_at(ctl->client, at ? at : method.service, id, ctl->argv[0],
                           packed(ctl, asked), &position, position ? 1 : 0, &ctl->arena);
    return print_reply(ctl, at ? at : method.service, &method, reply);
}
