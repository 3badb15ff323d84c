/* clock.h - the system's clocks, for what stands around the runtime: processes, clients, transports
 *
 * Never for a service's rules, handlers or apply: they are handed their instant.
 */
#ifndef LIBCOMMON_CLOCK_H
#define LIBCOMMON_CLOCK_H

#include <stdint.h>
#include <time.h>

/* What a clock shows, in milliseconds: CLOCK_REALTIME's since 1970, in UTC. */
int64_t clock_ms(clockid_t clock);

#endif
