#include "libcommon/damage.h"

#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WATCHED_MOST = 8, LINE_SIZE = 1024 };

struct watched {
    const MDB_env *env; /* NULL: none */
    uintptr_t from, to; /* where its file lies in memory */
    char line[LINE_SIZE];
    size_t length;
};

/* One a process, as handlers of signals are. */
static const struct damage_teller *teller;
static struct watched all[WATCHED_MOST];
static struct sigaction before_bus, before_segv;

/* --- the end: only what a signal's handler may do --------------------------------------------- */

static void tell(const char *line, size_t length)
{
    if (write(STDERR_FILENO, line, length) < 0)
        return; /* nobody reads it */
}

_Noreturn static void end(const struct watched *watched)
{
    if (teller->last)
        teller->last(teller->self);
    tell(watched->line, watched->length);
    _exit(teller->code);
}

static const struct watched *find_at(const void *address)
{
    uintptr_t at = (uintptr_t)address;

    for (size_t i = 0; i < WATCHED_MOST; i++)
        if (all[i].env && at >= all[i].from && at < all[i].to)
            return &all[i];
    return NULL;
}

static void on_signal(int number, siginfo_t *info, void *context)
{
    bool sent = info->si_code <= 0;
    const struct watched *watched = sent ? NULL : find_at(info->si_addr);

    (void)context;
    if (watched)
        end(watched);
    if (!sent && teller->elsewhere)
        tell(teller->elsewhere, strlen(teller->elsewhere));
    /* What failed fails again on return, and is then somebody else's; what was sent is not. */
    sigaction(number, number == SIGBUS ? &before_bus : &before_segv, NULL);
    if (sent)
        raise(number);
}

static struct watched *find(const MDB_env *env)
{
    for (size_t i = 0; i < WATCHED_MOST; i++)
        if (all[i].env == env)
            return &all[i];
    return NULL;
}

/* LMDB prints it and aborts when this returns. */
static void on_assert(MDB_env *env, const char *message)
{
    const struct watched *watched = find(env);

    (void)message;
    if (watched)
        end(watched);
}

void damage_begin(const struct damage_teller *told_by)
{
    struct sigaction action = { .sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_ONSTACK };

    damage_end();
    teller = told_by;
    sigemptyset(&action.sa_mask);
    sigaction(SIGBUS, &action, &before_bus);
    sigaction(SIGSEGV, &action, &before_segv);
}

void damage_end(void)
{
    if (!teller)
        return;
    sigaction(SIGBUS, &before_bus, NULL);
    sigaction(SIGSEGV, &before_segv, NULL);
    teller = NULL;
}

/* --- what is watched -------------------------------------------------------------------------- */

void damage_file(MDB_env *env, char *file, size_t size)
{
    const char *folder = "";

    mdb_env_get_path(env, &folder);
    snprintf(file, size, "%s/data.mdb", folder);
}

/* LMDB does not tell where a map lies. */
static bool find_map(const char *file, uintptr_t *from, uintptr_t *to)
{
    char real[PATH_MAX], line[PATH_MAX + 128];
    FILE *maps = realpath(file, real) ? fopen("/proc/self/maps", "re") : NULL;
    bool found = false;

    while (maps && !found && fgets(line, sizeof line, maps)) {
        int name = 0;

        line[strcspn(line, "\n")] = '\0';
        found =
            sscanf(line, "%" SCNxPTR "-%" SCNxPTR " %*s %*s %*s %*s %n", from, to, &name) == 2 &&
            name > 0 && strcmp(line + name, real) == 0;
    }
    if (maps)
        fclose(maps);
    return found;
}

void damage_watch(MDB_env *env)
{
    struct watched *watched = find(env);
    char file[PATH_MAX];

    if (!teller)
        return;
    if (!watched)
        watched = find(NULL);
    damage_file(env, file, sizeof file);
    if (!watched || !find_map(file, &watched->from, &watched->to))
        return;
    teller->describe(teller->self, file, watched->line, sizeof watched->line);
    watched->length = strlen(watched->line);
    watched->env = env;
    mdb_env_set_assert(env, on_assert);
}

void damage_forget(const MDB_env *env)
{
    struct watched *watched = env ? find(env) : NULL;

    if (watched)
        watched->env = NULL;
}

/* --- what is said ----------------------------------------------------------------------------- */

const char *damage_remedy(const char *file, bool english)
{
    if (strstr(file, "/tables/"))
        return english
                   ? "stop the service, move this folder away, start it again: its tables are "
                     "made again from its journal"
                   : "arrêtez le service, mettez ce dossier de côté, redémarrez-le : ses tables "
                     "sont refaites de son journal";
    return english ? "stop all services, put the last backup back (tremplin restore FOLDER), start "
                     "them again; do not delete tables or keys"
                   : "arrêtez tous les services, remettez la dernière sauvegarde (tremplin restore "
                     "DOSSIER), redémarrez-les ; ne supprimez ni tables ni clés";
}

void damage_sentence(const char *file, bool english, char *sentence, size_t size)
{
    snprintf(sentence, size, "%s%s. %s%s.\n", file,
             english ? ": the file is damaged (cut short, or not what was written)"
                     : " : le fichier est abîmé (coupé, ou autre que ce qui fut écrit)",
             english ? "To mend it: " : "Remède : ", damage_remedy(file, english));
}
