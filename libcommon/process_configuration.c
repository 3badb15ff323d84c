/* What a process is told: its arguments, its configuration, the parameters. */
#include "libcommon/process_parts.h"

#include "libcommon/clock.h"
#include "libcommon/log.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SETTINGS_MOST = 64, PORT_MOST = 65535 };

/* --- arguments -------------------------------------------------------------------------------- */

static void print_settings(const struct setting *setting)
{
    for (; setting && setting->key; setting++)
        printf("    %-16s %s%s%s%s\n", setting->key, setting->help ? setting->help : "",
               setting->preset ? " (" : "", setting->preset ? setting->preset : "",
               setting->preset ? ")" : " (must be there)");
}

static const struct setting own_settings[] = {
    { "health", SETTING_NUMBER, offsetof(struct own_settings, health), "0",
      "port on 127.0.0.1 of /livez, /readyz, /healthz and /metrics; 0: none" },
    { "listen", SETTING_TEXT, offsetof(struct own_settings, listen), "",
      "tcp://address:port beside ipc, events at the next port; needs keys" },
    { 0 },
};

static void print_help(const struct service *service)
{
    printf("tremplin-%s --config FILE    runs the service in the foreground\n"
           "    --check-config   says whether the configuration and the parameters are right, and "
           "ends\n"
           "    --verify FOLDER  replays a copy of a store (journal/ and tables/) and compares\n"
           "    --version        says which release this is\n"
           "    --help           says this\n\n[organisation]\n",
           service->name);
    print_settings(organisation_settings);
    printf("\n[%s]\n", service->name);
    print_settings(service->settings);
    print_settings(own_settings);
    printf("\nSIGTERM and SIGINT stop it, SIGHUP reads log_level and the peers' keys again.\n"
           "It ends with 0 when told to stop, 64 wrong arguments, 65 damaged store, 69 store,\n"
           "endpoint or port in use, 70 wrongly built, 71 no memory, 73 cannot create, 74 I/O "
           "error of the disk,\n"
           "78 wrong configuration.\n");
}

/* False when there is nothing more to do. */
bool process_read_arguments(struct process *process, int argc, char **argv)
{
    static const struct option options[] = {
        { "config", required_argument, NULL, 'c' }, { "check-config", no_argument, NULL, 'k' },
        { "verify", required_argument, NULL, 'y' }, { "help", no_argument, NULL, 'h' },
        { "version", no_argument, NULL, 'v' },      { 0 },
    };
    int option;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        switch (option) {
        case 'c': process->config = optarg; break;
        case 'k': process->only_check = true; break;
        case 'y': process->verify = optarg; break;
        case 'h': print_help(process->service); return false;
        case 'v':
            printf("tremplin-%s %s\n", process->service->name, TREMPLIN_VERSION);
            return false;
        default: process->code = EXIT_USAGE; return false;
        }
    }
    if (process->config && optind == argc)
        return true;
    fprintf(stderr, "usage: tremplin-%s --config FILE [--check-config]\n", process->service->name);
    process->code = EXIT_USAGE;
    return false;
}

/* --- configuration ---------------------------------------------------------------------------- */

struct own_settings *process_own_settings(const struct process *process)
{
    return (struct own_settings *)(void *)(process->settings + process->own_offset);
}

static bool check_settings(struct process *process)
{
    const struct service *service = process->service;
    struct mail_curl_settings relay = { .host = "" };
    const char *trouble =
        service->check_settings ? service->check_settings(process->settings) : NULL;
    char key[32];

    if (service->relay)
        service->relay(process->settings, &relay);
    if (!trouble && *relay.host)
        trouble = mail_curl_wrong_setting(&relay);
    if (!trouble && process_own_settings(process)->health > PORT_MOST)
        trouble = "health: 0 to 65535";
    if (!trouble)
        return true;
    snprintf(key, sizeof key, "%.*s", (int)strspn(trouble, "abcdefghijklmnopqrstuvwxyz_"), trouble);
    return process_fail_at_key(process, service->name, key, trouble);
}

