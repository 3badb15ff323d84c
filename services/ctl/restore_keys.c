/* Keys are never taken back in time, and never lost to others' that lie in their place. */
#include "libcommon/keys.h"
#include "services/ctl/copies.h"
#include "services/ctl/stores.h"

#include <sodium.h>
#include <unistd.h>

static bool tell(const char *path, const char *sentence)
{
    fprintf(stderr, "%s: %s\n", path, sentence);
    return false;
}

static bool erase_all_of(const struct keys *from, struct keys *to)
{
    char household[ID_TEXT_SIZE];

    for (size_t i = 0; i < from->erased; i++) {
        keys_erased(from, i, household);
        if (!keys_destroy(to, household))
            return false;
    }
    return true;
}

/* Others lie where these were: those that services made on an empty disk.  They go aside. */
static bool stage(struct stores *stores, const char *service, struct keys *here,
                  struct keys *elsewhere)
{
    struct ctl *ctl = stores->ctl;
    const char *staged =
        path_of(ctl, ctl->organisation.data,
                arena_format(&ctl->arena, "%s/" PROCESS_PUT_BACK "/keys", service));
    struct keys put_back = { .file = -1 };
    bool done = keys_copy(elsewhere, staged) && keys_open(&put_back, staged, NULL) &&
                erase_all_of(here, &put_back) &&
                (here->count == 0 || erase_all_of(elsewhere, here)); /* there may be none */

    if (!done && elsewhere->fault.kind != NO_FAULT)
        tell(staged, elsewhere->fault.detail);
    else if (!done)
        tell(staged, put_back.fault.kind != NO_FAULT ? put_back.fault.detail : here->fault.detail);
    else if (here->count > 0)
        printf("%-10s %s %s\n", service,
               say(ctl, "les clés sont celles de la copie ; d'autres étaient là, mises dans",
                   "the keys are the copy's; others were there, moved to"),
               stores->aside);
    keys_close(&put_back);
    return done;
}

static bool join(struct stores *stores, const char *service, const char *path, const char *copy)
{
    struct keys here = { .file = -1 }, elsewhere = { .file = -1 };
    bool known = keys_open(&elsewhere, copy, NULL), joined = false;

    if (!known) {
        tell(copy, elsewhere.fault.detail);
    } else if (!keys_open(&here, path, NULL) && here.count > 0) {
        tell(path, here.fault.detail);
    } else if (here.count > 0 && keys_are_same(&here, &elsewhere)) {
        joined = keys_join(&here, &elsewhere) || tell(path, here.fault.detail);
    } else {
        here.fault = (struct fault){ 0 };
        joined = stage(stores, service, &here, &elsewhere);
    }
    keys_close(&elsewhere);
    keys_close(&here);
    return joined;
}

/* Others than those that sealed: what they sealed stays unreadable. */
static bool make_new(const char *path)
{
    struct keys keys;
    uint8_t random[32];
    bool made;

    randombytes_buf(random, sizeof random);
    made = keys_open(&keys, path, random) || tell(path, keys.fault.detail);
    keys_close(&keys);
    return made;
}

bool restore_keys(struct stores *stores, const char *service, bool without_keys)
{
    struct ctl *ctl = stores->ctl;
    const char *folder = ctl->organisation.keys_copy;
    const char *path = path_of(ctl, path_of(ctl, ctl->organisation.data, service), "keys");
    const char *copy = path_of(ctl, folder, arena_format(&ctl->arena, "%s.keys", service));

    if (without_keys)
        return make_new(path);
    if (*folder && access(copy, F_OK) == 0)
        return join(stores, service, path, copy);
    if (*folder)
        return tell(copy, say(ctl,
                              "la copie des clés n'y est pas (disque non monté ?) ; si elle est "
                              "perdue, retirez keys_copy de la configuration",
                              "the copy of the keys is not there (a disk not mounted?); if it is "
                              "lost, take keys_copy out of the configuration"));
    if (access(path, F_OK) == 0)
        return true;
    return tell(path, say(ctl,
                          "les clés n'y sont pas : dites par keys_copy où est leur copie. Si elles "
                          "sont perdues, --without-keys remet tout sauf ce qui est scellé",
                          "the keys are not there: say by keys_copy where their copy is. If they "
                          "are lost, --without-keys puts back all but what is sealed"));
}
