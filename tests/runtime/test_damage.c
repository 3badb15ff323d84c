/* What LMDB finds damaged in its memory ends the process with a line that names the file; what
 * fails anywhere else goes where it went before. */
#include "libcommon/damage.h"
#include "libcommon/files.h"
#include "libcommon/journal.h"
#include "libcommon/store.h"
#include "tests/check.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ENDS = 65, ROWS = 3000, PAGE = 4096, HERE = 42 };

static const struct table rows = { "rows", &tremplin__money__descriptor };
static char folder[] = "/tmp/tremplin-damage-XXXXXX";
static char said[4096];

static void describe(void *self, const char *file, char *line, size_t size)
{
    (void)self;
    snprintf(line, size, "damaged: %s\n", file);
}

static const char *data_file(void)
{
    static char path[64];

    snprintf(path, sizeof path, "%s/tables/data.mdb", folder);
    return path;
}

static bool open_rows(struct tables *tables, struct arena *arena, size_t map_bytes)
{
    static const struct table *const own[] = { &rows, NULL };
    static const struct table *const *const lists[] = { own };

    return arena_open(arena, 1024 * 1024) &&
           tables_open(tables, folder, map_bytes, lists, 1, arena);
}

static void write_rows(void)
{
    Tremplin__Money amount = TREMPLIN__MONEY__INIT;
    struct tables tables;
    struct arena arena;

    if (!open_rows(&tables, &arena, (size_t)64 << 20))
        printf("Bail out! no tables\n"), exit(2);
    tables.writable = true;
    for (int64_t i = 0; i < ROWS; i++) {
        amount.cents = i;
        table_put(&tables, &rows, key_number((uint64_t)i), &amount.base);
    }
    tables.writable = false;
    check(tables_checkpoint(&tables), "%d rows lie in %s", ROWS, data_file());
    tables_close(&tables);
    arena_close(&arena);
}

/* --- what a process does, and how it ends ----------------------------------------------------- */

static void read_rows(struct tables *tables)
{
    for (int64_t i = 0; i < ROWS; i++) {
        tables->arena->used = 0;
        table_get(tables, &rows, key_number((uint64_t)i));
    }
}

static void cut_and_read(void)
{
    struct tables tables;
    struct arena arena;

    if (open_rows(&tables, &arena, (size_t)64 << 20) && truncate(data_file(), 2 * PAGE) == 0)
        read_rows(&tables);
}

static void grow_cut_and_read(void)
{
    struct tables tables;
    struct arena arena;

    if (!open_rows(&tables, &arena, (size_t)64 << 20))
        return;
    tables.fault.kind = FAULT_MAP_FULL;
    if (tables_go_back(&tables) && truncate(data_file(), 2 * PAGE) == 0)
        read_rows(&tables);
}

static void read_beside(void)
{
    const volatile char *nothing = mmap(NULL, PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    struct tables tables;
    struct arena arena;

    if (open_rows(&tables, &arena, (size_t)64 << 20))
        _exit(nothing[1]);
}

static void read_past_another_file(void)
{
    int file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    const volatile char *nothing = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, file, 0);
    struct tables tables;
    struct arena arena;

    if (open_rows(&tables, &arena, (size_t)64 << 20))
        _exit(nothing[1]);
}

static void be_sent_one(void)
{
    raise(SIGSEGV);
}

/* How a child that does it ends: its code, or 128 + the signal; what it said is in said. */
static int end_of(void (*act)(void))
{
    static const struct damage_teller teller = {
        .describe = describe,
        .elsewhere = "somewhere else\n",
        .code = ENDS,
    };
    int ends[2], status = 0;
    size_t length = 0;
    ssize_t got;
    pid_t child;

    fflush(NULL);
    if (pipe(ends) != 0)
        return -1;
    child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        damage_begin(&teller);
        act();
        _exit(HERE);
    }
    close(ends[1]);
    while (length < sizeof said - 1 &&
           (got = read(ends[0], said + length, sizeof said - 1 - length)) > 0)
        length += (size_t)got;
    said[length] = '\0';
    close(ends[0]);
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void test_inside(void)
{
    char line[128];

    about("a file that is cut short under whoever reads it");
    snprintf(line, sizeof line, "damaged: %s\n", data_file());
    write_rows();
    check_number(end_of(cut_and_read), ENDS, "ends the process with the code for it");
    check_text(said, line, "and the line names the file, and is all that is said");
    files_remove(folder);
    mkdir(folder, 0700);
    write_rows();
    check_number(end_of(grow_cut_and_read), ENDS, "so it does where its map was moved meanwhile");
    check_text(said, line, "with the same line");
    files_remove(folder);
    mkdir(folder, 0700);
}

/* A sanitizer ends the process by a code of its own. */
static void test_outside(void)
{
    int code;

    about("a signal from anywhere else is not taken for damage");
    write_rows();
    code = end_of(read_beside);
    check(code != ENDS && code != HERE && !strstr(said, "damaged: "),
          "reading what is not there ends the process as ever: %d", code);
    check(strncmp(said, "somewhere else\n", 15) == 0, "after a line that says so much");
    code = end_of(read_past_another_file);
    check(code != ENDS && code != HERE && !strstr(said, "damaged: "),
          "so does reading past the end of another file: %d", code);
    code = end_of(be_sent_one);
    check(code != ENDS && code != HERE, "and a signal that was sent: %d", code);
}

static void test_sentence(void)
{
    char sentence[1024];

    about("what an operator is told");
    damage_sentence("/data/intake/tables/data.mdb", false, sentence, sizeof sentence);
    check(strstr(sentence, "/data/intake/tables/data.mdb : ") == sentence &&
              strstr(sentence, "refaites de son journal"),
          "tables are made again: %s", sentence);
    damage_sentence("/data/intake/journal/data.mdb", false, sentence, sizeof sentence);
    check(strstr(sentence, "tremplin restore DOSSIER") != NULL, "a journal is restored: %s",
          sentence);
    damage_sentence("/data/intake/journal/data.mdb", true, sentence, sizeof sentence);
    check(strstr(sentence, "tremplin restore FOLDER") != NULL, "in English too: %s", sentence);
}

int main(void)
{
    if (!mkdtemp(folder))
        return 2;
    test_inside();
    test_outside();
    test_sentence();
    files_remove(folder);
    return checks_done();
}
