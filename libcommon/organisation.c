#include "libcommon/organisation.h"

#include "libcommon/calendar.h"

#include <stdio.h>
#include <string.h>

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
    TEXT(services, "intake measures lodging alerts reporting", "the services it runs"),
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

static bool fail(struct config_error *error, const char *sentence, const char *text)
{
    error->line = 0;
    snprintf(error->sentence, sizeof error->sentence, "[organisation] %s: \"%.60s\"", sentence,
             text);
    return false;
}

static bool read_name(const struct organisation *organisation, struct config_error *error)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
    size_t length = strlen(organisation->name);

    if (length > 0 && length <= 40 && strspn(organisation->name, allowed) == length)
        return true;
    return fail(error, "name is 1 to 40 letters, digits and hyphens", organisation->name);
}

static bool read_clock(struct organisation *organisation, struct config_error *error)
{
    const char *text = organisation->manual_start;
    unsigned hour = 0, minute = 0;
    char day[11], rest;
    struct date date;
    int read;

    organisation->manual_clock = strcmp(organisation->clock, "manual") == 0;
    if (!organisation->manual_clock)
        return strcmp(organisation->clock, "real") == 0 ||
               fail(error, "clock is real or manual", organisation->clock);
    read = sscanf(text, "%10s %2u:%2u%c", day, &hour, &minute, &rest);
    if ((read != 1 && read != 3) || !date_parse(day, &date) || hour > 23 || minute > 59)
        return fail(error, "manual_start is a day and perhaps an hour, 2020-01-06 08:00", text);
    organisation->manual_start_ms = instant_of(date, (int)hour, (int)minute);
    return true;
}

static bool read_level(struct organisation *organisation, struct config_error *error)
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

    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        if (strcmp(levels[i].name, organisation->log_level) == 0) {
            organisation->least_level = levels[i].level;
            return true;
        }
    return fail(error, "log_level is error, warning, info or debug", organisation->log_level);
}

bool organisation_read(const char *path, struct organisation *organisation,
                       struct config_error *error)
{
    struct organisation_sections sections;

    *organisation = (struct organisation){ 0 };
    /* Which sections there may be is itself in the section. */
    if (!config_read(path, "organisation", organisation_settings, NULL, organisation, error))
        return false;
    organisation_sections(organisation, &sections);
    if (!config_read(path, "organisation", organisation_settings, sections.names, organisation,
                     error))
        return false;
    if (strcmp(organisation->language, "fr") != 0 && strcmp(organisation->language, "en") != 0)
        return fail(error, "language is fr or en", organisation->language);
    return read_name(organisation, error) && read_clock(organisation, error) &&
           read_level(organisation, error);
}

void organisation_sections(const struct organisation *organisation,
                           struct organisation_sections *sections)
{
    size_t count = 0;
    char *rest = NULL;

    *sections = (struct organisation_sections){ 0 };
    snprintf(sections->text, sizeof sections->text, "%s", organisation->services);
    sections->names[count++] = "organisation";
    for (const char *name = strtok_r(sections->text, ", ", &rest);
         name && count <= ORGANISATION_SERVICES_MOST; name = strtok_r(NULL, ", ", &rest))
        sections->names[count++] = name;
}

bool organisation_parameters(const struct organisation *organisation, struct parameters *parameters,
                             struct config_error *error)
{
    const char *const paths[] = { organisation->parameters, organisation->own_parameters };

    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct parameters_error wrong = { 0 };

        if (*paths[i] == '\0' || parameters_read(parameters, paths[i], &wrong))
            continue;
        error->line = 0;
        snprintf(error->sentence, sizeof error->sentence, "%s:%d: %s", paths[i], wrong.line,
                 wrong.sentence);
        return false;
    }
    return true;
}
