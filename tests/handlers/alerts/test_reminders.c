/* What nobody takes on is told again in each week's first digest: all of it, however much there is,
 * and once, however long alerts was down. */
#include "tests/handlers/alerts/sources.h"

#define LEADER   ID("01")
#define OPERATOR ID("02")

#define LEADERS_MAILBOX "cheffe.alencon@asso.test"

static const struct recipient recipients[] = {
    { LEADER, LEADERS_MAILBOX, ROLE(TEAM_LEADER), "ALENCON" },
    { OPERATOR, "exploitation@asso.test", ROLE(OPERATOR), NULL },
    { 0 },
};

/* Told to the team leader twice in the week after; the later step is reminded of. */
static void grant(struct world *world, int number, struct date granted_on)
{
    Measures__MeasureGranted granted = MEASURES__MEASURE_GRANTED__INIT;
    char measure[ID_TEXT_SIZE];

    snprintf(measure, sizeof measure, "018f0e42-7c1b-7a3e-9d41-0f6a2b8c%04x", 0x1000 + number);
    granted.measure = text(measure);
    granted.household = text(ID("04"));
    granted.district = text("ALENCON");
    granted.granted_on = on(granted_on);
    tell(world, &granted.base, granted_on);
}

struct reminded {
    struct date from;
    int mails;
    int alerts;
};

static void count_reminded(void *context, const Tremplin__Header *header,
                           const ProtobufCMessage *event)
{
    struct reminded *reminded = context;
    const Alerts__MailWritten *written = (const Alerts__MailWritten *)event;

    (void)header;
    if (event->descriptor != &alerts__mail_written__descriptor || written->n_reminded == 0 ||
        strcmp(written->recipient, LEADER) != 0 ||
        date_is_before(date_of(written->written_on), reminded->from))
        return;
    reminded->mails++;
    reminded->alerts += (int)written->n_reminded;
}

static struct reminded reminded_since(struct world *world, struct date from)
{
    struct reminded reminded = { .from = from };

    world_events(world, "alerts", count_reminded, &reminded);
    return reminded;
}

static void test_more_than_a_mail_holds(void)
{
    enum { MANY = 202 };
    struct world *world = world_with(1, DATE(2020, 5, 4), recipients);
    struct reminded reminded;

    about("more than one mail holds");
    for (int i = 0; i < MANY; i++)
        grant(world, i, DATE(2020, 5, i % 2 ? 4 : 3)); /* raised on two days: one digest each */
    world_move_to(world, DATE(2020, 5, 16), 0, 0);
    check_number(raised(world), 2 * MANY, "two steps of 202 matters are raised, and told");
    check_number(reminded_since(world, DATE(2020, 5, 4)).alerts, 0, "nothing is told again yet");
    world_move_to(world, DATE(2020, 5, 18), 12, 0);
    reminded = reminded_since(world, DATE(2020, 5, 18));
    check_number(reminded.alerts, 200, "on Monday two hundred are");
    world_move_to(world, DATE(2020, 5, 19), 12, 0);
    reminded = reminded_since(world, DATE(2020, 5, 18));
    check_number(reminded.alerts, MANY, "on Tuesday the last two,");
    check_number(reminded.mails, 2, "alone");
    world_move_to(world, DATE(2020, 5, 23), 12, 0);
    check_number(reminded_since(world, DATE(2020, 5, 18)).mails, 2, "nothing more in that week");
    world_move_to(world, DATE(2020, 5, 30), 12, 0);
    reminded = reminded_since(world, DATE(2020, 5, 24));
    check_number(reminded.alerts, MANY, "the next week the same again");
    world_move_to(world, DATE(2020, 6, 6), 12, 0);
    check_number(reminded_since(world, DATE(2020, 5, 31)).alerts, MANY,
                 "and the week after (Monday is a holiday)");
    end(world);
}

static void acknowledge_last_two(struct world *world)
{
    Alerts__AlertsQuery asked = ALERTS__ALERTS_QUERY__INIT;
    const Alerts__AlertsReply *open;
    char last[2][ID_TEXT_SIZE] = { "", "" };

    asked.open_only = true;
    do {
        open = world_call(world, "alerts.Alerts", &asked.base, &alerts__alerts_reply__descriptor)
                   .reply;
        for (size_t i = 0; open && i < open->n_alerts; i++) {
            memcpy(last[0], last[1], ID_TEXT_SIZE);
            snprintf(last[1], ID_TEXT_SIZE, "%s", open->alerts[i]->alert);
        }
        asked.after = last[1];
    } while (open && open->more);
    for (int i = 0; i < 2; i++) {
        Alerts__AcknowledgeAlert taken = ALERTS__ACKNOWLEDGE_ALERT__INIT;

        taken.alert = last[i];
        taken.recipient = text(LEADER);
        world_call(world, "alerts.AcknowledgeAlert", &taken.base,
                   &alerts__acknowledge_alert_reply__descriptor);
    }
}

static void test_rest_is_settled(void)
{
    enum { GRANTS = 202 };
    struct world *world = world_with(2, DATE(2020, 5, 4), recipients);

    about("what did not fit is settled before its turn");
    for (int i = 0; i < GRANTS; i++)
        grant(world, i, DATE(2020, 5, i % 2 ? 4 : 3));
    world_move_to(world, DATE(2020, 5, 18), 12, 0);
    acknowledge_last_two(world);
    world_move_to(world, DATE(2020, 5, 23), 12, 0);
    check_number(reminded_since(world, DATE(2020, 5, 18)).alerts, 200, "there is nothing to add");
    world_move_to(world, DATE(2020, 5, 25), 12, 0);
    check_number(reminded_since(world, DATE(2020, 5, 24)).alerts, 200,
                 "the next Monday begins with the first again");
    end(world);
}

static void test_weeks_down(void)
{
    struct world *world = world_with(3, DATE(2020, 5, 4), recipients);
    int before;

    about("four weeks down");
    grant(world, 1, DATE(2020, 5, 4));
    world_move_to(world, DATE(2020, 5, 15), 12, 0);
    before = reminded_since(world, DATE(2020, 5, 4)).mails;
    check_number(before, 0, "told, and not told again yet");
    world_kill(world, "alerts");
    relay_forget(&relay);
    world_leap(world, 28);
    world_revive(world, "alerts");
    world_settle(world);
    check_number(reminded_since(world, DATE(2020, 5, 4)).mails, 1, "coming back it is told once");
    world_move_to(world, DATE(2020, 6, 15), 12, 0);
    check_number(reminded_since(world, DATE(2020, 5, 4)).mails, 2, "and on the next Monday again");
    end(world);
}

int main(void)
{
    test_more_than_a_mail_holds();
    test_rest_is_settled();
    test_weeks_down();
    return checks_done();
}
