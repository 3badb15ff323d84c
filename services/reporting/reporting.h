/* reporting.h - the service that tells what was achieved, and never knows who a household is */
#ifndef SERVICES_REPORTING_REPORTING_H
#define SERVICES_REPORTING_REPORTING_H

#include "libcommon/service.h"

extern const struct service reporting_service;

#endif
