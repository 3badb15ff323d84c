/* social_watch.h - the watch list that a monthly meeting reviews
 *
 * Whoever is in marked difficulty is put on the list with a reason, reviewed at
 * each monthly meeting (S2-32) and leaves after two clean reviews in a row
 * (6.12).  A file without any entry for more than six months is pointed out (C-25).
 */
#ifndef MEASURES_RULES_SOCIAL_WATCH_H
#define MEASURES_RULES_SOCIAL_WATCH_H

#include "libcommon/calendar.h"
#include "libcommon/parameters.h"
#include "libcommon/refusal.h"

struct watch_law {
    int64_t clean_reviews; /* 6.12: in a row, to leave */
    struct period silence; /* C-25, A-99 */
};

extern const struct parameter_field watch_law_fields[];

/* --- the monthly meeting (S2-32, F2-20, A-98) ------------------------------------------------- */

/* The last day of the month after a meeting: by then the next one is held. */
struct date watch_meeting_due(struct date last_meeting);
/* Was there a meeting in the month of a day? */
bool watch_month_has_meeting(const struct date meetings[], size_t count, struct date month);

/* --- on and off the list ---------------------------------------------------------------------- */

enum watch_reason {
    WATCH_ISOLATION = 1,
    WATCH_ARREARS,
    WATCH_HEALTH,
    WATCH_CONFLICT,
    WATCH_VIOLENCE,
    WATCH_CRISIS,
    WATCH_OTHER,
};

extern const struct refusal WATCH_ALREADY_ON_THE_LIST, WATCH_WITHOUT_REASON;
const struct refusal *watch_may_be_entered(bool is_on_the_list, enum watch_reason reason);

enum watch_result { REVIEW_CLEAN = 1, REVIEW_DIFFICULT };

struct watch_review {
    struct date on; /* the day of the meeting */
    enum watch_result result;
};

/* Clean reviews in a row at the end of the list, ordered by date, from a day on; two of one meeting
 * count once. */
int64_t watch_clean_reviews(const struct watch_review reviews[], size_t count, struct date from);

extern const struct refusal WATCH_REVIEWS_NOT_CLEAN;
/* 6.12: two clean reviews since the household was put on the list. */
const struct refusal *watch_may_be_left(int64_t clean_reviews, const struct watch_law *law);

/* --- silence (C-25, A-99) --------------------------------------------------------------------- */

/* The first day when the file has had no entry for more than six months. */
struct date watch_silent_from(struct date last_entry, const struct watch_law *law);
bool watch_is_silent(struct date last_entry, struct date on, const struct watch_law *law);

#endif
