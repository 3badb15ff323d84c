#include "services/ctl/ctl.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct subcommand subcommands[] = {
    {
        .name = "call",
        .usage = "call SERVICE.METHOD ['{json}'] [--id UUID] [--after SERVICE/LOG/SEQUENCE]",
        .run = run_call,
        .help_french = "appelle une méthode d'un service ; sans JSON, lit l'entrée standard",
        .help_english = "calls a method of a service; without JSON, reads standard input",
    },
    {
        .name = "watch",
        .usage = "watch [SERVICE] [--from N] [--until-quiet]",
        .run = run_watch,
        .help_french = "suit les événements, une ligne JSON (CloudEvents) par événement",
        .help_english = "follows events, one JSON line (CloudEvents) each",
    },
    {
        .name = "import",
        .usage = "import GENRE FICHIER.csv [--rejets FICHIER]",
        .run = run_import,
        .help_french = "importe un fichier CSV ; les lignes refusées sont rendues dans un fichier",
        .help_english = "imports a CSV file; refused lines are given back as a file",
    },
    {
        .name = "report",
        .usage = "report NOM --year ANNEE [--format table|json|csv] [--public]",
        .run = run_report,
        .help_french = "imprime un rapport et ses chiffres",
        .help_english = "prints a report and its figures",
    },
    {
        .name = "status",
        .usage = "status [--json]",
        .run = run_status,
        .help_french = "dit où en est chaque service",
        .help_english = "says how each service stands",
    },
    {
        .name = "backup",
        .usage = "backup DOSSIER",
        .run = run_backup,
        .help_french = "copie les journaux dans un dossier, pendant que les services tournent",
        .help_english = "copies the journals into a folder, while the services run",
    },
    {
        .name = "restore",
        .usage = "restore DOSSIER",
        .run = run_restore,
        .help_french = "remet les journaux d'une sauvegarde, services arrêtés",
        .help_english = "puts the journals of a backup back, with the services stopped",
        .without_services = true,
    },
    {
        .name = "verify",
        .usage = "verify [SERVICE] [--with SUIVEUR]",
        .run = run_verify,
        .help_french = "vérifie la chaîne des journaux, et que leurs tables en découlent",
        .help_english = "verifies the journals' chains, and that their tables follow from them",
        .without_services = true,
    },
    {
        .name = "follow",
        .usage = "follow accept SERVICE SOURCE",
        .run = run_follow,
        .help_french = "reprend le suivi d'une source restaurée",
        .help_english = "follows a restored source again",
    },
    {
        .name = "clock",
        .usage = "clock to AAAA-MM-JJ[THH:MM]",
        .run = run_clock,
        .help_french = "avance l'horloge manuelle (démonstration, essais)",
        .help_english = "moves the manual clock (demo, tests)",
    },
    {
        .name = "help",
        .usage = "help [SERVICE]",
        .run = run_help,
        .help_french = "les commandes, et les méthodes de chaque service",
        .help_english = "the commands, and the methods of each service",
        .without_services = true,
    },
    {
        .name = "completion",
        .usage = "completion bash",
        .run = run_completion,
        .help_french = "imprime la complétion pour bash",
        .help_english = "prints the completion for bash",
        .without_services = true,
    },
    { 0 },
};

const char *say(const struct ctl *ctl, const char *french, const char *english)
{
    return ctl->english ? english : french;
}

/* --- arguments
 * --------------------------------------------------------------------------------------- */

static void take_out(struct ctl *ctl, int at, int count)
{
    for (int i = at; i + count <= ctl->argc; i++)
        ctl->argv[i] = ctl->argv[i + count];
    ctl->argc -= count;
}

const char *take_option(struct ctl *ctl, const char *name)
{
    for (int i = 0; i + 1 < ctl->argc; i++)
        if (strcmp(ctl->argv[i], name) == 0) {
            const char *value = ctl->argv[i + 1];

            take_out(ctl, i, 2);
            return value;
        }
    return NULL;
}

bool take_flag(struct ctl *ctl, const char *name)
{
    for (int i = 0; i < ctl->argc; i++)
        if (strcmp(ctl->argv[i], name) == 0) {
            take_out(ctl, i, 1);
            return true;
        }
    return false;
}

int usage_of(const struct ctl *ctl, const char *name)
{
    for (const struct subcommand *row = subcommands; row->name; row++)
        if (strcmp(row->name, name) == 0)
            fprintf(stderr, "%s: tremplin %s\n", say(ctl, "usage", "usage"), row->usage);
    return EXIT_USAGE;
}

bool is_service(const struct ctl *ctl, const char *name)
{
    for (const char *const *known = service_names(ctl); *known; known++)
        if (strcmp(*known, name) == 0)
            return true;
    fprintf(stderr, "%s %s\n", say(ctl, "service inconnu :", "unknown service:"), name);
    return false;
}

static const struct subcommand *find_subcommand(const char *name)
{
    for (const struct subcommand *row = subcommands; row->name; row++)
        if (strcmp(row->name, name) == 0)
            return row;
    return NULL;
}

/* --- asking
 * ------------------------------------------------------------------------------------------ */

