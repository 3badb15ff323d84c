/* lodging.h - the service of residences, units, vacancies, stays and their rent accounts */
#ifndef LODGING_LODGING_H
#define LODGING_LODGING_H

#include "libcommon/service.h"

extern const struct service lodging_service;

#endif
