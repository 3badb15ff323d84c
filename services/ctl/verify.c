/* The chains hold, what followers heard is what was said, and the tables are the journals replayed
 * (which the service's own program does, since only it knows how its entries are applied). */
#include "libcommon/files.h"
#include "services/ctl/apart.h"
#include "services/ctl/copies.h"

#include <errno.h>
#include <libgen.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* A service's copy, and its follower's. */
struct verifying {
    struct apart apart;
    const char *service;
    const char *with;
};

/* Opened, and its chain sound; else what is wrong is told. */
static int open_sound(const struct verifying *verifying, const char *service,
                      struct journal *journal)
{
    struct ctl *ctl = verifying->apart.ctl;
    uint64_t sequence;
    const char *trouble;

    if (!journal_open(journal, path_of(ctl, verifying->apart.copies, service), 0, ""))
        return apart_tell(&verifying->apart, service, &journal->fault);
    trouble = copy_check_chain(journal, &sequence);
    if (!trouble)
        return CTL_DONE;
    printf("%-10s %s %llu: %s\n", service, say(ctl, "entrée", "entry"),
           (unsigned long long)sequence, trouble);
    return journal->fault.kind != NO_FAULT ? apart_tell(&verifying->apart, service, &journal->fault)
                                           : CTL_REFUSED;
}

static int check_one(void *context)
{
    const struct verifying *verifying = context;
    struct journal journal;
    int code = open_sound(verifying, verifying->service, &journal);

    if (code == CTL_DONE)
        printf("%-10s %s %llu\n", verifying->service,
               say(verifying->apart.ctl, "chaîne intacte jusqu'à", "chain intact up to"),
               (unsigned long long)journal.committed);
    journal_close(&journal);
    return code;
}

/* --- with a follower -------------------------------------------------------------------------- */

struct comparing {
    const char *source;
    struct journal *journal;
    uint64_t compared;
    uint64_t last;    /* heard so far: each is heard once, in order */
    uint64_t differs; /* the first that does; 0: none */
};

static bool compare_one(void *context, const struct copied_entry *entry)
{
    struct comparing *comparing = context;
    uint8_t hash[HASH_SIZE];
    bool in_order;

    if (!entry->heard || !entry->heard->upto ||
        strcmp(entry->heard->upto->service, comparing->source) != 0)
        return true;
    comparing->compared++;
    in_order = entry->heard->upto->sequence > comparing->last;
    comparing->last = entry->heard->upto->sequence;
    if (in_order && entry->heard->hash.len == HASH_SIZE &&
        journal_hash_of(comparing->journal, entry->heard->upto->sequence, hash) &&
        memcmp(hash, entry->heard->hash.data, HASH_SIZE) == 0)
        return true;
    comparing->differs = entry->heard->upto->sequence;
    return false;
}

static int compare_with(void *context)
{
    const struct verifying *verifying = context;
    const char *service = verifying->service, *follower = verifying->with;
    struct ctl *ctl = verifying->apart.ctl;
    struct journal source = { 0 }, heard = { 0 };
    struct comparing comparing = { .source = service, .journal = &source };
    int code = open_sound(verifying, service, &source);
    bool read;

    if (code == CTL_DONE)
        code = open_sound(verifying, follower, &heard);
    read = code == CTL_DONE && copy_read_all(&heard, compare_one, &comparing) &&
           source.fault.kind == NO_FAULT;

    if (!read)
        printf("%-10s %s %s\n", service,
               say(ctl, "n'est pas comparable à ce qu'a entendu",
                   "cannot be compared with what was heard by"),
               follower);
    else if (comparing.differs > 0)
        printf("%-10s %s %s: %llu\n", service,
               say(ctl, "n'est pas ce qu'a entendu", "is not what was heard by"), follower,
               (unsigned long long)comparing.differs);
    else if (comparing.compared == 0)
        printf("%-10s %s %s\n", service,
               say(ctl, "n'a jamais été entendu par", "was never heard by"), follower);
    else
        printf("%-10s %s %s (%llu)\n", service,
               say(ctl, "est bien ce qu'a entendu", "is what was heard by"), follower,
               (unsigned long long)comparing.compared);
    journal_close(&source);
    journal_close(&heard);
    if (code != CTL_DONE)
        return code;
    return !read || comparing.differs > 0 || comparing.compared == 0 ? CTL_REFUSED : CTL_DONE;
}

