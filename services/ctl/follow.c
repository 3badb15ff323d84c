#include "services/ctl/ctl.h"

#include <string.h>

int run_follow(struct ctl *ctl)
{
    Tremplin__AcceptFollow asked = TREMPLIN__ACCEPT_FOLLOW__INIT;
    const Tremplin__AcceptFollowReply *reply;
    int code;

    if (ctl->argc < 3 || ctl->argc > 4 || strcmp(ctl->argv[0], "accept") != 0)
        return usage_of(ctl, "follow");
    if (!is_service(ctl, ctl->argv[1]))
        return EXIT_USAGE;
    asked.service = ctl->argv[2];
    asked.log_id = ctl->argc == 4 ? ctl->argv[3] : asked.log_id;
    reply = ask(ctl, ctl->argv[1], "Runtime.AcceptFollow", &asked.base,
                &tremplin__accept_follow_reply__descriptor, &code);
    if (reply)
        printf("%s %llu\n",
               say(ctl, "Suivi repris. Événements entendus qui ne sont plus dans la source :",
                   "Followed again. Events heard that are no longer in the source:"),
               (unsigned long long)reply->dropped);
    return code;
}
