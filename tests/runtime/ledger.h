/* ledger.h - a small service for the tests of the runtime: accounts, payments, reminders, and a
 * second ledger that follows the first */
#ifndef TESTS_RUNTIME_LEDGER_H
#define TESTS_RUNTIME_LEDGER_H

#include "libcommon/service.h"
#include "tests/runtime/ledger.pb-c.h"

extern const struct service ledger;        /* follows nobody */
extern const struct service ledger_beside; /* named "beside", follows ledger */

#endif
