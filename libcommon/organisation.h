/* organisation.h - the section of the configuration that is everybody's
 *
 *     [organisation]
 *     name = toit
 *     data = /var/lib/tremplin            a folder a service below it
 *     endpoints = /run/tremplin           a folder that is nobody else's (0700)
 *     parameters = /usr/share/tremplin/parameters.csv
 *
 * organisation_settings says every key and what holds without it.
 */
#ifndef LIBCOMMON_ORGANISATION_H
#define LIBCOMMON_ORGANISATION_H

#include "libcommon/config.h"
#include "libcommon/log.h"
#include "libcommon/parameters.h"

struct organisation {
    char name[SETTING_TEXT_SIZE];
    char services[SETTING_TEXT_SIZE];
    char data[SETTING_TEXT_SIZE];
    char endpoints[SETTING_TEXT_SIZE];
    char parameters[SETTING_TEXT_SIZE];
    char own_parameters[SETTING_TEXT_SIZE]; /* "" or a path: read after the others, and wins */
    char clock[SETTING_TEXT_SIZE];          /* real, manual */
    char manual_start[SETTING_TEXT_SIZE];
    char keys[SETTING_TEXT_SIZE];      /* "" or a folder, as curve.h says */
    char keys_copy[SETTING_TEXT_SIZE]; /* "" or a folder: <service>.keys in it */
    char log_level[SETTING_TEXT_SIZE];
    char language[SETTING_TEXT_SIZE];
    /* Read from the texts above. */
    bool manual_clock;
    int64_t manual_start_ms;
    enum log_level least_level;
};

extern const struct setting organisation_settings[]; /* ended by a row without key */

/* Reads and checks the section; false with what is wrong, and where.  known_services are those that
 * there are, apart by blanks; NULL: Tremplin's. */
bool organisation_read(const char *path, const char *known_services,
                       struct organisation *organisation, struct config_error *error);

enum { ORGANISATION_NAMES_MOST = 16 };
struct organisation_names {
    char text[SETTING_TEXT_SIZE];
    const char *names[ORGANISATION_NAMES_MOST + 1]; /* into text; ended by NULL */
};

/* The services that the organisation runs. */
void organisation_services(const struct organisation *organisation,
                           struct organisation_names *services);

/* The sections that the file may hold: organisation first, then each service that there is, even
 * one that this organisation does not run. */
void organisation_sections(const char *known_services, struct organisation_names *sections);

/* The parameters that the section of the file at path names. */
bool organisation_parameters(const char *path, const struct organisation *organisation,
                             struct parameters *parameters, struct config_error *error);

#endif
