/* Puts a backup's journals back, cut to the largest cut in which every hearing is in its source's
 * journal. The epoch of each is raised at its first start, so that followers outside see it.  Keys
 * are never taken back in time: the erased of the store that is there and of its copy elsewhere
 * stay erased. */
#include "libcommon/keys.h"
#include "services/ctl/copies.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct restored {
    const char *service;
    struct journal journal;
    uint64_t cut;
};

struct restoring {
    struct ctl *ctl;
    struct restored all[ORGANISATION_SERVICES_MOST];
    size_t count;
};

/* --- the cut
 * ------------------------------------------------------------------------------------------- */

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

/* What is damaged is not put back over what may be whole. */
static bool chains_hold(struct restoring *restoring)
{
    for (size_t i = 0; i < restoring->count; i++) {
        uint64_t sequence;
        const char *trouble = copy_check_chain(&restoring->all[i].journal, &sequence);

        if (!trouble)
            continue;
        fprintf(stderr, "%s, %llu: %s\n", restoring->all[i].service, (unsigned long long)sequence,
                trouble);
        return false;
    }
    return true;
}

/* --- files
 * --------------------------------------------------------------------------------------------- */

static int remove_one(const char *path, const struct stat *stat, int type, struct FTW *ftw)
{
    (void)stat;
    (void)type;
    (void)ftw;
    return remove(path);
}

static void remove_folder(const char *path)
{
    nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* The service must be stopped: its lock is taken for as long as this command runs. */
static bool lock_store(struct ctl *ctl, const char *folder, const char *service)
{
    int lock;

    if ((mkdir(ctl->organisation.data, 0700) != 0 && errno != EEXIST) ||
        (mkdir(folder, 0700) != 0 && errno != EEXIST)) {
        fprintf(stderr, "%s: %s\n", folder, strerror(errno));
        return false;
    }
    lock = open(path_of(ctl, folder, "lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0 || flock(lock, LOCK_EX | LOCK_NB) != 0) {
        fprintf(
            stderr, "%s: %s\n", service,
            say(ctl, "le service tourne : arrêtez-le d'abord", "the service runs: stop it first"));
        return false;
    }
    return true;
}

/* The keys that are there, or their copy elsewhere; whoever is erased in either stays erased. */
static bool restore_keys(struct ctl *ctl, const char *folder, const char *service)
{
    const char *copy = ctl->organisation.keys_copy;
    const char *path = path_of(ctl, folder, "keys");
    struct keys here, elsewhere;
    uint8_t random[32];
    char household[ID_TEXT_SIZE];
    const char *copied;

    if (*copy == '\0')
        return true;
    copied = path_of(ctl, copy, arena_format(&ctl->arena, "%s.keys", service));
    if (access(copied, R_OK) != 0)
        return true;
    randombytes_buf(random, sizeof random);
    if (!keys_open(&elsewhere, copied, random))
        return false;
    if (access(path, R_OK) != 0 && !keys_copy(&elsewhere, path))
        return false;
    if (!keys_open(&here, path, random))
        return false;
    for (size_t i = 0; i < elsewhere.erased; i++) {
        keys_erased(&elsewhere, i, household);
        keys_destroy(&here, household);
    }
    keys_close(&elsewhere);
    keys_close(&here);
    return true;
}

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

static int put_back(struct ctl *ctl, struct restored *one, const char *from)
{
    const char *folder = path_of(ctl, ctl->organisation.data, one->service);
    struct journal_past past = { 0 };
    struct journal journal;
    struct fault fault = { 0 };
    bool known;

    if (!lock_store(ctl, folder, one->service))
        return EXIT_IN_USE;
    known = past_of(ctl, folder, one->journal.log_id, &past);
    remove_folder(path_of(ctl, folder, "journal"));
    remove_folder(path_of(ctl, folder, "tables"));
    if (!restore_keys(ctl, folder, one->service) ||
        !journal_copy(path_of(ctl, from, one->service), folder, &fault) ||
        !journal_open(&journal, folder, (size_t)64 << 30, "") ||
        !journal_cut(&journal, one->cut, known ? &past : NULL)) {
        fprintf(stderr, "%s: %s\n", one->service, fault.detail);
        return EXIT_CANNOT_CREATE;
    }
    journal_close(&journal);
    printf("%-10s %s %llu", one->service, say(ctl, "remis jusqu'à", "put back up to"),
           (unsigned long long)one->cut);
    if (one->cut < one->journal.committed)
        printf(" (%llu %s)", (unsigned long long)(one->journal.committed - one->cut),
               say(ctl, "entrées coupées", "entries cut"));
    printf("\n");
    return CTL_DONE;
}

int run_restore(struct ctl *ctl)
{
    const char *from = ctl->argc == 1 ? ctl->argv[0] : NULL;
    struct restoring restoring = { .ctl = ctl };
    const char *const *names = service_names(ctl);
    int code = CTL_DONE;

    if (!from)
        return usage_of(ctl, "restore");
    if (sodium_init() < 0)
        return EXIT_MEMORY;
    for (size_t i = 0; names[i]; i++) {
        struct restored *one = &restoring.all[restoring.count++];

        one->service = names[i];
        if (!journal_open(&one->journal, path_of(ctl, from, names[i]), 0, "") ||
            one->journal.committed == 0) {
            fprintf(stderr, "%s: %s\n", names[i],
                    say(ctl, "n'est pas dans la sauvegarde", "is not in the backup"));
            return CTL_REFUSED;
        }
    }
    if (!chains_hold(&restoring))
        return CTL_REFUSED;
    if (!find_cuts(&restoring))
        return CTL_REFUSED;
    for (size_t i = 0; i < restoring.count && code == CTL_DONE; i++)
        code = put_back(ctl, &restoring.all[i], from);
    for (size_t i = 0; i < restoring.count; i++)
        journal_close(&restoring.all[i].journal);
    if (code == CTL_DONE)
        fprintf(stderr, "%s\n",
                say(ctl,
                    "Démarrez les services. Les courriels qui n'étaient pas partis sont retenus : "
                    "regardez-les (alerts.Mails), puis alerts.ReleaseMails.",
                    "Start the services. Mails that had not left are held: look at them "
                    "(alerts.Mails), then alerts.ReleaseMails."));
    return code;
}
