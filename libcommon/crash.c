#include "libcommon/crash.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STACK_SIZE = 64 * 1024, LINE_SIZE = 160, LINES_MOST = 1000 };

/* A signal's handler gets nothing but its number: what it needs lies here. */
static const char *volatile noted;
static volatile sig_atomic_t note_file = -1;
static char stack[STACK_SIZE];

static size_t append(char line[LINE_SIZE], size_t length, const char *text)
{
    for (; *text && *text != '\n' && length < LINE_SIZE - 1; text++)
        line[length++] = *text;
    return length;
}

/* Only what a handler may do: no allocation, no stdio. */
static void on_death(int number)
{
    const char *at_hand = noted;
    char line[LINE_SIZE];
    size_t length;

    if (at_hand && *at_hand && note_file >= 0) {
        length = append(line, 0, TREMPLIN_VERSION " ");
        length = append(line, length, at_hand);
        line[length++] = '\n';
        if (write(note_file, line, length) == (ssize_t)length)
            fsync(note_file);
    }
    /* The default action is back by now. */
    raise(number);
}

bool crash_watch(const char *path, const char *at_hand)
{
    static const int deaths[] = { SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL };
    struct sigaction action = { .sa_handler = on_death,
                                .sa_flags = (int)(SA_ONSTACK | SA_RESETHAND | SA_NODEFER) };
    stack_t alternate = { .ss_sp = stack, .ss_size = sizeof stack };

    note_file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (note_file < 0 || sigaltstack(&alternate, NULL) != 0)
        return false;
    noted = at_hand;
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof deaths / sizeof *deaths; i++)
        sigaction(deaths[i], &action, NULL);
    return true;
}

void crash_forget(void)
{
    noted = NULL;
    if (note_file >= 0)
        close(note_file);
    note_file = -1;
}

/* --- at the next start -------------------------------------------------------------------------
 */

/* The input of a line of this version; NULL for another's. */
static const char *input_of(char line[LINE_SIZE])
{
    size_t version = strlen(TREMPLIN_VERSION);

    line[strcspn(line, "\n")] = '\0';
    if (strncmp(line, TREMPLIN_VERSION, version) != 0 || line[version] != ' ')
        return NULL;
    return line + version + 1;
}

void crash_each_twice(const char *path, void (*each)(void *owner, const char *input), void *owner)
{
    char(*inputs)[LINE_SIZE] = calloc(LINES_MOST, LINE_SIZE);
    FILE *file = fopen(path, "re");
    char line[LINE_SIZE];
    size_t count = 0;

    while (inputs && file && count < LINES_MOST && fgets(line, sizeof line, file)) {
        const char *input = input_of(line);
        int before = 0;

        if (!input)
            continue;
        for (size_t i = 0; i < count; i++)
            before += strcmp(inputs[i], input) == 0;
        memcpy(inputs[count++], input, strlen(input) + 1);
        if (before == 1)
            each(owner, input);
    }
    if (file)
        fclose(file);
    free(inputs);
}
