/* Who runs Tremplin is mailed of what a service cannot help by itself: once while it lasts, at
 * once, with the command to type, and no deadline is waited for. */
#include "tests/handlers/alerts/sources.h"

#define OPERATOR ID("03")
#define COMMAND  "command " ID("77")

static const struct recipient nobody[] = { { 0 } };
static const struct recipient an_operator[] = {
    { OPERATOR, "exploitation@asso.test", ROLE(OPERATOR), NULL },
    { 0 },
};

static struct world *world_of(uint64_t seed, bool with_operator)
{
    struct world *world = world_with(seed, DATE(2020, 5, 4), with_operator ? an_operator : nobody);

    world_settle(world);
    return world;
}

/* A source tells something, and loses it by a restore. */
static void lose_last(struct world *world)
{
    Lodging__VacancyOpened opened = LODGING__VACANCY_OPENED__INIT;

    opened.vacancy = text(ID("61"));
    opened.unit = text(ID("20"));
    opened.notified_on = on(DATE(2020, 5, 4));
    opened.last_day = on(DATE(2020, 5, 12));
    tell(world, &opened.base, DATE(2020, 5, 4));
    world_cut(world, "lodging", 1);
    world_pass(world, 10000);
}

static void accept(struct world *world, const char *service, const char *source)
{
    Tremplin__AcceptFollow asked = TREMPLIN__ACCEPT_FOLLOW__INIT;
    uint8_t packed[64];

    asked.service = text(source);
    world_call_bytes(world, service, "Runtime.AcceptFollow",
                     (struct bytes){ packed, protobuf_c_message_pack(&asked.base, packed) });
    world_pass(world, 10000);
}

/* The words of a mail, its lines joined again. */
static bool says(int mail, const char *words)
{
    static char joined[8192];
    size_t used = 0;

    if (mail >= relay.count)
        return false;
    for (const char *at = relay.mails[mail].content; *at && used + 1 < sizeof joined; at++)
        if (strncmp(at, "=\r\n", 3) == 0)
            at += 2;
        else
            joined[used++] = *at;
    joined[used] = '\0';
    return strstr(joined, words) != NULL;
}

static void test_own(void)
{
    struct world *world = world_of(1, true);

    about("alerts itself does not follow a source any more");
    lose_last(world);
    check_number(relay.count, 1, "one mail");
    check_text(relay.mails[0].to, "exploitation@asso.test", "to who runs Tremplin");
    check(says(0, "S-3  Suivi d'une source arr=C3=AAt=C3=A9"), "of what");
    check(says(0, "Objet : alerts lodging"), "who does not follow whom");
    check(says(0, "what was heard is no longer in the source's journal"), "why");
    check(says(0, "tremplin status; tremplin follow accept alerts lodging"), "what to type");
    world_kill(world, "alerts");
    relay_forget(&relay);
    world_revive(world, "alerts");
    world_pass(world, 60000);
    check_number(relay.count, 1, "killed and started again: not a second one");
    accept(world, "alerts", "lodging");
    check_number(resolved(world), 1, "accepted: it resolves by itself");
    world_move_to(world, DATE(2020, 5, 4), 7, 0);
    check(relay.count == 2 && says(1, "R=C3=A9solues depuis (1)"), "as the next digest says");
    check(!says(1, "taper"), "with nothing left to type");
    lose_last(world);
    check_number(relay.count, 3, "lost again, it is told again");
    accept(world, "alerts", "lodging");
    lose_last(world);
    check_number(relay.count, 4, "also on the same day");
    end(world);
}

static void test_heard(void)
{
    struct world *world = world_of(2, true);

    about("a service that alerts follows has set an input aside");
    world_set_aside(world, "measures", COMMAND);
    world_pass(world, 60000);
    check_number(relay.count, 1, "one mail");
    check(says(0, "S-4  Entr=C3=A9e mise de c=C3=B4t=C3=A9"), "of what");
    check(says(0, "Objet : measures " COMMAND), "which input of which service");
    check(says(0, "=C3=80 taper : tremplin status"), "where to look");
    world_kill(world, "measures");
    world_revive(world, "measures");
    world_pass(world, 60000);
    check_number(raised(world), 1, "its next start tells nothing new");
    world_set_aside(world, "measures", "");
    world_pass(world, 60000);
    check_number(resolved(world), 1, "taken by a new version, it resolves");
    check_number(world_count_kind(world, "alerts", TREMPLIN__ENTRY_KIND__ENTRY_KIND_WARNED), 0,
                 "nothing of that is a trouble of alerts' own");
    end(world);
}

static void test_clock(void)
{
    struct world *world = world_of(3, true);
    bool named = false;

    about("the machine's clock leaps");
    world_leap_wall(world, 72 * HOUR_MS);
    world_pass(world, 60000);
    check_text(runtime_state_name(world_runtime(world, "alerts")), "clock held",
               "alerts' own deadlines are held too");
    check_number(relay.count, 4, "and yet each of four services is told of, once");
    for (int i = 0; i < relay.count; i++)
        named |= says(i, "tremplin call Runtime.AcceptClock '{}' --service lodging");
    check(named, "with the command that accepts the new time");
    world_leap_wall(world, -72 * HOUR_MS);
    world_pass(world, 60000);
    check_number(resolved(world), 4, "back again: all four resolve");
    end(world);
}

static void test_nobody(void)
{
    struct world *world = world_of(4, false);

    about("nobody is registered who runs Tremplin");
    check_number(counted(world, "operator_missing"), 1, "the status says so");
    world_set_aside(world, "lodging", COMMAND);
    world_pass(world, 60000);
    check_number(relay.count, 0, "nobody is mailed");
    check_number(counted(world, "alerts_open"), 1, "the alert is there to be looked up");
    register_recipient(world, OPERATOR, "exploitation@asso.test",
                       ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_OPERATOR, "", "");
    check_number(counted(world, "operator_missing"), 0,
                 "once somebody is, the status says nothing");
    end(world);
}

int main(void)
{
    test_own();
    test_heard();
    test_clock();
    test_nobody();
    return checks_done();
}