/* The service's keys and everybody's, as one section. */
static bool read_section(struct process *process, const char *const sections[])
{
    struct setting settings[SETTINGS_MOST] = { 0 };
    struct config_error error;
    size_t count = 0;

    process->own_offset = (process->service->settings_size + 15) / 16 * 16;
    process->settings = calloc(1, process->own_offset + sizeof(struct own_settings));
    if (!process->settings)
        return process_fail(process, EXIT_MEMORY, "memory", "no memory to start with");
    for (const struct setting *row = process->service->settings;
         row && row->key && count + 3 < SETTINGS_MOST; row++)
        settings[count++] = *row;
    for (const struct setting *row = own_settings; row->key; row++) {
        settings[count] = *row;
        settings[count++].offset += process->own_offset;
    }
    if (!config_read(process->config, process->service->name, settings, sections, process->settings,
                     &error))
        return process_fail_in_file(process, &error);
    return check_settings(process);
}

static bool check_laws(struct process *process)
{
    /* Larger than any rule's law. */
    static _Alignas(16) char law[16 * 1024];
    struct date today =
        civil_date_at(process->organisation.manual_clock ? process->organisation.manual_start_ms
                                                         : clock_ms(CLOCK_REALTIME));

    for (const struct parameter_field *const *fields = process->service->laws; fields && *fields;
         fields++) {
        struct parameters_error wrong = { 0 };

        if (!parameters_fill(process->parameters, *fields, today, law, &wrong))
            return process_fail(process, EXIT_CONFIGURATION, "parameters", wrong.sentence);
    }
    return true;
}

struct zeromq_setup process_bus_setup(struct process *process)
{
    return (struct zeromq_setup){
        .loop = process->loop,
        .service = process->service->name,
        .endpoints = process->organisation.endpoints,
        .listen = process_own_settings(process)->listen,
        .keys = process->organisation.keys,
        .owner = process,
    };
}

static bool check_bus(struct process *process)
{
    const struct zeromq_setup setup = process_bus_setup(process);
    char sentence[512];
    const char *key = zeromq_bus_wrong_setting(&setup, sentence);

    if (!key)
        return true;
    return process_fail_at_key(process,
                               strcmp(key, "listen") == 0 ? process->service->name : "organisation",
                               key, sentence);
}

/* All that can be wrong in the file itself, so that --check-config and a start say the same. */
bool process_read_configuration(struct process *process)
{
    struct organisation_names sections;
    struct config_error error;

    process->parameters = calloc(1, sizeof *process->parameters);
    if (!process->parameters)
        return process_fail(process, EXIT_MEMORY, "memory", "no memory to start with");
    if (!organisation_read(process->config, process->service->known_services,
                           &process->organisation, &error))
        return process_fail_in_file(process, &error);
    log_begin(process->service->name, process->organisation.least_level);
    organisation_sections(process->service->known_services, &sections);
    if (!read_section(process, sections.names) || !check_bus(process))
        return false;
    if (!organisation_parameters(process->config, &process->organisation, process->parameters,
                                 &error))
        return process_fail_in_file(process, &error);
    return check_laws(process);
}

/* Both as the system knows them; what is not there lies nowhere. */
static bool lies_within(const char *path, const char *folder)
{
    char inner[PATH_MAX], outer[PATH_MAX];
    size_t length;

    if (!realpath(path, inner) || !realpath(folder, outer))
        return false;
    length = strlen(outer);
    return strncmp(inner, outer, length) == 0 && (inner[length] == '/' || inner[length] == '\0');
}

/* Beside the keys themselves a copy is lost with them.  That it cannot be written is looked at here
 * only: its disk may be mounted later, and no start waits for it. */
bool process_check_keys_copy(struct process *process)
{
    const char *copy = process->organisation.keys_copy;
    struct stat found;
    char sentence[700];

    if (*copy == '\0')
        return true;
    if (stat(copy, &found) != 0 || access(copy, R_OK | W_OK | X_OK) != 0)
        snprintf(sentence, sizeof sentence, "keys_copy: %s: %s", copy, strerror(errno));
    else if (!S_ISDIR(found.st_mode))
        snprintf(sentence, sizeof sentence, "keys_copy: %s is no folder", copy);
    else if (lies_within(copy, process->organisation.data))
        snprintf(sentence, sizeof sentence,
                 "keys_copy: %s is lost with the folder data, it lies in it", copy);
    else
        return true;
    return process_fail_at_key(process, "organisation", "keys_copy", sentence);
}

bool process_is_english(const struct process *process)
{
    return strcmp(process->organisation.language, "en") == 0;
}

void process_say_correct(const struct process *process)
{
    printf(process_is_english(process) ? "%-10s the configuration is correct: %s\n"
                                       : "%-10s configuration correcte : %s\n",
           process->service->name, process->config);
}
