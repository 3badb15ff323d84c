/* operation.c - troubles of the services that they cannot help, told to who runs them
 *
 * They wait for no deadline: a clock that leapt holds those.  Each has a mail of its own, however
 * like the last it is: when it began is part of what it is.
 */
#include "services/alerts/parts.h"

static const char *rule_of(Tremplin__OperatorTrouble trouble)
{
    switch (trouble) {
    case TREMPLIN__OPERATOR_TROUBLE__OPERATOR_TROUBLE_SOURCE_HALTED: return "S-3";
    case TREMPLIN__OPERATOR_TROUBLE__OPERATOR_TROUBLE_INPUT_SET_ASIDE: return "S-4";
    case TREMPLIN__OPERATOR_TROUBLE__OPERATOR_TROUBLE_CLOCK_HELD: return "S-5";
    default: return NULL; /* of a later release */
    }
}

/* "lodging intake": who has it, and about what; as the command to type wants it. */
static const char *subject_of(struct work *work, const char *service, const char *about)
{
    return *about ? arena_format(work->arena, "%s %s", service, about) : service;
}

static const char *began_text(struct work *work, int64_t began_ms)
{
    struct date day = civil_date_at(began_ms);
    int64_t minutes = (began_ms - start_of_day(day)) / MINUTE_MS;
    int64_t seconds = began_ms / 1000 % 60;

    return arena_format(work->arena, "%04d-%02d-%02d %02d:%02d:%02d", day.year, day.month, day.day,
                        (int)(minutes / 60), (int)(minutes % 60), (int)seconds);
}

static void tell(struct work *work, const Tremplin__OperatorWarned *warned)
{
    const char *rule = rule_of(warned->trouble);

    if (!rule)
        return;
    alerts_tell_now(work,
                    &(struct fact){
                        .rule = rule,
                        .subject = subject_of(work, warned->service, warned->about),
                        .aspect = arena_format(work->arena, "%s, %s",
                                               began_text(work, warned->began_ms), warned->detail),
                        .household = "",
                        .district = "",
                        .worker = "",
                        .due = civil_date_at(warned->began_ms),
                        .fact_on = work->today,
                        .recorded_ms = warned->began_ms,
                    });
}

static void take_back(struct work *work, const Tremplin__OperatorWarningEnded *ended)
{
    const char *rule = rule_of(ended->trouble);

    if (rule)
        alerts_close_matters(work, rule, subject_of(work, ended->service, ended->about), NULL,
                             DATE_NONE, work->today);
}

void alerts_warn(struct work *work, const ProtobufCMessage *warning)
{
    if (warning->descriptor == &tremplin__operator_warned__descriptor)
        tell(work, (const Tremplin__OperatorWarned *)warning);
    else
        take_back(work, (const Tremplin__OperatorWarningEnded *)warning);
}

void alerts_hear_warning(struct work *work, const struct entry *heard)
{
    alerts_warn(work, heard->event);
}
