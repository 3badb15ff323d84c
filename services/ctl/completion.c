/* The completion for bash, from the same tables as the help. */
#include "services/ctl/import_kinds.h"

#include <string.h>

static void print_methods(void)
{
    struct contract_method method;

    for (size_t at = 0; contract_next(&at, &method);)
        printf("%s.%s ", method.service, method.name);
}

int run_completion(struct ctl *ctl)
{
    const char *services = "intake measures lodging alerts reporting";

    if (ctl->argc != 1 || strcmp(ctl->argv[0], "bash") != 0)
        return usage_of(ctl, "completion");
    printf("# source <(tremplin completion bash)\n"
           "_tremplin() {\n"
           "    local word=\"${COMP_WORDS[COMP_CWORD]}\" before=\"${COMP_WORDS[COMP_CWORD-1]}\"\n"
           "    local at=1 command kinds words='' files=no\n"
           "    while [[ ${COMP_WORDS[at]} == --config || ${COMP_WORDS[at]} == --lang ]]; do "
           "((at += 2)); done\n"
           "    command=\"${COMP_WORDS[at]}\"\n"
           "    kinds='");
    for (const struct import_kind *kind = import_kinds; kind->name; kind++)
        printf("%s ", kind->name);
    printf("'\n    if ((COMP_CWORD <= at)); then\n        case \"$before\" in\n"
           "        --config) files=yes ;;\n        --lang) words='fr en' ;;\n        *) words='");
    for (const struct subcommand *row = subcommands; row->name; row++)
        printf("%s ", row->name);
    printf(
        "--config --lang --help --version' ;;\n        esac\n"
        "    else\n        case \"$command $before\" in\n"
        "        *' --config' | *' --rejets' | 'backup backup' | 'restore restore') files=yes ;;\n"
        "        *' --lang') words='fr en' ;;\n"
        "        'call call') words='");
    print_methods();
    printf("' ;;\n        'help help') words='%s import ", services);
    print_methods();
    printf("' ;;\n"
           "        'import import' | 'help import') words=$kinds ;;\n"
           "        'watch watch' | 'verify verify' | 'follow accept' | *' --with' | *' "
           "--service') words='%s' ;;\n"
           "        'follow follow') words=accept ;;\n"
           "        'clock clock') words=to ;;\n"
           "        'keys keys') words=make ;;\n"
           "        'keys make') words='server client' ;;\n"
           "        'completion completion') words=bash ;;\n"
           "        'report report') words=$(tremplin report 2>/dev/null | cut -d' ' -f1) ;;\n"
           "        *' --format') words='table json csv' ;;\n"
           "        'call '*) words='--id --after --service' ;;\n"
           "        'watch '*) words='--from --until-quiet' ;;\n"
           "        'report '*) words='--year --format --public' ;;\n"
           "        'status '*) words=--json ;;\n"
           "        'verify '*) words=--with ;;\n"
           "        'import '*) files=yes words=--rejets ;;\n"
           "        'follow '*) words='%s' ;;\n"
           "        esac\n    fi\n"
           "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
           "    [[ $files == no ]] || COMPREPLY+=($(compgen -f -- \"$word\"))\n"
           "}\n"
           "complete -o filenames -F _tremplin tremplin\n",
           services, services);
    return CTL_DONE;
}
