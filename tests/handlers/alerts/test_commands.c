/* What people say to alerts is done once or refused with the field; whom an alert is told. */
#include "tests/handlers/alerts/sources.h"

#define START  DATE(2020, 5, 4)
#define ONE    ID("01")
#define TWO    ID("02")
#define THREE  ID("03")
#define WORKER ID("30")
#define OTHER  ID("31")

static struct world *world_without_relay(uint64_t seed)
{
    struct world *world = world_open(seed, START);

    world_set_mail(world, NULL);
    add_sources(world);
    world_add(world, &alerts_service, NULL);
    return world;
}

static void start_measure(struct world *world, const char *measure, const char *worker,
                          const char *district)
{
    Measures__MeasureAssigned assigned = MEASURES__MEASURE_ASSIGNED__INIT;

    assigned.measure = text(measure);
    assigned.household = text(ID("40"));
    assigned.worker = text(worker);
    assigned.district = text(district);
    assigned.assigned_on = on(START);
    assigned.meet_by = on(DATE(2020, 5, 25));
    tell(world, &assigned.base, START);
}

static bool is_told(const Alerts__AlertRaised *raised_one, const char *recipient)
{
    for (size_t i = 0; raised_one && i < raised_one->n_recipients; i++)
        if (strcmp(raised_one->recipients[i], recipient) == 0)
            return true;
    return false;
}

/* --- recipients ------------------------------------------------------------------------------- */

static void test_register(void)
{
    struct world *world = world_without_relay(1);
    Alerts__RegisterRecipient asked = ALERTS__REGISTER_RECIPIENT__INIT;
    Alerts__RecipientRole none = ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_UNSPECIFIED;
    struct answer answer;

    about("recipients");
    answer = register_recipient(world, "", "asll@asso.test",
                                ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_KEY_WORKER, "", WORKER);
    check(answer.reply && ((const Alerts__RegisterRecipientReply *)answer.reply)->recipient[0],
          "alerts makes an identifier");
    answer = register_recipient(world, "x", "asll@asso.test", 1, "", "");
    check_text(answer.field, "recipient", "what is no identifier is refused");
    answer = register_recipient(world, ONE, "asll@asso.test>\r\nRCPT TO:<x@y.test", 1, "", "");
    check(answer.status == TREMPLIN__STATUS__STATUS_REFUSED &&
              strncmp(answer.field, "address", 7) == 0,
          "an address that would be a command is refused");
    answer = register_recipient(world, ONE, "asll@asso.test", 1, "Quatrefages, à Alençon", "");
    check_text(answer.code, "FIELD_NOT_A_CODE", "a district that is no code too");
    answer = register_recipient(world, ONE, "asll", 1, "", "");
    check_text(answer.code, "ADDRESS_NOT_A_MAILBOX", "as is what is no address");
    answer = register_recipient(world, ONE, "asll@asso.test", 1, "", "x");
    check_text(answer.field, "worker", "a worker that is no identifier is refused");
    answer = register_recipient(world, ONE, "asll@asso.test",
                                ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_REGULATOR, "", WORKER);
    check_text(answer.code, "WORKER_WITHOUT_ROLE", "a worker without the key worker's role too");
    asked.recipient = text(ONE);
    asked.address = text("asll@asso.test");
    asked.roles = &none;
    asked.n_roles = 1;
    answer = world_call(world, "alerts.RegisterRecipient", &asked.base,
                        &alerts__register_recipient_reply__descriptor);
    check_text(answer.field, "roles", "an unspecified role is refused");
    world_close(world);
}

