/* window.h - the days on which someone may act: appeal, claim, challenge
 *
 * Only the shape; each rules file that gives windows says which law makes them.
 */
#ifndef MEASURES_RULES_WINDOW_H
#define MEASURES_RULES_WINDOW_H

#include "libcommon/calendar.h"

struct window {
    struct date opens;    /* the first day */
    struct date last_day; /* of the law, included; absent: no end runs */
    struct date warn_of;  /* the day people aim for; never after last_day */
};

#endif
