/* A request misses one session at most: the first that it was in time for. */
#include "services/alerts/rules/missed.h"
#include "tests/check.h"

/* Out of order; that of July takes requests up to its day. */
static const struct sitting sittings[] = {
    { { 2020, 6, 17 }, { 2020, 6, 10 } },
    { { 2020, 5, 20 }, { 2020, 5, 13 } },
    { { 2020, 7, 15 }, { 0 } },
};

static void first_in_time_for(void)
{
    static const struct {
        struct date completed_on, deferred_on, wanted;
        const char *what;
    } cases[] = {
        { { 2020, 5, 4 }, { 0 }, { 2020, 5, 20 }, "complete before all: the first alone" },
        { { 2020, 5, 13 }, { 0 }, { 2020, 5, 20 }, "on the day of the cut-off: still in time" },
        { { 2020, 5, 14 }, { 0 }, { 2020, 6, 17 }, "the day after: the next one" },
        { { 2020, 7, 15 }, { 0 }, { 2020, 7, 15 }, "without a cut-off: up to the day itself" },
        { { 2020, 7, 16 }, { 0 }, { 0 }, "after the last: none" },
        { { 0 }, { 2020, 5, 20 }, { 2020, 6, 17 }, "deferred by the first: the next one," },
        { { 2020, 5, 4 }, { 2020, 6, 16 }, { 2020, 6, 17 }, "whatever its cut-off" },
        { { 0 }, { 2020, 7, 15 }, { 0 }, "deferred by the last: none" },
    };

    about("the session that a request on no agenda has missed");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct unscheduled request = { cases[i].completed_on, cases[i].deferred_on };
        struct date got = missed_day(sittings, sizeof sittings / sizeof *sittings, &request);
        char text[DATE_TEXT_SIZE], wanted[DATE_TEXT_SIZE];

        check_text(date_format(got, text), date_format(cases[i].wanted, wanted), "%s",
                   cases[i].what);
    }
    check(!date_is_set(missed_day(sittings, 0, &(struct unscheduled){ DATE(2020, 5, 4), { 0 } })),
          "no session: none");
}

int main(void)
{
    first_in_time_for();
    return checks_done();
}
