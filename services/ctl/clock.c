/* The manual clock: from one instant that matters to any service to the next, in a fixed order, and
 * before and after each all have heard all and nothing is under way.  Twice gives the same journals
 * but for identifiers. */
#include "libcommon/calendar.h"
#include "services/ctl/ctl.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static const Tremplin__StatusReply *status_of(struct ctl *ctl, const char *service, int *code)
{
    Tremplin__StatusQuery query = TREMPLIN__STATUS_QUERY__INIT;

    return ask(ctl, service, "Runtime.Status", &query.base, &tremplin__status_reply__descriptor,
               code);
}

static bool has_heard_all(const Tremplin__StatusReply *const statuses[], size_t count, size_t who)
{
    for (size_t s = 0; s < statuses[who]->n_sources; s++) {
        const Tremplin__SourceStatus *source = statuses[who]->sources[s];

        for (size_t i = 0; i < count; i++)
            if (strcmp(statuses[i]->service, source->service) == 0 && !source->halted &&
                source->sequence != statuses[i]->head)
                return false;
    }
    return true;
}

/* All have heard all: the same picture twice, since the first may have been taken in between. */
static bool is_quiet(struct ctl *ctl, const char *const *names,
                     uint64_t heads[ORGANISATION_NAMES_MOST], int64_t *next_ms, int64_t *now_ms,
                     int *code)
{
    const Tremplin__StatusReply *statuses[ORGANISATION_NAMES_MOST];
    size_t count = 0;
    bool quiet = true;

    *next_ms = INT64_MAX;
    *now_ms = INT64_MAX;
    for (; names[count]; count++) {
        statuses[count] = status_of(ctl, names[count], code);
        if (!statuses[count])
            return false;
        quiet &= !statuses[count]->busy && heads[count] == statuses[count]->head;
        heads[count] = statuses[count]->head;
        if (statuses[count]->next_tick_ms < *next_ms)
            *next_ms = statuses[count]->next_tick_ms;
        if (statuses[count]->now_ms < *now_ms)
            *now_ms = statuses[count]->now_ms;
    }
    for (size_t i = 0; i < count; i++)
        quiet &= has_heard_all(statuses, count, i);
    return quiet;
}

static int wait_quiet(struct ctl *ctl, int64_t *next_ms, int64_t *now_ms)
{
    enum { TIMES = 30000 };
    uint64_t heads[ORGANISATION_NAMES_MOST] = { 0 };
    int code = CTL_DONE;

    for (int i = 0; i < TIMES; i++) {
        const struct timespec moment = { .tv_nsec = 2000000 };

        arena_reset(&ctl->arena);
        if (is_quiet(ctl, service_names(ctl), heads, next_ms, now_ms, &code))
            return CTL_DONE;
        if (code != CTL_DONE)
            return code;
        if (i > 1)
            nanosleep(&moment, NULL);
    }
    fprintf(stderr, "%s\n",
            say(ctl, "Les services ne s'apaisent pas.", "The services do not become quiet."));
    return CTL_NO_ANSWER;
}

static int move_all(struct ctl *ctl, int64_t to_ms)
{
    const char *const *names = service_names(ctl);
    Tremplin__MoveClock asked = TREMPLIN__MOVE_CLOCK__INIT;
    int code = CTL_DONE;

    asked.to_ms = to_ms;
    for (size_t i = 0; names[i] && code == CTL_DONE; i++) {
        const Tremplin__StatusReply *status = status_of(ctl, names[i], &code);

        if (status && status->now_ms < to_ms)
            ask(ctl, names[i], "Runtime.MoveClock", &asked.base,
                &tremplin__move_clock_reply__descriptor, &code);
    }
    return code;
}

static bool read_instant(const char *text, int64_t *utc_ms)
{
    char day[DATE_TEXT_SIZE];
    struct date date;
    int hour = 0, minute = 0, length = 0;

    snprintf(day, sizeof day, "%.10s", text);
    if (!date_parse(day, &date))
        return false;
    if (text[10] != '\0' &&
        (sscanf(text + 10, "T%2d:%2d%n", &hour, &minute, &length) != 2 || text[10 + length] ||
         hour > 23 || minute > 59 || hour < 0 || minute < 0))
        return false;
    *utc_ms = instant_of(date, hour, minute);
    return true;
}

int run_clock(struct ctl *ctl)
{
    int64_t target, next, now;
    int code;

    if (ctl->argc != 2 || strcmp(ctl->argv[0], "to") != 0 || !read_instant(ctl->argv[1], &target))
        return usage_of(ctl, "clock");
    code = wait_quiet(ctl, &next, &now);
    if (code == CTL_DONE && now > target)
        fprintf(stderr, "%s\n",
                say(ctl, "L'horloge est déjà plus loin : elle ne recule pas, rien n'a changé.",
                    "The clock is past that already: it does not go back, nothing has changed."));
    while (code == CTL_DONE && now < target) {
        code = move_all(ctl, next < target && next > now ? next : target);
        if (code == CTL_DONE)
            code = wait_quiet(ctl, &next, &now);
    }
    return code;
}
