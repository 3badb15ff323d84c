/* stays.c - alerts of stays and their terms (domain.md 7.4) */
#include "services/alerts/parts.h"

#define STARTED &lodging__stay_started__descriptor
#define ENDED   &lodging__stay_ended__descriptor

static bool is_incomplete(const ProtobufCMessage *event)
{
    const Lodging__StayEnded *ended = (const Lodging__StayEnded *)event;

    return ended->channel == 0 || ended->direction == 0 || !ended->has_destination;
}

static bool is_complete(const ProtobufCMessage *event)
{
    return !is_incomplete(event);
}

enum { FOUR_YEARS = 48 }; /* months: C-5 */

const struct wire alerts_of_stays[] = {
    /* the term comes near; it never ends a stay (RS-1). */
    { STARTED, "A-50", MOVES, .subject = "stay", .due = "term_on", .until = "term_on" },
    { ENDED, "A-50", CLOSES, .subject = "stay" },
    /* and is over. */
    { STARTED, "A-51", MOVES, .subject = "stay", .due = "term_on" },
    { ENDED, "A-51", CLOSES, .subject = "stay" },
    /* 48 months in structure are complete. */
    { STARTED, "A-52", MOVES, .subject = "stay", .due = "entered_on", .months = FOUR_YEARS },
    { ENDED, "A-52", CLOSES, .subject = "stay" },
    /* left, and how is not known. */
    { ENDED, "A-59", OPENS, .subject = "stay", .due = "left_on", .only = is_incomplete },
    { ENDED, "A-59", CLOSES, .subject = "stay", .only = is_complete },
    { 0 },
};