static void test_chosen(void)
{
    struct world *world = world_without_relay(2);

    about("who is told");
    register_recipient(world, ONE, "a@asso.test", ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_KEY_WORKER,
                       "ALENCON", WORKER);
    register_recipient(world, TWO, "b@asso.test", ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_KEY_WORKER,
                       "ALENCON", "");
    register_recipient(world, THREE, "c@asso.test",
                       ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_KEY_WORKER, "FLERS", "");
    start_measure(world, ID("50"), WORKER, "ALENCON");
    world_move_to(world, DATE(2020, 5, 25), 12, 0);
    check(is_told(last_raised(world), ONE) && !is_told(last_raised(world), TWO) &&
              !is_told(last_raised(world), THREE),
          "the one who follows the worker, nobody else");
    start_measure(world, ID("51"), OTHER, "ALENCON");
    world_settle(world);
    world_move_to(world, DATE(2020, 5, 26), 12, 0);
    check(last_raised(world) && strcmp(last_raised(world)->subject, ID("51")) == 0 &&
              is_told(last_raised(world), TWO) && !is_told(last_raised(world), ONE) &&
              !is_told(last_raised(world), THREE),
          "nobody follows the other worker: the district's mailbox for key workers");
    check_number(last_raised(world)->n_roles_without_recipient, 0, "the role is held");
    register_recipient(world, TWO, "b@asso.test", 0, "", "");
    start_measure(world, ID("52"), OTHER, "ALENCON");
    world_move_to(world, DATE(2020, 5, 27), 12, 0);
    check(last_raised(world)->n_recipients == 0 &&
              last_raised(world)->n_roles_without_recipient == 1,
          "without roles it is told nothing more, and the alert says so");
    check(world_check_store(world, "alerts") == NULL, "the tables are the journal replayed");
    world_close(world);
}

/* --- an alert's life -------------------------------------------------------------------------- */

static struct answer acknowledge(struct world *world, const char *alert, const char *recipient)
{
    Alerts__AcknowledgeAlert asked = ALERTS__ACKNOWLEDGE_ALERT__INIT;

    asked.alert = text(alert);
    asked.recipient = text(recipient);
    return world_call(world, "alerts.AcknowledgeAlert", &asked.base,
                      &alerts__acknowledge_alert_reply__descriptor);
}

static struct answer snooze(struct world *world, const char *alert, struct date until,
                            const char *reason)
{
    Alerts__SnoozeAlert asked = ALERTS__SNOOZE_ALERT__INIT;

    asked.alert = text(alert);
    asked.until = date_is_set(until) ? on(until) : NULL;
    asked.reason = text(reason);
    return world_call(world, "alerts.SnoozeAlert", &asked.base,
                      &alerts__snooze_alert_reply__descriptor);
}

static struct answer resolve(struct world *world, const char *alert, const char *reason)
{
    Alerts__ResolveAlert asked = ALERTS__RESOLVE_ALERT__INIT;

    asked.alert = text(alert);
    asked.reason = text(reason);
    return world_call(world, "alerts.ResolveAlert", &asked.base,
                      &alerts__resolve_alert_reply__descriptor);
}

static const Alerts__AlertReply *look(struct world *world, const char *alert)
{
    Alerts__AlertQuery asked = ALERTS__ALERT_QUERY__INIT;

    asked.alert = text(alert);
    return world_call(world, "alerts.Alert", &asked.base, &alerts__alert_reply__descriptor).reply;
}

