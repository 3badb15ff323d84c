/* After a restore no mail leaves until an operator releases it, also none written since; what the
 * relay had already is not sent twice; and no place of the transport is lost. */
#include "libcommon/runtime_parts.h"
#include "tests/handlers/alerts/sources.h"

#define REGULATOR ID("02")
#define OPERATOR  ID("03")

static const struct recipient recipients[] = {
    { REGULATOR, "siao@asso.test", ROLE(REGULATOR), NULL },
    { OPERATOR, "exploitation@asso.test", ROLE(OPERATOR), NULL },
    { 0 },
};

/* Each is an urgent mail to the regulator the day after. */
static void open_vacancies(struct world *world, int first, int count, struct date notified_on)
{
    for (int i = first; i < first + count; i++) {
        Lodging__VacancyOpened opened = LODGING__VACANCY_OPENED__INIT;
        char vacancy[ID_TEXT_SIZE];

        snprintf(vacancy, sizeof vacancy, ID("%02d"), i);
        opened.vacancy = text(vacancy);
        opened.unit = text(ID("20"));
        opened.notified_on = on(notified_on);
        opened.last_day = on(date_add_days(notified_on, 8));
        tell(world, &opened.base, notified_on);
    }
}

/* The relay may keep what it is given. */
static void reach_tuesday(struct world *world)
{
    world_move_to(world, DATE(2020, 5, 4), 23, 59);
    world_pass(world, 2 * MINUTE_MS);
}

static void raise_epoch(struct world *world)
{
    Tremplin__RaiseEpoch asked = TREMPLIN__RAISE_EPOCH__INIT;
    uint8_t bytes[64];

    asked.reason = text("takeover");
    world_call_bytes(world, "alerts", "Runtime.RaiseEpoch",
                     (struct bytes){ bytes, tremplin__raise_epoch__pack(&asked, bytes) });
    world_pass(world, 5000); /* the relay may still have some */
}

/* How many the answer says. */
static int release(struct world *world)
{
    Alerts__ReleaseMails asked = ALERTS__RELEASE_MAILS__INIT;
    const Alerts__ReleaseMailsReply *reply = world_call(world, "alerts.ReleaseMails", &asked.base,
                                                        &alerts__release_mails_reply__descriptor)
                                                 .reply;
    int mails = reply ? (int)reply->mails : -1;

    world_pass(world, 5000);
    return mails;
}

static int sent(struct world *world)
{
    return world_count(world, "alerts", &alerts__mail_sent__descriptor);
}

/* What the relay has, it answers. */
static void answer_all(struct world *world, int code)
{
    struct handed had[PROMISES_MOST];
    int count = relay.promises;

    memcpy(had, relay.promised, sizeof had);
    relay.promises = 0;
    for (int i = 0; i < count; i++)
        world_mail_outcome(world, "alerts", had[i].id, had[i].attempt, code);
    world_pass(world, 5000);
}

static void test_nothing_leaves(void)
{
    struct world *world = world_with(1, DATE(2020, 5, 4), recipients);
    int before;

    about("what is told after the cut may have been told before it");
    open_vacancies(world, 60, 1, DATE(2020, 5, 4));
    world_move_to(world, DATE(2020, 5, 5), 12, 0);
    before = relay.count;
    check(before > 0, "a mail has left");
    relay_forget(&relay);
    world_cut(world, "alerts", 2);
    world_settle(world);
    check_number(counted(world, "mails_are_held"), 1, "restored, mails are held");
    open_vacancies(world, 70, 2, DATE(2020, 5, 5));
    world_move_to(world, DATE(2020, 5, 7), 12, 0);
    check_number(relay.count, before, "none leaves by itself, also none written since");
    check(counted(world, "mails_held") > 2, "all are held");
    check_number(release(world), counted(world, "mails_queued") + relay.count - before,
                 "an operator releases them");
    check(relay.count > before + 2, "and they leave");
    check_number(counted(world, "mails_held"), 0, "none is held");
    check_number(counted(world, "mails_are_held"), 0, "any more");
    before = relay.count;
    open_vacancies(world, 80, 1, DATE(2020, 5, 7));
    world_move_to(world, DATE(2020, 5, 8), 12, 0);
    check(relay.count > before, "later mails leave by themselves");
    end(world);
}

