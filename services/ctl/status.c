#include "libcommon/calendar.h"
#include "libcommon/codec.h"
#include "services/ctl/ctl.h"

#include <string.h>

static void print_sources(const struct ctl *ctl, const Tremplin__StatusReply *status)
{
    for (size_t i = 0; i < status->n_sources; i++) {
        const Tremplin__SourceStatus *source = status->sources[i];
        uint64_t lag = source->head > source->sequence ? source->head - source->sequence : 0;

        printf("    %s %-10s %s %llu", say(ctl, "suit", "follows"), source->service,
               say(ctl, "jusqu'à", "up to"), (unsigned long long)source->sequence);
        printf(", %s %llu", say(ctl, "retard", "lag"), (unsigned long long)lag);
        if (source->halted)
            printf(", %s : %s", say(ctl, "ARRÊTÉ", "HALTED"), source->reason);
        else if (!source->reached)
            printf(", %s", say(ctl, "injoignable", "not reached"));
        printf("\n");
    }
}

/* What services count (a counter that is not here is told by its name). */
static const struct {
    const char *name;
    const char *french;
    const char *english;
} counted[] = {
    { "households", "ménages", "households" },
    { "requests_open", "demandes en cours", "requests open" },
    { "erased", "ménages effacés", "households erased" },
    { "measures_open", "mesures en cours", "measures open" },
    { "to_settle", "mesures à régulariser", "measures to settle" },
    { "follow_ups_due", "contacts à six mois à prendre", "six-month contacts due" },
    { "workers", "travailleurs", "workers" },
    { "units", "logements", "units" },
    { "occupied", "places occupées", "places occupied" },
    { "vacancies_open", "places à pourvoir", "vacancies open" },
    { "stays", "séjours, finis compris", "stays, ended ones too" },
    { "accounts_late", "comptes en impayé", "accounts in arrears" },
    { "alerts_open", "alertes ouvertes", "alerts open" },
    { "matters_open", "échéances suivies", "deadlines watched" },
    { "mails_queued", "courriels en attente", "mails queued" },
    { "mails_held", "courriels retenus", "mails held" },
    { "mails_failed", "courriels abandonnés", "mails given up" },
    { "history_kept", "alertes et courriels passés", "past alerts and mails" },
    { "measures", "mesures", "measures" },
    { "frozen_reports", "rapports figés", "reports frozen" },
};

static const char *counted_name(const struct ctl *ctl, const char *name)
{
    for (size_t i = 0; i < sizeof counted / sizeof *counted; i++)
        if (strcmp(counted[i].name, name) == 0)
            return say(ctl, counted[i].french, counted[i].english);
    return name;
}

static const char *state_name(const struct ctl *ctl, const char *state)
{
    if (strcmp(state, "serving") == 0)
        return say(ctl, "en service", state);
    if (strcmp(state, "starting") == 0)
        return say(ctl, "démarre", state);
    if (strcmp(state, "full") == 0)
        return say(ctl, "disque plein", "disk full");
    if (strcmp(state, "clock held") == 0)
        return say(ctl, "horloge retenue", state);
    return state;
}

/* No numbers to read, but something to do. */
static const struct {
    const char *name;
    const char *french;
    const char *english;
} flagged[] = {
    { "operator_missing",
      "personne n'a le rôle OPERATOR : les ennuis ne sont écrits à personne "
      "(tremplin help alerts.RegisterRecipient)",
      "nobody has the role OPERATOR: troubles are mailed to nobody "
      "(tremplin help alerts.RegisterRecipient)" },
    { "mails_are_held",
      "les courriels sont retenus : regardez-les (alerts.Mails), puis "
      "alerts.ReleaseMails",
      "mails are held: look at them (alerts.Mails), then alerts.ReleaseMails" },
};

static void print_count(const struct ctl *ctl, const Tremplin__Count *count)
{
    for (size_t i = 0; i < sizeof flagged / sizeof *flagged; i++) {
        if (strcmp(flagged[i].name, count->name) != 0)
            continue;
        if (count->value > 0)
            printf("    ! %s\n", say(ctl, flagged[i].french, flagged[i].english));
        return;
    }
    printf("    ");
    print_wide(counted_name(ctl, count->name), 30);
    printf(" %8lld\n", (long long)count->value);
}

static void print_status(const struct ctl *ctl, const Tremplin__StatusReply *status)
{
    printf("%-10s %s, journal %llu", status->service, state_name(ctl, status->state),
           (unsigned long long)status->head);
    if (status->today)
        printf(", %s %04d-%02d-%02d", say(ctl, "jour", "day"), status->today->year,
               status->today->month, status->today->day);
    /* Raised by a restore. */
    if (status->epoch > 1)
        printf(", %s %u", say(ctl, "époque", "epoch"), status->epoch);
    printf("\n");
    print_sources(ctl, status);
    for (size_t i = 0; i < status->n_counts; i++)
        print_count(ctl, status->counts[i]);
    if (status->erasures_open > 0)
        printf("    %s %u\n", say(ctl, "effacements non achevés", "erasures not complete"),
               status->erasures_open);
    if (*status->keys_copy_failed)
        printf("    ! %s %s\n",
               say(ctl, "la copie des clés a échoué, la perte de ce disque serait celle des noms :",
                   "the copy of the keys failed, to lose this disk would be to lose the names:"),
               status->keys_copy_failed);
    if (*status->trouble)
        printf("    ! %s\n", status->trouble);
}

/* NULL when it did not answer, which its line says. */
static const Tremplin__StatusReply *status_of(struct ctl *ctl, const char *service)
{
    const Tremplin__Reply *reply = client_call_at(ctl->client, service, NULL, "Runtime.Status",
                                                  (struct bytes){ 0 }, NULL, 0, &ctl->arena);

    if (!reply || tell_reply(ctl, service, reply) != CTL_DONE)
        return NULL;
    return tremplin__status_reply__unpack(&ctl->arena.unpacker, reply->body.len, reply->body.data);
}

int run_status(struct ctl *ctl)
{
    bool json = take_flag(ctl, "--json");
    const char *const *names = service_names(ctl);
    int worst = CTL_DONE;

    if (ctl->argc > 0)
        return usage_of(ctl, "status");
    for (size_t i = 0; names[i]; i++) {
        struct message_trouble trouble;
        const Tremplin__StatusReply *status = status_of(ctl, names[i]);

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
