/* intake.h - the service of households, requests, deciding bodies, decisions and orientations */
#ifndef SERVICES_INTAKE_INTAKE_H
#define SERVICES_INTAKE_INTAKE_H

#include "libcommon/service.h"

extern const struct service intake_service;

#endif
