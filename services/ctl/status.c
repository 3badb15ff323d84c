#include "libcommon/calendar.h"
#include "libcommon/codec.h"
#include "services/ctl/ctl.h"

#include <string.h>

static void print_sources(const struct ctl *ctl, const Tremplin__StatusReply *status)
{
    for (size_t i = 0; i < status->n_sources; i++) {
        const Tremplin__SourceStatus *source = status->sources[i];
        uint64_t lag = source->head > source->sequence ? source->head - source->sequence : 0;

        printf("    %s %-10s %llu", say(ctl, "suit", "follows"), source->service,
               (unsigned long long)source->sequence);
        if (lag > 0)
            printf(", %s %llu", say(ctl, "retard", "lag"), (unsigned long long)lag);
        if (source->halted)
            printf(", %s : %s", say(ctl, "ARRÊTÉ", "HALTED"), source->reason);
        else if (!source->reached)
            printf(", %s", say(ctl, "injoignable", "not reached"));
        printf("\n");
    }
}

static void print_status(const struct ctl *ctl, const Tremplin__StatusReply *status)
{
    printf("%-10s %-12s %s %llu", status->service, status->state, say(ctl, "journal", "journal"),
           (unsigned long long)status->head);
    if (status->today)
        printf(", %s %04d-%02d-%02d", say(ctl, "jour", "day"), status->today->year,
               status->today->month, status->today->day);
    printf(", %s %u\n", say(ctl, "époque", "epoch"), status->epoch);
    print_sources(ctl, status);
    for (size_t i = 0; i < status->n_counts; i++)
        printf("    %-26s %lld\n", status->counts[i]->name, (long long)status->counts[i]->value);
    if (status->erasures_open > 0)
        printf("    %s %u\n", say(ctl, "effacements non achevés", "erasures not complete"),
               status->erasures_open);
    if (*status->trouble)
        printf("    ! %s\n", status->trouble);
}

int run_status(struct ctl *ctl)
{
    bool json = take_flag(ctl, "--json");
    const char *const *names = service_names(ctl);
    Tremplin__StatusQuery query = TREMPLIN__STATUS_QUERY__INIT;
    int worst = CTL_DONE;

    if (ctl->argc > 0)
        return usage_of(ctl, "status");
    for (size_t i = 0; names[i]; i++) {
        struct message_trouble trouble;
        int code;
        const Tremplin__StatusReply *status = ask(ctl, names[i], "Runtime.Status", &query.base,
                                                  &tremplin__status_reply__descriptor, &code);

        if (!status) {
            printf("%-10s %s\n", names[i], say(ctl, "ne répond pas", "does not answer"));
            worst = CTL_NO_ANSWER;
            continue;
        }
        if (json)
            printf("%s\n", codec_to_json(&status->base, CODEC_COMPACT, &ctl->arena, &trouble));
        else
            print_status(ctl, status);
    }
    return worst;
}
