/* A backup is the journals: tables are built from them.  Followers are copied before those they
 * follow, so that what a copy heard is in its source's copy.  Keys are not part of it: they have
 * one copy elsewhere. */
#include "libcommon/files.h"
#include "services/ctl/apart.h"
#include "services/ctl/copies.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static bool sync_path(const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    bool synced = file >= 0 && fsync(file) == 0;

    if (file >= 0)
        close(file);
    return synced;
}

static void print_hash(FILE *to, const uint8_t hash[HASH_SIZE])
{
    for (int i = 0; i < HASH_SIZE; i++)
        fprintf(to, "%02x", hash[i]);
}

struct checking {
    struct apart apart;
    const char *service;
    const char *folder;
};

static int check_chain(void *context)
{
    const struct checking *checking = context;

    return copy_check(&checking->apart, checking->service, checking->folder);
}

/* What the copy holds, checked, and said in the manifest. */
static int check_copy(struct ctl *ctl, const char *to, const char *service, FILE *manifest)
{
    const char *folder = path_of(ctl, to, service);
    struct checking checking = {
        .apart = { .ctl = ctl, .copies = to, .of = ctl->organisation.data },
        .service = service,
        .folder = folder,
    };
    struct journal journal;
    int code;

    checking.apart.file = path_of(ctl, folder, "journal/data.mdb");
    code = apart_read(&checking.apart, check_chain, &checking);
    if (code == EXIT_DATA || !journal_open(&journal, folder, 0, ""))
        return EXIT_DATA;
    fprintf(manifest, "%s;%s;%llu;", service, journal.log_id,
            (unsigned long long)journal.committed);
    print_hash(manifest, journal.committed_hash);
    fprintf(manifest, "\n");
    printf("%-10s %s %llu\n", service, say(ctl, "copié jusqu'à", "copied up to"),
           (unsigned long long)journal.committed);
    journal_close(&journal);
    return code;
}

/* The whole backup, into a folder that was made for it. */
static int copy_all(struct ctl *ctl, const char *to)
{
    const char *const *names = service_names(ctl);
    size_t count = 0;
    FILE *manifest;
    int code = CTL_DONE;

    while (names[count])
        count++;
    for (size_t i = count; i-- > 0 && code == CTL_DONE;)
        code = copy_service(ctl, names[i], to, false);
    if (code != CTL_DONE)
        return code;
    manifest = fopen(path_of(ctl, to, "manifest.csv"), "wb");
    if (!manifest)
        return EXIT_CANNOT_CREATE;
    fprintf(manifest, "service;log_id;head;hash\n");
    for (size_t i = 0; i < count && code == CTL_DONE; i++) {
        const char *folder = path_of(ctl, to, names[i]);

        code = check_copy(ctl, to, names[i], manifest);
        if (!sync_path(path_of(ctl, folder, "journal/data.mdb")))
            code = EXIT_CANNOT_CREATE;
    }
    if (fclose(manifest) != 0 || !sync_path(path_of(ctl, to, "manifest.csv")) || !sync_path(to))
        code = EXIT_CANNOT_CREATE;
    return code;
}

/* A backup is of no use without the keys. */
static void warn_of_keys(struct ctl *ctl)
{
    const char *const *names = service_names(ctl);
    const char *folder = ctl->organisation.keys_copy;

    if (*folder == '\0')
        fprintf(stderr, "%s\n",
                say(ctl,
                    "Attention : keys_copy n'est pas réglé ; sans copie des clés ailleurs, ce qui "
                    "est scellé est perdu avec le disque.",
                    "Beware: keys_copy is not set; without a copy of the keys elsewhere, what is "
                    "sealed is lost with the disk."));
    for (size_t i = 0; *folder && names[i]; i++) {
        const char *copy = path_of(ctl, folder, arena_format(&ctl->arena, "%s.keys", names[i]));

        if (access(copy, F_OK) != 0)
            fprintf(stderr, "%s %s %s\n", say(ctl, "Attention :", "Beware:"), copy,
                    say(ctl,
                        "n'est pas là ; sans cette copie des clés, ce qui est scellé est perdu "
                        "avec le disque.",
                        "is not there; without this copy of the keys, what is sealed is lost with "
                        "the disk."));
    }
}

int run_backup(struct ctl *ctl)
{
    const char *to = ctl->argc == 1 ? ctl->argv[0] : NULL;
    int code;

    if (!to || *to == '-')
        return usage_of(ctl, "backup");
    if (mkdir(to, 0700) != 0) {
        fprintf(stderr, "%s: %s\n", to, trouble_of(ctl, errno));
        return EXIT_CANNOT_CREATE;
    }
    code = copy_all(ctl, to);
    /* Half of one would be taken for one, and be in the way of the next try. */
    if (code != CTL_DONE)
        files_remove(to);
    warn_of_keys(ctl);
    return code;
}
