/* What is wrong is said before anything runs: with the file, the line, and an exit code of its own.
 */
#include "tests/process/yard.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

struct wrong {
    const char *organisation_lines;
    const char *sections;
    const char *says;
    const char *sentence;
};

/* Lines 1 to 6 of a yard's configuration are its own. */
static const struct wrong configurations[] = {
    { "nonsense = 1", "", "tremplin.ini:7: nonsense: [organisation] has no such key",
      "an unknown key of everybody's section" },
    { "", "[ledger]\nremindersmost = 3", "tremplin.ini:9: remindersmost: [ledger] has no such key",
      "an unknown key of the service's" },
    { "", "[ledgers]\nquiet = no", "tremplin.ini:8: [ledgers]: there is no such section",
      "an unknown section" },
    { "", "[ledgers]\n", "tremplin.ini:8: [ledgers]: there is no such section",
      "an unknown section without a key" },
    { "", "[ledger]\nreminders_most = many",
      "tremplin.ini:9: reminders_most: \\\"many\\\" is not a whole number",
      "a number that is none" },
    { "", "[ledger]\nreminders_most = -1", "is not a whole number", "a negative number" },
    { "", "[ledger]\nreminders_most = 12", "tremplin.ini:9: reminders_most: 9 at most",
      "a number that the service does not take" },
    { "", "[ledger]\nquiet = perhaps",
      "tremplin.ini:9: quiet: \\\"perhaps\\\" is neither yes nor no", "a choice that is none" },
    { "", "[ledger]\nhealth = 65536", "tremplin.ini:9: health: 0 to 65535",
      "a port that there is not" },
    { "log_level = info\nlog_level = info", "", "tremplin.ini:8: log_level: given twice",
      "a key given twice" },
    { "", "[ledger]\nwhat is this", "tremplin.ini:9: neither [section] nor key = value",
      "a line that is nothing" },
    { "clock = sundial", "",
      "tremplin.ini:7: [organisation] clock is real or manual: \\\"sundial\\\"",
      "a clock of no kind" },
    { "clock = manual\nmanual_start = 2020-02-30", "",
      "tremplin.ini:8: [organisation] manual_start is a day", "an impossible day" },
    { "clock = manual", "", "tremplin.ini: [organisation] manual_start is a day",
      "a manual clock that begins nowhere" },
    { "log_level = loud", "",
      "tremplin.ini:7: [organisation] log_level is error, warning, info or debug",
      "a level of no kind" },
    { "language = de", "", "tremplin.ini:7: [organisation] language is fr or en",
      "a language that nothing is written in" },
    { "own_parameters = none.csv", "",
      "tremplin.ini:7: own_parameters: ", "a file of parameters that is not there" },
    { "", "[ledger]\nlisten = tcp://127.0.0.1:5701",
      "tremplin.ini:9: listen = tcp://127.0.0.1:5701: without keys only ipc is listened on",
      "tcp without keys" },
    { "", "[ledger]\nlisten = tcp://127.0.0.1:65535",
      "tremplin.ini:9: listen = tcp://127.0.0.1:65535: not tcp://address:port",
      "a port that no other follows" },
    { "keys = nowhere", "", "nowhere/server.key: No such file", "keys that are not there" },
};

/* What --check-config ended with; what it said is in the log. */
static int checked(const struct yard *yard, const char *log)
{
    char command[PATH_SIZE * 3];

    snprintf(command, sizeof command, "%s/ledger --config %s --check-config >%s 2>&1",
             TREMPLIN_PROGRAMS, yard->config, log);
    return WEXITSTATUS(system(command));
}