static void test_acknowledged(void)
{
    struct world *world = world_without_relay(3);
    char alert[ID_TEXT_SIZE];
    int before;

    about("acknowledged, an alert climbs no further");
    register_recipient(world, ONE, "a@asso.test", ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_KEY_WORKER,
                       "", WORKER);
    start_measure(world, ID("50"), WORKER, "ALENCON");
    world_move_to(world, DATE(2020, 5, 25), 12, 0);
    snprintf(alert, sizeof alert, "%s", last_raised(world)->alert);
    check_text(look(world, alert) ? look(world, alert)->state : "", "OPEN", "open");
    check_text(acknowledge(world, "x", ONE).field, "alert", "what is no identifier is refused");
    check_text(acknowledge(world, ID("77"), ONE).code, "NOT_KNOWN", "nor an alert nobody knows");
    check_text(acknowledge(world, alert, ID("77")).field, "recipient", "nor a stranger");
    check_number(acknowledge(world, alert, ONE).status, TREMPLIN__STATUS__STATUS_DONE, "taken on");
    before = world_count(world, "alerts", &alerts__alert_acknowledged__descriptor);
    check_number(acknowledge(world, alert, ONE).status, TREMPLIN__STATUS__STATUS_DONE, "again");
    check_number(world_count(world, "alerts", &alerts__alert_acknowledged__descriptor), before,
                 "changes nothing");
    check_text(snooze(world, alert, DATE(2020, 5, 27), "LATER").code, "ALERT_ACKNOWLEDGED",
               "it is not snoozed any more");
    world_move_to(world, DATE(2020, 6, 30), 12, 0);
    check_number(world_count(world, "alerts", &alerts__alert_escalated__descriptor), 0,
                 "nobody else is told");
    check_text(look(world, alert) ? look(world, alert)->state : "", "ACKNOWLEDGED", "and so it is");
    check_text(resolve(world, alert, "").field, "reason", "resolved with a reason only");
    check_text(resolve(world, alert, "Mme Quatrefages a payé").code, "FIELD_NOT_A_CODE",
               "which is a code");
    check_number(resolve(world, alert, "DONE").status, TREMPLIN__STATUS__STATUS_DONE, "resolved");
    check(look(world, alert) && !look(world, alert)->resolved_by_itself, "by people");
    check_number(counted(world, "matters_open"), 0, "the matter is closed");
    check_text(acknowledge(world, alert, ONE).code, "ALERT_RESOLVED", "nothing is left to do");
    check(world_check_store(world, "alerts") == NULL, "the tables are the journal replayed");
    world_close(world);
}

static void test_climbs(void)
{
    struct world *world = world_without_relay(4);
    const Alerts__AlertEscalated *climbed;

    about("not acknowledged, it climbs in working days: the leader, then the manager");
    register_recipient(world, ONE, "t@asso.test",
                       ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_TEAM_LEADER, "", "");
    register_recipient(world, TWO, "m@asso.test",
                       ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_SERVICE_MANAGER, "", "");
    start_measure(world, ID("50"), WORKER, "ALENCON");
    world_move_to(world, DATE(2020, 5, 27), 23, 59);
    check_number(world_count(world, "alerts", &alerts__alert_escalated__descriptor), 0,
                 "raised on Monday 25 May: not on Wednesday");
    world_move_to(world, DATE(2020, 5, 28), 0, 0);
    climbed = world_last(world, "alerts", &alerts__alert_escalated__descriptor);
    check(climbed && climbed->escalation == 1 && climbed->n_recipients == 1 &&
              strcmp(climbed->recipients[0], ONE) == 0,
          "on Thursday, three working days after, the leader");
    world_move_to(world, DATE(2020, 6, 2), 23, 59);
    check_number(world_count(world, "alerts", &alerts__alert_escalated__descriptor), 1,
                 "not before the sixth (Whit Monday is none)");
    world_move_to(world, DATE(2020, 6, 3), 0, 0);
    climbed = world_last(world, "alerts", &alerts__alert_escalated__descriptor);
    check(climbed && climbed->escalation == 2 && climbed->n_recipients == 1 &&
              strcmp(climbed->recipients[0], TWO) == 0,
          "then the manager");
    world_move_to(world, DATE(2020, 7, 31), 0, 0);
    check_number(world_count(world, "alerts", &alerts__alert_escalated__descriptor), 2,
                 "and no further");
    check(world_check_store(world, "alerts") == NULL, "the tables are the journal replayed");
    world_close(world);
}

