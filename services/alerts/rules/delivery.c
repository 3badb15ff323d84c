#include "services/alerts/rules/delivery.h"

const struct parameter_field delivery_law[] = {
    { "alerts.mail.retry_longest", UNIT_HOURS, offsetof(struct delivery_law, longest_hours) },
    { "alerts.mail.give_up", UNIT_HOURS, offsetof(struct delivery_law, give_up_hours) },
    { 0 },
};

/* Answers that speak of us, not of the mail: encryption or authentication wanted or failed. */
static bool is_about_us(int code)
{
    return code == 530 || code == 534 || code == 535 || code == 538;
}

enum delivery delivery_by_code(int code)
{
    if (code >= 200 && code <= 299)
        return DELIVERY_TAKEN;
    if (code >= 500 && code <= 599 && !is_about_us(code))
        return DELIVERY_REFUSED;
    return DELIVERY_LATER;
}

int64_t delivery_wait_ms(const struct delivery_law *law, uint32_t attempt, uint64_t random)
{
    int64_t longest = law->longest_hours * HOUR_MS;
    int64_t wait = MINUTE_MS;

    for (uint32_t i = 1; i < attempt && wait < longest; i++)
        wait *= 2;
    if (wait > longest)
        wait = longest;
    return wait / 2 + (int64_t)(random % (uint64_t)(wait / 2 + 1));
}

bool delivery_is_given_up(const struct delivery_law *law, int64_t written_ms, int64_t now_ms)
{
    return now_ms - written_ms >= law->give_up_hours * HOUR_MS;
}
