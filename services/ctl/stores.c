#include "services/ctl/stores.h"

#include "libcommon/files.h"
#include "services/ctl/copies.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char *folder_of(struct stores *stores, const char *service)
{
    return path_of(stores->ctl, stores->ctl->organisation.data, service);
}

static const char *staged_of(struct stores *stores, const char *service)
{
    return path_of(stores->ctl, folder_of(stores, service), PROCESS_PUT_BACK);
}

static const char *note_of(struct stores *stores)
{
    return path_of(stores->ctl, stores->ctl->organisation.data, PROCESS_RESTORING);
}

/* Among the organisation's services, of which it is one. */
static size_t number_of(const struct stores *stores, const char *service)
{
    const char *const *names = service_names(stores->ctl);
    size_t number = 0;

    while (strcmp(names[number], service) != 0)
        number++;
    return number;
}

static bool tell(struct stores *stores, const char *path)
{
    fprintf(stderr, "%s: %s\n", path, trouble_of(stores->ctl, errno));
    return false;
}

/* --- files ------------------------------------------------------------------------------------ */

static bool make_folder(struct stores *stores, const char *path)
{
    return mkdir(path, 0700) == 0 || errno == EEXIST || tell(stores, path);
}

static bool sync_folder(struct stores *stores, const char *path)
{
    int file = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool synced = file >= 0 && fsync(file) == 0;

    if (!synced)
        tell(stores, path);
    if (file >= 0)
        close(file);
    return synced;
}

/* What is not there has nowhere to go. */
static bool move(struct stores *stores, const char *from, const char *to)
{
    return rename(from, to) == 0 || errno == ENOENT || tell(stores, from);
}

/* --- locks ------------------------------------------------------------------------------------ */

/* Files made by another user could not be opened by the services. */
static bool is_their_user(struct stores *stores)
{
    const char *data = stores->ctl->organisation.data;
    struct stat stat;

    if (lstat(data, &stat) != 0 || stat.st_uid == geteuid())
        return true;
    tell_other_user(stores->ctl, data);
    return false;
}

static int lock_one(struct stores *stores, const char *service)
{
    const char *path = path_of(stores->ctl, folder_of(stores, service), "lock");
    int lock;

    if (!make_folder(stores, folder_of(stores, service)))
        return EXIT_CANNOT_CREATE;
    lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0) {
        tell(stores, path);
        return EXIT_CANNOT_CREATE;
    }
    if (flock(lock, LOCK_EX | LOCK_NB) == 0)
        return CTL_DONE;
    fprintf(stderr, "%s: %s\n", service,
            say(stores->ctl, "le service tourne : arrêtez-le d'abord",
                "the service runs: stop it first"));
    return EXIT_IN_USE;
}

static void look_what_is_there(struct stores *stores)
{
    const char *const *names = service_names(stores->ctl);

    for (size_t i = 0; names[i]; i++)
        stores->had_none[i] =
            access(path_of(stores->ctl, folder_of(stores, names[i]), "journal"), F_OK) != 0 &&
            errno == ENOENT;
}

/* A service, and whether it had no journal before the exchange. */
static bool read_service(struct stores *stores, char *line)
{
    char *word = line + strcspn(line, " ");
    bool had_none = *word != '\0';

    *word = '\0';
    if (!is_service(stores->ctl, line))
        return false;
    stores->had_none[number_of(stores, line)] = had_none;
    return true;
}

/* The name of an exchange that was begun, and that all its services are here to finish it. */
static bool read_note(struct stores *stores)
{
    FILE *file = fopen(note_of(stores), "r");
    char line[128];
    bool fits = true;

    if (!file)
        return true;
    while (fits && fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        if (!stores->begun)
            stores->aside = arena_format(&stores->ctl->arena, "%s", line);
        else
            fits = read_service(stores, line);
        stores->begun = true;
    }
    fclose(file);
    if (!fits)
        fprintf(stderr, "%s: %s\n", note_of(stores),
                say(stores->ctl,
                    "une remise interrompue concerne aussi ce service : refaites-la avec lui",
                    "an interrupted restore is of that service too: do it again with it"));
    return fits;
}

static bool was_used(struct stores *stores, const char *aside)
{
    const char *const *names = service_names(stores->ctl);

    for (size_t i = 0; names[i]; i++)
        if (access(path_of(stores->ctl, folder_of(stores, names[i]), aside), F_OK) == 0)
            return true;
    return false;
}

/* What another restore of the same second moved aside is not this one's. */
static void name_aside(struct stores *stores)
{
    const time_t now = time(NULL);
    char instant[32];

    strftime(instant, sizeof instant, "before-%Y%m%dT%H%M%SZ", gmtime(&now));
    stores->aside = arena_format(&stores->ctl->arena, "%s", instant);
    for (int number = 2; was_used(stores, stores->aside); number++)
        stores->aside = arena_format(&stores->ctl->arena, "%s-%d", instant, number);
}

