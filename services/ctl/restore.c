/* Puts a backup's journals back, cut to the largest cut in which every hearing is in its source's
 * journal: all of them or none, whatever fails on the way.  The epoch of each is raised at its
 * first start, so that followers outside see it. */
#include "services/ctl/apart.h"
#include "services/ctl/copies.h"
#include "services/ctl/stores.h"

#include <sodium.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct restored {
    const char *service;
    const char *staged; /* the folder of its copy, made beside what is there */
    struct journal journal;
    uint64_t cut;
    uint64_t had; /* before it was cut */
};

struct restoring {
    struct ctl *ctl;
    struct stores stores;
    struct restored all[ORGANISATION_NAMES_MOST];
    size_t count;
};

/* --- the cut ---------------------------------------------------------------------------------- */

struct cutting {
    struct restoring *restoring;
    struct restored *who;
    uint64_t good; /* the last whole unit whose hearings all exist */
    bool unit_good;
};

static bool exists(struct restoring *restoring, const Tremplin__OffsetMoved *heard)
{
    for (size_t i = 0; i < restoring->count; i++) {
        struct restored *source = &restoring->all[i];
        uint8_t hash[HASH_SIZE];

        if (strcmp(source->service, heard->upto->service) != 0)
            continue;
        return strcmp(source->journal.log_id, heard->upto->log_id) == 0 &&
               heard->upto->sequence <= source->cut && heard->hash.len == HASH_SIZE &&
               journal_hash_of(&source->journal, heard->upto->sequence, hash) &&
               memcmp(hash, heard->hash.data, HASH_SIZE) == 0;
    }
    /* Of another organisation: not part of this restore. */
    return true;
}

static bool look_at(void *context, const struct copied_entry *entry)
{
    struct cutting *cutting = context;

    if (entry->header->sequence > cutting->who->cut)
        return false;
    if (entry->header->index <= 1)
        cutting->unit_good = true;
    if (entry->heard && entry->heard->upto && !exists(cutting->restoring, entry->heard))
        cutting->unit_good = false;
    if (!cutting->unit_good)
        return false;
    if (entry->header->index >= entry->header->of)
        cutting->good = entry->header->sequence;
    return true;
}

/* Cutting one may undo what another heard: again until nothing changes. */
static bool find_cuts(struct restoring *restoring)
{
    bool changed = true;

    for (size_t i = 0; i < restoring->count; i++)
        restoring->all[i].cut = restoring->all[i].journal.committed;
    while (changed) {
        changed = false;
        for (size_t i = 0; i < restoring->count; i++) {
            struct cutting cutting = { .restoring = restoring, .who = &restoring->all[i] };

            if (!copy_read_all(&restoring->all[i].journal, look_at, &cutting))
                return false;
            changed |= cutting.good != restoring->all[i].cut;
            restoring->all[i].cut = cutting.good;
        }
    }
    return true;
}

/* --- what is replaced, and what comes --------------------------------------------------------- */

/* What is known of the journal that is replaced.  It may be damaged, and be replaced for that: so a
 * child looks at it, and what ends the child ends nothing else. */
static bool past_of(struct ctl *ctl, const char *folder, const char *log_id,
                    struct journal_past *past)
{
    struct journal journal;
    int ends[2];
    ssize_t length;
    pid_t child;

    if (access(path_of(ctl, folder, "journal/data.mdb"), R_OK) != 0 || pipe(ends) != 0)
        return false;
    child = fork();
    if (child == 0) {
        bool known = journal_open(&journal, folder, (size_t)64 << 30, "") &&
                     strcmp(journal.log_id, log_id) == 0 && journal_past(&journal, past);

        _exit(known && write(ends[1], past, sizeof *past) == (ssize_t)sizeof *past ? 0 : 1);
    }
    close(ends[1]);
    length = read(ends[0], past, sizeof *past);
    close(ends[0]);
    if (child > 0)
        waitpid(child, NULL, 0);
    return length == (ssize_t)sizeof *past;
}

struct staging {
    struct apart apart;
    const char *service;
    const char *folder; /* in the backup */
    const char *staged;
};

/* A backup is only read: it may lie on what cannot be written.  What is damaged is not put back
 * over what may be whole. */
static int stage_apart(void *context)
{
    const struct staging *staging = context;
    struct fault fault = { 0 };

    if (!journal_copy(staging->folder, staging->staged, &fault))
        return apart_tell(&staging->apart, staging->service, &fault);
    return copy_check(&staging->apart, staging->service, staging->staged);
}

static int stage(struct restoring *restoring, struct restored *one, const char *from)
{
    struct ctl *ctl = restoring->ctl;
    const char *folder = path_of(ctl, from, one->service);
    struct staging staging = {
        .apart = { .ctl = ctl, .of = folder, .of_backup = true },
        .service = one->service,
        .folder = folder,
    };
    int code;

    if (access(path_of(ctl, folder, "journal/data.mdb"), F_OK) != 0) {
        fprintf(stderr, "%s: %s\n", one->service,
                say(ctl, "n'est pas dans la sauvegarde", "is not in the backup"));
        return CTL_REFUSED;
    }
    one->staged = stores_stage(&restoring->stores, one->service);
    if (!one->staged)
        return EXIT_CANNOT_CREATE;
    staging.apart.copies = staging.staged = one->staged;
    staging.apart.file = path_of(ctl, folder, "journal/data.mdb");
    code = apart_read(&staging.apart, stage_apart, &staging);
    if (code != CTL_DONE)
        return code;
    if (journal_open(&one->journal, one->staged, (size_t)64 << 30, "") &&
        one->journal.committed > 0)
        return CTL_DONE;
    fprintf(stderr, "%s: %s\n", one->service,
            one->journal.fault.kind != NO_FAULT
                ? one->journal.fault.detail
                : say(ctl, "n'a rien dans la sauvegarde", "has nothing in the backup"));
    return CTL_REFUSED;
}

