/* Key pairs for CURVE: the services' own, tremplin's, and those of other programs. */
#include "services/ctl/ctl.h"

#include "libcommon/curve.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_pair_name(const char *name)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    size_t length = strlen(name);

    return length > 0 && length < PEER_NAME_SIZE && *name != '-' && strspn(name, allowed) == length;
}

static int tell_unwritten(const struct ctl *ctl, const char *path, int error)
{
    fprintf(stderr, "%s: %s\n", path, trouble_of(ctl, error));
    return EXIT_CANNOT_CREATE;
}

static int make_folder(const struct ctl *ctl, const char *path)
{
    if (mkdir(path, 0700) == 0 || errno == EEXIST)
        return CTL_DONE;
    return tell_unwritten(ctl, path, errno);
}

/* A pair that is there, or half of one, is somebody's. */
static int refuse_existing(const struct ctl *ctl, const char *folder, const char *name)
{
    static const char *const endings[] = { "key", "pub" };
    char path[512];

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        snprintf(path, sizeof path, "%s/%s.%s", folder, name, endings[i]);
        if (access(path, F_OK) == 0)
            return tell_unwritten(ctl, path, EEXIST);
    }
    return CTL_DONE;
}

static void tell_of_server(const struct ctl *ctl, const char *folder)
{
    printf(ctl->english
               ? "This is the services' pair: they read it when they start. The public key, "
                 "%s/server.pub,\ngoes to each program that calls them.\n"
               : "C'est la paire des services : ils la lisent à leur démarrage. La clé publique, "
                 "%s/server.pub,\nva à chaque programme qui les appelle.\n",
           folder);
}

/* The secret of another program is of no use here. */
static void tell_of_program(const struct ctl *ctl, const char *folder, const char *name)
{
    printf(ctl->english
               ? "%s/%s.key is secret (0600): move it to the program, with %s.pub and "
                 "server.pub.\n"
               : "%s/%s.key est secrète (0600) : déplacez-la chez le programme, avec %s.pub et "
                 "server.pub.\n",
           folder, name, name);
}

static void tell_of_peer(const struct ctl *ctl, const char *folder, const char *name,
                         const char *roles, const char *public_text)
{
    printf(
        ctl->english
            ? "So that the services answer it, put these lines into %s/peers/%s.pub, with the "
              "roles wanted\n(staff, operator, integrator), then reload them (SIGHUP):\n"
            : "Pour que les services lui répondent, mettez ces lignes dans %s/peers/%s.pub, avec "
              "les rôles voulus\n(staff, operator, integrator), puis rechargez-les (SIGHUP) :\n",
        folder, name);
    printf("\n[peer]\nname = %s\nkey = %s\nroles = %s\n", name, public_text, roles);
}

static int make_pair(const struct ctl *ctl, const char *folder, const char *name)
{
    struct curve_error error = { 0 };
    char public_text[CURVE_TEXT_SIZE], path[512];

    if (!curve_pair_make(folder, name, &error) ||
        !curve_public_read(folder, name, public_text, &error)) {
        snprintf(path, sizeof path, "%s/%s", folder, name);
        return tell_unwritten(ctl, path, errno);
    }
    if (strcmp(name, "server") == 0) {
        tell_of_server(ctl, folder);
    } else if (strcmp(name, "client") == 0) {
        tell_of_peer(ctl, folder, "tremplin", "staff operator integrator", public_text);
    } else {
        tell_of_program(ctl, folder, name);
        tell_of_peer(ctl, folder, name, "integrator", public_text);
    }
    return CTL_DONE;
}

int run_keys(struct ctl *ctl)
{
    const char *folder = ctl->organisation.keys;
    char peers[512];
    int code;

    if (ctl->argc != 2 || strcmp(ctl->argv[0], "make") != 0 || !is_pair_name(ctl->argv[1]))
        return usage_of(ctl, "keys");
    if (*folder == '\0') {
        fprintf(stderr, "%s: %s\n", ctl->config,
                say(ctl, "la clé keys de [organisation] dit le dossier des clés : elle n'y est pas",
                    "the key keys of [organisation] says the keys' folder: it is not there"));
        return EXIT_CONFIGURATION;
    }
    snprintf(peers, sizeof peers, "%s/peers", folder);
    code = make_folder(ctl, folder);
    if (code == CTL_DONE)
        code = make_folder(ctl, peers);
    if (code == CTL_DONE)
        code = refuse_existing(ctl, folder, ctl->argv[1]);
    return code == CTL_DONE ? make_pair(ctl, folder, ctl->argv[1]) : code;
}