int stores_lock(struct stores *stores, struct ctl *ctl)
{
    const char *const *names = service_names(ctl);
    int worst = CTL_DONE;

    *stores = (struct stores){ .ctl = ctl };
    if (!is_their_user(stores) || !make_folder(stores, ctl->organisation.data))
        return EXIT_CANNOT_CREATE;
    for (size_t i = 0; names[i]; i++) {
        int code = lock_one(stores, names[i]);

        worst = code > worst ? code : worst;
    }
    look_what_is_there(stores);
    name_aside(stores);
    return worst == CTL_DONE && !read_note(stores) ? CTL_REFUSED : worst;
}

/* --- beside what is there --------------------------------------------------------------------- */

static void drop_one(struct stores *stores, const char *service)
{
    files_wipe(path_of(stores->ctl, staged_of(stores, service), "keys"));
    files_remove(staged_of(stores, service));
}

const char *stores_stage(struct stores *stores, const char *service)
{
    const char *staged = staged_of(stores, service);

    drop_one(stores, service);
    return make_folder(stores, staged) ? staged : NULL;
}

const char *stores_before(struct stores *stores, const char *service)
{
    const char *folder = folder_of(stores, service);
    const char *aside = path_of(stores->ctl, folder, stores->aside);

    return stores->had_none[number_of(stores, service)] ||
                   access(path_of(stores->ctl, aside, "journal"), F_OK) == 0
               ? aside
               : folder;
}

void stores_drop(struct stores *stores)
{
    const char *const *names = service_names(stores->ctl);

    for (size_t i = 0; names[i]; i++)
        drop_one(stores, names[i]);
}

/* --- the exchange ----------------------------------------------------------------------------- */

/* Written beside and renamed: it is whole or not there. */
static bool write_note(struct stores *stores)
{
    const char *const *names = service_names(stores->ctl);
    const char *fresh =
        path_of(stores->ctl, stores->ctl->organisation.data, PROCESS_RESTORING ".new");
    FILE *file = fopen(fresh, "w");
    bool written;

    if (!file)
        return tell(stores, fresh);
    fprintf(file, "%s\n", stores->aside);
    for (size_t i = 0; names[i]; i++)
        fprintf(file, "%s%s\n", names[i], stores->had_none[i] ? " none" : "");
    written = fflush(file) == 0 && fsync(fileno(file)) == 0;
    written = fclose(file) == 0 && written;
    if (!written || rename(fresh, note_of(stores)) != 0)
        return tell(stores, fresh);
    stores->begun = true;
    return sync_folder(stores, stores->ctl->organisation.data);
}

/* What is aside already was there before; what is in its place then, or where there was nothing,
 * was put there by the restore that was interrupted. */
static bool move_aside(struct stores *stores, const char *folder, const char *name, bool had_none)
{
    const char *there = path_of(stores->ctl, folder, name);
    const char *aside = path_of(stores->ctl, path_of(stores->ctl, folder, stores->aside), name);

    if (!had_none && access(aside, F_OK) != 0)
        return move(stores, there, aside);
    files_remove(there);
    return true;
}

static bool exchange_one(struct stores *stores, const char *service)
{
    struct ctl *ctl = stores->ctl;
    const char *folder = folder_of(stores, service), *staged = staged_of(stores, service);
    const char *aside = path_of(ctl, folder, stores->aside);
    bool other_keys = access(path_of(ctl, staged, "keys"), F_OK) == 0;
    bool had_none = stores->had_none[number_of(stores, service)];

    if (!make_folder(stores, aside) || !move_aside(stores, folder, "journal", had_none) ||
        !move(stores, path_of(ctl, staged, "journal"), path_of(ctl, folder, "journal")) ||
        (other_keys && !move_aside(stores, folder, "keys", false)) ||
        (other_keys && !move(stores, path_of(ctl, staged, "keys"), path_of(ctl, folder, "keys"))))
        return false;
    /* They are made again; and what ended the program was of another history. */
    files_remove(path_of(ctl, folder, "tables"));
    unlink(path_of(ctl, folder, "at_hand"));
    if (!sync_folder(stores, aside) || !sync_folder(stores, folder))
        return false;
    files_remove(staged);
    rmdir(aside); /* where nothing was there before */
    return true;
}

bool stores_exchange(struct stores *stores)
{
    const char *const *names = service_names(stores->ctl);

    if (!write_note(stores))
        return false;
    for (size_t i = 0; names[i]; i++)
        if (!exchange_one(stores, names[i]))
            return false;
    if (unlink(note_of(stores)) != 0)
        return tell(stores, note_of(stores));
    /* All is done.  A note that a power cut brings back asks for the same command again, no more.
     */
    sync_folder(stores, stores->ctl->organisation.data);
    return true;
}
