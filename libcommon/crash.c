#include "libcommon/crash.h"

#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Lines of one length, each within a sector, so that each is written whole: who runs or ran, what
 * is at hand, then what ended it: "2 command 018f...". */
enum { LINE_SIZE = 128, STATE_LINE, HAND_LINE = 1, FIRST_LINE, LINES = FIRST_LINE + CRASHES_MOST };
enum { TWICE = 2 };

#define RUNS  TREMPLIN_VERSION " runs"
#define ENDED TREMPLIN_VERSION " ended"

static void fill_line(char line[LINE_SIZE], const char *text)
{
    size_t length = strcspn(text, "\n");

    if (length > LINE_SIZE - 1)
        length = LINE_SIZE - 1;
    memset(line, ' ', LINE_SIZE - 1);
    memcpy(line, text, length);
    line[LINE_SIZE - 1] = '\n';
}

static const char *read_line(char line[LINE_SIZE])
{
    size_t length = LINE_SIZE - 1;

    while (length > 0 && (line[length - 1] == ' ' || line[length - 1] == '\0'))
        length--;
    line[length] = '\0';
    return line;
}

static bool write_line(const struct crashes *crashes, int number, const char *text)
{
    char line[LINE_SIZE];

    fill_line(line, text);
    return pwrite(crashes->file, line, sizeof line, (off_t)number * LINE_SIZE) == sizeof line;
}

static bool write_all(const struct crashes *crashes, const char *state)
{
    char lines[LINES][LINE_SIZE], text[LINE_SIZE];

    fill_line(lines[0], state);
    fill_line(lines[HAND_LINE], "");
    for (size_t i = 0; i < CRASHES_MOST; i++) {
        text[0] = '\0';
        if (i < crashes->count)
            snprintf(text, sizeof text, "%d %s", crashes->list[i].times, crashes->list[i].input);
        fill_line(lines[FIRST_LINE + i], text);
    }
    return pwrite(crashes->file, lines, sizeof lines, 0) == sizeof lines &&
           fdatasync(crashes->file) == 0;
}

/* Its place, or count when it is not there. */
static size_t find(const struct crashes *crashes, const char *input)
{
    size_t at = 0;

    while (at < crashes->count && strcmp(crashes->list[at].input, input) != 0)
        at++;
    return at;
}

static void drop(struct crashes *crashes, size_t at)
{
    crashes->count--;
    memmove(&crashes->list[at], &crashes->list[at + 1],
            (crashes->count - at) * sizeof *crashes->list);
}

/* Makes room: the oldest that is not set aside, or else the oldest. */
static void add(struct crashes *crashes, const char *input, int times)
{
    struct crash *crash;

    if (crashes->count == CRASHES_MOST) {
        size_t at = 0;

        while (at < crashes->count && crashes->list[at].times >= TWICE)
            at++;
        drop(crashes, at < crashes->count ? at : 0);
    }
    crash = &crashes->list[crashes->count++];
    *crash = (struct crash){ .times = times };
    snprintf(crash->input, sizeof crash->input, "%s", input);
}

static void read_all(struct crashes *crashes)
{
    char lines[LINES][LINE_SIZE];
    const char *state, *at_hand;
    size_t at;

    if (pread(crashes->file, lines, sizeof lines, 0) != sizeof lines)
        return;
    state = read_line(lines[0]);
    crashes->unclean = strlen(state) > 5 && strcmp(state + strlen(state) - 5, " runs") == 0;
    if (strcmp(state, RUNS) != 0 && strcmp(state, ENDED) != 0)
        return; /* another version's */
    for (size_t i = FIRST_LINE; i < LINES; i++) {
        const char *line = read_line(lines[i]);
        char *input;
        long times = strtol(line, &input, 10);

        if (times > 0 && times <= INT_MAX && *input == ' ')
            add(crashes, input + 1, (int)times);
    }
    at_hand = read_line(lines[HAND_LINE]);
    if (!crashes->unclean || *at_hand == '\0')
        return;
    at = find(crashes, at_hand);
    if (at < crashes->count)
        crashes->list[at].times += crashes->list[at].times < INT_MAX;
    else
        add(crashes, at_hand, 1);
}

static bool sync_folder(const char *path)
{
    char folder[1024];
    int file;
    bool synced;

    snprintf(folder, sizeof folder, "%s", path);
    file = open(dirname(folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    synced = file >= 0 && fsync(file) == 0;
    if (file >= 0)
        close(file);
    return synced;
}

bool crashes_open(struct crashes *crashes, const char *path)
{
    *crashes = (struct crashes){ .file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600) };
    if (crashes->file < 0)
        return false;
    read_all(crashes);
    return write_all(crashes, RUNS) && sync_folder(path);
}

void crashes_close(struct crashes *crashes)
{
    if (crashes->file < 0)
        return;
    write_all(crashes, ENDED);
    close(crashes->file);
    crashes->file = -1;
}

void crashes_at_hand(struct crashes *crashes, const char *input, bool synced)
{
    if (write_line(crashes, HAND_LINE, input) && synced)
        fdatasync(crashes->file);
}

bool crashes_is_set_aside(const struct crashes *crashes, const char *input)
{
    size_t at = find(crashes, input);

    return at < crashes->count && crashes->list[at].times >= TWICE;
}

void crashes_pass(struct crashes *crashes, const char *input)
{
    size_t at = find(crashes, input);

    if (at < crashes->count)
        crashes->list[at].passing = crashes->list[at].times < TWICE;
}

void crashes_passed(struct crashes *crashes, bool committed)
{
    bool dropped = false;

    for (size_t i = crashes->count; i-- > 0;) {
        if (crashes->list[i].passing && committed) {
            drop(crashes, i);
            dropped = true;
        } else {
            crashes->list[i].passing = false;
        }
    }
    if (dropped)
        write_all(crashes, RUNS);
}
