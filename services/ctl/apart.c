#include "services/ctl/apart.h"

#include "libcommon/damage.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void describe(void *self, const char *file, char *line, size_t size)
{
    const struct apart *apart = self;
    struct ctl *ctl = apart->ctl;
    size_t length = strlen(apart->copies);

    if (strncmp(file, apart->copies, length) == 0)
        file = arena_format(&ctl->arena, "%s%s", apart->of, file + length);
    if (apart->of_backup)
        snprintf(line, size, "%s%s\n", file,
                 say(ctl,
                     " : ce fichier de la sauvegarde est abîmé (coupé, ou autre que ce qui fut "
                     "écrit). Remède : prenez une autre sauvegarde.",
                     ": this file of the backup is damaged (cut short, or not what was written). "
                     "To mend it: take another backup."));
    else
        damage_sentence(file, ctl->english, line, size);
}

int apart_read(const struct apart *apart, int (*read)(void *context), void *context)
{
    const struct damage_teller teller = {
        .describe = describe,
        .self = (void *)(uintptr_t)apart,
        .code = EXIT_DATA,
    };
    char line[1024];
    pid_t child;
    int status;

    fflush(NULL);
    child = fork();
    if (child == 0) {
        damage_begin(&teller);
        exit(read(context));
    }
    if (child < 0 || waitpid(child, &status, 0) != child) {
        fprintf(stderr, "tremplin: %s\n", trouble_of(apart->ctl, errno));
        return EXIT_MEMORY;
    }
    if (WIFEXITED(status))
        return WEXITSTATUS(status);
    if (WTERMSIG(status) != SIGBUS && WTERMSIG(status) != SIGSEGV && WTERMSIG(status) != SIGABRT) {
        fprintf(stderr, "%s: %s %d\n", apart->file,
                say(apart->ctl, "la lecture a été interrompue : signal",
                    "reading was interrupted: signal"),
                WTERMSIG(status));
        return EXIT_CANNOT_CREATE;
    }
    describe((void *)(uintptr_t)apart, apart->file, line, sizeof line);
    fputs(line, stderr);
    return EXIT_DATA;
}

int apart_tell(const struct apart *apart, const char *service, const struct fault *fault)
{
    char line[1024];

    if (fault->kind != FAULT_DAMAGED && fault->kind != FAULT_UNREADABLE) {
        fprintf(stderr, "%s: %s\n", service, fault->detail);
        return EXIT_CANNOT_CREATE;
    }
    describe((void *)(uintptr_t)apart, apart->file, line, sizeof line);
    fputs(line, stderr);
    return EXIT_DATA;
}
