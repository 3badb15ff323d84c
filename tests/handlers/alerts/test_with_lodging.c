/* With the services themselves: what lodging tells is what alerts needs to hear. */
#include "services/alerts/alerts.h"
#include "services/intake/intake.h"
#include "services/measures/measures.h"
#include "tests/handlers/lodging/estate.h"

#include "proto/alerts.pb-c.h"

struct days {
    const char *rule;
    char text[128];
};

static void add_day(void *context, const Tremplin__Header *header, const ProtobufCMessage *event)
{
    struct days *days = context;
    const Alerts__AlertRaised *raised = (const Alerts__AlertRaised *)event;
    size_t used = strlen(days->text);

    (void)header;
    if (event->descriptor == &alerts__alert_raised__descriptor &&
        strcmp(raised->rule, days->rule) == 0)
        snprintf(days->text + used, sizeof days->text - used, "%s%02d-%02d", used ? " " : "",
                 raised->raised_on->month, raised->raised_on->day);
}

static const char *days_of(struct world *world, const char *rule, struct days *days)
{
    *days = (struct days){ .rule = rule };
    world_events(world, "alerts", add_day, days);
    return days->text;
}

static struct world *open_all(uint64_t seed, struct date start)
{
    struct world *world = world_open(seed, start);

    world_add(world, &intake_service, NULL);
    world_add(world, &measures_service, NULL);
    world_add(world, &lodging_service, NULL);
    world_add(world, &alerts_service, NULL);
    return world;
}

static void test_vacancy(void)
{
    struct world *world = open_all(1, DATE(2020, 5, 4));
    const char *unit = commission_unit(world, open_residence(world, "Riquet", A_RESIDENCE), 1);
    const char *vacancy, *candidature;
    struct days days;

    about("a freed unit, a candidate, a refusal, the loss");
    vacancy = vacancy_made(free_unit(world, unit, NULL, NULL));
    check(vacancy[0] != '\0', "freed on 4 May");
    world_move_to(world, DATE(2020, 5, 6), 9, 0);
    check_text(days_of(world, "A-30", &days), "05-05", "A-30 on the first day");
    candidature = propose(world, vacancy, HOUSEHOLD);
    world_settle(world);
    check(candidature[0] != '\0', "a candidate is proposed");
    world_move_to(world, DATE(2020, 5, 9), 9, 0);
    check_text(days_of(world, "A-30", &days), "05-05", "A-30 is silent");
    check(is_done(refuse(world, candidature,
                         TREMPLIN__REFUSAL_REASON__REFUSAL_REASON_INCOME_TOO_LOW, NULL)),
          "refused on the 9th");
    world_move_to(world, DATE(2020, 5, 14), 9, 0);
    check_text(days_of(world, "A-31", &days), "05-09", "A-31 at once");
    check_text(days_of(world, "A-30", &days), "05-05 05-09 05-10 05-11 05-12", "A-30 again");
    check_text(days_of(world, "A-32", &days), "05-13", "lost as the ninth day begins: A-32");
    check(world_check_store(world, "alerts") == NULL, "the tables are the journal replayed");
    world_close(world);
}

int main(void)
{
    test_vacancy();
    return checks_done();
}