/* Once true it is on disk, whole. */
static int cut(struct restoring *restoring, struct restored *one)
{
    struct journal_past past = { 0 };
    bool known = past_of(restoring->ctl, stores_before(&restoring->stores, one->service),
                         one->journal.log_id, &past);

    one->had = one->journal.committed;
    if (journal_cut(&one->journal, one->cut, known ? &past : NULL))
        return CTL_DONE;
    fprintf(stderr, "%s: %s\n", one->service, one->journal.fault.detail);
    return EXIT_CANNOT_CREATE;
}

static int build_all(struct restoring *restoring, const char *from, bool without_keys)
{
    const char *const *names = service_names(restoring->ctl);
    int code = CTL_DONE;

    for (size_t i = 0; names[i] && code == CTL_DONE; i++) {
        restoring->all[restoring->count].service = names[i];
        code = stage(restoring, &restoring->all[restoring->count++], from);
    }
    if (code == CTL_DONE && !find_cuts(restoring))
        code = CTL_REFUSED;
    for (size_t i = 0; i < restoring->count && code == CTL_DONE; i++)
        code = cut(restoring, &restoring->all[i]);
    for (size_t i = 0; i < restoring->count; i++)
        journal_close(&restoring->all[i].journal);
    for (size_t i = 0; i < restoring->count && code == CTL_DONE; i++)
        if (!restore_keys(&restoring->stores, restoring->all[i].service, without_keys))
            code = EXIT_CANNOT_CREATE;
    return code;
}

static int tell_failure(const struct restoring *restoring, int code)
{
    fprintf(stderr, "%s\n",
            restoring->stores.begun
                ? say(restoring->ctl,
                      "La remise n'est pas finie, et les services ne démarrent pas avant : ôtez la "
                      "cause, puis refaites la même commande.",
                      "The restore is not finished, and no service starts before it is: mend the "
                      "cause, then type the same command again.")
                : say(restoring->ctl,
                      "Rien n'a été remis : les journaux sont comme avant. Ôtez la cause, puis "
                      "refaites la même commande.",
                      "Nothing was put back: the journals are as they were. Mend the cause, then "
                      "type the same command again."));
    return code;
}

/* What was told apart by a digest that the lost keys' secret made is no longer known again. */
static void tell_lost_keys(const struct ctl *ctl)
{
    fprintf(stderr, "%s\n",
            say(ctl,
                "Sans leurs clés, les noms et tout ce qui était scellé restent illisibles, et les "
                "références des paiements déjà enregistrés ne sont plus reconnues : un fichier de "
                "la banque d'avant cette remise compterait deux fois, n'en importez pas.",
                "Without their keys, names and all that was sealed stay unreadable, and the "
                "references of payments already recorded are no longer known: a bank's file from "
                "before this restore would count twice, import none."));
}

static void tell_done(struct restoring *restoring, bool without_keys)
{
    struct ctl *ctl = restoring->ctl;
    bool kept = false;

    for (size_t i = 0; i < restoring->count; i++) {
        const struct restored *one = &restoring->all[i];
        const char *folder = path_of(ctl, ctl->organisation.data, one->service);

        printf("%-10s %s %llu", one->service, say(ctl, "remis jusqu'à", "put back up to"),
               (unsigned long long)one->cut);
        if (one->cut < one->had)
            printf(" (%llu %s)", (unsigned long long)(one->had - one->cut),
                   say(ctl, "entrées coupées", "entries cut"));
        printf("\n");
        kept |= access(path_of(ctl, folder, restoring->stores.aside), F_OK) == 0;
    }
    if (kept)
        fprintf(stderr, "%s %s/*/%s. %s\n",
                say(ctl, "Ce qui était là avant est gardé :", "What was there before is kept:"),
                ctl->organisation.data, restoring->stores.aside,
                say(ctl, "À supprimer quand tout va bien.", "Delete it when all is well."));
    if (without_keys)
        tell_lost_keys(ctl);
    fprintf(stderr, "%s\n",
            say(ctl,
                "Démarrez les services. Les courriels qui n'étaient pas partis sont retenus : "
                "regardez-les (alerts.Mails), puis alerts.ReleaseMails.",
                "Start the services. Mails that had not left are held: look at them "
                "(alerts.Mails), then alerts.ReleaseMails."));
}

int run_restore(struct ctl *ctl)
{
    bool without_keys = take_flag(ctl, "--without-keys");
    const char *from = ctl->argc == 1 ? ctl->argv[0] : NULL;
    struct restoring restoring = { .ctl = ctl };
    int code;

    if (!from || *from == '-')
        return usage_of(ctl, "restore");
    if (sodium_init() < 0)
        return EXIT_MEMORY;
    code = stores_lock(&restoring.stores, ctl);
    if (code != CTL_DONE)
        return tell_failure(&restoring, code);
    code = build_all(&restoring, from, without_keys);
    if (code != CTL_DONE)
        stores_drop(&restoring.stores);
    else if (!stores_exchange(&restoring.stores))
        code = EXIT_CANNOT_CREATE;
    if (code != CTL_DONE)
        return tell_failure(&restoring, code);
    tell_done(&restoring, without_keys);
    return CTL_DONE;
}
