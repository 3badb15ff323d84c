/* Help from the tables: the subcommands' own, and each service's table of methods as it tells it.
 */
#include "services/ctl/ctl.h"

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

    printf("\n%s\n", say(ctl, "Méthodes du contrat (« tremplin help SERVICE » les explique) :",
                         "Methods of the contract ('tremplin help SERVICE' explains them):"));
    for (size_t at = 0; contract_next(&at, &method);)
        printf("  %s.%s\n", method.service, method.name);
}

int run_help(struct ctl *ctl)
{
    struct client_setup setup = {
        .endpoints = ctl->organisation.endpoints,
        .actor = ctl->actor,
        .keys = ctl->organisation.keys,
        .timeout_ms = 2000,
    };

    if (ctl->argc > 1)
        return usage_of(ctl, "help");
    if (ctl->argc == 1) {
        if (!is_service(ctl, ctl->argv[0]))
            return EXIT_USAGE;
        ctl->client = client_open(&setup);
        if (!ctl->client)
            return CTL_NO_ANSWER;
        return print_service(ctl, ctl->argv[0]);
    }
    printf("tremplin [--config FICHIER] [--lang fr|en] COMMANDE ...\n\n");
    for (const struct subcommand *row = subcommands; row->name; row++)
        printf("  tremplin %s\n      %s\n", row->usage,
               say(ctl, row->help_french, row->help_english));
    printf("\n%s\n",
           say(ctl,
               "Codes de sortie : 0 fait ; 1 refusé, ou une ligne rendue, ou une "
               "vérification en échec ; 2 pas de réponse, ou à réessayer ;\n"
               "64 arguments ; 65 données endommagées ; 69 le service tourne ; 71 mémoire ; "
               "73 écriture impossible ; 78 configuration.",
               "Exit codes: 0 done; 1 refused, or a line given back, or a check failed; "
               "2 no answer, or try again;\n64 arguments; 65 damaged data; 69 the service "
               "runs; 71 memory; 73 cannot write; 78 configuration."));
    print_contract(ctl);
    return CTL_DONE;
}

int run_completion(struct ctl *ctl)
{
    struct contract_method method;

    if (ctl->argc != 1 || strcmp(ctl->argv[0], "bash") != 0)
        return usage_of(ctl, "completion");
    printf("# source <(tremplin completion bash)\n_tremplin() {\n"
           "    local word=\"${COMP_WORDS[COMP_CWORD]}\" before=\"${COMP_WORDS[COMP_CWORD-1]}\"\n"
           "    case \"$before\" in\n    call) COMPREPLY=($(compgen -W \"");
    for (size_t at = 0; contract_next(&at, &method);)
        printf("%s.%s ", method.service, method.name);
    printf("\" -- \"$word\")) ;;\n"
           "    watch|verify|help|--with) COMPREPLY=($(compgen -W \"intake measures lodging alerts "
           "reporting\" -- \"$word\")) ;;\n"
           "    clock) COMPREPLY=($(compgen -W to -- \"$word\")) ;;\n"
           "    follow) COMPREPLY=($(compgen -W accept -- \"$word\")) ;;\n"
           "    tremplin) COMPREPLY=($(compgen -W \"");
    for (const struct subcommand *row = subcommands; row->name; row++)
        printf("%s ", row->name);
    printf("\" -- \"$word\")) ;;\n    *) COMPREPLY=($(compgen -f -- \"$word\")) ;;\n    esac\n}\n"
           "complete -F _tremplin tremplin\n");
    return CTL_DONE;
}