static int read_copied(struct verifying *verifying, const char *whose, int (*read)(void *context))
{
    struct apart *apart = &verifying->apart;

    apart->file =
        path_of(apart->ctl, path_of(apart->ctl, apart->copies, whose), "journal/data.mdb");
    return apart_read(apart, read, verifying);
}

/* --- replaying: by the service's own program, beside this one --------------------------------- */

static int replay(struct ctl *ctl, const char *service, const char *folder)
{
    char self[512];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    char *program;
    char *arguments[6];
    pid_t child;
    int status;

    if (length <= 0)
        return CTL_REFUSED;
    self[length] = '\0';
    program = arena_format(&ctl->arena, "%s/tremplin-%s", dirname(self), service);
    arguments[0] = program;
    arguments[1] = (char *)(uintptr_t) "--config";
    arguments[2] = (char *)(uintptr_t)ctl->config;
    arguments[3] = (char *)(uintptr_t) "--verify";
    arguments[4] = (char *)(uintptr_t)path_of(ctl, folder, service);
    arguments[5] = NULL;
    fflush(stdout);
    if (posix_spawn(&child, program, NULL, NULL, arguments, environ) != 0 ||
        waitpid(child, &status, 0) != child) {
        fprintf(stderr, "%s: %s\n", program, say(ctl, "ne peut pas être lancé", "cannot be run"));
        return CTL_REFUSED;
    }
    if (WIFEXITED(status))
        return WEXITSTATUS(status) == 0           ? CTL_DONE
               : WEXITSTATUS(status) == EXIT_DATA ? EXIT_DATA
                                                  : CTL_REFUSED;
    fprintf(stderr, "%s: %s\n", program,
            say(ctl, "n'est pas allé jusqu'au bout", "did not come to its end"));
    return CTL_REFUSED;
}

int run_verify(struct ctl *ctl)
{
    const char *with = take_option(ctl, "--with");
    struct client_setup setup = {
        .endpoints = ctl->organisation.endpoints,
        .actor = ctl->actor,
        .keys = ctl->organisation.keys,
    };
    const char *scratch = secure_getenv("TMPDIR");
    char folder[512];
    const char *const *names = service_names(ctl);
    int worst = CTL_DONE;

    if (ctl->argc > 1 || (with && ctl->argc != 1))
        return usage_of(ctl, "verify");
    if ((ctl->argc == 1 && !is_service(ctl, ctl->argv[0])) || (with && !is_service(ctl, with)))
        return EXIT_USAGE;
    ctl->client = client_open(&setup);
    snprintf(folder, sizeof folder, "%s/tremplin-verify-XXXXXX",
             scratch && *scratch ? scratch : "/tmp");
    if (!ctl->client || !mkdtemp(folder)) {
        fprintf(stderr, "%s: %s\n", ctl->client ? folder : "client", trouble_of(ctl, errno));
        return EXIT_CANNOT_CREATE;
    }
    /* A follower is copied before its source, so that all it heard is there. */
    if (with)
        worst = copy_service(ctl, with, folder, false);
    for (size_t i = 0; names[i] && worst != EXIT_CANNOT_CREATE && (!with || worst == CTL_DONE);
         i++) {
        struct verifying verifying = {
            .apart = { .ctl = ctl, .copies = folder, .of = ctl->organisation.data },
            .service = names[i],
            .with = with,
        };
        int code;

        if (ctl->argc == 1 && strcmp(names[i], ctl->argv[0]) != 0)
            continue;
        code = copy_service(ctl, names[i], folder, true);
        if (code == CTL_DONE)
            code = read_copied(&verifying, names[i], check_one);
        if (code == CTL_DONE && with)
            code = read_copied(&verifying, with, compare_with);
        if (code == CTL_DONE)
            code = replay(ctl, names[i], folder);
        worst = code > worst ? code : worst;
    }
    files_remove(folder);
    return worst;
}
