/* Events as CloudEvents, one JSON line each: pulled by number, so that none is missed and none is
 * twice; what a service publishes is only the sign that there is more. */
#include "libcommon/calendar.h"
#include "libcommon/codec.h"
#include "services/ctl/ctl.h"

#include <stdlib.h>
#include <string.h>

static void print_time(int64_t utc_ms)
{
    int64_t days = utc_ms / (24 * HOUR_MS) - (utc_ms % (24 * HOUR_MS) < 0);
    int64_t of_day = utc_ms - days * 24 * HOUR_MS;
    char text[DATE_TEXT_SIZE];

    printf("\"%sT%02d:%02d:%02d.%03dZ\"", date_format(date_from_days((int32_t)days), text),
           (int)(of_day / HOUR_MS), (int)(of_day / MINUTE_MS % 60), (int)(of_day / 1000 % 60),
           (int)(of_day % 1000));
}

static void print_text(const char *text)
{
    putchar('"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            putchar('\\');
        if ((unsigned char)*text < 0x20)
            printf("\\u%04x", *text);
        else
            putchar(*text);
    }
    putchar('"');
}

static void print_event(struct ctl *ctl, const char *service, const char *log_id,
                        const Tremplin__Header *header, struct bytes event)
{
    const ProtobufCMessage *body = contract_event(service, event, &ctl->arena);
    struct message_trouble trouble;
    const char *data = body ? codec_to_json(body, CODEC_COMPACT, &ctl->arena, &trouble) : NULL;

    printf("{\"specversion\":\"1.0\",\"id\":\"%s/%llu\",\"source\":", log_id,
           (unsigned long long)header->sequence);
    print_text(arena_format(&ctl->arena, "/tremplin/%s/%s", ctl->organisation.name, service));
    printf(",\"type\":");
    print_text(header->type);
    printf(",\"subject\":");
    print_text(header->subject);
    printf(",\"time\":");
    print_time(header->recorded_at_ms);
    printf(",\"sequence\":\"%llu\",\"actor\":", (unsigned long long)header->sequence);
    print_text(header->actor);
    if (header->date)
        printf(",\"date\":\"%04d-%02d-%02d\"", header->date->year, header->date->month,
               header->date->day);
    if (header->cause && *header->cause->command) {
        printf(",\"causecommand\":");
        print_text(header->cause->command);
    } else if (header->cause && header->cause->heard) {
        printf(",\"cause\":");
        print_text(arena_format(&ctl->arena, "%s/%llu", header->cause->heard->log_id,
                                (unsigned long long)header->cause->heard->sequence));
    }
    printf(",\"datacontenttype\":\"application/json\",\"data\":%s}\n", data ? data : "null");
}

/* Prints what a service has from a number on; the next number, or 0 when it did not answer. */
static uint64_t read_from(struct ctl *ctl, const char *service, uint64_t first, bool *more)
{
    Tremplin__ReadQuery query = TREMPLIN__READ_QUERY__INIT;
    const Tremplin__ReadReply *reply;
    int code;

    arena_reset(&ctl->arena);
    query.first = first;
    reply =
        ask(ctl, service, "Runtime.Read", &query.base, &tremplin__read_reply__descriptor, &code);
    if (!reply)
        return 0;
    for (size_t i = 0; i < reply->n_entries; i++) {
        const Tremplin__Entry *entry = reply->entries[i];
        const Tremplin__Header *header =
            tremplin__header__unpack(&ctl->arena.unpacker, entry->header.len, entry->header.data);

        if (header && header->kind == TREMPLIN__ENTRY_KIND__ENTRY_KIND_EVENT)
            print_event(ctl, service, reply->log_id, header,
                        (struct bytes){ entry->event.data, entry->event.len });
    }
    fflush(stdout);
    *more = first + reply->n_entries <= reply->head;
    return first + reply->n_entries;
}

/* A sequence, from 1. */
static bool read_number(const char *text, uint64_t *number)
{
    char *end;

    *number = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && *end == '\0' && *number > 0;
}

int run_watch(struct ctl *ctl)
{
    enum { WAIT_MS = 1000 };
    const char *from = take_option(ctl, "--from");
    bool until_quiet = take_flag(ctl, "--until-quiet");
    const char *only[] = { NULL, NULL };
    const char *const *names = service_names(ctl);
    uint64_t next[ORGANISATION_NAMES_MOST] = { 0 };
    uint64_t first = 1;
    struct arena heard;

    if (ctl->argc > 1 || !arena_open(&heard, 4 * 1024 * 1024))
        return usage_of(ctl, "watch");
    if (from && !read_number(from, &first))
        return usage_of(ctl, "watch");
    if (ctl->argc == 1) {
        if (!is_service(ctl, ctl->argv[0]))
            return EXIT_USAGE;
        only[0] = ctl->argv[0];
        names = only;
    }
    for (size_t i = 0; names[i]; i++) {
        next[i] = first;
        client_watch(ctl->client, names[i], "");
    }
    for (;;) {
        const char *service, *topic;
        struct bytes entry;
        bool any_more = false;

        for (size_t i = 0; names[i]; i++) {
            bool more = true;

            while (more) {
                uint64_t reached = read_from(ctl, names[i], next[i], &more);

                if (reached == 0)
                    break;
                next[i] = reached;
            }
            any_more |= more;
        }
        if (until_quiet)
            return any_more ? CTL_NO_ANSWER : CTL_DONE;
        arena_reset(&heard);
        client_heard(ctl->client, WAIT_MS, &heard, &service, &topic, &entry);
    }
}