static void test_nothing_waits(void)
{
    struct world *world = world_with(2, DATE(2020, 5, 4), recipients);

    about("without any mail");
    raise_epoch(world);
    check_number(counted(world, "mails_are_held"), 1, "a new epoch holds those to come");
    check_number(release(world), 0, "they are released before there are any");
    open_vacancies(world, 60, 1, DATE(2020, 5, 4));
    world_move_to(world, DATE(2020, 5, 5), 12, 0);
    check(relay.count > 0, "and then leave by themselves");
    check_number(release(world), 0, "with nothing to release nothing happens");
    check_number(world_count(world, "alerts", &alerts__mails_released__descriptor), 1, "once");
    end(world);
}

static void test_answered_while_held(void)
{
    struct world *world = world_with(3, DATE(2020, 5, 4), recipients);

    about("a new epoch while four mails are with the relay");
    relay.code = -1;
    open_vacancies(world, 70, 4, DATE(2020, 5, 4));
    reach_tuesday(world);
    check_number(relay.count, 4, "the relay has four");
    check_number(relay.again, 0, "each was handed over once, and not at every turn");
    raise_epoch(world);
    check_number(counted(world, "mails_held"), 4, "all are held");
    answer_all(world, 250);
    check_number(sent(world), 4, "the relay took them: they are sent,");
    check_number(counted(world, "mails_held"), 0, "and held no more");
    relay.code = 250;
    check_number(release(world), 0, "nothing is left to release");
    world_pass(world, 10 * MINUTE_MS);
    check_number(relay.count, 4, "none is sent twice");
    end(world);
}

static void test_refused_while_held(void)
{
    struct world *world = world_with(4, DATE(2020, 5, 4), recipients);

    about("the relay says later, or never, to what is held");
    relay.code = -1;
    open_vacancies(world, 70, 1, DATE(2020, 5, 4));
    reach_tuesday(world);
    raise_epoch(world);
    answer_all(world, 451);
    check_number(counted(world, "mails_held"), 1, "later: it is held");
    world_pass(world, HOUR_MS);
    check_number(relay.count, 1, "and not tried");
    check_number(release(world), 1, "until it is released");
    check_number(relay.count, 2, "then it is");
    raise_epoch(world);
    answer_all(world, 550);
    check_number(world_count(world, "alerts", &alerts__mail_failed__descriptor), 1,
                 "never: it has failed");
    end(world);
}

static void test_released_while_there(void)
{
    struct world *world = world_with(5, DATE(2020, 5, 4), recipients);

    about("released while the relay still has it");
    relay.code = -1;
    open_vacancies(world, 70, 1, DATE(2020, 5, 4));
    reach_tuesday(world);
    raise_epoch(world);
    check_number(release(world), 1, "it is released");
    world_pass(world, 10 * MINUTE_MS);
    check_number(relay.count, 1, "and not handed over again: the answer may be that it was taken");
    answer_all(world, 250);
    check_number(sent(world), 1, "which it was");
    relay.code = 250;
    world_pass(world, HOUR_MS);
    check_number(relay.count, 1, "once");
    end(world);
}

static void test_killed_while_there(void)
{
    struct world *world = world_with(6, DATE(2020, 5, 4), recipients);

    about("released, and killed while the relay still has it");
    relay.code = -1;
    open_vacancies(world, 70, 1, DATE(2020, 5, 4));
    reach_tuesday(world);
    raise_epoch(world);
    release(world);
    world_kill(world, "alerts");
    relay_forget(&relay);
    relay.code = 250;
    world_revive(world, "alerts");
    world_settle(world);
    check_number(relay.count, 2, "nobody hears the answer any more: it is sent again");
    check_number(sent(world), 1, "and is sent");
    end(world);
}

static void test_undeliverable(void)
{
    struct world *world = world_with(7, DATE(2020, 5, 4), recipients);
    int failed, handed;

    about("mailboxes whose address cannot be read");
    relay.places = 2;
    keys_destroy(runtime_keys(world_runtime(world, "alerts")), REGULATOR);
    open_vacancies(world, 70, 3, DATE(2020, 5, 4));
    world_move_to(world, DATE(2020, 5, 5), 12, 0);
    failed = world_count(world, "alerts", &alerts__mail_failed__descriptor);
    check_number(failed, 3, "each of their mails fails");
    check_number(relay.promises, 0, "and gives its place back");
    handed = relay.count;
    check(handed >= 3, "so that who runs Tremplin is told");
    end(world);
}

int main(void)
{
    test_nothing_leaves();
    test_nothing_waits();
    test_answered_while_held();
    test_refused_while_held();
    test_released_while_there();
    test_killed_while_there();
    test_undeliverable();
    return checks_done();
}
