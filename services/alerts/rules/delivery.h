/* delivery.h - what the relay's answer means for a mail, and when it is tried again
 *
 * Judged by the code of the relay's answer.  What is refused for good fails at
 * once; everything else, also no answer, is tried again later and later, with
 * chance in it so that mails do not come back together, until it is given up.
 * What the relay has against us (authentication, encryption) is no fault of the
 * mail: it waits as for a relay that is down (reliability.md §6).
 */
#ifndef ALERTS_RULES_DELIVERY_H
#define ALERTS_RULES_DELIVERY_H

#include "libcommon/calendar.h"
#include "libcommon/parameters.h"

#include <stdbool.h>
#include <stdint.h>

struct delivery_law {
    int64_t longest_hours; /* between two attempts */
    int64_t give_up_hours; /* after it was written, or released */
};
extern const struct parameter_field delivery_law[];

enum delivery { DELIVERY_TAKEN = 1, DELIVERY_LATER, DELIVERY_REFUSED };

/* code: 250, 451, 550...; 0: no answer. */
enum delivery delivery_by_code(int code);

/* How long to wait after an attempt (from 1) that must be made again: a minute, doubled each time
 * up to the longest; of that, by chance, from half to the whole. */
int64_t delivery_wait_ms(const struct delivery_law *law, uint32_t attempt, uint64_t random);
bool delivery_is_given_up(const struct delivery_law *law, int64_t written_ms, int64_t now_ms);

#endif
