/* A mail is done once the relay has taken it, given up when the relay refuses it for good, and
 * tried again ever later in between. */
#include "services/alerts/rules/delivery.h"
#include "tests/rules/law.h"

static void codes(void)
{
    static const struct {
        int code;
        enum delivery wanted;
        const char *what;
    } cases[] = {
        { 250, DELIVERY_TAKEN, "250: taken" },
        { 251, DELIVERY_TAKEN, "251: taken, to be forwarded" },
        { 200, DELIVERY_TAKEN, "200, the first of its kind" },
        { 299, DELIVERY_TAKEN, "299, the last" },
        { 199, DELIVERY_LATER, "199 says nothing" },
        { 300, DELIVERY_LATER, "300 says nothing" },
        { 354, DELIVERY_LATER, "354: cut off in the middle" },
        { 421, DELIVERY_LATER, "421: not now" },
        { 450, DELIVERY_LATER, "450: later" },
        { 451, DELIVERY_LATER, "451: later" },
        { 452, DELIVERY_LATER, "452: no room" },
        { 499, DELIVERY_LATER, "499, the last of its kind" },
        { 500, DELIVERY_REFUSED, "500, the first of its kind" },
        { 550, DELIVERY_REFUSED, "550: no such mailbox" },
        { 554, DELIVERY_REFUSED, "554: refused" },
        { 599, DELIVERY_REFUSED, "599, the last" },
        { 600, DELIVERY_LATER, "600 says nothing" },
        { 530, DELIVERY_LATER, "530: encryption is wanted of us, the mail is not at fault" },
        { 534, DELIVERY_LATER, "534: another way to sign in is" },
        { 535, DELIVERY_LATER, "535: our password is wrong" },
        { 538, DELIVERY_LATER, "538: encryption is wanted before signing in" },
        { 531, DELIVERY_REFUSED, "531 is about the mailbox" },
        { 0, DELIVERY_LATER, "no answer at all" },
    };

    about("what an answer means");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_number(delivery_by_code(cases[i].code), cases[i].wanted, "%s", cases[i].what);
}

static void waits(void)
{
    struct delivery_law law;
    struct chance chance = { .state = 11 };
    int short_waits = 0, long_waits = 0;

    about("how long it waits");
    law_on(delivery_law, DATE(2026, 11, 23), &law);
    check_number(delivery_wait_ms(&law, 1, 0), MINUTE_MS / 2, "after the first: half a minute");
    check_number(delivery_wait_ms(&law, 1, (uint64_t)(MINUTE_MS / 2)), MINUTE_MS,
                 "up to a minute, by chance");
    check_number(delivery_wait_ms(&law, 1, (uint64_t)(MINUTE_MS / 2) + 1), MINUTE_MS / 2,
                 "never longer");
    check_number(delivery_wait_ms(&law, 2, 0), MINUTE_MS, "after the second: twice that");
    check_number(delivery_wait_ms(&law, 8, 0), 64 * MINUTE_MS, "after the eighth: 64 minutes");
    check_number(delivery_wait_ms(&law, 9, 0), 2 * HOUR_MS,
                 "after the ninth: half of four hours, the longest");
    check_number(delivery_wait_ms(&law, 4000000000u, 0), 2 * HOUR_MS, "and never more");
    for (int i = 0; i < 20000; i++) {
        uint32_t attempt = (uint32_t)chance_between(&chance, 1, 30);
        int64_t wait =
            delivery_wait_ms(&law, attempt, (uint64_t)chance_between(&chance, 0, INT32_MAX));

        short_waits += wait < MINUTE_MS / 2;
        long_waits += wait > 4 * HOUR_MS;
    }
    check(short_waits == 0 && long_waits == 0, "always from half a minute to four hours");
}

static void end(void)
{
    struct delivery_law law;

    about("when it is given up");
    law_on(delivery_law, DATE(2026, 11, 23), &law);
    check(!delivery_is_given_up(&law, 1000, 1000 + 48 * HOUR_MS - 1), "not before 48 hours");
    check(delivery_is_given_up(&law, 1000, 1000 + 48 * HOUR_MS), "at 48 hours");
    check(delivery_is_given_up(&law, 1000, 1000 + 48 * HOUR_MS + 1), "and after");
}

int main(void)
{
    codes();
    waits();
    end();
    return checks_done();
}