static void test_configurations(void)
{
    struct yard *yard = yard_open(NULL, NULL);

    about("a wrong configuration is refused with file, line and 78");
    for (size_t i = 0; i < sizeof configurations / sizeof *configurations; i++) {
        const struct wrong *wrong = &configurations[i];
        struct child *child;

        yard_configure(yard, wrong->organisation_lines, wrong->sections);
        child = yard_start(yard, "ledger", NULL);
        check(child->pid == 0 && child->code == 78, "%s: ends with 78", wrong->sentence);
        check(child_said(child, wrong->says), "%s: says %s", wrong->sentence, wrong->says);
        unlink(child->log);
        check_number(checked(yard, child->log), 78, "%s: --check-config ends so too",
                     wrong->sentence);
        check(child_said(child, wrong->says), "%s: and says the same", wrong->sentence);
        unlink(child->log);
    }
    yard_close(yard);
}

static void test_missing(void)
{
    struct yard *yard = yard_open(NULL, NULL);
    FILE *file = fopen(yard->config, "w");
    struct child *child;

    about("what must be there is named");
    fprintf(file, "[organisation]\nname = toit\n");
    fclose(file);
    child = yard_start(yard, "ledger", NULL);
    check_number(child->code, 78, "a configuration without its folders ends with 78");
    check(child_said(child, "[organisation] lacks the key data"), "the first missing key is named");
    file = fopen(yard_path(yard, "few.csv"), "w");
    fprintf(file, "lodging.vacancy.candidature_period;8;days;;2019-12-31;S4-27;\n");
    fclose(file);
    file = fopen(yard->config, "w");
    fprintf(file, "[organisation]\nname = toit\nservices = ledger\ndata = data\nendpoints = run\n"
                  "parameters = few.csv\n");
    fclose(file);
    child = yard_start(yard, "ledger", NULL);
    check_number(child->code, 78, "a law without a value in force today ends with 78");
    check(child_said(child, "lodging.vacancy.candidature_period"), "the parameter is named");
    yard_close(yard);
}

static void test_arguments(void)
{
    struct yard *yard = yard_open(NULL, "[ledger]\nreminders_most = 4\n");
    char command[PATH_SIZE * 3];

    about("arguments");
    check_number(checked(yard, yard_path(yard, "said")), 0,
                 "--check-config of a sound file ends with 0");
    snprintf(command, sizeof command, "printf 'ledger     configuration correcte : %s\\n' | cmp %s",
             yard->config, yard_path(yard, "said"));
    check_number(WEXITSTATUS(system(command)), 0, "says so in one sentence");
    check(access(yard_path(yard, "data"), F_OK) != 0, "and makes nothing");
    snprintf(command, sizeof command, "%s/ledger >/dev/null 2>&1", TREMPLIN_PROGRAMS);
    check_number(WEXITSTATUS(system(command)), 64, "no configuration ends with 64");
    snprintf(command, sizeof command, "%s/ledger --nonsense >/dev/null 2>&1", TREMPLIN_PROGRAMS);
    check_number(WEXITSTATUS(system(command)), 64, "an unknown option ends with 64");
    snprintf(command, sizeof command, "%s/ledger --version | grep -q '^tremplin-ledger %s$'",
             TREMPLIN_PROGRAMS, TREMPLIN_VERSION);
    check_number(WEXITSTATUS(system(command)), 0, "--version says which release it is");
    snprintf(command, sizeof command, "%s/ledger --help | grep -q reminders_most",
             TREMPLIN_PROGRAMS);
    check_number(WEXITSTATUS(system(command)), 0, "--help lists the settings");
    yard_close(yard);
}

static void test_places(void)
{
    struct yard *yard = yard_open(NULL, NULL);
    struct child *first, *second;

    about("one process a store, and folders that are nobody else's");
    mkdir(yard->endpoints, 0755);
    chmod(yard->endpoints, 0755);
    first = yard_start(yard, "ledger", NULL);
    check_number(first->code, 78, "an endpoints folder that others may enter ends with 78");
    check(child_said(first, "others may enter it"), "and says so");
    chmod(yard->endpoints, 0700);
    first = yard_start(yard, "ledger", NULL);
    check(first->pid > 0, "made 0700, it starts");
    second = yard_start(yard, "ledger", NULL);
    check_number(second->code, 69, "a second process of the same store ends with 69");
    check(child_said(second, "another process has this store"), "and says so");
    yard_configure(yard, "data = elsewhere", NULL);
    check(is_done(yard_open_account(yard, ACCOUNT, NULL)), "the first serves on");
    yard_close(yard);
}

