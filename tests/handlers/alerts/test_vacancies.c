/* A freed place is told on the first, fourth, sixth, seventh and eighth day until candidates are
 * sent; a refusal and a loss at once; what is settled resolves by itself. */
#include "tests/handlers/alerts/sources.h"

#define VACANCY     ID("01")
#define UNIT        ID("02")
#define REGULATOR   ID("03")
#define COORDINATOR ID("04")
#define CANDIDATURE ID("05")
#define HOUSEHOLD   ID("06")
#define OPERATOR    ID("07")

static void open_vacancy(struct world *world, struct date notified_on)
{
    Lodging__VacancyOpened opened = LODGING__VACANCY_OPENED__INIT;

    opened.vacancy = text(VACANCY);
    opened.unit = text(UNIT);
    opened.notified_on = on(notified_on);
    opened.last_day = on(date_add_days(notified_on, 8));
    opened.deadline_ms = end_of_day(date_add_days(notified_on, 8));
    tell(world, &opened.base, notified_on);
}

static void propose(struct world *world, struct date proposed_on)
{
    Lodging__CandidatureProposed proposed = LODGING__CANDIDATURE_PROPOSED__INIT;

    proposed.candidature = text(CANDIDATURE);
    proposed.vacancy = text(VACANCY);
    proposed.household = text(HOUSEHOLD);
    tell(world, &proposed.base, proposed_on);
}

static void refuse(struct world *world, struct date refused_on)
{
    Lodging__CandidatureRefused refused = LODGING__CANDIDATURE_REFUSED__INIT;

    refused.candidature = text(CANDIDATURE);
    refused.vacancy = text(VACANCY);
    refused.household = text(HOUSEHOLD);
    refused.refused_on = on(refused_on);
    tell(world, &refused.base, refused_on);
}

static void lose(struct world *world, struct date lost_on)
{
    Lodging__VacancyLost lost = LODGING__VACANCY_LOST__INIT;

    lost.vacancy = text(VACANCY);
    lost.lost_on = on(lost_on);
    tell(world, &lost.base, lost_on);
}

static const struct recipient recipients[] = {
    { REGULATOR, "siao@asso.test", ROLE(REGULATOR), NULL },
    { COORDINATOR, "coordination@asso.test", ROLE(COORDINATOR), NULL },
    { 0 },
};

static void test_eight_days(void)
{
    struct world *world = world_with(1, DATE(2020, 5, 4), recipients);
    struct tally tally;

    about("A-30: D+1, D+4, D+6, D+7, D+8, each once, none early");
    open_vacancy(world, DATE(2020, 5, 4));
    check_number(counted(world, "matters_open"), 2,
                 "the vacancy's days and its length are followed");
    world_move_to(world, DATE(2020, 5, 4), 23, 59);
    check_number(raised(world), 0, "nothing on the day of the notification");
    world_move_to(world, DATE(2020, 5, 5), 0, 0);
    check_text(days_raised(world, "A-30", &tally), "05-05", "D+1 as the day begins");
    check_number(relay.count, 1, "an urgent alert is mailed at once");
    check_text(relay.mails[0].to, "siao@asso.test", "to the regulator");
    world_move_to(world, DATE(2020, 5, 12), 12, 0);
    check_text(days_raised(world, "A-30", &tally), "05-05 05-08 05-10 05-11 05-12",
               "and on each of its days");
    world_kill(world, "alerts");
    relay_forget(&relay);
    world_revive(world, "alerts");
    world_move_to(world, DATE(2020, 5, 13), 12, 0);
    days_raised(world, "A-30", &tally);
    check_number(tally.count, 5, "once, whatever restarts");
    check_number(counted(world, "alerts_open"), 0,
                 "after the last day there is nothing more to tell of it");
    end(world);
}

static void test_settled(void)
{
    struct world *world = world_with(2, DATE(2020, 5, 4), recipients);
    struct tally tally;

    about("candidates sent: it stops and resolves; refused, it goes on, on the same clock");
    open_vacancy(world, DATE(2020, 5, 4));
    world_move_to(world, DATE(2020, 5, 6), 9, 0);
    propose(world, DATE(2020, 5, 6));
    check_number(counted(world, "alerts_open"), 0, "D+1's alert resolves by itself");
    world_move_to(world, DATE(2020, 5, 9), 9, 0);
    check_text(days_raised(world, "A-30", &tally), "05-05", "D+4 is not told");
    refuse(world, DATE(2020, 5, 9));
    check_text(days_raised(world, "A-31", &tally), "05-09", "A-31: a refusal is told at once");
    check_text(days_raised(world, "A-30", &tally), "05-05 05-09",
               "of the days passed the latest one is told, D+4");
    world_move_to(world, DATE(2020, 5, 12), 12, 0);
    check_text(days_raised(world, "A-30", &tally), "05-05 05-09 05-10 05-11 05-12",
               "and those ahead on their days");
    lose(world, DATE(2020, 5, 13));
    check_text(last_raised(world)->rule, "A-32", "A-32: a loss is told at once");
    check_number(counted(world, "alerts_open"), 1, "and is what remains");
    end(world);
}

static void test_operator(void)
{
    static const struct recipient an_operator[] = {
        { OPERATOR, "exploitation@asso.test", ROLE(OPERATOR), NULL },
        { 0 },
    };
    struct world *world = world_with(3, DATE(2020, 5, 4), an_operator);

    about("a role that nobody holds is told to who runs Tremplin");
    open_vacancy(world, DATE(2020, 5, 4));
    world_move_to(world, DATE(2020, 5, 5), 9, 0);
    check_text(relay.count ? relay.mails[0].to : "", "exploitation@asso.test",
               "no regulator is registered: the operator is told");
    check(last_raised(world)->n_roles_without_recipient == 1 &&
              last_raised(world)->roles_without_recipient[0] ==
                  ALERTS__RECIPIENT_ROLE__RECIPIENT_ROLE_REGULATOR,
          "and for whom");
    end(world);
}

static void test_history(void)
{
    struct world *world = world_with(4, DATE(2020, 5, 4), recipients);

    about("the past, told today, mails nobody");
    open_vacancy(world, DATE(2008, 5, 4));
    propose(world, DATE(2008, 5, 6));
    refuse(world, DATE(2008, 5, 9));
    lose(world, DATE(2008, 5, 13));
    check_number(raised(world), 0, "while it is being told nothing is raised");
    Lodging__VacancyReturned returned = LODGING__VACANCY_RETURNED__INIT;
    returned.vacancy = text(VACANCY);
    tell(world, &returned.base, DATE(2008, 5, 20));
    world_move_to(world, DATE(2020, 6, 30), 12, 0);
    check_number(raised(world), 0, "nor afterwards: all of it was settled");
    check_number(relay.count, 0, "no mail was written");
    end(world);
}

int main(void)
{
    test_eight_days();
    test_settled();
    test_operator();
    test_history();
    return checks_done();
}
