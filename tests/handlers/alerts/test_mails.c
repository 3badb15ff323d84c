/* Each mail is written down before the relay hears of it, tried until the relay takes it, and never
 * says who it is about. */
#include "tests/handlers/alerts/sources.h"

#define LEADER    ID("01")
#define REGULATOR ID("02")
#define OPERATOR  ID("03")
#define HOUSEHOLD ID("04")

static const struct recipient recipients[] = {
    { LEADER, "cheffe.alencon@asso.test", ROLE(TEAM_LEADER), "ALENCON" },
    { REGULATOR, "siao@asso.test", ROLE(REGULATOR), NULL },
    { OPERATOR, "exploitation@asso.test", ROLE(OPERATOR), NULL },
    { 0 },
};

static void open_vacancy(struct world *world, const char *vacancy, struct date notified_on)
{
    Lodging__VacancyOpened opened = LODGING__VACANCY_OPENED__INIT;

    opened.vacancy = text(vacancy);
    opened.unit = text(ID("20"));
    opened.notified_on = on(notified_on);
    opened.last_day = on(date_add_days(notified_on, 8));
    tell(world, &opened.base, notified_on);
}

static void grant(struct world *world, const char *measure, struct date granted_on)
{
    Measures__MeasureGranted granted = MEASURES__MEASURE_GRANTED__INIT;

    granted.measure = text(measure);
    granted.household = text(HOUSEHOLD);
    granted.district = text("ALENCON");
    granted.granted_on = on(granted_on);
    tell(world, &granted.base, granted_on);
}

static void assign(struct world *world, const char *measure, struct date assigned_on)
{
    Measures__MeasureAssigned assigned = MEASURES__MEASURE_ASSIGNED__INIT;

    assigned.measure = text(measure);
    assigned.household = text(HOUSEHOLD);
    assigned.worker = text(ID("30"));
    assigned.district = text("ALENCON");
    assigned.assigned_on = on(assigned_on);
    tell(world, &assigned.base, assigned_on);
}

static int mails_to(const char *address)
{
    int count = 0;

    for (int i = 0; i < relay.count; i++)
        count += strcmp(relay.mails[i].to, address) == 0;
    return count;
}

static int count_of(struct world *world, const ProtobufCMessageDescriptor *event)
{
    return world_count(world, "alerts", event);
}

/* --- what a mail says ------------------------------------------------------------------------- */

static void check_form(const char *content)
{
    size_t line = 0;
    bool crlf = true, narrow = true, seven_bit = true;

    for (const char *at = content; *at; at++) {
        seven_bit &= (unsigned char)*at < 128;
        crlf &= *at != '\n' || (at > content && at[-1] == '\r');
        line = *at == '\n' ? 0 : line + 1;
        narrow &= line <= 79;
    }
    check(seven_bit && crlf && narrow, "7-bit, CRLF lines of at most 78");
}

static void test_content(void)
{
    struct world *world = world_with(1, DATE(2020, 5, 4), recipients);
    Intake__HouseholdRegistered household = INTAKE__HOUSEHOLD_REGISTERED__INIT;
    Lodging__CandidatureRefused refused = LODGING__CANDIDATURE_REFUSED__INIT;
    char wanted[200];
    const struct handed *mail;
    const char *content;

    about("what an urgent mail says");
    household.household = text(HOUSEHOLD);
    household.reference = text("M-2020-00042");
    tell(world, &household.base, DATE(2020, 5, 4));
    refused.candidature = text(ID("41"));
    refused.vacancy = text(ID("42"));
    refused.household = text(HOUSEHOLD);
    refused.refused_on = on(DATE(2020, 5, 4));
    refused.pending = 1;
    tell(world, &refused.base, DATE(2020, 5, 4));
    if (!check(relay.count == 2, "it is handed over at once, and to the operator for the worker"))
        return;
    mail = strcmp(relay.mails[0].to, "siao@asso.test") == 0 ? &relay.mails[0] : &relay.mails[1];
    content = mail->content;
    check_form(content);
    snprintf(wanted, sizeof wanted, "Message-ID: <%s@localhost.localdomain>\r\n", mail->id);
    check(strstr(content, wanted) != NULL, "its Message-ID is the mail's identifier");
    check(strstr(content, "Auto-Submitted: auto-generated\r\n") != NULL, "RFC 3834: automatic");
    check(strstr(content, "To: <siao@asso.test>\r\n") != NULL, "to the regulator");
    check(strstr(content, "From: Tremplin\r\n <tremplin@localhost.localdomain>\r\n") != NULL,
          "from the organisation");
    check(strstr(content, "Subject: =?UTF-8?Q?=5BTremplin=5D_A=2D31_Candidat_refus=C3=A9") != NULL,
          "the rule in the subject, encoded");
    check(strstr(content, "Date: Mon, 4 May 2020 ") != NULL, "the day it was written");
    check(strstr(content, "M-2020-00042") != NULL, "the household's reference");
    check(strstr(content, HOUSEHOLD) == NULL, "not the household");
    check(strstr(content, "tremplin call alerts.Alert") != NULL, "and how to look it up");
    end(world);
}

