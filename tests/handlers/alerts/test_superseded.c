/* A matter with several steps: each is raised, and only the latest one climbs. */
#include "tests/handlers/alerts/sources.h"

#define REGULATOR   ID("01")
#define COORDINATOR ID("02")
#define MANAGER     ID("03")
#define LEADER      ID("04")
#define VACANCY     ID("20")

static const struct recipient recipients[] = {
    { REGULATOR, "siao@asso.test", ROLE(REGULATOR), NULL },
    { COORDINATOR, "coordination@asso.test", ROLE(COORDINATOR), NULL },
    { MANAGER, "direction@asso.test", ROLE(SERVICE_MANAGER), NULL },
    { 0 },
};

static void open_vacancy(struct world *world)
{
    Lodging__VacancyOpened opened = LODGING__VACANCY_OPENED__INIT;

    opened.vacancy = text(VACANCY);
    opened.notified_on = on(DATE(2020, 5, 4));
    opened.last_day = on(DATE(2020, 5, 12));
    tell(world, &opened.base, DATE(2020, 5, 4));
}

static int mails_to(const char *address)
{
    int count = 0;

    for (int i = 0; i < relay.count; i++)
        count += strcmp(relay.mails[i].to, address) == 0 &&
                 strstr(relay.mails[i].content, "A-30") != NULL;
    return count;
}

static int count_of(struct world *world, const ProtobufCMessageDescriptor *event)
{
    return world_count(world, "alerts", event);
}

static void test_days_of_the_matter(void)
{
    struct world *world = world_with(1, DATE(2020, 5, 4), recipients);

    about("a rung with a day of its own is climbed once, however many steps there were");
    open_vacancy(world);
    world_move_to(world, DATE(2020, 5, 9), 23, 59);
    check_number(mails_to("siao@asso.test"), 2, "D+1 and D+4: the regulator, twice");
    check_number(mails_to("coordination@asso.test"), 0, "the coordinator not yet");
    world_move_to(world, DATE(2020, 5, 10), 12, 0);
    check_number(mails_to("coordination@asso.test"), 1, "D+6: the coordinator, once");
    world_move_to(world, DATE(2020, 5, 11), 12, 0);
    check_number(mails_to("direction@asso.test"), 1, "D+7: the manager, once");
    world_move_to(world, DATE(2020, 5, 12), 12, 0);
    check_number(mails_to("siao@asso.test"), 5, "the regulator was told of each step");
    check_number(mails_to("coordination@asso.test"), 1, "the coordinator was not told again");
    check_number(mails_to("direction@asso.test"), 1, "nor the manager");
    check_number(count_of(world, &alerts__alert_superseded__descriptor), 4,
                 "the four earlier steps are superseded, and noted");
    end(world);
}

static void grant(struct world *world, struct date granted_on)
{
    Measures__MeasureGranted granted = MEASURES__MEASURE_GRANTED__INIT;

    granted.measure = text(ID("51"));
    granted.household = text(ID("60"));
    granted.district = text("ALENCON");
    granted.granted_on = on(granted_on);
    tell(world, &granted.base, granted_on);
}

static const Alerts__AlertEscalated *last_climbed(struct world *world)
{
    return world_last(world, "alerts", &alerts__alert_escalated__descriptor);
}

static const Alerts__AlertReply *look(struct world *world, const char *alert)
{
    Alerts__AlertQuery asked = ALERTS__ALERT_QUERY__INIT;

    asked.alert = text(alert);
    return world_call(world, "alerts.Alert", &asked.base, &alerts__alert_reply__descriptor).reply;
}

static void test_in_turn(void)
{
    struct world *world = world_with(2, DATE(2020, 5, 4), recipients);
    char first[ID_TEXT_SIZE], second[ID_TEXT_SIZE];
    const Alerts__AlertReply *shown;

    about("a later step climbs in the place of the one before, and no later than that would");
    register_recipient(world, LEADER, "t@asso.test",
                       ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_TEAM_LEADER, "", "");
    grant(world, DATE(2020, 5, 4));
    world_move_to(world, DATE(2020, 5, 12), 12, 0);
    snprintf(first, sizeof first, "%s", last_raised(world)->alert);
    check_text(last_raised(world)->step, "+5 wd", "A-10's first step");
    world_move_to(world, DATE(2020, 5, 15), 12, 0);
    snprintf(second, sizeof second, "%s", last_raised(world)->alert);
    check(strcmp(first, second) != 0, "its second step, on the day on which the first would climb");
    shown = look(world, first);
    check(shown && strcmp(shown->superseded_by, second) == 0, "which says what superseded it");
    check_number(count_of(world, &alerts__alert_superseded__descriptor), 1, "noted once");
    check(last_climbed(world) && strcmp(last_climbed(world)->alert, second) == 0 &&
              strcmp(last_climbed(world)->recipients[0], MANAGER) == 0,
          "the second climbs to the manager there and then");
    world_move_to(world, DATE(2020, 5, 29), 12, 0);
    check_number(count_of(world, &alerts__alert_escalated__descriptor), 1, "once");
    end(world);
}

static void test_two_roles(void)
{
    struct world *world = world_with(3, DATE(2020, 5, 4), recipients);
    Alerts__RecipientRole both[] = { ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_TEAM_LEADER,
                                     ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_SERVICE_MANAGER };
    Alerts__RegisterRecipient asked = ALERTS__REGISTER_RECIPIENT__INIT;

    about("who leads the team and the service is told once");
    asked.recipient = text(MANAGER);
    asked.address = text("direction@asso.test");
    asked.roles = both;
    asked.n_roles = 2;
    world_call(world, "alerts.RegisterRecipient", &asked.base,
               &alerts__register_recipient_reply__descriptor);
    grant(world, DATE(2020, 5, 4));
    world_move_to(world, DATE(2020, 5, 29), 12, 0);
    check(last_climbed(world) && last_climbed(world)->n_recipients == 0,
          "climbing to the manager tells nobody who was told");
    end(world);
}

int main(void)
{

    test_days_of_the_matter();
    test_in_turn();
    test_two_roles();
    return checks_done();
}
