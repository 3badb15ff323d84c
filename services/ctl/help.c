/* Help from the tables: the subcommands' own, and each service's table of methods as it tells it.
 */
#include "services/ctl/import_kinds.h"

#include <string.h>

static int print_service(struct ctl *ctl, const char *service)
{
    Tremplin__DescribeQuery query = TREMPLIN__DESCRIBE_QUERY__INIT;
    const Tremplin__DescribeReply *reply;
    int code;

    reply = ask(ctl, service, "Runtime.Describe", &query.base,
                &tremplin__describe_reply__descriptor, &code);
    for (size_t i = 0; reply && i < reply->n_methods; i++) {
        const Tremplin__MethodDescription *method = reply->methods[i];

        printf("  %-34s %s %s\n", method->name,
               method->is_query ? say(ctl, "(question)", "(query)  ")
                                : say(ctl, "(commande)", "(command)"),
               say(ctl, method->help_french, method->help_english));
    }
    return code;
}

static void print_contract(const struct ctl *ctl)
{
    struct contract_method method;

    printf(
        "\n%s\n",
        say(ctl,
            "Méthodes du contrat (« tremplin help SERVICE » dit ce qu'elles font, « tremplin help "
            "MÉTHODE » leurs champs) :",
            "Methods of the contract ('tremplin help SERVICE' says what they do, 'tremplin help "
            "METHOD' their fields):"));
    for (size_t at = 0; contract_next(&at, &method);)
        printf("  %s.%s\n", method.service, method.name);
}

/* Needed columns first said so, then what may stand in each. */
static int print_columns(struct ctl *ctl, const char *name)
{
    const struct import_kind *kind = import_kind_of(ctl, name);
    struct import_columns columns;

    if (!kind)
        return EXIT_USAGE;
    import_columns_of(kind, &ctl->arena, &columns);
    printf("%s %s\n%s\n\n", say(ctl, "Colonnes d'un fichier de", "Columns of a file of"), name,
           say(ctl, "(CSV en UTF-8, séparé par des « ; » ; * : il faut cette colonne)",
               "(CSV in UTF-8, separated by \";\"; *: this column must be there)"));
    for (size_t i = 0; i < columns.count; i++) {
        printf("  %s ", import_needs(kind, columns.read[i].name) ? "*" : " ");
        print_wide(columns.read[i].name, 26);
        printf(" %s\n", columns.read[i].values);
    }
    return CTL_DONE;
}

static void print_usage(const struct ctl *ctl)
{
    printf("%s\n\n", say(ctl, "tremplin [--config FICHIER] [--lang fr|en] COMMANDE …",
                         "tremplin [--config FILE] [--lang fr|en] COMMAND …"));
    for (const struct subcommand *row = subcommands; row->name; row++)
        printf("  tremplin %s\n      %s\n", usage_line(ctl, row),
               say(ctl, row->help_french, row->help_english));
    printf("\n%s\n",
           say(ctl,
               "La configuration est celle de l'organisation : --config, sinon $TREMPLIN_CONFIG, "
               "sinon la seule de /etc/tremplin.\n"
               "Les commandes sont données au nom de $TREMPLIN_ACTOR, sinon de $USER.",
               "The configuration is the organisation's: --config, else $TREMPLIN_CONFIG, else the "
               "only one in /etc/tremplin.\n"
               "Commands are given in the name of $TREMPLIN_ACTOR, else of $USER."));
    printf("\n%s\n",
           say(ctl,
               "Codes de sortie : 0 fait ; 1 refusé, ou une ligne rendue, ou une "
               "vérification en échec ; 2 pas de réponse, ou à réessayer ;\n"
               "64 arguments ; 65 données endommagées ; 69 le service tourne ; 71 mémoire ; "
               "73 écriture impossible ; 78 configuration.",
               "Exit codes: 0 done; 1 refused, or a line given back, or a check failed; "
               "2 no answer, or try again;\n64 arguments; 65 damaged data; 69 the service "
               "runs; 71 memory; 73 cannot write; 78 configuration."));
}

static int print_help_of(struct ctl *ctl, const char *name)
{
    struct client_setup setup = {
        .endpoints = ctl->organisation.endpoints,
        .actor = ctl->actor,
        .keys = ctl->organisation.keys,
        .timeout_ms = 2000,
    };

    if (strchr(name, '.'))
        return describe_method(ctl, name);
    if (!is_service(ctl, name))
        return EXIT_USAGE;
    ctl->client = client_open(&setup);
    return ctl->client ? print_service(ctl, name) : CTL_NO_ANSWER;
}

int run_help(struct ctl *ctl)
{
    if (ctl->argc == 2 && strcmp(ctl->argv[0], "import") == 0)
        return print_columns(ctl, ctl->argv[1]);
    if (ctl->argc > 1 || (ctl->argc == 1 && strcmp(ctl->argv[0], "import") == 0))
        return usage_of(ctl, "help");
    if (ctl->argc == 1)
        return print_help_of(ctl, ctl->argv[0]);
    print_usage(ctl);
    print_contract(ctl);
    return CTL_DONE;
}