/* --- the digest ------------------------------------------------------------------------------- */

static void test_digest(void)
{
    struct world *world = world_with(2, DATE(2020, 5, 4), recipients);

    about("what may wait goes in one mail on the next working morning at 7:00");
    grant(world, ID("51"), DATE(2020, 5, 4));
    grant(world, ID("52"), DATE(2020, 5, 4));
    world_move_to(world, DATE(2020, 5, 12), 6, 59);
    check_number(raised(world), 2, "A-10: five working days after the grant (8 May is a holiday)");
    check_number(relay.count, 0, "before 7:00 nothing is mailed");
    world_move_to(world, DATE(2020, 5, 12), 7, 0);
    check_number(relay.count, 1, "at 7:00 one mail");
    check_text(relay.count ? relay.mails[0].to : "", "cheffe.alencon@asso.test",
               "to the district's team leader");
    check(relay.count && strstr(relay.mails[0].content,
                                "_2_nouvell?=\r\n =?UTF-8?Q?es?=\r\nMessage-ID") != NULL,
          "whose subject says how many are new, and nothing of none");
    check(relay.count &&
              strstr(relay.mails[0].content,
                     "=C3=89ch=C3=A9ance : 04/05/2020 (rappel =C3=A0 +5 jours ouvr=C3") != NULL,
          "what they count from, and which reminder this is");
    check(relay.count && strstr(relay.mails[0].content, "Nouvelles alertes (2)") != NULL,
          "tells of both");
    check_form(relay.count ? relay.mails[0].content : "");
    world_move_to(world, DATE(2020, 5, 13), 7, 0);
    check_number(relay.count, 1, "nothing new: no mail the next morning");
    assign(world, ID("51"), DATE(2020, 5, 13));
    check_number(resolved(world), 1, "assigned: its alert resolves by itself");
    world_move_to(world, DATE(2020, 5, 14), 7, 0);
    check(relay.count == 2 && strstr(relay.mails[1].content, "R=C3=A9solues depuis (1)") != NULL,
          "which the next digest says");
    assign(world, ID("52"), DATE(2020, 5, 14));
    grant(world, ID("53"), DATE(2020, 5, 6));
    check_number(raised(world), 3, "told late: the step that passed is raised");
    assign(world, ID("53"), DATE(2020, 5, 14));
    world_move_to(world, DATE(2020, 5, 15), 7, 0);
    check(relay.count == 3 && strstr(relay.mails[2].content, ID("53")) == NULL,
          "what is raised and settled between two digests is not told");
    end(world);
}

static void test_names(void)
{
    struct world *world = world_with(9, DATE(2020, 5, 4), recipients);
    Lodging__UnitCommissioned commissioned = LODGING__UNIT_COMMISSIONED__INIT;

    about("what an alert is about has the name that the organisation gave it");
    commissioned.unit = text(ID("20"));
    commissioned.name = text("T2 Alencon 14");
    tell(world, &commissioned.base, DATE(2020, 5, 4));
    open_vacancy(world, ID("42"), DATE(2020, 5, 4));
    world_move_to(world, DATE(2020, 5, 5), 12, 0);
    check(relay.count == 1 && strstr(relay.mails[0].content, "Objet : T2 Alencon 14\r\n") != NULL,
          "a vacancy that of its unit");
    end(world);
}

