/* arrears.c - alerts of unpaid fees (domain.md 7.5): each fact begins and ends on its own (C-17) */
#include "services/alerts/parts.h"

#define BEGAN &lodging__arrears_began__descriptor
#define ENDED &lodging__arrears_ended__descriptor

static Lodging__ArrearsFact fact_in(const ProtobufCMessage *event)
{
    return event->descriptor == BEGAN ? ((const Lodging__ArrearsBegan *)event)->fact
                                      : ((const Lodging__ArrearsEnded *)event)->fact;
}

static bool is_unpaid(const ProtobufCMessage *event)
{
    return fact_in(event) == LODGING__ARREARS_FACT__ARREARS_FACT_TERM_UNPAID;
}

static bool is_apl(const ProtobufCMessage *event)
{
    return fact_in(event) == LODGING__ARREARS_FACT__ARREARS_FACT_APL_THRESHOLD;
}

static bool is_ccapex(const ProtobufCMessage *event)
{
    return fact_in(event) == LODGING__ARREARS_FACT__ARREARS_FACT_CCAPEX_THRESHOLD;
}

static bool is_termination(const ProtobufCMessage *event)
{
    return fact_in(event) == LODGING__ARREARS_FACT__ARREARS_FACT_TERMINATION_POSSIBLE;
}

/* A-71 counts from the day to report by; where none is told, from the threshold. */
static bool is_apl_without_day(const ProtobufCMessage *event)
{
    return is_apl(event) && !((const Lodging__ArrearsBegan *)event)->act_by;
}

static bool is_apl_with_day(const ProtobufCMessage *event)
{
    return is_apl(event) && ((const Lodging__ArrearsBegan *)event)->act_by;
}

const struct wire alerts_of_arrears[] = {
    { BEGAN, "A-70", OPENS, .subject = "account", .due = "since", .aspect = "episode",
      .only = is_unpaid },
    { ENDED, "A-70", CLOSES, .subject = "account", .aspect = "episode", .only = is_unpaid },
    { BEGAN, "A-71", OPENS, .subject = "account", .due = "act_by", .aspect = "episode",
      .only = is_apl_with_day },
    { BEGAN, "A-71", OPENS, .subject = "account", .due = "since", .aspect = "episode",
      .only = is_apl_without_day },
    { ENDED, "A-71", CLOSES, .subject = "account", .aspect = "episode", .only = is_apl },
    /* no summons is planned yet; when one is, its lead joins. */
    { BEGAN, "A-72", OPENS, .subject = "account", .due = "since", .aspect = "episode",
      .only = is_ccapex },
    { ENDED, "A-72", CLOSES, .subject = "account", .aspect = "episode", .only = is_ccapex },
    { BEGAN, "A-73", OPENS, .subject = "account", .due = "since", .aspect = "episode",
      .only = is_termination },
    { ENDED, "A-73", CLOSES, .subject = "account", .aspect = "episode", .only = is_termination },
    { 0 },
};
