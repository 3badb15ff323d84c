/* measures.h - workers, agreements and the measures that support households */
#ifndef MEASURES_MEASURES_H
#define MEASURES_MEASURES_H

#include "libcommon/service.h"

extern const struct service measures_service;

#endif