static void test_weekly(void)
{
    struct world *world = world_with(3, DATE(2020, 5, 4), recipients);
    Alerts__AcknowledgeAlert asked = ALERTS__ACKNOWLEDGE_ALERT__INIT;
    const Alerts__AlertEscalated *climbed;
    char alert[ID_TEXT_SIZE];
    int before;

    about("what nobody takes on climbs, and is told again in the week's first digest");
    grant(world, ID("51"), DATE(2020, 5, 4));
    world_move_to(world, DATE(2020, 5, 12), 12, 0);
    snprintf(alert, sizeof alert, "%s", last_raised(world)->alert);
    world_move_to(world, DATE(2020, 5, 14), 23, 59);
    check_number(count_of(world, &alerts__alert_escalated__descriptor), 0,
                 "not before three working days");
    world_move_to(world, DATE(2020, 5, 15), 0, 0);
    climbed = world_last(world, "alerts", &alerts__alert_escalated__descriptor);
    check(climbed && climbed->n_recipients == 1 && strcmp(climbed->recipients[0], OPERATOR) == 0,
          "then the manager; nobody is, so the operator is told");
    world_move_to(world, DATE(2020, 5, 15), 12, 0);
    before = mails_to("cheffe.alencon@asso.test");
    world_move_to(world, DATE(2020, 5, 18), 7, 0);
    check_number(mails_to("cheffe.alencon@asso.test"), before + 1, "Monday's digest");
    check(strstr(relay.mails[relay.count - 1].content, "Toujours sans r=C3=A9ponse") != NULL ||
              strstr(relay.mails[relay.count - 2].content, "Toujours sans r=C3=A9ponse") != NULL,
          "tells of what is not acknowledged");
    asked.alert = alert;
    asked.recipient = text(LEADER);
    check_number(world_call(world, "alerts.AcknowledgeAlert", &asked.base,
                            &alerts__acknowledge_alert_reply__descriptor)
                     .status,
                 TREMPLIN__STATUS__STATUS_DONE, "acknowledged");
    end(world);
}

/* --- the relay -------------------------------------------------------------------------------- */

static const Alerts__MailDeferred *last_deferred(struct world *world)
{
    return world_last(world, "alerts", &alerts__mail_deferred__descriptor);
}

static void test_relay_down(void)
{
    struct world *world = world_with(4, DATE(2020, 5, 4), recipients);
    int64_t wait;

    about("a relay that is down, for an hour and for good");
    relay.code = 0;
    open_vacancy(world, ID("61"), DATE(2020, 5, 4));
    world_move_to(world, DATE(2020, 5, 5), 0, 0);
    check_number(relay.count, 1, "the mail is tried");
    check_number(count_of(world, &alerts__mail_deferred__descriptor), 1, "and deferred");
    wait = last_deferred(world)->next_attempt_ms - world_now_ms(world);
    check(wait > 0 && wait <= MINUTE_MS, "for a minute at most");
    world_move_to(world, DATE(2020, 5, 5), 1, 0);
    check(relay.count >= 5 && relay.count <= 9, "later and later: %d attempts in an hour",
          relay.count);
    relay.code = 250;
    world_move_to(world, DATE(2020, 5, 5), 3, 0);
    check_number(count_of(world, &alerts__mail_sent__descriptor), 1, "up again: it is sent");
    for (int i = 1; i < relay.count; i++)
        holds_or_report(strcmp(relay.mails[i].id, relay.mails[0].id) == 0 &&
                            relay.mails[i].attempt == (uint32_t)i + 1 &&
                            strcmp(relay.mails[i].content, relay.mails[0].content) == 0,
                        "attempt %d has the same Message-ID and content", i + 1);
    relay.code = 451;
    world_move_to(world, DATE(2020, 5, 8), 0, 0);
    check_number(count_of(world, &alerts__mail_failed__descriptor), 0, "D+4's: tried");
    world_move_to(world, DATE(2020, 5, 9), 23, 59);
    check_number(count_of(world, &alerts__mail_failed__descriptor), 0, "not given up before 48 h");
    world_move_to(world, DATE(2020, 5, 10), 5, 0);
    check_number(count_of(world, &alerts__mail_failed__descriptor), 1, "given up after them");
    check_text(last_raised(world)->rule, "S-2", "S-2 tells the operator");
    check_number(counted(world, "mails_failed"), 1, "and it is counted");
    end(world);
}

static void test_refused(void)
{
    struct world *world = world_with(5, DATE(2020, 5, 4), recipients);

    about("a mailbox that does not exist");
    relay.code = 550;
    open_vacancy(world, ID("61"), DATE(2020, 5, 4));
    world_move_to(world, DATE(2020, 5, 5), 9, 0);
    check_number(mails_to("siao@asso.test"), 1, "is tried once");
    check_number(mails_to("exploitation@asso.test"), 1, "the operator is told, once");
    check_number(count_of(world, &alerts__mail_failed__descriptor), 2,
                 "that this news fails too is told to nobody");
    check_number(counted(world, "mails_queued"), 0, "nothing is left in the queue");
    end(world);
}

