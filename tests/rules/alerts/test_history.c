/* What is over is kept as long as the parameters say, and dropped a month's worth a day. */
#include "services/alerts/rules/history.h"
#include "tests/rules/law.h"

static void drops(void)
{
    static const struct {
        struct date oldest, today, wanted;
        const char *what;
    } cases[] = {
        { { 2020, 5, 4 }, { 2022, 5, 4 }, { 0 }, "24 months on the day: still kept" },
        { { 2020, 5, 4 }, { 2022, 5, 5 }, { 2020, 5, 5 }, "the day after: that day's is dropped" },
        { { 2020, 5, 4 }, { 2020, 5, 4 }, { 0 }, "today's is kept" },
        { { 2020, 4, 5 }, { 2022, 5, 5 }, { 2020, 5, 5 }, "a month's worth at once" },
        { { 2020, 4, 4 }, { 2022, 5, 5 }, { 2020, 5, 4 }, "and no more" },
        { { 2008, 1, 31 }, { 2022, 5, 5 }, { 2008, 2, 29 }, "of a long past its first month" },
    };
    struct history_law law = { .kept_months = 24 };

    about("what is dropped as a day opens");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct date got = history_drops_before(&law, cases[i].oldest, cases[i].today);
        char text[DATE_TEXT_SIZE], wanted[DATE_TEXT_SIZE];

        check_text(date_format(got, text), date_format(cases[i].wanted, wanted), "%s",
                   cases[i].what);
    }
    law.kept_months = 0;
    check(!date_is_set(history_drops_before(&law, DATE(2020, 5, 4), DATE(2020, 5, 4))),
          "kept for no time, it still stays the day it was over on");
}

static void in_force(void)
{
    struct history_law law = { 0 };

    about("the parameters");
    law_on(history_law, DATE(2026, 11, 23), &law);
    check_number(law.kept_months, 24, "24 months");
}

int main(void)
{
    drops();
    in_force();
    return checks_done();
}
