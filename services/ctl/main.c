#include "services/ctl/ctl.h"

#include <errno.h>
#include <glob.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const struct subcommand subcommands[] = {
    {
        .name = "call",
        .usage = "call SERVICE.METHOD ['{json}'] [--id UUID] [--after SERVICE/LOG/SEQUENCE] "
                 "[--service SERVICE]",
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
        .usage_english = "import KIND FILE.csv [--rejets FILE]",
        .run = run_import,
        .help_french = "importe un fichier CSV ; les lignes refusées sont rendues dans un fichier",
        .help_english = "imports a CSV file; refused lines are given back as a file",
    },
    {
        .name = "report",
        .usage = "report [NOM --year ANNEE [--format table|json|csv] [--public]]",
        .usage_english = "report [NAME --year YEAR [--format table|json|csv] [--public]]",
        .run = run_report,
        .help_french =
            "imprime un rapport et ses chiffres (--public : petits nombres tus) ; sans nom, dit "
            "lesquels il y a",
        .help_english =
            "prints a report and its figures (--public: small numbers withheld); without a "
            "name, says which there are",
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
        .usage_english = "backup FOLDER",
        .run = run_backup,
        .help_french =
            "copie les journaux dans un nouveau dossier, pendant que les services tournent",
        .help_english = "copies the journals into a new folder, while the services run",
    },
    {
        .name = "restore",
        .usage = "restore DOSSIER [--without-keys]",
        .usage_english = "restore FOLDER [--without-keys]",
        .run = run_restore,
        .help_french =
            "remet les journaux d'une sauvegarde, services arrêtés : tous ou aucun ; interrompue, "
            "la même\n      commande la finit. Ce qui était là reste dans SERVICE/before-…, à "
            "supprimer ensuite. Les clés sont\n      jointes à leur copie (keys_copy), qui doit y "
            "être ; --without-keys : elles sont perdues",
        .help_english =
            "puts the journals of a backup back, with the services stopped: all or none; "
            "interrupted, the\n      same command finishes it. What was there stays in "
            "SERVICE/before-…, to be deleted later. The keys\n      are joined with their copy "
            "(keys_copy), which must be there; --without-keys: they are lost",
        .without_services = true,
    },
    {
        .name = "verify",
        .usage = "verify [SERVICE [--with SUIVEUR]]",
        .usage_english = "verify [SERVICE [--with FOLLOWER]]",
        .run = run_verify,
        .help_french = "vérifie la chaîne des journaux, et que leurs tables en découlent",
        .help_english = "verifies the journals' chains, and that their tables follow from them",
        .without_services = true,
        .opens_client = true,
    },
    {
        .name = "follow",
        .usage = "follow accept SERVICE SOURCE [JOURNAL]",
        .run = run_follow,
        .help_french =
            "reprend le suivi arrêté d'une source ; « status » dit pourquoi il l'est. Restaurée : "
            "depuis\n      sa coupe, et dit combien d'événements entendus n'y sont plus. Si son "
            "journal est un autre :\n      JOURNAL est celui que « status » nomme, entendu depuis "
            "sa première entrée",
        .help_english =
            "follows a source again that halted; 'status' says why. A restored one: from its "
            "cut,\n      and says how many heard events are no longer there. One with another "
            "journal: JOURNAL\n      is the one that 'status' names, heard from its first entry",
    },
    {
        .name = "clock",
        .usage = "clock to AAAA-MM-JJ[THH:MM]",
        .usage_english = "clock to YYYY-MM-DD[THH:MM]",
        .run = run_clock,
        .help_french = "avance l'horloge manuelle (démonstration, essais)",
        .help_english = "moves the manual clock (demo, tests)",
    },
    {
        .name = "keys",
        .usage = "keys make NOM",
        .usage_english = "keys make NAME",
        .run = run_keys,
        .help_french =
            "écrit une paire de clés CURVE dans le dossier keys, jamais sur une autre, et dit où "
            "va la\n      publique ; server : celle des services, client : celle de tremplin, "
            "sinon "
            "celle d'un programme",
        .help_english =
            "writes a CURVE key pair into the folder keys, never over another, and says where the "
            "public\n      one goes; server: the services', client: tremplin's, else another "
            "program's",
        .without_services = true,
    },
    {
        .name = "help",
        .usage = "help [SERVICE | SERVICE.METHOD | import GENRE]",
        .usage_english = "help [SERVICE | SERVICE.METHOD | import KIND]",
        .run = run_help,
        .help_french = "les commandes ; les méthodes d'un service ; les champs d'une méthode ; les "
                       "colonnes d'un fichier",
        .help_english = "the commands; a service's methods; a method's fields; a file's columns",
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

/* --- arguments -------------------------------------------------------------------------------- */

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

const char *usage_line(const struct ctl *ctl, const struct subcommand *row)
{
    return ctl->english && row->usage_english ? row->usage_english : row->usage;
}

int usage_of(const struct ctl *ctl, const char *name)
{
    for (const struct subcommand *row = subcommands; row->name; row++)
        if (strcmp(row->name, name) == 0)
            fprintf(stderr, "%s tremplin %s\n", say(ctl, "usage :", "usage:"),
                    usage_line(ctl, row));
    return EXIT_USAGE;
}

const char *trouble_of(const struct ctl *ctl, int error)
{
    switch (error) {
    case ENOENT: return say(ctl, "ce fichier ou dossier n'existe pas", "no such file or folder");
    case EEXIST: return say(ctl, "existe déjà", "is there already");
    case EACCES:
    case EPERM: return say(ctl, "accès refusé", "permission denied");
    case ENOSPC: return say(ctl, "le disque est plein", "the disk is full");
    case EROFS: return say(ctl, "le disque est en lecture seule", "the disk is read-only");
    case EISDIR: return say(ctl, "est un dossier", "is a folder");
    case ENOTDIR: return say(ctl, "n'est pas un dossier", "is not a folder");
    }
    return strerror(error);
}

void tell_other_user(const struct ctl *ctl, const char *folder)
{
    struct stat found;
    const struct passwd *owner = lstat(folder, &found) == 0 ? getpwuid(found.st_uid) : NULL;

    fprintf(stderr, "%s: %s%s\n", folder,
            say(ctl, "appartient à un autre ; refaites la commande par sudo -u ",
                "belongs to somebody else; type the command again by sudo -u "),
            owner ? owner->pw_name : "?");
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

void print_wide(const char *text, int width)
{
    int seen = 0;

    for (const char *at = text; *at; at++)
        seen += ((unsigned char)*at & 0xC0) != 0x80;
    printf("%s%*s", text, width > seen ? width - seen : 0, "");
}

/* --- asking ----------------------------------------------------------------------------------- */

int tell_reply(const struct ctl *ctl, const char *service, const Tremplin__Reply *reply)
{
    const Tremplin__Trouble *trouble = reply ? reply->trouble : NULL;

    if (!reply) {
        fprintf(stderr, "%s: %s\n", service,
                say(ctl, "ce service ne répond pas. « tremplin status » dit lesquels tournent.",
                    "this service does not answer. 'tremplin status' says which ones run."));
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
    *code = tell_reply(ctl, service, reply);
    if (*code != CTL_DONE)
        return NULL;
    return protobuf_c_message_unpack(type, &ctl->arena.unpacker, reply->body.len, reply->body.data);
}

const char *const *service_names(const struct ctl *ctl)
{
    return ctl->services.names;
}

/* --- main ------------------------------------------------------------------------------------- */

/* The only one in /etc/tremplin, where no other is told. */
static const char *installed_config(struct ctl *ctl)
{
    const char *path = "/etc/tremplin/tremplin.ini";
    glob_t found = { 0 };

    if (glob("/etc/tremplin/*.ini", 0, NULL, &found) == 0 && found.gl_pathc == 1)
        path = arena_text(&ctl->arena, found.gl_pathv[0], strlen(found.gl_pathv[0]));
    globfree(&found);
    return path;
}

static const char *config_path(struct ctl *ctl)
{
    const char *given = take_option(ctl, "--config");
    const char *environment = getenv("TREMPLIN_CONFIG");

    if (!given && environment && *environment)
        given = environment;
    ctl->config_given = given != NULL;
    return given ? given : installed_config(ctl);
}

static int tell_config_trouble(const struct ctl *ctl, const struct config_error *error)
{
    if (error->line > 0)
        fprintf(stderr, "%s:%d: %s\n", ctl->config, error->line, error->sentence);
    else
        fprintf(stderr, "%s: %s\n", ctl->config,
                access(ctl->config, R_OK) != 0 ? trouble_of(ctl, errno) : error->sentence);
    if (error->line <= 0 && !ctl->config_given)
        fprintf(stderr, "%s\n",
                say(ctl,
                    "Donnez la configuration de l'organisation par --config ou TREMPLIN_CONFIG.",
                    "Give the organisation's configuration by --config or TREMPLIN_CONFIG."));
    return EXIT_CONFIGURATION;
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

/* Services are asked through their sockets, which are one user's alone. */
static bool may_ask(const struct ctl *ctl)
{
    if (access(ctl->organisation.endpoints, X_OK) == 0 || errno != EACCES)
        return true;
    tell_other_user(ctl, ctl->organisation.endpoints);
    return false;
}

/* CTL_DONE, or an exit code with what is wrong told. */
static int prepare(struct ctl *ctl, const struct subcommand *subcommand)
{
    struct client_setup setup = {
        .endpoints = ctl->organisation.endpoints,
        .actor = ctl->actor,
        .keys = ctl->organisation.keys,
        /* Who asks how things stand wants to know soon that one does not answer. */
        .timeout_ms = subcommand->run == run_status ? 3000 : 0,
    };

    if ((!subcommand->without_services || subcommand->opens_client) && !may_ask(ctl))
        return EXIT_CANNOT_CREATE;
    if (subcommand->without_services)
        return CTL_DONE;
    ctl->client = client_open(&setup);
    if (ctl->client)
        return CTL_DONE;
    fprintf(stderr, "%s: %s\n", ctl->organisation.keys,
            say(ctl, "client.key (0600), client.pub et server.pub ne peuvent pas y être lus.",
                "client.key (0600), client.pub and server.pub cannot be read there."));
    return EXIT_CONFIGURATION;
}

/* "tremplin COMMAND --help". */
static int print_help_of(const struct ctl *ctl, const struct subcommand *subcommand)
{
    printf("tremplin %s\n      %s\n", usage_line(ctl, subcommand),
           say(ctl, subcommand->help_french, subcommand->help_english));
    return CTL_DONE;
}

static const char *whoever_asks(void)
{
    const char *name = getenv("TREMPLIN_ACTOR");
    const char *login = getenv("USER");

    return name && *name ? name : login && *login ? login : "tremplin";
}

static int run(struct ctl *ctl)
{
    struct config_error error = { 0 };
    const struct subcommand *subcommand;
    const char *name;
    bool known;
    int code;

    ctl->config = config_path(ctl);
    known = organisation_read(ctl->config, NULL, &ctl->organisation, &error);
    organisation_services(&ctl->organisation, &ctl->services);
    if (!read_language(ctl))
        return EXIT_USAGE;
    name = ctl->argc > 0 ? ctl->argv[0] : "help";
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        name = "help";
    if (strcmp(name, "--version") == 0)
        return printf("tremplin %s\n", TREMPLIN_VERSION) > 0 ? CTL_DONE : CTL_REFUSED;
    subcommand = find_subcommand(name);
    if (!subcommand) {
        fprintf(stderr, "%s « %s » (%s)\n", say(ctl, "commande inconnue :", "unknown command:"),
                name,
                say(ctl, "« tremplin --help » les dit toutes", "'tremplin --help' tells them all"));
        return EXIT_USAGE;
    }
    take_out(ctl, 0, ctl->argc > 0);
    if (take_flag(ctl, "--help") || take_flag(ctl, "-h"))
        return print_help_of(ctl, subcommand);
    if (!known && subcommand->run != run_help && subcommand->run != run_completion)
        return tell_config_trouble(ctl, &error);
    code = prepare(ctl, subcommand);
    return code == CTL_DONE ? subcommand->run(ctl) : code;
}

int main(int argc, char **argv)
{
    enum { ARENA = 96 * 1024 * 1024 };
    struct ctl ctl = { .argc = argc - 1, .argv = argv + 1, .actor = whoever_asks() };
    int code;

    if (!arena_open(&ctl.arena, ARENA))
        return EXIT_MEMORY;
    code = run(&ctl);
    if (ctl.client)
        client_close(ctl.client);
    arena_close(&ctl.arena);
    return code;
}
