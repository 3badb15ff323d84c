/* What is over can be looked up as long as the parameters say; a fact told again opens its matter
 * with one alert, however long ago the first was dropped. */
#include "tests/handlers/alerts/sources.h"

#define REGULATOR ID("02")
#define VACANCY   ID("61")

/* A place freed, with the one candidate refused: A-31, at once. */
static void refuse(struct world *world, const char *candidature, struct date refused_on)
{
    Lodging__CandidatureRefused refused = LODGING__CANDIDATURE_REFUSED__INIT;

    refused.candidature = text(candidature);
    refused.vacancy = text(VACANCY);
    refused.refused_on = on(refused_on);
    refused.pending = 1;
    tell(world, &refused.base, refused_on);
}

static void fill(struct world *world, struct date filled_on)
{
    Lodging__VacancyFilled filled = LODGING__VACANCY_FILLED__INIT;

    filled.vacancy = text(VACANCY);
    tell(world, &filled.base, filled_on);
}

static bool can_look_up(struct world *world, const char *alert)
{
    Alerts__AlertQuery asked = ALERTS__ALERT_QUERY__INIT;

    asked.alert = text(alert);
    return world_call(world, "alerts.Alert", &asked.base, &alerts__alert_reply__descriptor)
               .status == TREMPLIN__STATUS__STATUS_DONE;
}

static size_t mails_listed(struct world *world)
{
    Alerts__MailsQuery asked = ALERTS__MAILS_QUERY__INIT;
    struct answer answer =
        world_call(world, "alerts.Mails", &asked.base, &alerts__mails_reply__descriptor);

    return answer.reply ? ((const Alerts__MailsReply *)answer.reply)->n_mails : 999;
}

static void test_dropped(void)
{
    static const struct recipient recipients[] = {
        { REGULATOR, "siao@asso.test", ROLE(REGULATOR), NULL },
        { 0 },
    };
    struct world *world = world_with(1, DATE(2020, 5, 4), recipients);
    char over[ID_TEXT_SIZE], open[ID_TEXT_SIZE];

    about("what is over, 24 months later");
    refuse(world, ID("41"), DATE(2020, 5, 4));
    snprintf(over, sizeof over, "%s", last_raised(world)->alert);
    check_number(relay.count, 1, "an alert is raised and mailed");
    world_move_to(world, DATE(2020, 5, 6), 12, 0);
    fill(world, DATE(2020, 5, 6));
    refuse(world, ID("42"), DATE(2020, 5, 6));
    snprintf(open, sizeof open, "%s", last_raised(world)->alert);
    check(strcmp(open, over) != 0 && resolved(world) == 1, "it resolves; another one stays open");
    world_move_to(world, DATE(2022, 5, 6), 12, 0);
    check(can_look_up(world, over), "24 months after it was over it can be looked up");
    check(mails_listed(world) >= 2, "its mail was sent before and is dropped, later ones are not");
    world_move_to(world, DATE(2022, 5, 7), 12, 0);
    check(!can_look_up(world, over), "the day after it cannot");
    check(can_look_up(world, open), "what is open is kept, however old");
    check(world_count(world, "alerts", &alerts__history_dropped__descriptor) <= 3,
          "an entry only on days that drop something");
    refuse(world, ID("41"), DATE(2020, 5, 4));
    world_move_to(world, DATE(2022, 5, 9), 12, 0);
    check_number(world_count(world, "alerts", &alerts__matter_opened__descriptor), 3,
                 "the same fact told again opens its matter again");
    check_number(raised(world), 3, "with its alert, for what is open has one,");
    refuse(world, ID("41"), DATE(2020, 5, 4));
    world_move_to(world, DATE(2022, 5, 12), 12, 0);
    check_number(raised(world), 3, "and told once more while it is open, no other");
    end(world);
}

int main(void)
{
    test_dropped();
    return checks_done();
}
