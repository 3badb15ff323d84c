/* alerts.h - what is due and what slipped, who is told, and the mails that tell them */
#ifndef ALERTS_ALERTS_H
#define ALERTS_ALERTS_H

#include "libcommon/service.h"

extern const struct service alerts_service;

#endif
