/* log.h - one line an event, in logfmt, for journald: no personal data
 *
 *     <6>service=lodging event=day_opened day=2020-04-17 head=9f1c...
 *
 * Logging is the runtime's business: rules and handlers never log.
 */
#ifndef LIBCOMMON_LOG_H
#define LIBCOMMON_LOG_H

#include <stddef.h>

enum log_level {
    LOG_LEVEL_ERROR = 3,
    LOG_LEVEL_WARNING = 4,
    LOG_LEVEL_INFO = 6,
    LOG_LEVEL_DEBUG = 7
};

/* Who logs; the text must outlive the program.  Lines above the level are dropped. */
void log_begin(const char *service, enum log_level least);
/* The same line, not yet written: for whoever may not make it when it is due. */
__attribute__((sentinel)) void log_line(char *line, size_t size, enum log_level level,
                                        const char *event, ...);
/* Pairs of key and value follow, all texts, ended by NULL. */
__attribute__((sentinel)) void log_event(enum log_level level, const char *event, ...);

#endif