static bool is_busy(struct world *world)
{
    Tremplin__StatusReply status = TREMPLIN__STATUS_REPLY__INIT;
    struct arena arena;

    arena_open(&arena, 1 << 20);
    runtime_status(world_runtime(world, "alerts"), &arena, &status);
    arena_close(&arena);
    return status.busy;
}

static void test_killed(void)
{
    struct world *world = world_with(6, DATE(2020, 5, 4), recipients);

    about("killed while the relay has the mail");
    relay.code = -1;
    open_vacancy(world, ID("61"), DATE(2020, 5, 4));
    world_move_to(world, DATE(2020, 5, 4), 23, 59);
    check(!is_busy(world), "before there is nothing to do");
    world_pass(world, 2 * MINUTE_MS);
    check_number(relay.count, 1, "it was handed over");
    check(is_busy(world),
          "a mail that the relay has not answered is work: who moves the clock waits");
    check_number(count_of(world, &alerts__mail_sending__descriptor), 1,
                 "which is in the journal already");
    world_kill(world, "alerts");
    relay_forget(&relay);
    relay.code = 250;
    world_revive(world, "alerts");
    world_settle(world);
    check_number(relay.count, 2, "it is sent again");
    check(relay.count == 2 && strcmp(relay.mails[0].id, relay.mails[1].id) == 0 &&
              relay.mails[1].attempt == 2,
          "under the same Message-ID, as the second attempt");
    check_number(count_of(world, &alerts__mail_sent__descriptor), 1, "and is sent once");
    check(!is_busy(world), "answered, it is no work any more");
    world_mail_outcome(world, "alerts", relay.mails[0].id, 1, 550);
    world_settle(world);
    check_number(count_of(world, &alerts__mail_failed__descriptor), 0,
                 "a late answer to the first attempt changes nothing");
    end(world);
}

static void test_room(void)
{
    struct world *world = world_with(7, DATE(2020, 5, 4), recipients);
    char vacancy[ID_TEXT_SIZE];

    about("no more at a time than the transport has room for");
    relay.code = -1;
    relay.places = 2;
    for (int i = 0; i < 5; i++) {
        snprintf(vacancy, sizeof vacancy, ID("%02d"), 70 + i);
        open_vacancy(world, vacancy, DATE(2020, 5, 4));
    }
    world_move_to(world, DATE(2020, 5, 4), 23, 59);
    world_pass(world, 2 * MINUTE_MS);
    check_number(relay.count, 2, "two of five");
    check_number(counted(world, "mails_queued"), 5, "all are still to leave");
    for (int i = 0; i < 5 && i < relay.count; i++) {
        relay.promised[0] = relay.promised[--relay.promises];
        relay.promises = 0;
        world_mail_outcome(world, "alerts", relay.mails[i].id, 1, 250);
        if (i + 1 < relay.count)
            world_mail_outcome(world, "alerts", relay.mails[++i].id, 1, 250);
        world_pass(world, 2000);
    }
    check_number(relay.count, 5, "all five in the end");
    check_number(count_of(world, &alerts__mail_sent__descriptor), 5, "each sent");
    end(world);
}

/* --- a restore -------------------------------------------------------------------------------- */

static void test_restored(void)
{
    struct world *world = world_with(8, DATE(2020, 5, 4), recipients);
    Alerts__ReleaseMails asked = ALERTS__RELEASE_MAILS__INIT;
    struct answer answer;
    int handed;

    about("after a restore unsent mails wait for an operator");
    relay.code = 451;
    open_vacancy(world, ID("61"), DATE(2020, 5, 4));
    world_move_to(world, DATE(2020, 5, 5), 0, 5);
    relay.code = 250;
    handed = relay.count;
    relay_forget(&relay);
    world_cut(world, "alerts", 1);
    world_settle(world);
    world_move_to(world, DATE(2020, 5, 5), 12, 0);
    check_number(relay.count, handed, "nothing leaves");
    check_number(counted(world, "mails_held"), 1, "it is held");
    answer = world_call(world, "alerts.ReleaseMails", &asked.base,
                        &alerts__release_mails_reply__descriptor);
    check_number(answer.reply ? ((const Alerts__ReleaseMailsReply *)answer.reply)->mails : 0, 1,
                 "an operator releases one");
    world_settle(world);
    check_number(relay.count, handed + 1, "and it leaves");
    check_number(count_of(world, &alerts__mail_sent__descriptor), 1, "sent once");
    end(world);
}

int main(void)
{
    test_content();
    test_digest();
    test_names();
    test_weekly();
    test_relay_down();
    test_refused();
    test_killed();
    test_room();
    test_restored();
    return checks_done();
}
