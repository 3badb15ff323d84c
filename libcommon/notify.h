/* notify.h - telling systemd how the service stands
 *
 * A datagram to $NOTIFY_SOCKET (sd_notify's protocol); nothing without it.
 */
#ifndef LIBCOMMON_NOTIFY_H
#define LIBCOMMON_NOTIFY_H

#include <stdint.h>

/* Lines of NAME=value: "READY=1\nSTATUS=serving". */
void notify(const char *state);
/* How often the watchdog wants to hear, in milliseconds; 0: not at all. */
int64_t notify_watchdog_ms(void);

#endif