int tell_reply(const struct ctl *ctl, const Tremplin__Reply *reply)
{
    const Tremplin__Trouble *trouble = reply ? reply->trouble : NULL;

    if (!reply) {
        fprintf(stderr, "%s\n",
                say(ctl, "Le service ne répond pas. « tremplin status » dit lesquels tournent.",
                    "The service does not answer. 'tremplin status' says which ones run."));
        return CTL_NO_ANSWER;
    }
    if (reply->status == TREMPLIN__STATUS__STATUS_DONE)
        return CTL_DONE;
    if (trouble)
        fprintf(stderr, "%s%s%s%s%s%s%s\n", trouble->code, *trouble->field ? " (" : "",
                trouble->field, *trouble->field ? ")" : "", *trouble->rule ? " [" : "",
                trouble->rule, *trouble->rule ? "]" : "");
    if (trouble)
        fprintf(stderr, "%s\n", say(ctl, trouble->french, trouble->english));
    return reply->status == TREMPLIN__STATUS__STATUS_TRY_AGAIN ? CTL_NO_ANSWER : CTL_REFUSED;
}

void *ask(struct ctl *ctl, const char *service, const char *method, const ProtobufCMessage *asked,
          const ProtobufCMessageDescriptor *type, int *code)
{
    size_t length = protobuf_c_message_get_packed_size(asked);
    uint8_t *packed = arena_take(&ctl->arena, length + 1);
    const Tremplin__Reply *reply;

    *code = CTL_NO_ANSWER;
    if (!packed)
        return NULL;
    protobuf_c_message_pack(asked, packed);
    reply = client_call_at(ctl->client, service, NULL, method, (struct bytes){ packed, length },
                           NULL, 0, &ctl->arena);
    *code = tell_reply(ctl, reply);
    if (*code != CTL_DONE)
        return NULL;
    return protobuf_c_message_unpack(type, &ctl->arena.unpacker, reply->body.len, reply->body.data);
}

/* After "organisation" itself. */
const char *const *service_names(const struct ctl *ctl)
{
    return ctl->sections.names + 1;
}

/* --- main
 * --------------------------------------------------------------------------------------------- */

static const char *config_path(struct ctl *ctl)
{
    const char *given = take_option(ctl, "--config");
    const char *environment = getenv("TREMPLIN_CONFIG");

    return given ? given : environment && *environment ? environment : "/etc/tremplin/tremplin.ini";
}

static bool read_language(struct ctl *ctl)
{
    const char *given = take_option(ctl, "--lang");
    const char *language = given ? given : ctl->organisation.language;

    ctl->english = strcmp(language, "en") == 0;
    if (!given || ctl->english || strcmp(language, "fr") == 0)
        return true;
    fprintf(stderr, "--lang fr|en\n");
    return false;
}

static bool prepare(struct ctl *ctl, const struct subcommand *subcommand)
{
    struct client_setup setup = {
        .endpoints = ctl->organisation.endpoints,
        .actor = ctl->actor,
        .keys = ctl->organisation.keys,
        /* Who asks how things stand wants to know soon that one does not answer. */
        .timeout_ms = subcommand->run == run_status ? 3000 : 0,
    };

    if (subcommand->without_services)
        return true;
    ctl->client = client_open(&setup);
    if (!ctl->client)
        fprintf(stderr, "%s\n",
                say(ctl, "Les clés ne peuvent pas être lues.", "The keys cannot be read."));
    return ctl->client != NULL;
}

static const char *whoever_asks(void)
{
    const char *name = getenv("TREMPLIN_ACTOR");
    const char *login = getenv("USER");

    return name && *name ? name : login && *login ? login : "tremplin";
}

int main(int argc, char **argv)
{
    enum { ARENA = 96 * 1024 * 1024 };
    struct ctl ctl = { .argc = argc - 1, .argv = argv + 1, .actor = whoever_asks() };
    const struct subcommand *subcommand;
    struct config_error error = { 0 };
    const char *name;
    bool known;
    int code;

    if (!arena_open(&ctl.arena, ARENA))
        return EXIT_MEMORY;
    ctl.config = config_path(&ctl);
    known = organisation_read(ctl.config, &ctl.organisation, &error);
    organisation_sections(&ctl.organisation, &ctl.sections);
    if (!read_language(&ctl))
        return EXIT_USAGE;
    name = ctl.argc > 0 ? ctl.argv[0] : "help";
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        name = "help";
    subcommand = find_subcommand(name);
    if (!subcommand) {
        fprintf(stderr, "%s « %s »\n", say(&ctl, "commande inconnue :", "unknown command:"), name);
        return EXIT_USAGE;
    }
    if (!known && subcommand->run != run_help && subcommand->run != run_completion) {
        fprintf(stderr, "%s:%d: %s\n", ctl.config, error.line, error.sentence);
        return EXIT_CONFIGURATION;
    }
    take_out(&ctl, 0, ctl.argc > 0);
    if (!prepare(&ctl, subcommand))
        return EXIT_CONFIGURATION;
    code = subcommand->run(&ctl);
    if (ctl.client)
        client_close(ctl.client);
    arena_close(&ctl.arena);
    return code;
}