static void test_endpoint_in_use(void)
{
    struct yard *yard = yard_open(NULL, NULL);
    struct yard *other = yard_open(NULL, NULL);
    char lines[PATH_SIZE + 128];
    struct child *second;
    FILE *file;

    about("two stores cannot answer at one endpoint");
    yard_start(yard, "ledger", NULL);
    snprintf(lines, sizeof lines,
             "[organisation]\nname = toit\nservices = ledger\ndata = data\nendpoints = %s\n"
             "parameters = %s/deploy/parameters.csv\n",
             yard->endpoints, TREMPLIN_SOURCE);
    file = fopen(other->config, "w");
    fputs(lines, file);
    fclose(file);
    second = yard_start(other, "ledger", NULL);
    check_number(second->code, 69, "the second ends with 69");
    check(child_said(second, "another process answers there"), "and says so");
    check(is_done(yard_open_account(yard, ACCOUNT, NULL)), "the first still answers");
    yard_close(other);
    yard_close(yard);
}

static void test_not_writable(void)
{
    struct yard *yard = yard_open(NULL, NULL);
    const char *data = yard_path(yard, "data");
    struct child *child;

    about("a store that cannot be written");
    mkdir(data, 0700);
    if (geteuid() == 0 && mount("none", data, "tmpfs", MS_RDONLY, "size=1m") != 0) {
        printf("# skipped: nothing can be mounted here\n");
        yard_close(yard);
        return;
    }
    if (geteuid() != 0)
        chmod(data, 0500);
    child = yard_start(yard, "ledger", NULL);
    check_number(child->code, 73, "ends with 73");
    check(child_said(child, "data/ledger"), "and names the folder");
    umount(data);
    chmod(data, 0700);
    yard_close(yard);
}

/* What the system says of a process, in one of its lines; until the next call. */
static const char *limit_of(const struct child *child, const char *name)
{
    static char line[200];
    char path[64];
    FILE *file;

    snprintf(path, sizeof path, "/proc/%d/limits", (int)child->pid);
    file = fopen(path, "re");
    while (file && fgets(line, sizeof line, file) && strncmp(line, name, strlen(name)) != 0)
        line[0] = '\0';
    if (file)
        fclose(file);
    return line;
}

static void test_memory_is_private(void)
{
    struct yard *yard = yard_open(NULL, NULL);
    struct child *child = yard_start(yard, "ledger", NULL);
    int soft = -1, hard = -1;

    about("what is in a service's memory is written to no core file, whoever starts it");
    sscanf(limit_of(child, "Max core file size"), "Max core file size %d %d", &soft, &hard);
    check(soft == 0 && hard == 0, "the size of a core file is limited to nothing, for good: %d %d",
          soft, hard);
    check_number(child_end(child, SIGTERM), 0, "and it stops cleanly");
    yard_close(yard);
}

static void test_reload(void)
{
    struct yard *yard = yard_open(NULL, NULL);
    struct child *process = yard_start(yard, "ledger", NULL);

    about("SIGHUP reads again what can be read again");
    yard_configure(yard, "log_level = debug", NULL);
    kill(process->pid, SIGHUP);
    check(child_is_ready(process), "it says READY=1 again");
    check(child_said(process, "event=reloaded"), "and what was reloaded");
    yard_configure(yard, "log_level = loud", NULL);
    kill(process->pid, SIGHUP);
    check(child_is_ready(process), "a wrong file is no reason to stop");
    check(child_said(process, "event=not_reloaded"), "it says that nothing was reloaded");
    check(is_done(yard_open_account(yard, ACCOUNT, NULL)), "and serves on");
    yard_close(yard);
}

int main(void)
{
    test_configurations();
    test_missing();
    test_arguments();
    test_places();
    test_endpoint_in_use();
    test_not_writable();
    test_memory_is_private();
    test_reload();
    return checks_done();
}