static void test_snoozed(void)
{
    struct world *world = world_without_relay(5);
    Lodging__VacancyLost lost = LODGING__VACANCY_LOST__INIT;
    char alert[ID_TEXT_SIZE];

    about("snoozed, it is silent, a week at most");
    register_recipient(world, ONE, "t@asso.test",
                       ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_TEAM_LEADER, "", "");
    start_measure(world, ID("50"), WORKER, "ALENCON");
    world_move_to(world, DATE(2020, 5, 25), 12, 0);
    snprintf(alert, sizeof alert, "%s", last_raised(world)->alert);
    check_text(snooze(world, alert, DATE(2020, 6, 2), "ABSENCE").code, "SNOOZE_TOO_LONG",
               "eight days are too long");
    check_text(snooze(world, alert, DATE(2020, 5, 25), "ABSENCE").code, "SNOOZE_NOT_AHEAD",
               "today is not ahead");
    check_text(snooze(world, alert, DATE(2020, 5, 27), "").field, "reason", "with a reason");
    check_text(snooze(world, alert, DATE(2020, 5, 27), "Mme Quatrefages").code, "FIELD_NOT_A_CODE",
               "which is a code");
    check_text(snooze(world, alert, DATE_NONE, "ABSENCE").field, "until", "and a day");
    check_number(snooze(world, alert, DATE(2020, 6, 1), "ABSENCE").status,
                 TREMPLIN__STATUS__STATUS_DONE, "seven days are not");
    check_text(look(world, alert) ? look(world, alert)->state : "", "SNOOZED", "it is silent");
    world_move_to(world, DATE(2020, 5, 31), 23, 59);
    check_number(world_count(world, "alerts", &alerts__alert_escalated__descriptor), 0,
                 "it does not climb meanwhile");
    world_move_to(world, DATE(2020, 6, 1), 0, 0);
    check_text(look(world, alert) ? look(world, alert)->state : "", "OPEN", "then it speaks again");
    check_number(world_count(world, "alerts", &alerts__alert_escalated__descriptor), 1,
                 "and climbs");
    lost.vacancy = text(ID("60"));
    lost.lost_on = on(DATE(2020, 6, 1));
    tell(world, &lost.base, DATE(2020, 6, 1));
    check_text(snooze(world, last_raised(world)->alert, DATE(2020, 6, 3), "ABSENCE").code,
               "SNOOZE_OF_PRESSING_ALERT", "an urgent one is never snoozed");
    check(world_check_store(world, "alerts") == NULL, "the tables are the journal replayed");
    world_close(world);
}

/* --- queries ---------------------------------------------------------------------------------- */

static void test_pages(void)
{
    struct world *world = world_without_relay(6);
    Alerts__AlertsQuery asked = ALERTS__ALERTS_QUERY__INIT;
    const Alerts__AlertsReply *page;
    char measure[ID_TEXT_SIZE];
    size_t seen = 0;
    int pages = 0;

    about("alerts are listed a page at a time");
    for (int i = 0; i < 25; i++) {
        snprintf(measure, sizeof measure, ID("%02d"), 50 + i);
        start_measure(world, measure, WORKER, "ALENCON");
    }
    world_move_to(world, DATE(2020, 5, 25), 12, 0);
    asked.open_only = true;
    asked.most = 10;
    do {
        page = world_call(world, "alerts.Alerts", &asked.base, &alerts__alerts_reply__descriptor)
                   .reply;
        if (!check(page && page->n_alerts > 0, "a page"))
            break;
        seen += page->n_alerts;
        if (page->more)
            check_text(page->next, page->alerts[page->n_alerts - 1]->alert,
                       "and where to go on: after its last");
        asked.after = page->next;
        pages++;
    } while (page->more && pages < 10);
    check(seen == 25 && pages == 3, "25 on three pages");
    asked.after = text("");
    asked.rule = text("A-10");
    page = world_call(world, "alerts.Alerts", &asked.base, &alerts__alerts_reply__descriptor).reply;
    check(page && page->n_alerts == 0, "of another rule none");
    asked.rule = text("");
    asked.recipient = text(ONE);
    page = world_call(world, "alerts.Alerts", &asked.base, &alerts__alerts_reply__descriptor).reply;
    check(page && page->n_alerts == 0, "of somebody else's none");
    world_close(world);
}

int main(void)
{
    test_register();
    test_chosen();
    test_acknowledged();
    test_climbs();
    test_snoozed();
    test_pages();
    return checks_done();
}
