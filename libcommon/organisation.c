#include "libcommon/organisation.h"

#include "libcommon/calendar.h"

#include <stdio.h>
#include <string.h>

#define SERVICES "intake measures lodging alerts reporting"
#define TEXT(member, preset, help)                                                                 \
    {                                                                                              \
#member, SETTING_TEXT, offsetof(struct organisation, member), preset, help                 \
    }
#define PATH(member, preset, help)                                                                 \
    {                                                                                              \
#member, SETTING_PATH, offsetof(struct organisation, member), preset, help                 \
    }

const struct setting organisation_settings[] = {
    TEXT(name, NULL, "a short name: letters, digits, hyphens; part of every event's source"),
    TEXT(services, SERVICES, "the services it runs"),
    PATH(data, NULL, "folder of the stores: one a service below it"),
    PATH(endpoints, NULL, "folder of the services' sockets; nobody else's"),
    PATH(parameters, NULL, "the file of the law's durations and amounts"),
    PATH(own_parameters, "", "the organisation's own, which win"),
    TEXT(clock, "real", "real, or manual for a demonstration"),
    TEXT(manual_start, "", "where a new manual clock begins: 2020-01-06 08:00"),
    PATH(keys, "", "folder of the key pair and the peers; needed to listen on tcp"),
    PATH(keys_copy, "", "folder of the households' keys' only copy, on another disk"),
    TEXT(log_level, "info", "error, warning, info or debug"),
    TEXT(language, "fr", "of what is written for people: fr or en"),
    { 0 },
};

/* The file, and where what is wrong in it is told. */
struct section {
    const char *path;
    struct organisation *organisation;
    struct config_error *error;
};

static bool fail(const struct section *section, const char *key, const char *sentence,
                 const char *text)
{
    return config_wrong(section->path, "organisation", key, section->error,
                        "[organisation] %s %s: \"%.60s\"", key, sentence, text);
}

static bool check_name(const struct section *section)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
    const char *name = section->organisation->name;
    size_t length = strlen(name);

    if (length > 0 && length <= 40 && strspn(name, allowed) == length)
        return true;
    return fail(section, "name", "is 1 to 40 letters, digits and hyphens", name);
}

static bool is_among(const char *const *names, const char *name)
{
    for (; *names; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
}

static bool check_services(const struct section *section, const char *known_services)
{
    struct organisation_names known, wanted;

    organisation_sections(known_services, &known);
    organisation_services(section->organisation, &wanted);
    if (!wanted.names[0])
        return fail(section, "services", "names none", section->organisation->services);
    for (size_t i = 0; wanted.names[i]; i++) {
        if (!is_among(known.names + 1, wanted.names[i]))
            return fail(section, "services", "names one that there is not", wanted.names[i]);
        if (is_among(wanted.names + i + 1, wanted.names[i]))
            return fail(section, "services", "names one twice", wanted.names[i]);
    }
    return true;
}

static bool read_clock(const struct section *section)
{
    struct organisation *organisation = section->organisation;
    const char *text = organisation->manual_start;
    unsigned hour = 0, minute = 0;
    char day[11], rest;
    struct date date;
    int read;

    organisation->manual_clock = strcmp(organisation->clock, "manual") == 0;
    if (!organisation->manual_clock)
        return strcmp(organisation->clock, "real") == 0 ||
               fail(section, "clock", "is real or manual", organisation->clock);
    read = sscanf(text, "%10s %2u:%2u%c", day, &hour, &minute, &rest);
    if ((read != 1 && read != 3) || !date_parse(day, &date) || hour > 23 || minute > 59)
        return fail(section, "manual_start", "is a day and perhaps an hour, 2020-01-06 08:00",
                    text);
    organisation->manual_start_ms = instant_of(date, (int)hour, (int)minute);
    return true;
}

static bool read_level(const struct section *section)
{
    static const struct {
        const char *name;
        enum log_level level;
    } levels[] = {
        { "error", LOG_LEVEL_ERROR },
        { "warning", LOG_LEVEL_WARNING },
        { "info", LOG_LEVEL_INFO },
        { "debug", LOG_LEVEL_DEBUG },
    };
    struct organisation *organisation = section->organisation;

    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        if (strcmp(levels[i].name, organisation->log_level) == 0) {
            organisation->least_level = levels[i].level;
            return true;
        }
    return fail(section, "log_level", "is error, warning, info or debug", organisation->log_level);
}

static bool check_language(const struct section *section)
{
    const char *language = section->organisation->language;

    return strcmp(language, "fr") == 0 || strcmp(language, "en") == 0 ||
           fail(section, "language", "is fr or en", language);
}

bool organisation_read(const char *path, const char *known_services,
                       struct organisation *organisation, struct config_error *error)
{
    const struct section section = { path, organisation, error };
    struct organisation_names sections;

    *organisation = (struct organisation){ 0 };
    organisation_sections(known_services, &sections);
    return config_read(path, "organisation", organisation_settings, sections.names, organisation,
                       error) &&
           check_language(&section) && check_name(&section) &&
           check_services(&section, known_services) && read_clock(&section) && read_level(&section);
}

static void split(struct organisation_names *names)
{
    size_t count = 0;
    char *rest = NULL;

    for (const char *name = strtok_r(names->text, ", ", &rest);
         name && count < ORGANISATION_NAMES_MOST; name = strtok_r(NULL, ", ", &rest))
        names->names[count++] = name;
}

void organisation_services(const struct organisation *organisation,
                           struct organisation_names *services)
{
    *services = (struct organisation_names){ 0 };
    snprintf(services->text, sizeof services->text, "%s", organisation->services);
    split(services);
}

void organisation_sections(const char *known_services, struct organisation_names *sections)
{
    *sections = (struct organisation_names){ 0 };
    snprintf(sections->text, sizeof sections->text, "organisation %s",
             known_services ? known_services : SERVICES);
    split(sections);
}

bool organisation_parameters(const char *path, const struct organisation *organisation,
                             struct parameters *parameters, struct config_error *error)
{
    const struct {
        const char *key, *path;
    } files[] = { { "parameters", organisation->parameters },
                  { "own_parameters", organisation->own_parameters } };

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct parameters_error wrong = { 0 };

        if (*files[i].path == '\0' || parameters_read(parameters, files[i].path, &wrong))
            continue;
        return config_wrong(path, "organisation", files[i].key, error, "%s: %s:%d: %s",
                            files[i].key, files[i].path, wrong.line, wrong.sentence);
    }
    return true;
}
